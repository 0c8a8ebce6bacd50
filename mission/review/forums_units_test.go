package review_test

import (
	"testing"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

func TestUnits(t *testing.T) {
	unit := unitRecord(accountability.DeliveryUnit, "", "")
	stated := unitRecord(accountability.DeliveryUnit, "", "helps councils")
	free := stated
	free.Subject = record.Ref{}
	loose := unitRecord(accountability.MissionControl, "", "")
	loose.Subject = record.Ref{}
	none := never(mission.RemitPublished, theForum)
	told := none
	told.With = []record.ID{"town"}
	table(t, "F39", theForum, []row{
		{name: "not made known", spec: boardPlan(m(""), unit, none), want: finding, says: "has not been made known to those who work with it"},
		{name: "not made known to some, with a reason", spec: boardPlan(m(""), unit, givingReason(told, "advice to ministers")), want: finding, says: "to The Town", also: `The reason given is "advice to ministers".`},
		{name: "hearsay", spec: boardPlan(m(""), unit, graded(none, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "hearsay left out", spec: boardPlan(m(""), unit, graded(none, record.Hearsay)), view: sansHearsay, want: cannot, says: "left out by the view (event/said)"},
		{name: "published as well", spec: boardPlan(m(""), unit, none, event(mission.RemitPublished, theForum, "2026-01-01")), want: nothing},
		{name: "to be published", spec: boardPlan(m(""), unit, none, event(mission.RemitPublished, theForum, "2026-07-01")), want: finding},
		{name: "purpose and mission recorded", spec: boardPlan(m(""), stated), want: nothing},
		{name: "purpose recorded, denied", spec: boardPlan(m(""), stated, none), want: finding},
		{name: "purpose without a mission", spec: boardPlan(m(""), free), want: cannot, says: ": which missions it serves is not recorded"},
		{name: "purpose and a link", spec: boardPlan(m(""), free, event(mission.MissionLink, theForum, "")), want: nothing},
		{name: "nothing recorded", spec: boardPlan(m(""), loose), want: cannot, says: "what it is for is not recorded; which missions it serves is not recorded"},
		{name: "a control of a mission is no central unit", spec: boardPlan(m(""), unitRecord(accountability.MissionControl, "", "")), want: ""},
	})

	active := m("")
	active.Stage = mission.StageActive
	lacking := never(mission.ControlSetUp, theMission)
	discovery := m("")
	discovery.Stage = mission.StageDiscovery
	rival := mission.Mission{Record: record.Record{ID: "m2", Of: "m", Claimant: "another"}, Stage: mission.StageDiscovery}
	child := active
	child.Parents = []record.ID{"parent"}
	parent := mission.Mission{Record: record.New("parent"), Name: "Parent"}
	above := unitRecord(accountability.MissionControl, "", "")
	above.Subject = refOf(mission.KindMission, "parent")
	table(t, "F42", theMission, []row{
		{name: "none", spec: boardPlan(active, lacking), want: finding, says: "There is no mission control"},
		{name: "none, no stage", spec: boardPlan(m(""), lacking), want: finding, says: "taken to be active"},
		{name: "none, in discovery", spec: boardPlan(discovery, lacking), want: nothing},
		{name: "none, stage contested", spec: boardPlan(active, rival, lacking), want: cannot, says: "its stage is contested"},
		{name: "hearsay left out", spec: boardPlan(active, graded(lacking, record.Hearsay)), view: sansHearsay, want: cannot, says: "left out by the view (event/said)"},
		{name: "a control", spec: boardPlan(active, lacking, unitRecord(accountability.MissionControl, "", "")), want: nothing},
		{name: "a control of the parent", spec: boardPlan(child, parent, lacking, above), want: nothing},
		{name: "a delivery unit", spec: boardPlan(active, lacking, unit), want: nothing},
		{name: "a board is no unit", spec: boardPlan(active, lacking, boardRecord(accountability.Forum{})), want: finding},
		{name: "set up", spec: boardPlan(active, event(mission.ControlSetUp, theMission, "2026-01-01")), want: nothing},
		{name: "an alternative", spec: boardPlan(active, lacking, event(mission.Alternative, theMission, "")), want: nothing},
		{name: "nobody says", spec: boardPlan(active), want: cannot, says: "whether it has a mission control or something in its place is not recorded"},
	})

	control := unitRecord(accountability.MissionControl, "2025-01-01", "")
	same := never(mission.SetApart, theForum)
	table(t, "F43", theForum, []row{
		{name: "shares all", spec: boardPlan(m(""), control, same), want: finding, says: "shares its reporting line, staff and rules"},
		{name: "with a reason", spec: boardPlan(m(""), control, givingReason(same, "forty people")), want: nothing},
		{name: "set apart", spec: boardPlan(m(""), control, same, event(mission.SetApart, theForum, "")), want: nothing},
		{name: "opinion", spec: boardPlan(m(""), control, graded(same, record.Opinion)), want: finding, says: "It is said (opinion"},
		{name: "nobody says", spec: boardPlan(m(""), control), want: cannot, says: "is not recorded"},
		{name: "a delivery unit", spec: boardPlan(m(""), unit, same), want: ""},
	})

	still := never(mission.WiringChange, theMission)
	decides := func(from string) accountability.Duty {
		d := accountability.Duty{Duty: accountability.Decide, Subject: theMilestone, Post: "head"}
		if from != "" {
			d.From = when(from)
		}
		return d
	}
	step := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}}
	onUnit := never(mission.WiringChange, theForum)
	table(t, "F44", theForum, []row{
		{name: "nothing rewired", spec: boardPlan(m(""), control, still), want: finding, says: "more than 365 days (1 January 2025)"},
		{name: "said of the unit", spec: boardPlan(m(""), control, onUnit), want: finding},
		{name: "on the last day", spec: boardPlan(m(""), unitRecord("mission-control", "2025-06-30", ""), still), want: nothing},
		{name: "on the day after", spec: boardPlan(m(""), unitRecord("mission-control", "2025-06-29", ""), still), want: finding},
		{name: "age rough", spec: boardPlan(m(""), unitRecord("mission-control", "2025", ""), still), want: cannot, says: "known only as 2025"},
		{name: "age not recorded", spec: boardPlan(m(""), unitRecord("mission-control", "", ""), still), want: cannot, says: "the day from which it has existed is not recorded"},
		{name: "no day to look from", spec: boardPlan(m(""), control, still), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about is not set"},
		{name: "nobody says", spec: boardPlan(m(""), control), want: cannot, says: "whether anybody else decides, answers or pays since is not recorded"},
		{name: "rewired", spec: boardPlan(m(""), control, still, event(mission.WiringChange, theMission, "2025-02-01")), want: nothing},
		{name: "rewired before", spec: boardPlan(m(""), control, still, event(mission.WiringChange, theMission, "2024-02-01")), want: finding},
		{name: "rewired in its year", spec: boardPlan(m(""), control, still, event(mission.WiringChange, theMission, "2025")), want: nothing},
		{name: "somebody decides since", spec: boardPlan(m(""), control, still, step, decides("2025-05-01")), want: nothing},
		{name: "somebody decided before", spec: boardPlan(m(""), control, still, step, decides("2024-05-01")), want: finding},
		{name: "somebody decides, since when is not said", spec: boardPlan(m(""), control, still, step, decides("")), want: finding},
		{name: "convening", spec: boardPlan(m(""), unitRecord("mission-control", "2025-01-01", "Convening only."), still), want: nothing},
		{name: "hearsay left out", spec: boardPlan(m(""), control, graded(still, record.Hearsay)), view: sansHearsay, want: cannot, says: "left out by the view (event/said)"},
	})
}

func TestCentralConcentration(t *testing.T) {
	steps := []any{m("")}
	for _, id := range []record.ID{"s1", "s2", "s3", "s4"} {
		steps = append(steps, milestone.Milestone{Record: record.New(id), Missions: []record.ID{"m"}})
	}
	decides := func(n int, state accountability.DutyState, posts ...record.ID) []any {
		var list []any
		for _, post := range append(posts, "")[:max(1, len(posts))] {
			d := accountability.Duty{Duty: accountability.Decide, Subject: refOf(milestone.KindMilestone, record.ID("s"+string(rune('0'+n)))), Post: post, State: state}
			d.ID = record.ID("d"+string(rune('0'+n))) + post
			list = append(list, d)
		}
		return list
	}
	plan := func(more ...[]any) mission.Spec {
		list := append([]any{}, steps...)
		for _, l := range more {
			list = append(list, l...)
		}
		return boardPlan(list...)
	}
	by := func(n int, posts ...record.ID) []any { return decides(n, 0, posts...) }
	agree := by(4, "head")
	d := agree[0].(accountability.Duty)
	d.Duty = accountability.Agree
	table(t, "F45", theMission, []row{
		{name: "three of four, by posts of one ministry", spec: plan(by(1, "minister"), by(2, "head"), by(3, "unit"), by(4, "town")), want: finding, says: "more than 50 percent rest in one place", also: "The Ministry has 3."},
		{name: "two of four", spec: plan(by(1, "minister"), by(2, "head"), by(3, "town"), by(4, "town")), want: nothing},
		{name: "all local", spec: plan(by(1, "town"), by(2, "other"), by(3, "town"), by(4, "town")), want: nothing},
		{name: "shared ones count in part", spec: plan(by(1, "minister"), by(2, "org", "town"), by(3, "org", "town"), by(4, "town")), want: nothing},
		{name: "a share and two", spec: plan(by(1, "minister"), by(2, "org"), by(3, "org", "town"), by(4, "town")), want: finding, says: "The Ministry has 2.5."},
		{name: "too few", spec: plan(by(1, "minister"), by(2, "head"), by(3, "unit")), want: cannot, says: "recorded for too few decisions to tell (3)"},
		{name: "approvals count", spec: plan(by(1, "minister"), by(2, "head"), by(3, "unit"), []any{d}), want: finding, says: "has 4."},
		{name: "none", spec: plan(), want: cannot, says: "who decides is not recorded"},
		{name: "one of no tier", spec: plan(by(1, "new"), by(2, "new"), by(3, "new"), by(4, "town")), want: cannot, says: "the tier of The Newcomer is not recorded"},
		{name: "two of which nobody can tell", spec: plan(by(1, "minister"), decides(2, accountability.Unclear), decides(3, accountability.Vacant), by(4, "town")), want: cannot, says: "not settled, or not published, for 2 of 4"},
		{name: "one of which nobody can tell, which changes nothing", spec: plan(by(1, "minister"), by(2, "head"), by(3, "unit"), decides(4, accountability.Withheld)), want: finding},
		{name: "emergency", spec: plan(by(1, "minister"), by(2, "head"), by(3, "unit"), by(4, "town"), []any{event(mission.Emergency, theMission, "")}), want: nothing},
	})
}

func TestTestAndLearnAdrift(t *testing.T) {
	team := mission.Initiative{Record: record.New("i"), Kind: mission.TestAndLearn}
	linked, apart, service := team, team, team
	linked.Missions = []record.ID{"m"}
	apart.Status = mission.Adjacent
	service.Kind = mission.Service
	none := never(mission.MissionLink, theInit)
	rival := linked
	rival.Record = record.Record{ID: "i2", Of: "i", Claimant: "another"}
	table(t, "F47", theInit, []row{
		{name: "tied to nothing", spec: boardPlan(m(""), team, none), want: finding, says: `The programme "Team" tries things out and is tied to no mission`},
		{name: "by hearsay", spec: boardPlan(m(""), team, graded(none, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "hearsay left out", spec: boardPlan(m(""), team, graded(none, record.Hearsay)), view: sansHearsay, want: cannot, says: "left out by the view (event/said)"},
		{name: "nobody says", spec: boardPlan(m(""), team), want: cannot, says: "which mission it serves is not recorded"},
		{name: "of a mission", spec: boardPlan(m(""), linked, none), want: nothing},
		{name: "of a mission, says another", spec: boardPlan(m(""), team, rival, none), want: nothing},
		{name: "adjacent", spec: boardPlan(m(""), apart, none), want: nothing},
		{name: "tied by an event", spec: boardPlan(m(""), team, none, event(mission.MissionLink, theInit, "2026-01-01")), want: nothing},
		{name: "a service", spec: boardPlan(m(""), service, none), want: ""},
	})
	empty := accountability.Duty{Duty: accountability.MissionSponsor, Subject: theMission, State: accountability.Vacant}
	unclear := empty
	unclear.State = accountability.Unclear
	untried := never(mission.Experiment, theMission)
	closed := m("")
	closed.Stage = mission.StageClosed
	inMission := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}}
	table(t, "F47", theMission, []row{
		{name: "no test and no sponsor", spec: boardPlan(m(""), empty, untried), want: finding, says: "Nothing is tried out", also: "it has no sponsor"},
		{name: "no sponsor, tests not recorded", spec: boardPlan(m(""), empty), want: cannot, says: ": whether anything is tried out is not recorded"},
		{name: "no test, sponsor not recorded", spec: boardPlan(m(""), untried), want: cannot, says: ": who sponsors it is not recorded"},
		{name: "no test, sponsor unclear", spec: boardPlan(m(""), unclear, untried), want: cannot, says: "who sponsors it is unclear"},
		{name: "a sponsor", spec: boardPlan(m(""), sponsor("minister"), untried), want: nothing},
		{name: "a test", spec: boardPlan(m(""), empty, untried, inMission, event(mission.Experiment, theMilestone, "2026-01-01")), want: nothing},
		{name: "a team", spec: boardPlan(m(""), empty, untried, linked), want: nothing},
		{name: "closed", spec: boardPlan(closed, empty, untried), want: nothing},
	})
}

func TestHeadAsPerformanceManager(t *testing.T) {
	head := accountability.Duty{Record: record.New("leads"), Duty: accountability.HeadOfGovernment, Subject: refOf(accountability.KindParty, "org"), Post: "minister"}
	quarrel := func(with ...record.ID) mission.Event {
		e := event(mission.Dispute, theMission, "2026-01-01")
		e.With = with
		return e
	}
	checked := func(by ...record.ID) mission.Event {
		e := event(mission.Performance, theMission, "2026-01-01")
		e.By = by
		return e
	}
	table(t, "F49", theMission, []row{
		{name: "two of three", spec: boardPlan(m(""), head, quarrel("minister"), checked("minister"), quarrel("town")), want: finding, says: "2 of the 3 disputes and performance reviews"},
		{name: "by the holder", spec: boardPlan(m(""), head, holds("minister", "ann"), quarrel("ann"), checked("ann"), quarrel("town")), want: finding},
		{name: "two of four", spec: boardPlan(m(""), head, quarrel("minister"), checked("minister"), quarrel("town"), quarrel("head")), want: nothing},
		{name: "reviewed with the head, by another", spec: boardPlan(m(""), head, quarrel("town"), checked("town"), checked("town")), want: nothing},
		{name: "too few", spec: boardPlan(m(""), head, quarrel("minister"), quarrel("minister")), want: cannot, says: "recorded too seldom to tell (2)"},
		{name: "none", spec: boardPlan(m(""), head), want: cannot, says: "who settles disputes and reviews performance is not recorded"},
		{name: "none, and that is said", spec: boardPlan(m(""), head, never(mission.Dispute, theMission), never(mission.Performance, theMission)), want: nothing},
		{name: "no head", spec: boardPlan(m(""), quarrel("minister"), quarrel("minister"), quarrel("minister")), want: cannot, says: "who is the head of government is not recorded"},
		{name: "to whom is not said", spec: boardPlan(m(""), head, quarrel("minister"), quarrel(), quarrel("town")), want: cannot, says: "not recorded for 1 of 3"},
		{name: "to whom is not said, which changes nothing", spec: boardPlan(m(""), head, quarrel("town"), quarrel(), quarrel("town")), want: nothing},
		{name: "emergency", spec: boardPlan(m(""), head, quarrel("minister"), quarrel("minister"), quarrel("minister"), event(mission.Emergency, theMission, "")), want: nothing},
		{name: "hearsay", spec: boardPlan(m(""), head, graded(quarrel("minister"), record.Hearsay), quarrel("town"), quarrel("town")), want: nothing},
	})
}

func TestRestructureChurn(t *testing.T) {
	change := func(day string) mission.Event { return event(mission.Restructure, theMission, day) }
	lesson := func(day string) mission.Event { return event(mission.Lesson, theMission, day) }
	led := change("2025-09-01")
	led.ID, led.LedTo = "led", []record.Ref{refOf(mission.KindEvent, "taught")}
	taught := lesson("2024-01-01")
	taught.ID = "taught"
	onBoard := event(mission.Restructure, theForum, "2026-06-01")
	same, rivalled := change("2025-09-01"), change("2025-09-01")
	same.ID, rivalled.Record = "same", record.Record{ID: "same-2", Of: "same", Claimant: "another"}
	table(t, "F50", theMission, []row{
		{name: "three in two years", spec: boardPlan(m(""), change("2024-06-30"), change("2025-09-01"), change("2026-06-30")), want: finding, says: "was changed 3 times within 730 days"},
		{name: "one a day too old", spec: boardPlan(m(""), change("2024-06-29"), change("2025-09-01"), change("2026-06-30")), want: nothing},
		{name: "one to come", spec: boardPlan(m(""), change("2025-01-01"), change("2025-09-01"), change("2026-07-01")), want: nothing},
		{name: "one in a year that reaches back too far", spec: boardPlan(m(""), change("2024"), change("2025-09-01"), change("2026-06-30")), want: cannot, says: "not known well enough"},
		{name: "one on a board of it", spec: boardPlan(m(""), boardRecord(accountability.Forum{}), onBoard, change("2025-09-01"), change("2026-06-30")), want: finding},
		{name: "a lesson since", spec: boardPlan(m(""), change("2025-01-01"), change("2025-09-01"), change("2026-06-01"), lesson("2026-06-15")), want: nothing},
		{name: "a lesson on no day", spec: boardPlan(m(""), change("2025-01-01"), change("2025-09-01"), change("2026-06-01"), lesson("")), want: nothing},
		{name: "a lesson before", spec: boardPlan(m(""), change("2025-01-01"), change("2025-09-01"), change("2026-06-01"), lesson("2024-12-01")), want: finding},
		{name: "a lesson in between covers the first only", spec: boardPlan(m(""), change("2025-01-01"), change("2025-09-01"), change("2026-06-01"), lesson("2025-02-01")), want: nothing},
		{name: "one led to a lesson", spec: boardPlan(m(""), led, taught, change("2025-10-01"), change("2026-06-01")), want: nothing},
		{name: "two claimants, one change", spec: boardPlan(m(""), same, rivalled, change("2026-06-01")), want: nothing},
		{name: "no day to look from", spec: boardPlan(m(""), change("2025-01-01"), change("2025-09-01"), change("2026-06-01")), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about is not set"},
		{name: "hearsay", spec: boardPlan(m(""), graded(change("2025-01-01"), record.Hearsay), change("2025-09-01")), want: nothing},
	})
	merged := func(kind, day string) accountability.Succession {
		return accountability.Succession{Kind: kind, Predecessors: []record.ID{"org"}, Successors: []record.ID{"new"}, Completed: when(day),
			Subjects: []record.Ref{theMission}}
	}
	part := merged(accountability.Merger, "2025-08-01")
	part.ID, part.PartOf = "part", "whole"
	whole := merged(accountability.Merger, "2025-08-01")
	whole.ID = "whole"
	org := refOf(accountability.KindParty, "org")
	table(t, "F50", org, []row{
		{name: "merged, split, and moved", spec: boardPlan(m(""), merged("merger", "2025-01-01"), merged("demerger", "2025-06-01"), event(mission.Restructure, org, "2026-01-01")), want: finding, says: "The structure of The Ministry was changed 3 times"},
		{name: "renamed", spec: boardPlan(m(""), merged("rename", "2025-01-01"), merged("demerger", "2025-06-01"), event(mission.Restructure, org, "2026-01-01")), want: nothing},
		{name: "a part of another", spec: boardPlan(m(""), whole, part, event(mission.Restructure, org, "2026-01-01")), want: nothing},
		{name: "never changed", spec: boardPlan(m("")), want: ""},
	})
}
