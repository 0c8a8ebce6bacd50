package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rule on services outside missions that missions live off.

var bauNeglect = &Rule{
	ID: "F11", Slug: "bau-neglect", Severity: Serious,
	Title: "A service outside the missions has fallen below its floor, and what it lost went to a mission",
	Why: "People judge a government by what they need from it on the day, and that is mostly outside its missions. A mission that draws its people and its attention from there loses the trust that it needs in order to have time. " +
		"Such work is not second order, and says so by having a floor.",
	Fires: "The latest reading, up to the day, of the capacity of work outside the missions (valued as it is, adjacent, or with a floor and filed under no mission) lies below its floor; and a capacity-moved, cut or draw event on it leads to a mission or to what belongs to one. " +
		"A need-fell or replaced event on the service silences it; so does an agreement or accepted event that says how the basics are kept. " +
		"It looks at such work where its floor or its capacity is recorded, or, where it is valued as it is, a loss; it has nothing to say at or above the floor, or where capacity-moved is marked absent and nothing leads to a mission. It cannot tell where the floor, the reading or where the capacity went is not recorded, or claimants differ.",
	FalseAlarm: "The loss was agreed with those who use the service, the basics are kept in another way, and nobody has recorded it.",
	Question:   "Who goes without because of this, and did anybody decide that they should?",
	Sources:    []string{"S3:13"},
	Needs: []string{"initiatives outside missions, with the indicator of their capacity and their floor", "the readings of that indicator",
		"capacity-moved, cut and draw events on them, with the mission that they led to", "agreement, accepted, need-fell and replaced events on them"},
	Bad: bauNeglectBad, Good: bauNeglectGood, Unclear: bauNeglectUnclear, Harmless: bauNeglectHarmless,
	check: func(p *pass) {
		for _, id := range sortedIDs(p.m.Initiatives()) {
			if claims := sorted(p.m.Initiative(id, p.at)); len(claims) > 0 {
				p.checkNeglect(&scopeWork{id, claims})
			}
		}
	},
}

// scopeFloor is what is recorded of how much work outside the missions can do, and how much it must.
type scopeFloor struct {
	floors     []record.Quantity
	capacities []record.ID
	unit       string
}

func (p *pass) scopeFloorOf(w *scopeWork) scopeFloor {
	var f scopeFloor
	for _, c := range w.claims {
		if !c.Record.Floor.IsZero() {
			f.floors = append(f.floors, c.Record.Floor)
		}
		if c.Record.Capacity != "" {
			f.capacities = append(f.capacities, c.Record.Capacity)
		}
	}
	f.capacities = distinct(f.capacities)
	for _, id := range f.capacities {
		for _, c := range sorted(p.plan.Indicator(id, p.at)) {
			if unit := plain(c.Record.Unit); f.unit == "" && unit != "" {
				f.unit = " " + unit
			}
		}
	}
	return f
}

// scopeLatest returns the readings of an indicator for the last stretch up to the day of the review of which any is known or kept
// back. One that is still to come does not stand in the way of the last one there is.
func (p *pass) scopeLatest(indicator record.ID) []record.Claim[milestone.Observation] {
	var latest []record.Claim[milestone.Observation]
	for _, c := range sorted(p.plan.Observations(indicator, p.at)) {
		o := c.Record
		if !o.Period.IsResolved() || !p.on.IsZero() && o.Period.Latest().After(p.on) || o.Value.State == record.StatePending || o.Value.State == 0 || o.Value.State == record.StateNotApplicable {
			continue
		}
		switch {
		case len(latest) == 0 || o.Period.Latest().After(latest[0].Record.Period.Latest()):
			latest = []record.Claim[milestone.Observation]{c}
		case o.Period.Latest() == latest[0].Record.Period.Latest():
			latest = append(latest, c)
		}
	}
	return latest
}

// scopeBelow compares the readings with the floor; the zero Certainty comes with what is missing.
func (p *pass) scopeBelow(w *scopeWork, f *scopeFloor) (verdict calendar.Certainty, says string, readings []Evidence, missing []Missing) {
	name := p.scopeNamed(w)
	if len(f.floors) == 0 {
		missing = append(missing, unrecorded("the floor of "+name, "the level that its capacity is not to fall under"))
	}
	const way = "the latest reading of the capacity of the service"
	what := "how much " + name + " can do now"
	switch {
	case len(f.capacities) == 0:
		missing = append(missing, unrecorded(what, "an indicator of the capacity of the service, with its readings"))
	case p.on.IsZero():
		missing = append(missing, noDay())
	}
	if len(missing) > 0 {
		return 0, "", nil, missing
	}
	for _, indicator := range f.capacities {
		for _, c := range p.scopeLatest(indicator) {
			now, known := c.Record.Value.Get()
			if !known {
				missing = append(missing, unknown(what, c.Record.Value.State, c.Record.Value.Ground, way))
				continue
			}
			readings = append(readings, p.evidence(milestone.KindObservation, &c.Record.Record))
			for _, floor := range f.floors {
				here := calendar.No
				if now.Float() < floor.Float() {
					here = calendar.Certainly
				}
				if verdict != 0 && verdict != here {
					return 0, "", nil, []Missing{contested("whether "+name+" is below its floor", "the floor and "+way)}
				}
				verdict = here
				if says == "" {
					says = now.String() + f.unit + " (" + p.when(c.Record.Period) + "), below its floor of " + floor.String()
				}
			}
		}
	}
	switch {
	case len(missing) > 0 && verdict != calendar.No:
		return 0, "", nil, missing[:1]
	case verdict == 0:
		return 0, "", nil, []Missing{unrecorded(what, way)}
	}
	return verdict, says, readings, nil
}

// scopeLosses are what the work lost, and to which missions.
type scopeLosses struct {
	tied, untied, denied []record.Claim[mission.Event]
	missions             []record.ID
	unseen               []record.Ref
}

func (p *pass) scopeLost(ref record.Ref) scopeLosses {
	var l scopeLosses
	for _, kind := range []string{mission.CapacityMoved, mission.Cut, mission.Draw} {
		present, absent := p.events(ref, kind)
		for _, c := range present {
			var to []record.ID
			for _, led := range c.Record.LedTo {
				to = append(to, p.scopeHomes(led)...)
			}
			if len(to) > 0 {
				l.tied, l.missions = append(l.tied, c), append(l.missions, to...)
			} else {
				l.untied = append(l.untied, c)
			}
		}
		if kind == mission.CapacityMoved {
			l.denied = absent
		}
		l.unseen = append(l.unseen, p.m.LeftOut(mission.KindEvent, ref, kind)...)
	}
	l.missions = distinct(l.missions)
	return l
}

func (p *pass) checkNeglect(w *scopeWork) {
	ref, floor := w.ref(), p.scopeFloorOf(w)
	inside := w.is(mission.MissionWork)
	valued := w.is(mission.ValuedAsItIs)
	apart := valued || w.is(mission.Adjacent)
	filed := slices.ContainsFunc(w.claims, func(c record.Claim[mission.Initiative]) bool { return len(c.Record.Missions) > 0 })
	if !apart && (inside || filed) {
		return // mission work
	}
	lost := p.scopeLost(ref)
	losses := len(lost.tied)+len(lost.untied)+len(lost.denied)+len(lost.unseen) > 0
	if len(floor.floors)+len(floor.capacities) == 0 && !(valued && losses) || !apart && len(floor.floors) == 0 {
		return // nothing of the matter is recorded
	}
	name := p.scopeNamed(w)
	verdict, says, readings, missing := p.scopeBelow(w, &floor)
	if verdict == calendar.No || p.happened(ref, mission.NeedFell) || p.happened(ref, mission.Replaced) {
		p.nothing(ref)
		return
	}
	agreement, _ := p.events(ref, mission.Agreement)
	accepted, _ := p.events(ref, mission.Accepted)
	agreements := append(agreement, accepted...)
	switch {
	case whyStated(agreements) != "", len(lost.tied) == 0 && len(lost.denied) > 0:
		p.nothing(ref)
		return
	case len(agreements) > 0:
		missing = append(missing, unrecorded("how the basics are kept though the loss was agreed", "in the agreement on the service how the basics are kept"))
	}
	switch {
	case len(lost.tied) > 0 && len(lost.denied) > 0:
		missing = append(missing, contested("whether its capacity went to a mission", "where its capacity went"))
	case len(lost.tied) == 0:
		missing = append(missing, leftOut(lost.unseen, "what its capacity went to", "capacity-moved, cut or draw events on the service with the mission that they led to, or capacity-moved marked absent"))
	}
	if inside {
		missing = append(missing, contested("whether it is work outside the missions", "its status"))
	}
	if len(missing) > 0 {
		p.cannot(ref, "whether "+name+" is run down for a mission", dedupeMissing(missing)...)
		return
	}
	names := make([]string, len(lost.missions))
	for i, id := range lost.missions {
		names[i] = p.missionName(id)
	}
	trigger, context := scopeWeakest(readings, p.scopeProof(lost.tied), proof(p, mission.KindInitiative, w.claims))
	text := attributed(trigger, "the capacity of "+name+" is "+says+", and "+scopeTaken(lost.tied)+" to "+scopeSome(names))
	for _, id := range lost.missions {
		context = append(context, proof(p, mission.KindMission, p.said[id])...)
	}
	p.finding(ref, text, trigger, context...)
}

// scopeTaken says how much went elsewhere, as far as the events state it in one unit.
func scopeTaken(events []record.Claim[mission.Event]) string {
	for _, f := range scopeEvents(events) {
		e := f.claims[0].Record
		if unit := plain(e.Unit); !e.Size.IsZero() && unit != "" && len(events) == 1 {
			return strings.TrimPrefix(e.Size.String(), "-") + " " + unit + " of it went"
		}
	}
	return "some of it went"
}
