package forecast_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

// monday is when the plans of these tests begin.
var monday = calendar.MustParseDate("2030-01-07").At(0)

func activity(id string) record.Ref {
	return record.Ref{Kind: milestone.KindActivity, ID: record.ID(id)}
}

// sketch is a plan in the making. Durations are in minutes.
type sketch struct {
	spec milestone.Spec
	risk forecast.Spec
}

func newSketch() *sketch {
	s := &sketch{}
	s.spec.Projects = []milestone.Project{{Record: record.New("p"), Name: "p", Start: monday}}
	return s
}

func (s *sketch) task(id string, lasts calendar.Minutes, shape ...forecast.Shape) *milestone.Activity {
	s.spec.Activities = append(s.spec.Activities, milestone.Activity{Record: record.New(record.ID(id)), Name: id, Project: "p", Lasts: lasts})
	for _, sh := range shape {
		s.risk.Estimates = append(s.risk.Estimates, forecast.Estimate{Record: record.New(record.ID("e-" + id)), Subject: activity(id), Shape: sh})
	}
	return &s.spec.Activities[len(s.spec.Activities)-1]
}

func (s *sketch) link(from, to string, kind milestone.Link, lag calendar.Minutes) *milestone.Dependency {
	id := fmt.Sprintf("d%d", len(s.spec.Dependencies))
	s.spec.Dependencies = append(s.spec.Dependencies, milestone.Dependency{Record: record.New(record.ID(id)), Dependent: activity(to), On: activity(from),
		Kind: kind, Lag: lag})
	return &s.spec.Dependencies[len(s.spec.Dependencies)-1]
}

func (s *sketch) after(from string, to ...string) {
	for _, t := range to {
		s.link(from, t, milestone.FinishStart, 0)
	}
}

func (s *sketch) schedule(t testing.TB) *milestone.Schedule {
	t.Helper()
	p, err := milestone.Compile(s.spec, record.View{})
	require.NoError(t, err)
	sched, err := p.Schedule(record.Moment{}, milestone.ScheduleOptions{})
	require.NoError(t, err)
	return sched
}

func (s *sketch) model(t testing.TB, o forecast.ModelOptions) *forecast.Model {
	t.Helper()
	m, err := forecast.NewModel(s.schedule(t), s.risk, o)
	require.NoError(t, err)
	return m
}

func simulate(t testing.TB, m *forecast.Model, o forecast.Options) *forecast.Results {
	t.Helper()
	s, err := forecast.Simulate(t.Context(), m, o)
	require.NoError(t, err)
	r, err := forecast.NewResults(m, s)
	require.NoError(t, err)
	return r
}

func encoded(t testing.TB, s *forecast.Summary) string {
	t.Helper()
	b, err := s.MarshalBinary()
	require.NoError(t, err)
	return string(b)
}

func simulated(t testing.TB, m *forecast.Model, o forecast.Options) *forecast.Summary {
	t.Helper()
	s, err := forecast.Simulate(t.Context(), m, o)
	require.NoError(t, err)
	return s
}

// bridge is Wheatstone's: a and b from the source, c across, d and e to the sink.
func bridge(shape func(id string) (calendar.Minutes, forecast.Shape)) *sketch {
	s := newSketch()
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		lasts, sh := shape(id)
		s.task(id, lasts, sh)
	}
	s.after("a", "c", "d")
	s.after("b", "e")
	s.after("c", "e")
	return s
}

// chance returns the criticality of an activity for the end.
func chance(r *forecast.Results, id string) float64 {
	for _, f := range r.Influences(forecast.End) {
		if f.Ref == activity(id) {
			return f.Critical.P
		}
	}
	return -1
}
