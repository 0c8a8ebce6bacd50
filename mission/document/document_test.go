package document_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/review"
)

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return data
}

// TestFaults holds the text of every fault of a plan with a dozen different mistakes against a golden file: all of them at
// once, in the order of the text.
func TestFaults(t *testing.T) {
	_, err := document.Unmarshal(read(t, "faults.json"), document.Options{})
	require.Error(t, err)
	if *update {
		require.NoError(t, os.WriteFile("testdata/faults.txt", []byte(err.Error()+"\n"), 0o644))
	}
	assert.Equal(t, string(read(t, "faults.txt")), err.Error()+"\n")

	all, ok := errors.AsType[*document.Error](err)
	require.True(t, ok)
	lines := slices.Collect(func(yield func(int) bool) {
		for _, f := range all.Faults {
			if !yield(f.Line) {
				return
			}
		}
	})
	assert.True(t, slices.IsSorted(lines), "faults come in the order of the text")
	_, ok = errors.AsType[*record.DanglingError](err)
	assert.True(t, ok, "the cause of a fault is reachable")
	_, ok = errors.AsType[*record.QuantityError](err)
	assert.True(t, ok, "the error of a value's own type is reachable")
	_, ok = errors.AsType[*milestone.PrecedenceError](err)
	assert.True(t, ok, "the circle is reachable as data")
}

// TestFaultsThatFollow tells one mistake from its consequences: a record whose id cannot be read leaves references to it
// without a target, and only the first is worth reporting.
func TestFaultsThatFollow(t *testing.T) {
	_, err := document.Unmarshal([]byte(`{
  "format": "missionled/1",
  "missions": [{"id": "Clean Power", "name": "Clean power"}],
  "milestones": [{"id": "first", "missions": ["clean-power"], "name": "First", "due": 2030}]
}`), document.Options{})
	require.Error(t, err)
	assert.Equal(t, `line 3, column 23: missions[0].id: "Clean Power" is no id: use lower-case letters, digits and hyphens, such as "clean-power"
line 4, column 87: milestones[0].due (milestone/first): found number 2030, want text (When); write "2030"`, err.Error())
}

// TestDesign decodes, compiles and reviews the example of the design.
func TestDesign(t *testing.T) {
	spec, err := document.Unmarshal(read(t, "design.json"), document.Options{})
	require.NoError(t, err)
	model, err := mission.Compile(spec, mission.View{On: spec.AsOf})
	require.NoError(t, err)
	r, err := review.Run(model, review.Options{})
	require.NoError(t, err)
	found := make(map[string][]record.Ref)
	for _, f := range r.Findings {
		found[f.Rule.ID] = append(found[f.Rule.ID], f.Subject)
	}
	assert.Equal(t, []record.Ref{{Kind: mission.KindMission, ID: "growth"}}, found["F38"], "the lead for growth is unclear")
	assert.Len(t, found["F33"], 1, "the board's members are withheld")

	standing, ok := model.Plan().Standing("clean-power-2030", record.Moment{})
	require.True(t, ok)
	assert.Equal(t, milestone.Scheduled, standing.Status)
	assert.Equal(t, "95", standing.Parts[0].Want.String(), "the target as it was revised")
	early, _ := model.Plan().Standing("clean-power-2030", record.Moment{Known: time.Date(2024, time.July, 1, 0, 0, 0, 0, time.UTC)})
	assert.Equal(t, milestone.Status(0), early.Status, "nothing was published of it by then: %s", early.Why)
}

func TestRoundTrip(t *testing.T) {
	for _, name := range []string{"design.json", "everything.json"} {
		t.Run(name, func(t *testing.T) {
			spec, err := document.Unmarshal(read(t, name), document.Options{})
			require.NoError(t, err)
			once, err := document.Marshal(spec)
			require.NoError(t, err)
			again, err := document.Decode(bytes.NewReader(once), document.Options{})
			require.NoError(t, err)
			assert.Equal(t, spec, again, "nothing is lost")
			assert.Empty(t, mission.Diff(spec, again))
			for range 50 {
				var buf bytes.Buffer
				require.NoError(t, document.Encode(&buf, again))
				require.Equal(t, string(once), buf.String(), "equal plans give equal bytes")
			}
		})
	}
}

func TestExtensionsSurvive(t *testing.T) {
	const text = `{
  "format": "missionled/1",
  "missions": [
    {"id": "m", "name": "M", "x-colour": {"a": [1, null]}, "x-app.id": "17"}
  ],
  "x-tool": true
}
`
	spec, err := document.Unmarshal([]byte(text), document.Options{})
	require.NoError(t, err)
	out, err := document.Marshal(spec)
	require.NoError(t, err)
	assert.Contains(t, string(out), `"x-colour": {"a": [1, null]}`)
	assert.Contains(t, string(out), `"x-tool": true`)
	model, err := mission.Compile(spec, mission.View{Audience: record.Public})
	require.NoError(t, err)
	assert.Equal(t, []mission.Removed{{Kind: mission.KindMission, Field: "x-", Why: "nobody can tell what extension members hold", Count: 2},
		{Field: "x-", Why: "nobody can tell what extension members hold", Count: 1}}, model.Removed())
}

func TestValueStates(t *testing.T) {
	const text = `{
  "format": "missionled/1",
  "parties": [{"id": "d", "kind": "organisation", "name": "D"}],
  "missions": [{"id": "m", "name": "M", "contributors": []}, {"id": "n", "name": "N", "contributors": ["d"]}],
  "duties": [
    {"id": "a", "duty": "mission-lead", "subject": "mission/m", "post": "d", "accepted": false, "means": {"budget": {"state": "withheld", "ground": "commercial"}}}
  ]
}
`
	spec, err := document.Unmarshal([]byte(text), document.Options{})
	require.NoError(t, err)
	assert.Equal(t, record.Known(false), spec.Duties[0].Accepted, "a known false is known")
	assert.Equal(t, record.Withheld[bool]("commercial"), spec.Duties[0].Means.Budget)
	assert.Equal(t, record.StateKnown, spec.Missions[0].Contributors.State, "an empty list is a statement")
	out, err := document.Marshal(spec)
	require.NoError(t, err)
	again, err := document.Unmarshal(out, document.Options{})
	require.NoError(t, err)
	assert.Equal(t, spec, again)

	_, err = document.Unmarshal([]byte(strings.Replace(text, `{"state": "withheld", "ground": "commercial"}`, `{"state": "known"}`, 1)), document.Options{})
	assert.ErrorIs(t, err, record.ErrKnown)
}

func TestRows(t *testing.T) {
	spec, err := document.Unmarshal(read(t, "design.json"), document.Options{})
	require.NoError(t, err)
	rows, err := document.Rows(spec)
	require.NoError(t, err)
	require.Equal(t, 23, len(rows))
	for _, r := range rows {
		assert.NotContains(t, string(r.Data), "\n", "a row is one line")
	}
	head := mission.Spec{Format: spec.Format, Namespace: spec.Namespace, Title: spec.Title, AsOf: spec.AsOf}
	back, err := document.FromRows(head, rows, document.Options{})
	require.NoError(t, err)
	assert.Equal(t, spec, back)

	rows[3].Data = []byte(`{"id":"other","title":7}`)
	_, err = document.FromRows(head, rows, document.Options{})
	require.Error(t, err)
	assert.Equal(t, `line 1, column 23: rows[3].title (source/hansard): found number 7, want text; write "7"
line 1, column 1: rows[3].id (source/hansard): the row is filed under "hansard" and its record has the id "other": correct one of the two`, err.Error())
	_, err = document.FromRows(head, []document.Row{{Ref: record.Ref{Kind: "milstone", ID: "a"}}}, document.Options{})
	kind, ok := errors.AsType[*record.KindError](err)
	require.True(t, ok)
	assert.Equal(t, record.Kind("milstone"), kind.Ref.Kind)
}

func TestLimits(t *testing.T) {
	text := `{"format": "missionled/1", "missions": [{"id": "m", "name": "M"}]}`
	_, err := document.Decode(strings.NewReader(text), document.Options{MaxBytes: 20})
	assert.ErrorIs(t, err, document.ErrTooLarge)
	_, err = document.Decode(strings.NewReader(text), document.Options{MaxDepth: 2})
	assert.ErrorContains(t, err, "nested more than 2 deep")
	_, err = document.Decode(strings.NewReader(`{"format": "missionled/2", "what comes": "later"}`), document.Options{})
	assert.EqualError(t, err, `line 1, column 12: format: the document is in the format "missionled/2", and this release reads missionled/1: use a release that reads it, or correct the name`)
	other, ok := errors.AsType[*document.FormatError](err)
	require.True(t, ok)
	assert.Equal(t, document.Formats(), other.Reads)
}

// FuzzUnmarshal holds that reading never panics, that what it accepts compiles, and that it survives a round trip.
func FuzzUnmarshal(f *testing.F) {
	for _, name := range []string{"design.json", "faults.json", "everything.json"} {
		f.Add(read(f, name))
	}
	f.Add([]byte(`{"format":"missionled/1","duties":[{"id":"a","post":{}}],"x-a":[[[[1e999]]]]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		spec, err := document.Unmarshal(data, document.Options{MaxBytes: 1 << 16})
		if err != nil {
			if all, ok := errors.AsType[*document.Error](err); !ok || len(all.Faults) == 0 {
				t.Fatalf("an error without faults: %v", err)
			}
			return
		}
		model, err := mission.Compile(spec, mission.View{On: spec.AsOf, Audience: record.Public, Without: []record.Grade{record.Hearsay}})
		if err != nil {
			t.Fatalf("accepted and does not compile: %v", err)
		}
		for _, id := range model.Plan().Milestones() {
			model.Plan().Standing(id, record.Moment{})
		}
		if _, err := review.Run(model, review.Options{}); err != nil {
			t.Fatalf("accepted and cannot be reviewed: %v", err)
		}
		once, err := document.Marshal(spec)
		if err != nil {
			t.Fatalf("read and cannot be written: %v", err)
		}
		again, err := document.Unmarshal(once, document.Options{})
		if err != nil {
			t.Fatalf("written and cannot be read: %v\n%s", err, once)
		}
		twice, err := document.Marshal(again)
		if err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("a second round trip changes it: %v\n%s\n%s", err, once, twice)
		}
	})
}

// TestEverything holds the text of a plan with odd but legal contents against a golden file.
func TestEverything(t *testing.T) {
	spec := mission.Spec{
		Format: mission.Format, Namespace: "https://example.org/everything", Title: "Everything", AsOf: calendar.On(2025, time.June, 30),
		Missions: []mission.Mission{{
			Record: record.Record{
				ID: "m2", Of: "m", Verb: record.Correct, Reason: "a slip of the pen", Claimant: "the department",
				From: calendar.MustParseWhen("2024-07"), Until: calendar.MustParseWhen("unknown"),
				Recorded: time.Date(2025, time.January, 2, 3, 4, 5, 600700800, time.UTC), Sequence: 7, At: "p. 3",
				Grade: record.FirstHand, Audience: record.Official, Note: "a note, \u2028 with a line separator", Namespace: "https://example.org/other",
				Extensions: record.Extensions{"x-b": "2", "x-a": `{"deep":[null]}`},
			},
			Name: "<M> & co", Contributors: record.Known([]record.ID{"d"}), Stage: "our own word", Internal: true,
		}},
		Parties: []accountability.Party{
			{Record: record.New("d"), Kind: accountability.Organisation, Name: "D", Tier: "village", Sector: "guild"},
			{Record: record.Invented("p"), Kind: accountability.Post, Name: "P", OfParty: "d", Seats: 2},
		},
		Duties: []accountability.Duty{{Record: record.New("u"), Duty: "a duty of our own", Subject: record.Ref{Kind: mission.KindMission, ID: "m"},
			Post: "p", Accepted: record.Known(false), Means: accountability.Means{Route: record.Unknown[bool]("nobody could say")}}},
	}
	data, err := document.Marshal(spec)
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile("testdata/everything.json", data, 0o644))
	}
	assert.Equal(t, string(read(t, "everything.json")), string(data))
	again, err := document.Unmarshal(data, document.Options{})
	require.NoError(t, err)
	assert.Equal(t, spec, again)
}

// TestEveryMember fills every field of every kind of record with something and holds that a round trip keeps it all.
func TestEveryMember(t *testing.T) {
	var spec mission.Spec
	n := 0
	fill(reflect.ValueOf(&spec).Elem(), &n)
	spec.Format = mission.Format
	data, err := document.Marshal(spec)
	require.NoError(t, err)
	again, _ := document.Unmarshal(data, document.Options{}) // the made-up references name nothing, which is no matter here
	assert.Equal(t, spec, again)
	assert.Greater(t, n, 300, "there is something to lose")
}

// fill sets v and all in it to values that differ.
func fill(v reflect.Value, n *int) {
	*n++
	text := fmt.Sprintf("t%d", *n)
	set := func(x any) { v.Set(reflect.ValueOf(x)) }
	switch v.Interface().(type) {
	case record.Ref:
		set(record.Ref{Kind: "mission", ID: record.ID(text)})
		return
	case calendar.When:
		set(calendar.YearOf(calendar.On(1900+*n%200, time.March, 1)))
		return
	case calendar.Date:
		set(calendar.On(1900+*n%200, time.March, 1))
		return
	case record.Quantity:
		set(record.Number(float64(*n)))
		return
	case record.Money:
		set(record.Money{Minor: int64(*n), Currency: "GBP"})
		return
	case time.Time:
		set(time.Date(2000, time.January, 1, 0, 0, *n, 0, time.UTC))
		return
	case record.Extensions:
		set(record.Extensions{"x-" + text: "1"})
		return
	case interface{ EncodesPlain() bool }:
		fill(v.FieldByName("V"), n)
		v.FieldByName("State").SetUint(uint64(record.StateKnown))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for _, field := range v.Fields() {
			fill(field, n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), n)
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16:
		v.SetInt(int64(*n))
	case reflect.Uint8:
		v.SetUint(1)
	case reflect.Uint64:
		v.SetUint(uint64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n))
	default:
		panic("fill: " + v.Type().String())
	}
}

// TestRetraction holds that a record that only takes another back needs nothing but that, in Go and in a document.
func TestRetraction(t *testing.T) {
	back := record.Record{ID: "second", Of: "first", Verb: record.Retract, Reason: "it was never true"}
	spec := mission.Spec{
		Format:       mission.Format,
		Parties:      []accountability.Party{{Record: record.New("p"), Kind: accountability.Post, Name: "P"}, {Record: record.New("a"), Kind: accountability.Person}},
		Holdings:     []accountability.Holding{{Record: record.New("first"), Post: "p", Holder: "a"}, {Record: back}},
		Missions:     []mission.Mission{{Record: record.New("m"), Name: "M"}},
		Dependencies: []milestone.Dependency{{Record: record.New("first"), Dependent: mission.Ref("m"), On: record.Ref{Kind: accountability.KindParty, ID: "p"}, Kind: milestone.Needs}, {Record: back}},
		Forums:       []accountability.Forum{{Record: record.New("first"), Kind: "board"}, {Record: back}},
	}
	data, err := document.Marshal(spec)
	require.NoError(t, err)
	again, err := document.Unmarshal(data, document.Options{})
	if err != nil {
		// Those that need more say what; none stumbles over an empty text.
		for f := range strings.SplitSeq(err.Error(), "\n") {
			assert.NotContains(t, f, `""`)
		}
	}
	assert.Equal(t, spec, again)
}
