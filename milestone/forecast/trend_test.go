package forecast_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

func TestNoTrend(t *testing.T) {
	given := &forecast.TrendVariances{Level: 1, Noise: 1}
	for name, c := range map[string]struct {
		values  []float64
		options forecast.TrendOptions
		needed  int
		says    string
	}{
		"none":                    {nil, forecast.TrendOptions{}, 3, "there is no reading, and a regression on time takes at least 3"},
		"one":                     {[]float64{1}, forecast.TrendOptions{}, 3, "there is one reading, and a regression on time takes at least 3"},
		"two":                     {[]float64{1, 2}, forecast.TrendOptions{}, 3, "there are 2 readings, and a regression on time takes at least 3"},
		"few for a level":         {[]float64{1, 2, 1, 2, 1, 2, 1}, forecast.TrendOptions{Model: forecast.LevelTrend}, 8, "there are 7 readings, and a local level takes at least 8"},
		"one for a given level":   {[]float64{1}, forecast.TrendOptions{Model: forecast.LevelTrend, Variances: given}, 2, "there is one reading, and a local level takes at least 2"},
		"two for a given slope":   {[]float64{1, 2}, forecast.TrendOptions{Variances: given}, 3, "there are 2 readings, and a local linear trend takes at least 3"},
		"all alike":               {[]float64{5, 5, 5, 5}, forecast.TrendOptions{}, 0, "there are 4 readings that leave no error at all, so nothing can be said of how far off a forecast may be"},
		"on a line":               {[]float64{5, 6, 7, 8}, forecast.TrendOptions{}, 0, "there are 4 readings that leave no error at all, so nothing can be said of how far off a forecast may be"},
		"many on a line":          {[]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, forecast.TrendOptions{}, 0, "there are 10 readings that leave no error at all, so nothing can be said of how far off a forecast may be"},
		"many alike":              {[]float64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, forecast.TrendOptions{}, 0, "there are 10 readings that leave no error at all, so nothing can be said of how far off a forecast may be"},
		"given but never started": {nil, forecast.TrendOptions{Variances: given}, 3, "there is no reading, and a local linear trend takes at least 3"},
	} {
		t.Run(name, func(t *testing.T) {
			trend, err := forecast.FitTrend(trendYearly(c.values...), c.options)
			require.Nil(t, trend)
			refusal, ok := errors.AsType[*forecast.NoTrendError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, c.says, refusal.Error())
			assert.Equal(t, c.needed, refusal.Needed)
			assert.Equal(t, len(c.values), refusal.Readings)
		})
	}
	assert.Equal(t, "indicator share: there is no reading", (&forecast.NoTrendError{Indicator: "share", Why: "there is no reading"}).Error())
}

func TestZeroTrendKnowsNothing(t *testing.T) {
	var zero forecast.Trend
	_, err := zero.Forecast(trendDay("2025-01-01"))
	require.EqualError(t, err, "there is no reading")
	_, err = zero.Further(trendDay("2025-01-01"), trendDay("2025-02-01"))
	require.EqualError(t, err, "there is no reading")
	_, ok := zero.Pace()
	assert.False(t, ok)
	_, ok = zero.LogLikelihood()
	assert.False(t, ok)
	assert.Empty(t, zero.Points())
	assert.Equal(t, 0, zero.Compare(1).Origins)
	var spread forecast.TrendSpread
	assert.Equal(t, 0.0, spread.Median())
	assert.Equal(t, []float64{1, 0, 1, 1, 0, 2}, []float64{spread.AtLeast(0), spread.AtLeast(1), spread.AtMost(1), spread.Between(-1, 0), spread.Between(1, 2), spread.CRPS(2)})
}

func TestTrendFaults(t *testing.T) {
	day, nan := trendDay("2020-01-01"), math.NaN()
	for name, c := range map[string]struct {
		points  []forecast.TrendPoint
		options forecast.TrendOptions
		want    []error
	}{
		"day":             {[]forecast.TrendPoint{{Value: 1}}, forecast.TrendOptions{}, []error{forecast.ErrTrendDay}},
		"same day":        {[]forecast.TrendPoint{{On: day, Value: 1}, {On: day, Value: 1}}, forecast.TrendOptions{}, []error{forecast.ErrTrendSameDay}},
		"value and error": {[]forecast.TrendPoint{{On: day, Value: nan, StandardError: -1}}, forecast.TrendOptions{}, []error{forecast.ErrTrendValue, forecast.ErrTrendError}},
		"infinite":        {[]forecast.TrendPoint{{On: day, Value: math.Inf(1), StandardError: math.Inf(1)}}, forecast.TrendOptions{}, []error{forecast.ErrTrendValue, forecast.ErrTrendError}},
		"bound":           {[]forecast.TrendPoint{{On: day, Value: 100}}, forecast.TrendOptions{Bounds: forecast.TrendBounds{High: 100}}, []error{forecast.ErrTrendBound}},
		"bounds":          {nil, forecast.TrendOptions{Bounds: forecast.TrendBounds{Low: 1, High: 1}}, []error{forecast.ErrTrendBounds}},
		"flow bounds":     {nil, forecast.TrendOptions{Reading: milestone.Flow, Bounds: forecast.TrendBounds{High: 1}}, []error{forecast.ErrTrendFlowBound}},
		"period":          {[]forecast.TrendPoint{{On: day}}, forecast.TrendOptions{Reading: milestone.Flow}, []error{forecast.ErrTrendPeriod}},
		"overlap": {[]forecast.TrendPoint{{From: day, On: day.Add(9)}, {From: day.Add(9), On: day.Add(20)}},
			forecast.TrendOptions{Reading: milestone.Flow}, []error{forecast.ErrTrendOverlap}},
		"variances": {nil, forecast.TrendOptions{Variances: &forecast.TrendVariances{Level: -1}}, []error{forecast.ErrTrendVariance}},
		"no noise":  {nil, forecast.TrendOptions{Variances: &forecast.TrendVariances{}}, []error{forecast.ErrTrendVariance}},
		"model":     {nil, forecast.TrendOptions{Model: 9}, []error{forecast.ErrTrendModel}},
	} {
		t.Run(name, func(t *testing.T) {
			trend, err := forecast.FitTrend(c.points, c.options)
			require.Nil(t, trend)
			for _, want := range c.want {
				require.ErrorIs(t, err, want)
			}
			if point, ok := errors.AsType[*forecast.TrendPointError](err); ok {
				assert.Contains(t, point.Error(), fmt.Sprintf("points[%d]", point.Index))
			}
		})
	}
}

func TestTrendCopiesWhatItIsGiven(t *testing.T) {
	points := trendYearly(3, 1, 2, 5, 4)
	slices.Reverse(points)
	v := &forecast.TrendVariances{Level: 0.01, Noise: 1}
	trend := trendFitted(t, points, forecast.TrendOptions{Variances: v})
	before, err := trend.Forecast(trendDay("2020-01-01"))
	require.NoError(t, err)
	points[0].Value, v.Level = 99, 99
	trend.Points()[0].Value = 99
	after, err := trend.Forecast(trendDay("2020-01-01"))
	require.NoError(t, err)
	assert.Equal(t, before, after)
	assert.Equal(t, 0, trend.Compare(1).Skipped)
}

// Shifting and scaling the values shifts and scales the forecast, and the order in which readings are given plays no part.
func TestTrendScalesAndShifts(t *testing.T) {
	for _, flow := range []bool{false, true} {
		base := trendInvented(rand.New(rand.NewPCG(8, 8)), 20, flow, 0.3)
		o := forecast.TrendOptions{}
		if flow {
			o.Reading = milestone.Flow
		}
		scaled := slices.Clone(base)
		for i := range scaled {
			scaled[i].Value *= 1000
			scaled[i].StandardError *= 1000
		}
		slices.Reverse(scaled)
		a, b := trendFitted(t, base, o), trendFitted(t, scaled, o)
		day := base[19].On.Add(400)
		f, err := a.Forecast(day)
		require.NoError(t, err)
		g, err := b.Forecast(day)
		require.NoError(t, err)
		assert.InEpsilon(t, 1000*f.Reading.Median(), g.Reading.Median(), 1e-4)
		x, _ := f.Reading.SD()
		y, _ := g.Reading.SD()
		assert.InEpsilon(t, 1000*x, y, 1e-3)
	}
}

// A whole year forecast from quarters and from months of one flow is the same sum of days.
func TestTrendFlowAddsUp(t *testing.T) {
	trend := trendDrawn(t, true, forecast.LinearTrend, &forecast.TrendVariances{Level: 1e-3, Slope: 1e-8, Noise: 0.5}, 12)
	last := trend.Points()[11].On
	whole, err := trend.Further(last.Add(1), last.Add(365))
	require.NoError(t, err)
	sum := 0.0
	for i := range calendar.Days(5) {
		part, err := trend.Further(last.Add(1+73*i), last.Add(73*(i+1)))
		require.NoError(t, err)
		sum += part.Reading.Median()
	}
	assert.InEpsilon(t, whole.Reading.Median(), sum, 1e-12)
	_, err = trend.Further(last, last.Add(3))
	require.ErrorContains(t, err, "begin before the last reading ends")
	_, err = trend.Further(last.Add(4), last.Add(3))
	require.ErrorContains(t, err, "end before they begin")
	_, err = trendDrawn(t, false, forecast.LinearTrend, nil, 12).Further(last.Add(1), last.Add(3))
	require.ErrorContains(t, err, "do not add up")
}

// The interval of a forecast covers what comes as often as it says, on series made by the model itself. With variances that are
// known it does so exactly; with estimated ones a little less often, as the doc says.
func TestTrendCoverage(t *testing.T) {
	const n, ahead = 30, 6
	for _, c := range []struct {
		name     string
		given    bool
		n        int
		series   int
		low, top float64
	}{{"known", true, n, 4000, 0.885, 0.915}, {"estimated", false, n, 600, 0.80, 0.93}, {"regression", false, 6, 4000, 0.885, 0.915}} {
		t.Run(c.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(77, 1))
			covered := 0
			for range c.series {
				level, slope := 50.0, 0.1*r.NormFloat64()
				var points []forecast.TrendPoint
				const step = 90.0
				q, z := 0.002, 1e-8
				if c.n < 8 {
					q, z = 0, 0
				}
				for i := range c.n + ahead {
					noise := r.NormFloat64()
					points = append(points, forecast.TrendPoint{On: trendDay("2000-01-01").Add(calendar.Days(90 * i)), Value: level + noise})
					a, b := r.NormFloat64(), r.NormFloat64()
					level += slope*step + math.Sqrt(q*step)*r.NormFloat64() + math.Sqrt(z*step*step*step)*(a/2+b/math.Sqrt(12))
					slope += math.Sqrt(z*step) * a
				}
				o := forecast.TrendOptions{}
				if c.given {
					o.Variances = &forecast.TrendVariances{Level: q, Slope: z, Noise: 1}
				}
				trend := trendFitted(t, points[:c.n], o)
				f, err := trend.Forecast(points[c.n+ahead-1].On)
				require.NoError(t, err)
				if v := points[c.n+ahead-1].Value; v >= f.Reading.Quantile(0.05) && v <= f.Reading.Quantile(0.95) {
					covered++
				}
			}
			share := float64(covered) / float64(c.series)
			t.Logf("%.3f of %d forecasts %d readings ahead inside their 90 per cent interval", share, c.series, ahead)
			assert.GreaterOrEqual(t, share, c.low)
			assert.LessOrEqual(t, share, c.top)
		})
	}
}

// The likelihood at the estimate is no lower than at any of many other variances.
func TestTrendLikelihoodIsHighest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 12 {
		flow := i%2 == 1
		points := trendInvented(r, 10+i, flow, float64(i%3)*0.3)
		o := forecast.TrendOptions{}
		if flow {
			o.Reading = milestone.Flow
		}
		trend := trendFitted(t, points, o)
		best, _ := trend.LogLikelihood()
		at := trend.Variances()
		for range 300 {
			near := func(v, least float64) float64 { return max(v, least) * math.Exp(3*r.NormFloat64()) }
			v := forecast.TrendVariances{Level: near(at.Level, 1e-4), Slope: near(at.Slope, 1e-9), Noise: near(at.Noise, 1e-3)}
			o.Variances = &v
			l, _ := trendFitted(t, points, o).LogLikelihood()
			require.LessOrEqual(t, l, best+1e-5, "series %d: %+v beats %+v", i, v, at)
		}
	}
}

func TestTrendIsTheSameAtAnyParallelism(t *testing.T) {
	points := trendInvented(rand.New(rand.NewPCG(5, 5)), 40, false, 0.2)
	want := trendFitted(t, points, forecast.TrendOptions{})
	day := points[39].On.Add(700)
	for _, procs := range []int{1, 2, 4} {
		old := runtime.GOMAXPROCS(procs)
		var wg sync.WaitGroup
		got := make([]float64, 8)
		for g := range got {
			wg.Go(func() {
				trend, err := forecast.FitTrend(points, forecast.TrendOptions{})
				if err == nil && trend.Variances() == want.Variances() {
					got[g] = trend.Draw(1, 2, uint64(g), day)
				}
			})
		}
		wg.Wait()
		runtime.GOMAXPROCS(old)
		for g := range got {
			assert.Equal(t, want.Draw(1, 2, uint64(g), day), got[g])
		}
	}
}

func TestTrendComparison(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 1))
	var steady, walk []float64
	at := 100.0
	for i := range 40 {
		steady = append(steady, 100+5*float64(i)+r.NormFloat64())
		at += r.NormFloat64()
		walk = append(walk, at)
	}
	c := trendFitted(t, trendYearly(steady...), forecast.TrendOptions{}).Compare(1)
	assert.Equal(t, 36, c.Origins)
	assert.True(t, c.Beats())
	assert.Greater(t, c.OverLast.Mean, 2*c.OverLast.Error)
	assert.Contains(t, c.String(), "the model was closer")
	assert.GreaterOrEqual(t, c.Model.Covered, 28)

	c = trendFitted(t, trendYearly(walk...), forecast.TrendOptions{}).Compare(1)
	assert.LessOrEqual(t, c.OverLast.Mean, 2*c.OverLast.Error, "nothing beats the last value of a random walk")
	assert.NotContains(t, c.String(), "the model was closer than")

	c = trendFitted(t, trendYearly(walk[:8]...), forecast.TrendOptions{}).Compare(2)
	assert.Equal(t, 3, c.Origins)
	assert.False(t, c.Beats())
	assert.Contains(t, c.String(), "too few to tell")
	c = trendFitted(t, trendYearly(walk[:4]...), forecast.TrendOptions{}).Compare(0)
	assert.Equal(t, 1, c.Ahead)
	assert.Equal(t, 0, c.Origins)
	assert.Contains(t, c.String(), "too few readings to compare")

	// On the Nile, which has no trend, the model that says so is closer than the last value.
	c = trendFitted(t, trendNile(t, true), forecast.TrendOptions{Model: forecast.LevelTrend}).Compare(1)
	assert.Equal(t, 60, c.Origins)
	assert.True(t, c.Beats())
	t.Log(c.String())
}

// The benchmark forecasts of the comparison, worked by hand.
func TestTrendBenchmarks(t *testing.T) {
	trend := trendFitted(t, trendYearly(10, 12, 11, 15, 14), forecast.TrendOptions{})
	c := trend.Compare(1)
	require.Equal(t, 1, c.Origins)
	// From 10, 12, 11, 15: changes 2, -1, 4 in steps of one year. Last value: 15, variance 21/3. Drift: 15 + 5/3, variance of the
	// changes about their mean (21 - 25/3)/2, times 1 + 1/3. What came is 14.
	normal := func(mean, sd float64) float64 {
		z := (14 - mean) / sd
		phi := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
		return sd * (z*math.Erf(z/math.Sqrt2) + 2*phi - 1/math.Sqrt(math.Pi))
	}
	assert.InEpsilon(t, normal(15, math.Sqrt(7)), c.LastValue.CRPS, 1e-9)
	assert.InEpsilon(t, normal(15+5./3, math.Sqrt((21-25./3)/2*4/3)), c.Drift.CRPS, 1e-9)
}
