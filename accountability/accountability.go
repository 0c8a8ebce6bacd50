// Package accountability holds who answers for what: parties, the posts they fill, the duties those posts carry, the
// forums they meet in, the letters that bind them and the freedoms they were given. It answers who held what on a day, as
// far as was known at an instant, and says "unknown" where the records do not bear an answer.
//
// Duties attach to posts, and posts outlive their holders. A duty is held, vacant, unclear or contested. Nothing here
// judges a person.
//
// [Spec] goes in as plain data; [Compile] checks it whole and returns an immutable [Register]. The package is usable alone.
// It does not know what a duty is about: subjects are references that it hands back.
package accountability

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The kinds of record that this package defines.
const (
	KindParty   record.Kind = "party"
	KindHolding record.Kind = "holding"
	KindDuty    record.Kind = "duty"
	KindForum   record.Kind = "forum"
	KindMandate record.Kind = "mandate"
	KindFreedom record.Kind = "freedom"
)

// Party is who can hold a duty or take part: an organisation, a post in one, a person, a body, a place, a group.
type Party struct {
	record.Record
	Kind PartyKind `json:"kind,omitzero"`
	// Name is what it is called. The names of persons are left out of public views.
	Name string `json:"name,omitempty"`
	// OfParty is the organisation that a post or unit belongs to.
	OfParty record.ID `json:"of_party,omitempty" ref:"party"`
	// Seats is how many may hold a post at once. Zero means one.
	Seats int `json:"seats,omitempty"`
	// Tier is the level of government or society: "central", "devolved", "regional", "local", "community". Open.
	Tier string `json:"tier,omitempty"`
	// Sector is where it stands: "government", "business", "civil-society", "public". Open.
	Sector string `json:"sector,omitempty"`
}

// PartyKind says what sort of party it is.
type PartyKind uint8

// The kinds of party. The list is closed.
const (
	Organisation PartyKind = iota + 1
	Post                   // exists whoever holds it
	Person
	Body  // a committee, a parliament, a unit
	Place // an area, for what is done there
	Group // people who share something and need no organisation
)

var partyKinds = []string{"", "organisation", "post", "person", "body", "place", "group"}

// String returns the text, or "" for the zero PartyKind.
func (k PartyKind) String() string {
	b, _ := k.MarshalText()
	return string(b)
}

// IsZero reports whether no kind is stated, which is a fault.
func (k PartyKind) IsZero() bool { return k == 0 }

// MarshalText returns the text of the kind.
func (k PartyKind) MarshalText() ([]byte, error) {
	return record.EnumMarshal("kind of party", partyKinds, k)
}

// UnmarshalText reads the text of a kind. The error is a [*record.EnumError].
func (k *PartyKind) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("kind of party", partyKinds, k, b)
}

// Tiers of a [Party]. The list is open.
const (
	TierCentral   = "central"
	TierDevolved  = "devolved"
	TierRegional  = "regional"
	TierLocal     = "local"
	TierCommunity = "community"
)

// Holding says that a person or organisation holds a post.
type Holding struct {
	record.Record
	Post   record.ID `json:"post,omitempty" ref:"party"`
	Holder record.ID `json:"holder,omitempty" ref:"party"`
	// Basis says how: "substantive" (also when empty), "acting", "interim", "cover". Open.
	Basis string `json:"basis,omitempty"`
}

// Duty is something that a post or body answers for or does.
type Duty struct {
	record.Record
	// Duty names it, such as [MissionLead]. The list is open.
	Duty    string     `json:"duty"`
	Subject record.Ref `json:"subject,omitzero"`
	// Post is the post, body or organisation that carries the duty. Empty where State says why.
	Post record.ID `json:"post,omitempty" ref:"party"`
	// State says how the duty stands where no post simply carries it: vacant, unclear, contested. Zero with a post
	// means held.
	State DutyState `json:"state,omitzero"`
	// Part is the share of the subject that the duty covers, in words, where it is shared.
	Part string `json:"part,omitempty"`
	// Accepted says whether whoever carries it has taken it on.
	Accepted record.Value[bool] `json:"accepted,omitzero"`
	// Means says what the carrier has to act with.
	Means Means `json:"means,omitzero"`
	// Convening says that the duty is to bring people together and, as agreed, no more.
	Convening bool `json:"convening,omitempty"`
	// Successor is the post or person named to take over.
	Successor record.ID `json:"successor,omitempty" ref:"party"`
	// FromTitle says that the duty was read off a title and stated nowhere. Titles are not duties.
	FromTitle bool `json:"from_title,omitempty"`
}

// Means is what somebody on the hook needs (catalogue ROL-05, ROL-06). The zero Means says nothing.
type Means struct {
	Budget record.Value[bool] `json:"budget,omitzero"` // may commit money
	People record.Value[bool] `json:"people,omitzero"` // has staff, or may recruit
	// Route says whether there is a direct way to a minister or the head of government.
	Route record.Value[bool] `json:"route,omitzero"`
}

// IsZero reports whether nothing is said of any means.
func (m Means) IsZero() bool { return m.Budget.IsZero() && m.People.IsZero() && m.Route.IsZero() }

// Standard duties. The list is open: any other word is kept and asked about under its own name.
const (
	MissionSteward    = "mission-steward" // answers for a mission as a whole
	SystemSteward     = "system-steward"  // keeps the system in which missions work
	MissionLead       = "mission-lead"    // runs a mission, and is on the hook for it
	MissionSponsor    = "mission-sponsor" // the minister or other principal who wants it
	MilestoneOwner    = "milestone-owner" // answers for a milestone
	OutcomeOwner      = "outcome-owner"   // answers for an outcome
	AccountingOfficer = "accounting-officer"
	SeniorOwner       = "senior-responsible-owner"
	Fund              = "fund"
	Deliver           = "deliver"
	Advise            = "advise"
)

// DutyState says how a duty stands.
type DutyState uint8

// The states of a duty. The list is closed. The zero DutyState means that the records do not say.
const (
	Held      DutyState = iota + 1
	Vacant              // known to be carried by nobody
	Unclear             // the sources themselves cannot tell
	Contested           // claimants differ
)

var dutyStates = []string{"", "held", "vacant", "unclear", "contested"}

// String returns the text, or "unknown" for the zero DutyState.
func (s DutyState) String() string {
	if s == 0 {
		return "unknown"
	}
	b, _ := s.MarshalText()
	return string(b)
}

// IsZero reports whether the state is not known.
func (s DutyState) IsZero() bool { return s == 0 }

// MarshalText returns the text of the state.
func (s DutyState) MarshalText() ([]byte, error) {
	return record.EnumMarshal("state of a duty", dutyStates, s)
}

// UnmarshalText reads the text of a state. The error is a [*record.EnumError].
func (s *DutyState) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("state of a duty", dutyStates, s, b)
}

// Forum is where people meet and decide, or a unit that drives: a mission board, a mission control, a council.
type Forum struct {
	record.Record
	// Kind says which sort, such as [MissionBoard]. The list is open.
	Kind    string     `json:"kind,omitempty"`
	Name    string     `json:"name,omitempty"`
	Subject record.Ref `json:"subject,omitzero"`
	// Standing is its place in the order of government, in words: "Cabinet committee".
	Standing string `json:"standing,omitempty"`
	// Chair is the post that chairs or heads it, and DesignedChair the post that was to.
	Chair         record.ID `json:"chair,omitempty" ref:"party"`
	DesignedChair record.ID `json:"designed_chair,omitempty" ref:"party"`
	// Members are the parties that sit on it.
	Members record.Value[[]record.ID] `json:"members,omitzero" ref:"party"`
	// Disclosed is when its membership was published; pending where it has not been.
	Disclosed record.Value[calendar.When] `json:"disclosed,omitzero"`
	Purpose   string                      `json:"purpose,omitempty"`
}

// Sorts of [Forum]. The list is open.
const (
	MissionBoard       = "mission-board"
	MissionControl     = "mission-control"
	CommissioningBoard = "commissioning-board"
	MissionCouncil     = "mission-council"
	SelectCommittee    = "select-committee"
	DeliveryUnit       = "delivery-unit"
)

// Mandate is a letter or other instrument that binds the carrier of a duty.
type Mandate struct {
	record.Record
	// Kind says which sort: "mandate-letter", "appointment-letter". Open.
	Kind    string     `json:"kind,omitempty"`
	By      record.ID  `json:"by,omitempty" ref:"party"` // who gives it
	To      record.ID  `json:"to,omitempty" ref:"party"`
	Subject record.Ref `json:"subject,omitzero"`
	// Its dates: none follows from another.
	Signed          calendar.When `json:"signed,omitzero"`
	Effective       calendar.When `json:"effective,omitzero"`
	AccountableFrom calendar.When `json:"accountable_from,omitzero"`
	Published       calendar.When `json:"published,omitzero"`
}

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
