package graph

import (
	"math/bits"
	"slices"
)

// Acyclic reports whether the graph has no circle. It was found out when the graph was made:
// O(1).
func (g *Graph[K]) Acyclic() bool { return g.empty() || g.dir != cyclic }

// Order returns the nodes so that every edge leads from an earlier one to a later one. When
// the insertion order does that already, it is the result; otherwise nodes that nothing leads
// to come first, in insertion order, and each other node as soon as the last node that leads to
// it has been taken. In a reversed graph it is the order of the other one backwards. With a
// circle there is no such order, and the error is a [*CycleError] that holds a circle.
//
// The order was found when the graph was made: O(nodes), one allocation.
func (g *Graph[K]) Order() ([]K, error) {
	if g.empty() {
		return nil, nil
	}
	if g.dir == cyclic {
		return nil, &CycleError[K]{Edges: g.Cycle()}
	}
	order := slices.Clone(g.ix.keys)
	if g.dir == descending {
		slices.Reverse(order)
	}
	return order, nil
}

// OrderBy returns, of all topological orders, the one that takes at each step the node that is
// least by compare among those that may come next; nodes that compare equal follow their
// insertion order. With nil for compare it is the insertion order that decides. The error is as
// in [Graph.Order]. O(nodes log nodes) for sorting the keys, then nearly O(nodes + edges): Kahn
// with a 64-way tree of bits for a queue.
func (g *Graph[K]) OrderBy(compare func(a, b K) int) ([]K, error) {
	if g.empty() {
		return nil, nil
	}
	if g.dir == cyclic {
		return nil, &CycleError[K]{Edges: g.Cycle()}
	}
	n := g.n()
	sorted := make([]int32, n) // by place in the wanted order
	for i := range n {
		sorted[i] = g.ix.at(i)
	}
	if compare != nil {
		slices.SortStableFunc(sorted, func(a, b int32) int { return compare(g.ix.keys[a], g.ix.keys[b]) })
	}
	place := make([]int32, n)
	for i, v := range sorted {
		place[v] = int32(i)
	}
	deg := make([]int32, n)
	q := newBitQueue(n)
	for v := range n {
		deg[v] = g.in.off[v+1] - g.in.off[v]
		if deg[v] == 0 {
			q.add(place[v])
		}
	}
	order := make([]K, 0, n)
	for range n {
		u := sorted[q.takeLeast()]
		order = append(order, g.ix.keys[u])
		for _, v := range g.out.row(u) {
			deg[v]--
			if deg[v] == 0 {
				q.add(place[v])
			}
		}
	}
	return order, nil
}

// A bitQueue is a priority queue over 0..n-1: a tree of 64-bit words in which a bit says that
// the word below it is not empty.
type bitQueue [][]uint64

func newBitQueue(n int32) bitQueue {
	var q bitQueue
	for size := int(n); ; {
		size = (size + 63) / 64
		q = append(q, make([]uint64, max(size, 1)))
		if size <= 1 {
			return q
		}
	}
}

func (q bitQueue) add(i int32) {
	for _, level := range q {
		w := &level[i/64]
		full := *w != 0
		*w |= 1 << (uint32(i) % 64)
		if full {
			return
		}
		i /= 64
	}
}

func (q bitQueue) takeLeast() int32 {
	i := int32(0)
	for l := len(q) - 1; l >= 0; l-- {
		i = i*64 + int32(bits.TrailingZeros64(q[l][i]))
	}
	least := i
	for _, level := range q {
		w := &level[i/64]
		*w &^= 1 << (uint32(i) % 64)
		if *w != 0 {
			break
		}
		i /= 64
	}
	return least
}

// Layers divides the nodes by depth: part 0 holds the nodes that nothing leads to, and every
// other node is in the part after the last part that leads to it, so that its number is the
// length in edges of the longest path that ends there. The error is as in [Graph.Order].
// O(nodes + edges).
func (g *Graph[K]) Layers() (Partition[K], error) {
	if g.empty() {
		return Partition[K]{}, nil
	}
	if g.dir == cyclic {
		return Partition[K]{}, &CycleError[K]{Edges: g.Cycle()}
	}
	n := g.n()
	depth := make([]int32, n)
	layers := int32(0)
	for j := range n {
		u := j
		if g.dir == descending {
			u = n - 1 - j
		}
		d := depth[u] + 1
		layers = max(layers, d)
		for _, v := range g.out.row(u) {
			depth[v] = max(depth[v], d)
		}
	}
	return partition(g, depth, layers), nil
}
