package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	gonum "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/flow"
	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"

	"github.com/missionled/missionled/graph"
)

// pair builds the same random graph with gonum and with this module. Weights are 1 to 9.
func pair(seed uint64, n, m int, forward bool) (*graph.Graph[int], *simple.WeightedDirectedGraph) {
	rng := rand.New(rand.NewPCG(seed, 1))
	hidden := rng.Perm(n)
	var b graph.Builder[int]
	other := simple.NewWeightedDirectedGraph(0, math.Inf(1))
	for k := range n {
		b.Node(k)
		other.AddNode(simple.Node(k))
	}
	for range m {
		u, v := rng.IntN(n), rng.IntN(n)
		if forward && hidden[u] > hidden[v] {
			u, v = v, u
		}
		if u == v || other.HasEdgeFromTo(int64(u), int64(v)) {
			continue
		}
		w := float64(1 + rng.IntN(9))
		b.Add(graph.Edge[int]{From: u, To: v, Weight: w})
		other.SetWeightedEdge(simple.WeightedEdge{F: simple.Node(u), T: simple.Node(v), W: w})
	}
	return b.Freeze(), other
}

func ids(nodes []gonum.Node) []int {
	list := make([]int, len(nodes))
	for i, n := range nodes {
		list[i] = int(n.ID())
	}
	slices.Sort(list)
	return list
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a)) }

func TestAgreesWithGonum(t *testing.T) {
	for seed := range uint64(60) {
		n := 2 + int(seed)*3
		g, other := pair(seed, n, n*(1+int(seed%5)), seed%2 == 0)
		name := fmt.Sprintf("seed %d", seed)

		_, err := topo.Sort(other)
		if g.Acyclic() != (err == nil) {
			t.Fatalf("%s: acyclic %v, gonum %v", name, g.Acyclic(), err)
		}
		var ours, theirs [][]int
		for _, members := range g.Components().All() {
			slices.Sort(members)
			ours = append(ours, members)
		}
		for _, members := range topo.TarjanSCC(other) {
			theirs = append(theirs, ids(members))
		}
		slices.SortFunc(ours, slices.Compare[[]int])
		slices.SortFunc(theirs, slices.Compare[[]int])
		if !slices.EqualFunc(ours, theirs, slices.Equal[[]int]) {
			t.Fatalf("%s: components %v, gonum %v", name, ours, theirs)
		}
		for k := range min(n, 5) {
			reached := gonumReach(other, k)
			slices.Sort(reached)
			got := g.Descendants(k)
			slices.Sort(got)
			if !slices.Equal(got, reached) {
				t.Fatalf("%s: descendants of %d: %v, gonum %v", name, k, got, reached)
			}
			tree := g.Dominators(k)
			dominators := flow.Dominators(simple.Node(k), other)
			shortest := path.DijkstraFrom(simple.Node(k), other)
			distances, err := g.ShortestPaths(k, graph.Weight)
			if err != nil {
				t.Fatal(err)
			}
			for v := range n {
				d, ok := tree.Immediate(v)
				if w := dominators.DominatorOf(int64(v)); ok != (w != nil) || ok && int64(d) != w.ID() {
					t.Fatalf("%s: dominator of %d from %d: %d %v, gonum %v", name, v, k, d, ok, w)
				}
				if x, _ := distances.Distance(v); x != shortest.WeightTo(int64(v)) {
					t.Fatalf("%s: distance from %d to %d: %v, gonum %v", name, k, v, x, shortest.WeightTo(int64(v)))
				}
			}
		}
		between, err := g.Betweenness(context.Background(), graph.BetweennessOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for k, want := range network.Betweenness(other) {
			if got := between.At(int(k)); !near(want, got) {
				t.Fatalf("%s: betweenness of %d: %v, gonum %v", name, k, got, want)
			}
		}
		if n < 12 {
			circles, count := topo.DirectedCyclesIn(other), 0
			for range g.Cycles() {
				count++
			}
			if count != len(circles) {
				t.Fatalf("%s: %d circles, gonum %d", name, count, len(circles))
			}
		}
	}
}

// expected is what expected.py stores of each graph.
type expected struct {
	Nodes        int
	Edges        [][2]int
	Acyclic      bool
	Root         int
	Descendants  []int
	Dominators   map[int]int
	Components   [][]int
	Weak         int
	Betweenness  []float64
	Constraint   []*float64
	CutNodes     []int `json:"cut_nodes"`
	Bridges      int
	Distances    map[int]int
	Far          int
	EdgeCut      int  `json:"edge_connectivity"`
	NodeCut      *int `json:"node_connectivity"`
	Paths        int
	Modularity   float64
	Reduction    [][2]int
	Closure      int
	Longest      int
	Layers       [][]int
	LeastOrder   []int `json:"least_order"`
	CirclesCount *int  `json:"circles"`
}

// TestAgreesWithNetworkx compares with values that networkx and igraph gave.
func TestAgreesWithNetworkx(t *testing.T) {
	text, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []expected
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) != 12 {
		t.Fatalf("%d cases", len(cases))
	}
	for i, want := range cases {
		t.Run(fmt.Sprint(i), func(t *testing.T) { compare(t, want) })
	}
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	a, b := fmt.Sprint(got), fmt.Sprint(want)
	if a != b {
		t.Errorf("%s: %s, networkx %s", what, a, b)
	}
}

func sorted[T any](list []T, compare func(a, b T) int) []T {
	slices.SortFunc(list, compare)
	return list
}

func compareInts(a, b int) int { return a - b }

func compare(t *testing.T, want expected) {
	ctx := context.Background()
	var b graph.Builder[int]
	for k := range want.Nodes {
		b.Node(k)
	}
	for _, e := range want.Edges {
		b.Link(e[0], e[1])
	}
	g := b.Freeze()
	equal(t, "acyclic", g.Acyclic(), want.Acyclic)
	equal(t, "descendants", sorted(g.Descendants(want.Root), compareInts), want.Descendants)
	tree := g.Dominators(want.Root)
	dominators := map[int]int{}
	for k := range want.Nodes {
		if d, ok := tree.Immediate(k); ok && d != want.Root {
			dominators[k] = d
		}
	}
	equal(t, "dominators", dominators, want.Dominators)
	var parts [][]int
	for _, members := range g.Components().All() {
		parts = append(parts, sorted(members, compareInts))
	}
	equal(t, "components", sorted(parts, slices.Compare[[]int]), want.Components)
	equal(t, "weak components", g.WeakComponents().Len(), want.Weak)
	between, err := g.Betweenness(ctx, graph.BetweennessOptions{})
	if err != nil {
		t.Fatal(err)
	}
	// networkx reads the graph both ways without counting an edge twice.
	once := g.Filter(func(e graph.Edge[int]) bool { return e.From < e.To || !g.HasEdge(e.To, e.From) })
	constraint, err := once.Constraint(nil)
	if err != nil {
		t.Fatal(err)
	}
	for k := range want.Nodes {
		if !near(want.Betweenness[k], between.At(k)) {
			t.Errorf("betweenness of %d: %v, networkx %v", k, between.At(k), want.Betweenness[k])
		}
		c := want.Constraint[k]
		if (c == nil) != math.IsNaN(constraint.At(k)) || c != nil && !near(*c, constraint.At(k)) {
			t.Errorf("constraint of %d: %v, networkx %v", k, constraint.At(k), c)
		}
	}
	equal(t, "cut nodes", sorted(append([]int{}, g.CutNodes()...), compareInts), want.CutNodes)
	equal(t, "bridges", len(g.Bridges()), want.Bridges)
	paths, err := g.ShortestPaths(want.Root, nil)
	if err != nil {
		t.Fatal(err)
	}
	distances := map[int]int{}
	for k, d := range paths.Reached() {
		distances[k] = int(d)
	}
	equal(t, "distances", distances, want.Distances)
	cut, err := g.MinCut(want.Root, want.Far, nil)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "edge cut", len(cut.Edges), want.EdgeCut)
	equal(t, "disjoint paths", len(g.DisjointPaths(want.Root, want.Far)), want.EdgeCut)
	if want.NodeCut != nil {
		nodes, _ := g.NodeCut(want.Root, want.Far)
		equal(t, "node cut", len(nodes), *want.NodeCut)
		equal(t, "paths apart", len(g.NodeDisjointPaths(want.Root, want.Far)), *want.NodeCut)
	}
	count := 0
	for range g.Paths(want.Root, want.Far, 8) {
		count++
	}
	equal(t, "paths", count, want.Paths)
	third := graph.Tabulate(g, func(k int) int { return k % 3 })
	if q := graph.Mix(g, third).Modularity(); !near(want.Modularity, q) {
		t.Errorf("modularity %v, networkx %v", q, want.Modularity)
	}
	if want.CirclesCount != nil {
		count := 0
		for range g.Cycles() {
			count++
		}
		equal(t, "circles", count, *want.CirclesCount)
	}
	if want.Acyclic {
		compareAcyclic(ctx, t, g, want)
	}
}

func compareAcyclic(ctx context.Context, t *testing.T, g *graph.Graph[int], want expected) {
	reduced, err := g.Reduce(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var edges [][2]int
	for e := range reduced.Edges() {
		edges = append(edges, [2]int{e.From, e.To})
	}
	equal(t, "reduction", sorted(edges, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) }), want.Reduction)
	closure, err := g.Closure(ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "closure", closure.NumEdges(), want.Closure)
	takes := graph.Tabulate(g, func(int) float64 { return 0 })
	timing, err := g.LongestPaths(takes, graph.Weight)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "longest path", int(timing.Length()), want.Longest)
	layers, err := g.Layers()
	if err != nil {
		t.Fatal(err)
	}
	var generations [][]int
	for _, members := range layers.All() {
		generations = append(generations, sorted(members, compareInts))
	}
	equal(t, "layers", generations, want.Layers)
	order, err := g.OrderBy(compareInts)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "least order", order, want.LeastOrder)
}

// TestWorkload checks what every comparison rests on.
func TestWorkload(t *testing.T) {
	for _, n := range []int{2, 30, 1000, 20_000} {
		w := layered(n, 5*n, false)
		g, err := graph.FromEdges(ourEdges(w))
		if err != nil || !g.Acyclic() || g.Len() != n {
			t.Fatalf("%d nodes: %d, acyclic %v, %v", n, g.Len(), g.Acyclic(), err)
		}
		if got := len(g.Descendants(w.root)); got != n-1 {
			t.Errorf("%d nodes: the root reaches %d", n, got)
		}
		if n >= 1000 && g.NumEdges() != 5*n {
			t.Errorf("%d nodes: %d edges", n, g.NumEdges())
		}
		names := map[string]bool{}
		for k := range n {
			names[name(k)] = true
		}
		if len(names) != n {
			t.Errorf("%d nodes: %d names", n, len(names))
		}
	}
	if g, _ := graph.FromEdges(ourEdges(layered(1000, 5000, true))); g.Acyclic() {
		t.Error("no circles")
	}
}
