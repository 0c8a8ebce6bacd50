package milestone_test

import (
	"fmt"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// homes is a made-up plan: a milestone of two targets, one counted and one to be achieved, that was put back a year.
func homes() milestone.Spec {
	return milestone.Spec{
		Milestones: []milestone.Milestone{
			{Record: record.Invented("planning"), Name: "Planning rules changed", Due: calendar.MustParseWhen("2025-06")},
			{Record: record.Record{ID: "homes-1", Of: "homes"}, Name: "A thousand homes, and a design code", Due: calendar.MustParseWhen("2026"), Combine: milestone.All},
			{Record: record.Record{ID: "homes-2", Of: "homes", Verb: record.Change, Recorded: time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC)},
				Name: "A thousand homes, and a design code", Due: calendar.MustParseWhen("2027"), Combine: milestone.All},
		},
		Indicators: []milestone.Indicator{{Record: record.Invented("built"), Name: "Homes built", Unit: "homes", Direction: milestone.Up, Reading: milestone.Flow}},
		Targets: []milestone.Target{
			{Record: record.Invented("thousand"), Milestone: "homes", Indicator: "built", AtLeast: record.Number(1000)},
			{Record: record.Invented("code"), Milestone: "homes", Achieve: "a design code is in force"},
		},
		Observations: []milestone.Observation{
			{Record: record.Invented("built-h1"), Indicator: "built", Period: calendar.MustParseWhen("2025-01-01/2025-06-30"), Value: record.Known(record.Number(150))},
			{Record: record.Invented("built-h2"), Indicator: "built", Period: calendar.MustParseWhen("2025-07-01/2025-12-31"), Value: record.Known(record.Number(300))},
		},
		Assessments: []milestone.Assessment{{Record: record.Record{ID: "said", Claimant: "the department"}, Subject: record.Ref{Kind: milestone.KindTarget, ID: "code"}, Status: milestone.Met, OnDay: calendar.MustParseWhen("2025-11-20")}},
		Dependencies: []milestone.Dependency{
			{Record: record.Invented("link"), Dependent: milestone.Ref("homes"), On: milestone.Ref("planning"), Kind: milestone.FinishStart},
		},
	}
}

func ExampleCompile() {
	plan, err := milestone.Compile(homes(), record.View{On: calendar.On(2026, time.January, 31)})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, _ := plan.Standing("homes", record.Moment{})
	fmt.Println(s.Status, s.Due, "-", s.Why)
	for _, part := range s.Parts {
		share, known := part.Progress.Get()
		fmt.Println(part.Target, part.Status, part.Actual, share, known)
	}
	for _, slip := range plan.Slippage("homes", record.Moment{}) {
		fmt.Println("moved from", slip.From, "to", slip.To, "by", slip.Least, "days")
	}
	// Output:
	// scheduled 2027 - 1 of 2 targets met
	// thousand scheduled 450 0.45 true
	// code met  0 false
	// moved from 2026 to 2027 by 365 days
}

// The same question as it stood at an earlier day, as far as was known then.
func ExamplePlan_Standing() {
	plan, err := milestone.Compile(homes(), record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	then := record.Moment{On: calendar.On(2025, time.July, 31), Known: time.Date(2025, 8, 1, 0, 0, 0, 0, time.UTC)}
	s, _ := plan.Standing("homes", then)
	fmt.Println(s.Due, s.Parts[0].Actual)
	// Output: 2026 150
}

func ExamplePlan() {
	plan, err := milestone.Compile(homes(), record.View{On: calendar.On(2026, time.January, 31)})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(plan.Milestones(), plan.Order(record.Moment{}))
	fmt.Println(len(plan.MilestoneVersions("homes")), plan.Canonical(milestone.Ref("homes-2")))
	for _, c := range plan.Targets("homes", record.Moment{}) {
		fmt.Println("asks for", c.Record.ID)
	}
	code := record.Ref{Kind: milestone.KindTarget, ID: "code"}
	for _, c := range plan.Assessments(code, record.Moment{}) {
		fmt.Println(c.Record.Claimant, "says", c.Record.Status)
	}
	for _, c := range plan.DependenciesOf(milestone.Ref("homes"), record.Moment{}) {
		fmt.Println(c.Record.On, c.Record.Kind, c.Record.Kind.IsPrecedence())
	}
	for falls := range plan.Graph(record.Moment{}).Successors(milestone.Ref("planning")) {
		fmt.Println("without planning:", falls)
	}
	// Output:
	// [planning homes] [planning homes]
	// 2 milestone/homes
	// asks for thousand
	// asks for code
	// the department says met
	// milestone/planning finish-start true
	// without planning: milestone/homes
}

func ExampleCompile_faults() {
	spec := homes()
	spec.Dependencies = append(spec.Dependencies, milestone.Dependency{Record: record.New("back"), Dependent: milestone.Ref("planning"), On: milestone.Ref("homes"), Kind: milestone.StartStart})
	spec.Targets[0].AtMost = record.Number(10)
	_, err := milestone.Compile(spec, record.View{})
	fmt.Println(err)
	// Output:
	// targets[0].at_least (target/thousand): at_least is above at_most, so nothing can meet the target
	// dependencies[0] (dependency/link): the precedences form a circle: milestone/planning before milestone/homes (link), before milestone/planning (back): drop one of these links, or make it "needs" if the two only help each other
}

// Whoever compiles a larger plan checks this part among the others, and then takes it as checked.
func ExampleSpec_Checked() {
	spec := homes()
	var c record.Check
	spec.Check(&c)
	if faults := c.Run(); len(faults) > 0 {
		fmt.Println(faults)
		return
	}
	fmt.Println(len(spec.Checked(record.View{}).Milestones()))
	// Output: 2
}

func ExampleDirection() {
	var how milestone.Combine
	var reads milestone.Reading
	var way milestone.Direction = milestone.Down
	fmt.Println(how, reads, way)
	// Output: all stock down
}
