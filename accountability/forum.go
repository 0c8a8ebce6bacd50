package accountability

import (
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

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
	// Cadence says how often it is to meet, in words: "monthly", "every six weeks".
	Cadence string `json:"cadence,omitempty"`
	// Rule says how it decides, in words: "by consensus", "the chair decides". Quorum is how many members it takes; zero is
	// not stated.
	Rule   string `json:"rule,omitempty"`
	Quorum int    `json:"quorum,omitempty"`
}

// Sorts of [Forum]. The list is open.
const (
	MissionBoard       = "mission-board"
	MissionControl     = "mission-control"
	CommissioningBoard = "commissioning-board"
	MissionCouncil     = "mission-council"
	SelectCommittee    = "select-committee"
	DeliveryUnit       = "delivery-unit"
	MissionCluster     = "mission-cluster" // departments that are to agree what comes first in a spending review
)

// Words that say in the Purpose of a [Forum] that it is not there to decide. Any other words may stand beside them.
const (
	PurposeDeliberative = "deliberative" // to weigh things and hear people
	PurposeAdvisory     = "advisory"     // to advise those who decide
	PurposeConvening    = "convening"    // to bring people together and no more
)

// Meeting is one meeting of a forum, held or called off. What it decided stands in its resolutions.
type Meeting struct {
	record.Record
	Forum record.ID     `json:"forum,omitempty" ref:"forum"`
	OnDay calendar.When `json:"on_day,omitzero"`
	// Chair is who chaired it, which may be another than the forum's own chair: a post or a person.
	Chair record.ID `json:"chair,omitempty" ref:"party"`
	// Attended are those who were there; withheld or pending where that is not published.
	Attended record.Value[[]record.ID] `json:"attended,omitzero" ref:"party"`
	// Held says whether it took place.
	Held record.Value[bool] `json:"held,omitzero"`
}

// Resolution is what a forum, a post or a body decided at one point: what was before it, what it removed, and what was then
// known. [Register.ReliedOn] reads the records as they stood for it.
type Resolution struct {
	record.Record
	// Meeting is where it was decided; By is who decided, where that was no meeting.
	Meeting record.ID  `json:"meeting,omitempty" ref:"meeting"`
	By      record.ID  `json:"by,omitempty" ref:"party"`
	Subject record.Ref `json:"subject,omitzero"`
	// Decided is what was decided, in words.
	Decided string `json:"decided,omitempty"`
	// Barrier is what stood in the way, in words, and Removed whether the decision took it away.
	Barrier string             `json:"barrier,omitempty"`
	Removed record.Value[bool] `json:"removed,omitzero"`
	// OnDay is the day of the decision. Without one it is the day of the meeting.
	OnDay calendar.When `json:"on_day,omitzero"`
	// KnownAt is the instant up to which its makers knew the records. Zero means the end of the day of the decision.
	KnownAt time.Time `json:"known_at,omitzero"`
	// Relied are the records, posts and subjects that it rested on.
	Relied []record.Ref `json:"relied,omitempty"`
}

// LearningSpace is an agreement that within stated bounds a failure has no consequences for those who tried. It
// suspends consequences and never answerability: the account is still given.
type LearningSpace struct {
	record.Record
	Name    string     `json:"name,omitempty"`
	Subject record.Ref `json:"subject,omitzero"`
	// Sponsor carries the risk: a post or body.
	Sponsor record.ID `json:"sponsor,omitempty" ref:"party"`
	// Hypotheses are what is to be found out, in words or as references in the text.
	Hypotheses []string `json:"hypotheses,omitempty"`
	// SpendCap is the most that may be spent. Unset means that no cap is stated.
	SpendCap record.Money `json:"spend_cap,omitzero"`
	// People and Harm bound, in words, whom it may touch and what may happen to them. Its period is the record's own.
	People string `json:"people,omitempty"`
	Harm   string `json:"harm,omitempty"`
	// StopRules say when it ends early.
	StopRules []string `json:"stop_rules,omitempty"`
	// Protected are the consequences that are suspended, in words; Never is what no space protects, such as [NeverFraud].
	Protected []string `json:"protected,omitempty"`
	Never     []string `json:"never,omitempty"`
	// DebriefDue is when what was learnt is to be told, Debriefed when it was, and Reuse where it has been used since.
	DebriefDue calendar.When `json:"debrief_due,omitzero"`
	Debriefed  calendar.When `json:"debriefed,omitzero"`
	Reuse      []string      `json:"reuse,omitempty"`
}

// What a learning space does not protect. The list is open.
const (
	NeverFraud        = "fraud"
	NeverIllegality   = "illegality"
	NeverSafety       = "safety-risk"
	NeverDeception    = "deception"
	NeverBreachBounds = "breach-of-bounds"
)
