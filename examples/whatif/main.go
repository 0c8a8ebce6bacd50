// Whatif asks of one made-up plan what would change if a director left, if a date moved, and if two departments shared a duty;
// and of another what would change if a town had one budget in the place of two. Each change is a value; the plan itself is
// never touched, and the two models are compared.
//
//	go run ./examples/whatif
package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

var (
	today = calendar.On(2026, 6, 30)
	homes = mission.Ref("warm-homes")
)

// plan is one mission, two milestones, and who answers for them. All of it is made up.
func plan() mission.Spec {
	party := func(id, name string, kind accountability.PartyKind, of record.ID) accountability.Party {
		return accountability.Party{Record: record.Invented(record.ID(id)), Kind: kind, Name: name, OfParty: of}
	}
	return mission.Spec{
		Parties: []accountability.Party{
			party("housing", "Department for housing", accountability.Organisation, ""),
			party("energy", "Department for energy", accountability.Organisation, ""),
			party("minister", "Minister for housing", accountability.Post, "housing"),
			party("director", "Director, warm homes", accountability.Post, "housing"),
			party("holder-1", "", accountability.Person, ""),
			party("holder-2", "", accountability.Person, ""),
		},
		Holdings: []accountability.Holding{
			{Record: record.Invented("minister-now"), Post: "minister", Holder: "holder-1"},
			{Record: record.Invented("director-now"), Post: "director", Holder: "holder-2"},
		},
		Missions: []mission.Mission{{Record: record.Invented("warm-homes"), Name: "Every home warm by 2035", Announced: calendar.MustParseWhen("2025-01-15"), Stage: mission.StageActive}},
		Milestones: []milestone.Milestone{
			{Record: record.Invented("street"), Missions: []record.ID{"warm-homes"}, Name: "One street insulated", Due: calendar.MustParseWhen("2026-09-30")},
			{Record: record.Invented("town"), Missions: []record.ID{"warm-homes"}, Name: "The town insulated", Due: calendar.MustParseWhen("2029")},
		},
		Dependencies: []milestone.Dependency{{Record: record.Invented("street-first"), Dependent: milestone.Ref("town"), On: milestone.Ref("street"), Kind: milestone.FinishStart}},
		Duties: []accountability.Duty{
			{Record: record.Invented("steward"), Duty: accountability.MissionSteward, Subject: homes, Post: "minister"},
			{Record: record.Invented("lead"), Duty: accountability.MissionLead, Subject: homes, Post: "director",
				Means: accountability.Means{Budget: record.Known(true), People: record.Known(true), Route: record.Known(true)}},
			{Record: record.Invented("owner"), Duty: accountability.MilestoneOwner, Subject: milestone.Ref("street"), Post: "housing"},
		},
	}
}

// question is a change to ask about, and what of the answer to print.
type question struct {
	asks    string
	changes []mission.Change
	subject record.Ref
	duty    string
}

func questions() []question {
	gone := mission.Vacate{Post: "director", From: calendar.On(2026, 5, 1)}
	shared := accountability.Duty{Record: record.Invented("owner-too"), Duty: accountability.MilestoneOwner, Subject: milestone.Ref("street"), Post: "energy", Part: "the heat pumps"}
	return []question{
		{asks: "What if the director had left in May and nobody followed?", changes: []mission.Change{gone},
			subject: homes, duty: accountability.MissionLead},
		{asks: "What if the street came a year later?", changes: []mission.Change{mission.Redate{Milestone: "street", Due: calendar.MustParseWhen("2027-09-30")}},
			subject: milestone.Ref("street"), duty: accountability.MilestoneOwner},
		{asks: "What if the department for energy shared the street?", changes: []mission.Change{mission.Add{Records: mission.Spec{Duties: []accountability.Duty{shared}}}},
			subject: milestone.Ref("street"), duty: accountability.MilestoneOwner},
	}
}

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(w io.Writer) error {
	before, err := mission.Compile(plan(), mission.View{On: today})
	if err != nil {
		return err
	}
	for _, q := range questions() {
		after, err := mission.Compile(plan(), mission.View{On: today, Changes: q.changes})
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\n", q.asks)
		q.answer(w, before, after)
		fmt.Fprintln(w)
	}
	return pooled(w)
}

// answer prints what differs between two models: the records, who answers, what leans on what moved, and the review.
func (q question) answer(w io.Writer, before, after *mission.Model) {
	for _, d := range mission.Diff(before.Spec(), after.Spec()) {
		fmt.Fprintf(w, "  %s: %s", d.Kind, d.Ref)
		if d.Kind == mission.Redated {
			fmt.Fprintf(w, ", from %s to %s", d.From, d.To)
			for _, ref := range after.Graph(record.Moment{}).Descendants(d.Ref) {
				fmt.Fprintf(w, "\n    leans on it: %s", after.Name(ref))
			}
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "  %s of %s: %s; then %s\n", q.duty, before.Name(q.subject), stands(before, q), stands(after, q))
	c := review.Compare(review.Of(before), review.Of(after))
	for _, f := range c.Appeared {
		fmt.Fprintf(w, "  appears: %s %s\n    ask: %s\n", f.Rule.ID, f.Rule.Slug, f.Rule.Question)
	}
	for _, f := range c.Cleared {
		fmt.Fprintf(w, "  clears: %s %s\n", f.Rule.ID, f.Rule.Slug)
	}
	for _, f := range c.OutOfSight {
		fmt.Fprintf(w, "  can no longer be told: %s %s\n", f.Rule.ID, f.Rule.Slug)
	}
	if c.IsZero() {
		fmt.Fprintln(w, "  the review says the same of both")
	}
}

// stands says how a duty stands in a model, and who carries it.
func stands(m *mission.Model, q question) string {
	answer, ok := m.Register().Answerable(q.subject, q.duty, record.Moment{})
	if !ok {
		return "not recorded"
	}
	var s strings.Builder
	s.WriteString(answer.State.String())
	for i, c := range answer.Carriers {
		switch {
		case i > 0:
			s.WriteString(" and ")
		case answer.State == accountability.Held:
			s.WriteString(" by ")
		default:
			s.WriteString(", the post: ")
		}
		s.WriteString(m.Name(record.Ref{Kind: accountability.KindParty, ID: c.Post}))
		if c.Duty.Part != "" {
			s.WriteString(" (" + c.Duty.Part + ")")
		}
	}
	return s.String()
}
