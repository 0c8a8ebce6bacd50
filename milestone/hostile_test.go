package milestone_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// tangled turns some links of a random plan round and adds others, so that links between activities go in circles.
func tangled(r *rand.Rand) milestone.Spec {
	spec := randomPlan(r, 8)
	n := len(spec.Activities)
	for i := range spec.Dependencies {
		if d := &spec.Dependencies[i]; r.IntN(4) == 0 {
			d.On, d.Dependent = d.Dependent, d.On
		}
	}
	for range r.IntN(3) {
		i, j := r.IntN(n), r.IntN(n)
		if i == j {
			continue
		}
		d := follows(fmt.Sprintf("a%d", i), fmt.Sprintf("a%d", j), milestone.FinishFinish, calendar.Minutes(r.IntN(300)))
		d.ID = record.ID(fmt.Sprintf("x%d", len(spec.Dependencies)))
		spec.Dependencies = append(spec.Dependencies, d)
	}
	return spec
}

// TestTangled has links between activities that go in circles which their starts and finishes do not.
func TestTangled(t *testing.T) {
	circles, entangled, solved := 0, 0, 0
	for seed := range uint64(4000) {
		spec := tangled(rand.New(rand.NewPCG(seed, 12)))
		plan, err := milestone.Compile(spec, record.View{})
		if err != nil {
			requireAs[*milestone.PrecedenceError](t, err)
			circles++
			continue
		}
		s, err := plan.Schedule(record.Moment{}, milestone.ScheduleOptions{})
		if err != nil {
			assert.ErrorIs(t, err, milestone.ErrEntangled, "seed %d", seed)
			entangled++
			continue
		}
		if _, err := plan.Layers(record.Moment{}); err == nil {
			continue // no circle at all
		}
		solved++
		for i, want := range relaxed(spec, s) {
			n := s.All()[i]
			require.Equal(t, want, dates{n.EarlyStart, n.EarlyFinish, n.LateStart, n.LateFinish}, "seed %d, %s", seed, n.Ref)
		}
	}
	t.Logf("%d circles refused, %d entangled, %d solved", circles, entangled, solved)
	assert.Greater(t, min(circles, entangled, solved), 20)
}

// FuzzHostile asks everything of plans with every sort of thing in them, in any order. Nothing panics, and what comes out is whole.
func FuzzHostile(f *testing.F) {
	for seed := range uint64(60) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 13))
		spec := tangled(r)
		n := len(spec.Activities)
		for i := range spec.Activities {
			a := &spec.Activities[i]
			switch r.IntN(8) {
			case 0:
				a.Type, a.Lasts, a.Elapsed, a.Constraints = milestone.Summary, 0, false, nil
				a.Started, a.Finished, a.Remaining = 0, 0, record.Value[calendar.Minutes]{}
			case 1:
				a.Type, a.Constraints = milestone.LevelOfEffort, nil
			case 2:
				a.Constraints = append(a.Constraints, milestone.Constraint{Kind: milestone.AsLate})
			case 3:
				a.Project = ""
			}
		}
		for i := range spec.Activities {
			if k := r.IntN(n); spec.Activities[k].Type == milestone.Summary && k != i {
				spec.Activities[i].PartOf = spec.Activities[k].ID
			}
		}
		for i := range r.IntN(4) {
			m := milestone.Milestone{Record: record.New(record.ID(fmt.Sprintf("m%d", i))), Name: "m", Due: calendar.MonthOf(day("2028-01-01").Add(calendar.Days(r.IntN(100)))), Lasts: calendar.Days(r.IntN(9))}
			if r.IntN(4) == 0 {
				m.Met = calendar.OnDay(day("2028-01-05"))
			}
			spec.Milestones = append(spec.Milestones, m)
			other := activity(fmt.Sprintf("a%d", r.IntN(n)))
			if i > 0 && r.IntN(2) == 0 {
				other = milestone.Ref("m0")
			}
			ends := []record.Ref{milestone.Ref(m.ID), other}
			k := r.IntN(2)
			spec.Dependencies = append(spec.Dependencies, milestone.Dependency{Record: record.New(record.ID(fmt.Sprintf("y%d", i))), Dependent: ends[k], On: ends[1-k],
				Kind: milestone.Link(1 + r.IntN(5)), LagDays: calendar.Days(r.IntN(5) - 1)})
		}
		plan, err := milestone.Compile(spec, record.View{})
		if err != nil {
			return
		}
		options := milestone.ScheduleOptions{Float: milestone.FloatRule(r.IntN(4)), Finish: milestone.FinishRule(r.IntN(2)), Progress: milestone.ProgressRule(r.IntN(2)), DueBinds: r.IntN(2) == 0}
		s, err := plan.Schedule(record.Moment{}, options)
		if err != nil {
			requireAs[*milestone.ScheduleError](t, err)
			require.Nil(t, s)
			return
		}
		for _, to := range []record.Ref{{}, s.All()[r.IntN(len(s.All()))].Ref} {
			paths, _ := s.DrivingPaths(to, 50)
			for _, p := range paths {
				require.NotEmpty(t, p.Nodes)
			}
			require.Len(t, s.Criticality(to), len(s.All()))
			seen := map[int]bool{}
			for _, p := range s.FloatPaths(to, 100) {
				for _, i := range p.Nodes {
					require.False(t, seen[i], "seed %d", seed)
					seen[i] = true
				}
			}
		}
		for _, c := range s.Conflicts() {
			require.NotEmpty(t, c.Arcs)
		}
		for i, n := range s.All() {
			e, ok := s.Explain(n.Ref)
			require.True(t, ok)
			require.NotEmpty(t, e.Early, "seed %d: early %s", seed, n.Ref)
			require.NotEmpty(t, e.Late, "seed %d: late %s", seed, n.Ref)
			for _, p := range s.Parts(i) {
				part := s.All()[p]
				if part.EarlyFinish != 0 {
					require.GreaterOrEqual(t, n.EarlyFinish, part.EarlyFinish)
					require.LessOrEqual(t, n.EarlyStart, max(part.EarlyStart, part.Started))
				}
			}
		}
		again, err := plan.Schedule(record.Moment{}, options)
		require.NoError(t, err)
		require.Equal(t, s.All(), again.All())
		require.Equal(t, s.Remarks(), again.Remarks())
	})
}
