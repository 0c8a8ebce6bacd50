package mission_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/mission"
)

// warmHomes is a made-up plan: one mission, two milestones that lean on one another, an outcome, a team, and some money.
func warmHomes() mission.Spec {
	warm := mission.Ref("warm-homes")
	return mission.Spec{
		Namespace: "https://example.org/warm-homes",
		Sources:   []record.Source{{Record: record.New("letter"), Title: "A letter", Published: calendar.MustParseWhen("2025-02")}},
		Parties: []accountability.Party{
			{Record: record.Invented("council"), Kind: accountability.Organisation, Name: "The council"},
			{Record: record.Invented("person-1"), Kind: accountability.Person, Name: "A. N. Other"},
		},
		Missions: []mission.Mission{{Record: record.Invented("warm-homes"), Name: "Every home warm by 2035", Stage: mission.StageActive}},
		Outcomes: []mission.Outcome{{Record: record.Invented("fewer-colds"), Name: "Fewer people ill in winter", Missions: []record.ID{"warm-homes"}}},
		Initiatives: []mission.Initiative{
			{Record: record.Invented("retrofit"), Name: "The retrofit team", Missions: []record.ID{"warm-homes"}, By: "council", Status: mission.MissionWork},
		},
		Milestones: []milestone.Milestone{
			{Record: record.Invented("street"), Missions: []record.ID{"warm-homes"}, Name: "One street insulated", Due: calendar.MustParseWhen("2027-Q2")},
			{Record: record.Invented("town"), Missions: []record.ID{"warm-homes"}, Name: "The town insulated", Due: calendar.MustParseWhen("2031")},
		},
		Dependencies:    []milestone.Dependency{{Record: record.Invented("street-first"), Dependent: milestone.Ref("town"), On: milestone.Ref("street"), Kind: milestone.FinishStart}},
		Allocations:     []funding.Allocation{{Record: record.Invented("grant"), Subject: warm, To: "council", Amount: record.Known(record.Money{Minor: 5_000_000_00, Currency: "GBP"})}},
		SpendingReviews: []funding.Review{{Record: record.Invented("review"), Name: "A review", FundsUntil: calendar.MustParseWhen("2029-04-01")}},
		Events: []mission.Event{
			{Record: record.Sourced("asked", "letter", "p. 1", record.Hearsay), Kind: mission.Consultation, Subject: milestone.Ref("street"), With: []record.ID{"council"}, OnDay: calendar.MustParseWhen("2025-01")},
		},
	}
}

func seen(view mission.View) *mission.Model {
	model, err := mission.Compile(warmHomes(), view)
	if err != nil {
		panic(err)
	}
	return model
}

func ExampleCompile() {
	model, err := mission.Compile(warmHomes(), mission.View{On: calendar.On(2026, time.June, 1)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, id := range model.Missions() {
		for _, c := range model.Mission(id, record.Moment{}) {
			fmt.Println(c.Record.Name)
		}
		for _, step := range model.MilestonesOf(id) {
			standing, _ := model.Plan().Standing(step, record.Moment{})
			fmt.Println("-", model.Name(milestone.Ref(step)), standing.Status)
		}
	}
	// Output:
	// Every home warm by 2035
	// - One street insulated scheduled
	// - The town insulated scheduled
}

func ExampleSpec_Check() {
	spec := warmHomes()
	spec.Milestones[1].Missions = []record.ID{"warm-home"}
	spec.Events[0].Kind = ""
	for _, fault := range spec.Check() {
		fmt.Println(fault)
	}
	// Output:
	// milestones[1].missions[0] (milestone/town): there is no mission "warm-home": did you mean "warm-homes"?
	// events[0].kind (event/asked): the event has no kind: write consultation, commitment or another word
}

// What leans on the street, and what falls if it falls.
func ExampleModel_Graph() {
	model := seen(mission.View{})
	for _, ref := range model.Graph(record.Moment{}).Descendants(milestone.Ref("street")) {
		fmt.Println(ref)
	}
	// Output:
	// milestone/town
	// mission/warm-homes
}

func ExampleModel() {
	model := seen(mission.View{On: calendar.On(2026, time.June, 1)})
	warm := mission.Ref("warm-homes")
	fmt.Println(model.Outcomes(), model.OutcomesOf("warm-homes"), model.Initiatives(), model.InitiativesOf("warm-homes"))
	for _, c := range model.Outcome("fewer-colds", record.Moment{}) {
		fmt.Println(c.Record.Name)
	}
	for _, c := range model.Initiative("retrofit", record.Moment{}) {
		fmt.Println(c.Record.Name, "-", c.Record.Status)
	}
	for _, c := range model.Accounts().AllocationsFor(warm, record.Moment{}) {
		amount, _ := c.Record.Amount.Get()
		fmt.Println(amount)
	}
	for _, c := range model.Accounts().Reviews(record.Moment{}) {
		fmt.Println(c.Record.Name, "pays until", c.Record.FundsUntil)
	}
	for _, c := range model.Events(milestone.Ref("street"), mission.Consultation, record.Moment{}) {
		source, _ := model.Source(c.Record.Source)
		fmt.Println(c.Record.Kind, c.Record.OnDay, "by", source.Title)
	}
	fmt.Println(model.Moment(record.Moment{}).On, model.GlobalID(warm))
	// Output:
	// [fewer-colds] [fewer-colds] [retrofit] [retrofit]
	// Fewer people ill in winter
	// The retrofit team - mission
	// 5000000.00 GBP
	// A review pays until 2029-04-01
	// consultation 2025-01 by A letter
	// 2026-06-01 b0fa5a0b-c464-504d-84a6-cbb91b4e515f
}

// The same plan without what was only heard, for everybody to read.
func ExampleView() {
	model := seen(mission.View{Without: []record.Grade{record.Hearsay}, Audience: record.Public})
	for _, r := range model.Removed() {
		fmt.Printf("%d %s %q - %s\n", r.Count, r.Kind, r.Field, r.Why)
	}
	why, out := model.Excluded(record.Ref{Kind: mission.KindEvent, ID: "asked"})
	fmt.Println(why, out)
	// Output:
	// 1 party "name" - names of persons are not published
	// 1 event "" - grade left out
	// grade left out true
}

// What would be if the street were a year late, nobody had the grant, and the town were two?
func ExampleChange() {
	second := warmHomes().Milestones[1]
	second.Name = "Two towns insulated"
	changes := []mission.Change{
		mission.Redate{Milestone: "street", Due: calendar.MustParseWhen("2028-Q2")},
		mission.Remove{Refs: []record.Ref{{Kind: funding.KindAllocation, ID: "grant"}}},
		mission.Amend{Records: mission.Spec{Milestones: []milestone.Milestone{second}}},
		mission.Add{Records: mission.Spec{Missions: []mission.Mission{{Record: record.Invented("clean-air"), Name: "Clean air"}}}},
	}
	model := seen(mission.View{Changes: changes})
	var d mission.Difference
	for _, d = range mission.Diff(warmHomes(), model.Spec()) {
		fmt.Printf("%s %s %v %q %q\n", d.Kind, d.Ref, d.Members, d.From, d.To)
	}
	_, err := mission.Compile(warmHomes(), mission.View{Changes: []mission.Change{mission.Redate{Milestone: "steet"}}})
	wrong, ok := errors.AsType[*mission.ChangeError](err)
	fmt.Println(ok, wrong.Ref, d.Kind == mission.Dropped)
	// Output:
	// added mission/clean-air [] "" ""
	// re-dated milestone/street [due] "2027-Q2" "2028-Q2"
	// changed milestone/town [name] "" ""
	// dropped allocation/grant [] "" ""
	// true milestone/steet true
}

// Each department keeps its own plan; missions cross them.
func ExampleSpec_Merge() {
	other := mission.Spec{
		Namespace: "https://example.org/health",
		Missions:  []mission.Mission{{Record: record.Invented("warm-homes"), Name: "Warm homes for health"}, {Record: record.Invented("clean-air"), Name: "Clean air"}},
	}
	joined, err := warmHomes().Merge(other)
	fmt.Println(len(joined.Missions), joined.Missions[1].Namespace)
	clash, ok := errors.AsType[*mission.CollisionError](err)
	fmt.Println(ok, clash.Ref)
	// Output:
	// 2 https://example.org/health
	// true mission/warm-homes
}

// Code that treats all kinds of record alike goes through the tables.
func ExampleSpec_Tables() {
	spec := warmHomes()
	for _, table := range spec.Tables() {
		if milestones, ok := table.Records.(*[]milestone.Milestone); ok {
			fmt.Println(table.Kind, table.Name, len(*milestones))
		}
	}
	fmt.Println(mission.TableOf(milestone.KindDependency), len(mission.Kinds()), spec.At("milestones[1].due"))
	// Output:
	// milestone milestones 2
	// dependencies 60 milestone/town
}

func ExampleModel_Uncertainties() {
	street := milestone.Ref("street")
	spec := warmHomes()
	spec.Estimates = []forecast.Estimate{{Record: record.Invented("street-takes"), Subject: street, Shape: forecast.Shape{Kind: forecast.Triangular, Min: 0.8, Mode: 1, Max: 2}}}
	model, err := mission.Compile(spec, mission.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(model.Uncertainties().Estimates), len(spec.Bases()) > 5, model.Fact(street))
	fmt.Println(len(model.Ledger().Hypotheses()), len(model.Accounts().Pools(record.Moment{})))
	// Output:
	// 1 true milestone/street
	// 0 0
}
