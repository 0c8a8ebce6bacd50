package forecast_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

func trendQuantity(t testing.TB, s string) record.Quantity {
	q, err := record.ParseQuantity(s)
	require.NoError(t, err)
	return q
}

// trendReadings makes observations from lines such as "2024-Q1 73.8", "2024-Q2 withheld", "2024-Q3 70 by=BBC", "2024-Q3 71 @2025-01-01
// corrects=r2", "2024-Q4 70 se=0.5". Their ids are the indicator's with a number.
func trendReadings(t testing.TB, indicator record.ID, lines ...string) []milestone.Observation {
	var list []milestone.Observation
	for i, line := range lines {
		words := strings.Fields(line)
		o := milestone.Observation{
			Record: record.New(record.ID(fmt.Sprintf("%s-%d", indicator, i))), Indicator: indicator, Period: calendar.MustParseWhen(words[0]),
		}
		if words[1] == "withheld" {
			o.Value = record.Withheld[record.Quantity]("commercial confidence")
		} else {
			o.Value = record.Known(trendQuantity(t, words[1]))
		}
		for _, word := range words[2:] {
			name, value, _ := strings.Cut(word, "=")
			switch name {
			case "by":
				o.Claimant = value
			case "se":
				o.StandardError = trendQuantity(t, value)
			case "corrects":
				o.Of, o.Verb, o.Reason = record.ID(value), record.Correct, "revised"
			case "baseline":
				o.Baseline = true
			default:
				o.Recorded = trendDay(strings.TrimPrefix(word, "@")).In(time.UTC)
			}
		}
		list = append(list, o)
	}
	return list
}

func trendPlan(t testing.TB, s milestone.Spec) *milestone.Plan {
	p, err := milestone.Compile(s, record.View{})
	require.NoError(t, err)
	return p
}

// trendWaits is a share of patients seen in time, a milestone due in a vague quarter, and one target.
func trendWaits(t testing.TB, target milestone.Target, lines ...string) *milestone.Plan {
	target.Record, target.Milestone, target.Indicator = record.New("t"), "step", "share"
	return trendPlan(t, milestone.Spec{
		Milestones:   []milestone.Milestone{{Record: record.New("step"), Name: "Waits", Due: calendar.MustParseWhen("2026-Q1")}},
		Indicators:   []milestone.Indicator{{Record: record.New("share"), Name: "seen in time", Unit: "percent", Direction: milestone.Up}},
		Targets:      []milestone.Target{target},
		Observations: trendReadings(t, "share", lines...),
	})
}

var trendQuarters = []string{
	"2022-Q1 58.1", "2022-Q2 58.9", "2022-Q3 58.2", "2022-Q4 59.6", "2023-Q1 59.9", "2023-Q2 59.7", "2023-Q3 60.9",
	"2023-Q4 60.2", "2024-Q1 61.5", "2024-Q2 61.3", "2024-Q3 62.4", "2024-Q4 62.2",
}

var trendAsked = record.Moment{On: trendDay("2025-02-01")}

func trendOutlook(t testing.TB, p *milestone.Plan, at record.Moment, o forecast.OutlookOptions) forecast.MilestoneOutlook {
	got, err := forecast.Outlook(p, "step", at, o)
	require.NoError(t, err)
	return got
}

func trendKnown(t testing.TB, v record.Value[float64]) float64 {
	p, ok := v.Get()
	require.True(t, ok, v.Ground)
	return p
}

func TestOutlookOfAThreshold(t *testing.T) {
	plan := trendWaits(t, milestone.Target{AtLeast: trendQuantity(t, "64")}, trendQuarters...)
	o := trendOutlook(t, plan, trendAsked, forecast.OutlookOptions{})
	got := o.Targets[0]
	trend, err := forecast.TrendOf(plan, "share", trendAsked, forecast.TrendOptions{})
	require.NoError(t, err)
	last, err := trend.Forecast(trendDay("2026-03-31"))
	require.NoError(t, err)
	first, err := trend.Forecast(trendDay("2026-01-01"))
	require.NoError(t, err)
	assert.Equal(t, last.Reading.AtLeast(64), trendKnown(t, got.Chance))
	assert.Equal(t, got.Chance, got.AtDue)
	assert.Equal(t, last.Level.AtLeast(64), trendKnown(t, got.Underlying))
	assert.Equal(t, first.Reading.AtLeast(64), trendKnown(t, got.Early))
	assert.Equal(t, got.Chance, o.Chance)
	assert.Equal(t, 0, o.Trials)
	assert.InEpsilon(t, (64-62.2)/float64(trendDay("2026-03-31").Sub(trendDay("2024-12-31"))), trendKnown(t, got.Required), 1e-12)
	pace, ok := got.Pace.Get()
	require.True(t, ok)
	assert.InDelta(t, 4.3/1100, pace.PerDay, 2*pace.Error)
	require.Len(t, got.Records, 13)
	assert.Equal(t, record.Ref{Kind: milestone.KindObservation, ID: "share-11"}, got.Records[12])
	assert.Equal(t, "local linear trend on 12 readings, 2022-03-31 to 2024-12-31.", got.Method)
	text := strings.Join(append(got.Says, got.Limits...), "\n")
	for _, says := range []string{
		"No reading states its error", "No bounds are declared for a scale in percent", "the date is an interval",
		"past forecasts of the next reading fell inside", "It takes 1.4",
	} {
		assert.Contains(t, text, says)
	}
	// The same trajectories, drawn.
	met := 0
	for trial := range uint64(20000) {
		in, ok := got.Drawn(5, trial, trendDay("2026-03-31"))
		require.True(t, ok)
		if in {
			met++
		}
	}
	p := trendKnown(t, got.Chance)
	assert.InDelta(t, p, float64(met)/20000, 4.5*math.Sqrt(p*(1-p)/20000))
	in, ok := got.Drawn(5, 1, trendDay("2024-01-01"))
	assert.True(t, ok)
	assert.False(t, in, "a day that is past stands as the last reading does, and 62.2 is below 64")
}

func TestOutlookOfOtherAims(t *testing.T) {
	q := func(s string) record.Quantity { return trendQuantity(t, s) }
	day := trendDay("2026-03-31")
	for name, c := range map[string]struct {
		target milestone.Target
		want   func(s forecast.TrendSpread) float64
		wanted string
	}{
		"at most":  {milestone.Target{AtMost: q("63")}, func(s forecast.TrendSpread) float64 { return s.AtMost(63) }, "at most 63"},
		"band":     {milestone.Target{AtLeast: q("63"), AtMost: q("65")}, func(s forecast.TrendSpread) float64 { return s.Between(63, 65) }, "from 63 to 65"},
		"increase": {milestone.Target{Increase: q("5"), Baseline: q("58.5")}, func(s forecast.TrendSpread) float64 { return s.AtLeast(63.5) }, "a change of 5 from the baseline of 58.5, to 63.5"},
		"decrease": {milestone.Target{Increase: q("-2"), Baseline: q("66")}, func(s forecast.TrendSpread) float64 { return s.AtMost(64) }, "a change of -2 from the baseline of 66, to 64.0"},
		"up":       {milestone.Target{Direction: milestone.Up, Baseline: q("63.8")}, func(s forecast.TrendSpread) float64 { return s.AtLeast(63.8) }, "a move up from the baseline of 63.8"},
		"down":     {milestone.Target{Direction: milestone.Down, Baseline: q("63.8")}, func(s forecast.TrendSpread) float64 { return s.AtMost(63.8) }, "a move down from the baseline of 63.8"},
	} {
		t.Run(name, func(t *testing.T) {
			got := trendOutlook(t, trendWaits(t, c.target, trendQuarters...), trendAsked, forecast.OutlookOptions{Ahead: -1}).Targets[0]
			f, err := got.Trend.Forecast(day)
			require.NoError(t, err)
			assert.InDelta(t, c.want(f.Reading), trendKnown(t, got.Chance), 1e-12)
			assert.InDelta(t, c.want(f.Level), trendKnown(t, got.Underlying), 1e-12)
			assert.Contains(t, got.Wanted, strings.TrimSuffix(c.wanted, ".0"))
			assert.Nil(t, got.Comparison)
		})
	}
}

// A share between bounds never leaves them, and the chance is that of the transformed threshold.
func TestOutlookOfABoundedShare(t *testing.T) {
	high := make([]string, len(trendQuarters))
	for i := range high {
		high[i] = fmt.Sprintf("%s %v", strings.Fields(trendQuarters[i])[0], 97+0.22*float64(i)+0.1*float64(i%2))
	}
	plan := trendWaits(t, milestone.Target{AtLeast: trendQuantity(t, "99.9")}, high...)
	bounded := forecast.OutlookOptions{ByIndicator: map[record.ID]forecast.TrendOptions{"share": {Bounds: forecast.TrendBounds{High: 100}}}}
	got := trendOutlook(t, plan, trendAsked, bounded).Targets[0]
	f := got.Forecast.Reading
	assert.Less(t, f.Quantile(0.9999), 100.0)
	assert.InDelta(t, 0.5, f.AtLeast(f.Median()), 1e-12)
	mean, _ := f.Mean()
	assert.NotEqual(t, f.Median(), mean, "the mean of shares is not the share at the mean of log odds")
	free := trendOutlook(t, plan, trendAsked, forecast.OutlookOptions{}).Targets[0]
	assert.Greater(t, free.Forecast.Reading.AtLeast(100), 0.3)
	assert.Equal(t, 0.0, f.AtLeast(100))
	assert.Contains(t, got.Method, "log odds between 0 and 100")
	pace, ok := got.Pace.Get()
	require.True(t, ok)
	assert.Greater(t, pace.PerDay, 0.0)
}

// A level to keep must hold at every reading; with a level that does not move that is a power, and with one reading left it is
// the chance of that reading.
func TestOutlookOfALevelToKeep(t *testing.T) {
	plan := trendWaits(t, milestone.Target{AtLeast: trendQuantity(t, "60"), Maintain: true}, trendQuarters...)
	still := forecast.OutlookOptions{Seed: 3, Trials: 20000, Trend: forecast.TrendOptions{Model: forecast.LevelTrend, Variances: &forecast.TrendVariances{Level: 1e-12, Noise: 4}}}
	o := trendOutlook(t, plan, trendAsked, still)
	got := o.Targets[0]
	// The level is known to 4/12; integrate the fifth power of the chance of one reading over it.
	f := got.Forecast
	want, n := 0.0, 4000
	for i := range n {
		level := f.Level.Quantile((float64(i) + 0.5) / float64(n))
		want += math.Pow(0.5*math.Erfc((60-level)/2/math.Sqrt2), 5) / float64(n)
	}
	p := trendKnown(t, got.Chance)
	assert.InDelta(t, want, p, 0.015)
	assert.Equal(t, 20000, got.Trials)
	assert.True(t, got.Low < p && p < got.High)
	assert.InDelta(t, p, want, 4.5/1.96*(got.High-got.Low)/2)
	assert.Equal(t, f.Reading.AtLeast(60), trendKnown(t, got.AtDue))
	assert.Greater(t, trendKnown(t, got.AtDue), p)
	assert.Equal(t, got.Chance, o.Chance)
	assert.Equal(t, o, trendOutlook(t, plan, trendAsked, still), "the same seed gives the same outlook")
	assert.Contains(t, strings.Join(got.Limits, " "), "looked at every 92 days")
}

// trendHomes is the flow of a milestone that adds up, with a count of decisions beside it.
func trendHomes(t testing.TB, target milestone.Target, lines ...string) *milestone.Plan {
	target.Record, target.Milestone, target.Indicator = record.New("t"), "step", "homes"
	return trendPlan(t, milestone.Spec{
		Milestones:   []milestone.Milestone{{Record: record.New("step"), Name: "Homes", Due: calendar.MustParseWhen("2026-12-31")}},
		Indicators:   []milestone.Indicator{{Record: record.New("homes"), Name: "net additional dwellings", Unit: "homes", Reading: milestone.Flow}},
		Targets:      []milestone.Target{target},
		Observations: trendReadings(t, "homes", lines...),
	})
}

var trendBuilt = []string{
	"2022-Q1 52000", "2022-Q2 51000", "2022-Q3 53500", "2022-Q4 50500", "2023-Q1 49800", "2023-Q2 50900", "2023-Q3 48700",
	"2023-Q4 49900", "2024-Q1 47800", "2024-Q2 49000", "2024-Q3 50100", "2024-Q4 51200",
}

func TestOutlookOfAFlow(t *testing.T) {
	plan := trendHomes(t, milestone.Target{AtLeast: trendQuantity(t, "500000"), CountFrom: calendar.MustParseWhen("2024-07-01")}, trendBuilt...)
	got := trendOutlook(t, plan, trendAsked, forecast.OutlookOptions{}).Targets[0]
	assert.Equal(t, 101300.0, got.Counted)
	further, err := got.Trend.Further(trendDay("2025-01-01"), trendDay("2026-12-31"))
	require.NoError(t, err)
	assert.Equal(t, further, got.Forecast)
	assert.Equal(t, further.Reading.AtLeast(500000-101300), trendKnown(t, got.Chance))
	assert.InEpsilon(t, (500000-101300)/730.0, trendKnown(t, got.Required), 1e-12)
	pace, ok := got.Pace.Get()
	require.True(t, ok)
	assert.InDelta(t, 550, pace.PerDay, 3*pace.Error)
	met := 0
	for trial := range uint64(20000) {
		if in, _ := got.Drawn(1, trial, trendDay("2026-12-31")); in {
			met++
		}
	}
	p := trendKnown(t, got.Chance)
	assert.InDelta(t, p, float64(met)/20000, 4.5*math.Sqrt(p*(1-p)/20000)+1e-3)
	assert.Contains(t, strings.Join(got.Says, " "), "of which 10")

	// A count that has not begun.
	got = trendOutlook(t, trendHomes(t, milestone.Target{AtLeast: trendQuantity(t, "210000"), CountFrom: calendar.MustParseWhen("2026-01-01")}, trendBuilt...), trendAsked, forecast.OutlookOptions{}).Targets[0]
	assert.Equal(t, trendDay("2026-01-01"), got.Forecast.From)
	p = trendKnown(t, got.Chance)
	met = 0
	for trial := range uint64(20000) {
		if in, _ := got.Drawn(1, trial, trendDay("2026-12-31")); in {
			met++
		}
	}
	assert.InDelta(t, p, float64(met)/20000, 4.5*math.Sqrt(p*(1-p)/20000)+1e-3)

	// A direction is from reading to reading.
	got = trendOutlook(t, trendHomes(t, milestone.Target{Direction: milestone.Up, Baseline: trendQuantity(t, "50000")}, trendBuilt...), trendAsked, forecast.OutlookOptions{}).Targets[0]
	assert.Equal(t, trendDay("2026-10-01"), got.Forecast.From)
	assert.Equal(t, got.Forecast.Reading.AtLeast(50000), trendKnown(t, got.Chance))
	p = trendKnown(t, got.Chance)
	met = 0
	for trial := range uint64(20000) {
		if in, _ := got.Drawn(1, trial, trendDay("2026-12-31")); in {
			met++
		}
	}
	assert.InDelta(t, p, float64(met)/20000, 4.5*math.Sqrt(p*(1-p)/20000)+1e-3)
}

func TestOutlookRefusesANumber(t *testing.T) {
	q := func(s string) record.Quantity { return trendQuantity(t, s) }
	level := milestone.Target{AtLeast: q("64")}
	count := milestone.Target{AtLeast: q("500000"), CountFrom: calendar.MustParseWhen("2024-07-01")}
	gap := append(append([]string{}, trendBuilt[:11]...), "2025-Q1 50000")
	overlap := append(append([]string{}, trendBuilt...), "2024 200000")
	for name, c := range map[string]struct {
		plan *milestone.Plan
		at   record.Moment
		says string
	}{
		"no day":         {trendWaits(t, level, trendQuarters...), record.Moment{}, "no day is given"},
		"no readings":    {trendWaits(t, level), trendAsked, "indicator share: there is no reading, and a regression on time takes at least 3"},
		"two readings":   {trendWaits(t, level, trendQuarters[:2]...), trendAsked, "indicator share: there are 2 readings"},
		"not known then": {trendWaits(t, level, "2022-Q1 58 @2025-03-01", "2022-Q2 58.9 @2025-03-01", "2022-Q3 58.2 @2025-03-01"), record.Moment{On: trendDay("2025-02-01"), Known: trendDay("2025-02-01").In(time.UTC)}, "there is no reading"},
		"no baseline":    {trendWaits(t, milestone.Target{Increase: q("5")}, trendQuarters...), trendAsked, "the baseline is not recorded, or sources differ on it"},
		"gap":            {trendHomes(t, count, gap...), record.Moment{On: trendDay("2025-05-01")}, "no reading can be used for the days from 2024-10-01 to 2024-12-31"},
		"before count":   {trendHomes(t, milestone.Target{AtLeast: q("5"), CountFrom: calendar.MustParseWhen("2024-12-01")}, trendBuilt...), trendAsked, "no reading begins on or after the day from which it counts"},
	} {
		t.Run(name, func(t *testing.T) {
			o := trendOutlook(t, c.plan, c.at, forecast.OutlookOptions{})
			got := o.Targets[0]
			assert.Equal(t, record.StateUnknown, got.Chance.State)
			assert.Contains(t, got.Chance.Ground, c.says)
			assert.Equal(t, record.StateUnknown, o.Chance.State)
			assert.Equal(t, []float64{0, 1}, []float64{o.AtLeast, o.AtMost})
			assert.Contains(t, strings.Join(o.Says, " "), c.says)
			_, ok := got.Drawn(1, 1, trendDay("2026-01-01"))
			assert.False(t, ok)
		})
	}
	o, err := forecast.Outlook(trendHomes(t, count, overlap...), "step", trendAsked, forecast.OutlookOptions{})
	require.ErrorIs(t, err, forecast.ErrTrendOverlap)
	assert.Contains(t, o.Targets[0].Chance.Ground, "overlaps")
	_, err = forecast.Outlook(trendWaits(t, level), "nothing", trendAsked, forecast.OutlookOptions{})
	require.EqualError(t, err, "milestone nothing is not in the plan, is left out by the view, or was not known then")
	_, err = forecast.TrendOf(trendWaits(t, level), "nothing", trendAsked, forecast.TrendOptions{})
	require.EqualError(t, err, "indicator nothing: it is not in the plan, is left out by the view, or was not known or not in use then")
	_, err = forecast.TrendOf(trendWaits(t, level, "2024-Q1 64 se=-1"), "share", trendAsked, forecast.TrendOptions{})
	require.ErrorIs(t, err, forecast.ErrTrendError)
}

// The ends of an indicator's own scale bound its trend, unless a reading has reached them.
func TestOutlookOnABoundedScale(t *testing.T) {
	for last, bounded := range map[string]bool{"99": true, "100": false} {
		lines := []string{"2023-Q1 90", "2023-Q2 92", "2023-Q3 94", "2023-Q4 96", "2024-Q1 97", "2024-Q2 98", "2024-Q3 98.5", "2024-Q4 " + last}
		plan := trendPlan(t, milestone.Spec{
			Indicators:   []milestone.Indicator{{Record: record.New("share"), Name: "seen in time", Unit: "percent", Least: record.Number(0), Most: record.Number(100)}},
			Observations: trendReadings(t, "share", lines...),
		})
		trend, err := forecast.TrendOf(plan, "share", record.Moment{}, forecast.TrendOptions{})
		require.NoError(t, err)
		ahead, err := trend.Forecast(trendDay("2027-12-31"))
		require.NoError(t, err)
		assert.Equal(t, bounded, ahead.Reading.Quantile(0.999) < 100, last)
	}
}

// Readings that reach the due date decide.
func TestOutlookThatIsDecided(t *testing.T) {
	for value, want := range map[string]float64{"64.5": 1, "63.5": 0} {
		plan := trendWaits(t, milestone.Target{AtLeast: trendQuantity(t, "64")}, append(append([]string{}, trendQuarters...), "2026-Q1 "+value)...)
		o := trendOutlook(t, plan, record.Moment{On: trendDay("2026-06-01")}, forecast.OutlookOptions{})
		got := o.Targets[0]
		assert.True(t, got.Decided)
		assert.Equal(t, want, trendKnown(t, got.Chance))
		assert.Equal(t, want, trendKnown(t, o.Chance))
		in, ok := got.Drawn(1, 2, trendDay("2026-03-31"))
		assert.True(t, ok)
		assert.Equal(t, want == 1, in)
	}
}

// The trend is that of the day and the instant: later readings and later revisions play no part, and sources that differ leave
// a reading out and say so.
func TestTrendOfWhatWasKnown(t *testing.T) {
	lines := append(append([]string{}, trendQuarters...), "2024-Q1 71.5 @2025-06-01 corrects=share-8", "2023-Q2 40 by=BBC", "2025-Q1 withheld", "2023-Q4 60.2 by=BBC")
	plan := trendWaits(t, milestone.Target{AtLeast: trendQuantity(t, "64")}, lines...)
	value := func(trend *forecast.Trend, day string) float64 {
		for _, p := range trend.Points() {
			if p.On == trendDay(day) {
				return p.Value
			}
		}
		return 0
	}
	before, err := forecast.TrendOf(plan, "share", record.Moment{Known: trendDay("2025-02-01").In(time.UTC)}, forecast.TrendOptions{})
	require.NoError(t, err)
	after, err := forecast.TrendOf(plan, "share", record.Moment{}, forecast.TrendOptions{})
	require.NoError(t, err)
	assert.Equal(t, 61.5, value(before, "2024-03-31"))
	assert.Equal(t, 71.5, value(after, "2024-03-31"))
	assert.Len(t, after.Points(), 11)
	assert.Equal(t, []string{
		"the reading for 2023-Q2 is left out: sources differ on it (59.7 and 40)",
		"the reading for 2025-Q1 is left out: its value is withheld (commercial confidence)",
	}, after.LeftOut())
	assert.Len(t, after.Records(), 12, "two sources agree on a quarter, and both are used")
	early, err := forecast.TrendOf(plan, "share", record.Moment{On: trendDay("2023-12-30")}, forecast.TrendOptions{})
	require.NoError(t, err)
	assert.Len(t, early.Points(), 6)
	assert.Equal(t, forecast.RegressionTrend, early.Model())
	_, err = forecast.TrendOf(plan, "share", record.Moment{}, forecast.TrendOptions{Claimant: "BBC"})
	require.ErrorContains(t, err, "there are 2 readings")
}

// What a survey states of its error is used: by extension, or by option in its place.
func TestTrendOfStatedErrors(t *testing.T) {
	var lines []string
	for _, line := range trendQuarters {
		lines = append(lines, line+" se=0.7")
	}
	lines = append(lines, "2024 61.9")
	plan := trendWaits(t, milestone.Target{AtLeast: trendQuantity(t, "64")}, lines...)
	trend, err := forecast.TrendOf(plan, "share", record.Moment{}, forecast.TrendOptions{StandardErrors: map[record.ID]float64{"share-11": 1.5}})
	require.NoError(t, err)
	points := trend.Points()
	require.Len(t, points, 12)
	assert.Equal(t, 0.7, points[0].StandardError)
	assert.Equal(t, 1.5, points[11].StandardError)
	assert.Equal(t, 62.2, points[11].Value, "the quarter's reading stands for its last day, not the year's")
	assert.Equal(t, []string{"the reading for 2024 is left out: a reading for a shorter period has the same last day"}, trend.LeftOut())
	assert.Equal(t, 0.0, trend.Variances().Noise)
	f, err := trend.Forecast(trendDay("2025-03-31"))
	require.NoError(t, err)
	level, _ := f.Level.SD()
	reading, _ := f.Reading.SD()
	assert.InEpsilon(t, math.Sqrt(level*level+1.5*1.5), reading, 1e-12, "a reading to come errs as the last one did")
}

// Two targets on one indicator share its trajectory; on two indicators they are drawn apart, and the bounds hold either way.
func TestOutlookOfSeveralTargets(t *testing.T) {
	target := func(id, indicator record.ID, least string) milestone.Target {
		return milestone.Target{Record: record.New(id), Milestone: "step", Indicator: indicator, AtLeast: trendQuantity(t, least)}
	}
	spec := func(how milestone.Combine, targets ...milestone.Target) *milestone.Plan {
		return trendPlan(t, milestone.Spec{
			Milestones: []milestone.Milestone{{Record: record.New("step"), Name: "Both", Due: calendar.MustParseWhen("2026-03-31"), Combine: how}},
			Indicators: []milestone.Indicator{{Record: record.New("share"), Name: "seen in time"}, {Record: record.New("other"), Name: "seen elsewhere"}},
			Targets:    targets, Observations: append(trendReadings(t, "share", trendQuarters...), trendReadings(t, "other", trendQuarters...)...),
		})
	}
	o := trendOutlook(t, spec(milestone.All, target("a", "share", "63.8"), target("b", "share", "64.2")), trendAsked, forecast.OutlookOptions{Seed: 1, Trials: 20000, Ahead: -1})
	harder := trendKnown(t, o.Targets[1].Chance)
	assert.InDelta(t, harder, trendKnown(t, o.Chance), 0.015, "who reaches 64.2 has reached 63.8")
	assert.Equal(t, harder, o.AtMost)

	o = trendOutlook(t, spec(milestone.All, target("a", "share", "63.8"), target("b", "other", "64.2")), trendAsked, forecast.OutlookOptions{Seed: 1, Trials: 20000, Ahead: -1})
	p, q := trendKnown(t, o.Targets[0].Chance), trendKnown(t, o.Targets[1].Chance)
	assert.InDelta(t, p*q, trendKnown(t, o.Chance), 0.015)
	assert.InDelta(t, max(0, p+q-1), o.AtLeast, 1e-12)
	o = trendOutlook(t, spec(milestone.Any, target("a", "share", "63.8"), target("b", "other", "64.2")), trendAsked, forecast.OutlookOptions{Seed: 1, Trials: 20000, Ahead: -1})
	assert.InDelta(t, p+q-p*q, trendKnown(t, o.Chance), 0.015)
	assert.InDelta(t, min(1, p+q), o.AtMost, 1e-12)
	assert.InDelta(t, max(p, q), o.AtLeast, 1e-12)
	assert.True(t, o.Low < trendKnown(t, o.Chance) && trendKnown(t, o.Chance) < o.High)

	// One that nothing counts leaves the whole unknown, but not without a bound.
	achieve := milestone.Target{Record: record.New("c"), Milestone: "step", Achieve: "the Act is passed"}
	o = trendOutlook(t, spec(milestone.All, target("a", "share", "63.8"), achieve), trendAsked, forecast.OutlookOptions{})
	assert.Equal(t, "target c: nothing is counted, so there is no trend", o.Chance.Ground)
	assert.Equal(t, p, o.AtMost)

	rival := target("d", "share", "60")
	rival.Of, rival.Claimant = "a", "opposition"
	o = trendOutlook(t, spec(milestone.All, target("a", "share", "63.8"), rival), trendAsked, forecast.OutlookOptions{})
	assert.Equal(t, "claimants differ on what target a asks", o.Chance.Ground)
}
