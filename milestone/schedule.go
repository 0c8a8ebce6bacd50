package milestone

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Schedule is the critical path method applied to a plan at a moment: what may start and finish when, what moves what, and how much
// room is left. It is immutable and safe for concurrent readers.
//
// Time passes on working axes. A task starts at the begin of working time and finishes at the end of it: one working day from Monday is
// Monday 09:00 to Monday 17:00, and what follows it starts on Tuesday at 09:00, the same point of the axis. A start milestone stands at the begin
// of the working time that follows, a finish milestone at the very minute of what it waits for. Links between activities with different calendars
// go by the minute on the clock: a start is the next working minute of its own calendar, a finish the last one, so that no working minute of
// the dependent lies between what a link asks for and the date shown.
type Schedule struct {
	nodes    []Timing
	arcs     []Arc
	index    map[record.Ref]int
	parts    [][]int32 // of summaries, by position; nil where there are none
	projects []project
	remarks  []Remark
	dated    bool
	net      *network
	started  map[int32]int32 // the node that stands for the actual start of an activity under way
	heads    summaryNodes
}

// Timing is one activity, milestone or summary of a [Schedule], with its dates. Starts lie at the begin of working time and
// finishes at the end of it: a task of one working day starts on Monday at 09:00 and finishes on Monday at 17:00.
type Timing struct {
	Ref  record.Ref
	Name string
	Type ActivityType
	// Project is the project it belongs to; milestones have none.
	Project record.ID
	// PartOf is the position of the summary that it belongs to, or -1.
	PartOf int
	// Hours is the calendar it is worked by; nil works round the clock.
	Hours *calendar.Hours
	// Lasts is its duration on Hours: of an activity under way, what remains from the data date on. Of a summary, and of a level of
	// effort, it is what lies between its early dates.
	Lasts calendar.Minutes
	// Begin is the earliest that its project allows: its start, or its data date where progress is recorded.
	Begin calendar.Minute
	// Started and Finished are its actual dates, zero where it has none. A milestone that is met finished at the end of the last day that Met may mean.
	Started, Finished calendar.Minute
	// Bounds are its constraints with their dates made exact. A must with a vague date stands as two.
	Bounds []Bound
	// Due is when a milestone is to be met. It moves no date unless [ScheduleOptions.DueBinds].
	Due calendar.When

	// Dates are zero where the plan has none to begin from; [Schedule.Dated] tells. Of an activity under way the starts are those of what
	// remains. Those of one that has finished are its actual dates.
	EarlyStart, EarlyFinish calendar.Minute
	LateStart, LateFinish   calendar.Minute

	// Floats are working time on Hours, a summary's on the calendar of its project.
	//
	// StartFloat and FinishFloat are from the early date to the late one, negative where the late one comes first. TotalFloat is what
	// [ScheduleOptions.Float] takes of them. FreeFloat is how much later it could finish without moving another's early date,
	// InterferingFloat is TotalFloat less FreeFloat, and IndependentFloat how much later it could finish without moving another if all before it
	// came as late as they may; free and independent float are never negative.
	StartFloat, FinishFloat, TotalFloat           calendar.Minutes
	FreeFloat, InterferingFloat, IndependentFloat calendar.Minutes
	// Critical says that its total float is at most what its project allows ([Project.Lax]). Levels of effort and what has finished never are.
	Critical bool
}

// DueBy is the end of the last day that Due may mean, or the zero Minute where no day is set or known.
func (t *Timing) DueBy() calendar.Minute { return t.Due.Latest().At(endOfDay) }

const endOfDay calendar.Clock = 24 * 60

// Bound is a constraint with its date made exact.
type Bound struct {
	Kind ConstraintKind
	At   calendar.Minute
}

// Arc is a link of a [Schedule]. From and To are positions in [Schedule.All]; From comes first in the order that the link asks for.
type Arc struct {
	Dependency record.ID
	From, To   int
	Kind       Link
	Lag        calendar.Minutes
	// Hours is the calendar on which the lag passes; nil passes round the clock.
	Hours *calendar.Hours
}

// ScheduleOptions say how [Plan.Schedule] reads a plan. The zero value takes the finish float as the total float, holds each project to its own
// finish, keeps the logic of links into activities under way, and lets due days bind nothing.
type ScheduleOptions struct {
	// Begin is when work may begin in projects that state no start, and for what has no project. Zero means: in a project, at the earliest start that is
	// constrained or recorded in it, else at the earliest begin of another; and for what has no project, such as milestones, on the day of the moment
	// asked about, which then serves as its data date, else as in a project. Where there is none of these the plan is scheduled without dates.
	Begin calendar.Minute
	// Float says which float is the total float.
	Float FloatRule
	// Finish says whose finish holds the late dates of what nothing follows, where no [Project.FinishBy] does.
	Finish FinishRule
	// Progress says whether links still hold what remains of an activity under way.
	Progress ProgressRule
	// DueBinds has the due day of a milestone bound its late dates, as a deadline would: by the end of the last day it may mean. Late dates of what has
	// no project then start from the last due day where that is later than the finish, so that they say by when each step must come for all to be met.
	DueBinds bool
}

// FloatRule says which float counts as the total float.
type FloatRule uint8

// The rules for total float.
const (
	FinishFloatCounts FloatRule = iota // late finish less early finish
	StartFloatCounts                   // late start less early start
	SmallestCounts                     // the smaller of the two
	MicrosoftCounts                    // the smaller of the two, and the finish float of an activity under way
)

// FinishRule says whose finish holds late dates.
type FinishRule uint8

// The rules for the finish that late dates start from.
const (
	EachFinish  FinishRule = iota // that of each project
	WholeFinish                   // that of all projects together
)

// ProgressRule says what links do to activities under way.
type ProgressRule uint8

// The rules for progress out of sequence.
const (
	RetainedLogic    ProgressRule = iota // what remains waits for what the links ask
	ProgressOverride                     // what remains goes on at the data date; links into its start no longer hold
)

// Remark is something about a schedule that its reader should know: it was computed, by the rule named, and not passed over in silence.
type Remark struct {
	// Ref is the record that it is about.
	Ref  record.Ref
	Kind RemarkKind
}

// RemarkKind says what a [Remark] is about.
type RemarkKind uint8

// The kinds of remark.
const (
	// Contested: claimants differ, and the word of the one who spoke first counts.
	Contested RemarkKind = iota + 1
	// NotScheduled: the dependency is a precedence, and one of its ends has no dates to order.
	NotScheduled
	// NoDate: a constraint has a date that nobody knows, and binds nothing.
	NoDate
	// LogicBroken: a mandatory date comes before what the links into the activity ask for.
	LogicBroken
	// OutOfSequence: the activity has started before a link into it allowed.
	OutOfSequence
	// AheadOfData: an actual date lies after the data date of the project.
	AheadOfData
	// NoParts: the summary has no parts in the view, so it has no dates, and links to it hold nothing.
	NoParts
	// NoProject: the view leaves out the project, summary or calendar that the activity names.
	NoProject
	// NoDataDate: the activity is under way in a project without a data date; it stands on its actual start, and no link moves that.
	NoDataDate
)

var remarkKinds = []string{"", "contested: the word of the first claimant counts", "a precedence between things that are not scheduled",
	"a constraint whose date nobody knows", "a mandatory date before what the links ask for", "started before a link allowed",
	"an actual date after the data date", "a summary without parts", "its project, summary or calendar is left out",
	"under way without a data date"}

// String says in words what the remark is about.
func (k RemarkKind) String() string {
	if int(k) < len(remarkKinds) {
		return remarkKinds[k]
	}
	return ""
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

// Index returns the position in [Schedule.All] of what is scheduled under a reference, or -1.
func (s *Schedule) Index(ref record.Ref) int {
	if i, ok := s.index[ref]; ok {
		return i
	}
	return -1
}

// Parts returns the positions of what belongs to a summary directly, in order; none for what is no summary or no position.
func (s *Schedule) Parts(i int) []int {
	if i < 0 || i >= len(s.parts) {
		return nil
	}
	parts := make([]int, len(s.parts[i]))
	for k, p := range s.parts[i] {
		parts[k] = int(p)
	}
	return parts
}

// Dated reports whether the plan has a date to begin from. Without one, floats and orders hold and dates are zero.
func (s *Schedule) Dated() bool { return s.dated }

// Finish returns the early finish of the last thing to finish, or the zero Minute of a schedule without dates or of nothing.
func (s *Schedule) Finish() calendar.Minute {
	if !s.dated {
		return 0
	}
	return s.net.whole
}

// FinishOf returns the early finish of a project: of the last of its activities. The empty id stands for what belongs to no project.
func (s *Schedule) FinishOf(id record.ID) calendar.Minute {
	if !s.dated {
		return 0
	}
	for g := range s.projects {
		if s.projects[g].id == id {
			return s.net.finish[g]
		}
	}
	return 0
}

// Remarks returns what the reader of the schedule should know, by the order of the records that they are about: activities, milestones, then links.
func (s *Schedule) Remarks() []Remark { return slices.Clone(s.remarks) }
