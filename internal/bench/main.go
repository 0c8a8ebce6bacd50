// Command bench compares package graph with its peers and with the practical limit.
//
//	go run -C internal/bench .                          # all sizes, some minutes
//	go run -C internal/bench . -sizes 1000,100000       # some sizes, by nodes
//	go run -C internal/bench . -ops build,order -json   # some operations, samples as JSON lines
//
// With a word before the flags it measures other packages; -h after the word lists its flags:
//
//	go run -C internal/bench . accountability           # the register beside Casbin and SQLite, and the journal
//	go run -C internal/bench . learning                 # theories of action beside brute force and gRain
//	go run -C internal/bench . review                   # all rules on a large plan, beside decoding it, and again after one change
//	go run -C internal/bench . false-alarms -runs 4000  # how often each statistic alarms where there is nothing
//
// Every contestant runs in a process of its own on the same generated graphs. Answers are
// compared before times are shown: a time stands only beside the answer that this module gives.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/missionled/missionled/internal/bench/accountability"
	"github.com/missionled/missionled/internal/bench/learning"
	"github.com/missionled/missionled/internal/bench/review"
)

type size struct{ nodes, edges int }

// Operations in the order in which they are shown.
var operations = []string{
	"build", "build-string", "order", "reach", "slack", "components", "dominators", "reduce", "insert", "betweenness",
}

// What each contestant has, and up to how many nodes it is asked; beyond, it is known not to
// finish (see ../../../shared/research/graph.md where that folder is beside the repository).
var contestants = []struct {
	who string
	run func(*child, map[string]bool)
	ops map[string]int
}{
	{"missionled", runOurs, map[string]int{
		"build": 1e7, "build-string": 1e7, "order": 1e7, "reach": 1e7, "slack": 1e7, "components": 1e7,
		"dominators": 1e7, "reduce": 1e7, "insert": 1e7, "betweenness": 3e4,
	}},
	{"gonum", runGonum, map[string]int{
		"build": 1e7, "build-string": 1e7, "order": 1e7, "reach": 1e7, "slack": 1e7, "components": 1e7,
		"dominators": 1e7, "insert": 1e5, "betweenness": 1e4,
	}},
	{"dominikbraun", runBraun, map[string]int{
		"build": 1e7, "build-string": 1e7, "order": 1e4, "reach": 1e7, "components": 1e7, "reduce": 1e4, "insert": 1e5,
	}},
	{"heimdalr", runHeimdal, map[string]int{"build": 1e3, "order": 1e3, "reach": 1e3, "reduce": 1e3, "insert": 1e3}},
}

// What a first argument without a dash names.
var others = map[string]func(io.Writer, []string) error{
	"accountability": accountability.Run,
	"learning":       learning.Run,
	"review":         review.Run,
	"false-alarms":   learning.FalseAlarms,
}

func main() {
	if len(os.Args) > 1 && others[os.Args[1]] != nil {
		if err := others[os.Args[1]](os.Stdout, os.Args[2:]); err != nil && !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	var (
		sizes   = flag.String("sizes", "1000,10000,100000,1000000", "numbers of nodes; there are five edges for each")
		only    = flag.String("ops", "", "operations, of: "+strings.Join(operations, ", ")+"; empty for all")
		who     = flag.String("who", "", "contestants, comma-separated; empty for all")
		least   = flag.Bool("least", false, "show the least of the runs, not the median: for a machine that is busy")
		cpu     = flag.Bool("cpu", false, "measure processor time, not wall time: for a machine that is busy")
		asJSON  = flag.Bool("json", false, "print samples as lines of JSON, not tables")
		runs    = flag.Int("runs", 7, "runs that a median is over; slow operations run fewer times")
		limit   = flag.Duration("limit", 20*time.Second, "time for all inserts of one run")
		timeout = flag.Duration("timeout", 4*time.Minute, "time for one contestant, one size and one operation")
		inner   = flag.String("child", "", "run one contestant (used by the command itself)")
	)
	flag.Parse()
	if err := run(*sizes, *only, *who, *inner, *asJSON, *least, *cpu, *runs, *limit, *timeout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(sizes, only, who, inner string, asJSON, least, cpu bool, runs int, limit, timeout time.Duration) error {
	var list []size
	for text := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 2 {
			return fmt.Errorf("size %q is not a number of nodes", text)
		}
		list = append(list, size{n, 5 * n})
	}
	ops := operations
	if only != "" {
		ops = strings.Split(only, ",")
		for _, op := range ops {
			if !slices.Contains(operations, op) {
				return fmt.Errorf("there is no operation %q", op)
			}
		}
	}
	if inner != "" {
		wanted := map[string]bool{}
		for _, op := range ops {
			wanted[op] = true
		}
		for _, c := range contestants {
			if c.who == inner {
				c.run(newChild(inner, list[0], runs, limit, cpu), wanted)
			}
		}
		return nil
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	samples, err := collect(dir, list, ops, who, cpu, runs, limit, timeout)
	if err != nil {
		return err
	}
	if asJSON {
		out := json.NewEncoder(os.Stdout)
		for _, s := range samples {
			if err := out.Encode(s); err != nil {
				return err
			}
		}
		return nil
	}
	if least {
		for i := range samples {
			samples[i].Millis = samples[i].Least
		}
	}
	for _, s := range list {
		table(os.Stdout, s, ops, samples)
	}
	aims(os.Stdout, samples)
	return nil
}

func collect(dir string, list []size, ops []string, who string, cpu bool, runs int, limit, timeout time.Duration) ([]sample, error) {
	ctx := context.Background()
	wanted := func(name string) bool { return who == "" || slices.Contains(strings.Split(who, ","), name) }
	binary := ""
	if wanted("C++") {
		var err error
		if binary, err = compile(dir); err != nil {
			return nil, err
		}
		if binary == "" {
			fmt.Fprintln(os.Stderr, "bench: no C++ compiler, so no baseline")
		}
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	var samples []sample
	for _, s := range list {
		for _, c := range contestants {
			if !wanted(c.who) {
				continue
			}
			for _, op := range ops {
				if most, has := c.ops[op]; !has || s.nodes > most {
					continue
				}
				fmt.Fprintf(os.Stderr, "bench: %s, %d nodes, %s\n", c.who, s.nodes, op)
				samples = append(samples, runChild(ctx, self, c.who, s, op, cpu, runs, limit, timeout)...)
			}
		}
		if binary != "" {
			fmt.Fprintf(os.Stderr, "bench: C++, %d nodes\n", s.nodes)
			asked := slices.DeleteFunc(slices.Clone(ops), func(op string) bool { return op == "betweenness" && s.nodes > 3e4 })
			found, err := runBaseline(ctx, binary, dir, s, asked, cpu, runs)
			if err != nil {
				return nil, err
			}
			samples = append(samples, found...)
		}
	}
	return samples, nil
}

// runChild measures one operation of one contestant in a process of its own.
func runChild(ctx context.Context, self, who string, s size, op string, cpu bool, runs int, limit, timeout time.Duration) []sample {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, self, "-child", who, "-sizes", strconv.Itoa(s.nodes), "-ops", op,
		"-runs", strconv.Itoa(runs), "-limit", limit.String(), fmt.Sprintf("-cpu=%v", cpu))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	var samples []sample
	lines := bufio.NewScanner(bytes.NewReader(out))
	found := false
	for lines.Scan() {
		var x sample
		if json.Unmarshal(lines.Bytes(), &x) == nil {
			found = found || x.Op == op
			if x.Op != "memory" || op == "build" {
				samples = append(samples, x)
			}
		}
	}
	if !found {
		note := "failed"
		switch {
		case ctx.Err() != nil:
			note = "over " + timeout.String()
		case err != nil:
			note = err.Error()
		}
		samples = append(samples, sample{Op: op, Who: who, Nodes: s.nodes, Edges: s.edges, Note: note})
	}
	return samples
}
