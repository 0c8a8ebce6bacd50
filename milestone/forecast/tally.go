package forecast

import "math/bits"

// A tally is what one worker counts. Everything in it is an integer, so that tallies add up to the same whatever the order.
type tally struct {
	watches []watch
	traces  []*trace
	sums    []sums   // by sample
	with    [][]wide // by trace, by sample: sums of products with the time of the target
	within  [][]bool // by trace, by sample: whether it can decide the target
	joint   []int64  // by the set of milestones that are met

	flush, pending int // batches that the sums can take, and have taken, before they are carried over
	part           [][3]int64
	parts          [][]int64
	vector         [][24]float64 // of the vector kernel; nil where it does not serve
	base           []int32       // of samples, for it
	apart          []int32       // samples that cannot decide its target
}

// sums are those of the durations of a sample, less its planned duration.
type sums struct{ x, xx wide }

// A watch counts the times of one item.
type watch struct {
	item  int32
	place int32
	zero  int32 // what sums are taken around: its time as planned
	bin   int32
	least int32
	met   int32

	first int     // the bin that hist begins with
	hist  []int64 // trials by bin
	inDue int64   // trials in time
	ind   int64   // trials in which the indicator is met
	both  int64
	t, tt wide
}

// add counts a point.
func (w *watch) add(f int32) {
	i := int(f-w.least) / int(w.bin)
	if k := i - w.first; uint(k) < uint(len(w.hist)) {
		w.hist[k]++
		return
	}
	w.grow(i)
	w.hist[i-w.first]++
}

// grow makes room for a bin, and for as much again as there was.
func (w *watch) grow(i int) {
	if len(w.hist) == 0 {
		w.first, w.hist = max(0, i-32), make([]int64, 64)
		if i-w.first >= len(w.hist) {
			w.first = i
		}
		return
	}
	lo, hi := min(w.first, i), max(w.first+len(w.hist), i+1)
	if i < w.first {
		lo = max(0, min(lo, w.first-len(w.hist)))
	} else {
		hi = max(hi, w.first+2*len(w.hist))
	}
	hist := make([]int64, hi-lo)
	copy(hist[w.first-lo:], w.hist)
	w.first, w.hist = lo, hist
}

// count takes in a batch whose passes are done.
func (t *tally) count(b *batch, o *run, first, valid uint64) {
	for i := range t.watches {
		w := &t.watches[i]
		f := b.row(b.f, int(w.place))
		var part, square int64
		for rest := valid; rest != 0; rest &= rest - 1 {
			l := bits.TrailingZeros64(rest) & (lanes - 1)
			w.add(f[l])
			x := int64(f[l] - w.zero)
			part, square = part+x, square+x*x
		}
		w.t.add(part)
		w.tt.add(square)
		t.meet(w, i, f, o, first, valid)
	}
	if len(o.joint) > 0 {
		for rest := valid; rest != 0; rest &= rest - 1 {
			l := bits.TrailingZeros64(rest) & (lanes - 1)
			set := 0
			for j, i := range o.joint {
				set |= int(o.success[i]>>l&1) << j
			}
			t.joint[set]++
		}
	}
	if t.vector != nil && valid == allLanes {
		b.backwardVector(t.traces[0], valid, t)
	} else {
		for i := range t.traces {
			b.backward(t.traces[i], valid)
		}
		t.moments(b, valid)
	}
	if t.pending++; t.pending >= t.flush {
		t.carry()
	}
}

// meet counts what is in time, and what its indicator says of the same trials.
func (t *tally) meet(w *watch, i int, f *[lanes]int32, o *run, first, valid uint64) {
	if w.met == never && o.gauges[i] == nil {
		o.success[i] = 0
		return
	}
	met := uint64(0)
	for l := range f {
		if f[l] <= w.met {
			met |= 1 << l
		}
	}
	if met &= valid; w.met == never {
		met = 0
	}
	w.inDue += int64(bits.OnesCount64(met))
	o.success[i] = met
	if g := o.gauges[i]; g != nil {
		reached := uint64(0)
		for rest := valid; rest != 0; rest &= rest - 1 {
			l := bits.TrailingZeros64(rest) & (lanes - 1)
			if g.Met(first+uint64(l), o.dueDay[i]) {
				reached |= 1 << l
			}
		}
		w.ind += int64(bits.OnesCount64(reached))
		w.both += int64(bits.OnesCount64(reached & met))
		o.success[i] = reached & met
	}
}

// moments adds up durations, their squares and their products with the times of targets.
func (t *tally) moments(b *batch, valid uint64) {
	m := b.m
	for i := range m.samples {
		s := &m.samples[i]
		d := b.row(b.d, int(m.net.place[s.node]))
		p := &t.part[i]
		if len(t.traces) == 1 && valid == allLanes && t.within[0][i] {
			f := b.row(b.f, int(t.traces[0].target))
			base, zero := s.base, t.watches[0].zero
			var x, xx, xt int64
			for l := range d {
				v := int64(d[l] - base)
				x, xx, xt = x+v, xx+v*v, xt+v*int64(f[l]-zero)
			}
			p[0], p[1], p[2] = p[0]+x, p[1]+xx, p[2]+xt
			continue
		}
		for rest := valid; rest != 0; rest &= rest - 1 {
			v := int64(d[bits.TrailingZeros64(rest)&(lanes-1)] - s.base)
			p[0], p[1] = p[0]+v, p[1]+v*v
		}
		for j, tr := range t.traces {
			if !t.within[j][i] {
				continue
			}
			f, zero := b.row(b.f, int(tr.target)), t.watches[j].zero
			xt := int64(0)
			for rest := valid; rest != 0; rest &= rest - 1 {
				l := bits.TrailingZeros64(rest) & (lanes - 1)
				xt += int64(d[l]-s.base) * int64(f[l]-zero)
			}
			if j == 0 {
				p[2] += xt
			} else {
				t.parts[j-1][i] += xt
			}
		}
	}
}

// carry adds the sums of some batches to those of all.
func (t *tally) carry() {
	for i := range t.part {
		p := &t.part[i]
		if t.vector != nil {
			v := &t.vector[i]
			for k, x := range v {
				p[k/8] += int64(x)
			}
			if !t.within[0][i] {
				p[2] = 0
			}
			*v = [24]float64{}
		}
		t.sums[i].x.add(p[0])
		t.sums[i].xx.add(p[1])
		if len(t.traces) > 0 {
			t.with[0][i].add(p[2])
		}
		for j := range t.parts {
			t.with[j+1][i].add(t.parts[j][i])
			t.parts[j][i] = 0
		}
		*p = [3]int64{}
	}
	t.pending = 0
}
