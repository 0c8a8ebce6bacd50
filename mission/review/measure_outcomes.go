package review

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on what is measured: whether it shows outcomes, whether it can be gamed, and whether it grows for its own sake.

var outcomeCrowdOut = &Rule{
	ID: "F21", Slug: "outcome-crowd-out", Severity: Caution,
	Title: "What is measured on a mission is nearly all inputs and outputs",
	Why: "Money spent and things done are easier to count than what came of them, and what is counted is what meetings talk about. Each body can then meet its own target while nobody's life changes. " +
		"The outcomes are the reason for measuring at all.",
	Fires: "Among the measures recorded on a mission, those of its milestones' targets and of its outcomes, certainly more than F21.percent are of the level input or output, and there are at least F21.measures of them. " +
		"One that stands in for an outcome does not count as input or output: it is a proxy for an indicator of an outcome, or has a proxy-stated event. It has nothing to say where such an event is recorded on the mission, or the mission is proposed or closed. " +
		"It cannot tell where no measures are recorded or too few, or where levels are not recorded or contested and would decide.",
	FalseAlarm: "The outcome shows late, and somebody has written down what stands in for it until then.",
	Question:   "Which of these measures would tell you that somebody's life is different, and when did a meeting last speak of it?",
	Sources:    []string{"S0:32", "S2:10"},
	Needs:      []string{"the targets of milestones and the indicators of outcomes", "the level of indicators, and what they are a proxy for", "proxy-stated events on indicators and missions"},
	Thresholds: []Threshold{
		{Name: "F21.percent", Unit: "percent", Value: 67,
			Meaning: "the share of inputs and outputs that it takes more than; no source names a number, and the default leaves room for two of them beside every outcome"},
		{Name: "F21.measures", Unit: "measures", Value: 3, Least: 1,
			Meaning: "how many measures must be recorded before their share says anything; no source names a number, and of one or two the rest may be unrecorded"},
	},
	Bad: outcomeCrowdOutBad, Good: outcomeCrowdOutGood, Unclear: outcomeCrowdOutUnclear, Harmless: outcomeCrowdOutHarmless,
	check: func(p *pass) {
		levels := make(map[record.ID]measureLevel)
		for _, id := range p.missions {
			p.checkCrowding(id, levels)
		}
	},
}

// measureLevel is what claimants make of the level of an indicator.
type measureLevel uint8

const (
	measureOpen   measureLevel = iota + 1 // not recorded, or contested
	measureEffort                         // an input or output that stands for nothing else
	measureResult                         // an outcome or impact
	measureStands                         // an input or output that stands in for an outcome
	measureOther                          // another word
)

// measuresOf returns the indicators on which something is asked of a mission's milestones, or which show its outcomes, each once.
func (p *pass) measuresOf(id record.ID) []record.ID {
	var list []record.ID
	b := p.measureBook()
	for _, s := range b.steps[id] {
		for _, c := range b.targets[s.id] {
			list = append(list, c.Record.Indicator)
		}
	}
	for _, n := range p.m.OutcomesOf(id) {
		for _, c := range p.m.Outcome(n, p.at) {
			if slices.Contains(c.Record.Missions, id) {
				list = append(list, c.Record.Indicators...)
			}
		}
	}
	for i, n := range list {
		if n != "" {
			list[i] = p.plan.Canonical(measureIndicator(n)).ID
		}
	}
	return slices.DeleteFunc(distinct(list), func(n record.ID) bool { return n == "" })
}

// measureWords returns the levels that claimants give an indicator, sorted, and whether some say nothing.
func measureWords(claims []record.Claim[milestone.Indicator]) []string {
	var words []string
	for _, c := range claims {
		if w := strings.ToLower(plain(c.Record.Level)); w != "" {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

func measureShowsOutcome(words []string) bool {
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return w != milestone.LevelOutcome && w != milestone.LevelImpact })
}

func measureCountsEffort(words []string) bool {
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return w != milestone.LevelInput && w != milestone.LevelOutput })
}

func (p *pass) measureOf(id record.ID, claims []record.Claim[milestone.Indicator]) measureLevel {
	words := measureWords(claims)
	switch {
	case measureShowsOutcome(words):
		return measureResult
	case len(words) == 0:
		return measureOpen
	case !measureCountsEffort(words):
		if len(words) == 1 {
			return measureOther
		}
		return measureOpen
	}
	if stated, _ := p.measureOn([]record.Ref{measureIndicator(id)}, mission.ProxyStated); len(stated) > 0 {
		return measureStands
	}
	for _, c := range claims {
		if c.Record.ProxyFor != "" && measureShowsOutcome(measureWords(p.plan.Indicator(c.Record.ProxyFor, p.at))) {
			return measureStands
		}
	}
	return measureEffort
}

func (p *pass) checkCrowding(id record.ID, levels map[record.ID]measureLevel) {
	ref, name := missionRef(id), p.missionName(id)
	if stated, _ := p.measureOn([]record.Ref{ref}, mission.ProxyStated); p.over(id) || len(stated) > 0 {
		p.nothing(ref)
		return
	}
	var total, results int
	var effort, rest []Evidence
	var efforts, open []record.ID
	for _, n := range p.measuresOf(id) {
		claims := sorted(p.plan.Indicator(n, p.at))
		if len(claims) == 0 {
			continue // the view leaves it out, or it is no longer in use
		}
		if levels[n] == 0 {
			levels[n] = p.measureOf(n, claims)
		}
		total++
		evidence := proof(p, milestone.KindIndicator, claims)
		switch levels[n] {
		case measureEffort:
			effort, efforts = append(effort, evidence...), append(efforts, n)
			continue
		case measureOpen:
			open = append(open, n)
		case measureResult:
			results++
		}
		rest = append(rest, evidence...)
	}
	percent := p.limit("percent")
	share := func(n int) float64 { return 100 * float64(n) / float64(max(1, total)) }
	question := "whether outcomes are crowded out of what is measured on " + name
	way := "the indicators of its milestones' targets and of its outcomes, each with its level"
	switch {
	case total == 0:
		p.cannot(ref, question, unrecorded("by what it is measured", way))
	case share(len(efforts)+len(open)) <= percent:
		p.nothing(ref)
	case share(len(efforts)) <= percent:
		p.cannot(ref, question, Missing{What: "the level of " + p.measureNames(open), Ground: "not recorded, or contested",
			Way: "record the level of each: input, output, outcome or impact"})
	case float64(total) < p.limit("measures"):
		p.cannot(ref, question, Missing{What: "by what else it is measured", Ground: "not known: " + measureNumber(total, "measure") + " of it " + measureIs(total) + " recorded",
			Way: "record " + way + ", or a proxy-stated event that says what stands in for the outcome"})
	default:
		text := strconv.Itoa(len(efforts)) + " of the " + measureNumber(total, "measure") + " recorded on " + name + " count inputs or outputs, and "
		switch results {
		case 0:
			text += "none shows an outcome"
		case 1:
			text += "1 shows an outcome"
		default:
			text += strconv.Itoa(results) + " show outcomes"
		}
		p.finding(ref, attributed(effort, text), effort, rest...)
	}
}

// measureNames names indicators, the first few of them.
func (p *pass) measureNames(ids []record.ID) string {
	var names []string
	for _, id := range ids[:min(len(ids), 4)] {
		names = append(names, quoted(plain(p.m.Name(measureIndicator(id)))))
	}
	if n := len(ids) - len(names); n > 0 {
		names = append(names, strconv.Itoa(n)+" more")
	}
	return listed(names)
}

var gamingExposure = &Rule{
	ID: "F23", Slug: "gaming-exposure", Severity: Caution,
	Title: "Whoever supplies the figures is rewarded or punished by them, and nobody checks",
	Why: "Where a figure decides what happens to those who report it, the figure improves before the work does: cases are chosen, counted or closed for its sake. Nobody need lie for that. " +
		"Somebody without a stake who looks at the figures now and then takes most of the temptation away.",
	Fires: "The party that supplies the readings of an indicator, its organisation or a part of it is named in a reward or sanction event on the indicator, on a target that uses it or on the milestone of that target; and an independent-check event on one of these is marked absent. " +
		"An independent check silences it. It cannot tell where a reward or sanction is recorded and who supplies the readings, on whom it fell or whether anybody checks is not, or claimants differ. " +
		"It does not look at indicators on which no reward or sanction hangs.",
	FalseAlarm: "Somebody without a stake checks the figures.",
	Question:   "What would gaming look like here, and who would see it first?",
	Sources:    []string{"S0:32"},
	Needs: []string{"who supplies the readings of indicators", "reward and sanction events on indicators, targets and milestones, with those they fell on",
		"independent-check events on them, present or marked absent"},
	Bad: gamingExposureBad, Good: gamingExposureGood, Unclear: gamingExposureUnclear, Harmless: gamingExposureHarmless,
	check: func(p *pass) {
		for _, id := range sortedIDs(p.plan.Indicators()) {
			if claims := sorted(p.plan.Indicator(id, p.at)); len(claims) > 0 {
				p.checkGaming(id, claims)
			}
		}
	},
}

func (p *pass) checkGaming(id record.ID, claims []record.Claim[milestone.Indicator]) {
	ref := measureIndicator(id)
	name := "the indicator " + quoted(plain(p.m.Name(ref)))
	subjects := append([]record.Ref{ref}, p.measureBook().targeted[id]...)
	felt, never := p.measureOn(subjects, mission.Reward, mission.Sanction)
	checked, unchecked := p.measureOn(subjects, mission.IndependentCheck)
	if len(felt) == 0 {
		if len(never) > 0 {
			p.nothing(ref)
		}
		return
	}
	var suppliers []record.ID
	for _, c := range claims {
		if c.Record.SuppliedBy != "" {
			suppliers = append(suppliers, c.Record.SuppliedBy)
		}
	}
	suppliers = distinct(suppliers)
	var hits []record.Claim[mission.Event]
	struck := make(map[record.ID]bool)
	unnamed := false
	for _, c := range felt {
		unnamed = unnamed || len(c.Record.With) == 0
		hit := false
		for _, s := range suppliers {
			if p.related(s, c.Record.With) {
				hit, struck[s] = true, true
			}
		}
		if hit {
			hits = append(hits, c)
		}
	}
	question := "whether whoever supplies the readings of " + name + " is rewarded or punished by them without a check"
	check := leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.IndependentCheck), "whether somebody without a stake checks the figures",
		"an independent-check event on it, or one marked absent")
	switch {
	case len(checked) > 0 && len(unchecked) == 0:
		p.nothing(ref)
	case len(suppliers) == 0:
		p.cannot(ref, question, unrecorded("who supplies its readings", "the party that supplies them"))
	case len(hits) == 0 && unnamed:
		p.cannot(ref, question, unrecorded("on whom the reward or sanction fell", "those with whom the event had to do"))
	case len(hits) == 0:
		p.nothing(ref)
	case len(struck) < len(suppliers):
		p.cannot(ref, question, contested("who supplies its readings", "the party that does"))
	case len(checked) > 0:
		p.cannot(ref, question, contested("whether somebody without a stake checks the figures", "who checks them and when"))
	case len(unchecked) == 0:
		p.cannot(ref, question, check)
	default:
		trigger := dedupe(append(p.lessonProof(hits), p.lessonProof(unchecked)...))
		kinds := make([]string, len(hits))
		for i, c := range hits {
			kinds[i] = c.Record.Kind
		}
		slices.Sort(kinds)
		text := attributed(trigger, p.partyNames(suppliers)+" supplies the readings of "+name+", a consequence of them falls on it ("+
			listed(slices.Compact(kinds))+"), and nobody without a stake checks them"+p.says(trigger))
		p.finding(ref, text, trigger, proof(p, milestone.KindIndicator, claims)...)
	}
}

var dashboardGrowth = &Rule{
	ID: "F24", Slug: "dashboard-growth", Severity: Caution,
	Title: "More and more is asked for, and no more is decided by it",
	Why: "Under every broad ambition a trade of indicators and dashboards grows up, since each further figure is cheap to ask for and somebody else pays for it. If the decisions that figures inform do not grow with them, the figures have become the work. " +
		"It shows only over time: no single dashboard is the one too many.",
	Fires: "The monitoring requests on a mission, its parts, their targets and their indicators in the last F24.days, with the measures in force at their end, are at least F24.more above those of the window before; and decision-informed events on the same, or on the requests, certainly did not grow. " +
		"Where no such event is recorded in either window, it takes one marked absent on the mission. It has nothing to say in the set-up period, until both windows lie after the announcement, nor of a mission that is proposed or closed. " +
		"It cannot tell where neither requests nor a growth of measures are recorded, where decisions are not, or where days are too rough.",
	FalseAlarm: "The mission is being set up, and what it needs to know is still being put together.",
	Question:   "Which of these figures changed a decision in the last year, and which could be retired?",
	Sources:    []string{"S0:34"},
	Needs: []string{"monitoring-request events with their days, for which a tally kept by those asked will do", "the indicators of milestones and outcomes, with the days from and until which they are used",
		"decision-informed events with their days, present or marked absent", "the day of the announcement"},
	Thresholds: []Threshold{
		{Name: "F24.days", Unit: "days", Value: 365, Least: 1,
			Meaning: "how long each of the two windows is; no source names a number, and the default is a year and the year before it"},
		{Name: "F24.more", Unit: "requests and measures", Value: 3, Least: 1,
			Meaning: "how many more requests and measures together are growth; no source names a number, and the default passes over one or two more"},
	},
	Bad: dashboardGrowthBad, Good: dashboardGrowthGood, Unclear: dashboardGrowthUnclear, Harmless: dashboardGrowthHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkGrowth(id)
		}
	},
}

// measuresInForce counts the measures in use on the day that lies some days before that of the review: at least and at most.
func (p *pass) measuresInForce(measures []record.ID, before float64) (least, most int, evidence []Evidence) {
	at := record.Moment{On: p.on.Add(-calendar.Days(min(before, 1e6)))}
	for _, id := range measures {
		claims := sorted(p.plan.Indicator(id, at))
		if len(claims) == 0 {
			continue
		}
		most++
		if !slices.ContainsFunc(claims, func(c record.Claim[milestone.Indicator]) bool { return c.On != calendar.Certainly }) {
			least++
		}
		evidence = append(evidence, proof(p, milestone.KindIndicator, claims)...)
	}
	return least, most, evidence
}

func (p *pass) checkGrowth(id record.ID) {
	ref, name := missionRef(id), p.missionName(id)
	question := "whether more and more is asked for on " + name
	if p.over(id) {
		p.nothing(ref)
		return
	}
	b, days, more := p.measureBook(), p.limit("days"), p.limit("more")
	measures := p.measuresOf(id)
	subjects := p.within(id)
	for _, s := range b.steps[id] {
		subjects = append(subjects, p.measureParts(s)...)
	}
	for _, n := range measures {
		subjects = append(subjects, measureIndicator(n))
	}
	subjects = refs(subjects)
	requests := p.measureHappened(subjects, mission.MonitoringRequest)
	_, none := p.measureOn([]record.Ref{ref}, mission.MonitoringRequest)
	for i := range requests {
		subjects = append(subjects, requests[i].ref)
	}
	informed := p.measureHappened(subjects, mission.DecisionInformed)
	_, uninformed := p.measureOn([]record.Ref{ref}, mission.DecisionInformed)
	unasked := leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.MonitoringRequest), "how often figures or reports on it are asked for",
		"monitoring-request events with their days, one for each time that somebody asked, or one marked absent; a tally kept by those asked will do")
	if p.on.IsZero() {
		if len(requests) == 0 {
			p.cannot(ref, question, unasked)
		} else {
			p.cannot(ref, question, noDay())
		}
		return
	}
	askedNow, askedBefore := p.measureCount(requests, 0, days), p.measureCount(requests, 1, days)
	usedNow, usedNowMost, inUse := p.measuresInForce(measures, 0)
	usedBefore, usedBeforeMost, _ := p.measuresInForce(measures, days)
	least := askedNow.least + usedNow - askedBefore.most - usedBeforeMost
	most := askedNow.most + usedNowMost - askedBefore.least - usedBefore
	now, before := p.measureCount(informed, 0, days), p.measureCount(informed, 1, days)
	announced := p.announced(id)
	switch setUp := p.older(announced, 2*days); {
	case len(requests) == 0 && len(none) == 0 && float64(least) < more:
		p.cannot(ref, question, unasked)
	case setUp == calendar.No, float64(most) < more, now.least > before.most:
		p.nothing(ref)
	case setUp == calendar.Possibly:
		p.cannot(ref, question, p.rough("the day of the announcement", announced, "the day on which the mission was announced"))
	case setUp == 0 && askedBefore.least+usedBefore == 0:
		p.cannot(ref, question, p.rough("the day of the announcement", announced, "the day on which the mission was announced, to tell growth from setting up"))
	case now.most+before.most == 0 && len(uninformed) == 0:
		p.cannot(ref, question, leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.DecisionInformed), "which decisions the figures informed",
			"decision-informed events with their days, or one marked absent"))
	case float64(least) >= more && now.most <= before.least:
		p.findGrowth(id, askedNow, askedBefore, [2]int{usedBefore, usedNow}, [2]int{before.least, now.most}, append(inUse, measureProof(requests)...), uninformed)
	default:
		p.cannot(ref, question, p.measureRough("when figures were asked for and when they informed decisions", "the days of the requests, measures and decisions"))
	}
}

// findGrowth words the finding. Used and informed are the numbers of the earlier window and of the later.
func (p *pass) findGrowth(id record.ID, now, before measureTally, used, informed [2]int, context []Evidence, uninformed []record.Claim[mission.Event]) {
	days := count(p.limit("days"))
	trigger := measureProof(now.sure)
	if used[1] > used[0] || len(trigger) == 0 { // the measures grew, too
		_, _, inUse := p.measuresInForce(p.measuresOf(id), 0)
		trigger = append(trigger, inUse...)
	}
	if informed[0] == 0 {
		trigger = append(trigger, p.lessonProof(uninformed)...)
	}
	trigger = dedupe(trigger)
	clause := "within " + days + " days " + measureNumber(now.least, "request") + " for figures or reports on " + p.missionName(id) + " " + measureIs(now.least) + " recorded"
	if used[0]+used[1] == 0 {
		clause += ", after " + strconv.Itoa(before.most) + " in the " + days + " days before"
	} else {
		clause += ", with " + measureNumber(used[1], "measure") + " in force at their end; the " + days + " days before had " + measureNumber(before.most, "request") + " and " + measureNumber(used[0], "measure")
	}
	text := attributed(trigger, clause)
	if informed[0] == 0 {
		text += " No decision is recorded that they informed."
	} else {
		text += " They informed " + measureNumber(informed[1], "decision") + ", after " + strconv.Itoa(informed[0]) + " before."
	}
	p.finding(missionRef(id), text, trigger, context...)
}
