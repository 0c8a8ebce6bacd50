package forecast

import (
	"math"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Results is a [Summary] read with the [Model] that it is of: dates, chances and what they hang on. It is immutable and safe for concurrent use.
type Results struct {
	m *Model
	s *Summary
	n uint64
	f []int32 // finishes with every duration at its simulated mean
}

// NewResults joins a summary to its model. The error is a [*MismatchError] where it is of another, and [ErrNoSummary] where it is of no trials.
func NewResults(m *Model, s *Summary) (*Results, error) {
	switch {
	case s == nil || len(s.ranges) == 0:
		return nil, ErrNoSummary
	case s.plan != m.plan:
		return nil, &MismatchError{What: "plan"}
	case s.spec != m.spec || len(s.sums) != len(m.samples):
		return nil, &MismatchError{What: "uncertainty"}
	}
	for i := range s.watches {
		if _, ok := m.byRef[s.watches[i].ref]; !ok || s.watches[i].bin < 1 {
			return nil, &MismatchError{What: "plan", Ref: s.watches[i].ref}
		}
	}
	for j := range s.crit {
		if len(s.crit[j]) != len(m.items) {
			return nil, &MismatchError{What: "plan"}
		}
	}
	r := &Results{m: m, s: s, n: s.Trials()}
	d := m.planned()
	for i := range m.samples {
		x := &m.samples[i]
		d[m.net.place[x.node]] = x.base + int32(math.Round(r.s.sums[i].x.float()/float64(r.n)))
	}
	r.f = m.net.single(d)
	return r, nil
}

// Trials returns how many trials the results are of.
func (r *Results) Trials() uint64 { return r.n }

// Chance is a share of trials with its 95% interval for the error of simulation alone (Wilson 1927): how much another seed would change it, and
// not how wrong the estimates may be. It is exact to the last digit only in what was counted.
type Chance struct {
	P         float64
	Low, High float64
	Trials    uint64 // that it is a share of
}

const z95 = 1.959963984540054

// wilson returns the share k of n with its interval.
func wilson(k, n uint64) Chance {
	if n == 0 {
		return Chance{}
	}
	p, m := float64(k)/float64(n), float64(n)
	middle := (p + z95*z95/(2*m)) / (1 + z95*z95/m)
	reach := z95 / (1 + z95*z95/m) * math.Sqrt(p*(1-p)/m+z95*z95/(4*m*m))
	c := Chance{P: p, Low: max(0, middle-reach), High: min(1, middle+reach), Trials: n}
	if k == 0 {
		c.Low = 0
	}
	if k == n {
		c.High = 1
	}
	return c
}

// Outcome is when something will be done, and with what chance in time.
type Outcome struct {
	Ref  record.Ref // [End] for the finish of everything
	Name string
	// Due is the minute by the end of which it is to be done; zero where it has none.
	Due calendar.Minute
	// Planned is its early finish in the schedule, AtMeans its finish if every duration were at its mean, Mean its mean finish.
	Planned, AtMeans, Mean calendar.Minute
	// Bias is Mean less AtMeans on its calendar: what the merging of paths adds, which no single path shows (Jensen's inequality: it is not negative where links run
	// from finish to start). Slip is Mean less Planned.
	Bias, Slip calendar.Minutes
	// Deviation is the standard deviation of its finish, in minutes on its calendar.
	Deviation float64
	// Met is the chance of being done in time; Reached that its indicator is where it is to be, and Both that both hold in the same trial.
	// They are unknown where there is no due day or no gauge.
	Met, Reached, Both record.Value[Chance]

	r *Results
	w *counted
	i int
}

// Outcomes returns what was watched: by reference, but the targets first.
func (r *Results) Outcomes() []Outcome {
	list := make([]Outcome, len(r.s.watches))
	for i := range list {
		list[i] = r.outcome(&r.s.watches[i])
	}
	return list
}

// Outcome returns what came of one thing, and whether it was watched.
func (r *Results) Outcome(ref record.Ref) (Outcome, bool) {
	for i := range r.s.watches {
		if r.s.watches[i].ref == ref {
			return r.outcome(&r.s.watches[i]), true
		}
	}
	return Outcome{}, false
}

func (r *Results) outcome(w *counted) Outcome {
	i := r.m.byRef[w.ref]
	x := &r.m.items[i]
	o := Outcome{Ref: x.ref, Name: x.name, Due: x.due, Planned: x.planned, r: r, w: w, i: i}
	mean := float64(w.zero) + w.t.float()/float64(r.n)
	at := r.f[r.m.net.place[x.node]]
	o.AtMeans = r.m.minuteOf(i, at)
	o.Mean = r.m.minuteOf(i, int32(math.Round(mean)))
	o.Bias = calendar.Minutes(math.Round(mean - float64(at)))
	o.Slip = calendar.Minutes(math.Round(mean - float64(w.zero)))
	o.Deviation = deviation(r.n, w.t, w.tt)
	no := "it has no due day"
	o.Met, o.Both = record.Unknown[Chance](no), record.Unknown[Chance](no)
	o.Reached = record.Unknown[Chance]("nothing says whether what it measures is reached")
	if w.met != never {
		o.Met = record.Known(wilson(uint64(w.inDue), r.n))
	}
	if w.gauged {
		o.Reached = record.Known(wilson(uint64(w.ind), r.n))
		if w.met != never {
			o.Both = record.Known(wilson(uint64(w.both), r.n))
		}
	} else if w.met != never {
		o.Both = o.Reached
	}
	return o
}

// MeanPoint returns the mean finish in minutes on its calendar after the planned finish, unrounded: what a test or a difference of scenarios needs.
func (o *Outcome) MeanPoint() float64 {
	if o.r == nil {
		return 0
	}
	return o.w.t.float() / float64(o.r.n)
}

// Percentile is a minute that is not passed in a share of trials, with its 95% interval for the error of simulation, from order statistics.
type Percentile struct {
	P             float64
	At, Low, High calendar.Minute
	// Bin is how finely times were counted: At, Low and High are the last minutes of their bins.
	Bin calendar.Minutes
}

// Percentile returns the least time that is not passed in a share p of the trials. p is taken into 0 to 1.
func (o *Outcome) Percentile(p float64) Percentile {
	if o.r == nil || math.IsNaN(p) {
		return Percentile{P: p}
	}
	p = max(0, min(1, p))
	n := float64(o.r.n)
	reach := z95 * math.Sqrt(n*p*(1-p))
	return Percentile{P: p, At: o.nth(math.Ceil(n * p)), Low: o.nth(math.Floor(n*p - reach)), High: o.nth(math.Ceil(n*p+reach) + 1), Bin: calendar.Minutes(o.w.bin)}
}

// nth returns the k-th least time.
func (o *Outcome) nth(k float64) calendar.Minute {
	k = max(1, min(k, float64(o.r.n)))
	sum := int64(0)
	for i, c := range o.w.hist {
		if sum += c; float64(sum) >= k {
			p := int64(o.w.least) + int64(o.w.first+i+1)*int64(o.w.bin) - 1
			return o.r.m.minuteOf(o.i, int32(min(p, tooLong)))
		}
	}
	return 0
}

// By returns the chance of being done by a minute. Bins that it lies within count as not done.
func (o *Outcome) By(m calendar.Minute) Chance {
	if o.r == nil || m == 0 {
		return Chance{}
	}
	p := int64(o.r.m.inTime(o.i, m))
	k := int64(0)
	for i, c := range o.w.hist {
		if int64(o.w.least)+int64(o.w.first+i+1)*int64(o.w.bin)-1 > p {
			break
		}
		k += c
	}
	return wilson(uint64(k), o.r.n)
}

// Step is one bin of a distribution.
type Step struct {
	Until  calendar.Minute // the last minute of the bin
	Trials uint64          // that finish within it
}

// Distribution returns the bins in which trials finish, in order, empty ones left out.
func (o *Outcome) Distribution() []Step {
	var list []Step
	if o.r == nil {
		return nil
	}
	for i, c := range o.w.hist {
		if c > 0 {
			p := int64(o.w.least) + int64(o.w.first+i+1)*int64(o.w.bin) - 1
			list = append(list, Step{o.r.m.minuteOf(o.i, int32(min(p, tooLong))), uint64(c)})
		}
	}
	return list
}

// Joint is how several things are met together.
type Joint struct {
	Of []record.Ref // by reference; of something with a gauge, met means schedule and indicator
	// Sets counts the trials by what is met in them: bit i of the index stands for Of[i].
	Sets []uint64
	// All is the chance that all are met, Any that at least one is, and Independent what All would be if they had nothing to do with one another.
	All, Any    Chance
	Independent float64
}

// Joint returns how what [Options.Joint] listed is met together; the zero Joint where it listed nothing.
func (r *Results) Joint() Joint {
	var j Joint
	if len(r.s.joint) == 0 {
		return j
	}
	alone := make([]uint64, len(r.s.joint))
	for _, i := range r.s.joint {
		j.Of = append(j.Of, r.s.watches[i].ref)
	}
	for set, n := range r.s.sets {
		j.Sets = append(j.Sets, uint64(n))
		for i := range alone {
			if set>>i&1 == 1 {
				alone[i] += uint64(n)
			}
		}
	}
	j.All, j.Any, j.Independent = wilson(j.Sets[len(j.Sets)-1], r.n), wilson(r.n-j.Sets[0], r.n), 1
	for _, n := range alone {
		j.Independent *= float64(n) / float64(r.n)
	}
	return j
}

// Influence is what one activity or milestone has to do with the time of a target.
type Influence struct {
	Ref  record.Ref
	Name string
	// Mean and Deviation are of its duration as simulated, in minutes on its calendar.
	Mean, Deviation float64
	// Critical is in which share of trials it decides the target's time; where several paths tie, each does.
	Critical Chance
	// Delay is by how many minutes the target's mean moves for each minute that it lasts longer, Critical in networks that run from finish to start; negative where a longer
	// duration lets the target come earlier. Where paths tie it is that of a small delay.
	Delay float64
	// Cruciality is Pearson's correlation of its duration with the target's time.
	Cruciality float64
	// Significance is Critical times its standard deviation over that of the target (the schedule sensitivity index), both in time on its own calendar.
	Significance float64
}

// Influences returns what each thing that can decide a target's time has to do with it, by reference: this is no order of importance. It returns nil for
// what was no target.
func (r *Results) Influences(target record.Ref) []Influence {
	j := slices.IndexFunc(r.s.watches[:r.s.targets], func(c counted) bool { return c.ref == target })
	if j < 0 {
		return nil
	}
	w := &r.s.watches[j]
	tr := newTrace(&r.m.net, r.m.net.place[r.m.items[r.m.byRef[target]].node])
	spread := deviation(r.n, w.t, w.tt)
	var list []Influence
	for _, k := range tr.places {
		i := r.m.net.nodes[r.m.net.order[k]].item
		if i < 0 || int(i) == r.m.byRef[target] && r.m.items[i].sample < 0 {
			continue
		}
		x := &r.m.items[i]
		f := Influence{Ref: x.ref, Name: x.name, Mean: float64(r.m.net.fixed[k]), Critical: wilson(uint64(r.s.crit[j][i]), r.n)}
		f.Delay = f.Critical.P
		if r.s.plus != nil {
			f.Delay = (float64(r.s.plus[j][i]) - float64(r.s.minus[j][i])) / float64(r.n)
		}
		if x.sample >= 0 {
			s, u := &r.m.samples[x.sample], &r.s.sums[x.sample]
			f.Mean = float64(s.base) + u.x.float()/float64(r.n)
			f.Deviation = deviation(r.n, u.x, u.xx)
			f.Cruciality = correlation(r.n, u.x, w.t, u.xx, w.tt, r.s.with[j][x.sample])
			if spread > 0 {
				f.Significance = f.Critical.P * f.Deviation / (spread * r.pace(k, w, tr.target))
			}
		}
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b Influence) int { return a.Ref.Compare(b.Ref) })
	return list
}

// pace is how much of its time on a node's calendar passes for one minute on the target's, over the span in which the target may lie.
func (r *Results) pace(k int32, w *counted, target int32) float64 {
	n := &r.m.net
	a, z := &n.axes[n.nodes[n.order[k]].axis], &n.axes[n.nodes[n.order[target]].axis]
	if a.hours == z.hours {
		return 1
	}
	from, until := int64(0), max(1, n.high[target])
	span := a.point(z.ends(until)) - a.point(z.starts(from))
	return max(1e-9, float64(span)/float64(until-from))
}
