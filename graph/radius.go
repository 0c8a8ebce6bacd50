package graph

import (
	"context"
	"math"
)

// RadiusOptions says how [Graph.Radii] counts. The zero value is ready to use.
type RadiusOptions struct {
	// ExactUpTo is the number of nodes up to which counts are exact; 0 means 131,072. The time
	// of an exact count grows with nodes times edges: some seconds there on one processor.
	// Negative means that even the smallest graph is estimated.
	ExactUpTo int
	// Ranks is the number of random ranks of an estimate; 0 means 256, and the least is 3. Time
	// grows with it, and the error falls with its square root.
	Ranks int
	// Seed makes the random ranks. The same seed gives the same estimates.
	Seed uint64
}

// Radii holds how many other nodes each node of a graph reaches.
type Radii[K comparable] struct {
	// Counts has the number of descendants of each node, itself left out: whole numbers when
	// exact.
	Counts Column[K, float64]
	// Error is the relative standard error of each estimate: about two in three counts, itself
	// counted, are nearer to the truth than this share of it. 0 when counts are exact.
	Error float64
}

// Radii returns the number of descendants of every node: exactly up to a number of nodes, beyond
// that as an estimate that says its error. Reverse the graph first for the number of ancestors.
// A done ctx returns its error.
//
// Exact counts use blocks of 512 columns of bits on all processors, O(nodes · edges / 512);
// estimates are those of Cohen, JCSS 55(3), 1997, with exponential ranks, O(ranks · (nodes +
// edges)), with a relative standard error of 1/√(ranks-2). Strong components are taken as one.
// The same arguments give the same numbers on any number of processors.
func (g *Graph[K]) Radii(ctx context.Context, opt RadiusOptions) (Radii[K], error) {
	if g.empty() {
		return Radii[K]{}, nil
	}
	if opt.ExactUpTo == 0 {
		opt.ExactUpTo = 1 << 17
	}
	if opt.Ranks == 0 {
		opt.Ranks = 256
	}
	opt.Ranks = max(opt.Ranks, 3)
	comp, dag := g.contract()
	r := Radii[K]{Counts: Column[K, float64]{g.ix, make([]float64, g.n())}}
	if g.Len() <= opt.ExactUpTo {
		counts, err := reachCounts(ctx, dag, sortedParts(comp))
		if err != nil {
			return Radii[K]{}, err
		}
		for v, c := range comp {
			r.Counts.by[v] = float64(counts[c] - 1)
		}
		return r, nil
	}
	sizes, err := estimateReach(ctx, g, comp, dag, opt)
	if err != nil {
		return Radii[K]{}, err
	}
	for v, c := range comp {
		r.Counts.by[v] = max(sizes[c]-1, 0)
	}
	r.Error = 1 / math.Sqrt(float64(opt.Ranks-2))
	return r, nil
}

// contract returns the component of each node and the graph between components, numbered in
// topological order, whose rows may repeat a target.
func (g *Graph[K]) contract() ([]int32, *csr) {
	n := g.n()
	comp, count := strong(g)
	if g.dir == ascending {
		return comp, &g.out
	}
	dag := csr{off: make([]int32, count+2)}
	for u := range n {
		for _, v := range g.out.row(u) {
			if comp[u] != comp[v] {
				dag.off[comp[u]+2]++
			}
		}
	}
	for c := 2; c < len(dag.off); c++ {
		dag.off[c] += dag.off[c-1]
	}
	dag.adj = make([]int32, dag.off[count+1])
	for u := range n {
		for _, v := range g.out.row(u) {
			if comp[u] != comp[v] {
				at := &dag.off[comp[u]+1]
				dag.adj[*at] = comp[v]
				*at++
			}
		}
	}
	dag.off = dag.off[:count+1]
	return comp, &dag
}

// sortedParts returns the values of part in ascending order.
func sortedParts(part []int32) []int32 {
	most := int32(0)
	for _, p := range part {
		most = max(most, p)
	}
	count := make([]int32, most+1)
	for _, p := range part {
		count[p]++
	}
	sorted := make([]int32, 0, len(part))
	for p, c := range count {
		for range c {
			sorted = append(sorted, int32(p))
		}
	}
	return sorted
}

// rankBlock is the number of ranks carried through the graph at once: a cache line.
const rankBlock = 16

// estimateReach estimates the number of nodes that each component reaches, its own included,
// from the least of their ranks: k exponential ranks whose minima sum to s give (k-1)/s.
func estimateReach[K comparable](ctx context.Context, g *Graph[K], comp []int32, dag *csr, opt RadiusOptions) ([]float64, error) {
	count := int32(len(dag.off) - 1)
	rounds := (opt.Ranks + rankBlock - 1) / rankBlock
	position := g.ix.positions()
	sums := make([][]float64, rounds)
	type scratch struct{ least [][rankBlock]float32 }
	err := parallel(ctx, rounds, func() *scratch { return &scratch{make([][rankBlock]float32, count)} }, func(round int, s *scratch) {
		width := min(rankBlock, opt.Ranks-round*rankBlock)
		for c := range s.least {
			for i := range s.least[c] {
				s.least[c][i] = math.MaxFloat32
			}
		}
		for v, c := range comp {
			p := uint64(v)
			if position != nil {
				p = uint64(position[v])
			}
			row := &s.least[c]
			for i := range width {
				row[i] = min(row[i], exponential(opt.Seed, p, uint64(round*rankBlock+i)))
			}
		}
		sum := make([]float64, count)
		for c := count - 1; c >= 0; c-- {
			row := &s.least[c]
			for _, d := range dag.row(c) {
				other := &s.least[d]
				for i := range row {
					if other[i] < row[i] {
						row[i] = other[i]
					}
				}
			}
			for i := range width {
				sum[c] += float64(row[i])
			}
		}
		sums[round] = sum
	})
	if err != nil {
		return nil, err
	}
	sizes := sums[0]
	for _, sum := range sums[1:] {
		for c := range sizes {
			sizes[c] += sum[c]
		}
	}
	for c := range sizes {
		sizes[c] = float64(opt.Ranks-1) / sizes[c]
	}
	return sizes, nil
}

// exponential returns the rank of a node: an exponential variate that is a function of the
// seed, the node's insertion position and the number of the rank. Three rounds of the finaliser
// of splitmix64.
func exponential(seed, node, rank uint64) float32 {
	x := mix64(mix64(mix64(seed+0x9e3779b97f4a7c15)^node) + rank)
	uniform := (float64(x>>11) + 0.5) / (1 << 53)
	return float32(-math.Log(uniform))
}

func mix64(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
