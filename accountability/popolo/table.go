package popolo

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// table is a CSV file with a line of names.
type table struct {
	name    string
	columns map[string]int
	rows    []row
}

type row struct {
	cells  []string
	number int   // among the rows, from nought
	line   int   // in the file, from 1
	starts []int // the column in bytes, from 1, at which each cell starts
}

// tables reads the tables of a folder and gathers what is wrong with them.
type tables struct {
	tally
	faults *faults
	opt    Options
	fsys   fs.FS
}

// read reads a table with at least the given columns. Without the file it returns nil, which is a fault where it is needed.
func (t *tables) read(name string, needed bool, columns ...string) *table {
	f, err := t.fsys.Open(name)
	if err != nil {
		if needed || !errors.Is(err, fs.ErrNotExist) {
			t.faults.add(name, err)
		}
		return nil
	}
	defer f.Close()
	data, err := readAll(f, t.opt.MaxBytes)
	if err != nil {
		t.faults.add(name, err)
		return nil
	}
	if !utf8.Valid(data) {
		t.faults.add(name, &FormError{"the text is not UTF-8"})
		return nil
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = &FormError{"it is empty: its first line names the columns"}
		}
		t.faults.add(name, err)
		return nil
	}
	tab := &table{name: name, columns: make(map[string]int, len(head))}
	for i, column := range head {
		if _, twice := tab.columns[column]; twice {
			t.faults.add(name, &FormError{fmt.Sprintf("the column %.40q stands there twice", column)})
		}
		tab.columns[column] = i
	}
	lacks := false
	for _, column := range columns {
		if _, ok := tab.columns[column]; !ok {
			t.faults.add(name, &FormError{"the column " + column + " is missing"})
			lacks = true
		}
	}
	if lacks {
		return nil
	}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.faults.add(name, err) // a quote that does not close: nothing after it can be told apart
			return nil
		}
		line, _ := r.FieldPos(0)
		at := row{cells: cells, number: len(tab.rows), line: line, starts: make([]int, len(cells))}
		for i := range cells {
			_, at.starts[i] = r.FieldPos(i)
		}
		if len(cells) != len(head) {
			t.fault(tab, at, "", &FormError{fmt.Sprintf("it has %d cells, and the first line %d", len(cells), len(head))})
			continue
		}
		tab.rows = append(tab.rows, at)
	}
	used := make(map[string]bool, len(columns))
	for _, c := range columns {
		used[c] = true
	}
	for _, column := range head {
		if used[column] {
			continue
		}
		n := 0
		for _, r := range tab.rows {
			if tab.cell(r, column) != "" {
				n++
			}
		}
		t.lose(name+": "+column, "", n)
	}
	return tab
}

// cell returns a cell by the name of its column, or "".
func (t *table) cell(r row, column string) string {
	if i, ok := t.columns[column]; ok {
		return strings.TrimSpace(r.cells[i])
	}
	return ""
}

func (t *table) path(r row, column string) string {
	if column == "" {
		return fmt.Sprintf("%s[%d]", t.name, r.number)
	}
	return fmt.Sprintf("%s[%d].%s", t.name, r.number, column)
}

func (t *tables) fault(tab *table, r row, column string, err error) {
	at := 1
	if i, ok := tab.columns[column]; ok && i < len(r.starts) {
		at = r.starts[i]
	}
	t.faults.add(tab.path(r, column), &PlaceError{File: tab.name, Line: r.line, Column: at, Err: err})
}

// id reads a cell that must be an id.
func (t *tables) id(tab *table, r row, column string) record.ID {
	id, err := record.ParseID(tab.cell(r, column))
	if err != nil {
		t.fault(tab, r, column, err)
	}
	if len(id) > maxTableID {
		t.fault(tab, r, column, &FormError{"the id is longer than 100 bytes"})
		return ""
	}
	return id
}

// maxTableID leaves room for the numbers of versions.
const maxTableID = 100

// day reads a date. An open end is empty, NULL, or a year from 9000 on.
func (t *tables) day(tab *table, r row, column string) calendar.Date {
	text := tab.cell(r, column)
	switch {
	case text == "":
		return calendar.Date{}
	case text == "NULL" || sentinel(text):
		t.repair(tab.path(r, column), text, "", "it stands for no date")
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.fault(tab, r, column, err)
	}
	return d
}

// instant reads an instant with its zone.
func (t *tables) instant(tab *table, r row, column string) time.Time {
	text := tab.cell(r, column)
	if text == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.fault(tab, r, column, &FormError{fmt.Sprintf("%.40q is no instant: write 2024-07-05T09:30:00+01:00", text)})
	}
	return at
}

// truth reads True or False; empty is false.
func (t *tables) truth(tab *table, r row, column string) bool {
	switch text := tab.cell(r, column); text {
	case "True", "true", "TRUE", "1":
		return true
	case "", "False", "false", "FALSE", "0":
		return false
	default:
		t.fault(tab, r, column, &FormError{fmt.Sprintf("%.40q is neither True nor False", text)})
		return false
	}
}
