package accountability

import (
	"math"
	"slices"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Lag sums up how many days lie between two dates that ought to lie close: between a start and its record, or between the
// day a mandate takes effect and the day it is signed. Numbers below nought mean that the second date came first.
type Lag struct {
	Count int
	// Least, Median and Most are in days; NaN in Median where Count is nought.
	Least, Most calendar.Days
	Median      float64
}

// LagOf sums up lags in days. The median of an even number is the mean of the middle two. O(n log n).
func LagOf(days []calendar.Days) Lag {
	if len(days) == 0 {
		return Lag{Median: math.NaN()}
	}
	sorted := slices.Sorted(slices.Values(days))
	return Lag{
		Count: len(sorted), Least: sorted[0], Most: sorted[len(sorted)-1],
		Median: median(sorted, func(d calendar.Days) float64 { return float64(d) }),
	}
}

// RecordingLags returns, for each holding first recorded after an instant, the days from its start until that record, by
// the calendar of UTC: recorded less effective. A zero instant takes all. Holdings whose start is not known to the day, and
// those without a recorded instant, are left out. In the order of the Spec.
func (r *Register) RecordingLags(after time.Time) []calendar.Days {
	var lags []calendar.Days
	for _, id := range r.holdings.Facts() {
		first := r.holdings.Versions(id)[0]
		at, ok := r.holdings.KnownSince(first.ID)
		if ok && at.After(after) && first.From.IsExact() {
			lags = append(lags, calendar.Of(at.UTC()).Sub(first.From.Earliest()))
		}
	}
	return lags
}

// SigningLags returns, for each mandate whose dates are known to the day, the days from the day on which it takes effect
// until it was signed. Above nought the letter is retrospective. The latest word on each mandate counts, as known at an
// instant, which when zero is the view's own. In the order of the Spec.
func (r *Register) SigningLags(known time.Time) []calendar.Days {
	at := r.view.At(record.Moment{Known: known})
	var lags []calendar.Days
	for _, id := range r.mandates.Facts() {
		for _, c := range r.mandates.At(id, calendar.Date{}, at.Known) {
			if m := c.Record; m.Signed.IsExact() && m.Effective.IsExact() {
				lags = append(lags, m.Signed.Earliest().Sub(m.Effective.Earliest()))
			}
		}
	}
	return lags
}

// Revised counts how often what was recorded has been recorded again.
type Revised struct {
	// Facts are the things spoken about; Versions the records that say something of them; Again the facts with more than
	// one version.
	Facts, Versions, Again int
}

// PerFact is versions over facts, at least 1; NaN without facts.
func (r Revised) PerFact() float64 { return share(float64(r.Versions), float64(r.Facts)) }

// Share is the share of facts that have been recorded again, from 0 to 1; NaN without facts.
func (r Revised) Share() float64 { return share(float64(r.Again), float64(r.Facts)) }

// Revision counts the versions of the holdings in the Register. Records that only end or take back what was said are no
// versions, and a fact of which nothing else is recorded is left out. Linear in the records.
func (r *Register) Revision() Revised {
	var v Revised
	for _, id := range r.holdings.Facts() {
		n := 0
		for _, h := range r.holdings.Versions(id) {
			if h.Speaks() {
				n++
			}
		}
		if n > 0 {
			v.Facts++
		}
		if n > 1 {
			v.Again++
		}
		v.Versions += n
	}
	return v
}

// Load counts how holdings lie on those who hold them, on one day. It names nobody.
type Load struct {
	// Holdings certainly in force, and Possible ones, which count nowhere else.
	Holdings, Possible int
	// Parties that hold at least one, and Several that hold two or more. Holders that are not named are not among them.
	Parties, Several int
	// Most is the greatest number that one party holds.
	Most int
}

// Load counts the holdings in force at a moment. Without a day, neither its own nor the view's, every holding counts whose
// latest word is not that it never was. Linear in the records.
func (r *Register) Load(at record.Moment) Load {
	at = r.view.At(at)
	var l Load
	held := make(map[record.ID]int)
	for _, id := range r.holdings.Facts() {
		for _, c := range r.holdings.At(id, at.On, at.Known) {
			if c.On != calendar.Certainly {
				l.Possible++
				continue
			}
			l.Holdings++
			if c.Record.Holder == "" {
				continue
			}
			held[c.Record.Holder]++
			switch held[c.Record.Holder] {
			case 1:
				l.Parties++
			case 2:
				l.Several++
			}
			l.Most = max(l.Most, held[c.Record.Holder])
		}
	}
	return l
}
