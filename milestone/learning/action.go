package learning

import (
	"math"
	"slices"

	"github.com/missionled/missionled/accountability/record"
)

// theory is a theory of action with all that its numbers range over.
type theory struct {
	Theory
	low, high  []span // of each link
	leak       []span // of each step: low and high in turn
	untested   map[string]bool
	contested  []bool // links whose strength is claimed differently
	reached    map[string]bool
	hinders    bool
	fixedShape bool // only beliefs range
	left       []LeftOut
}

// span is one end of what a link may be: belief and strength. Of a step it is the low and high chance otherwise.
type span struct{ a, b float64 }

// Theory returns the theory of action at a moment: a step for everything that contributions lead to or from, named by its reference,
// and a link for each contribution, named by its id, with the belief by the evidence that bears on it alone; evidence on several
// hypotheses becomes clues. Steps and links stand in the order of the Spec. A step without rival explanations has no chance
// otherwise, and is refused when the theory is compiled. Of rival claims it has the first claimant's. Errors are those of
// [Ledger.Explain], [*NoBeliefError] and [*RivalHypothesesError].
func (l *Ledger) Theory(at record.Moment, o OutlookOptions) (*Theory, error) {
	t, err := l.theory(l.view.At(at), &o)
	if err != nil {
		return nil, err
	}
	return &t.Theory, nil
}

func (l *Ledger) theory(at record.Moment, o *OutlookOptions) (*theory, error) {
	t := &theory{untested: make(map[string]bool), fixedShape: true}
	c := l.counted(at)
	t.reached = make(map[string]bool)
	for _, it := range c.items {
		if r := it.e.Result.Reached; r != 0 {
			t.reached[it.e.Subject.String()] = r == WasReached // the one observed last counts
		}
	}
	if len(o.Reached) > 0 {
		for ref, reached := range o.Reached {
			t.reached[ref.String()] = reached
		}
		given := make(map[string]bool, len(o.Reached))
		for ref := range o.Reached {
			given[ref.String()] = true
		}
		c = l.count(at, given)
	}
	t.left = slices.Clone(c.left)
	about := make(map[record.ID]string) // links by hypothesis
	var none []record.ID
	seen := make(map[string]bool)
	step := func(ref record.Ref) {
		if !seen[ref.String()] {
			seen[ref.String()] = true
			l.step(t, ref, at)
		}
	}
	for _, id := range l.contributions.Facts() {
		claims := l.contributions.At(id, at.On, at.Known)
		if len(claims) == 0 {
			continue
		}
		r := claims[0].Record
		step(r.Cause)
		step(r.Effect)
		link := Link{Name: string(id), From: r.Cause.String(), To: r.Effect.String(), Package: r.Package, Strength: r.Strength.Float(), Hinders: r.Hinders}
		low, high := span{b: link.Strength}, span{b: link.Strength}
		for _, claim := range claims[1:] {
			low.b, high.b = min(low.b, claim.Record.Strength.Float()), max(high.b, claim.Record.Strength.Float())
		}
		t.contested = append(t.contested, low.b < high.b)
		t.fixedShape = t.fixedShape && low.b == high.b
		t.hinders = t.hinders || r.Hinders
		h, err := l.hypothesisOn(id, at)
		switch {
		case err != nil:
			return nil, err
		case h == "" && o.Untested.IsZero():
			none = append(none, id)
		case h == "":
			link.Belief = o.Untested.Float()
			low.a, high.a = link.Belief, link.Belief
			t.untested[link.Name] = true
		default:
			about[h] = link.Name
			e, err := l.alone(c, h, at)
			if err != nil {
				return nil, err
			}
			link.Belief, low.a, high.a = e.belief, e.low, e.high
			t.untested[link.Name] = len(c.of[h]) == 0
		}
		t.Links = append(t.Links, link)
		t.low, t.high = append(t.low, low), append(t.high, high)
	}
	if len(none) > 0 {
		return nil, &NoBeliefError{Contributions: none}
	}
	return t, l.clues(t, c, about, at)
}

// step adds a step with the chance of its rival explanations: each by itself enough, independent of each other.
func (l *Ledger) step(t *theory, ref record.Ref, at record.Moment) {
	none, low, high := 1.0, 1.0, 1.0
	stated := false
	var text record.Quantity
	for _, id := range l.rivalsOn[ref] {
		claims := l.rivals.At(id, at.On, at.Known)
		if len(claims) == 0 || claims[0].Record.Subject != ref {
			continue
		}
		p := claims[0].Record.Chance.Float()
		least, most := p, p
		for _, claim := range claims[1:] {
			least, most = min(least, claim.Record.Chance.Float()), max(most, claim.Record.Chance.Float())
		}
		if !stated {
			text = claims[0].Record.Chance
		} else {
			text = record.Quantity{}
		}
		none, low, high, stated = none*(1-p), low*(1-least), high*(1-most), true
	}
	s := Step{Name: ref.String()}
	if stated {
		if s.Otherwise = text; text.IsZero() {
			s.Otherwise = probabilityQuantity(1 - none)
		}
	}
	t.Steps = append(t.Steps, s)
	t.leak = append(t.leak, span{1 - low, 1 - high})
	t.fixedShape = t.fixedShape && low == high
}

// probabilityQuantity is a chance as a quantity; one too small for its digits counts as 0.
func probabilityQuantity(p float64) record.Quantity {
	if n := record.Number(p); !n.IsZero() {
		return n
	}
	return record.Number(math.Round(p*1e18) / 1e18)
}

// hypothesisOn returns the hypothesis on a contribution that stands, or "".
func (l *Ledger) hypothesisOn(contribution record.ID, at record.Moment) (record.ID, error) {
	var live []record.ID
	for _, id := range l.aboutLink[contribution] {
		h := word(&l.hypotheses, id, at)
		if h == nil || h.Contribution != contribution || l.retired(id, at) || !happened(h.Declared, at.On, true) {
			continue
		}
		live = append(live, id)
	}
	switch len(live) {
	case 0:
		return "", nil
	case 1:
		return live[0], nil
	}
	return "", &RivalHypothesesError{Contribution: contribution, Hypotheses: live}
}

// believed is a belief with what it ranges over: the range of its prior, and the priors of rival claimants.
type believed struct{ low, belief, high float64 }

// alone is what is believed of a hypothesis by the evidence that bears on it alone.
func (l *Ledger) alone(c *counted, id record.ID, at record.Moment) (believed, error) {
	claims := l.hypotheses.At(id, at.On, at.Known)
	if len(claims) == 0 {
		return believed{}, &NotRecordedError{Ref: record.Ref{Kind: KindHypothesis, ID: id}}
	}
	o, err := c.fold(id)
	if err != nil {
		return believed{}, err
	}
	low, mid, high := claims[0].Record.prior()
	for _, claim := range claims[1:] {
		a, _, b := claim.Record.prior()
		low, high = min(low, a), max(high, b)
	}
	var b believed
	for _, x := range []struct {
		to    *float64
		prior float64
	}{{&b.low, low}, {&b.belief, mid}, {&b.high, high}} {
		if *x.to, err = o.sum.move(x.prior); err != nil {
			return b, err
		}
	}
	return b, nil
}

// clues adds the evidence that bears on several hypotheses. One that is about no link of the theory gets a link of its own, which
// leads nowhere.
func (l *Ledger) clues(t *theory, c *counted, about map[record.ID]string, at record.Moment) error {
	for i := range c.items {
		it := &c.items[i]
		if len(it.e.Hypotheses) < 2 || it.held != nil {
			continue
		}
		clue := SharedClue{Name: string(it.id), Chance: it.e.Shared}
		touches := false
		for _, h := range it.e.Hypotheses {
			_, ok := about[h]
			touches = touches || ok
		}
		if !touches {
			k, err := c.clusterOf(it.e.Hypotheses[0])
			if err != nil {
				return err
			}
			for _, h := range k.members {
				_, ok := about[h]
				touches = touches || ok
			}
		}
		if !touches {
			continue
		}
		for _, h := range it.e.Hypotheses {
			if _, ok := about[h]; !ok {
				b, err := l.alone(c, h, record.Moment{Known: at.Known})
				if err != nil {
					return err
				}
				name := record.Ref{Kind: KindHypothesis, ID: h}.String()
				t.Steps = append(t.Steps, Step{Name: name, Otherwise: record.Number(0)}, Step{Name: name + " elsewhere", Otherwise: record.Number(0)})
				t.leak = append(t.leak, span{}, span{})
				t.Links = append(t.Links, Link{Name: name, From: name, To: name + " elsewhere", Belief: b.belief})
				t.low, t.high = append(t.low, span{b.low, 0}), append(t.high, span{b.high, 0})
				t.contested = append(t.contested, false)
				about[h] = name
			}
			clue.Links = append(clue.Links, about[h])
		}
		t.Clues = append(t.Clues, clue)
	}
	return nil
}
