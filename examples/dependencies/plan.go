package main

import (
	"fmt"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// step is a milestone of the made-up plan, with the department that owns it and how many weeks it takes.
type step struct {
	id, name, department, mission string
	weeks                         int
}

var steps = []step{
	{"grid-code", "Rules for connecting to the grid", "energy", "clean-power", 12},
	{"grid-queue", "Queue for connections cleared", "energy", "clean-power", 40},
	{"offshore", "Offshore wind sites let", "energy", "clean-power", 52},
	{"substations", "New substations built", "energy", "clean-power", 90},
	{"planning-act", "Planning rules changed", "housing", "warm-homes", 30},
	{"planners", "Planners hired and trained", "housing", "warm-homes", 40},
	{"decisions", "Planning decisions taken in time", "housing", "warm-homes", 26},
	{"design-code", "Design code for warm homes", "housing", "warm-homes", 16},
	{"estates", "First thousand homes insulated", "housing", "warm-homes", 60},
	{"installers", "Installers trained", "skills", "warm-homes", 52},
	{"colleges", "College courses opened", "skills", "warm-homes", 35},
	{"electricians", "Electricians trained", "skills", "clean-power", 70},
	{"data-share", "Data shared between departments", "treasury", "warm-homes", 20},
	{"settlement", "Money settled for three years", "treasury", "clean-power", 15},
	{"heat-pumps", "Heat pumps in every new home", "energy", "warm-homes", 45},
	{"on-grid", "Wind power on the grid", "energy", "clean-power", 30},
}

// needs lists what comes before what.
var needs = [][2]string{
	{"settlement", "planners"}, {"settlement", "colleges"}, {"settlement", "substations"}, {"planning-act", "decisions"},
	{"planners", "decisions"}, {"decisions", "offshore"}, {"decisions", "substations"}, {"grid-code", "grid-queue"},
	{"grid-queue", "on-grid"}, {"offshore", "on-grid"}, {"substations", "on-grid"}, {"electricians", "substations"},
	{"colleges", "electricians"}, {"colleges", "installers"}, {"design-code", "estates"}, {"installers", "estates"},
	{"data-share", "estates"}, {"decisions", "heat-pumps"}, {"installers", "heat-pumps"}, {"electricians", "heat-pumps"},
	{"settlement", "decisions"}, {"colleges", "heat-pumps"}, {"data-share", "installers"},
}

// illustrativePlan is a plan of two missions and four departments. All of it is made up.
func illustrativePlan() mission.Spec {
	spec := mission.Spec{
		Title: "Two missions that share their means (illustrative)",
		AsOf:  calendar.On(2026, 1, 1),
		Missions: []mission.Mission{
			{Record: record.Invented("clean-power"), Name: "Clean power"},
			{Record: record.Invented("warm-homes"), Name: "Warm homes"},
		},
	}
	for _, d := range []string{"energy", "housing", "skills", "treasury"} {
		spec.Parties = append(spec.Parties, accountability.Party{Record: record.Invented(record.ID(d)), Kind: accountability.Organisation, Name: "Department for " + d})
	}
	for _, s := range steps {
		spec.Milestones = append(spec.Milestones, milestone.Milestone{
			Record: record.Invented(record.ID(s.id)), Name: s.name, Missions: []record.ID{record.ID(s.mission)}, Lasts: calendar.Days(7 * s.weeks),
		})
		spec.Duties = append(spec.Duties, accountability.Duty{
			Record: record.Invented(record.ID("owner-of-" + s.id)), Duty: accountability.MilestoneOwner,
			Subject: milestone.Ref(record.ID(s.id)), Post: record.ID(s.department),
		})
	}
	for i, n := range needs {
		spec.Dependencies = append(spec.Dependencies, milestone.Dependency{
			Record: record.Invented(record.ID(fmt.Sprintf("link-%02d", i+1))),
			On:     milestone.Ref(record.ID(n[0])), Dependent: milestone.Ref(record.ID(n[1])), Kind: milestone.FinishStart,
		})
	}
	return spec
}
