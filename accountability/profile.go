package accountability

import (
	"fmt"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Profile is a way of saying who may be one and who may be many: RACI, RAPID, the United Kingdom's rule for accounting
// officers. It is data, and a caller may write their own. A profile is checked against its own rules; none is the right one
// for every arrangement. The zero Profile asks for nothing.
type Profile struct {
	Name string `json:"name"`
	// Source says where its rules are from.
	Source string        `json:"source,omitempty"`
	Rules  []ProfileRule `json:"rules"`
	// Also are what the profile asks beyond numbers, in words. They are not checked.
	Also []string `json:"also,omitempty"`
}

// Many is the Most of a rule that sets no upper bound.
const Many = -1

// ProfileRule says how many may carry one role on one subject.
type ProfileRule struct {
	// Role is the profile's own name for it: "approver".
	Role string `json:"role"`
	// Words are the words for duties that count as the role, without regard to case. A carrier counts once a role.
	Words []string `json:"words"`
	// Least and Most bound the number of carriers, both included. Most is [Many] for no bound; 0 means that there may be none.
	Least int `json:"least"`
	Most  int `json:"most"`
	// Sorts are the sorts of subject to which the rule applies: "project", "portfolio". Empty means all.
	Sorts []string `json:"sorts,omitempty"`
	// Over names another role of the profile: the rule applies only where more than one carries that. Empty means always.
	Over string `json:"over,omitempty"`
	// Shareable says that more than Most may carry the role where their sharing is declared.
	Shareable bool `json:"shareable,omitempty"`
}

// Arrangement is who carries what on one subject at one moment: what a profile is checked against.
type Arrangement struct {
	Subject record.Ref
	// Sort is what sort of thing the subject is, as the rules of profiles name them. Empty means that it is not known.
	Sort     string
	Assigned []CarriedDuty
	// Whole says that nothing else is assigned. Without it, what is not recorded is not known, and no rule is broken by it.
	Whole bool
}

// CarriedDuty says that a party carries a duty, or how a duty stands that nobody carries.
type CarriedDuty struct {
	// Duty is a word such as "accountable". The list is open.
	Duty string
	// Carrier is the post, body or organisation. Empty where State says why.
	Carrier record.ID
	// State is as in [Duty]: zero with a carrier means held. [Unclear] and [Contested] leave open who carries it.
	State DutyState
	// Possible says that the records allow the assignment and do not settle it.
	Possible bool
	// Shared says that the duty is shared with others by a declared rule, or in stated parts.
	Shared bool
}

// ProfileCheck is what a check of an arrangement against a profile found, in the order of the rules.
type ProfileCheck struct {
	Profile string
	// Broken are the rules that the arrangement breaks for certain; Unsure those of which the records do not tell.
	Broken, Unsure []RuleCheck
	// Unread are the words for duties on the subject that the profile does not speak of, in the order of the arrangement.
	Unread []string
}

// RuleCheck is one rule that is broken, or that may be.
type RuleCheck struct {
	Rule ProfileRule
	// Least and Most bound how many carry the role, as far as the records tell; Most is [Many] where they set no bound.
	Least, Most int
	// Why says in words what the matter is.
	Why string
}

// Check compares an arrangement with the profile. A rule is broken only where every reading of the records breaks it. What is
// unclear, contested, possible or silent leaves it unsure, and so does a duty under a word that the profile does not speak of
// where the rule finds too few. Linear in the rules times the assignments.
func (p Profile) Check(a Arrangement) ProfileCheck {
	c := ProfileCheck{Profile: p.Name}
	for _, s := range a.Assigned {
		read := slices.ContainsFunc(p.Rules, func(r ProfileRule) bool { return r.reads(s.Duty) })
		if !read && !slices.Contains(c.Unread, s.Duty) {
			c.Unread = append(c.Unread, s.Duty)
		}
	}
	for _, r := range p.Rules {
		n := r.count(a)
		applies, why := p.applies(r, a)
		if applies == calendar.No {
			continue
		}
		found := RuleCheck{Rule: r, Least: n.least, Most: n.most}
		few, many := n.most != Many && n.most < r.Least, r.Most != Many && n.least > r.Most && (!r.Shareable || !n.shared)
		mayFew, mayMany := n.least < r.Least, r.Most != Many && (n.most == Many || n.most > r.Most) && (!r.Shareable || !n.shared)
		switch {
		case few && len(c.Unread) > 0:
			found.Why = fmt.Sprintf("nobody is recorded as %s, and %s may mean the same", r.Role, strings.Join(quoted(c.Unread), ", "))
			few = false
			mayFew = true
		case few:
			found.Why = fmt.Sprintf("%s: %d, where at least %d must be", r.Role, n.most, r.Least)
		case many:
			found.Why = fmt.Sprintf("%s: %d, where at most %d may be", r.Role, n.least, r.Most)
		case n.why != "":
			found.Why = r.Role + ": " + n.why
		}
		switch {
		case (few || many) && applies == calendar.Certainly:
			c.Broken = append(c.Broken, found)
		case few || many:
			found.Why += ", and " + why
			c.Unsure = append(c.Unsure, found)
		case mayFew || mayMany:
			if applies != calendar.Certainly {
				found.Why += ", and " + why
			}
			c.Unsure = append(c.Unsure, found)
		}
	}
	return c
}

func quoted(words []string) []string {
	q := make([]string, len(words))
	for i, w := range words {
		q[i] = fmt.Sprintf("%q", w)
	}
	return q
}

func (r ProfileRule) reads(word string) bool {
	return slices.ContainsFunc(r.Words, func(w string) bool { return strings.EqualFold(w, word) })
}

// number bounds how many carry a role.
type number struct {
	least, most int
	shared      bool
	why         string // why the bounds differ
}

func (r ProfileRule) count(a Arrangement) number {
	n := number{shared: true}
	sure, possible := make(map[record.ID]bool), make(map[record.ID]bool)
	spoken, open, vacant := false, false, false
	for _, s := range a.Assigned {
		if !r.reads(s.Duty) {
			continue
		}
		spoken = true
		switch {
		case s.State == Vacant:
			vacant = true
		case s.Carrier == "":
			open = true
			n.why = "the records do not say who carries it"
			if s.State != 0 {
				n.why = "it is recorded as " + s.State.String()
			}
		case s.State == Unclear || s.State == Contested || s.Possible:
			possible[s.Carrier] = true
			if n.why == "" {
				n.why = "who carries it is not settled"
			}
		default:
			sure[s.Carrier] = true
			n.shared = n.shared && s.Shared
		}
	}
	for id := range sure {
		delete(possible, id)
	}
	n.least, n.most = len(sure), len(sure)+len(possible)
	n.shared = n.shared && len(sure) > 1
	if open {
		n.most = Many
	}
	if !spoken && !a.Whole {
		n.most, n.why = Many, "nothing is recorded of it"
	}
	if vacant && n.most == 0 {
		n.why = "it is recorded as vacant"
	}
	return n
}

// applies reports whether a rule applies to an arrangement, and why that is not certain.
func (p Profile) applies(r ProfileRule, a Arrangement) (calendar.Certainty, string) {
	if len(r.Sorts) > 0 {
		if a.Sort == "" {
			return calendar.Possibly, "what sort of thing the subject is, is not recorded"
		}
		if !slices.ContainsFunc(r.Sorts, func(s string) bool { return strings.EqualFold(s, a.Sort) }) {
			return calendar.No, ""
		}
	}
	if r.Over == "" {
		return calendar.Certainly, ""
	}
	for _, other := range p.Rules {
		if other.Role != r.Over {
			continue
		}
		switch n := other.count(a); {
		case n.least > 1:
			return calendar.Certainly, ""
		case n.least == 0 && n.most == Many && n.why == "nothing is recorded of it":
			return calendar.No, "" // the other rule says so already
		case n.most == Many || n.most > 1:
			return calendar.Possibly, "whether more than one is " + other.Role + " is not settled"
		}
	}
	return calendar.No, ""
}

// Arrangement gathers who carries what on a subject at a moment, with the sort of thing that the subject is; where sort is
// empty, the kind of its reference stands for it. A post that carries a duty counts whether or not it has a holder. A duty
// counts as shared where a [Sharing] of it has a lead, or a rule and an escalation, or where each of its carriers has a stated
// part. The order is that of the Spec.
func (r *Register) Arrangement(subject record.Ref, sort string, at record.Moment) Arrangement {
	a := Arrangement{Subject: subject, Sort: sort}
	if sort == "" {
		a.Sort = string(subject.Kind)
	}
	for _, word := range r.Duties(subject) {
		answer, ok := r.Answerable(subject, word, at)
		if !ok {
			continue
		}
		shared := len(answer.Carriers) > 1 && r.sharingIsSettled(subject, word, at)
		stated := len(answer.Carriers) > 1
		for _, c := range answer.Carriers {
			stated = stated && strings.TrimSpace(c.Duty.Part) != ""
		}
		for _, c := range answer.Carriers {
			s := CarriedDuty{Duty: word, Carrier: c.Post, Shared: shared || stated, Possible: !r.settled(answer, c, at)}
			if answer.State == Contested || answer.State == Unclear {
				s.State = answer.State
			}
			a.Assigned = append(a.Assigned, s)
		}
		if len(answer.Carriers) == 0 {
			a.Assigned = append(a.Assigned, CarriedDuty{Duty: word, State: answer.State})
		}
	}
	return a
}

// sharingIsSettled reports whether it is recorded how a duty is shared and what happens where those who share it differ.
func (r *Register) sharingIsSettled(subject record.Ref, duty string, at record.Moment) bool {
	return slices.ContainsFunc(r.Sharings(subject, duty, at), func(c record.Claim[Sharing]) bool {
		s := c.Record
		return c.On == calendar.Certainly && s.Mode != Sole && (s.Lead != "" || s.Rule != "" && s.Escalation != "")
	})
}

// settled reports whether a duty certainly lies with a carrier on the day, whoever holds the post.
func (r *Register) settled(a Answer, c Carrier, at record.Moment) bool {
	if a.Certain {
		return true
	}
	for _, claim := range r.CarriedBy(c.Post, at) {
		if claim.Record == c.Duty {
			return claim.On == calendar.Certainly
		}
	}
	return false
}
