// Planforchange prints an account of a real government plan: what it aims at, who answers for it, how far it has come,
// what leans on what, what is at risk, and what nobody has said.
//
//	go run ./examples/planforchange
//	go run ./examples/planforchange -on 2025-06-30 -known 2025-01-01
//	go run ./examples/planforchange -without hearsay,opinion
//	go run ./examples/planforchange -public
//	go run ./examples/planforchange -plan FILE
//	go run ./examples/planforchange -html FILE
//
// The plan is the British government's Plan for Change of December 2024, as published and as reported. What is made up, to
// show something, is graded illustrative and marked so wherever it is printed.
package main

import (
	"bytes"
	_ "embed"
	"errors"
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
	"github.com/missionled/missionled/mission/report"
	"github.com/missionled/missionled/mission/review"
)

//go:embed plan.json
var embedded []byte

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run returns the program's exit status: 0, 1 for a plan with faults, 2 for a command line that means nothing.
func run(args []string, stdout, stderr io.Writer) int {
	flags, view, file, page := commandLine(stderr)
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(stderr, "planforchange: %q is no flag: see -help\n", flags.Arg(0))
		return 2
	}
	plan, name := embedded, "plan.json"
	if *file != "" {
		name = *file
		var err error
		if plan, err = os.ReadFile(name); err != nil {
			fmt.Fprintln(stderr, "planforchange:", err)
			return 2
		}
	}
	account, err := newAccount(plan, *view)
	if err != nil {
		fmt.Fprintf(stderr, "%s has faults:\n%v\n", name, err)
		return 1
	}
	if *page != "" {
		if err := writePage(*page, account); err != nil {
			fmt.Fprintln(stderr, "planforchange:", err)
			return 2
		}
		fmt.Fprintf(stdout, "The page is in %s: open it in a browser.\n", *page)
		return 0
	}
	if _, err := io.WriteString(stdout, account.String()); err != nil {
		fmt.Fprintln(stderr, "planforchange:", err)
		return 1
	}
	return 0
}

// commandLine declares the flags. A flag that cannot be read is reported with what would do.
func commandLine(stderr io.Writer) (flags *flag.FlagSet, view *mission.View, file, page *string) {
	view = new(mission.View)
	flags = flag.NewFlagSet("planforchange", flag.ContinueOnError)
	flags.SetOutput(stderr)
	file = flags.String("plan", "", "read another plan from this `file`")
	page = flags.String("html", "", "write the account as a page to this `file`, and not here")
	flags.Func("on", "the `day` that the account is about, as in 2025-06-30 (default the plan's as_of)", func(s string) (err error) {
		view.On, err = calendar.ParseDate(s)
		return err
	})
	flags.Func("known", "go by what was recorded at this `instant`: a day, which means its end in UTC, or as in 2025-01-01T09:00:00Z", func(s string) (err error) {
		view.Known, err = instant(s)
		return err
	})
	flags.Func("without", "leave out records of these `grades`, as in hearsay,opinion", func(s string) (err error) {
		view.Without, err = grades(s)
		return err
	})
	flags.BoolFunc("public", "leave out what is not for everybody, and the names of persons", func(s string) error {
		switch s {
		case "true":
			view.Audience = record.Public
		case "false":
			view.Audience = 0
		default:
			return errors.New("write -public alone")
		}
		return nil
	})
	return flags, view, file, page
}

// instant reads a day, which means its last microsecond in UTC, or an instant.
func instant(s string) (time.Time, error) {
	if day, err := calendar.ParseDate(s); err == nil {
		return day.Add(1).In(time.UTC).Add(-time.Microsecond), nil
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, errors.New("write a day, as in 2025-01-01, or an instant, as in 2025-01-01T09:00:00Z")
	}
	return at, nil
}

// grades reads grades that commas divide.
func grades(s string) ([]record.Grade, error) {
	var list []record.Grade
	var errs []error
	for word := range strings.SplitSeq(s, ",") {
		var g record.Grade
		if err := g.UnmarshalText([]byte(strings.TrimSpace(word))); err != nil {
			errs = append(errs, err)
			continue
		}
		list = append(list, g)
	}
	return list, errors.Join(errs...)
}

// newAccount reads a plan and looks at it through a view. Without a day of its own the view has the plan's.
func newAccount(plan []byte, view mission.View) (*account, error) {
	spec, err := document.Decode(bytes.NewReader(plan), document.Options{})
	if err != nil {
		return nil, err
	}
	if view.On.IsZero() {
		view.On = spec.AsOf
	}
	model, err := compile(spec, view)
	if err != nil {
		return nil, err
	}
	findings, err := review.Run(model, review.Options{})
	if err != nil {
		return nil, err
	}
	return &account{Model: model, spec: model.Spec(), review: findings}, nil
}

// compile makes a model of a plan, or of the copy that may be published where the view is for the public.
func compile(spec mission.Spec, view mission.View) (*mission.Model, error) {
	if view.Audience != record.Public {
		return mission.Compile(spec, view)
	}
	out, err := mission.Publish(spec, view)
	if err != nil {
		return nil, err
	}
	return out.Model()
}

// writePage writes the account as one HTML page to a file.
func writePage(name string, a *account) error {
	var b bytes.Buffer
	if err := report.Write(&b, a.Model, a.review, nil); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o644)
}
