package review_test

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

var update = flag.Bool("update", false, "rewrite the golden files and docs/rules.md")

// golden compares a text with a file, or writes the file with -update.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, "rewrite with: go test ./mission/review -update")
}

func run(t *testing.T, spec mission.Spec, view mission.View, options review.Options) *review.Review {
	t.Helper()
	m, err := mission.Compile(spec, view)
	require.NoError(t, err)
	r, err := review.Run(m, options)
	require.NoError(t, err)
	return r
}

func example(t *testing.T, e review.Example) *review.Review {
	t.Helper()
	return run(t, e.Spec, mission.View{On: e.On}, review.Options{})
}

// found lists the ids of the rules that have findings, in order, each once.
func found(r *review.Review) []string {
	ids := []string{}
	for _, f := range r.Findings {
		ids = append(ids, f.Rule.ID)
	}
	return slices.Compact(ids)
}

func untold(r *review.Review) []string {
	ids := []string{}
	for _, u := range r.Unassessed {
		ids = append(ids, u.Rule.ID)
	}
	return slices.Compact(ids)
}

func TestEveryRuleIsDocumented(t *testing.T) {
	id, slug := regexp.MustCompile(`^[A-FW]\d\d+$`), regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	source := regexp.MustCompile(`^(S[0-4]:[1-9]\d*|R[1-9]\d*)$`)
	seen := map[string]bool{}
	for _, r := range review.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			assert.Regexp(t, id, r.ID)
			assert.Regexp(t, slug, r.Slug)
			assert.False(t, seen[r.ID] || seen[r.Slug], "id and slug are the rule's own")
			seen[r.ID], seen[r.Slug] = true, true
			assert.GreaterOrEqual(t, len(r.Why), 80)
			for _, s := range []string{r.Why, r.Fires, r.FalseAlarm} {
				assert.Regexp(t, `^[A-Z].*[a-z0-9)]\.$`, s)
			}
			assert.Regexp(t, `^[A-Z].*[a-z]\?$`, r.Question)
			assert.Regexp(t, `^[A-Z].*[a-z]$`, r.Title)
			text, err := r.Severity.MarshalText()
			require.NoError(t, err)
			assert.Contains(t, []string{"note", "caution", "serious"}, string(text))
			require.NotEmpty(t, r.Sources)
			for _, s := range r.Sources {
				assert.Regexp(t, source, s)
			}
			require.NotEmpty(t, r.Needs)
			for _, n := range r.Needs {
				assert.Regexp(t, `^[a-z].*[a-z]$`, n)
			}
			for _, th := range r.Thresholds {
				assert.Regexp(t, "^"+r.ID+`\.[a-z]+$`, th.Name)
				assert.NotEmpty(t, th.Unit)
				assert.GreaterOrEqual(t, len(th.Meaning), 40)
				assert.GreaterOrEqual(t, th.Value, th.Least)
				assert.Contains(t, r.Fires, th.Name, "the text says what the number does")
				assert.False(t, th.Set)
			}
			for _, e := range []func() review.Example{r.Bad, r.Good, r.Unclear, r.Harmless} {
				require.NotNil(t, e)
				assert.Regexp(t, `^[A-Z].*\.$`, e().Says)
				assert.False(t, e().On.IsZero())
			}
			got, ok := review.Lookup(r.Slug)
			assert.True(t, ok)
			assert.Same(t, r, got)
		})
	}
	assert.True(t, slices.IsSortedFunc(review.Rules(), byID))
	_, ok := review.Lookup("F00")
	assert.False(t, ok)
}

// byID puts F99 before F100 and W01: the rules by their letters, those of one letter by their numbers.
func byID(a, b *review.Rule) int {
	return cmp.Or(strings.Compare(a.ID[:1], b.ID[:1]), cmp.Compare(len(a.ID), len(b.ID)), strings.Compare(a.ID, b.ID))
}

func TestTheOrderOfIDs(t *testing.T) {
	rules := []*review.Rule{{ID: "W01"}, {ID: "F100"}, {ID: "F11"}, {ID: "A05"}, {ID: "F99"}, {ID: "B24"}}
	slices.SortFunc(rules, byID)
	ids := []string{}
	for _, r := range rules {
		ids = append(ids, r.ID)
	}
	assert.Equal(t, []string{"A05", "B24", "F11", "F99", "F100", "W01"}, ids)
}

// Ids, slugs and severities are for others to rely on: a change of this list is a change of the interface.
func TestTheListOfRules(t *testing.T) {
	var b strings.Builder
	for _, r := range review.Rules() {
		fmt.Fprintln(&b, r.ID, r.Slug, r.Severity)
	}
	golden(t, "testdata/rules.txt", b.String())
}

func TestEveryExample(t *testing.T) {
	for _, r := range review.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			assert.Equal(t, []string{r.ID}, found(example(t, r.Bad())), "the bad example yields this finding and no other")
			assert.Empty(t, found(example(t, r.Good())), "the good example")
			assert.NotContains(t, untold(example(t, r.Good())), r.ID, "the good example can be told")
			assert.Empty(t, found(example(t, r.Unclear())), "what cannot be told is no finding")
			assert.Contains(t, untold(example(t, r.Unclear())), r.ID)
			assert.Empty(t, found(example(t, r.Harmless())), "the false alarm")
			assert.NotContains(t, untold(example(t, r.Harmless())), r.ID, "the false alarm is known to be one")
		})
	}
}

// The texts of the examples, as the rules give them, for a reader of the difference to judge.
func TestTextsOfTheExamples(t *testing.T) {
	var b strings.Builder
	for _, r := range review.Rules() {
		for _, e := range []review.Example{r.Bad(), r.Unclear()} {
			fmt.Fprintf(&b, "# %s\n", e.Says)
			got := example(t, e)
			for _, f := range got.Findings {
				fmt.Fprintln(&b, f)
			}
			for _, u := range got.Unassessed {
				if u.Rule == r {
					fmt.Fprintln(&b, u)
				}
			}
		}
	}
	golden(t, "testdata/texts.txt", b.String())
}
