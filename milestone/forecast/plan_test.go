package forecast_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

func clock(h, m int) calendar.Clock { return calendar.Clock(60*h + m) }

// calendars are three that disagree: office hours without bank holidays, two shifts with an early Saturday, and nights.
func calendars() []milestone.Calendar {
	shift := func(a, b calendar.Clock) calendar.Shift { return calendar.Shift{From: a, Until: b} }
	office := calendar.Weekdays(shift(clock(9, 0), clock(12, 30)), shift(clock(13, 30), clock(17, 0)))
	shifts := calendar.Weekdays(shift(clock(6, 0), clock(22, 0)))
	shifts.Saturday = []calendar.Shift{shift(clock(7, 0), clock(11, 15))}
	nights := calendar.EveryDay(shift(clock(0, 0), clock(4, 0)), shift(clock(20, 0), clock(24, 0)))
	return []milestone.Calendar{
		{Record: record.New("office"), Name: "office", Week: office, BankHolidays: calendar.EnglandAndWales},
		{Record: record.New("shifts"), Name: "shifts", Week: shifts},
		{Record: record.New("nights"), Name: "nights", Week: nights, Except: []calendar.Exception{{From: calendar.MustParseDate("2030-02-01"), Until: calendar.MustParseDate("2030-02-20")}}},
	}
}

// wild makes a plan of all that a plan may have. Links lead from lower to higher numbers.
func wild(seed uint64, n int, several bool) *sketch {
	r := rand.New(rand.NewPCG(seed, 1))
	s := newSketch()
	s.spec.Calendars = calendars()
	names := []record.ID{"office", "office", "shifts", "nights", ""}
	if !several {
		names = names[:1]
	}
	s.spec.Projects[0].Start = monday.Add(calendar.Minutes(r.IntN(3000)))
	s.spec.Projects[0].Calendar = names[r.IntN(len(names))]
	progress := r.IntN(3) == 0
	if progress {
		s.spec.Projects[0].DataDate = s.spec.Projects[0].Start.Add(20 * calendar.Day)
	}
	when := func() calendar.When {
		return calendar.OnDay(monday.Date().Add(calendar.Days(r.IntN(120))))
	}
	for i := range n {
		id := fmt.Sprintf("a%02d", i)
		a := s.task(id, calendar.Minutes(r.IntN(4000)+1))
		a.Calendar = names[r.IntN(len(names))]
		switch r.IntN(12) {
		case 0:
			a.Type, a.Lasts = milestone.FinishMilestone, 0
		case 1:
			a.Type, a.Lasts = milestone.StartMilestone, 0
		case 2:
			a.Lasts = 0
		case 3:
			a.Elapsed = several
		case 4:
			kinds := []milestone.ConstraintKind{milestone.StartNoEarlier, milestone.FinishNoEarlier, milestone.StartNoLater, milestone.FinishNoLater,
				milestone.MustStart, milestone.MustFinish, milestone.Deadline, milestone.MandatoryStart, milestone.MandatoryFinish}
			a.Constraints = []milestone.Constraint{{Kind: kinds[r.IntN(len(kinds))], On: when()}}
		case 5:
			if progress {
				a.Started = s.spec.Projects[0].Start.Add(calendar.Minutes(r.IntN(10)) * calendar.Day)
				a.Remaining = record.Known(calendar.Minutes(r.IntN(2000) + 1))
			}
		case 6:
			if progress {
				a.Started = s.spec.Projects[0].Start.Add(calendar.Minutes(r.IntN(10)) * calendar.Day)
				a.Finished = a.Started.Add(calendar.Minutes(r.IntN(8)) * calendar.Day)
			}
		}
	}
	kinds := []milestone.Link{milestone.FinishStart, milestone.FinishStart, milestone.StartStart, milestone.FinishFinish, milestone.StartFinish}
	for j := 1; j < n; j++ {
		for range 1 + r.IntN(3) {
			i := r.IntN(j)
			lag := calendar.Minutes(0)
			if r.IntN(2) == 0 {
				lag = calendar.Minutes(r.IntN(3000) - 1000)
			}
			d := s.link(fmt.Sprintf("a%02d", i), fmt.Sprintf("a%02d", j), kinds[r.IntN(len(kinds))], lag)
			if several && r.IntN(3) == 0 {
				d.LagOn = milestone.LagCalendar(1 + r.IntN(4))
			}
		}
	}
	if r.IntN(2) == 0 { // summaries, one within the other, with links of their own
		for _, id := range []string{"s0", "s1", "s2"} {
			a := s.task(id, 0)
			a.Type = milestone.Summary
		}
		s.spec.Activities[n+1].PartOf = "s0"
		for i := range n / 2 {
			s.spec.Activities[i].PartOf = record.ID([]string{"s0", "s1"}[i%2])
		}
		for i := n / 2; i < n; i++ {
			s.spec.Activities[i].PartOf = "s2"
		}
		s.spec.Dependencies = s.spec.Dependencies[:0]
		s.link("s0", "s2", kinds[r.IntN(len(kinds))], 600)
		for j := n/2 + 1; j < n; j++ {
			s.link(fmt.Sprintf("a%02d", n/2+r.IntN(j-n/2)), fmt.Sprintf("a%02d", j), kinds[r.IntN(len(kinds))], 0)
		}
		for j := 1; j < n/2; j++ {
			s.link(fmt.Sprintf("a%02d", r.IntN(j)), fmt.Sprintf("a%02d", j), milestone.FinishStart, 0)
		}
	}
	return s
}

// With nothing uncertain every trial is the schedule: all four links, lags, calendars, constraints, progress and summaries.
func TestCertainPlansAreTheSchedule(t *testing.T) {
	plans, nodes := 0, 0
	for seed := range uint64(400) {
		s := wild(seed, 14, seed%3 > 0)
		p, err := milestone.Compile(s.spec, record.View{})
		if err != nil {
			continue // the summaries of this plan lead in a circle
		}
		sched, err := p.Schedule(record.Moment{}, milestone.ScheduleOptions{})
		if err != nil {
			continue
		}
		m, err := forecast.NewModel(sched, s.risk, forecast.ModelOptions{Bin: 1})
		require.NoError(t, err, "seed %d", seed)
		for _, note := range m.Notes() {
			assert.NotEqual(t, forecast.Differs, note.Kind, "seed %d: %s", seed, note.Ref)
		}
		var all []record.Ref
		for _, n := range sched.All() {
			all = append(all, n.Ref)
		}
		r := simulate(t, m, forecast.Options{Trials: 3, Watch: all})
		for _, n := range sched.All() {
			o, ok := r.Outcome(n.Ref)
			require.True(t, ok)
			nodes++
			assert.Equal(t, n.EarlyFinish, o.Percentile(.5).At, "seed %d: %s %s", seed, n.Ref, n.Type)
		}
		o, _ := r.Outcome(forecast.End)
		assert.Equal(t, sched.Finish(), o.Percentile(.5).At, "seed %d", seed)
		plans++
		if t.Failed() {
			return
		}
	}
	t.Logf("%d plans, %d dates", plans, nodes)
	assert.Greater(t, plans, 200)
}

// network reads a network of PSPLIB, in days round the clock, with triangular durations from 80 to 150 per cent of the plan.
func network(t testing.TB, name string) *sketch {
	b, err := os.ReadFile(filepath.FromSlash("../../../shared/data/schedule/psplib/" + name))
	if os.IsNotExist(err) {
		t.Skip("networks with known answers absent: ../shared/data not beside the repository")
	}
	require.NoError(t, err)
	s := newSketch()
	lasts := map[string]calendar.Minutes{}
	part := ""
	var links [][2]string
	for line := range strings.SplitSeq(string(b), "\n") {
		words := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "PRECEDENCE"), strings.HasPrefix(line, "REQUESTS"), strings.HasPrefix(line, "RESOURCEAVAIL"):
			part = line[:3]
		case len(words) == 0 || words[0][0] < '0' || words[0][0] > '9':
		case part == "PRE":
			for _, to := range words[3:] {
				links = append(links, [2]string{"j" + words[0], "j" + to})
			}
		case part == "REQ":
			days, err := strconv.Atoi(words[2])
			require.NoError(t, err)
			lasts["j"+words[0]] = calendar.Minutes(days) * calendar.Day
		}
	}
	for i := range len(lasts) {
		id := "j" + strconv.Itoa(i+1)
		if lasts[id] == 0 {
			s.task(id, 0)
			continue
		}
		s.task(id, lasts[id], forecast.Shape{Kind: forecast.Triangular, Min: .8, Mode: 1, Max: 1.5})
	}
	for _, l := range links {
		s.after(l[0], l[1])
	}
	return s
}
