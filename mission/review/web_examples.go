package review

import (
	"strconv"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The plans that show the rules on who works with whom, and on what leans on what, at work. See examples.go.

// causing is a mission with four causes, each in the hands of another organisation.
func causing(events ...mission.Event) mission.Spec {
	spec := mission.Spec{
		Parties: []accountability.Party{
			organisation("ministry", "Ministry of Homes", accountability.TierCentral), organisation("energy", "Energy Office", accountability.TierCentral),
			organisation("health", "Health Service", accountability.TierRegional), organisation("council", "Riverside Council", accountability.TierLocal),
		},
		Missions: []mission.Mission{warmHomes()},
		Events:   events,
	}
	for i, owner := range []record.ID{"ministry", "energy", "health", "council"} {
		name := []string{"Walls that let the heat out", "Bills that take half a pension", "Lungs that damp rooms have harmed", "Landlords whom nobody visits"}[i]
		spec.Causes = append(spec.Causes, mission.Cause{Record: made("cause-of-" + owner), Name: name, BearsOn: []record.Ref{homes}, Owners: record.Known([]record.ID{owner})})
	}
	return spec
}

// linking is a working link between some organisations, or one that is said not to be.
func linking(id record.ID, absent bool, with ...record.ID) mission.Event {
	e := happening(id, mission.WorkingLink, homes, absent)
	e.With = with
	return e
}

func siloBoundBad() Example {
	return show("Four organisations each own a cause; two of them work together, and a statement says that the other two do not join.",
		causing(linking("two-join", false, "ministry", "energy"), linking("two-do-not", true, "health", "council")))
}

func siloBoundGood() Example {
	return show("Three of the four work together.",
		causing(linking("three-join", false, "ministry", "energy", "health"), linking("one-does-not", true, "council")))
}

func siloBoundUnclear() Example {
	return show("Two of the four work together, and nobody has recorded whether the others do.", causing(linking("two-join", false, "ministry", "energy")))
}

func siloBoundHarmless() Example {
	return show("Two of the four do not join yet, and the steps by which they are to are written down.",
		causing(linking("two-join", false, "ministry", "energy"), linking("two-do-not", true, "health", "council"), happening("joins-to-come", mission.NextSteps, homes, false)))
}

// factor is a mission with one cause.
func factor(c mission.Cause) mission.Spec {
	c.Record, c.Name, c.BearsOn = made("rents"), "Rents that rise with every repair", []record.Ref{homes}
	return mission.Spec{
		Parties:  []accountability.Party{organisation("ministry", "Ministry of Homes", accountability.TierCentral)},
		Missions: []mission.Mission{warmHomes()},
		Causes:   []mission.Cause{c},
	}
}

func uncoveredFactorBad() Example {
	return show("A cause that nobody can change and about which nothing is being done.",
		factor(mission.Cause{Owners: record.Known([]record.ID{}), Interventions: record.Known([]record.Ref{})}))
}

func uncoveredFactorGood() Example {
	return show("A ministry can change it, and a milestone is to.", func() mission.Spec {
		spec := factor(mission.Cause{Owners: record.Known([]record.ID{"ministry"}), Interventions: record.Known([]record.Ref{insulated})})
		spec.Milestones = []milestone.Milestone{insulation(0)}
		return spec
	}())
}

func uncoveredFactorUnclear() Example {
	return show("Nobody has recorded who can change it, or what is being done.", factor(mission.Cause{}))
}

func uncoveredFactorHarmless() Example {
	return show("Nothing is being done about it, and why is written down.",
		factor(mission.Cause{Owners: record.Known([]record.ID{}), Interventions: record.Known([]record.Ref{}), LeftAlone: "rents are set by a law that is to be looked at in the next Parliament"}))
}

func closedByDefaultBad() Example {
	return show("A mission announced ten months ago, and a statement that nothing about it has been published.", mission.Spec{
		Missions: []mission.Mission{announcedHomes(launched)},
		Events:   []mission.Event{happening("nothing-out", mission.Published, homes, true)},
	})
}

func closedByDefaultGood() Example {
	return show("Its team writes in public.", mission.Spec{
		Missions: []mission.Mission{announcedHomes(launched)},
		Events:   []mission.Event{happening("notes", mission.Published, homes, false)},
	})
}

func closedByDefaultUnclear() Example {
	return show("Nobody has recorded whether anything has been published.", mission.Spec{Missions: []mission.Mission{announcedHomes(launched)}})
}

func closedByDefaultHarmless() Example {
	return show("Nothing has been published, and what the mission takes in is still being settled.", mission.Spec{
		Missions: []mission.Mission{announcedHomes(launched)},
		Events:   []mission.Event{happening("nothing-out", mission.Published, homes, true), happening("still-framing", mission.Framing, homes, false)},
	})
}

// queueing is a mission with four milestones, each of which depends on a party.
func queueing(events []mission.Event, on ...record.ID) mission.Spec {
	spec := mission.Spec{
		Parties: []accountability.Party{
			organisation("treasury", "Ministry of Finance", accountability.TierCentral), organisation("ministry", "Ministry of Homes", accountability.TierCentral),
		},
		Missions: []mission.Mission{warmHomes()},
		Events:   events,
	}
	for i := range 4 {
		step := record.ID("step-" + strconv.Itoa(i+1))
		spec.Milestones = append(spec.Milestones, milestone.Milestone{Record: made(step), Name: "Step " + strconv.Itoa(i+1), Missions: []record.ID{"warm-homes"}})
		if i < len(on) {
			spec.Dependencies = append(spec.Dependencies, milestone.Dependency{Record: made("needs-" + step), Dependent: milestoneRef(step), On: partyRef(on[i]), Kind: milestone.Needs})
		}
	}
	return spec
}

func gatekeeperBad() Example {
	return show("Each of four milestones depends on the Ministry of Finance.", queueing(nil, "treasury", "treasury", "treasury", "treasury"))
}

func gatekeeperGood() Example {
	return show("Two of them depend on another ministry.", queueing(nil, "treasury", "treasury", "ministry", "ministry"))
}

func gatekeeperUnclear() Example {
	return show("Two depend on the Ministry of Finance, and on whom the others lean is not recorded.", queueing(nil, "treasury", "treasury"))
}

func gatekeeperHarmless() Example {
	return show("All four depend on the Ministry of Finance, and the law puts it there.",
		queueing([]mission.Event{happening("by-law", mission.StatutoryGate, partyRef("treasury"), false)}, "treasury", "treasury", "treasury", "treasury"))
}

// counted is a milestone that counts on the planning service of a council, from a day.
func counted(agreed record.Value[bool], from calendar.When, events ...mission.Event) mission.Spec {
	m := insulation(0)
	m.Missions = nil
	d := milestone.Dependency{Record: made("needs-planning"), Dependent: insulated, On: initiativeRef("planning"), Kind: milestone.Needs, Agreed: agreed}
	d.From = from
	return mission.Spec{
		Milestones:   []milestone.Milestone{m},
		Initiatives:  []mission.Initiative{{Record: made("planning"), Name: "Planning", Kind: mission.Programme}},
		Dependencies: []milestone.Dependency{d},
		Events:       events,
	}
}

func oneSidedDependencyBad() Example {
	return show("A milestone has counted on a planning service for ten months, and the service has not agreed.", counted(record.Known(false), launched))
}

func oneSidedDependencyGood() Example {
	return show("The service has agreed.", counted(record.Known(true), launched))
}

func oneSidedDependencyUnclear() Example {
	return show("Somebody looked whether it has agreed, and could not tell.", counted(record.Unknown[bool]("nobody remembers"), launched))
}

func oneSidedDependencyHarmless() Example {
	return show("It has not agreed, and was asked last week.", counted(record.Known(false), exactly(2026, time.June, 24)))
}

// partnered is a milestone that depends on a council, and what is said of the council.
func partnered(events ...mission.Event) mission.Spec {
	m := insulation(0)
	m.Missions = nil
	return mission.Spec{
		Parties:      []accountability.Party{organisation("council", "Riverside Council", accountability.TierLocal)},
		Milestones:   []milestone.Milestone{m},
		Dependencies: []milestone.Dependency{{Record: made("needs-council"), Dependent: insulated, On: partyRef("council"), Kind: milestone.Needs}},
		Events:       events,
	}
}

func partnerWithoutCapacityBad() Example {
	return show("A council is counted on, has lost the staff for it, and a statement says that nobody offered help.",
		partnered(happening("few-left", mission.CapacityLow, partyRef("council"), false), happening("no-help", mission.SupportOffered, partyRef("council"), true)))
}

func partnerWithoutCapacityGood() Example {
	return show("It was lent six people.",
		partnered(happening("few-left", mission.CapacityLow, partyRef("council"), false), happening("six-lent", mission.SupportOffered, partyRef("council"), false)))
}

func partnerWithoutCapacityUnclear() Example {
	return show("Nobody has recorded what the council can do.", partnered())
}

func partnerWithoutCapacityHarmless() Example {
	return show("The council was said to lack the staff, was offered no help, and has since said that it can do it.",
		partnered(heldOn("few-left", mission.CapacityLow, partyRef("council"), exactly(2026, time.January, 10)), happening("no-help", mission.SupportOffered, partyRef("council"), true),
			heldOn("we-can", mission.CapacityConfirmed, partyRef("council"), exactly(2026, time.May, 4))))
}
