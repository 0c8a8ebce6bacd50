package accountability

import (
	"errors"
	"math"
	"math/bits"
)

// Responsibility says how a member's act bears on an outcome under a stated rule, by Chockler and Halpern (Responsibility and
// Blame, Journal of Artificial Intelligence Research 22, 2004): with k the fewest changes to the acts of others that leave
// the outcome as it is and make this one act decisive, the degree is 1/(1+k); 0 where no changes do. The acts here decide the
// outcome directly, each on its own. It describes a rule and a record of acts, and no fault. The zero value is no cause.
type Responsibility struct {
	// Cause says whether the act is a cause of the outcome at all.
	Cause bool
	// Changes is k; 0 where Cause is false.
	Changes int
}

// Degree is 1/(1+k), or 0 where the act is no cause.
func (r Responsibility) Degree() float64 {
	if !r.Cause {
		return 0
	}
	return 1 / float64(1+r.Changes)
}

// Degrees returns the degree of each.
func Degrees(all []Responsibility) []float64 {
	degrees := make([]float64, len(all))
	for i, r := range all {
		degrees[i] = r.Degree()
	}
	return degrees
}

// VoteResponsibility is that of each voter for and of each voter against in a vote of equals that passes with quota votes
// for it. Where it passes with m votes, those for it have degree 1/(m − quota + 1): eleven to none, with a quota of six, gives
// each 1/6. Where it fails, those against have 1/(quota − m). The losing side is no cause. Counts below nought and a quota
// that is not above nought and at most the number of voters are a [*MeasureError].
func VoteResponsibility(quota, yes, no int) (each, against Responsibility, err error) {
	switch {
	case yes < 0 || no < 0 || yes > math.MaxInt-no:
		return each, against, &MeasureError{"responsibility", "voters", -1, "their number is below nought or too large"}
	case quota < 1 || quota > yes+no:
		return each, against, &MeasureError{"responsibility", "quota", -1, "it is not above nought and at most the number of voters"}
	case yes >= quota:
		return Responsibility{true, yes - quota}, against, nil
	}
	return each, Responsibility{true, quota - yes - 1}, nil
}

// Responsibility is that of each member for how a vote went, given who voted for it. Up to [MaxMembers] members it looks at
// every set of changed votes, and beyond that at every sum of weights: members × sum of weights × different members steps.
// Errors are those of [Vote.Shapley]; votes that are not one a member are a [*MeasureError].
func (v Vote) Responsibility(yes []bool) ([]Responsibility, error) {
	if len(yes) != len(v.Weights) {
		return nil, &MeasureError{"vote", "yes", -1, "it does not have one vote for each member"}
	}
	v, err := v.check()
	if err != nil {
		return nil, err
	}
	n := len(v.Weights)
	if n <= MaxMembers {
		sum := make([]int64, 1<<n)
		return decisive(yes, func(set uint32) bool {
			if set != 0 {
				sum[set] = sum[set&(set-1)] + v.Weights[bits.TrailingZeros32(set)]
			}
			return sum[set] >= v.Quota
		}), nil
	}
	return v.bySum(yes)
}

// bySum finds, for each member, the fewest changed votes of others by the sum of weights that they lead to.
func (v Vote) bySum(yes []bool) ([]Responsibility, error) {
	type voter struct {
		weight int64
		yes    bool
	}
	total := int64(0)
	kinds := make(map[voter]bool)
	for i, w := range v.Weights {
		total += w
		kinds[voter{w, yes[i]}] = true
	}
	n := len(yes)
	if n > MaxVoters {
		return nil, &TooLargeError{"responsibility", "members", n, MaxVoters}
	}
	if steps := float64(n) * float64(total) * float64(len(kinds)); steps > maxSteps {
		return nil, &TooLargeError{"responsibility", "steps (members × weights × kinds of member)", int(min(steps, math.MaxInt32)), maxSteps}
	}
	now := int64(0)
	for i, w := range v.Weights {
		if yes[i] {
			now += w
		}
	}
	passes := now >= v.Quota
	found := make(map[voter]Responsibility)
	all := make([]Responsibility, n)
	for i, w := range v.Weights {
		kind := voter{w, yes[i]}
		if _, ok := found[kind]; !ok {
			found[kind] = v.fewest(yes, i, total, passes)
		}
		all[i] = found[kind]
	}
	return all, nil
}

// fewest is the Responsibility of member i, by a table of the fewest changes among the others for each sum of their weights.
func (v Vote) fewest(yes []bool, i int, total int64, passes bool) Responsibility {
	const never = math.MaxInt32
	least := make([]int32, total+1)
	for x := range least {
		least[x] = never
	}
	least[0] = 0
	for j, weight := range v.Weights {
		if j == i {
			continue
		}
		w, for0, for1 := int(weight), int32(0), int32(1) // changes if j votes against, and for
		if yes[j] {
			for0, for1 = 1, 0
		}
		for x := int(total); x >= 0; x-- {
			best := int32(never)
			if least[x] != never {
				best = least[x] + for0
			}
			if x >= w && least[x-w] != never {
				best = min(best, least[x-w]+for1)
			}
			least[x] = best
		}
	}
	r := Responsibility{}
	w := v.Weights[i]
	for x := max(0, v.Quota-w); x < v.Quota; x++ { // passes with i and fails without
		if c := least[x]; yes[i] == passes && c != never && (!r.Cause || int(c) < r.Changes) {
			r = Responsibility{true, int(c)}
		}
	}
	return r
}

// decisive looks at every set of changed acts. The outcome must be fixed by who acts alone; it is asked once for each set, in
// ascending order.
func decisive(acts []bool, outcome func(set uint32) bool) []Responsibility {
	n := len(acts)
	now := uint32(0)
	for i, act := range acts {
		if act {
			now |= 1 << i
		}
	}
	table := make([]bool, 1<<n)
	for set := range table {
		table[set] = outcome(uint32(set))
	}
	all := make([]Responsibility, n)
	for changed := uint32(0); changed < 1<<n; changed++ {
		if table[now^changed] != table[now] {
			continue
		}
		size := bits.OnesCount32(changed)
		for i := range all {
			bit := uint32(1) << i
			if changed&bit == 0 && (!all[i].Cause || size < all[i].Changes) && table[now^changed^bit] != table[now] {
				all[i] = Responsibility{true, size}
			}
		}
	}
	return all
}

// Formula says from which acts an outcome follows: acts joined by and, or and at-least, never by not, so that one act more
// never undoes it. Made by [Actor], [AllOf], [AnyOf] and [AtLeast]; immutable. The zero Formula holds nothing and is refused.
type Formula struct {
	steps []step // in the order of a stack machine
	last  int    // the highest actor
	depth int    // the most of the stack that is used
	wrong error
}

// step pushes an actor, or replaces the top of the stack by whether at least so many of them hold.
type step struct {
	actor     int // -1 for a gate
	of, needs int
}

// Actor is the outcome that follows from the act of member i alone, counted from nought.
func Actor(i int) Formula {
	if i < 0 || i >= MaxMembers {
		return Formula{wrong: &MeasureError{"formula", "actor", i, "an actor is from 0 to 19"}}
	}
	return Formula{steps: []step{{actor: i}}, last: i, depth: 1}
}

// AllOf follows where all parts do. Without parts it is refused on use.
func AllOf(parts ...Formula) Formula { return AtLeast(len(parts), parts...) }

// AnyOf follows where one part does. Without parts it is refused on use.
func AnyOf(parts ...Formula) Formula { return AtLeast(1, parts...) }

// maxFormula is the most steps of a formula: each is taken for every set of acts.
const maxFormula = 1000

// AtLeast follows where k or more of the parts do. A k that is not from 1 to their number, a part that is itself refused, and
// more than a thousand actors and joins in all, are refused on use.
func AtLeast(k int, parts ...Formula) Formula {
	f := Formula{}
	for i, p := range parts {
		switch {
		case p.wrong != nil:
			f.wrong = errors.Join(f.wrong, p.wrong)
		case len(p.steps) == 0:
			f.wrong = errors.Join(f.wrong, &MeasureError{"formula", "parts", i, "it is empty"})
		case len(f.steps)+len(p.steps) >= maxFormula:
			return Formula{wrong: &TooLargeError{"formula", "steps", len(f.steps) + len(p.steps), maxFormula}}
		}
		f.steps = append(f.steps, p.steps...)
		f.last, f.depth = max(f.last, p.last), max(f.depth, i+p.depth)
	}
	if k < 1 || k > len(parts) {
		f.wrong = errors.Join(f.wrong, &MeasureError{"formula", "at least", -1, "it is not from 1 to the number of parts"})
	}
	if f.wrong != nil {
		return Formula{wrong: f.wrong}
	}
	f.steps = append(f.steps, step{-1, len(parts), k})
	return f
}

func (f Formula) check(members int) error {
	switch {
	case f.wrong != nil:
		return f.wrong
	case len(f.steps) == 0:
		return &MeasureError{"formula", "parts", -1, "it is empty"}
	case members > MaxMembers:
		return &TooLargeError{"formula", "members", members, MaxMembers}
	case f.last >= members:
		return &MeasureError{"formula", "actor", f.last, "there is no such member"}
	}
	return nil
}

func (f Formula) holds(set uint32, stack []bool) bool {
	stack = stack[:0]
	for _, s := range f.steps {
		if s.actor >= 0 {
			stack = append(stack, set>>s.actor&1 == 1)
			continue
		}
		n := 0
		for _, held := range stack[len(stack)-s.of:] {
			if held {
				n++
			}
		}
		stack = append(stack[:len(stack)-s.of], n >= s.needs)
	}
	return stack[0]
}

// Holds reports whether the outcome follows from who acted. Errors: [*MeasureError] and [*TooLargeError], joined where there
// are several, of the formula or for fewer acts than actors.
func (f Formula) Holds(acts []bool) (bool, error) {
	if err := f.check(len(acts)); err != nil {
		return false, err
	}
	set := uint32(0)
	for i, act := range acts {
		if act {
			set |= 1 << i
		}
	}
	return f.holds(set, make([]bool, 0, f.depth)), nil
}

// Responsibility is that of each member for the outcome, be it that it followed or that it did not. acts has one entry for
// each member, at most [MaxMembers]. Errors are those of [Formula.Holds]. O(2^n · (n + size of the formula)).
func (f Formula) Responsibility(acts []bool) ([]Responsibility, error) {
	if err := f.check(len(acts)); err != nil {
		return nil, err
	}
	stack := make([]bool, 0, f.depth)
	return decisive(acts, func(set uint32) bool { return f.holds(set, stack) }), nil
}

// Situation is one state of affairs that somebody thought possible when they acted, with the degree of responsibility that
// each member would have in it.
type Situation struct {
	// Chance is the probability that was given to it, from 0 to 1.
	Chance float64
	// Degrees are from 0 to 1, one for each member.
	Degrees []float64
}

// Blame is the expected degree of responsibility of each member over the situations thought possible (Chockler, Halpern 2004,
// section 4). What was known then belongs in the situations: read the Register as known at the instant of the decision,
// whereas responsibility reads what is known now. Ten marksmen and one live bullet give each 1/10. Chances that do not sum to
// 1 within 1e-9, numbers out of bounds and lists of different length are each a [*MeasureError], joined.
func Blame(situations []Situation) ([]float64, error) {
	var faults []error
	fault := func(member string, i int, cause string) {
		faults = append(faults, &MeasureError{"blame", member, i, cause})
	}
	if len(situations) == 0 {
		return nil, &MeasureError{"blame", "situations", -1, "there are none"}
	}
	blame := make([]float64, len(situations[0].Degrees))
	chance := 0.0
	for i, s := range situations {
		if !(s.Chance >= 0 && s.Chance <= 1) {
			fault("chance", i, "it is not from 0 to 1")
		}
		chance += s.Chance
		if len(s.Degrees) != len(blame) {
			fault("degrees", i, "their number differs from the first")
			continue
		}
		for j, d := range s.Degrees {
			if !(d >= 0 && d <= 1) {
				fault("degrees", i, "one is not from 0 to 1")
			}
			blame[j] += s.Chance * d
		}
	}
	if len(faults) == 0 && math.Abs(chance-1) > 1e-9 {
		fault("chance", -1, "they do not sum to 1")
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return blame, nil
}

// ManyHands is the gap between the whole, which brought the outcome about, and the member most responsible for it: 1 less the
// highest degree, from 0 to 1. Eleven votes to none leave 5/6; six to five leave 0 (the problem of many hands: Thompson,
// American Political Science Review 74, 1980; as a gap: van de Poel, Royakkers, Zwart 2015). No degrees, and degrees outside
// 0 to 1, are a [*MeasureError].
func ManyHands(degrees []float64) (float64, error) {
	if len(degrees) == 0 {
		return 0, &MeasureError{"many hands", "degrees", -1, "there are none"}
	}
	highest := 0.0
	for i, d := range degrees {
		if !(d >= 0 && d <= 1) {
			return 0, &MeasureError{"many hands", "degrees", i, "it is not from 0 to 1"}
		}
		highest = max(highest, d)
	}
	return 1 - highest, nil
}
