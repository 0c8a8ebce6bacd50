package review_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

var utc = time.UTC

// large is a plan of n milestones under 50 missions: every second one owned, every fifth consulted on, with n indicators
// and 2n dependencies.
func large(n int) mission.Spec {
	spec := parts()
	for i := range 50 {
		r := m("2025-01-01")
		r.ID, r.Name = record.ID(fmt.Sprintf("m%d", i)), "Mission"
		spec.Missions = append(spec.Missions, r)
	}
	for i := range n {
		id := record.ID(fmt.Sprintf("s%d", i))
		ref := record.Ref{Kind: milestone.KindMilestone, ID: id}
		spec.Milestones = append(spec.Milestones, milestone.Milestone{Record: record.New(id), Name: "Step " + string(id), Missions: []record.ID{record.ID(fmt.Sprintf("m%d", i%50))},
			Use: milestone.Use(i % 4), Set: when("2025-12-01")})
		spec.Indicators = append(spec.Indicators, milestone.Indicator{Record: record.New(record.ID(fmt.Sprintf("n%d", i))), Name: "Measure"})
		if i%2 == 0 {
			spec.Duties = append(spec.Duties, accountability.Duty{Record: record.New(record.ID(fmt.Sprintf("d%d", i))), Duty: accountability.MilestoneOwner, Subject: ref, Post: "minister"})
		}
		if i%5 == 0 {
			e := event(mission.Consultation, ref, "2025-11")
			e.ID, e.With = record.ID(fmt.Sprintf("e%d", i)), []record.ID{"town"}
			spec.Events = append(spec.Events, e)
		}
		for k := 1; k <= 2; k++ {
			if i >= k {
				spec.Dependencies = append(spec.Dependencies, milestone.Dependency{Record: record.New(record.ID(fmt.Sprintf("l%d-%d", i, k))), Dependent: ref,
					On: record.Ref{Kind: milestone.KindMilestone, ID: record.ID(fmt.Sprintf("s%d", i-k))}, Kind: milestone.FinishStart})
			}
		}
	}
	return spec
}

func BenchmarkRun(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			model, err := mission.Compile(large(n), mission.View{On: on})
			require.NoError(b, err)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := review.Run(model, review.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Work grows with the records and not with their square: ten times the plan allocates about ten times as often.
func TestWorkIsLinear(t *testing.T) {
	allocations := func(n int) float64 {
		model, err := mission.Compile(large(n), mission.View{On: on})
		require.NoError(t, err)
		return testing.AllocsPerRun(1, func() { _, _ = review.Run(model, review.Options{}) })
	}
	small, big := allocations(200), allocations(2000)
	require.Less(t, big, 12*small)
}
