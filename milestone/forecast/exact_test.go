package forecast_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

// exponential is a discrete shape of 4,000 equally likely values at the middles of their quantiles: its mean is within 2e-4 of the true one.
func exponential(rate float64) forecast.Shape {
	s := forecast.Shape{Kind: forecast.Discrete, Scale: forecast.InMinutes}
	const n = 4000
	for i := range n {
		// the mean of the part of the distribution between the two quantiles, so that the mean is exact
		lo, hi := float64(i)/n, float64(i+1)/n
		part := func(p float64) float64 { // the integral of -ln(1-p)
			if p >= 1 {
				return 1
			}
			return (1-p)*math.Log(1-p) + p
		}
		s.Values = append(s.Values, math.Round(10000*(part(hi)-part(lo))*n/rate))
	}
	return s
}

func TestBridgeOfExponentials(t *testing.T) {
	const trials = 400_000
	for _, c := range []struct {
		name  string
		rates map[string]float64
		mean  float64
		crit  map[string]float64
	}{
		{"one rate", map[string]float64{"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}, 83.0 / 24,
			map[string]float64{"a": 19.0 / 24, "b": 5.0 / 24, "c": 7.0 / 12, "d": 5.0 / 24, "e": 19.0 / 24}},
		{"five rates", map[string]float64{"a": 1, "b": 2, "c": 3, "d": 0.5, "e": 1}, 8149.0 / 2310, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := bridge(func(id string) (calendar.Minutes, forecast.Shape) {
				return calendar.Minutes(10000 / c.rates[id]), exponential(c.rates[id])
			})
			r := simulate(t, s.model(t, forecast.ModelOptions{Bin: 1}), forecast.Options{Seed: 1, Trials: trials})
			o, ok := r.Outcome(forecast.End)
			require.True(t, ok)
			planned := float64(o.Planned - monday)
			mean := (planned + o.MeanPoint()) / 10000
			sd := o.Deviation / 10000
			assert.InDelta(t, c.mean, mean, 4*sd/math.Sqrt(trials)+3e-4)
			for id, want := range c.crit {
				assert.InDelta(t, want, chance(r, id), 4*math.Sqrt(want*(1-want)/trials)+1e-3, id)
			}
			assert.GreaterOrEqual(t, o.Bias, calendar.Minutes(0), "Jensen's inequality")
		})
	}
}

// Every draw is one of two values, so all 32 combinations can be listed; the distribution and the shares with ties are fractions of 32.
func TestBridgeOfTwoPoints(t *testing.T) {
	const trials = 320_000
	s := bridge(func(string) (calendar.Minutes, forecast.Shape) {
		return 2, forecast.Shape{Kind: forecast.Discrete, Scale: forecast.InMinutes, Values: []float64{1, 3}}
	})
	r := simulate(t, s.model(t, forecast.ModelOptions{}), forecast.Options{Seed: 5, Trials: trials})
	o, _ := r.Outcome(forecast.End)
	want := map[calendar.Minute]float64{3: 1, 4: 3, 5: 8, 6: 4, 7: 12, 9: 4}
	got := map[calendar.Minute]float64{}
	for _, step := range o.Distribution() {
		got[step.Until-monday] = float64(step.Trials) * 32 / trials
	}
	require.Len(t, got, len(want))
	for at, n := range want {
		assert.InDelta(t, n, got[at], 32*4*math.Sqrt(n/32*(1-n/32)/trials), "at %d", at)
	}
	assert.InDelta(t, 199.0/32, float64(o.Planned-monday)+o.MeanPoint(), 4*o.Deviation/math.Sqrt(trials))
	for id, share := range map[string]float64{"a": 29.0 / 32, "b": 1.0 / 8, "c": 25.0 / 32, "d": 1.0 / 8, "e": 29.0 / 32} {
		assert.InDelta(t, share, chance(r, id), 4*math.Sqrt(share*(1-share)/trials), id)
	}
}

// normal is a normal distribution as the sum of values between quantiles, in units of a hundredth of a standard deviation.
func normal(mean, sd float64) forecast.Shape {
	s := forecast.Shape{Kind: forecast.Discrete, Scale: forecast.InMinutes}
	const n = 4000
	density := func(p float64) float64 {
		if p <= 0 || p >= 1 {
			return 0
		}
		z := math.Sqrt2 * math.Erfinv(2*p-1)
		return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
	}
	for i := range n {
		z := n * (density(float64(i)/n) - density(float64(i+1)/n))
		s.Values = append(s.Values, math.Round(1000*(mean+sd*z)))
	}
	return s
}

func TestMaximaOfNormals(t *testing.T) {
	const trials = 200_000
	for n, want := range map[int]float64{2: .5641895835, 3: .8462843753, 5: 1.1629644736, 10: 1.5387527308, 20: 1.8674750598} {
		s := newSketch()
		for i := range n {
			s.task(string(rune('a'+i)), 10_000, normal(10, 1))
		}
		r := simulate(t, s.model(t, forecast.ModelOptions{}), forecast.Options{Seed: 9, Trials: trials})
		o, _ := r.Outcome(forecast.End)
		assert.InDelta(t, want, o.MeanPoint()/1000, 4*o.Deviation/1000/math.Sqrt(trials)+1e-3, "%d", n)
	}
}

// Clark, Operations Research 9, 1961: the maximum of two normals with means 10 and 11 and standard deviations 2 and 1, correlated.
func TestClark(t *testing.T) {
	const trials = 400_000
	for _, c := range []struct{ r, mean, variance, first float64 }{
		{0, 11.4798107063, 1.2720522488, .3273604230},
		{.5, 11.3030575363, 1.4506528858, .2818514308},
		{-.3, 11.5724081837, 1.1318976619, .3439856581},
	} {
		s := newSketch()
		s.task("x", 10_000, normal(10, 2))
		s.task("y", 11_000, normal(11, 1))
		if c.r != 0 {
			s.risk.Correlations = []forecast.Correlation{{Record: record.New("xy"), Subject: activity("x"), With: activity("y"),
				Rank: 6 / math.Pi * math.Asin(c.r/2)}}
		}
		r := simulate(t, s.model(t, forecast.ModelOptions{}), forecast.Options{Seed: 3, Trials: trials})
		o, _ := r.Outcome(forecast.End)
		assert.InDelta(t, c.mean, 11+o.MeanPoint()/1000, 4*o.Deviation/1000/math.Sqrt(trials)+2e-3, "r=%v", c.r)
		assert.InDelta(t, c.variance, o.Deviation*o.Deviation/1e6, .02, "r=%v", c.r)
		assert.InDelta(t, c.first, chance(r, "x"), .004, "r=%v", c.r)
	}
}

func TestFactorsCorrelate(t *testing.T) {
	s := newSketch()
	s.task("x", 10_000, normal(10, 1))
	s.task("y", 10_000, normal(10, 1))
	s.after("x", "y")
	s.risk.Factors = []forecast.Factor{{Record: record.New("f"), Name: "weather"}}
	for _, id := range []string{"x", "y"} {
		s.risk.Loadings = append(s.risk.Loadings, forecast.Loading{Record: record.New(record.ID("l-" + id)), Subject: activity(id), On: "f", Weight: math.Sqrt(.5)})
	}
	r := simulate(t, s.model(t, forecast.ModelOptions{}), forecast.Options{Seed: 3, Trials: 200_000})
	o, _ := r.Outcome(forecast.End)
	assert.InDelta(t, 3, o.Deviation*o.Deviation/1e6, .03, "Var(x+y) = 1 + 1 + 2 * 0.5")
}

var _ = milestone.FinishStart
