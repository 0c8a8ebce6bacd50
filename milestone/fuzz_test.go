package milestone_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

func rational(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

// FuzzStanding holds the standing of one target against whole fractions: what is actual, how far along it is, and whether it
// meets what is asked. Readings are of months from January 2024, in tenths; each byte above 30 leaves out a month.
func FuzzStanding(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5}, int16(100), int16(10), byte(40), byte(5), true)
	f.Add([]byte{9, 8, 31, 7, 200, 30}, int16(-5), int16(25), byte(200), byte(3), false)
	f.Add([]byte{0, 0, 0}, int16(0), int16(0), byte(90), byte(2), true)
	f.Fuzz(func(t *testing.T, months []byte, want, baseline int16, after, due byte, flow bool) {
		tenths := func(n int) string { return big.NewRat(int64(n), 10).FloatString(1) }
		spec := milestone.Spec{
			Indicators: []milestone.Indicator{{Record: record.New("share"), Name: "share"}},
			Targets:    []milestone.Target{{Record: record.New("t"), Milestone: "step", Indicator: "share", AtLeast: number(tenths(int(want))), Baseline: number(tenths(int(baseline)))}},
		}
		if flow {
			spec.Indicators[0].Reading = milestone.Flow
		}
		on := day("2024-01-01").Add(calendar.Days(after) * 4)
		dueMonth := calendar.MonthOf(day("2024-01-01").Add(calendar.Days(due%48) * 30))
		spec.Milestones = []milestone.Milestone{{Record: record.New("step"), Name: "step", Due: dueMonth}}

		actual, last, gap := (*big.Rat)(nil), calendar.When{}, false
		month := calendar.MonthOf(day("2024-01-01"))
		for i, b := range months[:min(len(months), 48)] {
			period := month
			month = calendar.MonthOf(period.Latest().Add(1))
			if b > 30 {
				continue
			}
			value := tenths(int(b) - 3)
			spec.Observations = append(spec.Observations, milestone.Observation{Record: record.New(record.ID(fmt.Sprintf("r%d", i))), Indicator: "share", Period: period, Value: record.Known(number(value))})
			if period.Latest().After(on) {
				continue
			}
			gap = gap || flow && actual != nil && last.Latest().Add(1) != period.Earliest()
			if sum := rational(value); flow && actual != nil {
				actual = sum.Add(sum, actual)
			} else {
				actual = sum
			}
			last = period
		}
		slices.Reverse(spec.Observations) // the order of the records plays no part
		s, ok := compile(t, spec, record.View{}).Standing("step", record.Moment{On: on})
		require.True(t, ok)
		part := s.Parts[0]

		if actual == nil {
			require.True(t, part.Actual.IsZero())
			require.Equal(t, record.StateUnknown, part.Progress.State)
			require.Equal(t, !dueMonth.Before(on), s.Status == milestone.Scheduled)
			return
		}
		require.Equal(t, actual.FloatString(1), part.Actual.String(), "sums of decimals are exact")
		require.Equal(t, last, part.Period)
		target, from := rational(tenths(int(want))), rational(tenths(int(baseline)))
		if from.Cmp(target) >= 0 {
			require.Equal(t, record.StateNotApplicable, part.Progress.State)
		} else {
			exact, _ := new(big.Rat).Quo(new(big.Rat).Sub(actual, from), new(big.Rat).Sub(target, from)).Float64()
			progress, known := part.Progress.Get()
			require.True(t, known)
			require.InDelta(t, exact, progress, 1e-9*max(1, exact, -exact))
		}
		met, over, decided := actual.Cmp(target) >= 0, dueMonth.Before(on), !last.Latest().Before(dueMonth.Latest())
		status := milestone.Status(0)
		switch {
		case met:
			status = milestone.Met
		case !over:
			status = milestone.Scheduled
		case decided && !gap:
			status = milestone.NotMet
		}
		require.Equal(t, status, s.Status, s.Why)
	})
}
