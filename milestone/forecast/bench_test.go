package forecast_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

// layered makes a plan of n triangular activities, each after some of those not long before it, by about degree links each.
func layered(n, degree int) *sketch {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	s := newSketch()
	for i := range n {
		s.task(fmt.Sprintf("n%05d", i), calendar.Minutes(1+r.IntN(20))*480, forecast.Shape{Kind: forecast.Triangular, Min: .8, Mode: 1, Max: 1.5})
	}
	width := max(4, n/40)
	for j := 1; j < n; j++ {
		seen := map[int]bool{}
		for range degree {
			i := j - 1 - r.IntN(min(j, width))
			if !seen[i] {
				seen[i] = true
				s.link(fmt.Sprintf("n%05d", i), fmt.Sprintf("n%05d", j), milestone.FinishStart, 0)
			}
		}
	}
	return s
}

// nets are those of the measurements: two of PSPLIB and three that are made up, one of the size of a real plan of 4,237 activities.
func nets(b *testing.B, name string) *sketch {
	switch name {
	case "j30":
		return network(b, "j301_1.sm")
	case "j120":
		return network(b, "j1201_1.sm")
	case "1k":
		return layered(1001, 3)
	case "4237":
		return layered(4237, 2)
	}
	return layered(10_001, 3)
}

// BenchmarkSimulate measures everything: draws, both passes, criticality with ties, sums for correlations, distributions. One operation is 65,536 trials of
// the small networks and 8,192 of the others; M/s is millions of activity-trials a second.
func BenchmarkSimulate(b *testing.B) {
	for _, workers := range []int{1, 2} {
		for _, name := range []string{"j30", "j120", "1k", "4237", "10k"} {
			b.Run(fmt.Sprintf("%s/workers=%d", name, workers), func(b *testing.B) {
				m := nets(b, name).model(b, forecast.ModelOptions{})
				trials := uint64(65_536)
				if m.Len() > 1000 {
					trials = 8_192
				}
				for b.Loop() {
					if _, err := forecast.Simulate(b.Context(), m, forecast.Options{Seed: 1, Trials: trials, Workers: workers}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(trials)*float64(m.Len())*float64(b.N)/b.Elapsed().Seconds()/1e6, "M/s")
			})
		}
	}
}

// BenchmarkShapes measures one series of 100 activities of each kind, and what costs extra.
func BenchmarkShapes(b *testing.B) {
	shapes := map[string]forecast.Shape{
		"uniform":    {Kind: forecast.UniformOn, Min: .8, Max: 1.5},
		"triangular": {Kind: forecast.Triangular, Min: .8, Mode: 1, Max: 1.5},
		"pert":       {Kind: forecast.PERT, Min: .8, Mode: 1, Max: 1.5},
		"lognormal":  {Kind: forecast.Lognormal, P50: 1, P90: 1.5},
		"reference":  {Kind: forecast.Reference, Values: []float64{.9, 1, 1.05, 1.2, 1.4, 2.1}},
	}
	for _, name := range []string{"uniform", "triangular", "pert", "lognormal", "reference"} {
		b.Run(name, func(b *testing.B) {
			s := newSketch()
			for i := range 100 {
				s.task(fmt.Sprintf("n%d", i), 4800, shapes[name])
				if i > 0 {
					s.after(fmt.Sprintf("n%d", i-1), fmt.Sprintf("n%d", i))
				}
			}
			m := s.model(b, forecast.ModelOptions{})
			for b.Loop() {
				if _, err := forecast.Simulate(b.Context(), m, forecast.Options{Seed: 1, Trials: 8192, Workers: 1}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(8192*100*float64(b.N)/b.Elapsed().Seconds()/1e6, "M/s")
		})
	}
}

// BenchmarkCalendars measures 1,001 activities by three calendars, so that two of three links cross from one to another.
func BenchmarkCalendars(b *testing.B) {
	s := layered(1001, 3)
	s.spec.Calendars = calendars()
	for i := range s.spec.Activities {
		s.spec.Activities[i].Calendar = s.spec.Calendars[i%3].ID
	}
	m := s.model(b, forecast.ModelOptions{})
	for b.Loop() {
		if _, err := forecast.Simulate(b.Context(), m, forecast.Options{Seed: 1, Trials: 4096, Workers: 1}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(4096*1001*float64(b.N)/b.Elapsed().Seconds()/1e6, "M/s")
}

// BenchmarkNewModel measures reading and laying 4,237 activities, each with a PERT of its own.
func BenchmarkNewModel(b *testing.B) {
	s := layered(4237, 2)
	for i := range s.risk.Estimates {
		s.risk.Estimates[i].Shape = forecast.Shape{Kind: forecast.PERT, Min: .8, Mode: 1 + float64(i)/10_000, Max: 2}
	}
	schedule := s.schedule(b)
	for b.Loop() {
		if _, err := forecast.NewModel(schedule, s.risk, forecast.ModelOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
