package mspdi

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// A reader reads one file. What it cannot read it puts down as a fault and goes on.
type reader struct {
	options Options
	limits  Limits
	xml     *xml.Decoder
	open    int  // elements open
	stop    bool // nothing more can be read
	faults  Faults
	raw     rawProject
	out     Import
}

// maxPrefix is how long a prefix may be, so that ids stay within [record.MaxID].
const maxPrefix = 40

func newReader(options Options) *reader {
	in := &reader{options: options, limits: options.Limits.orDefault()}
	if len(options.Prefix) > maxPrefix {
		in.fault(0, "options", "", &ValueError{string(options.Prefix), "a prefix of at most 40 bytes"})
	}
	for _, id := range []record.ID{options.Prefix, options.Source.ID} {
		if id == "" {
			continue
		}
		if _, err := record.ParseID(string(id)); err != nil {
			in.fault(0, "options", "", err)
		}
	}
	return in
}

func (in *reader) fault(line int, path, id string, err error) {
	if len(in.faults) >= in.limits.Faults {
		in.stop = true
		return
	}
	in.faults = append(in.faults, &Fault{Line: line, Path: path, ID: id, Err: err})
}

func (in *reader) repaired(e *element, id, text string) {
	in.out.Repaired = append(in.out.Repaired, Note{Line: e.line, Path: e.path, ID: id, Text: text})
}

func (in *reader) lost(e *element, id, text string) {
	in.out.Lost = append(in.out.Lost, Note{Line: e.line, Path: e.path, ID: id, Text: text})
}

// unmodelled is a fault, or with Options.LeaveOut a loss.
func (in *reader) unmodelled(e *element, id, what, instead string) {
	err := &UnmodelledError{What: what, Instead: instead}
	if in.options.LeaveOut {
		in.lost(e, id, err.Error())
		return
	}
	in.fault(e.line, e.path, id, err)
}

// whole reads a whole number within bounds; without the element it is otherwise.
func (in *reader) whole(e *element, name, id string, least, most, otherwise int) int {
	part := e.get(name)
	if part == nil || part.text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(part.text)
	if err != nil || n < least || n > most {
		in.fault(part.line, part.path, id, &ValueError{part.text, "a whole number from " + strconv.Itoa(least) + " to " + strconv.Itoa(most)})
		return otherwise
	}
	return n
}

// flag reads 0 or 1; some programs write false and true.
func (in *reader) flag(e *element, name, id string, otherwise bool) bool {
	part := e.get(name)
	if part == nil {
		return otherwise
	}
	switch part.text {
	case "":
		return otherwise
	case "1", "true":
		return true
	case "0", "false":
		return false
	}
	in.fault(part.line, part.path, id, &ValueError{part.text, "0 or 1"})
	return otherwise
}

// minute reads a date and time; zero without the element.
func (in *reader) minute(e *element, name, id string) calendar.Minute {
	part := e.get(name)
	if part == nil || part.text == "" || part.text == "NA" {
		return 0
	}
	s, rest := part.text, ""
	if len(s) > 16 {
		s, rest = s[:16], s[16:]
	}
	m, err := calendar.ParseMinute(s)
	if err != nil && len(part.text) == 10 {
		m, err = calendar.ParseMinute(part.text + "T00:00")
		rest = ""
	}
	if err != nil || !seconds(rest) {
		in.fault(part.line, part.path, id, &ValueError{part.text, "a date and time such as 2028-03-31T17:00:00, without a zone"})
		return 0
	}
	if rest != "" && strings.Trim(rest, ":0.") != "" {
		in.repaired(part, id, part.text+" is read to the minute, as "+m.String())
	}
	return m
}

// seconds reports whether s is "", ":30" or ":30.000".
func seconds(s string) bool {
	if s == "" {
		return true
	}
	if len(s) < 3 || s[0] != ':' || s[1] < '0' || s[1] > '5' || s[2] < '0' || s[2] > '9' {
		return false
	}
	return s[3:] == "" || s[3] == '.' && strings.Trim(s[4:], "0123456789") == ""
}

// clock reads a time of day; some programs write a whole date with it.
func (in *reader) clock(e *element, id string) (calendar.Clock, bool) {
	s := e.text
	if len(s) > 11 && s[10] == 'T' {
		s = s[11:]
	}
	var c calendar.Clock
	if len(s) < 5 || !seconds(s[5:]) || c.UnmarshalText([]byte(s[:5])) != nil {
		in.fault(e.line, e.path, id, &ValueError{e.text, "a time of day such as 08:30:00"})
		return 0, false
	}
	if strings.Trim(s[5:], ":0.") != "" {
		in.repaired(e, id, e.text+" is read to the minute, as "+c.String())
	}
	return c, true
}

// maxLength is more than all minutes of the calendar.
const maxLength = 10000 * 366 * 1440

// length reads a duration "PT80H0M0S" and whether there is one.
func (in *reader) length(e *element, name, id string) (calendar.Minutes, bool) {
	part := e.get(name)
	if part == nil || part.text == "" {
		return 0, false
	}
	tenths, ok := parseLength(part.text)
	if !ok {
		in.fault(part.line, part.path, id, &ValueError{part.text, "hours, minutes and seconds such as PT7H30M0S"})
		return 0, false
	}
	n := roundTenths(tenths)
	if int64(n)*10 != tenths {
		in.repaired(part, id, part.text+" is rounded to the minute, as "+n.String())
	}
	return n, true
}

// parseLength reads a duration in tenths of a minute, seconds rounded to them. A leading day "P0D" or "P2DT3H" is refused unless it is none:
// how long a day is would be for the file to say.
func parseLength(s string) (int64, bool) {
	negative := strings.HasPrefix(s, "-")
	rest, ok := strings.CutPrefix(strings.TrimPrefix(s, "-"), "P")
	if !ok {
		return 0, false
	}
	rest = strings.TrimPrefix(rest, "0Y0M")
	rest = strings.TrimPrefix(rest, "0D")
	if rest == "" {
		return 0, len(s) > 2
	}
	rest, ok = strings.CutPrefix(rest, "T")
	if !ok || rest == "" {
		return 0, false
	}
	total, units := 0.0, "HMS"
	for rest != "" {
		i := strings.IndexAny(rest, "HMS")
		if i <= 0 {
			return 0, false
		}
		value, err := strconv.ParseFloat(rest[:i], 64)
		at := strings.IndexByte(units, rest[i])
		if err != nil || at < 0 || strings.Trim(rest[:i], "0123456789.") != "" {
			return 0, false
		}
		switch rest[i] {
		case 'H':
			total += 600 * value
		case 'M':
			total += 10 * value
		case 'S':
			total += value / 6
		}
		units, rest = units[at+1:], rest[i+1:]
	}
	if total > 10*maxLength {
		return 0, false
	}
	tenths := int64(math.Round(total))
	if negative {
		tenths = -tenths
	}
	return tenths, true
}

func roundTenths(tenths int64) calendar.Minutes {
	if tenths < 0 {
		return -roundTenths(-tenths)
	}
	return calendar.Minutes((tenths + 5) / 10)
}

// slack reads a float in tenths of a minute.
func (in *reader) slack(e *element, name, id string) record.Value[calendar.Minutes] {
	part := e.get(name)
	if part == nil || part.text == "" {
		return record.Value[calendar.Minutes]{}
	}
	f, err := strconv.ParseFloat(part.text, 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > 10*maxLength {
		in.fault(part.line, part.path, id, &ValueError{part.text, "tenths of a minute"})
		return record.Value[calendar.Minutes]{}
	}
	return record.Known(roundTenths(int64(math.Round(f))))
}

// isElapsed reports whether a code of a duration's format is one of time on the clock: "em", "eh", "ed" and so on, estimated or not.
func isElapsed(format int) bool {
	switch format {
	case 4, 6, 8, 10, 12, 20, 36, 38, 40, 42, 44, 52:
		return true
	}
	return false
}

// isPercent reports whether a code of a lag's format is a share of the predecessor's duration.
func isPercent(format int) bool { return format == 19 || format == 20 || format == 51 || format == 52 }
