package report_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/report"
	"github.com/missionled/missionled/mission/review"
)

var update = flag.Bool("update", false, "rewrite the golden pages")

// small reads the plan that the tests share, which has a record of nearly every kind and state.
func small(t testing.TB) mission.Spec {
	t.Helper()
	data, err := os.ReadFile("testdata/small.json")
	require.NoError(t, err)
	spec, err := document.Unmarshal(data, document.Options{})
	require.NoError(t, err)
	return spec
}

func compile(t testing.TB, spec mission.Spec, view mission.View) *mission.Model {
	t.Helper()
	if view.On.IsZero() {
		view.On = spec.AsOf
	}
	m, err := mission.Compile(spec, view)
	require.NoError(t, err)
	return m
}

func write(t testing.TB, m *mission.Model, opt *report.Options) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, report.Write(&b, m, nil, opt))
	return b.String()
}

// views are those from which the golden pages look.
func views() map[string]mission.View {
	return map[string]mission.View{
		"small":  {},
		"public": {Audience: record.Public, Without: []record.Grade{record.Hearsay}},
		"before": {On: calendar.MustParseDate("2025-01-31"), Known: calendar.MustParseDate("2025-02-01").In(nil)},
	}
}

func TestGolden(t *testing.T) {
	pages := map[string]*mission.Model{"empty": nil}
	for name, view := range views() {
		pages[name] = compile(t, small(t), view)
	}
	for name, m := range pages {
		t.Run(name, func(t *testing.T) {
			got := write(t, m, nil)
			checkPage(t, got)
			golden(t, name, got)
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".html")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.True(t, got == string(want), "%s is not what is written now: look at the difference after go test ./mission/report -update", file)
}

// TestPageSays holds the page of the small plan to what a reader must be able to find in it.
func TestPageSays(t *testing.T) {
	text := words(readPage(t, write(t, compile(t, small(t), mission.View{}), nil)))
	for _, want := range []string{
		"As things stood on 31 March 2026, by all that is recorded.",
		"2 missions and 5 milestones: 1 met, 1 not met, 2 scheduled, 1 not known.",
		"What is to be true Nobody lives in a cold home.",
		"the end of this Parliament (1 January 2028 to 15 August 2029)",
		"Another claimant: called “Clearer roads”, horizon 2035, stage closed",
		"Head of the housing mission (Department of Housing) the post is vacant: its last recorded holding has ended",
		"held by Alex Example, since 5 July 2024",
		"May commit money: yes Has people: unknown (nobody was asked)",
		"Caution: read off a title and stated nowhere",
		"To be succeeded by: Alex Example",
		"Standing: Cabinet committee Chair: Housing Secretary",
		"withheld (proceedings of Cabinet committees)",
		"4 members: Roads Secretary, Alex Example, Sam Sample and A tenants' group",
		"published: January 2025",
		"Was to be chaired by: Housing Secretary",
		"Homes insulated scheduled Asked: at least 1,000,000 homes Latest: 450,500 homes (2025), from 0 homes 45% of the way",
		"Asked before: at least 1,200,000 homes The plan, p. 3; document",
		"Share of homes that are warm scheduled Asked: at least 75% Latest: 70.25% (2025), from 71.50% −36% of the way: further off than at the start",
		"Latest: 12 minutes (2025), from 30 minutes 120% of the way: beyond what is asked",
		"Moved from 2027 to 30 June 2028: 182 to 546 days later",
		"Forecast: October to December 2028",
		"Claimed: met, rated “green” on the scale “delivery confidence”, by Department of Housing, 10 February 2026 A newspaper; secondary",
		"The claims do not agree.",
		"Vague by design: trust is found out by asking",
		"Due: quarter 3 of 2025–26 (October to December 2025)",
		"may start 30 days after this is finished: A law on landlords",
		"claimants differ; one says: needs",
		"Milestones of no mission",
		"Duties on other subjects",
		"The builders' unit delivery unit On: The retrofit programme",
		"No child sleeps in a damp room For: children Expected: 2030 Shown by: Homes insulated Outcome owner: unclear",
		"Its address is no web address: javascript:alert(1)",
		"Illustrative: 4 of 56 records are made up",
		review.NotHealth,
		"The view leaves nothing out.",
		"grade what kind of source stands behind a record",
	} {
		assert.Contains(t, text, want)
	}
	for _, never := range []string{"ungraded nobody", "score", "rank"} {
		assert.NotContains(t, text, never, "the glossary has only words that the page uses, and nothing is ranked")
	}
}

func TestBeforeTheChange(t *testing.T) {
	text := words(readPage(t, write(t, compile(t, small(t), views()["before"]), nil)))
	assert.Contains(t, text, "As things stood on 31 January 2025, as far as was known on 1 February 2025.")
	assert.Contains(t, text, "Asked: at least 1,200,000 homes")
	assert.NotContains(t, text, "Asked before:")
	assert.NotContains(t, text, "Moved")
	assert.NotContains(t, text, "30 June 2028")
	assert.NotContains(t, text, "A newspaper", "it had not come out")
}

func TestPublicNamesNobody(t *testing.T) {
	page := write(t, compile(t, small(t), mission.View{Audience: record.Public}), nil)
	for _, name := range []string{"Alex", "Example, since", "Sam Sample", "alex-example", "sam-sample", "Minutes of a meeting"} {
		assert.NotContains(t, page, name)
	}
	text := words(readPage(t, page))
	assert.Contains(t, text, "held; the holder’s name is left out, since 5 July 2024")
	assert.Contains(t, text, "4 members: Roads Secretary, A tenants' group and 2 persons, whose names are left out")
	assert.Contains(t, text, "To be succeeded by: a person")
	assert.Contains(t, text, "For: the public. No person is named.")
	assert.Contains(t, text, "What this copy leaves out What was left out, and why. It names nothing, so that it may be read by anybody. What is left out, how many and why What How many Why")
}

func TestWhatIfIsSaid(t *testing.T) {
	spec := small(t)
	view := mission.View{Changes: []mission.Change{mission.Remove{Refs: []record.Ref{{Kind: "dependency", ID: "queues-need-bridge"}}}}}
	text := words(readPage(t, write(t, compile(t, spec, view), nil)))
	assert.Contains(t, text, "What if: 1 change was made to the plan to see what would follow.")
}

func TestReviewOfAnotherDayIsSaid(t *testing.T) {
	m := compile(t, small(t), mission.View{})
	other := review.Of(compile(t, small(t), mission.View{On: calendar.MustParseDate("2025-01-01")}))
	var b bytes.Buffer
	require.NoError(t, report.Write(&b, m, other, nil))
	assert.Contains(t, b.String(), "The findings are those of another day or instant than the rest of the page.")
}

func TestEmpty(t *testing.T) {
	for name, m := range map[string]*mission.Model{"nil": nil, "zero": new(mission.Model), "empty spec": compile(t, mission.Spec{}, mission.View{})} {
		page := write(t, m, nil)
		checkPage(t, page)
		text := words(readPage(t, page))
		assert.Contains(t, text, "A plan without a title", name)
		assert.Contains(t, text, "No mission is recorded.", name)
		assert.Contains(t, text, "No day was given", name)
		assert.NotContains(t, page, "picture1", name)
	}
}

func TestOptions(t *testing.T) {
	m := compile(t, small(t), mission.View{})
	page := write(t, m, &report.Options{Title: "Another  title", MapNodes: -1, Unfolded: -1})
	checkPage(t, page)
	assert.Contains(t, page, "<h1><bdi>Another title</bdi></h1>")
	assert.NotContains(t, page, "<svg xmlns", "no map")
	assert.NotContains(t, page, `<details open=""><summary>5 milestones`)

	page = write(t, m, &report.Options{MapNodes: 6})
	checkPage(t, page)
	text := words(readPage(t, page))
	assert.Contains(t, text, "The plan has 8 items, too many for one picture that a person can read.")
	assert.Contains(t, text, "Department of Housing: 2", "departments in place of their milestones")
	assert.Contains(t, text, "Map of “Clear roads”", "the missions that fit have a map of their own")
}

func TestSameBytes(t *testing.T) {
	was := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(was)
	first := write(t, compile(t, small(t), mission.View{}), nil)
	for i := range 20 {
		runtime.GOMAXPROCS(1 + i%2)
		require.True(t, first == write(t, compile(t, small(t), mission.View{}), nil), "run %d differs", i)
	}
}

// brokenWriter takes no bytes.
type brokenWriter struct{ calls int }

func (w *brokenWriter) Write([]byte) (int, error) {
	w.calls++
	return 0, os.ErrClosed
}

func TestErrorsOfTheWriterComeBack(t *testing.T) {
	var w brokenWriter
	assert.ErrorIs(t, report.Write(&w, nil, nil, nil), os.ErrClosed)
	assert.Equal(t, 1, w.calls)
}

// words is the text that a page shows, with single spaces.
func words(es []element) string {
	var b strings.Builder
	for _, e := range es {
		b.WriteString(e.run)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
