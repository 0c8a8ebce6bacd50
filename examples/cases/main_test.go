package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/mission"
)

var update = flag.Bool("update", false, "rewrite the golden file")

// TestCases runs every case on its own, so that a mismatch names it.
func TestCases(t *testing.T) {
	list, err := load(files)
	require.NoError(t, err)
	results, err := list.check(files)
	require.NoError(t, err)
	require.Len(t, results, len(list.Cases)+len(list.Contrasts))
	for _, r := range results {
		t.Run(r.title, func(t *testing.T) {
			for _, part := range r.parts {
				for _, l := range part.lines {
					assert.NotEqual(t, failed, l.verdict, "%s: %s", part.title, l.text)
				}
			}
		})
	}
}

func TestProgram(t *testing.T) {
	var out, errs bytes.Buffer
	assert.Equal(t, 0, run(&out, &errs), errs.String())
	file := filepath.Join("testdata", "cases.txt")
	if *update {
		require.NoError(t, os.WriteFile(file, out.Bytes(), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String(), "run the test with -update and read the difference")
	for line := range strings.Lines(out.String()) {
		assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), width, line)
	}
	for range 20 {
		var again, errs bytes.Buffer
		run(&again, &errs)
		require.Equal(t, out.String(), again.String())
	}
}

// TestMismatches breaks each kind of expectation and looks whether it is noticed.
func TestMismatches(t *testing.T) {
	plan, err := files.ReadFile("c03.json")
	require.NoError(t, err)
	for _, test := range []struct {
		name  string
		wrong int
		list  string
	}{
		{"as it is", 0, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19", "weak": true}, {"rule": "F33"}, {"rule": "F38"}],
			"open": ["F01", "F03", "F48", "F92"], "without": {"grades": ["hearsay"], "loses": ["F19", "F34", "F35"]}}`},
		{"a finding that is not there", 1, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33"}, {"rule": "F38"}, {"rule": "F09"}],
			"open": ["F01", "F03", "F48", "F92"]}`},
		{"another subject", 1, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33"}, {"rule": "F38", "subjects": ["mission/growth"]}],
			"open": ["F01", "F03", "F48", "F92"]}`},
		{"not weak", 1, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33", "weak": true}, {"rule": "F38"}],
			"open": ["F01", "F03", "F48", "F92"]}`},
		{"a finding that must not be", 1, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33"}, {"rule": "F38"}], "not": ["F33"],
			"open": ["F01", "F03", "F48", "F92"]}`},
		{"findings that nobody expects", 4, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33"}],
			"open": ["F01", "F03", "F48", "F92"]}`},
		{"a gap that is not there", 1, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33"}, {"rule": "F38"}],
			"open": ["F01", "F03", "F48", "F92"], "cannot": ["F09"]}`},
		{"leaving out what loses nothing", 1, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33"}, {"rule": "F38"}],
			"open": ["F01", "F03", "F48", "F92"], "without": {"grades": ["statistic"], "loses": ["F19"]}}`},
		{"leaving out too much", 8, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33"}, {"rule": "F38"}],
			"open": ["F01", "F03", "F48", "F92"], "without": {"grades": ["hearsay", "secondary"], "loses": ["F19"]}}`},
		{"a tension that is not there", 1, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33"}, {"rule": "F38"}],
			"open": ["F01", "F03", "F48", "F92"], "tension": {"id": "T02", "asked": "guidance-requested"}}`},
		{"a rule of a later release", 0, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33"}, {"rule": "F38"}, {"rule": "F999"}],
			"open": ["F01", "F03", "F48", "F92"]}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			// What else the plan shows is expected in every one of them.
			text := strings.Replace(test.list, `"expect": [`, `"expect": [{"rule": "F34"}, {"rule": "F35"}, {"rule": "F36"}, {"rule": "F37"}, {"rule": "F39"}, {"rule": "F42"}, `, 1)
			files := fstest.MapFS{"c03.json": {Data: plan}, "cases.json": {Data: []byte(`{"cases": [` + text + `]}`)}}
			list, err := load(files)
			require.NoError(t, err)
			results, err := list.check(files)
			require.NoError(t, err)
			assert.Equal(t, test.wrong, results[0].mismatches)
		})
	}
}

// TestGrounds holds every record of every plan to its place in a text, or to being made up.
func TestGrounds(t *testing.T) {
	list, err := load(files)
	require.NoError(t, err)
	for _, e := range list.Cases {
		model, _, err := assess(files, e.Plan, mission.View{})
		require.NoError(t, err)
		for ref, r := range model.Records() {
			if ref.Kind == "source" {
				continue
			}
			assert.NotZero(t, r.Grade, "%s %s", e.Plan, ref)
			if r.Grade.String() != "illustrative" {
				assert.Regexp(t, `^S[0-4]:\d+$`, r.At, "%s %s", e.Plan, ref)
				assert.Equal(t, strings.ToLower(r.At[:2]), string(r.Source), "%s %s", e.Plan, ref)
			}
		}
	}
}
