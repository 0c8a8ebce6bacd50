package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// maxAdvised bounds the bytes of a text that advise looks into; longer ones are no slips of a date.
const maxAdvised = 128

// advise says what is wrong with a text that is no date, and guesses texts that may have been meant, most likely first. The caller
// keeps those that its parser accepts. It looks for the spellings that people and spreadsheets write; it is never on the way of a good text.
func advise(s string) (reason string, instead []string) {
	plain := strings.TrimSpace(strings.NewReplacer("–", "-", "—", "-", "‑", "-", "−", "-").Replace(s))
	switch {
	case plain == "":
		return "empty", nil
	case len(s) > maxAdvised:
		return "too long", nil
	}
	if w, ok := parseWhen(plain); ok {
		switch {
		case plain != s:
			return "a space or a dash of another kind", []string{plain}
		case w.form == formDay:
			return "not written as a day", nil
		}
		return "no single day", nil
	}
	if from, until, ok := strings.Cut(plain, "/"); ok {
		if reason, instead = adviseInterval(strings.TrimSpace(from), strings.TrimSpace(until)); reason != "" {
			return reason, instead
		}
	}
	if len(plain) > 10 {
		if _, ok := parseDay(plain[:10]); ok && (plain[10] == 'T' || plain[10] == ' ') {
			return "a day has no time of day", []string{plain[:10]}
		}
	}
	if absent[strings.ToLower(plain)] {
		return "a date that is not known is written unknown, one that is not given is left out", []string{"unknown"}
	}
	f := scan(plain)
	if len(f.words) > 0 {
		for _, w := range f.words {
			if strings.IndexFunc(w, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
				return "a name has the letters a to z, digits and single hyphens", nil
			}
		}
		return "not a name in lower case with hyphens, nor a date", []string{slug(plain)}
	}
	return f.advise()
}

// absent are the words that stand in date columns where there is no date.
var absent = map[string]bool{
	"unknown": true, "not known": true, "n/a": true, "na": true, "none": true, "null": true, "nil": true, "?": true, "-": true,
	"tbc": true, "tba": true, "tbd": true, "0000-00-00": true,
}

// adviseSentinel speaks of the years that stand for no date; the reason is empty for a text that begins with another year or none.
func adviseSentinel(s string) (string, []string) {
	year := leadingYear(strings.TrimSpace(s))
	if year < 0 || !isSentinel(year) {
		return "", nil
	}
	return sentinelReason(year), []string{"unknown"}
}

func sentinelReason(year int) string {
	return fmt.Sprintf("year %04d is a sentinel, not a date: an open end is left out, an end that nobody knows is unknown", year)
}

// leadingYear returns the four digits that a text in one of the forms with a year begins with, or -1.
func leadingYear(s string) int {
	if strings.HasPrefix(s, "FY") || strings.HasPrefix(s, "SY") {
		s = s[2:]
	}
	if len(s) < 4 || len(s) > 4 && s[4] != '-' {
		return -1
	}
	return number(s, 0, 4)
}

// adviseInterval reads what stands on both sides of a slash. It leaves 2024/25 and 01/02/2025 alone.
func adviseInterval(from, until string) (string, []string) {
	a, okA := parseWhen(from)
	b, okB := parseWhen(until)
	switch {
	case okA && okB && a.IsResolved() && b.IsResolved():
		if b.Before(a.earliest) {
			return "the interval ends before it starts", []string{b.earliest.String() + "/" + a.latest.String()}
		}
		text := a.earliest.String() + "/" + b.latest.String()
		if a.form == formYear && b.form == formYear && b.earliest.Year() == a.earliest.Year()+1 {
			pair := string(appendYearPair(nil, a.earliest.Year()))
			return "two years are no financial year", []string{"FY" + pair, "SY" + pair, text}
		}
		return "an interval is written with its first and last day", []string{text}
	case okA && a.form == formDay && (until == "" || until == ".."):
		return "an interval has a first and a last day; an open end is left out", []string{from}
	}
	for _, day := range []string{from, until} {
		if reason, _ := adviseSentinel(day); reason != "" {
			return reason, nil
		}
		if f := scan(day); len(day) == 10 && len(f.nums) == 3 && len(f.nums[0]) == 4 {
			if _, ok := parseDay(day); !ok {
				reason, _ := adviseDay(f.nums[0], f.nums[1], f.nums[2])
				return reason, nil
			}
		}
	}
	return "", nil
}

// found is what scan recognises in a text.
type found struct {
	fy, sy  bool
	month   int      // 1 to 12 where one is named
	quarter int      // the number behind a q
	half    int      // the number behind an h
	nums    []string // all other numbers
	words   []string // all other words
}

// scan cuts a text into numbers and words and sorts them.
func scan(s string) found {
	var f found
	last := "" // the word directly before
	for token := range tokens(s) {
		if token[0] <= '9' {
			n, err := strconv.Atoi(token)
			switch {
			case last == "q" && err == nil:
				f.quarter = n
			case last == "h" && err == nil:
				f.half = n
			default:
				f.nums = append(f.nums, token)
			}
			last = ""
			continue
		}
		last = ""
		switch token {
		case "fy":
			f.fy = true
		case "sy", "ay":
			f.sy = true
		case "q", "quarter", "qtr":
			last = "q"
		case "h":
			last = "h"
		case "st", "nd", "rd", "th", "of", "the":
		default:
			if m := monthNamed(token); m > 0 && f.month == 0 {
				f.month = m
			} else {
				f.words = append(f.words, token)
			}
		}
	}
	return f
}

// tokens yields the runs of ASCII digits and the lower-cased runs of other letters; everything else parts them.
func tokens(s string) func(yield func(string) bool) {
	kind := func(c byte) int {
		switch {
		case c >= '0' && c <= '9':
			return 1
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= 0x80:
			return 2
		}
		return 0
	}
	return func(yield func(string) bool) {
		for i := 0; i < len(s); {
			j := i + 1
			for j < len(s) && kind(s[j]) == kind(s[i]) {
				j++
			}
			if kind(s[i]) != 0 && !yield(strings.ToLower(s[i:j])) {
				return
			}
			i = j
		}
	}
}

// monthNamed reads an English month, in full or cut after at least three letters.
func monthNamed(word string) int {
	for m := time.January; m <= time.December; m++ {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), word) {
			return int(m)
		}
	}
	return 0
}

func (f found) advise() (string, []string) {
	year, next, pair := f.years()
	switch {
	case f.month > 0:
		return f.adviseMonthName()
	case f.quarter > 0 && f.sy:
		return "a school year has no quarters", f.yearTexts(year)
	case f.quarter > 4:
		return fmt.Sprintf("quarter %d is not 1 to 4", f.quarter), nil
	case f.quarter > 0 && pair:
		return "the quarter stands behind the financial year", []string{fmt.Sprintf("FY%04d-%02d-Q%d", year, (year+1)%100, f.quarter)}
	case f.quarter > 0 && year >= 0:
		quarter := fmt.Sprintf("%04d-Q%d", year, f.quarter)
		financial := fmt.Sprintf("FY%04d-%02d-Q%d", year, (year+1)%100, f.quarter)
		if f.fy {
			return "a financial year names both its years", []string{financial}
		}
		return "the quarter stands behind the year, calendar or financial", []string{quarter, financial}
	case f.half > 0 && f.half <= 2 && year >= 0 && !f.fy && !pair:
		text := fmt.Sprintf("%04d-01-01/%04d-06-30", year, year)
		if f.half == 2 {
			text = fmt.Sprintf("%04d-07-01/%04d-12-31", year, year)
		}
		return "half a year is written as an interval", []string{text}
	case pair:
		return f.adviseYears(year, next)
	case (f.fy || f.sy) && year >= 0:
		return "both years are named", append(f.yearTexts(year), f.yearTexts(year-1)...)
	case len(f.nums) == 2 && !f.fy && !f.sy:
		return adviseMonth(f.nums[0], f.nums[1])
	case len(f.nums) == 3 && !f.fy && !f.sy:
		return adviseDay(f.nums[0], f.nums[1], f.nums[2])
	case len(f.nums) == 1 && len(f.nums[0]) == 8:
		n := f.nums[0]
		return adviseDay(n[:4], n[4:6], n[6:])
	}
	return "not one of the accepted forms", nil
}

// years reads the numbers as one year or two: 2024, 2024 and 25, 2024 and 2025, and with FY or SY also 24 and 25.
// A year that is missing is -1.
func (f found) years() (year, next int, pair bool) {
	full := func(s string) int {
		n := number(s, 0, len(s))
		switch {
		case len(s) == 4:
			return n
		case len(s) == 2 && (f.fy || f.sy):
			return 2000 + n
		}
		return -1
	}
	if len(f.nums) == 0 || len(f.nums) > 2 {
		return -1, -1, false
	}
	year = full(f.nums[0])
	if len(f.nums) == 1 || year < 0 {
		return year, -1, false
	}
	n := number(f.nums[1], 0, len(f.nums[1]))
	switch len(f.nums[1]) {
	case 4:
		return year, n, true
	case 2:
		// 2024-07 would be a month: without FY or SY only the following year makes a pair.
		if n == (year+1)%100 && n > 12 || f.fy || f.sy || f.quarter > 0 {
			return year, year/100*100 + n, true
		}
	}
	return year, -1, false
}

// yearTexts spells the year that begins in the given one as a financial year, a school year or both.
func (f found) yearTexts(year int) []string {
	pair := fmt.Sprintf("%04d-%02d", year, (year+1)%100)
	switch {
	case f.fy:
		return []string{"FY" + pair}
	case f.sy:
		return []string{"SY" + pair}
	}
	return []string{"FY" + pair, "SY" + pair}
}

func (f found) adviseYears(year, next int) (string, []string) {
	if isSentinel(year + 1) {
		return sentinelReason(year + 1), []string{"unknown"}
	}
	if next%100 == (year+1)%100 {
		return "a year that runs into the next is a financial or a school year", f.yearTexts(year)
	}
	return fmt.Sprintf("the year after %04d is %04d", year, year+1), append(f.yearTexts(year), f.yearTexts(next-1)...)
}

func (f found) adviseMonthName() (string, []string) {
	const reason = "the month is written as a number, the year first"
	var year, day string
	for _, n := range f.nums {
		switch {
		case len(n) == 4 && year == "":
			year = n
		case len(n) <= 2 && day == "":
			day = n
		default:
			return reason, nil
		}
	}
	switch {
	case year == "":
		return "the year with its four digits is missing", nil
	case day == "":
		return reason, []string{fmt.Sprintf("%s-%02d", year, f.month)}
	}
	d := number(day, 0, len(day))
	if r := dayFault(number(year, 0, 4), f.month, d); r != "" {
		return r, nil
	}
	return reason, []string{fmt.Sprintf("%s-%02d-%02d", year, f.month, d)}
}

// adviseMonth reads two numbers as year and month in either order.
func adviseMonth(a, b string) (string, []string) {
	reason := "a month is written with the year first and two digits"
	if len(b) == 4 {
		a, b = b, a
	}
	if len(a) != 4 || len(b) > 2 {
		return "not one of the accepted forms", nil
	}
	n := number(b, 0, len(b))
	if n < 1 || n > 12 {
		return fmt.Sprintf("month %s is not 01 to 12", b), nil
	}
	return reason, []string{fmt.Sprintf("%s-%02d", a, n)}
}

// adviseDay reads three numbers as year, month and day, or as day, month and year, or as month, day and year.
func adviseDay(a, b, c string) (string, []string) {
	text := func(y, m, d string) string {
		return fmt.Sprintf("%s-%02d-%02d", y, number(m, 0, len(m)), number(d, 0, len(d)))
	}
	for _, n := range []string{a, b, c} {
		if len(n) > 4 || len(n) == 3 {
			return "not one of the accepted forms", nil
		}
	}
	switch {
	case len(a) == 4 && len(b) <= 2 && len(c) <= 2:
		y, m, d := number(a, 0, 4), number(b, 0, len(b)), number(c, 0, len(c))
		r := dayFault(y, m, d)
		switch {
		case r == "":
			return "a day is written with hyphens and two digits", []string{text(a, b, c)}
		case m > 12:
			return r, []string{text(a, c, b)}
		case m > 0 && d > 28 && d <= 31:
			return r, []string{fmt.Sprintf("%s-%02d-%02d", a, m, daysIn(y, monthOf(m))), fmt.Sprintf("%s-%02d", a, m)}
		}
		return r, nil
	case len(c) == 4 && len(a) <= 2 && len(b) <= 2:
		return "the year comes first, then month and day", []string{text(c, b, a), text(c, a, b)}
	}
	return "the year comes first and has four digits", nil
}

// dayFault says why there is no such day, or "" where there is one.
func dayFault(year, month, day int) string {
	switch {
	case year == 0:
		return "there is no year 0000"
	case month < 1 || month > 12:
		return fmt.Sprintf("month %02d is not 01 to 12", month)
	case day < 1 || day > daysIn(year, monthOf(month)):
		return fmt.Sprintf("%v %04d has days 01 to %d", monthOf(month), year, daysIn(year, monthOf(month)))
	}
	return ""
}

// slug writes a text as the name of a day: its words and numbers in lower case, joined by hyphens.
func slug(s string) string {
	var b strings.Builder
	gap := false
	for _, c := range []byte(strings.ToLower(s)) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteByte(c)
			gap = false
		case c != '\'':
			gap = true
		}
	}
	return b.String()
}
