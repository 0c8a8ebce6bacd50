package main

import (
	"bytes"
	"context"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission/review"
	"github.com/missionled/missionled/mission/scenario"
)

func (p *program) whatif() *cobra.Command {
	var forum string
	var trials, seed uint64
	c := &cobra.Command{
		Use:   "compare BEFORE AFTER",
		Short: "Say what follows where one plan differs from another",
		Long: `compare looks at two plans and says what follows from their differences:
findings that appear, clear or become assessable; dates and chances that move;
paths of account that open or break; posts that change hands; and who decides,
answers and pays. "diff" lists the records that differ; compare says what that
comes to.

With --trials the chances of both plans are simulated with the same draws, so
that what moves is the plan and not the luck.`,
		Example: `  missions compare plan.yaml pooled.yaml
  missions compare plan.yaml later.yaml --trials 20000
  missions compare plan.yaml vacant.yaml --forum party/parliament --json`,
		Args: needs(2, 2, "two plans"),
		RunE: func(c *cobra.Command, args []string) error {
			o, err := p.options()
			if err != nil {
				return err
			}
			before, err := p.model(args[0])
			if err != nil {
				return err
			}
			after, err := p.model(args[1])
			if err != nil {
				return err
			}
			options := scenario.Options{Review: o, Trials: trials, Seed: seed}
			if forum != "" {
				if options.Forum, err = subject(after, forum); err != nil {
					return err
				}
			}
			d, err := scenario.Compare(contextOf(c), before, after, options)
			if err != nil {
				return err
			}
			if p.json {
				return p.answer(d)
			}
			var b bytes.Buffer
			if err := d.WriteText(&b); err != nil {
				return err
			}
			return p.write(p.out, b.Bytes())
		},
	}
	f := c.Flags()
	f.StringVar(&forum, "forum", "", "the `FORUM` or party that paths of account are to reach (default: the nearest that may ask)")
	f.Uint64Var(&trials, "trials", 0, "how many `TRIALS` of each plan the chances rest on; 0 compares no chances")
	f.Uint64Var(&seed, "seed", 1, "the `SEED` of the draws")
	return c
}

func contextOf(c *cobra.Command) context.Context {
	if ctx := c.Context(); ctx != nil {
		return ctx
	}
	return context.Background()
}

func (p *program) know() *cobra.Command {
	return &cobra.Command{
		Use:   "know RULE [SUBJECT] PLAN",
		Short: "Say the least to record for a rule to be able to tell",
		Long: `know answers "what would I have to record to know?": for a rule, and a subject
where one is named, it lists what is missing, the fewest records that would hold
it, and whether a view leaves out something that would tell already.`,
		Example: `  missions know F38 plan.yaml
  missions know leaderless-mission warm-homes plan.yaml`,
		Args: needs(2, 3, "a rule and a plan"),
		RunE: func(_ *cobra.Command, args []string) error {
			o, err := p.options()
			if err != nil {
				return err
			}
			m, err := p.model(args[len(args)-1])
			if err != nil {
				return err
			}
			q := scenario.Question{Rule: args[0], Thresholds: o.Thresholds}
			if len(args) == 3 {
				if q.Subject, err = subject(m, args[1]); err != nil {
					return err
				}
			}
			k, err := scenario.ToKnow(m, q)
			if err != nil {
				return err
			}
			if p.json {
				return p.answer(k)
			}
			var b bytes.Buffer
			if err := k.WriteText(&b); err != nil {
				return err
			}
			return p.write(p.out, b.Bytes())
		},
	}
}

func (p *program) tensions() *cobra.Command {
	var about string
	var all bool
	c := &cobra.Command{
		Use:   "tensions PLAN",
		Short: "Show what pulls two ways, and the evidence for both",
		Long: `tensions shows, for missions at large and for each mission, what a plan records
of both sides of the tensions that mission-led government has to live with. It
weighs nothing: there is no balance and no score.`,
		Example: `  missions tensions plan.yaml
  missions tensions plan.yaml --about warm-homes --all`,
		Args: needs(1, 1, "a plan"),
		RunE: func(_ *cobra.Command, args []string) error {
			m, err := p.model(args[0])
			if err != nil {
				return err
			}
			var of record.Ref
			if about != "" {
				if of, err = subject(m, about); err != nil {
					return err
				}
			}
			var shown []review.TensionView
			silent := 0
			for _, v := range review.TensionsIn(m) {
				switch {
				case v.Subject != of:
				case v.IsSilent() && !all:
					silent++
				default:
					shown = append(shown, v)
				}
			}
			if p.json {
				return p.answer(shown)
			}
			var b bytes.Buffer
			for i := range shown {
				b.WriteString(shown[i].String() + "\n")
			}
			if silent > 0 {
				b.WriteString("Nothing is recorded on " + count(silent, "other tension") + "; --all lists them.\n")
			}
			return p.write(p.out, b.Bytes())
		},
	}
	c.Flags().StringVar(&about, "about", "", "one `MISSION` (default: missions at large)")
	c.Flags().BoolVar(&all, "all", false, "also those of which nothing is recorded")
	return c
}

func (p *program) design() *cobra.Command {
	return &cobra.Command{
		Use:   "design MISSION DESIGN PLAN",
		Short: "Hold a mission against a reference design",
		Long: `design compares how a mission is set up with one of the reference designs that
the literature proposes, element by element. Silence is unknown, not absent.

` + designList(),
		Example: `  missions design warm-homes RD1 plan.yaml`,
		Args:    needs(3, 3, "a mission, a design and a plan"),
		RunE: func(_ *cobra.Command, args []string) error {
			m, err := p.model(args[2])
			if err != nil {
				return err
			}
			v, err := review.CompareDesign(m, record.ID(args[0]), args[1])
			if err != nil {
				return err
			}
			if p.json {
				return p.answer(v)
			}
			return p.write(p.out, []byte(v.String()))
		},
	}
}

func designList() string {
	var b bytes.Buffer
	for _, d := range review.Designs() {
		b.WriteString("  " + d.ID + "  " + d.Title + "\n")
	}
	return b.String()
}

func (p *program) recall() *cobra.Command {
	return &cobra.Command{
		Use:     "recall PLAN",
		Short:   "Show earlier reforms, their fate, and barriers that came back",
		Example: `  missions recall plan.yaml`,
		Args:    needs(1, 1, "a plan"),
		RunE: func(_ *cobra.Command, args []string) error {
			m, err := p.model(args[0])
			if err != nil {
				return err
			}
			r := review.Recall(m)
			if p.json {
				return p.answer(r)
			}
			return p.write(p.out, []byte(r.String()))
		},
	}
}
