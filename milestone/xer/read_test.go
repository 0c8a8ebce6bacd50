package xer_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/xer"
)

// A table is written as its name and rows of "column=value" pairs; columns come in the order in which they are first named.
type table struct {
	name string
	rows []string
}

// file writes tables as an XER file.
func file(tables ...table) string {
	var b strings.Builder
	b.WriteString("ERMHDR\t19.12\t2028-01-01\tProject\tuser\tuser\tdb\tProject Management\tGBP\r\n")
	for _, t := range tables {
		var columns []string
		for _, r := range t.rows {
			for pair := range strings.SplitSeq(r, ";") {
				if name, _, _ := strings.Cut(pair, "="); !slices.Contains(columns, name) {
					columns = append(columns, name)
				}
			}
		}
		b.WriteString("%T\t" + t.name + "\r\n%F\t" + strings.Join(columns, "\t") + "\r\n")
		for _, r := range t.rows {
			cells := make([]string, len(columns))
			for pair := range strings.SplitSeq(r, ";") {
				name, value, _ := strings.Cut(pair, "=")
				cells[slices.Index(columns, name)] = value
			}
			b.WriteString("%R\t" + strings.Join(cells, "\t") + "\r\n")
		}
	}
	return b.String() + "%E\r\n"
}

const (
	week = "(0||CalendarData()(\x7f\x7f  (0||DaysOfWeek()(\x7f\x7f    (0||1()())(0||2()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))" +
		"(0||3()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))(0||4()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))" +
		"(0||5()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))(0||6()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))(0||7()())))" +
		"(0||VIEW(ShowTotal|Y)())(0||Exceptions()(%s))))"
	always = "(0||CalendarData()((0||DaysOfWeek()((0||1()((0||0(s|00:00|f|00:00)())))(0||2()((0||0(s|00:00|f|00:00)())))(0||3()((0||0(s|00:00|f|00:00)())))" +
		"(0||4()((0||0(s|00:00|f|00:00)())))(0||5()((0||0(s|00:00|f|00:00)())))(0||6()((0||0(f|12:00 PM|s|12:00 AM)())(0||1(s|1:00 PM|f|5:30 PM)())))(0||7()((0||0(s|00:00|f|00:00)())))))))"
)

func fiveDays(exceptions string) string { return strings.Replace(week, "%s", exceptions, 1) }

var (
	projects  = table{"PROJECT", []string{"proj_id=1;proj_short_name=HALL;clndr_id=10;plan_start_date=2028-01-03 00:00;last_recalc_date=2028-01-10 08:00;critical_drtn_hr_cnt=40;export_flag=Y"}}
	calendars = table{"CALENDAR", []string{"clndr_id=10;clndr_name=Five days;clndr_type=CA_Base;clndr_data=" + fiveDays("(0||0(d|46791)())"),
		"clndr_id=11;clndr_name=Of the project;base_clndr_id=10;clndr_type=CA_Project;clndr_data=" + fiveDays("(0||0(d|46796)((0||0(s|08:00|f|12:00)())))"),
		"clndr_id=12;clndr_name=Round the clock;clndr_data=" + always, "clndr_id=13;clndr_name=Not used"}}
	nodes = table{"PROJWBS", []string{"wbs_id=100;proj_id=1;proj_node_flag=Y;wbs_short_name=HALL;wbs_name=Village hall", "wbs_id=101;proj_id=1;wbs_short_name=B;wbs_name=Build;parent_wbs_id=100",
		"wbs_id=102;proj_id=1;wbs_short_name=R;wbs_name=Roof;parent_wbs_id=101", "wbs_id=103;proj_id=1;wbs_name=Empty;parent_wbs_id=100"}}
	tasks = table{"TASK", []string{
		"task_id=1;proj_id=1;wbs_id=100;clndr_id=10;task_type=TT_Mile;status_code=TK_Complete;task_code=A1;task_name=Begin;target_drtn_hr_cnt=0;remain_drtn_hr_cnt=0;act_start_date=2028-01-03 08:00",
		"task_id=2;proj_id=1;wbs_id=101;clndr_id=11;task_type=TT_Task;status_code=TK_Active;task_code=A2;task_name=Walls;target_drtn_hr_cnt=80;remain_drtn_hr_cnt=40;act_start_date=2028-01-04 08:00;" +
			"early_start_date=2028-01-10 08:00;early_end_date=2028-01-14 17:00;late_start_date=2028-01-10 08:00;late_end_date=2028-01-14 17:00;total_float_hr_cnt=0;free_float_hr_cnt=0;driving_path_flag=Y",
		"task_id=3;proj_id=1;wbs_id=102;clndr_id=12;task_type=TT_Rsrc;status_code=TK_NotStart;task_code=A3;task_name=Roof;target_drtn_hr_cnt=40;remain_drtn_hr_cnt=24.5;cstr_type=CS_MSOA;cstr_date=2028-01-17 08:00;cstr_type2=CS_MEOB;cstr_date2=2028-02-01 00:00",
		"task_id=4;proj_id=1;wbs_id=102;clndr_id=10;task_type=TT_FinMile;status_code=TK_NotStart;task_code=A4;task_name=Roofed;target_drtn_hr_cnt=0;remain_drtn_hr_cnt=0;cstr_type=CS_MANDFIN;cstr_date=2028-03-01 17:00",
		"task_id=5;proj_id=1;wbs_id=101;clndr_id=10;task_type=TT_LOE;status_code=TK_NotStart;task_code=A5;task_name=Supervise;target_drtn_hr_cnt=99;remain_drtn_hr_cnt=99",
		"task_id=6;proj_id=1;wbs_id=101;clndr_id=10;task_type=TT_WBS;status_code=TK_NotStart;task_code=A6;task_name=All the building;target_drtn_hr_cnt=99;remain_drtn_hr_cnt=99"}}
	links = table{"TASKPRED", []string{"task_pred_id=7;task_id=2;pred_task_id=1;proj_id=1;pred_proj_id=1;pred_type=PR_FS;lag_hr_cnt=0",
		"task_pred_id=8;task_id=3;pred_task_id=2;proj_id=1;pred_proj_id=1;pred_type=PR_SS;lag_hr_cnt=-1.5", "task_pred_id=9;task_id=4;pred_task_id=3;proj_id=1;pred_proj_id=1;pred_type=PR_FF;lag_hr_cnt=8"}}
	resources = []table{{"RSRC", []string{"rsrc_id=50;clndr_id=10"}}, {"TASKRSRC", []string{"taskrsrc_id=1;task_id=3;rsrc_id=50;rsrc_type=RT_Labor"}}}
)

func hall() string {
	return file(append([]table{projects, calendars, nodes, {"ACTVCODE", []string{"a=1", "a=2"}}, tasks, links}, resources...)...)
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

func TestReadTasks(t *testing.T) {
	in := read(t, hall())
	assert.Equal(t, "19.12", in.Version)
	assert.Equal(t, []milestone.Project{{Record: record.New("project-1"), Name: "Village hall", Start: at(t, "2028-01-03T00:00"), DataDate: at(t, "2028-01-10T08:00"),
		Calendar: "calendar-10", LagOn: milestone.PredecessorCalendar, Lax: 2400}}, in.Spec.Projects)
	want := []milestone.Activity{
		{Record: record.New("wbs-101"), Name: "Build", Code: "B", Type: milestone.Summary},
		{Record: record.New("wbs-102"), Name: "Roof", Code: "R", Type: milestone.Summary, PartOf: "task-6"},
		{Record: record.New("task-1"), Name: "Begin", Code: "A1", Type: milestone.StartMilestone, Calendar: "calendar-10", Started: at(t, "2028-01-03T08:00"), Finished: at(t, "2028-01-03T08:00")},
		{Record: record.New("task-2"), Name: "Walls", Code: "A2", PartOf: "task-6", Calendar: "calendar-11", Lasts: 4800, Started: at(t, "2028-01-04T08:00"), Remaining: record.Known[calendar.Minutes](2400)},
		{Record: record.New("task-3"), Name: "Roof", Code: "A3", PartOf: "wbs-102", Calendar: "calendar-10", Lasts: 1470, Constraints: []milestone.Constraint{
			{Kind: milestone.StartNoEarlier, On: on(2028, 1, 17), Clock: 480}, {Kind: milestone.FinishNoLater, On: on(2028, 1, 31)}}},
		{Record: record.New("task-4"), Name: "Roofed", Code: "A4", PartOf: "wbs-102", Calendar: "calendar-10", Type: milestone.FinishMilestone,
			Constraints: []milestone.Constraint{{Kind: milestone.MandatoryFinish, On: on(2028, 3, 1), Clock: 1020}}},
		{Record: record.New("task-5"), Name: "Supervise", Code: "A5", PartOf: "task-6", Calendar: "calendar-10", Type: milestone.LevelOfEffort},
		{Record: record.New("task-6"), Name: "All the building", Code: "A6", PartOf: "wbs-101", Type: milestone.Summary},
	}
	for i := range want {
		want[i].Project = "project-1"
	}
	assert.Equal(t, want, in.Spec.Activities)
	link := func(id, on, dependent record.ID, kind milestone.Link, lag calendar.Minutes) milestone.Dependency {
		return milestone.Dependency{Record: record.New(id), Kind: kind, Lag: lag, On: record.Ref{Kind: milestone.KindActivity, ID: on}, Dependent: record.Ref{Kind: milestone.KindActivity, ID: dependent}}
	}
	assert.Equal(t, []milestone.Dependency{link("link-7", "task-1", "task-2", milestone.FinishStart, 0), link("link-8", "task-2", "task-3", milestone.StartStart, -90),
		link("link-9", "task-3", "task-4", milestone.FinishFinish, 480)}, in.Spec.Dependencies)
	assert.Len(t, in.Computed, 6)
	assert.Equal(t, xer.Computed{Stated: milestone.Stated{Activity: "task-2", EarlyStart: at(t, "2028-01-10T08:00"), EarlyFinish: at(t, "2028-01-14T17:00"), LateStart: at(t, "2028-01-10T08:00"),
		LateFinish: at(t, "2028-01-14T17:00"), TotalFloat: record.Known[calendar.Minutes](0), FreeFloat: record.Known[calendar.Minutes](0)}, Driving: record.Known(true)}, in.Computed[1])

	s := schedule(t, in)
	walls, _ := s.Of(record.Ref{Kind: milestone.KindActivity, ID: "task-2"})
	assert.Equal(t, "2028-01-14T17:00", walls.EarlyFinish.String(), "what remains, from the data date")
	building, _ := s.Of(record.Ref{Kind: milestone.KindActivity, ID: "task-6"})
	assert.Equal(t, "2028-03-01T17:00", building.EarlyFinish.String())
}

func TestReadCalendars(t *testing.T) {
	in := read(t, strings.Replace(hall(), "TT_Rsrc", "TT_Task", 1))
	day := []calendar.Shift{{From: 480, Until: 720}, {From: 780, Until: 1020}}
	all := []calendar.Shift{{Until: 1440}}
	off := calendar.Exception{From: calendar.On(2028, 2, 8)}
	half := calendar.Exception{From: calendar.On(2028, 2, 13), Week: calendar.EveryDay(day[0])}
	assert.Equal(t, []milestone.Calendar{
		{Record: record.New("calendar-10"), Name: "Five days", Week: calendar.Weekdays(day...), Except: []calendar.Exception{off}},
		{Record: record.New("calendar-11"), Name: "Of the project", Week: calendar.Weekdays(day...), Except: []calendar.Exception{off, half}},
		{Record: record.New("calendar-12"), Name: "Round the clock", Week: calendar.Shifts{Sunday: all, Monday: all, Tuesday: all, Wednesday: all, Thursday: all,
			Friday: []calendar.Shift{{From: 0, Until: 720}, {From: 780, Until: 1050}}, Saturday: all}},
	}, in.Spec.Calendars)
}
