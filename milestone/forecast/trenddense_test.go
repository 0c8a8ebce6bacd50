package forecast_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

// The oracle writes down the covariance of all readings and of what is to come, takes the start of the state as regression
// coefficients of which nothing is known, and conditions by solving dense equations. It has no state and no recursion.
type trendDense struct {
	level, slope, noise float64
	linear, flow        bool
	points              []forecast.TrendPoint
}

// kernel is the covariance of the level at two times, started from nought at time 0: a Wiener process and an integrated one.
func (d *trendDense) kernel(s, t float64) float64 {
	if s > t {
		s, t = t, s
	}
	return d.level*s + d.slope*(s*s*t/2-s*s*s/6)
}

// Gauss and Legendre's three points are exact for polynomials to the fifth degree.
var trendGaussX = [3]float64{-math.Sqrt(3. / 5), 0, math.Sqrt(3. / 5)}
var trendGaussW = [3]float64{5. / 9, 8. / 9, 5. / 9}

func trendOver(a, b float64, f func(float64) float64) float64 {
	sum := 0.0
	for i, x := range trendGaussX {
		sum += trendGaussW[i] * f((a+b)/2+(b-a)/2*x)
	}
	return sum * (b - a) / 2
}

// trendWindow is a stretch of time; a stock is read at its end.
type trendWindow struct{ a, b float64 }

func (d *trendDense) covariance(v, w trendWindow) float64 {
	if !d.flow {
		return d.kernel(v.b, w.b)
	}
	if v == w { // the kernel has an edge along s = t: integrate over each side of it
		return 2 * trendOver(v.a, v.b, func(t float64) float64 {
			return trendOver(v.a, t, func(s float64) float64 { return d.kernel(s, t) })
		})
	}
	return trendOver(v.a, v.b, func(s float64) float64 {
		return trendOver(w.a, w.b, func(t float64) float64 { return d.kernel(s, t) })
	})
}

func (d *trendDense) row(w trendWindow) []float64 {
	x := []float64{1, w.b}
	if d.flow {
		x = []float64{w.b - w.a, (w.b*w.b - w.a*w.a) / 2}
	}
	if !d.linear {
		x = x[:1]
	}
	return x
}

func (d *trendDense) windowOf(p forecast.TrendPoint) trendWindow {
	first := d.points[0]
	if d.flow {
		return trendWindow{float64(p.From.Sub(first.From)), float64(p.On.Sub(first.From)) + 1}
	}
	return trendWindow{float64(p.On.Sub(first.On)), float64(p.On.Sub(first.On))}
}

func (d *trendDense) error(p forecast.TrendPoint) float64 {
	w := d.windowOf(p)
	switch {
	case p.StandardError > 0:
		return p.StandardError * p.StandardError
	case d.flow:
		return d.noise * (w.b - w.a)
	}
	return d.noise
}

// trendSolve solves m x = b for several right sides by elimination with pivots, and returns the logarithm of the determinant.
func trendSolve(m [][]float64, b [][]float64) (x [][]float64, logDet float64) {
	n := len(m)
	a := make([][]float64, n)
	for i := range a {
		a[i] = append(append([]float64{}, m[i]...), b[i]...)
	}
	for c := range n {
		pivot := c
		for r := c; r < n; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[pivot][c]) {
				pivot = r
			}
		}
		a[c], a[pivot] = a[pivot], a[c]
		logDet += math.Log(math.Abs(a[c][c]))
		for r := range n {
			if r == c {
				continue
			}
			f := a[r][c] / a[c][c]
			for k := c; k < len(a[r]); k++ {
				a[r][k] -= f * a[c][k]
			}
		}
	}
	for i := range a {
		row := append([]float64{}, a[i][n:]...)
		for k := range row {
			row[k] /= a[i][i]
		}
		x = append(x, row)
	}
	return x, logDet
}

// condition returns mean and variance of the level over a window, and the diffuse log likelihood of the readings.
func (d *trendDense) condition(w trendWindow) (mean, variance, logLik float64) {
	n := len(d.points)
	q := len(d.row(w))
	omega := make([][]float64, n)
	right := make([][]float64, n) // y, the columns of X, the covariances with w
	for i, p := range d.points {
		wi := d.windowOf(p)
		omega[i] = make([]float64, n)
		for j, o := range d.points {
			omega[i][j] = d.covariance(wi, d.windowOf(o))
		}
		omega[i][i] += d.error(p)
		right[i] = append(append([]float64{p.Value}, d.row(wi)...), d.covariance(wi, w))
	}
	solved, logDet := trendSolve(omega, right)
	dot := func(a, b int) float64 { // right' Ω⁻¹ right
		sum := 0.0
		for i := range n {
			sum += right[i][a] * solved[i][b]
		}
		return sum
	}
	normal, side := make([][]float64, q), make([][]float64, q)
	x0 := d.row(w)
	for i := range q {
		normal[i] = make([]float64, q)
		for j := range q {
			normal[i][j] = dot(1+i, 1+j)
		}
		side[i] = []float64{dot(1+i, 0), x0[i] - dot(1+i, 1+q)}
	}
	beta, logNormal := trendSolve(normal, side)
	mean = dot(1+q, 0)
	variance = d.covariance(w, w) - dot(1+q, 1+q)
	rss := dot(0, 0)
	for i := range q {
		mean += side[i][1] * beta[i][0]
		variance += side[i][1] * beta[i][1]
		rss -= side[i][0] * beta[i][0]
	}
	return mean, variance, -(float64(n-q)*math.Log(2*math.Pi) + logDet + logNormal + rss) / 2
}

// trendInvented makes a series with irregular dates, some of whose readings state their error.
func trendInvented(r *rand.Rand, n int, flow bool, stated float64) []forecast.TrendPoint {
	on := calendar.On(2015, 1, 1).Add(calendar.Days(r.IntN(400)))
	value, slope := 50+10*r.NormFloat64(), 0.3*r.NormFloat64()
	var points []forecast.TrendPoint
	for range n {
		p := forecast.TrendPoint{On: on}
		gap := 1 + r.IntN(120)
		value += slope*float64(gap)/30 + r.NormFloat64()
		slope += 0.05 * r.NormFloat64()
		p.Value = math.Round(1000*(value+r.NormFloat64())) / 1000
		if flow {
			p.From = on.Add(1)
			p.On = on.Add(calendar.Days(gap))
			on = p.On.Add(calendar.Days(r.IntN(2) * r.IntN(20)))
		} else {
			on = on.Add(calendar.Days(gap))
		}
		if r.Float64() < stated {
			p.StandardError = 0.2 + r.Float64()
		}
		points = append(points, p)
	}
	return points
}

func trendCheckAgainstDense(t *testing.T, seed uint64, n int, flow, linear bool, v forecast.TrendVariances, ahead int) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	points := trendInvented(r, n, flow, 0.4)
	options := forecast.TrendOptions{Model: forecast.LevelTrend, Variances: &v}
	if flow {
		options.Reading = milestone.Flow
	}
	d := &trendDense{level: v.Level, noise: v.Noise, flow: flow, linear: linear, points: points}
	if linear {
		options.Model = forecast.LinearTrend
		d.slope = v.Slope
	}
	trend, err := forecast.FitTrend(points, options)
	require.NoError(t, err)
	last := points[n-1]
	var f forecast.TrendForecast
	var noise float64
	if flow {
		from := last.On.Add(calendar.Days(1 + ahead/3))
		f, err = trend.Further(from, last.On.Add(calendar.Days(1+ahead)))
		noise = d.error(last) / float64(last.On.Sub(last.From)+1) * float64(f.On.Sub(f.From)+1)
	} else {
		f, err = trend.Forecast(last.On.Add(calendar.Days(ahead)))
		noise = d.error(last)
	}
	require.NoError(t, err)
	mean, variance, logLik := d.condition(d.windowOf(forecast.TrendPoint{From: f.From, On: f.On}))
	sd := math.Sqrt(variance)
	centre, scale := f.Level.CentreAndScale()
	assert.InDelta(t, mean, centre, 1e-6*(sd+math.Abs(mean)), "mean")
	assert.InEpsilon(t, sd, scale, 1e-6, "error of the level")
	_, scale = f.Reading.CentreAndScale()
	assert.InEpsilon(t, math.Sqrt(variance+noise), scale, 1e-6, "error of the reading")
	l, _ := trend.LogLikelihood()
	assert.InDelta(t, logLik, l, 1e-6*(1+math.Abs(logLik)), "log likelihood")
}

func TestTrendAgainstDenseConditioning(t *testing.T) {
	for seed := range uint64(60) {
		flow, linear := seed%2 == 1, seed%4 > 1
		v := forecast.TrendVariances{Level: 0.02, Slope: 1e-6, Noise: 0.7}
		if seed%5 == 0 {
			v.Slope = 0
		}
		if seed%7 == 0 {
			v.Level = 0
		}
		trendCheckAgainstDense(t, seed, 3+int(seed)%9, flow, linear, v, 10+30*int(seed%8))
	}
}

func FuzzTrendAgainstDenseConditioning(f *testing.F) {
	f.Add(uint64(1), uint8(5), true, true, uint16(30), uint16(3), uint16(10), uint16(40))
	f.Add(uint64(2), uint8(12), false, true, uint16(0), uint16(9), uint16(1), uint16(700))
	f.Add(uint64(3), uint8(4), false, false, uint16(5), uint16(0), uint16(100), uint16(1))
	f.Fuzz(func(t *testing.T, seed uint64, n uint8, flow, linear bool, level, slope, noise, ahead uint16) {
		v := forecast.TrendVariances{
			Level: float64(level%1000) / 1000, Slope: float64(slope%1000) / 1e8, Noise: 0.05 + float64(noise%1000)/100,
		}
		trendCheckAgainstDense(t, seed, 3+int(n%14), flow, linear, v, 1+int(ahead%1500))
	})
}
