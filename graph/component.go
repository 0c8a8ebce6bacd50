package graph

// Components returns the strong components: two nodes are in one part when each can be reached
// from the other. Parts come in a topological order of the condensation: no edge leads to an
// earlier part. In an acyclic graph every node is a part of its own, in the order of
// [Graph.Order]. O(nodes + edges); Pearce, IPL 116, 2016 (a variant of Tarjan, SIAM J. Comput.
// 1(2), 1972), iteratively.
func (g *Graph[K]) Components() Partition[K] {
	if g.empty() {
		return Partition[K]{}
	}
	comp, count := strong(g)
	return partition(g, comp, count)
}

// strong numbers the strong components in topological order.
func strong[K comparable](g *Graph[K]) (comp []int32, count int32) {
	n := g.n()
	comp = make([]int32, n)
	switch g.dir {
	case ascending:
		for v := range n {
			comp[v] = v
		}
		return comp, n
	case descending:
		for v := range n {
			comp[v] = n - 1 - v
		}
		return comp, n
	}
	return pearce(&g.out)
}

// pearce finds strong components with one word a node beside the stacks. low[v] is 0 while v is
// unseen, then the least visiting number known to be reachable while v is open, then ^component.
func pearce(c *csr) (low []int32, count int32) {
	n := int32(len(c.off) - 1)
	low = make([]int32, n)
	type frame struct{ node, slot, number int32 }
	var open []int32 // nodes seen whose component is not complete
	stack := make([]frame, 0, 64)
	number := int32(0)
	for root := range n {
		if low[root] != 0 {
			continue
		}
		number++
		low[root] = number
		stack = append(stack, frame{root, c.off[root], number})
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			u, s, end, least := top.node, top.slot, c.off[top.node+1], low[top.node]
			descend := false
			for ; s < end; s++ {
				v := c.adj[s]
				l := low[v]
				if l == 0 {
					number++
					low[v] = number
					top.slot = s // looked at again on return, for the number found below
					low[u] = least
					stack = append(stack, frame{v, c.off[v], number})
					descend = true
					break
				}
				if l > 0 {
					least = min(least, l)
				}
			}
			if descend {
				continue
			}
			low[u] = least
			if least == top.number {
				for len(open) > 0 && low[open[len(open)-1]] >= least {
					low[open[len(open)-1]] = ^count
					open = open[:len(open)-1]
				}
				low[u] = ^count
				count++
			} else {
				open = append(open, u)
			}
			stack = stack[:len(stack)-1]
		}
	}
	for v, l := range low {
		low[v] = count - 1 - ^l
	}
	return low, count
}

// WeakComponents returns the parts that hold together when the direction of edges is left
// aside. Parts come by their first-inserted node. Nearly O(nodes + edges): a disjoint-set forest
// with path halving.
func (g *Graph[K]) WeakComponents() Partition[K] {
	if g.empty() {
		return Partition[K]{}
	}
	n := g.n()
	up := make([]int32, n)
	for v := range n {
		up[v] = v
	}
	top := func(v int32) int32 {
		for up[v] != v {
			up[v] = up[up[v]]
			v = up[v]
		}
		return v
	}
	for u := range n {
		for _, v := range g.out.row(u) {
			if a, b := top(u), top(v); a < b {
				up[b] = a
			} else {
				up[a] = b
			}
		}
	}
	part := make([]int32, n)
	for v := range n {
		part[v] = -1
	}
	count := int32(0)
	for i := range n {
		v := g.ix.at(i)
		r := top(v)
		if part[r] < 0 {
			part[r] = count
			count++
		}
	}
	for v := range n {
		part[v] = part[top(v)]
	}
	return partition(g, part, count)
}

// Condense returns the strong components and the graph between them: its nodes are the numbers
// of the parts, inserted in order, and an edge joins two parts when one in g does. Its label
// is empty and its weight the number of edges of g it stands for; edges within a part are left
// out. Edges of one part come in the order in which its nodes' edges first lead to the other.
// The result is acyclic, and its order is 0, 1, 2, …. O(nodes + edges).
func (g *Graph[K]) Condense() (Partition[K], *Graph[int]) {
	parts := g.Components()
	var b Builder[int]
	for i := range parts.Len() {
		b.Node(i)
	}
	if g.empty() {
		return parts, b.Freeze()
	}
	// Nodes of one part, by id, one after the other.
	ids := make([]int32, g.n())
	at := make([]int32, parts.Len())
	copy(at, parts.start)
	for v, p := range parts.part {
		ids[at[p]] = int32(v)
		at[p]++
	}
	seen := make([]int32, parts.Len()) // 1 + index in row of the edge to that part
	var row []Edge[int]
	for i := range parts.Len() {
		row = row[:0]
		for _, u := range ids[parts.start[i]:parts.start[i+1]] {
			for _, v := range g.out.row(u) {
				p := parts.part[v]
				if p == int32(i) {
					continue
				}
				if seen[p] == 0 {
					row = append(row, Edge[int]{From: i, To: int(p)})
					seen[p] = int32(len(row))
				}
				row[seen[p]-1].Weight++
			}
		}
		for _, e := range row {
			seen[e.To] = 0
			b.Add(e)
		}
	}
	return parts, b.Freeze()
}
