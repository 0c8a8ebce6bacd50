package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// recordRules are the rules on the registers themselves: posts and who fills them, duties and who shares them, authority,
// money and learning spaces. They come from the research on accountability, and not from the texts on missions.
var recordRules = []*Rule{
	overSeats,
	leaveUncovered,
	actingChain,
	backdatedMandate,
	disputedRecord,
	manyAccountable,
	sharedWithoutLead,
	twoHats,
	ownerOfPortfolio,
	officerVacant,
	officerTwice,
	failedTest,
	widenedGrant,
	unboundedSpace,
	noRiskCarrier,
}

// posts returns the posts of which somebody is recorded as the holder on the day, in the order of their ids.
func (p *pass) posts() []record.ID {
	var list []record.ID
	for _, id := range sortedIDs(p.register.Parties()) {
		if p.party(id).kind != accountability.Post {
			continue
		}
		if holders, _ := p.register.Holders(id, p.at); len(holders) > 0 {
			list = append(list, id)
		}
	}
	return list
}

// holdingsOf is the evidence of some holdings.
func (p *pass) holdingsOf(holders []accountability.Holder) []Evidence {
	list := make([]Evidence, 0, len(holders))
	for _, h := range holders {
		list = append(list, p.evidence(accountability.KindHolding, &h.Holding.Record))
	}
	slices.SortStableFunc(list, func(a, b Evidence) int { return a.Ref.Compare(b.Ref) })
	return list
}

func standsIn(h *accountability.Holding) bool {
	return h.CoverFor != "" || h.Basis == accountability.BasisActing || h.Basis == accountability.BasisInterim || h.Basis == accountability.BasisCover
}

var overSeats = &Rule{
	ID: "A07", Slug: "over-seats", Severity: Caution,
	Title: "More people hold a post than it has seats",
	Why:   "A post with one seat and two holders nearly always means that somebody left and nobody wrote it down. Whoever asks who was responsible then gets two names, and a duty that looks doubly carried may be carried by nobody who knows of it.",
	Fires: "More holdings of a post certainly run on the day than it has seats, those who stand in for somebody and those on leave left aside. " +
		"A post without a stated number has one seat. It cannot tell where a date decides it and is rough, or no day is set.",
	FalseAlarm: "The post has more seats than are recorded, such as one that is shared between two.",
	Question:   "Which of these holders has left, and when?",
	Sources:    []string{"R2"},
	Needs:      []string{"posts, with their seats", "holdings, with their dates", "leaves from them"},
	Bad:        overSeatsBad, Good: overSeatsGood, Unclear: overSeatsUnclear, Harmless: overSeatsHarmless,
	check: func(p *pass) {
		for _, id := range p.posts() {
			p.checkHolders(id)
		}
	},
}

func (p *pass) checkHolders(id record.ID) {
	ref, seats := partyRef(id), 1
	for _, c := range p.register.Party(id, p.at) {
		seats = max(seats, c.Record.Seats)
	}
	holders, _ := p.register.Holders(id, p.at)
	facts := make(map[record.ID]bool) // a holding, and whether it certainly takes a seat
	var sure []accountability.Holder
	for _, h := range holders {
		if standsIn(h.Holding) {
			continue
		}
		away := len(p.register.Leaves(h.Holding.Fact(), p.at)) > 0
		certain := h.On == calendar.Certainly && !away
		if certain && !facts[h.Holding.Fact()] {
			sure = append(sure, h)
		}
		facts[h.Holding.Fact()] = facts[h.Holding.Fact()] || certain
	}
	question := "whether " + p.postNames([]record.ID{id}) + " has more holders than seats"
	switch {
	case len(facts) <= seats:
		p.nothing(ref)
	case p.on.IsZero():
		p.cannot(ref, question, noDay())
	case len(sure) > seats:
		trigger := p.holdingsOf(sure)
		p.finding(ref, attributed(trigger, p.postNames([]record.ID{id})+" has "+count(float64(len(sure)))+" holders and "+count(float64(seats))+" seats"), trigger,
			proof(p, accountability.KindParty, sorted(p.register.Party(id, p.at)))...)
	default:
		p.cannot(ref, question, roughDuty("how many hold it on that day"))
	}
}

var leaveUncovered = &Rule{
	ID: "A09", Slug: "leave-uncovered", Severity: Caution,
	Title: "The holder of a post is on leave, and nobody is recorded as standing in",
	Why: "Leave is ordinary. A post whose functions nobody exercises meanwhile lets decisions wait, or has them taken by people without authority. " +
		"Registers show ministers away for months with no cover written down, and only those who were there can say what happened.",
	Fires: "Every holder of a post is certainly on leave on the day, and no holding that stands in for one of them runs. " +
		"It looks at posts with a leave on the day, and cannot tell where the dates of the leave or of the cover are rough.",
	FalseAlarm: "Somebody stands in, and nobody has recorded it.",
	Question:   "Who signs in this post until the holder is back?",
	Sources:    []string{"R1"},
	Needs:      []string{"holdings of posts", "leaves from them, with their cover"},
	Bad:        leaveUncoveredBad, Good: leaveUncoveredGood, Unclear: leaveUncoveredUnclear, Harmless: leaveUncoveredHarmless,
	check: func(p *pass) {
		for _, id := range p.posts() {
			p.checkCover(id)
		}
	},
}

func (p *pass) checkCover(id record.ID) {
	ref, e := partyRef(id), p.register.Exercising(id, p.at)
	if len(e.Absent) == 0 {
		return
	}
	switch {
	case e.State == accountability.Vacant && e.Certain:
		var trigger []Evidence
		var away []accountability.Holder
		for _, a := range e.Absent {
			trigger = append(trigger, p.evidence(accountability.KindLeave, &a.Leave.Record))
			away = append(away, a.Holder)
		}
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, "the holder of "+p.postNames([]record.ID{id})+" is on leave, and nobody is recorded as standing in"), trigger, p.holdingsOf(away)...)
	case slices.ContainsFunc(e.By, func(h accountability.Holder) bool {
		return h.On == calendar.Certainly && !slices.ContainsFunc(e.Absent, func(a accountability.Absence) bool { return a.Holder.Holding == h.Holding })
	}):
		p.nothing(ref) // somebody is certainly there
	default:
		p.cannot(ref, "whether anybody stands in for the holder of "+p.postNames([]record.ID{id}), roughDuty("who holds it, is on leave from it or stands in on that day"))
	}
}

var actingChain = &Rule{
	ID: "A11", Slug: "acting-chain", Severity: Note,
	Title: "Whoever stands in for one post is on leave from another, where somebody else stands in",
	Why:   "Cover that draws on people who need cover themselves makes a chain: one leave empties three desks. Titles then say little about who does what, and one more absence can stop several offices at once.",
	Fires: "Starting from a post, at least A11.depth posts one after the other have their functions exercised by somebody who stands in, each of them on leave from the next. " +
		"It looks at posts in which somebody stands in, and cannot tell where a date on the chain is rough.",
	FalseAlarm: "The chain is short and planned, and ends on a stated day.",
	Question:   "If the last person on this chain fell ill, which office would have nobody?",
	Sources:    []string{"R1"},
	Needs:      []string{"holdings of posts, with their basis and whom they cover for", "leaves from them"},
	Thresholds: []Threshold{{Name: "A11.depth", Unit: "posts", Value: 2, Least: 2,
		Meaning: "how many posts on the chain somebody stands in for; the default is that of the chain of 2021 in R1, and the shortest that is one"}},
	Bad: actingChainBad, Good: actingChainGood, Unclear: actingChainUnclear, Harmless: actingChainHarmless,
	check: func(p *pass) {
		for _, id := range p.posts() {
			p.checkChain(id)
		}
	},
}

func (p *pass) checkChain(id record.ID) {
	var covered []record.ID
	var trigger []Evidence
	certain := true
	for _, e := range p.register.Covering(id, p.at) {
		var in []accountability.Holder
		for _, h := range e.By {
			if standsIn(h.Holding) {
				in = append(in, h)
			}
		}
		if len(in) == 0 {
			continue
		}
		covered, certain = append(covered, e.Post), certain && e.Certain
		trigger = append(trigger, p.holdingsOf(in)...)
		for _, a := range e.Absent {
			trigger = append(trigger, p.evidence(accountability.KindLeave, &a.Leave.Record))
		}
	}
	ref := partyRef(id)
	switch {
	case !slices.Contains(covered, id):
	case float64(len(covered)) < p.limit("depth"):
		p.nothing(ref)
	case !certain:
		p.cannot(ref, "whether cover for "+p.postNames([]record.ID{id})+" leaves a chain", roughDuty("who stands in for whom on that day"))
	default:
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, "cover for "+p.postNames([]record.ID{id})+" leaves a chain: somebody stands in for each of "+p.partyNames(covered)+", in that order"), trigger)
	}
}

var backdatedMandate = &Rule{
	ID: "A16", Slug: "backdated-mandate", Severity: Caution,
	Title: "A letter takes effect long before the day on which it was signed",
	Why: "Whoever is appointed by a letter that reaches back answers on paper for a time in which nobody had told them so, and others decided. " +
		"Letters of appointment for large projects have been signed years after they took effect.",
	Fires:      "A mandate was certainly signed more than A16.days after it takes effect. It cannot tell where one of the two days is not recorded, or not known closely enough.",
	FalseAlarm: "The letter confirms in writing what was agreed and known at the time.",
	Question:   "Who answered between the two days, and did they know it then?",
	Sources:    []string{"R3"},
	Needs:      []string{"mandates, with the days on which they were signed and from which they take effect"},
	Thresholds: []Threshold{{Name: "A16.days", Unit: "days", Value: 30,
		Meaning: "how long after taking effect a letter may be signed; no source names a number, and the default lies between the 9 and 35 days of two letters in R3"}},
	Bad: backdatedMandateBad, Good: backdatedMandateGood, Unclear: backdatedMandateUnclear, Harmless: backdatedMandateHarmless,
	check: func(p *pass) {
		byFact := p.mandates()
		for _, id := range sortedKeys(byFact) {
			p.checkSigned(id, byFact[id])
		}
	},
}

func (p *pass) checkSigned(id record.ID, claims []record.Claim[accountability.Mandate]) {
	ref := record.Ref{Kind: accountability.KindMandate, ID: id}
	name := "the mandate of " + p.partyName(claims[0].Record.To)
	var late []record.Claim[accountability.Mandate]
	var signed, effective []calendar.When
	rough, told := false, false
	for _, c := range claims {
		s, e := c.Record.Signed, c.Record.Effective
		signed, effective = append(signed, s), append(effective, e)
		if !s.IsResolved() || !e.IsResolved() {
			continue
		}
		told = true
		switch {
		case float64(s.Earliest().Sub(e.Latest())) > p.limit("days"):
			late = append(late, c)
		case float64(s.Latest().Sub(e.Earliest())) > p.limit("days"):
			rough = true
		}
	}
	question := "whether " + name + " was signed long after it takes effect"
	switch {
	case len(late) > 0:
		trigger := proof(p, accountability.KindMandate, late)
		m := late[0].Record
		text := attributed(trigger, name+" takes effect on "+p.when(m.Effective)+" and was signed "+p.dated(m.Signed))
		p.finding(ref, text+" That is more than "+count(p.limit("days"))+" days later.", trigger, proof(p, accountability.KindMandate, claims)...)
	case rough:
		p.cannot(ref, question, Missing{What: "how long the two days lie apart", Ground: "not known closely enough", Way: "record the day of signature and the day from which it takes effect more closely"})
	case told:
		p.nothing(ref)
	default:
		var missing []Missing
		if !first(signed).IsResolved() {
			missing = append(missing, unrecorded("the day on which it was signed", "the day of signature"))
		}
		if !first(effective).IsResolved() {
			missing = append(missing, unrecorded("the day from which it takes effect", "the day from which it takes effect"))
		}
		if len(missing) == 0 {
			missing = append(missing, unrecorded("both days by one claimant", "the day of signature and the day from which it takes effect"))
		}
		p.cannot(ref, question, missing...)
	}
}

var disputedRecord = &Rule{
	ID: "A21", Slug: "disputed-record", Severity: Note,
	Title: "Sources in force at once name different people or posts",
	Why:   "Asked who held one office on one day, a careful public register has given five answers in turn. Where two sources stand side by side and differ, an answer that picks one of them hides that the other exists.",
	Fires: "Two claimants whose word counts on the day name different holders for one holding of a post, or different carriers or states for one duty. " +
		"It looks at posts with holders and at subjects with contested duties, and cannot tell where a rough date leaves open whether both count.",
	FalseAlarm: "One of the claimants has corrected the record since, and that is not recorded.",
	Question:   "Which of the two is the document that somebody would be held to?",
	Sources:    []string{"R1"},
	Needs:      []string{"holdings of posts and duties, with their claimants"},
	Bad:        disputedRecordBad, Good: disputedRecordGood, Unclear: disputedRecordUnclear, Harmless: disputedRecordHarmless,
	check: func(p *pass) {
		disputes := make(map[record.Ref]*dispute)
		for _, a := range p.register.Vacancies(p.at) {
			p.dutyDispute(&a, disputes)
		}
		for _, id := range p.posts() {
			p.holderDispute(id, disputes)
		}
		for _, ref := range sortedSubjects(disputes) {
			p.sayDispute(ref, disputes[ref])
		}
	},
}

// dispute is what claimants differ on about one subject.
type dispute struct {
	clauses []string
	records []Evidence
	rough   bool
}

func sortedSubjects(m map[record.Ref]*dispute) []record.Ref {
	keys := make([]record.Ref, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	return refs(keys)
}

func (p *pass) dutyDispute(a *accountability.Answer, disputes map[record.Ref]*dispute) {
	if a.State != accountability.Contested {
		return
	}
	facts := make(map[record.ID][]Evidence)
	duties, _ := split(p.basis(a))
	for _, e := range duties {
		facts[e.fact] = append(facts[e.fact], e)
	}
	var rivals []Evidence
	for _, id := range sortedKeys(facts) {
		if len(facts[id]) > 1 {
			rivals = append(rivals, facts[id]...)
		}
	}
	if len(rivals) == 0 {
		return // one claimant says that it is contested
	}
	d := disputes[a.Subject]
	if d == nil {
		d = new(dispute)
		disputes[a.Subject] = d
	}
	d.clauses = append(d.clauses, "who carries the duty "+quoted(plain(a.Duty)))
	d.records, d.rough = append(d.records, rivals...), d.rough || !a.Certain
}

func (p *pass) holderDispute(id record.ID, disputes map[record.Ref]*dispute) {
	ref := partyRef(id)
	if disputes[ref] == nil {
		disputes[ref] = new(dispute)
	}
	d := disputes[ref]
	holders, _ := p.register.Holders(id, p.at)
	facts := make(map[record.ID][]accountability.Holder)
	for _, h := range holders {
		facts[h.Holding.Fact()] = append(facts[h.Holding.Fact()], h)
	}
	for _, fact := range sortedKeys(facts) {
		list := facts[fact]
		if !slices.ContainsFunc(list, func(h accountability.Holder) bool { return h.Party != list[0].Party }) {
			continue
		}
		d.clauses, d.records = append(d.clauses, "who holds it"), append(d.records, p.holdingsOf(list)...)
		d.rough = d.rough || slices.ContainsFunc(list, func(h accountability.Holder) bool { return h.On != calendar.Certainly })
	}
}

func (p *pass) sayDispute(ref record.Ref, d *dispute) {
	name := p.named(ref)
	slices.Sort(d.clauses)
	d.clauses = slices.Compact(d.clauses)
	switch {
	case len(d.clauses) == 0:
		p.nothing(ref)
	case d.rough:
		p.cannot(ref, "whether the records of "+name+" contradict each other", roughDuty("whether all that is said of it holds on that day"))
	default:
		trigger := dedupe(d.records)
		p.finding(ref, attributed(trigger, "claimants differ on "+name+": "+listed(d.clauses)), trigger)
	}
}
