package main

import (
	"strconv"

	braun "github.com/dominikbraun/graph"
	"github.com/heimdalr/dag"
)

func braunBuild(w workload, traits ...func(*braun.Traits)) braun.Graph[int, int] {
	g := braun.New(braun.IntHash, append(traits, braun.Directed())...)
	for k := range w.nodes {
		check(0, g.AddVertex(k))
	}
	for _, e := range w.edges {
		check(0, g.AddEdge(e[0], e[1]))
	}
	return g
}

// runBraun measures github.com/dominikbraun/graph.
func runBraun(c *child, ops map[string]bool) {
	if ops["components"] {
		w := layered(c.size.nodes, c.size.edges, true)
		g := braunBuild(w)
		timed(c, "components", func() [][]int { return check(braun.StronglyConnectedComponents(g)) }, func(parts [][]int) uint64 {
			part := make([]int, w.nodes)
			for i, members := range parts {
				for _, k := range members {
					part[k] = i
				}
			}
			return partsHash(part)
		})
	}
	w := layered(c.size.nodes, c.size.edges, false)
	if ops["build-string"] {
		named := w.named()
		timed(c, "build-string", func() braun.Graph[string, string] {
			g := braun.New(braun.StringHash, braun.Directed())
			for _, e := range named {
				_ = g.AddVertex(e[0]) // known vertices are refused
				_ = g.AddVertex(e[1])
				check(0, g.AddEdge(e[0], e[1]))
			}
			return g
		}, func(g braun.Graph[string, string]) uint64 { return sizesHash(check(g.Order()), check(g.Size())) })
	}
	if ops["build"] {
		timed(c, "build", func() braun.Graph[int, int] { return braunBuild(w) },
			func(g braun.Graph[int, int]) uint64 { return sizesHash(check(g.Order()), check(g.Size())) })
	}
	g, bytes := held(func() braun.Graph[int, int] { return braunBuild(w) })
	c.emit(sample{Op: "memory", Bytes: bytes})
	if ops["reach"] {
		timed(c, "reach", func() []int {
			var keys []int
			check(0, braun.BFS(g, w.root, func(k int) bool { keys = append(keys, k); return false }))
			return keys[1:]
		}, func(keys []int) uint64 {
			return keysHash(len(keys), func(yield func(int)) {
				for _, k := range keys {
					yield(k)
				}
			})
		})
	}
	if ops["order"] {
		timed(c, "order", func() []int { return check(braun.TopologicalSort(g)) }, func(order []int) uint64 {
			return validOrder(w, func(yield func(int, int)) {
				for i, k := range order {
					yield(i, k)
				}
			})
		})
	}
	if ops["reduce"] {
		timed(c, "reduce", func() braun.Graph[int, int] { return check(braun.TransitiveReduction(g)) }, func(r braun.Graph[int, int]) uint64 {
			sum := uint64(0)
			for _, e := range check(r.Edges()) {
				sum += pairHash(uint64(e.Source), uint64(e.Target))
			}
			return sum
		})
	}
	if ops["insert"] {
		c.inserts(w, func() func(u, v int) bool {
			g := braunBuild(w, braun.PreventCycles())
			return func(u, v int) bool {
				err := g.AddEdge(u, v)
				return err == nil || err == braun.ErrEdgeAlreadyExists
			}
		})
	}
}

func heimdalBuild(w workload) *dag.DAG {
	d := dag.NewDAG()
	for k := range w.nodes {
		check(0, d.AddVertexByID(strconv.Itoa(k), k))
	}
	for _, e := range w.edges {
		check(0, d.AddEdge(strconv.Itoa(e[0]), strconv.Itoa(e[1])))
	}
	return d
}

type visit func(id string)

func (v visit) Visit(x dag.Vertexer) { id, _ := x.Vertex(); v(id) }

// runHeimdal measures github.com/heimdalr/dag.
func runHeimdal(c *child, ops map[string]bool) {
	w := layered(c.size.nodes, c.size.edges, false)
	number := func(id string) int { return check(strconv.Atoi(id)) }
	c.runs = 1
	if ops["build"] {
		timed(c, "build", func() *dag.DAG { return heimdalBuild(w) }, func(d *dag.DAG) uint64 { return sizesHash(d.GetOrder(), d.GetSize()) })
	}
	d := heimdalBuild(w)
	if ops["order"] {
		timed(c, "order", func() []string {
			var order []string
			d.OrderedWalk(visit(func(id string) { order = append(order, id) }))
			return order
		}, func(order []string) uint64 {
			return validOrder(w, func(yield func(int, int)) {
				for i, id := range order {
					yield(i, number(id))
				}
			})
		})
	}
	if ops["reach"] {
		timed(c, "reach", func() map[string]any {
			d.FlushCaches()
			return check(d.GetDescendants(strconv.Itoa(w.root)))
		}, func(found map[string]any) uint64 {
			return keysHash(len(found), func(yield func(int)) {
				for id := range found {
					yield(number(id))
				}
			})
		})
	}
	if ops["insert"] {
		c.inserts(w, func() func(u, v int) bool {
			d := heimdalBuild(w)
			return func(u, v int) bool {
				err := d.AddEdge(strconv.Itoa(u), strconv.Itoa(v))
				_, known := err.(dag.EdgeDuplicateError)
				return err == nil || known
			}
		})
	}
	if ops["reduce"] {
		timed(c, "reduce", func() *dag.DAG { d.ReduceTransitively(); return d }, func(d *dag.DAG) uint64 {
			sum := uint64(0)
			for id := range d.GetVertices() {
				for child := range check(d.GetChildren(id)) {
					sum += pairHash(uint64(number(id)), uint64(number(child)))
				}
			}
			return sum
		})
	}
}
