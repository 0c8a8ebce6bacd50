package milestone

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone/calendar"
)

// Plan is a checked set of milestone records, as a view leaves it. It is immutable and safe for concurrent readers. The
// zero Plan holds nothing. Every question takes a [record.Moment]; the zero Moment is the view's own day and instant.
type Plan struct {
	view         record.View
	milestones   record.Timelines[Milestone]
	indicators   record.Timelines[Indicator]
	targets      record.Timelines[Target]
	observations record.Timelines[Observation]
	assessments  record.Timelines[Assessment]
	dependencies record.Timelines[Dependency]
	projects     record.Timelines[Project]
	activities   record.Timelines[Activity]
	calendars    record.Timelines[Calendar]

	targetsOf    map[record.ID][]record.ID  // targets by milestone
	readingsOf   map[record.ID][]record.ID  // observations by indicator
	assessedBy   map[record.Ref][]record.ID // assessments by subject
	dependencyOf map[record.Ref][]record.ID // dependencies by each end
	whole        *graph.Graph[record.Ref]   // every dependency, on the view's day
}

// Checked returns the Plan of a Spec that has passed its check already, as a view leaves it. The Plan keeps the Spec's
// slices where the view leaves nothing out.
func (s Spec) Checked(view record.View) *Plan {
	p := &Plan{view: view}
	p.milestones = record.Read(&view, s.Milestones, s.Sources)
	p.indicators = record.Read(&view, s.Indicators, s.Sources)
	p.targets = record.Read(&view, s.Targets, s.Sources)
	p.observations = record.Read(&view, s.Observations, s.Sources)
	p.assessments = record.Read(&view, s.Assessments, s.Sources)
	p.dependencies = record.Read(&view, s.Dependencies, s.Sources)
	p.projects = record.Read(&view, s.Projects, s.Sources)
	p.activities = record.Read(&view, s.Activities, s.Sources)
	p.calendars = record.Read(&view, s.Calendars, s.Sources)

	p.targetsOf = record.Group(&p.targets, func(t *Target) record.ID { return t.Milestone })
	p.readingsOf = record.Group(&p.observations, func(o *Observation) record.ID { return o.Indicator })
	p.assessedBy = record.Group(&p.assessments, func(a *Assessment) record.Ref { return a.Subject })
	p.dependencyOf = make(map[record.Ref][]record.ID, 2*p.dependencies.Len())
	for _, id := range p.dependencies.Facts() {
		for _, d := range p.dependencies.Versions(id) {
			for _, end := range []record.Ref{d.Dependent, d.On} {
				list := p.dependencyOf[end]
				if n := len(list); n == 0 || list[n-1] != id { // the versions of a fact come together
					p.dependencyOf[end] = append(list, id)
				}
			}
		}
	}
	p.whole = p.build(record.Moment{})
	return p
}

// factOr is the fact that an id means, or the id itself where the view has left the fact out.
func factOr[T any](t *record.Timelines[T], id record.ID) record.ID {
	if fact, ok := t.Fact(id); ok {
		return fact
	}
	return id
}

// Canonical returns the reference to the fact that a reference means: a reference may name a fact or any of its records.
// References to other kinds, and to what the view leaves out, come back as they are.
func (p *Plan) Canonical(ref record.Ref) record.Ref {
	switch ref.Kind {
	case KindMilestone:
		ref.ID = factOr(&p.milestones, ref.ID)
	case KindIndicator:
		ref.ID = factOr(&p.indicators, ref.ID)
	case KindTarget:
		ref.ID = factOr(&p.targets, ref.ID)
	case KindProject:
		ref.ID = factOr(&p.projects, ref.ID)
	case KindActivity:
		ref.ID = factOr(&p.activities, ref.ID)
	case KindCalendar:
		ref.ID = factOr(&p.calendars, ref.ID)
	}
	return ref
}

// Milestones returns the ids of the milestones, in the order of the Spec.
func (p *Plan) Milestones() []record.ID { return p.milestones.Facts() }

// Milestone returns what each claimant says a milestone is: one claim where nobody disagrees, none where the milestone does
// not exist, is left out by the view, or was not yet known.
func (p *Plan) Milestone(id record.ID, at record.Moment) []record.Claim[Milestone] {
	at = p.view.At(at)
	return p.milestones.At(id, at.On, at.Known)
}

// MilestoneVersions returns every version of a milestone, whoever claims it, oldest first.
func (p *Plan) MilestoneVersions(id record.ID) []*Milestone { return p.milestones.Versions(id) }

// Indicators returns the ids of the indicators, in the order of the Spec.
func (p *Plan) Indicators() []record.ID { return p.indicators.Facts() }

// Indicator returns what each claimant says an indicator is.
func (p *Plan) Indicator(id record.ID, at record.Moment) []record.Claim[Indicator] {
	at = p.view.At(at)
	return p.indicators.At(id, at.On, at.Known)
}

// Targets returns what is asked of a milestone: the claims on each of its targets, in the order of the Spec.
func (p *Plan) Targets(id record.ID, at record.Moment) []record.Claim[Target] {
	id = factOr(&p.milestones, id)
	all := p.targets.Collect(p.targetsOf[id], p.view.At(at))
	return slices.DeleteFunc(all, func(c record.Claim[Target]) bool { return c.Record.Milestone != id })
}

// TargetVersions returns every version of a target, oldest first: what was asked before, and what is asked now.
func (p *Plan) TargetVersions(id record.ID) []*Target { return p.targets.Versions(id) }

// Observations returns the readings of an indicator as known at the moment's instant, whatever their period, in the order of
// the Spec. The moment's day plays no part.
func (p *Plan) Observations(indicator record.ID, at record.Moment) []record.Claim[Observation] {
	known := p.view.At(at).Known
	indicator = factOr(&p.indicators, indicator)
	all := p.observations.Collect(p.readingsOf[indicator], record.Moment{Known: known})
	return slices.DeleteFunc(all, func(c record.Claim[Observation]) bool { return c.Record.Indicator != indicator })
}

// Assessments returns what people have said of a milestone or target, each claim that is known and not after the day.
func (p *Plan) Assessments(subject record.Ref, at record.Moment) []record.Claim[Assessment] {
	at = p.view.At(at)
	subject = p.Canonical(subject)
	all := p.assessments.Collect(p.assessedBy[subject], record.Moment{Known: at.Known})
	return slices.DeleteFunc(all, func(c record.Claim[Assessment]) bool {
		return c.Record.Subject != subject || !at.On.IsZero() && c.Record.OnDay.After(at.On)
	})
}

// Dependencies returns the dependencies in force, in the order of the Spec.
func (p *Plan) Dependencies(at record.Moment) []record.Claim[Dependency] {
	return p.dependencies.Collect(p.dependencies.Facts(), p.view.At(at))
}

// DependenciesOf returns the dependencies in force that have ref on either end, in the order of the Spec.
func (p *Plan) DependenciesOf(ref record.Ref, at record.Moment) []record.Claim[Dependency] {
	ref = p.Canonical(ref)
	all := p.dependencies.Collect(p.dependencyOf[ref], p.view.At(at))
	return slices.DeleteFunc(all, func(c record.Claim[Dependency]) bool {
		return c.Record.Dependent != ref && c.Record.On != ref
	})
}

// Projects returns the ids of the projects, in the order of the Spec.
func (p *Plan) Projects() []record.ID { return p.projects.Facts() }

// Project returns what each claimant says a project is, as [Plan.Milestone] does.
func (p *Plan) Project(id record.ID, at record.Moment) []record.Claim[Project] {
	at = p.view.At(at)
	return p.projects.At(id, at.On, at.Known)
}

// Activities returns the ids of the activities, in the order of the Spec.
func (p *Plan) Activities() []record.ID { return p.activities.Facts() }

// Activity returns what each claimant says an activity is, as [Plan.Milestone] does.
func (p *Plan) Activity(id record.ID, at record.Moment) []record.Claim[Activity] {
	at = p.view.At(at)
	return p.activities.At(id, at.On, at.Known)
}

// Calendars returns the ids of the calendars, in the order of the Spec.
func (p *Plan) Calendars() []record.ID { return p.calendars.Facts() }

// Calendar returns what each claimant says a calendar is, as [Plan.Milestone] does.
func (p *Plan) Calendar(id record.ID, at record.Moment) []record.Claim[Calendar] {
	at = p.view.At(at)
	return p.calendars.At(id, at.On, at.Known)
}

// Graph returns the dependencies in force as a graph over references, whose edges run from what is leaned on to what leans
// on it and carry the kind of dependency as label: the descendants of a node are what falls if it falls. Milestones without
// dependencies are nodes of it.
func (p *Plan) Graph(at record.Moment) *graph.Graph[record.Ref] {
	if p.whole != nil && (at == record.Moment{} || p.view.At(at) == p.view.At(record.Moment{})) {
		return p.whole
	}
	return p.build(at)
}

func (p *Plan) build(at record.Moment) *graph.Graph[record.Ref] {
	var b graph.Builder[record.Ref]
	for _, id := range p.milestones.Facts() {
		b.Node(record.Ref{Kind: KindMilestone, ID: id})
	}
	for _, claim := range p.Dependencies(at) {
		d := claim.Record
		b.Add(graph.Edge[record.Ref]{From: d.On, To: d.Dependent, Label: d.Kind.String()})
	}
	return b.Freeze()
}

// Order returns the milestones so that each comes after those it must not precede: at each step the first, in the order of
// the Spec, of those that may come next. Needs play no part in it. It returns nil where no such order exists, because
// claimants differ on what comes first, because at that moment the records still had a circle that has since been undone, or because
// links between activities go in a circle that their starts and finishes do not, as where one has to happen within another.
func (p *Plan) Order(at record.Moment) []record.ID {
	precedence := p.Graph(at).Filter(func(e graph.Edge[record.Ref]) bool { return e.Label != Needs.String() })
	refs, err := precedence.OrderBy(nil)
	if err != nil {
		return nil
	}
	ids := make([]record.ID, 0, len(refs))
	for _, ref := range refs {
		if _, in := p.milestones.Fact(ref.ID); in && ref.Kind == KindMilestone { // the view may leave out what it leads to
			ids = append(ids, ref.ID)
		}
	}
	return ids
}

// Slip is one move of a milestone's due date.
type Slip struct {
	Record   record.ID // the version that moved it
	Claimant string
	From, To calendar.When
	// Least and Most are how many days the first and the last day of the date moved, the smaller first, positive for later.
	// They differ where the two dates are stretches of different lengths: from "2028" to "2028-06-30" the last day moved by
	// -184 days and the first by 181.
	Least, Most calendar.Days
}

// Slippage returns every move of a milestone's due date that was known at the moment's instant, in the order in which they
// were recorded. Each claimant's dates are compared with its own; corrections are among them, and Slip.Record tells. Dates
// that are not known are passed over. The moment's day plays no part.
func (p *Plan) Slippage(id record.ID, at record.Moment) []Slip {
	known := p.view.At(at).Known
	last := make(map[string]calendar.When)
	var slips []Slip
	for _, v := range p.milestones.Versions(id) {
		if since, ok := p.milestones.KnownSince(v.ID); ok && !known.IsZero() && since.After(known) {
			continue
		}
		if !v.Due.IsResolved() || !v.Speaks() {
			continue
		}
		if from, ok := last[v.Claimant]; ok {
			a, b := v.Due.Earliest().Sub(from.Earliest()), v.Due.Latest().Sub(from.Latest())
			if a != 0 || b != 0 {
				slips = append(slips, Slip{Record: v.ID, Claimant: v.Claimant, From: from, To: v.Due, Least: min(a, b), Most: max(a, b)})
			}
		}
		last[v.Claimant] = v.Due
	}
	return slips
}
