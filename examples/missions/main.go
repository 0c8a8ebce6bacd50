// Command missions answers questions about a plan from the command line, for people who script in any language: is the
// plan sound, what does its review find, who answers for what, what leans on what, what changed. It reads plans in JSON and
// YAML, prints for people or, with --json, for programs, and serves a plan as a page that follows the file.
//
//	go build -C examples/missions -o "$HOME/bin/missions"
//	missions new > plan.yaml
//	missions check plan.yaml
//
// The exit status is 0, or 1 where a plan has faults, or 2 where the command was not understood or a file could not be
// read or written.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/mission"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// The exit statuses.
const (
	statusSound  = 0
	statusFaults = 1
	statusUsage  = 2
)

// program is one run of the command: where it reads and writes, and what the flags that all commands share were set to.
type program struct {
	in       io.Reader
	out, err io.Writer // for people: what cannot be seen or turns text around is replaced
	raw      io.Writer // standard output as it is, for formats that keep such text from doing harm by themselves

	began      bool // the command was understood
	json       bool
	on, known  string
	without    []string
	public     bool
	copy       *mission.Copy // of the plan last read, where it is for the public
	thresholds []string
	names      bool // import puts the names of persons into the plan
}

// run runs the command and returns its exit status.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	p := &program{in: in, out: &screen{w: out}, err: &screen{w: errs}, raw: out}
	root := p.root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return statusSound
	case errors.Is(err, errFaults):
		return statusFaults
	}
	p.say(p.err, "missions: ", "  ", strings.Replace(err.Error(), "\n\nDid you mean this?\n\t", ": did you mean ", 1))
	if !p.began {
		asked, _, find := root.Find(args)
		if find != nil {
			asked = root
		}
		p.say(p.err, "", "  ", "Run \""+asked.CommandPath()+" --help\" for how it is used.")
	}
	return statusUsage
}

// errFaults says that a plan has faults, or that plans differ where that was asked about. They are printed already.
var errFaults = errors.New("the plan has faults")

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "missions",
		Short: "Ask a plan of missions who answers, what is known, and what nobody has said",
		Long: `missions reads a plan, a file of records in YAML or JSON, and answers from it.

A plan says what is aimed at, by when, who answers for it, what leans on what,
and where each statement comes from. One mission, one milestone and one post
are enough to begin with: "missions new" prints such a plan, with comments.

Text need not be quoted in YAML: where the format wants text, what is written
counts, so "due: 2030" and "value: 73.80" stay as they are. The name - means
standard input.

Findings are questions to ask, not marks. That nothing is found is no sign of
health, and nothing is added up, scored or ranked.`,
		Example: `  missions new > plan.yaml              a plan to start from
  missions check plan.yaml              is it sound? every fault with its line
  missions review plan.yaml             what stands out, and what cannot be told
  missions who warm-homes plan.yaml     who answers for it
  missions report plan.yaml -o plan.html
  missions serve plan.yaml              the page, which follows the file`,
		SilenceUsage: true, SilenceErrors: true,
		PersistentPreRun:  func(*cobra.Command, []string) { p.began = true },
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetHelpCommand(&cobra.Command{Hidden: true})
	root.SetUsageTemplate(usageTemplate)
	f := root.PersistentFlags()
	f.SortFlags = false
	f.BoolVar(&p.json, "json", false, "answer in JSON, for programs")
	f.StringVar(&p.on, "on", "", "`DAY` to look from, such as 2026-11-21 (default: the plan's own as_of)")
	f.StringVar(&p.known, "known", "", "know only what was recorded by the end of this `DAY`, or by an instant such as 2026-11-21T12:00:00Z")
	f.StringSliceVar(&p.without, "without", nil, "leave out records of these `GRADES`, such as hearsay,opinion")
	f.BoolVar(&p.public, "public", false, "only what may be published; no person is named")
	f.StringArrayVar(&p.thresholds, "threshold", nil, "set a number of a rule: `NAME=NUMBER`, such as F38.days=200 (\"missions review --help\" lists them)")
	root.AddCommand(p.check(), p.review(), p.who(), p.chain(), p.authority(), p.gaps(), p.schedule(), p.forecast(), p.merge(), p.learn(), p.infer(), p.tensions(), p.design(), p.recall(), p.know(), p.graph(), p.report(), p.diff(), p.whatif(), p.schema(), p.fresh(),
		p.imports(), p.export(), p.journal(), p.serve())
	return root
}

// needs says in words what a command is to be given.
func needs(least, most int, words string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < least && len(args) == 0:
			return fmt.Errorf("%s needs %s", c.Name(), words)
		case len(args) < least || len(args) > most:
			return fmt.Errorf("%s needs %s, and was given %s", c.Name(), words, strings.Join(args, ", "))
		}
		return nil
	}
}

// many is more files than anybody names.
const many = 1 << 20

// usageTemplate is cobra's own, in a shape that fits 80 columns.
const usageTemplate = `{{if .HasExample}}Examples:
{{.Example}}

{{end}}Usage:
  {{if .HasAvailableSubCommands}}{{.CommandPath}} COMMAND [flags]{{else}}{{.UseLine}}{{end}}
{{if .HasAvailableSubCommands}}
Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name 15}} {{.Short}}{{end}}{{end}}
{{end}}{{if .HasAvailableLocalFlags}}
Flags{{if .HasAvailableSubCommands}} of all commands{{end}}:
{{.LocalFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
Flags of all commands:
{{.InheritedFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableSubCommands}}
Run "missions COMMAND --help" for what a command does, with examples.
Exit status: 0; 1 the plan has faults; 2 the command was not understood, or a
file could not be read or written.
{{end}}`
