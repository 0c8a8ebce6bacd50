package review

import (
	"cmp"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// Rule is one thing to look for, with all that a reader needs to judge it. Rules are shared and not to be changed.
type Rule struct {
	// ID is the rule's number in the catalogue, never used again for another: "F38". Those of the letters A to E are about
	// the registers themselves, and those of the letter W about waivers.
	ID string `json:"id"`
	// Slug is its short name: "leaderless-mission".
	Slug  string `json:"slug"`
	Title string `json:"title"`
	// Severity says how strongly the sources warn. It is never summed.
	Severity Severity `json:"severity"`
	// Why says what goes wrong where the rule fires.
	Why string `json:"-"`
	// Fires says exactly when it does, when it cannot tell, and when it has nothing to say.
	Fires string `json:"-"`
	// FalseAlarm says when a finding would be one.
	FalseAlarm string `json:"false_alarm"`
	// Question is what to ask next.
	Question string `json:"question"`
	// Sources are what the rule rests on: "S1:19" is line 19 of text S1, "R5" one of the works on accountability.
	// docs/rules.md names the texts and works.
	Sources []string `json:"sources"`
	// Needs says, in words, which records the rule reads.
	Needs []string `json:"-"`
	// Thresholds are the rule's numbers, with their defaults.
	Thresholds []Threshold `json:"-"`
	// Examples of a finding, of nothing to say, of what cannot be told, and of a false alarm that the rule does not raise.
	Bad, Good, Unclear, Harmless func() Example `json:"-"`

	check func(*pass)
}

// Example is a small plan that shows a rule at work. All of its records are made up.
type Example struct {
	// Says is the plan in a sentence.
	Says string
	Spec mission.Spec
	// On is the day on which it is read.
	On calendar.Date
}

// Threshold is a number that a rule compares with. The texts that the rules rest on name almost none, so the numbers are
// the caller's: [Options] sets them, and every result says which it was made with.
type Threshold struct {
	// Name is the rule's id and a word: "F38.days".
	Name string `json:"name"`
	// Unit is what Value counts.
	Unit string `json:"unit"`
	// Meaning says what is compared with it, and where the default comes from.
	Meaning string  `json:"meaning"`
	Value   float64 `json:"value"`
	// Least is the smallest Value that does.
	Least float64 `json:"least"`
	// Set says that the caller has set Value; otherwise it is the default.
	Set bool `json:"set"`
}

// Severity says how strongly the sources of a rule warn. The zero Severity is unset, which no rule is.
type Severity uint8

// The severities. The list is closed.
const (
	Note    Severity = iota + 1 // worth knowing
	Caution                     // worth asking about
	Serious                     // the sources say in plain words that it undoes missions
)

var severities = []string{"", "note", "caution", "serious"}

// String returns "note", "caution" or "serious", and "" for any other value.
func (s Severity) String() string {
	b, _ := s.MarshalText()
	return string(b)
}

// MarshalText returns the text of the severity.
func (s Severity) MarshalText() ([]byte, error) {
	return record.EnumMarshal("severity", severities, s)
}

// UnmarshalText reads the text of a severity. The error is a [*record.EnumError].
func (s *Severity) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("severity", severities, s, b)
}

// catalogue holds the rules in the order of their ids.
var catalogue = byNumber(firstRules, scopeRules, measureRules, forumRules, answeringRules, learningRules, moneyRules,
	webRules, memoryRules, recordRules, dutyRules, grantRules, registerRules, waiverRules)

func byNumber(families ...[]*Rule) []*Rule {
	all := slices.Concat(families...)
	slices.SortFunc(all, func(a, b *Rule) int {
		return cmp.Or(cmp.Compare(a.ID[0], b.ID[0]), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	return all
}

// firstRules are those on purpose, milestones, and what missions lean on.
var firstRules = []*Rule{
	rhetoricOnly,
	sloganWithoutPlan,
	missionWashing,
	milestoneAsEnforcement,
	imposedMilestone,
	rankingUse,
	boardUndisclosed,
	leaderlessMission,
	leadWithoutMeans,
	championDependency,
	orphanOutcome,
	centreOnly,
}

// Rules returns the rules in the order of their ids. The slice is the caller's.
func Rules() []*Rule { return append([]*Rule(nil), catalogue...) }

// Lookup returns the rule with an id or slug.
func Lookup(name string) (*Rule, bool) {
	for _, r := range catalogue {
		if r.ID == name || r.Slug == name {
			return r, true
		}
	}
	return nil, false
}
