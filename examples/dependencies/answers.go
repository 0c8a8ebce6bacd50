package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
)

func (a *answers) order() error {
	a.ask("What comes first, and what can go on at the same time?")
	layers, err := a.g.Layers()
	if err != nil {
		return err
	}
	for i, layer := range layers.All() {
		a.list(fmt.Sprintf("wave %d", i+1), layer)
	}
	byName, err := a.g.OrderBy(func(x, y record.Ref) int { return cmp.Compare(x.ID, y.ID) })
	if err != nil {
		return err
	}
	a.list("one order, least name first", byName)
	a.say("the plan hangs together in %d piece(s)", a.g.WeakComponents().Len())
	return nil
}

func (a *answers) reach() error {
	a.ask("What does the wind power on the grid lean on? What falls if decisions fall?")
	a.list("leans on", a.g.Ancestors(ref("on-grid")))
	a.list("falls", a.g.Descendants(ref("decisions")))
	radii, err := a.g.Radii(a.ctx, graph.RadiusOptions{})
	if err != nil {
		return err
	}
	a.say("how many others each step carries, in the order of the plan:")
	line := "   "
	for node, n := range radii.Counts.All() {
		word := fmt.Sprintf(" %s %.0f", node.ID, n)
		if len(line)+len(word) > 80 {
			fmt.Fprintln(a.w, line)
			line = "   "
		}
		line += word
	}
	fmt.Fprintln(a.w, line)
	index := a.g.ReachIndex() // for many yes-or-no questions
	a.say("does the design code matter for the grid? %t", index.Reaches(ref("design-code"), ref("on-grid")))
	return nil
}

func (a *answers) gates() error {
	a.ask("Where is the one gate that everything passes?")
	gates := a.g.Dominators(ref("planning-act"))
	a.list("all that planning rules do for heat pumps goes through", slices.Collect(gates.Over(ref("heat-pumps"))))
	behind := gates.Weights(graph.Tabulate(a.g, func(record.Ref) float64 { return 1 }))
	a.say("what the new rules reach only through decisions, itself included: %.0f", behind.At(ref("decisions")))
	sinks := a.g.PostDominators()
	if next, ok := sinks.Immediate(ref("grid-code")); ok {
		a.say("whatever grid-code is for comes together at %s", next.ID)
	}
	a.list("steps whose loss would split the plan", a.g.CutNodes())
	for _, e := range a.g.Bridges() {
		a.say("a link whose loss would split it: %s", walk([]graph.Edge[record.Ref]{e}))
	}
	cut, err := a.g.MinCut(ref("settlement"), ref("on-grid"), nil)
	if err != nil {
		return err
	}
	a.say("links that must fail before money no longer reaches the grid: %.0f", cut.Value)
	for _, p := range a.g.DisjointPaths(ref("settlement"), ref("on-grid")) {
		a.say("  %s", walk(p.Edges))
	}
	if nodes, ok := a.g.NodeCut(ref("settlement"), ref("on-grid")); ok {
		a.list("or just these steps", nodes)
	}
	a.say("ways from the settlement to the grid that share no step: %d", len(a.g.NodeDisjointPaths(ref("settlement"), ref("on-grid"))))
	byDepartment, byMission := graph.Follow(a.g, cut.Edges, a.department), graph.Follow(a.g, cut.Edges, a.mission)
	a.say("of those links, %.0f%% join departments (of all links %.0f%%)", 100*byDepartment.Share, 100*byDepartment.Base)
	a.say("and %.0f%% join missions (of all links %.0f%%)", 100*byMission.Share, 100*byMission.Base)
	return nil
}

func (a *answers) paths() error {
	a.ask("Which chains set the date?")
	weeks := make(map[record.ID]float64)
	for _, s := range steps {
		weeks[record.ID(s.id)] = float64(s.weeks)
	}
	timing, err := a.g.LongestPaths(graph.Tabulate(a.g, func(r record.Ref) float64 { return weeks[r.ID] }), nil)
	if err != nil {
		return err
	}
	a.say("the whole takes at least %.0f weeks; the three longest chains:", timing.Length())
	n := 0
	for p := range timing.Paths() {
		a.say("%4.0f weeks  %s", p.Length, walk(p.Edges))
		if n++; n == 3 {
			break
		}
	}
	a.say("the design code can wait %.0f weeks", timing.Slack(ref("design-code")))
	shortest, err := a.g.ShortestPaths(ref("settlement"), nil)
	if err != nil {
		return err
	}
	if p, ok := shortest.To(ref("on-grid")); ok {
		links, _ := shortest.Distance(ref("on-grid"))
		a.say("the fewest links from money to the grid, %.0f: %s", links, walk(p.Edges))
	}
	n = 0
	for range a.g.Paths(ref("settlement"), ref("on-grid"), 0) {
		n++
	}
	a.say("ways from money to the grid in all: %d", n)
	return nil
}

func (a *answers) redundancy() error {
	a.ask("Which links say nothing that others do not?")
	redundant, err := a.g.Redundant(a.ctx)
	if err != nil {
		return err
	}
	for e := range redundant.Edges() {
		a.say("%s", walk([]graph.Edge[record.Ref]{e}))
	}
	reduced, err := a.g.Reduce(a.ctx)
	if err != nil {
		return err
	}
	closure, err := a.g.Closure(a.ctx, 0)
	if err != nil {
		return err
	}
	a.say("of %d links %d would do; they stand for %d", a.g.NumEdges(), reduced.NumEdges(), closure.NumEdges())
	return nil
}

func (a *answers) edits() error {
	a.ask("May I add this link?")
	live, err := graph.NewLive(a.g)
	if err != nil {
		return err
	}
	if err := live.Node(ref("evaluation")); err != nil {
		return err
	}
	for _, e := range []graph.Edge[record.Ref]{
		{From: ref("on-grid"), To: ref("evaluation")},
		{From: ref("grid-queue"), To: ref("offshore")},
		{From: ref("on-grid"), To: ref("settlement")},
	} {
		if err := live.Insert(e); err != nil {
			a.say("%s: no, it would close a circle:", walk([]graph.Edge[record.Ref]{e}))
			if c, ok := err.(*graph.CycleError[record.Ref]); ok {
				a.list("  the circle", c.Nodes())
			}
			continue
		}
		a.say("%s: yes, it is now link %d", walk([]graph.Edge[record.Ref]{e}), live.NumEdges())
	}
	a.say("now %d steps; an evaluation is among them: %t", live.Len(), live.Has(ref("evaluation")))
	return nil
}

func (a *answers) brokerage() error {
	a.ask("Does the work divide by department or by mission, and who stands between?")
	for _, by := range []struct {
		name  string
		group graph.Column[record.Ref, string]
	}{{"department", a.department}, {"mission", a.mission}} {
		mix := graph.Mix(a.g, by.group)
		a.say("by %-10s  E-I index %+.2f, modularity %+.2f", by.name, mix.EI(), mix.Modularity())
	}
	roles := graph.Brokerage(a.g, a.department)
	constraint, err := a.g.Constraint(nil)
	if err != nil {
		return err
	}
	between, err := a.g.Betweenness(a.ctx, graph.BetweennessOptions{})
	if err != nil {
		return err
	}
	for node, r := range roles.All() {
		if r.Liaison+r.Gatekeeper+r.Representative+r.Itinerant > 0 {
			a.say("%-13s liaison %d, gatekeeper %d, representative %d (Gould-Fernandez);", node.ID, r.Liaison, r.Gatekeeper, r.Representative)
			a.say("%-13s constraint %.2f (Burt), betweenness %.1f (Freeman)", "", constraint.At(node), between.At(node))
		}
	}
	return nil
}
