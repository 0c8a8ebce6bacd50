package xer

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/missionled/missionled/milestone/calendar"
)

// A node is one pair of parentheses in the text of a calendar: (0||name(attributes)(nodes)).
type node struct {
	name  string
	about string
	parts []node
}

// blank are the characters between parentheses; 0x7f stands for the end of a line.
const blank = " \t\r\n\x7f"

// parseNode reads a node and returns what follows it. It calls itself once for each level, at most depth deep.
func parseNode(s string, depth int) (node, string, bool) {
	var n node
	s = strings.TrimLeft(s, blank)
	if depth == 0 || !strings.HasPrefix(s, "(") {
		return n, s, false
	}
	i := strings.IndexAny(s[1:], "()")
	if i < 0 || s[1+i] != '(' {
		return n, s, false
	}
	_, name, ok := strings.Cut(s[1:1+i], "||")
	if !ok {
		return n, s, false
	}
	n.name = strings.Trim(name, blank)
	s = s[2+i:]
	if i = strings.IndexAny(s, "()"); i < 0 || s[i] != ')' {
		return n, s, false
	}
	n.about, s = strings.Trim(s[:i], blank), strings.TrimLeft(s[i+1:], blank)
	if s, ok = strings.CutPrefix(s, "("); !ok {
		return n, s, false
	}
	for {
		s = strings.TrimLeft(s, blank)
		if rest, closed := strings.CutPrefix(s, ")"); closed {
			s = rest
			break
		}
		var part node
		if part, s, ok = parseNode(s, depth-1); !ok {
			return n, s, false
		}
		n.parts = append(n.parts, part)
	}
	s, ok = strings.CutPrefix(strings.TrimLeft(s, blank), ")")
	return n, s, ok
}

// attribute returns the value behind a name in "s|08:00|f|12:00".
func (n *node) attribute(name string) string {
	words := strings.Split(n.about, "|")
	for i := 0; i+1 < len(words); i += 2 {
		if strings.Trim(words[i], blank) == name {
			return strings.Trim(words[i+1], blank)
		}
	}
	return ""
}

// hoursOf reads the text of a calendar: its week and its own exceptions.
func (in *reader) hoursOf(r *row, id string) (week calendar.Shifts, except []calendar.Exception) {
	const column = "clndr_data"
	text := strings.Trim(r.get(column), blank)
	if text == "" {
		in.at(r, column, id, ErrMissing)
		return week, nil
	}
	root, rest, ok := parseNode(text, in.limits.Depth)
	if !ok || strings.Trim(rest, blank) != "" {
		in.at(r, column, id, ErrNested)
		return week, nil
	}
	for i := range root.parts {
		switch n := &root.parts[i]; n.name {
		case "DaysOfWeek":
			week = in.weekOf(r, id, n)
		case "Exceptions", "HolidayOrExceptions":
			except = in.exceptionsOf(r, id, n)
		case "VIEW":
		default:
			in.unmodelled(r, column, id, "the part "+quote(n.name)+" of a calendar", "it has no effect")
		}
	}
	return week, except
}

func (in *reader) weekOf(r *row, id string, n *node) calendar.Shifts {
	var days [7][]calendar.Shift
	for i := range n.parts {
		day := &n.parts[i]
		number, err := strconv.Atoi(day.name)
		if err != nil || number < 1 || number > 7 {
			in.at(r, "clndr_data", id, &ValueError{day.name, "a day of the week from 1 (Sunday) to 7"})
			continue
		}
		days[number-1] = in.shiftsOf(r, id, day)
	}
	return calendar.Shifts{Sunday: days[0], Monday: days[1], Tuesday: days[2], Wednesday: days[3], Thursday: days[4], Friday: days[5], Saturday: days[6]}
}

// epoch is the day that dates in calendars are counted from: 0 is 1899-12-30.
var epoch = calendar.On(1899, time.December, 30)

func (in *reader) exceptionsOf(r *row, id string, n *node) []calendar.Exception {
	var list []calendar.Exception
	for i := range n.parts {
		part := &n.parts[i]
		text := part.attribute("d")
		number, err := strconv.Atoi(text)
		day := calendar.Date{}
		if err == nil && number >= 0 && number < 4_000_000 {
			day = epoch.Add(calendar.Days(number))
		}
		if day.IsZero() {
			in.at(r, "clndr_data", id, &ValueError{text, "a day counted from 30 December 1899"})
			continue
		}
		if in.tooManyDays(r, 1) {
			return nil
		}
		x := calendar.Exception{From: day}
		if shifts := in.shiftsOf(r, id, part); len(shifts) > 0 {
			x.Week = calendar.EveryDay(shifts...)
		}
		list = append(list, x)
	}
	return list
}

func (in *reader) tooManyDays(r *row, more int) bool {
	if in.days += more; in.days > in.limits.Days {
		if !in.stop {
			in.at(r, "clndr_data", "", &LimitError{"exceptions in calendars", int64(in.limits.Days)})
		}
		in.stop = true
	}
	return in.stop
}

// shiftsOf reads what is worked on a day.
func (in *reader) shiftsOf(r *row, id string, day *node) []calendar.Shift {
	var shifts []calendar.Shift
	for i := range day.parts {
		from, ok := clock(day.parts[i].attribute("s"))
		until, right := clock(day.parts[i].attribute("f"))
		if !ok || !right {
			in.at(r, "clndr_data", id, &ValueError{day.parts[i].about, "a shift such as s|08:00|f|12:00"})
			continue
		}
		if until == 0 {
			until = 1440 // midnight at the end of the day
		}
		shifts = append(shifts, calendar.Shift{From: from, Until: until})
	}
	if !slices.IsSortedFunc(shifts, byClock) {
		slices.SortFunc(shifts, byClock)
		in.repaired(r, "clndr_data", id, "shifts are read in the order of the clock")
	}
	if len(shifts) > 0 {
		_, err := calendar.NewHours(calendar.HoursSpec{Week: calendar.EveryDay(shifts...)})
		if fault, ok := errors.AsType[*calendar.HoursError](err); ok {
			in.at(r, "clndr_data", id, fault)
			return nil
		}
	}
	return shifts
}

func byClock(a, b calendar.Shift) int { return int(a.From) - int(b.From) }

// clock reads "08:00", "8:00" and "8:00 AM".
func clock(s string) (calendar.Clock, bool) {
	s, half := strings.TrimSpace(s), 0
	for i, tail := range []string{"AM", "PM"} {
		if t, ok := strings.CutSuffix(strings.ToUpper(s), tail); ok {
			s, half = strings.TrimSpace(t), i+1
		}
	}
	if len(s) == 4 {
		s = "0" + s
	}
	var c calendar.Clock
	if s == "" || c.UnmarshalText([]byte(s)) != nil {
		return 0, false
	}
	if half > 0 {
		if c < 60 || c >= 13*60 {
			return 0, false
		}
		c = c%720 + calendar.Clock(half-1)*720
	}
	return c, true
}
