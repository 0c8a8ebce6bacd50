package graph

import (
	"math"
)

// A Cut is a set of edges whose removal leaves no path between two nodes.
type Cut[K comparable] struct {
	// Edges are the edges cut, by source in the graph's order and then as in [Graph.Out].
	Edges []Edge[K]
	// Value is the sum of their capacities; +Inf when nothing can cut the two apart because
	// they are the same node.
	Value float64
}

// MinCut returns a cheapest cut between two nodes: the capacities of its edges sum to the
// least possible, which is also the most that can flow from one to the other. A nil capacity
// means 1 each, so that Value counts how many edges must fail until to is cut off; [Weight]
// takes the weights. Of several cheapest cuts it returns the one nearest to from. The cut is
// empty when no path leads from one to the other. Capacities must be finite and at least 0,
// else the error is an [*EdgeError].
//
// Dinic, 1970, on the part of the graph between the two, without recursion: O(nodes² · edges),
// and O(edges^1.5) when every capacity is 1. Sums of capacities that are not whole numbers are
// rounded as float64 sums are.
func (g *Graph[K]) MinCut(from, to K, capacity func(Edge[K]) float64) (Cut[K], error) {
	by, err := g.valuesOr1(capacity)
	if err != nil {
		return Cut[K]{}, err
	}
	u, v := g.find(from), g.find(to)
	if u < 0 || v < 0 {
		return Cut[K]{}, nil
	}
	if u == v {
		return Cut[K]{Value: math.Inf(1)}, nil
	}
	f := newFlow(g, u, v, by, false)
	f.saturate()
	cut := Cut[K]{}
	for i, s := range f.slots {
		if s >= 0 && f.level[f.arcs[2*i+1].to] >= 0 && f.level[f.arcs[2*i].to] < 0 {
			cut.Value += valueAt(by, s)
			cut.Edges = append(cut.Edges, g.edge(g.source(s), s))
		}
	}
	return cut, nil
}

func (g *Graph[K]) valuesOr1(capacity func(Edge[K]) float64) ([]float64, error) {
	if g.empty() {
		return nil, nil
	}
	return g.values(capacity, 0)
}

// NodeCut returns a smallest set of nodes, the ends left out, that every path from one node to
// the other passes: how many must fail until to is cut off. False when no such set exists: the
// two are the same node, or an edge joins them directly. Empty and true when no path leads from
// one to the other. Of several smallest sets it returns the one nearest to from, in the graph's
// order. As [Graph.MinCut], on a graph with every node split in two: O(edges · √nodes).
func (g *Graph[K]) NodeCut(from, to K) ([]K, bool) {
	u, v := g.find(from), g.find(to)
	if u < 0 || v < 0 {
		return nil, true
	}
	if u == v || g.HasEdge(from, to) {
		return nil, false
	}
	f := newFlow(g, u, v, nil, true)
	f.saturate()
	cut := newBits(g.n())
	for i, node := range f.nodes {
		if f.level[2*i] >= 0 && f.level[2*i+1] < 0 {
			cut.set(node)
		}
	}
	return keysOf(g, cut), true
}

// DisjointPaths returns as many paths between two nodes as there can be without two of them
// sharing an edge: as many edges must fail until to is cut off. They come in the order of
// their first edges in [Graph.Out]; Length is the number of edges. None when either is no node
// or both are one. As [Graph.MinCut] with every capacity 1.
func (g *Graph[K]) DisjointPaths(from, to K) []Path[K] { return g.disjoint(from, to, false) }

// NodeDisjointPaths returns as many paths between two nodes as there can be without two of
// them sharing a node other than the ends; otherwise as [Graph.DisjointPaths].
func (g *Graph[K]) NodeDisjointPaths(from, to K) []Path[K] { return g.disjoint(from, to, true) }

func (g *Graph[K]) disjoint(from, to K, split bool) []Path[K] {
	u, v := g.find(from), g.find(to)
	if u < 0 || v < 0 || u == v {
		return nil
	}
	f := newFlow(g, u, v, nil, split)
	f.saturate()
	// The edges that carry flow, by source. Flow around a circle is left aside by walking.
	used := map[int32][]int32{}
	for i, s := range f.slots {
		if s >= 0 && f.arcs[2*i+1].room > 0 {
			w := g.source(s)
			used[w] = append(used[w], s)
		}
	}
	var paths []Path[K]
	for _, first := range used[u] {
		p := Path[K]{From: from}
		at := map[int32]int{u: 0} // node -> edges before it
		for s := first; ; {
			p.Edges = append(p.Edges, g.edge(g.source(s), s))
			w := g.out.adj[s]
			if w == v {
				break
			}
			if n, seen := at[w]; seen { // the walk closed a circle: drop it
				for _, e := range p.Edges[n+1:] {
					delete(at, g.find(e.From))
				}
				p.Edges = p.Edges[:n]
			}
			at[w] = len(p.Edges)
			s = used[w][0]
			used[w] = used[w][1:]
		}
		p.Length = float64(len(p.Edges))
		paths = append(paths, p)
	}
	return paths
}

// flow is a network on the nodes that lie between source and sink. Arc 2i+1 is arc 2i turned
// round.
type flow struct {
	nodes  []int32 // of the graph, ascending
	arcs   []arc
	slots  []int32 // by arc pair: slot of the edge, -1 for the arc inside a split node
	head   []int32 // by node of the network: 1 + last arc out of it; 0 for none
	level  []int32 // after saturate: >= 0 where the source still reaches
	source int32
	sink   int32
}

type arc struct {
	to, next int32
	room     float64
}

// newFlow builds the network. Split nodes become two, 2i for arcs in and 2i+1 for arcs out,
// with room for one unit between, and edges have room without limit, except those that join
// source and sink.
func newFlow[K comparable](g *Graph[K], source, sink int32, by []float64, split bool) *flow {
	ahead, behind := newBits(g.n()), newBits(g.n())
	ahead.set(source)
	g.out.spreadAny(ahead, []int32{source}, -1)
	behind.set(sink)
	g.in.spreadAny(behind, []int32{sink}, -1)
	f := &flow{}
	place := make([]int32, g.n())
	for v := range g.n() {
		place[v] = -1
		if ahead.has(v) && behind.has(v) {
			place[v] = int32(len(f.nodes))
			f.nodes = append(f.nodes, v)
		}
	}
	if place[source] < 0 {
		return f // no path: no nodes, no arcs
	}
	width := int32(1)
	if split {
		width = 2
	}
	f.head = make([]int32, width*int32(len(f.nodes)))
	f.level = make([]int32, len(f.head))
	f.source, f.sink = width*place[source], width*place[sink]
	if split {
		f.source++
		for i := range f.nodes {
			f.join(int32(2*i), int32(2*i+1), 1, -1)
		}
	}
	for _, u := range f.nodes {
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			v := g.out.adj[s]
			if place[v] < 0 || v == u {
				continue
			}
			room := valueAt(by, s)
			if split && (u != source || v != sink) {
				room = math.Inf(1)
			}
			f.join(width*place[u]+width-1, width*place[v], room, s)
		}
	}
	// Arcs are tried last added first; turn the lists so that they follow the rows.
	for v, h := range f.head {
		turned := int32(0)
		for h != 0 {
			h, f.arcs[h-1].next, turned = f.arcs[h-1].next, turned, h
		}
		f.head[v] = turned
	}
	return f
}

func (f *flow) join(u, v int32, room float64, slot int32) {
	n := int32(len(f.arcs))
	f.arcs = append(f.arcs, arc{v, f.head[u], room}, arc{u, f.head[v], 0})
	f.head[u], f.head[v] = n+1, n+2
	f.slots = append(f.slots, slot)
}

// saturate pushes as much as can flow. Afterwards level tells the nodes that the source reaches
// through arcs with room.
func (f *flow) saturate() {
	if len(f.nodes) == 0 {
		return
	}
	next := make([]int32, len(f.head))
	queue := make([]int32, 0, len(f.head))
	var path []int32
	for f.layer(&queue) {
		copy(next, f.head)
		path = path[:0]
		v := f.source
		for {
			if v == f.sink {
				room := math.Inf(1)
				for _, a := range path {
					room = min(room, f.arcs[a].room)
				}
				short := len(path)
				for i := len(path) - 1; i >= 0; i-- {
					a := path[i]
					f.arcs[a].room -= room
					f.arcs[a^1].room += room
					if f.arcs[a].room <= 0 {
						short = i
					}
				}
				v = f.arcs[path[short]^1].to
				path = path[:short]
				continue
			}
			if h := next[v]; h != 0 {
				a := &f.arcs[h-1]
				if a.room > 0 && f.level[a.to] == f.level[v]+1 {
					path = append(path, h-1)
					v = a.to
				} else {
					next[v] = a.next
				}
				continue
			}
			if len(path) == 0 {
				break
			}
			f.level[v] = -2 // nothing gets through here any more
			v = f.arcs[path[len(path)-1]^1].to
			path = path[:len(path)-1]
		}
	}
}

// layer numbers the nodes by distance from the source through arcs with room, and reports
// whether the sink is reached.
func (f *flow) layer(queue *[]int32) bool {
	for v := range f.level {
		f.level[v] = -1
	}
	q := append((*queue)[:0], f.source)
	f.level[f.source] = 0
	for h := 0; h < len(q); h++ {
		for i := f.head[q[h]]; i != 0; i = f.arcs[i-1].next {
			a := &f.arcs[i-1]
			if a.room > 0 && f.level[a.to] == -1 {
				f.level[a.to] = f.level[q[h]] + 1
				q = append(q, a.to)
			}
		}
	}
	*queue = q
	return f.level[f.sink] >= 0
}
