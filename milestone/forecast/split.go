package forecast

import (
	"context"
	"errors"
	"math"
	"math/bits"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Realised is how long something took.
type Realised struct {
	Of    record.Ref
	Lasts calendar.Minutes // worked on its own calendar, as planned durations are
}

// SplitOptions say how [Model.Split] works.
type SplitOptions struct {
	// Target is what was late. Zero means the end of all.
	Target record.Ref
	// Orders is how many random orders to draw where more than 20 durations differ from the plan, and Seed chooses them. Without it more than 20 are refused.
	Orders int
	Seed   uint64
}

// Split says how much of a delay is due to what.
type Split struct {
	Target record.Ref
	// Delay is how much later the target's time is with the durations that were than with those that were planned, in minutes on its calendar.
	Delay calendar.Minutes
	// Parts add up to Delay, by reference. What lasted as planned has none.
	Parts []Part
	// Exact says that every order was counted; else the parts come from Orders orders, and carry their error.
	Exact  bool
	Orders int
}

// Part is what one duration adds to a delay: the mean, over all orders in which durations could have come true one after the other, of by how much the target moved when it did (its Shapley value).
type Part struct {
	Ref   record.Ref
	Delay float64 // in minutes on the target's calendar; negative where it hastened
	// Error is the standard error of Delay where orders were drawn; 0 where it is exact.
	Error float64
}

// Causes of a [*SplitError].
var (
	ErrManyRealised = errors.New("more than 20 durations differ from the plan: say how many orders to draw")
	ErrNotReal      = errors.New("it took less than no time, or more than can be")
	ErrOrders       = errors.New("the number of orders is negative or above a million")
)

// A SplitError says what keeps a delay from being split.
type SplitError struct {
	Ref record.Ref
	Err error
}

// Error names the thing and the cause.
func (e *SplitError) Error() string {
	if e.Ref.IsZero() {
		return "forecast: split: " + e.Err.Error()
	}
	return "forecast: split: " + e.Ref.String() + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *SplitError) Unwrap() error { return e.Err }

// maxExact is how many durations are split over all their sets: 2^20 passes, in batches of 64.
const maxExact = 20

// Split shares the delay of a target out among the durations that were not as planned. It is a function of planned and realised durations alone and no
// matter of chance: where one took longer beside a path that was later still it counts for what it did in the orders in which it did something.
// Exactly it takes a pass for each set of durations; drawn, one for each duration in each order.
func (m *Model) Split(ctx context.Context, observed []Realised, o SplitOptions) (*Split, error) {
	target, ok := m.byRef[o.Target]
	if !ok {
		return nil, &SplitError{Ref: o.Target, Err: ErrNotInModel}
	}
	if o.Orders < 0 || o.Orders > 1_000_000 {
		return nil, &SplitError{Err: ErrOrders}
	}
	plan := m.planned()
	for i := range m.samples {
		s := &m.samples[i]
		plan[m.net.place[s.node]] = int32(m.net.nodes[s.node].lasts)
	}
	var faults []error
	var changes []change
	for _, r := range observed {
		i, ok := m.byRef[r.Of]
		switch {
		case !ok || r.Of == End:
			faults = append(faults, &SplitError{Ref: r.Of, Err: ErrNotInModel})
			continue
		case r.Lasts < 0 || r.Lasts > tooLong/8:
			faults = append(faults, &SplitError{Ref: r.Of, Err: ErrNotReal})
			continue
		}
		k := m.net.place[m.items[i].node]
		if slices.ContainsFunc(changes, func(c change) bool { return c.item == i }) {
			faults = append(faults, &SplitError{Ref: r.Of, Err: ErrTwiceListed})
		}
		if m.net.nodes[m.items[i].node].form == spanning && plan[k] != int32(r.Lasts) {
			changes = append(changes, change{i, k, int32(r.Lasts)})
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return a.item - b.item })
	if len(changes) > maxExact && o.Orders == 0 {
		faults = append(faults, &SplitError{Err: ErrManyRealised})
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	s := splitting{m: m, plan: plan, changes: changes, target: m.net.place[m.items[target].node], b: newBatch(m, 0)}
	split := &Split{Target: o.Target, Exact: len(changes) <= maxExact}
	for _, c := range changes {
		split.Parts = append(split.Parts, Part{Ref: m.items[c.item].ref})
	}
	if split.Exact {
		return split, s.exact(ctx, split)
	}
	split.Orders = o.Orders
	return split, s.drawn(ctx, split, o)
}

type change struct {
	item  int
	place int32
	lasts int32
}

type splitting struct {
	m       *Model
	plan    []int32
	changes []change
	target  int32
	b       *batch
}

// set lays the plan into every lane.
func (s *splitting) set() {
	for k, d := range s.plan {
		row := s.b.row(s.b.d, k)
		for l := range row {
			row[l] = d
		}
	}
}

// exact finds the target's time for every set of changes. The value of one change is a weighted sum of what it adds to each set without it, and the
// weights depend on the sizes of sets only, so that sums by size are whole numbers.
func (s *splitting) exact(ctx context.Context, split *Split) error {
	n := len(s.changes)
	times := make([]int32, max(lanes, 1<<n))
	for at := 0; at < len(times); at += lanes {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if at == 0 {
			s.set()
		}
		for i, c := range s.changes {
			row := s.b.row(s.b.d, int(c.place))
			for l := range row {
				if row[l] = s.plan[c.place]; (at+l)>>i&1 == 1 {
					row[l] = c.lasts
				}
			}
		}
		s.b.forward(0, false)
		copy(times[at:], s.b.row(s.b.f, int(s.target))[:])
	}
	split.Delay = calendar.Minutes(times[1<<n-1] - times[0])
	weight := make([]float64, n) // of sets by size: size! (n-1-size)! / n!
	for k := range weight {
		weight[k] = 1 / float64(n)
		for j := range k { // 1/n / C(n-1, k)
			weight[k] *= float64(j+1) / float64(n-1-j)
		}
	}
	for i := range s.changes {
		bySize := make([]int64, n)
		for set := range 1 << n {
			if set>>i&1 == 0 {
				bySize[bits.OnesCount(uint(set))] += int64(times[set|1<<i] - times[set])
			}
		}
		for k, sum := range bySize {
			split.Parts[i].Delay += float64(weight[k] * float64(sum))
		}
	}
	return nil
}

// drawn draws orders, each a permutation by Fisher and Yates from the draws of a stream of its own.
func (s *splitting) drawn(ctx context.Context, split *Split, o SplitOptions) error {
	n := len(s.changes)
	key := drawKey(o.Seed, drawName("order", o.Target.String()))
	sum, square := make([]int64, n), make([]float64, n)
	orders := make([][]int, lanes)
	for l := range orders {
		orders[l] = make([]int, n)
	}
	var before [lanes]int32
	for at := 0; at < o.Orders; at += lanes {
		for l := range orders {
			for i := range n {
				j := int(uint64(drawStep(key, uint64(at+l)*uint64(n)+uint64(i))) * uint64(i+1) >> 23)
				orders[l][i] = orders[l][j]
				orders[l][j] = i
			}
		}
		s.set()
		for step := range n + 1 {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if step > 0 {
				for l := range orders {
					c := s.changes[orders[l][step-1]]
					s.b.row(s.b.d, int(c.place))[l] = c.lasts
				}
			}
			s.b.forward(0, false)
			f := s.b.row(s.b.f, int(s.target))
			for l := range f {
				if step > 0 && at+l < o.Orders {
					v := f[l] - before[l]
					i := orders[l][step-1]
					sum[i] += int64(v)
					square[i] += float64(v) * float64(v)
				}
			}
			if at == 0 && step == 0 {
				split.Delay = -calendar.Minutes(f[0])
			}
			if at == 0 && step == n {
				split.Delay += calendar.Minutes(f[0])
			}
			before = *f
		}
	}
	for i := range split.Parts {
		k := float64(o.Orders)
		p := &split.Parts[i]
		p.Delay = float64(sum[i]) / k
		if k > 1 {
			p.Error = math.Sqrt(max(0, square[i]-float64(k*p.Delay)*p.Delay) / (k - 1) / k)
		}
	}
	return nil
}
