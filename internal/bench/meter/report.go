package meter

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// Us is the contestant that others are compared with.
const Us = "missionled"

// The units of a [Figure].
const (
	Nanoseconds = "ns"
	Bytes       = "B"
	Number      = ""
)

// Figure is one thing measured.
type Figure struct {
	Question string  `json:"question"`
	Who      string  `json:"who"`
	What     string  `json:"what"`
	Value    float64 `json:"value"`
	Unit     string  `json:"unit"`
}

// Aim is a bound that the project has set itself on a figure of ours.
type Aim struct {
	Question, What string
	Most           float64
}

// Report collects figures and prints them in the order in which they came.
type Report struct {
	out     io.Writer
	json    bool
	figures []Figure
	failed  bool
}

// NewReport returns a report that is printed as tables, or as lines of JSON.
func NewReport(out io.Writer, asJSON bool) *Report { return &Report{out: out, json: asJSON} }

// Add takes in a figure.
func (r *Report) Add(question, who, what string, value float64, unit string) {
	r.figures = append(r.figures, Figure{question, who, what, value, unit})
}

// AddSpread takes in the figures of a spread.
func (r *Report) AddSpread(question, who string, s Spread) {
	r.Add(question, who, "p50", s.P50, Nanoseconds)
	r.Add(question, who, "p99", s.P99, Nanoseconds)
	r.Add(question, who, "mean, CPU", s.Mean, Nanoseconds)
	r.Add(question, who, "allocations", s.Allocs, Number)
}

// Say prints a line, unless figures alone were asked for.
func (r *Report) Say(format string, args ...any) {
	if !r.json {
		fmt.Fprintf(r.out, format+"\n", args...)
	}
}

// Agree notes how many of the answers compared were the same, and remembers where one was not.
func (r *Report) Agree(question, who string, same, of int) {
	r.Say("answers: %s, %s: %d of %d the same", question, who, same, of)
	r.Add(question, who, "answers compared", float64(of), Number)
	r.Add(question, who, "answers that differ", float64(of-same), Number)
	r.failed = r.failed || same != of
}

// Err is not nil where answers differed.
func (r *Report) Err() error {
	if r.failed {
		return fmt.Errorf("answers differ: the times beside them mean nothing")
	}
	return nil
}

func (r *Report) find(question, who, what string) (Figure, bool) {
	i := slices.IndexFunc(r.figures, func(f Figure) bool { return f.Question == question && f.Who == who && f.What == what })
	if i < 0 {
		return Figure{}, false
	}
	return r.figures[i], true
}

func each[T comparable](figures []Figure, key func(Figure) T) []T {
	var all []T
	for _, f := range figures {
		if k := key(f); !slices.Contains(all, k) {
			all = append(all, k)
		}
	}
	return all
}

// Print shows every question as a row for each contestant, its figures beside each other, and how many times what we take.
func (r *Report) Print() error {
	if r.json {
		out := json.NewEncoder(r.out)
		for _, f := range r.figures {
			if err := out.Encode(f); err != nil {
				return err
			}
		}
		return nil
	}
	shown := slices.DeleteFunc(slices.Clone(r.figures), func(f Figure) bool { return strings.HasPrefix(f.What, "answers") })
	for _, q := range each(shown, func(f Figure) string { return f.Question }) {
		here := slices.DeleteFunc(slices.Clone(shown), func(f Figure) bool { return f.Question != q })
		whats := each(here, func(f Figure) string { return f.What })
		w := tabwriter.NewWriter(r.out, 0, 0, 2, ' ', 0)
		fmt.Fprintf(w, "\n%s\t%s\n", q, strings.Join(whats, "\t"))
		for _, who := range each(here, func(f Figure) string { return f.Who }) {
			row := []string{"  " + who}
			for _, what := range whats {
				row = append(row, r.cell(q, who, what))
			}
			fmt.Fprintln(w, strings.Join(row, "\t"))
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return nil
}

func (r *Report) cell(question, who, what string) string {
	f, ok := r.find(question, who, what)
	if !ok {
		return "-"
	}
	text := Text(f.Value, f.Unit)
	if ours, ok := r.find(question, Us, what); ok && who != Us && ours.Value > 0 && f.Unit != Number {
		text += fmt.Sprintf(" (%.3gx)", f.Value/ours.Value)
	}
	return text
}

// Text writes a figure in a unit that fits.
func Text(value float64, unit string) string {
	switch {
	case unit == Nanoseconds && value >= 1e9:
		return fmt.Sprintf("%.3g s", value/1e9)
	case unit == Nanoseconds && value >= 1e6:
		return fmt.Sprintf("%.3g ms", value/1e6)
	case unit == Nanoseconds && value >= 1e3:
		return fmt.Sprintf("%.3g µs", value/1e3)
	case unit == Nanoseconds:
		return fmt.Sprintf("%.0f ns", value)
	case unit == Bytes && value >= 1e6:
		return fmt.Sprintf("%.3g MB", value/1e6)
	case unit == Bytes:
		return fmt.Sprintf("%.1f B", value)
	}
	return fmt.Sprintf("%.4g", value)
}

// Aims shows what was aimed at beside what was measured, and what was missed.
func (r *Report) Aims(aims []Aim) error {
	if r.json {
		return nil
	}
	w := tabwriter.NewWriter(r.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\naims\t\tat most\tmeasured\t")
	for _, a := range aims {
		f, ok := r.find(a.Question, Us, a.What)
		if !ok {
			continue
		}
		verdict := "met"
		if f.Value > a.Most {
			verdict = fmt.Sprintf("MISSED by %.0f %%", 100*(f.Value/a.Most-1))
			if a.Most == 0 {
				verdict = "MISSED"
			}
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\n", a.Question, a.What, Text(a.Most, f.Unit), Text(f.Value, f.Unit), verdict)
	}
	return w.Flush()
}
