package calendar

import (
	"errors"
	"math/bits"
	"slices"
	"sort"
	"strconv"
	"time"
)

// Workdays is a number of working days.
type Workdays int

// Working knows which days are worked. It is immutable and safe for concurrent use. The zero Working, and a nil *Working, know
// Monday to Friday without any holiday.
//
// Methods take O(log h) time for h exceptions from the week and do not allocate.
type Working struct {
	week  week
	span  Period
	days  []int32 // exceptions: ordinals of days that are not as the week says, ascending
	delta []int32 // delta[i] is how many working days days[:i] add (each extra +1, each holiday -1); len(days)+1 of them
}

// WorkingSpec says what [NewWorking] is made from. The zero WorkingSpec gives Monday to Friday without holidays.
type WorkingSpec struct {
	// Week lists the weekdays that are worked, in any order; none means Monday to Friday.
	Week []time.Weekday
	// Holidays are not worked. Those on a weekday outside Week, and repeated ones, make no difference.
	Holidays []Date
	// Extra days are worked although their weekday is not in Week, as a Saturday before a deadline.
	Extra []Date
	// Span is the period for which Holidays and Extra are complete; zero means always. [Working.Span] passes it on and nothing else uses it.
	Span Period
}

// WorkingError is one fault in a [WorkingSpec].
type WorkingError struct {
	Field  string // "Week", "Holidays" or "Extra"
	Index  int    // position in that field
	Reason string // what is wrong there
}

// Error names the place and the reason.
func (e *WorkingError) Error() string {
	return "calendar: working days: " + e.Field + "[" + strconv.Itoa(e.Index) + "]: " + e.Reason
}

// NewWorking checks spec and returns its calendar; it copies what it keeps. The error joins a [*WorkingError] for every weekday outside Sunday to
// Saturday, every zero Date and every day that is both in Holidays and in Extra.
// It takes O(n log n) time for n days.
func NewWorking(spec WorkingSpec) (*Working, error) {
	var faults []error
	fault := func(field string, i int, reason string) {
		faults = append(faults, &WorkingError{Field: field, Index: i, Reason: reason})
	}
	var mask week
	for i, day := range spec.Week {
		if day < time.Sunday || day > time.Saturday {
			fault("Week", i, "no such weekday")
			continue
		}
		mask |= 1 << day
	}
	holidays := make([]int32, 0, len(spec.Holidays))
	for i, d := range spec.Holidays {
		if d.IsZero() {
			fault("Holidays", i, "unset date")
		}
		holidays = append(holidays, d.n)
	}
	slices.Sort(holidays)
	extra := make([]int32, 0, len(spec.Extra))
	for i, d := range spec.Extra {
		if d.IsZero() {
			fault("Extra", i, "unset date")
			continue
		}
		if _, both := slices.BinarySearch(holidays, d.n); both {
			fault("Extra", i, d.String()+" is a holiday too")
		}
		extra = append(extra, d.n)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return newWorking(mask, holidays, extra, spec.Span), nil
}

func newWorking(mask week, holidays, extra []int32, span Period) *Working {
	w := &Working{week: mask, span: span}
	for _, n := range holidays {
		if w.week.works(n) {
			w.days = append(w.days, n)
		}
	}
	for _, n := range extra {
		if !w.week.works(n) {
			w.days = append(w.days, n)
		}
	}
	slices.Sort(w.days)
	w.days = slices.Clip(slices.Compact(w.days))
	w.delta = make([]int32, len(w.days)+1)
	for i, n := range w.days {
		w.delta[i+1] = w.delta[i] + 1
		if w.week.works(n) {
			w.delta[i+1] = w.delta[i] - 1
		}
	}
	return w
}

// Span returns the period for which the calendar is complete, as its maker stated it; the zero Period means always.
// Outside it the calendar still answers, from the week and from whatever exceptions it has.
func (w *Working) Span() Period {
	if w == nil {
		return Period{}
	}
	return w.span
}

// IsWorking reports whether d is worked. The zero Date is not.
func (w *Working) IsWorking(d Date) bool {
	if d.n == 0 {
		return false
	}
	if w == nil {
		return week(0).works(d.n)
	}
	_, except := slices.BinarySearch(w.days, d.n)
	return w.week.works(d.n) != except
}

// Next returns the first working day after d, or the zero Date where there is none until 9999-12-31 or d is the zero Date.
func (w *Working) Next(d Date) Date {
	if d.n == 0 {
		return Date{}
	}
	return w.nth(w.upTo(d.n) + 1)
}

// Previous returns the last working day before d, or the zero Date where there is none from 0001-01-01 on or d is the zero Date.
func (w *Working) Previous(d Date) Date {
	if d.n == 0 {
		return Date{}
	}
	return w.nth(w.upTo(d.n - 1))
}

// OnOrAfter returns d where it is worked, else the next working day as by [Working.Next].
func (w *Working) OnOrAfter(d Date) Date {
	if d.n == 0 {
		return Date{}
	}
	return w.nth(w.upTo(d.n-1) + 1)
}

// OnOrBefore returns d where it is worked, else the previous working day as by [Working.Previous].
func (w *Working) OnOrBefore(d Date) Date {
	if d.n == 0 {
		return Date{}
	}
	return w.nth(w.upTo(d.n))
}

// Add returns the n-th working day after d, which need not be one itself: from a Saturday, 1 leads to Monday. A negative n counts
// back; 0 gives d unchanged, worked or not. The result is the zero Date where it would leave
// 0001-01-01 to 9999-12-31, and where d is the zero Date.
func (w *Working) Add(d Date, n Workdays) Date {
	switch {
	case d.n == 0 || n > lastOrdinal || n < -lastOrdinal:
		return Date{}
	case n > 0:
		return w.nth(w.upTo(d.n) + int32(n))
	case n < 0:
		return w.nth(w.upTo(d.n-1) + 1 + int32(n))
	}
	return d
}

// Between returns the number of working days from a until b, a included and b excluded; where b comes first it is -Between(b, a).
// So for a working day d, Between(d, Add(d, n)) == n. It returns 0 where either is the zero Date.
func (w *Working) Between(a, b Date) Workdays {
	if a.n == 0 || b.n == 0 {
		return 0
	}
	return Workdays(w.upTo(b.n-1) - w.upTo(a.n-1))
}

// upTo counts the working days with ordinals 1 to n.
func (w *Working) upTo(n int32) int32 {
	if w == nil {
		return week(0).upTo(n)
	}
	i, except := slices.BinarySearch(w.days, n)
	if except {
		i++
	}
	return w.week.upTo(n) + w.deltaAt(i)
}

// nth is the inverse of upTo: the day that is the k-th working day from the first on, or the zero Date.
func (w *Working) nth(k int32) Date {
	if k < 1 {
		return Date{}
	}
	if w == nil {
		return FromOrdinal(week(0).nth(k))
	}
	// The exceptions up to the i-th lie before the day sought; between them and the next one the week alone decides.
	i := sort.Search(len(w.days), func(i int) bool { return w.week.upTo(w.days[i])+w.delta[i+1] >= k })
	n := w.week.nth(k - w.deltaAt(i))
	if i < len(w.days) {
		n = min(n, w.days[i]) // an extra day may itself be the one
	}
	return FromOrdinal(n)
}

func (w *Working) deltaAt(i int) int32 {
	if len(w.delta) == 0 {
		return 0 // the zero Working
	}
	return w.delta[i]
}

// week is the set of weekdays worked, bit 0 for Sunday; empty means Monday to Friday.
type week uint8

const mondayToFriday week = 0b0111110

func (m week) or() week {
	if m == 0 {
		return mondayToFriday
	}
	return m
}

func (m week) works(n int32) bool { return m.or()>>(n%7)&1 == 1 }

// each returns how many days of every week are worked.
func (m week) each() int32 { return int32(bits.OnesCount8(uint8(m.or()))) }

// first returns how many of the first r days of a week that begins on Monday are worked, for r from 0 to 6.
func (m week) first(r int32) int32 { return int32(bits.OnesCount8(uint8(m.or()) & (1<<(r+1) - 2))) }

// upTo counts the days with ordinals 1 to n that the week has as working days; ordinal 1 is a Monday.
func (m week) upTo(n int32) int32 { return n/7*m.each() + m.first(n%7) }

// nth returns the ordinal of the k-th such day, k >= 1. Beyond the calendar the result is merely larger than any day.
func (m week) nth(k int32) int32 {
	each := m.each()
	weeks, rest := (k-1)/each, (k-1)%each+1
	if weeks > lastOrdinal/7 {
		return never
	}
	r := int32(1)
	for r < 7 && m.first(r) < rest {
		r++
	}
	return 7*weeks + r
}
