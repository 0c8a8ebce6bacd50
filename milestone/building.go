package milestone

import (
	"errors"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone/calendar"
)

// summaryNodes are the nodes that carry the links and constraints of a summary, by its position: what holds its parts from starting, when the
// last of them has finished, when the first of them starts.
type summaryNodes struct{ head, tail, first map[int32]int32 }

// stands reports whether an activity under way has no data date to go on from.
func (b *scheduling) stands(i int) bool {
	t := &b.s.nodes[i]
	return t.Started != 0 && t.Finished == 0 && b.s.projects[b.group[i]].data == 0
}

// buildNetwork makes nodes of what is scheduled, in its order, and behind them the nodes that stand for actual starts and for summaries.
func (b *scheduling) buildNetwork() {
	s := b.s
	n := &network{pins: map[int32]pin{}, fixed: map[int32]bool{}, hours: []*calendar.Hours{nil}}
	s.net, s.started = n, map[int32]int32{}
	s.heads = summaryNodes{map[int32]int32{}, map[int32]int32{}, map[int32]int32{}}
	calendars := map[*calendar.Hours]int32{nil: 0}
	number := func(h *calendar.Hours) int32 {
		k, ok := calendars[h]
		if !ok {
			k = int32(len(n.hours))
			calendars[h] = k
			n.hours = append(n.hours, h)
		}
		return k
	}
	for i := range s.nodes {
		b.node(i, number(s.nodes[i].Hours))
	}
	shared := int32(0)
	for i := range s.nodes {
		if s.nodes[i].Type != Summary {
			shared = n.on[i]
			break
		}
	}
	for i := range s.nodes {
		if s.nodes[i].Type == Summary {
			n.on[i] = shared // it has no dates of its own
		} else if n.on[i] != shared {
			shared = 0
			break
		}
	}
	b.summaries(shared)
	for i := range s.arcs {
		a := &s.arcs[i]
		b.link(a.From, a.To, a.Kind, int64(a.Lag), number(a.Hours), int32(i))
	}
	for i, late := range b.asLate {
		if late && s.nodes[i].Started == 0 && s.nodes[i].Finished == 0 {
			if n.asap == nil {
				n.asap = slices.Repeat([]bool{true}, len(n.dur))
			}
			n.asap[i] = false
		}
	}
	for n.asap != nil && len(n.asap) < len(n.dur) {
		n.asap = append(n.asap, true)
	}
}

// extra adds a node that takes no time and stands for something about others.
func (n *network) extra(f form, on int32) int32 {
	n.on, n.form = append(n.on, on), append(n.form, f)
	n.dur, n.low, n.high = append(n.dur, 0), append(n.low, 0), append(n.high, open)
	n.lowAt, n.group, n.real = append(n.lowAt, 1), append(n.group, -1), append(n.real, false)
	return int32(len(n.dur) - 1)
}

func (b *scheduling) node(i int, on int32) {
	n, t := b.s.net, &b.s.nodes[i]
	n.extra(closing, on)
	if t.Type == Summary || t.Type == LevelOfEffort {
		return
	}
	h := t.Hours
	n.group[i], n.real[i] = b.group[i], true
	point := func(m calendar.Minute) int64 { return int64(h.Worked(m)) }
	if t.Finished != 0 {
		start := t.Started
		if start == 0 || start > t.Finished {
			start = t.Finished
		}
		n.pins[int32(i)] = pin{start, t.Finished}
		n.form[i], n.low[i] = spanning, point(start)
		n.dur[i], n.high[i], n.lowAt[i] = point(t.Finished)-point(start), point(t.Finished), start
		return
	}
	n.dur[i] = int64(t.Lasts)
	switch {
	case n.dur[i] > 0:
		n.form[i] = spanning
	case t.Type != FinishMilestone:
		n.form[i] = opening
	}
	begin := t.Begin
	if t.Started != 0 {
		if begin = max(t.Started, b.s.projects[b.group[i]].data); b.stands(i) {
			if full, ok := b.full(i); ok {
				begin = h.Starts(h.Worked(t.Started) + max(0, full-t.Lasts))
			}
		}
	}
	n.lowAt[i], n.low[i] = begin, point(begin)
	raise := func(m calendar.Minute, p int64) {
		n.low[i] = max(n.low[i], p)
		n.lowAt[i] = max(n.lowAt[i], m)
	}
	for _, bound := range t.Bounds {
		at := point(bound.At)
		switch {
		case bound.Kind.startBound() && t.Started != 0:
			continue
		case bound.Kind.startBound():
			if bound.Kind.early() {
				raise(bound.At, at)
			}
			if bound.Kind.late() {
				n.high[i] = min(n.high[i], at+n.dur[i])
			}
		default:
			if bound.Kind.early() {
				raise(h.Ends(calendar.Minutes(at)), at-n.dur[i])
			}
			if bound.Kind.late() {
				n.high[i] = min(n.high[i], at)
			}
		}
	}
	if m, ok := b.mandatory(i); ok {
		start, finish := point(m.At), point(m.At)
		if m.Kind == MandatoryFinish {
			start -= n.dur[i]
		} else {
			finish += n.dur[i]
		}
		n.fixed[int32(i)] = true
		n.low[i], n.high[i], n.lowAt[i] = start, finish, m.At
		if m.Kind == MandatoryFinish {
			n.lowAt[i] = h.Ends(calendar.Minutes(start))
		}
	}
}

// full is how long an activity takes as a whole.
func (b *scheduling) full(i int) (calendar.Minutes, bool) {
	if r := claimedQuietly(b, &b.plan.activities, b.s.nodes[i].Ref.ID); r != nil {
		return r.Lasts, true
	}
	return 0, false
}

func claimedQuietly[T any](b *scheduling, t *record.Timelines[T], id record.ID) *T {
	if claims := t.At(id, b.at.On, b.at.Known); len(claims) > 0 {
		return claims[0].Record
	}
	return nil
}

// mandatory returns the mandatory constraint that counts: the first.
func (b *scheduling) mandatory(i int) (Bound, bool) {
	t := &b.s.nodes[i]
	if t.Finished != 0 {
		return Bound{}, false
	}
	for _, bound := range t.Bounds {
		if bound.Kind == MandatoryStart && t.Started == 0 || bound.Kind == MandatoryFinish {
			return bound, true
		}
	}
	return Bound{}, false
}

// link adds a link between two positions, by way of the nodes of summaries and of actual starts.
func (b *scheduling) link(from, to int, kind Link, lag int64, on, arc int32) {
	s, n := b.s, b.s.net
	a, z := &s.nodes[from], &s.nodes[to]
	if a.Type == LevelOfEffort || z.Type == LevelOfEffort {
		return
	}
	l := link{from: int32(from), to: int32(to), arc: arc, on: on, kind: kind, lag: lag, ahead: true, back: true}
	if a.Type == Summary {
		via := s.heads.tail
		if l.fromFinish() == 0 {
			via = s.heads.first
		}
		node, ok := via[l.from]
		if !ok {
			return
		}
		l.from = node
	} else {
		b.leave(&l, a, from)
	}
	if z.Type == Summary {
		node, ok := s.heads.head[l.to]
		if !ok {
			return
		}
		l.to = node
	} else {
		b.enter(&l, z, to)
	}
	n.links = append(n.links, l)
}

// leave says what a link does for what it comes from.
func (b *scheduling) leave(l *link, t *Timing, i int) {
	switch {
	case t.Finished != 0:
		l.back = false
	case t.Started != 0 && l.fromFinish() == 0:
		node, ok := b.s.started[l.from]
		if !ok {
			n := b.s.net
			node = n.extra(spanning, n.on[i])
			n.pins[node] = pin{t.Started, t.Started}
			n.low[node] = int64(t.Hours.Worked(t.Started))
			n.high[node], n.lowAt[node] = n.low[node], t.Started
			b.s.started[l.from] = node
		}
		l.from, l.back = node, false
	}
	if _, fixed := b.mandatory(i); fixed {
		l.back = false
	}
}

// enter says what a link does to what it leads to.
func (b *scheduling) enter(l *link, t *Timing, i int) {
	if t.Finished != 0 {
		l.ahead, l.back = false, false
		return
	}
	if t.Started != 0 && l.toFinish() == 0 && (b.options.Progress == ProgressOverride || b.stands(i)) {
		l.ahead, l.back = false, false
	}
	if b.stands(i) {
		l.ahead = false
	}
	if _, fixed := b.mandatory(i); fixed {
		l.ahead = false
	}
}

// summaries adds the nodes that carry links and constraints of summaries to their parts.
func (b *scheduling) summaries(on int32) {
	s, n := b.s, b.s.net
	var all []int32 // summaries, each before those that are part of it
	depth := make(map[int32]int)
	for i := range s.nodes {
		if s.nodes[i].Type == Summary {
			d := 0
			for up := s.nodes[i].PartOf; up >= 0 && d <= len(s.nodes); up = s.nodes[up].PartOf {
				d++
			}
			depth[int32(i)] = d
			all = append(all, int32(i))
		}
	}
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(a, b int32) int { return depth[a] - depth[b] })
	const head, tail, begin = 1, 2, 4
	needs := make(map[int32]int)
	for i := range s.arcs {
		a := &s.arcs[i]
		if s.nodes[a.To].Type == Summary {
			needs[int32(a.To)] |= head
		}
		if s.nodes[a.From].Type == Summary {
			if a.Kind == FinishStart || a.Kind == FinishFinish {
				needs[int32(a.From)] |= tail
			} else {
				needs[int32(a.From)] |= begin
			}
		}
	}
	for _, i := range all {
		for _, bound := range s.nodes[i].Bounds {
			if bound.Kind.early() {
				needs[i] |= head
			}
			if bound.Kind.late() {
				needs[i] |= tail
			}
		}
		if up := s.nodes[i].PartOf; up >= 0 {
			needs[i] |= needs[int32(up)]
		}
		if len(s.parts[i]) == 0 {
			needs[i] = 0
		}
	}
	for _, i := range all {
		t := &s.nodes[i]
		h := n.hours[on]
		if needs[i]&head != 0 {
			s.heads.head[i] = n.extra(closing, on)
		}
		if needs[i]&tail != 0 {
			s.heads.tail[i] = n.extra(closing, on)
		}
		if needs[i]&begin != 0 {
			s.heads.first[i] = n.extra(first, on)
		}
		for _, bound := range t.Bounds {
			if k, ok := s.heads.head[i]; ok && bound.Kind.early() {
				n.lowAt[k] = max(n.lowAt[k], bound.At)
				n.low[k] = max(n.low[k], int64(h.Worked(bound.At)))
			}
			if k, ok := s.heads.tail[i]; ok && bound.Kind.late() {
				n.high[k] = min(n.high[k], int64(h.Worked(bound.At)))
			}
		}
	}
	for _, i := range all {
		for _, p := range s.parts[i] {
			b.hold(i, p)
		}
	}
}

// hold joins a part to the nodes of its summary.
func (b *scheduling) hold(whole, part int32) {
	s, n := b.s, b.s.net
	t := &s.nodes[part]
	if t.Type == LevelOfEffort {
		return
	}
	join := func(from, to int32, kind Link) *link {
		n.links = append(n.links, link{from: from, to: to, arc: -1, kind: kind, ahead: true, back: true})
		return &n.links[len(n.links)-1]
	}
	if head, ok := s.heads.head[whole]; ok {
		if t.Type == Summary {
			if inner, ok := s.heads.head[part]; ok {
				join(head, inner, FinishStart)
			}
		} else {
			b.enter(join(head, part, FinishStart), t, int(part))
		}
	}
	if tail, ok := s.heads.tail[whole]; ok {
		if t.Type == Summary {
			if inner, ok := s.heads.tail[part]; ok {
				join(inner, tail, FinishFinish)
			}
		} else {
			b.leave(join(part, tail, FinishFinish), t, int(part))
		}
	}
	if begin, ok := s.heads.first[whole]; ok {
		if t.Type == Summary {
			if inner, ok := s.heads.first[part]; ok {
				join(inner, begin, StartStart)
			}
		} else {
			l := link{from: part, to: begin, arc: -1, kind: StartStart, ahead: true, back: true}
			b.leave(&l, t, int(part))
			n.links = append(n.links, l)
		}
	}
}

// pass runs the passes.
func (b *scheduling) pass() error {
	n := b.s.net
	n.arrange()
	if n.sorted < len(n.order) {
		if walk := b.s.circle(); walk != nil {
			return &ScheduleError{Err: &PrecedenceError{Walk: walk}}
		}
	}
	if stuck := n.forward(); stuck != nil {
		return b.stuck(stuck)
	}
	by := make([]calendar.Minute, len(b.s.projects))
	for g := range by {
		by[g] = b.s.projects[g].finishBy
	}
	due := calendar.Minute(0)
	for i := range b.s.nodes {
		if b.options.DueBinds && b.s.nodes[i].Finished == 0 {
			due = max(due, b.s.nodes[i].DueBy())
		}
	}
	n.finishes(by, due, b.options.Finish == WholeFinish)
	n.postpone()
	if stuck := n.backward(); stuck != nil {
		return b.stuck(stuck)
	}
	if n.beyond >= 0 {
		return &ScheduleError{Ref: b.s.refOf(n.beyond), Err: ErrBeyond}
	}
	return nil
}

// refOf is what a node stands for.
func (s *Schedule) refOf(node int32) record.Ref {
	if int(node) < len(s.nodes) {
		return s.nodes[node].Ref
	}
	for _, m := range []map[int32]int32{s.heads.head, s.heads.tail, s.heads.first, s.started} {
		for i, k := range m {
			if k == node {
				return s.nodes[i].Ref
			}
		}
	}
	return record.Ref{}
}

// ErrEntangled says that activities push one another ahead for ever: links into starts and out of finishes go in a circle that the durations
// do not fit into.
var ErrEntangled = errors.New("it is held between links of activities that lead back to it, and its duration does not fit between them: " +
	"shorten what has to happen within it, or drop one of the links")

func (b *scheduling) stuck(nodes []int32) error {
	var faults []error
	seen := make(map[record.Ref]bool)
	for _, i := range nodes {
		if ref := b.s.refOf(i); !seen[ref] {
			seen[ref] = true
			faults = append(faults, &ScheduleError{Ref: ref, Err: ErrEntangled})
		}
	}
	return errors.Join(faults...)
}

// circle returns a shortest circle of starts and finishes, or nil.
func (s *Schedule) circle() []graph.Edge[record.Ref] {
	var e eventGraph
	for i := range s.nodes {
		t := &s.nodes[i]
		e.node(t.Ref, t.Type == Summary, t.Type == StartMilestone || t.Type == FinishMilestone && t.Lasts == 0)
		if t.PartOf >= 0 {
			e.part(t.Ref, s.nodes[t.PartOf].Ref)
		}
	}
	for _, l := range s.net.links {
		if l.arc >= 0 && (l.ahead || l.back) {
			a := &s.arcs[l.arc]
			e.link(s.nodes[a.From].Ref, s.nodes[a.To].Ref, a.Kind, a.Dependency)
		}
	}
	return e.cycle()
}
