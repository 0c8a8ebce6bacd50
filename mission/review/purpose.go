package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on what a mission is for, and on whether there is more to it than words.

var rhetoricOnly = &Rule{
	ID: "F01", Slug: "rhetoric-only", Severity: Serious,
	Title: "A mission is promised in public and nothing has changed in practice",
	Why: "A mission that stays a matter of speeches and logos leaves everybody working as before, with one more name for it. " +
		"Those who know this see it first and stop believing the next announcement too. What tells a mission from rhetoric is that people, money, a decision right or a way of working has moved.",
	Fires: "The mission was announced, or something was promised of it in public; the announcement is certainly more than F01.days old; and a practice-change event marked absent says that nothing has changed. " +
		"Any evidence of practice silences it: a practice-change event on the mission or one of its initiatives, money allocated to it, its milestones or its initiatives, or a duty on one of these whose carrier has money or people.",
	FalseAlarm: "The mission was announced recently, or the change in practice happened and nobody has recorded it.",
	Question:   "What has somebody stopped doing, started doing, been given or been allowed because of this mission?",
	Sources:    []string{"S0:3", "S0:6", "S0:11", "S1:14"},
	Needs: []string{"the day of the announcement, or commitment events on the mission",
		"practice-change events on the mission and its initiatives, present or marked absent", "allocations", "the means that duties carry"},
	Thresholds: []Threshold{{Name: "F01.days", Unit: "days", Value: 100,
		Meaning: "how long after the announcement practice may be as it was; the default is the first hundred days that S4:18 speaks of"}},
	Bad: rhetoricOnlyBad, Good: rhetoricOnlyGood, Unclear: rhetoricOnlyUnclear, Harmless: rhetoricOnlyHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkRhetoric(id)
		}
	},
}

func (p *pass) checkRhetoric(id record.ID) {
	ref := missionRef(id)
	if p.practised(id) {
		p.nothing(ref)
		return
	}
	days := p.announced(id)
	promises, unpromised := p.events(ref, mission.Commitment)
	committed := len(days) > 0 || len(promises) > 0
	if !committed && len(unpromised) > 0 {
		p.nothing(ref)
		return
	}
	var missing []Missing
	if !committed {
		missing = append(missing, leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.Commitment),
			"whether anything was promised in public", "when the mission was announced, or a commitment event on it"))
	}
	age := p.older(days, p.limit("days"))
	if age == 0 && len(promises) > 0 {
		days = nil
		for _, c := range promises { // promised at the latest with the oldest of them
			days = append(days, c.Record.OnDay)
			age = max(age, p.older([]calendar.When{c.Record.OnDay}, p.limit("days")))
		}
	}
	switch {
	case age == calendar.No:
		p.nothing(ref)
		return
	case committed && age != calendar.Certainly:
		missing = append(missing, p.rough("the day of the announcement", days, "the day on which the mission was announced"))
	}
	_, absent := p.events(ref, mission.PracticeChange)
	if len(absent) == 0 {
		missing = append(missing, leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.PracticeChange),
			"whether anything has changed in practice", "a practice-change event on the mission, or one marked absent, or the money and people that it has been given"))
	}
	name := p.missionName(id)
	if len(missing) > 0 {
		p.cannot(ref, "whether "+name+" has gone beyond words", missing...)
		return
	}
	trigger := proof(p, mission.KindEvent, absent)
	text := attributed(trigger, "nothing has changed in practice for "+name)
	text += " It was announced " + p.dated(first(days)) + ", more than " + count(p.limit("days")) + " days ago, and no people, money, decision right or way of working is recorded as moved."
	context := proof(p, mission.KindMission, p.said[id])
	p.finding(ref, text, trigger, append(context, proof(p, mission.KindEvent, promises)...)...)
}

// practised reports whether anything recorded shows a mission in practice.
func (p *pass) practised(id record.ID) bool {
	ref := missionRef(id)
	if p.happened(ref, mission.PracticeChange) || p.moved(ref) {
		return true
	}
	for _, n := range p.m.InitiativesOf(id) {
		if r := initiativeRef(n); p.happened(r, mission.PracticeChange) || p.moved(r) {
			return true
		}
	}
	return slices.ContainsFunc(p.m.MilestonesOf(id), func(n record.ID) bool { return p.moved(milestoneRef(n)) })
}

// moved reports whether money is set aside for a subject, or whoever carries a duty on it has money or people.
func (p *pass) moved(ref record.Ref) bool {
	if slices.ContainsFunc(p.m.Accounts().AllocationsFor(ref, p.at), func(c record.Claim[funding.Allocation]) bool { return paid(c.Record) }) {
		return true
	}
	for _, word := range p.register.Duties(ref) {
		a, _ := p.register.Answerable(ref, word, p.at)
		if slices.ContainsFunc(a.Carriers, func(c accountability.Carrier) bool {
			return yes(c.Duty.Means.Budget) || yes(c.Duty.Means.People)
		}) {
			return true
		}
	}
	return false
}

// paid reports whether an allocation is of something: an amount of nought is none.
func paid(a *funding.Allocation) bool {
	amount, known := a.Amount.Get()
	return !known || amount.Minor != 0
}

func yes(v record.Value[bool]) bool {
	b, known := v.Get()
	return known && b
}

func no(v record.Value[bool]) bool {
	b, known := v.Get()
	return known && !b
}

var sloganWithoutPlan = &Rule{
	ID: "F03", Slug: "slogan-without-plan", Severity: Serious,
	Title: "A mission is under way without a plan",
	Why: "A mission without a plan is a slogan: nobody can say what comes first, who is needed, or what would show that it goes wrong. " +
		"A plan need not be long or settled. It has to exist where those who are to contribute can find it and disagree with it.",
	Fires: "A plan-published event on the mission marked absent says that there is no plan, and none is recorded as published. " +
		"It has nothing to say of a mission that is proposed, closed or, by declaration, in discovery. Where no stage is recorded, the mission counts as under way, and the text says so.",
	FalseAlarm: "A discovery phase has been declared: then finding out comes first, and no plan is owed yet.",
	Question:   "Where can somebody who is to contribute read what happens next, and who wrote it?",
	Sources:    []string{"S3:9", "S1:20"},
	Needs:      []string{"the stage of the mission", "plan-published events on the mission, present or marked absent"},
	Bad:        sloganWithoutPlanBad, Good: sloganWithoutPlanGood, Unclear: sloganWithoutPlanUnclear, Harmless: sloganWithoutPlanHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkPlan(id)
		}
	},
}

func (p *pass) checkPlan(id record.ID) {
	ref, name := missionRef(id), p.missionName(id)
	published, absent := p.events(ref, mission.PlanPublished)
	stage, differ := p.stage(id)
	idle := stage == mission.StageDiscovery || stage == mission.StageClosed || stage == mission.StageProposed
	switch {
	case len(published) > 0 || idle && !differ:
		p.nothing(ref)
	case len(absent) == 0:
		p.cannot(ref, "whether "+name+" has a plan", leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.PlanPublished),
			"whether a plan has been published", "a plan-published event on the mission, or one marked absent"))
	case differ:
		p.cannot(ref, "whether "+name+" owes a plan yet", contested("its stage", "the stage of the mission"))
	default:
		trigger := proof(p, mission.KindEvent, absent)
		text := attributed(trigger, "no plan has been published for "+name)
		if stage == "" {
			text += " No stage is recorded; the mission is taken to be under way."
		} else {
			text += " Its stage is " + quoted(plain(stage)) + "."
		}
		p.finding(ref, text, trigger, proof(p, mission.KindMission, p.said[id])...)
	}
}

var missionWashing = &Rule{
	ID: "F09", Slug: "mission-washing", Severity: Caution,
	Title: "Work that was going on anyway is called mission work, and nothing else about it has changed",
	Why: "Once missions are in fashion, everything is said to serve one. The badge adds nothing to the work, hides how little is new, and tells those whose work carries no badge that it does not count. " +
		"Good work need not be mission work to be valued.",
	Fires: "An initiative counts as mission work, or was badged as such; it certainly began before its missions were announced; and a practice-change event marked absent says that nothing has changed since. " +
		"A practice change, an outcome claim or money since the badge silences it. It has nothing to say of work recorded as adjacent or as business as usual.",
	FalseAlarm: "The work is declared adjacent to the mission, or business as usual that is valued in its own right, or it changed and nobody has recorded how.",
	Question:   "What would this team do differently tomorrow if the badge were taken off again?",
	Sources:    []string{"S3:13"},
	Needs: []string{"the status of initiatives, when they started and when they were badged", "when their missions were announced",
		"practice-change and outcome-claim events on them, present or marked absent", "allocations to them"},
	Bad: missionWashingBad, Good: missionWashingGood, Unclear: missionWashingUnclear, Harmless: missionWashingHarmless,
	check: func(p *pass) {
		for _, id := range sortedIDs(p.m.Initiatives()) {
			if claims := sorted(p.m.Initiative(id, p.at)); len(claims) > 0 {
				p.checkBadge(id, claims)
			}
		}
	},
}

// badge is what the claimants together say of an initiative's badge.
type badge struct {
	worn, apart     bool // called mission work; said to be something else
	missions        []record.ID
	started, badged []calendar.When
}

func readBadge(claims []record.Claim[mission.Initiative]) badge {
	var b badge
	for _, c := range claims {
		n := c.Record
		switch {
		case n.Status == mission.Adjacent || n.Status == mission.ValuedAsItIs:
			b.apart = true
		case n.Status == mission.MissionWork || !n.Badged.IsZero():
			b.worn = true
		}
		if !n.Started.IsZero() {
			b.started = append(b.started, n.Started)
		}
		if !n.Badged.IsZero() {
			b.badged = append(b.badged, n.Badged)
		}
		b.missions = append(b.missions, n.Missions...)
	}
	slices.Sort(b.missions)
	b.missions = slices.Compact(b.missions)
	return b
}

func (p *pass) checkBadge(id record.ID, claims []record.Claim[mission.Initiative]) {
	ref, b := initiativeRef(id), readBadge(claims)
	if b.apart && !b.worn || !b.worn && len(b.missions) == 0 {
		p.nothing(ref)
		return
	}
	launched, known := p.launches(b.missions)
	since := b.badged
	if len(since) == 0 {
		since = launched
	}
	absent, changed := p.changedSince(ref, since)
	predates := p.predates(b.started, launched, known)
	if changed || predates == calendar.No {
		p.nothing(ref)
		return
	}
	var missing []Missing
	switch {
	case b.apart:
		missing = append(missing, contested("whether it is mission work", "its status"))
	case !b.worn:
		missing = append(missing, unrecorded("how it stands to the mission that it is filed under", "its status: mission, adjacent or business-as-usual"))
	case len(b.missions) == 0:
		missing = append(missing, unrecorded("which mission it is called work for", "the missions of the initiative"))
	}
	if predates != calendar.Certainly && len(b.missions) > 0 {
		missing = append(missing, p.unplaced(b.started, launched, known)...)
	}
	if len(absent) == 0 {
		missing = append(missing, leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.PracticeChange),
			"whether anything has changed in the work since", "a practice-change event on the initiative, or one marked absent"))
	}
	name := "the initiative " + quoted(p.initiativeName(id, claims))
	if len(missing) > 0 {
		p.cannot(ref, "whether "+name+" is more than an old activity with a new badge", missing...)
		return
	}
	trigger := proof(p, mission.KindEvent, absent)
	text := attributed(trigger, "nothing has changed in "+name+" since it was called mission work")
	text += " It began " + p.dated(first(b.started)) + ", before "
	names, context := make([]string, len(b.missions)), proof(p, mission.KindInitiative, claims)
	for i, m := range b.missions {
		names[i] = p.missionName(m)
		context = append(context, proof(p, mission.KindMission, p.said[m])...)
	}
	text += listed(names) + " was announced (" + p.when(first(launched)) + "), and no change of practice, money or outcome claim since is recorded."
	p.finding(ref, text, trigger, context...)
}

func (p *pass) initiativeName(id record.ID, claims []record.Claim[mission.Initiative]) string {
	for _, c := range claims {
		if name := plain(c.Record.Name); name != "" {
			return name
		}
	}
	return string(id)
}

// launches returns the days on which missions were announced, or from which they hold, and whether one is known for each.
func (p *pass) launches(missions []record.ID) (days []calendar.When, all bool) {
	all = len(missions) > 0
	for _, id := range missions {
		of := p.announced(id)
		if len(of) == 0 {
			for _, c := range p.said[id] {
				if !c.Record.From.IsZero() {
					of = append(of, c.Record.From)
				}
			}
		}
		all = all && first(of).IsResolved()
		days = append(days, of...)
	}
	return days, all
}

// predates says whether work began before all of the missions that it is badged for: No as soon as it did not for one.
func (p *pass) predates(started, launched []calendar.When, known bool) calendar.Certainty {
	if !first(started).IsResolved() {
		return 0
	}
	result := calendar.Certainly
	for _, w := range launched {
		if !w.IsResolved() {
			continue
		}
		c := agreed(started, func(s calendar.When) calendar.Certainty { return before(s, []calendar.When{w}) })
		result = min(result, c)
	}
	if result == calendar.Certainly && !known {
		return 0
	}
	return result
}

// unplaced says which of the dates is in the way of telling what came first.
func (p *pass) unplaced(started, launched []calendar.When, known bool) []Missing {
	var missing []Missing
	rough := func(what string, days []calendar.When, way string) {
		switch w := first(days); {
		case w.IsZero():
			missing = append(missing, unrecorded(what, way))
		case !w.IsResolved():
			missing = append(missing, unknown(what, record.StateUnknown, "", way))
		default:
			missing = append(missing, Missing{What: what, Ground: "not known well enough (" + p.when(w) + ")", Way: "record " + way + " more closely"})
		}
	}
	if !first(started).IsResolved() || known {
		rough("the day on which the work began", started, "the day on which the initiative started")
	}
	if !known {
		rough("the day on which its mission was announced", nil, "the day on which the mission was announced")
	}
	return missing
}

// changedSince looks for a change of practice, an outcome claim or money that is not certainly older than a badge, and
// returns the statements that there was no change that are not certainly older either.
func (p *pass) changedSince(ref record.Ref, badged []calendar.When) (absent []record.Claim[mission.Event], changed bool) {
	present, none := p.events(ref, mission.PracticeChange)
	claims, _ := p.events(ref, mission.OutcomeClaim)
	older := func(c record.Claim[mission.Event]) bool { return before(c.Record.OnDay, badged) == calendar.Certainly }
	for _, c := range append(present, claims...) {
		changed = changed || !older(c)
	}
	for _, c := range p.m.Accounts().AllocationsFor(ref, p.at) {
		changed = changed || paid(c.Record) && before(c.Record.From, badged) != calendar.Certainly
	}
	return slices.DeleteFunc(slices.Clone(none), older), changed
}
