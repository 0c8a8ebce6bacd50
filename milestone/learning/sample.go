package learning

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strconv"
)

// SampleOptions say how a [Theory] is sampled. Draws and Seed are required in the sense that they alone decide the answer.
type SampleOptions struct {
	// Draws is how many times the theory is played through, rounded up to a multiple of 64. Zero means 65,536.
	Draws int
	Seed  uint64
	// Reached and Beliefs are those of [Seen].
	Reached map[string]bool
	Beliefs map[string]float64
}

// LeastEffective is the number of draws that a sample must be worth after weighting, before it is given.
const LeastEffective = 400

// A SampleTooThinError refuses a sample in which nearly all the weight lies on few draws: what was observed is unlikely under the theory.
type SampleTooThinError struct {
	Effective float64 // how many draws it is worth
	Draws     int
}

// Error names both and the ways out.
func (e *SampleTooThinError) Error() string {
	return fmt.Sprintf("of %d draws only %.0f count, and %d are needed: what was observed is unlikely under the theory; draw more, or raise the budget for exact answers",
		e.Draws, e.Effective, LeastEffective)
}

// Sample is how likely the steps of a theory are, by playing it through many times: forward, or, where something is observed or
// clues bear on several links, weighted by how likely that is (likelihood weighting: Fung and Chang 1990). It is approximate,
// says by how much, and is made only when asked for. It is immutable.
type Sample struct {
	draws           int
	effective       float64
	weight, squares float64
	step            map[string]int
	yes, yesSquares []float64 // weight of the draws in which each step is reached, and of their squares
	fixed           []int8    // 1 for a step observed as reached, -1 as not
}

// laneMix is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, with Stafford's variant 13 of its constants).
func laneMix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// laneKey names the draws of one variable by its name alone, so that they do not change when others come or go.
func laneKey(seed uint64, purpose, name string) uint64 {
	h := sha256.Sum256([]byte(purpose + "\x00" + name))
	return laneMix(laneMix(seed) ^ binary.BigEndian.Uint64(h[:]))
}

// all64 asks for all of 64 draws.
const all64 = math.MaxUint64

// threshold is a probability in steps of 2^-64; always says that it is 1.
type threshold struct {
	key    uint64
	below  uint64
	always bool
}

func newThreshold(key uint64, p float64) threshold {
	return threshold{key: key, below: uint64(math.Ldexp(math.Min(p, 1-0x1p-53), 64)), always: p >= 1}
}

// draw returns a bit for each of 64 draws, set with the probability of the threshold: uniform numbers are compared with it bit by bit from the
// top, until all that were asked for are decided, which takes about eight words for 64. A draw is the same whichever others are asked for.
func (t *threshold) draw(block, open uint64) uint64 {
	if t.always {
		return open
	}
	var is uint64
	for i := uint64(0); open != 0 && t.below<<i != 0; i++ {
		word := laneMix(t.key + (block<<6+i)*0x9e3779b97f4a7c15)
		if t.below<<i>>63 == 1 {
			is |= open &^ word
			open &= word
		} else {
			open &^= word
		}
	}
	return is
}

// played is a theory made ready to be played through.
type played struct {
	order  []int
	held   []threshold
	from   []int
	steps  []playedStep
	clues  []playedClue
	weighs bool // something is observed
}

type playedStep struct {
	otherwise threshold
	leak      float64
	packages  []playedPackage
	hinder    []playedPackage
	fixed     int8
}

type playedPackage struct {
	links    []int
	strength float64
	works    threshold
}

type playedClue struct {
	links  []int
	chance []float64
}

// Sample plays the theory through. The same theory, options and seed give the same bits; the draws of each step and link hang on its
// name, the seed and the number of the draw alone. It takes time proportional to draws times links, for 64 draws at once. Errors are those of
// [Theory.Compile] but for its budget, [*UnknownVariableError], [*ProbabilityError], [*SampleTooThinError], and that of the context.
func (t *Theory) Sample(ctx context.Context, o SampleOptions) (*Sample, error) {
	p, err := t.prepare(&o)
	if err != nil {
		return nil, err
	}
	if o.Draws <= 0 {
		o.Draws = 1 << 16
	}
	blocks := (o.Draws + 63) / 64
	s := &Sample{draws: 64 * blocks, step: make(map[string]int), yes: make([]float64, len(t.Steps)), yesSquares: make([]float64, len(t.Steps))}
	for i := range t.Steps {
		s.step[t.Steps[i].Name] = i
		s.fixed = append(s.fixed, p.steps[i].fixed)
	}
	is := make([]uint64, len(t.Steps))
	held := make([]uint64, len(t.Links))
	counts := make([]int, len(t.Steps))
	var weights [64]float64
	for b := range blocks {
		if b&255 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		p.play(uint64(b), is, held, &weights)
		if !p.weighs {
			for i, word := range is {
				counts[i] += bits.OnesCount64(word)
			}
			continue
		}
		for _, w := range weights {
			s.weight += w
			s.squares += w * w
		}
		for i, bits := range is {
			for k, w := range weights {
				if bits>>k&1 == 1 {
					s.yes[i] += w
					s.yesSquares[i] += w * w
				}
			}
		}
	}
	if !p.weighs {
		s.weight, s.squares, s.effective = float64(s.draws), float64(s.draws), float64(s.draws)
		for i, n := range counts {
			s.yes[i], s.yesSquares[i] = float64(n), float64(n)
		}
		return s, nil
	}
	if s.squares > 0 {
		s.effective = s.weight * s.weight / s.squares
	}
	if s.effective < LeastEffective {
		return nil, &SampleTooThinError{Effective: s.effective, Draws: s.draws}
	}
	return s, nil
}

func (t *Theory) prepare(o *SampleOptions) (*played, error) {
	d, err := t.draw()
	if err != nil {
		return nil, err
	}
	for _, name := range sortedNames(o.Reached) {
		if _, ok := d.step[name]; !ok {
			return nil, &UnknownVariableError{Variable: name}
		}
	}
	for _, name := range sortedNames(o.Beliefs) {
		if _, ok := d.link[name]; !ok {
			return nil, &UnknownVariableError{Variable: name}
		}
		if err := probability("the belief in "+name, o.Beliefs[name]); err != nil {
			return nil, err
		}
	}
	p := &played{steps: make([]playedStep, len(t.Steps)), weighs: len(o.Reached) > 0 || len(t.Clues) > 0}
	place := make(map[string]int, len(t.Steps))
	of := make(map[int32]int, len(t.Steps))
	for i := range t.Steps {
		s := &t.Steps[i]
		place[s.Name] = i
		of[d.step[s.Name]] = i
		p.steps[i].leak = s.Otherwise.Float()
		p.steps[i].otherwise = newThreshold(laneKey(o.Seed, "otherwise", s.Name), s.Otherwise.Float())
		if reached, ok := o.Reached[s.Name]; ok {
			p.steps[i].fixed = -1
			if reached {
				p.steps[i].fixed = 1
			}
		}
	}
	for _, v := range d.order {
		if i, ok := of[v]; ok {
			p.order = append(p.order, i)
		}
	}
	named := make(map[string]int)
	for i := range t.Links {
		l := &t.Links[i]
		belief := l.Belief
		if b, ok := o.Beliefs[l.name()]; ok {
			belief = b
		}
		p.held = append(p.held, newThreshold(laneKey(o.Seed, "holds", l.name()), belief))
		p.from = append(p.from, place[l.From])
		s := &p.steps[place[l.To]]
		key := l.To + "\x00" + l.Package
		at, joins := named[key]
		switch {
		case l.Hinders:
			s.hinder = append(s.hinder, playedPackage{links: []int{i}, strength: l.Strength})
		case l.Package != "" && joins:
			s.packages[at].links = append(s.packages[at].links, i)
			s.packages[at].strength *= l.Strength
		default:
			if l.Package != "" {
				named[key] = len(s.packages)
			}
			s.packages = append(s.packages, playedPackage{links: []int{i}, strength: l.Strength})
		}
	}
	for i := range p.steps {
		for _, list := range [][]playedPackage{p.steps[i].packages, p.steps[i].hinder} {
			for k := range list {
				first := &t.Links[list[k].links[0]]
				list[k].works = newThreshold(laneKey(o.Seed, "works", first.name()), list[k].strength)
			}
		}
	}
	for i := range t.Clues {
		c := playedClue{chance: t.Clues[i].Chance}
		for _, name := range t.Clues[i].Links {
			c.links = append(c.links, int(d.link[name]))
		}
		p.clues = append(p.clues, c)
	}
	return p, nil
}

// play fills in what is reached in 64 draws, and their weights where something is observed.
func (p *played) play(block uint64, is, held []uint64, weights *[64]float64) {
	if p.weighs {
		for k := range weights {
			weights[k] = 1
		}
		for i := range p.clues {
			for _, l := range p.clues[i].links {
				held[l] = p.held[l].draw(block, all64)
			}
			p.clues[i].weigh(held, weights)
		}
	}
	there := func(x *playedPackage, among uint64) uint64 {
		for _, l := range x.links {
			among &= is[p.from[l]]
		}
		for _, l := range x.links {
			if among != 0 {
				among = p.held[l].draw(block, among)
			}
		}
		return among
	}
	for _, i := range p.order {
		s := &p.steps[i]
		if s.fixed != 0 {
			s.weigh(there, weights)
			is[i] = 0
			if s.fixed > 0 {
				is[i] = all64
			}
			continue
		}
		bits := s.otherwise.draw(block, all64)
		for k := range s.packages {
			if can := there(&s.packages[k], ^bits); can != 0 {
				bits |= s.packages[k].works.draw(block, can)
			}
		}
		for k := range s.hinder {
			if can := there(&s.hinder[k], bits); can != 0 {
				bits &^= s.hinder[k].works.draw(block, can)
			}
		}
		is[i] = bits
	}
}

// weigh multiplies each draw's weight by the chance of what was observed of the step.
func (s *playedStep) weigh(there func(*playedPackage, uint64) uint64, weights *[64]float64) {
	var not [64]float64
	for k := range not {
		not[k] = 1 - s.leak
	}
	for n := range s.packages {
		bits := there(&s.packages[n], all64)
		for k := range not {
			if bits>>k&1 == 1 {
				not[k] *= 1 - s.packages[n].strength
			}
		}
	}
	for k := range not {
		not[k] = 1 - not[k] // reached, before what hinders
	}
	for n := range s.hinder {
		bits := there(&s.hinder[n], all64)
		for k := range not {
			if bits>>k&1 == 1 {
				not[k] *= 1 - s.hinder[n].strength
			}
		}
	}
	for k, reached := range not {
		if s.fixed > 0 {
			weights[k] *= reached
		} else {
			weights[k] *= 1 - reached
		}
	}
}

func (c *playedClue) weigh(held []uint64, weights *[64]float64) {
	most := slices.Max(c.chance)
	for k := range weights {
		at := 0
		for n, l := range c.links {
			at |= int(held[l]>>k&1) << n
		}
		weights[k] *= c.chance[at] / most
	}
}

// Draws is how many times the theory was played through, a multiple of 64.
func (s *Sample) Draws() int { return s.draws }

// Effective is how many unweighted draws the sample is worth (Kish 1965): Draws itself where nothing was observed.
func (s *Sample) Effective() float64 { return s.effective }

// Chance returns how likely a step is reached, and the standard error of that. Where a step was reached in all draws or in none, the
// error is that of two more draws of each kind (Agresti and Coull 1998), since it is not 0. The error is an [*UnknownVariableError].
func (s *Sample) Chance(step string) (chance, se float64, err error) {
	i, ok := s.step[step]
	if !ok {
		return 0, 0, &UnknownVariableError{Variable: step}
	}
	if s.fixed[i] != 0 {
		return float64(max(0, s.fixed[i])), 0, nil
	}
	p := clampProbability(s.yes[i] / s.weight)
	v := (s.yesSquares[i]*(1-p)*(1-p) + (s.squares-s.yesSquares[i])*p*p) / (s.weight * s.weight)
	if p == 0 || p == 1 {
		n := s.effective + 4
		v = 2 / n * (1 - 2/n) / n
	}
	return p, math.Sqrt(max(0, v)), nil
}

// Sentence says a chance with its standard error and what it comes from.
func (s *Sample) Sentence(step string) string {
	p, se, err := s.Chance(step)
	if err != nil {
		return err.Error()
	}
	return step + ": " + percentOf(p) + ", standard error " + figure(100*se) + " points, from " + strconv.Itoa(s.draws) + " draws worth " + figure(s.effective)
}
