package graph

import "iter"

// A Column holds one value for each node of a graph: what an algorithm found (a count, a
// measure) or was given (a duration, a weight, the department of a node). It is immutable,
// safe for concurrent readers, and costs one V a node; the zero Column has no nodes.
//
// A Column belongs to the nodes of the graph it was made for, and to the views that share them
// ([Graph.Reverse], and [Graph.Filter] in most cases). Given a Column of other nodes, an
// algorithm looks every value up by key, and a missing one is the zero V.
type Column[K comparable, V any] struct {
	ix *index[K]
	by []V // by id
}

// Tabulate makes the Column of f, which is called once for each node of g, in insertion order.
func Tabulate[K comparable, V any](g *Graph[K], f func(K) V) Column[K, V] {
	if g.empty() {
		return Column[K, V]{}
	}
	c := Column[K, V]{g.ix, make([]V, g.n())}
	for i := range g.n() {
		v := g.ix.at(i)
		c.by[v] = f(g.ix.keys[v])
	}
	return c
}

// Len returns the number of nodes.
func (c Column[K, V]) Len() int { return len(c.by) }

// At returns the value of k, or the zero V when k is no node. O(1), no allocation.
func (c Column[K, V]) At(k K) V {
	v, _ := c.Lookup(k)
	return v
}

// Lookup returns the value of k, and whether k is a node.
func (c Column[K, V]) Lookup(k K) (V, bool) {
	var zero V
	if c.ix == nil {
		return zero, false
	}
	id := c.ix.find(k)
	if id < 0 {
		return zero, false
	}
	return c.by[id], true
}

// All yields every node and its value, in insertion order.
func (c Column[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for i := range c.by {
			v := c.ix.at(int32(i))
			if !yield(c.ix.keys[v], c.by[v]) {
				return
			}
		}
	}
}

// on returns the values of c by the ids of g.
func (c Column[K, V]) on(g *Graph[K]) []V {
	if c.ix == g.ix {
		return c.by
	}
	by := make([]V, g.n())
	for v, k := range g.ix.keys {
		by[v] = c.At(k)
	}
	return by
}

// A Partition divides the nodes of a graph into numbered parts, such as components or layers.
// It is immutable and safe for concurrent readers; the zero Partition has no parts. Memory: 4
// bytes and a key a node, 4 bytes a part.
type Partition[K comparable] struct {
	ix      *index[K]
	part    []int32 // by id
	start   []int32 // part -> first index in members; one more at the end
	members []K
}

// partition sorts ids into parts, in the graph's order within each; part is kept.
func partition[K comparable](g *Graph[K], part []int32, parts int32) Partition[K] {
	n := int32(len(part))
	p := Partition[K]{ix: g.ix, part: part, start: make([]int32, parts+2), members: make([]K, n)}
	for _, c := range part {
		p.start[c+2]++
	}
	for i := 2; i < len(p.start); i++ {
		p.start[i] += p.start[i-1]
	}
	for j := range n {
		v := j
		if g.dir == descending {
			v = n - 1 - j
		}
		at := &p.start[part[v]+1]
		p.members[*at] = g.ix.keys[v]
		*at++
	}
	p.start = p.start[:parts+1]
	return p
}

// Len returns the number of parts.
func (p Partition[K]) Len() int { return max(len(p.start)-1, 0) }

// Of returns the number of the part that k is in, and whether k is a node. O(1), no allocation.
func (p Partition[K]) Of(k K) (int, bool) {
	if p.ix == nil {
		return 0, false
	}
	id := p.ix.find(k)
	if id < 0 {
		return 0, false
	}
	return int(p.part[id]), true
}

// Size returns the number of nodes in part i; 0 when there is no such part.
func (p Partition[K]) Size(i int) int {
	if i < 0 || i >= p.Len() {
		return 0
	}
	return int(p.start[i+1] - p.start[i])
}

// Members returns a fresh slice of the nodes in part i, in the graph's order; nil when there
// is no such part.
func (p Partition[K]) Members(i int) []K {
	if i < 0 || i >= p.Len() {
		return nil
	}
	return append([]K(nil), p.members[p.start[i]:p.start[i+1]]...)
}

// All yields every part's number and members, as [Partition.Members] would.
func (p Partition[K]) All() iter.Seq2[int, []K] {
	return func(yield func(int, []K) bool) {
		for i := range p.Len() {
			if !yield(i, p.Members(i)) {
				return
			}
		}
	}
}
