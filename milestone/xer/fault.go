package xer

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// A Fault is one thing in a file that keeps it from being imported.
type Fault struct {
	// Line is where it stands in the file, counted from 1; 0 where no line is to blame.
	Line int
	// Path is the table, the row and the column, such as "TASK[3].target_drtn_hr_cnt". Rows count from nought.
	Path string
	// ID names what it is in, such as "task 80965" or "task A1010"; empty where that is not known.
	ID string
	// Err is the cause.
	Err error
}

// Error returns the line, the path, what it is in, and the cause.
func (f *Fault) Error() string { return "xer: " + place(f.Line, f.Path, f.ID) + f.Err.Error() }

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

// Faults is everything wrong with a file, in the order of its lines.
type Faults []*Fault

// Error returns one fault a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i := range f {
		lines[i] = f[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the faults.
func (f Faults) Unwrap() []error {
	errs := make([]error, len(f))
	for i := range f {
		errs[i] = f[i]
	}
	return errs
}

// Err returns f as an error, or nil where there are no faults.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

func (f Faults) sorted() Faults {
	slices.SortStableFunc(f, func(a, b *Fault) int { return cmp.Compare(a.Line, b.Line) })
	return f
}

// A Note says what was read otherwise than it stood, or left out. Its fields are those of a [Fault].
type Note struct {
	Line int
	Path string
	ID   string
	Text string // what was done, and why
}

// String returns the line, the path, what it is about, and the text.
func (n Note) String() string { return place(n.Line, n.Path, n.ID) + n.Text }

func sortedNotes(notes []Note) []Note {
	slices.SortStableFunc(notes, func(a, b Note) int { return cmp.Compare(a.Line, b.Line) })
	return notes
}

func place(line int, path, id string) string {
	var b strings.Builder
	if line > 0 {
		b.WriteString("line " + strconv.Itoa(line) + ": ")
	}
	b.WriteString(path)
	if id != "" {
		b.WriteString(" (" + id + ")")
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	return b.String()
}

// Causes of faults.
var (
	ErrNotXER    = errors.New("this is no Primavera XER file: it must begin with ERMHDR")
	ErrTruncated = errors.New("the file ends without %E: it has been cut short")
	ErrMissing   = errors.New("it must be stated and is not")
	ErrNegative  = errors.New("a duration cannot be negative")
	ErrCircle    = errors.New("these are parts of, or based on, one another in a circle")
	ErrOnItself  = errors.New("an activity cannot be its own predecessor")
	ErrRow       = errors.New("the row has more values than the table has columns")
	ErrLine      = errors.New("the line begins with none of %T, %F, %R and %E")
	ErrNested    = errors.New("the text of the calendar does not close what it opens")
)

// A ValueError says that a text is not what its column holds.
type ValueError struct {
	Text     string
	Accepted string // what is accepted
}

// Error names the text, cut where it is long, and what is accepted.
func (e *ValueError) Error() string { return quote(e.Text) + " does not fit here: write " + e.Accepted }

// A DuplicateError says that two rows of a table have the same key.
type DuplicateError struct {
	Key   string
	First int // the line of the row that had it first
}

// Error names the line that has the key already.
func (e *DuplicateError) Error() string {
	return "the key " + quote(e.Key) + " is taken by line " + strconv.Itoa(e.First)
}

// A DanglingError says that a key names nothing in the file.
type DanglingError struct {
	Kind string // "task", "calendar", "project", "wbs" or "resource"
	Key  string
}

// Error names the kind and the key.
func (e *DanglingError) Error() string { return "there is no " + e.Kind + " " + quote(e.Key) }

// An UnmodelledError says that dates depend on something that a schedule of this library does not model.
type UnmodelledError struct {
	What    string // what it is
	Instead string // what an import that leaves it out does instead
}

// Error says what it is and what leaving it out does.
func (e *UnmodelledError) Error() string {
	return e.What + " is not modelled; left out, " + e.Instead
}

// A LimitError says that the file is larger than the limits allow.
type LimitError struct {
	What string
	Most int64
}

// Error names the limit.
func (e *LimitError) Error() string {
	return "there are more than " + strconv.FormatInt(e.Most, 10) + " " + e.What + ", which is the limit of this import"
}

func quote(s string) string {
	const most = 60
	if len(s) > most {
		cut := most
		for cut > 0 && s[cut]&0xc0 == 0x80 {
			cut--
		}
		return strconv.Quote(s[:cut]) + "…"
	}
	return strconv.Quote(s)
}
