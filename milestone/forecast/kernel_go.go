//go:build !goexperiment.simd || !amd64

package forecast

// vectorKernel reports whether the vector kernel serves on this machine: not in this build.
func vectorKernel() bool { return false }

func (b *batch) passVector(uint64)                     {}
func (b *batch) backwardVector(*trace, uint64, *tally) {}
