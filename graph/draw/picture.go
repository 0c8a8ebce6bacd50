package draw

// Picture is a directed graph as it should be drawn. The zero Picture is valid and empty. Writers only read it, so one
// Picture may be written by several goroutines at once.
type Picture struct {
	// Title names the picture in a few words; it is shown above the SVG and read out by screen readers.
	Title string
	// Description says in a sentence or two what the picture shows. It is read out, not shown.
	Description string
	// Nodes in the order that settles ties in the layout.
	Nodes []Node
	// Edges may run in circles, run in parallel, or loop at one node.
	Edges []Edge
	// Groups that nodes name. A group that no node names is not drawn.
	Groups []Group
	// Classes that nodes name, in the order of the key.
	Classes []Class
	// Kinds that edges name, in the order of the key.
	Kinds []Kind
}

// Node is one item of a [Picture].
type Node struct {
	// ID is unique among the nodes, not empty, and valid UTF-8. It is not shown unless Label is empty.
	ID string
	// Label is the text in the box: up to four lines of some 20 letters; longer text is shortened.
	Label string
	// Group is the ID of a Group, or empty for none.
	Group string
	// Class is the ID of a Class, or empty for a plain solid rectangle.
	Class string
	// Tooltip is further text, shown when the pointer rests on the node.
	Tooltip string
	// Href is where a click leads: an http, https or mailto address, or one relative to the page. Empty for nowhere. The
	// label of a node that leads somewhere is underlined.
	Href string
}

// Edge points from one node to another.
type Edge struct {
	// From and To are IDs of nodes; they may be the same node.
	From, To string
	// Label stands beside the line: up to two lines of some 15 letters; longer text is shortened.
	Label string
	// Kind is the ID of a Kind, or empty for a solid line with a triangle at its head.
	Kind string
	// Tooltip is further text, shown when the pointer rests on the line.
	Tooltip string
}

// Group is a set of nodes drawn together in one band under a heading.
type Group struct {
	// ID is unique among the groups, not empty, and valid UTF-8.
	ID string
	// Label is the heading; if empty, the ID is.
	Label string
}

// Class says how the nodes that name it look, and what that look means.
type Class struct {
	// ID is unique among the classes, not empty, and valid UTF-8.
	ID string
	// Label is the meaning, as the key gives it; if empty, the ID is.
	Label string
	// Shape and Stroke together must differ from those of every other class.
	Shape Shape
	// Stroke is how the outline is drawn.
	Stroke Stroke
	// Fill helps the eye; it never carries the meaning alone.
	Fill Fill
}

// Kind says how the edges that name it look, and what that look means.
type Kind struct {
	// ID is unique among the kinds, not empty, and valid UTF-8.
	ID string
	// Label is the meaning, as the key gives it; if empty, the ID is.
	Label string
	// Stroke and Arrow together must differ from those of every other kind.
	Stroke Stroke
	// Arrow is what stands at the head, where the edge meets its To node.
	Arrow Arrow
}

// shown returns the label to show for an id: the label if it has anything to show, else the id.
func shown(label, id string) string {
	if s := clean(label); s != "" {
		return s
	}
	if s := clean(id); s != "" {
		return s
	}
	return "(unnamed)"
}
