package calendar

import (
	"slices"
	"time"
)

// Holiday is one bank or public holiday.
type Holiday struct {
	Day  Date   // the day off
	Name string // in the words of GOV.UK
	// For is the day in place of which Day is off: a weekend's Christmas Day, the Monday that was moved to VE Day.
	// It is zero where the holiday falls on its own day.
	For Date
	// Announced is the day on which a government made it known, for a holiday that the standing rules do not give. It is zero for
	// the others, which count as always known. Ministers speak first and the Royal Proclamation follows weeks or months later.
	Announced Date
	// Expected is true beyond the span of the official list: the standing rules give this holiday, and a proclamation may yet move it.
	Expected bool
}

const (
	officialFrom  = 2019 // first year checked against the official list
	officialUntil = 2029 // first year after it
	expectedUntil = 2100 // first year without any holidays
)

// BankHolidays returns the bank and public holidays of a division from one day until another, from included and until excluded,
// in order of days. A zero from or until leaves that end open.
//
// The holidays of 2019 to 2028 are those of the official list on GOV.UK, one-off days included. Those of 2029 to 2099 follow from
// the standing rules alone and say so (Expected). Before 2019 and after 2099, and for a Division that is none of the constants, there are none.
func BankHolidays(div Division, from, until Date) []Holiday {
	return BankHolidaysKnown(div, from, until, Date{})
}

// BankHolidaysKnown is [BankHolidays] as it stood at the end of the day known: without the one-off holidays announced later, and with
// the days on their old places that were moved later. A zero known means all that is recorded here.
func BankHolidaysKnown(div Division, from, until, known Date) []Holiday {
	if div < EnglandAndWales || div > NorthernIreland {
		return nil
	}
	first, last := officialFrom, expectedUntil-1
	if from.n != 0 {
		first = max(first, from.Year())
	}
	if until.n != 0 {
		last = min(last, until.Year())
	}
	var all []Holiday
	for year := first; year <= last; year++ {
		all = appendYearOfHolidays(all, div, year, known)
	}
	return slices.DeleteFunc(all, func(h Holiday) bool {
		return h.Day.Before(from) || until.n != 0 && !h.Day.Before(until)
	})
}

// UK returns the working calendar of a division: Monday to Friday without its bank holidays. [Working.Span] is 2019 to 2028; from 2029 to
// 2099 it goes by the holidays that are expected, and outside these years by weekends alone.
// A Division that is none of the constants gives weekends alone and a Span that covers no day.
//
// It computes the calendar anew at every call; keep the result.
func UK(div Division) *Working { return UKKnown(div, Date{}) }

// UKKnown is [UK] as it stood at the end of the day known, by [BankHolidaysKnown]: whether a deadline was met is judged by the days off that
// people knew of.
func UKKnown(div Division, known Date) *Working {
	span := Period{From: OnDay(On(officialFrom, time.January, 1)), Until: OnDay(On(officialUntil, time.January, 1))}
	holidays := BankHolidaysKnown(div, Date{}, Date{}, known)
	if holidays == nil {
		span.Until = span.From
	}
	days := make([]int32, len(holidays))
	for i, h := range holidays {
		days[i] = h.Day.n
	}
	return newWorking(mondayToFriday, days, nil, span)
}

// appendYearOfHolidays appends the holidays of one year, in order of days.
func appendYearOfHolidays(all []Holiday, div Division, year int, known Date) []Holiday {
	start := len(all)
	all = appendStanding(all, div, year)
	for _, o := range oneOffs {
		if o.day.Year() != year || !slices.Contains(o.divisions, div) || known.n != 0 && o.announced.After(known) {
			continue
		}
		if o.moved.n != 0 {
			all = slices.DeleteFunc(all, func(h Holiday) bool { return h.Day == o.moved })
		}
		all = append(all, Holiday{Day: o.day, Name: o.name, For: o.moved, Announced: o.announced})
	}
	of := all[start:]
	for i := range of {
		of[i].Expected = year >= officialUntil
	}
	slices.SortStableFunc(of, func(a, b Holiday) int { return a.Day.Compare(b.Day) })
	return all
}

// appendStanding appends what the Banking and Financial Dealings Act 1971 (c. 80), Schedule 1, and the proclamations made under
// it every year give: https://www.legislation.gov.uk/ukpga/1971/80. Good Friday and Christmas Day are holidays by common law in England, Wales and
// Northern Ireland; New Year's Day and the early May Monday by proclamation in England and Wales (1974, 1978);
// St Andrew's Day by the St Andrew's Day Bank Holiday (Scotland) Act 2007 (asp 2).
func appendStanding(all []Holiday, div Division, year int) []Holiday {
	easter := easterSunday(year)
	whole := func(month time.Month, day int, name string) {
		all = append(all, Holiday{Day: On(year, month, day), Name: name})
	}
	monday := func(d Date, name string) { all = append(all, Holiday{Day: d, Name: name}) }

	whole(time.January, 1, "New Year's Day")
	if div == Scotland {
		whole(time.January, 2, "2nd January")
	}
	if div == NorthernIreland {
		whole(time.March, 17, "St Patrick's Day")
	}
	monday(easter.Add(-2), "Good Friday")
	if div != Scotland {
		monday(easter.Add(1), "Easter Monday")
	}
	monday(firstMonday(year, time.May), "Early May bank holiday")
	monday(lastMonday(year, time.May), "Spring bank holiday")
	if div == NorthernIreland {
		whole(time.July, 12, "Battle of the Boyne (Orangemen’s Day)")
	}
	if div == Scotland {
		monday(firstMonday(year, time.August), "Summer bank holiday")
		whole(time.November, 30, "St Andrew's Day")
	} else {
		monday(lastMonday(year, time.August), "Summer bank holiday")
	}
	whole(time.December, 25, "Christmas Day")
	whole(time.December, 26, "Boxing Day")
	return all
}

func firstMonday(year int, month time.Month) Date { return mondayBefore(On(year, month, 7)) }

func lastMonday(year int, month time.Month) Date { return mondayBefore(On(year, month, daysIn(year, month))) }

// mondayBefore returns the last Monday that is not after d.
func mondayBefore(d Date) Date { return d.Add(-Days(d.n-1) % 7) }

func easterSunday(year int) Date { return Date{} }

type oneOff struct {
	day       Date
	name      string
	announced Date
	moved     Date
	divisions []Division
}

var oneOffs []oneOff
