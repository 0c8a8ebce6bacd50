// Package calendar holds the days that plans, posts and records speak of: civil dates without a clock or a zone, dates known only to a
// month or a financial year, periods with open and unknown ends, and working days with the bank holidays of the United Kingdom.
//
// A [Date] is one day. A [When] is a text about a day, such as "2024-Q3" or "end-of-parliament", with the interval of days it means.
// A [Period] runs from one When until another, the second excluded; asked about a day it answers with a [Certainty], because
// "from 2024-Q3" says nothing definite of 1 August 2024. A [Working] counts working days.
//
// Everything here is a pure function of its arguments. There is no clock: "today" is a Date that the caller passes. All values are
// immutable and safe for concurrent use. The zero value of every type is usable and documented; none of them panics.
//
// The package is not for instants (use [time.Time]; [Date.In] and [Of] cross over), for times of day, or for calendars other than
// the proleptic Gregorian one.
package calendar
