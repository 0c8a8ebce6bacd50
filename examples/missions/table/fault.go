package table

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Fault is one thing wrong with a table: where, and in the text of its cause the way out.
type Fault struct {
	// File is the name of the file.
	File string
	// Row and Line are the row, counted as a spreadsheet does, and the line of the file on which it starts; nought where
	// the fault is of the file as a whole.
	Row, Line int
	// Column is the name of the column; empty where the fault is of the row as a whole.
	Column string
	// Err is the cause.
	Err error
}

func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Row > 0 {
		b.WriteString(", row " + strconv.Itoa(f.Row))
		if f.Line != f.Row {
			b.WriteString(" (line " + strconv.Itoa(f.Line) + ")")
		}
	}
	if f.Column != "" {
		b.WriteString(", column " + quote(f.Column))
	}
	return b.String() + ": " + f.Err.Error()
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

// Faults is everything wrong with one or more tables, in the order of the files and of the rows in them. As an error it
// reads one fault a line; each fault and its cause are reachable with errors.AsType.
type Faults []*Fault

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

// Err returns f as an error, or nil if there are no faults.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

// Fault returns a fault of this table, for its reader to collect.
func (t *Table) Fault(row, line int, column string, err error) *Fault {
	return &Fault{File: t.Name, Row: row, Line: line, Column: column, Err: err}
}

// Causes of faults in a table as a whole.
var (
	ErrTooLarge = errors.New("the file is larger than 64 MiB: split it, or read its rows from JSON")
	ErrTooWide  = errors.New("the header has more than 1,000 columns: leave out those that hold nothing")
	ErrNoHeader = errors.New("the file is empty: the first row must name the columns")
	ErrTwice    = errors.New("two columns have this name: rename one of them or leave it out")
)

// An EncodingError says that text is not UTF-8.
type EncodingError struct {
	Guess string // the encoding that it may be, as converters call it
	Byte  byte   // the first byte at fault; nought where the encoding is known from the first bytes of the file
	Text  string // the cell
}

func (e *EncodingError) Error() string {
	way := ": save the file as \"CSV UTF-8\" in the spreadsheet, or convert it: iconv -f " + strings.ToUpper(strings.Replace(e.Guess, "Windows-", "CP", 1)) + " -t UTF-8"
	if e.Byte == 0 {
		return "the file is not UTF-8 but looks like " + e.Guess + way
	}
	return fmt.Sprintf("the text %s is not UTF-8 (byte %#02x); it may be %s%s", quote(e.Text), e.Byte, e.Guess, way)
}

// A MoreError says how many more cells have a fault that has been told of often enough.
type MoreError struct{ Cells int }

func (e *MoreError) Error() string {
	return fmt.Sprintf("%d more cells are not UTF-8", e.Cells)
}

// A QuoteError says that quotation marks do not pair, so that the rest of the file cannot be told apart.
type QuoteError struct {
	Line      int // where it was noticed, counted from 1
	Character int // in bytes from 1
}

func (e *QuoteError) Error() string {
	return fmt.Sprintf("a quotation mark is out of place at line %d, character %d: a cell with quotation marks, separators or line breaks stands in \"…\", and marks inside it are doubled", e.Line, e.Character)
}

// A CountError says that a row has more or fewer cells than there are columns.
type CountError struct{ Want, Got int }

func (e *CountError) Error() string {
	return fmt.Sprintf("the row has %d cells and the header %d: look for a separator in a text that is not in quotation marks, or a row cut in two", e.Got, e.Want)
}

// An UnnamedError says that a cell stands in a column without a name.
type UnnamedError struct {
	Place int // the place of the column, counted from 1
	Text  string
}

func (e *UnnamedError) Error() string {
	return fmt.Sprintf("%s stands in column %d, which has no name: name it in the header, or empty the cell", quote(e.Text), e.Place)
}

// A MissingError says that a table lacks a column.
type MissingError struct {
	Column string
	// Instead is a column of the table that may be meant; empty if none is near.
	Instead string
	// Have lists the columns that the table has.
	Have []string
}

func (e *MissingError) Error() string {
	s := "there is no column " + quote(e.Column)
	if e.Instead != "" {
		return s + ": did you mean " + quote(e.Instead) + "? rename it in row 1"
	}
	have := e.Have
	more := ""
	if len(have) > 8 {
		have, more = have[:8], " and "+strconv.Itoa(len(e.Have)-8)+" more"
	}
	quoted := make([]string, len(have))
	for i, c := range have {
		quoted[i] = quote(c)
	}
	return s + ": add it to row 1, which has " + strings.Join(quoted, ", ") + more
}

// quote shows a text of the user's in a message: quoted, and cut where it is long.
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

// Quote shows a text of the user's in a message: in quotation marks, with control characters escaped, and cut where it is
// longer than 60 bytes.
func Quote(s string) string { return quote(s) }
