package forecast

import (
	"math"
	"math/bits"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// A trajectory is drawn without walking along it. Days after the last reading are nodes: 0, then 1, 2, 4, 8 and so on, each
// drawn from the one before, and between two of these the middle is drawn from both ends, and so on down to the day asked for.
// The state is a Markov process, so the path has exactly the distribution of one drawn day by day, and a day costs at most
// about 2 log2(d) nodes (Lévy's construction of Brownian motion, here for the whole state).

// trendDepth covers every day of the calendar.
const trendDepth = 22

// trendSquare is a full matrix of order three.
type trendSquare [3][3]float64

// trendNode holds how to draw across 2^j days: forward from one end, or the middle of a stretch twice as long from both.
type trendNode struct {
	forward trendSquare // factor L of the covariance over 2^j days
	gain    trendSquare // weight of what the far end shows
	bridge  trendSquare // factor of the covariance of the middle given both ends
}

// trendRoot is the state at the last reading.
type trendRoot struct {
	mean   [3]float64
	factor trendSquare
}

// prepare computes what [Trend.Draw] needs.
func (t *Trend) prepare() {
	lo := t.first()
	s := t.state
	s.forget()
	t.begin = trendRoot{mean: s.a, factor: trendFactor(s.p.square(), lo)}
	for j := range t.drift {
		h := float64(int64(1) << j)
		var q trendSym
		noise := 0.0
		if t.space.flow {
			noise = t.future
		}
		q.noise(h, t.space.level, t.space.slope, noise, t.space.flow)
		n := &t.drift[j]
		n.forward = trendFactor(q.square(), lo)
		n.gain, n.bridge = trendBridge(q, h, lo)
	}
}

// first is the first component of the state that matters: a stock counts nothing.
func (t *Trend) first() int {
	if t.space.flow {
		return 0
	}
	return 1
}

func (p *trendSym) square() trendSquare {
	return trendSquare{{p[0], p[1], p[2]}, {p[1], p[3], p[4]}, {p[2], p[4], p[5]}}
}

// trendFactor is the lower factor of Cholesky of a matrix that may be singular, from row lo on: a direction without variance
// gets nought.
func trendFactor(m trendSquare, lo int) (l trendSquare) {
	for j := lo; j < 3; j++ {
		d := m[j][j]
		for k := lo; k < j; k++ {
			d -= float64(l[j][k] * l[j][k])
		}
		if d <= 1e-13*m[j][j] || d <= 0 {
			continue
		}
		l[j][j] = math.Sqrt(d)
		for i := j + 1; i < 3; i++ {
			x := m[i][j]
			for k := lo; k < j; k++ {
				x -= float64(l[i][k] * l[j][k])
			}
			l[i][j] = x / l[j][j]
		}
	}
	return l
}

// trendBridge is the middle of two steps of h days, given both ends: x1 = T x0 + w1, x2 = T x1 + w2. With S = TQT' + Q the
// covariance of x2, the gain is G = QT'S⁻¹ and what is left is Q - G S G'.
func trendBridge(q trendSym, h float64, lo int) (gain, factor trendSquare) {
	s := q
	s.step(h, true)
	for i := range s {
		s[i] += q[i]
	}
	full := q.square()
	var tq trendSquare // T Q, whose transpose is Q T'
	for j := range 3 {
		tq[0][j] = full[0][j] + float64(h*full[1][j]) + float64(float64(h*h)/2*full[2][j])
		tq[1][j] = full[1][j] + float64(h*full[2][j])
		tq[2][j] = full[2][j]
	}
	// S = L L', so G' = S⁻¹ (T Q) by two triangular solutions; a direction without variance is left at nought.
	l := trendFactor(s.square(), lo)
	var y, g trendSquare
	for c := range 3 {
		for i := lo; i < 3; i++ {
			if l[i][i] == 0 {
				continue
			}
			x := tq[i][c]
			for k := lo; k < i; k++ {
				x -= float64(l[i][k] * y[k][c])
			}
			y[i][c] = x / l[i][i]
		}
		for i := 2; i >= lo; i-- {
			if l[i][i] == 0 {
				continue
			}
			x := y[i][c]
			for k := i + 1; k < 3; k++ {
				x -= float64(l[k][i] * g[k][c])
			}
			g[i][c] = x / l[i][i]
		}
	}
	left := full
	for i := range 3 {
		for j := range 3 {
			gain[i][j] = g[j][i]
			for k := lo; k < 3; k++ {
				left[i][j] -= float64(y[k][i] * y[k][j])
			}
		}
	}
	return gain, trendFactor(left, lo)
}

// TrendKey makes the key of a stream of draws from the id of an indicator: what names the draws of [Uniform] for the purpose
// "indicator" and that text. Two targets on one indicator share a trajectory when they share a key.
func TrendKey(id record.ID) uint64 { return drawName("indicator", string(id)) }

// trendDraws are the draws of one trial. A draw is a function of seed, key, trial, day and component alone:
//
//	trial  = mix64(mix64(mix64(seed) XOR key) + trial * golden)
//	word   = mix64(trial + (8 day + component + 1) * golden)
//	normal = the standard normal quantile of ((word >> 11) + 1/2) / 2^53
//
// with the constants of [Uniform], whose 23 bits are too few for the tails here.
type trendDraws uint64

func trendTrial(seed, key, trial uint64) trendDraws {
	return trendDraws(mix64(drawKey(seed, key) + trial*golden))
}

// normal is a standard normal draw for a day after the last reading and one of eight components.
func (d trendDraws) normal(day uint64, component int) float64 {
	x := mix64(uint64(d) + (day*8+uint64(component)+1)*golden)
	return trendNormal((float64(x>>11) + 0.5) * (1.0 / (1 << 53)))
}

// Components of the draws of a day. Those of the state are its own indices.
const (
	drawReading = 3 // the error of a reading
	drawScale   = 4 // the scale of a t; it takes several days' worth
)

// Draw returns what a reading on a day would show in one trial: a sample from [Trend.Forecast] whose days hang together, so that
// the draws of one trial on several days are one trajectory. For a flow it is what has come in from the day after the last
// reading to that day, both included, so that the difference of two draws is what comes in between.
//
// It is a function of its arguments and the trend alone and keeps no state: any trial may be drawn on any machine, at any
// time, and a schedule simulated with the same seed and trial meets the same trajectory. Different keys give independent
// trajectories. A day before the last reading's stands for that day; the zero Date and the zero Trend give not-a-number. It
// takes time proportional to the logarithm of the days ahead, and allocates nothing.
func (t *Trend) Draw(seed, key, trial uint64, on calendar.Date) float64 {
	if len(t.points) == 0 || on.IsZero() {
		return math.NaN()
	}
	day := uint64(max(0, on.Sub(t.base)))
	d := trendTrial(seed, key, trial)
	wide := t.widen(d)
	x := t.path(d, wide, day)
	if t.space.flow {
		return x[0]
	}
	y := x[1]
	if t.future > 0 {
		y += float64(math.Sqrt(t.future) * float64(wide*d.normal(day, drawReading)))
	}
	return t.options.Bounds.down(y)
}

// widen is the factor that makes normal draws those of a t: the root of ν over a chi-square draw with ν degrees of freedom.
func (t *Trend) widen(d trendDraws) float64 {
	if t.dof == 0 {
		return 1
	}
	sum := 0.0
	for i := range t.dof {
		z := d.normal(uint64(i), drawScale)
		sum += float64(z * z)
	}
	return math.Sqrt(float64(t.dof) / sum)
}

// path is the state so many days after the last reading.
func (t *Trend) path(d trendDraws, wide float64, day uint64) [3]float64 {
	lo := t.first()
	at := t.begin.mean
	shake(&at, &t.begin.factor, d, wide, 0, lo)
	if day == 0 {
		return at
	}
	low := uint64(1)
	at = travel(at, 1)
	shake(&at, &t.drift[0].forward, d, wide, 1, lo)
	top := bits.Len64(day) - 1
	for j := range top {
		at = travel(at, float64(low))
		low *= 2
		shake(&at, &t.drift[j].forward, d, wide, low, lo)
	}
	if low == day {
		return at
	}
	far := travel(at, float64(low))
	shake(&far, &t.drift[top].forward, d, wide, 2*low, lo)
	for j := top - 1; j >= 0; j-- {
		h := float64(uint64(1) << j)
		mid := travel(at, h)
		end := travel(at, 2*h)
		n := &t.drift[j]
		for i := lo; i < 3; i++ {
			for k := lo; k < 3; k++ {
				mid[i] += float64(n.gain[i][k] * (far[k] - end[k]))
			}
		}
		middle := low + uint64(1)<<j
		shake(&mid, &n.bridge, d, wide, middle, lo)
		switch {
		case middle == day:
			return mid
		case day < middle:
			far = mid
		default:
			low, at = middle, mid
		}
	}
	return at // not reached: a day between two nodes is the middle of some stretch
}

// travel moves a state so many days on, by its slope alone.
func travel(x [3]float64, h float64) [3]float64 {
	x[0] += float64(h*x[1]) + float64(float64(h*h)/2*x[2])
	x[1] += float64(h * x[2])
	return x
}

// shake adds a draw with the covariance of a factor.
func shake(x *[3]float64, l *trendSquare, d trendDraws, wide float64, day uint64, lo int) {
	for j := lo; j < 3; j++ {
		if l[j][j] == 0 {
			continue
		}
		z := float64(wide * d.normal(day, j))
		for i := j; i < 3; i++ {
			x[i] += float64(l[i][j] * z)
		}
	}
}
