package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/examples/missions/internal/planfile"
)

func (p *program) export() *cobra.Command {
	var format, out string
	c := &cobra.Command{
		Use:   "export PLAN",
		Short: "Write a plan for spreadsheets and other programs",
		Long: `export writes a plan in another format: json or yaml, both whole.

A view holds for it too: --public writes the copy that may be published, and
--without leaves out the grades that it names.`,
		Example: `  missions export plan.yaml --format json > plan.json
  missions export plan.yaml --public -o public.json`,
		Args: needs(1, 1, "one plan"),
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := formatNamed(strings.ToLower(format), out)
			if err != nil {
				return fmt.Errorf("--format: %q is no format of exports: write json or yaml", format)
			}
			spec, err := p.viewed(args[0])
			if err != nil {
				return err
			}
			text, err := planfile.Marshal(spec, f)
			if err != nil {
				return err
			}
			return p.save(out, text)
		},
	}
	c.Flags().StringVar(&format, "format", "", "`FORMAT`: json or yaml")
	c.Flags().StringVarP(&out, "output", "o", "", "write to `FILE` (default: standard output)")
	return c
}
