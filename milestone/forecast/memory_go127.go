//go:build goexperiment.simd && amd64 && go1.27

package forecast

import "simd/archsimd"

// How vectors meet memory differs between releases of the experiment.

func load16(p *[16]int32) archsimd.Int32x16      { return archsimd.LoadInt32x16(p[:]) }
func loadHalf(p *[8]int32) archsimd.Int32x8      { return archsimd.LoadInt32x8(p[:]) }
func load8(p *[8]float64) archsimd.Float64x8     { return archsimd.LoadFloat64x8(p[:]) }
func loadWords(p *[8]uint64) archsimd.Uint64x8   { return archsimd.LoadUint64x8(p[:]) }
func store16(v archsimd.Int32x16, p *[16]int32)  { v.Store(p[:]) }
func store8(v archsimd.Float64x8, p *[8]float64) { v.Store(p[:]) }
