package report_test

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph/draw"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/report"
	"github.com/missionled/missionled/mission/review"
)

// energy is one mission with one milestone and one role, enough for a page.
func energy() *mission.Model {
	spec := mission.Spec{
		Title:    "Clean power",
		Parties:  []accountability.Party{{Record: record.Invented("desnz"), Kind: accountability.Organisation, Name: "Department for Energy"}},
		Missions: []mission.Mission{{Record: record.Invented("clean-energy"), Name: "Clean energy"}},
		Milestones: []milestone.Milestone{{
			Record: record.Invented("clean-2030"), Name: "95% clean power", Missions: []record.ID{"clean-energy"}, Due: calendar.MustParseWhen("2030"),
		}},
		Duties: []accountability.Duty{{
			Record: record.Invented("steward"), Duty: accountability.MissionSteward, Subject: mission.Ref("clean-energy"), Post: "desnz",
		}},
	}
	m, err := mission.Compile(spec, mission.View{On: calendar.MustParseDate("2026-03-31")})
	if err != nil {
		fmt.Println(err)
	}
	return m
}

func ExampleWrite() {
	m := energy()
	var page strings.Builder
	if err := report.Write(&page, m, review.Of(m), nil); err != nil {
		fmt.Println(err)
	}
	for line := range strings.Lines(page.String()) {
		if strings.HasPrefix(line, "<h1>") || strings.HasPrefix(line, "<h3>") || strings.HasPrefix(line, `<p class="opening">`) {
			fmt.Print(line)
		}
	}
	// Output:
	// <h1><bdi>Clean power</bdi></h1>
	// <p class="opening">The records show 1 mission and 1 milestone: 1 scheduled.</p>
	// <h3>Due next</h3>
	// <h3>Who leads each mission</h3>
	// <h3>Serious findings</h3>
	// <h3>What we cannot know</h3>
	// <h3>What changed since</h3>
	// <h3>To come</h3>
}

func ExampleOptions() {
	var page strings.Builder
	err := report.Write(&page, energy(), nil, &report.Options{Title: "Board paper 7", MapNodes: -1})
	fmt.Println(err, strings.Contains(page.String(), "<h1><bdi>Board paper 7</bdi></h1>"), strings.Contains(page.String(), "Clean power: the map"))
	// Output:
	// <nil> true false
}

// A page with a chart over time, chances, and what changed since the plan was last looked at.
func ExampleOptions_time() {
	spec := mission.Spec{
		Missions:   []mission.Mission{{Record: record.Invented("clean-energy"), Name: "Clean energy"}},
		Milestones: []milestone.Milestone{{Record: record.Invented("grid"), Name: "The grid line is live", Missions: []record.ID{"clean-energy"}, Due: calendar.MustParseWhen("2027-02-28")}},
		Projects:   []milestone.Project{{Record: record.Invented("line"), Name: "The grid line", Start: calendar.MustParseDate("2026-04-01").At(0)}},
		Activities: []milestone.Activity{{Record: record.Invented("build"), Name: "Build it", Project: "line", Lasts: 300 * calendar.Day}},
		Dependencies: []milestone.Dependency{{Record: record.Invented("after"), Dependent: milestone.Ref("grid"), On: record.Ref{Kind: milestone.KindActivity, ID: "build"},
			Kind: milestone.FinishStart}},
		Estimates: []forecast.Estimate{{Record: record.Invented("guess"), Subject: record.Ref{Kind: milestone.KindActivity, ID: "build"},
			Shape: forecast.Shape{Kind: forecast.Triangular, Min: 0.9, Mode: 1, Max: 1.4}}},
	}
	before, err := mission.Compile(spec, mission.View{On: calendar.MustParseDate("2026-03-01")})
	if err != nil {
		fmt.Println(err)
		return
	}
	spec.Milestones[0].Due = calendar.MustParseWhen("2027-03-31")
	m, err := mission.Compile(spec, mission.View{On: calendar.MustParseDate("2026-03-31")})
	if err != nil {
		fmt.Println(err)
		return
	}
	schedule, err := m.Plan().Schedule(m.Moment(record.Moment{}), milestone.ScheduleOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	model, err := forecast.NewModel(schedule, m.Uncertainties(), forecast.ModelOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	summary, err := forecast.Simulate(context.Background(), model, forecast.Options{Seed: 1, Trials: 10_000})
	if err != nil {
		fmt.Println(err)
		return
	}
	results, err := forecast.NewResults(model, summary)
	if err != nil {
		fmt.Println(err)
		return
	}
	var page strings.Builder
	err = report.Write(&page, m, nil, &report.Options{
		Schedule: schedule, Results: results, Since: before, Bars: report.DefaultBars, Outlook: forecast.OutlookOptions{Trials: report.DefaultDraws},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, want := range []string{"due 28 February 2027 before, 31 March 2027 now: 31 days later", `>Chance by 31 March 2027:</span> <bdi>about 83%, ±1 from simulation`, `class="g-stone-crit"`} {
		fmt.Println(strings.Contains(page.String(), want), want)
	}
	// Output:
	// true due 28 February 2027 before, 31 March 2027 now: 31 days later
	// true >Chance by 31 March 2027:</span> <bdi>about 83%, ±1 from simulation
	// true class="g-stone-crit"
}

func ExampleMap() {
	p := report.Map(energy(), record.Moment{})
	if err := draw.WriteMermaid(os.Stdout, p); err != nil {
		fmt.Println(err)
	}
	// Output:
	// flowchart LR
	//   accTitle: Clean power#58; the map
	//   accDescr: Missions, their milestones and what they lean on, grouped by department#46; Lines lead to what leans on something or what it is part of#46;
	//   subgraph g0["Department for Energy"]
	//     n0[["Clean energy"]]
	//     n1["95#37; clean power"]
	//   end
	//   n1 -.- n0
	//   classDef c0 fill:#dce9f5,stroke:#12436d,color:#1d1d1d,stroke-width:3px
	//   class n0 c0
	//   classDef c4 fill:#ffffff,stroke:#3d3d3d,color:#1d1d1d
	//   class n1 c4
}
