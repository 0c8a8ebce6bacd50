package draw_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/missionled/missionled/graph/draw"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func write(t testing.TB, format string, p *draw.Picture) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, writers[format](&b, p))
	require.True(t, utf8.Valid(b.Bytes()))
	for _, r := range b.String() {
		if draw.Unshown(r) || r < ' ' && r != '\n' || r == 0x7f || r == 0x2028 || r == 0x2029 {
			t.Fatalf("%s: %U stands in the source", format, r)
		}
	}
	return b.String()
}

// dotGraph is what the tests' own reader of DOT finds.
type dotGraph struct {
	nodes, clusters []string
	edges           [][2]string
	attrs           []map[string]string // of nodes, then edges as met
}

// readDOT reads the part of DOT that WriteDOT may use and fails on anything else.
func readDOT(src string) (*dotGraph, error) {
	var tokens []string
	for i := 0; i < len(src); {
		switch c := src[i]; {
		case c == ' ' || c == '\n':
			i++
		case strings.HasPrefix(src[i:], "->"):
			tokens = append(tokens, "->")
			i += 2
		case strings.IndexByte("{}[]=,;", c) >= 0:
			tokens = append(tokens, string(c))
			i++
		case c == '"':
			j := i + 1
			for j < len(src) && src[j] != '"' {
				if src[j] == '\n' {
					return nil, fmt.Errorf("line break in a string at %d", j)
				}
				if src[j] == '\\' {
					j++
				}
				j++
			}
			if j >= len(src) || j-i > 16000 {
				return nil, fmt.Errorf("string at %d has no end or is too long", i)
			}
			tokens = append(tokens, src[i:j+1])
			i = j + 1
		default:
			j := i
			for j < len(src) && (src[j] == '_' || src[j] >= '0' && src[j] <= '9' || src[j] >= 'a' && src[j] <= 'z' || src[j] >= 'A' && src[j] <= 'Z') {
				j++
			}
			if j == i {
				return nil, fmt.Errorf("unexpected %q at %d", src[i], i)
			}
			tokens = append(tokens, src[i:j])
			i = j
		}
	}
	g, at, depth := &dotGraph{}, 0, 0
	next := func() string {
		if at == len(tokens) {
			return ""
		}
		at++
		return tokens[at-1]
	}
	attrs := func() (map[string]string, error) {
		if next() != "[" {
			return nil, fmt.Errorf("no attributes at token %d", at)
		}
		m := map[string]string{}
		for {
			name, eq, value := next(), next(), next()
			if strings.HasPrefix(name, `"`) || eq != "=" {
				return nil, fmt.Errorf("bad attribute %s %s", name, eq)
			}
			m[name] = value
			switch next() {
			case "]":
				if next() != ";" {
					return nil, fmt.Errorf("no semicolon at token %d", at)
				}
				return m, nil
			case ",":
			default:
				return nil, fmt.Errorf("bad end of attribute at token %d", at)
			}
		}
	}
	if next() != "digraph" || !strings.HasPrefix(next(), `"`) || next() != "{" {
		return nil, fmt.Errorf("no digraph")
	}
	for depth = 1; depth > 0; {
		switch tok := next(); {
		case tok == "}":
			depth--
		case tok == "subgraph":
			g.clusters = append(g.clusters, next())
			if next() != "{" {
				return nil, fmt.Errorf("bad subgraph")
			}
			depth++
		case tok == "graph" || tok == "node" || tok == "edge":
			if _, err := attrs(); err != nil {
				return nil, err
			}
		case strings.HasPrefix(tok, `"`):
			if tokens[at] == "->" {
				at++
				g.edges = append(g.edges, [2]string{tok, next()})
			} else {
				g.nodes = append(g.nodes, tok)
			}
			m, err := attrs()
			if err != nil {
				return nil, err
			}
			g.attrs = append(g.attrs, m)
		default:
			return nil, fmt.Errorf("unexpected token %q", tok)
		}
	}
	if at != len(tokens) {
		return nil, fmt.Errorf("text after the end: %q", tokens[at:])
	}
	return g, nil
}

// checkDOT holds WriteDOT's output against the picture.
func checkDOT(t testing.TB, p *draw.Picture) {
	g, err := readDOT(write(t, "dot", p))
	require.NoError(t, err)
	require.Len(t, g.nodes, len(p.Nodes))
	require.Len(t, g.edges, len(p.Edges))
	seen := map[string]bool{}
	for _, n := range g.nodes {
		require.False(t, seen[n], "two nodes are called %s", n)
		seen[n] = true
	}
	for _, e := range g.edges {
		require.True(t, seen[e[0]] && seen[e[1]], "edge %v makes a node", e)
	}
	for _, m := range g.attrs {
		require.NotContains(t, m, "onload")
	}
}

func TestDOT(t *testing.T) {
	checkDOT(t, hostile())
	g, err := readDOT(write(t, "dot", smallPlan()))
	require.NoError(t, err)
	assert.Equal(t, []string{`"cluster_housing"`, `"cluster_treasury"`, `"cluster_work"`}, g.clusters)
	assert.Equal(t, [2]string{`"planning"`, `"targets"`}, g.edges[0])
	assert.Equal(t, `"1.5 million homes in\nEngland by the end of\nthis Parliament"`, g.attrs[0]["label"])
	assert.Equal(t, "hexagon", g.attrs[0]["shape"])
}

var mermaidLine = func() []*regexp.Regexp {
	const text = `(?:[\p{L}\p{M}\p{Nd} ,…–\x{200d}]|#[0-9]+;)*`
	var out []*regexp.Regexp
	for _, s := range []string{
		`flowchart LR`, `  accTitle: ` + text, `  accDescr: ` + text,
		`  subgraph g[0-9]+\["` + text + `"\]`, `  end`,
		`(?:  )?  n([0-9]+)(?:\["(?:` + text + `)"\]|\("` + text + `"\)|\(\["` + text + `"\]\)|\{\{"` + text + `"\}\}|\[/"` + text + `"/\]|\[\["` + text + `"\]\]|\[\("` + text + `"\)\])`,
		`  n([0-9]+) (?:--[->ox]|-\.-[>ox]?|==[=>ox])(?:\|"` + text + `"\|)? n([0-9]+)`,
		`  classDef c[0-9]+ fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#[0-9a-f]{6}(?:,stroke-dasharray:[0-9] [0-9]|,stroke-width:3px)?`,
		`  class n[0-9]+(?:,n[0-9]+)* c[0-9]+`, `  linkStyle [0-9]+(?:,[0-9]+)* stroke-dasharray:6 4`,
	} {
		out = append(out, regexp.MustCompile(`^(?:`+s+`)$`))
	}
	return out
}()

func checkMermaid(t testing.TB, p *draw.Picture) {
	src := write(t, "mermaid", p)
	count := make([]int, len(mermaidLine))
	for line := range strings.Lines(src) {
		line = strings.TrimSuffix(line, "\n")
		found := false
		for k, re := range mermaidLine {
			if re.MatchString(line) {
				count[k]++
				found = true
				break
			}
		}
		require.True(t, found, "line %q is none that the writer makes", line)
		require.NotRegexp(t, `(?i)direction\s`, line)
	}
	require.Equal(t, 1, count[0])
	require.Equal(t, len(p.Nodes), count[5])
	require.Equal(t, len(p.Edges), count[6])
	require.Equal(t, count[3], count[4], "every subgraph ends")
}

func TestMermaid(t *testing.T) {
	checkMermaid(t, hostile())
	src := write(t, "mermaid", smallPlan())
	assert.Contains(t, src, `    n0{{"1#46;5 million homes in England by the end of this Parliament"}}`)
	assert.Contains(t, src, "\n  n2 -.->|\"revised yearly\"| n2\n")
	entity := regexp.MustCompile(`#([0-9]+);`)
	for _, s := range hostileTexts() {
		if draw.Clean(s) == "" {
			continue
		}
		src := write(t, "mermaid", &draw.Picture{Nodes: []draw.Node{{ID: "x", Label: s}}})
		_, label, _ := strings.Cut(src, `n0["`)
		label, _, _ = strings.Cut(label, `"]`)
		back := entity.ReplaceAllStringFunc(label, func(e string) string {
			n, err := strconv.Atoi(e[1 : len(e)-1])
			require.NoError(t, err)
			return string(rune(n))
		})
		assert.Equal(t, draw.Shorten(draw.Clean(s), 120), back)
	}
}

type graphML struct {
	XMLName xml.Name `xml:"http://graphml.graphdrawing.org/xmlns graphml"`
	Keys    []struct {
		ID string `xml:"id,attr"`
	} `xml:"key"`
	Graph struct {
		EdgeDefault string `xml:"edgedefault,attr"`
		Nodes       []struct {
			ID   string `xml:"id,attr"`
			Data []struct {
				Key  string `xml:"key,attr"`
				Text string `xml:",chardata"`
			} `xml:"data"`
		} `xml:"node"`
		Edges []struct {
			Source string `xml:"source,attr"`
			Target string `xml:"target,attr"`
		} `xml:"edge"`
	} `xml:"graph"`
}

var escaped = regexp.MustCompile(`_x([0-9A-F]{4,6})_`)

// unescape turns _xHHHH_ back into the character.
func unescape(id string) string {
	return escaped.ReplaceAllStringFunc(id, func(s string) string {
		n, _ := strconv.ParseInt(s[2:len(s)-1], 16, 32)
		return string(rune(n))
	})
}

// xmlText is s as XML can hold it.
func xmlText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0xfffe || r == 0xffff {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

func checkGraphML(t testing.TB, p *draw.Picture) {
	var g graphML
	require.NoError(t, xml.Unmarshal([]byte(write(t, "graphml", p)), &g))
	keys := map[string]bool{}
	for _, k := range g.Keys {
		keys[k.ID] = true
	}
	require.Equal(t, "directed", g.Graph.EdgeDefault)
	require.Len(t, g.Graph.Nodes, len(p.Nodes))
	require.Len(t, g.Graph.Edges, len(p.Edges))
	token := regexp.MustCompile(`^[-A-Za-z0-9_.:]+$`)
	for i, n := range g.Graph.Nodes {
		require.Regexp(t, token, n.ID)
		require.Equal(t, p.Nodes[i].ID, unescape(n.ID))
		for _, d := range n.Data {
			require.True(t, keys[d.Key], d.Key)
			switch d.Key {
			case "node-id":
				require.Equal(t, xmlText(p.Nodes[i].ID), d.Text)
			case "node-label":
				require.Equal(t, xmlText(p.Nodes[i].Label), d.Text)
			}
		}
	}
	for i, e := range g.Graph.Edges {
		require.Equal(t, p.Edges[i].From, unescape(e.Source))
		require.Equal(t, p.Edges[i].To, unescape(e.Target))
	}
}

func TestGraphML(t *testing.T) {
	checkGraphML(t, hostile())
	checkGraphML(t, smallPlan())
}

type jsonGraph struct {
	Graph struct {
		Directed bool
		Label    string
		Metadata struct {
			Description            string
			Groups, Classes, Kinds []struct{ ID, Label string }
		}
		Nodes json.RawMessage
		Edges []struct {
			Source, Target, Relation, Label string
			Metadata                        struct{ Tooltip string }
		}
	}
}

func checkJSON(t testing.TB, p *draw.Picture) {
	src := write(t, "json", p)
	require.NotContains(t, src, "<")
	var g jsonGraph
	dec := json.NewDecoder(strings.NewReader(src))
	dec.DisallowUnknownFields()
	require.NoError(t, dec.Decode(&g))
	valid := func(s string) string { return strings.ToValidUTF8(s, "\ufffd") }
	require.Equal(t, valid(p.Title), g.Graph.Label)
	require.True(t, g.Graph.Directed)
	require.Len(t, g.Graph.Metadata.Kinds, len(p.Kinds))
	dec = json.NewDecoder(bytes.NewReader(g.Graph.Nodes))
	tok, err := dec.Token()
	require.NoError(t, err)
	require.Equal(t, json.Delim('{'), tok)
	for i := range p.Nodes {
		id, err := dec.Token()
		require.NoError(t, err)
		require.Equal(t, p.Nodes[i].ID, id, "nodes keep their order")
		var n struct {
			Label    string
			Metadata struct{ Group, Class, Tooltip, Href string }
		}
		require.NoError(t, dec.Decode(&n))
		require.Equal(t, valid(p.Nodes[i].Label), n.Label)
		require.Equal(t, p.Nodes[i].Group, n.Metadata.Group)
		require.Equal(t, valid(p.Nodes[i].Tooltip), n.Metadata.Tooltip)
	}
	require.Len(t, g.Graph.Edges, len(p.Edges))
	for i, e := range g.Graph.Edges {
		require.Equal(t, [3]string{p.Edges[i].From, p.Edges[i].To, p.Edges[i].Kind}, [3]string{e.Source, e.Target, e.Relation})
	}
}

func TestJSONGraph(t *testing.T) {
	checkJSON(t, hostile())
	checkJSON(t, smallPlan())
}

// FuzzWriters makes a picture from any bytes and holds every writer to its law.
func FuzzWriters(f *testing.F) {
	for i, s := range hostileTexts() {
		f.Add(s[:min(len(s), 500)], "b"+s[:min(len(s), 50)], []byte{byte(i), 1, 2, 3, 17, 4, 0})
	}
	f.Fuzz(func(t *testing.T, a, b string, data []byte) {
		data = data[:min(len(data), 120)]
		p := &draw.Picture{Title: a, Description: b, Groups: []draw.Group{{ID: "g", Label: a}, {ID: "h", Label: b}},
			Classes: []draw.Class{{ID: "c", Label: a, Shape: draw.Pill}}, Kinds: []draw.Kind{{ID: "k", Label: b, Arrow: draw.Dot}}}
		for i, s := range []string{a, b, a + b, "plain", "4", "5", "6", "7", "8"} {
			n := draw.Node{ID: s, Label: b, Tooltip: a, Group: []string{"g", "h", ""}[i%3]}
			if i%2 == 0 {
				n.Class = "c"
			}
			p.Nodes = append(p.Nodes, n)
		}
		for i := 1; i < len(data); i++ {
			e := draw.Edge{From: p.Nodes[int(data[i-1])%9].ID, To: p.Nodes[int(data[i])%9].ID}
			if data[i] > 128 {
				e.Kind = "k"
			}
			if data[i]%5 == 0 {
				e.Label = a
			}
			p.Edges = append(p.Edges, e)
		}
		if p.Check() != nil {
			for name, write := range writers {
				if err := write(&bytes.Buffer{}, p); err == nil {
					t.Fatalf("%s wrote a picture that does not pass Check", name)
				}
			}
			return
		}
		checkDOT(t, p)
		checkMermaid(t, p)
		checkGraphML(t, p)
		checkJSON(t, p)
		checkSVG(t, p, "svg")
		checkSVG(t, p, "svg-down")
	})
}

func TestShownTextHasNoControls(t *testing.T) {
	for _, s := range hostileTexts() {
		assert.False(t, strings.ContainsFunc(draw.Clean(s), func(r rune) bool { return unicode.IsControl(r) || draw.Unshown(r) }), "%q", s[:min(len(s), 40)])
	}
}
