package milestone_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

func TestWorkFaults(t *testing.T) {
	on := calendar.OnDay(day("2028-02-01"))
	first := func(s *milestone.Spec) *milestone.Activity { return &s.Activities[0] }
	constrain := func(k milestone.ConstraintKind, on calendar.When, clock calendar.Clock) func(*milestone.Spec) {
		return func(s *milestone.Spec) {
			s.Activities[0].Constraints = []milestone.Constraint{{Kind: milestone.Deadline, On: calendar.OnDay(day("2028-02-02"))}, {Kind: k, On: on, Clock: clock}}
		}
	}
	for _, c := range []struct {
		name  string
		spoil func(*milestone.Spec)
		path  string
		cause error
	}{
		{"an activity without a name", func(s *milestone.Spec) { first(s).Name = " " }, "activities[0].name", milestone.ErrNoName},
		{"a project without a name", func(s *milestone.Spec) { s.Projects[0].Name = "" }, "projects[0].name", milestone.ErrNoName},
		{"a calendar without a name", func(s *milestone.Spec) { s.Calendars[0].Name = "" }, "calendars[0].name", milestone.ErrNoName},
		{"less than no time", func(s *milestone.Spec) { first(s).Lasts = -1 }, "activities[0].lasts", milestone.ErrNegative},
		{"longer than the calendar", func(s *milestone.Spec) { first(s).Lasts = 1 << 60 }, "activities[0].lasts", milestone.ErrTooLong},
		{"less than none left", func(s *milestone.Spec) {
			first(s).Started, first(s).Remaining = minute("2028-01-02T00:00"), record.Known(calendar.Minutes(-5))
		}, "activities[0].remaining", milestone.ErrNegative},
		{"a milestone that takes time", func(s *milestone.Spec) { first(s).Type = milestone.FinishMilestone }, "activities[0].lasts", milestone.ErrOwnTime},
		{"a summary with time of its own", func(s *milestone.Spec) { first(s).Type = milestone.Summary }, "activities[0].lasts", milestone.ErrOwnTime},
		{"a summary that has started", func(s *milestone.Spec) { s.Activities[2].Started = minute("2028-01-02T00:00") }, "activities[2].started", milestone.ErrOwnProgress},
		{"finished and never started", func(s *milestone.Spec) { first(s).Finished = minute("2028-01-02T00:00") }, "activities[0].started", milestone.ErrNotStarted},
		{"finished first", func(s *milestone.Spec) {
			first(s).Started, first(s).Finished = minute("2028-01-02T00:00"), minute("2028-01-01T00:00")
		}, "activities[0].finished", milestone.ErrFinishedFirst},
		{"what remains of what has not begun", func(s *milestone.Spec) { first(s).Remaining = record.Known(calendar.Hour) }, "activities[0].remaining", milestone.ErrNotUnderWay},
		{"a date before all dates", func(s *milestone.Spec) { first(s).Started = -7 }, "activities[0].started", milestone.ErrBeyond},
		{"a data date after all dates", func(s *milestone.Spec) { s.Projects[0].DataDate = 1 << 50 }, "projects[0].data_date", milestone.ErrBeyond},
		{"a constraint of no kind", constrain(0, on, 0), "activities[0].constraints[1].kind", milestone.ErrNoConstraint},
		{"a constraint without a date", constrain(milestone.MustStart, calendar.When{}, 0), "activities[0].constraints[1].on", milestone.ErrNoConstraintOn},
		{"as late as possible, by a date", constrain(milestone.AsLate, on, 0), "activities[0].constraints[1].on", milestone.ErrAsLateOn},
		{"mandatory some time", constrain(milestone.MandatoryFinish, when("2028-Q1"), 0), "activities[0].constraints[1].on", milestone.ErrVagueMandatory},
		{"at nine some time", constrain(milestone.MustStart, when("2028-Q1"), 540), "activities[0].constraints[1].clock", milestone.ErrVagueClock},
		{"both lags", func(s *milestone.Spec) { s.Dependencies[0].Lag, s.Dependencies[0].LagDays = 5, 5 }, "dependencies[0].lag", milestone.ErrTwoLags},
		{"days on another calendar", func(s *milestone.Spec) {
			s.Dependencies[0].LagDays, s.Dependencies[0].LagOn = 5, milestone.ProjectCalendar
		}, "dependencies[0].lag_on", milestone.ErrLagDaysOn},
		{"a lag beyond the calendar", func(s *milestone.Spec) { s.Dependencies[0].Lag = -1 << 60 }, "dependencies[0].lag", milestone.ErrTooLong},
		{"part of what is no summary", func(s *milestone.Spec) { first(s).PartOf = "b" }, "activities[0].part_of", milestone.ErrNotSummary},
		{"a calendar that never works", func(s *milestone.Spec) { s.Calendars[0].Week = calendar.Shifts{} }, "calendars[0].week", calendar.ErrNoHours},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec := plan("a 2", "b 3 < a:fs", "s 0 summary", "c 1 in=s")
			c.spoil(&spec)
			_, err := milestone.Compile(spec, record.View{})
			faults := requireAs[record.Faults](t, err)
			require.Len(t, faults, 1, err)
			assert.Equal(t, c.path, faults[0].Path)
			assert.Equal(t, c.cause, faults[0].Err)
		})
	}
}

func TestWorkFaultsWithData(t *testing.T) {
	spec := plan("a 2", "b 3 < a:fs")
	spec.Calendars[1].BankHolidays = calendar.Scotland
	spec.Calendars[1].Week.Monday = []calendar.Shift{{From: 600, Until: 540}}
	spec.Calendars[1].Except = append(spec.Calendars[1].Except, calendar.Exception{From: day("2028-05-01"), Until: day("2028-04-01")})
	_, err := milestone.Compile(spec, record.View{})
	faults := requireAs[record.Faults](t, err)
	require.Len(t, faults, 2, err)
	assert.Equal(t, []string{"calendars[1].week", "calendars[1].except[2]"}, []string{faults[0].Path, faults[1].Path}, "positions are those of the calendar's own exceptions")

	spec = plan("a 2", "s 0 summary mso=4 < a:ff", "c 1 in=s mands=2 mandf=5", "e 0 effort snet=1")
	_, err = milestone.Compile(spec, record.View{})
	var said []string
	for _, f := range requireAs[record.Faults](t, err) {
		said = append(said, f.Error())
		requireAs[*milestone.NotModelledError](t, f)
	}
	assert.Equal(t, []string{
		`dependencies[0].kind (dependency/d0): a finish-finish link into a summary is not modelled: link to the part whose finish is held`,
		`activities[1].constraints[0].kind (activity/s): must-start on a summary is not modelled: put it on the parts; a summary takes start-no-earlier, finish-no-later and deadline`,
		`activities[2].constraints[1].kind (activity/c): a second mandatory date on one activity is not modelled: keep the one that counts`,
		`activities[3].constraints[0].kind (activity/e): a constraint on a level of effort is not modelled: bind what it is anchored to`,
	}, said)

	spec = plan("s 0 summary in=o", "o 0 summary in=t", "t 0 summary in=s", "x 1 in=s")
	_, err = milestone.Compile(spec, record.View{})
	circle := requireAs[*milestone.PartError](t, err)
	assert.Len(t, circle.Walk, 3)
	assert.EqualError(t, circle, "the summaries form a circle: activity/s is part of activity/o is part of activity/t is part of activity/s: leave out one part_of")
}

// TestEventCircles tells circles of starts and finishes from those of activities alone.
func TestEventCircles(t *testing.T) {
	link := func(spec *milestone.Spec, on, dependent string, kind milestone.Link) {
		spec.Dependencies = append(spec.Dependencies, follows(on, dependent, kind, 0))
	}
	for _, c := range []struct {
		name, plan string
		more       func(*milestone.Spec)
		want       string
	}{
		{"within another", "b 1 < a:ss", func(s *milestone.Spec) { link(s, "b", "a", milestone.FinishFinish) }, ""},
		{"each finishes once the other has started", "b 1 < a:sf", func(s *milestone.Spec) { link(s, "b", "a", milestone.StartFinish) }, ""},
		{"each starts after the other", "b 1 < a:ss", func(s *milestone.Spec) { link(s, "b", "a", milestone.StartStart) },
			"the precedences form a circle: activity/a before activity/b (d0), before activity/a (b-start-start-a): "},
		{"by way of its length", "b 1 < a:fs", func(s *milestone.Spec) { link(s, "b", "a", milestone.StartStart) },
			"the precedences form a circle: activity/a before activity/b (d0), before activity/a (b-start-start-a): "},
		{"before the summary it is part of", "b 1 in=s < a:fs", func(s *milestone.Spec) { link(s, "b", "s", milestone.FinishStart) },
			"the precedences form a circle: activity/b before activity/s (b-finish-start-s), before activity/b (part of): "},
		{"after the summary it is part of", "b 1 in=s < a:fs", func(s *milestone.Spec) { link(s, "s", "b", milestone.FinishStart) },
			"the precedences form a circle: activity/b before activity/s (part of), before activity/b (s-finish-start-b): "},
		{"two summaries, by way of their parts", "b 1 in=s < a:fs", func(s *milestone.Spec) { link(s, "s", "a", milestone.FinishStart) },
			"the precedences form a circle: activity/a before activity/b (d0), before activity/s (part of), before activity/a (s-finish-start-a): "},
		{"a moment has one date", "m 0 finish < a:ss", func(s *milestone.Spec) {
			link(s, "m", "a", milestone.FinishFinish)
			link(s, "m", "a", milestone.FinishStart)
		},
			"the precedences form a circle: activity/a before activity/m (d0), before activity/a (m-finish-start-a): "},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec := plan("a 5", "s 0 summary", "z 1 in=s", c.plan)
			c.more(&spec)
			_, err := milestone.Compile(spec, record.View{})
			if c.want == "" {
				assert.NoError(t, err)
				return
			}
			e := requireAs[*milestone.PrecedenceError](t, err)
			assert.Equal(t, c.want+`drop one of these links, or make it "needs" if the two only help each other`, e.Error())
		})
	}
}

// TestCircleOfAMoment has a circle that a later record undid: the plan is sound, and its schedule of before is not.
func TestCircleOfAMoment(t *testing.T) {
	spec := plan("a 1", "b 1 < a:fs")
	back := follows("b", "a", milestone.FinishStart, 0)
	back.Recorded = day("2026-01-01").In(nil)
	undo := back
	undo.Record = record.Record{ID: "undo", Of: back.ID, Verb: record.Retract, Reason: "a slip", Recorded: day("2026-02-01").In(nil)}
	spec.Dependencies = append(spec.Dependencies, back, undo)
	p := mustCompile(t, spec)
	s, err := p.Schedule(record.Moment{}, milestone.ScheduleOptions{})
	require.NoError(t, err)
	assert.Equal(t, []string{"a 0-1 0-1 0*", "b 1-2 1-2 0*"}, days(s))
	_, err = p.Schedule(record.Moment{Known: day("2026-01-15").In(nil)}, milestone.ScheduleOptions{})
	assert.Len(t, requireAs[*milestone.PrecedenceError](t, err).Walk, 2)
}

func TestNamedDaysInConstraints(t *testing.T) {
	spec := plan("a 2", "b 3 < a:fs")
	spec.Days = []record.Day{{Record: record.New("election"), Name: "election", Earliest: day("2028-02-01"), Latest: day("2028-06-30")}}
	spec.Activities[1].Constraints = []milestone.Constraint{{Kind: milestone.StartNoEarlier, On: when("election")}, {Kind: milestone.Deadline, On: when("election")},
		{Kind: milestone.MustStart, On: when("2028-03")}, {Kind: milestone.MustFinish, On: when("2028-Q2")}}
	s := scheduled(t, spec, milestone.ScheduleOptions{})
	b, _ := s.Of(activity("b"))
	assert.Equal(t, []milestone.Bound{
		{Kind: milestone.StartNoEarlier, At: minute("2028-02-01T00:00")}, {Kind: milestone.Deadline, At: minute("2028-07-01T00:00")},
		{Kind: milestone.StartNoEarlier, At: minute("2028-03-01T00:00")}, {Kind: milestone.StartNoLater, At: minute("2028-03-31T00:00")},
		{Kind: milestone.FinishNoEarlier, At: minute("2028-04-02T00:00")}, {Kind: milestone.FinishNoLater, At: minute("2028-07-01T00:00")},
	}, b.Bounds)
	assert.Equal(t, "2028-03-30T00:00 2028-04-02T00:00", b.EarlyStart.String()+" "+b.EarlyFinish.String())
	assert.False(t, spec.Activities[1].Constraints[0].On.IsResolved(), "the caller's own records are as they were")

	spec.Activities[1].Constraints[0].On = when("nowhere")
	_, err := milestone.Compile(spec, record.View{})
	faults := requireAs[record.Faults](t, err)
	assert.Equal(t, "activities[1].constraints[0].on", faults[0].Path)
}
