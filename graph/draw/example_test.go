package draw_test

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/missionled/missionled/graph/draw"
)

func ExamplePicture() {
	p := &draw.Picture{
		Title:  "From review to homes",
		Groups: []draw.Group{{ID: "hmt", Label: "HM Treasury"}, {ID: "mhclg", Label: "Housing"}},
		Classes: []draw.Class{
			{ID: "step", Label: "Step"},
			{ID: "outcome", Label: "Outcome", Shape: draw.Hexagon, Stroke: draw.Thick, Fill: draw.Blue},
		},
		Kinds: []draw.Kind{{ID: "feeds", Label: "contributes to", Stroke: draw.Dashed, Arrow: draw.Triangle}},
		Nodes: []draw.Node{
			{ID: "review", Label: "Spending Review", Group: "hmt", Class: "step"},
			{ID: "homes", Label: "1.5 million homes", Group: "mhclg", Class: "outcome"},
		},
		Edges: []draw.Edge{{From: "review", To: "homes", Kind: "feeds"}},
	}
	if err := draw.WriteMermaid(os.Stdout, p); err != nil {
		fmt.Println(err)
	}
	// Output:
	// flowchart LR
	//   accTitle: From review to homes
	//   subgraph g0["HM Treasury"]
	//     n0["Spending Review"]
	//   end
	//   subgraph g1["Housing"]
	//     n1{{"1#46;5 million homes"}}
	//   end
	//   n0 -.-> n1
	//   classDef c0 fill:#ffffff,stroke:#3d3d3d,color:#1d1d1d
	//   class n0 c0
	//   classDef c1 fill:#dce9f5,stroke:#12436d,color:#1d1d1d,stroke-width:3px
	//   class n1 c1
	//   linkStyle 0 stroke-dasharray:6 4
}

func ExamplePicture_Check() {
	p := &draw.Picture{
		Nodes: []draw.Node{{ID: "a"}, {ID: "a"}},
		Edges: []draw.Edge{{From: "a", To: "b"}},
	}
	err := p.Check()
	fmt.Println(err)
	if faults, ok := errors.AsType[draw.Faults](err); ok {
		for _, f := range faults {
			fmt.Println(f.Path, f.Cause == draw.Unknown)
		}
	}
	// Output:
	// draw: nodes[1].id: duplicate id: "a"
	// draw: edges[0].to: unknown: "b"
	// nodes[1].id false
	// edges[0].to true
}

func ExampleWriteSVG() {
	p := &draw.Picture{Title: "Two steps", Nodes: []draw.Node{{ID: "plan"}, {ID: "build"}}, Edges: []draw.Edge{{From: "plan", To: "build"}}}
	var b strings.Builder
	err := draw.WriteSVG(&b, p, &draw.SVGOptions{Direction: draw.TopDown, Theme: draw.Auto, Prefix: "steps"})
	fmt.Println(err)
	for line := range strings.Lines(b.String()) {
		if strings.HasPrefix(line, "<title") || strings.HasPrefix(line, "<desc") {
			fmt.Print(line)
		}
	}
	// Output:
	// <nil>
	// <title id="steps-title">Two steps</title>
	// <desc id="steps-desc">2 items, 1 link.</desc>
}

func ExampleSVGOptions() {
	p := &draw.Picture{Title: "Too many"}
	for i := range 5000 {
		p.Nodes = append(p.Nodes, draw.Node{ID: fmt.Sprint(i)})
		p.Edges = append(p.Edges, draw.Edge{From: fmt.Sprint(i), To: fmt.Sprint((i + 1) % 5000)})
	}
	var b strings.Builder
	err := draw.WriteSVG(&b, p, nil)
	if e, ok := errors.AsType[*draw.TooLargeError](err); ok {
		fmt.Println(e.What, e.Have, e.Limit)
	}
	err = draw.WriteSVG(&b, p, &draw.SVGOptions{Oversize: draw.Condense})
	fmt.Println(err, strings.Contains(b.String(), "each of 1 circle of items that depend on each other is shown as one item; 5000 items in all"))
	// Output:
	// nodes 5000 1000
	// <nil> true
}

func ExampleWriteDOT() {
	p := &draw.Picture{Nodes: []draw.Node{{ID: `say "hi"`}}}
	if err := draw.WriteDOT(os.Stdout, p); err != nil {
		fmt.Println(err)
	}
	// Output:
	// digraph "Untitled picture" {
	//   graph [rankdir=LR, fontname="Helvetica", labelloc=t, label="Untitled picture", tooltip=""];
	//   node [shape=box, fontname="Helvetica", fontsize=11];
	//   edge [fontname="Helvetica", fontsize=10];
	//   "say \"hi\"" [label="say \"hi\"", shape=box, style="filled", fillcolor="#ffffff", color="#3d3d3d", fontcolor="#1d1d1d", tooltip="say \"hi\""];
	// }
}

func ExampleWriteJSONGraph() {
	p := &draw.Picture{Title: "One", Nodes: []draw.Node{{ID: "a", Label: "A <b>"}}}
	if err := draw.WriteJSONGraph(os.Stdout, p); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {
	//   "graph": {
	//     "directed": true,
	//     "label": "One",
	//     "metadata": {},
	//     "nodes": {
	//       "a": {"label": "A \u003Cb\u003E"}
	//     },
	//     "edges": []
	//   }
	// }
}

func ExampleWriteGraphML() {
	p := &draw.Picture{Nodes: []draw.Node{{ID: "milestones/homes"}}}
	var b strings.Builder
	fmt.Println(draw.WriteGraphML(&b, p))
	for line := range strings.Lines(b.String()) {
		if strings.Contains(line, "homes") {
			fmt.Print(strings.TrimLeft(line, " "))
		}
	}
	// Output:
	// <nil>
	// <node id="milestones_x002F_homes">
	// <data key="node-id">milestones/homes</data>
}
