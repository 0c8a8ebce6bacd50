package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on how parties stand to one another: trust that is broken, and control that is lost.

func relationRef(id record.ID) record.Ref { return record.Ref{Kind: mission.KindRelation, ID: id} }

var brokenTrustOnPath = &Rule{
	ID: "F107", Slug: "broken-trust-on-path", Severity: Caution,
	Title: "Trust is broken between two who depend on one another, and nobody mends it",
	Why: "Those who do not trust each other ask for everything in writing, hold back what they know, and plan for the other to fail. On a path that a mission needs, that is a cost that no plan shows. " +
		"Broken trust can be mended, seldom by itself, and not by a new structure.",
	Fires: "A relation has the trust broken, and the two need one another: a dependency runs from one to the other, or from what one carries a duty on to the other or to what the other carries one on; or both carry duties on one subject, or contribute to one mission. A post or unit counts with its organisation. " +
		"A trust-repair event on the relation, or on one of the two that names the other, silences it, unless it is certainly older than the relation. It looks at relations of which the trust is recorded, and cannot tell where a relation that is broken does not name both, where nothing says whether they need one another, or where rough dates decide.",
	FalseAlarm: "The trust is being mended in a way that nobody has recorded.",
	Question:   "What would each of the two have to see the other do, to try again?",
	Sources:    []string{"S0:24", "S0:51"},
	Needs:      []string{"relations between parties, with their trust", "dependencies, duties and the contributors to missions", "trust-repair events on relations and parties"},
	Bad:        brokenTrustOnPathBad, Good: brokenTrustOnPathGood, Unclear: brokenTrustOnPathUnclear, Harmless: brokenTrustOnPathHarmless,
	check: func(p *pass) {
		var stated []fact[mission.Relation]
		var broken []pair
		for _, f := range factsOf(p.m.Relations(p.at)) {
			if !slices.ContainsFunc(f.claims, func(c record.Claim[mission.Relation]) bool { return c.Record.Trust != "" }) {
				continue
			}
			stated = append(stated, f)
			for _, c := range f.claims {
				if c.Record.Trust == mission.TrustBroken && c.Record.Party != "" && c.Record.With != "" {
					broken = append(broken, p.pairOf(c.Record))
				}
			}
		}
		bonds := p.bonds(broken)
		for i := range stated {
			p.checkTrust(&stated[i], bonds)
		}
	},
}

// pair are two parties, or their organisations where these differ, the smaller id first.
type pair struct{ a, b record.ID }

func (p *pass) pairOf(r *mission.Relation) pair {
	a, b := r.Party, r.With
	if x, _ := p.body(a); x != "" {
		if y, _ := p.body(b); y != "" && x != y {
			a, b = x, y
		}
	}
	if b < a {
		a, b = b, a
	}
	return pair{a, b}
}

// bonds finds what shows that the two of each pair need one another, reading parties, duties and dependencies once.
func (p *pass) bonds(pairs []pair) map[pair][]Evidence {
	bonds := make(map[pair][]Evidence)
	if len(pairs) == 0 {
		return bonds
	}
	wanted, sides := make(map[pair]bool), make(map[record.ID]bool)
	for _, x := range pairs {
		wanted[x], sides[x.a], sides[x.b] = true, true, true
	}
	parts := make(map[record.Ref]map[record.ID][]Evidence) // who has a part in what, and what says so
	join := func(ref record.Ref, party record.ID, e ...Evidence) {
		body, _ := p.body(party)
		for _, id := range distinct([]record.ID{party, body}) {
			if !sides[id] {
				continue
			}
			if parts[ref] == nil {
				parts[ref] = make(map[record.ID][]Evidence)
			}
			parts[ref][id] = append(parts[ref][id], e...)
		}
	}
	for _, id := range p.register.Parties() {
		join(refToParty(id), id)
		for _, c := range p.register.CarriedBy(id, p.at) {
			if !c.Record.Subject.IsZero() {
				join(c.Record.Subject, id, p.evidence(accountability.KindDuty, &c.Record.Record))
			}
		}
	}
	for _, id := range p.missions {
		for _, c := range p.said[id] {
			ids, _ := c.Record.Contributors.Get()
			for _, party := range ids {
				join(missionRef(id), party, p.evidence(mission.KindMission, &c.Record.Record))
			}
		}
	}
	bind := func(one, other record.Ref, e ...Evidence) {
		for a, left := range parts[one] {
			for b, right := range parts[other] {
				x := pair{min(a, b), max(a, b)}
				if a != b && wanted[x] {
					bonds[x] = append(append(append(bonds[x], e...), left...), right...)
				}
			}
		}
	}
	for ref := range parts {
		if ref.Kind != accountability.KindParty {
			bind(ref, ref)
		}
	}
	for _, c := range p.plan.Dependencies(p.at) {
		bind(c.Record.Dependent, c.Record.On, p.evidence(milestone.KindDependency, &c.Record.Record))
	}
	for x := range bonds {
		bonds[x] = dedupe(bonds[x])
	}
	return bonds
}

func (p *pass) checkTrust(f *fact[mission.Relation], bonds map[pair][]Evidence) {
	ref := relationRef(f.id)
	var broken, maybe []record.Claim[mission.Relation]
	for _, c := range f.claims {
		switch {
		case c.Record.Trust != mission.TrustBroken:
		case c.On == calendar.Certainly:
			broken = append(broken, c)
		default:
			maybe = append(maybe, c)
		}
	}
	question := "whether trust is broken on a path that somebody depends on"
	switch {
	case len(broken) == 0 && len(maybe) > 0:
		p.cannot(ref, question, memoryRough("whether the trust is broken on that day"))
		return
	case len(broken) == 0:
		p.nothing(ref)
		return
	}
	r := broken[0].Record
	if r.Party == "" || r.With == "" {
		p.cannot(ref, question, unrecorded("who no longer trusts whom", "both parties of the relation"))
		return
	}
	question = "whether " + p.partyName(r.Party) + " and " + p.partyName(r.With) + ", whose trust is broken, need one another"
	repairs := p.recollect(mission.TrustRepair, ref).present
	for _, side := range []struct{ of, other record.ID }{{r.Party, r.With}, {r.With, r.Party}} {
		for _, c := range p.recollect(mission.TrustRepair, refToParty(side.of)).present {
			if slices.Contains(c.Record.By, side.other) || slices.Contains(c.Record.With, side.other) {
				repairs = append(repairs, c)
			}
		}
	}
	mended := calendar.No
	for _, c := range repairs {
		w, since := c.Record.OnDay, broken[0].Valid.From
		if w.IsZero() || since.IsZero() {
			mended = calendar.Certainly
			continue
		}
		switch before(w, []calendar.When{since}) {
		case calendar.No:
			mended = calendar.Certainly
		case calendar.Possibly, 0:
			mended = max(mended, calendar.Possibly)
		}
	}
	needs := bonds[p.pairOf(r)]
	switch {
	case mended == calendar.Certainly:
		p.nothing(ref)
	case mended == calendar.Possibly:
		p.cannot(ref, "whether the trust between "+p.partyName(r.Party)+" and "+p.partyName(r.With)+" is being mended",
			Missing{What: "which came first, the break or the repair,", Ground: "not known from their dates", Way: "record since when the trust is broken, and the day of the repair, more closely"})
	case len(needs) == 0:
		p.cannot(ref, question, unrecorded("what either needs the other for", "the dependency between them, or the mission or duty that they share"))
	default:
		trigger := proof(p, mission.KindRelation, broken)
		text := attributed(trigger, p.partyName(r.Party)+" does not trust "+p.partyName(r.With)+" any more"+p.says(trigger))
		text += " The two need one another: " + p.bondText(needs) + ". No act to mend it is recorded."
		p.finding(ref, text, trigger, append(needs, p.memoryProof(repairs)...)...)
	}
}

// bondText says by which sort of record two parties need one another.
func (p *pass) bondText(needs []Evidence) string {
	kinds := make(map[record.Kind]bool)
	for _, e := range needs {
		kinds[e.Ref.Kind] = true
	}
	switch {
	case kinds[milestone.KindDependency]:
		return "a dependency is recorded between what they answer for"
	case kinds[mission.KindMission]:
		return "both take part in one mission"
	}
	return "both carry duties on one subject"
}

var identityBarrier = &Rule{
	ID: "F109", Slug: "identity-barrier-unaddressed", Severity: Note,
	Title: "Somebody loses control by a change, and nobody has talked with them",
	Why: "What people at the top take themselves to be is bound up with what they control. A change that takes some of it away asks them to become something else, and they will find good reasons against it unless somebody offers them a part worth having. " +
		"The sources hold this to be perhaps the most serious barrier of all.",
	Fires: "A relation says that one party loses control of something by what the other does, and an engagement event marked absent says that nobody has talked with it or offered it a part: on the relation, on that party, or on the matter of the relation with that party or nobody named. " +
		"An engagement or accepted event that is present in one of these places silences it. It looks at relations that say whether control is lost, and cannot tell where that is unknown or withheld, where its day is too rough, or where nothing is recorded of any engagement.",
	FalseAlarm: "Those who lose control have agreed, and it is not recorded.",
	Question:   "What is offered to those who lose by this, and would you take it?",
	Sources:    []string{"S1:49", "S1:50"},
	Needs:      []string{"relations between parties, with whether the other side loses control", "engagement and accepted events on relations, parties and the matter in hand, present or marked absent"},
	Bad:        identityBarrierBad, Good: identityBarrierGood, Unclear: identityBarrierUnclear, Harmless: identityBarrierHarmless,
	check: func(p *pass) {
		for _, f := range factsOf(p.m.Relations(p.at)) {
			if slices.ContainsFunc(f.claims, func(c record.Claim[mission.Relation]) bool { return c.Record.LosesControl.State != 0 }) {
				p.checkLosesControl(&f)
			}
		}
	},
}

func (p *pass) checkLosesControl(f *fact[mission.Relation]) {
	ref := relationRef(f.id)
	var losing []record.Claim[mission.Relation]
	var open record.Value[bool]
	rough := false
	for _, c := range f.claims {
		switch v := c.Record.LosesControl; {
		case yes(v) && c.On != calendar.Certainly:
			rough = true
		case yes(v):
			losing = append(losing, c)
		case v.State != 0 && v.State != record.StateKnown && v.State != record.StateNotApplicable && open.State == 0:
			open = v
		}
	}
	r := f.claims[0].Record
	if len(losing) > 0 {
		r = losing[0].Record
	}
	who := p.partyName(r.With)
	if r.With == "" {
		who = "the other side"
	}
	question := "whether anybody has talked with " + who + " about what it loses"
	switch {
	case len(losing) > 0:
	case rough:
		p.cannot(ref, question, memoryRough("whether it loses control on that day"))
		return
	case open.State != 0:
		p.cannot(ref, question, unknown("whether it loses control of something", open.State, open.Ground, "whether it does"))
		return
	default:
		p.nothing(ref)
		return
	}
	body, _ := p.body(r.With)
	loser := distinct([]record.ID{r.With, body})
	places := []record.Ref{ref}
	if r.With != "" {
		places = append(places, refToParty(r.With))
	}
	var absent []record.Claim[mission.Event]
	for _, kind := range []string{mission.Engagement, mission.Accepted} {
		said := p.recollect(kind, places...)
		if !r.Subject.IsZero() && !slices.Contains(places, r.Subject) {
			about := p.recollect(kind, r.Subject)
			for _, c := range about.present {
				if memoryAny(c.Record.With, loser) || memoryAny(c.Record.By, loser) {
					said.present = append(said.present, c)
				}
			}
			for _, c := range about.absent {
				if len(c.Record.With) == 0 || memoryAny(c.Record.With, loser) {
					said.absent = append(said.absent, c)
				}
			}
		}
		if len(said.present) > 0 {
			p.nothing(ref)
			return
		}
		if kind == mission.Engagement {
			absent = sorted(said.absent)
		}
	}
	if len(absent) == 0 {
		p.cannot(ref, question, leftOut(p.memoryMissed(mission.Engagement, places...), "whether it was talked with, or offered a part",
			"an engagement or accepted event on the relation, or an engagement event marked absent"))
		return
	}
	trigger := p.memoryProof(absent)
	over := ""
	if r.Party != "" {
		over = " by what " + p.partyName(r.Party) + " does"
	}
	p.finding(ref, attributed(trigger, "nobody has talked with "+who+", which loses control"+over+", or offered it a part"+p.says(trigger)), trigger,
		proof(p, mission.KindRelation, losing)...)
}
