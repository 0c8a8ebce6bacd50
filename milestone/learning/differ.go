package learning

import (
	"math"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
)

// What an answer across places needs before it is given.
const (
	LeastPlaces   = 5  // places with enough observations
	LeastPerPlace = 10 // observations in a place
)

// PlaceEvidence is what one place saw. Either Shares or Estimate is set, the same one for all places.
type PlaceEvidence struct {
	Place record.ID
	// Context is what is particular about the place that might make a difference, as short texts: "rural", "co-located".
	Context []string
	// Shares is how many said yes of how many, where the question is about a share.
	Shares Counts
	// Estimate is the effect in the place, where the question is about an effect, and N the observations behind it.
	Estimate Estimate
	N        int
}

// PlaceView is one place in the light of all: a range, on purpose without a point to order by.
type PlaceView struct {
	Place   record.ID
	Context []string // sorted, without repeats
	// Pooled holds the place's share or effect with the probability asked for, drawn towards what is common in proportion to
	// how little the place itself says.
	Pooled Interval
}

// ContextDifference is the difference between places with and without something particular. It is exploratory: what to
// ask next, not what was found.
type ContextDifference struct {
	Tag           string
	With, Without int // places of each kind, 2 or more
	// Difference is that of the pooled shares or effects, places with the tag less places without. It is widened for the
	// number of tags compared (Bonferroni).
	Difference Interval
}

// Differences is the answer of [WhatDiffers].
type Differences struct {
	// Common holds what is common to all places: the mean of the law from which theirs are drawn.
	Common Interval
	// Q is Cochran's statistic against one common value, with DF degrees of freedom, and P its p-value.
	Q  float64
	DF int
	P  float64
	// Consistent says that P is at least the alpha asked for: what differs is no more than chance makes differ.
	Consistent bool
	// Between is the standard deviation between places beyond chance, 0 where there is none to see. For shares it is on the
	// scale of 2 arcsin √share, on which ½ a unit is 25 points near 50%.
	Between float64
	// Places holds the places with enough observations, in the order of their ids.
	Places []PlaceView
	// Withheld holds the places with too few observations, in the order of their ids. They count in nothing above.
	Withheld []record.ID
	// Contexts holds one row for each tag that two places or more have and two or more have not, in the order of the tags.
	Contexts []ContextDifference
}

// WhatDiffers is the only question across places: how far they differ beyond chance, and with what. It fits normal effects
// drawn from a common normal law by the moments of DerSimonian & Laird (1986) and draws each place towards the common value
// by empirical Bayes (Morris 1983), the uncertainty of the common value included. Shares are taken through Anscombe's
// variance-stabilising 2 arcsin √((yes+⅜)/(n+¾)) and back.
//
// Nothing in the answer is ordered by size. Places with fewer than [LeastPerPlace] observations are withheld, and with fewer
// than [LeastPlaces] others the whole answer is a [*SuppressedError]. Other errors are [*RangeError] (bad numbers, a place
// twice, shares and estimates mixed) and [*UnclusteredError]. O(places · tags).
func WhatDiffers(places []PlaceEvidence, alpha float64) (Differences, error) {
	if err := openUnit("alpha", alpha); err != nil {
		return Differences{}, err
	}
	sorted := slices.Clone(places)
	slices.SortStableFunc(sorted, func(a, b PlaceEvidence) int { return strings.Compare(string(a.Place), string(b.Place)) })
	var d Differences
	var faults []error
	var seen []seenPlace
	shares, estimates := 0, 0
	for i, p := range sorted {
		if i > 0 && sorted[i-1].Place == p.Place {
			faults = append(faults, &RangeError{What: "rows for the place " + string(p.Place), Value: 2, Want: "1"})
		}
		n := p.N
		if p.Shares.N > 0 {
			n = p.Shares.N
			shares++
		} else if n > 0 {
			estimates++
		}
		if err := p.check(); err != nil {
			faults = append(faults, err)
			continue
		}
		if n < LeastPerPlace {
			d.Withheld = append(d.Withheld, p.Place)
			continue
		}
		seen = append(seen, newSeenPlace(p))
	}
	if shares > 0 && estimates > 0 {
		faults = append(faults, &RangeError{What: "places with shares", Value: float64(shares), Want: "all or none"})
	}
	if err := joined(faults); err != nil {
		return Differences{}, err
	}
	if len(seen) < LeastPlaces {
		return Differences{}, &SuppressedError{Places: len(seen), Need: LeastPlaces}
	}
	back := func(x float64) float64 { return x }
	if shares > 0 {
		back = unArcsine
	}
	z := normalUpper(alpha / 2)
	m := poolPlaces(seen)
	d.Q, d.DF = m.q, len(seen)-1
	_, d.P = gammaTails(float64(d.DF)/2, d.Q/2)
	d.Consistent = d.P >= alpha
	d.Between = math.Sqrt(m.between)
	d.Common = Interval{Low: back(m.mean - z*m.se), High: back(m.mean + z*m.se)}
	for _, p := range seen {
		v := p.se * p.se
		towards := 1.0 // how far the place is drawn to the common value
		if m.between > 0 {
			towards = v / (v + m.between)
		}
		mid := p.effect + towards*(m.mean-p.effect)
		sd := math.Sqrt((1-towards)*v + towards*towards*m.se*m.se)
		d.Places = append(d.Places, PlaceView{Place: p.place, Context: p.context, Pooled: Interval{Low: back(mid - z*sd), High: back(mid + z*sd)}})
	}
	d.Contexts = contextsOf(seen, alpha, back)
	return d, nil
}

type seenPlace struct {
	place      record.ID
	context    []string
	effect, se float64
}

func (p PlaceEvidence) check() error {
	if p.Shares.N > 0 {
		return p.Shares.checkAs(string(p.Place))
	}
	if p.N < 0 {
		return &RangeError{What: string(p.Place) + ": n", Value: float64(p.N), Want: "0 or more"}
	}
	if p.N == 0 && p.Estimate == (Estimate{}) {
		return nil // nothing seen there yet: withheld
	}
	return p.Estimate.Check()
}

func newSeenPlace(p PlaceEvidence) seenPlace {
	context := slices.Clone(p.Context)
	slices.Sort(context)
	s := seenPlace{place: p.Place, context: slices.Compact(context), effect: p.Estimate.Effect, se: p.Estimate.SE}
	if p.Shares.N > 0 {
		n := float64(p.Shares.N)
		s.effect = 2 * math.Asin(math.Sqrt((float64(p.Shares.Yes)+0.375)/(n+0.75)))
		s.se = 1 / math.Sqrt(n+0.5)
	}
	return s
}

// unArcsine turns 2 arcsin √share back into a share.
func unArcsine(x float64) float64 {
	s := math.Sin(min(max(x, 0), math.Pi) / 2)
	return s * s
}

type pooledPlaces struct{ mean, se, between, q float64 }

// poolPlaces fits the law of the places by the method of moments.
func poolPlaces(places []seenPlace) pooledPlaces {
	var w, wy, w2 float64
	for _, p := range places {
		x := 1 / (p.se * p.se)
		w += x
		wy += x * p.effect
		w2 += x * x
	}
	fixed := wy / w
	var m pooledPlaces
	for _, p := range places {
		m.q += (p.effect - fixed) * (p.effect - fixed) / (p.se * p.se)
	}
	if len(places) > 1 {
		m.between = max(0, (m.q-float64(len(places)-1))/(w-w2/w))
	}
	w, wy = 0, 0
	for _, p := range places {
		x := 1 / (p.se*p.se + m.between)
		w += x
		wy += x * p.effect
	}
	m.mean, m.se = wy/w, math.Sqrt(1/w)
	return m
}

// contextsOf compares the places with each tag to those without, where there are two or more of both.
func contextsOf(places []seenPlace, alpha float64, back func(float64) float64) []ContextDifference {
	var tags []string
	for _, p := range places {
		tags = append(tags, p.context...)
	}
	slices.Sort(tags)
	tags = slices.Compact(tags)
	type split struct {
		tag           string
		with, without []seenPlace
	}
	var splits []split
	for _, tag := range tags {
		s := split{tag: tag}
		for _, p := range places {
			if slices.Contains(p.context, tag) {
				s.with = append(s.with, p)
			} else {
				s.without = append(s.without, p)
			}
		}
		if len(s.with) > 1 && len(s.without) > 1 {
			splits = append(splits, s)
		}
	}
	var out []ContextDifference
	for _, s := range splits {
		a, b := poolPlaces(s.with), poolPlaces(s.without)
		z := normalUpper(alpha / 2 / float64(len(splits)))
		// The limits of the two sides combined by squares, which on the scale of shares keeps them inside [-1, 1].
		ma, mb := back(a.mean), back(b.mean)
		la, ha := back(a.mean-z*a.se), back(a.mean+z*a.se)
		lb, hb := back(b.mean-z*b.se), back(b.mean+z*b.se)
		out = append(out, ContextDifference{Tag: s.tag, With: len(s.with), Without: len(s.without),
			Difference: Interval{Low: ma - mb - math.Hypot(ma-la, hb-mb), High: ma - mb + math.Hypot(ha-ma, mb-lb)}})
	}
	return out
}
