package mission_test

import (
	"testing"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/internal/gen"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

func large() mission.Spec { return gen.Spec(1, 25, 10_000, 20_000) }

func BenchmarkCompile(b *testing.B) {
	spec := large()
	for name, view := range map[string]mission.View{
		"everything": {On: spec.AsOf},
		"public":     {On: spec.AsOf, Audience: record.Public, Without: []record.Grade{record.Hearsay}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := mission.Compile(spec, view); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	spec := large()
	b.ReportAllocs()
	for b.Loop() {
		if faults := spec.Check(); faults != nil {
			b.Fatal(faults)
		}
	}
}

func BenchmarkStanding(b *testing.B) {
	spec := large()
	m, err := mission.Compile(spec, mission.View{On: spec.AsOf})
	if err != nil {
		b.Fatal(err)
	}
	ids := m.Plan().Milestones()
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		m.Plan().Standing(ids[n%len(ids)], record.Moment{})
	}
}

func BenchmarkGraph(b *testing.B) {
	spec := large()
	m, err := mission.Compile(spec, mission.View{On: spec.AsOf})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("as the view", func(b *testing.B) {
		for b.Loop() {
			m.Graph(record.Moment{})
		}
	})
	b.Run("another day", func(b *testing.B) {
		for b.Loop() {
			m.Graph(record.Moment{On: calendar.On(2025, 1, 1)})
		}
	})
}
