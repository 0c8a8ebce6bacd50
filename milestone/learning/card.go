package learning

import (
	"fmt"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
)

// TestCard is what an experiment is for, before its result: a view for people, without parties.
type TestCard struct {
	Experiment record.ID
	Name       string
	Kind       string
	// Claims are what is believed, and Beliefs how far at the moment.
	Claims  []string
	Beliefs []float64
	// Measure is what is counted, Analysis how it is read, and Minds what would change our minds, one for each claim.
	Measure, Analysis string
	Minds             []string
	Rules             []string // as sentences
	// Risk says the worst case, and StopRules what ends it early.
	Risk      string
	StopRules []string
	Standing  string
	Hash      string // of the protocol
}

// TestCard returns the test card of an experiment. Errors are [*NotRecordedError] and those of [Ledger.Explain].
func (l *Ledger) TestCard(experiment record.ID, at record.Moment) (TestCard, error) {
	at = l.view.At(at)
	x := word(&l.experiments, experiment, at)
	if x == nil {
		return TestCard{}, &NotRecordedError{Ref: refTo(KindExperiment, experiment)}
	}
	p := &x.Protocol
	c := TestCard{Experiment: x.Fact(), Name: x.Name, Kind: x.Kind, Measure: p.Measure, Analysis: p.Analysis.sentence(), StopRules: x.Exposure.StopRules,
		Hash: p.Hash(), Standing: l.progression(x, at).Sentence(), Risk: x.Exposure.sentence()}
	for _, id := range x.Tests {
		e, err := l.Explain(id, at)
		if err != nil {
			return TestCard{}, err
		}
		h := word(&l.hypotheses, id, record.Moment{Known: at.Known})
		c.Claims, c.Beliefs, c.Minds = append(c.Claims, h.Claim), append(c.Beliefs, e.Belief), append(c.Minds, h.WouldChangeOurMind)
	}
	for _, r := range p.Rules {
		c.Rules = append(c.Rules, r.Sentence())
	}
	return c, nil
}

func (a *Analysis) sentence() string {
	var s string
	switch a.Looking {
	case LookAnytime:
		s = "The result may be read at any time"
	case LookPlanned:
		s = fmt.Sprintf("The result is read at %v observations", a.At)
	case LookOnce:
		s = fmt.Sprintf("The result is read once, at %d observations", a.N)
	case LookForClue:
		s = fmt.Sprintf("%s will be looked for", plural(len(a.Clues), "clue", "clues"))
	default:
		return a.Words
	}
	if a.Looking != LookForClue {
		s += ", with " + percentOf(orAlpha(a.Alpha)) + " false alarms at most"
	}
	if a.Words != "" {
		s += "; " + a.Words
	}
	return s
}

func (e *Exposure) sentence() string {
	var parts []string
	if !e.Cost.IsZero() {
		parts = append(parts, "costs "+e.Cost.String())
	}
	if e.Weeks > 0 {
		parts = append(parts, "takes "+figure(e.Weeks)+" weeks")
	}
	if e.People > 0 {
		parts = append(parts, "touches "+plural(e.People, "person", "people"))
	}
	if reversible, known := e.Reversible.Get(); known && reversible {
		parts = append(parts, "can be undone")
	} else if known {
		parts = append(parts, "cannot be undone")
	}
	if len(parts) == 0 {
		return ""
	}
	return "At worst it " + strings.Join(parts, ", ")
}

// Text prints the card, one thing a line.
func (c TestCard) Text() string {
	var b strings.Builder
	title := c.Name
	if title == "" {
		title = string(c.Experiment)
	}
	b.WriteString("TEST " + title)
	if c.Kind != "" {
		b.WriteString(" (" + c.Kind + ")")
	}
	b.WriteString("\n")
	for i, claim := range c.Claims {
		fmt.Fprintf(&b, "We believe: %s (%s)\n", claim, percentOf(c.Beliefs[i]))
	}
	line := func(name, text string) {
		if text != "" {
			b.WriteString(name + ": " + strings.TrimSuffix(text, ".") + ".\n")
		}
	}
	line("We will measure", c.Measure)
	line("How we read it", c.Analysis)
	for _, r := range c.Rules {
		line("Rule", r)
	}
	for _, m := range c.Minds {
		line("What would change our mind", m)
	}
	line("Risk", c.Risk)
	for _, r := range c.StopRules {
		line("Stops if", r)
	}
	line("Where it stands", c.Standing)
	line("Protocol", c.Hash[:min(12, len(c.Hash))])
	return b.String()
}

// LearningCard is what an experiment has taught: a view for people, without parties.
type LearningCard struct {
	Experiment record.ID
	Name       string
	Standing   string
	// Moves say for each hypothesis what was believed before the experiment's evidence and after it.
	Moves []Move
	// Reading is the result in words, or why it may not be read.
	Reading string
	// Lessons are those recorded, in the order of the Spec, and Decisions what was chosen.
	Lessons   []LessonText
	Decisions []string
	Flags     []Flag // that touch it
}

// LessonText is a lesson as it is told.
type LessonText struct {
	Believed, Observed, Learned, Therefore string
	Surprising                             bool
}

// Move is a belief before and after the evidence of one experiment, all else being the same.
type Move struct {
	Hypothesis    record.ID
	Claim         string
	Before, After float64
}

// LearningCard returns the learning card of an experiment. Errors are [*NotRecordedError] and those of [Ledger.Explain] and [Ledger.Flags].
func (l *Ledger) LearningCard(experiment record.ID, at record.Moment) (LearningCard, error) {
	at = l.view.At(at)
	x := word(&l.experiments, experiment, at)
	if x == nil {
		return LearningCard{}, &NotRecordedError{Ref: refTo(KindExperiment, experiment)}
	}
	c := LearningCard{Experiment: x.Fact(), Name: x.Name, Standing: l.progression(x, at).Sentence()}
	for _, id := range x.Tests {
		e, err := l.Explain(id, at)
		if err != nil {
			return c, err
		}
		sum := Weight(0)
		for _, step := range e.Steps {
			if step.Experiment != c.Experiment {
				sum += step.Weight
			}
		}
		before, err := sum.move(e.Prior)
		if err != nil {
			return c, err
		}
		c.Moves = append(c.Moves, Move{Hypothesis: id, Claim: e.Claim, Before: before, After: e.Belief})
	}
	reading, err := l.Reading(experiment, x.Protocol.Amendment, at)
	switch err.(type) {
	case nil:
		c.Reading = reading.Sentence()
	case *NotRecordedError, *DataError:
	default:
		c.Reading = err.Error()
	}
	for _, claim := range l.Lessons(c.Experiment, at) {
		s := claim.Record
		c.Lessons = append(c.Lessons, LessonText{Believed: s.Believed, Observed: s.Observed, Learned: s.Learned, Therefore: s.Therefore, Surprising: s.Surprising})
	}
	for _, claim := range l.Decisions(c.Experiment, at) {
		c.Decisions = append(c.Decisions, claim.Record.Choice.String())
	}
	flags, err := l.Flags(at)
	if err != nil {
		return c, err
	}
	self := refTo(KindExperiment, c.Experiment)
	for _, f := range flags.Raised {
		if slices.Contains(f.Records, self) {
			c.Flags = append(c.Flags, f)
		}
	}
	return c, nil
}

// Text prints the card, one thing a line.
func (c LearningCard) Text() string {
	var b strings.Builder
	title := c.Name
	if title == "" {
		title = string(c.Experiment)
	}
	b.WriteString("LEARNING from " + title + ": " + c.Standing + "\n")
	line := func(name, text string) {
		if text != "" {
			b.WriteString(name + ": " + text + "\n")
		}
	}
	line("Reading", c.Reading)
	for _, m := range c.Moves {
		fmt.Fprintf(&b, "%s: believed %s before, %s after\n", m.Claim, percentOf(m.Before), percentOf(m.After))
	}
	for _, s := range c.Lessons {
		line("We believed", s.Believed)
		line("We observed", s.Observed)
		line("We learned", s.Learned)
		line("Therefore", s.Therefore)
		if s.Surprising {
			b.WriteString("It surprised us.\n")
		}
	}
	for _, d := range c.Decisions {
		line("Decided", d)
	}
	for _, f := range c.Flags {
		line("Flag "+f.Kind.String(), f.Text)
	}
	return b.String()
}
