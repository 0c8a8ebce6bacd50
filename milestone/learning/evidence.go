package learning

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Evidence is one thing observed. It is appended and never altered: what was wrong is corrected or retracted by a later version, and
// belief is then as if it had never been.
type Evidence struct {
	record.Record
	// Experiment is what produced it; empty where it came by itself.
	Experiment record.ID `json:"experiment,omitempty" ref:"experiment"`
	// Amendment is that of the protocol under which it was gathered.
	Amendment int `json:"amendment,omitempty"`
	// Hypotheses are the claims that it bears on. One is usual; what bears on several says how in Shared.
	Hypotheses []record.ID `json:"hypotheses,omitempty" ref:"hypothesis"`
	// Shared is the chance of what was observed for each combination of the hypotheses being true or false: bit i of the index is 1
	// where hypothesis i is true, so that there are 2^n chances, of any scale. It stands in the place of what the result alone would say.
	Shared []float64 `json:"shared,omitempty"`
	// Subject is what was reached or not, where the result says so.
	Subject record.Ref `json:"subject,omitzero"`
	// Statement says in words what was observed.
	Statement string `json:"statement,omitempty"`
	// Origin is where the data come from. Evidence without one is known by its own content.
	Origin Origin `json:"origin,omitzero"`
	// DerivedFrom is what it was worked out from, such as other evidence or a milestone that was reached.
	DerivedFrom []record.Ref `json:"derived_from,omitempty"`
	// DependsOn are other clues that it hangs together with. Together is then the joint law of those clues, in their order, and this
	// one last; evidence that depends on other evidence is entered in no other way.
	DependsOn []record.ID `json:"depends_on,omitempty" ref:"evidence"`
	Together  Package     `json:"together,omitzero"`
	Result    Result      `json:"result"`
	// Expect is what the claim leads one to expect, for counts and estimates that no experiment produced.
	Expect Expectation `json:"expect,omitzero"`
	// Observed is when it was seen. Required.
	Observed calendar.When `json:"observed,omitzero"`
	// GoodUntil is the day after which it says little of how things are.
	GoodUntil calendar.When `json:"good_until,omitzero"`
	// Context is where and of whom it was observed, as short texts.
	Context []string `json:"context,omitempty"`
	// Background says that it informs priors and moves no belief.
	Background bool `json:"background,omitempty"`
}

// Origin says which observations a piece of evidence stands on, so that none is counted twice.
type Origin struct {
	System  string `json:"system,omitempty"`
	Dataset string `json:"dataset,omitempty"`
	// First and Last are the range of units, both included, in the numbering of the dataset. Zero means all.
	First int `json:"first,omitempty"`
	Last  int `json:"last,omitempty"`
	// Period is when the data are from; zero means the whole of the dataset.
	Period calendar.Period `json:"period,omitzero"`
}

// IsZero reports whether no origin is stated.
func (o Origin) IsZero() bool { return o == Origin{} }

// Fingerprint is a text that equal origins share and different ones do not.
func (o Origin) Fingerprint() string {
	return strings.Join([]string{strconv.Quote(o.System), strconv.Quote(o.Dataset), strconv.Itoa(o.First), strconv.Itoa(o.Last),
		o.Period.From.String(), o.Period.Until.String()}, "|")
}

// overlap says in words what two origins have in common, or "".
func (o *Origin) overlap(p *Origin) string {
	if o.IsZero() || p.IsZero() || o.System != p.System || o.Dataset != p.Dataset {
		return ""
	}
	if *o == *p {
		return "the same data, " + o.Fingerprint()
	}
	if o.First != 0 && p.First != 0 && (o.First > max(p.Last, p.First) || p.First > max(o.Last, o.First)) {
		return ""
	}
	if o.Period.Overlaps(p.Period) == calendar.No {
		return ""
	}
	what := "all units"
	if o.First != 0 && p.First != 0 {
		what = fmt.Sprintf("units %d to %d", max(o.First, p.First), min(max(o.Last, o.First), max(p.Last, p.First)))
	}
	return fmt.Sprintf("%s of %s in the same period", what, strings.TrimSpace(o.System+" "+o.Dataset))
}

// Result is what was found: exactly one of its members is given.
type Result struct {
	// Counts are of one arm, Arms of two.
	Counts   Counts   `json:"counts,omitzero"`
	Arms     Pair     `json:"arms,omitzero"`
	Estimate Estimate `json:"estimate,omitzero"`
	Clue     Clue     `json:"clue,omitzero"`
	// Reached says of the subject whether it was reached.
	Reached Reaching `json:"reached,omitzero"`
}

// Clue is a qualitative observation.
type Clue struct {
	// Name is that of a planned clue of the protocol, which then gives the diagnosticity, or any other.
	Name  string `json:"name,omitempty"`
	Found bool   `json:"found"`
	Diagnosticity
	// Justification says why a chance of exactly 0 can be, where one is claimed.
	Justification string `json:"justification,omitempty"`
}

// Reaching says whether something was reached.
type Reaching uint8

// The two. The list is closed.
const (
	WasReached Reaching = iota + 1
	WasNotReached
)

var reachings = []string{"", "reached", "not-reached"}

// String returns the text, or "" where nothing is stated.
func (r Reaching) String() string { b, _ := r.MarshalText(); return string(b) }

// IsZero reports whether nothing is stated.
func (r Reaching) IsZero() bool { return r == 0 }

// MarshalText returns "reached" or "not-reached".
func (r Reaching) MarshalText() ([]byte, error) { return record.EnumMarshal("reached", reachings, r) }

// UnmarshalText reads "reached" or "not-reached". The error is a [*record.EnumError].
func (r *Reaching) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("reached", reachings, r, b)
}

// A resultKind says which member of a [Result] is given.
type resultKind uint8

const (
	noResult resultKind = iota
	ofCounts
	ofArms
	ofEstimate
	ofClue
	ofReaching
	manyResults
)

func (r *Result) kind() resultKind {
	k := noResult
	for i, given := range []bool{r.Counts != Counts{}, r.Arms != Pair{}, r.Estimate != Estimate{}, r.Clue != Clue{}, r.Reached != 0} {
		if given && k != noResult {
			return manyResults
		}
		if given {
			k = resultKind(i + 1)
		}
	}
	return k
}

// Sentence says the result in words.
func (r Result) Sentence() string {
	switch r.kind() {
	case ofCounts:
		return fmt.Sprintf("%d of %d", r.Counts.Yes, r.Counts.N)
	case ofArms:
		return fmt.Sprintf("A %d of %d, B %d of %d", r.Arms.A.Yes, r.Arms.A.N, r.Arms.B.Yes, r.Arms.B.N)
	case ofEstimate:
		return fmt.Sprintf("an effect of %s with standard error %s", figure(r.Estimate.Effect), figure(r.Estimate.SE))
	case ofClue:
		name := r.Clue.Name
		if name == "" {
			name = "the clue"
		}
		if r.Clue.Found {
			return name + ": found"
		}
		return name + ": looked for and not found"
	case ofReaching:
		if r.Reached == WasReached {
			return "reached"
		}
		return "not reached"
	}
	return "no result"
}

// Lesson is what was learned from evidence. A failure with a lesson is information.
type Lesson struct {
	record.Record
	// Experiment is what it was learned from, and Evidence what was seen.
	Experiment record.ID   `json:"experiment,omitempty" ref:"experiment"`
	Evidence   []record.ID `json:"evidence,omitempty" ref:"evidence"`
	// Believed is what was believed before, Observed what was seen, Learned what follows, and Therefore what will be done.
	Believed  string `json:"believed,omitempty"`
	Observed  string `json:"observed,omitempty"`
	Learned   string `json:"learned"`
	Therefore string `json:"therefore,omitempty"`
	// Context is where and for whom, as short texts.
	Context    []string `json:"context,omitempty"`
	Surprising bool     `json:"surprising,omitempty"`
	// OnDay is when it was written down.
	OnDay calendar.When `json:"on_day,omitzero"`
	// ReceivedBy are those who have been told, and ReusedIn what has used it since.
	ReceivedBy []record.ID  `json:"received_by,omitempty" ref:"party"`
	ReusedIn   []record.Ref `json:"reused_in,omitempty"`
}

// Decision is what was done about a hypothesis. What there is to say against it are flags, which are worked out and never stored.
type Decision struct {
	record.Record
	About record.ID `json:"about" ref:"hypothesis"`
	// Experiment is the one whose rules applied.
	Experiment record.ID `json:"experiment,omitempty" ref:"experiment"`
	Choice     Choice    `json:"choice,omitzero"`
	// Rule names the rule of the protocol that was followed or broken, and RuleSaid is what it said.
	Rule     string `json:"rule,omitempty"`
	RuleSaid Choice `json:"rule_said,omitzero"`
	// Deviation says why another choice was taken than the rule said; Reviewer is then the party that looked at it.
	Deviation string    `json:"deviation,omitempty"`
	Reviewer  record.ID `json:"reviewer,omitempty" ref:"party"`
	// OnDay is the day of the decision, ReviewBy the day by which it is to be looked at again, and Reviewed when it was.
	OnDay    calendar.When `json:"on_day,omitzero"`
	ReviewBy calendar.When `json:"review_by,omitzero"`
	Reviewed calendar.When `json:"reviewed,omitzero"`
	// Reversed says that the review took it back. Otherwise it stood.
	Reversed bool `json:"reversed,omitempty"`
}
