package graph

// Feedback returns edges whose removal breaks every circle, by source in insertion order and
// then as in [Graph.Out]; none when the graph is acyclic. No edge of the set can be put back
// without closing a circle, but the set need not be the smallest: finding that is NP-hard. It
// holds all self-loops, and of the m edges between the n nodes of a strong component at most
// m/2 - n/6 if that component has no circles of length two.
//
// Eades, Lin, Smyth, IPL 47, 1993: a greedy order of each component that takes sinks last,
// sources first, and otherwise the node that sends most more than it receives; edges against
// the order are cut, unless a [Live] graph takes them back in. O(nodes + edges), and one insert
// for each edge against the order.
func (g *Graph[K]) Feedback() []Edge[K] {
	if g.empty() || g.dir != cyclic {
		return nil
	}
	comp, _ := strong(g)
	place := elsOrder(g, comp)
	var cut []int32 // slots
	against := newBits(int32(len(g.out.adj)))
	for u := range g.n() {
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			if v := g.out.adj[s]; comp[u] == comp[v] && place[u] >= place[v] {
				cut = append(cut, s)
				against.set(s)
			}
		}
	}
	// Put back every edge that closes no circle.
	rest, err := NewLive(g.filter(func(_, slot int32) bool { return !against.has(slot) }))
	if err != nil {
		return nil // cannot be: the edges left all follow the order
	}
	var edges []Edge[K]
	for _, s := range cut {
		if e := g.edge(g.source(s), s); rest.Insert(e) != nil {
			edges = append(edges, e)
		}
	}
	return edges
}

// elsOrder returns each node's place in the greedy order of its component.
func elsOrder[K comparable](g *Graph[K], comp []int32) []int32 {
	n := g.n()
	outDeg, inDeg := make([]int32, n), make([]int32, n)
	most := int32(0)
	for u := range n {
		for _, v := range g.out.row(u) {
			if u != v && comp[u] == comp[v] {
				outDeg[u]++
				inDeg[v]++
			}
		}
	}
	for v := range n {
		most = max(most, outDeg[v], inDeg[v])
	}
	// Buckets by out-degree less in-degree, as doubly linked lists; 0 holds sinks, the last
	// sources. Lists are first in, first out, so that ties follow the ids.
	buckets := int(2*most) + 3
	head, tail := make([]int32, buckets), make([]int32, buckets)
	next, prev := make([]int32, n), make([]int32, n)
	for b := range head {
		head[b], tail[b] = -1, -1
	}
	bucketOf := func(v int32) int {
		switch {
		case outDeg[v] == 0:
			return 0
		case inDeg[v] == 0:
			return buckets - 1
		}
		return int(outDeg[v]-inDeg[v]+most) + 1
	}
	where := make([]int, n)
	push := func(v int32) {
		b := bucketOf(v)
		where[v] = b
		next[v], prev[v] = -1, tail[b]
		if tail[b] >= 0 {
			next[tail[b]] = v
		} else {
			head[b] = v
		}
		tail[b] = v
	}
	drop := func(v int32) {
		b := where[v]
		if prev[v] >= 0 {
			next[prev[v]] = next[v]
		} else {
			head[b] = next[v]
		}
		if next[v] >= 0 {
			prev[next[v]] = prev[v]
		} else {
			tail[b] = prev[v]
		}
	}
	gone := newBits(n)
	for v := range n {
		push(v)
	}
	place := make([]int32, n)
	first, last := int32(0), n-1
	highest := buckets - 2
	for range n {
		var v int32
		switch {
		case head[0] >= 0:
			v = head[0]
			place[v] = last
			last--
		case head[buckets-1] >= 0:
			v = head[buckets-1]
			place[v] = first
			first++
		default:
			for head[highest] < 0 {
				highest--
			}
			v = head[highest]
			place[v] = first
			first++
		}
		drop(v)
		gone.set(v)
		for _, w := range g.out.row(v) {
			if !gone.has(w) && comp[w] == comp[v] {
				drop(w)
				inDeg[w]--
				push(w)
				highest = max(highest, min(where[w], buckets-2))
			}
		}
		for _, w := range g.in.row(v) {
			if !gone.has(w) && comp[w] == comp[v] {
				drop(w)
				outDeg[w]--
				push(w)
			}
		}
	}
	return place
}
