package draw

import (
	"io"
	"strconv"
)

// WriteGraphML writes the picture as GraphML, nodes and edges in the picture's order, with their full texts as data:
// id, label, group, groupLabel, class, classLabel, tooltip and href of a node; label, kind, kindLabel and tooltip of an
// edge; title and description of the graph. Data that is empty is left out.
//
// GraphML allows only letters, digits and .-_: in the id attribute, so every other character of an ID stands there as
// _xHHHH_, its code in hexadecimal (the convention of .NET's XmlConvert); the data member id has the ID itself.
// Characters that XML cannot hold at all, such as NUL, become U+FFFD in data.
//
// It returns [Faults] if the picture does not pass Check, having written nothing, else w's error. A nil Picture is an
// empty one.
func WriteGraphML(w io.Writer, p *Picture) error {
	x, err := p.index()
	if err != nil {
		return err
	}
	b := []byte(`<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
`)
	for _, k := range [...][2]string{{"graph", "title"}, {"graph", "description"}, {"node", "id"}, {"node", "label"}, {"node", "group"},
		{"node", "groupLabel"}, {"node", "class"}, {"node", "classLabel"}, {"node", "tooltip"}, {"node", "href"},
		{"edge", "label"}, {"edge", "kind"}, {"edge", "kindLabel"}, {"edge", "tooltip"}} {
		b = append(b, `  <key id="`+k[0]+"-"+k[1]+`" for="`+k[0]+`" attr.name="`+k[1]+`" attr.type="string"/>`+"\n"...)
	}
	b = append(b, "  <graph id=\"graph\" edgedefault=\"directed\">\n"...)
	data := func(key, value, indent string) {
		if value == "" {
			return
		}
		b = append(b, indent+`<data key="`+key+`">`...)
		b = appendXML(b, value)
		b = append(b, "</data>\n"...)
	}
	data("graph-title", x.Title, "    ")
	data("graph-description", x.Description, "    ")
	for i := range x.Nodes {
		n := &x.Nodes[i]
		b = append(b, `    <node id="`...)
		b = appendID(b, n.ID, nmtoken)
		b = append(b, "\">\n"...)
		data("node-id", n.ID, "      ")
		data("node-label", n.Label, "      ")
		if g := x.nodeGroup[i]; g >= 0 {
			data("node-group", n.Group, "      ")
			data("node-groupLabel", x.Groups[g].Label, "      ")
		}
		if c := x.nodeClass[i]; c >= 0 {
			data("node-class", n.Class, "      ")
			data("node-classLabel", x.Classes[c].Label, "      ")
		}
		data("node-tooltip", n.Tooltip, "      ")
		data("node-href", n.Href, "      ")
		b = append(b, "    </node>\n"...)
	}
	for i := range x.Edges {
		e := &x.Edges[i]
		b = append(b, `    <edge id="e`...)
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, `" source="`...)
		b = appendID(b, e.From, nmtoken)
		b = append(b, `" target="`...)
		b = appendID(b, e.To, nmtoken)
		b = append(b, "\">\n"...)
		data("edge-label", e.Label, "      ")
		if k := x.edgeKind[i]; k >= 0 {
			data("edge-kind", e.Kind, "      ")
			data("edge-kindLabel", x.Kinds[k].Label, "      ")
		}
		data("edge-tooltip", e.Tooltip, "      ")
		b = append(b, "    </edge>\n"...)
	}
	b = append(b, "  </graph>\n</graphml>\n"...)
	_, err = w.Write(b)
	return err
}

// nmtoken reports whether r may stand in an XML NMTOKEN; of the letters only the ASCII ones, which no reader disputes.
func nmtoken(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.' || r == ':'
}
