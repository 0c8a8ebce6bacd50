package learning

import (
	"fmt"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Reserve is what an envelope has left on a day: the worst cases of what is running are reserved, and what has ended has its cost
// taken off.
type Reserve struct {
	Envelope record.ID
	Money    record.Money // left; zero where the envelope states none
	People   int          // left; 0 where the envelope states none
	Running  []record.ID  // the experiments that reserve something, in the order of the Spec
}

// Reserve returns what an envelope has left. The error is a [*NotRecordedError], or a [*BeyondSafeToFailError] where an amount is in
// another currency than the envelope.
func (l *Ledger) Reserve(envelope record.ID, at record.Moment) (Reserve, error) {
	at = l.view.At(at)
	e := word(&l.envelopes, envelope, at)
	if e == nil {
		return Reserve{}, &NotRecordedError{Ref: record.Ref{Kind: KindEnvelope, ID: envelope}}
	}
	r := Reserve{Envelope: e.Fact(), Money: e.Money, People: e.People}
	for _, x := range stands(&l.experiments, at) {
		if x.Exposure.Envelope != r.Envelope || !happened(x.Started, at.On, false) {
			continue
		}
		ended := happened(x.Concluded, at.On, false)
		if !ended {
			r.Running = append(r.Running, x.Fact())
			if e.People > 0 {
				r.People -= x.Exposure.People
			}
		}
		cost := x.Exposure.Cost
		if ended {
			cost = x.Spent
		}
		if !e.Money.IsZero() && !cost.IsZero() {
			if cost.Currency != e.Money.Currency {
				return r, &BeyondSafeToFailError{Envelope: r.Envelope, Reason: fmt.Sprintf("%s of experiment %q is not in its currency", cost, x.Fact())}
			}
			r.Money.Minor -= cost.Minor
		}
	}
	return r, nil
}

// checkEnvelopes looks at each start whether the worst case still fits into what is left.
func (s Spec) checkEnvelopes(c *record.Check, l *Ledger) {
	index := make(map[record.ID]int, len(s.Experiments))
	for i := range s.Experiments {
		index[s.Experiments[i].ID] = i
	}
	latest := record.Moment{}
	for _, x := range stands(&l.experiments, latest) {
		e := word(&l.envelopes, x.Exposure.Envelope, latest)
		if e == nil || x.Started.IsZero() {
			continue
		}
		fault := c.At(KindExperiment, "experiments", index[x.ID], x.ID)
		closes := certainlyBefore(e.Closes, x.Started) || certainlyBefore(e.Closes, x.Concluded)
		fault("exposure.envelope", &BeyondSafeToFailError{Envelope: e.Fact(), Reason: "it closes on " + e.Closes.String() + ", before the experiment ends"}, closes)
		left, err := l.Reserve(e.Fact(), record.Moment{On: x.Started.Latest()})
		if err != nil {
			fault("exposure.envelope", err, true)
			continue
		}
		if !slices.Contains(left.Running, x.Fact()) {
			continue // it ended on the day it started
		}
		fault("exposure.cost", &BeyondSafeToFailError{Envelope: e.Fact(), Reason: fmt.Sprintf("with what else is running, the worst case is %s more than is left",
			record.Money{Minor: -left.Money.Minor, Currency: left.Money.Currency})}, left.Money.Minor < 0)
		fault("exposure.people", &BeyondSafeToFailError{Envelope: e.Fact(), Reason: fmt.Sprintf("with what else is running, it touches %s more than are allowed",
			plural(-left.People, "person", "people"))}, left.People < 0)
	}
}

// Stage is how far an experiment has come.
type Stage uint8

// The stages, in the order in which they are passed. The list is closed.
const (
	StageDraft     Stage = iota + 1
	StageDeclared        // the protocol is settled
	StageRunning         // the first person could be affected
	StageConcluded       // it has ended
	StageLearned         // and somebody has written down what was learned
	StageDecided         // and something has been done about it
)

var stages = []string{"", "draft", "declared", "running", "concluded", "learned", "decided"}

// String returns the text, or "" for the zero Stage.
func (s Stage) String() string { b, _ := s.MarshalText(); return string(b) }

// MarshalText returns the text of the stage.
func (s Stage) MarshalText() ([]byte, error) { return record.EnumMarshal("stage", stages, s) }

// Progression is where an experiment stands. Concluded, learned from and decided upon are three things: a decision without a lesson
// shows here as Decided without Learned.
type Progression struct {
	Stage   Stage
	Ending  Ending // how it ended; zero where it has not, or nobody has said
	Learned bool   // a lesson is recorded
	Decided bool   // a decision is recorded
}

// Sentence says it in words. One that a stop rule ended is called learned within limits, and is no failure.
func (p Progression) Sentence() string {
	s := p.Stage.String()
	switch p.Ending {
	case Abandoned:
		s += ", abandoned"
	case EndedByStopRule:
		s += ", stopped by its own rule: learned within limits"
	}
	if p.Decided && !p.Learned {
		s += ", and no lesson is recorded"
	}
	return s
}

// Progression returns where an experiment stands on a day. The error is a [*NotRecordedError].
func (l *Ledger) Progression(experiment record.ID, at record.Moment) (Progression, error) {
	at = l.view.At(at)
	x := word(&l.experiments, experiment, at)
	if x == nil {
		return Progression{}, &NotRecordedError{Ref: record.Ref{Kind: KindExperiment, ID: experiment}}
	}
	return l.progression(x, at), nil
}

func (l *Ledger) progression(x *Experiment, at record.Moment) Progression {
	p := Progression{Stage: StageDraft}
	by := func(w calendar.When) bool { return happened(w, at.On, false) }
	p.Learned = len(l.Lessons(x.Fact(), at)) > 0
	p.Decided = len(l.Decisions(x.Fact(), at)) > 0
	switch {
	case by(x.Concluded) || x.Ending != 0 && x.Concluded.IsZero():
		p.Stage, p.Ending = StageConcluded, x.Ending
		if p.Learned {
			p.Stage = StageLearned
		}
		if p.Decided {
			p.Stage = StageDecided
		}
	case by(x.Started):
		p.Stage = StageRunning
	case by(x.Declared):
		p.Stage = StageDeclared
	}
	return p
}
