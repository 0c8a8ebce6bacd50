package forecast_test

import (
	"encoding/binary"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

// Whatever the readings, the answer is an error or a forecast whose chances are chances: from 0 to 1, never falling as less is
// asked, adding up to one, wider for a reading than for the level, and certain of what is already certain.
func FuzzFitTrend(f *testing.F) {
	f.Add([]byte("\x01\x00\x10\x00\x02\x01\x20\x00\x09\x00\x19\x00\x05\x00\x30\x01\x06\x00\x01\x00"), uint8(0), 1.0, 400)
	f.Add([]byte("a small set of numbers that go up and down and further on, far enough for eight readings and more"), uint8(1), 1e-3, 30)
	f.Add([]byte("a small set of numbers that go up and down and further on, far enough for eight readings and more"), uint8(6), 1e6, 3000)
	f.Add([]byte("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), uint8(0), 1e300, 1)
	f.Fuzz(func(t *testing.T, data []byte, how uint8, size float64, ahead int) {
		size = math.Abs(size)
		if len(data) > 160 || math.IsNaN(size) {
			return
		}
		options := forecast.TrendOptions{}
		flow := how&1 != 0
		if flow {
			options.Reading = milestone.Flow
		} else if how&2 != 0 {
			options.Bounds = forecast.TrendBounds{Low: -size, High: 70000 * size}
		}
		options.Model = forecast.TrendModel(how >> 2 % 5)
		var points []forecast.TrendPoint
		day := calendar.On(2000, 1, 1)
		for ; len(data) >= 4; data = data[4:] {
			p := forecast.TrendPoint{From: day, On: day.Add(calendar.Days(data[2] % 100)), Value: size * float64(binary.LittleEndian.Uint16(data))}
			if data[3] < 100 {
				p.StandardError = size * float64(data[3])
			}
			day = p.On.Add(1 + calendar.Days(data[3]%7))
			points = append(points, p)
		}
		trend, err := forecast.FitTrend(points, options)
		if err != nil {
			require.Nil(t, trend)
			require.NotEmpty(t, err.Error())
			return
		}
		last := points[len(points)-1].On
		on := last.Add(calendar.Days(1 + (ahead&0xfff)%4000))
		fc, err := trend.Forecast(on)
		if flow {
			fc, err = trend.Further(last.Add(1), on)
		}
		require.NoError(t, err)
		middle := fc.Reading.Median()
		before := 1.0
		for i := -3; i <= 3; i++ {
			v := middle + float64(i)*size
			p, q := fc.Reading.AtLeast(v), fc.Reading.AtMost(v)
			require.True(t, p >= 0 && p <= 1 && p <= before, "chance %v of %v after %v", p, v, before)
			require.InDelta(t, 1, p+q, 1e-9)
			before = p
		}
		_, level := fc.Level.CentreAndScale()
		_, reading := fc.Reading.CentreAndScale()
		require.LessOrEqual(t, level, reading)
		x := trend.Draw(uint64(how), 1, uint64(ahead), on)
		require.False(t, math.IsNaN(x))
		require.Equal(t, x, trend.Draw(uint64(how), 1, uint64(ahead), on))
	})
}

func TestTrendSpreadEnds(t *testing.T) {
	normal := trendFitted(t, trendYearly(61, 63, 62), forecast.TrendOptions{Model: forecast.LevelTrend, Variances: &forecast.TrendVariances{Level: 0.01, Noise: 2}})
	student := trendFitted(t, trendYearly(61, 63, 62), forecast.TrendOptions{})
	share := trendFitted(t, trendYearly(61, 63, 62), forecast.TrendOptions{Bounds: forecast.TrendBounds{High: 100}})
	for _, trend := range []*forecast.Trend{normal, student} {
		f, err := trend.Forecast(trendDay("2014-01-01"))
		require.NoError(t, err)
		for _, p := range []float64{0, -1} {
			assert.True(t, math.IsInf(f.Reading.Quantile(p), -1))
		}
		assert.True(t, math.IsInf(f.Reading.Quantile(2), 1))
		assert.Equal(t, 1.0, f.Reading.AtLeast(math.Inf(-1)))
		assert.Equal(t, 0.0, f.Reading.AtMost(math.Inf(-1)))
	}
	f, err := share.Forecast(trendDay("2014-01-01"))
	require.NoError(t, err)
	assert.Equal(t, []float64{0, 100}, []float64{f.Reading.Quantile(0), f.Reading.Quantile(1)})
	assert.Equal(t, []float64{1, 0, 1}, []float64{f.Reading.AtLeast(-5), f.Reading.AtLeast(100), f.Reading.Between(0, 100)})
	_, ok := student.LogLikelihood()
	assert.False(t, ok)
	_, err = student.Forecast(calendar.Date{})
	require.EqualError(t, err, "no day is given")
}

// The first end of a vague date may be past; claimants may differ on the date; a milestone may have no targets, or no date.
func TestOutlookOfOddMilestones(t *testing.T) {
	target := milestone.Target{Record: record.New("t"), Milestone: "step", Indicator: "share", AtLeast: trendQuantity(t, "64")}
	plan := func(due string, targets ...milestone.Target) *milestone.Plan {
		m := milestone.Milestone{Record: record.New("step"), Name: "Waits"}
		if due != "" {
			m.Due = calendar.MustParseWhen(due)
		}
		rival := m
		rival.ID, rival.Of, rival.Claimant, rival.Due = "rival", "step", "opposition", calendar.MustParseWhen("2027")
		return trendPlan(t, milestone.Spec{
			Milestones: []milestone.Milestone{m, rival}, Targets: targets,
			Indicators:   []milestone.Indicator{{Record: record.New("share"), Name: "seen in time", ProxyFor: "share"}},
			Observations: trendReadings(t, "share", trendQuarters...),
		})
	}
	o := trendOutlook(t, plan("2024-06-01/2026-01-01", target), trendAsked, forecast.OutlookOptions{})
	assert.Equal(t, record.StateUnknown, o.Targets[0].Early.State)
	assert.Contains(t, o.Targets[0].Early.Ground, "the last reading is for 2024-12-31")
	assert.Positive(t, trendKnown(t, o.Chance))
	assert.Equal(t, "Claimants differ on the due date; this is for 2024-06-01/2026-01-01.", o.Says[len(o.Says)-1])
	assert.Contains(t, o.Targets[0].Limits, "The indicator stands in for share, and how well is not known here.")

	o = trendOutlook(t, plan("", target), trendAsked, forecast.OutlookOptions{})
	assert.Equal(t, "the milestone has no date that means a day", o.Targets[0].Chance.Ground)
	assert.Contains(t, o.Says[0], "by a date that is not known")
	o = trendOutlook(t, plan("2026"), trendAsked, forecast.OutlookOptions{})
	assert.Equal(t, "the milestone has no target that is counted", o.Chance.Ground)

	// A level to keep over a vague date, and one whose last reading already is as asked.
	keep := target
	keep.AtLeast, keep.Maintain = trendQuantity(t, "60"), true
	got := trendOutlook(t, plan("2025-01-15/2026-01-01", keep), trendAsked, forecast.OutlookOptions{Trials: 500}).Targets[0]
	assert.Greater(t, trendKnown(t, got.Early), 0.9)
	assert.Equal(t, 0.0, trendKnown(t, got.Required))
	assert.Contains(t, got.Says[2], "The last reading is as asked")
	in, ok := got.Drawn(1, 1, trendDay("2025-01-01"))
	assert.True(t, ok)
	assert.True(t, in)

	// Bought at the price of a band: too high counts as missed, and the pace goes down.
	band := target
	band.AtLeast, band.AtMost = trendQuantity(t, "50"), trendQuantity(t, "55")
	got = trendOutlook(t, plan("2026", band), trendAsked, forecast.OutlookOptions{}).Targets[0]
	assert.InEpsilon(t, (55-62.2)/730, trendKnown(t, got.Required)*float64(trendDay("2026-12-31").Sub(trendDay("2024-12-31")))/730, 1e-12)

	known := record.Moment{On: trendDay("2025-02-01"), Known: trendDay("2020-01-01").In(time.UTC)}
	o = trendOutlook(t, plan("2026", target), known, forecast.OutlookOptions{})
	assert.Len(t, o.Targets, 1, "records without an instant were always known")
}
