package review_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

var measureStep = milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}}

// measureMany are n events on a subject, each on the same day.
func measureMany(n int, kind string, subject record.Ref, day string) []any {
	list := make([]any, n)
	for i := range list {
		list[i] = eventCalled(record.ID(fmt.Sprintf("%s-%s-%s%d", kind, subject.ID, measureDash(day), i)), event(kind, subject, day))
	}
	return list
}

// measurePlan is the mission with its milestone, and lists of records.
func measurePlan(lists ...[]any) mission.Spec {
	all := []any{m(""), measureStep}
	for _, l := range lists {
		all = append(all, l...)
	}
	return parts(all...)
}

func measureDash(day string) string {
	if day == "" {
		return ""
	}
	return strings.ToLower(day) + "-"
}

func measureList(records ...any) []any { return records }

// Part IX, check 4: twelve monitoring requests and one experiment fire; four monitoring requests beside five experiments do not;
// and the milestone is clean as launched.
func TestMilestonesSuffocateAsRequestsAddUp(t *testing.T) {
	request, trial := mission.MonitoringRequest, mission.Experiment
	table(t, "F15", theMilestone, []row{
		{name: "twelve and one", spec: measurePlan(measureMany(12, request, theMilestone, "2026-03-01"), measureMany(1, trial, theMilestone, "2026-02-01")), want: finding, says: "asked about 12 times within 365 days, and 1 experiment"},
		{name: "four and five", spec: measurePlan(measureMany(4, request, theMilestone, "2026-03-01"), measureMany(5, trial, theMilestone, "2026-02-01")), want: nothing},
	})
	got, _ := verdict(run(t, measurePlan(), mission.View{On: on}, review.Options{}), "F15", theMission)
	assert.Equal(t, cannot, got, "as launched there is nothing to find")
}

func TestMilestoneSuffocated(t *testing.T) {
	request, trial, lesson := mission.MonitoringRequest, mission.Experiment, mission.Lesson
	r := func(n int) []any { return measureMany(n, request, theMilestone, "2026-03-01") }
	tried := func(n int) []any { return measureMany(n, trial, theMilestone, "2026-03-01") }
	none := measureList(never(trial, theMilestone))
	safe := eventCalled("safe", event(mission.StatutorySafety, record.Ref{Kind: mission.KindEvent, ID: "monitoring-request-s-2026-03-01-0"}, ""))
	limited := measureStep
	limited.Checks = record.Number(2)
	other := limited
	other.ID, other.Of, other.Claimant, other.Checks = "s2", "s", "another", record.Number(6)
	over := m("")
	over.Stage = mission.StageClosed
	heavy := measurePlan(r(5), none)
	for i := range heavy.Events {
		heavy.Events[i].Size, heavy.Events[i].Unit = record.Number(2.5), "hours"
	}
	weakly := measurePlan(r(5), tried(1))
	for i := range weakly.Events {
		weakly.Events[i].Grade, weakly.Events[i].Claimant = record.Hearsay, "an insider"
	}
	onTarget := measurePlan(measureMany(5, request, record.Ref{Kind: milestone.KindTarget, ID: "t"}, "2026-03-01"), none)
	onTarget.Targets = []milestone.Target{{Record: record.New("t"), Milestone: "s", Achieve: "it is done"}}
	denied := measurePlan(r(4), tried(1))
	denied.Events = append(denied.Events, mission.Event{Record: record.Record{ID: "no", Of: denied.Events[0].ID, Claimant: "another"}, Kind: request, Subject: theMilestone, Absent: true})
	ledger := func(n int) mission.Spec {
		spec := measurePlan(r(4))
		spec.Contributions = []learning.Contribution{{Record: record.New("k"), Cause: theMilestone, Effect: theMission, Strength: record.Number(0.5)}}
		spec.Hypotheses = []learning.Hypothesis{{Record: record.New("h"), Contribution: "k", Claim: "It helps", Prior: record.Number(0.5), Declared: when("2025-01-06"), WouldChangeOurMind: "it does not"}}
		for i := range n {
			spec.Experiments = append(spec.Experiments, learning.Experiment{Record: record.New(record.ID(fmt.Sprintf("x%d", i))), Tests: []record.ID{"h"}, Declared: when("2025-02-03"), Started: when("2025-02-10")})
		}
		return spec
	}
	table(t, "F15", theMilestone, []row{
		{name: "three requests are too few", spec: measurePlan(r(3), none), want: nothing},
		{name: "four and none", spec: measurePlan(r(4), none), want: finding, says: "no experiment or lesson on it is recorded"},
		{name: "four and three", spec: measurePlan(r(4), tried(3)), want: finding, says: "3 experiments or lessons on it are recorded", also: "asked about 4 times"},
		{name: "four and four", spec: measurePlan(r(4), tried(4)), want: nothing},
		{name: "lessons count", spec: measurePlan(r(4), tried(2), measureMany(2, lesson, theMilestone, "2026-03-02")), want: nothing},
		{name: "nobody says what was tried", spec: measurePlan(r(4)), want: cannot, says: "what has been tried and learnt under it is not recorded"},
		{name: "nothing tried on the mission", spec: measurePlan(r(4), measureList(never(trial, theMission))), want: finding},
		{name: "nobody asked", spec: measurePlan(measureList(never(request, theMilestone))), want: nothing},
		{name: "what others asked counts", spec: measurePlan(measureList(never(request, theMilestone)), r(4), none), want: finding},
		{name: "the first day of the window", spec: measurePlan(measureMany(4, request, theMilestone, "2025-07-01"), none), want: finding},
		{name: "the day before it", spec: measurePlan(measureMany(4, request, theMilestone, "2025-06-30"), none), want: nothing},
		{name: "the month before it", spec: measurePlan(measureMany(4, request, theMilestone, "2025-06"), none), want: nothing},
		{name: "a year across its start", spec: measurePlan(measureMany(4, request, theMilestone, "2025"), none), want: cannot, says: "not known well enough"},
		{name: "a year with the day of the review in it", spec: measurePlan(measureMany(4, request, theMilestone, "2026"), none), want: cannot},
		{name: "no days", spec: measurePlan(measureMany(4, request, theMilestone, ""), none), want: cannot},
		{name: "unknown days", spec: measurePlan(measureMany(4, request, theMilestone, "unknown"), none), want: cannot},
		{name: "rough trials that cannot matter", spec: measurePlan(r(6), measureMany(5, trial, theMilestone, "2025")), want: finding},
		{name: "rough trials that may", spec: measurePlan(r(5), measureMany(5, trial, theMilestone, "2025")), want: cannot},
		{name: "trials of long ago", spec: measurePlan(r(4), measureMany(5, trial, theMilestone, "2024-03-01")), want: finding},
		{name: "no day of review", spec: measurePlan(r(4), none), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about"},
		{name: "trials on the mission that may be its own", spec: measurePlan(r(4), measureMany(4, trial, theMission, "2026-03-01")), want: cannot, says: "for which milestone"},
		{name: "trials on the mission, too few", spec: measurePlan(r(4), measureMany(3, trial, theMission, "2026-03-01")), want: finding},
		{name: "in the ledger, still going on", spec: ledger(4), want: nothing},
		{name: "in the ledger, too few", spec: ledger(3), want: finding, says: "3 experiments or lessons"},
		{name: "safety", spec: measurePlan(r(4), none, measureList(event(mission.StatutorySafety, theMilestone, ""))), want: nothing},
		{name: "one request for safety", spec: measurePlan(r(4), none, measureList(safe)), want: nothing},
		{name: "requests on a target", spec: onTarget, want: finding, says: "5 times"},
		{name: "one request contested", spec: denied, want: cannot},
		{name: "with their hours", spec: heavy, want: finding, says: "The requests took 12.5 hours."},
		{name: "hearsay", spec: weakly, want: finding, says: "It is said (hearsay, an insider) that the milestone"},
		{name: "hearsay left out", spec: weakly, view: mission.View{Without: []record.Grade{record.Hearsay}}, want: ""},
		{name: "more than agreed", spec: parts(append(measureList(m(""), limited), measureMany(3, request, theMilestone, "2026-03-01")...)...), want: finding, says: "asked about 3 times within a year, and at most 2 times was agreed"},
		{name: "as agreed", spec: parts(append(measureList(m(""), limited), measureMany(2, request, theMilestone, "2026-03-01")...)...), want: nothing},
		{name: "perhaps more than agreed", spec: parts(append(measureList(m(""), limited), measureMany(3, request, theMilestone, "2025")...)...), want: cannot, says: "when it was asked about"},
		{name: "claimants differ on what was agreed", spec: parts(append(measureList(m(""), limited, other), measureMany(3, request, theMilestone, "2026-03-01")...)...), want: cannot, says: "contested"},
		{name: "agreed, and nobody counts", spec: parts(m(""), limited), want: cannot, says: "how often figures or reports on it are asked for"},
		{name: "the mission is closed", spec: parts(append(measureList(over, measureStep, never(trial, theMilestone)), r(4)...)...), want: ""},
	})
	table(t, "F15", theMission, []row{
		{name: "nothing recorded", spec: measurePlan(), want: cannot, says: "how often figures or reports on them are asked for is not recorded"},
		{name: "no milestones", spec: parts(m("")), want: ""},
		{name: "its milestones speak for it", spec: measurePlan(r(4), none), want: ""},
		{name: "asked of the mission", spec: measurePlan(measureMany(4, request, theMission, "2026-03-01"), measureMany(3, trial, theMilestone, "2026-03-01")), want: finding, says: `The mission "Homes" was asked about 4 times`},
		{name: "asked of the mission, and tried anywhere in it", spec: measurePlan(measureMany(4, request, theMission, "2026-03-01"), measureMany(4, trial, theMilestone, "2026-03-01")), want: nothing},
		{name: "closed", spec: parts(over, measureStep), want: nothing},
		{name: "all left out", spec: weakly, view: mission.View{Without: []record.Grade{record.Hearsay}}, want: cannot},
	})
	spec := measurePlan(r(3), none)
	got := run(t, spec, mission.View{On: on}, review.Options{Thresholds: map[string]float64{"F15.requests": 3}})
	what, _ := verdict(got, "F15", theMilestone)
	assert.Equal(t, finding, what, "the number is the caller's")
}

// A slow count, day by day, of random requests and trials on exact days comes to the same verdict.
func TestBreathingAgainstASlowCount(t *testing.T) {
	dice := rand.New(rand.NewPCG(15, 34))
	verdicts := map[string]int{}
	for range 300 {
		var events []any
		inYear := func(n int, kind string) (counted int) {
			for i := range n {
				back := dice.IntN(730)
				for d := range 365 {
					if d == back {
						counted++
					}
				}
				day := on.Add(-calendar.Days(back))
				e := event(kind, theMilestone, day.String())
				events = append(events, eventCalled(record.ID(fmt.Sprintf("%s-%d", kind, i)), e))
			}
			return counted
		}
		requests, trials := inYear(1+dice.IntN(12), mission.MonitoringRequest), inYear(1+dice.IntN(10), mission.Experiment)
		want := nothing
		if requests >= 4 && requests > trials {
			want = finding
		}
		got, text := verdict(run(t, measurePlan(events), mission.View{On: on}, review.Options{Rules: []string{"F15"}}), "F15", theMilestone)
		require.Equal(t, want, got, "%d requests, %d trials: %s", requests, trials, text)
		verdicts[got]++
	}
	assert.Greater(t, verdicts[finding], 30)
	assert.Greater(t, verdicts[nothing], 30)
}

func TestTimidMilestone(t *testing.T) {
	would, not := event(mission.WouldHappenAnyway, theMilestone, ""), never(mission.WouldHappenAnyway, theMilestone)
	would.Because = "builders do as many."
	first := measureStep
	first.Kind = milestone.FirstStep
	alone := measureStep
	alone.Missions = nil
	table(t, "F17", theMilestone, []row{
		{name: "would be met", spec: measurePlan(measureList(would)), want: finding, says: `Business as usual would meet the milestone "Step" (builders do as many).`},
		{name: "would not", spec: measurePlan(measureList(not)), want: nothing},
		{name: "contested", spec: measurePlan(measureList(would, not)), want: cannot, says: "contested"},
		{name: "first step", spec: parts(m(""), first, would), want: nothing},
		{name: "an opinion", spec: measurePlan(measureList(graded(would, record.Opinion))), want: finding, says: "It is said (opinion, an insider"},
		{name: "an opinion left out", spec: measurePlan(measureList(graded(would, record.Opinion))), view: mission.View{Without: []record.Grade{record.Opinion}}, want: ""},
		{name: "without a mission, nobody says", spec: parts(m(""), alone), want: cannot},
		{name: "nobody says of any", spec: measurePlan(), want: ""},
		{name: "the other one was judged", spec: measurePlan(measureList(milestone.Milestone{Record: record.New("s2"), Missions: []record.ID{"m"}},
			never(mission.WouldHappenAnyway, record.Ref{Kind: milestone.KindMilestone, ID: "s2"}))), want: cannot},
	})
	table(t, "F17", theMission, []row{
		{name: "nobody says of any", spec: measurePlan(), want: cannot, says: "whether business as usual would meet them"},
		{name: "one was judged", spec: measurePlan(measureList(not)), want: ""},
	})
}

func TestVagueByNeglect(t *testing.T) {
	set := func(day string) milestone.Milestone {
		s := measureStep
		s.Set = when(day)
		return s
	}
	unmeant, untried := never(mission.LeftVague, theMilestone), never(mission.Experiment, theMilestone)
	vague := func(s milestone.Milestone, targets []milestone.Target, events ...any) mission.Spec {
		spec := parts(append([]any{m(""), s}, events...)...)
		spec.Targets = targets
		spec.Indicators = []milestone.Indicator{{Record: record.New("n"), Name: "Cold homes"}}
		return spec
	}
	words := []milestone.Target{{Record: record.New("t"), Milestone: "s", Achieve: "homes are warm"}}
	direction := []milestone.Target{{Record: record.New("t"), Milestone: "s", Indicator: "n", Direction: milestone.Up}}
	number := append([]milestone.Target{{Record: record.New("t2"), Milestone: "s", Indicator: "n", Increase: record.Number(5)}}, words...)
	purposeful := set("2025-01-06")
	purposeful.VagueBecause = "so that streets can say what warm means"
	old := set("2025-01-06")
	table(t, "F18", theMilestone, []row{
		{name: "words, not meant, nothing tried", spec: vague(old, words, unmeant, untried), want: finding, says: "more than 100 days ago", also: "6 January 2025"},
		{name: "a direction", spec: vague(old, direction, unmeant, untried), want: finding},
		{name: "a number among them", spec: vague(old, number, unmeant, untried), want: nothing},
		{name: "vague on purpose", spec: vague(purposeful, words, untried), want: nothing},
		{name: "vague on purpose, no targets", spec: vague(purposeful, nil), want: nothing},
		{name: "an event says that it was meant", spec: vague(old, words, event(mission.LeftVague, theMilestone, ""), untried), want: nothing},
		{name: "something is tried", spec: vague(old, words, unmeant, event(mission.Experiment, theMilestone, "")), want: nothing},
		{name: "something is tried for the mission", spec: vague(old, words, unmeant, event(mission.Experiment, theMission, "")), want: nothing},
		{name: "nothing is tried for the mission", spec: vague(old, words, unmeant, never(mission.Experiment, theMission)), want: finding},
		{name: "nobody says whether it was meant", spec: vague(old, words, untried), want: cannot, says: "whether it is vague on purpose is not recorded"},
		{name: "nobody says what is tried", spec: vague(old, words, unmeant), want: cannot, says: "what is being tried under it is not recorded"},
		{name: "no targets", spec: vague(old, nil, unmeant, untried), want: cannot, says: "what it asks for is not recorded"},
		{name: "nothing recorded", spec: vague(old, nil), want: ""},
		{name: "set 100 days ago", spec: vague(set("2026-03-22"), words, unmeant, untried), want: nothing},
		{name: "set 101 days ago", spec: vague(set("2026-03-21"), words, unmeant, untried), want: finding},
		{name: "set in March", spec: vague(set("2026-03"), words, unmeant, untried), want: cannot, says: "known only as 2026-03"},
		{name: "nobody says when", spec: vague(measureStep, words, unmeant, untried), want: finding, says: "When it was set is not recorded."},
		{name: "no day of review", spec: vague(old, words, unmeant, untried), view: mission.View{On: noDay}, want: cannot},
		{name: "hearsay", spec: vague(old, words, graded(unmeant, record.Hearsay), untried), want: finding, says: "No target"},
	})
}

func TestKnowledgeWithoutAction(t *testing.T) {
	theLesson, theWritten := record.Ref{Kind: mission.KindEvent, ID: "l"}, record.Ref{Kind: learning.KindLesson, ID: "z"}
	lesson := func(day string) mission.Event { return eventCalled("l", event(mission.Lesson, theMission, day)) }
	idle := never(mission.PracticeChange, theLesson)
	led := lesson("2025-06-02")
	led.LedTo = []record.Ref{theInit}
	noAction, bare := event(mission.NoAction, theLesson, ""), event(mission.NoAction, theLesson, "")
	noAction.Because = "the grant ends"
	open, past := event(mission.DecisionScheduled, theLesson, ""), event(mission.DecisionScheduled, theLesson, "")
	open.Until, past.Until = when("2026-07-01"), when("2026-06-30")
	team := mission.Initiative{Record: record.New("i"), Missions: []record.ID{"m"}}
	table(t, "F25", theLesson, []row{
		{name: "nothing came of it", spec: parts(m(""), lesson("2025-06-02"), idle), want: finding, says: "more than 180 days old (2 June 2025)"},
		{name: "181 days old", spec: parts(m(""), lesson("2025-12-31"), idle), want: finding},
		{name: "180 days old", spec: parts(m(""), lesson("2026-01-01"), idle), want: nothing},
		{name: "of some time this winter", spec: parts(m(""), lesson("2025-12-01/2026-02-28"), idle), want: cannot},
		{name: "nobody says when", spec: parts(m(""), lesson(""), idle), want: finding, says: "How old it is is not recorded"},
		{name: "nobody says what came of it", spec: parts(m(""), lesson("2025-06-02")), want: cannot, says: "what was decided or changed because of it is not recorded"},
		{name: "practice changed", spec: parts(m(""), lesson("2025-06-02"), idle, event(mission.PracticeChange, theLesson, "")), want: nothing},
		{name: "it led to something", spec: parts(m(""), team, led, idle), want: nothing},
		{name: "not to act, with a reason", spec: parts(m(""), lesson("2025-06-02"), idle, noAction), want: nothing},
		{name: "not to act, without one", spec: parts(m(""), lesson("2025-06-02"), idle, bare), want: finding},
		{name: "a decision is coming", spec: parts(m(""), lesson("2025-06-02"), idle, open), want: nothing},
		{name: "its day has passed", spec: parts(m(""), lesson("2025-06-02"), idle, past), want: finding},
		{name: "hearsay", spec: parts(m(""), lesson("2025-06-02"), graded(idle, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "hearsay left out", spec: parts(m(""), lesson("2025-06-02"), graded(idle, record.Hearsay)), view: mission.View{Without: []record.Grade{record.Hearsay}}, want: cannot},
		{name: "no day of review", spec: parts(m(""), lesson("2025-06-02"), idle), view: mission.View{On: noDay}, want: cannot},
	})
	written := func(change func(*mission.Spec), events ...any) mission.Spec {
		spec := tried(parts(append([]any{m("")}, events...)...), ended(learning.EndedByRule))
		spec.Lessons = []learning.Lesson{{Record: record.New("z"), Experiment: "x0", Learned: "knock first", OnDay: when("2025-09-02")}}
		spec.Evidence = []learning.Evidence{{Record: record.New("v"), Hypotheses: []record.ID{"h"}, Statement: "few doors open", Observed: when("2025-08-01"), Background: true,
			Result: learning.Result{Clue: learning.Clue{Name: "doors", Found: true, Diagnosticity: learning.Diagnosticity{IfTrue: 0.8, IfFalse: 0.2}}}}}
		if change != nil {
			change(&spec)
		}
		return spec
	}
	none := never(mission.DecisionInformed, theWritten)
	table(t, "F25", theWritten, []row{
		{name: "nothing came of it", spec: written(nil, none), want: finding, says: `Nothing came of the lesson "knock first"`},
		{name: "nobody says", spec: written(nil), want: cannot},
		{name: "used again", spec: written(func(s *mission.Spec) { s.Lessons[0].ReusedIn = []record.Ref{theInit} }, none), want: nothing},
		{name: "decided on its experiment", spec: written(func(s *mission.Spec) {
			s.Decisions = []learning.Decision{{Record: record.New("q"), About: "h", Experiment: "x0", Choice: learning.Persevere}}
		}, none), want: nothing},
	})
	seen := record.Ref{Kind: learning.KindEvidence, ID: "v"}
	table(t, "F25", seen, []row{
		{name: "nothing recorded of what came of it", spec: written(nil), want: ""},
		{name: "nothing came of it", spec: written(nil, never(mission.DecisionInformed, seen)), want: finding, says: `the evidence "few doors open"`},
		{name: "a decision came of it", spec: written(nil, event(mission.DecisionInformed, seen, "")), want: nothing},
	})
}

func TestOrphanFirstStep(t *testing.T) {
	first := measureStep
	first.Kind = milestone.FirstStep
	alone := first
	alone.Missions = nil
	setUp := alone
	setUp.ID, setUp.Of, setUp.Claimant, setUp.Kind = "s2", "s", "another", milestone.Governance
	said, unsaid := event(mission.SymbolStated, theMilestone, ""), never(mission.SymbolStated, theMilestone)
	untied := never(mission.MissionLink, theMilestone)
	leads := parts(m(""), alone, milestone.Milestone{Record: record.New("s3")}, said, untied)
	leads.Dependencies = []milestone.Dependency{{Record: record.New("d"), Dependent: record.Ref{Kind: milestone.KindMilestone, ID: "s3"}, On: theMilestone, Kind: milestone.Needs}}
	table(t, "F26", theMilestone, []row{
		{name: "nobody said", spec: parts(m(""), first, unsaid), want: finding, says: `The first step "Step" stands for nothing that anybody has stated.`},
		{name: "said", spec: parts(m(""), first, said), want: nothing},
		{name: "not recorded", spec: parts(m(""), first), want: cannot, says: "what it is to stand for is not recorded"},
		{name: "contested", spec: parts(m(""), first, said, unsaid), want: cannot, says: "contested"},
		{name: "tied to nothing", spec: parts(m(""), alone, said, untied), want: finding, says: "is tied to no mission and no later milestone"},
		{name: "tied to nothing, standing for nothing", spec: parts(m(""), alone, unsaid, untied), want: finding, says: "milestone and stands for nothing"},
		{name: "nobody says what it is tied to", spec: parts(m(""), alone, said), want: cannot, says: "which mission or later milestone it leads to"},
		{name: "another leans on it", spec: leads, want: nothing},
		{name: "linked by an event", spec: parts(m(""), alone, said, event(mission.MissionLink, theMilestone, "")), want: nothing},
		{name: "governance, says another", spec: parts(m(""), alone, setUp, unsaid, untied), want: nothing},
		{name: "a milestone like any other", spec: measurePlan(measureList(unsaid, untied)), want: ""},
		{name: "hearsay", spec: parts(m(""), first, graded(unsaid, record.Hearsay)), want: finding, says: "It is said (hearsay"},
	})
}

func TestAnnounceableHeavy(t *testing.T) {
	loud, promise := mission.Announceable, mission.Commitment
	day := "2026-03-01"
	mark := eventCalled("mark", event(loud, record.Ref{Kind: mission.KindEvent, ID: "commitment-m-2026-03-01-0"}, ""))
	led := measureMany(3, loud, theMission, day)
	for i := range led {
		e := led[i].(mission.Event)
		e.LedTo = []record.Ref{theInit}
		led[i] = e
	}
	leans := measurePlan(led, measureList(mission.Initiative{Record: record.New("i"), Missions: []record.ID{"m"}}))
	idle := leans
	leans.Dependencies = []milestone.Dependency{{Record: record.New("d"), Dependent: theMilestone, On: theInit, Kind: milestone.Needs}}
	table(t, "F27", theMission, []row{
		{name: "three of three", spec: measurePlan(measureMany(3, loud, theMission, day)), want: finding, says: "3 announcements with no path to a milestone are among the 3"},
		{name: "two are too few", spec: measurePlan(measureMany(2, loud, theMission, day)), want: nothing},
		{name: "three of five", spec: measurePlan(measureMany(3, loud, theMission, day), measureMany(2, promise, theMission, day)), want: finding},
		{name: "three of six are not most", spec: measurePlan(measureMany(3, loud, theMission, day), measureMany(3, promise, theMission, day)), want: nothing},
		{name: "promises of long ago", spec: measurePlan(measureMany(3, loud, theMission, day), measureMany(3, promise, theMission, "2025-06-30")), want: finding},
		{name: "promises of an unknown day", spec: measurePlan(measureMany(3, loud, theMission, day), measureMany(3, promise, theMission, "")), want: cannot, says: "not known well enough"},
		{name: "one more than unknown promises", spec: measurePlan(measureMany(4, loud, theMission, day), measureMany(3, promise, theMission, "")), want: finding, says: "among the at least 4"},
		{name: "a promise called an announcement", spec: measurePlan(measureMany(2, loud, theMission, day), measureMany(3, promise, theMission, day), measureList(mark)), want: finding, says: "3 announcements"},
		{name: "about a milestone", spec: measurePlan(measureMany(3, loud, theMilestone, day)), want: nothing},
		{name: "led to work that a milestone leans on", spec: leans, want: nothing},
		{name: "led to work that nothing leans on", spec: idle, want: finding},
		{name: "no announcement", spec: measurePlan(measureMany(3, promise, theMission, day)), want: ""},
		{name: "said that there was none", spec: measurePlan(measureMany(3, promise, theMission, day), measureList(never(loud, theMission))), want: nothing},
		{name: "no day of review", spec: measurePlan(measureMany(3, loud, theMission, day)), view: mission.View{On: noDay}, want: cannot},
	})
}
