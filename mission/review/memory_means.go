package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on what is rewarded, and on what has to be known for a mission to be met.

func leverRef(id record.ID) record.Ref      { return record.Ref{Kind: mission.KindLever, ID: id} }
func capabilityRef(id record.ID) record.Ref { return record.Ref{Kind: mission.KindCapability, ID: id} }

var incentiveConflict = &Rule{
	ID: "F108", Slug: "incentive-conflict", Severity: Caution,
	Title: "What is paid, praised and promoted is not what a mission asks for",
	Why: "People do more of what they are rewarded for, and read what counts from who is promoted. Where procedure is rewarded and the mission asks for trying things, for working across boundaries and for giving others the credit, those who do as the mission asks pay for it themselves. " +
		"Few of them do so twice.",
	Fires: "A lever of the kind reward-rule pulls against the missions that it bears on, or ignores them; one that names no missions is about missions at large. A change-scheduled event on it silences it as long as its day has not come. " +
		"It looks at reward rules of which a mission is under way, and at missions on which none bears, of which it cannot tell. Neither can it tell where the pull is not recorded or is in words that it does not know, where the day of the change is missing or too rough, or where a rough date leaves open whether the rule holds.",
	FalseAlarm: "The reward rule is to be changed, on a day that is set.",
	Question:   "Who was last promoted for doing what this mission asks for, and who was passed over?",
	Sources:    []string{"S3:14", "S4:40", "S1:52"},
	Needs:      []string{"levers of the kind reward-rule, with the missions they bear on, what they pay and how they pull", "change-scheduled events on levers, with the day of the change"},
	Bad:        incentiveConflictBad, Good: incentiveConflictGood, Unclear: incentiveConflictUnclear, Harmless: incentiveConflictHarmless,
	check: func(p *pass) {
		covered, atLarge := make(map[record.ID]bool), false
		for _, f := range factsOf(p.m.Levers(p.at)) {
			var missions []record.ID
			rewards := false
			for _, c := range f.claims {
				rewards = rewards || c.Record.Kind == mission.RewardRule
				missions = append(missions, c.Record.Missions...)
			}
			if !rewards {
				continue
			}
			atLarge = atLarge || len(missions) == 0
			for _, id := range missions {
				covered[id] = true
			}
			p.checkReward(&f, distinct(missions))
		}
		for _, id := range p.missions {
			switch {
			case p.over(id):
				p.nothing(missionRef(id))
			case !covered[id] && !atLarge:
				p.cannot(missionRef(id), "whether those who work on "+p.missionName(id)+" are rewarded for what it asks for",
					unrecorded("what is paid, praised or promoted", "a lever of the kind reward-rule that bears on the mission, with its pull: a question to whoever writes the appraisals"))
			}
		}
	},
}

func (p *pass) checkReward(f *fact[mission.Lever], missions []record.ID) {
	ref := leverRef(f.id)
	name := "the reward rule " + quoted(plain(p.m.Name(ref)))
	var against, maybe, otherwise []record.Claim[mission.Lever]
	strange := ""
	for _, c := range f.claims {
		switch pull := c.Record.Pull; pull {
		case mission.PullsAgainst, mission.Ignores:
			if c.On == calendar.Certainly {
				against = append(against, c)
			} else {
				maybe = append(maybe, c)
			}
		case mission.PullsWith, mission.Idle:
			otherwise = append(otherwise, c)
		default:
			if strange == "" {
				strange = pull
			}
		}
	}
	going := p.stillGoing(missions)
	on := "missions at large"
	if len(missions) > 0 {
		on = p.missionsNamed(going)
	}
	question := "whether " + name + " rewards what " + on + " asks for"
	if len(going) > 1 || len(missions) == 0 {
		question = "whether " + name + " rewards what " + on + " ask for"
	}
	switch {
	case p.allOver(missions):
		p.nothing(ref)
		return
	case len(against)+len(maybe) == 0 && len(otherwise) > 0:
		p.nothing(ref)
		return
	case len(against)+len(maybe) == 0:
		missing := unrecorded("how it pulls", "its pull: with, against, ignores or idle")
		if strange != "" {
			missing = Missing{What: "how it pulls", Ground: "recorded in a word that this rule does not know (" + plain(strange) + ")", Way: "record its pull as with, against, ignores or idle"}
		}
		p.cannot(ref, question, missing)
		return
	case len(against) == 0:
		p.cannot(ref, question, memoryRough("whether the reward rule holds on that day"))
		return
	}
	said := p.recollect(mission.ChangeScheduled, ref)
	var rough []calendar.When
	undated := false
	for _, c := range said.present {
		switch w := c.Record.OnDay; {
		case w.IsZero():
			undated = true
		case p.on.IsZero() || !w.IsResolved() || w.Latest().After(p.on):
			rough = append(rough, w)
		}
	}
	switch {
	case len(said.ahead) > 0:
		p.nothing(ref)
		return
	case len(rough) > 0:
		p.cannot(ref, "whether "+name+" has been changed", p.rough("the day of its change", rough, "the day on which it is to be changed"))
		return
	case undated:
		p.cannot(ref, "whether "+name+" is to be changed", unrecorded("the day of its change", "the day on which it is to be changed"))
		return
	}
	trigger := proof(p, mission.KindLever, against)
	how := "pulls against "
	if !slices.ContainsFunc(against, func(c record.Claim[mission.Lever]) bool { return c.Record.Pull == mission.PullsAgainst }) {
		how = "takes no account of "
	}
	text := attributed(trigger, name+" "+how+on+p.says(trigger))
	if i := slices.IndexFunc(against, func(c record.Claim[mission.Lever]) bool { return plain(c.Record.Pays) != "" }); i >= 0 {
		text += " What it pays: " + quoted(plain(against[i].Record.Pays)) + "."
	}
	if len(otherwise) > 0 {
		text += " Another claim has it otherwise."
	}
	p.finding(ref, text, trigger, append(append(p.memoryMissions(going...), proof(p, mission.KindLever, otherwise)...), p.memoryProof(said.present)...)...)
}

var capabilityGap = &Rule{
	ID: "F110", Slug: "capability-gap", Severity: Caution,
	Title: "A mission needs something that nobody in it knows how to do",
	Why: "Missions ask for skills that careers in government seldom teach: to steward a system, to work with code, to design with those who use a service. They are learnt beside people who have them, over months, and not from a course in the week in which they are needed. " +
		"Until somebody names the gap, the plan assumes that it is filled.",
	Fires: "A capability that a mission under way needs is known to be held by nobody; or the contributors to the mission are listed, and none of those who hold it is one of them, or carries a duty or does work in the mission. One that names no missions is about missions at large. " +
		"A capability-planned event on it silences it. It looks at capabilities that are recorded, and cannot tell where who holds them is not recorded, unknown or withheld, where those who hold it take no part as far as is known and nobody has listed who does, or where a rough date leaves open whether it is needed.",
	FalseAlarm: "There is a plan to build it or to bring it in.",
	Question:   "Who outside could do this with us next month, and who of ours would sit beside them?",
	Sources:    []string{"S1:50", "S1:61", "S0:7"},
	Needs:      []string{"capabilities, with the missions that need them and who holds them", "the contributors to missions, duties in them, and who does the work of their initiatives", "capability-planned events"},
	Bad:        capabilityGapBad, Good: capabilityGapGood, Unclear: capabilityGapUnclear, Harmless: capabilityGapHarmless,
	check: func(p *pass) {
		casts := make(map[record.ID]*cast)
		for _, f := range factsOf(p.m.Capabilities(p.at)) {
			p.checkCapability(&f, casts)
		}
	},
}

// cast are those who take part in a mission.
type cast struct {
	in     map[record.ID]bool
	listed bool // somebody has listed all contributors
}

func (p *pass) castOf(id record.ID) *cast {
	c := &cast{in: make(map[record.ID]bool)}
	add := func(id record.ID) {
		body, _ := p.body(id)
		c.in[id], c.in[body] = true, true
	}
	for _, said := range p.said[id] {
		ids, known := said.Record.Contributors.Get()
		c.listed = c.listed || known
		for _, party := range ids {
			add(party)
		}
	}
	for _, part := range p.within(id) {
		for _, word := range p.register.Duties(part) {
			a, _ := p.register.Answerable(part, word, p.at)
			for _, carrier := range a.Carriers {
				add(carrier.Post)
			}
		}
	}
	for _, n := range p.m.InitiativesOf(id) {
		for _, said := range p.m.Initiative(n, p.at) {
			if said.Record.By != "" {
				add(said.Record.By)
			}
		}
	}
	return c
}

func (p *pass) checkCapability(f *fact[mission.Capability], casts map[record.ID]*cast) {
	ref := capabilityRef(f.id)
	name := "the capability " + quoted(plain(p.m.Name(ref)))
	var missions, holders []record.ID
	var listing []record.Claim[mission.Capability]
	var open record.Value[[]record.ID]
	settled, rough := false, true
	for _, c := range f.claims {
		missions = append(missions, c.Record.Missions...)
		rough = rough && c.On != calendar.Certainly
		v := c.Record.HeldBy
		switch ids, known := v.Get(); {
		case known:
			holders, listing = append(holders, ids...), append(listing, c)
		case v.State == record.StateNotApplicable:
			settled = true
		case open.State == 0:
			open = v
		}
	}
	missions, holders = distinct(missions), distinct(holders)
	going := p.stillGoing(missions)
	planned := p.recollect(mission.CapabilityPlanned, ref)
	if settled || p.allOver(missions) || len(planned.present)+len(planned.ahead) > 0 {
		p.nothing(ref)
		return
	}
	question := "whether anybody has " + name
	var lacking, unsure []record.ID
	for _, id := range going {
		if casts[id] == nil {
			casts[id] = p.castOf(id)
		}
		c := casts[id]
		switch {
		case slices.ContainsFunc(holders, func(h record.ID) bool { body, _ := p.body(h); return c.in[h] || c.in[body] }):
		case len(holders) == 0 || c.listed:
			lacking = append(lacking, id)
		default:
			unsure = append(unsure, id)
		}
	}
	switch {
	case len(listing) == 0:
		p.cannot(ref, question, unknown("who has it", open.State, open.Ground, "who holds it, or that nobody does"))
	case len(missions) == 0 && len(holders) > 0, len(missions) > 0 && len(lacking)+len(unsure) == 0:
		p.nothing(ref)
	case rough:
		p.cannot(ref, question, memoryRough("whether it is needed on that day"))
	case len(lacking) == 0 && len(unsure) > 0:
		p.cannot(ref, "whether anybody in "+p.missionsNamed(unsure)+" has "+name, unrecorded("who takes part in "+p.missionsNamed(unsure), "all the contributors to the mission"))
	default:
		trigger := proof(p, mission.KindCapability, listing)
		of := "missions at large need"
		switch {
		case len(lacking) == 1:
			of = p.missionsNamed(lacking) + " needs"
		case len(lacking) > 1:
			of = p.missionsNamed(lacking) + " need"
		}
		clause := "nobody has " + name + ", which " + of
		if len(holders) > 0 {
			clause = name + ", which " + of + ", is held only outside by " + p.partyNames(holders)
		}
		context := append(p.memoryMissions(lacking...), p.memoryProof(planned.absent)...)
		p.finding(ref, attributed(trigger, clause+p.says(trigger)), trigger, append(context, p.memoryParties(holders...)...)...)
	}
}

// carried returns the state of the duty to own an outcome at a moment, with the records that say so.
func (p *pass) carried(outcome record.Ref, at record.Moment) (accountability.Answer, bool) {
	return p.register.Answerable(outcome, accountability.OutcomeOwner, at)
}
