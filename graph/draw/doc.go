// Package draw writes a directed graph as a picture or for another program to draw.
//
// A [Picture] is plain data: nodes, edges, groups (departments, say), classes (how a node looks) and kinds (how an edge
// looks). Five writers take it:
//
//   - [WriteSVG] lays the graph out in layers, with each group in a band of its own, and writes one self-contained,
//     accessible SVG that needs no other program;
//   - [WriteDOT] and [WriteMermaid] leave the layout to Graphviz or Mermaid;
//   - [WriteGraphML] and [WriteJSONGraph] (JSON Graph Format, version 2) hand the graph to other tools as data.
//
// Meaning is never carried by colour alone: two classes must differ in shape or stroke, two kinds in stroke or arrow, and
// [Picture.Check] refuses a picture where they do not.
//
// Text is hostile until shown otherwise. Labels, titles and ids may hold markup, quotes, line breaks, control characters
// or a million letters; no writer lets them out of their place. Shown text is reduced to one line of displayable
// characters, then wrapped and shortened; the formats that carry data keep the full text, and the SVG keeps it in a
// title element.
//
// Equal pictures give equal bytes, whatever the machine. The order of nodes, edges and groups counts: it settles ties in
// the layout and is the order in which the other writers list things. Permuting it gives an equally correct picture, but
// not the same bytes.
//
// The package is for pictures that a person reads: hundreds of nodes, not millions. WriteSVG refuses what it could not
// draw legibly, or, if asked, condenses it and says so in the picture. For force-directed maps, interaction or graphs of
// many thousand nodes, write GraphML and use a tool made for that.
package draw
