package accountability

import (
	"math"
	"slices"

	"github.com/missionled/missionled/milestone/calendar"
)

// Lifetime is how long something has lasted: to its end, or to the day on which one looked.
type Lifetime struct {
	Days calendar.Days
	// Open says that the end had not come by then (right censored).
	Open bool
}

// Survival is one step of a [KaplanMeier] curve.
type Survival struct {
	// Days is the length at which at least one ended.
	Days calendar.Days
	// AtRisk had lasted as long and not ended before; Ended ended at exactly this length.
	AtRisk, Ended int
	// Share is the estimated share that lasts longer than Days, from 0 to 1.
	Share float64
}

// KaplanMeier estimates how long things last where some have not ended yet: S(t) = Π (1 − d_i/n_i) over the lengths t_i ≤ t
// at which d_i of the n_i still running ended (Kaplan, Meier, Journal of the American Statistical Association 53, 1958).
// One that is open at a length is still at risk there. Lengths below nought are left out. The steps ascend in Days; none
// where nothing has ended. O(n log n).
func KaplanMeier(lives []Lifetime) []Survival {
	sorted := slices.DeleteFunc(slices.Clone(lives), func(l Lifetime) bool { return l.Days < 0 })
	slices.SortFunc(sorted, func(a, b Lifetime) int { return int(a.Days) - int(b.Days) })
	var curve []Survival
	left := 1.0
	for i := 0; i < len(sorted); {
		days, atRisk, ended := sorted[i].Days, len(sorted)-i, 0
		for ; i < len(sorted) && sorted[i].Days == days; i++ {
			if !sorted[i].Open {
				ended++
			}
		}
		if ended > 0 {
			left *= 1 - float64(ended)/float64(atRisk)
			curve = append(curve, Survival{days, atRisk, ended, left})
		}
	}
	return curve
}

// MedianSurvival is the shortest length at which a curve has fallen to a half or below. The second result is false where it
// has not: more than half are estimated to last longer than any that ended.
func MedianSurvival(curve []Survival) (calendar.Days, bool) {
	const rounding = 1e-12 // a product of fractions that make a half need not make it exactly
	for _, s := range curve {
		if s.Share <= 0.5+rounding {
			return s.Days, true
		}
	}
	return 0, false
}

// Tenure says how long holdings last, those that have not ended included.
type Tenure struct {
	// Ended are the lengths of the spells that have ended, ascending.
	Ended []calendar.Days
	// Open is how many are still running on the day of looking.
	Open int
	// Left is how many could not be measured: possible only, without a start, inverted, or not begun.
	Left int
	// Curve is the Kaplan–Meier estimate over ended and open spells.
	Curve []Survival
}

// TenureOf measures spells as one sees them on a day: those that end later or never are open, and count as long as they
// have lasted. With a zero day spells without an end are left out. Spells of no days are left out. O(n log n).
func TenureOf(spells []Spell, on calendar.Date) Tenure {
	var t Tenure
	var lives []Lifetime
	for _, s := range spells {
		l := Lifetime{Open: s.Until.IsZero() || !on.IsZero() && s.Until.After(on)}
		end := s.Until
		if l.Open {
			end = on
		}
		if s.Possible || s.From.IsZero() || end.IsZero() || !s.From.Before(end) {
			t.Left++
			continue
		}
		l.Days = end.Sub(s.From)
		lives = append(lives, l)
		if l.Open {
			t.Open++
		} else {
			t.Ended = append(t.Ended, l.Days)
		}
	}
	slices.Sort(t.Ended)
	t.Curve = KaplanMeier(lives)
	return t
}

// Mean is the mean length in days of the spells that have ended; NaN where none has. Open spells tend to be long ones, so it
// understates: [Tenure.Expected] does not.
func (t Tenure) Mean() float64 {
	sum := 0.0
	for _, d := range t.Ended {
		sum += float64(d)
	}
	return share(sum, float64(len(t.Ended)))
}

// Median is the median length in days of the spells that have ended; NaN where none has.
func (t Tenure) Median() float64 {
	return median(t.Ended, func(d calendar.Days) float64 { return float64(d) })
}

// Expected is the median by the Kaplan–Meier curve, in days, which counts open spells for as long as they have lasted; NaN
// where the curve stays above a half.
func (t Tenure) Expected() float64 {
	d, ok := MedianSurvival(t.Curve)
	if !ok {
		return math.NaN()
	}
	return float64(d)
}

// Under is how many of the spells that have ended were shorter than a number of days.
func (t Tenure) Under(days calendar.Days) int {
	n, _ := slices.BinarySearch(t.Ended, days)
	return n
}
