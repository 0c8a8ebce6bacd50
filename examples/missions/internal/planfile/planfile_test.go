package planfile_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/examples/missions/internal/planfile"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
)

const head = "format: missionled/1\n"

// said lists the faults of an error, one a line.
func said(t testing.TB, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	all, ok := errors.AsType[*document.Error](err)
	require.True(t, ok, "%v", err)
	return all.Error()
}

// TestPlaces holds the place of every sort of fault in YAML to a table: lines and columns are those of the YAML file.
func TestPlaces(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"unknown member", head + "milestones:\n  - id: a\n    name: A\n    dew: 2030\n",
			`line 5, column 5: milestones[0].dew (milestone/a): unknown member "dew"`},
		{"bad value", head + "milestones:\n- {id: a, name: A, due: 2O30}\n",
			`line 3, column 25: milestones[0].due (milestone/a): calendar: when "2O30": `},
		{"dangling reference", head + "missions:\n  - id: homes\n    name: Homes\nmilestones:\n  - id: a\n    missions:\n      - homes\n      - homse\n    name: A\n",
			`line 9, column 9: milestones[0].missions[1] (milestone/a): there is no mission "homse": did you mean "homes"?`},
		{"name twice", head + "milestones:\n  - id: a\n    name: A\n    due: 2030\n    due: 2031\n",
			`line 6, column 5: milestones[0].due (milestone/a): member "due" is given twice, first at line 5, column 5; keep one of them`},
		{"nothing after the colon", head + "title:\n",
			`line 2, column 1: title: found null`},
		{"text for a list", head + "milestones:\n  - id: a\n    name: A\n    missions: homes\n",
			`line 5, column 15: milestones[0].missions (milestone/a): found text "homes", want an array`},
		{"text for a boolean", head + "events:\n  - {id: a, kind: plan, subject: event/a, absent: yes}\n",
			`line 3, column 51: events[0].absent (event/a): found text "yes", want `},
		{"quoted number", head + "parties:\n  - {id: a, kind: post, name: A, seats: \"2\"}\n",
			`line 3, column 41: parties[0].seats (party/a): found text "2", want `},
		{"columns count characters", head + "parties: [{id: é, kind: post, name: ü}]\n",
			`line 2, column 16: parties[0].id: "é" is no id`},
		{"block text", head + "title: |\n  Two\n  lines\nas_of: >-\n  2025-02-30\n",
			`line 5, column 8: as_of: calendar: date "2025-02-30": February 2025 has days 01 to 28; write 2025-02-28`},
		{"carriage returns", strings.ReplaceAll(head+"as_of: 2025\n", "\n", "\r\n"),
			`line 2, column 8: as_of: calendar: date "2025": `},
		{"byte-order mark", "\ufeffformat: missionled/2\n",
			`line 1, column 9: format: `},
		{"in an alias", head + "x-a: &a {grade: rumour}\nmissions:\n  - id: m\n    name: M\n    <<: *a\n",
			`line 6, column 9: missions[0].grade (mission/m): "rumour" is no grade`},
		{"alias without anchor", head + "title: *t\n",
			`line 2, column 8: title: the alias means no anchor that ends before it; put & and the same name before the value that it is to repeat`},
		{"alias within itself", head + "x-a: &a {b: *a}\n",
			`line 2, column 13: x-a.b: the alias means no anchor that ends before it; put & and the same name before the value that it is to repeat`},
		{"merge of a text", head + "missions:\n  - {id: m, name: M, <<: hello}\n",
			`line 3, column 26: missions[0] (mission/m): << brings nothing in: what it names is no object that ends before it; write << and the alias of an object, as in <<: *defaults`},
		{"tag", head + "title: !ruby/object:Evil {a: 1}\n",
			`line 2, column 8: title: the tag "!ruby/object:Evil" means nothing here; leave it out`},
		{"not a number in JSON", head + "x-a: .inf\n",
			`line 2, column 6: x-a: JSON has no such number; put it in quotes`},
		{"name that is a list", head + "[a]: b\n",
			`line 2, column 4: this is not YAML: found an invalid key for this map`},
		{"list at the top", "- a\n- b\n",
			`line 1, column 1: found an array, want an object`},
		{"empty file", "# nothing yet\n",
			`line 1, column 1: the file holds no plan; run "missions new" for one to start from`},
		{"second document", "---\n" + head + "---\nformat: x\n",
			`line 4, column 1: a second document starts here; keep one plan to a file`},
		{"tab", head + "missions:\n\t- id: a\n",
			`line 3, column 1: the line begins with a tab; YAML is indented with spaces`},
		{"colon in a text", head + "title: Homes: warm and dry\n",
			`line 2, column 8: a colon and a space make a name and a value, and there can be none here; put text that has ": " in it in quotes, and begin names that belong together in one column`},
		{"open quote", head + "title: \"Homes\n",
			`line 2, column 8: a text in quotes is not closed; close it with the quote that opens it`},
		{"reserved character", head + "title: @home\n",
			`line 2, column 8: text cannot begin with this character; put the text in quotes`},
		{"not UTF-8", head + "title: caf\xe9\n",
			`line 2, column 11: bytes that are not UTF-8, beginning with e9 in hexadecimal; save the file as UTF-8`},
		{"UTF-16", "\xff\xfef\x00o\x00",
			`line 1, column 1: the file is in UTF-16; save it as UTF-8`},
		{"control character", head + "title: a\x1bb\n",
			`line 2, column 9: the control character '\x1b' stands here; take it out, or write it as an escape in double quotes`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := planfile.Unmarshal([]byte(c.text), planfile.YAML)
			got := said(t, err)
			assert.Equal(t, c.want, got[:min(len(got), len(c.want))], "the beginning of %s", got)
			assert.NotContains(t, got, "\n", "one fault")
		})
	}
}

// TestEveryFaultAtOnce reads many faults of different sorts, in the order of the file.
func TestEveryFaultAtOnce(t *testing.T) {
	const text = head + `as_of: 2025-02-30
milestones:
  - id: a
    name: A
    due: 2030
    due: 2031
    grade: rumour
    extra: *none
  - id: Not An Id
    name: B
`
	_, err := planfile.Unmarshal([]byte(text), planfile.YAML)
	var places []string
	all, _ := errors.AsType[*document.Error](err)
	for _, f := range all.Faults {
		places = append(places, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Path))
	}
	assert.Equal(t, []string{"2:8 as_of", "7:5 milestones[0].due", "8:12 milestones[0].grade", "9:12 milestones[0].extra", "10:9 milestones[1].id"}, places)
}

// TestWrittenText holds scalars to the text that they are written as, wherever the format wants text.
func TestWrittenText(t *testing.T) {
	const text = head + `title: yes
sources:
  - {id: s, title: 2024, published: 2024, at: 12:30, x-n: 012, x-m: 0x1F, x-b: true, x-t: !!str 5}
parties:
  - {id: "2030", kind: post, name: true, seats: 3}
missions: [{id: m, name: No, horizon: 2030, internal: true}]
indicators: [{id: i, name: 1_000, unit: ~text}]
observations:
  - {id: o, indicator: i, period: 2024-12, value: 73.80, baseline: TRUE}
events:
  - id: e
    kind: consultation
    subject: mission/m
    on_day: 2024-11-05
    recorded: 2024-11-05T10:00:00Z
    sequence: 7
    note: |
      First line
      second "line" \n
`
	spec, err := planfile.Unmarshal([]byte(text), planfile.YAML)
	require.NoError(t, err)
	assert.Equal(t, "yes", spec.Title)
	assert.Equal(t, "2024", spec.Sources[0].Title)
	assert.Equal(t, "12:30", spec.Sources[0].At)
	assert.Equal(t, map[string]string{"x-n": "10", "x-m": "31", "x-b": "true", "x-t": `"5"`}, map[string]string(spec.Sources[0].Extensions))
	assert.Equal(t, "true", spec.Parties[0].Name)
	assert.Equal(t, 3, spec.Parties[0].Seats)
	assert.Equal(t, "2030", spec.Missions[0].Horizon.String())
	assert.True(t, spec.Missions[0].Internal)
	assert.Equal(t, "1_000", spec.Indicators[0].Name)
	assert.Equal(t, "~text", spec.Indicators[0].Unit)
	assert.Equal(t, "73.80", spec.Observations[0].Value.V.String())
	assert.True(t, spec.Observations[0].Baseline)
	assert.Equal(t, "2024-11-05", spec.Events[0].OnDay.String())
	assert.Equal(t, uint64(7), spec.Events[0].Sequence)
	assert.Equal(t, "First line\nsecond \"line\" \\n\n", spec.Events[0].Note)
}

// TestMergeKeys brings defaults into records, of which a record's own members win, and of several defaults the first.
func TestMergeKeys(t *testing.T) {
	const text = head + `
sources: [{id: s, title: S}, {id: t, title: T}]
x-defaults: &a
  source: s
  grade: document
x-more: &b {source: t, claimant: somebody}
missions:
  - {id: m, name: M, <<: *a, grade: opinion}
  - {id: n, name: N, <<: [*b, *a]}
`
	spec, err := planfile.Unmarshal([]byte(text), planfile.YAML)
	require.NoError(t, err)
	m, n := spec.Missions[0], spec.Missions[1]
	assert.Equal(t, []string{"s", "opinion"}, []string{string(m.Source), m.Grade.String()})
	assert.Equal(t, []string{"t", "document", "somebody"}, []string{string(n.Source), n.Grade.String(), n.Claimant})
}

// TestSameInBothFormats writes the library's own documents in YAML and reads them back.
func TestSameInBothFormats(t *testing.T) {
	for _, name := range []string{"design.json", "everything.json"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("../../../../mission/document/testdata", name))
			require.NoError(t, err)
			spec, err := planfile.Unmarshal(data, planfile.JSON)
			require.NoError(t, err)
			text, err := planfile.Marshal(spec, planfile.YAML)
			require.NoError(t, err)
			back, err := planfile.Unmarshal(text, planfile.YAML)
			require.NoError(t, err, "%s", text)
			assert.Equal(t, spec, back, "nothing is lost")
			again, err := planfile.Marshal(back, planfile.YAML)
			require.NoError(t, err)
			assert.Equal(t, string(text), string(again), "equal plans give equal bytes")
		})
	}
}

// TestHostileYAML holds the reader to its limits: it answers with a fault, and soon.
func TestHostileYAML(t *testing.T) {
	var bomb strings.Builder
	bomb.WriteString(head + "x-a: &a [x, x, x, x, x, x, x, x, x, x]\n")
	var merges strings.Builder
	merges.WriteString(head + "x-a: &a {x-0: y}\n")
	for c := 'b'; c <= 'k'; c++ {
		bomb.WriteString(fmt.Sprintf("x-%c: &%[1]c [%s*%c]\n", c, strings.Repeat(fmt.Sprintf("*%c, ", c-1), 9), c-1))
		merges.WriteString(fmt.Sprintf("x-%c: &%[1]c {<<: [%s*%c]}\n", c, strings.Repeat(fmt.Sprintf("*%c, ", c-1), 9), c-1))
	}
	var chain strings.Builder
	chain.WriteString(head + "x-0: &a0 {x-v: w}\n")
	for i := range 3000 {
		chain.WriteString(fmt.Sprintf("x-%d: &a%[1]d {<<: *a%d}\n", i+1, i))
	}
	cases := []struct{ name, text, want string }{
		{"aliases of aliases", bomb.String(), "with its aliases followed, the plan is too large"},
		{"deep brackets", head + "x-a: " + strings.Repeat("[", 100_000), "nested too deep"},
		{"deep braces", head + "x-a: " + strings.Repeat("{a: ", 100_000), "nested too deep"},
		{"deep lists", head + "x-a:\n " + strings.Repeat("- ", 100_000) + "x", "nested too deep"},
		{"deep keys", strings.Repeat("? ", 100_000) + "x", "nested too deep"},
		{"anchors on one value", head + "x-a: " + strings.Repeat("&a ", 100_000) + "x", "nested too deep"},
		{"tags on one value", head + "x-a: " + strings.Repeat("!a ", 100_000) + "x", "nested too deep"},
		{"long file", strings.Repeat("x", 17<<20), "longer than 16 MiB"},
		{"merges of merges", merges.String(), ""},
		{"chain of merges", chain.String(), ""},
		{"a million characters", head + "title: " + strings.Repeat("x y ", 250_000) + "\n", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := planfile.Unmarshal([]byte(c.text), planfile.YAML)
			if c.want == "" {
				if err != nil {
					assert.Contains(t, err.Error(), "line ")
				}
				return
			}
			assert.Contains(t, said(t, err), c.want)
		})
	}
}

// TestTooLongForYAML writes no plan that could not be read back.
func TestTooLongForYAML(t *testing.T) {
	spec := mission.Spec{Title: strings.Repeat("long ", 7<<19)}
	_, err := planfile.Marshal(spec, planfile.YAML)
	assert.ErrorContains(t, err, "write it as JSON")
	text, err := planfile.Marshal(spec, planfile.JSON)
	require.NoError(t, err)
	assert.Greater(t, len(text), 16<<20)
}

func TestFormatOf(t *testing.T) {
	cases := []struct {
		name, data string
		want       planfile.Format
	}{
		{"plan.json", "a: b", planfile.JSON}, {"plan.YAML", "{}", planfile.YAML}, {"plan.yml", "", planfile.YAML},
		{"-", "\ufeff \n{", planfile.JSON}, {"-", "format: x", planfile.YAML}, {"-", "", planfile.YAML},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, planfile.FormatOf(c.name, []byte(c.data)), "%s %q", c.name, c.data)
	}
	assert.Equal(t, planfile.Format(0), planfile.FormatOf("plan", nil))
}

// FuzzYAML holds the reader to its promises for any bytes: it does not panic, a fault has a place in the file, and a plan
// without faults reads the same once it has been written as YAML.
func FuzzYAML(f *testing.F) {
	f.Add([]byte(head + "missions:\n  - id: m\n    name: M\n    horizon: 2030\n"))
	f.Add([]byte(head + "x-a: &a {grade: document}\nmissions: [{id: m, name: M, <<: *a}]\n"))
	f.Add([]byte("? [a]\n: b\n"))
	f.Add([]byte("a: |2-\n   x\n--- # c\n%YAML 1.2\n"))
	f.Add([]byte("'a': \"\\u0041\\x00\"\nb: !!str ~\n"))
	f.Add([]byte("a: b\r\n- c\n\t"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<12 {
			return
		}
		spec, err := planfile.Unmarshal(data, planfile.YAML)
		if err != nil {
			all, ok := errors.AsType[*document.Error](err)
			if !ok {
				t.Fatalf("another sort of error: %v", err)
			}
			for _, f := range all.Faults {
				if f.Line < 1 || f.Column < 1 || f.Line > strings.Count(string(data), "\n")+strings.Count(string(data), "\r")+2 {
					t.Fatalf("a fault outside the file: %v", f)
				}
			}
			return
		}
		text, err := planfile.Marshal(spec, planfile.YAML)
		if err != nil {
			t.Fatal(err)
		}
		back, err := planfile.Unmarshal(text, planfile.YAML)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if d := mission.Diff(spec, back); len(d) > 0 {
			t.Fatalf("%v\n%s", d, text)
		}
	})
}
