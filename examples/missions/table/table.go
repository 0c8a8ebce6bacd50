// Package table reads tables from CSV files as people really keep them: separated by semicolons, commas or tabs, with or
// without a byte-order mark, with columns in any order. Every fault says in which file, row and column it stands and what
// to do about it.
//
// Text is UTF-8 and nothing else. A file in another encoding is refused, with the row, and with the way to convert it:
// guessing would turn names into other names and say nothing.
package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Table is a CSV file as it was read.
type Table struct {
	// Name is the name of the file, for messages.
	Name string
	// Columns are the names in the header row, without the white space and byte-order marks around them.
	Columns []string
	// Comma is the separator: ';', ',' or a tab.
	Comma rune
	// Rows are the rows below the header, without those that are wholly empty.
	Rows []Row
	// Notes says what was mended on the way.
	Notes []Note

	index map[string]int
}

// Row is one row of a table.
type Row struct {
	// Number counts as a spreadsheet does: the header is row 1, empty rows count, and a row whose cells hold several lines
	// is one row.
	Number int
	// Line is the line of the file on which the row starts, counted from 1.
	Line int
	// Cells are as many as there are columns.
	Cells []string
}

// MaxBytes is the length of the largest file that [Read] takes on: 64 MiB.
const MaxBytes = 64 << 20

// MaxColumns is the largest number of columns that [Read] takes on.
const MaxColumns = 1000

// maxEncoding is how many cells in a wrong encoding are told one by one.
const maxEncoding = 20

// mark is the byte-order mark of UTF-8.
const mark = "\ufeff"

// Read reads a whole table. name is used in messages. The error is [Faults], every fault at once, unless r itself fails;
// behind a quotation mark out of place nothing can be told apart, so that such a fault is the last. Read takes time linear
// in the file.
func Read(name string, r io.Reader) (*Table, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	t := &Table{Name: strings.ToValidUTF8(name, "\ufffd")}
	if len(data) > MaxBytes {
		return nil, Faults{t.Fault(0, 0, "", ErrTooLarge)}
	}
	if err := wideEncoding(data); err != nil {
		return nil, Faults{t.Fault(1, 1, "", err)}
	}
	if rest, ok := bytes.CutPrefix(data, []byte(mark)); ok {
		data = rest
		t.Note(Note{Row: 1, Kind: ByteOrderMark, Text: mark})
	}
	data = keepReturns(data)
	comma, offset := separator(data)
	t.Comma = comma
	reader := csv.NewReader(bytes.NewReader(data[offset:]))
	reader.Comma, reader.FieldsPerRecord = comma, -1
	line := 1 + bytes.Count(data[:offset], []byte("\n"))
	faults := t.read(reader, data[offset:], line)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return t, nil
}

// keepReturns doubles the carriage returns before line feeds inside quotation marks, of which the CSV reader takes one away.
func keepReturns(data []byte) []byte {
	if !bytes.Contains(data, []byte("\r\n")) {
		return data
	}
	kept := make([]byte, 0, len(data)+len(data)/64)
	quoted := false
	for i, c := range data {
		if c == '"' {
			quoted = !quoted
		}
		if quoted && c == '\r' && i+1 < len(data) && data[i+1] == '\n' {
			kept = append(kept, c)
		}
		kept = append(kept, c)
	}
	return kept
}

// wideEncoding tells encodings that are not even made of bytes like those of UTF-8.
func wideEncoding(data []byte) error {
	for _, b := range []struct{ mark, name string }{{"\xff\xfe", "UTF-16LE"}, {"\xfe\xff", "UTF-16BE"}} {
		if bytes.HasPrefix(data, []byte(b.mark)) {
			return &EncodingError{Guess: b.name}
		}
	}
	if len(data) > 1 && (data[0] == 0) != (data[1] == 0) { // the first letter of a header in half of two bytes
		if data[0] == 0 {
			return &EncodingError{Guess: "UTF-16BE"}
		}
		return &EncodingError{Guess: "UTF-16LE"}
	}
	return nil
}

// separator finds the separator of the header row, and where the table starts: behind a line "sep=;", if there is one.
func separator(data []byte) (rune, int) {
	end := bytes.IndexByte(data, '\n')
	if end < 0 {
		end = len(data)
	}
	if first := strings.TrimRight(string(data[:end]), "\r"); len(first) == 5 && strings.EqualFold(first[:4], "sep=") && strings.Contains(";,\t", first[4:]) {
		return rune(first[4]), min(end+1, len(data))
	}
	var counts [256]int
	quoted := false
	for _, c := range data {
		if c == '"' {
			quoted = !quoted
		}
		if quoted {
			continue
		}
		if c == '\n' {
			break
		}
		counts[c]++
	}
	best := ','
	for _, c := range []rune{';', '\t'} {
		if counts[c] > 0 && counts[c] >= counts[best] { // the rarer a character is in names, the more it says
			best = c
		}
	}
	return best, 0
}

// read fills the table and returns its faults. line is the line on which data starts.
func (t *Table) read(reader *csv.Reader, data []byte, line int) Faults {
	var faults Faults
	encoding, number, end := 0, 0, 0
	for {
		cells, err := reader.Read()
		if err == io.EOF {
			break
		}
		if e, ok := errors.AsType[*csv.ParseError](err); ok {
			faults = append(faults, t.Fault(number+1, e.StartLine+line-1, "", &QuoteError{Line: e.Line + line - 1, Character: e.Column}))
			return faults
		}
		next := int(reader.InputOffset())
		number += 1 + blankLines(data[end:next])
		end = next
		at, _ := reader.FieldPos(0)
		row := Row{Number: number, Line: at + line - 1, Cells: cells}
		if t.index == nil {
			faults = append(faults, t.header(row)...)
			continue
		}
		kept, err := t.fit(row)
		if err != nil {
			faults = append(faults, t.Fault(row.Number, row.Line, "", err))
			continue
		}
		if !kept.empty() {
			for i, cell := range kept.Cells {
				if bad := invalid(cell); bad >= 0 {
					if encoding++; encoding <= maxEncoding {
						faults = append(faults, t.Fault(row.Number, row.Line, t.Columns[i], &EncodingError{Byte: cell[bad], Guess: "Windows-1252", Text: cell}))
					}
				}
			}
			t.Rows = append(t.Rows, kept)
		}
	}
	if encoding > maxEncoding {
		faults = append(faults, t.Fault(0, 0, "", &MoreError{Cells: encoding - maxEncoding}))
	}
	if t.index == nil {
		faults = append(faults, t.Fault(1, 1, "", ErrNoHeader))
	}
	return faults
}

// blankLines counts the empty lines before a record, which the CSV reader passes over and a spreadsheet shows.
func blankLines(raw []byte) int {
	n := 0
	for {
		switch {
		case bytes.HasPrefix(raw, []byte("\n")):
			raw = raw[1:]
		case bytes.HasPrefix(raw, []byte("\r\n")):
			raw = raw[2:]
		default:
			return n
		}
		n++
	}
}

func (t *Table) header(row Row) Faults {
	var faults Faults
	t.index = make(map[string]int, len(row.Cells))
	if len(row.Cells) > MaxColumns {
		return Faults{t.Fault(row.Number, row.Line, "", ErrTooWide)}
	}
	for i, cell := range row.Cells {
		if bad := invalid(cell); bad >= 0 {
			faults = append(faults, t.Fault(row.Number, row.Line, "", &EncodingError{Byte: cell[bad], Guess: "Windows-1252", Text: cell}))
		}
		name := strings.TrimSpace(cell)
		if strings.Contains(name, mark) {
			clean := strings.TrimSpace(strings.ReplaceAll(name, mark, ""))
			t.Note(Note{Row: row.Number, Column: clean, Kind: ByteOrderMark, Text: name, Became: clean})
			name = clean
		} else if name != cell {
			t.Note(Note{Row: row.Number, Column: name, Kind: WhiteSpace, Text: cell, Became: name})
		}
		t.Columns = append(t.Columns, name)
		if name == "" {
			continue
		}
		if slices.Contains(t.Columns[:i], name) {
			faults = append(faults, t.Fault(row.Number, row.Line, name, ErrTwice))
			continue
		}
		if _, taken := t.index[Fold(name)]; !taken {
			t.index[Fold(name)] = i
		}
	}
	return faults
}

// fit gives a row as many cells as there are columns: surplus and missing cells at its end are let pass where they hold
// nothing anyway.
func (t *Table) fit(row Row) (Row, error) {
	want := len(t.Columns)
	for i := len(row.Cells) - 1; i >= want; i-- {
		if strings.TrimSpace(row.Cells[i]) != "" {
			return row, &CountError{Want: want, Got: i + 1}
		}
		row.Cells = row.Cells[:i]
	}
	if row.empty() {
		return row, nil
	}
	if len(row.Cells) < want {
		return row, &CountError{Want: want, Got: len(row.Cells)}
	}
	for i, cell := range row.Cells {
		if t.Columns[i] == "" && strings.TrimSpace(cell) != "" {
			return row, &UnnamedError{Place: i + 1, Text: cell}
		}
	}
	return row, nil
}

func (r *Row) empty() bool {
	for _, c := range r.Cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// invalid returns the place of the first byte of s that is not UTF-8, or -1.
func invalid(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return i
			}
		}
	}
	return -1
}

// Column returns the place of a column among the cells of a row, or -1. Case, white space, hyphens and underscores in the
// name play no part, unless there is a column with just that name.
func (t *Table) Column(name string) int {
	if i := slices.Index(t.Columns, name); i >= 0 {
		return i
	}
	if i, ok := t.index[Fold(name)]; ok {
		return i
	}
	return -1
}

// Fold returns what two names of columns have in common that differ only in case, white space, hyphens, underscores or the
// kind of apostrophe.
func Fold(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		switch {
		case r == ' ' || r == '-' || r == '_' || r == '\t' || r == '\n' || r == '\r' || r == '\u00a0':
			gap = b.Len() > 0
			continue
		case r == '’':
			r = '\''
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}
