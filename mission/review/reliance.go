package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
)

// The rule on missions that rest on one person, and the rules on who takes outcomes on and who takes part.

var championDependency = &Rule{
	ID: "F48", Slug: "champion-dependency", Severity: Serious,
	Title: "A mission would lose its sponsor, its lead or its way to a minister with one role holder",
	Why: "Missions that move often do so because one minister or one head pushes them, and they stop on the day that person is moved on. That energy is a strength, and resting everything on it is a risk that a named successor or a second champion removes. " +
		"The finding is about the role, and not about whoever holds it.",
	Fires: "Three conditions carry a mission: a sponsor, a lead, and a lead with a direct route to a minister, which needs the sponsor too. It fires if one role holder leaving would end at least F48.conditions of those recorded as held, with no successor named on the duties. " +
		"A second holder or carrier keeps a condition. It cannot tell where the sponsor, the lead or the route is not recorded and the rest does not decide it.",
	FalseAlarm: "A successor or a second champion is in place and nobody has recorded it.",
	Question:   "If this post fell empty tomorrow, who would sponsor the mission, who would lead it, and would a minister still listen?",
	Sources:    []string{"S1:20", "S0:29", "S3:18"},
	Needs:      []string{"the duties mission-sponsor and mission-lead, with their posts, means and successors", "who holds those posts"},
	Thresholds: []Threshold{{Name: "F48.conditions", Unit: "conditions", Value: 2, Least: 1,
		Meaning: "how many of the three conditions must end with one role holder; the default is that of the case in S1:20, where each of two people carries two of them"}},
	Bad: championDependencyBad, Good: championDependencyGood, Unclear: championDependencyUnclear, Harmless: championDependencyHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkChampions(id)
		}
	},
}

// support is one way in which a condition is held: somebody in a post. Without a unit it cannot fall with one role holder:
// an organisation carries it, or a successor is named.
type support struct {
	unit   record.ID // who would have to leave: the holder, or the post where its holder is not recorded
	post   record.ID
	routed bool // has a direct route to a minister
	maybe  bool // and nobody has recorded whether
}

// reliance is what carries a mission.
type reliance struct {
	sponsors, leads []support
	sponsored       bool // a sponsor is recorded as held, so that a route leads through it
}

// left says which conditions are held once a unit is gone; the empty unit is nobody. maybe counts a route that nobody has
// recorded as one.
func (r *reliance) left(gone record.ID, maybe bool) [3]bool {
	stays := func(s support) bool { return s.unit == "" || s.unit != gone }
	sponsor := slices.ContainsFunc(r.sponsors, stays)
	return [3]bool{
		sponsor,
		slices.ContainsFunc(r.leads, stays),
		(sponsor || !r.sponsored) && slices.ContainsFunc(r.leads, func(s support) bool {
			return stays(s) && (s.routed || maybe && s.maybe)
		}),
	}
}

var conditions = [3]string{"a sponsor", "a lead", "a direct route to a minister"}

// falls names the conditions that end with a unit.
func (r *reliance) falls(unit record.ID, maybe bool) []string {
	with, without := r.left("", maybe), r.left(unit, maybe)
	var ended []string
	for i, name := range conditions {
		if with[i] && !without[i] {
			ended = append(ended, name)
		}
	}
	return ended
}

// units returns everybody with whom something may fall, sorted.
func (r *reliance) units() []record.ID {
	var units []record.ID
	for _, s := range append(slices.Clone(r.sponsors), r.leads...) {
		if s.unit != "" {
			units = append(units, s.unit)
		}
	}
	slices.Sort(units)
	return slices.Compact(units)
}

// posts returns the posts that a unit holds among those that carry the mission, sorted.
func (r *reliance) posts(unit record.ID) []record.ID {
	var posts []record.ID
	for _, s := range append(slices.Clone(r.sponsors), r.leads...) {
		if s.unit == unit {
			posts = append(posts, s.post)
		}
	}
	slices.Sort(posts)
	return slices.Compact(posts)
}

func (p *pass) supports(a *accountability.Answer) []support {
	var list []support
	for _, c := range a.Carriers {
		route := c.Duty.Means.Route
		s := support{post: c.Post, routed: yes(route), maybe: route.State != record.StateKnown && route.State != record.StateNotApplicable}
		kind := p.party(c.Post).kind
		switch {
		case c.Filled == accountability.Vacant, c.Duty.State != 0 && c.Duty.State != accountability.Held:
		case kind != 0 && kind != accountability.Post:
			list = append(list, s)
		case len(c.Holders) == 0:
			s.unit = unlessSucceeded(c.Duty, c.Post)
			list = append(list, s)
		default:
			for _, h := range c.Holders {
				s.unit = unlessSucceeded(c.Duty, h.Party)
				list = append(list, s)
			}
		}
	}
	return list
}

// unlessSucceeded returns the unit, or nobody where somebody else is named to take over.
func unlessSucceeded(d *accountability.Duty, unit record.ID) record.ID {
	if d.Successor != "" && d.Successor != unit && d.Successor != d.Post {
		return ""
	}
	return unit
}

func (p *pass) checkChampions(id record.ID) {
	ref, name := missionRef(id), p.missionName(id)
	if p.over(id) {
		p.nothing(ref)
		return
	}
	var r reliance
	var missing []Missing
	var duties, holdings []Evidence
	read := func(word, who string) []support {
		a, ok := p.register.Answerable(ref, word, p.at)
		switch {
		case !ok:
			missing = append(missing, leftOut(p.m.LeftOut(accountability.KindDuty, ref, word), "who "+who+" it", "a "+word+" duty on the mission, with its post"))
			return nil
		case a.State == accountability.Unclear, a.State == accountability.Contested:
			missing = append(missing, Missing{What: "who " + who + " it", Ground: a.State.String(), Way: "settle who " + who + " it, and record the post"})
		}
		d, h := split(p.basis(&a))
		duties, holdings = append(duties, d...), append(holdings, h...)
		if a.State != accountability.Held {
			return nil
		}
		return p.supports(&a)
	}
	r.sponsors = read(accountability.MissionSponsor, "sponsors")
	r.leads = read(accountability.MissionLead, "leads")
	r.sponsored = len(r.sponsors) > 0

	least := p.limit("conditions")
	var text string
	open := false // a route that nobody has recorded would decide it
	for _, unit := range r.units() {
		if ended := r.falls(unit, false); float64(len(ended)) >= least {
			posts := r.posts(unit)
			text += " If " + p.postNames(posts) + " fell empty, " + name + " would be without " + either(ended) + "."
			if len(posts) > 1 {
				text += " One holder has these posts."
			}
		}
		open = open || float64(len(r.falls(unit, true))) >= least
	}
	switch {
	case text != "":
		duties = dedupe(duties)
		text = text[1:] + " No successor is named on these duties."
		if weak(duties) {
			text = attributed(duties, "one role holder carries "+name) + " " + text
		}
		p.finding(ref, text, duties, append(holdings, proof(p, mission.KindMission, p.said[id])...)...)
	case len(missing) > 0:
		p.cannot(ref, "whether "+name+" rests on one role holder", missing...)
	case open:
		v := p.routeOf(ref)
		p.cannot(ref, "whether "+name+" rests on one role holder",
			unknown("whether the lead has a direct route to a minister", v.State, v.Ground, "in the means of the mission-lead duty whether there is a direct route"))
	default:
		p.nothing(ref)
	}
}

// routeOf returns what is said of the lead's route where it is not known: the first that says anything.
func (p *pass) routeOf(ref record.Ref) (v record.Value[bool]) {
	a, _ := p.register.Answerable(ref, accountability.MissionLead, p.at)
	for _, c := range p.carriers(&a) {
		if route := c.Duty.Means.Route; v.State == 0 && route.State != record.StateKnown {
			v = route
		}
	}
	return v
}

var orphanOutcome = &Rule{
	ID: "F51", Slug: "orphan-outcome", Severity: Serious,
	Title: "Nobody has taken an outcome on",
	Why: "An outcome that several bodies share can end up with none: each takes it for somebody else's, and nobody has to give an account of it. " +
		"Shared accountability is normal, and it needs at least one party that has said yes.",
	Fires: "Every duty recorded on the outcome is vacant, or whoever it was given to has not accepted it. Advising on an outcome is not taking it on. " +
		"An open-call event on the outcome silences it. It cannot tell where no duty is recorded on the outcome, or who carries it is unclear or contested.",
	FalseAlarm: "The outcome was left open on purpose, by a dated call for somebody to take it up.",
	Question:   "Who would be asked in public if this outcome did not come about, and have they agreed to be?",
	Sources:    []string{"S2:39"},
	Needs:      []string{"duties on outcomes, with their posts, states and acceptance", "open-call events on outcomes"},
	Bad:        orphanOutcomeBad, Good: orphanOutcomeGood, Unclear: orphanOutcomeUnclear, Harmless: orphanOutcomeHarmless,
	check: func(p *pass) {
		for _, id := range sortedIDs(p.m.Outcomes()) {
			if claims := sorted(p.m.Outcome(id, p.at)); len(claims) > 0 {
				p.checkOutcome(id, claims)
			}
		}
	},
}

func (p *pass) checkOutcome(id record.ID, claims []record.Claim[mission.Outcome]) {
	ref := record.Ref{Kind: mission.KindOutcome, ID: id}
	name := string(id)
	for _, c := range claims {
		if n := plain(c.Record.Name); n != "" {
			name = n
			break
		}
	}
	name = "the outcome " + quoted(name)
	question := "whether anybody has taken on " + name
	if p.happened(ref, mission.OpenCall) {
		p.nothing(ref)
		return
	}
	var duties, holdings []Evidence
	var unsettled []string
	var refused []record.ID
	for _, word := range p.register.Duties(ref) {
		a, ok := p.register.Answerable(ref, word, p.at)
		if !ok || word == accountability.Advise {
			continue
		}
		switch a.State {
		case accountability.Held:
			for _, c := range a.Carriers {
				if c.Filled != accountability.Vacant && !no(c.Duty.Accepted) {
					p.nothing(ref)
					return
				}
				refused = append(refused, c.Post)
			}
		case accountability.Vacant:
		default:
			unsettled = append(unsettled, word+" is "+a.State.String())
		}
		d, h := split(p.basis(&a))
		duties, holdings = append(duties, d...), append(holdings, h...)
	}
	slices.Sort(unsettled)
	switch {
	case len(unsettled) > 0:
		p.cannot(ref, question, Missing{What: "who carries it", Ground: "not settled: " + plain(listed(unsettled)), Way: "settle who carries it, and record the post and whether it has accepted"})
	case len(duties) == 0:
		p.cannot(ref, question, leftOut(p.m.LeftOut(accountability.KindDuty, ref, ""), "who answers for it", "an outcome-owner duty on the outcome, with its post and whether it has accepted"))
	default:
		duties = dedupe(duties)
		clause := "nobody carries " + name + ": every duty on it is vacant"
		if len(refused) > 0 {
			slices.Sort(refused)
			clause = "nobody has accepted " + name + ": " + p.partyNames(slices.Compact(refused)) + " carries a duty on it and has not taken it on"
		}
		p.finding(ref, attributed(duties, clause), duties, append(holdings, proof(p, mission.KindOutcome, claims)...)...)
	}
}

var centreOnly = &Rule{
	ID: "F92", Slug: "centre-only", Severity: Serious,
	Title: "Everybody who takes part in a mission is central government",
	Why: "What missions aim at happens in places, firms, services and homes, and most of what is known about it sits there. A mission that has only central bodies on board can write to those who would have to act, and can hardly act. " +
		"It also hears of its mistakes last.",
	Fires: "The contributors to the mission are listed, every one of them is of the tier central, and the mission is not recorded as internal. A post or unit without a tier of its own has that of its organisation. " +
		"One contributor of another tier silences it. It cannot tell where the list, or the tier of a contributor, is not recorded, unknown or withheld.",
	FalseAlarm: "The matter is purely internal to central government, and the mission says so.",
	Question:   "Who outside central government would have to do something differently for this to work, and when were they last in the room?",
	Sources:    []string{"S2:27", "S3:10", "S4:24"},
	Needs:      []string{"the contributors to missions", "the tiers of those parties", "whether the mission is internal"},
	Bad:        centreOnlyBad, Good: centreOnlyGood, Unclear: centreOnlyUnclear, Harmless: centreOnlyHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkCentre(id, p.said[id])
		}
	},
}

func (p *pass) checkCentre(id record.ID, claims []record.Claim[mission.Mission]) {
	ref, name := missionRef(id), p.missionName(id)
	var contributors []record.ID
	var listing []record.Claim[mission.Mission]
	var kept record.Value[[]record.ID]
	settled := false
	for _, c := range claims {
		v := c.Record.Contributors
		ids, known := v.Get()
		switch {
		case c.Record.Internal || v.State == record.StateNotApplicable:
			settled = true
		case known:
			listing = append(listing, c)
			contributors = append(contributors, ids...)
		case kept.State == 0:
			kept = v
		}
	}
	slices.Sort(contributors)
	contributors = slices.Compact(contributors)
	var untiered, excluded []record.ID
	for _, c := range contributors {
		switch tier := p.tier(c); {
		case len(tier) == 0 && p.isExcluded(c):
			excluded = append(excluded, c)
		case len(tier) == 0:
			untiered = append(untiered, c)
		case !slices.Equal(tier, []string{accountability.TierCentral}):
			settled = true
		}
	}
	question := "whether anybody outside central government takes part in " + name
	var missing []Missing
	switch {
	case settled:
		p.nothing(ref)
		return
	case len(listing) == 0, kept.State != 0:
		missing = append(missing, unknown("who takes part in it", kept.State, kept.Ground, "all the contributors to the mission"))
	case len(contributors) == 0:
		missing = append(missing, Missing{What: "the list of its contributors", Ground: "empty", Way: "record who takes part"})
	}
	if len(untiered) > 0 {
		missing = append(missing, unrecorded("the tier of "+p.partyNames(untiered), "the tier of each: central, devolved, regional, local or community"))
	}
	if len(excluded) > 0 {
		missing = append(missing, Missing{What: "the tier of " + p.partyNames(excluded), Ground: "left out by the view", Way: "look at it again with the records that the view leaves out"})
	}
	if len(missing) > 0 {
		p.cannot(ref, question, missing...)
		return
	}
	trigger := proof(p, mission.KindMission, listing)
	context := make([]Evidence, 0, len(contributors))
	for _, c := range contributors {
		context = append(context, proof(p, accountability.KindParty, p.register.Party(c, p.at))...)
	}
	p.finding(ref, attributed(trigger, "everybody who takes part in "+name+" is central government: "+p.partyNames(contributors)), trigger, context...)
}

func (p *pass) isExcluded(id record.ID) bool {
	_, out := p.m.Excluded(record.Ref{Kind: accountability.KindParty, ID: id})
	return out
}

// tier returns what claimants say of a party's tier, or of that of the organisation that it is part of.
func (p *pass) tier(id record.ID) []string {
	for range 16 { // organisations may be recorded as parts of one another in a circle
		known := p.party(id)
		if len(known.tier) > 0 || known.of == "" {
			return known.tier
		}
		id = known.of
	}
	return nil
}
