package scenario

import (
	"context"
	"math"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/forecast"
)

// ChanceMove is the chance of something being done by its due day, where it differs.
type ChanceMove struct {
	// Ref is what is to be done, as in [forecast.Outcome].
	Ref  record.Ref `json:"ref"`
	Name string     `json:"name"`
	// Before and After are nil where that plan does not have it, or no due day for it.
	Before *Chance `json:"before,omitempty"`
	After  *Chance `json:"after,omitempty"`
	// Move is nil where one of them is.
	Move *Change `json:"move,omitempty"`
}

// Chance is a share of trials with its 95% interval for the error of simulation alone, as of [forecast.Chance].
type Chance struct {
	P      float64 `json:"p"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Trials uint64  `json:"trials"`
}

// Change is by how much a chance moved: P after less P before, from -1 to 1, with its 95% interval for the error of simulation
// alone.
//
// Both plans are simulated with common random numbers: a trial draws the same duration for the same activity in either, unless
// its estimate differs. The difference is therefore far surer than two separate shares are. Its error is that of [Batches]
// means of paired differences (Student's t with one degree of freedom fewer), and at least 3 trials either way, the 95% bound
// on what no trial has shown.
type Change struct {
	By   float64 `json:"by"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Batches is into how many equal parts the trials are divided to find the error of a difference.
const Batches = 32

// t95 is the 0.975 quantile of Student's t with 31 degrees of freedom.
const t95 = 2.0395134463964077

// simulate compares the chances of what has a due day.
func (d *Difference) simulate(ctx context.Context, sides [2]*side, o *Options) error {
	if o.Trials == 0 {
		return nil
	}
	var models [2]*forecast.Model
	fit := true
	for i, s := range sides {
		why := "the plan cannot be scheduled"
		if s.schedule != nil {
			var err error
			if models[i], err = forecast.NewModel(s.schedule, s.m.Uncertainties(), forecast.ModelOptions{At: s.m.Moment(s.at)}); err == nil {
				continue
			}
			why = err.Error()
		}
		fit = false
		d.Refused = append(d.Refused, Refusal{What: "chances", After: i == 1, Why: why})
	}
	if !fit {
		return nil
	}
	p := pairing{sides: sides, models: models, moves: make(map[record.Ref]*spread)}
	if err := p.run(ctx, o); err != nil {
		return err
	}
	var err error
	d.Chances, err = p.chances()
	return err
}

// pairing is a simulation of two models with common random numbers.
type pairing struct {
	sides     [2]*side
	models    [2]*forecast.Model
	summaries [2]*forecast.Summary
	moves     map[record.Ref]*spread
}

// spread sums the differences of the batches.
type spread struct {
	sum, squares float64
	moved        bool
}

func (p *pairing) run(ctx context.Context, o *Options) error {
	size := (o.Trials-1)/Batches + 1
	var parts [2][]*forecast.Summary
	for batch := range uint64(Batches) {
		var met [2]map[record.Ref]float64
		for i, m := range p.models {
			s, err := forecast.Simulate(ctx, m, forecast.Options{Seed: o.Seed, From: batch * size, Trials: size, Workers: o.Workers, Targets: []record.Ref{}})
			if err != nil {
				return err
			}
			parts[i] = append(parts[i], s)
			r, err := forecast.NewResults(m, s)
			if err != nil {
				return err
			}
			met[i] = make(map[record.Ref]float64)
			for _, x := range r.Outcomes() {
				if c, known := x.Met.Get(); known {
					met[i][x.Ref] = c.P
				}
			}
		}
		for ref, was := range met[0] {
			if is, both := met[1][ref]; both {
				x := p.moves[ref]
				if x == nil {
					x = new(spread)
					p.moves[ref] = x
				}
				move := is - was
				x.sum, x.squares, x.moved = x.sum+move, x.squares+move*move, x.moved || move != 0
			}
		}
	}
	for i := range parts {
		var err error
		if p.summaries[i], err = forecast.Merge(parts[i]...); err != nil {
			return err
		}
	}
	return nil
}

// chances returns those that differ, by reference.
func (p *pairing) chances() ([]ChanceMove, error) {
	moves := make(map[record.Ref]*ChanceMove)
	for i := range p.models {
		r, err := forecast.NewResults(p.models[i], p.summaries[i])
		if err != nil {
			return nil, err
		}
		for _, x := range r.Outcomes() {
			c, known := x.Met.Get()
			if !known {
				continue
			}
			move := moves[x.Ref]
			if move == nil {
				move = &ChanceMove{Ref: x.Ref, Name: plain(x.Name)}
				moves[x.Ref] = move
			}
			chance := &Chance{P: c.P, Low: c.Low, High: c.High, Trials: c.Trials}
			if i == 0 {
				move.Before = chance
			} else {
				move.After = chance
				move.Name = plain(x.Name)
			}
		}
	}
	var list []ChanceMove
	for ref, x := range moves {
		if x.Before != nil && x.After != nil {
			s := p.moves[ref]
			if !s.moved {
				continue
			}
			x.Move = s.change(x.After.Trials)
		}
		if p.sides[0].has(ref) || p.sides[1].has(ref) {
			x.Name = name(p.sides, ref)
		}
		list = append(list, *x)
	}
	slices.SortFunc(list, func(a, b ChanceMove) int { return a.Ref.Compare(b.Ref) })
	return list, nil
}

func (s *spread) change(trials uint64) *Change {
	mean := s.sum / Batches
	variance := max(0, s.squares-s.sum*mean) / (Batches - 1)
	reach := max(t95*math.Sqrt(variance/Batches), 3/float64(trials))
	return &Change{By: mean, Low: max(-1, mean-reach), High: min(1, mean+reach)}
}
