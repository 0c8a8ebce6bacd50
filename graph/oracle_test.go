package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/missionled/missionled/graph"
)

// plain is a graph in the slowest and most obvious form, the oracle of many tests.
type plain struct {
	nodes []string
	edges []graph.Edge[string]
}

func (p plain) build() *graph.Graph[string] {
	var b graph.Builder[string]
	for _, k := range p.nodes {
		b.Node(k)
	}
	for _, e := range p.edges {
		b.Add(e)
	}
	return b.Freeze()
}

func (p plain) without(k string) plain {
	q := plain{}
	for _, n := range p.nodes {
		if n != k {
			q.nodes = append(q.nodes, n)
		}
	}
	for _, e := range p.edges {
		if e.From != k && e.To != k {
			q.edges = append(q.edges, e)
		}
	}
	return q
}

func (p plain) withoutEdge(i int) plain {
	return plain{p.nodes, slices.Delete(slices.Clone(p.edges), i, i+1)}
}

// reach returns all that can be reached from the given nodes, themselves included.
func (p plain) reach(from ...string) map[string]bool {
	seen := map[string]bool{}
	for _, k := range from {
		if slices.Contains(p.nodes, k) {
			seen[k] = true
		}
	}
	for changed := true; changed; {
		changed = false
		for _, e := range p.edges {
			if seen[e.From] && !seen[e.To] {
				seen[e.To] = true
				changed = true
			}
		}
	}
	return seen
}

func (p plain) acyclic() bool {
	for _, e := range p.edges {
		if p.reach(e.To)[e.From] {
			return false
		}
	}
	return true
}

func (p plain) reversed() plain {
	q := plain{nodes: p.nodes}
	for _, e := range p.edges {
		q.edges = append(q.edges, graph.Edge[string]{From: e.To, To: e.From, Label: e.Label, Weight: e.Weight})
	}
	return q
}

// random returns a graph of n nodes and m edges; forward bends edges so that there is no
// circle. The declared order of nodes has nothing to do with the direction of edges.
func random(rng *rand.Rand, n, m int, forward bool) plain {
	p := plain{}
	for i := range n {
		p.nodes = append(p.nodes, fmt.Sprintf("n%d", i))
	}
	hidden := rng.Perm(n)
	for range m {
		if n == 0 || forward && n < 2 {
			break
		}
		u, v := rng.IntN(n), rng.IntN(n)
		if forward {
			for u == v {
				v = rng.IntN(n)
			}
			if hidden[u] > hidden[v] {
				u, v = v, u
			}
		}
		p.edges = append(p.edges, graph.Edge[string]{
			From: p.nodes[u], To: p.nodes[v],
			Label: []string{"needs", "funds", ""}[rng.IntN(3)], Weight: float64(rng.IntN(9)),
		})
	}
	return p
}

// fromBytes reads a graph from fuzz input: the first byte says how many nodes, each pair of
// bytes after that is an edge.
func fromBytes(data []byte) plain {
	p := plain{}
	if len(data) == 0 {
		return p
	}
	n := int(data[0]%24) + 1
	for i := range n {
		p.nodes = append(p.nodes, fmt.Sprintf("n%d", i))
	}
	for i := 1; i+1 < len(data) && len(p.edges) < 60; i += 2 {
		u, v := int(data[i]), int(data[i+1])
		p.edges = append(p.edges, graph.Edge[string]{
			From: p.nodes[u%n], To: p.nodes[v%n],
			Label: []string{"needs", "funds", ""}[(u/n+v/n)%3], Weight: float64(u / n),
		})
	}
	return p
}

// each calls f with many small graphs, with and without circles.
func each(f func(name string, p plain)) {
	rng := rand.New(rand.NewPCG(1, 2))
	f("empty", plain{})
	f("one", plain{nodes: []string{"a"}})
	f("loop", plain{nodes: []string{"a"}, edges: []graph.Edge[string]{{From: "a", To: "a"}}})
	for i := range 400 {
		n := 1 + rng.IntN(14)
		forward := i%2 == 0
		f(fmt.Sprintf("random %d", i), random(rng, n, rng.IntN(3*n), forward))
	}
}

func keys(m map[string]bool) []string {
	list := make([]string, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	if list == nil {
		list = []string{}
	}
	return list
}

// respects reports whether order holds every node once and every edge leads forward in it.
func respects(p plain, order []string) bool {
	at := map[string]int{}
	for i, k := range order {
		at[k] = i
	}
	for _, e := range p.edges {
		if at[e.From] >= at[e.To] {
			return false
		}
	}
	return len(at) == len(p.nodes) && len(order) == len(p.nodes)
}

// closed reports whether walk is a circle of edges of p that passes no node twice.
func closed(p plain, walk []graph.Edge[string]) bool {
	seen := map[string]bool{}
	for i, e := range walk {
		if seen[e.From] || e.To != walk[(i+1)%len(walk)].From || !slices.Contains(p.edges, e) {
			return false
		}
		seen[e.From] = true
	}
	return len(walk) > 0
}
