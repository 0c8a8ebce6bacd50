package calendar_test

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone/calendar"
)

func TestWorkingUK(t *testing.T) {
	day := calendar.MustParseDate
	uk := calendar.UK(calendar.EnglandAndWales)
	assert.Equal(t, "2024-12-27", uk.Next(day("2024-12-24")).String())
	assert.Equal(t, "2024-12-24", uk.Previous(day("2024-12-27")).String())
	assert.Equal(t, "2024-12-27", uk.OnOrAfter(day("2024-12-25")).String())
	assert.Equal(t, "2024-12-24", uk.OnOrBefore(day("2024-12-26")).String())
	assert.Equal(t, "2024-12-24", uk.OnOrAfter(day("2024-12-24")).String())
	assert.Equal(t, "2025-01-02", uk.Add(day("2024-12-24"), 4).String())
	assert.Equal(t, "2024-12-24", uk.Add(day("2025-01-02"), -4).String())
	assert.Equal(t, "2024-12-25", uk.Add(day("2024-12-25"), 0).String())
	assert.Equal(t, calendar.Workdays(253), uk.Between(day("2025-01-01"), day("2026-01-01")))
	assert.Equal(t, calendar.Workdays(-253), uk.Between(day("2026-01-01"), day("2025-01-01")))
	// Freedom of Information Act 2000, section 10: the twentieth working day following the date of receipt, here a Sunday before Christmas.
	assert.Equal(t, "2025-01-22", uk.Add(day("2024-12-22"), 20).String())
}

func TestZeroWorking(t *testing.T) {
	for _, w := range []*calendar.Working{nil, {}} {
		assert.Equal(t, calendar.Period{}, w.Span())
		assert.True(t, w.IsWorking(calendar.On(2024, 12, 25)))
		assert.False(t, w.IsWorking(calendar.On(2024, 12, 28)))
		assert.False(t, w.IsWorking(calendar.Date{}))
		assert.Equal(t, calendar.On(2024, 12, 30), w.Next(calendar.On(2024, 12, 27)))
		assert.Equal(t, calendar.On(2024, 12, 27), w.Previous(calendar.On(2024, 12, 30)))
		assert.Equal(t, calendar.On(2025, 12, 26), w.Add(calendar.On(2024, 12, 27), 260))
		assert.Equal(t, calendar.Workdays(262), w.Between(calendar.On(2024, 1, 1), calendar.On(2025, 1, 1)))

		var zero calendar.Date
		for _, d := range []calendar.Date{w.Next(zero), w.Previous(zero), w.OnOrAfter(zero), w.OnOrBefore(zero), w.Add(zero, 5)} {
			assert.Equal(t, zero, d)
		}
		assert.Equal(t, calendar.Workdays(0), w.Between(zero, lastDay)+w.Between(firstDay, zero))

		// The calendar begins on a Monday and ends on a Friday.
		assert.Equal(t, zero, w.Next(lastDay))
		assert.Equal(t, zero, w.Previous(firstDay))
		assert.Equal(t, lastDay, w.OnOrAfter(lastDay))
		assert.Equal(t, firstDay, w.OnOrBefore(firstDay))
		all := w.Between(firstDay, lastDay)
		assert.Equal(t, lastDay, w.Add(firstDay, all))
		assert.Equal(t, firstDay, w.Add(lastDay, -all))
		for _, n := range []calendar.Workdays{all + 1, 4000000, math.MaxInt32, math.MaxInt} {
			assert.Equal(t, zero, w.Add(firstDay, n), n)
			assert.Equal(t, zero, w.Add(lastDay, -n), n)
		}
		assert.Equal(t, zero, w.Add(lastDay, math.MinInt))
	}
}

func TestNewWorkingFaults(t *testing.T) {
	day := calendar.On(2024, 7, 5)
	w, err := calendar.NewWorking(calendar.WorkingSpec{
		Week:     []time.Weekday{time.Monday, 7, -1},
		Holidays: []calendar.Date{day, {}},
		Extra:    []calendar.Date{{}, day},
	})
	assert.Nil(t, w)
	assert.EqualError(t, err, `calendar: working days: Week[1]: no such weekday
calendar: working days: Week[2]: no such weekday
calendar: working days: Holidays[1]: unset date
calendar: working days: Extra[0]: unset date
calendar: working days: Extra[1]: 2024-07-05 is a holiday too`)
	first, ok := errors.AsType[*calendar.WorkingError](err)
	require.True(t, ok)
	assert.Equal(t, calendar.WorkingError{Field: "Week", Index: 1, Reason: "no such weekday"}, *first)
}

func TestNewWorkingCopies(t *testing.T) {
	spec := calendar.WorkingSpec{
		Week:     []time.Weekday{time.Monday},
		Holidays: []calendar.Date{calendar.On(2024, 7, 15), calendar.On(2024, 7, 8)},
		Extra:    []calendar.Date{calendar.On(2024, 7, 5)},
	}
	w, err := calendar.NewWorking(spec)
	require.NoError(t, err)
	assert.Equal(t, calendar.On(2024, 7, 15), spec.Holidays[0], "the caller's slice is left as it was")
	spec.Week[0], spec.Holidays[0], spec.Extra[0] = time.Sunday, calendar.Date{}, calendar.Date{}
	assert.Equal(t, []bool{true, false, false, true}, []bool{
		w.IsWorking(calendar.On(2024, 7, 5)), w.IsWorking(calendar.On(2024, 7, 8)),
		w.IsWorking(calendar.On(2024, 7, 15)), w.IsWorking(calendar.On(2024, 7, 22)),
	})
}

// stepper answers by looking at one day after another.
type stepper func(calendar.Date) bool

func (works stepper) add(d calendar.Date, n int) calendar.Date {
	step := calendar.Days(1)
	if n < 0 {
		step, n = -1, -n
	}
	for ; n > 0 && !d.IsZero(); n-- {
		for d = d.Add(step); !d.IsZero() && !works(d); d = d.Add(step) {
		}
	}
	return d
}

func (works stepper) between(a, b calendar.Date) (n calendar.Workdays) {
	if b.Before(a) {
		return -works.between(b, a)
	}
	for ; a.Before(b); a = a.Add(1) {
		if works(a) {
			n++
		}
	}
	return n
}

// FuzzWorking holds the arithmetic against steps of one day, in the middle of the calendar and at both its ends.
func FuzzWorking(f *testing.F) {
	f.Add(byte(0), byte(0), int8(5), []byte{3, 4, 5, 200, 7})
	f.Add(byte(1), byte(1), int8(-9), []byte{0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
	f.Add(byte(0b1000000), byte(2), int8(100), []byte{255, 254, 133})
	f.Add(byte(127), byte(1), int8(-100), []byte{1, 2, 129})
	f.Fuzz(func(t *testing.T, week, where byte, n int8, exceptions []byte) {
		origin := []calendar.Date{base, lastDay.Add(-70), firstDay}[where%3]
		var spec calendar.WorkingSpec
		worked := map[time.Weekday]bool{}
		for day := time.Sunday; day <= time.Saturday; day++ {
			if week>>day&1 == 1 {
				spec.Week = append(spec.Week, day)
				worked[day] = true
			}
		}
		if len(spec.Week) == 0 {
			worked = map[time.Weekday]bool{time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Thursday: true, time.Friday: true}
		}
		// The low bits of an exception say how far it is from the one before; the top bit makes it an extra day.
		for i, at := 0, origin; i < len(exceptions) && i < 64; i++ {
			at = at.Add(calendar.Days(exceptions[i] % 16))
			switch {
			case at.IsZero():
			case exceptions[i] < 128:
				spec.Holidays = append(spec.Holidays, at)
			case !slices.Contains(spec.Holidays, at):
				spec.Extra = append(spec.Extra, at)
			}
			if i+1 < len(exceptions) && exceptions[i+1]%16 == 0 && slices.Contains(spec.Extra, at) {
				break // the next one would be a holiday on the same day
			}
		}
		slices.Reverse(spec.Holidays)
		w, err := calendar.NewWorking(spec)
		require.NoError(t, err)
		works := stepper(func(d calendar.Date) bool {
			return slices.Contains(spec.Extra, d) || worked[d.Weekday()] && !slices.Contains(spec.Holidays, d)
		})
		for i := calendar.Days(-2); i < 75; i++ {
			d := origin.Add(i)
			if d.IsZero() {
				continue
			}
			require.Equal(t, works(d), w.IsWorking(d), d)
			require.Equal(t, works.add(d, 1), w.Next(d), "next of %v", d)
			require.Equal(t, works.add(d, -1), w.Previous(d), "previous of %v", d)
			if works(d) {
				require.Equal(t, d, w.OnOrAfter(d))
				require.Equal(t, d, w.OnOrBefore(d))
			} else {
				require.Equal(t, works.add(d, 1), w.OnOrAfter(d))
				require.Equal(t, works.add(d, -1), w.OnOrBefore(d))
			}
			if i%9 != 0 {
				continue
			}
			e := w.Add(d, calendar.Workdays(n))
			require.Equal(t, works.add(d, int(n)), e, "%v and %d", d, n)
			require.Equal(t, works.between(origin, d), w.Between(origin, d))
			require.Equal(t, works.between(d, origin), w.Between(d, origin))
			if !e.IsZero() && works(d) {
				require.Equal(t, calendar.Workdays(n), w.Between(d, e))
			}
		}
	})
}

func TestWorkingAllocations(t *testing.T) {
	uk := calendar.UK(calendar.Scotland)
	d := calendar.On(2024, 7, 5)
	var sum calendar.Workdays
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if uk.IsWorking(d) {
			sum += uk.Between(d, uk.Add(uk.Next(uk.Previous(d)), 100))
		}
	}))
	assert.Equal(t, calendar.Workdays(101*100), sum, "one warm-up run and a hundred")
}
