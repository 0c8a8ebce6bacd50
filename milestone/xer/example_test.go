package xer_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/xer"
)

const plan = "ERMHDR\t19.12\n" +
	"%T\tPROJECT\n%F\tproj_id\tproj_short_name\tclndr_id\tplan_start_date\tlast_recalc_date\n%R\t7\tHALL\t1\t2028-01-03 00:00\t2028-01-03 00:00\n" +
	"%T\tCALENDAR\n%F\tclndr_id\tclndr_name\tclndr_data\n" +
	"%R\t1\tMondays to Wednesdays\t(0||CalendarData()((0||DaysOfWeek()((0||2()((0||0(s|08:00|f|16:00)())))(0||3()((0||0(s|08:00|f|16:00)())))(0||4()((0||0(s|08:00|f|16:00)())))))))\n" +
	"%T\tTASK\n%F\ttask_id\tproj_id\tclndr_id\ttask_type\tstatus_code\ttask_code\ttask_name\ttarget_drtn_hr_cnt\tremain_drtn_hr_cnt\tearly_end_date\n" +
	"%R\t1\t7\t1\tTT_Task\tTK_NotStart\tA10\tSurvey\t16\t16\t2028-01-04 16:00\n" +
	"%R\t2\t7\t1\tTT_FinMile\tTK_NotStart\tA20\tSurveyed\t0\t0\t2028-01-05 16:00\n" +
	"%T\tTASKPRED\n%F\ttask_pred_id\ttask_id\tpred_task_id\tproj_id\tpred_proj_id\tpred_type\tlag_hr_cnt\n%R\t5\t2\t1\t7\t7\tPR_FS\t0\n%E\n"

// A file is read, scheduled as it says, and held against the dates that it states.
func Example() {
	in, err := xer.Read(strings.NewReader(plan), xer.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := milestone.Compile(in.Spec, record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := p.Schedule(record.Moment{}, in.Schedule)
	if err != nil {
		fmt.Println(err)
		return
	}
	agreements, differences := in.Against(s, 1)
	for _, a := range agreements {
		if a.Of > 0 {
			fmt.Println(a)
		}
	}
	for _, d := range differences {
		fmt.Println(d, d.Field == milestone.ComparedEarlyFinish)
	}
	var stated xer.Computed = in.Computed[1]
	fmt.Println(stated.Activity, milestone.Compared(milestone.ComparedEarlyFinish), stated.EarlyFinish)
	// Output:
	// early finish: 1 of 2, 1 to the minute
	// task-2: early finish: 2028-01-05T16:00 stated, 2028-01-04T16:00 scheduled (-PT8H) true
	// task-2 early finish 2028-01-05T16:00
}

func ExampleRead() {
	suspended := strings.NewReplacer("early_end_date", "expect_end_date", "2028-01-05 16:00", "").Replace(plan)
	_, err := xer.Read(strings.NewReader(suspended), xer.Options{})
	fmt.Println(err)

	in, err := xer.Read(strings.NewReader(suspended), xer.Options{LeaveOut: true, Prefix: "p6", Limits: xer.Limits{Rows: 100}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range in.Spec.Activities {
		fmt.Println(a.ID, a.Code, a.Name, a.Lasts)
	}
	for _, n := range in.Lost {
		fmt.Println("left out:", n)
	}
	// Output:
	// xer: line 10: TASK[0].expect_end_date (task A10): an expected finish, by which the remaining duration is worked out anew, is not modelled; left out, it keeps the duration that the file states
	// p6-task-1 A10 Survey PT16H
	// p6-task-2 A20 Surveyed PT0H
	// left out: line 10: TASK[0].expect_end_date (task A10): an expected finish, by which the remaining duration is worked out anew, is not modelled; left out, it keeps the duration that the file states
}

// Faults come all at once, each with its line and its cause.
func ExampleFaults() {
	_, err := xer.Read(strings.NewReader(strings.NewReplacer("PR_FS", "PR_AB", "TT_Task", "TT_Job").Replace(plan)), xer.Options{})
	faults, _ := errors.AsType[xer.Faults](err)
	for _, f := range faults {
		value, _ := errors.AsType[*xer.ValueError](f)
		fmt.Println(f.Line, f.Path, f.ID, value.Text)
	}
	fmt.Println(faults.Err() != nil, len(faults.Unwrap()))
	// Output:
	// 10 TASK[0].task_type task A10 TT_Job
	// 14 TASKPRED[0].pred_type task A20 PR_AB
	// true 2
}
