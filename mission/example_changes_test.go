package mission_test

import (
	"errors"
	"fmt"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// What if the head of the mission left in May?
func ExampleVacate() {
	spec := mission.Spec{
		Parties: []accountability.Party{
			{Record: record.Invented("head"), Kind: accountability.Post, Name: "Head of the mission"},
			{Record: record.Invented("someone"), Kind: accountability.Person},
		},
		Holdings: []accountability.Holding{{Record: record.Invented("now"), Post: "head", Holder: "someone"}},
	}
	gone := mission.Vacate{Post: "head", From: calendar.On(2026, 5, 1)}
	m, err := mission.Compile(spec, mission.View{Changes: []mission.Change{gone}})
	fmt.Println(err)
	for _, day := range []calendar.Date{calendar.On(2026, 4, 30), calendar.On(2026, 5, 1)} {
		_, state := m.Register().Holders("head", record.Moment{On: day})
		fmt.Println(day, state)
	}
	_, err = mission.Compile(spec, mission.View{Changes: []mission.Change{mission.Vacate{Post: "head"}}})
	fmt.Println(errors.Is(err, mission.ErrNoDay))
	// Output:
	// <nil>
	// 2026-04-30 held
	// 2026-05-01 vacant
	// true
}

// What if the council decided, and not the ministry?
func ExampleMove() {
	spec := mission.Spec{
		Parties: []accountability.Party{
			{Record: record.Invented("ministry"), Kind: accountability.Organisation, Name: "Ministry"},
			{Record: record.Invented("council"), Kind: accountability.Organisation, Name: "Council"},
		},
		Missions: []mission.Mission{{Record: record.Invented("homes"), Name: "Warm homes"}},
		Duties:   []accountability.Duty{{Record: record.Invented("sites"), Duty: accountability.Decide, Subject: mission.Ref("homes"), Post: "ministry"}},
	}
	m, err := mission.Compile(spec, mission.View{Changes: []mission.Change{mission.Move{Duty: "sites", To: "council"}}})
	fmt.Println(err)
	answer, _ := m.Register().Answerable(mission.Ref("homes"), accountability.Decide, record.Moment{})
	fmt.Println(answer.State, answer.Carriers[0].Post)
	// Output:
	// <nil>
	// held council
}

// What if two budgets were one?
func ExamplePool() {
	money := func(id, whose record.ID, pounds int64) funding.Allocation {
		return funding.Allocation{Record: record.Invented(id), Subject: mission.Ref("homes"), PaidBy: whose,
			Amount: record.Known(record.Money{Minor: 100 * pounds, Currency: "GBP"})}
	}
	spec := mission.Spec{
		Parties: []accountability.Party{
			{Record: record.Invented("housing"), Kind: accountability.Organisation, Name: "Housing"},
			{Record: record.Invented("health"), Kind: accountability.Organisation, Name: "Health"},
		},
		Missions:    []mission.Mission{{Record: record.Invented("homes"), Name: "Warm homes"}},
		Allocations: []funding.Allocation{money("insulation", "housing", 300), money("prevention", "health", 200)},
	}
	together := mission.Pool{Into: funding.Pool{Record: record.Invented("place"), Name: "One budget for the place"},
		Money: []record.Ref{{Kind: funding.KindAllocation, ID: "insulation"}, {Kind: funding.KindAllocation, ID: "prevention"}}}
	m, err := mission.Compile(spec, mission.View{Changes: []mission.Change{together}})
	fmt.Println(err)
	for _, share := range m.Accounts().Shares("place", record.Moment{}) {
		amount, _ := share.Record.Amount.Get()
		fmt.Println(share.Record.ID, share.Record.Party, amount)
	}
	// Output:
	// <nil>
	// place-insulation housing 300.00 GBP
	// place-prevention health 200.00 GBP
}
