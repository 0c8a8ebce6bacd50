package learning_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
)

func when(s string) calendar.When {
	if s == "" {
		return calendar.When{}
	}
	return calendar.MustParseWhen(s)
}

func on(s string) record.Moment { return record.Moment{On: calendar.MustParseDate(s)} }

func q(s string) record.Quantity {
	x, err := record.ParseQuantity(s)
	if err != nil {
		panic(err)
	}
	return x
}

func pounds(s string) record.Money {
	m, err := record.ParseMoney(s + " GBP")
	if err != nil {
		panic(err)
	}
	return m
}

func ref(s string) record.Ref {
	r, err := record.ParseRef(s)
	if err != nil {
		panic(err)
	}
	return r
}

// hunch is the least that is useful: one mission, one milestone, one hypothesis.
func hunch() learning.Spec {
	return learning.Spec{
		Contributions: []learning.Contribution{{Record: record.New("calls-help"), Cause: ref("milestone/calls"), Effect: ref("mission/work"), Strength: q("0.6")}},
		RivalExplanations: []learning.RivalExplanation{
			{Record: record.New("economy"), Subject: ref("mission/work"), Chance: q("0.1")},
			{Record: record.New("calls-made"), Subject: ref("milestone/calls"), Chance: q("0.9")},
		},
		Hypotheses: []learning.Hypothesis{{Record: record.New("h"), Contribution: "calls-help", Claim: "A call the day before brings people in",
			Prior: q("0.5"), Declared: when("2025-01-06"), WouldChangeOurMind: "no more people come than before"}},
	}
}

// clue is evidence on "h" with a likelihood ratio of 4.
func clue(id record.ID, observed string) learning.Evidence {
	return learning.Evidence{Record: record.New(id), Hypotheses: []record.ID{"h"}, Observed: when(observed), Statement: string(id),
		Result: learning.Result{Clue: learning.Clue{Found: true, Diagnosticity: learning.Diagnosticity{IfTrue: 0.8, IfFalse: 0.2}}}}
}

func compile(t *testing.T, s learning.Spec) *learning.Ledger {
	t.Helper()
	l, err := learning.Compile(s, record.View{})
	require.NoError(t, err)
	return l
}

func belief(t *testing.T, l *learning.Ledger, id record.ID, at record.Moment) float64 {
	t.Helper()
	b, err := l.Belief(id, at)
	require.NoError(t, err)
	return b
}

func TestProcessTracingVectorsThroughTheLedger(t *testing.T) {
	type test struct {
		Name     string  `json:"name"`
		Prior    float64 `json:"prior"`
		H        float64 `json:"p_e_given_h"`
		N        float64 `json:"p_e_given_not_h"`
		Found    float64 `json:"posterior_found"`
		NotFound float64 `json:"posterior_not_found"`
	}
	type copies struct {
		Copies  int     `json:"copies"`
		Naive   float64 `json:"naive_posterior"`
		Correct float64 `json:"correct_posterior"`
	}
	v := vectors[struct {
		Tests  []test   `json:"tests"`
		Double []copies `json:"double_counting"`
	}](t, "process_tracing.json")
	a := agree(t, 1e-12)
	for _, x := range v.Tests {
		for _, found := range []bool{true, false} {
			s := hunch()
			s.Hypotheses[0].Prior = record.Number(x.Prior)
			e := clue("e", "2025-02-01")
			e.Result.Clue = learning.Clue{Found: found, Diagnosticity: learning.Diagnosticity{IfTrue: x.H, IfFalse: x.N}, Justification: "nobody else could know"}
			s.Evidence = []learning.Evidence{e}
			want := x.NotFound
			if found {
				want = x.Found
			}
			a.is(want, belief(t, compile(t, s), "h", record.Moment{}), x.Name, found)
		}
	}
	for _, x := range v.Double {
		// Different findings multiply; the same finding under other names is refused.
		s := hunch()
		for i := range x.Copies {
			s.Evidence = append(s.Evidence, clue(record.ID(fmt.Sprintf("e%d", i)), "2025-02-01"))
		}
		l := compile(t, s)
		a.is(x.Naive, belief(t, l, "h", record.Moment{}), x.Copies)
		for i := range s.Evidence {
			s.Evidence[i].Statement = "the same"
		}
		_, err := learning.Compile(s, record.View{})
		if x.Copies == 1 {
			require.NoError(t, err)
			continue
		}
		double, ok := errors.AsType[*learning.DoubleCountedError](err)
		require.True(t, ok, "%v", err)
		assert.Equal(t, ref("evidence/e0"), double.With)
		assert.Len(t, err, x.Copies-1)
		s.Evidence = s.Evidence[:1]
		a.is(x.Correct, belief(t, compile(t, s), "h", record.Moment{}), x.Copies)
	}
}

func TestCorrelatedCluesVectorsThroughTheLedger(t *testing.T) {
	v := vectors[struct {
		Two []struct {
			H   float64            `json:"cor_given_h"`
			H1  float64            `json:"p_e1_h"`
			H2  float64            `json:"p_e2_h"`
			N1  float64            `json:"p_e1_nh"`
			N2  float64            `json:"p_e2_nh"`
			All map[string]float64 `json:"posterior"`
		} `json:"two_correlated_clues"`
	}](t, "process_tracing.json")
	a := agree(t, 1e-12)
	for _, x := range v.Two {
		one, two := learning.Diagnosticity{IfTrue: x.H1, IfFalse: x.N1}, learning.Diagnosticity{IfTrue: x.H2, IfFalse: x.N2}
		pair, err := one.Pair(two, x.H, 0)
		require.NoError(t, err)
		for pattern, want := range x.All {
			s := hunch()
			first, second := clue("first", "2025-02-01"), clue("second", "2025-02-01")
			first.Result.Clue = learning.Clue{Found: pattern[0] == '1', Diagnosticity: one}
			second.Result.Clue = learning.Clue{Found: pattern[1] == '1', Diagnosticity: two, Justification: "only the team could have known"}
			second.DependsOn, second.Together = []record.ID{"first"}, pair
			s.Evidence = []learning.Evidence{second, first}
			a.is(want, belief(t, compile(t, s), "h", record.Moment{}), pattern)
		}
	}
}

// manyKinds returns a hypothesis with evidence of every kind, all of it at liberty to come in any order.
func manyKinds(r *rand.Rand) learning.Spec {
	s := hunch()
	s.Hypotheses[0].Prior = record.Number(math.Round(1+r.Float64()*98) / 100)
	s.Experiments = []learning.Experiment{{Record: record.New("pilot"), Tests: []record.ID{"h"}, Kind: learning.Pilot,
		Declared: when("2025-01-07"), Started: when("2025-01-13"),
		Protocol: learning.Protocol{Analysis: learning.Analysis{Looking: learning.LookAnytime},
			Expect: learning.Expectation{IfTrue: learning.Beta{A: 6, B: 4}, IfFalse: learning.Beta{A: 3, B: 7}, Effect: learning.EffectPrior{Mean: 0.2, SD: 0.1},
				Matters: 0.05, Comparison: learning.Randomised}}}}
	day := func() calendar.When {
		return calendar.OnDay(calendar.MustParseDate("2025-02-01").Add(calendar.Days(r.IntN(30))))
	}
	for i := range 1 + r.IntN(8) {
		e := learning.Evidence{Record: record.New(record.ID(fmt.Sprintf("e%d", i))), Hypotheses: []record.ID{"h"}, Observed: day(), Statement: fmt.Sprint(i)}
		switch r.IntN(5) {
		case 0:
			n := 1 + r.IntN(9)
			e.Experiment, e.Result.Counts = "pilot", learning.Counts{Yes: r.IntN(n + 1), N: n}
			e.Origin = learning.Origin{System: "diary", First: 1 + 10*i, Last: 10 + 10*i}
		case 1:
			e.Experiment, e.Result.Estimate = "pilot", learning.Estimate{Effect: r.Float64() - 0.3, SE: 0.05 + 0.2*r.Float64()}
		case 2:
			a, b := 1+r.IntN(5), 1+r.IntN(5)
			e.Experiment, e.Result.Arms = "pilot", learning.Pair{A: learning.Counts{Yes: r.IntN(a + 1), N: a}, B: learning.Counts{Yes: r.IntN(b + 1), N: b}}
		case 3:
			if i > 0 && len(s.Evidence[i-1].DependsOn) == 0 && s.Evidence[i-1].Result.Clue != (learning.Clue{}) {
				d := learning.Diagnosticity{IfTrue: 0.7, IfFalse: 0.3}
				pair, err := s.Evidence[i-1].Result.Clue.Pair(d, 0.2, 0.1)
				if err != nil {
					panic(err)
				}
				e.DependsOn, e.Together = []record.ID{s.Evidence[i-1].ID}, pair
				e.Result.Clue = learning.Clue{Found: r.IntN(2) == 0, Diagnosticity: d}
				break
			}
			fallthrough
		default:
			e.Result.Clue = learning.Clue{Found: r.IntN(2) == 0, Diagnosticity: learning.Diagnosticity{IfTrue: 0.1 + 0.8*r.Float64(), IfFalse: 0.1 + 0.8*r.Float64()}}
		}
		s.Evidence = append(s.Evidence, e)
	}
	return s
}

func FuzzBelief(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 7))
		s := manyKinds(r)
		l := compile(t, s)
		e, err := l.Explain("h", record.Moment{})
		require.NoError(t, err)
		require.Empty(t, e.Left)

		// Every step multiplies.
		odds := e.PriorOdds()
		for _, step := range e.Steps {
			odds *= step.Weight.BayesFactor()
			require.InDelta(t, odds/(1+odds), step.Belief, 1e-12)
		}
		require.InDelta(t, odds/(1+odds), e.Belief, 1e-12)
		require.Len(t, e.Steps, len(s.Evidence))

		// The order in which evidence was written down plays no part: not in one bit.
		other := s
		other.Evidence = slices.Clone(s.Evidence)
		r.Shuffle(len(other.Evidence), func(i, j int) {
			other.Evidence[i], other.Evidence[j] = other.Evidence[j], other.Evidence[i]
		})
		again, err := compile(t, other).Explain("h", record.Moment{})
		require.NoError(t, err)
		require.Equal(t, e, again)

		// Evidence that was withdrawn has never been.
		k := r.IntN(len(s.Evidence))
		gone := s.Evidence[k].ID
		without := s
		without.Evidence = slices.DeleteFunc(slices.Clone(s.Evidence), func(x learning.Evidence) bool { return x.ID == gone })
		tol := 0.0 // to the bit, unless a clue that hung together with it now stands alone
		for i := range without.Evidence {
			if slices.Contains(without.Evidence[i].DependsOn, gone) {
				without.Evidence[i].DependsOn, without.Evidence[i].Together = nil, learning.Package{}
				tol = 1e-14
			}
		}
		withdrawn := s
		back := learning.Evidence{Record: record.Record{ID: "back", Of: gone, Verb: record.Retract, Reason: "the form was misread",
			Recorded: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)}}
		withdrawn.Evidence = append(slices.Clone(s.Evidence), back)
		l = compile(t, withdrawn)
		require.InDelta(t, belief(t, compile(t, without), "h", record.Moment{}), belief(t, l, "h", record.Moment{}), tol)
		before := record.Moment{Known: time.Date(2025, 5, 1, 0, 0, 0, 0, time.UTC)}
		require.Equal(t, e.Belief, belief(t, l, "h", before), "as it was known before the withdrawal")

		// The same thing entered twice is refused, and so changes nothing.
		twice := s
		dup := s.Evidence[k]
		dup.ID = "dup"
		twice.Evidence = append(slices.Clone(s.Evidence), dup)
		_, err = learning.Compile(twice, record.View{})
		_, ok := errors.AsType[*learning.DoubleCountedError](err)
		require.True(t, ok, "%v", err)
	})
}

// Counts of one experiment weigh the same in one record and in many, and agree with the law of what both sides expected.
func TestCountsPool(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	s := manyKinds(r)
	s.Hypotheses[0].Prior = q("0.5")
	part := func(id record.ID, first int, c learning.Counts) learning.Evidence {
		return learning.Evidence{Record: record.New(id), Experiment: "pilot", Hypotheses: []record.ID{"h"}, Observed: when("2025-02-03"),
			Origin: learning.Origin{System: "diary", First: first, Last: first + c.N - 1}, Result: learning.Result{Counts: c}}
	}
	s.Evidence = []learning.Evidence{part("all", 1, learning.Counts{Yes: 6, N: 10})}
	whole, err := compile(t, s).Explain("h", record.Moment{})
	require.NoError(t, err)
	s.Evidence = []learning.Evidence{part("a", 1, learning.Counts{Yes: 1, N: 4}), part("b", 5, learning.Counts{Yes: 5, N: 6})}
	parts, err := compile(t, s).Explain("h", record.Moment{})
	require.NoError(t, err)
	assert.InDelta(t, whole.Belief, parts.Belief, 1e-14)
	want := learning.Beta{A: 6, B: 4}.LogMarginal(learning.Counts{Yes: 6, N: 10}) - learning.Beta{A: 3, B: 7}.LogMarginal(learning.Counts{Yes: 6, N: 10})
	assert.InDelta(t, want, float64(whole.Steps[0].Weight), 1e-14)
}

func TestBiasVectorsThroughTheLedger(t *testing.T) {
	v := vectors[struct {
		BF []struct {
			Estimate float64 `json:"estimate"`
			SE       float64 `json:"se"`
			Mean     float64 `json:"h1_mean"`
			SD       float64 `json:"h1_sd"`
			Bias     float64 `json:"bias_sd"`
			Log      float64 `json:"log_bf"`
		} `json:"bias_adjusted_normal_bf"`
	}](t, "gates_and_bf.json")
	a := agree(t, 1e-12)
	for _, x := range v.BF {
		s := hunch()
		s.Evidence = []learning.Evidence{{Record: record.New("e"), Hypotheses: []record.ID{"h"}, Observed: when("2025-02-01"),
			Result: learning.Result{Estimate: learning.Estimate{Effect: x.Estimate, SE: x.SE}},
			Expect: learning.Expectation{Effect: learning.EffectPrior{Mean: x.Mean, SD: x.SD}, Matters: 1, Comparison: learning.BeforeAfter,
				Bias: learning.BiasTable{{Comparison: learning.BeforeAfter, Multiple: x.Bias}}}}}
		e, err := compile(t, s).Explain("h", record.Moment{})
		require.NoError(t, err)
		want, capped := learning.Weight(x.Log).Capped()
		assert.Equal(t, capped, e.Steps[0].Capped)
		a.is(float64(want), float64(e.Steps[0].Weight), x)
	}
}

func TestBeliefOnADayAsKnown(t *testing.T) {
	s := hunch()
	s.Evidence = []learning.Evidence{clue("early", "2025-02-01"), clue("late", "2025-03-01")}
	s.Evidence[0].Recorded = time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC)
	l := compile(t, s)
	assert.Equal(t, 0.5, belief(t, l, "h", on("2025-01-31")))
	assert.InDelta(t, 0.8, belief(t, l, "h", on("2025-02-28")), 1e-15)
	assert.InDelta(t, 16.0/17, belief(t, l, "h", on("2025-03-01")), 1e-15)
	at := on("2025-03-01")
	at.Known = time.Date(2025, 3, 15, 0, 0, 0, 0, time.UTC)
	assert.InDelta(t, 0.8, belief(t, l, "h", at), 1e-15, "one of the two had not been recorded")
}

// Evidence on two hypotheses is one node with two parents.
func TestSharedEvidence(t *testing.T) {
	s := hunch()
	s.Contributions = append(s.Contributions, learning.Contribution{Record: record.New("other"), Cause: ref("milestone/bus"), Effect: ref("mission/work"), Strength: q("0.5")})
	s.Hypotheses = append(s.Hypotheses, s.Hypotheses[0])
	s.Hypotheses[1].ID, s.Hypotheses[1].Contribution, s.Hypotheses[1].Prior = "h2", "other", q("0.3")
	e := clue("both", "2025-02-01")
	e.Hypotheses, e.Result.Clue.Diagnosticity = []record.ID{"h", "h2"}, learning.Diagnosticity{}
	e.Result.Clue.Name, e.Shared = "more people came", []float64{0.1, 0.6, 0.5, 0.8} // neither, h, h2, both
	own := clue("own", "2025-02-02")
	s.Evidence = []learning.Evidence{e, own}
	l := compile(t, s)
	var all, h, h2 float64
	for i, p := range e.Shared {
		a, b := 0.2, 0.7 // beliefs by own evidence: h at 0.8
		if i&1 == 1 {
			a = 0.8
		}
		if i&2 == 2 {
			b = 0.3
		}
		all += a * b * p
		if i&1 == 1 {
			h += a * b * p
		}
		if i&2 == 2 {
			h2 += a * b * p
		}
	}
	assert.InDelta(t, h/all, belief(t, l, "h", record.Moment{}), 1e-14)
	assert.InDelta(t, h2/all, belief(t, l, "h2", record.Moment{}), 1e-14)
	x, err := l.Explain("h2", record.Moment{})
	require.NoError(t, err)
	require.Len(t, x.Steps, 1)
	assert.True(t, x.Steps[0].Shared)
	odds := x.PriorOdds() * x.Steps[0].Weight.BayesFactor()
	assert.InDelta(t, odds/(1+odds), x.Belief, 1e-12)
}

// benchmarkLedger is many hypotheses with ten thousand pieces of evidence from one system.
func benchmarkLedger(n int) learning.Spec {
	s := hunch()
	s.Contributions, s.RivalExplanations = nil, nil
	h := s.Hypotheses[0]
	s.Hypotheses = nil
	for i := range 100 {
		id := record.ID(fmt.Sprintf("h%d", i))
		s.Contributions = append(s.Contributions, learning.Contribution{Record: record.New(id), Cause: record.Ref{Kind: "milestone", ID: id}, Effect: ref("mission/work"), Strength: q("0.1")})
		h.ID, h.Contribution = id, id
		s.Hypotheses = append(s.Hypotheses, h)
	}
	for i := range n {
		e := clue(record.ID(fmt.Sprintf("e%d", i)), "2025-02-01")
		e.Hypotheses = []record.ID{record.ID(fmt.Sprintf("h%d", i%100))}
		e.Origin = learning.Origin{System: "diary", First: 1 + 10*i, Last: 10 + 10*i}
		s.Evidence = append(s.Evidence, e)
	}
	return s
}

func BenchmarkFold(b *testing.B) {
	l, err := learning.Compile(benchmarkLedger(10_000), record.View{})
	require.NoError(b, err)
	at := on("2025-06-01")
	b.Run("enter10000", func(b *testing.B) {
		for b.Loop() {
			if len(l.LeftOut(at)) != 0 {
				b.Fatal("left out")
			}
		}
	})
	b.Run("believe100", func(b *testing.B) {
		for b.Loop() {
			for _, h := range l.Hypotheses() {
				if _, err := l.Belief(h, record.Moment{}); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func TestManyPiecesOfEvidence(t *testing.T) {
	s := benchmarkLedger(3000)
	l := compile(t, s)
	e, err := l.Explain("h7", record.Moment{})
	require.NoError(t, err)
	assert.Len(t, e.Steps, 30)
	s.Evidence = append(s.Evidence, clue("again", "2025-02-02"))
	s.Evidence[3000].Hypotheses = []record.ID{"h0"}
	s.Evidence[3000].Origin = learning.Origin{System: "diary", First: 15_005, Last: 15_006}
	_, err = learning.Compile(s, record.View{})
	double, ok := errors.AsType[*learning.DoubleCountedError](err)
	require.True(t, ok)
	assert.Equal(t, ref("evidence/e1500"), double.With)
	assert.Equal(t, "units 15005 to 15006 of diary in the same period", double.Overlap)
}

// Records survive JSON, and no record names a field as another does.
func TestRecordsInJSON(t *testing.T) {
	s := attendance()
	s.Experiments[0].Exposure.Reversible = record.Value[bool]{} // documents write a known value plainly; package json does not
	s.Hypotheses[0].Low, s.Hypotheses[0].Context = q("0.30"), []string{"rural"}
	s.Evidence[0].Result = learning.Result{Clue: learning.Clue{Found: true, Diagnosticity: learning.Diagnosticity{IfTrue: 0.8, IfFalse: 0.2}}}
	text, err := json.Marshal(s)
	require.NoError(t, err)
	var back learning.Spec
	require.NoError(t, json.Unmarshal(text, &back))
	again, err := json.Marshal(back)
	require.NoError(t, err)
	assert.Equal(t, string(text), string(again))
	assert.Equal(t, s.Experiments, back.Experiments)
	assert.Equal(t, s.Evidence, back.Evidence)
	assert.Equal(t, s.Hypotheses, back.Hypotheses)
	one, err := json.Marshal(s.Evidence[0])
	require.NoError(t, err)
	assert.JSONEq(t, `{"id":"week-1","experiment":"x","hypotheses":["h"],"origin":{"system":"diary","first":1,"last":20},
		"result":{"clue":{"found":true,"if_true":0.8,"if_false":0.2}},"observed":"2025-01-20"}`, string(one))
}

// What a caller does to its Spec afterwards changes no Ledger.
func TestLedgerIsItsOwn(t *testing.T) {
	s := attendance()
	l := compile(t, s)
	before, err := l.TestCard("x", record.Moment{})
	require.NoError(t, err)
	s.Experiments[0].Protocol.Rules[0].Then = learning.Stop
	s.Experiments[0].Tests[0] = "other"
	s.Experiments[0].Exposure.StopRules[0] = "never"
	s.Evidence[0].Hypotheses[0] = "other"
	after, err := l.TestCard("x", record.Moment{})
	require.NoError(t, err)
	assert.Equal(t, before.Rules, after.Rules)
	assert.Equal(t, before.Claims, after.Claims)
	assert.NotZero(t, after.Beliefs[0]-0.5)
}
