package document

import (
	"fmt"
	"reflect"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/internal/jsonform"
	"github.com/missionled/missionled/mission"
)

// Row is one record by itself, as a database keeps it: what names it, and its JSON on one line.
type Row struct {
	Ref  record.Ref
	Data []byte
}

// Rows returns every record of a plan as a row, in the order of the document. The head of the document (its title,
// namespace, day and extensions) is in no row: keep it as a document without records.
func Rows(spec mission.Spec) ([]Row, error) {
	var rows []Row
	for _, table := range spec.Tables() {
		records := reflect.ValueOf(table.Records).Elem()
		for i := range records.Len() {
			r := records.Index(i).Addr().Interface()
			id := r.(interface{ Base() *record.Record }).Base().ID
			data, err := jsonform.Compact(r)
			if err != nil {
				return nil, fmt.Errorf("%s[%d]: %w", table.Name, i, err)
			}
			rows = append(rows, Row{Ref: record.Ref{Kind: table.Kind, ID: id}, Data: data})
		}
	}
	return rows, nil
}

// FromRows adds the records of rows to a plan, each to the end of the slice of its kind, and checks the whole. The error is
// an [*Error] whose faults stand in the row rows[i]: lines and columns count within it. Faults of the records as a whole
// have the path that they have in the document that [Encode] would write, and no line.
func FromRows(head mission.Spec, rows []Row, opt Options) (mission.Spec, error) {
	return fromRows(head, rows, opt, "rows", nil)
}

// fromRows is FromRows for rows of any name; settle, where given, has the last word on what each record says of itself, and may fault it.
func fromRows(head mission.Spec, rows []Row, opt Options, name string, settle func(i int, r *record.Record) error) (mission.Spec, error) {
	tables := make(map[record.Kind]reflect.Value)
	for _, t := range head.Tables() {
		tables[t.Kind] = reflect.ValueOf(t.Records).Elem()
	}
	var faults []*Fault
	for i, row := range rows {
		table, ok := tables[row.Ref.Kind]
		if !ok {
			faults = append(faults, &Fault{Line: 1, Column: 1, Path: fmt.Sprintf("%s[%d]", name, i), Ref: row.Ref, Err: &record.KindError{Ref: row.Ref, Allowed: mission.Kinds()}})
			continue
		}
		fresh := reflect.New(table.Type().Elem())
		for _, f := range jsonform.Decode(row.Data, fresh.Interface(), opt.limits()) {
			path := fmt.Sprintf("%s[%d]", name, i)
			if f.Path != "" {
				path += "." + f.Path
			}
			faults = append(faults, &Fault{Line: f.Line, Column: f.Column, Path: path, Ref: row.Ref, Err: &TextError{Message: f.Message, Hint: f.Hint, Err: f.Err}})
		}
		base := fresh.Interface().(interface{ Base() *record.Record }).Base()
		if base.ID != row.Ref.ID {
			faults = append(faults, &Fault{Line: 1, Column: 1, Path: fmt.Sprintf("%s[%d].id", name, i), Ref: row.Ref, Err: &RowError{Row: row.Ref.ID, Record: base.ID}})
		}
		if settle != nil {
			if err := settle(i, base); err != nil {
				faults = append(faults, &Fault{Path: fmt.Sprintf("%s[%d]", name, i), Ref: row.Ref, Err: err})
			}
		}
		table.Set(reflect.Append(table, fresh.Elem()))
	}
	if len(faults) == 0 {
		for _, f := range head.Check() {
			faults = append(faults, &Fault{Path: f.Path, Ref: f.Ref, Err: f.Err})
		}
	}
	if len(faults) > 0 {
		return head, &Error{Faults: faults}
	}
	return head, nil
}

// A RowError says that a row is filed under another id than its record has.
type RowError struct{ Row, Record record.ID }

// Error gives both ids.
func (e *RowError) Error() string {
	return fmt.Sprintf("the row is filed under %q and its record has the id %q: correct one of the two", string(e.Row), string(e.Record))
}
