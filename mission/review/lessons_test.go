package review_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

var (
	theFailure   = record.Ref{Kind: mission.KindEvent, ID: "f"}
	theTrial     = record.Ref{Kind: learning.KindExperiment, ID: "x"}
	theFreedom   = record.Ref{Kind: accountability.KindFreedom, ID: "w"}
	theChallenge = record.Ref{Kind: mission.KindEvent, ID: "c"}
)

func eventCalled(id record.ID, e mission.Event) mission.Event {
	e.ID = id
	return e
}

// tried puts a theory under a plan: the initiative i helps the mission m, one hypothesis says so, and some experiments test it.
func tried(spec mission.Spec, trials ...learning.Experiment) mission.Spec {
	spec.Initiatives = append(spec.Initiatives, mission.Initiative{Record: record.New("i"), Name: "Team", Missions: []record.ID{"m"}})
	spec.Contributions = []learning.Contribution{{Record: record.New("k"), Cause: theInit, Effect: theMission, Strength: record.Number(0.5)}}
	spec.Hypotheses = []learning.Hypothesis{{Record: record.New("h"), Contribution: "k", Claim: "It helps", Prior: record.Number(0.5), Declared: when("2025-01-06"), WouldChangeOurMind: "it does not"}}
	for n, x := range trials {
		if x.ID == "" {
			x.ID = record.ID(fmt.Sprintf("x%d", n))
		}
		x.Tests, x.Declared, x.Started = []record.ID{"h"}, when("2025-02-03"), when("2025-02-10")
		spec.Experiments = append(spec.Experiments, x)
	}
	return spec
}

func ended(how learning.Ending) learning.Experiment {
	return learning.Experiment{Ending: how, Concluded: when("2025-09-01"), Because: "it was"}
}

func spaces(spec mission.Spec, all ...accountability.LearningSpace) mission.Spec {
	for n, s := range all {
		s.ID = record.ID(fmt.Sprintf("space%d", n))
		spec.LearningSpaces = append(spec.LearningSpaces, s)
	}
	return spec
}

func TestNoLearningSpace(t *testing.T) {
	none := never(mission.LearningSpaceAgreed, theMission)
	space := accountability.LearningSpace{Subject: theMission, Sponsor: "minister", Protected: []string{"promotion"}}
	space.Until = when("2027-01-01")
	onTeam, unguarded, endless, ending := space, space, space, space
	onTeam.Subject, unguarded.Sponsor, endless.Until = theInit, "", calendar.When{}
	ending.Until = when("2026")
	closed := m("")
	closed.Stage = mission.StageClosed
	settled := tried(parts(m(""), none))
	settled.Hypotheses[0].SupportedAt = record.Number(0.4)
	assumed := tried(parts(m(""), none))
	assumed.Hypotheses, assumed.Contributions[0].Assumptions = nil, []string{"doors open"}
	table(t, "F62", theMission, []row{
		{name: "open hypothesis, no room", spec: tried(parts(m(""), none)), want: finding, says: `the hypothesis "It helps"`},
		{name: "stated unknowns, no room", spec: parts(m(""), none, event(mission.UnknownsStated, theMission, "")), want: finding, says: "written down"},
		{name: "assumption that nobody tests", spec: assumed, want: finding, says: "the assumptions of the contribution"},
		{name: "hypothesis settled", spec: settled, want: nothing},
		{name: "nothing uncertain recorded", spec: parts(m(""), none), want: cannot, says: "what is uncertain about it is not recorded"},
		{name: "nobody says whether there is room", spec: tried(parts(m(""))), want: cannot, says: "a learning space is not recorded"},
		{name: "room", spec: spaces(tried(parts(m(""), none)), space), want: nothing},
		{name: "room for a team", spec: spaces(tried(parts(m(""), none)), onTeam), want: nothing},
		{name: "room that nobody guards", spec: spaces(tried(parts(m(""))), unguarded), want: cannot, says: "the sponsor of its learning space"},
		{name: "room without an end", spec: spaces(tried(parts(m(""))), endless), want: cannot, says: "the end of its learning space"},
		{name: "room that may have ended", spec: spaces(tried(parts(m(""))), ending), want: cannot, says: "not known from the dates"},
		{name: "room said to be agreed", spec: tried(parts(m(""), event(mission.LearningSpaceAgreed, theInit, ""))), want: cannot, says: "what the learning space protects"},
		{name: "proven", spec: tried(parts(m(""), none, event(mission.Proven, theMission, ""))), want: nothing},
		{name: "closed", spec: tried(parts(closed, none)), want: nothing},
		{name: "hearsay", spec: tried(parts(m(""), graded(none, record.Hearsay))), want: finding, says: "It is said (hearsay"},
		{name: "hearsay left out", spec: tried(parts(m(""), graded(none, record.Hearsay))), view: mission.View{Without: []record.Grade{record.Hearsay}}, want: cannot, says: "left out by the view"},
	})
}

func TestFailureFreeRecord(t *testing.T) {
	unfailed := never(mission.Failure, theMission)
	events := func(n int, more ...any) mission.Spec {
		for range n {
			more = append(more, event(mission.Experiment, theMission, "2026-01-05"))
		}
		return parts(append(more, m(""))...)
	}
	six := func(how learning.Ending, decided learning.Choice) mission.Spec {
		spec := tried(parts(m("")), ended(learning.EndedByRule), ended(learning.EndedByRule), ended(learning.EndedByRule), ended(learning.EndedByRule), ended(learning.EndedByRule), ended(how))
		for n := range spec.Experiments {
			choice := learning.Persevere
			if n == 0 {
				choice = decided
			}
			spec.Decisions = append(spec.Decisions, learning.Decision{Record: record.New(record.ID(fmt.Sprintf("q%d", n))), About: "h", Experiment: spec.Experiments[n].ID, Choice: choice})
		}
		return spec
	}
	undecided := six(learning.EndedByRule, learning.Scale)
	undecided.Decisions = undecided.Decisions[1:]
	table(t, "F63", theMission, []row{
		{name: "six and none failed", spec: events(6, unfailed), want: finding, says: "6 experiments"},
		{name: "five and none failed", spec: events(5, unfailed), want: nothing},
		{name: "six, nobody says", spec: events(6), want: cannot, says: "6 experiments turned out"},
		{name: "six and one failed", spec: events(6, unfailed, event(mission.Failure, theMission, "")), want: nothing},
		{name: "none recorded", spec: parts(m(""), unfailed), want: cannot, says: "what has been tried is not recorded"},
		{name: "none made", spec: parts(m(""), never(mission.Experiment, theMission)), want: nothing},
		{name: "all went on", spec: six(learning.EndedByRule, learning.Scale), want: finding, says: "all led to going on"},
		{name: "one given up", spec: six(learning.Abandoned, learning.Scale), want: nothing},
		{name: "one stopped by its stop rule", spec: six(learning.EndedByStopRule, learning.Scale), want: nothing},
		{name: "one led to another course", spec: six(learning.EndedByRule, learning.Pivot), want: nothing},
		{name: "one undecided", spec: undecided, want: cannot},
	})
}

func TestUnlearnedFailure(t *testing.T) {
	failure := eventCalled("f", event(mission.Failure, theMission, "2026-01-05"))
	unlearnt := never(mission.Lesson, theFailure)
	lesson := eventCalled("l", event(mission.Lesson, theFailure, ""))
	theLesson := record.Ref{Kind: mission.KindEvent, ID: "l"}
	told := lesson
	told.With = []record.ID{"town"}
	led := failure
	led.LedTo = []record.Ref{{Kind: learning.KindLesson, ID: "z"}}
	written := func(by ...record.ID) mission.Spec {
		spec := parts(m(""), led)
		spec.Lessons = []learning.Lesson{{Record: record.New("z"), Learned: "knock first", ReceivedBy: by}}
		return spec
	}
	ending := event(mission.Inquiry, theMission, "2026-02-02")
	ending.Until = when("2026-06-30")
	going := ending
	going.Until = when("2026-07-01")
	table(t, "F64", theFailure, []row{
		{name: "nothing learnt", spec: parts(m(""), failure, unlearnt), want: finding, says: "Nothing was learnt"},
		{name: "nobody says", spec: parts(m(""), failure), want: cannot, says: "a lesson from it is not recorded"},
		{name: "lesson told", spec: parts(m(""), failure, told), want: nothing},
		{name: "lesson shared", spec: parts(m(""), failure, lesson, event(mission.LessonShared, theLesson, "")), want: nothing},
		{name: "lesson kept", spec: parts(m(""), failure, lesson, never(mission.LessonShared, theLesson)), want: finding, says: "Nobody was told what was learnt"},
		{name: "lesson, nobody says who heard", spec: parts(m(""), failure, lesson), want: cannot, says: "who received the lesson"},
		{name: "a lesson that somebody received", spec: written("town"), want: nothing},
		{name: "a lesson that nobody is said to have received", spec: written(), want: cannot},
		{name: "inquiry", spec: parts(m(""), failure, unlearnt, event(mission.Inquiry, theFailure, "")), want: nothing},
		{name: "inquiry that goes on", spec: parts(m(""), failure, unlearnt, going), want: nothing},
		{name: "inquiry that has ended", spec: parts(m(""), failure, unlearnt, ending), want: finding},
		{name: "hearsay", spec: parts(m(""), failure, graded(unlearnt, record.Opinion)), want: finding, says: "It is said (opinion"},
		{name: "said not to have failed", spec: parts(m(""), eventCalled("f", never(mission.Failure, theMission))), want: ""},
	})
	given := ended(learning.Abandoned)
	given.ID = "x"
	lessons := tried(parts(m("")), given)
	lessons.Lessons = []learning.Lesson{{Record: record.New("z"), Experiment: "x", Learned: "knock first", ReusedIn: []record.Ref{theInit}}}
	table(t, "F64", theTrial, []row{
		{name: "given up", spec: tried(parts(m("")), given), want: cannot, says: "which was given up"},
		{name: "given up, nothing learnt", spec: tried(parts(m(""), never(mission.Lesson, theTrial)), given), want: finding},
		{name: "given up, lesson reused", spec: lessons, want: nothing},
		{name: "an event speaks of its failure", spec: tried(parts(m(""), event(mission.Failure, theTrial, "")), given), want: ""},
	})
}

func freedoms(spec mission.Spec, all ...accountability.Freedom) mission.Spec {
	for n, f := range all {
		f.ID, f.Of, f.Name, f.Holder = record.ID(fmt.Sprintf("w%d", n)), "w", "To act", "town"
		spec.Freedoms = append(spec.Freedoms, f)
	}
	return spec
}

func TestFreedomUnused(t *testing.T) {
	says := func(by, since string, f accountability.Freedom) accountability.Freedom {
		f.Claimant, f.Subject = by, theMission
		if since != "" {
			f.From = when(since)
		}
		return f
	}
	granted := func(since string) accountability.Freedom {
		return says("org", since, accountability.Freedom{Granted: record.Known(true)})
	}
	unseen := says("town", "", accountability.Freedom{Perceived: record.Known(false)})
	unused := says("town", "", accountability.Freedom{Perceived: record.Known(true), Used: record.Known(false)})
	used := says("town", "", accountability.Freedom{Used: record.Known(true)})
	never := says("town", "", accountability.Freedom{Granted: record.Known(false)})
	sure := says("org", "", accountability.Freedom{Granted: record.Known(true), Perceived: record.Known(true), Used: record.Known(true)})
	kept := says("town", "", accountability.Freedom{Perceived: record.Withheld[bool]("in talks"), Used: record.Unknown[bool]("")})
	no := event(mission.Declined, theFreedom, "2026-01-05")
	reasoned := no
	reasoned.Because = "no staff"
	table(t, "F65", theFreedom, []row{
		{name: "not perceived", spec: freedoms(parts(m("")), granted("2025-09-01"), unseen), want: finding, says: "(says The Ministry), and is not perceived by its holder (says The Town)"},
		{name: "not used", spec: freedoms(parts(m("")), granted("2025-09-01"), unused), want: finding, says: "is not used"},
		{name: "holder says it was never granted", spec: freedoms(parts(m("")), granted("2025-09-01"), never), want: finding},
		{name: "the giver is sure that it is felt and used", spec: freedoms(parts(m("")), sure, unseen), want: finding, says: "is not perceived"},
		{name: "used", spec: freedoms(parts(m("")), granted("2025-09-01"), used), want: nothing},
		{name: "used by one account and not by another", spec: freedoms(parts(m("")), sure, unused), want: cannot, says: "contested"},
		{name: "granted 101 days ago", spec: freedoms(parts(m("")), granted("2026-03-21"), unseen), want: finding},
		{name: "granted 100 days ago", spec: freedoms(parts(m("")), granted("2026-03-22"), unseen), want: nothing},
		{name: "granted in a quarter that is no longer ago", spec: freedoms(parts(m("")), granted("2026-Q2"), unseen), want: nothing},
		{name: "granted at some time in the year", spec: freedoms(parts(m("")), granted("FY2025-26"), unseen), want: cannot, says: "known only as"},
		{name: "day not recorded", spec: freedoms(parts(m("")), granted(""), unseen), want: finding, says: "How long ago it was granted is not recorded"},
		{name: "declined with a reason", spec: freedoms(parts(m(""), reasoned), granted("2025-09-01"), unseen), want: nothing},
		{name: "declined without one", spec: freedoms(parts(m(""), no), granted("2025-09-01"), unseen), want: finding},
		{name: "never granted", spec: freedoms(parts(m("")), never), want: nothing},
		{name: "withheld and unknown", spec: freedoms(parts(m("")), granted("2025-09-01"), kept), want: cannot, says: "is withheld (in talks)", also: "is stated to be unknown"},
		{name: "nobody says that it was granted", spec: freedoms(parts(m("")), unseen), want: cannot, says: "whether it was granted is not recorded"},
	})
	assert.NotContains(t, example(t, review.Example{Spec: freedoms(parts(m("")), granted("2025-09-01"), unseen), On: on}).String(), "Ann Example")
}

func TestProcessRetreat(t *testing.T) {
	granted := func(since string) accountability.Freedom {
		f := accountability.Freedom{Subject: theMission, Granted: record.Known(true)}
		if since != "" {
			f.From = when(since)
		}
		return f
	}
	step := func(on record.Ref, day string) mission.Event {
		return eventCalled("p", event(mission.ProcessAdded, on, day))
	}
	theStep := record.Ref{Kind: mission.KindEvent, ID: "p"}
	table(t, "F66", theFreedom, []row{
		{name: "added the day after", spec: freedoms(parts(m(""), step(theFreedom, "2025-09-02")), granted("2025-09-01")), want: finding},
		{name: "added on the day", spec: freedoms(parts(m(""), step(theFreedom, "2025-09-01")), granted("2025-09-01")), want: nothing},
		{name: "added to what it is about", spec: freedoms(parts(m(""), step(theMission, "2026-01-05")), granted("2025-09-01")), want: finding},
		{name: "added to its holder", spec: freedoms(parts(m(""), step(record.Ref{Kind: accountability.KindParty, ID: "town"}, "2026-01-05")), granted("2025-09-01")), want: finding},
		{name: "added in the same year", spec: freedoms(parts(m(""), step(theFreedom, "2025")), granted("2025-09-01")), want: cannot, says: "what came first"},
		{name: "day of the freedom not recorded", spec: freedoms(parts(m(""), step(theFreedom, "2026-01-05")), granted("")), want: cannot, says: "the day from which it was granted is not recorded"},
		{name: "day of the step not recorded", spec: freedoms(parts(m(""), step(theFreedom, "")), granted("2025-09-01")), want: cannot, says: "the day on which a step was added is not recorded"},
		{name: "by law", spec: freedoms(parts(m(""), step(theFreedom, "2026-01-05"), event(mission.LegalDuty, theStep, "")), granted("2025-09-01")), want: nothing},
		{name: "nothing added", spec: freedoms(parts(m(""), never(mission.ProcessAdded, theFreedom)), granted("2025-09-01")), want: nothing},
		{name: "nobody says", spec: freedoms(parts(m("")), granted("2025-09-01")), want: cannot},
		{name: "hearsay", spec: freedoms(parts(m(""), graded(event(mission.ProcessAdded, theFreedom, "2026-01-05"), record.Hearsay)), granted("2025-09-01")), want: finding, says: "It is said (hearsay"},
	})
}

func TestNoChallengeChannel(t *testing.T) {
	raised := func(day string) mission.Event {
		return eventCalled("c", event(mission.Challenge, theMission, day))
	}
	silence := never(mission.ChallengeAnswered, theChallenge)
	answer := event(mission.ChallengeAnswered, theChallenge, "2026-06-01")
	noRoute, route := never(mission.ChallengeRoute, theMission), event(mission.ChallengeRoute, theMission, "2026-06-01")
	led := raised("2026-01-05")
	led.LedTo = []record.Ref{theMission}
	table(t, "F67", theMission, []row{
		{name: "no route", spec: parts(m(""), noRoute), want: finding, says: "has no route to raise a concern"},
		{name: "no route, and a new one on paper", spec: parts(m(""), noRoute, route), want: finding, says: "no challenge that had an answer"},
		{name: "no route, and a challenge that was answered", spec: parts(m(""), noRoute, raised("2026-01-05"), answer), want: nothing},
		{name: "no answer, and a new route", spec: parts(m(""), raised("2026-01-05"), silence, route), want: finding, says: "is no answer"},
		{name: "no answer for 31 days", spec: parts(m(""), raised("2026-05-30"), silence), want: finding},
		{name: "no answer for 30 days", spec: parts(m(""), raised("2026-05-31"), silence), want: nothing},
		{name: "raised at some time", spec: parts(m(""), raised("2026-Q2"), silence), want: cannot, says: "known only as"},
		{name: "nobody says whether it was answered", spec: parts(m(""), raised("2026-01-05")), want: cannot, says: "was answered is not recorded"},
		{name: "answered", spec: parts(m(""), raised("2026-01-05"), answer), want: nothing},
		{name: "led to something", spec: parts(m(""), led), want: nothing},
		{name: "a route, and nobody says whether it was used", spec: parts(m(""), route), want: cannot},
		{name: "a route that nobody needed yet", spec: parts(m(""), route, never(mission.Challenge, theMission)), want: nothing},
		{name: "nobody needed one", spec: parts(m(""), never(mission.Challenge, theMission)), want: cannot, says: "a route to raise concerns is not recorded"},
		{name: "hearsay", spec: parts(m(""), graded(noRoute, record.Hearsay)), want: finding, says: "It is said (hearsay"},
	})
}

func TestUnbendingPlan(t *testing.T) {
	stiff := []any{never(mission.UnknownsStated, theMission), never(mission.ChangeSignals, theMission), never(mission.PlanChanged, theMission)}
	plan := func(more ...any) mission.Spec { return parts(append(append([]any{}, stiff...), more...)...) }
	finding1 := m("")
	finding1.Stage = mission.StageDiscovery
	table(t, "F68", theMission, []row{
		{name: "all three", spec: plan(m("")), want: finding},
		{name: "two", spec: parts(m(""), stiff[0], stiff[1]), want: cannot, says: "has changed since the start is not recorded"},
		{name: "changed", spec: plan(m(""), event(mission.PlanChanged, theMission, "2026-01-05")), want: nothing},
		{name: "a change to come", spec: plan(m(""), event(mission.PlanChanged, theMission, "2026-07-05")), want: finding},
		{name: "a hypothesis", spec: tried(plan(m(""))), want: nothing},
		{name: "discovery", spec: plan(finding1), want: nothing},
		{name: "proven", spec: plan(m(""), event(mission.Proven, theMission, "")), want: nothing},
		{name: "nobody says", spec: parts(m("")), want: cannot},
	})
}

func TestRiskSayDoGap(t *testing.T) {
	bold := event(mission.RiskWelcomed, theMission, "2025-09-01")
	refused := func(day string) mission.Event { return event(mission.RiskRefused, theMission, day) }
	table(t, "F69", theMission, []row{
		{name: "two refused", spec: parts(m(""), bold, refused("2026-01-05"), refused("2025-09-01")), want: finding, says: "2 proposals"},
		{name: "one refused", spec: parts(m(""), bold, refused("2026-01-05")), want: cannot},
		{name: "one of two refused before", spec: parts(m(""), bold, refused("2026-01-05"), refused("2025-08-31"), event(mission.RiskRewarded, theMission, "")), want: nothing},
		{name: "one of two perhaps before", spec: parts(m(""), bold, refused("2026-01-05"), refused("2025")), want: cannot, says: "not known from the dates"},
		{name: "nobody rewarded", spec: parts(m(""), bold, never(mission.RiskRewarded, theMission)), want: finding, says: "nobody was backed"},
		{name: "somebody rewarded", spec: parts(m(""), bold, event(mission.RiskRewarded, theInit, ""), mission.Initiative{Record: record.New("i"), Missions: []record.ID{"m"}}), want: nothing},
		{name: "refused for safety", spec: parts(m(""), bold, event(mission.SafetyRefused, theMission, ""), event(mission.SafetyRefused, theMission, "")), want: nothing},
		{name: "no risk asked for", spec: parts(m(""), never(mission.RiskWelcomed, theMission), refused("2026-01-05"), refused("2026-01-05")), want: nothing},
		{name: "nobody says whether it is asked for", spec: parts(m(""), refused("2026-01-05"), refused("2026-01-05")), want: cannot, says: "whether risks are asked for"},
	})
}

func TestUnboundedHarm(t *testing.T) {
	failure := eventCalled("f", event(mission.Failure, theMission, "2026-01-05"))
	label, harm := event(mission.LabelledLearning, theFailure, ""), event(mission.OutsideLimits, theFailure, "")
	table(t, "F70", theFailure, []row{
		{name: "labelled and beyond", spec: parts(m(""), failure, label, harm), want: finding},
		{name: "a new process does not clear it", spec: parts(m(""), failure, label, harm, event(mission.ProcessAdded, theMission, ""), event(mission.Lesson, theFailure, "")), want: finding},
		{name: "labelled and within", spec: parts(m(""), failure, label, never(mission.OutsideLimits, theFailure)), want: nothing},
		{name: "beyond and not labelled", spec: parts(m(""), failure, harm, never(mission.LabelledLearning, theFailure)), want: nothing},
		{name: "beyond, nobody says what it is called", spec: parts(m(""), failure, harm), want: cannot, says: "whether it is presented as learning"},
		{name: "labelled, nobody says how far", spec: parts(m(""), failure, label), want: cannot, says: "agreed as safe is not recorded"},
		{name: "nobody says either", spec: parts(m(""), failure), want: cannot},
		{name: "hearsay", spec: parts(m(""), failure, label, graded(harm, record.Hearsay)), want: finding, says: "It is said (hearsay"},
	})
	costing := func(pence int64, currency record.Currency) mission.Spec {
		x := ended(learning.Abandoned)
		x.ID, x.Exposure.Cost, x.Spent = "x", record.Money{Minor: 100_00, Currency: "GBP"}, record.Money{Minor: pence, Currency: currency}
		return tried(parts(m("")), x)
	}
	table(t, "F70", theTrial, []row{
		{name: "cost more than the most", spec: costing(100_01, "GBP"), want: finding, says: "was the most"},
		{name: "cost the most", spec: costing(100_00, "GBP"), want: cannot},
		{name: "cost in another currency", spec: costing(200_00, "EUR"), want: cannot},
	})
}

func TestDiscoveryCrowded(t *testing.T) {
	team := func(percent float64) mission.Initiative {
		n := mission.Initiative{Record: record.New("i"), Kind: mission.Discovery}
		if percent > 0 {
			n.Diverted = record.Number(percent)
		}
		return n
	}
	service := mission.Initiative{Record: record.New("i"), Kind: mission.Service}
	rival := team(80)
	rival.ID, rival.Of, rival.Claimant = "i2", "i", "the team"
	spell := func(until string) mission.Event {
		e := event(mission.Alternative, theInit, "2026-05-04")
		if until != "" {
			e.Until = when(until)
		}
		return e
	}
	table(t, "F71", theInit, []row{
		{name: "more than half", spec: parts(team(50.5)), want: finding, says: "50.5 percent"},
		{name: "half", spec: parts(team(50)), want: nothing},
		{name: "not recorded", spec: parts(team(0)), want: cannot},
		{name: "no discovery team", spec: parts(service), want: ""},
		{name: "two claimants", spec: parts(team(20), rival), want: finding, says: "says the team", also: "Another claim has it at 20 percent"},
		{name: "a short spell", spec: parts(team(80), spell("2026-07-01")), want: nothing},
		{name: "a spell that is over", spec: parts(team(80), spell("2026-06-30")), want: finding},
		{name: "a spell without an end", spec: parts(team(80), spell("")), want: finding},
		{name: "a spell that may be over", spec: parts(team(80), spell("2026")), want: cannot, says: "known only as 2026"},
	})
}

// Laws of reviews of random plans full of trying, failing and freedom.
func FuzzLessons(f *testing.F) {
	for seed := range seeds(120) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := newDice(seed)
		spec := d.spec()
		subjects := []record.Ref{theFailure}
		for n := range 3 {
			subjects = append(subjects, record.Ref{Kind: mission.KindEvent, ID: record.ID(fmt.Sprintf("lesson-event%d", n))},
				record.Ref{Kind: accountability.KindFreedom, ID: record.ID(fmt.Sprintf("freedom%d", n))}, record.Ref{Kind: learning.KindExperiment, ID: record.ID(fmt.Sprintf("trial%d", n))})
		}
		spec.Events = append(spec.Events, mission.Event{Record: record.New("f"), Kind: mission.Failure, Subject: d.subject(), OnDay: d.when()})
		for n := range 3 + d.IntN(25) {
			e := mission.Event{Record: d.base("lesson-event", n, true), Subject: d.subject(), Absent: n > 2 && d.IntN(3) == 0, OnDay: d.when(), With: d.ids("party", randomParties)}
			if d.IntN(2) == 0 {
				e.Subject = pick(d, subjects...)
			}
			e.Kind = pick(d, mission.Failure, mission.Lesson, mission.LessonShared, mission.LabelledLearning, mission.OutsideLimits, mission.LearningSpaceAgreed, mission.Proven,
				mission.UnknownsStated, mission.ChangeSignals, mission.PlanChanged, mission.Declined, mission.ProcessAdded, mission.LegalDuty, mission.ChallengeRoute,
				mission.Challenge, mission.ChallengeAnswered, mission.RiskWelcomed, mission.RiskRewarded, mission.RiskRefused, mission.SafetyRefused, mission.Experiment, mission.Inquiry)
			spec.Events = append(spec.Events, e)
		}
		for n := range 3 {
			spec.Freedoms = append(spec.Freedoms, accountability.Freedom{Record: d.base("freedom", n, true), Name: "To act", Subject: d.subject(), Holder: d.id("party", randomParties),
				Granted: value(d, d.IntN(4) > 0), Perceived: value(d, d.IntN(2) == 0), Used: value(d, d.IntN(2) == 0)})
		}
		spec = theory(d, spec)
		view := mission.View{On: on.Add(calendar.Days(d.IntN(400) - 200))}
		if d.IntN(8) == 0 {
			view.On = calendar.Date{}
		}
		whole := run(t, spec, view, review.Options{})
		lawful(t, whole)
		shuffled := d.shuffled(spec)
		shuffled.Freedoms, shuffled.Contributions = clone(spec.Freedoms), clone(spec.Contributions)
		shuffled.Hypotheses, shuffled.Experiments = clone(spec.Hypotheses), clone(spec.Experiments)
		d.Shuffle(swaps(shuffled.Freedoms))
		d.Shuffle(swaps(shuffled.Contributions))
		d.Shuffle(swaps(shuffled.Hypotheses))
		d.Shuffle(swaps(shuffled.Experiments))
		assert.Equal(t, encoded(t, whole), encoded(t, run(t, shuffled, view, review.Options{})), "the order of the records does not show")
		view.Without = []record.Grade{record.Hearsay, record.Opinion}
		lawful(t, run(t, spec, view, review.Options{}))
		view.Without, view.Audience = nil, record.Public
		lawful(t, run(t, spec, view, review.Options{}))
	})
}

// theory puts a random theory with experiments under a plan.
func theory(d *dice, spec mission.Spec) mission.Spec {
	for n := range 3 {
		id := func(prefix string) record.Record { return record.New(record.ID(fmt.Sprintf("%s%d", prefix, n))) }
		spec.Contributions = append(spec.Contributions, learning.Contribution{Record: id("link"), Cause: record.Ref{Kind: mission.KindInitiative, ID: record.ID(fmt.Sprintf("initiative%d", n))},
			Effect: record.Ref{Kind: mission.KindMission, ID: d.id("mission", randomMissions)}, Strength: record.Number(0.5), Assumptions: pick(d, nil, []string{"so"})})
		spec.Hypotheses = append(spec.Hypotheses, learning.Hypothesis{Record: id("claim"), Contribution: d.id("link", n+1), Claim: "It helps", Prior: record.Number(0.5),
			Declared: when("2024-01-01"), WouldChangeOurMind: "it does not", SupportedAt: pick(d, record.Quantity{}, record.Number(0.4))})
		spec.Experiments = append(spec.Experiments, learning.Experiment{Record: id("trial"), Tests: []record.ID{id("claim").ID}, Declared: when("2024-02-01"), Started: when("2024-03-01"),
			Concluded: when("2025-03-03"), Ending: pick(d, learning.EndedByRule, learning.Abandoned, learning.EndedByStopRule), Because: "it was",
			Exposure: learning.Exposure{Cost: record.Money{Minor: 5, Currency: "GBP"}}, Spent: record.Money{Minor: int64(d.IntN(9)), Currency: "GBP"}})
	}
	return spec
}
