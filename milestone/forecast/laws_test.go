package forecast_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

// The definition of draws is frozen: results of other versions must merge with these. Computed apart, in Python.
func TestDrawsAreFrozen(t *testing.T) {
	for _, c := range []struct {
		seed          uint64
		purpose, text string
		trial         uint64
		want          uint32
	}{
		{0, "duration", "activity/a1", 0, 1895524},
		{0, "duration", "activity/a1", 1, 2425124},
		{1, "duration", "activity/a1", 2, 8269275},
		{18446744073709551615, "risk", "risk/flood", 63, 7143142},
		{42, "factor", "factor/labour", 9007199254740991, 1708686},
		{7, "driver", "driver/Ünïcode", 4096, 3516055},
	} {
		assert.Equal(t, c.want, forecast.DrawStep(c.seed, c.purpose, c.text, c.trial), "%+v", c)
		assert.InDelta(t, (float64(c.want)+.5)/forecast.Steps, forecast.Uniform(c.seed, c.purpose, c.text, c.trial), 0)
	}
}

func TestDrawsAreUniform(t *testing.T) {
	const n = 1 << 18
	var bins [64]int
	sum, product, last := 0.0, 0.0, 0.0
	for trial := range uint64(n) {
		u := forecast.Uniform(7, "duration", "activity/a", trial)
		bins[int(u*64)]++
		sum += u
		product += (u - .5) * (last - .5)
		last = u
	}
	assert.InDelta(t, .5, sum/n, 4*math.Sqrt(1.0/12/n))
	assert.InDelta(t, 0, product/n, 4.0/12/math.Sqrt(n))
	chi := 0.0
	for _, b := range bins {
		chi += math.Pow(float64(b)-n/64, 2) / (n / 64)
	}
	assert.Less(t, chi, 120.0, "63 degrees of freedom")
}

// rich is a model with all that there is: several calendars, risks, drivers, factors, all shapes.
func rich(seed uint64) *sketch {
	s := wild(seed, 16, seed%2 == 0)
	r := rand.New(rand.NewPCG(seed, 99))
	shapes := []forecast.Shape{
		{Kind: forecast.Triangular, Min: .8, Mode: 1, Max: 1.5}, {Kind: forecast.UniformOn, Min: .7, Max: 1.6}, {Kind: forecast.PERT, Min: .8, Mode: 1, Max: 2},
		{Kind: forecast.Lognormal, P50: 1, P90: 1.4}, {Kind: forecast.Discrete, Values: []float64{1, 2, 1.5}}, {Kind: forecast.Reference, Values: []float64{.9, 1.1, 1.2, 2}},
	}
	var touched []record.Ref
	for _, a := range s.spec.Activities {
		if a.Type != 0 || a.Lasts == 0 || a.Finished != 0 {
			continue
		}
		s.risk.Estimates = append(s.risk.Estimates, forecast.Estimate{Record: record.New("e-" + a.ID), Subject: activity(string(a.ID)), Shape: shapes[r.IntN(len(shapes))]})
		if r.IntN(3) == 0 {
			touched = append(touched, activity(string(a.ID)))
		}
		if r.IntN(4) == 0 {
			s.risk.Loadings = append(s.risk.Loadings, forecast.Loading{Record: record.New("l-" + a.ID), Subject: activity(string(a.ID)), On: "f", Weight: .6})
		}
	}
	s.risk.Factors = []forecast.Factor{{Record: record.New("f"), Name: "labour"}}
	if len(touched) > 0 {
		s.risk.Risks = []forecast.Risk{
			{Record: record.New("r1"), Name: "flood", Probability: .3, Impact: forecast.Shape{Kind: forecast.UniformOn, Scale: forecast.InHours, Min: 5, Max: 40}, Touches: touched},
			{Record: record.New("r2"), Name: "strike", Probability: .2, Impact: forecast.Shape{Kind: forecast.Point, Scale: forecast.InMinutes, Mode: 600}, Touches: touched, Combine: forecast.Parallel},
			{Record: record.New("r3"), Name: "snow", Probability: .4, Impact: forecast.Shape{Kind: forecast.Point, Scale: forecast.InMinutes, Mode: 900}, Touches: touched, Combine: forecast.Parallel},
			{Record: record.New("r4"), Name: "luck", Probability: .1, Impact: forecast.Shape{Kind: forecast.Point, Scale: forecast.InHours, Mode: -3}, Touches: touched},
		}
		s.risk.Drivers = []forecast.Driver{{Record: record.New("v"), Name: "prices", Probability: .5, Factor: forecast.Shape{Kind: forecast.Triangular, Min: .9, Mode: 1.1, Max: 1.5}, Touches: touched}}
	}
	return s
}

// richModel returns a rich model that can be scheduled, from a seed or one after it.
func richModel(t testing.TB, seed uint64) (*forecast.Model, *sketch) {
	for ; ; seed += 1000 {
		s := rich(seed)
		p, err := milestone.Compile(s.spec, record.View{})
		if err != nil {
			continue
		}
		sched, err := p.Schedule(record.Moment{}, milestone.ScheduleOptions{})
		if err != nil {
			continue
		}
		m, err := forecast.NewModel(sched, s.risk, forecast.ModelOptions{})
		require.NoError(t, err)
		return m, s
	}
}

func TestAnyNumberOfWorkersSameBytes(t *testing.T) {
	for seed := range uint64(6) {
		m, _ := richModel(t, seed)
		var first string
		for workers := 1; workers <= 8; workers++ {
			b := encoded(t, simulated(t, m, forecast.Options{Seed: seed, From: 1000, Trials: 9001, Workers: workers, Joint: []record.Ref{forecast.End}}))
			if first == "" {
				first = b
			}
			require.Equal(t, first, b, "seed %d, %d workers", seed, workers)
		}
	}
}

// However trials are split and in whatever order parts merge, the bytes are those of one run.
func FuzzMerge(f *testing.F) {
	f.Add(uint64(1), uint16(100), uint16(300))
	f.Add(uint64(2), uint16(63), uint16(65))
	f.Add(uint64(3), uint16(4095), uint16(4097))
	f.Add(uint64(4), uint16(1), uint16(9000))
	f.Fuzz(func(t *testing.T, seed uint64, a, b uint16) {
		const trials = 9500
		cuts := []uint64{0, min(uint64(a), uint64(b)) % trials, max(uint64(a), uint64(b)) % trials, trials}
		cuts[1], cuts[2] = min(cuts[1], cuts[2]), max(cuts[1], cuts[2])
		m, _ := richModel(t, seed%16)
		run := func(from, until uint64) *forecast.Summary {
			return simulated(t, m, forecast.Options{Seed: seed, From: 7 + from, Trials: until - from})
		}
		whole := run(0, trials)
		var parts []*forecast.Summary
		for i := range 3 {
			if cuts[i] < cuts[i+1] {
				parts = append(parts, run(cuts[i], cuts[i+1]))
			}
		}
		rand.New(rand.NewPCG(seed, 3)).Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		merged, err := forecast.Merge(parts...)
		require.NoError(t, err)
		assert.Equal(t, encoded(t, whole), encoded(t, merged))
		if len(parts) == 3 { // associative
			left, err := forecast.Merge(parts[0], parts[1])
			require.NoError(t, err)
			all, err := forecast.Merge(parts[2], left)
			require.NoError(t, err)
			assert.Equal(t, encoded(t, whole), encoded(t, all))
		}
		again, err := forecast.Merge(append(parts, parts[0])...)
		assert.Nil(t, again)
		e, ok := errors.AsType[*forecast.OverlapError](err)
		require.True(t, ok)
		assert.Contains(t, e.Error(), "overlap")
	})
}

func TestMergeRefuses(t *testing.T) {
	m, s := richModel(t, 2)
	base := simulated(t, m, forecast.Options{Seed: 1, Trials: 100})
	s.risk.Estimates[0].Shape = forecast.Shape{Kind: forecast.UniformOn, Min: 1, Max: 1.7}
	other := s.model(t, forecast.ModelOptions{})
	longer := newSketch()
	longer.task("a", 100)
	key := func(k string) []forecast.Gauge {
		return []forecast.Gauge{{Of: forecast.End, Key: k, Met: func(uint64, calendar.Date) bool { return true }}}
	}
	gauged := simulated(t, m, forecast.Options{Seed: 1, Trials: 100, Gauges: key("a")})
	for _, c := range []struct {
		what string
		a, b *forecast.Summary
	}{
		{"seed", base, simulated(t, m, forecast.Options{Seed: 2, From: 100, Trials: 100})},
		{"uncertainty", base, simulated(t, other, forecast.Options{Seed: 1, From: 100, Trials: 100})},
		{"plan", base, simulated(t, longer.model(t, forecast.ModelOptions{}), forecast.Options{Seed: 1, From: 100, Trials: 100})},
		{"options", base, simulated(t, m, forecast.Options{Seed: 1, From: 100, Trials: 100, Watch: []record.Ref{}})},
		{"options", gauged, simulated(t, m, forecast.Options{Seed: 1, From: 100, Trials: 100, Gauges: key("b")})},
		{"options", gauged, base},
	} {
		_, err := forecast.Merge(c.a, c.b)
		e, ok := errors.AsType[*forecast.MismatchError](err)
		require.True(t, ok, c.what)
		assert.Equal(t, c.what, e.What)
		assert.Contains(t, e.Error(), c.what)
	}
	_, err := forecast.Merge()
	assert.ErrorIs(t, err, forecast.ErrNoSummary)
	_, err = forecast.Merge(base, &forecast.Summary{})
	assert.ErrorIs(t, err, forecast.ErrNoSummary)
	_, err = forecast.NewResults(other, base)
	_, ok := errors.AsType[*forecast.MismatchError](err)
	assert.True(t, ok)
	_, err = forecast.NewResults(m, &forecast.Summary{})
	assert.ErrorIs(t, err, forecast.ErrNoSummary)
}

// The order in which records stand leaves no trace.
func TestOrderLeavesNoTrace(t *testing.T) {
	for seed := range uint64(8) {
		m, s := richModel(t, seed)
		want := encoded(t, simulated(t, m, forecast.Options{Seed: 4, Trials: 500}))
		r := rand.New(rand.NewPCG(seed, 5))
		r.Shuffle(len(s.spec.Activities), func(i, j int) {
			s.spec.Activities[i], s.spec.Activities[j] = s.spec.Activities[j], s.spec.Activities[i]
		})
		r.Shuffle(len(s.spec.Dependencies), func(i, j int) {
			s.spec.Dependencies[i], s.spec.Dependencies[j] = s.spec.Dependencies[j], s.spec.Dependencies[i]
		})
		r.Shuffle(len(s.spec.Calendars), func(i, j int) { s.spec.Calendars[i], s.spec.Calendars[j] = s.spec.Calendars[j], s.spec.Calendars[i] })
		r.Shuffle(len(s.risk.Estimates), func(i, j int) { s.risk.Estimates[i], s.risk.Estimates[j] = s.risk.Estimates[j], s.risk.Estimates[i] })
		r.Shuffle(len(s.risk.Risks), func(i, j int) { s.risk.Risks[i], s.risk.Risks[j] = s.risk.Risks[j], s.risk.Risks[i] })
		assert.Equal(t, want, encoded(t, simulated(t, s.model(t, forecast.ModelOptions{}), forecast.Options{Seed: 4, Trials: 500})), "seed %d", seed)
	}
}

// Adding an activity leaves what it does not lead to as it was, trial by trial.
func TestAddingLeavesOthersAlone(t *testing.T) {
	build := func(more bool) *forecast.Outcome {
		s := newSketch()
		s.task("a", 600, forecast.Shape{Kind: forecast.Triangular, Min: .5, Mode: 1, Max: 2})
		s.task("b", 600, forecast.Shape{Kind: forecast.PERT, Min: .5, Mode: 1, Max: 2})
		s.after("a", "b")
		if more {
			s.task("0", 900, forecast.Shape{Kind: forecast.UniformOn, Min: .5, Max: 2})
			s.after("0", "1")
			s.task("1", 600)
		}
		m := s.model(t, forecast.ModelOptions{Bin: 1})
		o, ok := simulate(t, m, forecast.Options{Seed: 8, Trials: 3000, Watch: []record.Ref{activity("b")}}).Outcome(activity("b"))
		require.True(t, ok)
		return &o
	}
	assert.Equal(t, build(false).Distribution(), build(true).Distribution())
}

// Every batch agrees, lane by lane, with the plain statement of the pass; and the kernel of this build with the plain one, bit by bit.
func FuzzKernels(f *testing.F) {
	for seed := range uint64(12) {
		f.Add(seed, uint64(0))
	}
	f.Fuzz(func(t *testing.T, seed, batch uint64) {
		m, _ := richModel(t, seed%500)
		first := batch % (1 << 40) * 64
		d, ff := forecast.PlainKernel(m, seed, first)
		d2, f2, _ := forecast.AnyKernel(m, seed, first)
		require.Equal(t, d, d2)
		require.Equal(t, ff, f2)
		for l := range 64 {
			one := forecast.Single(m, d, l)
			for k, v := range one {
				require.Equal(t, v, ff[k*64+l], "node %d, lane %d", k, l)
			}
		}
		for _, valid := range []uint64{^uint64(0), 1, 0xf0f0} {
			c1, p1, m1 := forecast.Trace(m, seed, first, valid, true)
			c2, p2, m2 := forecast.Trace(m, seed, first, valid, false)
			require.Equal(t, c1, c2)
			require.Equal(t, p1, p2)
			require.Equal(t, m1, m2)
		}
	})
}

// In a network from finish to start with durations that hardly ever tie, criticality is a flow of 1 from the source to the end: what is critical at a
// start is so at every cut.
func TestCriticalityIsAFlow(t *testing.T) {
	s := network(t, "j301_1.sm")
	r := simulate(t, s.model(t, forecast.ModelOptions{}), forecast.Options{Seed: 11, Trials: 100_000})
	assert.InDelta(t, 1, chance(r, "j1"), 0)
	assert.InDelta(t, 1, chance(r, "j32"), 0)
	first := 0.0
	for _, id := range []string{"j2", "j3", "j4"} { // what follows the source
		first += chance(r, id)
	}
	assert.InDelta(t, 1, first, 2e-3, "ties to the minute add a little")
	o, _ := r.Outcome(forecast.End)
	assert.GreaterOrEqual(t, o.Bias, calendar.Minutes(0))
	assert.InDelta(t, 38*1440, float64(o.Planned-monday), 0)
}

// A minute more of an activity moves the mean of the end by its criticality.
func TestDelayIsTheDerivative(t *testing.T) {
	mean := func(extra calendar.Minutes, of string) (float64, *forecast.Results) {
		s := network(t, "j301_1.sm")
		for i := range s.spec.Activities {
			lasts := s.spec.Activities[i].Lasts
			for j := range s.risk.Estimates {
				if e := &s.risk.Estimates[j]; e.Subject.ID == s.spec.Activities[i].ID && e.Shape.Scale == 0 {
					add := 0.0
					if e.Subject == activity(of) {
						add = float64(extra)
					}
					l := float64(lasts)
					e.Shape = forecast.Shape{Kind: forecast.Triangular, Scale: forecast.InMinutes, Min: .8*l + add, Mode: l + add, Max: 1.5*l + add}
				}
			}
		}
		r := simulate(t, s.model(t, forecast.ModelOptions{}), forecast.Options{Seed: 2, Trials: 60_000})
		o, _ := r.Outcome(forecast.End)
		return o.MeanPoint(), r
	}
	for _, id := range []string{"j2", "j6", "j19", "j31"} {
		lower, _ := mean(-30, id)
		upper, _ := mean(30, id)
		_, r := mean(0, id)
		assert.InDelta(t, chance(r, id), (upper-lower)/60, .004, id)
		for _, f := range r.Influences(forecast.End) {
			assert.InDelta(t, f.Critical.P, f.Delay, 0, "in a network from finish to start")
		}
	}
}

// A series of independent durations: each is critical always, its cruciality is its share of the standard deviation, and the squares add up to 1.
func TestSeries(t *testing.T) {
	s := newSketch()
	ids := []string{"a", "b", "c"}
	for i, id := range ids {
		s.task(id, 10_000, forecast.Shape{Kind: forecast.UniformOn, Min: 1, Max: 1 + float64(i+1)/4})
	}
	s.after("a", "b")
	s.after("b", "c")
	m := s.model(t, forecast.ModelOptions{})
	r := simulate(t, m, forecast.Options{Seed: 6, Trials: 200_000})
	study, err := forecast.NewStudy(t.Context(), m, forecast.StudyOptions{Seed: 6, Trials: 20_000, Workers: 2})
	require.NoError(t, err)
	squares := 0.0
	o, _ := r.Outcome(forecast.End)
	for i, f := range r.Influences(forecast.End) {
		assert.InDelta(t, 1, f.Critical.P, 0)
		assert.InDelta(t, f.Significance, f.Cruciality, .01)
		assert.InDelta(t, f.Deviation/o.Deviation, f.Significance, 1e-9)
		squares += f.Cruciality * f.Cruciality
		assert.InDelta(t, f.Cruciality, study.Shares[i].Spearman, .03)
		assert.InDelta(t, 1, study.Shares[i].Significance, 1e-6, "no float, so d/(d+0) is 1")
	}
	assert.InDelta(t, 1, squares, .01)
	again, err := forecast.NewStudy(t.Context(), m, forecast.StudyOptions{Seed: 6, Trials: 20_000, Workers: 1})
	require.NoError(t, err)
	assert.Equal(t, study, again)
}

// Rank correlations and significance indices against an obvious count over the same draws.
func TestStudyOracle(t *testing.T) {
	const trials = 700
	s := newSketch()
	s.task("a", 40, forecast.Shape{Kind: forecast.UniformOn, Min: .5, Max: 2})
	s.task("b", 50, forecast.Shape{Kind: forecast.Discrete, Values: []float64{.6, 1, 2}})
	m := s.model(t, forecast.ModelOptions{})
	study, err := forecast.NewStudy(t.Context(), m, forecast.StudyOptions{Seed: 3, From: 5, Trials: trials})
	require.NoError(t, err)
	var a, b, end [trials]float64
	mean := 0.0
	for i := range trials {
		step := func(id string) uint32 { return forecast.DrawStep(3, "duration", "activity/"+id, uint64(5+i)) }
		a[i] = math.Floor(forecast.Drawn(s.risk.Estimates[0].Shape, 40, step("a")) + .5)
		b[i] = math.Floor(forecast.Drawn(s.risk.Estimates[1].Shape, 50, step("b")) + .5)
		end[i] = max(a[i], b[i])
		mean += end[i] / trials
	}
	ranks := func(x []float64) []float64 {
		r := make([]float64, len(x))
		for i := range x {
			below, same := 0, 0
			for j := range x {
				if x[j] < x[i] {
					below++
				} else if x[j] == x[i] {
					same++
				}
			}
			r[i] = float64(below) + float64(same+1)/2
		}
		return r
	}
	pearson := func(x, y []float64) float64 {
		var sx, sy, sxx, syy, sxy float64
		for i := range x {
			sx, sy = sx+x[i]/trials, sy+y[i]/trials
		}
		for i := range x {
			sxx, syy, sxy = sxx+(x[i]-sx)*(x[i]-sx), syy+(y[i]-sy)*(y[i]-sy), sxy+(x[i]-sx)*(y[i]-sy)
		}
		return sxy / math.Sqrt(sxx*syy)
	}
	for i, x := range [][]float64{a[:], b[:]} {
		assert.InDelta(t, pearson(ranks(x), ranks(end[:])), study.Shares[i].Spearman, 1e-12)
		si := 0.0
		for t := range x {
			si += x[t] / (x[t] + end[t] - x[t]) * end[t] / mean / trials
		}
		assert.InDelta(t, si, study.Shares[i].Significance, 1e-5)
	}
}

// A longer duration in one trial never makes anything earlier where links run from finish to start.
func FuzzMonotone(f *testing.F) {
	f.Add(uint64(1), uint8(3))
	f.Fuzz(func(t *testing.T, seed uint64, which uint8) {
		s := layered(20, 2)
		r := rand.New(rand.NewPCG(seed, 0))
		for i := range s.risk.Estimates {
			s.risk.Estimates[i].Shape.Max = 1.5 + r.Float64()
		}
		_, f1 := forecast.PlainKernel(s.model(t, forecast.ModelOptions{}), seed, 0)
		s.risk.Estimates[int(which)%20].Shape.Max += .3
		_, f2 := forecast.PlainKernel(s.model(t, forecast.ModelOptions{}), seed, 0)
		for i := range f1 {
			require.LessOrEqual(t, f1[i], f2[i])
		}
	})
}

func TestSummariesSurviveWriting(t *testing.T) {
	m, _ := richModel(t, 4)
	s := simulated(t, m, forecast.Options{Seed: 5, From: 50, Trials: 5000, Joint: []record.Ref{forecast.End, activity("a01")}})
	assert.Equal(t, uint64(5000), s.Trials())
	assert.Equal(t, uint64(5), s.Seed())
	assert.Equal(t, []forecast.Interval{{From: 50, Until: 5050}}, s.Intervals())
	var a, b forecast.Summary
	require.NoError(t, a.UnmarshalBinary([]byte(encoded(t, s))))
	assert.Equal(t, encoded(t, s), encoded(t, &a))
	text, err := json.Marshal(s)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &b))
	assert.Equal(t, encoded(t, s), encoded(t, &b))
	again, err := json.Marshal(&b)
	require.NoError(t, err)
	assert.Equal(t, string(text), string(again))
}

func FuzzSummaryBinary(f *testing.F) {
	m, _ := richModel(f, 1)
	s := simulated(f, m, forecast.Options{Seed: 5, Trials: 200, Joint: []record.Ref{forecast.End}})
	whole := []byte(encoded(f, s))
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("missionled forecast summary 1\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		var s forecast.Summary
		for _, c := range [][]byte{b, forecast.Sealed(b)} {
			err := s.UnmarshalBinary(c)
			if err != nil {
				_, ok := errors.AsType[*forecast.FormatError](err)
				require.True(t, ok)
				require.Empty(t, s.Intervals())
				continue
			}
			require.Equal(t, string(c), encoded(t, &s))
			_, _ = forecast.NewResults(m, &s)
			text, err := s.MarshalJSON()
			require.NoError(t, err)
			var back forecast.Summary
			require.NoError(t, back.UnmarshalJSON(text))
			return
		}
	})
}

func FuzzSummaryJSON(f *testing.F) {
	m, _ := richModel(f, 1)
	text, err := simulated(f, m, forecast.Options{Seed: 5, Trials: 70, Joint: []record.Ref{forecast.End}}).MarshalJSON()
	require.NoError(f, err)
	f.Add(text)
	f.Add([]byte(`{"format":"missionled-forecast/1"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var s forecast.Summary
		if s.UnmarshalJSON(b) == nil {
			var back forecast.Summary
			require.NoError(t, back.UnmarshalBinary([]byte(encoded(t, &s))))
		}
	})
}

func TestCancelled(t *testing.T) {
	m, _ := richModel(t, 3)
	ctx, cancel := context.WithCancelCause(t.Context())
	cause := errors.New("enough")
	cancel(cause)
	s, err := forecast.Simulate(ctx, m, forecast.Options{Trials: 1e9})
	assert.Nil(t, s)
	assert.ErrorIs(t, err, cause)
	_, err = forecast.NewStudy(ctx, m, forecast.StudyOptions{Trials: 1000})
	assert.ErrorIs(t, err, cause)
	ctx, stop := context.WithCancel(t.Context())
	calls := 0
	s, err = forecast.Simulate(ctx, m, forecast.Options{Trials: 1e12, Progress: func(done, of uint64) {
		if calls++; calls == 3 {
			stop()
		}
	}})
	assert.Nil(t, s)
	assert.ErrorIs(t, err, context.Canceled)
}

func TestProgressRises(t *testing.T) {
	m, _ := richModel(t, 3)
	last := uint64(0)
	simulated(t, m, forecast.Options{Trials: 20_000, Workers: 4, Progress: func(done, of uint64) {
		assert.Greater(t, done, last)
		assert.Equal(t, uint64(20_000), of)
		last = done
	}})
	assert.Equal(t, uint64(20_000), last)
}

func TestOptionsFaults(t *testing.T) {
	m, _ := richModel(t, 3)
	many := make([]record.Ref, 13)
	for i := range many {
		many[i] = activity(string(rune('a' + i)))
	}
	gauge := forecast.Gauge{Of: forecast.End, Met: func(uint64, calendar.Date) bool { return true }}
	for _, c := range []struct {
		option string
		o      forecast.Options
		want   error
	}{
		{"Trials", forecast.Options{}, forecast.ErrNoTrials},
		{"Trials", forecast.Options{Trials: 1 << 60}, forecast.ErrManyTrials},
		{"Workers", forecast.Options{Trials: 1, Workers: -1}, forecast.ErrFewWorkers},
		{"Watch", forecast.Options{Trials: 1, Watch: []record.Ref{activity("nobody")}}, forecast.ErrNotInModel},
		{"Targets", forecast.Options{Trials: 1, Targets: []record.Ref{forecast.End, forecast.End}}, forecast.ErrTwiceListed},
		{"Joint", forecast.Options{Trials: 1, Joint: many}, forecast.ErrManyJoint},
		{"Gauges", forecast.Options{Trials: 1, Gauges: []forecast.Gauge{{Of: forecast.End}}}, forecast.ErrNoMeasure},
		{"Gauges", forecast.Options{Trials: 1, Gauges: []forecast.Gauge{gauge, gauge}}, forecast.ErrTwoGauges},
		{"Gauges", forecast.Options{Trials: 1, Gauges: []forecast.Gauge{{Of: forecast.End, Key: "\xff", Met: gauge.Met}}}, forecast.ErrKeyText},
	} {
		s, err := forecast.Simulate(t.Context(), m, c.o)
		assert.Nil(t, s)
		require.ErrorIs(t, err, c.want)
		e, ok := errors.AsType[*forecast.OptionsError](err)
		require.True(t, ok)
		assert.Equal(t, c.option, e.Option)
		assert.Contains(t, e.Error(), c.option)
	}
	_, err := forecast.NewStudy(t.Context(), m, forecast.StudyOptions{Trials: 1 << 17})
	assert.ErrorIs(t, err, forecast.ErrManyKept)
}
