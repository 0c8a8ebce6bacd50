package report

import (
	"strconv"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

// eventRow is something that happened, or of which somebody says that it did not.
type eventRow struct {
	Day     string
	What    string
	Name    string
	Absent  bool
	Subject link
	Facts   []fact
	From    origin
}

// around is what goes on around a mission besides its milestones.
type around struct {
	Initiatives []lineRow
	Events      []eventRow
	EventsOpen  bool
	Mandates    []lineRow
	Freedoms    []lineRow
	Money       []moneyRow
}

// belongings lists a mission and all that belongs to it: its milestones, outcomes and initiatives.
func belongings(id record.ID, milestones, outcomes, initiatives []record.ID) []record.Ref {
	refs := []record.Ref{mission.Ref(id)}
	for _, list := range []struct {
		kind record.Kind
		ids  []record.ID
	}{{milestone.KindMilestone, milestones}, {mission.KindOutcome, outcomes}, {mission.KindInitiative, initiatives}} {
		for _, id := range list.ids {
			refs = append(refs, record.Ref{Kind: list.kind, ID: id})
		}
	}
	return refs
}

// mostEvents is how many events a page shows at once.
const mostEvents = 12

// aroundOf gathers what goes on around some subjects.
func (s *scribe) aroundOf(refs []record.Ref, initiatives []record.ID) around {
	var a around
	for _, id := range initiatives {
		for _, c := range s.m.Initiative(id, s.at) {
			a.Initiatives = append(a.Initiatives, s.initiative(c.Record))
		}
	}
	for _, ref := range refs {
		for _, c := range s.m.Events(ref, "", s.at) {
			if !s.told[c.Record.ID] {
				s.told[c.Record.ID] = true
				a.Events = append(a.Events, s.event(c.Record))
			}
		}
		own := func(row lineRow) lineRow {
			if ref == refs[0] && ref.Kind == mission.KindMission { // which the tables stand under
				row.Subject = link{}
			}
			return row
		}
		for _, m := range s.mandates[ref] {
			a.Mandates = append(a.Mandates, own(s.mandate(m)))
		}
		delete(s.mandates, ref)
		for _, c := range s.register.Freedoms(ref, s.at) {
			if !s.told[c.Record.ID] {
				s.told[c.Record.ID] = true
				a.Freedoms = append(a.Freedoms, own(s.freedom(c.Record)))
			}
		}
	}
	a.EventsOpen = len(a.Events) <= mostEvents
	return a
}

// gather finds the mandates by subject: the register has them by whom they bind.
func (s *scribe) gather() {
	s.mandates = make(map[record.Ref][]*accountability.Mandate)
	s.told, s.paid = make(map[record.ID]bool), make(map[record.ID]bool)
	seen := make(map[record.ID]bool)
	for i := range s.spec.Mandates {
		to := s.spec.Mandates[i].To
		if seen[to] {
			continue
		}
		seen[to] = true
		for _, c := range s.register.Mandates(to, s.at) {
			ref := s.m.Fact(c.Record.Subject)
			s.mandates[ref] = append(s.mandates[ref], c.Record)
		}
	}
}

// elsewhere is what goes on around no mission of the page; nil where there is nothing.
func (s *scribe) elsewhere() *around {
	var refs []record.Ref
	seen := make(map[record.Ref]bool)
	add := func(ref record.Ref) {
		if ref = s.m.Fact(ref); !seen[ref] {
			seen[ref] = true
			refs = append(refs, ref)
		}
	}
	var initiatives []record.ID
	for _, id := range s.m.Initiatives() {
		if ref := (record.Ref{Kind: mission.KindInitiative, ID: id}); !s.placed[string(mission.KindInitiative)+"-"+string(id)] {
			initiatives = append(initiatives, id)
			add(ref)
		}
	}
	for i := range s.spec.Events {
		add(s.spec.Events[i].Subject)
	}
	for i := range s.spec.Mandates {
		add(s.spec.Mandates[i].Subject)
	}
	for i := range s.spec.Freedoms {
		add(s.spec.Freedoms[i].Subject)
	}
	a := s.aroundOf(refs, initiatives)
	if len(a.Initiatives)+len(a.Events)+len(a.Mandates)+len(a.Freedoms) == 0 {
		return nil
	}
	return &a
}

func (s *scribe) initiative(r *mission.Initiative) lineRow {
	ref := record.Ref{Kind: mission.KindInitiative, ID: r.Fact()}
	row := lineRow{Name: named(r.Name, r.Fact()), Kind: words(r.Kind), From: s.origin(&r.Record), Findings: s.found[ref]}
	row.Anchor = s.once(ref)
	add := row.adder()
	switch r.Status {
	case mission.MissionWork:
		add("Stands as", "work of the mission")
	case mission.Adjacent:
		add("Stands as", "work beside the mission, with a purpose of its own")
	case mission.ValuedAsItIs:
		add("Stands as", "business as usual, valued in its own right")
	}
	if r.By != "" {
		add("By", s.party(r.By).name)
	}
	if !r.Started.IsZero() {
		add("Began", s.when(r.Started, false))
	}
	if !r.Badged.IsZero() {
		add("First called mission work", s.when(r.Badged, false))
	}
	if claims := s.plan.Indicator(r.Capacity, s.at); len(claims) > 0 {
		add("Capacity shown by", claims[0].Record.Name)
		if !r.Floor.IsZero() {
			add("Not to fall under", amount(r.Floor, claims[0].Record.Unit))
		}
	}
	for _, a := range s.answerRows(ref) {
		add(a.Duty, a.brief())
	}
	return row
}

func (s *scribe) event(r *mission.Event) eventRow {
	row := eventRow{Day: "no day recorded", What: capital(words(r.Kind)), Name: clean(r.Name, longName), Absent: r.Absent, Subject: s.place(r.Subject), From: s.origin(&r.Record)}
	if !r.OnDay.IsZero() {
		row.Day = s.when(r.OnDay, false)
	}
	if r.Subject.IsZero() {
		row.Subject = link{Text: "no subject recorded"}
	}
	add := func(name, text string) {
		if text = clean(text, longText); text != "" {
			row.Facts = append(row.Facts, fact{name, text})
		}
	}
	if len(r.By) > 0 {
		add("By", s.partyNames(r.By))
	}
	if len(r.With) > 0 {
		add("With", s.partyNames(r.With))
	}
	if !r.Amount.IsZero() {
		add("Money", sum(r.Amount))
	}
	add("Because", r.Because)
	var led []string
	for _, ref := range r.LedTo {
		led = append(led, s.name(ref))
	}
	add("Led to", listed(led))
	return row
}

func (s *scribe) mandate(r *accountability.Mandate) lineRow {
	row := lineRow{Name: s.party(r.To).name, Kind: words(r.Kind), Subject: s.place(r.Subject), From: s.origin(&r.Record)}
	add := row.adder()
	add("Gives", r.Role)
	if r.By != "" {
		add("By", s.party(r.By).name)
	}
	for i, o := range r.Objectives {
		if i == 5 {
			add("Objectives", grouped(strconv.Itoa(len(r.Objectives)-i))+" more")
			break
		}
		add("Objective", o)
	}
	if len(r.AnswersTo) > 0 {
		add("Answers to", s.partyNames(r.AnswersTo))
	}
	if !r.TimeCommitment.IsZero() {
		add("Time", amount(r.TimeCommitment, "percent")+" of a working week")
	}
	if !r.Signed.IsZero() {
		add("Signed", s.when(r.Signed, false))
	}
	if !r.Effective.IsZero() {
		add("Takes effect", s.when(r.Effective, false))
	}
	if !r.AccountableFrom.IsZero() {
		add("Answers to Parliament from", s.when(r.AccountableFrom, false))
	}
	switch {
	case !r.Tenure.IsZero():
		add("Runs until", s.when(r.Tenure, false))
	case !r.TenureTo.IsZero():
		add("Runs until", s.name(r.TenureTo))
	}
	if !r.Published.IsZero() {
		add("Published", s.when(r.Published, false))
	}
	return row
}

func (s *scribe) freedom(r *accountability.Freedom) lineRow {
	row := lineRow{Name: named(r.Name, r.Fact()), Subject: s.place(r.Subject), From: s.origin(&r.Record)}
	add := row.adder()
	if r.Giver != "" {
		add("Given by", s.party(r.Giver).name)
	}
	if r.Holder != "" {
		add("Held by", s.party(r.Holder).name)
	}
	for _, v := range []struct {
		name string
		v    record.Value[bool]
	}{{"Granted", r.Granted}, {"Felt to be granted", r.Perceived}, {"Used", r.Used}} {
		if !v.v.IsZero() {
			add(v.name, yesNo(v.v))
		}
	}
	return row
}
