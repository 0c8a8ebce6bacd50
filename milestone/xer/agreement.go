package xer

import (
	"strconv"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// Field is a date or a float that a file states and a schedule computes.
type Field uint8

// The fields that are compared. The list is closed.
const (
	EarlyStart Field = iota + 1
	EarlyFinish
	LateStart
	LateFinish
	TotalFloat
	FreeFloat
)

var fields = []string{"", "early start", "early finish", "late start", "late finish", "total float", "free float"}

// String returns the field in words, "" for the zero Field.
func (f Field) String() string {
	if int(f) < len(fields) {
		return fields[f]
	}
	return ""
}

// Agreement is how far a schedule agrees with the file on one field.
type Agreement struct {
	Field Field
	// Of is how many activities the file states the field of; Exact of them are equal to the minute, and Agree within the tolerance, on the
	// working axis: Friday at 17:00 agrees with Monday at 08:00 where nothing is worked in between.
	Of, Exact, Agree int
}

// String returns "early start: 50 of 51, 47 to the minute".
func (a Agreement) String() string {
	return a.Field.String() + ": " + strconv.Itoa(a.Agree) + " of " + strconv.Itoa(a.Of) + ", " + strconv.Itoa(a.Exact) + " to the minute"
}

// Difference is a field of an activity on which the file and a schedule do not agree.
type Difference struct {
	Activity record.ID
	Field    Field
	// Stated is what the file says and Scheduled what the schedule does, as texts of [calendar.Minute] or [calendar.Minutes].
	Stated, Scheduled string
	// By is how much later, or longer, the schedule has it, in working time of the activity.
	By calendar.Minutes
}

// String returns "task-12: late finish: 2010-05-19T16:00 in the file, 2010-05-20T16:00 scheduled (PT8H)".
func (d Difference) String() string {
	return string(d.Activity) + ": " + d.Field.String() + ": " + d.Stated + " in the file, " + d.Scheduled + " scheduled (" + d.By.String() + ")"
}

// Against holds a schedule of the imported records against the dates that the file states: how far they agree on each field, in the order of
// the fields, and where they differ by more than the tolerance, in the order of the file. Summaries are left out, as are fields that
// the file does not state, activities that have finished, which have no early and late dates any more, and those that the schedule does not have.
func (p *Import) Against(s *milestone.Schedule, within calendar.Minutes) ([]Agreement, []Difference) {
	sums := make([]Agreement, FreeFloat)
	for i := range sums {
		sums[i].Field = Field(i + 1)
	}
	var differences []Difference
	for i := range p.Computed {
		c := &p.Computed[i]
		t, ok := s.Of(record.Ref{Kind: milestone.KindActivity, ID: c.Activity})
		if !ok || t.Type == milestone.Summary || t.Finished != 0 {
			continue
		}
		note := func(f Field, equal bool, by calendar.Minutes, stated, scheduled string) {
			a := &sums[f-1]
			a.Of++
			if equal {
				a.Exact++
			}
			if by <= within && -by <= within {
				a.Agree++
				return
			}
			differences = append(differences, Difference{c.Activity, f, stated, scheduled, by})
		}
		for _, x := range []struct {
			field             Field
			stated, scheduled calendar.Minute
		}{{EarlyStart, c.EarlyStart, t.EarlyStart}, {EarlyFinish, c.EarlyFinish, t.EarlyFinish},
			{LateStart, c.LateStart, t.LateStart}, {LateFinish, c.LateFinish, t.LateFinish}} {
			if x.stated != 0 {
				note(x.field, x.stated == x.scheduled, t.Hours.Between(x.stated, x.scheduled), x.stated.String(), x.scheduled.String())
			}
		}
		for _, x := range []struct {
			field     Field
			stated    record.Value[calendar.Minutes]
			scheduled calendar.Minutes
		}{{TotalFloat, c.TotalFloat, t.TotalFloat}, {FreeFloat, c.FreeFloat, t.FreeFloat}} {
			if v, known := x.stated.Get(); known {
				note(x.field, v == x.scheduled, x.scheduled-v, v.String(), x.scheduled.String())
			}
		}
	}
	return sums, differences
}
