package scenario_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/internal/gen"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
	"github.com/missionled/missionled/mission/scenario"
)

func compare(t testing.TB, before, after *mission.Model, o scenario.Options) *scenario.Difference {
	t.Helper()
	d, err := scenario.Compare(context.Background(), before, after, o)
	require.NoError(t, err)
	return d
}

func written(t testing.TB, d *scenario.Difference) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, d.WriteText(&b))
	return b.String()
}

// supposed draws changes that fit a generated plan.
func supposed(r *rand.Rand, spec mission.Spec) []mission.Change {
	var changes []mission.Change
	for range r.IntN(5) {
		switch r.IntN(7) {
		case 0:
			changes = append(changes, mission.Vacate{Post: spec.Holdings[r.IntN(len(spec.Holdings))].Post, From: calendar.On(2025, 9, 1).Add(calendar.Days(r.IntN(300)))})
		case 1:
			changes = append(changes, mission.Move{Duty: spec.Duties[r.IntN(len(spec.Duties))].ID, To: spec.Parties[r.IntN(len(spec.Parties))].ID})
		case 2:
			changes = append(changes, mission.Redate{Milestone: spec.Milestones[r.IntN(len(spec.Milestones))].ID, Due: calendar.OnDay(calendar.On(2027, 1, 1).Add(calendar.Days(r.IntN(900))))})
		case 3:
			changes = append(changes, mission.Pool{Into: funding.Pool{Record: record.New("joint-" + record.ID(rune('a'+len(changes)))), Name: "Joint"},
				Money: []record.Ref{{Kind: funding.KindAllocation, ID: spec.Allocations[0].ID}, {Kind: funding.KindAllocation, ID: spec.Allocations[1].ID}}})
			spec.Allocations = spec.Allocations[2:]
			if len(spec.Allocations) < 2 {
				return changes
			}
		case 4:
			m := spec.Milestones[r.IntN(len(spec.Milestones))]
			m.Lasts += calendar.Days(r.IntN(100))
			changes = append(changes, mission.Amend{Records: mission.Spec{Milestones: []milestone.Milestone{m}}})
		case 5:
			changes = append(changes, mission.Remove{Refs: []record.Ref{{Kind: milestone.KindDependency, ID: spec.Dependencies[r.IntN(len(spec.Dependencies))].ID}}})
		case 6:
			changes = append(changes, mission.Add{Records: mission.Spec{Lines: []accountability.Line{{Record: record.New("line-" + record.ID(rune('a'+len(changes)))),
				Actor: spec.Parties[r.IntN(len(spec.Parties))].ID, Forum: record.Ref{Kind: accountability.KindParty, ID: "dept-00000"}}}}})
		}
	}
	return changes
}

// FuzzLaws checks of plans with any changes: that the plan itself is as it was; that a plan does not differ from itself; that
// the difference one way is the mirror of that the other way; and that the text is the same every time and fits its lines.
func FuzzLaws(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(seed, uint8(3+seed), false)
	}
	f.Add(uint64(9), uint8(20), true)
	f.Fuzz(func(t *testing.T, seed uint64, size uint8, trials bool) {
		n := 2 + int(size%24)
		spec, kept := gen.Spec(seed, 6, n, n+4), gen.Spec(seed, 6, n, n+4)
		r := rand.New(rand.NewPCG(seed, 1))
		view := mission.View{On: calendar.On(2026, 6, 30)}
		if seed%3 == 0 {
			view.Without = []record.Grade{record.Hearsay}
		}
		before, err := mission.Compile(spec, view)
		require.NoError(t, err)
		view.Changes = supposed(r, spec)
		after, err := mission.Compile(spec, view)
		if wrong, ok := errors.AsType[*mission.ChangeError](err); ok {
			assert.ErrorIs(t, wrong, wrong.Err)
			return
		}
		if _, ok := errors.AsType[record.Faults](err); ok {
			return // such as a line that is about nobody any more
		}
		require.NoError(t, err)
		was := before.Spec()
		o := scenario.Options{Seed: seed}
		if trials {
			o.Trials = 320
		}
		there, back := compare(t, before, after, o), compare(t, after, before, o)
		assert.Equal(t, kept, spec, "the Spec stays as it was")
		assert.Equal(t, was, before.Spec(), "and the first model too")
		assert.Equal(t, back, there.Mirror())
		assert.Equal(t, there, back.Mirror())
		for _, m := range []*mission.Model{before, after} {
			same := compare(t, m, m, o)
			assert.True(t, same.IsZero(), "%s", written(t, same))
		}
		text := written(t, there)
		assert.Equal(t, text, written(t, compare(t, before, after, o)))
		assert.Equal(t, there.IsZero(), strings.Contains(text, "Nothing that was looked at differs."))
		for line := range strings.Lines(text) {
			if len(strings.Fields(line)) > 2 {
				assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), 80+60, line)
			}
		}
	})
}

// The dates of both plans, looked up one by one.
func TestDates(t *testing.T) {
	spec := gen.Spec(5, 3, 60, 90)
	view := mission.View{On: calendar.On(2026, 6, 30)}
	before, err := mission.Compile(spec, view)
	require.NoError(t, err)
	longer := spec.Milestones[3]
	longer.Lasts = 400
	extra := milestone.Milestone{Record: record.Invented("extra"), Name: "Extra"}
	view.Changes = []mission.Change{mission.Amend{Records: mission.Spec{Milestones: []milestone.Milestone{longer}}}, mission.Add{Records: mission.Spec{Milestones: []milestone.Milestone{extra}}}}
	after, err := mission.Compile(spec, view)
	require.NoError(t, err)
	for _, o := range []milestone.ScheduleOptions{{}, {DueBinds: true}, {Begin: calendar.On(2026, 1, 1).At(0)}} {
		d := compare(t, before, after, scenario.Options{Schedule: o})
		was, err := before.Plan().Schedule(record.Moment{}, o)
		require.NoError(t, err)
		is, err := after.Plan().Schedule(record.Moment{}, o)
		require.NoError(t, err)
		moved := make(map[record.Ref]scenario.DateMove)
		for _, x := range d.Dates {
			moved[x.Ref] = x
		}
		require.Len(t, moved, len(d.Dates))
		require.NotEmpty(t, moved)
		for _, b := range is.All() {
			x, ok := moved[b.Ref]
			a, there := was.Of(b.Ref)
			if !there {
				assert.Equal(t, milestone.Ref("extra"), b.Ref)
				assert.Nil(t, x.Before)
				assert.NotNil(t, x.After)
				continue
			}
			differs := a.EarlyStart != b.EarlyStart || a.EarlyFinish != b.EarlyFinish || a.LateStart != b.LateStart || a.LateFinish != b.LateFinish ||
				a.TotalFloat != b.TotalFloat || a.Critical != b.Critical || a.Due != b.Due || a.Finished != b.Finished
			assert.Equal(t, differs, ok, b.Ref)
			if ok {
				assert.Equal(t, [2]calendar.Minute{a.EarlyFinish, b.EarlyFinish}, [2]calendar.Minute{x.Before.EarlyFinish, x.After.EarlyFinish})
				assert.Equal(t, [2]calendar.Minutes{a.TotalFloat, b.TotalFloat}, [2]calendar.Minutes{x.Before.Float, x.After.Float})
			}
		}
	}
}

// The trials of both plans, run and compared one by one: the difference must be theirs, and its error that of the pairs.
func TestChancesArePaired(t *testing.T) {
	slower := town().Milestones[0]
	slower.Lasts += 20
	before, after := compiled(town()), compiled(town(), mission.Amend{Records: mission.Spec{Milestones: []milestone.Milestone{slower}}})
	const trials, seed = 1600, 4
	d := compare(t, before, after, scenario.Options{Trials: trials, Seed: seed})

	met := func(m *mission.Model, trial uint64) map[record.Ref]bool {
		s, err := m.Plan().Schedule(record.Moment{}, milestone.ScheduleOptions{})
		require.NoError(t, err)
		model, err := forecast.NewModel(s, m.Uncertainties(), forecast.ModelOptions{At: m.Moment(record.Moment{})})
		require.NoError(t, err)
		sum, err := forecast.Simulate(context.Background(), model, forecast.Options{Seed: seed, From: trial, Trials: 1, Workers: 1})
		require.NoError(t, err)
		r, err := forecast.NewResults(model, sum)
		require.NoError(t, err)
		in := make(map[record.Ref]bool)
		for _, x := range r.Outcomes() {
			if c, known := x.Met.Get(); known {
				in[x.Ref] = c.P == 1
			}
		}
		return in
	}
	lost, won := make(map[record.Ref]float64), make(map[record.Ref]float64)
	for trial := range uint64(trials) {
		a, b := met(before, trial), met(after, trial)
		for ref := range a {
			switch {
			case a[ref] && !b[ref]:
				lost[ref]++
			case !a[ref] && b[ref]:
				won[ref]++
			}
		}
	}
	require.Len(t, d.Chances, 2)
	for _, x := range d.Chances {
		n := float64(trials)
		by := (won[x.Ref] - lost[x.Ref]) / n
		assert.InDelta(t, by, x.Move.By, 1e-12, x.Ref)
		assert.InDelta(t, x.After.P-x.Before.P, x.Move.By, 1e-12)
		paired := 1.96 * math.Sqrt((won[x.Ref]+lost[x.Ref])/n-by*by) / math.Sqrt(n)
		reach := (x.Move.High - x.Move.Low) / 2
		assert.InDelta(t, 1, reach/paired, 0.5, "as McNemar's variance of paired shares has it, within what 32 batches can say")
		apart := 1.96 * math.Sqrt((x.Before.P*(1-x.Before.P)+x.After.P*(1-x.After.P))/n)
		if x.Ref == milestone.Ref("town") {
			assert.Less(t, reach, apart, "surer than two simulations that have nothing to do with one another")
		}
		assert.Zero(t, won[x.Ref], "a longer step makes nothing earlier")
	}
	odd := compare(t, before, after, scenario.Options{Trials: trials - 5, Seed: seed})
	assert.Equal(t, d.Chances, odd.Chances, "trials are rounded up to whole batches")
}

func TestChancesOfOne(t *testing.T) {
	undue := town().Milestones[0]
	undue.Due = calendar.When{}
	before, after := compiled(town()), compiled(town(), mission.Amend{Records: mission.Spec{Milestones: []milestone.Milestone{undue}}})
	d := compare(t, before, after, scenario.Options{Trials: 64})
	require.Len(t, d.Chances, 1, "the other is as it was in every trial")
	assert.Nil(t, d.Chances[0].After)
	assert.Nil(t, d.Chances[0].Move)
	assert.Contains(t, written(t, d), "only before: ")

	ctx, cancel := context.WithCancelCause(context.Background())
	stop := errors.New("enough")
	cancel(stop)
	_, err := scenario.Compare(ctx, before, after, scenario.Options{Trials: 64})
	assert.ErrorIs(t, err, stop)
	_, err = scenario.Compare(ctx, before, after, scenario.Options{Review: review.Options{Rules: []string{"F999"}}})
	_, ok := errors.AsType[*review.UnknownError](err)
	assert.True(t, ok)
}

// A plan that has a constraint with a date, and no day to begin from, has no schedule. Everything else is compared.
func TestRefused(t *testing.T) {
	spec := mission.Spec{
		Projects: []milestone.Project{{Record: record.New("works"), Name: "Works"}},
		Activities: []milestone.Activity{{Record: record.New("dig"), Name: "Dig", Project: "works", Type: milestone.Task, Lasts: 60,
			Constraints: []milestone.Constraint{{Kind: milestone.FinishNoLater, On: calendar.MustParseWhen("2027-01-01")}}}},
	}
	round, err := mission.Compile(spec, mission.View{})
	require.NoError(t, err)
	d := compare(t, compiled(town()), round, scenario.Options{Trials: 32})
	require.Len(t, d.Refused, 2)
	assert.Equal(t, "dates", d.Refused[0].What)
	assert.True(t, d.Refused[0].After)
	assert.Equal(t, scenario.Refusal{What: "chances", After: true, Why: "the plan cannot be scheduled"}, d.Refused[1])
	assert.Empty(t, d.Dates)
	assert.NotEmpty(t, d.Paths)
	assert.Contains(t, written(t, d), "dates, because of the plan after: no schedule: there is no date to begin from")
	back := compare(t, round, compiled(town()), scenario.Options{Trials: 32})
	assert.Equal(t, back, d.Mirror())
	both := compare(t, round, round, scenario.Options{Trials: 32})
	assert.True(t, both.IsZero())
	assert.Len(t, both.Refused, 4)
	assert.Equal(t, both, both.Mirror())
}

func TestPaths(t *testing.T) {
	committee := record.Ref{Kind: accountability.KindParty, ID: "committee"}
	line := func(id string) mission.Change {
		return mission.Remove{Refs: []record.Ref{{Kind: accountability.KindLine, ID: record.ID(id)}}}
	}
	insulation := record.Ref{Kind: funding.KindAllocation, ID: "insulation"}
	for name, c := range map[string]struct {
		before, after []mission.Change
		forum         record.Ref
		want          map[record.Ref]scenario.Opening
	}{
		"nothing":           {want: map[record.Ref]scenario.Opening{}},
		"a line goes":       {after: []mission.Change{line("line-2")}, want: map[record.Ref]scenario.Opening{insulation: scenario.Closes}},
		"a line comes":      {before: []mission.Change{line("line-1")}, want: map[record.Ref]scenario.Opening{homes: scenario.Opens}},
		"a post empties":    {after: []mission.Change{mission.Vacate{Post: "director", From: today}}, forum: committee, want: map[record.Ref]scenario.Opening{homes: scenario.Closes}},
		"another forum":     {after: []mission.Change{line("line-1")}, forum: record.Ref{Kind: accountability.KindParty, ID: "council"}, want: map[record.Ref]scenario.Opening{homes: scenario.Diverted}},
		"the money goes":    {after: []mission.Change{mission.Remove{Refs: []record.Ref{insulation}}}, want: map[record.Ref]scenario.Opening{insulation: scenario.Closes}},
		"nobody says whose": {after: []mission.Change{unpaid()}, want: map[record.Ref]scenario.Opening{insulation: scenario.Diverted}},
	} {
		t.Run(name, func(t *testing.T) {
			d := compare(t, compiled(town(), c.before...), compiled(town(), c.after...), scenario.Options{Forum: c.forum})
			got := make(map[record.Ref]scenario.Opening)
			for _, p := range d.Paths {
				got[p.Of] = p.Move
			}
			assert.Equal(t, c.want, got)
			for _, p := range d.Paths {
				assert.Equal(t, p.Move == scenario.Opens, (p.After != nil && p.After.Open) && !(p.Before != nil && p.Before.Open))
			}
		})
	}
}

func unpaid() mission.Change {
	money := town().Allocations[0]
	money.PaidBy = ""
	return mission.Amend{Records: mission.Spec{Allocations: []funding.Allocation{money}}}
}

func TestHolders(t *testing.T) {
	follows := town().Holdings[0]
	follows.Holder = "person-2"
	renewed := mission.Amend{Records: mission.Spec{Holdings: []accountability.Holding{follows}}}
	d := compare(t, compiled(town()), compiled(town(), renewed), scenario.Options{})
	require.Len(t, d.Holders, 1)
	assert.Equal(t, []record.ID{"person-1"}, d.Holders[0].Before.Holders)
	assert.Equal(t, []record.ID{"person-2"}, d.Holders[0].After.Holders)
	text := written(t, d)
	assert.Contains(t, text, "held, by another than before")
	assert.NotContains(t, text, "person-", "persons are not named, nor are their ids")

	rough := town().Holdings[0]
	rough.Until = calendar.MustParseWhen("2026")
	d = compare(t, compiled(town()), compiled(town(), mission.Amend{Records: mission.Spec{Holdings: []accountability.Holding{rough}}}), scenario.Options{})
	require.Len(t, d.Holders, 1)
	assert.False(t, d.Holders[0].After.Certain)
	assert.Contains(t, written(t, d), "not as sure as before")
}

func TestWires(t *testing.T) {
	other := town().Duties[1]
	other.ID = "decides-too"
	same := []mission.Change{mission.Remove{Refs: []record.Ref{{Kind: accountability.KindDuty, ID: "decides"}}}, mission.Add{Records: mission.Spec{Duties: []accountability.Duty{other}}}}
	assert.Empty(t, scenario.CompareWiring(compiled(town()), compiled(town(), same...)), "that another record says the same is no difference")

	unclear := town().Duties[1]
	unclear.Post, unclear.State = "", accountability.Unclear
	moves := scenario.CompareWiring(compiled(town()), compiled(town(), mission.Amend{Records: mission.Spec{Duties: []accountability.Duty{unclear}}}))
	require.Len(t, moves, 1)
	assert.Equal(t, []scenario.Wire{{As: accountability.Decide, State: accountability.Unclear, By: record.Ref{Kind: accountability.KindDuty, ID: "decides"}}}, moves[0].After.Decides)

	shared := town().Duties[1]
	shared.ID, shared.Post, shared.Part = "decides-too", "health", "who is at risk"
	m := compiled(town(), mission.Add{Records: mission.Spec{Duties: []accountability.Duty{shared}}})
	w := scenario.Wiring(m, homes, record.Moment{})
	require.Len(t, w.Decides, 2)
	assert.Equal(t, record.ID("health"), w.Decides[0].Party, "in the order of the parties")
	assert.Equal(t, "who is at risk", w.Decides[0].Part)
	require.Len(t, w.Answers, 1)
	assert.Equal(t, accountability.MissionLead, w.Answers[0].As)
	assert.Empty(t, w.Pays, "nobody says")
	assert.True(t, scenario.Wiring(nil, homes, record.Moment{}).IsZero())
}

// What it costs to read a Difference by machine: every member has a name, and equal differences have equal bytes.
func TestJSON(t *testing.T) {
	gone := mission.Vacate{Post: "director", From: calendar.On(2026, 5, 1)}
	d := compare(t, compiled(town()), compiled(town(), gone), scenario.Options{Trials: 64, Review: review.Options{Rules: []string{"F38"}}})
	b, err := json.Marshal(d)
	require.NoError(t, err)
	var back scenario.Difference
	require.NoError(t, json.Unmarshal(b, &back))
	again, err := json.Marshal(&back)
	require.NoError(t, err)
	assert.Equal(t, string(b), string(again))
	assert.NotRegexp(t, `"[A-Z]\w*":`, string(b), "members are in lower case")
	assert.Contains(t, string(b), `"paths":[{"of":"mission/warm-homes","name":"Every home warm","move":"closes"`)

	empty, err := json.Marshal(new(scenario.Difference))
	require.NoError(t, err)
	assert.Equal(t, "{}", string(empty))
}

func TestOpening(t *testing.T) {
	for _, o := range []scenario.Opening{scenario.Opens, scenario.Closes, scenario.Diverted} {
		b, err := o.MarshalText()
		require.NoError(t, err)
		var back scenario.Opening
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, o, back)
		assert.Equal(t, string(b), o.String())
	}
	var o scenario.Opening
	_, ok := errors.AsType[*record.EnumError](o.UnmarshalText([]byte("ajar")))
	assert.True(t, ok)
	assert.Empty(t, o.String())
}

func TestNilModels(t *testing.T) {
	d := compare(t, nil, nil, scenario.Options{})
	assert.True(t, d.IsZero())
	assert.Equal(t, "Before and after\n\nNothing that was looked at differs.\n", written(t, d))
	d = compare(t, nil, compiled(town()), scenario.Options{})
	assert.Empty(t, d.Findings.Appeared, "of what was not looked at nobody may say that it appeared")
	assert.NotEmpty(t, d.Findings.InSight)
	assert.Len(t, d.Dates, 2)
	assert.Nil(t, d.Dates[0].Before)

	k, err := scenario.ToKnow(nil, scenario.Question{Rule: "F38"})
	require.NoError(t, err)
	assert.Empty(t, k.Needs)
	_, err = scenario.ToKnow(nil, scenario.Question{Rule: "F38", Thresholds: map[string]float64{"F38.weeks": 1}})
	_, ok := errors.AsType[*review.UnknownError](err)
	assert.True(t, ok)
}

// The findings of a difference are those of the two reviews, and each verdict that differs stands in one list.
func TestFindingsPartition(t *testing.T) {
	for seed := range uint64(6) {
		spec := gen.Spec(seed, 5, 30, 40)
		view := mission.View{On: calendar.On(2026, 6, 30)}
		before, err := mission.Compile(spec, view)
		require.NoError(t, err)
		view.Without = []record.Grade{record.Hearsay, record.Opinion}
		after, err := mission.Compile(spec, view)
		require.NoError(t, err)
		f := compare(t, before, after, scenario.Options{}).Findings
		key := func(x review.Finding) string { return x.Rule.ID + " " + x.Subject.String() }
		all := func(list []review.Finding) map[string]bool {
			keys := make(map[string]bool)
			for _, x := range list {
				keys[key(x)] = true
			}
			return keys
		}
		was, is := all(review.Of(before).Findings), all(review.Of(after).Findings)
		appeared, cleared, in, out := all(f.Appeared), all(f.Cleared), all(f.InSight), all(f.OutOfSight)
		for k := range was {
			assert.Equal(t, !is[k], cleared[k] || out[k], k)
			assert.False(t, cleared[k] && out[k], k)
		}
		for k := range is {
			assert.Equal(t, !was[k], appeared[k] || in[k], k)
			assert.False(t, appeared[k] && in[k], k)
		}
		for _, u := range f.Raised {
			assert.False(t, was[u.Rule.ID+" "+u.Subject.String()], "of what the first did not look at it had no finding")
		}
		untold := len(review.Of(after).Unassessed) - len(review.Of(before).Unassessed)
		assert.Equal(t, untold, len(f.BecameUnassessable)+len(f.Raised)-len(f.BecameAssessable)-len(f.Lapsed))
		for _, c := range f.Changed {
			assert.True(t, was[key(c.Before)] && is[key(c.After)])
		}
	}
}

func BenchmarkCompare(b *testing.B) {
	spec := gen.Spec(1, 10, 10_000, 20_000)
	view := mission.View{On: calendar.On(2026, 6, 30)}
	before, err := mission.Compile(spec, view)
	require.NoError(b, err)
	longer := spec.Milestones[100]
	longer.Lasts += 90
	view.Changes = []mission.Change{mission.Amend{Records: mission.Spec{Milestones: []milestone.Milestone{longer}}}, mission.Vacate{Post: "post-00001", From: calendar.On(2026, 1, 1)}}
	after, err := mission.Compile(spec, view)
	require.NoError(b, err)
	for _, c := range []struct {
		name string
		o    scenario.Options
	}{
		{"one rule", scenario.Options{Review: review.Options{Rules: []string{"F38"}}}},
		{"every rule", scenario.Options{}},
		{"every rule and 3,200 trials", scenario.Options{Trials: 3200}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				compare(b, before, after, c.o)
			}
		})
	}
	b.Run("wiring", func(b *testing.B) {
		for b.Loop() {
			scenario.CompareWiring(before, after)
		}
	})
	b.Run("to know", func(b *testing.B) {
		for b.Loop() {
			_, err := scenario.ToKnow(before, scenario.Question{Rule: "F38"})
			require.NoError(b, err)
		}
	})
}
