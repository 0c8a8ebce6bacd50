package forecast_test

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/forecast"
)

// Means, variances and quantiles computed apart, with scipy.
func TestShapes(t *testing.T) {
	for _, c := range []struct {
		name           string
		s              forecast.Shape
		mean, variance float64
		quantiles      map[float64]float64
	}{
		{"triangular", forecast.Shape{Kind: forecast.Triangular, Min: 5, Mode: 8, Max: 20}, 11, 10.5,
			map[float64]float64{.1: 7.12132, .5: 10.513167, .8: 14, .9: 15.757359}},
		{"pert", forecast.Shape{Kind: forecast.PERT, Min: 5, Mode: 8, Max: 20}, 9.5, 6.75,
			map[float64]float64{.1: 6.348532, .5: 9.150084, .8: 11.753879, .9: 13.180011}},
		{"pert 2", forecast.Shape{Kind: forecast.PERT, Min: 5, Mode: 8, Max: 20, Lambda: 2}, 10.25, 10.2375,
			map[float64]float64{.1: 6.286835, .5: 9.845622, .8: 13.171653, .9: 14.863453}},
		{"pert 8", forecast.Shape{Kind: forecast.PERT, Min: 5, Mode: 8, Max: 20, Lambda: 8}, 8.9, 3.9354545454545455,
			map[float64]float64{.1: 6.504569, .5: 8.653166, .8: 10.563586, .9: 11.647068}},
		{"uniform", forecast.Shape{Kind: forecast.UniformOn, Min: 2, Max: 8}, 5, 3, map[float64]float64{.25: 3.5}},
		{"point", forecast.Shape{Kind: forecast.Point, Mode: 3}, 3, 0, map[float64]float64{.5: 3}},
		{"a triangle that is a point", forecast.Shape{Kind: forecast.Triangular, Min: 3, Mode: 3, Max: 3}, 3, 0, map[float64]float64{.9: 3}},
		{"lognormal", forecast.Shape{Kind: forecast.Lognormal, P50: 1, P90: math.Exp(1.2815515655446004)}, math.Exp(.5), (math.E - 1) * math.E,
			map[float64]float64{.1: math.Exp(-1.2815515655446004), .5: 1}},
		{"lognormal of p10 and p90", forecast.Shape{Kind: forecast.Lognormal, P10: 2, P90: 8}, math.Exp(math.Log(4) + .5*math.Pow(math.Log(2)/1.2815515655446004, 2)), -1,
			map[float64]float64{.1: 2, .5: 4, .9: 8}},
		{"lognormal of three", forecast.Shape{Kind: forecast.Lognormal, P10: 3, P50: 5, P90: 9}, -1, -1, map[float64]float64{.1: 3, .5: 5, .9: 9}},
		{"discrete", forecast.Shape{Kind: forecast.Discrete, Values: []float64{5, 1, 3}, Weights: []float64{1, 2, 1}}, 2.5, 2.75,
			map[float64]float64{.4: 1, .6: 3, .9: 5}},
		{"reference class", forecast.Shape{Kind: forecast.Reference, Values: []float64{1, 1, 2}}, 4.0 / 3, 2.0 / 9, map[float64]float64{.6: 1, .7: 2}},
	} {
		if c.mean >= 0 {
			assert.InDelta(t, c.mean, c.s.Mean(), 1e-12, c.name)
		}
		if c.variance >= 0 {
			assert.InDelta(t, c.variance, c.s.Variance(), 1e-12, c.name)
		}
		for p, want := range c.quantiles {
			assert.InDelta(t, want, c.s.Quantile(p), 1e-6, "%s at %v", c.name, p)
			step := uint32(p * forecast.Steps)
			at := (float64(step) + .5) / forecast.Steps
			assert.InDelta(t, c.s.Quantile(at)*1e4, forecast.Drawn(c.s, 1e4, step), 2e-5*1e4*math.Abs(want)+.01, "%s drawn at %v", c.name, p)
		}
	}
}

// What is drawn follows the quantiles everywhere, tails included.
func TestDrawsFollowQuantiles(t *testing.T) {
	for _, s := range []forecast.Shape{
		{Kind: forecast.Triangular, Min: .5, Mode: .5, Max: 2}, {Kind: forecast.Triangular, Min: .5, Mode: 2, Max: 2},
		{Kind: forecast.PERT, Min: .5, Mode: 1, Max: 3}, {Kind: forecast.PERT, Min: .5, Mode: .5, Max: 3}, {Kind: forecast.PERT, Min: .5, Mode: 1, Max: 3, Lambda: 40},
		{Kind: forecast.Lognormal, P50: 1, P90: 2}, {Kind: forecast.Lognormal, P10: .8, P50: 1, P90: 1.5}, {Kind: forecast.UniformOn, Min: 1, Max: 2},
	} {
		last := math.Inf(-1)
		draw := forecast.Drawer(s, 1e4)
		for i := range 20_001 {
			step := uint32(uint64(i) * (forecast.Steps - 1) / 20_000)
			switch {
			case i < 100:
				step = uint32(i)
			case i > 19_900:
				step = forecast.Steps - 1 - uint32(20_000-i)
			}
			want := s.Quantile((float64(step)+.5)/forecast.Steps) * 1e4
			got := draw(step)
			require.InDelta(t, want, got, 3e-5*want, "%+v at %d", s, step)
			require.GreaterOrEqual(t, got, last-1e-2, "%+v at %d", s, step)
			last = got
		}
	}
}

func TestIncompleteBeta(t *testing.T) {
	for _, c := range []struct{ x, a, b, want float64 }{
		{.5, 1, 1, .5}, {.3, 1, 2, .51}, {.25, 2, 1, .0625}, {.5, 2, 2, .5}, {.2, 3, 5, .1480320}, {.9, .5, .5, .7951672353008665},
	} {
		assert.InDelta(t, c.want, forecast.BetaBelow(c.x, c.a, c.b), 1e-7)
	}
	for _, a := range []float64{1, 1.3, 2, 4.8, 30} {
		for _, b := range []float64{1, 1.7, 5, 41} {
			for _, p := range []float64{1e-7, .001, .1, .5, .9, .999, 1 - 1e-7} {
				x := forecast.BetaQuantile(p, a, b)
				assert.InDelta(t, p, forecast.BetaBelow(x, a, b), 1e-11*math.Max(1, 1/p), "%v %v %v", a, b, p)
			}
		}
	}
}

func TestScoresAndBack(t *testing.T) {
	for _, step := range []uint32{0, 1, 100, 83886, 1 << 21, 1<<22 - 1, 1 << 22, 6_000_000, forecast.Steps - 2, forecast.Steps - 1} {
		p := (float64(step) + .5) / forecast.Steps
		z, back := forecast.Scores(step)
		assert.InDelta(t, -math.Sqrt2*math.Erfcinv(2*p), float64(z), 2e-5*math.Max(1, math.Abs(float64(z))))
		assert.InDelta(t, float64(step), float64(back), 3e-5*forecast.Steps)
	}
}

func TestShapeFaults(t *testing.T) {
	for _, c := range []struct {
		name string
		s    forecast.Shape
		want error
		path string
	}{
		{"none", forecast.Shape{}, forecast.ErrNoShape, "kind"},
		{"mode below", forecast.Shape{Kind: forecast.Triangular, Min: 2, Mode: 1, Max: 3}, forecast.ErrDisorder, "mode"},
		{"mode above", forecast.Shape{Kind: forecast.PERT, Min: 2, Mode: 4, Max: 3}, forecast.ErrDisorder, "mode"},
		{"upside down", forecast.Shape{Kind: forecast.UniformOn, Min: 2, Max: 1}, forecast.ErrDisorder, "min"},
		{"negative", forecast.Shape{Kind: forecast.Triangular, Min: -1, Mode: 1, Max: 3}, forecast.ErrBelowZero, "min"},
		{"negative point", forecast.Shape{Kind: forecast.Point, Mode: -1}, forecast.ErrBelowZero, "min"},
		{"negative value", forecast.Shape{Kind: forecast.Discrete, Values: []float64{-1, 1}}, forecast.ErrBelowZero, "min"},
		{"infinite", forecast.Shape{Kind: forecast.UniformOn, Min: 1, Max: math.Inf(1)}, forecast.ErrNotFinite, "max"},
		{"not a number", forecast.Shape{Kind: forecast.Discrete, Values: []float64{math.NaN()}}, forecast.ErrNotFinite, "values"},
		{"for another kind", forecast.Shape{Kind: forecast.UniformOn, Min: 1, Max: 2, P50: 1.5}, forecast.ErrNotForKind, "p50"},
		{"weights without need", forecast.Shape{Kind: forecast.Reference, Values: []float64{1}, Weights: []float64{1}}, forecast.ErrNotForKind, "weights"},
		{"lambda", forecast.Shape{Kind: forecast.PERT, Min: 1, Mode: 2, Max: 3, Lambda: -1}, forecast.ErrLambda, "lambda"},
		{"one percentile", forecast.Shape{Kind: forecast.Lognormal, P50: 1}, forecast.ErrFewQuanta, "p50"},
		{"percentiles out of order", forecast.Shape{Kind: forecast.Lognormal, P50: 2, P90: 1}, forecast.ErrFewQuanta, "p50"},
		{"leaning left", forecast.Shape{Kind: forecast.Lognormal, P10: 1, P50: 5, P90: 6}, forecast.ErrLeansLeft, "p50"},
		{"no values", forecast.Shape{Kind: forecast.Discrete}, forecast.ErrNoValues, "values"},
		{"few weights", forecast.Shape{Kind: forecast.Discrete, Values: []float64{1, 2}, Weights: []float64{1}}, forecast.ErrWeights, "weights"},
		{"no weight", forecast.Shape{Kind: forecast.Discrete, Values: []float64{1, 2}, Weights: []float64{0, 0}}, forecast.ErrWeights, "weights"},
		{"a class in hours", forecast.Shape{Kind: forecast.Reference, Scale: forecast.InHours, Values: []float64{1, 2}}, forecast.ErrReference, "scale"},
	} {
		s := newSketch()
		s.task("a", 600, c.s)
		_, err := forecast.NewModel(s.schedule(t), s.risk, forecast.ModelOptions{})
		faults, ok := errors.AsType[record.Faults](err)
		require.True(t, ok, "%s: %v", c.name, err)
		require.ErrorIs(t, err, c.want, c.name)
		found := false
		for _, f := range faults {
			found = found || f.Path == "estimates[0].shape."+c.path && errors.Is(f, c.want)
		}
		assert.True(t, found, "%s: %v", c.name, err)
	}
}

func TestWords(t *testing.T) {
	for k := forecast.Point; k <= forecast.Reference; k++ {
		b, err := k.MarshalText()
		require.NoError(t, err)
		var back forecast.ShapeKind
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, k, back)
		assert.Equal(t, string(b), k.String())
	}
	for s := forecast.Ratio; s <= forecast.ElapsedDays; s++ {
		b, err := s.MarshalText()
		require.NoError(t, err)
		var back forecast.Scale
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, s, back)
	}
	for c := forecast.Series; c <= forecast.Parallel; c++ {
		b, err := c.MarshalText()
		require.NoError(t, err)
		var back forecast.Combination
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, c, back)
	}
	var k forecast.ShapeKind
	_, ok := errors.AsType[*record.EnumError](k.UnmarshalText([]byte("triangle")))
	assert.True(t, ok)
	assert.Equal(t, "ratio", forecast.Scale(0).String())
	assert.Equal(t, "series", forecast.Combination(0).String())
}
