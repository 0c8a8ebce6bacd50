package review

import (
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The plans that show each rule at work: small, made up, and run by the tests. None is about a real place or body.

// shownOn is the day on which the examples are read, long after launched.
var (
	shownOn  = calendar.On(2026, time.June, 30)
	launched = exactly(2025, time.September, 1)
)

func exactly(year int, month time.Month, d int) calendar.When {
	return calendar.OnDay(calendar.On(year, month, d))
}

func made(id record.ID) record.Record { return record.Invented(id) }

// warmHomes is the mission of every example.
func warmHomes() mission.Mission {
	return mission.Mission{Record: made("warm-homes"), Name: "Warm homes"}
}

func announcedHomes(on calendar.When) mission.Mission {
	m := warmHomes()
	m.Announced = on
	return m
}

func show(says string, spec mission.Spec) Example {
	return Example{Says: says, Spec: spec, On: shownOn}
}

func happening(id record.ID, kind string, subject record.Ref, absent bool) mission.Event {
	return mission.Event{Record: made(id), Kind: kind, Subject: subject, Absent: absent}
}

func organisation(id record.ID, name, tier string) accountability.Party {
	return accountability.Party{Record: made(id), Kind: accountability.Organisation, Name: name, Tier: tier}
}

func post(id record.ID, name string) accountability.Party {
	return accountability.Party{Record: made(id), Kind: accountability.Post, Name: name}
}

var homes = missionRef("warm-homes")

func rhetoricOnlyBad() Example {
	return show("A mission announced ten months ago, and a statement that nothing has changed in practice.", mission.Spec{
		Missions: []mission.Mission{announcedHomes(launched)},
		Events:   []mission.Event{happening("no-change", mission.PracticeChange, homes, true)},
	})
}

func rhetoricOnlyGood() Example {
	return show("The same mission, and a team has moved to it.", mission.Spec{
		Missions: []mission.Mission{announcedHomes(launched)},
		Events:   []mission.Event{happening("team-moved", mission.PracticeChange, homes, false)},
	})
}

func rhetoricOnlyUnclear() Example {
	return show("The same mission, and nothing is recorded of what has changed.", mission.Spec{
		Missions: []mission.Mission{announcedHomes(launched)},
	})
}

func rhetoricOnlyHarmless() Example {
	return show("A mission announced last month: nothing can have changed yet.", mission.Spec{
		Missions: []mission.Mission{announcedHomes(exactly(2026, time.June, 1))},
		Events:   []mission.Event{happening("no-change", mission.PracticeChange, homes, true)},
	})
}

func activeHomes(stage string) mission.Mission {
	m := warmHomes()
	m.Stage = stage
	return m
}

func sloganWithoutPlanBad() Example {
	return show("An active mission, and a statement that no plan has been published.", mission.Spec{
		Missions: []mission.Mission{activeHomes(mission.StageActive)},
		Events:   []mission.Event{happening("no-plan", mission.PlanPublished, homes, true)},
	})
}

func sloganWithoutPlanGood() Example {
	return show("An active mission with a published plan.", mission.Spec{
		Missions: []mission.Mission{activeHomes(mission.StageActive)},
		Events:   []mission.Event{happening("plan", mission.PlanPublished, homes, false)},
	})
}

func sloganWithoutPlanUnclear() Example {
	return show("An active mission, and nobody has recorded whether there is a plan.", mission.Spec{
		Missions: []mission.Mission{activeHomes(mission.StageActive)},
	})
}

func sloganWithoutPlanHarmless() Example {
	return show("A mission in declared discovery, without a plan.", mission.Spec{
		Missions: []mission.Mission{activeHomes(mission.StageDiscovery)},
		Events:   []mission.Event{happening("no-plan", mission.PlanPublished, homes, true)},
	})
}

var scanning = initiativeRef("scanning")

func scanners(status mission.InitiativeStatus) mission.Initiative {
	n := mission.Initiative{Record: made("scanning"), Name: "Scanning of the housing register", Missions: []record.ID{"warm-homes"}, Status: status, Started: calendar.YearOf(calendar.On(2019, time.January, 1))}
	if status == mission.MissionWork {
		n.Badged = exactly(2025, time.October, 1)
	}
	return n
}

func missionWashingBad() Example {
	return show("A team at work since 2019 is badged as mission work, and a statement says that nothing has changed.", mission.Spec{
		Missions:    []mission.Mission{announcedHomes(launched)},
		Initiatives: []mission.Initiative{scanners(mission.MissionWork)},
		Events:      []mission.Event{happening("as-before", mission.PracticeChange, scanning, true)},
	})
}

func missionWashingGood() Example {
	changed := happening("new-way", mission.PracticeChange, scanning, false)
	changed.OnDay = exactly(2026, time.February, 2)
	return show("The same team, which has worked in another way since it was badged.", mission.Spec{
		Missions:    []mission.Mission{announcedHomes(launched)},
		Initiatives: []mission.Initiative{scanners(mission.MissionWork)},
		Events:      []mission.Event{changed},
	})
}

func missionWashingUnclear() Example {
	return show("The same team, and nothing is recorded of what has changed.", mission.Spec{
		Missions:    []mission.Mission{announcedHomes(launched)},
		Initiatives: []mission.Initiative{scanners(mission.MissionWork)},
	})
}

func missionWashingHarmless() Example {
	return show("The same team recorded as business as usual, valued in its own right.", mission.Spec{
		Missions:    []mission.Mission{announcedHomes(launched)},
		Initiatives: []mission.Initiative{scanners(mission.ValuedAsItIs)},
		Events:      []mission.Event{happening("as-before", mission.PracticeChange, scanning, true)},
	})
}

var insulated = milestoneRef("insulated")

func insulation(use milestone.Use) milestone.Milestone {
	return milestone.Milestone{Record: made("insulated"), Name: "A million homes insulated", Missions: []record.ID{"warm-homes"}, Use: use}
}

func milestoneAsEnforcementBad() Example {
	return show("A milestone for exploration, and a sanction for missing it.", mission.Spec{
		Missions:   []mission.Mission{warmHomes()},
		Milestones: []milestone.Milestone{insulation(milestone.Exploration)},
		Events:     []mission.Event{happening("fine", mission.Sanction, insulated, false)},
	})
}

func milestoneAsEnforcementGood() Example {
	return show("A milestone for exploration on which nothing hangs.", mission.Spec{
		Missions:   []mission.Mission{warmHomes()},
		Milestones: []milestone.Milestone{insulation(milestone.Exploration)},
	})
}

func milestoneAsEnforcementUnclear() Example {
	return show("A sanction on a milestone of which nobody has said what it is for.", mission.Spec{
		Missions:   []mission.Mission{warmHomes()},
		Milestones: []milestone.Milestone{insulation(0)},
		Events:     []mission.Event{happening("fine", mission.Sanction, insulated, false)},
	})
}

func milestoneAsEnforcementHarmless() Example {
	opened, fined := happening("now-binding", mission.UseChanged, insulated, false), happening("fine", mission.Sanction, insulated, false)
	opened.OnDay, fined.OnDay = exactly(2026, time.January, 5), exactly(2026, time.May, 5)
	return show("The use was changed openly in January, and the sanction came in May.", mission.Spec{
		Missions:   []mission.Mission{warmHomes()},
		Milestones: []milestone.Milestone{insulation(milestone.Exploration)},
		Events:     []mission.Event{opened, fined},
	})
}

// ownedInsulation is a milestone that a council answers for, and an event on it.
func ownedInsulation(e mission.Event) mission.Spec {
	m := insulation(milestone.Commitment)
	m.Set = exactly(2025, time.November, 3)
	return mission.Spec{
		Parties:    []accountability.Party{organisation("council", "Riverside Council", accountability.TierLocal)},
		Missions:   []mission.Mission{warmHomes()},
		Milestones: []milestone.Milestone{m},
		Duties:     []accountability.Duty{{Record: made("owner"), Duty: accountability.MilestoneOwner, Subject: insulated, Post: "council"}},
		Events:     []mission.Event{e},
	}
}

func imposedMilestoneBad() Example {
	return show("A statement that nobody was consulted on a milestone that a council answers for.",
		ownedInsulation(happening("not-asked", mission.Consultation, insulated, true)))
}

func imposedMilestoneGood() Example {
	talks := happening("talks", mission.Consultation, insulated, false)
	talks.With, talks.OnDay = []record.ID{"council"}, calendar.MonthOf(calendar.On(2025, time.October, 1))
	return show("The council was consulted in the month before the milestone was set.", ownedInsulation(talks))
}

func imposedMilestoneUnclear() Example {
	talks := happening("talks", mission.Consultation, insulated, false)
	talks.OnDay = calendar.MonthOf(calendar.On(2025, time.October, 1))
	return show("There was a consultation in time, and nobody has recorded with whom.", ownedInsulation(talks))
}

func imposedMilestoneHarmless() Example {
	spec := ownedInsulation(happening("not-asked", mission.Consultation, insulated, true))
	spec.Events = append(spec.Events, happening("cold-snap", mission.Emergency, insulated, false))
	return show("Nobody was consulted, in a recorded emergency.", spec)
}

func cold(uses record.Value[[]string]) mission.Spec {
	return mission.Spec{Indicators: []milestone.Indicator{{Record: made("cold-homes"), Name: "Cold homes", Unit: "homes", Uses: uses}}}
}

func rankingUseBad() Example {
	return show("The readings of an indicator are used to rank.", cold(record.Known([]string{milestone.UseLearn, milestone.UseRank})))
}

func rankingUseGood() Example {
	return show("The readings are used to decide.", cold(record.Known([]string{milestone.UseDecide})))
}

func rankingUseUnclear() Example {
	return show("What the readings are used for is withheld.", cold(record.Withheld[[]string]("under review")))
}

func rankingUseHarmless() Example {
	return show("A comparison is published for learning, in no order.", cold(record.Known([]string{milestone.UseLearn, "compare"})))
}

func board(f accountability.Forum) mission.Spec {
	f.Record, f.Kind, f.Subject = made("homes-board"), accountability.MissionBoard, homes
	f.From = launched
	return mission.Spec{Missions: []mission.Mission{warmHomes()}, Forums: []accountability.Forum{f}}
}

func boardUndisclosedBad() Example {
	return show("The membership of a mission board is withheld.",
		board(accountability.Forum{Members: record.Withheld[[]record.ID]("advice to ministers")}))
}

func boardUndisclosedGood() Example {
	return show("The membership was published in the month after the board was set up.",
		board(accountability.Forum{Disclosed: record.Known(exactly(2025, time.October, 1))}))
}

func boardUndisclosedUnclear() Example {
	return show("A mission board whose members nobody has recorded.", board(accountability.Forum{}))
}

func boardUndisclosedHarmless() Example {
	return show("The membership is withheld for reasons of security until a stated day.",
		board(accountability.Forum{Members: record.Withheld[[]record.ID]("security"), Disclosed: record.Known(exactly(2027, time.January, 4))}))
}

// led is a mission with one duty on it, carried by the head of the mission unless the duty says otherwise.
func led(announced calendar.When, d accountability.Duty) mission.Spec {
	d.Record, d.Duty, d.Subject = made("lead"), accountability.MissionLead, homes
	if d.State == 0 {
		d.Post, d.Successor = "head", "deputy"
	}
	return mission.Spec{
		Parties:  []accountability.Party{post("head", "Head of the Warm Homes mission"), post("deputy", "Deputy head of the Warm Homes mission")},
		Missions: []mission.Mission{announcedHomes(announced)},
		Duties:   []accountability.Duty{d},
	}
}

func leaderlessMissionBad() Example {
	return show("Ten months on, it is unclear who leads the mission.", led(launched, accountability.Duty{State: accountability.Unclear}))
}

func leaderlessMissionGood() Example {
	return show("A head of mission leads.", led(launched, accountability.Duty{}))
}

func leaderlessMissionUnclear() Example {
	return show("Nothing is recorded of a lead.", mission.Spec{Missions: []mission.Mission{announcedHomes(launched)}})
}

func leaderlessMissionHarmless() Example {
	return show("The lead is vacant a month after the mission was announced.", led(exactly(2026, time.June, 1), accountability.Duty{State: accountability.Vacant}))
}

func leadWithoutMeansBad() Example {
	return show("The head of mission has people and a route to a minister, and no budget.", led(launched, accountability.Duty{
		Means: accountability.Means{Budget: record.Known(false), People: record.Known(true), Route: record.Known(true)},
	}))
}

func leadWithoutMeansGood() Example {
	return show("The head of mission has all three.", led(launched, accountability.Duty{
		Means: accountability.Means{Budget: record.Known(true), People: record.Known(true), Route: record.Known(true)},
	}))
}

func leadWithoutMeansUnclear() Example {
	return show("The head of mission has people; nothing is recorded of a budget or a route.", led(launched, accountability.Duty{
		Means: accountability.Means{People: record.Known(true)},
	}))
}

func leadWithoutMeansHarmless() Example {
	return show("The head of mission has no budget, and is to convene and no more.", led(launched, accountability.Duty{
		Convening: true, Means: accountability.Means{Budget: record.Known(false)},
	}))
}

// championed is a mission that a minister sponsors and a head leads, who has a direct route to the minister.
func championed(successor record.ID) mission.Spec {
	return mission.Spec{
		Parties: []accountability.Party{
			post("minister", "Minister for Homes"), post("deputy", "Second Minister for Homes"), post("head", "Head of the Warm Homes mission"),
		},
		Missions: []mission.Mission{warmHomes()},
		Duties: []accountability.Duty{
			{Record: made("sponsor"), Duty: accountability.MissionSponsor, Subject: homes, Post: "minister", Successor: successor},
			{Record: made("lead"), Duty: accountability.MissionLead, Subject: homes, Post: "head", Successor: successor,
				Means: accountability.Means{Budget: record.Known(true), People: record.Known(true), Route: record.Known(true)}},
		},
	}
}

func championDependencyBad() Example {
	return show("One minister sponsors the mission, and one head leads it with a route to that minister.", championed(""))
}

func championDependencyGood() Example {
	spec := championed("")
	spec.Duties = append(spec.Duties,
		accountability.Duty{Record: made("sponsor-too"), Duty: accountability.MissionSponsor, Subject: homes, Post: "deputy"},
		accountability.Duty{Record: made("lead-too"), Duty: accountability.MissionLead, Subject: homes, Post: "deputy", Means: accountability.Means{Route: record.Known(true)}})
	return show("A second minister sponsors and leads it too.", spec)
}

func championDependencyUnclear() Example {
	spec := championed("")
	spec.Duties = spec.Duties[:1]
	return show("Nothing is recorded of a lead.", spec)
}

func championDependencyHarmless() Example {
	return show("A successor is named on both duties.", championed("deputy"))
}

var damp = record.Ref{Kind: mission.KindOutcome, ID: "no-damp"}

func outcome(duties ...accountability.Duty) mission.Spec {
	for i := range duties {
		d := &duties[i]
		d.Record, d.Duty, d.Subject, d.Post = made("owner"), accountability.OutcomeOwner, damp, "council"
	}
	return mission.Spec{
		Parties:  []accountability.Party{organisation("council", "Riverside Council", accountability.TierLocal)},
		Outcomes: []mission.Outcome{{Record: made("no-damp"), Name: "No child sleeps in a damp room"}},
		Duties:   duties,
	}
}

func orphanOutcomeBad() Example {
	return show("An outcome was given to a council, which has not accepted it.", outcome(accountability.Duty{Accepted: record.Known(false)}))
}

func orphanOutcomeGood() Example {
	return show("The council has accepted it.", outcome(accountability.Duty{Accepted: record.Known(true)}))
}

func orphanOutcomeUnclear() Example {
	return show("Nothing is recorded of who answers for the outcome.", outcome())
}

func orphanOutcomeHarmless() Example {
	spec := outcome(accountability.Duty{Accepted: record.Known(false)})
	call := happening("call", mission.OpenCall, damp, false)
	call.OnDay = exactly(2026, time.June, 1)
	spec.Events = []mission.Event{call}
	return show("It has not been accepted, and an open call for somebody to take it up is under way.", spec)
}

// shared is a mission with two contributors, the second of the given tier.
func shared(tier string, internal bool) mission.Spec {
	m := warmHomes()
	m.Contributors, m.Internal = record.Known([]record.ID{"ministry", "partner"}), internal
	return mission.Spec{
		Parties:  []accountability.Party{organisation("ministry", "Ministry of Homes", accountability.TierCentral), organisation("partner", "The Insulation Partnership", tier)},
		Missions: []mission.Mission{m},
	}
}

func centreOnlyBad() Example {
	return show("Both contributors are central government.", shared(accountability.TierCentral, false))
}

func centreOnlyGood() Example {
	return show("One contributor is local.", shared(accountability.TierLocal, false))
}

func centreOnlyUnclear() Example {
	return show("Nobody has recorded where one contributor stands.", shared("", false))
}

func centreOnlyHarmless() Example {
	return show("Both are central, and the mission is recorded as internal to central government.", shared(accountability.TierCentral, true))
}
