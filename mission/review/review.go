// Package review turns what a model knows into findings: states of affairs that the people who wrote about mission-led
// government warn of, each with its evidence, with the circumstances in which it would be a false alarm, and with the
// question to ask next. A finding opens a conversation. It is no mark against anybody; nothing here adds findings up,
// weighs them against each other, or puts missions or people in order.
//
// [Run] reads a [mission.Model] and returns a [Review]. The rules are values, listed by [Rules] and described in
// docs/rules.md.
//
// # What a rule may conclude
//
// A record that is missing says nothing about the world. So a rule about something absent fires only where somebody has
// recorded that it is absent: an event marked absent, a value known to be empty or false, a duty that is vacant, unclear
// or contested. Where nothing is recorded, or the value is unknown, withheld or still to come, the rule cannot tell, and
// says so in an [Unassessed] with what to record. A rule about something present fires where it is recorded, and has
// nothing to say otherwise. Where one record says that something is so and another that it is not, the thing counts as
// present, unless the rule says otherwise.
//
// Each rule comes to one verdict on each subject that it looks at: a finding, cannot tell, or nothing. [Coverage] counts
// them. That nothing was found is not a sign of health.
//
// # What stands beside the rules
//
// A waiver in force on the day marks a finding and hides none: see [Waived]. [TensionsIn] shows what pulls apart, with what is
// recorded for either pole; [CompareDesign] holds a mission against an arrangement that somebody has set out; [Recall] puts what
// is said of earlier reforms side by side. None of them weighs or counts.
package review

import (
	"slices"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// Review is what the rules say of a model. It is immutable, and safe for concurrent readers; its slices are not to be
// changed. The zero Review says nothing.
type Review struct {
	// On is the day that the review is about; zero where the view had none. Known is the instant as of which the records
	// were read; zero means that all of them count.
	On    calendar.Date `json:"on,omitzero"`
	Known time.Time     `json:"known,omitzero"`
	// Findings come in the order of their rules' ids, then of their subjects. No other order means anything.
	Findings []Finding `json:"findings,omitempty"`
	// Unassessed says what could not be told, in the same order.
	Unassessed []Unassessed `json:"unassessed,omitempty"`
	Coverage   Coverage     `json:"coverage"`

	nothing []quiet
}

// quiet lists the subjects of which a rule had nothing to say.
type quiet struct {
	rule     *Rule
	subjects []record.Ref
}

// Finding is a state of affairs that a rule warns of.
type Finding struct {
	Rule    *Rule      `json:"rule"`
	Subject record.Ref `json:"subject"`
	// Text says in plain words what triggered the finding.
	Text string `json:"text"`
	// Evidence lists the records that the finding rests on, and those that give its context, in the order of their
	// references.
	Evidence []Evidence `json:"evidence"`
	// Weak says that every record that triggered the finding is hearsay, opinion or forecast.
	Weak bool `json:"weak,omitempty"`
	// Illustrative says that at least one of the records under Evidence is made up; [Finding.Basis] says how many.
	Illustrative bool `json:"illustrative,omitempty"`
	// Thresholds are the numbers that the rule was run with.
	Thresholds []Threshold `json:"thresholds,omitempty"`
	// Waiver says that the finding is set aside on the day of the review, by whom, until when and why. Nil means that it is
	// not: nobody has done so, the time is over, or there is no day.
	Waiver *Waived `json:"waiver,omitempty"`
}

// Evidence is a record that a finding uses.
type Evidence struct {
	Ref   record.Ref   `json:"ref"`
	Grade record.Grade `json:"grade,omitzero"`
	// Source is the id of the source, Title what it is called, and At the place in it.
	Source   record.ID `json:"source,omitempty"`
	Title    string    `json:"title,omitempty"`
	At       string    `json:"at,omitempty"`
	Claimant string    `json:"claimant,omitempty"`
	// Context says that the record does not trigger the finding and only says what it is about.
	Context bool `json:"context,omitempty"`

	fact record.ID
}

// Unassessed says that a rule cannot tell, and what is in its way.
type Unassessed struct {
	Rule    *Rule      `json:"rule"`
	Subject record.Ref `json:"subject"`
	// Text says in plain words what cannot be told, why, and what to record.
	Text       string      `json:"text"`
	Missing    []Missing   `json:"missing"`
	Thresholds []Threshold `json:"thresholds,omitempty"`
}

// Missing is one thing that a rule would have to know.
type Missing struct {
	// What it is, in words that stand before "is": "the list of its members".
	What string `json:"what"`
	// State says how the records stand on it. Zero means that nothing usable is recorded.
	State record.State `json:"state,omitzero"`
	// Ground is the reason stated for the State; with the zero State, what stands in the way other than that nothing is
	// recorded: that the view leaves the records out, that claimants differ, that a date is too rough.
	Ground string `json:"ground,omitempty"`
	// Way says what to do so that the rule can tell.
	Way string `json:"way"`
	// LeftOut names the records that would tell, where the view leaves them out for their grade.
	LeftOut []record.Ref `json:"left_out,omitempty"`
}

// Coverage says how much a review saw. Numbers of different rules are not to be added up.
type Coverage struct {
	Rules []RuleCoverage `json:"rules,omitempty"`
	// Kinds counts the records that the view left in, in the order of the document.
	Kinds []KindCount `json:"kinds,omitempty"`
	// Records is how many those are, sources and named days apart. Ungraded, Unsourced and Undated are how many of them
	// have no grade, no source, and no instant at which they were recorded.
	Records   int `json:"records"`
	Ungraded  int `json:"ungraded"`
	Unsourced int `json:"unsourced"`
	Undated   int `json:"undated"`
	// Without lists the grades that the view leaves out, Audience is whom it is for, and Removed what it left out.
	Without  []record.Grade    `json:"without,omitempty"`
	Audience record.Audience   `json:"audience,omitzero"`
	Removed  []mission.Removed `json:"removed,omitempty"`
	// Statement is [NotHealth].
	Statement string `json:"statement"`
}

// NotHealth is the sentence that stands in every review.
const NotHealth = "That nothing was found is not a sign of health: the rules see only what is recorded, and know only what they were written for."

// RuleCoverage counts the verdicts of one rule: Looked is the sum of the other three.
type RuleCoverage struct {
	Rule       *Rule `json:"rule"`
	Looked     int   `json:"looked"`
	Found      int   `json:"found"`
	Unassessed int   `json:"unassessed"`
	Nothing    int   `json:"nothing"`
	// Thresholds are the numbers that the rule was run with.
	Thresholds []Threshold `json:"thresholds,omitempty"`
}

// KindCount says how many records of a kind there are.
type KindCount struct {
	Kind  record.Kind `json:"kind"`
	Count int         `json:"count"`
}

// Of is [Run] with every rule and the default thresholds, which leaves nothing to go wrong.
func Of(m *mission.Model) *Review {
	r, err := Run(m, Options{})
	if err != nil {
		panic("review: the defaults are at fault: " + err.Error())
	}
	return r
}

// Run reads a model by the rules that the options name and returns what they say: the same for equal records in any order,
// on any machine. The day and the instant are those of the model's view; on the zero day, rules that need one cannot tell.
// A nil model is an empty one.
//
// Errors are joined: an [*UnknownError] for each rule or threshold that does not exist, and a [*ThresholdError] for each
// number that does not do. The time is linear in the records, but for sorting ids.
func Run(m *mission.Model, options Options) (*Review, error) {
	rules, thresholds, err := options.resolve()
	if err != nil {
		return nil, err
	}
	if m == nil {
		m = new(mission.Model)
	}
	p := newPass(m)
	p.lookup, p.names = Lookup, ruleNames
	for _, rule := range rules {
		p.run(rule, thresholds[rule])
	}
	r := p.review
	r.Coverage.count(m)
	return r, nil
}

func (c *Coverage) count(m *mission.Model) {
	view := m.View()
	c.Statement = NotHealth
	c.Without, c.Audience, c.Removed = slices.Clone(view.Without), view.Audience, m.Removed()
	for ref, r := range m.Records() {
		if n := len(c.Kinds); n == 0 || c.Kinds[n-1].Kind != ref.Kind {
			c.Kinds = append(c.Kinds, KindCount{Kind: ref.Kind})
		}
		c.Kinds[len(c.Kinds)-1].Count++
		if ref.Kind == record.KindSource || ref.Kind == record.KindDay {
			continue
		}
		c.Records++
		if r.Grade == 0 {
			c.Ungraded++
		}
		if r.Source == "" {
			c.Unsourced++
		}
		if r.Recorded.IsZero() {
			c.Undated++
		}
	}
}

// Touching returns the findings that have the record among their evidence or as their subject, in the order of the review.
// A reference to a fact means all of its versions.
func (r *Review) Touching(ref record.Ref) []Finding {
	var touching []Finding
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Subject == ref || slices.ContainsFunc(f.Evidence, func(e Evidence) bool {
			return e.Ref == ref || e.Ref.Kind == ref.Kind && e.fact == ref.ID
		}) {
			touching = append(touching, *f)
		}
	}
	return touching
}
