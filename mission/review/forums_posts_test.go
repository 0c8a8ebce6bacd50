package review_test

import (
	"testing"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

func TestNoSteward(t *testing.T) {
	steward := func(post record.ID, state accountability.DutyState) accountability.Duty {
		return accountability.Duty{Duty: accountability.MissionSteward, Subject: theMission, Post: post, State: state}
	}
	none := never(mission.MandateLetter, theMission)
	letter := func(to record.ID, signed string, subject record.Ref) accountability.Mandate {
		l := accountability.Mandate{To: to, Subject: subject}
		if signed != "" {
			l.Signed = when(signed)
		}
		return l
	}
	interim := func(until string) accountability.Holding {
		h := holds("minister", "ann")
		h.Basis = accountability.BasisActing
		if until != "" {
			h.Until = when(until)
		}
		return h
	}
	rival := accountability.Duty{Record: record.Record{ID: "d2", Of: "d1", Claimant: "another"}, Duty: accountability.MissionSteward, Subject: theMission, Post: "other"}
	first := steward("minister", 0)
	first.ID = "d1"
	said := steward("", accountability.Vacant)
	said.Record = record.Record{ID: "said", Grade: record.Hearsay, Claimant: "an insider"}
	closed := m("")
	closed.Stage = mission.StageClosed
	ended := holds("minister", "ann")
	ended.Until = when("2026-01-01")
	table(t, "F32", theMission, []row{
		{name: "vacant", spec: boardPlan(m(""), steward("", accountability.Vacant)), want: finding, says: "has no steward: the duty is vacant."},
		{name: "an empty post", spec: boardPlan(m(""), steward("minister", 0), ended), want: finding, says: "the post that carries it has no holder"},
		{name: "vacant by hearsay", spec: boardPlan(m(""), said), want: finding, says: "It is said (hearsay, an insider) that"},
		{name: "vacant by hearsay left out", spec: boardPlan(m(""), said), view: sansHearsay, want: cannot, says: "left out by the view (duty/said)"},
		{name: "vacant and closed", spec: boardPlan(closed, steward("", accountability.Vacant)), want: nothing},
		{name: "unclear", spec: boardPlan(m(""), steward("", accountability.Unclear)), want: cannot, says: "who stewards it is unclear"},
		{name: "contested", spec: boardPlan(m(""), first, rival, none), want: cannot, says: "who stewards it is contested"},
		{name: "withheld", spec: boardPlan(m(""), steward("", accountability.Withheld)), want: cannot, says: "who stewards it is withheld", also: "ask on what ground"},
		{name: "nothing recorded", spec: boardPlan(m("")), want: cannot, says: "who stewards it is not recorded"},
		{name: "no letter", spec: boardPlan(m(""), steward("minister", 0), none), want: finding, says: "Minister, steward of", also: "has no mandate letter"},
		{name: "no letter by hearsay", spec: boardPlan(m(""), steward("minister", 0), graded(none, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "no letter by hearsay left out", spec: boardPlan(m(""), steward("minister", 0), graded(none, record.Hearsay)), view: sansHearsay, want: cannot, says: "left out by the view (event/said)"},
		{name: "letter on the mission", spec: boardPlan(m(""), steward("minister", 0), none, letter("minister", "2026-06-30", theMission)), want: nothing},
		{name: "letter to the holder", spec: boardPlan(m(""), steward("minister", 0), holds("minister", "ann"), letter("ann", "2026-01-01", record.Ref{})), want: nothing},
		{name: "letter without a day", spec: boardPlan(m(""), steward("minister", 0), letter("minister", "", theMission)), want: nothing},
		{name: "letter on something else", spec: boardPlan(m(""), steward("minister", 0), none, letter("minister", "2026-01-01", theForum), boardRecord(accountability.Forum{})), want: finding},
		{name: "letter to be signed tomorrow", spec: boardPlan(m(""), steward("minister", 0), none, letter("minister", "2026-07-01", theMission)), want: finding},
		{name: "letter of this year", spec: boardPlan(m(""), steward("minister", 0), none, letter("minister", "2026", theMission)), want: cannot, says: "the day on which the letter was signed is known only as 2026"},
		{name: "letter by an event", spec: boardPlan(m(""), steward("minister", 0), none, event(mission.MandateLetter, theMission, "2025")), want: nothing},
		{name: "interim until a day to come", spec: boardPlan(m(""), steward("minister", 0), none, interim("2026-07-01")), want: nothing},
		{name: "interim without an end", spec: boardPlan(m(""), steward("minister", 0), none, interim("")), want: finding},
		{name: "nobody says", spec: boardPlan(m(""), steward("minister", 0)), want: cannot, says: "whether there is a mandate letter is not recorded"},
	})
}

func TestSlowAppointment(t *testing.T) {
	head := refOf(accountability.KindParty, "head")
	leads := func(from string) accountability.Duty {
		d := lead("head", accountability.Means{})
		if from != "" {
			d.From = when(from)
		}
		return d
	}
	starts := func(from string) accountability.Holding {
		h := holds("head", "ann")
		h.From = calendar.When{}
		if from != "" {
			h.From = when(from)
		}
		return h
	}
	before := starts("2020-01-01")
	before.Until = when("2024-01-01")
	former := before
	former.Holder = "bob"
	needed := event(mission.RoleNeeded, head, "2025-06-01")
	differs := needed
	needed.ID = "need"
	differs.Record = record.Record{ID: "need-2", Of: "need", Claimant: "another"}
	differs.OnDay = when("2026-01-15")
	said := starts("2026-04-01")
	said.Record.Grade, said.Record.ID = record.Hearsay, "said"
	dutySaid := leads("")
	dutySaid.Grade = record.Opinion
	closed := m("2025-01-01")
	closed.Stage = mission.StageClosed
	table(t, "F40", head, []row{
		{name: "late by the duty", spec: boardPlan(m("2025-07-01"), leads("2026-01-01")), want: finding, says: `The post "Head" was filled more than 180 days`, also: "announced on 1 July 2025"},
		{name: "late by the holding", spec: boardPlan(m("2025-07-01"), leads(""), starts("2026-02-01")), want: finding},
		{name: "on the last day", spec: boardPlan(m("2025-07-01"), leads("2025-12-28")), want: nothing},
		{name: "on the day after", spec: boardPlan(m("2025-07-01"), leads("2025-12-29")), want: finding},
		{name: "long in post", spec: boardPlan(m("2025-07-01"), leads(""), starts("2020-01-01")), want: nothing},
		{name: "long in post, and given the lead late", spec: boardPlan(m("2025-07-01"), leads("2026-05-01"), starts("2020-01-01")), want: finding},
		{name: "a former holder left before", spec: boardPlan(m("2025-07-01"), leads(""), former, starts("2026-05-01")), want: finding},
		{name: "rough start", spec: boardPlan(m("2025-07-01"), leads("2026")), want: finding},
		{name: "rough start that may be in time", spec: boardPlan(m("2025-08-01"), leads("2026")), want: cannot, says: "how long it stood empty is not known well enough"},
		{name: "rough holding that may be in time", spec: boardPlan(m("2025-08-01"), leads(""), starts("2026")), want: cannot, says: "how long it stood empty is not known well enough"},
		{name: "rough announcement", spec: boardPlan(m("2025"), leads("2026-01-01")), want: cannot},
		{name: "start not recorded", spec: boardPlan(m("2025-07-01"), leads("")), want: cannot, says: "when somebody started in it is not recorded"},
		{name: "start not stated", spec: boardPlan(m("2025-07-01"), leads(""), starts("")), want: cannot, says: "when somebody started in it is not recorded"},
		{name: "announcement not recorded", spec: boardPlan(m(""), leads("2026-01-01")), want: cannot, says: `the day on which the mission "Homes" was announced is not recorded`},
		{name: "an open competition for the post", spec: boardPlan(m("2025-07-01"), leads("2026-05-01"), event(mission.Recruitment, head, "2025-09-01")), want: nothing},
		{name: "an open competition of the mission", spec: boardPlan(m("2025-07-01"), leads("2026-05-01"), event(mission.Recruitment, theMission, "")), want: nothing},
		{name: "opinion and hearsay", spec: boardPlan(m("2025-07-01"), dutySaid, said), want: finding, says: "It is said ("},
		{name: "a closed mission", spec: boardPlan(closed, leads("2026-01-01")), want: ""},
		{name: "needed since a day", spec: boardPlan(needed, starts("2026-02-01")), want: finding, says: "It was needed from 1 June 2025"},
		{name: "needed since a day, in time", spec: boardPlan(needed, starts("2025-08-01")), want: nothing},
		{name: "claimants differ since when", spec: boardPlan(needed, differs, starts("2026-02-01")), want: cannot},
		{name: "needed and empty still", spec: boardPlan(needed, former), want: finding, says: "is empty more than 180 days"},
		{name: "needed, and no holding recorded", spec: boardPlan(needed), want: cannot, says: "when somebody started in it is not recorded"},
		{name: "nobody leads", spec: boardPlan(m("2025-07-01"), accountability.Duty{Duty: accountability.MissionLead, Subject: theMission, State: accountability.Vacant}), want: ""},
	})
}
