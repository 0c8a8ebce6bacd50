package forecast

import "math/bits"

// A batch is 64 trials at once: every node has a row of 64 durations and a row of 64 finishes, so that the passes run along rows. All of it is in whole
// minutes, so that sums and comparisons are exact, ties are ties, and every machine finds the same.
type batch struct {
	m      *Model
	d, f   []int32 // rows by place
	seen   []int32 // rows by view
	late   []int32 // by place: how late it may finish, for a study
	events []lane
	fm, sm []uint64 // by place: the trials in which its finish, and its start, decide the target
	keys   []keyed
	hits   [][2]uint64 // of events: whether, and how hard

	scratch, shadow [lanes]int32
	vector          bool
	quick           []quick // by place
	slow            []int32 // samples that no quick draws for
}

const allLanes = ^uint64(0)

func newBatch(m *Model, seed uint64) *batch {
	n := len(m.net.base)
	b := &batch{m: m, d: make([]int32, n*lanes), f: make([]int32, n*lanes), seen: make([]int32, len(m.net.views)*lanes), fm: make([]uint64, n), sm: make([]uint64, n),
		events: make([]lane, len(m.events)), keys: make([]keyed, len(m.samples)), hits: make([][2]uint64, len(m.events)), quick: make([]quick, n),
		vector: vectorKernel()}
	for k := range b.quick {
		b.quick[k].sample = -1
	}
	for i := range m.samples {
		s := &m.samples[i]
		b.keys[i].key = drawKey(seed, s.name)
		if k := m.net.place[s.node]; s.inLanes() {
			b.quick[k] = s.quick(b.keys[i].key, int32(i))
		} else {
			b.slow = append(b.slow, int32(i))
		}
		for _, l := range s.loads {
			b.keys[i].loads = append(b.keys[i].loads, drawKey(seed, l.name))
		}
	}
	for i := range m.events {
		e := &m.events[i]
		b.hits[i] = [2]uint64{drawKey(seed, e.name), drawKey(seed, e.size.name)}
	}
	for k := range n {
		if m.net.sample[k] < 0 {
			row := b.row(b.d, k)
			for l := range row {
				row[l] = m.net.fixed[k]
			}
		}
	}
	return b
}

func (b *batch) row(of []int32, k int) *[lanes]int32 { return (*[lanes]int32)(of[k*lanes:]) }

// pass draws the durations of the trials from first on, which is a multiple of 64, and finds the finishes of all nodes.
func (b *batch) pass(first uint64) {
	for i := range b.m.events {
		b.m.events[i].fill(b.hits[i][0], b.hits[i][1], first, &b.events[i])
	}
	for _, i := range b.slow {
		s := &b.m.samples[i]
		s.fill(&b.keys[i], first, b.events, b.row(b.d, int(b.m.net.place[s.node])))
	}
	if b.vector {
		b.passVector(first)
		return
	}
	b.forward(first, true)
}

// forward finds the finishes of all nodes, and draws durations on the way, so that one is used while it is at hand.
func (b *batch) forward(first uint64, draw bool) {
	n := &b.m.net
	for k := range n.base {
		f, d := b.row(b.f, k), b.row(b.d, k)
		if q := &b.quick[k]; q.sample >= 0 && draw {
			q.fill(first, d)
		}
		if n.least != nil && n.least[k] {
			b.soonest(k)
			b.look(k)
			continue
		}
		arcs := n.arcs[n.off[k]:n.off[k+1]]
		switch n.sums[k] {
		case 1:
			x := b.row(b.f, int(arcs[0].from))
			for l := range f {
				f[l] = x[l] + d[l]
			}
			b.look(k)
			continue
		case 2:
			x, y := b.row(b.f, int(arcs[0].from)), b.row(b.f, int(arcs[1].from))
			for l := range f {
				f[l] = max(x[l], y[l]) + d[l]
			}
			b.look(k)
			continue
		case 3:
			x, y, z := b.row(b.f, int(arcs[0].from)), b.row(b.f, int(arcs[1].from)), b.row(b.f, int(arcs[2].from))
			for l := range f {
				f[l] = max(x[l], y[l], z[l]) + d[l]
			}
			b.look(k)
			continue
		}
		base := n.base[k]
		if len(arcs) == 0 {
			for l := range f {
				f[l] = base
			}
		}
		for i := range arcs {
			a := &arcs[i]
			from, lag := b.asked(a, d)
			if i == 0 {
				for l := range f {
					f[l] = max(base, from[l]+lag)
				}
			} else {
				for l := range f {
					f[l] = max(f[l], from[l]+lag)
				}
			}
		}
		if hold := n.hold[k]; hold > never {
			for l := range f {
				f[l] = max(f[l], hold-d[l])
			}
		}
		for l := range f {
			f[l] += d[l]
		}
		b.look(k)
	}
}

// soonest puts a node at the earliest of what leads to it.
func (b *batch) soonest(k int) {
	n := &b.m.net
	f, d := b.row(b.f, k), b.row(b.d, k)
	for i, a := range n.arcs[n.off[k]:n.off[k+1]] {
		c, lag := b.asked(&a, d)
		for l := range f {
			if i == 0 {
				f[l] = c[l] + lag
			} else {
				f[l] = min(f[l], c[l]+lag)
			}
		}
	}
}

// look fills the views of a node whose finishes are known.
func (b *batch) look(k int) {
	n := &b.m.net
	for i := n.viewOff[k]; i < n.viewOff[k+1]; i++ {
		out := b.row(b.seen, int(i))
		*out = *b.row(b.f, k)
		if n.views[i].start {
			d := b.row(b.d, k)
			for l := range out {
				out[l] -= d[l]
			}
		}
		if via := n.views[i].via; via >= 0 {
			n.crossings[via].row(out)
		}
	}
}

// asked returns what an arc asks of the start of its later end, whose durations are d, less a lag that is still to be added. The row holds until the next call.
func (b *batch) asked(a *arc, d *[lanes]int32) (row *[lanes]int32, lag int32) {
	if a.view >= 0 {
		row = b.row(b.seen, int(a.view))
	} else {
		row = b.row(b.f, int(a.from))
	}
	if !a.hold && a.then < 0 {
		return row, a.lag
	}
	out := &b.scratch
	for l := range out {
		out[l] = row[l] + a.lag
	}
	if a.then >= 0 {
		b.m.net.crossings[a.then].row(out)
	}
	if a.hold {
		for l := range out {
			out[l] -= d[l]
		}
	}
	return out, 0
}

// trace is what decides the time of a target: its ancestors in falling order of place, and what is counted of them.
type trace struct {
	target int32
	places []int32
	// Counts by position in places: in how many trials it decides the target; and, where links other than finish to start lead there, in how many a longer
	// duration delays it and in how many it hastens it.
	crit, plus, minus []int64
}

// newTrace lists what can decide the time of a node.
func newTrace(n *network, target int32) *trace {
	t := &trace{target: target}
	in := make([]bool, target+1)
	in[target] = true
	for k := target; k >= 0; k-- {
		if !in[k] {
			continue
		}
		t.places = append(t.places, k)
		for _, a := range n.arcs[n.off[k]:n.off[k+1]] {
			in[a.from] = true
		}
	}
	t.crit = make([]int64, len(t.places))
	if !n.simple {
		t.plus, t.minus = make([]int64, len(t.places)), make([]int64, len(t.places))
	}
	return t
}

// backward counts what decides the target in the trials of valid: what stands where it does because of it, link by link, to the minute.
func (b *batch) backward(t *trace, valid uint64) {
	if b.vector {
		b.backwardVector(t, valid, nil)
		return
	}
	n := &b.m.net
	for _, k := range t.places {
		b.fm[k], b.sm[k] = 0, 0
	}
	b.fm[t.target] = valid
	if !n.simple {
		for i, k := range t.places {
			if b.fm[k]|b.sm[k] != 0 {
				b.decide(t, i, int(k), equalLanes)
			}
		}
		return
	}
	for i, k := range t.places {
		mask := b.fm[k]
		if mask == 0 {
			continue
		}
		t.crit[i] += int64(bits.OnesCount64(mask))
		f, d := b.row(b.f, int(k)), b.row(b.d, int(k))
		for _, a := range n.arcs[n.off[k]:n.off[k+1]] {
			from := b.row(b.f, int(a.from))
			hit := uint64(0)
			for rest := mask; rest != 0; rest &= rest - 1 {
				l := bits.TrailingZeros64(rest) & (lanes - 1)
				if from[l]+a.lag+d[l] == f[l] {
					hit |= rest & -rest
				}
			}
			b.fm[a.from] |= hit
		}
	}
}

// equalLanes returns the trials of mask in which x + lag and y are equal.
func equalLanes(x *[lanes]int32, lag int32, y *[lanes]int32, mask uint64) uint64 {
	hit := uint64(0)
	for rest := mask; rest != 0; rest &= rest - 1 {
		l := bits.TrailingZeros64(rest) & (lanes - 1)
		if x[l]+lag == y[l] {
			hit |= rest & -rest
		}
	}
	return hit
}

// decide hands what decides a node on to what leads to it, and tells by what its duration counts.
func (b *batch) decide(t *trace, i, k int, equal func(x *[lanes]int32, lag int32, y *[lanes]int32, mask uint64) uint64) {
	n := &b.m.net
	fm, sm := b.fm[k], b.sm[k]
	all := fm | sm
	t.crit[i] += int64(bits.OnesCount64(all))
	f, d := b.row(b.f, k), b.row(b.d, k)
	start := &b.shadow
	for l := range start {
		start[l] = f[l] - d[l]
	}
	byStart, byFinish := uint64(0), uint64(0) // trials in which the start, and the finish, is what something holds
	base, hold := n.base[k], n.hold[k]
	for rest := all; rest != 0; rest &= rest - 1 {
		l := bits.TrailingZeros64(rest) & (lanes - 1)
		if start[l] == base {
			byStart |= rest & -rest
		}
		if f[l] == hold {
			byFinish |= rest & -rest
		}
	}
	for j := n.off[k]; j < n.off[k+1]; j++ {
		a := &n.arcs[j]
		from, lag := b.asked(a, d)
		hit := equal(from, lag, start, all)
		if a.hold {
			byFinish |= hit
		} else {
			byStart |= hit
		}
		if a.start {
			b.sm[a.from] |= hit
		} else {
			b.fm[a.from] |= hit
		}
	}
	t.plus[i] += int64(bits.OnesCount64(fm & byStart))
	t.minus[i] += int64(bits.OnesCount64(sm & byFinish))
}
