package graph_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/graph"
)

func TestReduceAndClosure(t *testing.T) {
	ctx := context.Background()
	each(func(name string, p plain) {
		for _, turn := range []bool{false, true} {
			g := p.build()
			if turn {
				g = g.Reverse()
				p = p.reversed()
			}
			reduced, err := g.Reduce(ctx)
			var circle *graph.CycleError[string]
			require.Equal(t, !p.acyclic(), errors.As(err, &circle), name)
			closed, err2 := g.Closure(ctx, 0)
			require.Equal(t, err == nil, err2 == nil, name)
			if err != nil {
				continue
			}
			var want []edge
			q := plain{nodes: p.nodes}
			for _, e := range p.edges {
				longer := false
				for _, f := range p.edges {
					if f.From == e.From && f.To != e.To && p.reach(f.To)[e.To] {
						longer = true
					}
				}
				if !longer {
					want = append(want, e)
				}
			}
			q.edges = want
			require.ElementsMatch(t, want, slices.Collect(reduced.Edges()), name)
			rest, err := g.Redundant(ctx)
			require.NoError(t, err)
			require.ElementsMatch(t, p.edges, slices.Concat(want, slices.Collect(rest.Edges())), name)
			pairs := 0
			for _, k := range p.nodes {
				reached := p.reach(k)
				require.Equal(t, reached, q.reach(k), "%s: the reduction reaches the same", name)
				delete(reached, k)
				pairs += len(reached)
				require.Equal(t, keys(reached), sorted(slices.Collect(closed.Successors(k))), name)
			}
			require.Equal(t, pairs, closed.NumEdges(), name)
			if pairs > 1 {
				_, err = g.Closure(ctx, pairs-1)
				require.Equal(t, &graph.SizeError{Edges: 1}, err)
			}
			same, err := reduced.Reduce(ctx)
			require.NoError(t, err)
			require.Equal(t, slices.Collect(reduced.Edges()), slices.Collect(same.Edges()), name)
		}
	})
}

// large has more nodes than fit in one block of columns.
func large(n, m int, forward bool, seed uint64) plain {
	return random(rand.New(rand.NewPCG(seed, 3)), n, m, forward)
}

// descendantCounts counts by searching from every node.
func descendantCounts(g *graph.Graph[string]) map[string]int {
	counts := map[string]int{}
	for k := range g.Nodes() {
		counts[k] = len(g.Descendants(k))
	}
	return counts
}

func TestRadii(t *testing.T) {
	ctx := context.Background()
	check := func(name string, g *graph.Graph[string]) {
		radii, err := g.Radii(ctx, graph.RadiusOptions{})
		require.NoError(t, err)
		require.Zero(t, radii.Error)
		for k, want := range descendantCounts(g) {
			require.Equal(t, float64(want), radii.Counts.At(k), name)
		}
	}
	each(func(name string, p plain) {
		check(name, p.build())
		check(name, p.build().Reverse())
	})
	for _, forward := range []bool{true, false} {
		g := large(1500, 2600, forward, 1).build()
		check("large", g)
		check("large", g.Reverse())

		estimate, err := g.Radii(ctx, graph.RadiusOptions{ExactUpTo: -1, Ranks: 402, Seed: 7})
		require.NoError(t, err)
		require.InDelta(t, 0.05, estimate.Error, 1e-12)
		within, sum, counts := 0, 0.0, descendantCounts(g)
		for k, want := range counts {
			z := (estimate.Counts.At(k) - float64(want)) / (float64(want+1) * estimate.Error)
			sum += z
			if math.Abs(z) < 3 {
				within++
			}
		}
		assert.Greater(t, float64(within)/float64(len(counts)), 0.95)
		other, err := g.Radii(ctx, graph.RadiusOptions{ExactUpTo: -1, Ranks: 402, Seed: 8})
		require.NoError(t, err)
		assert.NotEqual(t, slices.Collect(values(estimate.Counts)), slices.Collect(values(other.Counts)))
	}
	few, err := large(30, 40, true, 1).build().Radii(ctx, graph.RadiusOptions{ExactUpTo: -1, Ranks: 1})
	require.NoError(t, err)
	assert.Equal(t, 1.0, few.Error)
}

func values(c graph.Column[string, float64]) func(func(float64) bool) {
	return func(yield func(float64) bool) {
		for _, x := range c.All() {
			if !yield(x) {
				return
			}
		}
	}
}

func TestReachIndex(t *testing.T) {
	check := func(name string, p plain) {
		g := p.build()
		for _, g := range []*graph.Graph[string]{g, g.Reverse()} {
			index := g.ReachIndex()
			for _, a := range p.nodes {
				for _, b := range p.nodes {
					require.Equal(t, g.Reaches(a, b), index.Reaches(a, b), "%s: %s to %s", name, a, b)
				}
			}
			require.False(t, index.Reaches("nobody", "n0"))
		}
	}
	each(check)
	for i, m := range []int{250, 400, 800} {
		check("large acyclic", large(300, m, true, uint64(i)))
		check("large", large(300, m, false, uint64(i)))
	}
	var none *graph.ReachIndex[string]
	assert.False(t, none.Reaches("a", "a"))
	assert.False(t, (*graph.Graph[string])(nil).ReachIndex().Reaches("a", "a"))
	index := large(300, 400, true, 9).build().ReachIndex()
	assert.Zero(t, testing.AllocsPerRun(100, func() { index.Reaches("n1", "n2") }))
}

// TestSameBitsOnAnyNumberOfProcessors compares all that runs in parallel.
func TestSameBitsOnAnyNumberOfProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	ctx := context.Background()
	run := func(procs int) string {
		runtime.GOMAXPROCS(procs)
		g := large(2000, 5000, true, 5).build()
		reduced, err := g.Reduce(ctx)
		require.NoError(t, err)
		radii, err := g.Radii(ctx, graph.RadiusOptions{ExactUpTo: -1, Seed: 1})
		require.NoError(t, err)
		exact, err := g.Radii(ctx, graph.RadiusOptions{})
		require.NoError(t, err)
		between, err := large(400, 1600, false, 6).build().Betweenness(ctx, graph.BetweennessOptions{})
		require.NoError(t, err)
		var text strings.Builder
		text.WriteString(fmt.Sprint(reduced.NumEdges()))
		for _, c := range []graph.Column[string, float64]{radii.Counts, exact.Counts, between} {
			for k, x := range c.All() {
				text.WriteString(fmt.Sprintf(" %s %x", k, math.Float64bits(x)))
			}
		}
		return text.String()
	}
	one := run(1)
	for _, procs := range []int{2, 3, 8} {
		require.True(t, one == run(procs), "%d processors", procs)
	}
}

func TestLongWorkStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	g := large(600, 1200, true, 5).build()
	_, err := g.Reduce(ctx)
	assert.ErrorIs(t, err, context.Canceled)
	_, err = g.Reverse().Redundant(ctx)
	assert.ErrorIs(t, err, context.Canceled)
	_, err = g.Closure(ctx, 0)
	assert.ErrorIs(t, err, context.Canceled)
	_, err = g.Reverse().Closure(ctx, 0)
	assert.ErrorIs(t, err, context.Canceled)
	_, err = g.Radii(ctx, graph.RadiusOptions{})
	assert.ErrorIs(t, err, context.Canceled)
	_, err = g.Radii(ctx, graph.RadiusOptions{ExactUpTo: -1})
	assert.ErrorIs(t, err, context.Canceled)
	_, err = g.Betweenness(ctx, graph.BetweennessOptions{})
	assert.ErrorIs(t, err, context.Canceled)
}

func FuzzReduce(f *testing.F) {
	f.Add([]byte{5, 0, 1, 1, 2, 0, 2, 2, 3, 0, 3})
	f.Fuzz(func(t *testing.T, data []byte) {
		p := fromBytes(data)
		g := p.build()
		reduced, err := g.Reduce(context.Background())
		if err != nil {
			return
		}
		for e := range reduced.Edges() {
			if !slices.Contains(p.edges, e) {
				t.Fatalf("%v is not in the graph", e)
			}
		}
		for _, a := range p.nodes {
			if !slices.Equal(g.Descendants(a), reduced.Descendants(a)) {
				t.Fatalf("%s reaches something else", a)
			}
		}
	})
}

func ExampleGraph_Reduce() {
	ctx := context.Background()
	var b graph.Builder[string]
	b.Link("homes", "planning")
	b.Link("planning", "treasury")
	b.Link("homes", "treasury")
	g := b.Freeze()
	reduced, err := g.Reduce(ctx)
	fmt.Println(reduced.NumEdges(), reduced.HasEdge("homes", "treasury"), err)
	redundant, _ := g.Redundant(ctx)
	for e := range redundant.Edges() {
		fmt.Println(e.From, "->", e.To)
	}
	closure, _ := reduced.Closure(ctx, 100)
	fmt.Println(closure.NumEdges())
	// Output:
	// 2 false <nil>
	// homes -> treasury
	// 3
}

func ExampleGraph_Radii() {
	ctx := context.Background()
	falls := needs().Reverse()
	exact, err := falls.Radii(ctx, graph.RadiusOptions{})
	fmt.Println(exact.Counts.At("treasury"), exact.Error, err)
	rough, _ := falls.Radii(ctx, graph.RadiusOptions{ExactUpTo: -1, Ranks: 1000, Seed: 1})
	fmt.Printf("%.0f, give or take %.0f%%\n", rough.Counts.At("treasury"), 100*rough.Error)
	// Output:
	// 3 0 <nil>
	// 3, give or take 3%
}

func ExampleReachIndex() {
	index := needs().ReachIndex()
	fmt.Println(index.Reaches("homes", "treasury"), index.Reaches("skills", "treasury"))
	// Output: true false
}
