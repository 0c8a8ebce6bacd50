package record

import (
	"slices"
	"time"

	"github.com/missionled/missionled/milestone/calendar"
)

// View says which records count and from where one looks. The zero View leaves nothing out, has no day, and knows all
// that was ever recorded.
type View struct {
	// On is the day that questions are about unless they carry their own. Without it, a question that needs a day
	// cannot be answered.
	On calendar.Date
	// Known is the instant as of which the records are read: what was recorded later is not yet known. Zero is now, in
	// the sense that everything recorded counts.
	Known time.Time
	// Without lists the grades to leave out.
	Without []Grade
	// Audience is who the answers are for: records for a narrower audience are left out. Zero leaves none out.
	Audience Audience
}

// Removal says why a [View] leaves a record out.
type Removal uint8

// Why a record is left out. The zero Removal means that it counts.
const (
	ByGrade    Removal = iota + 1 // its grade is among those left out
	ByAudience                    // it is for a narrower audience
)

var removals = []string{"", "grade left out", "for a narrower audience"}

// String says in words why a record is left out, and "" where it counts.
func (r Removal) String() string { return enumText(removals, r) }

// Removes reports whether, and why, the view leaves the record out.
func (v *View) Removes(r *Record) Removal {
	switch {
	case len(v.Without) > 0 && slices.Contains(v.Without, r.Grade):
		return ByGrade
	case v.Audience != 0 && r.Audience > v.Audience:
		return ByAudience
	}
	return 0
}

// Holder is a pointer to a record type: the constraint of what is generic over kinds of record.
type Holder[T any] interface {
	*T
	// Base returns the part that all records share; a type has it by embedding [Record].
	Base() *Record
}

// Select returns the records that count in the view, in their order, and how many are left out for each reason, indexed
// by [Removal]; index 0 counts those kept. The result is an array of its own; what the records themselves point to is
// shared.
func Select[T any, P Holder[T]](v *View, records []T) (kept []T, removed [3]int) {
	kept = make([]T, 0, len(records))
	for i := range records {
		why := v.Removes(P(&records[i]).Base())
		removed[why]++
		if why == 0 {
			kept = append(kept, records[i])
		}
	}
	return kept, removed
}

// Moment is the day and the instant of one question. A zero member stands for the view's own.
type Moment struct {
	On    calendar.Date
	Known time.Time
}

// At fills in what a question leaves open with the view's own day and instant.
func (v *View) At(m Moment) Moment {
	if m.On.IsZero() {
		m.On = v.On
	}
	if m.Known.IsZero() {
		m.Known = v.Known
	}
	return m
}
