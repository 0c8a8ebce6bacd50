package scenario

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// DateMove is a milestone or activity with other dates.
type DateMove struct {
	Ref  record.Ref `json:"ref"`
	Name string     `json:"name"`
	// Before and After are nil where that plan does not have it.
	Before *Times `json:"before,omitempty"`
	After  *Times `json:"after,omitempty"`
}

// Times is what a schedule says of one milestone or activity. Dates are zero where the plan has none to begin from.
type Times struct {
	EarlyStart  calendar.Minute `json:"early_start,omitzero"`
	EarlyFinish calendar.Minute `json:"early_finish,omitzero"`
	LateStart   calendar.Minute `json:"late_start,omitzero"`
	LateFinish  calendar.Minute `json:"late_finish,omitzero"`
	// Float is how much later it may finish without moving the end of its project, in working time on its own calendar; negative
	// where it is too late already.
	Float calendar.Minutes `json:"float"`
	// Critical says that it has no float to speak of.
	Critical bool `json:"critical,omitempty"`
	// Due is when it is to be met, which moves no date unless [milestone.ScheduleOptions.DueBinds].
	Due calendar.When `json:"due,omitzero"`
	// Finished is when it was met or finished, zero where it is not.
	Finished calendar.Minute `json:"finished,omitzero"`
}

func timesOf(t *milestone.Timing) *Times {
	return &Times{EarlyStart: t.EarlyStart, EarlyFinish: t.EarlyFinish, LateStart: t.LateStart, LateFinish: t.LateFinish,
		Float: t.TotalFloat, Critical: t.Critical, Due: t.Due, Finished: t.Finished}
}

// schedule compares the two schedules, and keeps them for the simulation.
func (d *Difference) schedule(sides [2]*side, o milestone.ScheduleOptions) {
	for i, s := range sides {
		made, err := s.m.Plan().Schedule(s.at, o)
		if err != nil {
			d.Refused = append(d.Refused, Refusal{What: "dates", After: i == 1, Why: err.Error()})
			continue
		}
		s.schedule = made
	}
	before, after := sides[0].schedule, sides[1].schedule
	if before == nil || after == nil {
		return
	}
	was, is := before.All(), after.All()
	for i := range was {
		t := &was[i]
		x := DateMove{Ref: t.Ref, Before: timesOf(t)}
		if j := after.Index(t.Ref); j >= 0 {
			x.After = timesOf(&is[j])
			if *x.After == *x.Before {
				continue
			}
		}
		d.Dates = append(d.Dates, x)
	}
	for j := range is {
		if before.Index(is[j].Ref) < 0 {
			d.Dates = append(d.Dates, DateMove{Ref: is[j].Ref, After: timesOf(&is[j])})
		}
	}
	for i := range d.Dates {
		d.Dates[i].Name = name(sides, d.Dates[i].Ref)
	}
	slices.SortFunc(d.Dates, func(a, b DateMove) int { return a.Ref.Compare(b.Ref) })
}
