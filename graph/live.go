package graph

import "slices"

// A Live graph keeps a topological order while edges come and go, and refuses an edge that
// would close a circle, returning the circle. It is meant for editing: a check costs what the
// edge disturbs, not what the graph holds. The zero Live is empty and ready. A Live graph is not
// safe for concurrent use; [Live.Freeze] makes a [Graph] that is.
//
// An insert that agrees with the order is O(1). Another searches both ways at once, forward
// from the head and backward from the tail of the edge, among the nodes that the order has
// between the two, and moves those that the side that finishes first has found: Haeupler,
// Kavitha, Mathew, Sen, Tarjan, TALG 8(1), 2012 (two-way search, here breadth first), over a
// list with integer labels (Bender, Cole, Demaine, Farach-Colton, Zito, ESA 2002). At worst
// O(nodes + edges), typically microseconds in a graph of a hundred thousand nodes. Removing an
// edge never disturbs an order.
//
// Memory beyond the graph it started from, which it shares: 32 bytes a node, and 48 bytes for
// each edge inserted.
type Live[K comparable] struct {
	base    *Graph[K] // ascending or nil
	gone    bitset    // slots of base.out removed; nil when none
	goneIn  bitset    // slots of base.in removed
	extra   index[K]  // nodes that base does not have: ids from base.n() on
	edges   []liveEdge
	unused  int32 // list of free edges through nextOut, 1 + index; 0: none
	count   int   // edges that are there
	outHead []int32
	inHead  []int32 // 1 + index of the last edge inserted at a node, by id; nil until the first

	// The order: a list by links, and a label for each node that grows along it.
	next, prev []int32
	labels     []uint64
	first      int32
	last       int32

	mark   []uint32 // search stamp, doubled, +1 when seen from behind
	via    []int32  // edge by which a marked node was found
	stamp  uint32
	ahead  []int32
	behind []int32
	serial int
	limit  int // for tests; 0 means MaxNodes and MaxEdges
}

type liveEdge struct {
	from, to        int32
	nextOut, nextIn int32 // 1 + index; 0 ends a list
	label           string
	weight          float64
	serial          int // order of insertion
}

// NewLive returns a Live graph with the nodes and edges of g, in the order of g. A circle in g
// is refused with a [*CycleError]. O(nodes).
func NewLive[K comparable](g *Graph[K]) (*Live[K], error) {
	if g.Len() == 0 {
		return &Live[K]{}, nil
	}
	if g.dir == cyclic {
		return nil, &CycleError[K]{Edges: g.Cycle()}
	}
	if g.dir == descending {
		g = g.ascendingCopy()
	}
	l := &Live[K]{base: g, count: g.NumEdges()}
	n := g.n()
	l.next, l.prev = make([]int32, n, n+16), make([]int32, n, n+16)
	l.labels = make([]uint64, n, n+16)
	l.mark, l.via = make([]uint32, n, n+16), make([]int32, n, n+16)
	gap := labelSpace / (uint64(n) + 1)
	for v := range n {
		l.next[v], l.prev[v] = v+1, v-1
		l.labels[v] = gap * uint64(v+1)
	}
	l.next[n-1] = -1
	l.last = n - 1
	return l, nil
}

// ascendingCopy numbers the nodes of a descending graph the other way round.
func (g *Graph[K]) ascendingCopy() *Graph[K] {
	n := g.n()
	order := make([]int32, n)
	for i := range n {
		order[i] = n - 1 - i
	}
	c := &Graph[K]{ix: g.ix, out: g.out, attributes: g.attributes, dir: ascending}
	if g.varied() {
		ids := make([]int32, len(g.out.adj))
		for s := range ids {
			ids[s] = g.out.id(int32(s))
		}
		c.attributes = g.picked(ids)
		c.out.edge = nil
	}
	c.ix = g.ix.renumbered(order, c.renumber(order, gatherAll(&g.out, order)))
	return c
}

func (l *Live[K]) find(k K) int32 {
	if v := l.base.find(k); v >= 0 {
		return v
	}
	if v := l.extra.find(k); v >= 0 {
		return l.base.n() + v
	}
	return -1
}

func (l *Live[K]) max() int {
	if l.limit > 0 {
		return l.limit
	}
	return MaxNodes
}

func (l *Live[K]) key(v int32) K {
	if n := l.base.n(); v >= n {
		return l.extra.keys[v-n]
	}
	return l.base.ix.keys[v]
}

// Len returns the number of nodes.
func (l *Live[K]) Len() int { return len(l.labels) }

// NumEdges returns the number of edges.
func (l *Live[K]) NumEdges() int { return l.count }

// Has reports whether k is a node.
func (l *Live[K]) Has(k K) bool { return l.find(k) >= 0 }

// Node adds a node at the end of the order; one that is there already changes nothing. Past
// [MaxNodes] it is refused with a [*SizeError].
func (l *Live[K]) Node(k K) error {
	if l.add(k) < 0 {
		return &SizeError{Nodes: 1}
	}
	return nil
}

func (l *Live[K]) add(k K) int32 {
	if v := l.find(k); v >= 0 {
		return v
	}
	n := l.base.n()
	v := l.extra.intern(k, hashOf(k), l.max()-int(n))
	if v < 0 {
		return -1
	}
	v += n
	l.labels = append(l.labels, 0)
	l.next, l.prev = append(l.next, -1), append(l.prev, -1)
	l.mark, l.via = append(l.mark, 0), append(l.via, 0)
	if l.outHead != nil {
		l.outHead, l.inHead = append(l.outHead, 0), append(l.inHead, 0)
	}
	if v == 0 {
		l.first, l.last = 0, 0
		l.labels[0] = labelSpace / 2
		return v
	}
	l.linkAfter(v, l.last)
	return v
}

// Insert adds an edge and, where they are new, its ends. If it would close a circle nothing
// changes, and the error is a [*CycleError] whose walk starts with the refused edge. Past
// [MaxNodes] or [MaxEdges] the error is a [*SizeError].
func (l *Live[K]) Insert(e Edge[K]) error {
	u, v := l.find(e.From), l.find(e.To)
	if e.From == e.To {
		return &CycleError[K]{Edges: []Edge[K]{e}}
	}
	if l.count >= l.max() {
		return &SizeError{Edges: 1}
	}
	if u < 0 {
		if u = l.add(e.From); u < 0 {
			return &SizeError{Nodes: 1}
		}
	}
	if v < 0 {
		if v = l.add(e.To); v < 0 {
			return &SizeError{Nodes: 1}
		}
	}
	if l.labels[u] > l.labels[v] {
		if circle := l.reorder(u, v); circle != nil {
			circle[0] = e
			return &CycleError[K]{Edges: circle}
		}
	}
	if l.outHead == nil {
		l.outHead, l.inHead = make([]int32, len(l.labels), cap(l.labels)), make([]int32, len(l.labels), cap(l.labels))
	}
	i := l.unused
	if i == 0 {
		l.edges = append(l.edges, liveEdge{})
		i = int32(len(l.edges))
	} else {
		l.unused = l.edges[i-1].nextOut
	}
	l.serial++
	l.edges[i-1] = liveEdge{u, v, l.outHead[u], l.inHead[v], e.Label, e.Weight, l.serial}
	l.outHead[u], l.inHead[v] = i, i
	l.count++
	return nil
}

// Remove takes out an edge with these ends and this label: of several, the last inserted. It
// reports whether there was one. O(edges at its ends). Nodes stay.
func (l *Live[K]) Remove(from, to K, label string) bool {
	u, v := l.find(from), l.find(to)
	if u < 0 || v < 0 {
		return false
	}
	if l.outHead != nil && l.removeInserted(u, v, label) {
		l.count--
		return true
	}
	n := l.base.n()
	if u >= n || v >= n {
		return false
	}
	out, in := &l.base.out, &l.base.in
	for s := out.off[u+1] - 1; s >= out.off[u]; s-- {
		if out.adj[s] != v || l.base.labelOf(out.id(s)) != label || l.gone != nil && l.gone.has(s) {
			continue
		}
		if l.gone == nil {
			l.gone, l.goneIn = newBits(int32(len(out.adj))), newBits(int32(len(in.adj)))
		}
		l.gone.set(s)
		for t := in.off[v]; t < in.off[v+1]; t++ {
			if in.adj[t] == u && !l.goneIn.has(t) {
				l.goneIn.set(t)
				break
			}
		}
		l.count--
		return true
	}
	return false
}

func (l *Live[K]) removeInserted(u, v int32, label string) bool {
	for p := &l.outHead[u]; *p != 0; p = &l.edges[*p-1].nextOut {
		i := *p
		e := &l.edges[i-1]
		if e.to != v || e.label != label {
			continue
		}
		*p = e.nextOut
		q := &l.inHead[v]
		for *q != i {
			q = &l.edges[*q-1].nextIn
		}
		*q = e.nextIn
		*e = liveEdge{nextOut: l.unused}
		l.unused = i
		return true
	}
	return false
}

// Before reports whether a comes before b in the order that the graph has now. False when
// either is no node. O(1), no allocation.
func (l *Live[K]) Before(a, b K) bool {
	u, v := l.find(a), l.find(b)
	return u >= 0 && v >= 0 && l.labels[u] < l.labels[v]
}

// Order returns the nodes in the order that the graph has now: a topological order, which
// depends on the edits that led here. Fresh slice, O(nodes).
func (l *Live[K]) Order() []K {
	order := make([]K, 0, len(l.labels))
	if len(l.labels) == 0 {
		return order
	}
	for v := l.first; v >= 0; v = l.next[v] {
		order = append(order, l.key(v))
	}
	return order
}

// Freeze returns the graph as it is now, as a [Builder] would have made it: nodes in insertion
// order, those of the graph it started from first; from each node the edges of that graph and
// then the inserted ones in order of insertion. The Live graph may be used further.
// O(nodes + edges).
func (l *Live[K]) Freeze() *Graph[K] {
	var b Builder[K]
	for k := range l.base.Nodes() {
		b.Node(k)
	}
	for _, k := range l.extra.keys {
		b.Node(k)
	}
	if g := l.base; g != nil {
		for i := range g.n() {
			u := g.ix.at(i)
			for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
				if l.gone == nil || !l.gone.has(s) {
					b.Add(g.edge(u, s))
				}
			}
		}
	}
	var inserted []liveEdge
	for i := range l.edges {
		if l.edges[i].serial > 0 {
			inserted = append(inserted, l.edges[i])
		}
	}
	slices.SortFunc(inserted, func(a, b liveEdge) int { return a.serial - b.serial })
	for i := range inserted {
		e := &inserted[i]
		b.Add(Edge[K]{l.key(e.from), l.key(e.to), e.label, e.weight})
	}
	return b.Freeze()
}
