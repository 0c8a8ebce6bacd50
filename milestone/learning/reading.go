package learning

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
)

// A Subject is the quantity that a [Reading] is about.
type Subject uint8

// The subjects. The list is closed.
const (
	OneShare        Subject = iota + 1 // the share of yes in one arm
	ShareDifference                    // the share of B less that of A
	OneMean                            // the mean of scores between 0 and 1
	MeanDifference                     // the mean of B less that of A
)

var subjects = []string{"", "share", "difference of shares", "mean score", "difference of means"}

// String returns the subject in words, or "" for the zero Subject.
func (s Subject) String() string {
	if int(s) >= len(subjects) {
		return ""
	}
	return subjects[s]
}

// MarshalText returns the subject in words; the zero Subject gives the empty text.
func (s Subject) MarshalText() ([]byte, error) { return record.EnumMarshal("subject", subjects, s) }

// A Holding says when a valid interval covers the truth with the probability declared.
type Holding uint8

// The holdings. The list is closed.
const (
	AtEveryLook    Holding = iota + 1 // at all looks at once, however many
	AtPlannedLooks                    // at all the planned looks at once
	AtTheEnd                          // at the one reading at the planned end
)

var holdings = []string{"", "however often you look", "over all the planned looks", "for this one reading at the planned end"}

// String returns the holding in words, as [Reading.Sentence] has it, or "" for the zero Holding.
func (h Holding) String() string {
	if int(h) >= len(holdings) {
		return ""
	}
	return holdings[h]
}

// MarshalText returns the holding in words; the zero Holding gives the empty text.
func (h Holding) MarshalText() ([]byte, error) { return record.EnumMarshal("holding", holdings, h) }

// A Reading is the result of a [Design]: what to believe under the declared prior and what is guarded against looking,
// side by side. It has no order: nothing says that one reading is better than another.
type Reading struct {
	Method  Method
	Subject Subject
	Holds   Holding // when Valid covers the truth
	N       int     // observations, all arms together
	Alpha   float64 // probability of a false alarm
	// A and B are the posteriors of the shares; zero where there is no such share.
	A, B Beta
	// Estimate is the posterior mean where there is a prior, else the observed value.
	Estimate float64
	// Credible holds the quantity with probability 1-Alpha if the prior was honest; zero where there is no prior.
	Credible Interval
	// Valid covers the quantity with probability 1-Alpha at every look that Holds names.
	Valid Interval
	// Asymptotic says that the guarantee of Valid, and of Excluded where the method is [ByPlannedLooks] or [ByWelch],
	// leans on the central limit theorem.
	Asymptotic bool
	// Against is the value tested, and Tested whether there is a test at all.
	Against float64
	Tested  bool
	// Excluded says that Against is excluded with at most probability Alpha of a false alarm.
	Excluded bool
	// E is the e-value against it now, and Peak the largest so far, as far as the data show the order of arrival. Both are
	// 0 for designs with planned looks and fixed numbers.
	E, Peak LogE
	// P is the p-value under the design, and 0 where it has none.
	P float64
	// ChanceBHigher, LossOfA and LossOfB are those of [Versus], and 0 unless two shares are compared.
	ChanceBHigher, LossOfA, LossOfB float64
}

func (r *Reading) oneShare(prior Beta, c Counts) {
	r.A = prior.Update(c)
	r.Estimate = r.A.Mean()
	r.Credible = r.A.Credible(r.Alpha)
}

func (r *Reading) twoShares(prior Beta, p Pair) {
	v := Versus{A: prior.Update(p.A), B: prior.Update(p.B)}
	r.Subject = ShareDifference
	r.A, r.B = v.A, v.B
	r.Estimate = v.Mean()
	r.Credible = v.Credible(r.Alpha)
	r.ChanceBHigher, r.LossOfA, r.LossOfB = v.ChanceBHigher(), v.LossOfA(), v.LossOfB()
}

// Sentence says the reading in plain words: both intervals, when the second one holds, and what is excluded. Percentages
// have one decimal and intervals are rounded outward.
func (r Reading) Sentence() string {
	var b strings.Builder
	noun := "observations"
	if r.N == 1 {
		noun = "observation"
	}
	fmt.Fprintf(&b, "%d %s: ", r.N, noun)
	switch r.Subject {
	case OneShare:
		b.WriteString("the share is about " + r.show(r.Estimate))
	case OneMean:
		b.WriteString("the mean score is about " + r.show(r.Estimate))
	default:
		b.WriteString("B less A is about " + r.show(r.Estimate))
	}
	level := percentOf(1 - r.Alpha)
	if !r.Credible.IsZero() {
		fmt.Fprintf(&b, "; under the declared prior it lies between %s with probability %s", r.showBoth(r.Credible), level)
	}
	fmt.Fprintf(&b, "; %s, it lies between %s with %s confidence", r.Holds, r.showBoth(r.Valid), level)
	if r.Asymptotic {
		b.WriteString(", approximately")
	}
	b.WriteString(".")
	if r.Tested {
		verb := "is not excluded"
		if r.Excluded {
			verb = "is excluded"
		}
		what := r.show(r.Against)
		if r.Against == 0 {
			what = "no difference"
		}
		b.WriteString(" " + strings.ToUpper(what[:1]) + what[1:] + " " + verb + ".")
	}
	if !r.B.IsZero() {
		fmt.Fprintf(&b, " The chance that B is higher is %s.", percentOf(r.ChanceBHigher))
	}
	return b.String()
}

func (r Reading) show(x float64) string {
	switch r.Subject {
	case OneShare:
		return percentOf(x)
	case ShareDifference:
		return pointsOf(math.Round(1000*x)/10) + " points"
	}
	return figure(x)
}

func (r Reading) showBoth(i Interval) string {
	switch r.Subject {
	case OneShare:
		return strconv.FormatFloat(roundDown(100*i.Low, 10), 'f', -1, 64) + "% and " +
			strconv.FormatFloat(roundUp(100*i.High, 10), 'f', -1, 64) + "%"
	case ShareDifference:
		return pointsOf(roundDown(100*i.Low, 10)) + " and " + pointsOf(roundUp(100*i.High, 10)) + " points"
	}
	return figure(i.Low) + " and " + figure(i.High)
}

// percentOf rounds to a tenth of a percent, but never to 0% or 100% what is neither.
func percentOf(x float64) string {
	p := math.Round(1000*x) / 10
	switch {
	case p == 0 && x > 0:
		return "less than 0.1%"
	case p == 100 && x < 1:
		return "more than 99.9%"
	}
	return strconv.FormatFloat(p+0, 'f', -1, 64) + "%"
}

func pointsOf(x float64) string {
	s := strconv.FormatFloat(x+0, 'f', -1, 64)
	if x > 0 {
		return "+" + s
	}
	return s
}

func joined(faults []error) error { return errors.Join(faults...) }

func checkCommon(prior Beta, alpha, against float64) []error {
	var faults []error
	if !prior.IsZero() {
		if err := prior.check("prior"); err != nil {
			faults = append(faults, err)
		}
	}
	if err := openUnit("alpha", orAlpha(alpha)); err != nil {
		faults = append(faults, err)
	}
	if !finite(against) {
		faults = append(faults, &RangeError{What: "value tested against", Value: against, Want: "a finite number"})
	}
	return faults
}

// checkAgainst returns an error where the value tested is none that the data can have.
func checkAgainst(data Data, against float64) error {
	low, high, what := 0.0, 1.0, "share or mean score tested against"
	switch data.(type) {
	case Blocks, Pair:
		low, what = -1, "difference tested against"
	case Means:
		return nil
	}
	if against != 0 && !(against > low && against < high) {
		return &RangeError{What: what, Value: against, Want: fmt.Sprintf("strictly between %v and %v", low, high)}
	}
	return nil
}
