package review_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

func TestImposedMilestone(t *testing.T) {
	set := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}, Set: when("2025-12-01")}
	undated := set
	undated.Set = calendar.When{}
	published := undated
	published.Source = "paper" // of 2025-06-06
	owner := accountability.Duty{Duty: accountability.MilestoneOwner, Subject: theMilestone, Post: "minister"}
	second := accountability.Duty{Duty: accountability.Deliver, Subject: theMilestone, Post: "town"}
	talk := func(day string, with ...record.ID) mission.Event {
		e := event(mission.Consultation, theMilestone, day)
		e.With = with
		return e
	}
	none := never(mission.Consultation, theMilestone)
	notThem := func(with ...record.ID) mission.Event { e := none; e.With = with; return e }
	by := talk("2025-11")
	by.By = []record.ID{"org"}
	ofMission := talk("2025-11", "minister")
	ofMission.Subject = theMission
	lateOfMission := talk("2026-02", "minister")
	lateOfMission.Subject = theMission
	table(t, "F19", theMilestone, []row{
		{name: "nobody was asked", spec: parts(m(""), set, owner, none), want: finding, says: "Minister, answering for", also: "was not consulted"},
		{name: "the owner was not asked", spec: parts(m(""), set, owner, notThem("minister")), want: finding},
		{name: "its organisation was not asked", spec: parts(m(""), set, owner, notThem("org")), want: finding},
		{name: "somebody else was not asked", spec: parts(m(""), set, owner, notThem("town")), want: cannot, says: "whether anybody was consulted is not recorded"},
		{name: "hearsay says so", spec: parts(m(""), set, owner, graded(none, record.Hearsay)), want: finding, says: "It is said (hearsay, an insider,"},
		{name: "asked before", spec: parts(m(""), set, owner, talk("2025-11", "minister")), want: nothing},
		{name: "denied and asked before", spec: parts(m(""), set, owner, none, talk("2025-11", "minister")), want: nothing},
		{name: "organisation asked before", spec: parts(m(""), set, owner, talk("2025-11", "org")), want: nothing},
		{name: "holder asked before", spec: parts(m(""), set, owner, holds("minister", "ann"), talk("2025-11", "ann")), want: nothing},
		{name: "took part", spec: parts(m(""), set, owner, by), want: nothing},
		{name: "asked about the mission before", spec: parts(m(""), set, owner, ofMission), want: nothing},
		{name: "asked about the mission later", spec: parts(m(""), set, owner, lateOfMission), want: cannot, says: "whether anybody was consulted is not recorded"},
		{name: "others asked", spec: parts(m(""), set, owner, talk("2025-11", "town")), want: finding, says: "is not among those recorded as consulted"},
		{name: "one of two asked", spec: parts(m(""), set, owner, second, talk("2025-11", "town")), want: finding, says: "Minister, answering for"},
		{name: "both asked", spec: parts(m(""), set, owner, second, talk("2025-11", "town", "org")), want: nothing},
		{name: "asked later", spec: parts(m(""), set, owner, talk("2026-01", "minister")), want: finding, says: "was consulted only after it had been set"},
		{name: "asked in the month of the setting", spec: parts(m(""), set, owner, talk("2025-12", "minister")), want: finding},
		{name: "asked in the year of the setting", spec: parts(m(""), set, owner, talk("2025", "minister")), want: cannot, says: "not known from the dates"},
		{name: "asked, setting not recorded", spec: parts(m(""), undated, owner, talk("2025-11", "minister")), want: cannot, says: "not known from the dates"},
		{name: "asked before it was first on record", spec: parts(m(""), published, owner, talk("2025-05", "minister")), want: nothing},
		{name: "asked after it was first on record", spec: parts(m(""), published, owner, talk("2025-07", "minister")), want: finding},
		{name: "nobody says with whom", spec: parts(m(""), set, owner, talk("2025-11")), want: cannot, says: "who took part in the consultation is not recorded"},
		{name: "nothing recorded", spec: parts(m(""), set, owner), want: cannot, says: "whether anybody was consulted is not recorded"},
		{name: "emergency", spec: parts(m(""), set, owner, none, event(mission.Emergency, theMilestone, "")), want: nothing},
		{name: "emergency of the mission", spec: parts(m(""), set, owner, none, event(mission.Emergency, theMission, "")), want: nothing},
		{name: "no owner, denied", spec: parts(m(""), set, none), want: finding, says: "Nobody was consulted"},
		{name: "no owner, denied and not", spec: parts(m(""), set, none, talk("2025-11", "town")), want: cannot, says: "contested"},
		{name: "no owner, others asked", spec: parts(m(""), set, talk("2025-11", "town")), want: cannot, says: "who answers for it is not recorded"},
		{name: "no owner, nothing recorded", spec: parts(m(""), set), want: cannot, says: "who answers for it is not recorded"},
		{name: "the mission's finding speaks for it", spec: parts(m(""), set, owner, never(mission.Consultation, theMission)), want: ""},
		{name: "its own records speak for it", spec: parts(m(""), set, owner, never(mission.Consultation, theMission), talk("2025-11", "minister")), want: nothing},
	})
	ofHearsay := graded(never(mission.Consultation, theMission), record.Hearsay)
	some := never(mission.Consultation, theMission)
	some.With = []record.ID{"minister", "town"}
	table(t, "F19", theMission, []row{
		{name: "denied for the mission", spec: parts(m(""), set, ofHearsay), want: finding, says: `those who answer for the milestones of the mission "Homes"`},
		{name: "denied for some", spec: parts(m(""), set, some), want: finding, says: "Minister and The Town"},
		{name: "left out", spec: parts(m(""), set, ofHearsay), view: mission.View{Without: []record.Grade{record.Hearsay}}, want: cannot, says: "left out by the view (event/said)"},
		{name: "denied and not", spec: parts(m(""), set, ofHearsay, ofMission), want: cannot, says: "contested"},
		{name: "emergency of the mission", spec: parts(m(""), set, ofHearsay, event(mission.Emergency, theMission, "")), want: nothing},
		{name: "nothing said of the mission", spec: parts(m(""), set), want: ""},
	})
}

func TestBoardUndisclosed(t *testing.T) {
	board := func(members record.Value[[]record.ID], disclosed record.Value[calendar.When], from string) accountability.Forum {
		f := accountability.Forum{Record: record.New("b"), Subject: theMission, Members: members, Disclosed: disclosed}
		if from != "" {
			f.From = when(from)
		}
		return f
	}
	var noList record.Value[[]record.ID]
	var unsaid record.Value[calendar.When]
	withheld := record.Withheld[[]record.ID]("proceedings of Cabinet committees")
	pending := record.Pending[calendar.When]("being drafted")
	rivals := []any{m(""), board(withheld, unsaid, "2025-01-01"), accountability.Forum{
		Record: record.Record{ID: "b2", Of: "b", Claimant: "a member"}, Subject: theMission, Standing: "not a Cabinet committee"}}
	table(t, "F33", theForum, []row{
		{name: "withheld", spec: parts(m(""), board(withheld, unsaid, "")), want: finding, says: `on the ground "proceedings of Cabinet committees"`},
		{name: "withheld without a ground", spec: parts(m(""), board(record.Withheld[[]record.ID](""), unsaid, "")), want: finding, says: "on no stated ground"},
		{name: "withheld says one of two", spec: parts(rivals...), want: finding, says: "Several claims stand side by side", also: `a member: membership not recorded, standing "not a Cabinet committee"`},
		{name: "withheld until a day to come", spec: parts(m(""), board(withheld, record.Known(when("2027-01-01")), "2025-01-01")), want: nothing},
		{name: "withheld until a day gone by", spec: parts(m(""), board(withheld, record.Known(when("2026-01-01")), "2025-01-01")), want: finding},
		{name: "disclosed", spec: parts(m(""), board(noList, record.Known(when("2026-01-01")), "2025-01-01")), want: nothing},
		{name: "disclosed on the day", spec: parts(m(""), board(noList, record.Known(when("2026-06-30")), "2025-01-01")), want: nothing},
		{name: "disclosed on an unknown day", spec: parts(m(""), board(noList, record.Known(when("unknown")), "2025-01-01")), want: nothing},
		{name: "to be disclosed, and old", spec: parts(m(""), board(noList, record.Known(when("2026-07-01")), "2025-01-01")), want: finding},
		{name: "disclosed in this year", spec: parts(m(""), board(noList, record.Known(when("2026")), "2025-01-01")), want: cannot, says: "known only as 2026"},
		{name: "pending, and old", spec: parts(m(""), board(noList, pending, "2025-01-01")), want: finding, says: "more than 100 days after it was set up (1 January 2025)", also: "pending (being drafted)"},
		{name: "pending, and new", spec: parts(m(""), board(noList, pending, "2026-06-01")), want: nothing},
		{name: "pending, of unknown age", spec: parts(m(""), board(noList, pending, "")), want: cannot, says: "the day from which it has existed is not recorded"},
		{name: "not recorded", spec: parts(m(""), board(noList, unsaid, "2025-01-01")), want: cannot, says: "the list of its members is not recorded"},
		{name: "unknown", spec: parts(m(""), board(record.Unknown[[]record.ID]("asked"), unsaid, "2025-01-01")), want: cannot, says: "the list of its members is stated to be unknown (asked)"},
		{name: "members known, disclosure not", spec: parts(m(""), board(record.Known([]record.ID{"org"}), unsaid, "2025-01-01")), want: cannot, says: ": when that list was published is not recorded"},
	})
	table(t, "F33", theMission, []row{
		{name: "no board recorded", spec: parts(m("")), want: cannot, says: "a board or other forum on the mission is not recorded"},
		{name: "a board recorded", spec: parts(m(""), board(withheld, unsaid, "")), want: ""},
	})
}

// Withheld, unknown, pending and unrecorded are four different things to say, and to do.
func TestWhatIsMissingIsSaidApart(t *testing.T) {
	values := []record.Value[[]record.ID]{{}, record.Unknown[[]record.ID]("g"), record.Withheld[[]record.ID]("g"), record.Pending[[]record.ID]("g")}
	texts, ways, states := map[string]bool{}, map[string]bool{}, []record.State{}
	for _, v := range values {
		mine := m("")
		mine.Contributors = v
		r := run(t, parts(mine), mission.View{On: on}, review.Options{Rules: []string{"F92"}})
		require.Len(t, r.Unassessed, 1)
		u := r.Unassessed[0]
		require.Len(t, u.Missing, 1)
		texts[u.Text], ways[u.Missing[0].Way] = true, true
		states = append(states, u.Missing[0].State)
		assert.Contains(t, u.Text, u.Missing[0].String())
		assert.Contains(t, u.Text, "record all the contributors to the mission")
	}
	assert.Len(t, texts, 4)
	assert.Len(t, ways, 4)
	assert.Equal(t, []record.State{0, record.StateUnknown, record.StateWithheld, record.StatePending}, states)
}

func TestLeaderlessMission(t *testing.T) {
	state := func(s accountability.DutyState, from string) accountability.Duty {
		d := accountability.Duty{Duty: accountability.MissionLead, Subject: theMission, State: s}
		if from != "" {
			d.From = when(from)
		}
		return d
	}
	closed := m("2025-01-01")
	closed.Stage = mission.StageClosed
	ended := accountability.Holding{Post: "head", Holder: "ann", Record: record.Record{From: when("2025-01-01"), Until: when("2026-01-01")}}
	rivals := func(a, b record.ID) []any {
		x, y := lead(a, accountability.Means{}), lead(b, accountability.Means{})
		x.ID, y.ID, y.Of, y.Claimant = "x", "y", "x", "another"
		return []any{m("2025-01-01"), x, y}
	}
	kept := state(accountability.Withheld, "")
	kept.Reason = "the appointment is not yet announced"
	table(t, "F38", theMission, []row{
		{name: "withheld", spec: parts(m("2025-01-01"), kept), want: cannot, says: "who leads it is withheld (the appointment is not yet announced)"},
		{name: "withheld on no stated ground, from a rough day", spec: parts(m("2025-01-01"), state(accountability.Withheld, "2026")), want: cannot, says: "who leads it is withheld. To be able to tell, ask on what ground"},
		{name: "unclear", spec: parts(m("2025-01-01"), state(accountability.Unclear, "")), want: finding, says: "is unclear"},
		{name: "vacant", spec: parts(m("2025-01-01"), state(accountability.Vacant, "")), want: finding, says: "is vacant"},
		{name: "contested", spec: parts(m("2025-01-01"), state(accountability.Contested, "")), want: finding, says: "is contested"},
		{name: "claimants differ", spec: parts(rivals("head", "minister")...), want: finding, says: "contested (claimants differ on who carries it)"},
		{name: "claimants agree", spec: parts(rivals("head", "head")...), want: nothing},
		{name: "its post is empty", spec: parts(m("2025-01-01"), lead("head", accountability.Means{}), ended), want: finding, says: "vacant (the post that carries it has no holder)"},
		{name: "held", spec: parts(m("2025-01-01"), lead("head", accountability.Means{})), want: nothing},
		{name: "announced lately", spec: parts(m("2026-06-01"), state(accountability.Vacant, "2024-01-01")), want: nothing},
		{name: "announced in this year", spec: parts(m("2026"), state(accountability.Vacant, "")), want: cannot, says: "known only as 2026"},
		{name: "announcement not recorded, duty old", spec: parts(m(""), state(accountability.Vacant, "2025-01-01")), want: finding, says: "it has stood so since 1 January 2025"},
		{name: "announcement not recorded, duty new", spec: parts(m(""), state(accountability.Vacant, "2026-06-01")), want: nothing},
		{name: "neither recorded", spec: parts(m(""), state(accountability.Vacant, "")), want: finding, says: "How long ago the mission was announced is not recorded"},
		{name: "vacant from a day that may not have come", spec: parts(m("2025-01-01"), state(accountability.Vacant, "2026")), want: cannot, says: "not known from the dates"},
		{name: "closed", spec: parts(closed, state(accountability.Vacant, "")), want: nothing},
		{name: "nobody says", spec: parts(m("2025-01-01")), want: cannot, says: "who leads it is not recorded"},
		{name: "no day to look from", spec: parts(m("2025-01-01"), state(accountability.Vacant, "")), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about is not set"},
	})
}

func TestLeadWithoutMeans(t *testing.T) {
	y, n := record.Known(true), record.Known(false)
	all := accountability.Means{Budget: y, People: y, Route: y}
	but := func(change func(*accountability.Means)) accountability.Means { c := all; change(&c); return c }
	convening := lead("head", accountability.Means{Budget: n, People: n, Route: n})
	convening.Convening = true
	rival := func(means accountability.Means) []any {
		x, z := lead("head", all), lead("head", means)
		x.ID, z.ID, z.Of, z.Claimant = "x", "z", "x", "another"
		return []any{m(""), x, z}
	}
	table(t, "F41", theMission, []row{
		{name: "all three", spec: parts(m(""), lead("head", all)), want: nothing},
		{name: "no budget", spec: parts(m(""), lead("head", but(func(c *accountability.Means) { c.Budget = n }))), want: finding, says: "does not have a budget."},
		{name: "none", spec: parts(m(""), lead("head", accountability.Means{Budget: n, People: n, Route: n})), want: finding, says: "a budget, people or a direct route to a minister"},
		{name: "no people, budget not recorded", spec: parts(m(""), lead("head", accountability.Means{People: n})), want: finding, says: "does not have people."},
		{name: "budget withheld", spec: parts(m(""), lead("head", but(func(c *accountability.Means) { c.Budget = record.Withheld[bool]("salary") }))), want: cannot, says: "whether the lead has a budget is withheld (salary)"},
		{name: "route not recorded", spec: parts(m(""), lead("head", accountability.Means{Budget: y, People: y})), want: cannot, says: "whether the lead has a direct route to a minister is not recorded"},
		{name: "not applicable", spec: parts(m(""), lead("head", but(func(c *accountability.Means) { c.Budget = record.Value[bool]{State: record.StateNotApplicable} }))), want: nothing},
		{name: "convening", spec: parts(m(""), convening), want: nothing},
		{name: "together they have all", spec: parts(m(""), lead("head", but(func(c *accountability.Means) { c.Budget = n })), lead("other", but(func(c *accountability.Means) { c.People = n }))), want: nothing},
		{name: "together they lack a budget", spec: parts(m(""), lead("head", accountability.Means{Budget: n}), lead("other", accountability.Means{Budget: n})), want: finding, says: "Head and Other, who lead"},
		{name: "claimants differ", spec: parts(rival(but(func(c *accountability.Means) { c.Budget = n }))...), want: cannot, says: "whether the lead has a budget is contested"},
		{name: "vacant", spec: parts(m(""), accountability.Duty{Duty: accountability.MissionLead, Subject: theMission, State: accountability.Vacant}), want: ""},
		{name: "no lead recorded", spec: parts(m("")), want: ""},
	})
}

func TestChampionDependency(t *testing.T) {
	routed := accountability.Means{Route: record.Known(true)}
	unrouted := accountability.Means{Route: record.Known(false)}
	succeeded := func(d accountability.Duty) accountability.Duty { d.Successor = "other"; return d }
	empty := accountability.Holding{Post: "other", Holder: "bob", Record: record.Record{From: when("2025-01-01"), Until: when("2026-01-01")}}
	vacant := accountability.Duty{Duty: accountability.MissionSponsor, Subject: theMission, State: accountability.Vacant}
	unclear := accountability.Duty{Duty: accountability.MissionSponsor, Subject: theMission, State: accountability.Unclear}
	table(t, "F48", theMission, []row{
		{name: "minister and head", spec: parts(m(""), sponsor("minister"), lead("head", routed)), want: finding,
			says: `If the post "Head" fell empty, the mission "Homes" would be without a lead or a direct route to a minister.`,
			also: `If the post "Minister" fell empty, the mission "Homes" would be without a sponsor or a direct route to a minister.`},
		{name: "holders are known and not named", spec: parts(m(""), sponsor("minister"), lead("head", routed), holds("minister", "ann"), holds("head", "bob")), want: finding, says: `If the post "Head" fell empty`},
		{name: "one person in both posts", spec: parts(m(""), sponsor("minister"), lead("head", unrouted), holds("minister", "ann"), holds("head", "ann")), want: finding,
			says: `If the posts "Head" and "Minister" fell empty`, also: "One holder has these posts"},
		{name: "no route", spec: parts(m(""), sponsor("minister"), lead("head", unrouted)), want: nothing},
		{name: "two heads", spec: parts(m(""), sponsor("minister"), lead("head", routed), holds("head", "ann"), holds("head", "bob")), want: finding, says: "without a sponsor or a direct route"},
		{name: "two heads and two ministers", spec: parts(m(""), sponsor("minister"), sponsor("other"), lead("head", routed), holds("head", "ann"), holds("head", "bob")), want: nothing},
		{name: "the second minister's post is empty", spec: parts(m(""), sponsor("minister"), sponsor("other"), lead("head", routed), empty), want: finding, says: `"Minister"`},
		{name: "successors", spec: parts(m(""), succeeded(sponsor("minister")), succeeded(lead("head", routed))), want: nothing},
		{name: "one successor", spec: parts(m(""), succeeded(sponsor("minister")), lead("head", routed)), want: finding, says: `"Head"`},
		{name: "an organisation leads", spec: parts(m(""), succeeded(sponsor("minister")), lead("org", routed)), want: nothing},
		{name: "route not recorded", spec: parts(m(""), sponsor("minister"), lead("head", accountability.Means{})), want: cannot, says: "whether the lead has a direct route to a minister is not recorded"},
		{name: "sponsor not recorded", spec: parts(m(""), lead("head", unrouted)), want: cannot, says: "who sponsors it is not recorded"},
		{name: "sponsor unclear", spec: parts(m(""), unclear, lead("head", unrouted)), want: cannot, says: "who sponsors it is unclear"},
		{name: "sponsor vacant", spec: parts(m(""), vacant, lead("head", unrouted)), want: nothing},
		{name: "neither recorded", spec: parts(m("")), want: cannot, says: "who sponsors it is not recorded", also: "who leads it is not recorded"},
	})
	r := run(t, parts(m(""), sponsor("minister"), lead("head", unrouted)), mission.View{On: on}, review.Options{Thresholds: map[string]float64{"F48.conditions": 1}})
	what, _ := verdict(r, "F48", theMission)
	assert.Equal(t, finding, what, "with one condition, any single role holder is a finding")
	r = run(t, parts(m(""), sponsor("minister"), lead("head", routed), holds("minister", "ann"), holds("head", "ann")), mission.View{On: on}, review.Options{Thresholds: map[string]float64{"F48.conditions": 3}})
	what, _ = verdict(r, "F48", theMission)
	assert.Equal(t, finding, what, "one person carries all three")
	assert.NotContains(t, r.String(), "Ann")
}
