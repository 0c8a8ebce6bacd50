package learning

import (
	"math"
	"slices"

	"github.com/missionled/missionled/accountability/record"
)

// MaxLooks is the largest number of planned looks. More are better served by [Anytime].
const MaxLooks = 20

// A LookRule is the shape of the boundary at planned looks. The zero LookRule means [OBrienFleming].
type LookRule uint8

// The rules. The list is closed.
const (
	Pocock        LookRule = iota + 1 // the same bar at each look (Pocock 1977)
	OBrienFleming                     // a bar that starts high and falls as 1/√information (O'Brien & Fleming 1979)
)

var lookRules = []string{"", "pocock", "obrien-fleming"}

// String returns the rule's text; the zero LookRule reads "obrien-fleming".
func (l LookRule) String() string {
	if l == 0 || int(l) >= len(lookRules) {
		return lookRules[OBrienFleming]
	}
	return lookRules[l]
}

// IsZero reports whether no rule is stated.
func (l LookRule) IsZero() bool { return l == 0 }

// MarshalText returns the rule's text; the zero LookRule gives the empty text.
func (l LookRule) MarshalText() ([]byte, error) {
	return record.EnumMarshal("rule of looks", lookRules, l)
}

// UnmarshalText reads a rule's text. The error is a [*record.EnumError].
func (l *LookRule) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("rule of looks", lookRules, l, b)
}

// LookBoundaries returns, for each look, the z that the test statistic must reach so that the probability of reaching any
// of them under the null is alpha, one-sided. at holds the numbers of observations, increasing. The probability is the
// recursive integral of Armitage, McPherson & Rowe (1969) over the paths that have not crossed, by Gauss-Legendre panels,
// to about 1e-9; the constant is found by the secant method. Two-sided designs give it half their alpha.
//
// Errors are [*RangeError]: no look or more than [MaxLooks], numbers not increasing, alpha outside (0, ½). It takes about
// 3 ms with five looks and 30 ms with twenty.
func LookBoundaries(rule LookRule, at []int, alpha float64) ([]float64, error) {
	if err := checkLooks(at); err != nil {
		return nil, err
	}
	if !(alpha > 0 && alpha < 0.5) {
		return nil, &RangeError{What: "one-sided alpha", Value: alpha, Want: "more than 0 and less than 0.5"}
	}
	last := float64(at[len(at)-1])
	info := make([]float64, len(at))
	for i, n := range at {
		info[i] = float64(n) / last
	}
	shape := func(c float64) []float64 {
		z := make([]float64, len(info))
		for i, t := range info {
			z[i] = c
			if rule != Pocock {
				z[i] = c / math.Sqrt(t)
			}
		}
		return z
	}
	// The constant lies between that of one look and Bonferroni's. In the constant log α is close to a parabola.
	low, high := normalUpper(alpha), normalUpper(alpha/float64(len(at)))
	f := func(c float64) float64 { return math.Log(crossing(info, shape(c)) / alpha) }
	if len(at) == 1 {
		return shape(low), nil
	}
	fl, fh := f(low), f(high)
	c, side := high, 0
	for range 60 {
		c = low + (high-low)*fl/(fl-fh)
		fc := f(c)
		if math.Abs(fc) < 1e-11 || high-low < 1e-12 {
			break
		}
		if fc > 0 {
			low, fl = c, fc
			if side == 1 {
				fh /= 2 // Illinois: the other end has not moved twice, so halve it
			}
			side = 1
		} else {
			high, fh = c, fc
			if side == -1 {
				fl /= 2
			}
			side = -1
		}
	}
	return shape(c), nil
}

func checkLooks(at []int) error {
	if len(at) == 0 || len(at) > MaxLooks {
		return &RangeError{What: "number of looks", Value: float64(len(at)), Want: "between 1 and 20"}
	}
	for i, n := range at {
		if n < 1 || i > 0 && n <= at[i-1] {
			return &RangeError{What: "look", Value: float64(n), Want: "1 or more, and more than the look before it"}
		}
	}
	return nil
}

// crossing is the probability that Brownian motion at the times info reaches z√info at any of them.
func crossing(info, z []float64) float64 {
	total := normalTail(z[0])
	var nodes, density []float64 // weighted density of the paths still below, at the previous look
	for k := 1; k < len(info); k++ {
		step := math.Sqrt(info[k] - info[k-1])
		top := z[k-1] * math.Sqrt(info[k-1])
		next := step
		panel := 1.6 * min(step, math.Sqrt(info[k-1]-before(info, k-1)))
		x, w := panels(-6*math.Sqrt(info[k-1]), top, panel)
		f := make([]float64, len(x))
		for i, y := range x {
			if k == 1 {
				s := math.Sqrt(info[0])
				f[i] = w[i] * normalDensity(y/s) / s
				continue
			}
			prev := math.Sqrt(info[k-1] - info[k-2])
			sum := 0.0
			for j, v := range nodes {
				if u := (y - v) / prev; u < 9 && u > -9 {
					sum += density[j] * math.Exp(-u*u/2)
				}
			}
			f[i] = w[i] * sum / (prev * math.Sqrt(2*math.Pi))
		}
		nodes, density = x, f
		bar := z[k] * math.Sqrt(info[k])
		for i, y := range nodes {
			total += density[i] * normalTail((bar-y)/next)
		}
	}
	return total
}

func before(info []float64, k int) float64 {
	if k == 0 {
		return 0
	}
	return info[k-1]
}

// gauss10 holds the positive nodes and the weights of the ten-point Gauss-Legendre rule (Abramowitz & Stegun 25.4.30).
var gauss10 = [5][2]float64{
	{0.14887433898163122, 0.29552422471475287}, {0.4333953941292472, 0.26926671930999635}, {0.6794095682990244, 0.21908636251598204},
	{0.8650633666889845, 0.1494513491505806}, {0.9739065285171717, 0.06667134430868814},
}

// panels returns nodes and weights for [low, high] cut into panels at most wide.
func panels(low, high, wide float64) (x, w []float64) {
	n := max(1, int(math.Ceil((high-low)/wide)))
	half := (high - low) / float64(n) / 2
	for i := range n {
		mid := low + half*float64(2*i+1)
		for _, g := range gauss10 {
			x = append(x, mid-half*g[0], mid+half*g[0])
			w = append(w, half*g[1], half*g[1])
		}
	}
	return x, w
}

// PlannedLooks is read at the numbers of observations named before the start, and at no other.
type PlannedLooks struct {
	// At holds the numbers of observations, both arms together, increasing; the last one ends the experiment.
	At []int `json:"at"`
	// Rule shapes the bars. Zero means [OBrienFleming].
	Rule LookRule `json:"rule,omitzero"`
	// Prior is that of each share. Zero means Beta{1, 1}.
	Prior Beta `json:"prior,omitzero"`
	// Against is the value tested: the share with one arm, the difference of B less A with two. Zero is no difference.
	Against float64 `json:"against,omitzero"`
	// Alpha is the probability of a false alarm over all looks, two-sided, in (0, 1). Zero means 0.05.
	Alpha float64 `json:"alpha,omitzero"`
}

func (PlannedLooks) design() {}

// Check returns every reason why the design cannot be used, joined: each an [*RangeError].
func (d PlannedLooks) Check() error {
	faults := checkCommon(d.Prior, d.Alpha, d.Against)
	if err := checkLooks(d.At); err != nil {
		faults = append(faults, err)
	}
	return joined(faults)
}

// Progress counts what is in and names the next look.
func (d PlannedLooks) Progress(data Data) (Progress, error) {
	return progressOf(data, func(have int) int {
		if i, _ := slices.BinarySearch(d.At, have); i < len(d.At) {
			return d.At[i]
		}
		return 0
	})
}

// Extend returns a [*NoExtensionError]: the bars were set for these looks.
func (d PlannedLooks) Extend(more int) (Design, error) { return noExtension(lastOf(d.At), more) }

// Read returns the reading at a planned look: the posterior, and the repeated confidence interval, which is the estimate ±
// the bar times its standard error (Jennison & Turnbull 1989). Between looks it is a [*PeekError], after the last a
// [*NoExtensionError]. It reads [Counts] (with Against set), [Pair], [Blocks] by their totals, and [Means].
func (d PlannedLooks) Read(data Data) (Reading, error) {
	if err := d.Check(); err != nil {
		return Reading{}, err
	}
	p, err := d.Progress(data)
	if err != nil {
		return Reading{}, err
	}
	switch {
	case p.Next == 0:
		return Reading{}, &NoExtensionError{Planned: lastOf(d.At), Have: p.Have}
	case !p.Ready():
		return Reading{}, &PeekError{Have: p.Have, Need: p.Next,
			Remedy: "wait for the planned look; a design that may be read at any time had to be declared before the start (Anytime)"}
	}
	if err := checkAgainst(data, d.Against); err != nil {
		return Reading{}, err
	}
	r := Reading{Method: ByPlannedLooks, N: p.Have, Alpha: orAlpha(d.Alpha), Against: d.Against, Tested: true,
		Holds: AtPlannedLooks, Asymptotic: true}
	bars, err := LookBoundaries(d.Rule, d.At, r.Alpha/2)
	if err != nil {
		return Reading{}, err
	}
	look, _ := slices.BinarySearch(d.At, p.Have)
	var z, mid, se float64
	prior := d.Prior.or(Beta{A: 1, B: 1})
	switch x := data.(type) {
	case Counts:
		if d.Against == 0 {
			return Reading{}, &RangeError{What: "share tested against", Value: 0, Want: "strictly between 0 and 1"}
		}
		r.Subject = OneShare
		r.oneShare(prior, x)
		mid = x.Share()
		z = (mid - d.Against) / math.Sqrt(d.Against*(1-d.Against)/float64(x.N))
		more := Counts{Yes: x.Yes + 2, N: x.N + 4} // Agresti & Coull (1998)
		se = math.Sqrt(more.Share() * (1 - more.Share()) / float64(more.N))
		mid = more.Share()
	case Pair:
		z, mid, se = r.pairLook(prior, x)
	case Blocks:
		z, mid, se = r.pairLook(prior, x.Total())
	case Means:
		r.Subject = MeanDifference
		r.Estimate, mid, se = x.Difference(), x.Difference(), x.SE()
		if !(se > 0) || math.IsInf(se, 1) {
			return Reading{}, &RangeError{What: "standard error of the difference", Value: se, Want: "finite and above 0"}
		}
		z = (mid - d.Against) / se
	default:
		return Reading{}, &DataError{Method: ByPlannedLooks, Got: data.what(), Want: wants(ByPlannedLooks)}
	}
	r.Valid = Interval{Low: mid - bars[look]*se, High: mid + bars[look]*se}
	r.clip()
	r.Excluded = math.Abs(z) >= bars[look]
	return r, nil
}

// pairLook returns the statistic with the pooled variance where the null is no difference, and the centre and standard
// error of Agresti & Caffo (2000), which one more yes and no in each arm keep away from 0.
func (r *Reading) pairLook(prior Beta, p Pair) (z, mid, se float64) {
	r.twoShares(prior, p)
	a, b := Counts{Yes: p.A.Yes + 1, N: p.A.N + 2}, Counts{Yes: p.B.Yes + 1, N: p.B.N + 2}
	mid = b.Share() - a.Share()
	se = math.Sqrt(a.Share()*(1-a.Share())/float64(a.N) + b.Share()*(1-b.Share())/float64(b.N))
	if r.Against != 0 {
		return (mid - r.Against) / se, mid, se
	}
	if p.A.N == 0 || p.B.N == 0 {
		return 0, mid, se
	}
	pooled := p.A.Plus(p.B)
	v := pooled.Share() * (1 - pooled.Share()) * (1/float64(p.A.N) + 1/float64(p.B.N))
	if v == 0 {
		return 0, mid, se
	}
	return (p.B.Share() - p.A.Share()) / math.Sqrt(v), mid, se
}

// clip keeps the interval where the quantity can be.
func (r *Reading) clip() {
	low, high := math.Inf(-1), math.Inf(1)
	switch r.Subject {
	case OneShare, OneMean:
		low, high = 0, 1
	case ShareDifference:
		low, high = -1, 1
	}
	r.Valid = Interval{Low: max(low, r.Valid.Low), High: min(high, r.Valid.High)}
}

func lastOf(at []int) int {
	if len(at) == 0 {
		return 0
	}
	return at[len(at)-1]
}

func noExtension(planned, more int) (Design, error) {
	if more < 0 {
		return nil, &RangeError{What: "more observations", Value: float64(more), Want: "0 or more"}
	}
	return nil, &NoExtensionError{Planned: planned, Have: planned + more}
}
