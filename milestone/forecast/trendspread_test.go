package forecast_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

func trendDay(s string) calendar.Date { return calendar.MustParseDate(s) }

// trendYearly makes readings at the ends of years from 2010 on.
func trendYearly(values ...float64) []forecast.TrendPoint {
	var points []forecast.TrendPoint
	for i, v := range values {
		points = append(points, forecast.TrendPoint{On: calendar.On(2010, 12, 31).Add(calendar.Days(365 * i)), Value: v})
	}
	return points
}

func trendFitted(t *testing.T, points []forecast.TrendPoint, o forecast.TrendOptions) *forecast.Trend {
	t.Helper()
	trend, err := forecast.FitTrend(points, o)
	require.NoError(t, err)
	return trend
}

// The integral that defines the score, by brute force.
func trendSlowCRPS(s forecast.TrendSpread, v, low, high float64) float64 {
	const n = 400000
	h := (high - low) / n
	sum := 0.0
	for i := range n {
		x := low + (float64(i)+0.5)*h
		p := s.AtMost(x)
		if x >= v {
			p = 1 - p
		}
		sum += p * p * h
	}
	return sum
}

func TestTrendSpreads(t *testing.T) {
	v := &forecast.TrendVariances{Level: 0.01, Noise: 2}
	values := []float64{61, 63, 62, 65, 64, 66, 67}
	for name, trend := range map[string]*forecast.Trend{
		"normal":        trendFitted(t, trendYearly(values...), forecast.TrendOptions{Model: forecast.LevelTrend, Variances: v}),
		"t":             trendFitted(t, trendYearly(values...), forecast.TrendOptions{}),
		"t, odd":        trendFitted(t, trendYearly(values[:5]...), forecast.TrendOptions{}),
		"bounded":       trendFitted(t, trendYearly(values...), forecast.TrendOptions{Model: forecast.LevelTrend, Bounds: forecast.TrendBounds{High: 100}, Variances: &forecast.TrendVariances{Level: 1e-3, Noise: 0.01}}),
		"bounded and t": trendFitted(t, trendYearly(values...), forecast.TrendOptions{Bounds: forecast.TrendBounds{Low: 20, High: 70}}),
	} {
		t.Run(name, func(t *testing.T) {
			f, err := trend.Forecast(trendDay("2018-06-30"))
			require.NoError(t, err)
			s := f.Reading
			low, high := -340.0, 460.0
			if name[0] == 'b' {
				low, high = 0, 100
			}
			for _, p := range []float64{0.001, 0.1, 0.5, 0.8, 0.999} {
				q := s.Quantile(p)
				assert.InDelta(t, p, s.AtMost(q), 1e-9)
				assert.InDelta(t, 1-p, s.AtLeast(q), 1e-9)
				assert.InDelta(t, p-0.001, s.Between(s.Quantile(0.001), q), 1e-9)
			}
			assert.Equal(t, s.Quantile(0.5), s.Median())
			assert.Equal(t, 0.0, s.Between(2, 1))
			for _, v := range []float64{s.Median(), 61, 69.5} {
				assert.InEpsilon(t, trendSlowCRPS(s, v, low, high), s.CRPS(v), 2e-3, "at %v", v)
			}
			sum, square := 0.0, 0.0
			const n = 20000
			for i := range n {
				q := s.Quantile((float64(i) + 0.5) / n)
				sum += q / n
				square += q * q / n
			}
			mean, ok := s.Mean()
			require.True(t, ok)
			assert.InEpsilon(t, sum, mean, 1e-4)
			if sd, ok := s.SD(); assert.True(t, ok) {
				assert.InEpsilon(t, math.Sqrt(square-sum*sum), sd, 0.02)
			}
		})
	}
}

// With three readings the t has one degree of freedom: no mean, no deviation, and a chance all the same.
func TestTrendOfThreeReadings(t *testing.T) {
	trend := trendFitted(t, trendYearly(10, 12, 11), forecast.TrendOptions{})
	assert.Equal(t, forecast.RegressionTrend, trend.Model())
	f, err := trend.Forecast(trendDay("2013-12-30"))
	require.NoError(t, err)
	s := f.Reading
	assert.Equal(t, 1, s.DegreesOfFreedom())
	_, ok := s.Mean()
	assert.False(t, ok)
	_, ok = s.SD()
	assert.False(t, ok)
	assert.True(t, math.IsInf(s.CRPS(11), 1))
	// By hand: the line is 10.5 + 0.5 t at t = 0, 1, 2; the squares left are 1.5 on one degree of freedom; at t = 3 the factor is
	// 1 + 1/3 + 2²/2.
	assert.InDelta(t, 12, s.Median(), 1e-9)
	assert.InDelta(t, 12+math.Sqrt(1.5*(1+1./3+2)), s.Quantile(0.75), 1e-9, "the upper quartile of a Cauchy lies one scale up")
}

// Least squares as anybody would write it, beside the filter that the regression goes through.
func TestTrendRegressionIsLeastSquares(t *testing.T) {
	values := []float64{61, 63, 62, 65.5, 64, 66}
	points := trendYearly(values...)
	points[3].On = points[3].On.Add(77)
	trend := trendFitted(t, points, forecast.TrendOptions{})
	n := float64(len(values))
	var mx, my, sxx, sxy, rss float64
	x := func(p forecast.TrendPoint) float64 { return float64(p.On.Sub(points[0].On)) }
	for _, p := range points {
		mx += x(p) / n
		my += p.Value / n
	}
	for _, p := range points {
		sxx += (x(p) - mx) * (x(p) - mx)
		sxy += (x(p) - mx) * (p.Value - my)
	}
	slope := sxy / sxx
	for _, p := range points {
		r := p.Value - my - slope*(x(p)-mx)
		rss += r * r
	}
	s2 := rss / (n - 2)
	to := points[5].On.Add(500)
	f, err := trend.Forecast(to)
	require.NoError(t, err)
	ahead := float64(to.Sub(points[0].On)) - mx
	centre, scale := f.Reading.CentreAndScale()
	assert.InEpsilon(t, my+slope*ahead, centre, 1e-10)
	assert.InEpsilon(t, math.Sqrt(s2*(1+1/n+ahead*ahead/sxx)), scale, 1e-9)
	pace, ok := trend.Pace()
	require.True(t, ok)
	assert.InEpsilon(t, slope, pace.PerDay, 1e-9)
	assert.InEpsilon(t, math.Sqrt(s2/sxx), pace.Error, 1e-9)
	assert.Equal(t, 4, pace.DegreesOfFreedom)
	assert.InEpsilon(t, s2, trend.Variances().Noise, 1e-9)

	// Where every reading states an error that explains the scatter, the interval is no narrower than those errors allow.
	for i := range points {
		points[i].StandardError = 10
	}
	wide := trendFitted(t, points, forecast.TrendOptions{})
	assert.Equal(t, 1.0, wide.Variances().Noise)
	f, err = wide.Forecast(to)
	require.NoError(t, err)
	_, scale = f.Reading.CentreAndScale()
	assert.InEpsilon(t, 10*math.Sqrt(1+1/n+ahead*ahead/sxx), scale, 1e-9)
}

func TestTrendAmbition(t *testing.T) {
	trend := trendFitted(t, trendYearly(61, 63, 62, 65, 64, 66, 67, 66, 69), forecast.TrendOptions{})
	day := trendDay("2020-12-31")
	got, err := trend.Ambition(day, milestone.Up, forecast.TrendAmbition{Floor: 66, Central: 70, Stretch: 75})
	require.NoError(t, err)
	f, err := trend.Forecast(day)
	require.NoError(t, err)
	assert.Equal(t, forecast.TrendAmbition{Floor: f.Reading.AtLeast(66), Central: f.Reading.AtLeast(70), Stretch: f.Reading.AtLeast(75)}, got)
	down, err := trend.Ambition(day, milestone.Down, forecast.TrendAmbition{Floor: 75, Central: 70, Stretch: 66})
	require.NoError(t, err)
	assert.InDelta(t, 1-got.Floor, down.Stretch, 1e-12)
	_, err = trend.Ambition(day, milestone.Up, forecast.TrendAmbition{Floor: 75, Central: 70, Stretch: 66})
	require.ErrorIs(t, err, forecast.ErrTrendAmbition)
	_, err = trend.Ambition(day, 0, forecast.TrendAmbition{})
	require.ErrorIs(t, err, forecast.ErrTrendDirection)
	_, err = trend.Ambition(trendDay("2011-01-01"), milestone.Up, forecast.TrendAmbition{})
	require.ErrorContains(t, err, "a forecast looks ahead of it")
}
