// Package sheet moves plans between the library and spreadsheets.
//
// [Read] reads CSV: one file for each kind of record ("milestones.csv", whose columns are the members of a record in the
// document), or one flat list of milestones as departments keep them, with a row for each milestone and columns such as
// "Milestone", "Due date", "Owner", "Department" and "RAG". [Write] writes the first form back, with a description in CSVW
// (the W3C's CSV on the Web) beside it, and [Templates] writes it empty. [Workbook] writes a review as an Excel workbook.
//
// # Cells
//
// Text is UTF-8, with or without a byte-order mark; anything else is refused. Columns are found by name, in any order; case,
// spaces, hyphens and underscores in names play no part. An empty cell is a member that is not given. Members whose names
// start with "x-" are columns of that name; their cells are text, or JSON where they read as JSON.
//
//   - A list stands in one cell, its elements separated by semicolons: "growth; health". A semicolon or backslash inside an
//     element is written behind a backslash, as is white space at its ends; \e is an empty element.
//   - A value that may be unknown, withheld, pending or not applicable has up to three columns: members, members.state and
//     members.ground. A stated value needs the first alone.
//   - Members inside members have dots in the names of their columns: means.budget.
//   - A cell that starts with =, +, -, @, a tab, a line break or a wide form of one of these would be taken for a formula by
//     a spreadsheet, so it is written behind an apostrophe, and read without it; numbers are written as they are. An
//     apostrophe that was there before is kept.
//
// Everything that is wrong is told at once, each fault with file, row and column.
package sheet

import (
	"bytes"
	"errors"
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/table"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

// File is a file by name and content. Of a name with folders only the last part counts.
type File struct {
	Name string
	Data []byte
}

// Report says what [Read] found and what it mended.
type Report struct {
	// Records counts what was read, by kind, in the order of the document; kinds without records are left out.
	Records []KindCount
	// Notes are what was mended or taken for something else, in the order of the files and rows.
	Notes []table.Note
}

// KindCount says how many records of a kind there are.
type KindCount struct {
	Kind  record.Kind
	Count int
}

// Kinds counts the notes by kind.
func (r *Report) Kinds() []table.KindCount { return table.CountKinds(r.Notes) }

// PlanFile is the name of the file that holds the head of a document (its title, namespace and day) in one row.
const PlanFile = "plan.csv"

// Read reads files into one plan and checks it whole. A file that is named after a kind of record, such as "parties.csv",
// holds records of that kind; [PlanFile] holds the head; any other file, and a "milestones.csv" without a column "id", is read
// as a flat list of milestones, after the tables, which it may refer to by name or id. Several files of one kind are read one after the other.
//
// The error is [table.Faults]: every fault of every file at once, and every fault of the records that does not just follow
// from another. The Spec then holds what could be read, and is not to be relied on. Read takes time linear in the files.
func Read(files ...File) (mission.Spec, Report, error) {
	r := &reader{origins: make(map[string][]origin)}
	r.spec.Format = mission.Format
	for _, f := range files {
		r.file(f)
	}
	for _, t := range r.lists {
		r.flat(t)
		r.notes = append(r.notes, t.Notes...)
	}
	r.check()
	report := Report{Notes: r.notes}
	for _, t := range r.spec.Tables() {
		if n := reflect.ValueOf(t.Records).Elem().Len(); n > 0 {
			report.Records = append(report.Records, KindCount{t.Kind, n})
		}
	}
	return r.spec, report, r.faults.Err()
}

// reader gathers records. Its zero value, with origins made, is ready.
type reader struct {
	spec    mission.Spec
	notes   []table.Note
	faults  table.Faults
	origins map[string][]origin // where each record came from, by the name of its slice
	head    *origin
	lists   []*table.Table      // flat lists, which are read last: they may name what other files hold
	taken   map[record.Ref]bool // ids of records, once flat lists are read
	numbers map[record.Ref]int  // the last number put behind an id that was taken
	named   map[nameKey]record.ID
}

// nameKey is how a flat list names a record: by its name or id in lower case, and by what tells it from others of that name.
type nameKey struct {
	kind        record.Kind
	name, apart string
}

// origin is the row that a record came from, and the columns that its members came from.
type origin struct {
	table   *table.Table
	row     table.Row
	columns map[string]string
}

// base is the last part of the name of a file, without its ending.
func base(name string) string {
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	return strings.TrimSuffix(name, path.Ext(name))
}

func (r *reader) file(f File) {
	t, err := table.Read(path.Base(strings.ReplaceAll(f.Name, "\\", "/")), bytes.NewReader(f.Data))
	if faults, ok := err.(table.Faults); ok {
		r.faults = append(r.faults, faults...)
		return
	}
	if table.Fold(base(f.Name)) == base(PlanFile) {
		r.plan(t)
		r.notes = append(r.notes, t.Notes...)
		return
	}
	named := table.Fold(base(f.Name))
	for _, list := range r.spec.Tables() {
		switch {
		case named != table.Fold(list.Name) && named != table.Fold(string(list.Kind)):
			continue
		case t.Column("id") >= 0:
			r.table(t, list)
			r.notes = append(r.notes, t.Notes...)
			return
		case list.Kind != milestone.KindMilestone:
			r.faults = append(r.faults, t.Fault(1, 1, "", &table.MissingError{Column: "id", Have: t.Columns}))
			return
		}
	}
	r.lists = append(r.lists, t)
}

// check finds the faults that only the records together have, and says where they stand.
func (r *reader) check() {
	broken := make(map[cellKey]bool)
	for _, f := range r.faults {
		broken[cellKey{f.File, f.Row, f.Column}] = true
	}
	nameless := make(map[string]bool) // tables in which an id could not be read
	for name, list := range r.origins {
		for i := range list {
			o := &list[i]
			if broken[o.key("id")] || broken[o.key("of")] {
				nameless[name] = true
			}
		}
	}
	for _, f := range r.spec.Check() {
		name, index, member := splitPath(f.Path)
		o := r.head
		if list := r.origins[name]; index >= 0 && index < len(list) {
			o = &list[index]
		}
		if dangling, ok := errors.AsType[*record.DanglingError](f.Err); ok && nameless[mission.TableOf(dangling.Ref.Kind)] {
			continue
		}
		if o == nil {
			r.faults = append(r.faults, &table.Fault{File: PlanFile, Column: member, Err: f.Err})
			continue
		}
		if key := o.key(member); !broken[key] && !broken[o.key(member+".state")] {
			r.faults = append(r.faults, o.table.Fault(key.row, o.row.Line, key.column, f.Err))
		}
	}
	files := make(map[string]int)
	for _, f := range r.faults {
		if _, ok := files[f.File]; !ok {
			files[f.File] = len(files)
		}
	}
	slices.SortStableFunc(r.faults, func(a, b *table.Fault) int {
		if c := files[a.File] - files[b.File]; c != 0 {
			return c
		}
		return a.Row - b.Row
	})
}

// cellKey names a cell of a file.
type cellKey struct {
	file   string
	row    int
	column string
}

// key is the cell that a member came from, or would stand in.
func (o *origin) key(member string) cellKey {
	for _, name := range []string{member, strings.TrimSuffix(member, ".state")} {
		if column, ok := o.columns[name]; ok {
			return cellKey{o.table.Name, o.row.Number, column}
		}
	}
	return cellKey{o.table.Name, o.row.Number, member}
}
