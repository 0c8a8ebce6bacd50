package draw

import "fmt"

// The layout works on two axes: along the edges ("layers") and across them. Left to right, along is x and across is y;
// top down they change places at the very end. All lengths are whole pixels, so that no machine rounds differently.
//
// The steps, each in its own file: edges that would close a circle are turned for the layout only, and nodes put into
// layers (layers.go); every group gets a band across the picture, long edges get a bend in each layer they pass, in
// their group's band or in the corridor beside it (bands.go); the order within layers is improved to have few crossings
// (crossings.go); band by band, places across are found (places.go); edges are led from border to border (routes.go).

const (
	nodeText, nodeFont, nodeLines = 162, 13, 4 // text in a node: width, font size, most lines
	nodeLine                      = 17         // height of a line of it
	edgeText, edgeFont, edgeLine  = 118, 12, 15
	headText, headFont, headLine  = 440, 13, 17 // heading of a group

	padAlong, padAcross = 11, 9 // between the text of a node and its border
	minWidth            = 70    // of a node
	portGap             = 10    // between two edges at one side of a node
	loopDepth           = 20    // how far a loop hangs out of its node
)

// item is what takes a place in a layer: a node, or a bend of a long edge, which may carry the edge's label.
type item struct {
	node   int32 // index of the node, or -1
	edge   int32 // index of the edge of a bend, or -1
	layer  int32
	band   int32
	lo, hi int // extent across before and after the line or centre
	at     int // place across of the line or centre, relative to the picture once all is placed
	label  []string
}

// link joins two items of neighbouring layers, lower layer first; it is one step of an edge.
type link struct {
	from, to int32
	edge     int32
	start    int // place across where it leaves from and arrives at to: a port of a node or the line of a bend
	end      int
}

type layout struct {
	x        *index
	down     bool // top down
	width    []int
	height   []int      // of nodes, before stretching to their layer
	text     [][]string // of nodes
	reversed []bool     // edges laid out against their direction
	layer    []int32    // of nodes
	items    []item     // nodes first, in node order
	links    []link     // edge by edge in layout direction
	chain    [][2]int32 // links of each edge: links[chain[e][0]:chain[e][1]]; none for a loop
	bands    []band
	bandOf   []int32 // band of each node
	order    [][]int32
	pos      []int32 // of items in their layer
	up, next [][]int32
	across   int   // extent of the picture's body
	start    []int // along, of each layer
	thick    []int // of each layer
	along    int
	track    []int   // of each link that runs across in a gap: place in the gap after its straight end
	loops    []int32 // loops at each node
	loopText [][]string
}

// TooLargeError says that a picture is beyond what WriteSVG was allowed to lay out.
type TooLargeError struct {
	// What was too many: "nodes", "edges" or "bends" (the points where long edges pass a layer).
	What string
	// Have is how many there are; for bends, how many there are at least.
	Have int
	// Limit is how many were allowed.
	Limit int
}

// Error names the count, the limit and what is counted.
func (e *TooLargeError) Error() string {
	return fmt.Sprintf("draw: picture too large: %d %s, limit %d", e.Have, e.What, e.Limit)
}

func arrange(x *index, o *SVGOptions) (*layout, error) {
	l := &layout{x: x, down: o.Direction == TopDown}
	l.measure()
	l.assignLayers()
	l.assignBands()
	if err := l.addBends(o.MaxBends); err != nil {
		return nil, err
	}
	l.reduceCrossings()
	l.placeBands()
	l.lead()
	return l, nil
}

// measure wraps the labels of the nodes and sizes their boxes.
func (l *layout) measure() {
	n := len(l.x.Nodes)
	l.width, l.height, l.text = make([]int, n), make([]int, n), make([][]string, n)
	l.loops, l.loopText = make([]int32, n), make([][]string, n)
	for i := range n {
		v := &l.x.Nodes[i]
		t := wrap(shown(v.Label, v.ID), nodeText, nodeFont, nodeLines)
		w, h := widest(t, nodeFont)+2*padAlong, len(t)*nodeLine+2*padAcross
		switch l.x.nodeLook(i).shape {
		case Pill:
			w += 8
		case Hexagon, Slanted:
			w += 2 * slant
		case Framed:
			w += 2 * frame
		case Cylinder:
			h += 3 * drum
		}
		l.text[i], l.width[i], l.height[i] = t, max(w, minWidth), h
	}
	// A side with many edges is stretched so that their heads stay apart, up to 30 of them.
	out, in := make([]int, n), make([]int, n)
	for e, ends := range l.x.ends {
		if ends[0] == ends[1] {
			l.loops[ends[0]]++
			if t := edgeLines(&l.x.Edges[e]); len(l.loopText[ends[0]])+len(t) <= 6 {
				l.loopText[ends[0]] = append(l.loopText[ends[0]], t...)
			}
			continue
		}
		out[ends[0]]++
		in[ends[1]]++
	}
	for i := range n {
		need := min(max(out[i], in[i]), 30)*portGap + 10
		if l.down {
			l.width[i] = max(l.width[i], need)
		} else {
			l.height[i] = max(l.height[i], need)
		}
	}
}

// assignLayers decides which edges run backwards and puts the nodes into layers.
func (l *layout) assignLayers() {
	n := len(l.x.Nodes)
	l.reversed = backward(n, l.x.ends)
	merged := map[[2]int32]int{}
	var arcs []arc
	for e, ends := range l.x.ends {
		if ends[0] == ends[1] {
			continue
		}
		a := arc{ends[0], ends[1], 1, 1}
		if l.reversed[e] {
			a.from, a.to = a.to, a.from
		}
		if clean(l.x.Edges[e].Label) != "" {
			a.length = 2 // room for the label in a layer between
		}
		k := [2]int32{a.from, a.to}
		if i, ok := merged[k]; ok {
			arcs[i].weight++
			arcs[i].length = max(arcs[i].length, a.length)
			continue
		}
		merged[k] = len(arcs)
		arcs = append(arcs, a)
	}
	l.layer = layers(n, arcs)
	l.spreadLoners(arcs)
}

// spreadLoners puts nodes without edges into the layers where their group has the fewest nodes.
func (l *layout) spreadLoners(arcs []arc) {
	n := len(l.x.Nodes)
	busy := make([]bool, n)
	deepest := int32(-1)
	for _, a := range arcs {
		busy[a.from], busy[a.to] = true, true
		deepest = max(deepest, l.layer[a.to])
	}
	loners := 0
	for _, b := range busy {
		if !b {
			loners++
		}
	}
	if loners == 0 {
		return
	}
	wide := int32(1)
	for wide < 8 && int(wide*wide) < loners {
		wide++
	}
	wide = max(wide, deepest+1)
	count := make([][]int, len(l.x.Groups)+1) // last: no group
	for i := range n {
		g := l.x.nodeGroup[i]
		if g < 0 {
			g = int32(len(l.x.Groups))
		}
		if count[g] == nil {
			count[g] = make([]int, wide)
		}
		if busy[i] {
			count[g][l.layer[i]]++
		}
	}
	for i := range n {
		if busy[i] {
			continue
		}
		g := l.x.nodeGroup[i]
		if g < 0 {
			g = int32(len(l.x.Groups))
		}
		best := 0
		for r, c := range count[g] {
			if c < count[g][best] {
				best = r
			}
		}
		count[g][best]++
		l.layer[i] = int32(best)
	}
}
