package learning

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
)

// Spec is a set of records of learning: plain data. The zero Spec is valid and says nothing.
type Spec struct {
	record.Shared
	Contributions     []Contribution
	RivalExplanations []RivalExplanation
	Hypotheses        []Hypothesis
	Experiments       []Experiment
	Evidence          []Evidence
	Lessons           []Lesson
	Decisions         []Decision
	Envelopes         []Envelope
}

// Compile checks the whole Spec, leaves out what the view does, and returns the Ledger. The error is [record.Faults], every fault at
// once. References to kinds of record that the Spec cannot hold, such as milestones, are not followed. The Ledger shares nothing
// with the Spec.
func Compile(spec Spec, view record.View) (*Ledger, error) {
	spec = spec.clone()
	var c record.Check
	record.Add(&c, record.KindSource, "sources", spec.Sources)
	record.Add(&c, record.KindDay, "days", spec.Days)
	spec.Check(&c)
	if err := c.Run().Err(); err != nil {
		return nil, err
	}
	return spec.Checked(view), nil
}

func (s Spec) clone() Spec {
	s.Sources, s.Days = record.Clone(s.Sources), record.Clone(s.Days)
	s.Contributions, s.RivalExplanations = record.Clone(s.Contributions), record.Clone(s.RivalExplanations)
	s.Hypotheses, s.Experiments = record.Clone(s.Hypotheses), record.Clone(s.Experiments)
	s.Evidence, s.Lessons = record.Clone(s.Evidence), record.Clone(s.Lessons)
	s.Decisions, s.Envelopes = record.Clone(s.Decisions), record.Clone(s.Envelopes)
	return s
}

// Check puts the records of the Spec under a check and adds the faults that only this package can see. Whoever compiles a larger Spec
// calls it on the parts; [Compile] calls it itself.
func (s Spec) Check(c *record.Check) {
	record.Add(c, KindContribution, "contributions", s.Contributions)
	record.Add(c, KindRival, "rival_explanations", s.RivalExplanations)
	record.Add(c, KindHypothesis, "hypotheses", s.Hypotheses)
	record.Add(c, KindExperiment, "experiments", s.Experiments)
	record.Add(c, KindEvidence, "evidence", s.Evidence)
	record.Add(c, KindLesson, "lessons", s.Lessons)
	record.Add(c, KindDecision, "decisions", s.Decisions)
	record.Add(c, KindEnvelope, "envelopes", s.Envelopes)
	for i := range s.Contributions {
		if r := &s.Contributions[i]; r.Speaks() {
			r.check(c.At(KindContribution, "contributions", i, r.ID))
		}
	}
	for i := range s.RivalExplanations {
		r := &s.RivalExplanations[i]
		fault := c.At(KindRival, "rival_explanations", i, r.ID)
		fault("subject", ErrNoSubject, r.Subject.IsZero())
		fault("chance", ErrNoChance, r.Chance.IsZero() && r.Speaks())
		chance(fault, "chance", r.Chance)
	}
	for i := range s.Hypotheses {
		if r := &s.Hypotheses[i]; r.Speaks() {
			r.check(c.At(KindHypothesis, "hypotheses", i, r.ID))
		}
	}
	for i := range s.Experiments {
		if r := &s.Experiments[i]; r.Speaks() {
			r.check(c.At(KindExperiment, "experiments", i, r.ID))
		}
	}
	for i := range s.Evidence {
		if r := &s.Evidence[i]; r.Speaks() {
			r.check(c.At(KindEvidence, "evidence", i, r.ID))
		}
	}
	for i := range s.Lessons {
		r := &s.Lessons[i]
		c.At(KindLesson, "lessons", i, r.ID)("learned", ErrNoLesson, strings.TrimSpace(r.Learned) == "" && r.Speaks())
	}
	for i := range s.Decisions {
		if r := &s.Decisions[i]; r.Speaks() {
			r.check(c.At(KindDecision, "decisions", i, r.ID))
		}
	}
	for i := range s.Envelopes {
		r := &s.Envelopes[i]
		fault := c.At(KindEnvelope, "envelopes", i, r.ID)
		fault("subject", ErrNoSubject, r.Subject.IsZero() && r.Speaks())
		fault("money", ErrBelowZero, r.Money.Minor < 0)
		fault("people", ErrBelowZero, r.People < 0)
	}
	c.Then(func() { s.checkWhole(c) })
}

// chance adds a fault where a quantity is set and is no probability.
func chance(fault func(string, error, bool), member string, q record.Quantity) {
	fault(member, &ProbabilityError{What: strings.ReplaceAll(member, "_", " "), Value: q.Float()}, !q.IsZero() && !(q.Float() >= 0 && q.Float() <= 1))
}

func (r *Contribution) check(fault func(string, error, bool)) {
	fault("effect", ErrNoEnds, r.Cause.IsZero() || r.Effect.IsZero() || r.Cause == r.Effect)
	fault("strength", ErrNoStrength, r.Strength.IsZero())
	fault("package", ErrHinderPackage, r.Hinders && r.Package != "")
	chance(fault, "strength", r.Strength)
}

func (r *Hypothesis) check(fault func(string, error, bool)) {
	fault("contribution", ErrNoContribution, r.Contribution == "")
	fault("claim", ErrNoClaim, strings.TrimSpace(r.Claim) == "")
	fault("prior", ErrNoPrior, r.Prior.IsZero())
	fault("would_change_our_mind", ErrNoMind, strings.TrimSpace(r.WouldChangeOurMind) == "")
	for _, q := range []struct {
		name string
		q    record.Quantity
	}{{"prior", r.Prior}, {"low", r.Low}, {"high", r.High}, {"supported_at", r.SupportedAt}, {"weakened_at", r.WeakenedAt}} {
		chance(fault, q.name, q.q)
	}
	fault("low", ErrPriorRange, !r.Low.IsZero() && r.Low.Float() > r.Prior.Float())
	fault("high", ErrPriorRange, !r.High.IsZero() && r.High.Float() < r.Prior.Float())
	fault("weakened_at", ErrThresholds, !r.SupportedAt.IsZero() && !r.WeakenedAt.IsZero() && r.WeakenedAt.Float() >= r.SupportedAt.Float())
}

func (r *Experiment) check(fault func(string, error, bool)) {
	each := func(member string, err error) {
		for _, err := range apart(err) {
			fault(member, err, true)
		}
	}
	fault("tests", ErrNoTests, len(r.Tests) == 0)
	fault("declared", ErrNotDeclared, !r.Started.IsZero() && r.Declared.IsZero())
	fault("concluded", ErrConcludedFirst, certainlyBefore(r.Concluded, r.Started))
	fault("because", ErrNoBecause, r.Ending == Abandoned && strings.TrimSpace(r.Because) == "")
	fault("exposure.cost", ErrBelowZero, r.Exposure.Cost.Minor < 0)
	fault("exposure.people", ErrBelowZero, r.Exposure.People < 0)
	fault("exposure.weeks", ErrBelowZero, r.Exposure.Weeks < 0)
	reversible, known := r.Exposure.Reversible.Get()
	fault("exposure.stop_rules", &BeyondSafeToFailError{Reason: "what it does to people cannot be undone, and no rule says when it stops"},
		known && !reversible && len(r.Exposure.StopRules) == 0)
	p := &r.Protocol
	if d := p.Analysis.Design(); d != nil {
		each("protocol.analysis", d.Check())
	}
	for i := range p.Analysis.Clues {
		each(fmt.Sprintf("protocol.analysis.clues[%d]", i), p.Analysis.Clues[i].Check())
	}
	if p.Detects != (Diagnosticity{}) {
		each("protocol.detects", p.Detects.Check())
	}
	fault("protocol.amendment", ErrBelowZero, p.Amendment < 0)
	p.checkRules(fault)
}

// apart returns the errors that were joined into one.
func apart(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	if err == nil {
		return nil
	}
	return []error{err}
}

func (r *Evidence) check(fault func(string, error, bool)) {
	kind := r.Result.kind()
	fault("result", ErrNoResult, kind == noResult)
	fault("result", ErrManyResults, kind == manyResults)
	fault("observed", ErrNoObserved, r.Observed.IsZero())
	fault("amendment", ErrBelowZero, r.Amendment < 0)
	fault("subject", ErrNoSubject, kind == ofReaching && r.Subject.IsZero())
	fault("hypotheses", ErrReachedAlone, kind == ofReaching && len(r.Hypotheses) > 0)
	fault("hypotheses", ErrNoHypotheses, kind != ofReaching && len(r.Hypotheses) == 0 && !r.Background)
	fault("shared", ErrSeveral, len(r.Hypotheses) > 1 && len(r.Shared) == 0 && !r.Background)
	fault("shared", ErrSharedAlone, len(r.Shared) > 0 && (len(r.Hypotheses) < 2 || len(r.DependsOn) > 0))
	if len(r.Shared) > 0 && len(r.Hypotheses) > 1 {
		fault("shared", &RangeError{What: "chances shared", Value: float64(len(r.Shared)), Want: "one for each combination of the hypotheses, of 12 at most"},
			len(r.Hypotheses) > maxShared || len(r.Shared) != 1<<min(len(r.Hypotheses), maxShared))
		for i, x := range r.Shared {
			fault(fmt.Sprintf("shared[%d]", i), notBelowZero("a chance shared", x), notBelowZero("", x) != nil)
		}
	}
	fault("expect", ErrTwoExpectation, r.Experiment != "" && !r.Expect.IsZero())
	fault("depends_on", ErrNotJoint, len(r.DependsOn) > 0 && len(r.Together.IfTrue) == 0 && !r.Background)
	if n := len(r.DependsOn); n > 0 && len(r.Together.IfTrue) > 0 {
		for _, err := range apart(r.Together.Check()) {
			fault("together", err, true)
		}
		fault("together", &RangeError{What: "clues of the package", Value: float64(len(r.Together.IfTrue)), Want: "2 to the number of clues: those depended on, and this one"},
			n >= MaxClues || len(r.Together.IfTrue) != 1<<min(n+1, MaxClues))
	}
}

func (r *Decision) check(fault func(string, error, bool)) {
	fault("about", ErrNoAbout, r.About == "")
	fault("choice", ErrNoChoice, r.Choice == 0)
	against := r.RuleSaid != 0 && r.Choice != r.RuleSaid
	fault("deviation", ErrNoDeviation, against && strings.TrimSpace(r.Deviation) == "")
	fault("reviewer", ErrNoReviewer, against && r.Reviewer == "")
}

// checkWhole adds the faults that show only between records.
func (s Spec) checkWhole(c *record.Check) {
	l := s.Checked(record.View{})
	s.checkPriors(c, l)
	s.checkProtocols(c, l)
	s.checkEvidence(c, l)
	s.checkEnvelopes(c, l)
	for i := range s.Decisions {
		d := &s.Decisions[i]
		if d.Rule == "" || d.Experiment == "" || !d.Speaks() {
			continue
		}
		known := false
		for _, e := range l.experiments.Versions(d.Experiment) {
			known = known || slices.ContainsFunc(e.Protocol.Rules, func(r Rule) bool { return r.Name == d.Rule })
		}
		c.At(KindDecision, "decisions", i, d.ID)("rule", ErrNoSuchRule, !known)
	}
}

func (s Spec) checkPriors(c *record.Check, l *Ledger) {
	index := make(map[record.ID]int, len(s.Hypotheses))
	for i := range s.Hypotheses {
		index[s.Hypotheses[i].ID] = i
	}
	for _, id := range l.hypotheses.Facts() {
		first := make(map[string]*Hypothesis)
		for _, h := range l.hypotheses.Versions(id) {
			if !h.Speaks() {
				continue
			}
			was := first[h.Claimant]
			if was == nil {
				first[h.Claimant] = h
				continue
			}
			for _, q := range []struct {
				member  string
				was, is record.Quantity
			}{{"prior", was.Prior, h.Prior}, {"low", was.Low, h.Low}, {"high", was.High, h.High}} {
				c.At(KindHypothesis, "hypotheses", index[h.ID], h.ID)(q.member, &PriorChangedError{Was: q.was, Is: q.is}, q.was.Float() != q.is.Float() || q.was.IsZero() != q.is.IsZero())
			}
		}
	}
}

func (s Spec) checkProtocols(c *record.Check, l *Ledger) {
	index := make(map[record.ID]int, len(s.Experiments))
	for i := range s.Experiments {
		index[s.Experiments[i].ID] = i
	}
	for _, id := range l.experiments.Facts() {
		frozen := make(map[string]*Experiment) // by claimant, the version whose protocol is fixed
		for _, e := range l.experiments.Versions(id) {
			if !e.Speaks() {
				continue
			}
			was := frozen[e.Claimant]
			if was == nil {
				if !e.Started.IsZero() {
					frozen[e.Claimant] = e
				}
				continue
			}
			fault := c.At(KindExperiment, "experiments", index[e.ID], e.ID)
			amended := e.Protocol.Amendment > was.Protocol.Amendment && strings.TrimSpace(e.Reason) != ""
			if amended {
				frozen[e.Claimant] = e
				continue
			}
			for _, field := range was.Protocol.changed(&e.Protocol) {
				fault("protocol", &ProtocolFrozenError{Field: field}, true)
			}
		}
	}
}

// checkEvidence adds what the ledger refuses for good; what a design holds back for now is no fault.
func (s Spec) checkEvidence(c *record.Check, l *Ledger) {
	index := make(map[record.ID]int, len(s.Evidence))
	for i := range s.Evidence {
		e := &s.Evidence[i]
		index[e.ID] = i
		if _, taken := index[e.Fact()]; !taken {
			index[e.Fact()] = i
		}
	}
	for _, left := range l.now.left {
		if isHeld(left.Why) {
			continue
		}
		member := "origin"
		switch left.Why.(type) {
		case *PredatesHypothesisError:
			member = "observed"
		case *NotRecordedError:
			continue // the reference is a fault already
		}
		if errors.Is(left.Why, ErrNoAmendment) {
			if _, known := l.experiments.Fact(word(&l.evidence, left.Evidence, record.Moment{}).Experiment); !known {
				continue
			}
			member = "amendment"
		}
		i := index[left.Evidence]
		c.Fault(fmt.Sprintf("evidence[%d].%s", i, member), record.Ref{Kind: KindEvidence, ID: s.Evidence[i].ID}, left.Why)
	}
	for k := range l.now.items {
		it := &l.now.items[k]
		i, ok := index[it.e.ID]
		if !ok {
			continue
		}
		fault := c.At(KindEvidence, "evidence", i, it.e.ID)
		s.checkItem(l, it, fault)
	}
}

func isHeld(err error) bool {
	switch err.(type) {
	case *PeekError, *NoExtensionError:
		return true
	}
	return false
}

func (s Spec) checkItem(l *Ledger, it *item, fault func(string, error, bool)) {
	kind := it.e.Result.kind()
	if kind == noResult || kind == manyResults || kind == ofReaching {
		return
	}
	if kind == ofClue && it.protocol != nil {
		planned, ok := it.protocol.clue(it.e.Result.Clue.Name)
		own := it.e.Result.Clue.Diagnosticity
		fault("result.clue", &ProtocolFrozenError{Field: "analysis"}, ok && own != (Diagnosticity{}) && own != planned)
	}
	for _, d := range it.e.DependsOn {
		k, ok := l.now.index[d]
		if !ok {
			continue
		}
		on := l.now.items[k].e
		fault("depends_on", ErrNotOneClaim, on.Result.kind() != ofClue || kind != ofClue || !slices.Equal(on.Hypotheses, it.e.Hypotheses) || len(it.e.Hypotheses) != 1)
		fault("depends_on", ErrDependCircle, k >= l.now.index[it.id])
	}
	if len(it.e.Shared) > 0 || len(it.e.DependsOn) > 0 && len(it.e.Together.IfTrue) != 1<<min(len(it.e.DependsOn)+1, MaxClues) {
		return
	}
	_, err := l.now.weigh(new(group), it)
	for _, err := range apart(err) {
		fault("result", err, true)
	}
	if err != nil || len(it.e.DependsOn) == 0 {
		return
	}
	for n := range len(it.e.DependsOn) + 1 { // the joint law must agree with what each clue says alone
		one := it
		if n < len(it.e.DependsOn) {
			k, ok := l.now.index[it.e.DependsOn[n]]
			if !ok {
				continue
			}
			one = &l.now.items[k]
		}
		d := one.diagnosticity()
		t, f := it.e.Together.marginal(n)
		differs := d != (Diagnosticity{}) && (math.Abs(t-d.IfTrue) > 1e-9 || math.Abs(f-d.IfFalse) > 1e-9)
		fault("together", &RangeError{What: "chance of clue " + string(one.id) + " by the joint law if the claim is true", Value: t,
			Want: "what the clue says of itself"}, differs)
	}
}

// marginal returns the chance of finding one clue of a package, if the claim is true and if it is false.
func (p Package) marginal(clue int) (ifTrue, ifFalse float64) {
	for at := range p.IfTrue {
		if at>>clue&1 == 1 {
			ifTrue += p.IfTrue[at]
			ifFalse += p.IfFalse[at]
		}
	}
	return ifTrue, ifFalse
}
