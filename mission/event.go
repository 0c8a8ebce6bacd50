package mission

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

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
	// Against is what it runs counter to: another signal, a stated value, a plan.
	Against []record.Ref `json:"against,omitempty"`
	// Amount is the money that it moved, where it did: a cut is negative.
	Amount record.Value[record.Money] `json:"amount,omitzero"`
	// Size is how large it was, counted in Unit: the hours that a report took, the people who came, the share that was moved.
	Size record.Quantity `json:"size,omitzero"`
	Unit string          `json:"unit,omitempty"`
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

// Kinds of [Event] on what a mission is, what belongs to it, and what changed.
const (
	Landed         = "landed"          // a body (With) was told what the mission asks of it
	BidMade        = "bid-made"        // a body asked for its money in a spending review
	BidAmended     = "bid-amended"     // and changed what it asked for, by the mission's priorities
	SolutionFixed  = "solution-fixed"  // what is to be built was settled
	DiscoveryEnded = "discovery-ended" // finding out came to its end
	Rationale      = "rationale"       // why something stands where it does was written down (Because)
	HowCommitment  = "how-commitment"  // a promise about how the work is to be done, and not only about what comes of it
	CapacityMoved  = "capacity-moved"  // people or attention went from the subject to something else (LedTo)
	LeadersAdopted = "leaders-adopted" // those at the top took up another way of working
	TeamsAdopted   = "teams-adopted"   // those who do the work took it up
	Framing        = "framing"         // what belongs to it is still being settled
	BoundarySet    = "boundary-set"    // what belongs to it and what does not was written down
	Renamed        = "renamed"         // it was given another name, or a new look
)

// Kinds of [Event] on milestones that may breathe, and on measuring.
const (
	MonitoringRequest  = "monitoring-request"   // somebody asked for figures or a report (Size in Unit: the hours it took)
	StatutorySafety    = "statutory-safety"     // the monitoring is the law's, to keep people safe
	DecisionInformed   = "decision-informed"    // figures or a finding changed what somebody decided (LedTo)
	WouldHappenAnyway  = "would-happen-anyway"  // business as usual would bring it about
	LeftVague          = "left-vague"           // it was left without a precise measure on purpose (Because)
	ProxyStated        = "proxy-stated"         // what an output stands in for was written down, since the outcome shows late
	IndependentCheck   = "independent-check"    // somebody without a stake checks the figures
	PublishedToLearn   = "published-to-learn"   // a comparison was published without an order, to learn from
	NoAction           = "no-action"            // nothing is to be done about it, and why (Because)
	DecisionScheduled  = "decision-scheduled"   // when it is to be decided was set
	SymbolStated       = "symbol-stated"        // what a first step is to stand for was said
	Announceable       = "announceable"         // something was announced for its own sake
	CrossTermConsensus = "cross-term-consensus" // those who may govern next have agreed to go on
)

// Kinds of [Event] on who works with whom.
const (
	WorkingLink       = "working-link"       // bodies (By, With) work together on it
	NextSteps         = "next-steps"         // the joins that are to come were written down
	KnowledgeHeld     = "knowledge-held"     // those who know it best (By)
	CapacityLow       = "capacity-low"       // a partner cannot do what is asked of it
	CapacityConfirmed = "capacity-confirmed" // it says that it can
	SupportOffered    = "support-offered"    // it was offered help
	Draw              = "draw"               // a mission (LedTo) takes some of what there is of the subject (Size in Unit)
	Sequenced         = "sequenced"          // who draws on it first was agreed
	Considered        = "considered"         // it was weighed and not used (Because)
	StatutoryGate     = "statutory-gate"     // the law puts it there
)

// Kinds of [Event] on consent, openness, time, trust and memory.
const (
	Deliberation      = "deliberation"       // people were brought together to weigh it (LedTo: what their work changed)
	Endorsement       = "endorsement"        // those named (By) stand behind it
	Published         = "published"          // something about it was put where anybody can read it
	AddressFound      = "address-found"      // somebody from outside found where it is
	Prelaunch         = "prelaunch"          // it has not been launched yet
	Signal            = "signal"             // those who lead (By) said or did something that others read (Against)
	Corrected         = "corrected"          // a signal was corrected in public
	Election          = "election"           // an election was held, or is to be
	Window            = "window"             // from From until Until something could be done that could not before or after
	WindowUsed        = "window-used"        // and was
	WindowPassed      = "window-passed"      // and was left, by decision (Because)
	Handover          = "handover"           // a post was handed on by plan
	PrioritySetting   = "priority-setting"   // what comes first across the missions was settled
	TrustRepair       = "trust-repair"       // something was done to mend a broken trust
	Engagement        = "engagement"         // those who lose by it were talked with, or offered a part
	Accepted          = "accepted"           // they agreed
	CapabilityPlanned = "capability-planned" // how to come by what is lacking was planned
	CounterMeasure    = "counter-measure"    // something was done against what ended an earlier reform
	ChangeScheduled   = "change-scheduled"   // it is to be changed on a stated day
)

// Kinds of [Event] on accounting officers, directions, grants and learning spaces. That a use of money is [accountability.Novel],
// [accountability.Contentious] or [accountability.Repercussive], or has come to a stage such as [accountability.StageMajorProject],
// is an event too, whose kind is that word.
const (
	Assessed    = "accounting-test" // an accounting officer assessed a use of money
	Notified    = "notified"        // those who must know that a leave began or ended were told (With)
	Copied      = "copied"          // it was sent to those who must have it (With)
	Consented   = "consent"         // whoever alone may decide on it agreed (By)
	GrantUsed   = "grant-used"      // somebody acted under a grant (LedTo, Amount)
	Debriefed   = "debrief"         // what was learnt in a learning space was told (With)
	StopRuleMet = "stop-rule-met"   // a sign was seen at which something was to stop (Because)
	Stopped     = "stopped"         // and it was stopped
	Disclosed   = "disclosed"       // what was said or found under a learning space was given away (With, Because)
	Excepted    = "excepted"        // that was covered by an exception (Because)
)
