package calendar_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/missionled/missionled/milestone/calendar"
)

// Who held the post on a day, when the records know the start only to a quarter and the end only by its name?
func Example() {
	endOfParliament := calendar.MustParseWhen("end-of-parliament").Resolve(calendar.On(2028, time.January, 1), calendar.On(2029, time.August, 15))
	held := calendar.Period{From: calendar.MustParseWhen("2024-Q3"), Until: endOfParliament}
	for _, day := range []string{"2024-06-30", "2024-07-05", "2026-01-01", "2028-06-01", "2030-01-01"} {
		fmt.Println(day, held.Covers(calendar.MustParseDate(day)))
	}
	// Output:
	// 2024-06-30 no
	// 2024-07-05 possibly
	// 2026-01-01 certainly
	// 2028-06-01 possibly
	// 2030-01-01 no
}

func ExampleOn() {
	fmt.Println(calendar.On(2024, time.February, 29))
	fmt.Println(calendar.On(2023, time.February, 29).IsZero())
	// Output:
	// 2024-02-29
	// true
}

func ExampleOf() {
	t := time.Date(2024, time.July, 4, 23, 30, 0, 0, time.UTC)
	fmt.Println(calendar.Of(t), calendar.Of(t.In(time.FixedZone("BST", 3600))))
	// Output: 2024-07-04 2024-07-05
}

func ExampleParseDate() {
	d, err := calendar.ParseDate("2024-07-05")
	fmt.Println(d, err)
	_, err = calendar.ParseDate("5 July 2024")
	fmt.Println(err)
	// Output:
	// 2024-07-05 <nil>
	// calendar: date "5 July 2024": the month is written as a number, the year first; write 2024-07-05
}

func ExampleDate() {
	d := calendar.MustParseDate("2024-07-05")
	fmt.Println(d.Year(), d.Month(), d.Day(), d.Weekday(), d.YearDay())
	fmt.Println(d.Calendar())
	fmt.Println(d.In(time.UTC))
	fmt.Println(d == calendar.On(2024, time.July, 5), d.IsZero(), d.String())
	// Output:
	// 2024 July 5 Friday 187
	// 2024 July 5
	// 2024-07-05 00:00:00 +0000 UTC
	// true false 2024-07-05
}

func ExampleDate_Add() {
	d := calendar.On(2024, time.February, 28)
	fmt.Println(d.Add(2), d.Add(-59))
	fmt.Println(calendar.On(9999, time.December, 31).Add(1).IsZero())
	// Output:
	// 2024-03-01 2023-12-31
	// true
}

func ExampleDate_Sub() {
	var term calendar.Days = calendar.On(2029, time.July, 9).Sub(calendar.On(2024, time.July, 9))
	fmt.Println(term)
	// Output: 1826
}

func ExampleDate_Compare() {
	days := []calendar.Date{calendar.On(2024, time.July, 5), calendar.On(2023, time.May, 8), calendar.On(2024, time.January, 1)}
	slices.SortFunc(days, calendar.Date.Compare)
	fmt.Println(days, days[0].Before(days[1]), days[0].After(days[1]))
	// Output: [2023-05-08 2024-01-01 2024-07-05] true false
}

// An array over days: the ordinal of its first day is the offset of all the others.
func ExampleDate_Ordinal() {
	first := calendar.On(2024, time.July, 1)
	var july [31]string
	july[calendar.On(2024, time.July, 5).Ordinal()-first.Ordinal()] = "a new government"
	for i, what := range july {
		if what != "" {
			fmt.Println(calendar.FromOrdinal(first.Ordinal()+int32(i)), what)
		}
	}
	// Output: 2024-07-05 a new government
}

func ExampleDate_MarshalText() {
	var record struct {
		Signed    calendar.Date `json:"signed"`
		Published calendar.Date `json:"published,omitzero"`
	}
	_ = record.Signed.UnmarshalText([]byte("2023-03-08"))
	text, _ := record.Signed.MarshalText()
	line, _ := record.Signed.AppendText([]byte("signed "))
	document, _ := json.Marshal(record)
	fmt.Printf("%s\n%s\n%s\n", text, line, document)
	// Output:
	// 2023-03-08
	// signed 2023-03-08
	// {"signed":"2023-03-08"}
}

func ExampleParseWhen() {
	for _, text := range []string{
		"2024-07-05", "2024-07", "2024-Q3", "2024", "FY2024-25", "FY2024-25-Q1", "SY2027-28", "2024-07-05/2024-08-01", "unknown", "end-of-parliament",
	} {
		w, err := calendar.ParseWhen(text)
		if err != nil {
			fmt.Println(err)
		}
		fmt.Printf("%-21s [%v, %v]\n", w, w.Earliest(), w.Latest())
	}
	// Output:
	// 2024-07-05            [2024-07-05, 2024-07-05]
	// 2024-07               [2024-07-01, 2024-07-31]
	// 2024-Q3               [2024-07-01, 2024-09-30]
	// 2024                  [2024-01-01, 2024-12-31]
	// FY2024-25             [2024-04-01, 2025-03-31]
	// FY2024-25-Q1          [2024-04-01, 2024-06-30]
	// SY2027-28             [2027-09-01, 2028-08-31]
	// 2024-07-05/2024-08-01 [2024-07-05, 2024-08-01]
	// unknown               [, ]
	// end-of-parliament     [, ]
}

func ExampleWhenError() {
	for _, text := range []string{"01/02/2025", "2025-02-30", "Q3 2024", "2024/25", "9999-12-31"} {
		_, err := calendar.ParseWhen(text)
		if e, ok := errors.AsType[*calendar.WhenError](err); ok {
			fmt.Printf("%s: %s %q\n", e.Text, e.Reason, e.Instead)
		}
	}
	// Output:
	// 01/02/2025: the year comes first, then month and day ["2025-02-01" "2025-01-02"]
	// 2025-02-30: February 2025 has days 01 to 28 ["2025-02-28" "2025-02"]
	// Q3 2024: the quarter stands behind the year, calendar or financial ["2024-Q3" "FY2024-25-Q3"]
	// 2024/25: a year that runs into the next is a financial or a school year ["FY2024-25" "SY2024-25"]
	// 9999-12-31: year 9999 is a sentinel, not a date: an open end is left out, an end that nobody knows is unknown ["unknown"]
}

func ExampleDateError() {
	_, err := calendar.ParseDate("2024-7-5")
	if e, ok := errors.AsType[*calendar.DateError](err); ok {
		fmt.Println(e.Instead[0])
		fmt.Println(e.Error())
	}
	// Output:
	// 2024-07-05
	// calendar: date "2024-7-5": a day is written with hyphens and two digits; write 2024-07-05
}

func ExampleWhen() {
	due := calendar.MustParseWhen("FY2024-25")
	fmt.Println(due, due.IsResolved(), due.IsExact())
	fmt.Println(due.Before(calendar.On(2025, time.April, 1)), due.After(calendar.On(2024, time.December, 31)))
	var notGiven calendar.When
	fmt.Println(notGiven.IsZero(), notGiven.IsUnknown(), calendar.MustParseWhen("unknown").IsUnknown())
	// Output:
	// FY2024-25 true false
	// true false
	// true false true
}

func ExampleWhen_Resolve() {
	horizon := calendar.MustParseWhen("end-of-parliament")
	fmt.Println(horizon.IsNamed(), horizon.IsResolved())
	horizon = horizon.Resolve(calendar.On(2028, time.January, 1), calendar.On(2029, time.August, 15))
	fmt.Println(horizon, horizon.Earliest(), horizon.Latest())
	// Output:
	// true false
	// end-of-parliament 2028-01-01 2029-08-15
}

func ExampleWhen_MarshalText() {
	var w calendar.When
	fmt.Println(w.UnmarshalText([]byte("2024-Q3")))
	text, _ := w.MarshalText()
	line, _ := w.AppendText([]byte("due "))
	fmt.Printf("%s, %s, %s\n", text, line, w.String())
	// Output:
	// <nil>
	// 2024-Q3, due 2024-Q3, 2024-Q3
}

// The stretches of the calendar in which one day lies.
func ExampleFinancialYear() {
	d := calendar.On(2025, time.February, 14)
	fmt.Println(calendar.OnDay(d), calendar.MonthOf(d), calendar.QuarterOf(d), calendar.YearOf(d))
	fmt.Println(calendar.FinancialYear(d), calendar.FinancialQuarter(d), calendar.SchoolYear(d))
	// Output:
	// 2025-02-14 2025-02 2025-Q1 2025
	// FY2024-25 FY2024-25-Q4 SY2024-25
}

func ExamplePeriod_Covers() {
	d := calendar.On(2026, time.January, 1)
	from := calendar.OnDay(calendar.On(2024, time.July, 5))
	fmt.Println("open end:   ", calendar.Period{From: from}.Covers(d))
	fmt.Println("unknown end:", calendar.Period{From: from, Until: calendar.MustParseWhen("unknown")}.Covers(d))
	fmt.Println("ended 2026: ", calendar.Period{From: from, Until: calendar.MustParseWhen("2026")}.Covers(d))
	fmt.Println("ended 2025: ", calendar.Period{From: from, Until: calendar.MustParseWhen("2025")}.Covers(d))
	// Output:
	// open end:    certainly
	// unknown end: possibly
	// ended 2026:  possibly
	// ended 2025:  no
}

func ExamplePeriod_Overlaps() {
	one := calendar.Period{From: calendar.MustParseWhen("2024-07-05"), Until: calendar.MustParseWhen("2025")}
	two := calendar.Period{From: calendar.MustParseWhen("2025-06-01")}
	if one.Overlaps(two) >= calendar.Possibly {
		fmt.Println(one.Overlaps(two))
	}
	// Output: possibly
}

func ExamplePeriod_Days() {
	p := calendar.Period{From: calendar.MustParseWhen("2024-07-05"), Until: calendar.MustParseWhen("2024-08-01")}
	fmt.Println(p.Days())
	p.Until = calendar.MustParseWhen("2024-08")
	fmt.Println(p.Days())
	// Output:
	// 27 true
	// 0 false
}

func ExamplePeriod_Check() {
	p := calendar.Period{From: calendar.MustParseWhen("2025-01-01"), Until: calendar.MustParseWhen("2024-07-05")}
	err := p.Check()
	fmt.Println(p.Inverted(), p.Empty(), err)
	if e, ok := errors.AsType[*calendar.PeriodError](err); ok {
		fmt.Println(e.Fault == calendar.InvertedPeriod, e.Period == p)
	}
	fmt.Println(p.Covers(calendar.On(2024, time.October, 1)))
	// Output:
	// true false calendar: period ends on 2024-07-05, before it starts on 2025-01-01
	// true true
	// possibly
}

func ExamplePeriodFault() {
	for _, f := range []calendar.PeriodFault{calendar.InvertedPeriod, calendar.EmptyPeriod, calendar.SentinelFrom, calendar.SentinelUntil} {
		fmt.Println(f)
	}
	// Output:
	// inverted
	// empty
	// sentinel-from
	// sentinel-until
}

// Certainties are ordered: a chain of facts is as certain as the least of them.
func ExampleCertainty() {
	fmt.Println(min(calendar.Certainly, calendar.Possibly), max(calendar.No, calendar.Certainly))
	// Output: possibly certainly
}

func ExampleUK() {
	england := calendar.UK(calendar.EnglandAndWales)
	scotland := calendar.UK(calendar.Scotland)
	for d := calendar.On(2024, time.December, 31); d.Before(calendar.On(2025, time.January, 4)); d = d.Add(1) {
		fmt.Println(d, england.IsWorking(d), scotland.IsWorking(d))
	}
	span := england.Span()
	fmt.Println(span.From, span.Until)
	// Output:
	// 2024-12-31 true true
	// 2025-01-01 false false
	// 2025-01-02 true false
	// 2025-01-03 true true
	// 2019-01-01 2029-01-01
}

// A deadline of twenty working days that was set before the Queen died, and the same one as it turned out.
func ExampleUKKnown() {
	received := calendar.On(2022, time.September, 1)
	var allowed calendar.Workdays = 20
	fmt.Println(calendar.UKKnown(calendar.EnglandAndWales, received).Add(received, allowed))
	fmt.Println(calendar.UK(calendar.EnglandAndWales).Add(received, allowed))
	// Output:
	// 2022-09-29
	// 2022-09-30
}

func ExampleBankHolidays() {
	from, until := calendar.On(2022, time.May, 1), calendar.On(2022, time.October, 1)
	for _, h := range calendar.BankHolidays(calendar.Scotland, from, until) {
		fmt.Printf("%v %s; for [%v], announced [%v]\n", h.Day, h.Name, h.For, h.Announced)
	}
	// Output:
	// 2022-05-02 Early May bank holiday; for [], announced []
	// 2022-06-02 Spring bank holiday; for [2022-05-30], announced [2020-11-12]
	// 2022-06-03 Platinum Jubilee bank holiday; for [], announced [2020-11-12]
	// 2022-08-01 Summer bank holiday; for [], announced []
	// 2022-09-19 Bank Holiday for the State Funeral of Queen Elizabeth II; for [], announced [2022-09-10]
}

func ExampleBankHolidaysKnown() {
	from, until := calendar.On(2020, time.May, 1), calendar.On(2020, time.June, 1)
	for _, known := range []calendar.Date{calendar.On(2019, time.June, 6), calendar.On(2019, time.June, 7)} {
		for _, h := range calendar.BankHolidaysKnown(calendar.NorthernIreland, from, until, known) {
			fmt.Println(known, h.Day, h.Name)
		}
	}
	// Output:
	// 2019-06-06 2020-05-04 Early May bank holiday
	// 2019-06-06 2020-05-25 Spring bank holiday
	// 2019-06-07 2020-05-08 Early May bank holiday (VE day)
	// 2019-06-07 2020-05-25 Spring bank holiday
}

// Beyond the official list the standing rules answer, and say that they do.
func ExampleHoliday() {
	from := calendar.On(2032, time.December, 20)
	for _, h := range calendar.BankHolidays(calendar.EnglandAndWales, from, from.Add(14)) {
		fmt.Println(h.Day, h.Name, "expected:", h.Expected, "for:", h.For)
	}
	// Output:
	// 2032-12-27 Christmas Day expected: true for: 2032-12-25
	// 2032-12-28 Boxing Day expected: true for: 2032-12-26
}

func ExampleNewWorking() {
	w, err := calendar.NewWorking(calendar.WorkingSpec{
		Week:     []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday},
		Holidays: []calendar.Date{calendar.On(2024, time.July, 8)},
		Extra:    []calendar.Date{calendar.On(2024, time.July, 5)},
		Span:     calendar.Period{From: calendar.MustParseWhen("2024-07-01"), Until: calendar.MustParseWhen("2024-08-01")},
	})
	fmt.Println(err)
	d := calendar.On(2024, time.July, 4)
	fmt.Println(w.Next(d), w.Add(d, 2), w.Previous(d), w.OnOrAfter(d.Add(2)), w.OnOrBefore(d.Add(2)))
	fmt.Println(w.Between(d, d.Add(7)), w.IsWorking(d), w.Span().Covers(calendar.On(2024, time.August, 1)))

	_, err = calendar.NewWorking(calendar.WorkingSpec{Holidays: []calendar.Date{{}}})
	if e, ok := errors.AsType[*calendar.WorkingError](err); ok {
		fmt.Println(e.Field, e.Index, e.Reason)
	}
	// Output:
	// <nil>
	// 2024-07-05 2024-07-09 2024-07-03 2024-07-09 2024-07-05
	// 4 true no
	// Holidays 0 unset date
}

func ExampleParseDivision() {
	div, err := calendar.ParseDivision("scotland")
	fmt.Println(div == calendar.Scotland, err)
	_, err = calendar.ParseDivision("wales")
	if e, ok := errors.AsType[*calendar.NameError](err); ok {
		fmt.Println(e.Type, e.Text, e.Accepted)
	}
	// Output:
	// true <nil>
	// division wales [england-and-wales scotland northern-ireland]
}
