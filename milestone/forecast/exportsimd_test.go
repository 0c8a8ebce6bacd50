//go:build goexperiment.simd && amd64

package forecast

import (
	"math"
	"simd/archsimd"
)

// HasVectors reports whether the vector kernel serves here.
func HasVectors() bool { return vectorKernel() }

// Roots exposes the square root of the vector kernel.
func Roots(x, y *[16]float32) {
	c := newConstants()
	var in, out [16]int32
	for i := range x {
		in[i] = int32(math.Float32bits(x[i]))
	}
	store16(c.root(load16(&in).AsFloat32x16()).AsInt32x16(), &out)
	archsimd.ClearAVXUpperBits()
	for i := range out {
		y[i] = math.Float32frombits(uint32(out[i]))
	}
}
