package review

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on whether milestones have room: to be tried for, to be bold, and to be vague on purpose.

var milestoneSuffocated = &Rule{
	ID: "F15", Slug: "milestone-suffocated", Severity: Caution,
	Title: "A milestone is asked about more often than anything is tried under it",
	Why: "Every request for figures takes time from those who are to find out what works, and tells them that what counts is to look well today. A milestone that was left broad so that people could explore then turns into a return to be filled in. " +
		"No single request does it: the same milestone is fine as launched and loses its air as they add up.",
	Fires: "Within F15.days up to the day of the review there are at least F15.requests monitoring requests on a milestone or its targets, and they outnumber the experiments and lessons on it; or the requests of a year are more than the checks a year that were agreed. " +
		"Where nothing that was tried is recorded, it takes an experiment event marked absent on the milestone or its mission. Requests on a mission itself are held against all that was tried for it. " +
		"It has nothing to say where a statutory-safety event is recorded on the subject, and does not count requests that have one. It cannot tell where requests or what was tried are not recorded, where days are too rough, or where experiments of the mission at large may have been for this milestone.",
	FalseAlarm: "The law asks for the monitoring, to keep people safe.",
	Question:   "Which of these requests changed what anybody did, and who would notice if the others stopped?",
	Sources:    []string{"S0:34", "S0:35"},
	Needs: []string{"monitoring-request events on milestones and missions with their days, for which a tally kept by those asked costs them some minutes a week",
		"experiment and lesson events on them, present or marked absent, and the experiments and lessons of the ledger",
		"the checks a year that were agreed for milestones", "statutory-safety events on milestones, missions and requests"},
	Thresholds: []Threshold{
		{Name: "F15.days", Unit: "days", Value: 365, Least: 1,
			Meaning: "how far back requests and experiments are counted; no source names a number, and the default is a year"},
		{Name: "F15.requests", Unit: "requests", Value: 4, Least: 1,
			Meaning: "how many requests it takes before they are held against what was tried; no source names a number, and the default is one a quarter, the rhythm that S4:42 asks of a public council"},
	},
	Bad: milestoneSuffocatedBad, Good: milestoneSuffocatedGood, Unclear: milestoneSuffocatedUnclear, Harmless: milestoneSuffocatedHarmless,
	check: func(p *pass) {
		p.measureSteps(
			func(s *step) bool {
				requests, none := p.measureOn(p.measureParts(s), mission.MonitoringRequest)
				return len(requests)+len(none) > 0 || slices.ContainsFunc(s.claims, func(c record.Claim[milestone.Milestone]) bool { return !c.Record.Checks.IsZero() })
			},
			func(id record.ID) bool {
				requests, none := p.measureOn([]record.Ref{missionRef(id)}, mission.MonitoringRequest)
				if len(requests)+len(none) == 0 {
					return false
				}
				p.checkAir(&measureAir{ref: missionRef(id), name: p.missionName(id), subjects: []record.Ref{missionRef(id)}, learnt: p.measureAcross(id),
					missions: []record.ID{id}, context: proof(p, mission.KindMission, p.said[id])})
				return true
			},
			func(s *step) {
				ids, _ := p.measureMissions(s)
				subjects := p.measureParts(s)
				p.checkAir(&measureAir{ref: milestoneRef(s.id), name: s.name(), subjects: subjects, learnt: p.measureLearnt(subjects), missions: ids,
					claims: s.claims, context: proof(p, milestone.KindMilestone, s.claims)})
			},
			func(id record.ID) {
				p.cannot(missionRef(id), "whether the milestones of "+p.missionName(id)+" have room to breathe",
					leftOut(p.m.LeftOut(mission.KindEvent, missionRef(id), mission.MonitoringRequest), "how often figures or reports on them are asked for", measureRequestsWay))
			})
	},
}

const measureRequestsWay = "monitoring-request events on the milestones, one for each time that somebody asked, or one marked absent; a tally kept by those asked will do"

// measureAir is what the rule on breathing looks at: a milestone, or a mission of which requests are recorded.
type measureAir struct {
	ref      record.Ref
	name     string
	subjects []record.Ref
	learnt   []measureNote
	missions []record.ID
	claims   []record.Claim[milestone.Milestone] // of a milestone
	context  []Evidence
}

// measureAcross is what was tried and learnt for a mission, whatever part of it.
func (p *pass) measureAcross(id record.ID) []measureNote {
	return p.measureLearnt(refs(p.within(id)))
}

// measureAtLarge is what was tried and learnt for a mission and is not recorded on any milestone.
func (p *pass) measureAtLarge(id record.ID) *measureLearning {
	b := p.measureBook()
	if known := b.learnt[id]; known != nil {
		return known
	}
	subjects := slices.DeleteFunc(refs(p.within(id)), func(ref record.Ref) bool { return ref.Kind == milestone.KindMilestone })
	list := &measureLearning{list: p.measureLearnt(subjects), refs: make(map[record.Ref]bool), most: -1}
	for i := range list.list {
		list.refs[list.list[i].ref] = true
	}
	b.learnt[id] = list
	return list
}

func (p *pass) checkAir(a *measureAir) {
	all, none := p.measureOn(a.subjects, mission.MonitoringRequest)
	safety, _ := p.measureOn(a.subjects, mission.StatutorySafety)
	requests := slices.DeleteFunc(p.measureFacts(all, none), func(r measureNote) bool {
		return len(p.eventsOn(r.ref).present(mission.StatutorySafety)) > 0
	})
	question := "whether " + a.name + " has room to breathe"
	if len(safety) > 0 || len(none) > 0 && len(all) == 0 {
		p.nothing(a.ref)
		return
	}
	days := p.limit("days")
	asked := p.measureCount(requests, 0, days)
	if p.checkAgreed(a, requests) {
		return
	}
	learnt, wider, anything := p.measureCount(a.learnt, 0, days), 0, len(a.learnt) > 0
	untried := a.subjects
	if a.ref.Kind == milestone.KindMilestone {
		for _, id := range a.missions {
			large := p.measureAtLarge(id)
			if large.most < 0 {
				large.most = p.measureCount(large.list, 0, days).most
			}
			wider += large.most
			for i := range a.learnt {
				if large.refs[a.learnt[i].ref] && p.measureWithin(&a.learnt[i], 0, days) != calendar.No {
					wider-- // it counts as the milestone's own
				}
			}
			anything = anything || len(large.list) > 0
			untried = append(slices.Clone(untried), missionRef(id))
		}
	}
	_, nothingTried := p.measureOn(untried, mission.Experiment)
	least := int(min(p.limit("requests"), 1e9))
	switch {
	case len(all) == 0:
		p.cannot(a.ref, question, leftOut(p.m.LeftOut(mission.KindEvent, a.ref, mission.MonitoringRequest), "how often figures or reports on it are asked for",
			"monitoring-request events on it, one for each time that somebody asked, or one marked absent; a tally kept by those asked will do"))
	case asked.most < least, asked.most <= learnt.least:
		p.nothing(a.ref)
	case !anything && len(nothingTried) == 0:
		p.cannot(a.ref, question, leftOut(p.m.LeftOut(mission.KindEvent, a.ref, mission.Experiment), "what has been tried and learnt under it",
			"experiment and lesson events on it, or an experiment event marked absent"))
	case asked.least >= least && asked.least > learnt.most+wider:
		trigger, tried := measureProof(asked.sure), "1 experiment or lesson"
		if learnt.most > 1 {
			tried = count(float64(learnt.most)) + " experiments or lessons"
		}
		context := append(slices.Clone(a.context), measureProof(learnt.sure)...)
		clause := a.name + " was asked about " + count(float64(asked.least)) + " times within " + count(days) + " days, and " +
			tried + " on it " + measureIs(learnt.most) + " recorded from that time"
		if learnt.most == 0 {
			clause = a.name + " was asked about " + count(float64(asked.least)) + " times within " + count(days) + " days, and no experiment or lesson on it is recorded from that time"
			trigger = append(trigger, p.lessonProof(nothingTried)...)
		}
		p.finding(a.ref, attributed(trigger, clause)+measureBurden(asked.sure), trigger, context...)
	case asked.rough() || learnt.rough():
		p.cannot(a.ref, question, p.measureRough("when it was asked about and when things were tried", "the days of the requests, experiments and lessons"))
	default:
		p.cannot(a.ref, question, Missing{What: "for which milestone the other experiments and lessons of its mission were made", Ground: "not known from the records",
			Way: "record on which milestone each experiment and lesson bears"})
	}
}

// checkAgreed comes to a verdict where more checks were made in a year than were agreed, or may have been.
func (p *pass) checkAgreed(a *measureAir, requests []measureNote) bool {
	var agreed []record.Claim[milestone.Milestone]
	lowest, highest := 0.0, 0.0
	for _, c := range a.claims {
		if q := c.Record.Checks; !q.IsZero() {
			if len(agreed) == 0 {
				lowest, highest = q.Float(), q.Float()
			}
			lowest, highest = min(lowest, q.Float()), max(highest, q.Float())
			agreed = append(agreed, c)
		}
	}
	if len(agreed) == 0 {
		return false
	}
	year := p.measureCount(requests, 0, 365)
	question := "whether " + a.name + " is checked more often than was agreed"
	switch {
	case float64(year.least) > highest:
		trigger := measureProof(year.sure)
		times := count(highest) + " times"
		if highest == 1 {
			times = "once"
		}
		p.finding(a.ref, attributed(trigger, a.name+" was asked about "+count(float64(year.least))+" times within a year, and at most "+times+" was agreed")+measureBurden(year.sure),
			trigger, a.context...)
	case float64(year.least) > lowest:
		p.cannot(a.ref, question, contested("how many checks a year were agreed", "the checks a year that hold"))
	case float64(year.most) > lowest:
		p.cannot(a.ref, question, p.measureRough("when it was asked about", "the days of the requests"))
	default:
		return false
	}
	return true
}

// measureBurden says what requests took, where all of them say so in one unit.
func measureBurden(requests []measureNote) string {
	sum, unit := 0.0, ""
	for i := range requests {
		e := requests[i].events[0].Record
		if e.Size.IsZero() || e.Unit == "" || unit != "" && unit != e.Unit {
			return ""
		}
		sum, unit = sum+e.Size.Float(), e.Unit
	}
	if unit == "" {
		return ""
	}
	return " The requests took " + count(round(sum)) + " " + plain(unit) + "."
}

var timidMilestone = &Rule{
	ID: "F17", Slug: "timid-milestone", Severity: Caution,
	Title: "Somebody judges that business as usual would meet a milestone",
	Why: "A milestone that would be met anyway asks nobody to work differently, and when it is met the mission has learnt nothing. It also draws the credit and the attention that a bolder one would need. " +
		"The judgement may be wrong: it is worth hearing from whoever makes it, and from whoever set the milestone.",
	Fires: "A would-happen-anyway event is recorded on a milestone. It has nothing to say where such an event is marked absent, or the milestone is of the kind first-step. " +
		"It cannot tell where claimants differ, or nobody has recorded a judgement: one verdict for a mission where that is so of all its milestones.",
	FalseAlarm: "The milestone is a first step, and called one: it is there to show that a start was made.",
	Question:   "What would have to be done differently from today to meet this milestone, and by whom?",
	Sources:    []string{"S0:14"},
	Needs:      []string{"would-happen-anyway events on milestones, present or marked absent, which cost a talk with those who forecast", "the kind of milestones"},
	Bad:        timidMilestoneBad, Good: timidMilestoneGood, Unclear: timidMilestoneUnclear, Harmless: timidMilestoneHarmless,
	check: func(p *pass) {
		p.measureSteps(
			func(s *step) bool {
				list := p.eventsOn(milestoneRef(s.id))
				return measureFirstStep(s) || len(list.present(mission.WouldHappenAnyway))+len(list.absent(mission.WouldHappenAnyway)) > 0
			},
			measureNone, p.checkBold,
			func(id record.ID) {
				p.cannot(missionRef(id), "whether the milestones of "+p.missionName(id)+" ask for more than business as usual", anywayMissing(nil))
			})
	},
}

func measureFirstStep(s *step) bool {
	return slices.ContainsFunc(s.claims, func(c record.Claim[milestone.Milestone]) bool { return c.Record.Kind == milestone.FirstStep })
}

func anywayMissing(left []record.Ref) Missing {
	return leftOut(left, "whether business as usual would meet them", "a would-happen-anyway event on each milestone that it would meet, or one marked absent, with who judges so and why")
}

func (p *pass) checkBold(s *step) {
	ref := milestoneRef(s.id)
	list := p.eventsOn(ref)
	would, not := list.present(mission.WouldHappenAnyway), list.absent(mission.WouldHappenAnyway)
	question := "whether " + s.name() + " asks for more than business as usual"
	switch {
	case measureFirstStep(s):
		p.nothing(ref)
	case len(would) > 0 && len(not) > 0:
		p.cannot(ref, question, contested("whether business as usual would meet it", "what each judgement rests on"))
	case len(would) > 0:
		trigger := p.lessonProof(would)
		p.finding(ref, attributed(trigger, "business as usual would meet "+s.name()+measureWhy(would)+p.says(trigger)), trigger, proof(p, milestone.KindMilestone, s.claims)...)
	case len(not) > 0:
		p.nothing(ref)
	default:
		m := anywayMissing(p.m.LeftOut(mission.KindEvent, ref, mission.WouldHappenAnyway))
		m.What = "whether business as usual would meet it"
		p.cannot(ref, question, m)
	}
}

var vagueByNeglect = &Rule{
	ID: "F18", Slug: "vague-by-neglect", Severity: Caution,
	Title: "A milestone is vague, for no stated reason, and nobody is finding out what it could mean",
	Why: "A milestone may be left vague on purpose: then it gives room, and the room is used. One that is vague since nobody finished it gives none. Everybody reads into it what suits them, and the debates come later. " +
		"From outside the two look the same; what tells them apart is a reason, or somebody exploring.",
	Fires: "The milestone has targets and none of them names a number; a left-vague event marked absent says that nobody meant it so; an experiment event marked absent on it or its mission says that nothing is being tried; and it was certainly set more than F18.days ago. Where that day is not recorded, it fires and says so. " +
		"It has nothing to say where a target has a number, where the milestone says why it is vague or a left-vague event is recorded, or where an experiment or lesson is recorded. It cannot tell where one of these is not recorded, and does not look at milestones of which neither targets nor reasons are.",
	FalseAlarm: "The milestone was set recently, and what it means is still being worked out.",
	Question:   "Was this left open so that somebody could find out, and if so, who is finding out?",
	Sources:    []string{"S0:33", "S0:35", "S1:17"},
	Needs: []string{"the targets of milestones", "why milestones are vague, in the milestone or as left-vague events, present or marked absent",
		"experiment and lesson events on milestones and their missions, present or marked absent", "the day on which milestones were set"},
	Thresholds: []Threshold{{Name: "F18.days", Unit: "days", Value: 100,
		Meaning: "how long after it was set a milestone may be vague without more; no source names a number, and the default is the first hundred days that S4:18 speaks of"}},
	Bad: vagueByNeglectBad, Good: vagueByNeglectGood, Unclear: vagueByNeglectUnclear, Harmless: vagueByNeglectHarmless,
	check: func(p *pass) {
		for i := range p.steps {
			p.checkVague(&p.steps[i])
		}
	},
}

func measureHasNumber(t *milestone.Target) bool {
	return !t.AtLeast.IsZero() || !t.AtMost.IsZero() || !t.Increase.IsZero()
}

func (p *pass) checkVague(s *step) {
	ref, name := milestoneRef(s.id), s.name()
	targets := p.measureBook().targets[s.id]
	list := p.eventsOn(ref)
	unmeant := list.absent(mission.LeftVague)
	reasoned := len(list.present(mission.LeftVague)) > 0 ||
		slices.ContainsFunc(s.claims, func(c record.Claim[milestone.Milestone]) bool { return plain(c.Record.VagueBecause) != "" })
	precise := slices.ContainsFunc(targets, func(c record.Claim[milestone.Target]) bool { return measureHasNumber(c.Record) })
	ids, over := p.measureMissions(s)
	untried := slices.Clone(list.absent(mission.Experiment))
	trying := len(p.measureLearnt(p.measureParts(s))) > 0
	for _, id := range ids {
		_, none := p.measureOn([]record.Ref{missionRef(id)}, mission.Experiment)
		trying = trying || len(untried) == 0 && len(p.measureAtLarge(id).list) > 0
		untried = append(untried, none...)
	}
	switch {
	case !reasoned && len(targets)+len(unmeant) == 0:
		return // nothing is recorded of how precise it is
	case reasoned, precise, trying, over:
		p.nothing(ref)
		return
	}
	set := []calendar.When{}
	for _, w := range p.setOn(s.id, s.claims) {
		if !w.IsZero() {
			set = append(set, w)
		}
	}
	age := p.older(set, p.limit("days"))
	if age == calendar.No {
		p.nothing(ref)
		return
	}
	var missing []Missing
	if len(targets) == 0 {
		missing = append(missing, unrecorded("what it asks for", "its targets"))
	}
	if len(unmeant) == 0 {
		missing = append(missing, leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.LeftVague), "whether it is vague on purpose",
			"why it is vague, in the milestone, or a left-vague event marked absent"))
	}
	if len(untried) == 0 {
		missing = append(missing, leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.Experiment), "what is being tried under it",
			"experiment events on it, or one marked absent"))
	}
	if age == calendar.Possibly || p.on.IsZero() && first(set).IsResolved() {
		missing = append(missing, p.rough("the day on which it was set", set, "the day on which it was set"))
	}
	if len(missing) > 0 {
		p.cannot(ref, "whether "+name+" is vague by choice or by neglect", missing...)
		return
	}
	trigger := dedupe(append(p.lessonProof(unmeant), p.lessonProof(untried)...))
	text := attributed(trigger, "no target of "+name+" names a number, nobody meant it so, and nothing is being tried to find out what it could mean"+p.says(trigger))
	if age == calendar.Certainly {
		text += " It was set " + p.dated(first(set)) + ", more than " + count(p.limit("days")) + " days ago."
	} else {
		text += " When it was set is not recorded."
	}
	p.finding(ref, text, trigger, append(proof(p, milestone.KindTarget, targets), proof(p, milestone.KindMilestone, s.claims)...)...)
}
