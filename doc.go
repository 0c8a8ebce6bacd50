// Package missionled is the root of a module for work on missions: what each aims at, who answers for it, what leans on
// what, whether it will be met, and what nobody has said. The root holds this page and no code.
//
// A plan is a set of records. Each says where it comes from, how strong that source is, when it holds and when it was
// recorded. A mission.Spec holds the records as plain data; mission.Compile checks them all and returns an immutable
// mission.Model, seen through a mission.View: on which day, as known when, without which sources, for which audience, with
// which changes. Every answer is a pure function of a Model and a question. mission/review alone turns what a Model shows into
// findings, and says apart from them what it could not assess, and why.
//
// # Packages
//
// Each is usable without those below it in this list.
//
//   - graph: directed graphs and their algorithms; knows nothing of missions
//   - graph/draw: pictures of graphs as SVG, DOT, Mermaid and GraphML
//   - milestone/calendar: civil dates, dates known only roughly, periods, working days
//   - accountability/record: ids, sources, grades, versions and views, which all records share
//   - milestone: milestones, indicators, targets, observations, dependencies; status, progress, slippage; activities and their
//     schedule by the critical path method, to the minute
//   - milestone/forecast: the chances of meeting milestones, by simulation, and where indicators are heading
//   - milestone/learning: hypotheses, experiments, evidence and belief; what is worth testing next
//   - milestone/mspdi, milestone/xer: Microsoft Project and Primavera P6 files
//   - accountability: parties, posts, duties, lines of account, delegation, forums; who answered for what on a day, as known at
//     an instant, by which path to a forum; measures of arrangements
//   - accountability/funding: spending reviews, settlements, allocations, pools, and the trail of a pound
//   - accountability/journal: an append-only log whose history can be proved
//   - accountability/popolo: Popolo files and the Ministers Database of the Institute for Government
//   - mission: missions, outcomes, initiatives and events; the whole plan, its changes and its versions compared
//   - mission/review: the rules, and what they find
//   - mission/document: plans as JSON documents and as rows of a database
//
// # First lines to run
//
// In a clone of the repository:
//
//	go run ./examples/planforchange
//	go test ./...
//
// In a program of your own, in a function that returns an error:
//
//	model, err := mission.Compile(mission.Spec{
//		Missions: []mission.Mission{{Record: record.New("warm-homes"), Name: "Every home warm by 2035"}},
//	}, mission.View{On: calendar.On(2026, time.November, 21)})
//	if err != nil {
//		return err // every fault of the plan, with its place and the way out
//	}
//	fmt.Print(review.Of(model))
//
// README.md has the whole program, docs/format.md the JSON document, docs/glossary.md the words.
//
// # What holds everywhere
//
// The same input gives the same bytes: there is no clock, no global random source and no environment, and the day is an
// argument. Compiled values are immutable and safe for concurrent use. Bad input is an error that lists every fault; a bad
// state of affairs, such as a vacant post, is a finding. What is unknown, withheld or not recorded is never read as "no".
// Nothing ranks or scores missions, places, teams or people.
package missionled
