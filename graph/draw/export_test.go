package draw

import "slices"

// Opened for the external tests.
var (
	Clean           = clean
	Wrap            = wrap
	Shorten         = shorten
	TextWidth       = textWidth
	Unshown         = unshown
	Backward        = backward
	CountCrossings  = countCrossings
	Strong          = strong
	Settle          = settle
	LineUp          = lineUp
	MaxMarks        = maxMarks
	NodeBackgrounds = func(night bool) (page, band, rule, text, quiet, edge string, fills [][2]string) {
		p := light
		if night {
			p = dark
		}
		for _, f := range p.fills[1:] {
			fills = append(fills, [2]string{f.fill, f.line})
		}
		return p.page, p.band, p.rule, p.text, p.quiet, p.edge, fills
	}
)

// Arc is arc with exported fields.
type Arc struct{ From, To, Length, Weight int32 }

// Layers is layers over Arc.
func Layers(n int, arcs []Arc) []int32 {
	in := make([]arc, len(arcs))
	for i, a := range arcs {
		in[i] = arc{a.From, a.To, a.Length, a.Weight}
	}
	return layers(n, in)
}

// Rect is a rectangle in pixels.
type Rect struct{ X, Y, W, H int }

// Point is a point in pixels.
type Point struct{ X, Y int }

// Scene is the layout of a picture as the painter sees it.
type Scene struct {
	Nodes            []Rect
	Shapes           []Shape
	Layer            []int32
	Bands            map[int]Rect // by group; only the extent across counts
	Paths            [][]Point    // control polygons, from the From node to the To node
	Reversed         []bool
	Crossings, Naive int
	Bends            int
}

// Arrange lays p out.
func Arrange(p *Picture, o *SVGOptions) (*Scene, error) {
	opts, err := o.settled()
	if err != nil {
		return nil, err
	}
	x, err := p.index()
	if err != nil {
		return nil, err
	}
	naive := &layout{x: x, down: opts.Direction == TopDown}
	naive.measure()
	naive.assignLayers()
	naive.assignBands()
	if err := naive.addBends(opts.MaxBends); err != nil {
		return nil, err
	}
	naive.orderBy(make([]int32, len(naive.items)))

	l, err := arrange(x, opts)
	if err != nil {
		return nil, err
	}
	s := &Scene{Crossings: l.crossings(), Naive: naive.crossings(), Reversed: l.reversed, Layer: l.layer, Bands: map[int]Rect{}, Bends: len(l.items) - len(x.Nodes)}
	pa := &painter{l: l, o: opts, colour: &light}
	for i := range x.Nodes {
		a, b, w, h := pa.box(i)
		s.Nodes = append(s.Nodes, Rect{a, b, w, h})
		s.Shapes = append(s.Shapes, x.nodeLook(i).shape)
	}
	for _, b := range l.bands {
		if b.group < 0 {
			continue
		}
		if l.down {
			s.Bands[int(b.group)] = Rect{b.lo, -1 << 20, b.hi - b.lo, 1 << 21}
		} else {
			s.Bands[int(b.group)] = Rect{-1 << 20, b.lo, 1 << 21, b.hi - b.lo}
		}
	}
	seen := make([]int, len(x.Nodes))
	for e, ends := range x.ends {
		var p path
		if ends[0] == ends[1] {
			p, _ = pa.loop(ends[0], seen[ends[0]])
			seen[ends[0]]++
		} else {
			p, _, _ = pa.route(e)
		}
		var pts []Point
		for _, o := range p.ops {
			for i := 0; i < o.n; i += 2 {
				pts = append(pts, Point{o.xy[i], o.xy[i+1]})
			}
		}
		if l.reversed[e] {
			slices.Reverse(pts)
		}
		s.Paths = append(s.Paths, pts)
	}
	return s, nil
}
