package calendar

import "time"

// maxName bounds the bytes of the name of a day.
const maxName = 128

// ParseWhen reads one of
//
//	2024-07-05             a day
//	2024-07                a month
//	2024-Q3                a calendar quarter, here July to September
//	2024                   a calendar year
//	FY2024-25              a financial year of the UK government, 1 April 2024 to 31 March 2025
//	FY2024-25-Q1           a quarter of it, here April to June 2024
//	SY2027-28              a school year, 1 September 2027 to 31 August 2028
//	2024-07-05/2024-08-01  any interval, first and last day included
//	unknown                a day that is not known
//	end-of-parliament      the name of a day: [a-z][a-z0-9]*(-[a-z0-9]+)*, at most 128 bytes
//
// in exactly this spelling. Two kinds of text that fit are refused because they are nearly always a slip. The years 0001 and 9000 to 9999 are sentinels:
// an open end is left out, an end that nobody knows is "unknown". And names may not look like a financial year, school year or
// quarter in lower case (fy2024-25, sy2024-25, q3-2024).
// Any other text is a [*WhenError], which says what to write instead where that can be guessed.
//
// ParseWhen does not allocate on success. A named day shares memory with s.
func ParseWhen(s string) (When, error) {
	w, ok := parseWhen(s)
	if !ok {
		return When{}, whenError(s)
	}
	if w.form == formName {
		w.name = s
	}
	return w, nil
}

// MustParseWhen is [ParseWhen] for texts in source code and tests: it panics where ParseWhen returns an error.
func MustParseWhen(s string) When {
	w, err := ParseWhen(s)
	if err != nil {
		panic(err)
	}
	return w
}

// String returns the text that w was read from, and "" for the zero When.
func (w When) String() string {
	if w.form == formName {
		return w.name
	}
	var buf [21]byte
	return string(w.append(buf[:0]))
}

// AppendText appends the text of [When.String] to b. A day in a sentinel year, which only [OnDay] can make, is a [*WhenError]:
// nothing is written that [ParseWhen] does not read.
func (w When) AppendText(b []byte) ([]byte, error) {
	if w.form == formDay && isSentinel(w.earliest.Year()) {
		return b, whenError(w.String())
	}
	return w.append(b), nil
}

// MarshalText returns the text of [When.String], with the error of [When.AppendText]. The interval of a named day is not part of it.
func (w When) MarshalText() ([]byte, error) { return w.AppendText(nil) }

// UnmarshalText reads what [When.MarshalText] writes: the empty text gives the zero When, any other goes by the rules of [ParseWhen].
// On an error w keeps its value. Only names allocate.
func (w *When) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*w = When{}
		return nil
	}
	v, ok := parseWhen(text)
	if !ok {
		return whenError(string(text))
	}
	if v.form == formName {
		v.name = string(text)
	}
	*w = v
	return nil
}

func (w When) append(b []byte) []byte {
	switch w.form {
	case formUnset:
		return b
	case formUnknown:
		return append(b, "unknown"...)
	case formName:
		return append(b, w.name...)
	case formDay:
		return w.earliest.append(b)
	case formInterval:
		return w.latest.append(append(w.earliest.append(b), '/'))
	}
	year, month, _ := w.earliest.Calendar()
	switch w.form {
	case formMonth:
		return appendTwo(append(appendYear(b, year), '-'), int(month))
	case formQuarter:
		return appendQuarter(appendYear(b, year), int(month-1)/3)
	case formSchoolYear:
		return appendYearPair(append(b, "SY"...), year)
	case formFinancialYear, formFinancialQuarter:
		if month < time.April {
			year--
		}
		b = appendYearPair(append(b, "FY"...), year)
		if w.form == formFinancialQuarter {
			b = appendQuarter(b, int(month+8)%12/3)
		}
		return b
	}
	return appendYear(b, year)
}

// appendQuarter appends "-Q1" for quarter 0 and so on.
func appendQuarter(b []byte, quarter int) []byte { return append(b, '-', 'Q', '1'+byte(quarter)) }

// appendYearPair appends "2024-25" for 2024.
func appendYearPair(b []byte, year int) []byte {
	return appendTwo(append(appendYear(b, year), '-'), (year+1)%100)
}

// parseWhen reads all forms; the name itself is left for the caller to fill in.
func parseWhen[T text](s T) (w When, ok bool) {
	switch {
	case len(s) == 0:
		return When{}, false
	case s[0] >= 'a' && s[0] <= 'z':
		return parseName(s)
	case s[0] == 'F' || s[0] == 'S':
		w = parseYearPair(s)
	case len(s) == 21:
		w = parseInterval(s)
	default:
		w = parseCalendar(s)
	}
	return w, w.form != formUnset
}

func parseName[T text](s T) (When, bool) {
	if len(s) > maxName {
		return When{}, false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		case c == '-' && i+1 < len(s) && s[i+1] != '-':
		default:
			return When{}, false
		}
	}
	if string(s) == "unknown" {
		return When{form: formUnknown}, true
	}
	return When{form: formName}, !isDisguised(s)
}

// isDisguised tells names that start as fy2, sy2 or q3-2: a financial year, school year or quarter in the wrong spelling.
func isDisguised[T text](s T) bool {
	digit := func(i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }
	return len(s) > 1 && (s[0] == 'f' || s[0] == 's') && s[1] == 'y' && digit(2) ||
		s[0] == 'q' && digit(1) && (len(s) == 2 || s[2] == '-' && digit(3))
}

// parseYearPair reads FY2024-25, FY2024-25-Q1 and SY2027-28.
func parseYearPair[T text](s T) When {
	if len(s) != 9 && len(s) != 12 || s[1] != 'Y' || s[6] != '-' {
		return When{}
	}
	year, next := number(s, 2, 6), number(s, 7, 9)
	if year < 0 || next != (year+1)%100 {
		return When{}
	}
	switch {
	case len(s) == 12:
		if q := quarter(s, 9); s[0] == 'F' && q >= 0 {
			return run(formFinancialQuarter, 12*year+3+3*q, 3)
		}
	case s[0] == 'F':
		return run(formFinancialYear, 12*year+3, 12)
	default:
		return run(formSchoolYear, 12*year+8, 12)
	}
	return When{}
}

// quarter reads "-Q1" to "-Q4" at s[i:] as 0 to 3, or returns -1.
func quarter[T text](s T, i int) int {
	if len(s) != i+3 || s[i] != '-' || s[i+1] != 'Q' || s[i+2] < '1' || s[i+2] > '4' {
		return -1
	}
	return int(s[i+2] - '1')
}

func parseInterval[T text](s T) When {
	// A slice of a type parameter keeps its type only through the conversions of its constraint, hence the two arrays.
	var a, b [10]byte
	copy(a[:], s[:10])
	copy(b[:], s[11:])
	first, ok := parseDay(a[:])
	last, okLast := parseDay(b[:])
	if !ok || !okLast || s[10] != '/' || last.Before(first) || isSentinel(first.Year()) || isSentinel(last.Year()) {
		return When{}
	}
	return When{earliest: first, latest: last, form: formInterval}
}

// parseCalendar reads 2024, 2024-07, 2024-Q3 and 2024-07-05.
func parseCalendar[T text](s T) When {
	if len(s) == 10 {
		if d, ok := parseDay(s); ok && !isSentinel(d.Year()) {
			return OnDay(d)
		}
		return When{}
	}
	if len(s) != 4 && len(s) != 7 {
		return When{}
	}
	year := number(s, 0, 4)
	if year < 0 {
		return When{}
	}
	if len(s) == 4 {
		return run(formYear, 12*year, 12)
	}
	if q := quarter(s, 4); q >= 0 {
		return run(formQuarter, 12*year+3*q, 3)
	}
	if month := number(s, 5, 7); s[4] == '-' && month >= 1 && month <= 12 {
		return run(formMonth, 12*year+month-1, 1)
	}
	return When{}
}

func monthOf(n int) time.Month { return time.Month(n) }
