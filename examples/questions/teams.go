package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

var teams = []question{
	{"T1", "Which assumption that nobody has tested could hurt us most?", t1},
	{"T2", "How long does it take from seeing something at the desk to a change of how things are done?", t2},
	{"T3", "What was tried and learnt, who was told, and did anybody use it?", t3},
	{"T4", "What are we protected from, until when, and by whom?", t4},
	{"T5", "What would make us stop, change course or do more of it, and have we said so?", t5},
	{"T6", "Which barrier has stood longest, and who could take it away?", t6},
	{"T7", "What did being asked cost us this month, and what came of it?", t7},
	{"T8", "What could we publish this week?", t8},
	{"T9", "Which freedom have we never used?", t9},
	{"T10", "Which join, made, would shorten the way of somebody who comes to us?", t10},
}

// t1 asks what the mission rests on, keeps what no evidence bears on, and says by how much the chance of the mission hangs on it.
func t1(p *plan, w io.Writer) {
	prospects := must(p.m.Ledger().Outlook(context.Background(), now, learning.OutlookOptions{Targets: []record.Ref{mission.Ref("work")}}))
	aim, _ := prospects.Of(mission.Ref("work"))
	slices.SortStableFunc(aim.Rests, func(a, b learning.Reliance) int { return cmp.Compare(b.Importance(), a.Importance()) })
	for _, r := range aim.Rests {
		if slices.Contains(aim.Untested, record.ID(r.Link)) {
			link := p.m.Ledger().Contribution(record.ID(r.Link), now)[0].Record
			fmt.Fprintf(w, "- %s leads to %s (assumed: %s): %.0f points hang on it, and it is believed to %.0f%%\n", p.m.Name(link.Cause),
				p.m.Name(link.Effect), orNone(link.Assumptions), 100*r.Importance(), 100*r.Belief)
		}
	}
}

// t2 follows what was seen to the decision that it informed, and to the change that this led to.
func t2(p *plan, w io.Writer) {
	for _, e := range p.spec.Events {
		for _, led := range e.LedTo {
			for _, seen := range p.m.Ledger().Evidence(e.Subject.ID, now) {
				first, then, last := seen.Record.Observed.Latest(), e.OnDay.Latest(), event(p, led).OnDay.Latest()
				fmt.Fprintf(w, "- %s: %d days to a decision, %d more to the change, %d in all\n", seen.Record.Statement, then.Sub(first), last.Sub(then), last.Sub(first))
			}
		}
	}
}

// t3 reads every lesson, with who was told of it and what has used it.
func t3(p *plan, w io.Writer) {
	for _, experiment := range append(p.m.Ledger().Experiments(), "") {
		for _, c := range p.m.Ledger().Lessons(experiment, now) {
			fmt.Fprintf(w, "- %s\n    told: %s; used in: %s\n", c.Record.Learned, parties(p.m, c.Record.ReceivedBy), things(p.m, c.Record.ReusedIn))
		}
	}
}

// t4 reads the learning spaces that hold on the day.
func t4(p *plan, w io.Writer) {
	for _, c := range p.m.Register().LastSpaces(now.Known) {
		fmt.Fprintf(w, "- %s, until %v, carried by %s\n    protected: %s\n    never: %s\n", c.Record.Name, c.Valid.Until, party(p.m, c.Record.Sponsor),
			strings.Join(c.Record.Protected, "; "), strings.Join(c.Record.Never, "; "))
	}
}

// t5 reads the rules that were declared before each experiment, and what flags that none were.
func t5(p *plan, w io.Writer) {
	for _, id := range p.m.Ledger().Experiments() {
		x := p.m.Ledger().Experiment(id, now)[0].Record
		fmt.Fprintf(w, "- %s stops early if: %s\n", x.Name, orNone(x.Exposure.StopRules))
		for _, rule := range x.Protocol.Rules {
			fmt.Fprintf(w, "    %s\n", rule.Sentence())
		}
	}
	fmt.Fprintf(w, "Started with nothing said beforehand: %s\n", flagged(must(p.m.Ledger().Flags(now)).Raised, learning.NoPreDeclaredRule))
}

// t6 puts the barriers that still stand in the order in which they were reported.
func t6(p *plan, w io.Writer) {
	standing := slices.DeleteFunc(p.m.Barriers(now), func(c record.Claim[mission.Barrier]) bool {
		return c.Record.Subject.IsZero() || !c.Record.Removed.IsZero()
	})
	slices.SortStableFunc(standing, func(a, b record.Claim[mission.Barrier]) int {
		return a.Record.Raised.Latest().Compare(b.Record.Raised.Latest())
	})
	for _, c := range standing {
		fmt.Fprintf(w, "- %s, for %d days; can be taken away by %s\n", c.Record.Name, p.on.Sub(c.Record.Raised.Latest()), party(p.m, c.Record.Remover))
	}
}

// t7 adds up the hours that requests of the month took, and counts the decisions that anything informed.
func t7(p *plan, w io.Writer) {
	month, hours, asked, informed := calendar.On(2026, 6, 1), 0.0, 0, 0
	for _, e := range p.spec.Events {
		switch in := !e.OnDay.Before(month); {
		case in && e.Kind == mission.MonitoringRequest:
			hours, asked = hours+e.Size.Float(), asked+1
		case in && e.Kind == mission.DecisionInformed:
			informed++
		}
	}
	fmt.Fprintf(w, "%d requests took %.0f hours; decisions that figures informed: %d\n", asked, hours, informed)
}

// t8 makes the public copy, and lists the lessons and forums in it of which nobody has recorded that they were published.
func t8(p *plan, w io.Writer) {
	open := must(must(mission.Publish(p.spec, mission.View{On: p.on})).Model())
	for ref := range open.Records() {
		if ref.Kind == learning.KindLesson && len(open.Events(ref, mission.Published, now)) == 0 {
			fmt.Fprintf(w, "- %v: not recorded as published, and nothing in the public copy stands against it\n", ref)
		}
	}
}

// t9 lists the freedoms of which somebody says that the team has not used them.
func t9(p *plan, w io.Writer) {
	for _, c := range p.m.Register().Freedoms(work("first-visit"), now) {
		if used, ok := c.Record.Used.Get(); ok && !used {
			fmt.Fprintf(w, "- %s: not used, says %s; perceived: %s\n", c.Record.Name, party(p.m, record.ID(c.Record.Claimant)), known(c.Record.Perceived))
		}
	}
}

// t10 makes each join that is said to be missing, and measures the way again.
func t10(p *plan, w io.Writer) {
	way := journey(p.m)
	fmt.Fprintf(w, "As it is: %.0f days\n", days(way))
	for _, c := range p.m.Events(work("first-visit"), mission.WorkingLink, now) {
		if e := c.Record; e.Absent {
			fmt.Fprintf(w, "- %s with %s: %.0f days\n", parties(p.m, e.By), parties(p.m, e.With), days(way, join(e.By[0], e.With[0])))
		}
	}
}
