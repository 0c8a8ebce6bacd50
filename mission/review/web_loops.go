package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rule on circles where there must be none.

var precedenceLoop = &Rule{
	ID: "F96", Slug: "precedence-loop", Severity: Serious,
	Title: "Things come before one another, or are part of one another, in a circle",
	Why: "Nothing in a circle of steps that must each wait for the one before can ever start, and a mission, body or change that is part of itself cannot be added up, answered for or taken apart. It is mostly a slip in the records, " +
		"or a need that runs both ways written down as an order.",
	Fires: "Missions are parts of one another in a circle (their parents), or parties are (the organisation that each belongs to), or successions are (what each is part of); or finish-start dependencies go in a circle on the day. " +
		"A circle of precedences on which nobody differs does not come this far: a plan with one is refused when it is compiled, with the circle in the error. What is left are circles that the records of one day have, and those that close only if one claimant is right: of the latter, and where rough dates decide, it cannot tell. " +
		"A loop of needs is no circle of this kind but mutual dependence: it is looked at and let be. It looks at what is part of something, and at loops of needs.",
	FalseAlarm: "The two depend on each other, and that was written down as an order: then it is a loop of needs, and should be recorded so.",
	Question:   "Which of these links is an order in time, which is a need, and which was a slip?",
	Sources:    []string{"S2:12"},
	Needs:      []string{"the parents of missions", "the organisations that parties belong to", "what successions are part of", "dependencies that are finish-start or needs"},
	Bad:        precedenceLoopBad, Good: precedenceLoopGood, Unclear: precedenceLoopUnclear, Harmless: precedenceLoopHarmless,
	check: func(p *pass) {
		v := make(loops)
		p.missionLoops(v)
		p.partyLoops(v)
		p.successionLoops(v)
		p.orderLoops(v)
		refs := make([]record.Ref, 0, len(v))
		for ref := range v {
			refs = append(refs, ref)
		}
		slices.SortFunc(refs, record.Ref.Compare)
		for _, ref := range refs {
			switch l := v[ref]; {
			case len(l.clauses) > 0:
				trigger := dedupe(l.trigger)
				p.finding(ref, attributed(trigger, listed(l.clauses)+p.says(trigger)), trigger)
			case len(l.missing) > 0:
				p.cannot(ref, "whether "+p.named(ref)+" is in a circle", dedupeMissing(l.missing)...)
			default:
				p.nothing(ref)
			}
		}
	},
}

// loops are what comes of each subject; a circle is told of its first.
type loops map[record.Ref]*loop

type loop struct {
	clauses []string
	trigger []Evidence
	missing []Missing
}

func (v loops) at(ref record.Ref) *loop {
	l := v[ref]
	if l == nil {
		l = &loop{}
		v[ref] = l
	}
	return l
}

// loopLinks are links that may go in a circle, and which of them everybody agrees on.
type loopLinks struct {
	settled, any graph.Builder[record.Ref]
	by           map[record.Ref][]Evidence // by where they start
	what         string                    // "are parts of one another"
	word         string                    // what claimants differ on
	way          string
}

func (b *loopLinks) add(from, to record.Ref, settled bool, by Evidence) {
	b.any.Link(from, to)
	if settled {
		b.settled.Link(from, to)
	}
	b.by[from] = append(b.by[from], by)
}

// circles returns the members of each circle, in order, the circle with the first member first.
func circles(b *graph.Builder[record.Ref]) [][]record.Ref {
	g := b.Freeze()
	if g.Acyclic() {
		return nil
	}
	var list [][]record.Ref
	for _, members := range g.Components().All() {
		if len(members) > 1 || g.HasEdge(members[0], members[0]) {
			slices.SortFunc(members, record.Ref.Compare)
			list = append(list, members)
		}
	}
	slices.SortFunc(list, func(a, b []record.Ref) int { return a[0].Compare(b[0]) })
	return list
}

func (p *pass) closeLoops(v loops, b *loopLinks) {
	inside := make(map[record.Ref]bool)
	for _, members := range circles(&b.settled) {
		l := v.at(members[0])
		var names []string
		for _, ref := range members {
			inside[ref] = true
			names = append(names, p.named(ref))
			l.trigger = append(l.trigger, b.by[ref]...)
		}
		if len(names) == 1 {
			l.clauses = append(l.clauses, names[0]+" is recorded as part of itself")
			continue
		}
		l.clauses = append(l.clauses, listed(names)+" "+b.what)
	}
	for _, members := range circles(&b.any) {
		if slices.ContainsFunc(members, func(ref record.Ref) bool { return inside[ref] }) {
			continue
		}
		var names []string
		for _, ref := range members {
			names = append(names, p.named(ref))
		}
		l := v.at(members[0])
		l.missing = append(l.missing, Missing{What: b.word + " " + listed(names), Ground: "not settled: claimants differ, or dates are rough", Way: b.way})
	}
}

func (p *pass) missionLoops(v loops) {
	b := loopLinks{by: make(map[record.Ref][]Evidence), what: "are recorded as parts of one another, in a circle", word: "which is part of which of", way: "settle the parents of these missions"}
	for _, id := range p.missions {
		claims := p.said[id]
		for _, c := range claims {
			for _, parent := range c.Record.Parents {
				v.at(missionRef(id))
				settled := webCertain(claims) && !slices.ContainsFunc(claims, func(o record.Claim[mission.Mission]) bool { return !slices.Contains(o.Record.Parents, parent) })
				b.add(missionRef(id), missionRef(parent), settled, p.evidence(mission.KindMission, &c.Record.Record))
			}
		}
	}
	p.closeLoops(v, &b)
}

func (p *pass) partyLoops(v loops) {
	b := loopLinks{by: make(map[record.Ref][]Evidence), what: "are recorded as belonging to one another, in a circle", word: "which belongs to which of", way: "settle the organisation that each belongs to"}
	for _, id := range p.register.Parties() {
		if p.party(id).of == "" {
			continue
		}
		v.at(partyRef(id))
		claims := sorted(p.register.Party(id, p.at))
		for _, c := range claims {
			if of := c.Record.OfParty; of != "" {
				settled := webCertain(claims) && !slices.ContainsFunc(claims, func(o record.Claim[accountability.Party]) bool { return o.Record.OfParty != of })
				b.add(partyRef(id), partyRef(of), settled, p.evidence(accountability.KindParty, &c.Record.Record))
			}
		}
	}
	p.closeLoops(v, &b)
}

func (p *pass) successionLoops(v loops) {
	if !p.has(accountability.KindSuccession) {
		return
	}
	b := loopLinks{by: make(map[record.Ref][]Evidence), what: "are recorded as parts of one another, in a circle", word: "which is part of which of", way: "settle what these successions are part of"}
	ref := func(id record.ID) record.Ref { return record.Ref{Kind: accountability.KindSuccession, ID: id} }
	var all []record.Claim[accountability.Succession]
	seen := make(map[*accountability.Succession]bool)
	for _, id := range p.register.Parties() {
		for _, c := range p.register.Successions(id, p.at) {
			if !seen[c.Record] {
				seen[c.Record] = true
				all = append(all, c)
			}
		}
	}
	for _, f := range factsOf(all) {
		for _, c := range f.claims {
			if of := c.Record.PartOf; of != "" {
				v.at(ref(f.id))
				settled := webCertain(f.claims) && !slices.ContainsFunc(f.claims, func(o record.Claim[accountability.Succession]) bool { return o.Record.PartOf != of })
				b.add(ref(f.id), ref(of), settled, p.evidence(accountability.KindSuccession, &c.Record.Record))
			}
		}
	}
	p.closeLoops(v, &b)
}

// orderLoops looks for circles of finish-start links, and notes loops of needs.
func (p *pass) orderLoops(v loops) {
	b := loopLinks{by: make(map[record.Ref][]Evidence), what: "must each wait for another of them to finish, in a circle", word: "which comes first of", way: "settle the order, or record a need where there is no order"}
	var needs graph.Builder[record.Ref]
	for _, f := range p.web().links {
		first := f.claims[0].Record
		settled := webCertain(f.claims) && !slices.ContainsFunc(f.claims, func(o record.Claim[milestone.Dependency]) bool {
			d := o.Record
			return d.On != first.On || d.Dependent != first.Dependent || d.Kind != first.Kind
		})
		for _, c := range f.claims {
			switch d := c.Record; {
			case d.On.IsZero(), d.Dependent.IsZero():
			case d.Kind == milestone.FinishStart:
				b.add(d.Dependent, d.On, settled, Evidence{})
			case d.Kind == milestone.Needs && c.On != calendar.No:
				needs.Link(d.On, d.Dependent)
			}
		}
	}
	closed := circles(&b.any)
	if len(closed) > 0 {
		p.orderProof(&b, closed)
		p.closeLoops(v, &b)
	}
	for _, members := range circles(&needs) {
		v.at(members[0])
	}
}

// orderProof gathers the evidence of the links within circles, and of no others: the links of a plan are many.
func (p *pass) orderProof(b *loopLinks, closed [][]record.Ref) {
	circle := make(map[record.Ref]int)
	for i, members := range closed {
		for _, ref := range members {
			circle[ref] = i + 1
		}
	}
	clear(b.by)
	for _, f := range p.web().links {
		for _, c := range f.claims {
			d := c.Record
			if n := circle[d.On]; d.Kind == milestone.FinishStart && n > 0 && n == circle[d.Dependent] {
				b.by[d.Dependent] = append(b.by[d.Dependent], p.evidence(milestone.KindDependency, &d.Record))
			}
		}
	}
}
