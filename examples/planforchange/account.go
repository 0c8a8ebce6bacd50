package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// account is a plan seen through a view, with what the rules say of it. Everything that it prints it asks the model for, on
// the view's day and at its instant; it keeps the order of the plan and ranks nothing.
type account struct {
	*mission.Model
	spec   mission.Spec // the records that the view left in
	review *review.Review
	page
}

// String returns the whole account, line by line.
func (a *account) String() string {
	a.Reset()
	a.head()
	for _, id := range a.Missions() {
		for _, claim := range a.Mission(id, record.Moment{}) {
			a.mission(id, claim.Record)
		}
	}
	a.leaning()
	a.money()
	a.wider()
	a.findings()
	a.untold()
	a.coverage()
	a.leftOut()
	a.sources()
	return a.page.String()
}

func (a *account) head() {
	title := a.spec.Title
	if title == "" {
		title = "A plan without a title"
	}
	a.text("", "", strings.ToUpper(title))
	view := a.View()
	on := "No day is given, so nothing can be said to be met or missed: give one with -on."
	if !view.On.IsZero() {
		on = "As of " + day(view.On) + "."
	}
	known := "By all that is recorded."
	if !view.Known.IsZero() {
		known = "By what was recorded at " + clock(view.Known) + "."
	}
	a.text("", "", on+" "+known)
	out := "This view leaves nothing out."
	if n := a.outRecords() + a.outFields(); n > 0 {
		out = "This view leaves out " + a.outSummary() + "; the end of the account says which."
	}
	a.text("", "", out)
	if later := a.later(); later > 0 {
		a.text("", "", "Not yet known then: "+counted(later, "record")+" of the plan.")
	}
	for i := range a.spec.Days {
		d := &a.spec.Days[i]
		a.text("", "", "Where it says "+d.Name+", that is a day from "+day(d.Earliest)+" to "+day(d.Latest)+" "+a.said(&d.Record)+".")
	}
	a.text("", "", "[In brackets]: the grade of the source, the source, the place in it. What is made up, to show something, is marked [illustrative].")
}

// clock writes an instant; the last microsecond of a day in UTC as the end of that day.
func clock(t time.Time) string {
	t = t.UTC()
	if end := t.Add(time.Microsecond); end.Truncate(24 * time.Hour).Equal(end) {
		return "the end of " + t.Format("2 January 2006") + " (UTC)"
	}
	return t.Format("2 January 2006, 15:04:05 MST")
}

// later counts the records that the view leaves in and that were not yet known at its instant.
func (a *account) later() (n int) {
	for _, r := range a.Records() {
		if !a.known(r) {
			n++
		}
	}
	return n
}

// known reports whether a record was known at the view's instant: it counts as recorded when it says so, else when its
// source was published, else always.
func (a *account) known(r *record.Record) bool {
	at := a.View().Known
	since := a.since(r)
	return at.IsZero() || since.IsZero() || !since.After(at)
}

func (a *account) since(r *record.Record) time.Time {
	if !r.Recorded.IsZero() {
		return r.Recorded
	}
	if s, ok := a.Source(r.Source); ok && s.Published.IsResolved() {
		return s.Published.Latest().In(time.UTC)
	}
	return time.Time{}
}

// mission prints what one claimant says of a mission, and all that hangs on it.
func (a *account) mission(id record.ID, m *mission.Mission) {
	a.heading(m.Name)
	if m.Statement != "" {
		a.text("  ", "  ", sentence(m.Statement))
	}
	if m.Problem != "" {
		a.text("  ", "  ", "Against: "+sentence(m.Problem))
	}
	horizon := "No horizon is stated."
	if !m.Horizon.IsZero() {
		horizon = "To be achieved by " + a.when(m.Horizon) + "."
	}
	a.text("  ", "  ", horizon+" "+a.said(&m.Record))
	ref := mission.Ref(id)
	a.title("Who answers")
	a.answers(ref, standard...)
	a.boards(ref)
	for _, id := range a.MilestonesOf(id) {
		a.milestone(id)
	}
	a.history(ref)
}

// history prints what is said to have happened to a subject, and not to have.
func (a *account) history(ref record.Ref) {
	events := a.Events(ref, "", record.Moment{})
	if len(events) == 0 {
		return
	}
	a.title("On record")
	for _, c := range events {
		a.event(c.Record)
	}
}

func (a *account) event(e *mission.Event) {
	s := plain(e.Kind)
	if e.Absent {
		s = "no " + s + ", it is said"
	}
	if e.Name != "" {
		s += ": " + strings.TrimSuffix(e.Name, ".")
	}
	if len(e.By) > 0 {
		s += ", by " + a.parties(e.By)
	}
	if len(e.With) > 0 {
		s += ", with " + a.parties(e.With)
	}
	if !e.OnDay.IsZero() {
		s += " (" + a.when(e.OnDay) + ")"
	}
	s += " " + a.said(&e.Record)
	if e.Absent && e.Note != "" {
		s += " " + e.Note
	}
	a.text("    ", "      ", s)
}

// wider prints what is on record of no mission in particular.
func (a *account) wider() {
	events := a.Events(record.Ref{}, "", record.Moment{})
	if len(events) == 0 {
		return
	}
	a.heading("Beyond any one mission")
	for _, c := range events {
		a.event(c.Record)
	}
}

// money prints the spending reviews, claims on one of them side by side, and the money set aside.
func (a *account) money() {
	reviews := a.Accounts().Reviews(record.Moment{})
	if len(reviews) == 0 && len(a.spec.Allocations) == 0 {
		return
	}
	a.heading("Money")
	last := record.ID("")
	for _, c := range reviews {
		r := c.Record
		if r.Fact() != last {
			name := r.Name
			if r.PartOf != "" {
				name += " (part of: " + a.Name(record.Ref{Kind: funding.KindReview, ID: r.PartOf}) + ")"
			}
			a.text("  ", "    ", name)
		}
		last = r.Fact()
		var said []string
		add := func(words, s string) {
			if s != "" {
				said = append(said, words+s)
			}
		}
		if !r.Concluded.IsZero() {
			add("concluded: ", a.when(r.Concluded))
		}
		if !r.FundsFrom.IsZero() || !r.FundsUntil.IsZero() {
			add("funds from ", a.when(r.FundsFrom)+" until "+a.when(r.FundsUntil))
		}
		add("settlements: ", r.Settled)
		add("said to put first: ", r.Priorities)
		a.text("    ", "      ", strings.TrimSpace(strings.Join(said, "; ")+" "+a.said(&r.Record)))
	}
	subjects := a.allocated()
	if len(subjects) == 0 {
		a.text("  ", "  ", "No money set aside for a mission or milestone is recorded.")
	}
	for _, ref := range subjects {
		for _, c := range a.Accounts().AllocationsFor(ref, record.Moment{}) {
			s := "amount " + c.Record.Amount.Why()
			if m, ok := c.Record.Amount.Get(); ok {
				s = m.String()
			}
			a.text("  ", "    ", s+" for "+a.subject(ref)+" "+a.said(&c.Record.Record))
		}
	}
}

// allocated lists what money is set aside for, each subject once.
func (a *account) allocated() []record.Ref {
	var refs []record.Ref
	for i := range a.spec.Allocations {
		ref := a.spec.Allocations[i].Subject
		if !slices.Contains(refs, ref) && len(a.Accounts().AllocationsFor(ref, record.Moment{})) > 0 {
			refs = append(refs, ref)
		}
	}
	return refs
}

// leaning prints what leans on what.
func (a *account) leaning() {
	links := a.Plan().Dependencies(record.Moment{})
	a.heading("What leans on what")
	if len(links) == 0 {
		a.text("  ", "  ", "Nothing is recorded. That is no sign that nothing does.")
		return
	}
	silent := 0
	for _, c := range links {
		d := c.Record
		s := a.quoted(d.Dependent) + " " + verbs[d.Kind.String()] + " " + a.quoted(d.On)
		if lag := int(d.LagDays); lag != 0 {
			s += " (lag " + strconv.Itoa(lag) + " days)"
		}
		if d.Agreed.IsZero() {
			silent++
		} else {
			s += "; agreed at the other end: " + agreed(d.Agreed)
		}
		s += " " + a.said(&d.Record)
		if d.Note != "" {
			s += " " + d.Note
		}
		a.item(s)
	}
	if silent > 0 {
		a.text("  ", "    ", "Whether the other end has agreed is not recorded for "+strconv.Itoa(silent)+" of these "+strconv.Itoa(len(links))+".")
	}
	if walk := a.Plan().Graph(record.Moment{}).Cycle(); walk != nil {
		names := make([]string, len(walk))
		for i, e := range walk {
			names[i] = a.quoted(e.To)
		}
		a.text("  ", "    ", "A circle of these lean on each other: "+listed(names)+".")
	}
}

// verbs are the kinds of dependency in words.
var verbs = map[string]string{
	"needs": "needs", "finish-start": "can start only after", "start-start": "can start only once there is a start on",
	"finish-finish": "can finish only after", "start-finish": "can finish only once there is a start on",
}

func agreed(v record.Value[bool]) string {
	switch yes, known := v.Get(); {
	case !known:
		return v.Why()
	case yes:
		return "yes"
	}
	return "no"
}
