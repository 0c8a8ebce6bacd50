package review_test

import (
	"errors"
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

func TestOptions(t *testing.T) {
	vacant := accountability.Duty{Duty: accountability.MissionLead, Subject: theMission, State: accountability.Vacant}
	spec := parts(m("2026-06-01"), vacant)
	r := run(t, spec, mission.View{On: on}, review.Options{Rules: []string{"leaderless-mission", "F03", "F38"}, Thresholds: map[string]float64{"F38.days": 28, "F33.days": 7}})
	assert.Equal(t, []string{"F38"}, found(r))
	require.Len(t, r.Coverage.Rules, 2, "only the rules named, each once, in the order of their ids")
	assert.Equal(t, "F03", r.Coverage.Rules[0].Rule.ID)
	require.Len(t, r.Findings[0].Thresholds, 1)
	assert.Equal(t, "F38.days = 28 days (set)", r.Findings[0].Thresholds[0].String())
	assert.Contains(t, r.Findings[0].Text, "more than 28 days")

	r = run(t, spec, mission.View{On: on}, review.Options{})
	assert.Empty(t, found(r), "with the default, the mission is young")
	rule, _ := review.Lookup("F38")
	assert.Equal(t, 100.0, rule.Thresholds[0].Value, "setting a number leaves the rule alone")
	assert.False(t, rule.Thresholds[0].Set)
}

func TestOptionsThatDoNotExist(t *testing.T) {
	r, err := review.Run(nil, review.Options{
		Rules:      []string{"F039", "leaderles-mission", "F38"},
		Thresholds: map[string]float64{"F38.day": 3, "F01.days": math.NaN(), "F48.conditions": 0, "F33.days": math.Inf(1), "zzzzzzzzzzzz": 1},
	})
	assert.Nil(t, r)
	want := []string{
		`there is no rule "F039": did you mean "F03"?`,
		`there is no rule "leaderles-mission": did you mean "leaderless-mission"?`,
		`the threshold F01.days cannot be NaN: give a finite number of at least 0`,
		`the threshold F33.days cannot be +Inf: give a finite number of at least 0`,
		`the threshold F48.conditions cannot be 0: give a finite number of at least 1`,
		`there is no threshold "F38.day": did you mean "F38.days"?`,
		`there is no threshold "zzzzzzzzzzzz": docs/rules.md lists them`,
	}
	assert.Equal(t, want, strings.Split(err.Error(), "\n"))
	unknown, ok := errors.AsType[*review.UnknownError](err)
	require.True(t, ok)
	assert.Equal(t, "F03", unknown.Nearest)
	threshold, ok := errors.AsType[*review.ThresholdError](err)
	require.True(t, ok)
	assert.Equal(t, "F01.days", threshold.Name)
}

func TestAnEmptyModel(t *testing.T) {
	for name, model := range map[string]*mission.Model{"nil": nil, "zero": new(mission.Model)} {
		t.Run(name, func(t *testing.T) {
			r, err := review.Run(model, review.Options{})
			require.NoError(t, err)
			assert.Empty(t, r.Findings)
			assert.Empty(t, r.Unassessed)
			assert.Len(t, r.Coverage.Rules, len(review.Rules()))
			assert.Contains(t, strings.Join(strings.Fields(r.String()), " "), review.NotHealth)
		})
	}
	assert.Equal(t, "Review\n\nFindings: 0\n\nCannot tell: 0\n", strings.SplitAfter(new(review.Review).String(), "\nCoverage")[0][:len("Review\n\nFindings: 0\n\nCannot tell: 0\n")])
}

func TestCoverage(t *testing.T) {
	spec := parts(m("2025-01-01"), graded(never(mission.PracticeChange, theMission), record.Hearsay))
	spec.Events[0].Recorded = on.In(utc)
	spec.Missions[0].Audience = record.Official
	c := run(t, spec, mission.View{On: on}, review.Options{}).Coverage
	assert.Equal(t, []review.KindCount{{Kind: "source", Count: 1}, {Kind: "party", Count: 9}, {Kind: "mission", Count: 1}, {Kind: "event", Count: 1}}, c.Kinds)
	assert.Equal(t, 11, c.Records, "sources apart")
	assert.Equal(t, []int{10, 10, 10}, []int{c.Ungraded, c.Unsourced, c.Undated})
	assert.Empty(t, c.Removed)

	c = run(t, spec, mission.View{On: on, Without: []record.Grade{record.Hearsay}, Audience: record.Public}, review.Options{}).Coverage
	assert.Equal(t, []record.Grade{record.Hearsay}, c.Without)
	assert.Equal(t, record.Public, c.Audience)
	assert.Equal(t, []mission.Removed{
		{Kind: "party", Field: "name", Why: "names of persons are not published", Count: 2},
		{Kind: "mission", Why: "for a narrower audience", Count: 1},
		{Kind: "event", Why: "grade left out", Count: 1},
	}, c.Removed)
	assert.Equal(t, 9, c.Records)
	assert.Equal(t, 0, c.Rules[0].Looked, "the mission is left out")
}

// Leaving a grade out must not turn into "cleared": what rested on it is out of sight.
func TestCompareWithoutHearsay(t *testing.T) {
	spec := parts(m("2025-01-01"), graded(never(mission.PracticeChange, theMission), record.Hearsay), never(mission.PlanPublished, theMission))
	before := run(t, spec, mission.View{On: on}, review.Options{})
	after := run(t, spec, mission.View{On: on, Without: []record.Grade{record.Hearsay}}, review.Options{})
	assert.Equal(t, []string{"F01", "F03"}, found(before))
	assert.True(t, before.Findings[0].Weak)
	assert.False(t, before.Findings[1].Weak)
	c := review.Compare(before, after)
	assert.Empty(t, c.Cleared)
	assert.Empty(t, c.Appeared)
	require.Len(t, c.OutOfSight, 1)
	assert.Equal(t, "F01", c.OutOfSight[0].Rule.ID)
	require.Len(t, c.BecameUnassessable, 1)
	assert.Equal(t, []record.Ref{{Kind: mission.KindEvent, ID: "said"}}, c.BecameUnassessable[0].Missing[0].LeftOut)

	planned := run(t, spec, mission.View{On: on, Changes: []mission.Change{
		mission.Add{Records: mission.Spec{Events: []mission.Event{{Record: record.New("plan"), Kind: mission.PlanPublished, Subject: theMission}}}},
	}}, review.Options{})
	c = review.Compare(before, planned)
	require.Len(t, c.Cleared, 1)
	assert.Equal(t, "F03", c.Cleared[0].Rule.ID)
	c = review.Compare(planned, before)
	require.Len(t, c.Appeared, 1)
	assert.Equal(t, "F03", c.Appeared[0].Rule.ID)
}

func TestTouching(t *testing.T) {
	first := lead("head", accountability.Means{Budget: record.Known(false)})
	first.ID = "lead"
	later := first
	later.ID, later.Of, later.Verb, later.From = "lead-2", "lead", record.Change, when("2026-01-01")
	r := run(t, parts(m(""), first, later), mission.View{On: on}, review.Options{})
	for _, ref := range []record.Ref{theMission, {Kind: "duty", ID: "lead-2"}, {Kind: "duty", ID: "lead"}} {
		require.Len(t, r.Touching(ref), 1, "%s", ref)
		assert.Equal(t, "F41", r.Touching(ref)[0].Rule.ID)
	}
	assert.Empty(t, r.Touching(record.Ref{Kind: "duty", ID: "another"}))
	assert.Empty(t, r.Touching(record.Ref{Kind: "party", ID: "lead"}))
}

func TestBasis(t *testing.T) {
	none := graded(never(mission.PlanPublished, theMission), record.Opinion)
	invented := m("")
	invented.Grade = record.Illustrative
	r := run(t, parts(invented, none), mission.View{On: on}, review.Options{Rules: []string{"F03"}})
	require.Len(t, r.Findings, 1)
	f := r.Findings[0]
	assert.Equal(t, "It rests only on hearsay, opinion or forecast. 1 of the 2 records under it are made up, to show something.", f.Basis())
	assert.Equal(t, `event/said (opinion, an insider, "A paper", p. 3)`, f.Evidence[0].String())
	assert.True(t, f.Evidence[1].Context)
	assert.True(t, strings.HasPrefix(f.String(), "F03 slogan-without-plan (serious) mission/m: It is said (opinion, an insider,"), f.String())
}

func TestSeverity(t *testing.T) {
	for _, s := range []review.Severity{review.Note, review.Caution, review.Serious} {
		b, err := s.MarshalText()
		require.NoError(t, err)
		var back review.Severity
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, s, back)
		assert.Equal(t, string(b), s.String())
	}
	var s review.Severity
	assert.Empty(t, s.String())
	_, ok := errors.AsType[*record.EnumError](s.UnmarshalText([]byte("bad")))
	assert.True(t, ok)
	_, ok = errors.AsType[*record.EnumError](func() error { _, err := review.Severity(9).MarshalText(); return err }())
	assert.True(t, ok)
}

// Names and grounds come from documents that others wrote: they must not break lines or reach a terminal's controls.
func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"Warm homes":              "Warm homes",
		"  Warm \n\t homes ":      "Warm homes",
		"red\x1b[31m alert\x07":   "red [31m alert",
		"Lôn Ffawd":               "Lôn Ffawd",
		"a\u202eb":                "a b",
		"":                        "",
		"del\x7f":                 "del",
		strings.Repeat("a", 160):  strings.Repeat("a", 160),
		strings.Repeat("é", 200):  strings.Repeat("é", 159) + "…",
		strings.Repeat("é ", 200): strings.TrimSpace(strings.Repeat("é ", 79)) + " é…",
	} {
		got := review.Plain(in)
		if strings.HasPrefix(in, "é ") {
			assert.LessOrEqual(t, len([]rune(got)), review.Longest)
			continue
		}
		assert.Equal(t, want, got)
	}
}

// A model serves many readers at once. Run under the race detector this also proves that rules share nothing.
func TestConcurrentReaders(t *testing.T) {
	spec := newDice(11).spec()
	model, err := mission.Compile(spec, mission.View{On: on})
	require.NoError(t, err)
	want, err := review.Run(model, review.Options{})
	require.NoError(t, err)
	var group sync.WaitGroup
	texts := make([]string, 8)
	for i := range texts {
		group.Go(func() {
			r, err := review.Run(model, review.Options{})
			if err == nil {
				c := review.Compare(want, r)
				texts[i] = r.String()
				if !c.IsZero() {
					texts[i] = "differs"
				}
			}
		})
	}
	group.Wait()
	for _, text := range texts {
		assert.Equal(t, want.String(), text)
	}
}

// The day decides what counts as old, and nothing else does.
func TestTheDayMatters(t *testing.T) {
	vacant := accountability.Duty{Duty: accountability.MissionLead, Subject: theMission, State: accountability.Vacant}
	spec := parts(m("2026-01-01"), vacant)
	for day, want := range map[string]string{"2026-01-01": nothing, "2026-04-11": nothing, "2026-04-12": finding, "2030-01-01": finding} {
		got, _ := verdict(run(t, spec, mission.View{On: calendar.MustParseDate(day)}, review.Options{}), "F38", theMission)
		assert.Equal(t, want, got, day)
	}
}
