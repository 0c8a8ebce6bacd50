//go:build !goexperiment.simd || !amd64

package forecast

// vectorKernel reports whether the vector kernel serves on this machine: not in this build.
func vectorKernel() bool { return false }

func (b *batch) drawVector(uint64)             {}
func (b *batch) forwardVector()                {}
func (b *batch) backwardVector(*trace, uint64) {}
func (b *batch) momentsVector(*tally)          {}
