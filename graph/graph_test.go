package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/graph"
)

type edge = graph.Edge[string]

func TestGraphKeepsWhatWasAdded(t *testing.T) {
	var b graph.Builder[string]
	b.Node("alone")
	b.Add(edge{"b", "a", "needs", 2})
	b.Add(edge{"b", "a", "needs", 2})
	b.Add(edge{"b", "c", "funds", 3})
	b.Link("a", "c")
	b.Node("b")
	g := b.Freeze()
	require.NoError(t, b.Err())
	b.Link("late", "later")

	assert.Equal(t, []string{"alone", "b", "a", "c"}, slices.Collect(g.Nodes()))
	assert.Equal(t, 4, g.Len())
	assert.Equal(t, 4, g.NumEdges())
	assert.Equal(t, []edge{
		{"b", "a", "needs", 2}, {"b", "a", "needs", 2}, {"b", "c", "funds", 3}, {"a", "c", "", 1},
	}, slices.Collect(g.Edges()))
	assert.Equal(t, []edge{{"b", "c", "funds", 3}, {"a", "c", "", 1}}, slices.Collect(g.In("c")))
	assert.Equal(t, []string{"a", "a", "c"}, slices.Collect(g.Successors("b")))
	assert.Equal(t, []string{"b", "b"}, slices.Collect(g.Predecessors("a")))
	assert.Equal(t, []string{"needs", "funds", ""}, g.Labels())
	assert.Equal(t, 3, g.OutDegree("b"))
	assert.Equal(t, 2, g.InDegree("a"))
	assert.True(t, g.HasEdge("b", "c"))
	assert.False(t, g.HasEdge("c", "b"))
	assert.False(t, g.Has("late"))
}

func TestEmptyGraphs(t *testing.T) {
	var b graph.Builder[string]
	for name, g := range map[string]*graph.Graph[string]{"nil": nil, "zero": {}, "built": b.Freeze()} {
		order, err := g.Order()
		assert.NoError(t, err, name)
		assert.Empty(t, order, name)
		by, err := g.OrderBy(nil)
		assert.NoError(t, err, name)
		assert.Empty(t, by, name)
		layers, err := g.Layers()
		assert.NoError(t, err, name)
		assert.Zero(t, layers.Len(), name)
		assert.True(t, g.Acyclic(), name)
		assert.Nil(t, g.Cycle(), name)
		assert.Nil(t, g.Feedback(), name)
		assert.Empty(t, slices.Collect(g.Cycles()), name)
		assert.Zero(t, g.Len()+g.NumEdges()+g.OutDegree("a")+g.InDegree("a"), name)
		assert.Empty(t, slices.Collect(g.Nodes()), name)
		assert.Empty(t, slices.Collect(g.Edges()), name)
		assert.Empty(t, slices.Collect(g.Out("a")), name)
		assert.Empty(t, slices.Collect(g.In("a")), name)
		assert.Empty(t, slices.Collect(g.Successors("a")), name)
		assert.Empty(t, slices.Collect(g.Predecessors("a")), name)
		assert.Empty(t, g.Descendants("a"), name)
		assert.Empty(t, g.Ancestors("a"), name)
		assert.False(t, g.Reaches("a", "a"), name)
		assert.False(t, g.HasEdge("a", "b"), name)
		assert.Zero(t, g.Components().Len()+g.WeakComponents().Len(), name)
		parts, condensed := g.Condense()
		assert.Zero(t, parts.Len()+condensed.Len(), name)
		assert.Zero(t, g.Dominators().Len()+g.PostDominators("x").Len(), name)
		assert.Zero(t, g.Dominators().Weights(graph.Column[string, float64]{}).Len(), name)
		assert.Zero(t, g.Reverse().Len(), name)
		assert.Zero(t, g.Induced(slices.Values([]string{"a"})).Len(), name)
		assert.Zero(t, g.WithLabels("a").Len(), name)
		assert.Zero(t, g.Filter(func(edge) bool { return true }).Len(), name)
		union, err := graph.Union(g, g)
		assert.NoError(t, err, name)
		assert.Zero(t, union.Len(), name)
		assert.Nil(t, g.Labels(), name)
	}
	var tree *graph.DominatorTree[string]
	assert.False(t, tree.Has("a"))
	assert.Zero(t, graph.Partition[string]{}.Size(0))
	assert.Nil(t, graph.Partition[string]{}.Members(0))
	assert.Zero(t, graph.Column[string, int]{}.At("a"))
}

func TestBulkAgreesWithBuilder(t *testing.T) {
	each(func(name string, p plain) {
		g := p.build()
		bulk, err := graph.FromEdges(p.edges, p.nodes...)
		require.NoError(t, err)
		same(t, name, g, bulk)
	})
	// Integers: narrow ranges go through an array, wide ones through the table.
	for _, spread := range []int64{1, 1 << 40, -3} {
		rng := rand.New(rand.NewPCG(7, 7))
		var edges []graph.Edge[int64]
		var b graph.Builder[int64]
		b.Node(9 * spread)
		for range 2000 {
			e := graph.Edge[int64]{From: rng.Int64N(300) * spread, To: rng.Int64N(300) * spread, Weight: 1}
			edges = append(edges, e)
			b.Add(e)
		}
		bulk, err := graph.FromEdges(edges, 9*spread)
		require.NoError(t, err)
		same(t, fmt.Sprint(spread), b.Freeze(), bulk)
		assert.False(t, bulk.Has(301*spread))
		assert.False(t, bulk.Has(-1<<62))
		assert.False(t, bulk.Has(1<<62))
	}
	// Without circles, shuffled and already in order, with and without holes among the keys.
	rng := rand.New(rand.NewPCG(8, 7))
	for _, step := range []int64{1, 2} {
		for _, shuffled := range []bool{true, false} {
			key := rng.Perm(400)
			var edges []graph.Edge[int64]
			var b graph.Builder[int64]
			for i := range int64(900) {
				u, v := rng.Int64N(400), rng.Int64N(400)
				if !shuffled {
					u, v = i%400, min(i%400+1+i/400*rng.Int64N(5), 399)
				}
				if u == v {
					continue
				}
				u, v = min(u, v), max(u, v)
				if shuffled {
					u, v = int64(key[u]), int64(key[v])
				}
				e := graph.Edge[int64]{From: u * step, To: v * step, Label: []string{"a", "b"}[i/450*(step-1)], Weight: float64(i % 3)}
				edges = append(edges, e)
				b.Add(e)
			}
			bulk, err := graph.FromEdges(edges)
			require.NoError(t, err)
			require.True(t, bulk.Acyclic())
			same(t, fmt.Sprint(step, shuffled), b.Freeze(), bulk)
			if !shuffled {
				order, _ := bulk.Order()
				require.Equal(t, slices.Collect(bulk.Nodes()), order)
			}
		}
	}
	type id int32
	small, err := graph.FromEdges([]graph.Edge[id]{{From: 5, To: -4}, {From: -4, To: 9}})
	require.NoError(t, err)
	assert.Equal(t, []id{5, -4, 9}, slices.Collect(small.Nodes()))
	assert.True(t, small.HasEdge(-4, 9))
	late, err := graph.FromEdges([]graph.Edge[int]{{From: 1, To: 2}, {From: 3, To: 4}, {From: 4, To: 2}})
	require.NoError(t, err)
	order, err := late.Order()
	require.NoError(t, err)
	assert.Equal(t, []int{1, 3, 4, 2}, order)
	ring, err := graph.FromEdges([]graph.Edge[int]{{From: 7, To: 5}, {From: 5, To: 9}, {From: 9, To: 7, Label: "back"}})
	require.NoError(t, err)
	line := ring.WithLabels("") // without the circle, nodes are numbered anew
	assert.Equal(t, []int{5, 9}, line.Descendants(7))
	turned := ring.Filter(func(e graph.Edge[int]) bool { return e.From != 7 })
	assert.Equal(t, []int{9, 7}, turned.Descendants(5))
	assert.False(t, turned.Has(6))
	unsigned, err := graph.FromEdges([]graph.Edge[uint32]{{From: 1<<32 - 1, To: 1<<32 - 3}})
	require.NoError(t, err)
	assert.Equal(t, []uint32{1<<32 - 3}, unsigned.Descendants(1<<32-1))
}

// same checks that two graphs cannot be told apart.
func same[K comparable](t *testing.T, name string, g, h *graph.Graph[K]) {
	t.Helper()
	assert.Equal(t, slices.Collect(g.Nodes()), slices.Collect(h.Nodes()), name)
	assert.Equal(t, slices.Collect(g.Edges()), slices.Collect(h.Edges()), name)
	assert.Equal(t, g.Acyclic(), h.Acyclic(), name)
	for k := range g.Nodes() {
		assert.Equal(t, slices.Collect(g.In(k)), slices.Collect(h.In(k)), name)
	}
	if g.Acyclic() {
		a, _ := g.Order()
		b, _ := h.Order()
		assert.Equal(t, a, b, name)
	}
}

func TestManyKeys(t *testing.T) {
	const n = 50_000
	var edges []edge
	for i := range n {
		edges = append(edges, edge{From: fmt.Sprint("key ", i*7919%n), To: fmt.Sprint("key ", (i*7919+1)%n)})
	}
	g, err := graph.FromEdges(edges)
	require.NoError(t, err)
	require.Equal(t, n, g.Len())
	for i := range n {
		require.True(t, g.HasEdge(fmt.Sprint("key ", i), fmt.Sprint("key ", (i+1)%n)))
	}
	assert.False(t, g.Has("key -1"))
}

func TestSizeLimit(t *testing.T) {
	var b graph.Builder[string]
	graph.SetLimit(&b, 3)
	b.Link("a", "b")
	b.Link("b", "c")
	b.Link("c", "d")
	b.Node("e")
	b.Link("c", "a")
	b.Link("a", "c")
	assert.Equal(t, &graph.SizeError{Nodes: 1, Edges: 2}, b.Err())
	assert.EqualError(t, b.Err(), "graph too large: 1 nodes and 2 edges over the limit")
	g := b.Freeze()
	assert.Equal(t, 3, g.Len())
	assert.Equal(t, 3, g.NumEdges())

	var bulk graph.Builder[string]
	graph.SetLimit(&bulk, 3)
	h, err := graph.Bulk(&bulk, []edge{{"a", "b", "x", 1}, {"c", "d", "y", 2}, {"b", "c", "z", 3}, {"b", "a", "", 0}})
	assert.Equal(t, &graph.SizeError{Edges: 2}, err)
	assert.Equal(t, []edge{{"a", "b", "x", 1}, {"b", "c", "z", 3}}, slices.Collect(h.Edges()))
}

func TestReverse(t *testing.T) {
	each(func(name string, p plain) {
		g := p.build()
		r := g.Reverse()
		same(t, name, g, r.Reverse())
		for _, k := range p.nodes {
			var turned []edge
			for e := range g.In(k) {
				turned = append(turned, edge{e.To, e.From, e.Label, e.Weight})
			}
			assert.Equal(t, turned, slices.Collect(r.Out(k)), name)
			assert.Equal(t, sorted(g.Ancestors(k)), sorted(r.Descendants(k)), name)
		}
		// Every query that follows an order must work backwards too.
		q := p.reversed()
		assert.Equal(t, g.Acyclic(), r.Acyclic(), name)
		if g.Acyclic() {
			order, _ := r.Order()
			assert.True(t, respects(q, order), name)
			layers, _ := r.Layers()
			want, _ := q.build().Layers()
			require.Equal(t, want.Len(), layers.Len(), name)
			for i := range want.Len() {
				assert.Equal(t, sorted(want.Members(i)), sorted(layers.Members(i)), name)
			}
		}
		for _, a := range p.nodes {
			for _, b := range p.nodes {
				assert.Equal(t, g.Reaches(a, b), r.Reaches(b, a), name)
			}
		}
	})
}

func TestViews(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	each(func(name string, p plain) {
		for _, turn := range []bool{false, true} {
			p, g := p, p.build()
			if turn {
				p, g = p.reversed(), g.Reverse()
			}
			kept := plain{nodes: p.nodes}
			for _, e := range p.edges {
				if e.Label != "funds" {
					kept.edges = append(kept.edges, e)
				}
			}
			f := g.WithLabels("needs", "")
			assert.Equal(t, p.nodes, sortedLike(p.nodes, slices.Collect(f.Nodes())), name)
			assert.ElementsMatch(t, kept.edges, slices.Collect(f.Edges()), name)
			assert.Equal(t, kept.acyclic(), f.Acyclic(), name)
			if order, err := f.Order(); err == nil {
				assert.True(t, respects(kept, order), name)
			}
			for _, k := range p.nodes {
				var in []edge
				for _, e := range kept.edges {
					if e.To == k {
						in = append(in, e)
					}
				}
				assert.ElementsMatch(t, in, slices.Collect(f.In(k)), name)
			}
			some := plain{}
			for _, k := range p.nodes {
				if rng.IntN(2) == 0 {
					some.nodes = append(some.nodes, k)
				}
			}
			for _, e := range p.edges {
				if slices.Contains(some.nodes, e.From) && slices.Contains(some.nodes, e.To) {
					some.edges = append(some.edges, e)
				}
			}
			i := g.Induced(slices.Values(append([]string{"nobody"}, some.nodes...)))
			assert.ElementsMatch(t, some.nodes, slices.Collect(i.Nodes()), name)
			assert.ElementsMatch(t, some.edges, slices.Collect(i.Edges()), name)
			u, err := graph.Union(i, nil, f)
			require.NoError(t, err)
			assert.ElementsMatch(t, slices.Concat(some.edges, kept.edges), slices.Collect(u.Edges()), name)
			assert.Equal(t, len(p.nodes), u.Len(), name)
		}
	})
}

func sortedLike(like, list []string) []string {
	at := map[string]int{}
	for i, k := range like {
		at[k] = i
	}
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b string) int { return at[a] - at[b] })
	return list
}

func TestViewsShareColumns(t *testing.T) {
	g := plain{nodes: []string{"a", "b", "c"}, edges: []edge{{"c", "a", "x", 1}, {"a", "c", "y", 1}, {"c", "b", "x", 1}}}.build()
	c := graph.Tabulate(g, func(k string) float64 { return float64(k[0] - 'a' + 1) })
	assert.Equal(t, 3.0, c.At("c"))
	assert.Zero(t, c.At("d"))
	f := g.WithLabels("x") // breaks the circle, so nodes are numbered anew
	w := f.Dominators("c").Weights(c)
	assert.Equal(t, 3.0, w.At("c"), "a weighs 1 and b weighs 2, whatever the ids")
	var names []string
	for k, v := range c.All() {
		names = append(names, fmt.Sprint(k, v))
	}
	assert.Equal(t, []string{"a1", "b2", "c3"}, names)
}

func TestHotQueriesDoNotAllocate(t *testing.T) {
	var b graph.Builder[string]
	for i := range 1000 {
		b.Add(edge{fmt.Sprint(i / 2), fmt.Sprint(i + 1), "needs", float64(i)})
	}
	g := b.Freeze()
	c := graph.Tabulate(g, func(string) int { return 1 })
	parts := g.Components()
	tree := g.Dominators()
	timing, err := g.LongestPaths(graph.Column[string, float64]{}, nil)
	require.NoError(t, err)
	shortest, err := g.ShortestPaths("0", nil)
	require.NoError(t, err)
	sum := 0.0
	for name, f := range map[string]func(){
		"Has":       func() { g.Has("17") },
		"HasEdge":   func() { g.HasEdge("17", "35") },
		"Degree":    func() { g.OutDegree("17") },
		"At":        func() { c.At("17") },
		"Of":        func() { parts.Of("17") },
		"Slack":     func() { timing.Slack("17"); timing.FreeSlack("17"); timing.Early("17"); timing.Late("17") },
		"Immediate": func() { tree.Immediate("17"); tree.Has("17") },
		"Distance":  func() { shortest.Distance("17") },
		"Over": func() {
			for k := range tree.Over("700") {
				sum += float64(len(k))
			}
		},
		"Edges": func() {
			for e := range g.Edges() {
				sum += e.Weight
			}
		},
		"Out": func() {
			for e := range g.Out("17") {
				sum += e.Weight
			}
		},
		"In": func() {
			for e := range g.In("17") {
				sum += e.Weight
			}
		},
		"Nodes": func() {
			for k := range g.Nodes() {
				sum += float64(len(k))
			}
		},
		"Reverse view": func() {
			for k := range g.Predecessors("999") {
				sum += float64(len(k))
			}
		},
	} {
		assert.Zero(t, testing.AllocsPerRun(50, f), name)
	}
	assert.LessOrEqual(t, testing.AllocsPerRun(50, func() { g.Descendants("3") }), 2.0)
	assert.LessOrEqual(t, testing.AllocsPerRun(50, func() { g.Reaches("3", "900") }), 1.0)
	assert.LessOrEqual(t, testing.AllocsPerRun(50, func() { _, _ = g.Order() }), 1.0)
}

func TestInterfaceAndStructKeys(t *testing.T) {
	type ref struct {
		kind string
		id   int
	}
	var b graph.Builder[ref]
	b.Link(ref{"milestone", 1}, ref{"milestone", 2})
	assert.True(t, b.Freeze().HasEdge(ref{"milestone", 1}, ref{"milestone", 2}))
	var any graph.Builder[any]
	any.Link(1, "one")
	assert.Equal(t, []interface{}{"one"}, any.Freeze().Descendants(1))
}
