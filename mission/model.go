package mission

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone"
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

	missions    record.Timelines[Mission]
	outcomes    record.Timelines[Outcome]
	initiatives record.Timelines[Initiative]
	events      record.Timelines[Event]
	reviews     record.Timelines[funding.Review]
	allocations record.Timelines[funding.Allocation]

	milestonesOf  map[record.ID][]record.ID  // milestones by mission
	outcomesOf    map[record.ID][]record.ID  // outcomes by mission
	initiativesOf map[record.ID][]record.ID  // initiatives by mission
	eventsOn      map[record.Ref][]record.ID // events by subject
	moneyFor      map[record.Ref][]record.ID // allocations by subject
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
	m.leaveOut(s)
	m.spec = *s
	m.index = make(map[record.Ref]entry)
	for _, l := range m.spec.lists() {
		for i, b := range l.bases() {
			e := entry{b, l.record(i)}
			m.index[record.Ref{Kind: l.kind(), ID: b.ID}] = e
			if fact := (record.Ref{Kind: l.kind(), ID: b.Fact()}); m.index[fact].base == nil || b.ID == b.Of {
				m.index[fact] = e
			}
		}
	}
	v := &record.View{On: view.On, Known: view.Known} // what is left out is out already
	m.plan, m.register = m.spec.milestones().Checked(*v), m.spec.accountability().Checked(*v)
	m.missions = record.Read(v, s.Missions, s.Sources)
	m.outcomes = record.Read(v, s.Outcomes, s.Sources)
	m.initiatives = record.Read(v, s.Initiatives, s.Sources)
	m.events = record.Read(v, s.Events, s.Sources)
	m.reviews = record.Read(v, s.SpendingReviews, s.Sources)
	m.allocations = record.Read(v, s.Allocations, s.Sources)

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
	m.moneyFor = record.Group(&m.allocations, func(a *funding.Allocation) record.Ref { return a.Subject })
	return m
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
	for _, l := range s.lists() {
		for i, b := range l.bases() {
			if why := m.records.Removes(b); why != 0 {
				ref := record.Ref{Kind: l.kind(), ID: b.ID}
				m.excluded[ref] = why
				if m.view.Audience == 0 || b.Audience <= m.view.Audience {
					m.miss(ref, l.record(i))
				}
			}
		}
		removed := l.view(&m.records)
		for why, n := range removed {
			if why > 0 && n > 0 {
				m.removed = append(m.removed, Removed{Kind: l.kind(), Why: record.Removal(why).String(), Count: n})
			}
		}
	}
	if m.view.Audience != record.Public {
		return
	}
	names := 0
	for i := range s.Parties {
		if p := &s.Parties[i]; p.Kind == accountability.Person && p.Name != "" {
			p.Name = ""
			names++
		}
	}
	if names > 0 {
		m.removed = append(m.removed, Removed{Kind: accountability.KindParty, Field: "name", Why: "names of persons are not published", Count: names})
	}
	for _, l := range s.lists() {
		n := 0
		for _, b := range l.bases() {
			n += len(b.Extensions)
			b.Extensions = nil
		}
		if n > 0 {
			m.removed = append(m.removed, Removed{Kind: l.kind(), Field: "x-", Why: "nobody can tell what extension members hold", Count: n})
		}
	}
	s.Extensions = nil
}

// View returns the view that the model was compiled with.
func (m *Model) View() View { return m.view }

// Moment fills in what a question leaves open with the view's own day and instant.
func (m *Model) Moment(at record.Moment) record.Moment { return m.records.At(at) }

// Spec returns the records that the view left in, with named days and references resolved: with the audience [record.Public]
// it is the copy that may be published. The slices are the caller's.
func (m *Model) Spec() Spec {
	s := *m.spec.own()
	s.Format = Format
	return s
}

// Removed returns how many records and fields the view left out, and why, in the order of the document.
func (m *Model) Removed() []Removed { return slices.Clone(m.removed) }

// Excluded reports whether, and why, the view has left out the record that a reference names.
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

// Register returns who answers for what.
func (m *Model) Register() *accountability.Register {
	if m.register == nil {
		return new(accountability.Register)
	}
	return m.register
}

// Source returns a source.
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

// MilestonesOf returns the ids of a mission's milestones, in the order of the Spec.
func (m *Model) MilestonesOf(mission record.ID) []record.ID {
	return slices.Clone(m.milestonesOf[mission])
}

// Outcomes returns the ids of the outcomes, in the order of the Spec.
func (m *Model) Outcomes() []record.ID { return m.outcomes.Facts() }

// Outcome returns what each claimant says an outcome is.
func (m *Model) Outcome(id record.ID, at record.Moment) []record.Claim[Outcome] {
	at = m.Moment(at)
	return m.outcomes.At(id, at.On, at.Known)
}

// OutcomesOf returns the ids of a mission's outcomes, in the order of the Spec.
func (m *Model) OutcomesOf(mission record.ID) []record.ID {
	return slices.Clone(m.outcomesOf[mission])
}

// Initiatives returns the ids of the initiatives, in the order of the Spec.
func (m *Model) Initiatives() []record.ID { return m.initiatives.Facts() }

// Initiative returns what each claimant says an initiative is.
func (m *Model) Initiative(id record.ID, at record.Moment) []record.Claim[Initiative] {
	at = m.Moment(at)
	return m.initiatives.At(id, at.On, at.Known)
}

// InitiativesOf returns the ids of a mission's initiatives, in the order of the Spec.
func (m *Model) InitiativesOf(mission record.ID) []record.ID {
	return slices.Clone(m.initiativesOf[mission])
}

// Events returns what is said to have happened to a subject by the moment's day, of one kind or, where kind is empty, of
// any, in the order of the Spec. Statements that nothing happened are among them, marked Absent.
func (m *Model) Events(subject record.Ref, kind string, at record.Moment) []record.Claim[Event] {
	at = m.Moment(at)
	all := m.events.Collect(m.eventsOn[subject], record.Moment{Known: at.Known})
	return slices.DeleteFunc(all, func(c record.Claim[Event]) bool {
		e := c.Record
		return kind != "" && e.Kind != kind || e.Subject != subject || !at.On.IsZero() && e.OnDay.After(at.On)
	})
}

// Allocations returns the money set aside for a subject, in the order of the Spec.
func (m *Model) Allocations(subject record.Ref, at record.Moment) []record.Claim[funding.Allocation] {
	return m.allocations.Collect(m.moneyFor[subject], m.Moment(at))
}

// SpendingReviews returns what is said of every spending review and phase, in the order of the Spec.
func (m *Model) SpendingReviews(at record.Moment) []record.Claim[funding.Review] {
	return m.reviews.Collect(m.reviews.Facts(), m.Moment(at))
}

// Graph returns the dependencies of the plan together with the missions: an edge labelled "part-of" runs from each milestone
// to each mission that it belongs to, so that the descendants of anything are the milestones and missions that it carries.
func (m *Model) Graph(at record.Moment) *graph.Graph[record.Ref] {
	var b graph.Builder[record.Ref]
	for _, id := range m.missions.Facts() {
		mission := record.Ref{Kind: KindMission, ID: id}
		b.Node(mission)
		for _, step := range m.milestonesOf[id] {
			b.Add(graph.Edge[record.Ref]{From: record.Ref{Kind: milestone.KindMilestone, ID: step}, To: mission, Label: PartOf})
		}
	}
	for e := range m.Plan().Graph(at).Edges() {
		b.Add(e)
	}
	return b.Freeze()
}

// PartOf labels the edges from milestones to their missions in [Model.Graph].
const PartOf = "part-of"
