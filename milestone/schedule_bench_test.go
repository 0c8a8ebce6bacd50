package milestone_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// BenchmarkNetwork schedules a million tasks with five million links of all kinds on one calendar, in numbers alone.
func BenchmarkNetwork(b *testing.B) {
	const nodes, links = 1_000_000, 5_000_000
	h, err := calendar.NewHours(calendar.HoursSpec{Week: calendar.Weekdays(shift("09:00-17:00")), Except: calendar.DaysOff(calendar.EnglandAndWales, calendar.Date{})})
	require.NoError(b, err)
	r := rand.New(rand.NewPCG(1, 2))
	lasts := make([]int64, nodes)
	for i := range lasts {
		lasts[i] = int64(r.IntN(480))
	}
	type edge struct {
		from, to int32
		kind     milestone.Link
		lag      int64
	}
	edges := make([]edge, links)
	for i := range edges {
		to := 1 + r.IntN(nodes-1)
		from := max(0, to-1-r.IntN(20000))
		edges[i] = edge{int32(from), int32(to), milestone.FinishStart + milestone.Link(r.IntN(4)), int64(r.IntN(100) - 20)}
	}
	link := func(i int) (int32, int32, milestone.Link, int64) {
		e := &edges[i]
		return e.from, e.to, e.kind, e.lag
	}
	b.Run("whole", func(b *testing.B) {
		n := milestone.Numbers(h, day("2028-01-03").At(0), lasts, links, link)
		for b.Loop() {
			n.Solve()
		}
	})
	b.Run("passes", func(b *testing.B) {
		n := milestone.Numbers(h, day("2028-01-03").At(0), lasts, links, link)
		n.Solve()
		for b.Loop() {
			n.Passes()
		}
	})
}

// BenchmarkSchedule schedules plans of records: n activities on one calendar or on five.
func BenchmarkSchedule(b *testing.B) {
	for _, c := range []struct{ nodes, calendars int }{{4200, 1}, {4200, 5}, {100_000, 1}} {
		b.Run(fmt.Sprintf("%d on %d", c.nodes, c.calendars), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 2))
			spec := milestone.Spec{Projects: []milestone.Project{{Record: record.New("p"), Name: "p", Start: day("2028-01-03").At(0), Calendar: "c0"}}}
			for k := range c.calendars {
				from := calendar.Clock(420 + 30*k)
				spec.Calendars = append(spec.Calendars, milestone.Calendar{Record: record.New(record.ID(fmt.Sprintf("c%d", k))), Name: "c",
					Week: calendar.Weekdays(calendar.Shift{From: from, Until: from + 480}), BankHolidays: calendar.Division(1 + k%3)})
			}
			for i := range c.nodes {
				spec.Activities = append(spec.Activities, milestone.Activity{Record: record.New(record.ID(fmt.Sprintf("a%d", i))), Name: "a", Project: "p",
					Lasts: calendar.Minutes(r.IntN(4000)), Calendar: record.ID(fmt.Sprintf("c%d", r.IntN(c.calendars)))})
				for range 2 {
					if i > 0 {
						d := follows(fmt.Sprintf("a%d", max(0, i-1-r.IntN(200))), fmt.Sprintf("a%d", i), milestone.FinishStart+milestone.Link(r.IntN(4)), calendar.Minutes(r.IntN(600)))
						d.ID = record.ID(fmt.Sprintf("d%d", len(spec.Dependencies)))
						spec.Dependencies = append(spec.Dependencies, d)
					}
				}
			}
			plan := mustCompile(b, spec)
			for b.Loop() {
				if _, err := plan.Schedule(record.Moment{}, milestone.ScheduleOptions{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
