package review

import (
	"math"
	"slices"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rule on milestones that are made easier, and what it reads from their versions.

var quietDilution = &Rule{
	ID: "F31", Slug: "quiet-dilution", Severity: Caution,
	Title: "A milestone was made easier, and why is not recorded",
	Why: "Milestones are there to be changed when something has been learnt, and then somebody can say what. Where a number sinks or a day moves and no reason goes with it, those outside can only guess, and they guess the worst. " +
		"Whether the ambition fell when evidence arrived or when it became awkward is what a reader of the record will want to know.",
	Fires: "A later version by the same claimant asks for less: a lower at_least, a higher at_most, a smaller increase from the same baseline, a number no longer named, a level no longer to be kept, a day certainly more than F31.days later, or any instead of all of its targets; and neither that version nor anything linked to the milestone says why. " +
		"A reason in the version counts; so do decision-informed and lesson events on the milestone or the target, plan-changed and use-changed events on them and a rationale event on the target, each with a reason, and lessons that led to or were used in one of them. " +
		"Corrections say that the record was wrong and are passed over. It does not look at milestones that have kept their first version. It cannot tell where a date is too rough, or where the view leaves out what may give the reason.",
	FalseAlarm: "It was changed by what was learnt, and the evidence is linked.",
	Question:   "What was learnt between the two versions, and who agreed to the change?",
	Sources:    []string{"S1:56", "S0:35"},
	Needs:      []string{"the versions of milestones and targets, with their reasons", "events on them that give a reason, and lessons that led to the change"},
	Thresholds: []Threshold{{Name: "F31.days", Unit: "days", Value: 30,
		Meaning: "by how much the day must move before it counts; no source names a number, and the default passes over moves within a month"}},
	Bad: quietDilutionBad, Good: quietDilutionGood, Unclear: quietDilutionUnclear, Harmless: quietDilutionHarmless,
	check: func(p *pass) {
		taught := p.measureTaught()
		for i := range p.steps {
			p.checkDilution(&p.steps[i], taught)
		}
	},
}

// easing is a version that asks for less than the one before it.
type easing struct {
	evidence, before Evidence
	says             string
	rough            bool // a date is too rough to tell
}

// measureTaught returns the milestones and targets that a lesson led to, or was used in.
func (p *pass) measureTaught() map[record.Ref]bool {
	taught := make(map[record.Ref]bool)
	book := p.lessonBook()
	for _, claims := range book.lessons {
		for _, c := range claims {
			for _, ref := range c.Record.ReusedIn {
				taught[p.m.Fact(ref)] = true
			}
		}
	}
	for _, claims := range book.told {
		for _, c := range claims {
			for _, ref := range c.Record.LedTo {
				taught[p.m.Fact(ref)] = true
			}
		}
	}
	return taught
}

// reasonedChange reports whether something linked to a milestone or target says why it was changed.
func (p *pass) reasonedChange(ref record.Ref, taught map[record.Ref]bool) bool {
	list := p.eventsOn(ref)
	for _, kind := range []string{mission.PlanChanged, mission.UseChanged} {
		if whyStated(list.present(kind)) != "" {
			return true
		}
	}
	return taught[ref] || ref.Kind == milestone.KindTarget && whyStated(list.present(mission.Rationale)) != "" || len(list.present(mission.DecisionInformed)) > 0 || len(list.present(mission.Lesson)) > 0
}

// inTime reports whether a version was known at the moment of the review, and does not certainly start after its day.
func (p *pass) inTime(r *record.Record) bool {
	recorded := r.Recorded
	if s, ok := p.m.Source(r.Source); recorded.IsZero() && ok && r.Source != "" && s.Published.IsResolved() {
		recorded = s.Published.Latest().In(time.UTC)
	}
	known := p.m.Moment(p.at).Known
	if !known.IsZero() && recorded.After(known) {
		return false
	}
	from := r.From
	if from.IsZero() {
		from = calendar.OnDay(dayOf(recorded))
	}
	return p.on.IsZero() || !from.IsResolved() || !from.After(p.on)
}

// successors calls compare with each version and the one before it of the same claimant, where the later one gives no reason, and
// reports whether there is any later version.
func successors[T any, P record.Holder[T]](p *pass, versions []*T, compare func(before, after *T)) bool {
	last := make(map[string]*T)
	later := false
	for _, v := range versions {
		r := P(v).Base()
		if !p.inTime(r) {
			continue
		}
		before := last[r.Claimant]
		switch {
		case r.Verb == record.Retract:
			delete(last, r.Claimant)
			continue
		case !r.Speaks():
			continue
		case before != nil && r.Verb != record.Correct:
			later = true
			if plain(r.Reason) == "" {
				compare(before, v)
			}
		}
		last[r.Claimant] = v
	}
	return later
}

func (p *pass) checkDilution(s *step, taught map[record.Ref]bool) {
	ref, name := milestoneRef(s.id), s.name()
	ids, over := p.measureMissions(s)
	if over {
		return
	}
	subjects := p.measureParts(s)
	reasoned := p.reasonedChange(ref, taught)
	var easier, perhaps []easing
	versions := successors(p, p.plan.MilestoneVersions(s.id), func(before, after *milestone.Milestone) {
		e := easing{evidence: p.evidence(milestone.KindMilestone, &after.Record), before: p.evidence(milestone.KindMilestone, &before.Record)}
		later, certain := p.postponed(before.Due, after.Due)
		if later != "" {
			e.says, e.rough = later, !certain
		}
		if after.Combine == milestone.Any && before.Combine != milestone.Any && len(subjects) > 2 {
			e.says, e.rough = "any of its targets is enough where all were asked for", false
		}
		switch {
		case e.says == "" || reasoned:
		case e.rough:
			perhaps = append(perhaps, e)
		default:
			easier = append(easier, e)
		}
	})
	for _, target := range subjects {
		if target.Kind != milestone.KindTarget {
			continue
		}
		why := reasoned || p.reasonedChange(target, taught)
		moved := successors(p, p.plan.TargetVersions(target.ID), func(before, after *milestone.Target) {
			if says := eased(before, after); says != "" && !why {
				easier = append(easier, easing{evidence: p.evidence(milestone.KindTarget, &after.Record), before: p.evidence(milestone.KindTarget, &before.Record), says: says})
			}
		})
		versions = versions || moved
	}
	if !versions {
		return
	}
	var left []record.Ref
	for _, subject := range subjects {
		left = append(left, p.m.LeftOut(mission.KindEvent, subject, "")...)
	}
	question := "whether " + name + " was made easier without a reason"
	reason := leftOut(left, "why it was changed", "the reason in the version that changed it, or the lesson or decision that it came from")
	switch {
	case len(easier) > 0 && len(left) > 0:
		p.cannot(ref, question, reason)
	case len(easier) > 0:
		var trigger, context []Evidence
		var says []string
		for _, e := range easier {
			trigger, context = append(trigger, e.evidence), append(context, e.before)
			if !slices.Contains(says, e.says) {
				says = append(says, e.says)
			}
		}
		trigger = dedupe(trigger)
		for _, id := range ids {
			context = append(context, proof(p, mission.KindMission, p.said[id])...)
		}
		p.finding(ref, attributed(trigger, name+" was made easier, and no reason or evidence for it is recorded: "+listed(says)+p.says(trigger)), trigger, context...)
	case len(perhaps) > 0:
		p.cannot(ref, question, Missing{What: "by how much its day was moved", Ground: "not known well enough from the dates (" + perhaps[0].says + ")", Way: "record both days more closely"})
	default:
		p.nothing(ref)
	}
}

// postponed says that a day was moved by more than the threshold, and whether that is certain.
func (p *pass) postponed(before, after calendar.When) (says string, certain bool) {
	if !before.IsResolved() || !after.IsResolved() {
		return "", false
	}
	a, b := float64(after.Earliest().Sub(before.Earliest())), float64(after.Latest().Sub(before.Latest()))
	least := p.limit("days")
	if max(a, b) <= least {
		return "", false
	}
	return "its day moved from " + p.when(before) + " to " + p.when(after), min(a, b) > least
}

// eased says how a target asks for less than it did, or nothing.
func eased(before, after *milestone.Target) string {
	name := "a target"
	if n := plain(after.Name); n != "" {
		name = "the target " + quoted(n)
	}
	level := func(q record.Quantity) string { return plain(q.String()) }
	sameStart := before.Baseline == after.Baseline
	was, is := before.Increase.Float(), after.Increase.Float()
	switch {
	case before.Indicator != after.Indicator:
		return "" // it asks for something else
	case measureHasNumber(before) && !measureHasNumber(after):
		return name + " names no number any more"
	case !before.AtLeast.IsZero() && after.AtLeast.IsZero() && !after.AtMost.IsZero() && !before.AtMost.IsZero():
		return name + " has no lower bound any more"
	case !before.AtMost.IsZero() && after.AtMost.IsZero() && !after.AtLeast.IsZero() && !before.AtLeast.IsZero():
		return name + " has no upper bound any more"
	case !before.AtLeast.IsZero() && !after.AtLeast.IsZero() && after.AtLeast.Float() < before.AtLeast.Float():
		return name + " asks for at least " + level(after.AtLeast) + " where it was " + level(before.AtLeast)
	case !before.AtMost.IsZero() && !after.AtMost.IsZero() && after.AtMost.Float() > before.AtMost.Float():
		return name + " asks for at most " + level(after.AtMost) + " where it was " + level(before.AtMost)
	case sameStart && !before.Increase.IsZero() && !after.Increase.IsZero() && was*is >= 0 && math.Abs(is) < math.Abs(was):
		return name + " asks for a change of " + level(after.Increase) + " where it was " + level(before.Increase)
	case before.Maintain && !after.Maintain:
		return name + " no longer asks for the level to be kept"
	}
	return ""
}
