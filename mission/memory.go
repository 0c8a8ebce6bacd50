package mission

import (
	"errors"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The kinds of record on what was tried before, who holds which view, and which findings are set aside.
const (
	KindReform   record.Kind = "reform"
	KindPosition record.Kind = "position"
	KindWaiver   record.Kind = "waiver"
)

// Reform is an earlier attempt to change how government works, kept to learn from.
type Reform struct {
	record.Record
	Name  string        `json:"name"`
	Began calendar.When `json:"began,omitzero"`
	Ended calendar.When `json:"ended,omitzero"`
	// Features are what it was made of, each in a few words; equal words mean the same thing.
	Features []string `json:"features,omitempty"`
	// Fate says how it went, in the words of the claimant. Claimants may differ, and no verdict is drawn from them.
	Fate string `json:"fate,omitempty"`
	// EndedBy are the barriers by which it ended, and LikenedTo the missions and initiatives that somebody says are of its kind.
	EndedBy   []record.ID  `json:"ended_by,omitempty" ref:"barrier"`
	LikenedTo []record.Ref `json:"likened_to,omitempty"`
}

// Position is a view that somebody holds in a tension between two things that are both wanted. A change of it is a new
// version, so that it shows how the view moved.
type Position struct {
	record.Record
	// Tension is the id of the tension, "T02", or its name.
	Tension string `json:"tension"`
	// Subject is what it is about; zero is missions at large.
	Subject record.Ref `json:"subject,omitzero"`
	// By is whose view it is; the record's claimant serves where the party is not in the plan.
	By record.ID `json:"by,omitempty" ref:"party"`
	// Pole is the side that it leans to, in the tension's own word; empty is neither.
	Pole string `json:"pole,omitempty"`
	// Says puts it in words.
	Says string `json:"says,omitempty"`
}

// Waiver sets a finding aside until a day: somebody has seen it, has a reason, and will look again. Its Until is that day, and
// its Reason says why. A waived finding stays in every review, marked; once the day has passed, the waiver is one of its own.
type Waiver struct {
	record.Record
	// Rule is the id or the slug of the rule whose finding it is.
	Rule    string     `json:"rule"`
	Subject record.Ref `json:"subject,omitzero"`
	// Owner is who will look again.
	Owner record.ID `json:"owner,omitempty" ref:"party"`
}

// Causes of faults in waivers, positions and conditions.
var (
	ErrNoRule      = errors.New("the waiver names no rule: give the id of the rule whose finding it sets aside, such as F38")
	ErrNoSubject   = errors.New("the waiver names no subject: say what the finding is about")
	ErrNoReason    = errors.New("the waiver has no reason: say why the finding can wait")
	ErrNoOwner     = errors.New("the waiver has no owner: name the post or body that will look again")
	ErrNoUntil     = errors.New("the waiver has no end: say in until by which day somebody looks again")
	ErrNoTension   = errors.New("the position names no tension: give its id, such as T02")
	ErrNoCondition = errors.New("the condition has no kind: write political-will, money or another word")
)

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// checkNames finds what is missing in the records on which missions lean, and in those that remember.
func (s *Spec) checkNames(c *record.Check) {
	for i := range s.Causes {
		r := &s.Causes[i]
		c.At(KindCause, "causes", i, r.ID)("name", ErrNoName, blank(r.Name) && r.Speaks())
	}
	for i := range s.Conditions {
		r := &s.Conditions[i]
		c.At(KindCondition, "conditions", i, r.ID)("kind", ErrNoCondition, blank(r.Kind) && r.Speaks())
	}
	for i := range s.Barriers {
		r := &s.Barriers[i]
		c.At(KindBarrier, "barriers", i, r.ID)("name", ErrNoName, blank(r.Name) && r.Speaks())
	}
	for i := range s.Levers {
		r := &s.Levers[i]
		c.At(KindLever, "levers", i, r.ID)("name", ErrNoName, blank(r.Name) && r.Speaks())
	}
	for i := range s.Capabilities {
		r := &s.Capabilities[i]
		c.At(KindCapability, "capabilities", i, r.ID)("name", ErrNoName, blank(r.Name) && r.Speaks())
	}
	for i := range s.Reforms {
		r := &s.Reforms[i]
		c.At(KindReform, "reforms", i, r.ID)("name", ErrNoName, blank(r.Name) && r.Speaks())
	}
	for i := range s.Positions {
		r := &s.Positions[i]
		c.At(KindPosition, "positions", i, r.ID)("tension", ErrNoTension, blank(r.Tension) && r.Speaks())
	}
	for i := range s.Waivers {
		r := &s.Waivers[i]
		fault := c.At(KindWaiver, "waivers", i, r.ID)
		fault("rule", ErrNoRule, blank(r.Rule) && r.Speaks())
		fault("subject", ErrNoSubject, r.Subject.IsZero() && r.Speaks())
		fault("reason", ErrNoReason, blank(r.Reason) && r.Speaks())
		fault("owner", ErrNoOwner, r.Owner == "" && r.Speaks())
		fault("until", ErrNoUntil, r.Until.IsZero() && r.Speaks())
	}
}
