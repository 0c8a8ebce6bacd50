package review_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// measureLevels is the mission with its milestone, and a target on an indicator of each of some levels.
func measureLevels(spec mission.Spec, levels ...string) mission.Spec {
	for i, level := range levels {
		n := record.ID(fmt.Sprintf("n%d", i))
		spec.Indicators = append(spec.Indicators, milestone.Indicator{Record: record.New(n), Name: fmt.Sprintf("Measure %d", i), Level: level})
		spec.Targets = append(spec.Targets, milestone.Target{Record: record.New(record.ID(fmt.Sprintf("t%d", i))), Milestone: "s", Indicator: n, AtLeast: record.Number(1)})
	}
	return spec
}

func TestOutcomeCrowdOut(t *testing.T) {
	in, out, outcome, impact := milestone.LevelInput, milestone.LevelOutput, milestone.LevelOutcome, milestone.LevelImpact
	first := record.Ref{Kind: milestone.KindIndicator, ID: "n0"}
	closed := m("")
	closed.Stage = mission.StageClosed
	proxy := func(of string) mission.Spec {
		spec := measureLevels(measurePlan(), out, out, out, outcome)
		spec.Indicators[0].ProxyFor = record.ID(of)
		return spec
	}
	rival := measureLevels(measurePlan(), out, out, out, outcome)
	rival.Indicators = append(rival.Indicators, milestone.Indicator{Record: record.Record{ID: "n0-else", Of: "n0", Claimant: "another"}, Name: "Measure 0", Level: outcome})
	of := measureLevels(measurePlan(measureList(mission.Outcome{Record: record.New("o"), Missions: []record.ID{"m"}})), out, out, out)
	of.Outcomes[0].Indicators = []record.ID{"n9"}
	of.Indicators = append(of.Indicators, milestone.Indicator{Record: record.New("n9"), Name: "Dry rooms", Level: outcome})
	ofTwo := of
	ofTwo.Outcomes = []mission.Outcome{{Record: record.New("o"), Name: "Dry rooms", Missions: []record.ID{"m"}, Indicators: []record.ID{"n9", "n8"}}}
	ofTwo.Indicators = append(clone(of.Indicators), milestone.Indicator{Record: record.New("n8"), Name: "Dry walls", Level: impact})
	guess := measureLevels(measurePlan(), out, out, out)
	for i := range guess.Indicators {
		guess.Indicators[i].Grade, guess.Indicators[i].Claimant = record.Opinion, "an insider"
	}
	table(t, "F21", theMission, []row{
		{name: "three to one", spec: measureLevels(measurePlan(), in, out, out, outcome), want: finding, says: `3 of the 4 measures recorded on the mission "Homes" count inputs or outputs, and 1 shows an outcome.`},
		{name: "two to one", spec: measureLevels(measurePlan(), in, out, outcome), want: nothing},
		{name: "three and none", spec: measureLevels(measurePlan(), in, out, out), want: finding, says: "and none shows an outcome"},
		{name: "two and none are too few", spec: measureLevels(measurePlan(), in, out), want: cannot, says: "2 measures of it are recorded"},
		{name: "one outcome", spec: measureLevels(measurePlan(), impact), want: nothing},
		{name: "none", spec: measurePlan(), want: cannot, says: "by what it is measured is not recorded"},
		{name: "a level that would not matter", spec: measureLevels(measurePlan(), in, out, out, out, out, outcome, ""), want: finding},
		{name: "a level that would decide", spec: measureLevels(measurePlan(), out, out, "", outcome), want: cannot, says: `the level of "Measure 2" is not recorded, or contested`},
		{name: "another word", spec: measureLevels(measurePlan(), out, out, "process", outcome), want: nothing},
		{name: "seven to three", spec: measureLevels(measurePlan(), in, in, in, in, out, out, out, outcome, outcome, impact), want: finding, says: "and 3 show outcomes"},
		{name: "contested level", spec: rival, want: cannot, says: `"Measure 0"`},
		{name: "a proxy of an outcome", spec: proxy("n3"), want: nothing},
		{name: "a proxy of an output", spec: proxy("n1"), want: finding},
		{name: "what one stands in for is stated", spec: measureLevels(measurePlan(measureList(event(mission.ProxyStated, first, ""))), out, out, out, outcome), want: nothing},
		{name: "what they stand in for is stated", spec: measureLevels(measurePlan(measureList(event(mission.ProxyStated, theMission, ""))), out, out, out), want: nothing},
		{name: "an outcome has a measure", spec: of, want: finding, says: "3 of the 4"},
		{name: "an outcome has two", spec: ofTwo, want: nothing},
		{name: "closed", spec: measureLevels(parts(closed, measureStep), out, out, out), want: nothing},
		{name: "opinions", spec: guess, want: finding, says: "It is said (opinion, an insider) that 3 of the 3"},
		{name: "opinions left out", spec: guess, view: mission.View{Without: []record.Grade{record.Opinion}}, want: cannot},
	})
}

func TestGamingExposure(t *testing.T) {
	by := func(supplier record.ID) milestone.Indicator {
		return milestone.Indicator{Record: record.New("n"), SuppliedBy: supplier}
	}
	with := func(e mission.Event, parties ...record.ID) mission.Event {
		e.With = parties
		return e
	}
	bonus := with(event(mission.Reward, theIndicator, ""), "town")
	fine := with(event(mission.Sanction, theMilestone, ""), "town")
	bare := event(mission.Reward, theIndicator, "")
	unchecked, checked := never(mission.IndependentCheck, theIndicator), event(mission.IndependentCheck, theIndicator, "")
	rival := by("org")
	rival.ID, rival.Of, rival.Claimant = "n2", "n", "another"
	onStep := measurePlan(measureList(by("town"), fine, unchecked))
	unused := onStep
	onStep.Targets = []milestone.Target{{Record: record.New("t"), Milestone: "s", Indicator: "n", Direction: milestone.Up}}
	table(t, "F23", theIndicator, []row{
		{name: "rewarded and unchecked", spec: parts(by("town"), bonus, unchecked), want: finding, says: `The Town supplies the readings of the indicator "Cold homes"`, also: "(reward)"},
		{name: "a post of the organisation", spec: parts(by("other"), bonus, unchecked), want: finding},
		{name: "another is rewarded", spec: parts(by("org"), bonus, unchecked), want: nothing},
		{name: "checked", spec: parts(by("town"), bonus, checked), want: nothing},
		{name: "claimants differ on the check", spec: parts(by("town"), bonus, checked, unchecked), want: cannot, says: "contested"},
		{name: "nobody says whether anybody checks", spec: parts(by("town"), bonus), want: cannot, says: "whether somebody without a stake checks"},
		{name: "nobody says who supplies", spec: parts(by(""), bonus, unchecked), want: cannot, says: "who supplies its readings"},
		{name: "nobody says who was rewarded", spec: parts(by("town"), bare, unchecked), want: cannot, says: "on whom the reward or sanction fell"},
		{name: "claimants differ on the supplier", spec: parts(by("town"), rival, bonus, unchecked), want: cannot, says: "contested"},
		{name: "a sanction on its milestone", spec: onStep, want: finding, says: "(sanction)"},
		{name: "a sanction on another milestone", spec: unused, want: ""},
		{name: "no consequence", spec: parts(by("town"), unchecked), want: ""},
		{name: "said to have none", spec: parts(by("town"), never(mission.Reward, theIndicator)), want: nothing},
		{name: "hearsay of the reward", spec: parts(by("town"), graded(bonus, record.Hearsay), unchecked), want: finding, says: "The Town"},
	})
}

func TestDashboardGrowth(t *testing.T) {
	request, decided := mission.MonitoringRequest, mission.DecisionInformed
	now, before := "2026-03-01", "2025-03-01"
	old := func(lists ...[]any) mission.Spec {
		all := measureList(m("2023-01-09"), measureStep)
		for _, l := range lists {
			all = append(all, l...)
		}
		return parts(all...)
	}
	ask := func(n int, day string) []any { return measureMany(n, request, theMilestone, day) }
	idle := measureList(never(decided, theMission))
	since := func(day string) mission.Spec {
		spec := measureLevels(old(idle), "", "", "", "")
		for i := range 3 {
			spec.Indicators[i].From = when(day)
		}
		return spec
	}
	young := func(announced string) mission.Spec {
		all := measureList(m(announced), measureStep)
		return parts(append(append(all, ask(3, now)...), idle...)...)
	}
	onRequest := event(decided, record.Ref{Kind: mission.KindEvent, ID: "monitoring-request-s-2026-03-01-0"}, now)
	table(t, "F24", theMission, []row{
		{name: "three more, none decided", spec: old(ask(3, now), idle), want: finding, says: "3 requests", also: "after 0 in the 365 days before"},
		{name: "two more", spec: old(ask(2, now), idle), want: nothing},
		{name: "as many", spec: old(ask(4, now), ask(4, before), idle), want: nothing},
		{name: "three more than before", spec: old(ask(5, now), ask(2, before), idle), want: finding, says: "after 2 in the 365 days before"},
		{name: "decisions as before", spec: old(ask(3, now), measureMany(2, decided, theMission, now), measureMany(2, decided, theMission, before)), want: finding, says: "They informed 2 decisions, after 2 before."},
		{name: "decisions grew", spec: old(ask(3, now), measureMany(2, decided, theMission, now), measureMany(1, decided, theMission, before)), want: nothing},
		{name: "a decision by a request", spec: old(ask(3, now), measureList(onRequest)), want: nothing},
		{name: "decisions of an unknown day", spec: old(ask(3, now), measureMany(2, decided, theMission, "")), want: cannot, says: "not known well enough"},
		{name: "nobody says what was decided", spec: old(ask(3, now)), want: cannot, says: "which decisions the figures informed is not recorded"},
		{name: "nobody counts requests", spec: old(idle), want: cannot, says: "how often figures or reports on it are asked for"},
		{name: "nobody asked", spec: old(measureList(never(request, theMission)), idle), want: nothing},
		{name: "requests of an unknown day", spec: old(ask(3, ""), idle), want: cannot},
		{name: "the last day of the earlier window", spec: old(ask(3, "2025-06-30"), idle), want: nothing},
		{name: "three more measures", spec: since("2026-02-02"), want: finding, says: "4 measures in force at their end", also: "had 0 requests and 1 measure"},
		{name: "measures of long ago", spec: since("2024-02-02"), want: cannot, says: "how often figures"},
		{name: "measures since some day that year", spec: since("2025"), want: cannot},
		{name: "set up 729 days ago", spec: young("2024-07-01"), want: nothing},
		{name: "set up 731 days ago", spec: young("2024-06-29"), want: finding},
		{name: "set up in 2024", spec: young("2024"), want: cannot, says: "known only as 2024"},
		{name: "nobody says when it was announced", spec: young(""), want: cannot, says: "the day of the announcement"},
		{name: "a year before to compare with", spec: measurePlan(ask(5, now), ask(1, before), idle), want: finding},
		{name: "no day of review", spec: old(ask(3, now), idle), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about"},
	})
}

// measureMoved is the mission with its milestone, a target, and what became of it: the version that takes the place of the first.
func measureMoved(before, after func(*milestone.Target), events ...any) mission.Spec {
	spec := parts(append(measureList(m(""), measureStep, milestone.Indicator{Record: record.New("n")}), events...)...)
	first := milestone.Target{Record: record.New("t"), Milestone: "s", Name: "Warm", Indicator: "n"}
	first.From = when("2025-01-06")
	later := first
	later.Record = record.Record{ID: "t2", Of: "t", Verb: record.Change, From: when("2026-01-05")}
	before(&first)
	after(&later)
	spec.Targets = []milestone.Target{first, later}
	return spec
}

func TestQuietDilution(t *testing.T) {
	least := func(q float64) func(*milestone.Target) {
		return func(r *milestone.Target) { r.AtLeast = record.Number(q) }
	}
	most := func(q float64) func(*milestone.Target) {
		return func(r *milestone.Target) { r.AtMost = record.Number(q) }
	}
	by := func(q, from float64) func(*milestone.Target) {
		return func(r *milestone.Target) { r.Increase, r.Baseline = record.Number(q), record.Number(from) }
	}
	kept := func(r *milestone.Target) { r.AtLeast, r.Maintain = record.Number(5), true }
	toward := func(r *milestone.Target) { r.Direction = milestone.Up }
	band := func(r *milestone.Target) { r.AtLeast, r.AtMost = record.Number(5), record.Number(9) }
	with := func(change func(*record.Record)) func(*milestone.Target) {
		return func(r *milestone.Target) {
			r.AtLeast = record.Number(80)
			change(&r.Record)
		}
	}
	target := record.Ref{Kind: milestone.KindTarget, ID: "t"}
	taught := eventCalled("l", event(mission.Lesson, theMission, ""))
	taught.LedTo = []record.Ref{target}
	changed, bare := event(mission.PlanChanged, theMilestone, ""), event(mission.PlanChanged, theMilestone, "")
	changed.Because = "the trial showed less"
	rationale := event(mission.Rationale, target, "")
	rationale.Because = "the count was of the wrong homes"
	table(t, "F31", theMilestone, []row{
		{name: "a lower least", spec: measureMoved(least(100), least(80)), want: finding, says: `the target "Warm" asks for at least 80 where it was 100`},
		{name: "a higher least", spec: measureMoved(least(80), least(100)), want: nothing},
		{name: "the same", spec: measureMoved(least(80), least(80)), want: nothing},
		{name: "a higher most", spec: measureMoved(most(5), most(9)), want: finding, says: "asks for at most 9 where it was 5"},
		{name: "a lower most", spec: measureMoved(most(9), most(5)), want: nothing},
		{name: "a smaller increase", spec: measureMoved(by(10, 1), by(6, 1)), want: finding, says: "asks for a change of 6 where it was 10"},
		{name: "a smaller reduction", spec: measureMoved(by(-10, 50), by(-6, 50)), want: finding},
		{name: "a larger reduction", spec: measureMoved(by(-6, 50), by(-10, 50)), want: nothing},
		{name: "another baseline", spec: measureMoved(by(10, 1), by(6, 5)), want: nothing},
		{name: "no number any more", spec: measureMoved(least(80), toward), want: finding, says: "names no number any more"},
		{name: "a number at last", spec: measureMoved(toward, least(80)), want: nothing},
		{name: "no upper bound any more", spec: measureMoved(band, least(5)), want: finding, says: "no upper bound"},
		{name: "no lower bound any more", spec: measureMoved(band, most(9)), want: finding, says: "no lower bound"},
		{name: "no longer to be kept", spec: measureMoved(kept, least(5)), want: finding, says: "no longer asks for the level to be kept"},
		{name: "a reason in the version", spec: measureMoved(least(100), with(func(r *record.Record) { r.Reason = "the trial" })), want: nothing},
		{name: "a correction", spec: measureMoved(least(100), with(func(r *record.Record) { r.Verb, r.Reason = record.Correct, "a slip of the pen" })), want: ""},
		{name: "another claimant", spec: measureMoved(least(100), with(func(r *record.Record) { r.Claimant = "another" })), want: ""},
		{name: "from a day to come", spec: measureMoved(least(100), with(func(r *record.Record) { r.From = when("2026-07-01") })), want: ""},
		{name: "from today", spec: measureMoved(least(100), with(func(r *record.Record) { r.From = when("2026-06-30") })), want: finding},
		{name: "not known yet", spec: measureMoved(least(100), with(func(r *record.Record) { r.Recorded = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC) })),
			view: mission.View{Known: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)}, want: ""},
		{name: "hearsay", spec: measureMoved(least(100), with(func(r *record.Record) { r.Grade, r.Note = record.Hearsay, "" })), want: finding, says: "It is said (hearsay) that the milestone"},
		{name: "a decision was informed", spec: measureMoved(least(100), least(80), event(mission.DecisionInformed, theMilestone, "")), want: nothing},
		{name: "a decision on the target", spec: measureMoved(least(100), least(80), event(mission.DecisionInformed, target, "")), want: nothing},
		{name: "a lesson led to it", spec: measureMoved(least(100), least(80), taught), want: nothing},
		{name: "a change with a reason", spec: measureMoved(least(100), least(80), changed), want: nothing},
		{name: "a change without one", spec: measureMoved(least(100), least(80), bare), want: finding},
		{name: "a rationale of the target", spec: measureMoved(least(100), least(80), rationale), want: nothing},
		{name: "the view leaves out what may say why", spec: measureMoved(least(100), least(80), graded(event(mission.DecisionInformed, theMilestone, ""), record.Opinion)),
			view: mission.View{Without: []record.Grade{record.Opinion}}, want: cannot, says: "left out by the view"},
		{name: "one version", spec: measurePlan(), want: ""},
	})
	due := func(before, after string) mission.Spec {
		first, later := measureStep, measureStep
		first.Due, later.Due = when(before), when(after)
		later.Record = record.Record{ID: "s2", Of: "s", Verb: record.Change, From: when("2026-01-05")}
		return parts(m(""), first, later)
	}
	anyOf := due("2027-01-01", "2027-01-01")
	anyOf.Milestones[1].Combine = milestone.Any
	anyOfTwo := measureLevels(anyOf, "", "")
	table(t, "F31", theMilestone, []row{
		{name: "31 days later", spec: due("2027-01-01", "2027-02-01"), want: finding, says: "its day moved from 1 January 2027 to 1 February 2027"},
		{name: "30 days later", spec: due("2027-01-01", "2027-01-31"), want: nothing},
		{name: "earlier", spec: due("2027-02-01", "2027-01-01"), want: nothing},
		{name: "a year later", spec: due("2027", "2028"), want: finding},
		{name: "a year, and a day in it", spec: due("2027", "2027-06-30"), want: cannot, says: "by how much its day was moved"},
		{name: "no day any more", spec: due("2027", "unknown"), want: nothing},
		{name: "any of one target", spec: anyOf, want: nothing},
		{name: "any of two", spec: anyOfTwo, want: finding, says: "any of its targets is enough"},
	})
}

// Laws of reviews of random plans with all that these rules read.
func FuzzMeasureRules(f *testing.F) {
	for seed := range seeds(150) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := newDice(seed)
		spec := d.spec()
		d.measuring(&spec)
		own := review.Options{Rules: measureIDs}
		view := mission.View{On: on.Add(calendar.Days(d.IntN(400) - 200))}
		if d.IntN(8) == 0 {
			view.On = calendar.Date{}
		}
		whole := run(t, spec, view, own)
		lawful(t, whole)
		mixed := d.shuffled(spec)
		mixed.Targets, mixed.Lessons, mixed.Dependencies = clone(mixed.Targets), clone(mixed.Lessons), clone(mixed.Dependencies)
		d.Shuffle(swaps(mixed.Targets))
		d.Shuffle(swaps(mixed.Lessons))
		d.Shuffle(swaps(mixed.Dependencies))
		assert.Equal(t, encoded(t, whole), encoded(t, run(t, mixed, view, own)), "the order of the records does not show")
		view.Without = []record.Grade{record.Hearsay, record.Opinion}
		strict := run(t, spec, view, own)
		lawful(t, strict)
		compared(t, whole, strict)
		view.Without, view.Audience = nil, record.Public
		lawful(t, run(t, spec, view, own))
	})
}

var measureIDs = []string{"F15", "F17", "F18", "F21", "F23", "F24", "F25", "F26", "F27", "F31"}

// measuring adds requests, trials, lessons, targets, levels and announcements.
func (d *dice) measuring(s *mission.Spec) {
	for i := range s.Milestones {
		r := &s.Milestones[i]
		r.Kind, r.VagueBecause = pick(d, "", "", milestone.FirstStep, milestone.Governance), pick(d, "", "", "", "to find out")
		r.Due, r.Combine = d.when(), pick(d, milestone.All, milestone.Any)
		if d.IntN(4) == 0 {
			r.Checks = record.Number(float64(d.IntN(3)))
		}
		if r.Verb == record.Change {
			r.Reason = pick(d, "", r.Reason)
		}
	}
	for i := range s.Indicators {
		s.Indicators[i].Level = pick(d, "", milestone.LevelInput, milestone.LevelOutput, milestone.LevelOutput, milestone.LevelOutput, milestone.LevelOutcome)
		s.Indicators[i].SuppliedBy = pick(d, "", d.id("party", 4), d.id("party", 4))
	}
	for n := range 3 + d.IntN(6) {
		r := milestone.Target{Record: d.base("aim", n, true), Milestone: d.id("milestone", randomOthers), Indicator: d.id("indicator", randomOthers)}
		switch d.IntN(4) {
		case 0:
			r.Direction = milestone.Up
		case 1:
			r.Indicator, r.Achieve = "", "it is done"
		default:
			r.AtLeast = record.Number(float64(d.IntN(100)))
		}
		if r.Verb == record.Change {
			r.Reason = pick(d, "", "", r.Reason)
		}
		s.Targets = append(s.Targets, r)
	}
	if d.IntN(2) == 0 {
		s.Dependencies = append(s.Dependencies, milestone.Dependency{Record: record.New("lean"), Dependent: record.Ref{Kind: milestone.KindMilestone, ID: "milestone0"},
			On: record.Ref{Kind: mission.KindInitiative, ID: "initiative0"}, Kind: milestone.Needs})
	}
	for n := range 1 + d.IntN(3) {
		s.Lessons = append(s.Lessons, learning.Lesson{Record: d.base("lesson", n, true), Learned: "knock first", OnDay: d.when()})
	}
	subject := func() record.Ref {
		return pick(d, d.subject(), d.subject(), record.Ref{Kind: milestone.KindMilestone, ID: d.id("milestone", randomOthers)},
			record.Ref{Kind: milestone.KindIndicator, ID: d.id("indicator", randomOthers)}, record.Ref{Kind: mission.KindEvent, ID: "count0"})
	}
	if step := (record.Ref{Kind: milestone.KindMilestone, ID: "milestone2"}); d.IntN(3) == 0 {
		s.Events = append(s.Events, mission.Event{Record: d.base("unmeant", 0, false), Subject: step, Kind: mission.LeftVague, Absent: true},
			mission.Event{Record: d.base("untried", 0, false), Subject: step, Kind: mission.Experiment, Absent: true})
	}
	for n := range d.IntN(8) {
		s.Events = append(s.Events, mission.Event{Record: d.base("loud", n, false), Subject: record.Ref{Kind: mission.KindMission, ID: "mission1"}, Kind: mission.Announceable,
			OnDay: calendar.OnDay(on.Add(-calendar.Days(d.IntN(500))))})
	}
	if d.IntN(3) == 0 {
		s.Events = append(s.Events,
			mission.Event{Record: d.base("undecided", 0, false), Subject: record.Ref{Kind: mission.KindMission, ID: "mission0"}, Kind: mission.DecisionInformed, Absent: true},
			mission.Event{Record: d.base("unheeded", 0, false), Subject: record.Ref{Kind: learning.KindLesson, ID: "lesson0"}, Kind: mission.PlanChanged, Absent: true})
	}
	for n := range d.IntN(50) {
		e := mission.Event{Record: d.base("count", n, true), Subject: subject(), Absent: d.IntN(4) == 0, OnDay: d.when(), With: d.ids("party", 4),
			Because: pick(d, "", "a reason"), Kind: pick(d, mission.MonitoringRequest, mission.MonitoringRequest, mission.MonitoringRequest, mission.Experiment, mission.Lesson,
				mission.DecisionInformed, mission.WouldHappenAnyway, mission.LeftVague, mission.ProxyStated, mission.Reward, mission.Sanction, mission.IndependentCheck,
				mission.PracticeChange, mission.NoAction, mission.DecisionScheduled, mission.SymbolStated, mission.MissionLink, mission.Announceable, mission.Announceable, mission.Commitment)}
		if e.Kind == mission.Announceable && d.IntN(3) == 0 {
			e.LedTo = []record.Ref{d.subject()}
		}
		if e.Kind == mission.MonitoringRequest || e.Kind == mission.Announceable {
			e.OnDay = pick(d, e.OnDay, calendar.OnDay(on.Add(-calendar.Days(d.IntN(500)))))
		}
		s.Events = append(s.Events, e)
	}
}

// Random plans reach every verdict of every rule on measuring, so that the laws are not held by silence.
func TestRandomPlansReachTheMeasureRules(t *testing.T) {
	if testing.Short() {
		t.Skip("many random plans: the full run has them")
	}
	seen := map[string][3]bool{}
	for seed := range uint64(1500) {
		d := newDice(seed)
		spec := d.spec()
		d.measuring(&spec)
		for _, c := range run(t, spec, mission.View{On: on}, review.Options{Rules: measureIDs}).Coverage.Rules {
			s := seen[c.Rule.ID]
			seen[c.Rule.ID] = [3]bool{s[0] || c.Found > 0, s[1] || c.Unassessed > 0, s[2] || c.Nothing > 0}
		}
	}
	for _, id := range measureIDs {
		assert.Equal(t, [3]bool{true, true, true}, seen[id], id)
	}
}
