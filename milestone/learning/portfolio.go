package learning

import (
	"math"
	"slices"
)

// Replicated is the e-value of several independent experiments on one null taken together: the product of theirs, in any
// order of running and however many more follow.
func Replicated(values ...LogE) LogE {
	var sum LogE
	for _, v := range values {
		sum += v
	}
	return sum
}

// Discoveries reports for each of several experiments, each with its own null, whether it is among the discoveries of the
// e-BH procedure (Wang & Ramdas 2022): the k experiments with e-values of at least n/(k·alpha) for the largest k for which
// there are k of them. The expected share of false ones among them is at most alpha, whatever the dependence between the
// experiments. The answer stands in the order given. O(n log n). An alpha outside (0, 1) is an [*RangeError].
func Discoveries(values []LogE, alpha float64) ([]bool, error) {
	if err := openUnit("alpha", alpha); err != nil {
		return nil, err
	}
	falling := slices.Clone(values)
	slices.Sort(falling)
	slices.Reverse(falling)
	bar := math.Inf(1)
	for i := len(falling) - 1; i >= 0; i-- {
		need := math.Log(float64(len(falling))) - math.Log(float64(i+1)) - math.Log(alpha)
		if float64(falling[i]) >= need {
			bar = need
			break
		}
	}
	found := make([]bool, len(values))
	for i, v := range values {
		found[i] = float64(v) >= bar
	}
	return found, nil
}
