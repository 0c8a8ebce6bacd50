package milestone

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Cause says what sort of thing holds a date where it is.
type Cause uint8

// What holds a date. The list is closed.
const (
	ByBegin      Cause = iota + 1 // the begin of its project, or the data date
	ByActual                      // it has happened
	ByLink                        // a link to another activity or milestone
	ByConstraint                  // a constraint of its own, or of a summary that it is part of
	ByFinish                      // the finish of its project, or the day by which that must finish
	ByRoom                        // it goes as late as it may, up to what the link asks for
	ByParts                       // a summary's parts; the anchors of a level of effort
)

var causes = []string{"", "begin", "actual", "link", "constraint", "finish", "room", "parts"}

// String returns the word for the cause, "" for the zero Cause.
func (c Cause) String() string {
	if int(c) < len(causes) {
		return causes[c]
	}
	return ""
}

// Reason is one thing that holds a date where it is. Without it, and others that hold it as well, the date could move.
type Reason struct {
	Cause Cause
	// Dependency, Other, Link and Lag are those of the link, where the cause is one: Other is at its far end.
	Dependency record.ID
	Other      record.Ref
	Link       Link
	Lag        calendar.Minutes
	// Bound is the constraint, where the cause is one.
	Bound Bound
	// Via is the summary through which a link or a constraint reaches the activity, where it is not the activity's own.
	Via record.Ref
	// At is the date held: for an early date the start, for a late one the finish. It is zero in a schedule without dates.
	At calendar.Minute
}

// String returns the reason as a phrase that goes on from "because of": "the link d7 (finish-start, lag PT8H) with activity/a1".
func (r Reason) String() string {
	var b strings.Builder
	switch r.Cause {
	case ByBegin:
		b.WriteString("the begin of the project or its data date")
	case ByActual:
		b.WriteString("what has happened")
	case ByLink, ByRoom:
		b.WriteString("the link " + string(r.Dependency) + " (" + r.Link.String())
		if r.Lag != 0 {
			b.WriteString(", lag " + r.Lag.String())
		}
		b.WriteString(") with " + r.Other.String())
	case ByConstraint:
		b.WriteString("the constraint " + r.Bound.Kind.String() + " " + r.Bound.At.String())
	case ByFinish:
		b.WriteString("the finish of the project")
	case ByParts:
		b.WriteString("its parts or anchors")
	}
	if !r.Via.IsZero() {
		b.WriteString(", by way of " + r.Via.String())
	}
	return b.String()
}

// Explanation says what holds the dates of one activity or milestone.
type Explanation struct {
	// Early lists everything that holds its early dates, Late everything that holds its late ones: constraints, then links in the order of the Spec,
	// then the begin or the finish of the project. Each of them alone would hold the date.
	Early, Late []Reason
}

// Explain returns what holds the dates of what is scheduled under a reference, and whether anything is. It takes time linear in its links.
func (s *Schedule) Explain(ref record.Ref) (Explanation, bool) {
	i, ok := s.index[ref]
	if !ok {
		return Explanation{}, false
	}
	t := &s.nodes[i]
	if t.Type == Summary || t.Type == LevelOfEffort {
		return Explanation{Early: []Reason{{Cause: ByParts, At: t.EarlyStart}}, Late: []Reason{{Cause: ByParts, At: t.LateFinish}}}, true
	}
	if t.Finished != 0 {
		return Explanation{Early: []Reason{{Cause: ByActual, At: t.Started}}, Late: []Reason{{Cause: ByActual, At: t.Finished}}}, true
	}
	return Explanation{Early: s.whyEarly(int32(i)), Late: s.whyLate(int32(i))}, true
}

// ownBounds calls f with every constraint of a node on its own axis: the point of its start for early ones, of its finish for late ones.
func (s *Schedule) ownBounds(i int32, f func(b Bound, early, late int64)) {
	if int(i) >= len(s.nodes) {
		return
	}
	t, n := &s.nodes[i], s.net
	for _, b := range t.Bounds {
		if b.Kind.startBound() && t.Started != 0 {
			continue
		}
		p := int64(t.Hours.Worked(b.At))
		early, late := int64(unset), int64(open)
		if b.Kind.early() {
			if early = p; !b.Kind.startBound() {
				early -= n.dur[i]
			}
		}
		if b.Kind.late() {
			if late = p; b.Kind.startBound() {
				late += n.dur[i]
			}
		}
		if n.fixed[i] && b.Kind < MandatoryStart {
			continue
		}
		f(b, early, late)
	}
}

func (s *Schedule) whyEarly(i int32) []Reason {
	n := s.net
	t := &s.nodes[i]
	at := t.EarlyStart
	if n.asap != nil && !n.asap[i] {
		if reasons := s.whyRoom(i); len(reasons) > 0 {
			return reasons
		}
	}
	if t.Started != 0 && n.early[2*i] <= n.low[i] {
		return []Reason{{Cause: ByActual, At: at}}
	}
	var bounds, links []Reason
	s.ownBounds(i, func(b Bound, early, _ int64) {
		if early == n.early[2*i] {
			bounds = append(bounds, Reason{Cause: ByConstraint, Bound: b, At: at})
		}
	})
	type step struct {
		node int32
		via  record.Ref
	}
	heads := s.headOf()
	for todo := []step{{node: i}}; len(todo) > 0; {
		now := todo[0]
		todo = todo[1:]
		for _, k := range n.in[n.inOff[now.node]:n.inOff[now.node+1]] {
			l := &n.links[k.link]
			if !n.drives(l) {
				continue
			}
			if l.arc >= 0 {
				links = append(links, s.reason(l, true, now.via, at))
				continue
			}
			whole, isHead := heads[l.from]
			if !isHead {
				continue
			}
			summary := &s.nodes[whole]
			for _, b := range summary.Bounds {
				if b.Kind.early() && int64(n.hours[n.on[l.from]].Worked(b.At)) == n.early[2*l.from] {
					bounds = append(bounds, Reason{Cause: ByConstraint, Bound: b, Via: summary.Ref, At: at})
				}
			}
			todo = append(todo, step{l.from, summary.Ref})
		}
	}
	reasons := append(bounds, links...)
	if int64(t.Hours.Worked(t.Begin)) == n.early[2*i] && !n.fixed[i] || s.dated && len(reasons) == 0 || !s.dated && n.low[i] == n.early[2*i] {
		reasons = append(reasons, Reason{Cause: ByBegin, At: at})
	}
	return reasons
}

// whyRoom lists the links that keep what is as late as possible from being later.
func (s *Schedule) whyRoom(i int32) []Reason {
	n := s.net
	var reasons []Reason
	for _, k := range n.out[n.outOff[i]:n.outOff[i+1]] {
		if l := &n.links[k.link]; l.back && l.arc >= 0 && n.touch(l) <= 0 {
			r := s.reason(l, false, record.Ref{}, s.nodes[i].EarlyStart)
			r.Cause = ByRoom
			reasons = append(reasons, r)
		}
	}
	if len(reasons) == 0 && n.early[2*i] > n.low[i] {
		reasons = append(reasons, Reason{Cause: ByFinish, At: s.nodes[i].EarlyStart})
	}
	return reasons
}

func (s *Schedule) whyLate(i int32) []Reason {
	n := s.net
	t := &s.nodes[i]
	at := t.LateFinish
	var bounds, links []Reason
	s.ownBounds(i, func(b Bound, _, late int64) {
		if late == n.late[2*i+1] {
			bounds = append(bounds, Reason{Cause: ByConstraint, Bound: b, At: at})
		}
	})
	type step struct {
		node int32
		via  record.Ref
	}
	tails := s.tailOf()
	for todo := []step{{node: i}}; len(todo) > 0; {
		now := todo[0]
		todo = todo[1:]
		for _, k := range n.out[n.outOff[now.node]:n.outOff[now.node+1]] {
			l := &n.links[k.link]
			if !l.back {
				continue
			}
			if p, binds := n.back(l); !binds || p != n.late[2*now.node+1] {
				continue
			}
			if l.arc >= 0 {
				links = append(links, s.reason(l, false, now.via, at))
				continue
			}
			whole, isTail := tails[l.to]
			if !isTail {
				continue
			}
			summary := &s.nodes[whole]
			for _, b := range summary.Bounds {
				if b.Kind.late() && int64(n.hours[n.on[l.to]].Worked(b.At)) == n.late[2*l.to+1] {
					bounds = append(bounds, Reason{Cause: ByConstraint, Bound: b, Via: summary.Ref, At: at})
				}
			}
			todo = append(todo, step{l.to, summary.Ref})
		}
	}
	reasons := append(bounds, links...)
	if n.cap != nil && n.cap[i] == n.late[2*i+1] && !n.fixed[i] {
		reasons = append(reasons, Reason{Cause: ByFinish, At: at})
	}
	return reasons
}

// drives reports whether a link holds the early dates of what it leads to.
func (n *network) drives(l *link) bool {
	if n.moved != nil && n.moved[l.from] {
		return false // it touches what follows, and holds nothing
	}
	return l.ahead && n.form[l.to] != first && n.earlyAt[2*l.from+l.fromFinish()] != 0 && n.ahead(l, n.early, n.earlyAt) == n.early[2*l.to]
}

func (s *Schedule) reason(l *link, intoMe bool, via record.Ref, at calendar.Minute) Reason {
	a := &s.arcs[l.arc]
	other := a.From
	if !intoMe {
		other = a.To
	}
	return Reason{Cause: ByLink, Dependency: a.Dependency, Other: s.nodes[other].Ref, Link: a.Kind, Lag: a.Lag, Via: via, At: at}
}

func inverse(maps ...map[int32]int32) map[int32]int32 {
	inv := make(map[int32]int32)
	for _, m := range maps {
		for i, node := range m {
			inv[node] = i
		}
	}
	return inv
}

func (s *Schedule) headOf() map[int32]int32 { return inverse(s.heads.head) }
func (s *Schedule) tailOf() map[int32]int32 { return inverse(s.heads.tail, s.heads.first) }

// Near returns the positions of what is not critical and has at most so much total float more than its project allows, in the order of [Schedule.All].
func (s *Schedule) Near(within calendar.Minutes) []int {
	var near []int
	for i := range s.nodes {
		t := &s.nodes[i]
		if t.Critical || t.Finished != 0 || t.Type == Summary || t.Type == LevelOfEffort {
			continue
		}
		if t.TotalFloat <= s.laxOf(t.Project)+within {
			near = append(near, i)
		}
	}
	return near
}

func (s *Schedule) laxOf(id record.ID) calendar.Minutes {
	k := slices.IndexFunc(s.projects, func(p project) bool { return p.id == id })
	if k < 0 {
		return 0
	}
	return s.projects[k].lax
}
