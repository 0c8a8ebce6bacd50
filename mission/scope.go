package mission

import "github.com/missionled/missionled/accountability/record"

// The kinds of record on what a mission takes in, what bears on it, and what it needs in order to work.
const (
	KindScope     record.Kind = "scope"
	KindCause     record.Kind = "cause"
	KindCondition record.Kind = "condition"
)

// Scope is one reading of what a mission takes in and what it leaves out: the mission's own, or a contributor's. Readings that
// differ stand side by side.
type Scope struct {
	record.Record
	Mission record.ID `json:"mission,omitempty" ref:"mission"`
	// By is whose reading it is; empty is the mission's own.
	By record.ID `json:"by,omitempty" ref:"party"`
	// Reading says it in words.
	Reading string `json:"reading,omitempty"`
	// Inside and Outside are what belongs to it and what does not, each in a few words; equal words mean the same thing.
	Inside  []string `json:"inside,omitempty"`
	Outside []string `json:"outside,omitempty"`
	// Differs are the readings that it cannot be squared with, and Agreed whether those who hold them have settled it, if only
	// by agreeing to differ.
	Differs []record.ID        `json:"differs,omitempty" ref:"scope"`
	Agreed  record.Value[bool] `json:"agreed,omitzero"`
}

// Cause is something that brings about what a mission is for, or holds it back: a root factor. Causes may bear on one another.
type Cause struct {
	record.Record
	Name string `json:"name"`
	// BearsOn are the outcomes, milestones, missions and causes that it acts on.
	BearsOn []record.Ref `json:"bears_on,omitempty"`
	// Owners are those who can change it, and Interventions what is being done about it, each where somebody has listed them
	// all: known and empty says that there are none.
	Owners        record.Value[[]record.ID]  `json:"owners,omitzero" ref:"party"`
	Interventions record.Value[[]record.Ref] `json:"interventions,omitzero"`
	// LeftAlone is why nothing is to be done about it, where that was decided.
	LeftAlone string `json:"left_alone,omitempty"`
}

// Condition is something without which a mission, or missions at large, do not work.
type Condition struct {
	record.Record
	// Kind says which sort, such as [PoliticalWill]. Open.
	Kind string `json:"kind"`
	// Subject is the mission that needs it; zero is all of them.
	Subject record.Ref `json:"subject,omitzero"`
	// Says puts it in words.
	Says string `json:"says,omitempty"`
	// Met says whether it holds.
	Met record.Value[bool] `json:"met,omitzero"`
}

// Kinds of [Condition]. The list is open.
const (
	Culture       = "culture"
	Structure     = "structure"
	PoliticalWill = "political-will"
	Money         = "money"
	People        = "people"
	Stability     = "stability"
	Trust         = "trust"
	StrategyUnit  = "strategy-unit"   // a body that sets what comes first across the missions, and is listened to
	AlignedLeads  = "aligned-leaders" // those at the top want the same
)
