package calendar

// When is a day as a source names it, and the interval of days that this means: [Earliest, Latest], both included. It is a day
// ("2024-07-05"), a stretch of the calendar in which the day lies ("2024-Q3", "FY2024-25"), a day that is not known ("unknown"),
// or a named day ("end-of-parliament") that means nothing until [When.Resolve] gives it its interval. [ParseWhen] has the grammar.
//
// Whens are comparable with ==: equal are those with the same text and the same interval, so "2024-07" and
// "2024-07-01/2024-07-31" differ. The zero When is unset, which is something else than unknown: an end left open, not an end
// that nobody knows.
type When struct {
	name             string // the name where form is formName, else empty
	earliest, latest Date   // zero for unset, unknown and unresolved
	form             form
}

// form says which line of the grammar a When was read by. With the interval it gives the text back.
type form uint8

const (
	formUnset form = iota
	formDay
	formMonth
	formQuarter
	formYear
	formFinancialYear
	formFinancialQuarter
	formSchoolYear
	formInterval
	formUnknown
	formName
)

// OnDay returns the When that means d and no other day. The zero Date gives the zero When.
func OnDay(d Date) When {
	if d.n == 0 {
		return When{}
	}
	return When{earliest: d, latest: d, form: formDay}
}

// MonthOf returns the month in which d lies, as in "2024-07". The zero Date and the sentinel years, which [ParseWhen] does not
// read, give the zero When; so for the other functions of this kind.
func MonthOf(d Date) When { return stretch(formMonth, d, 1, 1) }

// QuarterOf returns the calendar quarter in which d lies, as in "2024-Q3" for 1 July to 30 September 2024.
func QuarterOf(d Date) When { return stretch(formQuarter, d, 1, 3) }

// YearOf returns the calendar year in which d lies, as in "2024".
func YearOf(d Date) When { return stretch(formYear, d, 1, 12) }

// FinancialYear returns the financial year of the United Kingdom's government in which d lies, 1 April to 31 March, as in "FY2024-25".
func FinancialYear(d Date) When { return stretch(formFinancialYear, d, 4, 12) }

// FinancialQuarter returns the quarter of the financial year in which d lies, as in "FY2024-25-Q4" for 1 January to 31 March 2025.
func FinancialQuarter(d Date) When { return stretch(formFinancialQuarter, d, 4, 3) }

// SchoolYear returns the school year in which d lies, 1 September to 31 August, as in "SY2027-28". This is the statutory year
// of schools in England; terms within it are set locally.
func SchoolYear(d Date) When { return stretch(formSchoolYear, d, 9, 12) }

// stretch returns the run of months of the given length that holds d, where one such run begins with the month first.
func stretch(f form, d Date, first, length int) When {
	year, month, _ := d.Calendar()
	if isSentinel(year) {
		return When{}
	}
	past := (int(month) - first + 12) % length // whole months from the beginning of the run
	return run(f, 12*year+int(month)-1-past, length)
}

// run returns the months counted from 12*year+(month-1), or the zero When where one of them lies in a sentinel year.
func run(f form, months, length int) When {
	end := months + length
	if isSentinel(months/12) || isSentinel((end-1)/12) {
		return When{}
	}
	return When{
		earliest: civil(months/12, monthOf(months%12+1), 1),
		latest:   civil(end/12, monthOf(end%12+1), 1).Add(-1),
		form:     f,
	}
}

// isSentinel tells the years that data files write for "no date" and "no end": 0001 (the zero of Go, .NET and SQL Server)
// and 9000 to 9999. Year 0 is the zero Date's.
func isSentinel(year int) bool { return year <= 1 || year >= 9000 }

// Earliest returns the first day that w may mean; the zero Date where w is unset, unknown or an unresolved name.
func (w When) Earliest() Date { return w.earliest }

// Latest returns the last day that w may mean; the zero Date where w is unset, unknown or an unresolved name.
func (w When) Latest() Date { return w.latest }

// IsZero reports whether w is unset: not given at all.
func (w When) IsZero() bool { return w.form == formUnset }

// IsUnknown reports whether w is the text "unknown": there is such a day, and the source does not know it.
func (w When) IsUnknown() bool { return w.form == formUnknown }

// IsNamed reports whether w is the name of a day, resolved or not.
func (w When) IsNamed() bool { return w.form == formName }

// IsResolved reports whether w means an interval of days: false for unset, unknown and a name without [When.Resolve].
func (w When) IsResolved() bool { return w.earliest.n != 0 }

// IsExact reports whether w means one single day.
func (w When) IsExact() bool { return w.earliest.n != 0 && w.earliest == w.latest }

// Resolve returns the named day w with the interval [earliest, latest], both included, in place of any it had; the text stays.
// A w that is no name, a zero Date and a reversed interval change nothing: the result is w.
func (w When) Resolve(earliest, latest Date) When {
	if w.form == formName && earliest.n != 0 && !latest.Before(earliest) {
		w.earliest, w.latest = earliest, latest
	}
	return w
}

// Before reports whether w certainly lies before d: every day it may mean does. It is false where w means no days or d is zero.
func (w When) Before(d Date) bool { return w.earliest.n != 0 && w.latest.n < d.n }

// After reports whether w certainly lies after d: every day it may mean does. It is false where w means no days or d is zero.
func (w When) After(d Date) bool { return d.n != 0 && w.earliest.n > d.n }
