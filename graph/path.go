package graph

import (
	"container/heap"
	"fmt"
	"iter"
	"math"
	"slices"
)

// A Path is a walk along edges, each starting where the one before ends.
type Path[K comparable] struct {
	// From is where it starts, and where it ends too when it has no edges.
	From K
	// Edges are what it takes, in order.
	Edges []Edge[K]
	// Length is the sum that the algorithm that made the path adds up, as it says.
	Length float64
}

// Nodes returns the nodes that the path passes, ends included: one more than it has edges.
func (p Path[K]) Nodes() []K {
	nodes := make([]K, 0, len(p.Edges)+1)
	nodes = append(nodes, p.From)
	for _, e := range p.Edges {
		nodes = append(nodes, e.To)
	}
	return nodes
}

// Weight returns the weight of an edge: the function to give where an algorithm asks for a
// value of edges and the weights hold it.
func Weight[K comparable](e Edge[K]) float64 { return e.Weight }

// An EdgeError says that an algorithm cannot work with the value that it was given for an edge.
type EdgeError[K comparable] struct {
	Edge  Edge[K]
	Value float64
	Want  string // what values are allowed, as in "at least 0"
}

// Error names the edge, the value and what was wanted.
func (e *EdgeError[K]) Error() string {
	return fmt.Sprintf("edge %v -> %v has the value %v, want %s", e.Edge.From, e.Edge.To, e.Value, e.Want)
}

// values calls f for every edge and returns the results by slot, or nil, which stands for the
// value 1 everywhere, when f is nil. The least allowed value is least; NaN and +Inf never are.
func (g *Graph[K]) values(f func(Edge[K]) float64, least float64) ([]float64, error) {
	if f == nil {
		return nil, nil
	}
	by := make([]float64, len(g.out.adj))
	for u := range g.n() {
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			x := f(g.edge(u, s))
			if !(x >= least) || math.IsInf(x, 0) {
				want := "a finite number"
				if least == 0 {
					want = "a finite number, at least 0"
				}
				return nil, &EdgeError[K]{g.edge(u, s), x, want}
			}
			by[s] = x
		}
	}
	return by, nil
}

// valueAt reads what values returned.
func valueAt(by []float64, slot int32) float64 {
	if by == nil {
		return 1
	}
	return by[slot]
}

// A PathTree holds a shortest path from one node to every node it reaches. Immutable, safe for
// concurrent readers; the zero tree reaches nothing.
type PathTree[K comparable] struct {
	g    *Graph[K]
	from int32
	dist []float64 // by id; +Inf when not reached
	via  []int32   // by id: slot of the last edge; -1 at from and where not reached
}

// ShortestPaths returns the shortest paths from a node to all that it reaches. The length of a
// path is the sum of cost over its edges; nil for cost counts edges, and [Weight] takes the
// weights. Of several shortest paths to a node it keeps one: that whose last edge leaves the
// node nearest to the start, and of those at one distance the first in the graph's order (where
// costs are above 0).
//
// In an acyclic graph cost may be negative, and one scan in order does: O(nodes + edges). In
// another a cost under 0 is refused with an [*EdgeError], as is one that is not finite in
// either: O((nodes + edges) log nodes), Dijkstra with a binary heap.
func (g *Graph[K]) ShortestPaths(from K, cost func(Edge[K]) float64) (*PathTree[K], error) {
	start := g.find(from)
	if start < 0 {
		return &PathTree[K]{}, nil
	}
	least := math.Inf(-1)
	if g.dir == cyclic {
		least = 0
	}
	by, err := g.values(cost, least)
	if err != nil {
		return nil, err
	}
	n := g.n()
	t := &PathTree[K]{g: g, from: start, dist: make([]float64, n), via: make([]int32, n)}
	for v := range n {
		t.dist[v], t.via[v] = math.Inf(1), -1
	}
	t.dist[start] = 0
	if g.dir == cyclic {
		t.dijkstra(by)
		return t, nil
	}
	for j := range n {
		u := j
		if g.dir == descending {
			u = n - 1 - j
		}
		if math.IsInf(t.dist[u], 1) {
			continue
		}
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			v := g.out.adj[s]
			d := t.dist[u] + valueAt(by, s)
			if d < t.dist[v] || d == t.dist[v] && t.via[v] >= 0 && t.dist[u] < t.dist[g.source(t.via[v])] {
				t.dist[v], t.via[v] = d, s
			}
		}
	}
	return t, nil
}

type queued struct {
	dist float64
	node int32
}

type distanceHeap []queued

func (h distanceHeap) Len() int { return len(h) }
func (h distanceHeap) Less(i, j int) bool {
	return h[i].dist < h[j].dist || h[i].dist == h[j].dist && h[i].node < h[j].node
}
func (h distanceHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *distanceHeap) Push(x any)   { *h = append(*h, x.(queued)) }
func (h *distanceHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

func (t *PathTree[K]) dijkstra(by []float64) {
	g := t.g
	done := newBits(g.n())
	h := &distanceHeap{{0, t.from}}
	for h.Len() > 0 {
		u := heap.Pop(h).(queued).node
		if done.has(u) {
			continue
		}
		done.set(u)
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			v := g.out.adj[s]
			if d := t.dist[u] + valueAt(by, s); d < t.dist[v] {
				t.dist[v], t.via[v] = d, s
				heap.Push(h, queued{d, v})
			}
		}
	}
}

// Distance returns the length of the shortest path to k, and whether k is reached; 0 for the
// start itself.
func (t *PathTree[K]) Distance(k K) (float64, bool) {
	if v := t.find(k); v >= 0 {
		return t.dist[v], true
	}
	return math.Inf(1), false
}

func (t *PathTree[K]) find(k K) int32 {
	if t == nil || t.g == nil {
		return -1
	}
	v := t.g.find(k)
	if v < 0 || math.IsInf(t.dist[v], 1) {
		return -1
	}
	return v
}

// To returns the shortest path to k, and whether k is reached.
func (t *PathTree[K]) To(k K) (Path[K], bool) {
	v := t.find(k)
	if v < 0 {
		return Path[K]{}, false
	}
	p := Path[K]{From: t.g.ix.keys[t.from], Length: t.dist[v]}
	for v != t.from {
		s := t.via[v]
		v = t.g.source(s)
		p.Edges = append(p.Edges, t.g.edge(v, s))
	}
	slices.Reverse(p.Edges)
	return p, true
}

// Reached yields every node that the start reaches, itself included, with its distance, in
// insertion order.
func (t *PathTree[K]) Reached() iter.Seq2[K, float64] {
	return func(yield func(K, float64) bool) {
		if t == nil || t.g == nil {
			return
		}
		for i := range t.g.n() {
			v := t.g.ix.at(i)
			if !math.IsInf(t.dist[v], 1) && !yield(t.g.ix.keys[v], t.dist[v]) {
				return
			}
		}
	}
}

// Paths yields every path between two nodes that passes no node twice and takes at most
// longest edges; 0 or less means any number. Their Length is the number of edges. They come
// in the order of the edges of [Graph.Out] along the way; with parallel edges there is a path for
// each choice. None when either is no node; one without edges when they are the same node.
// There may be exponentially many, so the caller should stop after enough.
//
// Depth first among the nodes that still reach the end. In an acyclic graph every step leads to
// a path: O(its edges) between one path and the next. With circles, or a bound on the length,
// there may be dead ends, and the time between two paths is not bounded by a polynomial.
func (g *Graph[K]) Paths(from, to K, longest int) iter.Seq[Path[K]] {
	return func(yield func(Path[K]) bool) {
		u, v := g.find(from), g.find(to)
		if u < 0 || v < 0 {
			return
		}
		if u == v {
			yield(Path[K]{From: from})
			return
		}
		left := g.hopsTo(v)
		if longest <= 0 || longest >= g.Len() {
			longest = g.Len()
		}
		onPath := newBits(g.n())
		nodes, slots := []int32{u}, []int32{g.out.off[u]} // slots[i]: the next to try at nodes[i]
		onPath.set(u)
		for len(nodes) > 0 {
			top := len(nodes) - 1
			u, s := nodes[top], slots[top]
			if s == g.out.off[u+1] {
				onPath.clear(u)
				nodes, slots = nodes[:top], slots[:top]
				continue
			}
			slots[top]++
			w := g.out.adj[s]
			if onPath.has(w) || left[w] < 0 || len(nodes)+int(left[w]) > longest {
				continue
			}
			if w != v {
				onPath.set(w)
				nodes, slots = append(nodes, w), append(slots, g.out.off[w])
				continue
			}
			p := Path[K]{From: from, Edges: make([]Edge[K], len(nodes)), Length: float64(len(nodes))}
			for i := range nodes {
				p.Edges[i] = g.edge(nodes[i], slots[i]-1)
			}
			if !yield(p) {
				return
			}
		}
	}
}

// hopsTo returns the least number of edges from each node to v; -1 where there is no path.
func (g *Graph[K]) hopsTo(v int32) []int32 {
	hops := make([]int32, g.n())
	for u := range hops {
		hops[u] = -1
	}
	hops[v] = 0
	queue := []int32{v}
	for h := 0; h < len(queue); h++ {
		w := queue[h]
		for _, u := range g.in.row(w) {
			if hops[u] < 0 {
				hops[u] = hops[w] + 1
				queue = append(queue, u)
			}
		}
	}
	return hops
}
