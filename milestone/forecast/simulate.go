package forecast

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Options say what [Simulate] is to do. Trials is the only one that has to be set.
type Options struct {
	// Seed chooses the draws. Equal seeds give equal draws on every machine.
	Seed uint64
	// From is the number of the first trial and Trials how many there are: other machines may run other trials of the same seed, and [Merge]
	// joins them to what one run of all would have given.
	From, Trials uint64
	// Workers is how many goroutines share the work. Zero means one for each processor that Go uses. The result is the same for any number.
	Workers int
	// Watch lists what to keep the distribution of times of. Nil means every milestone, everything with a due day, and the end of all.
	Watch []record.Ref
	// Targets lists what to find the influences on: each costs a pass backwards, and sums. Nil means the end of all; an empty list means none. Targets are watched too.
	Targets []record.Ref
	// Joint lists at most 12 things to count together: in how many trials each set of them is met. They are watched too.
	Joint []record.Ref
	// Gauges say for milestones whether what they measure is reached in a trial, so that schedule and indicator are met together or not.
	Gauges []Gauge
	// Progress is called from time to time with the number of trials done so far, which rises, by one goroutine at a time.
	Progress func(done, of uint64)
}

// A Gauge says whether what a milestone measures is reached in a trial.
type Gauge struct {
	Of record.Ref
	// Key names what the gauge rests on, its data and model included: results with different keys do not merge.
	Key string
	// Met reports whether the indicator is where it is to be on the due day in that trial. It must be a function of its arguments alone, and safe for
	// concurrent use. A gauge of something without a due day is asked about the zero Date.
	Met func(trial uint64, on calendar.Date) bool
}

// Causes of an [*OptionsError].
var (
	ErrNoTrials    = errors.New("there are no trials to run: set Trials")
	ErrManyTrials  = errors.New("trials are numbered up to 2^53")
	ErrManyJoint   = errors.New("at most 12 things are counted together")
	ErrNoMeasure   = errors.New("the gauge has no function")
	ErrKeyText     = errors.New("the key of the gauge is no text in UTF-8")
	ErrTwoGauges   = errors.New("it has two gauges")
	ErrFewWorkers  = errors.New("the number of workers is negative")
	ErrNotInModel  = errors.New("the model does not have it")
	ErrTwiceListed = errors.New("it is listed twice")
)

// An OptionsError says what is wrong with what was asked of a simulation.
type OptionsError struct {
	Option string
	Ref    record.Ref // of the thing in the option; zero where it is about the option as a whole
	Err    error
}

// Error names the option, the thing, and the cause.
func (e *OptionsError) Error() string {
	if e.Ref.IsZero() {
		return "forecast: " + e.Option + ": " + e.Err.Error()
	}
	return fmt.Sprintf("forecast: %s: %s: %s", e.Option, e.Ref, e.Err)
}

// Unwrap returns the cause.
func (e *OptionsError) Unwrap() error { return e.Err }

// run is a simulation in the making, and of one worker: success is its own.
type run struct {
	watches []int // items; the targets come first, in their order
	targets int
	joint   []int // positions in watches
	gauges  []*Gauge
	dueDay  []calendar.Date
	success []uint64
}

func (m *Model) prepare(o *Options) (*run, error) {
	var faults []error
	fault := func(option string, ref record.Ref, err error) {
		faults = append(faults, &OptionsError{Option: option, Ref: ref, Err: err})
	}
	if o.Trials == 0 {
		fault("Trials", record.Ref{}, ErrNoTrials)
	}
	if o.Trials > 1<<53 || o.From > 1<<53-o.Trials {
		fault("Trials", record.Ref{}, ErrManyTrials)
	}
	if o.Workers < 0 {
		fault("Workers", record.Ref{}, ErrFewWorkers)
	}
	if len(o.Joint) > 12 {
		fault("Joint", record.Ref{}, ErrManyJoint)
	}
	r := new(run)
	items := func(option string, refs []record.Ref) (list []int) {
		for _, ref := range refs {
			i, ok := m.byRef[ref]
			switch {
			case !ok:
				fault(option, ref, ErrNotInModel)
			case slices.Contains(list, i):
				fault(option, ref, ErrTwiceListed)
			default:
				list = append(list, i)
			}
		}
		slices.Sort(list) // by reference, so that the order of the options leaves no trace
		return list
	}
	watch := func(list []int) {
		for _, i := range list {
			if !slices.Contains(r.watches, i) {
				r.watches = append(r.watches, i)
			}
		}
	}
	targets := o.Targets
	if targets == nil {
		targets = []record.Ref{End}
	}
	watch(items("Targets", targets))
	r.targets = len(r.watches)
	rest := items("Watch", o.Watch)
	if o.Watch == nil {
		for i := range m.items {
			if m.items[i].watched {
				rest = append(rest, i)
			}
		}
	}
	joint := items("Joint", o.Joint)
	gauged := make(map[int]*Gauge)
	for k := range o.Gauges {
		g := &o.Gauges[k]
		for _, i := range items("Gauges", []record.Ref{g.Of}) {
			if gauged[i] != nil {
				fault("Gauges", g.Of, ErrTwoGauges)
			}
			if g.Met == nil {
				fault("Gauges", g.Of, ErrNoMeasure)
			}
			if !utf8.ValidString(g.Key) {
				fault("Gauges", g.Of, ErrKeyText)
			}
			gauged[i] = g
			rest = append(rest, i)
		}
	}
	rest = append(rest, joint...)
	slices.Sort(rest)
	seen := make(map[int]bool, len(rest))
	for _, i := range r.watches {
		seen[i] = true
	}
	for _, i := range rest {
		if !seen[i] {
			seen[i] = true
			r.watches = append(r.watches, i)
		}
	}
	for _, i := range joint {
		r.joint = append(r.joint, slices.Index(r.watches, i))
	}
	for _, i := range r.watches {
		r.gauges = append(r.gauges, gauged[i])
		day, _ := m.items[i].due.Ended()
		if m.items[i].due == 0 {
			day = calendar.Date{}
		}
		r.dueDay = append(r.dueDay, day)
	}
	return r, errors.Join(faults...)
}

// newTally makes an empty count.
func (m *Model) newTally(r *run) *tally {
	t := &tally{sums: make([]sums, len(m.samples)), part: make([][3]int64, len(m.samples))}
	d := m.planned()
	f := m.net.single(d)
	for _, i := range r.watches {
		x := &m.items[i]
		k := m.net.place[x.node]
		t.watches = append(t.watches, watch{item: int32(i), place: k, zero: f[k], bin: x.bin, least: x.least, met: x.met})
	}
	widest, span := int64(1), int64(1)
	for i := range m.samples {
		widest = max(widest, int64(m.samples[i].spread))
	}
	span = widest
	for j, i := range r.watches[:r.targets] {
		k := m.net.place[m.items[i].node]
		tr := newTrace(&m.net, k)
		t.traces = append(t.traces, tr)
		t.with = append(t.with, make([]wide, len(m.samples)))
		if j > 0 {
			t.parts = append(t.parts, make([]int64, len(m.samples)))
		}
		in := make([]bool, len(m.net.base))
		for _, p := range tr.places {
			in[p] = true
		}
		within := make([]bool, len(m.samples))
		for s := range m.samples {
			within[s] = in[m.net.place[m.samples[s].node]]
		}
		t.within = append(t.within, within)
		span = max(span, int64(f[k])-int64(m.items[i].least), int64(m.items[i].most)-int64(f[k]))
	}
	// 64 products a batch, none above widest*span.
	t.flush = int(min(1<<16, max(1, (1<<62)/64/widest/span)))
	// In the vector kernel each of 8 lanes of float64 takes 8 products a batch.
	if exact := (1 << 53) / 8 / widest / span; exact >= 16 && r.targets == 1 && vectorKernel() {
		t.flush = min(t.flush, int(min(1<<16, exact)))
		t.vector = make([][24]float64, len(m.samples))
		for i := range m.samples {
			t.base = append(t.base, m.samples[i].base)
			if !t.within[0][i] {
				t.apart = append(t.apart, int32(i))
			}
		}
	}
	if len(r.joint) > 0 {
		t.joint = make([]int64, 1<<len(r.joint))
	}
	return t
}

// blockTrials is how many trials a worker takes at a time; blocks begin at multiples of it.
const blockTrials = 4096

// Simulate runs trials of a model and counts what happens. Every draw is a function of the seed, of the id of what it is for and of the number of the trial, and all
// counts are integers, so the Summary is the same to the byte for any number of workers, for trials run in parts and merged in any order, and with either kernel.
//
// The error joins an [*OptionsError] for each fault in the options, or is the context's cause: a simulation that is stopped gives no Summary.
// It takes time in proportion to trials times activities and links, about 10 ns of one core each, and memory that does not grow with trials
// but for the bins of histograms: for each worker some 600 bytes an activity.
func Simulate(ctx context.Context, m *Model, o Options) (*Summary, error) {
	r, err := m.prepare(&o)
	if err != nil {
		return nil, err
	}
	last := o.From + o.Trials
	firstBlock, lastBlock := o.From/blockTrials, (last+blockTrials-1)/blockTrials
	workers := o.Workers
	if workers == 0 {
		workers = processors()
	}
	workers = int(min(uint64(workers), lastBlock-firstBlock))
	var next atomic.Uint64
	next.Store(firstBlock)
	var mu sync.Mutex
	done := uint64(0)
	tallies := make([]*tally, workers)
	var group sync.WaitGroup
	for w := range workers {
		tallies[w] = m.newTally(r)
		group.Go(func() {
			own := *r
			own.success = make([]uint64, len(r.watches))
			b := newBatch(m, o.Seed)
			for {
				block := next.Add(1) - 1
				if block >= lastBlock {
					return
				}
				from, until := max(o.From, block*blockTrials), min(last, (block+1)*blockTrials)
				for first := from &^ (lanes - 1); first < until; first += lanes {
					if ctx.Err() != nil {
						return
					}
					valid := allLanes
					if first < from {
						valid &= allLanes << (from - first)
					}
					if first+lanes > until {
						valid &= allLanes >> (first + lanes - until)
					}
					b.pass(first)
					tallies[w].count(b, &own, first, valid)
				}
				if o.Progress != nil {
					mu.Lock()
					done += until - from
					o.Progress(done, o.Trials)
					mu.Unlock()
				}
			}
		})
	}
	group.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return m.summarise(r, &o, tallies), nil
}
