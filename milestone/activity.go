package milestone

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The kinds of record that a schedule is made from, besides milestones and dependencies.
const (
	KindProject  record.Kind = "project"
	KindActivity record.Kind = "activity"
	KindCalendar record.Kind = "calendar"
)

// Project is a body of work that is planned as one network: where its time begins, how far it has come, by which calendar it works.
// Activities of several projects in one plan are scheduled together, so that one may wait for the other.
type Project struct {
	record.Record
	Name string `json:"name"`
	// Start is when its work may begin at the earliest. Zero means at the earliest constraint or actual start in it.
	Start calendar.Minute `json:"start,omitzero"`
	// DataDate is up to when progress has been recorded: what is not done by then is still to do, and later. Zero means that
	// no progress is recorded.
	DataDate calendar.Minute `json:"data_date,omitzero"`
	// FinishBy is when all of it must have ended; late dates start from it where it is set, and floats may be negative.
	FinishBy calendar.Minute `json:"finish_by,omitzero"`
	// Calendar is the calendar of activities that name none, and of lags on the project's calendar. Zero means round the clock.
	Calendar record.ID `json:"calendar,omitempty" ref:"calendar"`
	// LagOn says on which calendar the lags of links pass whose own record does not say. Zero means that of the predecessor.
	LagOn LagCalendar `json:"lag_on,omitzero"`
	// Lax is how much total float an activity may have and still count as critical. Zero means none.
	Lax calendar.Minutes `json:"lax,omitzero"`
}

// Activity is a piece of work in a project, as the critical path method knows it.
type Activity struct {
	record.Record
	Name    string    `json:"name"`
	Project record.ID `json:"project,omitempty" ref:"project"`
	// PartOf is the summary that the activity belongs to. Summaries may be part of others.
	PartOf record.ID `json:"part_of,omitempty" ref:"activity"`
	// Type says what sort of activity it is. Zero means [Task].
	Type ActivityType `json:"type,omitzero"`
	// Code is the short name that people use for it, such as "A1010".
	Code string `json:"code,omitempty"`
	// Lasts is the working time it takes, on its calendar. Milestones and summaries have none of their own.
	Lasts calendar.Minutes `json:"lasts,omitzero"`
	// Calendar is the calendar it is worked by. Zero means the project's.
	Calendar record.ID `json:"calendar,omitempty" ref:"calendar"`
	// Elapsed says that Lasts is time on the clock, whatever the calendar: concrete that sets, a period of notice.
	Elapsed bool `json:"elapsed,omitempty"`
	// Constraints bind its dates beyond what its links do.
	Constraints []Constraint `json:"constraints,omitempty"`
	// Started and Finished are when it did, where it has. Remaining is the working time left from the data date on of one that has started and not
	// finished; where that is not known, Lasts less the working time since Started, and never less than none.
	Started   calendar.Minute                `json:"started,omitzero"`
	Finished  calendar.Minute                `json:"finished,omitzero"`
	Remaining record.Value[calendar.Minutes] `json:"remaining,omitzero"`
}

// ActivityType says what sort of activity it is.
type ActivityType uint8

// The sorts of activity. The list is closed.
const (
	Task            ActivityType = iota + 1 // work that takes its own time; the zero ActivityType means the same
	StartMilestone                          // a moment at the start of the working time that follows
	FinishMilestone                         // a moment at the end of the working time before it
	Summary                                 // spans its parts, and has no time of its own
	LevelOfEffort                           // lasts from its predecessors' dates to its successors'; never critical
)

var activityTypes = []string{"", "task", "start-milestone", "finish-milestone", "summary", "level-of-effort"}

// String returns the text; the zero ActivityType reads "task".
func (t ActivityType) String() string {
	if t == 0 {
		t = Task
	}
	b, _ := t.MarshalText()
	return string(b)
}

// IsZero reports whether nothing is stated.
func (t ActivityType) IsZero() bool { return t == 0 }

// MarshalText returns the text of the sort.
func (t ActivityType) MarshalText() ([]byte, error) {
	return record.EnumMarshal("type of activity", activityTypes, t)
}

// UnmarshalText reads the text of a sort. The error is a [*record.EnumError].
func (t *ActivityType) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("type of activity", activityTypes, t, b)
}

// Constraint binds a date of an activity. A vague date is a window: what may not be earlier holds from its first day on, and what may
// not be later until the end of its last.
type Constraint struct {
	Kind ConstraintKind `json:"kind,omitzero"`
	On   calendar.When  `json:"on,omitzero"`
	// Clock is the time of day on an exact day. Without it a start is bound from the begin of the day and a finish until its end.
	Clock calendar.Clock `json:"clock,omitempty"`
}

// ConstraintKind says what a constraint binds and how.
type ConstraintKind uint8

// The kinds of constraint. The list is closed.
const (
	StartNoEarlier  ConstraintKind = iota + 1
	FinishNoEarlier                // moves early dates
	StartNoLater                   // moves late dates only: float may become negative
	FinishNoLater
	MustStart  // start no earlier and no later: logic still holds
	MustFinish // finish no earlier and no later: logic still holds
	Deadline   // like FinishNoLater; a wish that is measured against, in Microsoft Project's word
	// MandatoryStart and MandatoryFinish set the date whatever the links say, as Primavera's mandatory constraints do. They can
	// contradict the logic; the schedule says where.
	MandatoryStart
	MandatoryFinish
	// AsLate has no date: the activity takes its free float and goes as late as it may without moving another.
	AsLate
)

var constraintKinds = []string{"", "start-no-earlier", "finish-no-earlier", "start-no-later", "finish-no-later", "must-start", "must-finish",
	"deadline", "mandatory-start", "mandatory-finish", "as-late-as-possible"}

// String returns the text, or "" for the zero ConstraintKind.
func (k ConstraintKind) String() string {
	b, _ := k.MarshalText()
	return string(b)
}

// IsZero reports whether no kind is stated, which is a fault.
func (k ConstraintKind) IsZero() bool { return k == 0 }

// MarshalText returns the text of the kind.
func (k ConstraintKind) MarshalText() ([]byte, error) {
	return record.EnumMarshal("kind of constraint", constraintKinds, k)
}

// UnmarshalText reads the text of a kind. The error is a [*record.EnumError].
func (k *ConstraintKind) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("kind of constraint", constraintKinds, k, b)
}

// LagCalendar says on which calendar the lag of a link passes.
type LagCalendar uint8

// The calendars of lags. The list is closed.
const (
	PredecessorCalendar LagCalendar = iota + 1 // that of what is depended on
	SuccessorCalendar                          // that of the dependent
	ProjectCalendar                            // that of the dependent's project
	RoundTheClock                              // elapsed time
)

var lagCalendars = []string{"", "predecessor", "successor", "project", "round-the-clock"}

// String returns the text, or "" where none is stated.
func (l LagCalendar) String() string {
	b, _ := l.MarshalText()
	return string(b)
}

// IsZero reports whether none is stated.
func (l LagCalendar) IsZero() bool { return l == 0 }

// MarshalText returns the text of the choice.
func (l LagCalendar) MarshalText() ([]byte, error) {
	return record.EnumMarshal("calendar of a lag", lagCalendars, l)
}

// UnmarshalText reads the text of a choice. The error is a [*record.EnumError].
func (l *LagCalendar) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("calendar of a lag", lagCalendars, l, b)
}

// Calendar says when work is done.
type Calendar struct {
	record.Record
	Name string `json:"name"`
	// Week is what is worked in every week.
	Week calendar.Shifts `json:"week,omitzero"`
	// BankHolidays names the part of the United Kingdom whose bank holidays are not worked, as far as they were known on the day and at the instant asked about.
	BankHolidays calendar.Division `json:"bank_holidays,omitzero"`
	// Except are stretches of days that are worked otherwise; they outrank bank holidays, and later ones outrank earlier ones.
	Except []calendar.Exception `json:"except,omitempty"`
}
