package calendar_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone/calendar"
)

// officialNames are the titles of the official file, which are keys of a translation table.
var officialNames = map[string]string{
	"new_year":            "New Year’s Day",
	"2nd_january":         "2nd January",
	"st_patrick":          "St Patrick’s Day",
	"good_friday":         "Good Friday",
	"easter_monday":       "Easter Monday",
	"early_may":           "Early May bank holiday",
	"early_may_ve":        "Early May bank holiday (VE day)",
	"spring":              "Spring bank holiday",
	"queen_platinum":      "Platinum Jubilee bank holiday",
	"queens_bank_holiday": "Bank Holiday for the State Funeral of Queen Elizabeth II",
	"kings_coronation":    "Bank holiday for the coronation of King Charles III",
	"world_cup":           "World Cup bank holiday",
	"battle_boyne":        "Battle of the Boyne (Orangemen’s Day)",
	"summer":              "Summer bank holiday",
	"late_august":         "Summer bank holiday",
	"st_andrew":           "St Andrew’s Day",
	"christmas":           "Christmas Day",
	"boxing_day":          "Boxing Day",
}

// TestBankHolidaysOfficial compares every day, name and substitution of 2019 to 2028 with the file behind gov.uk/bank-holidays.
func TestBankHolidaysOfficial(t *testing.T) {
	data, err := os.ReadFile("../../../shared/data/calendar/uk-bank-holidays-2019-2028.json")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("official bank holidays absent: ../shared/data not beside the repository")
	}
	require.NoError(t, err)
	var file struct {
		Divisions map[string]map[string]json.RawMessage `json:"divisions"`
	}
	require.NoError(t, json.Unmarshal(data, &file))

	type entry struct {
		Day, Name  string
		Substitute bool
	}
	total := 0
	for _, div := range []calendar.Division{calendar.EnglandAndWales, calendar.Scotland, calendar.NorthernIreland} {
		var want []entry
		for year, raw := range file.Divisions["common.nations."+div.String()+"_slug"] {
			if len(year) != 4 || year[0] != '2' {
				continue // "slug" and "title" stand among the years
			}
			var list []struct{ Title, Date, Notes string }
			require.NoError(t, json.Unmarshal(raw, &list))
			for _, h := range list {
				day, err := time.Parse("02/01/2006", h.Date)
				require.NoError(t, err)
				name, ok := officialNames[h.Title[len("bank_holidays."):]]
				require.True(t, ok, h.Title)
				want = append(want, entry{day.Format(time.DateOnly), name, h.Notes == "common.substitute_day"})
			}
		}
		slices.SortFunc(want, func(a, b entry) int { return calendar.MustParseDate(a.Day).Compare(calendar.MustParseDate(b.Day)) })
		total += len(want)

		var got []entry
		for _, h := range calendar.BankHolidays(div, calendar.Date{}, calendar.On(2029, 1, 1)) {
			assert.False(t, h.Expected, h.Day)
			// A moved holiday is no "substitute day" in the file's sense.
			got = append(got, entry{h.Day.String(), h.Name, !h.For.IsZero() && h.Announced.IsZero()})
		}
		assert.Equal(t, want, got, div)
	}
	assert.Equal(t, 280, total, "holidays in the file")
}

// easterByEpact is Knuth's algorithm E (The Art of Computer Programming 1.3.2, exercise 14), which counts by golden number and epact.
func easterByEpact(year int) calendar.Date {
	golden := year%19 + 1
	century := year/100 + 1
	x := 3*century/4 - 12
	z := (8*century+5)/25 - 5
	d := 5*year/4 - x - 10
	epact := ((11*golden+20+z-x)%30 + 30) % 30
	if epact == 25 && golden > 11 || epact == 24 {
		epact++
	}
	n := 44 - epact
	if n < 21 {
		n += 30
	}
	n += 7 - (d+n)%7
	if n > 31 {
		return calendar.On(year, time.April, n-31)
	}
	return calendar.On(year, time.March, n)
}

func TestEaster(t *testing.T) {
	for year, want := range map[int]string{
		1818: "1818-03-22", 1886: "1886-04-25", 1943: "1943-04-25", 1954: "1954-04-18", 1981: "1981-04-19", 2000: "2000-04-23",
		2008: "2008-03-23", 2024: "2024-03-31", 2025: "2025-04-20", 2038: "2038-04-25", 2049: "2049-04-18", 2285: "2285-03-22",
	} {
		assert.Equal(t, want, calendar.EasterSunday(year).String())
	}
	for year := 1583; year <= 9999; year++ {
		require.Equal(t, easterByEpact(year), calendar.EasterSunday(year), year)
	}
}

func TestBankHolidaysBounds(t *testing.T) {
	assert.Empty(t, calendar.BankHolidays(0, calendar.Date{}, calendar.Date{}))
	assert.Empty(t, calendar.BankHolidays(9, calendar.Date{}, calendar.Date{}))
	assert.Empty(t, calendar.BankHolidays(calendar.Scotland, calendar.Date{}, calendar.On(2019, 1, 1)))
	assert.Empty(t, calendar.BankHolidays(calendar.Scotland, calendar.On(2100, 1, 1), calendar.Date{}))
	assert.Empty(t, calendar.BankHolidays(calendar.Scotland, calendar.On(2026, 1, 2), calendar.On(2026, 1, 2)))
	assert.Empty(t, calendar.BankHolidays(calendar.Scotland, calendar.On(2027, 1, 2), calendar.On(2026, 1, 2)))

	new2026 := calendar.BankHolidays(calendar.Scotland, calendar.On(2026, 1, 1), calendar.On(2026, 1, 2))
	assert.Equal(t, []calendar.Holiday{{Day: calendar.On(2026, 1, 1), Name: "New Year’s Day"}}, new2026)
	later := calendar.BankHolidays(calendar.EnglandAndWales, calendar.On(2033, 12, 1), calendar.On(2034, 1, 3))
	assert.Equal(t, []calendar.Holiday{
		{Day: calendar.On(2033, 12, 26), Name: "Boxing Day", Expected: true},
		{Day: calendar.On(2033, 12, 27), Name: "Christmas Day", For: calendar.On(2033, 12, 25), Expected: true},
		{Day: calendar.On(2034, 1, 2), Name: "New Year’s Day", For: calendar.On(2034, 1, 1), Expected: true},
	}, later)
}

// TestBankHolidaysLaws holds for every year that the package answers for.
func TestBankHolidaysLaws(t *testing.T) {
	perYear := map[calendar.Division]int{calendar.EnglandAndWales: 8, calendar.Scotland: 9, calendar.NorthernIreland: 10}
	for div, n := range perYear {
		byYear := map[int]int{}
		last := calendar.Date{}
		for _, h := range calendar.BankHolidays(div, calendar.Date{}, calendar.Date{}) {
			assert.True(t, last.Before(h.Day), "%v: %v is not in order or not alone", div, h.Day)
			last = h.Day
			assert.NotContains(t, []time.Weekday{time.Saturday, time.Sunday}, h.Day.Weekday(), h.Day)
			assert.Equal(t, h.Day.Year() >= 2029, h.Expected, h.Day)
			if h.For.IsZero() || h.Announced.IsZero() {
				byYear[h.Day.Year()]++
			}
			if !h.For.IsZero() && h.Announced.IsZero() {
				assert.LessOrEqual(t, int(h.Day.Sub(h.For)), 3, h.Day)
			}
		}
		for year := 2029; year < 2100; year++ {
			assert.Equal(t, n, byYear[year], "%v %d", div, year)
		}
	}
}

func TestBankHolidaysKnown(t *testing.T) {
	days := func(div calendar.Division, year int, known string) []string {
		var out []string
		for _, h := range calendar.BankHolidaysKnown(div, calendar.On(year, 1, 1), calendar.On(year+1, 1, 1), calendar.MustParseDate(known)) {
			out = append(out, h.Day.String()[5:])
		}
		return out
	}
	before, after := days(calendar.EnglandAndWales, 2020, "2019-06-06"), days(calendar.EnglandAndWales, 2020, "2019-06-07")
	assert.Contains(t, before, "05-04")
	assert.NotContains(t, before, "05-08")
	assert.Contains(t, after, "05-08")
	assert.NotContains(t, after, "05-04")
	assert.Contains(t, days(calendar.Scotland, 2020, "2019-06-13"), "05-04")
	assert.Contains(t, days(calendar.Scotland, 2020, "2019-06-14"), "05-08")

	ordinary := []string{"01-03", "04-15", "04-18", "05-02", "05-30", "08-29", "12-26", "12-27"}
	assert.Equal(t, ordinary, days(calendar.EnglandAndWales, 2022, "2020-11-11"))
	jubilee := []string{"01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "12-26", "12-27"}
	assert.Equal(t, jubilee, days(calendar.EnglandAndWales, 2022, "2022-09-09"))
	assert.Contains(t, days(calendar.EnglandAndWales, 2022, "2022-09-10"), "09-19")

	working := calendar.UKKnown(calendar.NorthernIreland, calendar.On(2022, 11, 5))
	assert.True(t, working.IsWorking(calendar.On(2023, 5, 8)))
	assert.False(t, calendar.UK(calendar.NorthernIreland).IsWorking(calendar.On(2023, 5, 8)))
	assert.True(t, calendar.UK(calendar.EnglandAndWales).IsWorking(calendar.On(2026, 6, 15)))
	assert.False(t, calendar.UK(calendar.Scotland).IsWorking(calendar.On(2026, 6, 15)))
}

func TestUKSpan(t *testing.T) {
	span := calendar.UK(calendar.EnglandAndWales).Span()
	assert.Equal(t, calendar.No, span.Covers(calendar.On(2018, 12, 31)))
	assert.Equal(t, calendar.Certainly, span.Covers(calendar.On(2019, 1, 1)))
	assert.Equal(t, calendar.Certainly, span.Covers(calendar.On(2028, 12, 31)))
	assert.Equal(t, calendar.No, span.Covers(calendar.On(2029, 1, 1)))

	none := calendar.UK(0)
	assert.Equal(t, calendar.No, none.Span().Covers(calendar.On(2024, 1, 1)))
	assert.True(t, none.IsWorking(calendar.On(2024, 12, 25)))
	assert.False(t, none.IsWorking(calendar.On(2024, 12, 28)))
}
