package graph

// CutNodes returns the articulation points: the nodes without which a weak component falls
// apart, edges read both ways. In insertion order. O(nodes + edges); Hopcroft, Tarjan, CACM
// 16(6), 1973, iteratively.
func (g *Graph[K]) CutNodes() []K {
	if g.empty() {
		return nil
	}
	cut, _ := g.weakPoints()
	var nodes []K
	for i := range g.n() {
		if v := g.ix.at(i); cut.has(v) {
			nodes = append(nodes, g.ix.keys[v])
		}
	}
	return nodes
}

// Bridges returns the edges without which a weak component falls apart, edges read both ways:
// by source in insertion order, then as in [Graph.Out]. Of parallel or opposite edges none is a
// bridge. O(nodes + edges).
func (g *Graph[K]) Bridges() []Edge[K] {
	if g.empty() {
		return nil
	}
	_, bridge := g.weakPoints()
	var edges []Edge[K]
	for i := range g.n() {
		u := g.ix.at(i)
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			if bridge.has(s) {
				edges = append(edges, g.edge(u, s))
			}
		}
	}
	return edges
}

// weakPoints searches depth first with edges read both ways, and marks the nodes that are
// articulation points and the outgoing slots that are bridges.
func (g *Graph[K]) weakPoints() (cut, bridge bitset) {
	n := g.n()
	cut, bridge = newBits(n), newBits(int32(len(g.out.adj)))
	number, low := make([]int32, n), make([]int32, n)
	type frame struct {
		node   int32
		parent int32
		slot   int32 // next in the row out, then in the row in
		back   int32 // edges to the parent met so far
		inward bool
	}
	var stack []frame
	count := int32(0)
	open := func(v, parent int32) {
		count++
		number[v], low[v] = count, count
		stack = append(stack, frame{node: v, parent: parent, slot: g.out.off[v]})
	}
	for root := range n {
		if number[root] != 0 {
			continue
		}
		children := 0
		open(root, -1)
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			rows := &g.out
			if f.inward {
				rows = &g.in
			}
			if f.slot == rows.off[f.node+1] {
				if !f.inward {
					f.inward, f.slot = true, g.in.off[f.node]
					continue
				}
				v, parent, back := f.node, f.parent, f.back
				stack = stack[:len(stack)-1]
				if parent < 0 {
					continue
				}
				if back > 1 {
					low[v] = min(low[v], number[parent])
				}
				low[parent] = min(low[parent], low[v])
				if low[v] > number[parent] {
					g.markBetween(bridge, v, parent)
				}
				if parent == root {
					children++
				} else if low[v] >= number[parent] {
					cut.set(parent)
				}
				continue
			}
			w := rows.adj[f.slot]
			f.slot++
			switch {
			case w == f.parent:
				f.back++
			case number[w] == 0:
				open(w, f.node)
			default:
				low[f.node] = min(low[f.node], number[w])
			}
		}
		if children > 1 {
			cut.set(root)
		}
	}
	return cut, bridge
}

// markBetween marks the one edge between two nodes, whichever way it leads.
func (g *Graph[K]) markBetween(mark bitset, u, v int32) {
	for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
		if g.out.adj[s] == v {
			mark.set(s)
		}
	}
	for s := g.out.off[v]; s < g.out.off[v+1]; s++ {
		if g.out.adj[s] == u {
			mark.set(s)
		}
	}
}
