package calendar_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone/calendar"
)

// period makes a Period of two texts, "" for an open end.
func period(from, until string) calendar.Period {
	end := func(s string) (w calendar.When) {
		if s != "" {
			w = calendar.MustParseWhen(s)
		}
		return w
	}
	return calendar.Period{From: end(from), Until: end(until)}
}

func TestCovers(t *testing.T) {
	const no, possibly, certainly = calendar.No, calendar.Possibly, calendar.Certainly
	for _, c := range []struct {
		from, until, day string
		want             calendar.Certainty
	}{
		{"2024-07-05", "2025-01-01", "2024-07-04", no},
		{"2024-07-05", "2025-01-01", "2024-07-05", certainly},
		{"2024-07-05", "2025-01-01", "2024-12-31", certainly},
		{"2024-07-05", "2025-01-01", "2025-01-01", no},
		// a start known to a quarter
		{"2024-Q3", "", "2024-06-30", no},
		{"2024-Q3", "", "2024-07-01", possibly},
		{"2024-Q3", "", "2024-09-29", possibly},
		{"2024-Q3", "", "2024-09-30", certainly},
		// an end known to a year
		{"2024-07-05", "2026", "2025-12-31", certainly},
		{"2024-07-05", "2026", "2026-01-01", possibly},
		{"2024-07-05", "2026", "2026-12-30", possibly},
		{"2024-07-05", "2026", "2026-12-31", no},
		// both within one another
		{"2024", "2024-07-05", "2024-01-01", possibly},
		{"2024", "2024-07-05", "2024-07-04", possibly},
		{"2024", "2024-07-05", "2024-07-05", no},
		// open ends
		{"", "", "0001-01-01", certainly},
		{"", "", "9999-12-31", certainly},
		{"", "2024-07-05", "0001-01-01", certainly},
		{"", "2024-07-05", "2024-07-05", no},
		{"2024-07-05", "", "9999-12-31", certainly},
		// unknown ends are something else
		{"unknown", "2024-07-05", "0001-01-01", possibly},
		{"unknown", "2024-07-05", "2024-07-04", possibly},
		{"unknown", "2024-07-05", "2024-07-05", no},
		{"unknown", "2024-Q3", "2024-09-29", possibly},
		{"unknown", "2024-Q3", "2024-09-30", no},
		{"2024-07-05", "unknown", "2024-07-04", no},
		{"2024-07-05", "unknown", "2024-07-05", possibly},
		{"2024-07-05", "unknown", "9999-12-31", possibly},
		{"unknown", "unknown", "9999-12-31", possibly},
		{"unknown", "", "9999-12-31", possibly},
		{"", "unknown", "0001-01-01", possibly},
		// so are names that nobody resolved
		{"2024-07-05", "end-of-parliament", "2024-07-05", possibly},
		{"end-of-parliament", "2030", "2024-07-05", possibly},
		// inverted: something happened on the earlier day, and that is all one knows
		{"2025-01-01", "2024-07-05", "2024-07-04", no},
		{"2025-01-01", "2024-07-05", "2024-07-05", possibly},
		{"2025-01-01", "2024-07-05", "2024-10-01", possibly},
		{"2025-01-01", "2024-07-05", "9999-12-31", possibly},
		{"2025", "2024-Q3", "2024-06-30", no},
		{"2025", "2024-Q3", "2024-07-01", possibly},
		// empty
		{"2024-07-05", "2024-07-05", "2024-07-04", no},
		{"2024-07-05", "2024-07-05", "2024-07-05", no},
	} {
		assert.Equal(t, c.want, period(c.from, c.until).Covers(calendar.MustParseDate(c.day)), c)
	}
	assert.Equal(t, calendar.Certainty(0), calendar.Period{}.Covers(calendar.Date{}))

	resolved := period("2024-07-05", "end-of-parliament")
	resolved.Until = resolved.Until.Resolve(calendar.On(2028, 1, 1), calendar.On(2029, 8, 15))
	assert.Equal(t, certainly, resolved.Covers(calendar.On(2027, 12, 31)))
	assert.Equal(t, possibly, resolved.Covers(calendar.On(2028, 1, 1)))
	assert.Equal(t, no, resolved.Covers(calendar.On(2029, 8, 15)))
}

func TestOverlaps(t *testing.T) {
	for _, c := range []struct {
		from1, until1, from2, until2 string
		want                         calendar.Certainty
	}{
		{"2024-07-05", "2025-01-01", "2024-12-31", "2026-01-01", calendar.Certainly},
		{"2024-07-05", "2025-01-01", "2025-01-01", "2026-01-01", calendar.No},
		{"2024-07-05", "2025", "2025-06-01", "2026-01-01", calendar.Possibly},
		{"2024-07-05", "2025", "2024-06-01", "2026-01-01", calendar.Certainly},
		{"2024-07-05", "unknown", "2025-01-01", "2026-01-01", calendar.Possibly},
		{"2024-07-05", "unknown", "2023-01-01", "2024-07-05", calendar.No},
		{"", "", "unknown", "", calendar.Possibly},
		{"", "", "", "", calendar.Certainly},
		{"2024-07-05", "2024-07-05", "", "", calendar.No},
		{"2025-01-01", "2024-07-05", "2024-08-01", "2024-09-01", calendar.Possibly},
		{"2025-01-01", "2024-07-05", "2023-08-01", "2024-07-05", calendar.No},
	} {
		p, q := period(c.from1, c.until1), period(c.from2, c.until2)
		assert.Equal(t, c.want, p.Overlaps(q), c)
		assert.Equal(t, c.want, q.Overlaps(p), c)
	}
}

func TestPeriodDays(t *testing.T) {
	for _, c := range []struct {
		from, until string
		days        calendar.Days
		ok          bool
	}{
		{"2024-02-28", "2024-03-01", 2, true},
		{"2024-07-05", "2024-07-05", 0, true},
		{"2024-07-05/2024-07-05", "2024-07-06", 1, true},
		{"2024-07-05", "2024-07-04", 0, false},
		{"2024-07-05", "", 0, false},
		{"", "2024-07-05", 0, false},
		{"2024-07-05", "2025", 0, false},
		{"2024-07-05", "unknown", 0, false},
		{"", "", 0, false},
	} {
		days, ok := period(c.from, c.until).Days()
		assert.Equal(t, c.days, days, c)
		assert.Equal(t, c.ok, ok, c)
	}
}

func TestPeriodCheck(t *testing.T) {
	day := func(s string) calendar.When { return calendar.OnDay(calendar.MustParseDate(s)) }
	for _, c := range []struct {
		period calendar.Period
		want   []calendar.PeriodFault
		first  string
	}{
		{period("2024-07-05", "2025"), nil, ""},
		{period("", ""), nil, ""},
		{period("unknown", "unknown"), nil, ""},
		{period("2024", "2024-07-05"), nil, ""},
		{period("2024-07-05", "2024-07-04"), []calendar.PeriodFault{calendar.InvertedPeriod},
			"calendar: period ends on 2024-07-04, before it starts on 2024-07-05"},
		{period("2025", "2024"), []calendar.PeriodFault{calendar.InvertedPeriod},
			"calendar: period ends on 2024, before it starts on 2025"},
		{period("2024-07-05", "2024-07-05"), []calendar.PeriodFault{calendar.EmptyPeriod},
			"calendar: period starts and ends on 2024-07-05 and covers no day"},
		{calendar.Period{From: day("2024-07-05"), Until: day("9999-12-31")}, []calendar.PeriodFault{calendar.SentinelUntil},
			"calendar: end 9999-12-31 is a sentinel, not a day; leave an open end out, write unknown for one that is not known"},
		{calendar.Period{From: day("9999-12-31"), Until: day("0001-01-01")},
			[]calendar.PeriodFault{calendar.SentinelFrom, calendar.SentinelUntil, calendar.InvertedPeriod},
			"calendar: start 9999-12-31 is a sentinel, not a day; leave an open start out, write unknown for one that is not known"},
		{calendar.Period{From: calendar.MustParseWhen("x").Resolve(calendar.On(8999, 1, 1), calendar.On(9000, 1, 1))},
			[]calendar.PeriodFault{calendar.SentinelFrom},
			"calendar: start x is a sentinel, not a day; leave an open start out, write unknown for one that is not known"},
	} {
		err := c.period.Check()
		if len(c.want) == 0 {
			assert.NoError(t, err, c.period)
			continue
		}
		first, ok := errors.AsType[*calendar.PeriodError](err)
		require.True(t, ok, c.period)
		assert.EqualError(t, first, c.first)
		var got []calendar.PeriodFault
		for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
			fault, ok := errors.AsType[*calendar.PeriodError](e)
			require.True(t, ok)
			assert.Equal(t, c.period, fault.Period)
			got = append(got, fault.Fault)
		}
		assert.Equal(t, c.want, got)
	}
}

// TestClosedSets holds the texts of the enums, the refusal of others, and that the zero value is the empty text.
func TestClosedSets(t *testing.T) {
	type value interface {
		String() string
		AppendText([]byte) ([]byte, error)
		MarshalText() ([]byte, error)
	}
	for _, c := range []struct {
		typ    string
		of     func(uint8) value
		parse  func([]byte) (value, error)
		values []string
	}{
		{"certainty", func(i uint8) value { return calendar.Certainty(i) },
			func(b []byte) (value, error) { c := calendar.Certainty(77); err := c.UnmarshalText(b); return c, err },
			[]string{"", "no", "possibly", "certainly"}},
		{"period fault", func(i uint8) value { return calendar.PeriodFault(i) },
			func(b []byte) (value, error) { f := calendar.PeriodFault(77); err := f.UnmarshalText(b); return f, err },
			[]string{"", "inverted", "empty", "sentinel-from", "sentinel-until"}},
		{"division", func(i uint8) value { return calendar.Division(i) },
			func(b []byte) (value, error) { d := calendar.Division(77); err := d.UnmarshalText(b); return d, err },
			[]string{"", "england-and-wales", "scotland", "northern-ireland"}},
	} {
		for i, text := range c.values {
			v := c.of(uint8(i))
			assert.Equal(t, text, v.String())
			out, err := v.MarshalText()
			require.NoError(t, err)
			assert.Equal(t, text, string(out))
			back, err := c.parse(out)
			require.NoError(t, err)
			assert.Equal(t, v, back)
		}
		bad := c.of(99)
		assert.Equal(t, c.typ+"(99)", bad.String())
		b, err := bad.AppendText([]byte("x"))
		assert.Equal(t, "x", string(b))
		e, ok := errors.AsType[*calendar.NameError](err)
		require.True(t, ok)
		assert.Equal(t, calendar.NameError{Type: c.typ, Text: c.typ + "(99)", Accepted: c.values[1:]}, *e)
		kept, err := c.parse([]byte("No"))
		assert.Equal(t, c.of(77), kept, "an error must leave the value alone")
		e, ok = errors.AsType[*calendar.NameError](err)
		require.True(t, ok)
		e.Accepted[0] = "mutated"
		assert.NotEqual(t, "mutated", c.of(1).String())
	}
	_, err := calendar.ParseDivision("wales")
	assert.EqualError(t, err, `calendar: unknown division "wales"; accepted: england-and-wales, scotland, northern-ireland`)
	_, err = calendar.ParseDivision("")
	assert.EqualError(t, err, `calendar: unknown division ""; accepted: england-and-wales, scotland, northern-ireland`)
	div, err := calendar.ParseDivision("northern-ireland")
	require.NoError(t, err)
	assert.Equal(t, calendar.NorthernIreland, div)
}

// end makes an end of a period of three bytes: of every kind, within 50 days of base.
func end(kind, at, length byte) calendar.When {
	first := base.Add(calendar.Days(at % 40))
	last := first.Add(calendar.Days(length % 10))
	switch kind % 6 {
	case 0:
		return calendar.When{}
	case 1:
		return calendar.OnDay(first)
	case 2:
		return calendar.MustParseWhen("unknown")
	case 3:
		return calendar.MustParseWhen("some-day")
	case 4:
		return calendar.MustParseWhen("some-day").Resolve(first, last)
	}
	return calendar.MustParseWhen(first.String() + "/" + last.String())
}

var base = calendar.On(2024, 2, 1)

// worlds returns every day on which an end may have been, as the days around base and, for an end that is open or unknown, one day
// before all of them and one after. Day 0 stands for "never began" or "never ended" in the direction that the caller knows.
func worlds(w calendar.When, open calendar.Date) []calendar.Date {
	if w.IsZero() {
		return []calendar.Date{open}
	}
	first, last := w.Earliest(), w.Latest()
	if !w.IsResolved() {
		first, last = base.Add(-10), base.Add(70)
	}
	var days []calendar.Date
	for d := first; !d.After(last); d = d.Add(1) {
		days = append(days, d)
	}
	return days
}

// slowCovers tries all pairs of ends that the texts allow.
func slowCovers(p calendar.Period, d calendar.Date) calendar.Certainty {
	if p.Inverted() {
		if d.Before(p.Until.Earliest()) {
			return calendar.No
		}
		return calendar.Possibly
	}
	in, out := false, false
	for _, from := range worlds(p.From, firstDay) {
		for _, until := range worlds(p.Until, lastDay) {
			if !d.Before(from) && d.Before(until) {
				in = true
			} else {
				out = true
			}
		}
	}
	switch {
	case in && out:
		return calendar.Possibly
	case in:
		return calendar.Certainly
	}
	return calendar.No
}

// FuzzPeriod holds Covers against every pair of ends, and Overlaps against Covers day by day.
func FuzzPeriod(f *testing.F) {
	f.Add([]byte{1, 5, 0, 1, 9, 0, 5, 7, 3, 0, 0, 0})
	f.Add([]byte{1, 9, 0, 1, 5, 0, 2, 7, 3, 4, 1, 9})
	f.Add([]byte{5, 1, 9, 5, 3, 9, 3, 0, 0, 2, 0, 0})
	f.Add([]byte{0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) < 12 {
			return
		}
		p := calendar.Period{From: end(b[0], b[1], b[2]), Until: end(b[3], b[4], b[5])}
		q := calendar.Period{From: end(b[6], b[7], b[8]), Until: end(b[9], b[10], b[11])}
		overlap := calendar.No
		covered := calendar.Days(0)
		for d := base.Add(-5); d.Before(base.Add(60)); d = d.Add(1) {
			cp, cq := p.Covers(d), q.Covers(d)
			if want := slowCovers(p, d); cp != want {
				t.Fatalf("%v until %v covers %v: %v, want %v", p.From, p.Until, d, cp, want)
			}
			overlap = max(overlap, min(cp, cq))
			if cp == calendar.Certainly {
				covered++
			}
		}
		if got := p.Overlaps(q); got != overlap || q.Overlaps(p) != got {
			t.Fatalf("%v overlaps %v: %v, want %v", p, q, got, overlap)
		}
		if days, ok := p.Days(); ok && days != covered {
			t.Fatalf("%v has %v days, want %v", p, days, covered)
		}
		if (p.Check() == nil) != !(p.Inverted() || p.Empty()) {
			t.Fatalf("%v: %v", p, p.Check())
		}
		if p.Empty() && (covered > 0 || p.Overlaps(calendar.Period{}) != calendar.No) {
			t.Fatalf("%v is empty and covers a day", p)
		}
	})
}
