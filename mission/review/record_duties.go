package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on duties that are doubled, and on authority, money and learning spaces.

// worked returns the missions, milestones and initiatives, in that order.
func (p *pass) worked() []record.Ref {
	var list []record.Ref
	for _, id := range p.missions {
		list = append(list, missionRef(id))
	}
	for i := range p.steps {
		list = append(list, milestoneRef(p.steps[i].id))
	}
	for _, id := range sortedIDs(p.m.Initiatives()) {
		list = append(list, initiativeRef(id))
	}
	return list
}

// has reports whether the model holds any record of a kind.
func (p *pass) has(kind record.Kind) bool {
	if p.kinds == nil {
		p.kinds = make(map[record.Kind]bool)
		for ref := range p.m.Records() {
			p.kinds[ref.Kind] = true
		}
	}
	return p.kinds[kind]
}

// byFact returns what is said of every record of a kind that hangs on a subject, by fact.
func byFact[T any, P record.Holder[T]](p *pass, kind record.Kind, of func(record.Ref) []record.Claim[T]) map[record.ID][]record.Claim[T] {
	all := make(map[record.ID][]record.Claim[T])
	if !p.has(kind) {
		return all
	}
	seen := make(map[record.Ref]bool)
	for ref, r := range p.m.Records() {
		ref.ID = r.Fact()
		if seen[ref] {
			continue
		}
		seen[ref] = true
		for _, c := range of(ref) {
			id := P(c.Record).Base().Fact()
			all[id] = append(all[id], c)
		}
	}
	for id := range all {
		sorted[T, P](all[id])
	}
	return all
}

var manyAccountable = &Rule{
	ID: "B02", Slug: "many-accountable", Severity: Caution,
	Title: "Several posts answer for one thing, and nothing says how they share it",
	Why:   "Most ways of writing down responsibilities allow one party alone to be accountable, so that a question has one address. Sharing is legitimate, and common in missions; it then needs to be stated, or each of them can point to the others.",
	Fires: "At least two posts or bodies certainly carry the same duty on a mission, milestone or initiative, where the duty is answer, milestone-owner or senior-responsible-owner, no sharing of it is recorded, and not each of them has a stated part. " +
		"Outcomes are left to F52. It cannot tell where the dates of a duty or of a sharing are rough.",
	FalseAlarm: "They share it by an agreement that nobody has recorded.",
	Question:   "If only one of them were in the room, could that one answer for all of it?",
	Sources:    []string{"R4"},
	Needs:      []string{"duties on missions, milestones and initiatives, with their posts and parts", "sharings of those duties", "agreement events"},
	Bad:        manyAccountableBad, Good: manyAccountableGood, Unclear: manyAccountableUnclear, Harmless: manyAccountableHarmless,
	check: func(p *pass) {
		for _, ref := range p.worked() {
			p.checkMany(ref)
		}
	},
}

func (p *pass) checkMany(ref record.Ref) {
	looked, rough := false, false
	var clauses []string
	var trigger, context []Evidence
	for _, word := range []string{accountability.AnswerFor, accountability.MilestoneOwner, accountability.SeniorOwner} {
		w := p.answerers(ref, func(d string) bool { return d == word })
		looked = looked || w.recorded
		if len(w.all()) < 2 {
			continue
		}
		s := p.shared(ref, word)
		parted := !slices.ContainsFunc(w.carriers, func(c accountability.Carrier) bool { return c.Duty.Part == "" })
		switch {
		case parted || len(s.members) > 0 || s.settled:
		case len(w.parties) < 2 || s.rough:
			rough = true
		default:
			clauses = append(clauses, p.partyNames(w.parties)+" each carry the duty "+quoted(word))
			trigger, context = append(trigger, w.duties...), append(context, w.holdings...)
		}
	}
	switch {
	case !looked:
	case len(clauses) > 0:
		p.finding(ref, attributed(dedupe(trigger), listed(clauses)+" on "+p.named(ref)+", and how they share it is not recorded"), dedupe(trigger), context...)
	case rough:
		p.cannot(ref, "whether several answer for "+p.named(ref)+" without saying how", roughDuty("who answers for it, and how they share it, on that day"))
	default:
		p.nothing(ref)
	}
}

var sharedWithoutLead = &Rule{
	ID: "B03", Slug: "shared-without-lead", Severity: Caution,
	Title: "A duty is shared, and neither a lead nor a way to decide is stated",
	Why:   "Those who share a duty will disagree one day. With a lead, or with a rule and a place to take the dispute, that is a decision; without either it is a delay, and each can say that the others would not agree.",
	Fires: "A sharing in force, other than by one alone, states no lead, and not both a rule by which its members decide and where it goes when they cannot agree. What a sharing leaves out it does not arrange. " +
		"It cannot tell where claimants differ on that, or whether the sharing is in force on the day.",
	FalseAlarm: "The lead or the rule stands in another instrument.",
	Question:   "When the members last disagreed, who decided?",
	Sources:    []string{"R10"},
	Needs:      []string{"sharings of duties, with their leads, rules and escalations"},
	Bad:        sharedWithoutLeadBad, Good: sharedWithoutLeadGood, Unclear: sharedWithoutLeadUnclear, Harmless: sharedWithoutLeadHarmless,
	check: func(p *pass) {
		all := byFact(p, accountability.KindSharing, func(ref record.Ref) []record.Claim[accountability.Sharing] { return p.register.Sharings(ref, "", p.at) })
		for _, id := range sortedKeys(all) {
			p.checkSharing(id, all[id])
		}
	},
}

func (p *pass) checkSharing(id record.ID, claims []record.Claim[accountability.Sharing]) {
	ref := record.Ref{Kind: accountability.KindSharing, ID: id}
	v := claims[0].Record
	name := "the sharing of the duty " + quoted(plain(v.Duty)) + " on " + p.named(v.Subject)
	var open []record.Claim[accountability.Sharing]
	rough := false
	for _, c := range claims {
		s := c.Record
		rough = rough || c.On != calendar.Certainly
		if s.Mode != accountability.Sole && s.Lead == "" && (s.Rule == "" || s.Escalation == "") {
			open = append(open, c)
		}
	}
	question := "whether " + name + " has a lead or a rule"
	switch {
	case len(open) == 0:
		p.nothing(ref)
	case len(open) < len(claims):
		p.cannot(ref, question, contested("how it is shared", "its lead, or its rule and escalation"))
	case rough:
		p.cannot(ref, question, roughDuty("whether it is in force on that day"))
	default:
		trigger := proof(p, accountability.KindSharing, open)
		p.finding(ref, attributed(trigger, name+" between "+p.partyNames(v.Members)+" states no lead, and no rule together with where a dispute goes"), trigger)
	}
}

var twoHats = &Rule{
	ID: "B14", Slug: "two-hats", Severity: Caution,
	Title: "One holder has two duties on the same thing that are to check each other",
	Why: "Some pairs of duties exist so that two people look at one thing: whoever owns a project and whoever answers for its money, whoever wants it and whoever assures it, whoever pays and whoever is paid. " +
		"With one holder in both, the check is gone, and it looks as if it were there.",
	Fires: "On one mission, milestone, initiative, outcome or allocation the same holder, or the same post, carries both duties of a pair: accounting officer and senior responsible owner, sponsor or steward and assure, fund and deliver, recommend and decide. " +
		"It looks at subjects on which both duties of a pair are held, and cannot tell where the holder of one is not recorded or withheld, or a date is rough.",
	FalseAlarm: "The body is small, and somebody else has been asked to do the checking.",
	Question:   "Who else looks at this before it is signed?",
	Sources:    []string{"R11"},
	Needs:      []string{"duties on missions, milestones, initiatives, outcomes and allocations", "who holds the posts that carry them"},
	Bad:        twoHatsBad, Good: twoHatsGood, Unclear: twoHatsUnclear, Harmless: twoHatsHarmless,
	check: func(p *pass) {
		subjects := p.worked()
		for _, o := range p.results() {
			subjects = append(subjects, outcomeRef(o.id))
		}
		for _, s := range p.allotments() {
			subjects = append(subjects, s.ref())
		}
		for _, ref := range subjects {
			p.checkHats(ref)
		}
	},
}

// hats are the pairs of duties that one holder is not to have on one subject.
var hats = [][2]string{
	{accountability.AccountingOfficer, accountability.SeniorOwner},
	{accountability.Sponsor, accountability.Assure},
	{accountability.MissionSponsor, accountability.Assure},
	{accountability.MissionSteward, accountability.Assure},
	{accountability.Fund, accountability.Deliver},
	{accountability.Recommend, accountability.Decide},
}

// heads are those who fill what carries a duty: holders of posts, or the posts and bodies themselves.
type heads struct {
	ids           []record.ID
	unnamed       []record.ID // posts whose holder is not recorded or named
	rough, worn   bool
	duties, holds []Evidence
}

func (p *pass) heads(ref record.Ref, word string) heads {
	w := p.answerers(ref, func(d string) bool { return d == word })
	h := heads{worn: len(w.carriers) > 0, rough: len(w.perhaps) > 0, duties: w.duties, holds: w.holdings}
	for _, c := range w.carriers {
		h.ids = append(h.ids, c.Post)
		if p.party(c.Post).kind != accountability.Post {
			continue
		}
		if len(c.Holders) == 0 {
			h.unnamed = append(h.unnamed, c.Post)
		}
		for _, holder := range c.Holders {
			if holder.Party == "" {
				h.unnamed = append(h.unnamed, c.Post)
				continue
			}
			h.ids = append(h.ids, holder.Party)
		}
	}
	return h
}

func (p *pass) checkHats(ref record.Ref) {
	words := p.register.Duties(ref)
	looked, rough := false, false
	var clauses []string
	var trigger, context []Evidence
	var unnamed []record.ID
	for _, pair := range hats {
		if !slices.Contains(words, pair[0]) || !slices.Contains(words, pair[1]) {
			continue
		}
		a, b := p.heads(ref, pair[0]), p.heads(ref, pair[1])
		if !a.worn || !b.worn {
			continue
		}
		looked = true
		same := slices.ContainsFunc(a.ids, func(id record.ID) bool { return slices.Contains(b.ids, id) })
		switch {
		case same && (a.rough || b.rough):
			rough = true
		case same:
			clauses = append(clauses, quoted(pair[0])+" and "+quoted(pair[1]))
			trigger, context = append(append(trigger, a.duties...), b.duties...), append(append(context, a.holds...), b.holds...)
		default:
			unnamed = append(append(unnamed, a.unnamed...), b.unnamed...)
		}
	}
	name, question := p.named(ref), "whether one holder has two duties on "+p.named(ref)+" that are to check each other"
	switch {
	case !looked:
	case len(clauses) > 0:
		p.finding(ref, attributed(dedupe(trigger), "on "+name+", one holder carries both "+listed(clauses)), dedupe(trigger), context...)
	case rough:
		p.cannot(ref, question, roughDuty("who carries both on that day"))
	case len(unnamed) > 0:
		p.cannot(ref, question, unrecorded("who holds "+p.postNames(distinct(unnamed)), "the holder of each post"))
	default:
		p.nothing(ref)
	}
}

var ownerOfPortfolio = &Rule{
	ID: "B16", Slug: "owner-of-portfolio", Severity: Caution,
	Title:      "A senior responsible owner is appointed for a portfolio",
	Why:        "A senior responsible owner answers for one programme or project with a scope, a budget and an end. A portfolio has none of these: whoever owns it answers for everything in it and decides on little of it.",
	Fires:      "A senior-responsible-owner duty is held on an initiative whose kind is portfolio. It looks at initiatives with such a duty, and cannot tell where the kind is not recorded.",
	FalseAlarm: "What is called a portfolio is one programme with one scope.",
	Question:   "Which programmes lie in this portfolio, and who is answerable for each?",
	Sources:    []string{"R5"},
	Needs:      []string{"initiatives, with their kinds", "senior-responsible-owner duties on them"},
	Bad:        ownerOfPortfolioBad, Good: ownerOfPortfolioGood, Unclear: ownerOfPortfolioUnclear, Harmless: ownerOfPortfolioHarmless,
	check: func(p *pass) {
		for _, id := range sortedIDs(p.m.Initiatives()) {
			if claims := sorted(p.m.Initiative(id, p.at)); len(claims) > 0 {
				p.checkPortfolio(id, claims)
			}
		}
	},
}

func (p *pass) checkPortfolio(id record.ID, claims []record.Claim[mission.Initiative]) {
	ref := initiativeRef(id)
	w := p.answerers(ref, func(d string) bool { return d == accountability.SeniorOwner })
	if len(w.all()) == 0 {
		return
	}
	name := "the initiative " + quoted(p.initiativeName(id, claims))
	var said []record.Claim[mission.Initiative]
	kinds, other := 0, false
	for _, c := range claims {
		switch c.Record.Kind {
		case "":
		case mission.Portfolio:
			kinds++
			said = append(said, c)
		default:
			kinds++
			other = true
		}
	}
	question := "whether " + name + " is a portfolio with a senior responsible owner"
	switch {
	case kinds == 0:
		p.cannot(ref, question, unrecorded("what sort of work it is", "its kind: programme, service, portfolio"))
	case len(said) == 0:
		p.nothing(ref)
	case other:
		p.cannot(ref, question, contested("what sort of work it is", "its kind"))
	case len(w.parties) == 0:
		p.cannot(ref, question, roughDuty("whether it has a senior responsible owner on that day"))
	default:
		p.finding(ref, attributed(w.duties, p.partyNames(w.parties)+" is senior responsible owner of "+name+", which is a portfolio"), w.duties, proof(p, mission.KindInitiative, said)...)
	}
}
