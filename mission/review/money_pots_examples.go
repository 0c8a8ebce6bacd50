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

// The plans that show the rules on figures, chains, pots and gains at work.

// surveyed is a mission until the end of 2029 with a milestone that a survey must precede.
func surveyed(survey calendar.When, events ...mission.Event) mission.Spec {
	m := warmHomes()
	m.Horizon = exactly(2029, time.December, 31)
	s := insulation(milestone.Commitment)
	s.Lasts = 700
	return mission.Spec{
		Missions: []mission.Mission{m},
		Milestones: []milestone.Milestone{s,
			{Record: made("surveyed"), Name: "Every home surveyed", Missions: []record.ID{"warm-homes"}, Use: milestone.Commitment, Due: survey}},
		Dependencies: []milestone.Dependency{{Record: made("after-survey"), Dependent: insulated, On: milestoneRef("surveyed"), Kind: milestone.FinishStart, Agreed: record.Known(true)}},
		Events:       events,
	}
}

func horizonOverrunBad() Example {
	return show("A milestone takes 700 days once a survey is done, which is due 18 months before the horizon.", surveyed(exactly(2028, time.June, 30)))
}

func horizonOverrunGood() Example {
	return show("The survey is due three years before the horizon.", surveyed(exactly(2026, time.December, 31)))
}

func horizonOverrunUnclear() Example {
	return show("Nobody has recorded when the survey is due.", surveyed(calendar.When{}))
}

func horizonOverrunHarmless() Example {
	return show("The survey is due late, and the parties have decided together to go on after the term.",
		surveyed(exactly(2028, time.June, 30), happening("together", mission.JointDecision, homes, false)))
}

// measured is a milestone that asks for a level of an indicator, or for a direction, with what is said of the baseline.
func measured(target milestone.Target, baseline ...record.Value[record.Quantity]) mission.Spec {
	target.Record, target.Milestone, target.Indicator = made("target"), "insulated", "cold-homes"
	spec := mission.Spec{
		Missions:   []mission.Mission{warmHomes()},
		Milestones: []milestone.Milestone{insulation(milestone.Commitment)},
		Indicators: []milestone.Indicator{{Record: made("cold-homes"), Name: "Cold homes", Unit: "homes", Uses: record.Known([]string{milestone.UseDecide})}},
		Targets:    []milestone.Target{target},
	}
	for _, v := range baseline {
		spec.Observations = append(spec.Observations, milestone.Observation{Record: made("start"), Indicator: "cold-homes", Period: calendar.YearOf(calendar.On(2025, time.January, 1)), Value: v, Baseline: true})
	}
	return spec
}

func missingBaselineBad() Example {
	return show("A milestone asks for fewer than 10,000 cold homes, and how many there were is stated to be unknown.",
		measured(milestone.Target{AtMost: record.Number(10_000)}, record.Unknown[record.Quantity]("nobody counted")))
}

func missingBaselineGood() Example {
	return show("The same milestone, with a count at the start.", measured(milestone.Target{AtMost: record.Number(10_000)}, record.Known(record.Number(25_000))))
}

func missingBaselineUnclear() Example {
	return show("The same milestone, and nothing is recorded of the start.", measured(milestone.Target{AtMost: record.Number(10_000)}))
}

func missingBaselineHarmless() Example {
	return show("The milestone asks for fewer cold homes and names no number.", measured(milestone.Target{Direction: milestone.Down}, record.Unknown[record.Quantity]("nobody counted")))
}

func based(first, second string, events ...mission.Event) mission.Spec {
	spec := pooled(funding.Pool{Rule: record.Known("unanimity of the contributors"), Return: record.Known("by shares")})
	spec.PoolShares[0].Basis, spec.PoolShares[1].Basis, spec.Events = first, second, events
	return spec
}

func mixedBasisBad() Example {
	return show("One share of a pool is in cash and the other in the prices of 2020.", based("cash", "2020-21 prices"))
}

func mixedBasisGood() Example {
	return show("Both shares are in cash.", based("cash", "cash"))
}

func mixedBasisUnclear() Example {
	return show("The basis of one share is not recorded.", based("cash", ""))
}

func mixedBasisHarmless() Example {
	return show("The bases differ, and the amounts have been brought to one.", based("cash", "2020-21 prices", happening("converted", mission.Converted, poolRef("pool"), false)))
}

// gaining is a mission that one ministry pays for and others gain by.
func gaining(payer record.ID, events ...mission.Event) mission.Spec {
	gain := happening("warmth", mission.Benefit, homes, false)
	gain.With, gain.Amount = []record.ID{"health"}, pounds(9_000_000)
	own := happening("rent", mission.Benefit, homes, false)
	own.With, own.Amount = []record.ID{"ministry"}, pounds(1_000_000)
	return mission.Spec{
		Parties:     []accountability.Party{organisation("ministry", "Ministry of Homes", accountability.TierCentral), organisation("health", "Riverside Health Board", accountability.TierLocal)},
		Missions:    []mission.Mission{warmHomes()},
		Allocations: []funding.Allocation{{Record: made("grant"), Subject: homes, PaidBy: payer, Amount: pounds(5_000_000)}},
		Events:      append(events, gain, own),
	}
}

func payerSplitBad() Example {
	return show("A ministry pays, and nine tenths of the gain falls to a health board.", gaining("ministry"))
}

func payerSplitGood() Example {
	return show("The health board pays, to which nine tenths of the gain falls.", gaining("health"))
}

func payerSplitUnclear() Example {
	return show("Nobody has recorded who pays.", gaining(""))
}

func payerSplitHarmless() Example {
	return show("A ministry pays, and it has an agreement with the health board.", gaining("ministry", happening("deal", mission.Agreement, homes, false)))
}

// potted is a mission with ten pots, each of an amount, for an initiative of a kind.
func potted(kind string, amount record.Value[record.Money]) mission.Spec {
	team := scanners(mission.MissionWork)
	team.Kind, team.Started, team.Badged = kind, exactly(2026, time.January, 5), calendar.When{}
	spec := mission.Spec{Missions: []mission.Mission{announcedHomes(launched)}, Initiatives: []mission.Initiative{team}}
	for _, id := range []record.ID{"pot-0", "pot-1", "pot-2", "pot-3", "pot-4", "pot-5", "pot-6", "pot-7", "pot-8", "pot-9"} {
		spec.Allocations = append(spec.Allocations, funding.Allocation{Record: made(id), Subject: scanning, Amount: amount})
	}
	spec.Allocations = append(spec.Allocations, funding.Allocation{Record: made("main"), Subject: homes, Amount: pounds(80_000_000)})
	return spec
}

func potProliferationBad() Example {
	return show("A mission with ten pots of a hundred thousand pounds for one programme.", potted(mission.Programme, pounds(100_000)))
}

func potProliferationGood() Example {
	return show("A mission with ten allocations of twenty million pounds.", potted(mission.Programme, pounds(20_000_000)))
}

func potProliferationUnclear() Example {
	return show("A mission with ten allocations of amounts that are still to come.", potted(mission.Programme, record.Pending[record.Money]("after the review")))
}

func potProliferationHarmless() Example {
	return show("Ten pots of a hundred thousand pounds for a team that tries things to find out.", potted(mission.TestAndLearn, pounds(100_000)))
}

// heldOut is a review with some settlements in the order of their days, the last for an ambitious milestone.
func heldOut(n int, last calendar.When) mission.Spec {
	spec := mission.Spec{SpendingReviews: []funding.Review{{Record: made("review"), Name: "Review of 2026", Settled: funding.Collective}}}
	for i := range n {
		id := record.ID("step-" + string(rune('a'+i)))
		rating, agreed := "moderate", exactly(2026, time.May, 1+i)
		if i == n-1 {
			rating, agreed = "high", last
		}
		party := record.ID("ministry-" + string(rune('a'+i)))
		spec.Parties = append(spec.Parties, organisation(party, "Ministry "+string(rune('A'+i)), accountability.TierCentral))
		spec.Milestones = append(spec.Milestones, milestone.Milestone{Record: made(id), Name: "Step " + string(rune('A'+i)), Use: milestone.Commitment})
		spec.Assessments = append(spec.Assessments, milestone.Assessment{Record: made("rated-" + id), Subject: milestoneRef(id), Scale: "ambition", Rating: rating})
		spec.Settlements = append(spec.Settlements, funding.Settlement{Record: made("for-" + id), Review: "review", Party: party, Reached: funding.Collective,
			For: []record.Ref{milestoneRef(id)}, Agreed: agreed})
	}
	return spec
}

func hiddenHoldOutBad() Example {
	return show("Of four settlements, the one for the ambitious milestone came last.", heldOut(4, exactly(2026, time.June, 9)))
}

func hiddenHoldOutGood() Example {
	return show("Of four settlements, the one for the ambitious milestone came first.", heldOut(4, exactly(2026, time.April, 9)))
}

func hiddenHoldOutUnclear() Example {
	return show("When the settlement for the ambitious milestone was agreed is not recorded.", heldOut(4, calendar.When{}))
}

func hiddenHoldOutHarmless() Example {
	return show("Of two settlements, the one for the ambitious milestone came last.", heldOut(2, exactly(2026, time.June, 9)))
}
