package review

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on whether people may say that something looks wrong, whether a plan may change, and whether risk is really wanted.

var noChallengeChannel = &Rule{
	ID: "F67", Slug: "no-challenge-channel", Severity: Serious,
	Title: "People cannot say that something looks wrong, or are not answered when they do",
	Why: "Where nobody can say that something looks wrong, harm goes on for years with many watching. A channel on paper is no remedy: what counts is whether those who spoke were heard. " +
		"That nobody needed to speak is never to be assumed.",
	Fires: "A challenge-route event on the mission marked absent says that there is no way to raise a concern, and no challenge is recorded that was answered; or a challenge on the mission or anything in it was certainly raised more than F67.days ago and a challenge-answered event on it is marked absent. " +
		"A new route alone does not silence it: an answered challenge does, as long as none stands unanswered. It cannot tell where neither is recorded, or where there is a route and nobody has recorded whether it was used.",
	FalseAlarm: "The challenge is recent and is being looked into. That no channel was needed is none.",
	Question:   "Who last said that something looks wrong here, and what happened to what they said, and to them?",
	Sources:    []string{"S3:11"},
	Needs: []string{"challenge-route events on missions, present or marked absent", "challenge events on missions and what belongs to them",
		"challenge-answered events on challenges, present or marked absent, or what a challenge led to"},
	Thresholds: []Threshold{{Name: "F67.days", Unit: "days", Value: 30,
		Meaning: "how long a challenge may wait for an answer; no source names a number, and the default is this library's own: a month"}},
	Bad: noChallengeChannelBad, Good: noChallengeChannelGood, Unclear: noChallengeChannelUnclear, Harmless: noChallengeChannelHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkChallenge(id)
		}
	},
}

func (p *pass) checkChallenge(id record.ID) {
	b, ref, name := p.lessonBook(), missionRef(id), p.missionName(id)
	routes, none := b.across(id, mission.ChallengeRoute)
	challenges, unraised := b.across(id, mission.Challenge)
	var waiting, rough, silent []record.Claim[mission.Event] // unanswered for long; perhaps; nobody says
	var denied []Evidence
	answered, recent := 0, 0
	for _, c := range challenges {
		replies, noReply := b.on(mission.ChallengeAnswered, lessonEventRef(c.Record.Fact()))
		age := p.older([]calendar.When{c.Record.OnDay}, p.limit("days"))
		switch {
		case len(c.Record.LedTo) > 0 || len(replies) > 0:
			answered++
		case age == calendar.No:
			recent++
		case len(noReply) == 0:
			silent = append(silent, c)
		case age == calendar.Certainly:
			waiting = append(waiting, c)
			denied = append(denied, p.lessonProof(noReply)...)
		default:
			rough = append(rough, c)
		}
	}
	context := append(append(p.lessonProof(challenges), p.lessonProof(routes)...), proof(p, mission.KindMission, p.said[id])...)
	question := "whether people can say that something looks wrong in " + name
	switch {
	case len(waiting) > 0:
		trigger := dedupe(append(denied, p.lessonProof(waiting)...))
		clause := count(float64(lessonFacts(waiting))) + " challenges in " + name + " have had no answer for more than " + count(p.limit("days")) + " days"
		if lessonFacts(waiting) == 1 {
			clause = "a challenge in " + name + " has had no answer for more than " + count(p.limit("days")) + " days"
		}
		text := attributed(trigger, clause+p.says(trigger)) + " The first was raised " + p.dated(first(lessonDays(waiting))) + "."
		if len(routes) > 0 {
			text += " A route to raise concerns is recorded, and is no answer."
		}
		p.finding(ref, text, trigger, context...)
	case len(none) > 0 && answered == 0:
		trigger := p.lessonProof(none)
		text := attributed(trigger, name+" has no route to raise a concern"+p.says(trigger))
		if len(routes) > 0 {
			text += " A route is recorded too, and no challenge that had an answer."
		}
		p.finding(ref, text, trigger, context...)
	case len(rough) > 0:
		p.cannot(ref, question, p.rough("the day on which a challenge was raised", lessonDays(rough), "the day on which the challenge was raised"))
	case len(silent) > 0:
		p.cannot(ref, question, p.lessonMissing(lessonEventRef(silent[0].Record.Fact()), mission.ChallengeAnswered,
			"whether "+lessonEventName("the challenge", silent[0].Record.Fact(), silent[:1])+" was answered", "a challenge-answered event on it, or one marked absent"))
	case answered > 0, recent > 0, len(routes) > 0 && len(unraised) > 0:
		p.nothing(ref)
	case len(routes) > 0:
		p.cannot(ref, question, p.lessonMissing(ref, mission.Challenge, "whether anybody has used the route, and what came of it", "the challenges raised and their answers, or a challenge event marked absent"))
	default:
		p.cannot(ref, question, p.lessonMissing(ref, mission.ChallengeRoute, "a route to raise concerns", "a challenge-route event on the mission, or one marked absent, and the challenges raised with their answers"))
	}
}

var unbendingPlan = &Rule{
	ID: "F68", Slug: "unbending-plan", Severity: Caution,
	Title: "A plan admits nothing unknown, says nothing that would change it, and has not changed",
	Why: "Nobody has all the answers at the start, and a mission is worth having because it can change course when a better one is found. A plan that leaves no room for that is carried out to the end whatever happens, " +
		"or quietly dropped.",
	Fires: "An unknowns-stated, a change-signals and a plan-changed event on the mission are all marked absent, and none is recorded on it or what belongs to it. " +
		"A hypothesis or an experiment on the mission silences it, for each says what would change minds; so does a later version by which a claimant changed a milestone. It has nothing to say of a mission that is proposed, in discovery or closed, nor where a proven event is recorded on it, and cannot tell while any of the three is not recorded.",
	FalseAlarm: "The task is short and certain: how it is done is known to work.",
	Question:   "What would have to happen for this plan to be changed, and who would say so first?",
	Sources:    []string{"S3:10", "S3:11"},
	Needs:      []string{"unknowns-stated, change-signals, plan-changed and proven events on missions, present or marked absent", "hypotheses and experiments on missions", "versions of milestones"},
	Bad:        unbendingPlanBad, Good: unbendingPlanGood, Unclear: unbendingPlanUnclear, Harmless: unbendingPlanHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkUnbending(id)
		}
	},
}

func (p *pass) checkUnbending(id record.ID) {
	b, ref, name := p.lessonBook(), missionRef(id), p.missionName(id)
	log := b.missions[id]
	stage, differ := p.stage(id)
	proven, _ := b.on(mission.Proven, ref)
	if p.over(id) || stage == mission.StageDiscovery && !differ || len(proven) > 0 || len(log.hypotheses)+len(log.experiments) > 0 || p.stepsMoved(id) {
		p.nothing(ref)
		return
	}
	var trigger []Evidence
	var missing []Missing
	for _, part := range []struct{ kind, what, way string }{
		{mission.UnknownsStated, "whether its plan says what is not known", "an unknowns-stated event on the mission, or one marked absent"},
		{mission.ChangeSignals, "whether its plan says what would make it stop or adapt", "a change-signals event on the mission, or one marked absent"},
		{mission.PlanChanged, "whether its plan has changed since the start", "a plan-changed event on the mission, or one marked absent"},
	} {
		present, absent := b.across(id, part.kind)
		if len(present) > 0 {
			p.nothing(ref)
			return
		}
		if len(absent) == 0 {
			missing = append(missing, p.lessonMissing(ref, part.kind, part.what, part.way))
		}
		trigger = append(trigger, p.lessonProof(absent)...)
	}
	if len(missing) > 0 {
		p.cannot(ref, "whether the plan of "+name+" can bend", missing...)
		return
	}
	text := attributed(trigger, "the plan of "+name+" states nothing that is not known and nothing that would make it stop or adapt, and has not changed since the start"+p.says(trigger))
	p.finding(ref, text, trigger, proof(p, mission.KindMission, p.said[id])...)
}

// stepsMoved reports whether a claimant has changed what a milestone of the mission says or is to be reached by.
func (p *pass) stepsMoved(id record.ID) bool {
	for _, n := range p.m.MilestonesOf(id) {
		versions := p.plan.MilestoneVersions(n)
		for i, v := range versions {
			if i > 0 && v.Verb == record.Change && v.Claimant == versions[i-1].Claimant && (p.on.IsZero() || !v.From.After(p.on)) {
				return true
			}
		}
	}
	return false
}

var riskSayDoGap = &Rule{
	ID: "F69", Slug: "risk-say-do-gap", Severity: Caution,
	Title: "Risk is asked for in words, and refused or left without thanks in practice",
	Why: "People do what is rewarded, and the culture of government does not reward taking risks. Where leaders call for boldness and bold proposals are turned down, or nobody who took a risk was ever the better for it, " +
		"everybody learns that the words are only words.",
	Fires: "A risk-welcomed event is recorded on the mission, and afterwards more than F69.refused proposals were turned down for their risk (risk-refused events), or a risk-rewarded event on it marked absent says that nobody was backed for taking one. " +
		"A refusal for safety is another kind of event (refused-for-safety) and does not count. It has nothing to say where risk-welcomed is marked absent, or where somebody was backed and no more were refused; it cannot tell where the call for risk, or rewards and refusals, are not recorded.",
	FalseAlarm: "The proposals were refused because people would not have been safe, and the reason was given.",
	Question:   "Who took a risk here in the last year, and how did it go for them?",
	Sources:    []string{"S0:26", "S2:39"},
	Needs:      []string{"risk-welcomed events on missions, present or marked absent", "risk-refused, refused-for-safety and risk-rewarded events on missions and what belongs to them, present or marked absent"},
	Thresholds: []Threshold{{Name: "F69.refused", Unit: "proposals", Value: 1, Least: 0,
		Meaning: "how many proposals may be turned down for their risk; no source names a number, and the default is this library's own: one refusal is no pattern"}},
	Bad: riskSayDoGapBad, Good: riskSayDoGapGood, Unclear: riskSayDoGapUnclear, Harmless: riskSayDoGapHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkRiskGap(id)
		}
	},
}

func (p *pass) checkRiskGap(id record.ID) {
	b, ref, name := p.lessonBook(), missionRef(id), p.missionName(id)
	welcomed, cool := b.across(id, mission.RiskWelcomed)
	refused, unrefused := b.across(id, mission.RiskRefused)
	safety, _ := b.across(id, mission.SafetyRefused)
	rewarded, unrewarded := b.across(id, mission.RiskRewarded)
	question := "whether the risk that is asked for in " + name + " is wanted in practice"
	if len(welcomed) == 0 {
		if len(cool) > 0 {
			p.nothing(ref)
			return
		}
		p.cannot(ref, question, p.lessonMissing(ref, mission.RiskWelcomed, "whether risks are asked for", "a risk-welcomed event on the mission, or one marked absent"))
		return
	}
	called := lessonDays(welcomed)
	var since, perhaps []record.Claim[mission.Event]
	for _, c := range refused {
		switch {
		case first(called).IsZero():
			since = append(since, c)
		case before(c.Record.OnDay, called) == calendar.No:
			since = append(since, c)
		case before(c.Record.OnDay, called) != calendar.Certainly:
			perhaps = append(perhaps, c)
		}
	}
	sure, most := lessonFacts(since), lessonFacts(sorted(append(slices.Clone(since), perhaps...)))
	var trigger []Evidence
	var clauses []string
	if float64(sure) > p.limit("refused") {
		trigger = append(trigger, p.lessonProof(since)...)
		clause := count(float64(sure)) + " proposals were turned down for their risk"
		if sure == 1 {
			clause = "a proposal was turned down for its risk"
		}
		if why := whyStated(since); why != "" {
			clause += " (" + quoted(why) + ")"
		}
		clauses = append(clauses, clause)
	}
	if len(unrewarded) > 0 && len(rewarded) == 0 {
		trigger = append(trigger, p.lessonProof(unrewarded)...)
		clauses = append(clauses, "nobody was backed for taking one")
	}
	if len(clauses) > 0 {
		trigger = dedupe(trigger)
		text := attributed(trigger, "risks are asked for in "+name+", and "+listed(clauses)+p.says(trigger))
		p.finding(ref, text, trigger, p.lessonProof(welcomed)...)
		return
	}
	switch {
	case float64(most) > p.limit("refused"):
		p.cannot(ref, question, Missing{What: "whether the proposals were turned down after risks were asked for", Ground: "not known from the dates", Way: "record the days of both more closely"})
	case len(rewarded) > 0, len(refused) == 0 && len(safety) > 0 || len(unrefused) > 0:
		p.nothing(ref)
	default:
		p.cannot(ref, question, p.lessonMissing(ref, mission.RiskRewarded, "what became of those who took risks, and of their proposals", "a risk-rewarded event on the mission or one marked absent, and the proposals turned down"))
	}
}
