package graph_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/missionled/missionled/graph"
)

// needs is a small plan: what stands left leans on what stands right.
func needs() *graph.Graph[string] {
	var b graph.Builder[string]
	b.Add(graph.Edge[string]{From: "homes", To: "planning", Label: "needs", Weight: 3})
	b.Add(graph.Edge[string]{From: "homes", To: "skills", Label: "needs", Weight: 1})
	b.Add(graph.Edge[string]{From: "grid", To: "planning", Label: "needs", Weight: 2})
	b.Add(graph.Edge[string]{From: "planning", To: "treasury", Label: "funded by", Weight: 5})
	return b.Freeze()
}

func Example() {
	g := needs()
	order, err := g.Order()
	fmt.Println(order, err)
	fmt.Println("if the treasury stops:", g.Ancestors("treasury"))
	// Output:
	// [homes grid skills planning treasury] <nil>
	// if the treasury stops: [homes grid planning]
}

func ExampleBuilder() {
	var b graph.Builder[string]
	b.Node("press office") // nothing leads to it or from it
	b.Link("homes", "planning")
	b.Add(graph.Edge[string]{From: "planning", To: "treasury", Label: "funded by", Weight: 2.5})
	g := b.Freeze()
	fmt.Println(g.Len(), g.NumEdges(), b.Err())
	for e := range g.Edges() {
		fmt.Println(e.From, e.To, e.Label, e.Weight)
	}
	// Output:
	// 4 2 <nil>
	// homes planning  1
	// planning treasury funded by 2.5
}

func ExampleFromEdges() {
	g, err := graph.FromEdges([]graph.Edge[int]{{From: 30, To: 10}, {From: 10, To: 20}}, 99)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(slices.Collect(g.Nodes()), g.Reaches(30, 20))
	// Output: [99 30 10 20] true
}

func ExampleSizeError() {
	var b graph.Builder[string]
	b.Link("a", "b")
	var tooLarge *graph.SizeError
	fmt.Println(errors.As(b.Err(), &tooLarge), graph.MaxNodes, graph.MaxEdges)
	// Output: false 2147483647 2147483647
}

func ExampleGraph() {
	g := needs()
	fmt.Println(g.Has("grid"), g.HasEdge("grid", "homes"), g.OutDegree("homes"), g.InDegree("planning"))
	fmt.Println(slices.Collect(g.Successors("homes")), slices.Collect(g.Predecessors("planning")), g.Labels())
	for e := range g.In("treasury") {
		fmt.Println(e.From, e.Label)
	}
	for e := range g.Out("grid") {
		fmt.Println(e.To, e.Label)
	}
	// Output:
	// true false 2 2
	// [planning skills] [homes grid] [needs funded by]
	// planning funded by
	// planning needs
}

func ExampleGraph_WithLabels() {
	g := needs().WithLabels("needs")
	fmt.Println(g.Len(), g.NumEdges(), g.Reaches("homes", "treasury"))
	heavy := needs().Filter(func(e graph.Edge[string]) bool { return e.Weight > 2 })
	fmt.Println(heavy.NumEdges())
	// Output:
	// 5 3 false
	// 2
}

func ExampleGraph_Reverse() {
	fmt.Println(needs().Reverse().Descendants("planning"))
	// Output: [grid homes]
}

func ExampleGraph_Induced() {
	g := needs().Induced(slices.Values([]string{"treasury", "planning", "homes"}))
	both, err := graph.Union(g, needs().WithLabels("needs"))
	fmt.Println(slices.Collect(g.Nodes()), g.NumEdges(), both.NumEdges(), err)
	// Output: [homes planning treasury] 2 5 <nil>
}

func ExampleGraph_OrderBy() {
	order, _ := needs().OrderBy(strings.Compare)
	fmt.Println(order)
	layers, _ := needs().Layers()
	for i, members := range layers.All() {
		fmt.Println(i, members)
	}
	// Output:
	// [grid homes planning skills treasury]
	// 0 [homes grid]
	// 1 [skills planning]
	// 2 [treasury]
}

func ExampleCycleError() {
	var b graph.Builder[string]
	b.Add(graph.Edge[string]{From: "bid", To: "match funding", Label: "needs"})
	b.Add(graph.Edge[string]{From: "match funding", To: "bid", Label: "needs"})
	g := b.Freeze()
	_, err := g.Order()
	fmt.Println(err)
	if circle, ok := errors.AsType[*graph.CycleError[string]](err); ok {
		fmt.Println(circle.Nodes(), g.Acyclic(), len(g.Cycle()))
	}
	for _, e := range g.Feedback() {
		fmt.Println("cut", e.From, "->", e.To)
	}
	for walk := range g.Cycles() {
		fmt.Println(len(walk), "edges")
	}
	// Output:
	// circle: bid -> match funding (needs) -> bid (needs)
	// [bid match funding] false 2
	// cut match funding -> bid
	// 2 edges
}

func ExamplePartition() {
	var b graph.Builder[string]
	b.Link("a", "b")
	b.Link("b", "a")
	b.Link("b", "c")
	g := b.Freeze()
	parts, between := g.Condense()
	i, _ := parts.Of("a")
	fmt.Println(parts.Len(), parts.Members(i), parts.Size(i), between.HasEdge(0, 1), g.Components().Len(), g.WeakComponents().Len())
	// Output: 2 [a b] 2 true 2 1
}

func ExampleDominatorTree() {
	g := needs().Reverse() // from what is leaned on to what leans on it
	tree := g.Dominators("treasury")
	fmt.Println("falls with planning:", tree.Under("planning"))
	fmt.Println("homes hangs on:", slices.Collect(tree.Over("homes")))
	gate, ok := tree.Immediate("grid")
	fmt.Println(gate, ok, tree.Has("skills"), tree.Len())
	weights := tree.Weights(graph.Column[string, float64]{})
	fmt.Println(weights.At("treasury"), needs().PostDominators("treasury").Len())
	// Output:
	// falls with planning: [grid homes]
	// homes hangs on: [planning treasury]
	// planning true false 4
	// 3 4
}

func ExampleColumn() {
	g := needs()
	staff := graph.Tabulate(g, func(k string) int { return len(k) * 100 })
	fmt.Println(staff.At("grid"), staff.Len())
	_, known := staff.Lookup("nobody")
	fmt.Println(known)
	for k, v := range staff.All() {
		fmt.Print(k, " ", v, "; ")
	}
	// Output:
	// 400 5
	// false
	// homes 500; planning 800; skills 600; grid 400; treasury 800;
}
