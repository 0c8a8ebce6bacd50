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
