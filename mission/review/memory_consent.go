package review

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on who was asked what a mission is for, and on who stands behind it.

var noDeliberation = &Rule{
	ID: "F99", Slug: "no-deliberation", Severity: Caution,
	Title: "Nobody outside was brought together to weigh what a mission is for",
	Why: "A mission asks many people to act who cannot be told to. They take part in what they had a hand in, and they see what those at the centre do not. " +
		"A vision that nobody outside has weighed stays its author's, and one that was weighed without anything coming of it is worse: people gave their time and learnt that it did not count.",
	Fires: "A deliberation event on the mission marked absent says that there was none, and none is recorded on the mission or on what belongs to it; or all that are recorded are said to have changed nothing, by decision-informed or plan-changed events on them marked absent. " +
		"One that led to something, or on which such an event is present, silences it, and so does one that is certainly still to come. It has nothing to say of a mission that is proposed, closed or, by declaration, in discovery. " +
		"It cannot tell where nothing is recorded of deliberations, or of what came of them, or where a rough date leaves open whether one has been held.",
	FalseAlarm: "A deliberation is planned, on a day that has not come.",
	Question:   "Who was missing when this mission was set, and what would they have changed?",
	Sources:    []string{"S4:41"},
	Needs: []string{"deliberation events on missions and what belongs to them, with what they led to, present or marked absent",
		"decision-informed and plan-changed events on those deliberations, present or marked absent", "the stage of missions"},
	Bad: noDeliberationBad, Good: noDeliberationGood, Unclear: noDeliberationUnclear, Harmless: noDeliberationHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkDeliberation(id)
		}
	},
}

func (p *pass) checkDeliberation(id record.ID) {
	ref, name := missionRef(id), p.missionName(id)
	if stage, differ := p.stage(id); p.over(id) || !differ && stage == mission.StageDiscovery {
		p.nothing(ref)
		return
	}
	inside := p.within(id)
	held := p.recollectAll(mission.Deliberation, inside)
	own := p.recollect(mission.Deliberation, ref)
	var rough []calendar.When
	var idle, open []record.Claim[mission.Event]
	changed := len(held.ahead) > 0
	var denials []record.Claim[mission.Event]
	for _, c := range held.present {
		about := record.Ref{Kind: mission.KindEvent, ID: c.Record.Fact()}
		informed, replanned := p.recollect(mission.DecisionInformed, about), p.recollect(mission.PlanChanged, about)
		w := c.Record.OnDay
		switch {
		case len(c.Record.LedTo)+len(informed.present)+len(replanned.present) > 0:
			changed = true
		case w.IsResolved() && !p.on.IsZero() && w.Latest().After(p.on):
			rough = append(rough, w)
		case len(informed.absent)+len(replanned.absent) > 0:
			idle = append(idle, c)
			denials = append(append(denials, informed.absent...), replanned.absent...)
		default:
			open = append(open, c)
		}
	}
	question := "whether people outside have weighed what " + name + " is for"
	switch {
	case changed:
		p.nothing(ref)
	case len(rough) > 0:
		p.cannot(ref, question, p.rough("the day of the deliberation", rough, "the day on which people were brought together"))
	case len(open) > 0:
		missed := p.memoryMissed(mission.DecisionInformed, record.Ref{Kind: mission.KindEvent, ID: open[0].Record.Fact()})
		p.cannot(ref, question+" with any effect", leftOut(missed, "what came of "+lessonEventName("the deliberation", open[0].Record.Fact(), open[:1]),
			"what the deliberation led to, or a decision-informed event on it, present or marked absent"))
	case len(idle) > 0:
		trigger := dedupe(p.memoryProof(denials))
		p.finding(ref, attributed(trigger, "nothing came of what people said when they were brought together on "+name+p.says(trigger)), trigger,
			append(p.memoryProof(idle), p.memoryMissions(id)...)...)
	case len(own.absent) > 0:
		trigger := p.memoryProof(own.absent)
		p.finding(ref, attributed(trigger, "no deliberation on "+name+" has been held with people outside"+p.says(trigger)), trigger, p.memoryMissions(id)...)
	default:
		p.cannot(ref, question, leftOut(p.memoryMissed(mission.Deliberation, inside...), "whether a deliberation was held",
			"a deliberation event on the mission, with what it led to, or one marked absent"))
	}
}

var thinConsensus = &Rule{
	ID: "F100", Slug: "thin-consensus", Severity: Caution,
	Title: "A mission has to outlast elections and spending reviews, and those behind it are all of one kind",
	Why: "A mission of ten years is carried on by people who did not start it. Those who come next keep what they, their voters, their towns or their trade stood behind before, and drop what was their predecessors' own. " +
		"Support that all sits in one party, one tier or one sector goes with it.",
	Fires: "An election, or the end or the money of a spending review, certainly lies between the day of the review and the mission's horizon; and the endorsement events on the mission name one organisation, or several of one tier or of one sector, fewer than two political parties among them. " +
		"Bodies outside government count as one tier where they have none. An endorsement event marked absent says that nobody stands behind it. A cross-term-consensus event silences it, and so does a mission that is certainly to be done within F100.days of its announcement, or of the day of the review where that is not recorded. " +
		"It has nothing to say where elections or reviews to come are recorded and none lies before the horizon, and cannot tell where none is, or where the horizon, the endorsements, or the tiers and sectors that decide are not recorded or too rough.",
	FalseAlarm: "The mission is short, or those who may govern next have agreed to go on in a way that nobody has recorded.",
	Question:   "Who of those that may decide about this mission after the next election has said that they want it?",
	Sources:    []string{"S4:32"},
	Needs: []string{"the horizon and the announcement of missions", "election events, those to come among them, and spending reviews with their ends",
		"endorsement events on missions, with those who endorse", "the tiers and sectors of those parties; political parties are organisations of the sector political-party", "cross-term-consensus events on missions"},
	Thresholds: []Threshold{{Name: "F100.days", Unit: "days", Value: 730,
		Meaning: "how long a mission may be planned to take and count as short; no source names a number, and the default is two years, less than a term"}},
	Bad: thinConsensusBad, Good: thinConsensusGood, Unclear: thinConsensusUnclear, Harmless: thinConsensusHarmless,
	check: func(p *pass) {
		turns := p.turns()
		for _, id := range p.missions {
			p.checkConsensus(id, turns)
		}
	},
}

// turn is an election or a spending review: a day after which others may decide.
type turn struct {
	days     []calendar.When
	name     string
	evidence []Evidence
}

// turns are the elections and reviews that are recorded, in the order of their ids.
func (p *pass) turns() []turn {
	var all []turn
	for _, f := range p.memoryBook()[mission.Election] {
		t := turn{name: lessonEventName("the election", f.id, f.claims)}
		for _, c := range f.claims {
			if !c.Record.Absent {
				t.days = append(t.days, c.Record.OnDay)
				t.evidence = append(t.evidence, p.evidence(mission.KindEvent, &c.Record.Record))
			}
		}
		if len(t.evidence) > 0 {
			all = append(all, t)
		}
	}
	for i := range p.purse().reviews {
		f := &p.purse().reviews[i]
		ends, money := turn{name: "the end of " + p.subjectName(reviewRef(f.id))}, turn{name: "the end of the money of " + p.subjectName(reviewRef(f.id))}
		for _, c := range f.claims {
			e := p.evidence(reviewRef(f.id).Kind, &c.Record.Record)
			if !c.Record.Concluded.IsZero() {
				ends.days, ends.evidence = append(ends.days, c.Record.Concluded), append(ends.evidence, e)
			}
			if !c.Record.FundsUntil.IsZero() {
				money.days, money.evidence = append(money.days, c.Record.FundsUntil), append(money.evidence, e)
			}
		}
		for _, t := range []turn{ends, money} {
			if len(t.days) > 0 {
				all = append(all, t)
			}
		}
	}
	return all
}

// crossed says whether a turn lies after the day of the review and no later than a horizon.
func (p *pass) crossed(t *turn, horizon between) calendar.Certainty {
	b := spanned(t.days)
	switch {
	case !b.known():
		return calendar.Possibly
	case !b.latest.After(p.on), b.earliest.After(horizon.latest):
		return calendar.No
	case b.earliest.After(p.on) && !b.latest.After(horizon.earliest):
		return calendar.Certainly
	}
	return calendar.Possibly
}

func (p *pass) checkConsensus(id record.ID, turns []turn) {
	ref, name := missionRef(id), p.missionName(id)
	question := "whether the support for " + name + " can outlast a change of government"
	if p.over(id) || len(p.recollect(mission.CrossTermConsensus, ref).present) > 0 {
		p.nothing(ref)
		return
	}
	var horizons []calendar.When
	for _, c := range p.said[id] {
		if !c.Record.Horizon.IsZero() {
			horizons = append(horizons, c.Record.Horizon)
		}
	}
	horizon := spanned(horizons)
	switch {
	case !horizon.known():
		p.cannot(ref, question, p.rough("its horizon", horizons, "when the mission is to be achieved"))
		return
	case p.on.IsZero():
		p.cannot(ref, question, noDay())
		return
	case !horizon.latest.After(p.on):
		p.nothing(ref)
		return
	}
	begun := spanned(p.announced(id))
	if !begun.known() {
		begun.earliest = p.on
	}
	if float64(horizon.latest.Sub(begun.earliest)) <= p.limit("days") {
		p.nothing(ref)
		return
	}
	var names []string
	var context []Evidence
	most, later := calendar.No, false
	for i := range turns {
		t := &turns[i]
		most = max(most, p.crossed(t, horizon))
		if p.crossed(t, horizon) == calendar.Certainly {
			names, context = append(names, t.name), append(context, t.evidence...)
		}
		later = later || spanned(t.days).earliest.After(horizon.latest)
	}
	switch {
	case most == calendar.Possibly:
		p.cannot(ref, question, Missing{What: "whether an election or the end of a spending review lies before its horizon", Ground: "not known from the dates", Way: "record the horizon, the elections and the reviews more closely"})
		return
	case most == calendar.No && later:
		p.nothing(ref)
		return
	case most == calendar.No:
		p.cannot(ref, question, leftOut(p.memoryMissed(mission.Election, record.Ref{}), "which elections and spending reviews lie before its horizon",
			"the next election as an election event, or the spending reviews with their ends"))
		return
	}
	p.checkEndorsers(id, question, names, append(context, p.memoryMissions(id)...))
}

// checkEndorsers judges who stands behind a mission that has to outlast some turns.
func (p *pass) checkEndorsers(id record.ID, question string, turns []string, context []Evidence) {
	ref, name := missionRef(id), p.missionName(id)
	said := p.recollect(mission.Endorsement, ref)
	before := " Before its horizon lie " + someOf(turns) + "."
	if len(turns) == 1 {
		before = " Before its horizon lies " + turns[0] + "."
	}
	var standing, perhaps []record.ID
	var events []record.Claim[mission.Event]
	unnamed := false
	for _, c := range said.present {
		u := c.Record.Until
		switch {
		case u.IsResolved() && !u.Latest().After(p.on):
			continue // it was given until a day that has passed
		case u.IsZero() || u.After(p.on):
			standing = append(standing, c.Record.By...)
		}
		events = append(events, c)
		perhaps = append(perhaps, c.Record.By...)
		unnamed = unnamed || len(c.Record.By) == 0
	}
	switch {
	case len(events) == 0 && len(said.absent) > 0:
		trigger := p.memoryProof(said.absent)
		p.finding(ref, attributed(trigger, "nobody stands behind "+name+" beside those who lead it"+p.says(trigger))+before, trigger, context...)
		return
	case len(events) == 0:
		p.cannot(ref, question, leftOut(p.memoryMissed(mission.Endorsement, ref), "who stands behind it", "endorsement events on the mission, with the parties that endorse it"))
		return
	}
	kind, missing := p.alike(distinct(standing))
	_, open := p.alike(distinct(perhaps))
	switch thin, _ := p.alike(distinct(perhaps)); {
	case kind == "" && len(missing) == 0 && len(standing) > 0:
		p.nothing(ref)
	case unnamed:
		p.cannot(ref, question, unrecorded("who gave each endorsement", "the parties that endorse the mission"))
	case thin == "" && len(open) == 0:
		p.cannot(ref, question, Missing{What: "whether all endorsements still stand", Ground: "not known from the dates", Way: "record until when each was given more closely"})
	case len(open) > 0:
		p.cannot(ref, question, open...)
	default:
		trigger := p.memoryProof(events)
		p.finding(ref, attributed(trigger, "those who stand behind "+name+" are "+thin+": "+p.partyNames(distinct(perhaps))+p.says(trigger))+before, trigger,
			append(context, p.memoryParties(distinct(perhaps)...)...)...)
	}
}

// someOf names up to three things and counts the rest.
func someOf(names []string) string {
	if more := len(names) - 3; more > 0 {
		return listed(append(slices.Clone(names[:3]), count(float64(more))+" more"))
	}
	return listed(names)
}

// The sector of a political party, and that of a government.
const (
	politicalParty   = "political-party"
	governmentSector = "government"
)

// alike says in which way parties are all alike, in words that follow "are"; empty where they are not, with what is missing
// to tell.
func (p *pass) alike(ids []record.ID) (kind string, missing []Missing) {
	var bodies []record.ID
	var tiers, sectors []string
	var untiered, unsectored []record.ID
	political := 0
	for _, id := range ids {
		homes := p.organisations(id)
		if len(homes) == 0 {
			homes = []record.ID{id}
		}
		bodies = append(bodies, homes...)
		sector, tier := p.sector(id), p.tier(id)
		sectors = append(sectors, sector...)
		if len(sector) == 0 {
			unsectored = append(unsectored, id)
		}
		switch {
		case len(tier) > 0:
			tiers = append(tiers, tier...)
		case len(sector) > 0 && !slices.Contains(sector, governmentSector):
			tiers = append(tiers, "")
		default:
			untiered = append(untiered, id)
		}
	}
	bodies = distinct(bodies)
	for _, id := range bodies {
		if slices.Contains(p.sector(id), politicalParty) {
			political++
		}
	}
	slices.Sort(tiers)
	slices.Sort(sectors)
	tiers, sectors = slices.Compact(tiers), slices.Compact(sectors)
	switch {
	case len(bodies) == 0:
		return "", nil
	case len(bodies) == 1:
		return "one organisation", nil
	case political > 1:
		return "", nil
	case len(sectors) == 1 && len(unsectored) == 0:
		return "all of the sector " + quoted(plain(sectors[0])), nil
	case len(tiers) == 1 && len(untiered) == 0 && tiers[0] != "":
		return "all of the tier " + quoted(plain(tiers[0])), nil
	}
	if len(sectors) < 2 {
		missing = append(missing, unrecorded("the sector of "+p.partyNames(unsectored), "its sector, such as government, business, civil-society or political-party"))
	}
	if len(tiers) < 2 && len(untiered) > 0 {
		missing = append(missing, unrecorded("the tier of "+p.partyNames(untiered), "its tier: central, devolved, regional, local or community"))
	}
	return "", missing
}
