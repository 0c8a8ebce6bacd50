package learning

import (
	"math"
)

// Worth is what a test is worth before it is run, in the unit of the payoffs. Perfect is never below Sample, and neither is
// negative. Where CanChangeDecision is false Sample is exactly 0: whatever the result, the same action is best, and the
// test cannot change what you would do.
type Worth struct {
	Now    float64 // expected payoff of the best action as things stand
	Action int     // which that is; the first of equals
	// Perfect is the expected value of knowing the truth, EVPI.
	Perfect float64
	// Sample is the expected value of the result of this test, EVSI.
	Sample            float64
	CanChangeDecision bool
}

// Net is the worth of the test less its cost, ENBS: negative where it costs more than it can bring.
func (w Worth) Net(cost float64) float64 { return w.Sample - cost }

// Sentence says whether the test can change anything, with figures in the payoffs' unit.
func (w Worth) Sentence() string {
	if !w.CanChangeDecision {
		return "This test cannot change what you would do."
	}
	return "This test could change what you would do: it is worth " + figure(w.Sample) + " on average, and knowing the truth " +
		figure(w.Perfect) + "."
}

// noise is the share of the size of the payoffs below which a gain is taken for float noise.
const noise = 1e-12

// MaxOutcomes is the largest number of outcomes of a test that is summed exactly.
const MaxOutcomes = 1 << 20

// FiniteDecision is a choice between actions whose payoffs depend on which state holds.
type FiniteDecision struct {
	// Prior holds the probability of each state and sums to 1.
	Prior []float64 `json:"prior"`
	// Payoffs holds a row for each action with its payoff in each state, all in one unit.
	Payoffs [][]float64 `json:"payoffs"`
}

// Check returns every reason why it is no decision, joined: [*RangeError], [*ProbabilityError].
func (d FiniteDecision) Check() error {
	var faults []error
	sum := 0.0
	for _, p := range d.Prior {
		if err := probability("chance of a state", p); err != nil {
			faults = append(faults, err)
		}
		sum += p
	}
	if !(math.Abs(sum-1) <= 1e-9) {
		faults = append(faults, &ProbabilityError{What: "sum over the states", Value: sum})
	}
	if len(d.Payoffs) == 0 {
		faults = append(faults, &RangeError{What: "actions", Value: 0, Want: "1 or more"})
	}
	for _, row := range d.Payoffs {
		if len(row) != len(d.Prior) {
			faults = append(faults, &RangeError{What: "payoffs of an action", Value: float64(len(row)), Want: "one for each state"})
		}
		for _, x := range row {
			if !finite(x) {
				faults = append(faults, &RangeError{What: "payoff", Value: x, Want: "a finite number"})
			}
		}
	}
	return joined(faults)
}

// Worth returns what a test is worth whose result has, in each state, the probabilities of a row of likelihood: rows are
// states, columns results, and rows sum to 1. The worth is summed over the results that make another action best, so it is
// exactly 0 where none does. Gains below 1e-12 of the largest payoff count as none. O(results · actions · states). Errors
// are [*RangeError] and [*ProbabilityError].
func (d FiniteDecision) Worth(likelihood [][]float64) (Worth, error) {
	faults := []error{d.Check()}
	results := 0
	if len(likelihood) > 0 {
		results = len(likelihood[0])
	}
	if len(likelihood) != len(d.Prior) || results == 0 {
		faults = append(faults, &RangeError{What: "rows of the likelihood", Value: float64(len(likelihood)), Want: "one for each state, with a result or more"})
	}
	for _, row := range likelihood {
		sum := 0.0
		for _, p := range row {
			if err := probability("chance of a result", p); err != nil {
				faults = append(faults, err)
			}
			sum += p
		}
		if len(row) != results {
			faults = append(faults, &RangeError{What: "results in a state", Value: float64(len(row)), Want: "the same number in all"})
		}
		if !(math.Abs(sum-1) <= 1e-9) {
			faults = append(faults, &ProbabilityError{What: "sum over the results", Value: sum})
		}
	}
	if err := joined(faults); err != nil {
		return Worth{}, err
	}
	size := 0.0
	for _, row := range d.Payoffs {
		for _, x := range row {
			size = max(size, math.Abs(x))
		}
	}
	w := Worth{}
	w.Action, w.Now = bestAction(d.Payoffs, d.Prior)
	joint := make([]float64, len(d.Prior))
	gain := func() float64 { // of the best action over the one chosen now, on the joint weights
		g := 0.0
		for _, row := range d.Payoffs {
			sum := 0.0
			for s, p := range joint {
				sum += p * (row[s] - d.Payoffs[w.Action][s])
			}
			g = max(g, sum)
		}
		if g <= noise*size {
			return 0
		}
		return g
	}
	for s, p := range d.Prior {
		clear(joint)
		joint[s] = p
		w.Perfect += gain()
	}
	for k := range results {
		for s, p := range d.Prior {
			joint[s] = p * likelihood[s][k]
		}
		if g := gain(); g > 0 {
			w.Sample += g
			w.CanChangeDecision = true
		}
	}
	w.Perfect = max(w.Perfect, w.Sample)
	return w, nil
}

func bestAction(payoffs [][]float64, weights []float64) (action int, value float64) {
	value = math.Inf(-1)
	for a, row := range payoffs {
		sum := 0.0
		for s, p := range weights {
			sum += p * row[s]
		}
		if sum > value {
			action, value = a, sum
		}
	}
	return action, value
}

// ShareDecision is whether to scale something whose payoff is Gain times an unknown share, less Cost; not scaling pays 0.
// Action 1 of its [Worth] is to scale, action 0 not to.
type ShareDecision struct {
	Prior Beta    `json:"prior"`
	Gain  float64 `json:"gain"` // payoff if the share were 1, above 0
	Cost  float64 `json:"cost"` // of scaling, in the unit of Gain
}

func (d ShareDecision) check() error {
	faults := []error{d.Prior.check("prior"), positive("gain", d.Gain)}
	if !finite(d.Cost) {
		faults = append(faults, &RangeError{What: "cost", Value: d.Cost, Want: "a finite number"})
	}
	return joined(faults)
}

// Worth returns what counting yes and no in n people is worth: the exact sum over the n+1 results of the beta-binomial law.
// It is 0 below some n and then rises, not always with every person; Perfect bounds it. n is 0 to [MaxOutcomes]. O(n).
func (d ShareDecision) Worth(n int) (Worth, error) {
	faults := []error{d.check()}
	if n < 0 || n > MaxOutcomes {
		faults = append(faults, &RangeError{What: "n", Value: float64(n), Want: "between 0 and 1048576"})
	}
	if err := joined(faults); err != nil {
		return Worth{}, err
	}
	a, b := d.Prior.A, d.Prior.B
	w := Worth{}
	now := d.Gain*d.Prior.Mean() - d.Cost
	if now > 0 {
		w.Action, w.Now = 1, now
	}
	// Perfect: the expectation of what the other action gains where it is better, from incomplete beta functions.
	if t := d.Cost / d.Gain; t > 0 && t < 1 {
		below, above := incompleteBeta(a, b, t, 1-t)
		belowUp, aboveUp := incompleteBeta(a+1, b, t, 1-t)
		if w.Action == 1 {
			w.Perfect = d.Cost*below - d.Gain*d.Prior.Mean()*belowUp
		} else {
			w.Perfect = d.Gain*d.Prior.Mean()*aboveUp - d.Cost*above
		}
	}
	size := max(d.Gain, math.Abs(d.Cost))
	s := a + b + float64(n)
	for yes := range n + 1 {
		k := float64(yes)
		change := d.Gain*(a+k)/s - d.Cost
		if w.Action == 1 {
			change = -change
		}
		if change <= noise*size {
			continue
		}
		w.Sample += change * math.Exp(logChoose(n, yes)+logBeta(a+k, b+float64(n-yes))-logBeta(a, b))
		w.CanChangeDecision = true
	}
	if w.Perfect <= noise*size {
		w.Perfect = 0
	}
	w.Perfect = max(w.Perfect, w.Sample)
	return w, nil
}

// EffectDecision is whether to scale something whose payoff is a normal quantity with this mean and standard deviation,
// costs taken off; not scaling pays 0. Action 1 of its [Worth] is to scale, action 0 not to.
type EffectDecision struct {
	Mean float64 `json:"mean"`
	SD   float64 `json:"sd"` // 0 or more, in the unit of Mean
}

// Worth returns what is to be gained by learning about the quantity, by the unit normal loss integral (Raiffa & Schlaifer
// 1961). informed is the standard deviation of the mean as it will be after the test, between 0 and SD: [Preposterior]
// gives it for n observations. Sample below 1e-12 of Mean and SD counts as 0. Errors are [*RangeError].
func (d EffectDecision) Worth(informed float64) (Worth, error) {
	if !finite(d.Mean) {
		return Worth{}, &RangeError{What: "mean", Value: d.Mean, Want: "a finite number"}
	}
	if !(d.SD >= 0) || math.IsInf(d.SD, 1) {
		return Worth{}, &RangeError{What: "sd", Value: d.SD, Want: "0 or more"}
	}
	if !(informed >= 0 && informed <= d.SD*(1+1e-12)) {
		return Worth{}, &RangeError{What: "sd of the informed mean", Value: informed, Want: "between 0 and the prior sd"}
	}
	w := Worth{}
	if d.Mean > 0 {
		w.Action, w.Now = 1, d.Mean
	}
	value := func(sd float64) float64 {
		if sd == 0 {
			return 0
		}
		v := sd * unitLoss(math.Abs(d.Mean)/sd)
		if v <= noise*max(math.Abs(d.Mean), d.SD) {
			return 0
		}
		return v
	}
	w.Perfect, w.Sample = value(d.SD), value(informed)
	w.Perfect = max(w.Perfect, w.Sample)
	w.CanChangeDecision = w.Sample > 0
	return w, nil
}

// Preposterior is the standard deviation that the posterior mean will have, seen from before n observations with standard
// deviation noise each of a quantity with standard deviation sd: sd √(n sd²/(n sd² + noise²)).
func Preposterior(sd, noise float64, n int) float64 {
	v := float64(n) * sd * sd
	if v == 0 {
		return 0
	}
	return sd * math.Sqrt(v/(v+noise*noise))
}

// LinkDecision is whether to scale something whose target is reached with one probability if a claim holds and with another
// if it does not; not scaling pays 0.
type LinkDecision struct {
	Belief          float64 `json:"belief"` // probability of the claim
	IfTrue, IfFalse float64 // probability of the target in each case
	Benefit         float64 `json:"benefit"` // payoff where the target is reached
	Cost            float64 `json:"cost"`    // of scaling, in the unit of Benefit
}

// Worth returns what looking for a clue is worth: [FiniteDecision.Worth] on the two states and two results. Action 1 is to
// scale, action 0 not to.
func (d LinkDecision) Worth(clue Diagnosticity) (Worth, error) {
	if err := joined([]error{probability("belief", d.Belief), probability("chance of the target if the claim holds", d.IfTrue),
		probability("chance of the target if it does not", d.IfFalse), clue.Check()}); err != nil {
		return Worth{}, err
	}
	return FiniteDecision{
		Prior:   []float64{d.Belief, 1 - d.Belief},
		Payoffs: [][]float64{{0, 0}, {d.Benefit*d.IfTrue - d.Cost, d.Benefit*d.IfFalse - d.Cost}},
	}.Worth([][]float64{{clue.IfTrue, 1 - clue.IfTrue}, {clue.IfFalse, 1 - clue.IfFalse}})
}
