package main

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/examples/missions/internal/planfile"
	"github.com/missionled/missionled/examples/missions/sheet"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission/document"
)

func (p *program) schema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of plans, for editors",
		Long: `schema prints the JSON Schema of the document. Editors use it to complete a
plan as it is typed and to mark what cannot stand there; "missions check" finds
more, since it knows what the records mean together.`,
		Example: `  missions schema > missionled.schema.json

  In YAML, put this line at the top of the plan:
    # yaml-language-server: $schema=missionled.schema.json
  In JSON, this member:
    "$schema": "missionled.schema.json"`,
		Args: needs(0, 0, "no file"),
		RunE: func(*cobra.Command, []string) error { return p.write(p.raw, document.Schema()) },
	}
}

//go:embed starter.yaml
var starter []byte

func (p *program) fresh() *cobra.Command {
	var format, out string
	c := &cobra.Command{
		Use:   "new",
		Short: "Print a plan to start from, with comments",
		Long: `new prints a small plan: one mission, one milestone, one post that answers, and
the sources that say so, each with a comment on what it is and what may be left
out. It passes "missions check" as it stands. Everything in it is made up.

With --on, the plan speaks of that day. JSON has no comments. With --format csv,
new writes a folder of empty tables to fill in with a spreadsheet instead: take
those that you need, and make a plan of them with "missions import".`,
		Example: `  missions new > plan.yaml
  missions new --on 2026-11-21 -o plan.yaml
  missions new --format json > plan.json
  missions new --format csv -o tables`,
		Args: needs(0, 0, "no file"),
		RunE: func(*cobra.Command, []string) error {
			if strings.ToLower(format) == "csv" {
				if out == "" || out == "-" {
					return errors.New("tables are several files: name a folder for them with -o")
				}
				return p.saveAll(out, sheet.Templates())
			}
			text := starter
			if p.on != "" {
				day, err := calendar.ParseDate(p.on)
				if err != nil {
					return fmt.Errorf("--on: %s", strings.TrimPrefix(err.Error(), "calendar: "))
				}
				text = []byte(strings.Replace(string(text), "as_of: 2026-01-01", "as_of: "+day.String(), 1))
			}
			f, err := formatNamed(format, out)
			if err != nil {
				return err
			}
			if f == planfile.JSON || p.json {
				spec, err := planfile.Unmarshal(text, planfile.YAML)
				if err != nil {
					return err
				}
				if text, err = planfile.Marshal(spec, planfile.JSON); err != nil {
					return err
				}
			}
			return p.save(out, text)
		},
	}
	c.Flags().StringVar(&format, "format", "", "`FORMAT` of the plan: yaml, json or csv (default: by the name of the file, else yaml)")
	c.Flags().StringVarP(&out, "output", "o", "", "write to `FILE` (default: standard output)")
	return c
}

// formatNamed is the format that a flag names, or else that of a file by its name, or else YAML.
func formatNamed(flag, file string) (planfile.Format, error) {
	switch strings.ToLower(flag) {
	case "json":
		return planfile.JSON, nil
	case "yaml", "yml":
		return planfile.YAML, nil
	case "":
		if f := planfile.FormatOf(file, nil); f != 0 {
			return f, nil
		}
		return planfile.YAML, nil
	}
	return 0, fmt.Errorf("--format: %q is no format of plans: write yaml, json or csv", flag)
}
