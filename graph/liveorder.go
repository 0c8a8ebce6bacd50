package graph

import (
	"cmp"
	"slices"
)

// labelSpace bounds the labels of a Live graph's order, exclusively.
const labelSpace = 1 << 62

// reorder makes room for an edge u->v although v comes before u: it searches forward from v and
// backward from u in step, edge by edge, within the part of the order between the two. The side
// that runs out first is moved as a block, keeping its own order: what v leads to goes next
// after u, or what leads to u next before v. If the searches meet there is a circle; it is
// returned with its first edge, u->v, left blank.
func (l *Live[K]) reorder(u, v int32) []Edge[K] {
	if l.stamp++; l.stamp >= 1<<31 {
		clear(l.mark)
		l.stamp = 1
	}
	front, back := 2*l.stamp, 2*l.stamp+1
	low, high := l.labels[v], l.labels[u]
	ahead, behind := append(l.ahead[:0], v), append(l.behind[:0], u)
	l.mark[v], l.mark[u] = front, back
	fwd, bwd := l.outCursor(v), l.inCursor(u)
	fi, bi := 0, 0
	var met [2]int32 // an edge from a node seen ahead to a node seen from behind
	var by int32
	found := false
	for {
		// One edge forward.
		w, edge := l.nextOut(&fwd)
		for w < 0 {
			if fi++; fi == len(ahead) {
				break
			}
			fwd = l.outCursor(ahead[fi])
			w, edge = l.nextOut(&fwd)
		}
		if w < 0 {
			l.moveAfter(ahead, u)
			break
		}
		if l.mark[w] == back {
			met, by, found = [2]int32{ahead[fi], w}, edge, true
			break
		}
		if l.mark[w] != front && l.labels[w] < high {
			l.mark[w], l.via[w] = front, edge
			ahead = append(ahead, w)
		}
		// One edge backward.
		w, edge = l.nextIn(&bwd)
		for w < 0 {
			if bi++; bi == len(behind) {
				break
			}
			bwd = l.inCursor(behind[bi])
			w, edge = l.nextIn(&bwd)
		}
		if w < 0 {
			l.moveBefore(behind, v)
			break
		}
		if l.mark[w] == front {
			met, by, found = [2]int32{w, behind[bi]}, edge, true
			break
		}
		if l.mark[w] != back && l.labels[w] > low {
			l.mark[w], l.via[w] = back, edge
			behind = append(behind, w)
		}
	}
	l.ahead, l.behind = ahead, behind
	if !found {
		return nil
	}
	// v -> ... -> met[0] -> met[1] -> ... -> u
	circle := []Edge[K]{l.edgeBetween(met[0], met[1], by)}
	for w := met[0]; w != v; {
		from := l.otherEnd(w, l.via[w], true)
		circle = append(circle, l.edgeBetween(from, w, l.via[w]))
		w = from
	}
	circle = append(circle, Edge[K]{}) // u -> v
	slices.Reverse(circle)
	for w := met[1]; w != u; {
		to := l.otherEnd(w, l.via[w], false)
		circle = append(circle, l.edgeBetween(w, to, l.via[w]))
		w = to
	}
	return circle
}

// A cursor walks the edges at one node: slots of the base graph, then inserted edges. An edge
// is named by its slot, or by ^index when it was inserted.
type cursor struct{ slot, end, list int32 }

func (l *Live[K]) outCursor(v int32) (c cursor) {
	if v < l.base.n() {
		c.slot, c.end = l.base.out.off[v], l.base.out.off[v+1]
	}
	if l.outHead != nil {
		c.list = l.outHead[v]
	}
	return c
}

func (l *Live[K]) inCursor(v int32) (c cursor) {
	if v < l.base.n() {
		c.slot, c.end = l.base.in.off[v], l.base.in.off[v+1]
	}
	if l.inHead != nil {
		c.list = l.inHead[v]
	}
	return c
}

func (l *Live[K]) nextOut(c *cursor) (node, edge int32) {
	for c.slot < c.end {
		s := c.slot
		c.slot++
		if l.gone == nil || !l.gone.has(s) {
			return l.base.out.adj[s], s
		}
	}
	if c.list == 0 {
		return -1, 0
	}
	i := c.list - 1
	c.list = l.edges[i].nextOut
	return l.edges[i].to, ^i
}

func (l *Live[K]) nextIn(c *cursor) (node, edge int32) {
	for c.slot < c.end {
		s := c.slot
		c.slot++
		if l.goneIn == nil || !l.goneIn.has(s) {
			return l.base.in.adj[s], s
		}
	}
	if c.list == 0 {
		return -1, 0
	}
	i := c.list - 1
	c.list = l.edges[i].nextIn
	return l.edges[i].from, ^i
}

// otherEnd returns the end of the edge by which w was found: its source when found ahead, its
// target when found from behind.
func (l *Live[K]) otherEnd(w, edge int32, ahead bool) int32 {
	switch {
	case edge < 0 && ahead:
		return l.edges[^edge].from
	case edge < 0:
		return l.edges[^edge].to
	case ahead:
		return l.base.source(edge)
	}
	lo, hi := int32(0), l.base.n() // the target of a slot of in
	for hi-lo > 1 {
		if mid := lo + (hi-lo)/2; l.base.in.off[mid] <= edge {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// edgeBetween returns an edge from u to v: the inserted one when edge names one, else the first
// that the base graph still has.
func (l *Live[K]) edgeBetween(u, v, edge int32) Edge[K] {
	if edge < 0 {
		e := &l.edges[^edge]
		return Edge[K]{l.key(e.from), l.key(e.to), e.label, e.weight}
	}
	s := l.base.out.off[u]
	for l.base.out.adj[s] != v || l.gone != nil && l.gone.has(s) {
		s++
	}
	return l.base.edge(u, s)
}

// moveAfter moves nodes, in their order, to the place right after u.
func (l *Live[K]) moveAfter(nodes []int32, u int32) {
	l.sortByLabel(nodes)
	for _, v := range nodes {
		l.unlink(v)
	}
	for _, v := range nodes {
		l.linkAfter(v, u)
		u = v
	}
}

// moveBefore moves nodes, in their order, to the place right before v.
func (l *Live[K]) moveBefore(nodes []int32, v int32) {
	l.sortByLabel(nodes)
	for _, u := range nodes {
		l.unlink(u)
	}
	for i := len(nodes) - 1; i >= 0; i-- {
		if p := l.prev[v]; p >= 0 {
			l.linkAfter(nodes[i], p)
		} else {
			l.linkFirst(nodes[i])
		}
		v = nodes[i]
	}
}

func (l *Live[K]) sortByLabel(nodes []int32) {
	slices.SortFunc(nodes, func(a, b int32) int { return cmp.Compare(l.labels[a], l.labels[b]) })
}

func (l *Live[K]) unlink(v int32) {
	p, n := l.prev[v], l.next[v]
	if p >= 0 {
		l.next[p] = n
	} else {
		l.first = n
	}
	if n >= 0 {
		l.prev[n] = p
	} else {
		l.last = p
	}
}

// linkAfter puts v after p and gives it a label between its neighbours'.
func (l *Live[K]) linkAfter(v, p int32) {
	n := l.next[p]
	l.next[p], l.prev[v], l.next[v] = v, p, n
	high := uint64(labelSpace)
	if n >= 0 {
		l.prev[n] = v
		high = l.labels[n]
	} else {
		l.last = v
		// At the end, leave room for many more rather than halve what is left.
		high = min(high, l.labels[p]+1<<32)
	}
	l.labels[v] = l.labels[p] + (high-l.labels[p])/2
	if l.labels[v] == l.labels[p] {
		l.relabel(v)
	}
}

func (l *Live[K]) linkFirst(v int32) {
	n := l.first
	l.first, l.prev[v], l.next[v] = v, -1, n
	l.prev[n] = v
	l.labels[v] = l.labels[n] / 2
	if l.labels[v] == l.labels[n] {
		l.relabel(v)
	}
}

// relabel spreads the labels around v, which may equal a neighbour's, over the smallest aligned
// range that is sparse enough: one of size 2^i may be filled to the share 1.3^-i, so that
// relabelling is rare and cheap on average.
func (l *Live[K]) relabel(v int32) {
	first, last, count := v, v, uint64(1)
	share := 1.0
	for bit := uint(1); ; bit++ {
		share /= 1.3
		low := l.labels[v] >> bit << bit
		size := uint64(1) << bit
		for p := l.prev[first]; p >= 0 && l.labels[p] >= low; p = l.prev[first] {
			first = p
			count++
		}
		for n := l.next[last]; n >= 0 && l.labels[n]-low < size; n = l.next[last] {
			last = n
			count++
		}
		if bit < 62 && float64(count) > share*float64(size) {
			continue
		}
		gap := size / (count + 1)
		label := low
		for w := first; ; w = l.next[w] {
			label += gap
			l.labels[w] = label
			if w == last {
				return
			}
		}
	}
}
