package forecast

import "crypto/sha256"

// DrawStep exposes the frozen draw behind [Uniform].
func DrawStep(seed uint64, purpose, text string, trial uint64) uint32 {
	return drawStep(drawKey(seed, drawName(purpose, text)), trial)
}

// Drawn returns what a shape draws at a probability in one batch of a simulation, in minutes.
func Drawn(s Shape, unit float64, step uint32) float64 { return Drawer(s, unit)(step) }

// Drawer is Drawn for many draws.
func Drawer(s Shape, unit float64) func(step uint32) float64 {
	x, _ := newSampler(&s, unit, 0, map[curveKey]*curve{})
	return func(step uint32) float64 { return float64(x.one(step)) }
}

// Steps is the number of values of a draw.
const Steps = drawSteps

// BetaBelow and BetaQuantile expose the incomplete beta function and its inverse.
func BetaBelow(x, a, b float64) float64    { return betaBelow(x, a, b) }
func BetaQuantile(p, a, b float64) float64 { return betaQuantile(p, a, b) }

// Scores exposes the normal scores and the way back.
func Scores(step uint32) (z float32, back uint32) {
	z = normalScores().at(step)
	return z, fromScores().at(z)
}

// Wilson exposes the interval of a share.
func Wilson(k, n uint64) Chance { return wilson(k, n) }

// PlainKernel has simulations use the plain kernel until the function that it returns is called.
func PlainKernel(m *Model, seed, first uint64) (d, f []int32) {
	b := newBatch(m, seed)
	b.vector = false
	b.pass(first)
	return b.d, b.f
}

// AnyKernel returns what the kernel of this build and machine finds, and whether it is the vector kernel.
func AnyKernel(m *Model, seed, first uint64) (d, f []int32, vector bool) {
	b := newBatch(m, seed)
	b.pass(first)
	return b.d, b.f, b.vector
}

// Trace returns what both kernels count of the end in one batch.
func Trace(m *Model, seed, first, valid uint64, plain bool) (crit, plus, minus []int64) {
	b := newBatch(m, seed)
	b.vector = b.vector && !plain
	b.pass(first)
	t := newTrace(&m.net, m.net.place[m.items[len(m.items)-1].node])
	b.backward(t, valid)
	return t.crit, t.plus, t.minus
}

// Single runs the plain statement of the forward pass on one lane of a batch.
func Single(m *Model, d []int32, l int) []int32 {
	own := make([]int32, len(d)/lanes)
	for k := range own {
		own[k] = d[k*lanes+l]
	}
	return m.net.single(own)
}

// Sealed replaces the check sum behind bytes by the right one, so that a fuzzer gets past it.
func Sealed(b []byte) []byte {
	if len(b) < 8 {
		return b
	}
	own := append([]byte(nil), b[:len(b)-8]...)
	sum := sha256.Sum256(own)
	return append(own, sum[:8]...)
}

// NearestMatrix and Eigen expose what correlations by pairs rest on.
var (
	NearestMatrix = nearest
	Eigen         = eigen
)
