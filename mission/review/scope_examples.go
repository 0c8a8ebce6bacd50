package review

import (
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// The examples of the rules on what a mission is, what belongs to it, and whether anything changed.

var (
	scopeAutumn = exactly(2025, time.October, 6)
	scopeWinter = exactly(2026, time.January, 12)
)

// scopePlan is the mission, a ministry and a council, and what happened.
func scopePlan(events ...mission.Event) mission.Spec {
	return mission.Spec{
		Parties: []accountability.Party{
			organisation("ministry", "Ministry of Homes", accountability.TierCentral), organisation("council", "Riverside Council", accountability.TierLocal),
		},
		Missions: []mission.Mission{warmHomes()},
		Events:   events,
	}
}

func scopeOn(e mission.Event, day calendar.When) mission.Event {
	e.OnDay = day
	return e
}

func scopeWith(e mission.Event, day calendar.When, with ...record.ID) mission.Event {
	e.OnDay, e.With = day, with
	return e
}

func scopeBy(e mission.Event, day calendar.When, by ...record.ID) mission.Event {
	e.OnDay, e.By = day, by
	return e
}

func scopeTo(e mission.Event, to ...record.Ref) mission.Event {
	e.LedTo = to
	return e
}

// scopeLanded is a mission that reached the ministry on a day, and the ministry's bid of October.
func scopeLanded(day calendar.When, events ...mission.Event) mission.Spec {
	return scopePlan(append(events, scopeWith(happening("told", mission.Landed, homes, false), day, "ministry"),
		scopeBy(happening("bid", mission.BidMade, homes, false), scopeAutumn, "ministry"))...)
}

func lateLandingBad() Example {
	return show("A ministry bid for its money in October, and heard in January what the mission asks of it.", scopeLanded(scopeWinter))
}

func lateLandingGood() Example {
	return show("The ministry heard of it in September, before its bid.", scopeLanded(launched))
}

func lateLandingUnclear() Example {
	return show("It heard of it at some time in the year of its bid.", scopeLanded(calendar.YearOf(calendar.On(2025, time.January, 1))))
}

func lateLandingHarmless() Example {
	return show("It heard of it in January, and changed its bid in February.",
		scopeLanded(scopeWinter, scopeBy(happening("second-bid", mission.BidAmended, homes, false), exactly(2026, time.February, 9), "ministry")))
}

// scopeRead is the plan with the readings of the ministry and of the council, which may differ.
func scopeRead(ministry, council string, differs bool, agreed record.Value[bool]) mission.Spec {
	spec := scopePlan()
	one := mission.Scope{Record: made("narrow"), Mission: "warm-homes", By: "ministry", Reading: ministry}
	two := mission.Scope{Record: made("wide"), Mission: "warm-homes", By: "council", Reading: council, Agreed: agreed}
	if differs {
		two.Differs = []record.ID{"narrow"}
	}
	spec.Scopes = []mission.Scope{one, two}
	return spec
}

const scopeOwners, scopeEvery = "Homes that people own", "Every home, rented or owned"

func conflictingReadingsBad() Example {
	return show("A ministry reads the mission as one for homes that people own, a council as one for every home, and it is not settled.",
		scopeRead(scopeOwners, scopeEvery, true, record.Known(false)))
}

func conflictingReadingsGood() Example {
	return show("Both read it in the same words.", scopeRead(scopeEvery, scopeEvery, false, record.Value[bool]{}))
}

func conflictingReadingsUnclear() Example {
	return show("Both readings are recorded, and nobody says whether they can be squared.", scopeRead(scopeOwners, scopeEvery, false, record.Value[bool]{}))
}

func conflictingReadingsHarmless() Example {
	return show("The readings differ, and both have agreed that they do.", scopeRead(scopeOwners, scopeEvery, true, record.Known(true)))
}

// scopeService is a mission with one piece of work under it, in discovery unless events say more.
func scopeService(kind string, events ...mission.Event) mission.Spec {
	spec := scopePlan(events...)
	spec.Missions = []mission.Mission{activeHomes(mission.StageDiscovery)}
	spec.Initiatives = []mission.Initiative{{Record: made("service"), Name: "The National Warmth Service", Missions: []record.ID{"warm-homes"}, Kind: kind, By: "ministry"}}
	return spec
}

func solutionLockBad() Example {
	return show("A mission is in discovery, and all that is under it is one named service of one ministry.", scopeService(mission.Service))
}

func solutionLockGood() Example {
	return show("What is under it is a portfolio of work and not a service.", scopeService(mission.Portfolio))
}

func solutionLockUnclear() Example {
	return show("Nobody has recorded what sort of work it is.", scopeService(""))
}

func solutionLockHarmless() Example {
	spec := scopeService(mission.Service)
	spec.Duties = []accountability.Duty{
		{Record: made("lead-one"), Duty: accountability.Deliver, Subject: initiativeRef("service"), Post: "ministry"},
		{Record: made("lead-two"), Duty: accountability.Deliver, Subject: initiativeRef("service"), Post: "council"},
	}
	return show("One named service, which a ministry and a council deliver together.", spec)
}

var scopeRoads = milestoneRef("roads")

// scopeLevered is a milestone under the mission, and what is said of it.
func scopeLevered(events ...mission.Event) mission.Spec {
	spec := scopePlan(events...)
	spec.Milestones = []milestone.Milestone{{Record: made("roads"), Name: "Ten new roads", Missions: []record.ID{"warm-homes"}}}
	return spec
}

var scopeNoReason = happening("no-reason", mission.Rationale, scopeRoads, true)

func leveredInGoalBad() Example {
	return show("New roads stand under a mission for warm homes, and a statement that nobody has said why.", scopeLevered(scopeNoReason))
}

func leveredInGoalGood() Example {
	spec := scopeLevered(scopeNoReason)
	spec.Contributions = []learning.Contribution{{Record: made("roads-homes"), Cause: scopeRoads, Effect: homes, Strength: record.Number(0.2)}}
	return show("Nobody has said why, and a contribution from the roads to the mission is recorded.", spec)
}

func leveredInGoalUnclear() Example {
	return show("A reason is said to exist and is not given.", scopeLevered(happening("a-reason", mission.Rationale, scopeRoads, false)))
}

func leveredInGoalHarmless() Example {
	return show("The reason is written down: the roads carry what the homes are built of.",
		scopeLevered(reasoned(happening("a-reason", mission.Rationale, scopeRoads, false), "the roads carry what the homes are built of")))
}

// scopeKinds is the mission as two claimants have it.
func scopeKinds(one, two string, events ...mission.Event) mission.Spec {
	spec := scopePlan(events...)
	first, second := warmHomes(), warmHomes()
	first.Kind, first.Claimant = one, "the plan"
	second.Record = made("warm-homes-speech")
	second.Of, second.Claimant, second.Kind = "warm-homes", "the speech", two
	spec.Missions = []mission.Mission{first, second}
	return spec
}

func categoryMuddleBad() Example {
	return show("The plan calls it a foundation, and a speech a mission.", scopeKinds(mission.Foundation, ""))
}

func categoryMuddleGood() Example {
	return show("Both call it a foundation.", scopeKinds(mission.Foundation, mission.Foundation))
}

func categoryMuddleUnclear() Example {
	return show("The plan calls it a foundation, and the speech a pillar.", scopeKinds(mission.Foundation, "pillar"))
}

func categoryMuddleHarmless() Example {
	moving := happening("moving", mission.Transition, homes, false)
	moving.Until = exactly(2026, time.December, 31)
	return show("It is being moved from the one to the other, until the end of the year.", scopeKinds(mission.Foundation, "", moving))
}

// scopeSeveral is the plan with four pieces of work under the mission, of which the first few contribute to it.
func scopeSeveral(linked int, kind string) mission.Spec {
	spec := scopePlan()
	for i, id := range []record.ID{"grants", "advice", "leaflets", "prizes"} {
		name := []string{"Grants", "Advice", "Leaflets", "Prizes"}[i]
		spec.Initiatives = append(spec.Initiatives, mission.Initiative{Record: made(id), Name: name, Missions: []record.ID{"warm-homes"}, Kind: kind})
		if i < linked {
			spec.Contributions = append(spec.Contributions, learning.Contribution{Record: made(id + "-warm"), Cause: initiativeRef(id), Effect: homes, Strength: record.Number(0.3)})
		}
	}
	return spec
}

func initiativeListBad() Example {
	return show("Four initiatives, of which one is recorded as contributing to the mission.", scopeSeveral(1, mission.Programme))
}

func initiativeListGood() Example {
	return show("Three of the four contribute to it.", scopeSeveral(3, mission.Programme))
}

func initiativeListUnclear() Example {
	return show("Nobody has recorded what any of the four contributes to.", scopeSeveral(0, mission.Programme))
}

func initiativeListHarmless() Example {
	return show("One of the four contributes to it, and all of them are there to find out.", scopeSeveral(1, mission.TestAndLearn))
}

// scopeStated is a mission with a goal and what it says of how the work is done.
func scopeStated(events ...mission.Event) mission.Spec {
	spec := scopePlan(events...)
	spec.Missions[0].Statement = "Nobody is cold at home"
	return spec
}

func buzzwordMaskBad() Example {
	return show("A mission with a goal, and a statement that it promises nothing about how the work is done.", scopeStated(happening("no-how", mission.HowCommitment, homes, true)))
}

func buzzwordMaskGood() Example {
	return show("It promised to work in the open, and practice has changed.",
		scopeStated(happening("open", mission.HowCommitment, homes, false), scopeOn(happening("changed", mission.PracticeChange, homes, false), scopeWinter)))
}

func buzzwordMaskUnclear() Example {
	return show("It promised to work in the open, and nobody has recorded what came of that.", scopeStated(happening("open", mission.HowCommitment, homes, false)))
}

func buzzwordMaskHarmless() Example {
	spec := scopeStated(happening("no-how", mission.HowCommitment, homes, true), scopeTo(happening("open", mission.HowCommitment, missionRef("green"), false), homes))
	spec.Missions[0].Parents = []record.ID{"green"}
	spec.Missions = append(spec.Missions, mission.Mission{Record: made("green"), Name: "A green country"})
	return show("It promises nothing itself, and the mission that it is part of does.", spec)
}

var scopeLibraries = initiativeRef("libraries")

// scopeBasics is a service that is valued as it is, with one reading of what it can do, and what became of it.
func scopeBasics(open float64, events ...mission.Event) mission.Spec {
	spec := scopePlan(events...)
	spec.Initiatives = []mission.Initiative{{Record: made("libraries"), Name: "Libraries", Kind: mission.Service, Status: mission.ValuedAsItIs, Capacity: "hours", Floor: record.Number(40)}}
	spec.Indicators = []milestone.Indicator{{Record: made("hours"), Name: "Opening hours", Unit: "hours a week"}}
	spec.Observations = []milestone.Observation{{Record: made("hours-may"), Indicator: "hours", Period: calendar.MonthOf(calendar.On(2026, time.May, 1)), Value: record.Known(record.Number(open))}}
	return spec
}

var scopeDrawn = scopeTo(scopeOn(happening("staff-moved", mission.CapacityMoved, scopeLibraries, false), scopeWinter), homes)

func bauNeglectBad() Example {
	return show("Libraries open for 25 hours a week, under their floor of 40, and their staff went to the mission.", scopeBasics(25, scopeDrawn))
}

func bauNeglectGood() Example {
	return show("Staff went to the mission, and the libraries open for 45 hours.", scopeBasics(45, scopeDrawn))
}

func bauNeglectUnclear() Example {
	return show("They open for 25 hours, and nobody has recorded where the capacity went.", scopeBasics(25))
}

func bauNeglectHarmless() Example {
	return show("They open for 25 hours, as was agreed, since the schools open theirs in the evening.",
		scopeBasics(25, scopeDrawn, reasoned(happening("agreed", mission.Agreement, scopeLibraries, false), "the school libraries open in the evening")))
}

func noBoundaryBad() Example {
	return show("A statement that nobody has written down what belongs to the mission.", scopePlan(happening("no-line", mission.BoundarySet, homes, true)))
}

func noBoundaryGood() Example {
	spec := scopePlan()
	spec.Scopes = []mission.Scope{{Record: made("line"), Mission: "warm-homes", Inside: []string{"heating", "insulation"}, Outside: []string{"new building"}}}
	return show("The mission says what is inside and what is outside.", spec)
}

func noBoundaryUnclear() Example {
	spec := scopePlan()
	spec.Scopes = []mission.Scope{{Record: made("line"), Mission: "warm-homes", Inside: []string{"heating", "insulation"}}}
	return show("It says what is inside, and nobody has recorded whether anything is outside.", spec)
}

func noBoundaryHarmless() Example {
	return show("Nobody has written it down, and what belongs to the mission is still being settled.",
		scopePlan(happening("no-line", mission.BoundarySet, homes, true), happening("framing", mission.Framing, homes, false)))
}

var scopeUnpractised = happening("as-before", mission.PracticeChange, homes, true)

func scopeRenamed(day calendar.When, events ...mission.Event) mission.Spec {
	return scopePlan(append(events, scopeOn(happening("new-name", mission.Renamed, homes, false), day))...)
}

func shallowChangeBad() Example {
	return show("The mission was given a new name in spring 2025, and a statement that nothing has changed in practice.", scopeRenamed(exactly(2025, time.March, 3), scopeUnpractised))
}

func shallowChangeGood() Example {
	return show("It was given a new name, and decides in another way.", scopeRenamed(exactly(2025, time.March, 3), scopeOn(happening("rewired", mission.WiringChange, homes, false), scopeWinter)))
}

func shallowChangeUnclear() Example {
	return show("It was given a new name, and nobody has recorded what else changed.", scopeRenamed(exactly(2025, time.March, 3)))
}

func shallowChangeHarmless() Example {
	return show("It was given a new name last month.", scopeRenamed(exactly(2026, time.June, 1), scopeUnpractised))
}

// scopeAdopted is a mission whose leaders work in another way.
func scopeAdopted(events ...mission.Event) mission.Spec {
	return scopePlan(append(events, scopeOn(happening("leaders", mission.LeadersAdopted, homes, false), scopeWinter))...)
}

var scopeNotBelow = happening("no-teams", mission.TeamsAdopted, homes, true)

func noEvidenceFromBelowBad() Example {
	return show("Leaders work in another way, and a statement that teams do not.", scopeAdopted(scopeNotBelow))
}

func noEvidenceFromBelowGood() Example {
	return show("Teams do so too.", scopeAdopted(happening("teams", mission.TeamsAdopted, homes, false)))
}

func noEvidenceFromBelowUnclear() Example {
	return show("Leaders do, and nothing is recorded of teams.", scopeAdopted())
}

func noEvidenceFromBelowHarmless() Example {
	return show("Teams do not yet: it was to begin with the leaders.",
		scopeAdopted(scopeNotBelow, reasoned(happening("leaders-first", mission.Alternative, homes, false), "the pilot is one of leaders")))
}
