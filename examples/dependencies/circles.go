package main

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
)

// influences is a made-up map of what helps (+) and what hinders (-) the hiring of planners. It may loop: influence is not
// precedence.
var influences = []graph.Edge[record.Ref]{
	{From: ref("pay"), To: ref("planners"), Label: "+", Weight: 60},
	{From: ref("planners"), To: ref("decisions"), Label: "+", Weight: 75},
	{From: ref("decisions"), To: ref("homes"), Label: "+", Weight: 50},
	{From: ref("homes"), To: ref("fees"), Label: "+", Weight: 50},
	{From: ref("fees"), To: ref("pay"), Label: "+", Weight: 50},
	{From: ref("homes"), To: ref("workload"), Label: "+", Weight: 50},
	{From: ref("workload"), To: ref("planners"), Label: "-", Weight: -50},
	{From: ref("training"), To: ref("planners"), Label: "+", Weight: 40},
}

func (a *answers) circles() error {
	a.ask("Which circles are we caught in, and which link would undo them?")
	g, err := graph.FromEdges(influences)
	if err != nil {
		return err
	}
	a.say("the shortest: %s", walk(g.Cycle()))
	for loop := range g.Loops(nil) {
		a.say("%s: %s", loop.Polarity, walk(loop.Edges))
	}
	for _, e := range g.Feedback() {
		a.say("without this link there is no circle: %s", walk([]graph.Edge[record.Ref]{e}))
	}
	parts, condensed := g.Condense()
	for i, members := range parts.All() {
		if len(members) > 1 {
			a.list("these only move together", parts.Members(i))
		}
	}
	a.say("seen as one point each, %d things and %d links", condensed.Len(), condensed.NumEdges())
	return nil
}

func (a *answers) influence() error {
	a.ask("If pay is settled and the workload stays, how far is each thing served?")
	g, err := graph.FromEdges(influences)
	if err != nil {
		return err
	}
	given := map[record.Ref]int{ref("pay"): 100, ref("workload"): 50, ref("training"): 50}
	found, err := graph.Influence[record.Ref]{
		Graph: g,
		Given: func(r record.Ref) (int, bool) { v, ok := given[r]; return v, ok },
	}.Evaluate()
	if err != nil {
		return err
	}
	for node, s := range found.All() {
		if !s.Known {
			a.say("%-10s would depend on itself", node.ID)
			continue
		}
		a.say("%-10s %+4d on a scale from -100 (denied) to +100 (satisfied)", node.ID, s.Value)
	}
	return nil
}
