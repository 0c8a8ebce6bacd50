package draw

import (
	"io"
	"strconv"
	"unicode/utf8"
)

// WriteJSONGraph writes the picture in JSON Graph Format, version 2 (jsongraphformat.info): one directed graph, its
// nodes an object keyed by ID in the picture's order, its edges an array in the picture's order with the kind as
// relation. Group, class, tooltip and href stand under metadata, and the graph's metadata lists groups, classes and
// kinds with their labels. Members that would be empty are left out. All texts are in full; control and directional
// characters are escaped.
//
// It returns [Faults] if the picture does not pass Check, having written nothing, else w's error. A nil Picture is an
// empty one.
func WriteJSONGraph(w io.Writer, p *Picture) error {
	x, err := p.index()
	if err != nil {
		return err
	}
	b := []byte("{\n  \"graph\": {\n    \"directed\": true,\n    \"label\": ")
	b = appendJSON(b, x.Title)
	b = append(b, ",\n    \"metadata\": {"...)
	first := true
	member := func(name, value string) {
		if value == "" {
			return
		}
		if !first {
			b = append(b, ", "...)
		}
		first = false
		b = appendJSON(b, name)
		b = append(b, ": "...)
		b = appendJSON(b, value)
	}
	member("description", x.Description)
	list := func(name string, n int, entry func(int) (id, label string)) {
		if n == 0 {
			return
		}
		if !first {
			b = append(b, ", "...)
		}
		b = append(b, `"`+name+`": [`...)
		for i := range n {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = append(b, '{')
			first = true
			id, label := entry(i)
			member("id", id)
			member("label", label)
			b = append(b, '}')
		}
		b = append(b, ']')
		first = false
	}
	list("groups", len(x.Groups), func(i int) (string, string) { return x.Groups[i].ID, x.Groups[i].Label })
	list("classes", len(x.Classes), func(i int) (string, string) { return x.Classes[i].ID, x.Classes[i].Label })
	list("kinds", len(x.Kinds), func(i int) (string, string) { return x.Kinds[i].ID, x.Kinds[i].Label })
	b = append(b, "},\n    \"nodes\": {"...)
	for i := range x.Nodes {
		n := &x.Nodes[i]
		b = separate(b, i)
		b = appendJSON(b, n.ID)
		b = append(b, ": {\"label\": "...)
		b = appendJSON(b, n.Label)
		if n.Group != "" || n.Class != "" || n.Tooltip != "" || n.Href != "" {
			b = append(b, ", \"metadata\": {"...)
			first = true
			member("group", n.Group)
			member("class", n.Class)
			member("tooltip", n.Tooltip)
			member("href", n.Href)
			b = append(b, '}')
		}
		b = append(b, '}')
	}
	if len(x.Nodes) > 0 {
		b = append(b, "\n    "...)
	}
	b = append(b, "},\n    \"edges\": ["...)
	for i := range x.Edges {
		e := &x.Edges[i]
		b = separate(b, i)
		b = append(b, '{')
		first = true
		member("source", e.From)
		member("target", e.To)
		member("relation", e.Kind)
		member("label", e.Label)
		if e.Tooltip != "" {
			b = append(b, ", \"metadata\": {"...)
			first = true
			member("tooltip", e.Tooltip)
			b = append(b, '}')
		}
		b = append(b, '}')
	}
	if len(x.Edges) > 0 {
		b = append(b, "\n    "...)
	}
	b = append(b, "]\n  }\n}\n"...)
	_, err = w.Write(b)
	return err
}

func separate(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return append(b, "\n      "...)
}

// appendJSON appends s as a JSON string that is also safe inside an HTML script element. Bytes that are not UTF-8
// become U+FFFD.
func appendJSON(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r < ' ' || r == '<' || r == '>' || r == '&' || r >= 0x7f && r <= 0x9f || r == 0x2028 || r == 0x2029 || unshown(r) && r < 0x10000:
			b = append(b, `\u`...)
			b = appendHex(b, r, 4)
		case unshown(r):
			hi, lo := (r-0x10000)>>10+0xd800, (r-0x10000)&0x3ff+0xdc00
			b = append(b, `\u`...)
			b = strconv.AppendInt(b, int64(hi), 16)
			b = append(b, `\u`...)
			b = strconv.AppendInt(b, int64(lo), 16)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
