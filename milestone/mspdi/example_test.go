package mspdi_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/mspdi"
)

const plan = `<Project xmlns="http://schemas.microsoft.com/project">
  <Title>A hall</Title><StartDate>2028-01-03T08:00:00</StartDate><CalendarUID>1</CalendarUID>
  <Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar></Calendar></Calendars>
  <Tasks>
    <Task><UID>1</UID><Name>Survey</Name><Duration>PT16H0M0S</Duration><EarlyFinish>2028-01-04T17:00:00</EarlyFinish></Task>
    <Task><UID>2</UID><Name>Build</Name><Duration>PT80H0M0S</Duration><EarlyFinish>2028-01-18T17:00:00</EarlyFinish>
      <PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type><LinkLag>50</LinkLag><LagFormat>19</LagFormat></PredecessorLink></Task>
  </Tasks>
</Project>`

// A file is read, scheduled as Microsoft Project schedules, and held against the dates that it states.
func Example() {
	in, err := mspdi.Read(strings.NewReader(plan), mspdi.Options{})
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
	agreements, differences := in.Against(s, 0)
	for _, a := range agreements {
		if a.Of > 0 {
			fmt.Println(a)
		}
	}
	var stated mspdi.Computed = in.Computed[1]
	fmt.Println(stated.Activity, milestone.Compared(milestone.ComparedEarlyFinish), stated.EarlyFinish)
	for _, d := range differences {
		fmt.Println(d)
	}
	for _, n := range in.Repaired {
		fmt.Println(n)
	}
	// Output:
	// early finish: 1 of 2, 1 to the minute
	// task-2 early finish 2028-01-18T17:00
	// task-2: early finish: 2028-01-18T17:00 stated, 2028-01-19T17:00 scheduled (PT8H)
	// line 3: Project/Calendars/Calendar[0] (calendar 1): a base calendar without a week is read as Monday to Friday, 08:00-12:00 and 13:00-17:00, as Microsoft Project does
	// line 7: Project/Tasks/Task[1]/PredecessorLink[0] (task 2): its lag of 50% of the predecessor's duration is read as PT8H
}

func ExampleRead() {
	levelled := strings.Replace(plan, "<Name>Build</Name>", "<Name>Build</Name><LevelingDelay>4800</LevelingDelay>", 1)
	_, err := mspdi.Read(strings.NewReader(levelled), mspdi.Options{})
	fmt.Println(err)

	in, err := mspdi.Read(strings.NewReader(levelled), mspdi.Options{LeaveOut: true, Prefix: "hall", Limits: mspdi.Limits{Tasks: 5000}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range in.Spec.Activities {
		fmt.Println(a.ID, a.Name, a.Lasts)
	}
	for _, n := range in.Lost {
		fmt.Println("left out:", n.Text)
	}
	// Output:
	// mspdi: line 6: Project/Tasks/Task[1] (task 2): a delay from levelling is not modelled; left out, it is not delayed
	// hall-task-1 Survey PT16H
	// hall-task-2 Build PT80H
	// left out: a delay from levelling is not modelled; left out, it is not delayed
}

func ExampleWrite() {
	spec := milestone.Spec{
		Projects: []milestone.Project{{Record: record.New("project"), Name: "A hall", Start: calendar.On(2028, 1, 3).At(540), Calendar: "calendar-1"}},
		Calendars: []milestone.Calendar{{Record: record.New("calendar-1"), Name: "Office",
			Week: calendar.Weekdays(calendar.Shift{From: 540, Until: 1020})}},
		Activities: []milestone.Activity{{Record: record.New("survey"), Name: "Survey", Project: "project", Lasts: 8 * calendar.Hour}},
	}
	var b bytes.Buffer
	written, err := mspdi.Write(&b, spec, mspdi.WriteOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	in, err := mspdi.Read(&b, mspdi.Options{})
	fmt.Println(in.Spec.Activities[0].ID, in.Spec.Activities[0].Lasts, len(written.Lost), err)
	// Output:
	// survey PT8H 0 <nil>
}

// Faults come all at once, each with its line and its cause.
func ExampleFaults() {
	_, err := mspdi.Read(strings.NewReader(strings.NewReplacer("<Type>1<", "<Type>7<", "PT16H0M0S", "two days").Replace(plan)), mspdi.Options{})
	faults, _ := errors.AsType[mspdi.Faults](err)
	for _, f := range faults {
		value, ok := errors.AsType[*mspdi.ValueError](f)
		fmt.Println(f.Line, f.Path, ok && value.Text != "")
	}
	fmt.Println(faults.Err() != nil, len(faults.Unwrap()))
	// Output:
	// 5 Project/Tasks/Task[0]/Duration true
	// 7 Project/Tasks/Task[1]/PredecessorLink[0]/Type true
	// true 2
}
