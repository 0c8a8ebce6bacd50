package review_test

import (
	"fmt"
	"testing"

	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

func TestHorizonOverrun(t *testing.T) {
	term := m("")
	term.Horizon = when("2029-12-31")
	step := func(id, due string, lasts int) milestone.Milestone {
		s := milestone.Milestone{Record: record.New(record.ID(id)), Missions: []record.ID{"m"}, Lasts: calendar.Days(lasts)}
		if due != "" {
			s.Due = when(due)
		}
		return s
	}
	link := func(dependent, on string, kind milestone.Link, lag int) milestone.Dependency {
		d := milestone.Dependency{Dependent: record.Ref{Kind: milestone.KindMilestone, ID: record.ID(dependent)}, On: record.Ref{Kind: milestone.KindMilestone, ID: record.ID(on)}, Kind: kind}
		d.LagDays = calendar.Days(lag)
		return d
	}
	fs := milestone.FinishStart
	hearsay := link("s", "p", fs, 11)
	hearsay.Grade = record.Hearsay
	done, expected := step("p", "2029-12-31", 0), step("p", "2020-01-01", 0)
	done.Met, expected.Forecast = when("2025-01-01"), when("2029-12-31")
	money := funding.Settlement{For: []record.Ref{theMilestone}, FirmUntil: when("2027-01-01")}
	table(t, "F28", theMilestone, []row{
		{name: "to the day", spec: purse(parts(term, step("s", "", 10), step("p", "2029-12-21", 0)), link("s", "p", fs, 0)), want: nothing},
		{name: "a day too late", spec: purse(parts(term, step("s", "", 11), step("p", "2029-12-21", 0)), link("s", "p", fs, 0)), want: finding,
			says: `the milestone "Step" cannot be reached before 1 January 2030, after the horizon of the mission "Homes" (31 December 2029)`},
		{name: "by a lag", spec: purse(parts(term, step("s", "", 0), step("p", "2029-12-21", 0)), link("s", "p", fs, 11)), want: finding},
		{name: "its own due day plays no part", spec: purse(parts(term, step("s", "2026-01-01", 11), step("p", "2029-12-21", 0)), link("s", "p", fs, 0)), want: finding},
		{name: "finish to finish takes no time of its own", spec: purse(parts(term, step("s", "", 11), step("p", "2029-12-21", 0)), link("s", "p", milestone.FinishFinish, 0)), want: nothing},
		{name: "hearsay", spec: purse(parts(term, step("s", "", 0), step("p", "2029-12-21", 0)), hearsay), want: finding, says: "It is said (hearsay)"},
		{name: "through a step without a date", spec: purse(parts(term, step("s", "", 200), step("p", "", 200), step("o", "2029-01-01", 0)), link("s", "p", fs, 0), link("p", "o", fs, 0)), want: finding},
		{name: "met counts", spec: purse(parts(term, step("s", "", 11), done), link("s", "p", fs, 0)), want: nothing},
		{name: "the forecast counts", spec: purse(parts(term, step("s", "", 11), expected), link("s", "p", fs, 0)), want: finding},
		{name: "a rough date", spec: purse(parts(term, step("s", "", 100), step("p", "2029", 0)), link("s", "p", fs, 0)), want: cannot, says: "when what precedes it will be done is not known well enough"},
		{name: "a date is missing", spec: purse(parts(term, step("s", "", 10), step("p", "", 0)), link("s", "p", fs, 0)), want: cannot},
		{name: "no term", spec: purse(parts(m(""), step("s", "", 10), step("p", "2029", 0)), link("s", "p", fs, 0)), want: cannot, says: "by when it is to be done"},
		{name: "after its money", spec: purse(parts(term, step("s", "", 0), step("p", "2027-06-01", 0)), link("s", "p", fs, 0), money), want: finding, says: "after the end of its firm money (1 January 2027)"},
		{name: "decided together", spec: purse(parts(term, step("s", "", 11), step("p", "2029-12-21", 0), event(mission.JointDecision, theMission, "")), link("s", "p", fs, 0)), want: nothing},
		{name: "needs order nothing", spec: purse(parts(term, step("s", "", 11), step("p", "2029-12-21", 0)), link("s", "p", milestone.Needs, 0)), want: ""},
	})
}

func TestMissingBaseline(t *testing.T) {
	step, n, flow := milestone.Milestone{Record: record.New("s")}, milestone.Indicator{Record: record.New("n")}, milestone.Indicator{Record: record.New("n"), Reading: milestone.Flow}
	ask := func(n milestone.Indicator, target milestone.Target, start ...record.Value[record.Quantity]) mission.Spec {
		spec := parts(step, n)
		target.Record, target.Milestone, target.Indicator = record.New("g"), "s", "n"
		spec.Targets = append(spec.Targets, target)
		for i, v := range start {
			spec.Observations = append(spec.Observations, milestone.Observation{Record: record.New(record.ID(fmt.Sprintf("o%d", i))), Indicator: "n", Period: when("2025"), Value: v, Baseline: true})
		}
		return spec
	}
	level, more, none := milestone.Target{AtLeast: record.Number(5)}, milestone.Target{Increase: record.Number(5)}, record.Unknown[record.Quantity]("")
	own := level
	own.Baseline = record.Number(1)
	table(t, "F29", theMilestone, []row{
		{name: "unknown", spec: ask(n, level, none), want: finding, says: `asks for a number of "Cold homes", of which the baseline is not known`},
		{name: "unknown to one, known to another", spec: ask(n, level, none, record.Known(record.Number(3))), want: nothing},
		{name: "of its own", spec: ask(n, own, none), want: nothing},
		{name: "withheld", spec: ask(n, level, record.Withheld[record.Quantity]("not ours")), want: cannot, says: "withheld (not ours)"},
		{name: "not recorded", spec: ask(n, level), want: cannot},
		{name: "adds up from nothing", spec: ask(flow, level), want: nothing},
		{name: "more than before of what adds up", spec: ask(flow, more), want: cannot},
		{name: "a direction", spec: ask(n, milestone.Target{Direction: milestone.Up}, none), want: nothing},
		{name: "no targets", spec: parts(step), want: ""},
	})
}

func TestMixedBasis(t *testing.T) {
	share := func(id, basis string, v record.Value[record.Money]) funding.Share {
		return funding.Share{Record: record.New(record.ID(id)), Pool: "p", Party: "org", Basis: basis, Amount: v}
	}
	pool := funding.Pool{Record: record.New("p")}
	other := share("q1", "2020 prices", gbp(1))
	other.Record = rival("q1b", "q1", 0)
	said := func(s funding.Share) funding.Share { s.Grade = record.Opinion; return s }
	table(t, "F30", thePool, []row{
		{name: "two bases", spec: purse(parts(), pool, share("q1", "cash", gbp(1)), share("q2", "2020 prices", gbp(1))), want: finding, says: `"2020 prices" and "cash"`},
		{name: "an opinion", spec: purse(parts(), pool, said(share("q1", "cash", gbp(1))), said(share("q2", "2020 prices", gbp(1)))), want: finding, says: "It is said (opinion)"},
		{name: "one in two spellings", spec: purse(parts(), pool, share("q1", "cash", gbp(1)), share("q2", "Cash", gbp(1))), want: nothing},
		{name: "one amount is not known", spec: purse(parts(), pool, share("q1", "cash", gbp(1)), share("q2", "2020 prices", record.Pending[record.Money](""))), want: ""},
		{name: "one basis is not recorded", spec: purse(parts(), pool, share("q1", "cash", gbp(1)), share("q2", "", gbp(1))), want: cannot},
		{name: "claimants differ on one", spec: purse(parts(), pool, share("q1", "cash", gbp(1)), other, share("q2", "cash", gbp(1))), want: cannot},
		{name: "converted", spec: purse(parts(event(mission.Converted, thePool, "")), pool, share("q1", "cash", gbp(1)), share("q2", "2020 prices", gbp(1))), want: nothing},
	})
	whole := funding.Settlement{Record: record.New("t"), Amount: gbp(9), Basis: "cash"}
	table(t, "F30", theSettlement, []row{
		{name: "a part on another basis", spec: purse(parts(m("")), whole, funding.Allocation{Subject: theMission, Settlement: "t", Amount: gbp(1), Basis: "2020 prices"}), want: finding},
		{name: "a part on its basis", spec: purse(parts(m("")), whole, funding.Allocation{Subject: theMission, Settlement: "t", Amount: gbp(1), Basis: "cash"}), want: nothing},
	})
}

func TestPayerBeneficiarySplit(t *testing.T) {
	pays := func(by string) funding.Allocation {
		return funding.Allocation{Subject: theMission, PaidBy: record.ID(by), Amount: gbp(100)}
	}
	gain := func(id string, amount record.Value[record.Money], with ...record.ID) mission.Event {
		e := event(mission.Benefit, theMission, "")
		e.ID, e.With, e.Amount = record.ID(id), with, amount
		return e
	}
	var silent record.Value[record.Money]
	said := gain("v1", gbp(51), "town")
	said.Grade = record.Forecast
	own := gain("v2", gbp(49), "unit")
	soft := own
	soft.Grade = record.Forecast
	table(t, "F84", theMission, []row{
		{name: "more than half", spec: purse(parts(m("")), pays("org"), gain("v1", gbp(51), "town"), own), want: finding, says: "The Ministry pays", also: "51.0% of the gain falls to others: The Town"},
		{name: "half", spec: purse(parts(m("")), pays("org"), gain("v1", gbp(49), "town"), own), want: nothing},
		{name: "a forecast", spec: purse(parts(m("")), pays("org"), said, soft), want: finding, says: "It is expected (forecast)"},
		{name: "all of it", spec: purse(parts(m("")), pays("org"), gain("v1", silent, "town")), want: finding, says: "all of the gain falls to others"},
		{name: "none of it", spec: purse(parts(m("")), pays("org"), gain("v1", silent, "unit", "minister")), want: nothing},
		{name: "some of it, nobody says how much", spec: purse(parts(m("")), pays("org"), gain("v1", silent, "town"), own), want: cannot, says: "how much each gains"},
		{name: "one amount for both", spec: purse(parts(m("")), pays("org"), gain("v1", gbp(99), "town", "unit")), want: cannot},
		{name: "nobody says who pays", spec: purse(parts(m("")), gain("v1", gbp(99), "town")), want: cannot, says: "who pays for it"},
		{name: "nobody says who gains", spec: purse(parts(m("")), pays("org"), gain("v1", gbp(99))), want: cannot, says: "who gains by it"},
		{name: "agreed", spec: purse(parts(m(""), event(mission.Agreement, theMission, "")), pays("org"), gain("v1", silent, "town")), want: nothing},
		{name: "pooled", spec: purse(parts(m("")), funding.Pool{Subject: theMission}, pays("org"), gain("v1", silent, "town")), want: nothing},
		{name: "no gains", spec: purse(parts(m("")), pays("org")), want: ""},
	})
}

func TestPotProliferation(t *testing.T) {
	pots := func(n int, v record.Value[record.Money], more ...funding.Allocation) mission.Spec {
		spec := purse(parts(m("")))
		for i := range n {
			spec.Allocations = append(spec.Allocations, funding.Allocation{Record: record.New(record.ID(fmt.Sprintf("a%d", i))), Subject: theMission, Amount: v})
		}
		spec.Allocations = append(spec.Allocations, more...)
		return spec
	}
	small, large := gbp(999_999_999), gbp(1_000_000_000)
	another := func(v record.Value[record.Money]) funding.Allocation {
		return funding.Allocation{Record: record.New("another"), Subject: theMission, Amount: v}
	}
	table(t, "F85", theMission, []row{
		{name: "ten", spec: pots(10, small), want: finding, says: "10 allocations of less than 10000000 each"},
		{name: "nine", spec: pots(9, small), want: nothing},
		{name: "ten that are not small", spec: pots(10, large), want: nothing},
		{name: "nine and a large one", spec: pots(9, small, another(large)), want: nothing},
		{name: "nine and one that is withheld", spec: pots(9, small, another(record.Withheld[record.Money]("talks"))), want: cannot, says: "how large 1 of its allocations are"},
		{name: "no money", spec: parts(m("")), want: cannot, says: "what money there is for it"},
	})
}

func TestHiddenHoldOut(t *testing.T) {
	review := func(ratings []string, agreed ...string) mission.Spec {
		spec := purse(parts(), funding.Review{Record: record.New("r"), Settled: funding.Collective})
		for i, day := range agreed {
			id := record.ID(fmt.Sprintf("s%d", i))
			ref := record.Ref{Kind: milestone.KindMilestone, ID: id}
			spec.Milestones = append(spec.Milestones, milestone.Milestone{Record: record.New(id), Name: string(id)})
			if ratings[i] != "" {
				spec.Assessments = append(spec.Assessments, milestone.Assessment{Record: record.Record{ID: "rated-" + id, Grade: record.Opinion}, Subject: ref, Scale: "ambition", Rating: ratings[i]})
			}
			s := funding.Settlement{Record: record.New("t" + id), Review: "r", Party: "org", For: []record.Ref{ref}}
			if day != "" {
				s.Agreed = when(day)
			}
			spec.Settlements = append(spec.Settlements, s)
		}
		return spec
	}
	usual := []string{"low", "low", "low", "high"}
	table(t, "F86", theReview, []row{
		{name: "the last", spec: review(usual, "2026-01", "2026-02", "2026-03", "2026-04"), want: finding, says: "came after all 3 others", also: "a pattern and no proof"},
		{name: "on the same day", spec: review(usual, "2026-01-01", "2026-01-01", "2026-01-01", "2026-01-01"), want: nothing},
		{name: "in the same month", spec: review(usual, "2026-01", "2026-02", "2026-04", "2026-04"), want: cannot, says: "the order in which they settled"},
		{name: "the first", spec: review(usual, "2026-02", "2026-03", "2026-04", "2026-01"), want: nothing},
		{name: "two of them, one early", spec: review([]string{"high", "low", "low", "high"}, "2026-01", "2026-02", "2026-03", "2026-04"), want: nothing},
		{name: "all are ambitious", spec: review([]string{"high", "high", "high", "high"}, "2026-01", "2026-02", "2026-03", "2026-04"), want: nothing},
		{name: "one is not rated", spec: review([]string{"low", "", "low", "high"}, "2026-01", "2026-02", "2026-03", "2026-04"), want: cannot, says: "how ambitious each milestone is"},
		{name: "one has no day", spec: review(usual, "2026-01", "", "2026-03", "2026-04"), want: cannot, says: "when each settlement was agreed"},
		{name: "three are few", spec: review([]string{"low", "low", "high"}, "2026-01", "2026-02", "2026-03"), want: nothing},
	})
}
