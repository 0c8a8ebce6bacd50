package sheet_test

import (
	"fmt"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/sheet"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

func ExampleRead() {
	list := "Ref;Milestone;Mission;Department;Due date;RAG\n" +
		"P1;Plan published;Clean water;Dept of Water;31/03/2026;Green\n" +
		"P2;Wells dug;Clean water;Dept of Water;Q1 2027;Amber\n"
	spec, report, err := sheet.Read(sheet.File{Name: "wells.csv", Data: []byte(list)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, k := range report.Records {
		fmt.Println(k.Count, k.Kind)
	}
	for _, n := range report.Notes {
		if n.Kind == sheet.DateRewritten || n.Kind == sheet.DateDoubtful {
			fmt.Println(n)
		}
	}
	fmt.Println(spec.Duties[0].Subject, "is for", spec.Duties[0].Post)
	_, _, err = sheet.Read(sheet.File{Name: "wells.csv", Data: []byte("Milestone;Due date\nPlan;46112\n;2026\n")})
	fmt.Println(err)
	// Output:
	// 1 source
	// 1 party
	// 1 mission
	// 2 milestone
	// 2 assessment
	// 2 duty
	// wells.csv, row 2, column "Due date": date rewritten: "31/03/2026" became "2026-03-31"
	// wells.csv, row 3, column "Due date": doubtful: date that may mean another day, read as the first of the two: "Q1 2027" became "2027-Q1 or FY2027-28-Q1"
	// milestone/p1 is for dept-of-water
	// wells.csv, row 2, column "Due date": "46112" looks like the number by which spreadsheets count days: show the column as dates, and write 2026-03-31
	// wells.csv, row 3, column "Milestone": the row names no milestone: say in words what is to be reached, or empty the row
}

func ExampleWrite() {
	files, err := sheet.Write(mission.Spec{
		Title:    "Wells",
		Missions: []mission.Mission{{Record: record.Invented("water"), Name: "=clean water"}},
		Milestones: []milestone.Milestone{
			{Record: record.Invented("dug"), Name: "Wells dug", Missions: []record.ID{"water"}, Due: calendar.MustParseWhen("2026-Q1")},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range files {
		fmt.Println(f.Name)
		if f.Name != sheet.MetadataFile {
			fmt.Print(strings.ReplaceAll(string(f.Data), "\r", "")) // lines end in CR LF
		}
	}
	// Output:
	// plan.csv
	// format,title
	// missionled/1,Wells
	// missions.csv
	// id,name,grade
	// water,'=clean water,illustrative
	// milestones.csv
	// id,name,missions,due,grade
	// dug,Wells dug,water,2026-Q1,illustrative
	// csv-metadata.json
}

func ExampleTemplates() {
	for _, f := range sheet.Templates() {
		if f.Name == "milestones.csv" {
			fmt.Printf("%.60s\n", f.Data)
		}
	}
	// Output: id,name,kind,missions,place,due,forecast,met,reported,set,us
}

func ExampleEscape() {
	cell := sheet.Escape("=HYPERLINK(...)")
	fmt.Println(cell, sheet.Unescape(cell), sheet.Escape("plain"))
	// Output: '=HYPERLINK(...) =HYPERLINK(...) plain
}

func ExampleWithMarks() {
	files := sheet.WithMarks([]sheet.File{{Name: "missions.csv", Data: []byte("id\r\n")}})
	fmt.Printf("%q\n", files[0].Data)
	// Output: "\ufeffid\r\n"
}

func ExampleWorkbook() {
	spec := mission.Spec{Missions: []mission.Mission{{Record: record.Invented("water"), Name: "Clean water"}}}
	m, err := mission.Compile(spec, mission.View{On: calendar.On(2026, 1, 1)})
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := review.Run(m, review.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	data, err := sheet.Workbook(m, r)
	fmt.Println(string(data[:2]), err)
	// Output: PK <nil>
}
