package mspdi_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/mspdi"
)

func faults(t testing.TB, text string, options mspdi.Options) mspdi.Faults {
	t.Helper()
	in, err := mspdi.Read(strings.NewReader(text), options)
	require.Error(t, err)
	require.Nil(t, in)
	list, ok := errors.AsType[mspdi.Faults](err)
	require.True(t, ok)
	return list
}

func TestFaults(t *testing.T) {
	link := func(more string) string {
		return task("1", "") + task("2", "<PredecessorLink>"+more+"</PredecessorLink>")
	}
	for name, test := range map[string]struct {
		text string
		path string
		line int
		want any
	}{
		"a type of link":      {project("", link("<PredecessorUID>1</PredecessorUID><Type>9</Type>")), "Project/Tasks/Task[1]/PredecessorLink[0]/Type", 5, &mspdi.ValueError{}},
		"no such predecessor": {project("", link("<PredecessorUID>7</PredecessorUID>")), "Project/Tasks/Task[1]/PredecessorLink[0]/PredecessorUID", 5, &mspdi.DanglingError{}},
		"on itself":           {project("", link("<PredecessorUID>2</PredecessorUID>")), "Project/Tasks/Task[1]/PredecessorLink[0]/PredecessorUID", 5, mspdi.ErrOnItself},
		"another file":        {project("", link("<PredecessorUID>1</PredecessorUID><CrossProject>1</CrossProject>")), "Project/Tasks/Task[1]/PredecessorLink[0]", 5, &mspdi.UnmodelledError{}},
		"elapsed share":       {project("", link("<PredecessorUID>1</PredecessorUID><LinkLag>5</LinkLag><LagFormat>20</LagFormat>")), "Project/Tasks/Task[1]/PredecessorLink[0]", 5, &mspdi.UnmodelledError{}},
		"no predecessor":      {project("", link("<Type>1</Type>")), "Project/Tasks/Task[1]/PredecessorLink[0]/PredecessorUID", 5, mspdi.ErrMissing},
		"two UIDs":            {project("", task("1", "")+task("1", "")), "Project/Tasks/Task[1]/UID", 5, &mspdi.DuplicateError{}},
		"no UID":              {project("", "<Task><Duration>PT8H0M0S</Duration></Task>"), "Project/Tasks/Task[0]/UID", 3, mspdi.ErrMissing},
		"negative duration":   {project("", "<Task><UID>1</UID><Duration>-PT8H0M0S</Duration></Task>"), "Project/Tasks/Task[0]/Duration", 3, mspdi.ErrNegative},
		"days":                {project("", "<Task><UID>1</UID><Duration>P2DT0H</Duration></Task>"), "Project/Tasks/Task[0]/Duration", 3, &mspdi.ValueError{}},
		"no duration":         {project("", "<Task><UID>1</UID></Task>"), "Project/Tasks/Task[0]/Duration", 3, mspdi.ErrMissing},
		"a date":              {project("", task("1", "<ActualStart>yesterday</ActualStart>")), "Project/Tasks/Task[0]/ActualStart", 4, &mspdi.ValueError{}},
		"a zone":              {project("", task("1", "<ActualStart>2028-01-01T08:00:00Z</ActualStart>")), "Project/Tasks/Task[0]/ActualStart", 4, &mspdi.ValueError{}},
		"no constraint date":  {project("", task("1", "<ConstraintType>4</ConstraintType>")), "Project/Tasks/Task[0]/ConstraintDate", 4, mspdi.ErrMissing},
		"kind of constraint":  {project("", task("1", "<ConstraintType>8</ConstraintType>")), "Project/Tasks/Task[0]/ConstraintType", 4, &mspdi.ValueError{}},
		"no such calendar":    {project("", task("1", "<CalendarUID>5</CalendarUID>")), "Project/Tasks/Task[0]/CalendarUID", 4, &mspdi.DanglingError{}},
		"levelled":            {project("", task("1", "<LevelingDelay>4800</LevelingDelay>")), "Project/Tasks/Task[0]", 4, &mspdi.UnmodelledError{}},
		"inserted project":    {project("", task("1", "<IsSubproject>1</IsSubproject>")), "Project/Tasks/Task[0]", 4, &mspdi.UnmodelledError{}},
		"ends before": {project("", task("1", "<ActualStart>2028-01-05T08:00:00</ActualStart><ActualFinish>2028-01-04T08:00:00</ActualFinish>")),
			"Project/Tasks/Task[0]/ActualFinish", 4, &mspdi.ValueError{}},
		"circle of calendars": {project("<Calendar><UID>2</UID><BaseCalendarUID>3</BaseCalendarUID></Calendar><Calendar><UID>3</UID><BaseCalendarUID>2</BaseCalendarUID></Calendar>", ""),
			"Project/Calendars/Calendar[1]/BaseCalendarUID", 2, mspdi.ErrCircle},
		"base missing": {project("<Calendar><UID>2</UID><BaseCalendarUID>9</BaseCalendarUID></Calendar>", ""), "Project/Calendars/Calendar[1]/BaseCalendarUID", 2, &mspdi.DanglingError{}},
		"shift backwards": {project(`<Calendar><UID>2</UID><IsBaseCalendar>1</IsBaseCalendar><WeekDays><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes>
<WorkingTime><FromTime>22:00:00</FromTime><ToTime>06:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay></WeekDays></Calendar>`, ""),
			"Project/Calendars/Calendar[1]/WeekDays/WeekDay[0]", 2, &calendar.HoursError{}},
		"no working time": {project(`<Calendar><UID>2</UID><IsBaseCalendar>1</IsBaseCalendar><WeekDays>`+strings.Repeat(`<WeekDay><DayType>?</DayType><DayWorking>0</DayWorking></WeekDay>`, 7)+
			`</WeekDays></Calendar>`, ""), "Project/Calendars/Calendar[1]", 2, calendar.ErrNoHours},
		"exception by weekdays": {project(`<Calendar><UID>2</UID><IsBaseCalendar>1</IsBaseCalendar><Exceptions><Exception><TimePeriod><FromDate>2028-01-01T00:00:00</FromDate>
<ToDate>2028-01-09T00:00:00</ToDate></TimePeriod><Type>8</Type></Exception></Exceptions></Calendar>`, ""), "Project/Calendars/Calendar[1]/Exceptions/Exception[0]", 2, &mspdi.UnmodelledError{}},
		"not a project":      {"<plan/>", "plan", 1, mspdi.ErrNotProject},
		"another namespace":  {`<Project xmlns="urn:x"/>`, "Project", 1, mspdi.ErrNotProject},
		"empty":              {"", "", 1, mspdi.ErrNotProject},
		"cut short":          {project("", task("1", ""))[:300], "", 4, &xml.SyntaxError{}},
		"an entity":          {"<!DOCTYPE x [<!ENTITY a \"aaaa\">]>\n<Project><Name>&a;</Name></Project>", "", 2, &xml.SyntaxError{}},
		"an encoding":        {`<?xml version="1.0" encoding="ebcdic"?><Project/>`, "", 1, nil},
		"back from finish":   {strings.Replace(project("", ""), "<StartDate>", "<ScheduleFromStart>0</ScheduleFromStart><StartDate>", 1), "Project/ScheduleFromStart", 1, &mspdi.UnmodelledError{}},
		"calendar not there": {strings.Replace(project("", ""), "<CalendarUID>1<", "<CalendarUID>4<", 1), "Project/CalendarUID", 1, &mspdi.DanglingError{}},
		"by summary's start": {project("", "<Task><UID>1</UID><OutlineLevel>1</OutlineLevel><Summary>1</Summary></Task>"+
			task("2", "<OutlineLevel>2</OutlineLevel>")+task("3", "<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>3</Type></PredecessorLink>")),
			"Project/Tasks/Task[2]/PredecessorLink[0]", 5, &mspdi.UnmodelledError{}},
		"a summary constrained": {project("", "<Task><UID>1</UID><OutlineLevel>1</OutlineLevel><Summary>1</Summary><ConstraintType>2</ConstraintType><ConstraintDate>2028-01-01T08:00:00</ConstraintDate></Task>"+
			task("2", "<OutlineLevel>2</OutlineLevel>")), "Project/Tasks/Task[0]", 3, &mspdi.UnmodelledError{}},
		"date against link": {project("", "<Task><UID>1</UID><Duration>PT80H0M0S</Duration><EarlyStart>2028-01-03T08:00:00</EarlyStart><EarlyFinish>2028-01-14T17:00:00</EarlyFinish></Task>"+
			task("2", `<ConstraintType>7</ConstraintType><ConstraintDate>2028-01-06T17:00:00</ConstraintDate><EarlyStart>2028-01-06T08:00:00</EarlyStart>
<EarlyFinish>2028-01-06T17:00:00</EarlyFinish><PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type></PredecessorLink>`)), "Project/Tasks/Task[1]", 4, &mspdi.UnmodelledError{}},
	} {
		t.Run(name, func(t *testing.T) {
			text := test.text
			for i := 1; i < 8; i++ {
				text = strings.Replace(text, "<DayType>?", "<DayType>"+strconv.Itoa(i), 1)
			}
			list := faults(t, text, mspdi.Options{})
			require.Len(t, list, 1, list.Error())
			f := list[0]
			assert.Equal(t, test.path, f.Path)
			assert.Equal(t, test.line, f.Line)
			switch want := test.want.(type) {
			case error:
				if _, typed := want.(interface{ Unwrap() error }); !typed && errors.Is(f, want) {
					return
				}
				assert.IsType(t, want, f.Err)
			default:
				_, ok := errors.AsType[*mspdi.ValueError](f)
				assert.True(t, ok)
			}
			_, unmodelled := errors.AsType[*mspdi.UnmodelledError](f)
			in, err := mspdi.Read(strings.NewReader(text), mspdi.Options{LeaveOut: true})
			assert.Equal(t, unmodelled, err == nil, "only what is not modelled can be left out")
			if unmodelled {
				found := false
				for _, n := range in.Lost {
					found = found || n.Line == f.Line && n.Text == f.Err.Error()
				}
				assert.True(t, found, "and what is left out is listed")
			}
		})
	}
}

func TestEveryFaultAtOnce(t *testing.T) {
	list := faults(t, project("", task("1", "<ConstraintType>9</ConstraintType><PercentComplete>x</PercentComplete>")+
		task("2", "<ActualStart>never</ActualStart><PredecessorLink><PredecessorUID>1</PredecessorUID><Type>7</Type></PredecessorLink>")), mspdi.Options{})
	var lines []int
	for _, f := range list {
		lines = append(lines, f.Line)
	}
	assert.Equal(t, []int{4, 4, 5, 5}, lines)
	list = faults(t, project("", task("1", "<ConstraintType>4</ConstraintType>")+task("2", "<CalendarUID>8</CalendarUID>")+task("2", "<LevelingDelay>1</LevelingDelay>")), mspdi.Options{})
	assert.Len(t, list, 4)
	assert.Equal(t, "mspdi: line 4: Project/Tasks/Task[0]/ConstraintDate (task 1): it must be stated and is not\n"+
		"mspdi: line 5: Project/Tasks/Task[1]/CalendarUID (task 2): there is no calendar 8\n"+
		"mspdi: line 6: Project/Tasks/Task[2]/UID: UID 2 is taken by line 5\n"+
		"mspdi: line 6: Project/Tasks/Task[2] (task 2): a delay from levelling is not modelled; left out, it is not delayed", list.Error())
}

type endless struct{ text string }

func (e endless) Read(p []byte) (int, error) { return copy(p, e.text), nil }

func TestLimits(t *testing.T) {
	summaries := "<Task><UID>1</UID><OutlineLevel>1</OutlineLevel></Task>" + task("2", "<OutlineLevel>2</OutlineLevel>") + task("3", "<OutlineLevel>2</OutlineLevel>") +
		"<Task><UID>4</UID><OutlineLevel>1</OutlineLevel><PredecessorLink><PredecessorUID>1</PredecessorUID></PredecessorLink></Task>" + task("5", "<OutlineLevel>2</OutlineLevel>") + task("6", "<OutlineLevel>2</OutlineLevel>")
	daily := "<Exceptions><Exception><TimePeriod><FromDate>1984-01-01T00:00:00</FromDate><ToDate>2149-01-01T00:00:00</ToDate></TimePeriod><Type>1</Type><Period>2</Period></Exception></Exceptions>"
	for name, test := range map[string]struct {
		r      io.Reader
		limits mspdi.Limits
		what   string
	}{
		"bytes":   {io.MultiReader(strings.NewReader("<Project>"), endless{strings.Repeat("<!-- on and on -->", 100)}), mspdi.Limits{Bytes: 1 << 20}, "bytes"},
		"a text":  {io.MultiReader(strings.NewReader("<Project><Name>"), endless{"xxxxxxxxxxxxxxxx"}), mspdi.Limits{Bytes: 1 << 20}, "bytes"},
		"depth":   {io.MultiReader(strings.NewReader("<Project><Tasks>"), endless{"<Task>"}), mspdi.Limits{}, "elements in one another"},
		"tasks":   {io.MultiReader(strings.NewReader("<Project><Tasks>"), endless{"<Task></Task>"}), mspdi.Limits{Tasks: 100, Faults: 10000}, "elements Task"},
		"links":   {strings.NewReader(project("", summaries)), mspdi.Limits{Links: 3}, "links"},
		"days":    {strings.NewReader(project("<Calendar><UID>2</UID><IsBaseCalendar>1</IsBaseCalendar>"+daily+"</Calendar>", "")), mspdi.Limits{Days: 1000}, "stretches of days in calendars"},
		"circles": {strings.NewReader(project(strings.Repeat("<Calendar><UID>2</UID></Calendar>", 2000), "")), mspdi.Limits{Tasks: 500}, "elements Calendar"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := mspdi.Read(test.r, mspdi.Options{Limits: test.limits})
			limit, ok := errors.AsType[*mspdi.LimitError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, test.what, limit.What)
		})
	}
	_, err := mspdi.Read(io.MultiReader(strings.NewReader("<Project><Tasks>"), endless{"<Task></Task>"}), mspdi.Options{})
	list, _ := errors.AsType[mspdi.Faults](err)
	assert.Len(t, list, 1000, "faults are limited too")
	in, err := mspdi.Read(strings.NewReader(project("", summaries)), mspdi.Options{})
	require.NoError(t, err)
	assert.Len(t, in.Spec.Dependencies, 4)
}

func TestEncodings(t *testing.T) {
	text := project("", "<Task><UID>1</UID><Name>Café “À” 𝄞</Name><Duration>PT1H0M0S</Duration></Task>")
	want := read(t, text).Spec
	wide := func(big bool) []byte {
		out := []byte{0xff, 0xfe}
		if big {
			out = []byte{0xfe, 0xff}
		}
		for _, r := range text {
			units := []rune{r}
			if r > 0xffff {
				units = []rune{0xd800 + (r-0x10000)>>10, 0xdc00 + (r-0x10000)&0x3ff}
			}
			for _, u := range units {
				if big {
					out = append(out, byte(u>>8), byte(u))
				} else {
					out = append(out, byte(u), byte(u>>8))
				}
			}
		}
		return out
	}
	for _, big := range []bool{false, true} {
		in, err := mspdi.Read(bytes.NewReader(wide(big)), mspdi.Options{})
		require.NoError(t, err)
		assert.Equal(t, want, in.Spec)
	}
	in, err := mspdi.Read(strings.NewReader(`<?xml version="1.0" encoding="Windows-1252"?>`+strings.NewReplacer("é", "\xe9", "“", "\x93", "”", "\x94", "À", "\xc0", "𝄞", "").Replace(text)), mspdi.Options{})
	require.NoError(t, err)
	assert.Equal(t, "Café “À”", in.Spec.Activities[0].Name)
}

func TestOptionsAreChecked(t *testing.T) {
	list := faults(t, project("", ""), mspdi.Options{Prefix: "No id"})
	assert.Equal(t, "options", list[0].Path)
}
