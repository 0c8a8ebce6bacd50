package graph

import (
	"iter"
	"slices"
)

// Cycles yields every circle that passes no node twice, each once, as a walk that starts at its
// first-inserted node; circles that differ only in which of two parallel edges they take are
// different ones. They come by their first node in insertion order, then in the order of the
// edges of [Graph.Out] along the walk. There may be exponentially many: the caller should stop
// after enough of them. The slices are fresh.
//
// Johnson, SIAM J. Comput. 4(1), 1975, iteratively: O(nodes + edges) between one circle and the
// next.
func (g *Graph[K]) Cycles() iter.Seq[[]Edge[K]] {
	return func(yield func([]Edge[K]) bool) {
		if g.empty() || g.dir != cyclic {
			return
		}
		j := newJohnson(g)
		for root := range g.n() { // ids of a cyclic graph are in insertion order
			if j.label[root] >= 0 && !j.from(root, yield) {
				return
			}
		}
	}
}

// johnson holds the state of the enumeration. Nodes that may still lie on a circle carry the
// label of their strong component in the graph without the roots done so far; others have -1.
type johnson[K comparable] struct {
	g       *Graph[K]
	label   []int32
	labels  int32
	blocked bitset
	waiting [][]int32 // nodes to free when this one is freed
	path    []int32   // slots
	stack   []johnsonFrame
	free    []int32
	local   []int32 // scratch: id -> place among the members of one component
}

type johnsonFrame struct {
	node, slot int32
	found      bool // a circle was closed from here or below
}

func newJohnson[K comparable](g *Graph[K]) *johnson[K] {
	n := g.n()
	j := &johnson[K]{
		g: g, label: make([]int32, n), blocked: newBits(n), waiting: make([][]int32, n),
		local: make([]int32, n),
	}
	all := make([]int32, n)
	for v := range n {
		all[v] = v
	}
	j.relabel(all)
	return j
}

// relabel finds the strong components of the graph of the members, which share a label.
func (j *johnson[K]) relabel(members []int32) {
	if len(members) == 0 {
		return
	}
	g, old := j.g, j.label[members[0]]
	for i, v := range members {
		j.local[v] = int32(i)
	}
	sub := csr{off: make([]int32, 1, len(members)+1)}
	for _, v := range members {
		for _, w := range g.out.row(v) {
			if j.label[w] == old {
				sub.adj = append(sub.adj, j.local[w])
			}
		}
		sub.off = append(sub.off, int32(len(sub.adj)))
	}
	comp, count := pearce(&sub)
	circles := make([]int32, count) // by component: its nodes and those with loops
	for i := range members {
		circles[comp[i]]++
		if slices.Contains(sub.row(int32(i)), int32(i)) {
			circles[comp[i]]++
		}
	}
	for i, v := range members {
		if circles[comp[i]] > 1 {
			j.label[v] = j.labels + comp[i]
		} else {
			j.label[v] = -1
		}
	}
	j.labels += count
}

// component returns the nodes that share the label of root, itself first.
func (j *johnson[K]) component(root int32) []int32 {
	label := j.label[root]
	j.blocked.set(root)
	members := []int32{root}
	for h := 0; h < len(members); h++ {
		for _, v := range j.g.out.row(members[h]) {
			if j.label[v] == label && !j.blocked.has(v) {
				j.blocked.set(v)
				members = append(members, v)
			}
		}
	}
	return members
}

// from yields the circles whose first node is root, of which there is at least one, and takes
// root out of the graph.
func (j *johnson[K]) from(root int32, yield func([]Edge[K]) bool) bool {
	g, label := j.g, j.label[root]
	members := j.component(root)
	for _, v := range members {
		j.blocked.clear(v)
		j.waiting[v] = j.waiting[v][:0]
	}
	j.stack = append(j.stack[:0], johnsonFrame{root, g.out.off[root], false})
	j.path = j.path[:0]
	j.blocked.set(root)
	for len(j.stack) > 0 {
		top := &j.stack[len(j.stack)-1]
		if s := top.slot; s < g.out.off[top.node+1] {
			top.slot++
			v := g.out.adj[s]
			switch {
			case v == root:
				top.found = true
				walk := make([]Edge[K], 0, len(j.path)+1)
				for i, p := range append(j.path, s) {
					walk = append(walk, g.edge(j.stack[i].node, p))
				}
				if !yield(walk) {
					return false
				}
			case j.label[v] == label && !j.blocked.has(v):
				j.blocked.set(v)
				j.path = append(j.path, s)
				j.stack = append(j.stack, johnsonFrame{v, g.out.off[v], false})
			}
			continue
		}
		done := *top
		j.stack = j.stack[:len(j.stack)-1]
		if done.found {
			j.unblock(done.node)
		} else {
			for _, v := range g.out.row(done.node) {
				if j.label[v] == label {
					j.wait(v, done.node)
				}
			}
		}
		if len(j.stack) > 0 {
			j.path = j.path[:len(j.path)-1]
			up := &j.stack[len(j.stack)-1]
			up.found = up.found || done.found
		}
	}
	j.label[root] = -1
	j.relabel(members[1:])
	return true
}

func (j *johnson[K]) wait(on, node int32) {
	if slices.Contains(j.waiting[on], node) {
		return
	}
	j.waiting[on] = append(j.waiting[on], node)
}

func (j *johnson[K]) unblock(v int32) {
	j.free = append(j.free[:0], v)
	for len(j.free) > 0 {
		u := j.free[len(j.free)-1]
		j.free = j.free[:len(j.free)-1]
		if !j.blocked.has(u) {
			continue
		}
		j.blocked.clear(u)
		j.free = append(j.free, j.waiting[u]...)
		j.waiting[u] = j.waiting[u][:0]
	}
}
