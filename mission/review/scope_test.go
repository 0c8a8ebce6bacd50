package review_test

import (
	"fmt"
	"testing"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

var scopeWithoutHearsay = mission.View{Without: []record.Grade{record.Hearsay}}

func scopeBodies(e mission.Event, with ...record.ID) mission.Event { e.With = with; return e }

func scopeActors(e mission.Event, by ...record.ID) mission.Event { e.By = by; return e }

func scopeLed(e mission.Event, to ...record.Ref) mission.Event { e.LedTo = to; return e }

func scopeWhy(e mission.Event, why string) mission.Event { e.Because = why; return e }

// scopeStage is the mission at a stage.
func scopeStage(s string) mission.Mission {
	r := m("")
	r.Stage = s
	return r
}

// scopeOther is the mission as another claimant has it.
func scopeOther(r mission.Mission) mission.Mission {
	r.ID, r.Of, r.Claimant = "m2", "m", "another"
	return r
}

func TestLateLanding(t *testing.T) {
	told := func(day string, with ...record.ID) mission.Event {
		return scopeBodies(event(mission.Landed, theMission, day), with...)
	}
	bid := func(day string, by ...record.ID) mission.Event {
		return scopeActors(event(mission.BidMade, theMission, day), by...)
	}
	amended := func(day string, by ...record.ID) mission.Event {
		return scopeActors(event(mission.BidAmended, theMission, day), by...)
	}
	untold := scopeBodies(never(mission.Landed, theMission), "org")
	reviewed := func(opened, concluded string, parties []record.ID, records ...any) mission.Spec {
		spec := parts(records...)
		v := funding.Review{Record: record.New("v"), Name: "Phase one", Opened: when(opened)}
		if concluded != "" {
			v.Concluded = when(concluded)
		}
		spec.SpendingReviews = []funding.Review{v}
		for n, party := range parties {
			spec.Settlements = append(spec.Settlements, funding.Settlement{Record: record.New(record.ID(fmt.Sprintf("t%d", n))), Review: "v", Party: party})
		}
		return spec
	}
	onReview := scopeActors(event(mission.BidMade, record.Ref{Kind: funding.KindReview, ID: "v"}, "2025-09-01"), "org")
	onBody := event(mission.BidMade, record.Ref{Kind: accountability.KindParty, ID: "org"}, "2025-09-01")
	rival := bid("2026-03-01", "org")
	rival.Record = record.Record{ID: "b2", Of: "b1", Claimant: "another"}
	first := bid("2025-09-01", "org")
	first.ID = "b1"
	table(t, "F02", theMission, []row{
		{name: "bid, then told", spec: parts(m(""), bid("2025-09-01", "org"), told("2026-01-01", "org")), want: finding, says: "reached The Ministry on 1 January 2026, after its bid (1 September 2025)"},
		{name: "told, then bid", spec: parts(m(""), bid("2026-01-02", "org"), told("2026-01-01", "org")), want: nothing},
		{name: "both on one day", spec: parts(m(""), bid("2026-01-01", "org"), told("2026-01-01", "org")), want: nothing},
		{name: "the day after", spec: parts(m(""), bid("2026-01-01", "org"), told("2026-01-02", "org")), want: finding},
		{name: "told in the month of the bid", spec: parts(m(""), bid("2026-01-15", "org"), told("2026-01", "org")), want: cannot, says: "not known from the dates"},
		{name: "bid on an unknown day", spec: parts(m(""), bid("unknown", "org"), told("2026-01", "org")), want: cannot, says: "whether The Ministry was told before it asked for money"},
		{name: "a unit of it bid", spec: parts(m(""), bid("2025-09-01", "unit"), told("2026-01-01", "org")), want: finding},
		{name: "another bid", spec: parts(m(""), bid("2025-09-01", "town"), told("2026-01-01", "org")), want: cannot, says: "when The Ministry bid for money is not recorded"},
		{name: "one of two is late", spec: parts(m(""), bid("2025-09-01", "org"), bid("2025-09-01", "town"), told("2026-01-01", "org"), told("2025-08-01", "town")), want: finding, says: "reached The Ministry on 1 January 2026"},
		{name: "nobody in particular", spec: parts(m(""), bid("2025-09-01"), told("2026-01-01")), want: finding, says: "reached those who are to serve it"},
		{name: "told in general, bid by one", spec: parts(m(""), bid("2025-09-01", "org"), told("2026-01-01")), want: finding, says: "The Ministry"},
		{name: "amended since", spec: parts(m(""), bid("2025-09-01", "org"), told("2026-01-01", "org"), amended("2026-02-01", "org")), want: nothing},
		{name: "amended by another", spec: parts(m(""), bid("2025-09-01", "org"), told("2026-01-01", "org"), amended("2026-02-01", "town")), want: finding},
		{name: "amended before it was made", spec: parts(m(""), bid("2025-09-01", "org"), told("2026-01-01", "org"), amended("2025-02-01", "org")), want: finding},
		{name: "never told", spec: parts(m(""), bid("2025-09-01", "org"), untold), want: finding, says: "has not reached The Ministry, whose bid was made (1 September 2025)"},
		{name: "never told, and no day to look from", spec: parts(m(""), bid("2025-09-01", "org"), untold), view: mission.View{On: noDay}, want: cannot},
		{name: "never told, and bid in a year that may not be over", spec: parts(m(""), bid("2026", "org"), untold), want: cannot, says: "not known from the dates"},
		{name: "told and not told", spec: parts(m(""), bid("2025-09-01", "org"), untold, told("2026-01-01", "org")), want: cannot, says: "contested"},
		{name: "not told at first", spec: parts(m(""), bid("2025-09-01", "org"), func() mission.Event { e := untold; e.OnDay = when("2025-10-01"); return e }(), told("2026-01-01", "org")), want: finding},
		{name: "claimants differ on the day of the bid", spec: parts(m(""), first, rival, told("2026-01-01", "org")), want: cannot, says: "not known from the dates"},
		{name: "hearsay", spec: parts(m(""), bid("2025-09-01", "org"), scopeBodies(graded(event(mission.Landed, theMission, "2026-01-01"), record.Hearsay), "org")), want: finding, says: "It is said (hearsay"},
		{name: "hearsay left out", spec: parts(m(""), bid("2025-09-01", "org"), scopeBodies(graded(event(mission.Landed, theMission, "2026-01-01"), record.Hearsay), "org")), view: scopeWithoutHearsay, want: cannot, says: "left out by the view (event/said)"},
		{name: "nothing recorded", spec: parts(m("")), want: cannot, says: "when it reached those who are to serve it is not recorded"},
		{name: "closed", spec: parts(scopeStage(mission.StageClosed)), want: nothing},
		{name: "a review that opened first", spec: reviewed("2025-07-29", "", nil, m(""), told("2025-12-25", "org")), want: finding, says: `after the opening of the spending review "Phase one" (29 July 2025)`},
		{name: "a review that is open, and never told", spec: reviewed("2025-07-29", "", nil, m(""), untold), want: finding, says: `though the spending review "Phase one" is open`},
		{name: "a review that opened later", spec: reviewed("2026-01-05", "", nil, m(""), told("2025-12-25", "org")), want: nothing},
		{name: "a review that is to open", spec: reviewed("2026-07-05", "", nil, m(""), untold), want: cannot, says: "when The Ministry bid for money"},
		{name: "a review of others", spec: reviewed("2025-07-29", "", []record.ID{"town"}, m(""), told("2025-12-25", "org")), want: cannot},
		{name: "a review in which it settled", spec: reviewed("2025-07-29", "", []record.ID{"org"}, m(""), told("2025-12-25", "org")), want: finding},
		{name: "a review of years before", spec: reviewed("2010-05", "2010-10-20", nil, m("2025-07-05"), told("2025-12-25", "org")), want: cannot, says: "when The Ministry bid for money"},
		{name: "a review that may be of years before", spec: reviewed("2010-05", "2010-10-20", nil, m(""), told("2025-12-25", "org")), want: cannot, says: "the day on which the mission was announced is not recorded"},
		{name: "its bid counts before the review", spec: reviewed("2025-07-29", "", nil, m(""), told("2025-12-25", "org"), bid("2026-02-01", "org")), want: nothing},
		{name: "a bid in the review", spec: reviewed("2026-01-29", "", nil, m(""), told("2025-12-25", "org"), onReview), want: finding, says: "its bid (1 September 2025)"},
		{name: "a bid recorded on the body", spec: parts(m(""), told("2025-12-25", "org"), onBody), want: finding},
	})
}

// scopeOf is a reading of the mission.
func scopeOf(id, by record.ID, s mission.Scope) mission.Scope {
	s.ID, s.Mission, s.By = id, "m", by
	return s
}

func scoped(of mission.Mission, scopes ...mission.Scope) mission.Spec {
	spec := parts(of)
	spec.Scopes = scopes
	return spec
}

func TestConflictingReadings(t *testing.T) {
	wide := mission.Scope{Reading: "All homes", Inside: []string{"renters", "owners"}}
	narrow := mission.Scope{Reading: "Owned homes", Inside: []string{"owners"}, Outside: []string{"Renters"}}
	words := func(s string) mission.Scope { return mission.Scope{Reading: s} }
	differs := func(s mission.Scope, agreed record.Value[bool], from ...record.ID) mission.Scope {
		s.Differs, s.Agreed = from, agreed
		return s
	}
	unsaid := record.Value[bool]{}
	alone := m("")
	alone.Contributors = record.Known([]record.ID{"org", "unit"})
	said := func(s mission.Scope, g record.Grade) mission.Scope {
		s.Grade, s.Claimant = g, "an insider"
		return s
	}
	rival := func(id, of record.ID, s mission.Scope) mission.Scope {
		s.ID, s.Of, s.Claimant = id, of, "another"
		return s
	}
	table(t, "F04", theMission, []row{
		{name: "in and out", spec: scoped(m(""), scopeOf("a", "org", wide), scopeOf("b", "town", narrow)), want: finding, says: `some hold that "renters" belongs to it, and others that it does not`, also: `The Ministry: "All homes".`},
		{name: "no agreement is recorded", spec: scoped(m(""), scopeOf("a", "org", wide), scopeOf("b", "town", narrow)), want: finding, says: "No agreement on it is recorded"},
		{name: "in and out of one body", spec: scoped(m(""), scopeOf("a", "org", wide), scopeOf("b", "org", narrow)), want: cannot, says: "how anybody else reads it than The Ministry"},
		{name: "the mission's own reading is one", spec: scoped(m(""), scopeOf("a", "", wide), scopeOf("b", "town", narrow)), want: finding, says: "the mission's own reading and The Town"},
		{name: "said to differ", spec: scoped(m(""), scopeOf("a", "org", words("all")), scopeOf("b", "town", differs(words("some"), unsaid, "a"))), want: finding},
		{name: "said to differ from its own", spec: scoped(m(""), scopeOf("a", "org", words("all")), scopeOf("b", "org", differs(words("some"), unsaid, "a")), scopeOf("c", "town", words("all"))), want: cannot, says: "whether their readings can be squared"},
		{name: "not settled", spec: scoped(m(""), scopeOf("a", "org", words("all")), scopeOf("b", "town", differs(words("some"), record.Known(false), "a"))), want: finding, says: "It is recorded that this has not been settled"},
		{name: "to be settled", spec: scoped(m(""), scopeOf("a", "org", words("all")), scopeOf("b", "town", differs(words("some"), record.Pending[bool]("talks"), "a"))), want: finding},
		{name: "agreed", spec: scoped(m(""), scopeOf("a", "org", words("all")), scopeOf("b", "town", differs(words("some"), record.Known(true), "a"))), want: nothing},
		{name: "agreed by the other", spec: scoped(m(""), scopeOf("a", "org", differs(words("all"), record.Known(true))), scopeOf("b", "town", differs(words("some"), unsaid, "a"))), want: nothing},
		{name: "agreed, says one", spec: scoped(m(""), scopeOf("a", "org", differs(words("all"), record.Known(true))), scopeOf("b", "town", differs(words("some"), record.Known(false), "a"))), want: cannot, says: "whether the difference is settled is contested"},
		{name: "agreement withheld", spec: scoped(m(""), scopeOf("a", "org", words("all")), scopeOf("b", "town", differs(words("some"), record.Withheld[bool]("cabinet"), "a"))), want: cannot, says: "withheld (cabinet)"},
		{name: "agreed with one and not with a third", spec: scoped(m(""), scopeOf("a", "org", wide), scopeOf("b", "town", differs(narrow, record.Known(true))), scopeOf("c", "new", narrow)), want: finding, says: "The Newcomer and The Ministry"},
		{name: "no clash", spec: scoped(m(""), scopeOf("a", "org", wide), scopeOf("b", "town", mission.Scope{Inside: []string{"owners"}})), want: nothing},
		{name: "words that nobody compared", spec: scoped(m(""), scopeOf("a", "org", words("all")), scopeOf("b", "town", words("some"))), want: cannot, says: "whether their readings can be squared"},
		{name: "the same words", spec: scoped(m(""), scopeOf("a", "org", words("All  homes")), scopeOf("b", "town", words("all homes"))), want: nothing},
		{name: "one reading", spec: scoped(m(""), scopeOf("a", "org", wide)), want: cannot, says: "how anybody else reads it than The Ministry is not recorded"},
		{name: "none", spec: scoped(m("")), want: cannot, says: "how they read it is not recorded"},
		{name: "one body alone", spec: scoped(alone, scopeOf("a", "org", wide), scopeOf("b", "unit", narrow)), want: nothing},
		{name: "closed", spec: scoped(scopeStage(mission.StageClosed), scopeOf("a", "org", wide), scopeOf("b", "town", narrow)), want: nothing},
		{name: "hearsay", spec: scoped(m(""), scopeOf("a", "org", said(wide, record.Hearsay)), scopeOf("b", "town", said(narrow, record.Opinion))), want: finding, says: "It is said (hearsay, an insider) that the mission"},
		{name: "hearsay left out", spec: scoped(m(""), scopeOf("a", "org", said(wide, record.Hearsay)), scopeOf("b", "town", narrow)), view: scopeWithoutHearsay, want: cannot, says: "left out by the view (scope/a)"},
		{name: "claimants differ on the agreement", spec: scoped(m(""), scopeOf("a", "org", words("all")), scopeOf("b", "town", differs(words("some"), record.Known(true), "a")), rival("b2", "b", scopeOf("", "town", differs(words("some"), record.Known(false), "a")))), want: cannot, says: "contested"},
	})
}

func TestSolutionLock(t *testing.T) {
	work := func(kind string, by record.ID) mission.Initiative {
		return mission.Initiative{Record: record.New("i"), Missions: []record.ID{"m"}, Kind: kind, By: by}
	}
	one, discovery := work(mission.Service, "org"), scopeStage(mission.StageDiscovery)
	more := mission.Initiative{Record: record.New("j"), Missions: []record.ID{"m"}, Kind: mission.Service, By: "org"}
	child := mission.Mission{Record: record.New("sub"), Name: "Sub", Parents: []record.ID{"m"}, Stage: mission.StageClosed}
	deliver := func(post record.ID) accountability.Duty {
		return accountability.Duty{Duty: accountability.Deliver, Subject: theInit, Post: post}
	}
	shared := parts(discovery, one)
	shared.Sharings = []accountability.Sharing{{Record: record.New("w"), Subject: theInit, Duty: accountability.Deliver, Mode: accountability.Joint, Members: []record.ID{"org", "town"}}}
	rival := work(mission.Programme, "org")
	rival.Record = record.Record{ID: "i2", Of: "i", Claimant: "another"}
	theirs := work(mission.Service, "town")
	theirs.Record = record.Record{ID: "i2", Of: "i", Claimant: "another"}
	fixed := func(day string) mission.Event { return event(mission.SolutionFixed, theInit, day) }
	ended := func(day string) mission.Event { return event(mission.DiscoveryEnded, theMission, day) }
	active := scopeStage(mission.StageActive)
	paid := deliver("minister")
	paid.Duty = accountability.Pay
	table(t, "F05", theMission, []row{
		{name: "a service of one body in discovery", spec: parts(discovery, one), want: finding, says: `the service "Team" of The Ministry, and the mission is still in discovery`},
		{name: "a product", spec: parts(discovery, work(mission.Product, "org")), want: finding, says: `the product "Team"`},
		{name: "a portfolio", spec: parts(discovery, work(mission.Portfolio, "org")), want: nothing},
		{name: "claimants differ on the kind", spec: parts(discovery, one, rival), want: cannot, says: `the kind of the initiative "Team" is contested`},
		{name: "no kind", spec: parts(discovery, work("", "org")), want: cannot, says: `the kind of the initiative "Team" is not recorded`},
		{name: "no owner", spec: parts(discovery, work(mission.Service, "")), want: cannot, says: "who owns"},
		{name: "a duty names the owner", spec: parts(discovery, work(mission.Service, ""), deliver("minister")), want: finding, says: "of The Ministry"},
		{name: "a second owner", spec: parts(discovery, one, deliver("other")), want: nothing},
		{name: "a second post of the owner", spec: parts(discovery, one, deliver("head")), want: finding},
		{name: "another pays", spec: parts(discovery, work(mission.Service, "town"), paid), want: finding, says: "of The Town"},
		{name: "shared", spec: shared, want: nothing},
		{name: "claimants differ on the owner", spec: parts(discovery, one, theirs), want: cannot, says: "contested"},
		{name: "more work", spec: parts(discovery, one, more), want: nothing},
		{name: "a mission under it", spec: parts(discovery, one, child), want: nothing},
		{name: "no work", spec: parts(discovery), want: cannot, says: "what is being done for it is not recorded"},
		{name: "work of another mission", spec: parts(discovery, mission.Mission{Record: record.New("sub"), Name: "Sub"}, mission.Initiative{Record: record.New("i"), Missions: []record.ID{"sub"}, Kind: mission.Service, By: "org"}), want: cannot},
		{name: "fixed before finding out ended", spec: parts(active, one, fixed("2025-09-01"), ended("2026-01-01")), want: finding, says: "settled on 1 September 2025, before finding out had ended (1 January 2026)"},
		{name: "fixed on the day", spec: parts(active, one, fixed("2026-01-01"), ended("2026-01-01")), want: nothing},
		{name: "fixed afterwards", spec: parts(active, one, fixed("2026-02-01"), ended("2026-01-01")), want: nothing},
		{name: "fixed in the year", spec: parts(active, one, fixed("2026"), ended("2026-01-10")), want: cannot, says: "not known from the dates"},
		{name: "ended, and nobody says when it was fixed", spec: parts(active, one, ended("2026-01-01")), want: cannot, says: "when it was settled what is to be built is not recorded"},
		{name: "finding out has not ended", spec: parts(active, one, never(mission.DiscoveryEnded, theInit)), want: finding, says: "finding out had not ended when it was named"},
		{name: "said not to be fixed", spec: parts(discovery, one, never(mission.SolutionFixed, theInit)), want: nothing},
		{name: "fixed and not fixed", spec: parts(discovery, one, fixed("2026-02-01"), never(mission.SolutionFixed, theMission)), want: cannot, says: "contested"},
		{name: "ended, and still in discovery", spec: parts(discovery, one, ended("2026-01-01")), want: cannot, says: "whether finding out has ended is contested"},
		{name: "active, and nothing of finding out", spec: parts(active, one), want: cannot, says: "whether finding out had ended"},
		{name: "claimants differ on the stage", spec: parts(active, scopeOther(discovery), one), want: cannot, says: "contested"},
		{name: "closed", spec: parts(scopeStage(mission.StageClosed), one), want: nothing},
		{name: "hearsay", spec: parts(active, one, graded(never(mission.DiscoveryEnded, theInit), record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "hearsay left out", spec: parts(active, one, graded(never(mission.DiscoveryEnded, theInit), record.Hearsay)), view: scopeWithoutHearsay, want: cannot, says: "left out by the view"},
	})
}

// scopeChain adds a contribution.
func scopeChain(spec mission.Spec, id record.ID, cause, effect record.Ref, hinders bool) mission.Spec {
	spec.Contributions = append(spec.Contributions, learning.Contribution{Record: record.New(id), Cause: cause, Effect: effect, Strength: record.Number(0.5), Hinders: hinders})
	return spec
}

func TestLeveredInGoal(t *testing.T) {
	step := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}}
	both := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m", "n"}}
	other := mission.Mission{Record: record.New("n"), Name: "Roads"}
	result := mission.Outcome{Record: record.New("o"), Missions: []record.ID{"m"}}
	next := milestone.Milestone{Record: record.New("s2"), Missions: []record.ID{"m"}}
	none := never(mission.Rationale, theMilestone)
	given := event(mission.Rationale, theMilestone, "")
	theOther := record.Ref{Kind: mission.KindMission, ID: "n"}
	table(t, "F06", theMilestone, []row{
		{name: "no reason", spec: parts(m(""), step, none), want: finding, says: `stands under the mission "Homes", and nobody has said why`},
		{name: "nothing recorded", spec: parts(m(""), step), want: ""},
		{name: "a reason", spec: parts(m(""), step, scopeWhy(given, "homes need roads")), want: nothing},
		{name: "a reason that is not given", spec: parts(m(""), step, given), want: cannot, says: "the reason why it stands there is not recorded"},
		{name: "claimants differ", spec: parts(m(""), step, none, scopeWhy(given, "homes need roads")), want: cannot, says: "contested"},
		{name: "contributes to the mission", spec: scopeChain(parts(m(""), step, none), "k", theMilestone, theMission, false), want: nothing},
		{name: "contributes to an outcome of it", spec: scopeChain(parts(m(""), step, none, result), "k", theMilestone, theOutcome, false), want: nothing},
		{name: "contributes to another milestone of it", spec: scopeChain(parts(m(""), step, next, none), "k", theMilestone, record.Ref{Kind: milestone.KindMilestone, ID: "s2"}, false), want: nothing},
		{name: "hinders it", spec: scopeChain(parts(m(""), step, none), "k", theMilestone, theMission, true), want: finding},
		{name: "contributes to another mission", spec: scopeChain(parts(m(""), other, step, none), "k", theMilestone, theOther, false), want: finding},
		{name: "linked to one of its two missions", spec: scopeChain(parts(m(""), other, both, none), "k", theMilestone, theOther, false), want: finding, says: `stands under the mission "Homes", and`},
		{name: "denied for the other mission alone", spec: scopeChain(parts(m(""), other, both, scopeLed(none, theOther)), "k", theMilestone, theOther, false), want: nothing},
		{name: "denied for one, given for the other", spec: parts(m(""), other, both, scopeLed(none, theMission), scopeLed(scopeWhy(given, "why not"), theOther)), want: finding, says: `under the mission "Homes", and`},
		{name: "under no mission", spec: parts(m(""), milestone.Milestone{Record: record.New("s")}, none), want: ""},
		{name: "hearsay", spec: parts(m(""), step, graded(none, record.Opinion)), want: finding, says: "It is said (opinion"},
		{name: "hearsay left out", spec: parts(m(""), step, graded(none, record.Hearsay)), view: scopeWithoutHearsay, want: cannot, says: "left out by the view (event/said)"},
	})
	table(t, "F06", theOutcome, []row{
		{name: "an outcome", spec: parts(m(""), result, never(mission.Rationale, theOutcome)), want: finding, says: "The outcome"},
		{name: "an outcome that contributes", spec: scopeChain(parts(m(""), result, never(mission.Rationale, theOutcome)), "k", theOutcome, theMission, false), want: nothing},
	})
	nested := m("")
	nested.Parents = []record.ID{"n"}
	table(t, "F06", theMission, []row{
		{name: "a mission in a mission", spec: parts(nested, other, never(mission.Rationale, theMission)), want: finding, says: `The mission "Homes" stands under the mission "Roads"`},
		{name: "a mission in a mission to which it contributes", spec: scopeChain(parts(nested, other, never(mission.Rationale, theMission)), "k", theMission, theOther, false), want: nothing},
	})
}

func TestCategoryMuddle(t *testing.T) {
	kind := func(k string) mission.Mission { r := m(""); r.Kind = k; return r }
	twin := func(id record.ID, name, k string) mission.Mission {
		return mission.Mission{Record: record.New(id), Name: name, Kind: k}
	}
	moving := event(mission.Transition, theMission, "2026-01-01")
	ends := func(e mission.Event, until string) mission.Event { e.Until = when(until); return e }
	graded := kind(mission.Foundation)
	graded.Grade, graded.Claimant = record.Opinion, "an insider"
	table(t, "F07", theMission, []row{
		{name: "no foundation", spec: parts(kind(""), scopeOther(kind(""))), want: ""},
		{name: "both", spec: parts(kind(mission.Foundation), scopeOther(kind(""))), want: finding, says: "As a mission: another."},
		{name: "in so many words", spec: parts(kind(mission.Foundation), scopeOther(kind("mission"))), want: finding},
		{name: "foundation alone", spec: parts(kind(mission.Foundation)), want: nothing},
		{name: "another word", spec: parts(kind(mission.Foundation), scopeOther(kind("pillar"))), want: cannot, says: `whether "pillar" means a foundation`},
		{name: "another record of the same name", spec: parts(kind(mission.Foundation), twin("m3", "homes", "")), want: finding, says: "mission/m3"},
		{name: "another record of another name", spec: parts(kind(mission.Foundation), twin("m3", "roads", "")), want: nothing},
		{name: "being moved", spec: parts(kind(mission.Foundation), scopeOther(kind("")), moving), want: nothing},
		{name: "being moved until tomorrow", spec: parts(kind(mission.Foundation), scopeOther(kind("")), ends(moving, "2026-07-01")), want: nothing},
		{name: "moved by today", spec: parts(kind(mission.Foundation), scopeOther(kind("")), ends(moving, "2026-06-30")), want: finding},
		{name: "said to be", spec: parts(graded, scopeOther(kind(""))), want: finding, says: "It is said (opinion, an insider)"},
	})
	table(t, "F07", record.Ref{Kind: mission.KindMission, ID: "m3"}, []row{
		{name: "the other of the two is not looked at", spec: parts(kind(mission.Foundation), twin("m3", "homes", "")), want: ""},
	})
}

func TestInitiativeList(t *testing.T) {
	id := func(n int) record.ID { return record.ID(fmt.Sprintf("i%d", n)) }
	ref := func(n int) record.Ref { return record.Ref{Kind: mission.KindInitiative, ID: id(n)} }
	// list is n initiatives of which the first few contribute.
	list := func(n, linked int, kind string, status mission.InitiativeStatus, more ...any) mission.Spec {
		for i := range n {
			more = append(more, mission.Initiative{Record: record.New(id(i)), Missions: []record.ID{"m"}, Kind: kind, Status: status})
		}
		spec := parts(append(more, m(""))...)
		for i := range linked {
			spec = scopeChain(spec, record.ID(fmt.Sprintf("k%d", i)), ref(i), theMission, false)
		}
		return spec
	}
	result := mission.Outcome{Record: record.New("o"), Missions: []record.ID{"m"}}
	other := mission.Mission{Record: record.New("n"), Name: "Roads"}
	away := list(4, 1, "", 0, other)
	for i := 1; i < 4; i++ {
		away = scopeChain(away, record.ID(fmt.Sprintf("z%d", i)), ref(i), record.Ref{Kind: mission.KindMission, ID: "n"}, false)
	}
	viaCause := list(4, 1, "", 0)
	for i := 1; i < 4; i++ {
		viaCause = scopeChain(viaCause, record.ID(fmt.Sprintf("z%d", i)), ref(i), record.Ref{Kind: mission.KindCause, ID: "damp"}, false)
	}
	viaCause.Causes = []mission.Cause{{Record: record.New("damp"), Name: "Damp"}}
	fed := list(4, 1, "", 0, result)
	for i := 1; i < 4; i++ {
		fed = scopeChain(fed, record.ID(fmt.Sprintf("z%d", i)), theOutcome, ref(i), false)
	}
	var trials []any
	for i := range 4 {
		trials = append(trials, event(mission.Experiment, ref(i), "2026-01-05"))
	}
	weakly := list(3, 1, "", 0)
	for i := range weakly.Initiatives {
		weakly.Initiatives[i].Grade, weakly.Initiatives[i].Claimant = record.Hearsay, "an insider"
	}
	table(t, "F08", theMission, []row{
		{name: "half of them", spec: list(4, 2, "", 0), want: finding, says: "2 of 4 initiatives"},
		{name: "under a half", spec: list(5, 3, "", 0), want: nothing},
		{name: "all but one", spec: list(9, 1, "", 0), want: finding, says: "and 2 more"},
		{name: "none in a chain, and a theory", spec: scopeChain(list(3, 0, "", 0, result), "k", theOutcome, theMission, false), want: finding, says: "3 of 3"},
		{name: "no theory", spec: list(3, 0, "", 0), want: cannot, says: "what its initiatives are to bring about is not recorded"},
		{name: "two make no list", spec: list(2, 0, "", 0), want: nothing},
		{name: "no initiatives", spec: list(0, 0, "", 0), want: cannot, says: "what is being done for it is not recorded"},
		{name: "there to find out", spec: list(4, 1, mission.Discovery, 0), want: nothing},
		{name: "with experiments", spec: list(4, 1, "", 0, trials...), want: nothing},
		{name: "adjacent", spec: list(4, 1, "", mission.Adjacent), want: nothing},
		{name: "contributing to another mission", spec: away, want: finding, says: "3 of 4"},
		{name: "contributing to a cause", spec: viaCause, want: nothing},
		{name: "contributed to", spec: fed, want: nothing},
		{name: "hearsay", spec: weakly, want: finding, says: "It is said (hearsay, an insider)"},
	})
	strict := run(t, list(5, 3, "", 0), mission.View{On: on}, review.Options{Thresholds: map[string]float64{"F08.share": 0.4}})
	if got, _ := verdict(strict, "F08", theMission); got != finding {
		t.Errorf("with a share of 0.4: %q", got)
	}
}

func TestBuzzwordMask(t *testing.T) {
	goal := m("")
	goal.Statement = "No cold homes"
	none, made := never(mission.HowCommitment, theMission), eventCalled("h", event(mission.HowCommitment, theMission, "2025-09-01"))
	theHow := record.Ref{Kind: mission.KindEvent, ID: "h"}
	nested := goal
	nested.Parents = []record.ID{"n"}
	parent := mission.Mission{Record: record.New("n"), Name: "Country"}
	theParent := record.Ref{Kind: mission.KindMission, ID: "n"}
	step := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}}
	closed := goal
	closed.Stage = mission.StageClosed
	table(t, "F10", theMission, []row{
		{name: "nothing recorded", spec: parts(goal), want: ""},
		{name: "promises nothing", spec: parts(goal, none), want: finding, says: "promises nothing about how the work is done"},
		{name: "a milestone is a goal", spec: parts(m(""), step, none), want: finding},
		{name: "no goal recorded", spec: parts(m(""), none), want: cannot, says: "what its goals are is not recorded"},
		{name: "promises and practice", spec: parts(goal, made, event(mission.PracticeChange, theMission, "2026-01-01")), want: nothing},
		{name: "promises, and what they led to", spec: parts(goal, scopeLed(made, theMission)), want: nothing},
		{name: "practice on the promise", spec: parts(goal, made, event(mission.PracticeChange, theHow, "2026-01-01")), want: nothing},
		{name: "promises, and no practice", spec: parts(goal, made, never(mission.PracticeChange, theMission)), want: finding, says: "Nothing has come of what the mission"},
		{name: "a promise in words", spec: parts(goal, func() mission.Event { e := made; e.Name = "Work in the open"; return e }(), never(mission.PracticeChange, theMission)), want: finding, says: `("Work in the open")`},
		{name: "promises, and nothing came of them", spec: parts(goal, made, never(mission.PracticeChange, theHow)), want: finding},
		{name: "promises, and nobody says what came of them", spec: parts(goal, made), want: cannot, says: "what came of its promise"},
		{name: "claimants differ", spec: parts(goal, made, none), want: cannot, says: "contested"},
		{name: "practice changes without a promise", spec: parts(goal, none, event(mission.PracticeChange, theMission, "2026-01-01")), want: nothing},
		{name: "a parent promises", spec: parts(nested, parent, none, event(mission.HowCommitment, theParent, "")), want: nothing},
		{name: "a parent promises nothing", spec: parts(nested, parent, none, never(mission.HowCommitment, theParent)), want: finding},
		{name: "closed", spec: parts(closed, none), want: nothing},
		{name: "hearsay", spec: parts(goal, graded(none, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "hearsay left out", spec: parts(goal, graded(none, record.Hearsay)), view: scopeWithoutHearsay, want: cannot, says: "left out by the view (event/said)"},
	})
}

// Naming what a team builds together a single service of one department locks the mission, and owning it together opens it again.
func TestRenamingIntoASingleService(t *testing.T) {
	plan := func(kind string, by record.ID, more ...any) mission.Spec {
		white := mission.Mission{Record: record.New("m"), Name: "Get Britain Working", Stage: mission.StageDiscovery, Parents: []record.ID{"growth"}}
		return parts(append(more, white, mission.Mission{Record: record.New("growth"), Name: "Growth"},
			mission.Initiative{Record: record.New("i"), Missions: []record.ID{"m"}, Kind: kind, By: by})...)
	}
	also := accountability.Duty{Duty: accountability.AnswerFor, Subject: theInit, Post: "town"}
	table(t, "F05", theMission, []row{
		{name: "a platform of many parts", spec: plan("platform", "org"), want: nothing},
		{name: "a single service", spec: plan(mission.Service, "org"), want: finding},
		{name: "a single service of two", spec: plan(mission.Service, "org", also), want: nothing},
	})
	table(t, "F05", record.Ref{Kind: mission.KindMission, ID: "growth"}, []row{
		{name: "what it is part of has a mission under it", spec: plan(mission.Service, "org"), want: nothing},
	})
}

// A railway alone, fixed at the outset, locks its mission; framed with homes and jobs it does not.
func TestTwoFramingsOfARailway(t *testing.T) {
	line := mission.Initiative{Record: record.New("i"), Missions: []record.ID{"m"}, Kind: mission.Product, By: "org"}
	houses := mission.Initiative{Record: record.New("j"), Missions: []record.ID{"m"}, Kind: mission.Programme, By: "town"}
	unsought := never(mission.DiscoveryEnded, theMission)
	table(t, "F05", theMission, []row{
		{name: "narrow", spec: parts(m(""), line, unsought), want: finding, says: "the product"},
		{name: "wide", spec: parts(m(""), line, houses, unsought), want: nothing},
	})
}
