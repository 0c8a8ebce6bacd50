package accountability

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Mandate is a letter or other instrument that binds the carrier of a duty.
type Mandate struct {
	record.Record
	// Kind says which sort: "mandate-letter", "appointment-letter", "senior-responsible-owner". Open.
	Kind    string     `json:"kind,omitempty"`
	By      record.ID  `json:"by,omitempty" ref:"party"` // who gives it
	To      record.ID  `json:"to,omitempty" ref:"party"`
	Subject record.Ref `json:"subject,omitzero"`
	// Its dates: none follows from another. A letter of 2023 may take effect from 2019, and bind to Parliament from the day
	// of signature only.
	Signed          calendar.When `json:"signed,omitzero"`
	Effective       calendar.When `json:"effective,omitzero"`
	AccountableFrom calendar.When `json:"accountable_from,omitzero"`
	Published       calendar.When `json:"published,omitzero"`
	// ActingSince is when whom it binds began to act, by its own account, whatever it takes effect from.
	ActingSince calendar.When `json:"acting_since,omitzero"`
	// Role is the office or duty that it gives, in its own words.
	Role       string   `json:"role,omitempty"`
	Objectives []string `json:"objectives,omitempty"`
	// Obliges are the ways of working that it lays on the bearer, where somebody has listed them all, such as
	// [ObligesPartnership]. Open.
	Obliges record.Value[[]string] `json:"obliges,omitzero"`
	// AnswersTo are the parties to whom it says that the bearer is accountable; Oversight those who only watch over it.
	AnswersTo []record.ID `json:"answers_to,omitempty" ref:"party"`
	Oversight []record.ID `json:"oversight,omitempty" ref:"party"`
	// TimeCommitment is how much of a full working week it asks for, in percent.
	TimeCommitment record.Quantity `json:"time_commitment,omitzero"`
	// Tenure is the day until which it is to run, which may be a named day; TenureTo a record, such as a milestone, with
	// which it is to end.
	Tenure   calendar.When `json:"tenure,omitzero"`
	TenureTo record.Ref    `json:"tenure_to,omitzero"`
	// Countersigned are those who signed beside the giver.
	Countersigned []record.ID `json:"countersigned,omitempty" ref:"party"`
	// Supersedes are the mandates that it says it stands in place of.
	Supersedes []record.ID `json:"supersedes,omitempty" ref:"mandate"`
	URL        string      `json:"url,omitempty"`
}

// Ways of working that a [Mandate] may lay on its bearer. The list is open.
const (
	ObligesPartnership = "partnership" // work with others: tiers, places, business, society
	ObligesLearning    = "learning"    // try things, and learn from what fails
)

// Freedom is leave to act, as its giver and its holder see it. Giver and holder often differ: record one Freedom of each,
// with the same Of and their own claimants.
type Freedom struct {
	record.Record
	Name    string     `json:"name"`
	Giver   record.ID  `json:"giver,omitempty" ref:"party"`
	Holder  record.ID  `json:"holder,omitempty" ref:"party"`
	Subject record.Ref `json:"subject,omitzero"`
	// Granted, Perceived and Used are what the claimant says.
	Granted   record.Value[bool] `json:"granted,omitzero"`
	Perceived record.Value[bool] `json:"perceived,omitzero"`
	Used      record.Value[bool] `json:"used,omitzero"`
}
