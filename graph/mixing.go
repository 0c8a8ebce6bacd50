package graph

import "math"

// A Mixing counts the edges within and between groups of nodes. Every edge counts, parallel
// ones and self-loops too, and each counts once: where ties go both ways, give one edge for
// each tie. Immutable, safe for concurrent readers; the zero Mixing has no groups.
type Mixing[G comparable] struct {
	groups []G
	ids    map[G]int
	count  []int // from group · groups + to group
}

// Mix counts the edges of g by the groups of their ends. O(nodes + edges + groups²).
func Mix[K, G comparable](g *Graph[K], group Column[K, G]) Mixing[G] {
	m := Mixing[G]{ids: map[G]int{}}
	if g.empty() {
		return m
	}
	names := group.on(g)
	for i := range g.n() {
		if name := names[g.ix.at(i)]; !m.has(name) {
			m.ids[name] = len(m.groups)
			m.groups = append(m.groups, name)
		}
	}
	of := groupIDs(g, group)
	m.count = make([]int, len(m.groups)*len(m.groups))
	for u := range g.n() {
		for _, v := range g.out.row(u) {
			m.count[int(of[u])*len(m.groups)+int(of[v])]++
		}
	}
	return m
}

func (m Mixing[G]) has(name G) bool {
	_, ok := m.ids[name]
	return ok
}

// Groups returns the groups, by the first node in each, in insertion order. Fresh slice.
func (m Mixing[G]) Groups() []G { return append([]G(nil), m.groups...) }

// Count returns the number of edges from one group to another, or within one.
func (m Mixing[G]) Count(from, to G) int {
	i, ok := m.ids[from]
	j, ok2 := m.ids[to]
	if !ok || !ok2 {
		return 0
	}
	return m.count[i*len(m.groups)+j]
}

// Edges returns the number of edges.
func (m Mixing[G]) Edges() int {
	sum := 0
	for _, c := range m.count {
		sum += c
	}
	return sum
}

// External returns the number of edges between different groups.
func (m Mixing[G]) External() int {
	sum := m.Edges()
	for i := range m.groups {
		sum -= m.count[i*len(m.groups)+i]
	}
	return sum
}

// EI returns the E-I index: external less internal edges, over all edges; -1 when all edges stay
// within groups, 1 when none does, NaN without edges. Krackhardt, Stern, Social Psychology
// Quarterly 51(2), 1988.
func (m Mixing[G]) EI() float64 {
	all, external := m.Edges(), m.External()
	if all == 0 {
		return math.NaN()
	}
	return float64(2*external-all) / float64(all)
}

// EIOf returns the E-I index of one group: over the edges with at least one end in it. NaN
// without such edges.
func (m Mixing[G]) EIOf(group G) float64 {
	i, ok := m.ids[group]
	if !ok {
		return math.NaN()
	}
	n := len(m.groups)
	internal, external := m.count[i*n+i], 0
	for j := range n {
		if j != i {
			external += m.count[i*n+j] + m.count[j*n+i]
		}
	}
	if internal+external == 0 {
		return math.NaN()
	}
	return float64(external-internal) / float64(external+internal)
}

// Modularity returns how much more of the edges stay within groups than would by chance, given
// how many leave and enter each group: the sum over groups of the share of edges within, less
// the share out of it times the share into it. Of two ways to divide the same nodes, the one
// with the higher modularity is the one the network follows more. NaN without edges. Leicht,
// Newman, Physical Review Letters 100, 2008.
func (m Mixing[G]) Modularity() float64 {
	all := float64(m.Edges())
	if all == 0 {
		return math.NaN()
	}
	n := len(m.groups)
	q := 0.0
	for i := range n {
		out, in := 0, 0
		for j := range n {
			out += m.count[i*n+j]
			in += m.count[j*n+i]
		}
		q += float64(m.count[i*n+i])/all - float64(out)/all*(float64(in)/all)
	}
	return q
}

// A Following says how far a cut runs along the borders between groups.
type Following struct {
	// Cut is the number of edges cut, and Crossing of how many of them the ends are in
	// different groups.
	Cut, Crossing int
	// Share is Crossing over Cut: 1 when no edge cut runs within a group; NaN for an empty cut.
	Share float64
	// Base is the same share among all edges of the graph: what a cut through edges taken at
	// random would have. NaN without edges.
	Base float64
}

// Follow says how much of a cut follows given groups: "does the network divide by department or
// by mission?" is asked by following the same cut with both. The cut is any set of edges, such
// as those of [Graph.MinCut] or [Graph.Bridges]; edges whose ends are no nodes of g are passed
// over.
func Follow[K, G comparable](g *Graph[K], cut []Edge[K], group Column[K, G]) Following {
	f := Following{Share: math.NaN(), Base: math.NaN()}
	if g.empty() {
		return f
	}
	of := groupIDs(g, group)
	for _, e := range cut {
		u, v := g.find(e.From), g.find(e.To)
		if u < 0 || v < 0 {
			continue
		}
		f.Cut++
		if of[u] != of[v] {
			f.Crossing++
		}
	}
	if f.Cut > 0 {
		f.Share = float64(f.Crossing) / float64(f.Cut)
	}
	if m := Mix(g, group); m.Edges() > 0 {
		f.Base = float64(m.External()) / float64(m.Edges())
	}
	return f
}
