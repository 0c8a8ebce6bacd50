package mission

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The kinds of record on what helps a mission along or stands in its way.
const (
	KindRelation   record.Kind = "relation"
	KindBarrier    record.Kind = "barrier"
	KindLever      record.Kind = "lever"
	KindCapability record.Kind = "capability"
)

// Relation says how one party stands to another in some matter. It is directed: the other side may see it otherwise, and then
// there is a Relation back.
type Relation struct {
	record.Record
	Party   record.ID  `json:"party,omitempty" ref:"party"`
	With    record.ID  `json:"with,omitempty" ref:"party"`
	Subject record.Ref `json:"subject,omitzero"`
	// Stance is how Party acts towards With, such as [Convenor], and Expected the stance that With had expected. Open.
	Stance   string `json:"stance,omitempty"`
	Expected string `json:"expected,omitempty"`
	// Trust says how far Party trusts With, such as [TrustBroken]; no number is asked for. Open.
	Trust string `json:"trust,omitempty"`
	// LosesControl says whether With loses control of something by what Party does in the matter.
	LosesControl record.Value[bool] `json:"loses_control,omitzero"`
}

// Stances of a [Relation]. The list is open.
const (
	Convenor      = "convenor"
	ProblemSolver = "problem-solver"
	Funder        = "funder"
	Enabler       = "enabler"
	StandingBack  = "standing-back" // on purpose, for others to lead
	Orchestrator  = "orchestrator"
	Controller    = "controller"
)

// How far one party trusts another in a [Relation]. The list is open.
const (
	Trusts        = "trusts"
	TrustStrained = "strained"
	TrustBroken   = "broken"
)

// Barrier is something that stands in the way of a mission, or stood in the way of a reform.
type Barrier struct {
	record.Record
	Name string `json:"name"`
	// Pattern is the sort of thing it is, such as [PowerAndIdentity], by which barriers of different times compare. Open.
	Pattern string `json:"pattern,omitempty"`
	// Subject is what it stands in the way of.
	Subject record.Ref `json:"subject,omitzero"`
	// Raised is when it was first reported, Remover who can take it away, and Removed when that was done.
	Raised  calendar.When `json:"raised,omitzero"`
	Remover record.ID     `json:"remover,omitempty" ref:"party"`
	Removed calendar.When `json:"removed,omitzero"`
}

// Patterns of a [Barrier]. The list is open.
const (
	ResourcesAndAccount = "resources-and-accountability" // money and the account for it follow the departments
	PowerAndIdentity    = "power-and-identity"           // somebody loses control, or who they are
	Incentives          = "incentives"
	Churn               = "churn"
	Siloed              = "silos"
)

// Lever is something that moves people: a rule, a reward, a market, a tax. It may pull with a mission or against it.
type Lever struct {
	record.Record
	Name string `json:"name"`
	// Kind says which sort, such as [RewardRule]. Open.
	Kind string `json:"kind,omitempty"`
	// By is the party that holds it.
	By record.ID `json:"by,omitempty" ref:"party"`
	// Missions are those that it bears on.
	Missions []record.ID `json:"missions,omitempty" ref:"mission"`
	// Pays is the behaviour that it brings about, in words.
	Pays string `json:"pays,omitempty"`
	// Pull says how it acts on those missions, such as [PullsAgainst]. Open; empty is not stated.
	Pull string `json:"pull,omitempty"`
}

// Kinds of [Lever]. The list is open.
const (
	RewardRule  = "reward-rule" // what is paid, promoted or praised
	Regulation  = "regulation"
	Procurement = "procurement"
	Tax         = "tax"
	Grantmaking = "grant-making"
)

// How a [Lever] acts on a mission. The list is open.
const (
	PullsWith    = "with"
	PullsAgainst = "against"
	Idle         = "idle"    // it could act and is not used
	Ignores      = "ignores" // it acts on the same people and takes no account of the mission
)

// Capability is something that must be known or be possible for missions to be met.
type Capability struct {
	record.Record
	Name     string      `json:"name"`
	Missions []record.ID `json:"missions,omitempty" ref:"mission"`
	// HeldBy are those who have it, where somebody has listed them all: known and empty says that nobody has.
	HeldBy record.Value[[]record.ID] `json:"held_by,omitzero" ref:"party"`
}
