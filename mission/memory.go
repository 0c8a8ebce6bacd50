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

// need finds the records that say something themselves and leave a member blank that they need.
func need[T any, P record.Holder[T]](c *record.Check, kind record.Kind, name string, records []T, member string, cause error, value func(*T) string) {
	for i := range records {
		r := P(&records[i]).Base()
		c.At(kind, name, i, r.ID)(member, cause, blank(value(&records[i])) && r.Speaks())
	}
}

// checkNames finds what is missing in the records on which missions lean, and in those that remember.
func (s *Spec) checkNames(c *record.Check) {
	need(c, KindCause, "causes", s.Causes, "name", ErrNoName, func(r *Cause) string { return r.Name })
	need(c, KindCondition, "conditions", s.Conditions, "kind", ErrNoCondition, func(r *Condition) string { return r.Kind })
	need(c, KindBarrier, "barriers", s.Barriers, "name", ErrNoName, func(r *Barrier) string { return r.Name })
	need(c, KindLever, "levers", s.Levers, "name", ErrNoName, func(r *Lever) string { return r.Name })
	need(c, KindCapability, "capabilities", s.Capabilities, "name", ErrNoName, func(r *Capability) string { return r.Name })
	need(c, KindReform, "reforms", s.Reforms, "name", ErrNoName, func(r *Reform) string { return r.Name })
	need(c, KindPosition, "positions", s.Positions, "tension", ErrNoTension, func(r *Position) string { return r.Tension })
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
