package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on how and for how long money was agreed.

var shortMoney = &Rule{
	ID: "F72", Slug: "short-money-long-mission", Severity: Serious,
	Title: "The money that is firm ends long before what it is for",
	Why: "A settlement of a year makes plans of a year: teams repeat what they did, keep within the borders of their own house and spend their time on the next bid. " +
		"Work that needs a decade is then done in one-year pieces or not begun.",
	Fires: "All the money recorded for a mission or a milestone ceases to be firm more than F72.days before its horizon or its due day. Money is firm until its settlement says, failing that until the end of the time that its review pays for, failing that until the end of the allocation; " +
		"the money that is firm for longest counts. Milestones are looked at where money is recorded for them. It has nothing to say of a mission that is closed or only proposed, and cannot tell where the horizon, the money or its end is not recorded or not known well enough.",
	FalseAlarm: "Money for more years is committed, in law or otherwise, and nobody has recorded it as a settlement.",
	Question:   "What would be begun tomorrow if the money were firm until the horizon, and what is not begun because it is not?",
	Sources:    []string{"S0:38", "S0:40"},
	Needs: []string{"the horizons of missions and the due days of milestones", "settlements with what they are for and until when they are firm",
		"allocations with their settlement, their review or their end", "the time that spending reviews pay for"},
	Thresholds: []Threshold{{Name: "F72.days", Unit: "days", Value: 365,
		Meaning: "how long before the horizon firm money may end; no source names a number, and the default is the length of the one-year settlement that S0:38 warns of"}},
	Bad: shortMoneyBad, Good: shortMoneyGood, Unclear: shortMoneyUnclear, Harmless: shortMoneyHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			ref := missionRef(id)
			if p.over(id) {
				p.nothing(ref)
				continue
			}
			var horizons []calendar.When
			for _, c := range p.said[id] {
				if !c.Record.Horizon.IsZero() {
					horizons = append(horizons, c.Record.Horizon)
				}
			}
			p.checkFirm(ref, p.missionName(id), horizons, "its horizon", proof(p, mission.KindMission, p.said[id]))
		}
		for i := range p.steps {
			s := &p.steps[i]
			ref := milestoneRef(s.id)
			if len(p.purse().settledFor[ref])+len(p.purse().moneyFor[ref]) == 0 {
				continue
			}
			var due []calendar.When
			for _, c := range s.claims {
				if !c.Record.Due.IsZero() {
					due = append(due, c.Record.Due)
				}
			}
			p.checkFirm(ref, s.name(), due, "its due day", proof(p, milestone.KindMilestone, s.claims))
		}
	},
}

// term is one sum of money and until when it is firm.
type term struct {
	ends    []calendar.When
	records []Evidence
}

// terms returns what money there is for a subject, and until when each is firm.
func (p *pass) terms(ref record.Ref) []term {
	f := p.purse()
	var list []term
	seen := make(map[record.ID]bool)
	settle := func(s *fact[funding.Settlement]) {
		if s != nil && !seen[s.id] {
			seen[s.id] = true
			list = append(list, term{f.firmUntil(s), proof(p, funding.KindSettlement, s.claims)})
		}
	}
	for _, s := range f.settledFor[ref] {
		settle(s)
	}
	for _, a := range f.moneyFor[ref] {
		t := term{records: proof(p, funding.KindAllocation, a.claims)}
		settled, gone := false, true
		for _, c := range a.claims {
			r := c.Record
			gone = gone && !paid(r)
			if s := f.settlement[r.Settlement]; s != nil {
				settle(s)
				settled = true
				continue
			}
			ends := f.fundsUntil(r.Review)
			if len(ends) == 0 && !c.Valid.Until.IsZero() {
				ends = []calendar.When{c.Valid.Until}
			}
			t.ends = append(t.ends, ends...)
		}
		if !settled && !gone {
			list = append(list, t)
		}
	}
	return list
}

func (p *pass) checkFirm(ref record.Ref, name string, horizons []calendar.When, horizon string, context []Evidence) {
	days := p.limit("days")
	short := func(end calendar.When) calendar.Certainty { // whether it ends too early
		return agreed(horizons, func(h calendar.When) calendar.Certainty {
			switch {
			case !end.IsResolved():
				return 0
			case float64(h.Earliest().Sub(end.Latest())) > days:
				return calendar.Certainly
			case float64(h.Latest().Sub(end.Earliest())) <= days:
				return calendar.No
			}
			return calendar.Possibly
		})
	}
	terms := p.terms(ref)
	var trigger []Evidence
	var last calendar.When
	var missing []Missing
	for _, t := range terms {
		early := agreed(t.ends, short)
		switch {
		case early == calendar.No:
			p.nothing(ref)
			return
		case early == calendar.Certainly:
			trigger = append(trigger, t.records...)
			for _, end := range t.ends {
				if end.IsResolved() && (last.IsZero() || end.Latest().After(last.Latest())) {
					last = end
				}
			}
		case first(horizons).IsResolved():
			missing = append(missing, p.inexact("the day until which its money is firm", t.ends, "until when its settlement is firm, or the time that the review pays for"))
		}
	}
	if !first(horizons).IsResolved() {
		missing = append(missing, p.inexact(horizon, horizons, horizon))
	}
	if len(terms) == 0 {
		missing = append(missing, leftOut(p.m.LeftOut(funding.KindAllocation, ref, ""), "what money there is for it", "the settlements and allocations for it, with the day until which they are firm"))
	}
	if len(missing) > 0 {
		p.cannot(ref, "whether the money for "+name+" is firm for as long as it is meant to run", dedupeMissing(missing)...)
		return
	}
	trigger = dedupe(trigger)
	h := earliest(horizons)
	text := attributed(trigger, "the money for "+name+" is firm until "+p.when(last)+" at the latest")
	p.finding(ref, text+" This is more than "+count(days)+" days before "+horizon+" ("+p.when(h)+").", trigger, context...)
}

// earliest returns the day among some that are known which begins first.
func earliest(days []calendar.When) calendar.When {
	var w calendar.When
	for _, d := range days {
		if d.IsResolved() && (w.IsZero() || d.Earliest().Before(w.Earliest())) {
			w = d
		}
	}
	return w
}

// inexact is a day that is not known well enough for a comparison with another day and not with that of the review.
func (p *pass) inexact(what string, days []calendar.When, way string) Missing {
	w := first(days)
	switch {
	case w.IsZero():
		return unrecorded(what, way)
	case !w.IsResolved():
		return unknown(what, record.StateUnknown, "", way)
	case len(days) > 1 && days[0] != days[len(days)-1]:
		return Missing{What: what, Ground: "not known well enough: claimants give " + p.when(days[0]) + " and " + p.when(days[len(days)-1]), Way: "record " + way + " more closely"}
	}
	return Missing{What: what, Ground: "known only as " + p.when(w), Way: "record " + way + " more closely"}
}

var bilateralOnly = &Rule{
	ID: "F73", Slug: "bilateral-only", Severity: Caution,
	Title: "Money that missions rest on was settled between the Treasury and one department",
	Why: "In talks of two, each department defends its own and nobody speaks for what lies between them, which is where missions lie. " +
		"The choice between priorities is then made by whoever adds the talks up, and those who have to live with it had no part in it.",
	Fires: "A settlement that is for a mission or a milestone is recorded as bilateral, or it is silent and its review is recorded as settled so; or a review with neither phases nor settlements of its own is. " +
		"A joint decision on the settlement, its review or its missions silences it, and so do missions that only one organisation contributes to. " +
		"It cannot tell where how a settlement was reached is not recorded or claimants differ, or where nobody says what a bilateral one is for.",
	FalseAlarm: "The mission is a matter of one body alone, or the collective decision was made elsewhere and is not recorded.",
	Question:   "Who else would have had to agree for this money to serve the mission, and when were they asked?",
	Sources:    []string{"S1:25", "S1:10"},
	Needs:      []string{"settlements, how they were reached and what they are for", "how spending reviews were settled", "joint-decision events", "the contributors to missions"},
	Bad:        bilateralOnlyBad, Good: bilateralOnlyGood, Unclear: bilateralOnlyUnclear, Harmless: bilateralOnlyHarmless,
	check: func(p *pass) {
		f := p.purse()
		for i := range f.settlements {
			p.checkBilateral(&f.settlements[i])
		}
		for i := range f.reviews {
			r := &f.reviews[i]
			if !f.phases[r.id] && !f.settled[r.id] {
				p.checkBilateralReview(r)
			}
		}
	},
}

// reached says whether words for how something was settled mean together: zero where nobody says, Possibly where claimants
// differ or use words of their own.
func reached(words []string) calendar.Certainty {
	var together calendar.Certainty
	for _, w := range words {
		c := calendar.Possibly
		switch w {
		case "":
			continue
		case funding.Collective:
			c = calendar.Certainly
		case funding.Bilateral:
			c = calendar.No
		}
		if together != 0 && together != c {
			c = calendar.Possibly
		}
		together = c
	}
	return together
}

func reachedBy(s *fact[funding.Settlement]) calendar.Certainty {
	var words []string
	for _, c := range s.claims {
		words = append(words, c.Record.Reached)
	}
	return reached(words)
}

func settledBy(r *fact[funding.Review]) calendar.Certainty {
	var words []string
	for _, c := range r.claims {
		words = append(words, c.Record.Settled)
	}
	return reached(words)
}

func (p *pass) checkBilateral(s *fact[funding.Settlement]) {
	f := p.purse()
	ref, name := settlementRef(s.id), p.settlementName(s)
	subjects := []record.Ref{ref}
	var missions []record.ID
	var trigger []Evidence
	together := reachedBy(s)
	aimed := false // somebody says that it is for a mission or milestone
	for _, c := range s.claims {
		if c.Record.Reached == funding.Bilateral {
			trigger = append(trigger, p.evidence(funding.KindSettlement, &c.Record.Record))
		}
		for _, id := range f.upwards(c.Record.Review) {
			subjects = append(subjects, reviewRef(id))
		}
		if r := f.review[c.Record.Review]; r != nil && together == 0 {
			together = settledBy(r)
			for _, rc := range r.claims {
				if rc.Record.Settled == funding.Bilateral {
					trigger = append(trigger, p.evidence(funding.KindReview, &rc.Record.Record))
				}
			}
		}
		for _, to := range c.Record.For {
			switch to.Kind {
			case mission.KindMission:
				missions = append(missions, to.ID)
			case milestone.KindMilestone:
				missions = append(missions, f.missions[to.ID]...)
			}
			aimed, subjects = true, append(subjects, to)
		}
	}
	slices.Sort(missions)
	missions = slices.Compact(missions)
	for _, id := range missions {
		subjects = append(subjects, missionRef(id))
	}
	question := "whether " + name + " was reached between two alone"
	switch {
	case together == calendar.Certainly, p.anyHappened(mission.JointDecision, subjects...), len(missions) > 0 && p.single(missions):
		p.nothing(ref)
	case together == 0:
		p.cannot(ref, question, unrecorded("how it was reached", "how it was reached: bilateral or collective"))
	case together == calendar.Possibly:
		p.cannot(ref, question, Missing{What: "how it was reached", Ground: "not settled: claimants differ or use words of their own", Way: "settle which of the claims holds, and record bilateral or collective"})
	case !aimed:
		p.cannot(ref, "whether "+name+" bears on a mission", unrecorded("what it is meant to pay for", "the missions and milestones that it is for"))
	default:
		trigger = dedupe(trigger)
		text := attributed(trigger, name+" was reached bilaterally"+p.says(trigger))
		if len(missions) > 0 {
			names := make([]string, len(missions))
			for i, id := range missions {
				names[i] = p.missionName(id)
			}
			text += " It is for " + listed(names) + "."
		}
		var context []Evidence
		for _, id := range missions {
			context = append(context, proof(p, mission.KindMission, p.said[id])...)
		}
		p.finding(ref, text+" No collective decision on it is recorded.", trigger, context...)
	}
}

// single reports whether each of some missions has its contributors listed, and all of them are one organisation and its parts.
func (p *pass) single(missions []record.ID) bool {
	var all []record.ID
	for _, id := range missions {
		listed := false
		for _, c := range p.said[id] {
			ids, known := c.Record.Contributors.Get()
			listed = listed || known && len(ids) > 0
			for _, party := range ids {
				all = append(all, p.organisationOf(party))
			}
		}
		if !listed {
			return false
		}
	}
	slices.Sort(all)
	return len(slices.Compact(all)) == 1
}

func (p *pass) checkBilateralReview(r *fact[funding.Review]) {
	ref, name := reviewRef(r.id), p.reviewName(r)
	var subjects []record.Ref
	for _, id := range p.purse().upwards(r.id) {
		subjects = append(subjects, reviewRef(id))
	}
	together := settledBy(r)
	question := "whether " + name + " was settled department by department"
	switch {
	case together == calendar.Certainly, p.anyHappened(mission.JointDecision, subjects...):
		p.nothing(ref)
	case together == 0:
		p.cannot(ref, question, unrecorded("how it was settled", "how it was settled, bilateral or collective, or its settlements"))
	case together == calendar.Possibly:
		p.cannot(ref, question, Missing{What: "how it was settled", Ground: "not settled: claimants differ or use words of their own", Way: "settle which of the claims holds, and record bilateral or collective"})
	case len(p.missions) == 0:
		p.cannot(ref, "whether "+name+" bears on a mission", unrecorded("any mission", "the missions that it is to pay for"))
	default:
		var trigger []Evidence
		for _, c := range r.claims {
			if c.Record.Settled == funding.Bilateral {
				trigger = append(trigger, p.evidence(funding.KindReview, &c.Record.Record))
			}
		}
		text := attributed(trigger, name+" is settled bilaterally"+p.says(trigger))
		p.finding(ref, text+" No collective decision on it is recorded.", trigger, proof(p, funding.KindReview, r.claims)...)
	}
}

var clusterUnkept = &Rule{
	ID: "F75", Slug: "cluster-promise-unkept", Severity: Caution,
	Title: "Departments were to decide together about a mission's money, and nothing came of it",
	Why: "A promise to meet as a cluster tells departments that a spending review will be run in another way. If the cluster does not meet, or meets and moves no money, " +
		"they learn that the old way holds, and the next promise of the kind is discounted.",
	Fires: "Of a mission-cluster on a mission or on a spending review, a meeting event marked absent says that it has not met, with no meeting recorded as held; or a decision event marked absent says that it has settled nothing. " +
		"A decision that led to an allocation, settlement, pool or review, or a resolution on one of those, silences it; so does a cluster on a review that certainly is not concluded. It cannot tell where its meetings or what came of them are not recorded, nor where it is not known whether the review is concluded.",
	FalseAlarm: "The review is still open, and the clusters may yet decide something.",
	Question:   "Which amount is different from what it would have been without the cluster?",
	Sources:    []string{"S1:27", "S1:28"},
	Needs: []string{"forums of the kind mission-cluster on missions and spending reviews", "their meetings and resolutions", "meeting and decision events on them, with what they led to, present or marked absent",
		"when spending reviews were concluded"},
	Bad: clusterUnkeptBad, Good: clusterUnkeptGood, Unclear: clusterUnkeptUnclear, Harmless: clusterUnkeptHarmless,
	check: func(p *pass) {
		var subjects []record.Ref
		for _, id := range p.missions {
			subjects = append(subjects, missionRef(id))
		}
		for i := range p.purse().reviews {
			subjects = append(subjects, reviewRef(p.purse().reviews[i].id))
		}
		seen := make(map[record.ID]bool)
		for _, ref := range subjects {
			for _, cluster := range factsOf(p.register.Forums(ref, p.at)) {
				if slices.ContainsFunc(cluster.claims, func(c record.Claim[accountability.Forum]) bool { return c.Record.Kind == accountability.MissionCluster }) && !seen[cluster.id] {
					seen[cluster.id] = true
					p.checkCluster(ref, &cluster)
				}
			}
		}
	},
}
