package graph_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/graph"
)

// edits plays edits on a Live graph and on a plain one, and compares after each.
func edits(t *testing.T, start plain, steps int, rng *rand.Rand, names int) {
	t.Helper()
	g := start.build()
	if rng.IntN(2) == 0 {
		g = start.reversed().build().Reverse()
	}
	live, err := graph.NewLive(g)
	require.NoError(t, err)
	p := plain{nodes: slices.Collect(g.Nodes()), edges: slices.Collect(g.Edges())}
	for range steps {
		e := edge{fmt.Sprintf("n%d", rng.IntN(names)), fmt.Sprintf("n%d", rng.IntN(names)), []string{"needs", "funds"}[rng.IntN(2)], float64(rng.IntN(5))}
		if rng.IntN(3) == 0 {
			at := -1
			for i, x := range p.edges { // the last inserted of those alike
				if x.From == e.From && x.To == e.To && x.Label == e.Label {
					at = i
				}
			}
			require.Equal(t, at >= 0, live.Remove(e.From, e.To, e.Label))
			if at >= 0 {
				p.edges = slices.Delete(p.edges, at, at+1)
			}
		} else {
			q := plain{p.nodes, append(slices.Clone(p.edges), e)}
			err := live.Insert(e)
			var circle *graph.CycleError[string]
			require.Equal(t, p.reach(e.To)[e.From] || e.From == e.To, errors.As(err, &circle), "%v into %v", e, p.edges)
			if circle != nil {
				require.Equal(t, e, circle.Edges[0])
				require.True(t, closed(q, circle.Edges), "%v in %v", circle.Edges, q.edges)
			} else {
				p.edges = append(p.edges, e)
				for _, k := range []string{e.From, e.To} {
					if !slices.Contains(p.nodes, k) {
						p.nodes = append(p.nodes, k)
					}
				}
			}
		}
		require.True(t, respects(p, live.Order()), "%v of %v", live.Order(), p.edges)
		require.Equal(t, len(p.edges), live.NumEdges())
		require.Equal(t, len(p.nodes), live.Len())
	}
	frozen := live.Freeze()
	require.Equal(t, p.nodes, slices.Collect(frozen.Nodes()))
	require.ElementsMatch(t, p.edges, slices.Collect(frozen.Edges()))
	order := live.Order()
	for i, a := range order {
		for j, b := range order {
			require.Equal(t, i < j, live.Before(a, b))
		}
	}
	require.False(t, live.Before("nobody", "n0"))
}

func TestLive(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 150 {
		n := 2 + rng.IntN(10)
		edits(t, random(rng, n, rng.IntN(2*n), true), 60, rng, n+3)
	}
	edits(t, plain{}, 100, rng, 6)
}

func TestLiveKeepsBaseOrder(t *testing.T) {
	p := plain{nodes: []string{"a", "b", "c", "d"}, edges: []edge{{From: "d", To: "a"}, {From: "a", To: "b"}}}
	live, err := graph.NewLive(p.build())
	require.NoError(t, err)
	want, _ := p.build().Order()
	assert.Equal(t, want, live.Order())
	assert.True(t, live.Has("a"))
	assert.False(t, live.Has("e"))
	require.NoError(t, live.Node("e"))
	require.NoError(t, live.Node("e"))
	assert.Equal(t, append(want, "e"), live.Order())
	assert.False(t, live.Remove("a", "e", ""))
	assert.False(t, live.Remove("a", "nobody", ""))

	_, err = graph.NewLive(plain{nodes: []string{"a"}, edges: []edge{{From: "a", To: "a"}}}.build())
	var circle *graph.CycleError[string]
	assert.True(t, errors.As(err, &circle))
}

// TestLiveRelabels inserts so often at one place that the labels there run out.
func TestLiveRelabels(t *testing.T) {
	var live graph.Live[int]
	const n = 3000
	for i := range n { // each new node goes right before node 0
		if i > 0 {
			require.NoError(t, live.Insert(graph.Edge[int]{From: i, To: 0}))
		}
	}
	for i := 1; i+1 < n; i++ { // and is then chained behind the one before
		require.NoError(t, live.Insert(graph.Edge[int]{From: i + 1, To: i}))
	}
	order := live.Order()
	for i := range n {
		require.Equal(t, n-1-i, order[i])
	}
	err := live.Insert(graph.Edge[int]{From: 0, To: n - 1})
	var circle *graph.CycleError[int]
	require.True(t, errors.As(err, &circle))
	assert.Equal(t, 0, circle.Edges[len(circle.Edges)-1].To)
}

// TestLiveRelabelsInFront puts each new node before all others.
func TestLiveRelabelsInFront(t *testing.T) {
	var live graph.Live[int]
	const n = 2000
	for i := range n {
		require.NoError(t, live.Insert(graph.Edge[int]{From: i + 1, To: i}))
	}
	order := live.Order()
	for i := range n + 1 {
		require.Equal(t, n-i, order[i])
	}
}

func TestLiveLimit(t *testing.T) {
	var live graph.Live[string]
	graph.SetLiveLimit(&live, 3)
	for _, e := range []edge{{"a", "b", "", 0}, {"b", "c", "", 0}} {
		require.NoError(t, live.Insert(e))
	}
	assert.Equal(t, &graph.SizeError{Nodes: 1}, live.Node("d"))
	assert.Equal(t, &graph.SizeError{Nodes: 1}, live.Insert(edge{"d", "a", "", 0}))
	assert.Equal(t, &graph.SizeError{Nodes: 1}, live.Insert(edge{"a", "d", "", 0}))
	require.NoError(t, live.Insert(edge{"a", "c", "", 0}))
	assert.Equal(t, &graph.SizeError{Edges: 1}, live.Insert(edge{"a", "c", "", 0}))
	assert.Equal(t, []string{"a", "b", "c"}, live.Order())
	assert.Empty(t, new(graph.Live[string]).Order())
}

func FuzzLive(f *testing.F) {
	f.Add([]byte{4, 0, 1, 1, 2}, uint64(1), uint8(30))
	f.Add([]byte{}, uint64(9), uint8(200))
	f.Fuzz(func(t *testing.T, data []byte, seed uint64, steps uint8) {
		p := fromBytes(data)
		if !p.acyclic() {
			p.edges = nil
		}
		edits(t, p, int(steps)+1, rand.New(rand.NewPCG(seed, 1)), len(p.nodes)+3)
	})
}

func TestLiveInsertAllocates(t *testing.T) {
	var b graph.Builder[int]
	for i := range 1000 {
		b.Link(i, i+1)
	}
	live, err := graph.NewLive(b.Freeze())
	require.NoError(t, err)
	require.NoError(t, live.Insert(graph.Edge[int]{From: 1, To: 900}))
	assert.Zero(t, testing.AllocsPerRun(50, func() {
		_ = live.Insert(graph.Edge[int]{From: 3, To: 700})
		live.Remove(3, 700, "")
		live.Before(4, 5)
	}))
}

func ExampleLive() {
	live, err := graph.NewLive(needs())
	if err != nil {
		fmt.Println(err)
		return
	}
	err = live.Insert(graph.Edge[string]{From: "treasury", To: "homes", Label: "waits for"})
	fmt.Println(err)
	fmt.Println(live.Remove("planning", "treasury", "funded by"))
	fmt.Println(live.Insert(graph.Edge[string]{From: "treasury", To: "homes", Label: "waits for"}))
	fmt.Println(live.Order(), live.Before("treasury", "homes"), live.Freeze().NumEdges())
	// Output:
	// circle: treasury -> homes (waits for) -> planning (needs) -> treasury (funded by)
	// true
	// <nil>
	// [treasury homes grid skills planning] true 4
}
