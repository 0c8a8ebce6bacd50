package mission_test

import (
	"fmt"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// Everything that happened, and that is to happen, whatever it is about.
func ExampleModel_AllEvents() {
	jobs := mission.Ref("jobs")
	m, err := mission.Compile(mission.Spec{
		Missions: []mission.Mission{{Record: record.New("jobs"), Name: "Good jobs"}},
		Events: []mission.Event{
			{Record: record.Invented("promise"), Kind: mission.Commitment, Subject: jobs, OnDay: calendar.MustParseWhen("2026-01-12")},
			{Record: record.Invented("unasked"), Kind: mission.Consultation, Subject: jobs, Absent: true},
			{Record: record.Invented("vote"), Kind: mission.Election, OnDay: calendar.MustParseWhen("2027-05")},
		},
	}, mission.View{On: calendar.MustParseDate("2026-07-01")})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range m.AllEvents(record.Moment{}) {
		fmt.Printf("%s: %s, %q\n", c.Record.ID, c.Record.Kind, c.Record.OnDay)
	}
	fmt.Println(len(m.Events(record.Ref{}, mission.Election, record.Moment{})), "elections by then")
	// Output:
	// promise: commitment, "2026-01-12"
	// unasked: consultation, ""
	// vote: election, "2027-05"
	// 0 elections by then
}
