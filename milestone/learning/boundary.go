package learning

import "math"

// mixtureRho is the mixing precision at which the two-sided normal mixture boundary is tightest near intrinsic time v.
func mixtureRho(v, alpha float64) float64 {
	l := -2 * math.Log(alpha)
	return v / (l + math.Log1p(l))
}

// NormalBoundary is the two-sided normal mixture boundary (Robbins 1970; Howard et al. 2021): a sum with intrinsic time v
// (the sum of the variances so far) stays within ± the boundary at every v at once with probability at least 1-alpha. It
// is tightest near v = tunedFor. v >= 0, tunedFor > 0, 0 < alpha < 1.
func NormalBoundary(v, alpha, tunedFor float64) float64 {
	rho := mixtureRho(tunedFor, alpha)
	return math.Sqrt((v + rho) * (math.Log1p(v/rho) - 2*math.Log(alpha)))
}

// NormalBoundaryAbove is the one-sided [NormalBoundary]: the sum stays below it at every v with probability at
// least 1-alpha. 0 < alpha < 0.5.
func NormalBoundaryAbove(v, alpha, tunedFor float64) float64 {
	rho := mixtureRho(tunedFor, 2*alpha)
	f := func(s float64) float64 { return logHalfNormalMixture(s, v, rho) + math.Log(alpha) }
	high := 1.0
	for f(high) < 0 && high < math.MaxFloat64/2 {
		high *= 2
	}
	return rootBetween(f, 0, high)
}

func logHalfNormalMixture(s, v, rho float64) float64 {
	return 0.5*math.Log(4*rho/(v+rho)) + s*s/(2*(v+rho)) + math.Log(normalTail(-s/math.Sqrt(v+rho)))
}

func logNormalMixture(s, v, rho float64) float64 {
	return 0.5*math.Log(rho/(v+rho)) + s*s/(2*(v+rho))
}

// StitchedBoundary is the polynomially stitched boundary (Howard et al. 2021, theorem 1), one-sided, for a sum whose
// increments are sub-gamma with scale c: it grows as the law of the iterated logarithm does, without an end. It holds from
// intrinsic time start on; s > 1 and eta > 1 shape it, and 1.4 and 2 are usual.
func StitchedBoundary(v, alpha, start, c, s, eta float64) float64 {
	v = max(v, start)
	a := s*math.Log(math.Log(eta*v/start)) + math.Log(zeta(s)/(alpha*math.Pow(math.Log(eta), s)))
	k1 := (math.Pow(eta, 0.25) + math.Pow(eta, -0.25)) / math.Sqrt2
	k2 := (math.Sqrt(eta) + 1) / 2
	t := k2 * c * a
	return math.Sqrt(k1*k1*v*a+t*t) + t
}

// zeta is Riemann's zeta function for s > 1 by Euler and Maclaurin from 20 terms, to 1e-14.
func zeta(s float64) float64 {
	const n = 20.0
	sum := 0.0
	for k := n - 1; k >= 1; k-- {
		sum += math.Pow(k, -s)
	}
	p := math.Pow(n, -s)
	sum += n*p/(s-1) + p/2
	term := s * p / n
	sum += term / 12
	term *= (s + 1) * (s + 2) / (n * n)
	sum -= term / 720
	term *= (s + 3) * (s + 4) / (n * n)
	return sum + term/30240
}

// CountBoundary is the gamma-Poisson mixture boundary (Howard et al. 2021, proposition 10), one-sided, for a sum of
// centred counts with increments of scale c, such as the number of events above what was expected: v is the expected
// number so far, and it is tightest near v = tunedFor. 0 < alpha < 0.5. 0 < alpha < 0.5.
func CountBoundary(v, alpha, tunedFor, c float64) float64 {
	rho := mixtureRho(tunedFor, 2*alpha)
	f := func(s float64) float64 { return logGammaPoisson(s, v, rho, c) + math.Log(alpha) }
	high := 1.0
	for f(high) < 0 && high < math.MaxFloat64/2 {
		high *= 2
	}
	return rootBetween(f, 0, high)
}

func logGammaPoisson(s, v, rho, c float64) float64 {
	a := rho / (c * c)
	lg, _ := math.Lgamma(a)
	_, tail := gammaTails(a, a)
	front := a*math.Log(a) - lg - math.Log(tail)
	b := (v + rho) / (c * c)
	k := s/c + b
	lk, _ := math.Lgamma(k)
	_, pk := gammaTails(k, b)
	return front + lk + math.Log(pk) - k*math.Log(b) + v/(c*c)
}
