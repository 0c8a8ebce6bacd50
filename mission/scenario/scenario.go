// Package scenario compares two models of one plan: the plan as it is and as it would be with some changes
// ([mission.View.Changes]), as it was and as it is, or as two people have recorded it. [Compare] says which findings appear
// and clear and what can now be told, which dates and chances move, which paths of account open and break, which posts change
// hands, and who decides, answers and pays. [Wiring] draws the last for one subject, and [ToKnow] says what would have to be
// recorded for a rule to be able to tell.
//
// A difference is no verdict: nothing here says that one plan is better. What is the same in both is left out, so that an
// empty [Difference] says only that nothing looked at differs.
//
// The records of two plans are not compared here: [mission.Diff] does that.
package scenario

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// Options say how [Compare] reads both models. The zero Options runs every rule with its defaults, schedules as a zero
// [milestone.ScheduleOptions] does, follows paths to the nearest forum, and simulates nothing.
type Options struct {
	Review   review.Options
	Schedule milestone.ScheduleOptions
	// Forum is the forum or party, such as a parliament, that paths of account have to reach. Zero means the nearest forum
	// that may ask.
	Forum record.Ref
	// Trials is how many trials of each plan are simulated, rounded up to a multiple of [Batches]. Zero means none, and no
	// chances are compared. Seed chooses the draws, and Workers is how many goroutines share the work, zero for one a processor.
	Trials  uint64
	Seed    uint64
	Workers int
}

// Difference is all in which two models differ, of what was looked at. Lists that name things by reference are in the order
// of the references; findings and what cannot be told are in the order of their rules, then of their subjects. The zero
// Difference says that nothing differs.
type Difference struct {
	// Before and After say from where each model was seen.
	Before   Seen     `json:"before,omitzero"`
	After    Seen     `json:"after,omitzero"`
	Findings Findings `json:"findings,omitzero"`
	// Dates are the milestones and activities whose dates, float or due day differ, or that only one plan has.
	Dates []DateMove `json:"dates,omitempty"`
	// Chances are those of being done by the due day, where trials were asked for.
	Chances []ChanceMove `json:"chances,omitempty"`
	// Refused says what could not be compared, and why.
	Refused []Refusal `json:"refused,omitempty"`
	// Paths are the subjects of duties, and the allocations, whose account takes another way.
	Paths []PathMove `json:"paths,omitempty"`
	// Holders are the posts that others hold, or that fill or empty.
	Holders []HolderMove `json:"holders,omitempty"`
	// Wires are the subjects on which others decide, answer or pay.
	Wires []WireMove `json:"wires,omitempty"`
}

// Seen says from where a model was seen: its view's day, and the instant as of which its records were read.
type Seen struct {
	On    calendar.Date `json:"on,omitzero"`
	Known time.Time     `json:"known,omitzero"`
}

// Refusal is something that could not be compared, because one of the models does not bear it.
type Refusal struct {
	// What is "dates" or "chances".
	What string `json:"what"`
	// After says that the second model is at fault, and not the first.
	After bool   `json:"after,omitempty"`
	Why   string `json:"why"`
}

// IsZero reports whether nothing differs. That something could not be compared is no difference, nor is another day from
// which the models were seen.
func (d *Difference) IsZero() bool {
	return d.Findings.IsZero() && len(d.Dates)+len(d.Chances)+len(d.Paths)+len(d.Holders)+len(d.Wires) == 0
}

// Compare returns how the second model differs from the first. Each is asked about its view's own day and instant. A nil
// model is an empty one.
//
// The error is that of [review.Run] for options that do not exist, or the cause of the context where it is done before the
// simulation is. Plans that cannot be scheduled or simulated are no error: [Difference.Refused] says why, and all else is
// compared. It takes the time of two reviews and two schedules, of following the account of every subject with a duty, and
// of the trials.
func Compare(ctx context.Context, before, after *mission.Model, o Options) (*Difference, error) {
	sides := [2]*side{newSide(before), newSide(after)}
	var reviews [2]*review.Review
	for i, s := range sides {
		r, err := review.Run(s.m, o.Review)
		if err != nil {
			return nil, err
		}
		reviews[i] = r
	}
	d := &Difference{Before: sides[0].seen(), After: sides[1].seen(), Findings: findings(reviews[0], reviews[1])}
	d.schedule(sides, o.Schedule)
	if err := d.simulate(ctx, sides, &o); err != nil {
		return nil, err
	}
	d.Paths = paths(sides, o.Forum)
	d.Holders = holders(sides)
	d.Wires = rewired(sides)
	return d, nil
}

// side is one of two models, with what the comparisons share.
type side struct {
	m        *mission.Model
	spec     mission.Spec
	schedule *milestone.Schedule
	register *accountability.Register
	at       record.Moment // the zero one, the view's own, unless somebody asks about another
	purse    *purse
	subjects []record.Ref // of duties, and the allocations; nil until somebody asks
}

func newSide(m *mission.Model) *side {
	if m == nil {
		m = new(mission.Model)
	}
	return &side{m: m, spec: m.Spec(), register: m.Register()}
}

func (s *side) seen() Seen {
	view := s.m.View()
	return Seen{On: view.On, Known: view.Known}
}

// has reports whether the model has a record.
func (s *side) has(ref record.Ref) bool {
	_, ok := s.m.Record(ref)
	return ok
}

// name is what something is called, by the second model if it has it. Persons are not named.
func name(sides [2]*side, ref record.Ref) string {
	for _, s := range []*side{sides[1], sides[0]} {
		if s.has(ref) {
			return s.name(ref)
		}
	}
	return string(ref.ID)
}

func (s *side) name(ref record.Ref) string {
	if ref.Kind == accountability.KindParty {
		for _, c := range s.register.Party(ref.ID, record.Moment{}) {
			if c.Record.Kind == accountability.Person {
				return "a person"
			}
		}
	}
	return plain(s.m.Name(ref))
}

// Mirror returns the difference as seen from the other side: what [Compare] says of the two models the other way round.
func (d *Difference) Mirror() *Difference {
	m := &Difference{Before: d.After, After: d.Before, Findings: d.Findings.mirror()}
	for _, x := range d.Dates {
		x.Before, x.After = x.After, x.Before
		m.Dates = append(m.Dates, x)
	}
	for _, x := range d.Chances {
		x.Before, x.After = x.After, x.Before
		if x.Move != nil {
			back := Change{By: negated(x.Move.By), Low: negated(x.Move.High), High: negated(x.Move.Low)}
			x.Move = &back
		}
		m.Chances = append(m.Chances, x)
	}
	for _, x := range d.Paths {
		x.Before, x.After = x.After, x.Before
		x.Move = x.Move.mirror()
		m.Paths = append(m.Paths, x)
	}
	for _, x := range d.Holders {
		x.Before, x.After = x.After, x.Before
		m.Holders = append(m.Holders, x)
	}
	for _, x := range d.Wires {
		x.Before, x.After = x.After, x.Before
		m.Wires = append(m.Wires, x)
	}
	for _, x := range d.Refused {
		x.After = !x.After
		m.Refused = append(m.Refused, x)
	}
	slices.SortStableFunc(m.Refused, func(a, b Refusal) int {
		if c := strings.Compare(b.What, a.What); c != 0 || a.After == b.After {
			return c // dates before chances
		}
		if b.After {
			return -1
		}
		return 1
	})
	return m
}

// negated has no negative zero.
func negated(f float64) float64 { return 0 - f }
