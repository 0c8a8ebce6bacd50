package forecast

import (
	"math"
	"slices"
	"sync"
)

// A sampler turns draws into lengths of time, in minutes.
type sampler struct {
	kind     samplerKind
	name     uint64 // of its draws
	cut      uint32 // triangular: draws below it are on the rising side
	tri      [2]triSide
	curve    *curve
	mul, add float32 // of the curve or steps, to minutes
	steps    []uint32
	values   []float32

	loads    []loading // on factors and on draws of others: none where the duration is not correlated
	own      float32   // weight of its own score among the loads
	effects  []effect
	low, top float32 // what the result is held between
}

type samplerKind uint8

const (
	constant samplerKind = iota // add alone
	sloped                      // mul * (2 step + 1) + add
	twoSided                    // triangular
	curved
	stepped
)

// triSide is one side of a triangular distribution: from + by * sqrt(scale * odd), where odd counts 2^-24ths from the end of the side's own, so that u
// is (2 step + 1) / 2^24 on the rising side and as far from 1 on the falling one.
type triSide struct{ scale, from, by float32 }

type loading struct {
	name   uint64
	weight float32
}

// An effect is what an event does to a duration.
type effect struct {
	event    int32
	factor   bool
	parallel bool
}

// lanes is one batch of numbers, a trial in each.
const lanes = 64

// lane holds a number of every trial of a batch.
type lane = [lanes]float32

// newSampler reads a shape whose numbers count mul minutes each. given is how much of it has passed: the sampler then draws what is left
// of the part above. ok is false where nothing lies above.
func newSampler(s *Shape, unit, given float64, curves map[curveKey]*curve) (sampler, bool) {
	x := sampler{own: 1}
	passed := given / unit
	if v, ok := s.isPoint(); ok {
		x.add = float32(v*unit - given)
		return x, v > passed || given == 0
	}
	start := 0.0
	if given > 0 {
		start = 1 - s.above(passed)
		if start >= 1-2.0/drawSteps {
			return x, false
		}
	}
	switch {
	case s.Kind == Discrete || s.Kind == Reference:
		values, cum := s.steps()
		x.kind, x.mul, x.add = stepped, float32(unit), float32(-given)
		for i, v := range values {
			if given > 0 && v <= passed {
				continue
			}
			x.values = append(x.values, float32(v))
			x.steps = append(x.steps, uint32(math.Round((cum[i]-start)/(1-start)*drawSteps)))
		}
		x.steps = x.steps[:len(x.steps)-1]
	case given > 0:
		x.kind, x.mul, x.add = curved, float32(unit), float32(-given)
		x.curve = curveOf(s, start, curves)
	case s.Kind == UniformOn:
		x.kind, x.mul, x.add = sloped, float32((s.Max-s.Min)*unit/(2*drawSteps)), float32(s.Min*unit)
	case s.Kind == Triangular:
		a, m, b := s.Min*unit, s.Mode*unit, s.Max*unit
		x.kind = twoSided
		x.cut = uint32(math.Round((m - a) / (b - a) * drawSteps))
		x.tri[0] = triSide{float32((b - a) * (b - m) / (2 * drawSteps)), float32(b), -1}
		x.tri[1] = triSide{float32((b - a) * (m - a) / (2 * drawSteps)), float32(a), 1}
	default:
		x.kind, x.mul, x.curve = curved, float32(unit), curveOf(s, 0, curves)
	}
	return x, true
}

// curveKey tells curves apart that are not the same.
type curveKey struct {
	kind  ShapeKind
	p     [7]float64
	start float64
}

// curveOf returns the curve of a shape in its own unit, of the part of it above a probability.
func curveOf(s *Shape, start float64, curves map[curveKey]*curve) *curve {
	key := curveKey{s.Kind, [7]float64{s.Min, s.Mode, s.Max, s.Lambda, s.P10, s.P50, s.P90}, start}
	if c, ok := curves[key]; ok {
		return c
	}
	q := s.quantile
	if s.Kind == PERT {
		a, b := s.beta()
		logC, guess := betaLog(a, b), a/(a+b)
		q = func(p float64) float64 {
			guess = betaInverse(p, a, b, logC, guess)
			return s.Min + (s.Max-s.Min)*guess
		}
	}
	c := newCurve(func(p float64) float64 { return q(start + p*(1-start)) })
	curves[key] = c
	return c
}

// inLanes reports whether a quick draws for the sampler.
func (x *sampler) inLanes() bool {
	return (x.kind == twoSided || x.kind == sloped) && len(x.loads) == 0 && len(x.effects) == 0
}

// one evaluates the sampler at a draw, before loads and effects.
func (x *sampler) one(step uint32) float32 {
	switch x.kind {
	case sloped:
		return float32(x.mul*float32(2*step+1)) + x.add
	case twoSided:
		side := (step - x.cut) >> 31
		t := &x.tri[side]
		v := float32(float32((2*step+1)^(side-1)&flip) * t.scale)
		return t.from + float32(t.by*float32(math.Sqrt(float64(v))))
	case curved:
		return float32(x.mul*x.curve.at(step)) + x.add
	case stepped:
		i, found := slices.BinarySearch(x.steps, step)
		if found {
			i++
		}
		return float32(x.mul*x.values[i]) + x.add
	}
	return x.add
}

// bounds returns the least and the greatest that the sampler draws, before effects: all of them rise with the draw.
func (x *sampler) bounds() (low, high float64) {
	return float64(x.one(0)), float64(x.one(drawSteps - 1))
}

// minutes rounds to whole minutes within the bounds of the sampler.
func (x *sampler) minutes(y float32) int32 {
	return int32(min(max(y, x.low), x.top) + 0.5)
}

// draws fills a batch with the draws of a key. first is a multiple of 64.
func draws(key, first uint64, out *[lanes]uint32) {
	at := key + (first>>1)*golden
	for l := 0; l < lanes; l += 2 {
		word := mix64(at)
		out[l], out[l+1] = uint32(word)>>9, uint32(word>>41)
		at += golden
	}
}

// quick is what drawing from a triangular or uniform sampler without loads and effects takes, in one line of a cache.
type quick struct {
	key    uint64
	cut    uint32 // of odd numbers of 24 bits
	sample int32  // -1: drawn otherwise, or not at all
	tri    [2]triSide
	sloped bool // then tri[0] holds mul and add, and tri[1] the bounds, in their first members
}

func (x *sampler) quick(key uint64, sample int32) quick {
	q := quick{key: key, cut: 2 * x.cut, sample: sample, tri: x.tri}
	if x.kind == sloped {
		q.sloped, q.tri = true, [2]triSide{{x.mul, x.add, 0}, {x.low, x.top, 0}}
	}
	return q
}

// fill draws the durations of a batch: [sampler.one] of the draw, rounded.
func (q *quick) fill(first uint64, out *[lanes]int32) {
	at := q.key + (first>>1)*golden
	if q.sloped {
		mul, add, low, top := q.tri[0].scale, q.tri[0].from, q.tri[1].scale, q.tri[1].from
		for l := 0; l < lanes; l += 2 {
			word := mix64(at)
			at += golden
			u, v := float32(mul*float32(int32(uint32(word)>>8|1)))+add, float32(mul*float32(int32(uint32(word>>40)|1)))+add
			out[l], out[l+1] = int32(min(max(u, low), top)+0.5), int32(min(max(v, low), top)+0.5)
		}
		return
	}
	tri, cut := &q.tri, q.cut
	for l := 0; l < lanes; l += 2 {
		word := mix64(at)
		at += golden
		a, b := uint32(word)>>8|1, uint32(word>>40)|1
		i, j := (a-cut)>>31, (b-cut)>>31
		s, t := &tri[i&1], &tri[j&1]
		u, v := float32(float32(int32(a^(i-1)&flip))*s.scale), float32(float32(int32(b^(j-1)&flip))*t.scale)
		u, v = s.from+float32(s.by*float32(math.Sqrt(float64(u)))), t.from+float32(t.by*float32(math.Sqrt(float64(v))))
		out[l], out[l+1] = int32(u+0.5), int32(v+0.5)
	}
}

// fill draws the durations of a batch: what no quick does. k holds the keys of the sampler and its loads.
func (x *sampler) fill(k *keyed, first uint64, events []lane, out *[lanes]int32) {
	var step [lanes]uint32
	var y lane
	draws(k.key, first, &step)
	if len(k.loads) > 0 {
		x.correlate(k, first, &step)
	}
	if x.kind == curved {
		for l := range y {
			y[l] = float32(x.mul*x.curve.at(step[l])) + x.add
		}
	} else {
		for l := range y {
			y[l] = x.one(step[l])
		}
	}
	x.apply(events, &y)
	for l := range out {
		out[l] = x.minutes(y[l])
	}
}

// correlate replaces draws by those of the copula: the weighted sum of normal scores, and back.
func (x *sampler) correlate(k *keyed, first uint64, step *[lanes]uint32) {
	var z lane
	var other [lanes]uint32
	scores, steps := normalScores(), fromScores()
	for l := range z {
		z[l] = float32(x.own * scores.at(step[l]))
	}
	for i := range k.loads {
		draws(k.loads[i], first, &other)
		w := x.loads[i].weight
		for l := range z {
			z[l] += float32(w * scores.at(other[l]))
		}
	}
	for l := range z {
		step[l] = steps.at(z[l])
	}
}

// apply lets events change durations: factors first, then times, each in the order of the effects, those that are parallel last among their like.
func (x *sampler) apply(events []lane, y *lane) {
	for _, factor := range [2]bool{true, false} {
		var most lane
		parallel := false
		for _, e := range x.effects {
			if e.factor != factor {
				continue
			}
			of := &events[e.event]
			switch {
			case e.parallel && !parallel:
				most, parallel = *of, true
			case e.parallel:
				for l := range most {
					most[l] = max(most[l], of[l])
				}
			default:
				act(of, y, factor)
			}
		}
		if parallel {
			act(&most, y, factor)
		}
	}
}

// flip turns an odd number of 24 bits into its distance from 2^24.
const flip = 2*drawSteps - 2

// absent marks the trials in which an event does not happen.
const absent = -math.MaxFloat32

func act(of, y *lane, factor bool) {
	for l := range y {
		v := of[l]
		if v == absent {
			continue
		}
		if factor {
			y[l] = float32(y[l] * v)
		} else {
			y[l] += v
		}
	}
}

// An event is a risk or a driver.
type event struct {
	name    uint64
	below   uint32 // it happens where its draw is below
	size    sampler
	factor  bool
	lowest  float64 // of what it does where it happens
	highest float64
}

// fill draws what an event does in a batch.
func (e *event) fill(key, size, first uint64, out *lane) {
	var step, impact [lanes]uint32
	draws(key, first, &step)
	draws(size, first, &impact)
	for l := range out {
		out[l] = absent
		if step[l] < e.below {
			out[l] = e.size.one(impact[l])
		}
	}
}

// keyed is a sampler's names under a seed.
type keyed struct {
	key   uint64
	loads []uint64
}

var (
	normalScores = sync.OnceValue(func() *curve { return newCurve(normalQuantile) })
	fromScores   = sync.OnceValue(newNormalSteps)
)
