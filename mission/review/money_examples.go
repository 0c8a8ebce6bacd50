package review

import (
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The plans that show the rules on money at work.

func pounds(n int64) record.Value[record.Money] {
	return record.Known(record.Money{Minor: 100 * n, Currency: "GBP"})
}

// insulationSpec is a mission with a milestone, and whatever is said of its money.
func insulationSpec(allocations []funding.Allocation, events ...mission.Event) mission.Spec {
	return mission.Spec{
		Missions: []mission.Mission{warmHomes()}, Milestones: []milestone.Milestone{insulation(milestone.Commitment)},
		Allocations: allocations, Events: events,
	}
}

func unfundedMilestoneBad() Example {
	return show("A statement that no money is set aside for a milestone.", insulationSpec(nil, happening("no-money", mission.Funded, insulated, true)))
}

func unfundedMilestoneGood() Example {
	return show("A milestone with money of its own.", insulationSpec([]funding.Allocation{{Record: made("grant"), Subject: insulated, Amount: pounds(4_000_000)}}))
}

func unfundedMilestoneUnclear() Example {
	return show("A milestone of whose money nothing is recorded.", insulationSpec(nil))
}

func unfundedMilestoneHarmless() Example {
	return show("No money is set aside for a milestone that is stated to need none.", insulationSpec(
		[]funding.Allocation{{Record: made("none-needed"), Subject: insulated, Amount: record.Value[record.Money]{State: record.StateNotApplicable}}},
		happening("no-money", mission.Funded, insulated, true)))
}

// settledHomes is a mission until 2035 with settlements that are for it.
func settledHomes(settlements ...funding.Settlement) mission.Spec {
	m := warmHomes()
	m.Horizon = calendar.YearOf(calendar.On(2035, time.January, 1))
	for i := range settlements {
		s := &settlements[i]
		s.Party, s.For = "ministry", []record.Ref{homes}
		if s.ID == "" {
			s.Record = made("settlement")
		}
	}
	return mission.Spec{
		Parties:  []accountability.Party{organisation("ministry", "Ministry of Homes", accountability.TierCentral)},
		Missions: []mission.Mission{m}, Settlements: settlements,
	}
}

func shortMoneyBad() Example {
	return show("A mission until 2035, and a settlement that is firm for a year.", settledHomes(funding.Settlement{FirmUntil: exactly(2027, time.April, 1)}))
}

func shortMoneyGood() Example {
	return show("The same mission, and a settlement that is firm until 2036.", settledHomes(funding.Settlement{FirmUntil: exactly(2036, time.April, 1)}))
}

func shortMoneyUnclear() Example {
	return show("The same mission, and a settlement of which nobody says for how long it is firm.", settledHomes(funding.Settlement{}))
}

func shortMoneyHarmless() Example {
	return show("A settlement that is firm for a year, and a commitment in law until 2036, recorded as a settlement of its own.", settledHomes(
		funding.Settlement{FirmUntil: exactly(2027, time.April, 1)},
		funding.Settlement{Record: made("by-law"), FirmUntil: exactly(2036, time.April, 1)}))
}

func bilateralOnlyBad() Example {
	return show("A settlement for a mission, reached bilaterally.", settledHomes(funding.Settlement{Reached: funding.Bilateral}))
}

func bilateralOnlyGood() Example {
	return show("A settlement for a mission, reached collectively.", settledHomes(funding.Settlement{Reached: funding.Collective}))
}

func bilateralOnlyUnclear() Example {
	return show("A settlement for a mission, and nobody has recorded how it was reached.", settledHomes(funding.Settlement{}))
}

func bilateralOnlyHarmless() Example {
	spec := settledHomes(funding.Settlement{Reached: funding.Bilateral})
	spec.Parties = append(spec.Parties, accountability.Party{Record: made("agency"), Kind: accountability.Body, Name: "Homes Agency", OfParty: "ministry"})
	spec.Missions[0].Contributors, spec.Missions[0].Internal = record.Known([]record.ID{"agency", "ministry"}), true
	return show("A bilateral settlement for a mission of one ministry and its agency alone.", spec)
}

// prioritised is a mission whose money was decided on in March and whose priorities were agreed on another day.
func prioritised(agreed calendar.When, reopened calendar.When) mission.Spec {
	spec := settledHomes(funding.Settlement{Agreed: exactly(2026, time.March, 2), Reopened: reopened})
	if !agreed.IsZero() {
		e := happening("priorities", mission.Priorities, homes, false)
		e.OnDay = agreed
		spec.Events = []mission.Event{e}
	}
	return spec
}

func numbersFirstBad() Example {
	return show("A settlement in March, and priorities agreed in May.", prioritised(exactly(2026, time.May, 4), calendar.When{}))
}

func numbersFirstGood() Example {
	return show("Priorities agreed in January, and a settlement in March.", prioritised(exactly(2026, time.January, 12), calendar.When{}))
}

func numbersFirstUnclear() Example {
	return show("A settlement in March, and nobody has recorded when priorities were agreed.", prioritised(calendar.When{}, calendar.When{}))
}

func numbersFirstHarmless() Example {
	return show("A settlement in March, priorities in May, and the settlement reopened in June.", prioritised(exactly(2026, time.May, 4), exactly(2026, time.June, 1)))
}

var cluster = record.Ref{Kind: accountability.KindForum, ID: "homes-cluster"}

// clustered is a spending review with a mission cluster on it.
func clustered(concluded calendar.When, events ...mission.Event) mission.Spec {
	return mission.Spec{
		SpendingReviews: []funding.Review{{Record: made("review"), Name: "Review of 2026", Concluded: concluded, Settled: funding.Collective}},
		Forums:          []accountability.Forum{{Record: made("homes-cluster"), Kind: accountability.MissionCluster, Name: "Warm homes", Subject: reviewRef("review")}},
		Events:          events,
	}
}

func clusterUnkeptBad() Example {
	return show("The review is over, and a statement says that its cluster never met.", clustered(exactly(2026, time.June, 10), happening("unmet", mission.MeetingHeld, cluster, true)))
}

func clusterUnkeptGood() Example {
	decision := happening("decision", mission.Decision, cluster, false)
	decision.LedTo = []record.Ref{reviewRef("review")}
	return show("The cluster decided on something that became part of the review.", clustered(exactly(2026, time.June, 10), decision))
}

func clusterUnkeptUnclear() Example {
	return show("The review is over, and nothing is recorded of what the cluster did.", clustered(exactly(2026, time.June, 10)))
}

func clusterUnkeptHarmless() Example {
	return show("The cluster has not met, and the review runs until November.", clustered(exactly(2026, time.November, 25), happening("unmet", mission.MeetingHeld, cluster, true)))
}

// fenced is a mission paid for out of two amounts, one for health and one for a purpose of its own.
func fenced(purpose string, second record.Value[bool], events ...mission.Event) mission.Spec {
	return mission.Spec{
		Missions: []mission.Mission{warmHomes()},
		Allocations: []funding.Allocation{
			{Record: made("from-health"), Subject: homes, Amount: pounds(400_000), Purpose: "health", Ringfenced: record.Known(true)},
			{Record: made("from-housing"), Subject: homes, Amount: pounds(700_000), Purpose: purpose, Ringfenced: second},
		},
		Events: events,
	}
}

func ringfenceBlocksBad() Example {
	return show("One mission is paid for out of two ringfences, one for health and one for housing.", fenced("housing", record.Known(true)))
}

func ringfenceBlocksGood() Example {
	return show("Only one of the two amounts is ringfenced.", fenced("housing", record.Known(false)))
}

func ringfenceBlocksUnclear() Example {
	return show("One amount is ringfenced, and of the other nobody has said.", fenced("housing", record.Value[bool]{}))
}

func ringfenceBlocksHarmless() Example {
	return show("Two ringfences, and an exemption has been agreed.", fenced("housing", record.Known(true), happening("exempt", mission.Exemption, homes, false)))
}

func cutScanning(events ...mission.Event) mission.Spec {
	n := scanners(mission.ValuedAsItIs)
	n.Missions = nil
	return mission.Spec{Initiatives: []mission.Initiative{n}, Events: append(events, happening("fewer", mission.Cut, scanning, false))}
}

func cutWithoutReformBad() Example {
	return show("A team is cut, and a statement says that its way of working stays as it was.", cutScanning(happening("as-before", mission.PracticeChange, scanning, true)))
}

func cutWithoutReformGood() Example {
	return show("A team is cut and works in another way.", cutScanning(happening("new-way", mission.PracticeChange, scanning, false)))
}

func cutWithoutReformUnclear() Example {
	return show("A team is cut, and nothing is recorded of how it works since.", cutScanning())
}

func cutWithoutReformHarmless() Example {
	return show("A team is cut, and there is less for it to do.", cutScanning(happening("as-before", mission.PracticeChange, scanning, true), happening("less-to-scan", mission.NeedFell, scanning, false)))
}

// leaning is a milestone that leans on a planning service with a hundred planners in 2019 and another number in 2025.
func leaning(now record.Value[record.Quantity], events ...mission.Event) mission.Spec {
	return mission.Spec{
		Missions:   []mission.Mission{warmHomes()},
		Milestones: []milestone.Milestone{insulation(milestone.Commitment)},
		Initiatives: []mission.Initiative{{Record: made("planning"), Name: "Planning", Kind: mission.Service, Status: mission.ValuedAsItIs,
			Capacity: "planners"}},
		Indicators: []milestone.Indicator{{Record: made("planners"), Name: "Planners", Unit: "full-time equivalents", Uses: record.Known([]string{milestone.UseDecide})}},
		Observations: []milestone.Observation{
			{Record: made("planners-2019"), Indicator: "planners", Period: calendar.YearOf(calendar.On(2019, time.January, 1)), Value: record.Known(record.Number(100)), Baseline: true},
			{Record: made("planners-2025"), Indicator: "planners", Period: calendar.YearOf(calendar.On(2025, time.January, 1)), Value: now},
		},
		Dependencies: []milestone.Dependency{{Record: made("needs-planning"), Dependent: insulated, On: initiativeRef("planning"), Kind: milestone.Needs, Agreed: record.Known(true)}},
		Events:       events,
	}
}

func cutUnderMilestoneBad() Example {
	return show("A milestone leans on a service that has lost six in ten of its people.", leaning(record.Known(record.Number(40))))
}

func cutUnderMilestoneGood() Example {
	return show("A milestone leans on a service that has nearly as many people as it had.", leaning(record.Known(record.Number(95))))
}

func cutUnderMilestoneUnclear() Example {
	return show("How many people the service has now is withheld.", leaning(record.Withheld[record.Quantity]("under review")))
}

func cutUnderMilestoneHarmless() Example {
	return show("The service has lost six in ten of its people, and a national team does the work now.", leaning(record.Known(record.Number(40)),
		happening("national-team", mission.Replaced, initiativeRef("planning"), false)))
}

// spread is a review that gives to two councils, the one in a more deprived area first.
func spread(first, second int64, tenth int, events ...mission.Event) mission.Spec {
	poor, rich := organisation("riverside", "Riverside Council", accountability.TierLocal), organisation("hilltop", "Hilltop Council", accountability.TierLocal)
	poor.DeprivationTenth, rich.DeprivationTenth = 1, tenth
	to := func(id, party record.ID, amount int64) funding.Allocation {
		return funding.Allocation{Record: made(id), Subject: record.Ref{Kind: accountability.KindParty, ID: party}, Review: "review", To: party,
			Was: pounds(100_000), Amount: pounds(amount), Basis: "2024-25 prices"}
	}
	return mission.Spec{
		Parties:         []accountability.Party{poor, rich},
		SpendingReviews: []funding.Review{{Record: made("review"), Name: "Review of 2026", Settled: funding.Collective}},
		Allocations:     []funding.Allocation{to("to-riverside", "riverside", first), to("to-hilltop", "hilltop", second)},
		Events:          events,
	}
}

func regressiveChangeBad() Example {
	return show("A review takes 35% from the council in the most deprived area and 15% from that in the least.", spread(65_000, 85_000, 10))
}

func regressiveChangeGood() Example {
	return show("A review takes a tenth from both.", spread(90_000, 90_000, 10))
}

func regressiveChangeUnclear() Example {
	return show("How deprived the area of one council is has not been recorded.", spread(65_000, 85_000, 0))
}

func regressiveChangeHarmless() Example {
	return show("The cut falls harder on the more deprived area, where need has fallen.", spread(65_000, 85_000, 10, happening("less-need", mission.NeedFell, reviewRef("review"), false)))
}

// squeezed is a settlement with a line for prevention and a line for acute need.
func squeezed(prevention, acute record.Value[record.Money], more ...funding.Allocation) mission.Spec {
	spec := settledHomes(funding.Settlement{Reached: funding.Collective})
	line := func(id record.ID, nature string, was, now record.Value[record.Money]) funding.Allocation {
		return funding.Allocation{Record: made(id), Subject: homes, Settlement: "settlement", Nature: nature, Was: was, Amount: now}
	}
	spec.Allocations = append(more, line("advice", funding.Prevention, pounds(100_000), prevention), line("repairs", funding.Acute, pounds(300_000), acute))
	return spec
}

func preventionCrowdedOutBad() Example {
	return show("In one settlement, money for advice falls and money for urgent repairs grows.", squeezed(pounds(60_000), pounds(400_000)))
}

func preventionCrowdedOutGood() Example {
	return show("Both lines keep what they had.", squeezed(pounds(100_000), pounds(300_000)))
}

func preventionCrowdedOutUnclear() Example {
	return show("Money for advice falls, and what became of that for urgent repairs is not known.", squeezed(pounds(60_000), record.Unknown[record.Money]("")))
}

func preventionCrowdedOutHarmless() Example {
	return show("Money for advice falls in one settlement and grows by as much in another.", squeezed(pounds(60_000), pounds(400_000),
		funding.Allocation{Record: made("advice-in-places"), Subject: homes, Nature: funding.Prevention, Was: pounds(10_000), Amount: pounds(50_000)}))
}

// unweighed is money that a minister decided on.
func unweighed(amount int64, alternatives record.Value[bool]) mission.Spec {
	return mission.Spec{
		Parties:  []accountability.Party{post("minister", "Minister for Homes")},
		Missions: []mission.Mission{warmHomes()},
		Allocations: []funding.Allocation{{Record: made("grant"), Subject: homes, DecidedBy: "minister", Amount: pounds(amount),
			Alternatives: alternatives}},
	}
}

func noTradeOffBad() Example {
	return show("A minister decides on five million pounds, and no alternatives were written down.", unweighed(5_000_000, record.Known(false)))
}

func noTradeOffGood() Example {
	return show("A minister decides on five million pounds, and the alternatives were written down.", unweighed(5_000_000, record.Known(true)))
}

func noTradeOffUnclear() Example {
	return show("A minister decides on five million pounds, and nobody has recorded whether there were alternatives.", unweighed(5_000_000, record.Value[bool]{}))
}

func noTradeOffHarmless() Example {
	return show("A minister decides on ten thousand pounds without alternatives.", unweighed(10_000, record.Known(false)))
}

// pooled is a pool of two contributors.
func pooled(pool funding.Pool) mission.Spec {
	pool.Record, pool.Name, pool.Subject = made("pool"), "Homes fund", homes
	return mission.Spec{
		Parties: []accountability.Party{
			organisation("council", "Riverside Council", accountability.TierLocal), organisation("board", "Riverside Health Board", accountability.TierLocal),
			post("treasurer", "Treasurer of Riverside"), post("chief", "Chief of the Health Board"),
		},
		Missions: []mission.Mission{warmHomes()},
		Pools:    []funding.Pool{pool},
		PoolShares: []funding.Share{
			{Record: made("share-council"), Pool: "pool", Party: "council", AccountingOfficer: "treasurer", Amount: pounds(500_000)},
			{Record: made("share-board"), Pool: "pool", Party: "board", AccountingOfficer: "chief", Amount: pounds(500_000)},
		},
	}
}

func poolWithoutAccountBad() Example {
	return show("A pool with a rule for deciding, and no way for what is left to go back.",
		pooled(funding.Pool{Rule: record.Known("unanimity of the contributors"), Return: record.Known("none")}))
}

func poolWithoutAccountGood() Example {
	return show("A pool with a rule for deciding, a return by shares, and an accounting officer for each share.",
		pooled(funding.Pool{Rule: record.Known("unanimity of the contributors"), Return: record.Known("by shares, at the end of the year")}))
}

func poolWithoutAccountUnclear() Example {
	return show("A pool of whose terms nothing is recorded.", pooled(funding.Pool{}))
}

func poolWithoutAccountHarmless() Example {
	return show("Vans and rooms are shared informally, and there are no terms.", pooled(funding.Pool{Informal: true, Return: record.Known("none")}))
}

// handedDown is a mission that was handed down to a council.
func handedDown(amount record.Value[record.Money], decides record.ID, events ...mission.Event) mission.Spec {
	e := happening("devolved", mission.Devolved, homes, false)
	e.With, e.Amount = []record.ID{"council"}, amount
	return mission.Spec{
		Parties:  []accountability.Party{organisation("council", "Riverside Council", accountability.TierLocal), organisation("ministry", "Ministry of Homes", accountability.TierCentral)},
		Missions: []mission.Mission{warmHomes()},
		Duties:   []accountability.Duty{{Record: made("decides"), Duty: accountability.Decide, Subject: homes, Post: decides}},
		Events:   append(events, e),
	}
}

func devolvedInNameBad() Example {
	return show("A council may decide on a mission and was given no money for it.", handedDown(pounds(0), "council"))
}

func devolvedInNameGood() Example {
	return show("A council may decide on a mission and was given the money for it.", handedDown(pounds(2_000_000), "council"))
}

func devolvedInNameUnclear() Example {
	return show("A council may decide on a mission, and nobody has recorded whether money came with it.", handedDown(record.Value[record.Money]{}, "council"))
}

func devolvedInNameHarmless() Example {
	return show("The money has not come yet, and the handover goes in agreed stages.", handedDown(pounds(0), "council", happening("stages", mission.Transition, homes, false)))
}
