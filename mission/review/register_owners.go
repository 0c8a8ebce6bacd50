package review

import (
	"slices"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on owners of several projects, on their letters, and on what is left behind when functions move.

var manyProjects = &Rule{
	ID: "B15", Slug: "many-projects", Severity: Note,
	Title: "One person is senior responsible owner of several projects",
	Why: "Auditors found one owner in six to own more than one major project. Each project is told that it has an owner, and the owner has one week for all of them; " +
		"what each of them gets is decided by whichever is in trouble.",
	Fires: "One holder, through all posts that the holder has, certainly carries the duty senior-responsible-owner on at least B15.projects initiatives. A post without a recorded holder stands for itself. " +
		"It looks at everybody with such a duty, and cannot tell where dates that are rough decide it.",
	FalseAlarm: "The projects are parts of one, and were entered separately.",
	Question:   "On which of these projects has the owner spent a day in the last month?",
	Sources:    []string{"R13"},
	Needs:      []string{"senior-responsible-owner duties on initiatives", "who holds the posts that carry them"},
	Thresholds: []Threshold{{Name: "B15.projects", Unit: "initiatives", Value: 2, Least: 2,
		Meaning: "how many projects one holder may not own together; the default is that of R13, which counted owners of two or more"}},
	Bad: manyProjectsBad, Good: manyProjectsGood, Unclear: manyProjectsUnclear, Harmless: manyProjectsHarmless,
	check: func(p *pass) {
		for _, l := range p.ownerships() {
			p.checkProjects(l)
		}
	},
}

// ownership is what one holder owns.
type ownership struct {
	of         record.ID // the party that the verdict is about
	posts      []record.ID
	sure, most []record.Ref // initiatives, each once
	duties     []Evidence
	holdings   []Evidence
}

// ownerships gathers the initiatives by the holders of the posts that own them, in the order of the holders' ids.
func (p *pass) ownerships() []*ownership {
	all := make(map[record.ID]*ownership)
	for _, id := range sortedIDs(p.m.Initiatives()) {
		if len(p.m.Initiative(id, p.at)) == 0 {
			continue
		}
		ref := initiativeRef(id)
		w := p.answerers(ref, func(d string) bool { return d == accountability.SeniorOwner })
		for _, c := range w.carriers {
			certain := slices.Contains(w.parties, c.Post)
			add := func(unit record.ID, certain bool, holding []Evidence) {
				l := all[unit]
				if l == nil {
					l = &ownership{of: unit}
					all[unit] = l
				}
				l.posts = append(l.posts, c.Post)
				l.most = append(l.most, ref)
				if certain {
					l.sure = append(l.sure, ref)
				}
				l.duties = append(l.duties, p.evidence(accountability.KindDuty, &c.Duty.Record))
				l.holdings = append(l.holdings, holding...)
			}
			named := false
			for _, h := range c.Holders {
				if h.Party != "" && !standsIn(h.Holding) {
					named = true
					add(h.Party, certain && h.On == calendar.Certainly, []Evidence{p.evidence(accountability.KindHolding, &h.Holding.Record)})
				}
			}
			if !named {
				add(c.Post, certain, nil)
			}
		}
	}
	alone := make(map[record.ID]int)
	list := make([]*ownership, 0, len(all))
	for _, unit := range sortedKeys(all) {
		l := all[unit]
		l.posts, l.sure, l.most = distinct(l.posts), dedupeRefs(l.sure), dedupeRefs(l.most)
		if len(l.posts) == 1 {
			alone[l.posts[0]]++
		}
		list = append(list, l)
	}
	for _, l := range list {
		if len(l.posts) == 1 && alone[l.posts[0]] == 1 && all[l.posts[0]] == nil {
			l.of = l.posts[0] // the post speaks for its holder
		}
	}
	return list
}

func (p *pass) checkProjects(l *ownership) {
	ref, most := partyRef(l.of), p.limit("projects")
	switch {
	case float64(len(l.sure)) >= most:
		var names []string
		for _, s := range l.sure {
			names = append(names, p.named(s))
		}
		trigger := dedupe(l.duties)
		p.finding(ref, attributed(trigger, "the holder of "+p.postNames(l.posts)+" is senior responsible owner of "+listed(names)), trigger, dedupe(l.holdings)...)
	case float64(len(l.most)) < most:
		p.nothing(ref)
	case p.on.IsZero():
		p.cannot(ref, "of how many projects the holder of "+p.postNames(l.posts)+" is senior responsible owner", noDay())
	default:
		p.cannot(ref, "of how many projects the holder of "+p.postNames(l.posts)+" is senior responsible owner", roughDuty("who owns them on that day"))
	}
}

var ownerLetter = &Rule{
	ID: "B19", Slug: "owner-letter", Severity: Caution,
	Title: "The owner of a major project has no letter, or one that is not published",
	Why: "The letter says what a senior responsible owner answers for, from when, to whom and until when. Without it the extent of the duty is whatever is remembered of a conversation; " +
		"unpublished, it cannot be held up to anybody. Governments have undertaken to publish those of their major projects.",
	Fires: "An initiative has a senior responsible owner, a mandate-letter event on it is marked absent and no mandate of the owner about it is recorded; or it has become a major project (a gmpp-entry event), and of every letter a published event is marked absent. " +
		"It looks at initiatives with such an owner that have become major projects or of which a letter is recorded as there or not. It cannot tell where of a major project no letter, or not whether it is published, is recorded, or a date is rough.",
	FalseAlarm: "The letter is of a kind that need not be published, for reasons of security.",
	Question:   "Where can the letter of this owner be read?",
	Sources:    []string{"R5", "R27"},
	Needs:      []string{"senior-responsible-owner duties on initiatives", "mandates, with the days on which they were published", "mandate-letter and gmpp-entry events on initiatives, and published events on mandates, present or marked absent"},
	Bad:        ownerLetterBad, Good: ownerLetterGood, Unclear: ownerLetterUnclear, Harmless: ownerLetterHarmless,
	check: func(p *pass) {
		for _, id := range sortedIDs(p.m.Initiatives()) {
			if claims := sorted(p.m.Initiative(id, p.at)); len(claims) > 0 {
				p.checkOwnerLetter(id)
			}
		}
	},
}

func (p *pass) checkOwnerLetter(id record.ID) {
	ref := initiativeRef(id)
	w := p.answerers(ref, func(d string) bool { return d == accountability.SeniorOwner })
	if len(w.carriers) == 0 {
		return
	}
	var letters []record.Claim[accountability.Mandate]
	seen := make(map[record.ID]bool)
	for _, c := range w.carriers {
		bearers := []record.ID{c.Post}
		for _, h := range c.Holders {
			bearers = append(bearers, h.Party)
		}
		for _, bearer := range bearers {
			for _, m := range p.register.Mandates(bearer, p.at) {
				if !seen[m.Record.ID] && m.Record.Subject == ref {
					seen[m.Record.ID] = true
					letters = append(letters, m)
				}
			}
		}
	}
	present, absent := p.events(ref, mission.MandateLetter)
	major := p.happened(ref, accountability.StageMajorProject)
	if !major && len(letters)+len(present)+len(absent) == 0 {
		return
	}
	name, question := p.named(ref), "whether the letter of the senior responsible owner of "+p.named(ref)+" is there and published"
	facts := factsOf(letters)
	var unpublished []Evidence
	open, rough := false, false
	for i := range facts {
		out, hidden := p.events(record.Ref{Kind: accountability.KindMandate, ID: facts[i].id}, mission.Published)
		published := len(out) > 0
		for _, c := range facts[i].claims {
			w := c.Record.Published
			published = published || w.IsResolved() && !p.on.IsZero() && !w.Earliest().After(p.on)
			rough = rough || c.On != calendar.Certainly
		}
		switch {
		case published:
			p.nothing(ref)
			return
		case len(hidden) > 0:
			unpublished = append(unpublished, proof(p, mission.KindEvent, hidden)...)
		default:
			open = true
		}
	}
	switch {
	case len(facts) == 0 && len(absent) > 0 && len(present) == 0 && len(w.parties) > 0:
		trigger := proof(p, mission.KindEvent, absent)
		p.finding(ref, attributed(trigger, p.partyNames(w.parties)+", senior responsible owner of "+name+", has no letter"), trigger, append(w.duties, w.holdings...)...)
	case !major && len(facts)+len(present) > 0:
		p.nothing(ref)
	case len(facts) == 0 && len(absent) > 0 && len(present) == 0, rough && len(unpublished) > 0:
		p.cannot(ref, question, roughDuty("who owns it, and by which letter, on that day"))
	case len(facts) == 0:
		p.cannot(ref, question, unrecorded("the letter of its owner", "the mandate of the owner, or a mandate-letter event on the initiative marked absent"))
	case open:
		p.cannot(ref, question, unrecorded("whether the letter is published", "the day of publication, or a published event on the mandate marked absent"))
	default:
		trigger := dedupe(unpublished)
		p.finding(ref, attributed(trigger, "the letter of the senior responsible owner of "+name+", a major project, is not published"), trigger, proof(p, accountability.KindMandate, sorted(letters))...)
	}
}

var transferIncomplete = &Rule{
	ID: "B22", Slug: "transfer-incomplete", Severity: Caution,
	Title: "Functions have moved to another body, and duties were left behind",
	Why: "Departments are merged and split every few years. People and budgets move on the day; who answers for what is moved when somebody thinks of it. " +
		"What is forgotten is carried on paper by a body that no longer does it, and by nobody in fact.",
	Fires: "A succession was certainly complete, and a party before it, or a post of that party, still certainly carries a duty on what went over. " +
		"A change of name moves nothing and is left alone, and so is a party that comes before and after, and a post of which a succession that is part of this one says what became of it. It has nothing to say before the day, and cannot tell where that day is not recorded, or a date is rough, and such a duty is left.",
	FalseAlarm: "The duty is about the past: somebody of the old body is to account for what it did.",
	Question:   "Does anybody at the new body know that this came with the transfer?",
	Sources:    []string{"R1"},
	Needs:      []string{"successions, with who was before and after, what went over and when they were complete", "duties, with their subjects and posts", "the organisations that posts belong to"},
	Bad:        transferIncompleteBad, Good: transferIncompleteGood, Unclear: transferIncompleteUnclear, Harmless: transferIncompleteHarmless,
	check: func(p *pass) {
		if !p.has(accountability.KindSuccession) {
			return
		}
		var all []record.Claim[accountability.Succession]
		seen := make(map[*accountability.Succession]bool)
		postsOf := make(map[record.ID][]record.ID)
		for _, id := range sortedIDs(p.register.Parties()) {
			for _, c := range p.register.Successions(id, p.at) {
				if !seen[c.Record] {
					seen[c.Record] = true
					all = append(all, c)
				}
			}
			if known := p.party(id); known.of != "" && known.kind == accountability.Post {
				postsOf[known.of] = append(postsOf[known.of], id)
			}
		}
		settled := make(map[record.ID][]record.ID) // posts by the succession that a succession of theirs is part of
		for _, c := range all {
			if of := c.Record.PartOf; of != "" {
				settled[of] = append(settled[of], c.Record.Predecessors...)
			}
		}
		moves, lives := factsOf(all), p.lives()
		for i := range moves {
			p.checkTransfer(&moves[i], postsOf, settled[moves[i].id], lives)
		}
	},
}

func (p *pass) checkTransfer(s *fact[accountability.Succession], postsOf map[record.ID][]record.ID, settled []record.ID, lives map[record.ID]*life) {
	ref := record.Ref{Kind: accountability.KindSuccession, ID: s.id}
	var before []record.ID
	var days []calendar.When
	var subjects []record.Ref
	part, whole := false, false
	for _, c := range s.claims {
		v := c.Record
		if v.Kind == accountability.Rename {
			return
		}
		for _, id := range v.Predecessors {
			if !slices.Contains(v.Successors, id) {
				before = append(before, id)
			}
		}
		days = append(days, v.Completed)
		subjects = append(subjects, v.Subjects...)
		whole, part = whole || len(v.Subjects) == 0, part || len(v.Subjects) > 0
	}
	before = distinct(before)
	carriers := slices.Clone(before)
	for _, id := range before {
		for _, post := range postsOf[id] {
			if !slices.Contains(settled, post) {
				carriers = append(carriers, post)
			}
		}
	}
	var left []record.Claim[accountability.Duty]
	rough := part && whole
	for _, id := range distinct(carriers) {
		for _, c := range p.register.CarriedBy(id, p.at) {
			if part && !slices.ContainsFunc(p.around(c.Record.Subject), func(r record.Ref) bool { return slices.Contains(subjects, r) }) {
				continue
			}
			left = append(left, c)
			rough = rough || c.On != calendar.Certainly
		}
	}
	name := p.lastingNames(before, lives)
	question := "whether duties were left behind with " + name
	moved := p.older(days, -1)
	switch {
	case len(left) == 0 || moved == calendar.No:
		p.nothing(ref)
	case p.on.IsZero():
		p.cannot(ref, question, noDay())
	case moved != calendar.Certainly:
		p.cannot(ref, question, p.rough("the day on which the transfer was complete", days, "the day on which it was complete"))
	case rough:
		p.cannot(ref, question, roughDuty("which duties are carried, and what went over, on that day"))
	default:
		left = sorted(left)
		var clauses []string
		for _, c := range left {
			clauses = append(clauses, quoted(plain(c.Record.Duty))+" on "+p.subjectName(c.Record.Subject)+" ("+p.partyName(c.Record.Post)+")")
		}
		slices.Sort(clauses)
		trigger := append(proof(p, accountability.KindDuty, left), proof(p, accountability.KindSuccession, s.claims)...)
		p.finding(ref, attributed(trigger, "what "+name+" did went over to others "+p.dated(first(days))+", and these duties were left behind: "+listed(slices.Compact(clauses))), trigger)
	}
}

// lastingNames names parties, some of which may be over.
func (p *pass) lastingNames(ids []record.ID, lives map[record.ID]*life) string {
	var names []string
	for _, id := range ids {
		names = append(names, p.lasting(id, lives))
	}
	return listed(names)
}

var limitExceeded = &Rule{
	ID: "C12", Slug: "limit-exceeded", Severity: Serious,
	Title: "More was committed under a delegation than it allows",
	Why: "A delegated limit is a maximum, for one act or for all together. The second is the one that is passed unseen: each act lies within its limit, nobody keeps the running sum, " +
		"and the last of them had no authority.",
	Fires: "The amounts of the grant-used events on a grant certainly go beyond it: one of them its limit for one act, or all of them together its limit in all. " +
		"It looks at grants with a limit of which a use is recorded, whatever their days. It cannot tell where an amount is not recorded and the rest does not decide it, an amount is in another currency, or claimants differ on the limit.",
	FalseAlarm: "The limit was raised in between, and nobody has recorded the new letter.",
	Question:   "Who keeps the sum of what has been committed under this letter?",
	Sources:    []string{"R8"},
	Needs:      []string{"grants, with their limits", "grant-used events on them, with their amounts"},
	Bad:        limitExceededBad, Good: limitExceededGood, Unclear: limitExceededUnclear, Harmless: limitExceededHarmless,
	check: func(p *pass) {
		grants := factsOf(p.register.LastGrants(time.Time{}))
		for i := range grants {
			p.checkLimits(&grants[i])
		}
	},
}

// outlay is what one use of a grant came to: from the least to the most that claimants say.
type outlay struct {
	least, most record.Money
	open        bool // a claimant does not say
}

func (p *pass) checkLimits(g *fact[accountability.Grant]) {
	ref := record.Ref{Kind: accountability.KindGrant, ID: g.id}
	used, _ := p.events(ref, mission.GrantUsed)
	if len(used) == 0 || !slices.ContainsFunc(g.claims, func(c record.Claim[accountability.Grant]) bool {
		return !c.Record.PerItem.IsZero() || !c.Record.Cumulative.IsZero()
	}) {
		return
	}
	uses := factsOf(used)
	sums := make([]outlay, len(uses))
	open, mixed := false, false
	var currency record.Currency
	for i := range uses {
		s := &sums[i]
		for n, c := range uses[i].claims {
			amount, known := c.Record.Amount.Get()
			if !known {
				s.open, open = true, true
				continue
			}
			if currency == "" {
				currency = amount.Currency
			}
			mixed = mixed || amount.Currency != currency
			if n == 0 || s.least.IsZero() || amount.Minor < s.least.Minor {
				s.least = amount
			}
			if amount.Minor > s.most.Minor {
				s.most = amount
			}
		}
	}
	over, within, perhaps := 0, 0, 0
	var clauses []string
	for _, c := range g.claims {
		var said []string
		v := c.Record
		limit := v.PerItem
		if limit.IsZero() {
			limit = v.Cumulative
		}
		if limit.IsZero() {
			within++
			continue
		}
		if mixed || currency != "" && limit.Currency != currency {
			mixed = true
			continue
		}
		least, most := record.Money{Currency: limit.Currency}, record.Money{Currency: limit.Currency}
		maybe := open
		for _, s := range sums {
			if s.open {
				s.least = record.Money{} // a claimant may be right who does not say
			}
			least.Minor, most.Minor = least.Minor+max(0, s.least.Minor), most.Minor+max(0, s.most.Minor)
			if !v.PerItem.IsZero() && s.least.Minor > v.PerItem.Minor {
				said = append(said, s.least.String()+" at once is more than the "+v.PerItem.String()+" for one act")
			}
			maybe = maybe || !v.PerItem.IsZero() && s.most.Minor > v.PerItem.Minor
		}
		if !v.Cumulative.IsZero() && least.Minor > v.Cumulative.Minor {
			said = append(said, least.String()+" together is more than the "+v.Cumulative.String()+" in all")
		}
		maybe = maybe || !v.Cumulative.IsZero() && most.Minor > v.Cumulative.Minor
		switch {
		case len(said) > 0:
			over, clauses = over+1, append(clauses, said...)
		case maybe:
			perhaps++
		default:
			within++
		}
	}
	to := "the grant to " + p.partyName(g.claims[0].Record.To)
	question := "whether " + to + " was used beyond its limits"
	switch {
	case mixed:
		p.cannot(ref, question, Missing{What: "what was committed under it", Ground: "recorded in several currencies", Way: "record the limits and the amounts in one currency"})
	case over > 0 && within+perhaps == 0:
		slices.Sort(clauses)
		trigger := proof(p, mission.KindEvent, sorted(used))
		p.finding(ref, attributed(trigger, to+" was used beyond its limits: "+listed(slices.Compact(clauses))), trigger, proof(p, accountability.KindGrant, g.claims)...)
	case over > 0:
		p.cannot(ref, question, contested("what its limits are", "its limits"))
	case perhaps > 0 && open:
		p.cannot(ref, question, unrecorded("what was committed each time", "the amount of every use"))
	case perhaps > 0:
		p.cannot(ref, question, contested("what was committed each time", "the amount of every use"))
	default:
		p.nothing(ref)
	}
}
