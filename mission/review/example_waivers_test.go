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

// Somebody has seen a finding and will look again in December: it stays, and says so. Once the day has passed, the waiver is a
// finding of its own.
func ExampleWaived() {
	homes := mission.Ref("homes")
	wait := mission.Waiver{Record: record.New("wait"), Rule: "F03", Subject: homes, Owner: "office"}
	wait.Reason, wait.Until = "the plan waits for the spending review", calendar.MustParseWhen("2026-12-01")
	spec := mission.Spec{
		Parties:  []accountability.Party{{Record: record.New("office"), Kind: accountability.Body, Name: "the Mission Office"}},
		Missions: []mission.Mission{{Record: record.New("homes"), Name: "Homes"}},
		Events:   []mission.Event{{Record: record.New("none"), Kind: mission.PlanPublished, Subject: homes, Absent: true}},
		Waivers:  []mission.Waiver{wait},
	}
	look := func(day calendar.Date) *review.Review {
		model, err := mission.Compile(spec, mission.View{On: day})
		if err != nil {
			log.Fatal(err)
		}
		return review.Of(model)
	}
	before, after := look(calendar.On(2026, time.June, 30)), look(calendar.On(2026, time.December, 24))
	for _, f := range before.Findings {
		fmt.Println(f.Rule.ID, f.Waiver)
	}
	for _, f := range after.Findings {
		fmt.Println(f.Rule.ID, f.Waiver == nil, f.Text)
	}
	c := review.Compare(before, after)
	fmt.Println(len(c.NoLongerSetAside), "no longer set aside,", len(c.Appeared), "appeared,", len(c.Cleared), "cleared")
	// Output:
	// F03 It is set aside until 1 December 2026 by the Mission Office: the plan waits for the spending review.
	// F03 true No plan has been published for the mission "Homes". No stage is recorded; the mission is taken to be under way.
	// W01 true The waiver of F03 slogan-without-plan on the mission "Homes" ran out on 1 December 2026, and no look since is recorded; the Mission Office was to look again. The finding stands.
	// 1 no longer set aside, 1 appeared, 0 cleared
}
