package review_test

import (
	"fmt"
	"testing"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

func TestBAUNeglect(t *testing.T) {
	reading := func(period string, v record.Value[record.Quantity]) milestone.Observation {
		return milestone.Observation{Indicator: "n", Period: when(period), Value: v}
	}
	num := func(f float64) record.Value[record.Quantity] { return record.Known(record.Number(f)) }
	// served is a service with a floor of 40 and some readings.
	served := func(status mission.InitiativeStatus, floor record.Quantity, readings []milestone.Observation, more ...any) mission.Spec {
		n := mission.Initiative{Record: record.New("i"), Kind: mission.Service, Status: status, Floor: floor}
		if readings != nil {
			n.Capacity = "n"
			more = append(more, milestone.Indicator{Record: record.New("n"), Unit: "places"})
		}
		spec := parts(append(more, m(""), n)...)
		for i, o := range readings {
			o.ID = record.ID(fmt.Sprintf("r%d", i))
			spec.Observations = append(spec.Observations, o)
		}
		return spec
	}
	forty, under := record.Number(40), []milestone.Observation{reading("2026-05", num(25))}
	usual := mission.ValuedAsItIs
	moved := scopeLed(event(mission.CapacityMoved, theInit, "2026-01-05"), theMission)
	ofHomes := mission.Initiative{Record: record.New("j"), Missions: []record.ID{"m"}}
	rival := mission.Initiative{Record: record.Record{ID: "i2", Of: "i", Claimant: "another"}, Name: "Team", Kind: mission.Service, Status: mission.MissionWork}
	sized := scopeLed(event(mission.Draw, theInit, "2026-01-05"), theMission)
	sized.Size, sized.Unit = record.Number(12), "posts"
	filed := served(0, forty, under, moved)
	filed.Initiatives[0].Missions = []record.ID{"m"}
	table(t, "F11", theInit, []row{
		{name: "below the floor and moved", spec: served(usual, forty, under, moved), want: finding, says: "25 places (2026-05), below its floor of 40, and some of it went to the mission \"Homes\""},
		{name: "at the floor", spec: served(usual, forty, []milestone.Observation{reading("2026-05", num(40))}, moved), want: nothing},
		{name: "just below", spec: served(usual, forty, []milestone.Observation{reading("2026-05", num(39.9))}, moved), want: finding},
		{name: "a draw that says how much", spec: served(usual, forty, under, sized), want: finding, says: "12 posts of it went"},
		{name: "a cut for an initiative of the mission", spec: served(usual, forty, under, ofHomes, scopeLed(event(mission.Cut, theInit, "2026-01-05"), record.Ref{Kind: mission.KindInitiative, ID: "j"})), want: finding},
		{name: "a cut for nothing recorded", spec: served(usual, forty, under, event(mission.Cut, theInit, "2026-01-05")), want: cannot, says: "what its capacity went to is not recorded"},
		{name: "nothing moved", spec: served(usual, forty, under, never(mission.CapacityMoved, theInit)), want: nothing},
		{name: "moved and not moved", spec: served(usual, forty, under, moved, never(mission.CapacityMoved, theInit)), want: cannot, says: "contested"},
		{name: "the last reading counts", spec: served(usual, forty, []milestone.Observation{reading("2026-04", num(25)), reading("2026-05", num(45))}, moved), want: nothing},
		{name: "one after the day does not", spec: served(usual, forty, []milestone.Observation{reading("2026-05", num(25)), reading("2026-07", num(45))}, moved), want: finding},
		{name: "one still to come does not", spec: served(usual, forty, []milestone.Observation{reading("2026-05", num(25)), reading("2026-06", record.Pending[record.Quantity]("in July"))}, moved), want: finding},
		{name: "one withheld stands in the way", spec: served(usual, forty, []milestone.Observation{reading("2026-05", num(25)), reading("2026-06", record.Withheld[record.Quantity]("under review"))}, moved), want: cannot, says: "withheld (under review)"},
		{name: "readings differ", spec: served(usual, forty, []milestone.Observation{reading("2026-05", num(25)), reading("2026-05", num(45))}, moved), want: cannot, says: "below its floor is contested"},
		{name: "no reading", spec: served(usual, forty, []milestone.Observation{}, moved), want: cannot, says: `how much the service "Team" can do now is not recorded`},
		{name: "no indicator", spec: served(usual, forty, nil, moved), want: cannot, says: "an indicator of the capacity"},
		{name: "no floor", spec: served(usual, record.Quantity{}, under, moved), want: cannot, says: `the floor of the service "Team" is not recorded`},
		{name: "nothing of the matter", spec: served(usual, record.Quantity{}, nil), want: ""},
		{name: "a loss alone", spec: served(usual, record.Quantity{}, nil, moved), want: cannot, says: "the floor of"},
		{name: "no day to look from", spec: served(usual, forty, under, moved), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about is not set"},
		{name: "mission work", spec: served(mission.MissionWork, forty, under, moved), want: ""},
		{name: "filed under the mission", spec: filed, want: ""},
		{name: "outside and of no status", spec: served(0, forty, under, moved), want: finding},
		{name: "adjacent", spec: served(mission.Adjacent, forty, under, moved), want: finding},
		{name: "claimants differ on the status", spec: func() mission.Spec {
			s := served(usual, forty, under, moved)
			s.Initiatives = append(s.Initiatives, rival)
			return s
		}(), want: cannot, says: "its status"},
		{name: "needed less", spec: served(usual, forty, under, moved, event(mission.NeedFell, theInit, "")), want: nothing},
		{name: "replaced", spec: served(usual, forty, under, moved, event(mission.Replaced, theInit, "")), want: nothing},
		{name: "agreed, and the basics kept", spec: served(usual, forty, under, moved, scopeWhy(event(mission.Accepted, theInit, ""), "evening clinics")), want: nothing},
		{name: "agreed, and no word on the basics", spec: served(usual, forty, under, moved, event(mission.Agreement, theInit, "")), want: cannot, says: "how the basics are kept"},
		{name: "hearsay", spec: served(usual, forty, under, scopeLed(graded(event(mission.CapacityMoved, theInit, "2026-01-05"), record.Hearsay), theMission)), want: finding, says: "It is said (hearsay"},
		{name: "hearsay left out", spec: served(usual, forty, under, scopeLed(graded(event(mission.CapacityMoved, theInit, "2026-01-05"), record.Hearsay), theMission)), view: scopeWithoutHearsay, want: cannot, says: "left out by the view (event/said)"},
	})
}

func TestNoBoundary(t *testing.T) {
	unset, set := never(mission.BoundarySet, theMission), event(mission.BoundarySet, theMission, "2026-01-05")
	own := func(in, out bool) mission.Spec {
		s := mission.Scope{Reading: "warm"}
		if in {
			s.Inside = []string{"heating"}
		}
		if out {
			s.Outside = []string{"roads"}
		}
		return scoped(m(""), scopeOf("a", "", s))
	}
	plus := func(s mission.Spec, events ...mission.Event) mission.Spec {
		for n, e := range events {
			e.ID = record.ID(fmt.Sprintf("x%d", n))
			s.Events = append(s.Events, e)
		}
		return s
	}
	framing := event(mission.Framing, theMission, "2026-01-05")
	over := framing
	over.Until = when("2026-05-01")
	table(t, "F12", theMission, []row{
		{name: "nothing recorded", spec: parts(m("")), want: ""},
		{name: "not set", spec: parts(m(""), unset), want: finding, says: "Nothing says what belongs to the mission"},
		{name: "set", spec: parts(m(""), set), want: nothing},
		{name: "set and not set", spec: parts(m(""), set, unset), want: cannot, says: "contested"},
		{name: "in and out", spec: own(true, true), want: nothing},
		{name: "in and out, and said not to be set", spec: plus(own(true, true), unset), want: nothing},
		{name: "in alone", spec: own(true, false), want: cannot, says: "what is outside is not recorded"},
		{name: "out alone", spec: own(false, true), want: cannot, says: "what is inside is not recorded"},
		{name: "in alone, and said not to be set", spec: plus(own(true, false), unset), want: finding, says: "does not draw the line"},
		{name: "words alone", spec: own(false, false), want: cannot, says: "what the mission itself puts inside and outside"},
		{name: "a contributor's reading alone", spec: scoped(m(""), scopeOf("a", "org", mission.Scope{Inside: []string{"x"}, Outside: []string{"y"}})), want: cannot},
		{name: "being settled", spec: parts(m(""), unset, framing), want: nothing},
		{name: "was being settled", spec: parts(m(""), unset, over), want: finding},
		{name: "discovery", spec: parts(scopeStage(mission.StageDiscovery), unset), want: nothing},
		{name: "active", spec: parts(scopeStage(mission.StageActive), unset), want: finding},
		{name: "claimants differ on the stage", spec: parts(scopeStage(mission.StageActive), scopeOther(scopeStage(mission.StageDiscovery)), unset), want: finding},
		{name: "hearsay", spec: parts(m(""), graded(unset, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "hearsay left out", spec: parts(m(""), graded(unset, record.Hearsay)), view: scopeWithoutHearsay, want: cannot, says: "left out by the view (event/said)"},
	})
}

func TestShallowChange(t *testing.T) {
	none := never(mission.PracticeChange, theMission)
	named := func(day string) mission.Event { return event(mission.Renamed, theMission, day) }
	work := mission.Initiative{Record: record.New("i"), Missions: []record.ID{"m"}}
	step := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}}
	table(t, "F13", theMission, []row{
		{name: "nothing recorded", spec: parts(m(""), none), want: ""},
		{name: "renamed long ago", spec: parts(m(""), named("2025-01-01"), none), want: finding, says: "brought a new name (1 January 2025), and nothing has changed"},
		{name: "on the last day", spec: parts(m(""), named("2025-06-30"), none), want: nothing},
		{name: "on the day before", spec: parts(m(""), named("2025-06-29"), none), want: finding},
		{name: "in a year that may be recent", spec: parts(m(""), named("2025"), none), want: cannot, says: "known only as 2025"},
		{name: "on an unknown day", spec: parts(m(""), named("unknown"), none), want: cannot, says: "stated to be unknown"},
		{name: "no day to look from", spec: parts(m(""), named("2025-01-01"), none), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about is not set"},
		{name: "an old one and a new one", spec: parts(m(""), named("2025-01-01"), event(mission.Restructure, theMission, "2026-06-01"), none), want: finding},
		{name: "restructured in a team", spec: parts(m(""), work, event(mission.Restructure, theInit, "2025-01-01"), none), want: finding, says: `a new structure for the initiative "Team" (1 January 2025)`},
		{name: "denied of the team", spec: parts(m(""), work, event(mission.Restructure, theInit, "2025-01-01"), never(mission.PracticeChange, theInit)), want: finding},
		{name: "with a name of its own", spec: parts(m(""), func() mission.Event { e := named("2025-01-01"); e.Name = "New look"; return e }(), none), want: finding, says: `a new name ("New look", 1 January 2025)`},
		{name: "nobody says what else", spec: parts(m(""), named("2025-01-01")), want: cannot, says: "whether anything has changed in how the work is done is not recorded"},
		{name: "rewired", spec: parts(m(""), named("2025-01-01"), none, event(mission.WiringChange, theMission, "")), want: nothing},
		{name: "practice in a team", spec: parts(m(""), work, named("2025-01-01"), none, event(mission.PracticeChange, theInit, "")), want: nothing},
		{name: "a milestone made a difference", spec: parts(m(""), step, named("2025-01-01"), none, event(mission.OutcomeClaim, theMilestone, "")), want: nothing},
		{name: "an outcome is denied", spec: parts(m(""), step, named("2025-01-01"), none, never(mission.OutcomeClaim, theMilestone)), want: finding},
		{name: "proposed", spec: parts(scopeStage(mission.StageProposed), named("2025-01-01"), none), want: nothing},
		{name: "not renamed", spec: parts(m(""), never(mission.Renamed, theMission), none), want: ""},
		{name: "hearsay", spec: parts(m(""), named("2025-01-01"), graded(none, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "hearsay left out", spec: parts(m(""), named("2025-01-01"), graded(none, record.Hearsay)), view: scopeWithoutHearsay, want: cannot, says: "left out by the view (event/said)"},
		{name: "a rumoured name left out", spec: parts(m(""), graded(named("2025-01-01"), record.Hearsay), none), view: scopeWithoutHearsay, want: cannot, says: "what was renamed or restructured is left out by the view"},
	})
}

func TestNoEvidenceFromBelow(t *testing.T) {
	leaders, teams := event(mission.LeadersAdopted, theMission, "2026-01-05"), never(mission.TeamsAdopted, theMission)
	work := mission.Initiative{Record: record.New("i"), Missions: []record.ID{"m"}}
	table(t, "F14", theMission, []row{
		{name: "nothing recorded", spec: parts(m("")), want: ""},
		{name: "teams have not, and nothing of leaders", spec: parts(m(""), teams), want: ""},
		{name: "leaders have not either", spec: parts(m(""), never(mission.LeadersAdopted, theMission), teams), want: ""},
		{name: "leaders alone", spec: parts(m(""), leaders, teams), want: finding, says: "those who do the work have not"},
		{name: "nobody says of teams", spec: parts(m(""), leaders), want: cannot, says: "whether teams work in another way is not recorded"},
		{name: "teams have", spec: parts(m(""), leaders, event(mission.TeamsAdopted, theMission, "")), want: nothing},
		{name: "one team has", spec: parts(m(""), work, leaders, teams, event(mission.TeamsAdopted, theInit, "")), want: nothing},
		{name: "one team works in another way", spec: parts(m(""), work, leaders, teams, event(mission.PracticeChange, theInit, "")), want: nothing},
		{name: "by design", spec: parts(m(""), leaders, teams, event(mission.Alternative, theMission, "")), want: nothing},
		{name: "closed", spec: parts(scopeStage(mission.StageClosed), leaders, teams), want: nothing},
		{name: "hearsay", spec: parts(m(""), leaders, graded(teams, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "hearsay left out", spec: parts(m(""), leaders, graded(teams, record.Hearsay)), view: scopeWithoutHearsay, want: cannot, says: "left out by the view (event/said)"},
	})
}
