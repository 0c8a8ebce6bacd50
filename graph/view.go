package graph

import (
	"iter"
	"slices"
)

// Reverse returns the graph with every edge turned round. It shares all memory with g: O(1).
// Reversing twice gives a graph equal to the first in every order.
func (g *Graph[K]) Reverse() *Graph[K] {
	if g.empty() {
		return &Graph[K]{}
	}
	return &Graph[K]{ix: g.ix, out: g.in, in: g.out, dir: -g.dir, turned: !g.turned, attributes: g.attributes}
}

// Filter returns the graph with all the nodes of g and those edges that keep accepts; keep is
// called once for each edge, by source in the graph's order. Nodes are shared with g and keep
// both their orders, unless leaving out edges broke the last circle: then the graph's order is
// made anew. O(nodes + edges).
func (g *Graph[K]) Filter(keep func(Edge[K]) bool) *Graph[K] {
	return g.filter(func(u, slot int32) bool { return keep(g.edge(u, slot)) })
}

// WithLabels returns the graph with all the nodes of g and the edges that have one of the
// labels; otherwise as [Graph.Filter].
func (g *Graph[K]) WithLabels(labels ...string) *Graph[K] {
	if g.empty() {
		return &Graph[K]{}
	}
	wanted := make([]bool, len(g.names))
	for i, name := range g.names {
		wanted[i] = slices.Contains(labels, name)
	}
	return g.filter(func(_, slot int32) bool {
		if g.label == nil {
			return wanted[0]
		}
		return wanted[g.label[g.out.id(slot)]]
	})
}

func (g *Graph[K]) filter(keep func(u, slot int32) bool) *Graph[K] {
	if g.empty() {
		return &Graph[K]{}
	}
	n := g.n()
	off := make([]int32, n+1)
	var adj, ids []int32
	for j := range n {
		u := j
		if g.dir == descending {
			u = n - 1 - j
		}
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			if keep(u, s) {
				ids = append(ids, s)
				off[u+1]++
			}
		}
	}
	for u := range n {
		off[u+1] += off[u]
	}
	if g.dir == descending {
		slices.Sort(ids)
	}
	adj = make([]int32, len(ids))
	for i, s := range ids {
		adj[i] = g.out.adj[s]
		ids[i] = g.out.id(s)
	}
	f := &Graph[K]{ix: g.ix, out: csr{off: off, adj: adj}, dir: g.dir}
	if g.varied() {
		f.attributes = g.picked(ids)
	} else {
		f.attributes = g.attributes
	}
	f.seal()
	return f
}

// Induced returns the graph of those nodes of g that keys yields, with the edges of g between
// them. Nodes keep their insertion order in g; keys that are no nodes are passed over. O(nodes
// + edges of g).
func (g *Graph[K]) Induced(keys iter.Seq[K]) *Graph[K] {
	if g.empty() {
		return &Graph[K]{}
	}
	kept := newBits(g.n())
	for k := range keys {
		if v := g.ix.find(k); v >= 0 {
			kept.set(v)
		}
	}
	var b Builder[K]
	for i := range g.n() {
		if v := g.ix.at(i); kept.has(v) {
			b.Node(g.ix.keys[v])
		}
	}
	for i := range g.n() {
		u := g.ix.at(i)
		if !kept.has(u) {
			continue
		}
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			if kept.has(g.out.adj[s]) {
				b.Add(g.edge(u, s))
			}
		}
	}
	return b.Freeze()
}

// Union returns a graph with the nodes and edges of all the graphs: the nodes of the first in
// insertion order, then those new in the second, and so on, and all edges of each as
// [Graph.Edges] yields them. Edges found in two graphs become parallel edges. The error is a
// [*SizeError]. O(nodes + edges).
func Union[K comparable](graphs ...*Graph[K]) (*Graph[K], error) {
	var b Builder[K]
	for _, g := range graphs {
		for k := range g.Nodes() {
			b.Node(k)
		}
	}
	for _, g := range graphs {
		for e := range g.Edges() {
			b.Add(e)
		}
	}
	return b.Freeze(), b.Err()
}
