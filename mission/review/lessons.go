package review

import (
	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// learningRules are the rules on trying, failing and learning, and on the freedom to do so.
var learningRules = []*Rule{
	noLearningSpace,
	failureFreeRecord,
	unlearnedFailure,
	freedomUnused,
	processRetreat,
	noChallengeChannel,
	unbendingPlan,
	riskSayDoGap,
	unboundedHarm,
	discoveryCrowded,
}

// lessonBook is what these rules share, read once: what belongs to each mission, and
// what has failed.
type lessonBook struct {
	happened *happened
	freedoms []fact[accountability.Freedom]                              // in the order of their ids
	spaces   map[record.Ref][]record.Claim[accountability.LearningSpace] // by subject
	spaceOf  map[record.ID][]record.Claim[accountability.LearningSpace]  // by fact
	lessons  map[record.ID][]record.Claim[learning.Lesson]               // by fact
	told     map[record.ID][]record.Claim[mission.Event]                 // lesson events by fact
	missions map[record.ID]*lessonLog
	failures []lessonFailure
}

// lessonLog is what belongs to one mission.
type lessonLog struct {
	refs                                   []record.Ref // the mission and all that belongs to it
	contributions, hypotheses, experiments []record.ID
}

// lessonFailure is something that failed: an event that says so, or an experiment that was given up.
type lessonFailure struct {
	ref        record.Ref
	claims     []record.Claim[mission.Event] // empty for an experiment
	experiment record.ID                     // that failed, if it was one
	about      record.Ref                    // of the event: its subject
}

func lessonEventRef(id record.ID) record.Ref { return record.Ref{Kind: mission.KindEvent, ID: id} }
func experimentRef(id record.ID) record.Ref  { return record.Ref{Kind: learning.KindExperiment, ID: id} }
func freedomRef(id record.ID) record.Ref {
	return record.Ref{Kind: accountability.KindFreedom, ID: id}
}

// lessonBook reads the book when a rule first asks. It looks at every record once.
func (p *pass) lessonBook() *lessonBook {
	if p.learnt != nil {
		return p.learnt
	}
	b := &lessonBook{
		happened: p.happenings(),
		spaces:   make(map[record.Ref][]record.Claim[accountability.LearningSpace]),
		spaceOf:  make(map[record.ID][]record.Claim[accountability.LearningSpace]),
		lessons:  make(map[record.ID][]record.Claim[learning.Lesson]),
		told:     make(map[record.ID][]record.Claim[mission.Event]),
		missions: make(map[record.ID]*lessonLog),
	}
	p.learnt = b
	freedoms := make(map[record.ID][]record.Claim[accountability.Freedom])
	read := func(subject record.Ref) {
		for _, c := range p.register.Freedoms(subject, p.at) {
			freedoms[c.Record.Fact()] = append(freedoms[c.Record.Fact()], c)
		}
		if spaces := sorted(p.register.Spaces(subject, p.at)); len(spaces) > 0 {
			b.spaces[subject] = spaces
			for _, c := range spaces {
				b.spaceOf[c.Record.Fact()] = append(b.spaceOf[c.Record.Fact()], c)
			}
		}
	}
	read(record.Ref{})
	later := make(map[record.Ref]bool) // facts that no record names by its own id
	for ref, r := range p.m.Records() {
		if ref.Kind == record.KindSource || ref.Kind == record.KindDay {
			continue
		}
		if r.Of != "" && r.Of != r.ID {
			ref.ID = r.Of
			if named, ok := p.m.Record(ref); ok && named.ID == r.Of || later[ref] {
				continue
			}
			later[ref] = true
		}
		read(ref)
	}
	for _, id := range sortedKeys(freedoms) {
		b.freedoms = append(b.freedoms, fact[accountability.Freedom]{id: id, claims: sorted(freedoms[id])})
	}
	for _, subject := range b.happened.subjects {
		for _, c := range b.happened.on[subject].present(mission.Lesson) {
			b.told[c.Record.Fact()] = append(b.told[c.Record.Fact()], c)
		}
	}
	b.readMissions(p)
	b.readFailures(p)
	return b
}

// readMissions finds which hypotheses and experiments belong to which missions: by what their contributions lead from or to.
func (b *lessonBook) readMissions(p *pass) {
	of := make(map[record.Ref][]record.ID)
	for _, id := range p.missions {
		log := &lessonLog{refs: p.within(id)}
		b.missions[id] = log
		for _, ref := range log.refs {
			of[ref] = append(of[ref], id)
		}
	}
	ledger := p.m.Ledger()
	links, claims := make(map[record.ID][]record.ID), make(map[record.ID][]record.ID)
	for _, id := range sortedIDs(ledger.Contributions()) {
		for _, c := range ledger.Contribution(id, p.at) {
			links[id] = append(append(links[id], of[c.Record.Cause]...), of[c.Record.Effect]...)
		}
		links[id] = distinct(links[id])
		for _, m := range links[id] {
			b.missions[m].contributions = append(b.missions[m].contributions, id)
		}
	}
	for _, id := range sortedIDs(ledger.Hypotheses()) {
		for _, c := range ledger.Hypothesis(id, p.at) {
			claims[id] = append(claims[id], links[c.Record.Contribution]...)
		}
		claims[id] = distinct(claims[id])
		for _, m := range claims[id] {
			b.missions[m].hypotheses = append(b.missions[m].hypotheses, id)
		}
	}
	for _, id := range sortedIDs(ledger.Experiments()) {
		var serves []record.ID
		for _, c := range ledger.Experiment(id, p.at) {
			for _, h := range c.Record.Tests {
				serves = append(serves, claims[h]...)
			}
			for _, s := range b.spaceOf[c.Record.Space] {
				serves = append(serves, of[s.Record.Subject]...)
			}
			for _, e := range ledger.Envelope(c.Record.Exposure.Envelope, p.at) {
				serves = append(serves, of[e.Record.Subject]...)
			}
		}
		for _, m := range distinct(serves) {
			b.missions[m].experiments = append(b.missions[m].experiments, id)
		}
		for _, c := range sorted(ledger.Lessons(id, p.at)) {
			b.lessons[c.Record.Fact()] = append(b.lessons[c.Record.Fact()], c)
		}
	}
	for _, c := range sorted(ledger.Lessons("", p.at)) {
		b.lessons[c.Record.Fact()] = append(b.lessons[c.Record.Fact()], c)
	}
}

// readFailures lists what failed. An experiment that was given up is looked at by itself only where no event says that it failed.
func (b *lessonBook) readFailures(p *pass) {
	said := make(map[record.ID]*lessonFailure)
	failed := make(map[record.ID]bool)
	for _, subject := range b.happened.subjects {
		for _, c := range b.happened.on[subject].present(mission.Failure) {
			f := said[c.Record.Fact()]
			if f == nil {
				f = &lessonFailure{ref: lessonEventRef(c.Record.Fact()), about: subject}
				said[c.Record.Fact()] = f
			}
			f.claims = append(f.claims, c)
			if subject.Compare(f.about) < 0 { // claimants differ
				f.about = subject
			}
			if subject.Kind == learning.KindExperiment {
				failed[subject.ID] = true
			}
		}
	}
	for _, id := range sortedKeys(said) {
		f := said[id]
		f.claims = sorted(f.claims)
		if f.about.Kind == learning.KindExperiment {
			f.experiment = f.about.ID
		}
		b.failures = append(b.failures, *f)
	}
	for _, id := range sortedIDs(p.m.Ledger().Experiments()) {
		if progress, err := p.m.Ledger().Progression(id, p.at); err == nil && progress.Ending == learning.Abandoned && !failed[id] {
			b.failures = append(b.failures, lessonFailure{ref: experimentRef(id), experiment: id, about: experimentRef(id)})
		}
	}
}

// on returns the events of a kind on any of some subjects, each of which is named once.
func (b *lessonBook) on(kind string, subjects ...record.Ref) (present, absent []record.Claim[mission.Event]) {
	for _, ref := range subjects {
		if !ref.IsZero() {
			e := b.happened.on[ref].of(kind)
			present, absent = append(present, e.present...), append(absent, e.absent...)
		}
	}
	return sorted(present), sorted(absent)
}

// across returns the events of a kind on a mission and all that belongs to it, and those marked absent on the mission itself: that
// one team has no way to raise a concern says nothing of the others.
func (b *lessonBook) across(id record.ID, kind string) (present, absent []record.Claim[mission.Event]) {
	for _, ref := range b.missions[id].refs {
		present = append(present, b.happened.on[ref].present(kind)...)
	}
	_, absent = b.on(kind, missionRef(id))
	return sorted(present), absent
}

// lessonProof is the evidence of some events.
func (p *pass) lessonProof(events []record.Claim[mission.Event]) []Evidence {
	return proof(p, mission.KindEvent, events)
}

// lessonMissing is an event of which nobody has recorded that it is or is not there.
func (p *pass) lessonMissing(ref record.Ref, kind, what, way string) Missing {
	return leftOut(p.m.LeftOut(mission.KindEvent, ref, kind), what, way)
}

// lessonDays returns the days of events, those not stated left out.
func lessonDays(events []record.Claim[mission.Event]) []calendar.When {
	var days []calendar.When
	for _, c := range events {
		if !c.Record.OnDay.IsZero() {
			days = append(days, c.Record.OnDay)
		}
	}
	return days
}

// lessonFacts counts the facts that events speak of.
func lessonFacts(events []record.Claim[mission.Event]) int { return len(eachOnce(events)) }

// lessonEventName is what an event is called, with the words for its kind before it.
func lessonEventName(kind string, id record.ID, claims []record.Claim[mission.Event]) string {
	for _, c := range claims {
		if name := plain(c.Record.Name); name != "" {
			return kind + " " + quoted(name)
		}
	}
	return kind + " " + quoted(string(id))
}

// failureName names what failed.
func (p *pass) failureName(f *lessonFailure) string {
	if len(f.claims) > 0 {
		return lessonEventName("the failure", f.ref.ID, f.claims)
	}
	return "the experiment " + quoted(plain(p.m.Name(f.ref))) + ", which was given up"
}

// failureProof is the evidence that it failed.
func (p *pass) failureProof(f *lessonFailure) []Evidence {
	if len(f.claims) > 0 {
		return p.lessonProof(f.claims)
	}
	return proof(p, learning.KindExperiment, sorted(p.m.Ledger().Experiment(f.experiment, p.at)))
}
