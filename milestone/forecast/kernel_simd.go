//go:build goexperiment.simd && amd64

package forecast

import (
	"math/bits"
	"simd/archsimd"
)

// The vector kernel does what the plain one does, 16 trials at a time in the registers of AVX-512, and finds the same bits: a test holds it to that. It is built with
// GOEXPERIMENT=simd and runs where the processor has AVX-512; elsewhere, and in other builds, the plain kernel serves.
//
// Two things keep it fast in Go 1.26: shifts by a constant are written as shifts by a vector, since those by a constant go by way of a legacy instruction that stalls; and no
// scalar floating point stands between vector instructions.

// vectorKernel reports whether the vector kernel serves on this machine.
func vectorKernel() bool { return archsimd.X86.AVX512() }

func part(row *[lanes]int32, q int) *[16]int32 { return (*[16]int32)(row[q*16 : q*16+16]) }

func (b *batch) drawVector(first uint64) {
	m := b.m
	place := m.net.place
	for i := range m.samples {
		if s := &m.samples[i]; !s.inLanes() {
			s.fill(&b.keys[i], first, b.events, b.row(b.d, int(place[s.node])))
		}
	}
	var steps [8]uint64
	for i := range steps {
		steps[i] = uint64(i) * golden
	}
	ramp := archsimd.LoadUint64x8(&steps)
	stride := archsimd.BroadcastUint64x8(golden & (1<<61 - 1) << 3)
	c1, c2 := archsimd.BroadcastUint64x8(0xbf58476d1ce4e5b9), archsimd.BroadcastUint64x8(0x94d049bb133111eb)
	by30, by27, by31 := archsimd.BroadcastUint64x8(30), archsimd.BroadcastUint64x8(27), archsimd.BroadcastUint64x8(31)
	by9 := archsimd.BroadcastUint32x16(9)
	half, unit, one := archsimd.BroadcastFloat32x16(0.5), archsimd.BroadcastFloat32x16(1.0/drawSteps), archsimd.BroadcastFloat32x16(1)
	for i := range m.samples {
		s := &m.samples[i]
		if !s.inLanes() {
			continue
		}
		out := b.row(b.d, int(place[s.node]))
		at := archsimd.BroadcastUint64x8(b.keys[i].key + (first>>1)*golden).Add(ramp)
		if s.kind == sloped {
			mul, add := archsimd.BroadcastFloat32x16(s.mul), archsimd.BroadcastFloat32x16(s.add)
			low, top := archsimd.BroadcastFloat32x16(s.low), archsimd.BroadcastFloat32x16(s.top)
			for q := range 4 {
				z := at.Xor(at.ShiftRight(by30)).Mul(c1)
				z = z.Xor(z.ShiftRight(by27)).Mul(c2)
				z = z.Xor(z.ShiftRight(by31))
				at = at.Add(stride)
				u := z.AsUint32x16().ShiftRight(by9).AsInt32x16().ConvertToFloat32().Add(half).Mul(unit)
				y := mul.Mul(u).Add(add).Max(low).Min(top)
				y.Add(half).ConvertToInt32().Store(part(out, q))
			}
			continue
		}
		cut := archsimd.BroadcastInt32x16(int32(s.cut))
		up, down := &s.tri[1], &s.tri[0]
		upScale, downScale := archsimd.BroadcastFloat32x16(up.scale), archsimd.BroadcastFloat32x16(down.scale)
		upFrom, downFrom := archsimd.BroadcastFloat32x16(up.from), archsimd.BroadcastFloat32x16(down.from)
		for q := range 4 {
			z := at.Xor(at.ShiftRight(by30)).Mul(c1)
			z = z.Xor(z.ShiftRight(by27)).Mul(c2)
			z = z.Xor(z.ShiftRight(by31))
			at = at.Add(stride)
			step := z.AsUint32x16().ShiftRight(by9).AsInt32x16()
			rising := step.Less(cut)
			u := step.ConvertToFloat32().Add(half).Mul(unit)
			v := u.Merge(one.Sub(u), rising).Mul(upScale.Merge(downScale, rising)).Sqrt()
			y := upFrom.Add(v).Merge(downFrom.Sub(v), rising)
			y.Add(half).ConvertToInt32().Store(part(out, q))
		}
	}
	archsimd.ClearAVXUpperBits()
}

// inLanes reports whether the vector kernel draws a sampler itself.
func (x *sampler) inLanes() bool {
	return (x.kind == twoSided || x.kind == sloped) && len(x.loads) == 0 && len(x.effects) == 0
}

func (b *batch) forwardVector() {
	n := &b.m.net
	for k := range n.base {
		if n.least != nil && n.least[k] {
			b.soonest(k)
			continue
		}
		f, d := b.row(b.f, k), b.row(b.d, k)
		base := archsimd.BroadcastInt32x16(n.base[k])
		s0, s1, s2, s3 := base, base, base, base
		arcs := n.arcs[n.off[k]:n.off[k+1]]
		for i := range arcs {
			a := &arcs[i]
			from, by := b.row(b.f, int(a.from)), a.lag
			if a.start || a.hold || a.via >= 0 || a.then >= 0 {
				from, by = b.candidate(a, d), 0
			}
			if by == 0 {
				s0 = s0.Max(archsimd.LoadInt32x16(part(from, 0)))
				s1 = s1.Max(archsimd.LoadInt32x16(part(from, 1)))
				s2 = s2.Max(archsimd.LoadInt32x16(part(from, 2)))
				s3 = s3.Max(archsimd.LoadInt32x16(part(from, 3)))
				continue
			}
			lag := archsimd.BroadcastInt32x16(by)
			s0 = s0.Max(archsimd.LoadInt32x16(part(from, 0)).Add(lag))
			s1 = s1.Max(archsimd.LoadInt32x16(part(from, 1)).Add(lag))
			s2 = s2.Max(archsimd.LoadInt32x16(part(from, 2)).Add(lag))
			s3 = s3.Max(archsimd.LoadInt32x16(part(from, 3)).Add(lag))
		}
		d0, d1 := archsimd.LoadInt32x16(part(d, 0)), archsimd.LoadInt32x16(part(d, 1))
		d2, d3 := archsimd.LoadInt32x16(part(d, 2)), archsimd.LoadInt32x16(part(d, 3))
		if n.hold[k] > never {
			hold := archsimd.BroadcastInt32x16(n.hold[k])
			s0, s1, s2, s3 = s0.Max(hold.Sub(d0)), s1.Max(hold.Sub(d1)), s2.Max(hold.Sub(d2)), s3.Max(hold.Sub(d3))
		}
		s0.Add(d0).Store(part(f, 0))
		s1.Add(d1).Store(part(f, 1))
		s2.Add(d2).Store(part(f, 2))
		s3.Add(d3).Store(part(f, 3))
	}
	archsimd.ClearAVXUpperBits()
}

func together(a, b, c, d archsimd.Mask32x16) uint64 {
	return uint64(a.ToBits()) | uint64(b.ToBits())<<16 | uint64(c.ToBits())<<32 | uint64(d.ToBits())<<48
}

func (b *batch) backwardVector(t *trace, valid uint64) {
	n := &b.m.net
	for _, k := range t.places {
		b.fm[k], b.sm[k] = 0, 0
	}
	b.fm[t.target] = valid
	if !n.simple {
		for i, k := range t.places {
			if b.fm[k]|b.sm[k] != 0 {
				b.decide(t, i, int(k), equalVector)
			}
		}
		archsimd.ClearAVXUpperBits()
		return
	}
	for i, k := range t.places {
		mask := b.fm[k]
		if mask == 0 {
			continue
		}
		t.crit[i] += int64(bits.OnesCount64(mask))
		f, d := b.row(b.f, int(k)), b.row(b.d, int(k))
		s0 := archsimd.LoadInt32x16(part(f, 0)).Sub(archsimd.LoadInt32x16(part(d, 0)))
		s1 := archsimd.LoadInt32x16(part(f, 1)).Sub(archsimd.LoadInt32x16(part(d, 1)))
		s2 := archsimd.LoadInt32x16(part(f, 2)).Sub(archsimd.LoadInt32x16(part(d, 2)))
		s3 := archsimd.LoadInt32x16(part(f, 3)).Sub(archsimd.LoadInt32x16(part(d, 3)))
		arcs := n.arcs[n.off[k]:n.off[k+1]]
		for j := range arcs {
			a := &arcs[j]
			from, lag := b.row(b.f, int(a.from)), archsimd.BroadcastInt32x16(a.lag)
			hit := together(archsimd.LoadInt32x16(part(from, 0)).Add(lag).Equal(s0), archsimd.LoadInt32x16(part(from, 1)).Add(lag).Equal(s1),
				archsimd.LoadInt32x16(part(from, 2)).Add(lag).Equal(s2), archsimd.LoadInt32x16(part(from, 3)).Add(lag).Equal(s3))
			b.fm[a.from] |= hit & mask
		}
	}
	archsimd.ClearAVXUpperBits()
}

func equalVector(x *[lanes]int32, lag int32, y *[lanes]int32, mask uint64) uint64 {
	by := archsimd.BroadcastInt32x16(lag)
	return mask & together(
		archsimd.LoadInt32x16(part(x, 0)).Add(by).Equal(archsimd.LoadInt32x16(part(y, 0))),
		archsimd.LoadInt32x16(part(x, 1)).Add(by).Equal(archsimd.LoadInt32x16(part(y, 1))),
		archsimd.LoadInt32x16(part(x, 2)).Add(by).Equal(archsimd.LoadInt32x16(part(y, 2))),
		archsimd.LoadInt32x16(part(x, 3)).Add(by).Equal(archsimd.LoadInt32x16(part(y, 3))))
}

// momentsVector adds up in float64, where all are whole numbers below 2^53: the tally carries them over before they could be more.
func (b *batch) momentsVector(t *tally) {
	m := b.m
	time := &t.time
	if len(t.traces) > 0 {
		f, zero := b.row(b.f, int(t.traces[0].target)), archsimd.BroadcastInt32x8(t.watches[0].zero)
		for q := range 8 {
			archsimd.LoadInt32x8((*[8]int32)(f[q*8 : q*8+8])).Sub(zero).ConvertToFloat64().Store((*[8]float64)(time[q*8 : q*8+8]))
		}
	}
	for i := range m.samples {
		s := &m.samples[i]
		d := b.row(b.d, int(m.net.place[s.node]))
		base := archsimd.BroadcastInt32x8(s.base)
		acc := &t.vector[i]
		x, xx, xt := archsimd.LoadFloat64x8((*[8]float64)(acc[0:8])), archsimd.LoadFloat64x8((*[8]float64)(acc[8:16])), archsimd.LoadFloat64x8((*[8]float64)(acc[16:24]))
		for q := range 8 {
			v := archsimd.LoadInt32x8((*[8]int32)(d[q*8 : q*8+8])).Sub(base).ConvertToFloat64()
			x = x.Add(v)
			xx = v.MulAdd(v, xx)
			xt = v.MulAdd(archsimd.LoadFloat64x8((*[8]float64)(time[q*8:q*8+8])), xt)
		}
		x.Store((*[8]float64)(acc[0:8]))
		xx.Store((*[8]float64)(acc[8:16]))
		xt.Store((*[8]float64)(acc[16:24]))
	}
	archsimd.ClearAVXUpperBits()
}
