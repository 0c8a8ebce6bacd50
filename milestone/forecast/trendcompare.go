package forecast

import (
	"fmt"
	"math"
	"strings"
)

// TrendComparison says how a trend would have done on the readings that there are, beside two forecasts that need no model: the
// last value, and the last value with the average change so far. Each reading in turn is forecast from those before it and
// nothing else (a rolling origin); the variances are estimated anew each time.
type TrendComparison struct {
	// Ahead is how many readings ahead is forecast.
	Ahead int
	// Origins is how many forecasts are compared, and Skipped how many the model refused.
	Origins, Skipped int
	// Nominal is the probability, 0 to 1, of the central intervals whose coverage is counted.
	Nominal float64
	// Model, LastValue and Drift are the results of the trend and of the two others, on the same readings.
	Model, LastValue, Drift TrendMarks
	// OverLast and OverDrift are by how much the model's mean CRPS is smaller, with their standard errors; negative where it is
	// larger. The errors take the origins as independent.
	OverLast, OverDrift TrendEdge
}

// TrendMarks are the results of one way of forecasting.
type TrendMarks struct {
	CRPS    float64 // mean of the continuous ranked probability scores, in the indicator's unit; smaller is closer
	Covered int     // how many readings fell inside the interval
}

// TrendEdge is a mean difference and its standard error, which is nought below two origins.
type TrendEdge struct{ Mean, Error float64 }

const (
	compareNominal = 0.9
	compareFirst   = 4  // readings before the first origin: a regression on fewer has no CRPS
	compareMost    = 60 // origins at most, the latest
	compareEnough  = 8  // origins below which nothing is concluded
)

// Compare forecasts readings of the past, each the given number of readings ahead of those it is made from; below one counts
// as one. It looks at the last 60 of them at most and fits the model anew for each. Fewer than five readings leave nothing to
// compare, and then Origins is nought.
//
// The two other forecasts are normal. Their errors come from the changes between readings, taken as independent with a
// variance proportional to the days between: for the drift with the mean change taken out and its own error added.
func (t *Trend) Compare(ahead int) TrendComparison {
	ahead = max(1, ahead)
	c := TrendComparison{Ahead: ahead, Nominal: compareNominal}
	n := len(t.points)
	var model, last, drift []float64
	for k := max(compareFirst, n-ahead+1-compareMost); k+ahead <= n; k++ {
		past := &Trend{options: t.options, points: t.points[:k]}
		past.read()
		if past.fit() != nil {
			c.Skipped++
			continue
		}
		to := t.obs[k+ahead-1]
		end := t.obs[k-1].end
		wait, count := to.end-end, 0.0
		if t.space.flow {
			wait, count = to.start-end, to.end-to.start
		}
		_, reading := past.ahead(&past.state, wait, count, past.future)
		value := t.points[k+ahead-1].Value
		naive, drifting := t.benchmarks(k, k+ahead-1)
		for _, m := range []struct {
			spread TrendSpread
			marks  *TrendMarks
			list   *[]float64
		}{{reading, &c.Model, &model}, {naive, &c.LastValue, &last}, {drifting, &c.Drift, &drift}} {
			*m.list = append(*m.list, m.spread.CRPS(value))
			if value >= m.spread.Quantile((1-compareNominal)/2) && value <= m.spread.Quantile((1+compareNominal)/2) {
				m.marks.Covered++
			}
		}
		c.Origins++
	}
	c.Model.CRPS, c.LastValue.CRPS, c.Drift.CRPS = trendMean(model), trendMean(last), trendMean(drift)
	c.OverLast, c.OverDrift = trendEdge(last, model), trendEdge(drift, model)
	return c
}

// benchmarks forecasts point i from the first k points, without a model.
func (t *Trend) benchmarks(k, i int) (last, drift TrendSpread) {
	at := func(j int) (day, value, length float64) {
		o := t.obs[j]
		if !t.space.flow {
			return o.end, t.points[j].Value, 1
		}
		return (o.start + o.end) / 2, t.points[j].Value / (o.end - o.start), o.end - o.start
	}
	firstDay, first, _ := at(0)
	lastDay, value, _ := at(k - 1)
	day, _, length := at(i)
	slope := (value - first) / (lastDay - firstDay)
	var plain, around float64
	for j := 1; j < k; j++ {
		a, u, _ := at(j - 1)
		b, v, _ := at(j)
		change, off := v-u, v-u-slope*(b-a)
		plain += change * change / (b - a)
		around += off * off / (b - a)
	}
	plain /= float64(k - 1)
	around /= float64(k - 2)
	d := day - lastDay
	last = TrendSpread{centre: value * length, scale: math.Sqrt(plain*d) * length}
	drift = TrendSpread{centre: (value + slope*d) * length, scale: math.Sqrt(around*d*(1+d/(lastDay-firstDay))) * length}
	return last, drift
}

func trendMean(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	sum := 0.0
	for _, x := range list {
		sum += x
	}
	return sum / float64(len(list))
}

// trendEdge is the mean of a - b and its error.
func trendEdge(a, b []float64) TrendEdge {
	n := float64(len(a))
	if n < 2 {
		return TrendEdge{Mean: trendMean(a) - trendMean(b)}
	}
	e := TrendEdge{Mean: trendMean(a) - trendMean(b)}
	square := 0.0
	for i := range a {
		d := a[i] - b[i] - e.Mean
		square += d * d
	}
	e.Error = math.Sqrt(square / (n - 1) / n)
	return e
}

// Beats reports whether the model's forecasts were closer than both others, on eight origins or more. It says nothing of how
// sure that is: the edges and their errors do.
func (c TrendComparison) Beats() bool {
	return c.Origins >= compareEnough && c.OverLast.Mean > 0 && c.OverDrift.Mean > 0
}

// String says in a sentence whether the model did better than the forecasts that need none, and how often its intervals held.
func (c TrendComparison) String() string {
	which := "the next reading"
	if c.Ahead > 1 {
		which = fmt.Sprintf("the reading %d ahead", c.Ahead)
	}
	if c.Origins == 0 {
		return "there are too few readings to compare past forecasts of " + which + " with what came"
	}
	held := fmt.Sprintf("%d of %d past forecasts of %s fell inside their %.0f per cent interval", c.Model.Covered, c.Origins, which, 100*c.Nominal)
	if c.Origins < compareEnough {
		return held + "; that is too few to tell whether the model is any better than the last value"
	}
	var worse, close []string
	for _, b := range []struct {
		name string
		edge TrendEdge
	}{{"the last value", c.OverLast}, {"the last value with the average change", c.OverDrift}} {
		switch {
		case b.edge.Mean <= 0:
			worse = append(worse, b.name)
		case b.edge.Mean < 2*b.edge.Error:
			close = append(close, b.name)
		}
	}
	switch {
	case len(worse) > 0:
		return held + "; the model does not beat " + strings.Join(worse, " or ")
	case len(close) > 0:
		return held + "; the model was closer, but against " + strings.Join(close, " and ") + " by less than twice the error of the difference"
	}
	return held + "; the model was closer than the last value, with and without the average change"
}
