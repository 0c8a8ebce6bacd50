package graph

// Feedback returns edges whose removal breaks every circle, by source in insertion order and
// then as in [Graph.Out]; none when the graph is acyclic. No edge of the set can be put back
// without closing a circle, but the set need not be the smallest: finding that is NP-hard. It
// holds all self-loops, and of the m edges between the n nodes of a strong component at most
// m/2 - n/6 if that component has no circles of length two.
//
// Eades, Lin, Smyth, IPL 47, 1993: a greedy order of each component that takes sinks last,
// sources first, and otherwise the node that sends most more than it receives; edges against
// the order are cut. O(nodes + edges), and one search for each edge in the set to see whether
// it is needed.
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
	// Put back what closes no circle now: an edge is needed when its head still reaches its tail.
	seen := make([]int32, g.n())
	var queue []int32
	var edges []Edge[K]
	for i, s := range cut {
		u, v := g.source(s), g.out.adj[s]
		if u != v && !g.reachWithout(v, u, against, comp, seen, int32(i+1), &queue) {
			against.clear(s)
			continue
		}
		edges = append(edges, g.edge(u, s))
	}
	return edges
}

// reachWithout reports whether from reaches to inside its component along edges not cut.
func (g *Graph[K]) reachWithout(from, to int32, cut bitset, comp, seen []int32, stamp int32, queue *[]int32) bool {
	q := append((*queue)[:0], from)
	seen[from] = stamp
	found := false
	for h := 0; h < len(q) && !found; h++ {
		u := q[h]
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			v := g.out.adj[s]
			if comp[v] != comp[to] || seen[v] == stamp || cut.has(s) {
				continue
			}
			if v == to {
				found = true
				break
			}
			seen[v] = stamp
			q = append(q, v)
		}
	}
	*queue = q
	return found
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
