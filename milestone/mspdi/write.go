package mspdi

import (
	"bufio"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// WriteOptions say how records are written. The zero WriteOptions write strictly and without computed dates.
type WriteOptions struct {
	// Prefix is cut from ids before they are written, as [Options.Prefix] adds it. Empty means none.
	Prefix record.ID
	// Schedule is where computed dates are taken from, for programs that show a file without scheduling it. Nil means none.
	Schedule *milestone.Schedule
	// LeaveOut writes records although the file cannot hold all that their dates depend on, and lists what that is.
	LeaveOut bool
}

// Written is what became of the records.
type Written struct {
	// Changed is what is written otherwise than it was recorded, with the same effect on dates: it reads back in the words of the file.
	Changed []Note
	// Lost is what the file does not hold.
	Lost []Note
}

// Write writes one project as a file of Microsoft Project 2010 and later: equal records give equal bytes. [Read] reads it back to the same
// records, in the order of the outline. Ids of the form task-12 and calendar-1 become UIDs; other ids of activities stand in the field Text30.
//
// The error is [Faults], whose Path is the record's, or that of w. Records must be of one day and one claimant: a version of another
// record is a fault.
func Write(w io.Writer, spec milestone.Spec, options WriteOptions) (*Written, error) {
	x := &writer{spec: spec, options: options, calendars: make(map[record.ID]int), uids: make(map[record.ID]int), at: make(map[record.ID]int)}
	x.check()
	x.order()
	if err := x.faults.Err(); err != nil {
		return nil, err
	}
	x.w = bufio.NewWriter(w)
	x.write()
	if err := x.faults.Err(); err != nil {
		return nil, err
	}
	if err := x.w.Flush(); err != nil {
		return nil, err
	}
	return &x.out, nil
}

type writer struct {
	spec      milestone.Spec
	options   WriteOptions
	project   milestone.Project
	honours   bool
	calendars map[record.ID]int
	uids      map[record.ID]int
	at        map[record.ID]int // position of an activity
	rows      []outlined
	before    map[record.ID][]int // positions of the dependencies of each activity
	faults    Faults
	out       Written
	w         *bufio.Writer
	depth     int
}

// outlined is an activity in the order of the outline.
type outlined struct {
	index  int // in the spec
	level  int
	number string
}

func (x *writer) fault(path string, id record.ID, err error) {
	x.faults = append(x.faults, &Fault{Path: path, ID: string(id), Err: err})
}

func (x *writer) changed(path string, id record.ID, text string) {
	x.out.Changed = append(x.out.Changed, Note{Path: path, ID: string(id), Text: text})
}

func (x *writer) lost(path string, id record.ID, text string) {
	x.out.Lost = append(x.out.Lost, Note{Path: path, ID: string(id), Text: text})
}

func (x *writer) unmodelled(path string, id record.ID, what, instead string) {
	err := &UnmodelledError{What: what, Instead: instead}
	if x.options.LeaveOut {
		x.lost(path, id, err.Error())
		return
	}
	x.fault(path, id, err)
}

func path(kind string, i int, member string) string {
	p := kind + "[" + strconv.Itoa(i) + "]"
	if member != "" {
		p += "." + member
	}
	return p
}

// number returns N of an id prefix-kind-N, or -1.
func (x *writer) number(id record.ID, kind string) int {
	text := string(id)
	if x.options.Prefix != "" {
		text = strings.TrimPrefix(text, string(x.options.Prefix)+"-")
	}
	return uidOf(text, kind)
}

// uidOf returns N of an id kind-N, or -1.
func uidOf(text, kind string) int {
	text, ok := strings.CutPrefix(text, kind+"-")
	n, err := strconv.Atoi(text)
	if !ok || err != nil || n < 1 || n > maxUID || strconv.Itoa(n) != text {
		return -1
	}
	return n
}

// assign gives each id a UID: its own number, or one that is free.
func assign[T any](x *writer, to map[record.ID]int, list []T, kind, plural string, base func(*T) *record.Record) {
	next := 0
	for i := range list {
		next = max(next, x.number(base(&list[i]).ID, kind))
	}
	if next > maxUID-len(list)-1 {
		next = 0
	}
	taken := make(map[int]bool)
	for i := range list {
		if n := x.number(base(&list[i]).ID, kind); n > 0 {
			taken[n] = true
		}
	}
	for i := range list {
		r := base(&list[i])
		if _, twice := to[r.ID]; twice {
			x.fault(path(plural, i, "id"), r.ID, ErrVersion)
			continue
		}
		if r.ID == "" {
			x.fault(path(plural, i, "id"), "", ErrMissing)
		}
		if r.Of != "" || r.Verb > record.Assert {
			x.fault(path(plural, i, "of"), r.ID, ErrVersion)
		}
		n := x.number(r.ID, kind)
		if n < 0 {
			for next++; taken[next]; next++ {
			}
			n = next
		}
		to[r.ID] = n
	}
}

func (x *writer) check() {
	s := &x.spec
	if len(s.Projects) > 1 {
		x.fault("projects[1]", s.Projects[1].ID, ErrMany)
	}
	if len(s.Projects) > 0 {
		x.project = s.Projects[0]
		if x.project.FinishBy != 0 {
			x.unmodelled("projects[0].finish_by", x.project.ID, "a day by which the project must have finished", "late dates start from its last early finish")
		}
	}
	assign(x, x.calendars, s.Calendars, "calendar", "calendars", func(c *milestone.Calendar) *record.Record { return &c.Record })
	assign(x, x.uids, s.Activities, "task", "activities", func(a *milestone.Activity) *record.Record { return &a.Record })
	for i := range s.Calendars {
		if id := s.Calendars[i].ID; x.number(id, "calendar") < 0 {
			x.changed(path("calendars", i, "id"), id, "it is written as calendar "+strconv.Itoa(x.calendars[id]))
		}
	}
	sourced := 0
	for i := range s.Activities {
		a := &s.Activities[i]
		x.at[a.ID] = i
		x.checkActivity(i, a)
		if a.Source != "" || a.Grade != 0 || a.Claimant != "" || a.Note != "" {
			sourced++
		}
	}
	if sourced > 0 {
		x.lost("activities", "", "who says so, and how good the source is, of "+strconv.Itoa(sourced)+" activities")
	}
	x.before = make(map[record.ID][]int)
	for i := range s.Dependencies {
		x.checkLink(i, &s.Dependencies[i])
	}
	for _, k := range []struct {
		name string
		n    int
	}{{"milestones", len(s.Milestones)}, {"indicators", len(s.Indicators)}, {"targets", len(s.Targets)}, {"observations", len(s.Observations)},
		{"assessments", len(s.Assessments)}, {"sources", len(s.Sources)}, {"days", len(s.Days)}} {
		if k.n > 0 {
			x.lost(k.name, "", strconv.Itoa(k.n)+" records of a kind that the file does not hold")
		}
	}
}

func (x *writer) calendar(p string, id, of record.ID) {
	if _, ok := x.calendars[id]; id != "" && !ok {
		x.fault(p, of, &DanglingError{"calendar", string(id)})
	}
}

func (x *writer) checkActivity(i int, a *milestone.Activity) {
	if a.Project != "" && a.Project != x.project.ID {
		x.fault(path("activities", i, "project"), a.ID, &DanglingError{"project", string(a.Project)})
	}
	x.calendar(path("activities", i, "calendar"), a.Calendar, a.ID)
	if a.Lasts < 0 || a.Lasts > maxLength {
		x.fault(path("activities", i, "lasts"), a.ID, ErrNegative)
	}
	if a.Type == milestone.LevelOfEffort {
		x.unmodelled(path("activities", i, "type"), a.ID, "a level of effort", "it is a task of its own duration")
	}
	if left, ok := a.Remaining.Get(); ok && (left < 0 || left > maxLength) {
		x.fault(path("activities", i, "remaining"), a.ID, ErrNegative)
	}
	dates := 0
	for j := range a.Constraints {
		c := &a.Constraints[j]
		p := path("activities", i, "constraints["+strconv.Itoa(j)+"]")
		if c.Kind != milestone.AsLate && !c.On.IsResolved() {
			x.fault(p, a.ID, ErrMissing)
		}
		if c.Kind == milestone.MandatoryStart || c.Kind == milestone.MandatoryFinish {
			x.honours = true
		}
		if c.Kind != milestone.Deadline {
			if dates++; dates == 2 {
				x.unmodelled(p, a.ID, "a second constraint", "only the first binds")
			}
		}
	}
}

func (x *writer) checkLink(i int, d *milestone.Dependency) {
	if d.Of != "" || d.Verb > record.Assert {
		x.fault(path("dependencies", i, "of"), d.ID, ErrVersion)
	}
	if !d.Kind.IsPrecedence() {
		x.lost(path("dependencies", i, ""), d.ID, "a need, which says nothing of order")
		return
	}
	if d.On.Kind != milestone.KindActivity || d.Dependent.Kind != milestone.KindActivity {
		x.unmodelled(path("dependencies", i, ""), d.ID, "a link with something that is no activity", "nothing waits for it")
		return
	}
	for _, ref := range []record.Ref{d.On, d.Dependent} {
		if _, ok := x.uids[ref.ID]; !ok {
			x.fault(path("dependencies", i, ""), d.ID, &DanglingError{"activity", string(ref.ID)})
			return
		}
	}
	if d.Lag > maxUID/10 || d.Lag < -maxUID/10 || d.LagDays > maxUID/14400 || d.LagDays < -maxUID/14400 {
		x.fault(path("dependencies", i, "lag"), d.ID, &ValueError{d.Lag.String(), "at most 3,500,000 hours"})
		return
	}
	x.before[d.Dependent.ID] = append(x.before[d.Dependent.ID], i)
}

// order lays the activities out in the order of the outline: parts behind their summary, otherwise as they come.
func (x *writer) order() {
	parts := make(map[record.ID][]int)
	for i := range x.spec.Activities {
		a := &x.spec.Activities[i]
		if a.PartOf != "" {
			j, ok := x.at[a.PartOf]
			if !ok {
				x.fault(path("activities", i, "part_of"), a.ID, &DanglingError{"activity", string(a.PartOf)})
				continue
			}
			if x.spec.Activities[j].Type != milestone.Summary {
				x.unmodelled(path("activities", i, "part_of"), a.ID, "a part of something that is no summary", "what it is part of becomes a summary")
			}
		}
		parts[a.PartOf] = append(parts[a.PartOf], i)
	}
	type open struct {
		list   []int
		prefix string
		next   int
	}
	stack := []open{{list: parts[""]}}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if top.next == len(top.list) {
			stack = stack[:len(stack)-1]
			continue
		}
		i := top.list[top.next]
		top.next++
		number := top.prefix + strconv.Itoa(top.next)
		x.rows = append(x.rows, outlined{i, len(stack), number})
		if below := parts[x.spec.Activities[i].ID]; len(below) > 0 {
			if len(stack) > 1000 {
				x.fault(path("activities", i, "part_of"), x.spec.Activities[i].ID, &LimitError{"summaries in one another", 1000})
				return
			}
			stack = append(stack, open{list: below, prefix: number + "."})
		}
	}
	if len(x.rows) < len(x.spec.Activities) && len(x.faults) == 0 {
		x.fault("activities", "", ErrCircle)
	}
}

func (x *writer) open(name string) {
	x.indent()
	_, _ = x.w.WriteString("<" + name + ">\n")
	x.depth++
}

func (x *writer) close(name string) {
	x.depth--
	x.indent()
	_, _ = x.w.WriteString("</" + name + ">\n")
}

func (x *writer) indent() { _, _ = x.w.WriteString("\t\t\t\t\t\t\t\t\t\t"[:x.depth]) }

func (x *writer) leaf(name, text string) {
	x.indent()
	_, _ = x.w.WriteString("<" + name + ">")
	_ = xml.EscapeText(x.w, []byte(text))
	_, _ = x.w.WriteString("</" + name + ">\n")
}

func (x *writer) number64(name string, n int64) { x.leaf(name, strconv.FormatInt(n, 10)) }

func (x *writer) flag(name string, v bool) {
	if v {
		x.leaf(name, "1")
	} else {
		x.leaf(name, "0")
	}
}

func (x *writer) minute(name string, m calendar.Minute) {
	if m != 0 {
		x.leaf(name, m.String()+":00")
	}
}

func length(n calendar.Minutes) string {
	return "PT" + strconv.FormatInt(int64(n/60), 10) + "H" + strconv.FormatInt(int64(n%60), 10) + "M0S"
}

const perDay = 480

func (x *writer) write() {
	_, _ = x.w.WriteString(xml.Header[:len(xml.Header)-3] + " standalone=\"yes\"?>\n")
	_, _ = x.w.WriteString("<Project xmlns=\"http://schemas.microsoft.com/project\">\n")
	x.depth = 1
	p := &x.project
	x.leaf("SaveVersion", "14")
	x.leaf("Name", p.Name)
	x.leaf("Title", p.Name)
	x.flag("ScheduleFromStart", true)
	x.minute("StartDate", p.Start)
	x.number64("CriticalSlackLimit", int64(p.Lax/perDay))
	if p.Lax%perDay != 0 {
		x.lost("projects[0].lax", p.ID, "the float of what is critical, but for whole days of eight hours")
	}
	x.number64("CalendarUID", int64(x.standard(p.Calendar)))
	x.number64("MinutesPerDay", perDay)
	x.number64("MinutesPerWeek", 5*perDay)
	x.number64("DaysPerMonth", 20)
	x.flag("HonorConstraints", x.honours)
	x.minute("StatusDate", p.DataDate)
	x.flag("NewTasksAreManual", false)
	x.open("ExtendedAttributes")
	x.open("ExtendedAttribute")
	x.leaf("FieldID", markField)
	x.leaf("FieldName", markName)
	x.leaf("Alias", markAlias)
	x.close("ExtendedAttribute")
	x.close("ExtendedAttributes")
	x.writeCalendars()
	x.open("Tasks")
	for i, r := range x.rows {
		x.task(i+1, r)
	}
	x.close("Tasks")
	x.close("Project")
}

// standard returns the UID of the project's calendar, and writes one that works round the clock where it has none.
func (x *writer) standard(id record.ID) int {
	if n, ok := x.calendars[id]; ok {
		return n
	}
	if id != "" {
		x.fault("projects[0].calendar", x.project.ID, &DanglingError{"calendar", string(id)})
		return 0
	}
	n := 1
	for _, uid := range x.calendars {
		n = max(n, uid+1)
	}
	x.spec.Calendars = append(slices.Clone(x.spec.Calendars), milestone.Calendar{Name: "24 Hours", Week: calendar.EveryDay(calendar.Shift{Until: endOfDay})})
	x.calendars[""] = n
	x.changed("projects[0].calendar", x.project.ID, "no calendar is written as one that works round the clock")
	return n
}

func (x *writer) writeCalendars() {
	x.open("Calendars")
	for i := range x.spec.Calendars {
		c := &x.spec.Calendars[i]
		x.open("Calendar")
		x.number64("UID", int64(x.calendars[c.ID]))
		x.leaf("Name", c.Name)
		x.flag("IsBaseCalendar", true)
		x.leaf("BaseCalendarUID", "-1")
		x.week(c.Week)
		except := c.Except
		if c.BankHolidays != 0 {
			except = append(calendar.DaysOff(c.BankHolidays, calendar.Date{}), except...)
			x.changed(path("calendars", i, "bank_holidays"), c.ID, "its bank holidays are spelled out as far as they are known")
		}
		x.exceptions(i, c.ID, except)
		x.close("Calendar")
	}
	x.close("Calendars")
}

func (x *writer) week(w calendar.Shifts) {
	x.open("WeekDays")
	for d := time.Sunday; d <= time.Saturday; d++ {
		x.open("WeekDay")
		x.number64("DayType", int64(d)+1)
		x.day(w.On(d))
		x.close("WeekDay")
	}
	x.close("WeekDays")
}

func (x *writer) day(shifts []calendar.Shift) {
	x.flag("DayWorking", len(shifts) > 0)
	if len(shifts) == 0 {
		return
	}
	x.open("WorkingTimes")
	for _, s := range shifts {
		x.open("WorkingTime")
		x.leaf("FromTime", s.From.String()+":00")
		x.leaf("ToTime", (s.Until%endOfDay).String()+":00")
		x.close("WorkingTime")
	}
	x.close("WorkingTimes")
}

func (x *writer) period(e calendar.Exception) {
	x.open("TimePeriod")
	x.leaf("FromDate", e.From.String()+"T00:00:00")
	x.leaf("ToDate", until(e).Add(-1).String()+"T23:59:00")
	x.close("TimePeriod")
}

// exceptions writes stretches of days: as exceptions where each day of them works the same, else as work weeks, which exceptions outrank.
func (x *writer) exceptions(i int, id record.ID, list []calendar.Exception) {
	var weeks, days []calendar.Exception
	for j, e := range list {
		p := path("calendars", i, "except["+strconv.Itoa(j)+"]")
		if e.From.IsZero() || !e.From.Before(until(e)) {
			x.fault(p, id, ErrMissing)
			return
		}
		if until(e) == e.From.Add(1) || sameWeek(e.Week, calendar.EveryDay(e.Week.Monday...)) {
			days = append(days, e)
			continue
		}
		weeks = append(weeks, e)
		if slices.ContainsFunc(days, func(d calendar.Exception) bool { return d.From.Before(until(e)) && e.From.Before(until(d)) }) {
			x.unmodelled(p, id, "a week of its own that outranks an exception", "the exception outranks it")
		}
	}
	if len(days) > 0 {
		x.open("Exceptions")
		for _, e := range days {
			x.open("Exception")
			x.flag("EnteredByOccurrences", false)
			x.period(e)
			x.number64("Occurrences", int64(until(e).Sub(e.From)))
			x.leaf("Type", "1")
			x.day(e.Week.On(e.From.Weekday()))
			x.close("Exception")
		}
		x.close("Exceptions")
	}
	if len(weeks) > 0 {
		x.open("WorkWeeks")
		for _, e := range weeks {
			x.open("WorkWeek")
			x.period(e)
			x.week(e.Week)
			x.close("WorkWeek")
		}
		x.close("WorkWeeks")
	}
}
