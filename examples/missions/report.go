package main

import (
	"bytes"
	"errors"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/mission/report"
)

func (p *program) report() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "report PLAN -o FILE",
		Short: "Write the plan and its review as one page to read and print",
		Long: `report writes one HTML file: what matters first, the map, the milestones and
how they stand, who answers, what stands out, what cannot be told, and where
each statement comes from. The file needs nothing else, holds no script, and
prints on A4.

With --public no person is named, and what is not for the public is left out.`,
		Example: `  missions report plan.yaml -o plan.html
  missions report plan.yaml --public --on 2026-06-30 -o public.html`,
		Args: needs(1, 1, "one plan"),
		RunE: func(_ *cobra.Command, args []string) error {
			if out == "" {
				return errors.New("name the file to write with -o, as in -o plan.html, or - for standard output")
			}
			m, r, err := p.reviewed(args[0])
			if err != nil {
				return err
			}
			bar := p.progress(1, "writing the page")
			var b bytes.Buffer
			err = report.Write(&b, m, r, nil)
			bar.done()
			if err != nil {
				return err
			}
			return p.save(out, b.Bytes())
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "", "write to `FILE`; - is standard output")
	return c
}
