package graph_test

import (
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

// leastCut tries every set of edges.
func (p plain) leastCut(a, b string, capacity func(edge) float64) float64 {
	best := math.Inf(1)
	for set := range 1 << len(p.edges) {
		q := plain{nodes: p.nodes}
		sum := 0.0
		for i, e := range p.edges {
			if set>>i&1 != 0 {
				sum += capacity(e)
			} else {
				q.edges = append(q.edges, e)
			}
		}
		if sum < best && !q.reach(a)[b] {
			best = sum
		}
	}
	return best
}

// leastNodeCut tries every set of nodes.
func (p plain) leastNodeCut(a, b string) int {
	best := -1
	for set := range 1 << len(p.nodes) {
		q, size := p, 0
		for i, k := range p.nodes {
			if set>>i&1 != 0 {
				q = q.without(k)
				size++
			}
		}
		if slices.Contains(q.nodes, a) && slices.Contains(q.nodes, b) && !q.reach(a)[b] && (best < 0 || size < best) {
			best = size
		}
	}
	return best
}

func TestCuts(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for i := range 300 {
		n := 2 + rng.IntN(6)
		p := random(rng, n, rng.IntN(11), i%2 == 0)
		g, name := p.build(), fmt.Sprint(p.edges)
		a, b := p.nodes[0], p.nodes[1]
		for _, capacity := range []func(edge) float64{nil, graph.Weight[string]} {
			cut, err := g.MinCut(a, b, capacity)
			require.NoError(t, err)
			if capacity == nil {
				capacity = func(edge) float64 { return 1 }
			}
			require.Equal(t, p.leastCut(a, b, capacity), cut.Value, name)
			rest, sum := slices.Clone(p.edges), 0.0
			for _, e := range cut.Edges {
				at := slices.Index(rest, e)
				require.GreaterOrEqual(t, at, 0, name)
				rest = slices.Delete(rest, at, at+1)
				sum += capacity(e)
			}
			require.Equal(t, cut.Value, sum, name)
			require.False(t, plain{p.nodes, rest}.reach(a)[b], name)
		}
		cut, err := g.MinCut(a, b, nil)
		require.NoError(t, err)
		paths := g.DisjointPaths(a, b)
		require.Equal(t, int(cut.Value), len(paths), name)
		rest := slices.Clone(p.edges)
		for _, path := range paths {
			checkPath(t, path, a, b)
			for _, e := range path.Edges {
				at := slices.Index(rest, e)
				require.GreaterOrEqual(t, at, 0, "%s: %v taken twice", name, e)
				rest = slices.Delete(rest, at, at+1)
			}
		}

		nodes, ok := g.NodeCut(a, b)
		least := p.leastNodeCut(a, b)
		require.Equal(t, least >= 0, ok, name)
		apart := g.NodeDisjointPaths(a, b)
		seen := map[string]bool{}
		for _, path := range apart {
			checkPath(t, path, a, b)
			for _, k := range path.Nodes()[1:len(path.Edges)] {
				require.False(t, seen[k], name)
				seen[k] = true
			}
		}
		if ok {
			require.Len(t, nodes, least, name)
			require.Len(t, apart, least, name)
			q := p
			for _, k := range nodes {
				q = q.without(k)
			}
			require.False(t, q.reach(a)[b], name)
		} else {
			direct := 0
			q := plain{nodes: p.nodes}
			for _, e := range p.edges {
				if e.From == a && e.To == b {
					direct++
				} else {
					q.edges = append(q.edges, e)
				}
			}
			require.Len(t, apart, q.leastNodeCut(a, b)+direct, name)
		}
	}
}

// TestDisjointPathsOfLargerGraphs leaves trying every set aside: as many paths as the cut has
// edges prove each other right.
func TestDisjointPathsOfLargerGraphs(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 4))
	for i := range 120 {
		n := 5 + rng.IntN(40)
		p := random(rng, n, 2*n+rng.IntN(6*n), i%2 == 0)
		g := p.build()
		a, b := p.nodes[0], p.nodes[1]
		cut, err := g.MinCut(a, b, nil)
		require.NoError(t, err)
		rest := slices.Clone(p.edges)
		paths := g.DisjointPaths(a, b)
		require.Len(t, paths, len(cut.Edges))
		for _, path := range paths {
			checkPath(t, path, a, b)
			for _, e := range path.Edges {
				at := slices.Index(rest, e)
				require.GreaterOrEqual(t, at, 0)
				rest = slices.Delete(rest, at, at+1)
			}
		}
		if nodes, ok := g.NodeCut(a, b); ok {
			seen := map[string]bool{}
			apart := g.NodeDisjointPaths(a, b)
			require.Len(t, apart, len(nodes))
			for _, path := range apart {
				checkPath(t, path, a, b)
				for _, k := range path.Nodes()[1:len(path.Edges)] {
					require.False(t, seen[k])
					seen[k] = true
				}
			}
		}
	}
}

// TestDisjointPathsLeaveCirclesAside has a flow in which a, c and b form a circle.
func TestDisjointPathsLeaveCirclesAside(t *testing.T) {
	var b graph.Builder[string]
	for _, e := range [][2]string{
		{"s", "a"}, {"a", "c"}, {"c", "b"}, {"b", "a"}, {"b", "t"},
		{"s", "x1"}, {"x1", "x2"}, {"x2", "x3"}, {"x3", "b"},
		{"a", "w1"}, {"w1", "w2"}, {"w2", "w3"}, {"w3", "t"},
	} {
		b.Link(e[0], e[1])
	}
	paths := b.Freeze().DisjointPaths("s", "t")
	require.Len(t, paths, 2)
	for _, path := range paths {
		checkPath(t, path, "s", "t")
	}
	assert.Equal(t, []string{"s", "a", "w1", "w2", "w3", "t"}, paths[0].Nodes())
	assert.Equal(t, []string{"s", "x1", "x2", "x3", "b", "t"}, paths[1].Nodes())
}

func checkPath(t *testing.T, path graph.Path[string], a, b string) {
	t.Helper()
	nodes := path.Nodes()
	require.Equal(t, a, nodes[0])
	require.Equal(t, b, nodes[len(nodes)-1])
	require.Equal(t, float64(len(path.Edges)), path.Length)
	for i, e := range path.Edges {
		require.Equal(t, nodes[i], e.From)
	}
	slices.Sort(nodes)
	require.Len(t, slices.Compact(nodes), len(path.Edges)+1)
}

func TestCutsAtTheEdges(t *testing.T) {
	p := plain{nodes: []string{"a", "b", "c"}, edges: []edge{{"a", "b", "", math.Inf(1)}, {"a", "a", "", 1}}}
	g := p.build()
	cut, err := g.MinCut("a", "a", nil)
	require.NoError(t, err)
	assert.True(t, math.IsInf(cut.Value, 1))
	cut, err = g.MinCut("a", "c", nil)
	require.NoError(t, err)
	assert.Equal(t, graph.Cut[string]{}, cut)
	cut, err = g.MinCut("a", "nobody", nil)
	require.NoError(t, err)
	assert.Zero(t, cut.Value)
	_, err = g.MinCut("a", "b", graph.Weight)
	var bad *graph.EdgeError[string]
	assert.True(t, errors.As(err, &bad))
	_, ok := g.NodeCut("a", "a")
	assert.False(t, ok)
	nodes, ok := g.NodeCut("a", "nobody")
	assert.True(t, ok)
	assert.Empty(t, nodes)
	assert.Empty(t, g.DisjointPaths("a", "a"))
	assert.Empty(t, (*graph.Graph[string])(nil).NodeDisjointPaths("a", "b"))
	cut, err = (*graph.Graph[string])(nil).MinCut("a", "b", nil)
	require.NoError(t, err)
	assert.Zero(t, cut.Value)
}

// parts counts weak components.
func (p plain) parts() int {
	count := 0
	seen := map[string]bool{}
	both := plain{p.nodes, slices.Concat(p.edges, p.reversed().edges)}
	for _, k := range p.nodes {
		if !seen[k] {
			count++
			for m := range both.reach(k) {
				seen[m] = true
			}
		}
	}
	return count
}

func TestCutNodesAndBridges(t *testing.T) {
	each(func(name string, p plain) {
		g := p.build()
		var nodes []string
		for _, k := range p.nodes {
			alone := !slices.ContainsFunc(p.edges, func(e edge) bool { return (e.From == k) != (e.To == k) })
			if !alone && p.without(k).parts() > p.parts() {
				nodes = append(nodes, k)
			}
		}
		require.Equal(t, nodes, g.CutNodes(), name)
		var edges []edge
		for i, e := range p.edges {
			if p.withoutEdge(i).parts() > p.parts() {
				edges = append(edges, e)
			}
		}
		require.ElementsMatch(t, edges, g.Bridges(), name)
	})
	assert.Nil(t, (*graph.Graph[string])(nil).CutNodes())
	assert.Nil(t, (*graph.Graph[string])(nil).Bridges())
}

func ExampleGraph_MinCut() {
	g := needs()
	cut, err := g.MinCut("homes", "treasury", nil)
	fmt.Println(len(cut.Edges), cut.Edges[0].To, cut.Value, err)
	dear, _ := g.MinCut("planning", "treasury", graph.Weight)
	fmt.Println(dear.Value)
	nodes, ok := g.NodeCut("homes", "treasury")
	fmt.Println(nodes, ok, len(g.DisjointPaths("homes", "treasury")), len(g.NodeDisjointPaths("homes", "treasury")))
	// Output:
	// 1 planning 1 <nil>
	// 5
	// [planning] true 1 1
}

func ExampleGraph_CutNodes() {
	fmt.Println(needs().CutNodes(), len(needs().Bridges()))
	// Output: [homes planning] 4
}
