package learning

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Causes of faults in records of learning.
var (
	ErrNoEnds         = errors.New("a contribution needs its cause and its effect, and they cannot be the same")
	ErrNoStrength     = errors.New("the contribution does not say how strong it is: give the chance that the cause brings the effect about by itself")
	ErrHinderPackage  = errors.New("what hinders cannot be part of a package")
	ErrNoSubject      = errors.New("it has no subject: name what it is about")
	ErrNoChance       = errors.New("the rival explanation has no chance: state it, if only as 0")
	ErrNoContribution = errors.New("the hypothesis names no contribution: say which link is believed")
	ErrNoClaim        = errors.New("the hypothesis has no claim: say in words what is believed, for whom and where")
	ErrNoPrior        = errors.New("the hypothesis has no prior: say how far it is believed before looking")
	ErrNoMind         = errors.New("nothing is said that would change our mind: a claim that nothing could speak against cannot be tested")
	ErrPriorRange     = errors.New("the range of the prior does not hold the prior")
	ErrThresholds     = errors.New("the belief at which it counts as weakened is not below the one at which it counts as supported")
	ErrNoTests        = errors.New("the experiment tests no hypothesis: say what is to be found out")
	ErrNotDeclared    = errors.New("the experiment started and its protocol was never declared: give \"declared\"")
	ErrConcludedFirst = errors.New("it was concluded before it started")
	ErrNoBecause      = errors.New("an experiment that was abandoned must say why: give \"because\"")
	ErrNoResult       = errors.New("the evidence has no result: give counts, arms, an estimate, a clue, or whether something was reached")
	ErrManyResults    = errors.New("the evidence has several results: make each a record of its own")
	ErrNoHypotheses   = errors.New("the evidence bears on no hypothesis: name one, or say that it is background")
	ErrReachedAlone   = errors.New("that something was reached is evidence on its subject, and reaches hypotheses through the theory: leave them out")
	ErrNoObserved     = errors.New("the evidence does not say when it was observed")
	ErrNoComparison   = errors.New("the estimate does not say how it was come by: give \"comparison\", which decides what bias is allowed for")
	ErrNoExpectation  = errors.New("nothing says what the claim leads one to expect: give the shares if true and if false, or the effect, before looking")
	ErrTwoExpectation = errors.New("what is expected stands in the protocol of the experiment: leave it out here")
	ErrNotByLot       = errors.New("two arms that were not allocated by lot differ for other reasons too: enter an estimate, with its bias allowed for")
	ErrSeveral        = errors.New("evidence that bears on several hypotheses needs the chance of what was seen for each combination of them: give \"shared\"")
	ErrSharedAlone    = errors.New("\"shared\" is for evidence that bears on two hypotheses or more, and not for clues that depend on others")
	ErrNotJoint       = errors.New("it depends on other evidence and would count twice what they share: give the joint law in \"together\", or call it background")
	ErrNotOneClaim    = errors.New("clues that hang together must be clues, and bear on one and the same hypothesis")
	ErrDependCircle   = errors.New("these pieces of evidence depend on one another in a circle")
	ErrNoAmendment    = errors.New("no version of the protocol has this amendment")
	ErrNoLesson       = errors.New("the lesson does not say what was learned")
	ErrNoAbout        = errors.New("the decision does not say which hypothesis it is about")
	ErrNoChoice       = errors.New("the decision does not say what was chosen")
	ErrNoDeviation    = errors.New("the choice is not what the rule said: say why in \"deviation\"")
	ErrNoReviewer     = errors.New("the choice is not what the rule said: name the reviewer who looked at it")
	ErrNoSuchRule     = errors.New("the protocol of the experiment has no rule of that name")
	ErrBelowZero      = errors.New("it cannot be below 0")
)

// A PriorChangedError refuses a later version of a hypothesis with another prior. A belief that was adjusted after looking is no prior.
type PriorChangedError struct{ Was, Is record.Quantity }

// Error names both and the way out.
func (e *PriorChangedError) Error() string {
	return fmt.Sprintf("the prior was %s and cannot become %s: declare a new hypothesis that supersedes this one", e.Was, e.Is)
}

// A ProtocolFrozenError refuses a change of the protocol after the start.
type ProtocolFrozenError struct {
	// Field is "measure", "analysis", "alpha", "prior", "bias" or "rules".
	Field string
}

// Error names the field and the way out.
func (e *ProtocolFrozenError) Error() string {
	return "the protocol was fixed when the experiment started, and its " + e.Field +
		" cannot change: record an amendment, with its number and its reason, and what is observed from then on is read by itself"
}

// An PredatesHypothesisError refuses to move a belief with what was seen before the belief was declared: the hypothesis may have
// been made from it.
type PredatesHypothesisError struct {
	Hypothesis record.ID
	// Declared is zero where the hypothesis is a draft.
	Observed, Declared calendar.When
}

// Error names both days and the way out.
func (e *PredatesHypothesisError) Error() string {
	if e.Declared.IsZero() {
		return fmt.Sprintf("hypothesis %q is a draft: declare it before looking", e.Hypothesis)
	}
	return fmt.Sprintf("it was observed on %s and hypothesis %q was declared on %s: call it background, and let it inform a prior",
		e.Observed, e.Hypothesis, e.Declared)
}

// A DoubleCountedError refuses evidence that has been counted already, in whole or in part.
type DoubleCountedError struct {
	With    record.Ref // what has been counted
	Overlap string     // what the two share, in words
}

// Error names what has been counted and the ways out.
func (e *DoubleCountedError) Error() string {
	return fmt.Sprintf("it counts again what %s has counted: %s; leave one out, call it background, name all hypotheses in one record, "+
		"or say that it depends on the other and give their joint law", e.With, e.Overlap)
}

// A BeyondSafeToFailError refuses an experiment whose worst case is more than was agreed.
type BeyondSafeToFailError struct {
	Envelope record.ID // empty where the fault is in the experiment alone
	Reason   string
}

// Error says by what.
func (e *BeyondSafeToFailError) Error() string {
	if e.Envelope == "" {
		return "it is not safe to fail: " + e.Reason
	}
	return fmt.Sprintf("it is beyond envelope %q: %s", e.Envelope, e.Reason)
}

// An AcrossAmendmentError refuses to read as one what was gathered under different protocols.
type AcrossAmendmentError struct {
	Experiment record.ID
	Amendments []int // in increasing order
}

// Error names the amendments.
func (e *AcrossAmendmentError) Error() string {
	parts := make([]string, len(e.Amendments))
	for i, n := range e.Amendments {
		parts[i] = strconv.Itoa(n)
	}
	return fmt.Sprintf("the observations of experiment %q were made under amendments %s of its protocol and cannot be read as one: ask for one of them",
		e.Experiment, strings.Join(parts, ", "))
}

// A NotRecordedError says that a question is about something that is not in the ledger, is left out by the view, or was not yet known.
type NotRecordedError struct{ Ref record.Ref }

// Error names it.
func (e *NotRecordedError) Error() string {
	return "there is no " + e.Ref.String() + " in the ledger at that moment"
}

// A NoBeliefError says that nobody has declared how far contributions are believed, so that nothing follows for what they lead to.
type NoBeliefError struct{ Contributions []record.ID }

// Error names them and the ways out.
func (e *NoBeliefError) Error() string {
	return fmt.Sprintf("no hypothesis says how far these contributions are believed: %v; declare hypotheses, or state a belief for what is untested",
		e.Contributions)
}

// A RivalHypothesesError says that two hypotheses that both stand are about one contribution.
type RivalHypothesesError struct {
	Contribution record.ID
	Hypotheses   []record.ID
}

// Error names them and the ways out.
func (e *RivalHypothesesError) Error() string {
	return fmt.Sprintf("hypotheses %v are both about contribution %q: retire one, let one supersede the other, or split the contribution by whom it is about",
		e.Hypotheses, e.Contribution)
}
