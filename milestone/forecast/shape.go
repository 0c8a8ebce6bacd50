package forecast

import (
	"errors"
	"math"
	"slices"

	"github.com/missionled/missionled/accountability/record"
)

// A Shape is a distribution: of how long something takes, of how hard a risk hits. Its numbers are in the unit of Scale. The zero Shape
// is none. Which members a kind uses stands beside the kinds; setting another is a fault.
type Shape struct {
	Kind ShapeKind `json:"kind,omitzero"`
	// Scale is the unit of the numbers. Zero means [Ratio].
	Scale Scale `json:"scale,omitzero"`
	// Min, Mode and Max bound what is possible and say what is likeliest. A point has its value in Mode.
	Min  float64 `json:"min,omitzero"`
	Mode float64 `json:"mode,omitzero"`
	Max  float64 `json:"max,omitzero"`
	// Lambda is how strongly a PERT leans on its mode. Zero means 4.
	Lambda float64 `json:"lambda,omitzero"`
	// P10, P50 and P90 are what is not exceeded with 10, 50 and 90 per cent.
	P10 float64 `json:"p10,omitzero"`
	P50 float64 `json:"p50,omitzero"`
	P90 float64 `json:"p90,omitzero"`
	// Values are the outcomes of a discrete shape, or the ratios seen in a reference class.
	Values []float64 `json:"values,omitempty"`
	// Weights are how likely each value is, in any unit. Without them all are alike.
	Weights []float64 `json:"weights,omitempty"`
}

// ShapeKind says what family a [Shape] is of.
type ShapeKind uint8

// The families. The list is closed. A triangular or PERT shape whose Min and Max are equal is a point.
const (
	Point      ShapeKind = iota + 1 // Mode alone
	UniformOn                       // Min and Max, all between alike
	Triangular                      // Min, Mode and Max
	PERT                            // Min, Mode and Max; a beta distribution with mean (Min + Lambda Mode + Max) / (Lambda + 2) (Vose 2008)
	Lognormal                       // two of P10, P50 and P90, or all three: then moved so that all hold, and cut at nought
	Discrete                        // Values with Weights
	Reference                       // Values: what like cases took, as ratios of what was planned; each is as likely as it was frequent
)

var shapeKinds = []string{"", "point", "uniform", "triangular", "pert", "lognormal", "discrete", "reference"}

// String returns the text, or "" for the zero ShapeKind.
func (k ShapeKind) String() string {
	b, _ := k.MarshalText()
	return string(b)
}

// IsZero reports whether no kind is stated.
func (k ShapeKind) IsZero() bool { return k == 0 }

// MarshalText returns the text of the kind.
func (k ShapeKind) MarshalText() ([]byte, error) {
	return record.EnumMarshal("kind of shape", shapeKinds, k)
}

// UnmarshalText reads the text of a kind. The error is a [*record.EnumError].
func (k *ShapeKind) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("kind of shape", shapeKinds, k, b)
}

// Scale is the unit of the numbers of a [Shape]. A working day has no length of its own, so there is none.
type Scale uint8

// The scales. The list is closed.
const (
	Ratio       Scale = iota + 1 // of the planned duration: 1.2 is a fifth longer; the zero Scale means the same
	InMinutes                    // worked, on the activity's calendar
	InHours                      // worked, on the activity's calendar
	ElapsedDays                  // of 24 hours; only for what works round the clock
)

var scales = []string{"", "ratio", "minutes", "hours", "elapsed-days"}

// String returns the text; the zero Scale reads "ratio".
func (s Scale) String() string {
	if s == 0 {
		s = Ratio
	}
	b, _ := s.MarshalText()
	return string(b)
}

// IsZero reports whether no scale is stated.
func (s Scale) IsZero() bool { return s == 0 }

// MarshalText returns the text of the scale.
func (s Scale) MarshalText() ([]byte, error) {
	return record.EnumMarshal("scale of a shape", scales, s)
}

// UnmarshalText reads the text of a scale. The error is a [*record.EnumError].
func (s *Scale) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("scale of a shape", scales, s, b)
}

// Causes of faults in shapes.
var (
	ErrNoShape    = errors.New("the shape has no kind: write point, uniform, triangular, pert, lognormal, discrete or reference")
	ErrNotForKind = errors.New("the shape's kind does not use this number: remove it or choose the kind that does")
	ErrDisorder   = errors.New("min, mode and max are out of order: the mode lies between the two, and max is not below min")
	ErrBelowZero  = errors.New("nothing lasts less than no time: the shape may not reach below nought")
	ErrNotFinite  = errors.New("the number is not finite")
	ErrLambda     = errors.New("lambda of a pert is above nought and at most 1000")
	ErrFewQuanta  = errors.New("a lognormal needs two of p10, p50 and p90, each above nought, in order")
	ErrLeansLeft  = errors.New("p50 is nearer to p90 than to p10, which no lognormal can be: use triangular or pert, or give two of the three")
	ErrNoValues   = errors.New("the shape has no values")
	ErrWeights    = errors.New("weights are as many as values, none below nought, and not all nought")
	ErrTooWide    = errors.New("the shape reaches beyond what can be simulated")
	ErrReference  = errors.New("a reference class holds ratios: leave the scale out or write ratio")
)

// check calls fault for everything wrong with a shape. Impacts of risks may be negative, durations not.
func (s *Shape) check(fault func(member string, err error, wrong bool), negative bool) {
	if s.Kind == 0 || int(s.Kind) >= len(shapeKinds) {
		fault("kind", ErrNoShape, true)
		return
	}
	k := s.Kind
	given := func(member string, v float64, used bool) {
		fault(member, ErrNotFinite, math.IsNaN(v) || math.IsInf(v, 0))
		fault(member, ErrNotForKind, !used && v != 0)
	}
	ranged := k == UniformOn || k == Triangular || k == PERT
	given("min", s.Min, ranged)
	given("max", s.Max, ranged)
	given("mode", s.Mode, k == Point || k == Triangular || k == PERT)
	given("lambda", s.Lambda, k == PERT)
	given("p10", s.P10, k == Lognormal)
	given("p50", s.P50, k == Lognormal)
	given("p90", s.P90, k == Lognormal)
	fault("values", ErrNotForKind, k != Discrete && k != Reference && len(s.Values) > 0)
	fault("weights", ErrNotForKind, k != Discrete && len(s.Weights) > 0)
	low := 0.0
	switch k {
	case Point:
		low = s.Mode
	case UniformOn:
		low = s.Min
		fault("min", ErrDisorder, s.Max < s.Min)
	case Triangular, PERT:
		low = s.Min
		fault("mode", ErrDisorder, s.Max < s.Min || s.Mode < s.Min || s.Mode > s.Max)
		fault("lambda", ErrLambda, s.Lambda < 0 || s.Lambda > 1000)
	case Lognormal:
		s.checkLognormal(fault)
	case Discrete, Reference:
		fault("values", ErrNoValues, len(s.Values) == 0)
		for _, v := range s.Values {
			low = min(low, v)
			fault("values", ErrNotFinite, math.IsNaN(v) || math.IsInf(v, 0))
		}
		sum := 0.0
		for _, w := range s.Weights {
			sum += w
			fault("weights", ErrWeights, !(w >= 0) || math.IsInf(w, 0))
		}
		fault("weights", ErrWeights, len(s.Weights) > 0 && (len(s.Weights) != len(s.Values) || !(sum > 0) || math.IsInf(sum, 0)))
		fault("scale", ErrReference, k == Reference && s.Scale > Ratio)
	}
	fault("min", ErrBelowZero, low < 0 && !negative)
}

func (s *Shape) checkLognormal(fault func(string, error, bool)) {
	var given []float64
	for _, v := range []float64{s.P10, s.P50, s.P90} {
		if v != 0 {
			given = append(given, v)
		}
	}
	wrong := len(given) < 2
	for i, v := range given {
		wrong = wrong || !(v > 0) || i > 0 && v <= given[i-1]
	}
	fault("p50", ErrFewQuanta, wrong)
	fault("p50", ErrLeansLeft, !wrong && len(given) == 3 && s.P50*s.P50 > s.P10*s.P90*(1+1e-12) && s.P90-s.P50 <= s.P50-s.P10)
}

// z90 is the normal quantile of 0.9.
const z90 = 1.2815515655446004

// lognormal returns what a lognormal is moved by, and the mean and standard deviation of its logarithm.
func (s *Shape) lognormal() (shift, mu, sigma float64) {
	switch {
	case s.P10 == 0:
		return 0, math.Log(s.P50), math.Log(s.P90/s.P50) / z90
	case s.P90 == 0:
		return 0, math.Log(s.P50), math.Log(s.P50/s.P10) / z90
	case s.P50 == 0:
		return 0, (math.Log(s.P10) + math.Log(s.P90)) / 2, math.Log(s.P90/s.P10) / (2 * z90)
	}
	if d := s.P10 + s.P90 - 2*s.P50; d > 0 {
		if gap := s.P10*s.P90 - s.P50*s.P50; math.Abs(gap) > 1e-12*s.P50*s.P50 {
			shift = gap / d
		}
	}
	return shift, math.Log(s.P50 - shift), math.Log((s.P90-shift)/(s.P50-shift)) / z90
}

// isPoint reports whether the shape has one value only, and which.
func (s *Shape) isPoint() (float64, bool) {
	switch s.Kind {
	case Point:
		return s.Mode, true
	case UniformOn, Triangular, PERT:
		return s.Min, s.Min == s.Max
	case Discrete, Reference:
		if len(s.Values) == 0 {
			return 0, true
		}
		for _, v := range s.Values[1:] {
			if v != s.Values[0] {
				return 0, false
			}
		}
		return s.Values[0], true
	}
	return 0, s.Kind == 0
}

// beta returns the parameters of a PERT.
func (s *Shape) beta() (alpha, beta float64) {
	lambda := s.Lambda
	if lambda == 0 {
		lambda = 4
	}
	return 1 + lambda*(s.Mode-s.Min)/(s.Max-s.Min), 1 + lambda*(s.Max-s.Mode)/(s.Max-s.Min)
}

// Mean returns the expected value, in the shape's own unit. For a lognormal that is moved below nought it is that of the shape before the cut.
// The zero Shape and a faulty one give numbers without meaning.
func (s Shape) Mean() float64 {
	if v, ok := s.isPoint(); ok {
		return v
	}
	switch s.Kind {
	case UniformOn:
		return (s.Min + s.Max) / 2
	case Triangular:
		return (s.Min + s.Mode + s.Max) / 3
	case PERT:
		a, b := s.beta()
		return s.Min + (s.Max-s.Min)*a/(a+b)
	case Lognormal:
		shift, mu, sigma := s.lognormal()
		return shift + math.Exp(mu+sigma*sigma/2)
	}
	mean, _ := s.moments()
	return mean
}

// Variance returns the variance in the square of the shape's own unit: of a PERT the true one, (mean - min)(max - mean) / (lambda + 3),
// and not the square of a sixth of the range.
func (s Shape) Variance() float64 {
	if _, ok := s.isPoint(); ok {
		return 0
	}
	switch s.Kind {
	case UniformOn:
		return (s.Max - s.Min) * (s.Max - s.Min) / 12
	case Triangular:
		a, m, b := s.Min, s.Mode, s.Max
		return ((m-a)*(m-a) + (b-m)*(b-m) + (m-a)*(b-m)) / 18
	case PERT:
		a, b := s.beta()
		return (s.Max - s.Min) * (s.Max - s.Min) * a * b / ((a + b) * (a + b) * (a + b + 1))
	case Lognormal:
		_, mu, sigma := s.lognormal()
		return math.Expm1(sigma*sigma) * math.Exp(2*mu+sigma*sigma)
	}
	_, variance := s.moments()
	return variance
}

func (s *Shape) moments() (mean, variance float64) {
	values, cum := s.steps()
	before := 0.0
	for i, v := range values {
		mean += v * (cum[i] - before)
		before = cum[i]
	}
	before = 0
	for i, v := range values {
		variance += (v - mean) * (v - mean) * (cum[i] - before)
		before = cum[i]
	}
	return mean, variance
}

// steps returns the values of a discrete shape in order, each once, with the chance of it or a lower one; the last is 1.
func (s *Shape) steps() (values, cum []float64) {
	order := make([]int, len(s.Values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case s.Values[a] < s.Values[b]:
			return -1
		case s.Values[a] > s.Values[b]:
			return 1
		}
		return 0
	})
	total := 0.0
	for _, i := range order {
		w := 1.0
		if len(s.Weights) > 0 {
			w = s.Weights[i]
		}
		if w == 0 {
			continue
		}
		total += w
		if n := len(values); n > 0 && values[n-1] == s.Values[i] {
			cum[n-1] = total
			continue
		}
		values = append(values, s.Values[i])
		cum = append(cum, total)
	}
	for i := range cum {
		cum[i] /= total
	}
	return values, cum
}

// Quantile returns what is not exceeded with probability p, in the shape's own unit; p below 2^-24 counts as that, and p above 1 - 2^-24
// likewise: these are the most extreme values that a simulation draws.
func (s Shape) Quantile(p float64) float64 {
	const least = 1.0 / (2 * drawSteps)
	if !(p > least) {
		p = least
	}
	return s.quantile(min(p, 1-least))
}

func (s *Shape) quantile(p float64) float64 {
	if v, ok := s.isPoint(); ok {
		return v
	}
	switch s.Kind {
	case UniformOn:
		return s.Min + p*(s.Max-s.Min)
	case Triangular:
		a, m, b := s.Min, s.Mode, s.Max
		if p*(b-a) < m-a {
			return a + math.Sqrt(p*(b-a)*(m-a))
		}
		return b - math.Sqrt((1-p)*(b-a)*(b-m))
	case PERT:
		a, b := s.beta()
		return s.Min + (s.Max-s.Min)*betaQuantile(p, a, b)
	case Lognormal:
		shift, mu, sigma := s.lognormal()
		return max(0, shift+math.Exp(mu+sigma*normalQuantile(p)))
	}
	values, cum := s.steps()
	i, _ := slices.BinarySearch(cum, p)
	return values[min(i, len(values)-1)]
}

// above returns the probability of exceeding x. It searches the quantiles, in some 60 steps.
func (s *Shape) above(x float64) float64 {
	if s.Kind == Discrete || s.Kind == Reference {
		values, cum := s.steps()
		i, _ := slices.BinarySearchFunc(values, x, func(v, x float64) int {
			if v > x {
				return 1
			}
			return -1
		})
		if i == 0 {
			return 1
		}
		return 1 - cum[i-1]
	}
	lo, hi := 0.0, 1.0
	for range 60 {
		mid := (lo + hi) / 2
		if s.quantile(mid) > x {
			hi = mid
		} else {
			lo = mid
		}
	}
	return 1 - hi
}
