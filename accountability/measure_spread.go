package accountability

import (
	"errors"
	"math"
	"slices"
)

// Spread says how an amount lies over several holders: in few hands or in many. With shares s_i of n holders that sum to 1:
//
//	HHI        Σ s_i²                              Herfindahl 1950, Hirschman 1945
//	Effective  1 / HHI                             Laakso, Taagepera 1979
//	Gini       Σ (2i − n − 1) x_i / (n Σ x), x ascending   Gini 1912
//	Entropy    −Σ s_i ln s_i, in nats              Shannon 1948
//
// The zero Spread is that of nothing: no holders.
type Spread struct {
	// Holders is n: holders with an amount of nought count.
	Holders int
	// HHI is from 1/n to 1.
	HHI float64
	// Effective is how many equal holders would give the same HHI: from 1 to n.
	Effective float64
	// Gini is from 0, where all have the same, to 1 − 1/n.
	Gini float64
	// Entropy is from 0 to ln n, in nats.
	Entropy float64
}

// Normalised is HHI stretched to run from 0, for equal parts, to 1 for one holder of all, whatever their number:
// (HHI − 1/n) / (1 − 1/n). One holder gives 1; none gives NaN.
func (s Spread) Normalised() float64 {
	switch s.Holders {
	case 0:
		return math.NaN()
	case 1:
		return 1
	}
	least := 1 / float64(s.Holders)
	return (s.HHI - least) / (1 - least)
}

// Diffusion is 1 − [Spread.Normalised]: 0 for one holder of all, 1 for equal parts.
func (s Spread) Diffusion() float64 { return 1 - s.Normalised() }

// Bits is the entropy in bits.
func (s Spread) Bits() float64 { return s.Entropy / math.Ln2 }

// Evenness is the entropy over the most that it can be, from 0 to 1 (Pielou 1966). NaN below two holders.
func (s Spread) Evenness() float64 { return share(s.Entropy, math.Log(float64(s.Holders))) }

// SpreadOf measures how amounts of any one unit are spread. They need not sum to 1. Amounts below nought, not finite, or of
// nought in all are errors, each a [*MeasureError], joined. O(n log n).
func SpreadOf(amounts []float64) (Spread, error) {
	var faults []error
	largest := 0.0
	for i, a := range amounts {
		if !(a >= 0) || math.IsInf(a, 0) {
			faults = append(faults, &MeasureError{"spread", "amounts", i, "it is below nought or not finite"})
		}
		largest = max(largest, a)
	}
	if len(faults) == 0 && largest == 0 {
		faults = append(faults, &MeasureError{"spread", "amounts", -1, "there is nothing to spread"})
	}
	if len(faults) > 0 {
		return Spread{}, errors.Join(faults...)
	}
	sorted := slices.Clone(amounts)
	slices.Sort(sorted)
	total := 0.0
	for i := range sorted {
		sorted[i] /= largest // so that no sum overflows
		total += sorted[i]
	}
	n := len(sorted)
	s := Spread{Holders: n}
	for i, x := range sorted {
		p := x / total
		s.HHI += p * p
		s.Gini += float64(2*(i+1)-n-1) * p / float64(n)
		if p > 0 {
			s.Entropy -= p * math.Log(p)
		}
	}
	s.Effective = 1 / s.HHI
	return s, nil
}
