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

// assemble makes a graph of edges given by ids; attrs are in the order of from and to.
func assemble[K comparable](ix *index[K], from, to []int32, attrs attributes) *Graph[K] {
	n := len(ix.keys)
	off := make([]int32, n+2)
	forward := true
	for i, u := range from {
		off[u+2]++
		forward = forward && u < to[i]
	}
	for v := 2; v < len(off); v++ {
		off[v] += off[v-1]
	}
	adj := make([]int32, len(from))
	if attrs.varied() {
		ids := make([]int32, len(from))
		for i, u := range from {
			p := off[u+1]
			off[u+1] = p + 1
			adj[p] = to[i]
			ids[p] = int32(i)
		}
		attrs = attrs.picked(ids)
	} else {
		for i, u := range from {
			p := off[u+1]
			off[u+1] = p + 1
			adj[p] = to[i]
		}
	}
	g := &Graph[K]{ix: ix, out: csr{off: off[: n+1 : n+1], adj: adj}, attributes: attrs}
	if forward {
		g.dir = ascending
	}
	g.seal()
	return g
}

// seal finishes a graph whose out rows and attributes are in place, with slots as edge ids. If
// its direction is not known to be ascending or descending already, the nodes are put in
// topological order, when there is one, and renumbered so that the order is 0, 1, 2, …; then
// the rows of incoming edges are made.
func (g *Graph[K]) seal() {
	if g.dir == cyclic {
		if order := kahn(&g.out); order != nil {
			g.renumber(order)
			g.dir = ascending
		}
	}
	g.in = transpose(&g.out, g.varied())
}

// kahn returns the ids in topological order, or nil when there is a circle: Kahn, CACM 5(11),
// 1962, the result being the queue. Nodes without incoming edges come first, by id; then each
// node as its last predecessor is taken. The queue is taken in blocks so that the fetches of
// rows overlap, and the inner loop has no branch.
func kahn(c *csr) []int32 {
	n := len(c.off) - 1
	deg := make([]int32, n)
	for _, v := range c.adj {
		deg[v]++
	}
	order := make([]int32, n+1)
	tail := 0
	for v := range n {
		order[tail] = int32(v)
		tail += int(uint32(deg[v]-1) >> 31)
	}
	const block = 64
	var buf []int32
	for head := 0; head < tail; {
		end := min(head+block, tail)
		buf = buf[:0]
		for _, u := range order[head:end] {
			buf = append(buf, c.adj[c.off[u]:c.off[u+1]]...)
		}
		head = end
		for _, v := range buf {
			d := deg[v] - 1
			deg[v] = d
			order[tail] = v
			tail += int(uint32(d-1) >> 31)
		}
	}
	if tail < n {
		return nil
	}
	return order[:n]
}

// renumber gives the id i to the node that has the id order[i].
func (g *Graph[K]) renumber(order []int32) {
	perm := make([]int32, len(order))
	for i, v := range order {
		perm[v] = int32(i)
	}
	old := g.out
	off := make([]int32, len(old.off))
	adj := make([]int32, len(old.adj))
	var ids []int32
	if g.varied() {
		ids = make([]int32, len(old.adj))
	}
	p := int32(0)
	for i, v := range order {
		off[i] = p
		for s := old.off[v]; s < old.off[v+1]; s++ {
			adj[p] = perm[old.adj[s]]
			if ids != nil {
				ids[p] = s
			}
			p++
		}
	}
	off[len(order)] = p
	g.out = csr{off: off, adj: adj}
	if ids != nil {
		g.attributes = g.picked(ids)
	}
	g.ix = g.ix.renumbered(perm)
}

// transpose returns the rows of incoming edges: by the id of their source, then as added.
func transpose(c *csr, withIDs bool) csr {
	n := len(c.off) - 1
	off := make([]int32, n+2)
	for _, v := range c.adj {
		off[v+2]++
	}
	for v := 2; v < len(off); v++ {
		off[v] += off[v-1]
	}
	t := csr{off: off[: n+1 : n+1], adj: make([]int32, len(c.adj))}
	if withIDs {
		t.edge = make([]int32, len(c.adj))
	}
	for u := range int32(n) {
		for s := c.off[u]; s < c.off[u+1]; s++ {
			v := c.adj[s]
			p := off[v+1]
			off[v+1] = p + 1
			t.adj[p] = u
			if withIDs {
				t.edge[p] = s
			}
		}
	}
	return t
}
