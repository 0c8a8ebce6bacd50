package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/mspdi"
	"github.com/missionled/missionled/milestone/xer"
	"github.com/missionled/missionled/mission"
)

// scheduleAnswer is a schedule as programs read it.
type scheduleAnswer struct {
	Finish  calendar.Minute `json:"finish,omitzero"`
	Rows    []scheduleRow   `json:"activities"`
	Paths   []string        `json:"critical_paths,omitempty"`
	Remarks []string        `json:"remarks,omitempty"`
	// Agreement compares with the dates that an imported file states itself.
	Agreement []string `json:"agreement,omitempty"`
}

type scheduleRow struct {
	Ref          record.Ref       `json:"ref"`
	Name         string           `json:"name"`
	EarlyStart   calendar.Minute  `json:"early_start,omitzero"`
	EarlyFinish  calendar.Minute  `json:"early_finish,omitzero"`
	LateStart    calendar.Minute  `json:"late_start,omitzero"`
	LateFinish   calendar.Minute  `json:"late_finish,omitzero"`
	Total        calendar.Minutes `json:"total_float"`
	Free         calendar.Minutes `json:"free_float"`
	Interfering  calendar.Minutes `json:"interfering_float"`
	Independent  calendar.Minutes `json:"independent_float"`
	Critical     bool             `json:"critical"`
	EarlyBecause []string         `json:"early_because,omitempty"`
	LateBecause  []string         `json:"late_because,omitempty"`
}

func (p *program) schedule() *cobra.Command {
	var explain, dueBinds bool
	var paths int
	var begin string
	c := &cobra.Command{
		Use:   "schedule PLAN",
		Short: "Say what may start and finish when, and what moves what",
		Long: `schedule works out early and late dates and floats by the critical path method,
to the minute, on the calendars of the plan. PLAN is a plan, a Microsoft Project
XML file (.xml) or a Primavera P6 file (.xer); with the last two it also says
how far the file's own dates agree.

Every date explains itself with --explain: which link, constraint or begin holds
it. A plan with no durations, only milestones and what each waits for, is given
its order and the due days that contradict it.`,
		Example: `  missions schedule plan.yaml
  missions schedule project.xml --explain
  missions schedule plant.xer --paths 3 --json`,
		Args: needs(1, 1, "a plan or a project file"),
		RunE: func(_ *cobra.Command, args []string) error {
			w, err := p.work(args[0])
			if err != nil {
				return err
			}
			w.options.DueBinds = dueBinds
			if begin != "" {
				if w.options.Begin, err = minute(begin); err != nil {
					return err
				}
			}
			s, err := w.model.Plan().Schedule(record.Moment{}, w.options)
			if err != nil {
				return err
			}
			a := scheduled(w, s, explain || p.json, paths)
			if p.json {
				return p.answer(a)
			}
			p.tellSchedule(a, s.Dated())
			return nil
		},
	}
	f := c.Flags()
	f.BoolVar(&explain, "explain", false, "say of each date what holds it")
	f.IntVar(&paths, "paths", 1, "print up to so many critical `PATHS`")
	f.BoolVar(&dueBinds, "due-binds", false, "let the due days of milestones bind late dates, as deadlines do")
	f.StringVar(&begin, "begin", "", "when work may begin where the plan does not say: a `DAY`")
	return c
}

// work is a plan that can be scheduled, and how.
type work struct {
	model   *mission.Model
	options milestone.ScheduleOptions
	notes   []string
	against func(*milestone.Schedule) []string
}

// work reads a plan or a project file.
func (p *program) work(name string) (*work, error) {
	ext := strings.ToLower(filepath.Ext(name))
	if ext != ".xml" && ext != ".xer" {
		m, err := p.model(name)
		return &work{model: m}, err
	}
	data, err := p.read(name)
	if err != nil {
		return nil, err
	}
	w := &work{}
	var spec milestone.Spec
	if ext == ".xml" {
		in, err := mspdi.Read(bytes.NewReader(data), mspdi.Options{})
		if err != nil {
			return nil, p.tellFileFaults(name, err)
		}
		spec, w.options, w.notes = in.Spec, in.Schedule, append(lines(in.Repaired), lines(in.Lost)...)
		w.against = func(s *milestone.Schedule) []string {
			agreed, _ := in.Against(s, 0)
			return lines(agreed)
		}
	} else {
		in, err := xer.Read(bytes.NewReader(data), xer.Options{})
		if err != nil {
			return nil, p.tellFileFaults(name, err)
		}
		spec, w.options, w.notes = in.Spec, in.Schedule, append(lines(in.Repaired), lines(in.Lost)...)
		w.against = func(s *milestone.Schedule) []string {
			agreed, _ := in.Against(s, 1) // P6 keeps dates to the minute, and moves some by one
			return lines(agreed)
		}
	}
	view, err := p.view(calendar.Date{})
	if err != nil {
		return nil, err
	}
	w.model, err = mission.Compile(planOf(spec), view)
	return w, err
}

// lines is what each of a list says of itself.
func lines[T fmt.Stringer](list []T) []string {
	texts := make([]string, len(list))
	for i, x := range list {
		texts[i] = x.String()
	}
	return texts
}

// planOf is a plan of milestone records alone.
func planOf(s milestone.Spec) mission.Spec {
	return mission.Spec{
		Format: mission.Format, Days: s.Days, Sources: s.Sources, Milestones: s.Milestones, Dependencies: s.Dependencies,
		Projects: s.Projects, Calendars: s.Calendars, Activities: s.Activities,
	}
}

// tellFileFaults prints every fault of a project file.
func (p *program) tellFileFaults(name string, err error) error {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		p.say(p.err, shown(name)+": ", "  ", line)
	}
	return errFaults
}

func minute(s string) (calendar.Minute, error) {
	if day, err := calendar.ParseDate(s); err == nil {
		return day.At(0), nil
	}
	m, err := calendar.ParseMinute(s)
	if err != nil {
		return 0, errors.New("--begin: " + strings.TrimPrefix(err.Error(), "calendar: "))
	}
	return m, nil
}

func scheduled(w *work, s *milestone.Schedule, explain bool, paths int) scheduleAnswer {
	a := scheduleAnswer{Finish: s.Finish(), Rows: []scheduleRow{}}
	for _, t := range s.All() {
		row := scheduleRow{Ref: t.Ref, Name: t.Name, EarlyStart: t.EarlyStart, EarlyFinish: t.EarlyFinish, LateStart: t.LateStart, LateFinish: t.LateFinish,
			Total: t.TotalFloat, Free: t.FreeFloat, Interfering: t.InterferingFloat, Independent: t.IndependentFloat, Critical: t.Critical}
		if e, ok := s.Explain(t.Ref); ok && explain {
			for _, r := range e.Early {
				row.EarlyBecause = append(row.EarlyBecause, r.String())
			}
			for _, r := range e.Late {
				row.LateBecause = append(row.LateBecause, r.String())
			}
		}
		a.Rows = append(a.Rows, row)
	}
	if paths > 0 {
		driving, more := s.DrivingPaths(record.Ref{}, paths)
		for _, path := range driving {
			names := make([]string, len(path.Nodes))
			for i, n := range path.Nodes {
				names[i] = string(s.All()[n].Ref.ID)
			}
			a.Paths = append(a.Paths, strings.Join(names, " → "))
		}
		if more {
			a.Paths = append(a.Paths, "… and others: raise --paths")
		}
	}
	for _, c := range s.Conflicts() {
		all := s.All()
		text := fmt.Sprintf("%s is due %s and must follow %s, due %s", all[c.Node].Ref, all[c.Node].Due, all[c.After].Ref, all[c.After].Due)
		if c.On != calendar.Certainly {
			text += " (possibly: the dates are rough)"
		}
		a.Remarks = append(a.Remarks, text)
	}
	for _, r := range s.Remarks() {
		a.Remarks = append(a.Remarks, r.Ref.String()+": "+r.Kind.String())
	}
	a.Remarks = append(a.Remarks, w.notes...)
	if w.against != nil {
		a.Agreement = w.against(s)
	}
	return a
}

func (p *program) tellSchedule(a scheduleAnswer, dated bool) {
	if !dated {
		p.say(p.err, "note: ", "  ", "nothing says when work begins: dates are left out. Give a project a start, or --begin.")
	}
	for _, r := range a.Rows {
		line := r.Ref.String() + ": " + shorten(r.Name)
		if r.Critical {
			line += " [critical]"
		}
		p.say(p.out, "", "  ", line)
		if dated {
			p.say(p.out, "    ", "    ", fmt.Sprintf("%s to %s, at the latest %s; float %s, free %s", r.EarlyStart, r.EarlyFinish, r.LateFinish, r.Total, r.Free))
		}
		for _, why := range r.EarlyBecause {
			p.say(p.out, "    early: ", "      ", why)
		}
		for _, why := range r.LateBecause {
			p.say(p.out, "    late: ", "      ", why)
		}
	}
	for _, path := range a.Paths {
		p.say(p.out, "\ncritical path: ", "  ", path)
	}
	for _, r := range a.Remarks {
		p.say(p.out, "note: ", "  ", r)
	}
	for _, line := range a.Agreement {
		p.say(p.out, "agrees with the file: ", "  ", line)
	}
}
