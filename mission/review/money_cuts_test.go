package review_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

func TestCutWithoutReform(t *testing.T) {
	team := mission.Initiative{Record: record.New("i")}
	cut, same := event(mission.Cut, theInit, "2026-01-01"), never(mission.PracticeChange, theInit)
	led := cut
	led.LedTo = []record.Ref{theInit}
	by := cut
	by.Amount = gbp(-200_000)
	soon := event(mission.Cut, theInit, "2026-08-01")
	table(t, "F77", theInit, []row{
		{name: "cut and unchanged", spec: parts(team, cut, same), want: finding, says: `The initiative "Team" was cut, and nothing has changed`},
		{name: "by an amount", spec: parts(team, by, same), want: finding, says: "was cut by 2000.00 GBP"},
		{name: "the denial is an opinion", spec: parts(team, cut, graded(same, record.Opinion)), want: finding, says: "It is said (opinion, an insider", also: "the cut itself is recorded"},
		{name: "the cut is hearsay", spec: parts(team, graded(cut, record.Hearsay), same), want: finding, says: "It is said (hearsay"},
		{name: "the opinion left out", spec: parts(team, cut, graded(same, record.Opinion)), view: mission.View{Without: []record.Grade{record.Opinion}}, want: cannot, says: "left out by the view (event/said)"},
		{name: "changed", spec: parts(team, cut, same, event(mission.PracticeChange, theInit, "")), want: nothing},
		{name: "the cut led to something", spec: parts(team, led, same), want: nothing},
		{name: "needed less", spec: parts(team, cut, same, event(mission.NeedFell, theInit, "")), want: nothing},
		{name: "nobody says", spec: parts(team, cut), want: cannot, says: "what changed with it is not recorded"},
		{name: "to be cut", spec: parts(team, soon, same), want: ""},
		{name: "known not to be cut", spec: parts(team, never(mission.Cut, theInit), same), want: ""},
	})
	change := func(was, now record.Value[record.Money]) funding.Allocation {
		return funding.Allocation{Record: record.New("a"), Subject: theInit, Was: was, Amount: now}
	}
	other := change(gbp(100), gbp(100))
	other.Record = rival("a2", "a", 0)
	table(t, "F77", theAllocation, []row{
		{name: "less than before", spec: purse(parts(team, same), change(gbp(10_000), gbp(9_999))), want: finding, says: "from 100.00 GBP to 99.99 GBP"},
		{name: "as much as before", spec: purse(parts(team, same), change(gbp(100), gbp(100))), want: ""},
		{name: "more", spec: purse(parts(team, same), change(gbp(100), gbp(101))), want: ""},
		{name: "one claimant says less", spec: purse(parts(team, same), change(gbp(100), gbp(90)), other), want: finding},
		{name: "withheld", spec: purse(parts(team, same), change(gbp(100), record.Withheld[record.Money]("talks"))), want: ""},
		{name: "in another currency", spec: purse(parts(team, same), change(gbp(100), record.Known(record.Money{Minor: 1, Currency: "EUR"}))), want: ""},
		{name: "changed in what it is for", spec: purse(parts(team, event(mission.PracticeChange, theInit, "")), change(gbp(100), gbp(90))), want: nothing},
		{name: "nobody says", spec: purse(parts(team), change(gbp(100), gbp(90))), want: cannot},
	})
}

func TestCutUnderMilestone(t *testing.T) {
	step := milestone.Milestone{Record: record.New("s")}
	service := mission.Initiative{Record: record.New("i"), Name: "Planning", Kind: mission.Service, Capacity: "n"}
	bare := service
	bare.Capacity = ""
	programme := bare
	programme.Kind = mission.Programme
	n := milestone.Indicator{Record: record.New("n")}
	needs := milestone.Dependency{Dependent: theMilestone, On: theInit, Kind: milestone.Needs}
	read := func(id, period string, v record.Value[record.Quantity], base bool) milestone.Observation {
		return milestone.Observation{Record: record.New(record.ID(id)), Indicator: "n", Period: when(period), Value: v, Baseline: base}
	}
	num := func(f float64) record.Value[record.Quantity] { return record.Known(record.Number(f)) }
	base := read("o1", "2010", num(200), true)
	said := needs
	said.Grade = record.Hearsay
	spec := func(records ...any) mission.Spec { return purse(parts(step, n), append(records, service, needs)...) }
	table(t, "F78", theMilestone, []row{
		{name: "by the threshold", spec: spec(base, read("o2", "2025", num(160), false)), want: nothing},
		{name: "by more", spec: spec(base, read("o2", "2025", num(159), false)), want: finding, says: `the service "Planning", whose capacity fell by 20.5% from 2010 to 2025`},
		{name: "grown", spec: spec(base, read("o2", "2025", num(300), false)), want: nothing},
		{name: "the latest reading counts", spec: spec(base, read("o2", "2024", num(20), false), read("o3", "2025", num(190), false)), want: nothing},
		{name: "a later one is still to come", spec: spec(base, read("o2", "2024", num(20), false), read("o3", "2026", num(190), false)), want: finding},
		{name: "the first baseline counts", spec: spec(base, read("o0", "2015", num(20), true), read("o3", "2025", num(20), false)), want: finding},
		{name: "two readings for the year", spec: spec(base, read("o2", "2025", num(20), false), read("o3", "2025", num(190), false)), want: cannot, says: "contested"},
		{name: "two that agree on what counts", spec: spec(base, read("o2", "2025", num(20), false), read("o3", "2025", num(30), false)), want: finding},
		{name: "no baseline", spec: spec(read("o2", "2025", num(20), false)), want: cannot, says: `the capacity of the service "Planning" is not recorded`},
		{name: "nothing since", spec: spec(base), want: cannot},
		{name: "withheld", spec: spec(base, read("o2", "2025", record.Withheld[record.Quantity]("sold"), false)), want: cannot, says: "withheld (sold)"},
		{name: "from nothing", spec: spec(read("o1", "2010", num(0), true), read("o2", "2025", num(20), false)), want: cannot, says: "baseline of 0"},
		{name: "no day", spec: spec(base, read("o2", "2025", num(20), false)), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about"},
		{name: "no indicator", spec: purse(parts(step, n), bare, needs), want: cannot, says: `how much the service "Planning" can do`},
		{name: "replaced", spec: purse(parts(step, n, event(mission.Replaced, theInit, "")), service, needs, base, read("o2", "2025", num(20), false)), want: nothing},
		{name: "leaning on it is hearsay", spec: purse(parts(step, n), service, said, base, read("o2", "2025", num(20), false)), want: finding, says: "It is said (hearsay)"},
		{name: "a programme without a capacity", spec: purse(parts(step, n), programme, needs), want: ""},
		{name: "leans on nothing", spec: purse(parts(step, n), service), want: ""},
	})
}

func TestRegressiveChange(t *testing.T) {
	place := func(id string, tenth int) accountability.Party {
		return accountability.Party{Record: record.New(record.ID(id)), Kind: accountability.Place, Name: id, DeprivationTenth: tenth}
	}
	to := func(id string, was, now int64) funding.Allocation {
		return funding.Allocation{Record: record.New(record.ID("to-" + id)), Review: "r", To: record.ID(id), Was: gbp(was), Amount: gbp(now), Basis: "real",
			Subject: record.Ref{Kind: accountability.KindParty, ID: record.ID(id)}}
	}
	cash, euros, silent, other := to("rich", 100, 85), to("rich", 100, 85), to("rich", 100, 85), to("rich", 100, 60)
	cash.Basis = "cash"
	euros.Was, euros.Amount = record.Known(record.Money{Minor: 100, Currency: "EUR"}), record.Known(record.Money{Minor: 85, Currency: "EUR"})
	silent.Amount = record.Pending[record.Money]("the settlement")
	other.Record = rival("to-rich-2", "to-rich", 0)
	base := func(tenths ...int) mission.Spec {
		spec := purse(parts(), funding.Review{Record: record.New("r"), Settled: funding.Collective})
		for i, id := range []string{"poor", "rich"} {
			spec.Parties = append(spec.Parties, place(id, tenths[i]))
		}
		return spec
	}
	table(t, "F79", theReview, []row{
		{name: "35 and 15 per cent", spec: purse(base(1, 10), to("poor", 100, 65), to("rich", 100, 85)), want: finding, says: "-35.0% in the more deprived half", also: "-15.0%"},
		{name: "the other way about", spec: purse(base(10, 1), to("poor", 100, 65), to("rich", 100, 85)), want: nothing},
		{name: "by the threshold", spec: purse(base(1, 10), to("poor", 100, 90), to("rich", 100, 95)), want: finding},
		{name: "by less", spec: purse(base(1, 10), to("poor", 1000, 900), to("rich", 1000, 949)), want: nothing},
		{name: "a smaller rise is no cut", spec: purse(base(1, 10), to("poor", 100, 110), to("rich", 100, 150)), want: nothing},
		{name: "the fifth and the sixth", spec: purse(base(5, 6), to("poor", 100, 65), to("rich", 100, 85)), want: finding},
		{name: "the fourth and the fifth", spec: purse(base(4, 5), to("poor", 100, 65), to("rich", 100, 85)), want: cannot, says: "what both more and less deprived areas were given"},
		{name: "one tenth is not recorded", spec: purse(base(1, 0), to("poor", 100, 65), to("rich", 100, 85)), want: cannot, says: "how deprived the area of rich is"},
		{name: "no such tenth", spec: purse(base(1, 11), to("poor", 100, 65), to("rich", 100, 85)), want: cannot},
		{name: "two price bases", spec: purse(base(1, 10), to("poor", 100, 65), cash), want: cannot, says: "they differ"},
		{name: "two currencies", spec: purse(base(1, 10), to("poor", 100, 65), euros), want: cannot, says: "they differ"},
		{name: "an amount to come", spec: purse(base(1, 10), to("poor", 100, 65), silent), want: cannot, says: "still to come (the settlement)"},
		{name: "claimants differ", spec: purse(base(1, 10), to("poor", 100, 65), to("rich", 100, 85), other), want: cannot, says: "contested"},
		{name: "from nothing", spec: purse(base(1, 10), to("poor", 0, 65), to("rich", 100, 85)), want: cannot},
		{name: "need fell", spec: purse(base(1, 10), event(mission.NeedFell, theReview, ""), to("poor", 100, 65), to("rich", 100, 85)), want: nothing},
		{name: "one place", spec: purse(base(1, 10), to("poor", 100, 65)), want: ""},
	})
}

func TestPreventionCrowdedOut(t *testing.T) {
	line := func(id, nature, settlement string, was, now record.Value[record.Money]) funding.Allocation {
		return funding.Allocation{Record: record.New(record.ID(id)), Subject: theMission, Settlement: record.ID(settlement), Nature: nature, Was: was, Amount: now}
	}
	base := func(records ...any) mission.Spec {
		return purse(parts(m("")), append([]any{funding.Settlement{Record: record.New("t"), Reached: funding.Collective}, funding.Settlement{Record: record.New("u"), Reached: funding.Collective}}, records...)...)
	}
	less, more, same := gbp(60), gbp(120), gbp(100)
	early := line("a", funding.Prevention, "t", same, less)
	loose := line("a", funding.Prevention, "", same, less)
	party := func(id, nature string, now record.Value[record.Money]) funding.Allocation {
		a := line(id, nature, "", same, now)
		a.Review, a.To = "r", "town"
		return a
	}
	hearsay := func(a funding.Allocation) funding.Allocation { a.Grade = record.Hearsay; return a }
	table(t, "F80", theAllocation, []row{
		{name: "crowded out", spec: base(early, line("b", funding.Acute, "t", same, more)), want: finding, says: "for prevention, fell from 1.00 GBP to 0.60 GBP"},
		{name: "hearsay of both", spec: base(hearsay(early), hearsay(line("b", funding.Acute, "t", same, more))), want: finding, says: "It is said (hearsay)"},
		{name: "acute money kept its level", spec: base(early, line("b", funding.Acute, "t", same, same)), want: nothing},
		{name: "in another budget", spec: base(early, line("b", funding.Acute, "u", same, more)), want: cannot, says: "how the acute lines of the same budget changed"},
		{name: "no budget", spec: base(loose, line("b", funding.Acute, "t", same, more)), want: cannot, says: "which budget it is a line of"},
		{name: "one party under one review", spec: base(funding.Review{Record: record.New("r"), Settled: funding.Collective}, party("a", funding.Prevention, less), party("b", funding.Acute, more)), want: finding},
		{name: "an acute line that nobody knows", spec: base(early, line("b", funding.Acute, "t", same, record.Unknown[record.Money](""))), want: cannot},
		{name: "a line without a nature that grew", spec: base(early, line("b", funding.Acute, "t", same, same), line("c", "", "t", same, more)), want: cannot},
		{name: "a line without a nature that did not", spec: base(early, line("b", funding.Acute, "t", same, same), line("c", "", "t", same, less)), want: nothing},
		{name: "prevention kept its level", spec: base(line("a", funding.Prevention, "t", same, same), line("b", funding.Acute, "t", same, more)), want: nothing},
		{name: "what it was is withheld", spec: base(line("a", funding.Prevention, "t", record.Withheld[record.Money]("talks"), less), line("b", funding.Acute, "t", same, more)), want: cannot, says: "withheld (talks)"},
		{name: "moved to another budget", spec: base(early, line("b", funding.Acute, "t", same, more), line("c", funding.Prevention, "u", gbp(0), gbp(40))), want: nothing},
		{name: "moved in part", spec: base(early, line("b", funding.Acute, "t", same, more), line("c", funding.Prevention, "u", gbp(0), gbp(39))), want: finding},
		{name: "moved within the budget", spec: base(early, line("b", funding.Acute, "t", same, more), line("c", funding.Prevention, "t", gbp(0), gbp(40))), want: finding},
		{name: "acute itself", spec: base(line("a", funding.Acute, "t", same, less)), want: ""},
	})
}

func TestNoTradeOff(t *testing.T) {
	sum := func(minor int64, decider string, alternatives record.Value[bool]) funding.Allocation {
		return funding.Allocation{Record: record.New("a"), Subject: theMission, Amount: gbp(minor), DecidedBy: record.ID(decider), Alternatives: alternatives}
	}
	none := record.Known(false)
	large := int64(100_000_000) // pence
	settled := func(how string) funding.Settlement {
		return funding.Settlement{Record: record.New("t"), Reached: how, For: []record.Ref{theMission}}
	}
	part := sum(large, "", none)
	part.Settlement = "t"
	reviewed := sum(large, "", none)
	reviewed.Review = "r"
	kept := sum(0, "minister", none)
	kept.Amount = record.Withheld[record.Money]("talks")
	yen := kept
	yen.Amount = record.Known(record.Money{Minor: 1_000_000, Currency: "JPY"})
	other := sum(large, "minister", record.Known(true))
	other.Record = rival("a2", "a", 0)
	hearsay := sum(large, "minister", none)
	hearsay.Grade = record.Hearsay
	table(t, "F81", theAllocation, []row{
		{name: "a million", spec: purse(parts(m("")), sum(large, "minister", none)), want: finding, says: "with no record of what else it could have done"},
		{name: "a penny less", spec: purse(parts(m("")), sum(large-1, "minister", none)), want: nothing},
		{name: "yen have no pence", spec: purse(parts(m("")), yen), want: finding},
		{name: "hearsay", spec: purse(parts(m("")), hearsay), want: finding, says: "It is said (hearsay)"},
		{name: "weighed", spec: purse(parts(m("")), sum(large, "minister", record.Known(true))), want: nothing},
		{name: "another says that it was", spec: purse(parts(m("")), sum(large, "minister", none), other), want: nothing},
		{name: "nobody says", spec: purse(parts(m("")), sum(large, "minister", record.Value[bool]{})), want: cannot, says: "whether alternatives were weighed is not recorded"},
		{name: "withheld", spec: purse(parts(m("")), sum(large, "minister", record.Withheld[bool]("advice"))), want: cannot, says: "withheld (advice)"},
		{name: "no amount", spec: purse(parts(m("")), kept), want: cannot, says: "its amount is withheld (talks)"},
		{name: "no decider", spec: purse(parts(m("")), sum(large, "", none)), want: cannot, says: "who decided on it is not recorded"},
		{name: "an organisation", spec: purse(parts(m("")), sum(large, "org", none)), want: finding},
		{name: "a body", spec: purse(parts(m("")), sum(large, "unit", none)), want: nothing},
		{name: "a bilateral settlement", spec: purse(parts(m("")), settled(funding.Bilateral), part), want: finding},
		{name: "a collective settlement", spec: purse(parts(m("")), settled(funding.Collective), part), want: nothing},
		{name: "a bilateral review", spec: purse(parts(m("")), funding.Review{Record: record.New("r"), Settled: funding.Bilateral}, reviewed), want: finding},
		{name: "decided on together", spec: purse(parts(m(""), event(mission.JointDecision, theAllocation, "")), sum(large, "minister", none)), want: nothing},
	})
}

func TestPoolWithoutAccount(t *testing.T) {
	terms := func(rule, back record.Value[string]) funding.Pool {
		return funding.Pool{Record: record.New("p"), Subject: theMission, Rule: rule, Return: back}
	}
	said := record.Known("as agreed")
	whole := terms(said, said)
	lax := terms(record.Known(""), said)
	lax.Grade = record.Hearsay
	informal := terms(record.Known("none"), said)
	informal.Informal = true
	other := whole
	other.Record = rival("p2", "p", 0)
	share := func(party, officer string) funding.Share {
		return funding.Share{Record: record.New(record.ID("q" + party)), Pool: "p", Party: record.ID(party), AccountingOfficer: record.ID(officer)}
	}
	duty := func(subject record.Ref, post string, state accountability.DutyState) accountability.Duty {
		return accountability.Duty{Duty: accountability.AccountingOfficer, Subject: subject, Post: record.ID(post), State: state}
	}
	ofTown := record.Ref{Kind: funding.KindShare, ID: "qtown"}
	table(t, "F82", thePool, []row{
		{name: "whole", spec: purse(parts(m("")), whole, share("org", "head"), share("town", "other")), want: nothing},
		{name: "no rule", spec: purse(parts(m("")), terms(record.Known("None"), said), share("org", "head")), want: finding, says: `The pool "Fund" does not have a rule for deciding.`},
		{name: "neither", spec: purse(parts(m("")), terms(record.Known(" "), record.Known("none")), share("org", "head")), want: finding, says: "a rule for deciding or a way for what is left to go back"},
		{name: "hearsay", spec: purse(parts(m("")), lax, share("org", "head")), want: finding, says: "It is said (hearsay)"},
		{name: "another names a rule", spec: purse(parts(m("")), lax, other, share("org", "head")), want: nothing},
		{name: "a return does not apply", spec: purse(parts(m("")), terms(said, record.Value[string]{State: record.StateNotApplicable}), share("org", "head")), want: nothing},
		{name: "a rule withheld", spec: purse(parts(m("")), terms(record.Withheld[string]("in confidence"), said), share("org", "head")), want: cannot, says: "withheld (in confidence)"},
		{name: "informal", spec: purse(parts(m("")), informal), want: nothing},
		{name: "no shares", spec: purse(parts(m("")), whole), want: cannot, says: "who pays into it"},
		{name: "nobody recorded for a share", spec: purse(parts(m("")), whole, share("org", "head"), share("town", "")), want: cannot, says: "the accounting officer for the share of The Town"},
		{name: "one for the whole pool", spec: purse(parts(m("")), whole, share("town", ""), duty(thePool, "head", 0)), want: nothing},
		{name: "vacant for the pool", spec: purse(parts(m("")), whole, share("town", "other"), duty(thePool, "", accountability.Vacant)), want: finding, says: "does not have an accounting officer."},
		{name: "vacant for a share", spec: purse(parts(m("")), whole, share("org", "head"), share("town", ""), duty(ofTown, "", accountability.Vacant)), want: finding, says: "an accounting officer for the share of The Town"},
	})
}

func TestDevolvedInName(t *testing.T) {
	handed := func(amount record.Value[record.Money], with ...record.ID) mission.Event {
		e := event(mission.Devolved, theMission, "2026-01-01")
		e.Amount, e.With = amount, with
		return e
	}
	decides := func(post string) accountability.Duty {
		return accountability.Duty{Duty: accountability.Decide, Subject: theMission, Post: record.ID(post)}
	}
	var silent record.Value[record.Money]
	grant := accountability.Grant{By: "org", To: "town", Subject: theMission, Powers: []string{accountability.PowerCommit}}
	paid := funding.Allocation{Subject: theMission, To: "other", Amount: gbp(100)}
	said := handed(gbp(0), "town")
	said.ID, said.Grade = "v", record.Hearsay
	table(t, "F83", theMission, []row{
		{name: "both", spec: purse(parts(m("")), handed(gbp(100), "town"), decides("town")), want: nothing},
		{name: "the say alone", spec: purse(parts(m("")), handed(gbp(0), "town"), decides("town")), want: finding, says: `The Town, to whom something was handed down with the mission "Homes", has no money for it`},
		{name: "the money alone", spec: purse(parts(m("")), handed(gbp(100), "town"), decides("minister")), want: finding, says: "has no say over it, which Minister kept"},
		{name: "neither", spec: purse(parts(m("")), handed(gbp(0), "town"), decides("minister")), want: finding, says: "no money for it and no say over it"},
		{name: "hearsay", spec: purse(parts(m("")), said, decides("town")), want: finding, says: "It is said (hearsay)"},
		{name: "to two", spec: purse(parts(m("")), handed(gbp(0), "town", "new"), decides("town")), want: finding, says: "have no money"},
		{name: "an allocation to a post there", spec: purse(parts(m("")), handed(gbp(0), "town"), decides("town"), paid), want: nothing},
		{name: "decided by a post there", spec: purse(parts(m("")), handed(gbp(100), "town"), decides("other")), want: nothing},
		{name: "a grant on it", spec: purse(parts(m("")), handed(gbp(100), "town"), decides("minister"), grant), want: nothing},
		{name: "no money needed", spec: purse(parts(m("")), handed(record.Value[record.Money]{State: record.StateNotApplicable}, "town"), decides("town")), want: nothing},
		{name: "nobody says of the money", spec: purse(parts(m("")), handed(silent, "town"), decides("town")), want: cannot, says: "whether money came with it is not recorded"},
		{name: "the money is withheld", spec: purse(parts(m("")), handed(record.Withheld[record.Money]("talks"), "town"), decides("town")), want: cannot, says: "withheld (talks)"},
		{name: "nobody says who decides", spec: purse(parts(m("")), handed(gbp(100), "town")), want: cannot, says: "who decides on it now"},
		{name: "nobody says to whom", spec: purse(parts(m("")), handed(gbp(0)), decides("town")), want: cannot, says: "to whom it was handed down"},
		{name: "in stages", spec: purse(parts(m(""), event(mission.Transition, theMission, "")), handed(gbp(0), "town"), decides("town")), want: nothing},
		{name: "not yet", spec: purse(parts(m("")), event(mission.Devolved, theMission, "2026-08-01"), decides("town")), want: ""},
		{name: "known not to be", spec: purse(parts(m("")), never(mission.Devolved, theMission), decides("town")), want: ""},
	})
}

// Laws of every review, of random plans with random money.
func FuzzMoney(f *testing.F) {
	for seed := range seeds(300) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := newDice(seed)
		spec := d.money(d.spec())
		view := mission.View{On: on}
		whole := run(t, spec, view, review.Options{})
		lawful(t, whole)
		shuffled := d.shuffled(spec)
		shuffled.Settlements, shuffled.SpendingReviews, shuffled.Pools = clone(spec.Settlements), clone(spec.SpendingReviews), clone(spec.Pools)
		shuffled.Targets, shuffled.Assessments = clone(spec.Targets), clone(spec.Assessments)
		d.Shuffle(swaps(shuffled.Targets))
		d.Shuffle(swaps(shuffled.Assessments))
		shuffled.PoolShares, shuffled.Observations, shuffled.Dependencies = clone(spec.PoolShares), clone(spec.Observations), clone(spec.Dependencies)
		d.Shuffle(swaps(shuffled.Settlements))
		d.Shuffle(swaps(shuffled.SpendingReviews))
		d.Shuffle(swaps(shuffled.Pools))
		d.Shuffle(swaps(shuffled.PoolShares))
		d.Shuffle(swaps(shuffled.Observations))
		d.Shuffle(swaps(shuffled.Dependencies))
		assert.Equal(t, whole.String(), run(t, shuffled, view, review.Options{}).String(), "the order of the records does not show")
		view.Without = []record.Grade{record.Hearsay, record.Opinion}
		lawful(t, run(t, spec, view, review.Options{}))
		view.Without, view.Audience = nil, record.Public
		lawful(t, run(t, spec, view, review.Options{}))
	})
}

// money adds random records of money to a plan.
func (d *dice) money(s mission.Spec) mission.Spec {
	some := func() record.Value[record.Money] {
		return value(d, record.Money{Minor: int64(d.IntN(3)) * 80_000_000, Currency: pick[record.Currency](d, "GBP", "GBP", "GBP", "EUR")})
	}
	ref := func(kind record.Kind, prefix string, n int) record.Ref {
		return record.Ref{Kind: kind, ID: d.id(prefix, n)}
	}
	for n := range 3 {
		of, whole := d.base("f-review", n, true), record.ID("")
		if n > 0 && of.Of == "" {
			whole = pick[record.ID](d, "", "f-review0")
		}
		s.SpendingReviews = append(s.SpendingReviews, funding.Review{Record: of, Name: fmt.Sprintf("Review %d", n), Concluded: d.when(), FundsUntil: d.when(),
			PartOf: whole, Settled: pick(d, "", funding.Bilateral, funding.Bilateral, funding.Collective)})
		s.Settlements = append(s.Settlements, funding.Settlement{Record: d.base("f-settlement", n, true), Review: pick(d, "", d.id("f-review", 3)), Party: d.id("party", randomParties), Agreed: d.when(),
			Reached: pick(d, "", funding.Bilateral, funding.Collective), For: []record.Ref{d.subject(), d.subject()}, FirmUntil: d.when(), Reopened: d.when(), Amount: some()})
		s.Pools = append(s.Pools, funding.Pool{Record: d.base("f-pool", n, true), Name: fmt.Sprintf("Fund %d", n), Subject: d.subject(), Rule: value(d, pick(d, "none", "by quota")),
			Return: value(d, pick(d, "", "by shares")), Informal: d.IntN(9) == 0})
	}
	for n := range d.IntN(4) {
		s.PoolShares = append(s.PoolShares, funding.Share{Record: d.base("f-share", n, true), Pool: d.id("f-pool", 3), Party: d.id("party", randomParties), AccountingOfficer: pick(d, "", d.id("party", 6))})
		s.Forums = append(s.Forums, accountability.Forum{Record: d.base("f-cluster", n, true), Kind: accountability.MissionCluster, Subject: ref(funding.KindReview, "f-review", 3)})
		s.Duties = append(s.Duties, accountability.Duty{Record: d.base("f-money-duty", n, false), Duty: pick(d, accountability.Decide, accountability.AccountingOfficer),
			Subject: pick(d, d.subject(), ref(funding.KindPool, "f-pool", 3)), Post: d.id("party", 6)})
		s.Dependencies = append(s.Dependencies, milestone.Dependency{Record: d.base("f-link", n, false), Dependent: ref(milestone.KindMilestone, "milestone", randomOthers),
			On: ref(mission.KindInitiative, "initiative", randomOthers), Kind: milestone.Needs})
		s.Targets = append(s.Targets, milestone.Target{Record: d.base("f-target", n, false), Milestone: d.id("milestone", randomOthers), Indicator: d.id("indicator", randomOthers), AtLeast: record.Number(5)})
		s.Assessments = append(s.Assessments, milestone.Assessment{Record: d.base("f-rated", n, false), Subject: ref(milestone.KindMilestone, "milestone", randomOthers), Scale: "ambition", Rating: pick(d, "low", "high")})
	}
	for i := range s.Parties {
		s.Parties[i].DeprivationTenth = pick(d, 0, 1, 4, 7, 10)
	}
	for i := range s.Initiatives {
		s.Initiatives[i].Capacity = pick(d, "", d.id("indicator", randomOthers))
	}
	for i := range s.Missions {
		s.Missions[i].Horizon = d.when()
	}
	for i := range s.Milestones {
		s.Milestones[i].Due, s.Milestones[i].Lasts = d.when(), calendar.Days(d.IntN(300))
	}
	for n := range 3 {
		s.Milestones = append(s.Milestones, milestone.Milestone{Record: d.base("f-step", n, false), Name: "A step", Missions: d.ids("mission", randomMissions), Due: d.when(), Forecast: d.when(), Lasts: calendar.Days(d.IntN(300))})
	}
	for n := range 2 { // the later leans on the earlier, so that there is no circle
		s.Dependencies = append(s.Dependencies, milestone.Dependency{Record: d.base("f-order", n, false), Dependent: record.Ref{Kind: milestone.KindMilestone, ID: record.ID(fmt.Sprintf("f-step%d", n+1))},
			On: record.Ref{Kind: milestone.KindMilestone, ID: record.ID(fmt.Sprintf("f-step%d", n))}, Kind: pick(d, milestone.FinishStart, milestone.FinishFinish)})
	}
	for n := range d.IntN(8) {
		s.Observations = append(s.Observations, milestone.Observation{Record: d.base("f-reading", n, true), Indicator: d.id("indicator", randomOthers), Period: d.when(),
			Value: value(d, record.Number(float64(d.IntN(3)*40))), Baseline: d.IntN(2) == 0})
	}
	for n := range d.IntN(14) {
		s.Allocations = append(s.Allocations, funding.Allocation{Record: d.base("f-money", n, true), Subject: d.subject(), Review: pick(d, "", d.id("f-review", 3)), Settlement: pick(d, "", d.id("f-settlement", 3)),
			Pool: pick(d, "", "", d.id("f-pool", 3)), DecidedBy: pick(d, "", d.id("party", randomParties)), Decided: d.when(), To: d.id("party", randomParties), Amount: some(), Was: some(),
			PaidBy: pick(d, "", d.id("party", randomParties)), Basis: pick(d, "", "cash", "prices"), Purpose: pick(d, "", "work", "school"), Nature: pick(d, "", funding.Prevention, funding.Acute), Ringfenced: value(d, d.IntN(4) > 0), Alternatives: value(d, d.IntN(4) == 0)})
	}
	for n := range d.IntN(25) {
		s.Events = append(s.Events, mission.Event{Record: d.base("on-money", n, true), Absent: d.IntN(2) == 0, OnDay: d.when(), With: d.ids("party", randomParties), By: d.ids("party", randomParties), Amount: some(),
			Subject: pick(d, d.subject(), d.subject(), ref(funding.KindReview, "f-review", 3), ref(funding.KindSettlement, "f-settlement", 3)),
			Kind: pick(d, mission.Funded, mission.Underfunded, mission.Cut, mission.Devolved, mission.Priorities, mission.JointDecision, mission.PracticeChange, mission.NeedFell, mission.Transition,
				mission.Decision, mission.MeetingHeld, mission.Exemption, mission.Replaced, mission.Benefit, mission.Benefit, mission.Agreement, mission.Converted)})
	}
	for n := range s.Forums {
		if s.Forums[n].Kind == accountability.MissionCluster && s.Forums[n].Of == "" {
			s.Events = append(s.Events, mission.Event{Record: d.base("on-cluster", n, false), Absent: d.IntN(3) > 0, Subject: record.Ref{Kind: accountability.KindForum, ID: s.Forums[n].ID},
				Kind: pick(d, mission.Decision, mission.MeetingHeld)})
		}
	}
	return s
}
