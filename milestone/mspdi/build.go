package mspdi

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// A builder turns what was read into records.
type builder struct {
	*reader
	calendars map[int]int       // by UID
	at        map[record.ID]int // position of a calendar in the spec
	alike     map[[2]record.ID]bool
	marked    map[record.ID]bool // ids that tasks state themselves
	tasks     map[int]int
	hours     map[record.ID]*calendar.Hours
	used      map[record.ID]bool
	project   milestone.Project
	honours   bool // tasks always honour their constraint dates
}

// id makes an id under the prefix.
func (in *reader) id(text string) record.ID {
	if in.options.Prefix != "" {
		text = string(in.options.Prefix) + "-" + text
	}
	return record.ID(text)
}

// base makes what every record is made of.
func (in *reader) base(id record.ID, at string) record.Record {
	r := record.New(id)
	if in.options.Source.ID != "" {
		r.Source, r.At = in.options.Source.ID, at
	}
	return r
}

func (in *reader) build() {
	b := &builder{reader: in, calendars: make(map[int]int), tasks: make(map[int]int), hours: make(map[record.ID]*calendar.Hours),
		used: make(map[record.ID]bool), at: make(map[record.ID]int), alike: make(map[[2]record.ID]bool),
		marked: make(map[record.ID]bool)}
	for i := range in.raw.calendars {
		b.index(b.calendars, in.raw.calendars[i].uid, i, func(j int) *element { return &in.raw.calendars[j].element })
	}
	for i := range in.raw.tasks {
		b.index(b.tasks, in.raw.tasks[i].uid, i, func(j int) *element { return &in.raw.tasks[j].element })
	}
	if in.options.Source.ID != "" {
		in.out.Spec.Sources = []record.Source{in.options.Source}
	}
	b.buildProject()
	b.buildCalendars()
	b.buildResources()
	b.outline()
	in.out.Spec.Activities = make([]milestone.Activity, 0, len(in.raw.tasks))
	in.out.Computed = make([]Computed, 0, len(in.raw.tasks))
	for i := range in.raw.tasks {
		if in.stop {
			return
		}
		b.buildTask(&in.raw.tasks[i])
	}
	b.buildLinks()
	b.conflicts()
	kept := in.out.Spec.Calendars[:0]
	for i, c := range in.out.Spec.Calendars {
		if b.used[c.ID] || i < len(in.raw.calendars) && in.raw.calendars[i].base {
			kept = append(kept, c)
		}
	}
	in.out.Spec.Calendars = kept
}

func (b *builder) index(m map[int]int, uid, i int, at func(int) *element) {
	if first, twice := m[uid]; twice {
		e := at(i)
		b.fault(e.line, e.path+"/UID", "", &DuplicateError{uid, at(first).line})
		return
	}
	m[uid] = i
}

func (b *builder) buildProject() {
	e := &b.raw.project
	text := func(name string) string {
		if part := e.get(name); part != nil {
			return part.text
		}
		return ""
	}
	p := milestone.Project{Record: b.base(b.id("project"), "Project"), Name: text("Title"), LagOn: milestone.SuccessorCalendar}
	if p.Name == "" {
		p.Name = strings.TrimSuffix(text("Name"), ".xml")
	}
	if p.Name == "" {
		p.Name = "project"
	}
	p.Start = b.minute(e, "StartDate", "")
	b.out.StatusDate = b.minute(e, "StatusDate", "")
	b.out.SaveVersion = b.whole(e, "SaveVersion", "", 0, 1000, 0)
	if b.options.FromStatusDate {
		p.DataDate = b.out.StatusDate
	}
	perDay := b.whole(e, "MinutesPerDay", "", 1, 1440, 480)
	p.Lax = calendar.Minutes(b.whole(e, "CriticalSlackLimit", "", -9999, 9999, 0) * perDay)
	if p.Lax < 0 {
		b.repaired(e.get("CriticalSlackLimit"), "", "a negative limit for critical slack is read as none")
		p.Lax = 0
	}
	b.honours = b.flag(e, "HonorConstraints", "", true)
	if !b.flag(e, "ScheduleFromStart", "", true) {
		b.unmodelled(e.get("ScheduleFromStart"), "", "a project that is scheduled back from its finish", "it is scheduled from its start")
	}
	b.project = p
	b.out.Schedule.Float = milestone.MicrosoftCounts
}

func (b *builder) buildCalendars() {
	for i := range b.raw.calendars {
		c := &b.raw.calendars[i]
		r, h, err := b.flatten(c, b.calendars).record(b.id("calendar-"+strconv.Itoa(c.uid)), c.name)
		if b.stop {
			return
		}
		if r.Name == "" {
			r.Name = c.id
		}
		r.Record = b.base(r.ID, c.path)
		if err != nil && c.base {
			b.fault(c.line, c.path, c.id, err)
		}
		b.addCalendar(r, h)
	}
	uid := b.whole(&b.raw.project, "CalendarUID", "", -1, maxUID, -1)
	if i, ok := b.calendars[uid]; ok {
		b.project.Calendar = b.out.Spec.Calendars[i].ID
		b.used[b.project.Calendar] = true
	} else {
		e := &b.raw.project
		if part := e.get("CalendarUID"); part != nil && uid >= 0 {
			b.fault(part.line, part.path, "", &DanglingError{"calendar", part.text})
		} else {
			b.fault(e.line, "Project/CalendarUID", "", ErrMissing)
		}
	}
	b.out.Spec.Projects = []milestone.Project{b.project}
}

// buildResources finds by which resource calendars each task is worked. Tasks of a fixed duration keep to their own calendar.
func (b *builder) buildResources() {
	resources := make(map[int]int)
	for i := range b.raw.resources {
		b.index(resources, b.raw.resources[i].uid, i, func(j int) *element { return &b.raw.resources[j].element })
	}
	calendars := make(map[int][]record.ID)
	for i := range b.raw.assignments {
		a := &b.raw.assignments[i]
		j, ok := b.tasks[a.task]
		if !ok {
			b.fault(a.line, a.path+"/TaskUID", "", &DanglingError{"task", strconv.Itoa(a.task)})
			continue
		}
		if a.resource < 0 {
			continue // -65535: work that nobody has been given
		}
		k, ok := resources[a.resource]
		if !ok {
			b.fault(a.line, a.path+"/ResourceUID", "", &DanglingError{"resource", strconv.Itoa(a.resource)})
			continue
		}
		if r := &b.raw.resources[k]; r.work && r.calendar > 0 && !b.raw.tasks[j].fixed {
			c, ok := b.calendars[r.calendar]
			if !ok {
				b.fault(r.line, r.path+"/CalendarUID", "", &DanglingError{"calendar", strconv.Itoa(r.calendar)})
				continue
			}
			calendars[j] = append(calendars[j], b.out.Spec.Calendars[c].ID)
		}
	}
	for j := range b.raw.tasks {
		b.effective(&b.raw.tasks[j], calendars[j])
	}
	if n := len(b.raw.resources); n > 0 {
		b.lost(&element{path: "Project/Resources"}, "", strconv.Itoa(n)+" resources and "+strconv.Itoa(len(b.raw.assignments))+
			" assignments: only the calendars that they give to tasks are kept")
	}
}

// same reports whether two calendars work the same time, whatever they are called.
func (b *builder) same(x, y record.ID) bool {
	if x == y || b.hours[x] == nil || b.hours[y] == nil {
		return x == y
	}
	key := [2]record.ID{x, y}
	same, ok := b.alike[key]
	if !ok {
		same = sameHours(b.calendar(x), b.calendar(y))
		b.alike[key] = same
	}
	return same
}

func (b *builder) calendar(id record.ID) milestone.Calendar { return b.out.Spec.Calendars[b.at[id]] }

func (b *builder) addCalendar(c milestone.Calendar, h *calendar.Hours) {
	b.at[c.ID], b.hours[c.ID] = len(b.out.Spec.Calendars), h
	b.out.Spec.Calendars = append(b.out.Spec.Calendars, c)
}

func sameHours(a, b milestone.Calendar) bool {
	if !sameWeek(a.Week, b.Week) || len(a.Except) != len(b.Except) {
		return false
	}
	for i := range a.Except {
		if x, y := a.Except[i], b.Except[i]; x.From != y.From || until(x) != until(y) || !sameWeek(x.Week, y.Week) {
			return false
		}
	}
	return true
}

func sameWeek(a, b calendar.Shifts) bool {
	for d := range 7 {
		if !slices.Equal(a.On(weekday(d)), b.On(weekday(d))) {
			return false
		}
	}
	return true
}

// effective settles by which calendar a task is worked: its own, that of its resources, or the time that both work.
func (b *builder) effective(t *rawTask, resources []record.ID) {
	own := record.ID("")
	if t.calendar >= 0 {
		i, ok := b.calendars[t.calendar]
		if !ok {
			b.fault(t.line, t.path+"/CalendarUID", t.id, &DanglingError{"calendar", strconv.Itoa(t.calendar)})
			return
		}
		own = b.out.Spec.Calendars[i].ID
	}
	t.effective = own
	if len(resources) == 0 || own != "" && t.ignores || t.summary || t.elapsed {
		return
	}
	for _, r := range resources[1:] {
		if !b.same(r, resources[0]) {
			b.unmodelled(&t.element, t.id, "work shared among resources with calendars of their own", "the task is worked by "+
				"its own calendar, or the project's")
			return
		}
	}
	with := resources[0]
	switch {
	case own == "" && b.same(with, b.project.Calendar), own != "" && b.same(with, own):
		return
	case own == "":
		t.effective = with
		return
	}
	id := record.ID(string(own) + "-and-" + strings.TrimPrefix(string(with), string(b.id(""))))
	if _, ok := b.hours[id]; !ok {
		x, y := b.calendar(own), b.calendar(with)
		if len(x.Except)+len(y.Except) > 20_000 {
			b.fault(t.line, t.path, t.id, &LimitError{"stretches of days in two calendars that are laid over one another", 20_000})
			return
		}
		c := both(x, y)
		c.Record, c.Name = b.base(id, t.path), x.Name+" and "+y.Name
		h, err := calendar.NewHours(calendar.HoursSpec{Week: c.Week, Except: c.Except})
		if err != nil {
			b.fault(t.line, t.path, t.id, err)
			return
		}
		b.raw.days += len(c.Except)
		if b.tooManyDays(&t.element) {
			return
		}
		b.addCalendar(c, h)
	}
	t.effective = id
}

// outline finds the summary of each task by the levels of the outline.
func (b *builder) outline() {
	var open []int // the chain of tasks above the next, by level
	for i := range b.raw.tasks {
		t := &b.raw.tasks[i]
		if t.null || t.level == 0 {
			continue
		}
		for len(open) > 0 && b.raw.tasks[open[len(open)-1]].level >= t.level {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			t.parent = open[len(open)-1]
			if t.active {
				b.raw.tasks[t.parent].parts = true
			}
		}
		if above := len(open); t.level > above+1 {
			b.repaired(&t.element, t.id, "its outline level "+strconv.Itoa(t.level)+" leaves a gap and is read as "+strconv.Itoa(above+1))
		}
		open = append(open, i)
	}
}

// buildTask makes the activity of a task.
func (b *builder) buildTask(t *rawTask) {
	switch {
	case t.null:
		b.lost(&t.element, t.id, "an empty row")
		return
	case t.level == 0:
		return // the project itself
	case !t.active:
		b.lost(&t.element, t.id, "an inactive task, which Microsoft Project leaves out of the schedule too")
		return
	case t.subproject:
		b.unmodelled(&t.element, t.id, "a project inserted from another file", "it is a task of its own with the duration that the file states")
	}
	a := milestone.Activity{Record: b.base(b.id("task-"+strconv.Itoa(t.uid)), t.path), Name: t.name, Project: b.project.ID,
		Code: t.wbs, Calendar: t.effective}
	own := marks(t.own)
	if text := own["id"]; text != "" {
		id, err := record.ParseID(string(b.id(text)))
		if err == nil && uidOf(text, "task") < 0 && !b.marked[id] {
			a.ID = id
			b.marked[id] = true
		} else {
			b.repaired(&t.element, t.id, "the id "+quote(text)+" in its text field is none, or another's, and is not read")
		}
	}
	if a.Name == "" {
		a.Name = t.id
		b.repaired(&t.element, t.id, "a task without a name is called by its number")
	}
	for p := t.parent; p >= 0; p = b.raw.tasks[p].parent {
		if b.raw.tasks[p].at >= 0 {
			a.PartOf = b.out.Spec.Activities[b.raw.tasks[p].at].ID
			break
		}
	}
	switch {
	case t.parts:
		if !t.summary {
			b.repaired(&t.element, t.id, "tasks are part of it, so it is read as a summary")
		}
		a.Type, a.Calendar = milestone.Summary, ""
		if t.manual {
			b.unmodelled(&t.element, t.id, "a summary with dates of its own", "it spans its parts")
		}
	case t.summary && !t.hasLasts:
		a.Type = milestone.Summary
	default:
		b.buildWork(t, &a, own["type"])
	}
	b.buildConstraints(t, &a)
	if a.Type != milestone.Summary && a.Calendar != "" {
		b.used[a.Calendar] = true
		if b.hours[a.Calendar] == nil {
			b.fault(t.line, t.path, t.id, calendar.ErrNoHours)
		}
	}
	t.at = len(b.out.Spec.Activities)
	t.computed.Activity = a.ID
	b.out.Spec.Activities = append(b.out.Spec.Activities, a)
	b.out.Computed = append(b.out.Computed, t.computed)
}

// buildWork fills in what a task that is no summary takes, and how far it is.
func (b *builder) buildWork(t *rawTask, a *milestone.Activity, stated string) {
	lasts, ok := t.lasts, t.hasLasts
	if t.manual && t.hasManual {
		lasts, ok = t.manualLasts, true
	}
	switch {
	case !ok && t.flagged:
		ok = true
	case !ok:
		b.fault(t.line, t.path+"/Duration", t.id, ErrMissing)
	}
	a.Lasts, a.Elapsed = lasts, t.elapsed && lasts > 0
	a.Started, a.Finished = t.actualStart, t.actualFinish
	if a.Finished != 0 && a.Started == 0 {
		a.Started = a.Finished
		if lasts > 0 && t.start != 0 {
			a.Started = t.start
		}
		b.repaired(&t.element, t.id, "it has finished and has no actual start: it is read as "+a.Started.String())
	}
	if a.Started == 0 && t.percent > 0 && t.start != 0 {
		a.Started = t.start
		b.repaired(&t.element, t.id, "it is under way and has no actual start: it is read as its start")
	}
	if t.percent == 100 && a.Finished == 0 && t.finish != 0 {
		a.Finished = t.finish
		b.repaired(&t.element, t.id, "it is complete and has no actual finish: it is read as its finish")
	}
	if a.Finished != 0 && a.Finished < a.Started {
		b.fault(t.line, t.path+"/ActualFinish", t.id, &ValueError{a.Finished.String(), "a finish after the start " + a.Started.String()})
	}
	if a.Started != 0 && a.Finished == 0 && t.hasRemaining && b.project.DataDate != 0 {
		a.Remaining = record.Known(t.remaining)
	}
	if lasts == 0 {
		a.Type = b.milestoneType(t, stated)
		if a.Started != 0 && a.Finished == 0 {
			a.Finished = a.Started
			a.Remaining = record.Value[calendar.Minutes]{}
			b.repaired(&t.element, t.id, "a milestone that has started is read as reached")
		}
	} else if t.flagged {
		b.lost(&t.element, t.id, "it is marked as a milestone and takes time: it is read as a task")
	}
	if a.Started != 0 && a.Finished == 0 && t.stop != 0 && t.resume > t.stop && b.clock(a).Between(t.stop, t.resume) > 0 {
		b.unmodelled(&t.element, t.id, "work that was stopped at "+t.stop.String()+" and resumes at "+t.resume.String(), "it goes on without a break")
	}
	if t.delay != 0 {
		b.unmodelled(&t.element, t.id, "a delay from levelling", "it is not delayed")
	}
}

// milestoneType says at which end of working time a milestone lies. Microsoft Project lets it lie where what drives it lies: the file's own
// date tells, and without it a milestone with predecessors lies at an end.
func (b *builder) milestoneType(t *rawTask, stated string) milestone.ActivityType {
	switch stated {
	case milestone.StartMilestone.String():
		return milestone.StartMilestone
	case milestone.FinishMilestone.String():
		return milestone.FinishMilestone
	}
	h := b.hours[t.effective]
	if t.effective == "" {
		h = b.hours[b.project.Calendar]
	}
	if at := t.start; at != 0 {
		ends, begins := h.Last(at) == at, h.Next(at) == at
		if ends != begins {
			if ends {
				return milestone.FinishMilestone
			}
			return milestone.StartMilestone
		}
	}
	if len(t.links) > 0 {
		return milestone.FinishMilestone
	}
	return milestone.StartMilestone
}

// clock returns the hours of an activity.
func (b *builder) clock(a *milestone.Activity) *calendar.Hours {
	switch {
	case a.Elapsed:
		return nil
	case a.Calendar != "":
		return b.hours[a.Calendar]
	}
	return b.hours[b.project.Calendar]
}

// bound makes a constraint on a minute: as a start, midnight is the begin of the day; as a finish, the end of the day before.
func bound(kind milestone.ConstraintKind, at calendar.Minute) milestone.Constraint {
	d, c := at.Date(), at.Clock()
	switch kind {
	case milestone.FinishNoEarlier, milestone.FinishNoLater, milestone.MustFinish, milestone.MandatoryFinish, milestone.Deadline:
		if d, c = at.Ended(); c == endOfDay {
			c = 0 // a finish without a time of day is bound until the end of the day
		}
	}
	return milestone.Constraint{Kind: kind, On: calendar.OnDay(d), Clock: c}
}

const endOfDay calendar.Clock = 1440

// constraints are the numbers that ConstraintType may be, where dates are wishes.
var constraints = [8]milestone.ConstraintKind{0, milestone.AsLate, milestone.MustStart, milestone.MustFinish, milestone.StartNoEarlier,
	milestone.StartNoLater, milestone.FinishNoEarlier, milestone.FinishNoLater}

func (b *builder) buildConstraints(t *rawTask, a *milestone.Activity) {
	add := func(c milestone.Constraint) { a.Constraints = append(a.Constraints, c) }
	kind := constraints[t.constraint]
	if b.honours {
		switch kind {
		case milestone.MustStart:
			kind = milestone.MandatoryStart
		case milestone.MustFinish:
			kind = milestone.MandatoryFinish
		}
	}
	switch {
	case t.manual && a.Type != milestone.Summary:
		at := t.manualStart
		if at == 0 {
			at = t.start
		}
		if at == 0 && a.Started == 0 {
			b.unmodelled(&t.element, t.id, "a task scheduled by hand without a start", "it starts as its links let it")
		}
		if at != 0 && a.Started == 0 {
			add(bound(milestone.MandatoryStart, at))
			b.repaired(&t.element, t.id, "it is scheduled by hand: its start is read as mandatory, so that links do not move it and it has no float")
		}
	case t.external:
		if t.start != 0 && a.Started == 0 {
			add(bound(milestone.MandatoryStart, t.start))
			b.repaired(&t.element, t.id, "it stands for a task of another file: its start is read as mandatory")
		}
	case kind == 0:
	case kind == milestone.AsLate:
		add(milestone.Constraint{Kind: kind})
	case t.constraintDate == 0:
		b.fault(t.line, t.path+"/ConstraintDate", t.id, ErrMissing)
	case a.Type == milestone.Summary && kind != milestone.StartNoEarlier && kind != milestone.FinishNoLater:
		b.unmodelled(&t.element, t.id, "a constraint of this kind on a summary", "the summary is not constrained")
	default:
		add(bound(kind, t.constraintDate))
	}
	if t.deadline != 0 {
		add(bound(milestone.Deadline, t.deadline))
	}
	if a.Type == milestone.Summary {
		b.inherit(t, a)
	}
}

// inherit hands the constraints of a summary to its parts, which is what they mean there. A deadline stays: it is measured and moves nothing.
func (b *builder) inherit(t *rawTask, a *milestone.Activity) {
	var kept []milestone.Constraint
	for _, c := range a.Constraints {
		if c.Kind == milestone.Deadline {
			kept = append(kept, c)
			continue
		}
		t.passed = append(t.passed, c)
		b.repaired(&t.element, t.id, "the constraint on the summary is read as one on each of its parts")
	}
	a.Constraints = kept
}
