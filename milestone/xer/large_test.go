package xer_test

import (
	"fmt"
	"math/rand/v2"
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

// large writes a plan such as builders have: n activities by five calendars in a tree of nodes, all kinds of link and constraint, start and
// finish milestones, levels of effort, activities that sum up their node, and progress up to a data date.
func large(n int, r *rand.Rand) string {
	hours := func(shifts string, days ...int) string {
		var text strings.Builder
		text.WriteString("(0||CalendarData()((0||DaysOfWeek()(")
		for d := 1; d <= 7; d++ {
			text.WriteString("(0||" + strconv.Itoa(d) + "()(")
			for _, w := range days {
				if w == d {
					text.WriteString(shifts)
				}
			}
			text.WriteString("))")
		}
		text.WriteString("))(0||Exceptions()(")
		for i := range 40 {
			text.WriteString("(0||" + strconv.Itoa(i) + "(d|" + strconv.Itoa(46753+23*i) + ")())")
		}
		return text.String() + "))))"
	}
	const day, early, night = "(0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())", "(0||0(s|06:00|f|14:00)())", "(0||0(s|00:00|f|06:00)())(0||1(s|22:00|f|00:00)())"
	cals := table{"CALENDAR", []string{"clndr_id=1;clndr_name=Five;clndr_data=" + hours(day, 2, 3, 4, 5, 6), "clndr_id=2;clndr_name=Six;clndr_data=" + hours(early, 2, 3, 4, 5, 6, 7),
		"clndr_id=3;clndr_name=Nights;clndr_data=" + hours(night, 2, 3, 4, 5, 6), "clndr_id=4;clndr_name=Seven;clndr_data=" + hours("(0||0(s|00:00|f|00:00)())", 1, 2, 3, 4, 5, 6, 7),
		"clndr_id=5;clndr_name=Mondays;base_clndr_id=1;clndr_data=" + hours(day, 2)}}
	wbs := table{name: "PROJWBS", rows: []string{"wbs_id=1;proj_id=1;proj_node_flag=Y;wbs_name=All"}}
	for i := 2; i <= n/20+2; i++ {
		wbs.rows = append(wbs.rows, fmt.Sprintf("wbs_id=%d;proj_id=1;wbs_name=Node %d;parent_wbs_id=%d", i, i, 1+r.IntN(i-1)))
	}
	rows, preds := table{name: "TASK"}, table{name: "TASKPRED"}
	kinds := []string{"CS_MSO", "CS_MSOA", "CS_MSOB", "CS_MEO", "CS_MEOA", "CS_MEOB", "CS_ALAP"}
	link := func(i, on int, kind string, lag float64) {
		preds.rows = append(preds.rows, fmt.Sprintf("task_pred_id=%d;task_id=%d;pred_task_id=%d;proj_id=1;pred_proj_id=1;pred_type=%s;lag_hr_cnt=%g", len(preds.rows)+1, i, on, kind, lag))
	}
	done, underWay := n/10, n/10+n/20
	for i := 1; i <= n; i++ {
		kind, long := "TT_Task", 4*(1+r.IntN(30))
		switch r.IntN(20) {
		case 0:
			kind, long = "TT_Mile", 0
		case 1:
			kind, long = "TT_FinMile", 0
		}
		if i > underWay && i%100 == 0 {
			kind = "TT_LOE"
		}
		row := fmt.Sprintf("task_id=%d;proj_id=1;wbs_id=%d;clndr_id=%d;task_type=%s;task_code=A%d;task_name=Work %d;target_drtn_hr_cnt=%d", i, 1+r.IntN(n/20+2), 1+r.IntN(5), kind, i, i, long)
		switch {
		case i <= done:
			row += ";status_code=TK_Complete;remain_drtn_hr_cnt=0;act_start_date=2028-01-03 08:00;act_end_date=2028-02-01 17:00"
		case i <= underWay && kind == "TT_Task":
			row += fmt.Sprintf(";status_code=TK_Active;remain_drtn_hr_cnt=%d;act_start_date=2028-02-02 08:00", long/2)
		default:
			row += fmt.Sprintf(";status_code=TK_NotStart;remain_drtn_hr_cnt=%d", long)
			if kind != "TT_LOE" && r.IntN(12) == 0 {
				row += fmt.Sprintf(";cstr_type=%s;cstr_date=2028-%02d-15 08:00", kinds[r.IntN(len(kinds))], 3+r.IntN(9))
			}
		}
		rows.rows = append(rows.rows, row)
		if kind == "TT_LOE" {
			link(i, i-1, "PR_SS", 0)
			link(i, i-2, "PR_FF", 0)
			continue
		}
		for range 1 + r.IntN(2) {
			on := i - 1 - r.IntN(min(i, 60))
			if on < 1 || on%100 == 0 {
				continue
			}
			link(i, on, []string{"PR_FS", "PR_FS", "PR_FS", "PR_SS", "PR_FF", "PR_SF"}[r.IntN(6)], float64(r.IntN(5)*4-4))
		}
	}
	rows.rows = append(rows.rows, fmt.Sprintf("task_id=%d;proj_id=1;wbs_id=2;clndr_id=1;task_type=TT_WBS;task_code=W;task_name=Sum;status_code=TK_NotStart", n+1))
	return file(table{"PROJECT", []string{"proj_id=1;proj_short_name=LARGE;clndr_id=1;plan_start_date=2028-01-03 00:00;last_recalc_date=2028-02-07 08:00;plan_end_date=2030-01-01 17:00;critical_drtn_hr_cnt=40"}},
		table{"SCHEDOPTIONS", []string{"proj_id=1;sched_float_type=FT_FF;sched_calendar_on_relationship_lag=rcal_Predecessor;sched_retained_logic=Y;sched_use_project_end_date_for_float=Y"}}, cals, wbs, rows, preds)
}

// TestLarge holds the dates of a plan of 4,200 activities to what its links ask: no dependent that is still to start comes before them.
func TestLarge(t *testing.T) {
	in := read(t, large(4200, rand.New(rand.NewPCG(1, 2))))
	require.Len(t, in.Computed, 4201)
	require.Len(t, in.Spec.Calendars, 5)
	assert.Equal(t, at(t, "2030-01-01T17:00"), in.Spec.Projects[0].FinishBy)
	s := schedule(t, in)
	all, kept := s.All(), 0
	late := make(map[record.Ref]bool) // what goes as late as it may goes by late dates, which pass lags backwards
	for _, a := range in.Spec.Activities {
		late[record.Ref{Kind: milestone.KindActivity, ID: a.ID}] = len(a.Constraints) > 0 && a.Constraints[0].Kind == milestone.AsLate
	}
	for _, a := range s.Arcs() {
		from, to := &all[a.From], &all[a.To]
		if late[from.Ref] || late[to.Ref] {
			continue
		}
		if from.Type == milestone.LevelOfEffort || to.Type == milestone.LevelOfEffort || from.Finished != 0 || to.Started != 0 || from.Started != 0 && a.Kind != milestone.FinishStart {
			continue
		}
		event, on := from.EarlyFinish, to.EarlyFinish
		if a.Kind == milestone.StartStart || a.Kind == milestone.StartFinish {
			event = from.EarlyStart
		}
		if a.Kind == milestone.FinishStart || a.Kind == milestone.StartStart {
			on = to.EarlyStart
		}
		asks := a.Hours.After(event, a.Lag)
		require.GreaterOrEqual(t, to.Hours.Worked(on), to.Hours.Worked(asks), "%s: %s asks for %s, and it comes at %s", a.Dependency, a.Kind, asks, on)
		kept++
	}
	assert.Greater(t, kept, 3000)
	for i := range all {
		x := &all[i]
		if x.Type != milestone.Task || x.Finished != 0 {
			continue
		}
		require.Equal(t, x.Lasts, x.Hours.Between(x.EarlyStart, x.EarlyFinish))
		require.Equal(t, x.Lasts, x.Hours.Between(x.LateStart, x.LateFinish))
		require.GreaterOrEqual(t, x.EarlyStart, at(t, "2028-02-07T08:00"), "nothing that is left comes before the data date")
		require.Equal(t, x.Hours.Between(x.EarlyFinish, x.LateFinish), x.TotalFloat)
	}

	// The same file with the dates of the schedule in it agrees with the schedule on everything.
	computed := table{name: "TASK"}
	text := large(4200, rand.New(rand.NewPCG(1, 2)))
	begin, end := strings.Index(text, "%T\tTASK\r"), strings.Index(text, "%T\tTASKPRED\r")
	lines := strings.Split(strings.TrimSuffix(text[begin:end], "\r\n"), "\r\n")
	names := strings.Split(lines[1], "\t")[1:]
	for i, line := range lines[2:] {
		x, ok := s.Of(record.Ref{Kind: milestone.KindActivity, ID: in.Computed[i].Activity})
		require.True(t, ok)
		var pairs []string
		for j, cell := range strings.Split(line, "\t")[1:] {
			pairs = append(pairs, names[j]+"="+cell)
		}
		minute := func(m calendar.Minute) string { return strings.Replace(m.String(), "T", " ", 1) }
		computed.rows = append(computed.rows, strings.Join(pairs, ";")+fmt.Sprintf(";early_start_date=%s;early_end_date=%s;late_start_date=%s;late_end_date=%s;total_float_hr_cnt=%.4f;free_float_hr_cnt=%.4f",
			minute(x.EarlyStart), minute(x.EarlyFinish), minute(x.LateStart), minute(x.LateFinish), float64(x.TotalFloat)/60, float64(x.FreeFloat)/60))
	}
	table := strings.TrimPrefix(strings.TrimSuffix(file(computed), "%E\r\n"), "ERMHDR\t19.12\t2028-01-01\tProject\tuser\tuser\tdb\tProject Management\tGBP\r\n")
	again := read(t, text[:begin]+table+text[end:])
	assert.Equal(t, in.Spec, again.Spec)
	agreements, differences := again.Against(s, 0)
	assert.Empty(t, differences)
	assert.Equal(t, 4200-420, agreements[0].Of, "all but the finished and the one that sums up its node")
	assert.Equal(t, agreements[0].Of, agreements[0].Exact)
}

func BenchmarkRead(b *testing.B) {
	text := large(4200, rand.New(rand.NewPCG(1, 2)))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := xer.Read(strings.NewReader(text), xer.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
