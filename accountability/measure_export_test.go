package accountability

import "math/big"

// PowerByWeight and PowerBySet count the swings of a vote both ways.
func PowerByWeight(v Vote) [][]string {
	v, err := v.check()
	if err != nil {
		return nil
	}
	counts := make([][]*big.Int, len(v.Weights))
	table := v.table()
	for i, w := range v.Weights {
		counts[i] = v.without(table, w)
	}
	return inWords(counts)
}

func PowerBySet(v Vote) [][]string {
	v, err := v.check()
	if err != nil {
		return nil
	}
	counts := make([][]*big.Int, len(v.Weights))
	v.enumerate(counts)
	return inWords(counts)
}

func inWords(counts [][]*big.Int) [][]string {
	words := make([][]string, len(counts))
	for i, list := range counts {
		for _, n := range list {
			words[i] = append(words[i], n.String())
		}
	}
	return words
}

// ResponsibilityBySum is [Vote.Responsibility] as it is worked out for many members.
func ResponsibilityBySum(v Vote, yes []bool) ([]Responsibility, error) {
	v, err := v.check()
	if err != nil {
		return nil, err
	}
	return v.bySum(yes)
}
