package graph_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/graph"
)

func TestOrder(t *testing.T) {
	each(func(name string, p plain) {
		g := p.build()
		order, err := g.Order()
		require.Equal(t, p.acyclic(), err == nil, name)
		require.Equal(t, p.acyclic(), g.Acyclic(), name)
		if err != nil {
			var circle *graph.CycleError[string]
			require.True(t, errors.As(err, &circle), name)
			assert.True(t, closed(p, circle.Edges), name)
			return
		}
		assert.True(t, respects(p, order), name)
		if respects(p, p.nodes) && len(p.nodes) > 0 {
			assert.Equal(t, p.nodes, order, name)
		}
		least, err := g.OrderBy(strings.Compare)
		require.NoError(t, err)
		assert.Equal(t, p.least(strings.Compare), least, name)
		back, err := g.OrderBy(func(a, b string) int { return strings.Compare(b, a) })
		require.NoError(t, err)
		assert.Equal(t, p.least(func(a, b string) int { return strings.Compare(b, a) }), back, name)
		byInsertion, err := g.OrderBy(nil)
		require.NoError(t, err)
		assert.Equal(t, p.least(func(a, b string) int {
			return cmp.Compare(slices.Index(p.nodes, a), slices.Index(p.nodes, b))
		}), byInsertion, name)
	})
}

// least takes the least ready node again and again.
func (p plain) least(compare func(a, b string) int) []string {
	order := []string{}
	rest := p
	for len(rest.nodes) > 0 {
		var ready []string
		for _, k := range rest.nodes {
			if !slices.ContainsFunc(rest.edges, func(e edge) bool { return e.To == k }) {
				ready = append(ready, k)
			}
		}
		next := slices.MinFunc(ready, compare)
		order = append(order, next)
		rest = rest.without(next)
	}
	return order
}

func TestLayers(t *testing.T) {
	each(func(name string, p plain) {
		layers, err := p.build().Layers()
		if !p.acyclic() {
			var circle *graph.CycleError[string]
			require.True(t, errors.As(err, &circle), name)
			return
		}
		require.NoError(t, err, name)
		depth := map[string]int{}
		for range p.nodes {
			for _, e := range p.edges {
				depth[e.To] = max(depth[e.To], depth[e.From]+1)
			}
		}
		for _, k := range p.nodes {
			got, ok := layers.Of(k)
			assert.True(t, ok)
			assert.Equal(t, depth[k], got, name)
		}
		total := 0
		for i, members := range layers.All() {
			assert.Len(t, members, layers.Size(i), name)
			total += len(members)
		}
		assert.Equal(t, len(p.nodes), total, name)
	})
}

// girth is the length of the shortest circle, 0 without any.
func (p plain) girth() int {
	best := 0
	for _, start := range p.nodes {
		dist := map[string]int{start: 0}
		for step := 1; step <= len(p.nodes); step++ {
			for _, e := range p.edges {
				if d, ok := dist[e.From]; ok && d == step-1 {
					if e.To == start && (best == 0 || step < best) {
						best = step
					}
					if _, seen := dist[e.To]; !seen {
						dist[e.To] = step
					}
				}
			}
		}
	}
	return best
}

func TestCycleIsShortest(t *testing.T) {
	each(func(name string, p plain) {
		walk := p.build().Cycle()
		require.Len(t, walk, p.girth(), name)
		if len(walk) > 0 {
			assert.True(t, closed(p, walk), name)
			for _, e := range walk {
				assert.LessOrEqual(t, slices.Index(p.nodes, walk[0].From), slices.Index(p.nodes, e.From), name)
			}
		}
	})
}

func TestCycleWithoutBudgetIsStillACircle(t *testing.T) {
	each(func(name string, p plain) {
		walk := graph.CycleWithin(p.build(), 0)
		require.Equal(t, p.acyclic(), walk == nil, name)
		if walk != nil {
			assert.True(t, closed(p, walk), name)
			for _, e := range walk {
				assert.LessOrEqual(t, slices.Index(p.nodes, walk[0].From), slices.Index(p.nodes, e.From), name)
			}
		}
	})
}

func TestCycleErrorText(t *testing.T) {
	g := plain{nodes: []string{"x", "a", "b"}, edges: []edge{{"b", "a", "needs", 1}, {"a", "b", "", 1}}}.build()
	_, err := g.Order()
	assert.EqualError(t, err, "circle: a -> b -> a (needs)")
	var circle *graph.CycleError[string]
	require.True(t, errors.As(err, &circle))
	assert.Equal(t, []string{"a", "b"}, circle.Nodes())
	var long graph.Builder[int]
	for i := range 20 {
		long.Link(i, (i+1)%20)
	}
	_, err = long.Freeze().Order()
	assert.EqualError(t, err, "circle: 0 -> 1 -> 2 -> 3 -> 4 -> 5 -> 6 -> 7 -> 8 -> 9 -> ... (10 more) -> 0")
}

// allCycles lists the circles by trying every walk, as sorted text.
func (p plain) allCycles() []string {
	var found []string
	for i, start := range p.nodes {
		var walk func(at string, path []edge)
		walk = func(at string, path []edge) {
			for _, e := range p.edges {
				if e.From != at {
					continue
				}
				if e.To == start {
					found = append(found, fmt.Sprint(append(slices.Clone(path), e)))
					continue
				}
				if slices.Index(p.nodes, e.To) > i && !slices.ContainsFunc(path, func(x edge) bool { return x.From == e.To }) && e.To != at {
					walk(e.To, append(slices.Clone(path), e))
				}
			}
		}
		walk(start, nil)
	}
	slices.Sort(found)
	return found
}

func TestCycles(t *testing.T) {
	each(func(name string, p plain) {
		if len(p.nodes) > 8 {
			return
		}
		var got []string
		last := -1
		for walk := range p.build().Cycles() {
			require.True(t, closed(p, walk), name)
			first := slices.Index(p.nodes, walk[0].From)
			require.GreaterOrEqual(t, first, last, name)
			last = first
			got = append(got, fmt.Sprint(walk))
		}
		slices.Sort(got)
		require.Equal(t, p.allCycles(), got, name)
	})
}

func TestCyclesMayBeStopped(t *testing.T) {
	var b graph.Builder[int]
	for i := range 40 {
		for j := range 40 {
			b.Link(i, j)
		}
	}
	count := 0
	for range b.Freeze().Cycles() {
		if count++; count == 1000 {
			break
		}
	}
	assert.Equal(t, 1000, count)
}

func TestFeedback(t *testing.T) {
	each(func(name string, p plain) {
		g := p.build()
		cut := g.Feedback()
		rest := plain{nodes: p.nodes, edges: slices.Clone(p.edges)}
		for _, e := range cut {
			i := slices.Index(rest.edges, e)
			require.GreaterOrEqual(t, i, 0, name)
			rest.edges = slices.Delete(rest.edges, i, i+1)
		}
		assert.True(t, rest.acyclic(), name)
		for _, e := range cut {
			again := plain{rest.nodes, append(slices.Clone(rest.edges), e)}
			assert.False(t, again.acyclic(), "%s: %v is not needed", name, e)
		}
	})
}

// TestNothingRecurses runs everything on a long chain and a long ring with little stack.
func TestNothingRecurses(t *testing.T) {
	defer debug.SetMaxStack(debug.SetMaxStack(1 << 19))
	ctx := context.Background()
	const n = 200_000
	var b graph.Builder[int32]
	for i := range int32(n - 1) {
		b.Link(i, i+1)
	}
	chain := b.Freeze()
	b.Link(n-1, 0)
	ring := b.Freeze()
	assert.Len(t, chain.Descendants(0), n-1)
	assert.Equal(t, n, chain.Components().Len())
	assert.Equal(t, 1, ring.Components().Len())
	assert.Len(t, ring.Cycle(), n)
	assert.Len(t, ring.Feedback(), 1)
	assert.Equal(t, 1, ring.WeakComponents().Len())
	assert.Equal(t, float64(n-1), chain.Dominators().Weights(graph.Column[int32, float64]{}).At(0))
	assert.Equal(t, float64(n-1), ring.Dominators(5).Weights(graph.Column[int32, float64]{}).At(5))
	count := 0
	for walk := range ring.Cycles() {
		count += len(walk)
	}
	assert.Equal(t, n, count)
	layers, err := chain.Layers()
	require.NoError(t, err)
	assert.Equal(t, n, layers.Len())
	assert.Len(t, chain.CutNodes(), n-2)
	assert.Len(t, chain.Bridges(), n-1)
	assert.Empty(t, ring.CutNodes())
	cut, err := chain.MinCut(0, n-1, nil)
	require.NoError(t, err)
	assert.Equal(t, []graph.Edge[int32]{{From: 0, To: 1, Weight: 1}}, cut.Edges)
	nodes, ok := ring.NodeCut(0, n-1)
	assert.True(t, ok)
	assert.Equal(t, []int32{1}, nodes)
	assert.Len(t, chain.DisjointPaths(0, n-1), 1)
	timing, err := chain.LongestPaths(graph.Column[int32, float64]{}, nil)
	require.NoError(t, err)
	assert.Equal(t, float64(n), timing.Length())
	for path := range timing.Paths() {
		assert.Len(t, path.Edges, n-1)
	}
	for path := range ring.Paths(0, n-1, 0) {
		assert.Len(t, path.Edges, n-1)
	}
	tree, err := ring.ShortestPaths(1, graph.Weight)
	require.NoError(t, err)
	d, _ := tree.Distance(0)
	assert.Equal(t, float64(n-1), d)
	reduced, err := chain.Reduce(ctx)
	require.NoError(t, err)
	assert.Equal(t, n-1, reduced.NumEdges())
	radii, err := ring.Radii(ctx, graph.RadiusOptions{Ranks: 3})
	require.NoError(t, err)
	assert.Equal(t, n, radii.Counts.Len())
	assert.True(t, chain.ReachIndex().Reaches(0, n-1))
	live, err := graph.NewLive(chain)
	require.NoError(t, err)
	var circle *graph.CycleError[int32]
	require.True(t, errors.As(live.Insert(graph.Edge[int32]{From: n - 1, To: 0}), &circle))
	assert.Len(t, circle.Edges, n)
	found, err := graph.Influence[int32]{Graph: chain, Given: func(k int32) (int, bool) { return 100, k == 0 }}.Evaluate()
	require.NoError(t, err)
	assert.Equal(t, graph.Satisfaction{Value: 0, Known: true}, found.At(n-1))
}

// TestIteratorsStop stops every iterator after one element.
func TestIteratorsStop(t *testing.T) {
	p := plain{nodes: []string{"a", "b", "c"}, edges: []edge{{"a", "b", "x", 1}, {"a", "c", "x", 1}, {"b", "c", "x", 1}, {"b", "c", "x", 1}}}
	g := p.build()
	mixed := graph.Tabulate(g, func(k string) string { return k })
	parts := g.Components()
	tree := g.Dominators()
	shortest, err := g.ShortestPaths("a", nil)
	require.NoError(t, err)
	timing, err := g.LongestPaths(graph.Column[string, float64]{}, nil)
	require.NoError(t, err)
	count := 0
	for range g.Nodes() {
		count++
		break
	}
	for range g.Edges() {
		count++
		break
	}
	for range g.Out("a") {
		count++
		break
	}
	for range g.In("c") {
		count++
		break
	}
	for range g.Successors("a") {
		count++
		break
	}
	for range g.Predecessors("c") {
		count++
		break
	}
	for range mixed.All() {
		count++
		break
	}
	for range parts.All() {
		count++
		break
	}
	for range shortest.Reached() {
		count++
		break
	}
	for range timing.Paths() {
		count++
		break
	}
	for range tree.Over("b") {
		count++
		break
	}
	assert.Equal(t, 11, count)
	assert.Equal(t, "x", slices.Collect(g.Out("b"))[0].Label)
	assert.Equal(t, 4, g.WithLabels("x").NumEdges())
	assert.Zero(t, g.WithLabels("y").NumEdges())
	_, known := parts.Of("nobody")
	assert.False(t, known)
	assert.Zero(t, parts.Size(-1))
	for range tree.Over("nobody") {
		t.Fatal("nobody has no dominators")
	}
}

func FuzzOrder(f *testing.F) {
	f.Add([]byte{3, 0, 1, 1, 2})
	f.Add([]byte{3, 0, 1, 1, 2, 2, 0})
	f.Add([]byte{9, 8, 1, 7, 2, 1, 2, 3, 3})
	f.Fuzz(func(t *testing.T, data []byte) {
		p := fromBytes(data)
		g := p.build()
		order, err := g.Order()
		if err != nil {
			walk := g.Cycle()
			if !closed(p, walk) {
				t.Fatalf("not a circle: %v", walk)
			}
			rest := map[edge]int{}
			for _, e := range g.Feedback() {
				rest[e]++
			}
			if !g.Filter(func(e edge) bool { rest[e]--; return rest[e] < 0 }).Acyclic() {
				t.Fatal("feedback edges leave a circle")
			}
			return
		}
		if !respects(p, order) {
			t.Fatalf("order %v of %v", order, p.edges)
		}
	})
}
