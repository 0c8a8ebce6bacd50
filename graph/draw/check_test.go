package draw_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/missionled/missionled/graph/draw"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCheckCollectsEveryFault(t *testing.T) {
	p := &draw.Picture{
		Classes: []draw.Class{{ID: "a", Shape: 99, Stroke: 99, Fill: 99}, {ID: "a"}, {ID: ""}, {ID: "b", Shape: draw.Pill}, {ID: "c", Shape: draw.Pill, Fill: draw.Blue}},
		Kinds:   []draw.Kind{{ID: "k", Stroke: 99, Arrow: 99}, {ID: "l"}, {ID: "m", Stroke: draw.Solid, Arrow: draw.Triangle}},
		Groups:  []draw.Group{{ID: "g"}, {ID: "g"}, {ID: "\xff"}},
		Nodes:   []draw.Node{{ID: "x", Group: "nowhere", Class: "none", Href: "javascript:alert(1)"}, {ID: "x"}, {}},
		Edges:   []draw.Edge{{From: "x", To: "gone", Kind: "none"}, {From: "", To: "x"}},
	}
	type fault struct {
		path  string
		cause draw.Cause
	}
	want := []fault{
		{"classes[1].id", draw.Duplicate}, {"classes[2].id", draw.NoID},
		{"classes[0].shape", draw.OutOfRange}, {"classes[0].stroke", draw.OutOfRange}, {"classes[0].fill", draw.OutOfRange},
		{"classes[1]", draw.Lookalike}, {"classes[2]", draw.Lookalike}, {"classes[4]", draw.Lookalike},
		{"kinds[0].stroke", draw.OutOfRange}, {"kinds[0].arrow", draw.OutOfRange}, {"kinds[1]", draw.Lookalike}, {"kinds[2]", draw.Lookalike},
		{"groups[1].id", draw.Duplicate}, {"groups[2].id", draw.BadID},
		{"nodes[1].id", draw.Duplicate}, {"nodes[2].id", draw.NoID},
		{"nodes[0].group", draw.Unknown}, {"nodes[0].class", draw.Unknown}, {"nodes[0].href", draw.UnsafeLink},
		{"edges[0].to", draw.Unknown}, {"edges[0].kind", draw.Unknown}, {"edges[1].from", draw.Unknown},
	}
	err := p.Check()
	faults, ok := errors.AsType[draw.Faults](err)
	require.True(t, ok)
	var got []fault
	for _, f := range faults {
		got = append(got, fault{f.Path, f.Cause})
	}
	assert.Equal(t, want, got)
	first, ok := errors.AsType[*draw.Fault](err)
	require.True(t, ok)
	assert.Equal(t, "draw: classes[1].id: duplicate id: \"a\"", first.Error())
	assert.Contains(t, err.Error(), "and 12 more")

	for name, write := range writers {
		w := &strings.Builder{}
		_, ok := errors.AsType[*draw.Fault](write(w, p))
		assert.True(t, ok, name)
		assert.Zero(t, w.Len(), "%s wrote before it checked", name)
	}
}

var writers = map[string]func(io.Writer, *draw.Picture) error{
	"dot": draw.WriteDOT, "mermaid": draw.WriteMermaid, "graphml": draw.WriteGraphML, "json": draw.WriteJSONGraph,
	"svg": func(w io.Writer, p *draw.Picture) error { return draw.WriteSVG(w, p, nil) },
	"svg-down": func(w io.Writer, p *draw.Picture) error {
		return draw.WriteSVG(w, p, &draw.SVGOptions{Direction: draw.TopDown, Theme: draw.Auto})
	},
}

func TestFaultErrorIsBounded(t *testing.T) {
	p := &draw.Picture{Edges: []draw.Edge{{From: strings.Repeat("\u202e<", 1_000_000), To: "y"}}}
	msg := p.Check().Error()
	assert.Less(t, len(msg), 600)
	assert.NotContains(t, msg, "\u202e")
}

func TestLinks(t *testing.T) {
	for href, safe := range map[string]bool{
		"": true, "#a": true, "page.html?x=a:b": true, "/path/a:b": true, "../up": true, "https://example.org/": true, "HTTP://example.org": true,
		"mailto:a@example.org": true, "//example.org/x": true,
		"javascript:alert(1)": false, "JavaScript:x": false, "java\tscript:alert(1)": false, " javascript:x": false, "data:text/html,x": false,
		"vbscript:x": false, "file:///etc/passwd": false, "\u202ehttps://x": false, "x y": false, ":": false, "\xff": false,
	} {
		err := (&draw.Picture{Nodes: []draw.Node{{ID: "n", Href: href}}}).Check()
		f, bad := errors.AsType[*draw.Fault](err)
		if assert.Equal(t, safe, !bad, "%q", href) && bad {
			assert.Equal(t, draw.UnsafeLink, f.Cause)
		}
	}
}

func TestNothingByColourAlone(t *testing.T) {
	node := []draw.Node{{ID: "n"}}
	for name, c := range map[string]struct {
		p  draw.Picture
		ok bool
	}{
		"fill alone":                       {draw.Picture{Classes: []draw.Class{{ID: "a", Fill: draw.Blue}, {ID: "b", Fill: draw.Teal}}}, false},
		"stroke differs":                   {draw.Picture{Classes: []draw.Class{{ID: "a", Fill: draw.Blue}, {ID: "b", Fill: draw.Blue, Stroke: draw.Dashed}}}, true},
		"like a node without class":        {draw.Picture{Nodes: node, Classes: []draw.Class{{ID: "a", Fill: draw.Blue}}}, false},
		"unlike a node without class":      {draw.Picture{Nodes: node, Classes: []draw.Class{{ID: "a", Shape: draw.Pill}}}, true},
		"kind like an edge without kind":   {draw.Picture{Nodes: node, Edges: []draw.Edge{{From: "n", To: "n"}}, Kinds: []draw.Kind{{ID: "k"}}}, false},
		"kind unlike an edge without kind": {draw.Picture{Nodes: node, Edges: []draw.Edge{{From: "n", To: "n"}}, Kinds: []draw.Kind{{ID: "k", Arrow: draw.Dot}}}, true},
	} {
		err := c.p.Check()
		f, bad := errors.AsType[*draw.Fault](err)
		if assert.Equal(t, c.ok, !bad, name) && bad {
			assert.Equal(t, draw.Lookalike, f.Cause, name)
		}
	}
}

func TestNames(t *testing.T) {
	for want, got := range map[string]fmt.Stringer{
		"unset": draw.Shape(0), "cylinder": draw.Cylinder, "shape(8)": draw.Shape(8),
		"thick": draw.Thick, "stroke(5)": draw.Stroke(5), "lilac": draw.Lilac, "fill(8)": draw.Fill(8),
		"no head": draw.NoHead, "arrow(5)": draw.Arrow(5), "unsafe link": draw.UnsafeLink, "cause(8)": draw.Cause(8),
	} {
		assert.Equal(t, want, got.String())
	}
}

// luminance is WCAG 2.2's relative luminance of #rrggbb.
func luminance(hex string) float64 {
	var c [3]int
	fmt.Sscanf(hex, "#%02x%02x%02x", &c[0], &c[1], &c[2])
	sum := 0.0
	for i, weight := range [3]float64{0.2126, 0.7152, 0.0722} {
		v := float64(c[i]) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = pow24((v + 0.055) / 1.055)
		}
		sum += weight * v
	}
	return sum
}

// pow24 is x to the power of 2.4: the fifth root of x to the twelfth.
func pow24(x float64) float64 {
	want, lo, hi := x*x*x*x*x*x*x*x*x*x*x*x, 0.0, 1.0
	for range 60 {
		if m := (lo + hi) / 2; m*m*m*m*m < want {
			lo = m
		} else {
			hi = m
		}
	}
	return lo
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	assert.InDelta(t, 21, contrast("#000000", "#ffffff"), 0.001)
	assert.InDelta(t, 10.25, contrast("#12436D", "#ffffff"), 0.01)
	for _, night := range []bool{false, true} {
		page, band, rule, text, quiet, edge, fills := draw.NodeBackgrounds(night)
		require.Len(t, fills, 7)
		for _, ground := range []string{page, band} {
			assert.GreaterOrEqual(t, contrast(text, ground), 7.0)
			assert.GreaterOrEqual(t, contrast(quiet, ground), 7.0)
			assert.GreaterOrEqual(t, contrast(edge, ground), 4.5)
			assert.GreaterOrEqual(t, contrast(rule, ground), 3.0)
			for i, f := range fills {
				assert.GreaterOrEqual(t, contrast(f[1], ground), 3.0, "outline of %s", draw.Fill(i+1))
			}
		}
		for i, f := range fills {
			assert.GreaterOrEqual(t, contrast(text, f[0]), 7.0, "text on %s", draw.Fill(i+1))
			assert.GreaterOrEqual(t, contrast(f[1], f[0]), 3.0, "outline of %s", draw.Fill(i+1))
		}
	}
}
