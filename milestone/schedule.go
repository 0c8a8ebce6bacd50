package milestone

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Schedule is the critical path method applied to a plan at a moment: what may start and finish when, what moves what, and how much
// room is left. It is immutable and safe for concurrent readers.
type Schedule struct {
	nodes []Timing
	arcs  []Arc
	index map[record.Ref]int
}

// Timing is one activity, milestone or summary of a [Schedule], with its dates. Starts lie at the begin of working time and
// finishes at the end of it: a task of one working day starts on Monday at 09:00 and finishes on Monday at 17:00.
type Timing struct {
	Ref  record.Ref
	Name string
	Type ActivityType
	// Hours is the calendar it is worked by; nil works round the clock.
	Hours *calendar.Hours
	// Lasts is its duration on Hours: of an activity under way, what remains from the data date on.
	Lasts calendar.Minutes
	// Begin is the earliest that its project allows: its start, or its data date where progress is recorded.
	Begin calendar.Minute
	// Started and Finished are its actual dates, zero where it has none.
	Started, Finished calendar.Minute
	// Bounds are its constraints with their dates made exact.
	Bounds []Bound

	EarlyStart, EarlyFinish calendar.Minute
	LateStart, LateFinish   calendar.Minute
}

// Bound is a constraint with its date made exact.
type Bound struct {
	Kind ConstraintKind
	At   calendar.Minute
}

// Arc is a link of a [Schedule]. From and To are positions in [Schedule.All].
type Arc struct {
	Dependency record.ID
	From, To   int
	Kind       Link
	Lag        calendar.Minutes
	// Hours is the calendar on which the lag passes; nil passes round the clock.
	Hours *calendar.Hours
}

// All returns everything scheduled: activities in the order of the Spec, then milestones. The slice is the Schedule's own: do not write to it.
func (s *Schedule) All() []Timing { return s.nodes }

// Arcs returns the links, in the order of the Spec. The slice is the Schedule's own: do not write to it.
func (s *Schedule) Arcs() []Arc { return s.arcs }

// Of returns what is scheduled under a reference, and whether anything is.
func (s *Schedule) Of(ref record.Ref) (Timing, bool) {
	i, ok := s.index[ref]
	if !ok {
		return Timing{}, false
	}
	return s.nodes[i], true
}
