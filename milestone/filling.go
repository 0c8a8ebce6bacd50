package milestone

import (
	"slices"

	"github.com/missionled/missionled/milestone/calendar"
)

// fill copies dates and floats out of the network, and finds those of levels of effort and summaries.
func (b *scheduling) fill() {
	s, n := b.s, b.s.net
	var efforts, summaries []int
	for i := range s.nodes {
		t, k := &s.nodes[i], int32(i)
		switch t.Type {
		case LevelOfEffort:
			efforts = append(efforts, i)
			continue
		case Summary:
			summaries = append(summaries, i)
			continue
		}
		t.EarlyStart, t.EarlyFinish = n.earlyAt[2*k], n.earlyAt[2*k+1]
		t.LateStart, t.LateFinish = n.lateAt[2*k], n.lateAt[2*k+1]
		if t.Finished != 0 {
			continue
		}
		t.StartFloat = calendar.Minutes(n.late[2*k] - n.early[2*k])
		t.FinishFloat = calendar.Minutes(n.late[2*k+1] - n.early[2*k+1])
		t.FreeFloat = calendar.Minutes(n.room(k))
		t.IndependentFloat = calendar.Minutes(n.apart(k))
		b.total(t, b.group[i])
	}
	b.efforts(efforts)
	slices.SortStableFunc(summaries, func(x, y int) int { return s.depth(y) - s.depth(x) })
	for _, i := range summaries {
		b.span(i)
	}
	for i := range s.arcs {
		b.sequence(i)
	}
	if !s.dated {
		for i := range s.nodes {
			t := &s.nodes[i]
			t.Begin, t.EarlyStart, t.EarlyFinish, t.LateStart, t.LateFinish = 0, 0, 0, 0, 0
		}
	}
}

func (s *Schedule) depth(i int) int {
	d := 0
	for up := s.nodes[i].PartOf; up >= 0 && d <= len(s.nodes); up = s.nodes[up].PartOf {
		d++
	}
	return d
}

func (b *scheduling) total(t *Timing, group int32) {
	t.TotalFloat = t.FinishFloat
	switch rule := b.options.Float; {
	case rule == StartFloatCounts:
		t.TotalFloat = t.StartFloat
	case rule == SmallestCounts, rule == MicrosoftCounts && t.Started == 0:
		t.TotalFloat = min(t.StartFloat, t.FinishFloat)
	}
	t.InterferingFloat = t.TotalFloat - t.FreeFloat
	t.Critical = t.Type != LevelOfEffort && t.TotalFloat <= b.s.projects[group].lax
}

// sequence remarks on a link that a mandatory date or an actual start went before.
func (b *scheduling) sequence(i int) {
	s, a := b.s, &b.s.arcs[i]
	from, to := &s.nodes[a.From], &s.nodes[a.To]
	if to.Type == Summary || to.Type == LevelOfEffort || from.Type == Summary || from.Type == LevelOfEffort || to.Finished != 0 && from.Finished != 0 {
		return
	}
	m := from.EarlyFinish
	if a.Kind == StartStart || a.Kind == StartFinish {
		if m = from.EarlyStart; from.Started != 0 {
			m = from.Started
		}
	}
	m = a.Hours.After(m, a.Lag)
	stands := to.Started
	if a.Kind == FinishFinish || a.Kind == StartFinish {
		stands = to.Finished
	}
	if stands != 0 {
		if to.Hours.Worked(stands) < to.Hours.Worked(m) {
			b.remark(to.Ref, OutOfSequence)
		}
		return
	}
	if _, fixed := b.mandatory(a.To); fixed {
		at := to.EarlyStart
		if a.Kind == FinishFinish || a.Kind == StartFinish {
			at = to.EarlyFinish
		}
		if to.Hours.Worked(at) < to.Hours.Worked(m) {
			b.remark(to.Ref, LogicBroken)
		}
	}
}

// span gives a summary the dates of its parts.
func (b *scheduling) span(i int) {
	s := b.s
	t := &s.nodes[i]
	least := func(m *calendar.Minute, x calendar.Minute) {
		if x != 0 && (*m == 0 || x < *m) {
			*m = x
		}
	}
	done, any := true, false
	t.Started, t.Finished = 0, 0
	for _, k := range s.parts[i] {
		p := &s.nodes[k]
		if p.EarlyFinish == 0 {
			continue
		}
		any = true
		start := p.EarlyStart
		if p.Started != 0 {
			start = p.Started
		}
		least(&t.EarlyStart, start)
		least(&t.LateStart, p.LateStart)
		least(&t.Started, p.Started)
		t.EarlyFinish, t.LateFinish = max(t.EarlyFinish, p.EarlyFinish), max(t.LateFinish, p.LateFinish)
		if done = done && p.Finished != 0; done {
			t.Finished = max(t.Finished, p.Finished)
		}
	}
	if !any {
		return
	}
	if !done {
		t.Finished = 0
	}
	h := t.Hours
	t.Lasts = h.Between(t.EarlyStart, t.EarlyFinish)
	if t.Finished != 0 {
		return
	}
	t.StartFloat, t.FinishFloat = h.Between(t.EarlyStart, t.LateStart), h.Between(t.EarlyFinish, t.LateFinish)
	b.total(t, b.group[i])
	t.InterferingFloat = 0
}

// efforts gives levels of effort the stretch between their anchors: from the earliest that their start links name to the latest that their finish
// links do, whichever end they are on. One level of effort may anchor another.
func (b *scheduling) efforts(all []int) {
	s := b.s
	arcs := make(map[int][]*Arc)
	for i := range s.arcs {
		a := &s.arcs[i]
		if s.nodes[a.From].Type == LevelOfEffort {
			arcs[a.From] = append(arcs[a.From], a)
		}
		if s.nodes[a.To].Type == LevelOfEffort && a.To != a.From {
			arcs[a.To] = append(arcs[a.To], a)
		}
	}
	for round := 0; round <= len(all); round++ {
		moved := false
		for _, i := range all {
			moved = b.effort(i, arcs[i]) || moved
		}
		if !moved {
			break
		}
	}
	for _, i := range all {
		t := &s.nodes[i]
		t.Lasts = t.Hours.Between(t.EarlyStart, t.EarlyFinish)
		if t.Finished == 0 {
			t.StartFloat, t.FinishFloat = t.Hours.Between(t.EarlyStart, t.LateStart), t.Hours.Between(t.EarlyFinish, t.LateFinish)
			b.total(t, b.group[i])
			t.InterferingFloat = 0
		}
	}
}

func (b *scheduling) effort(i int, arcs []*Arc) (moved bool) {
	s := b.s
	t := &s.nodes[i]
	before := *t
	var early, late [2]calendar.Minute // start, finish
	for _, a := range arcs {
		leaves := a.From == i
		other, lag := a.From, a.Lag
		mine := a.Kind == FinishFinish || a.Kind == StartFinish
		theirs := a.Kind == FinishStart || a.Kind == FinishFinish
		if leaves {
			other, lag, mine, theirs = a.To, -a.Lag, theirs, mine
		}
		o := &s.nodes[other]
		e, l := o.EarlyStart, o.LateStart
		if o.Started != 0 {
			e, l = o.Started, o.Started
		}
		if theirs {
			e, l = o.EarlyFinish, o.LateFinish
		}
		for k, m := range []calendar.Minute{a.Hours.After(e, lag), a.Hours.After(l, lag)} {
			set := &early
			if k == 1 {
				set = &late
			}
			switch {
			case m == 0:
			case mine:
				set[1] = max(set[1], m)
			case set[0] == 0 || m < set[0]:
				set[0] = m
			}
		}
	}
	place := func(m [2]calendar.Minute) (start, finish calendar.Minute) {
		if m[0] == 0 || m[0] < t.Begin {
			m[0] = t.Begin
		}
		if t.Started != 0 {
			m[0] = t.Started
		}
		start = t.Hours.Next(m[0])
		if t.Started != 0 {
			start = t.Started
		}
		finish = t.Hours.Last(m[1])
		if m[1] == 0 || t.Hours.Worked(finish) <= t.Hours.Worked(start) {
			finish = start
		}
		if t.Finished != 0 {
			finish = t.Finished
		}
		return start, finish
	}
	t.EarlyStart, t.EarlyFinish = place(early)
	t.LateStart, t.LateFinish = place(late)
	return before.EarlyStart != t.EarlyStart || before.EarlyFinish != t.EarlyFinish || before.LateStart != t.LateStart || before.LateFinish != t.LateFinish
}
