package graph

import (
	"math/bits"
	"slices"
)

// Descendants returns the nodes that can be reached from any of the given ones along edges,
// themselves left out, in the graph's order. Keys that are no nodes are passed over.
// O(reached nodes + their edges + nodes/64); two allocations for one key in an acyclic graph.
func (g *Graph[K]) Descendants(keys ...K) []K {
	reached := g.reach(keys)
	if reached == nil {
		return nil
	}
	for _, k := range keys {
		if v := g.ix.find(k); v >= 0 {
			reached.clear(v)
		}
	}
	return keysOf(g, reached)
}

// Ancestors returns the nodes from which any of the given ones can be reached, themselves left
// out, in the graph's order; otherwise as [Graph.Descendants].
func (g *Graph[K]) Ancestors(keys ...K) []K {
	if g.empty() {
		return nil
	}
	list := g.Reverse().Descendants(keys...)
	if g.dir != cyclic {
		slices.Reverse(list) // the reversed graph's order is this one's backwards
	}
	return list
}

// Reaches reports whether to can be reached from from along edges; a node always reaches
// itself. False when either is no node. O(nodes + edges) at worst; in an acyclic graph only the
// part of the order between the two is searched.
func (g *Graph[K]) Reaches(from, to K) bool {
	u, v := g.find(from), g.find(to)
	if u < 0 || v < 0 {
		return false
	}
	if u == v {
		return true
	}
	switch {
	case g.dir == ascending && u > v, g.dir == descending && u < v:
		return false
	}
	mark := newBits(g.n())
	mark.set(u)
	g.spread(mark, []int32{u}, v)
	return mark.has(v)
}

// reach marks what can be reached from the keys, themselves included; nil when none is a node.
func (g *Graph[K]) reach(keys []K) bitset {
	if g.empty() || len(keys) == 0 {
		return nil
	}
	mark := newBits(g.n())
	var room [8]int32
	from := room[:0]
	for _, k := range keys {
		if v := g.ix.find(k); v >= 0 && !mark.has(v) {
			mark.set(v)
			from = append(from, v)
		}
	}
	if len(from) == 0 {
		return nil
	}
	g.spread(mark, from, -1)
	return mark
}

// spread extends mark, in which from is set, to all that can be reached; it may stop once the
// fate of until is known.
func (g *Graph[K]) spread(mark bitset, from []int32, until int32) {
	switch g.dir {
	case ascending:
		least, last := from[0], g.n()-1
		for _, v := range from {
			least = min(least, v)
		}
		if until >= 0 {
			last = until
		}
		g.out.spreadUp(mark, least, last)
	case descending:
		most, last := from[0], int32(0)
		for _, v := range from {
			most = max(most, v)
		}
		if until >= 0 {
			last = until
		}
		g.out.spreadDown(mark, most, last)
	default:
		g.out.spreadAny(mark, from, until)
	}
}

// spreadUp scans the marks from first to last: edges lead to higher ids only, so each mark is
// final when the scan comes to it.
func (c *csr) spreadUp(mark bitset, first, last int32) {
	for w := first / 64; w <= last/64; w++ {
		for x := mark[w]; x != 0; {
			b := int32(bits.TrailingZeros64(x))
			v := w*64 + b
			for _, t := range c.adj[c.off[v]:c.off[v+1]] {
				mark[uint32(t)/64] |= 1 << (uint32(t) % 64)
			}
			x = mark[w] &^ (2<<b - 1)
		}
	}
}

// spreadDown is spreadUp for edges that lead to lower ids only.
func (c *csr) spreadDown(mark bitset, first, last int32) {
	for w := first / 64; w >= last/64; w-- {
		for x := mark[w]; x != 0; {
			b := int32(bits.Len64(x)) - 1
			v := w*64 + b
			for _, t := range c.adj[c.off[v]:c.off[v+1]] {
				mark[uint32(t)/64] |= 1 << (uint32(t) % 64)
			}
			x = mark[w] & (1<<b - 1)
		}
	}
}

// spreadAny searches breadth first.
func (c *csr) spreadAny(mark bitset, from []int32, until int32) {
	queue := append(make([]int32, 0, 64), from...)
	for h := 0; h < len(queue); h++ {
		for _, t := range c.row(queue[h]) {
			if !mark.has(t) {
				mark.set(t)
				queue = append(queue, t)
				if t == until {
					return
				}
			}
		}
	}
}
