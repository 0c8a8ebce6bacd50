// Package record holds what every record of a plan is made of: an id, where the record comes from and how strong that
// source is, when it holds, when it was recorded, and who may see it.
//
// Nothing here knows of missions, milestones or duties. The packages that do embed [Record] in each of their types, so
// that one check finds every fault ([Check]), one reading of versions serves every kind ([Timelines]), and one [View]
// says of any record whether it counts.
//
// Programs seldom need this package for more than its small types: [ID], [Ref], [Grade], [Value], [Quantity] and the
// constructor [New].
package record

import (
	"time"

	"github.com/missionled/missionled/milestone/calendar"
)

// Record is the part that all records share. It is embedded, so its members stand beside a record's own in a document
// and its fields are promoted in Go; a literal sets them through [New] or by naming the field Record.
//
// The zero Record has no id and is refused by every Compile. Record has no String or marshalling methods on purpose:
// embedding would promote them over the whole type.
type Record struct {
	// ID names the record among those of its kind in one document.
	ID ID `json:"id"`
	// Of names the fact that the record speaks about. Records with the same Of are versions of one another when one
	// claimant makes them, and rival claims when several do. Empty means the fact is named by ID.
	Of ID `json:"of,omitempty" document:"last"`
	// Verb says what the record does to what was recorded before. Zero means [Assert].
	Verb Verb `json:"verb,omitzero" document:"last"`
	// Reason says why; a correction must have one.
	Reason string `json:"reason,omitempty" document:"last"`
	// Claimant is who says so, in words or as the id of a party. Empty is one and the same unnamed claimant.
	Claimant string `json:"claimant,omitempty" document:"last"`
	// From is the first day on which the record holds. Zero means that no start is stated.
	From calendar.When `json:"from,omitzero" document:"last"`
	// Until is the first day on which the record no longer holds. Zero means an open end, which is not the same as
	// an end that is unknown.
	Until calendar.When `json:"until,omitzero" document:"last"`
	// Recorded is the instant at which the record was made. Zero means: when its source was published, and if that
	// is not stated either, always known.
	Recorded time.Time `json:"recorded,omitzero" document:"last"`
	// Sequence orders records that share an instant. Zero means the order of the document.
	Sequence uint64 `json:"sequence,omitempty" document:"last"`
	// Source is the id of a [Source].
	Source ID `json:"source,omitempty" ref:"source" document:"last"`
	// At is the place in the source: a line, a page, a column of Hansard.
	At string `json:"at,omitempty" document:"last"`
	// Grade says what kind of source stands behind the record. Zero means that nobody has graded it.
	Grade Grade `json:"grade,omitzero" document:"last"`
	// Audience says who may see the record. Zero means that it is for everyone.
	Audience Audience `json:"audience,omitzero" document:"last"`
	// Note is free text for people. Nothing reads it.
	Note string `json:"note,omitempty" document:"last"`
	// Namespace is the namespace of the plan that the record came from, where that is not the plan it stands in. Merging
	// plans sets it.
	Namespace string `json:"namespace,omitempty" document:"last"`
	// Extensions are members whose names start with "x-", kept as JSON text and written back as they came.
	Extensions Extensions `json:"-" document:"extensions"`
}

// Extensions maps the name of an extension member, "x-" included, to its JSON text.
type Extensions map[string]string

// New returns a Record with the id alone. It is the short way into a literal, because promoted fields cannot be its keys.
func New(id ID) Record { return Record{ID: id} }

// Sourced returns a Record with an id, the source it rests on, the place in that source and its grade.
func Sourced(id, source ID, at string, grade Grade) Record {
	return Record{ID: id, Source: source, At: at, Grade: grade}
}

// Invented returns a Record graded [Illustrative]: an example, not a fact.
func Invented(id ID) Record { return Record{ID: id, Grade: Illustrative} }

// Base returns r. It is how code that is generic over kinds of record reaches the part they share.
func (r *Record) Base() *Record { return r }

// Fact is the fact that the record speaks about: Of, or ID where Of is empty.
func (r *Record) Fact() ID {
	if r.Of != "" {
		return r.Of
	}
	return r.ID
}

// Speaks reports whether the record says something itself, and does not just end or take back what another said.
func (r *Record) Speaks() bool { return r.Verb != Retract && r.Verb != Close }

// Valid is the half-open period in which the record holds.
func (r *Record) Valid() calendar.Period { return calendar.Period{From: r.From, Until: r.Until} }

// A Kind names a kind of record: "mission", "milestone", "party". The list is open, and the packages that define the
// kinds have the constants.
type Kind string

// The kinds of record that this package defines.
const (
	KindSource Kind = "source" // a [Source]
	KindDay    Kind = "day"    // a [Day]
)

// Source is a publication or statement that records rest on.
type Source struct {
	Record
	Title string `json:"title"`
	// Publisher is who stands behind the source, in words.
	Publisher string `json:"publisher,omitempty"`
	// Published is when; records that state no instant of their own count as recorded on its last day.
	Published calendar.When `json:"published,omitzero"`
	URL       string        `json:"url,omitempty"`
	Licence   string        `json:"licence,omitempty"`
}

// Day is a named day, such as "end of this Parliament", and the interval in which it must fall. Dates may use its id.
type Day struct {
	Record
	Name string `json:"name"`
	// Earliest and Latest bound the day, both included.
	Earliest calendar.Date `json:"earliest"`
	Latest   calendar.Date `json:"latest"`
}

// Shared is what every part of a plan needs to read its records: the sources and the named days.
type Shared struct {
	Sources []Source
	Days    []Day
}
