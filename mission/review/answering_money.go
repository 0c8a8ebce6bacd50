package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on who answers for money, and on decisions, answers and money that lie apart.

var accountingOfficerGap = &Rule{
	ID: "F53", Slug: "accounting-officer-gap", Severity: Serious,
	Title: "Money has no accounting officer, or two and no split between them",
	Why: "Missions pool and move money across bodies, and Parliament still asks one named officer about every pound. Where nobody is that officer, or two are and have not agreed who answers for what, the money is safe to spend for nobody, and it stops. " +
		"This is settled in a letter at the start, or in an inquiry at the end.",
	Fires: "The accounting officer of an allocation is recorded as vacant, unclear or contested, claimants name different ones, the post named has no holder, or two posts carry the duty with no split between them recorded (a part on each duty, a sharing or an agreement event). " +
		"The duty may stand on the allocation or on the party that may spend it; what a pool pays is answered for by the officers of those who pay in. It has nothing to say of money that is not public, and cannot tell where no officer is recorded, or no money for a mission.",
	FalseAlarm: "The money is not public money.",
	Question:   "Who would stand before the Committee of Public Accounts for this money, and has that person been told?",
	Sources:    []string{"S2:39"},
	Needs: []string{"allocations, with their accounting officers and whether they are public money", "accounting-officer duties on allocations and on the parties that spend them",
		"who holds those posts", "the shares of pools", "sharings and agreement events"},
	Bad: accountingOfficerGapBad, Good: accountingOfficerGapGood, Unclear: accountingOfficerGapUnclear, Harmless: accountingOfficerGapHarmless,
	check: func(p *pass) {
		sums := p.allotments()
		for i := range sums {
			p.checkOfficer(&sums[i])
		}
		funded := p.funds(sums)
		p.eachMissionWithout(func(id record.ID) bool { return funded[id] }, func(id record.ID) {
			p.cannot(missionRef(id), "whether every pound for "+p.missionName(id)+" has an accounting officer", p.noMoney(id))
		})
	},
}

func (p *pass) noMoney(id record.ID) Missing {
	return leftOut(p.m.LeftOut(funding.KindAllocation, missionRef(id), ""), "what money is set aside for it", "the allocations for the mission, each with its accounting officer")
}

// officers are the accounting officers of some money.
type officers struct {
	posts []record.ID // sorted
	named []record.Claim[funding.Allocation]
	rival bool // claimants name different ones
	// Of the duties: the answer, where one is recorded.
	answer   accountability.Answer
	answered bool
	duties   []Evidence
	holdings []Evidence
}

func (p *pass) officers(s *allotment) officers {
	var o officers
	for _, c := range s.claims {
		if post := c.Record.AccountingOfficer; post != "" {
			o.rival = o.rival || len(o.posts) > 0 && !slices.Contains(o.posts, post)
			o.posts, o.named = append(o.posts, post), append(o.named, c)
		}
	}
	where := []record.Ref{s.ref()}
	if len(o.posts) == 0 {
		for _, c := range s.claims {
			if to := c.Record.To; to != "" {
				b, _ := p.body(to)
				where = append(where, partyRef(to), partyRef(b))
			}
		}
	}
	for _, ref := range where {
		if o.answer, o.answered = p.register.Answerable(ref, accountability.AccountingOfficer, p.at); o.answered {
			o.duties, o.holdings = split(p.basis(&o.answer))
			for _, c := range o.answer.Carriers {
				o.posts = append(o.posts, c.Post)
			}
			break
		}
	}
	o.posts = distinct(o.posts)
	return o
}

func (p *pass) checkOfficer(s *allotment) {
	ref, name := s.ref(), p.allotmentName(s)
	question := "whether " + name + " has one accounting officer"
	o := p.officers(s)
	money := proof(p, funding.KindAllocation, s.claims)
	var gone []record.ID // posts without a holder
	for _, post := range o.posts {
		if _, state := p.register.Holders(post, p.at); state == accountability.Vacant {
			gone = append(gone, post)
		}
	}
	find := func(trigger []Evidence, clause string) {
		p.finding(ref, attributed(trigger, clause), trigger, append(append(money, o.duties...), o.holdings...)...)
	}
	trigger := dedupe(append(slices.Clone(o.duties), proof(p, funding.KindAllocation, o.named)...))
	settled := o.answered && o.answer.State != accountability.Held && len(o.named) == 0
	switch {
	case s.private():
		p.nothing(ref)
	case len(o.posts) == 0 && !o.answered:
		p.checkPooled(s, question)
	case o.answered && !o.answer.Certain && (len(o.named) == 0 || len(o.posts) > 1):
		p.cannot(ref, question, roughDuty("who its accounting officer is on that day"))
	case settled && o.answer.State == accountability.Withheld:
		p.cannot(ref, question, Missing{What: "its accounting officer", State: record.StateWithheld, Way: "ask on what ground it is withheld, and record the post"})
	case settled && o.answer.State == 0:
		p.cannot(ref, question, unrecorded("its accounting officer", "the accounting officer of the allocation, as a post"))
	case settled:
		find(o.duties, "the accounting officer of "+name+" is "+o.answer.State.String()+because(o.answer.Why))
	case o.rival:
		find(trigger, "claimants name different accounting officers of "+name+": "+p.partyNames(o.posts))
	case len(gone) == len(o.posts):
		find(trigger, p.postNames(gone)+", accounting officer of "+name+", has no holder")
	case len(o.posts) > 1 && !p.divided(ref, &o):
		find(trigger, "two or more posts are accounting officer of "+name+" ("+p.partyNames(o.posts)+"), and no split between them is recorded")
	default:
		p.nothing(ref)
	}
}

// divided reports whether it is recorded how several officers split what they answer for.
func (p *pass) divided(ref record.Ref, o *officers) bool {
	if s := p.shared(ref, ""); s.settled || s.parted || s.rough {
		return true
	}
	for _, c := range o.answer.Carriers {
		if c.Duty.Part == "" {
			return false
		}
	}
	return len(o.named) == 0
}

// checkPooled judges money without an officer of its own.
func (p *pass) checkPooled(s *allotment, question string) {
	var lacking, gone []record.ID // parties without an officer, and posts of officers without a holder
	var trigger []Evidence
	shares := 0
	for _, c := range s.claims {
		if c.Record.Pool == "" {
			continue
		}
		for _, share := range p.m.Accounts().Shares(c.Record.Pool, p.at) {
			shares++
			officer := share.Record.AccountingOfficer
			if officer == "" {
				lacking = append(lacking, share.Record.Party)
				continue
			}
			if _, state := p.register.Holders(officer, p.at); state == accountability.Vacant && !slices.Contains(gone, officer) {
				gone = append(gone, officer)
				trigger = append(trigger, p.evidence(funding.KindShare, &share.Record.Record))
			}
		}
	}
	switch {
	case len(gone) > 0:
		slices.Sort(gone)
		slices.SortStableFunc(trigger, func(a, b Evidence) int { return a.Ref.Compare(b.Ref) })
		p.finding(s.ref(), attributed(trigger, p.postNames(gone)+", accounting officer for a share of the pool that "+p.allotmentName(s)+" is paid from, has no holder"),
			trigger, append(proof(p, funding.KindAllocation, s.claims), p.vacancies(gone)...)...)
	case shares == 0:
		p.cannot(s.ref(), question, unrecorded("its accounting officer", "the accounting officer of the allocation, as a post, or an accounting-officer duty that is vacant"))
	case len(lacking) > 0:
		p.cannot(s.ref(), question, unrecorded("the accounting officer for what "+p.partyNames(distinct(lacking))+" pays into the pool", "the accounting officer of each share"))
	default:
		p.nothing(s.ref())
	}
}

var decideAnswerPaySplit = &Rule{
	ID: "F55", Slug: "decide-answer-pay-split", Severity: Caution,
	Title: "One body decides, another answers or pays, and nothing links them",
	Why: "Who decides, who answers and who pays can be three bodies, and often are in shared work. Unless an agreement ties them together, whoever answers cannot change the decision, whoever decides does not feel the cost, and whoever pays will hold on to the money to stay safe. " +
		"A team put on top of such wiring changes nothing.",
	Fires: "Of those who decide on a subject, answer for it and pay for it, at least two are recorded and they are not all of one body, and no agreement is recorded that links them: an agreement event, the rule of a pool, a grant or a line of account from one to another. " +
		"It looks at allocations, and at missions, outcomes, milestones and initiatives with a decide or pay duty. It cannot tell where fewer than two of the three are recorded, nor for a mission in which none of this is.",
	FalseAlarm: "An agreement links them, and nobody has recorded it.",
	Question:   "When those who decide and those who pay disagree about this, what happens, and where is that written down?",
	Sources:    []string{"S3:12", "S1:47"},
	Needs: []string{"allocations, with who decides, answers and pays", "the duties decide, answer and pay, and those of owners", "the organisations of posts",
		"agreement events, pools with their rules, grants and lines of account"},
	Bad: decideAnswerPaySplitBad, Good: decideAnswerPaySplitGood, Unclear: decideAnswerPaySplitUnclear, Harmless: decideAnswerPaySplitHarmless,
	check: func(p *pass) {
		wired := make(map[record.ID]bool)
		sums, pools := p.allotments(), make(map[record.ID][]*funding.Pool)
		for _, c := range sorted(p.m.Accounts().Pools(p.at)) {
			pools[c.Record.Fact()] = append(pools[c.Record.Fact()], c.Record)
		}
		for i := range sums {
			p.checkSplit(sums[i].ref(), p.allotmentName(&sums[i]), p.wiresOf(&sums[i], pools), wired)
		}
		look := func(ref record.Ref, name string) {
			if w := p.wires(ref); w.recorded {
				p.checkSplit(ref, name, w, wired)
			}
		}
		for _, o := range p.results() {
			look(outcomeRef(o.id), o.name())
		}
		for i := range p.steps {
			look(milestoneRef(p.steps[i].id), p.steps[i].name())
		}
		for _, id := range sortedIDs(p.m.Initiatives()) {
			look(initiativeRef(id), p.named(initiativeRef(id)))
		}
		for _, id := range p.missions {
			if w := p.wires(missionRef(id)); w.recorded {
				p.checkSplit(missionRef(id), p.missionName(id), w, nil)
				wired[id] = true
			}
		}
		p.eachMissionWithout(func(id record.ID) bool { return wired[id] }, func(id record.ID) {
			p.cannot(missionRef(id), "whether those who decide, answer and pay for "+p.missionName(id)+" are linked",
				unrecorded("who decides on it and who pays for it", "decide, answer and pay duties on the mission, or its allocations with who decides on them and who pays"))
		})
	},
}

// wires are those who decide on a subject, answer for it and pay for it, with what records that.
type wires struct {
	ends     [3][]record.ID // decide, answer, pay; each sorted
	open     [3]bool        // it is recorded that nobody does, or not settled who
	recorded bool           // somebody decides or pays
	linked   bool
	missing  []Missing
	trigger  []Evidence
	context  []Evidence
}

var ends = [3]string{"decides", "answers", "pays"}

// wires reads the duties on a subject.
func (p *pass) wires(ref record.Ref) wires {
	var w wires
	for i, counts := range [3]func(string) bool{
		func(d string) bool { return d == accountability.Decide },
		func(d string) bool {
			switch d {
			case accountability.AnswerFor, accountability.AccountingOfficer, accountability.OutcomeOwner, accountability.MilestoneOwner, accountability.MissionSteward:
				return true
			}
			return false
		},
		func(d string) bool { return d == accountability.Pay || d == accountability.Fund },
	} {
		a := p.answerers(ref, counts)
		w.recorded = w.recorded || i != 1 && a.recorded
		w.ends[i], w.open[i] = a.parties, len(a.unsettled) > 0
		w.missing = append(w.missing, a.unsettled...)
		if len(a.perhaps) > 0 {
			w.missing = append(w.missing, roughDuty("who "+ends[i]+" on that day"))
		}
		w.trigger, w.context = append(w.trigger, a.duties...), append(w.context, a.holdings...)
	}
	return w
}

// wiresOf reads an allocation and the duties on it.
func (p *pass) wiresOf(s *allotment, pools map[record.ID][]*funding.Pool) wires {
	w := p.wires(s.ref())
	w.recorded = true
	for _, c := range s.claims {
		a := c.Record
		for i, id := range [3]record.ID{a.DecidedBy, a.AccountingOfficer, a.PaidBy} {
			if id != "" {
				w.ends[i] = append(w.ends[i], id)
			}
		}
		if a.Pool == "" {
			continue
		}
		for _, pool := range pools[a.Pool] {
			w.context = append(w.context, p.evidence(funding.KindPool, &pool.Record))
			rule, known := pool.Rule.Get()
			w.linked = w.linked || known && rule != ""
			if a.DecidedBy == "" && pool.DecidedBy != "" {
				w.ends[0] = append(w.ends[0], pool.DecidedBy)
			}
		}
		for _, share := range p.m.Accounts().Shares(a.Pool, p.at) {
			w.ends[2] = append(w.ends[2], share.Record.Party)
		}
	}
	for i := range w.ends {
		w.ends[i] = distinct(w.ends[i])
	}
	w.trigger = append(w.trigger, proof(p, funding.KindAllocation, s.claims)...)
	return w
}

func (p *pass) checkSplit(ref record.Ref, name string, w wires, wired map[record.ID]bool) {
	for _, id := range p.missionsAround(ref) {
		if wired != nil {
			wired[id] = true
		}
	}
	question := "whether those who decide on " + name + ", answer for it and pay for it are linked"
	var all []record.ID
	var parts, unsaid []string
	for i, ids := range w.ends {
		if len(ids) == 0 {
			if !w.open[i] {
				unsaid = append(unsaid, "who "+ends[i])
			}
			continue
		}
		all = append(all, ids...)
		parts = append(parts, p.partyNames(ids)+" "+ends[i])
	}
	if len(unsaid) > 0 {
		w.missing = append(w.missing, unrecorded(listed(unsaid), "who decides, who answers and who pays"))
	}
	known, lacking := p.bodies(all)
	present, _ := p.agreed(ref)
	switch {
	case w.linked || len(present) > 0:
		p.nothing(ref)
	case len(parts) < 2:
		p.cannot(ref, question, w.missing...)
	case len(known) > 1 && !p.tied(distinct(all)):
		trigger := dedupe(w.trigger)
		p.finding(ref, attributed(trigger, "for "+name+", "+listed(parts)+", and no agreement that links them is recorded"), trigger, w.context...)
	case len(known) > 1:
		p.nothing(ref)
	case len(lacking) > 0 && len(distinct(all)) > 1:
		p.cannot(ref, question, unrecorded("the organisation of "+p.partyNames(lacking), "the organisation of each post"))
	case len(w.missing) > 0:
		p.cannot(ref, question, w.missing...)
	default:
		p.nothing(ref)
	}
}

// tied reports whether a grant or a line of account leads from the body of one party to the body of another among them.
func (p *pass) tied(parties []record.ID) bool {
	of := make(map[record.ID]bool)
	for _, id := range parties {
		b, _ := p.body(id)
		of[b] = true
	}
	for _, id := range parties {
		own, _ := p.body(id)
		other := func(party record.ID) bool {
			b, _ := p.body(party)
			return party != "" && b != own && of[b]
		}
		for _, at := range distinct([]record.ID{id, own}) {
			if slices.ContainsFunc(p.register.Grants(at, p.at), func(c record.Claim[accountability.Grant]) bool { return other(c.Record.By) }) ||
				slices.ContainsFunc(p.register.Lines(at, p.at), func(c record.Claim[accountability.Line]) bool {
					return c.Record.Forum.Kind == accountability.KindParty && other(c.Record.Forum.ID)
				}) {
				return true
			}
		}
	}
	return false
}

var noPathToParliament = &Rule{
	ID: "F54", Slug: "no-path-to-parliament", Severity: Serious,
	Title: "Nobody accounts for an outcome or for money to a parliament or council",
	Why: "Whoever spends public money or takes on a public outcome is asked about it by those whom people elected. Shared and devolved work often loses that thread: the board meets, the partners answer to each other, and no account reaches Parliament or a council. " +
		"Departments know this, and it is a reason that they give for keeping decisions to themselves.",
	Fires: "An account-given event on the outcome or allocation is marked absent; or every path of duties, lines of account and reports that leads from those who answer for it to a parliament, council or assembly passes a post without a holder. " +
		"Such a place is a body to which a line of account leads that is political or whose sort is not stated; a council or a devolved assembly counts. It has nothing to say of money that is not public, or once a path is whole. It cannot tell where no path is recorded, a date on it is rough, or a mission has no outcome and no money recorded.",
	FalseAlarm: "A devolved or local body answers to its own assembly or council, and nobody has recorded that line.",
	Question:   "In front of which elected body would this be explained, and by whom?",
	Sources:    []string{"S2:39", "S1:47"},
	Needs: []string{"duties on outcomes and their missions, and the accounting officers of allocations", "lines of account, reporting lines and the organisations of posts", "who holds those posts",
		"account-given events on outcomes and allocations, present or marked absent"},
	Bad: noPathToParliamentBad, Good: noPathToParliamentGood, Unclear: noPathToParliamentUnclear, Harmless: noPathToParliamentHarmless,
	check: func(p *pass) {
		sums := p.allotments()
		funded := p.funds(sums)
		for _, o := range p.results() {
			for _, id := range p.missionsAround(outcomeRef(o.id)) {
				funded[id] = true
			}
			w := p.answerers(outcomeRef(o.id), takesOn)
			for _, r := range p.around(outcomeRef(o.id))[1:] {
				if !w.recorded {
					w = p.answerers(r, takesOn)
				}
			}
			p.checkPath(outcomeRef(o.id), o.name(), w, proof(p, mission.KindOutcome, o.claims))
		}
		for i := range sums {
			s := &sums[i]
			if s.private() {
				p.nothing(s.ref())
				continue
			}
			o := p.officers(s)
			w := answering{parties: o.posts, recorded: o.answered || len(o.posts) > 0, duties: o.duties, holdings: o.holdings}
			for _, c := range s.claims {
				if c.Record.To != "" && len(o.posts) == 0 {
					w.parties, w.recorded = append(w.parties, c.Record.To), true
				}
			}
			p.checkPath(s.ref(), p.allotmentName(s), w, proof(p, funding.KindAllocation, s.claims))
		}
		p.eachMissionWithout(func(id record.ID) bool { return funded[id] }, func(id record.ID) {
			p.cannot(missionRef(id), "whether an account of "+p.missionName(id)+" reaches a parliament or council",
				unrecorded("what it is to bring about and with what money", "its outcomes and allocations, and who answers for them"))
		})
	},
}

func (p *pass) checkPath(ref record.Ref, name string, w answering, subject []Evidence) {
	question := "whether an account of " + name + " reaches a parliament or council"
	given, absent := p.events(ref, mission.AccountGiven)
	about := p.around(ref)
	switch way := p.way(w.all(), about); {
	case len(given) > 0 || way.whole && len(w.perhaps) == 0:
		p.nothing(ref)
	case len(absent) > 0:
		trigger := proof(p, mission.KindEvent, absent)
		p.finding(ref, attributed(trigger, "no account of "+name+" is given to a parliament or council"), trigger, append(append(subject, w.duties...), w.holdings...)...)
	case way.whole:
		p.cannot(ref, question, roughDuty("who answers for it on that day"))
	case way.rough:
		p.cannot(ref, question, Missing{What: "whether the path from those who answer for it holds on that day", Ground: "not known from the dates", Way: "record the dates of its lines of account, posts and holders more closely"})
	case len(way.vacant) > 0 && len(w.perhaps) == 0:
		trigger := p.vacancies(way.vacant)
		clause := "the way from those who answer for " + name + " to a parliament or council passes " + p.postNames(way.vacant) + ", which nobody holds"
		p.finding(ref, attributed(trigger, clause), trigger, append(append(subject, w.duties...), w.holdings...)...)
	case !w.recorded:
		p.cannot(ref, question, leftOut(p.m.LeftOut(accountability.KindDuty, ref, ""), "who answers for it", "who answers for it, as a duty with its post"))
	case len(w.all()) == 0 && len(w.unsettled) > 0:
		p.cannot(ref, question, w.unsettled...)
	default:
		p.cannot(ref, question, unrecorded("a path from "+orThose(p.partyNames(w.all()))+" to a parliament or council", "the lines of account that lead from there, or an account-given event marked absent"))
	}
}

func orThose(names string) string {
	if names == "" {
		return "those who answer for it"
	}
	return names
}

// vacancies are the holdings by which posts are known to be vacant, else the posts themselves.
func (p *pass) vacancies(posts []record.ID) []Evidence {
	var list []Evidence
	for _, post := range posts {
		e := p.register.Exercising(post, p.at)
		for _, ref := range e.Records {
			if r, ok := p.m.Record(ref); ok {
				list = append(list, p.evidence(ref.Kind, &r))
			}
		}
		list = append(list, proof(p, accountability.KindParty, sorted(p.register.Party(post, p.at)))...)
	}
	return dedupe(list)
}

// way is what leads from some parties to a parliament or council.
type way struct {
	whole, rough bool
	vacant       []record.ID // posts that nobody holds, on a way that would be whole but for them; sorted
}

// edge is a step from one party to the next.
type edge struct {
	to      record.ID
	rough   bool
	arrives bool
}

// onward returns the steps from a party, on lines about the subjects and on what it reports to and belongs to.
func (p *pass) onward(party record.ID, about []record.Ref) []edge {
	var list []edge
	for _, c := range p.register.Lines(party, p.at) {
		l := c.Record
		if !l.Subject.IsZero() && !slices.Contains(about, l.Subject) || no(l.Informs) && no(l.Justifies) {
			continue
		}
		political := l.Kind == accountability.PoliticalLine
		e := edge{to: l.Forum.ID, rough: c.On != calendar.Certainly}
		if l.Forum.Kind != accountability.KindParty {
			e.to, e.arrives = "", political
		} else {
			e.arrives = p.party(l.Forum.ID).kind == accountability.Body && (political || l.Kind == "")
		}
		if e.to != "" || e.arrives {
			list = append(list, e)
		}
	}
	for _, c := range p.register.Party(party, p.at) {
		for _, to := range []record.ID{c.Record.ReportsTo, c.Record.OfParty} {
			if to != "" {
				list = append(list, edge{to: to, rough: c.On != calendar.Certainly})
			}
		}
	}
	return list
}

// way looks breadth first from the parties: through what is certain and held, then also through what is rough, then also
// through posts that nobody holds.
func (p *pass) way(from []record.ID, about []record.Ref) way {
	const clear, rough, vacant = 0, 1, 2
	for _, may := range [...]int{clear, rough, vacant} {
		var queue, empty []record.ID
		seen := make(map[record.ID]bool)
		through := make(map[record.ID]record.ID) // whence each was reached
		visit := func(id, by record.ID) {
			if id == "" || seen[id] {
				return
			}
			e := p.register.Exercising(id, p.at)
			isEmpty := p.party(id).kind == accountability.Post && e.State == accountability.Vacant
			if isEmpty && may < vacant || !e.Certain && !isEmpty && may < rough {
				return
			}
			seen[id], through[id] = true, by
			queue = append(queue, id)
			if isEmpty {
				empty = append(empty, id)
			}
		}
		for _, id := range from {
			visit(id, "")
		}
		for i := 0; i < len(queue); i++ {
			for _, e := range p.onward(queue[i], about) {
				if e.rough && may < rough {
					continue
				}
				if !e.arrives {
					visit(e.to, queue[i])
					continue
				}
				w := way{whole: may == clear, rough: may == rough}
				for id := queue[i]; id != "" && may == vacant; id = through[id] {
					if slices.Contains(empty, id) {
						w.vacant = append(w.vacant, id)
					}
				}
				slices.Sort(w.vacant)
				return w
			}
		}
	}
	return way{}
}
