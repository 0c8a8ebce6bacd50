package review

import (
	"strconv"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// The examples of the rules on learning, risk and freedom.

// lessonPlan is the mission and what happened to it.
func lessonPlan(events ...mission.Event) mission.Spec {
	return mission.Spec{Missions: []mission.Mission{warmHomes()}, Events: events}
}

func lessonDay(e mission.Event, on calendar.When) mission.Event {
	e.OnDay = on
	return e
}

var (
	lessonWinter = exactly(2026, time.January, 12)
	lessonSpring = exactly(2026, time.April, 14)
	lessonLately = exactly(2026, time.June, 22)
)

func supposed(events ...mission.Event) mission.Spec {
	spec := lessonPlan(events...)
	spec.Parties = []accountability.Party{post("minister", "Minister for Homes")}
	spec.Initiatives = []mission.Initiative{{Record: made("visits"), Name: "Home visits", Missions: []record.ID{"warm-homes"}}}
	spec.Contributions = []learning.Contribution{{Record: made("visits-warm"), Cause: initiativeRef("visits"), Effect: homes, Strength: record.Number(0.4)}}
	spec.Hypotheses = []learning.Hypothesis{{Record: made("open-doors"), Contribution: "visits-warm", Claim: "People let a visitor in who was sent by their doctor",
		Prior: record.Number(0.5), Declared: launched, WouldChangeOurMind: "fewer than one door in three opens"}}
	return spec
}

var noRoom = happening("no-room", mission.LearningSpaceAgreed, homes, true)

func lessonSpace(of record.Ref) accountability.LearningSpace {
	s := accountability.LearningSpace{Record: made("room"), Name: "Room to try", Subject: of, Sponsor: "minister", Protected: []string{"no report on single trials"}}
	s.From, s.Until = launched, exactly(2027, time.March, 31)
	return s
}

func noLearningSpaceBad() Example {
	return show("A mission rests on a hypothesis that is open, and a statement that no room to fail has been made.", supposed(noRoom))
}

func noLearningSpaceGood() Example {
	spec := supposed()
	spec.LearningSpaces = []accountability.LearningSpace{lessonSpace(homes)}
	return show("The minister stands guard until March over a space in which single trials are not reported.", spec)
}

func noLearningSpaceUnclear() Example {
	spec := supposed()
	s := lessonSpace(homes)
	s.Sponsor = ""
	spec.LearningSpaces = []accountability.LearningSpace{s}
	return show("There is such a space, and nobody has recorded who stands guard.", spec)
}

func noLearningSpaceHarmless() Example {
	return show("No room was made, and how the work is done has been known to work for years.", supposed(noRoom, happening("known", mission.Proven, homes, false)))
}

// lessonTrials are some experiments on the mission, and what else is said of it.
func lessonTrials(n int, events ...mission.Event) mission.Spec {
	spec := lessonPlan(events...)
	for i := range n {
		spec.Events = append(spec.Events, lessonDay(happening(record.ID("trial-"+strconv.Itoa(i+1)), mission.Experiment, homes, false), lessonWinter))
	}
	return spec
}

var unfailed = happening("none-failed", mission.Failure, homes, true)

func failureFreeRecordBad() Example {
	return show("Six experiments, and a statement that none of them failed.", lessonTrials(6, unfailed))
}

func failureFreeRecordGood() Example {
	return show("Six experiments, one of which is recorded as a failure.", lessonTrials(6, lessonDay(happening("no-show", mission.Failure, homes, false), lessonWinter),
		happening("no-show-told", mission.Inquiry, lessonEventRef("no-show"), false)))
}

func failureFreeRecordUnclear() Example {
	return show("Six experiments, and nothing is recorded of how they turned out.", lessonTrials(6))
}

func failureFreeRecordHarmless() Example {
	return show("Two experiments, none of which failed.", lessonTrials(2, unfailed))
}

// failed is a mission with one failure, and what is said of it.
func failed(events ...mission.Event) mission.Spec {
	f := lessonDay(happening("cold-calls", mission.Failure, homes, false), lessonWinter)
	f.Name = "Cold calls"
	spec := lessonPlan(append([]mission.Event{f}, events...)...)
	spec.Parties = []accountability.Party{organisation("council", "Riverside Council", accountability.TierLocal)}
	return spec
}

var coldCalls = lessonEventRef("cold-calls")

func unlearnedFailureBad() Example {
	return show("A failure, and a statement that nothing was learnt from it.", failed(happening("no-lesson", mission.Lesson, coldCalls, true)))
}

func unlearnedFailureGood() Example {
	lesson := happening("call-first", mission.Lesson, coldCalls, false)
	lesson.With = []record.ID{"council"}
	return show("A lesson from the failure was told to a council.", failed(lesson))
}

func unlearnedFailureUnclear() Example {
	return show("A lesson from the failure, and nobody has recorded who received it.", failed(happening("call-first", mission.Lesson, coldCalls, false)))
}

func unlearnedFailureHarmless() Example {
	return show("Nothing has been learnt yet, and an inquiry is under way.", failed(happening("no-lesson", mission.Lesson, coldCalls, true),
		lessonDay(happening("inquiry", mission.Inquiry, coldCalls, false), lessonSpring)))
}

// unboundHarm is a failure that an inquiry looks into, so that nothing is said of its lessons.
func unboundHarm(events ...mission.Event) mission.Spec {
	return failed(append(events, lessonDay(happening("inquiry", mission.Inquiry, coldCalls, false), lessonSpring))...)
}

func unboundedHarmBad() Example {
	return show("A failure that harmed people beyond what was agreed as safe is presented as learning.",
		unboundHarm(happening("too-far", mission.OutsideLimits, coldCalls, false), happening("a-lesson", mission.LabelledLearning, coldCalls, false)))
}

func unboundedHarmGood() Example {
	return show("The same harm, and a statement that nobody presents it as learning.",
		unboundHarm(happening("too-far", mission.OutsideLimits, coldCalls, false), happening("no-lesson", mission.LabelledLearning, coldCalls, true)))
}

func unboundedHarmUnclear() Example {
	return show("A failure is presented as learning, and nobody has recorded whether it stayed within safe limits.",
		unboundHarm(happening("a-lesson", mission.LabelledLearning, coldCalls, false)))
}

func unboundedHarmHarmless() Example {
	return show("A failure presented as learning stayed within what was agreed as safe.",
		unboundHarm(happening("within", mission.OutsideLimits, coldCalls, true), happening("a-lesson", mission.LabelledLearning, coldCalls, false)))
}

// freed is a freedom that a ministry gives to a council, in the words of each.
func freed(since calendar.When, perceived, used record.Value[bool], events ...mission.Event) mission.Spec {
	gave := accountability.Freedom{Record: made("grant-says"), Name: "To spend without leave", Giver: "ministry", Holder: "council", Subject: homes, Granted: record.Known(true)}
	gave.Of, gave.Claimant, gave.From = "spending", "ministry", since
	felt := accountability.Freedom{Record: made("holder-says"), Name: "To spend without leave", Giver: "ministry", Holder: "council", Subject: homes, Perceived: perceived, Used: used}
	felt.Of, felt.Claimant, felt.From = "spending", "council", since
	spec := lessonPlan(events...)
	spec.Parties = []accountability.Party{organisation("ministry", "Ministry of Homes", accountability.TierCentral), organisation("council", "Riverside Council", accountability.TierLocal)}
	spec.Freedoms = []accountability.Freedom{gave, felt}
	return spec
}

var (
	spending = freedomRef("spending")
	unsaid   record.Value[bool]
)

func freedomUnusedBad() Example {
	return show("A ministry says that it granted a freedom ten months ago, and the council that is to have it does not perceive it.", freed(launched, record.Known(false), unsaid))
}

func freedomUnusedGood() Example {
	return show("The council perceives the freedom and uses it.", freed(launched, record.Known(true), record.Known(true)))
}

func freedomUnusedUnclear() Example {
	return show("The council perceives the freedom, and nobody has recorded whether it is used.", freed(launched, record.Known(true), unsaid))
}

func freedomUnusedHarmless() Example {
	no := happening("no-thanks", mission.Declined, spending, false)
	no.Because = "the council has no staff to spend it with"
	return show("The council does not use the freedom, and has declined it with a reason.", freed(launched, record.Known(true), record.Known(false), no))
}

var inUse = record.Known(true)

func processRetreatBad() Example {
	added := lessonDay(happening("sign-off", mission.ProcessAdded, spending, false), lessonWinter)
	added.Name = "Sign-off by the finance board"
	return show("A freedom was granted in September, and a sign-off was added in January.", freed(launched, inUse, inUse, added))
}

func processRetreatGood() Example {
	return show("A statement that nothing was added after the freedom was granted.", freed(launched, inUse, inUse, happening("nothing-added", mission.ProcessAdded, spending, true)))
}

func processRetreatUnclear() Example {
	return show("Nobody has recorded whether anything was added after the freedom was granted.", freed(launched, inUse, inUse))
}

func processRetreatHarmless() Example {
	return show("A sign-off was added since the law came to require it.", freed(launched, inUse, inUse, lessonDay(happening("sign-off", mission.ProcessAdded, spending, false), lessonWinter),
		happening("act", mission.LegalDuty, lessonEventRef("sign-off"), false)))
}

func noChallengeChannelBad() Example {
	return show("A concern raised in January, and a statement that it had no answer.", lessonPlan(lessonDay(happening("concern", mission.Challenge, homes, false), lessonWinter),
		happening("no-answer", mission.ChallengeAnswered, lessonEventRef("concern"), true)))
}

func noChallengeChannelGood() Example {
	return show("A concern raised in January was answered in April.", lessonPlan(lessonDay(happening("concern", mission.Challenge, homes, false), lessonWinter),
		lessonDay(happening("answer", mission.ChallengeAnswered, lessonEventRef("concern"), false), lessonSpring)))
}

func noChallengeChannelUnclear() Example {
	return show("There is a route to raise concerns, and nobody has recorded whether it was used.", lessonPlan(happening("route", mission.ChallengeRoute, homes, false)))
}

func noChallengeChannelHarmless() Example {
	return show("A concern raised last week has had no answer yet.", lessonPlan(lessonDay(happening("concern", mission.Challenge, homes, false), lessonLately),
		happening("no-answer", mission.ChallengeAnswered, lessonEventRef("concern"), true)))
}

// stiff is a plan that cannot bend, and what else is said of it.
func stiff(events ...mission.Event) mission.Spec {
	return lessonPlan(append(events, happening("no-unknowns", mission.UnknownsStated, homes, true), happening("no-signals", mission.ChangeSignals, homes, true),
		happening("no-change-of-plan", mission.PlanChanged, homes, true))...)
}

func unbendingPlanBad() Example {
	return show("Statements that a plan names no unknowns and no signals to stop, and has never changed.", stiff())
}

func unbendingPlanGood() Example {
	return show("The plan was changed in January.", stiff(lessonDay(happening("new-plan", mission.PlanChanged, homes, false), lessonWinter)))
}

func unbendingPlanUnclear() Example {
	return show("A statement that the plan names no unknowns, and nothing else.", lessonPlan(happening("no-unknowns", mission.UnknownsStated, homes, true)))
}

func unbendingPlanHarmless() Example {
	return show("The same plan, for a task that is known to work.", stiff(happening("known", mission.Proven, homes, false)))
}

// bold is a mission for which risks are asked for, and what came of it.
func bold(events ...mission.Event) mission.Spec {
	return lessonPlan(append(events, lessonDay(happening("be-brave", mission.RiskWelcomed, homes, false), launched))...)
}

func turnedDown(kind string) []mission.Event {
	return []mission.Event{lessonDay(happening("street-scheme", kind, homes, false), lessonWinter), lessonDay(happening("landlord-scheme", kind, homes, false), lessonSpring)}
}

func riskSayDoGapBad() Example {
	return show("Risks are asked for, and two proposals were turned down for theirs.", bold(turnedDown(mission.RiskRefused)...))
}

func riskSayDoGapGood() Example {
	return show("Risks are asked for, and a team that took one was backed.", bold(lessonDay(happening("backed", mission.RiskRewarded, homes, false), lessonSpring)))
}

func riskSayDoGapUnclear() Example {
	return show("Risks are asked for, and nothing is recorded of those who took one.", bold())
}

func riskSayDoGapHarmless() Example {
	return show("Two proposals were turned down because people would not have been safe.", bold(turnedDown(mission.SafetyRefused)...))
}

// seekers are a team that is to find out, with the share of its time that goes elsewhere.
func seekers(percent record.Quantity, events ...mission.Event) mission.Spec {
	spec := lessonPlan(events...)
	spec.Initiatives = []mission.Initiative{{Record: made("seekers"), Name: "Discovery of cold homes", Kind: mission.Discovery, Diverted: percent}}
	return spec
}

func discoveryCrowdedBad() Example {
	return show("A discovery team spends four fifths of its time on bids and contracts.", seekers(record.Number(80)))
}

func discoveryCrowdedGood() Example {
	return show("A discovery team spends a tenth of its time on bids.", seekers(record.Number(10)))
}

func discoveryCrowdedUnclear() Example {
	return show("Nobody has recorded how a discovery team spends its time.", seekers(record.Quantity{}))
}

func discoveryCrowdedHarmless() Example {
	spell := happening("bid-month", mission.Alternative, initiativeRef("seekers"), false)
	spell.Until = exactly(2026, time.July, 31)
	return show("The team writes the bid until the end of July, as was agreed.", seekers(record.Number(80), spell))
}
