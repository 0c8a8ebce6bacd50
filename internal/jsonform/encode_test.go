package jsonform_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/missionled/missionled/internal/jsonform"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func fullMilestone() Milestone {
	due := Date{2030, 1, 1}
	return Milestone{
		Record: Record{ID: "clean-power", Source: "pfc", At: "S1:19", Grade: 2, Period: Period{From: Date{2024, 7, 5}, Until: Date{2029, 8, 15}},
			Extra: Extra{"x-b": `{"a":[1,{"b":null}]}`, "x-a": " [ 1 , \"two  words\u2028\" ] "}},
		Missions: []ID{"clean-energy", "growth"}, Name: "At least 95% <clean> & \"green\"\tpower\u2028\u007f", Due: due, Share: 1e-9, Seats: -128, Count: 65535, Done: true,
		Value:   Decimal{"73.80"},
		Members: Either[[]string]{Value: []string{"a", "b"}}, Note: Either[string]{State: "withheld", Ground: "proceedings of Cabinet committees"},
		Links:  []Link{{To: "a"}, {To: "b", Kind: "needs"}},
		Labels: map[string]string{"b": "2", "a": "1", "": "0"}, Parts: map[ID]Link{"z": {To: "a"}, "y": {To: "b"}},
		Parent: &Milestone{Record: Record{ID: "parent"}, Name: "P"}, Weights: []float64{0, 0.5, 1e21, -1.5e300, math.SmallestNonzeroFloat64}, Counts: map[string]int{"n": -1}, Dates: []*Date{&due},
	}
}

const fullDocument = `{
  "format": "missionled/1",
  "title": "A plan",
  "milestones": [
    {"id": "first", "name": "", "grade": "document", "x-note": "kept"},
    {
      "id": "clean-power",
      "missions": ["clean-energy", "growth"],
      "name": "At least 95% <clean> & \"green\"\tpower\u2028\u007f",
      "due": "2030-01-01",
      "share": 1e-9,
      "seats": -128,
      "count": 65535,
      "done": true,
      "value": "73.80",
      "members": ["a", "b"],
      "note": {"state": "withheld", "ground": "proceedings of Cabinet committees"},
      "links": [
        {"to": "a"},
        {"to": "b", "kind": "needs"}
      ],
      "labels": {"": "0", "a": "1", "b": "2"},
      "parts": {"y": {"to": "b"}, "z": {"to": "a"}},
      "parent": {"id": "parent", "name": "P"},
      "weights": [0, 0.5, 1e+21, -1.5e+300, 5e-324],
      "counts": {"n": -1},
      "dates": ["2030-01-01"],
      "from": "2024-07-05",
      "until": "2029-08-15",
      "source": "pfc",
      "at": "S1:19",
      "grade": "document",
      "x-a": [1, "two  words\u2028"],
      "x-b": {
        "a": [
          1,
          {"b": null}
        ]
      }
    }
  ],
  "x-empty": {}
}
`

func TestEncode(t *testing.T) {
	spec := Spec{Format: "missionled/1", Title: "A plan", Extra: Extra{"x-empty": "{ }"},
		Milestones: []Milestone{{Record: Record{ID: "first", Grade: 2, Extra: Extra{"x-note": `"kept"`}}}, fullMilestone()}}
	for _, v := range []any{spec, &spec} {
		got, err := jsonform.Encode(v)
		require.NoError(t, err)
		assert.Equal(t, fullDocument, string(got))
		got, err = jsonform.AppendIndent([]byte("before "), v)
		require.NoError(t, err)
		assert.Equal(t, "before "+fullDocument, string(got))
		var want bytes.Buffer
		require.NoError(t, json.Compact(&want, []byte(fullDocument)))
		got, err = jsonform.Compact(v)
		require.NoError(t, err)
		assert.Equal(t, want.String(), string(got))
	}
	var back Spec
	require.Nil(t, jsonform.Decode([]byte(fullDocument), &back, jsonform.Limits{}))
	want := spec
	want.Extra = Extra{"x-empty": "{}"}
	want.Milestones[1].Extra = Extra{"x-a": `[1,"two  words\u2028"]`, "x-b": `{"a":[1,{"b":null}]}`}
	assert.Equal(t, want, back)
}

func TestLayout(t *testing.T) {
	for _, test := range []struct{ name, compact, want string }{
		{"scalar", `"a"`, "\"a\"\n"},
		{"empty root", `{}`, "{}\n"},
		{"root stands apart", `{"a":1}`, "{\n  \"a\": 1\n}\n"},
		{"root array", `[1,2]`, "[\n  1,\n  2\n]\n"},
		{"array of scalars", `{"a":[1,"b",true]}`, "{\n  \"a\": [1, \"b\", true]\n}\n"},
		{"array of arrays", `{"a":[[1,2],[3]]}`, "{\n  \"a\": [\n    [1, 2],\n    [3]\n  ]\n}\n"},
		{"array of an empty object", `{"a":[{}],"b":[]}`, "{\n  \"a\": [\n    {}\n  ],\n  \"b\": []\n}\n"},
		{"punctuation in text", `{"a":[",:{}[]\"\\","\\"]}`, "{\n  \"a\": [\",:{}[]\\\"\\\\\", \"\\\\\"]\n}\n"},
		{"fits in 100 columns", `{"a":["` + strings.Repeat("é", 88) + `"],"b":1}`, "{\n  \"a\": [\"" + strings.Repeat("é", 88) + "\"],\n  \"b\": 1\n}\n"},
		{"one column too wide", `{"a":["` + strings.Repeat("é", 89) + `"],"b":1}`, "{\n  \"a\": [\n    \"" + strings.Repeat("é", 89) + "\"\n  ],\n  \"b\": 1\n}\n"},
		{"deep", strings.Repeat("[", 20) + strings.Repeat("]", 20), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := jsonform.LayOut(test.compact)
			if test.want != "" {
				assert.Equal(t, test.want, got)
			}
			var compact bytes.Buffer
			require.NoError(t, json.Compact(&compact, []byte(got)))
			assert.Equal(t, test.compact, compact.String())
			for i, line := range strings.Split(strings.TrimSuffix(got, "\n"), "\n") {
				spaces := len(line) - len(strings.TrimLeft(line, " "))
				assert.Zero(t, spaces%2, "line %d", i)
				if strings.ContainsAny(strings.Trim(line, " ,"), "[{") && !strings.HasSuffix(strings.Trim(line, ","), "[") && !strings.HasSuffix(line, "{") {
					assert.LessOrEqual(t, utf8.RuneCountInString(line), 100, "line %d", i)
				}
			}
		})
	}
}

func TestEncodeErrors(t *testing.T) {
	both := Milestone{Record: Record{ID: "b"}, Note: Either[string]{Value: "v", State: "withheld"}}
	spec := Spec{Format: "a\xff", Milestones: []Milestone{
		{Name: "\xc3(", Share: math.NaN(), Weights: []float64{1, math.Inf(-1)}},
		{Record: Record{Grade: 99}, Dates: []*Date{nil, {}}},
		both,
		{Record: Record{Extra: Extra{"x-b": "{", "id": "1", "x-a": "\"\xff\"", "x-c": "1 2", "x-\xff": "1", "x-d": "", "x-e": "\ufeff1"}}},
		{Labels: map[string]string{"\xff": "a", "b": "\xff"}},
	}}
	got, err := jsonform.AppendIndent([]byte("kept"), &spec)
	assert.Equal(t, "kept", string(got))
	var paths, kinds, texts []string
	joined, ok := err.(interface{ Unwrap() []error })
	require.True(t, ok)
	for _, err := range joined.Unwrap() {
		e, ok := errors.AsType[*jsonform.ValueError](err)
		require.True(t, ok)
		paths, kinds, texts = append(paths, e.Path), append(kinds, e.Kind.String()), append(texts, e.Err.Error())
	}
	assert.Equal(t, []string{
		"format", "milestones[0].name", "milestones[0].share", "milestones[0].weights[1]", "milestones[1].dates[0]", "milestones[1].dates[1]", "milestones[1].grade",
		"milestones[2].note", "milestones[3].id", "milestones[3].x-a", "milestones[3].x-b", "milestones[3].x-c", "milestones[3].x-d", "milestones[3].x-e", `milestones[3]["x-\xff"]`,
		"milestones[4].labels.b", `milestones[4].labels["\xff"]`,
	}, paths)
	assert.Equal(t, []string{
		"invalid UTF-8", "invalid UTF-8", "out of range", "out of range", "null", "bad value", "bad value",
		"ambiguous", "bad extension", "bad extension", "bad extension", "bad extension", "bad extension", "bad extension", "invalid UTF-8",
		"invalid UTF-8", "invalid UTF-8",
	}, kinds)
	assert.Equal(t, []string{
		`text is not valid UTF-8: "a\xff"`, `text is not valid UTF-8: "\xc3("`, "NaN has no form in JSON", "-Inf has no form in JSON", "nil pointer", "no date", "invalid grade 99",
		"both the plain value and other members are set", `the name of an extension must start with "x-"`,
		"extension is not JSON: line 1, column 2: bytes that are not UTF-8: ff; save the file as UTF-8",
		"extension is not JSON: line 1, column 2: the document ends inside the object opened at line 1, column 1",
		"extension is not JSON: line 1, column 3: found '2' after the end of the value",
		"extension is not JSON: line 1, column 1: the document ends where a value is wanted",
		`extension is not JSON: line 1, column 1: found '\ufeff', want a value`,
		`text is not valid UTF-8: "x-\xff"`, `text is not valid UTF-8: "\xff"`, `text is not valid UTF-8: "\xff"`,
	}, texts)
	_, err = jsonform.Compact(&spec)
	assert.Len(t, err.(interface{ Unwrap() []error }).Unwrap(), len(paths))

	many := make([]float64, 500)
	for i := range many {
		many[i] = math.NaN()
	}
	_, err = jsonform.Encode(many)
	all := err.(interface{ Unwrap() []error }).Unwrap()
	require.Len(t, all, 101)
	assert.EqualError(t, all[100], "[100]: more than 100 errors")

	loop := Milestone{}
	loop.Parent = &loop
	_, err = jsonform.Encode(loop)
	e, ok := errors.AsType[*jsonform.ValueError](err)
	require.True(t, ok)
	assert.Equal(t, jsonform.TooDeep, e.Kind)
}

// upper has two keys with one text.
type upper string

func (u *upper) UnmarshalText(text []byte) error { *u = upper(text); return nil }
func (u upper) MarshalText() ([]byte, error)     { return []byte(strings.ToUpper(string(u))), nil }

func TestEncodeOdds(t *testing.T) {
	_, err := jsonform.Compact(map[upper]int{"a": 1, "A": 2})
	assert.EqualError(t, err, `A: two map keys have the text "A"`)

	type nils struct {
		List    []int          `json:"list"`
		Map     map[string]int `json:"map"`
		Pointer *int           `json:"pointer"`
		Unnamed int
		hidden  int
		Skipped int `json:"-"`
	}
	got, err := jsonform.Compact(nils{hidden: 1, Skipped: 2})
	require.NoError(t, err)
	assert.Equal(t, `{"list":[],"map":{},"Unnamed":0}`, string(got))

	got, err = jsonform.Compact([]Either[string]{{}, {Value: "v"}, {State: "s"}})
	require.NoError(t, err)
	assert.Equal(t, `["","v",{"state":"s"}]`, string(got))

	number := -7
	got, err = jsonform.Encode(&number)
	require.NoError(t, err)
	assert.Equal(t, "-7\n", string(got))
	assert.PanicsWithValue(t, "jsonform: encode of a nil *int", func() { jsonform.Encode((*int)(nil)) })
	assert.PanicsWithValue(t, "jsonform: encode of a nil <nil>", func() { jsonform.Encode(nil) })
}

// TestEncodeScalars holds the encoder to what encoding/json writes, for text and numbers.
func TestEncodeScalars(t *testing.T) {
	for _, f := range []float64{0, math.Copysign(0, -1), 1, 0.1, 1e-6, 9.99e-7, 1e20, 1e21, 1e-300, 123456789.5, math.MaxFloat64, math.Pi} {
		want, err := json.Marshal(f)
		require.NoError(t, err)
		got, err := jsonform.Compact(f)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got))
	}
	for char := range rune(0x3000) {
		s := "a" + string(char) + "b"
		got, err := jsonform.Compact(s)
		require.NoError(t, err)
		var back string
		require.NoError(t, json.Unmarshal(got, &back))
		assert.Equal(t, s, back)
		control := char < 0x20 || char >= 0x7f && char < 0xa0 || char == 0x2028 || char == 0x2029
		assert.Equal(t, control || char == '"' || char == '\\', bytes.ContainsRune(got, '\\'), "%q", char)
	}
}
