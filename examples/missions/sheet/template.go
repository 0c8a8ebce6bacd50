package sheet

import (
	"reflect"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
)

// FlatFile is the name of the template of the flat list of milestones.
const FlatFile = "milestones-flat.csv"

// ReadmeFile is the name of the text that explains the templates.
const ReadmeFile = "README.md"

// Templates returns the files to fill in: for each kind of record a table with its header alone, the flat list of
// milestones, [MetadataFile] describing the tables, and [ReadmeFile], which says in words what goes into each column.
// [Read] of the tables as they are, without the flat list, gives an empty plan.
func Templates() []File {
	var files []File
	var described []written
	var text strings.Builder
	text.WriteString(introduction)
	explainShared(&text)
	for _, part := range append([]mission.Table{{Kind: "plan", Name: base(PlanFile)}}, new(mission.Spec).Tables()...) {
		t := reflect.TypeFor[mission.Spec]()
		if part.Records != nil {
			t = reflect.TypeOf(part.Records).Elem().Elem()
		}
		w := written{kind: part.Kind, file: part.Name + ".csv", columns: columnsOf(t)}
		if part.Records == nil {
			w.cells = [][]string{planRow(w.columns)}
		}
		w.data = encode(w.header(), w.cells)
		described = append(described, w)
		files = append(files, File{w.file, w.data})
		w.explain(&text)
	}
	files = append(files, File{FlatFile, encode(flatHeader(), nil)}, metadata(described))
	explainFlat(&text)
	return append(files, File{ReadmeFile, []byte(text.String())})
}

// planRow is the one row of the template of [PlanFile].
func planRow(columns []column) []string {
	row := make([]string, len(columns))
	for i := range columns {
		if columns[i].name == "format" {
			row[i] = mission.Format
		}
	}
	return row
}

const introduction = `# Templates

Each file holds one kind of record: a row for each, a column for each member. Fill in the files that you need and leave the
rest out; columns may stand in any order, and those that you do not need may go. Only "id" must be there. Save as CSV UTF-8.

* A list stands in one cell, its elements separated by semicolons: growth; health.
* A date is 2025-12-31, 2025-12, 2025-Q4, 2025, FY2025-26, FY2025-26-Q3, SY2027-28, 2025-07-01/2025-08-15, unknown, or the id of a
  named day from days.csv.
* A reference to a record of any kind is its kind and id: milestone/clean-power-2030.
* Members that end in ".state" and ".ground" are for values that are unknown, withheld, pending or not applicable, and why.
* Columns whose names start with "x-" are yours: they are kept as they are.
* Text that starts with =, +, - or @ stands behind an apostrophe, so that no spreadsheet takes it for a formula.

If you keep one list of milestones and no more, use ` + FlatFile + ` alone.
`

// explain writes what goes into each column of a table.
func (w *written) explain(b *strings.Builder) {
	b.WriteString("\n## " + w.file + "\n\n")
	for i := range w.columns {
		c := &w.columns[i]
		if c.role == plain && !c.last {
			c.explain(b)
		}
	}
}

// explainShared writes what goes into the columns that all records share.
func explainShared(b *strings.Builder) {
	b.WriteString("\n## In every table\n\n")
	columns := columnsOf(reflect.TypeFor[record.Source]())
	for i := range columns {
		if columns[i].last {
			columns[i].explain(b)
		}
	}
}

func (c *column) explain(b *strings.Builder) {
	b.WriteString("* `" + c.name + "`")
	if c.required {
		b.WriteString(" (needed)")
	}
	if c.describe != "" {
		b.WriteString(": " + c.describe)
	}
	if c.enum != nil {
		b.WriteString(" One of " + strings.Join(c.enum, ", ") + ".")
	}
	b.WriteString("\n")
}
