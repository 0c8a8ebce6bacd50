package learning

import (
	"math"

	"github.com/missionled/missionled/accountability/record"
)

// Weight is the weight of evidence: the natural logarithm of a Bayes factor, the probability of what was observed if the
// claim is true over that if it is false (Good 1950). Independent evidence adds. Zero moves nothing; ±Inf ends the matter.
type Weight float64

// Decibels is the weight on the scale of Turing and Good, 10 log10 of the Bayes factor: 3 doubles the odds, 10 makes them
// tenfold, -10 a tenth.
func (w Weight) Decibels() float64 { return float64(w) * 10 / math.Ln10 }

// FromDecibels is the weight of so many decibels.
func FromDecibels(db float64) Weight { return Weight(db * math.Ln10 / 10) }

// BayesFactor is e^w.
func (w Weight) BayesFactor() float64 { return math.Exp(float64(w)) }

// WeightCap is the largest weight of a single item, in decibels either way: odds move by at most a factor of 100. Beyond it
// the model behind the number is less sure than the number.
const WeightCap = 20

// Capped returns the weight, held within ± [WeightCap], and whether that changed it.
func (w Weight) Capped() (Weight, bool) {
	limit := FromDecibels(WeightCap)
	switch {
	case w > limit:
		return limit, true
	case w < -limit:
		return -limit, true
	}
	return w, false
}

// Update returns the probability of the claim after evidence of weight w, by Bayes' rule on odds. A prior of exactly 0 or 1
// never moves (Cromwell's rule), and an infinite weight against it is an [*ImpossibleError]; a prior outside [0, 1] is a
// [*ProbabilityError].
func (w Weight) Update(prior float64) (float64, error) {
	if err := probability("prior", prior); err != nil {
		return 0, err
	}
	if math.IsNaN(float64(w)) {
		return 0, &RangeError{What: "weight of evidence", Value: float64(w), Want: "a number"}
	}
	if prior == 0 && math.IsInf(float64(w), 1) || prior == 1 && math.IsInf(float64(w), -1) {
		return 0, &ImpossibleError{What: "evidence that decides against a belief of exactly " + figure(prior)}
	}
	if prior == 0 || prior == 1 {
		return prior, nil
	}
	if w > 0 { // the side that keeps digits
		f := math.Exp(-float64(w))
		return prior / (prior + (1-prior)*f), nil
	}
	f := math.Exp(float64(w))
	return prior * f / (prior*f + 1 - prior), nil
}

// EffectPrior is what effect the claim leads one to expect where it is true, normal with this mean and standard deviation,
// declared before the result. Both are in the unit of the estimate; SD is 0 or more.
type EffectPrior struct {
	Mean float64 `json:"mean"`
	SD   float64 `json:"sd"`
}

// Estimate is an effect and its standard error, worked out elsewhere.
type Estimate struct {
	Effect float64 `json:"effect"`
	SE     float64 `json:"se"` // above 0, in the unit of the effect
	// Clusters is the number of places, schools or weeks over which people were allocated together; 0 where each person was
	// allocated alone.
	Clusters int `json:"clusters,omitempty"`
	// ClusterAware says that the standard error allows for the clusters. An estimate with clusters that does not say so is
	// refused.
	ClusterAware bool `json:"cluster_aware,omitempty"`
}

// Check returns an [*UnclusteredError] where there are clusters and the standard error does not say that it allows for them,
// and an [*RangeError] for numbers that are no estimate.
func (e Estimate) Check() error {
	var faults []error
	if !finite(e.Effect) {
		faults = append(faults, &RangeError{What: "effect", Value: e.Effect, Want: "a finite number"})
	}
	if err := positive("standard error", e.SE); err != nil {
		faults = append(faults, err)
	}
	if e.Clusters < 0 {
		faults = append(faults, &RangeError{What: "clusters", Value: float64(e.Clusters), Want: "0 or more"})
	}
	if e.Clusters > 0 && !e.ClusterAware {
		faults = append(faults, &UnclusteredError{SE: e.SE})
	}
	return joined(faults)
}

// Weight is the weight of the estimate for the claim against no effect, allowing for a bias of the design that is normal
// around 0 with standard deviation bias:
//
//	BF = N(d; μ₁, se² + τ₁² + bias²) / N(d; 0, se² + bias²)
//
// An estimate of 0.30 ± 0.05 against an expected 0.10 ± 0.05 has a Bayes factor of 850,000 if no bias is allowed for, and
// of 8.8 with 0.10. It is not capped. Errors are those of [Estimate.Check], and [*RangeError] for prior and bias.
func (e Estimate) Weight(ifTrue EffectPrior, bias float64) (Weight, error) {
	var faults []error
	if err := e.Check(); err != nil {
		faults = append(faults, err)
	}
	if !finite(ifTrue.Mean) {
		faults = append(faults, &RangeError{What: "expected effect", Value: ifTrue.Mean, Want: "a finite number"})
	}
	if !(ifTrue.SD >= 0) || math.IsInf(ifTrue.SD, 1) {
		faults = append(faults, &RangeError{What: "sd of the expected effect", Value: ifTrue.SD, Want: "0 or more"})
	}
	if !(bias >= 0) || math.IsInf(bias, 1) {
		faults = append(faults, &RangeError{What: "bias allowed for", Value: bias, Want: "0 or more"})
	}
	if err := joined(faults); err != nil {
		return 0, err
	}
	v0 := e.SE*e.SE + bias*bias
	v1 := v0 + ifTrue.SD*ifTrue.SD
	gap := e.Effect - ifTrue.Mean
	return Weight(-0.5*math.Log(v1/v0) - gap*gap/(2*v1) + e.Effect*e.Effect/(2*v0)), nil
}

// A Comparison is how an estimate of an effect was come by, which decides what bias to allow for. It is recorded beside the
// result and never multiplied into it.
type Comparison uint8

// The comparisons, weakest protection against bias last. The list is closed.
const (
	Randomised              Comparison = iota + 1 // people or places allocated by lot
	SteppedWedge                                  // all get it, in an order drawn by lot
	DifferenceInDifferences                       // change here less change elsewhere
	Matched                                       // with others chosen for being alike
	InterruptedSeries                             // a series before and after, with its trend
	BeforeAfter                                   // before and after, nothing else
	NoComparison                                  // prototype or user research: clues only
)

var comparisons = []string{"", "randomised", "stepped-wedge", "difference-in-differences", "matched", "interrupted-series",
	"before-after", "none"}

// String returns the comparison's text, or "" for the zero Comparison.
func (c Comparison) String() string {
	if int(c) >= len(comparisons) {
		return ""
	}
	return comparisons[c]
}

// IsZero reports whether no comparison is stated.
func (c Comparison) IsZero() bool { return c == 0 }

// MarshalText returns the comparison's text; the zero Comparison gives the empty text.
func (c Comparison) MarshalText() ([]byte, error) {
	return record.EnumMarshal("comparison", comparisons, c)
}

// UnmarshalText reads a comparison's text. The error is a [*record.EnumError].
func (c *Comparison) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("comparison", comparisons, c, b)
}

// BiasAllowance is the standard deviation of the bias that a comparison is taken to have, as a multiple of the smallest
// effect that would matter.
type BiasAllowance struct {
	Comparison Comparison `json:"comparison,omitzero"`
	// Multiple is 0 or more. It means nothing where CluesOnly is set.
	Multiple float64 `json:"multiple"`
	// CluesOnly says that such work yields no Bayes factor from an estimate, only clues with a declared diagnosticity.
	CluesOnly bool `json:"clues_only,omitempty"`
}

// BiasTable is the allowances that apply, declared and recorded with the experiment. The first row for a comparison counts.
type BiasTable []BiasAllowance

// ConventionalBias returns a new table to start from: randomised 0; stepped wedge and difference in differences ¼; matched
// and interrupted series ½; before and after 1; no comparison, clues only. It is a convention, not a measurement, and is
// meant to be edited where the history of a programme says more.
func ConventionalBias() BiasTable {
	return BiasTable{
		{Comparison: Randomised},
		{Comparison: SteppedWedge, Multiple: 0.25},
		{Comparison: DifferenceInDifferences, Multiple: 0.25},
		{Comparison: Matched, Multiple: 0.5},
		{Comparison: InterruptedSeries, Multiple: 0.5},
		{Comparison: BeforeAfter, Multiple: 1},
		{Comparison: NoComparison, CluesOnly: true},
	}
}

// A NoAllowanceError says that a table has no bias to allow for with a comparison: it has no row for it, or says clues only.
type NoAllowanceError struct {
	Comparison Comparison
	CluesOnly  bool
}

// Error says which of the two it is.
func (e *NoAllowanceError) Error() string {
	if e.CluesOnly {
		return "work without a comparison yields clues and no Bayes factor: declare what would be found if the claim is true and if it is false"
	}
	return "the table has no allowance for bias with a comparison " + e.Comparison.String() + ": add one before the start"
}

// Bias is the standard deviation of bias to allow for: the multiple of the smallest effect that matters, which is above 0.
// Errors are [*NoAllowanceError] and [*RangeError].
func (t BiasTable) Bias(c Comparison, matters float64) (float64, error) {
	if err := positive("smallest effect that matters", matters); err != nil {
		return 0, err
	}
	for _, row := range t {
		if row.Comparison != c {
			continue
		}
		if row.CluesOnly {
			return 0, &NoAllowanceError{Comparison: c, CluesOnly: true}
		}
		if !(row.Multiple >= 0) || math.IsInf(row.Multiple, 1) {
			return 0, &RangeError{What: "multiple for " + c.String(), Value: row.Multiple, Want: "0 or more"}
		}
		return row.Multiple * matters, nil
	}
	return 0, &NoAllowanceError{Comparison: c}
}
