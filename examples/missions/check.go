package main

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/examples/missions/internal/planfile"
	"github.com/missionled/missionled/mission"
)

// checked is what check says of one plan.
type checked struct {
	Plan   string  `json:"plan"`
	Faults []fault `json:"faults"`
	// Records counts the records of a plan without faults by the member of the document that they stand in.
	Records map[string]int `json:"records,omitempty"`
}

func (p *program) check() *cobra.Command {
	return &cobra.Command{
		Use:   "check PLAN...",
		Short: "Say whether plans are sound: every fault, with its line",
		Long: `check reads plans and lists everything that is wrong with them, each with file,
line and column, the record it is in and the way out: members that do not
exist, dates that are none, names of records that are not there, circles in
what has to come first. All faults are listed at once.

A sound plan is not a good plan: "missions review" has questions about it.`,
		Example: `  missions check plan.yaml
  missions check *.yaml
  curl https://example.org/plan.json | missions check -
  missions check --json plan.yaml | jq '.[].faults[].line'`,
		Args: needs(1, many, "a plan"),
		RunE: func(_ *cobra.Command, args []string) error {
			answers := make([]checked, 0, len(args))
			faulty := false
			for _, name := range args {
				data, err := p.read(name)
				if err != nil {
					return err
				}
				spec, err := planfile.Unmarshal(data, planfile.FormatOf(name, data))
				c := checked{Plan: shown(name), Faults: []fault{}}
				if err == nil {
					c.Records = records(spec)
				} else if c.Faults, err = faultsOf(name, err); err != nil {
					return err
				}
				faulty = faulty || len(c.Faults) > 0
				answers = append(answers, c)
				if !p.json {
					p.result(name, spec, c.Faults)
				}
			}
			if p.json {
				if err := p.answer(answers); err != nil {
					return err
				}
			}
			if faulty {
				return errFaults
			}
			return nil
		},
	}
}

func (p *program) result(name string, spec mission.Spec, faults []fault) {
	if len(faults) > 0 {
		p.complain(p.out, name, faults)
		return
	}
	p.say(p.out, "", "  ", shown(name)+": no faults. "+contents(spec))
}

// contents counts the records of a plan in words.
func contents(spec mission.Spec) string {
	n, parts := 0, []string(nil)
	by := records(spec)
	for _, t := range spec.Tables() {
		if k := by[t.Name]; k > 0 {
			n += k
			parts = append(parts, count(k, strings.ReplaceAll(string(t.Kind), "-", " ")))
		}
	}
	if n == 0 {
		return "It has no records yet."
	}
	return fmt.Sprintf("%s: %s.", count(n, "record"), strings.Join(parts, ", "))
}

// records counts the records of a plan by the member of the document that they stand in.
func records(spec mission.Spec) map[string]int {
	by := make(map[string]int)
	for _, t := range spec.Tables() {
		if n := reflect.ValueOf(t.Records).Elem().Len(); n > 0 {
			by[t.Name] = n
		}
	}
	return by
}
