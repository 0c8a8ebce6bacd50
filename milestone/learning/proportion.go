package learning

import (
	"math"
	"strconv"
)

// Counts is one arm: how many were counted and how many of them were a yes. It is data for a [Design] with one arm. The
// zero Counts is an arm before its first observation.
type Counts struct {
	Yes int `json:"yes"` // from 0 to N
	N   int `json:"n"`   // 0 or more
}

// Plus returns the two arms taken together.
func (c Counts) Plus(d Counts) Counts { return Counts{Yes: c.Yes + d.Yes, N: c.N + d.N} }

// Share is Yes/N, and NaN where nothing was counted.
func (c Counts) Share() float64 { return float64(c.Yes) / float64(c.N) }

func (c Counts) check() error { return c.checkAs("counts") }

func (c Counts) checkAs(what string) error {
	if c.N < 0 {
		return &RangeError{What: what + ": n", Value: float64(c.N), Want: "0 or more"}
	}
	if c.Yes < 0 || c.Yes > c.N {
		return &RangeError{What: what + ": yes", Value: float64(c.Yes), Want: "between 0 and n"}
	}
	return nil
}

// Interval is a closed range of values. The zero Interval stands for one that a method does not have; a range can also be
// [0, 0], which no method here returns.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// IsZero reports whether there is no interval.
func (i Interval) IsZero() bool { return i == Interval{} }

// Contains reports whether Low <= x <= High.
func (i Interval) Contains(x float64) bool { return i.Low <= x && x <= i.High }

// Width is High - Low.
func (i Interval) Width() float64 { return i.High - i.Low }

// String shows both ends to three decimals, rounded outward, so that what is printed never claims more than was found.
func (i Interval) String() string {
	return "[" + strconv.FormatFloat(roundDown(i.Low, 1000), 'f', 3, 64) + ", " + strconv.FormatFloat(roundUp(i.High, 1000), 'f', 3, 64) + "]"
}

// roundDown rounds to a multiple of 1/scale at or below x, forgiving 1e-9 of float noise; it never returns -0.
func roundDown(x, scale float64) float64 { return math.Floor(x*scale+1e-9)/scale + 0 }

func roundUp(x, scale float64) float64 { return math.Ceil(x*scale-1e-9)/scale + 0 }

// LogE is the natural logarithm of an e-value: what a bet against the null hypothesis, fair if it is true, has made of a
// stake of 1. Under the null an e-process reaches 1/α at some time with probability at most α (Ville's inequality), however
// often one looks. Zero says nothing either way; -Inf is a stake lost.
type LogE float64

// Value is e^l. It overflows to +Inf above 709.
func (l LogE) Value() float64 { return math.Exp(float64(l)) }

// P is the p-value min(1, 1/E), valid under any stopping.
func (l LogE) P() float64 { return min(1, math.Exp(-float64(l))) }

// Against reports whether the e-value is at least 1/alpha, and so excludes the null at that level.
func (l LogE) Against(alpha float64) bool { return float64(l) >= -math.Log(alpha) }

// Beta is the law of an unknown share with density proportional to p^(A-1) (1-p)^(B-1): as prior, A-1 and B-1 act as yes
// and no counted beforehand. Beta{1, 1} is flat. Both must be above 0; the zero Beta is unset, and designs read it as
// their documented default. Methods of an invalid Beta return NaN.
type Beta struct {
	A float64 `json:"a"`
	B float64 `json:"b"`
}

// IsZero reports whether the prior is unset.
func (b Beta) IsZero() bool { return b == Beta{} }

func (b Beta) check(what string) error {
	if err := positive(what+": a", b.A); err != nil {
		return err
	}
	return positive(what+": b", b.B)
}

func (b Beta) or(def Beta) Beta {
	if b.IsZero() {
		return def
	}
	return b
}

// Update returns the posterior after the counts: A + yes, B + no.
func (b Beta) Update(c Counts) Beta {
	return Beta{A: b.A + float64(c.Yes), B: b.B + float64(c.N-c.Yes)}
}

// Mean is A/(A+B). After early stopping it is the figure to report, since the raw share is pulled upward by the stopping.
func (b Beta) Mean() float64 { return b.A / (b.A + b.B) }

// Variance is AB/((A+B)²(A+B+1)).
func (b Beta) Variance() float64 {
	s := b.A + b.B
	return b.A / s * (b.B / s) / (s + 1)
}

// CDF is the probability that the share is at most x: the regularised incomplete beta function, to a relative 1e-12
// checked to A+B = 100,000. O(√(A+B)) time.
func (b Beta) CDF(x float64) float64 {
	l, _ := incompleteBeta(b.A, b.B, x, 1-x)
	return l
}

// Above is the probability that the share is more than x, accurate where CDF is near 1.
func (b Beta) Above(x float64) float64 {
	_, u := incompleteBeta(b.A, b.B, x, 1-x)
	return u
}

// Quantile is the share that lies above a proportion p of the law, 0 <= p <= 1, to a relative 1e-11 in both tails.
func (b Beta) Quantile(p float64) float64 { return betaQuantile(b.A, b.B, p) }

// Credible is the central interval that holds the share with probability 1-alpha, if the prior was honest. It is not a
// guard against looking often: stopping when it leaves a value is a false alarm in 4 cases of 10 by 500 observations.
// [Beta.Sequence] is.
func (b Beta) Credible(alpha float64) Interval {
	return Interval{Low: b.Quantile(alpha / 2), High: b.Quantile(1 - alpha/2)}
}

// LogMarginal is the logarithm of the probability, under the prior, of these yes and no in the order in which they came:
// log B(A+yes, B+no) - log B(A, B).
func (b Beta) LogMarginal(c Counts) float64 {
	after := b.Update(c)
	return logBeta(after.A, after.B) - logBeta(b.A, b.B)
}

// LogE is the beta-mixture e-process against the null that the share is p0, the ratio of prior to posterior density there:
//
//	E = B(A+yes, B+no) / (B(A,B) p0^yes (1-p0)^no)
//
// (Robbins 1970; Waudby-Smith & Ramdas 2020). It is exact and valid from the first observation on. O(1).
func (b Beta) LogE(c Counts, p0 float64) LogE {
	e := b.LogMarginal(c)
	if c.Yes > 0 {
		e -= float64(c.Yes) * math.Log(p0)
	}
	if c.N > c.Yes {
		e -= float64(c.N-c.Yes) * math.Log1p(-p0)
	}
	return LogE(e)
}

// Sequence is the confidence sequence of the share at these counts: every p0 whose e-value is below 1/alpha. With
// probability at least 1-alpha it holds the share at every count at once, so it may be read at every observation. The
// e-value is convex in p0, so it is one interval, found by halving to 1e-15. At very small counts it is nearly [0, 1].
func (b Beta) Sequence(c Counts, alpha float64) Interval {
	f := func(p float64) float64 { return float64(b.LogE(c, p)) + math.Log(alpha) }
	return hullAround(f, c, 1e-300, 1-0x1p-53)
}

// hullAround finds where f, negative at the observed share and rising away from it, crosses 0 on both sides, looking no
// nearer to 0 and 1 than low and high.
func hullAround(f func(float64) float64, c Counts, low, high float64) Interval {
	out := Interval{Low: 0, High: 1}
	if c.N == 0 {
		return out
	}
	s := min(max(c.Share(), low), high)
	if c.Yes > 0 && f(low) > 0 {
		out.Low = rootBetween(f, low, s)
	}
	if c.Yes < c.N && f(high) > 0 {
		out.High = rootBetween(f, s, high)
	}
	return out
}

// MixtureInterval is the sub-Bernoulli mixture confidence sequence of a share (Howard, Ramdas, McAuliffe & Sekhon 2021),
// for teams that would rather name a sample size than a prior: it is narrowest near tunedFor observations. It tests each
// p with a mixture Beta(r/(1-p), r/p), where r follows from tunedFor as in the authors' confseq library. 0 < alpha < 1,
// tunedFor >= 1.
func MixtureInterval(c Counts, alpha float64, tunedFor int) Interval {
	f := func(p float64) float64 { return float64(subBernoulli(tunedFor, p).LogE(c, p)) + math.Log(alpha) }
	return hullAround(f, c, 1e-9, 1-1e-9)
}

// subBernoulli is the mixture with which the sub-Bernoulli sequence tests p. Its mean is p.
func subBernoulli(tunedFor int, p float64) Beta {
	v := p * (1 - p)
	r := max(mixtureRho(float64(tunedFor)*v, 0.05)-v, 1e-3*v)
	return Beta{A: r / (1 - p), B: r / p}
}
