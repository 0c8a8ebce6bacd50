package draw

import (
	"errors"
	"fmt"
	"io"
)

// Direction is where the edges of an SVG lead. The zero Direction is unset and means LeftRight.
type Direction uint8

// The directions.
const (
	LeftRight Direction = iota + 1 // layers are columns, groups are rows: for landscape pages
	TopDown                        // layers are rows, groups are columns: for portrait pages
)

// Theme is the choice of colours of an SVG. The zero Theme is unset and means Light.
type Theme uint8

// The themes. On paper every theme but Dark is light.
const (
	Light Theme = iota + 1 // dark on white
	Dark                   // light on near black
	Auto                   // as the reader's screen prefers (prefers-color-scheme), light where that is not known
)

// Oversize says what WriteSVG does with a picture beyond its limits. The zero Oversize is unset and means Refuse.
type Oversize uint8

// The ways.
const (
	// Refuse returns a *TooLargeError and writes nothing.
	Refuse Oversize = iota + 1
	// Condense draws one node for each circle (strong component) of nodes; if that is still too large, one for each
	// group; if that is, one for each connected part. A note in the picture says which, and how many nodes stand
	// behind. If even the last is too large, WriteSVG refuses.
	Condense
)

// The limits that apply unless SVGOptions names others.
const (
	// DefaultMaxNodes is the most nodes.
	DefaultMaxNodes = 1000
	// DefaultMaxEdges is the most edges.
	DefaultMaxEdges = 4000
	// DefaultMaxBends is the most points in sum where long edges pass a layer.
	DefaultMaxBends = 20_000
)

// SVGOptions is how WriteSVG draws. The zero value, or a nil pointer, draws left to right in the light theme within the
// default limits.
type SVGOptions struct {
	// Direction is LeftRight if zero.
	Direction Direction
	// Theme is Light if zero.
	Theme Theme
	// HideTitle leaves out the visible title, for a page that has its own heading. Screen readers still get it.
	HideTitle bool
	// Prefix starts every id and CSS class in the SVG: letters, digits and hyphens, a letter first, at most 64; "draw"
	// if empty. Pictures in one HTML page need different prefixes.
	Prefix string
	// MaxNodes, MaxEdges and MaxBends are the limits of the layout; zero means DefaultMaxNodes, DefaultMaxEdges and
	// DefaultMaxBends. Time grows with the square of the nodes and, with many bends, about linearly in these.
	MaxNodes, MaxEdges, MaxBends int
	// Oversize is Refuse if zero.
	Oversize Oversize
}

// OptionError says that a field of SVGOptions has a value that it may not have.
type OptionError struct {
	// Field is the name of the field.
	Field string
	// Value is its value as text.
	Value string
}

// Error names the field and quotes the value.
func (e *OptionError) Error() string { return fmt.Sprintf("draw: option %s: %.80q", e.Field, e.Value) }

func (o *SVGOptions) settled() (*SVGOptions, error) {
	s := SVGOptions{}
	if o != nil {
		s = *o
	}
	var errs []error
	bad := func(field string, value any) {
		errs = append(errs, &OptionError{field, fmt.Sprint(value)})
	}
	if s.Direction > TopDown {
		bad("Direction", s.Direction)
	}
	if s.Theme > Auto {
		bad("Theme", s.Theme)
	}
	if s.Oversize > Condense {
		bad("Oversize", s.Oversize)
	}
	if s.Prefix == "" {
		s.Prefix = "draw"
	}
	for i, r := range s.Prefix {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r != '-' && (r < '0' || r > '9')) || i >= 64 {
			bad("Prefix", s.Prefix)
			break
		}
	}
	limit := func(field string, n *int, std int) {
		if *n < 0 {
			bad(field, *n)
		}
		if *n == 0 {
			*n = std
		}
	}
	limit("MaxNodes", &s.MaxNodes, DefaultMaxNodes)
	limit("MaxEdges", &s.MaxEdges, DefaultMaxEdges)
	limit("MaxBends", &s.MaxBends, DefaultMaxBends)
	return &s, errors.Join(errs...)
}

// WriteSVG lays the picture out and writes it as one SVG document that refers to nothing outside itself and holds no
// script. A nil Picture is an empty one, drawn as a sentence that says so; nil options are the defaults.
//
// Edges lead from layer to layer, as many as can be in one direction; an edge that closes a circle is drawn backwards,
// its head still at its To node. Each group has a band to itself, under its heading, in an order that keeps linked groups
// close; nodes without a group share a strip without a border. Edges between groups run in the corridors between the
// bands. Nodes without edges fill the layers where their group has most room, so a place along the layers has a meaning
// only for nodes with edges. A key explains the classes and kinds in use.
//
// The root element has role img (graphics-document if a node has a link), its title and description as title and desc;
// each node and edge has a title with its full text. Fonts are the reader's own system fonts.
//
// The layout takes whole pixels and no clock, so equal pictures and options give equal bytes; the order of Nodes, Edges
// and Groups settles ties. Labels do not overlap as long as the reader's font is no wider than Verdana. Finding the
// layers takes O(n²) for n nodes, all else grows about linearly; 500 nodes take well under a second.
//
// Errors: [Faults] if the picture does not pass Check, *[OptionError] (joined, one for each field), *[TooLargeError], or
// w's own. Nothing is written unless all of it is.
func WriteSVG(w io.Writer, p *Picture, o *SVGOptions) error {
	opts, err := o.settled()
	if err != nil {
		return err
	}
	x, err := p.index()
	if err != nil {
		return err
	}
	l, note, err := fit(x, opts)
	if err != nil {
		return err
	}
	_, err = w.Write(paintSVG(l, opts, note))
	return err
}

// fit lays the picture out, condensing it as far as the options allow and the limits demand. The note says what was
// condensed.
func fit(x *index, o *SVGOptions) (*layout, string, error) {
	note := ""
	steps := []func(*index) (*index, string){nil}
	if o.Oversize == Condense {
		steps = append(steps, condenseCircles, condenseGroups, condenseParts)
	}
	var last error
	for _, step := range steps {
		y := x
		if step != nil {
			if y, note = step(x); y == nil {
				continue
			}
		}
		if n := len(y.Nodes); n > o.MaxNodes {
			last = &TooLargeError{"nodes", n, o.MaxNodes}
			continue
		}
		if n := len(y.Edges); n > o.MaxEdges {
			last = &TooLargeError{"edges", n, o.MaxEdges}
			continue
		}
		l, err := arrange(y, o)
		if err == nil {
			return l, note, nil
		}
		last = err
	}
	return nil, "", last
}
