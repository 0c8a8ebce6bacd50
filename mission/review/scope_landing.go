package review

import (
	"slices"

	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rule on missions that reach those who are to serve them once the money has been asked for.

var lateLanding = &Rule{
	ID: "F02", Slug: "late-landing", Severity: Caution,
	Title: "What a mission asks reached a body after that body had bid for its money",
	Why: "A bid says what a body will do for years. Written before the mission reached those who write it, it asks for money for what they did before, and the mission has to be fitted in afterwards. " +
		"Announcing a mission is not enough: it has landed where those who plan the work know what it asks of them.",
	Fires: "A landed event on the mission names the day on which a body was told what the mission asks, or is marked absent for it, and the body's bid is certainly older: a bid-made event on the mission, a spending review or the body. " +
		"Where no bid of the body is recorded, the opening of a spending review counts, of those with a settlement of the body or with no settlement at all. A review that certainly ended before the mission was announced does not count. " +
		"A bid-amended event of the body after its bid silences it. It has nothing to say of a mission that is closed or only proposed, and cannot tell where no landing or no bid is recorded, or where the days cannot tell.",
	FalseAlarm: "The bid was changed afterwards by what the mission puts first, and nobody has recorded it.",
	Question:   "What in this bid would have been different had its writers known what the mission asks of them?",
	Sources:    []string{"S0:39"},
	Needs: []string{"landed events on missions with the bodies told, present or marked absent", "bid-made and bid-amended events with the bodies that bid",
		"the day on which spending reviews opened, and the settlements of bodies", "the day on which missions were announced"},
	Bad: lateLandingBad, Good: lateLandingGood, Unclear: lateLandingUnclear, Harmless: lateLandingHarmless,
	check: func(p *pass) {
		var rounds *scopeRounds
		for _, id := range p.missions {
			ref := missionRef(id)
			if p.over(id) {
				p.nothing(ref)
				continue
			}
			told, untold := p.events(ref, mission.Landed)
			if len(told)+len(untold) == 0 {
				p.cannot(ref, "whether what "+p.missionName(id)+" asks was known to those who bid for money before they did",
					p.scopeMissing(ref, mission.Landed, "when it reached those who are to serve it", "a landed event on the mission for each body, with the day, or one marked absent"))
				continue
			}
			if rounds == nil {
				rounds = p.scopeRounds()
			}
			p.checkLanding(id, told, untold, rounds)
		}
	},
}

// scopeAsk is an occasion on which money was asked for: a bid, or the opening of a spending review.
type scopeAsk struct {
	by       []record.ID // empty is everybody
	days     []calendar.When
	over     []calendar.When // of a review: when it ended
	review   string          // its name; empty is a bid
	evidence []Evidence
}

// scopeRounds are the bids and reviews that are not about one mission alone.
type scopeRounds struct {
	bids, reviews []scopeAsk
	amended       []record.Claim[mission.Event]
}

// scopeBids turns events into bids. A bid that names nobody is that of the party that it is about, if any.
func (p *pass) scopeBids(events []record.Claim[mission.Event], of record.ID) []scopeAsk {
	var list []scopeAsk
	for _, f := range scopeEvents(events) {
		ask := scopeAsk{evidence: p.scopeProof(f.claims), days: scopeDays(f.claims)}
		for _, c := range f.claims {
			ask.by = append(ask.by, c.Record.By...)
		}
		if len(ask.by) == 0 && of != "" {
			ask.by = []record.ID{of}
		}
		ask.by = distinct(ask.by)
		list = append(list, ask)
	}
	return list
}

func (p *pass) scopeRounds() *scopeRounds {
	r, f := new(scopeRounds), p.purse()
	read := func(ref record.Ref, of record.ID) {
		made, _ := p.events(ref, mission.BidMade)
		r.bids = append(r.bids, p.scopeBids(made, of)...)
		amended, _ := p.events(ref, mission.BidAmended)
		r.amended = append(r.amended, amended...)
	}
	settled := make(map[record.ID][]record.ID)
	for i := range f.settlements {
		for _, c := range f.settlements[i].claims {
			settled[c.Record.Review] = append(settled[c.Record.Review], c.Record.Party)
		}
	}
	for i := range f.reviews {
		v := &f.reviews[i]
		read(reviewRef(v.id), "")
		ask := scopeAsk{by: distinct(settled[v.id]), review: p.reviewName(v), evidence: proof(p, funding.KindReview, v.claims)}
		for _, c := range v.claims {
			if !c.Record.Opened.IsZero() && !c.Record.Opened.After(p.on) {
				ask.days = append(ask.days, c.Record.Opened)
			}
			if !c.Record.Concluded.IsZero() {
				ask.over = append(ask.over, c.Record.Concluded)
			}
		}
		if len(ask.days) > 0 {
			r.reviews = append(r.reviews, ask)
		}
	}
	for _, id := range sortedIDs(p.register.Parties()) {
		read(refToParty(id), id)
	}
	return r
}

// scopeLanding is the question when a mission reached one body.
type scopeLanding struct {
	body         record.ID // empty where nobody names one
	told, denied []record.Claim[mission.Event]
}

func (p *pass) scopeLandings(told, untold []record.Claim[mission.Event], bids []scopeAsk) []scopeLanding {
	var bodies []record.ID
	for _, c := range slices.Concat(told, untold) {
		bodies = append(bodies, c.Record.With...)
	}
	if len(bodies) == 0 {
		for i := range bids {
			bodies = append(bodies, bids[i].by...)
		}
	}
	if bodies = distinct(bodies); len(bodies) == 0 {
		bodies = []record.ID{""}
	}
	list := make([]scopeLanding, len(bodies))
	for i, body := range bodies {
		list[i].body = body
		for _, c := range told {
			if p.scopeConcerns(body, c.Record.With) {
				list[i].told = append(list[i].told, c)
			}
		}
		for _, c := range untold {
			if p.scopeConcerns(body, c.Record.With) && before(c.Record.OnDay, scopeDays(list[i].told)) != calendar.Certainly {
				list[i].denied = append(list[i].denied, c)
			}
		}
	}
	return list
}

// scopeConcerns reports whether what names some parties, or none, is about a body.
func (p *pass) scopeConcerns(body record.ID, named []record.ID) bool {
	return body == "" || len(named) == 0 || p.related(body, named)
}

func (p *pass) checkLanding(id record.ID, told, untold []record.Claim[mission.Event], rounds *scopeRounds) {
	ref, name := missionRef(id), p.missionName(id)
	made, _ := p.events(ref, mission.BidMade)
	own := p.scopeBids(made, "")
	amended, _ := p.events(ref, mission.BidAmended)
	var parts []string
	var landed, asked []Evidence
	var missing []Missing
	for _, l := range p.scopeLandings(told, untold, own) {
		late, open := p.scopeLate(id, &l, own, amended, rounds)
		if late == nil {
			missing = append(missing, open...)
			continue
		}
		body := "those who are to serve it"
		if l.body != "" {
			body = p.partyName(l.body)
		}
		what, whose := "its bid", "whose bid was"
		if late.review != "" {
			what = "the opening of " + late.review
		}
		switch at := " (" + p.when(first(late.days)) + ")"; {
		case len(l.told) > 0:
			parts = append(parts, "reached "+body+" "+p.dated(first(scopeDays(l.told)))+", after "+what+at)
		case late.review != "":
			parts = append(parts, "has not reached "+body+", though "+late.review+" is open"+at)
		default:
			parts = append(parts, "has not reached "+body+", "+whose+" made"+at)
		}
		landed = append(landed, p.scopeProof(slices.Concat(l.told, l.denied))...)
		asked = append(asked, late.evidence...)
	}
	switch {
	case len(parts) > 0:
		trigger, context := scopeWeakest(dedupe(landed), dedupe(asked))
		p.finding(ref, attributed(trigger, "what "+name+" asks "+scopeSome(parts)), trigger, append(context, proof(p, mission.KindMission, p.said[id])...)...)
	case len(missing) > 0:
		p.cannot(ref, "whether what "+name+" asks was known to those who bid for money before they did", dedupeMissing(missing)...)
	default:
		p.nothing(ref)
	}
}

// scopeLate returns the first occasion on which a body asked for money before a mission had reached it, or what is missing to
// tell; neither where it was told in time.
func (p *pass) scopeLate(id record.ID, l *scopeLanding, own []scopeAsk, amended []record.Claim[mission.Event], rounds *scopeRounds) (late *scopeAsk, missing []Missing) {
	whom := "those who are to serve it"
	if l.body != "" {
		whom = p.partyName(l.body)
	}
	if len(l.told) > 0 && len(l.denied) > 0 {
		return nil, []Missing{contested("whether the mission had reached "+whom, "the day on which it did")}
	}
	var asks []*scopeAsk
	gather := func(list []scopeAsk) {
		for i := range list {
			if p.scopeConcerns(l.body, list[i].by) {
				asks = append(asks, &list[i])
			}
		}
	}
	gather(own)
	gather(rounds.bids)
	if len(asks) == 0 {
		gather(rounds.reviews)
	}
	told := false // before it asked at least once
	announced := p.announced(id)
	for _, ask := range asks {
		ended := agreed(ask.over, func(w calendar.When) calendar.Certainty { return before(w, announced) })
		if ask.review != "" && ended == calendar.Certainly {
			continue // it has nothing to do with the mission
		}
		if p.scopeAmended(l.body, ask, amended) || p.scopeAmended(l.body, ask, rounds.amended) {
			told = true
			continue
		}
		switch p.scopeAskedFirst(ask, l) {
		case calendar.Certainly:
			if ask.review != "" && len(ask.over) > 0 && ended != calendar.No {
				missing = append(missing, p.inexact("the day on which the mission was announced", announced, "the day on which the mission was announced"))
				continue
			}
			return ask, nil
		case calendar.No:
			told = true
		default:
			missing = append(missing, Missing{What: "whether " + whom + " was told before it asked for money", Ground: "not known from the dates",
				Way: "record the days on which it was told and on which it asked more closely"})
		}
	}
	if len(missing) == 0 && !told {
		missing = append(missing, unrecorded("when "+whom+" bid for money", "a bid-made event of the body, or the spending review that it bids in"))
	}
	return nil, missing
}

// scopeAskedFirst says whether money was asked for before a body was told; where it has not been told, whether it was by now.
func (p *pass) scopeAskedFirst(ask *scopeAsk, l *scopeLanding) calendar.Certainty {
	told := scopeDays(l.told)
	return agreed(ask.days, func(w calendar.When) calendar.Certainty {
		switch {
		case len(l.told) > 0:
			return before(w, told)
		case p.on.IsZero():
			return 0
		case w.Latest().After(p.on):
			return calendar.Possibly
		}
		return calendar.Certainly
	})
}

// scopeAmended reports whether a body changed what it had asked for.
func (p *pass) scopeAmended(body record.ID, ask *scopeAsk, amended []record.Claim[mission.Event]) bool {
	return slices.ContainsFunc(amended, func(c record.Claim[mission.Event]) bool {
		by := c.Record.By
		if s := c.Record.Subject; len(by) == 0 && s.Kind == refToParty("").Kind {
			by = []record.ID{s.ID}
		}
		return p.scopeConcerns(body, by) && before(c.Record.OnDay, ask.days) != calendar.Certainly
	})
}
