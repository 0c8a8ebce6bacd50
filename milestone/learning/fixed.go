package learning

import "math"

// FixedN is read once, when the number of observations declared before the start is in.
type FixedN struct {
	// N is the number of observations, both arms together, 1 or more.
	N int `json:"n"`
	// Prior is that of each share. Zero means Beta{1, 1}.
	Prior Beta `json:"prior,omitzero"`
	// Against is the value tested: the share with one arm, zero for no test; the difference of two means. Two shares are
	// tested for no difference only.
	Against float64 `json:"against,omitzero"`
	// Alpha is the probability of a false alarm, two-sided, in (0, 1). Zero means 0.05.
	Alpha float64 `json:"alpha,omitzero"`
}

func (FixedN) design() {}

// Check returns every reason why the design cannot be used, joined: each an [*RangeError].
func (d FixedN) Check() error {
	faults := checkCommon(d.Prior, d.Alpha, d.Against)
	if d.N < 1 {
		faults = append(faults, &RangeError{What: "n", Value: float64(d.N), Want: "1 or more"})
	}
	return joined(faults)
}

// Progress counts what is in; the result may be read at N.
func (d FixedN) Progress(data Data) (Progress, error) {
	return progressOf(data, func(have int) int {
		if have > d.N {
			return 0
		}
		return d.N
	})
}

// Extend returns a [*NoExtensionError]: to look, find little and go on is what the design promised not to do.
func (d FixedN) Extend(more int) (Design, error) { return noExtension(d.N, more) }

// Read returns the reading at N: before it a [*PeekError], beyond it a [*NoExtensionError].
//
// One share gets the exact binomial test and the interval of Clopper & Pearson (1934), which agree; two shares Fisher's
// exact test, two-sided by the probability of the table, and the hybrid score interval of Newcombe (1998, method 10), which
// is approximate; two means Welch's test and interval, approximate unless the outcome is normal. O(N) at most.
func (d FixedN) Read(data Data) (Reading, error) {
	if err := d.Check(); err != nil {
		return Reading{}, err
	}
	p, err := d.Progress(data)
	if err != nil {
		return Reading{}, err
	}
	switch {
	case p.Next == 0:
		return Reading{}, &NoExtensionError{Planned: d.N, Have: p.Have}
	case !p.Ready():
		return Reading{}, &PeekError{Have: p.Have, Need: d.N,
			Remedy: "wait; a design that may be read at any time had to be declared before the start (Anytime)"}
	}
	if err := checkAgainst(data, d.Against); err != nil {
		return Reading{}, err
	}
	r := Reading{Method: ByExactTest, N: p.Have, Alpha: orAlpha(d.Alpha), Against: d.Against, Tested: true, Holds: AtTheEnd}
	prior := d.Prior.or(Beta{A: 1, B: 1})
	switch x := data.(type) {
	case Counts:
		r.Subject = OneShare
		r.oneShare(prior, x)
		r.Valid = clopperPearson(x, r.Alpha)
		if r.Tested = d.Against != 0; r.Tested {
			r.P = binomialTest(x, d.Against)
		}
	case Pair:
		err = d.readPair(&r, prior, x)
	case Blocks:
		err = d.readPair(&r, prior, x.Total())
	case Means:
		err = d.readWelch(&r, x)
	default:
		return Reading{}, &DataError{Method: ByExactTest, Got: data.what(), Want: wants(ByExactTest)}
	}
	if err != nil {
		return Reading{}, err
	}
	r.Excluded = r.Tested && r.P <= r.Alpha
	return r, nil
}

func (d FixedN) readPair(r *Reading, prior Beta, p Pair) error {
	if d.Against != 0 {
		return &RangeError{What: "difference tested against", Value: d.Against, Want: "0: Fisher's test knows no other null"}
	}
	r.twoShares(prior, p)
	r.P = fisherTest(p)
	r.Valid = newcombe(p, r.Alpha)
	r.Asymptotic = true
	return nil
}

func (d FixedN) readWelch(r *Reading, x Means) error {
	if least := min(x.A.N, x.B.N); least < 2 {
		return &TooFewForMethodError{Have: least, Need: 2, Use: "two observations or more in each arm"}
	}
	se := x.SE()
	if !(se > 0) {
		return &RangeError{What: "standard error of the difference", Value: se, Want: "above 0: all values in each arm are the same"}
	}
	va, vb := x.A.Variance/float64(x.A.N), x.B.Variance/float64(x.B.N)
	df := (va + vb) * (va + vb) / (va*va/float64(x.A.N-1) + vb*vb/float64(x.B.N-1))
	r.Method, r.Subject, r.Asymptotic = ByWelch, MeanDifference, true
	r.Estimate = x.Difference()
	r.P = studentTwoSided(df, (r.Estimate-d.Against)/se)
	half := studentUpper(df, r.Alpha/2) * se
	r.Valid = Interval{Low: r.Estimate - half, High: r.Estimate + half}
	return nil
}

func clopperPearson(c Counts, alpha float64) Interval {
	out := Interval{Low: 0, High: 1}
	if c.Yes > 0 {
		out.Low = betaQuantile(float64(c.Yes), float64(c.N-c.Yes+1), alpha/2)
	}
	if c.Yes < c.N {
		out.High = betaQuantile(float64(c.Yes+1), float64(c.N-c.Yes), 1-alpha/2)
	}
	return out
}

// binomialTest doubles the smaller tail, so that it agrees with clopperPearson.
func binomialTest(c Counts, p float64) float64 {
	atMost, atLeast := 1.0, 1.0
	if c.Yes < c.N { // P(S <= yes) = I_{1-p}(n-yes, yes+1)
		atMost, _ = incompleteBeta(float64(c.N-c.Yes), float64(c.Yes+1), 1-p, p)
	}
	if c.Yes > 0 {
		atLeast, _ = incompleteBeta(float64(c.Yes), float64(c.N-c.Yes+1), p, 1-p)
	}
	return min(1, 2*min(atMost, atLeast))
}

// fisherTest sums the hypergeometric probabilities of all tables no more likely than the one observed.
func fisherTest(p Pair) float64 {
	m, n := p.A.N, p.B.N
	yes := p.A.Yes + p.B.Yes
	low, high := max(0, yes-n), min(m, yes)
	log := func(k int) float64 { return logChoose(m, k) + logChoose(n, yes-k) - logChoose(m+n, yes) }
	bar := log(p.A.Yes) + 1e-7
	sum := 0.0
	for k := low; k <= high; k++ {
		if l := log(k); l <= bar {
			sum += math.Exp(l)
		}
	}
	return min(1, sum)
}

func logChoose(n, k int) float64 {
	return -math.Log1p(float64(n)) - logBeta(float64(n-k)+1, float64(k)+1)
}

// newcombe is method 10 of Newcombe (1998): the limits of Wilson's score intervals, combined by squares.
func newcombe(p Pair, alpha float64) Interval {
	if p.A.N == 0 || p.B.N == 0 {
		return Interval{Low: -1, High: 1}
	}
	a, b := wilson(p.A, alpha), wilson(p.B, alpha)
	sa, sb := p.A.Share(), p.B.Share()
	d := sb - sa
	return Interval{
		Low:  max(-1, d-math.Hypot(sb-b.Low, a.High-sa)),
		High: min(1, d+math.Hypot(b.High-sb, sa-a.Low)),
	}
}

func wilson(c Counts, alpha float64) Interval {
	z := normalUpper(alpha / 2)
	n, s := float64(c.N), c.Share()
	mid := (s + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(s*(1-s)/n+z*z/(4*n*n))
	return Interval{Low: max(0, mid-half), High: min(1, mid+half)}
}
