package mspdi

import (
	"strconv"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

func weekday(d int) time.Weekday { return time.Weekday(d) }

// buildLinks makes the dependencies, and hands on to their parts what is said of summaries.
func (b *builder) buildLinks() {
	parts := b.leaves()
	seen := make(map[record.ID]int)
	for i := range b.raw.tasks {
		t := &b.raw.tasks[i]
		for j := range t.passed {
			for _, leaf := range parts(i) {
				a := &b.out.Spec.Activities[b.raw.tasks[leaf].at]
				a.Constraints = append(a.Constraints, t.passed[j])
			}
		}
		for j := range t.links {
			if b.stop {
				return
			}
			b.buildLink(i, &t.links[j], parts, seen)
		}
	}
}

// leaves returns a function that lists the tasks below a summary that are none themselves, or a task alone.
func (b *builder) leaves() func(int) []int {
	below := make(map[int][]int)
	wanted := make(map[int]bool)
	for i := range b.raw.tasks {
		t := &b.raw.tasks[i]
		if t.parts && (len(t.links) > 0 || len(t.passed) > 0) {
			wanted[i] = true
		}
		for j := range t.links {
			if k, ok := b.tasks[t.links[j].on]; ok && b.raw.tasks[k].parts {
				wanted[k] = true
			}
		}
	}
	total := 0
	for i := range b.raw.tasks {
		if t := &b.raw.tasks[i]; t.at < 0 || t.parts {
			continue
		}
		for p := b.raw.tasks[i].parent; p >= 0; p = b.raw.tasks[p].parent {
			if !wanted[p] {
				continue
			}
			if total++; total > b.limits.Links {
				e := &b.raw.tasks[p].element
				b.fault(e.line, e.path, b.raw.tasks[p].id, &LimitError{"links", int64(b.limits.Links)})
				b.stop = true
				return func(int) []int { return nil }
			}
			below[p] = append(below[p], i)
		}
	}
	return func(i int) []int {
		if b.raw.tasks[i].parts {
			return below[i]
		}
		return []int{i}
	}
}

func (b *builder) buildLink(i int, l *rawLink, parts func(int) []int, seen map[record.ID]int) {
	t := &b.raw.tasks[i]
	k, ok := b.tasks[l.on]
	switch {
	case l.cross:
		b.unmodelled(&l.element, t.id, "a link to a task of another file", "the task does not wait for it")
		return
	case !ok:
		b.fault(l.line, l.path+"/PredecessorUID", t.id, &DanglingError{"task", strconv.Itoa(l.on)})
		return
	case k == i:
		b.fault(l.line, l.path+"/PredecessorUID", t.id, ErrOnItself)
		return
	}
	on := &b.raw.tasks[k]
	if t.at < 0 || on.at < 0 {
		b.lost(&l.element, t.id, "a link with a task that is left out")
		return
	}
	fromStart := l.kind == milestone.StartStart || l.kind == milestone.StartFinish
	switch {
	case on.parts && fromStart:
		b.unmodelled(&l.element, t.id, "a link from the start of a summary", "the task does not wait for it")
		return
	case t.parts && (l.kind == milestone.FinishFinish || l.kind == milestone.StartFinish):
		b.unmodelled(&l.element, t.id, "a link to the finish of a summary", "the summary does not wait for it")
		return
	}
	lag, elapsed, ok := b.lag(t, on, l)
	if !ok {
		return
	}
	befores, afters := parts(k), parts(i)
	if b.raw.links += len(befores)*len(afters) - 1; b.raw.links > b.limits.Links {
		b.fault(l.line, l.path, t.id, &LimitError{"links", int64(b.limits.Links)})
		b.stop = true
		return
	}
	if on.parts || t.parts {
		b.repaired(&l.element, t.id, "the link with a summary is read as links with its parts, "+strconv.Itoa(len(befores)*len(afters))+" in all")
	}
	for _, before := range befores {
		for _, after := range afters {
			if before == after {
				b.fault(l.line, l.path, t.id, ErrOnItself)
				continue
			}
			p, s := &b.raw.tasks[before], &b.raw.tasks[after]
			id := b.id("link-" + strconv.Itoa(p.uid) + "-" + strconv.Itoa(s.uid) + "-" + short[l.kind])
			if seen[id]++; seen[id] > 1 {
				id += record.ID("-" + strconv.Itoa(seen[id]))
			}
			d := milestone.Dependency{Record: b.base(id, l.path), Kind: l.kind, Lag: lag,
				Dependent: record.Ref{Kind: milestone.KindActivity, ID: b.out.Spec.Activities[s.at].ID},
				On:        record.Ref{Kind: milestone.KindActivity, ID: b.out.Spec.Activities[p.at].ID}}
			if elapsed {
				d.LagOn = milestone.RoundTheClock
			}
			b.out.Spec.Dependencies = append(b.out.Spec.Dependencies, d)
		}
	}
}

var short = map[milestone.Link]string{milestone.FinishStart: "fs", milestone.StartStart: "ss", milestone.FinishFinish: "ff", milestone.StartFinish: "sf"}

// lag reads the lag of a link: tenths of a minute, or per cent of the predecessor's duration.
func (b *builder) lag(t, on *rawTask, l *rawLink) (lag calendar.Minutes, elapsed, ok bool) {
	if l.lag == 0 {
		return 0, false, true
	}
	if !isPercent(l.format) {
		n := roundTenths(int64(l.lag))
		if int(n)*10 != l.lag {
			b.repaired(&l.element, t.id, "its lag of "+strconv.Itoa(l.lag)+" tenths of a minute is rounded to the minute, as "+n.String())
		}
		return n, isElapsed(l.format), true
	}
	if isElapsed(l.format) || on.parts {
		b.unmodelled(&l.element, t.id, "a lag that is a share of the time on the clock, or of a summary", "the link has no lag")
		return 0, false, true
	}
	// The product of a duration of at most 10,000 years and a share of at most 2^31 per cent fits.
	share := int64(on.lasts) * int64(l.lag)
	if share/100 > maxLength || share/100 < -maxLength {
		b.fault(l.line, l.path+"/LinkLag", t.id, &ValueError{strconv.Itoa(l.lag), "a share that gives less than ten thousand years"})
		return 0, false, false
	}
	n := roundTenths(share / 10)
	b.repaired(&l.element, t.id, "its lag of "+strconv.Itoa(l.lag)+"% of the predecessor's duration is read as "+n.String())
	return n, on.elapsed, true
}

// conflicts finds where the file honours a latest date against the links: there early dates obey the constraint, which a schedule does
// not do, since what binds late dates does not move early ones.
func (b *builder) conflicts() {
	if !b.honours {
		return
	}
	for i := range b.raw.tasks {
		t := &b.raw.tasks[i]
		kind := constraints[t.constraint]
		if t.at < 0 || t.parts || t.manual || t.actualStart != 0 || t.computed.EarlyStart == 0 ||
			kind != milestone.StartNoLater && kind != milestone.FinishNoLater {
			continue
		}
		a := &b.out.Spec.Activities[t.at]
		own := b.clock(a)
		for j := range t.links {
			l := &t.links[j]
			k, ok := b.tasks[l.on]
			if !ok || b.raw.tasks[k].parts || b.raw.tasks[k].at < 0 || isPercent(l.format) {
				continue
			}
			from, at := &b.raw.tasks[k].computed, t.computed.EarlyStart
			event := from.EarlyFinish
			if l.kind == milestone.StartStart || l.kind == milestone.StartFinish {
				event = from.EarlyStart
			}
			if l.kind == milestone.FinishFinish || l.kind == milestone.StartFinish {
				at = t.computed.EarlyFinish
			}
			lagged := own
			if isElapsed(l.format) {
				lagged = nil
			}
			if needs := lagged.After(event, roundTenths(int64(l.lag))); needs != 0 && at != 0 && own.Between(at, needs) > 1 {
				b.unmodelled(&t.element, t.id, "a latest date that the file honours against the link from task "+strconv.Itoa(l.on),
					"the link moves the task beyond the date, and its float is negative")
				break
			}
		}
	}
}
