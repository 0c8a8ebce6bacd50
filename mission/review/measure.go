package review

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// measureRules are those on milestones that may breathe, and on measuring.
var measureRules = []*Rule{
	milestoneSuffocated,
	timidMilestone,
	vagueByNeglect,
	outcomeCrowdOut,
	gamingExposure,
	dashboardGrowth,
	knowledgeWithoutAction,
	orphanFirstStep,
	announceableHeavy,
	quietDilution,
}

// measureBook is what these rules share, read once: what milestones ask for, what was tried under what, and what leads where.
type measureBook struct {
	targets  map[record.ID][]record.Claim[milestone.Target] // by milestone, in the order of their records' ids
	targeted map[record.ID][]record.Ref                     // by indicator: the targets that use it, and their milestones
	steps    map[record.ID][]*step                          // by mission, at the moment
	trials   map[record.Ref][]record.ID                     // experiments of the ledger, by what they bear on
	learnt   map[record.ID]*measureLearning                 // by mission: what was tried that belongs to none of its milestones
	leads    map[record.Ref]bool                            // milestones, and all that they lean on
}

// measureLearning is what was tried and learnt.
type measureLearning struct {
	list []measureNote
	refs map[record.Ref]bool
	most int // how much of it may lie in the window of F15; -1 until that is counted
}

// measureNote is something that happened, as its claimants tell it.
type measureNote struct {
	ref       record.Ref
	days      []calendar.When
	evidence  []Evidence
	events    []record.Claim[mission.Event] // empty for records of the ledger
	contested bool                          // somebody says that it did not happen
}

// measureTally counts what happened in a window: at least, and at most, since days may be rough.
type measureTally struct {
	least, most int
	sure        []measureNote
}

func measureTarget(id record.ID) record.Ref { return record.Ref{Kind: milestone.KindTarget, ID: id} }
func measureIndicator(id record.ID) record.Ref {
	return record.Ref{Kind: milestone.KindIndicator, ID: id}
}

// measureBook reads the book when a rule first asks. It looks at every record once.
func (p *pass) measureBook() *measureBook {
	if p.measured != nil {
		return p.measured
	}
	b := &measureBook{
		targets: make(map[record.ID][]record.Claim[milestone.Target]), targeted: make(map[record.ID][]record.Ref),
		steps: make(map[record.ID][]*step), trials: make(map[record.Ref][]record.ID), learnt: make(map[record.ID]*measureLearning),
	}
	p.measured = b
	for i := range p.steps {
		s := &p.steps[i]
		for _, id := range missionsOf(s.claims) {
			b.steps[id] = append(b.steps[id], s)
		}
		b.targets[s.id] = sorted(p.plan.Targets(s.id, p.at))
		for _, c := range b.targets[s.id] {
			if c.Record.Indicator != "" {
				id := p.plan.Canonical(measureIndicator(c.Record.Indicator)).ID
				b.targeted[id] = append(b.targeted[id], measureTarget(c.Record.Fact()), milestoneRef(s.id))
			}
		}
	}
	for id := range b.targeted {
		b.targeted[id] = refs(b.targeted[id])
	}
	b.readTrials(p)
	b.readLeads(p)
	return b
}

// readTrials finds what experiments bear on: by the links that their hypotheses are about, their learning space and their envelope.
func (b *measureBook) readTrials(p *pass) {
	ledger := p.m.Ledger()
	if len(ledger.Experiments()) == 0 {
		return
	}
	book := p.lessonBook()
	links, claims := make(map[record.ID][]record.Ref), make(map[record.ID][]record.Ref)
	for _, id := range ledger.Contributions() {
		for _, c := range ledger.Contribution(id, p.at) {
			links[id] = append(links[id], c.Record.Cause, c.Record.Effect)
		}
	}
	for _, id := range ledger.Hypotheses() {
		for _, c := range ledger.Hypothesis(id, p.at) {
			claims[id] = append(claims[id], links[c.Record.Contribution]...)
		}
	}
	for _, id := range sortedIDs(ledger.Experiments()) {
		var about []record.Ref
		for _, c := range ledger.Experiment(id, p.at) {
			for _, h := range c.Record.Tests {
				about = append(about, claims[h]...)
			}
			for _, s := range book.spaceOf[c.Record.Space] {
				about = append(about, s.Record.Subject)
			}
			for _, e := range ledger.Envelope(c.Record.Exposure.Envelope, p.at) {
				about = append(about, e.Record.Subject)
			}
		}
		for _, ref := range refs(about) {
			b.trials[ref] = append(b.trials[ref], id)
		}
	}
}

// readLeads finds what milestones lean on, however many steps back, by going through the dependencies once from their ends.
func (b *measureBook) readLeads(p *pass) {
	on := make(map[record.Ref][]record.Ref)
	for _, c := range p.plan.Dependencies(p.at) {
		dependent := p.plan.Canonical(c.Record.Dependent)
		on[dependent] = append(on[dependent], p.plan.Canonical(c.Record.On))
	}
	b.leads = make(map[record.Ref]bool)
	var next []record.Ref
	for i := range p.steps {
		next = append(next, milestoneRef(p.steps[i].id))
	}
	for len(next) > 0 {
		ref := next[len(next)-1]
		next = next[:len(next)-1]
		if !b.leads[ref] {
			b.leads[ref] = true
			next = append(next, on[ref]...)
		}
	}
}

// measureOn returns the events of some kinds on some subjects, in the order of their records' ids.
func (p *pass) measureOn(subjects []record.Ref, kinds ...string) (present, absent []record.Claim[mission.Event]) {
	for _, ref := range subjects {
		on := p.eventsOn(ref)
		for _, kind := range kinds {
			e := on.of(kind)
			present, absent = append(present, e.present...), append(absent, e.absent...)
		}
	}
	return sorted(present), sorted(absent)
}

// measureFacts gathers events by the fact that they speak of.
func (p *pass) measureFacts(present, absent []record.Claim[mission.Event]) []measureNote {
	denied := make(map[record.ID]bool, len(absent))
	for _, c := range absent {
		denied[c.Record.Fact()] = true
	}
	var list []measureNote
	for _, f := range factsOf(present) {
		one := measureNote{ref: lessonEventRef(f.id), evidence: p.lessonProof(f.claims), events: f.claims, contested: denied[f.id]}
		for _, c := range f.claims {
			one.days = append(one.days, c.Record.OnDay)
		}
		list = append(list, one)
	}
	return list
}

// measureHappened is measureFacts of the events of some kinds on some subjects.
func (p *pass) measureHappened(subjects []record.Ref, kinds ...string) []measureNote {
	return p.measureFacts(p.measureOn(subjects, kinds...))
}

// measureLearnt returns what was tried and learnt about some subjects: experiments and lessons, as events and in the ledger.
func (p *pass) measureLearnt(subjects []record.Ref) []measureNote {
	list := p.measureHappened(subjects, mission.Experiment, mission.Lesson)
	var trials []record.ID
	for _, ref := range subjects {
		trials = append(trials, p.measureBook().trials[ref]...)
	}
	ledger := p.m.Ledger()
	for _, id := range distinct(trials) {
		claims := sorted(ledger.Experiment(id, p.at))
		one := measureNote{ref: experimentRef(id), evidence: proof(p, learning.KindExperiment, claims)}
		for _, c := range claims {
			one.days = append(one.days, p.measureTried(c.Record))
		}
		list = append(list, one)
		for _, f := range factsOf(ledger.Lessons(id, p.at)) {
			one := measureNote{ref: record.Ref{Kind: learning.KindLesson, ID: f.id}, evidence: proof(p, learning.KindLesson, f.claims)}
			for _, c := range f.claims {
				one.days = append(one.days, c.Record.OnDay)
			}
			list = append(list, one)
		}
	}
	return list
}

// measureTried is the day that counts of an experiment: its last, or that of the review where it still goes on.
func (p *pass) measureTried(x *learning.Experiment) calendar.When {
	switch {
	case x.Concluded.IsResolved() && !x.Concluded.After(p.on):
		return x.Concluded
	case x.Started.IsResolved() && !p.on.IsZero() && !x.Started.After(p.on):
		return calendar.OnDay(p.on)
	}
	return x.Started
}

// measureWithin says whether something happened in a window of some days: the one that ends on the day of the review for the number
// 0, the one before it for 1.
func (p *pass) measureWithin(one *measureNote, window int, days float64) calendar.Certainty {
	from, until := float64(window)*days, float64(window+1)*days
	c := agreed(one.days, func(w calendar.When) calendar.Certainty {
		if p.on.IsZero() {
			return calendar.Possibly
		}
		youngest, oldest := float64(p.on.Sub(w.Latest())), float64(p.on.Sub(w.Earliest()))
		switch {
		case oldest < from || youngest >= until:
			return calendar.No
		case youngest >= from && oldest < until:
			return calendar.Certainly
		}
		return calendar.Possibly
	})
	if c == 0 || one.contested && c == calendar.Certainly {
		return calendar.Possibly
	}
	return c
}

func (p *pass) measureCount(list []measureNote, window int, days float64) measureTally {
	var t measureTally
	for i := range list {
		switch p.measureWithin(&list[i], window, days) {
		case calendar.Certainly:
			t.least++
			t.most++
			t.sure = append(t.sure, list[i])
		case calendar.Possibly:
			t.most++
		}
	}
	return t
}

func (t *measureTally) rough() bool { return t.least != t.most }

// measureProof is the evidence of what happened.
func measureProof(list []measureNote) []Evidence {
	var all []Evidence
	for i := range list {
		all = append(all, list[i].evidence...)
	}
	return all
}

// measureRough says that days are not known well enough to count by them.
func (p *pass) measureRough(what, way string) Missing {
	if p.on.IsZero() {
		return noDay()
	}
	return Missing{What: what, Ground: "not known well enough", Way: "record " + way + " more closely"}
}

// measureParts is a milestone and its targets.
func (p *pass) measureParts(s *step) []record.Ref {
	list := []record.Ref{milestoneRef(s.id)}
	for _, c := range p.measureBook().targets[s.id] {
		list = append(list, measureTarget(c.Record.Fact()))
	}
	return refs(list)
}

// measureMissions returns the missions of a milestone that somebody says something of, and whether all of them are over.
func (p *pass) measureMissions(s *step) (ids []record.ID, over bool) {
	over = true
	for _, id := range missionsOf(s.claims) {
		if _, known := p.said[id]; known {
			ids = append(ids, id)
			over = over && p.over(id)
		}
	}
	return ids, over && len(ids) > 0
}

// measureSteps comes to a verdict on every milestone of which something is recorded, on the others beside it in its missions, and
// on those without a mission; and to one on a mission where nothing is recorded of any of its milestones. Those of missions that
// are over are left alone. A mission of which own says that it has been judged has no further verdict.
func (p *pass) measureSteps(recorded func(*step) bool, own func(record.ID) bool, judge func(*step), cannot func(record.ID)) {
	b := p.measureBook()
	heard := make(map[record.ID]bool)
	spoken := make(map[record.ID]bool)
	for i := range p.steps {
		if s := &p.steps[i]; recorded(s) {
			spoken[s.id] = true
			for _, id := range missionsOf(s.claims) {
				heard[id] = true
			}
		}
	}
	for _, id := range p.missions {
		switch {
		case p.over(id):
			p.nothing(missionRef(id))
		case own(id) || heard[id]:
		case len(b.steps[id]) == 0:
		default:
			cannot(id)
		}
	}
	for i := range p.steps {
		s := &p.steps[i]
		ids, over := p.measureMissions(s)
		if !over && (spoken[s.id] || len(ids) == 0 || slices.ContainsFunc(ids, func(id record.ID) bool { return heard[id] })) {
			judge(s)
		}
	}
}

func measureNone(record.ID) bool { return false }

// measureNumber is "1 request", "12 requests".
func measureNumber(n int, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return strconv.Itoa(n) + " " + of + "s"
}

// measureIs is "is" for one and "are" for any other number.
func measureIs(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// measureWhy gives the reason that somebody states for an event.
func measureWhy(events []record.Claim[mission.Event]) string {
	if why := whyStated(events); why != "" {
		return " (" + strings.TrimSuffix(why, ".") + ")"
	}
	return ""
}
