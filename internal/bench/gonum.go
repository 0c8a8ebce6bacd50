package main

import (
	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/flow"
	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
	"gonum.org/v1/gonum/graph/traverse"
)

func gonumBuild(w workload) *simple.DirectedGraph {
	g := simple.NewDirectedGraph()
	for _, e := range w.edges {
		g.SetEdge(simple.Edge{F: simple.Node(e[0]), T: simple.Node(e[1])})
	}
	return g
}

func gonumSizes(g *simple.DirectedGraph) uint64 { return sizesHash(g.Nodes().Len(), g.Edges().Len()) }

// gonumReach returns what root reaches, itself left out.
func gonumReach(g graph.Directed, root int) []int {
	var keys []int
	walk := traverse.BreadthFirst{Visit: func(n graph.Node) { keys = append(keys, int(n.ID())) }}
	walk.Walk(g, simple.Node(root), nil)
	return keys[1:]
}

// gonumSlack is what a user writes over the sort: early and late starts.
func gonumSlack(g graph.Directed, takes []int) (early, late []int, err error) {
	order, err := topo.Sort(g)
	if err != nil {
		return nil, nil, err
	}
	early, late = make([]int, len(takes)), make([]int, len(takes))
	length := 0
	for _, u := range order {
		end := early[u.ID()] + takes[u.ID()]
		length = max(length, end)
		for to := g.From(u.ID()); to.Next(); {
			v := to.Node().ID()
			early[v] = max(early[v], end)
		}
	}
	for i := len(order) - 1; i >= 0; i-- {
		u := order[i].ID()
		end := length
		for to := g.From(u); to.Next(); {
			end = min(end, late[to.Node().ID()])
		}
		late[u] = end - takes[u]
	}
	return early, late, nil
}

// gonumCut reports whether v reaches u, so that u->v would close a circle.
func gonumCloses(g graph.Directed, u, v int) bool {
	walk := traverse.DepthFirst{}
	return walk.Walk(g, simple.Node(v), func(n graph.Node) bool { return n.ID() == int64(u) }) != nil
}

// runGonum measures gonum.org/v1/gonum/graph.
func runGonum(c *child, ops map[string]bool) {
	if ops["components"] {
		w := layered(c.size.nodes, c.size.edges, true)
		g := gonumBuild(w)
		timed(c, "components", func() [][]graph.Node { return topo.TarjanSCC(g) }, func(parts [][]graph.Node) uint64 {
			part := make([]int, w.nodes)
			for i, members := range parts {
				for _, n := range members {
					part[n.ID()] = i
				}
			}
			return partsHash(part)
		})
	}
	w := layered(c.size.nodes, c.size.edges, false)
	if ops["build-string"] {
		named := w.named()
		timed(c, "build-string", func() *simple.DirectedGraph {
			g := simple.NewDirectedGraph()
			ids := map[string]int64{}
			id := func(s string) simple.Node {
				k, ok := ids[s]
				if !ok {
					k = int64(len(ids))
					ids[s] = k
				}
				return simple.Node(k)
			}
			for _, e := range named {
				g.SetEdge(simple.Edge{F: id(e[0]), T: id(e[1])})
			}
			return g
		}, gonumSizes)
	}
	if ops["build"] {
		timed(c, "build", func() *simple.DirectedGraph { return gonumBuild(w) }, gonumSizes)
	}
	g, bytes := held(func() *simple.DirectedGraph { return gonumBuild(w) })
	c.emit(sample{Op: "memory", Bytes: bytes})
	if ops["order"] {
		timed(c, "order", func() []graph.Node { return check(topo.Sort(g)) }, func(order []graph.Node) uint64 {
			return validOrder(w, func(yield func(int, int)) {
				for i, n := range order {
					yield(i, int(n.ID()))
				}
			})
		})
	}
	if ops["reach"] {
		timed(c, "reach", func() []int { return gonumReach(g, w.root) }, func(keys []int) uint64 {
			return keysHash(len(keys), func(yield func(int)) {
				for _, k := range keys {
					yield(k)
				}
			})
		})
	}
	if ops["slack"] {
		timed(c, "slack", func() [2][]int {
			early, late, err := gonumSlack(g, w.takes)
			check(0, err)
			return [2][]int{early, late}
		}, func(t [2][]int) uint64 {
			sum := uint64(0)
			for k := range w.nodes {
				sum += timesHash(k, t[0][k], t[1][k])
			}
			return sum
		})
	}
	if ops["dominators"] {
		timed(c, "dominators", func() flow.DominatorTree { return flow.DominatorsSLT(simple.Node(w.root), g) }, func(t flow.DominatorTree) uint64 {
			sum := uint64(0)
			for k := range w.nodes {
				d := -1
				if n := t.DominatorOf(int64(k)); n != nil {
					d = int(n.ID())
				}
				sum += pairHash(uint64(k), uint64(d))
			}
			return sum
		})
	}
	if ops["betweenness"] {
		timed(c, "betweenness", func() map[int64]float64 { return network.Betweenness(g) }, func(b map[int64]float64) uint64 {
			sum := uint64(0)
			for k := range w.nodes {
				sum += betweennessHash(k, b[int64(k)])
			}
			return sum
		})
	}
	if ops["insert"] {
		c.inserts(w, func() func(u, v int) bool {
			g := gonumBuild(w)
			return func(u, v int) bool {
				if gonumCloses(g, u, v) {
					return false
				}
				g.SetEdge(simple.Edge{F: simple.Node(u), T: simple.Node(v)})
				return true
			}
		})
	}
}
