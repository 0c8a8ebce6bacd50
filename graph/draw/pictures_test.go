package draw_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/missionled/missionled/graph/draw"
)

var (
	planClasses = []draw.Class{
		{ID: "outcome", Label: "Mission outcome", Shape: draw.Hexagon, Stroke: draw.Thick, Fill: draw.Blue},
		{ID: "milestone", Label: "Milestone", Shape: draw.Rounded, Fill: draw.Teal},
		{ID: "step", Label: "Initiative", Shape: draw.Rectangle},
		{ID: "vague", Label: "Milestone that is vague by design", Shape: draw.Rounded, Stroke: draw.Dashed, Fill: draw.Lilac},
		{ID: "fund", Label: "Budget", Shape: draw.Cylinder, Fill: draw.Orange},
	}
	planKinds = []draw.Kind{
		{ID: "needs", Label: "must come first"},
		{ID: "feeds", Label: "contributes to", Stroke: draw.Dashed},
		{ID: "against", Label: "works against", Stroke: draw.Dotted, Arrow: draw.Bar},
	}
)

// smallPlan is the picture of the golden files: groups, every kind of edge, a loop, a circle, parallel edges.
func smallPlan() *draw.Picture {
	return &draw.Picture{
		Title:       "What the homes milestone leans on",
		Description: "Illustrative: a few steps in three departments.",
		Classes:     planClasses,
		Kinds:       planKinds,
		Groups:      []draw.Group{{ID: "housing", Label: "Housing, Communities and Local Government"}, {ID: "treasury", Label: "HM Treasury"}, {ID: "work"}, {ID: "unused", Label: "Not drawn"}},
		Nodes: []draw.Node{
			{ID: "milestones/homes", Label: "1.5 million homes in England by the end of this Parliament", Group: "housing", Class: "outcome", Tooltip: "cumulative count"},
			{ID: "planning", Label: "Planning reform in force", Group: "housing", Class: "step", Href: "https://www.gov.uk/government/missions"},
			{ID: "targets", Label: "Local housing targets", Group: "housing", Class: "milestone"},
			{ID: "money", Label: "Affordable homes budget", Group: "treasury", Class: "fund"},
			{ID: "review", Label: "Spending Review", Group: "treasury", Class: "milestone"},
			{ID: "skills", Label: "Enough builders", Group: "work", Class: "vague"},
			{ID: "lone", Class: "step"},
		},
		Edges: []draw.Edge{
			{From: "planning", To: "targets", Kind: "needs"},
			{From: "targets", To: "milestones/homes", Kind: "feeds"},
			{From: "review", To: "money", Kind: "needs", Label: "settles"},
			{From: "money", To: "milestones/homes", Kind: "feeds", Tooltip: "subject to spending rules"},
			{From: "review", To: "skills", Kind: "feeds"},
			{From: "skills", To: "milestones/homes", Kind: "needs"},
			{From: "skills", To: "milestones/homes", Kind: "feeds"},
			{From: "milestones/homes", To: "skills", Kind: "against"},
			{From: "planning", To: "milestones/homes", Kind: "feeds"},
			{From: "targets", To: "targets", Kind: "feeds", Label: "revised yearly"},
		},
	}
}

// hostileTexts are labels and ids that try to get out of their place.
func hostileTexts() []string {
	return []string{
		`<script>alert(1)</script>`, `"quoted" 'single' \back\`, "line\nbreak\r\n\ttab", "`ticks` **bold**",
		"\u202eright to left\u202c \u2066isolate\u2069 \u200f\u061c", "nul\x00byte \x07\x1b[31m", "end", "graph", "subgraph", "digraph",
		"a/b/c:d;e", "%%{init: {'theme':'dark'}}%%", "%% comment", "--> n1", "]]> <!-- x -->", "#quot; &amp; &lt; &#x41;",
		"1. list", "- item", "style x:y#35;", "fa:fa-car", `\N\G\E\L`, "\U0001f469\u200d\U0001f469\u200d\U0001f467 中文字符很长很长很长很长很长很长很长很长",
		"z\u0338\u0322\u0309\u0300a\u0336b", "x\"]; click n0 call evil()", "trailing\\", "مرحبا بالعالم", "direction TB", "Direction  LR",
		"class n1 c0", "accTitle: foo", "$$x^2$$", "{{a}}", "@{shape: x}", "o---x", "_x0041_", "A", "\u2028para\u2029", "\U000e0041tag", "]]>", "' onload='alert(1)",
		"\" onload=\"alert(1)", strings.Repeat("W", 1000), strings.Repeat("a\u0301\u0302\u0303\u0304\u0305", 400), "e" + strings.Repeat("\u0301", 5000),
		strings.Repeat("million ", 125_000), "\ufeffbom", "\uffff\ufffe", "   ",
	}
}

// hostile is a picture with a hostile text in every place that takes one.
func hostile() *draw.Picture {
	texts := hostileTexts()
	p := &draw.Picture{Title: strings.Join(texts[:40], "\n"), Description: strings.Join(texts[:40], " } ")}
	for i, t := range texts[:6] {
		p.Classes = append(p.Classes, draw.Class{ID: t, Label: texts[i+6], Shape: draw.Shape(i + 2), Fill: draw.Fill(i + 1)})
		p.Kinds = append(p.Kinds, draw.Kind{ID: t, Label: texts[i+12], Stroke: draw.Stroke(i%4 + 1), Arrow: draw.Arrow(i/4 + 1)})
		p.Groups = append(p.Groups, draw.Group{ID: t, Label: texts[i+11]})
	}
	for i, t := range texts {
		p.Nodes = append(p.Nodes, draw.Node{ID: t, Label: t, Tooltip: t, Group: texts[i%6], Class: texts[(i/6)%6], Href: "#" + fmt.Sprint(i)})
		p.Edges = append(p.Edges, draw.Edge{From: texts[(i*7)%len(texts)], To: t, Label: t, Tooltip: t, Kind: texts[i%6]})
	}
	return p
}

// random makes a picture of n nodes in g groups and about m edges, some of them loops, parallel, labelled or backwards.
func random(seed uint64, n, m, g int) *draw.Picture {
	r := rand.New(rand.NewPCG(seed, 7))
	p := &draw.Picture{Title: fmt.Sprintf("Random picture %d", seed), Classes: planClasses, Kinds: planKinds}
	for i := range g {
		p.Groups = append(p.Groups, draw.Group{ID: fmt.Sprint("g", i), Label: strings.Repeat("Department ", 1+r.IntN(6)) + fmt.Sprint(i)})
	}
	classes := []string{"outcome", "milestone", "step", "vague", "fund"}
	for i := range n {
		v := draw.Node{ID: fmt.Sprint("n", i), Label: strings.Repeat("item ", r.IntN(12)) + fmt.Sprint(i), Class: classes[r.IntN(5)]}
		if g > 0 && r.IntN(8) > 0 {
			v.Group = fmt.Sprint("g", r.IntN(g))
		}
		p.Nodes = append(p.Nodes, v)
	}
	for range m {
		if n == 0 {
			break
		}
		a := r.IntN(n)
		b := min(n-1, a+1+r.IntN(10))
		if r.IntN(12) == 0 {
			b = r.IntN(n)
		}
		e := draw.Edge{From: fmt.Sprint("n", a), To: fmt.Sprint("n", b), Kind: planKinds[r.IntN(3)].ID}
		if r.IntN(6) == 0 {
			e.Label = strings.Repeat("label ", 1+r.IntN(4))
		}
		p.Edges = append(p.Edges, e)
	}
	return p
}
