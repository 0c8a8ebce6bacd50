package review_test

import (
	"fmt"
	"log"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// Giver and holder of a freedom see it differently, and somebody's view has moved: both poles stand side by side, and nothing
// is added up.
func ExampleTensionsIn() {
	jobs := mission.Ref("jobs")
	yes, no := record.Known(true), record.Known(false)
	model, err := mission.Compile(mission.Spec{
		Parties: []accountability.Party{
			{Record: record.New("centre"), Kind: accountability.Body, Name: "the centre"},
			{Record: record.New("team"), Kind: accountability.Body, Name: "the team"},
		},
		Missions: []mission.Mission{{Record: record.New("jobs"), Name: "Good jobs"}},
		Freedoms: []accountability.Freedom{
			{Record: record.Record{ID: "hire", Claimant: "centre"}, Name: "Hire without asking", Subject: jobs, Granted: yes},
			{Record: record.Record{ID: "felt", Of: "hire", Claimant: "team"}, Name: "Hire without asking", Subject: jobs, Perceived: no},
		},
		Positions: []mission.Position{
			{Record: record.New("view"), Tension: "T02", Subject: jobs, By: "team", Pole: "autonomy"},
			{Record: record.Record{ID: "view-2", Of: "view", Verb: record.Change, From: calendar.MustParseWhen("2026-03-01"), Reason: "two months without an answer"},
				Tension: "T02", Subject: jobs, By: "team", Pole: "guidance"},
		},
	}, mission.View{On: calendar.On(2026, time.June, 30)})
	if err != nil {
		log.Fatal(err)
	}
	for _, v := range review.TensionsIn(model) {
		if v.Subject == jobs && !v.IsSilent() {
			fmt.Print(v)
		}
	}
	// Output:
	// T02 autonomy-or-guidance: the mission "Good jobs", on 30 June 2026
	//   autonomy
	//     Freedoms said to be granted: 1: "Hire without asking" (says the centre).
	//   guidance
	//     Freedoms said not to be perceived by their holder: 1: "Hire without asking"
	//       (says the team).
	//   who holds which view
	//     the team: guidance, since 2026-03-01. Recorded: position/view, assert
	//       autonomy; position/view-2, change guidance from 2026-03-01, because "two
	//       months without an answer".
	//   Open: What would let those who have the freedom trust it, and what guidance
	//     would help without taking it back?
}

func ExampleTensions() {
	for _, t := range review.Tensions()[:3] {
		fmt.Println(t.ID, t.Poles[0].Name, "/", t.Poles[1].Name)
	}
	t, ok := review.LookupTension("devolve-or-steer")
	fmt.Println(t.ID, ok)
	// Output:
	// T01 short / long
	// T02 autonomy / guidance
	// T03 measure / learn
	// T15 true
}

// Every part of a view can be read by a program: signs with their records, leanings with how they moved.
func ExampleTensionView() {
	homes := mission.Ref("homes")
	model, err := mission.Compile(mission.Spec{
		Missions: []mission.Mission{{Record: record.New("homes"), Name: "Homes", Horizon: calendar.MustParseWhen("2035")}},
		Positions: []mission.Position{
			{Record: record.Record{ID: "union", Claimant: "the union"}, Tension: "T01", Subject: homes, Pole: "long", Says: "Ten years or nothing"},
		},
	}, mission.View{})
	if err != nil {
		log.Fatal(err)
	}
	v := review.TensionsIn(model)[1]
	for _, p := range v.Poles {
		for _, s := range p.Signs {
			fmt.Println(p.Name, s.What, s.Evidence[0].Ref)
		}
		fmt.Println(p.Name, "silent:", p.Silent != "")
	}
	for _, l := range v.Held {
		fmt.Println(l, len(l.Moves))
	}
	// Output:
	// short silent: true
	// long missions with a horizon mission/homes
	// long silent: false
	// the union: long. "Ten years or nothing". 0
}
