package graph

import (
	"context"
	"math"
	"slices"
	"sync"
)

// BetweennessOptions says how [Graph.Betweenness] reports. The zero value is ready to use.
type BetweennessOptions struct {
	// Progress, if not nil, is called with the number of sources done and of all, now and then,
	// never by two goroutines at once, the last time with all done.
	Progress func(done, total int)
}

// betweennessChunks is the number of parts that the sources are divided into, whatever the
// number of processors: sums are made within each part and then over the parts in order, so
// that the result is the same to the last bit on any machine with IEEE arithmetic.
const betweennessChunks = 64

// Betweenness returns, for each node, through what share of shortest paths it stands: the sum
// over all pairs of other nodes of the share of the shortest paths from one to the other that
// pass it. Paths follow the direction of edges and count edges; parallel edges count once and
// self-loops not at all. The sums are not scaled: divide by (n-1)(n-2) for a share of pairs. A
// done ctx returns its error.
//
// Brandes, J. Math. Sociol. 25(2), 2001: O(nodes · edges), on all processors; the result is the
// same bits on any number of them. Memory: 24 bytes a node for each processor, and at most 8
// bytes a node for each of 64 parts.
func (g *Graph[K]) Betweenness(ctx context.Context, opt BetweennessOptions) (Column[K, float64], error) {
	if g.empty() {
		return Column[K, float64]{}, nil
	}
	n := g.n()
	c := simpleRows(&g.out)
	chunks := int(min(betweennessChunks, n))
	sums := make([][]float64, chunks)
	total := make([]float64, n)
	var lock sync.Mutex
	merged, done := 0, 0
	err := parallel(ctx, chunks, func() *brandes { return newBrandes(c) }, func(chunk int, b *brandes) {
		sum := make([]float64, n)
		first, end := int(n)*chunk/chunks, int(n)*(chunk+1)/chunks
		for s := first; s < end; s++ {
			if ctx.Err() != nil {
				return
			}
			b.from(int32(s), sum)
		}
		lock.Lock()
		defer lock.Unlock()
		sums[chunk] = sum
		for ; merged < chunks && sums[merged] != nil; merged++ {
			for v, x := range sums[merged] {
				total[v] += x
			}
			sums[merged] = nil
		}
		done += end - first
		if opt.Progress != nil {
			opt.Progress(done, int(n))
		}
	})
	if err != nil {
		return Column[K, float64]{}, err
	}
	return Column[K, float64]{g.ix, total}, nil
}

// simpleRows returns the rows of c without self-loops and repeated targets.
func simpleRows(c *csr) *csr {
	n := int32(len(c.off) - 1)
	last := make([]int32, n) // 1 + the last node whose row had this target
	s := &csr{off: make([]int32, n+1), adj: make([]int32, 0, len(c.adj))}
	for u := range n {
		last[u] = u + 1
		for _, v := range c.row(u) {
			if last[v] != u+1 {
				last[v] = u + 1
				s.adj = append(s.adj, v)
			}
		}
		s.off[u+1] = int32(len(s.adj))
	}
	s.adj = slices.Clip(s.adj)
	return s
}

// brandes is the scratch of one search.
type brandes struct {
	c     *csr
	node  []brandesNode
	queue []int32
}

// A brandesNode has the number of shortest paths to a node and what it passes back along them.
type brandesNode struct {
	sigma float64
	pass  uint64 // bits of (1 + dependency) / sigma, once known
	dist  int32  // 1 + distance; 0 when not reached
}

func newBrandes(c *csr) *brandes {
	n := len(c.off) - 1
	return &brandes{c: c, node: make([]brandesNode, n), queue: make([]int32, n+1)}
}

// from adds the dependencies of source to sum. Which edges lie on shortest paths cannot be
// foreseen by a processor, so the loops over edges have no branches: what does not count is
// masked to 0.
func (b *brandes) from(source int32, sum []float64) {
	node, queue, off, adj := b.node, b.queue, b.c.off, b.c.adj
	queue[0] = source
	node[source] = brandesNode{sigma: 1, dist: 1}
	tail := 1
	for head := 0; head < tail; head++ {
		u := queue[head]
		sigma, dist := math.Float64bits(node[u].sigma), node[u].dist+1
		for _, v := range adj[off[u]:off[u+1]] {
			x := &node[v]
			d := x.dist
			queue[tail] = v
			tail += int(uint32(d-1) >> 31)
			if d == 0 {
				d = dist
			}
			x.dist = d
			x.sigma += math.Float64frombits(sigma & zeroMask(d^dist))
		}
	}
	for i := tail - 1; i > 0; i-- {
		u := queue[i]
		x := &node[u]
		pass, dist := 0.0, x.dist+1
		for _, v := range adj[off[u]:off[u+1]] {
			y := &node[v]
			pass += math.Float64frombits(y.pass & zeroMask(y.dist^dist))
		}
		dependency := x.sigma * pass
		sum[u] += dependency
		x.pass = math.Float64bits((1 + dependency) / x.sigma)
	}
	for _, u := range queue[:tail] {
		node[u] = brandesNode{}
	}
}

// zeroMask returns all ones for 0 and 0 for any other x.
func zeroMask(x int32) uint64 { return ^uint64(int64(x|-x) >> 63) }
