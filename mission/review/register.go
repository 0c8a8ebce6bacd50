package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// registerRules are further rules on registers: on posts that report in circles or are covered for too long, on what is owned,
// told and handed over, and on chains of delegation. docs/registers.md says of each row of the research what covers it.
var registerRules = []*Rule{
	coverOutlives,
	reportingLoop,
	answersWithoutMeans,
	emptyLine,
	manyHands,
	nobodyPerforms,
	manyProjects,
	ownerLetter,
	titleOnly,
	transferIncomplete,
	brokenGrant,
	grantRing,
	limitExceeded,
}

var coverOutlives = &Rule{
	ID: "A10", Slug: "cover-outlives", Severity: Note,
	Title: "Somebody stands in for a holder who is back",
	Why: "Cover ends when the holder returns, and the two dates are written by different people. In the days between, two people can sign for one post, " +
		"and whoever asks who decided is told to ask the other.",
	Fires: "A holding that stands in for another certainly runs, every leave from that other one has certainly ended, more than A10.days days ago, and its holder certainly holds the post. " +
		"It looks at posts with such cover for a holding with a recorded leave, and cannot tell where a date of any of them is rough.",
	FalseAlarm: "The two are handing over, and have said until when.",
	Question:   "Which of the two signs today, and do the others know it?",
	Sources:    []string{"R1"},
	Needs:      []string{"holdings of posts, with their basis and whom they cover for", "leaves from them, with their ends"},
	Thresholds: []Threshold{{Name: "A10.days", Unit: "days", Value: 7,
		Meaning: "how long cover may go on after the leave; no source names a number, and the default lies between the 5 and 28 days of two covers in R1"}},
	Bad: coverOutlivesBad, Good: coverOutlivesGood, Unclear: coverOutlivesUnclear, Harmless: coverOutlivesHarmless,
	check: func(p *pass) {
		leaves := make(map[record.ID][]record.Claim[accountability.Leave])
		for _, c := range p.register.LastLeaves(p.at.Known) {
			leaves[c.Record.Holding] = append(leaves[c.Record.Holding], c)
		}
		if len(leaves) == 0 {
			return
		}
		there := make(map[record.ID]calendar.Certainty)
		posts := p.posts()
		for _, id := range posts {
			holders, _ := p.register.Holders(id, p.at)
			for _, h := range holders {
				there[h.Holding.Fact()] = max(there[h.Holding.Fact()], h.On)
			}
		}
		for _, id := range posts {
			p.checkOutlived(id, leaves, there)
		}
	},
}

func (p *pass) checkOutlived(id record.ID, leaves map[record.ID][]record.Claim[accountability.Leave], there map[record.ID]calendar.Certainty) {
	ref := partyRef(id)
	holders, _ := p.register.Holders(id, p.at)
	looked, rough := false, false
	var trigger []Evidence
	for _, h := range holders {
		away := leaves[h.Holding.CoverFor]
		if len(away) == 0 {
			continue
		}
		looked = true
		over := min(h.On, there[h.Holding.CoverFor])
		for _, c := range away {
			over = min(over, p.longOver(c.Valid.Until))
		}
		switch {
		case over == calendar.Certainly:
			trigger = append(trigger, p.evidence(accountability.KindHolding, &h.Holding.Record))
			trigger = append(trigger, proof(p, accountability.KindLeave, sorted(slices.Clone(away)))...)
		case over == calendar.Possibly:
			rough = true
		}
	}
	question := "whether somebody stands in for the holder of " + p.postNames([]record.ID{id}) + " who is back"
	switch {
	case !looked:
	case len(trigger) > 0:
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, "the leave for which somebody stands in as "+p.partyName(id)+" ended more than "+count(p.limit("days"))+" days ago, and the cover goes on"), trigger)
	case rough && p.on.IsZero():
		p.cannot(ref, question, noDay())
	case rough:
		p.cannot(ref, question, roughDuty("whether the leave is over and who holds the post on that day"))
	default:
		p.nothing(ref)
	}
}

// longOver says whether something that ends on a day has been over for longer than the rule's days.
func (p *pass) longOver(until calendar.When) calendar.Certainty {
	switch {
	case until.IsZero():
		return calendar.No
	case !until.IsResolved() || p.on.IsZero():
		return calendar.Possibly
	case float64(p.on.Sub(until.Latest())) > p.limit("days"):
		return calendar.Certainly
	case float64(p.on.Sub(until.Earliest())) <= p.limit("days"):
		return calendar.No
	}
	return calendar.Possibly
}

var reportingLoop = &Rule{
	ID: "A14", Slug: "reporting-loop", Severity: Caution,
	Title: "Posts report to one another in a circle",
	Why: "A line of management that comes back to where it began has nobody at the top, so that nothing that goes up it ever arrives. Registers of posts have such circles, " +
		"the smallest of them a post that reports to itself; mostly somebody had to fill in a field.",
	Fires: "Posts certainly report to one another in a circle on the day, on the word of everybody who says to whom they report; a post that reports to itself is one. It is told of the first of them by id, and it looks at all posts that report to a post. " +
		"It cannot tell where the circle closes only if one claimant of several is right, or a date is rough.",
	FalseAlarm: "The post at the top was entered as its own superior, since the form did not take an empty field.",
	Question:   "To whom does the highest of these posts answer?",
	Sources:    []string{"R24"},
	Needs:      []string{"posts, with the posts that they report to"},
	Bad:        reportingLoopBad, Good: reportingLoopGood, Unclear: reportingLoopUnclear, Harmless: reportingLoopHarmless,
	check: func(p *pass) {
		b := loopLinks{by: make(map[record.Ref][]Evidence)}
		v := make(loops)
		for _, id := range p.register.Parties() {
			claims := sorted(p.register.Party(id, p.at))
			for _, c := range claims {
				if to := c.Record.ReportsTo; to != "" {
					v.at(partyRef(id))
					settled := webCertain(claims) && !slices.ContainsFunc(claims, func(o record.Claim[accountability.Party]) bool { return o.Record.ReportsTo != to })
					b.add(partyRef(id), partyRef(to), settled, p.evidence(accountability.KindParty, &c.Record.Record))
				}
			}
		}
		p.sayReports(v, &b)
	},
}

func (p *pass) sayReports(v loops, b *loopLinks) {
	inside := make(map[record.Ref]bool)
	names := func(members []record.Ref) []record.ID {
		ids := make([]record.ID, len(members))
		for i, ref := range members {
			ids[i] = ref.ID
		}
		return ids
	}
	told := make(map[record.Ref]bool)
	for _, members := range circles(&b.settled) {
		var trigger []Evidence
		for _, ref := range members {
			inside[ref] = true
			trigger = append(trigger, b.by[ref]...)
		}
		text := p.postNames(names(members)) + " report to one another, in a circle"
		if len(members) == 1 {
			text = p.postNames(names(members)) + " reports to itself"
		}
		told[members[0]] = true
		p.finding(members[0], attributed(dedupe(trigger), text), dedupe(trigger))
	}
	for _, members := range circles(&b.any) {
		if slices.ContainsFunc(members, func(ref record.Ref) bool { return inside[ref] }) {
			continue
		}
		told[members[0]] = true
		missing := Missing{What: "to whom each of them reports", Ground: "not settled: claimants differ, or dates are rough", Way: "settle to whom these posts report, and from when"}
		if p.on.IsZero() {
			missing = noDay()
		}
		p.cannot(members[0], "whether "+p.postNames(names(members))+" report in a circle", missing)
	}
	quiet := make([]record.Ref, 0, len(v))
	for ref := range v {
		if !told[ref] {
			quiet = append(quiet, ref)
		}
	}
	slices.SortFunc(quiet, record.Ref.Compare)
	for _, ref := range quiet {
		p.nothing(ref)
	}
}
