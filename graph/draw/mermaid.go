package draw

import (
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// WriteMermaid writes the picture as a Mermaid flowchart, left to right, groups as subgraphs, nodes and edges in the
// picture's order, title and description as accTitle and accDescr.
//
// Nodes are called n0, n1, … in picture order, because Mermaid reads words such as "end" in ids as its own; labels are
// cut to 120 characters, because Mermaid refuses long documents, and everything in them but letters, digits and spaces
// is written as an entity code. Mermaid draws at most 500 edges unless its maxEdges is raised.
//
// It returns [Faults] if the picture does not pass Check, having written nothing, else w's error. A nil Picture is an
// empty one.
func WriteMermaid(w io.Writer, p *Picture) error {
	x, err := p.index()
	if err != nil {
		return err
	}
	b := []byte("flowchart LR\n  accTitle: ")
	b = appendMermaid(b, p.title(), 200)
	if clean(p.description()) != "" {
		b = append(b, "\n  accDescr: "...)
		b = appendMermaid(b, p.description(), 1000)
	}
	b = append(b, '\n')

	node := func(i int, indent string) {
		n := &x.Nodes[i]
		b = append(b, indent...)
		b = append(b, 'n')
		b = strconv.AppendInt(b, int64(i), 10)
		open, end := "[", "]"
		switch x.nodeLook(i).shape {
		case Rounded:
			open, end = "(", ")"
		case Pill:
			open, end = "([", "])"
		case Hexagon:
			open, end = "{{", "}}"
		case Slanted:
			open, end = "[/", "/]"
		case Framed:
			open, end = "[[", "]]"
		case Cylinder:
			open, end = "[(", ")]"
		}
		b = append(b, open...)
		b = append(b, '"')
		b = appendMermaid(b, shown(n.Label, n.ID), 120)
		b = append(b, '"')
		b = append(b, end...)
		b = append(b, '\n')
	}
	for g, in := range x.members() {
		if len(in) == 0 {
			continue
		}
		b = append(b, "  subgraph g"...)
		b = strconv.AppendInt(b, int64(g), 10)
		b = append(b, `["`...)
		b = appendMermaid(b, shown(x.Groups[g].Label, x.Groups[g].ID), 120)
		b = append(b, "\"]\n"...)
		for _, i := range in {
			node(i, "    ")
		}
		b = append(b, "  end\n"...)
	}
	for i := range x.Nodes {
		if x.nodeGroup[i] < 0 {
			node(i, "  ")
		}
	}
	for i := range x.Edges {
		e := &x.Edges[i]
		l := x.edgeLook(i)
		b = append(b, "  n"...)
		b = strconv.AppendInt(b, int64(x.ends[i][0]), 10)
		b = append(b, ' ')
		b = append(b, [...]string{"", "--", "-.-", "-.-", "=="}[l.stroke]...)
		switch {
		case l.arrow == NoHead && (l.stroke == Solid || l.stroke == Thick):
			b = append(b, b[len(b)-1])
		default:
			b = append(b, [...]string{"", ">", "o", "x", ""}[l.arrow]...)
		}
		if clean(e.Label) != "" {
			b = append(b, `|"`...)
			b = appendMermaid(b, e.Label, 60)
			b = append(b, `"|`...)
		}
		b = append(b, " n"...)
		b = strconv.AppendInt(b, int64(x.ends[i][1]), 10)
		b = append(b, '\n')
	}
	b = x.mermaidStyles(b)
	_, err = w.Write(b)
	return err
}

// mermaidStyles appends the colours and strokes: one class definition for each look in use, and the dashes that Mermaid
// has no arrow for.
func (x *index) mermaidStyles(b []byte) []byte {
	used := make([][]int, len(x.Classes))
	for i, c := range x.nodeClass {
		if c >= 0 {
			used[c] = append(used[c], i)
		}
	}
	for c, in := range used {
		if len(in) == 0 {
			continue
		}
		l := x.Classes[c].look()
		k := light.fills[l.fill]
		b = append(b, "  classDef c"+strconv.Itoa(c)+" fill:"+k.fill+",stroke:"+k.line+",color:"+light.text...)
		switch l.stroke {
		case Dashed:
			b = append(b, ",stroke-dasharray:6 4"...)
		case Dotted:
			b = append(b, ",stroke-dasharray:2 3"...)
		case Thick:
			b = append(b, ",stroke-width:3px"...)
		}
		b = append(b, "\n  class "...)
		for j, i := range in {
			if j > 0 {
				b = append(b, ',')
			}
			b = append(b, 'n')
			b = strconv.AppendInt(b, int64(i), 10)
		}
		b = append(b, " c"+strconv.Itoa(c)+"\n"...)
	}
	first := true
	for i := range x.Edges {
		if x.edgeLook(i).stroke != Dashed {
			continue
		}
		if first {
			b = append(b, "  linkStyle "...)
		} else {
			b = append(b, ',')
		}
		first = false
		b = strconv.AppendInt(b, int64(i), 10)
	}
	if !first {
		b = append(b, " stroke-dasharray:6 4\n"...)
	}
	return b
}

// appendMermaid appends s, cleaned and cut to limit runes, with everything but letters, marks, digits and spaces as an
// entity code. So no quote, bracket, directive (%%{…}%%), comment, Markdown or icon syntax is left in it. Mermaid's
// lexer also takes "direction TB" anywhere in a line for a statement, so the space after that word is encoded too.
func appendMermaid(b []byte, s string, limit int) []byte {
	s = shorten(clean(s), limit)
	for i, r := range s {
		switch {
		case r == ' ' && !strings.HasSuffix(strings.ToLower(s[:i]), "direction") || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == ',' || r == '…' || r == '–' || r == 0x200d:
			b = utf8.AppendRune(b, r)
		default:
			b = append(b, '#')
			b = strconv.AppendInt(b, int64(r), 10)
			b = append(b, ';')
		}
	}
	return b
}
