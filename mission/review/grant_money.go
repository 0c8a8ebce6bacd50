package review

import (
	"slices"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on decisions for which a delegation does not reach, and on what several put into one pool.

var nonDelegable = &Rule{
	ID: "C10", Slug: "non-delegable", Severity: Serious,
	Title: "Spending that cannot be delegated was decided on under a delegation",
	Why: "The Treasury keeps to itself what is novel, contentious or sets an example that others could follow, whatever the amount: nobody below can see what it would cost elsewhere. " +
		"A department that decides by itself decides without authority, and its accounting officer, who was to see what sort of spending it is, answers for that.",
	Fires: "A novel, contentious or repercussive event is recorded on an allocation; a party that decided on it has grants in force for it and each of them was given by somebody, so that none is its own power; and a consent event on the allocation is marked absent and none is recorded. " +
		"It looks at allocations with such an event. A consent silences it, and so does a power of the decider's own. It cannot tell where who decided, where their authority comes from or whether there was consent is not recorded, or a date is rough.",
	FalseAlarm: "The Treasury agreed in a letter that nobody has recorded.",
	Question:   "Who in the Treasury knew of this before it was decided?",
	Sources:    []string{"R18"},
	Needs:      []string{"allocations, with who decided on them and when", "novel, contentious and repercussive events on them", "grants to those who decided, with their givers", "consent events on allocations, present or marked absent"},
	Bad:        nonDelegableBad, Good: nonDelegableGood, Unclear: nonDelegableUnclear, Harmless: nonDelegableHarmless,
	check: func(p *pass) {
		sums := p.allotments()
		for i := range sums {
			p.checkDelegable(&sums[i])
		}
	},
}

// spends reports whether a grant gives a power that deciding on money takes.
func spends(g *accountability.Grant) bool {
	return slices.ContainsFunc(g.Powers, func(power string) bool {
		return power == accountability.PowerSpend || power == accountability.PowerDecide || power == accountability.PowerCommit
	})
}

func (p *pass) checkDelegable(s *allotment) {
	ref, name := s.ref(), p.subjectName(s.ref())
	var words []string
	var categories []record.Claim[mission.Event]
	for _, kind := range []string{accountability.Novel, accountability.Contentious, accountability.Repercussive} {
		if present, _ := p.events(ref, kind); len(present) > 0 {
			words, categories = append(words, kind), append(categories, present...)
		}
	}
	if len(words) == 0 {
		return
	}
	question := "whether " + name + ", which is " + listed(words) + ", was decided on by somebody who may"
	consent, refused := p.events(ref, mission.Consented)
	within := p.around(ref)
	var below, unrooted []record.ID
	var chain []Evidence
	decided, rough := false, false
	for _, c := range s.claims {
		id := c.Record.DecidedBy
		if id == "" {
			continue
		}
		decided = true
		at := p.at
		if c.Record.Decided.IsExact() {
			at.On = c.Record.Decided.Earliest()
		}
		var given []record.Claim[accountability.Grant]
		own := calendar.No
		for _, g := range sorted(p.register.Grants(id, at)) {
			switch {
			case !spends(g.Record) || !g.Record.Subject.IsZero() && !slices.Contains(within, g.Record.Subject):
			case g.Record.By != "":
				given = append(given, g)
			default:
				own = max(own, g.On)
			}
		}
		switch {
		case own == calendar.Certainly:
		case own == calendar.Possibly, len(given) > 0 && !slices.ContainsFunc(given, func(g record.Claim[accountability.Grant]) bool { return g.On == calendar.Certainly }):
			rough = true
		case len(given) > 0:
			below, chain = append(below, id), append(chain, proof(p, accountability.KindGrant, given)...)
		default:
			unrooted = append(unrooted, id)
		}
	}
	switch {
	case len(consent) > 0, decided && len(below)+len(unrooted) == 0 && !rough:
		p.nothing(ref)
	case !decided:
		p.cannot(ref, question, unrecorded("who decided on it", "who decided on the allocation, and when"))
	case len(below) > 0 && len(refused) > 0:
		trigger := dedupe(append(proof(p, mission.KindEvent, refused), proof(p, mission.KindEvent, categories)...))
		p.finding(ref, attributed(trigger, name+" is "+listed(words)+", and "+p.partyNames(distinct(below))+" decided on it under a delegation, without the consent that it takes"), trigger,
			append(chain, proof(p, funding.KindAllocation, s.claims)...)...)
	case len(below) > 0:
		p.cannot(ref, question, p.lessonMissing(ref, mission.Consented, "whether the Treasury consented to it", "a consent event on the allocation, or one marked absent"))
	case rough:
		p.cannot(ref, question, Missing{What: "which grants to those who decided were in force on that day", Ground: "not known from the dates", Way: "record the dates of the grants and of the decision more closely"})
	default:
		p.cannot(ref, question, unrecorded("where the authority of "+p.partyNames(distinct(unrooted))+" comes from", "the grants to whoever decided, or one by nobody where the power is their own"))
	}
}

var supersededUsed = &Rule{
	ID: "C11", Slug: "superseded-used", Severity: Caution,
	Title: "Somebody acted under a delegation that another had taken the place of",
	Why: "Letters of delegation are rewritten every year, and each says that it stands in place of all before. People keep the letter that they were given. " +
		"What is committed under the old one rests on an authority that had gone, and nobody notices before the auditor does.",
	Fires: "A grant was used on a day on which another grant, which says that it supersedes it, was certainly in force: a grant-used event on it says so, or its bearer decided on an allocation that no other grant to the bearer in force on that day covers, by power, subject and limit. " +
		"It looks at grants that another supersedes, and has nothing to say where no such use is recorded. It cannot tell where the day of a use, or the time of a grant, is rough.",
	FalseAlarm: "The bearer acted by another power, such as one by statute, that nobody has recorded.",
	Question:   "Which letter did they have in front of them, and who sent them the new one?",
	Sources:    []string{"R19"},
	Needs:      []string{"grants, with their times, powers, subjects and limits, and which they supersede", "grant-used events on grants", "allocations, with who decided on them and when"},
	Bad:        supersededUsedBad, Good: supersededUsedGood, Unclear: supersededUsedUnclear, Harmless: supersededUsedHarmless,
	check: func(p *pass) {
		grants := factsOf(p.register.LastGrants(time.Time{}))
		books := letters{by: make(map[record.ID][]record.Claim[accountability.Grant]), to: make(map[record.ID][]record.Claim[accountability.Grant]), decided: make(map[record.ID][]*allotment)}
		for i := range grants {
			for _, c := range grants[i].claims {
				books.to[c.Record.To] = append(books.to[c.Record.To], c)
				for _, old := range c.Record.Supersedes {
					books.by[old] = append(books.by[old], c)
				}
			}
		}
		if len(books.by) == 0 {
			return
		}
		sums := p.allotments()
		for i := range sums {
			var by []record.ID
			for _, c := range sums[i].claims {
				if c.Record.DecidedBy != "" {
					by = append(by, c.Record.DecidedBy)
				}
			}
			for _, id := range distinct(by) {
				books.decided[id] = append(books.decided[id], &sums[i])
			}
		}
		for i := range grants {
			if len(books.by[grants[i].id]) > 0 {
				p.checkSuperseded(&grants[i], &books)
			}
		}
	},
}

// letters are grants by the one that they supersede and by their bearer, and allocations by who decided on them.
type letters struct {
	by, to  map[record.ID][]record.Claim[accountability.Grant]
	decided map[record.ID][]*allotment
}

// replaced says whether a grant was superseded on a rough day.
func (l *letters) replaced(id record.ID, w calendar.When) calendar.Certainty {
	most := calendar.No
	for _, c := range l.by[id] {
		on := during(c.Valid, w)
		if on == 0 {
			on = calendar.Possibly
		}
		most = max(most, on)
	}
	return most
}

// reaches reports whether a grant covers a decision on money, but for its time.
func (p *pass) reaches(g *accountability.Grant, s *allotment, within []record.Ref) bool {
	if !spends(g) || !g.Subject.IsZero() && !slices.Contains(within, g.Subject) {
		return false
	}
	return !slices.ContainsFunc(s.claims, func(c record.Claim[funding.Allocation]) bool {
		amount, known := c.Record.Amount.Get()
		return known && above(amount, g.PerItem) == calendar.Certainly
	})
}

func (p *pass) checkSuperseded(g *fact[accountability.Grant], l *letters) {
	ref := record.Ref{Kind: accountability.KindGrant, ID: g.id}
	bearer := g.claims[0].Record.To
	var trigger []Evidence
	var clauses []string
	rough := false
	use := func(w calendar.When, said string, e []Evidence) {
		switch l.replaced(g.id, w) {
		case calendar.Certainly:
			clauses, trigger = append(clauses, said), append(trigger, e...)
		case calendar.Possibly:
			rough = true
		}
	}
	used, _ := p.events(ref, mission.GrantUsed)
	for _, c := range used {
		use(c.Record.OnDay, "it was used "+p.dated(c.Record.OnDay), proof(p, mission.KindEvent, []record.Claim[mission.Event]{c}))
	}
	for _, s := range l.decided[bearer] {
		within := p.around(s.ref())
		if !slices.ContainsFunc(g.claims, func(c record.Claim[accountability.Grant]) bool { return p.reaches(c.Record, s, within) }) {
			continue
		}
		for _, c := range s.claims {
			w := c.Record.Decided
			if c.Record.DecidedBy != bearer || w.IsZero() || slices.ContainsFunc(l.to[bearer], func(o record.Claim[accountability.Grant]) bool {
				return o.Record.Fact() != g.id && during(o.Valid, w) != calendar.No && l.replaced(o.Record.Fact(), w) != calendar.Certainly && p.reaches(o.Record, s, within)
			}) {
				continue
			}
			use(w, "its bearer decided on "+p.subjectName(s.ref())+" "+p.dated(w)+", which no other grant in force covers", []Evidence{p.evidence(funding.KindAllocation, &c.Record.Record)})
		}
	}
	from := "the grant to " + p.partyName(bearer)
	if by := g.claims[0].Record.By; by != "" {
		from = "the grant from " + p.partyName(by) + " to " + p.partyName(bearer)
	}
	switch {
	case len(clauses) > 0:
		slices.Sort(clauses)
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, from+" had been superseded when "+listed(slices.Compact(clauses))), trigger,
			append(proof(p, accountability.KindGrant, g.claims), proof(p, accountability.KindGrant, sorted(l.by[g.id]))...)...)
	case rough:
		p.cannot(ref, "whether "+from+" was used after another took its place", Missing{What: "which came first, its use or the grant that supersedes it,", Ground: "not known from their dates", Way: "record the days of both more closely"})
	default:
		p.nothing(ref)
	}
}

var poolTermsMissing = &Rule{
	ID: "C14", Slug: "pool-terms-missing", Severity: Caution,
	Title: "The agreement on a pool leaves out something that it has to settle",
	Why: "The law on pooled funds of health bodies and councils lists what the agreement must say in writing, and each point on the list is a dispute that somebody once had. " +
		"What is left out is settled later, by those who then have the most to lose.",
	Fires: "All the terms of a pool are listed, and at least one of these seven is on nobody's list: aims, contributions, functions, services, means, ending, management. " +
		"It has nothing to say of an informal sharing of assets, nor where the terms are recorded as not applicable. It cannot tell where the terms are not recorded or kept back, or claimants list different ones.",
	FalseAlarm: "The pool falls under another law, which asks for less.",
	Question:   "Where would the partners look if they disagreed about this point tomorrow?",
	Sources:    []string{"R20"},
	Needs:      []string{"pools, with their terms and whether they are informal"},
	Bad:        poolTermsMissingBad, Good: poolTermsMissingGood, Unclear: poolTermsMissingUnclear, Harmless: poolTermsMissingHarmless,
	check: func(p *pass) {
		f := p.purse()
		for i := range f.pools {
			p.checkTerms(&f.pools[i])
		}
	},
}

// poolTerms are what an agreement on a pool has to settle, in the order of the regulation.
var poolTerms = []struct{ word, says string }{
	{funding.TermAims, "what is to come of it"},
	{funding.TermContributions, "who pays how much and how that may vary"},
	{funding.TermFunctions, "which functions it pays for"},
	{funding.TermServices, "for whom it is and which services"},
	{funding.TermMeans, "which staff, goods and buildings are provided"},
	{funding.TermEnding, "how long it lasts and how it is reviewed and ended"},
	{funding.TermManagement, "how it is managed and watched over"},
}

func (p *pass) checkTerms(pool *fact[funding.Pool]) {
	ref, name := poolRef(pool.id), p.subjectName(poolRef(pool.id))
	question := "whether the agreement on " + name + " settles what it has to"
	var lists []record.Claim[funding.Pool]
	var kept record.Value[[]string]
	for _, c := range pool.claims {
		switch v := c.Record.Terms; {
		case c.Record.Informal, v.State == record.StateNotApplicable:
			p.nothing(ref)
			return
		case v.State == record.StateKnown:
			lists = append(lists, c)
		case kept.State == 0:
			kept = v
		}
	}
	if len(lists) == 0 {
		p.cannot(ref, question, unknown("the list of its terms", kept.State, kept.Ground, "all the matters that the agreement settles"))
		return
	}
	var lacking []string
	differ := false
	for _, term := range poolTerms {
		has := 0
		for _, c := range lists {
			if slices.Contains(c.Record.Terms.V, term.word) {
				has++
			}
		}
		if has == 0 {
			lacking = append(lacking, term.says)
		}
		differ = differ || has > 0 && has < len(lists)
	}
	switch {
	case len(lacking) > 0:
		trigger := proof(p, funding.KindPool, lists)
		p.finding(ref, attributed(trigger, "the agreement on "+name+" does not say "+either(lacking)), trigger)
	case differ:
		p.cannot(ref, question, contested("what its agreement settles", "its terms"))
	default:
		p.nothing(ref)
	}
}

var poolAccountLost = &Rule{
	ID: "C16", Slug: "pool-account-lost", Severity: Caution,
	Title: "A partner in a pool no longer accounts for what it put in",
	Why: "Pooling money does not move the liability for it: each partner answers for its own share as it did before. In practice the host reports to all, the partners stop reporting to anybody, " +
		"and the elected members whose money it is hear nothing.",
	Fires: "A party pays into a pool, and every line of account of it, of its posts or of the accounting officer for its share that is about the pool or about everything has certainly ended; or an account-given event on its share is marked absent. " +
		"A line in force silences the first. It has nothing to say of an informal sharing of assets, and cannot tell where the shares or a partner's lines are not recorded, or a date is rough.",
	FalseAlarm: "The partner accounts for its share in its ordinary accounts, and nobody has recorded that line.",
	Question:   "Before whom did each partner last explain what became of its money?",
	Sources:    []string{"R21"},
	Needs:      []string{"pools and the shares paid into them, with their accounting officers", "lines of account of those who pay, with when they ended", "account-given events on shares, marked absent"},
	Bad:        poolAccountLostBad, Good: poolAccountLostGood, Unclear: poolAccountLostUnclear, Harmless: poolAccountLostHarmless,
	check: func(p *pass) {
		f := p.purse()
		if len(f.pools) == 0 {
			return
		}
		lines := make(map[record.ID][]record.Claim[accountability.Line]) // by the body of the actor
		for _, c := range sorted(p.register.LastLines(time.Time{})) {
			if !no(c.Record.Informs) || !no(c.Record.Justifies) {
				body, _ := p.body(c.Record.Actor)
				lines[body] = append(lines[body], c)
			}
		}
		for i := range f.pools {
			p.checkPartners(&f.pools[i], lines)
		}
	},
}

func (p *pass) checkPartners(pool *fact[funding.Pool], lines map[record.ID][]record.Claim[accountability.Line]) {
	ref, name := poolRef(pool.id), p.subjectName(poolRef(pool.id))
	about := []record.Ref{ref}
	for _, c := range pool.claims {
		if c.Record.Informal {
			p.nothing(ref)
			return
		}
		about = append(about, p.around(c.Record.Subject)...)
	}
	shares := factsOf(p.m.Accounts().Shares(pool.id, p.at))
	var clauses []string
	var trigger []Evidence
	var missing []Missing
	for i := range shares {
		s := &shares[i]
		own := record.Ref{Kind: funding.KindShare, ID: s.id}
		partner, actors := s.claims[0].Record.Party, []record.ID(nil)
		for _, c := range s.claims {
			for _, id := range []record.ID{c.Record.Party, c.Record.AccountingOfficer} {
				if id != "" {
					body, _ := p.body(id)
					actors = append(actors, body)
				}
			}
		}
		var ended []record.Claim[accountability.Line]
		held := calendar.No
		for _, body := range distinct(actors) {
			for _, c := range lines[body] {
				if subject := c.Record.Subject; !subject.IsZero() && subject != own && !slices.Contains(about, subject) {
					continue
				}
				switch on := c.Valid.Covers(p.on); {
				case on == calendar.No && c.Valid.Until.IsResolved() && !c.Valid.Until.Latest().After(p.on):
					ended = append(ended, c)
				case on == calendar.No: // still to begin
				default:
					held = max(held, max(on, calendar.Possibly))
				}
			}
		}
		_, silent := p.events(own, mission.AccountGiven)
		who := p.partyName(partner)
		switch {
		case len(silent) > 0:
			clauses, trigger = append(clauses, "no account is given of the share of "+who), append(trigger, proof(p, mission.KindEvent, silent)...)
		case held == calendar.Certainly:
		case held == calendar.Possibly && p.on.IsZero():
			missing = append(missing, noDay())
		case held == calendar.Possibly:
			missing = append(missing, Missing{What: "whether a line of account of " + who + " is in force on that day", Ground: "not known from the dates", Way: "record the dates of its lines of account more closely"})
		case len(ended) > 0:
			last := ended[len(ended)-1].Valid.Until
			for _, c := range ended {
				if c.Valid.Until.Latest().After(last.Latest()) {
					last = c.Valid.Until
				}
			}
			clauses, trigger = append(clauses, who+" no longer has a line of account for its share, the last having ended "+p.dated(last)), append(trigger, proof(p, accountability.KindLine, ended)...)
		default:
			missing = append(missing, unrecorded("to whom "+who+" accounts for its share", "the lines of account of each partner, or an account-given event on its share marked absent"))
		}
	}
	question := "whether each partner in " + name + " still accounts for what it put in"
	switch {
	case len(clauses) > 0:
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, "in "+name+", "+listed(clauses)), trigger, proof(p, funding.KindPool, pool.claims)...)
	case len(shares) == 0:
		p.cannot(ref, question, unrecorded("who pays into it", "the shares of the pool"))
	case len(missing) > 0:
		p.cannot(ref, question, dedupeMissing(missing)...)
	default:
		p.nothing(ref)
	}
}
