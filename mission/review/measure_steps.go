package review

import (
	"slices"
	"strconv"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// The rules on what knowledge leads to, and on first steps and announcements.

var knowledgeWithoutAction = &Rule{
	ID: "F25", Slug: "knowledge-without-action", Severity: Caution,
	Title: "Something was learnt, and nothing came of it",
	Why: "To know how things stand matters less than what is done with it. A lesson that changes nothing teaches those who brought it that it is not worth the trouble to bring another. " +
		"Not to act can be right, and then a sentence says why.",
	Fires: "A lesson of the ledger or a lesson event is certainly more than F25.days old, and a decision-informed, plan-changed or practice-change event on it marked absent says that nothing came of it. Where its day is not recorded, it fires and says so. Evidence is looked at where such events are recorded on it. " +
		"It has nothing to say where one of these events happened, where the lesson was used again or led to something, where something was decided on the experiment that it comes from, where a no-action event says why not, or where a decision is scheduled and its day has not certainly passed. It cannot tell where none of this is recorded.",
	FalseAlarm: "The day on which it is to be decided upon has been set.",
	Question:   "Who could act on this, and what do they say about it?",
	Sources:    []string{"S0:34"},
	Needs: []string{"lessons of the ledger and lesson events with their days, and what they led to or were used in", "decisions of the ledger on the experiments that they come from",
		"decision-informed, plan-changed, practice-change, no-action and decision-scheduled events on lessons and evidence, present or marked absent"},
	Thresholds: []Threshold{{Name: "F25.days", Unit: "days", Value: 180,
		Meaning: "how long a lesson may wait for something to come of it; no source names a number, and the default is half a year"}},
	Bad: knowledgeWithoutActionBad, Good: knowledgeWithoutActionGood, Unclear: knowledgeWithoutActionUnclear, Harmless: knowledgeWithoutActionHarmless,
	check: func(p *pass) {
		book, ledger := p.lessonBook(), p.m.Ledger()
		for _, id := range sortedKeys(book.lessons) {
			p.checkLesson(id, sorted(book.lessons[id]))
		}
		for _, id := range sortedKeys(book.told) {
			claims := sorted(book.told[id])
			k := knowledge{ref: lessonEventRef(id), name: lessonEventName("the lesson", id, claims), evidence: p.lessonProof(claims), days: lessonDays(claims)}
			for _, c := range claims {
				k.used = k.used || len(c.Record.LedTo) > 0
			}
			p.checkKnowledge(&k)
		}
		for _, id := range sortedIDs(ledger.EvidenceIDs()) {
			p.checkEvidence(id)
		}
	},
}

// knowledge is a lesson, or evidence.
type knowledge struct {
	ref      record.Ref
	name     string
	evidence []Evidence
	days     []calendar.When
	used     bool // something came of it
}

// measureActing are the kinds of event that say that something came of what was learnt.
var measureActing = []string{mission.DecisionInformed, mission.PlanChanged, mission.PracticeChange}

func (p *pass) checkLesson(id record.ID, claims []record.Claim[learning.Lesson]) {
	k := knowledge{ref: record.Ref{Kind: learning.KindLesson, ID: id}, name: "the lesson " + quoted(string(id)), evidence: proof(p, learning.KindLesson, claims)}
	for i, c := range claims {
		r := c.Record
		if learned := plain(r.Learned); i == 0 && learned != "" {
			k.name = "the lesson " + quoted(learned)
		}
		if !r.OnDay.IsZero() {
			k.days = append(k.days, r.OnDay)
		}
		k.used = k.used || len(r.ReusedIn) > 0 || r.Experiment != "" && len(p.m.Ledger().Decisions(r.Experiment, p.at)) > 0
	}
	p.checkKnowledge(&k)
}

// checkEvidence looks at evidence of which somebody has recorded whether anything came of it.
func (p *pass) checkEvidence(id record.ID) {
	k := knowledge{ref: record.Ref{Kind: learning.KindEvidence, ID: id}}
	present, absent := p.measureOn([]record.Ref{k.ref}, append([]string{mission.NoAction, mission.DecisionScheduled}, measureActing...)...)
	claims := sorted(p.m.Ledger().Evidence(id, p.at))
	if len(present)+len(absent) == 0 || len(claims) == 0 {
		return
	}
	k.name, k.evidence = "the evidence "+quoted(string(id)), proof(p, learning.KindEvidence, claims)
	for i, c := range claims {
		if s := plain(c.Record.Statement); i == 0 && s != "" {
			k.name = "the evidence " + quoted(s)
		}
		if !c.Record.Observed.IsZero() {
			k.days = append(k.days, c.Record.Observed)
		}
		k.used = k.used || c.Record.Experiment != "" && len(p.m.Ledger().Decisions(c.Record.Experiment, p.at)) > 0
	}
	p.checkKnowledge(&k)
}

func (p *pass) checkKnowledge(k *knowledge) {
	list := p.eventsOn(k.ref)
	acted, idle := p.measureOn([]record.Ref{k.ref}, measureActing...)
	scheduled := slices.ContainsFunc(list.present(mission.DecisionScheduled), func(c record.Claim[mission.Event]) bool {
		until := c.Record.Until
		return until.IsZero() || p.on.IsZero() || !until.IsResolved() || until.Latest().After(p.on)
	})
	age := p.older(k.days, p.limit("days"))
	question := "whether anything came of " + k.name
	switch {
	case k.used, len(acted) > 0, whyStated(list.present(mission.NoAction)) != "", scheduled, age == calendar.No:
		p.nothing(k.ref)
	case len(idle) == 0:
		p.cannot(k.ref, question, leftOut(p.m.LeftOut(mission.KindEvent, k.ref, mission.DecisionInformed), "what was decided or changed because of it",
			"a decision-informed, plan-changed or practice-change event on it, or one marked absent, or a no-action event that says why not"))
	case age == calendar.Possibly, p.on.IsZero() && first(k.days).IsResolved():
		p.cannot(k.ref, "whether "+k.name+" has waited for long", p.rough("the day on which it was written down", k.days, "its day"))
	default:
		trigger := p.lessonProof(idle)
		text := attributed(trigger, "nothing came of "+k.name+p.says(trigger))
		if age == calendar.Certainly {
			text += " It is more than " + count(p.limit("days")) + " days old (" + p.when(first(k.days)) + "), and why nothing is to be done about it is not recorded."
		} else {
			text += " How old it is is not recorded, nor why nothing is to be done about it."
		}
		p.finding(k.ref, text, trigger, k.evidence...)
	}
}

var orphanFirstStep = &Rule{
	ID: "F26", Slug: "orphan-first-step", Severity: Note,
	Title: "A first step leads to no mission, or nobody has said what it stands for",
	Why: "A first step is worth more than what it delivers: people read from it what the whole is to become. One that is tied to nothing, or of which nobody has said what it shows, is soon taken for just another delivery. " +
		"To say it costs a sentence.",
	Fires: "A milestone is of the kind first-step, and a symbol-stated event marked absent says that nobody has said what it stands for, or a mission-link event marked absent that it is tied to nothing while it names no mission and nothing depends on it. " +
		"It has nothing to say where both are recorded, or where a claimant calls it a step of governance. It cannot tell where one of them is not recorded.",
	FalseAlarm: "It sets up how the mission is run, and was never meant to stand for anything.",
	Question:   "Which part of the mission would somebody recognise in this step who knew nothing else of it?",
	Sources:    []string{"S2:20"},
	Needs:      []string{"the kind and the missions of milestones", "what depends on them", "symbol-stated and mission-link events on them, present or marked absent"},
	Bad:        orphanFirstStepBad, Good: orphanFirstStepGood, Unclear: orphanFirstStepUnclear, Harmless: orphanFirstStepHarmless,
	check: func(p *pass) {
		for i := range p.steps {
			if s := &p.steps[i]; measureFirstStep(s) {
				p.checkFirstStep(s)
			}
		}
	},
}

func (p *pass) checkFirstStep(s *step) {
	ref := milestoneRef(s.id)
	list := p.eventsOn(ref)
	governance := slices.ContainsFunc(s.claims, func(c record.Claim[milestone.Milestone]) bool { return c.Record.Kind == milestone.Governance })
	linked := len(missionsOf(s.claims)) > 0 || len(list.present(mission.MissionLink)) > 0 ||
		slices.ContainsFunc(p.plan.DependenciesOf(ref, p.at), func(c record.Claim[milestone.Dependency]) bool { return p.plan.Canonical(c.Record.On) == ref })
	stands := len(list.present(mission.SymbolStated)) > 0
	var trigger []Evidence
	var clauses []string
	var missing []Missing
	if !linked {
		if untied := list.absent(mission.MissionLink); len(untied) > 0 {
			trigger, clauses = append(trigger, p.lessonProof(untied)...), append(clauses, "is tied to no mission and no later milestone")
		} else {
			missing = append(missing, leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.MissionLink), "which mission or later milestone it leads to",
				"its mission, what depends on it, or a mission-link event marked absent"))
		}
	}
	switch denied := list.absent(mission.SymbolStated); {
	case stands && len(denied) > 0:
		missing = append(missing, contested("whether anybody has said what it stands for", "what was said and where"))
	case len(denied) > 0:
		trigger, clauses = append(trigger, p.lessonProof(denied)...), append(clauses, "stands for nothing that anybody has stated")
	case !stands:
		missing = append(missing, leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.SymbolStated), "what it is to stand for",
			"a symbol-stated event on it that says so, or one marked absent"))
	}
	_, over := p.measureMissions(s)
	switch {
	case governance, over:
		p.nothing(ref)
	case len(trigger) > 0:
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, "the first step "+quoted(plain(p.m.Name(ref)))+" "+listed(clauses)+p.says(trigger)), trigger, proof(p, milestone.KindMilestone, s.claims)...)
	case len(missing) > 0:
		p.cannot(ref, "whether the first step "+quoted(plain(p.m.Name(ref)))+" leads anywhere", missing...)
	default:
		p.nothing(ref)
	}
}

var announceableHeavy = &Rule{
	ID: "F27", Slug: "announceable-heavy", Severity: Caution,
	Title: "Most of what is promised on a mission was announced for its own sake",
	Why: "What can be announced soon crowds out what takes years, for the announcement is rewarded at once and the change is not. A mission can look busy for a whole year in which nothing brought a milestone nearer. " +
		"An early promise that leads to one is another matter.",
	Fires: "Of the commitment and announceable events of the last F27.days on a mission and its parts, there are at least F27.commitments, and certainly more than F27.percent of them are announceables with no path to a milestone. " +
		"A commitment is one where an announceable event is recorded on it. The path is there where it is about a milestone or led to one, or where a milestone leans on what it is about or what it led to, however many steps on. " +
		"It does not look at missions without a record of an announceable, has nothing to say of those proposed or closed, and cannot tell where days are too rough.",
	FalseAlarm: "They are first steps that were promised before an election and lead to milestones: then the path should be recorded.",
	Question:   "Which of these announcements would still matter to anybody in five years, and what comes after it?",
	Sources:    []string{"S0:37"},
	Needs:      []string{"commitment and announceable events with their days, and what they led to", "what milestones depend on"},
	Thresholds: []Threshold{
		{Name: "F27.percent", Unit: "percent", Value: 50,
			Meaning: "the share of announceables that it takes more than; no source names a number, and the default is what most of them means"},
		{Name: "F27.commitments", Unit: "commitments", Value: 3, Least: 1,
			Meaning: "how many commitments there must be before their share says anything; no source names a number, and of one or two it says nothing"},
		{Name: "F27.days", Unit: "days", Value: 365, Least: 1,
			Meaning: "how far back commitments count; no source names a number, and the default is a year"},
	},
	Bad: announceableHeavyBad, Good: announceableHeavyGood, Unclear: announceableHeavyUnclear, Harmless: announceableHeavyHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkAnnounceables(id)
		}
	},
}

// announcing reports whether events have a path to a milestone, by their subjects or by what they led to.
func (p *pass) announcing(events []record.Claim[mission.Event]) bool {
	b := p.measureBook()
	return slices.ContainsFunc(events, func(c record.Claim[mission.Event]) bool {
		return b.leads[p.m.Fact(c.Record.Subject)] || slices.ContainsFunc(c.Record.LedTo, func(ref record.Ref) bool { return b.leads[p.m.Fact(ref)] })
	})
}

func (p *pass) checkAnnounceables(id record.ID) {
	ref, subjects := missionRef(id), refs(p.within(id))
	var empty, others []measureNote
	recorded := false
	for _, n := range p.measureHappened(subjects, mission.Announceable) {
		recorded = true
		if p.announcing(n.events) {
			others = append(others, n)
		} else {
			empty = append(empty, n)
		}
	}
	for _, n := range p.measureHappened(subjects, mission.Commitment) {
		marks := p.measureHappened([]record.Ref{n.ref}, mission.Announceable)
		recorded = recorded || len(marks) > 0
		path := p.announcing(n.events)
		for i := range marks {
			path = path || p.announcing(marks[i].events)
			n.contested = n.contested || marks[i].contested
		}
		if len(marks) == 0 || path {
			others = append(others, n)
			continue
		}
		n.evidence = append(slices.Clone(n.evidence), measureProof(marks)...)
		empty = append(empty, n)
	}
	_, none := p.measureOn(subjects, mission.Announceable)
	if !recorded && len(none) == 0 {
		return
	}
	days, percent, least := p.limit("days"), p.limit("percent"), p.limit("commitments")
	mark, rest := p.measureCount(empty, 0, days), p.measureCount(others, 0, days)
	share := func(n, of int) float64 { return 100 * float64(n) / float64(max(1, of)) }
	switch {
	case p.over(id), len(empty) == 0, float64(mark.most+rest.most) < least, share(mark.most, mark.most+rest.least) <= percent:
		p.nothing(ref)
	case float64(mark.least+rest.least) >= least && share(mark.least, mark.least+rest.most) > percent:
		trigger := dedupe(measureProof(mark.sure))
		total := strconv.Itoa(mark.least + rest.least)
		if mark.rough() || rest.rough() {
			total = "at least " + total
		}
		p.finding(ref, attributed(trigger, measureNumber(mark.least, "announcement")+" with no path to a milestone "+measureIs(mark.least)+" among the "+total+
			" commitments and announcements on "+p.missionName(id)+" of the last "+count(days)+" days"), trigger, measureProof(rest.sure)...)
	default:
		p.cannot(ref, "whether most of what is promised on "+p.missionName(id)+" was announced for its own sake",
			p.measureRough("when commitments and announcements were made", "the days of the commitment and announceable events"))
	}
}
