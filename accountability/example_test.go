package accountability_test

import (
	"fmt"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

var health = record.Ref{Kind: "mission", ID: "health"}

// illustrative is a made-up register: a post that changed hands, a duty that is carried, one that is unclear, a board, a
// letter, and a freedom that its giver and its holder see differently.
func illustrative() accountability.Spec {
	return accountability.Spec{
		Parties: []accountability.Party{
			{Record: record.Invented("department"), Kind: accountability.Organisation, Name: "Department of Health", Tier: accountability.TierCentral},
			{Record: record.Invented("minister"), Kind: accountability.Post, Name: "Minister for Health", OfParty: "department"},
			{Record: record.Invented("person-1"), Kind: accountability.Person},
			{Record: record.Invented("person-2"), Kind: accountability.Person},
		},
		Holdings: []accountability.Holding{
			{Record: record.Record{ID: "first", Until: calendar.MustParseWhen("2025-03-10")}, Post: "minister", Holder: "person-1"},
			{Record: record.Record{ID: "second", From: calendar.MustParseWhen("2025-03-20")}, Post: "minister", Holder: "person-2"},
		},
		Duties: []accountability.Duty{
			{Record: record.Invented("steward"), Duty: accountability.MissionSteward, Subject: health, Post: "minister"},
			{Record: record.Invented("lead"), Duty: accountability.MissionLead, Subject: health, State: accountability.Unclear},
		},
		Forums: []accountability.Forum{
			{Record: record.Record{ID: "board-a", Of: "board", Claimant: "a member"}, Kind: accountability.MissionBoard, Subject: health, Standing: "not a Cabinet committee"},
			{Record: record.Record{ID: "board-b", Of: "board", Claimant: "the department"}, Kind: accountability.MissionBoard, Subject: health, Standing: "Cabinet committee"},
		},
		Mandates: []accountability.Mandate{{Record: record.Invented("letter"), To: "minister", Subject: health, Signed: calendar.MustParseWhen("2025-04-01")}},
		Freedoms: []accountability.Freedom{
			{Record: record.Record{ID: "given", Of: "freedom", Claimant: "the centre"}, Name: "to try another way", Subject: health, Granted: record.Known(true)},
			{Record: record.Record{ID: "felt", Of: "freedom", Claimant: "the team"}, Name: "to try another way", Subject: health, Perceived: record.Known(false)},
		},
	}
}

func ExampleCompile() {
	register, err := accountability.Compile(illustrative(), record.View{On: calendar.On(2025, time.June, 1)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, duty := range register.Duties(health) {
		answer, _ := register.Answerable(health, duty, record.Moment{})
		fmt.Print(duty, ": ", answer.State)
		for _, c := range answer.Carriers {
			fmt.Print(", by ", c.Post)
			for _, h := range c.Holders {
				fmt.Print(" held by ", h.Party)
			}
		}
		fmt.Println()
	}
	// Output:
	// mission-steward: held, by minister held by person-2
	// mission-lead: unclear
}

func ExampleCompile_faults() {
	_, err := accountability.Compile(accountability.Spec{
		Parties:  []accountability.Party{{Record: record.New("town"), Kind: accountability.Place, Name: "A town"}},
		Holdings: []accountability.Holding{{Record: record.New("h"), Post: "town", Holder: "nobody"}},
		Duties:   []accountability.Duty{{Record: record.New("d"), Duty: accountability.Deliver, Subject: health}},
	}, record.View{})
	fmt.Println(err)
	// Output:
	// holdings[0].post (holding/h): "town" is a place, where only a post may stand
	// holdings[0].holder (holding/h): there is no party "nobody": add it or correct the reference
	// duties[0].state (duty/d): nobody carries the duty and nothing says why: name a post, or give a state (vacant, unclear, contested)
}

// Whoever compiles a larger plan checks this part among the others, and then takes it as checked.
func ExampleSpec_Checked() {
	spec := illustrative()
	var c record.Check
	spec.Check(&c)
	if faults := c.Run(); len(faults) > 0 {
		fmt.Println(faults)
		return
	}
	register := spec.Checked(record.View{})
	fmt.Println(len(register.Parties()))
	// Output: 4
}

func ExampleRegister_Holders() {
	register, err := accountability.Compile(illustrative(), record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, day := range []calendar.Date{calendar.On(2025, 3, 9), calendar.On(2025, 3, 15), calendar.On(2025, 3, 20)} {
		holders, state := register.Holders("minister", record.Moment{On: day})
		fmt.Println(day, len(holders), state)
	}
	for _, c := range register.HeldBy("person-2", record.Moment{On: calendar.On(2025, 6, 1)}) {
		fmt.Println("person-2 holds", c.Record.Post)
	}
	for _, c := range register.CarriedBy("minister", record.Moment{}) {
		fmt.Println("the minister carries", c.Record.Duty)
	}
	// Output:
	// 2025-03-09 1 held
	// 2025-03-15 0 vacant
	// 2025-03-20 1 held
	// person-2 holds minister
	// the minister carries mission-steward
}

func ExampleRegister_Vacancies() {
	register, err := accountability.Compile(illustrative(), record.View{On: calendar.On(2025, time.March, 15)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range register.Vacancies(record.Moment{}) {
		fmt.Println(a.Duty, a.State, "-", a.Why)
	}
	// Output:
	// mission-steward vacant - the post that carries it has no holder
	// mission-lead unclear - it is recorded as unclear
}

// Rival claims stand side by side, each with who makes it.
func ExampleRegister_Forums() {
	register, err := accountability.Compile(illustrative(), record.View{On: calendar.On(2025, time.June, 1)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range register.Forums(health, record.Moment{}) {
		fmt.Println(c.Record.Claimant, "says:", c.Record.Standing)
	}
	for _, c := range register.Freedoms(health, record.Moment{}) {
		fmt.Println(c.Record.Claimant, "says: granted", c.Record.Granted.Why(), "/ perceived", c.Record.Perceived.Why())
	}
	for _, c := range register.Mandates("minister", record.Moment{}) {
		fmt.Println("letter signed", c.Record.Signed)
	}
	for _, c := range register.Party("minister", record.Moment{}) {
		fmt.Println(c.Record.Name, "of", c.Record.OfParty)
	}
	// Output:
	// a member says: not a Cabinet committee
	// the department says: Cabinet committee
	// the centre says: granted known / perceived not recorded
	// the team says: granted not recorded / perceived known
	// letter signed 2025-04-01
	// Minister for Health of department
}
