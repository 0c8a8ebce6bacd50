package review_test

import (
	"fmt"
	"testing"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

// purse puts records of money, and others that parts does not know, into a Spec; each gets an id from its kind and place if
// it has none.
func purse(spec mission.Spec, records ...any) mission.Spec {
	id := func(r *record.Record, n int, prefix string) {
		if r.ID == "" {
			r.ID = record.ID(prefix + string(rune('a'+n)))
		}
	}
	for n, r := range records {
		switch r := r.(type) {
		case funding.Review:
			id(&r.Record, n, "r")
			r.Name = "Review"
			spec.SpendingReviews = append(spec.SpendingReviews, r)
		case funding.Settlement:
			id(&r.Record, n, "t")
			if r.Party == "" {
				r.Party = "org"
			}
			spec.Settlements = append(spec.Settlements, r)
		case funding.Allocation:
			id(&r.Record, n, "a")
			spec.Allocations = append(spec.Allocations, r)
		case funding.Pool:
			id(&r.Record, n, "p")
			r.Name = "Fund"
			spec.Pools = append(spec.Pools, r)
		case funding.Share:
			id(&r.Record, n, "q")
			spec.PoolShares = append(spec.PoolShares, r)
		case mission.Event:
			id(&r.Record, n, "v")
			spec.Events = append(spec.Events, r)
		case accountability.Forum:
			id(&r.Record, n, "b")
			spec.Forums = append(spec.Forums, r)
		case accountability.Meeting:
			id(&r.Record, n, "g")
			spec.Meetings = append(spec.Meetings, r)
		case accountability.Resolution:
			id(&r.Record, n, "z")
			spec.Resolutions = append(spec.Resolutions, r)
		case accountability.Duty:
			id(&r.Record, n, "d")
			spec.Duties = append(spec.Duties, r)
		case accountability.Grant:
			id(&r.Record, n, "y")
			spec.Grants = append(spec.Grants, r)
		case accountability.Party:
			spec.Parties = append(spec.Parties, r)
		case milestone.Observation:
			id(&r.Record, n, "o")
			spec.Observations = append(spec.Observations, r)
		case milestone.Dependency:
			id(&r.Record, n, "l")
			spec.Dependencies = append(spec.Dependencies, r)
		case mission.Initiative:
			spec.Initiatives = append(spec.Initiatives, r)
		default:
			panic(fmt.Sprintf("purse: no place for a %T", r))
		}
	}
	return spec
}

var (
	theReview     = record.Ref{Kind: funding.KindReview, ID: "r"}
	theSettlement = record.Ref{Kind: funding.KindSettlement, ID: "t"}
	theAllocation = record.Ref{Kind: funding.KindAllocation, ID: "a"}
	thePool       = record.Ref{Kind: funding.KindPool, ID: "p"}
)

func rival(id, of record.ID, g record.Grade) record.Record {
	return record.Record{ID: id, Of: of, Claimant: "another", Grade: g}
}

func TestUnfundedMilestone(t *testing.T) {
	step := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}}
	met := step
	met.Met = when("2026-06-30")
	late := step
	late.Met = when("2026-07-01")
	none := never(mission.Funded, theMilestone)
	short := func(by ...record.ID) mission.Event {
		e := event(mission.Underfunded, theMilestone, "")
		e.By = by
		return e
	}
	owner := func(post record.ID) accountability.Duty {
		return accountability.Duty{Duty: accountability.MilestoneOwner, Subject: theMilestone, Post: post}
	}
	forIt := func(v record.Value[record.Money]) funding.Allocation {
		return funding.Allocation{Subject: theMilestone, Amount: v}
	}
	table(t, "F20", theMilestone, []row{
		{name: "denied", spec: parts(m(""), step, none), want: finding, says: `No money is set aside for the milestone "Step"`},
		{name: "denied in hearsay", spec: parts(m(""), step, graded(none, record.Hearsay)), want: finding, says: "It is said (hearsay, an insider"},
		{name: "the hearsay left out", spec: parts(m(""), step, graded(none, record.Hearsay)), view: mission.View{Without: []record.Grade{record.Hearsay}}, want: cannot, says: "left out by the view (event/said)"},
		{name: "denied and funded", spec: parts(m(""), step, none, event(mission.Funded, theMilestone, "")), want: nothing},
		{name: "denied and to be funded", spec: parts(m(""), step, none, event(mission.Funded, theMilestone, "2026-07-01")), want: finding},
		{name: "nought pounds", spec: parts(m(""), step, forIt(gbp(0))), want: finding},
		{name: "a penny", spec: parts(m(""), step, forIt(gbp(1))), want: nothing},
		{name: "nought and a penny", spec: parts(m(""), step, forIt(gbp(0)), forIt(gbp(1))), want: nothing},
		{name: "an amount withheld is an amount", spec: parts(m(""), step, forIt(record.Withheld[record.Money]("bids"))), want: nothing},
		{name: "an amount still to come", spec: parts(m(""), step, forIt(record.Pending[record.Money]("after the review"))), want: cannot, says: "still to come (after the review)"},
		{name: "an amount that nobody knows", spec: parts(m(""), step, forIt(record.Unknown[record.Money](""))), want: cannot, says: "stated to be unknown"},
		{name: "no money needed", spec: parts(m(""), step, none, forIt(record.Value[record.Money]{State: record.StateNotApplicable})), want: nothing},
		{name: "met", spec: parts(m(""), met, none), want: nothing},
		{name: "to be met tomorrow", spec: parts(m(""), late, none), want: finding},
		{name: "its owner finds it too little", spec: parts(m(""), step, owner("minister"), short("minister"), forIt(gbp(9))), want: finding, says: `Minister, answering for the milestone "Step", holds that its money is too little`},
		{name: "the owner's ministry does", spec: parts(m(""), step, owner("minister"), short("org"), forIt(gbp(9))), want: finding},
		{name: "one of two owners does", spec: parts(m(""), step, owner("minister"), owner("other"), short("minister"), forIt(gbp(9))), want: cannot, says: "what Other makes of its money is not recorded"},
		{name: "both owners do", spec: parts(m(""), step, owner("minister"), owner("other"), short("minister", "other"), forIt(gbp(9))), want: finding, says: "Minister and Other", also: "hold that"},
		{name: "somebody else does", spec: parts(m(""), step, owner("minister"), short("town"), forIt(gbp(9))), want: cannot},
		{name: "nobody is recorded to answer", spec: parts(m(""), step, short("town"), forIt(gbp(9))), want: cannot, says: "who answers for it is not recorded"},
		{name: "a forecast that names nobody", spec: parts(m(""), step, owner("minister"), graded(short(), record.Forecast)), want: finding, says: "It is expected (forecast, an insider", also: `the money for the milestone "Step" is too little`},
		{name: "which the owner denies", spec: parts(m(""), step, owner("minister"), short(), mission.Event{Kind: mission.Underfunded, Subject: theMilestone, By: []record.ID{"minister"}, Absent: true}), want: nothing},
		{name: "denied of the mission", spec: parts(m(""), step, never(mission.Funded, theMission)), want: ""},
		{name: "denied of the mission, and records of its own", spec: parts(m(""), step, forIt(gbp(9)), never(mission.Funded, theMission)), want: nothing},
		{name: "nothing recorded", spec: parts(m(""), step), want: cannot, says: "whether money is set aside for it is not recorded"},
	})
	table(t, "F20", theMission, []row{
		{name: "denied of the mission", spec: parts(m(""), step, never(mission.Funded, theMission)), want: finding, says: `for the milestones of the mission "Homes"`},
		{name: "denied and given", spec: parts(m(""), step, never(mission.Funded, theMission), funding.Allocation{Subject: theMission, Amount: gbp(5)}), want: cannot, says: "contested"},
		{name: "denied and left out", spec: parts(m(""), step, graded(never(mission.Funded, theMission), record.Opinion)), view: mission.View{Without: []record.Grade{record.Opinion}}, want: cannot, says: "left out by the view"},
		{name: "no milestones", spec: parts(m("")), want: cannot, says: "what its milestones are is not recorded"},
		{name: "its milestones speak for themselves", spec: parts(m(""), step), want: ""},
		{name: "closed", spec: parts(mission.Mission{Record: record.New("m"), Stage: mission.StageClosed}, step, never(mission.Funded, theMission)), want: nothing},
	})
}

func TestShortMoney(t *testing.T) {
	until := func(day string) mission.Mission {
		r := m("")
		if day != "" {
			r.Horizon = when(day)
		}
		return r
	}
	firm := func(id, day string) funding.Settlement {
		s := funding.Settlement{Record: record.New(record.ID(id)), For: []record.Ref{theMission}}
		if day != "" {
			s.FirmUntil = when(day)
		}
		return s
	}
	phase := funding.Review{Record: record.New("r"), FundsUntil: when("2026-04-01")}
	said := firm("t", "2026-04-01")
	said.Grade, said.Claimant = record.Hearsay, "an insider"
	denied := firm("t", "2034-04-01")
	denied.Record = rival("t2", "t", 0)
	by := func(a funding.Allocation) funding.Allocation { a.Subject, a.Amount = theMission, gbp(500); return a }
	table(t, "F72", theMission, []row{
		{name: "a year's money for a decade", spec: purse(parts(until("2035-01-01")), firm("t", "2026-04-01")), want: finding, says: "is firm until 1 April 2026 at the latest", also: "more than 365 days before its horizon (1 January 2035)"},
		{name: "by the threshold to the day", spec: purse(parts(until("2027-04-01")), firm("t", "2026-04-01")), want: nothing},
		{name: "a day more", spec: purse(parts(until("2027-04-02")), firm("t", "2026-04-01")), want: finding},
		{name: "a rough horizon that decides", spec: purse(parts(until("2028")), firm("t", "2026-04-01")), want: finding, says: "(2028)"},
		{name: "a rough horizon that does not", spec: purse(parts(until("2027")), firm("t", "2026-04-01")), want: cannot, says: "known only as 1 April 2026"},
		{name: "a rough end", spec: purse(parts(until("2027-06-01")), firm("t", "2026")), want: cannot, says: "known only as 2026"},
		{name: "an end that nobody knows", spec: purse(parts(until("2035")), firm("t", "unknown")), want: cannot, says: "stated to be unknown"},
		{name: "the longest counts", spec: purse(parts(until("2035")), firm("t", "2026-04-01"), firm("t2", "2034-12-31")), want: nothing},
		{name: "one end is open", spec: purse(parts(until("2035")), firm("t", "2026-04-01"), firm("t2", "")), want: cannot, says: "the day until which its money is firm is not recorded"},
		{name: "hearsay says so", spec: purse(parts(until("2035")), said), want: finding, says: "It is said (hearsay, an insider)"},
		{name: "claimants differ", spec: purse(parts(until("2035")), firm("t", "2026-04-01"), denied), want: cannot, says: "claimants give 1 April 2026 and 1 April 2034"},
		{name: "by the time of its review", spec: purse(parts(until("2035")), phase, funding.Settlement{Review: "r", For: []record.Ref{theMission}}), want: finding},
		{name: "money of a review", spec: purse(parts(until("2035")), phase, by(funding.Allocation{Review: "r"})), want: finding},
		{name: "money of a settlement", spec: purse(parts(until("2035")), funding.Settlement{Record: record.New("t"), FirmUntil: when("2026-04-01")}, by(funding.Allocation{Settlement: "t"})), want: finding},
		{name: "money with an end of its own", spec: purse(parts(until("2035")), by(funding.Allocation{Record: record.Record{Until: when("2027-04-01")}})), want: finding},
		{name: "nought pounds do not count", spec: purse(parts(until("2035")), funding.Allocation{Subject: theMission, Amount: gbp(0)}), want: cannot, says: "what money there is for it"},
		{name: "no horizon", spec: purse(parts(until("")), firm("t", "2026-04-01")), want: cannot, says: "its horizon is not recorded"},
		{name: "an unknown horizon", spec: purse(parts(until("unknown")), firm("t", "2026-04-01")), want: cannot, says: "its horizon is stated to be unknown"},
		{name: "no money", spec: parts(until("2035")), want: cannot, says: "what money there is for it is not recorded"},
		{name: "closed", spec: purse(parts(mission.Mission{Record: record.New("m"), Stage: mission.StageClosed, Horizon: when("2035")}), firm("t", "2026-04-01")), want: nothing},
	})
	due := milestone.Milestone{Record: record.New("s"), Due: when("2030-03-31")}
	table(t, "F72", theMilestone, []row{
		{name: "a milestone with money", spec: purse(parts(due), funding.Settlement{FirmUntil: when("2026-04-01"), For: []record.Ref{theMilestone}}), want: finding, says: "before its due day (31 March 2030)"},
		{name: "without", spec: parts(due), want: ""},
	})
}

func TestBilateralOnly(t *testing.T) {
	reached := func(how string) funding.Settlement {
		return funding.Settlement{Record: record.New("t"), Review: "r", Reached: how, For: []record.Ref{theMission}}
	}
	open := funding.Review{Record: record.New("r")}
	two := funding.Review{Record: record.New("r"), Settled: funding.Bilateral}
	phase := funding.Review{Record: record.New("r"), PartOf: "whole"}
	whole := funding.Review{Record: record.New("whole")}
	other := reached(funding.Collective)
	other.Record = rival("t2", "t", 0)
	hearsay := reached(funding.Bilateral)
	hearsay.Grade = record.Hearsay
	aimless := reached(funding.Bilateral)
	aimless.For = nil
	milestones := reached(funding.Bilateral)
	milestones.For = []record.Ref{theMilestone}
	step := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}}
	among := func(ids ...record.ID) mission.Mission {
		r := m("")
		r.Contributors, r.Internal = record.Known(ids), true
		return r
	}
	joint := func(ref record.Ref) mission.Event { return event(mission.JointDecision, ref, "") }
	table(t, "F73", theSettlement, []row{
		{name: "bilateral", spec: purse(parts(m("")), open, reached(funding.Bilateral)), want: finding, says: `The settlement of The Ministry in the spending review "Review" was reached bilaterally`},
		{name: "collective", spec: purse(parts(m("")), open, reached(funding.Collective)), want: nothing},
		{name: "hearsay", spec: purse(parts(m("")), open, hearsay), want: finding, says: "It is said (hearsay)"},
		{name: "silent, and so is the review", spec: purse(parts(m("")), open, reached("")), want: cannot, says: "how it was reached is not recorded"},
		{name: "silent, in a bilateral review", spec: purse(parts(m("")), two, reached("")), want: finding},
		{name: "collective, in a bilateral review", spec: purse(parts(m("")), two, reached(funding.Collective)), want: nothing},
		{name: "claimants differ", spec: purse(parts(m("")), open, reached(funding.Bilateral), other), want: cannot, says: "claimants differ"},
		{name: "a word of one's own", spec: purse(parts(m("")), open, reached("by lot")), want: cannot, says: "words of their own"},
		{name: "for nothing that is recorded", spec: purse(parts(m("")), open, aimless), want: cannot, says: "what it is meant to pay for is not recorded"},
		{name: "for a milestone", spec: purse(parts(m(""), step), open, milestones), want: finding, says: `It is for the mission "Homes"`},
		{name: "decided on together", spec: purse(parts(m(""), joint(theSettlement)), open, reached(funding.Bilateral)), want: nothing},
		{name: "the review was", spec: purse(parts(m(""), joint(theReview)), open, reached(funding.Bilateral)), want: nothing},
		{name: "the whole review was", spec: purse(parts(m(""), joint(record.Ref{Kind: funding.KindReview, ID: "whole"})), whole, phase, reached(funding.Bilateral)), want: nothing},
		{name: "the mission was", spec: purse(parts(m(""), joint(theMission)), open, reached(funding.Bilateral)), want: nothing},
		{name: "a mission of one body", spec: purse(parts(among("org", "unit")), open, reached(funding.Bilateral)), want: nothing},
		{name: "a mission of two", spec: purse(parts(among("org", "town")), open, reached(funding.Bilateral)), want: finding},
	})
	table(t, "F73", theReview, []row{
		{name: "a bilateral review", spec: purse(parts(m("")), two), want: finding, says: `The spending review "Review" is settled bilaterally`},
		{name: "with settlements, which speak for it", spec: purse(parts(m("")), two, reached("")), want: ""},
		{name: "with phases, which do", spec: purse(parts(m("")), two, funding.Review{Record: record.New("r1"), PartOf: "r"}), want: ""},
		{name: "a plan without missions", spec: purse(parts(), two), want: cannot},
		{name: "silent", spec: purse(parts(m("")), open), want: cannot, says: "how it was settled is not recorded"},
		{name: "decided on together", spec: purse(parts(m(""), joint(theReview)), two), want: nothing},
	})
}

func TestNumbersBeforePriorities(t *testing.T) {
	on := func(day string) mission.Event { return event(mission.Priorities, theMission, day) }
	given := func(day string) funding.Allocation {
		a := funding.Allocation{Subject: theMission, Amount: gbp(5), Review: "r"}
		if day != "" {
			a.Decided = when(day)
		}
		return a
	}
	r := funding.Review{Record: record.New("r")}
	settled := funding.Settlement{Record: record.New("t"), Agreed: when("2026-03-01"), Reopened: when("2026-06-01"), For: []record.Ref{theMission}}
	again := settled
	again.Reopened = when("2026-07-01") // after the day of the review
	table(t, "F74", theMission, []row{
		{name: "numbers first", spec: purse(parts(m(""), on("2026-05-01")), r, given("2026-04-30")), want: finding, says: "They were agreed on 1 May 2026"},
		{name: "on the same day", spec: purse(parts(m(""), on("2026-05-01")), r, given("2026-05-01")), want: nothing},
		{name: "in the same month", spec: purse(parts(m(""), on("2026-05")), r, given("2026-05-15")), want: cannot, says: "not known from the dates"},
		{name: "the first agreement counts", spec: purse(parts(m(""), on("2026-05-01"), on("2026-01-01")), r, given("2026-04-30")), want: nothing},
		{name: "agreed for the review", spec: purse(parts(m(""), event(mission.Priorities, theReview, "2026-01-01")), r, given("2026-04-30")), want: nothing},
		{name: "agreed for the review, later", spec: purse(parts(m(""), event(mission.Priorities, theReview, "2026-05-01")), r, given("2026-04-30")), want: finding},
		{name: "never agreed", spec: purse(parts(m(""), never(mission.Priorities, theMission)), r, given("2026-04-30")), want: finding, says: "its priorities have not been agreed"},
		{name: "never agreed, by hearsay", spec: purse(parts(m(""), graded(never(mission.Priorities, theMission), record.Hearsay)), r, given("2026-04-30")), want: finding, says: "It is said (hearsay"},
		{name: "never agreed, and not decided yet", spec: purse(parts(m(""), never(mission.Priorities, theMission)), r, given("2026-07-30")), want: nothing},
		{name: "undated money", spec: purse(parts(m(""), on("2026-05-01")), r, given("")), want: cannot},
		{name: "undated agreement", spec: purse(parts(m(""), on("")), r, given("2026-04-30")), want: cannot},
		{name: "no money", spec: parts(m(""), on("2026-05-01")), want: cannot, says: "what money there is for it is not recorded"},
		{name: "no agreement", spec: purse(parts(m("")), r, given("2026-04-30")), want: cannot, says: "when its priorities were agreed is not recorded"},
		{name: "reopened since", spec: purse(parts(m(""), on("2026-05-01")), settled), want: nothing},
		{name: "to be reopened", spec: purse(parts(m(""), on("2026-05-01")), again), want: finding},
		{name: "money for a milestone", spec: purse(parts(m(""), on("2026-05-01"), milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}}),
			funding.Allocation{Subject: theMilestone, Amount: gbp(5), Decided: when("2026-04-01")}), want: finding},
	})
}

func TestClusterUnkept(t *testing.T) {
	b := accountability.Forum{Record: record.New("b"), Kind: accountability.MissionCluster, Subject: theReview}
	onMission := b
	onMission.Subject = theMission
	board := b
	board.Kind = accountability.MissionBoard
	review := func(day string) funding.Review {
		r := funding.Review{Record: record.New("r"), Settled: funding.Collective}
		if day != "" {
			r.Concluded = when(day)
		}
		return r
	}
	unmet, idle := never(mission.MeetingHeld, theForum), never(mission.Decision, theForum)
	led := event(mission.Decision, theForum, "")
	led.LedTo = []record.Ref{theReview}
	meeting := accountability.Meeting{Record: record.New("g"), Forum: "b", OnDay: when("2026-02-01")}
	off := meeting
	off.Held = record.Known(false)
	table(t, "F75", theForum, []row{
		{name: "never met", spec: purse(parts(), review("2026-06-11"), b, unmet), want: finding, says: "has not met"},
		{name: "never met, and no day of conclusion", spec: purse(parts(), review(""), b, unmet), want: finding},
		{name: "the review is open", spec: purse(parts(), review("2026-07-01"), b, unmet), want: nothing},
		{name: "the review ends in this month", spec: purse(parts(), review("2026-06"), b, unmet), view: mission.View{On: on.Add(-5)}, want: cannot, says: "whether the spending review is concluded"},
		{name: "the review ends some day", spec: purse(parts(), review("unknown"), b, unmet), want: cannot},
		{name: "on a mission", spec: purse(parts(m("")), onMission, unmet), want: finding, says: `on the mission "Homes"`},
		{name: "settled nothing", spec: purse(parts(), review("2026-06-11"), b, idle), want: finding, says: "has settled nothing"},
		{name: "an opinion", spec: purse(parts(), review("2026-06-11"), b, graded(idle, record.Opinion)), want: finding, says: "It is said (opinion"},
		{name: "it met", spec: purse(parts(), review("2026-06-11"), b, unmet, meeting), want: cannot, says: "what it met for and settled"},
		{name: "it was called off", spec: purse(parts(), review("2026-06-11"), b, unmet, off), want: finding},
		{name: "it moved money", spec: purse(parts(), review("2026-06-11"), b, unmet, led), want: nothing},
		{name: "it resolved on money", spec: purse(parts(), review("2026-06-11"), b, unmet, meeting, accountability.Resolution{Meeting: "g", Subject: theReview, Decided: "more for homes"}), want: nothing},
		{name: "it decided something", spec: purse(parts(), review("2026-06-11"), b, event(mission.Decision, theForum, "")), want: cannot, says: "what money its decisions moved"},
		{name: "nothing recorded", spec: purse(parts(), review("2026-06-11"), b), want: cannot},
		{name: "another forum", spec: purse(parts(), review("2026-06-11"), board, unmet), want: ""},
	})
}

func TestRingfenceBlocksJoin(t *testing.T) {
	from := func(id, purpose string, fence record.Value[bool]) funding.Allocation {
		return funding.Allocation{Record: record.New(record.ID(id)), Subject: theMission, Amount: gbp(5), Purpose: purpose, Ringfenced: fence}
	}
	yes, free := record.Known(true), record.Known(false)
	poolPaid := from("a", "work", yes)
	poolPaid.Pool = "p"
	other := from("a", "", free)
	other.Record = rival("a2", "a", 0)
	said := func(a funding.Allocation) funding.Allocation { a.Grade = record.Hearsay; return a }
	table(t, "F76", theMission, []row{
		{name: "two purposes", spec: purse(parts(m("")), from("a", "work", yes), from("b", "school", yes)), want: finding, says: `2 ringfences, for "work" and "school"`},
		{name: "said of both", spec: purse(parts(m("")), said(from("a", "work", yes)), said(from("b", "school", yes))), want: finding, says: "It is said (hearsay)"},
		{name: "one purpose in two spellings", spec: purse(parts(m("")), from("a", "Work", yes), from("b", "work", yes)), want: nothing},
		{name: "one is free", spec: purse(parts(m("")), from("a", "work", yes), from("b", "school", free)), want: nothing},
		{name: "one is paid from a pool", spec: purse(parts(m("")), funding.Pool{Record: record.New("p")}, poolPaid, from("b", "school", yes)), want: nothing},
		{name: "of one nobody knows", spec: purse(parts(m("")), from("a", "work", yes), from("b", "school", record.Unknown[bool](""))), want: cannot, says: "stated to be unknown"},
		{name: "claimants differ", spec: purse(parts(m("")), from("a", "work", yes), other, from("b", "school", yes)), want: cannot, says: "contested"},
		{name: "two that differ are enough", spec: purse(parts(m("")), from("a", "work", yes), from("b", "school", yes), from("c", "", record.Value[bool]{})), want: finding},
		{name: "a purpose not recorded", spec: purse(parts(m("")), from("a", "work", yes), from("b", "", yes)), want: cannot, says: `what the allocation "b" is ringfenced for`},
		{name: "an exemption on the money", spec: purse(parts(m(""), event(mission.Exemption, theAllocation, "")), from("a", "work", yes), from("b", "school", yes)), want: nothing},
		{name: "an exemption to come", spec: purse(parts(m(""), event(mission.Exemption, theAllocation, "2026-08-01")), from("a", "work", yes), from("b", "school", yes)), want: finding},
		{name: "one amount", spec: purse(parts(m("")), from("a", "work", yes)), want: ""},
	})
}
