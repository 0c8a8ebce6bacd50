package learning_test

import (
	"errors"
	"fmt"
	"math"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/learning"
)

// Twelve of forty came back. Both intervals come from one declared prior; the second may be read every day.
func ExampleAnytime() {
	design := learning.Anytime{Against: 0.5}
	r, err := design.Read(learning.Counts{Yes: 12, N: 40})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Sentence())
	longer, _ := design.Extend(20)
	fmt.Println("may be extended:", longer == learning.Design(design))
	// Output:
	// 40 observations: the share is about 31%; under the declared prior it lies between 18% and 45.6% with probability 95%; however often you look, it lies between 11.8% and 54.1% with 95% confidence. 50% is not excluded.
	// may be extended: true
}

// After one person nearly nothing is known, and that is what is said.
func ExampleReading_Sentence() {
	for n := 1; n <= 2; n++ {
		r, _ := learning.Anytime{Method: learning.BySubBernoulli, TunedFor: 100}.Read(learning.Counts{Yes: 1, N: n})
		fmt.Println(r.Sentence())
	}
	// Output:
	// 1 observation: the share is about 66.7%; under the declared prior it lies between 15.8% and 98.8% with probability 95%; however often you look, it lies between 0% and 100% with 95% confidence.
	// 2 observations: the share is about 50%; under the declared prior it lies between 9.4% and 90.6% with probability 95%; however often you look, it lies between 0% and 100% with 95% confidence.
}

// Pairs of people, one in each arm, as they come in.
func ExampleBlocks() {
	blocks := learning.Blocks{}
	for i := range 30 {
		b := learning.Block{A: learning.Counts{N: 1}, B: learning.Counts{N: 1}}
		if i%5 == 0 {
			b.A.Yes = 1
		}
		if i%5 != 1 {
			b.B.Yes = 1
		}
		blocks = append(blocks, b)
	}
	r, err := learning.Anytime{}.Read(blocks)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(blocks.Total())
	fmt.Println(r.Sentence())
	fmt.Printf("expected loss of B %.1g, of A %.2f\n", r.LossOfB, r.LossOfA)
	fmt.Println(learning.DifferenceSequence(learning.Beta{}, blocks, 0.05) == r.Valid)
	// Output:
	// {{6 30} {24 30}}
	// 60 observations: B less A is about +59.3 points; under the declared prior it lies between +37.7 and +77.4 points with probability 95%; however often you look, it lies between +23 and +86.4 points with 95% confidence. No difference is excluded. The chance that B is higher is more than 99.9%.
	// expected loss of B 1e-08, of A 0.59
	// true
}

// A fixed number is read once. Counts may be seen before; the result may not.
func ExampleFixedN() {
	var design learning.Design = learning.FixedN{N: 80}
	data := learning.Pair{A: learning.Counts{Yes: 4, N: 30}, B: learning.Counts{Yes: 9, N: 28}}
	p, _ := design.Progress(data)
	fmt.Println(p.Have, "of", p.Next, p.Ready())
	_, err := design.Read(data)
	if peek, ok := errors.AsType[*learning.PeekError](err); ok {
		fmt.Println(peek)
	}
	_, err = design.Extend(20)
	fmt.Println(err)
	fmt.Println(learning.FixedN{}.Check())
	// Output:
	// 58 of 80 false
	// 58 observations, and the result may be read at 80: wait; a design that may be read at any time had to be declared before the start (Anytime)
	// the design ends at 80 observations and cannot go on to 100: read the first 80 in order of arrival, or start a new experiment
	// n is 0: want 1 or more
}

func ExamplePlannedLooks() {
	design := learning.PlannedLooks{At: []int{100, 200}, Rule: learning.Pocock}
	bars, _ := learning.LookBoundaries(design.Rule, design.At, 0.025)
	fmt.Printf("%s bars %.3f\n", design.Rule, bars)
	r, err := design.Read(learning.Pair{A: learning.Counts{Yes: 10, N: 50}, B: learning.Counts{Yes: 24, N: 50}})
	fmt.Println(r.Excluded, r.Valid, r.Method, err)
	// Output:
	// pocock bars [2.178 2.178]
	// true [0.074, 0.465] planned-looks <nil>
}

// A method that leans on large numbers is refused below them, whatever its result would have been.
func ExampleMeans() {
	a := learning.MomentsOf([]float64{4, 5, 3, 6})
	m := learning.Means{A: a, B: learning.Moments{N: 120, Mean: 6, Variance: 2}}
	fmt.Printf("difference %.1f, standard error %.2f\n", m.Difference(), m.SE())
	_, err := learning.Anytime{}.Read(m)
	fmt.Println(err)
	m.A = learning.Moments{N: 130, Mean: 4.5, Variance: 2}
	r, _ := learning.Anytime{}.Read(m)
	fmt.Println(r.Sentence())
	// Output:
	// difference 1.5, standard error 0.66
	// 4 observations where the method needs 100: use Anytime with Blocks of yes and no, Scores between 0 and 1 in one arm, or wait
	// 250 observations: B less A is about 1.5; however often you look, it lies between 0.9527 and 2.047 with 95% confidence, approximately. No difference is excluded.
}

func ExampleRatings() {
	scores := learning.Ratings{0.8, 0.6, 1, 0.7, 0.9, 0.8, 0.7, 1, 0.6, 0.9, 0.8, 0.7}
	hedged, _ := learning.HedgedSequence(scores, 0.05)
	bernstein, _ := learning.BernsteinSequence(scores, 0.05)
	hoeffding, _ := learning.HoeffdingSequence(scores, 0.05)
	fmt.Println(hedged, bernstein, hoeffding)
	bets := learning.Bets{Mean: 0.3}
	for _, x := range scores {
		if err := bets.Add(x); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Printf("a stake of 1 against a mean of 0.3 is now %.0f, and was never more than %.0f\n", bets.LogE().Value(), bets.Peak().Value())
	// Output:
	// [0.456, 0.921] [0.147, 1.000] [0.359, 1.000]
	// a stake of 1 against a mean of 0.3 is now 603, and was never more than 603
}

func ExampleBeta() {
	prior := learning.Beta{A: 2, B: 8}
	seen := learning.Counts{Yes: 3, N: 10}.Plus(learning.Counts{Yes: 1, N: 4})
	post := prior.Update(seen)
	fmt.Printf("%v of mean %.3f and sd %.3f, raw share %.3f\n", post, post.Mean(), math.Sqrt(post.Variance()), seen.Share())
	fmt.Printf("P(share <= 0.2) = %.4f, P(share > 0.2) = %.4f, median %.4f\n", post.CDF(0.2), post.Above(0.2), post.Quantile(0.5))
	credible, valid := post.Credible(0.05), prior.Sequence(seen, 0.05)
	fmt.Println(credible, valid, valid.Contains(0.5), valid.Width() > credible.Width(), valid.IsZero())
	e := prior.LogE(seen, 0.6)
	fmt.Printf("against 0.6: e %.1f, p %.3f, excluded %v; log marginal %.3f\n", e.Value(), e.P(), e.Against(0.05), prior.LogMarginal(seen))
	fmt.Println(learning.MixtureInterval(seen, 0.05, 100), learning.Beta{}.IsZero())
	// Output:
	// {6 18} of mean 0.250 and sd 0.087, raw share 0.286
	// P(share <= 0.2) = 0.3053, P(share > 0.2) = 0.6947, median 0.2430
	// [0.102, 0.438] [0.057, 0.642] true true false
	// against 0.6: e 8.7, p 0.114, excluded false; log marginal -9.037
	// [0.028, 0.738] true
}

func ExampleSafeTwo() {
	var s learning.SafeTwo
	for range 6 {
		if err := s.Add(learning.Block{A: learning.Counts{N: 1}, B: learning.Counts{Yes: 1, N: 1}}); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Printf("%.0f %v %v\n", s.LogE().Value(), s.LogE().Against(0.05), s.Peak() == s.LogE())
	// Output: 506 true true
}

func ExampleVersus() {
	v := learning.Versus{A: learning.Beta{A: 13, B: 29}, B: learning.Beta{A: 21, B: 21}}
	fmt.Printf("B higher %.3f; B less A %.3f in %v; choosing A costs %.4f, choosing B %.4f\n",
		v.ChanceBHigher(), v.Mean(), v.Credible(0.05), v.LossOfA(), v.LossOfB())
	// Output: B higher 0.965; B less A 0.190 in [-0.017, 0.390]; choosing A costs 0.1920, choosing B 0.0015
}

func ExampleAllocationLogE() {
	e := learning.AllocationLogE(70, 40, 0.5)
	fmt.Printf("%.1f %v\n", e.Value(), e.Against(0.01))
	// Output: 7.2 false
}

func ExampleMixtureSPRT() {
	m := learning.MixtureSPRT{SD: 0.1}
	fmt.Printf("e %.0f, half width %.3f\n", m.LogE(0.2, 0.0025).Value(), m.Halfwidth(0.0025, 0.05))
	fmt.Printf("asymptotic half width %.3f\n", learning.AsymptoticHalfwidth(400, 1, 0.05, 400))
	// Output:
	// e 269, half width 0.154
	// asymptotic half width 0.152
}

// For researchers: boundaries of sums whose variance is known as it grows.
func ExampleNormalBoundary() {
	fmt.Printf("%.2f %.2f %.2f %.2f\n", learning.NormalBoundary(100, 0.05, 100), learning.NormalBoundaryAbove(100, 0.05, 100),
		learning.StitchedBoundary(100, 0.05, 1, 0, 1.4, 2), learning.CountBoundary(100, 0.05, 100, 1))
	// Output: 30.35 27.66 37.92 28.95
}

func ExamplePerArm() {
	n, err := learning.PerArm(0.3, 0.5, 0.05, 0.8)
	fmt.Println(n, err)
	p, _ := learning.PriceOfLooking(0.3, 0.5, 500, 100, 1)
	fmt.Println("read once:", p.Fixed80, "or", p.Fixed95, "an arm; half of all stop by", p.Median)
	// Output:
	// 93 <nil>
	// read once: 93 or 153 an arm; half of all stop by 126
}

func ExampleReplicated() {
	two := learning.Replicated(learning.LogE(math.Log(6)), learning.LogE(math.Log(5)))
	fmt.Printf("%.0f %v\n", two.Value(), two.Against(0.05))
	found, _ := learning.Discoveries([]learning.LogE{0.2, 4.1, 3.4, -1}, 0.1)
	fmt.Println(found)
	// Output:
	// 30 true
	// [false true true false]
}

// An estimate of a before and after comparison, at face value and with the bias that such a comparison is taken to have.
func ExampleEstimate_Weight() {
	e := learning.Estimate{Effect: 0.30, SE: 0.05}
	expected := learning.EffectPrior{Mean: 0.1, SD: 0.05}
	bias, _ := learning.ConventionalBias().Bias(learning.BeforeAfter, 0.1)
	for _, b := range []float64{0, bias} {
		w, err := e.Weight(expected, b)
		if err != nil {
			fmt.Println(err)
			return
		}
		entered, capped := w.Capped()
		after, _ := entered.Update(0.5)
		fmt.Printf("bias %.1f: Bayes factor %.1f, %.1f dB, enters as %.1f dB (capped: %v), belief 0.50 to %.3f\n",
			b, w.BayesFactor(), w.Decibels(), entered.Decibels(), capped, after)
	}
	fmt.Println(learning.Estimate{Effect: 0.3, SE: 0.05, Clusters: 6}.Check())
	fmt.Printf("%.0f\n", learning.FromDecibels(10).BayesFactor())
	// Output:
	// bias 0.0: Bayes factor 850369.6, 59.3 dB, enters as 20.0 dB (capped: true), belief 0.50 to 0.990
	// bias 0.1: Bayes factor 8.8, 9.4 dB, enters as 9.4 dB (capped: false), belief 0.50 to 0.898
	// the standard error 0.05 comes from a clustered design and does not say that it allows for clusters
	// 10
}

func ExampleBiasTable() {
	table := append(learning.BiasTable{{Comparison: learning.Matched, Multiple: 0.8}}, learning.ConventionalBias()...)
	bias, err := table.Bias(learning.Matched, 0.05)
	fmt.Printf("%.2f %v\n", bias, err)
	_, err = table.Bias(learning.NoComparison, 0.05)
	fmt.Println(err)
	fmt.Println(learning.BiasAllowance{Comparison: learning.SteppedWedge, Multiple: 0.25}.Comparison)
	// Output:
	// 0.04 <nil>
	// work without a comparison yields clues and no Bayes factor: declare what would be found if the claim is true and if it is false
	// stepped-wedge
}

func ExampleWedge() {
	w := learning.Wedge{Exposed: [][]bool{{false, true, true, true, true}, {false, false, true, true, true},
		{false, false, false, true, true}, {false, false, false, false, true}}, People: 20, SD: 1, ICC: 0.05}
	se, _ := w.SE()
	naive, _ := w.NaiveSE()
	power, _ := w.Power(0.3, 0.05)
	fmt.Printf("%.3f %.3f %.2f\n", se, naive, power)
	fmt.Println(w.CheckSE(0.100))
	fmt.Printf("%.2f\n", learning.DesignEffect(20, 0.05))
	// Output:
	// 0.169 0.100 0.43
	// the standard error 0.1 ignores clusters: with them the design gives 0.1692, without them 0.1
	// 1.95
}

func ExampleDiagnosticity() {
	hoop := learning.Diagnosticity{IfTrue: 0.95, IfFalse: 0.5}
	test, against := hoop.Test()
	moves, _ := hoop.ExpectedMovement(0.5)
	fmt.Println(test, against, hoop.Check(), math.Round(1000*moves)/1000)
	for _, found := range []bool{true, false} {
		w, _ := hoop.Weight(found)
		after, _ := w.Update(0.5)
		fmt.Printf("found %v: %+.1f dB, 0.50 to %.2f\n", found, w.Decibels(), after)
	}
	w, capped, _ := learning.ClueWeight(learning.Diagnosticity{IfTrue: 0.3}, true, "")
	fmt.Printf("%.0f dB, capped %v\n", w.Decibels(), capped)
	// Output:
	// hoop false <nil> 0.225
	// found true: +2.8 dB, 0.50 to 0.66
	// found false: -10.0 dB, 0.50 to 0.09
	// 20 dB, capped true
}

// Two accounts of one meeting: together they are worth little more than one.
func ExamplePackage() {
	account := learning.Diagnosticity{IfTrue: 0.8, IfFalse: 0.2}
	both, err := account.Pair(account, 0.5, 0.5)
	if err != nil {
		fmt.Println(err)
		return
	}
	one, _ := account.Weight(true)
	two, _ := both.Weight(true, true)
	expected, _ := both.ExpectedPosterior(0.3)
	fmt.Printf("one %.0f, both %.0f, taken for independent %.0f; expected posterior %.2f; %v\n",
		one.BayesFactor(), two.BayesFactor(), (2 * one).BayesFactor(), expected, both.Check())
	// Output: one 4, both 6, taken for independent 16; expected posterior 0.30; <nil>
}

// The oil wildcatter of Raiffa (1968), in thousands: a seismic test for 10.
func ExampleFiniteDecision() {
	d := learning.FiniteDecision{Prior: []float64{0.5, 0.3, 0.2}, Payoffs: [][]float64{{0, 0, 0}, {-70, 50, 200}}}
	w, err := d.Worth([][]float64{{0.6, 0.3, 0.1}, {0.3, 0.4, 0.3}, {0.1, 0.4, 0.5}})
	fmt.Printf("%.1f now, %.1f for the truth, %.1f for the test, %.1f net; %v %v\n", w.Now, w.Perfect, w.Sample, w.Net(10), w.CanChangeDecision, err)
	fmt.Println(w.Sentence(), d.Check())
	// Output:
	// 20.0 now, 35.0 for the truth, 12.5 for the test, 2.5 net; true <nil>
	// This test could change what you would do: it is worth 12.5 on average, and knowing the truth 35. <nil>
}

// Twelve of forty so far, and scaling pays from 40% on: five more people cannot change anything, ten can.
func ExampleShareDecision() {
	d := learning.ShareDecision{Prior: learning.Beta{A: 12, B: 28}, Gain: 1000, Cost: 400}
	for _, n := range []int{5, 10} {
		w, err := d.Worth(n)
		fmt.Printf("%d: %.4f %v %v\n", n, w.Sample, w.CanChangeDecision, err)
	}
	// Output:
	// 5: 0.0000 false <nil>
	// 10: 0.0132 true <nil>
}

func ExampleEffectDecision() {
	d := learning.EffectDecision{Mean: 1, SD: math.Sqrt(5)}
	w, _ := d.Worth(learning.Preposterior(1, 1, 10))
	fmt.Printf("%.7f %.4f\n", w.Perfect, w.Sample)
	// Output: 0.4798107 0.0723
}

func ExampleLinkDecision() {
	d := learning.LinkDecision{Belief: 0.5, IfTrue: 0.7, IfFalse: 0.4, Benefit: 1000, Cost: 500}
	w, _ := d.Worth(learning.Diagnosticity{IfTrue: 0.8, IfFalse: 0.1})
	fmt.Printf("%.0f of %.0f\n", w.Sample, w.Perfect)
	d.Cost = 300
	w, _ = d.Worth(learning.Diagnosticity{IfTrue: 0.8, IfFalse: 0.1})
	fmt.Println(w.Sentence())
	// Output:
	// 25 of 50
	// This test cannot change what you would do.
}

// Six places asked forty people each. What differs is no more than chance makes differ.
func ExampleWhatDiffers() {
	var places []learning.PlaceEvidence
	for i, yes := range []int{12, 9, 15, 11, 13, 10} {
		p := learning.PlaceEvidence{Place: record.ID("abcdef"[i : i+1]), Shares: learning.Counts{Yes: yes, N: 40}}
		if i < 3 {
			p.Context = []string{"co-located"}
		}
		places = append(places, p)
	}
	places = append(places, learning.PlaceEvidence{Place: "g", Shares: learning.Counts{Yes: 3, N: 6}})
	d, err := learning.WhatDiffers(places, 0.05)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("consistent with one share: %v (Q %.1f on %d, p %.2f); common %v; withheld %v\n", d.Consistent, d.Q, d.DF, d.P, d.Common, d.Withheld)
	for _, p := range d.Places[:2] {
		fmt.Println(p.Place, p.Context, p.Pooled)
	}
	fmt.Println(d.Contexts[0].Tag, d.Contexts[0].Difference)
	_, err = learning.WhatDiffers(places[:4], 0.05)
	fmt.Println(err)
	// Output:
	// consistent with one share: true (Q 2.7 on 5, p 0.74); common [0.238, 0.354]; withheld [g]
	// a [co-located] [0.238, 0.354]
	// b [co-located] [0.238, 0.354]
	// co-located [-0.101, 0.131]
	// 4 places have enough observations and an answer needs 5: with fewer, differences are noise and places are people
}
