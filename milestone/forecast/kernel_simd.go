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

// constants are the vectors that draws need, made once for a batch.
type constants struct {
	ramp, stride, c1, c2, by30, by27, by31 archsimd.Uint64x8
	by8                                    archsimd.Uint32x16
	one, whole                             archsimd.Int32x16
	half, minus, zero                      archsimd.Float32x16
}

func newConstants() constants {
	var steps [8]uint64
	for i := range steps {
		steps[i] = uint64(i) * golden
	}
	u, f := archsimd.BroadcastUint64x8, archsimd.BroadcastFloat32x16
	return constants{loadWords(&steps), u(golden & (1<<61 - 1) << 3), u(0xbf58476d1ce4e5b9), u(0x94d049bb133111eb), u(30), u(27), u(31),
		archsimd.BroadcastUint32x16(8), archsimd.BroadcastInt32x16(1), archsimd.BroadcastInt32x16(2 * drawSteps), f(0.5), f(-0.5), f(0)}
}

// root is the square root, correctly rounded, in half the time of the instruction: the processor's estimate of 14 bits, one step of Goldschmidt's iteration, and Markstein's
// correction with fused products. A test compares every mantissa with the instruction.
func (c *constants) root(x archsimd.Float32x16) archsimd.Float32x16 {
	y := x.ReciprocalSqrt()
	g, h := x.Mul(y), y.Mul(c.minus)
	r := g.MulAdd(h, c.half)
	g, h = g.MulAdd(r, g), h.MulAdd(r, h)
	return g.MulAdd(g, c.zero.Sub(x)).MulAdd(h, g)
}

// odds mixes eight words and takes the draws of 16 trials from them, as odd numbers of 24 bits.
func (c *constants) odds(at archsimd.Uint64x8) archsimd.Int32x16 {
	z := at.Xor(at.ShiftRight(c.by30)).Mul(c.c1)
	z = z.Xor(z.ShiftRight(c.by27)).Mul(c.c2)
	return z.Xor(z.ShiftRight(c.by31)).AsUint32x16().ShiftRight(c.by8).AsInt32x16().Or(c.one)
}

// drawLanes is [quick.fill].
func (c *constants) drawLanes(s *quick, first uint64, out *[lanes]int32) {
	at := archsimd.BroadcastUint64x8(s.key + (first>>1)*golden).Add(c.ramp)
	if s.sloped {
		mul, add := archsimd.BroadcastFloat32x16(s.tri[0].scale), archsimd.BroadcastFloat32x16(s.tri[0].from)
		low, top := archsimd.BroadcastFloat32x16(s.tri[1].scale), archsimd.BroadcastFloat32x16(s.tri[1].from)
		for q := range 4 {
			u := c.odds(at).ConvertToFloat32()
			at = at.Add(c.stride)
			store16(mul.Mul(u).Add(add).Max(low).Min(top).Add(c.half).ConvertToInt32(), part(out, q))
		}
		return
	}
	cut := archsimd.BroadcastInt32x16(int32(s.cut))
	up, down := &s.tri[1], &s.tri[0]
	upScale, downScale := archsimd.BroadcastFloat32x16(up.scale), archsimd.BroadcastFloat32x16(down.scale)
	upFrom, downFrom := archsimd.BroadcastFloat32x16(up.from), archsimd.BroadcastFloat32x16(down.from)
	for q := range 4 {
		odd := c.odds(at)
		at = at.Add(c.stride)
		rising := odd.Less(cut)
		v := c.root(odd.Merge(c.whole.Sub(odd), rising).ConvertToFloat32().Mul(upScale.Merge(downScale, rising)))
		store16(upFrom.Add(v).Merge(downFrom.Sub(v), rising).Add(c.half).ConvertToInt32(), part(out, q))
	}
}

// passVector draws durations and finds finishes, node by node, so that a duration is used while it is at hand.
func (b *batch) passVector(first uint64) {
	n := &b.m.net
	c := newConstants()
	for k := range n.base {
		f, d := b.row(b.f, k), b.row(b.d, k)
		if q := &b.quick[k]; q.sample >= 0 {
			c.drawLanes(q, first, d)
		}
		if n.least != nil && n.least[k] {
			b.soonest(k)
			b.look(k)
			continue
		}
		base := archsimd.BroadcastInt32x16(n.base[k])
		s0, s1, s2, s3 := base, base, base, base
		arcs := n.arcs[n.off[k]:n.off[k+1]]
		for i := range arcs {
			a := &arcs[i]
			from, by := b.asked(a, d)
			if by == 0 {
				s0 = s0.Max(load16(part(from, 0)))
				s1 = s1.Max(load16(part(from, 1)))
				s2 = s2.Max(load16(part(from, 2)))
				s3 = s3.Max(load16(part(from, 3)))
				continue
			}
			lag := archsimd.BroadcastInt32x16(by)
			s0 = s0.Max(load16(part(from, 0)).Add(lag))
			s1 = s1.Max(load16(part(from, 1)).Add(lag))
			s2 = s2.Max(load16(part(from, 2)).Add(lag))
			s3 = s3.Max(load16(part(from, 3)).Add(lag))
		}
		d0, d1 := load16(part(d, 0)), load16(part(d, 1))
		d2, d3 := load16(part(d, 2)), load16(part(d, 3))
		if n.hold[k] > never {
			hold := archsimd.BroadcastInt32x16(n.hold[k])
			s0, s1, s2, s3 = s0.Max(hold.Sub(d0)), s1.Max(hold.Sub(d1)), s2.Max(hold.Sub(d2)), s3.Max(hold.Sub(d3))
		}
		store16(s0.Add(d0), part(f, 0))
		store16(s1.Add(d1), part(f, 1))
		store16(s2.Add(d2), part(f, 2))
		store16(s3.Add(d3), part(f, 3))
		b.look(k)
	}
	archsimd.ClearAVXUpperBits()
}

func together(a, b, c, d archsimd.Mask32x16) uint64 {
	return uint64(a.ToBits()) | uint64(b.ToBits())<<16 | uint64(c.ToBits())<<32 | uint64(d.ToBits())<<48
}

// backwardVector is [batch.backward]. With sums it adds up moments on the way, as [tally.moments] does apart.
func (b *batch) backwardVector(t *trace, valid uint64, add *tally) {
	n := &b.m.net
	for _, k := range t.places {
		b.fm[k], b.sm[k] = 0, 0
	}
	b.fm[t.target] = valid
	var time [lanes]float64
	if add != nil {
		f, zero := b.row(b.f, int(t.target)), archsimd.BroadcastInt32x8(add.watches[0].zero)
		for q := range 8 {
			store8(loadHalf((*[8]int32)(f[q*8:q*8+8])).Sub(zero).ConvertToFloat64(), (*[8]float64)(time[q*8:q*8+8]))
		}
		for _, i := range add.apart {
			s := &b.m.samples[i]
			moment(&add.vector[i], b.row(b.d, int(n.place[s.node])), s.base, &time)
		}
	}
	for i, k := range t.places {
		d := b.row(b.d, int(k))
		if add != nil && n.sample[k] >= 0 {
			moment(&add.vector[n.sample[k]], d, add.base[n.sample[k]], &time)
		}
		mask := b.fm[k]
		if !n.simple {
			if mask|b.sm[k] != 0 {
				b.decide(t, i, int(k), equalVector)
			}
			continue
		}
		if mask == 0 {
			continue
		}
		t.crit[i] += int64(bits.OnesCount64(mask))
		f := b.row(b.f, int(k))
		s0 := load16(part(f, 0)).Sub(load16(part(d, 0)))
		s1 := load16(part(f, 1)).Sub(load16(part(d, 1)))
		s2 := load16(part(f, 2)).Sub(load16(part(d, 2)))
		s3 := load16(part(f, 3)).Sub(load16(part(d, 3)))
		arcs := n.arcs[n.off[k]:n.off[k+1]]
		for j := range arcs {
			a := &arcs[j]
			from, lag := b.row(b.f, int(a.from)), archsimd.BroadcastInt32x16(a.lag)
			hit := together(load16(part(from, 0)).Add(lag).Equal(s0), load16(part(from, 1)).Add(lag).Equal(s1),
				load16(part(from, 2)).Add(lag).Equal(s2), load16(part(from, 3)).Add(lag).Equal(s3))
			b.fm[a.from] |= hit & mask
		}
	}
	archsimd.ClearAVXUpperBits()
}

func equalVector(x *[lanes]int32, lag int32, y *[lanes]int32, mask uint64) uint64 {
	by := archsimd.BroadcastInt32x16(lag)
	return mask & together(
		load16(part(x, 0)).Add(by).Equal(load16(part(y, 0))),
		load16(part(x, 1)).Add(by).Equal(load16(part(y, 1))),
		load16(part(x, 2)).Add(by).Equal(load16(part(y, 2))),
		load16(part(x, 3)).Add(by).Equal(load16(part(y, 3))))
}

// moment adds up a duration, its square and its product with the time of the target, in float64, where all are whole numbers below 2^53: the tally carries
// them over before they could be more.
func moment(acc *[24]float64, d *[lanes]int32, base int32, time *[lanes]float64) {
	zero := archsimd.BroadcastInt32x8(base)
	x, xx, xt := load8((*[8]float64)(acc[0:8])), load8((*[8]float64)(acc[8:16])), load8((*[8]float64)(acc[16:24]))
	for q := range 8 {
		v := loadHalf((*[8]int32)(d[q*8 : q*8+8])).Sub(zero).ConvertToFloat64()
		x = x.Add(v)
		xx = v.MulAdd(v, xx)
		xt = v.MulAdd(load8((*[8]float64)(time[q*8:q*8+8])), xt)
	}
	store8(x, (*[8]float64)(acc[0:8]))
	store8(xx, (*[8]float64)(acc[8:16]))
	store8(xt, (*[8]float64)(acc[16:24]))
}
