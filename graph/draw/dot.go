package draw

import (
	"io"
	"strconv"
	"strings"
)

// longDOT is how many characters a text may have: Graphviz before 9 reads quoted strings of at most 16,384 bytes.
const longDOT = 2000

// WriteDOT writes the picture in Graphviz's DOT language: a directed graph drawn left to right, groups as clusters,
// nodes and edges in the picture's order. Each node is named by its ID, with quotes escaped and with every control or
// directional character as _xHHHH_ (see [WriteGraphML]); the label is wrapped and shortened as in the SVG, and the text
// in full is the tooltip. Since some versions of Graphviz cannot read longer strings, tooltips are cut at 2,000
// characters, links beyond 4,000 bytes are left out, and IDs beyond 2,000 bytes are cut and numbered.
//
// It returns [Faults] if the picture does not pass Check, having written nothing, else w's error. A nil Picture is an
// empty one.
func WriteDOT(w io.Writer, p *Picture) error {
	x, err := p.index()
	if err != nil {
		return err
	}
	b := []byte("digraph ")
	b = appendDOT(b, shorten(clean(p.title()), 200))
	b = append(b, " {\n  graph [rankdir=LR, fontname=\"Helvetica\", labelloc=t"...)
	b = attrDOT(b, "label", shorten(clean(p.title()), 200))
	b = attrDOT(b, "tooltip", shorten(clean(p.description()), longDOT))
	b = append(b, "];\n  node [shape=box, fontname=\"Helvetica\", fontsize=11];\n  edge [fontname=\"Helvetica\", fontsize=10];\n"...)

	node := func(i int, indent string) {
		n := &x.Nodes[i]
		b = append(b, indent...)
		b = idDOT(b, n.ID, i)
		b = append(b, " [label="...)
		b = linesDOT(b, wrap(shown(n.Label, n.ID), nodeText, nodeFont, nodeLines))
		l := x.nodeLook(i)
		c := light.fills[l.fill]
		style := "filled"
		if l.shape == Rounded {
			style += ",rounded"
		}
		b = append(b, ", shape="...)
		b = append(b, [...]string{"", "box", "box", "ellipse", "hexagon", "parallelogram", "box", "cylinder"}[l.shape]...)
		if l.shape == Framed {
			b = append(b, ", peripheries=2"...)
		}
		b = strokeDOT(b, style, l.stroke)
		b = append(b, ", fillcolor=\""+c.fill+"\", color=\""+c.line+"\", fontcolor=\""+light.text+"\""...)
		b = attrDOT(b, "tooltip", shorten(nodeTitle(x, i), longDOT))
		if n.Href != "" && len(n.Href) <= 2*longDOT {
			b = attrDOT(b, "URL", n.Href)
		}
		b = append(b, "];\n"...)
	}
	members := x.members()
	for g := range x.Groups {
		if len(members[g]) == 0 {
			continue
		}
		b = append(b, "  subgraph "...)
		b = idDOT(b, "cluster_"+x.Groups[g].ID, g)
		b = append(b, " {\n    graph [style=filled, fillcolor=\""+light.band+"\", color=\""+light.rule+"\", label="...)
		b = linesDOT(b, wrap(shown(x.Groups[g].Label, x.Groups[g].ID), headText, nodeFont, 2))
		b = append(b, "];\n"...)
		for _, i := range members[g] {
			node(i, "    ")
		}
		b = append(b, "  }\n"...)
	}
	for i := range x.Nodes {
		if x.nodeGroup[i] < 0 {
			node(i, "  ")
		}
	}
	for i := range x.Edges {
		e := &x.Edges[i]
		b = append(b, "  "...)
		b = idDOT(b, e.From, int(x.ends[i][0]))
		b = append(b, " -> "...)
		b = idDOT(b, e.To, int(x.ends[i][1]))
		l := x.edgeLook(i)
		b = append(b, " [arrowhead="...)
		b = append(b, [...]string{"", "normal", "dot", "tee", "none"}[l.arrow]...)
		b = strokeDOT(b, "", l.stroke)
		b = append(b, ", color=\""+light.edge+"\""...)
		if lines := edgeLines(e); lines != nil {
			b = append(b, ", label="...)
			b = linesDOT(b, lines)
		}
		b = attrDOT(b, "tooltip", shorten(edgeTitle(x, i), longDOT))
		b = append(b, "];\n"...)
	}
	b = append(b, "}\n"...)
	_, err = w.Write(b)
	return err
}

func strokeDOT(b []byte, style string, s Stroke) []byte {
	switch s {
	case Dashed, Dotted:
		if style != "" {
			style += ","
		}
		style += s.String()
	case Thick:
		b = append(b, ", penwidth=3"...)
	}
	if style != "" {
		b = append(b, ", style=\""+style+"\""...)
	}
	return b
}

// idDOT appends a quoted DOT identifier. In one, Graphviz unescapes \" and nothing else, and a backslash at a line's
// end joins lines, so a doubled backslash keeps ids apart and never touches the closing quote.
//
// An id beyond what Graphviz reads is cut and marked _xn with its index, which no other encoded id can contain.
func idDOT(b []byte, id string, index int) []byte {
	b = append(b, '"')
	mark := ""
	if len(id) > longDOT {
		id, mark = strings.ToValidUTF8(id[:200], ""), "_xn"+strconv.Itoa(index)+"_"
	}
	safe := appendID(nil, id, func(r rune) bool {
		return r >= ' ' && !(r >= 0x7f && r <= 0x9f) && !unshown(r) && r != 0x2028 && r != 0x2029
	})
	for _, c := range safe {
		if c == '"' || c == '\\' {
			b = append(b, '\\')
		}
		b = append(b, c)
	}
	b = append(b, mark...)
	return append(b, '"')
}

func attrDOT(b []byte, name, value string) []byte {
	b = append(b, ", "...)
	b = append(b, name...)
	b = append(b, '=')
	return appendDOT(b, value)
}

// linesDOT appends a quoted label of several centred lines.
func linesDOT(b []byte, lines []string) []byte {
	b = append(b, '"')
	for i, l := range lines {
		if i > 0 {
			b = append(b, `\n`...)
		}
		b = bareDOT(b, l)
	}
	return append(b, '"')
}

// appendDOT appends a quoted text in which Graphviz finds no escape, no record field and no HTML entity.
func appendDOT(b []byte, s string) []byte {
	b = append(b, '"')
	b = bareDOT(b, s)
	return append(b, '"')
}

func bareDOT(b []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '&':
			b = append(b, "&amp;"...)
		default:
			b = append(b, c)
		}
	}
	return b
}

// title returns the title, or a stand-in: every format wants one.
func (p *Picture) title() string {
	if p == nil || clean(p.Title) == "" {
		return "Untitled picture"
	}
	return p.Title
}

func (p *Picture) description() string {
	if p == nil {
		return ""
	}
	return p.Description
}

// members lists the nodes of each group in picture order.
func (x *index) members() [][]int {
	out := make([][]int, len(x.Groups))
	for i, g := range x.nodeGroup {
		if g >= 0 {
			out[g] = append(out[g], i)
		}
	}
	return out
}

// nodeTitle returns the full text about node i in one line: label, group, class, tooltip.
func nodeTitle(x *index, i int) string {
	n := &x.Nodes[i]
	parts := []string{shown(n.Label, n.ID)}
	if g := x.nodeGroup[i]; g >= 0 {
		parts = append(parts, shown(x.Groups[g].Label, x.Groups[g].ID))
	}
	if c := x.nodeClass[i]; c >= 0 {
		parts = append(parts, shown(x.Classes[c].Label, x.Classes[c].ID))
	}
	if t := clean(n.Tooltip); t != "" {
		parts = append(parts, t)
	}
	return strings.Join(parts, " – ")
}

// edgeTitle returns the full text about edge i in one line: its ends, label, kind, tooltip.
func edgeTitle(x *index, i int) string {
	e := &x.Edges[i]
	from, to := &x.Nodes[x.ends[i][0]], &x.Nodes[x.ends[i][1]]
	parts := []string{shorten(shown(from.Label, from.ID), 120) + " → " + shorten(shown(to.Label, to.ID), 120)}
	if t := clean(e.Label); t != "" {
		parts = append(parts, t)
	}
	if k := x.edgeKind[i]; k >= 0 {
		parts = append(parts, shown(x.Kinds[k].Label, x.Kinds[k].ID))
	}
	if t := clean(e.Tooltip); t != "" {
		parts = append(parts, t)
	}
	return strings.Join(parts, " – ")
}

// edgeLines returns the label of an edge as shown, or nil if there is none.
func edgeLines(e *Edge) []string { return wrap(clean(e.Label), edgeText, edgeFont, 2) }
