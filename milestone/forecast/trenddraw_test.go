package forecast_test

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

// The draws are part of the format: a change here changes every published simulation.
func TestTrendDrawsAreFrozen(t *testing.T) {
	sum := sha256.Sum256([]byte("indicator\x00homes"))
	assert.Equal(t, binary.BigEndian.Uint64(sum[:]), forecast.TrendKey("homes"))
	key := forecast.TrendKey("homes")
	for _, c := range []struct {
		trial, day uint64
		component  int
		want       float64
	}{
		{0, 0, 1, 1.520838458618121}, {0, 1, 1, -1.2792029492150956}, {1, 1, 1, -0.7770091660180732},
		{1 << 40, 700, 3, -0.04902818105168513},
	} {
		assert.Equal(t, c.want, forecast.TrendNormalDraw(2024, key, c.trial, c.day, c.component))
	}
}

// trendDrawn fits a trend with given variances to an invented series.
func trendDrawn(t *testing.T, flow bool, model forecast.TrendModel, v *forecast.TrendVariances, n int) *forecast.Trend {
	t.Helper()
	o := forecast.TrendOptions{Model: model, Variances: v}
	if flow {
		o.Reading = milestone.Flow
	}
	trend, err := forecast.FitTrend(trendInvented(rand.New(rand.NewPCG(5, 5)), n, flow, 0), o)
	require.NoError(t, err)
	return trend
}

// A draw has the distribution of the forecast: its quantiles split the draws as they should.
func TestTrendDrawsFollowTheForecast(t *testing.T) {
	const trials = 20000
	v := &forecast.TrendVariances{Level: 0.02, Slope: 1e-6, Noise: 0.7}
	for name, trend := range map[string]*forecast.Trend{
		"linear": trendDrawn(t, false, forecast.LinearTrend, v, 12), "level": trendDrawn(t, false, forecast.LevelTrend, v, 12),
		"flow": trendDrawn(t, true, forecast.LinearTrend, v, 12), "regression": trendDrawn(t, false, forecast.RegressionTrend, nil, 5),
		"smooth":          trendDrawn(t, false, forecast.LinearTrend, &forecast.TrendVariances{Slope: 1e-5, Noise: 0.1}, 12),
		"flow regression": trendDrawn(t, true, forecast.RegressionTrend, nil, 6),
	} {
		t.Run(name, func(t *testing.T) {
			last := trend.Points()[len(trend.Points())-1].On
			for _, days := range []calendar.Days{1, 2, 7, 64, 365, 1001} {
				on := last.Add(days)
				f, err := trend.Forecast(on)
				if trend.Points()[0].From != (calendar.Date{}) {
					f, err = trend.Further(last.Add(1), on)
				}
				require.NoError(t, err)
				for _, p := range []float64{0.05, 0.5, 0.9} {
					q := f.Reading.Quantile(p)
					below := 0
					for i := range uint64(trials) {
						if trend.Draw(11, 3, i, on) <= q {
							below++
						}
					}
					assert.InDelta(t, p, float64(below)/trials, 4.5*math.Sqrt(p*(1-p)/trials), "%d days, %v", days, p)
				}
			}
		})
	}
}

// Days of one trial hang together as the model says: what a day adds to another is the model's own noise between the two,
// whatever their places in the tree of draws.
func TestTrendDrawsAreTrajectories(t *testing.T) {
	const trials = 40000
	v := &forecast.TrendVariances{Level: 0.5, Noise: 1e-9}
	trend := trendDrawn(t, false, forecast.LevelTrend, v, 12)
	last := trend.Points()[11].On
	for _, pair := range [][2]calendar.Days{{0, 1}, {1, 2}, {3, 4}, {3, 5}, {7, 8}, {100, 101}, {127, 128}, {60, 300}, {511, 513}} {
		sum, square := 0.0, 0.0
		for i := range uint64(trials) {
			d := trend.Draw(1, 2, i, last.Add(pair[1])) - trend.Draw(1, 2, i, last.Add(pair[0]))
			sum += d
			square += d * d
		}
		want := 0.5 * float64(pair[1]-pair[0])
		assert.InDelta(t, 0, sum/trials, 4.5*math.Sqrt(want/trials), "%v", pair)
		assert.InEpsilon(t, want, square/trials, 4.5*math.Sqrt(2.0/trials), "%v", pair)
	}
	// Steps that do not overlap are independent.
	product := 0.0
	for i := range uint64(trials) {
		a, b, c := trend.Draw(1, 2, i, last.Add(37)), trend.Draw(1, 2, i, last.Add(43)), trend.Draw(1, 2, i, last.Add(49))
		product += (b - a) * (c - b)
	}
	assert.InDelta(t, 0, product/trials, 4.5*3/math.Sqrt(trials))
}

// The joint law of three days of a local linear trend, by the model's covariances: forecasts made from a later day of the same
// trajectory must be as far off as the model says.
func TestTrendDrawsOfASlopeAndOfAFlow(t *testing.T) {
	const trials = 40000
	v := &forecast.TrendVariances{Level: 0.01, Slope: 1e-4, Noise: 1e-9}
	stock := trendDrawn(t, false, forecast.LinearTrend, v, 12)
	last := stock.Points()[11].On
	at := func(i uint64, day calendar.Days) float64 { return stock.Draw(9, 9, i, last.Add(day)) }
	square := 0.0
	for i := range uint64(trials) {
		second := at(i, 90) - 2*at(i, 60) + at(i, 30)
		square += second * second
	}
	// Var of the second difference over steps of h: 2 h σ²_level + (2/3) h³ σ²_slope.
	assert.InEpsilon(t, 2*30*0.01+2./3*27000*1e-4, square/trials, 4.5*math.Sqrt(2.0/trials))

	flow := trendDrawn(t, true, forecast.LevelTrend, &forecast.TrendVariances{Level: 1e-3, Noise: 0.4}, 12)
	last = flow.Points()[11].On
	square = 0
	for i := range uint64(trials) {
		second := flow.Draw(9, 9, i, last.Add(90)) - 2*flow.Draw(9, 9, i, last.Add(60)) + flow.Draw(9, 9, i, last.Add(30))
		square += second * second
	}
	// Of the integral of a Wiener process: (2/3) h³ σ²_level; and of the noise of what comes in, 2 h σ²_noise.
	assert.InEpsilon(t, 2./3*27000*1e-3+2*30*0.4, square/trials, 4.5*math.Sqrt(2.0/trials))
}

func TestTrendDrawIsStateless(t *testing.T) {
	v := &forecast.TrendVariances{Level: 0.02, Slope: 1e-6, Noise: 0.7}
	trend := trendDrawn(t, false, forecast.LinearTrend, v, 12)
	last := trend.Points()[11].On
	var forwards, backwards []float64
	for i := range uint64(50) {
		forwards = append(forwards, trend.Draw(1, 2, i, last.Add(calendar.Days(7*i))))
	}
	for i := range uint64(50) {
		backwards = append(backwards, trend.Draw(1, 2, 49-i, last.Add(calendar.Days(7*(49-i)))))
	}
	slices.Reverse(backwards)
	assert.Equal(t, forwards, backwards)
	assert.Equal(t, trend.Draw(1, 2, 3, last), trend.Draw(1, 2, 3, last.Add(-40)), "days before the last reading stand for it")
	assert.NotEqual(t, trend.Draw(1, 2, 3, last), trend.Draw(1, 3, 3, last))
	assert.NotEqual(t, trend.Draw(1, 2, 3, last), trend.Draw(2, 2, 3, last))
	assert.NotEqual(t, trend.Draw(1, 2, 3, last), trend.Draw(1, 2, 4, last))
	assert.True(t, math.IsNaN(trend.Draw(1, 2, 3, calendar.Date{})))
	assert.True(t, math.IsNaN((&forecast.Trend{}).Draw(1, 2, 3, last)))
	assert.Zero(t, testing.AllocsPerRun(100, func() { trend.Draw(1, 2, 3, last.Add(1000)) }))
}

func BenchmarkTrendDraw(b *testing.B) {
	points := trendInvented(rand.New(rand.NewPCG(5, 5)), 12, false, 0)
	trend, err := forecast.FitTrend(points, forecast.TrendOptions{})
	require.NoError(b, err)
	on := points[11].On.Add(1300)
	for i := uint64(0); b.Loop(); i++ {
		trend.Draw(1, 2, i, on)
	}
}

func BenchmarkFitTrend(b *testing.B) {
	points := trendInvented(rand.New(rand.NewPCG(5, 5)), 60, false, 0)
	for b.Loop() {
		if _, err := forecast.FitTrend(points, forecast.TrendOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
