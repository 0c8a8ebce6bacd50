package forecast

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"math"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// reach settles what of an item depends on the network: what is in time, and the bins of its histogram.
func (b *modelling) reach() {
	m := b.m
	if b.options.Bin < 0 {
		b.fault(record.Ref{}, ErrBin)
		return
	}
	for i := range m.items {
		x := &m.items[i]
		k := m.net.place[x.node]
		x.least, x.most = int32(max(0, m.net.low[k])), int32(max(0, m.net.high[k]))
		x.met = never
		if x.due != 0 {
			x.met = m.inTime(i, x.due)
		}
		span := calendar.Minutes(x.most - x.least + 1)
		if x.bin = int32(min(b.options.Bin, tooLong)); x.bin == 0 {
			for _, x.bin = range []int32{1, 5, 15, 30, 60, 120, 240, 480, 1440} {
				if span/calendar.Minutes(x.bin) < 1<<16 {
					break
				}
			}
		}
		if span/calendar.Minutes(x.bin) > 1<<24 {
			b.fault(x.ref, ErrBin)
			return
		}
	}
}

// inTime returns the greatest point of an item whose minute is not after the one given.
func (m *Model) inTime(i int, due calendar.Minute) int32 {
	n := &m.net
	x := &n.nodes[m.items[i].node]
	a := &n.axes[x.axis]
	p := int32(min(max(a.point(due), -1), tooLong))
	for p >= 0 && m.minuteOf(i, p) > due {
		p--
	}
	return p
}

// minuteOf returns where on the clock the finish of an item lies at a point of its axis.
func (m *Model) minuteOf(i int, p int32) calendar.Minute {
	n := &m.net
	x := &n.nodes[m.items[i].node]
	a := &n.axes[x.axis]
	switch {
	case x.pinned:
		return x.ended
	case x.form == opening:
		return a.starts(int64(p))
	case x.form == closing && x.asks != 0 && int64(p) == x.base:
		return max(x.asks, a.ends(int64(p)))
	}
	return a.ends(int64(p))
}

// single runs the forward pass on one set of durations by place; it is the plain statement of what the kernels do.
func (n *network) single(d []int32) (f []int32) {
	f = make([]int32, len(n.base))
	for k := range n.base {
		s := max(n.base[k], n.hold[k]-d[k])
		if n.hold[k] == never {
			s = n.base[k]
		}
		if n.least != nil && n.least[k] {
			s = math.MaxInt32
		}
		for j := n.off[k]; j < n.off[k+1]; j++ {
			c := n.ask(&n.arcs[j], f, d, d[k])
			if n.least != nil && n.least[k] {
				s = min(s, c)
			} else {
				s = max(s, c)
			}
		}
		f[k] = s + d[k]
	}
	return f
}

// ask is what an arc asks of the start of its later end.
func (n *network) ask(a *arc, f, d []int32, own int32) int32 {
	p := f[a.from]
	if a.start {
		p -= d[a.from]
	}
	if a.via >= 0 {
		p = n.crossings[a.via].at(p)
	}
	p += a.lag
	if a.then >= 0 {
		p = n.crossings[a.then].at(p)
	}
	if a.hold {
		p -= own
	}
	return p
}

// planned returns the durations of the plan by place, and expected those that estimates, drivers and risks expect.
func (m *Model) planned() []int32 {
	d := make([]int32, len(m.net.fixed))
	copy(d, m.net.fixed)
	for i := range m.samples {
		s := &m.samples[i]
		d[m.net.place[s.node]] = s.base
	}
	return d
}

// compare notes where the model, with durations as planned, does not give the early dates of the schedule.
func (b *modelling) compare() {
	m := b.m
	d := m.planned()
	for i := range m.samples { // as planned, whether or not the estimate thinks that possible
		s := &m.samples[i]
		d[m.net.place[s.node]] = int32(m.net.nodes[s.node].lasts)
	}
	f := m.net.single(d)
	for i := range m.items[:len(m.items)-1] {
		x := &m.items[i]
		k := m.net.place[x.node]
		t := &b.all[b.at[i]]
		differs := m.minuteOf(i, f[k]) != t.EarlyFinish
		if n := &m.net.nodes[x.node]; n.form == spanning && !n.pinned {
			differs = differs || m.net.axes[n.axis].starts(int64(f[k]-d[k])) != t.EarlyStart
		}
		if differs {
			b.note(t.Ref, Differs)
		}
	}
}

// fingerprint sums up what the simulation depends on, one for the plan and one for what is uncertain about it, so that results of other plans and of
// other machines' tables are told apart.
func (m *Model) fingerprint(all []milestone.Timing, arcs []milestone.Arc) {
	plan, spec := digest{sha256.New()}, digest{sha256.New()}
	n := &m.net
	plan.text(method)
	for i := range m.items {
		x := &m.items[i]
		node := &n.nodes[x.node]
		plan.text(x.ref.String())
		plan.numbers(int64(x.planned), int64(x.due), int64(node.form), node.base, node.hold, node.lasts)
		spec.numbers(int64(x.node), int64(x.met), int64(x.bin), int64(x.least), int64(x.most), int64(x.sample))
	}
	links := slices.Clone(arcs)
	slices.SortFunc(links, func(a, b milestone.Arc) int {
		return cmp.Or(all[a.From].Ref.Compare(all[b.From].Ref), all[a.To].Ref.Compare(all[b.To].Ref), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Lag, b.Lag))
	})
	for _, a := range links {
		plan.text(all[a.From].Ref.String())
		plan.text(all[a.To].Ref.String())
		plan.numbers(int64(a.Kind), int64(a.Lag))
	}
	for _, c := range n.crossings {
		for _, p := range c.pieces {
			spec.numbers(int64(p.from), int64(p.value), int64(p.rise))
		}
	}
	for k := range n.base {
		spec.numbers(int64(n.base[k]), int64(n.hold[k]), int64(n.fixed[k]), int64(n.off[k]), int64(n.sample[k]), int64(n.order[k]))
	}
	for _, a := range n.arcs {
		spec.numbers(int64(a.from), int64(a.lag), rising(a.start), rising(a.hold), int64(a.via), int64(a.then))
	}
	hashed := make(map[*curve][32]byte)
	add := func(s *sampler) {
		spec.numbers(int64(s.kind), int64(s.name), int64(s.cut), int64(len(s.steps)), int64(len(s.values)), int64(len(s.loads)), int64(len(s.effects)))
		for _, t := range s.tri {
			spec.floats(t.scale, t.from, t.by)
		}
		spec.floats(s.mul, s.add, s.own, s.low, s.top)
		spec.floats(s.values...)
		for _, v := range s.steps {
			spec.numbers(int64(v))
		}
		for _, l := range s.loads {
			spec.numbers(int64(l.name))
			spec.floats(l.weight)
		}
		for _, e := range s.effects {
			spec.numbers(int64(e.event), rising(e.factor), rising(e.parallel))
		}
		if s.curve != nil {
			sum, ok := hashed[s.curve]
			if !ok {
				h := digest{sha256.New()}
				h.floats(s.curve[:]...)
				h.h.Sum(sum[:0])
				hashed[s.curve] = sum
			}
			spec.h.Write(sum[:])
		}
	}
	correlated := false
	for i := range m.samples {
		add(&m.samples[i].sampler)
		correlated = correlated || len(m.samples[i].loads) > 0
	}
	for i := range m.events {
		e := &m.events[i]
		spec.numbers(int64(e.name), int64(e.below), rising(e.factor))
		add(&e.size)
	}
	if correlated {
		spec.floats(normalScores()[:]...)
		spec.floats(fromScores()[:]...)
	}
	plan.h.Sum(m.plan[:0])
	spec.h.Sum(m.spec[:0])
}

// method names the definition of draws and passes. Results of different methods do not merge.
const method = "missionled forecast 1"

type digest struct{ h hash.Hash }

func (d digest) text(s string) {
	d.numbers(int64(len(s)))
	d.h.Write([]byte(s))
}

func (d digest) numbers(xs ...int64) {
	var b [8]byte
	for _, x := range xs {
		binary.BigEndian.PutUint64(b[:], uint64(x))
		d.h.Write(b[:])
	}
}

func (d digest) floats(xs ...float32) {
	var b [4]byte
	for _, x := range xs {
		binary.BigEndian.PutUint32(b[:], math.Float32bits(x))
		d.h.Write(b[:])
	}
}
