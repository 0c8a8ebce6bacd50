package sheet

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
)

// Write writes a plan as tables: [PlanFile], a file for each kind of record that the plan has, with the columns that at
// least one record fills, and [MetadataFile], which describes them. [Read] of the files gives the plan back. The tables are
// those of RFC 4180: UTF-8, lines that end in CR LF, a header row. Equal plans give equal bytes.
//
// Texts that are not UTF-8 are an error that says where they stand; the plan is not checked otherwise.
func Write(spec mission.Spec) ([]File, error) {
	spec.Format = mission.Format
	var files []File
	var described []written
	head := reflect.ValueOf([]mission.Spec{spec})
	for _, part := range append([]mission.Table{{Kind: "plan", Name: base(PlanFile)}}, spec.Tables()...) {
		records := head
		if part.Records != nil {
			records = reflect.ValueOf(part.Records).Elem()
		}
		if records.Len() == 0 {
			continue
		}
		w, err := write(part, records)
		if err != nil {
			return nil, err
		}
		described = append(described, w)
		files = append(files, File{w.file, w.data})
	}
	return append(files, metadata(described)), nil
}

// written is a table as it was written.
type written struct {
	kind       record.Kind
	file       string
	columns    []column
	extensions []string
	cells      [][]string
	data       []byte
}

func write(part mission.Table, records reflect.Value) (written, error) {
	w := written{kind: part.Kind, file: part.Name + ".csv"}
	all := columnsOf(records.Type().Elem())
	names := make(map[string]bool)
	used := make([]bool, len(all))
	rows := make([][]string, records.Len())
	for n := range rows {
		r := records.Index(n)
		rows[n] = make([]string, len(all))
		for i := range all {
			text, err := all[i].cell(r)
			if err != nil {
				return w, fmt.Errorf("%s[%d].%s: %w", part.Name, n, all[i].name, err)
			}
			rows[n][i] = text
			used[i] = used[i] || text != "" || all[i].name == "id"
		}
		for name := range extensionsOf(r) {
			names[name] = true
		}
	}
	w.extensions = slices.Sorted(maps.Keys(names))
	for i := range all {
		if used[i] {
			w.columns = append(w.columns, all[i])
		}
	}
	for n := range rows {
		var cells []string
		for i, text := range rows[n] {
			if used[i] {
				cells = append(cells, text)
			}
		}
		extensions := extensionsOf(records.Index(n))
		for _, name := range w.extensions {
			if raw, ok := extensions[name]; ok {
				cells = append(cells, extensionCell(raw))
			} else {
				cells = append(cells, "")
			}
		}
		w.cells = append(w.cells, cells)
	}
	w.data = encode(w.header(), w.cells)
	return w, nil
}

func extensionsOf(r reflect.Value) record.Extensions {
	return r.FieldByName("Extensions").Interface().(record.Extensions)
}

// header is the names of the columns.
func (w *written) header() []string {
	var names []string
	for i := range w.columns {
		names = append(names, w.columns[i].name)
	}
	return append(names, w.extensions...)
}

// encode writes rows as RFC 4180 has them. What stands in a cell is written as it is, line ends included.
func encode(header []string, rows [][]string) []byte {
	var b strings.Builder
	for _, row := range append([][]string{header}, rows...) {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			// A single empty cell would make an empty line; white space at either end, and semicolons, are quoted for
			// readers that are less exact.
			if cell == "" && len(row) == 1 || strings.ContainsAny(cell, "\",;\r\n\t") || strings.TrimSpace(cell) != cell {
				b.WriteByte('"')
				b.WriteString(strings.ReplaceAll(cell, `"`, `""`))
				b.WriteByte('"')
				continue
			}
			b.WriteString(cell)
		}
		b.WriteString("\r\n")
	}
	return []byte(b.String())
}

// WithMarks returns the CSV files with a byte-order mark at the front of each, which some spreadsheets need in order to
// take a file for UTF-8. The files given are not changed; [Read] passes over the marks.
func WithMarks(files []File) []File {
	marked := slices.Clone(files)
	for i := range marked {
		if strings.HasSuffix(marked[i].Name, ".csv") {
			marked[i].Data = append([]byte("\ufeff"), marked[i].Data...)
		}
	}
	return marked
}
