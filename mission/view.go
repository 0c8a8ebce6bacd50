package mission

import (
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// View says which records count and from where one looks. The zero View leaves nothing out, changes nothing, has no day, and
// knows all that was ever recorded.
type View struct {
	// On is the day that questions are about unless they carry their own. Without it, a question that needs a day cannot
	// be answered. A document's as_of is for the caller to pass on: nothing uses it unasked.
	On calendar.Date
	// Known is the instant as of which the records are read; zero knows everything recorded.
	Known time.Time
	// Without lists the grades to leave out.
	Without []record.Grade
	// Audience is who the answers are for. Records for a narrower audience are left out, and for [record.Public] so are
	// the names of persons and the extension members, of which nobody can tell what they hold. Zero leaves none out.
	Audience record.Audience
	// Changes are made to the Spec, in their order, before anything is left out.
	Changes []Change
}

func (v *View) records() record.View {
	return record.View{On: v.On, Known: v.Known, Without: v.Without, Audience: v.Audience}
}

// Removed says how many records or fields of one kind a [View] has left out, and why.
type Removed struct {
	Kind  record.Kind // empty for members of the document itself
	Field string      // empty where whole records were left out
	Why   string
	Count int
}
