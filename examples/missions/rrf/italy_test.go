package rrf_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/examples/missions/rrf"
	"github.com/missionled/missionled/examples/missions/table"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/review"
)

const shared = "../../../../shared/data/plans/rrf-italy/"

// italy reads the real files, or skips.
func italy(t testing.TB) (programme, met []byte) {
	programme, err := os.ReadFile(shared + "PNRR_MeT_OA_programmazione_v03.csv")
	if err != nil {
		t.Skip("Italy's recovery plan absent: ../shared/data not beside the repository")
	}
	met, err = os.ReadFile(shared + "MeT_Attuazione_2021-T4_v02.csv")
	require.NoError(t, err)
	return programme, met
}

func readItaly(t testing.TB) (mission.Spec, rrf.Report) {
	programme, met := italy(t)
	spec, report, err := rrf.Read(rrf.Named("PNRR_MeT_OA_programmazione_v03.csv", bytes.NewReader(programme)),
		rrf.Named("MeT_Attuazione_2021-T4_v02.csv", bytes.NewReader(met)))
	require.NoError(t, err)
	return spec, report
}

func TestItalyFigures(t *testing.T) {
	spec, r := readItaly(t)
	kinds := r.Kinds()
	r.Notes = nil
	assert.Equal(t, rrf.Report{
		Rows: 1312, Codes: 1136, Repeated: 94, Shared: 2, Missions: 6, Components: 16, Measures: 191, Submeasures: 284, Administrations: 25,
		EURows: 653, EUCodes: 527, Milestones: 587, Targets: 725, Rise: 665, Fall: 42, Equal: 18, Declared: 51,
	}, r)
	assert.Equal(t, []table.KindCount{
		{Kind: rrf.NoNumber, Count: 1173},
		{Kind: rrf.ItalianNumber, Count: 418},
		{Kind: rrf.Absent, Count: 3279},
		{Kind: table.ByteOrderMark, Count: 12},
		{Kind: rrf.Differs, Count: 31},
		{Kind: rrf.MixedUnits, Count: 24},
		{Kind: rrf.SecondOwner, Count: 2},
		{Kind: rrf.Repeats, Count: 176},
		{Kind: rrf.EqualGoal, Count: 18},
		{Kind: rrf.StrayNumber, Count: 1},
		{Kind: rrf.Quarter, Count: 1363},
		{Kind: table.WhiteSpace, Count: 258},
	}, kinds)
	assert.Equal(t, []int{6, 491, 1136, 1136, 25, 1138, 51}, []int{
		len(spec.Missions), len(spec.Initiatives), len(spec.Milestones), len(spec.Targets), len(spec.Parties), len(spec.Duties), len(spec.Assessments),
	})
}

func TestItalyDueAndDeclaredMet(t *testing.T) {
	spec, _ := readItaly(t)
	due, met := rrf.Due(spec, rrf.EU, calendar.On(2021, 12, 31)), rrf.DeclaredMet(spec, rrf.EU, calendar.On(2021, 12, 31))
	assert.Len(t, due, 51)
	assert.Equal(t, due, met)
	assert.Len(t, rrf.Due(spec, rrf.EU, calendar.On(2026, 12, 31)), 527)
	assert.Len(t, rrf.Due(spec, "", calendar.On(2027, 12, 31)), 1136)
}

// TestItalyDueByHand counts the codes due on the last day of every quarter straight from the rows.
func TestItalyDueByHand(t *testing.T) {
	spec, _ := readItaly(t)
	programme, _ := italy(t)
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(programme, []byte("\ufeff"))))
	r.Comma = ';'
	rows, err := r.ReadAll()
	require.NoError(t, err)
	column := func(name string) int { return slices.Index(rows[0], name) }
	code, mark, quarter, year := column("Codice univoco Milestone-Target"), column("ITA-UE"), column("Trimestre di conseguimento"), column("Anno di conseguimento")
	for n := 4 * 2020; n < 4*2028; n++ {
		for _, m := range []string{rrf.EU, rrf.Italy} {
			due := make(map[string]bool)
			for _, row := range rows[1:] {
				y, err := strconv.Atoi(row[year])
				require.NoError(t, err)
				if q := int(row[quarter][1] - '0'); row[mark] == m && 4*y+q-1 <= n {
					due[row[code]] = true
				}
			}
			w := calendar.MustParseWhen(strconv.Itoa(n/4) + "-Q" + strconv.Itoa(n%4+1))
			assert.Len(t, rrf.Due(spec, m, w.Latest()), len(due), "%s %s", m, w)
		}
	}
}

// TestItalyNothingDropped looks for the text of every cell of the programme in the plan or in the report.
func TestItalyNothingDropped(t *testing.T) {
	programme, met := italy(t)
	spec, report, err := rrf.Read(bytes.NewReader(programme), bytes.NewReader(met))
	require.NoError(t, err)
	noted := make(map[[2]int]bool)
	columns := make(map[string]int)
	tables := make([]*table.Table, 2)
	for i, data := range [][]byte{programme, met} {
		tables[i], err = table.Read("", bytes.NewReader(data))
		require.NoError(t, err)
	}
	for i, name := range tables[0].Columns {
		columns[name] = i
	}
	for _, n := range report.Notes {
		if n.File == "programme" {
			noted[[2]int{n.Row, columns[n.Column]}] = true
		}
	}
	kept := texts(t, spec)
	for _, row := range tables[0].Rows {
		for i, cell := range row.Cells {
			if !noted[[2]int{row.Number, i}] && !kept[cell] && !quarterOrYear(tables[0].Columns[i]) {
				t.Fatalf("row %d, column %s: %q is neither in the plan nor in the report", row.Number, tables[0].Columns[i], cell)
			}
		}
	}
	for _, row := range tables[1].Rows {
		evidence := row.Cells[12]
		assert.True(t, kept[evidence] || kept[trim(evidence)], "%q", evidence)
	}
}

// BenchmarkItaly times reading, compiling and reviewing apart.
func BenchmarkItaly(b *testing.B) {
	programme, met := italy(b)
	spec, _ := readItaly(b)
	view := mission.View{On: spec.AsOf}
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			_, _, _ = rrf.Read(bytes.NewReader(programme), bytes.NewReader(met))
		}
	})
	b.Run("compile", func(b *testing.B) {
		for b.Loop() {
			_, _ = mission.Compile(spec, view)
		}
	})
	m, err := mission.Compile(spec, view)
	require.NoError(b, err)
	b.Run("review", func(b *testing.B) {
		for b.Loop() {
			_, _ = review.Run(m, review.Options{})
		}
	})
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			_, _ = document.Marshal(spec)
		}
	})
}

func trim(s string) string { return string(bytes.TrimSpace([]byte(s))) }

// quarterOrYear tells the two columns that become one date.
func quarterOrYear(column string) bool {
	return column == "Trimestre di conseguimento" || column == "Anno di conseguimento"
}

// texts is every text in a plan, those inside extension members included.
func texts(t *testing.T, spec mission.Spec) map[string]bool {
	var doc any
	require.NoError(t, json.Unmarshal([]byte(encode(t, spec)), &doc))
	kept := make(map[string]bool)
	todo := []any{doc}
	for len(todo) > 0 {
		v := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		switch v := v.(type) {
		case string:
			kept[v] = true
		case []any:
			todo = append(todo, v...)
		case map[string]any:
			for _, e := range v {
				todo = append(todo, e)
			}
		}
	}
	return kept
}
