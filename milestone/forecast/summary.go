package forecast

import (
	"errors"
	"fmt"
	"slices"

	"github.com/missionled/missionled/accountability/record"
)

// Interval is a run of trials, From included and Until excluded.
type Interval struct {
	From  uint64 `json:"from"`
	Until uint64 `json:"until"`
}

// Summary is what trials of a model came to: counts and sums that are all whole numbers, and which trials they are of. Summaries of other trials of
// the same model, seed and options merge to what one run would have given, to the byte. It is immutable; the zero Summary is of nothing, and is
// what [Summary.UnmarshalBinary] and [Summary.UnmarshalJSON] are called on. [NewResults] reads it.
type Summary struct {
	plan, spec [32]byte
	seed       uint64
	ranges     []Interval
	targets    int // how many of the watches are targets; they come first
	watches    []counted
	joint      []int // positions in watches
	sets       []int64
	sums       []sums
	with       [][]wide
	crit       [][]int64 // by target, by item
	plus       [][]int64 // nil where the same as crit
	minus      [][]int64
}

// counted is a watch of a [Summary].
type counted struct {
	ref              record.Ref
	bin, least, zero int32
	met              int32
	gauge            string
	gauged           bool
	first            int
	hist             []int64 // without empty bins at either end
	inDue, ind, both int64
	t, tt            wide
}

func (m *Model) summarise(r *run, o *Options, tallies []*tally) *Summary {
	s := &Summary{plan: m.plan, spec: m.spec, seed: o.Seed, ranges: []Interval{{o.From, o.From + o.Trials}}, targets: r.targets, joint: r.joint}
	t := tallies[0]
	t.carry()
	for _, u := range tallies[1:] {
		u.carry()
		t.join(u)
	}
	for i := range t.watches {
		w := &t.watches[i]
		c := counted{ref: m.items[w.item].ref, bin: w.bin, least: w.least, zero: w.zero, met: w.met, first: w.first, hist: w.hist,
			inDue: w.inDue, ind: w.ind, both: w.both, t: w.t, tt: w.tt}
		if g := r.gauges[i]; g != nil {
			c.gauge, c.gauged = g.Key, true
		}
		c.trim()
		s.watches = append(s.watches, c)
	}
	s.sets, s.sums, s.with = t.joint, t.sums, t.with
	item := make([]int32, len(m.net.base))
	for k, i := range m.net.order {
		item[k] = m.net.nodes[i].item
	}
	spread := func(tr *trace, counts []int64) []int64 {
		all := make([]int64, len(m.items))
		for i, k := range tr.places {
			if item[k] >= 0 {
				all[item[k]] += counts[i]
			}
		}
		return all
	}
	for _, tr := range t.traces {
		s.crit = append(s.crit, spread(tr, tr.crit))
		if tr.plus != nil {
			s.plus, s.minus = append(s.plus, spread(tr, tr.plus)), append(s.minus, spread(tr, tr.minus))
		}
	}
	return s
}

// join adds another worker's counts.
func (t *tally) join(u *tally) {
	for i := range t.watches {
		w, v := &t.watches[i], &u.watches[i]
		w.hist, w.first = joinHist(w.hist, w.first, v.hist, v.first)
		w.inDue, w.ind, w.both = w.inDue+v.inDue, w.ind+v.ind, w.both+v.both
		w.t.plus(v.t)
		w.tt.plus(v.tt)
	}
	addAll(t.joint, u.joint)
	for i := range t.sums {
		t.sums[i].x.plus(u.sums[i].x)
		t.sums[i].xx.plus(u.sums[i].xx)
	}
	for j := range t.with {
		for i := range t.with[j] {
			t.with[j][i].plus(u.with[j][i])
		}
	}
	for j := range t.traces {
		addAll(t.traces[j].crit, u.traces[j].crit)
		addAll(t.traces[j].plus, u.traces[j].plus)
		addAll(t.traces[j].minus, u.traces[j].minus)
	}
}

func addAll(to, from []int64) {
	for i := range to {
		to[i] += from[i]
	}
}

func joinHist(a []int64, firstA int, b []int64, firstB int) ([]int64, int) {
	if len(b) == 0 {
		return a, firstA
	}
	if len(a) == 0 {
		return slices.Clone(b), firstB
	}
	lo, hi := min(firstA, firstB), max(firstA+len(a), firstB+len(b))
	sum := make([]int64, hi-lo)
	copy(sum[firstA-lo:], a)
	for i, n := range b {
		sum[firstB-lo+i] += n
	}
	return sum, lo
}

func (c *counted) trim() {
	for len(c.hist) > 0 && c.hist[0] == 0 {
		c.hist, c.first = c.hist[1:], c.first+1
	}
	for len(c.hist) > 0 && c.hist[len(c.hist)-1] == 0 {
		c.hist = c.hist[:len(c.hist)-1]
	}
	c.hist = slices.Clone(c.hist)
}

// Trials returns how many trials the summary is of.
func (s *Summary) Trials() uint64 {
	n := uint64(0)
	for _, r := range s.ranges {
		n += r.Until - r.From
	}
	return n
}

// Intervals returns which trials the summary is of, in order; neighbours are one.
func (s *Summary) Intervals() []Interval { return slices.Clone(s.ranges) }

// Seed returns the seed of the draws.
func (s *Summary) Seed() uint64 { return s.seed }

// A MismatchError says that summaries are not of the same thing, or not of the model they are read with.
type MismatchError struct {
	// What is what differs: "plan", "uncertainty", "seed" or "options".
	What string
	Ref  record.Ref // what of the options it is about, where that is known
}

// Error says what differs and what to do.
func (e *MismatchError) Error() string {
	s := "forecast: the summary is of another " + e.What
	if e.What == "options" {
		s = "forecast: the summaries were made with other options"
	}
	if !e.Ref.IsZero() {
		s += " (" + e.Ref.String() + ")"
	}
	return s + ": simulate all parts with the same plan, estimates, seed and options"
}

// An OverlapError says that two summaries count some of the same trials.
type OverlapError struct {
	A, B Interval
}

// Error names the two runs of trials.
func (e *OverlapError) Error() string {
	return fmt.Sprintf("forecast: trials %d to %d and %d to %d overlap, and would count twice", e.A.From, e.A.Until-1, e.B.From, e.B.Until-1)
}

// ErrNoSummary says that there is nothing to merge, or that a summary is of no trials.
var ErrNoSummary = errors.New("forecast: there is no summary of any trial")

// Merge joins summaries of different trials of one simulation. The result does not depend on the order, nor on how the trials were split. The error is
// [ErrNoSummary], a [*MismatchError] or an [*OverlapError]. It takes time in proportion to their sizes.
func Merge(list ...*Summary) (*Summary, error) {
	if len(list) == 0 {
		return nil, ErrNoSummary
	}
	for _, s := range list {
		if s == nil || len(s.ranges) == 0 {
			return nil, ErrNoSummary
		}
		if err := list[0].same(s); err != nil {
			return nil, err
		}
	}
	var ranges []Interval
	for _, s := range list {
		ranges = append(ranges, s.ranges...)
	}
	ranges, err := coalesce(ranges)
	if err != nil {
		return nil, err
	}
	sum := list[0].clone()
	for _, s := range list[1:] {
		sum.add(s)
	}
	sum.ranges = ranges
	return sum, nil
}

// coalesce sorts runs of trials and joins neighbours.
func coalesce(ranges []Interval) ([]Interval, error) {
	slices.SortFunc(ranges, func(a, b Interval) int {
		if a.From < b.From {
			return -1
		}
		return int(rising(a.From > b.From))
	})
	kept := ranges[:0:0]
	for _, r := range ranges {
		n := len(kept)
		switch {
		case n > 0 && r.From < kept[n-1].Until:
			return nil, &OverlapError{kept[n-1], r}
		case n > 0 && r.From == kept[n-1].Until:
			kept[n-1].Until = r.Until
		default:
			kept = append(kept, r)
		}
	}
	return kept, nil
}

// same returns what keeps two summaries from being parts of one.
func (s *Summary) same(o *Summary) error {
	switch {
	case s.plan != o.plan:
		return &MismatchError{What: "plan"}
	case s.spec != o.spec:
		return &MismatchError{What: "uncertainty"}
	case s.seed != o.seed:
		return &MismatchError{What: "seed"}
	case s.targets != o.targets || len(s.watches) != len(o.watches) || !slices.Equal(s.joint, o.joint) || len(s.sums) != len(o.sums) ||
		len(s.sets) != len(o.sets) || len(s.plus) != len(o.plus):
		return &MismatchError{What: "options"}
	}
	for i := range s.watches {
		a, b := &s.watches[i], &o.watches[i]
		if a.ref != b.ref || a.bin != b.bin || a.least != b.least || a.zero != b.zero || a.met != b.met || a.gauge != b.gauge || a.gauged != b.gauged {
			return &MismatchError{What: "options", Ref: a.ref}
		}
	}
	for j := range s.crit {
		if len(s.crit[j]) != len(o.crit[j]) {
			return &MismatchError{What: "options"}
		}
	}
	return nil
}

func cloneAll[T any](lists [][]T) [][]T {
	if lists == nil {
		return nil
	}
	own := make([][]T, len(lists))
	for i := range lists {
		own[i] = slices.Clone(lists[i])
	}
	return own
}

func (s *Summary) clone() *Summary {
	c := *s
	c.ranges, c.watches, c.joint = slices.Clone(s.ranges), slices.Clone(s.watches), slices.Clone(s.joint)
	for i := range c.watches {
		c.watches[i].hist = slices.Clone(c.watches[i].hist)
	}
	c.sets, c.sums, c.with = slices.Clone(s.sets), slices.Clone(s.sums), cloneAll(s.with)
	c.crit, c.plus, c.minus = cloneAll(s.crit), cloneAll(s.plus), cloneAll(s.minus)
	return &c
}

// add takes in the counts of another part.
func (s *Summary) add(o *Summary) {
	for i := range s.watches {
		a, b := &s.watches[i], &o.watches[i]
		a.hist, a.first = joinHist(a.hist, a.first, b.hist, b.first)
		a.inDue, a.ind, a.both = a.inDue+b.inDue, a.ind+b.ind, a.both+b.both
		a.t.plus(b.t)
		a.tt.plus(b.tt)
	}
	addAll(s.sets, o.sets)
	for i := range s.sums {
		s.sums[i].x.plus(o.sums[i].x)
		s.sums[i].xx.plus(o.sums[i].xx)
	}
	for j := range s.with {
		for i := range s.with[j] {
			s.with[j][i].plus(o.with[j][i])
		}
		addAll(s.crit[j], o.crit[j])
	}
	for j := range s.plus {
		addAll(s.plus[j], o.plus[j])
		addAll(s.minus[j], o.minus[j])
	}
}
