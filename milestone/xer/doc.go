// Package xer reads the XER files of Primavera P6 as records of a plan.
//
// [Read] returns the records, the dates that the file itself states, so that a schedule can be held against them
// ([Import.Against]), and two lists: what was read otherwise than it was written, and what was left out. What a calendar, a
// constraint, an option or an activity does that [milestone.Schedule] does not model is a fault with its line, unless
// [Options.LeaveOut] asks for the import all the same.
//
// Several projects in one file become several projects in one plan. The nodes of the work breakdown structure become
// summaries. Work not yet started lasts what remains of it, as Primavera schedules it.
//
// The package is not for resources, costs, codes, steps or baselines: they are left out, and listed. It writes nothing.
package xer

import (
	"io"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
)

// Options say how a file is read. The zero Options read strictly, within the default limits.
type Options struct {
	// Prefix goes before every id, with a hyphen, so that several files can stand in one plan. Empty means none.
	Prefix record.ID
	// Source is what the records rest on; where it has an id, every record names it, and its place in the file.
	Source record.Source
	// LeaveOut imports a file although the schedule does not model all of it, and lists under [Import.Lost] what that is.
	LeaveOut bool
	// Limits bound what a hostile file can cost.
	Limits Limits
}

// Limits bound what is read. A zero field means its default; what lies beyond is a fault with a [*LimitError].
type Limits struct {
	Bytes  int64 // of the file; 512 MiB. The file is held in memory
	Rows   int   // of the tables that are read, all together; 10,000,000
	Days   int   // exceptions in all calendars together, inherited ones counted again; 500,000
	Depth  int   // of parentheses in the text of a calendar; 32
	Faults int   // reported; reading stops after so many; 1,000
}

func (l Limits) orDefault() Limits {
	pick := func(v *int, most int) {
		if *v <= 0 {
			*v = most
		}
	}
	if l.Bytes <= 0 {
		l.Bytes = 512 << 20
	}
	pick(&l.Rows, 10_000_000)
	pick(&l.Days, 500_000)
	pick(&l.Depth, 32)
	pick(&l.Faults, 1000)
	return l
}

// Import is what a file says.
type Import struct {
	// Spec holds the projects of the file, the calendars that they and their activities are worked by, the nodes of the work
	// breakdown structure that hold activities, the activities in the order of the file, and the links.
	Spec milestone.Spec
	// Computed are the dates that the file states, one for each row of TASK that Spec has, in the order of the file.
	Computed []Computed
	// Schedule is how the file says that it is scheduled: pass it to [milestone.Plan.Schedule] to get its dates and floats. Where the
	// projects of a file differ, it is as the first has it.
	Schedule milestone.ScheduleOptions
	// Version is the version that the first line states, such as "6.0.0".
	Version string
	// Repaired is what was read otherwise than it was written, with the same effect on dates.
	Repaired []Note
	// Lost is what was left out: what no schedule depends on and, with [Options.LeaveOut], what it does depend on.
	Lost []Note
}

// Computed is what the file says of the dates of one activity. Dates are zero, and floats not recorded, where the file has none,
// as for activities that are complete.
type Computed struct {
	// Stated are dates of what remains: of an activity under way, its early start is where the rest may begin.
	milestone.Stated
	// Driving says whether the activity lies on the longest path.
	Driving record.Value[bool]
}

// Read reads a file. The error is [Faults]: everything that is wrong with the file, in the order of its lines, each
// with its line, its table, row and column, and what it is; then there is no Import. Reading takes time and memory linear in the file.
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
