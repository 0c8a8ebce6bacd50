// Package milestone holds milestones, what they are measured by and what they lean on, and computes from them what is
// known: whether a milestone is met, how far along it is, how often its date moved, and in which order things must come.
//
// A milestone may be vague, and say so; compound ("1.5 million homes and 150 planning decisions"); a level to keep; or
// only a direction. Nothing is averaged and no progress is cut to 0–100 per cent. What has been measured and what somebody
// claims stand side by side.
//
// [Spec] goes in as plain data; [Compile] checks it whole and returns an immutable [Plan]. The package is usable alone. It
// knows nothing of missions but their ids.
package milestone

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The kinds of record that this package defines.
const (
	KindMilestone   record.Kind = "milestone"
	KindIndicator   record.Kind = "indicator"
	KindTarget      record.Kind = "target"
	KindObservation record.Kind = "observation"
	KindAssessment  record.Kind = "assessment"
	KindDependency  record.Kind = "dependency"
)

// Milestone is a step that a mission aims to have reached by a day. Its records may be versions of one another: a new
// due date is a [record.Change] or a [record.Correct] of the old one, and both are kept.
type Milestone struct {
	record.Record
	Name string `json:"name"`
	// Kind says what sort of step it is, such as [FirstStep]; empty is a milestone like any other. Open.
	Kind string `json:"kind,omitempty"`
	// Missions are the missions it belongs to; there may be several, or none yet.
	Missions []record.ID `json:"missions,omitempty" ref:"mission"`
	// Place is where it is to hold, in words.
	Place string `json:"place,omitempty"`
	// Due is when it is to be met: a day, a longer stretch, or a named day. Zero means that no date is set.
	Due calendar.When `json:"due,omitzero"`
	// Forecast is when the claimant expects it to be met.
	Forecast calendar.When `json:"forecast,omitzero"`
	// Met is when the claimant says it was met.
	Met calendar.When `json:"met,omitzero"`
	// Reported is when the figures that decide it are to be published, where that is later than Due.
	Reported calendar.When `json:"reported,omitzero"`
	// Set is when the milestone was set.
	Set calendar.When `json:"set,omitzero"`
	// Use says what the milestone is for. Zero means that nobody has said.
	Use Use `json:"use,omitzero"`
	// VagueBecause is the reason for leaving the milestone without a precise measure, where that is deliberate.
	VagueBecause string `json:"vague_because,omitempty"`
	// Checks is how many times a year, at most, those who work on it are to be asked how it stands, where that was agreed.
	Checks record.Quantity `json:"checks_a_year,omitzero"`
	// Combine says how its targets make up the milestone: all of them (also when zero) or any of them.
	Combine Combine `json:"combine,omitzero"`
	// Lasts is how long the step takes once it may start. It is for schedules; a milestone that is a moment has none.
	Lasts calendar.Days `json:"lasts_days,omitempty"`
}

// Kinds of [Milestone]. The list is open.
const (
	FirstStep  = "first-step" // an early sign that it is meant, which may be small
	Governance = "governance" // something set up so that the rest can follow
)

// Use says what a milestone is for.
type Use uint8

// The uses of a milestone. The list is closed.
const (
	Exploration Use = iota + 1 // room to try things and learn
	Commitment                 // a promise that is kept or is not
	Enforcement                // consequences hang on it
)

var uses = []string{"", "exploration", "commitment", "enforcement"}

// String returns the text of the use, or "" where none is stated.
func (u Use) String() string {
	b, _ := u.MarshalText()
	return string(b)
}

// IsZero reports whether no use is stated.
func (u Use) IsZero() bool { return u == 0 }

// MarshalText returns the text of the use.
func (u Use) MarshalText() ([]byte, error) { return record.EnumMarshal("use of a milestone", uses, u) }

// UnmarshalText reads the text of a use. The error is a [*record.EnumError].
func (u *Use) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("use of a milestone", uses, u, b)
}

// Combine says how several targets make up one milestone.
type Combine uint8

// The ways of combining targets. The list is closed. Nothing is ever averaged.
const (
	All Combine = iota + 1 // met when every target is; the zero Combine means the same
	Any                    // met when one target is
)

var combines = []string{"", "all", "any"}

// String returns the text; the zero Combine reads "all".
func (c Combine) String() string {
	if c == 0 {
		return "all"
	}
	b, _ := c.MarshalText()
	return string(b)
}

// IsZero reports whether nothing is stated.
func (c Combine) IsZero() bool { return c == 0 }

// MarshalText returns "all" or "any", and the empty text for the zero Combine.
func (c Combine) MarshalText() ([]byte, error) {
	return record.EnumMarshal("way of combining targets", combines, c)
}

// UnmarshalText reads the text. The error is a [*record.EnumError].
func (c *Combine) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("way of combining targets", combines, c, b)
}

// Indicator is something that is measured. It is defined once and may serve many targets.
type Indicator struct {
	record.Record
	Name string `json:"name"`
	// Unit is what one of it is: "percent", "homes", "full-time equivalents". Comparing readings of different units is
	// the reader's fault to avoid: an indicator has one.
	Unit string `json:"unit,omitempty"`
	// Direction says which way is better. Zero means that nobody has said.
	Direction Direction `json:"direction,omitzero"`
	// Level places it on the way from input to impact (IATI's result types, and input). The list is open.
	Level string `json:"level,omitempty"`
	// Reading says what one observation counts. Zero means [Stock].
	Reading Reading `json:"reading,omitzero"`
	// Least and Most are the ends of its scale, where it has both: 0 and 100 for a share in per cent.
	Least record.Quantity `json:"least,omitzero"`
	Most  record.Quantity `json:"most,omitzero"`
	// LagDays is how long after the end of a period its figure is usually published.
	LagDays calendar.Days `json:"lag_days,omitempty"`
	// ProxyFor is the indicator that this one stands in for.
	ProxyFor record.ID `json:"proxy_for,omitempty" ref:"indicator"`
	// SuppliedBy is the party that supplies the readings.
	SuppliedBy record.ID `json:"supplied_by,omitempty" ref:"party"`
	// Uses says what the readings are used for: "learn", "decide", "account", "rank" and whatever else is said. The
	// list of words is open; that readings are used to rank places or people is a finding.
	Uses record.Value[[]string] `json:"uses,omitzero"`
}

// Levels of an [Indicator]. The list is open.
const (
	LevelInput   = "input"
	LevelOutput  = "output"
	LevelOutcome = "outcome"
	LevelImpact  = "impact"
)

// Uses of an [Indicator]. The list is open.
const (
	UseLearn  = "learn"  // to find out what works
	UseDecide = "decide" // to choose between courses
	UseRank   = "rank"   // to put places, teams or people in order
)

// Direction says which way an indicator is to move.
type Direction uint8

// The directions. The list is closed.
const (
	Up   Direction = iota + 1 // more is better
	Down                      // less is better
)

var directions = []string{"", "up", "down"}

// String returns the text, or "" where none is stated.
func (d Direction) String() string {
	b, _ := d.MarshalText()
	return string(b)
}

// IsZero reports whether no direction is stated.
func (d Direction) IsZero() bool { return d == 0 }

// MarshalText returns the text of the direction.
func (d Direction) MarshalText() ([]byte, error) {
	return record.EnumMarshal("direction", directions, d)
}

// UnmarshalText reads the text of a direction. The error is a [*record.EnumError].
func (d *Direction) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("direction", directions, d, b)
}

// Reading says what one observation of an indicator counts.
type Reading uint8

// The kinds of reading. The list is closed.
const (
	Stock Reading = iota + 1 // how things stood at the end of the period; the zero Reading means the same
	Flow                     // what happened in the period, so that readings of distinct periods add up
)

var readings = []string{"", "stock", "flow"}

// String returns the text; the zero Reading reads "stock".
func (r Reading) String() string {
	if r == 0 {
		return "stock"
	}
	b, _ := r.MarshalText()
	return string(b)
}

// IsZero reports whether nothing is stated.
func (r Reading) IsZero() bool { return r == 0 }

// MarshalText returns the text of the reading.
func (r Reading) MarshalText() ([]byte, error) { return record.EnumMarshal("reading", readings, r) }

// UnmarshalText reads the text of a reading. The error is a [*record.EnumError].
func (r *Reading) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("reading", readings, r, b)
}

// Target is one thing that a milestone asks for. Exactly one of AtLeast, AtMost, Increase, Direction and Achieve says
// what; AtLeast and AtMost together ask for a level between the two.
type Target struct {
	record.Record
	Milestone record.ID `json:"milestone,omitempty" ref:"milestone"`
	// Name says the part in words, where the milestone's own name does not.
	Name string `json:"name,omitempty"`
	// Indicator is what is measured; only a target that is achieved or not has none.
	Indicator record.ID `json:"indicator,omitempty" ref:"indicator"`
	// AtLeast and AtMost are the levels to reach, both included.
	AtLeast record.Quantity `json:"at_least,omitzero"`
	AtMost  record.Quantity `json:"at_most,omitzero"`
	// Increase is how much more than the baseline is asked for; a reduction is negative.
	Increase record.Quantity `json:"increase,omitzero"`
	// Direction asks for a move and names no amount.
	Direction Direction `json:"direction,omitzero"`
	// Achieve says in words what is to be achieved, where nothing is counted: whether it has been is for an
	// [Assessment] to say.
	Achieve string `json:"achieve,omitempty"`
	// Maintain asks for the level to hold to the due day and not just to be reached once.
	Maintain bool `json:"maintain,omitempty"`
	// Baseline is the value to start from, and BaselineOn when it held. Without it the first observation that says it
	// is a baseline serves.
	Baseline   record.Quantity `json:"baseline,omitzero"`
	BaselineOn calendar.When   `json:"baseline_on,omitzero"`
	// CountFrom is the first day whose readings add up towards the target, for indicators that are flows.
	CountFrom calendar.When `json:"count_from,omitzero"`
}

// Observation is one reading of an indicator: what IATI calls an actual, or a baseline.
type Observation struct {
	record.Record
	Indicator record.ID `json:"indicator,omitempty" ref:"indicator"`
	// Period is the stretch that the reading is about; for a stock, its last day counts.
	Period calendar.When `json:"period,omitzero"`
	// Value is the reading, which may be withheld, pending or unknown.
	Value record.Value[record.Quantity] `json:"value,omitzero"`
	// StandardError is the standard error of the value, in the indicator's unit, where the source states one.
	StandardError record.Quantity `json:"standard_error,omitzero"`
	// Published is when the figure came out.
	Published calendar.When `json:"published,omitzero"`
	// Baseline marks the reading that targets start from.
	Baseline bool `json:"baseline,omitempty"`
}

// Assessment is what somebody says of a milestone or of one of its targets: a status, a colour, a confidence. It is a
// claim, and never changes what is measured.
type Assessment struct {
	record.Record
	Subject record.Ref `json:"subject,omitzero" ref:"milestone,target"`
	// By is the party that says so; the record's claimant serves where the party is not in the plan.
	By    record.ID     `json:"by,omitempty" ref:"party"`
	OnDay calendar.When `json:"on_day,omitzero"`
	// Status is the status claimed, where the claim is one.
	Status Status `json:"status,omitzero"`
	// Rating is the word or colour given, on the Scale named: "amber" on "delivery confidence (3 points)".
	Rating string `json:"rating,omitempty"`
	Scale  string `json:"scale,omitempty"`
}

// Dependency says that one thing leans on another.
type Dependency struct {
	record.Record
	Dependent record.Ref `json:"dependent,omitzero"`
	On        record.Ref `json:"on,omitzero"`
	Kind      Link       `json:"kind,omitzero"`
	// LagDays is how long after the event on one end the event on the other may come, in days on the clock; negative is a lead.
	LagDays calendar.Days `json:"lag_days,omitempty"`
	// Lag is the same to the minute, on the calendar that LagOn names; it adds to LagDays, and a plan gives one of the two.
	Lag   calendar.Minutes `json:"lag,omitzero"`
	LagOn LagCalendar      `json:"lag_on,omitzero"`
	// Agreed says whether whoever is depended on has agreed.
	Agreed record.Value[bool] `json:"agreed,omitzero"`
}

// Link is a kind of dependency. The four precedences must not form a circle; needs may.
type Link uint8

// The kinds of dependency. The list is closed; the precedences are those of the precedence diagramming method.
const (
	Needs        Link = iota + 1 // cannot do without; says nothing of order, and may be mutual
	FinishStart                  // may start once the other is finished
	StartStart                   // may start once the other has started
	FinishFinish                 // may finish once the other is finished
	StartFinish                  // may finish once the other has started
)

var links = []string{"", "needs", "finish-start", "start-start", "finish-finish", "start-finish"}

// String returns the text, or "" for the zero Link.
func (l Link) String() string {
	b, _ := l.MarshalText()
	return string(b)
}

// IsZero reports whether no kind is stated, which is a fault.
func (l Link) IsZero() bool { return l == 0 }

// IsPrecedence reports whether the link orders things in time.
func (l Link) IsPrecedence() bool { return l > Needs }

// MarshalText returns the text of the link.
func (l Link) MarshalText() ([]byte, error) {
	return record.EnumMarshal("kind of dependency", links, l)
}

// UnmarshalText reads the text of a link. The error is a [*record.EnumError].
func (l *Link) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("kind of dependency", links, l, b)
}

// Status says how a milestone stands on a day. The words are those of the Open Contracting Data Standard.
type Status uint8

// The statuses. The list is closed. The zero Status means that the records do not say.
const (
	Scheduled    Status = iota + 1 // not yet due, or due and its figures not yet out, and not met so far
	Met                            // all that was asked has been reached
	PartiallyMet                   // some of what was asked has been reached, and the day has passed
	NotMet                         // none of it has been reached, and the day has passed
)

var statuses = []string{"", "scheduled", "met", "partially-met", "not-met"}

// String returns the text, or "unknown" for the zero Status.
func (s Status) String() string {
	if s == 0 {
		return "unknown"
	}
	b, _ := s.MarshalText()
	return string(b)
}

// IsZero reports whether the status is not known.
func (s Status) IsZero() bool { return s == 0 }

// MarshalText returns the text of the status.
func (s Status) MarshalText() ([]byte, error) { return record.EnumMarshal("status", statuses, s) }

// UnmarshalText reads the text of a status. The error is a [*record.EnumError].
func (s *Status) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("status", statuses, s, b)
}

// Ref returns the reference to a milestone.
func Ref(id record.ID) record.Ref { return record.Ref{Kind: KindMilestone, ID: id} }
