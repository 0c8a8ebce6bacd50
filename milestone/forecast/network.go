package forecast

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// A network is a schedule in arrays: nodes in topological order, each with a start and a finish one duration later on the axis of its
// calendar. Finishes are all that is kept; a start is the finish less the duration.
type network struct {
	axes  []axis
	zero  calendar.Minute // of the points 0
	nodes []node
	order []int32 // nodes in topological order; the arrays below are in it

	base   []int32 // the least start
	hold   []int32 // the least finish
	off    []int32 // arcs of a node: off[k] to off[k+1]
	arcs   []arc
	place  []int32 // of each node in order
	sample []int32 // per place: the sample that it takes its duration from, or -1
	fixed  []int32 // per place: the duration that never varies
	simple bool    // finish to start alone, on one axis: no arc asks for more than a sum
	least  []bool  // per place: it stands at the earliest of what leads to it; nil where none does

	crossings []*crossing
	low, high []int64 // per place: the bounds of its finish
	lowStart  []int64
	highStart []int64
}

// arc is a link into a node, from the place of its earlier end.
type arc struct {
	from  int32
	lag   int32
	start bool // counts from the start of the earlier end
	hold  bool // holds the finish of the later end
	via   int16
	then  int16 // crossings before and after the lag; -1 for none
}

// node is an event or a span of a network in the making.
type node struct {
	form    form
	axis    int32
	hours   *calendar.Hours
	base    int64 // on its own axis, from year 1
	hold    int64
	asks    calendar.Minute // of a closing: its own earliest minute
	lasts   int64
	item    int32
	sample  int32
	pinned  bool // both dates are facts
	started calendar.Minute
	ended   calendar.Minute
	begun   bool // its start is a fact, and what waits for it need not wait
	deaf    bool // links into it move nothing
}

// form says where on the clock a node stands; see the network of package milestone, whose words these are.
type form uint8

const (
	spanning form = iota
	opening       // takes no time, stands at the begin of the working time that follows
	closing       // takes no time, stands at the very minute that it waits for
	earliest      // a closing at the earliest of what leads to it
)

// draft is a link in the making, between nodes.
type draft struct {
	from, to    int32
	start, hold bool
	lag         int64
	hours       *calendar.Hours
}

const lowest = int64(never)

// building is a network in the making.
type building struct {
	*modelling
	n      *network
	nodes  []node
	drafts []draft
	head   map[int]int32 // by position in the schedule
	tail   map[int]int32
	first  map[int]int32
	stands map[int]bool
	shared *calendar.Hours // of all, where plain
	plain  bool
}

func (b *modelling) build() {
	c := building{modelling: b, n: &b.m.net, head: map[int]int32{}, tail: map[int]int32{}, first: map[int]int32{}, stands: map[int]bool{}}
	for _, r := range b.s.Remarks() {
		if r.Kind == milestone.NoDataDate {
			if i := b.s.Index(r.Ref); i >= 0 {
				c.stands[i] = true
			}
		}
	}
	for k := range b.at {
		c.node(k)
	}
	c.summaries()
	arcs := b.s.Arcs()
	for i := range arcs {
		c.link(&arcs[i])
	}
	c.end()
	c.settleAxes()
	c.constants()
	c.arrange()
}

func (c *building) node(k int) {
	t := &c.all[c.at[k]]
	x := node{hours: t.Hours, base: lowest, hold: lowest, item: int32(k), sample: -1, lasts: int64(t.Lasts)}
	if t.Type == milestone.Summary {
		return
	}
	c.m.items[k].node = int32(len(c.nodes))
	s := c.drawn[k]
	point := func(m calendar.Minute) int64 { return int64(t.Hours.Worked(m)) }
	switch {
	case t.Finished != 0:
		x.pinned, x.deaf = true, true
		x.started, x.ended = t.EarlyStart, t.EarlyFinish
		x.base, x.lasts = point(t.EarlyFinish), 0
		x.asks = t.EarlyFinish
		x.form = closing
		c.nodes = append(c.nodes, x)
		return
	case t.Lasts > 0 || s != nil:
		x.form = spanning
	case t.Type == milestone.FinishMilestone:
		x.form = closing
	default:
		x.form = opening
	}
	begin := t.Begin
	if t.Started != 0 {
		x.begun, x.started = true, t.Started
		if begin = max(t.Started, t.Begin); begin > t.EarlyStart || c.stands[c.at[k]] {
			begin = t.EarlyStart
		}
		x.deaf = c.stands[c.at[k]]
	}
	x.base, x.asks = point(begin), begin
	for _, bound := range t.Bounds {
		at := point(bound.At)
		switch bound.Kind {
		case milestone.StartNoEarlier, milestone.MustStart:
			if t.Started == 0 {
				x.base, x.asks = max(x.base, at), max(x.asks, bound.At)
			}
		case milestone.FinishNoEarlier, milestone.MustFinish:
			x.hold, x.asks = max(x.hold, at), max(x.asks, t.Hours.Ends(calendar.Minutes(at)))
		}
	}
	for _, bound := range t.Bounds {
		at := point(bound.At)
		if bound.Kind == milestone.MandatoryStart && t.Started == 0 {
			x.base, x.hold, x.asks, x.deaf = at, lowest, bound.At, true
			break
		}
		if bound.Kind == milestone.MandatoryFinish {
			x.base, x.hold, x.asks, x.deaf = lowest, at, t.Hours.Ends(calendar.Minutes(at)), true
			break
		}
	}
	if s != nil {
		x.sample = int32(len(c.m.samples))
		c.m.items[k].sample = x.sample
		low, high := c.span(&s.sampler)
		s.low, s.top = float32(low), float32(high)
		s.node, s.base = int32(len(c.nodes)), int32(min(max(float64(t.Lasts), low), high))
		s.spread = int32(max(high-float64(s.base), float64(s.base)-low))
		c.m.samples = append(c.m.samples, *s)
	}
	c.nodes = append(c.nodes, x)
}

// summaries makes the nodes that hold the parts of summaries together: what holds them from starting, when the last has finished, when the first starts.
func (c *building) summaries() {
	var all []int // positions, outer summaries first
	depth := make(map[int]int)
	for _, i := range c.at {
		if c.all[i].Type != milestone.Summary {
			continue
		}
		for up := c.all[i].PartOf; up >= 0 && depth[i] <= len(c.all); up = c.all[up].PartOf {
			depth[i]++
		}
		all = append(all, i)
	}
	slices.SortStableFunc(all, func(x, y int) int { return depth[x] - depth[y] })
	heads, firsts := make(map[int]bool), make(map[int]bool)
	for _, a := range c.s.Arcs() {
		heads[a.To] = heads[a.To] || c.all[a.To].Type == milestone.Summary
		if c.all[a.From].Type == milestone.Summary && (a.Kind == milestone.StartStart || a.Kind == milestone.StartFinish) {
			firsts[a.From] = true
		}
	}
	pseudo := func(f form) int32 {
		c.nodes = append(c.nodes, node{form: f, base: lowest, hold: lowest, item: -1, sample: -1})
		return int32(len(c.nodes) - 1)
	}
	for _, i := range all {
		t := &c.all[i]
		asks := calendar.Minute(0)
		for _, bound := range t.Bounds {
			switch bound.Kind {
			case milestone.StartNoEarlier, milestone.FinishNoEarlier, milestone.MustStart, milestone.MustFinish, milestone.MandatoryStart, milestone.MandatoryFinish:
				asks = max(asks, bound.At)
			}
		}
		if t.PartOf >= 0 {
			heads[i] = heads[i] || heads[t.PartOf]
			firsts[i] = firsts[i] || firsts[t.PartOf]
		}
		if heads[i] || asks != 0 {
			heads[i] = true
			k := pseudo(closing)
			c.head[i], c.nodes[k].asks = k, asks
		}
		c.tail[i] = pseudo(closing)
		c.m.items[c.itemOf[i]].node = c.tail[i]
		if firsts[i] {
			c.first[i] = pseudo(earliest)
		}
	}
	for _, i := range all {
		for _, p := range c.s.Parts(i) {
			c.hold(i, p)
		}
	}
}

// hold joins a part to the nodes of its summary.
func (c *building) hold(whole, part int) {
	k := c.itemOf[part]
	if k < 0 {
		return
	}
	t := &c.all[part]
	join := func(from, to int32, start, hold bool) {
		c.drafts = append(c.drafts, draft{from: from, to: to, start: start, hold: hold})
	}
	inner, outer := c.m.items[k].node, c.m.items[k].node
	begins := c.m.items[k].node
	if t.Type == milestone.Summary {
		inner, outer, begins = -1, c.tail[part], -1
		if h, ok := c.head[part]; ok {
			inner = h
		}
		if f, ok := c.first[part]; ok {
			begins = f
		}
	}
	if h, ok := c.head[whole]; ok && inner >= 0 {
		join(h, inner, false, false)
	}
	join(outer, c.tail[whole], false, true)
	if f, ok := c.first[whole]; ok && begins >= 0 {
		if x := c.nodes[begins]; x.pinned || x.begun { // its start is a fact: a moment of its own
			begins = int32(len(c.nodes))
			c.nodes = append(c.nodes, node{form: closing, base: lowest, hold: lowest, asks: x.started, item: -1, sample: -1})
		}
		join(begins, f, true, false)
	}
}

func (c *building) link(a *milestone.Arc) {
	from, to := &c.all[a.From], &c.all[a.To]
	i, j := c.itemOf[a.From], c.itemOf[a.To]
	if i < 0 || j < 0 {
		return
	}
	d := draft{from: c.m.items[i].node, to: c.m.items[j].node, lag: int64(a.Lag), hours: a.Hours}
	d.start = a.Kind == milestone.StartStart || a.Kind == milestone.StartFinish
	d.hold = a.Kind == milestone.FinishFinish || a.Kind == milestone.StartFinish
	if from.Type == milestone.Summary && d.start {
		d.from = c.first[a.From]
	}
	if to.Type == milestone.Summary {
		d.to = c.head[a.To]
	}
	c.drafts = append(c.drafts, d)
}

// end makes the node that finishes last.
func (c *building) end() {
	last := int32(len(c.nodes))
	for i := range last {
		if c.nodes[i].item >= 0 {
			c.drafts = append(c.drafts, draft{from: i, to: last, hold: true})
		}
	}
	c.m.items[len(c.m.items)-1].node = last
	c.nodes = append(c.nodes, node{form: closing, base: lowest, hold: lowest, item: int32(len(c.m.items) - 1), sample: -1})
}

// settleAxes says which axis each node is on: that of its calendar; and for what takes no time and waits to the minute, the clock, unless one
// calendar serves all and nothing waits for a minute that it does not have as an end.
func (c *building) settleAxes() {
	c.plain = true
	known := false
	for i := range c.nodes {
		x := &c.nodes[i]
		switch {
		case x.form == earliest:
			c.plain = false
		case x.form == closing:
		case !known:
			c.shared, known = x.hours, true
		case x.hours != c.shared:
			c.plain = false
		}
	}
	followed := make([]bool, len(c.nodes))
	last := int32(len(c.nodes) - 1)
	for i := range c.drafts {
		d := &c.drafts[i]
		followed[d.from] = followed[d.from] || d.to != last
		if d.lag != 0 && d.hours != c.shared {
			c.plain = false
		}
		if c.nodes[d.to].form == closing && !c.nodes[d.to].deaf && d.to != last && (d.lag < 0 || d.start || c.nodes[d.from].form == opening) {
			c.plain = false
		}
	}
	for i := range c.nodes {
		if c.nodes[i].form == opening && !followed[i] {
			c.plain = false
		}
	}
	if c.shared == nil { // the clock has every minute
		c.plain = c.plain || c.oneClock()
	}
	first := calendar.Minute(0)
	for i := range c.nodes {
		x := &c.nodes[i]
		for _, m := range []calendar.Minute{x.asks, x.started} {
			if m != 0 && (first == 0 || m < first) {
				first = m
			}
		}
	}
	for _, k := range c.at {
		if m := c.all[k].EarlyStart; m != 0 && (first == 0 || m < first) {
			first = m
		}
	}
	c.origin(max(1, first-60*1440))
}

// oneClock reports whether everything works round the clock, and passes its lags so.
func (c *building) oneClock() bool {
	for i := range c.nodes {
		if c.nodes[i].hours != nil || c.nodes[i].form == earliest {
			return false
		}
	}
	for i := range c.drafts {
		if c.drafts[i].lag != 0 && c.drafts[i].hours != nil {
			return false
		}
	}
	return true
}

// origin puts every node on its axis, whose point 0 is at a minute.
func (c *building) origin(m calendar.Minute) {
	c.n.zero = m
	index := map[*calendar.Hours]int32{}
	on := func(h *calendar.Hours) int32 {
		k, ok := index[h]
		if !ok {
			k = int32(len(c.n.axes))
			index[h] = k
			c.n.axes = append(c.n.axes, axis{h, int64(h.Worked(m))})
		}
		return k
	}
	for i := range c.nodes {
		x := &c.nodes[i]
		if x.form == closing || x.form == earliest {
			if x.hours = nil; c.plain {
				x.hours = c.shared
			}
			if x.base = lowest; x.asks != 0 {
				x.base = int64(x.hours.Worked(x.asks))
			}
			x.hold = lowest
		}
		x.axis = on(x.hours)
		shift := c.n.axes[x.axis].origin
		if x.base > lowest {
			x.base -= shift
		}
		if x.hold > lowest {
			x.hold -= shift
		}
	}
}

// across takes a point of a node, as the start or as the finish of something, over a lag to the axis of another. ok is false beyond the calendars.
func (c *building) across(d *draft, p int64) (q int64, ok bool) {
	x, y := &c.nodes[d.from], &c.nodes[d.to]
	a, z := &c.n.axes[x.axis], &c.n.axes[y.axis]
	if a.hours == z.hours && (d.lag == 0 || d.hours == z.hours) {
		return p + d.lag, true
	}
	return c.after(d, a.minute(p, d.start || x.form == opening), z)
}

func (c *building) after(d *draft, m calendar.Minute, z *axis) (int64, bool) {
	if d.lag != 0 {
		m = d.hours.After(m, calendar.Minutes(d.lag))
	}
	return z.point(m), m != 0
}

// constants takes out of the links what is a fact already, and drops links that move nothing.
func (c *building) constants() {
	kept := c.drafts[:0]
	for _, d := range c.drafts {
		x, y := &c.nodes[d.from], &c.nodes[d.to]
		if y.deaf {
			continue
		}
		if !x.pinned && !(x.begun && d.start) {
			kept = append(kept, d)
			continue
		}
		m := x.ended
		if d.start {
			m = x.started
		}
		p, ok := c.after(&d, m, &c.n.axes[y.axis])
		switch {
		case !ok:
		case d.hold:
			y.hold = max(y.hold, p)
		default:
			y.base = max(y.base, p)
		}
	}
	c.drafts = kept
}

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
		a := arc{from: n.place[d.from], lag: int32(max(min(d.lag, tooLong), -tooLong)), start: d.start, hold: d.hold, via: -1, then: -1}
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
