package mission_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

func day(s string) calendar.Date { return calendar.MustParseDate(s) }

func when(s string) calendar.When { return calendar.MustParseWhen(s) }

func instant(s string) time.Time { return day(s).In(time.UTC) }

func number(s string) record.Quantity {
	q, err := record.ParseQuantity(s)
	if err != nil {
		panic(err)
	}
	return q
}

func graded(id record.ID, g record.Grade) record.Record { return record.Record{ID: id, Grade: g} }

func stepRef(id record.ID) record.Ref { return record.Ref{Kind: milestone.KindMilestone, ID: id} }

// energy is a small plan with a record of every kind, references to versions, named days and every sort of nested slice.
var surveyRef = record.Ref{Kind: milestone.KindActivity, ID: "survey"}

func energy() mission.Spec {
	return mission.Spec{
		Format: mission.Format, Namespace: "https://example.org/plan", Title: "Clean power", AsOf: day("2025-12-31"),
		Days:    []record.Day{{Record: record.Invented("end-of-parliament"), Name: "end of this Parliament", Earliest: day("2028-01-01"), Latest: day("2029-08-15")}},
		Sources: []record.Source{{Record: record.New("plan"), Title: "Plan for Change", Published: when("2024-12-05")}, {Record: record.Record{ID: "leak", Audience: record.Restricted}, Title: "A leak", Published: when("2025-06-01")}},
		Parties: []accountability.Party{
			{Record: record.New("dept"), Kind: accountability.Organisation, Name: "The department"},
			{Record: record.New("minister"), Kind: accountability.Post, Name: "The minister", OfParty: "dept"},
			{Record: record.Record{ID: "ann", Extensions: record.Extensions{"x-born": "1970"}}, Kind: accountability.Person, Name: "Ann Example"},
			{Record: record.Record{ID: "bob", Audience: record.Official}, Kind: accountability.Person, Name: "Bob Example"},
		},
		Holdings: []accountability.Holding{{Record: record.Record{ID: "ann-minister", From: when("2024-07-05")}, Post: "minister", Holder: "ann"}},
		Missions: []mission.Mission{
			{Record: record.New("energy"), Name: "Clean energy", Horizon: when("end-of-parliament"), Contributors: record.Known([]record.ID{"dept", "minister"})},
			{Record: record.Record{ID: "energy-2", Of: "energy", Verb: record.Change, Source: "plan"}, Name: "Clean power by 2030", Horizon: when("2030"), Parents: []record.ID{"growth"}},
			{Record: record.New("growth"), Name: "Growth"},
		},
		Outcomes:    []mission.Outcome{{Record: record.New("bills"), Name: "Lower bills", Missions: []record.ID{"energy-2"}, Indicators: []record.ID{"share"}}},
		Initiatives: []mission.Initiative{{Record: record.New("company"), Name: "The company", Missions: []record.ID{"energy"}, By: "dept", Status: mission.Adjacent}},
		Indicators:  []milestone.Indicator{{Record: record.New("share"), Name: "Clean share", Unit: "percent", Uses: record.Known([]string{milestone.UseLearn})}},
		Observations: []milestone.Observation{
			{Record: graded("share-2023", record.Statistic), Indicator: "share", Period: when("2023"), Value: record.Known(number("60")), Baseline: true},
			{Record: graded("share-2024", record.Hearsay), Indicator: "share", Period: when("2024"), Value: record.Known(number("73.80"))},
			{Record: record.Record{ID: "share-2025", Source: "leak"}, Indicator: "share", Period: when("2025"), Value: record.Known(number("80"))},
		},
		Milestones: []milestone.Milestone{
			{Record: record.Record{ID: "power", Extensions: record.Extensions{"x-colour": `"green"`, "x-b": "1"}}, Name: "95% clean power", Missions: []record.ID{"energy"}, Due: when("2029")},
			{Record: record.Record{ID: "power-2", Of: "power", Verb: record.Change, Recorded: instant("2025-03-01"), From: when("2025-03-01")}, Name: "95% clean power", Missions: []record.ID{"energy", "growth"}, Due: when("2030")},
			{Record: record.New("planning"), Name: "150 decisions", Missions: []record.ID{"growth"}, Due: when("end-of-parliament")},
		},
		Targets:      []milestone.Target{{Record: record.New("power-95"), Milestone: "power-2", Indicator: "share", AtLeast: number("95")}},
		Assessments:  []milestone.Assessment{{Record: graded("amber", record.Opinion), Subject: stepRef("power-2"), By: "dept", Rating: "amber"}},
		Dependencies: []milestone.Dependency{{Record: record.New("needs-planning"), Dependent: stepRef("power-2"), On: stepRef("planning"), Kind: milestone.Needs}},
		Duties:       []accountability.Duty{{Record: graded("lead", record.Document), Duty: accountability.MissionLead, Subject: mission.Ref("energy-2"), Post: "minister"}},
		Forums:       []accountability.Forum{{Record: record.New("board"), Kind: accountability.MissionBoard, Subject: mission.Ref("energy"), Chair: "minister", Members: record.Known([]record.ID{"minister", "dept"})}},
		Mandates:     []accountability.Mandate{{Record: record.New("letter"), To: "minister", Subject: mission.Ref("energy")}},
		Freedoms:     []accountability.Freedom{{Record: record.New("leave"), Name: "to borrow", Holder: "minister", Subject: mission.Ref("energy")}},

		Successions:     []accountability.Succession{{Record: record.Invented("renamed"), Kind: accountability.Rename, Predecessors: []record.ID{"dept"}, Successors: []record.ID{"dept"}}},
		Leaves:          []accountability.Leave{{Record: record.Invented("away"), Holding: "ann-minister"}},
		Lines:           []accountability.Line{{Record: record.Invented("answers"), Actor: "minister", Forum: record.Ref{Kind: accountability.KindForum, ID: "board"}}},
		Sharings:        []accountability.Sharing{{Record: record.Invented("alone"), Subject: mission.Ref("energy"), Duty: accountability.MissionLead, Mode: accountability.Sole, Members: []record.ID{"minister"}}},
		Grants:          []accountability.Grant{{Record: record.Invented("may-spend"), By: "minister", To: "dept", Powers: []string{"spend"}}},
		AccountingTests: []accountability.AccountingTest{{Record: record.Invented("test"), Subject: mission.Ref("energy"), Officer: "minister"}},
		Directions:      []accountability.Direction{{Record: record.Invented("go-on"), Subject: mission.Ref("energy"), Officer: "minister"}},
		Meetings:        []accountability.Meeting{{Record: record.Invented("first"), Forum: "board"}},
		Resolutions:     []accountability.Resolution{{Record: record.Invented("decided"), Meeting: "first", Decided: "to begin"}},
		LearningSpaces:  []accountability.LearningSpace{{Record: record.Invented("room"), Name: "Room to try", Subject: mission.Ref("energy"), Sponsor: "minister"}},
		Settlements:     []funding.Settlement{{Record: record.Invented("dept-settled"), Review: "phase-1", Party: "dept", Reached: funding.Bilateral}},
		Pools:           []funding.Pool{{Record: record.Invented("retrofit-pool"), Name: "Retrofit pool", Subject: mission.Ref("energy"), Host: "dept"}},
		PoolShares:      []funding.Share{{Record: record.Invented("dept-share"), Pool: "retrofit-pool", Party: "dept"}},
		SpendingReviews: []funding.Review{{Record: record.New("review"), Name: "Spending review"}, {Record: record.New("phase-1"), Name: "Phase 1", PartOf: "review"}},
		Allocations:     []funding.Allocation{{Record: record.New("money"), Subject: mission.Ref("energy-2"), Review: "phase-1", To: "dept", Amount: record.Known(record.Money{Minor: 830000000000, Currency: "GBP"})}},
		Events: []mission.Event{
			{Record: record.New("asked"), Kind: mission.Consultation, Subject: stepRef("power-2"), By: []record.ID{"dept"}, With: []record.ID{"minister", "ann"}, OnDay: when("2024-11")},
			{Record: graded("no-plan", record.Hearsay), Kind: mission.PlanPublished, Subject: stepRef("power"), Absent: true},
		},
		Scopes:       []mission.Scope{{Record: record.Invented("takes-in"), Mission: "energy", Inside: []string{"heat"}, Outside: []string{"travel"}}, {Record: record.Invented("reads"), Mission: "energy", By: "dept", Inside: []string{"travel"}, Differs: []record.ID{"takes-in"}}},
		Causes:       []mission.Cause{{Record: record.Invented("queue"), Name: "The queue for the grid", BearsOn: []record.Ref{stepRef("planning")}, Owners: record.Known([]record.ID{"dept"}), Interventions: record.Known([]record.Ref{surveyRef})}},
		Conditions:   []mission.Condition{{Record: record.Invented("will"), Kind: mission.PoliticalWill, Subject: mission.Ref("energy"), Met: record.Known(true)}},
		Relations:    []mission.Relation{{Record: record.Invented("stands"), Party: "dept", With: "minister", Stance: mission.Enabler}},
		Barriers:     []mission.Barrier{{Record: record.Invented("silo"), Name: "Two budgets", Pattern: mission.Siloed, Subject: mission.Ref("energy"), Raised: when("2025-01"), Remover: "minister"}},
		Levers:       []mission.Lever{{Record: record.Invented("pay"), Name: "Pay rules", Kind: mission.RewardRule, By: "dept", Missions: []record.ID{"energy"}, Pull: mission.Ignores}},
		Capabilities: []mission.Capability{{Record: record.Invented("grid-craft"), Name: "Grid design", Missions: []record.ID{"energy"}, HeldBy: record.Known([]record.ID{"dept"})}},
		Reforms:      []mission.Reform{{Record: record.Invented("before"), Name: "An earlier attempt", Features: []string{"pooled budgets"}, EndedBy: []record.ID{"silo"}, LikenedTo: []record.Ref{mission.Ref("energy")}}},
		Positions:    []mission.Position{{Record: record.Invented("leans"), Tension: "T02", By: "dept", Pole: "guidance", Says: "tell us what counts"}},
		Waivers:      []mission.Waiver{{Record: record.Record{ID: "later", Grade: record.Illustrative, Reason: "a lead is being sought", Until: when("2026-03-01")}, Rule: "F38", Subject: mission.Ref("energy"), Owner: "minister"}},
		Projects:     []milestone.Project{{Record: record.Invented("grid"), Name: "Grid works", Start: calendar.On(2025, time.January, 6).At(0), Calendar: "office"}},
		Calendars: []milestone.Calendar{{Record: record.Invented("office"), Name: "Office hours", BankHolidays: calendar.EnglandAndWales,
			Week: calendar.Weekdays(calendar.Shift{From: 9 * 60, Until: 17 * 60})}},
		Activities:        []milestone.Activity{{Record: record.Invented("survey"), Name: "Survey the routes", Project: "grid", Lasts: 80 * calendar.Hour}},
		Estimates:         []forecast.Estimate{{Record: record.Invented("survey-takes"), Subject: surveyRef, Shape: forecast.Shape{Kind: forecast.Triangular, Min: 0.8, Mode: 1, Max: 2}}},
		Risks:             []forecast.Risk{{Record: record.Invented("flood"), Name: "Flood", Probability: 0.1, Touches: []record.Ref{surveyRef}, Impact: forecast.Shape{Kind: forecast.Point, Mode: 1.5}}},
		Drivers:           []forecast.Driver{{Record: record.Invented("labour"), Name: "Labour", Probability: 0.5, Touches: []record.Ref{surveyRef}, Factor: forecast.Shape{Kind: forecast.Point, Mode: 1.2}}},
		Factors:           []forecast.Factor{{Record: record.Invented("weather"), Name: "Weather"}},
		Loadings:          []forecast.Loading{{Record: record.Invented("survey-weather"), On: "weather", Subject: surveyRef, Weight: 0.5}},
		Correlations:      []forecast.Correlation{{Record: record.Invented("alike"), Subject: surveyRef, With: stepRef("planning"), Rank: 0.3}},
		Contributions:     []learning.Contribution{{Record: record.Invented("survey-helps"), Cause: surveyRef, Effect: stepRef("planning"), Strength: record.Number(0.6)}},
		RivalExplanations: []learning.RivalExplanation{{Record: record.Invented("anyway"), Subject: stepRef("planning"), Chance: record.Number(0.2)}},
		Hypotheses: []learning.Hypothesis{{Record: record.Invented("surveys-work"), Contribution: "survey-helps", Claim: "Surveys bring decisions forward", Prior: record.Number(0.5),
			Declared: when("2025-01-10"), Basis: "elicited", WouldChangeOurMind: "decisions as slow as before"}},
		Experiments: []learning.Experiment{{Record: record.Invented("try-one"), Tests: []record.ID{"surveys-work"}, Kind: "prototype", Declared: when("2025-02-01")}},
		Evidence: []learning.Evidence{{Record: record.Invented("one-clue"), Hypotheses: []record.ID{"surveys-work"}, Observed: when("2025-03-01"),
			Result: learning.Result{Clue: learning.Clue{Name: "fewer questions", Found: true, Diagnosticity: learning.Diagnosticity{IfTrue: 0.6, IfFalse: 0.3}}}}},
		Lessons:    []learning.Lesson{{Record: record.Invented("ask-early"), Experiment: "try-one", Learned: "ask early"}},
		Decisions:  []learning.Decision{{Record: record.Invented("go-on-trying"), About: "surveys-work", Choice: learning.Persevere}},
		Envelopes:  []learning.Envelope{{Record: record.Invented("small"), Subject: mission.Ref("energy")}},
		Extensions: record.Extensions{"x-editor": `"somebody"`},
	}
}

func compiled(t *testing.T, s mission.Spec, view mission.View) *mission.Model {
	t.Helper()
	m, err := mission.Compile(s, view)
	require.NoError(t, err)
	return m
}
