package calendar_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/missionled/missionled/milestone/calendar"
)

// A task of three days begins on a Thursday; the Friday after is Good Friday and the Monday after that Easter Monday.
func ExampleNewHours() {
	office := calendar.Shift{From: 9 * 60, Until: 17 * 60}
	h, err := calendar.NewHours(calendar.HoursSpec{
		Week:   calendar.Weekdays(office),
		Except: calendar.DaysOff(calendar.EnglandAndWales, calendar.Date{}),
	})
	start := calendar.On(2028, time.April, 13).At(9 * 60)
	fmt.Println(h.After(start, 24*calendar.Hour), err)
	_, err = calendar.NewHours(calendar.HoursSpec{Week: calendar.Weekdays(calendar.Shift{From: 22 * 60, Until: 6 * 60})})
	fault, _ := errors.AsType[*calendar.HoursError](err)
	fmt.Println(fault.Weekday, fault.Exception, fault)
	_, err = calendar.NewHours(calendar.HoursSpec{})
	fmt.Println(errors.Is(err, calendar.ErrNoHours))
	// Output:
	// 2028-04-19T17:00 <nil>
	// Monday -1 calendar: working time: Week, Monday: the shift "22:00-06:00" does not end after it begins within one day; split it at midnight
	// true
}

// Purdah and recess are periods of the caller's own: the records of named days say when they are, and exceptions keep them free of work. Of
// exceptions that cover one day the last counts, so the day of the return can be worked again.
func ExampleException() {
	recess := calendar.MustParseWhen("summer-recess").Resolve(calendar.On(2028, time.July, 21), calendar.On(2028, time.August, 31))
	office := calendar.Shift{From: 9 * 60, Until: 17 * 60}
	h, _ := calendar.NewHours(calendar.HoursSpec{
		Week: calendar.Weekdays(office),
		Except: append(calendar.DaysOff(calendar.EnglandAndWales, calendar.Date{}),
			calendar.Exception{From: recess.Earliest(), Until: recess.Latest().Add(1)},
			calendar.Exception{From: calendar.On(2028, time.August, 30), Week: calendar.EveryDay(calendar.Shift{From: 10 * 60, Until: 12 * 60})}),
	})
	before := calendar.On(2028, time.July, 20).At(17 * 60)
	fmt.Println(h.Next(before))
	fmt.Println(h.After(before, 2*calendar.Hour), h.After(before, 3*calendar.Hour))
	fmt.Println(h.IsWorking(calendar.On(2028, time.August, 1).At(10 * 60)))
	// Output:
	// 2028-08-30T10:00
	// 2028-08-30T12:00 2028-09-01T10:00
	// false
}

// The working axis joins the end of one day's work to the begin of the next: both are the same point.
func ExampleHours() {
	h, _ := calendar.NewHours(calendar.HoursSpec{Week: calendar.Weekdays(calendar.Shift{From: 9 * 60, Until: 17 * 60})})
	friday := calendar.On(2028, time.June, 2).At(17 * 60)
	point := h.Worked(friday)
	fmt.Println(h.Ends(point), h.Starts(point), h.Last(friday.Add(calendar.Day)), h.Next(friday.Add(calendar.Day)))
	fmt.Println(h.Between(friday, friday.Add(calendar.Week)))
	fmt.Println(h.After(friday, -8*calendar.Hour))
	var clock *calendar.Hours
	fmt.Println(clock.After(friday, 8*calendar.Hour))
	// Output:
	// 2028-06-02T17:00 2028-06-05T09:00 2028-06-02T17:00 2028-06-05T09:00
	// PT40H
	// 2028-06-02T09:00
	// 2028-06-03T01:00
}

// 19 September 2022 was made a bank holiday nine days before: calendars of before do not know it.
func ExampleDaysOff() {
	for _, known := range []calendar.Date{calendar.On(2022, time.September, 9), calendar.On(2022, time.September, 10)} {
		for _, x := range calendar.DaysOff(calendar.Scotland, known) {
			if x.From.Year() == 2022 && x.From.Month() == time.September {
				fmt.Println(known, x.From, x.Week.IsZero())
			}
		}
	}
	// Output: 2022-09-10 2022-09-19 true
}

func ExampleShifts() {
	var s calendar.Shift
	err := s.UnmarshalText([]byte("09:00-12:30"))
	week := calendar.Shifts{Saturday: []calendar.Shift{s}}
	text, _ := s.MarshalText()
	fmt.Println(week.On(time.Saturday), week.On(time.Sunday), week.IsZero(), string(text), s.String(), err)
	// Output: [09:00-12:30] [] false 09:00-12:30 09:00-12:30 <nil>
}

func ExampleMinute() {
	m, _ := calendar.ParseMinute("2028-04-01T00:00")
	day, clock := m.Ended()
	fmt.Println(m.Date(), m.Clock(), "or", day, clock)
	fmt.Println(m.Add(90), m.Add(90).Sub(m), m.IsZero())
	text, _ := m.MarshalText()
	more, _ := m.AppendText([]byte("at "))
	var back calendar.Minute
	fmt.Println(string(text), string(more), back.UnmarshalText(text), back == m, m.String() == string(text))
	fmt.Println(calendar.MinuteOf(time.Date(2028, time.March, 31, 17, 30, 0, 0, time.UTC)))
	_, err := calendar.ParseMinute("31/3/2028")
	fault, _ := errors.AsType[*calendar.MinuteError](err)
	fmt.Println(fault.Type, fault)
	// Output:
	// 2028-04-01 00:00 or 2028-03-31 24:00
	// 2028-04-01T01:30 PT1H30M false
	// 2028-04-01T00:00 at 2028-04-01T00:00 <nil> true true
	// 2028-03-31T17:30
	// minute calendar: "31/3/2028" is no minute; write 2028-03-31T17:00
}

func ExampleMinutes() {
	n, _ := calendar.ParseMinutes("PT7H24M")
	fmt.Println(n, 5*n, n.String(), n.IsZero(), calendar.Week == 7*calendar.Day, calendar.Day == 24*calendar.Hour)
	text, _ := n.MarshalText()
	more, _ := n.AppendText(nil)
	var back calendar.Minutes
	fmt.Println(back.UnmarshalText(text), back == n, string(more))
	_, err := calendar.ParseMinutes("P1D")
	fmt.Println(err)
	// Output:
	// PT7H24M PT37H PT7H24M false true true
	// <nil> true PT7H24M
	// calendar: "P1D" is no length of time; write hours and minutes such as PT7H30M
}

func ExampleClock() {
	var c calendar.Clock
	err := c.UnmarshalText([]byte("17:30"))
	text, _ := c.MarshalText()
	fmt.Println(c.String(), string(text), int(c), err)
	// Output: 17:30 17:30 1050 <nil>
}
