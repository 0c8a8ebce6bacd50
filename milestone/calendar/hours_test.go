package calendar_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone/calendar"
)

func shifts(texts ...string) []calendar.Shift {
	var all []calendar.Shift
	for _, text := range texts {
		var s calendar.Shift
		if err := s.UnmarshalText([]byte(text)); err != nil {
			panic(err)
		}
		all = append(all, s)
	}
	return all
}

func at(s string) calendar.Minute {
	m, err := calendar.ParseMinute(s)
	if err != nil {
		panic(err)
	}
	return m
}

func office(t testing.TB, except ...calendar.Exception) *calendar.Hours {
	t.Helper()
	h, err := calendar.NewHours(calendar.HoursSpec{Week: calendar.Weekdays(shifts("09:00-12:00", "13:00-17:00")...), Except: except})
	require.NoError(t, err)
	return h
}

func TestHours(t *testing.T) {
	h := office(t, calendar.Exception{From: calendar.On(2028, 1, 5)}, calendar.Exception{From: calendar.On(2028, 1, 8), Week: calendar.EveryDay(shifts("10:00-11:00")...)})
	for _, c := range []struct {
		from string
		n    calendar.Minutes
		want string
	}{
		{"2028-01-03T09:00", 0, "2028-01-03T09:00"},
		{"2028-01-03T09:00", 3 * calendar.Hour, "2028-01-03T12:00"}, // the end of the shift, not the begin of the next
		{"2028-01-03T09:00", 3*calendar.Hour + 1, "2028-01-03T13:01"},
		{"2028-01-03T12:30", 7 * calendar.Hour, "2028-01-04T12:00"},
		{"2028-01-03T00:00", 21 * calendar.Hour, "2028-01-06T17:00"}, // Wednesday off
		{"2028-01-06T17:00", 8 * calendar.Hour, "2028-01-08T11:00"},  // Saturday morning worked
		{"2028-01-08T11:00", 1, "2028-01-10T09:01"},                  // then Monday
		{"2028-01-04T09:00", -1, "2028-01-03T16:59"},                 // back
		{"2028-01-04T09:00", -7 * calendar.Hour, "2028-01-03T09:00"}, // to the begin of a shift
		{"2028-01-06T09:00", -7 * calendar.Hour, "2028-01-04T09:00"}, // over the day off
		{"9999-12-31T17:00", 1, ""}, {"0001-01-01T09:00", -1, ""}, {"", 5, ""}, {"2028-01-03T09:00", 1 << 60, ""}, {"2028-01-03T09:00", -1 << 60, ""},
	} {
		var m calendar.Minute
		require.NoError(t, m.UnmarshalText([]byte(c.from)))
		assert.Equal(t, c.want, h.After(m, c.n).String(), "%s %s", c.from, c.n)
	}
	assert.Equal(t, "2028-01-03T13:00", h.Next(at("2028-01-03T12:00")).String())
	assert.Equal(t, "2028-01-03T12:00", h.Last(at("2028-01-03T13:00")).String())
	assert.Equal(t, "2028-01-03T14:15", h.Next(at("2028-01-03T14:15")).String())
	assert.Equal(t, "2028-01-03T14:15", h.Last(at("2028-01-03T14:15")).String())
	assert.Equal(t, "2028-01-04T17:00", h.Last(at("2028-01-06T09:00")).String())
	assert.Equal(t, 7*calendar.Hour, h.Between(at("2028-01-04T17:00"), at("2028-01-07T00:00")))
	assert.Equal(t, -7*calendar.Hour, h.Between(at("2028-01-07T00:00"), at("2028-01-04T17:00")))
	assert.Zero(t, h.Between(0, at("2028-01-04T17:00")))
	assert.Zero(t, h.Last(at("0001-01-01T09:00")), "nothing is worked before it")
	assert.Equal(t, []bool{false, true, true, false, false}, []bool{h.IsWorking(at("2028-01-03T08:59")), h.IsWorking(at("2028-01-03T09:00")),
		h.IsWorking(at("2028-01-03T11:59")), h.IsWorking(at("2028-01-03T12:00")), h.IsWorking(0)})
}

func TestRoundTheClock(t *testing.T) {
	var none *calendar.Hours
	for _, h := range []*calendar.Hours{none, {}} {
		m := at("2028-02-29T23:59")
		assert.Equal(t, at("2028-03-01T00:01"), h.After(m, 2))
		assert.Equal(t, at("2028-02-29T00:00"), h.After(at("2028-03-01T00:00"), -calendar.Day))
		assert.Equal(t, []calendar.Minute{m, m}, []calendar.Minute{h.Next(m), h.Last(m)})
		assert.Equal(t, calendar.Day, h.Between(at("2028-02-28T06:00"), at("2028-02-29T06:00")))
		assert.True(t, h.IsWorking(m))
		assert.False(t, h.IsWorking(0))
		assert.Equal(t, []calendar.Minute{0, 0, 0}, []calendar.Minute{h.Starts(-1), h.Ends(-1), h.After(at("9999-12-31T23:59"), 1)})
		assert.Equal(t, []calendar.Minute{1, 1}, []calendar.Minute{h.Starts(0), h.Ends(0)})
		assert.Equal(t, []calendar.Minute{0, 0}, []calendar.Minute{h.Next(0), h.Last(0)})
	}
}

func TestNewHoursFaults(t *testing.T) {
	_, err := calendar.NewHours(calendar.HoursSpec{})
	assert.ErrorIs(t, err, calendar.ErrNoHours)
	backwards := calendar.Shift{From: 600, Until: 540}
	_, err = calendar.NewHours(calendar.HoursSpec{
		Week:   calendar.Shifts{Monday: []calendar.Shift{backwards}, Sunday: append(shifts("09:00-12:00"), shifts("11:00-13:00")...), Friday: []calendar.Shift{{From: 0, Until: 1441}}},
		Except: []calendar.Exception{{}, {From: calendar.On(2028, 1, 2), Until: calendar.On(2028, 1, 2)}, {From: calendar.On(2028, 1, 2), Week: calendar.EveryDay(calendar.Shift{From: -5, Until: 5})}},
	})
	joined, ok := err.(interface{ Unwrap() []error })
	require.True(t, ok)
	var said []string
	for _, err := range joined.Unwrap() {
		e, ok := errors.AsType[*calendar.HoursError](err)
		require.True(t, ok)
		said = append(said, e.Error())
	}
	assert.Equal(t, []string{
		`calendar: working time: Week, Monday: the shift "10:00-09:00" does not end after it begins within one day; split it at midnight`,
		`calendar: working time: Week, Friday: the shift "00:00-no time of day" does not end after it begins within one day; split it at midnight`,
		`calendar: working time: Week, Sunday: the shift "11:00-13:00" begins before the one before it has ended`,
		`calendar: working time: Except[0]: its days "" until "" are none`,
		`calendar: working time: Except[1]: its days "2028-01-02" until "2028-01-02" are none`,
	}, said[:5])
	assert.Len(t, said, 12)
}

func TestNewHoursCopies(t *testing.T) {
	week := calendar.Weekdays(shifts("09:00-17:00")...)
	h, err := calendar.NewHours(calendar.HoursSpec{Week: week})
	require.NoError(t, err)
	week.Monday[0].Until = 600
	assert.Equal(t, at("2028-01-03T17:00"), h.After(at("2028-01-03T09:00"), 8*calendar.Hour))
}

// TestWorkEnds has a calendar on which the last stretch is not worked at all.
func TestWorkEnds(t *testing.T) {
	h := office(t, calendar.Exception{From: calendar.On(2028, 1, 4), Until: calendar.On(9999, 12, 31)}, calendar.Exception{From: calendar.On(9999, 12, 31)})
	last := at("2028-01-03T17:00")
	assert.Equal(t, last, h.After(at("2028-01-03T09:00"), 7*calendar.Hour))
	assert.Equal(t, []calendar.Minute{0, 0, last, last}, []calendar.Minute{h.After(last, 1), h.Next(last), h.Last(last), h.Last(at("9000-01-01T00:00"))})
	assert.Equal(t, h.Worked(last), h.Worked(at("9999-12-31T23:59")))
}

// randomHours makes a calendar with exceptions that overlap, some without work, all within 60 days from the first one.
func randomHours(r *rand.Rand, first calendar.Date) calendar.HoursSpec {
	day := func() []calendar.Shift {
		var list []calendar.Shift
		from := calendar.Clock(r.IntN(600))
		for range r.IntN(4) {
			until := min(1440, from+1+calendar.Clock(r.IntN(500)))
			if from >= until {
				break
			}
			list = append(list, calendar.Shift{From: from, Until: until})
			from = until + calendar.Clock(r.IntN(2)*r.IntN(300))
		}
		return list
	}
	week := func() calendar.Shifts {
		return calendar.Shifts{Monday: day(), Tuesday: day(), Wednesday: day(), Thursday: day(), Friday: day(), Saturday: day(), Sunday: day()}
	}
	spec := calendar.HoursSpec{Week: week()}
	for spec.Week.IsZero() {
		spec.Week = week()
	}
	for range r.IntN(8) {
		x := calendar.Exception{From: first.Add(calendar.Days(r.IntN(60)))}
		if r.IntN(2) == 0 {
			x.Until = x.From.Add(calendar.Days(1 + r.IntN(20)))
		}
		if r.IntN(2) == 0 {
			x.Week = week()
		}
		spec.Except = append(spec.Except, x)
	}
	return spec
}

// worked says of one minute whether it is worked, by going through the spec: the slow and obvious way.
func worked(spec calendar.HoursSpec, m calendar.Minute) bool {
	day, week := m.Date(), spec.Week
	for _, x := range spec.Except {
		until := x.Until
		if until.IsZero() {
			until = x.From.Add(1)
		}
		if !day.Before(x.From) && day.Before(until) {
			week = x.Week
		}
	}
	for _, s := range week.On(day.Weekday()) {
		if m.Clock() >= s.From && m.Clock() < s.Until {
			return true
		}
	}
	return false
}

func againstMinutes(t *testing.T, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 1))
	first := calendar.On(2028, 1, 1).Add(calendar.Days(r.IntN(3000)))
	spec := randomHours(r, first)
	h, err := calendar.NewHours(spec)
	require.NoError(t, err)
	from, until := first.Add(-8).At(0), first.Add(70).At(0)
	base := h.Worked(from)
	n := calendar.Minutes(0)   // worked since from
	starts, ends := from, from // where the n-th minute goes on, and where it was reached
	for !worked(spec, starts) {
		starts++
	}
	for m := from; m < until; m++ {
		if h.Worked(m) != base+n {
			require.Equal(t, base+n, h.Worked(m), "seed %d, worked before %s", seed, m)
		}
		is := worked(spec, m)
		if is != h.IsWorking(m) {
			require.Equal(t, is, h.IsWorking(m), "seed %d, %s", seed, m)
		}
		next := starts
		if is {
			next = m
		}
		if next >= m && next < until && h.Next(m) != next {
			require.Equal(t, next, h.Next(m), "seed %d, next from %s", seed, m)
		}
		if n > 0 && h.Last(m) != ends {
			require.Equal(t, ends, h.Last(m), "seed %d, last before %s", seed, m)
		}
		if !is {
			continue
		}
		if n > 0 && h.Ends(base+n) != ends || h.Starts(base+n) != m {
			require.Equal(t, []calendar.Minute{m, ends}, []calendar.Minute{h.Starts(base + n), h.Ends(base + n)}, "seed %d, point %d", seed, n)
		}
		n++
		ends = m + 1
		for starts = m + 1; starts < until && !worked(spec, starts); starts++ {
		}
	}
	for range 200 { // what is far apart
		a := calendar.Minute(1 + r.Int64N(int64(at("9999-12-31T23:59"))))
		w := h.Worked(a)
		if s := h.Starts(w); s != 0 {
			require.Equal(t, w, h.Worked(s), "seed %d", seed)
			require.GreaterOrEqual(t, s, a)
		}
		if e := h.Ends(w); e != 0 && w > 0 {
			require.Equal(t, w, h.Worked(e), "seed %d", seed)
			require.LessOrEqual(t, e, a)
		}
	}
}

func TestHoursMinuteByMinute(t *testing.T) {
	for seed := range uint64(40) {
		againstMinutes(t, seed)
	}
}

func FuzzHours(f *testing.F) {
	f.Add(uint64(1))
	f.Add(uint64(99))
	f.Fuzz(againstMinutes)
}

func TestHoursAllocations(t *testing.T) {
	h := office(t, calendar.DaysOff(calendar.EnglandAndWales, calendar.Date{})...)
	m := at("2028-05-02T10:00")
	assert.Zero(t, testing.AllocsPerRun(100, func() { h.Last(h.Next(h.After(m, h.Between(m, h.After(m, 9999))))) }))
}

// TestDaysOffAndWorkdays holds working time against working days: on a calendar of eight hours a day they differ by that factor.
func TestDaysOffAndWorkdays(t *testing.T) {
	for _, div := range []calendar.Division{calendar.EnglandAndWales, calendar.Scotland, calendar.NorthernIreland} {
		for _, known := range []calendar.Date{{}, calendar.On(2022, 9, 9), calendar.On(2022, 9, 12)} {
			h, err := calendar.NewHours(calendar.HoursSpec{Week: calendar.Weekdays(shifts("09:00-17:00")...), Except: calendar.DaysOff(div, known)})
			require.NoError(t, err)
			w := calendar.UKKnown(div, known)
			for d := calendar.On(2018, 12, 1); d.Before(calendar.On(2032, 1, 1)); d = d.Add(1) {
				require.Equal(t, w.IsWorking(d), h.IsWorking(d.At(600)), "%s %s", div, d)
			}
		}
	}
	assert.Empty(t, calendar.DaysOff(0, calendar.Date{}))
}

func TestMinuteText(t *testing.T) {
	for _, text := range []string{"", "0001-01-01T00:00", "2028-03-31T17:05", "9999-12-31T23:59"} {
		var m calendar.Minute
		require.NoError(t, m.UnmarshalText([]byte(text)))
		b, err := m.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, text, string(b))
		assert.Equal(t, text == "", m.IsZero())
	}
	var m calendar.Minute
	require.NoError(t, m.UnmarshalText([]byte("2028-03-31T24:00")))
	assert.Equal(t, "2028-04-01T00:00", m.String(), "the end of a day is the begin of the next")
	require.NoError(t, m.UnmarshalText([]byte("2028-03-31T17:00:00")))
	for _, text := range []string{"2028-03-31", "2028-03-31 17:00", "2028-02-30T10:00", "2028-03-31T24:01", "2028-03-31T17:60", "2028-03-31T17:00:30", "2028-03-31T17:00Z", "2028-03-31T1:000", "9999-12-31T24:00x"} {
		_, ok := errors.AsType[*calendar.MinuteError](m.UnmarshalText([]byte(text)))
		assert.True(t, ok, text)
		_, err := calendar.ParseMinute(text)
		assert.Error(t, err, text)
	}
	_, err := calendar.ParseMinute("")
	assert.EqualError(t, err, `calendar: "" is no minute; write 2028-03-31T17:00`)
	_, err = calendar.ParseMinute("9999-12-31T24:00")
	assert.Error(t, err, "there is no such minute")
}

func TestMinuteArithmetic(t *testing.T) {
	m := at("2028-02-28T23:00")
	assert.Equal(t, at("2028-02-29T01:00"), m.Add(2*calendar.Hour))
	assert.Equal(t, 2*calendar.Hour, m.Add(2*calendar.Hour).Sub(m))
	assert.Equal(t, []calendar.Minute{0, 0, 0, 0, 0}, []calendar.Minute{calendar.Minute(0).Add(1), at("9999-12-31T23:59").Add(1), at("0001-01-01T00:00").Add(-1), m.Add(1 << 62), m.Add(-1 << 62)})
	assert.Zero(t, m.Sub(0))
	for text, want := range map[string]string{"2028-03-01T00:00": "2028-02-29 24:00", "2028-03-01T00:01": "2028-03-01 00:01", "0001-01-01T00:00": "0001-01-01 00:00"} {
		d, c := at(text).Ended()
		assert.Equal(t, want, d.String()+" "+c.String())
	}
	assert.Equal(t, calendar.Date{}, calendar.Minute(-4).Date())
	assert.Equal(t, calendar.Clock(0), calendar.Minute(-4).Clock())
	assert.Zero(t, calendar.On(2028, 1, 1).At(1441))
	assert.Zero(t, calendar.On(2028, 1, 1).At(-1))
	assert.Zero(t, calendar.Date{}.At(0))
	assert.Equal(t, at("2028-01-02T00:00"), calendar.On(2028, 1, 1).At(1440))
	assert.Zero(t, calendar.On(9999, 12, 31).At(1440), "beyond the last minute")
	assert.Equal(t, at("2028-07-01T14:30"), calendar.MinuteOf(time.Date(2028, 7, 1, 14, 30, 59, 0, time.FixedZone("", 3600))))
}

func TestMinutesText(t *testing.T) {
	for text, want := range map[string]calendar.Minutes{"PT0H": 0, "PT7H30M": 450, "PT45M": 45, "-PT8H": -480, "PT100H1M": 6001} {
		var n calendar.Minutes
		require.NoError(t, n.UnmarshalText([]byte(text)))
		assert.Equal(t, want, n)
		assert.Equal(t, text, n.String())
		assert.Equal(t, want == 0, n.IsZero())
	}
	for text, want := range map[string]calendar.Minutes{"": 0, "PT80H0M0S": 4800, "+PT1M": 1, "PT0S": 0, "PT90M": 90} {
		var n calendar.Minutes
		require.NoError(t, n.UnmarshalText([]byte(text)))
		assert.Equal(t, want, n, text)
	}
	for _, text := range []string{"P1D", "PT", "PT5", "7H", "PT5M3H", "PT5H3H", "PT1S", "PT1.5H", "PTH", "PT9999999999999H", "--PT1H", "PT-1H", "PT1H "} {
		_, err := calendar.ParseMinutes(text)
		_, ok := errors.AsType[*calendar.MinuteError](err)
		assert.True(t, ok, text)
	}
	assert.Equal(t, "-PT153722867280912930H8M", calendar.Minutes(-1<<63).String())
	_, err := calendar.ParseMinutes("")
	assert.Error(t, err)
}

func TestClockAndShiftText(t *testing.T) {
	for _, text := range []string{"00:00", "09:30", "24:00"} {
		var c calendar.Clock
		require.NoError(t, c.UnmarshalText([]byte(text)))
		assert.Equal(t, text, c.String())
	}
	var c calendar.Clock
	require.NoError(t, c.UnmarshalText(nil))
	for _, text := range []string{"24:01", "9:30", "09:60", "0930", "-1:30"} {
		assert.Error(t, c.UnmarshalText([]byte(text)), text)
	}
	for _, bad := range []calendar.Clock{-1, 1441} {
		_, err := bad.MarshalText()
		assert.EqualError(t, err, map[calendar.Clock]string{-1: `calendar: "-1 minutes" is no time of day; write 00:00 to 24:00`, 1441: `calendar: "1441 minutes" is no time of day; write 00:00 to 24:00`}[bad])
		_, err = calendar.Shift{From: bad}.MarshalText()
		assert.Error(t, err)
	}
	var s calendar.Shift
	for _, text := range []string{"", "09:00", "09:00–17:00", "09:00-25:00", "9:00-17:00"} {
		assert.Error(t, s.UnmarshalText([]byte(text)), text)
	}
	spec := calendar.HoursSpec{Week: calendar.Weekdays(shifts("09:00-12:00", "13:00-17:30")...), Except: []calendar.Exception{{From: calendar.On(2028, 12, 27), Until: calendar.On(2029, 1, 2)}}}
	b, err := json.Marshal(spec)
	require.NoError(t, err)
	var back calendar.HoursSpec
	require.NoError(t, json.Unmarshal(b, &back))
	assert.Equal(t, spec, back)
	assert.False(t, spec.Week.IsZero())
	assert.True(t, spec.Except[0].Week.IsZero())
	assert.Nil(t, spec.Week.On(time.Weekday(9)))
}

func FuzzMinutesText(f *testing.F) {
	f.Add("PT7H30M", int64(450))
	f.Add("-PT0M", int64(-1))
	f.Add("2028-03-31T17:00", int64(1<<40))
	f.Fuzz(func(t *testing.T, text string, n int64) {
		if v, err := calendar.ParseMinutes(text); err == nil {
			again, err := calendar.ParseMinutes(v.String())
			require.NoError(t, err)
			require.Equal(t, v, again)
		}
		if m, err := calendar.ParseMinute(text); err == nil {
			again, err := calendar.ParseMinute(m.String())
			require.NoError(t, err)
			require.Equal(t, m, again)
		}
		if n > -1<<50 && n < 1<<50 {
			v, err := calendar.ParseMinutes(calendar.Minutes(n).String())
			require.NoError(t, err)
			require.Equal(t, calendar.Minutes(n), v)
		}
	})
}
