package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on what stewards are asked for, and on who owns a mission.

var silentMandate = &Rule{
	ID: "F59", Slug: "silent-mandate", Severity: Note,
	Title: "A mandate letter says nothing of partnership or of learning",
	Why: "What a letter asks for is what its bearer is later asked about. A steward whose letter lists results alone will drive their own department towards them, because nothing obliges or allows them to bring others in, to try things and to fail. " +
		"A sentence at the start costs nothing.",
	Fires: "The ways of working that a mandate on a mission obliges its bearer to are listed, and neither partnership nor learning is among them. " +
		"Another mandate in force to the same party that has one of them silences it, and so does a newer letter in its place. It looks at mandate letters, and at mandates whose subject is a mission, and cannot tell where what they oblige to is not recorded.",
	FalseAlarm: "Another instrument asks for it: a framework document, a code, a second letter.",
	Question:   "What in this letter would a steward point to when asked why they gave money or time to somebody else's work?",
	Sources:    []string{"S4:40"},
	Needs:      []string{"mandates, with what they are about, what they oblige to and what they stand in place of"},
	Bad:        silentMandateBad, Good: silentMandateGood, Unclear: silentMandateUnclear, Harmless: silentMandateHarmless,
	check: func(p *pass) {
		byFact := p.mandates()
		for _, id := range sortedKeys(byFact) {
			if claims := byFact[id]; slices.ContainsFunc(claims, func(c record.Claim[accountability.Mandate]) bool {
				return c.Record.Kind == letter || c.Record.Subject.Kind == mission.KindMission
			}) {
				p.checkMandate(id, claims)
			}
		}
	},
}

// letter is the kind of a mandate given to a steward.
const letter = "mandate-letter"

// mandates returns what is said of every mandate, by fact.
func (p *pass) mandates() map[record.ID][]record.Claim[accountability.Mandate] {
	byFact := make(map[record.ID][]record.Claim[accountability.Mandate])
	for _, to := range p.register.Parties() {
		for _, c := range p.register.Mandates(to, p.at) {
			byFact[c.Record.Fact()] = append(byFact[c.Record.Fact()], c)
		}
	}
	for id := range byFact {
		sorted(byFact[id])
	}
	return byFact
}

// outdone reports whether a mandate asks for partnership or learning, or another in force to the same party does or stands in
// its place.
func (p *pass) outdone(id record.ID, claims []record.Claim[accountability.Mandate]) bool {
	others := slices.Clone(claims)
	for _, c := range claims {
		others = append(others, p.register.Mandates(c.Record.To, p.at)...)
	}
	return slices.ContainsFunc(others, func(c record.Claim[accountability.Mandate]) bool {
		words, _ := c.Record.Obliges.Get()
		open := slices.Contains(words, accountability.ObligesPartnership) || slices.Contains(words, accountability.ObligesLearning)
		return c.Record.Fact() == id && open || c.On == calendar.Certainly && (open || slices.Contains(c.Record.Supersedes, id))
	})
}

func (p *pass) checkMandate(id record.ID, claims []record.Claim[accountability.Mandate]) {
	ref := record.Ref{Kind: accountability.KindMandate, ID: id}
	m := claims[0].Record
	name := "the mandate of " + p.partyName(m.To)
	if !m.Subject.IsZero() {
		name += " for " + p.named(m.Subject)
	}
	var listing []record.Claim[accountability.Mandate]
	var kept record.Value[[]string]
	rough := false
	for _, c := range claims {
		rough = rough || c.On != calendar.Certainly
		if _, known := c.Record.Obliges.Get(); known {
			listing = append(listing, c)
		} else if kept.State == 0 {
			kept = c.Record.Obliges
		}
	}
	question := "whether " + name + " asks for partnership or learning"
	switch {
	case p.outdone(id, claims) || kept.State == record.StateNotApplicable:
		p.nothing(ref)
	case len(listing) == 0 || kept.State != 0:
		p.cannot(ref, question, unknown("what ways of working it obliges to", kept.State, kept.Ground, "the ways of working that it obliges to: partnership, learning"))
	case rough:
		p.cannot(ref, question, roughDuty("whether it is in force on that day"))
	default:
		trigger := proof(p, accountability.KindMandate, listing)
		p.finding(ref, attributed(trigger, name+" asks for neither partnership nor learning"), trigger)
	}
}

var noCollectiveOwnership = &Rule{
	ID: "F60", Slug: "no-collective-ownership", Severity: Caution,
	Title: "One minister owns a mission that touches several, and they have decided nothing together",
	Why: "A mission that one sponsor owns is that sponsor's project in the eyes of every other department. Ministers who took part in deciding it defend it when money and time are short; ministers who were told of it wait for it to pass. " +
		"Ownership together is shown by decisions taken together.",
	Fires: "The duties of sponsor and steward of the mission are held by posts of one body, more than one body takes part in the mission, and a joint-decision event on it is marked absent. " +
		"A joint decision with somebody of another body silences it, and so do sponsors or stewards of two bodies. It has nothing to say where one body alone takes part, or the mission is proposed or closed, and cannot tell where the owners, the contributors or the decisions are not recorded.",
	FalseAlarm: "The mission is one department's own, and needs nobody else.",
	Question:   "Which other minister would speak up for this mission in a meeting that its sponsor missed?",
	Sources:    []string{"S1:71", "S1:58"},
	Needs:      []string{"the duties mission-sponsor and mission-steward", "the contributors to missions, and the organisations of posts", "joint-decision events on missions, with who decided, present or marked absent"},
	Bad:        noCollectiveOwnershipBad, Good: noCollectiveOwnershipGood, Unclear: noCollectiveOwnershipUnclear, Harmless: noCollectiveOwnershipHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkOwnership(id)
		}
	},
}

func (p *pass) checkOwnership(id record.ID) {
	ref, name := missionRef(id), p.missionName(id)
	question := "whether " + name + " is owned by more than one minister"
	wide, lacking := p.wide(id)
	w := p.answerers(ref, func(d string) bool { return d == accountability.MissionSponsor || d == accountability.MissionSteward })
	owners, homeless := p.bodies(w.parties)
	decided, absent := p.events(ref, mission.JointDecision)
	together, unnamed := false, false
	for _, c := range decided {
		by, _ := p.bodies(c.Record.By)
		unnamed = unnamed || len(c.Record.By) == 0
		together = together || len(distinct(append(by, owners...))) > 1
	}
	switch {
	case p.over(id) || wide == calendar.No || len(owners) > 1 || together:
		p.nothing(ref)
		return
	}
	var missing []Missing
	switch {
	case len(w.parties) == 0 && len(w.unsettled) > 0:
		missing = append(missing, w.unsettled...)
	case len(w.parties) == 0 && len(w.perhaps) > 0:
		missing = append(missing, roughDuty("who sponsors it on that day"))
	case len(w.parties) == 0:
		missing = append(missing, leftOut(p.m.LeftOut(accountability.KindDuty, ref, accountability.MissionSponsor), "who sponsors it", "a mission-sponsor or mission-steward duty on the mission, with its post"))
	case len(w.perhaps) > 0:
		missing = append(missing, roughDuty("who else sponsors it on that day"))
	case len(homeless) > 0 && len(w.parties) > 1:
		missing = append(missing, unrecorded("the organisation of "+p.partyNames(homeless), "the organisation of each post"))
	}
	if wide == 0 {
		missing = append(missing, lacking)
	}
	switch {
	case unnamed:
		missing = append(missing, unrecorded("who took the joint decision", "who decided, on the joint-decision event"))
	case len(absent) == 0:
		missing = append(missing, leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.JointDecision), "whether those whom it touches have decided anything together", "a joint-decision event on the mission, or one marked absent"))
	}
	if len(missing) > 0 {
		p.cannot(ref, question, missing...)
		return
	}
	trigger := proof(p, mission.KindEvent, absent)
	text := attributed(trigger, "nothing about "+name+" was decided together with the others whom it touches")
	text += " It is sponsored or stewarded by " + p.partyNames(w.parties) + " alone."
	p.finding(ref, text, trigger, append(append(w.duties, w.holdings...), proof(p, mission.KindMission, p.said[id])...)...)
}
