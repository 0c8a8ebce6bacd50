package learning

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The kinds of record that this package defines.
const (
	KindContribution record.Kind = "contribution"      // a [Contribution]
	KindRival        record.Kind = "rival-explanation" // a [RivalExplanation]
	KindHypothesis   record.Kind = "hypothesis"        // a [Hypothesis]
	KindExperiment   record.Kind = "experiment"        // an [Experiment]
	KindEvidence     record.Kind = "evidence"          // an [Evidence]
	KindLesson       record.Kind = "lesson"            // a [Lesson]
	KindDecision     record.Kind = "decision"          // a [Decision]
	KindEnvelope     record.Kind = "envelope"          // an [Envelope]
)

// Contribution says that one thing, where reached, helps to bring another about: a link of a theory of action. Sources that claim
// different strengths are rival claims on one fact; an outlook ranges over all of them.
type Contribution struct {
	record.Record
	// Cause and Effect are what contributes and what it contributes to: a milestone, mission, outcome, initiative, activity. The
	// kinds are open.
	Cause  record.Ref `json:"cause"`
	Effect record.Ref `json:"effect"`
	// Package names the contributions to one effect that work only together. Empty means that this one works by itself.
	Package string `json:"package,omitempty"`
	// Strength is the chance, from 0 to 1, that the cause brings the effect about where it is reached, the link holds and nothing
	// else leads there. How sure one is that the link holds is the belief in a [Hypothesis], and something else.
	Strength record.Quantity `json:"strength,omitzero"`
	// Hinders says that the cause works against the effect.
	Hinders bool `json:"hinders,omitempty"`
	// Assumptions are what must be so for the link to hold, in words.
	Assumptions []string `json:"assumptions,omitempty"`
}

// RivalExplanation is another way in which something may come about, without any of the contributions recorded. Several on one
// subject count as independent of each other. A subject that contributions lead to must have one, if only with chance 0: what
// nobody has stated is never taken for nothing.
type RivalExplanation struct {
	record.Record
	Subject record.Ref `json:"subject"`
	// Chance, from 0 to 1, is that of the subject being reached this way. For what no contribution leads to it is the chance of
	// its being reached at all.
	Chance record.Quantity `json:"chance,omitzero"`
	// Why says in words what the explanation is.
	Why string `json:"why,omitempty"`
}

// Where a prior comes from. The list is open.
const (
	BasisElicited = "elicited"         // people were asked
	BasisBaseRate = "base-rate"        // how often such things have worked
	BasisEarlier  = "earlier-learning" // earlier hypotheses and their evidence
)

// Hypothesis is a claim that a contribution holds: for whom and where. Its prior is what was believed before looking, and never
// changes: a later version with another prior is a [PriorChangedError], and who thinks again declares a new hypothesis that supersedes it.
type Hypothesis struct {
	record.Record
	Contribution record.ID `json:"contribution" ref:"contribution"`
	// Claim says in words what is believed, for whom and where.
	Claim string `json:"claim"`
	// Prior is the belief before any evidence, from 0 to 1. Low and High are what else might honestly have been said; unset means
	// the prior itself.
	Prior record.Quantity `json:"prior,omitzero"`
	Low   record.Quantity `json:"low,omitzero"`
	High  record.Quantity `json:"high,omitzero"`
	// Basis says where the prior comes from, such as [BasisElicited]. Open.
	Basis string `json:"basis,omitempty"`
	// By is the party that declared it.
	By record.ID `json:"by,omitempty" ref:"party"`
	// Declared is when. Zero means a draft, which no evidence can bear on yet.
	Declared calendar.When `json:"declared,omitzero"`
	// WouldChangeOurMind says what would. Required.
	WouldChangeOurMind string `json:"would_change_our_mind"`
	// Horizon is when it is to be known.
	Horizon calendar.When `json:"horizon,omitzero"`
	// Context is what it is about, as short texts: "rural", "under-25s".
	Context []string `json:"context,omitempty"`
	// SupportedAt and WeakenedAt are the beliefs from which it counts as supported and to which as weakened. Unset leaves it open.
	SupportedAt record.Quantity `json:"supported_at,omitzero"`
	WeakenedAt  record.Quantity `json:"weakened_at,omitzero"`
	// Supersedes is the hypothesis that this one stands in the place of, which is retired by it.
	Supersedes record.ID `json:"supersedes,omitempty" ref:"hypothesis"`
}

// prior returns the prior and its range.
func (h *Hypothesis) prior() (low, mid, high float64) {
	mid = h.Prior.Float()
	low, high = mid, mid
	if !h.Low.IsZero() {
		low = min(mid, h.Low.Float())
	}
	if !h.High.IsZero() {
		high = max(mid, h.High.Float())
	}
	return low, mid, high
}

// Envelope bounds what the experiments within it may cost and touch at any one time.
type Envelope struct {
	record.Record
	// Subject is the mission, milestone or initiative that grants it.
	Subject record.Ref `json:"subject"`
	// Money is the most that may be at risk. Unset means that no bound is stated; so for the others.
	Money record.Money `json:"money,omitzero"`
	// People is the most who may be exposed.
	People int `json:"people,omitempty"`
	// Closes is the day by which all must be concluded.
	Closes calendar.When `json:"closes,omitzero"`
}
