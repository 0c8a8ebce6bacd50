package calendar_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone/calendar"
)

func TestParseWhen(t *testing.T) {
	for _, c := range []struct{ text, earliest, latest string }{
		{"2024-07-05", "2024-07-05", "2024-07-05"},
		{"0002-01-01", "0002-01-01", "0002-01-01"},
		{"8999-12-31", "8999-12-31", "8999-12-31"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2023-02", "2023-02-01", "2023-02-28"},
		{"2024-12", "2024-12-01", "2024-12-31"},
		{"2024-Q1", "2024-01-01", "2024-03-31"},
		{"2024-Q3", "2024-07-01", "2024-09-30"},
		{"2024-Q4", "2024-10-01", "2024-12-31"},
		{"2024", "2024-01-01", "2024-12-31"},
		{"FY2024-25", "2024-04-01", "2025-03-31"},
		{"FY1999-00", "1999-04-01", "2000-03-31"},
		{"FY2024-25-Q1", "2024-04-01", "2024-06-30"},
		{"FY2024-25-Q3", "2024-10-01", "2024-12-31"},
		{"FY2023-24-Q4", "2024-01-01", "2024-03-31"},
		{"SY2027-28", "2027-09-01", "2028-08-31"},
		{"2024-07-05/2024-08-01", "2024-07-05", "2024-08-01"},
		{"2024-07-05/2024-07-05", "2024-07-05", "2024-07-05"},
		{"unknown", "", ""},
		{"end-of-parliament", "", ""},
		{"a", "", ""},
		{"day-1-2-x9", "", ""},
		{"unknown-day", "", ""},
		{"quarter-end", "", ""},
		{"q", "", ""},
		{"fya", "", ""},
		{strings.Repeat("a", 128), "", ""},
	} {
		w, err := calendar.ParseWhen(c.text)
		require.NoError(t, err, c.text)
		assert.Equal(t, c.text, w.String())
		assert.Equal(t, c.earliest, w.Earliest().String(), c.text)
		assert.Equal(t, c.latest, w.Latest().String(), c.text)
		assert.False(t, w.IsZero())
		assert.Equal(t, c.text == "unknown", w.IsUnknown())
		assert.Equal(t, c.earliest == "" && c.text != "unknown", w.IsNamed(), c.text)
		assert.Equal(t, c.earliest != "", w.IsResolved())
		assert.Equal(t, c.earliest != "" && c.earliest == c.latest, w.IsExact())

		var u calendar.When
		require.NoError(t, u.UnmarshalText([]byte(c.text)))
		assert.Equal(t, w, u)
		text, err := w.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, c.text, string(text))
	}
}

// TestRefused holds the whole advice: what is wrong, and what to write instead, in this order.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		text, reason string
		instead      []string
	}{
		{"", "empty", nil},
		{"   ", "empty", nil},
		{strings.Repeat("a", 129), "too long", nil},
		{"01/02/2025", "the year comes first, then month and day", []string{"2025-02-01", "2025-01-02"}},
		{"13/02/2025", "the year comes first, then month and day", []string{"2025-02-13"}},
		{"02.02.2025", "the year comes first, then month and day", []string{"2025-02-02"}},
		{"12/11/10", "the year comes first and has four digits", nil},
		{"2025-13-01", "month 13 is not 01 to 12", []string{"2025-01-13"}},
		{"2025-00-10", "month 00 is not 01 to 12", nil},
		{"2025-02-30", "February 2025 has days 01 to 28", []string{"2025-02-28", "2025-02"}},
		{"2023-02-29", "February 2023 has days 01 to 28", []string{"2023-02-28", "2023-02"}},
		{"2024-7-5", "a day is written with hyphens and two digits", []string{"2024-07-05"}},
		{"2024/07/05", "a day is written with hyphens and two digits", []string{"2024-07-05"}},
		{"20240705", "a day is written with hyphens and two digits", []string{"2024-07-05"}},
		{"2024-07-05T00:00:00Z", "a day has no time of day", []string{"2024-07-05"}},
		{"2024-07-05 12:30", "a day has no time of day", []string{"2024-07-05"}},
		{" 2024-07-05", "a space or a dash of another kind", []string{"2024-07-05"}},
		{"FY2024–25", "a space or a dash of another kind", []string{"FY2024-25"}},
		{"1 March 2025", "the month is written as a number, the year first", []string{"2025-03-01"}},
		{"March 1st, 2025", "the month is written as a number, the year first", []string{"2025-03-01"}},
		{"Sept 2025", "the month is written as a number, the year first", []string{"2025-09"}},
		{"30 February 2025", "February 2025 has days 01 to 28", nil},
		{"March", "the year with its four digits is missing", nil},
		{"1 2 March 2025", "the month is written as a number, the year first", nil},
		{"7/2024", "a month is written with the year first and two digits", []string{"2024-07"}},
		{"2024-13", "month 13 is not 01 to 12", nil},
		{"Q3 2024", "the quarter stands behind the year, calendar or financial", []string{"2024-Q3", "FY2024-25-Q3"}},
		{"2024Q3", "the quarter stands behind the year, calendar or financial", []string{"2024-Q3", "FY2024-25-Q3"}},
		{"q3-2024", "the quarter stands behind the year, calendar or financial", []string{"2024-Q3", "FY2024-25-Q3"}},
		{"2024-Q5", "quarter 5 is not 1 to 4", nil},
		{"Q1 2024/25", "the quarter stands behind the financial year", []string{"FY2024-25-Q1"}},
		{"FY2024 Q1", "a financial year names both its years", []string{"FY2024-25-Q1"}},
		{"SY2024-25-Q1", "a school year has no quarters", []string{"SY2024-25"}},
		{"H2 2024", "half a year is written as an interval", []string{"2024-07-01/2024-12-31"}},
		{"2024/25", "a year that runs into the next is a financial or a school year", []string{"FY2024-25", "SY2024-25"}},
		{"2024-25", "a year that runs into the next is a financial or a school year", []string{"FY2024-25", "SY2024-25"}},
		{"fy2024-25", "a year that runs into the next is a financial or a school year", []string{"FY2024-25"}},
		{"sy24/25", "a year that runs into the next is a financial or a school year", []string{"SY2024-25"}},
		{"2024/2025", "two years are no financial year", []string{"FY2024-25", "SY2024-25", "2024-01-01/2025-12-31"}},
		{"FY2024-26", "the year after 2024 is 2025", []string{"FY2024-25", "FY2025-26"}},
		{"SY2024-24", "the year after 2024 is 2025", []string{"SY2024-25", "SY2023-24"}},
		{"FY2024", "both years are named", []string{"FY2024-25", "FY2023-24"}},
		{"2024-08-01/2024-07-05", "the interval ends before it starts", []string{"2024-07-05/2024-08-01"}},
		{"2024-07/2024-09", "an interval is written with its first and last day", []string{"2024-07-01/2024-09-30"}},
		{"2024-07-05/..", "an interval has a first and a last day; an open end is left out", []string{"2024-07-05"}},
		{"2024-07-05/2024-08-32", "August 2024 has days 01 to 31", nil},
		{"2024-07-05/9999-12-31", "year 9999 is a sentinel, not a date: an open end is left out, an end that nobody knows is unknown", nil},
		{"9999-12-31", "year 9999 is a sentinel, not a date: an open end is left out, an end that nobody knows is unknown", []string{"unknown"}},
		{"9000", "year 9000 is a sentinel, not a date: an open end is left out, an end that nobody knows is unknown", []string{"unknown"}},
		{"0001-01-01", "year 0001 is a sentinel, not a date: an open end is left out, an end that nobody knows is unknown", []string{"unknown"}},
		{"0000-01", "year 0000 is a sentinel, not a date: an open end is left out, an end that nobody knows is unknown", []string{"unknown"}},
		{"FY8999-00", "year 9000 is a sentinel, not a date: an open end is left out, an end that nobody knows is unknown", []string{"unknown"}},
		{"Unknown", "a date that is not known is written unknown, one that is not given is left out", []string{"unknown"}},
		{"TBC", "a date that is not known is written unknown, one that is not given is left out", []string{"unknown"}},
		{"End of this Parliament", "not a name in lower case with hyphens, nor a date", []string{"end-of-this-parliament"}},
		{"a--b", "not a name in lower case with hyphens, nor a date", []string{"a-b"}},
		{"a-", "not a name in lower case with hyphens, nor a date", []string{"a"}},
		{"Änderung", "a name has the letters a to z, digits and single hyphens", nil},
		{"10000", "not one of the accepted forms", nil},
		{"---", "not one of the accepted forms", nil},
	} {
		_, err := calendar.ParseWhen(c.text)
		e, ok := errors.AsType[*calendar.WhenError](err)
		require.True(t, ok, c.text)
		assert.Equal(t, calendar.WhenError{Text: c.text, Reason: c.reason, Instead: c.instead}, *e)

		w := calendar.MustParseWhen("2024")
		assert.Equal(t, c.text == "", w.UnmarshalText([]byte(c.text)) == nil, c.text)
		if c.text != "" {
			assert.Equal(t, calendar.MustParseWhen("2024"), w, "%q: an error must leave the value alone", c.text)
		}
	}
}

func TestRefusedDate(t *testing.T) {
	for _, c := range []struct {
		text, message string
	}{
		{"", `calendar: date "": empty; write a day as in 2024-07-05`},
		{"2024-07", `calendar: date "2024-07": no single day; write a day as in 2024-07-05`},
		{"unknown", `calendar: date "unknown": no single day; write a day as in 2024-07-05`},
		{"01/02/2025", `calendar: date "01/02/2025": the year comes first, then month and day; write 2025-02-01 or 2025-01-02`},
		{"2025-02-30", `calendar: date "2025-02-30": February 2025 has days 01 to 28; write 2025-02-28`},
		{"0000-01-01", `calendar: date "0000-01-01": there is no year 0000; write a day as in 2024-07-05`},
		{"9999-12-32", `calendar: date "9999-12-32": December 9999 has days 01 to 31; write a day as in 2024-07-05`},
		{" 9999-12-31", `calendar: date " 9999-12-31": a day is written with hyphens and two digits; write 9999-12-31`},
		{strings.Repeat("x", 200), `calendar: date "` + strings.Repeat("x", 64) + `"…: too long; write a day as in 2024-07-05`},
	} {
		d := calendar.On(2024, 7, 5)
		_, err := calendar.ParseDate(c.text)
		e, ok := errors.AsType[*calendar.DateError](err)
		require.True(t, ok, c.text)
		assert.Equal(t, c.message, e.Error())
		assert.Equal(t, c.text, e.Text)
		if c.text != "" {
			assert.EqualError(t, d.UnmarshalText([]byte(c.text)), c.message)
			assert.Equal(t, calendar.On(2024, 7, 5), d, "an error must leave the value alone")
		}
	}
	_, err := calendar.ParseWhen("10000")
	assert.EqualError(t, err, `calendar: when "10000": not one of the accepted forms; write 2024-07-05 (day), 2024-07 (month), `+
		`2024-Q3 (quarter), 2024 (year), FY2024-25 (financial year), FY2024-25-Q1 (its quarter), SY2027-28 (school year), `+
		`2024-07-05/2024-08-01 (interval), unknown, or the name of a day as in end-of-parliament`)
}

func TestStretches(t *testing.T) {
	texts := func(d string) []string {
		day := calendar.MustParseDate(d)
		var out []string
		for _, f := range []func(calendar.Date) calendar.When{
			calendar.OnDay, calendar.MonthOf, calendar.QuarterOf, calendar.YearOf,
			calendar.FinancialYear, calendar.FinancialQuarter, calendar.SchoolYear,
		} {
			w := f(day)
			if !w.IsZero() {
				assert.Equal(t, calendar.MustParseWhen(w.String()), w)
				assert.False(t, day.Before(w.Earliest()) || day.After(w.Latest()), "%v is not in %v", day, w)
			}
			out = append(out, w.String())
		}
		return out
	}
	assert.Equal(t, []string{"2024-07-05", "2024-07", "2024-Q3", "2024", "FY2024-25", "FY2024-25-Q2", "SY2023-24"}, texts("2024-07-05"))
	assert.Equal(t, []string{"2025-03-31", "2025-03", "2025-Q1", "2025", "FY2024-25", "FY2024-25-Q4", "SY2024-25"}, texts("2025-03-31"))
	assert.Equal(t, []string{"2025-04-01", "2025-04", "2025-Q2", "2025", "FY2025-26", "FY2025-26-Q1", "SY2024-25"}, texts("2025-04-01"))
	assert.Equal(t, []string{"2000-09-01", "2000-09", "2000-Q3", "2000", "FY2000-01", "FY2000-01-Q2", "SY2000-01"}, texts("2000-09-01"))
	assert.Equal(t, []string{"1999-12-31", "1999-12", "1999-Q4", "1999", "FY1999-00", "FY1999-00-Q3", "SY1999-00"}, texts("1999-12-31"))
	// At the sentinel years there is nothing that could be read back.
	assert.Equal(t, []string{"9000-01-01", "", "", "", "", "", ""}, textsOf("9000-01-01"))
	assert.Equal(t, []string{"8999-12-31", "8999-12", "8999-Q4", "8999", "", "FY8999-00-Q3", ""}, textsOf("8999-12-31"))
	assert.Equal(t, []string{"0002-01-01", "0002-01", "0002-Q1", "0002", "", "FY0001-02-Q4", ""}, textsOf("0002-01-01"))
}

func textsOf(d string) []string {
	day := calendar.MustParseDate(d)
	return []string{
		calendar.OnDay(day).String(), calendar.MonthOf(day).String(), calendar.QuarterOf(day).String(), calendar.YearOf(day).String(),
		calendar.FinancialYear(day).String(), calendar.FinancialQuarter(day).String(), calendar.SchoolYear(day).String(),
	}
}

func TestZeroWhen(t *testing.T) {
	var zero calendar.When
	assert.True(t, zero.IsZero())
	assert.Equal(t, zero, calendar.OnDay(calendar.Date{}))
	assert.Equal(t, zero, calendar.YearOf(calendar.Date{}))
	assert.Equal(t, "", zero.String())
	assert.Equal(t, zero, zero.Resolve(firstDay, lastDay))
	assert.False(t, zero.IsUnknown() || zero.IsNamed() || zero.IsResolved() || zero.IsExact())
	assert.False(t, zero.Before(lastDay) || zero.After(firstDay))
	assert.True(t, zero.Earliest().IsZero() && zero.Latest().IsZero())
	var back calendar.When
	require.NoError(t, back.UnmarshalText(nil))
	assert.Equal(t, zero, back)
}

func TestResolve(t *testing.T) {
	from, until := calendar.On(2028, 1, 1), calendar.On(2029, 8, 15)
	named := calendar.MustParseWhen("end-of-parliament")
	resolved := named.Resolve(from, until)
	assert.Equal(t, "end-of-parliament", resolved.String())
	assert.True(t, resolved.IsNamed() && resolved.IsResolved())
	assert.Equal(t, []calendar.Date{from, until}, []calendar.Date{resolved.Earliest(), resolved.Latest()})
	assert.NotEqual(t, named, resolved)
	assert.True(t, resolved.Resolve(from, from).IsExact(), "a resolved name may be resolved again")

	assert.Equal(t, named, named.Resolve(until, from))
	assert.Equal(t, named, named.Resolve(calendar.Date{}, until))
	assert.Equal(t, named, named.Resolve(from, calendar.Date{}))
	for _, text := range []string{"2024", "unknown", "2024-07-05"} {
		w := calendar.MustParseWhen(text)
		assert.Equal(t, w, w.Resolve(from, until))
	}
}

func TestWhenBeforeAfter(t *testing.T) {
	for _, c := range []struct {
		when, day     string
		before, after bool
	}{
		{"2024-Q3", "2024-06-30", false, true},
		{"2024-Q3", "2024-07-01", false, false},
		{"2024-Q3", "2024-09-30", false, false},
		{"2024-Q3", "2024-10-01", true, false},
		{"2024-07-05", "2024-07-05", false, false},
		{"unknown", "2024-07-05", false, false},
		{"end-of-parliament", "2024-07-05", false, false},
	} {
		w, d := calendar.MustParseWhen(c.when), calendar.MustParseDate(c.day)
		assert.Equal(t, c.before, w.Before(d), c)
		assert.Equal(t, c.after, w.After(d), c)
		assert.False(t, w.Before(calendar.Date{}) || w.After(calendar.Date{}))
	}
}

func TestWhenIsSmallAndComparable(t *testing.T) {
	assert.LessOrEqual(t, unsafe.Sizeof(calendar.When{}), uintptr(32))
	assert.Equal(t, uintptr(4), unsafe.Sizeof(calendar.Date{}))
	count := map[calendar.When]int{}
	for _, text := range []string{"2024-07", "2024-07", "2024-07-01/2024-07-31", "unknown", "unknown"} {
		count[calendar.MustParseWhen(text)]++
	}
	count[calendar.MonthOf(calendar.On(2024, 7, 31))]++
	assert.Equal(t, map[calendar.When]int{
		calendar.MustParseWhen("2024-07"):               3,
		calendar.MustParseWhen("2024-07-01/2024-07-31"): 1,
		calendar.MustParseWhen("unknown"):               2,
	}, count)
}

func TestSentinelIsNotWritten(t *testing.T) {
	w := calendar.OnDay(lastDay)
	assert.Equal(t, "9999-12-31", w.String())
	_, err := w.MarshalText()
	e, ok := errors.AsType[*calendar.WhenError](err)
	require.True(t, ok)
	assert.Equal(t, []string{"unknown"}, e.Instead)
	b, err := w.AppendText([]byte("x"))
	assert.Equal(t, "x", string(b))
	assert.Error(t, err)
}

func TestWhenJSON(t *testing.T) {
	type record struct {
		Due  calendar.When   `json:"due,omitzero"`
		Seen calendar.Date   `json:"seen,omitzero"`
		In   calendar.Period `json:"in"`
		Is   calendar.Certainty
	}
	const text = `{"due":"FY2024-25","seen":"2024-07-05","in":{"from":"2024","until":"end-of-parliament"},"Is":"possibly"}`
	var r record
	require.NoError(t, json.Unmarshal([]byte(text), &r))
	out, err := json.Marshal(r)
	require.NoError(t, err)
	assert.JSONEq(t, text, string(out))
	out, err = json.Marshal(record{})
	require.NoError(t, err)
	assert.Equal(t, `{"in":{},"Is":""}`, string(out))

	err = json.Unmarshal([]byte(`{"due":"Q3 2024"}`), &r)
	_, ok := errors.AsType[*calendar.WhenError](err)
	assert.True(t, ok, err)
	err = json.Unmarshal([]byte(`{"seen":"2024"}`), &r)
	_, ok = errors.AsType[*calendar.DateError](err)
	assert.True(t, ok, err)
}

func TestWhenAllocations(t *testing.T) {
	buf := make([]byte, 0, 32)
	texts := []string{
		"2024-07-05", "2024-07", "2024-Q3", "2024", "FY2024-25", "FY2024-25-Q1", "SY2027-28", "2024-07-05/2024-08-01", "unknown", "end-of-parliament",
	}
	var w calendar.When
	for _, text := range texts {
		raw := []byte(text)
		assert.Zero(t, testing.AllocsPerRun(100, func() {
			w, _ = calendar.ParseWhen(text)
			buf, _ = w.AppendText(buf[:0])
		}), text)
		assert.Equal(t, text, string(buf))
		if !w.IsNamed() {
			assert.Zero(t, testing.AllocsPerRun(100, func() { _ = w.UnmarshalText(raw) }), text)
		}
	}
}

// assertInstead holds the law of advice: whatever an error says to write is accepted, once each.
func assertInstead(t *testing.T, err error) {
	t.Helper()
	var instead []string
	var parses func(string) error
	if e, ok := errors.AsType[*calendar.WhenError](err); ok {
		instead, parses = e.Instead, func(s string) error { _, err := calendar.ParseWhen(s); return err }
	} else if e, ok := errors.AsType[*calendar.DateError](err); ok {
		instead, parses = e.Instead, func(s string) error { _, err := calendar.ParseDate(s); return err }
	} else {
		t.Fatalf("%v is not a typed error", err)
	}
	seen := map[string]bool{}
	for _, s := range instead {
		if err := parses(s); err != nil {
			t.Fatalf("advice is refused: %v", err)
		}
		if seen[s] {
			t.Fatalf("advice twice: %q", instead)
		}
		seen[s] = true
	}
	if msg := err.Error(); !strings.HasPrefix(msg, "calendar: ") || strings.HasSuffix(msg, ".") {
		t.Fatalf("message %q", msg)
	}
}

// FuzzParseWhen holds the round trip, the order of the interval and the law of advice for any text.
func FuzzParseWhen(f *testing.F) {
	for _, s := range []string{
		"2024-07-05", "2024-07", "2024-Q3", "2024", "FY2024-25", "FY2024-25-Q1", "SY2027-28", "2024-07-05/2024-08-01", "unknown", "end-of-parliament",
		"01/02/2025", "2025-13-01", "2025-02-30", "Q3 2024", "2024/25", "1 March 2025", "9999-12-31", "FY8999-00", "FY0000-01", "fy1", "q3-2", "h1 2024",
		"2024-07/2024-09", "2024/unknown", "FY99999999999999999999", "Q99999999999999999999 2024", " 2024", "2024–25", "a\xff", "1/1/1/1", "4/04/0002",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := calendar.ParseWhen(s)
		var u calendar.When
		uErr := u.UnmarshalText([]byte(s))
		if s != "" && (u != w || (uErr == nil) != (err == nil)) {
			t.Fatalf("UnmarshalText(%q) = %v, %v; ParseWhen: %v, %v", s, u, uErr, w, err)
		}
		if err != nil {
			if !w.IsZero() {
				t.Fatalf("%q: %v with %v", s, w, err)
			}
			assertInstead(t, err)
			return
		}
		text, err := w.MarshalText()
		if err != nil || string(text) != s || w.String() != s {
			t.Fatalf("%q is written %q, %v", s, text, err)
		}
		if w.IsZero() || w.IsResolved() == (w.IsUnknown() || w.IsNamed()) || w.IsResolved() && w.Latest().Before(w.Earliest()) {
			t.Fatalf("%q: %v to %v", s, w.Earliest(), w.Latest())
		}
		if w.IsResolved() && !w.IsExact() && len(s) < 21 {
			// A named stretch of the calendar is the same seen from its first day and from its last.
			for _, of := range []func(calendar.Date) calendar.When{
				calendar.MonthOf, calendar.QuarterOf, calendar.YearOf, calendar.FinancialYear, calendar.FinancialQuarter, calendar.SchoolYear,
			} {
				if (of(w.Earliest()) == w) != (of(w.Latest()) == w) {
					t.Fatalf("%q: %v is not %v", s, of(w.Earliest()), of(w.Latest()))
				}
			}
		}
	})
}
