// Package forecast compares the simulation of milestone/forecast with the same job in NumPy, vectorised over trials, and in a straightforward Go loop.
//
//	go run -C internal/bench ./forecast/run                      # the plain kernel
//	GOEXPERIMENT=simd go run -C internal/bench ./forecast/run    # the vector kernel, on a processor with AVX-512
//
// All three draw triangular durations, run both passes, count criticality with ties, and add up what correlations need. Answers are compared before speeds
// are shown: means, 80th percentiles and criticality agree within the error of simulation, or the speed is not shown.
package forecast

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	ours "github.com/missionled/missionled/milestone/forecast"
)

//go:embed numpy.py
var script []byte

// net is a network of activities from finish to start, in topological order, with triangular durations in minutes. The last node is the end.
type net struct {
	Name   string    `json:"-"`
	Nodes  int       `json:"nodes"`
	Off    []int     `json:"off"`
	From   []int     `json:"from"`
	Min    []float64 `json:"min"`
	Mode   []float64 `json:"mode"`
	Max    []float64 `json:"max"`
	Trials int       `json:"trials"`
	Runs   int       `json:"runs"`
}

// Names are the networks, small ones first. Those of PSPLIB are read from a folder, and left out where it is absent.
var Names = []string{"j30", "j120", "1k", "4237", "10k"}

// network makes or reads one network; ok is false where its file is absent.
func network(name, data string) (*net, bool, error) {
	n := &net{Name: name}
	var into [][]int
	var lasts []float64
	switch name {
	case "j30", "j120":
		text, err := os.ReadFile(filepath.Join(data, name+"1_1.sm"))
		if err != nil {
			return nil, false, nil
		}
		if into, lasts, err = psplib(string(text)); err != nil {
			return nil, false, err
		}
	case "1k":
		into, lasts = layered(1001, 3)
	case "4237":
		into, lasts = layered(4237, 2)
	case "10k":
		into, lasts = layered(10_001, 3)
	default:
		return nil, false, fmt.Errorf("there is no network %q", name)
	}
	last := make([]bool, len(into))
	for i := range last {
		last[i] = true
	}
	for j, list := range into {
		n.Off = append(n.Off, len(n.From))
		for _, p := range list {
			n.From = append(n.From, p)
			last[p] = false
		}
		n.Min, n.Mode, n.Max = append(n.Min, math.Round(.8*lasts[j])), append(n.Mode, lasts[j]), append(n.Max, math.Round(1.5*lasts[j]))
	}
	n.Off = append(n.Off, len(n.From))
	for j, is := range last {
		if is {
			n.From = append(n.From, j)
		}
	}
	n.Off = append(n.Off, len(n.From))
	n.Min, n.Mode, n.Max = append(n.Min, 0), append(n.Mode, 0), append(n.Max, 0)
	n.Nodes = len(into) + 1
	return n, true, nil
}

// layered makes a network of n activities, each after some of those not long before it.
func layered(n, degree int) (into [][]int, lasts []float64) {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	width := max(4, n/40)
	into = make([][]int, n)
	for j := range n {
		lasts = append(lasts, float64(1+r.IntN(20))*480)
		for range min(j, 1) * degree {
			if i := j - 1 - r.IntN(min(j, width)); !slices.Contains(into[j], i) {
				into[j] = append(into[j], i)
			}
		}
	}
	return into, lasts
}

// psplib reads the links and durations of a network of PSPLIB, whose jobs stand in topological order.
func psplib(text string) (into [][]int, lasts []float64, err error) {
	part := ""
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		line := lines.Text()
		words := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "PRECEDENCE"), strings.HasPrefix(line, "REQUESTS"), strings.HasPrefix(line, "RESOURCEAVAIL"):
			part = line[:3]
		case len(words) < 3 || words[0][0] < '0' || words[0][0] > '9':
		case part == "PRE":
			into = append(into, nil)
		case part == "REQ":
			days, err := strconv.Atoi(words[2])
			if err != nil {
				return nil, nil, err
			}
			lasts = append(lasts, float64(days)*1440)
		}
	}
	part = ""
	for line := range strings.SplitSeq(text, "\n") {
		words := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "PRECEDENCE"):
			part = "PRE"
		case strings.HasPrefix(line, "REQUESTS"):
			part = ""
		case part == "PRE" && len(words) > 3 && words[0][0] >= '0' && words[0][0] <= '9':
			from, _ := strconv.Atoi(words[0])
			for _, w := range words[3:] {
				to, _ := strconv.Atoi(w)
				if to < 1 || to > len(into) || from >= to {
					return nil, nil, fmt.Errorf("the job %d is followed by %d", from, to)
				}
				into[to-1] = append(into[to-1], from-1)
			}
		}
	}
	return into, lasts, lines.Err()
}

// model makes a model of a network.
func (n *net) model() (*ours.Model, error) {
	begin := calendar.MustParseDate("2030-01-07").At(0)
	spec := milestone.Spec{Projects: []milestone.Project{{Record: record.New("p"), Name: n.Name, Start: begin}}}
	var risk ours.Spec
	id := func(j int) record.ID { return record.ID(fmt.Sprintf("n%05d", j)) }
	for j := range n.Nodes - 1 {
		spec.Activities = append(spec.Activities, milestone.Activity{Record: record.New(id(j)), Name: string(id(j)), Project: "p", Lasts: calendar.Minutes(n.Mode[j])})
		if n.Max[j] > n.Min[j] {
			risk.Estimates = append(risk.Estimates, ours.Estimate{Record: record.New(id(j)), Subject: record.Ref{Kind: milestone.KindActivity, ID: id(j)},
				Shape: ours.Shape{Kind: ours.Triangular, Scale: ours.InMinutes, Min: n.Min[j], Mode: n.Mode[j], Max: n.Max[j]}})
		}
		for k, p := range n.From[n.Off[j]:n.Off[j+1]] {
			spec.Dependencies = append(spec.Dependencies, milestone.Dependency{Record: record.New(record.ID(fmt.Sprintf("d%d-%d", j, k))),
				On: record.Ref{Kind: milestone.KindActivity, ID: id(p)}, Dependent: record.Ref{Kind: milestone.KindActivity, ID: id(j)}, Kind: milestone.FinishStart})
		}
	}
	plan, err := milestone.Compile(spec, record.View{})
	if err != nil {
		return nil, err
	}
	schedule, err := plan.Schedule(record.Moment{}, milestone.ScheduleOptions{})
	if err != nil {
		return nil, err
	}
	return ours.NewModel(schedule, risk, ours.ModelOptions{})
}

// mine runs our simulation: processor time with one worker, and how many times as fast two are by the clock.
func (n *net) mine(trials, runs int) (best result, two float64, err error) {
	m, err := n.model()
	if err != nil {
		return best, 0, err
	}
	ctx := context.Background()
	var summary *ours.Summary
	one, both := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
	for range max(runs, 3) {
		began, clock := processorTime(), time.Now()
		if summary, err = ours.Simulate(ctx, m, ours.Options{Seed: 1, Trials: uint64(trials), Workers: 1}); err != nil {
			return best, 0, err
		}
		took := processorTime() - began
		one = min(one, time.Since(clock))
		best.Rate = max(best.Rate, float64(trials)*float64(n.Nodes-1)/took.Seconds()/1e6)
		clock = time.Now()
		if _, err = ours.Simulate(ctx, m, ours.Options{Seed: 1, Trials: uint64(trials), Workers: 2}); err != nil {
			return best, 0, err
		}
		both = min(both, time.Since(clock))
	}
	r, err := ours.NewResults(m, summary)
	if err != nil {
		return best, 0, err
	}
	o, _ := r.Outcome(ours.End)
	begin := calendar.MustParseDate("2030-01-07").At(0)
	best.Mean = float64(o.Planned-begin) + o.MeanPoint()
	best.P80, best.Deviation, best.Trials, best.How = float64(o.Percentile(.8).At-begin), o.Deviation, trials, kernel
	best.Critical = make([]float64, n.Nodes)
	for _, f := range r.Influences(ours.End) {
		j, err := strconv.Atoi(strings.TrimPrefix(string(f.Ref.ID), "n"))
		if err != nil {
			return best, 0, err
		}
		best.Critical[j] = f.Critical.P
	}
	return best, one.Seconds() / both.Seconds(), nil
}

// numpy runs the script.
//
// The first result is NumPy as it is usually written, 10,000 trials at once in float64 with its default generator; the second the fastest that was found: in
// float32, with a lighter generator, as many trials at a time as its caches like.
func (n *net) numpy(python string, trials, runs int) (r [2]result, err error) {
	n.Trials, n.Runs = trials, runs
	input, err := json.Marshal(n)
	if err != nil {
		return r, err
	}
	file, err := os.CreateTemp("", "numpy-*.py")
	if err != nil {
		return r, err
	}
	defer os.Remove(file.Name())
	if _, err := file.Write(script); err != nil {
		return r, err
	}
	if err := file.Close(); err != nil {
		return r, err
	}
	cmd := exec.Command(python, file.Name())
	cmd.Stdin = bytes.NewReader(input)
	cmd.Env = append(os.Environ(), "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "MKL_NUM_THREADS=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return r, fmt.Errorf("numpy on %s: %w", n.Name, err)
	}
	return r, json.Unmarshal(out, &r)
}

// findPython returns a Python with NumPy, or "".
func findPython() string {
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if path, err := exec.LookPath(name); err == nil && exec.Command(path, "-c", "import numpy").Run() == nil {
			return path
		}
	}
	return ""
}

// Compare measures the networks named, or all where none is, prints the table, and returns an error where answers differ by more than the error of simulation.
// data is the folder of PSPLIB's files.
func Compare(out io.Writer, names []string, data string, runs int) error {
	if len(names) == 0 {
		names = Names
	}
	python := findPython()
	if python == "" {
		fmt.Fprintln(out, "forecast: no python3 with numpy, so that comparison is skipped")
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "network\tnodes/links\tmissionled (%s) M/s\tnumpy M/s\ttimes\tnumpy tuned M/s\ttimes\tGo loop M/s\ttimes\ttwo workers\tagreement\n", kernel)
	var differ []string
	for _, name := range names {
		n, ok, err := network(name, data)
		if err != nil {
			return err
		}
		if !ok {
			fmt.Fprintf(out, "forecast: %s is skipped: its file is not in %s\n", name, data)
			continue
		}
		trials := min(1<<17, max(1<<13, 40_000_000/n.Nodes)) &^ 2047
		mine, two, err := n.mine(trials, runs)
		if err != nil {
			return err
		}
		peer := trials / 8 &^ 2047
		loop := n.loop(max(2048, peer))
		said := agree(mine, loop)
		row := []string{name, fmt.Sprintf("%d/%d", n.Nodes-1, n.Off[n.Nodes-1]), fmt.Sprintf("%.0f", mine.Rate)}
		peers := []result{{}, {}, loop}
		if python != "" {
			r, err := n.numpy(python, max(10_000, peer), runs)
			if err != nil {
				return err
			}
			said = append(append(said, agree(mine, r[0])...), agree(mine, r[1])...)
			peers[0], peers[1] = r[0], r[1]
		}
		for _, p := range peers {
			if p.Rate == 0 || len(said) > 0 {
				row = append(row, "-", "-")
				continue
			}
			row = append(row, fmt.Sprintf("%.1f", p.Rate), fmt.Sprintf("%.1fx", mine.Rate/p.Rate))
		}
		verdict := "yes"
		if len(said) > 0 {
			verdict = strings.Join(said, "; ")
			differ = append(differ, name)
		}
		row = append(row, fmt.Sprintf("%.2fx", two), verdict)
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	w.Flush()
	if len(differ) > 0 {
		return fmt.Errorf("answers differ on %s", strings.Join(differ, ", "))
	}
	return nil
}

// agree says in what two answers differ by more than five standard errors, and a minute for rounding.
func agree(a, b result) (differ []string) {
	n := math.Sqrt(1/float64(a.Trials) + 1/float64(b.Trials))
	if math.Abs(a.Mean-b.Mean) > 5*a.Deviation*n+1 {
		differ = append(differ, fmt.Sprintf("mean %.1f and %.1f", a.Mean, b.Mean))
	}
	if math.Abs(a.P80-b.P80) > 5*a.Deviation*1.43*n+60 { // of a normal's 80th percentile; bins are at most an hour here
		differ = append(differ, fmt.Sprintf("P80 %.0f and %.0f", a.P80, b.P80))
	}
	for j := range a.Critical[:len(a.Critical)-1] {
		p := (a.Critical[j] + b.Critical[j]) / 2
		if math.Abs(a.Critical[j]-b.Critical[j]) > 6*math.Sqrt(p*(1-p))*n+1e-3 {
			differ = append(differ, fmt.Sprintf("criticality of %d: %.4f and %.4f", j, a.Critical[j], b.Critical[j]))
			break
		}
	}
	return differ
}
