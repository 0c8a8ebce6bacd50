package mspdi_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/mspdi"
)

func hall(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/hall.xml")
	require.NoError(t, err)
	return data
}

func at(t testing.TB, s string) calendar.Minute {
	t.Helper()
	m, err := calendar.ParseMinute(s)
	require.NoError(t, err)
	return m
}

func on(year int, month time.Month, day int) calendar.When {
	return calendar.OnDay(calendar.On(year, month, day))
}

func shift(from, until calendar.Clock) calendar.Shift {
	return calendar.Shift{From: from, Until: until}
}

func TestReadTasks(t *testing.T) {
	in := read(t, string(hall(t)))
	assert.Equal(t, []milestone.Project{{Record: record.New("project"), Name: "Village hall", Start: at(t, "2028-01-03T08:00"),
		Calendar: "calendar-1", LagOn: milestone.SuccessorCalendar, Lax: 480}}, in.Spec.Projects)
	assert.Equal(t, at(t, "2028-01-07T17:00"), in.StatusDate)
	assert.Equal(t, 14, in.SaveVersion)
	assert.Equal(t, milestone.ScheduleOptions{Float: milestone.MicrosoftCounts}, in.Schedule)

	begin := milestone.Constraint{Kind: milestone.StartNoEarlier, On: on(2028, 1, 4), Clock: 480}
	want := []milestone.Activity{
		{Record: record.New("task-1"), Name: "Prepare", Code: "1", Type: milestone.Summary},
		{Record: record.New("task-2"), Name: "Survey", Code: "1.1", PartOf: "task-1", Lasts: 960, Started: at(t, "2028-01-04T08:00"),
			Finished: at(t, "2028-01-05T17:00"), Constraints: []milestone.Constraint{begin}},
		{Record: record.New("task-3"), Name: "Design", Code: "1.2", PartOf: "task-1", Lasts: 2400, Started: at(t, "2028-01-06T08:00"),
			Constraints: []milestone.Constraint{begin}},
		{Record: record.New("task-4"), Name: "Permission", Code: "2", Type: milestone.FinishMilestone,
			Constraints: []milestone.Constraint{{Kind: milestone.Deadline, On: on(2028, 2, 11), Clock: 1020}}},
		{Record: record.New("task-5"), Name: "Concrete sets", Code: "3", Lasts: 72 * calendar.Hour, Elapsed: true},
		{Record: record.New("task-6"), Name: "Wire", Code: "4", Lasts: 480, Calendar: "calendar-3",
			Constraints: []milestone.Constraint{{Kind: milestone.FinishNoLater, On: on(2028, 2, 29)}}},
		{Record: record.New("task-7"), Name: "Paint", Code: "5", Lasts: 450, Calendar: "calendar-2", Constraints: []milestone.Constraint{{Kind: milestone.AsLate}}},
		{Record: record.New("task-9"), Name: "Opening", Code: "6", Lasts: 240,
			Constraints: []milestone.Constraint{{Kind: milestone.MandatoryStart, On: on(2028, 6, 1), Clock: 780}}},
	}
	for i := range want {
		want[i].Project = "project"
	}
	assert.Equal(t, want, in.Spec.Activities)

	link := func(on, dependent record.ID, kind milestone.Link, lag calendar.Minutes, name record.ID) milestone.Dependency {
		return milestone.Dependency{Record: record.New(name), Kind: kind, Lag: lag,
			On: record.Ref{Kind: milestone.KindActivity, ID: on}, Dependent: record.Ref{Kind: milestone.KindActivity, ID: dependent}}
	}
	elapsed := link("task-2", "task-4", milestone.FinishStart, 2*calendar.Day, "link-2-4-fs")
	later := link("task-3", "task-4", milestone.FinishStart, 2*calendar.Day, "link-3-4-fs")
	elapsed.LagOn, later.LagOn = milestone.RoundTheClock, milestone.RoundTheClock
	assert.Equal(t, []milestone.Dependency{
		link("task-2", "task-3", milestone.FinishStart, 0, "link-2-3-fs"),
		elapsed, later, // what waits for a summary waits for all its parts
		link("task-3", "task-5", milestone.FinishStart, 1200, "link-3-5-fs"),
		link("task-5", "task-6", milestone.FinishFinish, -480, "link-5-6-ff"),
		link("task-4", "task-6", milestone.StartStart, 0, "link-4-6-ss"),
	}, in.Spec.Dependencies)
	assert.Len(t, in.Computed, len(in.Spec.Activities))
}

func TestReadFromStatusDate(t *testing.T) {
	in, err := mspdi.Read(bytes.NewReader(hall(t)), mspdi.Options{FromStatusDate: true, Prefix: "hall",
		Source: record.Source{Record: record.New("plan"), Title: "Plan of the hall"}})
	require.NoError(t, err)
	assert.Equal(t, at(t, "2028-01-07T17:00"), in.Spec.Projects[0].DataDate)
	design := in.Spec.Activities[2]
	assert.Equal(t, record.Known[calendar.Minutes](1440), design.Remaining)
	assert.Equal(t, record.ID("hall-task-3"), design.ID)
	assert.Equal(t, record.ID("plan"), design.Source)
	assert.Equal(t, "Project/Tasks/Task[3]", design.At)
	assert.Equal(t, record.ID("hall-task-3"), in.Spec.Dependencies[0].Dependent.ID)
	_, err = milestone.Compile(in.Spec, record.View{})
	require.NoError(t, err)
}

func TestReadCalendars(t *testing.T) {
	in := read(t, string(hall(t)))
	require.Len(t, in.Spec.Calendars, 3, "the base calendars, and Ann's, which differs from the project's; Bob's does not")
	day := []calendar.Shift{shift(480, 720), shift(780, 1020)}
	short := calendar.Weekdays(day...)
	short.Friday = nil
	assert.Equal(t, milestone.Calendar{Record: record.New("calendar-1"), Name: "Standard", Week: calendar.Weekdays(day...), Except: []calendar.Exception{
		{From: calendar.On(2028, 2, 7), Until: calendar.On(2028, 2, 14), Week: short},
		{From: calendar.On(2028, 5, 1)}, {From: calendar.On(2029, 5, 7)}, {From: calendar.On(2030, 5, 6)},
		{From: calendar.On(2028, 1, 15), Week: calendar.EveryDay(shift(1200, 1440))},
	}}, in.Spec.Calendars[0])
	assert.Equal(t, calendar.Shifts{Sunday: []calendar.Shift{shift(0, 1440)}, Monday: []calendar.Shift{shift(0, 360), shift(1320, 1440)}, Tuesday: day},
		in.Spec.Calendars[1].Week, "midnight ends the day; shifts come in the order of the clock; a working day without times is the standard one")
	ann := in.Spec.Calendars[2]
	assert.Equal(t, "Ann", ann.Name)
	assert.Empty(t, ann.Week.Friday)
	assert.Equal(t, day, ann.Week.Thursday)
	assert.Len(t, ann.Except, 5, "exceptions of the base calendar hold")
}

func TestReadSchedule(t *testing.T) {
	in := read(t, string(hall(t)))
	s := schedule(t, in)
	dates := func(id record.ID) [2]string {
		x, ok := s.Of(record.Ref{Kind: milestone.KindActivity, ID: id})
		require.True(t, ok)
		return [2]string{x.EarlyStart.String(), x.EarlyFinish.String()}
	}
	assert.Equal(t, [2]string{"2028-01-06T08:00", "2028-01-12T17:00"}, dates("task-3"), "under way: all of its time from its actual start")
	assert.Equal(t, [2]string{"2028-01-14T17:00", "2028-01-14T17:00"}, dates("task-4"), "two elapsed days after the summary")
	assert.Equal(t, [2]string{"2028-06-01T13:00", "2028-06-01T17:00"}, dates("task-9"))
}

func TestNotes(t *testing.T) {
	in := read(t, string(hall(t)))
	var notes []string
	for _, n := range append(in.Repaired, in.Lost...) {
		notes = append(notes, n.String())
	}
	for _, want := range []string{
		"line 28: Project/Calendars/Calendar[0]/Exceptions/Exception[0] (calendar 1): the recurring exception is spelled out as 3 stretches of days",
		"a working day without times is read as 08:00-12:00 and 13:00-17:00, as Microsoft Project does",
		"its working times are read in the order of the clock",
		"(task 1): the constraint on the summary is read as one on each of its parts",
		"(task 4): the link with a summary is read as links with its parts, 2 in all",
		"(task 5): its lag of 50% of the predecessor's duration is read as PT20H",
		"(task 9): it is scheduled by hand: its start is read as mandatory",
		"(task 8): an inactive task, which Microsoft Project leaves out of the schedule too",
		"(task 10): an empty row",
		"Project/Resources: 2 resources and 3 assignments: only the calendars that they give to tasks are kept",
	} {
		assert.True(t, strings.Contains(strings.Join(notes, "\n"), want), want)
	}
}

// project wraps calendars and tasks in the least that is a file.
func project(calendars, tasks string) string {
	return `<Project xmlns="http://schemas.microsoft.com/project"><StartDate>2028-01-03T08:00:00</StartDate><CalendarUID>1</CalendarUID>
<Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar></Calendar>` + calendars + `</Calendars>
<Tasks>` + tasks + `</Tasks></Project>`
}

func task(uid, more string) string {
	return "\n<Task><UID>" + uid + "</UID><Name>T</Name><Duration>PT8H0M0S</Duration>" + more + "</Task>"
}

func TestIntersection(t *testing.T) {
	text := project(`<Calendar><UID>2</UID><Name>Early</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>
<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>06:00:00</FromTime><ToTime>10:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay></WeekDays>
<Exceptions><Exception><TimePeriod><FromDate>2028-01-10T00:00:00</FromDate><ToDate>2028-01-12T23:59:00</ToDate></TimePeriod><Type>1</Type><DayWorking>0</DayWorking></Exception></Exceptions></Calendar>
<Calendar><UID>3</UID><Name>Ann</Name><BaseCalendarUID>1</BaseCalendarUID><WeekDays><WeekDay><DayType>3</DayType><DayWorking>0</DayWorking></WeekDay></WeekDays></Calendar>`,
		task("1", "<CalendarUID>2</CalendarUID>"))
	text = strings.Replace(text, "</Project>", `<Resources><Resource><UID>1</UID><Type>1</Type><CalendarUID>3</CalendarUID></Resource></Resources>
<Assignments><Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID></Assignment></Assignments></Project>`, 1)
	in := read(t, text)
	require.Equal(t, record.ID("calendar-2-and-calendar-3"), in.Spec.Activities[0].Calendar)
	c := in.Spec.Calendars[len(in.Spec.Calendars)-1]
	assert.Equal(t, "Early and Ann", c.Name)
	assert.Equal(t, []calendar.Shift{shift(480, 600)}, c.Week.Monday)
	assert.Empty(t, c.Week.Tuesday)
	assert.Equal(t, []calendar.Shift{shift(480, 720), shift(780, 1020)}, c.Week.Friday)
	assert.Equal(t, []calendar.Exception{{From: calendar.On(2028, 1, 10), Until: calendar.On(2028, 1, 13)}}, c.Except)

	// A task that ignores the calendars of its resources, and one of a fixed duration, keep to their own.
	assert.Equal(t, record.ID("calendar-2"), read(t, strings.Replace(text, "<CalendarUID>2</CalendarUID></Task>",
		"<CalendarUID>2</CalendarUID><IgnoreResourceCalendar>1</IgnoreResourceCalendar></Task>", 1)).Spec.Activities[0].Calendar)
	assert.Equal(t, record.ID("calendar-2"), read(t, strings.Replace(text, "<Name>T</Name>", "<Type>1</Type>", 1)).Spec.Activities[0].Calendar)
}

func TestOldExceptions(t *testing.T) {
	in := read(t, strings.Replace(string(hall(t)), "Exceptions>", "Ignored>", 2))
	assert.Equal(t, []calendar.Exception{{From: calendar.On(2028, 5, 1)}}, in.Spec.Calendars[0].Except[1:], "as Project 2003 wrote them")
}

func TestConstraintKinds(t *testing.T) {
	const date = "<ConstraintDate>2028-03-01T08:00:00</ConstraintDate>"
	for i, want := range []struct{ soft, hard milestone.ConstraintKind }{
		{0, 0}, {milestone.AsLate, milestone.AsLate}, {milestone.MustStart, milestone.MandatoryStart}, {milestone.MustFinish, milestone.MandatoryFinish},
		{milestone.StartNoEarlier, milestone.StartNoEarlier}, {milestone.StartNoLater, milestone.StartNoLater},
		{milestone.FinishNoEarlier, milestone.FinishNoEarlier}, {milestone.FinishNoLater, milestone.FinishNoLater},
	} {
		for j, kind := range []milestone.ConstraintKind{want.soft, want.hard} {
			text := project("", task("1", "<ConstraintType>"+string(rune('0'+i))+"</ConstraintType>"+date))
			in := read(t, strings.Replace(text, "<StartDate>", "<HonorConstraints>"+string(rune('0'+j))+"</HonorConstraints><StartDate>", 1))
			if kind == 0 {
				assert.Empty(t, in.Spec.Activities[0].Constraints)
				continue
			}
			assert.Equal(t, kind, in.Spec.Activities[0].Constraints[0].Kind)
		}
	}
}
