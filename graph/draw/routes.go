package draw

import (
	"cmp"
	"math"
	"slices"
)

const (
	leadIn   = 16 // straight start of a line before the first track of a gap
	leadOut  = 24 // straight end of a line after the last track, with room for a head
	minGap   = 44 // between two layers with nodes
	slimGap  = 26 // between two layers of which one has only bends
	gentle   = 4  // a line that moves no further across is drawn as one curve
	trackGap = 7  // between two lines that run across side by side
	corner   = 8  // radius
	snap     = 12 // a line that moves no further across is made straight if it can be
	snapGap  = 6  // between two edges at one side of a node, at least, for that
	manyPath = 1500
)

// lead finds the port of every edge end, the tracks on which lines run across between two layers, and from these the
// places of the layers along.
func (l *layout) lead() {
	l.assignPorts()
	n := len(l.order)
	l.start, l.thick = make([]int, n), make([]int, n)
	for r, row := range l.order {
		for _, v := range row {
			it := &l.items[v]
			switch {
			case it.node >= 0 && l.down:
				l.thick[r] = max(l.thick[r], l.height[it.node])
			case it.node >= 0:
				l.thick[r] = max(l.thick[r], l.width[it.node])
			case it.label != nil && l.down:
				l.thick[r] = max(l.thick[r], len(it.label)*edgeLine+6)
			case it.label != nil:
				l.thick[r] = max(l.thick[r], widest(it.label, edgeFont)+8)
			}
		}
	}
	// All nodes of a layer get the same extent along.
	hasNode := make([]bool, n)
	for r, row := range l.order {
		most := 0
		for _, v := range row {
			if i := l.items[v].node; i >= 0 && l.down {
				most = max(most, l.height[i])
			} else if i >= 0 {
				most = max(most, l.width[i])
			}
			hasNode[r] = hasNode[r] || l.items[v].node >= 0
		}
		for _, v := range row {
			if i := l.items[v].node; i >= 0 && l.down {
				l.height[i] = most
			} else if i >= 0 {
				l.width[i] = most
			}
		}
	}
	l.track = make([]int, len(l.links))
	between := make([][]int32, n)
	for k, s := range l.links {
		if d := s.start - s.end; d > gentle || d < -gentle {
			r := l.items[s.from].layer
			between[r] = append(between[r], int32(k))
		}
	}
	at := 0
	for r := range n {
		l.start[r] = at
		at += l.thick[r]
		l.along = at
		room := slimGap
		if hasNode[r] && r+1 < n && hasNode[r+1] {
			room = minGap
		}
		if len(between[r]) > 0 {
			room = max(room, leadIn+l.assignTracks(between[r])+leadOut)
		}
		at += room
	}
}

// assignPorts spreads the edges of each node over the side where they leave or arrive, in the order in which they fan
// out, each as near as may be to where it goes straight.
func (l *layout) assignPorts() {
	leave, arrive := make([][]int32, len(l.x.Nodes)), make([][]int32, len(l.x.Nodes))
	for k := range l.links {
		s := &l.links[k]
		s.start, s.end = l.items[s.from].at, l.items[s.to].at
		if l.items[s.from].node >= 0 {
			leave[s.from] = append(leave[s.from], int32(k))
		}
		if l.items[s.to].node >= 0 {
			arrive[s.to] = append(arrive[s.to], int32(k))
		}
	}
	reach := func(v int32) (lo, hi int) {
		it := &l.items[v]
		half := l.portRange(v)
		return it.at - half, it.at + half
	}
	spread := func(v int32, ks []int32, other func(*link) int32, set func(*link, int)) {
		slices.SortFunc(ks, func(a, b int32) int {
			return cmp.Or(cmp.Compare(l.pos[other(&l.links[a])], l.pos[other(&l.links[b])]), cmp.Compare(a, b))
		})
		lo, hi := reach(v)
		want := make([]int, len(ks))
		for i, k := range ks {
			o := other(&l.links[k])
			olo, ohi := l.items[o].at, l.items[o].at
			if l.items[o].node >= 0 {
				olo, ohi = reach(o)
			}
			centre, third := (lo+hi)/2, (hi-lo)/6
			switch from, until := max(lo, olo), min(hi, ohi); {
			case from <= until:
				want[i] = (from + until) / 2
			case ohi < lo:
				want[i] = centre - third
			default:
				want[i] = centre + third
			}
		}
		settle(want, lo, hi, portGap)
		for i, k := range ks {
			set(&l.links[k], want[i])
		}
	}
	for v := range leave {
		spread(int32(v), leave[v], func(s *link) int32 { return s.to }, func(s *link, p int) { s.start = p })
		spread(int32(v), arrive[v], func(s *link) int32 { return s.from }, func(s *link, p int) { s.end = p })
	}
	// A line that is nearly straight is made so where its neighbours at one node leave room.
	shift := func(v int32, ks []int32, i, to int, at func(*link) *int) bool {
		lo, hi := reach(v)
		if i > 0 {
			lo = max(lo, *at(&l.links[ks[i-1]])+snapGap)
		}
		if i < len(ks)-1 {
			hi = min(hi, *at(&l.links[ks[i+1]])-snapGap)
		}
		if to < lo || to > hi {
			return false
		}
		*at(&l.links[ks[i]]) = to
		return true
	}
	start, end := func(s *link) *int { return &s.start }, func(s *link) *int { return &s.end }
	for v := range leave {
		for i, k := range arrive[v] {
			if s := &l.links[k]; s.start != s.end && max(s.start-s.end, s.end-s.start) <= snap {
				shift(int32(v), arrive[v], i, s.start, end)
			}
		}
		for i, k := range leave[v] {
			if s := &l.links[k]; s.start != s.end && max(s.start-s.end, s.end-s.start) <= snap {
				shift(int32(v), leave[v], i, s.end, start)
			}
		}
	}
}

// settle changes the places wanted as little as it can so that they lie between lo and hi, in order, and apart by gap or,
// where there is no room, by as much as there is. Places that want to overtake each other share their mean (isotonic
// regression by pooling adjacent violators).
func settle(want []int, lo, hi, gap int) {
	n := len(want)
	if n == 0 {
		return
	}
	if n > 1 {
		gap = min(gap, (hi-lo)/(n-1))
	}
	type pool struct{ sum, many int }
	var pools []pool
	for i, w := range want {
		p := pool{w - i*gap, 1}
		for len(pools) > 0 {
			q := pools[len(pools)-1]
			if q.sum*p.many <= p.sum*q.many {
				break
			}
			p = pool{p.sum + q.sum, p.many + q.many}
			pools = pools[:len(pools)-1]
		}
		pools = append(pools, p)
	}
	i := 0
	for _, p := range pools {
		at := p.sum / p.many
		for range p.many {
			want[i] = min(max(at, lo), hi-(n-1)*gap) + i*gap
			i++
		}
	}
}

// assignTracks gives each link that runs far across a gap a track in it, so that lines with a stretch in common run on
// different tracks, ordered to cross little, and returns the room the tracks take. Time O(k²) for k links.
func (l *layout) assignTracks(ks []int32) int {
	span := func(k int32) (int, int) {
		s := &l.links[k]
		return min(s.start, s.end), max(s.start, s.end)
	}
	// cost counts the crossings of a's and b's lines if a's track comes first; lying on each other counts for more.
	cost := func(a, b int32) int {
		n := 0
		if d := l.links[a].end - l.links[b].start; d > -4 && d < 4 {
			n = 8
		}
		if lo, hi := span(b); lo < l.links[a].end && l.links[a].end < hi {
			n++
		}
		if lo, hi := span(a); lo < l.links[b].start && l.links[b].start < hi {
			n++
		}
		return n
	}
	slices.SortFunc(ks, func(a, b int32) int {
		return cmp.Or(cmp.Compare(l.links[a].start, l.links[b].start), cmp.Compare(l.links[a].end, l.links[b].end), cmp.Compare(a, b))
	})
	seq := ks
	if len(ks) <= manyPath {
		seq = make([]int32, 0, len(ks))
		for _, k := range ks {
			sum := 0
			for _, o := range seq {
				sum += cost(k, o)
			}
			best, where := sum, 0 // sum: all that k costs at this place
			for i, o := range seq {
				sum += cost(o, k) - cost(k, o)
				if sum < best {
					best, where = sum, i+1
				}
			}
			seq = slices.Insert(seq, where, k)
		}
	}
	most := 0
	type used struct{ lo, hi, track int }
	var laid []used
	for _, k := range seq {
		lo, hi := span(k)
		t := 0
		for _, u := range laid {
			if lo < u.hi+2*corner && u.lo < hi+2*corner {
				t = max(t, u.track+1)
			}
		}
		laid = append(laid, used{lo, hi, t})
		l.track[k] = t
		most = max(most, t)
	}
	step := min(trackGap, max(2, 600/(most+1)))
	for _, k := range ks {
		l.track[k] *= step
	}
	return most * step
}

const (
	slant = 12 // how far a hexagon's points and a parallelogram's corners reach
	frame = 6  // between a framed node's border and its inner line
	drum  = 6  // half height of the lid of a cylinder
)

// radius returns the radius of the corners of a node w wide and h high.
func radius(s Shape, w, h int) int {
	switch s {
	case Rounded:
		return 8
	case Pill:
		return min(h/2, w/2, 22)
	}
	return 0
}

// portRange returns how far from the middle of node v's side an edge may leave or arrive.
func (l *layout) portRange(v int32) int {
	i := l.items[v].node
	s := l.x.nodeLook(int(i)).shape
	if l.down {
		switch s {
		case Pill:
			return l.width[i]/2 - 11
		case Hexagon, Slanted:
			return l.width[i]/2 - slant - 3
		}
		return l.width[i]/2 - 9
	}
	switch s {
	case Pill:
		return l.height[i]/2 - 9
	case Cylinder:
		return l.height[i]/2 - 2*drum - 1
	}
	return l.height[i]/2 - 5
}

// inset returns how far inside its bounding box the outline of a shape lies, on the given side (0 right, 1 bottom, 2
// left, 3 top), d pixels right of or below the middle of that side.
func inset(s Shape, w, h, side, d int) int {
	upright := side%2 == 0 // the left and right sides
	along := d
	if d < 0 {
		d = -d
	}
	switch r := radius(s, w, h); {
	case r > 0:
		half := w / 2
		if upright {
			half = h / 2
		}
		if over := d - (half - r); over > 0 {
			return r - isqrt(r*r-min(over, r)*min(over, r))
		}
	case s == Hexagon && upright:
		return slant * d / max(h/2, 1)
	case s == Slanted && upright:
		if side == 0 {
			return slant * (along + h/2) / max(h, 1)
		}
		return slant * (h/2 - along) / max(h, 1)
	case s == Cylinder && !upright:
		half := max(w/2, 1)
		return drum - drum*isqrt(half*half-min(d, half)*min(d, half))/half
	}
	return 0
}

// isqrt returns the square root of n, rounded down. math.Sqrt is exactly rounded on every machine.
func isqrt(n int) int { return int(math.Sqrt(float64(n))) }
