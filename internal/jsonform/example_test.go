package jsonform_test

import (
	"fmt"
	"reflect"

	"github.com/missionled/missionled/internal/jsonform"
)

func ExampleDecode() {
	const document = `{
  "format": "missionled/1",
  "milestones": [
    {"id": "clean-power", "name": "Clean power", "dew": "2030-01-01"},
    {"id": "planning", "name": "Planning", "due": "2030-13-01", "value": 73.8}
  ]
}`
	var spec Spec
	for _, fault := range jsonform.Decode([]byte(document), &spec, jsonform.Limits{}) {
		fmt.Println(fault)
	}
	fmt.Println(spec.Milestones[1].Name)
	// Output:
	// line 4, column 50: milestones[0].dew: unknown member "dew"; did you mean "due"?
	// line 5, column 51: milestones[1].due: "2030-13-01" is not a date: want YYYY-MM-DD
	// line 5, column 74: milestones[1].value: found number 73.8, want text (Decimal); write "73.8"
	// Planning
}

func ExampleEncode() {
	spec := Spec{Format: "missionled/1", Milestones: []Milestone{{
		Record: Record{ID: "health-board", Source: "hansard", Grade: 4, Extra: Extra{"x-colour": `"blue"`}},
		Name:   "Board", Members: Either[[]string]{State: "withheld", Ground: "proceedings of Cabinet committees"},
	}, {
		Record: Record{ID: "planning"}, Name: "Planning", Due: Date{2030, 1, 1},
	}}}
	text, err := jsonform.Encode(spec)
	fmt.Print(string(text), err)
	// Output:
	// {
	//   "format": "missionled/1",
	//   "milestones": [
	//     {
	//       "id": "health-board",
	//       "name": "Board",
	//       "members": {"state": "withheld", "ground": "proceedings of Cabinet committees"},
	//       "source": "hansard",
	//       "grade": "hearsay",
	//       "x-colour": "blue"
	//     },
	//     {"id": "planning", "name": "Planning", "due": "2030-01-01"}
	//   ]
	// }
	// <nil>
}

func ExampleAppendIndent() {
	text, err := jsonform.AppendIndent([]byte("// generated\n"), Link{To: "planning", Kind: "needs"})
	fmt.Print(string(text), err)
	// Output:
	// // generated
	// {
	//   "to": "planning",
	//   "kind": "needs"
	// }
	// <nil>
}

func ExampleCompact() {
	row, err := jsonform.Compact(Link{To: "planning", Kind: "needs"})
	fmt.Println(string(row), err)
	// Output: {"to":"planning","kind":"needs"} <nil>
}

func ExampleLocate() {
	const document = `{
  "milestones": [
    {"id": "clean-power", "due": "2030-01-01"}
  ]
}`
	for _, place := range jsonform.Locate([]byte(document), []string{"milestones[0].due", "milestones[0].source"}) {
		fmt.Println(place.Line, place.Column, place.Exact)
	}
	// Output:
	// 3 34 true
	// 3 5 false
}

func ExampleMembers() {
	for _, m := range jsonform.Members(reflect.TypeFor[Observation]()) {
		fmt.Println(m.Name, m.Form, m.Role == jsonform.Named, m.Required)
	}
	// Output:
	// id text true true
	// indicator text true true
	// period string true true
	// value text true false
	// from text true false
	// until text true false
	// source text true false
	// at string true false
	// grade text true false
	//  map false false
}

func ExampleFormOf() {
	fmt.Println(jsonform.FormOf(reflect.TypeFor[Date]()), jsonform.FormOf(reflect.TypeFor[Either[string]]()), jsonform.FormOf(reflect.TypeFor[[]Link]()))
	// Output: text either list
}
