package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on figures that cannot be compared, and on chains of steps that run past their term.

var horizonOverrun = &Rule{
	ID: "F28", Slug: "horizon-overrun", Severity: Caution,
	Title: "What must come before a milestone ends after the term or the money that it has",
	Why: "A first step that leads to a step that leads to a milestone may be sound at each link and end in a time that belongs to somebody else. " +
		"Work that must outlast a term needs those who come next to want it too, and the time to ask them is at the start.",
	Fires: "By the dates recorded for the steps that must be finished before a milestone may start or finish, with their lags and how long it lasts itself, it cannot be reached by the horizon of any of its missions, or by the day until which its own money is firm. " +
		"A step that was met counts from that day, else its forecast counts, else its due day, else what comes before it. A joint decision on the milestone or one of its missions silences it. " +
		"It cannot tell where those dates, or the horizon and the money, are not known well enough, and looks at milestones that something must precede.",
	FalseAlarm: "Those who may come next have agreed to go on with it, and it is recorded.",
	Question:   "Who would have to carry this on after the term, and have they been asked?",
	Sources:    []string{"S1:24", "S4:16"},
	Needs: []string{"dependencies between milestones that order them in time", "when milestones were met, are forecast or are due, and how long they last", "the horizons of missions",
		"the money for milestones and until when it is firm", "joint-decision events"},
	Bad: horizonOverrunBad, Good: horizonOverrunGood, Unclear: horizonOverrunUnclear, Harmless: horizonOverrunHarmless,
	check: (*pass).checkOrder,
}

// reach is when something can be finished at the earliest, as a stretch of days: unknown where nothing bounds it.
type reach struct {
	from, until   calendar.Date // until is zero where nothing bounds it from above
	last          record.ID     // the step before it that decides
	gap           bool          // a date on the way is missing
	known, chains bool
}

func (p *pass) checkOrder() {
	before := make(map[record.ID][]record.Claim[milestone.Dependency])
	for _, c := range sorted(p.plan.Dependencies(p.at)) {
		d := c.Record
		if d.Dependent.Kind == milestone.KindMilestone && d.On.Kind == milestone.KindMilestone && (d.Kind == milestone.FinishStart || d.Kind == milestone.FinishFinish) {
			before[d.Dependent.ID] = append(before[d.Dependent.ID], c)
		}
	}
	if len(before) == 0 {
		return
	}
	steps := make(map[record.ID]*step, len(p.steps))
	for i := range p.steps {
		steps[p.steps[i].id] = &p.steps[i]
	}
	ends := make(map[record.ID]reach, len(p.steps))
	for _, id := range p.plan.Order(p.at) { // none where claimants make a circle of it, which is for another rule to say
		s := steps[id]
		if s == nil {
			continue
		}
		r := p.chainTo(s, before[id], ends)
		if r.chains {
			p.checkPreceding(s, &r, before[id], steps)
		}
		ends[id] = p.ownEnd(s, r)
	}
}

// chainTo works out when a step can be finished at the earliest by what must come before it.
func (p *pass) chainTo(s *step, links []record.Claim[milestone.Dependency], ends map[record.ID]reach) reach {
	r := reach{chains: len(links) > 0}
	var lasts calendar.Days
	for _, c := range s.claims {
		lasts = max(lasts, c.Record.Lasts)
	}
	bounded := true
	for _, c := range links {
		d := c.Record
		on, ok := ends[d.On.ID]
		if !ok || !on.known {
			r.gap, bounded = true, false
			continue
		}
		r.gap = r.gap || on.gap
		lag := d.LagDays + calendar.Days(int64(d.Lag)/(24*60))
		if d.Kind == milestone.FinishStart {
			lag += lasts
		}
		if from := on.from.Add(lag); !r.known || from.After(r.from) {
			r.from, r.last, r.known = from, d.On.ID, true
		}
		if on.until.IsZero() {
			bounded = false
		} else if until := on.until.Add(lag); until.After(r.until) {
			r.until = until
		}
	}
	if !bounded {
		r.until = calendar.Date{}
	}
	return r
}

// ownEnd is when a step counts as finished for those after it: by its own dates, failing that by what precedes it.
func (p *pass) ownEnd(s *step, chain reach) reach {
	var days []calendar.When
	for _, of := range []func(*milestone.Milestone) calendar.When{
		func(m *milestone.Milestone) calendar.When { return m.Met },
		func(m *milestone.Milestone) calendar.When { return m.Forecast },
		func(m *milestone.Milestone) calendar.When { return m.Due },
	} {
		for _, c := range s.claims {
			if w := of(c.Record); w.IsResolved() {
				days = append(days, w)
			}
		}
		if len(days) > 0 {
			break
		}
	}
	if len(days) == 0 {
		chain.gap = chain.gap || !chain.chains
		return chain
	}
	r := reach{known: true}
	for _, w := range days {
		if r.from.IsZero() || w.Earliest().Before(r.from) {
			r.from = w.Earliest()
		}
		if w.Latest().After(r.until) {
			r.until = w.Latest()
		}
	}
	return r
}

func (p *pass) checkPreceding(s *step, r *reach, links []record.Claim[milestone.Dependency], steps map[record.ID]*step) {
	ref := milestoneRef(s.id)
	question := "whether what must come before " + s.name() + " ends in time"
	subjects := []record.Ref{ref}
	var ends []calendar.When // the ends of its term and of its money
	var words []string
	for _, id := range missionsOf(s.claims) {
		subjects = append(subjects, missionRef(id))
		for _, c := range p.said[id] {
			if c.Record.Horizon.IsResolved() {
				ends, words = append(ends, c.Record.Horizon), append(words, "the horizon of "+p.missionName(id))
			}
		}
	}
	var latest calendar.When
	open := false
	for _, t := range p.terms(ref) {
		open = open || len(t.ends) == 0
		for _, end := range t.ends {
			if !end.IsResolved() {
				open = true
			} else if latest.IsZero() || end.Latest().After(latest.Latest()) {
				latest = end
			}
		}
	}
	if !latest.IsZero() && !open {
		ends, words = append(ends, latest), append(words, "the end of its firm money")
	}
	if p.anyHappened(mission.JointDecision, subjects...) {
		p.nothing(ref)
		return
	}
	late, clear := -1, len(ends) > 0 && !r.until.IsZero()
	for i, end := range ends {
		if r.known && r.from.After(end.Latest()) && late < 0 {
			late = i
		}
		clear = clear && !r.until.After(end.Earliest())
	}
	switch {
	case late >= 0:
		trigger := proof(p, milestone.KindDependency, links)
		text := attributed(trigger, "by what must come before it, "+s.name()+" cannot be reached before "+day(r.from)+", after "+words[late]+" ("+p.when(ends[late])+")")
		context := proof(p, milestone.KindMilestone, s.claims)
		if on := steps[r.last]; on != nil {
			text += " What decides it is " + on.name() + "."
			context = append(context, proof(p, milestone.KindMilestone, on.claims)...)
		}
		p.finding(ref, text, trigger, context...)
	case len(ends) == 0:
		p.cannot(ref, question, unrecorded("by when it is to be done", "the horizon of its mission, or until when its money is firm"))
	case clear && !r.gap:
		p.nothing(ref)
	default:
		p.cannot(ref, question, Missing{What: "when what precedes it will be done", Ground: "not known well enough", Way: "record a forecast or a due day for each step that must come before it, as closely as it is known"})
	}
}

var missingBaseline = &Rule{
	ID: "F29", Slug: "missing-baseline", Severity: Note,
	Title: "A milestone asks for a number, and nobody knows where things stood at the start",
	Why:   "Without a starting point, nobody can tell a milestone that was nearly met when it was set from one that was out of reach, nor how much of what followed was its doing.",
	Fires: "A target of the milestone asks for a level or an increase, has no baseline of its own, and the reading marked as the baseline of its indicator is stated to be unknown. " +
		"A target that gives a direction only, that counts from nothing upwards (its indicator adds up), or that is achieved or not needs none. It cannot tell where no baseline is recorded, or it is withheld or still to come.",
	FalseAlarm: "The milestone asks for a direction and names no number on purpose.",
	Question:   "What was the figure on the day this was set, and who could still find out?",
	Sources:    []string{"S0:5"},
	Needs:      []string{"targets with their baselines", "the readings of their indicators that are marked as the baseline", "whether indicators add up"},
	Bad:        missingBaselineBad, Good: missingBaselineGood, Unclear: missingBaselineUnclear, Harmless: missingBaselineHarmless,
	check: func(p *pass) {
		for i := range p.steps {
			p.checkBaselines(&p.steps[i])
		}
	},
}

func (p *pass) checkBaselines(s *step) {
	ref := milestoneRef(s.id)
	var trigger []Evidence
	var names []string
	var missing []Missing
	targets := factsOf(p.plan.Targets(s.id, p.at))
	for i := range targets {
		t := targets[i].claims[0].Record
		quantified := slices.ContainsFunc(targets[i].claims, func(c record.Claim[milestone.Target]) bool {
			return !c.Record.AtLeast.IsZero() || !c.Record.AtMost.IsZero() || !c.Record.Increase.IsZero()
		})
		if !quantified || t.Indicator == "" || slices.ContainsFunc(targets[i].claims, func(c record.Claim[milestone.Target]) bool { return !c.Record.Baseline.IsZero() }) {
			continue
		}
		adds := slices.ContainsFunc(p.plan.Indicator(t.Indicator, p.at), func(c record.Claim[milestone.Indicator]) bool { return c.Record.Reading == milestone.Flow })
		if adds && t.Increase.IsZero() {
			continue
		}
		name := plain(p.m.Name(record.Ref{Kind: milestone.KindIndicator, ID: t.Indicator}))
		known, denied, kept := baselineOf(sorted(p.plan.Observations(t.Indicator, p.at)))
		switch {
		case known:
		case len(denied) > 0 && kept.State == 0:
			names = append(names, quoted(name))
			trigger = append(trigger, proof(p, milestone.KindObservation, denied)...)
		default:
			missing = append(missing, unknown("the baseline of "+quoted(name), kept.State, kept.Ground, "a reading marked as the baseline, or that it is unknown"))
		}
	}
	switch {
	case len(targets) == 0:
	case len(names) > 0:
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, s.name()+" asks for a number of "+listed(names)+", of which the baseline is not known"), trigger, proof(p, milestone.KindMilestone, s.claims)...)
	case len(missing) > 0:
		p.cannot(ref, "whether "+s.name()+" has something to start from", dedupeMissing(missing)...)
	default:
		p.nothing(ref)
	}
}

// baselineOf says whether a baseline is known, which readings say that it is not, and one that is kept back.
func baselineOf(readings []record.Claim[milestone.Observation]) (known bool, denied []record.Claim[milestone.Observation], kept record.Value[record.Quantity]) {
	for _, c := range readings {
		if !c.Record.Baseline {
			continue
		}
		switch v := c.Record.Value; v.State {
		case record.StateKnown, record.StateNotApplicable:
			known = true
		case record.StateUnknown:
			denied = append(denied, c)
		default:
			if kept.State == 0 {
				kept = v
			}
		}
	}
	return known, denied, kept
}

var mixedBasis = &Rule{
	ID: "F30", Slug: "mixed-basis-arithmetic", Severity: Serious,
	Title: "Amounts on different price bases stand in one sum",
	Why: "A pound of this year and a pound in the prices of ten years ago are different things, and so are a total and an amount per head. Put into one sum, or taken one from the other, they give a number that means nothing and is quoted as if it did. " +
		"This is an error in the figures and says nothing about anybody's conduct.",
	Fires: "The shares of one pool, or the amount of one settlement and of the allocations that are part of it, are recorded on price bases whose words differ. " +
		"A converted event on the pool or the settlement silences it. It cannot tell where two or more amounts stand together and the basis of some is not recorded or claimants differ on it, and looks only where at least two do.",
	FalseAlarm: "The amounts have been brought to one basis, and the words have not been.",
	Question:   "On which basis was the sum worked out, and what is each amount on that basis?",
	Sources:    []string{"S1:31"},
	Needs:      []string{"the price basis of shares, settlements and allocations", "converted events"},
	Bad:        mixedBasisBad, Good: mixedBasisGood, Unclear: mixedBasisUnclear, Harmless: mixedBasisHarmless,
	check: func(p *pass) {
		f := p.purse()
		sums := make(map[record.ID][]amount)
		for i := range f.settlements {
			s := &f.settlements[i]
			sums[s.id] = tally(sums[s.id], p, funding.KindSettlement, s, func(r *funding.Settlement) (record.Value[record.Money], string) { return r.Amount, r.Basis })
		}
		for i := range f.allocations {
			a := &f.allocations[i]
			if id := a.claims[0].Record.Settlement; f.settlement[id] != nil {
				sums[id] = tally(sums[id], p, funding.KindAllocation, a, func(r *funding.Allocation) (record.Value[record.Money], string) { return r.Amount, r.Basis })
			}
		}
		for _, id := range sortedKeys(sums) {
			p.checkBases(settlementRef(id), p.settlementName(f.settlement[id]), sums[id])
		}
		for i := range f.pools {
			var list []amount
			shares := factsOf(p.m.Accounts().Shares(f.pools[i].id, p.at))
			for k := range shares {
				list = tally(list, p, funding.KindShare, &shares[k], func(r *funding.Share) (record.Value[record.Money], string) { return r.Amount, r.Basis })
			}
			p.checkBases(poolRef(f.pools[i].id), p.subjectName(poolRef(f.pools[i].id)), list)
		}
	},
}

// amount is a sum of money and its price basis in words: none where nobody says or claimants differ.
type amount struct {
	records []Evidence
	basis   string
}

// tally adds an amount to a list, if anybody knows it.
func tally[T any, P record.Holder[T]](list []amount, p *pass, kind record.Kind, f *fact[T], of func(*T) (record.Value[record.Money], string)) []amount {
	var a amount
	differ := false
	for _, c := range f.claims {
		v, basis := of(c.Record)
		if _, known := v.Get(); !known {
			continue
		}
		basis = plain(basis)
		differ = differ || a.basis != "" && basis != "" && !strings.EqualFold(a.basis, basis)
		if a.basis == "" {
			a.basis = basis
		}
		a.records = append(a.records, p.evidence(kind, P(c.Record).Base()))
	}
	if len(a.records) == 0 {
		return list
	}
	if differ {
		a.basis = ""
	}
	return append(list, a)
}

func (p *pass) checkBases(ref record.Ref, name string, list []amount) {
	if len(list) < 2 {
		return
	}
	var words []string
	var trigger []Evidence
	silent := false
	for _, a := range list {
		if a.basis == "" {
			silent = true
			continue
		}
		trigger = append(trigger, a.records...)
		if !slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, a.basis) }) {
			words = append(words, a.basis)
		}
	}
	slices.Sort(words)
	switch {
	case p.anyHappened(mission.Converted, ref):
		p.nothing(ref)
	case len(words) > 1:
		for i := range words {
			words[i] = quoted(words[i])
		}
		p.finding(ref, attributed(trigger, "the amounts that make up "+name+" are on different price bases: "+listed(words)), trigger)
	case silent:
		p.cannot(ref, "whether the amounts that make up "+name+" may be put into one sum", unrecorded("one price basis for each of them", "the price basis of each amount, and settle it where claimants differ"))
	default:
		p.nothing(ref)
	}
}
