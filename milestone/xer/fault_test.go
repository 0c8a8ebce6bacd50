package xer_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/xer"
)

func with(t table, row string) table { return table{t.name, append(slices.Clone(t.rows), row)} }

// small is the least that is a file, with more rows of TASK, TASKPRED and others.
func small(rows []string, links []string, more ...table) string {
	t := table{"TASK", append([]string{"task_id=1;proj_id=1;clndr_id=10;task_type=TT_Task;status_code=TK_NotStart;task_code=A;target_drtn_hr_cnt=8;remain_drtn_hr_cnt=8"}, rows...)}
	list := append([]table{projects, calendars}, more...)
	list = append(list, t)
	if len(links) > 0 {
		list = append(list, table{"TASKPRED", links})
	}
	return file(list...)
}

// b is a row for a task B with more in it; columns named again replace.
func b(more string) string {
	base := map[string]string{"task_id": "2", "proj_id": "1", "clndr_id": "10", "task_type": "TT_Task", "status_code": "TK_NotStart", "task_code": "B", "target_drtn_hr_cnt": "8", "remain_drtn_hr_cnt": "8"}
	order := []string{"task_id", "proj_id", "clndr_id", "task_type", "status_code", "task_code", "target_drtn_hr_cnt", "remain_drtn_hr_cnt"}
	for pair := range strings.SplitSeq(more, ";") {
		if name, value, ok := strings.Cut(pair, "="); ok {
			if !slices.Contains(order, name) {
				order = append(order, name)
			}
			base[name] = value
		}
	}
	var pairs []string
	for _, name := range order {
		pairs = append(pairs, name+"="+base[name])
	}
	return strings.Join(pairs, ";")
}

func link(more string) []string {
	return []string{"task_pred_id=1;task_id=2;pred_task_id=1;proj_id=1;pred_proj_id=1;pred_type=PR_FS;lag_hr_cnt=0", more}[1:]
}

func TestFaults(t *testing.T) {
	task := func(more string) string { return small([]string{b(more)}, nil) }
	clndr := func(data string) string {
		return file(projects, with(calendars, "clndr_id=14;clndr_name=Odd;clndr_data="+data), table{"TASK", []string{b("clndr_id=14")}})
	}
	pred := func(more string) string { return small([]string{b("")}, link(more)) }
	option := func(more string, rows ...string) string {
		return small(rows, []string{"task_pred_id=1;task_id=2;pred_task_id=1;proj_id=1;pred_proj_id=1;pred_type=PR_FS"}, table{"SCHEDOPTIONS", []string{"proj_id=1;" + more}})
	}
	for name, test := range map[string]struct {
		text string
		path string
		want error
	}{
		"not XER":             {"hello", "", xer.ErrNotXER},
		"empty":               {"", "", xer.ErrNotXER},
		"kind of activity":    {task("task_type=TT_What"), "TASK[1].task_type", &xer.ValueError{}},
		"status":              {task("status_code=TK_Maybe"), "TASK[1].status_code", &xer.ValueError{}},
		"hours":               {task("target_drtn_hr_cnt=long"), "TASK[1].target_drtn_hr_cnt", &xer.ValueError{}},
		"hours without end":   {task("target_drtn_hr_cnt=NaN"), "TASK[1].target_drtn_hr_cnt", &xer.ValueError{}},
		"negative":            {task("remain_drtn_hr_cnt=-8"), "TASK[1].remain_drtn_hr_cnt", xer.ErrNegative},
		"no duration":         {task("remain_drtn_hr_cnt=;target_drtn_hr_cnt="), "TASK[1].target_drtn_hr_cnt", xer.ErrMissing},
		"a date":              {task("early_start_date=31/12/2028"), "TASK[1].early_start_date", &xer.ValueError{}},
		"no actual start":     {task("status_code=TK_Active"), "TASK[1].act_start_date", xer.ErrMissing},
		"no actual end":       {task("status_code=TK_Complete;act_start_date=2028-01-04 08:00"), "TASK[1].act_end_date", xer.ErrMissing},
		"ends before":         {task("status_code=TK_Complete;act_start_date=2028-01-04 08:00;act_end_date=2028-01-03 08:00"), "TASK[1].act_end_date", &xer.ValueError{}},
		"kind of constraint":  {task("cstr_type=CS_SOON"), "TASK[1].cstr_type", &xer.ValueError{}},
		"second constraint":   {task("cstr_type2=CS_MSO"), "TASK[1].cstr_date2", xer.ErrMissing},
		"no such calendar":    {task("clndr_id=99"), "TASK[1].clndr_id", &xer.DanglingError{}},
		"no such project":     {task("proj_id=9"), "TASK[1].proj_id", &xer.DanglingError{}},
		"twice":               {task("task_id=1"), "TASK[1].task_id", &xer.DuplicateError{}},
		"alike":               {small([]string{b("task_id=x-y"), b("task_id=X.Y")}, nil), "TASK[2].task_id", &xer.DuplicateError{}},
		"no key":              {task("task_id="), "TASK[1].task_id", xer.ErrMissing},
		"suspended":           {task("status_code=TK_Active;act_start_date=2028-01-04 08:00;suspend_date=2028-01-05 08:00;resume_date=2028-02-01 08:00"), "TASK[1].suspend_date", &xer.UnmodelledError{}},
		"expected finish":     {task("expect_end_date=2028-02-01 08:00"), "TASK[1].expect_end_date", &xer.UnmodelledError{}},
		"kind of link":        {pred("task_pred_id=1;task_id=2;pred_task_id=1;proj_id=1;pred_proj_id=1;pred_type=PR_XX"), "TASKPRED[0].pred_type", &xer.ValueError{}},
		"no such predecessor": {pred("task_pred_id=1;task_id=2;pred_task_id=7;proj_id=1;pred_proj_id=1;pred_type=PR_FS"), "TASKPRED[0].pred_task_id", &xer.DanglingError{}},
		"another project":     {pred("task_pred_id=1;task_id=2;pred_task_id=7;proj_id=1;pred_proj_id=4;pred_type=PR_FS"), "TASKPRED[0].pred_task_id", &xer.UnmodelledError{}},
		"on itself":           {pred("task_pred_id=1;task_id=2;pred_task_id=2;proj_id=1;pred_proj_id=1;pred_type=PR_FS"), "TASKPRED[0].pred_task_id", xer.ErrOnItself},
		"lag":                 {pred("task_pred_id=1;task_id=2;pred_task_id=1;proj_id=1;pred_proj_id=1;pred_type=PR_FS;lag_hr_cnt=1e99"), "TASKPRED[0].lag_hr_cnt", &xer.ValueError{}},
		"sums up":             {small([]string{b("task_type=TT_WBS")}, link("task_pred_id=1;task_id=2;pred_task_id=1;proj_id=1;pred_proj_id=1;pred_type=PR_FS")), "TASKPRED[0]", &xer.UnmodelledError{}},
		"actual dates":        {option("sched_retained_logic=N;sched_progress_override=N", b("status_code=TK_Active;act_start_date=2028-01-04 08:00")), "TASKPRED[0]", &xer.UnmodelledError{}},
		"calendar of lags":    {option("sched_calendar_on_relationship_lag=rcal_Other", b("")), "SCHEDOPTIONS[0].sched_calendar_on_relationship_lag", &xer.ValueError{}},
		"calendar cut short":  {clndr("(0||CalendarData()((0||DaysOfWeek()("), "CALENDAR[4].clndr_data", xer.ErrNested},
		"calendar goes on":    {clndr(always + ")"), "CALENDAR[4].clndr_data", xer.ErrNested},
		"calendar too deep":   {clndr(strings.Repeat("(0||x()(", 40) + strings.Repeat("))", 40)), "CALENDAR[4].clndr_data", xer.ErrNested},
		"no calendar":         {clndr(""), "CALENDAR[4].clndr_data", xer.ErrMissing},
		"day of the week":     {clndr("(0||CalendarData()((0||DaysOfWeek()((0||8()())(0||2()((0||0(s|08:00|f|12:00)())))))))"), "CALENDAR[4].clndr_data", &xer.ValueError{}},
		"shift":               {clndr("(0||CalendarData()((0||DaysOfWeek()((0||1()())(0||2()((0||0(s|25:00|f|12:00)())))))))"), "CALENDAR[4].clndr_data", &xer.ValueError{}},
		"shift backwards":     {clndr("(0||CalendarData()((0||DaysOfWeek()((0||2()((0||0(s|22:00|f|06:00)())))))))"), "CALENDAR[4].clndr_data", &calendar.HoursError{}},
		"no working time":     {clndr("(0||CalendarData()((0||DaysOfWeek()((0||1()())(0||2()())))))"), "CALENDAR[4].clndr_data", calendar.ErrNoHours},
		"exception":           {clndr(fiveDays("(0||0(d|soon)())")), "CALENDAR[4].clndr_data", &xer.ValueError{}},
		"part of a calendar":  {clndr("(0||CalendarData()((0||Moon()())(0||DaysOfWeek()((0||2()((0||0(s|08:00|f|12:00)())))))))"), "CALENDAR[4].clndr_data", &xer.UnmodelledError{}},
		"based on nothing":    {file(projects, with(calendars, "clndr_id=14;base_clndr_id=77;clndr_data="+fiveDays("")), table{"TASK", []string{b("clndr_id=14")}}), "CALENDAR[4].base_clndr_id", &xer.DanglingError{}},
		"based on itself":     {file(projects, with(calendars, "clndr_id=14;base_clndr_id=14;clndr_data="+fiveDays("")), table{"TASK", []string{b("clndr_id=14")}}), "CALENDAR[4].base_clndr_id", xer.ErrCircle},
		"nodes in a circle":   {small([]string{b("wbs_id=1")}, nil, table{"PROJWBS", []string{"wbs_id=1;proj_id=1;parent_wbs_id=2", "wbs_id=2;proj_id=1;parent_wbs_id=1"}}), "PROJWBS[0].parent_wbs_id", xer.ErrCircle},
		"no such node":        {small([]string{b("wbs_id=7")}, nil, table{"PROJWBS", []string{"wbs_id=1;proj_id=1"}}), "TASK[1].wbs_id", &xer.DanglingError{}},
		"resources differ": {small([]string{b("task_type=TT_Rsrc")}, nil, table{"RSRC", []string{"rsrc_id=1;clndr_id=10", "rsrc_id=2;clndr_id=12"}},
			table{"TASKRSRC", []string{"taskrsrc_id=1;task_id=2;rsrc_id=1", "taskrsrc_id=2;task_id=2;rsrc_id=2"}}), "TASK[1].task_type", &xer.UnmodelledError{}},
		"no such resource": {small([]string{b("task_type=TT_Rsrc")}, nil, table{"TASKRSRC", []string{"taskrsrc_id=1;task_id=2;rsrc_id=1"}}), "TASKRSRC[0].rsrc_id", &xer.DanglingError{}},
		"a line":           {strings.Replace(small(nil, nil), "%T\tTASK", "stray\r\n%T\tTASK", 1), "CALENDAR", xer.ErrLine},
		"values too many":  {strings.Replace(small(nil, nil), "A\t8\t8\r\n", "A\t8\t8\t9\r\n", 1), "TASK[0]", xer.ErrRow},
		"no columns":       {"ERMHDR\n%T\tTASK\n%R\t1\n%E\n", "TASK[0]", xer.ErrMissing},
	} {
		t.Run(name, func(t *testing.T) {
			in, err := xer.Read(strings.NewReader(test.text), xer.Options{})
			require.Nil(t, in)
			list, ok := errors.AsType[xer.Faults](err)
			require.True(t, ok, "%v", err)
			require.Len(t, list, 1, list.Error())
			f := list[0]
			assert.Equal(t, test.path, f.Path)
			assert.Positive(t, f.Line)
			if !errors.Is(f, test.want) {
				assert.IsType(t, test.want, f.Err)
			}
			_, unmodelled := errors.AsType[*xer.UnmodelledError](f)
			in, err = xer.Read(strings.NewReader(test.text), xer.Options{LeaveOut: true})
			assert.Equal(t, unmodelled, err == nil, "only what is not modelled can be left out")
			if unmodelled {
				assert.True(t, slices.ContainsFunc(in.Lost, func(n xer.Note) bool { return n.Line == f.Line && n.Path == f.Path && n.Text == f.Err.Error() }))
			}
		})
	}
}

func TestCutShort(t *testing.T) {
	text := strings.TrimSuffix(hall(), "%E\r\n")
	_, err := xer.Read(strings.NewReader(text), xer.Options{})
	require.ErrorIs(t, err, xer.ErrTruncated)
	assert.Contains(t, err.Error(), "xer: line 39: TASKRSRC: ")
	in, err := xer.Read(strings.NewReader(text), xer.Options{LeaveOut: true})
	require.NoError(t, err)
	assert.Len(t, in.Spec.Activities, 8)
}

func TestEveryFaultAtOnce(t *testing.T) {
	_, err := xer.Read(strings.NewReader(small([]string{b("task_type=TT_What;clndr_id=99"), b("task_id=3;cstr_type=CS_SOON;target_drtn_hr_cnt=x")},
		[]string{"task_pred_id=1;task_id=3;pred_task_id=1;proj_id=1;pred_proj_id=1;pred_type=PR_FX", "task_pred_id=2;task_id=9;pred_task_id=1;proj_id=1;pred_proj_id=1;pred_type=PR_FS"})), xer.Options{})
	assert.EqualError(t, err, `xer: line 14: TASK[1].task_type (task B): "TT_What" does not fit here: write TT_Task, TT_Rsrc, TT_Mile, TT_FinMile, TT_LOE or TT_WBS
xer: line 14: TASK[1].clndr_id (task B): there is no calendar "99"
xer: line 15: TASK[2].target_drtn_hr_cnt (task B): "x" does not fit here: write hours such as 7.5
xer: line 15: TASK[2].cstr_type (task B): "CS_SOON" does not fit here: write one of CS_MSO, CS_MSOA, CS_MSOB, CS_MEO, CS_MEOA, CS_MEOB, CS_MANDSTART, CS_MANDFIN and CS_ALAP
xer: line 18: TASKPRED[0].pred_type (task B): "PR_FX" does not fit here: write PR_FS, PR_SS, PR_FF or PR_SF
xer: line 19: TASKPRED[1].task_id (task 9): there is no task "9"`)
}

func TestOptionsOfSchedules(t *testing.T) {
	for text, want := range map[string]milestone.ScheduleOptions{
		"sched_float_type=FT_FF": {}, "sched_float_type=FT_SF": {Float: milestone.StartFloatCounts}, "sched_float_type=FT_Min": {Float: milestone.SmallestCounts},
		"sched_progress_override=Y;sched_retained_logic=N": {Progress: milestone.ProgressOverride},
		"sched_use_project_end_date_for_float=N":           {Finish: milestone.WholeFinish},
	} {
		in := read(t, small(nil, nil, table{"SCHEDOPTIONS", []string{"proj_id=1;" + text}}))
		assert.Equal(t, want, in.Schedule, text)
	}
	for text, want := range map[string]milestone.LagCalendar{"rcal_Predecessor": milestone.PredecessorCalendar, "rcal_Successor": milestone.SuccessorCalendar,
		"rcal_ProjDefault": milestone.ProjectCalendar, "rcal_24Hour": milestone.RoundTheClock} {
		in := read(t, small(nil, nil, table{"SCHEDOPTIONS", []string{"proj_id=1;sched_calendar_on_relationship_lag=" + text}}))
		assert.Equal(t, want, in.Spec.Projects[0].LagOn)
	}
	end := strings.Replace(small(nil, nil, table{"SCHEDOPTIONS", []string{"proj_id=1;sched_use_project_end_date_for_float=Y"}}), "plan_start_date", "plan_end_date", 1)
	assert.Equal(t, at(t, "2028-01-03T00:00"), read(t, end).Spec.Projects[0].FinishBy)
	assert.Zero(t, read(t, strings.Replace(end, "for_float\r\n%R\t1\tY", "for_float\r\n%R\t1\tN", 1)).Spec.Projects[0].FinishBy)
}

func TestConstraintKinds(t *testing.T) {
	for text, want := range map[string]milestone.ConstraintKind{"CS_MSO": milestone.MustStart, "CS_MSOA": milestone.StartNoEarlier, "CS_MSOB": milestone.StartNoLater,
		"CS_MEO": milestone.MustFinish, "CS_MEOA": milestone.FinishNoEarlier, "CS_MEOB": milestone.FinishNoLater, "CS_MANDSTART": milestone.MandatoryStart,
		"CS_MANDFIN": milestone.MandatoryFinish, "CS_ALAP": milestone.AsLate} {
		in := read(t, small([]string{b("cstr_type=" + text + ";cstr_date=2028-02-01 08:00")}, nil))
		assert.Equal(t, want, in.Spec.Activities[1].Constraints[0].Kind, text)
	}
}

func TestSeveralProjects(t *testing.T) {
	second := with(projects, "proj_id=2;proj_short_name=ROAD;clndr_id=12;plan_start_date=2028-02-01 00:00;export_flag=Y")
	third := with(second, "proj_id=3;proj_short_name=REF;clndr_id=12;export_flag=N")
	text := file(third, calendars, table{"TASK", []string{b("task_id=1;task_code=A"), b("proj_id=2"), b("task_id=3;external_early_start_date=2028-03-01 08:00;external_late_end_date=2028-04-01 17:00")}},
		table{"TASKPRED", []string{"task_pred_id=1;task_id=2;pred_task_id=1;proj_id=2;pred_proj_id=1;pred_type=PR_FS", "task_pred_id=2;task_id=3;pred_task_id=70;proj_id=1;pred_proj_id=3;pred_type=PR_FS",
			"task_pred_id=3;task_id=71;pred_task_id=3;proj_id=3;pred_proj_id=1;pred_type=PR_FS"}})
	in := read(t, text)
	require.Len(t, in.Spec.Projects, 2)
	assert.Equal(t, "ROAD", in.Spec.Projects[1].Name)
	require.Len(t, in.Spec.Dependencies, 1)
	assert.Equal(t, []milestone.Constraint{{Kind: milestone.StartNoEarlier, On: on(2028, 3, 1), Clock: 480}, {Kind: milestone.FinishNoLater, On: on(2028, 4, 1), Clock: 1020}},
		in.Spec.Activities[2].Constraints, "what other projects gave stands as constraints")
	s := schedule(t, in)
	road, _ := s.Of(record.Ref{Kind: milestone.KindActivity, ID: "task-2"})
	assert.Equal(t, "2028-02-01T08:00", road.EarlyStart.String(), "not before its own project begins")

	ignored := strings.Replace(text, "%E", "%T\tSCHEDOPTIONS\n%F\tproj_id\tsched_outer_depend_type\n%R\t1\tSD_None\n%R\t2\tSD_None\n%E", 1)
	in = read(t, ignored)
	assert.Empty(t, in.Spec.Dependencies)
	assert.Empty(t, in.Spec.Activities[2].Constraints)

	prefixed, err := xer.Read(strings.NewReader(text), xer.Options{Prefix: "p6", Source: record.Source{Record: record.New("file"), Title: "Export"}})
	require.NoError(t, err)
	assert.Equal(t, record.ID("p6-task-1"), prefixed.Spec.Dependencies[0].On.ID)
	assert.Equal(t, record.ID("file"), prefixed.Spec.Activities[0].Source)
	assert.Equal(t, "TASK[0]", prefixed.Spec.Activities[0].At)
	_, err = milestone.Compile(prefixed.Spec, record.View{})
	require.NoError(t, err)
}

func TestEncodings(t *testing.T) {
	text := small([]string{b("task_name=Café “À”")}, nil)
	want := read(t, text).Spec
	require.Equal(t, "Café “À”", want.Activities[1].Name)
	assert.Equal(t, want, read(t, "\xef\xbb\xbf"+text).Spec)
	narrow := strings.NewReplacer("é", "\xe9", "“", "\x93", "”", "\x94", "À", "\xc0").Replace(text)
	in := read(t, narrow)
	assert.Equal(t, want, in.Spec)
	assert.Contains(t, in.Repaired[0].Text, "Windows-1252")
	wide := []byte{0xff, 0xfe}
	for _, r := range text {
		wide = append(wide, byte(r), byte(r>>8))
	}
	assert.Equal(t, want, read(t, string(wide)).Spec)
	commas := read(t, strings.Replace(small([]string{b("remain_drtn_hr_cnt=7,5")}, nil), "\r\n", "\n", -1))
	assert.Equal(t, calendar.Minutes(450), commas.Spec.Activities[1].Lasts)
}

type endless struct{ text string }

func (e endless) Read(p []byte) (int, error) { return copy(p, e.text), nil }

func TestLimits(t *testing.T) {
	var days strings.Builder
	for i := range 200 {
		days.WriteString("(0||" + strconv.Itoa(i) + "(d|" + strconv.Itoa(46000+i) + ")())")
	}
	many := file(projects, with(calendars, "clndr_id=14;clndr_data="+fiveDays(days.String())), table{"TASK", []string{b("clndr_id=14")}})
	for what, test := range map[string]struct {
		r      io.Reader
		limits xer.Limits
	}{
		"bytes":                   {io.MultiReader(strings.NewReader("ERMHDR\n"), endless{"%R\t\n"}), xer.Limits{Bytes: 1 << 20}},
		"rows":                    {strings.NewReader(hall()), xer.Limits{Rows: 5}},
		"exceptions in calendars": {strings.NewReader(many), xer.Limits{Days: 100}},
	} {
		_, err := xer.Read(test.r, xer.Options{Limits: test.limits})
		limit, ok := errors.AsType[*xer.LimitError](err)
		require.True(t, ok, "%v", err)
		assert.Equal(t, what, limit.What)
	}
	_, err := xer.Read(strings.NewReader(small(slices.Repeat([]string{b("task_id=")}, 5000), nil)), xer.Options{})
	list, _ := errors.AsType[xer.Faults](err)
	assert.Len(t, list, 1000)
}

// FuzzRead: no input panics, and what is read compiles unless its links go in a circle.
func FuzzRead(f *testing.F) {
	f.Add([]byte(hall()), true)
	f.Add([]byte(small([]string{b("cstr_type=CS_MSO;cstr_date=2028-02-01 08:00")}, link("task_pred_id=1;task_id=2;pred_task_id=1;proj_id=1;pred_proj_id=1;pred_type=PR_FS"))), false)
	f.Fuzz(func(t *testing.T, data []byte, leaveOut bool) {
		in, err := xer.Read(bytes.NewReader(data), xer.Options{LeaveOut: leaveOut, Limits: xer.Limits{Bytes: 1 << 20, Days: 10000}})
		if err != nil {
			list, ok := errors.AsType[xer.Faults](err)
			require.True(t, ok)
			require.NotEmpty(t, list)
			return
		}
		_, err = milestone.Compile(in.Spec, record.View{})
		if _, circle := errors.AsType[*milestone.PrecedenceError](err); !circle {
			require.NoError(t, err)
		}
	})
}

// FuzzCalendar: the text of a calendar, which is nested, never panics, and gives working time or a fault.
func FuzzCalendar(f *testing.F) {
	f.Add(always)
	f.Add(fiveDays("(0||0(d|46791)())"))
	f.Fuzz(func(t *testing.T, data string) {
		if strings.ContainsAny(data, "\t\r\n;=") {
			return
		}
		in, err := xer.Read(strings.NewReader(file(projects, with(calendars, "clndr_id=14;clndr_data="+data), table{"TASK", []string{b("clndr_id=14")}})), xer.Options{})
		if err != nil {
			return
		}
		c := in.Spec.Calendars[len(in.Spec.Calendars)-1]
		_, err = calendar.NewHours(calendar.HoursSpec{Week: c.Week, Except: c.Except})
		require.NoError(t, err)
	})
}
