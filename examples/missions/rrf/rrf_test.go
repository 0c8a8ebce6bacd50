package rrf_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/rrf"
	"github.com/missionled/missionled/examples/missions/table"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
)

func file(t testing.TB, name string) []byte {
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return data
}

func read(t testing.TB, met ...string) (mission.Spec, rrf.Report) {
	var readers []io.Reader
	for _, name := range met {
		readers = append(readers, rrf.Named(name, bytes.NewReader(file(t, name))))
	}
	spec, report, err := rrf.Read(rrf.Named("programme.csv", bytes.NewReader(file(t, "programme.csv"))), readers...)
	require.NoError(t, err)
	return spec, report
}

func TestReadFigures(t *testing.T) {
	_, r := read(t, "met-2021-T4.csv", "met-2022-T2.csv")
	notes := r.Kinds()
	r.Notes = nil
	assert.Equal(t, rrf.Report{
		Rows: 7, Codes: 6, Repeated: 1, Shared: 1, Missions: 2, Components: 2, Measures: 3, Submeasures: 3, Administrations: 2,
		EURows: 6, EUCodes: 5, Milestones: 2, Targets: 5, Rise: 2, Fall: 1, Equal: 1, Unread: 1, Declared: 4,
	}, r)
	counts := make(map[table.NoteKind]int)
	for _, k := range notes {
		counts[k.Kind] = k.Count
	}
	assert.Equal(t, 5, counts[table.ByteOrderMark], "two files and three cells of a header")
	assert.Equal(t, 5, counts[rrf.ItalianNumber], "four cells in thousands, one with a decimal comma")
	assert.Equal(t, 1, counts[rrf.Repeats])
	assert.Equal(t, 1, counts[rrf.SecondOwner])
	assert.Equal(t, 1, counts[rrf.EqualGoal])
	assert.Equal(t, 1, counts[rrf.StrayNumber])
	assert.Equal(t, 2, counts[rrf.Unreadable], "a goal in words and a quarter in words")
	assert.Equal(t, 3, counts[rrf.NoQuarter])
	assert.Equal(t, 3, counts[rrf.Progress])
	assert.Equal(t, 1, counts[rrf.NotInProgramme])
	assert.Equal(t, 1, counts[rrf.Differs], "the name of M1C1-1")
}

func TestReadRecords(t *testing.T) {
	spec, _ := read(t, "met-2021-T4.csv", "met-2022-T2.csv")
	require.Empty(t, spec.Check())
	m := spec.Milestones[1]
	assert.Equal(t, record.ID("m1c1-2"), m.ID)
	assert.Equal(t, "2022-Q2", m.Due.String())
	assert.Equal(t, "row 3", m.At)
	assert.Equal(t, `"UE"`, m.Extensions[rrf.MemberMark])
	assert.Equal(t, `[{"row":3,"measure":"M1C1I1.01","submeasure":"M1C1I1.01.00","owner":"MINISTERO DELL'ACQUA INVENTATA"},`+
		`{"row":4,"measure":"M1C1I1.02","submeasure":"M1C1I1.02.00","owner":"REGIA CITTÀ DEI TUBI"}]`, m.Extensions[rrf.MemberRows])
	up := spec.Targets[1]
	assert.Equal(t, "4083.50", up.AtLeast.String())
	assert.Equal(t, "1250.00", up.Baseline.String())
	down := spec.Targets[2]
	assert.Equal(t, "35.5", down.AtMost.String())
	assert.True(t, down.AtLeast.IsZero())
	assert.Equal(t, []milestone.Direction{milestone.Up, milestone.Down, 0, 0}, directions(spec.Indicators))
	equal := spec.Targets[3]
	assert.Equal(t, []string{"Giorni di attesa (esempio)", `"30"`, "30"}, []string{equal.Achieve, equal.Extensions[rrf.MemberGoal], equal.Baseline.String()})
	unread := spec.Targets[4]
	assert.Equal(t, []string{"Ponti aperti (esempio)", `"molti"`}, []string{unread.Achieve, unread.Extensions[rrf.MemberGoal]})
	stray := spec.Milestones[5]
	assert.True(t, stray.Due.IsZero())
	assert.Equal(t, `"presto 2022"`, stray.Extensions[rrf.MemberDue])
	assert.Equal(t, `"2.000,00"`, spec.Targets[5].Extensions[rrf.MemberGoal])

	var duties []string
	for _, d := range spec.Duties {
		if d.Subject == milestone.Ref("m1c1-2") {
			assert.Equal(t, accountability.MilestoneOwner, d.Duty)
			duties = append(duties, string(d.Post)+": "+d.Part+", "+d.At)
		}
	}
	assert.Equal(t, []string{
		"ministero-dell-acqua-inventata: sub-measure M1C1I1.01.00, row 3", "regia-citta-dei-tubi: sub-measure M1C1I1.02.00, row 4",
	}, duties)
	tubes := spec.Initiatives[3]
	assert.Equal(t, []string{"m1c1i1.02", "Tubi", "regia-citta-dei-tubi"}, []string{string(tubes.ID), tubes.Name, string(tubes.By)})
	assert.Equal(t, "", string(spec.Initiatives[0].By), "two administrations own parts of the component")
}

func directions(list []milestone.Indicator) (d []milestone.Direction) {
	for i := range list {
		d = append(d, list[i].Direction)
	}
	return d
}

func TestReadDeclarations(t *testing.T) {
	spec, _ := read(t, "met-2021-T4.csv", "met-2022-T2.csv")
	var got []string
	for _, a := range spec.Assessments {
		got = append(got, strings.Join([]string{string(a.ID), a.Subject.String(), a.OnDay.String(), a.Status.String(), a.Rating}, " "))
		assert.Equal(t, rrf.Claimant, a.Claimant)
	}
	assert.Equal(t, []string{
		"met-2021-t4-m1c1-1 target/m1c1-1 2021-Q4 met ",
		"met-2022-t2-m1c1-2 milestone/m1c1-2 2022-Q2 met Conseguita",
		"met-2022-t2-m2c1-1 target/m2c1-1 2022-Q2 not-met Non conseguita",
		"met-2022-t2-m2c1-9 target/m2c1-9 2022-Q2 met Conseguita",
	}, got)
	assert.Equal(t, `["https://example.org/legge"]`, spec.Assessments[0].Extensions[rrf.MemberAttachments])
	assert.Equal(t, `{"Nome Milestone-Target":"Entrata in vigore della legge"}`, spec.Assessments[0].Extensions[rrf.MemberDeclared])
	assert.Equal(t, "2022-06-30", spec.AsOf.String())

	m, err := mission.Compile(spec, mission.View{On: calendar.On(2022, 1, 1)})
	require.NoError(t, err)
	s, ok := m.Plan().Standing("m1c1-1", record.Moment{})
	require.True(t, ok)
	assert.Equal(t, milestone.Met, s.Status, "what is to be achieved is met when it is said to be")
	assert.True(t, s.Stated)
}

func TestDeclarationWithoutQuarter(t *testing.T) {
	spec, report, err := rrf.Read(bytes.NewReader(file(t, "programme.csv")), bytes.NewReader(file(t, "met-2022-T2.csv")))
	require.NoError(t, err)
	assert.True(t, spec.Assessments[0].OnDay.IsZero())
	assert.Contains(t, report.Kinds(), table.KindCount{Kind: rrf.Undated, Count: 3})
	assert.Empty(t, rrf.DeclaredMet(spec, "", calendar.On(2030, 1, 1)))
	assert.Equal(t, []string{"M1C1-2", "M2C1-9"}, rrf.DeclaredMet(spec, "", calendar.Date{}))
	assert.Equal(t, "declaration 1", spec.Sources[1].Title)
}

func TestDueAndDeclaredMet(t *testing.T) {
	spec, _ := read(t, "met-2021-T4.csv", "met-2022-T2.csv")
	for _, c := range []struct {
		name, mark string
		on         calendar.Date
		due, met   []string
	}{
		{"the day before the quarter ends", rrf.EU, calendar.On(2021, 12, 30), nil, nil},
		{"its last day", rrf.EU, calendar.On(2021, 12, 31), []string{"M1C1-1"}, []string{"M1C1-1"}},
		{"Italy's own", rrf.Italy, calendar.On(2021, 12, 31), []string{"M1C1-2-ITA-1"}, nil},
		{"both", "", calendar.On(2021, 12, 31), []string{"M1C1-1", "M1C1-2-ITA-1"}, []string{"M1C1-1"}},
		{"later", rrf.EU, calendar.On(2022, 12, 31), []string{"M1C1-1", "M1C1-2", "M2C1-1", "M2C1-2"}, []string{"M1C1-1", "M1C1-2"}},
		{"no such mark", "XX", calendar.On(2022, 12, 31), nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.due, rrf.Due(spec, c.mark, c.on))
			assert.Equal(t, c.met, rrf.DeclaredMet(spec, c.mark, c.on))
		})
	}
	taken := spec
	taken.Assessments = append(slices.Clone(spec.Assessments), milestone.Assessment{
		Record: record.Record{ID: "back", Claimant: rrf.Claimant}, Subject: milestone.Ref("m1c1-1"), Status: milestone.NotMet,
		OnDay: calendar.MustParseWhen("2022-Q3"),
	})
	assert.Equal(t, []string{"M1C1-1", "M1C1-2"}, rrf.DeclaredMet(taken, rrf.EU, calendar.On(2022, 6, 30)))
	assert.Equal(t, []string{"M1C1-2"}, rrf.DeclaredMet(taken, rrf.EU, calendar.On(2022, 9, 30)), "the later word of the same claimant counts")
}

// rewrite reads a file as records, changes them and writes them with another separator.
func rewrite(t testing.TB, name string, comma rune, change func([][]string) [][]string) []byte {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file(t, name), []byte("\ufeff"))))
	r.Comma = ';'
	all, err := r.ReadAll()
	require.NoError(t, err)
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	require.NoError(t, w.WriteAll(change(all)))
	return b.Bytes()
}

func TestReadColumnsInAnyOrder(t *testing.T) {
	want, _ := read(t)
	for _, comma := range []rune{';', ',', '\t'} {
		data := rewrite(t, "programme.csv", comma, func(all [][]string) [][]string {
			for _, row := range all {
				slices.Reverse(row)
			}
			return all
		})
		got, _, err := rrf.Read(rrf.Named("programme.csv", bytes.NewReader(data)))
		require.NoError(t, err)
		assert.Equal(t, encode(t, want), encode(t, got))
	}
}

func encode(t testing.TB, spec mission.Spec) string {
	data, err := document.Marshal(spec)
	require.NoError(t, err)
	return string(data)
}

func TestReadFaults(t *testing.T) {
	latin := bytes.ReplaceAll(file(t, "programme.csv"), []byte("À"), []byte{0xc0})
	for _, c := range []struct {
		name string
		data []byte
		want []string
	}{
		{"missing column", rewrite(t, "programme.csv", ';', func(all [][]string) [][]string {
			all[0][22], all[0][16] = "Anni di conseguimento", "Altro"
			return all
		}), []string{
			`p.csv, row 1: there is no column "ITA-UE": add it to row 1, which has "Missione", `,
			`p.csv, row 1: there is no column "Anno di conseguimento": did you mean "Anni di conseguimento"? rename it in row 1`,
		}},
		{"wrong encoding", latin, []string{
			`p.csv, row 4, column "Amministrazione Titolare": the text "REGIA CITT\xc0 DEI TUBI" is not UTF-8 (byte 0xc0); it may be Windows-1252: save the file as "CSV UTF-8" in the spreadsheet, or convert it: iconv -f CP1252 -t UTF-8`,
			`p.csv, row 5, column`, `p.csv, row 6, column`, `p.csv, row 7, column`, `p.csv, row 8 (line 9), column`,
		}},
		{"codes", rewrite(t, "programme.csv", ';', func(all [][]string) [][]string {
			all[1][12], all[2][12], all[5][12], all[6][14], all[7][0] = "", "m1c1-2", strings.Repeat("M", 51), "", "N/A"
			return all
		}), []string{
			`p.csv, row 2, column "Codice univoco Milestone-Target": the row has no code`,
			`p.csv, row 4, column "Codice univoco Milestone-Target": the codes "M1C1-2" and "m1c1-2" cannot be told apart`,
			`p.csv, row 6, column "Codice univoco Milestone-Target": the code has more than 50 letters`,
			`p.csv, row 7, column "Nome Milestone-Target": it has no name`,
			`p.csv, row 8, column "Missione": the row names no mission`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec, _, err := rrf.Read(rrf.Named("/somewhere/p.csv", bytes.NewReader(c.data)))
			faults, ok := errors.AsType[table.Faults](err)
			require.True(t, ok, "%v", err)
			assert.Empty(t, spec.Milestones)
			require.Len(t, faults, len(c.want), "%v", err)
			for i, want := range c.want {
				assert.True(t, strings.HasPrefix(faults[i].Error(), want), "%s", faults[i])
			}
		})
	}
}

func TestReadOtherReleases(t *testing.T) {
	data := rewrite(t, "programme.csv", ';', func(all [][]string) [][]string {
		all[0][12], all[0][17] = "Nr. Seq. M&T", "Indicat. qualitativo"
		for i := range all {
			all[i] = append(all[i][:9:9], append(all[i][10:], []string{"Colore", "blu"}[min(i, 1)])...)
		}
		return all
	})
	spec, report, err := rrf.Read(bytes.NewReader(data))
	require.NoError(t, err)
	assert.Equal(t, 6, report.Codes)
	assert.Contains(t, report.Kinds(), table.KindCount{Kind: rrf.NoColumn, Count: 1})
	assert.Contains(t, report.Kinds(), table.KindCount{Kind: rrf.OtherColumn, Count: 1})
	assert.Contains(t, spec.Milestones[0].Extensions[rrf.MemberRows], `"other":{"Colore":"blu"}`)
}

func TestRowsOfOneCodeThatDiffer(t *testing.T) {
	data := rewrite(t, "programme.csv", ';', func(all [][]string) [][]string {
		all[3][20], all[4][6] = "9.000,00", "Condotte"
		return all
	})
	spec, report, err := rrf.Read(bytes.NewReader(data))
	require.NoError(t, err)
	assert.Contains(t, report.Kinds(), table.KindCount{Kind: rrf.RowsDiffer, Count: 2})
	assert.Equal(t, "4083.50", spec.Targets[1].AtLeast.String())
	assert.Contains(t, spec.Milestones[1].Extensions[rrf.MemberRows], `"differs":{"Valore-obiettivo Target":"9.000,00"}`)
	assert.Contains(t, spec.Milestones[2].Extensions[rrf.MemberRows], `"differs":{"Descrizione Misura":"Condotte"}`)
}

func FuzzRead(f *testing.F) {
	f.Add(string(file(f, "programme.csv")), string(file(f, "met-2022-T2.csv")))
	f.Add(strings.ReplaceAll(string(file(f, "programme.csv")), "M1C1-2", "m1c1-2"), strings.ReplaceAll(string(file(f, "met-2021-T4.csv")), "M1C1-1", "M1C1-2-2"))
	f.Add(strings.ToLower(string(file(f, "programme.csv")))+string(file(f, "programme.csv")), "")
	f.Add(strings.ReplaceAll(string(file(f, "programme.csv")), "M1C1I1.01", "???"), "Codice univoco Milestone-Target;Avanzamento\n")
	f.Fuzz(func(t *testing.T, programme, met string) {
		spec, report, err := rrf.Read(strings.NewReader(programme), rrf.Named("met 2022-T2.csv", strings.NewReader(met)))
		if err != nil {
			return
		}
		require.NoError(t, spec.Check().Err(), "what is read is a plan without faults")
		require.Len(t, spec.Milestones, len(rrfCodes(spec)), "one milestone a code")
		require.GreaterOrEqual(t, report.Rows, report.Codes)
		encode(t, spec)
	})
}

func rrfCodes(spec mission.Spec) map[string]bool {
	codes := make(map[string]bool)
	for i := range spec.Milestones {
		codes[spec.Milestones[i].Extensions[rrf.MemberCode]] = true
	}
	return codes
}
