package review

import (
	"strconv"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

// The plans that show the rules on stances, tiers, circles, what is drawn on, and levers at work. See examples.go.

// stances is a ministry and how it acts towards others, one of them for each word.
func stances(words ...string) mission.Spec {
	spec := mission.Spec{Parties: []accountability.Party{organisation("ministry", "Ministry of Homes", accountability.TierCentral)}}
	for i, stance := range words {
		other := record.ID("partner-" + strconv.Itoa(i+1))
		spec.Parties = append(spec.Parties, organisation(other, "Partner "+strconv.Itoa(i+1), accountability.TierLocal))
		spec.Relations = append(spec.Relations, mission.Relation{Record: made("towards-" + other), Party: "ministry", With: other, Stance: stance})
	}
	return spec
}

func stanceMonocultureBad() Example {
	return show("A ministry acts as a controller towards each of five partners.",
		stances(mission.Controller, mission.Controller, mission.Controller, mission.Controller, mission.Controller))
}

func stanceMonocultureGood() Example {
	return show("It convenes two of them and stands back for one.",
		stances(mission.Controller, mission.Controller, mission.Convenor, mission.Convenor, mission.StandingBack))
}

func stanceMonocultureUnclear() Example {
	return show("How it acts towards two of them is not recorded.", stances(mission.Controller, mission.Controller, mission.Controller, "", ""))
}

func stanceMonocultureHarmless() Example {
	return show("A small mission: it has three partners, and controls them all.", stances(mission.Controller, mission.Controller, mission.Controller))
}

// distant is a milestone that one party decides on and another knows best.
func distant(decides, knows string, events ...mission.Event) mission.Spec {
	m := insulation(0)
	m.Missions = nil
	known := happening("known-by", mission.KnowledgeHeld, insulated, false)
	known.By = []record.ID{"visitors"}
	return mission.Spec{
		Parties:    []accountability.Party{organisation("office", "Office of Works", decides), organisation("visitors", "Home visitors of Riverside", knows)},
		Milestones: []milestone.Milestone{m},
		Duties:     []accountability.Duty{{Record: made("decides"), Duty: accountability.Decide, Subject: insulated, Post: "office"}},
		Events:     append(events, known),
	}
}

func decisionFarFromKnowledgeBad() Example {
	return show("A central office decides on what home visitors of a town know best.", distant(accountability.TierCentral, accountability.TierLocal))
}

func decisionFarFromKnowledgeGood() Example {
	return show("An office of the region decides.", distant(accountability.TierRegional, accountability.TierLocal))
}

func decisionFarFromKnowledgeUnclear() Example {
	return show("At which tier the office stands is not recorded.", distant("", accountability.TierLocal))
}

func decisionFarFromKnowledgeHarmless() Example {
	return show("The central office decides because the law says so.",
		distant(accountability.TierCentral, accountability.TierLocal, happening("by-law", mission.StatutoryGate, insulated, false)))
}

// nested is a mission within another, and what that one is within.
func nested(parents ...record.ID) mission.Spec {
	m, whole := warmHomes(), mission.Mission{Record: made("good-homes"), Name: "Good homes", Parents: parents}
	m.Parents = []record.ID{"good-homes"}
	return mission.Spec{Missions: []mission.Mission{m, whole}}
}

func precedenceLoopBad() Example {
	return show("Two missions are each recorded as part of the other.", nested("warm-homes"))
}

func precedenceLoopGood() Example {
	return show("One mission is part of another, which is part of none.", nested())
}

// ordered are two milestones and the links between them.
func ordered(links ...milestone.Dependency) mission.Spec {
	first, second := insulation(0), insulation(0)
	first.Missions, second.Missions = nil, nil
	second.Record, second.Name = made("surveyed"), "All homes surveyed"
	return mission.Spec{Milestones: []milestone.Milestone{first, second}, Dependencies: links}
}

func precedenceLoopUnclear() Example {
	link := milestone.Dependency{Record: made("survey-first"), Dependent: insulated, On: milestoneRef("surveyed"), Kind: milestone.FinishStart}
	other := milestone.Dependency{Record: made("works-first"), Dependent: milestoneRef("surveyed"), On: insulated, Kind: milestone.FinishStart}
	other.Of, other.Claimant = "survey-first", "the builders"
	return show("Claimants differ on which of two milestones comes first.", ordered(link, other))
}

func precedenceLoopHarmless() Example {
	return show("Two milestones need one another, and are recorded so: a loop of needs.", ordered(
		milestone.Dependency{Record: made("needs-survey"), Dependent: insulated, On: milestoneRef("surveyed"), Kind: milestone.Needs},
		milestone.Dependency{Record: made("needs-works"), Dependent: milestoneRef("surveyed"), On: insulated, Kind: milestone.Needs}))
}

// contended are installers, of whom there are so many, and two missions that draw on them.
func contended(stock float64, events ...mission.Event) mission.Spec {
	installers := partyRef("installers")
	draw := func(id, by record.ID, size float64) mission.Event {
		e := happening(id, mission.Draw, installers, false)
		e.LedTo, e.Size, e.Unit = []record.Ref{missionRef(by)}, record.Number(size), "installers"
		return e
	}
	confirmed := happening("how-many", mission.CapacityConfirmed, installers, false)
	confirmed.Size, confirmed.Unit = record.Number(stock), "installers"
	if stock > 0 {
		events = append(events, confirmed)
	}
	return mission.Spec{
		Parties:  []accountability.Party{{Record: made("installers"), Kind: accountability.Group, Name: "Installers of heat pumps"}},
		Missions: []mission.Mission{warmHomes(), {Record: made("warm-schools"), Name: "Warm schools"}},
		Events:   append(events, draw("for-homes", "warm-homes", 4000), draw("for-schools", "warm-schools", 3000)),
	}
}

func missionContentionBad() Example {
	return show("Two missions draw on 7,000 installers, and there are 5,000.", contended(5000))
}

func missionContentionGood() Example {
	return show("There are 8,000.", contended(8000))
}

func missionContentionUnclear() Example {
	return show("How many there are is not recorded.", contended(0))
}

func missionContentionHarmless() Example {
	return show("There are 5,000, and it was agreed that schools come first.", contended(5000, happening("schools-first", mission.Sequenced, partyRef("installers"), false)))
}

// levered is a mission with a lever, and what was made of it.
func levered(pull string, events ...mission.Event) mission.Spec {
	return mission.Spec{
		Parties:  []accountability.Party{organisation("ministry", "Ministry of Homes", accountability.TierCentral)},
		Missions: []mission.Mission{warmHomes()},
		Levers: []mission.Lever{{Record: made("buying"), Name: "How councils buy repairs", Kind: mission.Procurement, By: "ministry",
			Missions: []record.ID{"warm-homes"}, Pays: "the cheapest repair of each fault", Pull: pull}},
		Events: events,
	}
}

var buying = record.Ref{Kind: mission.KindLever, ID: "buying"}

func unusedLeverBad() Example {
	return show("The rules by which repairs are bought pull against the mission.", levered(mission.PullsAgainst))
}

func unusedLeverGood() Example {
	return show("They pull with it.", levered(mission.PullsWith))
}

func unusedLeverUnclear() Example {
	return show("How they pull is not recorded.", levered(""))
}

func unusedLeverHarmless() Example {
	return show("They could help and are left as they are, for a reason on record.",
		levered(mission.Idle, reasoned(happening("weighed", mission.Considered, buying, false), "small builders would be left out by any other rule")))
}
