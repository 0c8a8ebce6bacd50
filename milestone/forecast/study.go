package forecast

import (
	"context"
	"errors"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/missionled/missionled/accountability/record"
)

// StudyOptions say what [NewStudy] looks at. Trials is the only one that has to be set.
type StudyOptions struct {
	Seed uint64
	// Trials from From on are drawn again: at most 65,536, since all of them are kept. They need not be those of a summary, but are the same if their seed is.
	From, Trials uint64
	// Target is what the influences are on. Zero means the end of all.
	Target record.Ref
	// Workers is as in [Options].
	Workers int
}

// Study is what needs the trials themselves and not their counts: a second pass, over fewer of them.
type Study struct {
	Target record.Ref
	Trials uint64
	// Shares are what can decide the target and varies, by reference: no order of importance.
	Shares []Share
}

// Share is what one duration has to do with the time of a target.
type Share struct {
	Ref  record.Ref
	Name string
	// Spearman is the rank correlation of the duration with the target's time, ties at their average rank.
	Spearman float64
	// Significance is Williams' significance index: the mean of d/(d + float) T/E(T), where d is the duration, float how much later it could finish in that trial
	// without moving the target, and T the target's time since the plan begins. It is between 0 and about 1.
	Significance float64
}

// ErrManyKept says that more trials were asked for than are kept at once.
var ErrManyKept = errors.New("at most 65,536 trials are kept at once")

// NewStudy draws trials again and finds rank correlations and significance indices. The result is the same for any number of workers. It takes three passes over the
// trials, and a sort of them for every activity that varies; and memory for 4 bytes of each trial.
func NewStudy(ctx context.Context, m *Model, o StudyOptions) (*Study, error) {
	r := Options{Seed: o.Seed, From: o.From, Trials: o.Trials, Workers: o.Workers, Watch: []record.Ref{}, Targets: []record.Ref{o.Target}}
	if _, err := m.prepare(&r); err != nil {
		return nil, err
	}
	if o.Trials > 1<<16 {
		return nil, &OptionsError{Option: "Trials", Err: ErrManyKept}
	}
	target := m.net.place[m.items[m.byRef[o.Target]].node]
	s := studying{m: m, o: o, target: target, times: make([]int32, o.Trials)}
	tr := newTrace(&m.net, target)
	s.trace = tr
	for _, k := range tr.places {
		if i := m.net.sample[k]; i >= 0 && m.samples[i].top > m.samples[i].low {
			s.samples = append(s.samples, i)
		}
	}
	if err := s.passes(ctx); err != nil {
		return nil, err
	}
	study := &Study{Target: o.Target, Trials: o.Trials, Shares: make([]Share, len(s.samples))}
	ranks, square := rankOf(s.times)
	err := s.each(ctx, len(s.samples), func(_ *batch, i int) {
		x := &m.samples[s.samples[i]]
		own, ownSquare := rankOf(s.drawAll(s.samples[i]))
		product := 0.0 // of whole numbers and halves: exact
		for t := range own {
			product += own[t] * ranks[t]
		}
		n := float64(len(own))
		mean := (n + 1) / 2
		share := &study.Shares[i]
		share.Ref, share.Name = m.items[x.item].ref, m.items[x.item].name
		if v := (ownSquare - n*mean*mean) * (square - n*mean*mean); v > 0 {
			share.Spearman = (product - n*mean*mean) / math.Sqrt(v)
		}
		if s.sum > 0 {
			share.Significance = s.weights[i].float() / (1 << 20) / s.sum
		}
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(study.Shares, func(a, b Share) int { return a.Ref.Compare(b.Ref) })
	return study, nil
}

// studying is a study in the making.
type studying struct {
	m       *Model
	o       StudyOptions
	target  int32
	samples []int32
	times   []int32
	trace   *trace
	mu      sync.Mutex
	weights []wide // by sample: the sum of d/(d+float) T in 2^-20 minutes
	sum     float64
}

// each calls f for 0 to n-1 from several goroutines.
func (s *studying) each(ctx context.Context, n int, f func(b *batch, i int)) error {
	workers := s.o.Workers
	if workers == 0 {
		workers = processors()
	}
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(workers, n) {
		group.Go(func() {
			b := newBatch(s.m, s.o.Seed)
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				f(b, i)
			}
		})
	}
	group.Wait()
	return context.Cause(ctx)
}

// passes finds the time of the target in each trial, and the weights of the significance index.
func (s *studying) passes(ctx context.Context) error {
	first, last := s.o.From/lanes, (s.o.From+s.o.Trials+lanes-1)/lanes
	s.weights = make([]wide, len(s.samples))
	start := s.m.startOf(s.target)
	err := s.each(ctx, int(last-first), func(b *batch, i int) {
		at := (first + uint64(i)) * lanes
		b.pass(at)
		b.lateness(s.trace)
		f := b.row(b.f, int(s.target))
		part := make([]wide, len(s.samples))
		for l := range f {
			t := at + uint64(l) - s.o.From
			if at+uint64(l) < s.o.From || t >= s.o.Trials {
				continue
			}
			s.times[t] = f[l]
			for j, x := range s.samples {
				k := s.m.net.place[s.m.samples[x].node]
				d := float64(b.d[int(k)*lanes+l])
				if d > 0 {
					room := float64(b.late[int(k)*lanes+l] - b.f[int(k)*lanes+l])
					part[j].add(int64(math.Round(d / (d + max(0, room)) * float64(f[l]-start) * (1 << 20))))
				}
			}
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		for j := range part {
			s.weights[j].plus(part[j])
		}
	})
	for _, t := range s.times {
		s.sum += float64(t - start) // whole numbers below 2^53: exact
	}
	return err
}

// startOf is the point of a node's axis at which the earliest thing of the plan may begin.
func (m *Model) startOf(place int32) int32 {
	n := &m.net
	axis := n.nodes[n.order[place]].axis
	first := int32(math.MaxInt32)
	for k := range n.base {
		if n.base[k] > never && n.low[k] >= 0 {
			x := &n.nodes[n.order[k]]
			p := n.axes[axis].point(n.axes[x.axis].starts(int64(max(0, n.base[k]))))
			first = min(first, int32(max(0, min(p, tooLong))))
		}
	}
	if first == math.MaxInt32 {
		return 0
	}
	return first
}

// drawAll draws one duration in every trial of the study.
func (s *studying) drawAll(sample int32) []int32 {
	all := make([]int32, 0, s.o.Trials)
	m := s.m
	x := &m.samples[sample]
	k := keyed{key: drawKey(s.o.Seed, x.name)}
	for _, l := range x.loads {
		k.loads = append(k.loads, drawKey(s.o.Seed, l.name))
	}
	events := make([]lane, len(m.events))
	var row [lanes]int32
	for at := s.o.From &^ (lanes - 1); at < s.o.From+s.o.Trials; at += lanes {
		for _, e := range x.effects {
			of := &m.events[e.event]
			of.fill(drawKey(s.o.Seed, of.name), drawKey(s.o.Seed, of.size.name), at, &events[e.event])
		}
		if x.inLanes() {
			q := x.quick(k.key, sample)
			q.fill(at, &row)
		} else {
			x.fill(&k, at, events, &row)
		}
		for l, d := range row {
			if t := at + uint64(l); t >= s.o.From && t < s.o.From+s.o.Trials {
				all = append(all, d)
			}
		}
	}
	return all
}

// rankOf returns the ranks of numbers from 1 on, ties at their average, and the sum of their squares.
func rankOf(x []int32) (ranks []float64, square float64) {
	order := make([]uint64, len(x)) // the number above its position
	for i, v := range x {
		order[i] = uint64(uint32(v)^1<<31)<<32 | uint64(i)
	}
	slices.Sort(order)
	ranks = make([]float64, len(x))
	for i := 0; i < len(order); {
		j := i + 1
		for j < len(order) && order[j]>>32 == order[i]>>32 {
			j++
		}
		rank := float64(i+j+1) / 2
		for _, o := range order[i:j] {
			ranks[uint32(o)] = rank
		}
		square += rank * rank * float64(j-i)
		i = j
	}
	return ranks, square
}

// lateness finds, in each trial of a batch, how late what decides a target may finish without moving it; rows are by place, and hold for the places of the trace.
func (b *batch) lateness(tr *trace) {
	n := &b.m.net
	if b.late == nil {
		b.late = make([]int32, len(b.f))
	}
	for _, k := range tr.places {
		row := b.row(b.late, int(k))
		for l := range row {
			row[l] = -never
		}
	}
	*b.row(b.late, int(tr.target)) = *b.row(b.f, int(tr.target))
	for _, k := range tr.places {
		late, d, f := b.row(b.late, int(k)), b.row(b.d, int(k)), b.row(b.f, int(k))
		for j := n.off[k]; j < n.off[k+1]; j++ {
			a := &n.arcs[j]
			before, lasts := b.row(b.late, int(a.from)), b.row(b.d, int(a.from))
			least := n.least != nil && n.least[k]
			asks, lag := b.asked(a, d)
			for l := range late {
				if least && asks[l]+lag != f[l] {
					continue // another comes before it, and only one needs to
				}
				v := late[l]
				if !a.hold {
					v -= d[l]
				}
				if a.then >= 0 {
					v = n.crossings[a.then].inverse(v)
				}
				v -= a.lag
				if a.via >= 0 {
					v = n.crossings[a.via].inverse(v)
				}
				if a.start {
					v += lasts[l]
				}
				before[l] = min(before[l], v)
			}
		}
	}
}
