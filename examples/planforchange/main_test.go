package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission/document"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// say runs the program and returns what it prints.
func say(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	require.Equal(t, 0, run(args, &out, &errs), errs.String())
	require.Empty(t, errs.String())
	return out.String()
}

func TestAccounts(t *testing.T) {
	for _, test := range []struct {
		golden string
		args   []string
	}{
		{"account.txt", nil},
		{"without-hearsay.txt", []string{"-without", "hearsay,opinion"}},
		{"public.txt", []string{"-public"}},
		{"early.txt", []string{"-on", "2025-01-31", "-known", "2025-01-01"}},
	} {
		t.Run(test.golden, func(t *testing.T) {
			got, file := say(t, test.args...), filepath.Join("testdata", test.golden)
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), got, "run the test with -update and read the difference")
		})
	}
}

// TestWidth lets no line be wider than a terminal, whatever the view and whatever the plan calls its records.
func TestWidth(t *testing.T) {
	hostile := filepath.Join(t.TempDir(), "hostile.json")
	wide := strings.Repeat("über", 100)
	require.NoError(t, os.WriteFile(hostile, []byte(`{"format": "missionled/1", "title": "`+wide+`\u001b[31m",
		"missions": [{"id": "m", "name": "`+wide+`", "statement": "a\tb\nc `+wide+`"}],
		"milestones": [{"id": "s", "name": "`+wide+`", "missions": ["m"], "due": "2030", "note": "`+wide+`"}]}`), 0o644))
	for _, args := range [][]string{nil, {"-public"}, {"-without", "illustrative"}, {"-on", "2031-06-30"},
		{"-known", "2024-01-01"}, {"-plan", hostile}} {
		got := say(t, args...)
		assert.NotContains(t, got, "\x1b")
		for line := range strings.Lines(got) {
			assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), width, "%v: %s", args, line)
		}
	}
}

func TestSameBytes(t *testing.T) {
	first := say(t)
	for range 20 {
		require.Equal(t, first, say(t))
	}
}

// TestViews holds each flag to what it must change in the answer, and to what it must not.
func TestViews(t *testing.T) {
	folded := func(args ...string) string { return strings.Join(strings.Fields(say(t, args...)), " ") }
	for _, test := range []struct {
		name       string
		args       []string
		has, lacks []string
	}{
		{"all that is recorded", nil,
			[]string{
				"standing: not a Cabinet sub-committee", "standing: a Cabinet committee", // rival claims side by side
				"asked over time: at least 100 percent", "then at least 95 percent", // a target revised in public
				"lead unclear", "lead vacant", "lead held: Head of Mission Control (held by Chris Stark",
				"progress: 8.7% of the way", "figure pending", "F19 imposed-milestone", "All 9 indicators",
				"This view leaves nothing out.",
			}, []string{"Not yet known then"}},
		{"another day", []string{"-on", "2025-01-31"},
			[]string{"progress: -1.6% of the way", "reading: 58.8 percent for July 2024"},
			[]string{"61.7", "Inquiry into how", "progress: 8.7%"}},
		{"before the target was revised", []string{"-on", "2024-11-30"}, []string{"Clean power: at least 100 percent"}, nil},
		{"after the end", []string{"-on", "2031-06-30"},
			[]string{"its day has passed and no figures for it are recorded"}, []string{"not yet due, and nobody"}},
		{"known early", []string{"-known", "2025-01-01"},
			[]string{"Not yet known then: ", "at the end of 1 January 2025 (UTC)", "not a Cabinet sub-committee"},
			[]string{"The lead of the mission", "61.7", "standing: a Cabinet committee"}},
		{"known at an instant", []string{"-known", "2024-12-05T00:00:00Z"}, []string{"5 December 2024, 00:00:00 UTC", "Full Fact"}, nil},
		{"without hearsay and opinion", []string{"-without", "hearsay, opinion"},
			[]string{
				"lead left out by this view (1 record)", "F33 board-undisclosed", "left out by the view",
				"This view leaves out 11 records", "because: grade left out: hearsay and opinion",
			},
			[]string{"not a Cabinet sub-committee", "that those who answer for the milestones"}},
		{"without what is made up", []string{"-without", "illustrative"},
			[]string{"steward left out by this view", "progress: unknown (no baseline is recorded)"}, []string{"progress: 8.7%"}},
		{"for everybody", []string{"-public"},
			[]string{"held by a person, not named here", "1 party name", "for a narrower audience (1 duty)"},
			[]string{"Chris Stark", "a direct way to a minister: yes"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := folded(test.args...)
			for _, s := range test.has {
				assert.True(t, strings.Contains(got, s), "%q is missing", s)
			}
			for _, s := range test.lacks {
				assert.False(t, strings.Contains(got, s), "%q should not be there", s)
			}
		})
	}
}

func TestMisuse(t *testing.T) {
	for _, test := range []struct {
		args []string
		says string
	}{
		{[]string{"-on", "31/12/2025"}, "-on"},
		{[]string{"-on", "2025-02-30"}, "-on"},
		{[]string{"-known", "soon"}, "2025-01-01T09:00:00Z"},
		{[]string{"-without", "hearsy,gossip"}, `did you mean "hearsay"?`},
		{[]string{"-without", ""}, "grade"},
		{[]string{"-public=perhaps"}, "-public"},
		{[]string{"-ranked"}, "-ranked"},
		{[]string{"plan.json"}, `"plan.json" is no flag`},
		{[]string{"-plan", filepath.Join(t.TempDir(), "absent.json")}, "absent.json"},
	} {
		var out, errs bytes.Buffer
		assert.Equal(t, 2, run(test.args, &out, &errs), test.args)
		assert.Contains(t, errs.String(), test.says)
		assert.Empty(t, out.String())
	}
	var out, errs bytes.Buffer
	assert.Equal(t, 0, run([]string{"-help"}, &out, &errs))
	assert.Contains(t, errs.String(), "-without")
}

func TestFaultyPlan(t *testing.T) {
	file := filepath.Join(t.TempDir(), "faulty.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"format": "missionled/1",
  "missions": [{"id": "m", "nmae": "x"}, {"id": "m", "name": "y"}],
  "milestones": [{"id": "s", "name": "s", "missions": ["n"], "due": "2030-13"}]}`), 0o644))
	var out, errs bytes.Buffer
	assert.Equal(t, 1, run([]string{"-plan", file}, &out, &errs))
	assert.Empty(t, out.String())
	for _, s := range []string{"nmae", "taken", `"n"`, "2030-13", "line 3, column"} {
		assert.Contains(t, errs.String(), s)
	}
}

// TestSmallest prints an account of a plan with next to nothing in it.
func TestSmallest(t *testing.T) {
	file := filepath.Join(t.TempDir(), "small.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"format": "missionled/1", "missions": [{"id": "m", "name": "Warm homes"}]}`), 0o644))
	got := say(t, "-plan", file)
	assert.Contains(t, got, "WARM HOMES")
	assert.Contains(t, got, "No day is given")
	assert.Contains(t, got, "lead      not recorded")
}

// TestPlan holds the plan to its own promise: every record has a grade; what is made up names no source, and everything
// else names its source and the place in it.
func TestPlan(t *testing.T) {
	spec, err := document.Unmarshal(embedded, document.Options{})
	require.NoError(t, err)
	assert.Len(t, spec.Missions, 5)
	milestones := make(map[record.ID]bool)
	for _, m := range spec.Milestones {
		milestones[m.Fact()] = true
	}
	assert.Len(t, milestones, 6)
	rows, err := document.Rows(spec)
	require.NoError(t, err)
	for _, row := range rows {
		if row.Ref.Kind == record.KindSource {
			continue
		}
		var r struct{ Source, At, Grade string }
		require.NoError(t, json.Unmarshal(row.Data, &r))
		assert.NotEmpty(t, r.Grade, row.Ref)
		invented := r.Grade == record.Illustrative.String()
		assert.Equal(t, invented, r.Source == "", row.Ref)
		assert.Equal(t, invented, r.At == "", row.Ref)
	}
}

func TestPage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "plan.html")
	var out, errs bytes.Buffer
	require.Equal(t, 0, run([]string{"-html", file, "-public"}, &out, &errs), errs.String())
	assert.Contains(t, out.String(), file)
	page, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(page), "Make Britain a clean energy superpower")
	assert.NotContains(t, string(page), "Chris Stark")
	assert.Equal(t, 2, run([]string{"-html", filepath.Join(file, "nowhere")}, &out, &errs))
}
