package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on money that is put together and on money that is handed down.

var poolWithoutAccount = &Rule{
	ID: "F82", Slug: "pool-without-account", Severity: Caution,
	Title: "Money is pooled without saying who decides, who answers or how it comes back",
	Why: "Pooling moves authority over money and never the account of it: each that paid in is asked about its share. A pool without a rule for deciding, somebody to answer for each share, or a way out " +
		"is brought to a halt by the first dispute, the first audit or the first underspend.",
	Fires: "Of a pool it is recorded that it has no rule for deciding or no way for what is left to go back (the text is empty, or \"none\"); or the duty accounting-officer on the pool or on one of its shares is recorded as vacant, unclear or contested. " +
		"It has nothing to say of an informal sharing of assets, nor of a rule or a return recorded as not applicable. It cannot tell where the rule, the return, the shares or who answers for a share is not recorded.",
	FalseAlarm: "Assets or effort are shared informally and no money is pooled; or the terms are written down elsewhere.",
	Question:   "If the contributors fell out next month, by which words would the money be divided, and who would be asked about it?",
	Sources:    []string{"S1:42", "S1:47", "S2:39"},
	Needs:      []string{"pools with their rule, their return and whether they are informal", "the shares paid into them, with their accounting officers", "the duty accounting-officer on pools and shares"},
	Bad:        poolWithoutAccountBad, Good: poolWithoutAccountGood, Unclear: poolWithoutAccountUnclear, Harmless: poolWithoutAccountHarmless,
	check: func(p *pass) {
		f := p.purse()
		for i := range f.pools {
			p.checkPool(&f.pools[i])
		}
	},
}

func (p *pass) checkPool(pool *fact[funding.Pool]) {
	ref, name := poolRef(pool.id), p.subjectName(poolRef(pool.id))
	if slices.ContainsFunc(pool.claims, func(c record.Claim[funding.Pool]) bool { return c.Record.Informal }) {
		p.nothing(ref)
		return
	}
	var lacking []string
	var trigger []Evidence
	var missing []Missing
	terms := func(what, way string, of func(*funding.Pool) record.Value[string]) {
		var without []record.Claim[funding.Pool]
		var kept record.Value[string]
		for _, c := range pool.claims {
			switch text, known := of(c.Record).Get(); {
			case known && (strings.TrimSpace(text) == "" || strings.EqualFold(strings.TrimSpace(text), "none")):
				without = append(without, c)
			case known, of(c.Record).State == record.StateNotApplicable:
				return
			case kept.State == 0:
				kept = of(c.Record)
			}
		}
		if len(without) == 0 {
			missing = append(missing, unknown(what, kept.State, kept.Ground, way))
			return
		}
		lacking = append(lacking, what)
		trigger = append(trigger, proof(p, funding.KindPool, without)...)
	}
	terms("a rule for deciding", "by what rule its use is decided, or \"none\"", func(r *funding.Pool) record.Value[string] { return r.Rule })
	terms("a way for what is left to go back", "how what is left goes back and how a contributor may leave, or \"none\"", func(r *funding.Pool) record.Value[string] { return r.Return })

	answered, whole := p.officerOn(ref)
	shares := factsOf(p.m.Accounts().Shares(pool.id, p.at))
	if len(shares) == 0 && answered == 0 {
		missing = append(missing, unrecorded("who pays into it", "the shares of the pool, each with its accounting officer"))
	}
	var unanswered []record.ID
	for i := range shares {
		own, duties := p.answeredFor(&shares[i])
		switch {
		case own == calendar.Certainly, own == 0 && answered == calendar.Certainly:
		case own == calendar.No:
			unanswered = append(unanswered, shares[i].claims[0].Record.Party)
			trigger = append(trigger, duties...)
		case answered == 0:
			missing = append(missing, unrecorded("the accounting officer for the share of "+p.partyName(shares[i].claims[0].Record.Party), "the accounting officer of each share"))
		}
	}
	switch {
	case len(unanswered) > 0:
		slices.Sort(unanswered)
		lacking = append(lacking, "an accounting officer for the share of "+p.partyNames(slices.Compact(unanswered)))
	case answered == calendar.No:
		lacking = append(lacking, "an accounting officer")
		trigger = append(trigger, whole...)
	}
	switch {
	case len(lacking) > 0:
		p.finding(ref, attributed(trigger, name+" does not have "+either(lacking)), trigger, proof(p, funding.KindPool, pool.claims)...)
	case len(missing) > 0:
		p.cannot(ref, "whether "+name+" has its terms settled", missing...)
	default:
		p.nothing(ref)
	}
}

// officerOn says whether the duty accounting-officer on a subject is held, and on which duties: zero where none is recorded.
func (p *pass) officerOn(ref record.Ref) (held calendar.Certainty, duties []Evidence) {
	a, ok := p.register.Answerable(ref, accountability.AccountingOfficer, p.at)
	if !ok {
		return 0, nil
	}
	duties, _ = split(p.basis(&a))
	if a.State == accountability.Held {
		return calendar.Certainly, duties
	}
	return calendar.No, duties
}

// answeredFor says whether somebody answers for a share of a pool.
func (p *pass) answeredFor(share *fact[funding.Share]) (calendar.Certainty, []Evidence) {
	if slices.ContainsFunc(share.claims, func(c record.Claim[funding.Share]) bool { return c.Record.AccountingOfficer != "" }) {
		return calendar.Certainly, nil
	}
	return p.officerOn(record.Ref{Kind: funding.KindShare, ID: share.id})
}

var devolvedInName = &Rule{
	ID: "F83", Slug: "devolved-in-name", Severity: Serious,
	Title: "Something was handed down without the money for it, or without the say over it",
	Why: "A place that may decide and has no money answers for what it cannot do; a place that has the money and may not decide spends it as it is told. " +
		"Either looks like devolution from the centre and like a burden from below, and what those on the ground know goes unused.",
	Fires: "A devolved event on a subject names those it was handed down to, and it is recorded that they have no money for it (the amount that moved with it is nought, and no allocation for the subject goes to them) " +
		"or no say over it (the duty decide on the subject is held, and by somebody else, and no grant on the subject is made to them). " +
		"A transition event on the subject, or an amount that is not applicable, silences the matter of money; a transition event also that of the say. It cannot tell where the money or the say is not recorded and nothing is known to be lacking.",
	FalseAlarm: "The handover goes in agreed stages, and the rest is to follow.",
	Question:   "What may those it was handed down to now do without asking, and with whose money?",
	Sources:    []string{"S1:46", "S1:47"},
	Needs: []string{"devolved events with those handed down to and the amount that moved", "allocations for the same subject", "the duty decide on it and grants about it",
		"transition events"},
	Bad: devolvedInNameBad, Good: devolvedInNameGood, Unclear: devolvedInNameUnclear, Harmless: devolvedInNameHarmless,
	check: func(p *pass) {
		for _, ref := range p.purse().devolved {
			p.checkDevolved(ref)
		}
	},
}

func (p *pass) checkDevolved(ref record.Ref) {
	handed, _ := p.events(ref, mission.Devolved)
	name := p.subjectName(ref)
	question := "whether what was handed down with " + name + " came with both the money and the say"
	var to []record.ID
	for _, c := range handed {
		to = append(to, c.Record.With...)
	}
	slices.Sort(to)
	to = slices.Compact(to)
	switch {
	case p.happened(ref, mission.Transition):
		p.nothing(ref)
		return
	case len(to) == 0:
		p.cannot(ref, question, unrecorded("to whom it was handed down", "on the devolved event with whom it was done"))
		return
	}
	money, spent, kept := p.moneyHandedDown(ref, handed, to)
	say, others, duties := p.sayHandedDown(ref, to)
	if money != calendar.No && say != calendar.No {
		var missing []Missing
		if money == 0 {
			missing = append(missing, unknown("whether money came with it", kept.State, kept.Ground, "the amount that moved, nought where none did, or the allocation"))
		}
		if say == 0 {
			missing = append(missing, leftOut(p.m.LeftOut(accountability.KindDuty, ref, accountability.Decide), "who decides on it now", "the duty decide on it, or a grant"))
		}
		if len(missing) > 0 {
			p.cannot(ref, question, missing...)
		} else {
			p.nothing(ref)
		}
		return
	}
	trigger := proof(p, mission.KindEvent, handed)
	var lacks []string
	if money == calendar.No {
		lacks = append(lacks, "no money for it")
	}
	if say == calendar.No {
		lacks = append(lacks, "no say over it, which "+p.partyNames(others)+" kept")
		trigger = append(trigger, duties...)
	}
	verb := " has "
	if len(to) > 1 {
		verb = " have "
	}
	p.finding(ref, attributed(trigger, p.partyNames(to)+", to whom something was handed down with "+name+","+verb+listed(lacks)), trigger, spent...)
}

// moneyHandedDown says whether money went with what was handed down: zero where nobody says.
func (p *pass) moneyHandedDown(ref record.Ref, handed []record.Claim[mission.Event], to []record.ID) (with calendar.Certainty, says []Evidence, kept record.Value[record.Money]) {
	denied := false
	for _, c := range handed {
		v := c.Record.Amount
		switch amount, known := v.Get(); {
		case known && amount.Minor > 0, v.State == record.StateNotApplicable:
			with = calendar.Certainly
		case known:
			denied = true
		case kept.State == 0:
			kept = v
		}
	}
	for _, a := range p.purse().moneyFor[ref] {
		for _, c := range a.claims {
			says = append(says, p.evidence(funding.KindAllocation, &c.Record.Record))
			if c.Record.To != "" && c.Record.Subject == ref && paid(c.Record) && p.related(c.Record.To, to) {
				with = calendar.Certainly
			}
		}
	}
	if with == 0 && denied {
		with = calendar.No
	}
	return with, says, kept
}

// sayHandedDown says whether those handed down to decide: zero where nobody says who does. If not, who does comes with it.
func (p *pass) sayHandedDown(ref record.Ref, to []record.ID) (has calendar.Certainty, others []record.ID, duties []Evidence) {
	a, ok := p.register.Answerable(ref, accountability.Decide, p.at)
	if ok && a.State == accountability.Held {
		for _, c := range a.Carriers {
			if p.related(c.Post, to) {
				return calendar.Certainly, nil, nil
			}
			others = append(others, c.Post)
		}
		duties, _ = split(p.basis(&a))
	}
	for _, id := range to {
		if slices.ContainsFunc(p.register.Grants(id, p.at), func(c record.Claim[accountability.Grant]) bool { return c.Record.Subject == ref }) {
			return calendar.Certainly, nil, nil
		}
	}
	if len(others) == 0 {
		return 0, nil, nil
	}
	slices.Sort(others)
	return calendar.No, slices.Compact(others), duties
}
