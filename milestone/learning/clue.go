package learning

import (
	"math"

	"github.com/missionled/missionled/accountability/record"
)

// Diagnosticity is what a qualitative clue says of a claim: how likely it is to be found if the claim is true and if it is
// false (Van Evera 1997; Befani & Stedman-Bryce 2017). Both are probabilities declared before looking.
type Diagnosticity struct {
	IfTrue  float64 `json:"if_true"`
	IfFalse float64 `json:"if_false"`
}

// Check returns every number that is no probability, each a [*ProbabilityError].
func (d Diagnosticity) Check() error {
	return joined([]error{probability("chance of the clue if the claim is true", d.IfTrue),
		probability("chance of the clue if the claim is false", d.IfFalse)})
}

// Weight is the weight of having looked: log(IfTrue/IfFalse) where the clue was found, log((1-IfTrue)/(1-IfFalse)) where it
// was not. It is ±Inf where one of the two is exactly 0, and not capped. What is impossible either way is an
// [*ImpossibleError].
func (d Diagnosticity) Weight(found bool) (Weight, error) {
	if err := d.Check(); err != nil {
		return 0, err
	}
	t, f, what := d.IfTrue, d.IfFalse, "the clue"
	if !found {
		t, f, what = 1-t, 1-f, "the absence of the clue"
	}
	if t == 0 && f == 0 {
		return 0, &ImpossibleError{What: what}
	}
	return Weight(math.Log(t) - math.Log(f)), nil
}

// ClueWeight is the weight with which one clue enters belief: [Diagnosticity.Weight] within ± [WeightCap] decibels. Only
// where it is infinite, because a declared probability is exactly 0, and a justification says why it can be, does it enter
// whole; that belief will never move again.
func ClueWeight(d Diagnosticity, found bool, justification string) (w Weight, capped bool, err error) {
	w, err = d.Weight(found)
	if err != nil {
		return 0, false, err
	}
	if math.IsInf(float64(w), 0) && justification != "" {
		return w, false, nil
	}
	w, capped = w.Capped()
	return w, capped, nil
}

// A ClueTest is the name that process tracing gives to a clue by what finding it and not finding it would do. It is derived
// from a [Diagnosticity] and never entered.
type ClueTest uint8

// The tests. The list is closed.
const (
	StrawInTheWind ClueTest = iota + 1 // neither result moves belief far
	Hoop                               // not passing it nearly rules the claim out, passing it says little
	SmokingGun                         // passing it nearly settles the claim, not passing it says little
	DoublyDecisive                     // either result moves belief far
)

var clueTests = []string{"", "straw-in-the-wind", "hoop", "smoking-gun", "doubly-decisive"}

// String returns the test's text, or "" for the zero ClueTest.
func (c ClueTest) String() string {
	if int(c) >= len(clueTests) {
		return ""
	}
	return clueTests[c]
}

// MarshalText returns the test's text; the zero ClueTest gives the empty text.
func (c ClueTest) MarshalText() ([]byte, error) {
	return record.EnumMarshal("test", clueTests, c)
}

// DecisiveDecibels is the weight from which a result is called decisive when a clue is named: 6.5, odds times 4.5. It is a
// convention under which the examples of DesignLibrary (process_tracing_designer) get the names that their authors use;
// nothing is computed from the name.
const DecisiveDecibels = 6.5

// Test returns the name of the clue, and whether it speaks against the claim, so that not finding it is what passes. A
// diagnosticity that is none has no name.
func (d Diagnosticity) Test() (test ClueTest, against bool) {
	if d.Check() != nil {
		return 0, false
	}
	if d.IfTrue < d.IfFalse {
		test, _ = Diagnosticity{IfTrue: 1 - d.IfTrue, IfFalse: 1 - d.IfFalse}.Test()
		return test, true
	}
	bar := FromDecibels(DecisiveDecibels)
	passing, err := d.Weight(true)
	settles := err == nil && passing > bar
	failing, err := d.Weight(false)
	rulesOut := err == nil && failing < -bar
	switch {
	case settles && rulesOut:
		return DoublyDecisive, false
	case settles:
		return SmokingGun, false
	case rulesOut:
		return Hoop, false
	}
	return StrawInTheWind, false
}

// ExpectedMovement is the mean of |posterior - prior| over the two results of looking for the clue: 0 for a clue that
// cannot move belief. It is a probability, never money. Errors are [*ProbabilityError].
func (d Diagnosticity) ExpectedMovement(prior float64) (float64, error) {
	if err := joined([]error{d.Check(), probability("prior", prior)}); err != nil {
		return 0, err
	}
	// P(found)·|posterior - prior| = prior(1-prior)|IfTrue - IfFalse|, and the same again for not found.
	return 2 * prior * (1 - prior) * math.Abs(d.IfTrue-d.IfFalse), nil
}

// MaxClues is the largest number of clues in one [Package].
const MaxClues = 16

// Package is clues that hang together, such as two accounts of one meeting: they are entered jointly, since each taken
// alone would count what they share twice. The zero Package is invalid.
type Package struct {
	// IfTrue and IfFalse hold the probability of each pattern of findings, 2^n of them for n clues: bit i of the index is 1
	// where clue i is found. Each sums to 1.
	IfTrue  []float64 `json:"if_true"`
	IfFalse []float64 `json:"if_false"`
}

// IsZero reports whether no chances are declared.
func (p Package) IsZero() bool { return len(p.IfTrue) == 0 && len(p.IfFalse) == 0 }

// Pair returns the package of two clues with the correlations that their findings have where the claim is true and where
// it is false. Correlations that no joint law can have are a [*ProbabilityError] naming the pattern.
func (d Diagnosticity) Pair(other Diagnosticity, ifTrue, ifFalse float64) (Package, error) {
	if err := joined([]error{d.Check(), other.Check()}); err != nil {
		return Package{}, err
	}
	joint := func(p, q, r float64) []float64 {
		both := p*q + r*math.Sqrt(p*(1-p)*q*(1-q))
		return []float64{1 - p - q + both, p - both, q - both, both}
	}
	x := Package{IfTrue: joint(d.IfTrue, other.IfTrue, ifTrue), IfFalse: joint(d.IfFalse, other.IfFalse, ifFalse)}
	for _, law := range [][]float64{x.IfTrue, x.IfFalse} {
		for i := range law {
			if law[i] < 0 && law[i] > -1e-12 {
				law[i] = 0
			}
		}
	}
	if err := x.Check(); err != nil {
		return Package{}, err
	}
	return x, nil
}

// Check returns every reason why the package is no pair of probability laws, joined: [*RangeError] for the number of
// patterns, [*ProbabilityError] for numbers and for sums further than 1e-9 from 1. A package that passes conserves belief:
// the expected posterior is the prior.
func (p Package) Check() error {
	n := len(p.IfTrue)
	if n < 2 || n > 1<<MaxClues || n&(n-1) != 0 || len(p.IfFalse) != n {
		return &RangeError{What: "patterns of the package", Value: float64(n), Want: "2 to the number of clues, the same for both, for 1 to 16 clues"}
	}
	var faults []error
	for _, law := range []struct {
		name string
		p    []float64
	}{{"if the claim is true", p.IfTrue}, {"if the claim is false", p.IfFalse}} {
		sum := 0.0
		for _, x := range law.p {
			if err := probability("chance of a pattern "+law.name, x); err != nil {
				faults = append(faults, err)
			}
			sum += x
		}
		if !(math.Abs(sum-1) <= 1e-9) {
			faults = append(faults, &ProbabilityError{What: "sum over the patterns " + law.name, Value: sum})
		}
	}
	return joined(faults)
}

// Weight is the weight of the pattern found, one entry a clue, in the order of the bits. It is not capped. A pattern with
// probability 0 either way is an [*ImpossibleError].
func (p Package) Weight(found ...bool) (Weight, error) {
	if err := p.Check(); err != nil {
		return 0, err
	}
	i := 0
	for k, f := range found {
		if f && k < MaxClues {
			i |= 1 << k
		}
	}
	if len(found) > MaxClues || 1<<len(found) != len(p.IfTrue) {
		return 0, &RangeError{What: "clues", Value: float64(len(found)), Want: "one finding for each clue of the package"}
	}
	if p.IfTrue[i] == 0 && p.IfFalse[i] == 0 {
		return 0, &ImpossibleError{What: "this pattern of clues"}
	}
	return Weight(math.Log(p.IfTrue[i]) - math.Log(p.IfFalse[i])), nil
}

// ExpectedPosterior is the mean of the posterior over all patterns, which is the prior itself: looking at evidence cannot be
// expected to move belief one way. It is here so that callers can see it hold for what they declare. O(patterns).
func (p Package) ExpectedPosterior(prior float64) (float64, error) {
	if err := joined([]error{p.Check(), probability("prior", prior)}); err != nil {
		return 0, err
	}
	sum := 0.0
	for i := range p.IfTrue {
		t, f := prior*p.IfTrue[i], (1-prior)*p.IfFalse[i]
		if t+f > 0 {
			sum += (t + f) * (t / (t + f))
		}
	}
	return sum, nil
}
