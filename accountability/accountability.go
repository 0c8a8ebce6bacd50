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

import "github.com/missionled/missionled/accountability/record"

// The kinds of record that this package defines.
const (
	KindParty   record.Kind = "party"
	KindHolding record.Kind = "holding"
	KindDuty    record.Kind = "duty"
	KindForum   record.Kind = "forum"
	KindMandate record.Kind = "mandate"
	KindFreedom record.Kind = "freedom"

	KindSuccession record.Kind = "succession"
	KindLeave      record.Kind = "leave"
	KindLine       record.Kind = "line"
	KindSharing    record.Kind = "sharing"
	KindGrant      record.Kind = "grant"
	KindTest       record.Kind = "accounting-test"
	KindDirection  record.Kind = "direction"
	KindMeeting    record.Kind = "meeting"
	KindResolution record.Kind = "resolution"
	KindSpace      record.Kind = "learning-space"
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
	// ReportsTo is the post that a post reports to. A change of it is a version of the post. Loops are possible in real
	// registers: they break the paths that run into them and are not refused.
	ReportsTo record.ID `json:"reports_to,omitempty" ref:"party"`
	// Parts are the members of a collaboration, which is a [Body], an organisation or a group made of others.
	Parts []record.ID `json:"parts,omitempty" ref:"party"`
	// Tier is the level of government or society: "central", "devolved", "regional", "local", "community". Open.
	Tier string `json:"tier,omitempty"`
	// Sector is where it stands: "government", "business", "civil-society", "public". Open.
	Sector string `json:"sector,omitempty"`
	// DeprivationTenth is the tenth of all areas, by how deprived they are, that the party's own area is in: 1 is the most
	// deprived and 10 the least, as in the English indices. Zero is not stated.
	DeprivationTenth int `json:"deprivation_tenth,omitempty"`
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
	// Basis says how: [BasisSubstantive] (also when empty), [BasisActing], [BasisInterim], [BasisCover]. Open.
	Basis string `json:"basis,omitempty"`
	// CoverFor is the holding of somebody absent for which this one stands in, of the same post or another.
	CoverFor record.ID `json:"cover_for,omitempty" ref:"holding"`
	// Withheld is the ground on which the holder is not named. Such a holding has no Holder, and still fills the post.
	Withheld string `json:"withheld,omitempty"`
}

// Bases of a [Holding]. The list is open.
const (
	BasisSubstantive = "substantive"
	BasisActing      = "acting"
	BasisInterim     = "interim"
	BasisCover       = "cover" // for somebody on leave
)

// standsIn reports whether the holding is one in place of another's, and not the holder's own.
func (h *Holding) standsIn() bool {
	return h.CoverFor != "" || h.Basis == BasisActing || h.Basis == BasisInterim || h.Basis == BasisCover
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

// DutyState says how a duty stands.
type DutyState uint8

// The states of a duty. The list is closed. The zero DutyState means that the records do not say.
const (
	Held      DutyState = iota + 1
	Vacant              // known to be carried by nobody
	Unclear             // the sources themselves cannot tell
	Contested           // claimants differ
	Withheld            // carried, and by whom is not published
)

var dutyStates = []string{"", "held", "vacant", "unclear", "contested", "withheld"}

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
