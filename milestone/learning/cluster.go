package learning

import "math"

// Wedge is a cluster design over periods, such as a stepped wedge, with the same number of people in each cluster and
// period (Hussey & Hughes 2007).
type Wedge struct {
	// Exposed holds a row for each cluster and in it, for each period, whether the cluster has the change. All rows have the
	// same length.
	Exposed [][]bool
	// People is the number in each cluster and period, 1 or more.
	People int
	// SD is the standard deviation of the outcome over all people, above 0.
	SD float64
	// ICC is the share of variance that lies between clusters, in [0, 1).
	ICC float64
}

func (w Wedge) check() error {
	var faults []error
	periods := 0
	if len(w.Exposed) > 0 {
		periods = len(w.Exposed[0])
	}
	if len(w.Exposed) < 2 || periods < 1 {
		faults = append(faults, &RangeError{What: "clusters", Value: float64(len(w.Exposed)), Want: "2 or more, with a period or more"})
	}
	for _, row := range w.Exposed {
		if len(row) != periods {
			faults = append(faults, &RangeError{What: "periods of a cluster", Value: float64(len(row)), Want: "the same number for all"})
			break
		}
	}
	if w.People < 1 {
		faults = append(faults, &RangeError{What: "people", Value: float64(w.People), Want: "1 or more"})
	}
	if err := positive("sd", w.SD); err != nil {
		faults = append(faults, err)
	}
	if !(w.ICC >= 0 && w.ICC < 1) {
		faults = append(faults, &RangeError{What: "icc", Value: w.ICC, Want: "0 or more and less than 1"})
	}
	return joined(faults)
}

// SE is the standard error of the effect, from the closed form of Hussey & Hughes (2007) for a model with fixed periods and
// random clusters:
//
//	Var = Iσ²(σ²+Tτ²) / ((IU-W)σ² + (U²+ITU-TW-IV)τ²)
//
// with I clusters, T periods, U exposed cells, W the sum of squared column sums and V of squared row sums, τ² = ICC·SD² and
// σ² = (1-ICC)·SD²/People. A design in which the effect cannot be told from the periods is an [*RangeError]. O(IT).
func (w Wedge) SE() (float64, error) {
	if err := w.check(); err != nil {
		return 0, err
	}
	i, t := float64(len(w.Exposed)), float64(len(w.Exposed[0]))
	columns := make([]float64, len(w.Exposed[0]))
	u, v := 0.0, 0.0
	for _, row := range w.Exposed {
		sum := 0.0
		for j, x := range row {
			if x {
				columns[j]++
				sum++
			}
		}
		u += sum
		v += sum * sum
	}
	ww := 0.0
	for _, c := range columns {
		ww += c * c
	}
	tau := w.ICC * w.SD * w.SD
	sigma := (1 - w.ICC) * w.SD * w.SD / float64(w.People)
	below := (i*u-ww)*sigma + (u*u+i*t*u-t*ww-i*v)*tau
	if !(below > 0) {
		return 0, &RangeError{What: "information in the design", Value: below, Want: "above 0: in some period clusters must differ"}
	}
	return math.Sqrt(i * sigma * (sigma + t*tau) / below), nil
}

// NaiveSE is the standard error that ignores clusters and periods: SD √(1/exposed + 1/unexposed), in people.
func (w Wedge) NaiveSE() (float64, error) {
	if err := w.check(); err != nil {
		return 0, err
	}
	with, without := 0, 0
	for _, row := range w.Exposed {
		for _, x := range row {
			if x {
				with += w.People
			} else {
				without += w.People
			}
		}
	}
	if with == 0 || without == 0 {
		return 0, &RangeError{What: "exposed people", Value: float64(with), Want: "some, and some not"}
	}
	return w.SD * math.Sqrt(1/float64(with)+1/float64(without)), nil
}

// Power is the probability that a two-sided z test at level alpha detects an effect of this size.
func (w Wedge) Power(effect, alpha float64) (float64, error) {
	if err := openUnit("alpha", alpha); err != nil {
		return 0, err
	}
	se, err := w.SE()
	if err != nil {
		return 0, err
	}
	return normalTail(normalUpper(alpha/2) - math.Abs(effect)/se), nil
}

// CheckSE returns an [*UnclusteredError] where a reported standard error is nearer, on the scale of ratios, to what ignoring
// the clusters would give than to what the design gives. Where the two differ by less than a tenth it says nothing.
func (w Wedge) CheckSE(se float64) error {
	if err := positive("standard error", se); err != nil {
		return err
	}
	clustered, err := w.SE()
	if err != nil {
		return err
	}
	naive, err := w.NaiveSE()
	if err != nil {
		return err
	}
	if clustered > 1.1*naive && se*se < naive*clustered {
		return &UnclusteredError{SE: se, Naive: naive, Clustered: clustered}
	}
	return nil
}

// DesignEffect is the factor 1 + (people-1)·ICC by which allocating groups of so many people multiplies the variance of a
// comparison (Kish 1965), and so the number of people needed.
func DesignEffect(people, icc float64) float64 { return 1 + (people-1)*icc }
