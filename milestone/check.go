package milestone

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone/calendar"
)

// Causes of faults in what a schedule is made from.
var (
	ErrNoConstraint   = errors.New("the constraint has no kind: write start-no-earlier, deadline or another of the kinds")
	ErrNoConstraintOn = errors.New("the constraint needs a date: give \"on\"")
	ErrAsLateOn       = errors.New("as late as possible takes no date: leave \"on\" and \"clock\" out")
	ErrVagueMandatory = errors.New("a mandatory date must be one exact day; for a window use must-start or must-finish")
	ErrVagueClock     = errors.New("a time of day needs one exact day beside it")
	ErrTwoLags        = errors.New("the lag is given twice: use lag_days or lag, and leave the other out")
	ErrLagDaysOn      = errors.New("lag_days pass on the clock: give the lag as \"lag\" to have it pass on another calendar")
	ErrOwnTime        = errors.New("a milestone takes no time, and a summary has none of its own: leave out lasts, elapsed and remaining")
	ErrOwnProgress    = errors.New("a summary has started and finished when its parts have: leave out started and finished")
	ErrNotStarted     = errors.New("it has finished and does not say when it started")
	ErrFinishedFirst  = errors.New("it has finished before it started")
	ErrNotUnderWay    = errors.New("what remains is for an activity that has started and not finished; before that, lasts says how long it takes")
	ErrNotSummary     = errors.New("part_of must name an activity of the type summary")
	ErrTooLong        = errors.New("it would last longer than the years 1 to 9999")
)

// A NotModelledError says that a record asks for something that a [Schedule] does not do, so that its dates would be wrong.
type NotModelledError struct {
	What string // what is asked for
	Do   string // what to do instead
}

// Error says what is not modelled and what to do instead.
func (e *NotModelledError) Error() string {
	return e.What + " is not modelled: " + e.Do
}

// A PartError says that activities are part of one another in a circle.
type PartError struct {
	// Walk names the activities, each part of the next and the last part of the first.
	Walk []record.Ref
}

// Error prints the walk and the way out.
func (e *PartError) Error() string {
	var b strings.Builder
	b.WriteString("the summaries form a circle: ")
	for _, ref := range e.Walk {
		b.WriteString(ref.String() + " is part of ")
	}
	if len(e.Walk) > 0 {
		b.WriteString(e.Walk[0].String())
	}
	return b.String() + ": leave out one part_of"
}

// checkWork adds the faults of projects, activities, calendars and lags.
func (s Spec) checkWork(c *record.Check) {
	for i := range s.Calendars {
		r := &s.Calendars[i]
		fault := c.At(KindCalendar, "calendars", i, r.ID)
		fault("name", ErrNoName, strings.TrimSpace(r.Name) == "" && r.Speaks())
		if r.Speaks() {
			_, err := r.Hours(calendar.Date{})
			for _, err := range apart(err) {
				member := "week"
				if e, ok := errors.AsType[*calendar.HoursError](err); ok && e.Exception >= 0 {
					member = "except[" + strconv.Itoa(e.Exception-r.daysOff()) + "]"
				}
				fault(member, err, true)
			}
		}
	}
	for i := range s.Projects {
		r := &s.Projects[i]
		fault := c.At(KindProject, "projects", i, r.ID)
		fault("name", ErrNoName, strings.TrimSpace(r.Name) == "" && r.Speaks())
		fault("start", ErrBeyond, invalid(r.Start))
		fault("data_date", ErrBeyond, invalid(r.DataDate))
		fault("finish_by", ErrBeyond, invalid(r.FinishBy))
	}
	for i := range s.Activities {
		if r := &s.Activities[i]; r.Speaks() {
			r.check(c.At(KindActivity, "activities", i, r.ID))
		}
	}
	for i := range s.Dependencies {
		r := &s.Dependencies[i]
		fault := c.At(KindDependency, "dependencies", i, r.ID)
		fault("lag", ErrTwoLags, r.Lag != 0 && r.LagDays != 0)
		fault("lag_on", ErrLagDaysOn, r.LagDays != 0 && r.LagOn != 0 && r.LagOn != RoundTheClock)
		fault("lag", ErrTooLong, tooLong(max(r.Lag, -r.Lag)))
		fault("lag_days", ErrTooLong, tooDistant(r.LagDays))
	}
	for i := range s.Milestones {
		c.At(KindMilestone, "milestones", i, s.Milestones[i].ID)("lasts_days", ErrTooLong, tooDistant(s.Milestones[i].Lasts))
	}
}

func apart(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	if err == nil {
		return nil
	}
	return []error{err}
}

// daysOff is how many exceptions of a calendar stand before its own.
func (c *Calendar) daysOff() int {
	if c.BankHolidays == 0 {
		return 0
	}
	return len(calendar.DaysOff(c.BankHolidays, calendar.Date{}))
}

const longest = 9999 * 366 * calendar.Day

func tooLong(n calendar.Minutes) bool                   { return n > longest || n < 0 }
func tooDistant(n calendar.Days) bool                   { return n > 9999*366 || n < -9999*366 }
func invalid(m calendar.Minute) bool                    { return m != 0 && m.Date().IsZero() }
func (t ActivityType) isMoment() bool                   { return t == StartMilestone || t == FinishMilestone }
func (c *Constraint) sets(kinds ...ConstraintKind) bool { return slices.Contains(kinds, c.Kind) }

func (a *Activity) check(fault func(string, error, bool)) {
	left, remains := a.Remaining.Get()
	fault("name", ErrNoName, strings.TrimSpace(a.Name) == "")
	fault("lasts", ErrNegative, a.Lasts < 0)
	fault("lasts", ErrTooLong, a.Lasts > longest)
	fault("remaining", ErrNegative, left < 0)
	fault("remaining", ErrTooLong, left > longest)
	if a.Type.isMoment() || a.Type == Summary {
		fault("lasts", ErrOwnTime, a.Lasts != 0 || a.Elapsed || left != 0)
	}
	fault("started", ErrBeyond, invalid(a.Started))
	fault("finished", ErrBeyond, invalid(a.Finished))
	fault("started", ErrOwnProgress, a.Type == Summary && (a.Started != 0 || a.Finished != 0))
	fault("started", ErrNotStarted, a.Finished != 0 && a.Started == 0 && !a.Type.isMoment() && a.Type != Summary)
	fault("finished", ErrFinishedFirst, a.Finished != 0 && a.Finished < a.Started)
	if !a.Type.isMoment() && a.Type != Summary {
		fault("remaining", ErrNotUnderWay, remains && a.Started == 0 || left > 0 && a.Finished != 0)
	}
	mandatory := 0
	for i := range a.Constraints {
		k := &a.Constraints[i]
		place := "constraints[" + strconv.Itoa(i) + "]."
		fault(place+"kind", ErrNoConstraint, k.Kind == 0)
		fault(place+"on", ErrNoConstraintOn, k.Kind != 0 && k.Kind != AsLate && k.On.IsZero())
		fault(place+"on", ErrAsLateOn, k.Kind == AsLate && (!k.On.IsZero() || k.Clock != 0))
		vague := k.On.IsResolved() && !k.On.IsExact()
		fault(place+"on", ErrVagueMandatory, vague && k.sets(MandatoryStart, MandatoryFinish))
		fault(place+"clock", ErrVagueClock, vague && k.Clock != 0)
		_, err := k.Clock.MarshalText()
		fault(place+"clock", err, err != nil)
		if k.sets(MandatoryStart, MandatoryFinish) {
			mandatory++
		}
		fault(place+"kind", &NotModelledError{"a second mandatory date on one activity", "keep the one that counts"}, mandatory > 1 && k.sets(MandatoryStart, MandatoryFinish))
		fault(place+"kind", &NotModelledError{k.Kind.String() + " on a summary", "put it on the parts; a summary takes start-no-earlier, finish-no-later and deadline"},
			a.Type == Summary && k.Kind != 0 && !k.sets(StartNoEarlier, FinishNoLater, Deadline))
		fault(place+"kind", &NotModelledError{"a constraint on a level of effort", "bind what it is anchored to"}, a.Type == LevelOfEffort)
	}
}

// checkParts adds the faults of summaries, once references name facts.
func (s Spec) checkParts(c *record.Check) (sound bool) {
	sound = true
	type state struct {
		summary bool
		partOf  record.ID
	}
	states := make(map[record.ID]state, len(s.Activities))
	var ids []record.ID
	for i := range s.Activities {
		if r := &s.Activities[i]; r.Speaks() {
			now, known := states[r.Fact()]
			if !known {
				ids = append(ids, r.Fact())
			}
			if r.PartOf != "" {
				now.partOf = r.PartOf
			}
			now.summary = now.summary || r.Type == Summary
			states[r.Fact()] = now
		}
	}
	for i := range s.Activities {
		r := &s.Activities[i]
		whole, known := states[r.PartOf]
		c.At(KindActivity, "activities", i, r.ID)("part_of", ErrNotSummary, r.PartOf != "" && known && !whole.summary && r.Speaks())
	}
	done := make(map[record.ID]int, len(ids)) // the number of the walk that came by
	for n, id := range ids {
		at := id
		for at != "" && done[at] == 0 {
			done[at] = n + 1
			at = states[at].partOf
		}
		if at == "" || done[at] != n+1 {
			continue
		}
		e := &PartError{Walk: []record.Ref{{Kind: KindActivity, ID: at}}}
		for up := states[at].partOf; up != at; up = states[up].partOf {
			e.Walk = append(e.Walk, record.Ref{Kind: KindActivity, ID: up})
		}
		i := slices.IndexFunc(s.Activities, func(a Activity) bool { return a.Fact() == at })
		c.At(KindActivity, "activities", i, s.Activities[i].ID)("part_of", e, true)
		sound = false
	}
	for i := range s.Dependencies {
		r := &s.Dependencies[i]
		finish := r.Kind == FinishFinish || r.Kind == StartFinish
		c.At(KindDependency, "dependencies", i, r.ID)("kind", &NotModelledError{"a " + r.Kind.String() + " link into a summary",
			"link to the part whose finish is held"}, finish && r.Dependent.Kind == KindActivity && states[r.Dependent.ID].summary)
	}
	return sound
}

// checkOrder looks for circles. It comes last because the two ends of a dependency may name one milestone by the ids of
// two of its records.
//
// A dependency on which claimants differ closes no circle: their claims stand side by side, and the order is contested. Links between
// activities may go in a circle where their starts and finishes do not.
func (s Spec) checkOrder(c *record.Check) {
	for i := range s.Dependencies {
		r := &s.Dependencies[i]
		c.At(KindDependency, "dependencies", i, r.ID)("on", ErrOnItself, !r.On.IsZero() && r.On == r.Dependent)
	}
	timeline := record.NewTimelines(s.Dependencies, s.Sources)
	var b graph.Builder[record.Ref]
	var links []*Dependency
	for _, id := range timeline.Facts() {
		claims := timeline.At(id, calendar.Date{}, time.Time{})
		if slices.ContainsFunc(claims, func(c record.Claim[Dependency]) bool { return !sameLink(c.Record, claims[0].Record) }) {
			continue
		}
		for _, claim := range claims {
			r := claim.Record
			if !r.Kind.IsPrecedence() || r.On == r.Dependent || r.On.IsZero() || r.Dependent.IsZero() {
				continue
			}
			links = append(links, r)
			b.Add(graph.Edge[record.Ref]{From: r.On, To: r.Dependent, Label: string(r.ID)})
		}
	}
	sound := s.checkParts(c)
	walk := b.Freeze().Cycle()
	if parted := slices.ContainsFunc(s.Activities, func(a Activity) bool { return a.PartOf != "" }); sound && (walk != nil || parted) {
		walk = s.events(links).cycle()
	}
	if walk == nil {
		return
	}
	label := walk[slices.IndexFunc(walk, func(e graph.Edge[record.Ref]) bool { return e.Label != partLabel })].Label
	index := slices.IndexFunc(s.Dependencies, func(d Dependency) bool { return string(d.ID) == label })
	c.Fault("dependencies["+strconv.Itoa(index)+"]", record.Ref{Kind: KindDependency, ID: record.ID(label)}, &PrecedenceError{Walk: walk})
}

// events is the graph of starts and finishes as the latest word of the records has it.
func (s Spec) events(links []*Dependency) *eventGraph {
	var e eventGraph
	activities := record.NewTimelines(s.Activities, s.Sources)
	milestones := record.NewTimelines(s.Milestones, s.Sources)
	var parts [][2]record.Ref
	for _, id := range activities.Facts() {
		claims := activities.At(id, calendar.Date{}, time.Time{})
		if len(claims) == 0 {
			continue
		}
		r, ref := claims[0].Record, record.Ref{Kind: KindActivity, ID: id}
		e.node(ref, r.Type == Summary, r.Type.isMoment())
		if r.PartOf != "" {
			parts = append(parts, [2]record.Ref{ref, {Kind: KindActivity, ID: r.PartOf}})
		}
	}
	for _, id := range milestones.Facts() {
		if claims := milestones.At(id, calendar.Date{}, time.Time{}); len(claims) > 0 {
			e.node(Ref(id), false, claims[0].Record.Lasts == 0)
		}
	}
	for _, p := range parts {
		if e.kind[p[1]].summary {
			e.part(p[0], p[1])
		}
	}
	for _, r := range links {
		e.link(r.On, r.Dependent, r.Kind, r.ID)
	}
	return &e
}
