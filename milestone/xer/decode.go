package xer

import (
	"bytes"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// A reader reads one file. What it cannot read it puts down as a fault and goes on.
type reader struct {
	options Options
	limits  Limits
	tables  map[string][]row
	stop    bool
	commas  bool // a decimal comma has been met
	days    int
	faults  Faults
	out     Import
}

// A row is one row of a table.
type row struct {
	table string
	at    int // its number in the table, from nought
	line  int
	names *columns
	cells []string
}

type columns struct{ index map[string]int }

// get returns the value in a column, "" where the row or the table has none.
func (r *row) get(name string) string {
	i, ok := r.names.index[name]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return strings.Trim(r.cells[i], " \x7f")
}

func (r *row) path(name string) string {
	p := r.table + "[" + strconv.Itoa(r.at) + "]"
	if name != "" {
		p += "." + name
	}
	return p
}

// read are the tables that are read. Others are counted.
var read = []string{"PROJECT", "CALENDAR", "PROJWBS", "TASK", "TASKPRED", "SCHEDOPTIONS", "RSRC", "TASKRSRC"}

func newReader(options Options) *reader {
	in := &reader{options: options, limits: options.Limits.orDefault(), tables: make(map[string][]row)}
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

func (in *reader) at(r *row, column, id string, err error) { in.fault(r.line, r.path(column), id, err) }

func (in *reader) repaired(r *row, column, id, text string) {
	in.out.Repaired = append(in.out.Repaired, Note{Line: r.line, Path: r.path(column), ID: id, Text: text})
}

func (in *reader) lost(r *row, column, id, text string) {
	in.out.Lost = append(in.out.Lost, Note{Line: r.line, Path: r.path(column), ID: id, Text: text})
}

// unmodelled is a fault, or with Options.LeaveOut a loss.
func (in *reader) unmodelled(r *row, column, id, what, instead string) {
	err := &UnmodelledError{What: what, Instead: instead}
	if in.options.LeaveOut {
		in.lost(r, column, id, err.Error())
		return
	}
	in.at(r, column, id, err)
}

// decode reads the tables.
func (in *reader) decode(r io.Reader) {
	data, err := io.ReadAll(io.LimitReader(r, in.limits.Bytes+1))
	if err != nil {
		in.fault(0, "", "", err)
		return
	}
	if int64(len(data)) > in.limits.Bytes {
		in.fault(0, "", "", &LimitError{"bytes", in.limits.Bytes})
		return
	}
	text := in.text(data)
	var (
		table   string
		names   *columns
		keeping bool
		total   int
		ended   bool
		line    int
		skipped = make(map[string]int)
		order   []string
	)
	for l := range strings.Lines(text) {
		line++
		l = strings.TrimRight(l, "\r\n")
		tag, rest, _ := strings.Cut(l, "\t")
		switch {
		case line == 1:
			if tag != "ERMHDR" {
				in.fault(1, "", "", ErrNotXER)
				return
			}
			in.out.Version, _, _ = strings.Cut(rest, "\t")
		case ended || strings.Trim(l, " \t\x00\x1a") == "":
		case tag == "%T":
			table, names = strings.TrimSpace(rest), nil
			if table == "CLNDR" {
				table = "CALENDAR"
			}
			keeping = slices.Contains(read, table)
		case tag == "%F":
			names = &columns{make(map[string]int)}
			for i, name := range strings.Split(rest, "\t") {
				names.index[strings.TrimSpace(name)] = i
			}
		case tag == "%R" && !keeping:
			if skipped[table]++; skipped[table] == 1 {
				order = append(order, table)
			}
		case tag == "%R":
			if total++; total > in.limits.Rows {
				in.fault(line, table, "", &LimitError{"rows", int64(in.limits.Rows)})
				in.stop = true
				return
			}
			v := row{table: table, at: len(in.tables[table]), line: line, names: names, cells: strings.Split(rest, "\t")}
			if names == nil {
				in.at(&v, "", "", ErrMissing)
				return
			}
			if extra := v.cells[min(len(v.cells), len(names.index)):]; strings.Join(extra, "") != "" {
				in.at(&v, "", "", ErrRow)
				continue
			}
			in.tables[table] = append(in.tables[table], v)
		case tag == "%E":
			ended = true
		case keeping:
			in.fault(line, table, "", ErrLine)
		}
		if in.stop {
			return
		}
	}
	if line == 0 {
		in.fault(1, "", "", ErrNotXER)
		return
	}
	if !ended {
		if in.options.LeaveOut {
			in.out.Lost = append(in.out.Lost, Note{Line: line, Text: ErrTruncated.Error()})
		} else {
			in.fault(line, table, "", ErrTruncated)
		}
	}
	for _, table := range order {
		in.out.Lost = append(in.out.Lost, Note{Path: table, Text: strconv.Itoa(skipped[table]) + " rows: no dates depend on them"})
	}
}

// text returns the file as UTF-8: as it stands where it is that, else from UTF-16 where a mark says so, else from Windows-1252.
func (in *reader) text(data []byte) string {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if len(data) > 1 && (data[0] == 0xff && data[1] == 0xfe || data[0] == 0xfe && data[1] == 0xff) {
		low := 0
		if data[0] == 0xfe {
			low = 1
		}
		units := make([]uint16, 0, len(data)/2)
		for i := 2; i+1 < len(data); i += 2 {
			units = append(units, uint16(data[i+low])|uint16(data[i+1-low])<<8)
		}
		in.out.Repaired = append(in.out.Repaired, Note{Text: "the file is read as UTF-16"})
		return string(utf16.Decode(units))
	}
	if utf8.Valid(data) {
		return string(data)
	}
	in.out.Repaired = append(in.out.Repaired,
		Note{Text: "the file is not UTF-8 and is read as Windows-1252; names written in another code page come out wrong"})
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for _, c := range data {
		u := rune(c)
		if c >= 0x80 && c < 0xa0 {
			u = high[c-0x80]
		}
		b.WriteRune(u)
	}
	return b.String()
}

// high are the characters of Windows-1252 from 0x80 to 0x9f.
var high = []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")

// minute reads a date and time, "2010-02-20 08:00"; zero where the column is empty.
func (in *reader) minute(r *row, column, id string) calendar.Minute {
	s := r.get(column)
	if s == "" {
		return 0
	}
	t := s
	if len(t) == 10 {
		t += " 00:00"
	}
	if len(t) == 19 && t[16] == ':' && t[17] >= '0' && t[17] <= '5' && t[18] >= '0' && t[18] <= '9' {
		if t[17:] != "00" {
			in.repaired(r, column, id, s+" is read to the minute")
		}
		t = t[:16]
	}
	if len(t) == 16 && t[10] == ' ' {
		if m, err := calendar.ParseMinute(t[:10] + "T" + t[11:]); err == nil {
			return m
		}
	}
	in.at(r, column, id, &ValueError{s, "a date and time such as 2028-03-31 17:00"})
	return 0
}

// maxHours is more than all hours of the calendar.
const maxHours = 10000 * 366 * 24

// hours reads a number of hours as minutes, rounded, and whether there is one.
func (in *reader) hours(r *row, column, id string) (calendar.Minutes, bool) {
	s := r.get(column)
	if s == "" {
		return 0, false
	}
	t := s
	if strings.Count(t, ",") == 1 && !strings.Contains(t, ".") {
		t = strings.Replace(t, ",", ".", 1)
		if !in.commas {
			in.commas = true
			in.repaired(r, column, id, "decimal commas are read as points")
		}
	}
	f, err := strconv.ParseFloat(t, 64)
	if err != nil || !(math.Abs(f) <= maxHours) {
		in.at(r, column, id, &ValueError{s, "hours such as 7.5"})
		return 0, false
	}
	return calendar.Minutes(math.Round(60 * f)), true
}

func (in *reader) float(r *row, column, id string) record.Value[calendar.Minutes] {
	n, ok := in.hours(r, column, id)
	if !ok {
		return record.Value[calendar.Minutes]{}
	}
	return record.Known(n)
}

// maxKey is how long a key may be as part of an id, and maxPrefix how long a prefix may be.
const maxKey, maxPrefix = 60, 40

// index finds the rows of a table by a key. Rows without one, and second ones, are faults, as are keys that differ in no letter or digit.
func (in *reader) index(table, key string) map[string]*row {
	rows := in.tables[table]
	m, slugs := make(map[string]*row, len(rows)), make(map[string]*row, len(rows))
	for i := range rows {
		r := &rows[i]
		k := r.get(key)
		if k == "" {
			in.at(r, key, "", ErrMissing)
			continue
		}
		if first, twice := m[k]; twice {
			in.at(r, key, "", &DuplicateError{k, first.line})
			continue
		}
		slug := string(record.Slug(k))
		if slug == "" || len(slug) > maxKey {
			in.at(r, key, "", &ValueError{k, "a number, or at most 60 letters and digits"})
			continue
		}
		if first, twice := slugs[slug]; twice {
			in.at(r, key, "", &DuplicateError{k, first.line})
			continue
		}
		m[k], slugs[slug] = r, r
	}
	return m
}
