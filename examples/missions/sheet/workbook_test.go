package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/sheet"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

func workbook(t testing.TB, spec mission.Spec, on calendar.Date) ([]byte, *review.Review) {
	m, err := mission.Compile(spec, mission.View{On: on})
	require.NoError(t, err)
	r, err := review.Run(m, review.Options{})
	require.NoError(t, err)
	data, err := sheet.Workbook(m, r)
	require.NoError(t, err)
	again, err := sheet.Workbook(m, r)
	require.NoError(t, err)
	require.True(t, bytes.Equal(data, again), "equal reviews give equal bytes")
	return data, r
}

func TestWorkbook(t *testing.T) {
	spec := plan(t, "design.json")
	spec.Milestones = append(spec.Milestones, milestone.Milestone{Record: record.New("dated"), Name: "Dated", Due: calendar.MustParseWhen("2026-03-31")})
	data, r := workbook(t, spec, calendar.On(2025, 12, 31))
	f, err := excelize.OpenReader(bytes.NewReader(data))
	require.NoError(t, err)
	assert.Equal(t, []string{"Findings", "Cannot assess", "Milestones", "Who answers", "Coverage"}, f.GetSheetList())
	for _, c := range []struct {
		sheet string
		rows  int
	}{{"Findings", len(r.Findings)}, {"Cannot assess", len(r.Unassessed)}, {"Milestones", 3}, {"Who answers", 2}} {
		rows, err := f.GetRows(c.sheet)
		require.NoError(t, err)
		assert.Len(t, rows, c.rows+1, "%s", c.sheet)
		panes, err := f.GetPanes(c.sheet)
		require.NoError(t, err)
		assert.True(t, panes.Freeze && panes.YSplit == 1, "%s: the header stays in view", c.sheet)
	}
	shown, err := f.GetCellValue("Milestones", "F4")
	require.NoError(t, err)
	raw, err := f.GetCellValue("Milestones", "F4", excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	assert.Equal(t, []string{"31/03/2026", "46112"}, []string{shown, raw}, "a real date, shown day first")
	text, err := f.GetCellValue("Findings", "F2")
	require.NoError(t, err)
	assert.Equal(t, r.Findings[0].Text, text)
	rows, err := f.GetRows("Coverage")
	require.NoError(t, err)
	assert.Contains(t, rows, []string{"Review", review.NotHealth})
	require.NoError(t, f.Close())
}

func TestWorkbookWithoutAnything(t *testing.T) {
	_, err := sheet.Workbook(nil, nil)
	require.ErrorIs(t, err, sheet.ErrNothing)
	data, _ := workbook(t, mission.Spec{}, calendar.Date{})
	assert.NotEmpty(t, parts(t, data)["xl/worksheets/sheet1.xml"])
}

// parts is the content of each file in a workbook.
func parts(t testing.TB, data []byte) map[string]string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	files := make(map[string]string)
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(r)
		require.NoError(t, err)
		files[f.Name] = string(text)
	}
	return files
}

func TestWorkbookOfItaly(t *testing.T) {
	data, _ := workbook(t, italy(t), calendar.On(2021, 12, 31))
	f, err := excelize.OpenReader(bytes.NewReader(data))
	require.NoError(t, err)
	rows, err := f.GetRows("Milestones")
	require.NoError(t, err)
	assert.Len(t, rows, 1137)
	require.NoError(t, f.Close())
}

// hostile are texts that try to be something else than text.
var hostile = []string{
	`<script>alert(1)</script>`, `=cmd|' /C calc'!A0`, `=HYPERLINK("http://example.org","x")`, "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", `"=1`, `a",=1,"b`, "a\r\n=1,2\r\n",
	"safe\u202egpj.exe", "\u2066isolate\u2069", "\ufeffmark", "\x00\x01\x1b[2J", "../../etc/passwd", `..\..\windows`, "']]></t><f>1+1</f>", "_x0041_", "\ufffe\uffff",
}

// hostilePlan is a plan in which every text is hostile, and one is a million characters long.
func hostilePlan() mission.Spec {
	var spec mission.Spec
	spec.Title = hostile[0]
	for i, text := range append(hostile, strings.Repeat("è", 1_000_000)) {
		id := record.ID("n" + string(rune('a'+i)))
		r := record.Record{ID: id, Note: text, At: text, Claimant: text, Reason: text, Extensions: record.Extensions{"x-text": `"` + strings.Repeat("=", 3) + `"`}}
		spec.Missions = append(spec.Missions, mission.Mission{Record: r, Name: "x" + text, Statement: text})
		spec.Parties = append(spec.Parties, accountability.Party{Record: r, Kind: accountability.Organisation, Name: "x" + text})
		spec.Milestones = append(spec.Milestones, milestone.Milestone{Record: r, Name: text + "x", Missions: []record.ID{id}, VagueBecause: text})
		spec.Assessments = append(spec.Assessments, milestone.Assessment{Record: r, Subject: milestone.Ref(id), Rating: text, Scale: text})
		spec.Duties = append(spec.Duties, accountability.Duty{Record: r, Duty: text, Subject: mission.Ref(id), Post: id, Part: text})
		spec.Events = append(spec.Events, mission.Event{Record: r, Kind: text, Name: text})
	}
	return spec
}

func TestHostileTables(t *testing.T) {
	spec := hostilePlan()
	files, err := sheet.Write(spec)
	require.NoError(t, err)
	for _, f := range files {
		assert.NotContains(t, f.Name, "/")
		assert.NotContains(t, f.Name, "..")
		if !strings.HasSuffix(f.Name, ".csv") {
			continue
		}
		rows, err := csv.NewReader(bytes.NewReader(f.Data)).ReadAll()
		require.NoError(t, err, "another reader finds the same cells")
		for n, row := range rows {
			for _, cell := range row {
				if first, _ := utf8.DecodeRuneInString(cell); cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
					t.Errorf("%s, row %d: %.40q is a formula", f.Name, n+1, cell)
				}
			}
		}
	}
	back, _, _ := sheet.Read(csvOf(files)...)
	for i := range spec.Milestones {
		require.Equal(t, spec.Milestones[i].Name, back.Milestones[i].Name)
		require.Equal(t, spec.Milestones[i].Note, back.Milestones[i].Note)
	}
}

func TestHostileID(t *testing.T) {
	spec := mission.Spec{Missions: []mission.Mission{{Record: record.New("../../etc/passwd"), Name: "=1"}}}
	files, err := sheet.Write(spec)
	require.NoError(t, err)
	for _, f := range files {
		assert.NotContains(t, f.Name, "/")
	}
	_, _, err = sheet.Read(csvOf(files)...)
	_, ok := errors.AsType[*record.IDError](err)
	assert.True(t, ok, "%v", err)
}

func TestHostileWorkbook(t *testing.T) {
	spec := hostilePlan()
	data, _ := workbook(t, spec, calendar.On(2025, 12, 31))
	for name, text := range parts(t, data) {
		assert.NotContains(t, name, "..")
		d := xml.NewDecoder(strings.NewReader(text))
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			require.NoError(t, err, "%s is XML", name)
			if e, ok := token.(xml.StartElement); ok {
				assert.NotContains(t, []string{"f", "script", "hyperlink"}, e.Name.Local, "%s", name)
			}
			if c, ok := token.(xml.CharData); ok {
				assert.NotContains(t, string(c), "\u202e", "%s: text that reorders what is around it", name)
				assert.Less(t, utf8.RuneCount(c), 32768, "%s: more than a cell holds", name)
			}
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	require.NoError(t, err)
	name, err := f.GetCellValue("Milestones", "B3")
	require.NoError(t, err)
	assert.Equal(t, hostile[1]+"x", name)
	kind, err := f.GetCellType("Milestones", "B3")
	require.NoError(t, err)
	assert.NotEqual(t, excelize.CellTypeFormula, kind)
	require.NoError(t, f.Close())
}
