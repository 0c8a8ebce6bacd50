// Package mission joins missions, the milestones they aim at, those who answer for them, what depends on what, and what
// has happened, in one checked model.
//
// A mission here is an end with a horizon that no single body can reach alone: clean power by 2030. It is not the standing
// purpose of an organisation, which is what the Business Motivation Model and StratML mean by the word.
//
// A [Spec] is a set of records: plain data, easy to write by hand, to decode and to compare ([Diff]). [Compile] checks it
// whole and, seen through a [View], returns an immutable [Model], of which every answer is a pure function. One mission
// with one milestone and one role is enough for useful answers.
package mission

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The kinds of record that this package defines.
const (
	KindMission    record.Kind = "mission"
	KindOutcome    record.Kind = "outcome"
	KindInitiative record.Kind = "initiative"
	KindEvent      record.Kind = "event"
)

// Mission is a long-term end that needs many contributors.
type Mission struct {
	record.Record
	Name string `json:"name"`
	// Kind says what it stands as, such as [Foundation]; empty is a mission like any other. Open.
	Kind string `json:"kind,omitempty"`
	// Statement says what is to be true when it has been achieved.
	Statement string `json:"statement,omitempty"`
	// Problem says what it is for.
	Problem string `json:"problem,omitempty"`
	// Horizon is when it is to be achieved.
	Horizon calendar.When `json:"horizon,omitzero"`
	// Announced is when it was first said in public.
	Announced calendar.When `json:"announced,omitzero"`
	// Stage is where it stands: "proposed", "announced", "discovery", "active", "closed". Open.
	Stage string `json:"stage,omitempty"`
	// Contributors are all the parties that take part, where somebody has listed them all.
	Contributors record.Value[[]record.ID] `json:"contributors,omitzero" ref:"party"`
	// Internal says that the mission is purely a matter of central government, by decision.
	Internal bool `json:"internal,omitempty"`
	// Address is where the public finds it: a page with its plan and how it stands.
	Address string `json:"address,omitempty"`
	// Parents are the missions that it is part of; there may be several.
	Parents []record.ID `json:"parents,omitempty" ref:"mission"`
}

// Foundation is the kind of a [Mission] that is not one but what the others stand on, such as national security.
const Foundation = "foundation"

// Stages of a [Mission]. The list is open.
const (
	StageProposed  = "proposed"
	StageAnnounced = "announced"
	StageDiscovery = "discovery" // finding out, by declaration; no plan is owed yet
	StageActive    = "active"
	StageClosed    = "closed"
)

// Outcome is a change in the world that somebody experiences.
type Outcome struct {
	record.Record
	Name string `json:"name"`
	// Missions are the missions that it belongs to.
	Missions []record.ID `json:"missions,omitempty" ref:"mission"`
	// ForWhom says who experiences it.
	ForWhom string `json:"for_whom,omitempty"`
	// Indicators are what shows it.
	Indicators []record.ID `json:"indicators,omitempty" ref:"indicator"`
	// Expected is when it is to show, which may be after its mission closes.
	Expected calendar.When `json:"expected,omitzero"`
}

// Initiative is work that is going on: a programme, a service, a team.
type Initiative struct {
	record.Record
	Name     string      `json:"name"`
	Missions []record.ID `json:"missions,omitempty" ref:"mission"`
	// Kind says what sort of work it is, such as [Service]. Open.
	Kind string `json:"kind,omitempty"`
	// By is the party that does the work.
	By record.ID `json:"by,omitempty" ref:"party"`
	// Status says how it stands to the missions. Zero means that nobody has said.
	Status InitiativeStatus `json:"status,omitzero"`
	// Started is when the work began, and Badged when it was first called mission work.
	Started calendar.When `json:"started,omitzero"`
	Badged  calendar.When `json:"badged,omitzero"`
	// Capacity is the indicator of how much it can do, and Floor the level that it is not to fall under.
	Capacity record.ID       `json:"capacity,omitempty" ref:"indicator"`
	Floor    record.Quantity `json:"floor,omitzero"`
	// Reporting is how much of its working time goes into reports and accounts of itself, in percent.
	Reporting record.Quantity `json:"reporting,omitzero"`
	// Diverted is how much of the working time of those who are to find things out goes into bids, contracts and running what
	// there was before, in percent.
	Diverted record.Quantity `json:"diverted,omitzero"`
}

// Kinds of [Initiative]. The list is open.
const (
	Service      = "service"        // something that people use, which goes on
	Product      = "product"        // one thing that is built and handed over
	Programme    = "programme"      // a body of change with an end
	TestAndLearn = "test-and-learn" // a team that tries things to find out
	Portfolio    = "portfolio"      // several programmes that one body looks after together
	Discovery    = "discovery"      // a team that finds out what is to be done
)

// InitiativeStatus says how work stands to missions. Work outside missions is work in good standing.
type InitiativeStatus uint8

// The statuses of an initiative. The list is closed.
const (
	MissionWork  InitiativeStatus = iota + 1 // done for a mission
	Adjacent                                 // helps a mission, and has its own purpose
	ValuedAsItIs                             // business as usual, valued in its own right
)

var initiativeStatuses = []string{"", "mission", "adjacent", "business-as-usual"}

// String returns the text, or "" where none is stated.
func (s InitiativeStatus) String() string {
	b, _ := s.MarshalText()
	return string(b)
}

// IsZero reports whether no status is stated.
func (s InitiativeStatus) IsZero() bool { return s == 0 }

// MarshalText returns the text of the status.
func (s InitiativeStatus) MarshalText() ([]byte, error) {
	return record.EnumMarshal("status of an initiative", initiativeStatuses, s)
}

// UnmarshalText reads the text of a status. The error is a [*record.EnumError].
func (s *InitiativeStatus) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("status of an initiative", initiativeStatuses, s, b)
}

// Ref returns the reference to a mission.
func Ref(id record.ID) record.Ref { return record.Ref{Kind: KindMission, ID: id} }
