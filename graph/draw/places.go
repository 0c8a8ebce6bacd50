package draw

import "slices"

// Places across the layers, found for each band on its own, so that bands can be stacked without overlapping. The method
// is that of Brandes and Köpf, Fast and simple horizontal coordinate assignment, GD 2001: items are aligned with the
// median of their neighbours into blocks, four times (from the first or the last layer, preferring the first or the last
// median), each alignment is packed tightly, and each item takes the mean of its two middle places. The packing is done
// on the graph of blocks, by longest paths to and fro, which avoids the flaw in the paper's own (Brandes, Walter, Zink,
// Erratum, arXiv 2008.01252). Averaging keeps the distances, since each of the four packings does.

const (
	nodeGap     = 16 // between two nodes of a layer
	bendGap     = 9  // between two lines
	mixedGap    = 12 // between a node and a line
	bandPad     = 10 // between a band's border and what is in it
	bandGap     = 14 // between two bands, when no line runs there
	corridorPad = 8  // around the lines of a corridor
)

// gap returns the least distance between the borders of two items side by side.
func (l *layout) gap(u, v int32) int {
	switch a, b := l.items[u].node >= 0, l.items[v].node >= 0; {
	case a && b:
		if l.down {
			return nodeGap + 8
		}
		return nodeGap
	case a || b:
		return mixedGap
	}
	return bendGap
}

// placeBands gives every item its place across and every band its extent.
func (l *layout) placeBands() {
	parts := make([][][]int32, len(l.bands))
	for b := range parts {
		if l.bands[b].used {
			parts[b] = make([][]int32, len(l.order))
		}
	}
	for r, row := range l.order {
		for from := 0; from < len(row); {
			until := from + 1
			b := l.items[row[from]].band
			for until < len(row) && l.items[row[until]].band == b {
				until++
			}
			parts[b][r] = row[from:until:until]
			from = until
		}
	}
	grouped := false
	for _, b := range l.bands {
		grouped = grouped || b.group >= 0
	}
	at := 0
	for i := range l.bands {
		b := &l.bands[i]
		size := 0
		if b.used {
			size = l.placeBand(parts[i])
		}
		b.lo = at
		switch {
		case i%2 == 0 && b.used:
			b.body = at + corridorPad
			at += size + 2*corridorPad
		case i%2 == 0:
			if i > 0 && i < len(l.bands)-1 {
				at += bandGap
			}
		case b.group >= 0:
			g := &l.x.Groups[b.group]
			name := shown(g.Label, g.ID)
			if l.down {
				size = max(size, 110)
				b.head = wrap(name, boldFit(size), headFont, 4)
				b.body = at + bandPad
				// A narrow band's items stand in its middle.
				b.body += (size - l.extent(parts[i])) / 2
				at += size + 2*bandPad
			} else {
				b.head = wrap(name, boldFit(headText), headFont, 2)
				b.body = at + bandPad + len(b.head)*headLine + 4
				at += size + 2*bandPad + len(b.head)*headLine + 4
			}
		default:
			b.body = at
			if grouped {
				b.body += bandPad
				at += 2 * bandPad
			}
			at += size
		}
		b.hi = at
		if b.used {
			for _, row := range parts[i] {
				for _, v := range row {
					l.items[v].at += b.body
				}
			}
		}
	}
	l.across = at
}

// extent returns the largest end of an item placed from 0 on.
func (l *layout) extent(part [][]int32) int {
	size := 0
	for _, row := range part {
		if len(row) > 0 {
			v := &l.items[row[len(row)-1]]
			size = max(size, v.at+v.hi)
		}
	}
	return size
}

// placeBand places the items of one band from 0 on and returns its extent.
func (l *layout) placeBand(part [][]int32) int {
	p := &placer{l: l}
	var all []int32
	for _, row := range part {
		all = append(all, row...)
	}
	p.local = make(map[int32]int32, len(all))
	for i, v := range all {
		p.local[v] = int32(i)
	}
	p.all = all
	p.prepare(part)

	var runs [][]int
	for k := range 4 {
		toBack := k&2 == 2
		xs := p.pack(p.align(k&1 == 1, toBack), toBack)
		if xs == nil {
			xs = p.pack(p.single(), toBack)
		}
		runs = append(runs, xs)
	}
	// Shift all to the borders of the narrowest: those packed to the front at its front, the others at its back.
	lowest := func(xs []int) (lo, hi int) {
		for i, v := range all {
			if i == 0 || xs[i]-l.items[v].lo < lo {
				lo = xs[i] - l.items[v].lo
			}
			if i == 0 || xs[i]+l.items[v].hi > hi {
				hi = xs[i] + l.items[v].hi
			}
		}
		return lo, hi
	}
	narrow, from, until := -1, 0, 0
	for k, xs := range runs {
		if lo, hi := lowest(xs); narrow < 0 || hi-lo < until-from {
			narrow, from, until = k, lo, hi
		}
	}
	for k, xs := range runs {
		lo, hi := lowest(xs)
		shift := from - lo
		if k&2 == 2 {
			shift = until - hi
		}
		for i := range xs {
			xs[i] += shift
		}
	}
	vals := make([]int, len(runs))
	for i, v := range all {
		for k := range runs {
			vals[k] = runs[k][i]
		}
		slices.Sort(vals)
		l.items[v].at = floorHalf(vals[(len(vals)-1)/2] + vals[len(vals)/2])
	}
	lo := 0
	for i, v := range all {
		if i == 0 || l.items[v].at-l.items[v].lo < lo {
			lo = l.items[v].at - l.items[v].lo
		}
	}
	for _, v := range all {
		l.items[v].at -= lo
	}
	return l.extent(part)
}

func floorHalf(n int) int { return n >> 1 }

// placer is the work space for one band. Items are numbered from 0 in it.
type placer struct {
	l         *layout
	all       []int32
	local     map[int32]int32
	rows      [][]int32
	at        []int32 // place in the row
	up, next  [][]int32
	forbidden map[[2]int32]bool // links, upper end first, that cross a straight run of bends
}

func (p *placer) prepare(part [][]int32) {
	n := len(p.all)
	p.at, p.up, p.next = make([]int32, n), make([][]int32, n), make([][]int32, n)
	for _, row := range part {
		r := make([]int32, len(row))
		for i, v := range row {
			r[i] = p.local[v]
			p.at[r[i]] = int32(i)
		}
		p.rows = append(p.rows, r)
	}
	inside := func(vs []int32) (out []int32) {
		for _, v := range vs {
			if w, ok := p.local[v]; ok {
				out = append(out, w)
			}
		}
		slices.SortFunc(out, func(a, b int32) int { return int(p.at[a] - p.at[b]) })
		return slices.Compact(out)
	}
	for i, v := range p.all {
		p.up[i], p.next[i] = inside(p.l.up[v]), inside(p.l.next[v])
	}
	bend := func(i int32) bool { return p.l.items[p.all[i]].node < 0 }
	p.forbidden = map[[2]int32]bool{}
	for r := 1; r < len(p.rows); r++ {
		row := p.rows[r]
		low, done := int32(0), 0
		for i, v := range row {
			straight := bend(v) && len(p.up[v]) == 1 && bend(p.up[v][0])
			if !straight && i < len(row)-1 {
				continue
			}
			high := int32(len(p.rows[r-1]))
			if straight {
				high = p.at[p.up[v][0]]
			}
			for ; done <= i; done++ {
				w := row[done]
				for _, u := range p.up[w] {
					if (p.at[u] < low || p.at[u] > high) && !(bend(u) && bend(w)) {
						p.forbidden[[2]int32{u, w}] = true
					}
				}
			}
			low = high
		}
	}
}

// single makes every item a block of its own.
func (p *placer) single() []int32 {
	root := make([]int32, len(p.all))
	for i := range root {
		root[i] = int32(i)
	}
	return root
}

// align joins items to blocks, named by one item each: from the last layer on if fromLast, preferring the later median
// if toBack.
func (p *placer) align(fromLast, toBack bool) []int32 {
	place := func(v int32) int32 {
		if toBack {
			return -p.at[v]
		}
		return p.at[v]
	}
	root, align := p.single(), p.single()
	side := p.up
	if fromLast {
		side = p.next
	}
	for i := range p.rows {
		row := p.rows[i]
		if fromLast {
			row = p.rows[len(p.rows)-1-i]
		}
		reached := int32(-1 << 30)
		for j := range row {
			v := row[j]
			if toBack {
				v = row[len(row)-1-j]
			}
			ns := side[v]
			if len(ns) == 0 {
				continue
			}
			first, second := (len(ns)-1)/2, len(ns)/2
			if toBack {
				first, second = second, first
			}
			for m := range 2 {
				u := ns[first]
				if m == 1 {
					u = ns[second]
				}
				key := [2]int32{u, v}
				if fromLast {
					key = [2]int32{v, u}
				}
				if align[v] == v && !p.forbidden[key] && reached < place(u) {
					align[u], root[v] = v, root[u]
					align[v] = root[v]
					reached = place(u)
				}
			}
		}
	}
	return root
}

// pack places the blocks as far forward as they go (as far back if toBack), then moves each towards what follows it. It
// returns nil if the blocks are not in one order, which the alignment rules out.
func (p *placer) pack(root []int32, toBack bool) []int {
	n := len(p.all)
	type bound struct {
		to  int32
		gap int
	}
	after := make([][]bound, n)
	waiting := make([]int, n)
	for _, row := range p.rows {
		for j := 1; j < len(row); j++ {
			u, v := row[j-1], row[j]
			a, b := &p.l.items[p.all[u]], &p.l.items[p.all[v]]
			d := a.hi + b.lo + p.l.gap(p.all[u], p.all[v])
			if toBack {
				u, v = v, u
			}
			if root[u] == root[v] {
				return nil
			}
			after[root[u]] = append(after[root[u]], bound{root[v], d})
			waiting[root[v]]++
		}
	}
	xs := make([]int, n)
	var queue []int32
	blocks := 0
	for i := range int32(n) {
		if root[i] == i {
			blocks++
			if waiting[i] == 0 {
				queue = append(queue, i)
			}
		}
	}
	for i := 0; i < len(queue); i++ {
		for _, b := range after[queue[i]] {
			xs[b.to] = max(xs[b.to], xs[queue[i]]+b.gap)
			if waiting[b.to]--; waiting[b.to] == 0 {
				queue = append(queue, b.to)
			}
		}
	}
	if len(queue) < blocks {
		return nil
	}
	for _, v := range slices.Backward(queue) {
		if len(after[v]) == 0 {
			continue
		}
		room := 1 << 40
		for _, b := range after[v] {
			room = min(room, xs[b.to]-b.gap)
		}
		xs[v] = max(xs[v], room)
	}
	out := make([]int, n)
	for i := range n {
		out[i] = xs[root[i]]
		if toBack {
			out[i] = -out[i]
		}
	}
	return out
}
