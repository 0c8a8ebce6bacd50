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
	// SetAside are the findings of the second that the first has too, and that are set aside in the second only, or otherwise
	// than in the first: until another day, by another owner, for another reason.
	SetAside []Finding
	// NoLongerSetAside are the findings of the first, set aside there, that the second has and does not set aside.
	NoLongerSetAside []Finding
}

// IsZero reports whether no verdict differs, and none is set aside otherwise than before.
func (c *Comparison) IsZero() bool {
	return len(c.Appeared)+len(c.Cleared)+len(c.OutOfSight)+len(c.BecameAssessable)+len(c.BecameUnassessable)+
		len(c.SetAside)+len(c.NoLongerSetAside) == 0
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
	c.waivers(before, after)
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

// waivers finds the findings of both that are set aside differently.
func (c *Comparison) waivers(before, after *Review) {
	was, is := asideBy(before), asideBy(after)
	if len(was)+len(is) == 0 {
		return
	}
	stays := make(map[verdictKey]bool, len(after.Findings))
	for i := range after.Findings {
		stays[after.Findings[i].key()] = true
	}
	both := make(map[verdictKey]bool)
	for i := range before.Findings {
		f := &before.Findings[i]
		if !stays[f.key()] {
			continue
		}
		both[f.key()] = true
		if f.Waiver != nil && is[f.key()] == nil {
			c.NoLongerSetAside = append(c.NoLongerSetAside, *f)
		}
	}
	for i := range after.Findings {
		if f := &after.Findings[i]; f.Waiver != nil && both[f.key()] && !f.Waiver.same(was[f.key()]) {
			c.SetAside = append(c.SetAside, *f)
		}
	}
}

func asideBy(r *Review) map[verdictKey]*Waived {
	by := make(map[verdictKey]*Waived)
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Waiver != nil {
			by[f.key()] = f.Waiver
		}
	}
	return by
}
