package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on the units that are to drive missions.

var opaqueUnit = &Rule{
	ID: "F39", Slug: "opaque-unit", Severity: Caution,
	Title: "Those who are to work with a central unit do not know what it is for",
	Why: "A unit at the centre lives on being asked. If those whom it is to help cannot say what it does, or which missions it works on, they go round it, and it ends up chasing them for reports. " +
		"To keep its remit back is a choice; that nobody has written it down here is not.",
	Fires: "A remit-published event on a delivery unit, or on a mission control for no mission in particular, is marked absent: its remit is withheld, or those who work with it do not know it. " +
		"One that is present silences it, and so does a recorded purpose together with the mission that the unit serves. It cannot tell where none of this is recorded.",
	FalseAlarm: "The remit is published, and those who do not know it have not looked.",
	Question:   "What could a department ask this unit for tomorrow, and where would it read that?",
	Sources:    []string{"S1:19"},
	Needs:      []string{"delivery units and mission controls, with their purpose and the missions that they serve", "remit-published and mission-link events on them, present or marked absent"},
	Bad:        opaqueUnitBad, Good: opaqueUnitGood, Unclear: opaqueUnitUnclear, Harmless: opaqueUnitHarmless,
	check: func(p *pass) {
		for _, f := range p.eachForum() {
			if f.isKind(accountability.DeliveryUnit) || f.isUnit() && len(f.missions()) == 0 {
				p.checkRemit(&f)
			}
		}
	},
}

func (p *pass) checkRemit(f *forum) {
	ref, name := f.ref(), p.boardName(f)
	present, absent := p.events(ref, mission.RemitPublished)
	stated := slices.ContainsFunc(f.claims, func(c record.Claim[accountability.Forum]) bool { return plain(c.Record.Purpose) != "" })
	linked := len(f.missions()) > 0 || p.happened(ref, mission.MissionLink)
	switch {
	case len(present) > 0:
		p.nothing(ref)
	case len(absent) > 0:
		trigger := proof(p, mission.KindEvent, absent)
		to := "those who work with it"
		if with := consulted(absent); len(with) > 0 {
			to = p.partyNames(with)
		}
		text := attributed(trigger, "what "+name+" is for has not been made known to "+to)
		if why := whyStated(absent); why != "" {
			text += " The reason given is " + quoted(why) + "."
		}
		p.finding(ref, text, trigger, p.forumProof(f)...)
	case stated && linked:
		p.nothing(ref)
	default:
		var missing []Missing
		if !stated {
			missing = append(missing, leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.RemitPublished),
				"what it is for", "its purpose, or a remit-published event on it, or one marked absent"))
		}
		if !linked {
			missing = append(missing, unrecorded("which missions it serves", "the mission that it is for, or a mission-link event on it"))
		}
		p.cannot(ref, "whether "+name+" is known to those who are to work with it", missing...)
	}
}

var noMissionControl = &Rule{
	ID: "F42", Slug: "no-mission-control", Severity: Caution,
	Title: "No unit drives an active mission, and nothing else was chosen in its place",
	Why: "A mission that crosses departments is nobody's daily work. Without a small team that does nothing else, it is moved along in the gaps between other duties, and stops whenever there are none. " +
		"Such a team is one way to do it; what matters is that a way was chosen.",
	Fires: "A mission-control-set-up event on the mission marked absent says that there is no such unit, and none is recorded: no mission control on the mission or on one that it is part of, and no such event. " +
		"An alternative-declared event on the mission, or a delivery unit for it, silences it. It has nothing to say of a mission that is proposed, closed or in discovery. Where no stage is recorded, the mission counts as active, and the text says so.",
	FalseAlarm: "Another way of driving the mission was chosen and declared, and nobody has recorded it.",
	Question:   "Who gets up in the morning with this mission as their only work?",
	Sources:    []string{"S1:19", "S1:57"},
	Needs:      []string{"the stage of the mission", "mission controls and delivery units", "mission-control-set-up events on the mission, present or marked absent, and alternative-declared events"},
	Bad:        noMissionControlBad, Good: noMissionControlGood, Unclear: noMissionControlUnclear, Harmless: noMissionControlHarmless,
	check: func(p *pass) {
		units := make(map[record.ID]bool) // missions that have one
		for _, f := range p.eachForum() {
			if f.isUnit() {
				for _, id := range f.missions() {
					units[id] = true
				}
			}
		}
		for _, id := range p.missions {
			p.checkControl(id, units)
		}
	},
}

func (p *pass) checkControl(id record.ID, units map[record.ID]bool) {
	ref, name := missionRef(id), p.missionName(id)
	present, absent := p.events(ref, mission.ControlSetUp)
	driven := units[id] || len(present) > 0 || p.happened(ref, mission.Alternative)
	for _, c := range p.said[id] {
		driven = driven || slices.ContainsFunc(c.Record.Parents, func(parent record.ID) bool { return units[parent] })
	}
	stage, differ := p.stage(id)
	idle := stage == mission.StageDiscovery || stage == mission.StageClosed || stage == mission.StageProposed
	switch {
	case driven, idle && !differ:
		p.nothing(ref)
	case len(absent) == 0:
		missed := append(p.m.LeftOut(mission.KindEvent, ref, mission.ControlSetUp), p.m.LeftOut(accountability.KindForum, ref, accountability.MissionControl)...)
		p.cannot(ref, "whether a unit drives "+name, leftOut(missed, "whether it has a mission control or something in its place",
			"the unit as a forum of the kind mission-control, a mission-control-set-up event marked absent, or an alternative-declared event"))
	case differ:
		p.cannot(ref, "whether "+name+" needs a unit yet", contested("its stage", "the stage of the mission"))
	default:
		trigger := proof(p, mission.KindEvent, absent)
		text := attributed(trigger, "there is no mission control for "+name) + " No alternative is recorded."
		if stage == "" {
			text += " No stage is recorded; the mission is taken to be active."
		}
		p.finding(ref, text, trigger, proof(p, mission.KindMission, p.said[id])...)
	}
}

var controlNotApart = &Rule{
	ID: "F43", Slug: "control-not-apart", Severity: Note,
	Title: "A mission control works under the same lines and rules as everything else",
	Why: "A mission control is there to bring challenge and other ways of working. If it reports through the same line, is staffed from the same pool and lives by the same rules as the policy teams around it, it soon writes the same papers. " +
		"The units that are remembered as having worked were let off the usual rules, with backing from above.",
	Fires: "A set-apart event on a mission control marked absent says that it shares its reporting line, staff and rules with the policy work around it, and no such event is present. " +
		"Where the absence carries a reason, such as a small department, it has nothing to say. It cannot tell where no such event is recorded.",
	FalseAlarm: "The department is small, and the reason why the unit is not set apart was thought through and not recorded.",
	Question:   "What may this unit do that the team next door may not?",
	Sources:    []string{"S1:57"},
	Needs:      []string{"mission controls", "set-apart events on them, present or marked absent, with the reason"},
	Bad:        controlNotApartBad, Good: controlNotApartGood, Unclear: controlNotApartUnclear, Harmless: controlNotApartHarmless,
	check: func(p *pass) {
		for _, f := range p.eachForum() {
			if f.isKind(accountability.MissionControl) {
				p.checkApart(&f)
			}
		}
	},
}

func (p *pass) checkApart(f *forum) {
	ref, name := f.ref(), p.boardName(f)
	present, absent := p.events(ref, mission.SetApart)
	switch {
	case len(present) > 0, whyStated(absent) != "":
		p.nothing(ref)
	case len(absent) > 0:
		trigger := proof(p, mission.KindEvent, absent)
		p.finding(ref, attributed(trigger, name+" shares its reporting line, staff and rules with the work around it")+" No reason is recorded.", trigger, p.forumProof(f)...)
	default:
		p.cannot(ref, "whether "+name+" stands apart from business as usual", leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.SetApart),
			"whether it has a line, staff and rules of its own", "a set-apart event on it, or one marked absent, with the reason"))
	}
}

var unitOnTop = &Rule{
	ID: "F44", Slug: "unit-on-top", Severity: Caution,
	Title: "A unit was put on top and who decides, answers and pays stayed as it was",
	Why: "A new unit is the change that is quickest to announce. If decisions, accounts and money still run where they ran before, it can ask, remind and report, and the outcome will be what it always was. " +
		"The unit is then one more thing to report to.",
	Fires: "A mission control or delivery unit certainly began more than F44.days ago, and a wiring-change event on it or on a mission that it serves is marked absent. " +
		"It is silenced by such an event that is present and not older than the unit, and by a decide, answer or pay duty on those missions, or on what belongs to them, that began no earlier than the unit. It has nothing to say of a unit whose purpose is convening.",
	FalseAlarm: "The unit is there to bring people together and no more, as agreed, or the wiring changed and nobody has recorded it.",
	Question:   "Which decision, account or payment takes another way since this unit exists?",
	Sources:    []string{"S3:12", "S3:14"},
	Needs:      []string{"mission controls and delivery units, with the day from which they exist and their purpose", "wiring-change events on them and on their missions, present or marked absent", "decide, answer and pay duties, with the day from which they hold"},
	Thresholds: []Threshold{{Name: "F44.days", Unit: "days", Value: 365,
		Meaning: "how long a unit may exist before something is decided, answered for or paid in another way; no source names a number, and the default is a year, in which every budget is set once"}},
	Bad: unitOnTopBad, Good: unitOnTopGood, Unclear: unitOnTopUnclear, Harmless: unitOnTopHarmless,
	check: func(p *pass) {
		for _, f := range p.eachForum() {
			if f.isUnit() {
				p.checkWiring(&f)
			}
		}
	},
}

// wiring are the duties whose way a unit on top leaves as it was.
var wiring = []string{accountability.Decide, accountability.AnswerFor, accountability.Pay}

func (p *pass) checkWiring(f *forum) {
	ref, name := f.ref(), p.boardName(f)
	froms := f.froms()
	if f.isFor(accountability.PurposeConvening) || p.rewired(f, froms) {
		p.nothing(ref)
		return
	}
	var absent []record.Claim[mission.Event]
	var missed []record.Ref
	for _, of := range append([]record.Ref{ref}, f.served()...) {
		_, none := p.events(of, mission.WiringChange)
		absent = append(absent, none...)
		missed = append(missed, p.m.LeftOut(mission.KindEvent, of, mission.WiringChange)...)
	}
	age := p.older(froms, p.limit("days"))
	if age == calendar.No {
		p.nothing(ref)
		return
	}
	var missing []Missing
	if age != calendar.Certainly {
		missing = append(missing, p.rough("the day from which it has existed", froms, "the day from which the unit has existed"))
	}
	if len(absent) == 0 {
		missing = append(missing, leftOut(missed, "whether anybody else decides, answers or pays since", "a wiring-change event on the unit or its mission, or one marked absent"))
	}
	if len(missing) > 0 {
		p.cannot(ref, "whether "+name+" was put on top of things as they were", missing...)
		return
	}
	trigger := proof(p, mission.KindEvent, sorted(absent))
	text := attributed(trigger, "nobody else decides, answers or pays since "+name+" was set up") +
		" It has existed for more than " + count(p.limit("days")) + " days (" + p.when(first(froms)) + ")."
	context := p.forumProof(f)
	for _, id := range f.missions() {
		context = append(context, proof(p, mission.KindMission, p.said[id])...)
	}
	p.finding(ref, text, trigger, context...)
}

// served returns the missions of a unit as references.
func (f *forum) served() []record.Ref {
	var refs []record.Ref
	for _, id := range f.missions() {
		refs = append(refs, missionRef(id))
	}
	return refs
}

// rewired reports whether a change of who decides, answers or pays is recorded that is not certainly older than a unit.
func (p *pass) rewired(f *forum, froms []calendar.When) bool {
	for _, of := range append([]record.Ref{f.ref()}, f.served()...) {
		present, _ := p.events(of, mission.WiringChange)
		if slices.ContainsFunc(present, func(c record.Claim[mission.Event]) bool {
			return before(c.Record.OnDay, froms) != calendar.Certainly
		}) {
			return true
		}
	}
	for _, id := range f.missions() {
		for _, part := range p.within(id) {
			for _, word := range wiring {
				a, _ := p.register.Answerable(part, word, p.at)
				if slices.ContainsFunc(a.Carriers, func(c accountability.Carrier) bool {
					return c.Duty.From.IsResolved() && first(froms).IsResolved() && before(c.Duty.From, froms) != calendar.Certainly
				}) {
					return true
				}
			}
		}
	}
	return false
}
