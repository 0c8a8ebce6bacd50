package milestone

import (
	"errors"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
)

// Spec is a set of records about milestones: plain data. The zero Spec is valid and says nothing.
type Spec struct {
	record.Shared
	Milestones   []Milestone
	Indicators   []Indicator
	Targets      []Target
	Observations []Observation
	Assessments  []Assessment
	Dependencies []Dependency
	Projects     []Project
	Activities   []Activity
	Calendars    []Calendar
}

// Compile checks the whole Spec, leaves out what the view does, and returns the Plan. The error is [record.Faults], every
// fault at once; a circle of precedences is a [*PrecedenceError] among them. References to kinds of record
// that a milestone Spec cannot hold, such as missions, are not followed. The Plan shares nothing with the Spec. Compile
// takes time linear in the records, and sorts the versions of each fact.
func Compile(spec Spec, view record.View) (*Plan, error) {
	spec = spec.clone()
	var c record.Check
	record.Add(&c, record.KindSource, "sources", spec.Sources)
	record.Add(&c, record.KindDay, "days", spec.Days)
	spec.Check(&c)
	if err := c.Run().Err(); err != nil {
		return nil, err
	}
	return spec.Checked(view), nil
}

func (s Spec) clone() Spec {
	s.Sources, s.Days = slices.Clone(s.Sources), slices.Clone(s.Days)
	s.Milestones, s.Indicators = slices.Clone(s.Milestones), slices.Clone(s.Indicators)
	s.Targets, s.Observations = slices.Clone(s.Targets), slices.Clone(s.Observations)
	s.Assessments, s.Dependencies = slices.Clone(s.Assessments), slices.Clone(s.Dependencies)
	s.Projects, s.Activities, s.Calendars = slices.Clone(s.Projects), slices.Clone(s.Activities), slices.Clone(s.Calendars)
	return s
}

// Causes of faults in milestone records.
var (
	ErrNoName      = errors.New("it has no name: say in words what it is")
	ErrNoIndicator = errors.New("a target that is counted needs the indicator that counts it")
	ErrNoAim       = errors.New("the target asks for nothing: give at_least, at_most, increase, direction or achieve")
	ErrManyAims    = errors.New("the target asks for several things: make each a target of its own, or use at_least with at_most alone")
	ErrEmptyBand   = errors.New("at_least is above at_most, so nothing can meet the target")
	ErrNoLink      = errors.New("the dependency has no kind: write needs, finish-start, start-start, finish-finish or start-finish")
	ErrNoEnd       = errors.New("a dependency needs both its dependent and what it is on")
	ErrOnItself    = errors.New("nothing can depend on itself")
	ErrNoSubject   = errors.New("the assessment has no subject: name the milestone or target it is about")
	ErrNoVerdict   = errors.New("the assessment says nothing: give a status or a rating")
	ErrNegative    = errors.New("a length of time cannot be negative")
)

// Check puts the records of the Spec under a check and adds the faults that only this package can see. Whoever compiles a
// larger Spec calls it on the parts; [Compile] calls it itself.
func (s Spec) Check(c *record.Check) {
	record.Add(c, KindIndicator, "indicators", s.Indicators)
	record.Add(c, KindObservation, "observations", s.Observations)
	record.Add(c, KindMilestone, "milestones", s.Milestones)
	record.Add(c, KindTarget, "targets", s.Targets)
	record.Add(c, KindAssessment, "assessments", s.Assessments)
	record.Add(c, KindDependency, "dependencies", s.Dependencies)
	record.Add(c, KindCalendar, "calendars", s.Calendars)
	record.Add(c, KindProject, "projects", s.Projects)
	record.Add(c, KindActivity, "activities", s.Activities)
	for i := range s.Indicators {
		r := &s.Indicators[i]
		fault := c.At(KindIndicator, "indicators", i, r.ID)
		fault("name", ErrNoName, strings.TrimSpace(r.Name) == "" && r.Speaks())
		fault("lag_days", ErrNegative, r.LagDays < 0)
	}
	for i := range s.Milestones {
		r := &s.Milestones[i]
		fault := c.At(KindMilestone, "milestones", i, r.ID)
		fault("name", ErrNoName, strings.TrimSpace(r.Name) == "" && r.Speaks())
		fault("lasts_days", ErrNegative, r.Lasts < 0)
	}
	for i := range s.Targets {
		s.Targets[i].check(c.At(KindTarget, "targets", i, s.Targets[i].ID))
	}
	for i := range s.Assessments {
		r := &s.Assessments[i]
		fault := c.At(KindAssessment, "assessments", i, r.ID)
		fault("subject", ErrNoSubject, r.Subject.IsZero())
		fault("status", ErrNoVerdict, r.Status == 0 && r.Rating == "" && r.Speaks())
	}
	for i := range s.Observations {
		r := &s.Observations[i]
		c.At(KindObservation, "observations", i, r.ID)("indicator", ErrNoIndicator, r.Indicator == "")
	}
	s.checkDependencies(c)
	s.checkWork(c)
	c.Then(func() { s.checkOrder(c) })
}

func (t *Target) check(fault func(string, error, bool)) {
	aims := 0
	for _, given := range []bool{!t.AtLeast.IsZero() || !t.AtMost.IsZero(), !t.Increase.IsZero(), t.Direction != 0, t.Achieve != ""} {
		if given {
			aims++
		}
	}
	fault("milestone", &record.DanglingError{Ref: record.Ref{Kind: KindMilestone}}, t.Milestone == "")
	if !t.Speaks() {
		return
	}
	fault("at_least", ErrNoAim, aims == 0)
	fault("at_least", ErrManyAims, aims > 1)
	fault("at_least", ErrEmptyBand, !t.AtLeast.IsZero() && !t.AtMost.IsZero() && t.AtLeast.Float() > t.AtMost.Float())
	fault("indicator", ErrNoIndicator, t.Indicator == "" && t.Achieve == "")
}

func (s Spec) checkDependencies(c *record.Check) {
	for i := range s.Dependencies {
		r := &s.Dependencies[i]
		fault := c.At(KindDependency, "dependencies", i, r.ID)
		fault("kind", ErrNoLink, r.Kind == 0 && r.Speaks())
		fault("on", ErrNoEnd, r.Dependent.IsZero() || r.On.IsZero())
	}
}

func sameLink(a, b *Dependency) bool {
	return a.On == b.On && a.Dependent == b.Dependent && a.Kind.IsPrecedence() == b.Kind.IsPrecedence()
}

// A PrecedenceError says that precedences form a circle, so that nothing in it could ever come first.
type PrecedenceError struct {
	// Walk is a shortest circle. Each edge reads: To cannot come before From; its label is the id of the dependency.
	Walk []graph.Edge[record.Ref]
}

// Error prints the walk, each step with the id of its dependency, and the ways out.
func (e *PrecedenceError) Error() string {
	var b strings.Builder
	b.WriteString("the precedences form a circle: ")
	for i, edge := range e.Walk {
		if i == 0 {
			b.WriteString(edge.From.String())
		}
		b.WriteString(" before " + edge.To.String() + " (" + edge.Label + ")")
		if i < len(e.Walk)-1 {
			b.WriteString(",")
		}
	}
	b.WriteString(": drop one of these links, or make it \"needs\" if the two only help each other")
	return b.String()
}
