package milestone

import (
	"github.com/missionled/missionled/milestone/calendar"
)

// A network is what the passes run over: numbers alone. Every node has a start and a finish on the working axis of its own calendar, the finish
// its duration after the start, so that start and finish are one unknown. Links join these events; where both ends and the lag share a
// calendar they are sums on its axis, and elsewhere they go by way of the minute on the clock.
//
// Passes take O(n + m) time for n nodes and m links where the links between nodes have no circle.
type network struct {
	hours []*calendar.Hours // the calendars; [0] is nil, the clock
	on    []int32           // the calendar of each node
	form  []form
	dur   []int64           // on its own axis
	low   []int64           // the least point of the start
	lowAt []calendar.Minute // for closings: the same on the clock
	high  []int64           // the greatest point of the finish, [open] where there is none
	pins  map[int32]pin     // nodes whose dates are given
	fixed map[int32]bool    // nodes with a mandatory date
	group []int32           // whose finish bounds it; -1 is that of all
	real  []bool            // counts towards the finish of its group
	asap  []bool            // false: as late as possible; nil where all are true
	moved []bool            // what was moved for it; nil where nothing was
	links []link

	inOff, outOff []int32 // rows of a node: links into it, links out of it
	in, out       []end   // by rows
	order         []int32 // nodes in the order of the forward pass
	sorted        int     // how many of order are in topological order; the rest lies on circles between nodes or after them
	against       int     // links that lead against the order of the rest
	plain         bool    // one axis, no circles, no first: sums alone

	early, late     []int64 // points: start and finish of each node
	earlyAt, lateAt []calendar.Minute
	cap             []int64           // the point that the finish of its group puts on each node
	finish          []calendar.Minute // the early finish of each group
	whole           calendar.Minute   // the latest of them
	beyond          int32             // the first node found whose date lies outside the calendar; -1
}

// form says where on the clock a node stands at its point of the axis.
type form uint8

const (
	spanning form = iota // starts at the begin of working time, finishes at the end of it
	opening              // takes no time; stands at the begin of the working time that follows
	closing              // takes no time; stands at the very minute of what it waits for, and at the end of working time where that leaves room
	first                // a closing that stands at the earliest of what leads to it: the start of a summary
)

// An end is a link as one of the nodes that it joins sees it.
type end struct {
	add   int64 // to the point of the event: for the least start, or for the greatest finish
	event int32 // the other one: 2*node, +1 for its finish
	link  int32
}

type pin struct{ start, finish calendar.Minute }

// A link joins an event of one node to one of another.
type link struct {
	from, to int32
	arc      int32 // of the Schedule; -1 for what holds summaries together
	on       int32 // the calendar of the lag
	kind     Link
	ahead    bool // counts in the forward pass
	back     bool // counts in the backward pass
	lag      int64
}

// Points beyond every date. Sums of them with lags stay far from the ends of int64.
const (
	unset = -1 << 60
	open  = 1 << 60
)

func (l *link) fromFinish() int32 {
	if l.kind == FinishStart || l.kind == FinishFinish {
		return 1
	}
	return 0
}

func (l *link) toFinish() int32 {
	if l.kind == FinishFinish || l.kind == StartFinish {
		return 1
	}
	return 0
}

// forward finds the earliest points. It reports the nodes that push one another ahead for ever, none where there are none.
func (n *network) forward() []int32 {
	n.beyond = -1
	n.early = make([]int64, 2*len(n.dur))
	n.earlyAt = make([]calendar.Minute, 2*len(n.dur))
	if n.plain {
		for _, j := range n.order {
			s := n.low[j]
			for _, e := range n.in[n.inOff[j]:n.inOff[j+1]] {
				s = max(s, n.early[e.event]+e.add)
			}
			n.early[2*j], n.early[2*j+1] = s, s+n.dur[j]
		}
		for _, j := range n.order {
			n.showEarly(j)
		}
		return nil
	}
	for _, j := range n.order[:n.sorted] {
		n.settle(j)
	}
	rest := n.order[n.sorted:]
	if len(rest) == 0 {
		return nil
	}
	for _, j := range rest {
		n.early[2*j], n.early[2*j+1] = unset, unset
	}
	for round := 0; ; round++ {
		var moved []int32
		for _, j := range rest {
			if n.settle(j) {
				moved = append(moved, j)
			}
		}
		if len(moved) == 0 {
			return nil
		}
		if round > 2*n.against+1 {
			return moved
		}
	}
}

// settle puts a node as early as what leads to it allows, and reports whether that moved it.
func (n *network) settle(j int32) bool {
	before, beforeAt := n.early[2*j], n.earlyAt[2*j]
	s := n.low[j]
	if n.form[j] == first {
		s = open
	}
	for _, k := range n.in[n.inOff[j]:n.inOff[j+1]] {
		l := &n.links[k.link]
		if !l.ahead || n.earlyAt[2*l.from+l.fromFinish()] == 0 {
			continue
		}
		point := n.ahead(l, n.early, n.earlyAt)
		if n.form[j] == first {
			s = min(s, point)
			continue
		}
		s = max(s, point)
	}
	if s == open {
		s = n.low[j]
	}
	n.early[2*j], n.early[2*j+1] = s, s+n.dur[j]
	n.showEarly(j)
	return before != s || beforeAt != n.earlyAt[2*j]
}

// ahead returns the point that a link asks of the start of its later end, where the events of its earlier end stand as given.
func (n *network) ahead(l *link, point []int64, at []calendar.Minute) int64 {
	e := 2*l.from + l.fromFinish()
	p := point[e]
	if on := n.on[l.to]; n.on[l.from] == on && (l.lag == 0 || l.on == on) {
		p += l.lag
	} else {
		m := at[e]
		if l.lag != 0 {
			m = n.hours[l.on].After(m, calendar.Minutes(l.lag))
		}
		if m == 0 {
			n.lost(l.to)
			return unset
		}
		p = int64(n.hours[on].Worked(m))
	}
	if l.toFinish() == 1 {
		p -= n.dur[l.to]
	}
	return p
}

func (n *network) lost(i int32) {
	if n.beyond < 0 {
		n.beyond = i
	}
}

// showEarly finds the minutes of a node's early points.
func (n *network) showEarly(j int32) {
	h, s := n.hours[n.on[j]], n.early[2*j]
	var a, b calendar.Minute
	if p, pinned := n.pins[j]; pinned {
		n.earlyAt[2*j], n.earlyAt[2*j+1] = p.start, p.finish
		return
	}
	switch n.form[j] {
	case spanning:
		a, b = h.Starts(calendar.Minutes(s)), h.Ends(calendar.Minutes(s+n.dur[j]))
	case opening:
		a = h.Starts(calendar.Minutes(s))
		b = a
	case closing, first:
		a = n.raw(j)
		if a == 0 || int64(h.Worked(a)) != s { // it was moved as late as possible
			a = h.Ends(calendar.Minutes(s))
		}
		b = a
	}
	if a == 0 || b == 0 {
		n.lost(j)
	}
	n.earlyAt[2*j], n.earlyAt[2*j+1] = a, b
}

// raw is the very minute that a closing waits for.
func (n *network) raw(j int32) calendar.Minute {
	m := n.lowAt[j]
	if n.form[j] == first {
		m = 0
	}
	for _, k := range n.in[n.inOff[j]:n.inOff[j+1]] {
		l := &n.links[k.link]
		x := n.earlyAt[2*l.from+l.fromFinish()]
		if !l.ahead || x == 0 {
			continue
		}
		if l.lag != 0 {
			x = n.hours[l.on].After(x, calendar.Minutes(l.lag))
		}
		if n.form[j] == first && m != 0 {
			m = min(m, x)
			continue
		}
		m = max(m, x)
	}
	return m
}

// postpone moves what is to be as late as possible to where it touches what follows.
func (n *network) postpone() {
	if n.asap == nil {
		return
	}
	for k := len(n.order) - 1; k >= 0; k-- {
		i := n.order[k]
		if _, pinned := n.pins[i]; n.asap[i] || pinned || n.fixed[i] {
			continue
		}
		if room := n.room(i); room > 0 {
			if n.moved == nil {
				n.moved = make([]bool, len(n.dur))
			}
			n.moved[i] = true
			n.early[2*i] += room
			n.early[2*i+1] += room
			n.showEarly(i)
		}
	}
}

// finishes finds the early finish of every group, and bounds the nodes by it or by the day given for the group. What has no project is bounded by the
// last due day, where that is later.
func (n *network) finishes(by []calendar.Minute, due calendar.Minute, whole bool) {
	n.finish = make([]calendar.Minute, len(by))
	n.whole = 0
	for i, g := range n.group {
		if n.real[i] && g >= 0 {
			n.finish[g] = max(n.finish[g], n.earlyAt[2*i+1])
		}
	}
	latest := due
	for g := range n.finish {
		n.whole = max(n.whole, n.finish[g])
		latest = max(latest, n.finish[g], by[g])
	}
	end := make([]calendar.Minute, len(by))
	for g := range end {
		if end[g] = n.finish[g]; whole {
			end[g] = n.whole
		}
		if by[g] != 0 {
			end[g] = by[g]
		} else if g == 0 {
			end[g] = max(end[g], due)
		}
	}
	n.cap = make([]int64, len(n.dur))
	shared := make(map[[2]int32]int64) // by calendar and group
	for i, g := range n.group {
		if _, pinned := n.pins[int32(i)]; pinned || n.fixed[int32(i)] {
			continue
		}
		key := [2]int32{n.on[i], g}
		point, known := shared[key]
		if !known {
			m := latest
			if g >= 0 {
				m = end[g]
			}
			point = int64(n.hours[n.on[i]].Worked(m))
			shared[key] = point
		}
		n.cap[i] = point
		n.high[i] = min(n.high[i], point)
	}
}

// backward finds the latest points. It reports the nodes that push one another back for ever.
func (n *network) backward() []int32 {
	n.late = make([]int64, 2*len(n.dur))
	n.lateAt = make([]calendar.Minute, 2*len(n.dur))
	if n.plain {
		for k := len(n.order) - 1; k >= 0; k-- {
			i := n.order[k]
			f := n.high[i]
			for _, e := range n.out[n.outOff[i]:n.outOff[i+1]] {
				f = min(f, n.late[e.event]+e.add)
			}
			n.late[2*i], n.late[2*i+1] = f-n.dur[i], f
			n.showLate(i)
		}
		return nil
	}
	rest := n.order[n.sorted:]
	for _, i := range rest {
		n.late[2*i], n.late[2*i+1] = open, open
	}
	for round := 0; len(rest) > 0; round++ {
		var moved []int32
		for k := len(rest) - 1; k >= 0; k-- {
			if n.recede(rest[k]) {
				moved = append(moved, rest[k])
			}
		}
		if len(moved) == 0 {
			break
		}
		if round > 2*n.against+1 {
			return moved
		}
	}
	for k := n.sorted - 1; k >= 0; k-- {
		n.recede(n.order[k])
	}
	return nil
}

// recede puts a node as late as what follows it allows, and reports whether that moved it.
func (n *network) recede(i int32) bool {
	before := n.late[2*i+1]
	f := n.high[i]
	for _, k := range n.out[n.outOff[i]:n.outOff[i+1]] {
		l := &n.links[k.link]
		if !l.back || n.late[2*l.to+1] > open/2 { // not yet known, or held by nothing
			continue
		}
		if b, binds := n.back(l); binds {
			f = min(f, b)
		}
	}
	n.late[2*i], n.late[2*i+1] = f-n.dur[i], f
	n.showLate(i)
	return before != f
}

// back returns the point at which a link holds the finish of its earlier end, by the late points of its later end.
func (n *network) back(l *link) (point int64, binds bool) {
	i, j := l.from, l.to
	e, f := 2*i+l.fromFinish(), 2*j+l.toFinish()
	if n.form[j] == first && n.earlyAt[e] != n.earlyAt[2*j] {
		return 0, false // another part begins before it, and only one needs to
	}
	b := int64(0)
	if on := n.on[j]; n.on[i] == on && (l.lag == 0 || l.on == on) {
		b = n.late[f] - l.lag
	} else {
		m := n.lateAt[f]
		if m != 0 && l.lag != 0 {
			m = n.hours[l.on].After(m, calendar.Minutes(-l.lag))
		}
		if m == 0 {
			n.lost(i)
			return 0, false
		}
		b = int64(n.hours[n.on[i]].Worked(m))
		if b < n.early[e] && n.earlyAt[e] != 0 {
			// Between the two calendars there may be hours that only one of them works. What is early enough as it stands need not be earlier.
			if asked := n.ahead(l, n.early, n.earlyAt); asked != unset && asked <= n.late[2*j] {
				b = n.early[e]
			}
		}
	}
	if e&1 == 0 {
		b += n.dur[i]
	}
	return b, true
}

// showLate finds the minutes of a node's late points.
func (n *network) showLate(i int32) {
	h, f := n.hours[n.on[i]], n.late[2*i+1]
	var a, b calendar.Minute
	if p, pinned := n.pins[i]; pinned {
		n.lateAt[2*i], n.lateAt[2*i+1] = p.start, p.finish
		return
	}
	switch n.form[i] {
	case spanning:
		a, b = h.Starts(calendar.Minutes(f-n.dur[i])), h.Ends(calendar.Minutes(f))
	case opening:
		a = h.Starts(calendar.Minutes(f))
		b = a
	case closing, first:
		if a = h.Ends(calendar.Minutes(f)); f == n.early[2*i+1] {
			a = n.earlyAt[2*i+1]
		}
		b = a
	}
	if a == 0 || b == 0 {
		n.lost(i)
	}
	n.lateAt[2*i], n.lateAt[2*i+1] = a, b
}

// touch returns how much later the event of a link's earlier end could be, on its own calendar, with the later end where it is early.
func (n *network) touch(l *link) int64 {
	e, f := 2*l.from+l.fromFinish(), 2*l.to+l.toFinish()
	if on := n.on[l.to]; n.on[l.from] == on && (l.lag == 0 || l.on == on) {
		return n.early[f] - l.lag - n.early[e]
	}
	m := n.earlyAt[f]
	if l.lag != 0 {
		m = n.hours[l.on].After(m, calendar.Minutes(-l.lag))
	}
	if m == 0 {
		return 0
	}
	return int64(n.hours[n.on[l.from]].Worked(m)) - n.early[e]
}

// room is how much later a node could finish without moving another, and without moving the finish of its group. It is never negative.
func (n *network) room(i int32) int64 {
	room, followed := int64(open), false
	if n.plain {
		for _, e := range n.out[n.outOff[i]:n.outOff[i+1]] {
			if e.add != open {
				followed = true
				room = min(room, n.early[e.event]+e.add)
			}
		}
		if followed {
			return max(0, room-n.early[2*i+1])
		}
	}
	for _, k := range n.out[n.outOff[i]:n.outOff[i+1]] {
		l := &n.links[k.link]
		if l.back {
			followed = true
			room = min(room, n.touch(l))
		}
	}
	if !followed {
		m := n.whole
		if g := n.group[i]; g >= 0 {
			m = n.finish[g]
		}
		room = int64(n.hours[n.on[i]].Worked(m)) - n.early[2*i+1]
	}
	return max(0, room)
}

// apart is how much later a node could finish without moving another, if all before it came as late as they may.
func (n *network) apart(i int32) int64 {
	start := n.low[i]
	if n.plain {
		for _, e := range n.in[n.inOff[i]:n.inOff[i+1]] {
			start = max(start, n.late[e.event]+e.add)
		}
		return max(0, n.room(i)+n.early[2*i]-start)
	}
	for _, k := range n.in[n.inOff[i]:n.inOff[i+1]] {
		if l := &n.links[k.link]; l.ahead {
			start = max(start, n.ahead(l, n.late, n.lateAt))
		}
	}
	return max(0, n.room(i)+n.early[2*i]-start)
}
