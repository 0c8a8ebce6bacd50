package jsonform

// node is one step of the paths asked for, as a tree.
type node struct {
	names    map[string]*node
	elements map[int]*node
	offset   int // of the value, or -1
}

// child returns the node one step down, made if need be.
func (n *node) child(s step) *node {
	if s.index == byName {
		if n.names == nil {
			n.names = make(map[string]*node)
		}
		if n.names[s.name] == nil {
			n.names[s.name] = &node{offset: -1}
		}
		return n.names[s.name]
	}
	if n.elements == nil {
		n.elements = make(map[int]*node)
	}
	if n.elements[s.index] == nil {
		n.elements[s.index] = &node{offset: -1}
	}
	return n.elements[s.index]
}

// Locate returns, for each path, the position of its value in data or, where there is none, of the nearest value around it: position i answers
// paths[i]. Exact tells the two apart. The empty path is the root. A path that is not well formed counts up to where it stops being so. Of duplicate
// members the first counts. Data that is not JSON is read up to where that shows.
//
// It makes one pass over the data: time is linear in the data and in the length of the paths.
func Locate(data []byte, paths []string) []Position {
	root := &node{offset: -1}
	ways := make([][]*node, len(paths))
	whole := make([]bool, len(paths))
	for i, path := range paths {
		steps, ok := parsePath(path)
		whole[i] = ok && len(steps) < deepest
		steps = steps[:min(len(steps), deepest-1)]
		at := root
		ways[i] = append(ways[i], at)
		for _, s := range steps {
			at = at.child(s)
			ways[i] = append(ways[i], at)
		}
	}
	r := newReader(data, Limits{MaxDepth: deepest})
	r.quiet = true
	r.find(root)
	offsets := make([]int, len(paths))
	for i, way := range ways {
		last := len(way) - 1
		whole[i] = whole[i] && way[last].offset >= 0
		for last > 0 && way[last].offset < 0 {
			last--
		}
		offsets[i] = max(way[last].offset, 0)
	}
	places := positions(r.text, offsets)
	for i := range places {
		places[i].Exact = whole[i]
	}
	return places
}

// find notes where the value at pos is, and where those below it are. Recursion is bounded by the depth of the tree.
func (r *reader) find(n *node) {
	c := r.space()
	if r.pos >= len(r.text) {
		return
	}
	n.offset = r.pos
	open := r.pos
	switch {
	case c == '{' && n.names != nil && r.enter():
		for i := 0; r.item('}', open, i); i++ {
			name, form, ok := r.member()
			if !ok {
				break
			}
			if child := n.names[name]; child != nil && child.offset < 0 && form != spoiled {
				r.find(child)
			} else {
				r.hop()
			}
		}
		r.leave()
	case c == '[' && n.elements != nil && r.enter():
		for i := 0; r.item(']', open, i); i++ {
			if child := n.elements[i]; child != nil {
				r.find(child)
			} else {
				r.hop()
			}
		}
		r.leave()
	default:
		r.hop()
	}
}

// hop moves behind the value at pos, looking at no more of it than that takes.
func (r *reader) hop() {
	if c := r.space(); c == '{' || c == '[' {
		r.pass()
	} else {
		r.skip()
	}
}
