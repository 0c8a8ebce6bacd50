package forecast

import (
	"math"
	"slices"
)

// The variances are chosen by maximum likelihood: a coarse grid over their logarithms, then the simplex of Nelder and Mead ("A
// simplex method for function minimization", Computer Journal 7, 1965, 308-313) from its two highest points, and last a look at
// whether a variance may as well be nought, where the likelihood often has its highest point. The order of every step is fixed,
// so the same readings give the same bits.

// trendScales are the sizes that the variances are searched around.
type trendScales struct{ noise, level, slope float64 }

// scalesOf measures a series: the mean square of the change from reading to reading, over the mean gap and its powers. ok is
// false where nothing varies.
func scalesOf(obs []trendObs, flow bool) (sc trendScales, ok bool) {
	var change, gaps, length float64
	n := float64(len(obs) - 1)
	value := func(o *trendObs) float64 {
		if flow {
			return o.y / (o.end - o.start)
		}
		return o.y
	}
	for i := range obs {
		length += obs[i].end - obs[i].start
		if i > 0 {
			d := value(&obs[i]) - value(&obs[i-1])
			change += float64(d * d)
			gaps += obs[i].end - obs[i-1].end
		}
	}
	change, gap := change/n, gaps/n
	length /= n + 1
	if change == 0 {
		for i := range obs {
			if flow {
				change += obs[i].known / float64(length*length)
			} else {
				change += obs[i].known
			}
		}
		change /= n + 1
	}
	if change == 0 || math.IsInf(change, 0) {
		return sc, false
	}
	sc = trendScales{noise: change, level: change / gap, slope: change / float64(float64(gap*gap)*gap)}
	if flow {
		sc.noise = float64(change * length)
	}
	return sc, true
}

// trendSearch holds what the likelihood is a function of.
type trendSearch struct {
	space trendSpace
	obs   []trendObs
	free  []*float64 // the variances that are looked for, in the space
	scale []float64  // the size of each
}

// minus is the negative log likelihood at logarithms of the variances over their scales; -Inf stands for a variance of nought.
func (s *trendSearch) minus(x []float64) float64 {
	for i, p := range s.free {
		*p = float64(s.scale[i] * trendExp(min(x[i], searchHigh)))
	}
	state := s.space.filter(s.obs)
	if l := -state.logLik; l == l {
		return l
	}
	return math.Inf(1)
}

const (
	searchHigh  = 12    // logarithm of the largest variance looked at, over its scale
	searchLow   = -30   // of the smallest before nought
	searchAlike = 1e-7  // log likelihoods this close are taken as one
	searchSteps = 600   // steps of the simplex at most
	searchDone  = 1e-13 // spread of the simplex's values, relative to their size, at which it stops
)

// fitTrend finds the variances of highest likelihood. ok is false where the series does not vary.
func fitTrend(space trendSpace, obs []trendObs) (trendSpace, bool) {
	sc, ok := scalesOf(obs, space.flow)
	if !ok {
		return space, false
	}
	s := &trendSearch{space: space, obs: obs}
	if slices.ContainsFunc(obs, func(o trendObs) bool { return !o.stated }) {
		s.free, s.scale = append(s.free, &s.space.noise), append(s.scale, sc.noise)
	}
	s.free, s.scale = append(s.free, &s.space.level), append(s.scale, sc.level)
	if space.linear {
		s.free, s.scale = append(s.free, &s.space.slope), append(s.scale, sc.slope)
	}
	x, f := s.descend()
	x, _ = s.drop(x, f)
	s.minus(x)
	return s.space, true
}

// descend goes down from the two lowest points of the grid, and once more from where that ends.
func (s *trendSearch) descend() ([]float64, float64) {
	type start struct {
		x []float64
		f float64
	}
	n := len(s.free)
	var grid []start
	steps := [...]float64{-8, -4, -2, 0}
	count := 1
	for range n {
		count *= len(steps)
	}
	for i := range count {
		x := make([]float64, n)
		for k, rest := 0, i; k < n; k++ {
			x[k] = steps[rest%len(steps)]
			rest /= len(steps)
		}
		grid = append(grid, start{x, s.minus(x)})
	}
	slices.SortStableFunc(grid, func(a, b start) int { return trendCompare(a.f, b.f) })
	low := math.Inf(1)
	var at []float64
	for i := range min(2, len(grid)) {
		x, f := nelderMead(s.minus, grid[i].x, 1.5)
		if f < low {
			at, low = x, f
		}
	}
	if at == nil {
		return grid[0].x, grid[0].f
	}
	return nelderMead(s.minus, at, 0.25)
}

// drop sets variances to nought, one after the other, where the likelihood is no lower for it. One that has gone below what is
// looked at counts as nought.
func (s *trendSearch) drop(x []float64, f float64) ([]float64, float64) {
	for i := len(x) - 1; i >= 0; i-- {
		without := slices.Clone(x)
		without[i] = math.Inf(-1)
		if g := s.minus(without); g <= f+searchAlike {
			x, f = without, g
		}
	}
	return x, f
}

func trendCompare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// nelderMead minimises f from a point, with a first simplex of the given size. Coordinates stay between searchLow and
// searchHigh. It returns the lowest point that it has seen.
func nelderMead(f func([]float64) float64, from []float64, size float64) ([]float64, float64) {
	n := len(from)
	type vertex struct {
		x []float64
		f float64
	}
	at := func(x []float64) vertex {
		for i := range x {
			x[i] = max(searchLow, min(searchHigh, x[i]))
		}
		return vertex{x, f(x)}
	}
	simplex := []vertex{at(slices.Clone(from))}
	for i := range n {
		x := slices.Clone(from)
		x[i] += size
		simplex = append(simplex, at(x))
	}
	centre := make([]float64, n)
	// along returns the point at centre + t (worst - centre).
	along := func(t float64) vertex {
		x := make([]float64, n)
		for i := range x {
			x[i] = centre[i] + float64(t*(simplex[n].x[i]-centre[i]))
		}
		return at(x)
	}
	for range searchSteps {
		slices.SortStableFunc(simplex, func(a, b vertex) int { return trendCompare(a.f, b.f) })
		if spread := simplex[n].f - simplex[0].f; spread <= searchDone*(1+math.Abs(simplex[0].f)) {
			break
		}
		for i := range centre {
			sum := 0.0
			for _, v := range simplex[:n] {
				sum += v.x[i]
			}
			centre[i] = sum / float64(n)
		}
		r := along(-1)
		switch {
		case r.f < simplex[0].f:
			if e := along(-2); e.f < r.f {
				r = e
			}
			simplex[n] = r
		case r.f < simplex[n-1].f:
			simplex[n] = r
		default:
			if r.f < simplex[n].f {
				simplex[n] = r
			}
			if c := along(0.5); c.f < simplex[n].f {
				simplex[n] = c
				continue
			}
			for i := 1; i <= n; i++ {
				x := make([]float64, n)
				for k := range x {
					x[k] = simplex[0].x[k] + float64(0.5*(simplex[i].x[k]-simplex[0].x[k]))
				}
				simplex[i] = at(x)
			}
		}
	}
	slices.SortStableFunc(simplex, func(a, b vertex) int { return trendCompare(a.f, b.f) })
	return simplex[0].x, simplex[0].f
}
