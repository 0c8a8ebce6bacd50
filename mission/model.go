package mission

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/milestone/learning"
)

// Model is a checked Spec, as a View leaves it. It is immutable and safe for concurrent readers; the slices that it returns
// are the caller's, the records in them are not to be changed. The zero Model holds nothing. Every question takes a
// [record.Moment]; the zero Moment is the view's own day and instant.
type Model struct {
	spec     Spec
	view     View
	records  record.View
	removed  []Removed
	excluded map[record.Ref]record.Removal
	missed   map[topic][]record.Ref // what is left out for its grade, by what it is about
	index    map[record.Ref]entry

	plan     *milestone.Plan
	register *accountability.Register
	accounts *funding.Accounts
	ledger   *learning.Ledger

	missions    record.Timelines[Mission]
	outcomes    record.Timelines[Outcome]
	initiatives record.Timelines[Initiative]
	events      record.Timelines[Event]

	scopes       record.Timelines[Scope]
	causes       record.Timelines[Cause]
	conditions   record.Timelines[Condition]
	relations    record.Timelines[Relation]
	barriers     record.Timelines[Barrier]
	levers       record.Timelines[Lever]
	capabilities record.Timelines[Capability]
	reforms      record.Timelines[Reform]
	positions    record.Timelines[Position]
	waivers      record.Timelines[Waiver]

	milestonesOf  map[record.ID][]record.ID  // milestones by mission
	outcomesOf    map[record.ID][]record.ID  // outcomes by mission
	initiativesOf map[record.ID][]record.ID  // initiatives by mission
	eventsOn      map[record.Ref][]record.ID // events by subject
}

// entry is what a reference leads to.
type entry struct {
	base   *record.Record
	record any // a pointer to the record
}

func newModel(s *Spec, view View) *Model {
	m := &Model{view: view, records: view.records(), excluded: make(map[record.Ref]record.Removal)}
	m.view.Changes = slices.Clone(view.Changes)
	m.view.Without = slices.Clone(view.Without)
	sources := s.Sources // when a record counts as recorded does not hang on whether the view shows its source
	m.leaveOut(s)
	m.spec = *s
	records := 0
	for _, l := range m.spec.lists() {
		records += l.len()
	}
	m.index = make(map[record.Ref]entry, records)
	for _, l := range m.spec.lists() {
		for i, b := range l.bases() {
			e := entry{b, l.record(i)}
			m.index[record.Ref{Kind: l.kind(), ID: b.ID}] = e
			if fact := (record.Ref{Kind: l.kind(), ID: b.Of}); b.Of != "" && m.index[fact].base == nil {
				m.index[fact] = e
			}
		}
	}
	v := &record.View{On: view.On, Known: view.Known} // what is left out is out already
	plan, register, money, lessons := m.spec.milestones(), m.spec.accountability(), m.spec.money(), m.spec.lessons()
	plan.Sources, register.Sources, money.Sources, lessons.Sources = sources, sources, sources, sources
	m.plan = plan.Checked(*v)
	inside := m.spec.containers()
	m.register = register.Checked(*v).WithContainers(func(ref record.Ref) []record.Ref { return inside[ref] })
	m.accounts = money.Checked(m.register, *v)
	m.ledger = lessons.Checked(*v)
	m.missions = record.Read(v, s.Missions, sources)
	m.outcomes = record.Read(v, s.Outcomes, sources)
	m.initiatives = record.Read(v, s.Initiatives, sources)
	m.events = record.Read(v, s.Events, sources)
	m.scopes = record.Read(v, s.Scopes, sources)
	m.causes = record.Read(v, s.Causes, sources)
	m.conditions = record.Read(v, s.Conditions, sources)
	m.relations = record.Read(v, s.Relations, sources)
	m.barriers = record.Read(v, s.Barriers, sources)
	m.levers = record.Read(v, s.Levers, sources)
	m.capabilities = record.Read(v, s.Capabilities, sources)
	m.reforms = record.Read(v, s.Reforms, sources)
	m.positions = record.Read(v, s.Positions, sources)
	m.waivers = record.Read(v, s.Waivers, sources)

	m.milestonesOf = m.byMission(m.plan.Milestones(), func(id record.ID) (of []record.ID) {
		for _, v := range m.plan.MilestoneVersions(id) {
			of = append(of, v.Missions...)
		}
		return of
	})
	m.outcomesOf = m.byMission(m.outcomes.Facts(), func(id record.ID) (of []record.ID) {
		for _, o := range m.outcomes.Versions(id) {
			of = append(of, o.Missions...)
		}
		return of
	})
	m.initiativesOf = m.byMission(m.initiatives.Facts(), func(id record.ID) (of []record.ID) {
		for _, n := range m.initiatives.Versions(id) {
			of = append(of, n.Missions...)
		}
		return of
	})
	m.eventsOn = record.Group(&m.events, func(e *Event) record.Ref { return e.Subject })
	return m
}

// containers returns what each thing directly lies within by any of its records: a target in its milestone, a milestone in its missions, a
// mission in its parents, money in what it is for.
func (s *Spec) containers() map[record.Ref][]record.Ref {
	inside := make(map[record.Ref][]record.Ref)
	add := func(kind record.Kind, r *record.Record, into record.Kind, ids ...record.ID) {
		ref := record.Ref{Kind: kind, ID: r.Fact()}
		for _, id := range ids {
			if to := (record.Ref{Kind: into, ID: id}); id != "" && !slices.Contains(inside[ref], to) {
				inside[ref] = append(inside[ref], to)
			}
		}
	}
	for i := range s.Missions {
		add(KindMission, &s.Missions[i].Record, KindMission, s.Missions[i].Parents...)
	}
	for i := range s.Outcomes {
		add(KindOutcome, &s.Outcomes[i].Record, KindMission, s.Outcomes[i].Missions...)
	}
	for i := range s.Initiatives {
		add(KindInitiative, &s.Initiatives[i].Record, KindMission, s.Initiatives[i].Missions...)
	}
	for i := range s.Milestones {
		add(milestone.KindMilestone, &s.Milestones[i].Record, KindMission, s.Milestones[i].Missions...)
	}
	for i := range s.Targets {
		add(milestone.KindTarget, &s.Targets[i].Record, milestone.KindMilestone, s.Targets[i].Milestone)
	}
	for i := range s.Activities {
		add(milestone.KindActivity, &s.Activities[i].Record, milestone.KindProject, s.Activities[i].Project)
	}
	for i := range s.Allocations {
		a := &s.Allocations[i]
		add(funding.KindAllocation, &a.Record, a.Subject.Kind, a.Subject.ID)
		add(funding.KindAllocation, &a.Record, funding.KindPool, a.Pool)
	}
	for i := range s.Pools {
		add(funding.KindPool, &s.Pools[i].Record, s.Pools[i].Subject.Kind, s.Pools[i].Subject.ID)
	}
	return inside
}

func (m *Model) byMission(facts []record.ID, missions func(record.ID) []record.ID) map[record.ID][]record.ID {
	groups := make(map[record.ID][]record.ID)
	for _, id := range facts {
		for _, of := range missions(id) {
			if n := len(groups[of]); n == 0 || groups[of][n-1] != id { // versions repeat their missions
				groups[of] = append(groups[of], id)
			}
		}
	}
	return groups
}

// leaveOut takes from a Spec what the view leaves out of it, and keeps count.
func (m *Model) leaveOut(s *Spec) {
	public := m.view.Audience == record.Public
	for _, l := range s.lists() {
		bases := l.bases()
		for i, b := range bases {
			if why := m.records.Removes(b); why != 0 {
				ref := record.Ref{Kind: l.kind(), ID: b.ID}
				m.excluded[ref] = why
				if m.view.Audience == 0 || b.Audience <= m.view.Audience {
					m.miss(ref, l.record(i))
				}
			}
		}
		m.excludeFacts(l.kind(), bases)
		removed := l.view(&m.records)
		for why := record.ByGrade; int(why) < len(removed); why++ {
			m.remove(l.kind(), "", why.String(), removed[why])
		}
		if !public {
			continue
		}
		if l.kind() == accountability.KindParty {
			m.remove(l.kind(), "name", "names of persons are not published", unname(s.Parties))
		}
		members := 0
		for _, b := range l.bases() {
			members += len(b.Extensions)
			b.Extensions = nil
		}
		m.remove(l.kind(), "x-", hidden, members)
	}
	if public {
		m.remove("", "x-", hidden, len(s.Extensions))
		s.Extensions = nil
	}
}

const hidden = "nobody can tell what extension members hold"

func (m *Model) remove(kind record.Kind, field, why string, count int) {
	if count > 0 {
		m.removed = append(m.removed, Removed{Kind: kind, Field: field, Why: why, Count: count})
	}
}

// excludeFacts notes the facts that have no record left, for references mean facts.
func (m *Model) excludeFacts(kind record.Kind, bases []*record.Record) {
	if len(m.excluded) == 0 {
		return
	}
	left := make(map[record.ID]bool)
	for _, b := range bases {
		if _, out := m.excluded[record.Ref{Kind: kind, ID: b.ID}]; !out {
			left[b.Fact()] = true
		}
	}
	for _, b := range bases {
		fact := record.Ref{Kind: kind, ID: b.Fact()}
		if _, noted := m.excluded[fact]; !noted && !left[b.Fact()] {
			m.excluded[fact] = m.excluded[record.Ref{Kind: kind, ID: b.ID}]
		}
	}
}

// unname takes the names of persons out of parties and returns how many there were.
func unname(parties []accountability.Party) (names int) {
	person := make(map[record.ID]bool)
	for i := range parties {
		if p := &parties[i]; p.Kind == accountability.Person {
			person[p.Fact()] = true
		}
	}
	for i := range parties {
		if p := &parties[i]; p.Name != "" && person[p.Fact()] {
			p.Name = ""
			names++
		}
	}
	return names
}

// View returns the view that the model was compiled with. Its slices are the caller's; the records of its changes are those
// that were given, of which the model has its own copies.
func (m *Model) View() View {
	v := m.view
	v.Without, v.Changes = slices.Clone(v.Without), slices.Clone(v.Changes)
	return v
}

// Moment fills in what a question leaves open with the view's own day and instant.
func (m *Model) Moment(at record.Moment) record.Moment { return m.records.At(at) }

// Spec returns the records that the view left in, with named days and references resolved: with the audience [record.Public]
// it is the copy that may be published. It shares nothing with the model that can be written to.
func (m *Model) Spec() Spec {
	s := *m.spec.own()
	for _, l := range s.lists() {
		l.detach()
	}
	s.Format = Format
	return s
}

// Removed returns how many records and fields the view left out, and why, in the order of the document.
func (m *Model) Removed() []Removed { return slices.Clone(m.removed) }

// Excluded reports whether, and why, the view has left out the record that a reference names; of a fact, whether it has left
// out all of its records.
func (m *Model) Excluded(ref record.Ref) (record.Removal, bool) {
	why, ok := m.excluded[ref]
	return why, ok
}

// Record returns the part that all records share of the record that a reference names; of a fact with several versions, of
// the first.
func (m *Model) Record(ref record.Ref) (record.Record, bool) {
	e, ok := m.index[ref]
	if !ok {
		return record.Record{}, false
	}
	return *e.base, true
}

// Name returns what a record is called, or its id where it has no name or is not in the model.
func (m *Model) Name(ref record.Ref) string {
	var name string
	switch r := m.index[ref].record.(type) {
	case *Mission:
		name = r.Name
	case *Outcome:
		name = r.Name
	case *Initiative:
		name = r.Name
	case *Event:
		name = r.Name
	case *Cause:
		name = r.Name
	case *Barrier:
		name = r.Name
	case *Lever:
		name = r.Name
	case *Capability:
		name = r.Name
	case *Reform:
		name = r.Name
	case *milestone.Milestone:
		name = r.Name
	case *milestone.Indicator:
		name = r.Name
	case *milestone.Target:
		name = r.Name
	case *accountability.Party:
		name = r.Name
	case *accountability.Forum:
		name = r.Name
	case *accountability.Freedom:
		name = r.Name
	case *funding.Review:
		name = r.Name
	case *funding.Pool:
		name = r.Name
	case *milestone.Activity:
		name = r.Name
	case *milestone.Project:
		name = r.Name
	case *milestone.Calendar:
		name = r.Name
	case *learning.Hypothesis:
		name = r.Claim
	case *learning.Experiment:
		name = r.Name
	case *forecast.Risk:
		name = r.Name
	case *forecast.Driver:
		name = r.Name
	case *accountability.LearningSpace:
		name = r.Name
	case *record.Source:
		name = r.Title
	case *record.Day:
		name = r.Name
	}
	if name == "" {
		return string(ref.ID)
	}
	return name
}

// GlobalID returns the UUID by which a record is known everywhere: derived from the namespace of the plan that it came from
// and its reference.
func (m *Model) GlobalID(ref record.Ref) record.UUID {
	namespace := m.spec.Namespace
	if e, ok := m.index[ref]; ok && e.base.Namespace != "" {
		namespace = e.base.Namespace
	}
	return record.GlobalID(namespace, ref)
}

// Plan returns the milestones and what they are measured by.
func (m *Model) Plan() *milestone.Plan {
	if m.plan == nil {
		return new(milestone.Plan)
	}
	return m.plan
}

// Uncertainties returns what is uncertain about the plan's activities and milestones, for a [forecast.Model] of a schedule of [Model.Plan]. The records are
// not to be changed.
func (m *Model) Uncertainties() forecast.Spec { return m.spec.uncertainties() }

// Register returns who answers for what.
func (m *Model) Register() *accountability.Register {
	if m.register == nil {
		return new(accountability.Register)
	}
	return m.register
}

// Accounts returns the money, beside the register of who answers for it.
func (m *Model) Accounts() *funding.Accounts {
	if m.accounts == nil {
		return new(funding.Accounts)
	}
	return m.accounts
}

// Ledger returns what is believed and why, and what is being tried.
func (m *Model) Ledger() *learning.Ledger {
	if m.ledger == nil {
		return new(learning.Ledger)
	}
	return m.ledger
}

// Source returns what the records cite by an id; false where the view leaves it out.
func (m *Model) Source(id record.ID) (record.Source, bool) {
	s, ok := m.index[record.Ref{Kind: record.KindSource, ID: id}].record.(*record.Source)
	if !ok {
		return record.Source{}, false
	}
	return *s, true
}

// Missions returns the ids of the missions, in the order of the Spec.
func (m *Model) Missions() []record.ID { return m.missions.Facts() }

// Mission returns what each claimant says a mission is.
func (m *Model) Mission(id record.ID, at record.Moment) []record.Claim[Mission] {
	at = m.Moment(at)
	return m.missions.At(id, at.On, at.Known)
}

// MilestonesOf returns the ids of the milestones that any of their records counts to a mission, in the order of the Spec.
func (m *Model) MilestonesOf(mission record.ID) []record.ID {
	return slices.Clone(m.milestonesOf[m.mission(mission)])
}

// mission is the fact that the id of a mission means.
func (m *Model) mission(id record.ID) record.ID { return m.Fact(Ref(id)).ID }

// Fact returns the reference to the fact that a reference means, as the check has made all references in the records; one
// that leads nowhere comes back as it is.
func (m *Model) Fact(ref record.Ref) record.Ref {
	if e, ok := m.index[ref]; ok {
		ref.ID = e.base.Fact()
	}
	return ref
}

// Outcomes returns the ids of the outcomes, in the order of the Spec.
func (m *Model) Outcomes() []record.ID { return m.outcomes.Facts() }

// Outcome returns what each claimant says an outcome is.
func (m *Model) Outcome(id record.ID, at record.Moment) []record.Claim[Outcome] {
	at = m.Moment(at)
	return m.outcomes.At(id, at.On, at.Known)
}

// OutcomesOf returns the ids of the outcomes that any of their records counts to a mission, in the order of the Spec.
func (m *Model) OutcomesOf(mission record.ID) []record.ID {
	return slices.Clone(m.outcomesOf[m.mission(mission)])
}

// Initiatives returns the ids of the initiatives, in the order of the Spec.
func (m *Model) Initiatives() []record.ID { return m.initiatives.Facts() }

// Initiative returns what each claimant says an initiative is.
func (m *Model) Initiative(id record.ID, at record.Moment) []record.Claim[Initiative] {
	at = m.Moment(at)
	return m.initiatives.At(id, at.On, at.Known)
}

// InitiativesOf returns the ids of the initiatives that any of their records counts to a mission, in the order of the Spec.
func (m *Model) InitiativesOf(mission record.ID) []record.ID {
	return slices.Clone(m.initiativesOf[m.mission(mission)])
}

// Events returns what is said to have happened to a subject by the moment's day, of one kind or, where kind is empty, of
// any, in the order of the Spec. Statements that nothing happened are among them, marked Absent.
func (m *Model) Events(subject record.Ref, kind string, at record.Moment) []record.Claim[Event] {
	at, subject = m.Moment(at), m.Fact(subject)
	all := m.events.Collect(m.eventsOn[subject], record.Moment{Known: at.Known})
	return slices.DeleteFunc(all, func(c record.Claim[Event]) bool {
		e := c.Record
		return kind != "" && e.Kind != kind || e.Subject != subject || !at.On.IsZero() && e.OnDay.After(at.On)
	})
}

// Graph returns the dependencies of the plan together with the missions: an edge labelled "part-of" runs from each milestone
// to each mission that it belongs to at the moment, by any claimant, so that the descendants of anything are the milestones
// and missions that it carries. Milestones and missions that stand alone are nodes of it.
func (m *Model) Graph(at record.Moment) *graph.Graph[record.Ref] {
	at = m.Moment(at)
	var b graph.Builder[record.Ref]
	for _, id := range m.missions.Facts() {
		b.Node(Ref(id))
		for _, step := range m.milestonesOf[id] {
			if m.belongs(step, id, at) {
				b.Add(graph.Edge[record.Ref]{From: record.Ref{Kind: milestone.KindMilestone, ID: step}, To: Ref(id), Label: PartOf})
			}
		}
	}
	plan := m.Plan().Graph(at)
	for ref := range plan.Nodes() {
		b.Node(ref)
	}
	for e := range plan.Edges() {
		b.Add(e)
	}
	return b.Freeze()
}

// belongs reports whether anybody says that a milestone belongs to a mission at a moment.
func (m *Model) belongs(step, mission record.ID, at record.Moment) bool {
	return slices.ContainsFunc(m.plan.Milestone(step, at), func(c record.Claim[milestone.Milestone]) bool {
		return slices.Contains(c.Record.Missions, mission)
	})
}

// PartOf labels the edges from milestones to their missions in [Model.Graph].
const PartOf = "part-of"
