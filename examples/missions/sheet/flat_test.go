package sheet_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/sheet"
	"github.com/missionled/missionled/examples/missions/table"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// department is a made-up list as a department might keep it.
const department = "sep=;\r\n" +
	"Ref;Deliverable;Missions;Dept;SRO;Target date;Current forecast;Progress;RAG status;As at;Baseline value;Goal;Units;Depends on;Comments;Risk\r\n" +
	"P-01;Plan published;Water;Dept of Water;Director, Wells;31/03/2026;FY2026-27-Q1;Complete;Green;28 February 2026;-;-;;;=done early;low\r\n" +
	"P-02;Wells dug;Water; Dept of Water ;Director, Wells;March 2027;TBC;on track;Amber;;1,250;4,083;wells;P-01;;\r\n" +
	"\r\n" +
	"P-03;Leaks down;Water;Dept of Pipes;;03/04/2027;;Not started;;;50%;35%;;Plan published;N/A;high\r\n" +
	"P-04;Law in force;Water;\"Dept of Water; Dept of Pipes\";;2027;;;;;;The Act commences;;;;\r\n"

func TestFlatList(t *testing.T) {
	spec, report, err := sheet.Read(sheet.File{Name: "c:\\work\\Water plan.csv", Data: []byte(department)})
	require.NoError(t, err)
	require.Len(t, spec.Milestones, 4)
	assert.Equal(t, []sheet.KindCount{
		{Kind: record.KindSource, Count: 1}, {Kind: accountability.KindParty, Count: 3}, {Kind: mission.KindMission, Count: 1}, {Kind: milestone.KindIndicator, Count: 2},
		{Kind: milestone.KindMilestone, Count: 4}, {Kind: milestone.KindTarget, Count: 3}, {Kind: milestone.KindAssessment, Count: 4},
		{Kind: milestone.KindDependency, Count: 2}, {Kind: accountability.KindDuty, Count: 5},
	}, report.Records)

	m := spec.Milestones
	assert.Equal(t, []string{"p-01", "Plan published", "2026-03-31", "FY2026-27-Q1", "=done early", `"low"`, "row 2"},
		[]string{string(m[0].ID), m[0].Name, m[0].Due.String(), m[0].Forecast.String(), m[0].Note, m[0].Extensions["x-risk"], m[0].At})
	assert.Equal(t, []string{"2027-03", "unknown", "2027-04-03", "2027"}, []string{m[1].Due.String(), m[1].Forecast.String(), m[2].Due.String(), m[3].Due.String()})
	assert.Equal(t, "row 5", m[2].At, "an empty row counts, as it does in the spreadsheet, and the line sep=; does not")

	var aims []string
	for _, x := range spec.Targets {
		aims = append(aims, string(x.Milestone)+" "+x.Baseline.String()+" "+x.AtLeast.String()+" "+x.AtMost.String()+" "+x.Achieve)
	}
	assert.Equal(t, []string{"p-02 1250 4083  ", "p-03 50  35 ", "p-04    The Act commences"}, aims)
	assert.Equal(t, []string{"wells", "percent"}, []string{spec.Indicators[0].Unit, spec.Indicators[1].Unit})

	var said []string
	for _, a := range spec.Assessments {
		said = append(said, strings.Join([]string{a.Subject.String(), a.Status.String(), a.Rating, a.Scale, a.OnDay.String()}, "|"))
	}
	assert.Equal(t, []string{
		"milestone/p-01|met|Green|RAG status|2026-02-28", "milestone/p-02|unknown|on track|status|", "milestone/p-02|unknown|Amber|RAG status|", "milestone/p-03|scheduled|||",
	}, said)

	var who []string
	for _, d := range spec.Duties {
		who = append(who, string(d.Subject.ID)+" "+string(d.Post))
	}
	assert.Equal(t, []string{"p-01 director-wells", "p-02 director-wells", "p-03 dept-of-pipes", "p-04 dept-of-water", "p-04 dept-of-pipes"}, who)
	assert.Equal(t, record.ID("dept-of-water"), spec.Parties[1].OfParty)
	assert.Equal(t, "p-02 needs p-01, p-03 needs p-01", string(spec.Dependencies[0].Dependent.ID+" needs "+spec.Dependencies[0].On.ID+", "+spec.Dependencies[1].Dependent.ID+" needs "+spec.Dependencies[1].On.ID))

	counts := make(map[table.NoteKind]int)
	for _, k := range report.Kinds() {
		counts[k.Kind] = k.Count
	}
	assert.Equal(t, map[table.NoteKind]int{
		sheet.ColumnRead: 14, sheet.ColumnKept: 1, sheet.IDMade: 4, sheet.Blank: 3, sheet.DateRewritten: 4, sheet.DateDoubtful: 1, sheet.NumberTidied: 4,
		sheet.TextTarget: 1, sheet.StatusRead: 2, sheet.StatusKept: 1, sheet.OwnerAsPost: 1, sheet.MissionMade: 1,
	}, counts)
	roundTrip(t, spec)
}

func TestFlatListBesideTables(t *testing.T) {
	spec, _, err := sheet.Read(
		sheet.File{Name: "milestones.csv", Data: []byte("Milestone,Mission,Department,Depends on\nFirst,Growth,DESNZ,older\nSecond,g,desnz,First\n")},
		sheet.File{Name: "missions.csv", Data: []byte("id,name\ng,Growth\n")},
		sheet.File{Name: "parties.csv", Data: []byte("id,kind,name\ndesnz,organisation,Energy\n")},
		sheet.File{Name: "milestone.csv", Data: []byte("id,name,missions\nolder,Older,g\n")},
	)
	require.NoError(t, err)
	assert.Len(t, spec.Missions, 1)
	assert.Equal(t, []record.ID{"g"}, spec.Milestones[1].Missions)
	assert.Len(t, spec.Parties, 1)
	assert.Equal(t, milestone.Ref("older"), spec.Dependencies[0].On)
}

func TestFlatFaults(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"no name", "Colour,Due\nred,2026\n", []string{`list.csv, row 1: there is no column "Milestone": add it to row 1, which has "Colour", "Due"`}},
		{"a slip in a column", "Milestone,Deu date,Risk\nOne,2026,low\n", []string{`list.csv, row 1, column "Deu date": a list of milestones has no member "Deu date": did you mean "`}},
		{"two columns for one", "Milestone,Due,Deadline\nOne,2026,2027\n", []string{`list.csv, row 1, column "Deadline": the columns "Due" and "Deadline" both read as the milestone's due`}},
		{"cells", "Ref,Milestone,Due,Baseline,Target,Direction,Depends on,Mission\n1,,2026,,,,,\n2,B,46112,,,,,\n3,C,Spring 2026,many,5,,,\n4,D,2026,5,,,,\n5,E,2026,5,a law,,C;F,\n6,G,soon,1,2,sideways,,\n6,H,2026,,,,,\n!!,I,2026,,,,,\n", []string{
			`list.csv, row 2, column "Milestone": the row names no milestone`,
			`list.csv, row 3, column "Due": "46112" looks like the number by which spreadsheets count days: show the column as dates, and write 2026-03-31`,
			`list.csv, row 4, column "Due": calendar: when "Spring 2026"`,
			`list.csv, row 4, column "Baseline": "many" is no decimal number`,
			`list.csv, row 5, column "Baseline": a baseline is given and no target`,
			`list.csv, row 6, column "Baseline": a baseline is given, and the target is in words`,
			`list.csv, row 6, column "Depends on": no milestone has the reference or name "F"`,
			`list.csv, row 7, column "Due": "soon": it is no date`,
			`list.csv, row 7, column "Direction": "sideways" is no direction`,
			`list.csv, row 8, column "Ref": the id "6" is taken`,
			`list.csv, row 9, column "Ref": "!!" is no id`,
		}},
		{"wrong encoding", "Milestone;Due\nOne;2026\nCaf\xe9;2026\n", []string{`list.csv, row 3, column "Milestone": the text "Caf\xe9" is not UTF-8 (byte 0xe9)`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := sheet.Read(sheet.File{Name: "list.csv", Data: []byte(c.text)})
			faults, ok := errors.AsType[table.Faults](err)
			require.True(t, ok)
			assert.Len(t, faults, len(c.want), "%v", err)
			for i, want := range c.want {
				if i < len(faults) {
					assert.True(t, strings.HasPrefix(faults[i].Error(), want), "wanted %s\nhave %s", want, faults[i])
				}
			}
		})
	}
}

func TestFlatTemplateReads(t *testing.T) {
	for _, f := range sheet.Templates() {
		if f.Name != sheet.FlatFile {
			continue
		}
		header := strings.TrimSpace(string(f.Data))
		spec, report, err := sheet.Read(sheet.File{Name: f.Name, Data: []byte(header + "\r\n" + "1,One" + strings.Repeat(",", strings.Count(header, ",")-1) + "\r\n")})
		require.NoError(t, err)
		assert.Equal(t, "One", spec.Milestones[0].Name)
		assert.Equal(t, calendar.When{}, spec.Milestones[0].Due)
		for _, n := range report.Notes {
			assert.NotEqual(t, sheet.ColumnKept, n.Kind, "%s", n)
		}
		return
	}
	t.Fatal("there is no flat template")
}
