package graph

import (
	"context"
	"math/bits"
	"runtime"
	"sync"
	"sync/atomic"
)

// blockColumns is the number of nodes whose ancestors are found together: a row of one bit for
// each is a cache line.
const blockColumns = 512

type blockRow [blockColumns / 64]uint64

// parallel calls work for every item below count, on up to GOMAXPROCS goroutines; each has its
// own scratch. What work does for an item must not depend on the others, so that the result
// does not depend on how many goroutines there are. It stops early when ctx is done, and returns
// its error.
func parallel[S any](ctx context.Context, count int, scratch func() S, work func(item int, s S)) error {
	workers := min(runtime.GOMAXPROCS(0), count)
	var next atomic.Int64
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			s := scratch()
			for ctx.Err() == nil {
				item := int(next.Add(1)) - 1
				if item >= count {
					return
				}
				work(item, s)
			}
		})
	}
	group.Wait()
	return ctx.Err()
}

func blocks(n int32) int { return (int(n) + blockColumns - 1) / blockColumns }

// firstSources returns, for each block of nodes, the least id with an edge into it, or the end
// of the block.
func firstSources(in *csr, n int32) []int32 {
	first := make([]int32, blocks(n))
	for b := range first {
		least := min(n, int32(b+1)*blockColumns)
		for v := int32(b) * blockColumns; v < min(n, int32(b+1)*blockColumns); v++ {
			for _, u := range in.row(v) {
				least = min(least, u)
			}
		}
		first[b] = least
	}
	return first
}

// redundantSlots marks the outgoing slots of an ascending graph whose edges only repeat a longer
// path. Blocks of 512 target columns, each from its last node down to the first node with an
// edge into it: the row of a node holds the columns that it reaches in two edges or more, which
// are those that its successors reach at all.
func redundantSlots(ctx context.Context, out, in *csr) ([]bool, error) {
	n := int32(len(out.off) - 1)
	redundant := make([]bool, len(out.adj))
	first := firstSources(in, n)
	type scratch struct{ rows []blockRow }
	err := parallel(ctx, len(first), func() *scratch { return new(scratch) }, func(b int, s *scratch) {
		start, low := int32(b)*blockColumns, first[b]
		end := min(n, start+blockColumns)
		if low >= end {
			return
		}
		if cap(s.rows) < int(end-low) {
			s.rows = make([]blockRow, (end-low)*5/4)
		}
		rows := s.rows[:end-low] // what each node reaches in one edge or more
		for u := end - 1; u >= low; u-- {
			var far, near blockRow
			lo, hi := out.off[u], out.off[u+1]
			touched := false
			for _, v := range out.adj[lo:hi] {
				if v >= end {
					continue
				}
				r := &rows[v-low]
				far[0] |= r[0]
				far[1] |= r[1]
				far[2] |= r[2]
				far[3] |= r[3]
				far[4] |= r[4]
				far[5] |= r[5]
				far[6] |= r[6]
				far[7] |= r[7]
				if c := v - start; c >= 0 {
					near[c/64] |= 1 << (uint(c) % 64)
					touched = true
				}
			}
			if touched {
				for s := lo; s < hi; s++ {
					if c := out.adj[s] - start; c >= 0 && c < blockColumns && far[c/64]>>(uint(c)%64)&1 != 0 {
						redundant[s] = true
					}
				}
				for w := range far {
					far[w] |= near[w]
				}
			}
			rows[u-low] = far
		}
	})
	return redundant, err
}

// reachCounts returns, for each node of an ascending graph, how many columns it reaches, its
// own included: columns are given by the node they belong to, ascending.
func reachCounts(ctx context.Context, out *csr, columns []int32) ([]int32, error) {
	n := int32(len(out.off) - 1)
	total := make([]atomic.Int32, n)
	type scratch struct{ rows []blockRow }
	err := parallel(ctx, blocks(int32(len(columns))), func() *scratch { return &scratch{make([]blockRow, n)} }, func(b int, s *scratch) {
		part := columns[b*blockColumns : min(len(columns), (b+1)*blockColumns)]
		end := part[len(part)-1] + 1
		next := len(part) - 1
		for u := end - 1; u >= 0; u-- {
			reached := blockUnion(out, s.rows, u, end)
			for next >= 0 && part[next] == u {
				reached[next/64] |= 1 << (uint(next) % 64)
				next--
			}
			s.rows[u] = reached
			count := 0
			for _, w := range reached {
				count += bits.OnesCount64(w)
			}
			if count > 0 {
				total[u].Add(int32(count))
			}
		}
	})
	counts := make([]int32, n)
	for v := range counts {
		counts[v] = total[v].Load()
	}
	return counts, err
}

// blockUnion returns the union of the rows of u's successors below end.
func blockUnion(out *csr, rows []blockRow, u, end int32) (union blockRow) {
	for _, v := range out.adj[out.off[u]:out.off[u+1]] {
		if v >= end {
			continue
		}
		r := &rows[v]
		union[0] |= r[0]
		union[1] |= r[1]
		union[2] |= r[2]
		union[3] |= r[3]
		union[4] |= r[4]
		union[5] |= r[5]
		union[6] |= r[6]
		union[7] |= r[7]
	}
	return union
}
