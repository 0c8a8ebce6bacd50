package graph

// csr holds one direction of a graph in compressed sparse rows: the neighbours of v are
// adj[off[v]:off[v+1]]. edge gives the edge id of each slot of adj; nil means that slots are
// edge ids, or that no attribute asks for them.
type csr struct {
	off, adj, edge []int32
}

func (c *csr) row(v int32) []int32 { return c.adj[c.off[v]:c.off[v+1]] }

func (c *csr) id(slot int32) int32 {
	if c.edge == nil {
		return slot
	}
	return c.edge[slot]
}

// direction says how ids stand to the order of the graph.
type direction int8

const (
	cyclic     direction = 0  // ids are in insertion order, there is a circle
	ascending  direction = 1  // every edge leads to a higher id
	descending direction = -1 // every edge leads to a lower id
)

// assemble makes a graph of edges given by the ids of ix; attrs are in the order of from and to,
// which are left alone.
func assemble[K comparable](ix *index[K], from, to []int32, attrs attributes) *Graph[K] {
	n := len(ix.keys)
	off, deg := make([]int32, n+2), make([]int32, n)
	forward := true
	for i, u := range from {
		v := to[i]
		off[u+2]++
		deg[v]++
		forward = forward && u < v
	}
	rows, attrs := scatter(off, from, to, attrs)
	g := &Graph[K]{ix: ix, out: rows, attributes: attrs}
	if forward {
		g.dir = ascending
		g.in = fill(&g.out, counted(deg), g.varied())
		return g
	}
	g.settle(deg)
	return g
}

// scatter sorts edges by source, where off[u+2] is the number of edges from u.
func scatter(off, from, to []int32, attrs attributes) (csr, attributes) {
	for v := 2; v < len(off); v++ {
		off[v] += off[v-1]
	}
	at := off[1:]
	adj := make([]int32, len(from))
	if attrs.varied() {
		ids := make([]int32, len(from))
		for i, u := range from {
			p := at[u]
			at[u] = p + 1
			adj[p] = to[i]
			ids[p] = int32(i)
		}
		attrs = attrs.picked(ids)
	} else {
		for i, u := range from {
			p := at[u]
			at[u] = p + 1
			adj[p] = to[i]
		}
	}
	return csr{off: off[: len(off)-1 : len(off)-1], adj: adj}, attrs
}

// counted shifts degrees to where fill expects them.
func counted(deg []int32) []int32 {
	off := make([]int32, len(deg)+2)
	copy(off[2:], deg)
	return off
}

// seal finishes a graph whose out rows and attributes are in place, with slots as edge ids. If
// its direction is not known to be ascending or descending already, it is settled.
func (g *Graph[K]) seal() {
	if g.dir != cyclic {
		g.in = transpose(&g.out, g.varied())
		return
	}
	deg := make([]int32, g.n())
	for _, v := range g.out.adj {
		deg[v]++
	}
	g.settle(deg)
}

// settle puts the nodes in topological order, when there is one, and renumbers them so that
// the order is 0, 1, 2, …; and makes the rows of incoming edges. deg holds in-degrees.
func (g *Graph[K]) settle(deg []int32) {
	order, rows := kahn(&g.out, nil, deg)
	if order == nil {
		g.in = transpose(&g.out, g.varied())
		return
	}
	g.dir = ascending
	g.ix = g.ix.renumbered(order, g.renumber(order, rows))
}

// kahn returns the ids in topological order and their rows in that order, or nil when there is
// a circle: Kahn, CACM 5(11), 1962, the result being the queue. Nodes without incoming edges
// come first, in the order of seq, which holds all ids that count; nil means all by number.
// Then each node comes as its last predecessor is taken. deg holds the in-degrees, and is used
// up. The queue is taken in blocks so that the fetches of offsets and of rows overlap, and the
// inner loop has no branch.
func kahn(c *csr, seq, deg []int32) (order []int32, rows csr) {
	n := len(c.off) - 1
	if seq != nil {
		n = len(seq)
	}
	order = make([]int32, n+1)
	tail := 0
	for i := range n {
		v := int32(i)
		if seq != nil {
			v = seq[i]
		}
		order[tail] = v
		tail += int(uint32(deg[v]-1) >> 31)
	}
	rows = csr{off: make([]int32, n+1), adj: make([]int32, len(c.adj))}
	p := 0
	for head := 0; head < tail; {
		end := min(head+rowBlock, tail)
		first := p
		p = gather(c, order[head:end], rows.off[head:end], rows.adj, p)
		head = end
		for _, v := range rows.adj[first:p] {
			d := deg[v] - 1
			deg[v] = d
			order[tail] = v
			tail += int(uint32(d-1) >> 31)
		}
	}
	if tail < n {
		return nil, csr{}
	}
	rows.off[n] = int32(p)
	return order[:n], rows
}

const rowBlock = 64

// gather copies the rows of at most rowBlock ids to adj from p on, notes where they start, and
// returns where they end.
func gather(c *csr, ids, off, adj []int32, p int) int {
	var lo, hi [rowBlock]int32
	for i, u := range ids {
		lo[i&(rowBlock-1)], hi[i&(rowBlock-1)] = c.off[u], c.off[u+1]
	}
	for i := range ids {
		off[i] = int32(p)
		row := c.adj[lo[i&(rowBlock-1)]:hi[i&(rowBlock-1)]]
		if len(row) > 16 {
			p += copy(adj[p:], row)
			continue
		}
		for _, v := range row {
			adj[p] = v
			p++
		}
	}
	return p
}

// gatherAll returns the rows of ids in their order.
func gatherAll(c *csr, ids []int32) csr {
	rows := csr{off: make([]int32, len(ids)+1), adj: make([]int32, len(c.adj))}
	p := 0
	for head := 0; head < len(ids); head += rowBlock {
		end := min(head+rowBlock, len(ids))
		p = gather(c, ids[head:end], rows.off[head:end], rows.adj, p)
	}
	rows.off[len(ids)] = int32(p)
	return rows
}

// renumber gives the id i to the node that has the id order[i]; rows are the outgoing rows in
// that order, with the old ids. It makes the rows of incoming edges too, and returns for each
// old id 1 + the new one, or 0 where order does not have it.
func (g *Graph[K]) renumber(order []int32, rows csr) (perm []int32) {
	perm = make([]int32, len(g.out.off)-1)
	for i, v := range order {
		perm[v] = int32(i + 1)
	}
	if g.varied() {
		ids := make([]int32, 0, len(rows.adj))
		for _, v := range order {
			for s := g.out.off[v]; s < g.out.off[v+1]; s++ {
				ids = append(ids, s)
			}
		}
		g.attributes = g.picked(ids)
	}
	off := make([]int32, len(order)+2)
	for i, v := range rows.adj {
		w := perm[v]
		rows.adj[i] = w - 1
		off[w+1]++
	}
	g.out = rows
	g.in = fill(&g.out, off, g.varied())
	return perm
}

// transpose returns the rows of incoming edges: by the id of their source, then as added.
func transpose(c *csr, withIDs bool) csr {
	off := make([]int32, len(c.off)+1)
	for _, v := range c.adj {
		off[v+2]++
	}
	return fill(c, off, withIDs)
}

// fill makes the rows of incoming edges, where off[v+2] is the number of edges to v.
func fill(c *csr, off []int32, withIDs bool) csr {
	n := len(off) - 2
	for v := 2; v < len(off); v++ {
		off[v] += off[v-1]
	}
	t := csr{off: off[: n+1 : n+1], adj: make([]int32, len(c.adj))}
	if withIDs {
		t.edge = make([]int32, len(c.adj))
	}
	at := off[1:]
	s := int32(0)
	for u, end := range c.off[1:] {
		for ; s < end; s++ {
			v := c.adj[s]
			p := at[v]
			at[v] = p + 1
			t.adj[p] = int32(u)
			if withIDs {
				t.edge[p] = s
			}
		}
	}
	return t
}
