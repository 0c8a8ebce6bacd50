package mspdi

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// rawCalendar is a calendar as the file states it, apart from the one it is based on.
type rawCalendar struct {
	element
	uid, on int // on is the UID of the base calendar, or -1
	id      string
	name    string
	base    bool
	days    week
	weeks   []rawWeek
	except  []calendar.Exception
	flat    *flat
	busy    bool // being flattened: to find circles
}

// A week is what is worked on each day of it, by time.Weekday.
type week [7]workday

type workday struct {
	stated bool
	shifts []calendar.Shift
}

type rawWeek struct {
	from, until calendar.Date // until excluded
	days        week
}

// flat is a calendar with what it inherits: its week, stretches of other weeks, and exceptions, which outrank both.
type flat struct {
	week   [7][]calendar.Shift
	weeks  []calendar.Exception
	except []calendar.Exception
}

// standard is the day that Microsoft Project works where a file states none.
var standard = []calendar.Shift{{From: 480, Until: 720}, {From: 780, Until: 1020}}

// calendar reads a Calendar element.
func (in *reader) calendar(e element) {
	c := rawCalendar{element: element{path: e.path, line: e.line}}
	c.uid, c.id = in.uid(&e, "calendar")
	if part := e.get("Name"); part != nil {
		c.name = part.text
	}
	c.base = in.flag(&e, "IsBaseCalendar", c.id, false)
	c.on = in.whole(&e, "BaseCalendarUID", c.id, -1, maxUID, -1)
	if c.base {
		c.on = -1 // 0 in newer files, where it means none
	}
	exceptions := e.get("Exceptions")
	if days := e.get("WeekDays"); days != nil {
		c.days = in.week(days, c.id)
		if exceptions == nil || len(exceptions.parts) == 0 {
			in.oldExceptions(&c, days)
		}
	}
	if weeks := e.get("WorkWeeks"); weeks != nil {
		for i := range weeks.parts {
			w := &weeks.parts[i]
			from, until, ok := in.stretch(w, c.id)
			if days := w.get("WeekDays"); ok && days != nil {
				in.raw.days++
				c.weeks = append(c.weeks, rawWeek{from, until, in.week(days, c.id)})
			}
		}
	}
	if exceptions != nil {
		for i := range exceptions.parts {
			in.exception(&c, &exceptions.parts[i])
		}
	}
	in.tooManyDays(&c.element)
	in.raw.calendars = append(in.raw.calendars, c)
}

func (in *reader) tooManyDays(e *element) bool {
	if in.raw.days > in.limits.Days {
		if !in.stop {
			in.fault(e.line, e.path, "", &LimitError{"stretches of days in calendars", int64(in.limits.Days)})
		}
		in.stop = true
	}
	return in.stop
}

// week reads the days of a week; DayType 0 is an exception and not read here.
func (in *reader) week(days *element, id string) week {
	var w week
	for i := range days.parts {
		day := &days.parts[i]
		n := in.whole(day, "DayType", id, 0, 7, -1)
		if n < 1 {
			if n < 0 {
				in.fault(day.line, day.path+"/DayType", id, ErrMissing)
			}
			continue
		}
		if w[n-1].stated {
			in.fault(day.line, day.path, id, &ValueError{strconv.Itoa(n), "each day of the week once"})
		}
		w[n-1] = workday{true, in.shifts(day, id)}
	}
	return w
}

// shifts reads what is worked on a day: nothing where DayWorking is 0, the standard day where no times are stated.
func (in *reader) shifts(day *element, id string) []calendar.Shift {
	var shifts []calendar.Shift
	if times := day.get("WorkingTimes"); times != nil {
		for i := range times.parts {
			t := &times.parts[i]
			from, to := t.get("FromTime"), t.get("ToTime")
			if from == nil && to == nil {
				continue // older files write five, the unused ones empty
			}
			if from == nil || to == nil {
				in.fault(t.line, t.path, id, ErrMissing)
				continue
			}
			a, ok := in.clock(from, id)
			b, right := in.clock(to, id)
			if !ok || !right {
				continue
			}
			if b == 0 {
				b = 1440 // midnight at the end of the day
			}
			shifts = append(shifts, calendar.Shift{From: a, Until: b})
		}
	}
	if !in.flag(day, "DayWorking", id, len(shifts) > 0) {
		return nil
	}
	if len(shifts) == 0 {
		in.repaired(day, id, "a working day without times is read as 08:00-12:00 and 13:00-17:00, as Microsoft Project does")
		return standard
	}
	if !slices.IsSortedFunc(shifts, func(a, b calendar.Shift) int { return int(a.From) - int(b.From) }) {
		slices.SortFunc(shifts, func(a, b calendar.Shift) int { return int(a.From) - int(b.From) })
		in.repaired(day, id, "its working times are read in the order of the clock")
	}
	if _, err := calendar.NewHours(calendar.HoursSpec{Week: calendar.EveryDay(shifts...)}); err != nil {
		if fault, ok := errors.AsType[*calendar.HoursError](err); ok {
			in.fault(day.line, day.path, id, fault)
		}
		return nil
	}
	return shifts
}

// stretch reads a TimePeriod: its first day, and the first day after it.
func (in *reader) stretch(e *element, id string) (from, until calendar.Date, ok bool) {
	period := e.get("TimePeriod")
	if period == nil {
		in.fault(e.line, e.path+"/TimePeriod", id, ErrMissing)
		return from, until, false
	}
	a, b := in.minute(period, "FromDate", id), in.minute(period, "ToDate", id)
	if a == 0 || b == 0 {
		in.fault(period.line, period.path, id, ErrMissing)
		return from, until, false
	}
	from, until = a.Date(), b.Date().Add(1)
	if until.IsZero() || !from.Before(until) {
		in.fault(period.line, period.path, id, &ValueError{a.String() + " to " + b.String(), "an end after the begin"})
		return from, until, false
	}
	return from, until, true
}

func (in *reader) except(c *rawCalendar, from, until calendar.Date, shifts []calendar.Shift) {
	in.raw.days++
	x := calendar.Exception{From: from, Week: calendar.EveryDay(shifts...)}
	if len(shifts) == 0 {
		x.Week = calendar.Shifts{}
	}
	if until != from.Add(1) {
		x.Until = until
	}
	c.except = append(c.except, x)
}

// oldExceptions reads the exceptions of Project 2003, which stand among the days of the week. Newer files repeat theirs there.
func (in *reader) oldExceptions(c *rawCalendar, days *element) {
	for i := range days.parts {
		day := &days.parts[i]
		if kind := day.get("DayType"); kind == nil || kind.text != "0" {
			continue
		}
		if from, until, ok := in.stretch(day, c.id); ok {
			in.except(c, from, until, in.shifts(day, c.id))
		}
	}
}

// exception reads an Exception element, spelled out where it recurs.
func (in *reader) exception(c *rawCalendar, e *element) {
	r := recurrence{
		kind: in.whole(e, "Type", c.id, 1, 9, daily), every: in.whole(e, "Period", c.id, 0, 9999, 1),
		days: in.whole(e, "DaysOfWeek", c.id, 0, 127, 0), item: in.whole(e, "MonthItem", c.id, 0, 9, 0),
		position: in.whole(e, "MonthPosition", c.id, 0, 4, 0), month: in.whole(e, "Month", c.id, 0, 11, 0),
		day:       in.whole(e, "MonthDay", c.id, 0, 31, 0),
		weekStart: time.Weekday(in.whole(&in.raw.project, "WeekStartDay", "", 0, 6, 0)),
	}
	from, until, ok := in.stretch(e, c.id)
	if !ok {
		return
	}
	r.from, r.until = from, until.Add(-1)
	if in.flag(e, "EnteredByOccurrences", c.id, false) {
		r.most = in.whole(e, "Occurrences", c.id, 0, maxUID, 0)
	}
	shifts := in.shifts(e, c.id)
	switch {
	case r.kind > dailyByDayCount:
		in.unmodelled(e, c.id, "an exception of type "+strconv.Itoa(r.kind)+" (by a count of weekdays, or of no type)", "those days are worked as usual")
		return
	case (r.kind == monthlyByDay || r.kind == yearlyByDay) && r.day == 0:
		in.fault(e.line, e.path+"/MonthDay", c.id, ErrMissing)
		return
	case (r.kind == monthlyByDay && r.day > 28) || (r.kind == yearlyByDay && r.day == 29 && r.month == 1):
		in.repaired(e, c.id, "in a month that has no day "+strconv.Itoa(r.day)+" the exception is read as the last day of the month")
	case r.kind == weekly && r.days == 0:
		in.fault(e.line, e.path+"/DaysOfWeek", c.id, ErrMissing)
		return
	}
	n := 0
	r.each(func(from, until calendar.Date) bool {
		n++
		in.except(c, from, until, shifts)
		return !in.tooManyDays(e)
	})
	if n == 0 {
		in.repaired(e, c.id, "the exception never comes up in its period and is left out")
	}
	if n > 1 {
		in.repaired(e, c.id, "the recurring exception is spelled out as "+strconv.Itoa(n)+" stretches of days")
	}
}

// flatten gives a calendar what it inherits. Bases may be based on others; the walk is bounded by their number.
func (in *reader) flatten(c *rawCalendar, byUID map[int]int) *flat {
	var chain []*rawCalendar
	for c.flat == nil {
		if c.busy {
			in.fault(c.line, c.path+"/BaseCalendarUID", c.id, ErrCircle)
			break
		}
		c.busy = true
		chain = append(chain, c)
		if c.on < 0 {
			break
		}
		i, ok := byUID[c.on]
		if !ok {
			in.fault(c.line, c.path+"/BaseCalendarUID", c.id, &DanglingError{"calendar", strconv.Itoa(c.on)})
			break
		}
		c = &in.raw.calendars[i]
	}
	base := c.flat
	for _, c := range slices.Backward(chain) {
		c.flat = in.derive(c, base)
		c.busy = false
		base = c.flat
	}
	if len(chain) == 0 {
		return c.flat
	}
	return chain[0].flat
}

// derive lays a calendar over the one that it is based on, which is nil for none.
func (in *reader) derive(c *rawCalendar, base *flat) *flat {
	f := new(flat)
	any := false
	if base != nil {
		*f = flat{base.week, slices.Clone(base.weeks), slices.Clone(base.except)}
		in.raw.days += len(f.weeks) + len(f.except)
		in.tooManyDays(&c.element)
	}
	for d := range c.days {
		switch {
		case c.days[d].stated:
			f.week[d], any = c.days[d].shifts, true
			for i := range f.weeks {
				setDay(&f.weeks[i].Week, time.Weekday(d), c.days[d].shifts)
			}
		case base == nil && d > 0 && d < 6:
			f.week[d] = standard
		}
	}
	if base == nil && !any {
		in.repaired(&c.element, c.id, "a base calendar without a week is read as Monday to Friday, 08:00-12:00 and 13:00-17:00, as Microsoft Project does")
	}
	for _, w := range c.weeks {
		x := calendar.Exception{From: w.from, Until: w.until}
		for d := range w.days {
			shifts := f.week[d]
			if w.days[d].stated {
				shifts = w.days[d].shifts
			} else if base != nil && slices.ContainsFunc(base.weeks, func(x calendar.Exception) bool {
				return x.From.Before(w.until) && w.from.Before(x.Until)
			}) {
				in.unmodelled(&c.element, c.id, "a work week that leaves days to the work week of the base calendar", "they are worked as in the usual week")
			}
			setDay(&x.Week, time.Weekday(d), shifts)
		}
		f.weeks = append(f.weeks, x)
	}
	f.except = append(f.except, c.except...)
	return f
}

func setDay(w *calendar.Shifts, d time.Weekday, shifts []calendar.Shift) {
	switch d {
	case time.Monday:
		w.Monday = shifts
	case time.Tuesday:
		w.Tuesday = shifts
	case time.Wednesday:
		w.Wednesday = shifts
	case time.Thursday:
		w.Thursday = shifts
	case time.Friday:
		w.Friday = shifts
	case time.Saturday:
		w.Saturday = shifts
	case time.Sunday:
		w.Sunday = shifts
	}
}

// record returns the calendar as a record, and its hours, nil where it works nothing.
func (f *flat) record(id record.ID, name string) (milestone.Calendar, *calendar.Hours, error) {
	c := milestone.Calendar{Record: record.New(id), Name: name, Except: append(slices.Clone(f.weeks), f.except...)}
	for d := range f.week {
		setDay(&c.Week, time.Weekday(d), f.week[d])
	}
	h, err := calendar.NewHours(calendar.HoursSpec{Week: c.Week, Except: c.Except})
	return c, h, err
}

// both returns the time that two calendars both work. Where it is all that one of them works, it is that one in other words.
func both(a, b milestone.Calendar) milestone.Calendar {
	out := milestone.Calendar{Week: meet(a.Week, b.Week)}
	var edges []calendar.Date
	for _, x := range slices.Concat(a.Except, b.Except) {
		edges = append(edges, x.From, until(x))
	}
	slices.SortFunc(edges, calendar.Date.Compare)
	edges = slices.Compact(edges)
	for i := 0; i+1 < len(edges); i++ {
		wa, inA := ruling(a, edges[i])
		wb, inB := ruling(b, edges[i])
		if !inA && !inB {
			continue
		}
		x := calendar.Exception{From: edges[i], Week: meet(wa, wb)}
		if edges[i+1] != x.From.Add(1) {
			x.Until = edges[i+1]
		}
		out.Except = append(out.Except, x)
	}
	return out
}

func until(x calendar.Exception) calendar.Date {
	if x.Until.IsZero() {
		return x.From.Add(1)
	}
	return x.Until
}

// ruling returns the week that holds on a day, and whether it is an exception's.
func ruling(c milestone.Calendar, d calendar.Date) (calendar.Shifts, bool) {
	for _, x := range slices.Backward(c.Except) {
		if !d.Before(x.From) && d.Before(until(x)) {
			return x.Week, true
		}
	}
	return c.Week, false
}

func meet(a, b calendar.Shifts) calendar.Shifts {
	var out calendar.Shifts
	for d := time.Sunday; d <= time.Saturday; d++ {
		var shifts []calendar.Shift
		for _, s := range a.On(d) {
			for _, t := range b.On(d) {
				if from, until := max(s.From, t.From), min(s.Until, t.Until); from < until {
					shifts = append(shifts, calendar.Shift{From: from, Until: until})
				}
			}
		}
		setDay(&out, d, shifts)
	}
	return out
}
