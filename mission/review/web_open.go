package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rule on missions of which the public can see nothing.

var closedByDefault = &Rule{
	ID: "F89", Slug: "closed-by-default", Severity: Note,
	Title: "Nothing about a mission is where anybody outside can read it",
	Why: "Those who are to join a mission, or to tell it what it has wrong, can do so only if they can see what it thinks. Where nothing is put in public, half-finished work least of all, it learns from those inside alone, " +
		"and everybody else waits to be told.",
	Fires: "A published event on the mission marked absent says that nothing about it has been published; or a plan-published event is marked absent and the members of a board of it are withheld or not disclosed. " +
		"Nothing public is recorded: no address, no published, plan-published or published-to-learn event on the mission or on what belongs to it, no board whose members are disclosed, no source with an address on the web that was published by a party that takes part in it, sponsors, leads, stewards or promised it. And the mission was certainly announced, or first promised, more than F89.days ago. " +
		"A framing or prelaunch event silences it, and so does a stated reason (because) on the event marked absent if the record ends on a day to come. It has nothing to say of a mission that is proposed or closed, and cannot tell where nobody says whether anything was published, nor where the day of the announcement is not known well enough.",
	FalseAlarm: "What the mission is about is still being settled, or there is a reason of security and a day on which it is looked at again.",
	Question:   "What could be put in public this month without asking anybody, and what is the harm that keeps the rest back?",
	Sources:    []string{"S0:53", "S1:19"},
	Needs: []string{"published, plan-published and published-to-learn events, present or marked absent", "the addresses of missions", "the members of boards and when these were disclosed",
		"the sources of records, with their publishers and addresses", "the day on which the mission was announced", "framing and prelaunch events"},
	Thresholds: []Threshold{{Name: "F89.days", Unit: "days", Value: 100,
		Meaning: "how long a mission may be known before something about it is public; no source names a number, and the default is the first hundred days that S4:18 speaks of"}},
	Bad: closedByDefaultBad, Good: closedByDefaultGood, Unclear: closedByDefaultUnclear, Harmless: closedByDefaultHarmless,
	check: func(p *pass) {
		boards := make(map[record.ID][]*forum)
		forums := p.eachForum()
		for i := range forums {
			for _, id := range forums[i].missions() {
				boards[id] = append(boards[id], &forums[i])
			}
		}
		for _, id := range p.missions {
			p.checkClosed(id, boards[id])
		}
	},
}

func (p *pass) checkClosed(id record.ID, boards []*forum) {
	ref, name := missionRef(id), p.missionName(id)
	question := "whether anything about " + name + " is public"
	if p.over(id) || p.happened(ref, mission.Framing) || p.happened(ref, mission.Prelaunch) || p.isOpen(id, boards) {
		p.nothing(ref)
		return
	}
	_, unpublished := p.events(ref, mission.Published)
	_, planless := p.events(ref, mission.PlanPublished)
	later := func(c record.Claim[mission.Event]) bool {
		return plain(c.Record.Because) != "" && c.Valid.Until.IsResolved() && !p.on.IsZero() && c.Valid.Until.Earliest().After(p.on)
	}
	if slices.ContainsFunc(unpublished, later) || len(unpublished) == 0 && slices.ContainsFunc(planless, later) {
		p.nothing(ref)
		return
	}
	var hidden []Evidence // what says that who sits on a board is not public
	for _, f := range boards {
		for _, c := range f.claims {
			m, d := c.Record.Members, c.Record.Disclosed
			_, dated := d.Get() // on a day to come: otherwise the mission is open
			if m.State == record.StateWithheld || d.State == record.StateWithheld || d.State == record.StatePending || dated {
				hidden = append(hidden, p.evidence(accountability.KindForum, &c.Record.Record))
			}
		}
	}
	trigger, other := proof(p, mission.KindEvent, unpublished), []Evidence(nil)
	clause := "nothing about " + name + " has been published"
	if len(unpublished) == 0 {
		trigger, other = proof(p, mission.KindEvent, planless), hidden
		clause = name + " has published no plan, and not who sits on its board"
	}
	if len(unpublished) == 0 && (len(planless) == 0 || len(hidden) == 0) {
		p.cannot(ref, question, leftOut(append(p.m.LeftOut(mission.KindEvent, ref, mission.Published), p.m.LeftOut(mission.KindEvent, ref, mission.PlanPublished)...),
			"whether anything about it has been published", "its address, a published event on the mission, or one marked absent"))
		return
	}
	days := p.announced(id)
	promised, _ := p.events(ref, mission.Commitment)
	for _, c := range promised {
		if !c.Record.OnDay.IsZero() {
			days = append(days, c.Record.OnDay)
		}
	}
	since := earliest(days)
	if since.IsResolved() {
		days = []calendar.When{since}
	}
	switch p.older(days, p.limit("days")) {
	case calendar.Certainly:
		p.webBoth(ref, clause+", more than "+count(p.limit("days"))+" days after it was first spoken of ("+p.when(since)+")", trigger, other, proof(p, mission.KindMission, p.said[id])...)
	case calendar.No:
		p.nothing(ref)
	default:
		p.cannot(ref, question+" by now", p.rough("the day on which it was announced", days, "the day on which the mission was announced"))
	}
}

// isOpen reports whether something about a mission is recorded as public.
func (p *pass) isOpen(id record.ID, boards []*forum) bool {
	if slices.ContainsFunc(p.said[id], func(c record.Claim[mission.Mission]) bool { return plain(c.Record.Address) != "" }) {
		return true
	}
	for _, f := range boards {
		for _, c := range f.claims {
			if day, known := c.Record.Disclosed.Get(); known && (p.on.IsZero() || !day.After(p.on)) {
				return true
			}
		}
	}
	parts := p.within(id)
	for _, on := range parts {
		if p.happened(on, mission.Published) || p.happened(on, mission.PlanPublished) || p.happened(on, mission.PublishedToLearn) {
			return true
		}
	}
	return p.publishes(id, parts)
}

// publishes reports whether a record of a mission or of its milestones rests on something that one of the mission's own parties
// has put on the web.
func (p *pass) publishes(id record.ID, parts []record.Ref) bool {
	cited := make(map[record.ID]bool)
	for _, c := range p.said[id] {
		cited[c.Record.Source] = true
	}
	w := p.web()
	for _, on := range parts {
		if s := w.step[on.ID]; s != nil && on == milestoneRef(s.id) {
			for _, c := range s.claims {
				cited[c.Record.Source] = true
			}
		}
	}
	var own map[string]bool
	for _, source := range sortedKeys(cited) {
		s, ok := p.m.Source(source)
		if !ok || s.URL == "" || s.Publisher == "" {
			continue
		}
		if own == nil {
			own = p.ownNames(id)
		}
		if own[strings.ToLower(plain(s.Publisher))] {
			return true
		}
	}
	return false
}

// ownNames returns the names and ids, in lower case, of the parties that take part in a mission, carry it or promised it, and of their
// organisations.
func (p *pass) ownNames(id record.ID) map[string]bool {
	ids, _, _, _ := webLists(p.said[id], func(m *mission.Mission) record.Value[[]record.ID] { return m.Contributors })
	for _, word := range []string{accountability.MissionSponsor, accountability.MissionLead, accountability.MissionSteward} {
		a, _ := p.register.Answerable(missionRef(id), word, p.at)
		for _, c := range a.Carriers {
			ids = append(ids, c.Post)
		}
	}
	promised, _ := p.events(missionRef(id), mission.Commitment)
	for _, c := range promised {
		ids = append(ids, c.Record.By...)
	}
	homes, _ := p.webHomes(ids)
	names := make(map[string]bool)
	for _, party := range append(ids, homes...) {
		names[strings.ToLower(string(party))] = true
		if known := p.party(party); known.kind != accountability.Person && known.name != "" {
			names[strings.ToLower(known.name)] = true
		}
	}
	return names
}
