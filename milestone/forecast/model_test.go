package forecast_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

var triangle = forecast.Shape{Kind: forecast.Triangular, Min: .8, Mode: 1, Max: 1.5}

func TestModelFaults(t *testing.T) {
	estimate := func(id string, of record.Ref, s forecast.Shape) forecast.Estimate {
		return forecast.Estimate{Record: record.New(record.ID(id)), Subject: of, Shape: s}
	}
	for _, c := range []struct {
		name string
		f    func(s *sketch)
		want error
		says string
	}{
		{"an unknown activity", func(s *sketch) { s.risk.Estimates = []forecast.Estimate{estimate("e", activity("zz"), triangle)} }, forecast.ErrUnknown, "activity/zz"},
		{"two estimates", func(s *sketch) {
			s.risk.Estimates = []forecast.Estimate{estimate("e", activity("a"), triangle), estimate("f", activity("a"), triangle)}
		}, forecast.ErrTwice, "activity/a"},
		{"working days", func(s *sketch) {
			s.risk.Estimates = []forecast.Estimate{estimate("e", activity("o"), forecast.Shape{Kind: forecast.Point, Scale: forecast.ElapsedDays, Mode: 2})}
		}, forecast.ErrElapsed, "estimate/e"},
		{"a ratio of nothing", func(s *sketch) { s.risk.Estimates = []forecast.Estimate{estimate("e", activity("z"), triangle)} }, forecast.ErrNoTime, "estimate/e"},
		{"too long", func(s *sketch) {
			s.risk.Estimates = []forecast.Estimate{estimate("e", activity("a"), forecast.Shape{Kind: forecast.UniformOn, Scale: forecast.InHours, Min: 1, Max: 1e9})}
		}, forecast.ErrTooLong, "activity/a"},
		{"overfull", func(s *sketch) {
			s.risk.Estimates = []forecast.Estimate{estimate("e", activity("a"), triangle)}
			s.risk.Factors = []forecast.Factor{{Record: record.New("f"), Name: "f"}, {Record: record.New("g"), Name: "g"}}
			s.risk.Loadings = []forecast.Loading{{Record: record.New("l"), Subject: activity("a"), On: "f", Weight: .8}, {Record: record.New("m"), Subject: activity("a"), On: "g", Weight: -.8}}
		}, forecast.ErrOverfull, "activity/a"},
		{"both", func(s *sketch) {
			s.risk.Estimates = []forecast.Estimate{estimate("e", activity("a"), triangle), estimate("f", activity("b"), triangle)}
			s.risk.Factors = []forecast.Factor{{Record: record.New("f"), Name: "f"}}
			s.risk.Loadings = []forecast.Loading{{Record: record.New("l"), Subject: activity("a"), On: "f", Weight: .8}}
			s.risk.Correlations = []forecast.Correlation{{Record: record.New("c"), Subject: activity("a"), With: activity("b"), Rank: .5}}
		}, forecast.ErrBoth, "activity/a"},
		{"a circle of starts and finishes", func(s *sketch) {
			s.link("a", "b", milestone.StartStart, 0)
			s.link("b", "a", milestone.FinishFinish, 0)
		}, forecast.ErrLoop, "activity/"},
	} {
		s := newSketch()
		s.spec.Calendars = calendars()
		s.task("a", 600)
		s.task("b", 60)
		s.task("z", 0)
		s.task("o", 600).Calendar = "office"
		c.f(s)
		m, err := forecast.NewModel(s.schedule(t), s.risk, forecast.ModelOptions{})
		require.Nil(t, m, c.name)
		require.ErrorIs(t, err, c.want, c.name)
		e, ok := errors.AsType[*forecast.ModelError](err)
		require.True(t, ok, c.name)
		assert.Contains(t, e.Error(), c.says, c.name)
	}
	_, err := forecast.NewModel(nil, forecast.Spec{}, forecast.ModelOptions{})
	assert.ErrorIs(t, err, forecast.ErrNoDates)
	s := newSketch()
	s.task("a", 600)
	_, err = forecast.NewModel(s.schedule(t), forecast.Spec{}, forecast.ModelOptions{Bin: -1})
	assert.ErrorIs(t, err, forecast.ErrBin)
	_, err = forecast.NewModel(s.schedule(t), forecast.Spec{}, forecast.ModelOptions{Due: []forecast.Due{{Of: activity("q")}}})
	assert.ErrorIs(t, err, forecast.ErrUnknown)
	_, err = forecast.NewModel(newSketch().schedule(t), forecast.Spec{}, forecast.ModelOptions{})
	assert.Error(t, err)
}

func TestRecordFaults(t *testing.T) {
	var s forecast.Spec
	a := activity("a")
	s.Estimates = []forecast.Estimate{{Record: record.New("e"), Shape: triangle}}
	s.Risks = []forecast.Risk{{Record: record.New("r"), Probability: 1.5, Impact: triangle}}
	s.Drivers = []forecast.Driver{{Record: record.New("d"), Name: "d", Probability: math.NaN(), Factor: forecast.Shape{Kind: forecast.Point, Scale: forecast.InHours, Mode: 1}, Touches: []record.Ref{a}}}
	s.Factors = []forecast.Factor{{Record: record.New("f")}}
	s.Loadings = []forecast.Loading{{Record: record.New("l"), Weight: 2}}
	s.Correlations = []forecast.Correlation{{Record: record.New("c"), Subject: a, With: a, Rank: -1.5}, {Record: record.New("c")}}
	p := newSketch()
	p.task("a", 60)
	_, err := forecast.NewModel(p.schedule(t), s, forecast.ModelOptions{})
	for _, want := range []error{forecast.ErrNoSubject, forecast.ErrNoName, forecast.ErrProbability, forecast.ErrNoTouch, forecast.ErrFactorScale, forecast.ErrNoFactor,
		forecast.ErrCoefficient, forecast.ErrItself} {
		assert.ErrorIs(t, err, want)
	}
	faults, ok := errors.AsType[record.Faults](err)
	require.True(t, ok)
	paths := map[string]bool{}
	for _, f := range faults {
		paths[f.Path] = true
	}
	for _, path := range []string{"estimates[0].subject", "risks[0].name", "risks[0].probability", "risks[0].touches", "drivers[0].factor.scale", "factors[0].name", "loadings[0].on",
		"loadings[0].weight", "correlations[0].with", "correlations[0].rank", "correlations[1].subject", "correlations[1].id"} {
		assert.True(t, paths[path], path)
	}
}

func TestContradictingCorrelations(t *testing.T) {
	s := newSketch()
	for _, id := range []string{"a", "b", "c"} {
		s.task(id, 6000, triangle)
	}
	for i, p := range [][2]string{{"a", "b"}, {"b", "c"}, {"a", "c"}} {
		s.risk.Correlations = append(s.risk.Correlations, forecast.Correlation{Record: record.New(record.ID(p[0] + p[1])), Subject: activity(p[0]), With: activity(p[1]),
			Rank: []float64{.9, .9, -.9}[i]})
	}
	_, err := forecast.NewModel(s.schedule(t), s.risk, forecast.ModelOptions{})
	e, ok := errors.AsType[*forecast.MatrixError](err)
	require.True(t, ok)
	assert.Len(t, e.Subjects, 3)
	assert.Less(t, e.Least, -.5)
	assert.Contains(t, e.Error(), "eigenvalue")
	m := s.model(t, forecast.ModelOptions{Nearest: true})
	require.Len(t, m.Repairs(), 1)
	r := m.Repairs()[0]
	assert.Greater(t, r.Largest, .1)
	assert.GreaterOrEqual(t, r.Norm, r.Largest)
	assert.Empty(t, m.Notes())
}

// The example of Higham 2002, section 4: the nearest correlation matrix of a tridiagonal one, to the digits that are printed there.
func TestNearestMatrix(t *testing.T) {
	got := forecast.NearestMatrix([][]float64{{1, 1, 0}, {1, 1, 1}, {0, 1, 1}})
	want := [][]float64{{1, .7607, .1573}, {.7607, 1, .7607}, {.1573, .7607, 1}}
	for i := range want {
		for j := range want {
			assert.InDelta(t, want[i][j], got[i][j], 5e-5)
		}
	}
	values, _ := forecast.Eigen([][]float64{{2, 1}, {1, 2}})
	assert.InDelta(t, 4, values[0]+values[1], 1e-12)
	assert.InDelta(t, 3, values[0]*values[1], 1e-12)
}

// Risks and drivers against what their definitions give.
func TestRisksAndDrivers(t *testing.T) {
	const trials = 100_000
	point := func(scale forecast.Scale, v float64) forecast.Shape {
		return forecast.Shape{Kind: forecast.Point, Scale: scale, Mode: v}
	}
	run := func(risks []forecast.Risk, drivers []forecast.Driver) *forecast.Outcome {
		s := newSketch()
		s.task("a", 1000)
		s.task("b", 1000)
		s.after("a", "b")
		s.risk.Risks, s.risk.Drivers = risks, drivers
		o, _ := simulate(t, s.model(t, forecast.ModelOptions{Bin: 1}), forecast.Options{Seed: 12, Trials: trials}).Outcome(forecast.End)
		return &o
	}
	risk := func(id string, p float64, s forecast.Shape, how forecast.Combination, of ...string) forecast.Risk {
		r := forecast.Risk{Record: record.New(record.ID(id)), Name: id, Probability: p, Impact: s, Combine: how}
		for _, x := range of {
			r.Touches = append(r.Touches, activity(x))
		}
		return r
	}
	shared := run([]forecast.Risk{risk("r", .3, point(forecast.InMinutes, 100), 0, "a", "b")}, nil)
	assert.InDelta(t, 60, shared.MeanPoint(), .6, "it happens for both or for neither")
	assert.InDelta(t, 200*math.Sqrt(.21), shared.Deviation, .5)
	apart := run([]forecast.Risk{risk("r", .3, point(forecast.InMinutes, 100), 0, "a"), risk("q", .3, point(forecast.InMinutes, 100), 0, "b")}, nil)
	assert.InDelta(t, 100*math.Sqrt(.42), apart.Deviation, .5)
	series := run([]forecast.Risk{risk("r", 1, point(forecast.InMinutes, 100), forecast.Series, "a"), risk("q", 1, point(forecast.InMinutes, 300), forecast.Series, "a")}, nil)
	assert.InDelta(t, 400, series.MeanPoint(), 0)
	parallel := run([]forecast.Risk{risk("r", 1, point(forecast.InMinutes, 100), forecast.Parallel, "a"), risk("q", 1, point(forecast.InMinutes, 300), forecast.Parallel, "a")}, nil)
	assert.InDelta(t, 300, parallel.MeanPoint(), 0)
	chances := run([]forecast.Risk{risk("r", 1, point(forecast.InMinutes, -100), forecast.Parallel, "a"), risk("q", 0, point(forecast.InMinutes, 300), forecast.Parallel, "a")}, nil)
	assert.InDelta(t, -100, chances.MeanPoint(), 0, "what does not happen is no impact of nought")
	factors := run([]forecast.Risk{risk("r", 1, point(forecast.Ratio, 1.5), forecast.Series, "a"), risk("q", 1, point(forecast.InMinutes, 50), forecast.Series, "a")},
		[]forecast.Driver{{Record: record.New("d"), Name: "d", Probability: 1, Factor: point(0, 2), Touches: []record.Ref{activity("a")}}})
	assert.InDelta(t, 1000*1.5*2+50-1000, factors.MeanPoint(), 0, "factors first, then times")
	below := run([]forecast.Risk{risk("r", 1, point(forecast.InHours, -100), 0, "a")}, nil)
	assert.InDelta(t, -1000, below.MeanPoint(), 0, "no duration falls below nought")
}

// What is under way draws from the part of its estimate above what has passed.
func TestUnderWay(t *testing.T) {
	s := newSketch()
	a := s.task("a", 1000, forecast.Shape{Kind: forecast.UniformOn, Scale: forecast.InMinutes, Min: 500, Max: 1500})
	a.Started = monday
	a.Remaining = record.Known(calendar.Minutes(300))
	s.spec.Projects[0].DataDate = monday.Add(700)
	r := simulate(t, s.model(t, forecast.ModelOptions{Bin: 1}), forecast.Options{Seed: 1, Trials: 50_000})
	o, _ := r.Outcome(forecast.End)
	assert.InDelta(t, 1100, float64(o.Planned-monday)+o.MeanPoint(), 4, "uniform on 700 to 1500")
	assert.InDelta(t, 800/math.Sqrt(12), o.Deviation, 3)
	assert.GreaterOrEqual(t, o.Percentile(0).At, monday.Add(700))
	s.spec.Projects[0].DataDate = monday.Add(1600)
	m := s.model(t, forecast.ModelOptions{})
	require.Len(t, m.Notes(), 1)
	assert.Equal(t, forecast.Exhausted, m.Notes()[0].Kind)
	assert.Contains(t, m.Notes()[0].Kind.String(), "thought possible")
}

func TestNotes(t *testing.T) {
	s := newSketch()
	s.task("a", 600, triangle).Finished = monday.Add(100)
	s.spec.Activities[0].Started = monday
	s.task("b", 600).Constraints = []milestone.Constraint{{Kind: milestone.MandatoryStart, On: calendar.OnDay(monday.Date().Add(9))}}
	s.task("c", 600).Type = milestone.LevelOfEffort
	s.task("d", 60).Constraints = []milestone.Constraint{{Kind: milestone.AsLate}}
	s.risk.Estimates = append(s.risk.Estimates, forecast.Estimate{Record: record.Record{ID: "x", Of: "e", Claimant: "p"}, Subject: activity("b"), Shape: triangle},
		forecast.Estimate{Record: record.Record{ID: "y", Of: "e", Claimant: "q"}, Subject: activity("b"), Shape: triangle})
	m := s.model(t, forecast.ModelOptions{})
	kinds := map[forecast.NoteKind]record.Ref{}
	for _, n := range m.Notes() {
		kinds[n.Kind] = n.Ref
		assert.NotEmpty(t, n.Kind.String())
	}
	assert.Equal(t, map[forecast.NoteKind]record.Ref{
		forecast.Pinned: activity("b"), forecast.NotSimulated: activity("c"), forecast.Differs: activity("d"),
		forecast.Unused: {Kind: forecast.KindEstimate, ID: "e-a"}, forecast.Contested: {Kind: forecast.KindEstimate, ID: "e"},
	}, kinds)
	assert.Equal(t, 3, m.Len())
	assert.Equal(t, 1, m.Uncertain())
}

// A longer duration can bring the end forward, where what follows hangs on the start of something that is held by its finish (Wiest 1981).
func TestLongerCanBeSooner(t *testing.T) {
	s := newSketch()
	s.task("a", 5000)
	s.task("b", 1000, forecast.Shape{Kind: forecast.UniformOn, Scale: forecast.InMinutes, Min: 900, Max: 1100})
	s.task("c", 3000)
	s.link("a", "b", milestone.FinishFinish, 0)
	s.link("b", "c", milestone.StartStart, 0)
	r := simulate(t, s.model(t, forecast.ModelOptions{Bin: 1}), forecast.Options{Seed: 1, Trials: 20_000})
	o, _ := r.Outcome(forecast.End)
	assert.InDelta(t, 7000, float64(o.Planned-monday)+o.MeanPoint(), 3)
	for _, f := range r.Influences(forecast.End) {
		switch f.Ref {
		case activity("a"), activity("c"):
			assert.InDelta(t, 1, f.Delay, 0)
		case activity("b"):
			assert.InDelta(t, 1, f.Critical.P, 0)
			assert.InDelta(t, -1, f.Delay, 0)
			assert.Less(t, f.Cruciality, -.99)
		}
	}
	assert.Nil(t, r.Influences(activity("a")), "it was no target")
}

func TestDueGaugesAndJoint(t *testing.T) {
	const trials = 40_000
	s := newSketch()
	s.task("a", 1000, forecast.Shape{Kind: forecast.UniformOn, Scale: forecast.InMinutes, Min: 1, Max: 1001})
	s.task("b", 1000, forecast.Shape{Kind: forecast.UniformOn, Scale: forecast.InMinutes, Min: 1, Max: 1001})
	s.spec.Milestones = []milestone.Milestone{{Record: record.New("m"), Name: "M", Due: calendar.OnDay(monday.Date())}}
	s.spec.Dependencies = []milestone.Dependency{{Record: record.New("x"), On: activity("a"), Dependent: milestone.Ref("m"), Kind: milestone.FinishStart}}
	model := s.model(t, forecast.ModelOptions{Bin: 1, Due: []forecast.Due{{Of: activity("a"), By: monday.Add(250)}, {Of: activity("b"), By: monday.Add(500)}}})
	asked := calendar.Date{}
	r := simulate(t, model, forecast.Options{Seed: 3, Trials: trials, Workers: 1, Joint: []record.Ref{activity("b"), activity("a")}, Gauges: []forecast.Gauge{
		{Of: activity("b"), Key: "even", Met: func(trial uint64, on calendar.Date) bool { asked = on; return trial%2 == 0 }},
	}})
	assert.Equal(t, monday.Date(), asked)
	a, ok := r.Outcome(activity("a"))
	require.True(t, ok)
	met, known := a.Met.Get()
	require.True(t, known)
	assert.InDelta(t, .25, met.P, .01)
	assert.Less(t, met.Low, met.P)
	assert.Greater(t, met.High, met.P)
	assert.Equal(t, uint64(trials), met.Trials)
	assert.InDelta(t, met.P, a.By(monday.Add(250)).P, 0)
	assert.False(t, a.Reached.State == record.StateKnown)
	b, _ := r.Outcome(activity("b"))
	reached, _ := b.Reached.Get()
	assert.InDelta(t, .5, reached.P, 0)
	both, _ := b.Both.Get()
	assert.InDelta(t, .25, both.P, .01)
	end, _ := r.Outcome(forecast.End)
	_, known = end.Met.Get()
	assert.False(t, known, "it has no due day")
	m, ok := r.Outcome(milestone.Ref("m"))
	require.True(t, ok, "milestones are watched")
	met, _ = m.Met.Get()
	assert.InDelta(t, 1, met.P, 0)
	j := r.Joint()
	assert.Equal(t, []record.Ref{activity("a"), activity("b")}, j.Of)
	assert.InDelta(t, 1.0/16, j.All.P, .005)
	assert.InDelta(t, 1-9.0/16, j.Any.P, .01)
	assert.InDelta(t, 1.0/16, j.Independent, .005)
	sum := uint64(0)
	for _, n := range j.Sets {
		sum += n
	}
	assert.Equal(t, uint64(trials), sum)
	p := a.Percentile(.5)
	assert.InDelta(t, 501, float64(p.At-monday), 15)
	assert.Less(t, p.Low, p.At)
	assert.Greater(t, p.High, p.At)
	assert.Len(t, r.Outcomes(), 4)
	var none forecast.Outcome
	assert.Zero(t, none.Percentile(.5).At)
	assert.Empty(t, none.Distribution())
	assert.Zero(t, none.By(monday).Trials)
}

// Wilson 1927, as statsmodels computes it.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		k, n      uint64
		low, high float64
	}{{5, 10, .2365931, .7634069}, {0, 10, 0, .2775328}, {10, 10, .7224672, 1}, {1, 1000, .000176553, .00564275}} {
		w := forecast.Wilson(c.k, c.n)
		assert.InDelta(t, c.low, w.Low, 1e-6)
		assert.InDelta(t, c.high, w.High, 1e-6)
	}
}

// An interval for a share covers it about 95 times in 100, with other seeds.
func TestIntervalsCover(t *testing.T) {
	s := newSketch()
	s.task("a", 1000, forecast.Shape{Kind: forecast.UniformOn, Scale: forecast.InMinutes, Min: 1, Max: 1001})
	m := s.model(t, forecast.ModelOptions{Bin: 1, Due: []forecast.Due{{Of: activity("a"), By: monday.Add(301)}}})
	share, median := 0, 0
	for seed := range uint64(400) {
		o, _ := simulate(t, m, forecast.Options{Seed: seed, Trials: 500, Workers: 1}).Outcome(activity("a"))
		if c, _ := o.Met.Get(); c.Low <= .3005 && .3005 <= c.High {
			share++
		}
		if p := o.Percentile(.5); p.Low <= monday.Add(501) && monday.Add(501) <= p.High {
			median++
		}
	}
	assert.InDelta(t, 380, share, 18)
	assert.InDelta(t, 380, median, 18)
}

// A delay split over all orders adds up, and is what the mean over every permutation gives.
func TestSplit(t *testing.T) {
	s := newSketch()
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		s.task(id, 1000, triangle)
	}
	s.after("a", "c", "d")
	s.after("b", "e")
	s.after("c", "e")
	m := s.model(t, forecast.ModelOptions{})
	lasts := map[string]calendar.Minutes{"a": 1400, "b": 2900, "c": 900, "d": 2600, "e": 1000}
	var real []forecast.Realised
	for _, id := range []string{"e", "d", "c", "b", "a"} {
		real = append(real, forecast.Realised{Of: activity(id), Lasts: lasts[id]})
	}
	end := func(d map[string]calendar.Minutes) calendar.Minutes {
		return max(d["a"]+d["d"], max(d["b"], d["a"]+d["c"])+d["e"])
	}
	plan := func() map[string]calendar.Minutes {
		return map[string]calendar.Minutes{"a": 1000, "b": 1000, "c": 1000, "d": 1000, "e": 1000}
	}
	want := map[string]float64{}
	count := 0
	var permute func(left []string, d map[string]calendar.Minutes, add map[string]float64)
	permute = func(left []string, d map[string]calendar.Minutes, add map[string]float64) {
		if len(left) == 0 {
			count++
			for id, v := range add {
				want[id] += v
			}
			return
		}
		for i, id := range left {
			rest := append(append([]string(nil), left[:i]...), left[i+1:]...)
			before, old := end(d), d[id]
			d[id] = lasts[id]
			add[id] = float64(end(d) - before)
			permute(rest, d, add)
			d[id] = old
		}
	}
	permute([]string{"a", "b", "c", "d"}, plan(), map[string]float64{})
	split, err := m.Split(t.Context(), real, forecast.SplitOptions{})
	require.NoError(t, err)
	assert.True(t, split.Exact)
	assert.Equal(t, end(lasts)-end(plan()), split.Delay)
	require.Len(t, split.Parts, 4, "e was as planned")
	sum := 0.0
	for _, p := range split.Parts {
		assert.InDelta(t, want[string(p.Ref.ID)]/float64(count), p.Delay, 1e-9, p.Ref)
		sum += p.Delay
	}
	assert.InDelta(t, float64(split.Delay), sum, 1e-9)
	_, err = m.Split(t.Context(), []forecast.Realised{{Of: activity("q")}, {Of: activity("a"), Lasts: -1}}, forecast.SplitOptions{})
	assert.ErrorIs(t, err, forecast.ErrNotInModel)
	assert.ErrorIs(t, err, forecast.ErrNotReal)
	e, ok := errors.AsType[*forecast.SplitError](err)
	require.True(t, ok)
	assert.Contains(t, e.Error(), "activity/q")
	_, err = m.Split(t.Context(), nil, forecast.SplitOptions{Orders: -1})
	assert.ErrorIs(t, err, forecast.ErrOrders)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = m.Split(ctx, real, forecast.SplitOptions{})
	assert.ErrorIs(t, err, context.Canceled)
}

func TestSplitOfMany(t *testing.T) {
	s := network(t, "j301_1.sm")
	m := s.model(t, forecast.ModelOptions{})
	var real []forecast.Realised
	for i, a := range s.spec.Activities {
		if a.Lasts > 0 {
			real = append(real, forecast.Realised{Of: activity(string(a.ID)), Lasts: a.Lasts * calendar.Minutes(100+i) / 100})
		}
	}
	_, err := m.Split(t.Context(), real, forecast.SplitOptions{})
	require.ErrorIs(t, err, forecast.ErrManyRealised)
	few, err := m.Split(t.Context(), real[:12], forecast.SplitOptions{})
	require.NoError(t, err)
	split, err := m.Split(t.Context(), real, forecast.SplitOptions{Orders: 640})
	require.NoError(t, err)
	assert.False(t, split.Exact)
	sum := 0.0
	for _, p := range split.Parts {
		sum += p.Delay
	}
	assert.InDelta(t, float64(split.Delay), sum, 1e-6, "each order adds up, so the mean does")
	assert.NotEmpty(t, few.Parts)
	again, err := m.Split(t.Context(), real, forecast.SplitOptions{Orders: 640})
	require.NoError(t, err)
	assert.Equal(t, split, again)
}

// Twenty networks whose critical path lengths are known: with nothing uncertain they are what every trial gives.
func TestPSPLIB(t *testing.T) {
	agree := 0
	for name, days := range map[string]calendar.Minutes{"j301_1.sm": 38, "j3013_1.sm": 34} {
		s := network(t, name)
		s.risk.Estimates = nil
		o, _ := simulate(t, s.model(t, forecast.ModelOptions{}), forecast.Options{Trials: 2}).Outcome(forecast.End)
		assert.Equal(t, monday.Add(days*calendar.Day), o.Percentile(.5).At, name)
		agree++
	}
	assert.Equal(t, 2, agree)
}

func TestMemoryDoesNotGrowWithTrials(t *testing.T) {
	m := layered(200, 2).model(t, forecast.ModelOptions{})
	bytes := func(trials uint64) float64 {
		return testing.AllocsPerRun(3, func() { simulated(t, m, forecast.Options{Trials: trials, Workers: 1}) })
	}
	assert.InDelta(t, bytes(10_000), bytes(160_000), 20, "allocations")
}
