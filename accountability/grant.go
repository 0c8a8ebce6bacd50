package accountability

import "github.com/missionled/missionled/accountability/record"

// Grant delegates powers from one party to another, within limits. Posts give to posts, so that a change of holder breaks
// nothing. A Grant moves authority and never accountability: whoever gives it still answers.
//
// What a party may do is what a chain of live grants down to it allows, each of which must allow it by itself; so every
// limit narrows and none widens. [Register.Check] follows the chains.
type Grant struct {
	record.Record
	// By gives it. Empty means that the power is the bearer's own, by statute or otherwise: the root of a chain.
	By record.ID `json:"by,omitempty" ref:"party"`
	To record.ID `json:"to,omitempty" ref:"party"`
	// Powers are what it allows, such as [PowerSpend]. Open.
	Powers []string `json:"powers,omitempty"`
	// Subject is what it is about. Zero sets no bound.
	Subject record.Ref `json:"subject,omitzero"`
	// PerItem is the most that one act may commit and Cumulative the most for all acts under it. Unset sets no bound.
	PerItem    record.Money `json:"per_item,omitzero"`
	Cumulative record.Money `json:"cumulative,omitzero"`
	// MaxDepth is how many grants may follow in a chain. Zero sets no bound.
	MaxDepth int `json:"max_depth,omitempty"`
	// Final says that it may not be passed on at all.
	Final bool `json:"final,omitempty"`
	// Excluded are the categories of act that it does not cover, beside those that cannot be delegated at all: [Novel],
	// [Contentious] and [Repercussive]. Open.
	Excluded []string `json:"excluded,omitempty"`
	// Conditions are what must be met, in words that a [Act] names as met.
	Conditions []string `json:"conditions,omitempty"`
	// Supersedes are the grants that have no effect while this one is live.
	Supersedes []record.ID `json:"supersedes,omitempty" ref:"grant"`
	// Mandate is the letter that it rests on.
	Mandate record.ID `json:"mandate,omitempty" ref:"mandate"`
}

// Powers that a [Grant] may give. The list is open.
const (
	PowerDecide  = "decide"
	PowerSpend   = "spend"
	PowerCommit  = "commit" // bind to later spending
	PowerSign    = "sign"
	PowerAppoint = "appoint"
)

// Categories of spending that the Treasury cannot delegate (Managing Public Money, annex 2.2; DAO 02/26): only the bearer
// of a power of its own may do what falls into one.
const (
	Novel        = "novel"
	Contentious  = "contentious"
	Repercussive = "repercussive"
)

func delegable(category string) bool {
	return category != Novel && category != Contentious && category != Repercussive
}
