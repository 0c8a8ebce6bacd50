package review

import (
	"slices"

	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on who pays and who gains, on pots, and on who settles last.

var payerSplit = &Rule{
	ID: "F84", Slug: "payer-beneficiary-split", Severity: Caution,
	Title: "One body pays, and most of the gain falls to others",
	Why: "A body that pays for what others gain by has every reason to stop at its own border, and to be thanked for it. " +
		"Seen as the sum of what all gain, the same work may be worth far more than it costs, and nobody is placed to see it so.",
	Fires: "More than F84.percent of the gains recorded on a subject, by benefit events that name who gains, fall to parties outside the organisations that pay for it. Amounts count where all the events have them in one currency; else it fires only where everybody who gains is outside. " +
		"An agreement or a joint decision on the subject, or a pool for it, silences it. It cannot tell where who gains, how much or who pays is not recorded, and looks at subjects on which a benefit event is recorded.",
	FalseAlarm: "Payer and beneficiaries have agreed on it.",
	Question:   "What would those who gain put in, if they were asked?",
	Sources:    []string{"S3:18", "S1:42"},
	Needs:      []string{"benefit events with who gains and how much", "allocations with whose money they are", "agreement and joint-decision events, and pools"},
	Thresholds: []Threshold{{Name: "F84.percent", Unit: "percent", Value: 50,
		Meaning: "which share of the gains must fall to others; no source names a number, and the default is the plain meaning of mainly: more than half"}},
	Bad: payerSplitBad, Good: payerSplitGood, Unclear: payerSplitUnclear, Harmless: payerSplitHarmless,
	check: func(p *pass) {
		for _, ref := range p.purse().gains {
			p.checkPayer(ref)
		}
	},
}

func (p *pass) checkPayer(ref record.Ref) {
	gains, _ := p.events(ref, mission.Benefit)
	name := p.subjectName(ref)
	var payers []record.ID
	var money []Evidence
	for _, a := range p.purse().moneyFor[ref] {
		for _, c := range a.claims {
			if c.Record.PaidBy != "" && paid(c.Record) {
				payers = append(payers, p.organisationOf(c.Record.PaidBy))
				money = append(money, p.evidence(funding.KindAllocation, &c.Record.Record))
			}
		}
	}
	slices.Sort(payers)
	payers = slices.Compact(payers)
	var outside, all float64
	var currency record.Currency
	var missing []Missing
	counted, out, in := true, false, false
	var others []record.ID
	for _, c := range gains {
		if len(c.Record.With) == 0 {
			missing = append(missing, unrecorded("who gains by it", "on each benefit event who gains"))
			continue
		}
		n := 0
		for _, id := range c.Record.With {
			if !slices.Contains(payers, p.organisationOf(id)) {
				others = append(others, id)
				n++
			}
		}
		out, in = out || n > 0, in || n < len(c.Record.With)
		sum, known := c.Record.Amount.Get()
		counted = counted && known && sum.Minor > 0 && (currency == "" || currency == sum.Currency) && (n == 0 || n == len(c.Record.With))
		if known {
			currency = sum.Currency
		}
		all += float64(sum.Minor)
		if n > 0 {
			outside += float64(sum.Minor)
		}
	}
	if len(payers) == 0 {
		missing = append(missing, leftOut(p.m.LeftOut(funding.KindAllocation, ref, ""), "who pays for it", "the allocations to it, with whose money they are"))
	}
	share := 100.0
	if in {
		share = 100 * outside / all
	}
	slices.Sort(others)
	others = slices.Compact(others)
	question := "whether those who pay for " + name + " are those who gain by it"
	switch {
	case p.anyHappened(mission.Agreement, ref), p.anyHappened(mission.JointDecision, ref), len(p.m.Accounts().PoolsFor(ref, p.at)) > 0, len(missing) == 0 && !out:
		p.nothing(ref)
	case len(missing) > 0:
		p.cannot(ref, question, dedupeMissing(missing)...)
	case in && !counted:
		p.cannot(ref, question, unrecorded("how much each gains", "on each benefit event one amount for one side, in one currency"))
	case share > p.limit("percent"):
		trigger := proof(p, mission.KindEvent, gains)
		most := "all of the gain falls"
		if in {
			most = percent(share) + " of the gain falls"
		}
		p.finding(ref, attributed(trigger, p.partyNames(payers)+" pays for "+name+", and "+most+" to others: "+p.partyNames(others)), trigger, money...)
	default:
		p.nothing(ref)
	}
}

var potProliferation = &Rule{
	ID: "F85", Slug: "pot-proliferation", Severity: Note,
	Title: "A mission is paid for out of many small pots",
	Why: "Each pot has its own form, its own date and its own report, and those who work for a mission spend on the pots what was meant for the mission. " +
		"A list of pots is also easily taken for a plan.",
	Fires: "At least F85.pots allocations of less than F85.amount each are recorded for one mission, its milestones and its initiatives. Allocations to test-and-learn initiatives are left aside. " +
		"It cannot tell where amounts that are not known would decide it, or no money is recorded.",
	FalseAlarm: "The pots are experiments, small by design, and were to be many.",
	Question:   "How many of these could be one, and what would be lost by it?",
	Sources:    []string{"S1:68"},
	Needs:      []string{"allocations to missions, their milestones and their initiatives, with their amounts", "the kinds of initiatives"},
	Thresholds: []Threshold{
		{Name: "F85.pots", Unit: "allocations", Value: 10, Least: 2,
			Meaning: "how many small allocations are many; no source names a number, and the default is a round one"},
		{Name: "F85.amount", Unit: "in the currency of the amount", Value: 10_000_000,
			Meaning: "under which amount an allocation is small; no source names a number, and the default is a round one that the caller should set to the size of the plan"}},
	Bad: potProliferationBad, Good: potProliferationGood, Unclear: potProliferationUnclear, Harmless: potProliferationHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkPots(id)
		}
	},
}

func (p *pass) checkPots(id record.ID) {
	f := p.purse()
	ref, name := missionRef(id), p.missionName(id)
	subjects := []record.Ref{ref}
	for _, n := range p.m.MilestonesOf(id) {
		subjects = append(subjects, milestoneRef(n))
	}
	for _, n := range p.m.InitiativesOf(id) {
		if !slices.ContainsFunc(p.m.Initiative(n, p.at), func(c record.Claim[mission.Initiative]) bool { return c.Record.Kind == mission.TestAndLearn }) {
			subjects = append(subjects, initiativeRef(n))
		}
	}
	var small []Evidence
	pots, open, all := 0, 0, 0
	seen := make(map[record.ID]bool)
	for _, subject := range subjects {
		for _, a := range f.moneyFor[subject] {
			if seen[a.id] {
				continue
			}
			seen[a.id] = true
			all++
			var is, not bool
			for _, c := range a.claims {
				sum, known := c.Record.Amount.Get()
				is, not = is || known && major(sum) < p.limit("amount"), not || known && major(sum) >= p.limit("amount") || c.Record.Amount.State == record.StateNotApplicable
			}
			switch {
			case is && !not:
				pots++
				small = append(small, proof(p, funding.KindAllocation, a.claims)...)
			case !not || is:
				open++
			}
		}
	}
	least := int(p.limit("pots"))
	question := "whether " + name + " is paid for out of many small pots"
	switch {
	case p.over(id):
		p.nothing(ref)
	case pots >= least:
		p.finding(ref, attributed(small, count(float64(pots))+" allocations of less than "+count(p.limit("amount"))+" each are recorded for "+name), small, proof(p, mission.KindMission, p.said[id])...)
	case all == 0:
		p.cannot(ref, question, leftOut(p.m.LeftOut(funding.KindAllocation, ref, ""), "what money there is for it", "the allocations to it, its milestones and its initiatives"))
	case pots+open >= least:
		p.cannot(ref, question, unrecorded("how large "+count(float64(open))+" of its allocations are", "the amount of each allocation"))
	default:
		p.nothing(ref)
	}
}

var hiddenHoldOut = &Rule{
	ID: "F86", Slug: "hidden-hold-out", Severity: Note,
	Title: "Those with the most ambitious milestones were the last to settle",
	Why: "Who settles last in a spending review is seldom an accident: it may be that those asked to do the most were offered the least. " +
		"It is a pattern and no proof, and worth asking about while a settlement can still be reopened.",
	Fires: "In one spending review with at least F86.settlements settlements for milestones, each settlement for a milestone that an assessment on the scale \"ambition\" rates as \"high\" was certainly agreed after every settlement whose milestones are all rated otherwise, and there are both. " +
		"It cannot tell where a day or a rating that would decide it is not recorded. It looks at reviews with settlements for milestones.",
	FalseAlarm: "There are few settlements, so that the order may be chance.",
	Question:   "What did those who settled last ask for, and what were they told?",
	Sources:    []string{"S1:36"},
	Needs:      []string{"settlements with their review, the milestones that they are for and the day on which they were agreed", "assessments of milestones on the scale ambition"},
	Thresholds: []Threshold{{Name: "F86.settlements", Unit: "settlements", Value: 4, Least: 2,
		Meaning: "from how many settlements an order may say something; no source names a number, and with four the chance that one named beforehand comes last is one in four"}},
	Bad: hiddenHoldOutBad, Good: hiddenHoldOutGood, Unclear: hiddenHoldOutUnclear, Harmless: hiddenHoldOutHarmless,
	check: func(p *pass) {
		f := p.purse()
		of := make(map[record.ID][]*fact[funding.Settlement])
		for i := range f.settlements {
			s := &f.settlements[i]
			r := s.claims[0].Record
			if f.review[r.Review] != nil && slices.ContainsFunc(r.For, func(ref record.Ref) bool { return ref.Kind == milestone.KindMilestone }) {
				of[r.Review] = append(of[r.Review], s)
			}
		}
		for _, id := range sortedKeys(of) {
			p.checkHoldOut(f.review[id], of[id])
		}
	},
}

// ambition says whether a settlement is for a milestone rated as ambitious: zero where none is and not all are rated,
// Possibly where those who rate differ.
func (p *pass) ambition(s *fact[funding.Settlement]) (high calendar.Certainty, says []Evidence) {
	rated := true
	for _, c := range s.claims {
		for _, ref := range c.Record.For {
			if ref.Kind != milestone.KindMilestone {
				continue
			}
			var up, down bool
			for _, a := range sorted(p.plan.Assessments(ref, p.at)) {
				if a.Record.Scale != "ambition" || a.Record.Rating == "" {
					continue
				}
				says = append(says, p.evidence(milestone.KindAssessment, &a.Record.Record))
				up, down = up || a.Record.Rating == "high", down || a.Record.Rating != "high"
			}
			switch {
			case up && down:
				return calendar.Possibly, says
			case up:
				high = calendar.Certainly
			case !down:
				rated = false
			}
		}
	}
	if high == 0 && rated {
		high = calendar.No
	}
	return high, says
}

func (p *pass) checkHoldOut(r *fact[funding.Review], settlements []*fact[funding.Settlement]) {
	ref, name := reviewRef(r.id), p.reviewName(r)
	if float64(len(settlements)) < p.limit("settlements") {
		p.nothing(ref)
		return
	}
	var trigger []Evidence
	var missing []Missing
	var first, last calendar.Date // the first day on which an ambitious one may have been agreed, the last for the others
	var possible, certain bool = true, true
	var late, early calendar.Date // the same at the latest and at the earliest
	highs, others := 0, 0
	for _, s := range settlements {
		high, says := p.ambition(s)
		trigger = append(append(trigger, says...), proof(p, funding.KindSettlement, s.claims)...)
		var from, until calendar.Date
		for _, c := range s.claims {
			if w := c.Record.Agreed; w.IsResolved() {
				if from.IsZero() || w.Earliest().Before(from) {
					from = w.Earliest()
				}
				if w.Latest().After(until) {
					until = w.Latest()
				}
			}
		}
		switch {
		case from.IsZero():
			missing = append(missing, unrecorded("when each settlement was agreed", "the day on which each settlement was agreed"))
		case high == calendar.Certainly:
			highs++
			if first.IsZero() || from.Before(first) {
				first = from
			}
			if late.IsZero() || until.Before(late) {
				late = until
			}
		case high == calendar.No:
			others++
			if until.After(last) {
				last = until
			}
			if from.After(early) {
				early = from
			}
		default:
			missing = append(missing, unrecorded("how ambitious each milestone is", "an assessment of each milestone on the scale ambition"))
		}
	}
	certain = highs > 0 && others > 0 && first.After(last)
	possible = highs == 0 || others == 0 || late.After(early)
	question := "whether those with the most ambitious milestones settled last in " + name
	switch {
	case !possible, len(missing) == 0 && (highs == 0 || others == 0):
		p.nothing(ref)
	case len(missing) > 0:
		p.cannot(ref, question, dedupeMissing(missing)...)
	case !certain:
		p.cannot(ref, question, Missing{What: "the order in which they settled", Ground: "not known from the dates", Way: "record the days on which settlements were agreed more closely"})
	default:
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, "in "+name+", every settlement for a milestone rated as highly ambitious came after all "+count(float64(others))+" others")+" This is a pattern and no proof.", trigger)
	}
}
