package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// compared is how two plans differ.
type compared struct {
	From        string       `json:"from"`
	To          string       `json:"to"`
	Differences []difference `json:"differences"`
	Review      verdicts     `json:"review"`
}

type difference struct {
	Kind    mission.DifferenceKind `json:"kind"`
	Record  record.Ref             `json:"record"`
	Members []string               `json:"members,omitempty"`
	DueFrom calendar.When          `json:"due_from,omitzero"`
	DueTo   calendar.When          `json:"due_to,omitzero"`
}

// verdicts is what the review says otherwise of the second plan.
type verdicts struct {
	Appeared           []review.Finding    `json:"appeared,omitempty"`
	Cleared            []review.Finding    `json:"cleared,omitempty"`
	OutOfSight         []review.Finding    `json:"out_of_sight,omitempty"`
	BecameAssessable   []review.Unassessed `json:"became_assessable,omitempty"`
	BecameUnassessable []review.Unassessed `json:"became_unassessable,omitempty"`
	SetAside           []review.Finding    `json:"set_aside,omitempty"`
	NoLongerSetAside   []review.Finding    `json:"no_longer_set_aside,omitempty"`
}

func (p *program) diff() *cobra.Command {
	var status bool
	c := &cobra.Command{
		Use:   "diff A B",
		Short: "Say how two plans differ, and what that changes in the review",
		Long: `diff compares two plans record by record: what was added, dropped, changed (and
in which members) and which milestones were re-dated. The order of records, and
whether a plan is in YAML or JSON, play no part. Then it compares the reviews
of both: what appeared, what was cleared, what fell out of sight, and what can
be told now and could not be before.

Each plan is looked at from its own day, unless --on gives one.

The exit status is 0 whether they differ or not, and 1 where one has faults;
with --exit-code it is also 1 where they differ.`,
		Example: `  missions diff last-month.yaml plan.yaml
  missions diff plan.json plan.yaml --exit-code
  git show HEAD:plan.yaml | missions diff - plan.yaml`,
		Args: needs(2, 2, "two plans"),
		RunE: func(_ *cobra.Command, args []string) error {
			d, err := p.compare(args[0], args[1])
			if err != nil {
				return err
			}
			if p.json {
				err = p.answer(d)
			} else {
				p.tellDifferences(d)
			}
			if err == nil && status && len(d.Differences) > 0 {
				return errFaults
			}
			return err
		},
	}
	c.Flags().BoolVar(&status, "exit-code", false, "exit with status 1 where the plans differ")
	return c
}

func (p *program) compare(from, to string) (compared, error) {
	d := compared{From: shown(from), To: shown(to), Differences: []difference{}}
	if from == "-" && to == "-" {
		return d, fmt.Errorf("only one of the two plans can come from standard input")
	}
	before, old, err := p.reviewed(from)
	if err != nil {
		return d, err
	}
	after, fresh, err := p.reviewed(to)
	if err != nil {
		return d, err
	}
	for _, x := range mission.Diff(before.Spec(), after.Spec()) {
		d.Differences = append(d.Differences, difference{x.Kind, x.Ref, x.Members, x.From, x.To})
	}
	d.Review = verdicts(review.Compare(old, fresh))
	return d, nil
}

func (p *program) tellDifferences(d compared) {
	if len(d.Differences) == 0 {
		p.say(p.out, "", "", d.From+" and "+d.To+" hold the same records.")
	} else {
		verb := " differ"
		if len(d.Differences) == 1 {
			verb = " differs"
		}
		p.say(p.out, "", "", count(len(d.Differences), "record")+verb+" from "+d.From+" to "+d.To+":")
	}
	for _, x := range d.Differences {
		p.say(p.out, fmt.Sprintf("  %-8s  ", x.Kind), "            ", x.describe())
	}
	r := &d.Review
	p.tellFindings("Found now, and not before", r.Appeared)
	p.tellFindings("Cleared: looked at again, and nothing found", r.Cleared)
	p.tellFindings("Out of sight: found before, and cannot be told now", r.OutOfSight)
	p.tellUnassessed("Can be told now, and could not before", r.BecameAssessable)
	p.tellUnassessed("Cannot be told now, and could before", r.BecameUnassessable)
	p.tellFindings("Set aside now, or otherwise than before", r.SetAside)
	p.tellFindings("No longer set aside", r.NoLongerSetAside)
	if c := review.Comparison(*r); c.IsZero() {
		p.say(p.out, "\n", "", "The review says the same of both.")
	}
}

func (x *difference) describe() string {
	s := x.Record.String()
	if x.Kind == mission.Redated {
		s += ": due " + dated(x.DueFrom) + " -> " + dated(x.DueTo)
	}
	var others []string
	for _, m := range x.Members {
		if x.Kind != mission.Redated || m != "due" {
			others = append(others, m)
		}
	}
	if len(others) > 0 {
		s += " (" + strings.Join(others, ", ") + ")"
	}
	return s
}

func dated(w calendar.When) string {
	if w.IsZero() {
		return "no date"
	}
	return w.String()
}

func (p *program) tellFindings(title string, list []review.Finding) {
	if len(list) > 0 {
		p.say(p.out, "\n", "", title+":")
	}
	for i := range list {
		f := &list[i]
		p.say(p.out, "  ", "    ", f.Rule.ID+" "+f.Rule.Slug+": "+f.Subject.String()+": "+f.Text)
	}
}

func (p *program) tellUnassessed(title string, list []review.Unassessed) {
	if len(list) > 0 {
		p.say(p.out, "\n", "", title+":")
	}
	for i := range list {
		p.say(p.out, "  ", "    ", list[i].String())
	}
}
