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
	for range 3 {
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
		{"leaving out too much", 9, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33"}, {"rule": "F38"}],
			"open": ["F01", "F03", "F48", "F92"], "without": {"grades": ["hearsay", "secondary"], "loses": ["F19"]}}`},
		{"a tension that is not there", 1, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33"}, {"rule": "F38"}],
			"open": ["F01", "F03", "F48", "F92"], "tension": {"id": "T02", "asked": "guidance-requested"}}`},
		{"a dispute that is not there", 1, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33"}, {"rule": "F38"}],
			"open": ["F01", "F03", "F48", "F92"], "disputed": ["event/no-remit"]}`},
		{"a copy that withholds nothing", 1, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33"}, {"rule": "F38"}],
			"open": ["F01", "F03", "F48", "F92"], "public": {"gone": ["event/no-remit"], "kept": ["mission/growth"], "finds": [{"rule": "F33"}]}}`},
		{"a rule of a later release", 0, `{"id": "x", "plan": "c03.json", "expect": [{"rule": "F19"}, {"rule": "F33"}, {"rule": "F38"}, {"rule": "F999"}],
			"open": ["F01", "F03", "F48", "F92"]}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			// What else the plan shows is expected in every one of them.
			text := strings.Replace(test.list, `"expect": [`, `"expect": [{"rule": "F101"}, {"rule": "F34"}, {"rule": "F35"}, {"rule": "F36"}, {"rule": "F37"}, {"rule": "F39"}, {"rule": "F42"}, `, 1)
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

// TestLoad reads expectations from several files, and refuses what it cannot use.
func TestLoad(t *testing.T) {
	for _, test := range []struct {
		name          string
		first, second string
		want          []string
		err           string
	}{
		{"in the order of their names", `{"cases": [{"id": "C20"}, {"id": "C01, later"}]}`, `{"cases": [{"id": "C01"}]}`, []string{"C01", "C01, later", "C20"}, ""},
		{"one name twice", `{"cases": [{"id": "C01"}]}`, `{"cases": [{"id": "C01"}]}`, nil, "two cases are named C01"},
		{"a word that means nothing", `{"cases": [{"id": "C01", "expects": []}]}`, `{}`, nil, `cases.json: json: unknown field "expects"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, err := load(fstest.MapFS{"cases.json": {Data: []byte(test.first)}, "historic.json": {Data: []byte(test.second)}, "c01.json": {}})
			if test.err != "" {
				require.EqualError(t, err, test.err)
				return
			}
			require.NoError(t, err)
			var ids []string
			for _, e := range list.Cases {
				ids = append(ids, e.ID)
			}
			assert.Equal(t, test.want, ids)
		})
	}
}

// TestCut shortens to whole words.
func TestCut(t *testing.T) {
	for _, test := range []struct {
		text string
		n    int
		want string
	}{
		{"ten months", 10, "ten months"},
		{"ten months, or so", 12, "ten months…"},
		{"ten months", 9, "ten…"},
		{"élan vital", 6, "élan…"},
	} {
		assert.Equal(t, test.want, cut(test.text, test.n))
	}
}

// TestPlans holds every plan in the folder to a case that reads it.
func TestPlans(t *testing.T) {
	list, err := load(files)
	require.NoError(t, err)
	read := make(map[string]bool)
	for _, e := range list.Cases {
		assert.False(t, read[e.Plan], "two cases read %s", e.Plan)
		read[e.Plan] = true
	}
	names, err := files.ReadDir(".")
	require.NoError(t, err)
	for _, f := range names {
		if isPlan(f.Name()) {
			assert.True(t, read[f.Name()], "no case reads %s", f.Name())
		}
	}
}
