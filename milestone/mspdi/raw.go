package mspdi

import (
	"strconv"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// rawProject is the file as it stands, its numbers and dates read.
type rawProject struct {
	project     element
	calendars   []rawCalendar
	tasks       []rawTask
	resources   []rawResource
	assignments []rawAssignment
	links       int
	days        int // stretches of days in calendars
}

type rawTask struct {
	element                                  // its place; the parts are let go
	uid, level                               int
	id                                       string // "task 12"
	name, wbs                                string
	active, manual, null, summary, flagged   bool
	external, subproject, fixed, ignores     bool
	start, finish, actualStart, actualFinish calendar.Minute
	manualStart, manualFinish, stop, resume  calendar.Minute
	constraintDate, deadline                 calendar.Minute
	lasts, remaining, manualLasts            calendar.Minutes
	hasLasts, hasRemaining, hasManual        bool
	elapsed                                  bool
	percent, constraint, calendar            int
	delay                                    int
	links                                    []rawLink
	computed                                 Computed
	own                                      string // what only this package writes: see marks
	parent                                   int    // position of its summary, or -1
	parts                                    bool   // another task is part of it
	at                                       int    // position among the activities, or -1
	effective                                record.ID
	passed                                   []milestone.Constraint // what a summary hands to its parts
}

type rawLink struct {
	element
	on, lag, format int
	kind            milestone.Link
	cross           bool
}

type rawResource struct {
	element
	uid, calendar int
	work          bool
}

type rawAssignment struct {
	element
	task, resource int
}

const maxUID = 1 << 31

func (in *reader) uid(e *element, kind string) (int, string) {
	part := e.get("UID")
	if part == nil {
		in.fault(e.line, e.path+"/UID", "", ErrMissing)
		return -1, ""
	}
	uid := in.whole(e, "UID", "", 0, maxUID, -1)
	return uid, kind + " " + strconv.Itoa(uid)
}

// task reads a Task element.
func (in *reader) task(e element) {
	t := rawTask{parent: -1, at: -1}
	t.uid, t.id = in.uid(&e, "task")
	id := t.id
	t.element = element{path: e.path, line: e.line}
	text := func(name string) string {
		if part := e.get(name); part != nil {
			return part.text
		}
		return ""
	}
	t.name, t.wbs = text("Name"), text("WBS")
	t.active, t.null = in.flag(&e, "Active", id, true), in.flag(&e, "IsNull", id, false)
	t.manual, t.summary = in.flag(&e, "Manual", id, false), in.flag(&e, "Summary", id, false)
	t.flagged, t.external = in.flag(&e, "Milestone", id, false), in.flag(&e, "ExternalTask", id, false)
	t.subproject, t.ignores = in.flag(&e, "IsSubproject", id, false), in.flag(&e, "IgnoreResourceCalendar", id, false)
	t.fixed = in.whole(&e, "Type", id, 0, 3, 0) == 1
	t.level = in.whole(&e, "OutlineLevel", id, 0, 1000, 1)
	t.lasts, t.hasLasts = in.length(&e, "Duration", id)
	t.remaining, t.hasRemaining = in.length(&e, "RemainingDuration", id)
	t.manualLasts, t.hasManual = in.length(&e, "ManualDuration", id)
	t.elapsed = isElapsed(in.whole(&e, "DurationFormat", id, 0, 255, 7))
	t.percent = in.whole(&e, "PercentComplete", id, 0, 100, 0)
	t.constraint = in.whole(&e, "ConstraintType", id, 0, 7, 0)
	t.calendar = in.whole(&e, "CalendarUID", id, -1, maxUID, -1)
	t.delay = in.whole(&e, "LevelingDelay", id, -maxUID, maxUID, 0)
	for _, m := range []struct {
		name string
		to   *calendar.Minute
	}{
		{"Start", &t.start}, {"Finish", &t.finish}, {"ActualStart", &t.actualStart}, {"ActualFinish", &t.actualFinish},
		{"ManualStart", &t.manualStart}, {"ManualFinish", &t.manualFinish}, {"Stop", &t.stop}, {"Resume", &t.resume},
		{"ConstraintDate", &t.constraintDate}, {"Deadline", &t.deadline},
		{"EarlyStart", &t.computed.EarlyStart}, {"EarlyFinish", &t.computed.EarlyFinish},
		{"LateStart", &t.computed.LateStart}, {"LateFinish", &t.computed.LateFinish},
	} {
		*m.to = in.minute(&e, m.name, id)
	}
	t.computed.Start, t.computed.Finish = t.start, t.finish
	t.computed.TotalFloat, t.computed.FreeFloat = in.slack(&e, "TotalSlack", id), in.slack(&e, "FreeSlack", id)
	t.computed.StartFloat, t.computed.FinishFloat = in.slack(&e, "StartSlack", id), in.slack(&e, "FinishSlack", id)
	if e.get("Critical") != nil {
		t.computed.Critical = record.Known(in.flag(&e, "Critical", id, false))
	}
	if t.lasts < 0 || t.remaining < 0 || t.manualLasts < 0 {
		in.fault(t.line, t.path+"/Duration", id, ErrNegative)
	}
	for i := range e.parts {
		switch part := &e.parts[i]; part.name {
		case "PredecessorLink":
			in.raw.links++
			t.links = append(t.links, in.link(part, id))
		case "ExtendedAttribute":
			if f := part.get("FieldID"); f != nil && f.text == markField {
				if v := part.get("Value"); v != nil {
					t.own = v.text
				}
			}
		}
	}
	if in.raw.links > in.limits.Links {
		in.fault(t.line, t.path, id, &LimitError{"links", int64(in.limits.Links)})
		in.stop = true
	}
	in.raw.tasks = append(in.raw.tasks, t)
}

// kinds are the numbers that Type of a PredecessorLink may be.
var kinds = [4]milestone.Link{milestone.FinishFinish, milestone.FinishStart, milestone.StartFinish, milestone.StartStart}

func (in *reader) link(e *element, id string) rawLink {
	l := rawLink{element: element{path: e.path, line: e.line}}
	if e.get("PredecessorUID") == nil {
		in.fault(e.line, e.path+"/PredecessorUID", id, ErrMissing)
	}
	l.on = in.whole(e, "PredecessorUID", id, 0, maxUID, -1)
	l.kind = kinds[1]
	if part := e.get("Type"); part != nil {
		if n, err := strconv.Atoi(part.text); err == nil && n >= 0 && n < len(kinds) {
			l.kind = kinds[n]
		} else {
			in.fault(part.line, part.path, id, &ValueError{part.text, "0 (finish-finish), 1 (finish-start), 2 (start-finish) or 3 (start-start)"})
		}
	}
	l.cross = in.flag(e, "CrossProject", id, false)
	l.lag = in.whole(e, "LinkLag", id, -maxUID, maxUID, 0)
	l.format = in.whole(e, "LagFormat", id, 0, 255, 7)
	return l
}

func (in *reader) resource(e element) {
	uid, id := in.uid(&e, "resource")
	in.raw.resources = append(in.raw.resources, rawResource{
		element: element{path: e.path, line: e.line}, uid: uid, calendar: in.whole(&e, "CalendarUID", id, -1, maxUID, -1),
		work: in.whole(&e, "Type", id, 0, 2, 1) == 1,
	})
}

func (in *reader) assignment(e element) {
	in.raw.assignments = append(in.raw.assignments, rawAssignment{
		element: element{path: e.path, line: e.line},
		task:    in.whole(&e, "TaskUID", "", -1, maxUID, -1), resource: in.whole(&e, "ResourceUID", "", -65535, maxUID, -1),
	})
}
