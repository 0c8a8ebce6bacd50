package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph/draw"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// Map returns the picture of a model at a moment: missions, milestones and what else is leaned on as nodes, dependencies and
// the part that milestones have in missions as edges, which run from what is leaned on to what leans on it. A zero member of
// the moment is the view's own.
//
// Nodes are grouped by department: the organisation behind the posts that carry the duties on a milestone or else on its
// first mission that has any; milestones come first to their owners, missions to their stewards and leads. Duties shared by
// several organisations have a group of their own that names them. What nobody is recorded for is in a group that says so.
//
// The shape of a milestone tells its status. A link that is recorded as illustrative is dotted, one on which claimants differ
// dashed; the key says both. Nodes and edges come in the order of the Spec and are named by their references; a view for the
// public names no person. The picture passes [draw.Picture.Check]. A nil model is an empty one. It takes time linear in the
// records.
func Map(m *mission.Model, at record.Moment) *draw.Picture {
	if m == nil {
		m = new(mission.Model)
	}
	s := newScribe(m, new(review.Review), Options{})
	s.at = m.Moment(at)
	return s.picture(s.missions(), s.milestones())
}

// The classes of nodes and the kinds of edges. Every class differs from every other in shape or stroke, every kind in stroke
// or head.
var (
	classes = []draw.Class{
		{ID: "mission", Label: "mission", Shape: draw.Framed, Stroke: draw.Thick, Fill: draw.Blue},
		{ID: "met", Label: "milestone, met", Shape: draw.Pill, Fill: draw.Teal},
		{ID: "partial", Label: "milestone, partially met", Shape: draw.Slanted, Fill: draw.Lilac},
		{ID: "notmet", Label: "milestone, not met", Shape: draw.Rectangle, Stroke: draw.Thick, Fill: draw.Orange},
		{ID: "scheduled", Label: "milestone, scheduled", Shape: draw.Rectangle, Fill: draw.Plain},
		{ID: "unknown", Label: "milestone, status not known", Shape: draw.Rectangle, Stroke: draw.Dashed, Fill: draw.Grey},
		{ID: "other", Label: "something else", Shape: draw.Hexagon, Fill: draw.Plain},
	}
	kinds = []draw.Kind{
		{ID: "part", Label: "is part of", Arrow: draw.NoHead},
		{ID: "part made", Label: "is part of (illustrative)", Stroke: draw.Dotted, Arrow: draw.NoHead},
		{ID: "needs", Label: "is needed by", Arrow: draw.Triangle},
		{ID: "needs made", Label: "is needed by (illustrative)", Stroke: draw.Dotted, Arrow: draw.Triangle},
		{ID: "needs rival", Label: "is needed by (claimants differ)", Stroke: draw.Dashed, Arrow: draw.Triangle},
		{ID: "order", Label: "must come before", Arrow: draw.Bar},
		{ID: "order made", Label: "must come before (illustrative)", Stroke: draw.Dotted, Arrow: draw.Bar},
		{ID: "order rival", Label: "must come before (claimants differ)", Stroke: draw.Dashed, Arrow: draw.Bar},
	}
)

// picture draws some missions and milestones, what links them to each other, and what else leans on them or they on.
func (s *scribe) picture(missions, milestones []record.ID) *draw.Picture {
	title := clean(s.spec.Title, longName)
	if title == "" {
		title = "Missions and milestones"
	}
	p := &draw.Picture{
		Title:       title + ": the map",
		Description: "Missions, their milestones and what they lean on, grouped by department. Lines lead to what leans on something or what it is part of.",
		Classes:     classes, Kinds: kinds,
	}
	a := artist{s: s, p: p, nodes: make(map[record.Ref]string), groups: make(map[string]bool)}
	for _, id := range missions {
		a.node(mission.Ref(id))
	}
	for _, id := range milestones {
		a.node(milestone.Ref(id))
	}
	for _, id := range milestones {
		r := s.plan.Milestone(id, s.at)[0].Record
		for _, of := range r.Missions {
			to, ok := a.nodes[mission.Ref(of)]
			if !ok {
				continue
			}
			kind := "part"
			if r.Grade == record.Illustrative {
				kind = "part made"
			}
			p.Edges = append(p.Edges, draw.Edge{From: a.nodes[milestone.Ref(id)], To: to, Kind: kind})
		}
	}
	a.dependencies()
	return p
}

type artist struct {
	s      *scribe
	p      *draw.Picture
	nodes  map[record.Ref]string // the ids of the nodes
	groups map[string]bool
}

// dependencies draws those with an end in the picture, claims on one fact together.
func (a *artist) dependencies() {
	drawn := len(a.p.Nodes)
	inside := make(map[record.Ref]bool, drawn)
	for ref := range a.nodes {
		inside[ref] = true
	}
	facts, claims := a.s.dependencies()
	for _, fact := range facts {
		seen := make(map[string]bool)
		rivals := differ(claims[fact])
		for _, c := range claims[fact] {
			from, to := a.s.plan.Canonical(c.On), a.s.plan.Canonical(c.Dependent)
			if !inside[from] && !inside[to] || from.IsZero() || to.IsZero() {
				continue
			}
			e := draw.Edge{From: a.node(from), To: a.node(to), Kind: "needs"}
			if c.Kind.IsPrecedence() {
				e.Kind, e.Tooltip = "order", words(c.Kind.String())
			}
			switch {
			case rivals:
				e.Kind += " rival"
			case c.Grade == record.Illustrative:
				e.Kind += " made"
			}
			if key := e.From + " " + e.To + " " + e.Kind; !seen[key] {
				seen[key] = true
				a.p.Edges = append(a.p.Edges, e)
			}
		}
	}
}

// dependencies returns the dependencies in force by the fact they speak about, in the order of the Spec.
func (s *scribe) dependencies() ([]record.ID, map[record.ID][]*milestone.Dependency) {
	var facts []record.ID
	claims := make(map[record.ID][]*milestone.Dependency)
	for _, c := range s.plan.Dependencies(s.at) {
		fact := c.Record.Fact()
		if claims[fact] == nil {
			facts = append(facts, fact)
		}
		claims[fact] = append(claims[fact], c.Record)
	}
	return facts, claims
}

func differ(claims []*milestone.Dependency) bool {
	for _, c := range claims[1:] {
		if c.On != claims[0].On || c.Dependent != claims[0].Dependent || c.Kind != claims[0].Kind {
			return true
		}
	}
	return false
}

// node returns the id of a reference's node, which it draws if there is none yet.
func (a *artist) node(ref record.Ref) string {
	if id, ok := a.nodes[ref]; ok {
		return id
	}
	s := a.s
	n := draw.Node{ID: ref.String(), Label: s.name(ref), Class: "other", Tooltip: words(string(ref.Kind))}
	switch ref.Kind {
	case mission.KindMission:
		n.Class, n.Tooltip = "mission", ""
		if claims := s.m.Mission(ref.ID, s.at); len(claims) > 0 && !claims[0].Record.Horizon.IsZero() {
			n.Tooltip = "Horizon: " + s.when(claims[0].Record.Horizon, false)
		}
	case milestone.KindMilestone:
		if len(s.plan.Milestone(ref.ID, s.at)) > 0 {
			st := s.stand(ref.ID)
			t := s.status(st.Status)
			n.Class, n.Tooltip = t.Mark, capital(t.Word)+". Due: "+s.when(st.Due, false)
		}
	case accountability.KindParty:
		if s.public && s.party(ref.ID).kind == accountability.Person {
			n.ID = "person " + strconv.Itoa(len(a.nodes)) // its id may be a name
		}
	}
	n.Group = a.group(ref)
	a.nodes[ref] = n.ID
	a.p.Nodes = append(a.p.Nodes, n)
	return n.ID
}

// group returns the group of a node, which it adds to the picture if it is new.
func (a *artist) group(ref record.Ref) string {
	g := draw.Group{ID: "none", Label: "No department recorded"}
	if of := a.s.departments(ref); len(of) > 0 {
		ids, names := make([]string, len(of)), make([]string, len(of))
		for i, id := range of {
			ids[i], names[i] = record.Ref{Kind: accountability.KindParty, ID: id}.String(), a.s.party(id).name
		}
		g.ID, g.Label = strings.Join(ids, " "), names[0]
		switch n := len(names); {
		case n > 3:
			g.Label = listed(append(names[:2:2], strconv.Itoa(n-2)+" more")) + ", shared"
		case n > 1:
			g.Label = listed(names) + ", shared"
		}
	}
	if !a.groups[g.ID] {
		a.groups[g.ID] = true
		a.p.Groups = append(a.p.Groups, g)
	}
	return g.ID
}

// owners are the duties that say whose something is, in the order in which they are asked for.
var owners = []string{
	accountability.MilestoneOwner, accountability.MissionSteward, accountability.MissionLead, accountability.OutcomeOwner,
	accountability.Deliver, accountability.SeniorOwner, accountability.MissionSponsor,
}

// departments returns the organisations behind the posts that carry the duties on a subject, each once: those of the first
// duty that somebody carries, on a milestone itself or else on its missions.
func (s *scribe) departments(ref record.Ref) []record.ID {
	if ref.Kind == accountability.KindParty {
		if d := s.department(ref.ID); s.party(d).kind == accountability.Organisation {
			return []record.ID{d}
		}
		return nil
	}
	if of := s.carriedBy(ref); len(of) > 0 || ref.Kind != milestone.KindMilestone {
		return of
	}
	for _, c := range s.plan.Milestone(ref.ID, s.at) {
		for _, id := range c.Record.Missions {
			if of := s.carriedBy(mission.Ref(id)); len(of) > 0 {
				return of
			}
		}
	}
	return nil
}

func (s *scribe) carriedBy(ref record.Ref) []record.ID {
	recorded := s.register.Duties(ref)
	if len(recorded) == 0 {
		return nil
	}
	duties := make([]string, 0, len(owners)+len(recorded))
	duties = append(append(duties, owners...), recorded...)
	for _, duty := range duties {
		var of []record.ID
		a, _ := s.register.Answerable(ref, duty, s.at)
		for _, c := range a.Carriers {
			d := s.department(c.Post)
			known := s.party(d).kind
			if known == accountability.Person || known == 0 || slices.Contains(of, d) {
				continue
			}
			of = append(of, d)
		}
		if len(of) > 0 {
			return of
		}
	}
	return nil
}
