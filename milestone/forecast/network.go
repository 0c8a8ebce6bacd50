package forecast

import (
	"slices"

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

	sums []uint8 // per place: 1 to 3 where that many arcs without lag decide its start, and nothing else can; else 0

	views   []view  // in the order of the places that they are of
	viewOff []int32 // views of a place: viewOff[k] to viewOff[k+1]

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
	view  int32 // the row of what it sees of its earlier end; -1: its finishes as they are
}

// view is what arcs see of a node that is not its finish as it stands: its start, or either on another axis. Arcs that see the same share it.
type view struct {
	start bool
	via   int16
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
