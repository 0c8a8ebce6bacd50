package forecast

import (
	"math"
	"math/big"
	"math/bits"
)

// wide is an integer of 128 bits in two's complement: sums of products of times over any number of trials, which the order of adding does not change.
type wide struct {
	hi int64
	lo uint64
}

func (w *wide) add(x int64) {
	lo, carry := bits.Add64(w.lo, uint64(x), 0)
	w.lo, w.hi = lo, w.hi+(x>>63)+int64(carry)
}

func (w *wide) plus(x wide) {
	lo, carry := bits.Add64(w.lo, x.lo, 0)
	w.lo, w.hi = lo, w.hi+x.hi+int64(carry)
}

func (w wide) big() *big.Int {
	z := big.NewInt(w.hi)
	return z.Add(z.Lsh(z, 64), new(big.Int).SetUint64(w.lo))
}

// wideOf reads an integer that fits.
func wideOf(z *big.Int) (wide, bool) {
	if z.BitLen() > 127 {
		return wide{}, false
	}
	hi := new(big.Int).Rsh(z, 64) // towards minus infinity
	lo := new(big.Int).Sub(z, new(big.Int).Lsh(hi, 64))
	return wide{hi.Int64(), lo.Uint64()}, true
}

func (w wide) float() float64 {
	f, _ := new(big.Float).SetInt(w.big()).Float64()
	return f
}

// central returns n*sxy - sx*sy, which is n squared times the covariance, exactly until the last step.
func central(n uint64, sxy, sx, sy wide) float64 {
	z := new(big.Int).Mul(new(big.Int).SetUint64(n), sxy.big())
	f, _ := new(big.Float).SetInt(z.Sub(z, new(big.Int).Mul(sx.big(), sy.big()))).Float64()
	return f
}

// correlation is Pearson's coefficient from sums, or 0 where one of the two does not vary.
func correlation(n uint64, sx, sy, sxx, syy, sxy wide) float64 {
	vx, vy := central(n, sxx, sx, sx), central(n, syy, sy, sy)
	if !(vx > 0 && vy > 0) {
		return 0
	}
	return max(-1, min(1, central(n, sxy, sx, sy)/math.Sqrt(vx)/math.Sqrt(vy)))
}

// deviation is the standard deviation of a sample from its sums.
func deviation(n uint64, sx, sxx wide) float64 {
	if n < 2 {
		return 0
	}
	return math.Sqrt(max(0, central(n, sxx, sx, sx)) / float64(n) / float64(n-1))
}
