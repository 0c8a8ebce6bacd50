package review

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on whether a mission changed how anything is done, how deep the change went, and who took it up.

var buzzwordMask = &Rule{
	ID: "F10", Slug: "buzzword-mask", Severity: Caution,
	Title: "A mission has goals and promises nothing about how the work is done",
	Why: "A mission is a way of governing as much as a goal: in the open, with others, finding out on the way. With goals alone, the word covers the same priorities pursued in the same manner, " +
		"and those who hear it learn that it means nothing.",
	Fires: "The mission has goals (a statement, a milestone or an outcome), and a how-commitment event on it is marked absent; or one is recorded, and a practice-change event on the mission or on the commitment marked absent says that nothing came of it. " +
		"A change of practice, or anything that the commitment is recorded to have led to, silences it, and so does a how-commitment of a mission that it is part of. " +
		"It looks only at missions of which a how-commitment event is recorded, present or absent. It has nothing to say of a mission that is closed or only proposed, and cannot tell where nobody says what came of a commitment, where claimants differ on whether there is one, or where no goal is recorded.",
	FalseAlarm: "The promises about how the work is done stand in a wider mission, and nobody has recorded which.",
	Question:   "What would somebody who joins this mission on Monday have to do in another way than on Friday?",
	Sources:    []string{"S1:66", "S4:22"},
	Needs:      []string{"how-commitment events on missions and those that they are part of, present or marked absent, with what they led to", "practice-change events", "the statement, milestones and outcomes of missions"},
	Bad:        buzzwordMaskBad, Good: buzzwordMaskGood, Unclear: buzzwordMaskUnclear, Harmless: buzzwordMaskHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkMask(id)
		}
	},
}

func (p *pass) checkMask(id record.ID) {
	ref, name := missionRef(id), p.missionName(id)
	made, none := p.events(ref, mission.HowCommitment)
	if len(made)+len(none) == 0 && !p.scopeUnseen(ref, mission.HowCommitment) {
		return // nothing of the matter is recorded
	}
	question := "whether " + name + " changes how the work is done"
	changed, unchanged := p.events(ref, mission.PracticeChange)
	evidenced := len(changed) > 0
	for _, c := range made {
		present, absent := p.events(lessonEventRef(c.Record.Fact()), mission.PracticeChange)
		evidenced = evidenced || len(present) > 0 || len(c.Record.LedTo) > 0
		unchanged = append(unchanged, absent...)
	}
	switch {
	case p.over(id), evidenced, p.scopeInherits(id):
		p.nothing(ref)
	case len(made) > 0 && len(none) > 0:
		p.cannot(ref, question, contested("whether it promises anything about how the work is done", "a how-commitment event on the mission, or one marked absent"))
	case len(made)+len(none) == 0:
		p.cannot(ref, question, p.scopeMissing(ref, mission.HowCommitment, "whether it promises anything about how the work is done", "a how-commitment event on the mission, or one marked absent"))
	case len(made) > 0 && len(unchanged) == 0:
		p.cannot(ref, question, p.scopeMissing(ref, mission.PracticeChange, "what came of its promise about how the work is done", "what the how-commitment led to, or a practice-change event on the mission, or one marked absent"))
	case !p.scopeHasGoals(id):
		p.cannot(ref, question, unrecorded("what its goals are", "its statement, its milestones or its outcomes"))
	case len(none) > 0:
		trigger := p.scopeProof(none)
		text := attributed(trigger, name+" has goals and promises nothing about how the work is done"+p.says(trigger))
		p.finding(ref, text, trigger, proof(p, mission.KindMission, p.said[id])...)
	default:
		trigger, context := scopeWeakest(p.scopeProof(made), p.scopeProof(unchanged))
		said := ""
		for _, c := range made {
			if what := plain(c.Record.Name); what != "" {
				said = " (" + quoted(what) + ")"
				break
			}
		}
		text := attributed(trigger, "nothing has come of what "+name+" promises about how the work is done"+said)
		p.finding(ref, text, trigger, append(context, proof(p, mission.KindMission, p.said[id])...)...)
	}
}

// scopeInherits reports whether a mission that it is part of promises something about how the work is done.
func (p *pass) scopeInherits(id record.ID) bool {
	return slices.ContainsFunc(p.said[id], func(c record.Claim[mission.Mission]) bool {
		return slices.ContainsFunc(c.Record.Parents, func(parent record.ID) bool {
			return parent != id && p.happened(missionRef(parent), mission.HowCommitment)
		})
	})
}

// scopeHasGoals reports whether anything says what a mission is to achieve.
func (p *pass) scopeHasGoals(id record.ID) bool {
	return len(p.m.MilestonesOf(id)) > 0 || len(p.m.OutcomesOf(id)) > 0 ||
		slices.ContainsFunc(p.said[id], func(c record.Claim[mission.Mission]) bool { return plain(c.Record.Statement) != "" })
}

var shallowChange = &Rule{
	ID: "F13", Slug: "shallow-change", Severity: Caution,
	Title: "What changed for a mission is a name or a structure, and nothing below it",
	Why: "A new name and a new chart can be announced in a week. What decides whether people are better off is who decides, who pays and how the work is done, and that can stay as it was beneath any number of charts. " +
		"The risk is that the change is then taken to have been tried.",
	Fires: "Something of the mission was renamed or restructured, certainly more than F13.days ago: a renamed or restructure event on the mission or one of its initiatives. And a practice-change event on one of these, marked absent, says that nothing has changed in practice. " +
		"A practice-change, a wiring-change or an outcome-claim event on the mission or anything that belongs to it silences it, for each lies deeper. It looks only at missions of which such a change of name or structure is recorded, has nothing to say of those that are only proposed, and cannot tell where nobody says whether anything else has changed, or how old the change is.",
	FalseAlarm: "The change is recent, or it went deeper and nobody has recorded how.",
	Question:   "What can somebody who uses or runs this do today that they could not do under the old name?",
	Sources:    []string{"S0:42", "S3:12", "S3:14"},
	Needs:      []string{"renamed and restructure events on missions and initiatives, with their days", "practice-change events, present or marked absent", "wiring-change and outcome-claim events on missions and what belongs to them"},
	Thresholds: []Threshold{{Name: "F13.days", Unit: "days", Value: 365,
		Meaning: "how old a change of name or structure must be; no source names a number, and the default is a year, in which every budget is set once"}},
	Bad: shallowChangeBad, Good: shallowChangeGood, Unclear: shallowChangeUnclear, Harmless: shallowChangeHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkDepth(id)
		}
	},
}

func (p *pass) checkDepth(id record.ID) {
	ref, name := missionRef(id), p.missionName(id)
	places := []record.Ref{ref}
	for _, w := range p.scopeWorkOf(id) {
		places = append(places, w.ref())
	}
	var shallow, unchanged []record.Claim[mission.Event]
	var unseen []record.Ref
	for _, place := range places {
		renamed, _ := p.events(place, mission.Renamed)
		moved, _ := p.events(place, mission.Restructure)
		shallow = append(append(shallow, renamed...), moved...)
		unseen = append(append(unseen, p.m.LeftOut(mission.KindEvent, place, mission.Renamed)...), p.m.LeftOut(mission.KindEvent, place, mission.Restructure)...)
	}
	if len(shallow)+len(unseen) == 0 {
		return // nothing of the matter is recorded
	}
	question := "whether what changed for " + name + " goes beyond a name or a structure"
	if stage, differ := p.stage(id); !differ && stage == mission.StageProposed || p.scopeDeep(id) {
		p.nothing(ref)
		return
	}
	if len(shallow) == 0 {
		p.cannot(ref, question, leftOut(unseen, "what was renamed or restructured", "renamed and restructure events with their days"))
		return
	}
	var missed []record.Ref
	for _, place := range places {
		_, absent := p.events(place, mission.PracticeChange)
		unchanged = append(unchanged, absent...)
		missed = append(missed, p.m.LeftOut(mission.KindEvent, place, mission.PracticeChange)...)
	}
	var old, rough []record.Claim[mission.Event]
	var names []string
	for _, f := range scopeEvents(shallow) {
		days := scopeDays(f.claims)
		switch p.older(days, p.limit("days")) {
		case calendar.Certainly:
			old = append(old, f.claims...)
			names = append(names, p.scopeShallow(id, &f, days))
		case calendar.No:
		default:
			rough = append(rough, f.claims...)
		}
	}
	if len(old)+len(rough) == 0 {
		p.nothing(ref)
		return
	}
	var missing []Missing
	if len(old) == 0 {
		missing = append(missing, p.rough("the day of the change", scopeDays(rough), "the day on which the name or the structure was changed"))
	}
	if len(unchanged) == 0 {
		missing = append(missing, leftOut(missed, "whether anything has changed in how the work is done", "a practice-change event on the mission, or one marked absent"))
	}
	if len(missing) > 0 {
		p.cannot(ref, question, missing...)
		return
	}
	trigger, context := scopeWeakest(p.scopeProof(unchanged), p.scopeProof(old))
	text := attributed(trigger, name+" brought "+scopeSome(names)+", and nothing has changed in how the work is done")
	text += " This is more than " + count(p.limit("days")) + " days on, and no change of who decides, answers or pays and no outcome is recorded."
	p.finding(ref, text, trigger, append(context, proof(p, mission.KindMission, p.said[id])...)...)
}

// scopeShallow says what was changed and when: `a new name for the initiative "Jobs" (2025)`.
func (p *pass) scopeShallow(id record.ID, f *fact[mission.Event], days []calendar.When) string {
	e, what := f.claims[0].Record, "a new structure"
	if e.Kind == mission.Renamed {
		what = "a new name"
	}
	if e.Subject != missionRef(id) {
		what += " for " + p.named(e.Subject)
	}
	if said := plain(e.Name); said != "" {
		return what + " (" + quoted(said) + ", " + p.when(first(days)) + ")"
	}
	return what + " (" + p.when(first(days)) + ")"
}

// scopeDeep reports whether a change of practice, of who decides, answers or pays, or of an outcome is recorded on a mission or
// what belongs to it.
func (p *pass) scopeDeep(id record.ID) bool {
	return slices.ContainsFunc(p.within(id), func(ref record.Ref) bool {
		return p.happened(ref, mission.PracticeChange) || p.happened(ref, mission.WiringChange) || p.happened(ref, mission.OutcomeClaim)
	})
}

var noEvidenceFromBelow = &Rule{
	ID: "F14", Slug: "no-how-evidence-from-below", Severity: Note,
	Title: "Those at the top have taken up another way of working, and nobody below them is known to have",
	Why: "The way in which a mission works is a change for everybody in it. Where only leaders have caught it, those who do the work meet the same rules, forms and targets as before, " +
		"and what the leaders say about the change is all that there is of it.",
	Fires: "A leaders-adopted event on the mission or one of its initiatives is recorded, and a teams-adopted event on one of these is marked absent. " +
		"A teams-adopted event that is present silences it, and so does a practice change in one of its initiatives, or an alternative-declared event on the mission, by which it was to begin with leaders. " +
		"It looks only where leaders are recorded to have taken it up, and cannot tell where nobody says whether teams have.",
	FalseAlarm: "It was to begin with leaders, by design.",
	Question:   "Which team could show how it works in another way, and who has asked one?",
	Sources:    []string{"S0:10"},
	Needs:      []string{"leaders-adopted and teams-adopted events on missions and initiatives, present or marked absent", "practice-change events on initiatives", "alternative-declared events on missions"},
	Bad:        noEvidenceFromBelowBad, Good: noEvidenceFromBelowGood, Unclear: noEvidenceFromBelowUnclear, Harmless: noEvidenceFromBelowHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkBelow(id)
		}
	},
}

func (p *pass) checkBelow(id record.ID) {
	ref, name := missionRef(id), p.missionName(id)
	var above, denied []record.Claim[mission.Event]
	var missed, unseen []record.Ref
	below := false
	places := []record.Ref{ref}
	for _, w := range p.scopeWorkOf(id) {
		places = append(places, w.ref())
	}
	for _, place := range places {
		leaders, _ := p.events(place, mission.LeadersAdopted)
		teams, none := p.events(place, mission.TeamsAdopted)
		above, denied = append(above, leaders...), append(denied, none...)
		missed = append(missed, p.m.LeftOut(mission.KindEvent, place, mission.TeamsAdopted)...)
		unseen = append(unseen, p.m.LeftOut(mission.KindEvent, place, mission.LeadersAdopted)...)
		below = below || len(teams) > 0 || place != ref && p.happened(place, mission.PracticeChange)
	}
	switch {
	case len(above)+len(unseen) == 0: // nothing of the matter is recorded
	case below, p.over(id), p.happened(ref, mission.Alternative):
		p.nothing(ref)
	case len(above) == 0:
		p.cannot(ref, "whether "+name+" has reached those who do the work", leftOut(unseen, "whether those who lead it work in another way", "a leaders-adopted event on the mission or one of its initiatives"))
	case len(denied) == 0:
		p.cannot(ref, "whether "+name+" has reached those who do the work", leftOut(missed, "whether teams work in another way", "a teams-adopted event on the mission or one of its initiatives, or one marked absent"))
	default:
		trigger, context := scopeWeakest(p.scopeProof(above), p.scopeProof(denied))
		text := attributed(trigger, "those who lead "+name+" have taken up another way of working, and those who do the work have not")
		p.finding(ref, text, trigger, append(context, proof(p, mission.KindMission, p.said[id])...)...)
	}
}
