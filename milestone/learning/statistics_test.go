package learning_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/learning"
)

// TestQuantileTails compares with values of mpmath at 50 digits, where other libraries' inverses have failed.
func TestQuantileTails(t *testing.T) {
	for _, c := range [][4]float64{
		{3, 99999, 0.025, 6.18670209147381603e-6},
		{2.5, 99998.5, 0.025, 4.1560806016773963e-6},
		{2.5, 99998.5, 1e-12, 2.56234096570028564e-10},
		{2.5, 99998.5, 0.999999, 0.00017942618143618492},
		{0.18, 0.18, 0.01, 2.87806079696727343e-10},
		{0.18, 30.18, 0.3, 0.0000269269106814622241},
		{0.18, 30.18, 1e-06, 1.00333502426478368e-35},
		{0.5, 0.5, 1e-10, 2.46740110027233983e-20},
		{480.5, 520.5, 1e-09, 0.386591414089625632},
		{1, 1, 1e-15, 1.00000000000000008e-15},
		{30, 100070, 0.975, 0.000416050169603305813},
	} {
		got := learning.Beta{A: c[0], B: c[1]}.Quantile(c[2])
		assert.InEpsilon(t, c[3], got, 1e-11, c)
		mirrored := learning.Beta{A: c[1], B: c[0]}
		assert.InDelta(t, 1-c[3], mirrored.Quantile(1-c[2]), 1e-9)
	}
}

func FuzzQuantileInverts(f *testing.F) {
	f.Add(1.0, 1.0, 0.5)
	f.Add(0.18, 0.18, 0.001)
	f.Add(2.5, 99998.5, 1e-9)
	f.Add(30.0, 70.0, 0.975)
	f.Fuzz(func(t *testing.T, a, b, p float64) {
		if !(a >= 0.01 && a <= 1e5 && b >= 0.01 && b <= 1e5 && p > 1e-12 && p < 1-1e-12) {
			t.Skip("the law or the chance is outside the bounds that are fuzzed")
		}
		law := learning.Beta{A: a, B: b}
		x := law.Quantile(p)
		if x < 1e-300 || x > 1-1e-9 {
			t.Skip("the answer has too few digits left to be put back")
		}
		slack := 1e-8*min(p, 1-p) + 1e-10
		if got := law.CDF(x); math.Abs(got-p) > slack {
			t.Fatalf("Beta(%v, %v): quantile of %v is %v, whose CDF is %v", a, b, p, x, got)
		}
		if s := law.CDF(x) + law.Above(x); math.Abs(s-1) > 1e-12 {
			t.Fatalf("tails sum to %v", s)
		}
	})
}

// slowBeta integrates the density by the midpoint rule.
func slowBeta(a, b, x float64) float64 {
	const n = 200000
	low, all := 0.0, 0.0
	for i := range n {
		p := (float64(i) + 0.5) / n
		w := math.Exp((a-1)*math.Log(p) + (b-1)*math.Log1p(-p))
		all += w
		if p < x {
			low += w
		}
	}
	return low / all
}

func TestSpecialFunctions(t *testing.T) {
	for _, c := range [][3]float64{{2, 3, 0.4}, {5.5, 1.5, 0.7}, {40, 60, 0.45}, {300, 12, 0.95}} {
		low, high := learning.IncompleteBeta(c[0], c[1], c[2], 1-c[2])
		assert.InDelta(t, slowBeta(c[0], c[1], c[2]), low, 1e-4)
		assert.InDelta(t, 1, low+high, 1e-14)
	}
	assert.InDelta(t, math.Log(1.0/60), learning.LogBeta(3, 4), 1e-13)
	assert.InEpsilon(t, -69323.4, learning.LogBeta(50000, 50000), 1e-4)
	// Q of an even number of degrees of freedom is a Poisson sum.
	for _, x := range []float64{0.3, 2, 7, 30} {
		_, q := learning.GammaTails(3, x)
		assert.InEpsilon(t, math.Exp(-x)*(1+x+x*x/2), q, 1e-12)
	}
	for _, z := range []float64{-3, -1, 0, 0.5, 1.959963984540054, 5, 8} {
		assert.InDelta(t, z, learning.NormalUpper(learning.NormalTail(z)), 1e-8)
	}
	assert.InEpsilon(t, 9.262340089798408, learning.NormalUpper(1e-20), 1e-12)
	assert.InDelta(t, 2.2281388519862744, learning.StudentUpper(10, 0.025), 1e-11) // mpmath
	assert.InDelta(t, 0.05, learning.StudentTwoSided(10, 2.2281388519862744), 1e-12)
	assert.InDelta(t, math.Pi*math.Pi/6, learning.Zeta(2), 1e-13)
	assert.InDelta(t, 0.39894228040143268, learning.UnitLoss(0), 1e-15)
	for z := 0.0; z < 12; z += 0.5 { // the loss falls, and stays positive
		assert.Greater(t, learning.UnitLoss(z), learning.UnitLoss(z+0.5))
	}
}

// TestSequenceAtOnce holds the first looks to what they are: nearly nothing is known.
func TestSequenceAtOnce(t *testing.T) {
	flat := learning.Beta{A: 1, B: 1}
	assert.Equal(t, learning.Interval{Low: 0, High: 1}, flat.Sequence(learning.Counts{}, 0.05))
	one := flat.Sequence(learning.Counts{Yes: 1, N: 1}, 0.05)
	assert.InDelta(t, 0.025, one.Low, 1e-12)
	assert.Equal(t, 1.0, one.High)
	assert.Equal(t, learning.Interval{Low: 0, High: 1}, learning.MixtureInterval(learning.Counts{Yes: 1, N: 1}, 0.05, 100))
	for _, x := range []learning.Ratings{nil, {0.4}, {0.4, 0.9}} {
		got, err := learning.BernsteinSequence(x, 0.05)
		require.NoError(t, err)
		assert.Equal(t, "[0.000, 1.000]", got.String())
	}
}

// TestDifferenceSequenceIsDual holds the interval of a difference to the test it inverts, at 0 and elsewhere.
func TestDifferenceSequenceIsDual(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for run := range 40 {
		var blocks learning.Blocks
		pa, pb := r.Float64(), r.Float64()
		for range 10 + 3*run {
			blocks = append(blocks, learning.Block{A: draw(r, pa, 1), B: draw(r, pb, 1+run%2)})
		}
		got := learning.DifferenceSequence(learning.Beta{}, blocks, 0.05)
		for _, d := range []float64{0, -0.4, 0.3, got.Low + 1e-6, got.Low - 1e-6, got.High - 1e-6, got.High + 1e-6} {
			if d <= -1 || d >= 1 {
				continue
			}
			s := learning.SafeTwo{Difference: d}
			for _, b := range blocks {
				require.NoError(t, s.Add(b))
			}
			assert.Equal(t, !got.Contains(d), s.LogE().Against(0.05), "run %d: %v against %v has log e %v", run, d, got, s.LogE())
		}
	}
}

func draw(r *rand.Rand, p float64, n int) learning.Counts {
	c := learning.Counts{N: n}
	for range n {
		if r.Float64() < p {
			c.Yes++
		}
	}
	return c
}

// TestSafeTwoIsFair sums the expectation of one block over all its outcomes at many points of the null: no bet on one side
// may be worth more than 1.
func TestSafeTwoIsFair(t *testing.T) {
	for _, start := range [][2]learning.Beta{{{A: 0.18, B: 0.18}, {A: 0.18, B: 0.18}}, {{A: 3, B: 9}, {A: 8, B: 2}}, {{A: 1, B: 40}, {A: 2, B: 3}}} {
		for _, d := range []float64{0, 0.2, -0.5} {
			for _, size := range [][2]int{{1, 1}, {2, 1}, {3, 3}} {
				for p := max(0, -d) + 0.01; p < min(1, 1-d); p += 0.07 {
					mean := 0.0
					for ya := 0; ya <= size[0]; ya++ {
						for yb := 0; yb <= size[1]; yb++ {
							s := learning.SafeTwo{A: start[0], B: start[1], Difference: d}
							require.NoError(t, s.Add(learning.Block{A: learning.Counts{Yes: ya, N: size[0]}, B: learning.Counts{Yes: yb, N: size[1]}}))
							mean += binomial(ya, size[0], p) * binomial(yb, size[1], p+d) * s.LogE().Value()
						}
					}
					assert.LessOrEqual(t, mean, 1+1e-9, "null (%v, %v), sizes %v", p, p+d, size)
				}
			}
		}
	}
}

func binomial(k, n int, p float64) float64 {
	c := 1.0
	for i := range k {
		c *= float64(n-i) / float64(i+1)
	}
	return c * math.Pow(p, float64(k)) * math.Pow(1-p, float64(n-k))
}

// TestBetsAreFair sums the e-value over every sequence of ten scores that take two values with the null's mean: the better
// half of the hedge is never more than the whole hedge, whose expectation is 1 at every length.
func TestBetsAreFair(t *testing.T) {
	for _, m := range []float64{0.05, 0.3, 0.5, 0.92} {
		for _, low := range []float64{0, m / 2} {
			for _, high := range []float64{1, (1 + m) / 2} {
				p := (m - low) / (high - low)
				const length = 10
				means := make([]float64, length)
				for pattern := range 1 << length {
					b := learning.Bets{Mean: m}
					weight := 1.0
					for i := range length {
						x, w := low, 1-p
						if pattern>>i&1 == 1 {
							x, w = high, p
						}
						weight *= w
						require.NoError(t, b.Add(x))
						// each prefix comes up once for every way to go on, and its weight is that of the prefix
						means[i] += weight * b.LogE().Value() / float64(int(1)<<(length-1-i))
					}
				}
				for i, mean := range means {
					assert.LessOrEqual(t, mean, 1+1e-9, "mean %v on {%v, %v} after %d", m, low, high, i+1)
					assert.Greater(t, mean, 0.5-1e-9, "and at least half the hedge")
				}
			}
		}
	}
}

// slowVersus integrates over a grid of both shares.
func slowVersus(v learning.Versus) (higher, lossA, lossB float64) {
	const n = 1500
	weigh := func(b learning.Beta) []float64 {
		w := make([]float64, n)
		for i := range w {
			w[i] = b.CDF(float64(i+1)/n) - b.CDF(float64(i)/n)
		}
		return w
	}
	a, b := weigh(v.A), weigh(v.B)
	for i, x := range a {
		for j, y := range b {
			d := float64(j-i) / n
			switch {
			case d > 0:
				higher += x * y
				lossA += x * y * d
			case d < 0:
				lossB -= x * y * d
			default:
				higher += x * y / 2
			}
		}
	}
	return higher, lossA, lossB
}

func TestVersusAgainstGrid(t *testing.T) {
	for _, v := range []learning.Versus{
		{A: learning.Beta{A: 1, B: 1}, B: learning.Beta{A: 3, B: 2}},
		{A: learning.Beta{A: 13, B: 29}, B: learning.Beta{A: 21, B: 21}},
		{A: learning.Beta{A: 0.68, B: 4.18}, B: learning.Beta{A: 300, B: 900}},
	} {
		higher, lossA, lossB := slowVersus(v)
		assert.InDelta(t, higher, v.ChanceBHigher(), 2e-3)
		assert.InDelta(t, lossA, v.LossOfA(), 1e-4)
		assert.InDelta(t, lossB, v.LossOfB(), 1e-4)
		assert.InDelta(t, v.Mean(), v.LossOfA()-v.LossOfB(), 1e-12, "E[B-A] = E[(B-A)+] - E[(A-B)+]")
		mirrored := learning.Versus{A: v.B, B: v.A}
		assert.InDelta(t, 1, v.ChanceBHigher()+mirrored.ChanceBHigher(), 1e-12)
		i, j := v.Credible(0.1), mirrored.Credible(0.1)
		assert.InDelta(t, i.Low, -j.High, 1e-8)
		assert.InDelta(t, i.High, -j.Low, 1e-8)
		r := rand.New(rand.NewPCG(1, 2))
		var below, above int
		const draws = 20000
		for range draws {
			d := v.B.Quantile(r.Float64()) - v.A.Quantile(r.Float64())
			if d < i.Low {
				below++
			}
			if d > i.High {
				above++
			}
		}
		assert.InDelta(t, 0.05, float64(below)/draws, 0.007)
		assert.InDelta(t, 0.05, float64(above)/draws, 0.007)
	}
}

func TestGuards(t *testing.T) {
	share := func(yes, n int) learning.Counts { return learning.Counts{Yes: yes, N: n} }
	pair := func(n int) learning.Pair { return learning.Pair{A: share(n/4, n/2), B: share(n/3, n-n/2)} }

	fixed := learning.FixedN{N: 40}
	_, err := fixed.Read(pair(30))
	peek, ok := errors.AsType[*learning.PeekError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, 30, peek.Have)
	assert.Equal(t, 40, peek.Need)
	progress, err := fixed.Progress(pair(30))
	require.NoError(t, err, "counts are allowed before the end")
	assert.Equal(t, learning.Progress{Have: 30, A: 15, B: 15, Next: 40}, progress)
	assert.False(t, progress.Ready())
	_, err = fixed.Read(pair(41))
	over, ok := errors.AsType[*learning.NoExtensionError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, learning.NoExtensionError{Planned: 40, Have: 41}, *over)
	_, err = fixed.Extend(20)
	_, ok = errors.AsType[*learning.NoExtensionError](err)
	assert.True(t, ok)

	looks := learning.PlannedLooks{At: []int{20, 40, 60}, Rule: learning.Pocock}
	for have, want := range map[int]int{10: 20, 21: 40, 59: 60} {
		_, err := looks.Read(pair(have))
		peek, ok := errors.AsType[*learning.PeekError](err)
		require.True(t, ok, "%d: %v", have, err)
		assert.Equal(t, want, peek.Need)
	}
	_, err = looks.Read(pair(61))
	_, ok = errors.AsType[*learning.NoExtensionError](err)
	assert.True(t, ok)
	_, err = looks.Extend(1)
	_, ok = errors.AsType[*learning.NoExtensionError](err)
	assert.True(t, ok)
	r, err := looks.Read(pair(40))
	require.NoError(t, err)
	assert.Equal(t, learning.AtPlannedLooks, r.Holds)

	means := learning.Means{A: learning.Moments{N: 99, Mean: 1, Variance: 1}, B: learning.Moments{N: 200, Mean: 2, Variance: 1}}
	for _, m := range []learning.Method{learning.ByAsymptotic, learning.ByMixtureSPRT, 0} {
		_, err = learning.Anytime{Method: m, EffectSD: 0.5}.Read(means)
		few, ok := errors.AsType[*learning.TooFewForMethodError](err)
		require.True(t, ok, "%v", err)
		assert.Equal(t, 99, few.Have)
		assert.Equal(t, 100, few.Need)
	}
	means.A.N = 100
	r, err = learning.Anytime{}.Read(means)
	require.NoError(t, err)
	assert.True(t, r.Excluded && r.Asymptotic)

	_, err = learning.Anytime{}.Read(pair(40))
	wrong, ok := errors.AsType[*learning.DataError](err)
	require.True(t, ok, "totals do not say in which order they came: %v", err)
	assert.Equal(t, "totals of two arms", wrong.Got)
	longer, err := learning.Anytime{}.Extend(100)
	require.NoError(t, err)
	assert.Equal(t, learning.Anytime{}, longer)
}

func TestBadInput(t *testing.T) {
	for name, d := range map[string]learning.Design{
		"alpha":        learning.Anytime{Alpha: 1.2},
		"prior":        learning.Anytime{Prior: learning.Beta{A: -1, B: 2}},
		"no effect sd": learning.Anytime{Method: learning.ByMixtureSPRT},
		"nan":          learning.Anytime{Against: math.NaN()},
		"no n":         learning.FixedN{},
		"no looks":     learning.PlannedLooks{},
		"looks fall":   learning.PlannedLooks{At: []int{20, 10}},
	} {
		_, ok := errors.AsType[*learning.RangeError](d.Check())
		assert.True(t, ok, name)
		_, err := d.Read(learning.Counts{Yes: 1, N: 2})
		assert.EqualError(t, err, d.Check().Error(), name)
	}
	both := learning.FixedN{Alpha: 2}.Check().(interface{ Unwrap() []error }).Unwrap()
	assert.Len(t, both, 2, "every fault is collected")
	for name, data := range map[string]learning.Data{
		"more yes than people": learning.Counts{Yes: 3, N: 2},
		"negative":             learning.Blocks{{A: learning.Counts{N: -1}}},
		"score over 1":         learning.Ratings{0.2, 1.1},
		"nan mean":             learning.Means{A: learning.Moments{Mean: math.NaN()}},
	} {
		_, err := learning.Anytime{}.Read(data)
		_, ok := errors.AsType[*learning.RangeError](err)
		assert.True(t, ok, "%s: %v", name, err)
	}
	_, err := learning.Anytime{}.Read(nil)
	_, ok := errors.AsType[*learning.DataError](err)
	assert.True(t, ok)
}

// TestFixedNAgainstTables holds the exact tests to published values.
func TestFixedNAgainstTables(t *testing.T) {
	// Fisher's lady tasting tea: 3 of 4 against 1 of 4, two-sided p = 34/70.
	r, err := learning.FixedN{N: 8}.Read(learning.Pair{A: learning.Counts{Yes: 3, N: 4}, B: learning.Counts{Yes: 1, N: 4}})
	require.NoError(t, err)
	assert.InDelta(t, 34.0/70, r.P, 1e-12)
	// Newcombe (1998), table II, contrast (a): 56/70 against 48/80, method 10 gives 0.0524 to 0.3339.
	r, err = learning.FixedN{N: 150}.Read(learning.Pair{A: learning.Counts{Yes: 48, N: 80}, B: learning.Counts{Yes: 56, N: 70}})
	require.NoError(t, err)
	assert.InDelta(t, 0.0524, r.Valid.Low, 5e-5)
	assert.InDelta(t, 0.3339, r.Valid.High, 5e-5)
	// Clopper & Pearson: 0 of 10 has the upper limit 1 - 0.025^(1/10).
	r, err = learning.FixedN{N: 10, Against: 0.5}.Read(learning.Counts{Yes: 0, N: 10})
	require.NoError(t, err)
	assert.InDelta(t, 1-math.Pow(0.025, 0.1), r.Valid.High, 1e-12)
	assert.InDelta(t, 2*math.Pow(0.5, 10), r.P, 1e-14)
	assert.True(t, r.Excluded)
	// Welch on equal variances and sizes has 2n-2 degrees of freedom.
	m := learning.Moments{N: 6, Mean: 0, Variance: 3}
	n := m
	n.Mean = 2.2281388519862744 // one standard error: sqrt(3/6+3/6) = 1
	r, err = learning.FixedN{N: 12}.Read(learning.Means{A: m, B: n})
	require.NoError(t, err)
	assert.InDelta(t, 0.05, r.P, 1e-10)
	assert.InDelta(t, 0, r.Valid.Low, 1e-10)
}

// TestEarlyLooksAreHonest: at each design the interval that guards against looking is the wider of the two.
func TestValidIsWiderThanCredible(t *testing.T) {
	for n := 1; n <= 200; n += 7 {
		c := learning.Counts{Yes: n / 3, N: n}
		r, err := learning.Anytime{Against: 0.5}.Read(c)
		require.NoError(t, err)
		assert.GreaterOrEqual(t, r.Valid.Width(), r.Credible.Width())
		assert.Equal(t, r.Excluded, !r.Valid.Contains(0.5), "test and interval agree")
	}
}

func TestWeights(t *testing.T) {
	assert.InDelta(t, 10, learning.Weight(math.Log(10)).Decibels(), 1e-12)
	w, capped := learning.FromDecibels(25).Capped()
	assert.True(t, capped)
	assert.InDelta(t, 100, w.BayesFactor(), 1e-9)
	gun := learning.Diagnosticity{IfTrue: 0.3}
	w, capped, err := learning.ClueWeight(gun, true, "")
	require.NoError(t, err)
	assert.True(t, capped, "an unjustified zero is capped")
	assert.InDelta(t, 20, w.Decibels(), 1e-9)
	w, capped, err = learning.ClueWeight(gun, true, "the form exists only where the visit took place")
	require.NoError(t, err)
	assert.False(t, capped)
	p, err := w.Update(0.2)
	require.NoError(t, err)
	assert.Equal(t, 1.0, p)
	_, err = w.Update(0)
	_, ok := errors.AsType[*learning.ImpossibleError](err)
	assert.True(t, ok, "Cromwell's rule: %v", err)
	_, err = learning.Diagnosticity{}.Weight(true)
	_, ok = errors.AsType[*learning.ImpossibleError](err)
	assert.True(t, ok)
	_, err = learning.Diagnosticity{IfTrue: 0.9, IfFalse: 0.1}.Pair(learning.Diagnosticity{IfTrue: 0.2, IfFalse: 0.9}, 0.9, 0)
	_, ok = errors.AsType[*learning.ProbabilityError](err)
	assert.True(t, ok, "no two clues hang together like that: %v", err)
	_, err = learning.Estimate{Effect: 0.1, SE: 0.02, Clusters: 8}.Weight(learning.EffectPrior{Mean: 0.1, SD: 0.1}, 0)
	_, ok = errors.AsType[*learning.UnclusteredError](err)
	assert.True(t, ok)
	table := learning.ConventionalBias()
	table[0].Multiple = 9
	assert.Zero(t, learning.ConventionalBias()[0].Multiple, "the table is a copy")
	_, err = table.Bias(learning.NoComparison, 0.1)
	none, ok := errors.AsType[*learning.NoAllowanceError](err)
	require.True(t, ok)
	assert.True(t, none.CluesOnly)
}

// FuzzBeliefIsConserved: the expected posterior is the prior for any pair of clues, in any order, and independent clues add.
func FuzzBeliefIsConserved(f *testing.F) {
	f.Add(0.5, 0.8, 0.2, 0.3, 0.0, 0.0)
	f.Add(0.2, 0.95, 0.6, 0.7, 0.1, 0.3)
	f.Fuzz(func(t *testing.T, prior, a, b, c, d, r float64) {
		x, y := learning.Diagnosticity{IfTrue: a, IfFalse: b}, learning.Diagnosticity{IfTrue: c, IfFalse: d}
		pack, err := x.Pair(y, r, r)
		if err != nil || !(prior >= 0 && prior <= 1) {
			t.Skip("no such pair of clues, or no probability to begin from")
		}
		got, err := pack.ExpectedPosterior(prior)
		if err != nil || math.Abs(got-prior) > 1e-9 {
			t.Fatalf("prior %v, expected posterior %v, %v", prior, got, err)
		}
		if r != 0 {
			return
		}
		for _, found := range [][2]bool{{true, true}, {true, false}, {false, true}, {false, false}} {
			w, err1 := x.Weight(found[0])
			v, err2 := y.Weight(found[1])
			both, err3 := pack.Weight(found[0], found[1])
			if err1 != nil || err2 != nil || err3 != nil || math.IsInf(float64(w+v), 0) || math.IsNaN(float64(w+v)) || math.Abs(float64(w+v)) > 12 {
				continue
			}
			if math.Abs(float64(w+v-both)) > 1e-6 {
				t.Fatalf("independent clues: %v + %v is not %v", w, v, both)
			}
		}
	})
}

// slowShareWorth sums the decision over every result, without leaving out what changes nothing.
func slowShareWorth(d learning.ShareDecision, n int) float64 {
	best := func(mean float64) float64 { return max(0, d.Gain*mean-d.Cost) }
	sum := 0.0
	for yes := 0; yes <= n; yes++ {
		c := 1.0
		for i := range yes {
			c *= float64(n-i) / float64(i+1)
		}
		after := learning.Counts{Yes: yes, N: n}
		sum += c * math.Exp(d.Prior.LogMarginal(after)) * best(d.Prior.Update(after).Mean())
	}
	return sum - best(d.Prior.Mean())
}

func FuzzShareWorth(f *testing.F) {
	f.Add(1.0, 1.0, 0.5, uint8(10))
	f.Add(3.0, 7.0, 0.25, uint8(5))
	f.Add(12.0, 28.0, 0.4, uint8(5))
	f.Fuzz(func(t *testing.T, a, b, cost float64, n uint8) {
		if !(a > 0.05 && a < 500 && b > 0.05 && b < 500 && cost > -2 && cost < 2) {
			t.Skip("the prior or the cost is outside the bounds that are fuzzed")
		}
		n %= 60
		d := learning.ShareDecision{Prior: learning.Beta{A: a, B: b}, Gain: 1, Cost: cost}
		w, err := d.Worth(int(n))
		require.NoError(t, err)
		if math.Abs(slowShareWorth(d, int(n))-w.Sample) > 1e-10 {
			t.Fatalf("%+v at %d: %v, want %v", d, n, w.Sample, slowShareWorth(d, int(n)))
		}
		if w.Sample < 0 || w.Sample > w.Perfect || w.CanChangeDecision != (w.Sample > 0) {
			t.Fatalf("%+v at %d: %+v", d, n, w)
		}
		more, err := d.Worth(int(n) + 1)
		require.NoError(t, err)
		if more.Sample < w.Sample-1e-12 {
			t.Fatalf("another person made the test worth less: %v, %v", w.Sample, more.Sample)
		}
	})
}

func TestDominatedIsExactlyZero(t *testing.T) {
	d := learning.FiniteDecision{Prior: []float64{0.1, 0.2, 0.7}, Payoffs: [][]float64{{1.1, 2.2, 3.3}, {1.0, 2.1, 3.2}}}
	w, err := d.Worth([][]float64{{0.3, 0.7}, {0.6, 0.4}, {0.1, 0.9}})
	require.NoError(t, err)
	assert.Equal(t, learning.Worth{Now: w.Now, Action: 0}, w)
	assert.Equal(t, "This test cannot change what you would do.", w.Sentence())
}

func TestDiscoveriesAgainstDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		values := make([]learning.LogE, 1+r.IntN(12))
		for i := range values {
			values[i] = learning.LogE(8*r.Float64() - 2)
		}
		got, err := learning.Discoveries(values, 0.1)
		require.NoError(t, err)
		best := 0 // the largest k with k e-values of n/(k alpha) or more
		for k := 1; k <= len(values); k++ {
			bar := math.Log(float64(len(values)) / (float64(k) * 0.1))
			n := 0
			for _, v := range values {
				if float64(v) >= bar-1e-12 {
					n++
				}
			}
			if n >= k {
				best = k
			}
		}
		found := 0
		for _, f := range got {
			if f {
				found++
			}
		}
		assert.GreaterOrEqual(t, found, best)
		assert.Equal(t, best == 0, found == 0)
	}
}

func TestEnumsRoundTrip(t *testing.T) {
	type all struct {
		M learning.Method
		L learning.LookRule
		C learning.Comparison
	}
	in := all{learning.BySafeTwo, learning.Pocock, learning.BeforeAfter}
	b, err := json.Marshal(in)
	require.NoError(t, err)
	assert.Equal(t, `{"M":"safe-2x2","L":"pocock","C":"before-after"}`, string(b))
	var out all
	require.NoError(t, json.Unmarshal(b, &out))
	assert.Equal(t, in, out)
	_, ok := errors.AsType[*record.EnumError](json.Unmarshal([]byte(`{"M":"z-test"}`), &out))
	assert.True(t, ok)
}

func TestPriceOfLooking(t *testing.T) {
	p, err := learning.PriceOfLooking(0.3, 0.5, 1000, 200, 1)
	require.NoError(t, err)
	assert.Equal(t, [2]int{93, 153}, [2]int{p.Fixed80, p.Fixed95})
	assert.InDelta(t, 126, float64(p.Median), 25, "the research measured 126 over 4,000 runs")
	assert.Equal(t, 1.0, p.Found)
	again, err := learning.PriceOfLooking(0.3, 0.5, 1000, 200, 1)
	require.NoError(t, err)
	assert.Equal(t, p, again)
}
