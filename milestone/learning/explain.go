package learning

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Standing is how a hypothesis stands on a day. It is worked out from the belief and the thresholds that were declared, and never stored.
type Standing uint8

// The standings. The list is closed, and they have no order.
const (
	Open      Standing = iota + 1 // between its thresholds, or without any
	Supported                     // the belief has reached its upper threshold
	Weakened                      // the belief has fallen to its lower threshold
	Drafted                       // not declared yet
	Retired                       // closed, or superseded by another
)

var standings = []string{"", "open", "supported", "weakened", "draft", "retired"}

// String returns the text, or "" for the zero Standing.
func (s Standing) String() string { b, _ := s.MarshalText(); return string(b) }

// MarshalText returns the text of the standing.
func (s Standing) MarshalText() ([]byte, error) { return record.EnumMarshal("standing", standings, s) }

// ExplainedStep is what one piece of evidence did to a belief.
type ExplainedStep struct {
	Evidence   record.ID
	Experiment record.ID // empty where none produced it
	Amendment  int       // of the protocol
	Observed   calendar.When
	Result     string // in words
	// Weight is what it added: the logarithm of the factor on the odds. Of evidence that belongs together, such as the counts of one
	// experiment, each record has what it adds to the weight of all before it.
	Weight Weight
	// Capped says that the weight was held within ± [WeightCap].
	Capped bool
	// CouldLower says that it might have come out so as to lower the belief by a decibel or more.
	CouldLower bool
	// Shared says that it bears on several hypotheses at once, whose beliefs it ties together.
	Shared bool
	// Belief is what was believed after it.
	Belief float64
}

// RivalPrior is what another claimant believed before looking, and where the same evidence takes that.
type RivalPrior struct {
	Claimant      string
	Prior, Belief float64
}

// Explanation is a belief and how it came about. Multiplying the prior odds by e^Weight of every step gives the odds of the belief.
type Explanation struct {
	Hypothesis record.ID
	Claim      string
	Claimant   string
	Basis      string
	// Prior is what was believed before, between PriorLow and PriorHigh.
	PriorLow, Prior, PriorHigh float64
	// Steps stand in the order in which evidence was observed, and evidence that is shared with other hypotheses comes last.
	Steps []ExplainedStep
	// Belief is what the prior has become, and Low and High what the ends of its range have.
	Low, Belief, High float64
	// Left is the evidence on the hypothesis that moved nothing, and why.
	Left     []LeftOut
	Standing Standing
	// Rivals are the other claimants' priors, in the order in which they first spoke.
	Rivals []RivalPrior
}

// PriorOdds is Prior/(1-Prior), +Inf for a prior of 1.
func (e *Explanation) PriorOdds() float64 { return e.Prior / (1 - e.Prior) }

// Text prints the explanation, a line for each step, with weights in decibels and the odds after it.
func (e *Explanation) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nprior %s, odds %s", e.Claim, percentOf(e.Prior), figure(e.PriorOdds()))
	if e.Basis != "" {
		b.WriteString(" (" + e.Basis + ")")
	}
	b.WriteString("\n")
	for _, s := range e.Steps {
		fmt.Fprintf(&b, "%s: %s; %+.1f dB, odds times %s; now %s", s.Evidence, s.Result, s.Weight.Decibels()+0, figure(s.Weight.BayesFactor()), percentOf(s.Belief))
		if s.Capped {
			b.WriteString("; held at the cap")
		}
		if s.Amendment > 0 {
			fmt.Fprintf(&b, "; under amendment %d of the protocol", s.Amendment)
		}
		b.WriteString("\n")
	}
	for _, l := range e.Left {
		fmt.Fprintf(&b, "%s: left out: %v\n", l.Evidence, l.Why)
	}
	fmt.Fprintf(&b, "belief %s", percentOf(e.Belief))
	if e.Low != e.High {
		fmt.Fprintf(&b, " (%s to %s)", percentOf(e.Low), percentOf(e.High))
	}
	fmt.Fprintf(&b, ": %s\n", e.Standing)
	return b.String()
}

// Explain returns what is believed of a hypothesis, and every step from the prior to it. Where several claimants declared priors, the
// steps are those of the first, and the others stand beside. It takes time linear in the evidence on the hypothesis, once the
// evidence of the moment has been entered; the view's own moment has been. Errors are [*NotRecordedError], [*ImpossibleError] where evidence decides
// both ways, and [*TooEntangledError] where more than 12 hypotheses share evidence.
func (l *Ledger) Explain(hypothesis record.ID, at record.Moment) (*Explanation, error) {
	at = l.view.At(at)
	return l.explain(l.counted(at), hypothesis, at)
}

func (l *Ledger) explain(c *counted, hypothesis record.ID, at record.Moment) (*Explanation, error) {
	id, ok := l.hypotheses.Fact(hypothesis)
	claims := l.hypotheses.At(id, calendar.Date{}, at.Known)
	if !ok || len(claims) == 0 {
		return nil, &NotRecordedError{Ref: record.Ref{Kind: KindHypothesis, ID: hypothesis}}
	}
	h := claims[0].Record
	e := &Explanation{Hypothesis: id, Claim: h.Claim, Claimant: h.Claimant, Basis: h.Basis}
	e.PriorLow, e.Prior, e.PriorHigh = h.prior()
	o, err := c.fold(id)
	if err != nil {
		return nil, err
	}
	e.Steps = o.steps
	k, err := c.clusterOf(id)
	if err != nil {
		return nil, err
	}
	take := func(prior float64) (path []float64, err error) {
		b, err := o.sum.move(prior)
		if err != nil || len(k.shared) == 0 {
			return []float64{b}, err
		}
		beliefs, err := l.ownBeliefs(c, &k, at)
		if err != nil {
			return nil, err
		}
		beliefs[slices.Index(k.members, id)] = b
		return c.marginals(&k, id, beliefs)
	}
	path, err := take(e.Prior)
	if err != nil {
		return nil, err
	}
	sum := Weight(0)
	for i := range e.Steps {
		sum += e.Steps[i].Weight
		if e.Steps[i].Belief, err = sum.move(e.Prior); err != nil {
			return nil, err
		}
	}
	for n, i := range k.shared {
		it := &c.items[i]
		w := Weight(0)
		if path[n+1] != path[n] {
			w = logOdds(path[n+1]) - logOdds(path[n])
		}
		e.Steps = append(e.Steps, ExplainedStep{Evidence: it.id, Experiment: it.e.Experiment, Amendment: it.e.Amendment, Observed: it.e.Observed,
			Result: it.e.Result.Sentence(), Weight: w, CouldLower: true, Shared: true, Belief: path[n+1]})
	}
	e.Belief = path[len(path)-1]
	e.Low, e.High = e.Belief, e.Belief
	priors := []float64{e.PriorLow, e.PriorHigh}
	for _, claim := range claims[1:] {
		priors = append(priors, claim.Record.Prior.Float())
	}
	for n, prior := range priors {
		path, err := take(prior)
		if err != nil {
			return nil, err
		}
		b := path[len(path)-1]
		if n >= 2 {
			e.Rivals = append(e.Rivals, RivalPrior{Claimant: claims[n-1].Record.Claimant, Prior: prior, Belief: b})
			continue
		}
		e.Low, e.High = min(e.Low, b), max(e.High, b)
	}
	for _, left := range c.left {
		if w := word(&l.evidence, left.Evidence, at); w != nil && slices.Contains(w.Hypotheses, id) {
			e.Left = append(e.Left, left)
		}
	}
	e.Standing = l.standing(h, e.Belief, at)
	return e, nil
}

// move is [Weight.Update], but for a weight of 0, which leaves the prior to the last bit.
func (w Weight) move(prior float64) (float64, error) {
	if w == 0 {
		return prior, probability("prior", prior)
	}
	return w.Update(prior)
}

func logOdds(p float64) Weight { return Weight(math.Log(p) - math.Log1p(-p)) }

// ownBeliefs returns the beliefs in the members of a cluster by the evidence that bears on each alone.
func (l *Ledger) ownBeliefs(c *counted, k *cluster, at record.Moment) ([]float64, error) {
	beliefs := make([]float64, len(k.members))
	for m, id := range k.members {
		h := word(&l.hypotheses, id, record.Moment{Known: at.Known})
		if h == nil {
			return nil, &NotRecordedError{Ref: record.Ref{Kind: KindHypothesis, ID: id}}
		}
		o, err := c.fold(id)
		if err != nil {
			return nil, err
		}
		if beliefs[m], err = o.sum.move(h.Prior.Float()); err != nil {
			return nil, err
		}
	}
	return beliefs, nil
}

// standing is how a hypothesis stands with a belief.
func (l *Ledger) standing(h *Hypothesis, belief float64, at record.Moment) Standing {
	switch {
	case l.retired(h.Fact(), at):
		return Retired
	case !happened(h.Declared, at.On, false):
		return Drafted
	case !h.SupportedAt.IsZero() && belief >= h.SupportedAt.Float():
		return Supported
	case !h.WeakenedAt.IsZero() && belief <= h.WeakenedAt.Float():
		return Weakened
	}
	return Open
}

// retired reports whether a hypothesis has ended or another has taken its place.
func (l *Ledger) retired(id record.ID, at record.Moment) bool {
	if word(&l.hypotheses, id, at) == nil {
		return true
	}
	for _, other := range l.superseds[id] {
		if h := word(&l.hypotheses, other, at); h != nil && h.Supersedes == id && happened(h.Declared, at.On, false) {
			return true
		}
	}
	return false
}

// Belief returns what is believed of a hypothesis: the belief of [Ledger.Explain], with the same errors.
func (l *Ledger) Belief(hypothesis record.ID, at record.Moment) (float64, error) {
	e, err := l.Explain(hypothesis, at)
	if err != nil {
		return 0, err
	}
	return e.Belief, nil
}

// LeftOut returns the evidence that moves no belief at a moment, and why, in the order of entering: what counts again what has been
// counted, what predates its hypothesis, and what a design does not allow to be read yet. Background is not among it.
func (l *Ledger) LeftOut(at record.Moment) []LeftOut { return slices.Clone(l.counted(at).left) }
