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

// How a mission stands beside the arrangement that Hyman set out: what is there, what is said not to be, and what nobody has
// recorded, which is something else.
func ExampleCompareDesign() {
	homes := mission.Ref("homes")
	model, err := mission.Compile(mission.Spec{
		Parties:  []accountability.Party{{Record: record.New("head"), Kind: accountability.Post, Name: "Head of mission"}},
		Missions: []mission.Mission{{Record: record.New("homes"), Name: "Homes"}},
		Duties: []accountability.Duty{{Record: record.New("lead"), Duty: accountability.MissionLead, Subject: homes, Post: "head",
			Means: accountability.Means{Budget: record.Known(false), Route: record.Known(true)}}},
	}, mission.View{On: calendar.On(2026, time.June, 30)})
	if err != nil {
		log.Fatal(err)
	}
	v, err := review.CompareDesign(model, "homes", "RD1")
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range v.Elements {
		fmt.Println(e.Presence, e.Element.ID, len(e.For), len(e.Against))
	}
	for _, x := range v.Disagrees[:1] {
		fmt.Println(x)
	}
	// Output:
	// unknown RD1-task-force 0 0
	// present RD1-one-leader 1 0
	// present RD1-direct-route 1 0
	// unknown RD1-best-person 0 0
	// absent RD1-money 0 1
	// unknown RD1-people 0 0
	// unknown RD1-priorities-first 0 0
	// unknown RD1-prevention 0 0
	// Who leads a mission? RD1: one leader like a chief executive, perhaps from outside, on the hook for results. RD2: ministers and permanent secretaries as stewards.
}

// A set of principles of one's own is data too: an element names the records that show it.
func ExampleDesign_Compare() {
	own := review.Design{ID: "borough", Title: "What we agreed on", Elements: []review.Element{
		{ID: "asked", Says: "Those concerned were asked first.", Shown: "consultation events, or one marked absent",
			Check: review.Check{Events: []string{mission.Consultation}}},
		{ID: "champion", Says: "Somebody speaks for tenants.", Check: review.Check{Duties: []string{"tenants-champion"}}},
	}}
	homes := mission.Ref("homes")
	model, err := mission.Compile(mission.Spec{
		Missions: []mission.Mission{{Record: record.New("homes"), Name: "Homes"}},
		Duties:   []accountability.Duty{{Record: record.New("gap"), Duty: "tenants-champion", Subject: homes, State: accountability.Vacant}},
	}, mission.View{})
	if err != nil {
		log.Fatal(err)
	}
	v, err := own.Compare(model, "homes")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(v)
	// Output:
	// borough What we agreed on: the mission "Homes"
	//   unknown: Those concerned were asked first.
	//     Nothing is recorded of it. To know, record consultation events, or one
	//     marked absent.
	//   absent: Somebody speaks for tenants.
	//     Said not to be there: "tenants-champion" on the mission "Homes": vacant.
}

func ExampleDesigns() {
	for _, d := range review.Designs() {
		fmt.Println(d.ID, d.Title)
	}
	d, ok := review.LookupDesign("rd4")
	fmt.Println(d.Elements[0].Says, ok)
	for _, x := range review.Disagreements()[:2] {
		fmt.Println(x.Question, x.Sides[0].Design, x.Sides[1].Design)
	}
	// Output:
	// RD1 A task force with a leader on the hook (Hyman)
	// RD2 Stewards, deliberation and a public council (UCL Policy Lab and Future Governance Forum)
	// RD3 A reset (Thomas)
	// RD4 Six tests (MacNamara)
	// RD5 A repertoire of leadership (EY and Future Governance Forum)
	// There is a plan and not only slogans. true
	// Who leads a mission? RD1 RD2
	// Does one answer for it, or do many? RD1 RD5
}
