package review

import (
	"strconv"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The examples of the rules on milestones that may breathe, and on measuring.

// monthly are some events on a subject, one a month back from that of the review.
func monthly(n int, name, kind string, subject record.Ref) []mission.Event {
	list := make([]mission.Event, n)
	for i := range list {
		month := 2026*12 + 5 - i // from June 2026 backwards
		list[i] = lessonDay(happening(record.ID(name+"-"+strconv.Itoa(i+1)), kind, subject, false), exactly(month/12, time.Month(month%12+1), 12))
	}
	return list
}

// breathing is a mission with a milestone, and what happened to it.
func breathing(s milestone.Milestone, events ...[]mission.Event) mission.Spec {
	spec := mission.Spec{Missions: []mission.Mission{warmHomes()}, Milestones: []milestone.Milestone{s}}
	for _, list := range events {
		spec.Events = append(spec.Events, list...)
	}
	return spec
}

func milestoneSuffocatedBad() Example {
	return show("Twelve requests for figures on a milestone within a year, and one experiment.", breathing(insulation(milestone.Exploration),
		monthly(12, "asked", mission.MonitoringRequest, insulated), monthly(1, "tried", mission.Experiment, insulated)))
}

func milestoneSuffocatedGood() Example {
	return show("Four requests beside five experiments.", breathing(insulation(milestone.Exploration),
		monthly(4, "asked", mission.MonitoringRequest, insulated), monthly(5, "tried", mission.Experiment, insulated)))
}

func milestoneSuffocatedUnclear() Example {
	return show("Twelve requests, and nobody has recorded what was tried.", breathing(insulation(milestone.Exploration),
		monthly(12, "asked", mission.MonitoringRequest, insulated)))
}

func milestoneSuffocatedHarmless() Example {
	return show("Twelve requests that the law makes, for people's safety, and one experiment.", breathing(insulation(milestone.Exploration),
		monthly(12, "asked", mission.MonitoringRequest, insulated), monthly(1, "tried", mission.Experiment, insulated),
		[]mission.Event{happening("gas-safety", mission.StatutorySafety, insulated, false)}))
}

func timid(kind string, events ...mission.Event) mission.Spec {
	s := insulation(milestone.Commitment)
	s.Kind = kind
	return breathing(s, events)
}

// timidJudged is the judgement that a milestone would be met anyway.
func timidJudged(absent bool) mission.Event {
	return reasoned(happening("forecast", mission.WouldHappenAnyway, insulated, absent), "builders do as many each year")
}

func timidMilestoneBad() Example {
	return show("Somebody judges that business as usual would meet the milestone.", timid("", timidJudged(false)))
}

func timidMilestoneGood() Example {
	return show("Somebody judges that business as usual would not meet it.", timid("", timidJudged(true)))
}

func timidMilestoneUnclear() Example {
	return show("A milestone, and nobody has recorded a judgement.", timid(""))
}

func timidMilestoneHarmless() Example {
	return show("Business as usual would meet it, and it is called a first step.", timid(milestone.FirstStep, timidJudged(false),
		happening("shows", mission.SymbolStated, insulated, false)))
}

// vague is a milestone that asks for a direction, and what is said of it.
func vague(set calendar.When, events ...mission.Event) mission.Spec {
	s := insulation(0)
	s.Set = set
	spec := breathing(s, events)
	spec.Targets = []milestone.Target{{Record: made("warmer"), Milestone: "insulated", Achieve: "homes feel warmer"}}
	return spec
}

var (
	vagueUnmeant = happening("not-meant", mission.LeftVague, insulated, true)
	vagueUntried = happening("nothing-tried", mission.Experiment, insulated, true)
)

func vagueByNeglectBad() Example {
	return show("A milestone without a number for ten months, and statements that nobody meant it so and nothing is being tried.", vague(launched, vagueUnmeant, vagueUntried))
}

func vagueByNeglectGood() Example {
	return show("The milestone was left open for a stated reason.", vague(launched, reasoned(happening("reason", mission.LeftVague, insulated, false), "streets are to say what warm means"), vagueUntried))
}

func vagueByNeglectUnclear() Example {
	return show("A milestone without a number, and nobody has recorded why, or whether anything is being tried.", vague(launched))
}

func vagueByNeglectHarmless() Example {
	return show("The same statements of a milestone that was set this month.", vague(lessonLately, vagueUnmeant, vagueUntried))
}

// crowded is a mission of which four things are measured, the last of the level given, and what happened.
func crowded(last string, events ...mission.Event) mission.Spec {
	spec := breathing(insulation(0), events)
	for i, level := range []string{milestone.LevelInput, milestone.LevelOutput, milestone.LevelOutput, last} {
		n := strconv.Itoa(i + 1)
		spec.Indicators = append(spec.Indicators, milestone.Indicator{Record: made(record.ID("measure-" + n)), Name: []string{"Money spent", "Visits made", "Lofts filled", "Rooms under 18 degrees"}[i],
			Level: level, Uses: record.Known([]string{milestone.UseLearn})})
		spec.Targets = append(spec.Targets, milestone.Target{Record: made(record.ID("target-" + n)), Milestone: "insulated", Indicator: record.ID("measure-" + n), Direction: milestone.Up})
	}
	spec.Targets[0].Direction, spec.Targets[0].AtLeast = 0, record.Number(1)
	return spec
}

func outcomeCrowdOutBad() Example {
	return show("Four measures, of which one is an input, two are outputs and one an outcome.", crowded(milestone.LevelOutcome))
}

func outcomeCrowdOutGood() Example {
	spec := crowded(milestone.LevelOutcome)
	spec.Indicators[1].Level = milestone.LevelOutcome
	return show("Four measures, two of which show outcomes.", spec)
}

func outcomeCrowdOutUnclear() Example {
	spec := crowded(milestone.LevelOutcome)
	spec.Indicators[1].Level = ""
	return show("Four measures, one of which has no level.", spec)
}

func outcomeCrowdOutHarmless() Example {
	return show("The same measures, and it is written down what stands in for the outcome until it shows.", crowded(milestone.LevelOutcome, happening("stands-in", mission.ProxyStated, homes, false)))
}

// rewarded is a council that supplies figures, and what hangs on them.
func rewarded(supplier record.ID, events ...mission.Event) mission.Spec {
	spec := cold(record.Known([]string{milestone.UseDecide}))
	spec.Parties = []accountability.Party{organisation("council", "Riverside Council", accountability.TierLocal)}
	spec.Indicators[0].SuppliedBy = supplier
	bonus := happening("bonus", mission.Reward, measureIndicator("cold-homes"), false)
	bonus.With = []record.ID{"council"}
	spec.Events = append([]mission.Event{bonus}, events...)
	return spec
}

var unverified = happening("no-check", mission.IndependentCheck, measureIndicator("cold-homes"), true)

func gamingExposureBad() Example {
	return show("A council is rewarded by figures that it supplies, and a statement says that nobody checks them.", rewarded("council", unverified))
}

func gamingExposureGood() Example {
	spec := rewarded("university", unverified)
	spec.Parties = append(spec.Parties, organisation("university", "Riverside University", accountability.TierLocal))
	return show("The figures by which the council is rewarded come from a university.", spec)
}

func gamingExposureUnclear() Example {
	return show("The council is rewarded, and nobody has recorded who supplies the figures.", rewarded("", unverified))
}

func gamingExposureHarmless() Example {
	return show("The council supplies the figures, and an auditor checks them.", rewarded("council", happening("audit", mission.IndependentCheck, measureIndicator("cold-homes"), false)))
}

// growing is a mission announced some time ago with five requests this year and one the year before.
func growing(announced calendar.When, events ...[]mission.Event) mission.Spec {
	spec := breathing(insulation(0), monthly(5, "asked", mission.MonitoringRequest, homes), monthly(5, "tried", mission.Experiment, homes))
	spec.Missions[0] = announcedHomes(announced)
	spec.Events = append(spec.Events, lessonDay(happening("asked-earlier", mission.MonitoringRequest, homes, false), exactly(2025, time.March, 3)))
	for _, list := range events {
		spec.Events = append(spec.Events, list...)
	}
	return spec
}

var (
	growthLongAgo = exactly(2023, time.September, 4)
	growthIdle    = []mission.Event{happening("decided-nothing", mission.DecisionInformed, homes, true)}
)

func dashboardGrowthBad() Example {
	return show("Five requests for figures this year after one the year before, and a statement that they informed no decision.", growing(growthLongAgo, growthIdle))
}

func dashboardGrowthGood() Example {
	return show("The same requests, and this year they informed two decisions after none.", growing(growthLongAgo, monthly(2, "decided", mission.DecisionInformed, homes)))
}

func dashboardGrowthUnclear() Example {
	return show("The same requests, and nobody has recorded what they informed.", growing(growthLongAgo))
}

func dashboardGrowthHarmless() Example {
	return show("The same requests on a mission that was being set up.", growing(launched, growthIdle))
}

// learntOnce is a mission with a lesson from last winter, and what came of it.
func learntOnce(events ...mission.Event) mission.Spec {
	lesson := lessonDay(happening("call-first", mission.Lesson, homes, false), exactly(2025, time.November, 10))
	lesson.Name = "Call before you visit"
	return lessonPlan(append([]mission.Event{lesson}, events...)...)
}

var (
	callFirst     = lessonEventRef("call-first")
	callFirstIdle = happening("left-lying", mission.PracticeChange, callFirst, true)
)

func knowledgeWithoutActionBad() Example {
	return show("A lesson from November, and a statement that nobody works differently for it.", learntOnce(callFirstIdle))
}

func knowledgeWithoutActionGood() Example {
	return show("A lesson from November, and since then visitors call first.", learntOnce(happening("calls", mission.PracticeChange, callFirst, false)))
}

func knowledgeWithoutActionUnclear() Example {
	return show("A lesson from November, and nobody has recorded what came of it.", learntOnce())
}

func knowledgeWithoutActionHarmless() Example {
	return show("Nothing has come of it yet, and when it is to be decided upon is set.", learntOnce(callFirstIdle, happening("in-autumn", mission.DecisionScheduled, callFirst, false)))
}

// opening is a first step, and what is said of it.
func opening(kind string, events ...mission.Event) mission.Spec {
	s := milestone.Milestone{Record: made("pilot-street"), Name: "One warm street", Kind: kind, Missions: []record.ID{"warm-homes"}, Use: milestone.Commitment}
	return breathing(s, events)
}

var (
	pilotStreet   = milestoneRef("pilot-street")
	pilotUnstated = happening("no-word", mission.SymbolStated, pilotStreet, true)
)

func orphanFirstStepBad() Example {
	return show("A first step, and a statement that nobody has said what it stands for.", opening(milestone.FirstStep, pilotUnstated))
}

func orphanFirstStepGood() Example {
	return show("A first step of the mission that is to show neighbours going from door to door.", opening(milestone.FirstStep, happening("neighbours", mission.SymbolStated, pilotStreet, false)))
}

func orphanFirstStepUnclear() Example {
	return show("A first step of the mission, and nobody has recorded what it stands for.", opening(milestone.FirstStep))
}

func orphanFirstStepHarmless() Example {
	return show("The same statement of a step that sets up how the mission is run.", opening(milestone.Governance, pilotUnstated))
}

// promised is a mission with three announcements and a promise, and what is said of them.
func promised(ledTo []record.Ref, on calendar.When) mission.Spec {
	spec := breathing(insulation(0), monthly(3, "announced", mission.Announceable, homes), monthly(1, "promised", mission.Commitment, homes))
	for i := range 3 {
		spec.Events[i].LedTo, spec.Events[i].OnDay = ledTo, on
	}
	return spec
}

func announceableHeavyBad() Example {
	return show("Three things announced for their own sake this spring, and one promise.", promised(nil, lessonSpring))
}

func announceableHeavyGood() Example {
	spec := promised(nil, lessonSpring)
	spec.Events = append(spec.Events[2:], monthly(2, "kept", mission.Commitment, insulated)...)
	return show("One thing announced for its own sake, and three promises.", spec)
}

func announceableHeavyUnclear() Example {
	return show("Three things announced for their own sake, and nobody has recorded when.", promised(nil, calendar.When{}))
}

func announceableHeavyHarmless() Example {
	return show("Three early steps, announced, that lead to a milestone.", promised([]record.Ref{insulated}, lessonSpring))
}

// thinned is a milestone whose target was lowered, and what is said of that.
func thinned(reason string, events ...mission.Event) mission.Spec {
	spec := breathing(insulation(0), events)
	spec.Indicators = []milestone.Indicator{{Record: made("lofts"), Name: "Lofts filled", Uses: record.Known([]string{milestone.UseLearn})}}
	before := milestone.Target{Record: made("a-million"), Milestone: "insulated", Name: "Lofts", Indicator: "lofts", AtLeast: record.Number(1000000)}
	before.From = launched
	after := before
	after.Record = made("fewer")
	after.Of, after.Verb, after.Reason, after.From, after.AtLeast = "a-million", record.Change, reason, lessonSpring, record.Number(600000)
	spec.Targets = []milestone.Target{before, after}
	return spec
}

func quietDilutionBad() Example {
	return show("A target of a million became one of 600,000, and no reason is recorded.", thinned(""))
}

func quietDilutionGood() Example {
	spec := thinned("")
	spec.Targets[1].AtLeast = record.Number(1200000)
	return show("The target was raised.", spec)
}

func quietDilutionUnclear() Example {
	spec := breathing(insulation(0))
	spec.Milestones[0].Due = calendar.YearOf(calendar.On(2028, time.January, 1))
	later := spec.Milestones[0]
	later.Record = made("put-off")
	later.Of, later.Verb, later.From, later.Due = "insulated", record.Change, lessonSpring, exactly(2028, time.December, 1)
	spec.Milestones = append(spec.Milestones, later)
	return show("A milestone due in 2028 is now due on 1 December 2028, which may be later or not.", spec)
}

func quietDilutionHarmless() Example {
	return show("The target was lowered, and a decision that a trial informed is linked to it.", thinned("", happening("trial-read", mission.DecisionInformed, measureTarget("a-million"), false)))
}
