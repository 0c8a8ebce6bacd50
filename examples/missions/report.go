package main

import (
	"bytes"
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/report"
)

func (p *program) report() *cobra.Command {
	var out, since string
	var trials uint64
	c := &cobra.Command{
		Use:   "report PLAN -o FILE",
		Short: "Write the plan and its review as one page to read and print",
		Long: `report writes one HTML file: what matters first, the map, the milestones and
how they stand, who answers, what stands out, what cannot be told, and where
each statement comes from. The file needs nothing else, holds no script, and
prints on A4.

Where the plan has activities, the page has a chart of them with the chances of
being done in time. --since adds what changed since an older plan.

With --public no person is named, and what is not for the public is left out.`,
		Example: `  missions report plan.yaml -o plan.html
  missions report plan.yaml --public --on 2026-06-30 -o public.html
  missions report plan.yaml --since last-month.yaml -o plan.html`,
		Args: needs(1, 1, "one plan"),
		RunE: func(c *cobra.Command, args []string) error {
			if out == "" {
				return errors.New("name the file to write with -o, as in -o plan.html, or - for standard output")
			}
			m, r, err := p.reviewed(args[0])
			if err != nil {
				return err
			}
			options := &report.Options{}
			if since != "" {
				if options.Since, options.SinceReview, err = p.reviewed(since); err != nil {
					return err
				}
			}
			if len(m.Plan().Activities()) > 0 {
				if err := p.timed(c.Context(), m, options, trials); err != nil {
					return err
				}
			}
			bar := p.progress(1, "writing the page")
			var b bytes.Buffer
			err = report.Write(&b, m, r, options)
			bar.done()
			if err != nil {
				return err
			}
			return p.save(out, b.Bytes())
		},
	}
	c.Flags().StringVar(&since, "since", "", "an older plan, a `FILE`: the page says what changed")
	c.Flags().Uint64Var(&trials, "trials", 10_000, "how many `TRIALS` the chances rest on")
	c.Flags().StringVarP(&out, "output", "o", "", "write to `FILE`; - is standard output")
	return c
}

// timed adds the schedule of a plan to its page, and the chances where something about it is uncertain.
func (p *program) timed(ctx context.Context, m *mission.Model, o *report.Options, trials uint64) error {
	s, err := m.Plan().Schedule(record.Moment{}, milestone.ScheduleOptions{})
	if err != nil {
		return err
	}
	o.Schedule = s
	model, err := uncertain(m, s)
	if err != nil {
		return err
	}
	if model.Uncertain() == 0 || trials == 0 {
		return nil
	}
	summary, err := forecast.Simulate(ctx, model, forecast.Options{Seed: 1, Trials: trials})
	if err != nil {
		return err
	}
	o.Results, err = forecast.NewResults(model, summary)
	return err
}
