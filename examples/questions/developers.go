package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/review"
	"github.com/missionled/missionled/mission/scenario"
)

var developers = []question{
	{"D1", "Which milestones have no owner, no money or no steward, and of which does nobody know?", d1},
	{"D2", "What do we count on from whom, and have they said yes?", d2},
	{"D3", "If the advice centre can do less, what suffers, and at which tier?", d3},
	{"D4", "By which way is the money for visits accounted for to Parliament, and where does the way break?", d4},
	{"D5", "What may the visiting team do without asking, who said so, and does the team know it?", d5},
	{"D6", "What can we publish, and what was withheld?", d6},
	{"D7", "Against last month: which findings came, which went, and what can be told now?", d7},
	{"D8", "What is the least to record so that we can tell whether the work is joined up (F87)?", d8},
	{"D9", "What of our work is for a mission, what is near one, and what is good as it is?", d9},
	{"D10", "How do we deal with our partners, and is it what they expected?", d10},
	{"D11", "Another service wrote a plan with roles we have never heard of. Do we lose them?", d11},
}

// d1 asks who owns each milestone, whether money is set aside for it, and whether its mission has a steward.
func d1(p *plan, w io.Writer) {
	for _, id := range p.m.Plan().Milestones() {
		step := p.m.Plan().Milestone(id, now)[0].Record
		owner, _ := p.m.Register().Answerable(milestone.Ref(id), accountability.MilestoneOwner, now)
		steward, _ := p.m.Register().Answerable(mission.Ref(step.Missions[0]), accountability.MissionSteward, now)
		paid := len(p.m.Accounts().AllocationsFor(milestone.Ref(id), now)) > 0
		unpaid := slices.ContainsFunc(p.m.Events(milestone.Ref(id), mission.Funded, now), absent)
		fmt.Fprintf(w, "- %s: owner %v, money %s, steward %v\n", step.Name, owner.State, either(paid, unpaid), steward.State)
	}
}

// d2 lists the dependencies, with who would have to provide what is counted on.
func d2(p *plan, w io.Writer) {
	for _, c := range p.m.Plan().Dependencies(now) {
		for _, on := range p.m.Initiative(c.Record.On.ID, now) {
			fmt.Fprintf(w, "- %s needs %s from %s. Agreed: %s\n", p.m.Name(c.Record.Dependent), on.Record.Name,
				party(p.m, on.Record.By), known(c.Record.Agreed))
		}
	}
}

// d3 follows the dependencies from the advice centre, and asks at which tier whoever answers for each thing sits.
func d3(p *plan, w io.Writer) {
	for _, ref := range p.m.Graph(now).Descendants(work("advice")) {
		tier := "nobody on record answers for it"
		for _, wire := range scenario.Wiring(p.m, ref, now).Answers {
			for _, who := range p.m.Register().Party(wire.Party, now) {
				tier = who.Record.Tier
			}
		}
		fmt.Fprintf(w, "- %s (%s): %s\n", p.m.Name(ref), ref.Kind, tier)
	}
}

// d4 prints the trail of one allocation.
func d4(p *plan, w io.Writer) {
	for _, trail := range p.m.Accounts().Trails("visit-money", record.Ref{Kind: accountability.KindParty, ID: "parliament"}, now) {
		for _, path := range trail.Paths {
			for _, step := range path.Steps {
				fmt.Fprintf(w, "- %s (%v)\n", strings.TrimSpace(step.Via+" "+p.m.Name(step.To)), step.State)
			}
		}
		fmt.Fprintf(w, "Breaks: %s\n", orNone(trail.Breaks))
	}
}

// d5 lists the freedoms as giver and holder see them, the grants, and asks about one act.
func d5(p *plan, w io.Writer) {
	for _, c := range p.m.Register().Freedoms(work("first-visit"), now) {
		fmt.Fprintf(w, "- %s, given by %s; says %s: granted: %s, perceived: %s\n", c.Record.Name, party(p.m, c.Record.Giver),
			party(p.m, record.ID(c.Record.Claimant)), known(c.Record.Granted), known(c.Record.Perceived))
	}
	act := accountability.Act{Actor: "team", Power: accountability.PowerSpend, Subject: work("first-visit"), Amount: record.Money{Minor: 80000, Currency: "GBP"}}
	verdict := p.m.Register().Check(act, now)
	fmt.Fprintf(w, "To spend %v on a visit: %v %s\n", act.Amount, verdict.Permission, verdict.Why)
}

// d6 makes the public copy, and says what is not in it.
func d6(p *plan, w io.Writer) {
	copied := must(mission.Publish(p.spec, mission.View{On: p.on}))
	for _, r := range copied.Removed {
		fmt.Fprintf(w, "- withheld: %d of %s %s: %s\n", r.Count, r.Kind, r.Field, r.Why)
	}
	fmt.Fprintf(w, "%d things are withheld by name, %d texts are for somebody to read first. The same rules find %d things in the copy.\n",
		len(copied.Withheld), len(copied.Look), len(review.Of(must(copied.Model())).Findings))
}

// d7 looks at the plan as it was known at the end of last month, and as it is.
func d7(p *plan, w io.Writer) {
	may := mission.View{On: calendar.On(2026, 5, 31), Known: time.Date(2026, 5, 31, 23, 59, 0, 0, time.UTC)}
	change := review.Compare(review.Of(must(mission.Compile(p.spec, may))), review.Of(p.m))
	fmt.Fprintf(w, "Appeared: %s\nCleared: %s\n", rules(change.Appeared), rules(change.Cleared))
	for _, u := range change.BecameAssessable {
		fmt.Fprintf(w, "Can be told now: %s %s (%v)\n", u.Rule.ID, u.Rule.Slug, u.Subject)
	}
}

// d8 asks what a rule that cannot tell would have to know.
func d8(p *plan, w io.Writer) {
	for _, need := range must(scenario.ToKnow(p.m, scenario.Question{Rule: "F87", Subject: mission.Ref("work")})).Needs {
		for _, d := range need.Data {
			fmt.Fprintf(w, "- %s: %s\n", d.What, d.Way)
		}
		fmt.Fprintf(w, "Records that may do, for %s: %d\n", need.Name, need.Fewest())
	}
}

// d9 reads how each piece of work stands to the missions.
func d9(p *plan, w io.Writer) {
	for _, id := range p.m.Initiatives() {
		status := "nobody has said"
		if c := p.m.Initiative(id, now)[0]; !c.Record.Status.IsZero() {
			status = c.Record.Status.String()
		}
		fmt.Fprintf(w, "- %s: %s\n", p.m.Name(work(id)), status)
	}
	fmt.Fprintf(w, "Called mission work and nothing else changed: %s\n", rules(must(review.Run(p.m, review.Options{Rules: []string{"F09"}})).Findings))
}

// d10 reads the stance that each party takes towards another, beside the one that was expected.
func d10(p *plan, w io.Writer) {
	for _, c := range p.m.Relations(now) {
		expected := c.Record.Expected
		if expected == "" {
			expected = "unknown"
		}
		fmt.Fprintf(w, "- %s towards %s: %s; expected: %s\n", party(p.m, c.Record.Party), party(p.m, c.Record.With), c.Record.Stance, expected)
	}
}

// d11 reads the other plan, puts it beside ours, asks by its own words, and writes it again.
func d11(p *plan, w io.Writer) {
	theirs := must(document.Unmarshal(elsewhere, document.Options{}))
	both := must(mission.Compile(must(p.spec.Merge(theirs)), mission.View{On: p.on}))
	for _, word := range both.Register().Duties(mission.Ref("harbour-work")) {
		a, _ := both.Register().Answerable(mission.Ref("harbour-work"), word, now)
		fmt.Fprintf(w, "- %s: %v, by %s\n", word, a.State, party(both, a.Carriers[0].Post))
	}
	again := must(document.Unmarshal(must(document.Marshal(theirs)), document.Options{}))
	fmt.Fprintf(w, "Tier %q, sector %q, stance %q and event %q stay. Records that differ once written and read again: %d\n", again.Parties[0].Tier,
		again.Parties[0].Sector, again.Relations[0].Stance, again.Events[0].Kind, len(mission.Diff(theirs, again)))
}
