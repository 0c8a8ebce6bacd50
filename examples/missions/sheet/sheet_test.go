package sheet_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/rrf"
	"github.com/missionled/missionled/examples/missions/sheet"
	"github.com/missionled/missionled/examples/missions/table"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
)

func plan(t testing.TB, name string) mission.Spec {
	data, err := os.ReadFile("../../../mission/document/testdata/" + name)
	require.NoError(t, err)
	spec, err := document.Unmarshal(data, document.Options{})
	require.NoError(t, err)
	return spec
}

func encode(t testing.TB, spec mission.Spec) string {
	data, err := document.Marshal(spec)
	require.NoError(t, err)
	return string(data)
}

// italy reads Italy's recovery plan, or skips.
func italy(t testing.TB) mission.Spec {
	f, err := os.Open("../../../../shared/data/plans/rrf-italy/PNRR_MeT_OA_programmazione_v03.csv")
	if err != nil {
		t.Skip("Italy's recovery plan absent: ../shared/data not beside the repository")
	}
	met, err := os.Open("../../../../shared/data/plans/rrf-italy/MeT_Attuazione_2021-T4_v02.csv")
	require.NoError(t, err)
	spec, _, err := rrf.Read(f, met)
	require.NoError(t, err)
	require.NoError(t, errors.Join(f.Close(), met.Close()))
	return spec
}

func roundTrip(t testing.TB, spec mission.Spec) {
	files, err := sheet.Write(spec)
	require.NoError(t, err)
	back, _, err := sheet.Read(csvOf(files)...)
	require.NoError(t, err)
	require.Equal(t, encode(t, spec), encode(t, back))
	again, err := sheet.Write(back)
	require.NoError(t, err)
	require.Equal(t, files, again, "equal plans give equal bytes")
	marked, _, err := sheet.Read(csvOf(sheet.WithMarks(files))...)
	require.NoError(t, err)
	require.Equal(t, encode(t, spec), encode(t, marked))
}

// csvOf leaves the description out.
func csvOf(files []sheet.File) []sheet.File {
	return slices.DeleteFunc(slices.Clone(files), func(f sheet.File) bool { return !strings.HasSuffix(f.Name, ".csv") })
}

func TestRoundTrip(t *testing.T) {
	for _, name := range []string{"design.json", "everything.json"} {
		t.Run(name, func(t *testing.T) { roundTrip(t, plan(t, name)) })
	}
	t.Run("empty", func(t *testing.T) { roundTrip(t, mission.Spec{}) })
	t.Run("italy", func(t *testing.T) { roundTrip(t, italy(t)) })
}

// nasty are texts that are hard to keep whole in a table.
var nasty = []string{
	"plain", "=1+1", "'=1", "''quoted", "'tis", "+44 20", "-1", "@me", "\ttab", "\rreturn", "\nline", "two\nlines", "two\r\nlines", "a;b", `back\slash`, `\e`, ";",
	" spaces ", `say "so"`, "comma, comma", "＝wide", "N/A", "true", "5", `{"a":1}`, `"json"`, "null", "\ufeffmark", "naïve – “text”", "\u202eright",
}

// fill sets every field of a record to something, the same for the same source.
func fill(r *rand.Rand, v reflect.Value) {
	text := func() string { return nasty[r.IntN(len(nasty))] }
	switch p := v.Addr().Interface().(type) {
	case *record.ID:
		*p = record.ID([]string{"a", "b-2", "c.d_e"}[r.IntN(3)])
		return
	case *record.Ref:
		*p = milestone.Ref("a")
		return
	case *calendar.When:
		*p = calendar.MustParseWhen([]string{"2024", "2024-Q3", "FY2024-25-Q1", "unknown", "end-of-it", "2024-07-05/2024-08-01"}[r.IntN(6)])
		return
	case *calendar.Date:
		*p = calendar.On(2024, 2, 29)
		return
	case *time.Time:
		*p = time.Date(2024, 2, 29, 12, 0, 0, r.IntN(1e9), time.UTC)
		return
	case *record.Quantity:
		*p, _ = record.ParseQuantity([]string{"-5", "73.80", "0"}[r.IntN(3)])
		return
	case *record.Money:
		*p = record.Money{Minor: int64(r.IntN(2000) - 1000), Currency: "GBP"}
		return
	case *record.Extensions:
		*p = record.Extensions{"x-a": `{"deep":[1,"` + "x" + `"]}`, "x-b c": "5", "x-b-c": `"=5"`, "x-d": `""`}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		if state := v.FieldByName("State"); v.Type().NumField() == 3 && v.FieldByName("V").IsValid() {
			if r.IntN(2) == 0 {
				fill(r, v.FieldByName("V"))
				state.SetUint(uint64(record.StateKnown))
			} else {
				state.SetUint(uint64(record.StateUnknown) + uint64(r.IntN(4)))
				v.FieldByName("Ground").SetString(text())
			}
			return
		}
		for _, field := range v.Fields() {
			if r.IntN(8) > 0 {
				fill(r, field)
			}
		}
	case reflect.Slice:
		n := r.IntN(3)
		if k := v.Type().Elem().Kind(); n == 0 && (k == reflect.Struct || k == reflect.Float64) {
			return // within an object, an empty list reads as none at all
		}
		v.Set(reflect.MakeSlice(v.Type(), n, 3))
		for i := range v.Len() {
			fill(r, v.Index(i))
		}
	case reflect.String:
		v.SetString(text())
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Uint8: // a closed list: the first values are there in all of them
		v.SetUint(uint64(r.IntN(3)))
	case reflect.Uint64:
		v.SetUint(r.Uint64N(100))
	case reflect.Int:
		v.SetInt(int64(r.IntN(200) - 100))
	}
}

// TestRoundTripAnything writes tables of records full of awkward texts and reads them back, faults of meaning apart.
func TestRoundTripAnything(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 40 {
		var spec mission.Spec
		for _, list := range spec.Tables() {
			records := reflect.ValueOf(list.Records).Elem()
			records.Set(reflect.MakeSlice(records.Type(), 2, 2))
			for i := range 2 {
				fill(r, records.Index(i))
			}
		}
		for i, base := range spec.Bases() {
			if base.ID == "" {
				base.ID = record.ID("n" + strconv.Itoa(i)) // a record of nothing at all would be an empty row
			}
		}
		fill(r, reflect.ValueOf(&spec.Title).Elem())
		files, err := sheet.Write(spec)
		require.NoError(t, err)
		back, _, _ := sheet.Read(csvOf(files)...)
		again, err := sheet.Write(back)
		require.NoError(t, err)
		require.Equal(t, files, again)
		require.Equal(t, encode(t, spec), encode(t, back))
	}
}

func TestEscape(t *testing.T) {
	for _, c := range []struct{ text, cell string }{
		{"", ""}, {"plain", "plain"}, {"'tis", "'tis"}, {"=1", "'=1"}, {"+1", "'+1"}, {"-1", "'-1"}, {"@x", "'@x"}, {"\tx", "'\tx"}, {"\rx", "'\rx"}, {"\nx", "'\nx"},
		{"'=1", "''=1"}, {"''=1", "'''=1"}, {"＝1", "'＝1"}, {" =1", " =1"}, {"'", "'"}, {"1=1", "1=1"},
	} {
		assert.Equal(t, c.cell, sheet.Escape(c.text), "%q", c.text)
		assert.Equal(t, c.text, sheet.Unescape(c.cell), "%q", c.cell)
	}
}

func FuzzEscape(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		cell := sheet.Escape(s)
		require.Equal(t, s, sheet.Unescape(cell))
		require.False(t, cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n"), "%q starts like a formula", cell)
	})
}

func FuzzRead(f *testing.F) {
	f.Add("milestones.csv", "id,name,due,x-own\na,One,2026,5\nb,Two,2026-Q1,\n")
	f.Add("targets.csv", "id;milestone;at_least;progress\na;b;5;1\n")
	f.Add("list.csv", "Milestone;Due date;Owner;Target;Baseline;RAG;Depends on\nOne;31/03/2026;Director;95%;80%;Amber;Two\nTwo;Q1 2026;;in words;;;\n")
	f.Add("forums.csv", "id,kind,members,members.state,members.ground\na,board,,known,\nb,board,x;y,,\nc,board,,withheld,secret\n")
	f.Add("plan.csv", "title,as_of\nA plan,2025-12-31\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		spec, _, err := sheet.Read(sheet.File{Name: name, Data: []byte(text)})
		if err != nil {
			return
		}
		require.Empty(t, spec.Check())
		if encode(t, spec) != "" && !strings.Contains(text, "\x00") {
			roundTrip(t, spec)
		}
	})
}

func TestReadTables(t *testing.T) {
	spec, report, err := sheet.Read(
		sheet.File{Name: "some/folder/Milestones.csv", Data: []byte("Due;x-colour;ID;missions;Name\n2026-Q1;blue;a;growth;First\n\n2027;5;b; growth ; Second\n")},
		sheet.File{Name: "missions.tsv", Data: []byte("id\tname\tcontributors\tcontributors.state\ngrowth\tGrowth\t\tknown\n")},
		sheet.File{Name: "plan.csv", Data: []byte("title,as_of,namespace,x-owner\nA plan,2025-12-31,https://example.org/p,me\n")},
	)
	require.NoError(t, err)
	assert.Equal(t, []sheet.KindCount{{Kind: mission.KindMission, Count: 1}, {Kind: milestone.KindMilestone, Count: 2}}, report.Records)
	assert.Equal(t, "A plan", spec.Title)
	assert.Equal(t, calendar.On(2025, 12, 31), spec.AsOf)
	assert.Equal(t, `"me"`, spec.Extensions["x-owner"])
	assert.Equal(t, []record.ID{"growth"}, spec.Milestones[1].Missions)
	assert.Equal(t, []string{`"blue"`, "5"}, []string{spec.Milestones[0].Extensions["x-colour"], spec.Milestones[1].Extensions["x-colour"]})
	assert.Equal(t, record.StateKnown, spec.Missions[0].Contributors.State, "it is known that nobody takes part")
}

// TestReadFaults has a fault of every sort, each with the place and the way out.
func TestReadFaults(t *testing.T) {
	_, _, err := sheet.Read(
		sheet.File{Name: "milestones.csv", Data: []byte("id,name,due,missions,use,lasts_days,misions,maintain\na,First,31/03/2026,\"growth, health\",promise,ten,1,\n\nA B,Second,2026,growht,,-3,,\nc,,2026,growth,,,,\n")},
		sheet.File{Name: "missions.csv", Data: []byte("id,name,internal,contributors,contributors.state\ngrowth,Growth,perhaps,x,unknown\n")},
		sheet.File{Name: "targets.csv", Data: []byte("name,achieve\nT,Done\n")},
		sheet.File{Name: "duties.csv", Data: []byte("id,duty,subject,post\nd,lead,milestone/a\n")},
		sheet.File{Name: "sources.csv", Data: []byte("id,title\ns,Caf\xe9\n")},
		sheet.File{Name: "events.csv", Data: []byte("id,kind\ne,\"open\n")},
		sheet.File{Name: "days.csv", Data: []byte{0xff, 0xfe, 'i', 0}},
	)
	faults, ok := errors.AsType[table.Faults](err)
	require.True(t, ok)
	want := []string{
		`milestones.csv, row 1, column "misions": a milestone has no member "misions": did you mean "missions"? rename the column`,
		`milestones.csv, row 1, column "maintain": a milestone has no member "maintain": rename`,
		`milestones.csv, row 2, column "due": calendar: when "31/03/2026": the year comes first, then month and day; write 2026-03-31`,
		`milestones.csv, row 2, column "missions": "growth, health" is one element: separate the elements of a list by semicolons, as in "growth; health"`,
		`milestones.csv, row 2, column "use": "promise" is no use of a milestone`,
		`milestones.csv, row 2, column "lasts_days": "ten" is no whole number`,
		`milestones.csv, row 4, column "id": "A B" is no id`,
		`milestones.csv, row 4, column "lasts_days": a length of time cannot be negative`,
		`milestones.csv, row 4, column "missions": there is no mission "growht": did you mean "growth"?`,
		`milestones.csv, row 5, column "name": it has no name`,
		`missions.csv, row 2, column "internal": "perhaps" is neither true nor false: write true or false`,
		`missions.csv, row 2, column "contributors.state": the value is given, and its state says that it is not`,
		`duties.csv, row 2: the row has 3 cells and the header 4`,
		`sources.csv, row 2, column "title": the text "Caf\xe9" is not UTF-8 (byte 0xe9); it may be Windows-1252: save the file as "CSV UTF-8"`,
		`events.csv, row 2: a quotation mark is out of place at line`,
		`days.csv, row 1: the file is not UTF-8 but looks like UTF-16LE`,
		`targets.csv, row 1: there is no column "id": add it to row 1, which has "name", "achieve"`,
	}
	for i, w := range want {
		if assert.Less(t, i, len(faults)) {
			assert.True(t, slices.ContainsFunc(faults, func(f *table.Fault) bool { return strings.HasPrefix(f.Error(), w) }), "wanted: %s\nhave:\n%s", w, err)
		}
	}
	assert.Len(t, faults, len(want), "%s", err)
	_, ok = errors.AsType[*calendar.WhenError](err)
	assert.True(t, ok)
	_, ok = errors.AsType[*record.DanglingError](err)
	assert.True(t, ok)
}

func TestWriteMetadata(t *testing.T) {
	files, err := sheet.Write(plan(t, "design.json"))
	require.NoError(t, err)
	meta := files[len(files)-1]
	require.Equal(t, sheet.MetadataFile, meta.Name)
	golden(t, "csv-metadata.json", meta.Data)
	i := slices.IndexFunc(files, func(f sheet.File) bool { return f.Name == "forums.csv" })
	golden(t, "forums.csv", files[i].Data)
}

var update = flag.Bool("update", false, "rewrite the files in testdata")

// golden compares with a file in testdata.
func golden(t *testing.T, name string, data []byte) {
	if *update {
		require.NoError(t, os.WriteFile("testdata/"+name, data, 0o644))
	}
	want, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(data))
}

// TestMetadataDescribesTables compares the description with the tables beside it.
func TestMetadataDescribesTables(t *testing.T) {
	files, err := sheet.Write(plan(t, "everything.json"))
	require.NoError(t, err)
	var meta struct {
		Context []any `json:"@context"`
		Tables  []struct {
			URL    string
			Schema struct {
				Columns     []struct{ Name, Titles string }
				PrimaryKey  string
				ForeignKeys []struct {
					Column    string `json:"columnReference"`
					Reference struct{ Resource string }
				}
			} `json:"tableSchema"`
		}
	}
	require.NoError(t, json.Unmarshal(files[len(files)-1].Data, &meta))
	assert.Equal(t, "http://www.w3.org/ns/csvw", meta.Context[0])
	require.Len(t, meta.Tables, len(csvOf(files)))
	variable := regexp.MustCompile(`^([A-Za-z0-9]|%[0-9A-F]{2})([A-Za-z0-9_]|%[0-9A-F]{2}|\.[A-Za-z0-9_])*$`)
	keys := 0
	for i, f := range csvOf(files) {
		tab, err := table.Read(f.Name, bytes.NewReader(f.Data))
		require.NoError(t, err)
		assert.Equal(t, f.Name, meta.Tables[i].URL)
		var titles []string
		names := make(map[string]bool)
		for _, c := range meta.Tables[i].Schema.Columns {
			titles = append(titles, c.Titles)
			assert.Regexp(t, variable, c.Name)
			assert.False(t, names[c.Name], "%s: two columns are called %s", f.Name, c.Name)
			names[c.Name] = true
		}
		assert.Equal(t, tab.Columns, titles)
		for _, k := range meta.Tables[i].Schema.ForeignKeys {
			assert.True(t, names[k.Column])
			assert.True(t, slices.ContainsFunc(files, func(f sheet.File) bool { return f.Name == k.Reference.Resource }))
			keys++
		}
	}
	assert.NotZero(t, keys)
}

func TestTemplates(t *testing.T) {
	files := sheet.Templates()
	var tables []sheet.File
	for _, f := range csvOf(files) {
		if f.Name != sheet.FlatFile {
			tables = append(tables, f)
		}
	}
	require.Len(t, tables, 1+len(mission.Kinds()), "the head and every kind of record")
	spec, report, err := sheet.Read(tables...)
	require.NoError(t, err)
	assert.Empty(t, report.Records)
	assert.Equal(t, encode(t, mission.Spec{}), encode(t, spec))
	readme := string(files[len(files)-1].Data)
	for _, f := range tables {
		header, _, _ := bytes.Cut(f.Data, []byte("\r\n"))
		assert.Contains(t, readme, "## "+f.Name)
		for name := range strings.SplitSeq(string(header), ",") {
			if !strings.HasSuffix(name, ".state") && !strings.HasSuffix(name, ".ground") {
				assert.Contains(t, readme, "* `"+name+"`")
			}
		}
	}
}
