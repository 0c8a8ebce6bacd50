// Planforchange reads the UK's Plan for Change as data and prints an account of it: what it aims at, who answers for it,
// what leans on what, what to ask about, and what nobody has said. Its facts carry their sources; what is made up is
// marked illustrative.
//
//	go run ./examples/planforchange
//	go run ./examples/planforchange -on 2025-06-30 -without hearsay,opinion
//	go run ./examples/planforchange -known 2024-12-31
//	go run ./examples/planforchange -public
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
)

//go:embed plan.json
var plan []byte

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program: 0 when it printed the account, 1 when the plan has faults, 2 when it was asked wrongly.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("planforchange", flag.ContinueOnError)
	flags.SetOutput(stderr)
	on := flags.String("on", "", "look from this `day` (default: the plan's own, as_of)")
	known := flags.String("known", "", "know only what was recorded by this `day or instant` (default: all of it)")
	without := flags.String("without", "", "leave out these `grades`, as in hearsay,opinion")
	public := flags.Bool("public", false, "make the copy that may be published, and say what it leaves out")
	file := flags.String("plan", "", "read this `file` in place of the Plan for Change")
	if err := flags.Parse(args); err != nil {
		if err == flag.ErrHelp {
			return 0
		}
		return 2
	}
	view, err := parseView(*on, *known, *without, *public)
	if err != nil || flags.NArg() > 0 {
		if err == nil {
			err = fmt.Errorf("unexpected %q: the plan goes behind -plan", flags.Arg(0))
		}
		fmt.Fprintln(stderr, "planforchange:", err)
		return 2
	}
	data := plan
	if *file != "" {
		if data, err = os.ReadFile(*file); err != nil {
			fmt.Fprintln(stderr, "planforchange:", err)
			return 2
		}
	}
	spec, err := document.Unmarshal(data, document.Options{})
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	if view.On.IsZero() {
		view.On = spec.AsOf
	}
	model, err := mission.Compile(spec, view)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	a := account{w: stdout, model: model}
	a.write()
	return 0
}

func parseView(on, known, without string, public bool) (view mission.View, err error) {
	if on != "" {
		if view.On, err = calendar.ParseDate(on); err != nil {
			return view, fmt.Errorf("-on: %w", err)
		}
	}
	if known != "" {
		if view.Known, err = parseInstant(known); err != nil {
			return view, fmt.Errorf("-known: %w", err)
		}
	}
	if without != "" {
		for name := range strings.SplitSeq(without, ",") {
			var g record.Grade
			if err := g.UnmarshalText([]byte(strings.TrimSpace(name))); err != nil {
				return view, fmt.Errorf("-without: %w", err)
			}
			view.Without = append(view.Without, g)
		}
	}
	if public {
		view.Audience = record.Public
	}
	return view, nil
}

// parseInstant reads an instant, or a day, which means its end.
func parseInstant(s string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	day, err := calendar.ParseDate(s)
	if err != nil {
		return time.Time{}, err
	}
	return day.Add(1).In(time.UTC).Add(-time.Microsecond), nil
}
