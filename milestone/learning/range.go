package learning

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/missionled/missionled/accountability/record"
)

// OutlookOptions say what [Ledger.Outlook] is asked. The zero OutlookOptions asks for everything that contributions lead to or from,
// exactly, and refuses where nobody has declared a belief.
type OutlookOptions struct {
	// Targets are the things whose dependence on links is wanted; none means those that lead to nothing else.
	Targets []record.Ref
	// Reached says of things that they were reached or not, beside what evidence says.
	Reached map[record.Ref]bool
	// Untested is the belief, from 0 to 1, in contributions that no hypothesis is about. Unset refuses them.
	Untested record.Quantity
	// Cells is the budget of [TheoryOptions].
	Cells int64
	// Draws asks for a sample of so many draws where exact answers are over the budget. Zero refuses instead.
	Draws int
	Seed  uint64
}

// A Reckoning says how a chance was come by.
type Reckoning string

// The ways.
const (
	ReckonedExactly Reckoning = "exact"   // by [Outlook]
	ReckonedSample  Reckoning = "sampled" // by [Sample]
)

// A NoExactRangeError says that a chance has no exact range at an affordable cost: more numbers range at once, or pull both ways, than are tried
// in every combination.
type NoExactRangeError struct {
	Subject record.Ref
	Ranging int // how many numbers would have to be tried in every combination
}

// Error names how many, and the way out.
func (e *NoExactRangeError) Error() string {
	return fmt.Sprintf("the range of %s hangs on %d numbers that would have to be tried in every combination, and %d are the most: settle some of them",
		e.Subject, e.Ranging, mostRanging)
}

const mostRanging = 10

// Prospect is how likely one thing is to be reached, and what that rests on. It has no order.
type Prospect struct {
	Subject record.Ref
	Chance  float64
	// Low and High are the least and the most that the chance can be while every belief and chance stays within the range declared for it, and rival
	// claims are all allowed for. They are exact, and NaN where NoRange says why there are none.
	Low, High float64
	NoRange   error
	Reckoning Reckoning
	// SE is the standard error of a sampled chance; 0 for an exact one.
	SE float64
	// Rests is how a target hangs on each contribution, by its id, in the order of the Spec; nil for what is no target, and where the chance is sampled.
	Rests []Reliance
	// Untested are the contributions that no evidence bears on and that move the chance by [LoadBearing] or more.
	Untested []record.ID
	// Contested are the contributions on its way whose strength is claimed differently.
	Contested []record.ID
}

// LoadBearing is how far a link must move a target, between holding and not holding, to be called load-bearing: 10 points. It is a
// convention.
const LoadBearing = 0.1

// Sentence says the chance with its range and how it was come by.
func (p Prospect) Sentence() string {
	s := p.Subject.String() + ": " + percentOf(p.Chance)
	if p.NoRange == nil && p.Low != p.High {
		s += " (" + percentOf(p.Low) + " to " + percentOf(p.High) + ")"
	}
	s += ", " + string(p.Reckoning)
	if p.SE > 0 {
		s += ", standard error " + figure(100*p.SE) + " points"
	}
	if len(p.Untested) > 0 {
		s += "; rests on untested " + nameList(p.Untested)
	}
	return s
}

// Prospects is the answer of [Ledger.Outlook].
type Prospects struct {
	// Each holds everything that contributions lead to or from, in the order of the Spec.
	Each []Prospect
	// Left is the evidence that moves no belief, and why.
	Left   []LeftOut
	theory *theory
	belief *Belief
}

// Of returns the prospect of one thing.
func (p *Prospects) Of(subject record.Ref) (Prospect, bool) {
	for _, x := range p.Each {
		if x.Subject == subject {
			return x, true
		}
	}
	return Prospect{}, false
}

// Belief returns the exact answers behind the prospects, nil where they were sampled: for trials and what they are worth.
func (p *Prospects) Belief() *Belief { return p.belief }

// Outlook returns how likely every milestone, mission and other thing is to be reached, with its range, what each target rests on, and
// what is untested. Answers are exact; where that would take more than the budget, the error is a [*TooEntangledError] unless a
// sample was asked for. Other errors are those of [Ledger.Theory] and [Outlook.Given], and that of the context.
func (l *Ledger) Outlook(ctx context.Context, at record.Moment, o OutlookOptions) (*Prospects, error) {
	t, err := l.theory(l.view.At(at), &o)
	if err != nil {
		return nil, err
	}
	to := TheoryOptions{Cells: o.Cells}
	leads := make(map[string]bool)
	for i := range t.Links {
		leads[t.Links[i].From] = true
	}
	for _, ref := range o.Targets {
		to.Targets = append(to.Targets, ref.String())
	}
	wanted := slices.Clone(to.Targets)
	for i := range t.Steps {
		name := t.Steps[i].Name
		if !leads[name] && !slices.Contains(to.Targets, name) {
			to.Targets = append(to.Targets, name) // so that every step leads to a target
		}
	}
	if len(wanted) == 0 {
		wanted = to.Targets
	}
	seen := Seen{Reached: make(map[string]bool)}
	for _, name := range sortedNames(t.reached) {
		if slices.ContainsFunc(t.Steps, func(s Step) bool { return s.Name == name }) { // what leads nowhere says nothing
			seen.Reached[name] = t.reached[name]
			to.Observed = append(to.Observed, name)
		}
	}
	p := &Prospects{Left: t.left, theory: t}
	outlook, err := t.Compile(to)
	if _, over := errors.AsType[*TooEntangledError](err); over && o.Draws > 0 {
		return p, p.sample(ctx, &o, seen)
	}
	if err != nil {
		return nil, err
	}
	if p.belief, err = outlook.Given(seen); err != nil {
		return nil, err
	}
	r := ranging{t: t, outlook: outlook, options: to, seen: seen}
	for i := range t.Steps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		name := t.Steps[i].Name
		ref, err := record.ParseRef(name)
		if err != nil {
			continue // the far end of a link that leads nowhere
		}
		x := Prospect{Subject: ref, Reckoning: ReckonedExactly}
		if x.Chance, err = p.belief.Chance(name); err != nil {
			return nil, err
		}
		if slices.Contains(wanted, name) {
			if x.Rests, err = p.belief.Rests(name); err != nil {
				return nil, err
			}
			for _, rest := range x.Rests {
				if t.untested[rest.Link] && math.Abs(rest.Importance()) >= LoadBearing {
					x.Untested = append(x.Untested, record.ID(rest.Link))
				}
			}
		}
		x.Contested = t.contestedBefore(name)
		if x.Low, x.High, x.NoRange = r.of(ref); x.NoRange == nil {
			x.Low, x.High = settle(min(x.Low, x.Chance), x.Chance), settle(max(x.High, x.Chance), x.Chance)
		}
		p.Each = append(p.Each, x)
	}
	return p, nil
}

// settle takes float noise off the end of a range.
func settle(end, chance float64) float64 {
	if math.Abs(end-chance) < 1e-13 {
		return chance
	}
	return end
}

func (p *Prospects) sample(ctx context.Context, o *OutlookOptions, seen Seen) error {
	s, err := p.theory.Sample(ctx, SampleOptions{Draws: o.Draws, Seed: o.Seed, Reached: seen.Reached})
	if err != nil {
		return err
	}
	for i := range p.theory.Steps {
		ref, err := record.ParseRef(p.theory.Steps[i].Name)
		if err != nil {
			continue
		}
		x := Prospect{Subject: ref, Reckoning: ReckonedSample, Low: math.NaN(), High: math.NaN(), NoRange: errSampledRange}
		if x.Chance, x.SE, err = s.Chance(ref.String()); err != nil {
			return err
		}
		x.Contested = p.theory.contestedBefore(ref.String())
		p.Each = append(p.Each, x)
	}
	return nil
}

var errSampledRange = errors.New("a sampled chance has no exact range: its standard error is given")

// signs says for every step which way it pulls at a target: bit 0 for up, bit 1 for down, both for either way.
func (t *theory) signs(target string) map[string]uint8 {
	into := make(map[string][]int)
	for i := range t.Links {
		into[t.Links[i].To] = append(into[t.Links[i].To], i)
	}
	signs := map[string]uint8{target: 1}
	queue := []string{target}
	for len(queue) > 0 {
		to := queue[0]
		queue = queue[1:]
		for _, i := range into[to] {
			from := t.Links[i].From
			if s := signs[from] | t.pull(i, signs[to]); s != signs[from] {
				signs[from] = s
				queue = append(queue, from)
			}
		}
	}
	return signs
}

// pull is which way a link pulls that leads to a step.
func (t *theory) pull(link int, step uint8) uint8 {
	if t.Links[link].Hinders {
		return step>>1 | step&1<<1
	}
	return step
}

func (t *theory) contestedBefore(target string) []record.ID {
	if t.fixedShape {
		return nil
	}
	signs := t.signs(target)
	var ids []record.ID
	for i := range t.Links {
		if t.contested[i] && signs[t.Links[i].To] != 0 {
			ids = append(ids, record.ID(t.Links[i].Name))
		}
	}
	return ids
}

// ranging finds how far chances range.
type ranging struct {
	t       *theory
	outlook *Outlook
	options TheoryOptions
	seen    Seen
	ends    [2]map[string]float64 // where nothing hinders and nothing is observed, every step at both ends at once
}

// of returns the least and the most that a chance can be. Each chance is a ratio of functions that are linear in every single number,
// so that its extremes lie where each number is at one end of its range. Where nothing is observed, a number that pulls one way only has its end known
// beforehand; the others are tried in every combination.
func (r *ranging) of(subject record.Ref) (low, high float64, err error) {
	t, name := r.t, subject.String()
	plain := len(r.seen.Reached) == 0 && len(t.Clues) == 0
	if plain && !t.hinders {
		for end := range r.ends {
			if r.ends[end] == nil {
				if r.ends[end], err = r.chances(func(*freedom) bool { return end == 1 }); err != nil {
					return math.NaN(), math.NaN(), err
				}
			}
		}
		return r.ends[0][name], r.ends[1][name], nil
	}
	signs := t.signs(name)
	var free []freedom
	tied := make(map[freedom]bool) // whether the number is at its high end for the high end of the chance
	for _, f := range t.freedoms() {
		pull := signs[f.step]
		if f.link >= 0 {
			pull = t.pull(f.link, pull)
		}
		switch {
		case plain && pull == 0:
		case plain && pull != 3:
			tied[f] = pull == 1
		default:
			free = append(free, f)
		}
	}
	if len(free) > mostRanging {
		return math.NaN(), math.NaN(), &NoExactRangeError{Subject: subject, Ranging: len(free)}
	}
	low, high = math.Inf(1), math.Inf(-1)
	for combination := range 1 << len(free) {
		for end := range 2 {
			if len(tied) == 0 && end == 1 {
				break
			}
			chances, err := r.chances(func(f *freedom) bool {
				if k := slices.Index(free, *f); k >= 0 {
					return combination>>k&1 == 1
				}
				return tied[*f] == (end == 1)
			})
			if err != nil {
				return math.NaN(), math.NaN(), err
			}
			low, high = min(low, chances[name]), max(high, chances[name])
		}
	}
	return low, high, nil
}

// freedom is one number that ranges: the belief in a link or its strength, or, with link -1, the chance otherwise of a step.
type freedom struct {
	link     int
	strength bool
	step     string // that it bears on directly
	at       int    // of the step among the steps, where link is -1
}

func (t *theory) freedoms() []freedom {
	var all []freedom
	for i := range t.Links {
		if t.low[i].a < t.high[i].a {
			all = append(all, freedom{link: i, step: t.Links[i].To})
		}
		if t.low[i].b < t.high[i].b {
			all = append(all, freedom{link: i, strength: true, step: t.Links[i].To})
		}
	}
	for i := range t.Steps {
		if t.leak[i].a < t.leak[i].b {
			all = append(all, freedom{link: -1, step: t.Steps[i].Name, at: i})
		}
	}
	return all
}

// chances returns the chance of every step with each number at one end of its range.
func (r *ranging) chances(high func(*freedom) bool) (map[string]float64, error) {
	t := r.t
	beliefs := make(map[string]float64)
	now := Theory{Steps: t.Steps, Links: t.Links, Clues: t.Clues}
	if !t.fixedShape {
		now.Steps, now.Links = slices.Clone(t.Steps), slices.Clone(t.Links)
	}
	for _, f := range t.freedoms() {
		up := high(&f)
		switch {
		case f.link < 0:
			now.Steps[f.at].Otherwise = probabilityQuantity(pick(up, t.leak[f.at].a, t.leak[f.at].b))
		case f.strength:
			now.Links[f.link].Strength = pick(up, t.low[f.link].b, t.high[f.link].b)
		default:
			beliefs[t.Links[f.link].Name] = pick(up, t.low[f.link].a, t.high[f.link].a)
		}
	}
	outlook := r.outlook
	if !t.fixedShape {
		var err error
		if outlook, err = now.Compile(r.options); err != nil {
			return nil, err
		}
	}
	b, err := outlook.Given(Seen{Reached: r.seen.Reached, Beliefs: beliefs})
	if err != nil {
		return nil, err
	}
	all := make(map[string]float64, len(t.Steps))
	for i := range t.Steps {
		if all[t.Steps[i].Name], err = b.Chance(t.Steps[i].Name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func pick(high bool, a, b float64) float64 {
	if high {
		return b
	}
	return a
}
