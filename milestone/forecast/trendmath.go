package forecast

import "math"

// trendLog, trendExp and trendNormal give the same bits on every architecture, which [math.Log] and [math.Exp] do not promise: a
// product that is added to something is rounded first by an explicit conversion, which the language specification says must not
// be fused. Fits, forecasts and draws use these alone; chances and scores may differ in their last bits between architectures.

// trendLog is the natural logarithm of a positive finite number, to within one unit in the last place: the reduction and the
// coefficients of FreeBSD's e_log.c.
func trendLog(x float64) float64 {
	const (
		ln2Hi = 6.93147180369123816490e-01
		ln2Lo = 1.90821492927058770002e-10
	)
	f, exponent := math.Frexp(x)
	if f < math.Sqrt2/2 {
		f *= 2
		exponent--
	}
	f--
	k := float64(exponent)
	s := f / (2 + f)
	s2 := float64(s * s)
	r := float64(s2 * trendPoly(s2, &logTerms))
	half := float64(0.5 * float64(f*f))
	return float64(k*ln2Hi) - ((half - (float64(s*(half+r)) + float64(k*ln2Lo))) - f)
}

var logTerms = [...]float64{
	6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01,
	1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01, 0,
}

// trendExp is the exponential function: the reduction and the coefficients of FreeBSD's e_exp.c. Beyond -745 and 709 it
// answers 0 and +Inf.
func trendExp(x float64) float64 {
	const (
		ln2Hi = 6.93147180369123816490e-01
		ln2Lo = 1.90821492927058770002e-10
	)
	switch {
	case x != x:
		return x
	case x > 709.78:
		return math.Inf(1)
	case x < -745.13:
		return 0
	}
	k := math.Floor(float64(x*math.Log2E) + 0.5)
	hi, lo := x-float64(k*ln2Hi), float64(k*ln2Lo)
	r := hi - lo
	t := float64(r * r)
	c := r - float64(t*trendPoly(t, &expTerms))
	return math.Ldexp(1-((lo-float64(r*c)/(2-c))-hi), int(k))
}

var expTerms = [...]float64{
	1.66666666666666657415e-01, -2.77777777770155933842e-03, 6.61375632143793436117e-05, -1.65339022054652515390e-06,
	4.13813679705723846039e-08, 0, 0, 0,
}

// trendPoly is c[0] + c[1]x + ... + c[7]x^7.
func trendPoly(x float64, c *[8]float64) float64 {
	s := float64(c[7]*x) + c[6]
	s = float64(s*x) + c[5]
	s = float64(s*x) + c[4]
	s = float64(s*x) + c[3]
	s = float64(s*x) + c[2]
	s = float64(s*x) + c[1]
	return float64(s*x) + c[0]
}

// trendNormal is the inverse of the standard normal distribution function at a p between 0 and 1, to about 1 part in 1e16:
// algorithm AS 241, PPND16 (Wichura, "The percentage points of the normal distribution", Applied Statistics 37, 1988, 477-484).
func trendNormal(p float64) float64 {
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return q * trendPoly(r, &normalA) / trendPoly(r, &normalB)
	}
	r := min(p, 1-p)
	if r <= 0 {
		return math.Copysign(math.Inf(1), q)
	}
	r = math.Sqrt(-trendLog(r))
	if r <= 5 {
		r -= 1.6
		r = trendPoly(r, &normalC) / trendPoly(r, &normalD)
	} else {
		r -= 5
		r = trendPoly(r, &normalE) / trendPoly(r, &normalF)
	}
	return math.Copysign(r, q)
}

var (
	normalA = [8]float64{
		3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
		45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
	}
	normalB = [8]float64{
		1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
		21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610,
	}
	normalC = [8]float64{
		1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
		1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4,
	}
	normalD = [8]float64{
		1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
		0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
	}
	normalE = [8]float64{
		6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
		0.0265321895265761230930, 0.00124266094738807843860, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
	}
	normalF = [8]float64{
		1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
		7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
	}
)

// trendPhi is the standard normal distribution function.
func trendPhi(z float64) float64 { return 0.5 * math.Erfc(-z/math.Sqrt2) }

// trendDensity is the standard normal density.
func trendDensity(z float64) float64 {
	return trendExp(-0.5*z*z) / math.Sqrt(2*math.Pi)
}

// trendStudent is the distribution function of Student's t for a whole number of degrees of freedom, by the finite sums of
// Abramowitz and Stegun, 26.7.3 and 26.7.4. It takes time linear in the degrees of freedom.
func trendStudent(t float64, dof int) float64 {
	if math.IsInf(t, 0) {
		return 0.5 + math.Copysign(0.5, t)
	}
	if t < 0 {
		return 1 - trendStudent(-t, dof)
	}
	nu := float64(dof)
	if t*t > 1e4*nu { // the sum would cancel: the tail's own series in 1/t², DLMF 8.17.7
		return 1 - trendStudentTail(t, nu)
	}
	theta := math.Atan(t / math.Sqrt(nu))
	sin, cos := math.Sincos(theta)
	cos2 := cos * cos
	var sum, term float64
	if dof%2 == 1 {
		term = cos
		for k := 1; k <= (dof-1)/2; k++ {
			sum += term
			term *= cos2 * float64(2*k) / float64(2*k+1)
		}
		return 0.5 + (theta+sin*sum)/math.Pi
	}
	term = 1
	for k := 1; k <= dof/2; k++ {
		sum += term
		term *= cos2 * float64(2*k-1) / float64(2*k)
	}
	return 0.5 + sin*sum/2
}

// trendStudentTail is P(T > t) = I_x(ν/2, 1/2)/2 with x = ν/(ν+t²), for small x.
func trendStudentTail(t, nu float64) float64 {
	x := nu / (nu + t*t)
	a := nu / 2
	lead := math.Exp(a*math.Log(x)-trendLogBeta(a, 0.5)) / 2
	sum, term := 1/a, 1.0
	for k := 1; k < 40; k++ {
		term *= x * (float64(k) - 0.5) / float64(k)
		sum += term / (a + float64(k))
	}
	return lead * sum
}

// trendLogBeta is the logarithm of the beta function.
func trendLogBeta(a, b float64) float64 {
	x, _ := math.Lgamma(a)
	y, _ := math.Lgamma(b)
	z, _ := math.Lgamma(a + b)
	return x + y - z
}

// trendStudentDensity is the density of Student's t.
func trendStudentDensity(t, nu float64) float64 {
	return math.Exp(-(nu+1)/2*math.Log1p(t*t/nu)-trendLogBeta(nu/2, 0.5)) / math.Sqrt(nu)
}

// trendStudentQuantile inverts [trendStudent] by bisection, which always ends and needs no care with the tails.
func trendStudentQuantile(p float64, dof int) float64 {
	switch {
	case p <= 0:
		return math.Inf(-1)
	case p >= 1:
		return math.Inf(1)
	case p == 0.5:
		return 0
	case p < 0.5:
		return -trendStudentQuantile(1-p, dof)
	}
	low, high := 0.0, 1.0
	for trendStudent(high, dof) < p && high < 1e300 {
		low, high = high, 2*high
	}
	for range 200 {
		mid := low + (high-low)/2
		if mid <= low || mid >= high {
			break
		}
		if trendStudent(mid, dof) < p {
			low = mid
		} else {
			high = mid
		}
	}
	return low + (high-low)/2
}
