package mspdi

import (
	"slices"
	"strconv"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// task writes a Task element, its parts in the order of Microsoft's schema.
func (x *writer) task(row int, r outlined) {
	a := &x.spec.Activities[r.index]
	moment := a.Type == milestone.StartMilestone || a.Type == milestone.FinishMilestone
	lasts := a.Lasts
	if moment || a.Type == milestone.Summary {
		lasts = 0
	}
	var t milestone.Timing
	if x.options.Schedule != nil {
		t, _ = x.options.Schedule.Of(record.Ref{Kind: milestone.KindActivity, ID: a.ID})
		if a.Type == milestone.Summary {
			lasts = t.Lasts
		}
	}
	x.open("Task")
	x.number64("UID", int64(x.uids[a.ID]))
	x.number64("ID", int64(row))
	x.leaf("Name", a.Name)
	x.flag("Active", true)
	x.flag("Manual", false)
	x.leaf("Type", "1")
	x.flag("IsNull", false)
	if a.Code != "" {
		x.leaf("WBS", a.Code)
	}
	x.leaf("OutlineNumber", r.number)
	x.number64("OutlineLevel", int64(r.level))
	start, finish := t.EarlyStart, t.EarlyFinish
	if a.Started != 0 {
		start = a.Started
	}
	if a.Finished != 0 {
		finish = a.Finished
	}
	x.minute("Start", start)
	x.minute("Finish", finish)
	x.leaf("Duration", length(lasts))
	if a.Elapsed {
		x.leaf("DurationFormat", "8")
	} else {
		x.leaf("DurationFormat", "7")
	}
	x.flag("Milestone", moment)
	x.flag("Summary", a.Type == milestone.Summary)
	if x.options.Schedule != nil {
		x.flag("Critical", t.Critical)
	}
	x.flag("ExternalTask", false)
	x.minute("EarlyStart", t.EarlyStart)
	x.minute("EarlyFinish", t.EarlyFinish)
	x.minute("LateStart", t.LateStart)
	x.minute("LateFinish", t.LateFinish)
	if x.options.Schedule != nil && t.EarlyStart != 0 {
		x.number64("FreeSlack", int64(10*t.FreeFloat))
		x.number64("TotalSlack", int64(10*t.TotalFloat))
		x.number64("StartSlack", int64(10*t.StartFloat))
		x.number64("FinishSlack", int64(10*t.FinishFloat))
	}
	left, known := a.Remaining.Get()
	switch {
	case a.Finished != 0:
		x.leaf("PercentComplete", "100")
	case a.Started != 0 && known && a.Lasts > 0:
		x.number64("PercentComplete", max(0, min(99, int64(100*float64(a.Lasts-left)/float64(a.Lasts)))))
	default:
		x.leaf("PercentComplete", "0")
	}
	x.minute("ActualStart", a.Started)
	x.minute("ActualFinish", a.Finished)
	if known {
		x.leaf("RemainingDuration", length(left))
	}
	date, deadline := x.constraint(r.index, a)
	if uid, ok := x.calendars[a.Calendar]; ok && a.Calendar != "" {
		x.number64("CalendarUID", int64(uid))
	} else {
		x.leaf("CalendarUID", "-1")
	}
	x.minute("ConstraintDate", date)
	x.minute("Deadline", deadline)
	x.leaf("IgnoreResourceCalendar", "1")
	for _, i := range x.before[a.ID] {
		x.predecessor(i, &x.spec.Dependencies[i])
	}
	x.mark(a, moment)
	x.close("Task")
}

// mark writes what only this package reads.
func (x *writer) mark(a *milestone.Activity, moment bool) {
	text := markBegin
	if x.number(a.ID, "task") < 0 {
		id := string(a.ID)
		if p := string(x.options.Prefix) + "-"; x.options.Prefix != "" && len(id) > len(p) && id[:len(p)] == p {
			id = id[len(p):]
		}
		text += " id=" + id
	}
	if moment {
		text += " type=" + a.Type.String()
	}
	if text == markBegin {
		return
	}
	x.open("ExtendedAttribute")
	x.leaf("FieldID", markField)
	x.leaf("Value", text)
	x.close("ExtendedAttribute")
}

// constraint writes the kind of the first constraint and returns its date, and the deadline.
func (x *writer) constraint(i int, a *milestone.Activity) (date, deadline calendar.Minute) {
	kind := 0
	for j := range a.Constraints {
		c := &a.Constraints[j]
		p := path("activities", i, "constraints["+strconv.Itoa(j)+"]")
		if c.Kind == milestone.Deadline {
			if at := x.exact(p, a.ID, c); deadline == 0 || at < deadline {
				deadline = at
			}
			continue
		}
		if kind != 0 {
			continue // reported above
		}
		k := c.Kind
		switch {
		case k == milestone.MandatoryStart:
			k = milestone.MustStart
		case k == milestone.MandatoryFinish:
			k = milestone.MustFinish
		case x.honours && (k == milestone.MustStart || k == milestone.MustFinish):
			x.unmodelled(p, a.ID, "a date that gives way to links beside one that does not", "it does not give way")
		}
		if kind = slices.Index(constraints[:], k); kind < 0 {
			x.fault(p, a.ID, ErrMissing)
			return 0, 0
		}
		if k != milestone.AsLate {
			date = x.exact(p, a.ID, c)
		}
	}
	x.number64("ConstraintType", int64(kind))
	return date, deadline
}

// exact returns the minute of a constraint; of a vague one, the end that binds.
func (x *writer) exact(p string, id record.ID, c *milestone.Constraint) calendar.Minute {
	d, clock := c.On.Latest(), c.Clock
	switch c.Kind {
	case milestone.StartNoEarlier, milestone.FinishNoEarlier:
		d = c.On.Earliest()
	}
	if !c.On.IsExact() {
		switch c.Kind {
		case milestone.MustStart, milestone.MustFinish, milestone.MandatoryStart, milestone.MandatoryFinish:
			x.unmodelled(p, id, "a window in which something must come", "it must come on the last day of it")
		default:
			x.changed(p, id, "the vague date is written as the day that binds, "+d.String())
		}
	}
	switch c.Kind {
	case milestone.FinishNoEarlier, milestone.FinishNoLater, milestone.MustFinish, milestone.MandatoryFinish, milestone.Deadline:
		if clock == 0 {
			clock = endOfDay
		}
	}
	m := d.At(clock)
	if m == 0 {
		x.fault(p, id, ErrMissing)
	}
	return m
}

func (x *writer) predecessor(i int, d *milestone.Dependency) {
	x.open("PredecessorLink")
	x.number64("PredecessorUID", int64(x.uids[d.On.ID]))
	x.number64("Type", int64(slices.Index(kinds[:], d.Kind)))
	x.flag("CrossProject", false)
	lag, format := int64(10*d.Lag), "7"
	switch x.passes(d) {
	case milestone.RoundTheClock:
		format = "8"
	case milestone.SuccessorCalendar:
	default:
		on, after := x.hoursOf(d.On.ID), x.hoursOf(d.Dependent.ID)
		if x.passes(d) == milestone.ProjectCalendar {
			on = x.project.Calendar
		}
		if lag != 0 && on != after {
			x.unmodelled(path("dependencies", i, "lag_on"), d.ID, "a lag that passes on another calendar than the dependent's", "it passes on the dependent's")
		}
	}
	if d.LagDays != 0 {
		lag, format = 14400*int64(d.LagDays), "8"
		x.changed(path("dependencies", i, "lag_days"), d.ID, "its lag in days is written as one of elapsed time")
	}
	x.number64("LinkLag", lag)
	x.leaf("LagFormat", format)
	x.close("PredecessorLink")
}

// passes returns on which calendar a lag passes.
func (x *writer) passes(d *milestone.Dependency) milestone.LagCalendar {
	switch {
	case d.LagOn != 0:
		return d.LagOn
	case x.project.LagOn != 0:
		return x.project.LagOn
	}
	return milestone.PredecessorCalendar
}

func (x *writer) hoursOf(id record.ID) record.ID {
	if a := &x.spec.Activities[x.at[id]]; a.Calendar != "" {
		return a.Calendar
	}
	return x.project.Calendar
}
