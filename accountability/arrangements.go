package accountability

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
)

// arrangements are the timelines of the records about how answering is arranged, and what finds them.
type arrangements struct {
	successions record.Timelines[Succession]
	leaves      record.Timelines[Leave]
	lines       record.Timelines[Line]
	sharings    record.Timelines[Sharing]
	grants      record.Timelines[Grant]
	tests       record.Timelines[AccountingTest]
	directions  record.Timelines[Direction]
	meetings    record.Timelines[Meeting]
	resolutions record.Timelines[Resolution]
	spaces      record.Timelines[LearningSpace]

	leavesOf     map[record.ID][]record.ID  // leaves by holding
	coversOf     map[record.ID][]record.ID  // holdings by the one that they cover for
	linesOf      map[record.ID][]record.ID  // lines by actor
	sharingsOn   map[record.Ref][]record.ID // sharings by subject
	testsOn      map[record.Ref][]record.ID // tests by subject
	directionsOn map[record.Ref][]record.ID // directions by subject
	meetingsOf   map[record.ID][]record.ID  // meetings by forum
	resolvedAt   map[record.ID][]record.ID  // resolutions by meeting
	spacesOn     map[record.Ref][]record.ID // learning spaces by subject

	supersededBy map[record.ID][]record.ID // grants by the one that they supersede
	changed      map[record.ID][]record.ID // successions by each party in them
}

func (r *Register) arrange(s *Spec) {
	r.successions = record.Read(&r.view, s.Successions, s.Sources)
	r.leaves = record.Read(&r.view, s.Leaves, s.Sources)
	r.lines = record.Read(&r.view, s.Lines, s.Sources)
	r.sharings = record.Read(&r.view, s.Sharings, s.Sources)
	r.tests = record.Read(&r.view, s.Tests, s.Sources)
	r.directions = record.Read(&r.view, s.Directions, s.Sources)
	r.meetings = record.Read(&r.view, s.Meetings, s.Sources)
	r.resolutions = record.Read(&r.view, s.Resolutions, s.Sources)
	r.spaces = record.Read(&r.view, s.Spaces, s.Sources)
	r.leavesOf = record.Group(&r.leaves, func(l *Leave) record.ID { return l.Holding })
	r.linesOf = record.Group(&r.lines, func(l *Line) record.ID { return l.Actor })
	r.sharingsOn = record.Group(&r.sharings, func(v *Sharing) record.Ref { return v.Subject })
	r.testsOn = record.Group(&r.tests, func(t *AccountingTest) record.Ref { return t.Subject })
	r.directionsOn = record.Group(&r.directions, func(d *Direction) record.Ref { return d.Subject })
	r.meetingsOf = record.Group(&r.meetings, func(m *Meeting) record.ID { return m.Forum })
	r.resolvedAt = record.Group(&r.resolutions, func(v *Resolution) record.ID { return v.Meeting })
	r.spacesOn = record.Group(&r.spaces, func(v *LearningSpace) record.Ref { return v.Subject })
	covers := false
	for i := range s.Holdings {
		covers = covers || s.Holdings[i].CoverFor != ""
	}
	if covers { // a million holdings seldom cover for anybody
		r.coversOf = several(&r.holdings, func(h *Holding) []record.ID {
			if h.CoverFor == "" {
				return nil
			}
			return []record.ID{h.CoverFor}
		})
	}
	r.changed = several(&r.successions, func(v *Succession) []record.ID {
		return append(slices.Clip(v.Predecessors), v.Successors...)
	})
}

// several is [record.Group] for records that may stand under several keys, or under none.
func several[T any](t *record.Timelines[T], keys func(*T) []record.ID) map[record.ID][]record.ID {
	groups := make(map[record.ID][]record.ID)
	for _, id := range t.Facts() {
		for _, v := range t.Versions(id) {
			for _, k := range keys(v) {
				if list := groups[k]; !slices.Contains(list, id) {
					groups[k] = append(list, id)
				}
			}
		}
	}
	return groups
}

// those returns the claims on some facts that still speak of what was asked about.
func those[T any](r *Register, t *record.Timelines[T], facts []record.ID, at record.Moment, about func(*T) bool) []record.Claim[T] {
	all := t.Collect(facts, r.view.At(at))
	return slices.DeleteFunc(all, func(c record.Claim[T]) bool { return !about(c.Record) })
}

// Successions returns the mergers, renamings and transfers that a party was part of, before or after, in the order of the
// Spec.
func (r *Register) Successions(party record.ID, at record.Moment) []record.Claim[Succession] {
	party = r.party(party)
	return those(r, &r.successions, r.changed[party], at, func(v *Succession) bool {
		return slices.Contains(v.Predecessors, party) || slices.Contains(v.Successors, party)
	})
}

// Leaves returns the leaves from a holding, which may be named by any of its records, in the order of the Spec.
func (r *Register) Leaves(holding record.ID, at record.Moment) []record.Claim[Leave] {
	if fact, ok := r.holdings.Fact(holding); ok {
		holding = fact
	}
	return those(r, &r.leaves, r.leavesOf[holding], at, func(l *Leave) bool { return l.Holding == holding })
}

// Lines returns the lines of account in which a party is the actor, in the order of the Spec.
func (r *Register) Lines(actor record.ID, at record.Moment) []record.Claim[Line] {
	actor = r.party(actor)
	return those(r, &r.lines, r.linesOf[actor], at, func(l *Line) bool { return l.Actor == actor })
}

// Sharings returns how a duty on a subject, or, where duty is empty, any duty on it, is said to be shared, in the order of the
// Spec.
func (r *Register) Sharings(subject record.Ref, duty string, at record.Moment) []record.Claim[Sharing] {
	return those(r, &r.sharings, r.sharingsOn[subject], at, func(v *Sharing) bool { return v.Subject == subject && (duty == "" || v.Duty == duty) })
}

// Grants returns the grants to a party, in the order of the Spec, superseded ones among them.
func (r *Register) Grants(to record.ID, at record.Moment) []record.Claim[Grant] {
	to = r.party(to)
	return those(r, &r.grants, slices.Collect(r.byTo.factsOf(to)), at, func(g *Grant) bool { return g.To == to })
}

// Tests returns the accounting tests on a subject, in the order of the Spec.
func (r *Register) Tests(subject record.Ref, at record.Moment) []record.Claim[AccountingTest] {
	return those(r, &r.tests, r.testsOn[subject], at, func(t *AccountingTest) bool { return t.Subject == subject })
}

// Directions returns the ministers' directions on a subject, in the order of the Spec.
func (r *Register) Directions(subject record.Ref, at record.Moment) []record.Claim[Direction] {
	return those(r, &r.directions, r.directionsOn[subject], at, func(d *Direction) bool { return d.Subject == subject })
}

// Meetings returns the meetings of a forum that are recorded by the instant, whatever the day, in the order of the Spec.
func (r *Register) Meetings(forum record.ID, at record.Moment) []record.Claim[Meeting] {
	if fact, ok := r.forums.Fact(forum); ok {
		forum = fact
	}
	return those(r, &r.meetings, r.meetingsOf[forum], at, func(m *Meeting) bool { return m.Forum == forum })
}

// Resolutions returns what a meeting decided, in the order of the Spec.
func (r *Register) Resolutions(meeting record.ID, at record.Moment) []record.Claim[Resolution] {
	if fact, ok := r.meetings.Fact(meeting); ok {
		meeting = fact
	}
	return those(r, &r.resolutions, r.resolvedAt[meeting], at, func(v *Resolution) bool { return v.Meeting == meeting })
}

// Spaces returns the learning spaces on a subject, in the order of the Spec.
func (r *Register) Spaces(subject record.Ref, at record.Moment) []record.Claim[LearningSpace] {
	return those(r, &r.spaces, r.spacesOn[subject], at, func(v *LearningSpace) bool { return v.Subject == subject })
}

// WithContainers returns a Register that knows which subjects lie within which: inside returns what a subject directly lies
// within, such as the missions of a milestone. Grants and lines of account on a container then count for what it holds. This
// package knows of no such relation itself. The function must answer alike every time and be safe for concurrent use; the
// records are shared with r.
func (r *Register) WithContainers(inside func(record.Ref) []record.Ref) *Register {
	s := *r
	s.within = inside
	return &s
}

// maxContainers bounds how many containers of one subject are followed.
const maxContainers = 10_000

// containers returns a subject and all that it lies within, nearest first.
func (r *Register) containers(subject record.Ref) []record.Ref {
	all := []record.Ref{subject}
	if r.within == nil || subject.IsZero() {
		return all
	}
	seen := map[record.Ref]bool{subject: true}
	for i := 0; i < len(all); i++ {
		for _, c := range r.within(all[i]) {
			if !seen[c] && len(all) < maxContainers {
				seen[c] = true
				all = append(all, c)
			}
		}
	}
	return all
}
