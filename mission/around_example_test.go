package mission_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// What surrounds a mission: how it is read, what bears on it, what helps and what hinders, what was tried before.
func ExampleModel_Barriers() {
	jobs := mission.Ref("jobs")
	m, err := mission.Compile(mission.Spec{
		Missions: []mission.Mission{{Record: record.New("jobs"), Name: "Good jobs", Address: "https://example.org/jobs"}},
		Scopes:   []mission.Scope{{Record: record.Invented("ours"), Mission: "jobs", Inside: []string{"health at work"}}},
		Causes: []mission.Cause{{Record: record.Invented("travel"), Name: "No way to travel to work", BearsOn: []record.Ref{jobs},
			Owners: record.Known([]record.ID{}), LeftAlone: "another mission sees to buses"}},
		Conditions:   []mission.Condition{{Record: record.Invented("money"), Kind: mission.Money, Subject: jobs, Met: record.Known(false)}},
		Barriers:     []mission.Barrier{{Record: record.Invented("pots"), Name: "Nine small pots", Pattern: mission.Siloed, Subject: jobs}},
		Levers:       []mission.Lever{{Record: record.Invented("targets"), Name: "Targets by office", Kind: mission.RewardRule, Missions: []record.ID{"jobs"}, Pull: mission.PullsAgainst}},
		Capabilities: []mission.Capability{{Record: record.Invented("design"), Name: "Service design", Missions: []record.ID{"jobs"}}},
		Relations:    []mission.Relation{{Record: record.Invented("stance"), Subject: jobs, Stance: mission.Controller, Expected: mission.Enabler, Trust: mission.TrustStrained}},
		Reforms:      []mission.Reform{{Record: record.Invented("before"), Name: "An earlier attempt", EndedBy: []record.ID{"pots"}, LikenedTo: []record.Ref{jobs}}},
		Positions:    []mission.Position{{Record: record.Invented("view"), Tension: "T15", Subject: jobs, Pole: "devolve"}},
		Waivers: []mission.Waiver{{Record: record.Record{ID: "wait", Reason: "a lead starts in May", Until: calendar.MustParseWhen("2026-06-01")},
			Rule: "F38", Subject: jobs, Owner: "office"}},
		Parties: nil,
	}, mission.View{On: calendar.MustParseDate("2026-07-01")})
	fmt.Println(err)

	m, _ = mission.Compile(mission.Spec{
		Missions: []mission.Mission{{Record: record.New("jobs"), Name: "Good jobs"}},
		Barriers: []mission.Barrier{{Record: record.Invented("pots"), Name: "Nine small pots", Pattern: mission.Siloed, Subject: jobs}},
	}, mission.View{})
	var now record.Moment
	for _, c := range m.Barriers(now) {
		fmt.Println(c.Record.Name, "-", c.Record.Pattern)
	}
	fmt.Println(len(m.Scopes(now)), len(m.Causes(now)), len(m.Conditions(now)), len(m.Relations(now)), len(m.Levers(now)),
		len(m.Capabilities(now)), len(m.Reforms(now)), len(m.Positions(now)), len(m.Waivers(now)))
	// Output:
	// waivers[0].owner (waiver/wait): there is no party "office": add it or correct the reference
	// Nine small pots - silos
	// 0 0 0 0 0 0 0 0 0
}

func TestWhatSurroundsAMissionIsChecked(t *testing.T) {
	faults := mission.Spec{
		Causes:       []mission.Cause{{Record: record.New("a")}},
		Conditions:   []mission.Condition{{Record: record.New("b")}},
		Barriers:     []mission.Barrier{{Record: record.New("c")}},
		Levers:       []mission.Lever{{Record: record.New("d")}},
		Capabilities: []mission.Capability{{Record: record.New("e")}},
		Reforms:      []mission.Reform{{Record: record.New("f")}},
		Positions:    []mission.Position{{Record: record.New("g")}},
		Waivers:      []mission.Waiver{{Record: record.New("h")}},
	}.Check()
	for _, cause := range []error{mission.ErrNoName, mission.ErrNoCondition, mission.ErrNoTension, mission.ErrNoRule, mission.ErrNoSubject,
		mission.ErrNoReason, mission.ErrNoOwner, mission.ErrNoUntil} {
		assert.True(t, errors.Is(faults.Err(), cause), cause)
	}
	assert.Len(t, faults, 12)
}

func TestWaiversOutliveTheirEnd(t *testing.T) {
	spec := energy()
	for day, want := range map[string]int{"2025-12-31": 1, "2026-12-31": 1} {
		m := compiled(t, spec, mission.View{On: calendar.MustParseDate(day)})
		assert.Len(t, m.Waivers(record.Moment{}), want, day)
		assert.Len(t, m.Relations(record.Moment{}), 1)
	}
}
