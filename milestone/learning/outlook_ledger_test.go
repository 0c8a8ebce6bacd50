package learning_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/learning"
)

func outlook(t *testing.T, l *learning.Ledger, o learning.OutlookOptions) *learning.Prospects {
	t.Helper()
	p, err := l.Outlook(context.Background(), record.Moment{}, o)
	require.NoError(t, err)
	return p
}

func prospect(t *testing.T, p *learning.Prospects, subject string) learning.Prospect {
	t.Helper()
	x, ok := p.Of(ref(subject))
	require.True(t, ok, subject)
	return x
}

// One mission, one milestone, one hypothesis.
func TestOutlookOfAHunch(t *testing.T) {
	s := hunch()
	s.Hypotheses[0].Low, s.Hypotheses[0].High = q("0.3"), q("0.7")
	l := compile(t, s)
	reach := func(belief float64) float64 { return 1 - 0.9*(1-0.9*0.6*belief) }
	x := prospect(t, outlook(t, l, learning.OutlookOptions{}), "mission/work")
	assert.InDelta(t, reach(0.5), x.Chance, 1e-15)
	assert.InDelta(t, reach(0.3), x.Low, 1e-15)
	assert.InDelta(t, reach(0.7), x.High, 1e-15)
	assert.Equal(t, []record.ID{"calls-help"}, x.Untested)
	require.Len(t, x.Rests, 1)
	assert.InDelta(t, reach(1)-reach(0), x.Rests[0].Importance(), 1e-15)
	assert.InDelta(t, 0.9, prospect(t, outlook(t, l, learning.OutlookOptions{}), "milestone/calls").Chance, 1e-15)

	// Evidence moves the belief, and that the range.
	s.Evidence = []learning.Evidence{clue("e", "2025-02-01")}
	x = prospect(t, outlook(t, compile(t, s), learning.OutlookOptions{}), "mission/work")
	assert.InDelta(t, reach(0.8), x.Chance, 1e-15)
	assert.InDelta(t, reach(1.2/(1.2+0.7)), x.Low, 1e-15)
	assert.Empty(t, x.Untested)

	// A milestone that was not reached leaves the rival explanation.
	s.Evidence = append(s.Evidence, learning.Evidence{Record: record.New("seen"), Subject: ref("milestone/calls"), Observed: when("2025-03-01"),
		Result: learning.Result{Reached: learning.WasNotReached}})
	x = prospect(t, outlook(t, compile(t, s), learning.OutlookOptions{}), "mission/work")
	assert.InDelta(t, 0.1, x.Chance, 1e-15)
	// What is seen later, or said by the caller, counts.
	again := s.Evidence[1]
	again.ID, again.Observed, again.Result.Reached = "seen-again", when("2025-04-01"), learning.WasReached
	s.Evidence = append(s.Evidence, again)
	x = prospect(t, outlook(t, compile(t, s), learning.OutlookOptions{}), "mission/work")
	assert.InDelta(t, 1-0.9*(1-0.6*0.8), x.Chance, 1e-15)
	x = prospect(t, outlook(t, compile(t, s), learning.OutlookOptions{Reached: map[record.Ref]bool{ref("milestone/calls"): false}}), "mission/work")
	assert.InDelta(t, 0.1, x.Chance, 1e-15)

	// Evidence that was derived from what is observed itself is not counted as well.
	s = hunch()
	s.Evidence = []learning.Evidence{clue("e", "2025-02-01")}
	s.Evidence[0].DerivedFrom = []record.Ref{ref("mission/work")}
	p := outlook(t, compile(t, s), learning.OutlookOptions{Reached: map[record.Ref]bool{ref("mission/work"): true}})
	require.Len(t, p.Left, 1)
	double, ok := errors.AsType[*learning.DoubleCountedError](p.Left[0].Why)
	require.True(t, ok)
	assert.Equal(t, ref("mission/work"), double.With)
	assert.InDelta(t, 0.5*reach(1)/reach(0.5), prospect(t, p, "mission/work").Rests[0].Belief, 1e-15, "only the observation moves the belief")
}

func TestOutlookRefuses(t *testing.T) {
	ask := func(s learning.Spec, o learning.OutlookOptions) error {
		_, err := compile(t, s).Outlook(context.Background(), record.Moment{}, o)
		return err
	}
	s := hunch()
	s.Hypotheses = nil
	none, ok := errors.AsType[*learning.NoBeliefError](ask(s, learning.OutlookOptions{}))
	require.True(t, ok)
	assert.Equal(t, []record.ID{"calls-help"}, none.Contributions)
	x := prospect(t, outlook(t, compile(t, s), learning.OutlookOptions{Untested: q("0.5")}), "mission/work")
	assert.InDelta(t, 0.343, x.Chance, 1e-15, "a stated belief serves")

	s = hunch()
	s.RivalExplanations = s.RivalExplanations[:1]
	missing, ok := errors.AsType[*learning.TheoryError](ask(s, learning.OutlookOptions{}))
	require.True(t, ok)
	assert.Equal(t, `step "milestone/calls"`, missing.Place)

	s = hunch()
	other := s.Hypotheses[0]
	other.ID = "h2"
	s.Hypotheses = append(s.Hypotheses, other)
	rivals, ok := errors.AsType[*learning.RivalHypothesesError](ask(s, learning.OutlookOptions{}))
	require.True(t, ok)
	assert.Equal(t, []record.ID{"h", "h2"}, rivals.Hypotheses)
	s.Hypotheses[1].Supersedes, s.Hypotheses[1].Prior = "h", q("0.2")
	assert.InDelta(t, 1-0.9*(1-0.9*0.6*0.2), prospect(t, outlook(t, compile(t, s), learning.OutlookOptions{}), "mission/work").Chance, 1e-15)

	s = hunch()
	s.Contributions = append(s.Contributions, learning.Contribution{Record: record.New("back"), Cause: ref("mission/work"), Effect: ref("milestone/calls"), Strength: q("0.5")})
	_, ok = errors.AsType[*learning.CycleError](ask(s, learning.OutlookOptions{Untested: q("0.5")}))
	assert.True(t, ok)

	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := compile(t, hunch()).Outlook(cancelled, record.Moment{}, learning.OutlookOptions{})
	assert.ErrorIs(t, err, context.Canceled)

	s = tangle(40)
	entangled, ok := errors.AsType[*learning.TooEntangledError](ask(s, learning.OutlookOptions{Untested: q("0.5"), Cells: 64}))
	require.True(t, ok)
	assert.Equal(t, int64(64), entangled.Budget)
	// A sample is taken only where it was asked for, and says so.
	exact := prospect(t, outlook(t, compile(t, s), learning.OutlookOptions{Untested: q("0.5"), Cells: 1 << 30}), "mission/work")
	sampled := prospect(t, outlook(t, compile(t, s), learning.OutlookOptions{Untested: q("0.5"), Cells: 64, Draws: 100_000, Seed: 1}), "mission/work")
	assert.Equal(t, learning.ReckonedSample, sampled.Reckoning)
	assert.Error(t, sampled.NoRange)
	assert.InDelta(t, exact.Chance, sampled.Chance, 5*sampled.SE)
	assert.Less(t, sampled.SE, 0.002)
}

// tangle is layers of milestones that all lead to the next.
func tangle(n int) learning.Spec {
	var s learning.Spec
	name := func(i int) record.Ref { return ref(fmt.Sprintf("milestone/m%d", i)) }
	for i := range n {
		s.RivalExplanations = append(s.RivalExplanations, learning.RivalExplanation{Record: record.New(record.ID(fmt.Sprintf("r%d", i))), Subject: name(i), Chance: q("0.2")})
		for k := 1; k <= 3 && i+k < n; k++ {
			s.Contributions = append(s.Contributions, learning.Contribution{Record: record.New(record.ID(fmt.Sprintf("c%d-%d", i, i+k))), Cause: name(i), Effect: name(i + k), Strength: q("0.3")})
		}
	}
	s.Contributions = append(s.Contributions, learning.Contribution{Record: record.New("last"), Cause: name(n - 1), Effect: ref("mission/work"), Strength: q("0.8")})
	s.RivalExplanations = append(s.RivalExplanations, learning.RivalExplanation{Record: record.New("rw"), Subject: ref("mission/work"), Chance: q("0.05")})
	return s
}

// anyTheory is a small theory of action with every kind of thing in it.
func anyTheory(r *rand.Rand) learning.Theory {
	var t learning.Theory
	n := 2 + r.IntN(4)
	p := func() float64 { return math.Round(r.Float64()*20) / 20 }
	for i := range n {
		t.Steps = append(t.Steps, learning.Step{Name: fmt.Sprintf("milestone/s%d", i), Otherwise: record.Number(p())})
	}
	for i := range n {
		for j := i + 1; j < n && len(t.Links) < 7; j++ {
			if r.IntN(3) == 0 {
				continue
			}
			l := learning.Link{Name: fmt.Sprintf("l%d%d", i, j), From: t.Steps[i].Name, To: t.Steps[j].Name, Strength: p(), Belief: 0.05 + 0.9*p(), Hinders: r.IntN(4) == 0}
			if !l.Hinders && r.IntN(3) == 0 {
				l.Package = "p"
			}
			t.Links = append(t.Links, l)
		}
	}
	return t
}

// byHand returns the chance of every step by adding up all that can be.
func byHand(t *learning.Theory, beliefs map[string]float64, reached map[string]bool) (map[string]float64, float64) {
	sum, total := make(map[string]float64), 0.0
	n, m := len(t.Steps), len(t.Links)
	for world := range 1 << (n + m) {
		is := make(map[string]bool)
		p := 1.0
		for i, s := range t.Steps {
			is[s.Name] = world>>i&1 == 1
		}
		holds := func(k int) bool { return world>>(n+k)&1 == 1 }
		for k, l := range t.Links {
			b := l.Belief
			if x, ok := beliefs[l.Name]; ok {
				b = x
			}
			if holds(k) {
				p *= b
			} else {
				p *= 1 - b
			}
		}
		for _, c := range t.Clues {
			at := 0
			for i, name := range c.Links {
				for k, l := range t.Links {
					if l.Name == name && holds(k) {
						at |= 1 << i
					}
				}
			}
			p *= c.Chance[at]
		}
		for _, s := range t.Steps {
			not := 1 - s.Otherwise.Float()
			works, strength := make(map[string]bool), make(map[string]float64)
			var names []string
			hinder := 1.0
			for k, l := range t.Links {
				if l.To != s.Name {
					continue
				}
				part := is[l.From] && holds(k)
				if l.Hinders {
					if part {
						hinder *= 1 - l.Strength
					}
					continue
				}
				name := l.Package
				if name == "" {
					name = "alone " + l.Name
				}
				if _, ok := strength[name]; !ok {
					works[name], strength[name] = true, 1
					names = append(names, name)
				}
				works[name] = works[name] && part
				strength[name] *= l.Strength
			}
			for _, name := range names {
				if works[name] {
					not *= 1 - strength[name]
				}
			}
			yes := (1 - not) * hinder
			if is[s.Name] {
				p *= yes
			} else {
				p *= 1 - yes
			}
		}
		for name, want := range reached {
			if is[name] != want {
				p = 0
			}
		}
		total += p
		for name, yes := range is {
			if yes {
				sum[name] += p
			}
		}
	}
	for name := range sum {
		sum[name] /= total
	}
	return sum, total
}

// specOf is the records that a theory comes from.
func specOf(t *learning.Theory, r *rand.Rand) learning.Spec {
	var s learning.Spec
	for i, step := range t.Steps {
		s.RivalExplanations = append(s.RivalExplanations, learning.RivalExplanation{Record: record.New(record.ID(fmt.Sprintf("r%d", i))), Subject: ref(step.Name), Chance: step.Otherwise})
	}
	for _, l := range t.Links {
		s.Contributions = append(s.Contributions, learning.Contribution{Record: record.New(record.ID(l.Name)), Cause: ref(l.From), Effect: ref(l.To), Strength: record.Number(l.Strength),
			Package: l.Package, Hinders: l.Hinders})
		h := learning.Hypothesis{Record: record.New(record.ID("h-" + l.Name)), Contribution: record.ID(l.Name), Claim: "it holds", Prior: record.Number(l.Belief),
			Declared: when("2025-01-01"), WouldChangeOurMind: "nothing found"}
		if r.IntN(2) == 0 {
			h.Low, h.High = record.Number(l.Belief/2), record.Number((1+l.Belief)/2)
		}
		s.Hypotheses = append(s.Hypotheses, h)
	}
	return s
}

// The outlook of a ledger agrees with adding up all that can be, and its range with trying every end; the sample agrees within its error.
func FuzzOutlook(f *testing.F) {
	for seed := range uint64(30) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 3))
		theory := anyTheory(r)
		if len(theory.Links) == 0 {
			return
		}
		s := specOf(&theory, r)
		var reached map[string]bool
		options := learning.OutlookOptions{}
		if r.IntN(3) == 0 {
			name := theory.Steps[len(theory.Steps)-1-r.IntN(2)].Name
			reached = map[string]bool{name: r.IntN(2) == 0}
			options.Reached = map[record.Ref]bool{ref(name): reached[name]}
		}
		if len(theory.Links) > 1 && r.IntN(3) == 0 {
			clue := learning.SharedClue{Name: "both", Chance: []float64{0.1, 0.6, 0.5, 0.9}}
			e := learning.Evidence{Record: record.New("both"), Observed: when("2025-02-01"), Shared: clue.Chance, Result: learning.Result{Clue: learning.Clue{Name: "seen", Found: true}}}
			for _, k := range r.Perm(len(theory.Links))[:2] {
				clue.Links = append(clue.Links, theory.Links[k].Name)
				e.Hypotheses = append(e.Hypotheses, record.ID("h-"+theory.Links[k].Name))
			}
			theory.Clues = append(theory.Clues, clue)
			s.Evidence = append(s.Evidence, e)
		}
		want, total := byHand(&theory, nil, reached)
		p, err := compile(t, s).Outlook(context.Background(), record.Moment{}, options)
		if total < 1e-12 {
			_, impossible := errors.AsType[*learning.ImpossibleError](err)
			require.True(t, impossible || err == nil)
			return
		}
		require.NoError(t, err)
		low, high := make(map[string]float64), make(map[string]float64)
		var ranging []int
		for k, h := range s.Hypotheses {
			if !h.Low.IsZero() {
				ranging = append(ranging, k)
			}
		}
		for end := range 1 << len(ranging) {
			beliefs := make(map[string]float64)
			for i, k := range ranging {
				beliefs[theory.Links[k].Name] = s.Hypotheses[k].Low.Float()
				if end>>i&1 == 1 {
					beliefs[theory.Links[k].Name] = s.Hypotheses[k].High.Float()
				}
			}
			at, total := byHand(&theory, beliefs, reached)
			if total == 0 {
				continue
			}
			for _, step := range theory.Steps {
				x := at[step.Name]
				if _, ok := low[step.Name]; !ok {
					low[step.Name], high[step.Name] = x, x
				}
				low[step.Name], high[step.Name] = min(low[step.Name], x), max(high[step.Name], x)
			}
		}
		seen := 0
		for _, x := range p.Each {
			name := x.Subject.String()
			require.InDelta(t, want[name], x.Chance, 1e-12)
			require.NoError(t, x.NoRange)
			require.InDelta(t, low[name], x.Low, 1e-12, "%s", name)
			require.InDelta(t, high[name], x.High, 1e-12, "%s", name)
			seen++
		}
		sample, err := theory.Sample(context.Background(), learning.SampleOptions{Draws: 20_000, Seed: seed, Reached: reached})
		if thin, ok := errors.AsType[*learning.SampleTooThinError](err); ok {
			require.Less(t, thin.Effective, float64(learning.LeastEffective))
			return
		}
		require.NoError(t, err)
		for _, step := range theory.Steps {
			x, se, err := sample.Chance(step.Name)
			require.NoError(t, err)
			require.InDelta(t, want[step.Name], x, 6*se+1e-12, "%s", step.Name)
		}
		require.NotZero(t, seen)
	})
}

// The definition of the draws is frozen: a change of one bit changes every sample ever published.
func TestSampleIsFrozen(t *testing.T) {
	theory := learning.Theory{Steps: []learning.Step{{Name: "a", Otherwise: q("0.3")}, {Name: "b", Otherwise: q("0.1")}},
		Links: []learning.Link{{From: "a", To: "b", Strength: 0.7, Belief: 0.6}}}
	s, err := theory.Sample(context.Background(), learning.SampleOptions{Draws: 100_000, Seed: 42})
	require.NoError(t, err)
	assert.Equal(t, 100_032, s.Draws())
	a, se, _ := s.Chance("a")
	b, _, _ := s.Chance("b")
	assert.Equal(t, [2]float64{30020, 21190}, [2]float64{math.Round(a * 100_032), math.Round(b * 100_032)})
	assert.InDelta(t, math.Sqrt(0.3*0.7/100_032), se, 1e-5)
	// A step more, and the draws of the others stay.
	theory.Steps = append([]learning.Step{{Name: "z", Otherwise: q("0.5")}}, theory.Steps...)
	again, err := theory.Sample(context.Background(), learning.SampleOptions{Draws: 100_000, Seed: 42})
	require.NoError(t, err)
	b2, _, _ := again.Chance("b")
	assert.Equal(t, b, b2)

	_, err = theory.Sample(context.Background(), learning.SampleOptions{Draws: 2000, Reached: map[string]bool{"c": true}})
	unknown, ok := errors.AsType[*learning.UnknownVariableError](err)
	require.True(t, ok)
	assert.Equal(t, "c", unknown.Variable)
	_, err = theory.Sample(context.Background(), learning.SampleOptions{Beliefs: map[string]float64{"a>b": 2}})
	_, ok = errors.AsType[*learning.ProbabilityError](err)
	assert.True(t, ok)
	theory.Steps[1].Otherwise = q("0.001")
	_, err = theory.Sample(context.Background(), learning.SampleOptions{Draws: 500_000, Reached: map[string]bool{"a": true, "b": true}, Seed: 1})
	require.NoError(t, err, "an observed root weighs all draws alike")
	theory.Steps[2].Otherwise = q("0")
	theory.Links[0].Belief = 0.0001
	_, err = theory.Sample(context.Background(), learning.SampleOptions{Draws: 10_000, Reached: map[string]bool{"b": true}, Seed: 1})
	thin, ok := errors.AsType[*learning.SampleTooThinError](err)
	require.True(t, ok)
	assert.Equal(t, 10_048, thin.Draws)
	never := learning.Theory{Steps: []learning.Step{{Name: "a", Otherwise: q("0")}}}
	s, _ = never.Sample(context.Background(), learning.SampleOptions{Draws: 6400})
	p, se, _ := s.Chance("a")
	assert.Zero(t, p)
	assert.Positive(t, se, "never seen is not never")
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = never.Sample(cancelled, learning.SampleOptions{})
	assert.ErrorIs(t, err, context.Canceled)
}

// Rival strengths and chances widen the range, and are named.
func TestContested(t *testing.T) {
	s := hunch()
	rival := s.Contributions[0]
	rival.ID, rival.Of, rival.Claimant, rival.Strength = "calls-help-too", "calls-help", "another", q("0.2")
	s.Contributions = append(s.Contributions, rival)
	less := s.RivalExplanations[0]
	less.ID, less.Of, less.Claimant, less.Chance = "economy-too", "economy", "another", q("0.05")
	s.RivalExplanations = append(s.RivalExplanations, less)
	third := s.Hypotheses[0]
	third.ID, third.Of, third.Claimant, third.Prior = "h-too", "h", "another", q("0.9")
	s.Hypotheses = append(s.Hypotheses, third)
	l := compile(t, s)
	x := prospect(t, outlook(t, l, learning.OutlookOptions{}), "mission/work")
	reach := func(belief, strength, otherwise float64) float64 { return 1 - (1-otherwise)*(1-0.9*strength*belief) }
	assert.InDelta(t, reach(0.5, 0.6, 0.1), x.Chance, 1e-15)
	assert.InDelta(t, reach(0.5, 0.2, 0.05), x.Low, 1e-15)
	assert.InDelta(t, reach(0.9, 0.6, 0.1), x.High, 1e-15)
	assert.Equal(t, []record.ID{"calls-help"}, x.Contested)
	e, err := l.Explain("h", record.Moment{})
	require.NoError(t, err)
	assert.Equal(t, []learning.RivalPrior{{Claimant: "another", Prior: 0.9, Belief: 0.9}}, e.Rivals)
}

func TestNoExactRange(t *testing.T) {
	var s learning.Spec
	s.RivalExplanations = append(s.RivalExplanations, learning.RivalExplanation{Record: record.New("r"), Subject: ref("mission/work"), Chance: q("0.1")})
	for i := range 11 {
		id := record.ID(fmt.Sprintf("c%d", i))
		cause := record.Ref{Kind: "milestone", ID: id}
		s.RivalExplanations = append(s.RivalExplanations, learning.RivalExplanation{Record: record.New("r-" + id), Subject: cause, Chance: q("0.5")})
		s.Contributions = append(s.Contributions, learning.Contribution{Record: record.New(id), Cause: cause, Effect: ref("mission/work"), Strength: q("0.3")})
		s.Hypotheses = append(s.Hypotheses, learning.Hypothesis{Record: record.New(id), Contribution: id, Claim: "c", Prior: q("0.5"), Low: q("0.4"), Declared: when("2025"), WouldChangeOurMind: "w"})
	}
	l := compile(t, s)
	x := prospect(t, outlook(t, l, learning.OutlookOptions{}), "mission/work")
	require.NoError(t, x.NoRange, "with nothing observed, two propagations do")
	assert.Less(t, x.Low, x.Chance)
	x = prospect(t, outlook(t, l, learning.OutlookOptions{Reached: map[record.Ref]bool{ref("mission/work"): true}}), "milestone/c3")
	no, ok := errors.AsType[*learning.NoExactRangeError](x.NoRange)
	require.True(t, ok)
	assert.Equal(t, 11, no.Ranging)
	assert.True(t, math.IsNaN(x.Low))
}

func BenchmarkSample(b *testing.B) {
	for _, name := range []string{"toc_50_10", "toc_500_10"} {
		theory := generated(b, name)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := theory.Sample(context.Background(), learning.SampleOptions{Draws: 100_000, Seed: 1}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// ranged is the records of a generated theory, with a range on every belief.
func ranged(b *testing.B, name string) learning.Spec {
	theory := generated(b, name)
	id := func(s string) record.ID { return record.Slug(s) }
	var s learning.Spec
	for _, step := range theory.Steps {
		s.RivalExplanations = append(s.RivalExplanations, learning.RivalExplanation{Record: record.New("r-" + id(step.Name)), Subject: record.Ref{Kind: "milestone", ID: id(step.Name)}, Chance: step.Otherwise})
	}
	for i, l := range theory.Links {
		key := record.ID(fmt.Sprintf("l%d", i))
		s.Contributions = append(s.Contributions, learning.Contribution{Record: record.New(key), Cause: record.Ref{Kind: "milestone", ID: id(l.From)},
			Effect: record.Ref{Kind: "milestone", ID: id(l.To)}, Strength: record.Number(l.Strength)})
		s.Hypotheses = append(s.Hypotheses, learning.Hypothesis{Record: record.New(key), Contribution: key, Claim: "c", Prior: record.Number(l.Belief),
			Low: record.Number(l.Belief / 2), High: record.Number((1 + l.Belief) / 2), Declared: when("2025"), WouldChangeOurMind: "w"})
	}
	return s
}

func BenchmarkLedgerOutlook(b *testing.B) {
	for _, name := range []string{"toc_50_10", "toc_500_10"} {
		l, err := learning.Compile(ranged(b, name), record.View{})
		require.NoError(b, err)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				p, err := l.Outlook(context.Background(), record.Moment{}, learning.OutlookOptions{})
				if err != nil || p.Each[0].NoRange != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
