package popolo_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing/fstest"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/popolo"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

func ExampleRead() {
	file := `{
		"organizations": [{"id": "hmt", "name": "HM Treasury"}],
		"persons": [{"id": "p1", "name": "Ada", "email": "ada@example.org"}],
		"posts": [{"id": "cst", "label": "Chief Secretary", "organization_id": "hmt"}],
		"memberships": [{"id": "m1", "person_id": "p1", "post_id": "cst", "start_date": "2024-07", "end_date": "9999-12-31"}]
	}`
	var res *popolo.Result
	res, err := popolo.Read(strings.NewReader(file), popolo.Options{Names: popolo.NamesApart, Ends: popolo.LastDay})
	if err != nil {
		fmt.Println(err)
		return
	}
	register, err := accountability.Compile(res.Spec(), record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, on := range []string{"2024-07-15", "2024-08-01"} {
		holders, _ := register.Holders("cst", record.Moment{On: calendar.MustParseDate(on)})
		fmt.Println(on, holders[0].Party, holders[0].On)
	}
	var names []popolo.Name = res.Names["p1"]
	fmt.Println("kept apart:", names[0].Text)
	var report popolo.Report = res.Report
	for _, l := range report.Losses {
		fmt.Println("no place for", l.Path, l.Count)
	}
	for _, p := range report.Repairs {
		fmt.Printf("%s: %q, %s\n", p.Path, p.Was, p.Why)
	}
	// Output:
	// 2024-07-15 p1 possibly
	// 2024-08-01 p1 certainly
	// kept apart: Ada
	// no place for persons[].email 1
	// memberships[0].end_date: "9999-12-31", it stands for no date
}

func ExampleWrite() {
	recs := popolo.Records{
		Parties: []accountability.Party{
			{Record: record.New("cst"), Kind: accountability.Post, Name: "Chief Secretary", Seats: 2},
			{Record: record.New("p1"), Kind: accountability.Person},
		},
		Holdings: []accountability.Holding{{Record: record.New("h1"), Post: "cst", Holder: "p1", Basis: accountability.BasisActing}},
	}
	report, err := popolo.Write(os.Stdout, recs, popolo.WriteOptions{
		Names: map[record.ID][]popolo.Name{"p1": {{Text: "Ada"}}},
		Ends:  popolo.DayAfter,
	})
	if err != nil {
		fmt.Println(err)
	}
	for _, l := range report.Losses {
		fmt.Println(l.Path+":", l.Why)
	}
	// Output:
	// {
	//   "persons": [
	//     {
	//       "id": "p1",
	//       "name": "Ada"
	//     }
	//   ],
	//   "posts": [
	//     {
	//       "id": "cst",
	//       "label": "Chief Secretary"
	//     }
	//   ],
	//   "memberships": [
	//     {
	//       "id": "h1",
	//       "person_id": "p1",
	//       "post_id": "cst"
	//     }
	//   ]
	// }
	// holdings[].basis: Popolo has no "acting" holders: it reads as if held in full
	// parties[].seats: Popolo has no number of seats
}

// The same question, asked of the database as it stood before and after somebody typed an end that comes before the start.
func ExampleIfG() {
	files := fstest.MapFS{
		"person.csv": {Data: []byte("id,name,start_date,end_date\np1,Ada,,\n")},
		"post.csv":   {Data: []byte("id,organisation_id,name,rank_equivalence\ncst,,Chief Secretary,MoS\n")},
		"appointment_bitemporal.csv": {Data: []byte("id,person_id,post_id,valid_from,valid_to,recorded_from,recorded_to\n" +
			"a1,p1,cst,2025-09-01,,2025-09-01T10:57:41+01:00,2026-05-26T09:00:00+01:00\n" +
			"a1,p1,cst,2025-09-01,2025-05-14,2026-05-26T09:00:00+01:00,\n")},
	}
	res, err := popolo.IfG(files, popolo.Options{Names: popolo.NamesDropped})
	if err != nil {
		fmt.Println(err)
		return
	}
	register, err := accountability.Compile(res.Spec(), record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, known := range []time.Time{time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)} {
		holders, state := register.Holders("cst", record.Moment{On: calendar.On(2026, 1, 1), Known: known})
		fmt.Println("known", calendar.Of(known), state, holders[0].Party, holders[0].On)
	}
	// Output:
	// known 2026-01-02 held p1 certainly
	// known 2026-06-01 held p1 possibly
}

func ExampleOptions() {
	one := `{"id": "abc-inc", "name": "ABC, Inc.", "founding_date": "1950-01-01"}`
	res, err := popolo.Read(strings.NewReader(one), popolo.Options{Class: popolo.Organization, MaxBytes: 1 << 20, MaxDepth: 8, MaxFaults: 10, Names: popolo.NamesIn})
	fmt.Println(res.Parties[0].Name, res.Parties[0].From, err)
	_, err = popolo.Read(strings.NewReader(one), popolo.Options{MaxBytes: 16})
	limit, _ := errors.AsType[*popolo.LimitError](err)
	fmt.Println(limit.What, limit.Most, limit.Error())
	// Output:
	// ABC, Inc. 1950-01-01 <nil>
	// bytes 16 more than 16 bytes: raise the limit in the options if the file can be trusted
}

func ExamplePlaceError() {
	_, err := popolo.Read(strings.NewReader("{\"persons\": [\n {\"id\": 7}]}"), popolo.Options{})
	at, _ := errors.AsType[*popolo.PlaceError](err)
	fmt.Println(at.Line, at.Column, at.File == "")
	wrong, _ := errors.AsType[*popolo.TypeError](at.Unwrap())
	fmt.Println(wrong.Got, "|", wrong.Want)
	_, err = popolo.Read(strings.NewReader(`{"id": "a"}`), popolo.Options{})
	form, _ := errors.AsType[*popolo.FormError](err)
	fmt.Println(form.Cause)
	// Output:
	// 2 9 true
	// a number | a text
	// it has no list of organizations, persons, posts or memberships: if it is one thing, give its class in the options
}

func ExampleClasses() {
	for _, c := range popolo.Classes() {
		fmt.Println(c)
	}
	for _, c := range []popolo.Class{popolo.Person, popolo.Post, popolo.Membership, popolo.Area, popolo.Event} {
		fmt.Println(uint8(c))
	}
	var names popolo.Names
	var ends popolo.Ends
	fmt.Println(names == popolo.NamesApart, ends == popolo.LastDay)
	// Output:
	// organizations
	// persons
	// posts
	// memberships
	// areas
	// events
	// 2
	// 3
	// 4
	// 5
	// 6
	// true true
}

func ExampleLoss() {
	report := popolo.Report{
		Losses:  []popolo.Loss{{Path: "persons[].email", Count: 3}},
		Repairs: []popolo.Repair{{Path: "memberships[0].end_date", Was: "9999", Why: "it stands for no date"}},
	}
	fmt.Println(report.Losses[0].Path, report.Losses[0].Count, report.Repairs[0].Was)
	// Output: persons[].email 3 9999
}
