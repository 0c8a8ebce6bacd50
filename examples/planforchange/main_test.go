package main

import (
	"bytes"
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

var update = flag.Bool("update", false, "rewrite golden files")

func print(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	require.Equal(t, 0, run(args, &out, &errs), errs.String())
	require.Empty(t, errs.String())
	return out.String()
}

// TestAccounts holds the account, and three other views of it, against golden files.
func TestAccounts(t *testing.T) {
	for name, args := range map[string][]string{
		"account":     nil,
		"end-of-2024": {"-known", "2024-12-31"},
		"no-hearsay":  {"-without", "hearsay,opinion"},
		"public":      {"-public"},
	} {
		t.Run(name, func(t *testing.T) {
			got := print(t, args...)
			file := filepath.Join("testdata", name+".txt")
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
			for line := range strings.Lines(got) {
				assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), width, line)
			}
			for range 20 {
				require.Equal(t, got, print(t, args...), "the same bytes every time")
			}
		})
	}
}

func TestViews(t *testing.T) {
	whole := print(t)
	assert.Contains(t, whole, "not a Cabinet committee")
	assert.Contains(t, whole, "Board: Cabinet committee", "rival claims stand side by side")
	assert.Contains(t, whole, "Asked before: at least 100", "a target revised in public is remembered")
	assert.Contains(t, whole, "F19 imposed-milestone (caution)")

	quiet := print(t, "-without", "hearsay,opinion")
	assert.NotContains(t, quiet, "not a Cabinet committee")
	assert.NotContains(t, quiet, "F19 imposed-milestone (caution)")
	assert.Contains(t, quiet, "F33 board-undisclosed (caution)", "a document still says it")

	early := print(t, "-known", "2024-12-31")
	assert.NotContains(t, early, "F38", "the essay was not yet written")
	assert.NotContains(t, early, "61.7", "nor the figure published")

	later := print(t, "-on", "2031-06-30")
	assert.Contains(t, later, "its day has passed and no figures for it are recorded")

	assert.Contains(t, whole, "Chris Stark")
	assert.NotContains(t, print(t, "-public"), "Chris Stark")
}

func TestWrongUse(t *testing.T) {
	for _, args := range [][]string{{"-on", "31/12/2025"}, {"-known", "soon"}, {"-without", "gossip"}, {"-nonsense"}, {"plan.json"}, {"-plan", "absent.json"}} {
		var out, errs bytes.Buffer
		assert.Equal(t, 2, run(args, &out, &errs), args)
		assert.NotEmpty(t, errs.String())
	}
	faulty := filepath.Join(t.TempDir(), "faulty.json")
	require.NoError(t, os.WriteFile(faulty, []byte(`{"format": "missionled/1", "missions": [{"id": "m"}], "dew": 1}`), 0o644))
	var out, errs bytes.Buffer
	assert.Equal(t, 1, run([]string{"-plan", faulty}, &out, &errs))
	assert.Equal(t, 2, strings.Count(errs.String(), "\n"), "every fault: %s", errs.String())
}

// TestPlan holds the plan to its own rules: every record has a grade, every fact a source, and nothing sourced is called
// illustrative.
func TestPlan(t *testing.T) {
	spec, err := document.Unmarshal(plan, document.Options{})
	require.NoError(t, err)
	assert.Len(t, spec.Missions, 5)
	assert.Len(t, spec.Milestones, 6)
	rows, err := document.Rows(spec)
	require.NoError(t, err)
	for _, row := range rows {
		if row.Ref.Kind == record.KindSource {
			continue
		}
		text := string(row.Data)
		illustrative := strings.Contains(text, `"grade":"illustrative"`)
		assert.Contains(t, text, `"grade":`, row.Ref)
		assert.Equal(t, !illustrative, strings.Contains(text, `"source":`), row.Ref)
	}
}
