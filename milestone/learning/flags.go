package learning

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/missionled/missionled/accountability/record"
)

// FlagKind is a way in which learning may be less than it looks. What is flagged is allowed, and stays visible.
type FlagKind uint8

// The flags. The list is closed.
const (
	NoPreDeclaredRule  FlagKind = iota + 1 // nothing said beforehand what a result would lead to
	AgainstRule                            // another choice was taken than the rule said
	LateRule                               // the rule was made after the first observation
	NoLearningRecorded                     // an experiment ended, and no lesson is written down
	Dogmatic                               // a prior or belief of exactly 0 or 1, which nothing can move
	StaleEvidence                          // older than it was declared good for
	TransferredContext                     // observed elsewhere or of others than the hypothesis is about
	PriorNeverMoved                        // experiments on it ended, and the belief is the prior
	OnlySupportive                         // no piece of evidence could have lowered the belief by a decibel
	ReviewOverdue                          // the day by which a decision was to be looked at has passed
	AmendedProtocol                        // the protocol was openly changed after the start
	HorizonPassed                          // the day by which a hypothesis was to be known has passed, and it is open
)

var flagKinds = []string{"", "no-pre-declared-rule", "against-rule", "late-rule", "no-learning-recorded", "dogmatic", "stale-evidence",
	"transferred-context", "prior-never-moved", "only-supportive", "review-overdue", "amended-protocol", "horizon-passed"}

// String returns the text, or "" for the zero FlagKind.
func (k FlagKind) String() string { b, _ := k.MarshalText(); return string(b) }

// MarshalText returns the text of the flag.
func (k FlagKind) MarshalText() ([]byte, error) { return record.EnumMarshal("flag", flagKinds, k) }

// Flag is one thing flagged.
type Flag struct {
	Kind    FlagKind
	Records []record.Ref // what it touches, the record it is about first
	Text    string
}

// Flags is the answer of [Ledger.Flags].
type Flags struct {
	// Raised stand in the order of their kinds, and within one in that of the Spec.
	Raised []Flag
	// NotAssessed are the kinds that need a day, where none was asked about.
	NotAssessed []FlagKind
}

// Flags returns all that is flagged at a moment. Errors are those of [Ledger.Explain].
func (l *Ledger) Flags(at record.Moment) (Flags, error) {
	at = l.view.At(at)
	f := flagging{l: l, at: at, c: l.counted(at)}
	if at.On.IsZero() {
		f.flags.NotAssessed = []FlagKind{StaleEvidence, ReviewOverdue, HorizonPassed}
	}
	for _, x := range stands(&l.experiments, at) {
		f.experiment(x)
	}
	for _, h := range stands(&l.hypotheses, at) {
		if err := f.hypothesis(h); err != nil {
			return Flags{}, err
		}
	}
	for _, d := range stands(&l.decisions, at) {
		if happened(d.OnDay, at.On, true) {
			f.decision(d)
		}
	}
	slices.SortStableFunc(f.flags.Raised, func(a, b Flag) int { return int(a.Kind) - int(b.Kind) })
	return f.flags, nil
}

type flagging struct {
	l     *Ledger
	at    record.Moment
	c     *counted
	flags Flags
}

func (f *flagging) raise(kind FlagKind, text string, records ...record.Ref) {
	f.flags.Raised = append(f.flags.Raised, Flag{Kind: kind, Records: records, Text: text})
}

func refTo(kind record.Kind, id record.ID) record.Ref { return record.Ref{Kind: kind, ID: id} }

func (f *flagging) experiment(x *Experiment) {
	self := refTo(KindExperiment, x.Fact())
	p := f.l.progression(x, f.at)
	if p.Stage >= StageRunning && len(x.Protocol.Rules) == 0 {
		f.raise(NoPreDeclaredRule, "the experiment started, and no rule says what a result will lead to", self)
	}
	if p.Stage >= StageConcluded && !p.Learned {
		f.raise(NoLearningRecorded, "the experiment ended, and no lesson is recorded", self)
	}
	if x.Protocol.Amendment > 0 && p.Stage >= StageRunning {
		f.raise(AmendedProtocol, "the protocol was changed after the start: "+plural(x.Protocol.Amendment, "amendment", "amendments"), self)
	}
	first := -1 // the evidence observed first
	for i := range f.c.items {
		if f.c.items[i].e.Experiment == x.Fact() {
			first = i
			break
		}
	}
	if first < 0 {
		return
	}
	seen := &f.c.items[first]
	for _, r := range x.Protocol.Rules {
		late := certainlyBefore(seen.e.Observed, r.Declared)
		if !late && r.Declared.IsZero() && x.Protocol.Amendment > 0 { // it came in with an amendment
			was := f.l.protocol(x.Fact(), 0, f.at)
			had := was != nil && slices.ContainsFunc(was.Rules, func(o Rule) bool { return o.Name == r.Name && o.Sentence() == r.Sentence() })
			late = !had
		}
		if late {
			f.raise(LateRule, fmt.Sprintf("rule %q was made after the first observation", r.Name), self, refTo(KindEvidence, seen.id))
		}
	}
}

func (f *flagging) hypothesis(h *Hypothesis) error {
	id := h.Fact()
	self := refTo(KindHypothesis, id)
	e, err := f.l.explain(f.c, id, f.at)
	if err != nil {
		return err
	}
	if e.Prior == 0 || e.Prior == 1 || e.Belief == 0 || e.Belief == 1 {
		f.raise(Dogmatic, fmt.Sprintf("the prior is %s and the belief %s: what is certain cannot be moved", percentOf(e.Prior), percentOf(e.Belief)), self)
	}
	supportive := len(e.Steps) > 0
	for _, step := range e.Steps {
		supportive = supportive && !step.CouldLower
		w := f.c.items[f.c.index[step.Evidence]].e
		evidence := refTo(KindEvidence, step.Evidence)
		if !f.at.On.IsZero() && w.GoodUntil.Before(f.at.On) {
			f.raise(StaleEvidence, "it was good until "+w.GoodUntil.String(), evidence, self)
		}
		if len(h.Context) > 0 && len(w.Context) > 0 {
			for _, tag := range h.Context {
				if !slices.Contains(w.Context, tag) {
					f.raise(TransferredContext, fmt.Sprintf("the hypothesis is about %q, and this was not observed there", tag), evidence, self)
					break
				}
			}
		}
	}
	if supportive {
		f.raise(OnlySupportive, "whatever had been found, no piece of evidence could have lowered the belief by a decibel", self)
	}
	var ended []record.Ref
	for _, x := range stands(&f.l.experiments, f.at) {
		if slices.Contains(x.Tests, id) && f.l.progression(x, f.at).Stage >= StageConcluded {
			ended = append(ended, refTo(KindExperiment, x.Fact()))
		}
	}
	if len(ended) > 0 && e.Belief == e.Prior {
		f.raise(PriorNeverMoved, plural(len(ended), "experiment", "experiments")+" on it ended, and the belief is what it was before",
			append([]record.Ref{self}, ended...)...)
	}
	if !f.at.On.IsZero() && h.Horizon.Before(f.at.On) && e.Standing == Open {
		f.raise(HorizonPassed, "it was to be known by "+h.Horizon.String()+", and is open", self)
	}
	return nil
}

func (f *flagging) decision(d *Decision) {
	self, about := refTo(KindDecision, d.Fact()), refTo(KindHypothesis, d.About)
	if d.Rule == "" && d.RuleSaid == 0 {
		f.raise(NoPreDeclaredRule, "the decision names no rule that was declared beforehand", self, about)
	}
	said := d.RuleSaid
	if said == 0 && d.Rule != "" && d.Experiment != "" {
		day := f.at
		if by := d.OnDay.Latest(); !by.IsZero() && (f.at.On.IsZero() || by.Before(f.at.On)) {
			day.On = by
		}
		if now, applies, err := f.l.RuleSays(d.Experiment, d.Rule, d.About, day, nil); err == nil && applies {
			said = now
		} else if err == nil {
			f.raise(AgainstRule, fmt.Sprintf("rule %q did not apply on the day, and the choice was %s", d.Rule, d.Choice), self, about)
		}
	}
	if said != 0 && said != d.Choice {
		text := fmt.Sprintf("the rule said %s, and the choice was %s", said, d.Choice)
		if d.Deviation != "" {
			text += ": " + d.Deviation
		}
		f.raise(AgainstRule, text, self, about)
	}
	if !f.at.On.IsZero() && d.ReviewBy.Before(f.at.On) && !happened(d.Reviewed, f.at.On, false) {
		f.raise(ReviewOverdue, "it was to be looked at again by "+d.ReviewBy.String(), self, about)
	}
}

// RuleSays returns what a rule of an experiment's protocol says at a moment, and whether it applies. The belief, the reading of the
// counts and the weeks since the start come from the ledger; known adds figures or replaces them. Errors are
// [*NotRecordedError], those of [Rule.Says], and, where the rule asks about a reading that its design does not allow yet, a [*PeekError].
func (l *Ledger) RuleSays(experiment record.ID, rule string, hypothesis record.ID, at record.Moment, known map[Gauge]float64) (Choice, bool, error) {
	at = l.view.At(at)
	x := word(&l.experiments, experiment, at)
	if x == nil {
		return 0, false, &NotRecordedError{Ref: refTo(KindExperiment, experiment)}
	}
	i := slices.IndexFunc(x.Protocol.Rules, func(r Rule) bool { return r.Name == rule })
	if i < 0 {
		return 0, false, ErrNoSuchRule
	}
	r := x.Protocol.Rules[i]
	figures := make(map[Gauge]float64)
	if b, err := l.Belief(hypothesis, at); err == nil {
		figures[GaugeBelief] = b
	}
	if started := x.Started.Latest(); !started.IsZero() && !at.On.IsZero() {
		figures[GaugeWeeks] = float64(at.On.Sub(started)) / 7
	}
	if !x.Spent.IsZero() {
		figures[GaugeSpent] = majorUnits(x.Spent)
	}
	var early error
	if p, err := l.Progress(experiment, x.Protocol.Amendment, at); err == nil {
		figures[GaugeObservations] = float64(p.Have)
		reading, err := l.Reading(experiment, x.Protocol.Amendment, at)
		if _, peeks := errors.AsType[*PeekError](err); peeks {
			early = err
		}
		if err == nil {
			figures[GaugeEstimate] = reading.Estimate
			if reading.Tested {
				figures[GaugeEValue] = reading.Peak.Value()
			}
			if !reading.B.IsZero() {
				figures[GaugeChanceB], figures[GaugeLossA], figures[GaugeLossB] = reading.ChanceBHigher, reading.LossOfA, reading.LossOfB
			}
		}
	}
	maps.Copy(figures, known)
	choice, applies, err := r.Says(figures)
	if err != nil && early != nil {
		return 0, false, early
	}
	return choice, applies, err
}

// majorUnits is an amount in pounds, euros and the like.
func majorUnits(m record.Money) float64 {
	x := float64(m.Minor)
	for range m.Currency.Digits() {
		x /= 10
	}
	return x
}
