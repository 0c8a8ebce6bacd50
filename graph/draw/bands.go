package draw

// Every group gets a band: a strip across all layers that no other group's node enters. Between and around the bands run
// corridors, where long edges between groups pass. Bands are numbered in drawing order: the group at place k has number
// 2k+1, the corridor before it 2k.

type band struct {
	group  int32 // index of the group; -1 for nodes without one and for corridors
	head   []string
	lo, hi int // extent across, its padding and heading included
	body   int // where the items' own extent starts
	used   bool
}

// assignBands puts the groups in an order that keeps linked groups close, and nodes into the bands.
func (l *layout) assignBands() {
	n := len(l.x.Nodes)
	none := int32(len(l.x.Groups))
	of := make([]int32, n)
	place := make([]int32, none+1)
	for i := range place {
		place[i] = -1
	}
	var groups []int32 // in order of the picture's list, nodes without a group last
	have := make([]bool, none+1)
	for i, g := range l.x.nodeGroup {
		if g < 0 {
			g = none
		}
		of[i], have[g] = g, true
	}
	for g, ok := range have {
		if ok {
			place[g] = int32(len(groups))
			groups = append(groups, int32(g))
		}
	}
	k := len(groups)
	pull := make([]int, k*k)
	if k <= mostSorted {
		for _, e := range l.x.ends {
			a, b := place[of[e[0]]], place[of[e[1]]]
			pull[int(a)*k+int(b)]++
			pull[int(b)*k+int(a)]++
		}
		sequence := lineUp(k, pull)
		sorted := make([]int32, k)
		for i, s := range sequence {
			sorted[i] = groups[s]
		}
		groups = sorted
	}
	l.bands = make([]band, 2*k+1)
	for i := range l.bands {
		l.bands[i].group = -1
	}
	for i, g := range groups {
		place[g] = int32(2*i + 1)
		if g < none {
			l.bands[2*i+1].group = g
		}
	}
	l.bandOf = make([]int32, n)
	for i := range n {
		l.bandOf[i] = place[of[i]]
		l.bands[l.bandOf[i]].used = true
	}
}

const mostSorted = 48 // groups up to which their order is searched for

// lineUp returns an order of k things, given how strongly each pair pulls, in which the sum of pull times distance is
// small: from the order given, single things move to better places until none gains. Ties keep the order given. Passes
// are bounded, each O(k³).
func lineUp(k int, pull []int) []int {
	seq := make([]int, k)
	for i := range seq {
		seq[i] = i
	}
	cost := func(s []int) int {
		sum := 0
		for i, a := range s {
			for j, b := range s[:i] {
				sum += (i - j) * pull[a*k+b]
			}
		}
		return sum
	}
	best := cost(seq)
	try := make([]int, k)
	for range 8 {
		improved := false
		for from := range k {
			for to := range k {
				if from == to {
					continue
				}
				copy(try, seq)
				v := try[from]
				copy(try[from:], try[from+1:])
				copy(try[to+1:], try[to:k-1])
				try[to] = v
				if c := cost(try); c < best {
					best, improved = c, true
					seq, try = try, seq
				}
			}
		}
		if !improved {
			break
		}
	}
	return seq
}

// addBends makes the items and links: one item for each node, and one bend for each layer that an edge passes.
func (l *layout) addBends(limit int) error {
	n := len(l.x.Nodes)
	deep := int32(0)
	for _, r := range l.layer {
		deep = max(deep, r)
	}
	total := 0
	for _, e := range l.x.ends {
		if d := l.layer[e[0]] - l.layer[e[1]]; d > 1 || d < -1 {
			total += int(max(d, -d)) - 1
			if total > limit {
				return &TooLargeError{"bends", total, limit}
			}
		}
	}
	l.items = make([]item, n, n+total)
	crowd := make([]int, len(l.bands)*int(deep+1)) // items by band and layer
	for i := range n {
		b := l.bandOf[i]
		l.items[i] = item{node: int32(i), edge: -1, layer: l.layer[i], band: b}
		it := &l.items[i]
		size := l.height[i]
		if l.down {
			size = l.width[i]
		}
		it.lo, it.hi = size/2, size-size/2
		if l.loops[i] > 0 {
			it.hi += loopDepth + 6*int(l.loops[i]-1)
			if t := l.loopText[i]; t != nil {
				if l.down {
					it.hi += widest(t, edgeFont) + 6
				} else {
					it.hi += len(t)*edgeLine + 4
				}
			}
		}
		crowd[int(b)*int(deep+1)+int(it.layer)]++
	}
	l.chain = make([][2]int32, len(l.x.ends))
	for e, ends := range l.x.ends {
		from, to := ends[0], ends[1]
		if from == to {
			continue
		}
		if l.reversed[e] {
			from, to = to, from
		}
		first, last := l.layer[from]+1, l.layer[to]
		b := l.bandOf[from]
		if c := l.bandOf[to]; c != b && first < last {
			near, far := b+1, c-1 // the corridors beside the two bands that face each other
			if c < b {
				near, far = b-1, c+1
			}
			sum := [2]int{}
			for r := first; r < last; r++ {
				sum[0] += crowd[int(near)*int(deep+1)+int(r)]
				sum[1] += crowd[int(far)*int(deep+1)+int(r)]
			}
			b = near
			if sum[1] < sum[0] {
				b = far
			}
		}
		label := edgeLines(&l.x.Edges[e])
		middle := (first + last) / 2
		l.chain[e][0] = int32(len(l.links))
		previous := from
		for r := first; r < last; r++ {
			it := item{node: -1, edge: int32(e), layer: r, band: b, lo: 1, hi: 1}
			if r == middle && label != nil {
				it.label = label
				if l.down {
					it.lo, it.hi = 3, widest(label, edgeFont)+9
				} else {
					it.lo, it.hi = len(label)*edgeLine+5, 3
				}
			}
			l.bands[b].used = true
			crowd[int(b)*int(deep+1)+int(r)]++
			l.items = append(l.items, it)
			v := int32(len(l.items) - 1)
			l.links = append(l.links, link{from: previous, to: v, edge: int32(e)})
			previous = v
		}
		l.links = append(l.links, link{from: previous, to: to, edge: int32(e)})
		l.chain[e][1] = int32(len(l.links))
	}
	l.up, l.next = make([][]int32, len(l.items)), make([][]int32, len(l.items))
	for _, k := range l.links {
		l.next[k.from] = append(l.next[k.from], k.to)
		l.up[k.to] = append(l.up[k.to], k.from)
	}
	l.order = make([][]int32, deep+1)
	l.pos = make([]int32, len(l.items))
	if n == 0 {
		l.order = nil
	}
	return nil
}
