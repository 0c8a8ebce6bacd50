package graph

import (
	"fmt"
	"math"
)

// An Edge is one arrow, from one node to another.
type Edge[K comparable] struct {
	From, To K
	// Label says what kind of arrow it is ("needs", "funds"). Empty is a label like any other.
	Label string
	// Weight means what the caller wants it to mean. No algorithm uses it unasked: those that
	// work with values of edges take a function, and [Weight] is the one that reads this field.
	// Any float64 is kept as given.
	Weight float64
}

// MaxNodes and MaxEdges bound a graph: ids inside are 32-bit.
const (
	MaxNodes = math.MaxInt32
	MaxEdges = math.MaxInt32
)

// A SizeError says that nodes or edges over a limit were refused: [MaxNodes] and [MaxEdges], or
// one that the caller set.
type SizeError struct {
	// Nodes and Edges count what was refused.
	Nodes, Edges int
}

// Error names how much was refused.
func (e *SizeError) Error() string {
	return fmt.Sprintf("graph too large: %d nodes and %d edges over the limit", e.Nodes, e.Edges)
}

// A Builder collects nodes and edges for a [Graph]. The zero value is ready to use. A Builder
// is not safe for concurrent use.
//
// Nothing is merged or dropped: an edge added twice is two parallel edges, and a self-loop is
// an edge (a circle of length one). Nodes keep the order in which they were first named, by
// [Builder.Node] or as an end of an edge; edges from one node keep the order in which they
// were added. Keys must equal themselves: a key that holds a floating-point NaN can be added
// but never found. An interface key whose dynamic value cannot be compared panics, as in a map.
//
// Memory while building: 8 bytes an edge, 4 more once labels differ and 8 more once weights
// differ, and the key and 16 to 64 bytes a node.
type Builder[K comparable] struct {
	ix       index[K]
	from, to []int32
	attrs    attributes
	names    map[string]int32
	refused  SizeError
	limit    int // for tests; 0 means MaxNodes and MaxEdges
}

func (b *Builder[K]) max() int {
	if b.limit > 0 {
		return b.limit
	}
	return math.MaxInt32
}

// Node declares a node. Declaring one twice, or one that an edge has named, changes nothing.
func (b *Builder[K]) Node(k K) {
	if b.ix.intern(k, hashOf(k), b.max()) < 0 {
		b.refused.Nodes++
	}
}

// Link adds an edge without label and with weight 1.
func (b *Builder[K]) Link(from, to K) { b.Add(Edge[K]{From: from, To: to, Weight: 1}) }

// Add adds an edge, and its ends where they are new. Amortised O(1).
func (b *Builder[K]) Add(e Edge[K]) {
	if len(b.from) >= b.max() {
		b.refused.Edges++
		return
	}
	u := b.ix.intern(e.From, hashOf(e.From), b.max())
	v := b.ix.intern(e.To, hashOf(e.To), b.max())
	if u < 0 || v < 0 {
		b.refused.Edges++
		return
	}
	if b.names == nil {
		b.names = map[string]int32{}
	}
	b.attrs.add(len(b.from), e.Label, e.Weight, b.names)
	b.from = append(b.from, u)
	b.to = append(b.to, v)
}

// Err returns a [*SizeError] when a node or an edge was refused for want of 32-bit ids, else
// nil. Nothing else can go wrong while building.
func (b *Builder[K]) Err() error {
	if b.refused == (SizeError{}) {
		return nil
	}
	e := b.refused
	return &e
}

// Freeze returns the graph built so far; the builder may be used further and the graph does
// not change. A circle is data, not an error. What was refused (see [Builder.Err]) is absent.
// O(nodes + edges) time.
func (b *Builder[K]) Freeze() *Graph[K] {
	return assemble(b.ix.snapshot(), b.from, b.to, b.attrs)
}

// FromEdges builds a graph at once: the declared nodes first, then the edges with their ends,
// as a [Builder] would. It is the fastest way to build a large graph: keys are hashed in
// blocks, and integer keys (of kind int, int64, int32 or uint32) from a range not much wider
// than their number are not hashed at all. The error is a [*SizeError]; the graph then holds
// what fitted.
func FromEdges[K comparable](edges []Edge[K], nodes ...K) (*Graph[K], error) {
	var b Builder[K]
	return b.bulk(edges, nodes)
}

func (b *Builder[K]) bulk(edges []Edge[K], nodes []K) (*Graph[K], error) {
	if len(edges) > b.max() {
		b.refused.Edges = len(edges) - b.max()
		edges = edges[:b.max()]
	}
	if g, ok := fromDense(edges, nodes, b.max()); ok {
		return g, b.Err()
	}
	for _, k := range nodes {
		b.Node(k)
	}
	b.from = make([]int32, len(edges))
	b.to = make([]int32, len(edges))
	b.internBlocks(edges)
	labels, weights := false, false
	for i := range edges {
		labels = labels || edges[i].Label != edges[0].Label
		weights = weights || !sameWeight(edges[i].Weight, edges[0].Weight)
	}
	readAttributes(&b.attrs, edges, labels, weights)
	b.dropRefused()
	return assemble(&b.ix, b.from, b.to, b.attrs), b.Err()
}

// internBlocks resolves both ends of 16 edges at a time: the hashes first and the slots they
// lead to, so that the cache misses of a block overlap, and then the ids.
func (b *Builder[K]) internBlocks(edges []Edge[K]) {
	const block = 16
	var hash [2 * block]uint32
	var slot [2 * block]uint64
	limit := b.max()
	for at := 0; at < len(edges); at += block {
		part := edges[at:min(at+block, len(edges))]
		for i := range part {
			hash[2*i] = hashOf(part[i].From)
			hash[2*i+1] = hashOf(part[i].To)
		}
		if 2*(len(b.ix.keys)+2*block) >= len(b.ix.table) {
			b.ix.grow()
		}
		mask := uint32(len(b.ix.table) - 1)
		for i := range hash {
			slot[i] = b.ix.table[hash[i]&mask]
		}
		for i := range part {
			b.from[at+i] = b.ix.resolve(part[i].From, hash[2*i], slot[2*i], limit)
			b.to[at+i] = b.ix.resolve(part[i].To, hash[2*i+1], slot[2*i+1], limit)
		}
	}
}

// resolve is intern with the first slot already read. A slot once taken never changes, so a
// stale read can only be empty, and then the long way is taken.
func (x *index[K]) resolve(k K, h uint32, slot uint64, limit int) int32 {
	if slot != 0 && uint32(slot>>32) == h {
		if id := int32(uint32(slot)) - 1; x.keys[id] == k {
			return id
		}
	}
	return x.intern(k, h, limit)
}

// dropRefused removes the edges whose ends were refused.
func (b *Builder[K]) dropRefused() {
	if len(b.ix.keys) < b.max() {
		return
	}
	kept := 0
	for i := range b.from {
		if b.from[i] < 0 || b.to[i] < 0 {
			b.refused.Edges++
			continue
		}
		b.from[kept], b.to[kept] = b.from[i], b.to[i]
		b.attrs.move(kept, i)
		kept++
	}
	b.from, b.to = b.from[:kept], b.to[:kept]
	b.attrs.truncate(kept)
}
