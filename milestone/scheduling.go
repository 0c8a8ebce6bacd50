package milestone

import (
	"errors"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// ErrNoBegin says that a plan has constraints with dates and no date to begin from.
var ErrNoBegin = errors.New("there is no date to begin from: give the project a start, or say when in the options")

// ErrBeyond says that a date would lie outside 0001-01-01 to 9999-12-31, or beyond the last working time of a calendar.
var ErrBeyond = errors.New("its dates lie beyond the last day that its calendar works, or outside the years 1 to 9999")

// A ScheduleError says what keeps a plan from being scheduled.
type ScheduleError struct {
	Ref record.Ref // what it is about; zero for the plan as a whole
	Err error
}

// Error names the record and the cause.
func (e *ScheduleError) Error() string {
	if e.Ref.IsZero() {
		return "no schedule: " + e.Err.Error()
	}
	return "no schedule: " + e.Ref.String() + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *ScheduleError) Unwrap() error { return e.Err }

// project is a group of activities that share a begin and a finish. The first of a schedule is that of what has no project.
type project struct {
	id                    record.ID
	begin, data, finishBy calendar.Minute
	hours                 *calendar.Hours
	lagOn                 LagCalendar
	lax                   calendar.Minutes
}

// Schedule computes the schedule of the plan as it stood at a moment. Circles that only a moment's records have are a [*PrecedenceError]; every other
// cause is in a [*ScheduleError]; all of them are joined.
//
// Where claimants differ on a record, the word of the one who spoke first counts, and [Schedule.Remarks] lists it. It takes time linear in the
// activities and links; where links between activities go in circles that their starts and finishes do not, one round more over what lies on and after them for
// every link that closes one.
func (p *Plan) Schedule(at record.Moment, options ScheduleOptions) (*Schedule, error) {
	b := scheduling{plan: p, at: p.view.At(at), options: options, s: &Schedule{index: make(map[record.Ref]int)}}
	b.readProjects()
	b.readActivities()
	b.readMilestones()
	b.readLinks()
	b.placeBegins()
	if err := errors.Join(b.faults...); err != nil {
		return nil, err
	}
	b.buildNetwork()
	if err := b.pass(); err != nil {
		return nil, err
	}
	b.fill()
	return b.s, nil
}

// scheduling is a schedule in the making.
type scheduling struct {
	plan       *Plan
	at         record.Moment
	options    ScheduleOptions
	s          *Schedule
	hours      map[record.ID]*calendar.Hours
	groups     map[record.ID]int32
	group      []int32           // by position
	lagHours   []*calendar.Hours // by position: the calendar that lags of its own pass on
	asLate     []bool
	constraint bool // whether any constraint has a date
	faults     []error
}

func (b *scheduling) fault(ref record.Ref, err error) {
	b.faults = append(b.faults, &ScheduleError{Ref: ref, Err: err})
}

func (b *scheduling) remark(ref record.Ref, kind RemarkKind) {
	b.s.remarks = append(b.s.remarks, Remark{ref, kind})
}

// the first claim on a fact, with a remark where there are several.
func claimed[T any](b *scheduling, kind record.Kind, t *record.Timelines[T], id record.ID) *T {
	claims := t.At(id, b.at.On, b.at.Known)
	if len(claims) == 0 {
		return nil
	}
	if len(claims) > 1 {
		b.remark(record.Ref{Kind: kind, ID: id}, Contested)
	}
	return claims[0].Record
}

func (b *scheduling) readProjects() {
	b.groups = map[record.ID]int32{}
	b.hours = map[record.ID]*calendar.Hours{}
	b.s.projects = []project{{}}
	if b.options.Begin == 0 {
		b.s.projects[0].data = b.at.On.At(0)
	}
	for _, id := range b.plan.projects.Facts() {
		r := claimed(b, KindProject, &b.plan.projects, id)
		if r == nil {
			continue
		}
		g := project{id: id, begin: r.Start, data: r.DataDate, finishBy: r.FinishBy, lagOn: r.LagOn, lax: r.Lax}
		if r.Calendar != "" {
			g.hours = b.calendar(record.Ref{Kind: KindProject, ID: id}, r.Calendar)
		}
		b.groups[id] = int32(len(b.s.projects))
		b.s.projects = append(b.s.projects, g)
	}
}

// calendar returns the working time of a calendar as known at the moment; two activities with one calendar share it.
func (b *scheduling) calendar(of record.Ref, id record.ID) *calendar.Hours {
	if h, ok := b.hours[id]; ok {
		return h
	}
	ref := record.Ref{Kind: KindCalendar, ID: id}
	r := claimed(b, KindCalendar, &b.plan.calendars, id)
	if r == nil {
		b.remark(of, NoProject)
		return nil
	}
	known := calendar.Date{}
	if !b.at.Known.IsZero() {
		known = calendar.Of(b.at.Known.UTC())
	}
	h, err := r.Hours(known)
	if err != nil {
		b.fault(ref, err)
	}
	b.hours[id] = h
	return h
}

// Hours returns the working time of the calendar, with the bank holidays known at the end of a day; the zero Date knows all that are recorded. The error
// is that of [calendar.NewHours].
func (c *Calendar) Hours(known calendar.Date) (*calendar.Hours, error) {
	except := c.Except
	if c.BankHolidays != 0 {
		except = append(calendar.DaysOff(c.BankHolidays, known), except...)
	}
	return calendar.NewHours(calendar.HoursSpec{Week: c.Week, Except: except})
}

func (b *scheduling) add(t Timing, group int32, lag *calendar.Hours, asLate bool) {
	b.s.index[t.Ref] = len(b.s.nodes)
	b.s.nodes = append(b.s.nodes, t)
	b.group = append(b.group, group)
	b.lagHours = append(b.lagHours, lag)
	b.asLate = append(b.asLate, asLate)
}

func (b *scheduling) readActivities() {
	partOf := make(map[int]record.ID)
	for _, id := range b.plan.activities.Facts() {
		r := claimed(b, KindActivity, &b.plan.activities, id)
		if r == nil {
			continue
		}
		ref := record.Ref{Kind: KindActivity, ID: id}
		t := Timing{Ref: ref, Name: r.Name, Type: r.Type, Project: r.Project, PartOf: -1, Started: r.Started, Finished: r.Finished}
		if t.Type == 0 {
			t.Type = Task
		}
		group, ok := b.groups[r.Project]
		if !ok && r.Project != "" {
			b.remark(ref, NoProject)
		}
		g := &b.s.projects[group]
		own := g.hours
		if r.Calendar != "" {
			own = b.calendar(ref, r.Calendar)
		}
		if t.Type == Summary {
			own = g.hours
		}
		t.Hours = own
		if r.Elapsed {
			t.Hours = nil
		}
		if t.Type.isMoment() { // the one date that it has is both
			t.Started, t.Finished = max(t.Started, t.Finished), max(t.Started, t.Finished)
		}
		if t.Type == Task {
			t.Lasts = remaining(r, t.Hours, g.data)
		}
		asLate := b.bounds(&t, r.Constraints)
		if r.PartOf != "" {
			partOf[len(b.s.nodes)] = r.PartOf
		}
		if d := g.data; d != 0 && (t.Started > d || t.Finished > d) {
			b.remark(ref, AheadOfData)
		}
		if t.Finished == 0 && t.Started != 0 && g.data == 0 && t.Type == Task {
			b.remark(ref, NoDataDate)
		}
		b.add(t, group, own, asLate)
	}
	b.s.parts = make([][]int32, len(b.s.nodes))
	for i := range b.s.nodes {
		id, ok := partOf[i]
		if !ok {
			continue
		}
		whole, ok := b.s.index[record.Ref{Kind: KindActivity, ID: id}]
		if !ok || b.s.nodes[whole].Type != Summary {
			b.remark(b.s.nodes[i].Ref, NoProject)
			continue
		}
		b.s.nodes[i].PartOf = whole
		b.s.parts[whole] = append(b.s.parts[whole], int32(i))
	}
	for i := range b.s.nodes {
		if b.s.nodes[i].Type == Summary && len(b.s.parts[i]) == 0 {
			b.remark(b.s.nodes[i].Ref, NoParts)
		}
	}
}

// remaining is how long an activity takes from where it stands. Without a data date, one under way that does not say what remains
// stands on its actual start and takes all of its time.
func remaining(r *Activity, h *calendar.Hours, data calendar.Minute) calendar.Minutes {
	if r.Started == 0 || r.Finished != 0 {
		return r.Lasts
	}
	if left, known := r.Remaining.Get(); known {
		return left
	}
	if data == 0 {
		return r.Lasts
	}
	return max(0, r.Lasts-max(0, h.Between(r.Started, data)))
}

// bounds makes the dates of constraints exact, and reports whether the activity is to go as late as it may.
func (b *scheduling) bounds(t *Timing, constraints []Constraint) (asLate bool) {
	for _, c := range constraints {
		if c.Kind == AsLate {
			asLate = true
			continue
		}
		if !c.On.IsResolved() {
			b.remark(t.Ref, NoDate)
			continue
		}
		from, until := c.exact()
		switch {
		case from == until || c.Kind == MandatoryStart || c.Kind == MandatoryFinish:
			t.Bounds = append(t.Bounds, Bound{c.Kind, until})
		case c.Kind == MustStart:
			t.Bounds = append(t.Bounds, Bound{StartNoEarlier, from}, Bound{StartNoLater, until})
		case c.Kind == MustFinish:
			t.Bounds = append(t.Bounds, Bound{FinishNoEarlier, from}, Bound{FinishNoLater, until})
		case c.Kind == StartNoEarlier || c.Kind == FinishNoEarlier:
			t.Bounds = append(t.Bounds, Bound{c.Kind, from})
		default:
			t.Bounds = append(t.Bounds, Bound{c.Kind, until})
		}
	}
	return asLate
}

// exact returns the minutes that the first and the last day of a constraint mean: the begin of the day for a start, the end of
// it for a finish, unless the time of day is given.
func (c *Constraint) exact() (from, until calendar.Minute) {
	clock := c.Clock
	if clock == 0 && !c.Kind.startBound() {
		clock = endOfDay
	}
	return c.On.Earliest().At(clock), c.On.Latest().At(clock)
}

func (k ConstraintKind) startBound() bool {
	return k == StartNoEarlier || k == StartNoLater || k == MustStart || k == MandatoryStart
}

// early reports whether the constraint moves early dates.
func (k ConstraintKind) early() bool {
	switch k {
	case StartNoEarlier, FinishNoEarlier, MustStart, MustFinish, MandatoryStart, MandatoryFinish:
		return true
	}
	return false
}

// late reports whether the constraint moves late dates.
func (k ConstraintKind) late() bool {
	switch k {
	case StartNoLater, FinishNoLater, Deadline, MustStart, MustFinish, MandatoryStart, MandatoryFinish:
		return true
	}
	return false
}

func (b *scheduling) readMilestones() {
	for _, id := range b.plan.milestones.Facts() {
		r := claimed(b, KindMilestone, &b.plan.milestones, id)
		if r == nil {
			continue
		}
		t := Timing{Ref: Ref(id), Name: r.Name, Type: FinishMilestone, PartOf: -1, Due: r.Due, Lasts: calendar.Minutes(r.Lasts) * calendar.Day}
		if r.Met.IsResolved() {
			t.Finished = r.Met.Latest().At(endOfDay)
			t.Started = t.Finished.Add(-t.Lasts)
		}
		if b.options.DueBinds && r.Due.IsResolved() {
			t.Bounds = append(t.Bounds, Bound{Deadline, t.DueBy()})
		}
		b.add(t, 0, nil, false)
	}
}

func (b *scheduling) readLinks() {
	for _, id := range b.plan.dependencies.Facts() {
		r := claimed(b, KindDependency, &b.plan.dependencies, id)
		if r == nil || !r.Kind.IsPrecedence() {
			continue
		}
		from, ok := b.s.index[r.On]
		to, both := b.s.index[r.Dependent]
		if !ok || !both {
			b.remark(record.Ref{Kind: KindDependency, ID: id}, NotScheduled)
			continue
		}
		a := Arc{Dependency: id, From: from, To: to, Kind: r.Kind, Lag: r.Lag}
		if r.LagDays != 0 {
			a.Lag = calendar.Minutes(r.LagDays) * calendar.Day
		} else {
			after := &b.s.projects[b.group[to]]
			on := r.LagOn
			if on == 0 {
				on = after.lagOn
			}
			switch on {
			case SuccessorCalendar:
				a.Hours = b.lagHours[to]
			case ProjectCalendar:
				a.Hours = after.hours
			case RoundTheClock:
			default:
				a.Hours = b.lagHours[from]
			}
		}
		b.s.arcs = append(b.s.arcs, a)
	}
}

// placeBegins finds when work may begin in each project.
func (b *scheduling) placeBegins() {
	groups := b.s.projects
	used := make([]bool, len(groups))
	own := make([]calendar.Minute, len(groups)) // the earliest start in each
	earliest := func(g int32, m calendar.Minute) {
		if m != 0 && (own[g] == 0 || m < own[g]) {
			own[g] = m
		}
	}
	for i := range b.s.nodes {
		t, g := &b.s.nodes[i], b.group[i]
		used[g] = true
		earliest(g, t.Started)
		earliest(g, t.Finished)
		for _, bound := range t.Bounds {
			b.constraint = true
			switch {
			case !bound.Kind.early():
			case bound.Kind.startBound():
				earliest(g, bound.At)
			default:
				earliest(g, t.Hours.After(bound.At, -t.Lasts))
			}
		}
	}
	any := calendar.Minute(0)
	for g := range groups {
		p := &groups[g]
		if p.begin == 0 && used[g] {
			if p.begin = b.options.Begin; p.begin == 0 {
				p.begin = own[g]
			}
		}
		if p.begin = max(p.begin, p.data); p.begin != 0 && used[g] && (any == 0 || p.begin < any) {
			any = p.begin
		}
	}
	if any == 0 {
		any = max(b.options.Begin, b.at.On.At(0))
	}
	b.s.dated = any != 0
	if any == 0 {
		any = 1
		if b.constraint {
			b.fault(record.Ref{}, ErrNoBegin)
		}
	}
	for g := range groups {
		if groups[g].begin == 0 {
			groups[g].begin = any
		}
	}
	for i := range b.s.nodes {
		b.s.nodes[i].Begin = groups[b.group[i]].begin
	}
}
