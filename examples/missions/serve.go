package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/examples/missions/internal/live"
	"github.com/missionled/missionled/examples/missions/internal/planfile"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/report"
	"github.com/missionled/missionled/mission/review"
)

func (p *program) serve() *cobra.Command {
	var port int
	c := &cobra.Command{
		Use:   "serve PLAN",
		Short: "Show the page in a browser, and follow the file",
		Long: `serve shows the page of a plan at an address on this machine, which it prints.
Whenever the file is saved, the page in the browser is loaded again; where the
plan has faults, the page shows them with their lines until they are mended.

The server answers to this machine alone, under 127.0.0.1 and localhost. It
reads the one file, writes nothing, and reaches out to nowhere. Stop it with
Ctrl-C.`,
		Example: `  missions serve plan.yaml
  missions serve plan.yaml --port 8080 --without hearsay`,
		Args: needs(1, 1, "one plan"),
		RunE: func(c *cobra.Command, args []string) error {
			if args[0] == "-" {
				return errors.New("serve follows a file: name one, standard input does not change")
			}
			if port < 0 || port > 65535 {
				return fmt.Errorf("--port: %d is no port: write 1 to 65535, or 0 for any that is free", port)
			}
			make, err := p.pages(args[0])
			if err != nil {
				return err
			}
			l, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
			if err != nil {
				return err
			}
			server := live.New(live.Plan{Name: filepath.Base(args[0]), Stamp: func() string { return stamp(args[0]) }, Make: make, Changed: p.tellState})
			p.tellState(server.Current())
			p.say(p.out, "", "", fmt.Sprintf("Serving %s at http://%s (Ctrl-C stops it)", args[0], l.Addr()))
			return server.Run(c.Context(), l)
		},
	}
	c.Flags().IntVar(&port, "port", 0, "`PORT` to listen on (default: any that is free)")
	return c
}

// stamp tells one state of a file from another.
func stamp(name string) string {
	info, err := os.Stat(name)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprint(info.ModTime().UnixNano(), info.Size())
}

func (p *program) tellState(page live.Page, err error) {
	switch {
	case err != nil:
		p.say(p.err, "", "  ", "The file cannot be read: "+err.Error())
	case len(page.Faults) > 0:
		p.say(p.err, "", "  ", count(len(page.Faults), "fault")+", the first on line "+strconv.Itoa(page.Faults[0].Line)+".")
	default:
		p.say(p.err, "", "  ", "No faults.")
	}
}

// pages returns what makes a page of a file, as the flags ask. Flags that cannot be read are an error at once.
func (p *program) pages(name string) (func() (live.Page, error), error) {
	options, err := p.options()
	if err != nil {
		return nil, err
	}
	if _, err := review.Run(nil, options); err != nil {
		return nil, err
	}
	if _, err := p.view(mission.Spec{}.AsOf); err != nil {
		return nil, err
	}
	return func() (live.Page, error) {
		data, err := p.read(name)
		if err != nil {
			return live.Page{}, err
		}
		spec, err := planfile.Unmarshal(data, planfile.FormatOf(name, data))
		if all, ok := errors.AsType[*document.Error](err); ok {
			return live.Page{Faults: placed(all, data)}, nil
		}
		if err != nil {
			return live.Page{}, err
		}
		view, err := p.view(spec.AsOf)
		if err != nil {
			return live.Page{}, err
		}
		m, err := mission.Compile(spec, view)
		if err != nil {
			return live.Page{}, err
		}
		r, err := review.Run(m, options)
		if err != nil {
			return live.Page{}, err
		}
		var b bytes.Buffer
		err = report.Write(&b, m, r, nil)
		return live.Page{HTML: b.Bytes()}, err
	}, nil
}

// placed gives each fault the line of the file that it is on.
func placed(all *document.Error, data []byte) []live.Fault {
	lines := strings.Split(string(data), "\n")
	list := make([]live.Fault, len(all.Faults))
	for i, f := range all.Faults {
		where := f.Path
		if !f.Ref.IsZero() {
			where = strings.TrimSpace(where + " (" + f.Ref.String() + ")")
		}
		list[i] = live.Fault{Line: f.Line, Column: f.Column, Where: where, Message: visible(message(f))}
		if f.Line >= 1 && f.Line <= len(lines) {
			list[i].Source = excerpt(lines[f.Line-1])
		}
	}
	return list
}

// excerpt is a line as a page shows it: without what cannot be seen, and at most 200 characters of it.
func excerpt(line string) string {
	const most = 200
	line = visible(strings.TrimRight(strings.ToValidUTF8(line, "\ufffd"), "\r"))
	if r := []rune(line); len(r) > most {
		return string(r[:most]) + "…"
	}
	return line
}

func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unseen(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
