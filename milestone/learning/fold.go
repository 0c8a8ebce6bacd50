package learning

import (
	"math"
	"slices"

	"github.com/missionled/missionled/accountability/record"
)

// group is evidence on one hypothesis whose parts bear on each other: the counts of one protocol, its estimates, clues that hang
// together. A group enters belief with the weight of the whole, held within ± [WeightCap], and each part with what it adds to that.
// So neither the order nor the number of records in which it was written down plays a part.
type group struct {
	counts    Counts
	arms      Pair
	precision float64 // of the estimates pooled so far, and their mean
	mean      float64
	clues     Weight
	whole     Weight // as it has entered belief so far
	capped    bool
	settles   bool // a justified certainty, which is not held within the cap
}

// groupKey names a group. Evidence that stands alone has its own id, and clues that hang together that of the first of them.
type groupKey struct {
	batch
	kind  resultKind
	alone record.ID
}

// keyOf returns the group of an item.
func (c *counted) keyOf(it *item) groupKey {
	kind := it.e.Result.kind()
	k := groupKey{kind: kind}
	switch {
	case kind == ofClue:
		k.alone = c.root(it)
	case it.protocol == nil:
		k.alone = it.id
	default:
		k.batch = batch{it.e.Experiment, it.e.Amendment}
	}
	return k
}

// root is the first of the clues that an item hangs together with, along the first dependence that has been entered.
func (c *counted) root(it *item) record.ID {
	for range c.items {
		next := -1
		for _, d := range it.e.DependsOn {
			if i, ok := c.index[d]; ok {
				next = i
				break
			}
		}
		if next < 0 {
			break
		}
		it = &c.items[next]
	}
	return it.id
}

// add takes an item into a group, and returns what it adds to the weight of the whole.
func (c *counted) add(g *group, it *item) (Weight, error) {
	w, err := c.weigh(g, it)
	if err != nil {
		return 0, err
	}
	whole := w
	if !g.settles {
		whole, g.capped = w.Capped()
	}
	adds := Weight(0)
	if whole != g.whole {
		adds = whole - g.whole
	}
	g.whole = whole
	return adds, nil
}

// weigh returns the weight of a group with an item in it.
func (c *counted) weigh(g *group, it *item) (Weight, error) {
	r, expect := &it.e.Result, it.expect()
	switch r.kind() {
	case ofCounts:
		g.counts = g.counts.Plus(r.Counts)
		if err := errorsOf(r.Counts.check(), expect.checkShares()); err != nil {
			return 0, err
		}
		return Weight(expect.IfTrue.LogMarginal(g.counts) - expect.IfFalse.LogMarginal(g.counts)), nil
	case ofArms:
		g.arms = Pair{A: g.arms.A.Plus(r.Arms.A), B: g.arms.B.Plus(r.Arms.B)}
		err := errorsOf(r.Arms.check(), expect.checkShares())
		if err == nil && expect.Comparison != Randomised {
			err = ErrNotByLot
		}
		if err != nil {
			return 0, err
		}
		apart := expect.IfFalse.LogMarginal(g.arms.A) + expect.IfTrue.LogMarginal(g.arms.B)
		return Weight(apart - expect.IfFalse.LogMarginal(g.arms.A.Plus(g.arms.B))), nil
	case ofEstimate:
		if expect.Comparison == 0 {
			return 0, ErrNoComparison
		}
		table := expect.Bias
		if len(table) == 0 {
			table = ConventionalBias()
		}
		bias, err := table.Bias(expect.Comparison, expect.Matters)
		if err = errorsOf(err, r.Estimate.Check()); err != nil {
			return 0, err
		}
		p := 1 / (r.Estimate.SE * r.Estimate.SE)
		g.mean = (g.mean*g.precision + r.Estimate.Effect*p) / (g.precision + p)
		g.precision += p
		pooled := r.Estimate
		if g.precision != p {
			pooled = Estimate{Effect: g.mean, SE: 1 / math.Sqrt(g.precision)}
		}
		return pooled.Weight(expect.Effect, bias)
	case ofClue:
		w, err := c.clueWeight(it)
		if err != nil {
			return 0, err
		}
		if math.IsInf(float64(w), 0) && r.Clue.Justification != "" {
			g.settles = true
		}
		if math.IsInf(float64(g.clues), 0) && math.IsInf(float64(w), 0) && g.clues != w {
			return 0, &ImpossibleError{What: "these clues together"}
		}
		g.clues += w
		return g.clues, nil
	}
	return 0, nil
}

// clueWeight is the weight of a clue, given those that it hangs together with and that have been entered.
func (c *counted) clueWeight(it *item) (Weight, error) {
	clue := &it.e.Result.Clue
	if len(it.e.DependsOn) == 0 {
		return it.diagnosticity().Weight(clue.Found)
	}
	known := make([]int8, 0, len(it.e.DependsOn)+1) // 1 found, 0 not found, -1 not entered
	for _, d := range it.e.DependsOn {
		i, ok := c.index[d]
		switch {
		case !ok:
			known = append(known, -1)
		case c.items[i].e.Result.Clue.Found:
			known = append(known, 1)
		default:
			known = append(known, 0)
		}
	}
	before, err := it.e.Together.partly(append(known, -1))
	if err != nil {
		return 0, err
	}
	last := int8(0)
	if clue.Found {
		last = 1
	}
	after, err := it.e.Together.partly(append(known, last))
	if err != nil {
		return 0, err
	}
	if before == after {
		return 0, nil
	}
	return after - before, nil
}

// partly is the weight of what is known of a package: 1 for a clue that was found, 0 for one that was not, -1 for one that nobody has
// looked for.
func (p Package) partly(known []int8) (Weight, error) {
	t, f := 0.0, 0.0
	for at := range p.IfTrue {
		fits := true
		for k, x := range known {
			fits = fits && (x < 0 || int(x) == at>>k&1)
		}
		if fits {
			t += p.IfTrue[at]
			f += p.IfFalse[at]
		}
	}
	if t == 0 && f == 0 {
		return 0, &ImpossibleError{What: "this pattern of clues"}
	}
	return Weight(math.Log(t) - math.Log(f)), nil
}

// expect is what was declared before looking.
func (it *item) expect() *Expectation {
	if it.protocol != nil {
		return &it.protocol.Expect
	}
	return &it.e.Expect
}

// diagnosticity is that of the planned clue of the same name, else the clue's own.
func (it *item) diagnosticity() Diagnosticity {
	clue := &it.e.Result.Clue
	if it.protocol != nil && clue.Diagnosticity == (Diagnosticity{}) {
		if d, ok := it.protocol.clue(clue.Name); ok {
			return d
		}
	}
	return clue.Diagnosticity
}

func (p *Protocol) clue(name string) (Diagnosticity, bool) {
	for _, c := range p.Analysis.Clues {
		if c.Name == name {
			return c.Diagnosticity, true
		}
	}
	return Diagnosticity{}, false
}

func (e *Expectation) checkShares() error {
	if e.IfTrue.IsZero() || e.IfFalse.IsZero() {
		return ErrNoExpectation
	}
	return errorsOf(e.IfTrue.check("share if true"), e.IfFalse.check("share if false"))
}

func errorsOf(faults ...error) error { return joined(faults) }

// couldLower reports whether the item might have come out so as to lower belief by a decibel or more.
func (it *item) couldLower() bool {
	if len(it.e.Shared) > 0 || it.e.Result.kind() != ofClue {
		return true
	}
	least := Weight(math.Inf(1))
	for _, found := range []bool{true, false} {
		if w, err := it.diagnosticity().Weight(found); err == nil {
			least = min(least, w)
		}
	}
	return least <= FromDecibels(-1)
}

// own is what a hypothesis has by evidence that bears on it alone.
type own struct {
	steps []ExplainedStep
	sum   Weight
}

// fold adds up the evidence that bears on one hypothesis alone.
func (c *counted) fold(hypothesis record.ID) (own, error) {
	var o own
	groups := make(map[groupKey]*group)
	for _, i := range c.of[hypothesis] {
		it := &c.items[i]
		if len(it.e.Hypotheses) != 1 {
			continue
		}
		k := c.keyOf(it)
		g := groups[k]
		if g == nil {
			g = new(group)
			groups[k] = g
		}
		w, err := c.add(g, it)
		if err != nil {
			return o, err
		}
		o.sum += w
		o.steps = append(o.steps, ExplainedStep{Evidence: it.id, Experiment: it.e.Experiment, Amendment: it.e.Amendment, Observed: it.e.Observed,
			Result: it.e.Result.Sentence(), Weight: w, Capped: g.capped, CouldLower: it.couldLower()})
	}
	return o, nil
}

// maxShared is how many hypotheses may hang together through shared evidence: 4,096 combinations.
const maxShared = 12

// cluster is hypotheses that hang together through evidence that bears on several of them.
type cluster struct {
	members []record.ID
	shared  []int // items, in the order of entering
}

// clusterOf returns what a hypothesis hangs together with; itself alone as a rule.
func (c *counted) clusterOf(hypothesis record.ID) (cluster, error) {
	k := cluster{members: []record.ID{hypothesis}}
	for n := 0; n < len(k.members); n++ {
		for _, i := range c.of[k.members[n]] {
			e := c.items[i].e
			if len(e.Hypotheses) < 2 || slices.Contains(k.shared, i) {
				continue
			}
			k.shared = append(k.shared, i)
			for _, h := range e.Hypotheses {
				if !slices.Contains(k.members, h) {
					k.members = append(k.members, h)
				}
			}
		}
	}
	slices.SortFunc(k.members, compareIDs)
	slices.Sort(k.shared)
	if len(k.members) > maxShared {
		return k, &TooEntangledError{Width: len(k.members) - 1, Cells: 1 << min(62, len(k.members)), Budget: 1 << maxShared, Widest: texts(k.members)}
	}
	return k, nil
}

func texts(ids []record.ID) []string {
	s := make([]string, len(ids))
	for i, id := range ids {
		s[i] = string(id)
	}
	return s
}

// marginals returns the chance that a member of a cluster is true, given the first n pieces of shared evidence, for n from 0 on.
// beliefs are those by the members' own evidence.
func (c *counted) marginals(k *cluster, member record.ID, beliefs []float64) ([]float64, error) {
	at := slices.Index(k.members, member)
	chance := make([]float64, 1<<len(k.members))
	for combination := range chance {
		p := 1.0
		for m, b := range beliefs {
			if combination>>m&1 == 1 {
				p *= b
			} else {
				p *= 1 - b
			}
		}
		chance[combination] = p
	}
	out := make([]float64, 0, len(k.shared)+1)
	sum := func() error {
		yes, total := 0.0, 0.0
		for combination, p := range chance {
			total += p
			if combination>>at&1 == 1 {
				yes += p
			}
		}
		if !(total > 0) {
			return &ImpossibleError{What: "what was seen of several hypotheses together"}
		}
		for combination := range chance {
			chance[combination] /= total
		}
		out = append(out, clampProbability(yes/total))
		return nil
	}
	if err := sum(); err != nil {
		return nil, err
	}
	for _, i := range k.shared {
		e := c.items[i].e
		for combination := range chance {
			pattern := 0
			for n, h := range e.Hypotheses {
				pattern |= combination >> slices.Index(k.members, h) & 1 << n
			}
			chance[combination] *= e.Shared[pattern]
		}
		if err := sum(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
