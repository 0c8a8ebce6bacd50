package learning

import (
	"math"
	"slices"
	"sync"
)

// TheoryOptions say what a compiled theory will be asked. The zero TheoryOptions asks for every step, within the default budget.
type TheoryOptions struct {
	// Targets are the steps whose dependence on links will be asked for; none means the steps that lead to no other.
	Targets []string
	// Observed are the steps that may be said to be reached or not. Each makes the tables of every target larger.
	Observed []string
	// Cells is the largest number of table cells for one target; 0 means 4 Mi cells, 32 MiB.
	Cells int64
}

// Outlook is a [Theory] made ready for exact answers: a junction tree for each target, over what leads to it and nothing else. It is immutable and safe for
// concurrent readers.
type Outlook struct {
	drawn   *drawn
	targets []string
	trees   []*Tree
	source  map[string]int // the tree that a step is read from
}

// Compile checks the theory and makes it ready. The error joins a [*TheoryError] for every fault, or is a [*CycleError], an
// [*UnknownVariableError] or a [*TooEntangledError].
func (t *Theory) Compile(o TheoryOptions) (*Outlook, error) {
	d, err := t.draw()
	if err != nil {
		return nil, err
	}
	out := &Outlook{drawn: d, source: make(map[string]int)}
	if len(o.Targets) == 0 {
		leads := make(map[string]bool)
		for i := range t.Links {
			leads[t.Links[i].From] = true
		}
		for i := range t.Steps {
			if !leads[t.Steps[i].Name] {
				out.targets = append(out.targets, t.Steps[i].Name)
			}
		}
	} else {
		out.targets = slices.Clone(o.Targets)
	}
	var observed []int32
	for _, name := range o.Observed {
		v, ok := d.step[name]
		if !ok {
			return nil, &UnknownVariableError{Variable: name}
		}
		observed = append(observed, v)
	}
	for i, name := range out.targets {
		v, ok := d.step[name]
		if !ok {
			return nil, &UnknownVariableError{Variable: name}
		}
		ends := append([]int32{v}, observed...)
		tree, err := d.compile(append(ends, d.touching(ends)...), o.Cells)
		if err != nil {
			return nil, err
		}
		out.trees = append(out.trees, tree)
		for s := range t.Steps { // whose variables come first, in their order
			if !tree.has(int32(s)) {
				continue
			}
			if _, there := out.source[t.Steps[s].Name]; !there {
				out.source[t.Steps[s].Name] = i
			}
		}
	}
	return out, nil
}

// Targets returns the targets, as they were given or in the order of the Theory.
func (o *Outlook) Targets() []string { return slices.Clone(o.targets) }

// Seen is what is known when an [Outlook] is asked. The zero Seen is nothing beyond the theory.
type Seen struct {
	// Reached says of steps that they were reached, or not.
	Reached map[string]bool
	// Beliefs replace the theory's own beliefs in links.
	Beliefs map[string]float64
}

// Belief is an [Outlook] with what has been seen taken in: how likely every step is, and how that hangs on each link. It is safe for
// concurrent readers once made.
type Belief struct {
	outlook *Outlook
	seen    Seen
	after   []*Posterior                 // one for each target
	reached []func() (*Posterior, error) // with the target reached, worked out when it is first asked for
	chance  []float64                    // of each target
}

// Given takes in what has been seen: a propagation for each target, and another when it is first asked what that target rests on. The error is an [*UnknownVariableError] (also for a step that the Outlook was not told may be observed), a
// [*ProbabilityError] or an [*ImpossibleError].
func (o *Outlook) Given(seen Seen) (*Belief, error) {
	d := o.drawn
	beliefs := slices.Clone(d.beliefs)
	for _, name := range sortedNames(seen.Beliefs) {
		i, ok := d.link[name]
		if !ok {
			return nil, &UnknownVariableError{Variable: name}
		}
		if err := probability("the belief in "+name, seen.Beliefs[name]); err != nil {
			return nil, err
		}
		beliefs[i] = seen.Beliefs[name]
	}
	n := len(o.trees)
	b := &Belief{outlook: o, seen: seen, after: make([]*Posterior, n), reached: make([]func() (*Posterior, error), n), chance: make([]float64, n)}
	for i, tree := range o.trees {
		p := tree.Posterior()
		for l, v := range d.held {
			if tree.has(v) {
				p.enter(v, beliefs[l], 1-beliefs[l])
			}
		}
		for _, v := range d.clues {
			if tree.has(v) {
				p.observe(v, true)
			}
		}
		for _, name := range sortedNames(seen.Reached) {
			v, ok := d.step[name]
			if !ok || !tree.has(v) {
				return nil, &UnknownVariableError{Variable: name}
			}
			p.observe(v, seen.Reached[name])
		}
		if err := p.propagate(); err != nil {
			return nil, err
		}
		target := d.step[o.targets[i]]
		b.after[i], b.chance[i] = p, p.chance(target)
		b.reached[i] = sync.OnceValues(func() (*Posterior, error) {
			q := tree.Posterior()
			q.like(p)
			q.observe(target, true)
			return q, q.propagate()
		})
	}
	return b, nil
}

// observe enters that a variable with the states yes and no is in one of them.
func (p *Posterior) observe(v int32, is bool) {
	if is {
		p.enter(v, 1, 0)
	} else {
		p.enter(v, 0, 1)
	}
}

// chance is how likely the answer yes is.
func (p *Posterior) chance(v int32) float64 {
	var pair [2]float64
	p.marginal(pair[:0], v)
	return pair[yes]
}

// Chance returns how likely a step is reached. The error is an [*UnknownVariableError] for one that leads to no target.
func (b *Belief) Chance(step string) (float64, error) {
	i, ok := b.outlook.source[step]
	if !ok {
		return 0, &UnknownVariableError{Variable: step}
	}
	return b.after[i].chance(b.outlook.drawn.step[step]), nil
}

// Reliance is how a target hangs on one link.
type Reliance struct {
	Link string
	// Belief is how likely the link holds, after what has been seen.
	Belief float64
	// IfHolds and IfNot are how likely the target is reached where the link holds and where it does not. One that is ruled out already is NaN.
	IfHolds, IfNot float64
}

// Importance returns by how much the chance of the target hangs on the link, [Reliance.IfHolds] less [Reliance.IfNot]; 0 where the link is settled.
func (r Reliance) Importance() float64 {
	if r.settled() {
		return 0
	}
	return r.IfHolds - r.IfNot
}

func (r Reliance) settled() bool { return math.IsNaN(r.IfHolds) || math.IsNaN(r.IfNot) }

// Rests returns how a target hangs on every link that leads to it, in the order of the Theory. Two propagations serve all of them, since by
// Bayes' rule P(target | link) = P(link | target) P(target) / P(link).
func (b *Belief) Rests(target string) ([]Reliance, error) {
	i := slices.Index(b.outlook.targets, target)
	if i < 0 {
		return nil, &UnknownVariableError{Variable: target}
	}
	d, tree := b.outlook.drawn, b.outlook.trees[i]
	var reached *Posterior
	if b.chance[i] > 0 {
		var err error
		if reached, err = b.reached[i](); err != nil {
			return nil, err
		}
	}
	leads := 0
	for _, v := range d.held {
		if tree.has(v) {
			leads++
		}
	}
	rests := make([]Reliance, 0, leads)
	var pair, given [2]float64
	for l, v := range d.held {
		if !tree.has(v) {
			continue
		}
		r := Reliance{Link: d.links[l], IfHolds: math.NaN(), IfNot: math.NaN()}
		b.after[i].marginal(pair[:0], v)
		r.Belief = pair[yes]
		if reached != nil {
			reached.marginal(given[:0], v)
		}
		if pair[yes] > 0 {
			r.IfHolds = clampProbability(given[yes] * b.chance[i] / pair[yes])
		}
		if pair[no] > 0 {
			r.IfNot = clampProbability(given[no] * b.chance[i] / pair[no])
		}
		rests = append(rests, r)
	}
	return rests, nil
}

func sortedNames[T any](m map[string]T) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
