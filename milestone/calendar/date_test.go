package calendar_test

import (
	"math"
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // the zones of TestIn, wherever the tests run

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone/calendar"
)

var (
	firstDay = calendar.On(1, time.January, 1)
	lastDay  = calendar.On(9999, time.December, 31)
)

// TestEveryDay walks from 0001-01-01 to 9999-12-31 by the rules of a wall calendar, and compares each day with the walk and with package time.
func TestEveryDay(t *testing.T) {
	year, month, day, weekday, yearDay := 1, time.January, 1, time.Monday, 1
	leap := func() bool { return year%400 == 0 || year%4 == 0 && year%100 != 0 }
	length := func() int {
		lengths := [...]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
		if month == time.February && leap() {
			return 29
		}
		return lengths[month]
	}
	var buf []byte
	n := int32(0)
	for year < 10000 {
		n++
		d := calendar.FromOrdinal(n)
		y, m, dd := d.Calendar()
		if y != year || m != month || dd != day || d.Weekday() != weekday || d.YearDay() != yearDay ||
			calendar.On(year, month, day) != d || d.Ordinal() != n {
			t.Fatalf("day %d: %v %v %v, want %d-%d-%d", n, d, d.Weekday(), d.YearDay(), year, month, day)
		}
		if n%97 == 0 {
			std := time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
			require.Equal(t, std.Format(time.DateOnly), d.String())
			require.Equal(t, std.Weekday(), d.Weekday())
			require.Equal(t, d, calendar.Of(std))
		}
		buf, _ = d.AppendText(buf[:0])
		var back calendar.Date
		if err := back.UnmarshalText(buf); err != nil || back != d {
			t.Fatalf("%s reads back as %v, %v", buf, back, err)
		}
		weekday = (weekday + 1) % 7
		yearDay++
		if day++; day > length() {
			day = 1
			if month++; month > time.December {
				month, yearDay = time.January, 1
				year++
			}
		}
	}
	assert.Equal(t, lastDay.Ordinal(), n)
}

func TestOnRefuses(t *testing.T) {
	for _, c := range []struct {
		year, month, day int
	}{
		{0, 1, 1}, {-1, 1, 1}, {10000, 1, 1}, {2024, 0, 1}, {2024, 13, 1}, {2024, -1, 1}, {2024, 1, 0}, {2024, 1, 32}, {2024, 4, 31},
		{2023, 2, 29}, {2024, 2, 30}, {1900, 2, 29}, {math.MaxInt, 1, 1}, {2024, 1, math.MaxInt}, {2024, 1, math.MinInt},
	} {
		assert.Equal(t, calendar.Date{}, calendar.On(c.year, time.Month(c.month), c.day), c)
	}
	assert.Equal(t, "2000-02-29", calendar.On(2000, time.February, 29).String())
	assert.Equal(t, calendar.Date{}, calendar.FromOrdinal(0))
	assert.Equal(t, calendar.Date{}, calendar.FromOrdinal(-1))
	assert.Equal(t, calendar.Date{}, calendar.FromOrdinal(3652060))
	assert.Equal(t, calendar.Date{}, calendar.FromOrdinal(math.MaxInt32))
}

func TestZeroDate(t *testing.T) {
	var zero calendar.Date
	assert.True(t, zero.IsZero())
	assert.False(t, firstDay.IsZero())
	year, month, day := zero.Calendar()
	assert.Equal(t, []int{0, 0, 0, 0, 0, 0, 0}, []int{year, int(month), day, zero.Year(), int(zero.Month()), zero.Day(), zero.YearDay()})
	assert.Equal(t, time.Sunday, zero.Weekday())
	assert.Equal(t, int32(0), zero.Ordinal())
	assert.Equal(t, "", zero.String())
	assert.Equal(t, zero, zero.Add(3))
	assert.Equal(t, calendar.Days(0), zero.Sub(firstDay))
	assert.Equal(t, calendar.Days(0), firstDay.Sub(zero))
	assert.True(t, zero.Before(firstDay))
	assert.True(t, firstDay.After(zero))
	assert.Equal(t, -1, zero.Compare(firstDay))
	assert.True(t, zero.In(time.UTC).IsZero())
	var back calendar.Date
	require.NoError(t, back.UnmarshalText(nil))
	assert.Equal(t, zero, back)
}

func TestAddAtTheEnds(t *testing.T) {
	assert.Equal(t, lastDay, firstDay.Add(lastDay.Sub(firstDay)))
	assert.Equal(t, firstDay, lastDay.Add(firstDay.Sub(lastDay)))
	for _, n := range []calendar.Days{1, 4000000, math.MaxInt32, math.MaxInt} {
		assert.Equal(t, calendar.Date{}, lastDay.Add(n), n)
		assert.Equal(t, calendar.Date{}, firstDay.Add(-n), n)
	}
	assert.Equal(t, calendar.Date{}, lastDay.Add(math.MinInt))
}

// TestIn compares Date.In with the first quarter of an hour that shows the day or a later one.
func TestIn(t *testing.T) {
	for _, c := range []struct{ zone, from, until string }{
		{"UTC", "2024-02-27", "2024-03-02"},
		{"Europe/London", "2024-03-29", "2024-04-02"},
		{"Europe/London", "2024-10-25", "2024-10-29"},
		{"Asia/Kathmandu", "2024-02-27", "2024-03-02"},
		{"America/Havana", "2024-03-08", "2024-03-12"},    // midnight skipped
		{"America/Havana", "2024-11-01", "2024-11-05"},    // midnight twice
		{"America/Sao_Paulo", "2018-11-02", "2018-11-06"}, // midnight skipped
		{"Asia/Beirut", "2022-03-25", "2022-03-29"},       // midnight skipped
		{"Pacific/Apia", "2011-12-28", "2012-01-02"},      // 30 December left out
		{"Pacific/Kwajalein", "1993-08-19", "1993-08-24"}, // 21 August left out
	} {
		loc, err := time.LoadLocation(c.zone)
		require.NoError(t, err)
		for d := calendar.MustParseDate(c.from); d.Before(calendar.MustParseDate(c.until)); d = d.Add(1) {
			year, month, day := d.Calendar()
			want := time.Date(year, month, day-2, 0, 0, 0, 0, time.UTC).In(loc)
			for calendar.Of(want).Before(d) {
				want = want.Add(15 * time.Minute)
			}
			assert.Equal(t, want.String(), d.In(loc).String(), "%s %v", c.zone, d)
		}
	}
	assert.Equal(t, time.UTC, firstDay.In(nil).Location())
	assert.Equal(t, calendar.Date{}, calendar.Of(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)))
	assert.Equal(t, calendar.Date{}, calendar.Of(time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC)))
	for _, loc := range []*time.Location{time.UTC, time.FixedZone("", 14*3600), time.FixedZone("", -12*3600)} {
		assert.Equal(t, firstDay, calendar.Of(firstDay.In(loc)))
		assert.Equal(t, lastDay, calendar.Of(lastDay.In(loc)))
	}
}

func TestDatesSort(t *testing.T) {
	days := []calendar.Date{calendar.On(2024, 7, 5), {}, calendar.On(2023, 12, 31), calendar.On(2024, 2, 29)}
	slices.SortFunc(days, calendar.Date.Compare)
	var texts []string
	for _, d := range days {
		texts = append(texts, d.String())
	}
	assert.Equal(t, []string{"", "2023-12-31", "2024-02-29", "2024-07-05"}, texts)
	assert.Equal(t, 0, days[1].Compare(days[1]))
	assert.False(t, days[1].Before(days[1]))
	assert.False(t, days[1].After(days[1]))
}

// FuzzParseDate holds ParseDate against time.Parse, which also reads a day and is strict about its layout.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2024-07-05", "2024-02-30", "0000-01-01", "9999-12-31", "0001-01-01", "2024-7-5", "+024-07-05", "２０２４", "", "2024-07-05 "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ParseDate(s)
		std, stdErr := time.Parse(time.DateOnly, s)
		if ok := stdErr == nil && std.Year() >= 1; ok != (err == nil) {
			t.Fatalf("ParseDate(%q) = %v, %v; time.Parse: %v", s, d, err, stdErr)
		}
		var u calendar.Date
		if uErr := u.UnmarshalText([]byte(s)); s != "" && ((uErr == nil) != (err == nil) || u != d) {
			t.Fatalf("UnmarshalText(%q) = %v, %v; ParseDate: %v, %v", s, u, uErr, d, err)
		}
		if err != nil {
			assertInstead(t, err)
			return
		}
		if d.String() != s || calendar.Of(std) != d {
			t.Fatalf("%q is %v, want %v", s, d, std)
		}
	})
}

// FuzzDateArithmetic holds Add and Sub against package time.
func FuzzDateArithmetic(f *testing.F) {
	f.Add(int32(738907), 366)
	f.Add(int32(1), -1)
	f.Add(int32(3652059), math.MaxInt)
	f.Fuzz(func(t *testing.T, n int32, days int) {
		d := calendar.FromOrdinal(n)
		e := d.Add(calendar.Days(days))
		if d.IsZero() || days > 4e6 || days < -4e6 {
			require.True(t, e.IsZero())
			return
		}
		want := calendar.Of(d.In(time.UTC).AddDate(0, 0, days))
		require.Equal(t, want, e)
		if !e.IsZero() {
			require.Equal(t, calendar.Days(days), e.Sub(d))
			require.Equal(t, d, e.Add(d.Sub(e)))
			require.Equal(t, days > 0, e.After(d))
			require.Equal(t, days < 0, e.Before(d))
		}
	})
}

func TestMustParsePanics(t *testing.T) {
	assert.Panics(t, func() { calendar.MustParseDate("2024-02-30") })
	assert.Panics(t, func() { calendar.MustParseWhen("Q3 2024") })
}

func TestDateAllocations(t *testing.T) {
	buf := make([]byte, 0, 32)
	text := []byte("2024-07-05")
	var d calendar.Date
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		d, _ = calendar.ParseDate("2024-07-05")
		_ = d.UnmarshalText(text)
		buf, _ = d.AppendText(buf[:0])
	}))
	assert.Equal(t, "2024-07-05", string(buf))
}
