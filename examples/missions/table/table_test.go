package table_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/examples/missions/table"
)

func read(t testing.TB, text string) *table.Table {
	tab, err := table.Read("t.csv", strings.NewReader(text))
	require.NoError(t, err)
	return tab
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, text string
		comma      rune
		columns    []string
		rows       []table.Row
	}{
		{"commas", "a,b\n1,2\n", ',', []string{"a", "b"}, []table.Row{{Number: 2, Line: 2, Cells: []string{"1", "2"}}}},
		{"semicolons and a mark", "\ufeffa;b\r\n1;2,5", ';', []string{"a", "b"}, []table.Row{{Number: 2, Line: 2, Cells: []string{"1", "2,5"}}}},
		{"tabs", "a\tb;c\n1\t2\n", '\t', []string{"a", "b;c"}, []table.Row{{Number: 2, Line: 2, Cells: []string{"1", "2"}}}},
		{"separators in quotation marks do not count", "\"a,b,c\";d\n1;2\n", ';', []string{"a,b,c", "d"}, []table.Row{{Number: 2, Line: 2, Cells: []string{"1", "2"}}}},
		{"a line that names the separator", "sep=;\r\na;b\r\n1;2\r\n", ';', []string{"a", "b"}, []table.Row{{Number: 2, Line: 3, Cells: []string{"1", "2"}}}},
		{"rows and lines part ways", "a,b\n\"x\ny\",1\n\n\n,\n3,4\n", ',', []string{"a", "b"}, []table.Row{
			{Number: 2, Line: 2, Cells: []string{"x\ny", "1"}}, {Number: 6, Line: 7, Cells: []string{"3", "4"}}}},
		{"cells keep their line ends", "a\r\n\"x\r\ny\rz\nw\"\r\n", ',', []string{"a"}, []table.Row{{Number: 2, Line: 2, Cells: []string{"x\r\ny\rz\nw"}}}},
		{"surplus cells that hold nothing", "a,b,\n1,2,,,\n", ',', []string{"a", "b", ""}, []table.Row{{Number: 2, Line: 2, Cells: []string{"1", "2", ""}}}},
		{"header alone", "a,b", ',', []string{"a", "b"}, nil},
		{"marks inside the header", "a;\ufeffb ;\ufeff c\n1;2;3\n", ';', []string{"a", "b", "c"}, []table.Row{{Number: 2, Line: 2, Cells: []string{"1", "2", "3"}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tab := read(t, c.text)
			assert.Equal(t, string(c.comma), string(tab.Comma))
			assert.Equal(t, c.columns, tab.Columns)
			assert.Equal(t, c.rows, tab.Rows)
		})
	}
}

func TestReadFaults(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", []string{"t.csv, row 1: the file is empty: the first row must name the columns"}},
		{"short and long rows", "a,b\n1\n2,3,4\n5,6\n", []string{
			"t.csv, row 2: the row has 1 cells and the header 2: look for a separator in a text that is not in quotation marks, or a row cut in two",
			"t.csv, row 3: the row has 3 cells and the header 2: look for a separator in a text that is not in quotation marks, or a row cut in two"}},
		{"one name twice", "a,b,a\n1,2,3\n", []string{`t.csv, row 1, column "a": two columns have this name: rename one of them or leave it out`}},
		{"no name", "a,\n1,2\n", []string{`t.csv, row 2: "2" stands in column 2, which has no name: name it in the header, or empty the cell`}},
		{"encodings", "a,b\nx,caf\xe9\n\"y\nz\",\x80\nok,caf\u00e9\n", []string{
			`t.csv, row 2, column "b": the text "caf\xe9" is not UTF-8 (byte 0xe9); it may be Windows-1252: save the file as "CSV UTF-8" in the spreadsheet, or convert it: iconv -f CP1252 -t UTF-8`,
			`t.csv, row 3, column "b": the text "\x80" is not UTF-8 (byte 0x80); it may be Windows-1252: save the file as "CSV UTF-8" in the spreadsheet, or convert it: iconv -f CP1252 -t UTF-8`}},
		{"header in another encoding", "a,caf\xe9\n", []string{`t.csv, row 1: the text "caf\xe9" is not UTF-8`}},
		{"two bytes a letter", "\xff\xfea\x00,\x00b\x00", []string{"t.csv, row 1: the file is not UTF-8 but looks like UTF-16LE"}},
		{"two bytes a letter, unmarked", "\x00a\x00,\x00b", []string{"t.csv, row 1: the file is not UTF-8 but looks like UTF-16BE"}},
		{"a quotation mark", "a,b\n1,2\n3,\"x\"y\n4,5\n", []string{"t.csv, row 3: a quotation mark is out of place at line 3, character 5: "}},
		{"an open quotation mark", "a,b\n1,\"2\n3,4\n", []string{"t.csv, row 2: a quotation mark is out of place at line"}},
		{"too wide", strings.Repeat("a,", 1000) + "b\n", []string{"t.csv, row 1: the header has more than 1,000 columns"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tab, err := table.Read("t.csv", strings.NewReader(c.text))
			assert.Nil(t, tab)
			faults, ok := errors.AsType[table.Faults](err)
			require.True(t, ok)
			require.Len(t, faults, len(c.want), "%v", err)
			for i, want := range c.want {
				assert.True(t, strings.HasPrefix(faults[i].Error(), want), "wanted %s\nhave %s", want, faults[i])
			}
		})
	}
}

func TestReadManyInAnotherEncoding(t *testing.T) {
	_, err := table.Read("t.csv", strings.NewReader("a\n"+strings.Repeat("\xe9\n", 50)))
	faults, _ := errors.AsType[table.Faults](err)
	assert.Len(t, faults, 21)
	more, ok := errors.AsType[*table.MoreError](err)
	require.True(t, ok)
	assert.Equal(t, 30, more.Cells)
}

func TestReadLimits(t *testing.T) {
	_, err := table.Read("t.csv", strings.NewReader("a\n"+strings.Repeat("x", table.MaxBytes)))
	require.ErrorIs(t, err, table.ErrTooLarge)
	_, err = table.Read("t.csv", iotest.ErrReader(errors.New("gone")))
	require.EqualError(t, err, "gone")
}

func TestColumn(t *testing.T) {
	tab := read(t, "Due date,due_Date2,l’Età,x-a,x_a\n1,2,3,4,5\n")
	assert.Equal(t, []int{0, 1, 2, 3, 4, -1}, []int{tab.Column("due-DATE"), tab.Column("Due Date2"), tab.Column("L'età"), tab.Column("x-a"), tab.Column("x_a"), tab.Column("date")})
}

// FuzzRead compares with the plain reader of the standard library wherever that takes a file and every row is full.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\ufeffa;b\n\"x\r\ny\";2\n", "sep=,\na\n1\n", "a,b\n\n,\n1,\"\"\"2\"\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tab, err := table.Read("t.csv", strings.NewReader(text))
		if err != nil {
			return
		}
		for i, row := range tab.Rows {
			require.Len(t, row.Cells, len(tab.Columns))
			require.GreaterOrEqual(t, row.Line, 2)
			require.Greater(t, row.Number, 1)
			require.True(t, i == 0 || row.Number > tab.Rows[i-1].Number && row.Line > tab.Rows[i-1].Line)
		}
		if strings.Contains(text, "\r") || strings.HasPrefix(strings.ToLower(text), "sep=") {
			return
		}
		plain := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
		plain.Comma, plain.FieldsPerRecord = tab.Comma, -1
		all, err := plain.ReadAll()
		require.NoError(t, err)
		var cells []string
		for _, row := range all[1:] {
			for len(row) > len(tab.Columns) {
				row = row[:len(row)-1]
			}
			if strings.TrimSpace(strings.Join(row, "")) != "" {
				cells = append(cells, row...)
			}
		}
		var have []string
		for _, row := range tab.Rows {
			have = append(have, row.Cells...)
		}
		require.Equal(t, cells, have)
	})
}

func ExampleRead() {
	t, err := table.Read("wells.csv", strings.NewReader("Name;Due date\nWells dug;31/03/2026\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	due := t.Column("due_date")
	for _, row := range t.Rows {
		fmt.Println(row.Number, row.Cells[due])
	}
	_, err = table.Read("wells.csv", strings.NewReader("Name;Due date\nCaf\xe9;2026\nWells\n"))
	fmt.Println(err)
	// Output:
	// 2 31/03/2026
	// wells.csv, row 2, column "Name": the text "Caf\xe9" is not UTF-8 (byte 0xe9); it may be Windows-1252: save the file as "CSV UTF-8" in the spreadsheet, or convert it: iconv -f CP1252 -t UTF-8
	// wells.csv, row 3: the row has 1 cells and the header 2: look for a separator in a text that is not in quotation marks, or a row cut in two
}

func ExampleCountKinds() {
	t, err := table.Read("wells.csv", strings.NewReader("\ufeffName ;\ufeffDue\nWells;2026\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, n := range t.Notes {
		fmt.Println(n)
	}
	for _, k := range table.CountKinds(t.Notes) {
		fmt.Println(k.Count, k.Kind)
	}
	// Output:
	// wells.csv, row 1: byte-order mark passed over: "\ufeff"
	// wells.csv, row 1, column "Name": white space tidied: "Name " became "Name"
	// wells.csv, row 1, column "Due": byte-order mark passed over: "\ufeffDue" became "Due"
	// 2 byte-order mark passed over
	// 1 white space tidied
}
