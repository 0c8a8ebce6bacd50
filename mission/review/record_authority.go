package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on accounting officers of bodies, on authority that is passed on, and on learning spaces.

var officerVacant = &Rule{
	ID: "C01", Slug: "officer-vacant", Severity: Serious,
	Title:      "An organisation has no accounting officer",
	Why:        "Every organisation that spends public money in central government has an accounting officer, and there is to be no gap between one and the next. In a gap nobody may sign, and for what is signed nobody answers.",
	Fires:      "The duty accounting-officer on an organisation is vacant or unclear, or the post that carries it has no holder. It looks at organisations with such a duty, and cannot tell where it is contested or withheld, or a date is rough.",
	FalseAlarm: "Somebody acts as accounting officer for the time being, and nobody has recorded it.",
	Question:   "Who signs for this organisation today, and has the Treasury been told?",
	Sources:    []string{"R6"},
	Needs:      []string{"accounting-officer duties on organisations", "who holds the posts that carry them"},
	Bad:        officerVacantBad, Good: officerVacantGood, Unclear: officerVacantUnclear, Harmless: officerVacantHarmless,
	check: func(p *pass) {
		for _, id := range sortedIDs(p.register.Parties()) {
			ref := partyRef(id)
			a, ok := p.register.Answerable(ref, accountability.AccountingOfficer, p.at)
			question := "whether " + p.partyName(id) + " has an accounting officer"
			switch {
			case !ok:
			case a.State == accountability.Held && a.Certain:
				p.nothing(ref)
			case !a.Certain:
				p.cannot(ref, question, roughDuty("who its accounting officer is on that day"))
			case a.State == accountability.Vacant || a.State == accountability.Unclear:
				duties, holdings := split(p.basis(&a))
				p.finding(ref, attributed(duties, "the accounting officer of "+p.partyName(id)+" is "+a.State.String()+because(a.Why)), duties, holdings...)
			default:
				p.cannot(ref, question, Missing{What: "who its accounting officer is", Ground: a.State.String(), Way: "settle who it is, and record the post"})
			}
		}
	},
}

var officerTwice = &Rule{
	ID: "C02", Slug: "officer-twice", Severity: Caution,
	Title: "An organisation has two accounting officers, and no split between them",
	Why:   "The responsibility of an accounting officer is personal, and Parliament asks one person about each pound. An organisation may have additional officers for stated parts; two for the whole are none.",
	Fires: "At least two posts certainly carry the duty accounting-officer on one organisation, not each of them has a stated part, and no sharing or agreement of it is recorded. " +
		"It looks at organisations with such a duty, and cannot tell where a date is rough.",
	FalseAlarm: "One of them is an additional accounting officer for a part that nobody has recorded.",
	Question:   "For which part of the money does each of them sign?",
	Sources:    []string{"R6"},
	Needs:      []string{"accounting-officer duties on organisations, with their posts and parts", "sharings and agreement events"},
	Bad:        officerTwiceBad, Good: officerTwiceGood, Unclear: officerTwiceUnclear, Harmless: officerTwiceHarmless,
	check: func(p *pass) {
		for _, id := range sortedIDs(p.register.Parties()) {
			p.checkTwice(id)
		}
	},
}

func (p *pass) checkTwice(id record.ID) {
	ref := partyRef(id)
	w := p.answerers(ref, func(d string) bool { return d == accountability.AccountingOfficer })
	if len(w.carriers) == 0 {
		return
	}
	s := p.shared(ref, accountability.AccountingOfficer)
	parted := !slices.ContainsFunc(w.carriers, func(c accountability.Carrier) bool { return c.Duty.Part == "" })
	switch {
	case len(w.all()) < 2 || parted || s.settled || len(s.members) > 0:
		p.nothing(ref)
	case len(w.parties) < 2 || s.rough:
		p.cannot(ref, "whether "+p.partyName(id)+" has two accounting officers", roughDuty("who its accounting officers are on that day"))
	default:
		p.finding(ref, attributed(w.duties, p.partyNames(w.parties)+" are both accounting officer of "+p.partyName(id)+", and no split between them is recorded"), w.duties, w.holdings...)
	}
}

var failedTest = &Rule{
	ID: "C05", Slug: "failed-test-without-direction", Severity: Serious,
	Title: "A use of money failed a test of its accounting officer, and went ahead without a direction",
	Why:   "An accounting officer who finds that a use of money fails a standard asks the minister for a written direction; then the minister bears the responsibility, and everybody can see it. Going ahead without one leaves the officer answerable for what the officer advised against.",
	Fires: "An accounting test says that a standard is not met, no direction on its subject is recorded, and the use of money certainly went ahead no earlier: an allocation decided, or a funded, decision or commitment event on the subject. " +
		"It has nothing to say where all four standards are met, or it is recorded that no money was set aside. It cannot tell where a standard is not recorded and none is failed, or whether it went ahead.",
	FalseAlarm: "A direction was given and not published, on a stated ground.",
	Question:   "Who decided to go on, and did they put it in writing?",
	Sources:    []string{"R7"},
	Needs:      []string{"accounting tests", "directions", "allocations, with the days on which they were decided", "funded, decision and commitment events on the subjects of tests"},
	Bad:        failedTestBad, Good: failedTestGood, Unclear: failedTestUnclear, Harmless: failedTestHarmless,
	check: func(p *pass) {
		all := byFact(p, accountability.KindTest, func(ref record.Ref) []record.Claim[accountability.AccountingTest] { return p.register.Tests(ref, p.at) })
		for _, id := range sortedKeys(all) {
			p.checkTest(id, all[id])
		}
	},
}

func (p *pass) checkTest(id record.ID, claims []record.Claim[accountability.AccountingTest]) {
	ref := record.Ref{Kind: accountability.KindTest, ID: id}
	subject := claims[0].Record.Subject
	var failed []record.Claim[accountability.AccountingTest]
	var standards []string
	var days []calendar.When
	open := false
	for _, c := range claims {
		t := c.Record
		if f := t.Failed(); len(f) > 0 {
			failed, standards, days = append(failed, c), append(standards, f...), append(days, t.OnDay)
		}
		for _, v := range []record.Value[bool]{t.Regularity, t.Propriety, t.ValueForMoney, t.Feasibility} {
			open = open || !yes(v) && !no(v)
		}
	}
	slices.Sort(standards)
	name := p.named(subject)
	question := "whether " + name + " failed a test and went ahead without a direction"
	_, unfunded := p.events(subject, mission.Funded)
	ahead, signs := p.wentAhead(subject, days)
	switch {
	case len(failed) == 0 && open:
		p.cannot(ref, question, unrecorded("whether each of the four standards is met", "all four: regularity, propriety, value for money, feasibility"))
	case len(failed) == 0, len(p.register.Directions(subject, p.at)) > 0, len(unfunded) > 0 && ahead == 0:
		p.nothing(ref)
	case ahead == calendar.Certainly:
		trigger := proof(p, accountability.KindTest, failed)
		p.finding(ref, attributed(trigger, name+" fails the standard of "+listed(slices.Compact(standards))+" by the word of its accounting officer, and went ahead; no direction is recorded"), trigger, signs...)
	case ahead == calendar.Possibly:
		p.cannot(ref, question, Missing{What: "which came first, the test or the money,", Ground: "not known from their dates", Way: "record the days of both more closely"})
	default:
		p.cannot(ref, question, unrecorded("whether it went ahead", "the day on which its money was decided, or a funded event marked absent"))
	}
}

// wentAhead says whether a use of money went ahead no earlier than some days: Possibly where the dates cannot tell, zero
// where nothing says so.
func (p *pass) wentAhead(subject record.Ref, days []calendar.When) (ahead calendar.Certainty, signs []Evidence) {
	sign := func(day calendar.When, e Evidence) {
		c := before(day, days)
		switch c {
		case calendar.No:
			ahead = calendar.Certainly
		case calendar.Certainly:
			return // an earlier step
		default:
			ahead = max(ahead, calendar.Possibly)
		}
		signs = append(signs, e)
	}
	allocations := p.m.Accounts().AllocationsFor(subject, p.at)
	if subject.Kind == funding.KindAllocation {
		for _, a := range p.m.Accounts().AllocationVersions(subject.ID) {
			if !a.Decided.IsZero() {
				sign(a.Decided, p.evidence(funding.KindAllocation, &a.Record))
			}
		}
	}
	for _, c := range sorted(allocations) {
		if !c.Record.Decided.IsZero() {
			sign(c.Record.Decided, p.evidence(funding.KindAllocation, &c.Record.Record))
		}
	}
	for _, kind := range []string{mission.Funded, mission.Decision, mission.Commitment} {
		present, _ := p.events(subject, kind)
		for _, c := range present {
			sign(c.Record.OnDay, p.evidence(mission.KindEvent, &c.Record.Record))
		}
	}
	return ahead, signs
}

var widenedGrant = &Rule{
	ID: "C07", Slug: "widened-grant", Severity: Serious,
	Title: "A delegation gives more than its giver has",
	Why:   "Delegated limits are the most that may be passed on: nobody can give more than they were given. A letter that does is believed by whoever receives it, and what they commit under it rests on nothing.",
	Fires: "A grant gives a power that no grant in force to its giver gives, or gives it for a subject that theirs does not cover, above their limit for one act or for all, or although theirs may not be passed on. A grant without a limit of its own has its giver's. " +
		"It looks at grants that somebody gives, and cannot tell where nothing is recorded of the giver's own authority, a date is rough, or limits are in different currencies.",
	FalseAlarm: "The giver has the power by another route, such as statute, that nobody has recorded.",
	Question:   "From whom does the giver have this power, and up to what amount?",
	Sources:    []string{"R8"},
	Needs:      []string{"grants, with their givers, powers, subjects and limits"},
	Bad:        widenedGrantBad, Good: widenedGrantGood, Unclear: widenedGrantUnclear, Harmless: widenedGrantHarmless,
	check: func(p *pass) {
		grants := make(map[record.ID][]record.Claim[accountability.Grant])
		for _, to := range p.register.Parties() {
			for _, c := range p.register.Grants(to, p.at) {
				grants[c.Record.Fact()] = append(grants[c.Record.Fact()], c)
			}
		}
		for _, id := range sortedKeys(grants) {
			p.checkGrant(id, sorted(grants[id]))
		}
	},
}

func (p *pass) checkGrant(id record.ID, claims []record.Claim[accountability.Grant]) {
	ref := record.Ref{Kind: accountability.KindGrant, ID: id}
	claims = slices.DeleteFunc(claims, func(c record.Claim[accountability.Grant]) bool { return c.Record.By == "" })
	if len(claims) == 0 {
		return // the bearer's own power
	}
	g := claims[0].Record
	name := "the grant from " + p.partyName(g.By) + " to " + p.partyName(g.To)
	question := "whether " + name + " gives more than the giver has"
	var wide []record.Claim[accountability.Grant]
	var clauses []string
	var missing []Missing
	var context []Evidence
	for _, c := range claims {
		own := sorted(p.register.Grants(c.Record.By, p.at))
		said, lacking := p.wider(c.Record, own)
		switch {
		case lacking.What != "":
			missing = append(missing, lacking)
		case len(said) > 0 && c.On != calendar.Certainly:
			missing = append(missing, roughDuty("whether the grant is in force on that day"))
		case len(said) > 0:
			wide, clauses = append(wide, c), append(clauses, said...)
			context = append(context, proof(p, accountability.KindGrant, own)...)
		}
	}
	switch {
	case len(wide) > 0:
		slices.Sort(clauses)
		trigger := proof(p, accountability.KindGrant, wide)
		p.finding(ref, attributed(trigger, name+" gives more than the giver was given: "+listed(slices.Compact(clauses))), trigger, context...)
	case len(missing) > 0:
		p.cannot(ref, question, missing...)
	default:
		p.nothing(ref)
	}
}

// wider says in which ways a grant goes beyond those to its giver, each power by itself, or what is missing to tell.
func (p *pass) wider(g *accountability.Grant, own []record.Claim[accountability.Grant]) (clauses []string, missing Missing) {
	if len(own) == 0 {
		return nil, unrecorded("where the authority of "+p.partyName(g.By)+" comes from", "the grants to the giver, or one by nobody where the power is the giver's own")
	}
	within := p.around(g.Subject)
	for _, power := range g.Powers {
		most, why := calendar.No, "the power "+quoted(plain(power))+" is not among what the giver has"
		for _, c := range own {
			o := c.Record
			if !slices.Contains(o.Powers, power) {
				continue
			}
			fits, because := calendar.Certainly, ""
			switch {
			case o.Final:
				fits, because = calendar.No, "what the giver has may not be passed on"
			case !o.Subject.IsZero() && !slices.Contains(within, o.Subject):
				fits, because = calendar.No, "the giver may act on "+p.named(o.Subject)+" alone"
			case above(g.PerItem, o.PerItem) == calendar.Certainly:
				fits, because = calendar.No, g.PerItem.String()+" for one act is above the giver's "+o.PerItem.String()
			case above(g.Cumulative, o.Cumulative) == calendar.Certainly:
				fits, because = calendar.No, g.Cumulative.String()+" in all is above the giver's "+o.Cumulative.String()
			case c.On != calendar.Certainly || above(g.PerItem, o.PerItem) != calendar.No || above(g.Cumulative, o.Cumulative) != calendar.No:
				fits = calendar.Possibly
			}
			if fits == calendar.No {
				why = because
			}
			most = max(most, fits)
		}
		switch most {
		case calendar.No:
			clauses = append(clauses, why)
		case calendar.Possibly:
			missing = Missing{What: "whether the giver's own grant covers it", Ground: "not known from its dates or currency", Way: "record the dates of the giver's grant more closely, and limits in one currency"}
		}
	}
	if len(clauses) > 0 {
		missing = Missing{}
	}
	return clauses, missing
}

// above says whether a limit lies above another; an unset one takes on or sets none. Possibly where the currencies differ.
func above(limit, other record.Money) calendar.Certainty {
	switch {
	case limit.IsZero() || other.IsZero():
		return calendar.No
	case limit.Currency != other.Currency:
		return calendar.Possibly
	case limit.Minor > other.Minor:
		return calendar.Certainly
	}
	return calendar.No
}

// spaces returns what is said of every learning space, by fact.
func (p *pass) spaces() map[record.ID][]record.Claim[accountability.LearningSpace] {
	return byFact(p, accountability.KindSpace, func(ref record.Ref) []record.Claim[accountability.LearningSpace] { return p.register.Spaces(ref, p.at) })
}

func (p *pass) spaceName(id record.ID, claims []record.Claim[accountability.LearningSpace]) string {
	for _, c := range claims {
		if n := plain(c.Record.Name); n != "" {
			return "the learning space " + quoted(n)
		}
	}
	return "the learning space " + quoted(string(id))
}

var unboundedSpace = &Rule{
	ID: "D01", Slug: "unbounded-space", Severity: Caution,
	Title: "A learning space has no bounds",
	Why: "Leave to fail is worth something where it is known how far it goes. Those who hold public bodies to account have asked for understood risks and for monitoring that lets somebody pull the plug early. " +
		"A space without a cap, an end or a rule for stopping is an exemption, and the first failure in it will close the next one.",
	Fires: "A learning space in force states no cap on spending, no end and no rule for stopping. What such an agreement leaves out it does not bound. " +
		"Any one of the three silences it. It cannot tell where the end is recorded as unknown, or whether the space is in force on the day.",
	FalseAlarm: "The bounds stand in another document that the space refers to.",
	Question:   "At what amount, on what day or at which sign would somebody stop this?",
	Sources:    []string{"R9"},
	Needs:      []string{"learning spaces, with their caps, ends and rules for stopping"},
	Bad:        unboundedSpaceBad, Good: unboundedSpaceGood, Unclear: unboundedSpaceUnclear, Harmless: unboundedSpaceHarmless,
	check: func(p *pass) {
		all := p.spaces()
		for _, id := range sortedKeys(all) {
			p.checkBounds(id, all[id])
		}
	},
}

func (p *pass) checkBounds(id record.ID, claims []record.Claim[accountability.LearningSpace]) {
	ref := record.Ref{Kind: accountability.KindSpace, ID: id}
	name := p.spaceName(id, claims)
	bounded, unknownEnd, rough := false, false, false
	for _, c := range claims {
		s := c.Record
		rough = rough || c.On != calendar.Certainly
		unknownEnd = unknownEnd || s.Until.IsUnknown()
		bounded = bounded || !s.SpendCap.IsZero() || len(s.StopRules) > 0 || !s.Until.IsZero() && !s.Until.IsUnknown()
	}
	question := "whether " + name + " has bounds"
	switch {
	case bounded:
		p.nothing(ref)
	case unknownEnd:
		p.cannot(ref, question, unknown("when it ends", record.StateUnknown, "", "the day on which it ends"))
	case rough:
		p.cannot(ref, question, roughDuty("whether it is in force on that day"))
	default:
		trigger := proof(p, accountability.KindSpace, claims)
		p.finding(ref, attributed(trigger, name+" states no cap on spending, no end and no rule for stopping"), trigger)
	}
}

var noRiskCarrier = &Rule{
	ID: "D06", Slug: "no-risk-carrier", Severity: Caution,
	Title:      "Nobody carries the risk of a learning space",
	Why:        "A learning space suspends consequences for those who try, and somebody above them takes these on. If that post is empty, the promise binds nobody, and those who relied on it find out when something has gone wrong.",
	Fires:      "The post recorded as the sponsor of a learning space certainly has no holder. It has nothing to say where a body or organisation sponsors the space, and cannot tell where no sponsor or no holder is recorded, or a date is rough.",
	FalseAlarm: "Somebody has taken the promise over with the post's work, and nobody has recorded it.",
	Question:   "Who would stand up for those who tried, if it failed tomorrow?",
	Sources:    []string{"R9"},
	Needs:      []string{"learning spaces, with their sponsors", "who holds those posts"},
	Bad:        noRiskCarrierBad, Good: noRiskCarrierGood, Unclear: noRiskCarrierUnclear, Harmless: noRiskCarrierHarmless,
	check: func(p *pass) {
		all := p.spaces()
		for _, id := range sortedKeys(all) {
			p.checkCarrier(id, all[id])
		}
	},
}

func (p *pass) checkCarrier(id record.ID, claims []record.Claim[accountability.LearningSpace]) {
	ref := record.Ref{Kind: accountability.KindSpace, ID: id}
	name := p.spaceName(id, claims)
	question := "whether anybody carries the risk of " + name
	var empty, unsaid []record.ID
	named, rough := false, false
	for _, c := range claims {
		s := c.Record.Sponsor
		rough = rough || c.On != calendar.Certainly
		if s == "" {
			continue
		}
		named = true
		if kind := p.party(s).kind; kind != 0 && kind != accountability.Post {
			p.nothing(ref)
			return
		}
		switch e := p.register.Exercising(s, p.at); {
		case e.State == accountability.Held || e.State == accountability.Withheld:
			p.nothing(ref)
			return
		case e.State == accountability.Vacant && e.Certain:
			empty = append(empty, s)
		default:
			unsaid = append(unsaid, s)
		}
	}
	switch {
	case !named:
		p.cannot(ref, question, unrecorded("who carries its risk", "the sponsor of the space"))
	case len(unsaid) > 0:
		p.cannot(ref, question, unrecorded("who holds "+p.postNames(distinct(unsaid)), "the holder of the post, with the dates"))
	case rough:
		p.cannot(ref, question, roughDuty("whether it is in force on that day"))
	default:
		trigger := proof(p, accountability.KindSpace, claims)
		p.finding(ref, attributed(trigger, p.postNames(distinct(empty))+", which carries the risk of "+name+", has no holder"), trigger, p.vacancies(distinct(empty))...)
	}
}
