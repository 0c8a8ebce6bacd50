// Package funding holds the records of money that follows a mission: spending reviews and their phases, the settlements that
// ended them, the amounts set aside, the pools into which several pay, and the path of any pound from whoever decides on
// it to the forum that may ask.
//
// [Spec] goes in as plain data; [Compile] checks it whole and returns immutable [Accounts]. Amounts are never added up across
// years or price bases, and no arrangement of money is compared with another here.
package funding

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The kinds of record that this package defines.
const (
	KindReview     record.Kind = "spending-review"
	KindSettlement record.Kind = "settlement"
	KindAllocation record.Kind = "allocation"
	KindPool       record.Kind = "pool"
	KindShare      record.Kind = "pool-share"
)

// Review is a spending review, or one phase of one.
type Review struct {
	record.Record
	Name string `json:"name"`
	// PartOf is the review that this is a phase of.
	PartOf record.ID `json:"part_of,omitempty" ref:"spending-review"`
	// Opened and Concluded are when the work on it began and ended.
	Opened    calendar.When `json:"opened,omitzero"`
	Concluded calendar.When `json:"concluded,omitzero"`
	// FundsFrom and FundsUntil bound the time that its settlements pay for; the second is the first day not paid for.
	FundsFrom  calendar.When `json:"funds_from,omitzero"`
	FundsUntil calendar.When `json:"funds_until,omitzero"`
	// Settled says how settlements were reached: "bilateral", "collective". Open.
	Settled string `json:"settled,omitempty"`
	// Priorities says, in words, what the review was said to put first.
	Priorities string `json:"priorities,omitempty"`
}

// Settlement is what one party was given for the time of a review, and how that was reached.
type Settlement struct {
	record.Record
	Review record.ID `json:"review,omitempty" ref:"spending-review"`
	Party  record.ID `json:"party,omitempty" ref:"party"`
	// Reached says how: [Bilateral], [Collective]. Open.
	Reached string `json:"reached,omitempty"`
	// With are the parties that settled together, where it was collective.
	With []record.ID `json:"with,omitempty" ref:"party"`
	// For are the missions and milestones that it is meant to pay for, as far as somebody has said.
	For []record.Ref `json:"for,omitempty"`
	// Agreed is when it was.
	Agreed calendar.When              `json:"agreed,omitzero"`
	Amount record.Value[record.Money] `json:"amount,omitzero"`
	// Basis is the price basis in words: "cash", "2024-25 prices".
	Basis string `json:"basis,omitempty"`
	// FirmUntil is the first day that the settlement only indicates and does not promise.
	FirmUntil calendar.When `json:"firm_until,omitzero"`
	// Reopened is when it was taken up again, where it was.
	Reopened calendar.When `json:"reopened,omitzero"`
}

// How a [Settlement] was reached. The list is open.
const (
	Bilateral  = "bilateral"  // between the Treasury and one department
	Collective = "collective" // by all whom it touches, together
)

// Allocation is money set aside for a subject.
type Allocation struct {
	record.Record
	Subject record.Ref `json:"subject,omitzero"`
	// Review is the review or phase that made it, and Settlement the settlement that it is part of.
	Review     record.ID `json:"review,omitempty" ref:"spending-review"`
	Settlement record.ID `json:"settlement,omitempty" ref:"settlement"`
	// Pool is the pool that it is paid from, where it is.
	Pool record.ID `json:"pool,omitempty" ref:"pool"`
	// DecidedBy is the post, body or organisation that decides on it, and Decided when it did.
	DecidedBy record.ID     `json:"decided_by,omitempty" ref:"party"`
	Decided   calendar.When `json:"decided,omitzero"`
	// PaidBy is the party whose money it is; the contributors' where a pool pays.
	PaidBy record.ID `json:"paid_by,omitempty" ref:"party"`
	// To is the party that may spend it, AccountingOfficer the post that answers to Parliament for it.
	To                record.ID                  `json:"to,omitempty" ref:"party"`
	AccountingOfficer record.ID                  `json:"accounting_officer,omitempty" ref:"party"`
	Amount            record.Value[record.Money] `json:"amount,omitzero"`
	// Was is the amount that stood before, where this is a change of it: a cut is less than it was.
	Was record.Value[record.Money] `json:"was,omitzero"`
	// Basis is the price basis in words: "cash", "2024-25 prices".
	Basis string `json:"basis,omitempty"`
	// Purpose says what it may be used for, where that is bounded.
	Purpose string `json:"purpose,omitempty"`
	// Nature says what sort of spending it is: [Prevention], [Acute]. Open.
	Nature string `json:"nature,omitempty"`
	// Ringfenced says that it may be used for nothing else.
	Ringfenced record.Value[bool] `json:"ringfenced,omitzero"`
	// Alternatives says whether other uses of the money were weighed and written down.
	Alternatives record.Value[bool] `json:"alternatives,omitzero"`
	// Public says whether it is public money; unset means that it is.
	Public record.Value[bool] `json:"public,omitzero"`
}

// Natures of an [Allocation]. The list is open.
const (
	Prevention = "prevention" // to keep a need from arising
	Acute      = "acute"      // to meet a need that has arisen
)

// Pool is money and other means that several parties put together for one subject. Pooling moves authority and never
// accountability: each contributor answers for what it put in.
type Pool struct {
	record.Record
	Name    string     `json:"name"`
	Subject record.Ref `json:"subject,omitzero"`
	// Host is the party that keeps the pool, and Keeper the post that runs it.
	Host   record.ID `json:"host,omitempty" ref:"party"`
	Keeper record.ID `json:"keeper,omitempty" ref:"party"`
	// DecidedBy is the post or body that decides on its use, by the Rule in words: "unanimity of the contributors".
	DecidedBy record.ID            `json:"decided_by,omitempty" ref:"party"`
	Rule      record.Value[string] `json:"rule,omitzero"`
	// Return says how what is left goes back, and how a contributor may leave.
	Return record.Value[string] `json:"return,omitzero"`
	// Informal says that assets are shared and no money is pooled.
	Informal bool `json:"informal,omitempty"`
	// Terms are the matters that the agreement settles in writing, where somebody has listed them all, such as [TermAims]. Open.
	Terms record.Value[[]string] `json:"terms,omitzero"`
}

// Matters that the agreement on a [Pool] may settle: those that regulation 7(3) of SI 2000/617 asks of health bodies and
// councils in England, in its order. The list is open.
const (
	TermAims          = "aims"          // what is to come of it
	TermContributions = "contributions" // who pays how much, and how that may vary
	TermFunctions     = "functions"     // which functions it pays for
	TermServices      = "services"      // for whom, and which services
	TermMeans         = "means"         // staff, goods, services and buildings that the contributors provide
	TermEnding        = "ending"        // how long it lasts, and how it is reviewed, varied and ended
	TermManagement    = "management"    // how it is managed and watched over
)

// Share is what one party puts into a pool.
type Share struct {
	record.Record
	Pool  record.ID `json:"pool,omitempty" ref:"pool"`
	Party record.ID `json:"party,omitempty" ref:"party"`
	// AccountingOfficer is the post that answers for it, and goes on to.
	AccountingOfficer record.ID                  `json:"accounting_officer,omitempty" ref:"party"`
	Amount            record.Value[record.Money] `json:"amount,omitzero"`
	Basis             string                     `json:"basis,omitempty"`
	// Risk is the share of an overspend that the party bears, from 0 to 1.
	Risk record.Quantity `json:"risk,omitzero"`
}
