package draw

import "strconv"

// Shape is the outline of a node. The zero Shape is unset and drawn as Rectangle.
type Shape uint8

// The shapes, chosen because SVG, Graphviz and Mermaid can all tell them apart.
const (
	Rectangle Shape = iota + 1 // square corners
	Rounded                    // small round corners
	Pill                       // round ends; an ellipse in Graphviz
	Hexagon                    // pointed left and right
	Slanted                    // a parallelogram
	Framed                     // a rectangle with a second line inside its left and right side; two outlines in Graphviz
	Cylinder                   // a drum, as for a store or a fund
)

// Stroke is how an outline or a line is drawn. The zero Stroke is unset and drawn as Solid.
type Stroke uint8

// The strokes, which can be told apart in black and white.
const (
	Solid  Stroke = iota + 1 // 1.5 pixels wide
	Dashed                   // 6 pixels on, 4 off
	Dotted                   // 2 pixels on, 3 off
	Thick                    // 3 pixels wide
)

// Fill is the colour inside a node, with an outline of the same hue. The zero Fill is unset and drawn as Plain. Text on
// every fill has a contrast of at least 7:1, outlines of at least 3:1 against the page, in the light and the dark theme.
type Fill uint8

// The fills follow the hues of the UK Government Analysis Function's palette, tinted so that text on them stays legible.
const (
	Plain  Fill = iota + 1 // the page's own colour, with a grey outline
	Blue                   // blue tint, blue outline
	Teal                   // turquoise tint, dark turquoise outline
	Plum                   // pink tint, plum outline
	Orange                 // pale orange tint, burnt orange outline
	Lilac                  // lilac tint, violet outline
	Grey                   // grey tint, dark grey outline
)

// Arrow is what stands at the head of an edge. The zero Arrow is unset and drawn as Triangle.
type Arrow uint8

// The arrowheads, chosen because SVG, Graphviz and Mermaid can all tell them apart.
const (
	Triangle Arrow = iota + 1 // a filled triangle
	Dot                       // a filled dot
	Bar                       // a bar across the line; a cross in Mermaid
	NoHead                    // nothing: for links without direction
)

var (
	shapeNames  = []string{"unset", "rectangle", "rounded", "pill", "hexagon", "slanted", "framed", "cylinder"}
	strokeNames = []string{"unset", "solid", "dashed", "dotted", "thick"}
	fillNames   = []string{"unset", "plain", "blue", "teal", "plum", "orange", "lilac", "grey"}
	arrowNames  = []string{"unset", "triangle", "dot", "bar", "no head"}
)

// String returns the shape's name in lower case, "unset" for zero, and a number for a value outside the set.
func (s Shape) String() string { return nameOf(shapeNames, int(s), "shape") }

// String returns the stroke's name in lower case, "unset" for zero, and a number for a value outside the set.
func (s Stroke) String() string { return nameOf(strokeNames, int(s), "stroke") }

// String returns the fill's name in lower case, "unset" for zero, and a number for a value outside the set.
func (f Fill) String() string { return nameOf(fillNames, int(f), "fill") }

// String returns the arrow's name in lower case, "unset" for zero, and a number for a value outside the set.
func (a Arrow) String() string { return nameOf(arrowNames, int(a), "arrow") }

func nameOf(names []string, i int, what string) string {
	if i < len(names) {
		return names[i]
	}
	return what + "(" + strconv.Itoa(i) + ")"
}

// nodeLook is a class with its unset values filled in.
type nodeLook struct {
	shape  Shape
	stroke Stroke
	fill   Fill
}

// edgeLook is a kind with its unset values filled in.
type edgeLook struct {
	stroke Stroke
	arrow  Arrow
}

func (c *Class) look() nodeLook {
	return nodeLook{max(c.Shape, Rectangle), max(c.Stroke, Solid), max(c.Fill, Plain)}
}

func (k *Kind) look() edgeLook { return edgeLook{max(k.Stroke, Solid), max(k.Arrow, Triangle)} }

// paint is the colours of one fill in one theme.
type paint struct{ fill, line string }

// palette is every colour of one theme, as #rrggbb. TestContrast holds it to the promises in Fill's documentation.
type palette struct {
	page, band, rule string // background, inside of a group, outline of a group
	text, quiet      string // labels; notes and the text beside edges
	edge             string
	fills            [fillCount + 1]paint // by Fill; index 0 is not used
}

const fillCount = int(Grey)

var light = palette{
	page: "#ffffff", band: "#f6f8fa", rule: "#7a828a", text: "#1d1d1d", quiet: "#3d4349", edge: "#3d4349",
	fills: [fillCount + 1]paint{
		Plain:  {"#ffffff", "#3d3d3d"},
		Blue:   {"#dce9f5", "#12436d"},
		Teal:   {"#d9f2ef", "#1a756d"},
		Plum:   {"#f6e0ec", "#801650"},
		Orange: {"#fde7da", "#b3460c"},
		Lilac:  {"#ece6f7", "#6b4ba8"},
		Grey:   {"#e4e6e8", "#3d3d3d"},
	},
}

var dark = palette{
	page: "#14181c", band: "#1c2228", rule: "#8a939b", text: "#f2f4f5", quiet: "#d5dade", edge: "#c8cdd2",
	fills: [fillCount + 1]paint{
		Plain:  {"#14181c", "#c8cdd2"},
		Blue:   {"#15324d", "#7fb4e3"},
		Teal:   {"#123b38", "#5cc9be"},
		Plum:   {"#45122e", "#e58abb"},
		Orange: {"#4a240e", "#f7a072"},
		Lilac:  {"#33264d", "#bda6e6"},
		Grey:   {"#3a4046", "#c8cdd2"},
	},
}
