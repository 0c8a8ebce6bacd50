package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

const us = "missionled"

var columns = []string{us, "C++ frozen", "C++", "gonum", "dominikbraun", "heimdalr"}

func find(samples []sample, who, op string, nodes int) (sample, bool) {
	for _, s := range samples {
		if s.Who == who && s.Op == op && s.Nodes == nodes {
			return s, true
		}
	}
	return sample{}, false
}

// table shows one size: what each takes, and how many times what we take.
func table(out io.Writer, s size, ops []string, samples []sample) {
	fmt.Fprintf(out, "\n%d nodes, %d edges: ms (µs an insert, MB held), and times what missionled takes\n", s.nodes, s.edges)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "operation\t"+strings.Join(columns, "\t"))
	shown := slices.Clone(ops)
	if slices.Contains(ops, "build") {
		shown = append(shown, "memory")
	}
	if slices.Contains(ops, "build-string") {
		shown = append(shown, "memory-string")
	}
	if slices.Contains(ops, "betweenness") {
		shown = append(shown, "betweenness-1")
	}
	for _, op := range shown {
		ours, _ := find(samples, us, op, s.nodes)
		row := []string{op}
		for _, who := range columns {
			x, ok := find(samples, who, op, s.nodes)
			row = append(row, cell(x, ok, ours))
		}
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	w.Flush()
}

func value(s sample) float64 {
	switch {
	case s.Op == "insert":
		return s.Millis * 1000
	case s.Bytes > 0:
		return float64(s.Bytes) / 1e6
	}
	return s.Millis
}

func cell(x sample, ok bool, ours sample) string {
	switch {
	case !ok:
		return "-"
	case value(x) == 0:
		return x.Note
	}
	text := fmt.Sprintf("%.3g", value(x))
	if value(x) >= 1000 {
		text = fmt.Sprintf("%.0f", value(x))
	}
	if x.Who != us && value(ours) > 0 {
		text += fmt.Sprintf(" (%.3gx)", value(x)/value(ours))
	}
	if x.Op == "insert" && x.Digest == "" {
		text += " unfinished"
	}
	if x.Digest != "" && ours.Digest != "" && x.Bytes == 0 && x.Digest != ours.Digest {
		text += " OTHER ANSWER"
	}
	return text
}

// An aim is a bound on what we take: at most a factor of what another takes, or a fixed value.
type aim struct {
	op    string
	nodes int
	than  string  // "" for a fixed value
	most  float64 // our value over theirs, or our value
}

// The aims of the project, tightened where the package does better.
var allAims = []aim{
	{"build", 1e6, "C++ frozen", 1.4}, {"build", 1e6, "gonum", 1. / 40},
	{"build-string", 1e6, "C++ frozen", 1.4}, {"build-string", 1e6, "gonum", 1. / 8},
	{"order", 1e6, "C++ frozen", 1.4}, {"order", 1e6, "C++", 1}, {"order", 1e6, "gonum", 1. / 500},
	{"reach", 1e6, "C++ frozen", 1.4}, {"reach", 1e6, "C++", 1}, {"reach", 1e6, "gonum", 1. / 100},
	{"slack", 1e6, "C++ frozen", 1.4}, {"slack", 1e6, "C++", 1}, {"slack", 1e6, "gonum", 1. / 200},
	{"components", 1e6, "C++", 1.35}, {"components", 1e6, "gonum", 1. / 22},
	{"dominators", 1e6, "C++ frozen", 1.2}, {"dominators", 1e6, "gonum", 1. / 100},
	{"reduce", 1e5, "C++ frozen", 2}, {"reduce", 1e5, "", 300},
	{"reduce", 1e6, "C++ frozen", 2}, {"reduce", 1e6, "", 3000},
	{"insert", 1e5, "", 2.5}, {"insert", 1e5, "C++ frozen", 1},
	{"insert", 1e6, "", 25}, {"insert", 1e6, "C++ frozen", 1},
	{"betweenness", 1e4, "C++ frozen", 1.1}, {"betweenness", 1e4, "gonum", 1. / 45},
	{"memory", 1e6, "C++ frozen", 1.2},
}

// aims shows which aims are met.
func aims(out io.Writer, samples []sample) {
	fmt.Fprintln(out, "\naims")
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, a := range allAims {
		ours, ok := find(samples, us, a.op, a.nodes)
		if !ok || value(ours) == 0 {
			continue
		}
		got, what := value(ours), fmt.Sprintf("at most %g", a.most)
		if a.than != "" {
			theirs, ok := find(samples, a.than, a.op, a.nodes)
			if !ok || value(theirs) == 0 {
				continue
			}
			got /= value(theirs)
			what = fmt.Sprintf("at most %.3gx %s", a.most, a.than)
			if a.most < 1 {
				what = fmt.Sprintf("at least %.3gx as fast as %s", 1/a.most, a.than)
			}
		}
		verdict := "met"
		if got > a.most {
			verdict = fmt.Sprintf("MISSED by %.0f %%", 100*(got/a.most-1))
		}
		figure := fmt.Sprintf("%.3g", got)
		if a.than != "" && a.most < 1 {
			figure = fmt.Sprintf("%.3gx", 1/got)
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\n", a.op, a.nodes, what, figure, verdict)
	}
	one, ok1 := find(samples, us, "betweenness-1", 1e4)
	two, ok2 := find(samples, us, "betweenness", 1e4)
	if ok1 && ok2 && two.Millis > 0 {
		verdict := "met"
		if one.Millis/two.Millis < 1.8 {
			verdict = "MISSED"
		}
		fmt.Fprintf(w, "betweenness\t10000\tall processors at least 1.8x one\t%.3gx\t%s\n", one.Millis/two.Millis, verdict)
	}
	w.Flush()
}
