package learning

import (
	"math"
	"math/rand/v2"
	"slices"
)

// PerArm is the number of people in each arm with which a two-sided z test at level alpha, read once, tells share b from
// share a with the given power (Fleiss 1981, without continuity correction), rounded up. Errors are [*RangeError].
func PerArm(a, b, alpha, power float64) (int, error) {
	faults := []error{openUnit("share a", a), openUnit("share b", b), openUnit("alpha", alpha), openUnit("power", power)}
	if a == b {
		faults = append(faults, &RangeError{What: "share b", Value: b, Want: "another share than a"})
	}
	if err := joined(faults); err != nil {
		return 0, err
	}
	m := (a + b) / 2
	s := normalUpper(alpha/2)*math.Sqrt(2*m*(1-m)) + normalUpper(1-power)*math.Sqrt(a*(1-a)+b*(1-b))
	return int(math.Ceil(s * s / ((b - a) * (b - a)))), nil
}

// Price is what it costs to be able to look at any time, in people in each arm.
type Price struct {
	Fixed80, Fixed95 int // a design read once, with power 80% and 95%
	// Median is the number at which half of all simulated experiments had excluded no difference, looking after every
	// pair, and 0 where fewer than half had by the horizon.
	Median int
	// Found is the share of simulated experiments that had by the horizon, and FoundSE its standard error.
	Found, FoundSE float64
}

// PriceOfLooking compares [FixedN] with [Anytime] for two shares: the price is roughly a fixed sample of power 80 to 95%.
// The second is simulated, from the seed alone, over runs experiments of up to horizon people in each arm, with alpha 0.05
// and the default prior. runs is 1 to 100,000 and horizon 1 to 100,000; time is proportional to their product, about
// 0.1 µs each. Errors are [*RangeError].
func PriceOfLooking(a, b float64, horizon, runs int, seed uint64) (Price, error) {
	var p Price
	var err error
	if p.Fixed80, err = PerArm(a, b, 0.05, 0.8); err != nil {
		return Price{}, err
	}
	if p.Fixed95, err = PerArm(a, b, 0.05, 0.95); err != nil {
		return Price{}, err
	}
	for _, n := range []int{horizon, runs} {
		if n < 1 || n > 100000 {
			return Price{}, &RangeError{What: "horizon or runs", Value: float64(n), Want: "between 1 and 100000"}
		}
	}
	var stops []int
	for run := range runs {
		r := rand.New(rand.NewPCG(seed, uint64(run)))
		var s SafeTwo
		for n := 1; n <= horizon; n++ {
			var k Block
			k.A.N, k.B.N = 1, 1
			if r.Float64() < a {
				k.A.Yes = 1
			}
			if r.Float64() < b {
				k.B.Yes = 1
			}
			if err := s.Add(k); err != nil {
				return Price{}, err
			}
			if s.LogE().Against(0.05) {
				stops = append(stops, n)
				break
			}
		}
	}
	p.Found = float64(len(stops)) / float64(runs)
	p.FoundSE = math.Sqrt(p.Found * (1 - p.Found) / float64(runs))
	if 2*len(stops) >= runs {
		slices.Sort(stops)
		p.Median = stops[(runs+1)/2-1]
	}
	return p, nil
}
