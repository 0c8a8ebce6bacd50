package accountability

import (
	"errors"
	"math"
	"math/big"
	"math/bits"
)

// Limits of the exact measures of decision rules. What lies beyond them is a [*TooLargeError].
const (
	// MaxMembers is the most members of a rule that is worked out coalition by coalition: 2^20 coalitions.
	MaxMembers = 20
	// MaxVoters is the most members of a weighted [Vote]: with more, counts of coalitions pass 128 bits.
	MaxVoters = 130
	// maxSteps bounds the cells that counting by weight may visit: about a second.
	maxSteps = 1 << 28
)

// Vote is a decision rule with weights: a motion passes where the weights of those for it reach the quota. Whoever prints a
// power index prints the Vote beside it: the index describes the rule, and neither influence nor worth.
//
// The zero Vote has no members and is refused.
type Vote struct {
	// Quota is in the unit of the weights: above nought, and at most their sum.
	Quota int64
	// Weights are those of the members, nought or more.
	Weights []int64
}

// check returns the Vote with quota and weights in the smallest whole numbers that leave the rule as it is.
func (v Vote) check() (Vote, error) {
	var faults []error
	fault := func(member string, i int, cause string) {
		faults = append(faults, &MeasureError{"vote", member, i, cause})
	}
	total, divisor := int64(0), int64(0)
	for i, w := range v.Weights {
		if w < 0 {
			fault("weights", i, "it is below nought")
			continue
		}
		if w > math.MaxInt64/2-total {
			fault("weights", i, "with it the weights are too large to add up")
			break
		}
		total += w
		for a, b := w, divisor; ; {
			if b == 0 {
				divisor = a
				break
			}
			a, b = b, a%b
		}
	}
	if len(v.Weights) == 0 {
		fault("weights", -1, "there are no members")
	}
	if len(faults) == 0 && (v.Quota <= 0 || v.Quota > total) {
		fault("quota", -1, "it is not above nought and at most the sum of the weights")
	}
	if len(faults) > 0 {
		return Vote{}, errors.Join(faults...)
	}
	small := Vote{Quota: (v.Quota-1)/divisor + 1, Weights: make([]int64, len(v.Weights))}
	for i, w := range v.Weights {
		small.Weights[i] = w / divisor
	}
	return small, nil
}

// Shapley returns the Shapley–Shubik index of each member: the share of the orders of all members in which theirs is the vote
// that reaches the quota (Shapley, Shubik, American Political Science Review 48, 1954). The fractions are exact and sum to 1.
//
// Up to [MaxMembers] members are counted coalition by coalition, or by weight where that is less work: with n members, m
// different weights and quota q that takes n·q·(n + m) steps (Mann, Shapley, RAND RM-3158, 1962). Errors: [*MeasureError],
// joined, for weights and quota out of bounds; [*TooLargeError] beyond the limits.
func (v Vote) Shapley() ([]*big.Rat, error) {
	swings, err := v.swings("shapley")
	if err != nil {
		return nil, err
	}
	n := len(swings)
	index := make([]*big.Rat, n)
	orders := factorial(n)
	for i, bySize := range swings {
		sum := new(big.Int)
		for s, count := range bySize { // s others before, n-s-1 after
			term := new(big.Int).Mul(factorial(s), factorial(n-s-1))
			sum.Add(sum, term.Mul(term, count))
		}
		index[i] = new(big.Rat).SetFrac(sum, orders)
	}
	return index, nil
}

// Power is a Banzhaf index.
type Power struct {
	// Swings counts, for each member, the coalitions of others that fail without it and pass with it.
	Swings []*big.Int
	// Index is the share of all swings that are the member's; they sum to 1.
	Index []*big.Rat
}

// Banzhaf returns the swings of each member and their normalised index (Penrose 1946; Banzhaf, Rutgers Law Review 19, 1965).
// Swings over 2^(n−1) is the chance that a member decides where all others vote either way by the toss of a coin. Limits,
// work and errors are those of [Vote.Shapley].
func (v Vote) Banzhaf() (Power, error) {
	swings, err := v.swings("banzhaf")
	if err != nil {
		return Power{}, err
	}
	p := Power{Swings: make([]*big.Int, len(swings)), Index: make([]*big.Rat, len(swings))}
	all := new(big.Int)
	for i, bySize := range swings {
		p.Swings[i] = new(big.Int)
		for _, count := range bySize {
			p.Swings[i].Add(p.Swings[i], count)
		}
		all.Add(all, p.Swings[i])
	}
	for i := range p.Index {
		p.Index[i] = new(big.Rat).SetFrac(p.Swings[i], all) // the whole passes and nobody fails, so somebody swings
	}
	return p, nil
}

// swings counts, for each member and number of others, the coalitions of so many others that it makes pass.
func (v Vote) swings(measure string) ([][]*big.Int, error) {
	v, err := v.check()
	if err != nil {
		return nil, err
	}
	n := len(v.Weights)
	same := make(map[int64]int) // the first member with each weight
	for i, w := range v.Weights {
		if _, ok := same[w]; !ok {
			same[w] = i
		}
	}
	steps := float64(n) * float64(v.Quota) * float64(n+len(same))
	byWeight := n <= MaxVoters && steps <= maxSteps
	if n > MaxVoters {
		return nil, &TooLargeError{measure, "members", n, MaxVoters}
	}
	if !byWeight && n > MaxMembers {
		return nil, &TooLargeError{measure, "steps (members² × quota)", int(min(steps, math.MaxInt32)), maxSteps}
	}
	counts := make([][]*big.Int, n)
	if !byWeight || n <= MaxMembers && steps > float64(n)*math.Exp2(float64(n)) {
		v.enumerate(counts)
		return counts, nil
	}
	table := v.table()
	for i, w := range v.Weights {
		if first := same[w]; first != i {
			counts[i] = counts[first]
			continue
		}
		counts[i] = v.without(table, w)
	}
	return counts, nil
}

// enumerate visits every coalition.
func (v Vote) enumerate(counts [][]*big.Int) {
	n := len(v.Weights)
	by := make([]uint64, n*n)
	sum := make([]int64, 1<<n)
	for set := uint32(1); set < 1<<n; set++ {
		low := bits.TrailingZeros32(set)
		sum[set] = sum[set&(set-1)] + v.Weights[low]
		if sum[set] < v.Quota {
			continue
		}
		size := bits.OnesCount32(set) - 1
		for rest := set; rest != 0; rest &= rest - 1 {
			if i := bits.TrailingZeros32(rest); sum[set]-v.Weights[i] < v.Quota {
				by[i*n+size]++
			}
		}
	}
	for i := range counts {
		counts[i] = make([]*big.Int, n)
		for s := range n {
			counts[i][s] = new(big.Int).SetUint64(by[i*n+s])
		}
	}
}

// wide is a number of 128 bits: high and low.
type wide struct{ hi, lo uint64 }

func (a wide) add(b wide) wide {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	hi, _ := bits.Add64(a.hi, b.hi, carry)
	return wide{hi, lo}
}

func (a wide) sub(b wide) wide {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	hi, _ := bits.Sub64(a.hi, b.hi, borrow)
	return wide{hi, lo}
}

func (a wide) big() *big.Int {
	n := new(big.Int).SetUint64(a.hi)
	return n.Lsh(n, 64).Or(n, new(big.Int).SetUint64(a.lo))
}

// table counts the coalitions of each size and each weight below the quota: at size·quota + weight.
func (v Vote) table() []wide {
	n, q := len(v.Weights), int(v.Quota)
	t := make([]wide, (n+1)*q)
	t[0] = wide{0, 1}
	for k, weight := range v.Weights {
		if weight >= v.Quota {
			continue // no coalition below the quota has it
		}
		w := int(weight)
		for s := k; s >= 0; s-- {
			from, to := t[s*q:(s+1)*q], t[(s+1)*q:(s+2)*q]
			for x := q - 1; x >= w; x-- {
				to[x] = to[x].add(from[x-w])
			}
		}
	}
	return t
}

// without counts, by size, the coalitions that leave out one member of a weight and that it makes pass.
func (v Vote) without(t []wide, weight int64) []*big.Int {
	n, q := len(v.Weights), int(v.Quota)
	counts := make([]*big.Int, n)
	w := int(min(weight, v.Quota))
	before, row := make([]wide, q), make([]wide, q)
	for s := range n {
		copy(row, t[s*q:(s+1)*q])
		if s > 0 {
			for x := w; x < q; x++ {
				row[x] = row[x].sub(before[x-w])
			}
		}
		var sum wide
		for x := q - w; x < q; x++ {
			sum = sum.add(row[x])
		}
		counts[s] = sum.big()
		before, row = row, before
	}
	return counts
}

func factorial(n int) *big.Int { return new(big.Int).MulRange(1, int64(n)) }

// ShapleyValue returns what each of n members adds to a coalition, averaged over all orders in which they may join (Shapley
// 1953): Σ over the coalitions S without i of |S|!(n−|S|−1)!/n! · (value(S ∪ i) − value(S)). The values sum to that of all
// members less that of none. value is called once for each of the 2^n coalitions, in ascending order of the number whose bit
// i says that member i belongs; it may return any finite number, such as 1 where a coalition decides. n above [MaxMembers]
// is a [*TooLargeError], n below 1 and a value that is not finite a [*MeasureError]. O(n·2^n) time, 8·2^n bytes.
func ShapleyValue(n int, value func(members uint32) float64) ([]float64, error) {
	weight := make([]float64, max(n, 0))
	for s := range weight { // (n-s-1)! s! / n! = 1 / (n · C(n-1, s))
		weight[s] = 1 / (float64(n) * float64(new(big.Int).Binomial(int64(n-1), int64(s)).Uint64()))
	}
	return marginal("shapley value", n, value, func(s int) float64 { return weight[s] })
}

// BanzhafValue returns what each of n members adds to a coalition, averaged over all coalitions of the others (Dubey, Shapley,
// Mathematics of Operations Research 4, 1979). For a rule whose value is 0 or 1 that is the chance of a member to decide. It
// is not normalised. Arguments, limits, errors and work are those of [ShapleyValue].
func BanzhafValue(n int, value func(members uint32) float64) ([]float64, error) {
	return marginal("banzhaf value", n, value, func(int) float64 { return math.Exp2(float64(1 - n)) })
}

func marginal(measure string, n int, value func(uint32) float64, weight func(size int) float64) ([]float64, error) {
	if n < 1 {
		return nil, &MeasureError{measure, "n", -1, "there are no members"}
	}
	if n > MaxMembers {
		return nil, &TooLargeError{measure, "members", n, MaxMembers}
	}
	worth := make([]float64, 1<<n)
	for set := range worth {
		worth[set] = value(uint32(set))
		if math.IsNaN(worth[set]) || math.IsInf(worth[set], 0) {
			return nil, &MeasureError{measure, "value", set, "it is not finite"}
		}
	}
	values := make([]float64, n)
	for i := range values {
		bit := 1 << i
		bySize := make([]float64, n)
		for set := range worth {
			if set&bit == 0 {
				bySize[bits.OnesCount32(uint32(set))] += worth[set|bit] - worth[set]
			}
		}
		for s, sum := range bySize {
			values[i] += weight(s) * sum
		}
	}
	return values, nil
}
