package draw_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/missionled/missionled/graph/draw"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGolden(t *testing.T) {
	for format, ext := range map[string]string{"dot": "dot", "mermaid": "mmd", "graphml": "graphml", "json": "json", "svg": "svg", "svg-down": "down.svg"} {
		for name, p := range map[string]*draw.Picture{"small": smallPlan(), "empty": nil} {
			file := filepath.Join("testdata", name+"."+ext)
			got := write(t, format, p)
			if *update {
				require.NoError(t, os.MkdirAll("testdata", 0o777))
				require.NoError(t, os.WriteFile(file, []byte(got), 0o666))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), got, file)
		}
	}
}

// svgElement is an element of an SVG with what the tests look at.
type svgElement struct {
	name   string
	attr   map[string]string
	text   string
	parent int
}

func readSVG(t testing.TB, src string) []svgElement {
	dec := xml.NewDecoder(strings.NewReader(src))
	dec.Strict = true
	var out []svgElement
	var open []int
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		switch tok := tok.(type) {
		case xml.StartElement:
			e := svgElement{name: tok.Name.Local, attr: map[string]string{}, parent: -1}
			if len(open) > 0 {
				e.parent = open[len(open)-1]
			}
			require.Equal(t, "http://www.w3.org/2000/svg", tok.Name.Space)
			for _, a := range tok.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			open = append(open, len(out))
			out = append(out, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				out[open[len(open)-1]].text += string(tok)
			}
		default:
			t.Fatalf("%T in an SVG", tok)
		}
	}
	require.Empty(t, open)
	return out
}

// allowed is every element and attribute that WriteSVG may write.
var allowed = func() map[string]bool {
	m := map[string]bool{}
	for name, attrs := range map[string]string{
		"svg": "xmlns id role aria-labelledby width height viewBox font-family", "title": "id", "desc": "id", "style": "", "g": "", "a": "href text-decoration",
		"rect":    "class x y width height rx fill stroke stroke-width stroke-dasharray",
		"path":    "class d fill stroke stroke-width stroke-dasharray",
		"polygon": "class points fill stroke stroke-width stroke-dasharray",
		"circle":  "class cx cy r fill", "text": "class x y font-size font-weight text-anchor fill",
	} {
		m[name] = true
		for a := range strings.FieldsSeq(attrs) {
			m[name+" "+a] = true
		}
	}
	return m
}()

func num(t testing.TB, s string) int {
	n, err := strconv.Atoi(s)
	require.NoError(t, err)
	return n
}

// checkSVG parses the SVG back and holds it to what must be true of any: nothing in it but what the writer means, names
// for screen readers, text inside the picture, and no text on another.
func checkSVG(t testing.TB, p *draw.Picture, format string) {
	es := readSVG(t, write(t, format, p))
	root := es[0]
	require.Equal(t, "svg", root.name)
	width, height := num(t, root.attr["width"]), num(t, root.attr["height"])
	ids := map[string]string{}
	type placed struct {
		draw.Rect
		text string
	}
	var texts []placed
	for _, e := range es {
		require.True(t, allowed[e.name], "element %s", e.name)
		for a := range e.attr {
			require.True(t, allowed[e.name+" "+a], "attribute %s of %s", a, e.name)
		}
		if id := e.attr["id"]; id != "" {
			ids[id] = e.text
		}
		switch e.name {
		case "style":
			require.NotContains(t, e.text, "url(")
			require.NotContains(t, e.text, "@import")
		case "text":
			w := draw.TextWidth(e.text, num(t, e.attr["font-size"]))
			x := num(t, e.attr["x"])
			if e.attr["text-anchor"] == "middle" {
				x -= w / 2
			}
			texts = append(texts, placed{draw.Rect{X: x, Y: num(t, e.attr["y"]) - 10, W: w, H: 11}, e.text})
		}
	}
	for id := range strings.FieldsSeq(root.attr["aria-labelledby"]) {
		require.Contains(t, ids, id)
	}
	require.NotEmpty(t, ids["draw-title"])
	require.NotEmpty(t, ids["draw-desc"])
	for i, a := range texts {
		if a.W < 400 { // words of exotic width aside
			require.True(t, a.X >= 0 && a.X+a.W <= width && a.Y >= 0 && a.Y+a.H <= height, "%q at %v leaves the picture %d by %d", a.text, a.Rect, width, height)
		}
		for _, b := range texts[:i] {
			require.False(t, overlap(a.Rect, b.Rect), "%q %v on %q %v", a.text, a.Rect, b.text, b.Rect)
		}
	}
}

func TestSVGLaws(t *testing.T) {
	for seed := range uint64(40) {
		p := random(seed, int(seed)*2, int(seed)*3, int(seed)%5)
		checkSVG(t, p, "svg")
		checkSVG(t, p, "svg-down")
	}
	checkSVG(t, smallPlan(), "svg")
	checkSVG(t, nil, "svg")
	p := hostile()
	checkSVG(t, p, "svg")
	checkSVG(t, p, "svg-down")
}

func TestSVGKeepsFullText(t *testing.T) {
	long := strings.Repeat("million ", 125_000)
	p := &draw.Picture{Nodes: []draw.Node{{ID: "x", Label: long, Tooltip: "and <more>"}}, Edges: []draw.Edge{{From: "x", To: "x", Label: long}}}
	var titles []string
	shown := 0
	for _, e := range readSVG(t, write(t, "svg", p)) {
		switch e.name {
		case "title":
			titles = append(titles, e.text)
		case "text":
			shown += len(e.text)
		}
	}
	assert.Contains(t, titles, strings.TrimSpace(long)+" – and <more>")
	assert.Less(t, shown, 300)
}

func TestSVGAccess(t *testing.T) {
	p := smallPlan()
	es := readSVG(t, write(t, "svg", p))
	assert.Equal(t, "graphics-document", es[0].attr["role"], "an image would hide the link")
	assert.Equal(t, "draw-title draw-desc", es[0].attr["aria-labelledby"])
	assert.Equal(t, p.Title, es[1].text)
	assert.Equal(t, "Illustrative: a few steps in three departments. 7 items in 3 groups, 10 links, 1 of them drawn backwards because items depend on each other in a circle.", es[2].text)
	nodeTitles := 0
	for _, e := range es {
		if e.name == "title" && strings.HasPrefix(e.text, "1.5 million homes in England by the end of this Parliament – Housing") {
			nodeTitles++
		}
	}
	assert.Equal(t, 1, nodeTitles)
	p.Nodes[1].Href = ""
	es = readSVG(t, write(t, "svg", p))
	assert.Equal(t, "img", es[0].attr["role"])
	text := func(es []svgElement) string {
		var all []string
		for _, e := range es {
			if e.name == "text" {
				all = append(all, e.text)
			}
		}
		return strings.Join(all, "|")
	}
	shown := text(es)
	for _, meaning := range []string{"Key", "Mission outcome", "Milestone that is vague by design", "must come first", "contributes to", "works against"} {
		assert.Contains(t, shown, meaning)
	}
	assert.NotContains(t, shown, "Not drawn", "a group without nodes")
	assert.Contains(t, text(readSVG(t, write(t, "svg", nil))), "Nothing to show")
}

func TestSVGOptions(t *testing.T) {
	render := func(o *draw.SVGOptions) string {
		var b bytes.Buffer
		require.NoError(t, draw.WriteSVG(&b, smallPlan(), o))
		return b.String()
	}
	plain := render(nil)
	assert.Equal(t, plain, render(&draw.SVGOptions{}))
	assert.Equal(t, plain, render(&draw.SVGOptions{Direction: draw.LeftRight, Theme: draw.Light, Prefix: "draw", Oversize: draw.Refuse}))
	assert.NotContains(t, plain, "<style>")
	assert.Contains(t, render(&draw.SVGOptions{Theme: draw.Auto}), "@media screen and (prefers-color-scheme:dark){#draw .draw-page{fill:#14181c}")
	assert.Contains(t, render(&draw.SVGOptions{Theme: draw.Dark}), `fill="#14181c"`)
	assert.NotContains(t, render(&draw.SVGOptions{HideTitle: true}), `font-size="18"`)
	other := render(&draw.SVGOptions{Prefix: "fig-2", Theme: draw.Auto})
	assert.NotContains(t, other, `"draw-`)
	assert.Contains(t, other, `<title id="fig-2-title">`)

	for field, o := range map[string]draw.SVGOptions{
		"Direction": {Direction: 9}, "Theme": {Theme: 9}, "Oversize": {Oversize: 9}, "Prefix": {Prefix: `x" onload="`},
		"MaxNodes": {MaxNodes: -1}, "MaxEdges": {MaxEdges: -1}, "MaxBends": {MaxBends: -1},
	} {
		var b bytes.Buffer
		e, ok := errors.AsType[*draw.OptionError](draw.WriteSVG(&b, smallPlan(), &o))
		if assert.True(t, ok, field) {
			assert.Equal(t, field, e.Field)
			assert.Contains(t, e.Error(), "draw: option "+field)
		}
		assert.Zero(t, b.Len())
	}
	for _, bad := range []string{"1a", "-a", "a b", "a<", strings.Repeat("a", 65)} {
		assert.Error(t, draw.WriteSVG(io.Discard, nil, &draw.SVGOptions{Prefix: bad}), bad)
	}
	assert.NoError(t, draw.WriteSVG(io.Discard, nil, &draw.SVGOptions{Prefix: "a" + strings.Repeat("b", 63)}))
}

func TestOversize(t *testing.T) {
	chain := &draw.Picture{}
	for i := range 40 {
		chain.Nodes = append(chain.Nodes, draw.Node{ID: strconv.Itoa(i)})
		if i > 0 {
			chain.Edges = append(chain.Edges, draw.Edge{From: strconv.Itoa(i - 1), To: strconv.Itoa(i)})
		}
	}
	chain.Edges = append(chain.Edges, draw.Edge{From: "0", To: "39"})
	for _, c := range []struct {
		opts draw.SVGOptions
		want draw.TooLargeError
	}{
		{draw.SVGOptions{MaxNodes: 39}, draw.TooLargeError{What: "nodes", Have: 40, Limit: 39}},
		{draw.SVGOptions{MaxEdges: 39}, draw.TooLargeError{What: "edges", Have: 40, Limit: 39}},
		{draw.SVGOptions{MaxBends: 37}, draw.TooLargeError{What: "bends", Have: 38, Limit: 37}},
	} {
		var b bytes.Buffer
		e, ok := errors.AsType[*draw.TooLargeError](draw.WriteSVG(&b, chain, &c.opts))
		if assert.True(t, ok) {
			assert.Equal(t, c.want, *e)
			assert.Equal(t, fmt.Sprintf("draw: picture too large: %d %s, limit %d", e.Have, e.What, e.Limit), e.Error())
		}
		assert.Zero(t, b.Len())
	}
	assert.NoError(t, draw.WriteSVG(io.Discard, chain, &draw.SVGOptions{MaxNodes: 40, MaxEdges: 40, MaxBends: 38}))

	texts := func(p *draw.Picture, o *draw.SVGOptions) string {
		var b bytes.Buffer
		require.NoError(t, draw.WriteSVG(&b, p, o))
		var all []string
		for _, e := range readSVG(t, b.String()) {
			if e.name == "text" || e.name == "desc" {
				all = append(all, e.text)
			}
		}
		return strings.Join(all, " ")
	}
	o := &draw.SVGOptions{MaxNodes: 10, Oversize: draw.Condense}

	circles := &draw.Picture{Nodes: chain.Nodes, Edges: append(append([]draw.Edge{}, chain.Edges[:39]...), draw.Edge{From: "35", To: "3"})}
	got := texts(circles, o)
	assert.Contains(t, got, "3 and 32 more, in a circle")
	assert.Contains(t, got, "Condensed: each of 1 circle of items that depend on each other is shown as one item; 40 items in all.")

	grouped := &draw.Picture{Edges: chain.Edges, Groups: []draw.Group{{ID: "a", Label: "First half"}, {ID: "b"}}}
	for i, n := range chain.Nodes {
		n.Group = []string{"a", "b"}[i/20]
		grouped.Nodes = append(grouped.Nodes, n)
	}
	got = texts(grouped, o)
	assert.Contains(t, got, "First half (20 items)")
	assert.Contains(t, got, "Condensed: each group is shown as one item; 40 items in all.")

	got = texts(chain, o)
	assert.Contains(t, got, "0 and 39 more, connected")
	assert.Contains(t, got, "Condensed: each connected part is shown as one item; 40 items in all.")

	lone := &draw.Picture{Nodes: chain.Nodes}
	e, ok := errors.AsType[*draw.TooLargeError](draw.WriteSVG(io.Discard, lone, o))
	require.True(t, ok, "nothing to condense")
	assert.Equal(t, draw.TooLargeError{What: "nodes", Have: 40, Limit: 10}, *e)

	dense := &draw.Picture{}
	for g := range 12 {
		dense.Groups = append(dense.Groups, draw.Group{ID: fmt.Sprint("g", g)})
		for i := range 12 {
			dense.Nodes = append(dense.Nodes, draw.Node{ID: fmt.Sprint(g, "/", i), Group: fmt.Sprint("g", g)})
			for h := range g {
				for range (g*h + i) % 3 {
					dense.Edges = append(dense.Edges, draw.Edge{From: fmt.Sprint(h, "/", i), To: fmt.Sprint(g, "/", i)})
				}
			}
		}
	}
	got = texts(dense, &draw.SVGOptions{MaxNodes: 20, Oversize: draw.Condense})
	assert.Regexp(t, `Lines that stand for fewer than \d+ links are left out: \d+ of 66\.`, got)
}

// TestSameBytes writes each picture twenty times, at one processor and at all, in every format.
func TestSameBytes(t *testing.T) {
	pictures := []*draw.Picture{smallPlan(), random(3, 120, 200, 6), random(4, 60, 300, 0)}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for format := range writers {
		for i, p := range pictures {
			want := write(t, format, p)
			for k := range 20 {
				runtime.GOMAXPROCS(1 + k%4)
				require.Equal(t, want, write(t, format, p), "%s of picture %d", format, i)
			}
		}
	}
}

func TestWriteError(t *testing.T) {
	for name, write := range writers {
		assert.ErrorIs(t, write(failing{}, smallPlan()), errFull, name)
	}
}

var errFull = errors.New("full")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }

func BenchmarkWriteSVG(b *testing.B) {
	for _, n := range []int{12, 100, 500, 1000} {
		p := random(1, n, n*3/2, 8)
		s, err := draw.Arrange(p, nil)
		require.NoError(b, err)
		b.Run(fmt.Sprintf("%d-nodes", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := draw.WriteSVG(io.Discard, p, nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(s.Bends), "bends")
		})
	}
}
