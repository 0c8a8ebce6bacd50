package sheet

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/table"
	"github.com/missionled/missionled/mission"
)

// ErrManyRows is the cause of a fault in a [PlanFile] with several rows, or none.
var ErrManyRows = errors.New("the head of a plan stands in one row below the names of its members")

// An UnknownColumnError says that a table has a column that its records have no member for.
type UnknownColumnError struct {
	Column, Kind string
	Nearest      string // the nearest member; empty if none is near
}

func (e *UnknownColumnError) Error() string {
	s := fmt.Sprintf("a %s has no member %s", e.Kind, table.Quote(e.Column))
	if e.Nearest != "" {
		s += ": did you mean " + table.Quote(e.Nearest) + "?"
	} else {
		s += ":"
	}
	return s + " rename the column, leave it out, or start its name with x- to keep it as it is"
}

// matched is a column of a table and the member that it holds.
type matched struct {
	place     int
	column    *column // nil for an extension
	extension string
}

// match finds the members that the columns of a table hold.
func (r *reader) match(t *table.Table, kind string, columns []column) []matched {
	names := make([]string, len(columns))
	byName := make(map[string]*column, len(columns))
	for i := range columns {
		names[i] = columns[i].name
		byName[table.Fold(columns[i].name)] = &columns[i]
	}
	var found []matched
	taken := make(map[*column]bool)
	for i, name := range t.Columns {
		switch c := byName[table.Fold(name)]; {
		case name == "":
		case c != nil && taken[c]:
			r.faults = append(r.faults, t.Fault(1, 1, name, table.ErrTwice))
		case c != nil:
			taken[c] = true
			found = append(found, matched{place: i, column: c})
		case strings.HasPrefix(name, "x-") && len(name) > 2:
			found = append(found, matched{place: i, extension: name})
		default:
			r.faults = append(r.faults, t.Fault(1, 1, name, &UnknownColumnError{Column: name, Kind: kind, Nearest: record.Nearest(strings.ReplaceAll(table.Fold(name), " ", "_"), names)}))
		}
	}
	return found
}

// table reads a file that holds one kind of record.
func (r *reader) table(t *table.Table, list mission.Table) {
	records := reflect.ValueOf(list.Records).Elem()
	found := r.match(t, string(list.Kind), columnsOf(records.Type().Elem()))
	for _, row := range t.Rows {
		fresh := reflect.New(records.Type().Elem()).Elem()
		columns := r.fill(t, row, fresh, found)
		records.Set(reflect.Append(records, fresh))
		r.origins[list.Name] = append(r.origins[list.Name], origin{t, row, columns})
	}
}

// plan reads the head of a document.
func (r *reader) plan(t *table.Table) {
	found := r.match(t, "plan", columnsOf(reflect.TypeFor[mission.Spec]()))
	if len(t.Rows) != 1 {
		r.faults = append(r.faults, t.Fault(1, 1, "", ErrManyRows))
		return
	}
	columns := r.fill(t, t.Rows[0], reflect.ValueOf(&r.spec).Elem(), found)
	r.head = &origin{t, t.Rows[0], columns}
}

// fill reads one row into a record, and returns the column of each member.
func (r *reader) fill(t *table.Table, row table.Row, into reflect.Value, found []matched) map[string]string {
	columns := make(map[string]string, len(found))
	fault := func(place int, err error) {
		r.faults = append(r.faults, t.Fault(row.Number, row.Line, t.Columns[place], err))
	}
	for _, m := range found {
		cell := row.Cells[m.place]
		if cell == "" {
			if m.column != nil {
				columns[m.column.name] = t.Columns[m.place]
			}
			continue
		}
		if m.column == nil {
			e := into.FieldByName("Extensions").Addr().Interface().(*record.Extensions)
			if *e == nil {
				*e = make(record.Extensions)
			}
			(*e)[m.extension] = extensionText(cell)
			continue
		}
		columns[m.column.name] = t.Columns[m.place]
		if err := m.column.set(into, Unescape(cell)); err != nil {
			fault(m.place, err)
		}
	}
	for _, m := range found { // once all three columns of a value have been read
		if m.column != nil && m.column.value && m.column.role == plain {
			if err := m.column.settle(into); err != nil {
				fault(m.place, err)
			}
		}
	}
	return columns
}

// set reads a text into the field of the column.
func (c *column) set(into reflect.Value, text string) error {
	field := into.FieldByIndex(c.index)
	switch {
	case c.role == ground:
		field.FieldByName("Ground").SetString(text)
		return nil
	case c.role == state:
		if strings.TrimSpace(text) == "known" {
			v := field.FieldByName("V")
			if v.Kind() == reflect.Slice && v.IsNil() {
				v.Set(reflect.MakeSlice(v.Type(), 0, 0))
			}
			field.FieldByName("State").SetUint(uint64(max(record.StateKnown, record.State(field.FieldByName("State").Uint()))))
			return nil
		}
		var s record.State
		if err := s.UnmarshalText([]byte(strings.TrimSpace(text))); err != nil {
			return err
		}
		if field.FieldByName("State").Uint() == uint64(record.StateKnown) {
			return ErrBothSaid
		}
		field.FieldByName("State").SetUint(uint64(s))
		return nil
	}
	v, err := c.parse(text)
	if err != nil {
		return err
	}
	if !c.value {
		field.Set(v)
		return nil
	}
	if s := record.State(field.FieldByName("State").Uint()); s != 0 && s != record.StateKnown {
		return ErrBothSaid
	}
	field.FieldByName("V").Set(v)
	field.FieldByName("State").SetUint(uint64(record.StateKnown))
	return nil
}

// ErrNoState is the cause of a fault in a value of which only the reason for its state is given.
var ErrNoState = errors.New("a reason is given and neither the value nor its state: fill in one of the two")

// settle says what is wrong with a value whose columns have all been read.
func (c *column) settle(into reflect.Value) error {
	field := into.FieldByIndex(c.index)
	if field.FieldByName("Ground").String() != "" && field.FieldByName("State").Uint() == 0 {
		return ErrNoState
	}
	return nil
}

// splitPath takes "milestones[3].missions[0]" apart into "milestones", 3 and "missions". The index is -1 where there is none.
func splitPath(path string) (name string, index int, member string) {
	name, rest, ok := strings.Cut(path, "[")
	if !ok {
		return "", -1, path
	}
	digits, rest, _ := strings.Cut(rest, "]")
	index, err := strconv.Atoi(digits)
	if err != nil {
		return "", -1, path
	}
	member, _, _ = strings.Cut(strings.TrimPrefix(rest, "."), "[")
	return name, index, member
}
