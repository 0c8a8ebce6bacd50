package review

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on what is asked of others: whether they agreed, whether they can, and how they are treated.

var oneSidedDependency = &Rule{
	ID: "F91", Slug: "one-sided-dependency", Severity: Caution,
	Title: "Something is counted on that those who would have to provide it have not agreed to",
	Why: "A plan that counts on somebody who has not said yes is a plan about somebody else's time. They may never have been asked, or may have said no, and either comes out on the day on which it was needed. " +
		"A need becomes a link once both ends know of it.",
	Fires: "A dependency is recorded as not agreed, or its agreement as still to come, or an agreement event on it is marked absent; and it has certainly been recorded or in force for more than F91.days. Where no such day is recorded, one that is not agreed fires and says so. " +
		"It has nothing to say where somebody says that it is agreed. It cannot tell where whether it is agreed is unknown or withheld, or where rough dates decide. It looks at no dependency of which nobody has recorded anything on this.",
	FalseAlarm: "It was asked for a short while ago, and the answer is on its way.",
	Question:   "Who asked them, on which day, and what did they say?",
	Sources:    []string{"S1:21", "S1:27"},
	Needs:      []string{"dependencies, and whether whoever is depended on has agreed", "agreement events on dependencies, present or marked absent", "from when dependencies hold, or when they were recorded"},
	Thresholds: []Threshold{{Name: "F91.days", Unit: "days", Value: 30,
		Meaning: "how long those who are counted on have to answer; no source names a number, and the default is a month"}},
	Bad: oneSidedDependencyBad, Good: oneSidedDependencyGood, Unclear: oneSidedDependencyUnclear, Harmless: oneSidedDependencyHarmless,
	check: func(p *pass) {
		links := p.web().links
		for i := range links {
			p.checkOneSided(&links[i])
		}
	},
}

func (p *pass) checkOneSided(f *fact[milestone.Dependency]) {
	ref := dependencyRef(f.id)
	agreed, absent := p.events(ref, mission.Agreement)
	var refused, pending []record.Claim[milestone.Dependency]
	var kept record.Value[bool]
	said, settled := len(agreed)+len(absent) > 0, len(agreed) > 0
	for _, c := range f.claims {
		v := c.Record.Agreed
		said = said || v.State != 0
		switch {
		case yes(v), v.State == record.StateNotApplicable:
			settled = true
		case no(v):
			refused = append(refused, c)
		case v.State == record.StatePending:
			pending = append(pending, c)
		case v.State != 0 && kept.State == 0:
			kept = v
		}
	}
	if !said {
		return
	}
	d := f.claims[0].Record
	name := p.named(d.Dependent) + " depends on " + p.named(d.On)
	question := "whether it is agreed that " + name
	open := append(slices.Clone(refused), pending...)
	trigger := dedupe(append(proof(p, milestone.KindDependency, open), proof(p, mission.KindEvent, absent)...))
	switch {
	case settled:
		p.nothing(ref)
		return
	case len(trigger) == 0:
		p.cannot(ref, question, unknown("whether those who are depended on have agreed", kept.State, kept.Ground, "whether they have agreed"))
		return
	case !webCertain(f.claims):
		p.cannot(ref, question, roughClaim("whether it depends on that on that day"))
		return
	}
	var asked []calendar.When
	for _, c := range f.claims {
		switch r := &c.Record.Record; {
		case !r.From.IsZero():
			asked = append(asked, r.From)
		case !r.Recorded.IsZero():
			asked = append(asked, calendar.OnDay(dayOf(r.Recorded)))
		}
	}
	clause := name + ", and those who would have to provide it have not agreed"
	switch age := p.older(asked, p.limit("days")); {
	case age == calendar.Certainly:
		p.finding(ref, attributed(trigger, clause+" in more than "+count(p.limit("days"))+" days"+p.says(trigger)), trigger, proof(p, milestone.KindDependency, f.claims)...)
	case age == calendar.No:
		p.nothing(ref)
	case len(asked) == 0 && len(refused)+len(absent) > 0:
		p.finding(ref, attributed(trigger, clause+p.says(trigger))+" On which day they were asked is not recorded.", trigger, proof(p, milestone.KindDependency, f.claims)...)
	default:
		p.cannot(ref, question, p.rough("since when it has been asked for", asked, "the day from which the dependency holds"))
	}
}

var partnerWithoutCapacity = &Rule{
	ID: "F93", Slug: "partner-without-capacity", Severity: Caution,
	Title: "A partner that is counted on cannot do what is asked, and was offered no help",
	Why: "Missions are met by councils, charities and services that have lost staff and money, by themselves or by decision of those who now count on them. Asked without being helped, they say yes and do less, or say no and are called unwilling. " +
		"Their capacity is part of the plan.",
	Fires: "A party that something depends on, itself or by an initiative that it does, has a capacity-low event, or a capacity-confirmed event marked absent, and a support-offered event marked absent, with none present. " +
		"The events may lie on the party, on that initiative or on the dependency. That the party confirms that it can, not certainly before it was said to be low, silences it, and so does a capacity-low event marked absent where none is present. " +
		"It cannot tell where nothing is recorded of its capacity, or of help. It looks at parties outside central government, and at others only where such an event is recorded.",
	FalseAlarm: "The partner itself says that it can do what is asked.",
	Question:   "What would this partner have to put down in order to do what we ask, and what have we offered?",
	Sources:    []string{"S1:31", "S1:32", "S1:33", "S1:34", "S1:35", "S4:24"},
	Needs: []string{"dependencies on parties, and on initiatives with those who do them", "the tiers of these parties",
		"capacity-low, capacity-confirmed and support-offered events on them, present or marked absent"},
	Bad: partnerWithoutCapacityBad, Good: partnerWithoutCapacityGood, Unclear: partnerWithoutCapacityUnclear, Harmless: partnerWithoutCapacityHarmless,
	check: func(p *pass) {
		leaning := make(map[record.ID][]record.Claim[milestone.Dependency])
		for _, f := range p.web().links {
			for _, c := range f.claims {
				for _, id := range p.doers(c.Record.On) {
					leaning[id] = append(leaning[id], c)
				}
			}
		}
		for _, id := range sortedKeys(leaning) {
			p.checkPartner(id, leaning[id])
		}
	},
}

func (p *pass) checkPartner(id record.ID, on []record.Claim[milestone.Dependency]) {
	ref, name := partyRef(id), p.partyName(id)
	places := []record.Ref{ref}
	for _, c := range on {
		places = append(places, dependencyRef(c.Record.Fact()))
		if c.Record.On != ref {
			places = append(places, c.Record.On)
		}
	}
	places = dedupeRefs(places)
	read := func(kind string) (present, absent []record.Claim[mission.Event], missed []record.Ref) {
		for _, at := range places {
			here, none := p.events(at, kind)
			present, absent = append(present, here...), append(absent, none...)
			missed = append(missed, p.m.LeftOut(mission.KindEvent, at, kind)...)
		}
		return sorted(present), sorted(absent), missed
	}
	low, fine, missedLow := read(mission.CapacityLow)
	can, unsure, missedCan := read(mission.CapacityConfirmed)
	helped, helpless, missedHelp := read(mission.SupportOffered)
	said := len(low)+len(fine)+len(can)+len(unsure) > 0
	if !said && slices.Equal(p.tier(id), []string{accountability.TierCentral}) {
		return
	}
	question := "whether " + name + " can do what is asked of it, or was offered help"
	var since []calendar.When
	for _, c := range low {
		since = append(since, c.Record.OnDay)
	}
	confirmed := slices.ContainsFunc(can, func(c record.Claim[mission.Event]) bool {
		return len(low) == 0 || before(c.Record.OnDay, since) != calendar.Certainly
	})
	trouble := low
	clause := name + " is counted on and cannot do what is asked of it"
	if len(low) == 0 {
		trouble = unsure
		clause = name + " is counted on and has not said that it can do what is asked of it"
	}
	context := proof(p, milestone.KindDependency, on)
	sure := slices.ContainsFunc(on, func(c record.Claim[milestone.Dependency]) bool { return c.On == calendar.Certainly })
	switch {
	case confirmed, len(helped) > 0, len(low) == 0 && len(fine) > 0:
		p.nothing(ref)
	case len(trouble) == 0:
		p.cannot(ref, question, leftOut(append(missedLow, missedCan...), "what it can do", "a capacity-low or capacity-confirmed event on the party, from asking it"))
	case len(helpless) == 0:
		p.cannot(ref, question, leftOut(missedHelp, "whether it was offered help", "a support-offered event on the party, or one marked absent"))
	case !sure:
		p.cannot(ref, question, roughClaim("whether it is depended on on that day"))
	default:
		p.webBoth(ref, clause+", and it was offered no help", proof(p, mission.KindEvent, trouble), proof(p, mission.KindEvent, helpless), context...)
	}
}

var stanceMonoculture = &Rule{
	ID: "F94", Slug: "stance-monoculture", Severity: Caution,
	Title: "A party treats nearly everybody in the same way",
	Why: "Those who lead a mission are now a convenor, now a funder, now the one who takes something out of the way, and now stand back. Whoever only ever controls, or only ever pays, gets from everybody else what that one way brings out, " +
		"and the rest of what they could give is never asked for.",
	Fires: "Of at least F94.relations recorded relations of a party to others with a stated stance, certainly more than F94.percent have the same one. It has nothing to say of a party with fewer relations. " +
		"It cannot tell where so many relations have no stance, or one on which claimants differ, that they would decide it. It looks at no party of which no relation is recorded.",
	FalseAlarm: "The mission is small or short, and there is little to vary.",
	Question:   "With whom would another way of working get further, and who there would notice first?",
	Sources:    []string{"S2:27", "S1:39"},
	Needs:      []string{"relations between parties, with their stances"},
	Thresholds: []Threshold{
		{Name: "F94.percent", Unit: "percent", Value: 80,
			Meaning: "what share of a party's relations may have one stance; no source names a number, and the default is four in five"},
		{Name: "F94.relations", Unit: "relations", Value: 5, Least: 1,
			Meaning: "how many relations must be recorded for a share of them to say anything; no source names a number"},
	},
	Bad: stanceMonocultureBad, Good: stanceMonocultureGood, Unclear: stanceMonocultureUnclear, Harmless: stanceMonocultureHarmless,
	check: func(p *pass) {
		of := make(map[record.ID][]fact[mission.Relation])
		for _, f := range factsOf(p.m.Relations(p.at)) {
			if party := f.claims[0].Record.Party; party != "" {
				of[party] = append(of[party], f)
			}
		}
		for _, id := range sortedKeys(of) {
			p.checkStances(id, of[id])
		}
	},
}

func (p *pass) checkStances(id record.ID, relations []fact[mission.Relation]) {
	ref := partyRef(id)
	if float64(len(relations)) < p.limit("relations") {
		p.nothing(ref)
		return
	}
	with := make(map[string][]record.Claim[mission.Relation])
	number := make(map[string]int)
	open := 0
	for _, f := range relations {
		stance, settled := "", webCertain(f.claims)
		for _, c := range f.claims {
			switch s := strings.ToLower(plain(c.Record.Stance)); {
			case s == "", s == stance:
			case stance == "":
				stance = s
			default:
				settled = false // claimants differ
			}
		}
		if stance == "" || !settled {
			open++
			continue
		}
		number[stance]++
		with[stance] = append(with[stance], f.claims...)
	}
	bar := p.limit("percent") / 100 * float64(len(relations))
	least, most := "", 0
	for stance, n := range number {
		if n > most || n == most && stance < least {
			least, most = stance, n
		}
	}
	switch {
	case float64(most) > bar:
		trigger := proof(p, mission.KindRelation, sorted(with[least]))
		p.finding(ref, attributed(trigger, "in "+outOf(most, len(relations))+" recorded relations "+p.partyName(id)+" acts as "+least+p.says(trigger)), trigger,
			proof(p, accountability.KindParty, p.register.Party(id, p.at))...)
	case float64(most+open) > bar:
		p.cannot(ref, "whether "+p.partyName(id)+" treats nearly everybody in the same way",
			Missing{What: "how it acts towards others", Ground: "not recorded, or contested, for " + strconv.Itoa(open) + " of " + strconv.Itoa(len(relations)) + " relations", Way: "record the stance of each relation"})
	default:
		p.nothing(ref)
	}
}

// tiers are the levels of government and society, the lowest first.
var tiers = []string{accountability.TierCommunity, accountability.TierLocal, accountability.TierRegional, accountability.TierDevolved, accountability.TierCentral}

var decisionFarFromKnowledge = &Rule{
	ID: "F95", Slug: "decision-far-from-knowledge", Severity: Caution,
	Title: "A decision is taken far above those who know the matter best",
	Why: "Those nearest to people see first what helps and what does not. Where what they know has to climb two levels to reach whoever decides, it arrives as a summary, late, and stripped of what made it useful, " +
		"and the decision comes back as a rule.",
	Fires: "A knowledge-held event says who knows a matter best, and whoever decides on it is certainly at least F95.tiers tiers above all of them. The tiers, from below, are community, local, regional, devolved and central; a post or unit has that of its organisation. " +
		"Who decides is whoever carries the duty decide on the matter or on the nearest thing that it lies within, or did so in a decision event on it. Of several, the pair that is nearest counts. A statutory-gate or legal-duty event on the matter silences it. " +
		"It cannot tell where who decides, or a tier, is not recorded, contested or none of these five, and looks at nothing of which nobody has recorded who knows it.",
	FalseAlarm: "The law has the decision taken there.",
	Question:   "Which part of this decision could be taken where the knowledge is?",
	Sources:    []string{"S2:25", "S4:33"},
	Needs: []string{"knowledge-held events, with those who hold the knowledge", "decide duties, and decision events with those who took them", "the tiers of these parties",
		"statutory-gate and legal-duty events"},
	Thresholds: []Threshold{{Name: "F95.tiers", Unit: "tiers", Value: 2, Least: 1,
		Meaning: "how many tiers may lie between knowledge and decision; no source names a number, and the default leaves room for the next tier above"}},
	Bad: decisionFarFromKnowledgeBad, Good: decisionFarFromKnowledgeGood, Unclear: decisionFarFromKnowledgeUnclear, Harmless: decisionFarFromKnowledgeHarmless,
	check: func(p *pass) {
		for _, ref := range p.web().known {
			p.checkDistance(ref)
		}
	},
}

// height is a party's place among the tiers; false where it is not recorded, contested or none of them.
func (p *pass) height(id record.ID) (int, bool) {
	said := p.tier(id)
	if len(said) != 1 {
		return 0, false
	}
	n := slices.Index(tiers, said[0])
	return n, n >= 0
}

func (p *pass) checkDistance(ref record.Ref) {
	name := p.named(ref)
	question := "whether " + name + " is decided on far from those who know it"
	if p.happened(ref, mission.StatutoryGate) || p.happened(ref, mission.LegalDuty) {
		p.nothing(ref)
		return
	}
	held, _ := p.events(ref, mission.KnowledgeHeld)
	var knowers []record.ID
	for _, c := range held {
		knowers = append(knowers, c.Record.By...)
	}
	knowers = distinct(knowers)
	deciders, deciding, missing := p.deciders(ref)
	if len(knowers) == 0 {
		missing = append(missing, unrecorded("who knows it best", "who holds the knowledge (by) in the knowledge-held event"))
	}
	if len(missing) > 0 {
		p.cannot(ref, question, missing...)
		return
	}
	var tierless []record.ID
	lowest, highest := len(tiers), -1 // of those who decide, and of those who know
	for _, id := range deciders {
		if h, known := p.height(id); known {
			lowest = min(lowest, h)
		} else {
			tierless = append(tierless, id)
		}
	}
	for _, id := range knowers {
		if h, known := p.height(id); known {
			highest = max(highest, h)
		} else {
			tierless = append(tierless, id)
		}
	}
	least := p.limit("tiers")
	switch {
	case lowest < len(tiers) && highest >= 0 && float64(lowest-highest) < least:
		p.nothing(ref)
	case len(tierless) > 0:
		tierless = distinct(tierless)
		p.cannot(ref, question, Missing{What: "the tier of " + p.partyNames(tierless), Ground: "not recorded, contested, or none of those whose order is known",
			Way: "record the tier of each: central, devolved, regional, local or community"})
	default:
		clause := name + " is decided on by " + p.partyNames(deciders) + " (" + tiers[lowest] + "), and those who know it best are " + p.partyNames(knowers) + " (" + tiers[highest] + ")"
		var context []Evidence
		for _, id := range append(deciders, knowers...) {
			context = append(context, proof(p, accountability.KindParty, p.register.Party(id, p.at))...)
		}
		p.webBoth(ref, clause, proof(p, mission.KindEvent, held), deciding, context...)
	}
}

// deciders returns who decides on a matter, by the nearest thing around it on which that is recorded.
func (p *pass) deciders(ref record.Ref) (ids []record.ID, says []Evidence, missing []Missing) {
	for _, at := range p.around(ref) {
		if a, ok := p.register.Answerable(at, accountability.Decide, p.at); ok {
			duties, _ := split(p.basis(&a))
			switch {
			case a.State != accountability.Held:
				return nil, nil, []Missing{{What: "who decides on it", Ground: a.State.String(), Way: "settle who decides, and record the post"}}
			case !a.Certain:
				return nil, nil, []Missing{roughDuty("who decides on it on that day")}
			}
			for _, c := range p.carriers(&a) {
				ids = append(ids, c.Post)
			}
			return distinct(ids), duties, nil
		}
		made, _ := p.events(at, mission.Decision)
		for _, c := range made {
			if len(c.Record.By) > 0 {
				ids = append(ids, c.Record.By...)
				says = append(says, p.evidence(mission.KindEvent, &c.Record.Record))
			}
		}
		if len(ids) > 0 {
			return distinct(ids), says, nil
		}
	}
	return nil, nil, []Missing{leftOut(p.m.LeftOut(accountability.KindDuty, ref, accountability.Decide), "who decides on it", "a decide duty on it, with its post, or who took a decision (by)")}
}
