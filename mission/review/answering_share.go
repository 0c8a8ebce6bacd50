package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on what several carry together.

var diffuseAccountability = &Rule{
	ID: "F52", Slug: "diffuse-accountability", Severity: Caution,
	Title: "Several parties share an outcome, and no part of it is anybody's",
	Why: "Outcomes that matter are shared, and there is nothing wrong with that. Where nobody has said which part is whose, or nobody brings the parties together, each can do its own work well while the outcome fails, and nobody can be asked why. " +
		"What helps is a stated part for each, or one that the others look to.",
	Fires: "At least F52.parties parties carry duties that answer for the outcome, and it is recorded that no part is stated (an agreement event marked absent, or a sharing without weights, lead or rule, and no duty names its part), or that nobody convenes them (a convene duty on the outcome or its missions that is vacant or unclear). " +
		"An agreement, or a sharing with a lead or with a rule and an escalation, silences it. It cannot tell where the parts or the convening are not recorded, or who carries the outcome is not settled.",
	FalseAlarm: "It is a small group that owns the outcome together, and has agreed how.",
	Question:   "If this outcome failed, which part of it would each of them be asked about, and who would call them together?",
	Sources:    []string{"S2:39"},
	Needs: []string{"duties on outcomes, with the part that each covers", "sharings of those duties", "convene duties on outcomes and missions",
		"agreement events on outcomes, present or marked absent"},
	Thresholds: []Threshold{{Name: "F52.parties", Unit: "parties", Value: 2, Least: 2,
		Meaning: "how many parties must share an outcome; no source names a number, and the default is the fewest that can share"}},
	Bad: diffuseAccountabilityBad, Good: diffuseAccountabilityGood, Unclear: diffuseAccountabilityUnclear, Harmless: diffuseAccountabilityHarmless,
	check: func(p *pass) {
		outcomes := p.results()
		for i := range outcomes {
			p.checkDiffuse(&outcomes[i])
		}
	},
}

// sharing is what sharings and agreements say of how a subject is shared.
type sharing struct {
	members []record.ID
	settled bool // with a lead, with a rule and an escalation, or by an agreement
	parted  bool // weights are stated
	rough   bool // whether one of them holds rests on a rough date
	bare    []Evidence
}

// shared reads the sharings and agreements on a subject.
func (p *pass) shared(ref record.Ref, duty string) sharing {
	var s sharing
	for _, c := range sorted(p.register.Sharings(ref, duty, p.at)) {
		v := c.Record
		if c.On != calendar.Certainly {
			s.rough = true
			continue
		}
		s.members = append(s.members, v.Members...)
		settled := v.Lead != "" || v.Rule != "" && v.Escalation != ""
		s.settled, s.parted = s.settled || settled, s.parted || len(v.Weights) > 0
		if !settled && len(v.Weights) == 0 && v.Mode != accountability.Sole {
			s.bare = append(s.bare, p.evidence(accountability.KindSharing, &v.Record))
		}
	}
	present, absent := p.agreed(ref)
	s.settled = s.settled || len(present) > 0
	s.bare = append(s.bare, proof(p, mission.KindEvent, absent)...)
	return s
}

// convening says whether somebody brings together those who share a subject: No where that is recorded as vacant or unclear.
func (p *pass) convening(ref record.Ref) (calendar.Certainty, []Evidence) {
	var none []Evidence
	result := calendar.Certainty(0)
	for _, r := range p.around(ref) {
		a, ok := p.register.Answerable(r, accountability.Convene, p.at)
		switch {
		case !ok:
		case a.State == accountability.Held:
			return calendar.Certainly, nil
		case !a.Certain:
			result = calendar.Possibly
		case a.State == accountability.Vacant || a.State == accountability.Unclear:
			d, _ := split(p.basis(&a))
			none, result = append(none, d...), max(result, calendar.No)
		}
	}
	return result, none
}

func (p *pass) checkDiffuse(o *result) {
	ref, name := outcomeRef(o.id), o.name()
	question := "whether " + name + " is shared without anybody answering for a part"
	w, s := p.answerers(ref, takesOn), p.shared(ref, "")
	sure := distinct(append(slices.Clone(w.parties), s.members...))
	all := distinct(append(w.all(), s.members...))
	least := p.limit("parties")
	switch {
	case !w.recorded && len(s.members) == 0:
		p.cannot(ref, question, leftOut(p.m.LeftOut(accountability.KindDuty, ref, ""), "who answers for it", "the duties on the outcome, each with its post and the part that it covers"))
		return
	case float64(len(sure)) >= least:
	case len(w.unsettled) > 0:
		p.cannot(ref, question, w.unsettled...)
		return
	case float64(len(all)) >= least || s.rough:
		p.cannot(ref, question, roughDuty("how many share it on that day"))
		return
	default:
		p.nothing(ref)
		return
	}
	convened, none := p.convening(ref)
	parted := s.parted
	for _, c := range w.carriers {
		parted = parted || c.Duty.Part != ""
		if c.Duty.Convening {
			convened = calendar.Certainly
		}
	}
	var clauses []string
	var trigger []Evidence
	if !parted && len(s.bare) > 0 {
		clauses, trigger = append(clauses, "no part of it is recorded as stated for any of them"), append(trigger, s.bare...)
	}
	if convened == calendar.No {
		clauses, trigger = append(clauses, "nobody brings them together"), append(trigger, none...)
	}
	switch {
	case s.settled:
		p.nothing(ref)
	case len(clauses) > 0:
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, p.partyNames(sure)+" share "+name+", and "+listed(clauses)), trigger,
			append(append(w.duties, w.holdings...), proof(p, mission.KindOutcome, o.claims)...)...)
	case s.rough:
		p.cannot(ref, question, roughDuty("whether an agreement on how it is shared holds on that day"))
	case parted && convened == calendar.Certainly:
		p.nothing(ref)
	default:
		var missing []Missing
		if !parted {
			missing = append(missing, unrecorded("which part of it each answers for", "on each duty the part that it covers, or an agreement event marked absent"))
		}
		switch convened {
		case 0:
			missing = append(missing, leftOut(p.m.LeftOut(accountability.KindDuty, ref, accountability.Convene), "who brings them together", "a convene duty on the outcome or its mission, with its post or vacant"))
		case calendar.Possibly:
			missing = append(missing, roughDuty("whether anybody brings them together on that day"))
		}
		p.cannot(ref, question, missing...)
	}
}
