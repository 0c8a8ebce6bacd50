package review

import (
	"slices"
	"strconv"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// The rules on what a mission is up against, and on who works on it.

var siloBound = &Rule{
	ID: "F87", Slug: "silo-bound-mission", Severity: Serious,
	Title: "What a mission is up against lies with several organisations, and the work on it joins few of them",
	Why: "A mission is taken up because what holds people back lies with many organisations at once, and none of them can change it alone. Where the work stays inside one or two of them, they change what they already had in hand, " +
		"and the rest of the causes goes on as before.",
	Fires: "The causes that bear on a mission or on what belongs to it, the parties and initiatives that these depend on, and what is recorded to contribute to them lie with at least two organisations, and certainly no more than F87.percent of those are joined. " +
		"Joined is who takes part, with another organisation, in a working-link, joint-decision or agreement event on any of these, in a forum of the mission, or in a body that does one of its initiatives; or what depends on it was agreed with it. " +
		"Apart is who is named in a working-link event marked absent, or all of them where it names nobody; who is not of an organisation on the list of the mission's contributors; or who has not agreed to a dependency. " +
		"Next-steps events, and a mission that is proposed or closed, silence it. It cannot tell where nobody says which causes there are or who can change them, nor where too many are neither joined nor apart.",
	FalseAlarm: "The work is staged, and the joins that are to come are written down.",
	Question:   "Which of those who could change this have never met about it, and who would have to ask them?",
	Sources:    []string{"S0:8", "S0:42", "S2:25"},
	Needs: []string{"causes, with those who can change them and what they bear on", "dependencies on parties and initiatives, and whether they are agreed", "contributions of initiatives and parties",
		"the organisations of those parties", "working-link, joint-decision, agreement and next-steps events, present or marked absent", "the contributors of missions and the members of their forums"},
	Thresholds: []Threshold{{Name: "F87.percent", Unit: "percent", Value: 50,
		Meaning: "what share of the organisations with a part in what the mission is up against may be joined while the work still counts as staying inside few; no source names a number, and the default is half of them"}},
	Bad: siloBoundBad, Good: siloBoundGood, Unclear: siloBoundUnclear, Harmless: siloBoundHarmless,
	check: func(p *pass) {
		boards := make(map[record.ID][]*forum)
		forums := p.eachForum()
		for i := range forums {
			for _, id := range forums[i].missions() {
				boards[id] = append(boards[id], &forums[i])
			}
		}
		for _, id := range p.missions {
			p.checkSilo(id, boards[id])
		}
	},
}

// silo is how the work on a mission is spread over those who have a part in what it is up against.
type silo struct {
	homes   []record.ID // the organisations with a part in it, sorted
	owning  []Evidence  // what says so
	missing []Missing   // what would have to be known of that
	joined  map[record.ID]bool
	apart   map[record.ID]bool
	parting []Evidence // what says that some are apart
}

func (p *pass) checkSilo(id record.ID, boards []*forum) {
	ref, name := missionRef(id), p.missionName(id)
	question := "whether the work on " + name + " joins those who can change what it is up against"
	if p.over(id) {
		p.nothing(ref)
		return
	}
	w, parts := p.web(), p.within(id)
	causes := w.behind(parts)
	s := silo{joined: make(map[record.ID]bool), apart: make(map[record.ID]bool)}
	p.siloOwners(&s, parts, causes)
	if len(s.homes) < 2 {
		if len(causes) == 0 {
			s.missing = append(s.missing, unrecorded("what brings it about or holds it back", "the causes that bear on the mission, each with those who can change it (an afternoon with those who know the matter will do for a start)"))
		}
		if len(s.missing) > 0 {
			p.cannot(ref, question, dedupeMissing(s.missing)...)
			return
		}
		p.nothing(ref)
		return
	}
	subjects := slices.Clone(parts)
	for _, i := range causes {
		subjects = append(subjects, causeRef(w.causes[i].id))
	}
	for _, on := range subjects {
		if p.happened(on, mission.NextSteps) {
			p.nothing(ref)
			return
		}
	}
	p.siloJoins(&s, subjects, boards)
	p.siloParts(&s, id, parts, causes)
	var in, out, open []record.ID
	for _, home := range s.homes {
		switch {
		case s.joined[home]:
			in = append(in, home)
		case s.apart[home]:
			out = append(out, home)
		default:
			open = append(open, home)
		}
	}
	bar := p.limit("percent") / 100 * float64(len(s.homes))
	switch {
	case float64(len(in)) > bar:
		p.nothing(ref)
	case len(out) == 0, float64(len(in)+len(open)) > bar:
		missing := []Missing{leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.WorkingLink), "with whom "+p.partyNames(open)+" work on it",
			"working-link events between them, or such events marked absent, or all the contributors to the mission")}
		p.cannot(ref, question, append(missing, dedupeMissing(s.missing)...)...)
	default:
		clause := "what " + name + " is up against lies with " + strconv.Itoa(len(s.homes)) + " organisations (" + p.partyNames(s.homes) + "), and " + p.partyNames(out) + " do"
		if len(out) == 1 {
			clause += "es"
		}
		clause += " not work on it with the others"
		if len(in) > 0 {
			clause += ", as " + p.partyNames(in) + " do"
			if len(in) == 1 {
				clause += "es"
			}
		}
		p.webBoth(ref, clause, s.parting, s.owning, proof(p, mission.KindMission, p.said[id])...)
	}
}

// siloOwners finds who has a part in what some subjects are up against.
func (p *pass) siloOwners(s *silo, parts []record.Ref, causes []int) {
	w := p.web()
	own := func(ids []record.ID) {
		homes, homeless := p.webHomes(ids)
		s.homes = append(s.homes, homes...)
		if len(homeless) > 0 {
			s.missing = append(s.missing, unrecorded("the organisation of "+p.partyNames(homeless), "the organisation that each belongs to"))
		}
	}
	for _, i := range causes {
		f := &w.causes[i]
		owners, _, filled, kept := webLists(f.claims, func(c *mission.Cause) record.Value[[]record.ID] { return c.Owners })
		switch {
		case !webCertain(f.claims):
			s.missing = append(s.missing, roughClaim("whether "+causeName(f)+" bears on it"))
		case len(filled) > 0:
			own(owners)
			s.owning = append(s.owning, proof(p, mission.KindCause, filled)...)
		case kept.State != 0 || !slices.ContainsFunc(f.claims, func(c record.Claim[mission.Cause]) bool { return c.Record.Owners.State == record.StateKnown }):
			s.missing = append(s.missing, unknown("who can change "+causeName(f), kept.State, kept.Ground, "its owners, each of them"))
		}
	}
	for _, on := range parts {
		for _, c := range w.needs[on] {
			if ids := p.doers(c.Record.On); len(ids) > 0 && c.On == calendar.Certainly {
				own(ids)
				s.owning = append(s.owning, p.evidence(milestone.KindDependency, &c.Record.Record))
			}
		}
		for _, c := range w.helps[on] {
			if ids := p.doers(c.Record.Cause); len(ids) > 0 && c.On == calendar.Certainly {
				own(ids)
				s.owning = append(s.owning, p.evidence(learning.KindContribution, &c.Record.Record))
			}
		}
	}
	s.homes = distinct(s.homes)
}

// siloJoins finds who works on it with somebody else.
func (p *pass) siloJoins(s *silo, subjects []record.Ref, boards []*forum) {
	join := func(ids []record.ID) {
		if homes, _ := p.webHomes(ids); len(homes) > 1 {
			for _, home := range homes {
				s.joined[home] = true
			}
		}
	}
	for _, on := range subjects {
		for _, kind := range []string{mission.WorkingLink, mission.JointDecision, mission.Agreement} {
			present, _ := p.events(on, kind)
			for _, c := range present {
				join(append(slices.Clone(c.Record.By), c.Record.With...))
			}
		}
		for _, id := range p.doers(on) {
			if on.Kind == mission.KindInitiative {
				for _, c := range p.register.Party(id, p.at) {
					join(c.Record.Parts)
				}
			}
		}
		for _, c := range p.web().needs[on] {
			if yes(c.Record.Agreed) {
				homes, _ := p.webHomes(p.doers(c.Record.On))
				for _, home := range homes {
					s.joined[home] = true
				}
			}
		}
	}
	for _, f := range boards {
		members, _, _ := f.members()
		join(members)
	}
}

// siloParts finds of whom it is recorded that they are not joined.
func (p *pass) siloParts(s *silo, id record.ID, parts []record.Ref, causes []int) {
	w := p.web()
	part := func(homes []record.ID, why ...Evidence) {
		found := false
		for _, home := range homes {
			if !s.joined[home] && slices.Contains(s.homes, home) {
				s.apart[home], found = true, true
			}
		}
		if found {
			s.parting = append(s.parting, why...)
		}
	}
	absent := func(on record.Ref, all []record.ID) {
		_, none := p.events(on, mission.WorkingLink)
		for _, c := range none {
			homes := all
			if named := append(slices.Clone(c.Record.By), c.Record.With...); len(named) > 0 {
				homes, _ = p.webHomes(named)
			}
			part(homes, p.evidence(mission.KindEvent, &c.Record.Record))
		}
	}
	for _, on := range parts {
		var all []record.ID
		if on == missionRef(id) {
			all = s.homes
		}
		absent(on, all)
		for _, c := range w.needs[on] {
			if no(c.Record.Agreed) {
				homes, _ := p.webHomes(p.doers(c.Record.On))
				part(homes, p.evidence(milestone.KindDependency, &c.Record.Record))
			}
		}
	}
	for _, i := range causes {
		owners, _, _, _ := webLists(w.causes[i].claims, func(c *mission.Cause) record.Value[[]record.ID] { return c.Owners })
		homes, _ := p.webHomes(owners)
		absent(causeRef(w.causes[i].id), homes)
	}
	listed, _, listing, kept := webLists(p.said[id], func(m *mission.Mission) record.Value[[]record.ID] { return m.Contributors })
	if len(listing) > 0 && kept.State == 0 {
		taking, homeless := p.webHomes(listed)
		var others []record.ID
		for _, home := range s.homes {
			if !slices.Contains(taking, home) {
				others = append(others, home)
			}
		}
		if len(homeless) == 0 {
			part(others, proof(p, mission.KindMission, listing)...)
		}
	}
	s.parting = dedupe(s.parting)
}

var uncoveredFactor = &Rule{
	ID: "F88", Slug: "uncovered-factor", Severity: Caution,
	Title: "Nobody can change a cause of what a mission is for, or nothing is being done about it",
	Why: "Whoever asks why things are as they are finds causes that no organisation has in hand. These are the ones that the plan leaves out, since there is nobody to write their part of it. " +
		"They then go on working against all that the others do.",
	Fires: "A cause is recorded for which the list of its owners is known and empty, or the list of what is being done about it is. A reason for which it is left alone, by decision, silences it. " +
		"It cannot tell where either list is not recorded, unknown or withheld and the other does not decide it, where claimants differ, or where rough dates leave it open whether the record holds. It looks at nothing where no cause is recorded.",
	FalseAlarm: "It was decided to leave it alone, and why is written down.",
	Question:   "If this cause stays as it is, how far can the rest of the work get?",
	Sources:    []string{"S0:42"},
	Needs:      []string{"causes, with all who can change them, all that is being done about them, and why any is left alone"},
	Bad:        uncoveredFactorBad, Good: uncoveredFactorGood, Unclear: uncoveredFactorUnclear, Harmless: uncoveredFactorHarmless,
	check: func(p *pass) {
		causes := p.web().causes
		for i := range causes {
			p.checkFactor(&causes[i])
		}
	},
}

func (p *pass) checkFactor(f *fact[mission.Cause]) {
	ref, name := causeRef(f.id), causeName(f)
	if slices.ContainsFunc(f.claims, func(c record.Claim[mission.Cause]) bool { return plain(c.Record.LeftAlone) != "" }) {
		p.nothing(ref)
		return
	}
	_, ownerless, owned, owners := webLists(f.claims, func(c *mission.Cause) record.Value[[]record.ID] { return c.Owners })
	_, idle, active, works := webLists(f.claims, func(c *mission.Cause) record.Value[[]record.Ref] { return c.Interventions })
	var clauses []string
	var trigger []Evidence
	var missing []Missing
	read := func(empty, filled []record.Claim[mission.Cause], state record.State, ground, clause, what, way string) {
		switch {
		case state == record.StateNotApplicable && len(empty)+len(filled) == 0:
		case len(empty) > 0 && len(filled) > 0:
			missing = append(missing, contested(what, way))
		case len(empty) > 0:
			clauses = append(clauses, clause)
			trigger = append(trigger, proof(p, mission.KindCause, empty)...)
		case len(filled) == 0:
			missing = append(missing, unknown(what, state, ground, way))
		}
	}
	read(ownerless, owned, owners.State, owners.Ground, "nobody can change "+name, "who can change it", "its owners, or that it has none")
	nothingDone := "nothing is being done about " + name
	if len(ownerless) > 0 && len(owned) == 0 {
		nothingDone = "nothing is being done about it"
	}
	read(idle, active, works.State, works.Ground, nothingDone, "what is being done about it", "what is being done about it, or that nothing is")
	switch {
	case len(clauses) > 0 && !webCertain(f.claims):
		p.cannot(ref, "whether "+name+" is covered", roughClaim("whether the record of it holds on that day"))
	case len(clauses) > 0:
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, listed(clauses)+p.says(trigger)), trigger, proof(p, mission.KindCause, f.claims)...)
	case len(missing) > 0:
		p.cannot(ref, "whether "+name+" is covered", missing...)
	default:
		p.nothing(ref)
	}
}
