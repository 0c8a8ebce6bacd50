package review

import (
	"fmt"
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on those who want a mission: what they say and do, and how long they stay.

var sponsorSayDoGap = &Rule{
	ID: "F101", Slug: "sponsor-say-do-gap", Severity: Caution,
	Title: "A mission's sponsor uses its words, and does nothing for it",
	Why: "Departments watch what their ministers do and not what their speeches call it. A sponsor who speaks of the mission and spends, decides and asks about other things has told everybody how much it counts. " +
		"Nobody contradicts the words, so that nothing shows from outside.",
	Fires: "At least F101.words signal or commitment events on the mission, or on what belongs to it, are by the post that sponsors it or its holder; no act of theirs or of their organisation is recorded; and an event of such a kind marked absent says that there was none: by them, or by nobody named, on the mission, on what belongs to it or on the post itself. " +
		"Acts are practice-change, decision, joint-decision, funded, priorities, barrier-removed, exemption, devolved and capacity-moved events, resolutions, and money that they decided on or paid, or of which nobody says who decided. " +
		"It has nothing to say where the sponsor has certainly held the post for no more than F101.days, or is vacant, nor of a mission that is proposed or closed. It cannot tell where the sponsor, what the sponsor said, or whether anything followed is not recorded.",
	FalseAlarm: "The sponsor is new in post; or has acted in a way that nobody has recorded.",
	Question:   "What has the sponsor decided, paid for, asked about or taken out of the way since the last speech?",
	Sources:    []string{"S1:16", "S1:18", "S1:21"},
	Needs: []string{"the duty mission-sponsor on missions, and who holds that post since when", "signal and commitment events, with those who made them",
		"events of acts on missions and what belongs to them, with those who acted, present or marked absent", "resolutions and allocations, with those who decided"},
	Thresholds: []Threshold{
		{Name: "F101.words", Unit: "signals and commitments", Value: 1, Least: 1,
			Meaning: "how often the sponsor must be recorded as using the mission's words; the default is one, since one record may stand for the many speeches that S1:21 speaks of"},
		{Name: "F101.days", Unit: "days", Value: 100,
			Meaning: "how long somebody counts as new in the post; no source names a number, and the default is the first hundred days that S4:18 speaks of"},
	},
	Bad: sponsorSayDoGapBad, Good: sponsorSayDoGapGood, Unclear: sponsorSayDoGapUnclear, Harmless: sponsorSayDoGapHarmless,
	check: func(p *pass) {
		decided := make(map[record.Ref][]record.Claim[accountability.Resolution]) // those of no meeting: a post or body decided
		for _, c := range p.register.Resolutions("", p.at) {
			decided[c.Record.Subject] = append(decided[c.Record.Subject], c)
		}
		for _, id := range p.missions {
			p.checkSponsorActs(id, decided)
		}
	},
}

// sponsorActs are the kinds of event by which something was done and not only said.
var sponsorActs = []string{mission.PracticeChange, mission.Decision, mission.JointDecision, mission.Funded, mission.Priorities,
	mission.BarrierRemoved, mission.Exemption, mission.Devolved, mission.CapacityMoved}

// backer is a post that sponsors a mission, and those who hold it.
type backer struct {
	post  record.ID
	names []record.ID // the post and its holders
	since []calendar.When
}

func (p *pass) checkSponsorActs(id record.ID, decided map[record.Ref][]record.Claim[accountability.Resolution]) {
	ref, name := missionRef(id), p.missionName(id)
	question := "whether the sponsor of " + name + " acts on what the sponsor says"
	a, ok := p.register.Answerable(ref, accountability.MissionSponsor, p.at)
	switch {
	case p.over(id), ok && a.State == accountability.Vacant && a.Certain:
		p.nothing(ref)
		return
	case !ok:
		p.cannot(ref, question, leftOut(p.m.LeftOut(accountability.KindDuty, ref, accountability.MissionSponsor),
			"who sponsors it", "a mission-sponsor duty on the mission, with its post"))
		return
	case a.State == accountability.Withheld:
		p.cannot(ref, question, unknown("who sponsors it", record.StateWithheld, p.reasonOf(&a), "the post that sponsors it"))
		return
	case a.State != accountability.Held:
		p.cannot(ref, question, unsettled("who sponsors it", a.State))
		return
	}
	var backers []backer
	var own, bodies []record.ID
	for _, c := range p.carriers(&a) {
		b := backer{post: c.Post, names: []record.ID{c.Post}}
		for _, h := range c.Holders {
			if h.Party != "" {
				b.names = append(b.names, h.Party)
			}
			if !h.Holding.From.IsZero() {
				b.since = append(b.since, h.Holding.From)
			}
		}
		if len(b.since) == 0 && !c.Duty.From.IsZero() {
			b.since = append(b.since, c.Duty.From)
		}
		backers = append(backers, b)
		own = append(own, b.names...)
		if body, ok := p.body(c.Post); ok {
			bodies = append(bodies, body)
		}
	}
	all := append(slices.Clone(own), bodies...)
	inside := p.within(id)
	if p.sponsored(inside, all, decided) {
		p.nothing(ref)
		return
	}
	words := recalled{}
	for _, kind := range []string{mission.Signal, mission.Commitment} {
		t := p.recollectAll(kind, inside)
		words.present, words.absent = append(words.present, t.present...), append(words.absent, t.absent...)
	}
	var heard []record.Claim[mission.Event]
	var since []calendar.When
	settled := len(words.absent) > 0
	age := calendar.Certainty(0)
	for _, b := range backers {
		var by []record.Claim[mission.Event]
		for _, c := range eachOnce(sorted(words.present)) {
			if memoryAny(c.Record.By, b.names) {
				by = append(by, c)
			}
		}
		if len(by) == 0 {
			continue
		}
		settled = true
		if grown := p.older(b.since, p.limit("days")); grown != calendar.No {
			heard, since, age = append(heard, by...), append(since, b.since...), max(age, grown)
		}
	}
	heard = eachOnce(sorted(heard))
	var denials []record.Claim[mission.Event]
	for _, kind := range sponsorActs {
		for _, c := range p.sponsorDenials(kind, inside, own) {
			if len(c.Record.By) == 0 && (c.Record.Subject == ref || c.Record.Subject.Kind == accountability.KindParty) || memoryAny(c.Record.By, all) {
				denials = append(denials, c)
			}
		}
	}
	var missing []Missing
	switch {
	case settled && float64(len(heard)) < p.limit("words"):
		p.nothing(ref)
		return
	case len(heard) == 0:
		missing = append(missing, leftOut(append(p.memoryMissed(mission.Signal, ref), p.memoryMissed(mission.Commitment, ref)...),
			"what its sponsor has said of it", "signal or commitment events on the mission, with the sponsor's post among those who made them"))
	case !a.Certain:
		missing = append(missing, memoryRough("whether "+p.partyNames(distinct(postsOf(backers)))+" sponsors it on that day"))
	case age == calendar.Possibly, p.on.IsZero() && first(since).IsResolved():
		missing = append(missing, p.rough("since when the sponsor has held the post", since, "the first day of the holding"))
	}
	if len(denials) == 0 {
		var missed []record.Ref
		for _, kind := range sponsorActs {
			missed = append(missed, p.memoryMissed(kind, ref)...)
		}
		missing = append(missing, leftOut(missed, "whether the sponsor has done anything for it", "what the sponsor decided, paid or changed for it, or a decision or practice-change event by the sponsor marked absent"))
	}
	if len(missing) > 0 {
		p.cannot(ref, question, missing...)
		return
	}
	trigger := dedupe(p.memoryProof(denials))
	text := attributed(trigger, p.partyNames(distinct(postsOf(backers)))+", sponsor of "+name+", has done nothing for it"+p.says(trigger))
	text += " Its words are used all the same: " + p.wordsOf(heard) + "."
	p.finding(ref, text, trigger, append(append(p.memoryProof(heard), p.basis(&a)...), p.memoryMissions(id)...)...)
}

func postsOf(backers []backer) (ids []record.ID) {
	for _, b := range backers {
		ids = append(ids, b.post)
	}
	return ids
}

// wordsOf names what was said.
func (p *pass) wordsOf(events []record.Claim[mission.Event]) string {
	var names []string
	for _, c := range events {
		names = append(names, lessonEventName("the "+c.Record.Kind, c.Record.Fact(), []record.Claim[mission.Event]{c}))
	}
	return someOf(names)
}

// sponsorDenials are the events of a kind that say that something was not done, on a mission, what belongs to it, or those
// who sponsor it.
func (p *pass) sponsorDenials(kind string, inside []record.Ref, sponsors []record.ID) []record.Claim[mission.Event] {
	denied := p.recollectAll(kind, inside).absent
	for _, id := range distinct(sponsors) {
		denied = append(denied, p.recollect(kind, refToParty(id)).absent...)
	}
	return sorted(denied)
}

// sponsored reports whether any of some parties is recorded as having done something for a mission or what belongs to it.
func (p *pass) sponsored(inside []record.Ref, parties []record.ID, decided map[record.Ref][]record.Claim[accountability.Resolution]) bool {
	mine := func(id record.ID) bool { return slices.Contains(parties, id) }
	for _, part := range inside {
		for _, kind := range sponsorActs {
			for _, c := range p.recollect(kind, part).present {
				if memoryAny(c.Record.By, parties) {
					return true
				}
			}
		}
		if slices.ContainsFunc(decided[part], func(c record.Claim[accountability.Resolution]) bool { return mine(c.Record.By) }) {
			return true
		}
		for _, a := range p.purse().moneyFor[part] {
			if setAside(a) && slices.ContainsFunc(a.claims, func(c record.Claim[funding.Allocation]) bool {
				return c.Record.DecidedBy == "" || mine(c.Record.DecidedBy) || mine(c.Record.PaidBy)
			}) {
				return true
			}
		}
	}
	return false
}

var sponsorChurn = &Rule{
	ID: "F104", Slug: "sponsor-churn", Severity: Serious,
	Title: "Those who are to sponsor or steward a mission come and go, or nobody does",
	Why: "A mission takes longer than most people stay in a post. Each new sponsor starts by asking what this is, and everybody waits for the answer; while there is none, whoever is against it need only wait too. " +
		"A change that was planned, with the old and the new sponsor in the same room, costs little.",
	Fires: "The duty mission-sponsor or mission-steward on the mission is vacant; or certainly more than F104.holders have held a post that carries it, for each of its seats, within the last F104.days. Those who stand in for somebody on leave do not count. " +
		"Each handover event of that time on the post or the mission takes one holder off the count; one that is still to come, or that is not certainly older than the vacancy, silences the vacancy. " +
		"It has nothing to say of a mission that is proposed or closed, and cannot tell where neither duty is recorded, where who carries it is unclear, contested or withheld, where nobody is recorded as having held the post, or where rough dates decide.",
	FalseAlarm: "The succession was planned, and the handover took place without being recorded.",
	Question:   "What did the last one promise on the day before leaving, and does the next one know of it?",
	Sources:    []string{"S0:29", "S0:17"},
	Needs:      []string{"the duties mission-sponsor and mission-steward on missions", "the holdings of those posts, with their dates", "handover events on posts and missions"},
	Thresholds: []Threshold{
		{Name: "F104.holders", Unit: "holders", Value: 2, Least: 1,
			Meaning: "how many may hold the post within the window; no source names a number, and the default lets it change hands once"},
		{Name: "F104.days", Unit: "days", Value: 730,
			Meaning: "how far back holders count; no source names a number, and the default is two years"},
	},
	Bad: sponsorChurnBad, Good: sponsorChurnGood, Unclear: sponsorChurnUnclear, Harmless: sponsorChurnHarmless,
	check: func(p *pass) {
		terms := make(map[record.ID]tenancy)
		for _, id := range p.missions {
			p.checkSponsorStays(id, terms)
		}
	},
}

// tenancy is how often a post has changed hands within the window of the rule.
type tenancy struct {
	holders, most int // that certainly held it, and that may have
	seats         int
	recorded      bool
	left          calendar.When // when the last one left, where that is known
	evidence      []Evidence
}

// tenancy counts who held a post within some days up to the day of the review.
func (p *pass) tenancy(post record.ID, days float64) tenancy {
	t := tenancy{seats: 1}
	for _, c := range p.register.Party(post, p.at) {
		t.seats = max(t.seats, c.Record.Seats)
	}
	start := p.on.Add(-calendar.Days(days))
	certain, possible := make(map[record.ID]bool), make(map[record.ID]bool)
	unnamed := make(map[record.ID]bool)
	for _, s := range p.register.Spells(post, p.at.Known) {
		t.recorded = true
		if s.From.After(p.on) || !s.Until.IsZero() && !s.Until.After(start) {
			continue
		}
		day := s.From
		if day.IsZero() {
			day = p.on
			if !s.Until.IsZero() {
				day = s.Until.Add(-1)
			}
		}
		holders, _ := p.register.Holders(post, record.Moment{On: day, Known: p.at.Known})
		for _, h := range holders {
			if h.Party != s.Party || h.Holding.CoverFor != "" || h.Holding.Basis == accountability.BasisCover {
				continue
			}
			t.evidence = append(t.evidence, p.evidence(accountability.KindHolding, &h.Holding.Record))
			switch {
			case s.Party == "":
				unnamed[h.Holding.Fact()] = true
			case s.Possible:
				possible[s.Party] = true
			default:
				certain[s.Party] = true
			}
		}
		if !s.Until.IsZero() && !s.Until.After(p.on) && t.left.Latest().Before(s.Until) {
			t.left = calendar.OnDay(s.Until)
		}
	}
	for id := range certain {
		delete(possible, id)
	}
	t.holders, t.most = len(certain), len(certain)+len(possible)+len(unnamed)
	t.evidence = dedupe(t.evidence)
	return t
}

func (p *pass) checkSponsorStays(id record.ID, terms map[record.ID]tenancy) {
	ref, name := missionRef(id), p.missionName(id)
	question := "whether those who sponsor or steward " + name + " stay"
	if p.over(id) {
		p.nothing(ref)
		return
	}
	var missing []Missing
	var trigger, context []Evidence
	var clauses []string
	seen := false
	for _, word := range []string{accountability.MissionSponsor, accountability.MissionSteward} {
		a, ok := p.register.Answerable(ref, word, p.at)
		if !ok {
			continue
		}
		seen = true
		role := "sponsor"
		if word == accountability.MissionSteward {
			role = "steward"
		}
		duties, holdings := split(p.basis(&a))
		switch {
		case a.State == accountability.Vacant && !a.Certain:
			missing = append(missing, memoryRough("whether it has a "+role+" on that day"))
		case a.State == accountability.Vacant:
			if p.handedOver(ref, &a) {
				continue
			}
			clauses = append(clauses, name+" has no "+role+": the duty is vacant"+because(a.Why))
			trigger, context = append(trigger, duties...), append(context, holdings...)
		case a.State == accountability.Withheld:
			missing = append(missing, unknown("who its "+role+" is", record.StateWithheld, p.reasonOf(&a), "the post"))
		case a.State != accountability.Held:
			missing = append(missing, unsettled("who its "+role+" is", a.State))
		case p.on.IsZero():
			missing = append(missing, noDay())
		default:
			for _, c := range p.carriers(&a) {
				clause, evidence, open := p.churned(id, c.Post, role, terms)
				missing = append(missing, open...)
				if clause != "" {
					clauses, trigger, context = append(clauses, clause), append(trigger, evidence...), append(context, duties...)
				}
			}
		}
	}
	clauses = slices.Compact(clauses)
	switch {
	case len(clauses) > 0:
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, listed(clauses)), trigger, append(context, p.memoryMissions(id)...)...)
	case !seen:
		missed := append(p.m.LeftOut(accountability.KindDuty, ref, accountability.MissionSponsor), p.m.LeftOut(accountability.KindDuty, ref, accountability.MissionSteward)...)
		p.cannot(ref, question, leftOut(missed, "who sponsors or stewards it", "a mission-sponsor duty on the mission, with its post and the holdings of that post"))
	case len(missing) > 0:
		p.cannot(ref, question, dedupeMissing(missing)...)
	default:
		p.nothing(ref)
	}
}

// handedOver reports whether a vacancy is part of a handover.
func (p *pass) handedOver(ref record.Ref, a *accountability.Answer) bool {
	about := []record.Ref{ref}
	var left []calendar.When
	for _, c := range p.carriers(a) {
		about = append(about, refToParty(c.Post))
		if !p.on.IsZero() {
			left = append(left, p.tenancy(c.Post, p.limit("days")).left)
		}
	}
	t := p.recollect(mission.Handover, about...)
	return len(t.ahead) > 0 || slices.ContainsFunc(t.present, func(c record.Claim[mission.Event]) bool {
		return before(c.Record.OnDay, left) != calendar.Certainly && p.inWindow(c.Record.OnDay, p.limit("days")) != calendar.No
	})
}

// churned says that a post has changed hands too often, with the holdings that show it, or what is missing to tell.
func (p *pass) churned(id, post record.ID, role string, terms map[record.ID]tenancy) (clause string, evidence []Evidence, missing []Missing) {
	if kind := p.party(post).kind; kind != 0 && kind != accountability.Post {
		return "", nil, nil // a body has no holders
	}
	t, known := terms[post]
	if !known {
		t = p.tenancy(post, p.limit("days"))
		terms[post] = t
	}
	name := p.postNames([]record.ID{post})
	if !t.recorded {
		return "", nil, []Missing{unrecorded("who has held "+name, "the holdings of the post, with their first and last days")}
	}
	sure, maybe := 0, 0
	for _, c := range eachOnce(p.recollect(mission.Handover, missionRef(id), refToParty(post)).present) {
		switch p.inWindow(c.Record.OnDay, p.limit("days")) {
		case calendar.Certainly:
			sure++
		case calendar.Possibly:
			maybe++
		}
	}
	bar := p.limit("holders") * float64(t.seats)
	switch {
	case float64(t.holders-sure-maybe) > bar:
		return fmt.Sprintf("%s, %s of %s, has had %d holders within %s days", name, role, p.missionName(id), t.holders, count(p.limit("days"))), t.evidence, nil
	case float64(t.most-sure) > bar:
		return "", nil, []Missing{{What: "how often " + name + " changed hands", Ground: "not known well enough from the dates", Way: "record the days of the holdings, who held them, and the handovers more closely"}}
	}
	return "", nil, nil
}
