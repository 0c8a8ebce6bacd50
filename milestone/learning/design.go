package learning

import (
	"math"

	"github.com/missionled/missionled/accountability/record"
)

// A Design says how the data of an experiment will be read. It is declared before the first observation and is one of
// [Anytime], [PlannedLooks] and [FixedN], which are plain values; the set is closed.
type Design interface {
	// Check returns every reason why the design cannot be used, joined.
	Check() error
	// Progress counts what is in, and says when the result may be read. It never refuses for being early, since counts
	// and checks of the data are allowed at any time.
	Progress(Data) (Progress, error)
	// Read returns the result, or the typed error that says why it may not be read: [*PeekError], [*NoExtensionError],
	// [*TooFewForMethodError], [*DataError], [*RangeError].
	Read(Data) (Reading, error)
	// Extend returns the design with room for more observations, or a [*NoExtensionError]: only a design that may be read at
	// any time can be extended, and it needs no change for it.
	Extend(more int) (Design, error)

	design()
}

// Data is what a [Design] reads: [Counts], [Pair], [Blocks], [Ratings] or [Means]. The set is closed.
type Data interface {
	// size is the number of observations, in all and in each arm.
	size() (all, a, b int)
	check() error
	what() string
}

func (c Counts) size() (all, a, b int)  { return c.N, c.N, 0 }
func (p Pair) size() (all, a, b int)    { return p.A.N + p.B.N, p.A.N, p.B.N }
func (b Blocks) size() (all, x, y int)  { return b.Total().size() }
func (s Ratings) size() (all, a, b int) { return len(s), len(s), 0 }
func (m Means) size() (all, a, b int)   { return m.A.N + m.B.N, m.A.N, m.B.N }

func (Counts) what() string  { return "counts of one arm" }
func (Pair) what() string    { return "totals of two arms" }
func (Blocks) what() string  { return "blocks of two arms in order" }
func (Ratings) what() string { return "scores in order" }
func (Means) what() string   { return "means of two arms" }

// A Method is the calculation behind a [Reading]. The zero Method leaves the choice to the kind of data.
type Method uint8

// The methods. The list is closed.
const (
	ByBetaMixture  Method = iota + 1 // beta-mixture e-process of one share: [Beta.LogE]
	BySubBernoulli                   // sub-Bernoulli mixture of one share, tuned for a sample size: [MixtureInterval]
	BySafeTwo                        // safe 2x2 test of two shares: [SafeTwo]
	ByBetting                        // hedged betting on scores: [Bets]
	ByBernstein                      // empirical-Bernstein sequence of scores: [BernsteinSequence]
	ByMixtureSPRT                    // mixture sequential probability ratio test of two means
	ByAsymptotic                     // asymptotic confidence sequence of two means
	ByPlannedLooks                   // group sequential boundaries: [LookBoundaries]
	ByExactTest                      // exact binomial test, or Fisher's exact test
	ByWelch                          // Welch's test of two means
)

var methods = []string{"", "beta-mixture", "sub-bernoulli", "safe-2x2", "betting", "bernstein", "mixture-sprt", "asymptotic",
	"planned-looks", "exact-test", "welch"}

// String returns the method's text, or "the method" for the zero Method.
func (m Method) String() string {
	if m == 0 || int(m) >= len(methods) {
		return "the method"
	}
	return methods[m]
}

// IsZero reports whether the choice is left to the kind of data.
func (m Method) IsZero() bool { return m == 0 }

// MarshalText returns the method's text; the zero Method gives the empty text.
func (m Method) MarshalText() ([]byte, error) { return record.EnumMarshal("method", methods, m) }

// UnmarshalText reads a method's text. The error is a [*record.EnumError].
func (m *Method) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("method", methods, m, b)
}

// Progress is what may be known of an experiment at any time without looking at its result.
type Progress struct {
	Have int // observations, all arms together
	A, B int // observations in each arm; B is 0 where there is one arm
	// Next is the number of observations at which the result may next be read: Have itself where it may be read now, and
	// 0 where the plan is past its end.
	Next int
}

// Ready reports whether the result may be read now.
func (p Progress) Ready() bool { return p.Next == p.Have }

func progressOf(data Data, next func(have int) int) (Progress, error) {
	if data == nil {
		return Progress{}, &DataError{Got: "none", Want: "data"}
	}
	if err := data.check(); err != nil {
		return Progress{}, err
	}
	all, a, b := data.size()
	return Progress{Have: all, A: a, B: b, Next: next(all)}, nil
}

// AllocationLogE is the e-value against people having been allocated to B with the planned probability, from the numbers
// in each arm: a check of the data that may be made at any time, since it looks at no outcome. Anything that excludes the
// plan at 1% should stop the reading of results until it is explained.
func AllocationLogE(a, b int, planned float64) LogE {
	return Beta{A: 1, B: 1}.LogE(Counts{Yes: b, N: a + b}, planned)
}

// Anytime may be read after every observation, and stopped or extended at will: its intervals hold at every look at once.
// The default methods are exact from the first observation on. The price is about the sample that a fixed design with
// power between 80 and 95% would take: see [PriceOfLooking].
type Anytime struct {
	// Method is the calculation. Zero means: the beta mixture for [Counts], the safe 2x2 test for [Blocks], betting for
	// [Ratings], the asymptotic sequence for [Means].
	Method Method `json:"method,omitzero"`
	// Prior is that of each share, for counts and blocks; posterior and confidence sequence both come from it. Zero means
	// Beta{1, 1} for counts and Beta{0.18, 0.18} for blocks.
	Prior Beta `json:"prior,omitzero"`
	// Against is the value tested: a share or mean score strictly between 0 and 1, zero for no test; with two arms the
	// difference of B less A, zero for no difference.
	Against float64 `json:"against,omitzero"`
	// Alpha is the probability of a false alarm at any look, in (0, 1). Zero means 0.05.
	Alpha float64 `json:"alpha,omitzero"`
	// EffectSD is the spread of effects expected when there is one, which [ByMixtureSPRT] needs, in the unit of the means.
	EffectSD float64 `json:"effect_sd,omitzero"`
	// TunedFor is the number of observations in all at which [BySubBernoulli] and [ByAsymptotic] are narrowest. Zero means 400.
	TunedFor int `json:"tuned_for,omitzero"`
}

func (Anytime) design() {}

// Check returns every reason why the design cannot be used, joined: each an [*RangeError].
func (d Anytime) Check() error {
	faults := checkCommon(d.Prior, d.Alpha, d.Against)
	if d.Method > ByAsymptotic {
		faults = append(faults, &DataError{Method: d.Method, Got: "a design that may be read at any time", Want: "planned looks only"})
	}
	if d.TunedFor < 0 {
		faults = append(faults, &RangeError{What: "tuned for", Value: float64(d.TunedFor), Want: "1 or more, or 0 for 400"})
	}
	if d.Method == ByMixtureSPRT {
		if err := positive("effect sd", d.EffectSD); err != nil {
			faults = append(faults, err)
		}
	}
	return joined(faults)
}

// Progress counts what is in; the result may be read now.
func (d Anytime) Progress(data Data) (Progress, error) {
	return progressOf(data, func(have int) int { return have })
}

// Extend returns the design as it is: there is nothing to extend. A negative number is an [*RangeError].
func (d Anytime) Extend(more int) (Design, error) {
	if more < 0 {
		return nil, &RangeError{What: "more observations", Value: float64(more), Want: "0 or more"}
	}
	return d, nil
}

// Read returns the posterior, the confidence sequence and the e-value at these data. Errors are [*DataError],
// [*TooFewForMethodError] for means under [BurnIn], and [*RangeError]. O(1) for counts and means; for blocks and scores
// proportional to their number.
func (d Anytime) Read(data Data) (Reading, error) {
	if err := d.Check(); err != nil {
		return Reading{}, err
	}
	p, err := d.Progress(data)
	if err != nil {
		return Reading{}, err
	}
	if err := checkAgainst(data, d.Against); err != nil {
		return Reading{}, err
	}
	r := Reading{N: p.Have, Alpha: orAlpha(d.Alpha), Against: d.Against, Holds: AtEveryLook}
	tuned := d.TunedFor
	if tuned == 0 {
		tuned = 400
	}
	wrong := func(m Method, want string) (Reading, error) {
		return Reading{}, &DataError{Method: m, Got: data.what(), Want: want}
	}
	switch x := data.(type) {
	case Counts:
		r.Method = d.methodOr(ByBetaMixture)
		r.Subject = OneShare
		prior := d.Prior.or(Beta{A: 1, B: 1})
		r.oneShare(prior, x)
		r.Tested = d.Against != 0
		switch r.Method {
		case ByBetaMixture:
			r.Valid = prior.Sequence(x, r.Alpha)
			if r.Tested {
				r.E = prior.LogE(x, d.Against)
			}
		case BySubBernoulli:
			r.Valid = MixtureInterval(x, r.Alpha, tuned)
			if r.Tested {
				r.E = subBernoulli(tuned, d.Against).LogE(x, d.Against)
			}
		default:
			return wrong(r.Method, wants(r.Method))
		}
		r.Peak = r.E
	case Blocks:
		if r.Method = d.methodOr(BySafeTwo); r.Method != BySafeTwo {
			return wrong(r.Method, wants(r.Method))
		}
		prior := d.Prior.or(safePrior)
		safe := SafeTwo{A: prior, B: prior, Difference: d.Against}
		for _, b := range x {
			if err := safe.Add(b); err != nil {
				return Reading{}, err
			}
		}
		r.twoShares(prior, x.Total())
		r.Tested = true
		r.E, r.Peak = safe.LogE(), safe.Peak()
		r.Valid = DifferenceSequence(prior, x, r.Alpha)
	case Ratings:
		r.Method = d.methodOr(ByBetting)
		if err := d.readScores(&r, x); err != nil {
			return Reading{}, err
		}
	case Means:
		r.Method = d.methodOr(ByAsymptotic)
		if err := d.readMeans(&r, x, tuned); err != nil {
			return Reading{}, err
		}
	default:
		return wrong(d.methodOr(BySafeTwo), wants(BySafeTwo))
	}
	r.Peak = max(r.Peak, 0)
	if r.Tested {
		r.P = r.Peak.P()
		r.Excluded = r.Peak.Against(r.Alpha)
	}
	return r, nil
}

func (d Anytime) readScores(r *Reading, x Ratings) error {
	r.Subject = OneMean
	r.Estimate = MomentsOf(x).Mean
	r.Tested = d.Against != 0
	var err error
	switch r.Method {
	case ByBetting:
		r.Valid, err = HedgedSequence(x, r.Alpha)
		if r.Tested && err == nil {
			bets := Bets{Mean: d.Against, Alpha: r.Alpha}
			for _, s := range x {
				if err := bets.Add(s); err != nil {
					return err
				}
			}
			r.E, r.Peak = bets.LogE(), bets.Peak()
		}
	case ByBernstein:
		r.Valid, err = BernsteinSequence(x, r.Alpha)
		r.Tested = false // the sequence has no e-value of its own at a null; its interval says all
	default:
		return &DataError{Method: r.Method, Got: x.what(), Want: wants(r.Method)}
	}
	return err
}

func (d Anytime) readMeans(r *Reading, x Means, tuned int) error {
	if r.Method != ByMixtureSPRT && r.Method != ByAsymptotic {
		return &DataError{Method: r.Method, Got: x.what(), Want: wants(r.Method)}
	}
	if least := min(x.A.N, x.B.N); least < BurnIn {
		return &TooFewForMethodError{Have: least, Need: BurnIn,
			Use: "Anytime with Blocks of yes and no, Scores between 0 and 1 in one arm, or wait"}
	}
	se := x.SE()
	if !(se > 0) {
		return &RangeError{What: "standard error of the difference", Value: se, Want: "above 0: all values in each arm are the same"}
	}
	r.Subject, r.Tested, r.Asymptotic = MeanDifference, true, true
	gap := x.Difference() - d.Against
	r.Estimate = x.Difference()
	half := 0.0
	if r.Method == ByMixtureSPRT {
		m := MixtureSPRT{SD: d.EffectSD}
		r.E, half = m.LogE(gap, se*se), m.Halfwidth(se*se, r.Alpha)
		mean, sd := m.posterior(gap, se*se)
		z := normalUpper(r.Alpha / 2)
		r.Estimate = mean + d.Against
		r.Credible = Interval{Low: r.Estimate - z*sd, High: r.Estimate + z*sd}
	} else {
		sd := se * math.Sqrt(float64(r.N))
		r.E = asymptoticLogE(gap, r.N, sd, r.Alpha, tuned)
		half = AsymptoticHalfwidth(r.N, sd, r.Alpha, tuned)
	}
	r.Peak = r.E
	r.Valid = Interval{Low: x.Difference() - half, High: x.Difference() + half}
	return nil
}

func (d Anytime) methodOr(m Method) Method {
	if d.Method == 0 {
		return m
	}
	return d.Method
}

// wants says in words what data a method reads.
func wants(m Method) string {
	switch m {
	case ByBetaMixture, BySubBernoulli:
		return Counts{}.what()
	case BySafeTwo:
		return Blocks(nil).what()
	case ByBetting, ByBernstein:
		return Ratings(nil).what()
	case ByMixtureSPRT, ByAsymptotic, ByWelch:
		return Means{}.what()
	}
	return "counts of one arm, or totals or means of two"
}
