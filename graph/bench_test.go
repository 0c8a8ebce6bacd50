package graph_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/missionled/missionled/graph"
)

// benchEdges returns a layered acyclic graph with shuffled keys and edges, as internal/bench
// does, where these figures stand beside those of other libraries.
func benchEdges(n int) []graph.Edge[int] {
	rng := rand.New(rand.NewPCG(1, 1))
	key := rng.Perm(n)
	width := max(n/100, 1)
	edges := make([]graph.Edge[int], 5*n)
	for i := range edges {
		to := width + rng.IntN(n-width)
		from := max(to-to%width-width*(1+int(rng.ExpFloat64()/2)), 0) + rng.IntN(width)
		edges[i] = graph.Edge[int]{From: key[from], To: key[to]}
	}
	return edges
}

const benchNodes = 100_000

func benchGraph(b *testing.B) *graph.Graph[int] {
	b.Helper()
	g, err := graph.FromEdges(benchEdges(benchNodes))
	if err != nil {
		b.Fatal(err)
	}
	return g
}

func BenchmarkFromEdges(b *testing.B) {
	edges := benchEdges(benchNodes)
	for b.Loop() {
		if _, err := graph.FromEdges(edges); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFromEdgesString(b *testing.B) {
	var edges []graph.Edge[string]
	for _, e := range benchEdges(benchNodes) {
		edges = append(edges, graph.Edge[string]{From: fmt.Sprint("milestone-", e.From), To: fmt.Sprint("milestone-", e.To)})
	}
	for b.Loop() {
		if _, err := graph.FromEdges(edges); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBuilder(b *testing.B) {
	edges := benchEdges(benchNodes)
	for b.Loop() {
		var builder graph.Builder[int]
		for _, e := range edges {
			builder.Add(e)
		}
		builder.Freeze()
	}
}

func BenchmarkOrder(b *testing.B) {
	g := benchGraph(b)
	for b.Loop() {
		_, _ = g.Order()
	}
}

func BenchmarkOrderBy(b *testing.B) {
	g := benchGraph(b)
	for b.Loop() {
		_, _ = g.OrderBy(nil)
	}
}

func BenchmarkDescendants(b *testing.B) {
	g := benchGraph(b)
	order, _ := g.Order()
	for b.Loop() {
		g.Descendants(order[0])
	}
}

func BenchmarkLongestPaths(b *testing.B) {
	g := benchGraph(b)
	takes := graph.Tabulate(g, func(k int) float64 { return float64(k % 97) })
	for b.Loop() {
		_, _ = g.LongestPaths(takes, nil)
	}
}

func BenchmarkComponents(b *testing.B) {
	edges := benchEdges(benchNodes)
	for i := range edges {
		if i%200 == 0 {
			edges[i].From, edges[i].To = edges[i].To, edges[i].From
		}
	}
	g, err := graph.FromEdges(edges)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		g.Components()
	}
}

func BenchmarkDominators(b *testing.B) {
	g := benchGraph(b)
	for b.Loop() {
		g.Dominators()
	}
}

func BenchmarkReduce(b *testing.B) {
	g := benchGraph(b)
	for b.Loop() {
		_, _ = g.Reduce(context.Background())
	}
}

func BenchmarkRadiiEstimate(b *testing.B) {
	g := benchGraph(b)
	for b.Loop() {
		_, _ = g.Radii(context.Background(), graph.RadiusOptions{ExactUpTo: -1})
	}
}

func BenchmarkReachIndex(b *testing.B) {
	g := benchGraph(b)
	index := g.ReachIndex()
	rng := rand.New(rand.NewPCG(2, 2))
	for b.Loop() {
		index.Reaches(rng.IntN(benchNodes), rng.IntN(benchNodes))
	}
}

func BenchmarkLiveInsert(b *testing.B) {
	g := benchGraph(b)
	order, _ := g.Order()
	live, err := graph.NewLive(g)
	if err != nil {
		b.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(3, 3))
	for b.Loop() {
		u, v := rng.IntN(len(order)), rng.IntN(len(order))
		if u > v != (rng.IntN(10) == 0) {
			u, v = v, u
		}
		_ = live.Insert(graph.Edge[int]{From: order[u], To: order[v]})
	}
}

func BenchmarkBetweenness(b *testing.B) {
	g, err := graph.FromEdges(benchEdges(2000))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		_, _ = g.Betweenness(context.Background(), graph.BetweennessOptions{})
	}
}
