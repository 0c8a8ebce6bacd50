package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/mission/review"
)

func (p *program) review() *cobra.Command {
	var rules []string
	var full bool
	c := &cobra.Command{
		Use:   "review PLAN",
		Short: "List what stands out, what cannot be told, and what to ask",
		Long: `review reads a plan by the rules of the library. Each finding says what it
rests on, when it would be a false alarm, and which question to ask next. What
cannot be told is listed apart; --full adds what would have to be recorded for
each, and how much every rule looked at. Findings are no faults: the exit status
is 0 however many there are.

The same plan from another day, as known at another time, or without hearsay:
  --on 2026-06-30   --known 2025-12-31   --without hearsay,opinion

The numbers of the rules, which --threshold sets:
` + thresholdList(),
		Example: `  missions review plan.yaml
  missions review plan.yaml --full
  missions review plan.yaml --on 2027-01-01 --without hearsay,opinion
  missions review plan.yaml --rule F38 --threshold F38.days=200
  missions review plan.yaml --json | jq '.findings[].text'`,
		Args: needs(1, 1, "one plan"),
		RunE: func(_ *cobra.Command, args []string) error {
			r, err := p.chosen(args[0], rules)
			if err != nil {
				return err
			}
			if p.json {
				return p.answer(r)
			}
			if full {
				return p.write(p.out, []byte(r.String()))
			}
			return p.write(p.out, []byte(r.Brief()))
		},
	}
	c.Flags().BoolVar(&full, "full", false, "say of everything that cannot be told what to record, and show the coverage")
	c.Flags().StringSliceVar(&rules, "rule", nil, "run these `RULES` only, by id or name")
	return c
}

// chosen reviews a plan by some of the rules, or by all.
func (p *program) chosen(name string, rules []string) (*review.Review, error) {
	o, err := p.options()
	if err != nil {
		return nil, err
	}
	o.Rules = rules
	if _, err := review.Run(nil, o); err != nil {
		return nil, err // before the plan is read, since it does not depend on it
	}
	m, err := p.model(name)
	if err != nil {
		return nil, err
	}
	return review.Run(m, o)
}

// thresholdList is a line for each number of a rule.
func thresholdList() string {
	var b strings.Builder
	for _, r := range review.Rules() {
		for _, t := range r.Thresholds {
			b.WriteString("  " + t.Name + "  " + strconv.FormatFloat(t.Value, 'f', -1, 64) + " " + t.Unit + " (" + r.Slug + ")\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}
