package scenario_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/scenario"
)

var (
	today = calendar.On(2026, time.June, 30)
	homes = mission.Ref("warm-homes")
)

// town is a made-up plan: a mission with two steps, a director who answers to a committee of Parliament, and two ministries
// that each pay and decide for themselves.
func town() mission.Spec {
	party := func(id, name string, kind accountability.PartyKind, of record.ID) accountability.Party {
		return accountability.Party{Record: record.Invented(record.ID(id)), Kind: kind, Name: name, OfParty: of}
	}
	money := func(id, whose, officer record.ID, purpose string, pounds int64) funding.Allocation {
		return funding.Allocation{Record: record.Invented(id), Subject: homes, PaidBy: whose, To: whose, DecidedBy: whose, AccountingOfficer: officer,
			Amount: record.Known(record.Money{Minor: 100 * pounds, Currency: "GBP"}), Ringfenced: record.Known(true), Purpose: purpose}
	}
	return mission.Spec{
		Parties: []accountability.Party{
			party("housing", "Housing", accountability.Organisation, ""), party("health", "Health", accountability.Organisation, ""),
			party("council", "The council", accountability.Organisation, ""), party("committee", "A committee of Parliament", accountability.Body, ""),
			party("director", "Director, warm homes", accountability.Post, "housing"),
			party("housing-officer", "Permanent secretary, housing", accountability.Post, "housing"),
			party("health-officer", "Permanent secretary, health", accountability.Post, "health"),
			party("person-1", "", accountability.Person, ""), party("person-2", "", accountability.Person, ""), party("person-3", "", accountability.Person, ""),
		},
		Holdings: []accountability.Holding{
			{Record: record.Invented("holding-1"), Post: "director", Holder: "person-1"},
			{Record: record.Invented("holding-2"), Post: "housing-officer", Holder: "person-2"},
			{Record: record.Invented("holding-3"), Post: "health-officer", Holder: "person-3"},
		},
		Missions: []mission.Mission{{Record: record.Invented("warm-homes"), Name: "Every home warm", Announced: calendar.MustParseWhen("2025-01-15"), Stage: mission.StageActive}},
		Milestones: []milestone.Milestone{
			{Record: record.Invented("street"), Missions: []record.ID{"warm-homes"}, Name: "One street insulated", Lasts: 60, Due: calendar.MustParseWhen("2026-10-31")},
			{Record: record.Invented("town"), Missions: []record.ID{"warm-homes"}, Name: "The town insulated", Lasts: 300, Due: calendar.MustParseWhen("2027-09-30")},
		},
		Dependencies: []milestone.Dependency{{Record: record.Invented("street-first"), Dependent: milestone.Ref("town"), On: milestone.Ref("street"), Kind: milestone.FinishStart}},
		Estimates: []forecast.Estimate{
			{Record: record.Invented("street-takes"), Subject: milestone.Ref("street"), Shape: forecast.Shape{Kind: forecast.Triangular, Min: 0.8, Mode: 1, Max: 2}},
			{Record: record.Invented("town-takes"), Subject: milestone.Ref("town"), Shape: forecast.Shape{Kind: forecast.Triangular, Min: 0.8, Mode: 1, Max: 2}},
		},
		Duties: []accountability.Duty{
			{Record: record.Invented("lead"), Duty: accountability.MissionLead, Subject: homes, Post: "director"},
			{Record: record.Invented("decides"), Duty: accountability.Decide, Subject: homes, Post: "housing"},
		},
		Lines: []accountability.Line{
			{Record: record.Invented("line-1"), Actor: "director", Forum: record.Ref{Kind: accountability.KindParty, ID: "committee"}},
			{Record: record.Invented("line-2"), Actor: "housing-officer", Forum: record.Ref{Kind: accountability.KindParty, ID: "committee"}},
			{Record: record.Invented("line-3"), Actor: "health-officer", Forum: record.Ref{Kind: accountability.KindParty, ID: "committee"}},
		},
		Allocations: []funding.Allocation{
			money("insulation", "housing", "housing-officer", "insulation", 300),
			money("prevention", "health", "health-officer", "fewer falls and colds", 200),
		},
	}
}

func compiled(spec mission.Spec, changes ...mission.Change) *mission.Model {
	m, err := mission.Compile(spec, mission.View{On: today, Changes: changes})
	if err != nil {
		panic(err)
	}
	return m
}

// What if the director left, and nobody followed?
func ExampleCompare() {
	gone := mission.Vacate{Post: "director", From: calendar.On(2026, time.May, 1)}
	var options scenario.Options
	options.Review.Rules = []string{"F38"}
	d, err := scenario.Compare(context.Background(), compiled(town()), compiled(town(), gone), options)
	if err != nil {
		fmt.Println(err)
		return
	}
	d.WriteText(os.Stdout)
	// Output:
	// Before and after, on 30 June 2026
	//
	// Findings that appear: 1
	//   F38 leaderless-mission: mission/warm-homes
	//     The lead of the mission "Every home warm" is vacant (the post that carries
	//       it has no holder). This is more than 100 days on: the mission was
	//       announced on 15 January 2025. Every record under it is made up, to show
	//       something.
	//     Ask: Who leads this mission today, who says so, and does that person agree?
	//
	// Paths of account: 1
	//   mission/warm-homes, “Every home warm”: its account reached a forum, and does
	//     not
	//     before: mission/warm-homes → party/director → party/committee
	//     before: mission/warm-homes → party/housing (breaks: no line of account or
	//       report leads on)
	//     after: mission/warm-homes → party/director → party/committee (breaks: nobody
	//       exercises the functions of a post on the way)
	//     after: mission/warm-homes → party/housing (breaks: no line of account or
	//       report leads on)
	//
	// Posts that change hands: 1
	//   “Director, warm homes” (party/director): held before, vacant after
	//
	// Who decides, answers and pays: 1
	//   mission/warm-homes, “Every home warm”
	//     answers: director before, director (vacant) after
}

// What if the first step lasted a month longer? The same draws in both plans make the difference far surer than the chances.
func ExampleChanceMove() {
	slower := town().Milestones[0]
	slower.Lasts += 30
	longer := mission.Amend{Records: mission.Spec{Milestones: []milestone.Milestone{slower}}}
	d, err := scenario.Compare(context.Background(), compiled(town()), compiled(town(), longer), scenario.Options{Trials: 6_400, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range d.Chances {
		var change scenario.Change = *c.Move
		var chance scenario.Chance = *c.Before
		fmt.Printf("%s: from %.2f to %.2f\n", c.Name, chance.P, c.After.P)
		fmt.Printf("  %.3f, between %.3f and %.3f\n", change.By, change.Low, change.High)
	}
	for _, x := range d.Dates {
		var was, is scenario.Times = *x.Before, *x.After
		fmt.Println(x.Name, was.EarlyFinish, is.EarlyFinish, was.Float, is.Float)
	}
	// Output:
	// One street insulated: from 1.00 to 0.66
	//   -0.338, between -0.350 and -0.326
	// The town insulated: from 0.55 to 0.38
	//   -0.168, between -0.179 and -0.157
	// One street insulated 2026-08-29T00:00 2026-09-28T00:00 PT0H PT0H
	// The town insulated 2027-06-25T00:00 2027-07-25T00:00 PT0H PT0H
}

// Which subjects would others decide on, answer for or pay for after a reform?
func ExampleCompareWiring() {
	reform := []mission.Change{
		mission.Pool{
			Into:  funding.Pool{Record: record.Invented("place"), Name: "One budget for the place", Host: "council", DecidedBy: "council"},
			Money: []record.Ref{{Kind: funding.KindAllocation, ID: "insulation"}, {Kind: funding.KindAllocation, ID: "prevention"}},
		},
		mission.Move{Duty: "decides", To: "council"},
	}
	before, after := compiled(town()), compiled(town(), reform...)
	d := scenario.Difference{Wires: scenario.CompareWiring(before, after)}
	d.WriteText(os.Stdout)
	// Output:
	// Before and after
	//
	// Who decides, answers and pays: 4
	//   allocation/insulation
	//     decides: housing before, council after
	//     answers: housing-officer before, health-officer and housing-officer after
	//     pays: housing before, health and housing after
	//   allocation/prevention
	//     decides: health before, council after
	//     answers: health-officer before, health-officer and housing-officer after
	//     pays: health before, health and housing after
	//   mission/warm-homes, “Every home warm”
	//     decides: housing before, council after
	//   pool/place, “One budget for the place”
	//     decides: nobody recorded before, council after
	//     answers: nobody recorded before, health-officer and housing-officer after
	//     pays: nobody recorded before, health and housing after
}

func ExampleWiring() {
	var w scenario.Wires = scenario.Wiring(compiled(town()), record.Ref{Kind: funding.KindAllocation, ID: "insulation"}, record.Moment{})
	for _, wire := range []scenario.Wire{w.Decides[0], w.Answers[0], w.Pays[0]} {
		fmt.Println(wire.As, wire.Party, wire.State, "by", wire.By)
	}
	// Output:
	// decided_by housing unknown by allocation/insulation
	// accounting_officer housing-officer held by allocation/insulation
	// paid_by housing unknown by allocation/insulation
}

// What would have to be recorded to know whether the mission has a plan?
func ExampleToKnow() {
	k, err := scenario.ToKnow(compiled(town()), scenario.Question{Rule: "F03", Subject: homes})
	if err != nil {
		fmt.Println(err)
		return
	}
	k.WriteText(os.Stdout)
	var need scenario.Need = k.Needs[0]
	var datum scenario.Datum = need.Data[0]
	var addition scenario.Addition = datum.Sets[0][0]
	fmt.Println(need.Fewest(), addition)
	// Output:
	// F03 slogan-without-plan: can tell of 0 of the 1 that it looks at
	//
	//   mission/warm-homes, “Every home warm”: 1 record may do
	//     Record a plan-published event on the mission, or one marked absent.
	//       Kinds: plan-published event
	// 1 plan-published event
}

// A view that leaves out hearsay may leave out what would tell.
func ExampleKnowledge() {
	spec := town()
	spec.Events = []mission.Event{{Record: record.Record{ID: "said", Grade: record.Hearsay}, Kind: mission.PlanPublished, Subject: homes, Absent: true}}
	m, err := mission.Compile(spec, mission.View{On: today, Without: []record.Grade{record.Hearsay}})
	if err != nil {
		fmt.Println(err)
		return
	}
	var k *scenario.Knowledge
	k, err = scenario.ToKnow(m, scenario.Question{Rule: "slogan-without-plan"})
	fmt.Println(err, k.Looked, k.Told, k.Needs[0].Fewest(), k.Needs[0].LeftOut, k.Needs[0].Without)
	// Output:
	// <nil> 1 0 0 [event/said] [hearsay]
}

// What opens going one way closes going back.
func ExampleDifference() {
	gone := mission.Vacate{Post: "director", From: calendar.On(2026, time.May, 1)}
	d, err := scenario.Compare(context.Background(), compiled(town()), compiled(town(), gone), scenario.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	var back *scenario.Difference = d.Mirror()
	for i, p := range d.Paths {
		var opening scenario.Opening = p.Move
		var account *scenario.Account = p.After
		var way scenario.Way = account.Ways[0]
		fmt.Println(p.Of, opening, back.Paths[i].Move, account.Open, way.Why)
	}
	var moved scenario.HolderMove = d.Holders[0]
	var filling *scenario.Filling = moved.After
	text, err := json.Marshal(filling)
	fmt.Println(moved.Name, string(text), err)

	same, err := scenario.Compare(context.Background(), compiled(town()), compiled(town()), scenario.Options{})
	var findings scenario.Findings = same.Findings
	fmt.Println(same.IsZero(), findings.IsZero(), err)
	// Output:
	// mission/warm-homes closes opens false nobody exercises the functions of a post on the way
	// Director, warm homes {"state":"vacant","certain":true} <nil>
	// true true <nil>
}

// Findings that both plans have, and that say something else in the second.
func ExampleFindingChange() {
	other := town().Allocations[1]
	other.Purpose = "shorter stays in hospital"
	change := mission.Amend{Records: mission.Spec{Allocations: []funding.Allocation{other}}}
	d, err := scenario.Compare(context.Background(), compiled(town()), compiled(town(), change), scenario.Options{})
	fmt.Println(err)
	for _, c := range d.Findings.Changed {
		var now scenario.FindingChange = c
		fmt.Println(now.After.Rule.ID, now.After.Text)
	}
	fmt.Println(len(d.Refused), d.Before == scenario.Seen{On: today})
	// Output:
	// <nil>
	// F76 The money for the mission "Every home warm" sits in 2 ringfences, for "insulation" and "shorter stays in hospital".
	// 0 true
}

// A plan without any day cannot be simulated. All else is compared.
func ExampleRefusal() {
	bare := func() *mission.Model {
		m, err := mission.Compile(mission.Spec{Missions: town().Missions}, mission.View{})
		if err != nil {
			panic(err)
		}
		return m
	}
	d, err := scenario.Compare(context.Background(), bare(), bare(), scenario.Options{Trials: scenario.Batches})
	fmt.Println(err)
	for _, x := range d.Refused {
		var refusal scenario.Refusal = x
		fmt.Println(refusal.What, refusal.After, refusal.Why)
	}
	// Output:
	// <nil>
	// chances false forecast: the schedule has no dates: give a project a start
	// chances true forecast: the schedule has no dates: give a project a start
}

// Who would pay for something under a pool, as a program reads it.
func ExampleWireMove() {
	together := mission.Pool{Into: funding.Pool{Record: record.Invented("place"), Name: "One budget"},
		Money: []record.Ref{{Kind: funding.KindAllocation, ID: "insulation"}, {Kind: funding.KindAllocation, ID: "prevention"}}}
	var moves []scenario.WireMove = scenario.CompareWiring(compiled(town()), compiled(town(), together))
	for _, m := range moves {
		fmt.Println(m.Subject, len(m.Before.Pays), len(m.After.Pays), m.Before.IsZero())
	}
	var paths []scenario.PathMove
	var dates []scenario.DateMove
	fmt.Println(len(paths), len(dates))
	// Output:
	// allocation/insulation 1 2 false
	// allocation/prevention 1 2 false
	// pool/place 0 2 true
	// 0 0
}
