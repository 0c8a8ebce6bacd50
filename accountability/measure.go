package accountability

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The measures of this package are for learning about arrangements: how long a post stands empty, how often it changes
// hands, how a decision rule spreads power. None is about the worth of a person, none sorts anything by its result, and
// what is not known is counted as not known. Each cites its formula. All are pure functions; the methods of [Register] only
// gather what they take.

// Spell is a stretch of days in which one party held one post.
type Spell struct {
	// Party is empty where the holder is not named.
	Party record.ID
	// From is the first day. Zero means that no start is stated.
	From calendar.Date
	// Until is the first day on which the post was no longer held. Zero means that no end has come, as far as is known.
	Until calendar.Date
	// Possible says that the records allow the stretch and do not settle it: a date is rough, or contradicts another.
	Possible bool
}

// within is how many days of the spell lie in [from, until). Both bounds must be set.
func (s Spell) within(from, until calendar.Date) calendar.Days {
	if !s.From.IsZero() && s.From.After(from) {
		from = s.From
	}
	if !s.Until.IsZero() && s.Until.Before(until) {
		until = s.Until
	}
	return max(0, until.Sub(from))
}

// Spells returns every stretch for which a post was held, as known at an instant, those that the records leave open too. A
// zero instant is the view's own. Stretches come in the order of their first days, those without a start first, and equal
// ones in the order of the Spec. With v versions of holdings of the post it takes time proportional to v².
func (r *Register) Spells(post record.ID, known time.Time) []Spell {
	days := r.turns(post)
	if len(days) == 0 {
		days = []calendar.Date{calendar.On(2000, 1, 1)} // nothing is dated: any day shows how the post stands
	}
	return runs(days, func(day calendar.Date) []presence {
		holders, _ := r.Holders(post, record.Moment{On: day, Known: known})
		list := make([]presence, len(holders))
		for i, h := range holders {
			list[i] = presence{h.Holding.Fact(), h.Party, h.On != calendar.Certainly}
		}
		return list
	})
}

// presence is one party that a fact has in a place on a day.
type presence struct {
	fact, party record.ID
	possible    bool
}

// runs joins what is there on days, ascending, before the first of which nothing changes, to stretches. What is there on the
// first day has no start.
func runs(days []calendar.Date, there func(calendar.Date) []presence) []Spell {
	var spells []Spell
	open := make(map[presence]int) // which spell has the run reached
	for i, day := range days {
		list := there(day)
		reached := make(map[presence]int, len(list))
		for _, k := range list {
			n, ok := open[k]
			if !ok {
				s := Spell{Party: k.party, From: day, Possible: k.possible}
				if i == 0 {
					s.From = calendar.Date{}
				}
				n = len(spells)
				spells = append(spells, s)
			}
			reached[k] = n
		}
		for k, n := range open {
			if _, ok := reached[k]; !ok {
				spells[n].Until = day
			}
		}
		open = reached
	}
	return spells
}

// turns returns the days on which the answer to who holds a post may change, ascending, and before them one day on which
// nothing has happened yet.
func (r *Register) turns(post record.ID) []calendar.Date {
	var days []calendar.Date
	add := func(w calendar.When) {
		if w.IsResolved() {
			days = append(days, w.Earliest(), w.Latest(), w.Latest().Add(1))
		}
	}
	for id := range r.byPost.factsOf(r.party(post)) {
		for _, h := range r.holdings.Versions(id) {
			add(h.From)
			add(h.Until)
			if at, ok := r.holdings.KnownSince(h.ID); ok && h.Verb > record.Assert {
				add(calendar.OnDay(calendar.Of(at))) // a change without a start counts from the day of its record
			}
		}
	}
	slices.SortFunc(days, calendar.Date.Compare)
	days = slices.Compact(days)
	if len(days) > 0 {
		days = slices.Insert(days, 0, days[0].Add(-1))
	}
	return days
}

// SeatCover says how the days of the seats of a post were filled over a window. Its numbers are seat-days: one seat on one day.
// SeatDays = Covered + Unknown + Vacant.
type SeatCover struct {
	SeatDays calendar.Days
	// Covered are those with a holder, Over the holder-days beyond the seats there are.
	Covered, Over calendar.Days
	// Unknown are those that may have had a holder, and those before anything is recorded of the post.
	Unknown calendar.Days
	Vacant  calendar.Days
}

// VacancyShare is Vacant over SeatDays, from 0 to 1; NaN for an empty window.
func (c SeatCover) VacancyShare() float64 { return share(float64(c.Vacant), float64(c.SeatDays)) }

func share(part, whole float64) float64 {
	if whole == 0 {
		return math.NaN()
	}
	return part / whole
}

// SeatCoverOf counts what a window leaves covered and vacant: vacant are seats × days less the days covered, counted seat by seat (the vacancy rate
// of labour statistics, over time instead of at a date). The window is [from, until); a post without a stated number of
// seats has one, so seats below 1 count as 1. A window without days gives the zero SeatCover. O(n log n) in the spells.
func SeatCoverOf(spells []Spell, seats int, from, until calendar.Date) SeatCover {
	if from.IsZero() || !from.Before(until) {
		return SeatCover{}
	}
	seats = max(1, seats)
	type turn struct {
		day            calendar.Date
		sure, possible int
	}
	turns := []turn{{day: from}, {day: until}}
	first := until
	for _, s := range spells {
		if s.From.IsZero() || s.From.Before(first) {
			first = s.From // zero, where nothing is before it
		}
		if s.within(from, until) == 0 {
			continue
		}
		a, b := from, until
		if s.From.After(from) {
			a = s.From
		}
		if !s.Until.IsZero() && s.Until.Before(until) {
			b = s.Until
		}
		t := turn{day: a, sure: 1}
		if s.Possible {
			t.sure, t.possible = 0, 1
		}
		turns = append(turns, t, turn{b, -t.sure, -t.possible})
	}
	if first.After(from) && first.Before(until) {
		turns = append(turns, turn{day: first})
	}
	slices.SortStableFunc(turns, func(a, b turn) int { return a.day.Compare(b.day) })
	var c SeatCover
	sure, possible := 0, 0
	for i, t := range turns[:len(turns)-1] {
		sure, possible = sure+t.sure, possible+t.possible
		days := turns[i+1].day.Sub(t.day)
		if days == 0 {
			continue
		}
		covered := min(sure, seats)
		unknown := min(possible, seats-covered)
		if t.day.Before(first) {
			unknown = seats - covered
		}
		c.SeatDays += days * calendar.Days(seats)
		c.Covered += days * calendar.Days(covered)
		c.Over += days * calendar.Days(sure-covered)
		c.Unknown += days * calendar.Days(unknown)
		c.Vacant += days * calendar.Days(seats-covered-unknown)
	}
	return c
}

// DaysOfYear is the mean length of a year in days, by which rates per year are reckoned.
const DaysOfYear = 365.25

// Churn is how often a seat changes hands in a year: spells in the window less seats, over seats × years (separations over
// mean headcount, the turnover rate of personnel statistics, without the first holders). Spells that are only possible do
// not count; seats below 1 count as 1. 0 where nothing changes; NaN for a window without days or without a spell.
func Churn(spells []Spell, seats int, from, until calendar.Date) float64 {
	if from.IsZero() || !from.Before(until) {
		return math.NaN()
	}
	seats = max(1, seats)
	n := 0
	for _, s := range spells {
		if !s.Possible && s.within(from, until) > 0 {
			n++
		}
	}
	if n == 0 {
		return math.NaN()
	}
	return float64(max(0, n-seats)) / (float64(seats) * float64(until.Sub(from)) / DaysOfYear)
}

// Continuity is how the days of a post in a window lie with few holders or many: the concentration of person-days, whose
// HHI is 1 where one holder had them all, and whose Effective is the number of equal holders that would give the same HHI.
// Spells of one party count together; those that are only possible or whose party is not named not at all. The zero Spread where there are no days.
func Continuity(spells []Spell, from, until calendar.Date) Spread {
	days := make(map[record.ID]int)
	var at []float64
	for _, s := range spells {
		d := float64(0)
		if s.Party != "" && !s.Possible && !from.IsZero() && from.Before(until) {
			d = float64(s.within(from, until))
		}
		if d == 0 {
			continue
		}
		n, ok := days[s.Party]
		if !ok {
			n = len(at)
			days[s.Party] = n
			at = append(at, 0)
		}
		at[n] += d
	}
	spread, err := SpreadOf(at)
	if err != nil {
		return Spread{}
	}
	return spread
}

// SoleShare is the share of subjects that had just one holder over their life, given how many each had: 4 of 73 major
// projects kept one senior responsible owner (National Audit Office, 2015). Counts below 1 are left out; NaN where none is
// left.
func SoleShare(holders []int) float64 {
	sole, all := 0, 0
	for _, n := range holders {
		if n == 1 {
			sole++
		}
		if n >= 1 {
			all++
		}
	}
	return share(float64(sole), float64(all))
}

// A MeasureError says that an input of a measure is outside its bounds.
type MeasureError struct {
	// Measure is the name of the function or type, and Member what of its input is wrong.
	Measure, Member string
	// Index is the place in a list, or -1.
	Index int
	Cause string
}

// Error reads "vote: weights[2]: below nought".
func (e *MeasureError) Error() string {
	if e.Index < 0 {
		return e.Measure + ": " + e.Member + ": " + e.Cause
	}
	return fmt.Sprintf("%s: %s[%d]: %s", e.Measure, e.Member, e.Index, e.Cause)
}

// A TooLargeError says that an exact answer would take more work than a measure takes on. Nothing is sampled instead.
type TooLargeError struct {
	Measure string
	// What is counted: "members", "steps".
	What       string
	Size, Most int
}

// Error names the size and the most that is taken on.
func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%s: %d %s are too many for an exact answer: %d are the most", e.Measure, e.Size, e.What, e.Most)
}

// median of values in ascending order; the mean of the middle two where their number is even; NaN without any.
func median[T cmp.Ordered](sorted []T, number func(T) float64) float64 {
	n := len(sorted)
	if n == 0 {
		return math.NaN()
	}
	return (number(sorted[n/2]) + number(sorted[(n-1)/2])) / 2
}
