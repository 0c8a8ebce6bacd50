package learning

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math"
	"runtime"
	"strings"

	"github.com/missionled/missionled/internal/bench/meter"
	"github.com/missionled/missionled/milestone/learning"
)

const (
	compiles   = "compile"
	propagates = "propagate"
	values     = "value of all links"
)

func of(links, missions int) string {
	if missions == 1 {
		return fmt.Sprintf("theory of %d links", links)
	}
	return fmt.Sprintf("theory of %d links in %d missions", links, missions)
}

// The aims of the project, one core.
func aims() []meter.Aim {
	var all []meter.Aim
	for _, a := range []struct {
		question                   string
		compile, propagate, values float64
	}{{of(500, 1), 5e6, 0.25e6, 2e6}, {of(500, 1) + ", generated", 5e6, 0.25e6, 2e6}, {of(5000, 12), 80e6, 5e6, 20e6}} {
		all = append(all, meter.Aim{Question: a.question, What: compiles, Most: a.compile},
			meter.Aim{Question: a.question, What: propagates, Most: a.propagate}, meter.Aim{Question: a.question, What: values, Most: a.values})
	}
	return append(all, meter.Aim{Question: tangled, What: "refuse", Most: 250e6})
}

// Run measures and prints. The error says also where answers differ.
func Run(out io.Writer, args []string) error {
	flags := flag.NewFlagSet("learning", flag.ContinueOnError)
	asJSON := flags.Bool("json", false, "print figures as lines of JSON, not tables")
	samples := flags.Int("samples", 15, "samples, of which the least stands: a busy machine only ever adds")
	peer := flags.Bool("grain", true, "run gRain beside, where R has it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	r := meter.NewReport(out, *asJSON)
	r.Say("processor time, the least of %d samples; propagate is Outlook.Given, value is Given and Trials for every link of every target", *samples)
	if err := compareBrute(r); err != nil {
		return err
	}
	for _, size := range []struct {
		links int
		name  string
	}{{50, "toc_50_10"}, {200, "toc_200_20"}, {500, "toc_500_10"}} {
		theory, expected, err := shared(size.name)
		if errors.Is(err, fs.ErrNotExist) {
			r.Say("%s absent: ../shared/data not beside the repository", size.name)
			continue
		}
		if err != nil {
			return err
		}
		question := of(size.links, 1)
		if err := measure(r, question, theory, expected, *samples); err != nil {
			return err
		}
		if *peer {
			if err := compareGrain(r, question, theory); err != nil {
				return err
			}
		}
	}
	for _, size := range [][2]int{{500, 1}, {1500, 4}, {5000, 12}} {
		question := of(size[0], size[1])
		if size[1] == 1 {
			question += ", generated"
		}
		if err := measure(r, question, layered(size[0], size[1], 10, 1), nil, *samples); err != nil {
			return err
		}
	}
	if err := refuse(r); err != nil {
		return err
	}
	if err := r.Print(); err != nil {
		return err
	}
	if err := r.Aims(aims()); err != nil {
		return err
	}
	return r.Err()
}

var choice = []learning.Action{{Name: "stop"}, {Name: "scale", IfReached: 60, IfNot: -40}}

// measure holds a theory to the chances that are expected of it, where there are any, and to itself, and takes its times.
func measure(r *meter.Report, question string, theory *learning.Theory, expected map[string]float64, samples int) error {
	outlook, err := theory.Compile(learning.TheoryOptions{})
	if err != nil {
		return err
	}
	belief, err := outlook.Given(learning.Seen{})
	if err != nil {
		return err
	}
	if expected != nil {
		same := 0
		for step, want := range expected {
			if got, err := belief.Chance(step); err == nil && math.Abs(got-want) <= 1e-10 {
				same++
			}
		}
		r.Agree(question, "the chances beside the repository", same, len(expected))
	}
	trials := make(map[string][]learning.Trial)
	links := 0
	for _, target := range outlook.Targets() {
		rests, err := belief.Rests(target)
		if err != nil {
			return err
		}
		for _, x := range rests {
			trials[target] = append(trials[target], learning.Trial{Link: x.Link, Sensitivity: 0.8, Specificity: 0.8})
		}
		links += len(rests)
	}
	value := func() (worth []learning.TrialWorth) {
		b, err := outlook.Given(learning.Seen{})
		if err != nil {
			return nil
		}
		for _, target := range outlook.Targets() {
			w, err := b.Trials(target, choice, trials[target])
			if err != nil {
				return nil
			}
			worth = append(worth, w...)
		}
		return worth
	}
	first := value()
	same, runs := 0, 5
	for range runs { // another compilation gives the same bits
		again, err := theory.Compile(learning.TheoryOptions{})
		if err != nil {
			return err
		}
		outlook = again
		if worth := value(); len(worth) == links && equalBits(first, worth) {
			same++
		}
	}
	r.Agree(question, "itself, to the last bit", same, runs)
	take := func(what string, do func()) {
		ns, allocs := meter.Steady(samples, do)
		r.Add(question, meter.Us, what, ns, meter.Nanoseconds)
		if what == propagates {
			r.Add(question, meter.Us, "allocations to propagate", allocs, meter.Number)
		}
	}
	var o *learning.Outlook
	take(compiles, func() { o, _ = theory.Compile(learning.TheoryOptions{}) })
	runtime.KeepAlive(o)
	var b *learning.Belief
	take(propagates, func() { b, _ = outlook.Given(learning.Seen{}) })
	runtime.KeepAlive(b)
	take(values, func() { first = value() })
	r.Add(question, meter.Us, "links, by target", float64(links), meter.Number)
	return nil
}

func equalBits(a, b []learning.TrialWorth) bool {
	for i := range a {
		x, y := [...]float64{a[i].Sample, a[i].Perfect, a[i].Movement, a[i].Reliance.IfHolds}, [...]float64{b[i].Sample, b[i].Perfect, b[i].Movement, b[i].Reliance.IfHolds}
		for k := range x {
			if math.Float64bits(x[k]) != math.Float64bits(y[k]) {
				return false
			}
		}
	}
	return true
}

// compareBrute holds small theories to the sum over everything, and takes the time of one of ten links.
func compareBrute(r *meter.Report) error {
	const question, many = "theory of 10 links and 8 steps, packages and hindrances among them", 300
	same, of := 0, 0
	near := func(a, b float64) {
		of++
		if math.Abs(a-b) <= 1e-12 {
			same++
		}
	}
	for seed := range uint64(many) {
		t := small(seed, 3+int(seed%4), 2+int(seed%6))
		b := sum(t)
		target := t.Steps[len(t.Steps)-1].Name
		outlook, err := t.Compile(learning.TheoryOptions{Targets: []string{target}})
		if err != nil {
			return err
		}
		belief, err := outlook.Given(learning.Seen{})
		if err != nil {
			return err
		}
		for i, s := range t.Steps {
			if p, err := belief.Chance(s.Name); err == nil {
				near(p, b.step[i])
			}
		}
		for l := range t.Links {
			trial := learning.Trial{Link: t.Links[l].From + ">" + t.Links[l].To, Sensitivity: 0.9, Specificity: 0.7}
			worth, err := belief.Trials(target, choice, []learning.Trial{trial})
			if err != nil {
				return err
			}
			near(worth[0].Sample/100, max(0, b.worth(t, choice, l, trial))/100)
		}
	}
	r.Agree(question, "summing over everything", same, of)
	t := small(7, 8, 10)
	ns, _ := meter.Steady(5, func() { sum(t) })
	r.Add(question, "summing over everything", values, ns, meter.Nanoseconds)
	trials := make([]learning.Trial, len(t.Links))
	for l := range t.Links {
		trials[l] = learning.Trial{Link: t.Links[l].From + ">" + t.Links[l].To, Sensitivity: 0.9, Specificity: 0.7}
	}
	target := t.Steps[len(t.Steps)-1].Name
	var fault error
	ns, _ = meter.Steady(5, func() {
		outlook, err := t.Compile(learning.TheoryOptions{Targets: []string{target}})
		if err == nil {
			var b *learning.Belief
			if b, err = outlook.Given(learning.Seen{}); err == nil {
				_, err = b.Trials(target, choice, trials)
			}
		}
		fault = errors.Join(fault, err)
	})
	r.Add(question, meter.Us, values, ns, meter.Nanoseconds)
	return fault
}

const tangled = "network of 724 variables with a table of 16.8M cells"

// entangled is a network that no order of elimination makes narrow: twelve variables of four states, each two of which have a
// child in common, so that all twelve must be held together; and as many more hanging on these as make it 724.
func entangled() *learning.Network {
	states := []string{"a", "b", "c", "d"}
	n := new(learning.Network)
	add := func(name string, parents ...string) {
		v := learning.Variable{Name: name, States: states, Parents: parents}
		for range 1 << (2 * len(parents)) {
			v.Table = append(v.Table, 0.1, 0.2, 0.3, 0.4)
		}
		n.Variables = append(n.Variables, v)
	}
	for i := range 12 {
		add(fmt.Sprint("core ", i))
		for k := range i {
			add(fmt.Sprintf("both %d %d", k, i), fmt.Sprint("core ", k), fmt.Sprint("core ", i))
		}
	}
	for i := 0; len(n.Variables) < 724; i++ {
		add(fmt.Sprint("more ", i), n.Variables[i].Name)
	}
	return n
}

// refuse measures how soon a network that is too entangled is refused, and what that allocates.
func refuse(r *meter.Report) error {
	n := entangled()
	var err error
	ns, _ := meter.Steady(5, func() { _, err = n.Compile(learning.InferOptions{}) })
	refused, ok := errors.AsType[*learning.TooEntangledError](err)
	if !ok {
		return fmt.Errorf("the tangled network was not refused: %w", err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = n.Compile(learning.InferOptions{})
	runtime.ReadMemStats(&after)
	r.Add(tangled, meter.Us, "refuse", ns, meter.Nanoseconds)
	r.Add(tangled, meter.Us, "allocated meanwhile", float64(after.TotalAlloc-before.TotalAlloc), meter.Bytes)
	r.Add(tangled, meter.Us, "cells it needs", float64(refused.Cells), meter.Number)
	r.Say("refused: %s", strings.SplitN(refused.Error(), ";", 2)[0])
	return nil
}
