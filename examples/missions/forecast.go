package main

import (
	"fmt"
	"math"
	"os"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/mission"
)

// forecastAnswer is a forecast as programs read it.
type forecastAnswer struct {
	Trials     uint64             `json:"trials"`
	Seed       uint64             `json:"seed"`
	Outcomes   []outcomeAnswer    `json:"outcomes"`
	Influences []influenceAnswer  `json:"influences,omitempty"`
	Indicators []indicatorOutlook `json:"indicators,omitempty"`
	Notes      []string           `json:"notes,omitempty"`
}

type outcomeAnswer struct {
	Ref  record.Ref      `json:"ref,omitzero"`
	Name string          `json:"name"`
	Due  calendar.Minute `json:"due,omitzero"`
	// Silent says that neither it nor anything that it waits for has a duration, so that the schedule knows nothing of it.
	Silent  bool            `json:"schedule_is_silent,omitempty"`
	Planned calendar.Minute `json:"planned"`
	P10     calendar.Minute `json:"p10"`
	P50     calendar.Minute `json:"p50"`
	P80     calendar.Minute `json:"p80"`
	P90     calendar.Minute `json:"p90"`
	Met     *chanceAnswer   `json:"met,omitempty"`
	Reached *chanceAnswer   `json:"indicator_reached,omitempty"`
	Both    *chanceAnswer   `json:"both,omitempty"`
}

type chanceAnswer struct {
	P    float64 `json:"p"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

type influenceAnswer struct {
	Ref          record.Ref `json:"ref"`
	Name         string     `json:"name"`
	Critical     float64    `json:"criticality"`
	Cruciality   float64    `json:"cruciality"`
	Significance float64    `json:"significance"`
	Delay        float64    `json:"delay_per_minute"`
}

type indicatorOutlook struct {
	Milestone record.Ref `json:"milestone"`
	Name      string     `json:"name"`
	Says      []string   `json:"says"`
	Limits    []string   `json:"limits,omitempty"`
}

func (p *program) forecast() *cobra.Command {
	var trials, seed, from, to uint64
	var out, target string
	c := &cobra.Command{
		Use:   "forecast PLAN",
		Short: "Say with what chance milestones will be met, and why",
		Long: `forecast runs trials of the schedule with the plan's estimates, risks, drivers
and common factors, and reads indicators' trends off their observations. A
milestone that asks for both is met where both hold in the same trial.

Each chance comes with the error of simulation; how wrong the estimates are,
nobody knows. --from and --to run a range of trials, --out keeps what they
came to, and "missions merge" joins such parts, from any machines and in any
order, to the bytes of one run.`,
		Example: `  missions forecast plan.yaml --trials 20000 --seed 7
  missions forecast plan.yaml --from 0 --to 10000 --out a.part
  missions forecast plan.yaml --from 10000 --to 20000 --out b.part
  missions merge plan.yaml a.part b.part`,
		Args: needs(1, 1, "a plan or a project file"),
		RunE: func(c *cobra.Command, args []string) error {
			g, err := p.guess(args[0], seed)
			if err != nil {
				return err
			}
			if c.Flags().Changed("to") {
				if to <= from {
					return fmt.Errorf("--to %d: the trials run from %d until it, so it must be larger", to, from)
				}
				trials = to - from
			}
			options, err := g.options(target)
			if err != nil {
				return err
			}
			options.From, options.Trials = from, trials
			bar := p.progress(int64(trials), "simulating")
			options.Progress = func(done, _ uint64) { bar.at(int64(done)) }
			s, err := forecast.Simulate(c.Context(), g.model, options)
			bar.done()
			if err != nil {
				return err
			}
			if out != "" {
				return p.keep(out, s)
			}
			return p.tellForecast(g, s)
		},
	}
	f := c.Flags()
	f.Uint64Var(&trials, "trials", 20_000, "how many `TRIALS` to run")
	f.Uint64Var(&seed, "seed", 1, "the `NUMBER` that chooses the draws")
	f.Uint64Var(&from, "from", 0, "the first `TRIAL`")
	f.Uint64Var(&to, "to", 0, "the `TRIAL` to stop before, in place of --trials")
	f.StringVar(&out, "out", "", "keep what the trials came to in a `FILE`")
	f.StringVar(&target, "target", "", "what to find the influences on: a `SUBJECT` (default: the end of all)")
	return c
}

func (p *program) merge() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "merge PLAN PART...",
		Short: "Join parts of a forecast, and read it",
		Long: `merge joins what "missions forecast --out" kept. It refuses trials that are in
two parts, and parts of another plan, seed or question.`,
		Example: `  missions merge plan.yaml a.part b.part
  missions merge plan.yaml *.part --out all.part`,
		Args: needs(2, many, "a plan and parts"),
		RunE: func(_ *cobra.Command, args []string) error {
			var parts []*forecast.Summary
			for _, name := range args[1:] {
				data, err := p.read(name)
				if err != nil {
					return err
				}
				s := new(forecast.Summary)
				if err := s.UnmarshalBinary(data); err != nil {
					return fmt.Errorf("%s: %w", shown(name), err)
				}
				parts = append(parts, s)
			}
			s, err := forecast.Merge(parts...)
			if err != nil {
				return err
			}
			if out != "" {
				return p.keep(out, s)
			}
			g, err := p.guess(args[0], s.Seed())
			if err != nil {
				return err
			}
			return p.tellForecast(g, s)
		},
	}
	c.Flags().StringVar(&out, "out", "", "keep the whole in a `FILE`")
	return c
}

func (p *program) keep(out string, s *forecast.Summary) error {
	data, err := s.MarshalBinary()
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, data, 0o644); err != nil {
		return err
	}
	p.say(p.err, "", "  ", fmt.Sprintf("Wrote %s (%d bytes, %d trials).", out, len(data), s.Trials()))
	return nil
}

// guess is what a forecast of a plan needs.
type guess struct {
	plan     *mission.Model
	schedule *milestone.Schedule
	model    *forecast.Model
	seed     uint64
	target   record.Ref // what influences are asked on; zero is the end of all
	outlooks []forecast.MilestoneOutlook
	notes    []string
}

func (p *program) guess(name string, seed uint64) (*guess, error) {
	w, err := p.work(name)
	if err != nil {
		return nil, err
	}
	g := &guess{plan: w.model, seed: seed}
	if g.schedule, err = w.model.Plan().Schedule(record.Moment{}, w.options); err != nil {
		return nil, err
	}
	if g.model, err = uncertain(w.model, g.schedule); err != nil {
		return nil, err
	}
	now := w.model.Moment(record.Moment{})
	for _, n := range g.model.Notes() {
		g.notes = append(g.notes, n.Ref.String()+": "+n.Kind.String())
	}
	if g.model.Uncertain() == 0 {
		g.notes = append(g.notes, "nothing in the schedule is uncertain: the plan has no estimates, risks or drivers, so every trial is the plan itself")
	}
	for _, id := range w.model.Plan().Milestones() {
		o, err := forecast.Outlook(w.model.Plan(), id, now, forecast.OutlookOptions{Seed: seed})
		if err == nil && len(o.Targets) > 0 {
			g.outlooks = append(g.outlooks, o)
		}
	}
	return g, nil
}

// uncertain joins a schedule of a plan to what is uncertain about it.
func uncertain(m *mission.Model, s *milestone.Schedule) (*forecast.Model, error) {
	return forecast.NewModel(s, m.Uncertainties(), forecast.ModelOptions{At: m.Moment(record.Moment{})})
}

func (g *guess) options(target string) (forecast.Options, error) {
	o := forecast.Options{Seed: g.seed}
	if target != "" {
		ref, err := subject(g.plan, target)
		if err != nil {
			return o, err
		}
		o.Targets, g.target = []record.Ref{ref}, ref
	}
	for i := range g.outlooks {
		outlook := &g.outlooks[i]
		key, sure := "", true
		for j := range outlook.Targets {
			t := &outlook.Targets[j]
			_, can := t.Drawn(g.seed, 0, outlook.Due.Latest())
			sure = sure && can
			key += string(t.Target) + " "
		}
		if !sure {
			continue // the readings do not bear a forecast, and the page says so
		}
		o.Gauges = append(o.Gauges, forecast.Gauge{Of: milestone.Ref(outlook.Milestone), Key: key, Met: func(trial uint64, on calendar.Date) bool {
			for j := range outlook.Targets {
				if met, ok := outlook.Targets[j].Drawn(g.seed, trial, on); !ok || !met {
					return false
				}
			}
			return true
		}})
	}
	return o, nil
}

func (p *program) tellForecast(g *guess, s *forecast.Summary) error {
	r, err := forecast.NewResults(g.model, s)
	if err != nil {
		return err
	}
	a := forecastAnswer{Trials: r.Trials(), Seed: g.seed, Outcomes: []outcomeAnswer{}, Notes: g.notes}
	told := g.told()
	for _, o := range r.Outcomes() {
		at := func(q float64) calendar.Minute { return o.Percentile(q).At }
		out := outcomeAnswer{Ref: o.Ref, Name: o.Name, Due: o.Due, Planned: o.Planned, P10: at(0.1), P50: at(0.5), P80: at(0.8), P90: at(0.9),
			Met: chanceOf(o.Met), Reached: chanceOf(o.Reached), Both: chanceOf(o.Both)}
		if out.Silent = !told[o.Ref]; out.Silent {
			out.Met, out.Both = nil, nil
		}
		a.Outcomes = append(a.Outcomes, out)
	}
	for _, i := range r.Influences(g.target) {
		if i.Deviation > 0 {
			a.Influences = append(a.Influences, influenceAnswer{i.Ref, i.Name, i.Critical.P, i.Cruciality, i.Significance, i.Delay})
		}
	}
	for _, o := range g.outlooks {
		line := indicatorOutlook{Milestone: milestone.Ref(o.Milestone), Name: g.plan.Name(milestone.Ref(o.Milestone))}
		for i := range o.Targets {
			line.Says = append(line.Says, o.Targets[i].Says...)
			line.Limits = append(line.Limits, o.Targets[i].Limits...)
		}
		a.Indicators = append(a.Indicators, line)
	}
	if p.json {
		return p.answer(a)
	}
	p.say(p.out, "", "  ", fmt.Sprintf("%d trials, seed %d", a.Trials, a.Seed))
	for _, o := range a.Outcomes {
		name := "the end of all"
		if !o.Ref.IsZero() {
			name = o.Ref.String() + ": " + shorten(o.Name)
		}
		p.say(p.out, "\n", "  ", name)
		if o.Silent {
			p.say(p.out, "  ", "    ", "Neither it nor anything that it waits for has a duration: of time, nothing can be told.")
		} else {
			p.say(p.out, "  ", "    ", fmt.Sprintf("planned %s; half of the trials by %s, four fifths by %s; 10%% to 90%%: %s to %s", day(o.Planned), day(o.P50), day(o.P80), day(o.P10), day(o.P90)))
		}
		for _, c := range []struct {
			what   string
			chance *chanceAnswer
		}{{"done by " + day(o.Due), o.Met}, {"the indicator is where it is to be", o.Reached}, {"both", o.Both}} {
			if c.chance != nil {
				p.say(p.out, "  ", "    ", c.what+": "+c.chance.String())
			}
		}
	}
	if len(a.Influences) > 0 {
		hangs := "the end of all"
		if !g.target.IsZero() {
			hangs = g.target.String()
		}
		p.say(p.out, "\n", "  ", "What "+hangs+" hangs on, in the order of the plan (share of trials in which it decides; correlation):")
		for _, i := range a.Influences {
			p.say(p.out, "  ", "    ", fmt.Sprintf("%s: %.0f%%, %.2f", i.Ref, 100*i.Critical, i.Cruciality))
		}
	}
	for _, o := range a.Indicators {
		p.say(p.out, "\n", "  ", o.Milestone.String()+": "+shorten(o.Name))
		for _, line := range append(o.Says, o.Limits...) {
			p.say(p.out, "  ", "    ", line)
		}
	}
	for _, n := range a.Notes {
		p.say(p.out, "note: ", "  ", n)
	}
	return nil
}

// told returns which of what is scheduled the schedule knows something of: what takes time or has happened, and what waits for such.
func (g *guess) told() map[record.Ref]bool {
	all := g.schedule.All()
	next := make(map[int][]int)
	for _, a := range g.schedule.Arcs() {
		next[a.From] = append(next[a.From], a.To)
	}
	told := make(map[record.Ref]bool)
	var queue []int
	reach := func(i int) {
		if !told[all[i].Ref] {
			told[all[i].Ref] = true
			queue = append(queue, i)
		}
	}
	for i := range all {
		if t := &all[i]; t.Ref.Kind != milestone.KindMilestone || t.Lasts > 0 || !t.Finished.IsZero() {
			reach(i)
		}
	}
	told[forecast.End] = len(queue) > 0
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		for _, to := range next[i] {
			reach(to)
		}
	}
	return told
}

func chanceOf(v record.Value[forecast.Chance]) *chanceAnswer {
	c, ok := v.Get()
	if !ok {
		return nil
	}
	return &chanceAnswer{c.P, c.Low, c.High}
}

// String says the chance in per cent with its error of simulation.
func (c *chanceAnswer) String() string {
	return fmt.Sprintf("%.1f%% (%.1f–%.1f)", 100*c.P, 100*c.Low, 100*math.Min(1, c.High))
}

// day is the day on which something is done.
func day(m calendar.Minute) string {
	if m.IsZero() {
		return "no date"
	}
	d, _ := m.Ended()
	return d.String()
}
