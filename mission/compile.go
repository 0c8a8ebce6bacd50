package mission

import (
	"errors"
	"maps"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/milestone/learning"
)

// Compile makes a Model of a Spec, seen through a View. It checks the whole Spec first, then makes the view's changes and
// checks again, and only then leaves anything out: what a view leaves out never hides a fault, and a reference to it does
// not dangle. The error is [record.Faults], every fault at once, or a [*ChangeError] for each thing that a change of the
// view names and that is not there, joined. The Model shares nothing with the Spec.
//
// The time is linear in the records, but for sorting the versions of each fact.
func Compile(spec Spec, view View) (*Model, error) {
	own := spec.own()
	if err := own.check().Err(); err != nil {
		return nil, err
	}
	if len(view.Changes) > 0 {
		changed, err := spec.changed(view.Changes)
		if err != nil {
			return nil, err
		}
		if err := changed.check().Err(); err != nil {
			return nil, err
		}
		own = changed
	}
	return newModel(own, view), nil
}

// own returns a copy of the Spec whose slices of records are its own. What the records point to is shared: a check gives
// them their own.
func (s Spec) own() *Spec {
	for _, l := range s.lists() {
		l.clone()
	}
	s.Extensions = maps.Clone(s.Extensions)
	return &s
}

// Causes of faults in the records of missions and in the head of a Spec.
var (
	ErrNoName      = errors.New("it has no name: say in words what it is")
	ErrNoEventKind = errors.New("the event has no kind: write consultation, commitment or another word")
	ErrNamespace   = errors.New("a namespace is a URL, such as \"https://example.org/plan\", and has no spaces")
	ErrFormat      = errors.New("this release reads the format " + Format)
)

// check finds every fault of a Spec whose slices are its own; it resolves named days and references in them.
func (s *Spec) check() record.Faults {
	c := record.Check{Whole: true}
	if s.Namespace != "" && (!strings.Contains(s.Namespace, ":") || strings.ContainsAny(s.Namespace, " \t\r\n")) {
		c.Fault("namespace", record.Ref{}, ErrNamespace)
	}
	if s.Format != "" && s.Format != Format {
		c.Fault("format", record.Ref{}, ErrFormat)
	}
	record.Add(&c, record.KindDay, "days", s.Days)
	record.Add(&c, record.KindSource, "sources", s.Sources)
	s.accountability().Check(&c)
	record.Add(&c, KindMission, "missions", s.Missions)
	record.Add(&c, KindOutcome, "outcomes", s.Outcomes)
	record.Add(&c, KindInitiative, "initiatives", s.Initiatives)
	s.milestones().Check(&c)
	s.uncertainties().Check(&c)
	s.lessons().Check(&c)
	s.money().Check(&c)
	record.Add(&c, KindEvent, "events", s.Events)
	record.Add(&c, KindScope, "scopes", s.Scopes)
	record.Add(&c, KindCause, "causes", s.Causes)
	record.Add(&c, KindCondition, "conditions", s.Conditions)
	record.Add(&c, KindRelation, "relations", s.Relations)
	record.Add(&c, KindBarrier, "barriers", s.Barriers)
	record.Add(&c, KindLever, "levers", s.Levers)
	record.Add(&c, KindCapability, "capabilities", s.Capabilities)
	record.Add(&c, KindReform, "reforms", s.Reforms)
	record.Add(&c, KindPosition, "positions", s.Positions)
	record.Add(&c, KindWaiver, "waivers", s.Waivers)
	s.checkOwn(&c)
	return c.Run()
}

func (s *Spec) checkOwn(c *record.Check) {
	need(c, KindMission, "missions", s.Missions, "name", ErrNoName, func(r *Mission) string { return r.Name })
	need(c, KindOutcome, "outcomes", s.Outcomes, "name", ErrNoName, func(r *Outcome) string { return r.Name })
	need(c, KindInitiative, "initiatives", s.Initiatives, "name", ErrNoName, func(r *Initiative) string { return r.Name })
	need(c, KindEvent, "events", s.Events, "kind", ErrNoEventKind, func(r *Event) string { return r.Kind })
	s.checkNames(c)
}

// milestones is the part of the Spec that package milestone reads; the slices are shared.
func (s *Spec) milestones() milestone.Spec {
	return milestone.Spec{
		Shared:       record.Shared{Sources: s.Sources, Days: s.Days},
		Milestones:   s.Milestones,
		Indicators:   s.Indicators,
		Targets:      s.Targets,
		Observations: s.Observations,
		Assessments:  s.Assessments,
		Dependencies: s.Dependencies,
		Projects:     s.Projects,
		Calendars:    s.Calendars,
		Activities:   s.Activities,
	}
}

// uncertainties is the part of the Spec that package forecast reads; the slices are shared.
func (s *Spec) uncertainties() forecast.Spec {
	return forecast.Spec{
		Shared:       record.Shared{Sources: s.Sources, Days: s.Days},
		Estimates:    s.Estimates,
		Risks:        s.Risks,
		Drivers:      s.Drivers,
		Factors:      s.Factors,
		Loadings:     s.Loadings,
		Correlations: s.Correlations,
	}
}

// lessons is the part of the Spec that package learning reads; the slices are shared.
func (s *Spec) lessons() learning.Spec {
	return learning.Spec{
		Shared:            record.Shared{Sources: s.Sources, Days: s.Days},
		Contributions:     s.Contributions,
		RivalExplanations: s.RivalExplanations,
		Hypotheses:        s.Hypotheses,
		Experiments:       s.Experiments,
		Evidence:          s.Evidence,
		Lessons:           s.Lessons,
		Decisions:         s.Decisions,
		Envelopes:         s.Envelopes,
	}
}

// accountability is the part of the Spec that package accountability reads; the slices are shared.
func (s *Spec) accountability() accountability.Spec {
	return accountability.Spec{
		Shared:      record.Shared{Sources: s.Sources, Days: s.Days},
		Parties:     s.Parties,
		Holdings:    s.Holdings,
		Duties:      s.Duties,
		Forums:      s.Forums,
		Mandates:    s.Mandates,
		Freedoms:    s.Freedoms,
		Successions: s.Successions,
		Leaves:      s.Leaves,
		Lines:       s.Lines,
		Sharings:    s.Sharings,
		Grants:      s.Grants,
		Tests:       s.AccountingTests,
		Directions:  s.Directions,
		Meetings:    s.Meetings,
		Resolutions: s.Resolutions,
		Spaces:      s.LearningSpaces,
	}
}

// money is the part of the Spec that package funding reads; the slices are shared.
func (s *Spec) money() funding.Spec {
	return funding.Spec{
		Shared:      record.Shared{Sources: s.Sources, Days: s.Days},
		Reviews:     s.SpendingReviews,
		Settlements: s.Settlements,
		Allocations: s.Allocations,
		Pools:       s.Pools,
		Shares:      s.PoolShares,
	}
}

// Check returns every fault of the Spec, in the order of the document, and nil if there are none. [Compile] calls it; call
// it alone to find faults without a Model. The Spec is not changed.
func (s Spec) Check() record.Faults { return s.own().check() }
