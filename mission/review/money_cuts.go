package review

import (
	"slices"
	"strconv"

	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on cuts.

var cutWithoutReform = &Rule{
	ID: "F77", Slug: "cut-without-reform", Severity: Caution,
	Title: "Money or capacity was cut, and the work is to be done as before",
	Why: "A cut is not wrong in itself. Where the way of working stays as it is, it ends in less being done, usually of what nobody is made to do, " +
		"and the saving comes back as somebody else's cost.",
	Fires: "A cut event is recorded on a subject, or an allocation is less than it was, and a practice-change event marked absent, on the subject or on what the allocation is for, says that nothing has changed in how the work is done. " +
		"A practice change there, or anything that the cut is recorded to have led to, silences it; so does a need-fell event. It cannot tell where neither is recorded.",
	FalseAlarm: "What the money was for is truly needed less than before.",
	Question:   "What is no longer done, and what is done in another way, now that there is less?",
	Sources:    []string{"S1:39", "S0:40"},
	Needs:      []string{"cut events, with what they led to", "allocations with the amount that stood before", "practice-change events, present or marked absent", "need-fell events"},
	Bad:        cutWithoutReformBad, Good: cutWithoutReformGood, Unclear: cutWithoutReformUnclear, Harmless: cutWithoutReformHarmless,
	check: func(p *pass) {
		f := p.purse()
		shrunk := make(map[record.Ref]bool)
		var subjects []record.Ref
		for i := range f.allocations {
			known, _ := changes(&f.allocations[i])
			if slices.ContainsFunc(known, func(d drop) bool { return d.now.Minor < d.was.Minor }) {
				ref := allocationRef(f.allocations[i].id)
				shrunk[ref] = true
				subjects = append(subjects, ref)
			}
		}
		for _, ref := range f.cut {
			if !shrunk[ref] {
				subjects = append(subjects, ref)
			}
		}
		for _, ref := range subjects {
			p.checkCut(ref)
		}
	},
}

func (p *pass) checkCut(ref record.Ref) {
	cuts, _ := p.events(ref, mission.Cut)
	places := []record.Ref{ref} // where a change of the work would be recorded
	trigger := proof(p, mission.KindEvent, cuts)
	var what string
	name := p.subjectName(ref)
	if a := p.purse().allocation[ref.ID]; ref.Kind == funding.KindAllocation && a != nil {
		known, _ := changes(a)
		for _, d := range known {
			if d.now.Minor < d.was.Minor {
				trigger = append(trigger, p.evidence(funding.KindAllocation, &d.claim.Record.Record))
				if what == "" {
					what = " from " + d.was.String() + " to " + d.now.String()
				}
			}
		}
		for _, c := range a.claims {
			places = append(places, c.Record.Subject)
		}
	}
	linked := slices.ContainsFunc(cuts, func(c record.Claim[mission.Event]) bool { return len(c.Record.LedTo) > 0 })
	if linked || p.anyHappened(mission.PracticeChange, places...) || p.anyHappened(mission.NeedFell, places...) {
		p.nothing(ref)
		return
	}
	var denied []record.Claim[mission.Event]
	var missed []record.Ref
	for _, place := range dedupeRefs(places) {
		denied = append(denied, p.recall(place, mission.PracticeChange).absent...)
		missed = append(missed, p.m.LeftOut(mission.KindEvent, place, mission.PracticeChange)...)
	}
	if len(denied) == 0 {
		p.cannot(ref, "whether the cut in "+name+" came with a change in how the work is done",
			leftOut(missed, "what changed with it", "a practice-change event on what was cut, or one marked absent, or what the cut led to"))
		return
	}
	denials := proof(p, mission.KindEvent, denied)
	verb := " was cut"
	if what == "" && slices.ContainsFunc(cuts, func(c record.Claim[mission.Event]) bool { _, known := c.Record.Amount.Get(); return known }) {
		for _, c := range cuts {
			if amount, known := c.Record.Amount.Get(); known {
				what = " by " + positive(amount).String()
				break
			}
		}
	}
	clause := name + verb + what + ", and nothing has changed in how the work is done"
	if weak(denials) && !weak(trigger) { // the cut is on record, and only the rest is said
		clause += " (the cut itself is recorded)"
		p.finding(ref, attributed(denials, clause), denials, trigger...)
		return
	}
	if weak(trigger) && !weak(denials) {
		p.finding(ref, attributed(trigger, clause), trigger, denials...)
		return
	}
	all := dedupe(append(trigger, denials...))
	p.finding(ref, attributed(all, clause), all)
}

func positive(m record.Money) record.Money {
	if m.Minor < 0 && -m.Minor > 0 {
		m.Minor = -m.Minor
	}
	return m
}

// dedupeRefs sorts references and drops what is there twice or empty.
func dedupeRefs(refs []record.Ref) []record.Ref {
	refs = slices.DeleteFunc(slices.Clone(refs), record.Ref.IsZero)
	slices.SortFunc(refs, record.Ref.Compare)
	return slices.Compact(refs)
}

// percent writes a share without decimals that say little.
func percent(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) + "%" }

var cutUnderMilestone = &Rule{
	ID: "F78", Slug: "cut-under-milestone", Severity: Serious,
	Title: "A milestone leans on a service that can do much less than it could",
	Why: "Milestones are set at the centre and met by services, some of which lost much of their capacity in years when nobody thought of the milestone. " +
		"If that is not made good, the milestone asks of a service what it could do once.",
	Fires: "A milestone depends on a service whose capacity, by its latest reading up to the day, has fallen by more than F78.percent since the reading marked as the baseline. " +
		"A replaced event on the service, which says that something else does its work, sets it aside. It cannot tell where the capacity has no indicator, no baseline or no later reading, or readings differ on it, and looks at no milestone that depends on no service.",
	FalseAlarm: "Another route to the milestone has taken the place of the service.",
	Question:   "Who has asked the service whether it can still do this, and what would it take?",
	Sources:    []string{"S1:33", "S1:34"},
	Needs:      []string{"dependencies of milestones on initiatives that are services", "the indicators of their capacity, with a baseline and readings", "replaced events"},
	Thresholds: []Threshold{{Name: "F78.percent", Unit: "percent", Value: 20,
		Meaning: "how far capacity may fall from the baseline; no source names a limit, the cuts that S1:34 tells of are of 40 to 67 per cent, and the default is half of the smallest of them"}},
	Bad: cutUnderMilestoneBad, Good: cutUnderMilestoneGood, Unclear: cutUnderMilestoneUnclear, Harmless: cutUnderMilestoneHarmless,
	check: func(p *pass) {
		leans := make(map[record.ID][]record.Claim[milestone.Dependency])
		for _, c := range sorted(p.plan.Dependencies(p.at)) {
			if d := c.Record; d.Dependent.Kind == milestone.KindMilestone && d.On.Kind == mission.KindInitiative {
				leans[d.Dependent.ID] = append(leans[d.Dependent.ID], c)
			}
		}
		services := make(map[record.ID]*capacity)
		for i := range p.steps {
			if on := leans[p.steps[i].id]; len(on) > 0 {
				p.checkCapacity(&p.steps[i], on, services)
			}
		}
	},
}

// capacity is what became of what a service can do.
type capacity struct {
	name            string
	apart           bool // no service, or something else does its work
	fell            calendar.Certainty
	text            string // how far it fell
	trigger, around []Evidence
	missing         Missing
}

func (p *pass) checkCapacity(s *step, on []record.Claim[milestone.Dependency], services map[record.ID]*capacity) {
	ref := milestoneRef(s.id)
	var texts []string
	var trigger []Evidence
	var missing []Missing
	context := append(proof(p, milestone.KindMilestone, s.claims), proof(p, milestone.KindDependency, on)...)
	var weakest []Evidence // what it leans on is said in weak records only
	done, looked := make(map[record.ID]bool), false
	for _, c := range on {
		id := c.Record.On.ID
		if done[id] {
			continue
		}
		done[id] = true
		service := services[id]
		if service == nil {
			service = p.capacityOf(id)
			services[id] = service
		}
		if service.apart && len(service.around) == 0 {
			continue // no service
		}
		looked = true
		switch {
		case service.apart:
		case service.fell == calendar.Certainly:
			texts = append(texts, service.text)
			trigger = append(trigger, service.trigger...)
			context = append(context, service.around...)
			weakest = append(weakest, proof(p, milestone.KindDependency, []record.Claim[milestone.Dependency]{c})...)
		case service.fell != calendar.No:
			missing = append(missing, service.missing)
		}
	}
	switch {
	case !looked:
	case len(texts) > 0:
		if weak(weakest) && !weak(trigger) {
			trigger, context = weakest, append(context, trigger...)
		}
		p.finding(ref, attributed(trigger, s.name()+" leans on "+listed(texts)), dedupe(trigger), context...)
	case len(missing) > 0:
		p.cannot(ref, "whether "+s.name()+" leans on a service that has been cut", dedupeMissing(missing)...)
	default:
		p.nothing(ref)
	}
}

// capacityOf reads what became of what an initiative can do.
func (p *pass) capacityOf(id record.ID) *capacity {
	claims := sorted(p.m.Initiative(id, p.at))
	v := &capacity{name: "the service " + quoted(p.initiativeName(id, claims)), apart: true}
	var indicator record.ID
	for _, c := range claims {
		n := c.Record
		if indicator == "" {
			indicator = n.Capacity
		}
		if n.Kind == mission.Service || n.Kind == "" || n.Capacity != "" {
			v.apart = false
		}
	}
	if v.apart {
		return v
	}
	v.around = proof(p, mission.KindInitiative, claims)
	switch {
	case p.happened(initiativeRef(id), mission.Replaced):
		v.apart = true
	case indicator == "":
		v.missing = unrecorded("how much "+v.name+" can do", "an indicator of the capacity of the service, with its readings")
	default:
		p.readCapacity(v, indicator)
	}
	return v
}

func (p *pass) readCapacity(v *capacity, indicator record.ID) {
	what := "what became of the capacity of " + v.name
	if p.on.IsZero() {
		v.missing = noDay()
		return
	}
	var base, latest []record.Claim[milestone.Observation]
	var kept record.Value[record.Quantity]
	var after calendar.Date
	readings := sorted(p.plan.Observations(indicator, p.at))
	for _, c := range readings {
		o := c.Record
		if _, known := o.Value.Get(); o.Baseline && known && o.Period.IsResolved() {
			switch day := o.Period.Latest(); {
			case after.IsZero() || day.Before(after):
				base, after = []record.Claim[milestone.Observation]{c}, day
			case day == after:
				base = append(base, c)
			}
		}
	}
	for _, c := range readings {
		o := c.Record
		_, known := o.Value.Get()
		switch {
		case !known:
			if kept.State == 0 {
				kept = o.Value
			}
		case o.Baseline, !o.Period.IsResolved(), o.Period.Latest().After(p.on), !o.Period.Latest().After(after):
		case len(latest) == 0, o.Period.Latest().After(latest[0].Record.Period.Latest()):
			latest = []record.Claim[milestone.Observation]{c}
		case o.Period.Latest() == latest[0].Record.Period.Latest():
			latest = append(latest, c)
		}
	}
	way := "a reading marked as the baseline, and a later one"
	if len(base) == 0 || len(latest) == 0 {
		v.missing = unknown(what, kept.State, kept.Ground, way)
		return
	}
	for _, b := range base {
		for _, l := range latest {
			was, now := value(b).Float(), value(l).Float()
			if !(was > 0) {
				v.missing = Missing{What: what, Ground: "not to be worked out from a baseline of " + value(b).String(), Way: "record " + way}
				return
			}
			fell, verdict := 100*(was-now)/was, calendar.No
			if fell > p.limit("percent") {
				verdict = calendar.Certainly
			}
			if v.fell != 0 && v.fell != verdict {
				v.fell, v.missing = calendar.Possibly, contested(what, way)
				return
			}
			v.fell = verdict
			if v.text == "" {
				v.text = v.name + ", whose capacity fell by " + percent(fell) + " from " + p.when(b.Record.Period) + " to " + p.when(l.Record.Period)
			}
		}
	}
	v.trigger = append(proof(p, milestone.KindObservation, base), proof(p, milestone.KindObservation, latest)...)
}

func value(c record.Claim[milestone.Observation]) record.Quantity {
	q, _ := c.Record.Value.Get()
	return q
}
