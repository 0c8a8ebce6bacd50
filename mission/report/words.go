package report

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The longest texts of the plan that the page shows, in runes. Longer ones are cut with a note.
const (
	longName = 200
	longText = 600
	longAt   = 100
	longSign = 2000 // the review has joined and cut these already
)

// clean makes one line of a text that may hold anything: every stretch of white space and control characters is one space;
// directional and other invisible characters go, but for the joiners that some scripts need; what is longer than most runes
// is cut, and says so.
func clean(s string, most int) string {
	if len(s) <= most && plain(s) {
		return s
	}
	var b strings.Builder
	n, marks, gap := 0, 0, false
	for _, r := range s { // a byte that is no UTF-8 comes as U+FFFD
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			gap = true
			continue
		case r == '\u200c' || r == '\u200d':
		case !unicode.IsGraphic(r):
			continue
		}
		if marks++; !unicode.Is(unicode.M, r) {
			marks = 0
		} else if marks > mostMarks {
			continue
		}
		if n >= most || gap && n == most-1 {
			b.WriteString("… (shortened: " + grouped(strconv.Itoa(utf8.RuneCountInString(s))) + " characters in all)")
			break
		}
		if gap && n > 0 {
			b.WriteByte(' ')
			n++
		}
		gap = false
		b.WriteRune(r)
		n++
	}
	if strings.Trim(b.String(), " \u200c\u200d") == "" {
		return ""
	}
	return b.String()
}

// named is the name of a record as the page shows it: its id where nothing of the name can be seen.
func named(name string, id record.ID) string {
	if name = clean(name, longName); name != "" {
		return name
	}
	return string(id)
}

// mostMarks is how many marks may sit on one letter: no script needs more, and towers of them cover the lines above.
const mostMarks = 4

// plain reports whether s is printable ASCII without space to tidy.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

// words turns a machine word such as "mission-steward" into words.
func words(s string) string { return clean(spaced.Replace(s), longName) }

var spaced = strings.NewReplacer("-", " ", "_", " ")

// capital starts a text with a capital.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// small makes a sentence fit after "if". Abbreviations and names in the middle stay.
func small(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// listed joins names: "a", "a and b", "a, b and c".
func listed(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// count writes a number and what it counts.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(strconv.Itoa(n)) + " " + many
}

// grouped puts commas between the thousands of a decimal number.
func grouped(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	whole, part, point := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		whole += "." + part
	}
	return sign + whole
}

// amount writes a quantity with its unit.
func amount(q record.Quantity, unit string) string {
	switch unit = clean(unit, longAt); unit {
	case "":
		return grouped(q.String())
	case "percent", "per cent", "%":
		return grouped(q.String()) + "%"
	}
	return grouped(q.String()) + " " + unit
}

// percent writes a share. It is not cut off at either end, and never rounded to 0 or 100 unless it is that.
func percent(p float64) string {
	f := p * 100
	if f == 0 {
		return "0%" // nought may have a sign
	}
	for places := 0; places <= 2; places++ {
		s := strconv.FormatFloat(f, 'f', places, 64)
		if v, _ := strconv.ParseFloat(s, 64); v != 0 && v != 100 || v == f {
			return grouped(s) + "%"
		}
	}
	if f > 50 {
		if f > 100 {
			return "barely more than 100%"
		}
		return "barely less than 100%"
	}
	if f < 0 {
		return "barely less than 0%"
	}
	return "barely more than 0%"
}

// day writes a date in words: "5 December 2024".
func day(d calendar.Date) string {
	if d.IsZero() {
		return "a day not stated"
	}
	return strconv.Itoa(d.Day()) + " " + d.Month().String() + " " + strconv.Itoa(d.Year())
}

// instant writes a moment of recording in words.
func instant(t time.Time) string {
	t = t.UTC()
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return day(calendar.Of(t))
	}
	return day(calendar.Of(t)) + ", " + t.Format("15:04") + " UTC"
}

// stretch writes a rough date that has no name of its own.
func stretch(w calendar.When) string {
	text, from, until := w.String(), w.Earliest(), w.Latest()
	switch {
	case w.IsZero():
		return "no date stated"
	case w.IsUnknown():
		return "a date that is not known"
	case !w.IsResolved():
		return clean(text, longAt)
	case w.IsExact():
		return day(from)
	case strings.HasPrefix(text, "FY") && strings.Contains(text, "-Q"):
		year, quarter, _ := strings.Cut(text[2:], "-Q")
		return "quarter " + quarter + " of " + strings.ReplaceAll(year, "-", "–") + " (" + months(from, until) + ")"
	case strings.HasPrefix(text, "FY"):
		return "financial year " + strings.ReplaceAll(text[2:], "-", "–")
	case strings.HasPrefix(text, "SY"):
		return "school year " + strings.ReplaceAll(text[2:], "-", "–")
	case strings.Contains(text, "/"):
		return day(from) + " to " + day(until)
	case len(text) == 4:
		return text
	}
	return months(from, until)
}

// months writes a stretch of whole months: "July to September 2024".
func months(from, until calendar.Date) string {
	last := until.Month().String() + " " + strconv.Itoa(until.Year())
	if from.Month() == until.Month() && from.Year() == until.Year() {
		return last
	}
	if from.Year() == until.Year() {
		return from.Month().String() + " to " + last
	}
	return from.Month().String() + " " + strconv.Itoa(from.Year()) + " to " + last
}

// shift writes how far a date has moved.
func shift(least, most calendar.Days) string {
	one := func(n calendar.Days) string {
		switch {
		case n == 0:
			return "not at all"
		case n < 0:
			return count(int(-n), "day", "days") + " earlier"
		}
		return count(int(n), "day", "days") + " later"
	}
	switch {
	case least == most:
		return one(most)
	case least > 0:
		return grouped(strconv.Itoa(int(least))) + " to " + one(most)
	case most < 0:
		return grouped(strconv.Itoa(int(-most))) + " to " + one(least)
	}
	return "one end of it " + one(least) + ", the other " + one(most)
}

// yesNo writes a value that is true, false or not known.
func yesNo(v record.Value[bool]) string {
	if b, ok := v.Get(); ok {
		if b {
			return "yes"
		}
		return "no"
	}
	return clean(v.Why(), longText)
}

// number writes a whole number.
func number(n int) string { return grouped(strconv.Itoa(n)) }
