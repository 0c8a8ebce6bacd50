package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// scribe turns a model and its review into the words of a page. It is for one page, and for one goroutine.
type scribe struct {
	m        *mission.Model
	plan     *milestone.Plan
	register *accountability.Register
	review   *review.Review
	spec     mission.Spec
	options  Options
	at       record.Moment
	public   bool

	parties     map[record.ID]party
	sources     map[record.ID]origin // what is the same for all that rests on a source
	standing    map[record.ID]milestone.Standing
	shown       map[record.ID]string                     // the anchor of each milestone that has a row
	found       map[record.Ref][]link                    // findings by subject
	used        map[string]bool                          // words of the glossary that the page uses
	home        map[record.ID]record.ID                  // the mission under which each milestone has its row; empty for none
	outcomes    map[record.ID]bool                       // outcomes that have a row
	forums      map[record.ID]bool                       // forums that have a row
	called      map[record.Ref]func() string             // the names of forums and duties
	placed      map[string]bool                          // their anchors that stand in the page already
	initiatives map[record.ID]bool                       // initiatives that have a row
	mandates    map[record.Ref][]*accountability.Mandate // by subject; those shown are taken out
	told        map[record.ID]bool                       // events and freedoms that have a row
	paid        map[record.ID]bool                       // allocations that have a row
	experiments map[record.ID]bool                       // that have a card
	hypotheses  map[record.ID]bool                       // that have a row
	outlooks    map[record.ID]forecast.MilestoneOutlook
	blinds      [][]int                         // by position in the schedule: what it waits for of which no work is recorded
	reached     map[record.Ref]forecast.Outcome // what came of it in the trials
	vacant      map[record.ID]string            // when posts have been without a holder
	rests       []bool                          // by position in the schedule: its date comes from work before it
	met         map[record.ID]*accountability.Meeting
	readings    map[record.ID]string  // the names of readings of scope
	pulls       map[record.Ref][]link // the tensions that show in a mission
	drawing     int                   // how many maps there are so far
	split       bool                  // the plan is too large for one map
	folded      bool                  // milestones are folded away until asked for
}

func newScribe(m *mission.Model, r *review.Review, o Options) *scribe {
	return &scribe{
		m: m, plan: m.Plan(), register: m.Register(), review: r, spec: m.Spec(), options: o,
		at: m.Moment(record.Moment{}), public: m.View().Audience == record.Public,
		parties: make(map[record.ID]party), sources: make(map[record.ID]origin),
		standing: make(map[record.ID]milestone.Standing), shown: make(map[record.ID]string),
		found: make(map[record.Ref][]link), used: make(map[string]bool),
		home: make(map[record.ID]record.ID), placed: make(map[string]bool),
		outcomes: make(map[record.ID]bool), forums: make(map[record.ID]bool),
		vacant: make(map[record.ID]string), pulls: make(map[record.Ref][]link),
		experiments: make(map[record.ID]bool), hypotheses: make(map[record.ID]bool),
		outlooks: make(map[record.ID]forecast.MilestoneOutlook), initiatives: make(map[record.ID]bool),
	}
}

// party is what a page says of a party.
type party struct {
	kind accountability.PartyKind
	name string // never empty, and no person's where the page is for the public
	of   record.ID
}

// unnamed stands for a person in a page for the public.
const unnamed = "a person"

func (s *scribe) party(id record.ID) party {
	if p, ok := s.parties[id]; ok {
		return p
	}
	var p party
	claims := s.register.Party(id, s.at)
	if len(claims) == 0 { // not there on that day: by its latest word it still has a name and a kind
		claims = s.register.Party(id, record.Moment{On: calendar.Date{}, Known: s.at.Known})
	}
	for _, c := range claims {
		if p.kind == 0 {
			p.kind = c.Record.Kind
		}
		if p.name == "" {
			p.name = clean(c.Record.Name, longName)
		}
		if p.of == "" {
			p.of = c.Record.OfParty
		}
	}
	ref := record.Ref{Kind: accountability.KindParty, ID: id}
	_, out := s.m.Excluded(ref)
	switch {
	case s.public && p.kind == accountability.Person:
		p.name = unnamed
	case s.public && p.kind == 0:
		p.name = "a party that this view leaves out"
	case p.name == "" && out:
		p.name = "a party that this view leaves out"
	case p.name == "":
		p.name = string(id)
	}
	s.parties[id] = p
	return p
}

// partyNames joins the names of parties; persons without a name are counted.
func (s *scribe) partyNames(ids []record.ID) string {
	var names []string
	persons := 0
	for _, id := range ids {
		if name := s.party(id).name; name == unnamed {
			persons++
		} else {
			names = append(names, name)
		}
	}
	if persons > 0 {
		names = append(names, count(persons, "person, whose name is left out", "persons, whose names are left out"))
	}
	return listed(names)
}

// department is the organisation that a post or unit belongs to, or the party itself.
func (s *scribe) department(id record.ID) record.ID {
	for range 16 { // posts in units in departments: no real chain is longer, and a circle ends
		p := s.party(id)
		if p.kind == accountability.Organisation || p.of == "" {
			break
		}
		id = p.of
	}
	return id
}

// claimant names who says something. It may be the id of a party.
func (s *scribe) claimant(text string) string {
	if text == "" {
		return ""
	}
	if id, err := record.ParseID(text); err == nil {
		if len(s.register.Party(id, record.Moment{Known: s.at.Known})) > 0 {
			return s.party(id).name
		}
	}
	return clean(text, longName)
}

// name is what any record is called.
func (s *scribe) name(ref record.Ref) string {
	switch ref.Kind {
	case accountability.KindParty:
		return s.party(ref.ID).name
	case accountability.KindHolding:
		if s.public { // its id may name the person
			return "a holding of a post"
		}
	case mission.KindMission:
		for _, c := range s.m.Mission(ref.ID, s.at) {
			return named(c.Record.Name, ref.ID)
		}
	case milestone.KindMilestone:
		for _, c := range s.plan.Milestone(ref.ID, s.at) {
			return named(c.Record.Name, ref.ID)
		}
	}
	if text, ok := s.about(ref); ok {
		return text
	}
	if _, out := s.m.Excluded(ref); out {
		return "a " + words(string(ref.Kind)) + " that this view leaves out"
	}
	return named(s.m.Name(ref), ref.ID)
}

// about names a forum without a name and a duty by what they are about.
func (s *scribe) about(ref record.Ref) (string, bool) {
	if ref.Kind != accountability.KindForum && ref.Kind != accountability.KindDuty {
		return "", false
	}
	if s.called == nil {
		s.called = make(map[record.Ref]func() string)
		call := func(kind record.Kind, r *record.Record, name, word string, subject record.Ref) {
			for _, id := range []record.ID{r.Fact(), r.ID} {
				if ref := (record.Ref{Kind: kind, ID: id}); s.called[ref] == nil {
					s.called[ref] = func() string { return s.of(name, word, subject) }
				}
			}
		}
		for i := range s.spec.Forums {
			f := &s.spec.Forums[i]
			call(accountability.KindForum, &f.Record, f.Name, f.Kind, f.Subject)
		}
		for i := range s.spec.Duties {
			d := &s.spec.Duties[i]
			call(accountability.KindDuty, &d.Record, "", d.Duty, d.Subject)
		}
	}
	name, ok := s.called[ref]
	if !ok {
		return "", false
	}
	return name(), true
}

func (s *scribe) of(name, kind string, subject record.Ref) string {
	if name = clean(name, longName); name != "" {
		return name
	}
	name = capital(words(kind))
	switch subject.Kind {
	case "", accountability.KindForum, accountability.KindDuty: // no further: they may be about each other
		return name
	}
	return name + " of " + s.name(subject)
}

// place is the link to a record's place in the page.
func (s *scribe) place(ref record.Ref) link {
	l := link{Text: s.name(ref)}
	switch ref.Kind {
	case mission.KindMission:
		if len(s.m.Mission(ref.ID, s.at)) > 0 {
			l.Anchor = "mission-" + string(ref.ID)
		}
	case milestone.KindMilestone:
		l.Anchor = s.shown[s.plan.Canonical(ref).ID]
	case mission.KindOutcome:
		if s.outcomes[ref.ID] {
			l.Anchor = "outcome-" + string(ref.ID)
		}
	case mission.KindInitiative:
		if s.initiatives[ref.ID] {
			l.Anchor = "initiative-" + string(ref.ID)
		}
	case learning.KindExperiment:
		if s.experiments[ref.ID] {
			l.Anchor = "experiment-" + string(ref.ID)
		}
	case learning.KindHypothesis:
		if s.hypotheses[ref.ID] {
			l.Anchor = "hypothesis-" + string(ref.ID)
		}
	case accountability.KindForum:
		if s.forums[ref.ID] {
			l.Anchor = "forum-" + string(ref.ID)
		}
	case record.KindSource:
		if _, ok := s.m.Source(ref.ID); ok {
			l.Anchor = "source-" + string(ref.ID)
		}
	}
	return l
}

// cite gives what is to be said of a source wherever something rests on it.
func (s *scribe) cite(id record.ID) origin {
	if o, ok := s.sources[id]; ok {
		return o
	}
	var o origin
	if id != "" {
		o.Title = "a source that this view leaves out"
		if src, ok := s.m.Source(id); ok {
			o.Anchor, o.Title = "source-"+string(id), clean(named(src.Title, id), 80)
		}
	}
	s.sources[id] = o
	return o
}

// origin says where a record comes from.
func (s *scribe) origin(r *record.Record) origin {
	o := s.cite(r.Source)
	o.At, o.Claimant = clean(r.At, longAt), s.claimant(r.Claimant)
	s.grade(&o, r.Grade)
	return o
}

func (s *scribe) grade(o *origin, g record.Grade) {
	o.Grade, o.Made = g.String(), g == record.Illustrative
	s.used["grade "+o.Grade] = true
}

// originOf is the origin of a record that a reference names, said to be of the record that what names.
func (s *scribe) originOf(ref record.Ref, what string) (origin, bool) {
	r, ok := s.m.Record(ref)
	if !ok {
		return origin{}, false
	}
	o := s.origin(&r)
	o.What = what
	return o, true
}

// when writes a rough date in words; the long form adds the stretch that a named day means.
func (s *scribe) when(w calendar.When, long bool) string {
	if !w.IsNamed() {
		return stretch(w)
	}
	name := clean(s.m.Name(record.Ref{Kind: record.KindDay, ID: record.ID(w.String())}), longName)
	if long && w.IsResolved() {
		name += " (" + day(w.Earliest()) + " to " + day(w.Latest()) + ")"
	}
	return name
}

// known reports whether a record was known at the instant of the page.
func (s *scribe) known(r *record.Record) bool {
	if s.at.Known.IsZero() {
		return true
	}
	if !r.Recorded.IsZero() {
		return !r.Recorded.After(s.at.Known)
	}
	if src, ok := s.m.Source(r.Source); ok && src.Published.IsResolved() {
		return !src.Published.Latest().In(nil).After(s.at.Known)
	}
	return true
}

// stand returns how a milestone stands.
func (s *scribe) stand(id record.ID) milestone.Standing {
	if st, ok := s.standing[id]; ok {
		return st
	}
	st, _ := s.plan.Standing(id, s.at)
	s.standing[id] = st
	return st
}

// status puts the status of a milestone or target into words and a shape.
func (s *scribe) status(st milestone.Status) tag {
	t := tag{"unknown", "not known"}
	switch st {
	case milestone.Met:
		t = tag{"met", "met"}
	case milestone.Scheduled:
		t = tag{"scheduled", "scheduled"}
	case milestone.PartiallyMet:
		t = tag{"partial", "partially met"}
	case milestone.NotMet:
		t = tag{"notmet", "not met"}
	}
	s.used["status "+t.Mark] = true
	return t
}

// state puts the state of a duty into words and a shape.
func (s *scribe) state(st accountability.DutyState) tag {
	t := tag{"unknown", "not recorded"}
	switch st {
	case accountability.Held:
		t = tag{"held", "held"}
	case accountability.Vacant:
		t = tag{"vacant", "vacant"}
	case accountability.Unclear:
		t = tag{"unclear", "unclear"}
	case accountability.Contested:
		t = tag{"contested", "contested"}
	case accountability.Withheld:
		t = tag{"withheld", "withheld"}
	}
	s.used["duty "+t.Mark] = true
	return t
}

// severity puts the severity of a rule into words and a shape.
func (s *scribe) severity(v review.Severity) tag {
	t := tag{"note", "note"}
	switch v {
	case review.Serious:
		t = tag{"serious", "serious"}
	case review.Caution:
		t = tag{"caution", "caution"}
	}
	s.used["severity "+t.Mark] = true
	return t
}

// missions lists the missions that somebody says something of at the moment of the page.
func (s *scribe) missions() []record.ID {
	return slices.DeleteFunc(s.m.Missions(), func(id record.ID) bool { return len(s.m.Mission(id, s.at)) == 0 })
}

// milestones lists the milestones that somebody says something of at the moment of the page.
func (s *scribe) milestones() []record.ID {
	return slices.DeleteFunc(s.plan.Milestones(), func(id record.ID) bool { return len(s.plan.Milestone(id, s.at)) == 0 })
}

// tallies writes how many of some milestones have each status, in the order in which the statuses are declared.
func (s *scribe) tallies(ids []record.ID) string {
	var n [milestone.NotMet + 1]int
	for _, id := range ids {
		n[s.stand(id).Status]++
	}
	var parts []string
	for _, st := range []milestone.Status{milestone.Met, milestone.PartiallyMet, milestone.NotMet, milestone.Scheduled, 0} {
		if n[st] > 0 {
			parts = append(parts, grouped(strconv.Itoa(n[st]))+" "+s.status(st).Word)
		}
	}
	return strings.Join(parts, ", ")
}
