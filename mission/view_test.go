package mission_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

func TestViewWithoutGrades(t *testing.T) {
	m := compiled(t, energy(), mission.View{On: day("2026-01-01"), Without: []record.Grade{record.Hearsay, record.Opinion}})
	assert.Equal(t, []mission.Removed{
		{Kind: milestone.KindObservation, Why: "grade left out", Count: 1}, {Kind: milestone.KindAssessment, Why: "grade left out", Count: 1}, {Kind: mission.KindEvent, Why: "grade left out", Count: 1},
	}, m.Removed(), "in the order of the document")
	for ref, want := range map[record.Ref]record.Removal{
		{Kind: milestone.KindObservation, ID: "share-2024"}: record.ByGrade, {Kind: mission.KindEvent, ID: "no-plan"}: record.ByGrade,
		{Kind: milestone.KindObservation, ID: "share-2023"}: 0, {Kind: mission.KindEvent, ID: "nothing"}: 0,
	} {
		why, out := m.Excluded(ref)
		assert.Equal(t, want, why, "%s", ref)
		assert.Equal(t, want != 0, out)
		_, in := m.Record(ref)
		assert.Equal(t, ref.ID == "share-2023", in)
	}
	s, ok := m.Plan().Standing("power", record.Moment{On: day("2025-06-30")})
	require.True(t, ok)
	assert.Equal(t, "60", s.Parts[0].Actual.String(), "the figure of 2024 is hearsay")
	s, _ = compiled(t, energy(), mission.View{}).Plan().Standing("power", record.Moment{On: day("2025-06-30")})
	assert.Equal(t, "73.80", s.Parts[0].Actual.String())
}

// References mean facts, so what is left out of a fact is told of the fact: whether anything of it is left.
func TestExcludedFacts(t *testing.T) {
	spec := energy()
	for i := range spec.Milestones[:2] {
		spec.Milestones[i].Of, spec.Milestones[i].Grade = "power-step", record.Forecast
	}
	spec.Milestones[0].Grade = record.Hearsay
	spec.Milestones[0].ID = "power-1"
	for i := range spec.Events {
		spec.Events[i].Subject.ID = "power-1"
	}
	for _, c := range []struct {
		without []record.Grade
		fact    record.Removal
		left    int
	}{{nil, 0, 2}, {[]record.Grade{record.Hearsay}, 0, 1}, {[]record.Grade{record.Forecast}, 0, 1}, {[]record.Grade{record.Forecast, record.Hearsay}, record.ByGrade, 0}} {
		m := compiled(t, spec, mission.View{Without: c.without})
		why, out := m.Excluded(stepRef("power-step"))
		assert.Equal(t, c.fact, why, "%v", c.without)
		assert.Equal(t, c.fact != 0, out)
		assert.Len(t, m.Plan().MilestoneVersions("power-step"), c.left)
		_, in := m.Record(stepRef("power-step"))
		assert.Equal(t, c.left > 0, in)
	}
}

func TestPublicView(t *testing.T) {
	m := compiled(t, energy(), mission.View{Audience: record.Public})
	assert.Equal(t, []mission.Removed{
		{Kind: record.KindSource, Why: "for a narrower audience", Count: 1},
		{Kind: accountability.KindParty, Why: "for a narrower audience", Count: 1},
		{Kind: accountability.KindParty, Field: "name", Why: "names of persons are not published", Count: 1},
		{Kind: accountability.KindParty, Field: "x-", Why: "nobody can tell what extension members hold", Count: 1},
		{Kind: milestone.KindMilestone, Field: "x-", Why: "nobody can tell what extension members hold", Count: 2},
		{Field: "x-", Why: "nobody can tell what extension members hold", Count: 1},
	}, m.Removed(), "in the order of the document, its own members last")
	s := m.Spec()
	for _, p := range s.Parties {
		assert.Equal(t, p.Kind == accountability.Person, p.Name == "", "%s", p.ID)
	}
	assert.Equal(t, "ann", m.Name(record.Ref{Kind: accountability.KindParty, ID: "ann"}), "a post is filled by somebody without a name")
	assert.Empty(t, s.Extensions)
	assert.Empty(t, s.Milestones[0].Extensions)
	for _, audience := range []record.Audience{0, record.Official, record.Restricted} {
		m := compiled(t, energy(), mission.View{Audience: audience})
		assert.Equal(t, "Ann Example", m.Name(record.Ref{Kind: accountability.KindParty, ID: "ann"}))
		assert.NotEmpty(t, m.Spec().Extensions)
	}

	renamed := energy()
	renamed.Parties = append(renamed.Parties, accountability.Party{Record: record.Record{ID: "ann-2", Of: "ann", Verb: record.Change}, Kind: accountability.Person, Name: "Ann Married"})
	assert.Contains(t, compiled(t, renamed, mission.View{Audience: record.Public}).Removed(), mission.Removed{Kind: accountability.KindParty, Field: "name", Why: "names of persons are not published", Count: 2})
}

// That a source is not shown does not change since when what rests on it has been known.
func TestASourceThatIsNotShownStillDatesItsRecords(t *testing.T) {
	for _, view := range []mission.View{{}, {Audience: record.Public}, {Without: []record.Grade{record.Illustrative}}} {
		m := compiled(t, energy(), view)
		readings := m.Plan().Observations("share", record.Moment{Known: instant("2025-05-31")})
		assert.Len(t, readings, 2, "the leak came out in June")
		assert.Len(t, m.Plan().Observations("share", record.Moment{Known: instant("2025-06-01")}), 3)
		_, shown := m.Source("leak")
		assert.Equal(t, view.Audience == 0, shown)
	}
}

func TestChanges(t *testing.T) {
	names := func(m *mission.Model) (ids []record.ID) {
		for _, s := range m.Spec().Milestones {
			ids = append(ids, s.ID)
		}
		return ids
	}
	step := milestone.Milestone{Record: record.New("grid"), Name: "A new grid", Missions: []record.ID{"energy"}, Due: when("end-of-parliament")}
	planning := energy().Milestones[2]
	planning.Name = "300 decisions"
	for _, c := range []struct {
		name    string
		changes []mission.Change
		check   func(*testing.T, *mission.Model)
	}{
		{"none", nil, func(t *testing.T, m *mission.Model) {
			assert.Equal(t, []record.ID{"power", "power-2", "planning"}, names(m))
		}},
		{"add", []mission.Change{mission.Add{Records: mission.Spec{Milestones: []milestone.Milestone{step}}}}, func(t *testing.T, m *mission.Model) {
			assert.Equal(t, []record.ID{"power", "power-2", "planning", "grid"}, names(m))
			assert.Equal(t, []record.ID{"power", "grid"}, m.MilestonesOf("energy"))
			assert.Equal(t, day("2029-08-15"), m.Plan().Milestone("grid", record.Moment{})[0].Record.Due.Latest(), "with its named day")
		}},
		{"amend", []mission.Change{mission.Amend{Records: mission.Spec{Milestones: []milestone.Milestone{planning}}}}, func(t *testing.T, m *mission.Model) {
			assert.Equal(t, "300 decisions", m.Name(stepRef("planning")))
		}},
		{"remove one version", []mission.Change{mission.Remove{Refs: []record.Ref{{Kind: mission.KindMission, ID: "energy-2"}}}, mission.Amend{Records: mission.Spec{Outcomes: []mission.Outcome{{Record: record.New("bills"), Name: "Lower bills"}}}}, repoint()}, func(t *testing.T, m *mission.Model) {
			assert.Equal(t, "Clean energy", m.Mission("energy", record.Moment{})[0].Record.Name)
		}},
		{"remove a fact with its versions", []mission.Change{mission.Remove{Refs: []record.Ref{stepRef("power"), {Kind: milestone.KindTarget, ID: "power-95"}, {Kind: milestone.KindAssessment, ID: "amber"},
			{Kind: milestone.KindDependency, ID: "needs-planning"}, {Kind: mission.KindEvent, ID: "asked"}, {Kind: mission.KindEvent, ID: "no-plan"}}}}, func(t *testing.T, m *mission.Model) {
			assert.Equal(t, []record.ID{"planning"}, names(m))
		}},
		{"re-date in every version that has a date", []mission.Change{mission.Redate{Milestone: "power-2", Due: when("2035")}}, func(t *testing.T, m *mission.Model) {
			for _, v := range m.Plan().MilestoneVersions("power") {
				assert.Equal(t, "2035", v.Due.String())
			}
			assert.Empty(t, m.Plan().Slippage("power", record.Moment{}))
		}},
		{"one after the other", []mission.Change{mission.Add{Records: mission.Spec{Milestones: []milestone.Milestone{step}}}, mission.Redate{Milestone: "grid", Due: when("2040")}, mission.Remove{Refs: []record.Ref{stepRef("grid")}}}, func(t *testing.T, m *mission.Model) {
			assert.Equal(t, []record.ID{"power", "power-2", "planning"}, names(m))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec := energy()
			m := compiled(t, spec, mission.View{Changes: c.changes})
			c.check(t, m)
			assert.Equal(t, energy(), spec, "the Spec stays as it was")
		})
	}

	undated := mission.Spec{Milestones: []milestone.Milestone{{Record: record.New("a"), Name: "a"}, {Record: record.Record{ID: "b", Of: "a", Verb: record.Change}, Name: "a"}}}
	m := compiled(t, undated, mission.View{Changes: []mission.Change{mission.Redate{Milestone: "a", Due: when("2030")}}})
	for _, v := range m.Plan().MilestoneVersions("a") {
		assert.Equal(t, "2030", v.Due.String(), "where none has a date, all get it")
	}
}

// repoint puts references to the first version of the mission in the place of those to the second.
func repoint() mission.Change {
	s := energy()
	s.Duties[0].Subject, s.Allocations[0].Subject = mission.Ref("energy"), mission.Ref("energy")
	return mission.Amend{Records: mission.Spec{Duties: s.Duties, Allocations: s.Allocations}}
}

func TestChangesThatDoNotFit(t *testing.T) {
	unknown := record.Ref{Kind: mission.KindEvent, ID: "nothing"}
	_, err := mission.Compile(energy(), mission.View{Changes: []mission.Change{
		mission.Redate{Milestone: "nothing", Due: when("2030")},
		nil,
		mission.Remove{Refs: []record.Ref{unknown, stepRef("power"), {Kind: "quango", ID: "q"}}},
		mission.Amend{Records: mission.Spec{Events: []mission.Event{{Record: record.New("nothing"), Kind: "x"}, {Record: record.New("asked"), Kind: "y"}}, Duties: []accountability.Duty{{Record: record.New("none")}}}},
	}})
	require.Error(t, err)
	assert.Equal(t, `changes[0] (milestone/nothing): there is no milestone "nothing": add it or correct the reference
changes[1]: the change is nil: leave it out
changes[2] (event/nothing): there is no event "nothing": add it or correct the reference
changes[2] (quango/q): there is no quango "q": add it or correct the reference
changes[3] (duty/none): there is no duty "none": add it or correct the reference
changes[3] (event/nothing): there is no event "nothing": add it or correct the reference`, err.Error(), "every one of them")
	first, ok := errors.AsType[*mission.ChangeError](err)
	require.True(t, ok)
	assert.Equal(t, 0, first.Change)
	_, ok = errors.AsType[*record.DanglingError](err)
	assert.True(t, ok)
	assert.ErrorIs(t, err, mission.ErrNoChange)

	_, err = mission.Compile(energy(), mission.View{Changes: []mission.Change{mission.Remove{Refs: []record.Ref{stepRef("planning")}}}})
	faults, ok := errors.AsType[record.Faults](err)
	require.True(t, ok, "what a change breaks is a fault")
	assert.Equal(t, "dependencies[0].on", faults[0].Path)
	_, err = mission.Compile(energy(), mission.View{Changes: []mission.Change{mission.Add{Records: mission.Spec{Milestones: energy().Milestones[2:]}}}})
	_, ok = errors.AsType[*record.DuplicateError](err)
	assert.True(t, ok)
}

// A change that takes out many records, or amends them, takes no longer for that than in proportion.
func TestManyChanges(t *testing.T) {
	spec := large()
	var refs []record.Ref
	for i := range spec.Events {
		refs = append(refs, record.Ref{Kind: mission.KindEvent, ID: spec.Events[i].ID})
	}
	amended := slices.Clone(spec.Dependencies)
	for i := range amended {
		amended[i].LagDays = 1
	}
	m := compiled(t, spec, mission.View{Changes: []mission.Change{mission.Remove{Refs: refs}, mission.Amend{Records: mission.Spec{Dependencies: amended}}}})
	assert.Empty(t, m.Spec().Events)
	for _, d := range m.Spec().Dependencies {
		require.EqualValues(t, 1, d.LagDays)
	}
}
