// Package funding holds the records of money that follows a mission: spending reviews and their phases, and the amounts
// they set aside.
//
// It has records and no arithmetic over them; amounts of different years or price bases are never added up.
package funding

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The kinds of record that this package defines.
const (
	KindReview     record.Kind = "spending-review"
	KindAllocation record.Kind = "allocation"
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

// Allocation is money set aside for a subject.
type Allocation struct {
	record.Record
	Subject record.Ref `json:"subject,omitzero"`
	// Review is the review or phase that made it.
	Review record.ID `json:"review,omitempty" ref:"spending-review"`
	// To is the party that may spend it, AccountingOfficer the post that answers to Parliament for it.
	To                record.ID                  `json:"to,omitempty" ref:"party"`
	AccountingOfficer record.ID                  `json:"accounting_officer,omitempty" ref:"party"`
	Amount            record.Value[record.Money] `json:"amount,omitzero"`
	// Basis is the price basis in words: "cash", "2024-25 prices".
	Basis string `json:"basis,omitempty"`
	// Ringfenced says that it may be used for nothing else.
	Ringfenced record.Value[bool] `json:"ringfenced,omitzero"`
}
