package review

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
)

// Comparison says how two reviews differ. A rule and a subject make the verdicts of both comparable; a finding that stays
// and rests on other records than before is not listed. All lists come in the order of the review that they are from.
type Comparison struct {
	// Appeared are the findings that only the second review has.
	Appeared []Finding
	// Cleared are the findings of the first where the second looked at the subject by the same rule and found nothing.
	Cleared []Finding
	// OutOfSight are the findings of the first of which the second cannot tell, or whose subject or rule it does not look
	// at: nobody may call them cleared.
	OutOfSight []Finding
	// BecameAssessable are what the first could not tell and the second can, whether it found anything or not.
	BecameAssessable []Unassessed
	// BecameUnassessable are what the second cannot tell and the first could.
	BecameUnassessable []Unassessed
}

// IsZero reports whether no verdict differs.
func (c *Comparison) IsZero() bool {
	return len(c.Appeared)+len(c.Cleared)+len(c.OutOfSight)+len(c.BecameAssessable)+len(c.BecameUnassessable) == 0
}

// verdict is what a rule makes of a subject. The zero verdict means that it did not look at it.
type verdict uint8

const (
	found verdict = iota + 1
	cannotTell
	nothingToSay
)

type verdictKey struct {
	rule    string
	subject record.Ref
}

func (r *Review) verdicts() map[verdictKey]verdict {
	n := len(r.Findings) + len(r.Unassessed)
	for _, q := range r.nothing {
		n += len(q.subjects)
	}
	all := make(map[verdictKey]verdict, n)
	for _, q := range r.nothing {
		for _, s := range q.subjects {
			all[verdictKey{q.rule.ID, s}] = nothingToSay
		}
	}
	for i := range r.Unassessed {
		all[r.Unassessed[i].key()] = cannotTell
	}
	for i := range r.Findings {
		all[r.Findings[i].key()] = found
	}
	return all
}

func (f *Finding) key() verdictKey    { return verdictKey{f.Rule.ID, f.Subject} }
func (u *Unassessed) key() verdictKey { return verdictKey{u.Rule.ID, u.Subject} }

// Compare says what changed from one review to another: with two models of the same plan, what a different day, other
// records or a changed plan make of the verdicts. Differences of the thresholds show as differences of the verdicts. It
// takes time linear in the verdicts of both.
func Compare(before, after *Review) Comparison {
	was, is := before.verdicts(), after.verdicts()
	var c Comparison
	for i := range after.Findings {
		if f := &after.Findings[i]; was[f.key()] != found {
			c.Appeared = append(c.Appeared, *f)
		}
	}
	for i := range before.Findings {
		switch f := &before.Findings[i]; is[f.key()] {
		case found:
		case nothingToSay:
			c.Cleared = append(c.Cleared, *f)
		default:
			c.OutOfSight = append(c.OutOfSight, *f)
		}
	}
	told := []verdict{found, nothingToSay}
	for i := range before.Unassessed {
		if u := &before.Unassessed[i]; slices.Contains(told, is[u.key()]) {
			c.BecameAssessable = append(c.BecameAssessable, *u)
		}
	}
	for i := range after.Unassessed {
		if u := &after.Unassessed[i]; slices.Contains(told, was[u.key()]) {
			c.BecameUnassessable = append(c.BecameUnassessable, *u)
		}
	}
	return c
}
