package forecast

import "math"

// normalQuantile is the inverse of the normal distribution function.
func normalQuantile(p float64) float64 { return -math.Sqrt2 * math.Erfcinv(2*p) }

// normalBelow is the normal distribution function.
func normalBelow(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// betaBelow is the regularised incomplete beta function I_x(a, b), by the continued fraction of DLMF 8.17.22 evaluated by Lentz's method.
func betaBelow(x, a, b float64) float64 {
	if x <= 0 {
		return 0
	}
	if x >= 1 {
		return 1
	}
	return betaTerm(x, a, b, betaLog(a, b))
}

// betaLog is the logarithm of 1 / B(a, b).
func betaLog(a, b float64) float64 {
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	return lab - la - lb
}

func betaTerm(x, a, b, logC float64) float64 {
	front := math.Exp(logC + a*math.Log(x) + b*math.Log1p(-x))
	if x < (a+1)/(a+b+2) {
		return front * betaFraction(x, a, b) / a
	}
	return 1 - front*betaFraction(1-x, b, a)/b
}

func betaFraction(x, a, b float64) float64 {
	const tiny = 1e-300
	guard := func(v float64) float64 {
		if math.Abs(v) < tiny {
			return tiny
		}
		return v
	}
	c, d := 1.0, 1/guard(1-(a+b)*x/(a+1))
	h := d
	for m := 1.0; m <= 2000; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d = 1 / guard(1+even*d)
		c = guard(1 + even/c)
		h *= d * c
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d = 1 / guard(1+odd*d)
		c = guard(1 + odd/c)
		step := d * c
		h *= step
		if math.Abs(step-1) < 1e-15 {
			break
		}
	}
	return h
}

// betaQuantile inverts betaBelow by Newton's method inside a bracket, in the logarithm of the distance from the nearer end.
func betaQuantile(p, a, b float64) float64 {
	return betaInverse(p, a, b, betaLog(a, b), a/(a+b))
}

// betaInverse is betaQuantile with a first guess.
func betaInverse(p, a, b, logC, guess float64) float64 {
	if p <= 0 {
		return 0
	}
	if p >= 1 {
		return 1
	}
	lo, hi := 0.0, 1.0
	x := guess
	for range 200 {
		if !(x > lo && x < hi) {
			x = (lo + hi) / 2
		}
		f := betaTerm(x, a, b, logC) - p
		if f == 0 {
			return x
		}
		if f > 0 {
			hi = x
		} else {
			lo = x
		}
		slope := math.Exp(logC + (a-1)*math.Log(x) + (b-1)*math.Log1p(-x))
		step := f / slope
		next := x - step
		if math.Abs(step) <= 1e-15*min(x, 1-x)+1e-300 {
			return min(max(next, lo), hi)
		}
		if next <= lo || next >= hi || math.IsNaN(next) {
			switch { // towards the end that the step overshoots, by a power, since the quantile is one there
			case next <= lo && lo == 0:
				next = x / 16
			case next >= hi && hi == 1:
				next = 1 - (1-x)/16
			default:
				next = (lo + hi) / 2
			}
		}
		x = next
	}
	return x
}
