package graph

import (
	"context"
	"math/bits"
)

// Reduce returns the transitive reduction of an acyclic graph: all its nodes, and the edges that
// no longer path repeats. Every node reaches what it reached before. Parallel edges are kept or
// left out together; labels and weights stay. A circle is refused with a [*CycleError]; a done
// ctx with its error.
//
// Habib, Morvan, Rampon, Discrete Math. 111, 1993, in blocks of 512 targets as bits, on all
// processors: each block scans the edges from its first predecessor to its end, so the cost
// follows the length of edges in the graph's order. O(nodes · edges / 512) when edges span the
// whole order; 64 bytes a node of the longest span for each processor.
func (g *Graph[K]) Reduce(ctx context.Context) (*Graph[K], error) {
	return g.reduce(ctx, false)
}

// Redundant returns the graph of the edges that [Graph.Reduce] leaves out, with all nodes.
func (g *Graph[K]) Redundant(ctx context.Context) (*Graph[K], error) {
	return g.reduce(ctx, true)
}

func (g *Graph[K]) reduce(ctx context.Context, redundant bool) (*Graph[K], error) {
	switch {
	case g.empty():
		return &Graph[K]{}, nil
	case g.dir == cyclic:
		return nil, &CycleError[K]{Edges: g.Cycle()}
	case g.dir == descending:
		r, err := g.Reverse().reduce(ctx, redundant)
		if err != nil {
			return nil, err
		}
		return r.Reverse(), nil
	}
	mark, err := redundantSlots(ctx, &g.out, &g.in)
	if err != nil {
		return nil, err
	}
	return g.filter(func(_, slot int32) bool { return mark[slot] == redundant }), nil
}

// Closure returns the transitive closure of an acyclic graph: an edge, without label and with
// weight 1, from each node to every other that it reaches. From each node they come in the
// graph's order. When there would be more than limit edges it is refused with a [*SizeError]
// that counts the edges over the limit; a limit of 0 or less means [MaxEdges]. A circle is
// refused with a [*CycleError]; a done ctx with its error. O(nodes · edges / 512).
func (g *Graph[K]) Closure(ctx context.Context, limit int) (*Graph[K], error) {
	switch {
	case g.empty():
		return &Graph[K]{}, nil
	case g.dir == cyclic:
		return nil, &CycleError[K]{Edges: g.Cycle()}
	case g.dir == descending:
		r, err := g.Reverse().Closure(ctx, limit)
		if err != nil {
			return nil, err
		}
		return r.Reverse(), nil
	}
	if limit <= 0 || limit > MaxEdges {
		limit = MaxEdges
	}
	n := g.n()
	counts, err := reachCounts(ctx, &g.out, identity(n))
	if err != nil {
		return nil, err
	}
	off := make([]int32, n+1)
	total := 0
	for v, c := range counts {
		total += int(c) - 1
		if total <= limit {
			off[v+1] = int32(total)
		}
	}
	if total > limit {
		return nil, &SizeError{Edges: total - limit}
	}
	c := &Graph[K]{ix: g.ix, dir: ascending, out: csr{off: off, adj: make([]int32, total)}}
	c.uniform = 1
	at := make([]int32, n)
	copy(at, off)
	rows := make([]blockRow, n)
	for start := int32(0); start < n && ctx.Err() == nil; start += blockColumns {
		end := min(n, start+blockColumns)
		for u := end - 1; u >= 0; u-- {
			row := blockUnion(&g.out, rows, u, end)
			for w, x := range row {
				for ; x != 0; x &= x - 1 {
					c.out.adj[at[u]] = start + int32(w*64+bits.TrailingZeros64(x))
					at[u]++
				}
			}
			if u >= start {
				row[(u-start)/64] |= 1 << (uint(u-start) % 64)
			}
			rows[u] = row
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c.seal()
	return c, nil
}

func identity(n int32) []int32 {
	ids := make([]int32, n)
	for v := range ids {
		ids[v] = int32(v)
	}
	return ids
}
