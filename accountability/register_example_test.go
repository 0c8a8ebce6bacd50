package accountability_test

import (
	"fmt"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// office is a made-up department: a director who reports to a minister, who answers to Parliament; powers that came down from
// the Treasury; a director on leave, and a deputy who stands in and whose own post nobody covers.
func office() accountability.Spec {
	spend := []string{accountability.PowerSpend}
	pounds := func(n int64) record.Money { return record.Money{Minor: 100 * n, Currency: "GBP"} }
	from := func(id record.ID, day string) record.Record {
		return record.Record{ID: id, From: calendar.MustParseWhen(day), Grade: record.Illustrative}
	}
	return accountability.Spec{
		Parties: []accountability.Party{
			{Record: record.Invented("director"), Kind: accountability.Post, Name: "Director", ReportsTo: "minister"},
			{Record: record.Invented("deputy"), Kind: accountability.Post, Name: "Deputy director", ReportsTo: "director"},
			{Record: record.Invented("minister"), Kind: accountability.Post, Name: "Minister"},
			{Record: record.Invented("treasury"), Kind: accountability.Organisation, Name: "Treasury"},
			{Record: record.Invented("parliament"), Kind: accountability.Body, Name: "Parliament"},
			{Record: record.Invented("person-1"), Kind: accountability.Person},
			{Record: record.Invented("person-2"), Kind: accountability.Person},
		},
		Holdings: []accountability.Holding{
			{Record: from("own", "2024-01-01"), Post: "director", Holder: "person-1"},
			{Record: from("cover", "2025-03-01"), Post: "director", Holder: "person-2", Basis: accountability.BasisCover, CoverFor: "own"},
			{Record: from("deputy-own", "2024-01-01"), Post: "deputy", Holder: "person-2"},
		},
		Leaves: []accountability.Leave{
			{Record: from("leave", "2025-03-01"), Holding: "own", Why: "parental"},
			{Record: from("leave-2", "2025-03-01"), Holding: "deputy-own", Why: accountability.CoversAnother},
		},
		Duties: []accountability.Duty{{Record: record.Invented("lead"), Duty: accountability.MissionLead, Subject: health, Post: "director"}},
		Lines: []accountability.Line{{
			Record: record.Invented("account"), Actor: "minister", Forum: record.Ref{Kind: accountability.KindParty, ID: "parliament"},
			Kind: accountability.PoliticalLine, Powers: []string{accountability.MayQuestion, accountability.MayJudge},
		}},
		Grants: []accountability.Grant{
			{Record: from("estimate", "2024-04-01"), To: "treasury", Powers: spend},
			{Record: from("settlement", "2024-04-01"), By: "treasury", To: "minister", Powers: spend, PerItem: pounds(1_000_000)},
			{Record: from("letter", "2024-04-01"), By: "minister", To: "director", Powers: spend, PerItem: pounds(250_000), Conditions: []string{"the board agrees"}},
		},
	}
}

func officeRegister() *accountability.Register {
	register, err := accountability.Compile(office(), record.View{On: calendar.On(2025, time.June, 1)})
	if err != nil {
		panic(err)
	}
	return register
}

func ExampleRegister_Chain() {
	paths, _ := officeRegister().Chain(health, accountability.MissionLead, record.Moment{})
	for _, step := range paths[0].Steps {
		fmt.Println(step.Via, step.To)
	}
	fmt.Println(paths[0].Whole, paths[0].Break, paths[0].Why)
	// Output:
	//  mission/health
	// duty party/director
	// reports-to party/minister
	// line party/parliament
	// true -1
}

func ExampleRegister_PathToForum() {
	spec := office()
	spec.Lines = nil
	register, err := accountability.Compile(spec, record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, path := range register.PathToForum(health, record.Moment{}) {
		fmt.Println("breaks at", path.Steps[path.Break].To, "-", path.Why)
	}
	// Output: breaks at party/minister - no line of account or report leads on
}

func ExampleRegister_PathTo() {
	path := officeRegister().PathTo(record.Ref{Kind: accountability.KindParty, ID: "deputy"}, record.Ref{Kind: accountability.KindParty, ID: "parliament"}, record.Moment{})[0]
	fmt.Println(path.Whole, path.Why)
	// Output: false nobody exercises the functions of a post on the way
}

func ExampleRegister_Exercising() {
	e := officeRegister().Exercising("director", record.Moment{})
	fmt.Println(e.State, e.By[0].Party, "-", e.Why)
	fmt.Println(e.Absent[0].Holder.Party, "is away:", e.Absent[0].Leave.Why)
	// Output:
	// held person-2 - a holder is on leave
	// person-1 is away: parental
}

func ExampleRegister_Covering() {
	for _, e := range officeRegister().Covering("director", record.Moment{}) {
		fmt.Println(e.Post, e.State, "-", e.Why)
	}
	// Output:
	// director held - a holder is on leave
	// deputy vacant - the holder is on leave and nobody is recorded as standing in
}

func ExampleRegister_Check() {
	register := officeRegister()
	act := accountability.Act{Actor: "director", Power: accountability.PowerSpend, Subject: health, Amount: record.Money{Minor: 200_000_00, Currency: "GBP"}}
	verdict := register.Check(act, record.Moment{})
	fmt.Println(verdict.Permission, verdict.Missing)

	act.Met = []string{"the board agrees"}
	verdict = register.Check(act, record.Moment{})
	fmt.Println(verdict.Permission, verdict.PerItem)
	for _, grant := range verdict.Chain {
		fmt.Println("by", grant.ID)
	}

	act.Amount.Minor *= 2
	fmt.Println(register.Check(act, record.Moment{}).Why)

	act.Amount.Minor, act.Categories = 1, []string{accountability.Novel}
	fmt.Println(register.Check(act, record.Moment{}).Why)
	// Output:
	// conditional [a condition of a grant is to be met: the board agrees]
	// allowed 250000.00 GBP
	// by letter
	// by settlement
	// by estimate
	// the amount is above the limit for one act
	// the category of the act cannot be delegated
}

func ExampleRegister_WithContainers() {
	spec := office()
	for i := range spec.Grants {
		spec.Grants[i].Subject = health
	}
	register, err := accountability.Compile(spec, record.View{On: calendar.On(2025, time.June, 1)})
	if err != nil {
		fmt.Println(err)
		return
	}
	milestone := record.Ref{Kind: "milestone", ID: "waiting-times"}
	act := accountability.Act{Actor: "minister", Power: accountability.PowerSpend, Subject: milestone}
	fmt.Println(register.Check(act, record.Moment{}).Permission)
	register = register.WithContainers(func(subject record.Ref) []record.Ref {
		if subject == milestone {
			return []record.Ref{health}
		}
		return nil
	})
	fmt.Println(register.Check(act, record.Moment{}).Permission)
	// Output:
	// denied
	// allowed
}

func ExampleRegister_Gaps() {
	register, err := accountability.Compile(illustrative(), record.View{On: calendar.On(2025, time.June, 1)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, gap := range register.Gaps("minister", record.Moment{}) {
		fmt.Println(gap.From, "until", gap.Until, gap.Filled, "of", gap.Seats)
	}
	fmt.Println(len(register.Overlaps("minister", record.Moment{})))
	// Output:
	// 2025-03-10 until 2025-03-20 0 of 1
	// 0
}

func ExampleRegister_Without() {
	for _, answer := range officeRegister().Without("director", record.Moment{}) {
		fmt.Println(answer.Duty, "on", answer.Subject, "-", answer.Why)
	}
	// Output: mission-lead on mission/health - nobody else carries it
}

// What was known on the day of a decision, and what is known now.
func ExampleRegister_ReliedOn() {
	recorded := func(id, of record.ID, verb record.Verb, month time.Month) record.Record {
		return record.Record{ID: id, Of: of, Verb: verb, Reason: "the list was wrong", Recorded: time.Date(2025, month, 1, 0, 0, 0, 0, time.UTC)}
	}
	spec := office()
	spec.Holdings = []accountability.Holding{
		{Record: recorded("listed", "", 0, time.January), Post: "director", Holder: "person-1"},
		{Record: recorded("corrected", "listed", record.Correct, time.June), Post: "director", Holder: "person-2"},
	}
	spec.Leaves = nil
	spec.Resolutions = []accountability.Resolution{{
		Record: record.Invented("go-ahead"), By: "minister", Decided: "the director has a free hand", OnDay: calendar.MustParseWhen("2025-03-01"),
		Relied: []record.Ref{{Kind: accountability.KindParty, ID: "director"}},
	}}
	register, err := accountability.Compile(spec, record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	relied, _ := register.ReliedOn(record.Ref{Kind: accountability.KindResolution, ID: "go-ahead"}, record.Moment{})
	for _, r := range relied {
		fmt.Println(r.Ref, "then:", r.Then[0].Parties, "now:", r.Now[0].Parties, "changed:", r.Changed)
	}
	known, _ := register.FirstKnown(record.Ref{Kind: accountability.KindHolding, ID: "corrected"})
	fmt.Println(known.Format(time.DateOnly))
	may, july := time.Date(2025, time.May, 1, 0, 0, 0, 0, time.UTC), time.Date(2025, time.July, 1, 0, 0, 0, 0, time.UTC)
	for _, d := range register.Differences(record.Ref{}, calendar.On(2025, time.March, 1), may, july) {
		fmt.Println(d.Ref, d.Before.Parties, d.After.Parties)
	}
	// Output:
	// party/director then: [person-1] now: [person-2] changed: true
	// 2025-06-01
	// party/director [person-1] [person-2]
	// mission/health [director] [director]
}

func ExampleRegister_AppendHoldings() {
	register := officeRegister()
	room := make([]accountability.Assignment, 0, 8)
	for _, day := range []calendar.Date{calendar.On(2025, time.February, 1), calendar.On(2025, time.April, 1)} {
		room = register.AppendHoldings(room[:0], "director", record.Moment{On: day})
		for _, a := range room {
			fmt.Println(day, a.Holding.Holder, a.On)
		}
	}
	// Output:
	// 2025-02-01 person-1 certainly
	// 2025-04-01 person-1 certainly
	// 2025-04-01 person-2 certainly
}

func ExampleSharing_Weight() {
	half, _ := record.ParseQuantity("0.5")
	s := accountability.Sharing{Mode: accountability.Joint, Members: []record.ID{"a", "b"}, Weights: []record.Quantity{half, half}}
	fmt.Println(s.Weight("b"))
	fmt.Println(s.Weight("c"))
	// Output:
	// 0.5 true
	// 0 false
}

func ExampleAccountingTest_Failed() {
	t := accountability.AccountingTest{Regularity: record.Known(true), ValueForMoney: record.Known(false), Feasibility: record.Unknown[bool]("no plan yet")}
	fmt.Println(t.Failed())
	// Output: [value-for-money]
}

func ExamplePermission() {
	var p accountability.Permission
	fmt.Println(p.UnmarshalText([]byte("conditional")), p, p.IsZero())
	text, _ := accountability.Denied.MarshalText()
	fmt.Println(string(text), accountability.Allowed)
	// Output:
	// <nil> conditional false
	// denied allowed
}

// Every record about how answering is arranged can be asked for by what it is about.
func ExampleRegister_Lines() {
	spec := office()
	spec.Forums = []accountability.Forum{{Record: record.Invented("board"), Kind: accountability.MissionBoard, Name: "Mission board", Subject: health, Cadence: "monthly"}}
	spec.Meetings = []accountability.Meeting{{Record: record.Invented("first"), Forum: "board", OnDay: calendar.MustParseWhen("2025-02-03"), Chair: "minister"}}
	spec.Resolutions = []accountability.Resolution{{Record: record.Invented("way-clear"), Meeting: "first", Barrier: "two budgets", Removed: record.Known(true)}}
	spec.Successions = []accountability.Succession{{Record: record.Invented("merged"), Kind: accountability.Merger, Predecessors: []record.ID{"deputy"}, Successors: []record.ID{"director"}}}
	spec.Sharings = []accountability.Sharing{{
		Record: record.Invented("together"), Subject: health, Duty: accountability.MissionLead, Mode: accountability.Joint,
		Members: []record.ID{"director", "minister"}, Lead: "minister", Escalation: "to Cabinet",
	}}
	spec.Tests = []accountability.AccountingTest{{Record: record.Invented("tested"), Subject: health, Officer: "director", Feasibility: record.Known(false)}}
	spec.Directions = []accountability.Direction{{Record: record.Invented("directed"), Subject: health, Minister: "minister", Test: "tested", Failed: []string{accountability.Feasibility}}}
	spec.Spaces = []accountability.LearningSpace{{Record: record.Invented("trial"), Subject: health, Sponsor: "minister", StopRules: []string{"one person comes to harm"}, Never: []string{accountability.NeverFraud}}}
	register, err := accountability.Compile(spec, record.View{On: calendar.On(2025, time.June, 1)})
	if err != nil {
		fmt.Println(err)
		return
	}
	now := record.Moment{}
	fmt.Println("answers to", register.Lines("minister", now)[0].Record.Forum)
	fmt.Println("shared:", register.Sharings(health, accountability.MissionLead, now)[0].Record.Mode)
	fmt.Println("granted:", register.Grants("director", now)[0].Record.PerItem)
	fmt.Println("away:", register.Leaves("own", now)[0].Record.Why)
	fmt.Println("before:", register.Successions("director", now)[0].Record.Predecessors)
	fmt.Println("met on", register.Meetings("board", now)[0].Record.OnDay)
	fmt.Println("removed:", register.Resolutions("first", now)[0].Record.Barrier)
	fmt.Println("not met:", register.Tests(health, now)[0].Record.Failed())
	fmt.Println("directed by", register.Directions(health, now)[0].Record.Minister)
	fmt.Println("stops when", register.Spaces(health, now)[0].Record.StopRules[0])
	// Output:
	// answers to party/parliament
	// shared: joint
	// granted: 250000.00 GBP
	// away: parental
	// before: [deputy]
	// met on 2025-02-03
	// removed: two budgets
	// not met: [feasibility]
	// directed by minister
	// stops when one person comes to harm
}
