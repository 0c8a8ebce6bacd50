package draw

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Cause says what is wrong at the place a [Fault] names.
type Cause uint8

// The causes of a fault. The zero Cause does not occur.
const (
	NoID       Cause = iota + 1 // an id is empty
	BadID                       // an id is not valid UTF-8
	Duplicate                   // an id occurs earlier in the same list
	Unknown                     // a reference names nothing in the picture
	OutOfRange                  // a shape, stroke, fill or arrow is none of the constants
	Lookalike                   // a class or kind looks like an earlier one, colour apart
	UnsafeLink                  // an Href is neither http, https, mailto nor relative
)

var causeNames = []string{"unset", "empty id", "id is not valid UTF-8", "duplicate id", "unknown", "out of range",
	"looks like an earlier one, colour apart", "unsafe link"}

// String returns the cause in words, as Fault.Error uses it.
func (c Cause) String() string { return nameOf(causeNames, int(c), "cause") }

// Fault is one thing wrong with a picture.
type Fault struct {
	// Path is the place, as in nodes[3].group; indexes count from 0.
	Path string
	// ID is the offending text as given, of any length. Error quotes and shortens it.
	ID string
	// Cause is what is wrong with it.
	Cause Cause
}

// Error returns the path, the cause and the offending text, quoted, at most some 60 letters of it.
func (f *Fault) Error() string {
	if f.ID == "" {
		return "draw: " + f.Path + ": " + f.Cause.String()
	}
	id, runes := f.ID, 0
	for i := range id {
		if runes == 60 {
			id = id[:i] + "…"
			break
		}
		runes++
	}
	return "draw: " + f.Path + ": " + f.Cause.String() + ": " + strconv.Quote(id)
}

// Faults is every fault of a picture: classes, kinds and groups first, then nodes, then edges, each in list order.
// errors.AsType finds it, and the first *Fault in it, in the error of Check and of every writer.
type Faults []*Fault

// Error returns the first ten faults, one a line, and how many more there are.
func (fs Faults) Error() string {
	var b strings.Builder
	for i, f := range fs {
		if i == 10 {
			fmt.Fprintf(&b, "\ndraw: and %d more", len(fs)-i)
			break
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(f.Error())
	}
	return b.String()
}

// Unwrap returns the faults one by one, for errors.Is and errors.AsType.
func (fs Faults) Unwrap() []error {
	out := make([]error, len(fs))
	for i, f := range fs {
		out[i] = f
	}
	return out
}

// Check returns every fault of the picture as [Faults], or nil if it can be drawn. It takes time and space linear in the
// picture. Every writer calls it first and writes nothing if it fails. A nil Picture is an empty one.
//
// Two classes with the same shape and stroke, or two kinds with the same stroke and arrow, are a fault even if their
// fills differ, since a reader who cannot see the colours could not tell them apart. For the same reason a class may not
// be a solid rectangle while some node has no class, nor a kind a solid triangle while some edge has none.
func (p *Picture) Check() error {
	_, err := p.index()
	return err
}

// index is a checked picture with its references resolved. Index -1 stands for none.
type index struct {
	*Picture
	nodeGroup, nodeClass []int32
	edgeKind             []int32
	ends                 [][2]int32 // from and to of every edge
	weight               []int      // of a condensed picture: how many edges each edge stands for
}

func (p *Picture) index() (*index, error) {
	if p == nil {
		p = &Picture{}
	}
	x := &index{Picture: p}
	var fs Faults
	add := func(cause Cause, id, list string, i int, member string) {
		fs = append(fs, &Fault{Path: list + "[" + strconv.Itoa(i) + "]" + member, ID: id, Cause: cause})
	}
	ids := func(list string, n int, id func(int) string) map[string]int32 {
		seen := make(map[string]int32, n)
		for i := range n {
			s := id(i)
			switch _, dup := seen[s]; {
			case s == "":
				add(NoID, s, list, i, ".id")
			case !utf8.ValidString(s):
				add(BadID, s, list, i, ".id")
			case dup:
				add(Duplicate, s, list, i, ".id")
			default:
				seen[s] = int32(i)
			}
		}
		return seen
	}

	classes := ids("classes", len(p.Classes), func(i int) string { return p.Classes[i].ID })
	looks := map[[2]uint8]bool{}
	for i := range p.Nodes {
		if p.Nodes[i].Class == "" {
			looks[[2]uint8{uint8(Rectangle), uint8(Solid)}] = true
			break
		}
	}
	for i := range p.Classes {
		c := &p.Classes[i]
		if c.Shape > Cylinder {
			add(OutOfRange, c.Shape.String(), "classes", i, ".shape")
		}
		if c.Stroke > Thick {
			add(OutOfRange, c.Stroke.String(), "classes", i, ".stroke")
		}
		if c.Fill > Grey {
			add(OutOfRange, c.Fill.String(), "classes", i, ".fill")
		}
		k := [2]uint8{uint8(c.look().shape), uint8(c.look().stroke)}
		if looks[k] {
			add(Lookalike, c.ID, "classes", i, "")
		}
		looks[k] = true
	}

	kinds := ids("kinds", len(p.Kinds), func(i int) string { return p.Kinds[i].ID })
	clear(looks)
	for i := range p.Edges {
		if p.Edges[i].Kind == "" {
			looks[[2]uint8{uint8(Solid), uint8(Triangle)}] = true
			break
		}
	}
	for i := range p.Kinds {
		c := &p.Kinds[i]
		if c.Stroke > Thick {
			add(OutOfRange, c.Stroke.String(), "kinds", i, ".stroke")
		}
		if c.Arrow > NoHead {
			add(OutOfRange, c.Arrow.String(), "kinds", i, ".arrow")
		}
		k := [2]uint8{uint8(c.look().stroke), uint8(c.look().arrow)}
		if looks[k] {
			add(Lookalike, c.ID, "kinds", i, "")
		}
		looks[k] = true
	}

	groups := ids("groups", len(p.Groups), func(i int) string { return p.Groups[i].ID })
	nodes := ids("nodes", len(p.Nodes), func(i int) string { return p.Nodes[i].ID })

	find := func(in map[string]int32, id, list string, i int, member string) int32 {
		if id == "" {
			return -1
		}
		k, ok := in[id]
		if !ok {
			add(Unknown, id, list, i, member)
			return -1
		}
		return k
	}
	x.nodeGroup = make([]int32, len(p.Nodes))
	x.nodeClass = make([]int32, len(p.Nodes))
	for i := range p.Nodes {
		n := &p.Nodes[i]
		x.nodeGroup[i] = find(groups, n.Group, "nodes", i, ".group")
		x.nodeClass[i] = find(classes, n.Class, "nodes", i, ".class")
		if !safeLink(n.Href) {
			add(UnsafeLink, n.Href, "nodes", i, ".href")
		}
	}
	x.edgeKind = make([]int32, len(p.Edges))
	x.ends = make([][2]int32, len(p.Edges))
	for i := range p.Edges {
		e := &p.Edges[i]
		for j, id := range [2]string{e.From, e.To} {
			k, ok := nodes[id]
			if !ok {
				add(Unknown, id, "edges", i, [2]string{".from", ".to"}[j])
			}
			x.ends[i][j] = k
		}
		x.edgeKind[i] = find(kinds, e.Kind, "edges", i, ".kind")
	}
	if fs != nil {
		return nil, fs
	}
	return x, nil
}

// safeLink reports whether a browser may follow href: no scheme, or one of three. Whitespace and control characters are
// refused, because browsers drop some of them before they look for a scheme.
func safeLink(href string) bool {
	for _, r := range href {
		if r <= ' ' || r == 0x7f || r == utf8.RuneError || unshown(r) {
			return false
		}
	}
	end := strings.IndexAny(href, ":/?#")
	if end < 0 || href[end] != ':' {
		return true
	}
	switch strings.ToLower(href[:end]) {
	case "http", "https", "mailto":
		return true
	}
	return false
}

// nodeLook returns the look of node i.
func (x *index) nodeLook(i int) nodeLook {
	if c := x.nodeClass[i]; c >= 0 {
		return x.Classes[c].look()
	}
	return nodeLook{Rectangle, Solid, Plain}
}

// edgeLook returns the look of edge i.
func (x *index) edgeLook(i int) edgeLook {
	if k := x.edgeKind[i]; k >= 0 {
		return x.Kinds[k].look()
	}
	return edgeLook{Solid, Triangle}
}
