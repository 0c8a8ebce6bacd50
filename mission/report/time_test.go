package report_test

import (
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/report"
)

// works reads a plan with work, money, mandates and readings: what the small plan has not.
func works(t testing.TB) mission.Spec {
	t.Helper()
	data, err := os.ReadFile("testdata/works.json")
	require.NoError(t, err)
	spec, err := document.Unmarshal(data, document.Options{})
	require.NoError(t, err)
	return spec
}

// scheduled compiles a plan and makes the options of its page: schedule and, where there are trials, forecast.
func scheduled(t testing.TB, spec mission.Spec, view mission.View, trials uint64) (*mission.Model, *report.Options) {
	t.Helper()
	m := compile(t, spec, view)
	s, err := m.Plan().Schedule(m.Moment(record.Moment{}), milestone.ScheduleOptions{})
	require.NoError(t, err)
	opt := &report.Options{Schedule: s, Ambitions: map[record.ID]forecast.TrendAmbition{"nine-level": {Floor: 88, Central: 90, Stretch: 93}}}
	if trials > 0 {
		fm, err := forecast.NewModel(s, m.Uncertainties(), forecast.ModelOptions{At: m.Moment(record.Moment{})})
		require.NoError(t, err)
		sum, err := forecast.Simulate(context.Background(), fm, forecast.Options{Seed: 7, Trials: trials, Targets: []record.Ref{forecast.End, milestone.Ref("west")}})
		require.NoError(t, err)
		opt.Results, err = forecast.NewResults(fm, sum)
		require.NoError(t, err)
	}
	return m, opt
}

// agenda is what the experiments of the plan of works are worth for going on with it or not.
func agenda(t testing.TB, m *mission.Model) *learning.Agenda {
	t.Helper()
	a, err := m.Ledger().Next(context.Background(), record.Moment{}, learning.Stakes{
		Target: mission.Ref("trains"), Currency: "GBP", PerWeek: 500, Budget: 50_000,
		Actions: []learning.Action{{Name: "leave it"}, {Name: "go on", IfReached: 3_000_000, IfNot: -2_500_000}},
	}, learning.OutlookOptions{})
	require.NoError(t, err)
	return a
}

// before is the plan of works as it was told three months earlier.
func before(t testing.TB) *mission.Model {
	t.Helper()
	spec := works(t)
	for i := range spec.Milestones {
		switch m := &spec.Milestones[i]; m.ID {
		case "west":
			m.Due = calendar.MustParseWhen("2027-03-31")
		case "asked":
			m.Met = calendar.When{}
		}
	}
	spec.Events = spec.Events[1:]
	spec.Duties = append(spec.Duties[:1], spec.Duties[2:]...)
	spec.Freedoms[1].Perceived = record.Known(true)
	return compile(t, spec, mission.View{On: calendar.MustParseDate("2026-03-15")})
}

func TestWorksPage(t *testing.T) {
	m, opt := scheduled(t, works(t), mission.View{}, 20000)
	opt.Since, opt.Agendas = before(t), []*learning.Agenda{agenda(t, m)}
	page := write(t, m, opt)
	checkPage(t, page)
	golden(t, "works", page)
	assert.NotEmpty(t, page)
}
