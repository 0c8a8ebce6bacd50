package review_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// shownAt is an instant in the week before the day of the tables.
var shownAt = time.Date(2026, time.June, 24, 12, 0, 0, 0, utc)

func TestStanceMonoculture(t *testing.T) {
	plan := func(stances ...string) mission.Spec {
		var list []any
		for _, s := range stances {
			list = append(list, mission.Relation{Party: "org", With: "town", Stance: s})
		}
		return webPlan(list...)
	}
	const c, f = mission.Controller, mission.Funder
	rival := plan(c, c, c, c, c, c)
	rival.Relations = append(rival.Relations, mission.Relation{Record: record.Record{ID: "other", Of: rival.Relations[0].ID, Claimant: "the town"}, Party: "org", With: "town", Stance: f})
	weak := plan(c, c, c, c, c)
	for i := range weak.Relations {
		weak.Relations[i].Record = webSource(weak.Relations[i].ID, record.Opinion)
	}
	rough := plan(c, c, c, c, c)
	rough.Relations[0].From = when("2026")
	table(t, "F94", webParty("org"), []row{
		{name: "five alike", spec: plan(c, c, c, c, c), want: finding, says: "In all 5 recorded relations The Ministry acts as controller."},
		{name: "nine of ten", spec: plan(c, c, c, c, c, c, c, c, c, f), want: finding, says: "In 9 of the 10 recorded relations"},
		{name: "four of five is no more than the limit", spec: plan(c, c, c, c, f), want: nothing},
		{name: "words of one's own, in any case", spec: plan("Overseer", "overseer", "OVERSEER", "overseer", "overseer"), want: finding, says: "overseer"},
		{name: "four relations", spec: plan(c, c, c, c), want: nothing},
		{name: "one not stated would decide", spec: plan(c, c, c, c, ""), want: cannot, says: "for 1 of 5 relations"},
		{name: "one not stated would not", spec: plan(c, c, c, f, f, ""), want: nothing},
		{name: "claimants differ on one", spec: rival, want: finding, says: "In 5 of the 6"},
		{name: "one may not hold", spec: rough, want: cannot},
		{name: "opinions", spec: weak, want: finding, says: "It is said (opinion, an insider"},
		{name: "no relation", spec: webPlan(m("")), want: ""},
	})
	limits := review.Options{Thresholds: map[string]float64{"F94.relations": 2, "F94.percent": 50}}
	what, _ := verdict(run(t, plan(c, c, c, f), mission.View{On: on}, limits), "F94", webParty("org"))
	assert.Equal(t, finding, what, "the limits are the caller's")
}

func TestDecisionFarFromKnowledge(t *testing.T) {
	step := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}}
	place := func(id record.ID, tier string) accountability.Party {
		return accountability.Party{Record: record.New(id), Kind: accountability.Group, Name: "Those of " + string(id), Tier: tier}
	}
	known := func(by ...record.ID) mission.Event {
		e := event(mission.KnowledgeHeld, theMilestone, "")
		e.By = by
		return e
	}
	decides := func(subject record.Ref, post record.ID) accountability.Duty {
		return accountability.Duty{Duty: accountability.Decide, Subject: subject, Post: post}
	}
	byOrg := decides(theMilestone, "minister")
	taken := event(mission.Decision, theMilestone, "2026-01-01")
	taken.By = []record.ID{"org"}
	rough := byOrg
	rough.From = when("2026")
	vacant := decides(theMilestone, "")
	vacant.State = accountability.Unclear
	plan := func(more ...any) mission.Spec {
		return webPlan(append([]any{m(""), step, place("street", "community"), place("region", "regional"), place("nation", "devolved"), place("union", "european")}, more...)...)
	}
	table(t, "F95", theMilestone, []row{
		{name: "three tiers up", spec: plan(known("town"), byOrg), want: finding, says: "is decided on by Minister (central), and those who know it best are The Town (local)"},
		{name: "two tiers up", spec: plan(known("region"), byOrg), want: finding},
		{name: "one tier up", spec: plan(known("nation"), byOrg), want: nothing},
		{name: "the same tier", spec: plan(known("org"), byOrg), want: nothing},
		{name: "below", spec: plan(known("org"), decides(theMilestone, "town")), want: nothing},
		{name: "the nearest pair counts", spec: plan(known("town", "org"), byOrg), want: nothing},
		{name: "somebody near decides too", spec: plan(known("street"), byOrg, decides(theMilestone, "town")), want: nothing},
		{name: "the mission decides", spec: plan(known("town"), decides(theMission, "minister")), want: finding},
		{name: "a decision was taken", spec: plan(known("town"), taken), want: finding},
		{name: "nobody says who decides", spec: plan(known("town")), want: cannot, says: "who decides on it is not recorded"},
		{name: "who decides is unclear", spec: plan(known("town"), vacant), want: cannot, says: "who decides on it is unclear"},
		{name: "who decides hangs on a rough date", spec: plan(known("town"), rough), want: cannot},
		{name: "a tier is not recorded", spec: plan(known("new"), byOrg), want: cannot, says: "the tier of The Newcomer"},
		{name: "a tier is none of the five", spec: plan(known("town"), decides(theMilestone, "union")), want: cannot, says: "the tier of Those of union"},
		{name: "who knows is not said", spec: plan(known(), byOrg), want: cannot, says: "who knows it best is not recorded"},
		{name: "the law", spec: plan(known("town"), byOrg, event(mission.StatutoryGate, theMilestone, "")), want: nothing},
		{name: "a duty by law", spec: plan(known("town"), byOrg, event(mission.LegalDuty, theMilestone, "")), want: nothing},
		{name: "hearsay", spec: plan(graded(known("town"), record.Hearsay), byOrg), want: finding, says: "It is said (hearsay"},
		{name: "nobody knows it best", spec: plan(byOrg), want: ""},
	})
}

func TestPrecedenceLoop(t *testing.T) {
	within := func(id record.ID, parents ...record.ID) mission.Mission {
		return mission.Mission{Record: record.New(id), Parents: parents}
	}
	table(t, "F96", theMission, []row{
		{name: "two missions", spec: webPlan(within("m", "n"), within("n", "m")), want: finding, says: `The mission "Homes" and the mission "Homes" are recorded as parts of one another, in a circle.`},
		{name: "three missions", spec: webPlan(within("m", "n"), within("n", "o"), within("o", "m")), want: finding},
		{name: "a mission and itself", spec: webPlan(within("m", "m")), want: finding, says: "recorded as part of itself"},
		{name: "one within another", spec: webPlan(within("m", "n"), within("n")), want: nothing},
		{name: "one leads into a circle", spec: webPlan(within("m", "n"), within("n", "o"), within("o", "n")), want: nothing},
		{name: "claimants differ", spec: webPlan(within("m", "n"), within("n", "m"), mission.Mission{Record: record.Record{ID: "n2", Of: "n", Claimant: "another"}}), want: cannot, says: "claimants differ"},
		{name: "may not hold", spec: webPlan(within("m", "n"), func() mission.Mission { r := within("n", "m"); r.From = when("2026"); return r }()), want: cannot, says: "dates are rough"},
		{name: "no longer so", spec: webPlan(within("m", "n"), func() mission.Mission { r := within("n", "m"); r.Until = when("2026-01-01"); return r }()), want: nothing},
		{name: "an opinion", spec: webPlan(mission.Mission{Record: webSource("m", record.Opinion), Parents: []record.ID{"m"}}), want: finding, says: "It is said (opinion"},
		{name: "within nothing", spec: webPlan(within("m")), want: ""},
	})
	belongs := func(id, of record.ID) accountability.Party {
		return accountability.Party{Record: record.New(id), Kind: accountability.Organisation, Name: string(id), OfParty: of}
	}
	table(t, "F96", webParty("p1"), []row{
		{name: "parties", spec: webPlan(belongs("p1", "p2"), belongs("p2", "p1")), want: finding, says: "belonging to one another"},
		{name: "a party of another", spec: webPlan(belongs("p1", "p2"), belongs("p2", "")), want: nothing},
	})
	part := func(id, of record.ID) accountability.Succession {
		return accountability.Succession{Record: record.New(id), Kind: accountability.Merger, Predecessors: []record.ID{"org"}, Successors: []record.ID{"new"}, PartOf: of}
	}
	table(t, "F96", refOf(accountability.KindSuccession, "z1"), []row{
		{name: "successions", spec: webPlan(part("z1", "z2"), part("z2", "z1")), want: finding},
		{name: "one of another", spec: webPlan(part("z1", "z2"), part("z2", "")), want: nothing},
	})
	steps := []any{milestone.Milestone{Record: record.New("s")}, milestone.Milestone{Record: record.New("s2")}}
	second := record.Ref{Kind: milestone.KindMilestone, ID: "s2"}
	link := func(r record.Record, kind milestone.Link, dependent, on record.Ref) milestone.Dependency {
		return milestone.Dependency{Record: r, Kind: kind, Dependent: dependent, On: on}
	}
	rival := record.Record{ID: "l2", Of: "l1", Claimant: "another"}
	table(t, "F96", theMilestone, []row{
		{name: "a loop of needs", spec: webPlan(append(steps, link(record.New("l1"), milestone.Needs, theMilestone, second), link(record.New("l2"), milestone.Needs, second, theMilestone))...), want: nothing},
		{name: "an order that claimants differ on", spec: webPlan(append(steps, link(record.New("l1"), milestone.FinishStart, theMilestone, second), link(rival, milestone.FinishStart, second, theMilestone))...), want: cannot, says: `which comes first of the milestone "Step" and the milestone "Step"`},
		{name: "starts that wait for each other", spec: webPlan(append(steps, link(record.New("l1"), milestone.StartStart, theMilestone, second), link(rival, milestone.StartStart, second, theMilestone))...), want: ""},
		{name: "an order", spec: webPlan(append(steps, link(record.New("l1"), milestone.FinishStart, theMilestone, second))...), want: ""},
	})
	circle := webPlan(append(steps, link(record.New("l1"), milestone.FinishStart, theMilestone, second), link(record.New("l2"), milestone.FinishStart, second, theMilestone))...)
	_, err := mission.Compile(circle, mission.View{On: on})
	assert.ErrorContains(t, err, "dependencies", "a circle that nobody disputes is refused")
	// Such a circle can hold on one day, and be gone in the last word of the records.
	past := webPlan(append(steps, link(record.Record{ID: "l1", Until: when("2026-12-01")}, milestone.FinishStart, theMilestone, second), link(record.New("l2"), milestone.FinishStart, second, theMilestone))...)
	past.Dependencies = append(past.Dependencies, link(record.Record{ID: "l3", Of: "l1", Verb: record.Change, From: when("2026-12-01"), Recorded: shownAt}, milestone.Needs, theMilestone, second))
	if model, err := mission.Compile(past, mission.View{On: on}); assert.NoError(t, err) {
		said, err := review.Run(model, review.Options{Rules: []string{"F96"}})
		require.NoError(t, err)
		what, text := verdict(said, "F96", theMilestone)
		assert.Equal(t, finding, what)
		assert.Contains(t, text, "must each wait for another of them to finish, in a circle")
	}
}

func TestMissionContention(t *testing.T) {
	town := webParty("town")
	other := mission.Mission{Record: record.New("m2"), Name: "Schools"}
	draw := func(id record.ID, size, unit string, by ...record.Ref) mission.Event {
		e := event(mission.Draw, town, "")
		e.ID, e.Unit, e.LedTo = id, unit, by
		if size != "" {
			e.Size = quantity(size)
		}
		return e
	}
	stock := func(size, unit string) mission.Event {
		e := event(mission.CapacityConfirmed, town, "")
		e.ID, e.Size, e.Unit = "stock", quantity(size), unit
		return e
	}
	second := record.Ref{Kind: mission.KindMission, ID: "m2"}
	until := func(e mission.Event, day string) mission.Event { e.Until = when(day); return e }
	one, two := draw("d1", "60", "planners", theMission), draw("d2", "50", "Planners", second)
	rival := draw("d3", "30", "planners", second)
	rival.Of, rival.Claimant = "d2", "the town"
	gp := mission.Initiative{Record: record.New("i"), Status: mission.ValuedAsItIs}
	saidTwo := two
	saidTwo.Record = webSource("d2", record.Hearsay)
	plan := func(more ...any) mission.Spec { return webPlan(append([]any{m(""), other}, more...)...) }
	table(t, "F97", town, []row{
		{name: "more than there are", spec: plan(one, two, stock("100", "planners")), want: finding, says: "together draw 110 planners of The Town, and there are 100."},
		{name: "as many as there are", spec: plan(one, two, stock("110", "planners")), want: nothing},
		{name: "one mission alone", spec: plan(one, draw("d2", "50", "planners", theMission), stock("100", "planners")), want: nothing},
		{name: "a mission and work that belongs to none", spec: plan(gp, one, draw("d2", "50", "planners", theInit), stock("100", "planners")), want: finding, says: `The initiative "Team"`},
		{name: "work of another mission", spec: plan(mission.Initiative{Record: record.New("i"), Missions: []record.ID{"m2"}}, one, draw("d2", "50", "planners", theInit), stock("100", "planners")), want: finding, says: `the mission "Schools"`},
		{name: "how many there are is not recorded", spec: plan(one, two), want: cannot, says: "how much there is of it, in the same unit, is not recorded"},
		{name: "in another unit", spec: plan(one, two, stock("100", "offices")), want: cannot},
		{name: "draws in different units", spec: plan(one, draw("d2", "50", "offices", second), stock("100", "planners")), want: cannot, says: "different units"},
		{name: "a draw without a size", spec: plan(one, draw("d2", "", "", second), stock("100", "planners")), want: cannot, says: "how much some of them draw is not recorded"},
		{name: "a size on which claimants differ", spec: plan(one, two, rival, stock("100", "planners")), want: cannot, says: "contested"},
		{name: "and which would not decide", spec: plan(one, two, rival, stock("80", "planners")), want: finding, says: "at least 90 planners"},
		{name: "a draw that has ended", spec: plan(one, until(two, "2026-06-30"), stock("100", "planners")), want: nothing},
		{name: "a draw that ends at some time this year", spec: plan(one, until(two, "2026"), stock("100", "planners")), want: cannot, says: "not known from the dates"},
		{name: "sequenced", spec: plan(one, two, stock("100", "planners"), event(mission.Sequenced, town, "")), want: nothing},
		{name: "strong and weak draws", spec: plan(one, saidTwo, stock("100", "planners")), want: finding},
		{name: "left out, one draws alone", spec: plan(one, saidTwo, stock("100", "planners")), view: sansHearsay, want: nothing},
		{name: "nobody draws", spec: plan(stock("100", "planners")), want: ""},
	})
	service := mission.Initiative{Record: record.New("i"), Capacity: "n"}
	places := milestone.Indicator{Record: record.New("n"), Unit: "appointments"}
	reading := func(period, value string) milestone.Observation {
		return milestone.Observation{Indicator: "n", Period: when(period), Value: record.Known(quantity(value))}
	}
	on := func(e mission.Event) mission.Event { e.Subject, e.Unit = theInit, "appointments"; return e }
	table(t, "F97", theInit, []row{
		{name: "by the latest reading", spec: plan(service, places, reading("2025-12", "200"), reading("2026-05", "100"), on(one), on(two)), want: finding, says: "110 appointments"},
		{name: "not by one to come", spec: plan(service, places, reading("2026-05", "200"), reading("2026-12", "100"), on(one), on(two)), want: nothing},
		{name: "no reading", spec: plan(service, places, on(one), on(two)), want: cannot},
	})
}

func quantity(s string) record.Quantity {
	q, err := record.ParseQuantity(s)
	if err != nil {
		panic(err)
	}
	return q
}

func TestUnusedLever(t *testing.T) {
	ref := refOf(mission.KindLever, "v")
	plan := func(pull string, more ...any) mission.Spec {
		return webPlan(append([]any{m(""), mission.Lever{Record: record.New("v"), By: "org", Missions: []record.ID{"m"}, Pull: pull}}, more...)...)
	}
	rival := plan(mission.PullsAgainst, mission.Lever{Record: record.Record{ID: "v2", Of: "v", Claimant: "another"}, Pull: mission.PullsWith})
	weak := plan(mission.Idle)
	weak.Levers[0].Record = webSource("v", record.Opinion)
	rough := plan(mission.Idle)
	rough.Levers[0].From = when("2026")
	reward := plan(mission.PullsAgainst)
	reward.Levers[0].Kind = mission.RewardRule
	over := plan(mission.PullsAgainst)
	over.Missions[0].Stage = mission.StageClosed
	weighed := event(mission.Considered, ref, "2026-01-01")
	table(t, "F98", ref, []row{
		{name: "against", spec: plan(mission.PullsAgainst), want: finding, says: `The lever "Buying" pulls against the mission "Homes". It is held by The Ministry.`},
		{name: "idle", spec: plan(mission.Idle), want: finding, says: "could act for"},
		{name: "ignores it", spec: plan(mission.Ignores), want: finding, says: "takes no account of"},
		{name: "with", spec: plan(mission.PullsWith), want: nothing},
		{name: "a word of one's own", spec: plan("sideways"), want: nothing},
		{name: "not stated", spec: plan(""), want: cannot, says: "how it pulls is not recorded"},
		{name: "claimants differ", spec: rival, want: cannot, says: "how it pulls is contested"},
		{name: "may not hold", spec: rough, want: cannot},
		{name: "an opinion", spec: weak, want: finding, says: "It is said (opinion, an insider"},
		{name: "weighed, with a reason", spec: plan(mission.Idle, givingReason(weighed, "too slow")), want: nothing},
		{name: "weighed, without one", spec: plan(mission.Idle, weighed), want: finding},
		{name: "the mission is over", spec: over, want: nothing},
		{name: "what is paid or praised is for another rule", spec: reward, want: ""},
	})
}
