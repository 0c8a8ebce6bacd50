package graph_test

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/graph"
)

// walks lists every path from a to b that passes no node twice, in the order of edges.
func (p plain) walks(a, b string) [][]edge {
	var found [][]edge
	var walk func(at string, path []edge)
	walk = func(at string, path []edge) {
		if at == b {
			found = append(found, slices.Clone(path))
			return
		}
		for _, e := range p.edges {
			if e.From == at && e.To != a && !slices.ContainsFunc(path, func(x edge) bool { return x.To == e.To }) {
				walk(e.To, append(slices.Clone(path), e))
			}
		}
	}
	if slices.Contains(p.nodes, a) && slices.Contains(p.nodes, b) {
		walk(a, nil)
	}
	return found
}

func cost(path []edge) float64 {
	sum := 0.0
	for _, e := range path {
		sum += e.Weight
	}
	return sum
}

func TestPaths(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	each(func(name string, p plain) {
		if len(p.nodes) == 0 {
			return
		}
		g := p.build()
		a, b := p.nodes[rng.IntN(len(p.nodes))], p.nodes[rng.IntN(len(p.nodes))]
		want := p.walks(a, b)
		for _, longest := range []int{0, 1, 2, 3, 100} {
			var expected, got []string
			for _, w := range want {
				if longest == 0 || len(w) <= longest {
					expected = append(expected, fmt.Sprint(w))
				}
			}
			for path := range g.Paths(a, b, longest) {
				got = append(got, fmt.Sprint(path.Edges))
				assert.Equal(t, float64(len(path.Edges)), path.Length)
				assert.Equal(t, b, path.Nodes()[len(path.Edges)])
			}
			require.Equal(t, expected, got, "%s: %s to %s, %d", name, a, b, longest)
		}
		tree, err := g.ShortestPaths(a, graph.Weight)
		require.NoError(t, err)
		hops, err := g.ShortestPaths(a, nil)
		require.NoError(t, err)
		reached := map[string]bool{}
		for k, d := range tree.Reached() {
			reached[k] = true
			ways := p.walks(a, k)
			best := slices.MinFunc(ways, func(x, y []edge) int { return cmp.Compare(cost(x), cost(y)) })
			require.Equal(t, cost(best), d, name)
			path, ok := tree.To(k)
			require.True(t, ok, name)
			require.Equal(t, d, cost(path.Edges), name)
			require.Equal(t, d, path.Length, name)
			require.True(t, slices.ContainsFunc(ways, func(w []edge) bool { return slices.Equal(w, path.Edges) }), name)
			fewest := slices.MinFunc(ways, func(x, y []edge) int { return len(x) - len(y) })
			n, _ := hops.Distance(k)
			require.Equal(t, float64(len(fewest)), n, name)
		}
		require.Equal(t, p.reach(a), reached, name)
	})
}

func TestShortestPathsRefuseBadCosts(t *testing.T) {
	ring := plain{nodes: []string{"a", "b"}, edges: []edge{{"a", "b", "", -1}, {"b", "a", "", 2}}}.build()
	_, err := ring.ShortestPaths("a", graph.Weight)
	var bad *graph.EdgeError[string]
	require.True(t, errors.As(err, &bad))
	assert.Equal(t, edge{"a", "b", "", -1}, bad.Edge)
	assert.EqualError(t, err, "edge a -> b has the value -1, want a finite number, at least 0")

	line := plain{nodes: []string{"a", "b", "c"}, edges: []edge{{"a", "b", "", -1}, {"b", "c", "", -2}, {"a", "c", "", -2}}}.build()
	tree, err := line.ShortestPaths("a", graph.Weight)
	require.NoError(t, err)
	d, ok := tree.Distance("c")
	assert.True(t, ok)
	assert.Equal(t, -3.0, d)
	_, ok = tree.Distance("nobody")
	assert.False(t, ok)
	_, ok = tree.To("nobody")
	assert.False(t, ok)
	_, err = line.ShortestPaths("a", func(edge) float64 { return math.NaN() })
	require.True(t, errors.As(err, &bad))
	assert.EqualError(t, err, "edge a -> b has the value NaN, want a finite number")

	none, err := line.ShortestPaths("nobody", nil)
	require.NoError(t, err)
	_, ok = none.Distance("a")
	assert.False(t, ok)
	for range none.Reached() {
		t.Fatal("nothing is reached from nobody")
	}
}

// complete lists the paths from sources to sinks with their lengths.
func (p plain) complete(g *graph.Graph[string], takes func(string) float64, lag bool) []float64 {
	var lengths []float64
	for _, a := range p.nodes {
		for _, b := range p.nodes {
			if g.InDegree(a) > 0 || g.OutDegree(b) > 0 {
				continue
			}
			for _, w := range p.walks(a, b) {
				sum := takes(a)
				for _, e := range w {
					sum += takes(e.To)
					if lag {
						sum += e.Weight
					}
				}
				lengths = append(lengths, sum)
			}
		}
	}
	slices.Sort(lengths)
	slices.Reverse(lengths)
	return lengths
}

func TestLongestPaths(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 8))
	each(func(name string, p plain) {
		g := p.build()
		takes := map[string]float64{}
		for _, k := range p.nodes {
			takes[k] = float64(rng.IntN(10))
		}
		column := graph.Tabulate(g, func(k string) float64 { return takes[k] })
		for _, turn := range []bool{false, true} {
			p, g := p, g
			if turn {
				p, g = p.reversed(), g.Reverse()
			}
			for _, lag := range []func(edge) float64{nil, graph.Weight[string]} {
				timing, err := g.LongestPaths(column, lag)
				var circle *graph.CycleError[string]
				if require.Equal(t, !p.acyclic(), errors.As(err, &circle), name); err != nil {
					return
				}
				// By repeated relaxing, the obvious way.
				wait := func(e edge) float64 {
					if lag == nil {
						return 0
					}
					return e.Weight
				}
				early, late := map[string]float64{}, map[string]float64{}
				length := 0.0
				for range p.nodes {
					for _, e := range p.edges {
						early[e.To] = max(early[e.To], early[e.From]+takes[e.From]+wait(e))
					}
				}
				for _, k := range p.nodes {
					length = max(length, early[k]+takes[k])
				}
				for _, k := range p.nodes {
					late[k] = length - takes[k]
				}
				for range p.nodes {
					for _, e := range p.edges {
						late[e.From] = min(late[e.From], late[e.To]-wait(e)-takes[e.From])
					}
				}
				require.Equal(t, length, timing.Length(), name)
				slacks := timing.Slacks()
				for _, k := range p.nodes {
					require.Equal(t, early[k], timing.Early(k), name)
					require.Equal(t, late[k], timing.Late(k), name)
					require.Equal(t, late[k]-early[k], timing.Slack(k), name)
					require.Equal(t, timing.Slack(k), slacks.At(k), name)
					free := length - early[k] - takes[k]
					for _, e := range p.edges {
						if e.From == k {
							free = min(free, early[e.To]-wait(e)-early[k]-takes[k])
						}
					}
					require.Equal(t, free, timing.FreeSlack(k), name)
				}
				var got []float64
				seen := map[string]bool{}
				for path := range timing.Paths() {
					sum := takes[path.From]
					for _, e := range path.Edges {
						sum += takes[e.To] + wait(e)
					}
					require.Equal(t, sum, path.Length, name)
					seen[fmt.Sprint(path)] = true
					got = append(got, path.Length)
				}
				require.Equal(t, p.complete(g, func(k string) float64 { return takes[k] }, lag != nil), got, name)
				require.True(t, slices.IsSortedFunc(got, func(x, y float64) int { return cmp.Compare(y, x) }), name)
			}
		}
	})
}

func TestLongestPathsOfNothing(t *testing.T) {
	var none *graph.Timing[string]
	assert.Zero(t, none.Early("a")+none.Late("a")+none.Slack("a")+none.FreeSlack("a")+none.Length())
	assert.Zero(t, none.Slacks().Len())
	empty, err := (*graph.Graph[string])(nil).LongestPaths(graph.Column[string, float64]{}, nil)
	require.NoError(t, err)
	for range empty.Paths() {
		t.Fatal("an empty graph has no paths")
	}
	one := plain{nodes: []string{"a"}}.build()
	timing, err := one.LongestPaths(graph.Column[string, float64]{}, nil)
	require.NoError(t, err)
	for path := range timing.Paths() {
		assert.Equal(t, graph.Path[string]{From: "a", Length: 1}, path)
		assert.Equal(t, []string{"a"}, path.Nodes())
	}
}

func TestLongestPathsRefuseBadDurations(t *testing.T) {
	g := plain{nodes: []string{"a", "b"}, edges: []edge{{"a", "b", "", math.Inf(1)}}}.build()
	for _, x := range []float64{-1, math.NaN(), math.Inf(1)} {
		_, err := g.LongestPaths(graph.Tabulate(g, func(k string) float64 { return x }), nil)
		var bad *graph.NodeError[string]
		require.True(t, errors.As(err, &bad))
		assert.Equal(t, "a", bad.Node)
		assert.EqualError(t, err, fmt.Sprintf("node a has the value %v, want a finite number, at least 0", x))
	}
	_, err := g.LongestPaths(graph.Column[string, float64]{}, graph.Weight)
	var bad *graph.EdgeError[string]
	assert.True(t, errors.As(err, &bad))
}

func TestPathsMayBeStopped(t *testing.T) {
	var b graph.Builder[int]
	for layer := range 60 { // 4^60 paths
		for i := range 4 {
			for j := range 4 {
				b.Link(4*layer+i, 4*layer+4+j)
			}
		}
	}
	g := b.Freeze()
	timing, err := g.LongestPaths(graph.Column[int, float64]{}, nil)
	require.NoError(t, err)
	count := 0
	for path := range timing.Paths() {
		assert.Equal(t, 61.0, path.Length)
		if count++; count == 100 {
			break
		}
	}
	for range g.Paths(0, 240, 0) {
		if count++; count == 1000 {
			break
		}
	}
	assert.Equal(t, 1000, count)
}

func ExampleGraph_ShortestPaths() {
	tree, err := needs().ShortestPaths("homes", graph.Weight)
	path, ok := tree.To("treasury")
	fmt.Println(path.Nodes(), path.Length, ok, err)
	for k, d := range tree.Reached() {
		fmt.Print(k, " ", d, "; ")
	}
	// Output:
	// [homes planning treasury] 8 true <nil>
	// homes 0; planning 3; skills 1; treasury 8;
}

func ExampleGraph_Paths() {
	for path := range needs().Paths("homes", "treasury", 0) {
		fmt.Println(path.Nodes())
	}
	// Output: [homes planning treasury]
}

func ExampleTiming() {
	var b graph.Builder[string]
	b.Link("design", "build")
	b.Link("design", "consult")
	b.Link("build", "open")
	b.Link("consult", "open")
	g := b.Freeze()
	days := graph.Tabulate(g, func(k string) float64 { return float64(len(k)) })
	timing, err := g.LongestPaths(days, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(timing.Length(), timing.Early("open"), timing.Late("build"), timing.Slack("build"), timing.FreeSlack("build"))
	for path := range timing.Paths() {
		fmt.Println(path.Nodes(), path.Length)
	}
	fmt.Println(timing.Slacks().At("consult"))
	// Output:
	// 17 13 8 2 2
	// [design consult open] 17
	// [design build open] 15
	// 0
}

func ExampleEdgeError() {
	_, err := needs().ShortestPaths("homes", func(e graph.Edge[string]) float64 { return math.Log(-1) })
	if bad, ok := errors.AsType[*graph.EdgeError[string]](err); ok {
		fmt.Println(bad.Edge.From, bad.Want)
	}
	// Output: homes a finite number
}
