package learning

import (
	"errors"
	"math"
	"slices"
)

// Action is something that may be done about a target, with what it is worth where the target is reached and where it is not, in money or
// whatever else the caller counts in.
type Action struct {
	Name             string
	IfReached, IfNot float64
}

// Trial is an experiment that might be run on one link.
type Trial struct {
	Link string
	// Sensitivity is the chance that it says yes where the link holds, and Specificity that it says no where it does not. Both 1 is
	// perfect information.
	Sensitivity, Specificity float64
	// Cost is in the unit of the actions' worth. Weeks is how long it takes.
	Cost, Weeks float64
}

// TrialWorth is what a trial is worth before it is run: how much better the best action is expected to do, once the result is in,
// than the one that is best now (Raiffa and Schlaifer 1961).
type TrialWorth struct {
	Trial Trial
	// Reliance is how the target hangs on the link.
	Reliance Reliance
	// Worth has the value of knowing for certain whether the link holds as Perfect, and that of this trial as Sample.
	Worth
	// Movement is how far the chance of the target is expected to move, up or down: |IfHolds - IfNot| · E|belief after - belief before|. It
	// needs no actions.
	Movement float64
}

// ErrNoActions says that a decision has nothing to choose between.
var ErrNoActions = errors.New("a decision needs two actions or more to choose between")

// A difference below this share of the largest worth of any action is float noise.
const valueNoise = 1e-12

// choice is a decision over one target.
type choice struct {
	actions []Action
	scale   float64
}

func newChoice(actions []Action) (*choice, error) {
	if len(actions) < 2 {
		return nil, ErrNoActions
	}
	c := &choice{actions: actions}
	for _, a := range actions {
		for _, x := range []float64{a.IfReached, a.IfNot} {
			if !finite(x) {
				return nil, &RangeError{What: "the worth of " + a.Name, Value: x, Want: "a finite number"}
			}
			c.scale = max(c.scale, math.Abs(x))
		}
	}
	return c, nil
}

func (c *choice) expected(action int, p float64) float64 {
	a := c.actions[action]
	return p*a.IfReached + (1-p)*a.IfNot
}

// best is the first action that is expected to do best at a chance.
func (c *choice) best(p float64) int {
	best := 0
	for i := range c.actions {
		if c.expected(i, p) > c.expected(best, p) {
			best = i
		}
	}
	return best
}

// gain returns how much better the best action does at a chance p than the one that is best now, and 0 for no more than noise.
func (c *choice) gain(now int, p float64) float64 {
	g := c.expected(c.best(p), p) - c.expected(now, p)
	if g <= valueNoise*c.scale {
		return 0
	}
	return g
}

// Perfect returns the value of knowing for certain whether the target is reached before acting (EVPI), and the action that is best as things
// stand. No trial of any link can be worth more.
func (b *Belief) Perfect(target string, actions []Action) (Worth, error) {
	c, err := newChoice(actions)
	if err != nil {
		return Worth{}, err
	}
	i := slices.Index(b.outlook.targets, target)
	if i < 0 {
		return Worth{}, &UnknownVariableError{Variable: target}
	}
	p := b.chance[i]
	now := c.best(p)
	value := p*c.gain(now, 1) + (1-p)*c.gain(now, 0)
	return Worth{Now: c.expected(now, p), Action: now, Perfect: value, Sample: value, CanChangeDecision: value > 0}, nil
}

// Trials returns what each trial is worth for the choice between actions about a target, in the order of the trials. It takes no propagation
// beyond those of [Outlook.Given]. The error is [ErrNoActions], an [*UnknownVariableError], a [*ProbabilityError] or an [*RangeError].
func (b *Belief) Trials(target string, actions []Action, trials []Trial) ([]TrialWorth, error) {
	c, err := newChoice(actions)
	if err != nil {
		return nil, err
	}
	rests, err := b.Rests(target)
	if err != nil {
		return nil, err
	}
	at := make(map[string]Reliance, len(rests))
	for _, r := range rests {
		at[r.Link] = r
	}
	chance := b.chance[slices.Index(b.outlook.targets, target)]
	now := c.best(chance)
	worth := make([]TrialWorth, len(trials))
	for i, t := range trials {
		if err := t.check(); err != nil {
			return nil, err
		}
		if _, known := b.outlook.drawn.link[t.Link]; !known {
			return nil, &UnknownVariableError{Variable: t.Link}
		}
		r, leads := at[t.Link]
		w := TrialWorth{Trial: t, Reliance: r, Worth: Worth{Now: c.expected(now, chance), Action: now}}
		if !leads || r.settled() {
			worth[i] = w // it does not lead to the target, or nothing about it is left to learn
			continue
		}
		p := r.Belief
		w.Perfect = p*c.gain(now, r.IfHolds) + (1-p)*c.gain(now, r.IfNot)
		says := p*t.Sensitivity + (1-p)*(1-t.Specificity)
		for _, branch := range [2][2]float64{{t.Sensitivity * p, says}, {(1 - t.Sensitivity) * p, 1 - says}} {
			holds, chance := branch[0], branch[1]
			if chance <= 0 {
				continue
			}
			after := clampProbability(holds / chance)
			g := c.gain(now, after*r.IfHolds+(1-after)*r.IfNot)
			w.Sample += chance * g
			w.CanChangeDecision = w.CanChangeDecision || g > 0
			w.Movement += chance * math.Abs(after-p) * math.Abs(r.Importance())
		}
		w.Sample = min(w.Sample, w.Perfect)
		worth[i] = w
	}
	return worth, nil
}

func (t *Trial) check() error {
	return errors.Join(probability("the sensitivity of a trial of "+t.Link, t.Sensitivity),
		probability("the specificity of a trial of "+t.Link, t.Specificity),
		notBelowZero("the cost of a trial of "+t.Link, t.Cost), notBelowZero("the weeks of a trial of "+t.Link, t.Weeks))
}

func notBelowZero(what string, x float64) error {
	if !(x >= 0) || math.IsInf(x, 1) {
		return &RangeError{What: what, Value: x, Want: "a finite number of at least 0"}
	}
	return nil
}

// maxTogether is how many trials are valued together exactly: 4,096 combinations.
const maxTogether = 12

// Together returns what several trials are worth when all are run before acting. Trials do not add up: two may be worth nothing each and much
// together. At most 12; their results are independent of each other given what holds, also those of several trials of one link. Each
// combination of their links takes a propagation.
func (b *Belief) Together(target string, actions []Action, trials []Trial) (float64, error) {
	c, err := newChoice(actions)
	if err != nil {
		return 0, err
	}
	j, err := b.joint(target, trials)
	if err != nil {
		return 0, err
	}
	return j.value(c, trials, 1<<len(trials)-1), nil
}

// joint is, for every combination of some links holding or not, the chance of it and of the target with it. Bit k of a combination is 1
// where the k-th link does not hold.
type joint struct {
	links           []int32 // of the trials, each once
	place           []int   // of each trial's link among them
	chance, reached []float64
}

func (b *Belief) joint(target string, trials []Trial) (*joint, error) {
	i := slices.Index(b.outlook.targets, target)
	if i < 0 {
		return nil, &UnknownVariableError{Variable: target}
	}
	if len(trials) > maxTogether {
		return nil, &RangeError{What: "the number of trials to value together", Value: float64(len(trials)), Want: "12 or fewer"}
	}
	d, tree := b.outlook.drawn, b.outlook.trees[i]
	j := &joint{}
	for k := range trials {
		if err := trials[k].check(); err != nil {
			return nil, err
		}
		l, ok := d.link[trials[k].Link]
		if !ok || !tree.has(d.held[l]) {
			return nil, &UnknownVariableError{Variable: trials[k].Link}
		}
		if !slices.Contains(j.links, l) {
			j.links = append(j.links, l)
		}
		j.place = append(j.place, slices.Index(j.links, l))
	}
	j.chance, j.reached = make([]float64, 1<<len(j.links)), make([]float64, 1<<len(j.links))
	p := tree.Posterior()
	base := b.after[i].LogEvidence()
	for at := range j.chance {
		p.like(b.after[i])
		for k, l := range j.links {
			p.observe(d.held[l], at>>k&1 == yes)
		}
		if p.propagate() != nil {
			continue // a combination that has no chance
		}
		j.chance[at] = math.Exp(p.LogEvidence() - base)
		j.reached[at] = j.chance[at] * p.marginal(nil, d.step[target])[yes]
	}
	return j, nil
}

// value is what the trials in a set are worth together: over every combination of their results, the chance of it times how much better one
// does for it.
func (j *joint) value(c *choice, trials []Trial, set int) float64 {
	total, reached := 0.0, 0.0
	for at := range j.chance {
		total += j.chance[at]
		reached += j.reached[at]
	}
	now := c.best(reached / total)
	chance, with := j.chance, j.reached
	done := 1 // combinations of results so far; they change fastest
	for k := range j.links {
		// What the link is becomes what the trials of it in the set say, together.
		says := [][2]float64{{1, 1}}
		for t, trial := range trials {
			if set>>t&1 == 0 || j.place[t] != k {
				continue
			}
			for _, before := range says {
				says = append(says, [2]float64{before[0] * (1 - trial.Sensitivity), before[1] * trial.Specificity})
			}
			for r := range len(says) / 2 {
				says[r][0] *= trial.Sensitivity
				says[r][1] *= 1 - trial.Specificity
			}
		}
		rest := len(chance) / done / 2
		said := func(x []float64) []float64 {
			y := make([]float64, done*len(says)*rest)
			for m := range rest {
				for r, p := range says {
					for at := range done {
						y[at+done*(r+len(says)*m)] = p[0]*x[at+done*(2*m)] + p[1]*x[at+done*(2*m+1)]
					}
				}
			}
			return y
		}
		chance, with = said(chance), said(with)
		done *= len(says)
	}
	value := 0.0
	for at := range chance {
		if chance[at] > 0 {
			value += chance[at] * c.gain(now, clampProbability(with[at]/chance[at]))
		}
	}
	return value / total
}

// Portfolio is a choice of trials to run before acting.
type Portfolio struct {
	Trials []Trial // in the order in which they were offered
	Value  float64 // what they are worth together
	Cost   float64
	// Exact says that no other choice within the budget has a larger value net of cost. Otherwise the choice is greedy: each time the trial that
	// adds most net of its cost, which can miss trials that are worth something only together.
	Exact bool
	// Gap is, of a greedy choice, how much net value it misses, where that could be worked out; else NaN. Of an exact one it is 0.
	Gap float64
}

// Choose returns the trials to run within a budget: exactly where 12 or fewer are offered, else greedily and labelled so. A [Portfolio] may be
// empty: no trial that can be paid for is worth its cost. The error is as of [Belief.Trials].
func (b *Belief) Choose(target string, actions []Action, trials []Trial, budget float64) (Portfolio, error) {
	if len(trials) > maxTogether {
		return b.Greedy(target, actions, trials, budget)
	}
	c, err := newChoice(actions)
	if err != nil {
		return Portfolio{}, err
	}
	j, err := b.joint(target, trials)
	if err != nil {
		return Portfolio{}, err
	}
	best, bestNet := Portfolio{Exact: true}, 0.0
	for set := range 1 << len(trials) {
		cost := 0.0
		for k := range trials {
			if set>>k&1 == 1 {
				cost += trials[k].Cost
			}
		}
		if cost > budget {
			continue
		}
		value := j.value(c, trials, set)
		if net := value - cost; net > bestNet+valueNoise*c.scale {
			bestNet = net
			best.Trials, best.Value, best.Cost = nil, value, cost
			for k := range trials {
				if set>>k&1 == 1 {
					best.Trials = append(best.Trials, trials[k])
				}
			}
		}
	}
	return best, nil
}

// Greedy returns the trials that are chosen one by one, each time the one that adds the most value net of its cost, as long as that is above 0,
// within the budget, and 12 at most. Where 12 or fewer are offered it says what it misses.
func (b *Belief) Greedy(target string, actions []Action, trials []Trial, budget float64) (Portfolio, error) {
	c, err := newChoice(actions)
	if err != nil {
		return Portfolio{}, err
	}
	chosen := make([]bool, len(trials))
	var taken []Trial
	p := Portfolio{Gap: math.NaN()}
	for len(taken) < maxTogether {
		best, bestNet, bestValue := -1, valueNoise*c.scale, 0.0
		for k, t := range trials {
			if chosen[k] || p.Cost+t.Cost > budget {
				continue
			}
			with := append(slices.Clone(taken), t)
			j, err := b.joint(target, with)
			if err != nil {
				return Portfolio{}, err
			}
			value := j.value(c, with, 1<<len(with)-1)
			if net := value - p.Value - t.Cost; net > bestNet {
				best, bestNet, bestValue = k, net, value
			}
		}
		if best < 0 {
			break
		}
		chosen[best] = true
		taken = append(taken, trials[best])
		p.Value, p.Cost = bestValue, p.Cost+trials[best].Cost
	}
	for k, t := range trials {
		if chosen[k] {
			p.Trials = append(p.Trials, t)
		}
	}
	if len(trials) <= maxTogether {
		exact, err := b.Choose(target, actions, trials, budget)
		if err != nil {
			return Portfolio{}, err
		}
		p.Gap = max(0, exact.Value-exact.Cost-(p.Value-p.Cost))
	}
	return p, nil
}
