package graph

import (
	"fmt"
	"strings"
)

// A CycleError says that a graph that had to be acyclic has a circle, and shows one.
type CycleError[K comparable] struct {
	// Edges is a closed walk: every edge ends where the next one starts, the last one where the
	// first one starts, and no node comes twice.
	Edges []Edge[K]
}

// Nodes returns the nodes of the circle, each once, in the order of the walk.
func (e *CycleError[K]) Nodes() []K {
	nodes := make([]K, len(e.Edges))
	for i := range e.Edges {
		nodes[i] = e.Edges[i].From
	}
	return nodes
}

// Error writes the circle as "a -> b (label) -> a", at most ten edges of it.
func (e *CycleError[K]) Error() string {
	var s strings.Builder
	s.WriteString("circle")
	for i, edge := range e.Edges {
		if i == 0 {
			fmt.Fprintf(&s, ": %v", edge.From)
		}
		if i == 9 && len(e.Edges) > 10 {
			fmt.Fprintf(&s, " -> ... (%d more) -> %v", len(e.Edges)-10, e.Edges[0].From)
			break
		}
		fmt.Fprintf(&s, " -> %v", edge.To)
		if edge.Label != "" {
			fmt.Fprintf(&s, " (%s)", edge.Label)
		}
	}
	return s.String()
}

// searchBudget bounds the edges looked at in search of a shortest circle, beyond one look at
// each.
const searchBudget = 1 << 25

// Cycle returns a short circle: a closed walk that passes no node twice and starts at the
// first-inserted of its nodes; nil when there is none. Of parallel edges it shows the first.
//
// It is a shortest one, and of those the one through the first-inserted node that lies on any,
// unless finding that would take more than 2^25 looks at an edge; then it is the shortest met
// so far. Breadth-first search from each node that may lie on a circle, cut off at the length
// of the best one: O(nodes + edges) when the shortest circle has one or two edges.
func (g *Graph[K]) Cycle() []Edge[K] { return g.cycle(searchBudget) }

func (g *Graph[K]) cycle(budget int) []Edge[K] {
	if g.empty() || g.dir != cyclic {
		return nil
	}
	comp, _ := strong(g)
	var best []int32 // slots
	parent := make([]int32, g.n())
	depth := make([]int32, g.n())
	for v := range depth {
		depth[v] = -1
	}
	queue := make([]int32, 0, 64)
	for root := range g.n() { // ids of a cyclic graph are in insertion order
		if len(best) == 1 || budget < 0 && best != nil {
			break
		}
		queue = append(queue[:0], root)
		depth[root] = 0
	search:
		for h := 0; h < len(queue); h++ {
			u := queue[h]
			if best != nil && int(depth[u])+1 >= len(best) {
				break
			}
			for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
				budget--
				v := g.out.adj[s]
				if v == root {
					best = best[:0]
					best = append(best, s)
					for u != root {
						best = append(best, parent[u])
						u = g.source(parent[u])
					}
					break search
				}
				if comp[v] == comp[root] && depth[v] < 0 {
					depth[v] = depth[u] + 1
					parent[v] = s
					queue = append(queue, v)
				}
			}
		}
		for _, v := range queue {
			depth[v] = -1
		}
	}
	return g.walkBack(best)
}

// walkBack turns slots, the last edge of a circle first, into the circle. Its root is the first
// of its nodes: had another come before, the search from there would have found it.
func (g *Graph[K]) walkBack(slots []int32) []Edge[K] {
	if slots == nil {
		return nil
	}
	walk := make([]Edge[K], 0, len(slots))
	for i := len(slots) - 1; i >= 0; i-- {
		walk = append(walk, g.edge(g.source(slots[i]), slots[i]))
	}
	return walk
}

// source returns the node in whose outgoing row a slot is. O(log nodes).
func (g *Graph[K]) source(slot int32) int32 {
	lo, hi := int32(0), g.n()
	for hi-lo > 1 {
		mid := lo + (hi-lo)/2
		if g.out.off[mid] <= slot {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}
