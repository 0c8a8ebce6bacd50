package draw

import (
	"cmp"
	"slices"
)

const (
	sweeps      = 24         // most sweeps through the layers from each start
	patience    = 6          // sweeps without gain after which to stop
	sweepBudget = 40_000_000 // steps of work after which to stop, so that large pictures end too
)

// reduceCrossings orders the items of every layer. Items of one band stay together, bands in their order. From two
// starting orders (as given; and along the edges, depth first) it sweeps to and fro, ordering each band of a layer by
// the mean place of the neighbours in the layer before, then swapping neighbours where that saves crossings, and keeps
// the best order seen. So there are never more crossings than in the order as given.
func (l *layout) reduceCrossings() {
	if len(l.order) == 0 {
		return
	}
	var best [][]int32
	least, work := -1, 0
	for _, rank := range [2][]int32{make([]int32, len(l.items)), l.depthFirst()} {
		l.orderBy(rank)
		idle := 0
		for s := 0; ; s++ {
			c := l.crossings()
			work += len(l.links) + len(l.items)
			if least < 0 || c < least {
				least, idle = c, 0
				best = make([][]int32, len(l.order))
				for r := range best {
					best[r] = slices.Clone(l.order[r])
				}
			} else {
				idle++
			}
			if s == sweeps || idle == patience || least == 0 || work > sweepBudget {
				break
			}
			l.sweep(s%2 == 0)
			for range 4 {
				gain, steps := l.swapNeighbours()
				work += steps
				if !gain {
					break
				}
			}
		}
	}
	l.order = best
	l.setPositions()
}

// orderBy orders every layer by band, then rank, then as given.
func (l *layout) orderBy(rank []int32) {
	ids := make([]int32, len(l.items))
	for i := range ids {
		ids[i] = int32(i)
	}
	slices.SortFunc(ids, func(a, b int32) int {
		return cmp.Or(cmp.Compare(l.items[a].band, l.items[b].band), cmp.Compare(rank[a], rank[b]), cmp.Compare(a, b))
	})
	order := make([][]int32, len(l.order))
	for _, v := range ids {
		r := l.items[v].layer
		order[r] = append(order[r], v)
	}
	l.order = order
	l.setPositions()
}

func (l *layout) setPositions() {
	for _, row := range l.order {
		for i, v := range row {
			l.pos[v] = int32(i)
		}
	}
}

// depthFirst numbers the items in the order of a walk along the links from the first layers on.
func (l *layout) depthFirst() []int32 {
	rank := make([]int32, len(l.items))
	seen := make([]bool, len(l.items))
	count := int32(0)
	var stack []int32
	for v := range int32(len(l.items)) {
		if len(l.up[v]) > 0 {
			continue
		}
		stack = append(stack, v)
		for len(stack) > 0 {
			v := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if seen[v] {
				continue
			}
			seen[v] = true
			rank[v] = count
			count++
			for i := len(l.next[v]) - 1; i >= 0; i-- {
				stack = append(stack, l.next[v][i])
			}
		}
	}
	return rank
}

// sweep orders every layer by the means of the layer before (forward) or after it.
func (l *layout) sweep(forward bool) {
	type key struct {
		v         int32
		sum, many int64
	}
	var keys []key
	for i := 1; i < len(l.order); i++ {
		row, side := l.order[i], l.up
		if !forward {
			row, side = l.order[len(l.order)-1-i], l.next
		}
		for from := 0; from < len(row); {
			until := from + 1
			for until < len(row) && l.items[row[until]].band == l.items[row[from]].band {
				until++
			}
			keys = keys[:0]
			for _, v := range row[from:until] {
				if len(side[v]) == 0 {
					continue
				}
				k := key{v: v, many: int64(len(side[v]))}
				for _, u := range side[v] {
					k.sum += int64(l.pos[u])
				}
				keys = append(keys, k)
			}
			slices.SortStableFunc(keys, func(a, b key) int { return cmp.Compare(a.sum*b.many, b.sum*a.many) })
			next := 0 // items without neighbours stay where they are, the others share the remaining places
			for j := from; j < until; j++ {
				if len(side[row[j]]) > 0 {
					row[j] = keys[next].v
					next++
				}
			}
			for j := from; j < until; j++ {
				l.pos[row[j]] = int32(j)
			}
			from = until
		}
	}
}

// swapNeighbours swaps items that stand side by side in one band wherever that saves crossings, one pass over all
// layers. It reports whether it gained and how many steps it took.
func (l *layout) swapNeighbours() (gain bool, steps int) {
	places := func(buf []int32, vs []int32) []int32 {
		for _, v := range vs {
			buf = append(buf, l.pos[v])
		}
		slices.Sort(buf)
		return buf
	}
	var a, b []int32
	for _, row := range l.order {
		for i := 1; i < len(row); i++ {
			u, v := row[i-1], row[i]
			if l.items[u].band != l.items[v].band {
				continue
			}
			saved := 0
			for _, side := range [2][][]int32{l.up, l.next} {
				a, b = places(a[:0], side[u]), places(b[:0], side[v])
				saved += inversions(a, b) - inversions(b, a)
				steps += len(a) + len(b)
			}
			if saved > 0 {
				row[i-1], row[i] = v, u
				l.pos[u], l.pos[v] = int32(i), int32(i-1)
				gain = true
			}
			steps++
		}
	}
	return gain, steps
}

// inversions counts the pairs in which an element of sorted a is greater than one of sorted b.
func inversions(a, b []int32) int {
	sum, j := 0, 0
	for _, x := range a {
		for j < len(b) && b[j] < x {
			j++
		}
		sum += j
	}
	return sum
}

// crossings counts the crossings between all neighbouring layers.
func (l *layout) crossings() int {
	sum := 0
	var pairs [][2]int32
	for r := 1; r < len(l.order); r++ {
		pairs = pairs[:0]
		for i, v := range l.order[r-1] {
			for _, w := range l.next[v] {
				pairs = append(pairs, [2]int32{int32(i), l.pos[w]})
			}
		}
		sum += countCrossings(pairs, len(l.order[r]))
	}
	return sum
}

// countCrossings counts the pairs of edges that cross between two rows, given the places of their ends in the first and
// the second row, of which the second has n places. Edges that share an end do not cross. It sorts pairs. Time
// O(m log m), space O(n).
//
// Barth, Mutzel, Jünger, Simple and efficient bilayer cross counting, JGAA 8(2), 2004.
func countCrossings(pairs [][2]int32, n int) int {
	slices.SortFunc(pairs, func(a, b [2]int32) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	first := 1
	for first < n {
		first *= 2
	}
	tree := make([]int, 2*first-1)
	first-- // the leaves start here
	sum := 0
	for _, p := range pairs {
		i := int(p[1]) + first
		tree[i]++
		for i > 0 {
			if i%2 == 1 {
				sum += tree[i+1]
			}
			i = (i - 1) / 2
			tree[i]++
		}
	}
	return sum
}
