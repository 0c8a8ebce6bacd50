package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on whether there is money for what is to be done, and on whether it can be put together.

var unfundedMilestone = &Rule{
	ID: "F20", Slug: "unfunded-milestone", Severity: Serious,
	Title: "A milestone is asked for and not paid for",
	Why: "A milestone without money stands on paper and moves only by what others can spare. Those who answer for it learn that the announcement counted and the work did not, " +
		"and the choice of what to leave undone is made by nobody in particular.",
	Fires: "A funded event on the milestone is marked absent, or every amount recorded for it is nought; or each party that carries a duty on it is recorded, by an underfunded event, as judging its money too little, or such an event that names nobody says so. " +
		"A funded event marked absent on a mission is one finding on the mission, for the milestones without records of their own. Money recorded on the milestone silences the first two, and an amount that is not applicable, which says that it needs no money, silences all. " +
		"The rule does not know which milestones are critical. It cannot tell where nothing is recorded of the money, or where a mission has no milestones on record.",
	FalseAlarm: "The milestone needs no money, and somebody has stated it; or it is paid for out of other money, and nobody has recorded it.",
	Question:   "What would this milestone cost, who has been asked for it, and what was it set aside for?",
	Sources:    []string{"S1:10", "S1:56", "S1:58"},
	Needs: []string{"allocations to milestones, with their amounts", "funded and underfunded events on milestones and missions, present or marked absent",
		"duties on milestones", "the milestones of missions"},
	Bad: unfundedMilestoneBad, Good: unfundedMilestoneGood, Unclear: unfundedMilestoneUnclear, Harmless: unfundedMilestoneHarmless,
	check: func(p *pass) {
		denied := make(map[record.ID]bool, len(p.missions))
		for _, id := range p.missions {
			denied[id] = p.checkMissionFunded(id)
		}
		for i := range p.steps {
			p.checkFunded(&p.steps[i], denied)
		}
	},
}

// checkMissionFunded judges what is said of the money for the milestones of a mission as a whole, and reports whether
// anything is.
func (p *pass) checkMissionFunded(id record.ID) bool {
	ref, name := missionRef(id), p.missionName(id)
	question := "whether the milestones of " + name + " are paid for"
	present, absent := p.events(ref, mission.Funded)
	missed := p.m.LeftOut(mission.KindEvent, ref, mission.Funded)
	paidFor := len(present) > 0 || slices.ContainsFunc(p.purse().moneyFor[ref], func(a *fact[funding.Allocation]) bool { return setAside(a) })
	switch {
	case p.over(id):
		p.nothing(ref)
		return false
	case len(absent) > 0 && paidFor:
		p.cannot(ref, question, contested("whether money was set aside", "what was set aside, and for which milestones"))
		return true
	case len(absent) > 0:
		trigger := proof(p, mission.KindEvent, absent)
		p.finding(ref, attributed(trigger, "no money is set aside for the milestones of "+name), trigger, proof(p, mission.KindMission, p.said[id])...)
		return true
	case len(missed) > 0 && !paidFor:
		p.cannot(ref, question, leftOut(missed, "whether money was set aside", "funded events on the milestones, or the allocations to them"))
		return true
	case len(p.m.MilestonesOf(id)) == 0:
		p.cannot(ref, question, unrecorded("what its milestones are", "its milestones, and the money set aside for each"))
	}
	return false
}

// setAside reports whether any claim says that there is money: an amount that is not known is an amount.
func setAside(a *fact[funding.Allocation]) bool {
	return slices.ContainsFunc(a.claims, func(c record.Claim[funding.Allocation]) bool {
		v := c.Record.Amount
		money, known := v.Get()
		return known && money.Minor > 0 || v.State == 0 || v.State == record.StateWithheld
	})
}

func (p *pass) checkFunded(s *step, denied map[record.ID]bool) {
	ref := milestoneRef(s.id)
	money := p.purse().moneyFor[ref]
	present, absent := p.events(ref, mission.Funded)
	short, enough := p.events(ref, mission.Underfunded)
	missed := slices.Concat(p.m.LeftOut(mission.KindEvent, ref, mission.Funded), p.m.LeftOut(mission.KindEvent, ref, mission.Underfunded),
		p.m.LeftOut(funding.KindAllocation, ref, ""))
	if len(money)+len(present)+len(absent)+len(short)+len(enough)+len(missed) == 0 &&
		slices.ContainsFunc(p.purse().missions[s.id], func(id record.ID) bool { return denied[id] }) {
		return // the verdict on the mission speaks for it
	}
	paidFor, needless, met := len(present) > 0, false, false
	var nought []Evidence
	var open record.Value[record.Money]
	for _, a := range money {
		paidFor = paidFor || setAside(a)
		for _, c := range a.claims {
			v := c.Record.Amount
			switch amount, known := v.Get(); {
			case known && amount.Minor <= 0:
				nought = append(nought, p.evidence(funding.KindAllocation, &c.Record.Record))
			case v.State == record.StateNotApplicable:
				needless = true
			case open.State == 0:
				open = v
			}
		}
	}
	for _, c := range s.claims {
		met = met || c.Record.Met.IsResolved() && !p.on.IsZero() && !c.Record.Met.Latest().After(p.on)
	}
	context := proof(p, milestone.KindMilestone, s.claims)
	question := "whether " + s.name() + " is paid for"
	switch {
	case needless || met:
		p.nothing(ref)
	case !paidFor && open.State == 0 && len(absent)+len(nought) > 0:
		trigger := append(proof(p, mission.KindEvent, absent), nought...)
		p.finding(ref, attributed(trigger, "no money is set aside for "+s.name()), trigger, context...)
	case len(short) > 0:
		p.checkShort(s, short, enough, question)
	case paidFor:
		p.nothing(ref)
	case open.State != 0:
		p.cannot(ref, question, unknown("how much is set aside for it", open.State, open.Ground, "the amount"))
	default:
		p.cannot(ref, question, leftOut(missed, "whether money is set aside for it",
			"the allocations to the milestone, a funded event on it or one marked absent, or that it needs none"))
	}
}

// checkShort judges a milestone of which somebody says that its money is too little.
func (p *pass) checkShort(s *step, short, enough []record.Claim[mission.Event], question string) {
	ref := milestoneRef(s.id)
	owners, duties := p.owners(ref)
	var content, silent []record.ID
	var flat []record.Claim[mission.Event] // says so of the money, and not of who thinks so
	for _, c := range short {
		if len(c.Record.By) == 0 {
			flat = append(flat, c)
		}
	}
	for _, owner := range owners {
		by := func(c record.Claim[mission.Event]) bool { return p.related(owner, c.Record.By) }
		switch {
		case slices.ContainsFunc(short, by):
		case slices.ContainsFunc(enough, by):
			content = append(content, owner)
		default:
			silent = append(silent, owner)
		}
	}
	switch {
	case len(content) > 0:
		p.nothing(ref)
	case len(flat) > 0:
		trigger := proof(p, mission.KindEvent, flat)
		p.finding(ref, attributed(trigger, "the money for "+s.name()+" is too little"), trigger, append(proof(p, milestone.KindMilestone, s.claims), duties...)...)
	case len(owners) == 0:
		p.cannot(ref, question, leftOut(p.m.LeftOut(accountability.KindDuty, ref, ""), "who answers for it", "a milestone-owner or other duty on the milestone"))
	case len(silent) > 0:
		p.cannot(ref, question, unrecorded("what "+p.partyNames(silent)+" makes of its money", "an underfunded event by each that answers for the milestone, or one marked absent"))
	default:
		trigger := proof(p, mission.KindEvent, short)
		verb := ", holds"
		if len(owners) > 1 {
			verb = ", hold"
		}
		text := attributed(trigger, p.partyNames(owners)+", answering for "+s.name()+verb+" that its money is too little")
		p.finding(ref, text, trigger, append(proof(p, milestone.KindMilestone, s.claims), duties...)...)
	}
}

var ringfenceBlocks = &Rule{
	ID: "F76", Slug: "ringfence-blocks-join", Severity: Caution,
	Title: "What is to be done together is paid for out of money that may not be put together",
	Why: "A ringfence protects a purpose, and at the seam between two of them nobody may pay for what serves both. Places that looked at all the money spent in them found effort doubled and needs missed for that reason, " +
		"and no one body had done anything wrong.",
	Fires: "At least two allocations to one subject are recorded as ringfenced, for purposes whose words differ. An exemption event on the subject or on one of the allocations silences it. Money paid from a pool is left aside. " +
		"It cannot tell where whether an allocation is ringfenced, or for what, is not recorded and would decide it, and it looks at no subject with fewer than two allocations.",
	FalseAlarm: "An exemption has been agreed, or the purposes are one in other words.",
	Question:   "What would be done differently if the two amounts were one, and who could allow that?",
	Sources:    []string{"S1:39", "S1:42"},
	Needs:      []string{"allocations with their subjects, their purposes and whether they are ringfenced", "exemption events on them and on what they are for"},
	Bad:        ringfenceBlocksBad, Good: ringfenceBlocksGood, Unclear: ringfenceBlocksUnclear, Harmless: ringfenceBlocksHarmless,
	check: func(p *pass) {
		f := p.purse()
		for _, ref := range sortedRefs(f.moneyFor) {
			if len(f.moneyFor[ref]) > 1 && !ref.IsZero() {
				p.checkFences(ref, f.moneyFor[ref])
			}
		}
	},
}

func sortedRefs[T any](m map[record.Ref]T) []record.Ref {
	refs := make([]record.Ref, 0, len(m))
	for ref := range m {
		refs = append(refs, ref)
	}
	slices.SortFunc(refs, record.Ref.Compare)
	return refs
}

func (p *pass) checkFences(ref record.Ref, money []*fact[funding.Allocation]) {
	subjects := []record.Ref{ref}
	var purposes []string // of those certainly ringfenced, each once
	var fenced []Evidence
	var missing []Missing
	possible, separate := 0, 0
	for _, a := range money {
		fence, purpose, kept, pooled := readFence(a)
		if pooled || fence == calendar.No {
			continue
		}
		possible++
		subjects = append(subjects, allocationRef(a.id))
		name := "the allocation " + quoted(string(a.id))
		switch {
		case fence == calendar.Possibly:
			missing = append(missing, contested("whether "+name+" is ringfenced", "whether it is"))
		case fence == 0:
			missing = append(missing, unknown("whether "+name+" is ringfenced", kept.State, kept.Ground, "of each allocation whether it is ringfenced, and for what"))
		case purpose == "":
			missing = append(missing, unrecorded("what "+name+" is ringfenced for", "the purpose of each ringfence"))
		default:
			separate++
			if !slices.ContainsFunc(purposes, func(s string) bool { return strings.EqualFold(s, purpose) }) {
				purposes = append(purposes, purpose)
			}
			for _, c := range a.claims {
				if yes(c.Record.Ringfenced) {
					fenced = append(fenced, p.evidence(funding.KindAllocation, &c.Record.Record))
				}
			}
		}
	}
	switch {
	case possible < 2, p.anyHappened(mission.Exemption, subjects...):
		p.nothing(ref)
	case len(purposes) > 1:
		for i := range purposes {
			purposes[i] = quoted(purposes[i])
		}
		p.finding(ref, attributed(fenced, "the money for "+p.subjectName(ref)+" sits in "+count(float64(separate))+" ringfences, for "+listed(purposes)), fenced)
	case len(missing) > 0:
		p.cannot(ref, "whether ringfences keep the money for "+p.subjectName(ref)+" apart", missing...)
	default:
		p.nothing(ref)
	}
}

// readFence says whether an allocation is ringfenced and for what, as its claimants have it: Possibly where they differ.
func readFence(a *fact[funding.Allocation]) (fence calendar.Certainty, purpose string, kept record.Value[bool], pooled bool) {
	var fenced, free bool
	for _, c := range a.claims {
		r := c.Record
		fenced, free = fenced || yes(r.Ringfenced), free || no(r.Ringfenced) || r.Ringfenced.State == record.StateNotApplicable
		if yes(r.Ringfenced) && purpose == "" {
			purpose = plain(r.Purpose)
		}
		if kept.State == 0 {
			kept = r.Ringfenced
		}
		pooled = pooled || r.Pool != ""
	}
	switch {
	case fenced && free:
		fence = calendar.Possibly
	case fenced:
		fence = calendar.Certainly
	case free:
		fence = calendar.No
	}
	return fence, purpose, kept, pooled
}

var noTradeOff = &Rule{
	ID: "F81", Slug: "no-trade-off-record", Severity: Caution,
	Title: "Money was given to one thing without a record of what else it could have done",
	Why: "Every pound for one thing is a pound for nothing else, and where that is weighed in the open, those who lose can see why and those who win know what it cost. " +
		"Without a place that weighs, priorities are what is left when a series of separate talks is over.",
	Fires: "An allocation of at least F81.amount is recorded to have been made without alternatives written down, and who decided on it is a single organisation, post or person, or it is part of a settlement or review that was bilateral. " +
		"A joint decision on it, on its settlement or on its review, a collective settlement, or a body or group as its decider silences it. It cannot tell where the alternatives, the amount or the decider are not recorded.",
	FalseAlarm: "The amount is small beside what else was decided, or the weighing was done and has not been written down.",
	Question:   "What was the next best use of this money, and who was in the room when it lost?",
	Sources:    []string{"S1:25", "S1:30"},
	Needs: []string{"allocations with their amounts, who decided on them and whether alternatives were recorded", "how settlements and reviews were reached",
		"joint-decision events"},
	Thresholds: []Threshold{{Name: "F81.amount", Unit: "in the currency of the amount", Value: 1_000_000,
		Meaning: "from which amount an allocation is large enough to ask; no source names a number, and the default is a round one that the caller should set to the size of the plan"}},
	Bad: noTradeOffBad, Good: noTradeOffGood, Unclear: noTradeOffUnclear, Harmless: noTradeOffHarmless,
	check: func(p *pass) {
		f := p.purse()
		for i := range f.allocations {
			p.checkTradeOff(&f.allocations[i])
		}
	},
}

func (p *pass) checkTradeOff(a *fact[funding.Allocation]) {
	ref, name := allocationRef(a.id), p.allocationName(a)
	var without []record.Claim[funding.Allocation]
	var kept record.Value[bool]
	var amount record.Value[record.Money]
	weighed, large, small := false, false, false
	for _, c := range a.claims {
		v := c.Record.Alternatives
		switch {
		case no(v):
			without = append(without, c)
		case yes(v), v.State == record.StateNotApplicable:
			weighed = true
		case kept.State == 0:
			kept = v
		}
		switch money, known := c.Record.Amount.Get(); {
		case known && major(money) >= p.limit("amount"):
			large = true
		case known, c.Record.Amount.State == record.StateNotApplicable:
			small = true
		case amount.State == 0:
			amount = c.Record.Amount
		}
	}
	var missing []Missing
	together, context := p.decidedTogether(a)
	switch {
	case weighed, small && !large, together == calendar.Certainly:
		p.nothing(ref)
		return
	case len(without) == 0:
		missing = append(missing, unknown("whether alternatives were weighed", kept.State, kept.Ground, "whether other uses of the money were weighed and written down"))
	}
	switch {
	case large && small:
		missing = append(missing, contested("its amount", "the amount"))
	case !large:
		missing = append(missing, unknown("its amount", amount.State, amount.Ground, "the amount"))
	}
	if together != calendar.No {
		missing = append(missing, unrecorded("who decided on it", "the party that decided on it, or how the settlement that it is part of was reached"))
	}
	if len(missing) > 0 {
		p.cannot(ref, "whether "+name+" was weighed against other uses", missing...)
		return
	}
	trigger := proof(p, funding.KindAllocation, without)
	p.finding(ref, attributed(trigger, name+" was set aside with no record of what else it could have done, and was not decided on collectively"), trigger, context...)
}

// major is an amount in pounds, euros and so on.
func major(m record.Money) float64 {
	f := float64(m.Minor)
	for range m.Currency.Digits() {
		f /= 10
	}
	return f
}

// decidedTogether says whether an allocation was decided on collectively: zero where the records do not say. What says so
// comes with it.
func (p *pass) decidedTogether(a *fact[funding.Allocation]) (together calendar.Certainty, says []Evidence) {
	f := p.purse()
	note := func(c calendar.Certainty) {
		if c == calendar.Certainly || together == 0 {
			together = c
		}
	}
	subjects := []record.Ref{allocationRef(a.id)}
	for _, c := range a.claims {
		r := c.Record
		if r.DecidedBy != "" {
			switch p.party(r.DecidedBy).kind {
			case accountability.Body, accountability.Group:
				note(calendar.Certainly)
			case accountability.Organisation, accountability.Post, accountability.Person:
				note(calendar.No)
			}
		}
		review := r.Review
		if s := f.settlement[r.Settlement]; s != nil {
			subjects = append(subjects, settlementRef(s.id))
			note(reachedBy(s))
			says = append(says, proof(p, funding.KindSettlement, s.claims)...)
			for _, claim := range s.claims {
				if review == "" {
					review = claim.Record.Review
				}
			}
		}
		for _, id := range f.upwards(review) {
			subjects = append(subjects, reviewRef(id))
			if v := f.review[id]; v != nil && together == 0 {
				note(settledBy(v))
				says = append(says, proof(p, funding.KindReview, v.claims)...)
			}
		}
	}
	if p.anyHappened(mission.JointDecision, subjects...) {
		together = calendar.Certainly
	}
	return together, says
}
