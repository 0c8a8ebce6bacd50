package learning

import (
	"context"
	"errors"
	"slices"

	"github.com/missionled/missionled/accountability/record"
)

// Stakes are what a choice about a target is worth. Without actions the worth of experiments is how far they are expected to move the
// chance, and never money.
type Stakes struct {
	Target record.Ref
	// Actions are what may be done; their worth is in major units of Currency.
	Actions  []Action
	Currency record.Currency
	// PerWeek is what a week's delay costs, in the same unit.
	PerWeek float64
	// Budget is what may be spent on experiments together. Zero asks for no portfolio.
	Budget float64
}

// ErrNoDetects says that nothing tells how likely an experiment is to speak for a claim if it is true and if it is false.
var ErrNoDetects = errors.New("nothing says what the experiment would detect: give \"detects\", or one planned clue")

// ErrNoLink says that an experiment tests nothing that stands in the theory of action.
var ErrNoLink = errors.New("the experiment tests no hypothesis that stands and is about a contribution")

// ErrOtherCurrency says that an experiment's cost is not in the currency of what is at stake.
var ErrOtherCurrency = errors.New("its cost is not in the currency of what is at stake")

// NextExperiment is an experiment that has not started, and what it is worth before it is run.
type NextExperiment struct {
	Experiment record.ID
	Hypotheses []record.ID // those that it is valued for
	Worth                  // zero where there are no actions
	// Movement is how far the chance of the target is expected to move, up or down. Where several hypotheses are tested it is the sum of what each moves.
	Movement float64
	// Cost is its worst case, Delay what its weeks cost, and Net its worth less both, in the unit of the actions.
	Cost, Delay, Net float64
	Weeks            float64
	// Beyond says why it is not safe to fail at this moment; nil where it is, or where it names no envelope.
	Beyond error
}

// Sentence says whether it can change what you would do, and by how much it is worth it.
func (n NextExperiment) Sentence() string {
	s := string(n.Experiment) + ": "
	if n.Now == 0 && n.Perfect == 0 && n.Sample == 0 && n.Net == 0 && n.Cost == 0 && !n.CanChangeDecision {
		return s + "it is expected to move the chance by " + figure(100*n.Movement) + " points."
	}
	s += n.Worth.Sentence()
	if n.CanChangeDecision {
		s += " Less its cost and delay, " + figure(n.Net) + "."
	}
	return s
}

// NotValued is an experiment that no worth can be given to, and why.
type NotValued struct {
	Experiment record.ID
	Why        error
}

// Agenda is the answer of [Ledger.Next]. It knows of experiments and hypotheses, and of no party and no place.
type Agenda struct {
	Prospect Prospect // of the target
	// Experiments are ordered: by what they are worth net of cost and delay, without actions by how far they move the chance, then by
	// id. It is an order of choices that are still open.
	Experiments []NextExperiment
	NotValued   []NotValued // in the order of the Spec
	// Portfolio is what to run within the budget, of the experiments on a single hypothesis, and Chosen their ids. Its Value is what
	// they are worth together.
	Portfolio Portfolio
	Chosen    []record.ID
}

// Next returns what the experiments that are drafted or declared are worth for a choice about a target. Errors are those of
// [Ledger.Outlook] and [Belief.Trials]; sampled prospects are refused, since trials need exact ones.
func (l *Ledger) Next(ctx context.Context, at record.Moment, s Stakes, o OutlookOptions) (*Agenda, error) {
	at = l.view.At(at)
	if !slices.Contains(o.Targets, s.Target) {
		o.Targets = append(slices.Clone(o.Targets), s.Target)
	}
	o.Draws = 0
	p, err := l.Outlook(ctx, at, o)
	if err != nil {
		return nil, err
	}
	a := &Agenda{}
	a.Prospect, _ = p.Of(s.Target)
	var single []Trial
	var names []record.ID
	for _, x := range stands(&l.experiments, at) {
		if l.progression(x, at).Stage > StageDeclared {
			continue
		}
		n, leading, err := l.value(p.Belief(), x, &s, at)
		if isUnvalued(err) {
			a.NotValued = append(a.NotValued, NotValued{x.Fact(), err})
			continue
		}
		if err != nil {
			return nil, err
		}
		a.Experiments = append(a.Experiments, n)
		if len(leading) == 1 && len(n.Hypotheses) == 1 { // also what is worth nothing alone, since two such may be worth something together
			single, names = append(single, leading[0]), append(names, x.Fact())
		}
	}
	slices.SortFunc(a.Experiments, func(x, y NextExperiment) int {
		by := y.Net - x.Net
		if len(s.Actions) < 2 {
			by = y.Movement - x.Movement
		}
		switch {
		case by > 0:
			return 1
		case by < 0:
			return -1
		}
		return compareIDs(x.Experiment, y.Experiment)
	})
	if s.Budget > 0 && len(s.Actions) >= 2 {
		if a.Portfolio, err = p.Belief().Choose(s.Target.String(), s.Actions, single, s.Budget); err != nil {
			return nil, err
		}
		k := 0
		for _, t := range a.Portfolio.Trials { // they stand in the order offered
			for single[k] != t {
				k++
			}
			a.Chosen = append(a.Chosen, names[k])
			k++
		}
	}
	return a, nil
}

func isUnvalued(err error) bool {
	return errors.Is(err, ErrNoDetects) || errors.Is(err, ErrNoLink) || errors.Is(err, ErrOtherCurrency)
}

// value returns what one experiment is worth, and the trials that it consists of, one for each hypothesis whose link leads to the target.
func (l *Ledger) value(b *Belief, x *Experiment, s *Stakes, at record.Moment) (NextExperiment, []Trial, error) {
	n := NextExperiment{Experiment: x.Fact(), Weeks: x.Exposure.Weeks, Delay: x.Exposure.Weeks * s.PerWeek}
	d := x.Protocol.Detects
	if d == (Diagnosticity{}) && len(x.Protocol.Analysis.Clues) == 1 {
		d = x.Protocol.Analysis.Clues[0].Diagnosticity
	}
	if d == (Diagnosticity{}) {
		return n, nil, ErrNoDetects
	}
	if cost := x.Exposure.Cost; !cost.IsZero() && len(s.Actions) >= 2 {
		if cost.Currency != s.Currency {
			return n, nil, ErrOtherCurrency
		}
		n.Cost = majorUnits(cost)
	}
	var trials []Trial
	for _, id := range x.Tests {
		h := word(&l.hypotheses, id, at)
		if h == nil || l.retired(id, at) || word(&l.contributions, h.Contribution, at) == nil {
			continue
		}
		if on, err := l.hypothesisOn(h.Contribution, at); err != nil || on != id {
			continue
		}
		n.Hypotheses = append(n.Hypotheses, id)
		trials = append(trials, Trial{Link: string(h.Contribution), Sensitivity: d.IfTrue, Specificity: 1 - d.IfFalse, Cost: n.Cost, Weeks: n.Weeks})
	}
	if len(trials) == 0 {
		return n, nil, ErrNoLink
	}
	n.Beyond = l.fits(x, at)
	actions, target := s.Actions, s.Target.String()
	idle := len(actions) < 2
	if idle { // the movement needs no payoffs
		actions = make([]Action, 2)
	}
	worths, err := b.Trials(target, actions, trials)
	if err != nil {
		return n, nil, err
	}
	var leading []Trial
	for i, w := range worths {
		n.Movement += w.Movement
		if w.Reliance.Link != "" {
			leading = append(leading, trials[i])
		}
	}
	if idle {
		return n, leading, nil
	}
	n.Worth = worths[0].Worth
	if len(trials) > 1 {
		for _, w := range worths {
			n.Perfect = max(n.Perfect, w.Perfect)
		}
		if n.Sample, err = b.Together(target, actions, leading); err != nil {
			return n, nil, err
		}
		all, err := b.Perfect(target, actions)
		if err != nil {
			return n, nil, err
		}
		n.Perfect = max(n.Sample, min(all.Perfect, n.perfectly(b, target, actions, leading)))
		n.CanChangeDecision = n.Sample > 0
	}
	n.Net = n.Sample - n.Cost - n.Delay
	return n, leading, nil
}

// perfectly is what it would be worth to know for certain whether each of the links holds.
func (n *NextExperiment) perfectly(b *Belief, target string, actions []Action, trials []Trial) float64 {
	certain := slices.Clone(trials)
	for i := range certain {
		certain[i].Sensitivity, certain[i].Specificity = 1, 1
	}
	v, err := b.Together(target, actions, certain)
	if err != nil {
		return n.Perfect
	}
	return v
}

// fits returns why the worst case of an experiment does not fit into what its envelope has left.
func (l *Ledger) fits(x *Experiment, at record.Moment) error {
	if x.Exposure.Envelope == "" {
		return nil
	}
	left, err := l.Reserve(x.Exposure.Envelope, at)
	if err != nil {
		return err
	}
	e := word(&l.envelopes, x.Exposure.Envelope, at)
	cost := x.Exposure.Cost
	switch {
	case !e.Money.IsZero() && !cost.IsZero() && cost.Currency != e.Money.Currency:
		return &BeyondSafeToFailError{Envelope: left.Envelope, Reason: cost.String() + " is not in its currency"}
	case !e.Money.IsZero() && cost.Minor > left.Money.Minor:
		return &BeyondSafeToFailError{Envelope: left.Envelope, Reason: "the worst case is " + cost.String() + ", and " + left.Money.String() + " is left"}
	case e.People > 0 && x.Exposure.People > left.People:
		return &BeyondSafeToFailError{Envelope: left.Envelope, Reason: "it touches " + plural(x.Exposure.People, "person", "people") + ", and there is room for " + plural(max(0, left.People), "person", "people")}
	case !at.On.IsZero() && e.Closes.Before(at.On):
		return &BeyondSafeToFailError{Envelope: left.Envelope, Reason: "it closed on " + e.Closes.String()}
	}
	return nil
}
