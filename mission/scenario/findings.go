package scenario

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission/review"
)

// Findings says how the verdicts of the rules differ. A verdict is what one rule says of one subject. Each list is in the
// order of the rules' ids, then of the subjects.
type Findings struct {
	// Appeared are findings of the second plan where the first was looked at by the same rule, which found nothing.
	Appeared []review.Finding `json:"appeared,omitempty"`
	// Cleared are findings of the first where the second was looked at, and the rule found nothing.
	Cleared []review.Finding `json:"cleared,omitempty"`
	// Changed are findings of both that say other words or rest on other records.
	Changed []FindingChange `json:"changed,omitempty"`
	// InSight are findings of the second of which the first could not tell, or whose subject it does not have: nobody may say
	// that they are new.
	InSight []review.Finding `json:"in_sight,omitempty"`
	// OutOfSight are findings of the first of which the second cannot tell, or whose subject it does not have: nobody may say
	// that they are cleared.
	OutOfSight []review.Finding `json:"out_of_sight,omitempty"`
	// BecameAssessable is what the first could not tell and the second can, whatever it finds.
	BecameAssessable []review.Unassessed `json:"became_assessable,omitempty"`
	// BecameUnassessable is what the second cannot tell and the first could: it has become a question.
	BecameUnassessable []review.Unassessed `json:"became_unassessable,omitempty"`
	// Raised is what cannot be told of what only the second has, such as a pool that it supposes.
	Raised []review.Unassessed `json:"raised,omitempty"`
	// Lapsed is what could not be told of what only the first has.
	Lapsed []review.Unassessed `json:"lapsed,omitempty"`
}

// FindingChange is one finding, as it was and as it is.
type FindingChange struct {
	Before review.Finding `json:"before"`
	After  review.Finding `json:"after"`
}

// IsZero reports whether no verdict differs.
func (f Findings) IsZero() bool {
	return len(f.Appeared)+len(f.Cleared)+len(f.Changed)+len(f.InSight)+len(f.OutOfSight)+len(f.BecameAssessable)+len(f.BecameUnassessable)+
		len(f.Raised)+len(f.Lapsed) == 0
}

func (f Findings) mirror() Findings {
	m := Findings{Appeared: f.Cleared, Cleared: f.Appeared, InSight: f.OutOfSight, OutOfSight: f.InSight,
		BecameAssessable: f.BecameUnassessable, BecameUnassessable: f.BecameAssessable,
		Raised: f.Lapsed, Lapsed: f.Raised}
	for _, c := range f.Changed {
		m.Changed = append(m.Changed, FindingChange{Before: c.After, After: c.Before})
	}
	return m
}

func findings(before, after *review.Review) Findings {
	there, back := review.Compare(before, after), review.Compare(after, before)
	f := Findings{
		Appeared: back.Cleared, InSight: back.OutOfSight, // what going back would clear, and put out of sight
		Cleared: there.Cleared, OutOfSight: there.OutOfSight,
		BecameAssessable: there.BecameAssessable, BecameUnassessable: there.BecameUnassessable,
		Raised: raised(before, after, there.BecameUnassessable), Lapsed: raised(after, before, back.BecameUnassessable),
	}
	was := make(map[verdict]*review.Finding, len(before.Findings))
	for i := range before.Findings {
		x := &before.Findings[i]
		was[verdict{x.Rule.ID, x.Subject}] = x
	}
	for i := range after.Findings {
		x := &after.Findings[i]
		if old := was[verdict{x.Rule.ID, x.Subject}]; old != nil && (old.Text != x.Text || !slices.Equal(old.Evidence, x.Evidence)) {
			f.Changed = append(f.Changed, FindingChange{Before: *old, After: *x})
		}
	}
	return f
}

// verdict is a rule and what it looked at.
type verdict struct {
	rule    string
	subject record.Ref
}

// raised returns what the second review cannot tell and the first did not look at: what became unassessable it did.
func raised(before, after *review.Review, became []review.Unassessed) []review.Unassessed {
	looked := make(map[verdict]bool, len(before.Unassessed)+len(became))
	for _, list := range [][]review.Unassessed{before.Unassessed, became} {
		for i := range list {
			looked[verdict{list[i].Rule.ID, list[i].Subject}] = true
		}
	}
	var list []review.Unassessed
	for i := range after.Unassessed {
		if u := &after.Unassessed[i]; !looked[verdict{u.Rule.ID, u.Subject}] {
			list = append(list, *u)
		}
	}
	return list
}
