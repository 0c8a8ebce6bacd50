package calendar

import (
	"cmp"
	"time"
)

// Days is a number of days, as counted from midnight to midnight: 1 from one day to the next.
type Days int

// Date is a civil day, 0001-01-01 to 9999-12-31 in the proleptic Gregorian calendar, without a time of day and without a zone.
//
// Dates are comparable with == and usable as map keys. The zero Date is unset: it is no day, [Date.IsZero] tells it,
// it sorts before every day and its text is empty.
type Date struct {
	n int32 // days counted from 1 = 0001-01-01; 0 = unset
}

const (
	firstOrdinal = 1       // 0001-01-01
	lastOrdinal  = 3652059 // 9999-12-31
)

// On returns the given day, or the zero Date where there is no such day: 30 February, month 13, year 0 or 10000.
// Unlike [time.Date] it never carries a surplus into the next month.
func On(year int, month time.Month, day int) Date {
	if year < 1 || year > 9999 || month < time.January || month > time.December || day < 1 || day > daysIn(year, month) {
		return Date{}
	}
	return civil(year, month, day)
}

// Of returns the day that t's clock shows in t's own location, or the zero Date where its year is outside 1 to 9999.
// The same instant may be two different days in two locations: t.In(loc) chooses.
func Of(t time.Time) Date {
	return On(t.Date())
}

// FromOrdinal returns the day with the given [Date.Ordinal], or the zero Date for a number outside 1 to 3652059.
func FromOrdinal(n int32) Date {
	if n < firstOrdinal || n > lastOrdinal {
		return Date{}
	}
	return Date{n}
}

// Ordinal returns the number of the day, counted from 1 for 0001-01-01 to 3652059 for 9999-12-31, and 0 for the zero Date.
// Differences of ordinals are days. It is meant for arrays indexed by day; [FromOrdinal] leads back.
func (d Date) Ordinal() int32 { return d.n }

// IsZero reports whether d is unset.
func (d Date) IsZero() bool { return d.n == 0 }

// In returns the first instant of d in loc: midnight, or the end of the gap where the clocks skip midnight.
// Where a zone left out the whole day (Samoa, 30 December 2011) it is the first instant after it. A nil loc means UTC;
// the zero Date gives the zero time.
func (d Date) In(loc *time.Location) time.Time {
	if d.n == 0 {
		return time.Time{}
	}
	if loc == nil {
		loc = time.UTC
	}
	year, month, day := d.Calendar()
	t := time.Date(year, month, day, 0, 0, 0, 0, loc)
	if Of(t).Before(d) {
		// Midnight was skipped and time.Date has answered with the clock of before the gap.
		if _, end := t.ZoneBounds(); !end.IsZero() {
			return end
		}
	}
	return t
}

// Calendar returns year (1 to 9999), month and day of the month (1 to 31); all three are 0 for the zero Date. It takes constant time.
func (d Date) Calendar() (year int, month time.Month, day int) {
	if d.n == 0 {
		return 0, 0, 0
	}
	// Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms",
	// Software: Practice and Experience 53 (2023), 937-970, figure 12, with the epoch moved to 0000-03-01.
	n1 := 4*uint32(d.n+daysBeforeMarch) + 3
	century := n1 / 146097
	n2 := n1%146097 | 3
	p := uint64(2939745) * uint64(n2)
	y := 100*century + uint32(p>>32)
	dayOfYear := uint32(p) / 2939745 / 4 // counted from 0 = 1 March
	n3 := 2141*dayOfYear + 197913
	m := n3 >> 16
	day = int(n3&0xffff/2141) + 1
	if dayOfYear >= 306 {
		return int(y) + 1, time.Month(m - 12), day
	}
	return int(y), time.Month(m), day
}

// daysBeforeMarch added to an ordinal counts days from 0 = 0000-03-01, so that the leap day ends a year.
const daysBeforeMarch = 305

// civil is the inverse of Calendar for a day that exists.
func civil(year int, month time.Month, day int) Date {
	y, m := uint32(year), uint32(month)
	if m <= 2 {
		y--
		m += 12
	}
	century := y / 100
	n := 1461*y/4 - century + century/4 + (979*m-2919)/32 + uint32(day) - 1
	return Date{int32(n) - daysBeforeMarch}
}

// Year returns 1 to 9999, or 0 for the zero Date.
func (d Date) Year() int {
	year, _, _ := d.Calendar()
	return year
}

// Month returns the month, or 0 for the zero Date.
func (d Date) Month() time.Month {
	_, month, _ := d.Calendar()
	return month
}

// Day returns the day of the month, 1 to 31, or 0 for the zero Date.
func (d Date) Day() int {
	_, _, day := d.Calendar()
	return day
}

// YearDay returns the day of the year, 1 to 366, or 0 for the zero Date.
func (d Date) YearDay() int {
	if d.n == 0 {
		return 0
	}
	return int(d.n-civil(d.Year(), time.January, 1).n) + 1
}

// Weekday returns the day of the week; for the zero Date, which has none, it returns Sunday.
func (d Date) Weekday() time.Weekday { return time.Weekday(d.n % 7) } // 0001-01-01 was a Monday

// Add returns the day n days after d, before it where n is negative. The result is the zero Date where it would leave
// 0001-01-01 to 9999-12-31, and where d is the zero Date.
func (d Date) Add(n Days) Date {
	if d.n == 0 || n > lastOrdinal || n < -lastOrdinal {
		return Date{}
	}
	return FromOrdinal(d.n + int32(n))
}

// Sub returns the days from e to d, negative where d comes first, so that e.Add(d.Sub(e)) == d.
// It returns 0 where either is the zero Date.
func (d Date) Sub(e Date) Days {
	if d.n == 0 || e.n == 0 {
		return 0
	}
	return Days(d.n - e.n)
}

// Before reports whether d comes before e; the zero Date comes before every day.
func (d Date) Before(e Date) bool { return d.n < e.n }

// After reports whether d comes after e; every day comes after the zero Date.
func (d Date) After(e Date) bool { return d.n > e.n }

// Compare returns -1 where d comes before e, 0 where they are equal and +1 where d comes after e, for [slices.SortFunc].
// The zero Date comes first.
func (d Date) Compare(e Date) int { return cmp.Compare(d.n, e.n) }

// daysIn returns the length of a month, which must be January to December.
func daysIn(year int, month time.Month) int {
	switch month {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
