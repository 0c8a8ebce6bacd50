package forecast

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// arrange sorts the nodes topologically, each step taking the first by its number of those that may come, and drops links to the end that others imply.
func (c *building) arrange() {
	n, count := c.n, len(c.nodes)
	last := int32(count - 1)
	implied := make([]bool, count)
	for _, d := range c.drafts {
		y := &c.nodes[d.to]
		if d.to != last && !d.start && !d.hold && d.lag >= 0 && y.item >= 0 && (y.sample < 0 || c.m.samples[y.sample].low > 0) {
			implied[d.from] = true // what starts after it, and takes its time, finishes no earlier
		}
	}
	c.drafts = slices.DeleteFunc(c.drafts, func(d draft) bool { return d.to == last && implied[d.from] })
	slices.SortStableFunc(c.drafts, func(x, y draft) int {
		switch {
		case x.to != y.to:
			return int(x.to - y.to)
		case x.from != y.from:
			return int(x.from - y.from)
		case x.start != y.start:
			return int(rising(x.start) - rising(y.start))
		case x.hold != y.hold:
			return int(rising(x.hold) - rising(y.hold))
		case x.lag < y.lag:
			return -1
		}
		return int(rising(x.lag > y.lag))
	})
	waits, out := make([]int32, count), make([][]int32, count)
	for _, d := range c.drafts {
		waits[d.to]++
		out[d.from] = append(out[d.from], d.to)
	}
	for i := range count {
		if waits[i] == 0 {
			n.order = append(n.order, int32(i))
		}
	}
	for k := 0; k < len(n.order); k++ {
		for _, j := range out[n.order[k]] {
			if waits[j]--; waits[j] == 0 {
				n.order = append(n.order, j)
			}
		}
	}
	if len(n.order) < count {
		for i := range c.nodes {
			if waits[i] > 0 && c.nodes[i].item >= 0 && i != count-1 {
				c.fault(c.m.items[c.nodes[i].item].ref, ErrLoop)
				return
			}
		}
		c.fault(End, ErrLoop)
		return
	}
	n.nodes = c.nodes
	n.place = make([]int32, count)
	for k, i := range n.order {
		n.place[i] = int32(k)
	}
	n.off = make([]int32, count+1)
	for _, d := range c.drafts {
		n.off[n.place[d.to]+1]++
	}
	for k := range count {
		n.off[k+1] += n.off[k]
	}
	c.reachOf(n)
}

// reachOf finds how early and how late each node can be, and lays the arcs.
func (c *building) reachOf(n *network) {
	count := len(c.nodes)
	sorted := make([]draft, len(c.drafts)) // in the order of places
	next := slices.Clone(n.off)
	for _, d := range c.drafts {
		k := n.place[d.to]
		sorted[next[k]] = d
		next[k]++
	}
	n.low, n.high = make([]int64, count), make([]int64, count)
	n.lowStart, n.highStart = make([]int64, count), make([]int64, count)
	n.sample, n.fixed = make([]int32, count), make([]int32, count)
	n.base, n.hold = make([]int32, count), make([]int32, count)
	horizon := calendar.Minute(0)
	for k := range count {
		i := n.order[k]
		x := &c.nodes[i]
		short, long := x.lasts, x.lasts
		if n.sample[k] = x.sample; x.sample >= 0 {
			s := &c.m.samples[x.sample]
			short, long = int64(s.low), int64(s.top)
		}
		if long > tooLong {
			c.fault(c.named(i), ErrTooLong)
			return
		}
		n.fixed[k] = int32(short)
		n.lowStart[k], n.highStart[k] = max(x.base, x.hold-long), max(x.base, x.hold-short)
		n.low[k] = max(x.base+short, x.hold)
		n.high[k] = max(x.base+long, x.hold)
		if x.form == earliest {
			n.high[k], n.low[k] = 1<<40, 1<<40
		}
		for _, d := range sorted[n.off[k]:n.off[k+1]] {
			p := n.place[d.from]
			early, late := n.low[p], n.high[p]
			if d.start {
				early, late = n.lowStart[p], n.highStart[p]
			}
			early, ok := c.across(&d, max(early, 0))
			if !ok {
				early = lowest
			}
			if late, ok = c.across(&d, max(late, 0)); !ok {
				c.fault(c.named(i), ErrCalendars)
				return
			}
			switch {
			case x.form == earliest:
				n.low[k], n.high[k] = min(n.low[k], early), min(n.high[k], late)
				n.lowStart[k], n.highStart[k] = n.low[k], n.high[k]
			case d.hold:
				n.lowStart[k], n.highStart[k] = max(n.lowStart[k], early-long), max(n.highStart[k], late-short)
				n.low[k], n.high[k] = max(n.low[k], early), max(n.high[k], late)
			default:
				n.lowStart[k], n.highStart[k] = max(n.lowStart[k], early), max(n.highStart[k], late)
				n.low[k], n.high[k] = max(n.low[k], early+short), max(n.high[k], late+long)
			}
		}
		if n.high[k] > tooLong {
			c.fault(c.named(i), ErrTooLong)
			return
		}
		at := n.axes[x.axis].minute(max(0, n.high[k]), true)
		if at == 0 && n.axes[x.axis].ends(max(0, n.high[k])) == 0 {
			c.fault(c.named(i), ErrCalendars)
			return
		}
		horizon = max(horizon, at, n.axes[x.axis].ends(max(0, n.high[k])))
		n.base[k], n.hold[k] = int32(max(x.base, lowest)), int32(max(x.hold, lowest))
	}
	c.cross(n, sorted, horizon)
}

// tooLong bounds points, so that sums and products of them fit: 2^28 minutes, some 510 years.
const tooLong = 1 << 28

// cross lays the arcs with their crossings.
func (c *building) cross(n *network, sorted []draft, horizon calendar.Minute) {
	type key struct {
		a, z  *calendar.Hours
		start bool
	}
	index := map[key]int16{}
	axisOf := func(h *calendar.Hours) *axis {
		for i := range n.axes {
			if n.axes[i].hours == h {
				return &n.axes[i]
			}
		}
		n.axes = append(n.axes, axis{h, int64(h.Worked(n.zero))})
		return &n.axes[len(n.axes)-1]
	}
	lay := func(a, z *calendar.Hours, start bool) int16 {
		if a == z {
			return -1
		}
		k, ok := index[key{a, z, start}]
		if !ok {
			k = int16(len(n.crossings))
			index[key{a, z, start}] = k
			from, to := *axisOf(a), *axisOf(z)
			n.crossings = append(n.crossings, newCrossing(&from, &to, start, n.zero, horizon.Add(60*calendar.Day)))
		}
		return k
	}
	n.simple = true
	n.arcs = make([]arc, len(sorted))
	for i := range sorted {
		d := &sorted[i]
		x, y := &c.nodes[d.from], &c.nodes[d.to]
		a := arc{from: n.place[d.from], lag: int32(max(min(d.lag, tooLong), -tooLong)), start: d.start, hold: d.hold, via: -1, then: -1, view: -1}
		begins := d.start || x.form == opening
		switch {
		case d.lag == 0:
			a.via = lay(x.hours, y.hours, begins)
		case x.hours == y.hours && d.hours == y.hours:
		default:
			a.via = lay(x.hours, d.hours, begins)
			a.then = lay(d.hours, y.hours, d.lag < 0)
		}
		if a.hold && n.sample[n.place[d.to]] < 0 { // of a duration that never varies: the same as holding the start
			a.hold, a.lag = false, a.lag-n.fixed[n.place[d.to]]
			if a.then >= 0 || a.via >= 0 && n.fixed[n.place[d.to]] != 0 {
				a.hold, a.lag = d.hold, a.lag+n.fixed[n.place[d.to]]
			}
		}
		if a.start || a.hold || a.via >= 0 || a.then >= 0 {
			n.simple = false
		}
		n.arcs[i] = a
	}
	n.layViews()
	defer n.countSums()
	for k := range n.base {
		if c.nodes[n.order[k]].form == earliest {
			if n.least == nil {
				n.least = make([]bool, len(n.base))
			}
			n.least[k] = true
		}
		if n.sample[k] < 0 && n.hold[k] > never {
			n.base[k], n.hold[k] = max(n.base[k], n.hold[k]-n.fixed[k]), never
		}
		if n.hold[k] > never || c.nodes[n.order[k]].form == earliest {
			n.simple = false
		}
	}
}

// named is what a node stands for.
func (c *building) named(i int32) record.Ref {
	if k := c.nodes[i].item; k >= 0 {
		return c.m.items[k].ref
	}
	for _, of := range []map[int]int32{c.head, c.tail, c.first} {
		for position, k := range of {
			if k == i {
				return c.all[position].Ref
			}
		}
	}
	return End
}

// countSums finds the nodes that only a few plain arcs hold.
func (n *network) countSums() {
	n.sums = make([]uint8, len(n.base))
	for k := range n.sums {
		arcs := n.arcs[n.off[k]:n.off[k+1]]
		plain := len(arcs) > 0 && len(arcs) <= 3 && n.hold[k] == never && (n.least == nil || !n.least[k])
		bound := false // by something that is never before its base
		for _, a := range arcs {
			plain = plain && !a.start && !a.hold && a.via < 0 && a.then < 0 && a.lag == 0
			bound = bound || n.low[a.from] >= int64(n.base[k])
		}
		if plain && bound {
			n.sums[k] = uint8(len(arcs))
		}
	}
}

// layViews gives the arcs that see the same of a node one row between them.
func (n *network) layViews() {
	own := make([][]view, len(n.base))
	for i := range n.arcs {
		a := &n.arcs[i]
		v := view{a.start, a.via}
		if (a.start || a.via >= 0) && !slices.Contains(own[a.from], v) {
			own[a.from] = append(own[a.from], v)
		}
	}
	n.viewOff = make([]int32, len(n.base)+1)
	for k, list := range own {
		n.views = append(n.views, list...)
		n.viewOff[k+1] = int32(len(n.views))
	}
	for i := range n.arcs {
		if a := &n.arcs[i]; a.start || a.via >= 0 {
			a.view = n.viewOff[a.from] + int32(slices.Index(own[a.from], view{a.start, a.via}))
		}
	}
}
