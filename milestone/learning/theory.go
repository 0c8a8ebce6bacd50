package learning

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/missionled/missionled/accountability/record"
)

// Theory is a theory of action: which steps contribute to which, how strongly, and how far that is believed. Contributions to a step come in
// packages: everything in a package is needed for it to work, and any package that works is enough (Mayne 2012: causes that are neither
// necessary nor sufficient alone, within packages that are sufficient). Packages work independently of each other, so that
//
//	P(reached | what leads to it) = 1 - (1 - otherwise) · Π (1 - strength of each package whose parts are all there)
//
// a leaky noisy-OR (Henrion 1987), times (1 - strength) for every contribution that hinders. A link's part is there where the step
// that it leads from is reached and the hypothesis is true that the link holds here. Strength is how strong the link is where it holds;
// belief is how sure one is that it does: evidence moves belief alone.
type Theory struct {
	Steps []Step
	Links []Link
	// Clues are what was seen that bears on several links at once.
	Clues []SharedClue
}

// SharedClue is one observation that bears on several links, so that the beliefs in them hang together: a node of the network with
// several parents, and not several observations.
type SharedClue struct {
	Name  string
	Links []string // 1 to 12, each once
	// Chance is that of what was seen, for each combination of the links holding or not: bit i of the index is 1 where Links[i]
	// holds. Only the ratios count.
	Chance []float64
}

// Step is something to be reached: an activity done, a milestone, an outcome, a mission.
type Step struct {
	Name string
	// Otherwise is the chance that it is reached without any of the links that lead to it: the rival explanations. For a step that nothing leads to it is the
	// chance that it is reached at all. It must be stated, if only as 0.
	Otherwise record.Quantity
}

// Link says that one step contributes to another.
type Link struct {
	Name     string // unique; empty means From>To
	From, To string
	// Package names the links to one step that work only together; empty means that the link is a package of its own.
	Package string
	// Strength is the chance that From brings To about, where From is reached, the link holds and nothing else leads to To. The strength of a package is the product of its links'.
	Strength float64
	// Belief is how sure one is that the link holds, from 0 to 1.
	Belief float64
	// Hinders says that From, where reached, works against To.
	Hinders bool
}

func (l *Link) name() string {
	if l.Name != "" {
		return l.Name
	}
	return l.From + ">" + l.To
}

// A TheoryError is one fault of a [Theory]. [Theory.Compile] joins all of them.
type TheoryError struct {
	Place  string // "step x" or "link x"
	Reason string
}

// Error names the place.
func (e *TheoryError) Error() string { return e.Place + ": " + e.Reason }

// The states of the variables that a theory becomes.
const (
	yes = 0
	no  = 1
)

// drawn is a theory turned into a network: a variable for each step, one for each link's hypothesis, and those in between.
type drawn struct {
	*net
	step    map[string]int32
	link    map[string]int32 // position in Links
	links   []string         // the name of each
	held    []int32          // the variable of each link's hypothesis
	clues   []int32          // the variable of each clue, which is always seen
	beliefs []float64
}

func (t *Theory) draw() (*drawn, error) {
	var faults []error
	d := &drawn{net: &net{index: make(map[string]int32)}, step: make(map[string]int32), link: make(map[string]int32)}
	fault := func(what, name, format string, args ...any) {
		faults = append(faults, &TheoryError{Place: what + " " + strconv.Quote(name), Reason: fmt.Sprintf(format, args...)})
	}
	place := make(map[string]int)
	for i := range t.Steps {
		s := &t.Steps[i]
		if _, twice := place[s.Name]; twice || s.Name == "" {
			fault("step", s.Name, "a step needs a name that no other has")
		}
		place[s.Name] = i
		if s.Otherwise.IsZero() {
			fault("step", s.Name, "nothing says how likely it is without the links that lead to it: state the chance of the rival explanations, if only as 0")
		} else if p := s.Otherwise.Float(); !(p >= 0 && p <= 1) {
			fault("step", s.Name, "the chance otherwise is %v, and a probability lies between 0 and 1", p)
		}
	}
	into := make([][]int, len(t.Steps))
	for i := range t.Links {
		l := &t.Links[i]
		name := l.name()
		if _, twice := d.link[name]; twice {
			fault("link", name, "there are two of that name: name them apart")
		}
		d.link[name] = int32(i)
		d.links = append(d.links, name)
		to, ok := place[l.To]
		if _, known := place[l.From]; !ok || !known {
			fault("link", name, "it runs from %q to %q, and there are not both steps", l.From, l.To)
		} else {
			into[to] = append(into[to], i)
		}
		if !(l.Strength >= 0 && l.Strength <= 1) {
			fault("link", name, "its strength is %v, and a probability lies between 0 and 1", l.Strength)
		}
		if !(l.Belief >= 0 && l.Belief <= 1) {
			fault("link", name, "the belief in it is %v, and a probability lies between 0 and 1", l.Belief)
		}
		if l.Hinders && l.Package != "" {
			fault("link", name, "a link that hinders cannot be part of a package")
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	for i := range t.Steps {
		d.step[t.Steps[i].Name] = d.add(t.Steps[i].Name)
	}
	for i := range t.Links {
		d.held = append(d.held, d.add(d.links[i]+" holds"))
		d.tables[d.held[i]] = []float64{1, 1} // the belief is entered with each question
		d.beliefs = append(d.beliefs, t.Links[i].Belief)
	}
	for i := range t.Clues {
		if err := d.see(&t.Clues[i]); err != nil {
			return nil, err
		}
	}
	for i := range t.Steps {
		d.reach(t, i, into[i])
	}
	if circle := d.sort(); circle != nil {
		circle = slices.DeleteFunc(circle, func(name string) bool { _, is := d.step[name]; return !is })
		return nil, &CycleError{Path: circle}
	}
	return d, nil
}

// see draws a clue, scaled so that its largest chance is 1.
func (d *drawn) see(c *SharedClue) error {
	fault := func(reason string) error {
		return &TheoryError{Place: "clue " + strconv.Quote(c.Name), Reason: reason}
	}
	var parents []int32
	for _, name := range c.Links {
		l, ok := d.link[name]
		if !ok || slices.Contains(parents, d.held[l]) {
			return fault("link " + strconv.Quote(name) + " does not exist or is named twice")
		}
		parents = append(parents, d.held[l])
	}
	most := 0.0
	for _, p := range c.Chance {
		if !(p >= 0) || math.IsInf(p, 1) {
			return fault(fmt.Sprintf("its chances have %v among them: give finite numbers of at least 0", p))
		}
		most = max(most, p)
	}
	if len(parents) == 0 || len(parents) > maxShared || len(c.Chance) != 1<<len(parents) || most == 0 {
		return fault("it needs 1 to 12 links, and a chance for each combination of them, not all 0")
	}
	v := d.add("seen " + c.Name)
	d.clues = append(d.clues, v)
	d.set(v, func(is []bool) float64 {
		at := 0
		for i, holds := range is {
			if holds {
				at |= 1 << i
			}
		}
		return c.Chance[at] / most
	}, parents...)
	return nil
}

// touching returns the clues that bear on any of the links that lead to some variables, or on links that other such clues bear on.
func (d *drawn) touching(targets []int32) []int32 {
	if len(d.clues) == 0 {
		return nil
	}
	var clues []int32
	for grown := true; grown; {
		grown = false
		keep := d.prune(append(slices.Clone(targets), clues...))
		for _, v := range d.clues {
			if !keep[v] && slices.ContainsFunc(d.parents[v], func(p int32) bool { return keep[p] }) {
				clues = append(clues, v)
				grown = true
			}
		}
	}
	return clues
}

// add makes a variable with the states yes and no.
func (d *drawn) add(name string) int32 {
	v := int32(len(d.names))
	d.index[name] = v
	d.names = append(d.names, name)
	d.states = append(d.states, 2)
	d.labels = append(d.labels, []string{"yes", "no"})
	d.parents = append(d.parents, nil)
	d.tables = append(d.tables, nil)
	return v
}

// set gives a variable its parents and the chance of yes for every combination of theirs.
func (d *drawn) set(v int32, chance func(is []bool) float64, parents ...int32) {
	is := make([]bool, len(parents))
	table := make([]float64, 0, 2<<len(parents))
	for row := range 1 << len(parents) {
		for i := range parents {
			is[i] = row>>(len(parents)-1-i)&1 == yes
		}
		p := chance(is)
		table = append(table, p, 1-p)
	}
	d.parents[v], d.tables[v] = parents, table
}

// reach draws how a step is reached: one variable after the other takes in one package, so that no table grows with their number.
func (d *drawn) reach(t *Theory, i int, links []int) {
	s := &t.Steps[i]
	var packages [][]int
	named := make(map[string]int)
	var hinder []int
	for _, l := range links {
		link := &t.Links[l]
		at, ok := named[link.Package]
		switch {
		case link.Hinders:
			hinder = append(hinder, l)
		case link.Package != "" && ok:
			packages[at] = append(packages[at], l)
		default:
			named[link.Package] = len(packages)
			packages = append(packages, []int{l})
		}
	}
	stages := len(packages) + len(hinder)
	otherwise := s.Otherwise.Float()
	last := int32(-1) // the variable that says how far it has come
	stage := func() int32 {
		stages--
		if stages <= 0 {
			return d.step[s.Name]
		}
		return d.add(s.Name + " so far " + strconv.Itoa(stages))
	}
	if stages == 0 || len(packages) == 0 {
		if stages == 0 {
			d.set(d.step[s.Name], func([]bool) float64 { return otherwise })
			return
		}
		last = d.add(s.Name + " by itself")
		d.set(last, func([]bool) float64 { return otherwise })
	}
	for _, members := range packages {
		strength := 1.0
		for _, l := range members {
			strength *= t.Links[l].Strength
		}
		// The parts of a package of several come together one by one.
		parts := []int32{d.step[t.Links[members[0]].From], d.held[members[0]]}
		for k, l := range members[1:] {
			both := d.add(s.Name + " package " + t.Links[members[0]].name() + " " + strconv.Itoa(k))
			d.set(both, all, parts...)
			parts = []int32{both, d.step[t.Links[l].From], d.held[l]}
		}
		v := stage()
		if last < 0 {
			d.set(v, func(is []bool) float64 {
				if all(is) == 1 {
					return 1 - (1-otherwise)*(1-strength)
				}
				return otherwise
			}, parts...)
		} else {
			d.set(v, func(is []bool) float64 {
				if is[0] {
					return 1
				}
				return strength * all(is[1:])
			}, append([]int32{last}, parts...)...)
		}
		last = v
	}
	for _, l := range hinder {
		strength := t.Links[l].Strength
		v := stage()
		d.set(v, func(is []bool) float64 {
			if !is[0] {
				return 0
			}
			return 1 - strength*all(is[1:])
		}, last, d.step[t.Links[l].From], d.held[l])
		last = v
	}
}

func all(is []bool) float64 {
	if slices.Contains(is, false) {
		return 0
	}
	return 1
}

// clampProbability takes float noise off the ends.
func clampProbability(p float64) float64 { return math.Min(1, math.Max(0, p)) }
