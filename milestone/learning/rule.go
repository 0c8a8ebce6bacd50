package learning

import (
	"errors"
	"fmt"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Choice is what is done about a hypothesis.
type Choice uint8

// The choices. The list is closed, and they have no order.
const (
	Persevere Choice = iota + 1 // go on as it is
	Pivot                       // change what is done
	Stop                        // end it
	Scale                       // do it more widely
	Extend                      // find out more before choosing
)

var choices = []string{"", "persevere", "pivot", "stop", "scale", "extend"}

// String returns the text, or "" where none is stated.
func (c Choice) String() string { b, _ := c.MarshalText(); return string(b) }

// IsZero reports whether no choice is stated.
func (c Choice) IsZero() bool { return c == 0 }

// MarshalText returns the text of the choice.
func (c Choice) MarshalText() ([]byte, error) { return record.EnumMarshal("choice", choices, c) }

// UnmarshalText reads the text of a choice. The error is a [*record.EnumError].
func (c *Choice) UnmarshalText(b []byte) error { return record.EnumUnmarshal("choice", choices, c, b) }

// Gauge is a figure that a rule may ask about.
type Gauge uint8

// The gauges. The list is closed.
const (
	GaugeBelief       Gauge = iota + 1 // belief in the hypothesis, 0 to 1
	GaugeEValue                        // the largest e-value so far against what the design tests
	GaugeEstimate                      // the estimate of the reading, in the unit of the measure
	GaugeChanceB                       // the chance that B is higher, 0 to 1
	GaugeLossA                         // expected loss of staying with A
	GaugeLossB                         // expected loss of going to B
	GaugeObservations                  // observations, all arms together
	GaugeWeeks                         // weeks since the start
	GaugeSpent                         // money spent, in major units of its currency
)

var gauges = []string{"", "belief", "e-value", "estimate", "chance-b-higher", "loss-of-a", "loss-of-b", "observations", "weeks", "spent"}

var gaugeWords = []string{"", "the belief", "the e-value", "the estimate", "the chance that B is higher", "the expected loss of A",
	"the expected loss of B", "the number of observations", "the number of weeks", "the money spent"}

// String returns the text, or "" where none is stated.
func (g Gauge) String() string { b, _ := g.MarshalText(); return string(b) }

// IsZero reports whether no gauge is stated.
func (g Gauge) IsZero() bool { return g == 0 }

// MarshalText returns the text of the gauge.
func (g Gauge) MarshalText() ([]byte, error) { return record.EnumMarshal("gauge", gauges, g) }

// UnmarshalText reads the text of a gauge. The error is a [*record.EnumError].
func (g *Gauge) UnmarshalText(b []byte) error { return record.EnumUnmarshal("gauge", gauges, g, b) }

// Condition bounds one gauge. At least one bound is set; both include the number itself.
type Condition struct {
	Of      Gauge           `json:"of,omitzero"`
	AtLeast record.Quantity `json:"at_least,omitzero"`
	AtMost  record.Quantity `json:"at_most,omitzero"`
}

// Rule says before the start what will be done about a result: data, so that it can be hashed, printed and replayed.
type Rule struct {
	Name string `json:"name"`
	// When lists the conditions, all of which must hold.
	When []Condition `json:"when"`
	Then Choice      `json:"then,omitzero"`
	// Declared is when the rule was made, where that was after the protocol.
	Declared calendar.When `json:"declared,omitzero"`
}

// Sentence prints the rule.
func (r Rule) Sentence() string {
	parts := make([]string, 0, len(r.When))
	for _, c := range r.When {
		what := gaugeWords[min(int(c.Of), len(gaugeWords)-1)]
		var bounds []string
		if !c.AtLeast.IsZero() {
			bounds = append(bounds, "at least "+c.AtLeast.String())
		}
		if !c.AtMost.IsZero() {
			bounds = append(bounds, "at most "+c.AtMost.String())
		}
		parts = append(parts, what+" is "+strings.Join(bounds, " and "))
	}
	s := "If " + strings.Join(parts, " and ") + ", " + r.Then.String() + "."
	if !r.Declared.IsZero() {
		s = s[:len(s)-1] + " (declared " + r.Declared.String() + ")."
	}
	return s
}

// A NoFigureError says that a rule asks about a figure that is not known.
type NoFigureError struct{ Of Gauge }

// Error names the gauge.
func (e *NoFigureError) Error() string {
	return "the rule asks about " + gaugeWords[min(int(e.Of), len(gaugeWords)-1)] + ", which is not known"
}

// Says returns what the rule says of some figures, and whether it applies to them. The error joins a [*NoFigureError] for each figure that
// is missing: what is not known is neither met nor missed.
func (r Rule) Says(figures map[Gauge]float64) (Choice, bool, error) {
	var faults []error
	applies := true
	for _, c := range r.When {
		x, ok := figures[c.Of]
		if !ok {
			faults = append(faults, &NoFigureError{Of: c.Of})
			continue
		}
		applies = applies && (c.AtLeast.IsZero() || x >= c.AtLeast.Float()) && (c.AtMost.IsZero() || x <= c.AtMost.Float())
	}
	if err := joined(faults); err != nil {
		return 0, false, err
	}
	if !applies {
		return 0, false, nil
	}
	return r.Then, true, nil
}

// Causes of faults in rules.
var (
	ErrNoCondition = errors.New("the rule has no condition: say of which figure, and at_least or at_most what")
	ErrNoThen      = errors.New("the rule does not say what will be done: give \"then\"")
	ErrNoRuleName  = errors.New("the rule needs a name that no other of the protocol has, so that decisions can refer to it")
)

func (p *Protocol) checkRules(fault func(member string, err error, wrong bool)) {
	names := make(map[string]bool)
	for i, r := range p.Rules {
		at := fmt.Sprintf("protocol.rules[%d].", i)
		fault(at+"name", ErrNoRuleName, strings.TrimSpace(r.Name) == "" || names[r.Name])
		names[r.Name] = true
		fault(at+"then", ErrNoThen, r.Then == 0)
		fault(at+"when", ErrNoCondition, len(r.When) == 0)
		for k, c := range r.When {
			fault(fmt.Sprintf("%swhen[%d]", at, k), ErrNoCondition, c.Of == 0 || c.AtLeast.IsZero() && c.AtMost.IsZero())
		}
	}
}
