package learning

import (
	"math"
	"slices"
)

// Block is a small group of people allocated together, with a fixed number in each arm: one and one is usual. The sizes
// must be settled before the outcomes are seen. A block is given when all its outcomes are in.
type Block struct {
	A Counts `json:"a"`
	B Counts `json:"b"`
}

// Blocks is a comparison of two arms in the order in which blocks were completed. It is data for a [Design] with two arms.
type Blocks []Block

// Total is both arms over all blocks.
func (b Blocks) Total() Pair {
	var p Pair
	for i := range b {
		p.A, p.B = p.A.Plus(b[i].A), p.B.Plus(b[i].B)
	}
	return p
}

// Pair is two arms by their totals. It is data for designs that are read at planned numbers; looking at any time needs
// [Blocks], since it bets on each block with what was known before it.
type Pair struct {
	A Counts `json:"a"`
	B Counts `json:"b"`
}

// safePrior is where Turner, Ly & Grünwald (2024, and their package safestats) found the regret of the safe test least.
var safePrior = Beta{A: 0.18, B: 0.18}

func (p Pair) check() error {
	if err := p.A.checkAs("arm a"); err != nil {
		return err
	}
	return p.B.checkAs("arm b")
}

func (b Blocks) check() error {
	for i := range b {
		if err := Pair(b[i]).check(); err != nil {
			return err
		}
	}
	return nil
}

// SafeTwo is the safe 2x2 test (Turner, Ly & Grünwald 2024): an e-process against the null that the share of B exceeds
// that of A by exactly Difference, 0 for no difference. Each block multiplies it by the probability of the block under the
// posterior means so far, over its probability under the point of the null nearest to them in Kullback-Leibler divergence.
// It is exact for any block sizes, from the first block on. The zero SafeTwo starts from
// Beta{0.18, 0.18} in each arm, where its authors found the regret least. Not safe for
// concurrent use. Add takes O(1) time.
type SafeTwo struct {
	// A and B are the laws of the two shares now: the priors before the first Add, the posteriors after.
	A, B Beta
	// Difference is the null, in (-1, 1), of B less A. It must not change after the first Add.
	Difference float64

	log, peak LogE
}

// Add counts a block. A block with bad counts is an [*RangeError] and changes nothing.
func (s *SafeTwo) Add(b Block) error {
	if err := Pair(b).check(); err != nil {
		return err
	}
	s.A, s.B = s.A.or(safePrior), s.B.or(safePrior)
	a, t := s.A.Mean(), s.B.Mean()
	na, nb := nearestNull(float64(b.A.N), float64(b.B.N), a, t, s.Difference)
	s.log += LogE(logLikelihood(b.A, a) + logLikelihood(b.B, t) - logLikelihood(b.A, na) - logLikelihood(b.B, nb))
	s.peak = max(s.peak, s.log)
	s.A, s.B = s.A.Update(b.A), s.B.Update(b.B)
	return nil
}

// LogE is the e-value now, 0 before the first block.
func (s *SafeTwo) LogE() LogE { return s.log }

// Peak is the largest e-value so far. It too excludes the null when it reaches 1/α, by Ville's inequality.
func (s *SafeTwo) Peak() LogE { return s.peak }

func logLikelihood(c Counts, p float64) float64 {
	l := 0.0
	if c.Yes > 0 {
		l += float64(c.Yes) * math.Log(p)
	}
	if c.N > c.Yes {
		l += float64(c.N-c.Yes) * math.Log1p(-p)
	}
	return l
}

// nearestNull returns the point (p, p+d) that minimises na·KL(a‖p) + nb·KL(b‖p+d). The derivative is increasing in p, so
// Newton steps inside a bracket find it; at d = 0 it is the weighted mean.
func nearestNull(na, nb, a, b, d float64) (pa, pb float64) {
	if d == 0 {
		p := (na*a + nb*b) / (na + nb)
		if na+nb == 0 {
			p = a
		}
		return p, p
	}
	low, high := max(0, -d), min(1, 1-d)
	p := (na*a + nb*(b-d)) / (na + nb)
	if !(p > low && p < high) {
		p = low + (high-low)/2
	}
	for range 100 {
		q := p + d
		va, vb := p*(1-p), q*(1-q)
		f := na*(p-a)/va + nb*(q-b)/vb
		if f == 0 {
			break
		}
		if f > 0 {
			high = p
		} else {
			low = p
		}
		slope := na*(va-(p-a)*(1-2*p))/(va*va) + nb*(vb-(q-b)*(1-2*q))/(vb*vb)
		next := p - f/slope
		if !(next > low && next < high) {
			next = low + (high-low)/2
		}
		if math.Abs(next-p) <= 1e-15 {
			p = next
			break
		}
		p = next
	}
	return p, p + d
}

// DifferenceSequence is the confidence sequence of the share of B less that of A that belongs to [SafeTwo]: every
// difference whose e-value after these blocks is below 1/alpha, or the smallest interval that holds them all. It leaves
// out 0 exactly when the test of no difference excludes it, and holds the true difference at every block at once with
// probability at least 1-alpha. Both ends are found on a grid of 1/100 and refined by halving to 1e-9. The zero prior
// means Beta{0.18, 0.18}. O(blocks) time, 260 times.
func DifferenceSequence(prior Beta, blocks Blocks, alpha float64) Interval {
	a, b := prior.or(safePrior), prior.or(safePrior)
	means := make([][2]float64, len(blocks))
	top := 0.0 // log probability of all blocks under the running means
	for i, k := range blocks {
		means[i] = [2]float64{a.Mean(), b.Mean()}
		top += logLikelihood(k.A, a.Mean()) + logLikelihood(k.B, b.Mean())
		a, b = a.Update(k.A), b.Update(k.B)
	}
	excluded := func(d float64) float64 {
		l := top
		for i, k := range blocks {
			pa, pb := nearestNull(float64(k.A.N), float64(k.B.N), means[i][0], means[i][1], d)
			l -= logLikelihood(k.A, pa) + logLikelihood(k.B, pb)
		}
		return l + math.Log(alpha)
	}
	const cells = 200
	at := func(i int) float64 { return -1 + 2*float64(i)/cells }
	first, last := -1, -1
	for i := 1; i < cells; i++ {
		if excluded(at(i)) < 0 {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 { // narrower than a cell: it holds the difference of the posterior means, which lies in the null it is nearest to
		d := b.Mean() - a.Mean()
		if excluded(d) >= 0 {
			return Interval{Low: d, High: d}
		}
		return Interval{Low: edgeOf(excluded, d-1.0/cells, d), High: edgeOf(excluded, d+1.0/cells, d)}
	}
	out := Interval{Low: -1, High: 1}
	if first > 1 {
		out.Low = edgeOf(excluded, at(first-1), at(first))
	}
	if last < cells-1 {
		out.High = edgeOf(excluded, at(last+1), at(last))
	}
	return out
}

// edgeOf halves between a point where f >= 0 and one where f < 0, to 1e-9, and returns the outer one.
func edgeOf(f func(float64) float64, outside, inside float64) float64 {
	for math.Abs(outside-inside) > 1e-9 {
		mid := outside + (inside-outside)/2
		if f(mid) >= 0 {
			outside = mid
		} else {
			inside = mid
		}
	}
	return outside
}

// Versus is the posterior of two independent shares. Its figures are right given the prior and are no guard against
// looking often: a rule that stops when the chance leaves [0.05, 0.95] raises 29 to 65 false alarms in 100.
type Versus struct {
	A Beta `json:"a"`
	B Beta `json:"b"`
}

// ChanceBHigher is P(B > A), by the trapezoidal rule in log odds over the narrower of the two laws, which for such
// functions converges faster than any power of the step: to 1e-13 against the closed form of Miller (2014). About 200
// evaluations of [Beta.CDF].
func (v Versus) ChanceBHigher() float64 {
	if v.A.check("") != nil || v.B.check("") != nil {
		return math.NaN()
	}
	if logOddsSD(v.A) < logOddsSD(v.B) {
		return overLogOdds(v.A, func(x, y float64) float64 { _, u := incompleteBeta(v.B.A, v.B.B, x, y); return u })
	}
	return overLogOdds(v.B, func(x, y float64) float64 { l, _ := incompleteBeta(v.A.A, v.A.B, x, y); return l })
}

// LossOfA is the expected loss of choosing A: E[max(B-A, 0)], in the units of the shares.
func (v Versus) LossOfA() float64 { return expectedLoss(v.B, v.A) }

// LossOfB is the expected loss of choosing B: E[max(A-B, 0)], in the units of the shares. Computed as the integral of
// P(B < x < A) over x, whose integrand is positive, so that losses of 1e-7 keep their digits: relative error 1e-11.
func (v Versus) LossOfB() float64 { return expectedLoss(v.A, v.B) }

// Mean is the posterior mean of B less A.
func (v Versus) Mean() float64 { return v.B.Mean() - v.A.Mean() }

// Credible is the central interval that holds B less A with probability 1-alpha. The error of each end in probability is
// below 1e-9. About 20,000 evaluations of [Beta.CDF].
func (v Versus) Credible(alpha float64) Interval {
	if v.A.check("") != nil || v.B.check("") != nil {
		return Interval{Low: math.NaN(), High: math.NaN()}
	}
	atMost := func(p float64) float64 {
		return rootTo(func(d float64) float64 { return v.atMost(d) - p }, -1, 1, 1e-10)
	}
	return Interval{Low: atMost(alpha / 2), High: atMost(1 - alpha/2)}
}

// atMost is P(B - A <= d). The integral over the narrower law is cut where the other leaves [0, 1].
func (v Versus) atMost(d float64) float64 {
	if logOddsSD(v.A) > logOddsSD(v.B) { // P(B-A <= d) = 1 - P(A-B <= -d)
		return 1 - Versus{A: v.B, B: v.A}.atMost(-d)
	}
	low, high := logOddsReach(v.A)
	density := func(t float64) float64 {
		x, y := logistic(t)
		var l float64
		switch {
		case x+d <= 0:
			return 0
		case y-d <= 0:
			l = 1
		default:
			l, _ = incompleteBeta(v.B.A, v.B.B, x+d, y-d)
		}
		return math.Exp(logPower(v.A.A, v.A.B, x, y)) * l
	}
	cut := math.NaN()
	if d < 0 {
		cut = math.Log(-d / (1 + d))
	} else if d > 0 {
		cut = math.Log((1 - d) / d)
	}
	if cut > low && cut < high {
		return min(1, doubleExponential(density, low, cut)+doubleExponential(density, cut, high))
	}
	return min(1, doubleExponential(density, low, high))
}

func rootTo(f func(float64) float64, low, high, tol float64) float64 {
	for high-low > tol {
		mid := low + (high-low)/2
		if f(mid) > 0 {
			high = mid
		} else {
			low = mid
		}
	}
	return low + (high-low)/2
}

// logOddsSD approximates the standard deviation of the log odds under b, within a factor of two.
func logOddsSD(b Beta) float64 { return math.Sqrt(1/b.A + 1/b.B + 0.5/(b.A*b.A) + 0.5/(b.B*b.B)) }

// logOddsReach returns log odds between which all but 1e-19 of b lies on each side.
func logOddsReach(b Beta) (low, high float64) {
	return betaLogOdds(b.A, b.B, 1e-19), -betaLogOdds(b.B, b.A, 1e-19)
}

// overLogOdds is E[f] under b by the trapezoidal rule in log odds. The density there is log-concave and analytic in a
// strip of half-width π, so a step of 0.3 or a third of its spread leaves an error below 1e-15 for smooth f.
func overLogOdds(b Beta, f func(x, y float64) float64) float64 {
	low, high := logOddsReach(b)
	h := min(0.3, logOddsSD(b)/3)
	n := int(math.Ceil((high - low) / h))
	sum := 0.0
	for i := 0; i <= n; i++ {
		x, y := logistic(low + float64(i)*h)
		if w := math.Exp(logPower(b.A, b.B, x, y)); w > 0 {
			sum += w * f(x, y)
		}
	}
	return min(1, sum*h)
}

// expectedLoss is E[max(a-b, 0)], by Gauss-Legendre panels in log odds: within the reach of a law they are as wide as its
// standard deviation, and elsewhere at most 0.9, well inside the strip in which the integrand is analytic.
func expectedLoss(a, b Beta) float64 {
	if a.check("") != nil || b.check("") != nil {
		return math.NaN()
	}
	// Below b's reach P(b < x) is nearly 0, above a's P(a > x) is. The measure x(1-x) dt bounds the reach of flat laws.
	la, ha := logOddsReach(a)
	lb, hb := logOddsReach(b)
	low, high := max(lb, -45), min(ha, 45)
	if low >= high {
		low, high = min(low, high)-1, max(low, high)+1
	}
	cuts := []float64{low, high}
	for _, c := range []float64{la, ha, lb, hb} {
		if c > low && c < high {
			cuts = append(cuts, c)
		}
	}
	slices.Sort(cuts)
	sum := 0.0
	for i := 1; i < len(cuts); i++ {
		mid, wide := (cuts[i-1]+cuts[i])/2, 0.9
		if mid > la && mid < ha {
			wide = min(wide, logOddsSD(a))
		}
		if mid > lb && mid < hb {
			wide = min(wide, logOddsSD(b))
		}
		nodes, weights := panels(cuts[i-1], cuts[i], wide)
		for k, t := range nodes {
			x, y := logistic(t)
			below, _ := incompleteBeta(b.A, b.B, x, y)
			_, above := incompleteBeta(a.A, a.B, x, y)
			sum += weights[k] * below * above * x * y
		}
	}
	return sum
}
