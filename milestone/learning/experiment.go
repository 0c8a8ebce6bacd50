package learning

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Kinds of [Experiment]. The list is open.
const (
	Prototype      = "prototype"
	Pilot          = "pilot"
	RandomisedTest = "randomised-comparison"
	Wedged         = "stepped-wedge"
	BeforeAndAfter = "before-after"
	Qualitative    = "qualitative"
)

// Experiment is something tried in order to find out. Its protocol is fixed when it starts; concluded, learned from and decided upon
// are three things, and one that was abandoned stays.
type Experiment struct {
	record.Record
	Name string `json:"name,omitempty"`
	// Tests are the hypotheses that it bears on.
	Tests []record.ID `json:"tests,omitempty" ref:"hypothesis"`
	// Kind says what sort of trial it is, such as [Pilot]. Open.
	Kind     string   `json:"kind,omitempty"`
	Protocol Protocol `json:"protocol,omitzero"`
	Exposure Exposure `json:"exposure,omitzero"`
	// Space is the agreement under which a failure has no consequences for those who try.
	Space record.ID `json:"learning_space,omitempty" ref:"learning-space"`
	// Declared is when the protocol was settled, Started when the first person could be affected, and Concluded when it ended.
	Declared  calendar.When `json:"declared,omitzero"`
	Started   calendar.When `json:"started,omitzero"`
	Concluded calendar.When `json:"concluded,omitzero"`
	// Ending says how it ended, and Because why: an experiment that was abandoned must say.
	Ending  Ending `json:"ending,omitzero"`
	Because string `json:"because,omitempty"`
	// Spent is what it cost in the end.
	Spent record.Money `json:"spent,omitzero"`
}

// Ending says how an experiment ended.
type Ending uint8

// The endings. The list is closed.
const (
	EndedByRule     Ending = iota + 1 // by a rule of its protocol, or at its planned end
	EndedByStopRule                   // by a stop rule of its [Exposure]: learned within limits, and no failure
	Abandoned                         // given up
)

var endings = []string{"", "by-rule", "stop-rule", "abandoned"}

// String returns the text, or "" where none is stated.
func (e Ending) String() string { b, _ := e.MarshalText(); return string(b) }

// IsZero reports whether no ending is stated.
func (e Ending) IsZero() bool { return e == 0 }

// MarshalText returns the text of the ending.
func (e Ending) MarshalText() ([]byte, error) { return record.EnumMarshal("ending", endings, e) }

// UnmarshalText reads the text of an ending. The error is a [*record.EnumError].
func (e *Ending) UnmarshalText(b []byte) error { return record.EnumUnmarshal("ending", endings, e, b) }

// Exposure is what an experiment puts at risk, at worst.
type Exposure struct {
	// Cost is the most that it can cost. Weeks is how long it takes, 0 or more, and People how many it touches.
	Cost   record.Money `json:"cost,omitzero"`
	Weeks  float64      `json:"weeks,omitempty"`
	People int          `json:"people,omitempty"`
	// Reversible says whether what it does to people can be undone. What cannot needs a stop rule.
	Reversible record.Value[bool] `json:"reversible,omitzero"`
	// StopRules say in words what ends it early.
	StopRules []string `json:"stop_rules,omitempty"`
	// Envelope is what it draws on.
	Envelope record.ID `json:"envelope,omitempty" ref:"envelope"`
}

// Protocol is what was settled before the first observation. From the start on, a version of the experiment that changes it is a
// [ProtocolFrozenError], unless it says openly that it is an amendment; evidence from before and after an amendment is never pooled.
type Protocol struct {
	// Measure says in words what is counted or judged, and Indicator is that measure where it is a record. Unit is who or what is
	// observed: "person", "jobcentre".
	Measure   string    `json:"measure,omitempty"`
	Indicator record.ID `json:"indicator,omitempty" ref:"indicator"`
	Unit      string    `json:"unit,omitempty"`
	// Arms are what is compared, in words; none or one where nothing is.
	Arms     []string `json:"arms,omitempty"`
	Analysis Analysis `json:"analysis,omitzero"`
	// Expect is what the claim leads one to expect.
	Expect Expectation `json:"expect,omitzero"`
	// Detects is the chance that the experiment will speak for the claim if it is true and if it is false: power and false alarms.
	// It says what the experiment is worth before it is run. Where it is unset and one clue is planned, that clue's is taken.
	Detects Diagnosticity `json:"detects,omitzero"`
	// Rules say what will be done about which result.
	Rules []Rule `json:"rules,omitempty"`
	// Amendment counts the open changes since the start: 0 is the protocol as it started.
	Amendment int `json:"amendment,omitempty"`
}

// Looking says when results may be read, which decides the [Design].
type Looking uint8

// The ways of looking. The list is closed.
const (
	LookAnytime Looking = iota + 1 // [Anytime]
	LookPlanned                    // [PlannedLooks]
	LookOnce                       // [FixedN]
	LookForClue                    // clues with a declared diagnosticity
)

var lookings = []string{"", "anytime", "planned-looks", "fixed-n", "clues"}

// String returns the text, or "" where none is stated.
func (l Looking) String() string { b, _ := l.MarshalText(); return string(b) }

// IsZero reports whether no way of looking is stated.
func (l Looking) IsZero() bool { return l == 0 }

// MarshalText returns the text of the way of looking.
func (l Looking) MarshalText() ([]byte, error) { return record.EnumMarshal("looking", lookings, l) }

// UnmarshalText reads the text of a way of looking. The error is a [*record.EnumError].
func (l *Looking) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("looking", lookings, l, b)
}

// Analysis is how results will be read: a [Design] as data, or the clues that will be looked for. The zero Analysis says nothing, and
// estimates alone can be entered under it.
type Analysis struct {
	Looking Looking `json:"looking,omitzero"`
	// Method, Prior, Against, Alpha, EffectSD and TunedFor are those of the design.
	Method   Method  `json:"method,omitzero"`
	Prior    Beta    `json:"prior,omitzero"`
	Against  float64 `json:"against,omitempty"`
	Alpha    float64 `json:"alpha,omitempty"`
	EffectSD float64 `json:"effect_sd,omitempty"`
	TunedFor int     `json:"tuned_for,omitempty"`
	// N is the number of observations of [FixedN]; At and Rule are those of [PlannedLooks].
	N    int      `json:"n,omitempty"`
	At   []int    `json:"at,omitempty"`
	Rule LookRule `json:"rule,omitzero"`
	// Clues are what will be looked for.
	Clues []PlannedClue `json:"clues,omitempty"`
	// Words says the rest.
	Words string `json:"words,omitempty"`
}

// PlannedClue is a clue with what was said of it before looking.
type PlannedClue struct {
	Name string `json:"name"`
	Diagnosticity
}

// Design returns the design that the analysis describes, and nil for clues and where nothing is said.
func (a Analysis) Design() Design {
	switch a.Looking {
	case LookAnytime:
		return Anytime{Method: a.Method, Prior: a.Prior, Against: a.Against, Alpha: a.Alpha, EffectSD: a.EffectSD, TunedFor: a.TunedFor}
	case LookPlanned:
		return PlannedLooks{At: slices.Clone(a.At), Rule: a.Rule, Prior: a.Prior, Against: a.Against, Alpha: a.Alpha}
	case LookOnce:
		return FixedN{N: a.N, Prior: a.Prior, Against: a.Against, Alpha: a.Alpha}
	}
	return nil
}

// Expectation is what a claim leads one to expect, and how much the way of finding out can mislead. It is declared before looking.
type Expectation struct {
	// Effect is the effect where the claim is true, for estimates. Matters is the smallest effect that would matter, above 0, in the
	// same unit: bias is allowed for in multiples of it.
	Effect  EffectPrior `json:"effect,omitzero"`
	Matters float64     `json:"matters,omitempty"`
	// IfTrue and IfFalse are the law of the share of yes where the claim is true and where it is false, for counts of one arm. For
	// two arms IfTrue is that of B's share where it is true, and IfFalse that of the one share both have where it is false, and of A's in either case.
	IfTrue  Beta `json:"if_true,omitzero"`
	IfFalse Beta `json:"if_false,omitzero"`
	// Comparison is how an estimate is come by, and Bias what is allowed for it. An empty table means [ConventionalBias].
	Comparison Comparison `json:"comparison,omitzero"`
	Bias       BiasTable  `json:"bias,omitempty"`
}

// IsZero reports whether nothing is expected.
func (e Expectation) IsZero() bool {
	return e.Effect == EffectPrior{} && e.Matters == 0 && e.IfTrue.IsZero() && e.IfFalse.IsZero() && e.Comparison == 0 && len(e.Bias) == 0
}

// text writes the protocol in full, a line for each part. What people wrote is quoted, so that no two protocols read the same.
func (p *Protocol) text() string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			b.WriteString(name + ": " + value + "\n")
		}
	}
	quoted := func(s string) string {
		if s == "" {
			return ""
		}
		return strconv.Quote(s)
	}
	line("measure", quoted(p.Measure))
	line("indicator", string(p.Indicator))
	line("unit", quoted(p.Unit))
	for _, arm := range p.Arms {
		line("arm", quoted(arm))
	}
	line("analysis", p.Analysis.text())
	line("alpha", numbers(p.Analysis.Alpha))
	line("prior", betaText(p.Analysis.Prior))
	for _, c := range p.Analysis.Clues {
		line("clue", fmt.Sprintf("%q, found with chance %v if the claim is true and %v if it is false", c.Name, c.IfTrue, c.IfFalse))
	}
	line("expected", p.Expect.text())
	line("bias", p.Expect.biasText())
	if p.Detects != (Diagnosticity{}) {
		line("detects", fmt.Sprintf("speaks for the claim with chance %v if it is true and %v if it is false", p.Detects.IfTrue, p.Detects.IfFalse))
	}
	for _, r := range p.Rules {
		line("rule", strconv.Quote(r.Name)+" "+r.Sentence())
	}
	if p.Amendment != 0 {
		line("amendment", strconv.Itoa(p.Amendment))
	}
	return b.String()
}

// Hash is the SHA-256 of the protocol written out in full, in hexadecimal: what a test card shows and a registry may keep. Equal
// protocols have equal hashes.
func (p Protocol) Hash() string {
	sum := sha256.Sum256([]byte(p.text()))
	return hex.EncodeToString(sum[:])
}

func (a *Analysis) text() string {
	if a.Looking == 0 && a.Words == "" {
		return ""
	}
	s := a.Looking.String()
	add := func(name string, value any, given bool) {
		if given {
			s += fmt.Sprintf(", %s %v", name, value)
		}
	}
	add("method", a.Method, a.Method != 0)
	add("against", a.Against, a.Against != 0)
	add("n", a.N, a.N != 0)
	add("at", a.At, len(a.At) > 0)
	add("rule", a.Rule, a.Rule != 0)
	add("effect sd", a.EffectSD, a.EffectSD != 0)
	add("tuned for", a.TunedFor, a.TunedFor != 0)
	add("in words", strconv.Quote(a.Words), a.Words != "")
	return s
}

func (e *Expectation) text() string {
	var parts []string
	if e.Effect != (EffectPrior{}) {
		parts = append(parts, fmt.Sprintf("effect %v ± %v", e.Effect.Mean, e.Effect.SD))
	}
	if !e.IfTrue.IsZero() {
		parts = append(parts, "share if true "+betaText(e.IfTrue))
	}
	if !e.IfFalse.IsZero() {
		parts = append(parts, "share if false "+betaText(e.IfFalse))
	}
	return strings.Join(parts, ", ")
}

func (e *Expectation) biasText() string {
	var parts []string
	if e.Comparison != 0 {
		parts = append(parts, "comparison "+e.Comparison.String())
	}
	if e.Matters != 0 {
		parts = append(parts, fmt.Sprintf("smallest effect that matters %v", e.Matters))
	}
	for _, row := range e.Bias {
		parts = append(parts, fmt.Sprintf("%s %v %v", row.Comparison, row.Multiple, row.CluesOnly))
	}
	return strings.Join(parts, ", ")
}

func numbers(x float64) string {
	if x == 0 {
		return ""
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

func betaText(b Beta) string {
	if b.IsZero() {
		return ""
	}
	return fmt.Sprintf("beta(%v, %v)", b.A, b.B)
}

// changed returns the parts in which two protocols differ, by the names that [ProtocolFrozenError] has.
func (p *Protocol) changed(q *Protocol) []string {
	var parts []string
	differ := func(name string, x, y string) {
		if x != y {
			parts = append(parts, name)
		}
	}
	about := func(p *Protocol) string {
		return (&Protocol{Measure: p.Measure, Indicator: p.Indicator, Unit: p.Unit, Arms: p.Arms}).text()
	}
	differ("measure", about(p), about(q))
	how := func(p *Protocol) string {
		return (&Protocol{Analysis: Analysis{Clues: p.Analysis.Clues}, Detects: p.Detects}).text() + p.Analysis.text()
	}
	differ("analysis", how(p), how(q))
	differ("alpha", numbers(orAlpha(p.Analysis.Alpha)), numbers(orAlpha(q.Analysis.Alpha)))
	before := func(p *Protocol) string { return betaText(p.Analysis.Prior) + "; " + p.Expect.text() }
	differ("prior", before(p), before(q))
	differ("bias", p.Expect.biasText(), q.Expect.biasText())
	rules := func(p *Protocol) string { return (&Protocol{Rules: p.Rules}).text() }
	differ("rules", rules(p), rules(q))
	return parts
}
