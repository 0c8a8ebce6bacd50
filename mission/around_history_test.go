package mission_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// held is a view of a tension that moved in March.
func heldOnce() mission.Spec {
	first := mission.Position{Record: record.Record{ID: "a", Recorded: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, Tension: "T15", Pole: "steer"}
	later := mission.Position{Record: record.Record{ID: "b", Of: "a", Verb: record.Change, From: calendar.MustParseWhen("2026-03-01"),
		Recorded: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}, Tension: "T15", Pole: "devolve"}
	wait := mission.Waiver{Record: record.Record{ID: "wait", Reason: "a lead starts in May", Until: calendar.MustParseWhen("2026-06-01")},
		Rule: "F38", Subject: mission.Ref("jobs"), Owner: "office"}
	return mission.Spec{
		Parties:   []accountability.Party{{Record: record.New("office"), Kind: accountability.Body, Name: "The Office"}},
		Missions:  []mission.Mission{{Record: record.New("jobs"), Name: "Good jobs"}},
		Positions: []mission.Position{first, later}, Waivers: []mission.Waiver{wait},
	}
}

func ExampleModel_PositionHistory() {
	m, _ := mission.Compile(heldOnce(), mission.View{})
	for _, p := range m.PositionHistory(record.Moment{}) {
		fmt.Println(p.ID, p.Tension, p.Pole)
	}
	// Output:
	// a T15 steer
	// b T15 devolve
}

func ExampleModel_WaiversInForce() {
	m, _ := mission.Compile(heldOnce(), mission.View{})
	for _, day := range []string{"2026-05-31", "2026-06-01"} {
		at := record.Moment{On: calendar.MustParseDate(day)}
		fmt.Println(day, len(m.WaiversInForce(at)), "of", len(m.Waivers(at)))
	}
	// Output:
	// 2026-05-31 1 of 1
	// 2026-06-01 0 of 1
}

func TestPositionHistoryKnowsNoLater(t *testing.T) {
	for known, want := range map[string]int{"2025-12-31": 0, "2026-01-01": 1, "2026-02-28": 1, "2026-03-01": 2} {
		at := record.Moment{Known: calendar.MustParseDate(known).In(time.UTC)}
		m := compiled(t, heldOnce(), mission.View{})
		assert.Len(t, m.PositionHistory(at), want, known)
		assert.Len(t, compiled(t, heldOnce(), mission.View{Known: at.Known}).PositionHistory(record.Moment{}), want, known)
	}
	assert.Empty(t, new(mission.Model).PositionHistory(record.Moment{}))
	assert.Empty(t, new(mission.Model).WaiversInForce(record.Moment{}))
}
