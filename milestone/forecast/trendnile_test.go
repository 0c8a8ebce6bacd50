package forecast_test

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

// trendNile reads the annual flow of the Nile, each year a year of 365 days after the one before, or at its calendar end.
func trendNile(t *testing.T, regular bool) []forecast.TrendPoint {
	t.Helper()
	f, err := os.Open("../../../shared/data/schedule/indicator/nile.csv")
	if err != nil {
		t.Skip("the flow of the Nile is absent: ../shared/data not beside the repository")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 101)
	first := calendar.On(1871, 12, 31)
	var points []forecast.TrendPoint
	for i, row := range rows[1:] {
		year, err := strconv.Atoi(row[0])
		require.NoError(t, err)
		value, err := strconv.ParseFloat(row[1], 64)
		require.NoError(t, err)
		on := calendar.On(year, 12, 31)
		if regular {
			on = first.Add(calendar.Days(365 * i))
		}
		points = append(points, forecast.TrendPoint{On: on, Value: value})
	}
	return points
}

// The forecast for the next five years and their errors, by the textbook's recursion with the published variances.
var trendNileErrors = []float64{143.5266, 148.5564, 153.4215, 158.1370, 162.7159}

const (
	trendNileMean  = 798.3681
	trendNileLevel = 1469.147
	trendNileNoise = 15098.577
)

// With the published variances (R's StructTS) the forecasts are those of the recursion for this model alone, written as in any
// textbook: P' = P h/(P+h) + q.
func TestNileForecastsToPrintedPrecision(t *testing.T) {
	points := trendNile(t, true)
	trend, err := forecast.FitTrend(points, forecast.TrendOptions{
		Model: forecast.LevelTrend, Variances: &forecast.TrendVariances{Level: trendNileLevel / 365, Noise: trendNileNoise},
	})
	require.NoError(t, err)
	mean, p := points[0].Value, trendNileNoise
	for _, point := range points[1:] {
		p += trendNileLevel
		gain := p / (p + trendNileNoise)
		mean += gain * (point.Value - mean)
		p *= 1 - gain
	}
	for i, want := range trendNileErrors {
		f, err := trend.Forecast(points[99].On.Add(calendar.Days(365 * (i + 1))))
		require.NoError(t, err)
		sd, ok := f.Reading.SD()
		require.True(t, ok)
		assert.InDelta(t, trendNileMean, f.Reading.Median(), 5e-5)
		assert.InDelta(t, want, sd, 5e-5, "%d years ahead", i+1)
		assert.InEpsilon(t, mean, f.Reading.Median(), 1e-12)
		assert.InEpsilon(t, math.Sqrt(p+float64(i+1)*trendNileLevel+trendNileNoise), sd, 1e-12)
		level, _ := f.Level.SD()
		assert.InEpsilon(t, math.Sqrt(p+float64(i+1)*trendNileLevel), level, 1e-12)
	}
}

func TestNileVariances(t *testing.T) {
	trend, err := forecast.FitTrend(trendNile(t, true), forecast.TrendOptions{Model: forecast.LevelTrend})
	require.NoError(t, err)
	v := trend.Variances()
	l, ok := trend.LogLikelihood()
	require.True(t, ok)
	t.Logf("level %.6f noise %.6f log likelihood %.9f", v.Level*365, v.Noise, l)
	assert.InEpsilon(t, trendNileLevel, v.Level*365, 2e-4)
	assert.InEpsilon(t, trendNileNoise, v.Noise, 1e-5)
	printed, err := forecast.FitTrend(trendNile(t, true), forecast.TrendOptions{
		Model: forecast.LevelTrend, Variances: &forecast.TrendVariances{Level: trendNileLevel / 365, Noise: trendNileNoise},
	})
	require.NoError(t, err)
	theirs, _ := printed.LogLikelihood()
	assert.InDelta(t, -632.54562510, l, 5e-8)
	assert.GreaterOrEqual(t, l, theirs, "the likelihood is at least as high as where R stopped")
	assert.InDelta(t, theirs, l, 1e-6)
	for i, want := range trendNileErrors {
		f, err := trend.Forecast(trend.Points()[99].On.Add(calendar.Days(365 * (i + 1))))
		require.NoError(t, err)
		sd, _ := f.Reading.SD()
		assert.InDelta(t, trendNileMean, f.Reading.Median(), 0.001)
		assert.InDelta(t, want, sd, 0.01)
	}
	calendarYears, err := forecast.FitTrend(trendNile(t, false), forecast.TrendOptions{Model: forecast.LevelTrend})
	require.NoError(t, err)
	assert.InEpsilon(t, trendNileLevel, calendarYears.Variances().Level*365.25, 2e-3, "leap years hardly matter")
}

// The river's flow shows no slope that wanders, and the estimate says so rather than something small.
func TestNileSlopeDoesNotWander(t *testing.T) {
	trend, err := forecast.FitTrend(trendNile(t, true), forecast.TrendOptions{})
	require.NoError(t, err)
	assert.Equal(t, forecast.LinearTrend, trend.Model())
	assert.Equal(t, 0.0, trend.Variances().Slope)
	pace, ok := trend.Pace()
	require.True(t, ok)
	assert.Less(t, math.Abs(pace.PerDay), 2*pace.Error)
}
