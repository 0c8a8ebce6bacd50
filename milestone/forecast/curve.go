package forecast

import "math"

// A curve is an inverse distribution function in cubic pieces, evaluated in single precision so that every machine and every kernel gives the
// same bits. The draw's distance from the nearer end of (0, 1) picks the piece: each halving of that distance has four pieces of equal
// width, so that tails are as close as the middle. Against the exact quantile the error is below 1e-5 of it for all shapes of this package
// (a test holds it to that). 4 coefficients of 184 pieces take 3 kB.
type curve [2 * curveSide * 4]float32

const (
	curveOctaves = 23
	curveSide    = 4 * curveOctaves
)

// newCurve fits q at four points of each piece.
func newCurve(q func(p float64) float64) *curve {
	c := new(curve)
	for side := range 2 {
		at := func(x float64) float64 { // x in units of half a step, 1 to 2^23
			p := x / (2 * drawSteps)
			if side == 1 {
				p = 1 - p
			}
			return q(p)
		}
		last := at(1)
		for cell := range curveSide {
			width := math.Ldexp(0.25, cell/4)
			from := math.Ldexp(1, cell/4) + width*float64(cell%4)
			y0, y1, y2, y3 := last, at(from+width/3), at(from+2*width/3), at(from+width)
			last = y3
			k := (side*curveSide + cell) * 4
			c[k] = float32(y0)
			c[k+1] = float32((-11*y0 + 18*y1 - 9*y2 + 2*y3) / 2)
			c[k+2] = float32((18*y0 - 45*y1 + 36*y2 - 9*y3) / 2)
			c[k+3] = float32((-9*y0 + 27*y1 - 27*y2 + 9*y3) / 2)
		}
	}
	return c
}

// at evaluates the curve at a draw.
func (c *curve) at(step uint32) float32 {
	side := step >> 22
	near := step ^ -side&(drawSteps-1) // the distance from the nearer end
	bits := math.Float32bits(float32(2*near + 1))
	cell := side*curveSide + bits>>21 - 127<<2
	t := float32(bits&(1<<21-1)) * (1.0 / (1 << 21))
	k := c[cell*4 : cell*4+4 : cell*4+4]
	y := float32(k[3]*t) + k[2]
	y = float32(y*t) + k[1]
	return float32(y*t) + k[0]
}

// normalSteps takes a normal score back to the draw that has it.
type normalSteps [2*normalReach*normalCells + 1]float32

const (
	normalReach = 6  // standard deviations on either side
	normalCells = 64 // linear pieces to one
)

func newNormalSteps() *normalSteps {
	n := new(normalSteps)
	for i := range n {
		n[i] = float32(normalBelow(float64(i)/normalCells-normalReach) * drawSteps)
	}
	return n
}

// at returns the draw whose normal score is z, within 3e-5 of a probability.
func (n *normalSteps) at(z float32) uint32 {
	x := float32((z + normalReach) * normalCells)
	x = min(max(x, 0), float32(len(n)-2)+0.5)
	i := int32(x)
	y := n[i] + float32((n[i+1]-n[i])*(x-float32(i)))
	return min(uint32(y), drawSteps-1)
}
