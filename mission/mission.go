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
	// Parents are the missions that it is part of; there may be several.
	Parents []record.ID `json:"parents,omitempty" ref:"mission"`
}

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

// Event is something that happened on a day, or, where Absent, something of which a claimant says that it did not.
type Event struct {
	record.Record
	// Kind says what sort, such as [Consultation]. The list is open.
	Kind    string     `json:"kind"`
	Name    string     `json:"name,omitempty"`
	Subject record.Ref `json:"subject,omitzero"`
	// By are the parties that did it, and With those it was done with: those consulted, those rewarded.
	By    []record.ID   `json:"by,omitempty" ref:"party"`
	With  []record.ID   `json:"with,omitempty" ref:"party"`
	OnDay calendar.When `json:"on_day,omitzero"`
	// Absent says that, to the claimant's knowledge, nothing of this kind has happened to the subject. It is how "there
	// is no plan" is told from "nobody has recorded a plan".
	Absent bool `json:"absent,omitempty"`
	// Because is why, in the words of those who did it.
	Because string `json:"because,omitempty"`
	// LedTo is what came of it: the decision that a finding informed, the change that a lesson brought.
	LedTo []record.Ref `json:"led_to,omitempty"`
	// Amount is the money that it moved, where it did: a cut is negative.
	Amount record.Value[record.Money] `json:"amount,omitzero"`
}

// Kinds of [Event] that rules know. The list is open.
const (
	Commitment     = "commitment"      // a public promise
	Consultation   = "consultation"    // those concerned were asked
	PlanPublished  = "plan-published"  // a plan came out
	PracticeChange = "practice-change" // people, money, a decision right or a way of working moved
	OutcomeClaim   = "outcome-claim"   // somebody says that it made a difference
	Sanction       = "sanction"
	Reward         = "reward"
	Intervention   = "intervention"
	OpenCall       = "open-call" // left open on purpose for somebody to take up
	Stocktake      = "stocktake"
	Inquiry        = "inquiry"
	Emergency      = "emergency"
	UseChanged     = "use-changed" // what a milestone is used for was changed openly, with reasons
	Dispute        = "dispute"     // bodies disagree, and somebody is asked to settle it (With)
	Performance    = "performance-review"
	Restructure    = "restructure"     // bodies, units or posts were moved about
	Lesson         = "lesson"          // something was learnt and written down
	JointDecision  = "joint-decision"  // several who are touched decided together (By)
	Priorities     = "priorities"      // what comes first was agreed
	Cut            = "cut"             // money, staff or capacity was taken away
	Exemption      = "exemption"       // a rule that stood in the way was lifted
	BarrierRaised  = "barrier-raised"  // something in the way was reported
	BarrierRemoved = "barrier-removed" // and taken away
	Devolved       = "devolved"        // a decision or its means were handed down (With)
	Funded         = "funded"          // money was set aside for it
	Underfunded    = "underfunded"     // somebody who answers for it says that its money is too little (By)
	NeedFell       = "need-fell"       // what it is for is needed less than before
	Replaced       = "replaced"        // something else does its work now
	Transition     = "transition"      // a handover in stages was agreed
	Decision       = "decision"        // a forum settled something (LedTo)
	MeetingHeld    = "meeting"         // a forum met
	Benefit        = "benefit"         // somebody gains by it, or is expected to (With, Amount)
	Converted      = "converted"       // amounts on several price bases were brought to one
)

// Kinds of [Event] on who answers to whom.
const (
	Agreement             = "agreement"              // who does, decides, answers or pays for what was settled between several (By)
	AccountGiven          = "account-given"          // it was accounted for to a parliament, council or assembly (With)
	ConflictingDirections = "conflicting-directions" // those to whom the subject answers (By) asked it for what cannot both be done
)

// Kinds of [Event] on boards, units and posts.
const (
	MandateLetter  = "mandate-letter"         // whoever answers for it was given a letter that says what for
	ChairChanged   = "chair-changed"          // another chairs a forum than was meant to (Because)
	RemitPublished = "remit-published"        // those who work with a unit were told what it is for
	RoleNeeded     = "role-needed"            // from then on somebody was needed in a post
	Recruitment    = "recruitment"            // an open competition for a post was held
	ControlSetUp   = "mission-control-set-up" // a unit of its own drives a mission
	Alternative    = "alternative-declared"   // something else was chosen openly in place of what is usual (Because)
	SetApart       = "set-apart"              // a unit was given a line, staff and rules of its own
	WiringChange   = "wiring-change"          // who decides, answers or pays was changed
	Recess         = "recess"                 // nobody met, for a stated time: a recess, the weeks before an election
	MissionLink    = "mission-link"           // work was tied to a mission
	Experiment     = "experiment"             // something was tried to find out
)

// Kinds of [Event] on learning, risk and freedom. A failure is the subject of what is said of it: a lesson, an inquiry.
const (
	Failure             = "failure"               // something tried did not work, or a mistake was admitted
	LessonShared        = "lesson-shared"         // those who can use a lesson were told of it (With)
	LabelledLearning    = "labelled-learning"     // a failure was presented as something to learn from
	OutsideLimits       = "outside-limits"        // harm went beyond what had been agreed as safe, or nothing had been agreed
	LearningSpaceAgreed = "learning-space-agreed" // room was made in which failing has no consequences
	Proven              = "proven"                // how it is done is known to work and needs no finding out (Because)
	UnknownsStated      = "unknowns-stated"       // what is not known was written down
	ChangeSignals       = "change-signals"        // what would make those who act stop or adapt was said beforehand
	PlanChanged         = "plan-changed"          // a plan was changed after its start
	Declined            = "declined"              // whoever was offered it does not take it up (Because)
	ProcessAdded        = "process-added"         // an approval, a report or another step was added
	LegalDuty           = "legal-duty"            // the law came to require it
	ChallengeRoute      = "challenge-route"       // people were told how to say that something looks wrong
	Challenge           = "challenge"             // somebody said so
	ChallengeAnswered   = "challenge-answered"    // and had an answer
	RiskWelcomed        = "risk-welcomed"         // those in charge asked for risks to be taken
	RiskRewarded        = "risk-rewarded"         // somebody who took one was backed, thanked or promoted for it
	RiskRefused         = "risk-refused"          // a proposal was turned down for its risk
	SafetyRefused       = "refused-for-safety"    // a proposal was turned down since people would not have been safe (Because)
)

// Ref returns the reference to a mission.
func Ref(id record.ID) record.Ref { return record.Ref{Kind: KindMission, ID: id} }
