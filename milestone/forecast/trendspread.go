package forecast

import (
	"math"
)

// TrendSpread says how sure a forecast is: a normal distribution or Student's t, on the indicator's own scale or on the log
// odds between two bounds. The zero TrendSpread is certain of nought.
type TrendSpread struct {
	centre, scale float64
	dof           int // 0 for normal
	bounds        TrendBounds
}

// DegreesOfFreedom returns those of a Student t, and nought for a normal distribution.
func (s TrendSpread) DegreesOfFreedom() int { return s.dof }

// down takes a value from the scale of the model to the indicator's.
func (b TrendBounds) down(x float64) float64 {
	if b.IsZero() {
		return x
	}
	return b.Low + (b.High-b.Low)/(1+trendExp(-x))
}

// Median returns the value that is as likely to be passed as not.
func (s TrendSpread) Median() float64 { return s.bounds.down(s.centre) }

// Mean returns the expected value; ok is false where there is none, as for a t with one degree of freedom. On a bounded scale
// it is the mean of the values and not the value at the mean of the log odds, by Simpson's rule on 4,000 intervals.
func (s TrendSpread) Mean() (mean float64, ok bool) {
	if s.bounds.IsZero() {
		return s.centre, s.dof != 1
	}
	b := s.bounds
	return b.Low + s.integral(b.Low, b.High, func(x float64) float64 { return s.AtLeast(x) }), true
}

// SD returns the standard deviation, in the indicator's unit; ok is false where there is none, as for a t with one or two
// degrees of freedom.
func (s TrendSpread) SD() (sd float64, ok bool) {
	if !s.bounds.IsZero() {
		b := s.bounds
		mean, _ := s.Mean()
		square := s.integral(b.Low, b.High, func(x float64) float64 { return 2 * (x - b.Low) * s.AtLeast(x) })
		return math.Sqrt(max(0, square-(mean-b.Low)*(mean-b.Low))), true
	}
	switch {
	case s.dof == 0:
		return s.scale, true
	case s.dof <= 2:
		return 0, false
	}
	nu := float64(s.dof)
	return s.scale * math.Sqrt(nu/(nu-2)), true
}

// integral is Simpson's rule.
func (s TrendSpread) integral(low, high float64, f func(float64) float64) float64 {
	const n = 4000
	h := (high - low) / n
	sum := f(low) + f(high)
	for i := 1; i < n; i++ {
		sum += float64(2+2*(i%2)) * f(low+float64(i)*h)
	}
	return sum * h / 3
}

// standard is how many scales a value lies above the centre.
func (s TrendSpread) standard(v float64) float64 {
	b := s.bounds
	if !b.IsZero() {
		switch {
		case v <= b.Low:
			return math.Inf(-1)
		case v >= b.High:
			return math.Inf(1)
		}
		v = trendLog((v - b.Low) / (b.High - v))
	}
	switch d := v - s.centre; {
	case s.scale > 0:
		return d / s.scale
	case d == 0: // no error at all: a value is at least itself and at most itself
		return math.NaN()
	default:
		return math.Copysign(math.Inf(1), d)
	}
}

// below is the distribution function of the standard form.
func (s TrendSpread) below(z float64) float64 {
	if s.dof == 0 {
		return trendPhi(z)
	}
	return trendStudent(z, s.dof)
}

// AtLeast returns the probability, 0 to 1, of v or more.
func (s TrendSpread) AtLeast(v float64) float64 {
	z := s.standard(v)
	if z != z {
		return 1
	}
	return s.below(-z)
}

// AtMost returns the probability, 0 to 1, of v or less.
func (s TrendSpread) AtMost(v float64) float64 {
	z := s.standard(v)
	if z != z {
		return 1
	}
	return s.below(z)
}

// Between returns the probability, 0 to 1, of a value from low to high, both included, and 0 where low is above high.
func (s TrendSpread) Between(low, high float64) float64 {
	if low > high {
		return 0
	}
	a, b := s.standard(low), s.standard(high)
	switch {
	case a != a || b != b:
		return 1
	case a > 0:
		return max(0, s.below(-a)-s.below(-b))
	}
	return max(0, s.below(b)-s.below(a))
}

// Quantile returns the value below which the fraction p lies. A p outside 0 to 1 is taken as the nearer end, which is
// infinite on an unbounded scale.
func (s TrendSpread) Quantile(p float64) float64 {
	p = max(0, min(1, p))
	z := 0.0
	switch {
	case s.scale == 0:
	case s.dof == 0:
		z = trendNormal(p)
	default:
		z = trendStudentQuantile(p, s.dof)
	}
	return s.bounds.down(s.centre + float64(s.scale*z))
}

// CRPS returns the continuous ranked probability score of the spread for what came, in the indicator's unit: the integral of
// the squared distance between the distribution function and the step at v. Smaller is closer, and for a forecast without
// spread it is the distance itself. It is infinite for a t with one degree of freedom. The normal's formula is equation (21) of
// Gneiting and Raftery, "Strictly proper scoring rules, prediction, and estimation", JASA 102 (2007), 359-378; the t's is that
// of Jordan, Krüger and Lerch, "Evaluating probabilistic forecasts with scoringRules", Journal of Statistical Software 90 (12),
// 2019, appendix A. On a bounded scale it is integrated numerically.
func (s TrendSpread) CRPS(v float64) float64 {
	if !s.bounds.IsZero() {
		b := s.bounds
		at := max(b.Low, min(b.High, v))
		return math.Abs(v-at) +
			s.integral(b.Low, at, func(x float64) float64 { p := s.AtMost(x); return p * p }) +
			s.integral(at, b.High, func(x float64) float64 { p := s.AtLeast(x); return p * p })
	}
	if s.scale == 0 {
		return math.Abs(v - s.centre)
	}
	z := (v - s.centre) / s.scale
	switch s.dof {
	case 0:
		return s.scale * (z*(2*trendPhi(z)-1) + 2*trendDensity(z) - 1/math.Sqrt(math.Pi))
	case 1:
		return math.Inf(1)
	}
	nu := float64(s.dof)
	f := trendStudent(z, s.dof)
	beta := math.Exp(trendLogBeta(0.5, nu-0.5) - 2*trendLogBeta(0.5, nu/2))
	return s.scale * (z*(2*f-1) + 2*trendStudentDensity(z, nu)*(nu+z*z)/(nu-1) - 2*math.Sqrt(nu)/(nu-1)*beta)
}
