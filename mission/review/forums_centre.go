package review

import (
	"fmt"
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on what is drawn to the centre.

var centralConcentration = &Rule{
	ID: "F45", Slug: "central-concentration", Severity: Caution,
	Title: "Most of what is decided about a mission is decided in one place at the centre",
	Why: "A small team at the centre can decide quickly, and can know little of what it decides about. Everybody else learns to wait for it, and what only they know stays with them. " +
		"The sources name two crises in which power was drawn together like this, and call what came of it predictable.",
	Fires: "Of the decide and agree duties recorded on the mission and on what belongs to it, certainly more than F45.percent rest in one organisation of the tier central, or in one post that belongs to none; one that is shared counts for each of its carriers in part. " +
		"At least F45.rights such duties must be recorded: with fewer it cannot tell, nor where too many are vacant, unclear, contested or withheld, or the tier is not recorded. An emergency event on the mission silences it.",
	FalseAlarm: "There is an emergency, and the powers end with it.",
	Question:   "Which of these decisions would be better if somebody nearer to the matter took it?",
	Sources:    []string{"S3:14", "S1:72"},
	Needs:      []string{"decide and agree duties on missions, milestones, outcomes and initiatives", "the organisations and tiers of those who carry them", "emergency events"},
	Thresholds: []Threshold{
		{Name: "F45.percent", Unit: "percent", Value: 50,
			Meaning: "what share of the decision rights may rest in one place; no source names a number, and the default is that most of them do not"},
		{Name: "F45.rights", Unit: "decision rights", Value: 4, Least: 1,
			Meaning: "how many decision rights must be recorded for a share of them to say anything; no source names a number"},
	},
	Bad: centralConcentrationBad, Good: centralConcentrationGood, Unclear: centralConcentrationUnclear, Harmless: centralConcentrationHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkConcentration(id)
		}
	},
}

// rights is how the decision rights on a mission are spread.
type rights struct {
	all, open int // how many there are, and of how many it is not known in whom they rest
	in        map[record.ID]float64
	duties    map[record.ID][]Evidence
	missed    []record.Ref
}

func (p *pass) decisionRights(id record.ID) rights {
	r := rights{in: make(map[record.ID]float64), duties: make(map[record.ID][]Evidence)}
	for _, part := range p.within(id) {
		for _, word := range []string{accountability.Decide, accountability.Agree} {
			r.missed = append(r.missed, p.m.LeftOut(accountability.KindDuty, part, word)...)
			a, ok := p.register.Answerable(part, word, p.at)
			if !ok {
				continue
			}
			r.all++
			if a.State != accountability.Held || len(a.Carriers) == 0 {
				r.open++
				continue
			}
			places := make(map[record.ID]bool)
			for _, c := range a.Carriers {
				place := p.placeOf(c.Post)
				places[place] = true
				r.duties[place] = append(r.duties[place], p.evidence(accountability.KindDuty, &c.Duty.Record))
			}
			for place := range places {
				r.in[place] += 1 / float64(len(places))
			}
		}
	}
	return r
}

// placeOf is the organisation that a post or unit belongs to, or the party itself.
func (p *pass) placeOf(id record.ID) record.ID {
	if homes := p.organisations(id); len(homes) == 1 {
		return homes[0]
	}
	return id
}

func (p *pass) checkConcentration(id record.ID) {
	ref, name := missionRef(id), p.missionName(id)
	question := "whether most decisions on " + name + " rest in one place at the centre"
	if p.happened(ref, mission.Emergency) {
		p.nothing(ref)
		return
	}
	r := p.decisionRights(id)
	way := "decide and agree duties on the mission and on what belongs to it, with their posts"
	switch {
	case r.all == 0:
		p.cannot(ref, question, leftOut(r.missed, "who decides", way))
		return
	case float64(r.all) < p.limit("rights"):
		p.cannot(ref, question, Missing{What: "who decides", Ground: fmt.Sprintf("recorded for too few decisions to tell (%d)", r.all), Way: "record " + way})
		return
	}
	const slack = 1e-9 // thirds do not add up
	bar := p.limit("percent") / 100 * float64(r.all)
	var missing []Missing
	var trigger, context []Evidence
	var found []string
	for _, place := range sortedKeys(r.in) {
		least, most := r.in[place], r.in[place]+float64(r.open)
		tier := p.tier(place)
		central := slices.Contains(tier, accountability.TierCentral)
		switch {
		case most <= bar+slack, len(tier) > 0 && !central:
		case len(tier) == 0:
			missing = append(missing, unrecorded("the tier of "+p.partyName(place), "its tier: central, devolved, regional, local or community"))
		case len(tier) > 1:
			missing = append(missing, contested("the tier of "+p.partyName(place), "its tier"))
		case least <= bar+slack:
		default:
			trigger = append(trigger, r.duties[place]...)
			context = append(context, proof(p, accountability.KindParty, sorted(p.register.Party(place, p.at)))...)
			found = append(found, p.partyName(place)+" has "+count(round(least)))
		}
	}
	if len(found) > 0 {
		trigger = dedupe(trigger)
		clause := fmt.Sprintf("of the %d decision rights recorded on %s, more than %s percent rest in one place at the centre", r.all, name, count(p.limit("percent")))
		p.finding(ref, attributed(trigger, clause)+" "+sentence(listed(found)), trigger, append(context, proof(p, mission.KindMission, p.said[id])...)...)
		return
	}
	if r.open > 0 && float64(r.open)+p.mostCentral(&r) > bar+slack {
		missing = append(missing, Missing{What: "in whom the decisions rest", Ground: fmt.Sprintf("not settled, or not published, for %d of %d", r.open, r.all), Way: "settle who decides, and record the posts"})
	}
	if len(missing) > 0 {
		p.cannot(ref, question, missing...)
		return
	}
	p.nothing(ref)
}

// mostCentral is the largest number of rights that rest in one place that may be central; another may come in by the rights
// of which it is not known in whom they rest.
func (p *pass) mostCentral(r *rights) float64 {
	most := 0.0
	for place, n := range r.in {
		if tier := p.tier(place); len(tier) == 0 || slices.Contains(tier, accountability.TierCentral) {
			most = max(most, n)
		}
	}
	return most
}

// round leaves one decimal.
func round(f float64) float64 { return float64(int(f*10+0.5)) / 10 }

var testAndLearnAdrift = &Rule{
	ID: "F47", Slug: "test-and-learn-adrift", Severity: Caution,
	Title: "Trying things out and the missions pass each other by",
	Why: "A team that tries things out and serves no mission has nobody who waits for what it finds. A mission in which nothing is tried, and that no minister sponsors, has nobody to protect the trying. " +
		"Each lacks what the other has.",
	Fires: "An initiative of the kind test-and-learn belongs to no mission, and a mission-link event on it marked absent says so; work recorded as adjacent, or as business as usual, is meant to be general, and silences it. " +
		"Or the sponsor of a mission is vacant, and an experiment event on it marked absent says that nothing is tried. It cannot tell where these are not recorded.",
	FalseAlarm: "The programme is meant as a general capability, for whoever asks.",
	Question:   "Which mission is waiting for what this team will find out next?",
	Sources:    []string{"S1:40"},
	Needs: []string{"initiatives of the kind test-and-learn, with their missions and status", "mission-link events on them, present or marked absent",
		"the duty mission-sponsor on missions", "experiment events on missions, their milestones and their initiatives, present or marked absent"},
	Bad: testAndLearnAdriftBad, Good: testAndLearnAdriftGood, Unclear: testAndLearnAdriftUnclear, Harmless: testAndLearnAdriftHarmless,
	check: func(p *pass) {
		testing := make(map[record.ID]bool) // missions that have such an initiative
		for _, id := range sortedIDs(p.m.Initiatives()) {
			claims := sorted(p.m.Initiative(id, p.at))
			if !slices.ContainsFunc(claims, func(c record.Claim[mission.Initiative]) bool { return c.Record.Kind == mission.TestAndLearn }) {
				continue
			}
			for _, c := range claims {
				for _, of := range c.Record.Missions {
					testing[of] = true
				}
			}
			p.checkAdrift(id, claims)
		}
		for _, id := range p.missions {
			p.checkTrying(id, testing[id])
		}
	},
}

func (p *pass) checkAdrift(id record.ID, claims []record.Claim[mission.Initiative]) {
	ref := initiativeRef(id)
	present, absent := p.events(ref, mission.MissionLink)
	settled := len(present) > 0 || p.happened(ref, mission.Alternative)
	for _, c := range claims {
		n := c.Record
		settled = settled || len(n.Missions) > 0 || n.Status == mission.Adjacent || n.Status == mission.ValuedAsItIs
	}
	name := "the programme " + quoted(p.initiativeName(id, claims))
	switch {
	case settled:
		p.nothing(ref)
	case len(absent) > 0:
		trigger := proof(p, mission.KindEvent, absent)
		p.finding(ref, attributed(trigger, name+" tries things out and is tied to no mission"), trigger, proof(p, mission.KindInitiative, claims)...)
	default:
		p.cannot(ref, "whether "+name+" serves a mission", leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.MissionLink),
			"which mission it serves", "its missions, a mission-link event on it marked absent, or that it is adjacent to missions"))
	}
}

func (p *pass) checkTrying(id record.ID, testing bool) {
	ref, name := missionRef(id), p.missionName(id)
	if p.over(id) || testing {
		p.nothing(ref)
		return
	}
	var untried []record.Claim[mission.Event]
	var missed []record.Ref
	for _, part := range p.within(id) {
		present, absent := p.events(part, mission.Experiment)
		if len(present) > 0 {
			p.nothing(ref)
			return
		}
		if part == ref {
			untried = absent
		}
		missed = append(missed, p.m.LeftOut(mission.KindEvent, part, mission.Experiment)...)
	}
	a, ok := p.register.Answerable(ref, accountability.MissionSponsor, p.at)
	if ok && a.State == accountability.Held {
		p.nothing(ref)
		return
	}
	var missing []Missing
	switch {
	case !ok:
		missing = append(missing, leftOut(p.m.LeftOut(accountability.KindDuty, ref, accountability.MissionSponsor),
			"who sponsors it", "a mission-sponsor duty on the mission, with its post or with the state vacant"))
	case a.State != accountability.Vacant:
		missing = append(missing, unsettled("who sponsors it", a.State))
	case !a.Certain:
		missing = append(missing, Missing{What: "whether the sponsor is vacant on that day", Ground: "not known from the dates", Way: "record the dates of the duty and of its holders more closely"})
	}
	if len(untried) == 0 {
		missing = append(missing, leftOut(missed, "whether anything is tried out", "experiment events on the mission, or one marked absent"))
	}
	if len(missing) > 0 {
		p.cannot(ref, "whether anybody tries things out for "+name+" and a minister backs it", missing...)
		return
	}
	duties, holdings := split(p.basis(&a))
	trigger := dedupe(append(proof(p, mission.KindEvent, untried), duties...))
	p.finding(ref, attributed(trigger, "nothing is tried out for "+name+", and it has no sponsor"), trigger,
		append(holdings, proof(p, mission.KindMission, p.said[id])...)...)
}

var headAsPerformanceManager = &Rule{
	ID: "F49", Slug: "pm-as-performance-manager", Severity: Caution,
	Title: "Quarrels and performance reviews go up to the head of government",
	Why: "The time of whoever leads a government is the scarcest thing that a mission can draw on. Spent on settling quarrels between departments and on chasing figures, it is not spent on saying where all this is going. " +
		"It also teaches ministers and officials that nothing is settled until it has gone all the way up.",
	Fires: "Of the dispute and performance-review events on the mission and on what belongs to it, certainly more than F49.percent went to the head of government: the party that carries a head-of-government duty, or its holder. Of a dispute those count who were asked to settle it, of a review those who held it. " +
		"At least F49.events must be recorded: with fewer it cannot tell, nor where nobody is recorded as the head, or where too many events do not say to whom they went. An emergency event on the mission silences it.",
	FalseAlarm: "There is a crisis, and the arrangement ends with it.",
	Question:   "Which of these could have been settled one level further down, and what would that take?",
	Sources:    []string{"S4:26"},
	Needs:      []string{"dispute and performance-review events on missions, milestones, outcomes and initiatives, with those by whom and with whom", "the head-of-government duty", "emergency events"},
	Thresholds: []Threshold{
		{Name: "F49.percent", Unit: "percent", Value: 50,
			Meaning: "what share of disputes and reviews may go to the head of government; no source names a number, and the default is that most of them do not"},
		{Name: "F49.events", Unit: "events", Value: 3, Least: 1,
			Meaning: "how many disputes and reviews must be recorded for a share of them to say anything; no source names a number"},
	},
	Bad: headAsPerformanceManagerBad, Good: headAsPerformanceManagerGood, Unclear: headAsPerformanceManagerUnclear, Harmless: headAsPerformanceManagerHarmless,
	check: func(p *pass) {
		heads := make(map[record.ID]bool) // and whoever holds the post
		for _, id := range p.register.Parties() {
			for _, c := range p.register.CarriedBy(id, p.at) {
				if c.Record.Duty != accountability.HeadOfGovernment {
					continue
				}
				heads[id] = true
				holders, _ := p.register.Holders(id, p.at)
				for _, h := range holders {
					if h.Party != "" {
						heads[h.Party] = true
					}
				}
			}
		}
		for _, id := range p.missions {
			p.checkRouting(id, heads)
		}
	},
}

func (p *pass) checkRouting(id record.ID, heads map[record.ID]bool) {
	ref, name := missionRef(id), p.missionName(id)
	question := "how much of the quarrels and reviews of " + name + " goes to the head of government"
	if p.happened(ref, mission.Emergency) {
		p.nothing(ref)
		return
	}
	var all, routed []record.Claim[mission.Event]
	open, denied := 0, 0
	var missed []record.Ref
	for _, part := range p.within(id) {
		for _, kind := range []string{mission.Dispute, mission.Performance} {
			present, absent := p.events(part, kind)
			if part == ref && len(absent) > 0 {
				denied++
			}
			missed = append(missed, p.m.LeftOut(mission.KindEvent, part, kind)...)
			for _, c := range eachOnce(present) {
				all = append(all, c)
				to := c.Record.With
				if kind == mission.Performance {
					to = c.Record.By
				}
				switch {
				case slices.ContainsFunc(to, func(id record.ID) bool { return heads[id] }):
					routed = append(routed, c)
				case len(to) == 0:
					open++
				}
			}
		}
	}
	way := "dispute and performance-review events on the mission, with those who settled or held them"
	bar := p.limit("percent") / 100 * float64(len(all))
	switch {
	case len(all) == 0 && denied == 2:
		p.nothing(ref)
	case len(all) == 0:
		p.cannot(ref, question, leftOut(missed, "who settles disputes and reviews performance", way))
	case float64(len(all)) < p.limit("events"):
		p.cannot(ref, question, Missing{What: "who settles disputes and reviews performance", Ground: fmt.Sprintf("recorded too seldom to tell (%d)", len(all)), Way: "record " + way})
	case len(heads) == 0:
		p.cannot(ref, question, unrecorded("who is the head of government", "a head-of-government duty with its post"))
	case float64(len(routed)) > bar:
		trigger := proof(p, mission.KindEvent, sorted(routed))
		p.finding(ref, attributed(trigger, fmt.Sprintf("%d of the %d disputes and performance reviews recorded on %s went to the head of government", len(routed), len(all), name)),
			trigger, proof(p, mission.KindMission, p.said[id])...)
	case float64(len(routed)+open) > bar:
		p.cannot(ref, question, Missing{What: "to whom disputes and reviews went", Ground: fmt.Sprintf("not recorded for %d of %d", open, len(all)), Way: "record who was asked to settle each dispute, and who held each review"})
	default:
		p.nothing(ref)
	}
}

var restructureChurn = &Rule{
	ID: "F50", Slug: "restructure-churn", Severity: Caution,
	Title: "The structure was changed again and again, and nobody wrote down what was learnt",
	Why: "To try a structure, learn from it and try another is how good ones are found. To change it without saying what the last one taught is to lose the time twice: everybody finds their feet again, and makes the same mistakes in new rooms. " +
		"What tells the two apart is the lesson.",
	Fires: "At least F50.changes restructure events within the last F50.days lie on a mission, its forums and its initiatives, or on one organisation or unit, without a lesson. Mergers, demergers and transfers that an organisation was part of count with these; a mere change of name does not. " +
		"A lesson event on the same subjects covers the changes that it is not certainly older than, and those that led to it or that it led to. It cannot tell where rough dates decide.",
	FalseAlarm: "The changes were steps of one search, and what each taught is written down elsewhere.",
	Question:   "What did the last change teach, and how does the next one use it?",
	Sources:    []string{"S3:14", "S3:16"},
	Needs:      []string{"restructure and lesson events on missions, forums, initiatives and parties, with their days", "successions of organisations"},
	Thresholds: []Threshold{
		{Name: "F50.changes", Unit: "changes", Value: 3, Least: 1,
			Meaning: "how many changes without a lesson it takes; no source names a number, and S3:14 says that a few goes are to be expected"},
		{Name: "F50.days", Unit: "days", Value: 730,
			Meaning: "how far back the changes count; no source names a number, and the default is two years"},
	},
	Bad: restructureChurnBad, Good: restructureChurnGood, Unclear: restructureChurnUnclear, Harmless: restructureChurnHarmless,
	check: func(p *pass) {
		forums := make(map[record.ID][]record.Ref)
		for _, f := range p.eachForum() {
			for _, id := range f.missions() {
				forums[id] = append(forums[id], f.ref())
			}
		}
		for _, id := range p.missions {
			subjects := append([]record.Ref{missionRef(id)}, forums[id]...)
			for _, n := range p.m.InitiativesOf(id) {
				subjects = append(subjects, initiativeRef(n))
			}
			p.checkChurn(missionRef(id), p.missionName(id), p.upheavals(subjects), subjects)
		}
		for _, id := range sortedIDs(p.register.Parties()) {
			subjects := []record.Ref{refToParty(id)}
			if list := append(p.upheavals(subjects), p.successions(id)...); len(list) > 0 {
				p.checkChurn(subjects[0], p.partyName(id), list, subjects)
			}
		}
	},
}

// upheaval is a change of structure.
type upheaval struct {
	ref      record.Ref
	on       calendar.When
	ledTo    []record.Ref
	evidence Evidence
}

func (p *pass) upheavals(subjects []record.Ref) []upheaval {
	var list []upheaval
	for _, of := range subjects {
		present, _ := p.events(of, mission.Restructure)
		for _, c := range eachOnce(present) {
			list = append(list, upheaval{record.Ref{Kind: mission.KindEvent, ID: c.Record.Fact()}, c.Record.OnDay, c.Record.LedTo, p.evidence(mission.KindEvent, &c.Record.Record)})
		}
	}
	return list
}

// successions are the mergers and the like that a party was part of, those apart that belong to a larger one.
func (p *pass) successions(party record.ID) []upheaval {
	var list []upheaval
	for _, c := range sorted(p.register.Successions(party, p.at)) {
		r := c.Record
		ref := record.Ref{Kind: accountability.KindSuccession, ID: r.Fact()}
		if r.Kind == accountability.Rename || r.PartOf != "" || slices.ContainsFunc(list, func(u upheaval) bool { return u.ref == ref }) {
			continue
		}
		on := first([]calendar.When{r.Completed, r.Announced, r.From})
		list = append(list, upheaval{ref: ref, on: on, evidence: p.evidence(accountability.KindSuccession, &r.Record)})
	}
	return list
}

func (p *pass) checkChurn(ref record.Ref, name string, list []upheaval, subjects []record.Ref) {
	var lessons []record.Claim[mission.Event]
	for _, of := range subjects {
		present, _ := p.events(of, mission.Lesson)
		lessons = append(lessons, present...)
	}
	var certain, perhaps []Evidence
	for _, u := range list {
		if slices.ContainsFunc(lessons, u.taught) {
			continue
		}
		switch p.inWindow(u.on, p.limit("days")) {
		case calendar.Certainly:
			certain = append(certain, u.evidence)
		case calendar.No:
		default:
			perhaps = append(perhaps, u.evidence)
		}
	}
	least := p.limit("changes")
	switch {
	case float64(len(certain)) >= least:
		trigger := dedupe(certain)
		p.finding(ref, attributed(trigger, fmt.Sprintf("the structure of %s was changed %d times within %s days, and no lesson from that is recorded", name, len(certain), count(p.limit("days")))),
			trigger, perhaps...)
	case float64(len(certain)+len(perhaps)) >= least:
		missing := Missing{What: "when its structure was changed", Ground: "not known well enough", Way: "record the days of the changes more closely"}
		if p.on.IsZero() {
			missing = noDay()
		}
		p.cannot(ref, "whether the structure of "+name+" changes too often", missing)
	default:
		p.nothing(ref)
	}
}

// taught reports whether a lesson covers a change of structure.
func (u upheaval) taught(lesson record.Claim[mission.Event]) bool {
	r := lesson.Record
	return slices.Contains(u.ledTo, record.Ref{Kind: mission.KindEvent, ID: r.Fact()}) || slices.Contains(r.LedTo, u.ref) ||
		before(r.OnDay, []calendar.When{u.on}) != calendar.Certainly
}

// inWindow says whether a day lies within some days up to the day of the review.
func (p *pass) inWindow(w calendar.When, days float64) calendar.Certainty {
	switch {
	case p.on.IsZero() || !w.IsResolved():
		return calendar.Possibly
	case float64(p.on.Sub(w.Latest())) > days, w.After(p.on):
		return calendar.No
	case float64(p.on.Sub(w.Earliest())) <= days && !w.Latest().After(p.on):
		return calendar.Certainly
	}
	return calendar.Possibly
}
