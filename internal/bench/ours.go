package main

import (
	"context"
	"fmt"
	"os"
	"runtime"

	"github.com/missionled/missionled/graph"
)

func check[T any](x T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return x
}

func ourEdges(w workload) []graph.Edge[int] {
	edges := make([]graph.Edge[int], len(w.edges))
	for i, e := range w.edges {
		edges[i] = graph.Edge[int]{From: e[0], To: e[1], Weight: 1}
	}
	return edges
}

func sizesHash(nodes, edges int) uint64 { return pairHash(uint64(nodes), uint64(edges)) }

// runOurs measures this module's package.
func runOurs(c *child, ops map[string]bool) {
	ctx := context.Background()
	if ops["components"] {
		w := layered(c.size.nodes, c.size.edges, true)
		g := check(graph.FromEdges(ourEdges(w)))
		timed(c, "components", g.Components, func(p graph.Partition[int]) uint64 {
			part := make([]int, w.nodes)
			for k := range part {
				part[k], _ = p.Of(k)
			}
			return partsHash(part)
		})
	}
	w := layered(c.size.nodes, c.size.edges, false)
	if ops["build-string"] {
		named := w.named()
		edges := make([]graph.Edge[string], len(named))
		for i, e := range named {
			edges[i] = graph.Edge[string]{From: e[0], To: e[1], Weight: 1}
		}
		named = nil
		timed(c, "build-string", func() *graph.Graph[string] { return check(graph.FromEdges(edges)) },
			func(g *graph.Graph[string]) uint64 { return sizesHash(g.Len(), g.NumEdges()) })
		g, bytes := held(func() *graph.Graph[string] { return check(graph.FromEdges(edges)) })
		c.emit(sample{Op: "memory-string", Bytes: bytes})
		runtime.KeepAlive(edges)
		runtime.KeepAlive(g)
	}
	edges := ourEdges(w)
	if ops["build"] {
		timed(c, "build", func() *graph.Graph[int] { return check(graph.FromEdges(edges)) },
			func(g *graph.Graph[int]) uint64 { return sizesHash(g.Len(), g.NumEdges()) })
	}
	g, bytes := held(func() *graph.Graph[int] { return check(graph.FromEdges(edges)) })
	runtime.KeepAlive(edges)
	c.emit(sample{Op: "memory", Bytes: bytes})
	if ops["order"] {
		timed(c, "order", func() []int { return check(g.Order()) }, func(order []int) uint64 {
			return validOrder(w, func(yield func(int, int)) {
				for i, k := range order {
					yield(i, k)
				}
			})
		})
	}
	if ops["reach"] {
		timed(c, "reach", func() []int { return g.Descendants(w.root) }, func(keys []int) uint64 {
			return keysHash(len(keys), func(yield func(int)) {
				for _, k := range keys {
					yield(k)
				}
			})
		})
	}
	if ops["slack"] {
		takes := graph.Tabulate(g, func(k int) float64 { return float64(w.takes[k]) })
		timed(c, "slack", func() *graph.Timing[int] { return check(g.LongestPaths(takes, nil)) }, func(t *graph.Timing[int]) uint64 {
			sum := uint64(0)
			for k := range w.nodes {
				sum += timesHash(k, int(t.Early(k)), int(t.Late(k)))
			}
			return sum
		})
	}
	if ops["dominators"] {
		timed(c, "dominators", func() *graph.DominatorTree[int] { return g.Dominators() }, func(t *graph.DominatorTree[int]) uint64 {
			sum := uint64(0)
			for k := range w.nodes {
				d, ok := t.Immediate(k)
				if !ok {
					d = -1
				}
				sum += pairHash(uint64(k), uint64(d))
			}
			return sum
		})
	}
	if ops["reduce"] {
		timed(c, "reduce", func() *graph.Graph[int] { return check(g.Reduce(ctx)) }, func(r *graph.Graph[int]) uint64 {
			sum := uint64(0)
			for e := range r.Edges() {
				sum += pairHash(uint64(e.From), uint64(e.To))
			}
			return sum
		})
	}
	if ops["insert"] {
		c.inserts(w, func() func(u, v int) bool {
			live := check(graph.NewLive(g))
			return func(u, v int) bool { return live.Insert(graph.Edge[int]{From: u, To: v}) == nil }
		})
	}
	if ops["betweenness"] {
		betweenness := func() graph.Column[int, float64] { return check(g.Betweenness(ctx, graph.BetweennessOptions{})) }
		digest := func(b graph.Column[int, float64]) uint64 {
			sum := uint64(0)
			for k, x := range b.All() {
				sum += betweennessHash(k, x)
			}
			return sum
		}
		timed(c, "betweenness", betweenness, digest)
		procs := runtime.GOMAXPROCS(1)
		timed(c, "betweenness-1", betweenness, digest)
		runtime.GOMAXPROCS(procs)
	}
}
