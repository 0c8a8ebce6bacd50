package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
	"github.com/missionled/missionled/mission/scenario"
)

var researchers = []question{
	{"R1", "Of thirty missions: what that they need is unknown most often?", r1},
	{"R2", "Of thirty missions: how many days from the announcement to landing, plan, lead, and saying who sits on the board?", r2},
	{"R3", "If only what somebody saw counts, which findings stand?", r3},
	{"R4", "Who decided, answered and paid before the reform of 1 April, and who does now?", r4},
	{"R5", "Where do those who say something differ on one and the same fact?", r5},
	{"R6", "Which sort of barrier ended earlier reforms, and stands in the way of a mission today?", r6},
	{"R7", "Who bears the cut: by how many points more, and how many times as much, in the most deprived tenth?", r7},
	{"R8", "Where the network can be cut, does the cut follow the departments or the missions?", r8},
	{"R9", "Whose leaving alone would close the way by which something is accounted for?", r9},
	{"R10", "Suppose that the ministry no longer decides, two moneys are pooled, people are brought together, and the money is firm for longer. What changes?", r10},
}

// r1 counts, for each condition, the missions of which somebody knows whether it holds.
func r1(p *plan, w io.Writer) {
	told := make(map[string]int)
	for _, c := range p.many.Conditions(now) {
		if _, ok := c.Record.Met.Get(); ok {
			told[c.Record.Kind]++
		}
	}
	most := slices.MinFunc(conditions, func(a, b string) int { return told[a] - told[b] })
	fmt.Fprintf(w, "- %s: unknown for %d of %d\n", most, len(p.many.Missions())-told[most], len(p.many.Missions()))
	fmt.Fprintf(w, "Known for how many: %v\n", told)
}

// r2 estimates medians that let those count which have not come so far, as long as they have waited.
func r2(p *plan, w io.Writer) {
	for _, step := range steps {
		lives, unknown := lifetimes(p.many, step.came)
		fmt.Fprintf(w, "- %s: median %s; %d came to it, %d are still waiting, of %d the start is unknown\n",
			step.name, median(lives), len(lives)-open(lives), open(lives), unknown)
	}
}

// r3 leaves out every grade but first-hand, and illustrative, of which the frame of this plan is made.
func r3(p *plan, w io.Writer) {
	weaker := slices.DeleteFunc(record.Grades(), func(g record.Grade) bool { return g == record.FirstHand || g == record.Illustrative })
	seen := review.Of(must(mission.Compile(p.spec, mission.View{On: p.on, Without: weaker})))
	change := review.Compare(review.Of(p.m), seen)
	fmt.Fprintf(w, "Fall: %s\n", rules(slices.Concat(change.Cleared, change.OutOfSight)))
	for _, f := range seen.Findings {
		if slices.ContainsFunc(f.Evidence, func(e review.Evidence) bool { return e.Grade == record.FirstHand }) {
			fmt.Fprintf(w, "- stands on what somebody saw: %s %s (%v)\n", f.Rule.ID, f.Rule.Slug, f.Subject)
		}
	}
}

// r4 draws the wiring on two days.
func r4(p *plan, w io.Writer) {
	before := must(mission.Compile(p.spec, mission.View{On: calendar.On(2026, 3, 1)}))
	for _, move := range scenario.CompareWiring(before, p.m) {
		fmt.Fprintf(w, "- %s before: decides %s; answers %s; pays %s\n", move.Name, wires(before, move.Before.Decides),
			wires(before, move.Before.Answers), wires(before, move.Before.Pays))
		fmt.Fprintf(w, "  now: decides %s; answers %s; pays %s\n", wires(p.m, move.After.Decides), wires(p.m, move.After.Answers),
			wires(p.m, move.After.Pays))
	}
}

// r5 runs the one rule that looks for sources that name different people or posts, and reads the freedoms side by side.
func r5(p *plan, w io.Writer) {
	for _, f := range must(review.Run(p.m, review.Options{Rules: []string{"A21", "F04", "F65"}})).Findings {
		fmt.Fprintf(w, "- %s\n", f.Text)
		for _, e := range f.Evidence {
			if e.Claimant != "" {
				fmt.Fprintf(w, "    %s says so in %v\n", party(p.m, record.ID(e.Claimant)), e.Ref)
			}
		}
	}
}

// r6 reads what the plan remembers of reforms, and keeps the sorts of barrier that are on both sides.
func r6(p *plan, w io.Writer) {
	for _, pattern := range review.Recall(p.m).Patterns {
		var ended, stands []record.Ref
		for _, place := range pattern.Places {
			ended, stands = append(ended, place.Ended...), append(stands, place.Subjects...)
		}
		if len(ended) > 0 && len(stands) > 0 {
			fmt.Fprintf(w, "- %s ended: %s. It stands in the way of: %s\n", pattern.Pattern, things(p.m, ended), things(p.m, stands))
		}
	}
}

// r7 adds up, by tenth, what was and what is, of the amounts on one price basis.
func r7(p *plan, w io.Writer) {
	was, is := make(map[int]float64), make(map[int]float64)
	for _, c := range p.m.Accounts().Allocations(now) {
		if before, stated := c.Record.Was.Get(); stated && c.Record.Basis == "real terms" {
			was[tenth(p.m, c.Record.To)] += float64(before.Minor)
			is[tenth(p.m, c.Record.To)] += float64(c.Record.Amount.V.Minor)
		}
	}
	most, least := 100*(1-is[1]/was[1]), 100*(1-is[10]/was[10])
	fmt.Fprintf(w, "In real terms, %.0f%% in the most deprived tenth and %.0f%% in the least: %.0f points more, %.2f times as much\n", most, least, most-least, most/least)
}

// r8 takes the dependencies without which the network falls apart, and asks how many run between departments and between missions.
func r8(p *plan, w io.Writer) {
	g := p.m.Plan().Graph(now).Filter(func(e graph.Edge[record.Ref]) bool {
		return e.From.Kind == mission.KindInitiative && e.To.Kind == e.From.Kind
	})
	department := graph.Follow(g, g.Bridges(), graph.Tabulate(g, func(r record.Ref) record.ID { return organisation(p.m, r) }))
	missions := graph.Follow(g, g.Bridges(), graph.Tabulate(g, func(r record.Ref) record.ID { return aim(p.m, r) }))
	fmt.Fprintf(w, "Of %d dependencies in the cut, %d run between departments (%.0f%%; of all dependencies %.0f%%)\n",
		department.Cut, department.Crossing, 100*department.Share, 100*department.Base)
	fmt.Fprintf(w, "and %d between missions (%.0f%%; of all dependencies %.0f%%)\n", missions.Crossing, 100*missions.Share, 100*missions.Base)
}

// r9 lets each person leave, and looks which ways of account are gone.
func r9(p *plan, w io.Writer) {
	for _, who := range p.spec.Parties {
		var leaves []mission.Change
		for _, h := range p.m.Register().HeldBy(who.ID, now) {
			leaves = append(leaves, mission.Vacate{Post: h.Record.Post, From: p.on})
		}
		for _, path := range must(scenario.Compare(context.Background(), p.m, p.with(leaves...), scenario.Options{})).Paths {
			fmt.Fprintf(w, "- without %s: %s %v\n", who.Name, path.Name, path.Move)
		}
	}
}

// suppositions are what r10 supposes, each by itself.
var suppositions = []struct {
	name   string
	change mission.Change
}{
	{"the finance ministry no longer has to agree to everything", mission.Remove{Refs: []record.Ref{
		duty("agree-nine"), duty("agree-door"), duty("agree-steady"), duty("agree-desk"), duty("agree-scans")}}},
	{"the two moneys for first visits are pooled", mission.Pool{
		Into:  funding.Pool{Record: record.Invented("one-pot"), Name: "One pot", Rule: record.Known("both agree")},
		Money: []record.Ref{{Kind: funding.KindAllocation, ID: "visit-money"}, {Kind: funding.KindAllocation, ID: "advice-money"}}}},
	{"people are brought together to weigh it", mission.Add{Records: mission.Spec{Events: []mission.Event{{Record: record.Invented("weighed"),
		Kind: mission.Deliberation, Subject: mission.Ref("work"), OnDay: calendar.OnDay(calendar.On(2026, 6, 20)),
		LedTo: []record.Ref{{Kind: mission.KindEvent, ID: "hours-changed"}}}}}}},
	{"the money is firm to the horizon", mission.Amend{Records: mission.Spec{Settlements: []funding.Settlement{{Record: record.Invented("for-work"),
		Review: "one-year", Party: "work-department", Reached: funding.Bilateral, For: []record.Ref{mission.Ref("work")},
		FirmUntil: calendar.OnDay(calendar.On(2034, 4, 1))}}}}},
}

func duty(id record.ID) record.Ref { return record.Ref{Kind: accountability.KindDuty, ID: id} }

// r10 makes each change by itself, and says which findings and ways come and go.
func r10(p *plan, w io.Writer) {
	for _, suppose := range suppositions {
		d := must(scenario.Compare(context.Background(), p.m, p.with(suppose.change), scenario.Options{}))
		fmt.Fprintf(w, "- %s:\n    cleared: %s\n    appeared: %s\n", suppose.name, rules(d.Findings.Cleared), rules(d.Findings.Appeared))
		for _, path := range d.Paths {
			fmt.Fprintf(w, "    the account of %s %v\n", path.Name, path.Move)
		}
		fmt.Fprintf(w, "    new questions: %d; can be told now: %d\n", len(d.Findings.Raised)+len(d.Findings.BecameUnassessable), len(d.Findings.BecameAssessable))
	}
}
