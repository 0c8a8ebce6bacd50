// Package mspdi reads and writes the XML files of Microsoft Project (2003 to 2021, "MSPDI") as records of a plan.
//
// [Read] returns the records, the dates that the file itself states, so that a schedule can be held against them
// ([Import.Against]), and two lists: what was read otherwise than it was written, and what was left out. What a calendar, a
// constraint or a task does that [milestone.Schedule] does not model is a fault with its line, unless [Options.LeaveOut]
// asks for the import all the same. [Write] writes records back; what it writes reads back to the same records.
//
// The package is not for resources, costs, baselines or formatting: they are left out, and listed.
//
// Microsoft Project keeps no data date: work that is not done stays where the links put it, also in the past. So no
// [milestone.Project] has one, unless [Options.FromStatusDate] asks for it; without one, a task under way takes all of its time from its
// actual start on, and what remains of it is not read. A lag passes on the calendar of the successor.
package mspdi

import (
	"io"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// Options say how a file is read. The zero Options read strictly, within the default limits.
type Options struct {
	// Prefix goes before every id, with a hyphen, so that several files can stand in one plan. Empty means none.
	Prefix record.ID
	// Source is what the records rest on; where it has an id, every record names it, and its place in the file.
	Source record.Source
	// LeaveOut imports a file although the schedule does not model all of it, and lists under [Import.Lost] what that is.
	LeaveOut bool
	// FromStatusDate makes the file's status date the data date of the project, as "reschedule uncompleted work" does: the dates of what
	// is not done then differ from those in the file. Without it nothing is moved.
	FromStatusDate bool
	// Limits bound what a hostile file can cost.
	Limits Limits
}

// Limits bound what is read. A zero field means its default; what lies beyond is a fault with a [*LimitError].
type Limits struct {
	Bytes  int64 // of the file; 1 GiB
	Depth  int   // of elements in one another; 64
	Tasks  int   // and as many resources, assignments and calendars each; 1,000,000
	Links  int   // those on summaries counted once for each pair of parts; 5,000,000
	Days   int   // stretches of days in all calendars together, recurring exceptions spelled out; 500,000
	Faults int   // reported; reading stops after so many; 1,000
}

func (l Limits) orDefault() Limits {
	pick := func(v *int, most int) {
		if *v <= 0 {
			*v = most
		}
	}
	if l.Bytes <= 0 {
		l.Bytes = 1 << 30
	}
	pick(&l.Depth, 64)
	pick(&l.Tasks, 1_000_000)
	pick(&l.Links, 5_000_000)
	pick(&l.Days, 500_000)
	pick(&l.Faults, 1000)
	return l
}

// Import is what a file says.
type Import struct {
	// Spec holds one project, the base calendars and those that tasks are worked by, the tasks in the order of the file, and the links.
	Spec milestone.Spec
	// Computed are the dates that the file states, one for each activity of Spec, in the same order.
	Computed []Computed
	// Schedule is how Microsoft Project schedules: pass it to [milestone.Plan.Schedule] to get its dates and floats.
	Schedule milestone.ScheduleOptions
	// StatusDate is up to when progress is recorded; zero where the file has none.
	StatusDate calendar.Minute
	// SaveVersion is the file's own: 12 is Project 2007, 14 is 2010 and later. 0 is not stated, as in 2003.
	SaveVersion int
	// Repaired is what was read otherwise than it was written, with the same effect on dates.
	Repaired []Note
	// Lost is what was left out: what no schedule depends on and, with [Options.LeaveOut], what it does depend on.
	Lost []Note
}

// Computed is what the file says of the dates of one activity. Dates are zero, and floats not recorded, where the file has none.
type Computed struct {
	milestone.Stated
	Start, Finish           calendar.Minute // as scheduled
	StartFloat, FinishFloat record.Value[calendar.Minutes]
	Critical                record.Value[bool]
}

// Read reads a file. The error is [Faults]: everything that is wrong with the file, in the order of its lines, each
// with its line, its path and what it is; then there is no Import. Reading takes time and memory linear in the file.
func Read(r io.Reader, options Options) (*Import, error) {
	in := newReader(options)
	in.decode(r)
	if len(in.faults) == 0 {
		in.build()
	}
	if err := in.faults.sorted().Err(); err != nil {
		return nil, err
	}
	in.out.Repaired, in.out.Lost = sortedNotes(in.out.Repaired), sortedNotes(in.out.Lost)
	return &in.out, nil
}
