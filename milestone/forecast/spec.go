package forecast

import (
	"errors"
	"math"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
)

// The kinds of record that this package defines.
const (
	KindEstimate    record.Kind = "estimate"
	KindRisk        record.Kind = "risk"
	KindDriver      record.Kind = "driver"
	KindFactor      record.Kind = "factor"
	KindLoading     record.Kind = "loading"
	KindCorrelation record.Kind = "correlation"
)

// Estimate says how uncertain the duration of an activity or milestone is. What has no estimate lasts as planned in every trial.
type Estimate struct {
	record.Record
	Subject record.Ref `json:"subject,omitzero" ref:"activity,milestone"`
	// Shape is of the whole duration. Of work under way the part above what has passed counts, rescaled.
	Shape Shape `json:"shape,omitzero"`
	// Because says what the estimate rests on, in words.
	Because string `json:"because,omitempty"`
}

// Risk is an event that happens or does not, once in a trial, for everything it touches.
type Risk struct {
	record.Record
	Name string `json:"name"`
	// Probability is that it happens, 0 to 1.
	Probability float64 `json:"probability,omitzero"`
	// Impact is drawn once in a trial: with the scale [Ratio] it is a factor on the durations of what the risk touches, else a time that it adds, or takes
	// off where it is negative. No duration falls below nought.
	Impact Shape `json:"impact,omitzero"`
	// Touches are the activities and milestones whose durations it changes.
	Touches []record.Ref `json:"touches,omitempty" ref:"activity,milestone"`
	// Combine says how it adds up with other risks on the same activity. Zero means [Series].
	Combine Combination `json:"combine,omitzero"`
}

// Combination says how the impacts of several risks on one activity add up in a trial.
type Combination uint8

// The combinations. The list is closed.
const (
	Series   Combination = iota + 1 // one after the other: times add, factors multiply; the zero Combination means the same
	Parallel                        // at once: of the risks that are parallel the largest impact counts
)

var combinations = []string{"", "series", "parallel"}

// String returns the text; the zero Combination reads "series".
func (c Combination) String() string {
	if c == 0 {
		c = Series
	}
	b, _ := c.MarshalText()
	return string(b)
}

// IsZero reports whether nothing is stated.
func (c Combination) IsZero() bool { return c == 0 }

// MarshalText returns the text of the combination.
func (c Combination) MarshalText() ([]byte, error) {
	return record.EnumMarshal("combination of risks", combinations, c)
}

// UnmarshalText reads the text of a combination. The error is a [*record.EnumError].
func (c *Combination) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("combination of risks", combinations, c, b)
}

// Driver is a cause that makes all it touches longer or shorter by one factor in a trial, where it acts: "labour is scarcer than planned"
// (Hulett's risk drivers). Activities with a driver in common are correlated, and nobody has to guess by how much.
type Driver struct {
	record.Record
	Name string `json:"name"`
	// Probability is that it acts, 0 to 1.
	Probability float64 `json:"probability,omitzero"`
	// Factor is drawn once in a trial; its scale is [Ratio].
	Factor  Shape        `json:"factor,omitzero"`
	Touches []record.Ref `json:"touches,omitempty" ref:"activity,milestone"`
}

// Factor is a common cause without a size of its own: activities that load on it tend to be long together.
type Factor struct {
	record.Record
	Name string `json:"name"`
}

// Loading says how much the duration of an activity follows a factor: the correlation of the two normal scores, -1 to 1 (a Gaussian
// copula). The correlation of two activities is the sum over factors of the products of their loadings.
type Loading struct {
	record.Record
	Subject record.Ref `json:"subject,omitzero" ref:"activity,milestone"`
	On      record.ID  `json:"on,omitempty" ref:"factor"`
	Weight  float64    `json:"weight,omitzero"`
}

// Correlation says how much the durations of two activities go together, for those who have a matrix. Pairs that are not named
// are not correlated; that is what makes a matrix of guesses impossible, and why factors are the better way.
type Correlation struct {
	record.Record
	Subject record.Ref `json:"subject,omitzero" ref:"activity,milestone"`
	With    record.Ref `json:"with,omitzero" ref:"activity,milestone"`
	// Rank is Spearman's rank coefficient, -1 to 1.
	Rank float64 `json:"rank,omitzero"`
}

// Spec is what is uncertain about a plan: plain data. The zero Spec is valid, and says that nothing is.
type Spec struct {
	record.Shared
	Estimates    []Estimate
	Risks        []Risk
	Drivers      []Driver
	Factors      []Factor
	Loadings     []Loading
	Correlations []Correlation
}

// Causes of faults in the records of a [Spec].
var (
	ErrNoSubject   = errors.New("the record does not say which activity or milestone it is about")
	ErrNoName      = errors.New("it has no name: say in words what it is")
	ErrProbability = errors.New("a probability lies between 0 and 1")
	ErrNoTouch     = errors.New("it touches nothing: name the activities whose durations it changes")
	ErrFactorScale = errors.New("a driver multiplies: leave the scale out or write ratio")
	ErrNoFactor    = errors.New("a loading needs the factor that it is on")
	ErrCoefficient = errors.New("a correlation lies between -1 and 1")
	ErrItself      = errors.New("nothing is correlated with itself but wholly")
)

// Check puts the records of the Spec under a check and adds the faults that only this package can see: a [NewModel] calls it, and whoever compiles a
// larger Spec does so on the parts.
func (s Spec) Check(c *record.Check) {
	record.Add(c, KindEstimate, "estimates", s.Estimates)
	record.Add(c, KindRisk, "risks", s.Risks)
	record.Add(c, KindDriver, "drivers", s.Drivers)
	record.Add(c, KindFactor, "factors", s.Factors)
	record.Add(c, KindLoading, "loadings", s.Loadings)
	record.Add(c, KindCorrelation, "correlations", s.Correlations)
	shape := func(fault func(string, error, bool), member string) func(string, error, bool) {
		return func(inner string, err error, wrong bool) { fault(member+"."+inner, err, wrong) }
	}
	for i := range s.Estimates {
		r := &s.Estimates[i]
		fault := c.At(KindEstimate, "estimates", i, r.ID)
		fault("subject", ErrNoSubject, r.Subject.IsZero())
		if r.Speaks() {
			r.Shape.check(shape(fault, "shape"), false)
		}
	}
	event := func(fault func(string, error, bool), r *record.Record, name string, p float64, touches []record.Ref) {
		if !r.Speaks() {
			return
		}
		fault("name", ErrNoName, strings.TrimSpace(name) == "")
		fault("probability", ErrProbability, !(p >= 0 && p <= 1))
		fault("touches", ErrNoTouch, len(touches) == 0)
	}
	for i := range s.Risks {
		r := &s.Risks[i]
		fault := c.At(KindRisk, "risks", i, r.ID)
		event(fault, &r.Record, r.Name, r.Probability, r.Touches)
		if r.Speaks() {
			r.Impact.check(shape(fault, "impact"), r.Impact.Scale > Ratio)
		}
	}
	for i := range s.Drivers {
		r := &s.Drivers[i]
		fault := c.At(KindDriver, "drivers", i, r.ID)
		event(fault, &r.Record, r.Name, r.Probability, r.Touches)
		if r.Speaks() {
			r.Factor.check(shape(fault, "factor"), false)
			fault("factor.scale", ErrFactorScale, r.Factor.Scale > Ratio)
		}
	}
	for i := range s.Factors {
		r := &s.Factors[i]
		c.At(KindFactor, "factors", i, r.ID)("name", ErrNoName, strings.TrimSpace(r.Name) == "" && r.Speaks())
	}
	for i := range s.Loadings {
		r := &s.Loadings[i]
		fault := c.At(KindLoading, "loadings", i, r.ID)
		fault("subject", ErrNoSubject, r.Subject.IsZero())
		fault("on", ErrNoFactor, r.On == "")
		fault("weight", ErrCoefficient, !(math.Abs(r.Weight) <= 1))
	}
	for i := range s.Correlations {
		r := &s.Correlations[i]
		fault := c.At(KindCorrelation, "correlations", i, r.ID)
		fault("subject", ErrNoSubject, r.Subject.IsZero() || r.With.IsZero())
		fault("rank", ErrCoefficient, !(math.Abs(r.Rank) <= 1))
		fault("with", ErrItself, r.Subject == r.With && !r.Subject.IsZero())
	}
}

func (s Spec) clone() Spec {
	s.Sources, s.Days = slices.Clone(s.Sources), slices.Clone(s.Days)
	s.Estimates, s.Risks, s.Drivers = slices.Clone(s.Estimates), slices.Clone(s.Risks), slices.Clone(s.Drivers)
	s.Factors, s.Loadings, s.Correlations = slices.Clone(s.Factors), slices.Clone(s.Loadings), slices.Clone(s.Correlations)
	return s
}
