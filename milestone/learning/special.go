package learning

import "math"

// stirlingRest is log Γ(x) - ((x-1/2) log x - x + log √2π) for x >= 10, to 1e-17 (Abramowitz & Stegun 6.1.41).
func stirlingRest(x float64) float64 {
	y := 1 / (x * x)
	return (1.0/12 - y*(1.0/360-y*(1.0/1260-y*(1.0/1680-y*(1.0/1188-y*(691.0/360360-y*(1.0/156-y*3617.0/122400))))))) / x
}

// logBeta is log B(a, b) for a, b > 0, without the cancellation of three log gammas where one of them is large
// (Didonato & Morris 1992, section 2; the cases are those of R's lbeta).
func logBeta(a, b float64) float64 {
	p, q := min(a, b), max(a, b)
	switch {
	case p >= 10:
		rest := stirlingRest(p) + stirlingRest(q) - stirlingRest(p+q)
		return -0.5*math.Log(q) + 0.5*math.Log(2*math.Pi) + rest + (p-0.5)*math.Log(p/(p+q)) + q*math.Log1p(-p/(p+q))
	case q >= 10:
		lp, _ := math.Lgamma(p)
		return lp + stirlingRest(q) - stirlingRest(p+q) + p - p*math.Log(p+q) + (q-0.5)*math.Log1p(-p/(p+q))
	}
	lp, _ := math.Lgamma(p)
	lq, _ := math.Lgamma(q)
	ls, _ := math.Lgamma(p + q)
	return lp + lq - ls
}

// log1pLess is log(1+u) - u for u > -1, accurate where u is small.
func log1pLess(u float64) float64 {
	if math.Abs(u) > 0.5 {
		return math.Log1p(u) - u
	}
	r := u / (2 + u)
	r2 := r * r
	sum := 0.0
	for k := 41; k >= 3; k -= 2 {
		sum = sum*r2 + 1/float64(k)
	}
	return 2*r*r2*sum - u*r
}

// logPower is log(x^a y^b / B(a, b)) where x + y = 1. For large a and b it is taken around the mode, since the plain form
// loses as many digits as a and b have.
func logPower(a, b, x, y float64) float64 {
	if a >= 10 && b >= 10 {
		s := a + b
		d := x*b/s - y*a/s // x - a/(a+b), without rounding x+y
		u, v := d*s/a, -d*s/b
		if u > -0.9 && v > -0.9 {
			return 0.5*math.Log(a/s*b/(2*math.Pi)) + a*log1pLess(u) + b*log1pLess(v) + stirlingRest(s) - stirlingRest(a) - stirlingRest(b)
		}
	}
	return a*logOf(x, y) + b*logOf(y, x) - logBeta(a, b)
}

// logOf is log x where x + y = 1, by way of y where x is near 1.
func logOf(x, y float64) float64 {
	if x > 0.5 {
		return math.Log1p(-y)
	}
	return math.Log(x)
}

// incompleteBeta returns the regularised incomplete beta function at x and its complement; x + y = 1, and both are given
// so that neither tail loses digits. The smaller of the two is computed directly, by the continued fraction of Didonato &
// Morris (DLMF 8.17.22) with Lentz's method: O(√(a+b)) steps.
func incompleteBeta(a, b, x, y float64) (lower, upper float64) {
	switch {
	case math.IsNaN(x) || math.IsNaN(y) || !(a > 0) || !(b > 0):
		return math.NaN(), math.NaN()
	case x <= 0:
		return 0, 1
	case y <= 0:
		return 1, 0
	case x*(a+b+2) > a+1:
		upper, lower = incompleteBeta(b, a, y, x)
		return lower, upper
	}
	const tiny = 1e-300
	c, d := 1.0, 1-(a+b)*x/(a+1)
	if math.Abs(d) < tiny {
		d = tiny
	}
	d = 1 / d
	h := d
	for m := 1.0; m < 200000; m++ {
		t := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d = 1 + t*d
		c = 1 + t/c
		if math.Abs(d) < tiny {
			d = tiny
		}
		if math.Abs(c) < tiny {
			c = tiny
		}
		d = 1 / d
		h *= d * c
		t = -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d = 1 + t*d
		c = 1 + t/c
		if math.Abs(d) < tiny {
			d = tiny
		}
		if math.Abs(c) < tiny {
			c = tiny
		}
		d = 1 / d
		step := d * c
		h *= step
		if math.Abs(step-1) < 1e-16 {
			break
		}
	}
	lower = min(1, math.Exp(logPower(a, b, x, y))/a*h)
	return lower, 1 - lower
}

// logistic returns 1/(1+e^-t) and its complement, each to full relative accuracy.
func logistic(t float64) (x, y float64) {
	if t < 0 {
		e := math.Exp(t)
		return e / (1 + e), 1 / (1 + e)
	}
	e := math.Exp(-t)
	return 1 / (1 + e), e / (1 + e)
}

// betaQuantile solves I_x(a, b) = p by Newton's method on the logarithm of the nearer tail as a function of log odds,
// kept inside a bracket. That function is concave, so the method holds in the tails, where solving for x itself does not.
func betaQuantile(a, b, p float64) float64 {
	switch {
	case !(a > 0) || !(b > 0) || !(p >= 0 && p <= 1):
		return math.NaN()
	case p == 0:
		return 0
	case p == 1:
		return 1
	case p > 0.5:
		// The lower tail of the mirrored law; 1-p is exact for p in [0.5, 1].
		t := betaLogOdds(b, a, 1-p)
		_, y := logistic(t)
		return y
	}
	x, _ := logistic(betaLogOdds(a, b, p))
	return x
}

// betaLogOdds returns the log odds t at which the lower tail of Beta(a, b) is p, for 0 < p <= 1/2.
func betaLogOdds(a, b, p float64) float64 {
	target := math.Log(p)
	low, high := -1e6, 1e6
	t := math.Log(a / b)
	for range 400 {
		f, slope := logTail(a, b, t)
		f -= target
		if f < 0 {
			low = max(low, t)
		} else {
			high = min(high, t)
		}
		next := t - f/slope
		if !(next > low && next < high) {
			next = low + (high-low)/2
		}
		if math.Abs(next-t) <= 4e-16*max(1, math.Abs(t)) {
			return next
		}
		t = next
	}
	return t
}

// logTail is the logarithm of the lower tail of Beta(a, b) at log odds t, and its slope in t. Where the tail is below the
// smallest number it is the leading term of its series, and so a little low, which is all that a search needs there.
func logTail(a, b, t float64) (value, slope float64) {
	x, y := logistic(t)
	if x < 1e-290 {
		return a*t - math.Log(a) - logBeta(a, b), a
	}
	power := logPower(a, b, x, y)
	tail, _ := incompleteBeta(a, b, x, y)
	if tail < 1e-300 {
		return power - math.Log(a), max(a*y-b*x, a*1e-3)
	}
	return math.Log(tail), math.Exp(power) / tail
}

func normalDensity(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }

// normalTail is the probability that a standard normal exceeds z.
func normalTail(z float64) float64 { return 0.5 * math.Erfc(z/math.Sqrt2) }

// normalUpper returns the z that a standard normal exceeds with probability p, 0 < p < 1. One Newton step mends what
// Erfinv loses in the tail.
func normalUpper(p float64) float64 {
	if p > 0.5 {
		return -normalUpper(1 - p)
	}
	if p < 1e-15 { // Erfinv(1) is infinite: start from the leading term of the tail and iterate
		z := math.Sqrt(-2 * math.Log(p))
		for range 20 {
			z += math.Log(normalTail(z)/p) * normalTail(z) / normalDensity(z)
		}
		return z
	}
	z := math.Sqrt2 * math.Erfinv(1-2*p)
	for range 3 {
		z += math.Log(normalTail(z)/p) * normalTail(z) / normalDensity(z)
	}
	return z
}

// unitLoss is the unit normal loss E[(Z-z)+] for a standard normal Z.
func unitLoss(z float64) float64 {
	if z > 8 { // the two terms agree to all digits: the leading terms of the asymptotic series of the difference
		return normalDensity(z) / (z * z) * (1 - 3/(z*z)*(1-5/(z*z)))
	}
	return normalDensity(z) - z*normalTail(z)
}

// gammaTails returns the regularised incomplete gamma functions P(a, x) and Q(a, x), by series or continued fraction
// (DLMF 8.11.4, 8.9.2); the smaller is computed directly where x is away from a.
func gammaTails(a, x float64) (lower, upper float64) {
	if x <= 0 {
		return 0, 1
	}
	lg, _ := math.Lgamma(a)
	front := math.Exp(a*math.Log(x) - x - lg)
	if x < a+1 {
		term := 1 / a
		sum := term
		for k := 1.0; k < 1e6; k++ {
			term *= x / (a + k)
			sum += term
			if term < sum*1e-17 {
				break
			}
		}
		lower = min(1, front*sum)
		return lower, 1 - lower
	}
	const tiny = 1e-300
	b := x + 1 - a
	c, d := 1/tiny, 1/b
	h := d
	for k := 1.0; k < 1e6; k++ {
		an := -k * (k - a)
		b += 2
		d = an*d + b
		if math.Abs(d) < tiny {
			d = tiny
		}
		c = b + an/c
		if math.Abs(c) < tiny {
			c = tiny
		}
		d = 1 / d
		step := d * c
		h *= step
		if math.Abs(step-1) < 1e-16 {
			break
		}
	}
	upper = min(1, front*h)
	return 1 - upper, upper
}

// studentUpper returns the t that Student's law with df degrees of freedom exceeds with probability p <= 1/2.
func studentUpper(df, p float64) float64 {
	x := betaQuantile(df/2, 0.5, 2*p)
	return math.Sqrt(df * (1 - x) / x)
}

// studentTwoSided is the probability that Student's law with df degrees of freedom lies beyond ±t.
func studentTwoSided(df, t float64) float64 {
	p, _ := incompleteBeta(df/2, 0.5, df/(df+t*t), t*t/(df+t*t))
	return p
}

// rootBetween returns the point between low and high at which f, of different signs there, changes sign, to the last bit
// or 200 halvings.
func rootBetween(f func(float64) float64, low, high float64) float64 {
	up := f(high) > 0
	for range 200 {
		mid := low + (high-low)/2
		if mid == low || mid == high {
			break
		}
		if (f(mid) > 0) == up {
			high = mid
		} else {
			low = mid
		}
	}
	return low + (high-low)/2
}

// doubleExponential integrates f over [low, high] by the tanh-sinh rule (Takahasi & Mori 1974) with 2·64+1 points, which
// bears algebraic singularities at the ends.
func doubleExponential(f func(float64) float64, low, high float64) float64 {
	const reach, points = 3.6, 64
	h := reach / points
	half := (high - low) / 2
	sum := 0.0
	for k := -points; k <= points; k++ {
		u := h * float64(k)
		g := math.Pi / 2 * math.Sinh(u)
		// 1 - tanh g, computed from the nearer end
		gap := 2 / (math.Exp(2*math.Abs(g)) + 1) * half
		x := low + gap
		if g > 0 {
			x = high - gap
		}
		if x <= low || x >= high {
			continue
		}
		c := math.Cosh(g)
		sum += f(x) * math.Pi / 2 * math.Cosh(u) / (c * c)
	}
	return sum * h * half
}
