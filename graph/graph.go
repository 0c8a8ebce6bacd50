package graph

import "slices"

import "iter"

// A Graph is a directed graph over keys of type K: an immutable value made by [Builder.Freeze],
// [FromEdges] or from another graph, safe for any number of concurrent readers. The nil graph
// and the zero Graph are empty graphs.
//
// A graph has two orders. The insertion order is the one in which nodes were first named. The
// graph's order is a topological order when there is no circle, and the insertion order when
// there is one; results that list nodes say which of the two they follow.
//
// Memory held: 8 bytes an edge, 4 more when labels differ, 8 more when weights differ, and 4
// more if either does; 12 bytes a node, its key, and 16 to 64 bytes to find the key, or 4 for
// each integer in the range of the keys when [FromEdges] met integers from a narrow range.
// Views share what belongs to nodes.
type Graph[K comparable] struct {
	ix      *index[K]
	out, in csr
	dir     direction
	turned  bool // made by Reverse: the rows out were made from the rows in
	attributes
}

func (g *Graph[K]) empty() bool { return g == nil || g.ix == nil }

// n returns the number of nodes as an id.
func (g *Graph[K]) n() int32 {
	if g.empty() {
		return 0
	}
	return int32(len(g.ix.keys))
}

// find returns the id of k, or -1.
func (g *Graph[K]) find(k K) int32 {
	if g.empty() {
		return -1
	}
	return g.ix.find(k)
}

// finds returns the ids of the keys that are nodes, each once, in the order given.
func (g *Graph[K]) finds(keys []K) []int32 {
	if g.empty() {
		return nil
	}
	ids := make([]int32, 0, len(keys))
	seen := newBits(g.n())
	for _, k := range keys {
		if v := g.ix.find(k); v >= 0 && !seen.has(v) {
			seen.set(v)
			ids = append(ids, v)
		}
	}
	return ids
}

// edge returns the edge in a slot of the outgoing row of u.
func (g *Graph[K]) edge(u, slot int32) Edge[K] {
	id := g.out.id(slot)
	return Edge[K]{g.ix.keys[u], g.ix.keys[g.out.adj[slot]], g.labelOf(id), g.weightOf(id)}
}

// Len returns the number of nodes. O(1).
func (g *Graph[K]) Len() int { return int(g.n()) }

// NumEdges returns the number of edges, parallel edges and self-loops counted. O(1).
func (g *Graph[K]) NumEdges() int {
	if g.empty() {
		return 0
	}
	return len(g.out.adj)
}

// Has reports whether k is a node. O(1), no allocation.
func (g *Graph[K]) Has(k K) bool { return g.find(k) >= 0 }

// HasEdge reports whether an edge leads from one node to the other, whatever its label. It
// looks through the shorter of the two rows: O(min(out-degree of from, in-degree of to)), no
// allocation.
func (g *Graph[K]) HasEdge(from, to K) bool {
	u, v := g.find(from), g.find(to)
	if u < 0 || v < 0 {
		return false
	}
	row, want := g.out.row(u), v
	if in := g.in.row(v); len(in) < len(row) {
		row, want = in, u
	}
	return slices.Contains(row, want)
}

// OutDegree returns the number of edges that leave k; 0 when k is no node. O(1).
func (g *Graph[K]) OutDegree(k K) int {
	if v := g.find(k); v >= 0 {
		return int(g.out.off[v+1] - g.out.off[v])
	}
	return 0
}

// InDegree returns the number of edges that enter k; 0 when k is no node. O(1).
func (g *Graph[K]) InDegree(k K) int {
	if v := g.find(k); v >= 0 {
		return int(g.in.off[v+1] - g.in.off[v])
	}
	return 0
}

// Nodes yields the nodes in insertion order.
func (g *Graph[K]) Nodes() iter.Seq[K] {
	return func(yield func(K) bool) {
		for i := range g.n() {
			if !yield(g.ix.keys[g.ix.at(i)]) {
				return
			}
		}
	}
}

// Edges yields the edges by source in insertion order, and the edges of one source as
// [Graph.Out] does.
func (g *Graph[K]) Edges() iter.Seq[Edge[K]] {
	return func(yield func(Edge[K]) bool) {
		for i := range g.n() {
			u := g.ix.at(i)
			for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
				if !yield(g.edge(u, s)) {
					return
				}
			}
		}
	}
}

// Out yields the edges that leave k in the order in which they were added; none when k is no
// node. In a reversed graph it yields what [Graph.In] yields in the other, turned round.
func (g *Graph[K]) Out(k K) iter.Seq[Edge[K]] {
	return func(yield func(Edge[K]) bool) {
		u := g.find(k)
		if u < 0 {
			return
		}
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			if !yield(g.edge(u, s)) {
				return
			}
		}
	}
}

// In yields the edges that enter k, by source in the graph's order and then in the order in
// which they were added; none when k is no node. In a reversed graph it yields what
// [Graph.Out] yields in the other, turned round.
func (g *Graph[K]) In(k K) iter.Seq[Edge[K]] {
	return func(yield func(Edge[K]) bool) {
		v := g.find(k)
		if v < 0 {
			return
		}
		for s := g.in.off[v]; s < g.in.off[v+1]; s++ {
			id := g.in.id(s)
			if !yield(Edge[K]{g.ix.keys[g.in.adj[s]], k, g.labelOf(id), g.weightOf(id)}) {
				return
			}
		}
	}
}

// Successors yields the nodes that the edges of [Graph.Out] lead to, in the same order: one
// for each edge, so a node behind parallel edges comes more than once.
func (g *Graph[K]) Successors(k K) iter.Seq[K] {
	return func(yield func(K) bool) {
		u := g.find(k)
		if u < 0 {
			return
		}
		for _, v := range g.out.row(u) {
			if !yield(g.ix.keys[v]) {
				return
			}
		}
	}
}

// Predecessors yields the nodes that the edges of [Graph.In] come from, in the same order: one
// for each edge.
func (g *Graph[K]) Predecessors(k K) iter.Seq[K] {
	return func(yield func(K) bool) {
		v := g.find(k)
		if v < 0 {
			return
		}
		for _, u := range g.in.row(v) {
			if !yield(g.ix.keys[u]) {
				return
			}
		}
	}
}

// Labels returns the distinct labels of the edges, in the order in which the builder met them;
// a view may list labels that none of its edges has kept. Fresh slice.
func (g *Graph[K]) Labels() []string {
	if g.NumEdges() == 0 {
		return nil
	}
	return append([]string(nil), g.names...)
}
