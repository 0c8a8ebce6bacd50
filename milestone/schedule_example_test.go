package milestone_test

import (
	"encoding"
	"errors"
	"fmt"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// school is a small plan: a school is to be ready by 21 July 2028, which is too soon for hiring its teachers.
func school() milestone.Spec {
	ref := func(id record.ID) record.Ref { return record.Ref{Kind: milestone.KindActivity, ID: id} }
	office, site := calendar.Shift{From: 9 * 60, Until: 17 * 60}, calendar.Shift{From: 8 * 60, Until: 16 * 60}
	days := func(n calendar.Minutes) calendar.Minutes { return n * 8 * calendar.Hour }
	return milestone.Spec{
		Calendars: []milestone.Calendar{
			{Record: record.New("office"), Name: "Office hours", Week: calendar.Weekdays(office), BankHolidays: calendar.EnglandAndWales},
			{Record: record.New("site"), Name: "Six days on site", BankHolidays: calendar.EnglandAndWales,
				Week: calendar.Shifts{Monday: []calendar.Shift{site}, Tuesday: []calendar.Shift{site}, Wednesday: []calendar.Shift{site}, Thursday: []calendar.Shift{site},
					Friday: []calendar.Shift{site}, Saturday: []calendar.Shift{site}},
				Except: []calendar.Exception{{From: calendar.On(2028, 7, 21), Until: calendar.On(2028, 7, 29)}}},
		},
		Projects: []milestone.Project{{Record: record.New("school"), Name: "A school", Start: calendar.On(2028, 4, 10).At(9 * 60), Calendar: "office"}},
		Activities: []milestone.Activity{
			{Record: record.New("permit"), Name: "Planning permission", Project: "school", Lasts: days(20)},
			{Record: record.New("works"), Name: "Works", Project: "school", Type: milestone.Summary},
			{Record: record.New("ground"), Name: "Ground works", Project: "school", PartOf: "works", Lasts: days(24), Calendar: "site"},
			{Record: record.New("frame"), Name: "Frame", Project: "school", PartOf: "works", Lasts: days(36), Calendar: "site"},
			{Record: record.New("hire"), Name: "Hiring teachers", Project: "school", Lasts: days(60),
				Constraints: []milestone.Constraint{{Kind: milestone.StartNoEarlier, On: calendar.MustParseWhen("2028-05")}}},
			{Record: record.New("open"), Name: "The school opens", Project: "school", Type: milestone.FinishMilestone,
				Constraints: []milestone.Constraint{{Kind: milestone.Deadline, On: calendar.OnDay(calendar.On(2028, 7, 21))}}},
		},
		Dependencies: []milestone.Dependency{
			{Record: record.New("d1"), Dependent: ref("works"), On: ref("permit"), Kind: milestone.FinishStart},
			{Record: record.New("d2"), Dependent: ref("frame"), On: ref("ground"), Kind: milestone.StartStart, Lag: days(12)},
			{Record: record.New("d3"), Dependent: ref("open"), On: ref("works"), Kind: milestone.FinishStart, LagDays: 14},
			{Record: record.New("d4"), Dependent: ref("open"), On: ref("hire"), Kind: milestone.FinishStart},
		},
	}
}

func ExamplePlan_Schedule() {
	plan, err := milestone.Compile(school(), record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := plan.Schedule(record.Moment{}, milestone.ScheduleOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, n := range s.All() {
		fmt.Printf("%-6s early %s to %s, late %s to %s, float %s, critical %t\n", n.Ref.ID, n.EarlyStart, n.EarlyFinish, n.LateStart, n.LateFinish, n.TotalFloat, n.Critical)
	}
	fmt.Println(s.Dated(), s.Finish(), s.FinishOf("school"), len(s.Arcs()), len(s.Remarks()))
	// Output:
	// permit early 2028-04-10T09:00 to 2028-05-10T17:00, late 2028-04-11T09:00 to 2028-05-11T17:00, float PT8H, critical false
	// works  early 2028-05-11T08:00 to 2028-07-06T16:00, late 2028-05-12T08:00 to 2028-07-07T16:00, float PT8H, critical false
	// ground early 2028-05-11T08:00 to 2028-06-08T16:00, late 2028-05-12T08:00 to 2028-06-09T16:00, float PT8H, critical false
	// frame  early 2028-05-25T08:00 to 2028-07-06T16:00, late 2028-05-26T08:00 to 2028-07-07T16:00, float PT8H, critical false
	// hire   early 2028-05-02T09:00 to 2028-07-25T17:00, late 2028-04-27T09:00 to 2028-07-21T17:00, float -PT16H, critical true
	// open   early 2028-07-25T17:00 to 2028-07-25T17:00, late 2028-07-21T17:00 to 2028-07-21T17:00, float -PT16H, critical true
	// true 2028-07-25T17:00 2028-07-25T17:00 4 0
}

func schoolSchedule() *milestone.Schedule {
	plan, err := milestone.Compile(school(), record.View{})
	if err != nil {
		panic(err)
	}
	s, err := plan.Schedule(record.Moment{}, milestone.ScheduleOptions{})
	if err != nil {
		panic(err)
	}
	return s
}

// Every date says what holds it where it is.
func ExampleSchedule_Explain() {
	s := schoolSchedule()
	open, _ := s.Of(record.Ref{Kind: milestone.KindActivity, ID: "open"})
	fmt.Println(open.Bounds[0] == milestone.Bound{Kind: milestone.Deadline, At: calendar.On(2028, 7, 21).At(24 * 60)})
	for _, id := range []record.ID{"frame", "hire", "open"} {
		e, _ := s.Explain(record.Ref{Kind: milestone.KindActivity, ID: id})
		for _, r := range e.Early {
			fmt.Println(id, "starts on", r.At, "because of", r)
		}
		for _, r := range e.Late {
			fmt.Println(id, "must finish by", r.At, "because of", r)
		}
	}
	// Output:
	// true
	// frame starts on 2028-05-25T08:00 because of the link d2 (start-start, lag PT96H) with activity/ground
	// frame must finish by 2028-07-07T16:00 because of the link d3 (finish-start, lag PT336H) with activity/open, by way of activity/works
	// hire starts on 2028-05-02T09:00 because of the constraint start-no-earlier 2028-05-01T00:00
	// hire must finish by 2028-07-21T17:00 because of the link d4 (finish-start) with activity/open
	// open starts on 2028-07-25T17:00 because of the link d4 (finish-start) with activity/hire
	// open must finish by 2028-07-21T17:00 because of the constraint deadline 2028-07-22T00:00
}

func ExampleSchedule_DrivingPaths() {
	s := schoolSchedule()
	open := record.Ref{Kind: milestone.KindActivity, ID: "open"}
	show := func(nodes []int) {
		for _, i := range nodes {
			fmt.Print(" ", s.All()[i].Ref.ID)
		}
		fmt.Println()
	}
	paths, more := s.DrivingPaths(open, 10)
	for _, p := range paths {
		fmt.Print("driving, ", len(p.Arcs), " link:")
		show(p.Nodes)
	}
	for _, p := range s.FloatPaths(open, 3) {
		fmt.Print(p.Slack, " from driving, joins ", p.Joins, ":")
		show(p.Nodes)
	}
	fmt.Print("near:")
	show(s.Near(8 * calendar.Hour))
	c := s.Criticality(record.Ref{})[s.Index(record.Ref{Kind: milestone.KindActivity, ID: "hire"})]
	fmt.Println(more, c.IsCritical(), c.Start, c.Finish, c.Longer, s.Parts(1))
	// Output:
	// driving, 1 link: hire open
	// PT0H from driving, joins -1: hire open
	// PT32H from driving, joins 5: permit ground frame
	// near: permit ground frame
	// false true true true 1 [2 3]
}

// A plan needs no durations: milestones, what comes before what, and due days that may contradict it.
func ExampleSchedule_Conflicts() {
	law := milestone.Milestone{Record: record.New("law"), Name: "The law is passed", Due: calendar.MustParseWhen("2028-Q1")}
	homes := milestone.Milestone{Record: record.New("homes"), Name: "Homes are begun", Due: calendar.MustParseWhen("2027")}
	plan, err := milestone.Compile(milestone.Spec{
		Milestones: []milestone.Milestone{homes, law},
		Dependencies: []milestone.Dependency{
			{Record: record.New("first-the-law"), Dependent: milestone.Ref("homes"), On: milestone.Ref("law"), Kind: milestone.FinishStart},
		},
	}, record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	layers, err := plan.Layers(record.Moment{})
	fmt.Println(layers, err)
	s, err := plan.Schedule(record.Moment{}, milestone.ScheduleOptions{})
	fmt.Println(s.Dated(), err)
	for _, c := range s.Conflicts() {
		fmt.Println(s.All()[c.Node].Name, "by", s.All()[c.Node].Due, "before", s.All()[c.After].Name, c.On, s.Arcs()[c.Arcs[0]].Dependency, c.Earliest)
	}
	s, err = plan.Schedule(record.Moment{On: calendar.On(2028, 1, 1)}, milestone.ScheduleOptions{DueBinds: true})
	timing, found := s.Of(milestone.Ref("law"))
	fmt.Println(timing.EarlyFinish, timing.LateFinish, timing.DueBy(), found, s.Late(), err)
	// Output:
	// [[milestone/law] [milestone/homes]] <nil>
	// false <nil>
	// Homes are begun by 2027 before The law is passed certainly first-the-law 2028-01-02T00:00
	// 2028-01-01T00:00 2028-01-01T00:00 2028-04-01T00:00 true [] <nil>
}

// Options choose the rules where tools differ.
func ExampleScheduleOptions() {
	plan, err := milestone.Compile(school(), record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range []milestone.ScheduleOptions{
		{Float: milestone.FinishFloatCounts, Finish: milestone.EachFinish, Progress: milestone.RetainedLogic},
		{Float: milestone.StartFloatCounts, Finish: milestone.WholeFinish, Progress: milestone.ProgressOverride},
		{Float: milestone.SmallestCounts}, {Float: milestone.MicrosoftCounts}, {Begin: calendar.On(2028, 4, 1).At(0)},
	} {
		s, err := plan.Schedule(record.Moment{}, o)
		fmt.Println(s.All()[1].TotalFloat, err)
	}
	// Output:
	// PT8H <nil>
	// PT8H <nil>
	// PT8H <nil>
	// PT8H <nil>
	// PT8H <nil>
}

// Whatever was computed by a rule that its reader should know of is remarked on.
func ExampleSchedule_Remarks() {
	spec := school()
	spec.Activities[3].Constraints = []milestone.Constraint{{Kind: milestone.MandatoryStart, On: calendar.OnDay(calendar.On(2028, 5, 1)), Clock: 8 * 60}}
	spec.Activities[0].Started = calendar.On(2028, 4, 12).At(9 * 60)
	plan, err := milestone.Compile(spec, record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := plan.Schedule(record.Moment{}, milestone.ScheduleOptions{})
	for _, r := range s.Remarks() {
		fmt.Println(r.Ref, r.Kind.String())
	}
	fmt.Println(milestone.Contested, milestone.NotScheduled, milestone.NoDate, err)
	fmt.Println(milestone.OutOfSequence, milestone.AheadOfData, milestone.NoParts, milestone.NoProject)
	// Output:
	// activity/permit under way without a data date
	// activity/frame a mandatory date before what the links ask for
	// contested: the word of the first claimant counts a precedence between things that are not scheduled a constraint whose date nobody knows <nil>
	// started before a link allowed an actual date after the data date a summary without parts its project, summary or calendar is left out
}

// What cannot be scheduled is refused with what it is about.
func ExampleScheduleError() {
	far := milestone.Milestone{Record: record.New("far"), Name: "Far away", Lasts: 9000 * 366}
	plan, _ := milestone.Compile(milestone.Spec{Milestones: []milestone.Milestone{far}}, record.View{})
	_, err := plan.Schedule(record.Moment{On: calendar.On(2028, 1, 1)}, milestone.ScheduleOptions{})
	fault, _ := errors.AsType[*milestone.ScheduleError](err)
	fmt.Println(fault.Ref, errors.Is(fault, milestone.ErrBeyond), errors.Is(err, milestone.ErrNoBegin), errors.Is(err, milestone.ErrEntangled))
	fmt.Println(fault)
	// Output:
	// milestone/far true false false
	// no schedule: milestone/far: its dates lie beyond the last day that its calendar works, or outside the years 1 to 9999
}

// Records that no tool could schedule are faults of the plan, all of them at once.
func ExampleNotModelledError() {
	spec := school()
	spec.Dependencies[0].Kind = milestone.FinishFinish
	spec.Activities[0].Lasts, spec.Activities[0].Finished = -5, calendar.On(2028, 5, 1).At(0)
	spec.Activities[2].PartOf = "hire"
	spec.Activities[4].Constraints[0] = milestone.Constraint{Kind: milestone.AsLate, On: calendar.MustParseWhen("2028")}
	spec.Activities[5].Lasts = calendar.Hour
	_, err := milestone.Compile(spec, record.View{})
	for _, cause := range []error{milestone.ErrNegative, milestone.ErrNotStarted, milestone.ErrNotSummary, milestone.ErrAsLateOn, milestone.ErrOwnTime,
		milestone.ErrNoConstraint, milestone.ErrNoConstraintOn, milestone.ErrVagueMandatory, milestone.ErrVagueClock, milestone.ErrTwoLags, milestone.ErrLagDaysOn,
		milestone.ErrOwnProgress, milestone.ErrFinishedFirst, milestone.ErrNotUnderWay, milestone.ErrTooLong} {
		if errors.Is(err, cause) {
			fmt.Println(cause)
		}
	}
	not, _ := errors.AsType[*milestone.NotModelledError](err)
	fmt.Println(not.What+";", not.Do)
	fmt.Println(not)
	circle := &milestone.PartError{Walk: []record.Ref{{Kind: milestone.KindActivity, ID: "a"}, {Kind: milestone.KindActivity, ID: "b"}}}
	fmt.Println(circle)
	// Output:
	// a length of time cannot be negative
	// it has finished and does not say when it started
	// part_of must name an activity of the type summary
	// as late as possible takes no date: leave "on" and "clock" out
	// a milestone takes no time, and a summary has none of its own: leave out lasts, elapsed and remaining
	// a finish-finish link into a summary; link to the part whose finish is held
	// a finish-finish link into a summary is not modelled: link to the part whose finish is held
	// the summaries form a circle: activity/a is part of activity/b is part of activity/a: leave out one part_of
}

// The plan keeps projects, activities and calendars as it keeps milestones: by what each claimant says, as known at an instant.
func ExamplePlan_Activity() {
	plan, _ := milestone.Compile(school(), record.View{})
	now := record.Moment{}
	fmt.Println(plan.Projects(), plan.Activities(), plan.Calendars())
	fmt.Println(plan.Project("school", now)[0].Record.Name, plan.Activity("hire", now)[0].Record.Lasts)
	site := plan.Calendar("site", now)[0].Record
	hours, err := site.Hours(calendar.Date{})
	fmt.Println(site.Name, hours.IsWorking(calendar.On(2028, 7, 22).At(9*60)), err)
	fmt.Println(plan.Canonical(record.Ref{Kind: milestone.KindProject, ID: "school"}))
	// Output:
	// [school] [permit works ground frame hire open] [office site]
	// A school PT480H
	// Six days on site false <nil>
	// project/school
}

// The words for types, constraints and lags are the same in Go and in documents.
func ExampleActivityType() {
	var kind milestone.ActivityType
	var constraint milestone.ConstraintKind
	var lag milestone.LagCalendar
	for _, x := range []struct {
		into encoding.TextUnmarshaler
		text string
	}{{&kind, "level-of-effort"}, {&constraint, "must-finish"}, {&lag, "round-the-clock"}, {&lag, "lunar"}} {
		if err := x.into.UnmarshalText([]byte(x.text)); err != nil {
			fmt.Println(err)
		}
	}
	a, _ := kind.MarshalText()
	b, _ := constraint.MarshalText()
	c, _ := lag.MarshalText()
	fmt.Println(string(a), string(b), string(c), kind.IsZero(), constraint.IsZero(), lag.IsZero())
	fmt.Println(kind.String(), constraint.String(), lag.String(), milestone.ActivityType(0), milestone.ByLink.String())
	fmt.Println(kind == milestone.LevelOfEffort, constraint == milestone.MustFinish, lag == milestone.RoundTheClock)
	for _, k := range []milestone.ConstraintKind{milestone.StartNoEarlier, milestone.FinishNoEarlier, milestone.StartNoLater, milestone.FinishNoLater,
		milestone.MustStart, milestone.Deadline, milestone.MandatoryStart, milestone.MandatoryFinish, milestone.AsLate} {
		fmt.Print(k, " ")
	}
	fmt.Println(milestone.PredecessorCalendar, milestone.SuccessorCalendar, milestone.ProjectCalendar)
	fmt.Println(milestone.Task, milestone.StartMilestone, milestone.FinishMilestone, milestone.Summary)
	for _, c := range []milestone.Cause{milestone.ByBegin, milestone.ByActual, milestone.ByConstraint, milestone.ByFinish, milestone.ByRoom, milestone.ByParts} {
		fmt.Print(c, " ")
	}
	fmt.Println(milestone.LogicBroken, milestone.NoDataDate)
	// Output:
	// "lunar" is no calendar of a lag: use one of predecessor, successor, project, round-the-clock
	// level-of-effort must-finish round-the-clock false false false
	// level-of-effort must-finish round-the-clock task link
	// true true true
	// start-no-earlier finish-no-earlier start-no-later finish-no-later must-start deadline mandatory-start mandatory-finish as-late-as-possible predecessor successor project
	// task start-milestone finish-milestone summary
	// begin actual constraint finish room parts a mandatory date before what the links ask for under way without a data date
}

// What another program says of the dates, held against the schedule.
func ExampleSchedule_Against() {
	plan, err := milestone.Compile(milestone.Spec{
		Projects:   []milestone.Project{{Record: record.Invented("hall"), Name: "Village hall", Start: calendar.On(2028, 1, 3).At(0)}},
		Activities: []milestone.Activity{{Record: record.Invented("dig"), Name: "Dig", Project: "hall", Lasts: 48 * calendar.Hour}},
	}, record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := plan.Schedule(record.Moment{}, milestone.ScheduleOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	var said milestone.Stated
	said.Activity, said.EarlyFinish = "dig", calendar.On(2028, 1, 4).At(0)
	agreements, differences := s.Against([]milestone.Stated{said}, 0)
	for _, a := range agreements {
		if a.Of > 0 {
			fmt.Println(a)
		}
	}
	fmt.Println(differences[0])
	// Output:
	// early finish: 0 of 1, 0 to the minute
	// dig: early finish: 2028-01-04T00:00 stated, 2028-01-05T00:00 scheduled (PT24H)
}
