package review

import (
	"math"
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on where changes of money fall.

var regressiveChange = &Rule{
	ID: "F79", Slug: "regressive-change", Severity: Caution,
	Title: "A cut falls harder on more deprived areas than on less deprived ones",
	Why: "Formulas that look alike for all can take most from where need is greatest, because those places rest most on the money that is cut. " +
		"Missions then ask most of the services that lost most, and the gap that they are to close grows.",
	Fires: "The allocations of one review, or failing that for one subject, to parties whose areas have a deprivation tenth fall, taken together, in the five more deprived tenths, and by at least F79.points percentage points more than in the five less deprived ones. " +
		"Allocations in another currency or on another price basis are not put together. A need-fell event on the review or the subject silences it. It cannot tell where a tenth, an amount or the basis is not recorded, or one half of the tenths is not there, and looks only where at least two parties that are local, or whose tenth is recorded, are given another amount than before.",
	FalseAlarm: "Need fell more where the cut fell more, and there is evidence of it.",
	Question:   "What does the money do in the places that lost most, and who has looked at the change place by place?",
	Sources:    []string{"S1:35"},
	Needs:      []string{"allocations with the amount that stood before, to parties whose deprivation tenth is recorded", "the price basis of those amounts", "need-fell events"},
	Thresholds: []Threshold{{Name: "F79.points", Unit: "percentage points", Value: 5,
		Meaning: "how much more the deprived half must lose; no source names a limit, the gap that S1:35 tells of is of 20 points, and the default is a quarter of it"}},
	Bad: regressiveChangeBad, Good: regressiveChangeGood, Unclear: regressiveChangeUnclear, Harmless: regressiveChangeHarmless,
	check: func(p *pass) {
		f := p.purse()
		groups := make(map[record.Ref][]*fact[funding.Allocation])
		for i := range f.allocations {
			a := &f.allocations[i]
			r := a.claims[0].Record
			to, changed := record.ID(""), false
			for _, c := range a.claims {
				if to == "" {
					to = c.Record.To
				}
				changed = changed || c.Record.Was.State != 0
			}
			if !changed || !p.local(to) {
				continue
			}
			ref := r.Subject
			review := r.Review
			if s := f.settlement[r.Settlement]; review == "" && s != nil {
				review = s.claims[0].Record.Review
			}
			if f.review[review] != nil {
				ref = reviewRef(review)
			}
			if !ref.IsZero() {
				groups[ref] = append(groups[ref], a)
			}
		}
		for _, ref := range sortedRefs(groups) {
			if len(groups[ref]) > 1 {
				p.checkRegressive(ref, groups[ref])
			}
		}
	},
}

// tenth is the deprivation tenth of a party's area: zero where it is not stated, out of bounds, or claimants differ.
func (p *pass) tenth(id record.ID) int {
	tenth := 0
	for _, c := range p.register.Party(id, p.at) {
		switch t := c.Record.DeprivationTenth; {
		case t < 0 || t > 10 || tenth != 0 && t != 0 && t != tenth:
			return 0
		case t != 0:
			tenth = t
		}
	}
	return tenth
}

// local reports whether a party is one whose area may be more or less deprived than others.
func (p *pass) local(id record.ID) bool {
	if id == "" {
		return false
	}
	known := p.party(id)
	return known.kind == accountability.Place || p.tenth(id) != 0 ||
		slices.ContainsFunc(p.tier(id), func(t string) bool { return t == accountability.TierLocal || t == accountability.TierCommunity })
}

// half is what one half of the tenths was given, before and after.
type half struct{ was, now float64 }

// change is how much it changed, in percent.
func (h half) change() float64 { return 100 * (h.now - h.was) / h.was }

func (p *pass) checkRegressive(ref record.Ref, money []*fact[funding.Allocation]) {
	name := p.subjectName(ref)
	question := "whether the change in the money of " + name + " falls harder on more deprived areas"
	if p.happened(ref, mission.NeedFell) {
		p.nothing(ref)
		return
	}
	var poor, rich half
	var trigger, context []Evidence
	var missing []Missing
	var untold []record.ID
	var currency record.Currency
	basis, mixed := "", false
	for i, a := range money {
		r := a.claims[0].Record
		tenth := p.tenth(r.To)
		known, kept := changes(a)
		switch {
		case len(known) == 0:
			missing = append(missing, unknown("what was given to "+p.partyName(r.To)+" before and after", kept.State, kept.Ground, "both amounts, in one currency"))
			continue
		case slices.ContainsFunc(known, func(d drop) bool { return d.was != known[0].was || d.now != known[0].now }):
			missing = append(missing, contested("what was given to "+p.partyName(r.To)+" before and after", "both amounts"))
			continue
		case tenth == 0:
			untold = append(untold, r.To)
			continue
		}
		d := known[0]
		if i == 0 || currency == "" {
			currency, basis = d.now.Currency, plain(r.Basis)
		}
		mixed = mixed || currency != d.now.Currency || basis != plain(r.Basis)
		side := &poor
		if tenth > 5 {
			side = &rich
		}
		side.was += float64(d.was.Minor)
		side.now += float64(d.now.Minor)
		trigger = append(trigger, proof(p, funding.KindAllocation, a.claims)...)
		context = append(context, proof(p, accountability.KindParty, p.register.Party(r.To, p.at))...)
	}
	if len(untold) > 0 {
		slices.Sort(untold)
		missing = append(missing, unrecorded("how deprived the area of "+p.partyNames(slices.Compact(untold))+" is", "the deprivation tenth of the area of each"))
	}
	switch {
	case mixed:
		missing = append(missing, Missing{What: "one price basis and currency of the amounts", Ground: "not to be had: they differ", Way: "record the amounts on one basis and in one currency"})
	case len(missing) == 0 && (!(poor.was > 0) || !(rich.was > 0)):
		missing = append(missing, unrecorded("what both more and less deprived areas were given", "the amounts for areas of both halves of the tenths"))
	}
	switch {
	case len(missing) > 0:
		p.cannot(ref, question, dedupeMissing(missing)...)
	case poor.change() < 0 && rich.change()-poor.change() >= p.limit("points"):
		text := attributed(trigger, "the money of "+name+" changed by "+signed(poor.change())+" in the more deprived half of areas and by "+signed(rich.change())+" in the less deprived half")
		text += " The gap is " + hundredths(rich.change()-poor.change()) + " percentage points"
		if rich.change() < 0 {
			text += ", and the one fell " + hundredths(poor.change()/rich.change()) + " times as much as the other"
		}
		text += "."
		if basis == "" {
			text += " The price basis is not recorded."
		}
		p.finding(ref, text, trigger, context...)
	default:
		p.nothing(ref)
	}
}

// hundredths is a number rounded to two places: "2.33", "20".
func hundredths(f float64) string { return count(math.Round(100*f) / 100) }

// signed is a percentage with its sign in words that read in any font.
func signed(f float64) string {
	if f > 0 {
		return "+" + percent(f)
	}
	return percent(f)
}

var preventionCrowdedOut = &Rule{
	ID: "F80", Slug: "prevention-crowded-out", Severity: Caution,
	Title: "Money to keep needs from arising shrinks while money to meet them grows in the same budget",
	Why: "Those in need today have a claim that cannot wait, and what prevents tomorrow's need has no claimant. So within one budget the acute line takes from the preventive one year after year, and need grows because of it. " +
		"Missions mostly ask for prevention.",
	Fires: "An allocation for prevention is less than it was, and an allocation for acute need in the same budget is more than it was: one settlement, else one pool, else what one party may spend under one review. " +
		"Prevention for the same subject that grew elsewhere by at least as much silences it. It cannot tell where the amount that stood before is not recorded, or where no acute line is known to have grown and not all lines of the budget are known.",
	FalseAlarm: "Prevention has moved to another budget.",
	Question:   "What will the need be in five years if this line stays where it is now, and who holds the money that would say?",
	Sources:    []string{"S1:34", "S1:13"},
	Needs:      []string{"allocations with their nature, their amounts and those that stood before", "their settlement, pool or review and who may spend them"},
	Bad:        preventionCrowdedOutBad, Good: preventionCrowdedOutGood, Unclear: preventionCrowdedOutUnclear, Harmless: preventionCrowdedOutHarmless,
	check: func(p *pass) {
		f := p.purse()
		budgets := make(map[string][]*fact[funding.Allocation])
		grew := make(map[growth]int64)
		for i := range f.allocations {
			a := &f.allocations[i]
			if key := budget(a); key != "" {
				budgets[key] = append(budgets[key], a)
			}
			if up, more := rose(a); nature(a) == funding.Prevention && up == calendar.Certainly {
				grew[growth{a.claims[0].Record.Subject, currencyOf(a), ""}] += more
				if key := budget(a); key != "" {
					grew[growth{a.claims[0].Record.Subject, currencyOf(a), key}] += more
				}
			}
		}
		grown := make(map[string]lines)
		for i := range f.allocations {
			a := &f.allocations[i]
			if nature(a) != funding.Prevention {
				continue
			}
			key := budget(a)
			l, ok := grown[key]
			if !ok {
				l = p.readLines(budgets[key])
				grown[key] = l
			}
			at := growth{a.claims[0].Record.Subject, currencyOf(a), ""}
			elsewhere := grew[at]
			if at.budget = key; key != "" {
				elsewhere -= grew[at]
			}
			p.checkPrevention(a, key, &l, elsewhere)
		}
	},
}

// growth is where money for prevention grew: in one budget, or, where that is empty, in all of them.
type growth struct {
	subject  record.Ref
	currency record.Currency
	budget   string
}

// budget names the budget that an allocation is a line of: empty where the records do not say.
func budget(a *fact[funding.Allocation]) string {
	for _, c := range a.claims {
		switch r := c.Record; {
		case r.Settlement != "":
			return "settlement " + string(r.Settlement)
		case r.Pool != "":
			return "pool " + string(r.Pool)
		case r.Review != "" && r.To != "":
			return "review " + string(r.Review) + " " + string(r.To)
		}
	}
	return ""
}

// nature is what sort of spending all who say so say it is: empty where nobody says or they differ.
func nature(a *fact[funding.Allocation]) string {
	word := ""
	for _, c := range a.claims {
		switch n := c.Record.Nature; {
		case n == "" || n == word:
		case word != "":
			return ""
		default:
			word = n
		}
	}
	return word
}

// rose says how an amount changed: Certainly up, No down, Possibly where claimants differ on it, zero where it is not known.
// An amount that stayed the same is neither, and counts as down by nothing.
func rose(a *fact[funding.Allocation]) (up calendar.Certainty, by int64) {
	known, _ := changes(a)
	for _, d := range known {
		one := calendar.No
		if d.now.Minor > d.was.Minor {
			one = calendar.Certainly
		}
		if up != 0 && up != one {
			return calendar.Possibly, 0
		}
		up, by = one, d.now.Minor-d.was.Minor
	}
	return up, by
}

// lines is what is known of the acute lines of a budget.
type lines struct {
	grown   []Evidence // those that grew
	acute   int
	unknown bool // there is a line of which the nature or the change is not known
}

func (p *pass) readLines(budget []*fact[funding.Allocation]) lines {
	var l lines
	for _, a := range budget {
		up, _ := rose(a)
		switch nature(a) {
		case funding.Acute:
			l.acute++
			if up == calendar.Certainly {
				l.grown = append(l.grown, proof(p, funding.KindAllocation, a.claims)...)
			}
			l.unknown = l.unknown || up == 0 || up == calendar.Possibly
		case "":
			l.unknown = l.unknown || up != calendar.No
		}
	}
	return l
}

func (p *pass) checkPrevention(a *fact[funding.Allocation], key string, l *lines, elsewhere int64) {
	ref, name := allocationRef(a.id), p.allocationName(a)
	question := "whether acute need crowds out " + name
	up, by := rose(a)
	_, kept := changes(a)
	switch {
	case up == 0:
		p.cannot(ref, question, unknown("how it changed", kept.State, kept.Ground, "the amount, and the amount that stood before"))
	case up == calendar.Possibly:
		p.cannot(ref, question, contested("how it changed", "both amounts"))
	case up == calendar.Certainly || by == 0 || elsewhere >= -by:
		p.nothing(ref)
	case key == "":
		p.cannot(ref, question, unrecorded("which budget it is a line of", "the settlement, the pool, or the review with who may spend it"))
	case len(l.grown) > 0:
		known, _ := changes(a)
		trigger := append(proof(p, funding.KindAllocation, a.claims), l.grown...)
		p.finding(ref, attributed(trigger, name+", for prevention, fell from "+known[0].was.String()+" to "+known[0].now.String()+" while money for acute need in the same budget grew"), trigger)
	case l.unknown || l.acute == 0:
		p.cannot(ref, question, unrecorded("how the acute lines of the same budget changed", "the nature of each line of the budget, with its amount and the one that stood before"))
	default:
		p.nothing(ref)
	}
}

func currencyOf(a *fact[funding.Allocation]) record.Currency {
	known, _ := changes(a)
	if len(known) == 0 {
		return ""
	}
	return known[0].now.Currency
}
