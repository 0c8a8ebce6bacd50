package document_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
)

const plan = `{
  "format": "missionled/1",
  "title": "Warm homes (illustrative)",
  "as_of": "2026-11-21",
  "missions": [{"id": "warm-homes", "name": "Every home warm by 2035", "grade": "illustrative"}],
  "milestones": [
    {"id": "first-street", "missions": ["warm-homes"], "name": "One street insulated", "due": "2027-Q2", "grade": "illustrative"}
  ]
}
`

func ExampleDecode() {
	spec, err := document.Decode(strings.NewReader(plan), document.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	model, err := mission.Compile(spec, mission.View{On: spec.AsOf})
	if err != nil {
		fmt.Println(err)
		return
	}
	standing, _ := model.Plan().Standing("first-street", record.Moment{})
	fmt.Println(spec.Title)
	fmt.Println(standing.Status, standing.Due)
	// Output:
	// Warm homes (illustrative)
	// scheduled 2027-Q2
}

// Every fault is reported at once, with its place, and each can be asked for what it is.
func ExampleError() {
	faulty := strings.NewReplacer(`"due"`, `"dew"`, `["warm-homes"]`, `["warm-home"]`).Replace(plan)
	_, err := document.Unmarshal([]byte(faulty), document.Options{})
	fmt.Println(err)
	if all, ok := errors.AsType[*document.Error](err); ok {
		for _, fault := range all.Faults {
			text, isText := errors.AsType[*document.TextError](fault.Err)
			fmt.Println(fault.Ref, fault.Line, isText, isText && text.Hint != "")
		}
	}
	// Output:
	// line 7, column 41: milestones[0].missions[0] (milestone/first-street): there is no mission "warm-home": did you mean "warm-homes"?
	// line 7, column 87: milestones[0].dew (milestone/first-street): unknown member "dew"; did you mean "due"?
	// milestone/first-street 7 false false
	// milestone/first-street 7 true true
}

func ExampleFault_Unwrap() {
	_, err := document.Unmarshal([]byte(strings.Replace(plan, "2027-Q2", "2027-Q5", 1)), document.Options{MaxFaults: 10})
	fault, _ := errors.AsType[*document.Fault](err)
	when, ok := errors.AsType[*calendar.WhenError](fault.Unwrap())
	fmt.Println(fault.Path, ok, when.Text)
	// Output: milestones[0].due true 2027-Q5
}

func ExampleEncode() {
	spec := mission.Spec{
		Title:      "Warm homes (illustrative)",
		Missions:   []mission.Mission{{Record: record.Invented("warm-homes"), Name: "Every home warm by 2035"}},
		Milestones: []milestone.Milestone{{Record: record.Invented("first-street"), Name: "One street insulated", Due: calendar.MustParseWhen("2027-Q2")}},
	}
	var b bytes.Buffer
	if err := document.Encode(&b, spec); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(b.String())
	// Output:
	// {
	//   "format": "missionled/1",
	//   "title": "Warm homes (illustrative)",
	//   "missions": [
	//     {"id": "warm-homes", "name": "Every home warm by 2035", "grade": "illustrative"}
	//   ],
	//   "milestones": [
	//     {
	//       "id": "first-street",
	//       "name": "One street insulated",
	//       "due": "2027-Q2",
	//       "grade": "illustrative"
	//     }
	//   ]
	// }
}

func ExampleMarshal() {
	spec, err := document.Unmarshal([]byte(plan), document.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	once, _ := document.Marshal(spec)
	twice, _ := document.Marshal(spec)
	fmt.Println(bytes.Equal(once, twice))
	// Output: true
}

// A service keeps each record as a row of its own database and puts the plan together when it needs it.
func ExampleRows() {
	spec, err := document.Unmarshal([]byte(plan), document.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := document.Rows(spec)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range rows {
		fmt.Println(row.Ref, string(row.Data))
	}
	head := mission.Spec{Title: spec.Title, AsOf: spec.AsOf}
	back, err := document.FromRows(head, rows, document.Options{})
	fmt.Println(len(back.Milestones), err)
	// Output:
	// mission/warm-homes {"id":"warm-homes","name":"Every home warm by 2035","grade":"illustrative"}
	// milestone/first-street {"id":"first-street","name":"One street insulated","missions":["warm-homes"],"due":"2027-Q2","grade":"illustrative"}
	// 1 <nil>
}

func ExampleFromRows() {
	rows := []document.Row{{Ref: mission.Ref("warm-homes"), Data: []byte(`{"id":"cold-homes","name":"Every home warm by 2035"}`)}}
	_, err := document.FromRows(mission.Spec{}, rows, document.Options{})
	filed, _ := errors.AsType[*document.RowError](err)
	fmt.Println(filed.Row, filed.Record)
	// Output: warm-homes cold-homes
}

func ExampleSchema() {
	var schema struct {
		Title string `json:"title"`
	}
	if err := json.Unmarshal(document.Schema(), &schema); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(schema.Title)
	// Output: A mission plan in the format missionled/1
}

func ExampleFormats() {
	fmt.Println(document.Formats())
	_, err := document.Unmarshal([]byte(`{"format": "missionled/9"}`), document.Options{})
	newer, ok := errors.AsType[*document.FormatError](err)
	fmt.Println(ok, newer.Format)
	// Output:
	// [missionled/1]
	// true missionled/9
}
