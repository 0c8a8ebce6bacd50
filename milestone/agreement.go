package milestone

import (
	"strconv"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Stated is what another program says of the dates of one activity, for comparing. Dates are zero, and floats not recorded, where it
// says nothing.
type Stated struct {
	Activity                record.ID
	EarlyStart, EarlyFinish calendar.Minute
	LateStart, LateFinish   calendar.Minute
	TotalFloat, FreeFloat   record.Value[calendar.Minutes] // working time on the activity's calendar
}

// Compared is a date or a float that another program states and a schedule computes.
type Compared uint8

// What is compared. The list is closed.
const (
	ComparedEarlyStart Compared = iota + 1
	ComparedEarlyFinish
	ComparedLateStart
	ComparedLateFinish
	ComparedTotalFloat
	ComparedFreeFloat
)

var compared = []string{"", "early start", "early finish", "late start", "late finish", "total float", "free float"}

// String returns the field in words, "" for the zero Compared.
func (c Compared) String() string {
	if int(c) < len(compared) {
		return compared[c]
	}
	return ""
}

// Agreement is how far a schedule agrees with what another program states on one field.
type Agreement struct {
	Field Compared
	// Of is how many activities the field is stated of; Exact of them are equal to the minute, and Agree within the tolerance, on the
	// working axis: Friday at 17:00 agrees with Monday at 08:00 where nothing is worked in between.
	Of, Exact, Agree int
}

// String returns "early start: 50 of 51, 47 to the minute".
func (a Agreement) String() string {
	return a.Field.String() + ": " + strconv.Itoa(a.Agree) + " of " + strconv.Itoa(a.Of) + ", " + strconv.Itoa(a.Exact) + " to the minute"
}

// Difference is a field of an activity on which another program and a schedule do not agree.
type Difference struct {
	Activity record.ID
	Field    Compared
	// Stated is what the other says and Scheduled what the schedule does, as texts of [calendar.Minute] or [calendar.Minutes].
	Stated, Scheduled string
	// By is how much later, or longer, the schedule has it, in working time of the activity.
	By calendar.Minutes
}

// String returns "task-12: late finish: 2010-05-19T16:00 stated, 2010-05-20T16:00 scheduled (PT8H)".
func (d Difference) String() string {
	return string(d.Activity) + ": " + d.Field.String() + ": " + d.Stated + " stated, " + d.Scheduled + " scheduled (" + d.By.String() + ")"
}

// Against holds the schedule against what another program states: how far they agree on each field, in the order of the fields, and
// where they differ by more than the tolerance, in the order of the list. Summaries are left out, as is what is not stated, and
// activities that the schedule does not have.
func (s *Schedule) Against(stated []Stated, within calendar.Minutes) ([]Agreement, []Difference) {
	sums := make([]Agreement, ComparedFreeFloat)
	for i := range sums {
		sums[i].Field = Compared(i + 1)
	}
	var differences []Difference
	for i := range stated {
		c := &stated[i]
		t, ok := s.Of(record.Ref{Kind: KindActivity, ID: c.Activity})
		if !ok || t.Type == Summary {
			continue
		}
		note := func(f Compared, equal bool, by calendar.Minutes, stated, scheduled string) {
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
			field             Compared
			stated, scheduled calendar.Minute
		}{{ComparedEarlyStart, c.EarlyStart, t.EarlyStart}, {ComparedEarlyFinish, c.EarlyFinish, t.EarlyFinish},
			{ComparedLateStart, c.LateStart, t.LateStart}, {ComparedLateFinish, c.LateFinish, t.LateFinish}} {
			if x.stated != 0 {
				note(x.field, x.stated == x.scheduled, t.Hours.Between(x.stated, x.scheduled), x.stated.String(), x.scheduled.String())
			}
		}
		for _, x := range []struct {
			field     Compared
			stated    record.Value[calendar.Minutes]
			scheduled calendar.Minutes
		}{{ComparedTotalFloat, c.TotalFloat, t.TotalFloat}, {ComparedFreeFloat, c.FreeFloat, t.FreeFloat}} {
			if v, known := x.stated.Get(); known {
				note(x.field, v == x.scheduled, x.scheduled-v, v.String(), x.scheduled.String())
			}
		}
	}
	return sums, differences
}
