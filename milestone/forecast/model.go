package forecast

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// ModelOptions say how [NewModel] reads a schedule and what is uncertain about it. The zero value is of use.
type ModelOptions struct {
	// View says which records count, and At the moment that they are read for; what At leaves open is the view's.
	View record.View
	At   record.Moment
	// Due are days for activities and milestones that have none in the schedule, or another there.
	Due []Due
	// Nearest has correlations that contradict one another replaced by the nearest that do not; [Model.Repairs] tells by how much.
	Nearest bool
	// Bin is the width of the bins of the histograms of times, in minutes. Zero means the least of 1, 5, 15, 30, 60, 120, 240, 480 and 1440 that
	// divides what is possible into at most 65,536 bins.
	Bin calendar.Minutes
}

// Due is when something is to be done: by the end of that minute.
type Due struct {
	Of record.Ref
	By calendar.Minute
}

// Model is a schedule whose durations are uncertain, ready to be simulated. It is immutable and safe for concurrent use.
type Model struct {
	items   []item // by reference, those that a schedule has dates for; the last is the end of all
	byRef   map[record.Ref]int
	net     network
	samples []sample
	events  []event
	notes   []Note
	repairs []Repair

	plan, spec [32]byte // fingerprints
}

// item is an activity, milestone or summary of a model.
type item struct {
	ref     record.Ref
	name    string
	node    int32 // of the network; its finish is the item's
	done    bool
	planned calendar.Minute // its early finish in the schedule
	due     calendar.Minute // 0: none
	met     int32           // the greatest point that is in time
	watched bool            // by default
	bin     int32
	least   int32 // the first point that is possible
	most    int32 // the last
	sample  int32 // -1: it lasts as planned
}

// sample joins a sampler to its node.
type sample struct {
	sampler
	node   int32
	item   int32
	shape  Shape
	base   int32 // the planned duration, what sums are taken around
	spread int32 // how far a draw can lie from base
}

// A Note is something that the reader of a forecast should know: it was done so, and not passed over in silence.
type Note struct {
	// Ref is what the note is about; for a record of the [Spec], that record.
	Ref  record.Ref
	Kind NoteKind
}

// NoteKind says what a [Note] is about.
type NoteKind uint8

// The kinds of note.
const (
	// Pinned: a mandatory date holds in every trial whatever comes before it, so that risk before it does not show after it.
	Pinned NoteKind = iota + 1
	// NotSimulated: a level of effort has no time of its own, and links to it hold nothing.
	NotSimulated
	// Unused: the estimate is of something that has finished, or that takes its time from others, and does nothing.
	Unused
	// Exhausted: more time has passed than the estimate thought possible; what remains lasts as the plan says.
	Exhausted
	// Contested: claimants differ, and the word of the one who spoke first counts.
	Contested
	// Differs: with durations as planned the model does not give the early dates of the schedule; work that is planned as late as possible is
	// simulated as soon as possible.
	Differs
	// Outside: the record touches what the schedule does not have; the rest of it counts.
	Outside
)

var noteKinds = []string{"", "a mandatory date holds in every trial and hides risk before it", "a level of effort is not simulated",
	"an estimate of what takes no time of its own any more", "more time has passed than the estimate thought possible",
	"contested: the word of the first claimant counts", "with durations as planned its dates are not those of the schedule",
	"it touches what the schedule does not have"}

// String says in words what the note is about.
func (k NoteKind) String() string {
	if int(k) < len(noteKinds) {
		return noteKinds[k]
	}
	return ""
}

// End stands for the finish of everything: the time of the last activity or milestone to finish.
var End = record.Ref{}

// Causes of a [*ModelError].
var (
	ErrNoDates   = errors.New("the schedule has no dates: give a project a start")
	ErrNothing   = errors.New("the schedule has nothing to simulate")
	ErrLoop      = errors.New("links between activities lead in a circle by way of starts and finishes, which a simulation does not follow")
	ErrTooLong   = errors.New("with the longest durations that its estimates allow it would end beyond 500 years")
	ErrUnknown   = errors.New("the schedule does not have it")
	ErrTwice     = errors.New("it has two estimates: keep one")
	ErrOverfull  = errors.New("the squares of its loadings add up to more than 1: no duration could follow its factors so closely")
	ErrBoth      = errors.New("it has loadings on factors and correlations by pairs: use one of the two")
	ErrBlock     = errors.New("more than 200 activities are correlated with one another by pairs: use factors")
	ErrElapsed   = errors.New("it does not work round the clock: give hours or a ratio, since a working day has no length of its own")
	ErrNoTime    = errors.New("it takes no time in the plan, so a ratio of it is nothing: give minutes or hours")
	ErrBin       = errors.New("the width of a bin is negative, or makes more than 16 million bins")
	ErrCalendars = errors.New("its dates lie beyond the last day that a calendar works")
)

// A ModelError says what keeps a schedule and its uncertainty from being simulated.
type ModelError struct {
	Ref record.Ref // what it is about; zero for the schedule as a whole
	Err error
}

// Error names the thing and the cause.
func (e *ModelError) Error() string {
	if e.Ref.IsZero() {
		return "forecast: " + e.Err.Error()
	}
	return fmt.Sprintf("forecast: %s: %s", e.Ref, e.Err)
}

// Unwrap returns the cause.
func (e *ModelError) Unwrap() error { return e.Err }

// NewModel checks spec whole and joins it to a schedule. Faults in records are a [record.Faults]; whatever else stands in the way is a [*ModelError], or
// for correlations a [*MatrixError]; every one is joined.
//
// What the schedule has dates for is simulated as [milestone.Plan.Schedule] puts it early: all four links with their lags and calendars, what may not start
// or finish earlier, actual dates and what remains from the data date on. What may not be later moves nothing: it says what is met. With
// no uncertainty every trial has the early dates of the schedule; [Model.Notes] lists where it does not.
//
// It takes time linear in activities and links, 0.2 ms for each different PERT shape, and the third power of a block that is correlated by pairs.
func NewModel(schedule *milestone.Schedule, spec Spec, options ModelOptions) (*Model, error) {
	spec = spec.clone()
	var c record.Check
	record.Add(&c, record.KindSource, "sources", spec.Sources)
	record.Add(&c, record.KindDay, "days", spec.Days)
	spec.Check(&c)
	if err := c.Run().Err(); err != nil {
		return nil, err
	}
	b := modelling{m: &Model{byRef: map[record.Ref]int{}}, s: schedule, spec: spec, options: options, curves: map[curveKey]*curve{}}
	if schedule == nil || !schedule.Dated() {
		return nil, &ModelError{Err: ErrNoDates}
	}
	b.all = schedule.All()
	b.order()
	b.estimates()
	b.happenings()
	b.correlate()
	if err := errors.Join(b.faults...); err != nil {
		return nil, err
	}
	b.build()
	if len(b.faults) == 0 {
		b.reach()
	}
	if err := errors.Join(b.faults...); err != nil {
		return nil, err
	}
	b.compare()
	b.m.fingerprint(b.all, b.s.Arcs())
	return b.m, nil
}

// Notes returns what the reader of a forecast should know, in the order in which it was found: activities and milestones by reference, then records.
func (m *Model) Notes() []Note { return slices.Clone(m.notes) }

// Repairs returns what was changed in correlations by pairs, none unless [ModelOptions.Nearest] asked for it.
func (m *Model) Repairs() []Repair { return slices.Clone(m.repairs) }

// Len returns how many activities, milestones and summaries the model has.
func (m *Model) Len() int { return len(m.items) - 1 }

// Uncertain returns how many of them have a duration that varies.
func (m *Model) Uncertain() int { return len(m.samples) }

// modelling is a model in the making.
type modelling struct {
	m       *Model
	s       *milestone.Schedule
	all     []milestone.Timing
	at      []int // position in all of each item
	itemOf  []int // item of each position, -1 for what is not simulated
	spec    Spec
	options ModelOptions
	curves  map[curveKey]*curve
	drawn   []*sample // by item
	faults  []error
}

func (b *modelling) fault(ref record.Ref, err error) {
	b.faults = append(b.faults, &ModelError{Ref: ref, Err: err})
}

func (b *modelling) note(ref record.Ref, kind NoteKind) {
	b.m.notes = append(b.m.notes, Note{ref, kind})
}

// order makes items of what the schedule has, by reference, so that its own order leaves no trace.
func (b *modelling) order() {
	m := b.m
	b.itemOf = make([]int, len(b.all))
	for i := range b.all {
		b.itemOf[i] = -1
		if b.all[i].Type != milestone.LevelOfEffort && b.all[i].EarlyFinish != 0 {
			b.at = append(b.at, i)
		}
	}
	slices.SortFunc(b.at, func(x, y int) int { return b.all[x].Ref.Compare(b.all[y].Ref) })
	for i := range b.all {
		if b.all[i].Type == milestone.LevelOfEffort {
			b.note(b.all[i].Ref, NotSimulated)
		}
	}
	slices.SortFunc(m.notes, func(x, y Note) int { return x.Ref.Compare(y.Ref) })
	whole := calendar.Minute(0)
	due := make(map[record.Ref]calendar.Minute, len(b.options.Due))
	for _, d := range b.options.Due {
		due[d.Of] = d.By
		if d.Of != End && b.s.Index(d.Of) < 0 {
			b.fault(d.Of, ErrUnknown)
		}
	}
	for k, i := range b.at {
		t := &b.all[i]
		b.itemOf[i] = k
		m.byRef[t.Ref] = k
		x := item{ref: t.Ref, name: t.Name, node: -1, planned: t.EarlyFinish, sample: -1, due: dueOf(t)}
		if by, ok := due[t.Ref]; ok {
			x.due = by
		}
		x.done = t.Finished != 0
		x.watched = t.Ref.Kind == milestone.KindMilestone || t.Type == milestone.StartMilestone || t.Type == milestone.FinishMilestone || x.due != 0
		for _, bound := range t.Bounds {
			if bound.Kind == milestone.MandatoryStart || bound.Kind == milestone.MandatoryFinish {
				b.note(t.Ref, Pinned)
			}
		}
		if t.Type != milestone.Summary {
			whole = max(whole, t.EarlyFinish)
		}
		m.items = append(m.items, x)
	}
	if len(m.items) == 0 {
		b.fault(record.Ref{}, ErrNothing)
	}
	m.byRef[End] = len(m.items)
	m.items = append(m.items, item{name: "the end of all", node: -1, planned: whole, due: due[End], watched: true, sample: -1})
	b.drawn = make([]*sample, len(m.items))
}

// dueOf is when something is to be done by: the due day of a milestone, else the first of its dates that may not be passed.
func dueOf(t *milestone.Timing) calendar.Minute {
	if by := t.DueBy(); by != 0 {
		return by
	}
	first := calendar.Minute(0)
	for _, bound := range t.Bounds {
		late := bound.Kind == milestone.Deadline || bound.Kind == milestone.FinishNoLater || bound.Kind == milestone.MustFinish ||
			t.Type == milestone.StartMilestone && (bound.Kind == milestone.StartNoLater || bound.Kind == milestone.MustStart)
		if late && (first == 0 || bound.At < first) {
			first = bound.At
		}
	}
	return first
}

// claims reads the facts of a kind, one record of each.
func claims[T any, P record.Holder[T]](b *modelling, kind record.Kind, records []T, f func(r P)) {
	at := b.options.View.At(b.options.At)
	timelines := record.Read[T, P](&b.options.View, records, b.spec.Sources)
	ids := timelines.Facts()
	slices.Sort(ids)
	for _, id := range ids {
		found := timelines.At(id, at.On, at.Known)
		if len(found) > 1 {
			b.note(record.Ref{Kind: kind, ID: id}, Contested)
		}
		if len(found) > 0 {
			f(found[0].Record)
		}
	}
}

// simulated returns the item that a record is about, or -1 with a note or fault.
func (b *modelling) simulated(of, ref record.Ref) int {
	if i, ok := b.m.byRef[ref]; ok && ref != End {
		return i
	}
	if b.s.Index(ref) < 0 {
		b.fault(of, fmt.Errorf("%w: %s", ErrUnknown, ref))
	} else {
		b.note(of, Unused)
	}
	return -1
}

func (b *modelling) estimates() {
	seen := make(map[int]bool)
	claims(b, KindEstimate, b.spec.Estimates, func(r *Estimate) {
		own := record.Ref{Kind: KindEstimate, ID: r.Fact()}
		k := b.simulated(own, r.Subject)
		if k < 0 {
			return
		}
		if seen[k] {
			b.fault(r.Subject, ErrTwice)
			return
		}
		seen[k] = true
		t := &b.all[b.at[k]]
		if t.Finished != 0 || t.Type == milestone.Summary {
			b.note(own, Unused)
			return
		}
		b.draw(k, own, r.Shape)
	})
}

// unit is what one of a scale is in minutes.
func (b *modelling) unit(k int, s Scale, planned float64) (float64, error) {
	switch s {
	case InMinutes:
		return 1, nil
	case InHours:
		return 60, nil
	case ElapsedDays:
		if b.all[b.at[k]].Hours != nil {
			return 0, ErrElapsed
		}
		return 1440, nil
	}
	if planned <= 0 {
		return 0, ErrNoTime
	}
	return planned, nil
}

// passed is the working time that an item under way has behind it.
func passed(t *milestone.Timing) float64 {
	if t.Started == 0 {
		return 0
	}
	return max(0, float64(t.Hours.Worked(max(t.EarlyStart, t.Begin))-t.Hours.Worked(t.Started)))
}

// draw gives an item a sampler.
func (b *modelling) draw(k int, own record.Ref, shape Shape) {
	t := &b.all[b.at[k]]
	given := passed(t)
	planned := given + float64(t.Lasts)
	unit, err := b.unit(k, shape.Scale, planned)
	if err != nil {
		b.fault(own, err)
		return
	}
	x, ok := newSampler(&shape, unit, given, b.curves)
	if !ok {
		b.note(own, Exhausted)
		x = sampler{own: 1, add: float32(t.Lasts)}
	}
	x.name = drawName(forDuration, t.Ref.String())
	b.drawn[k] = &sample{sampler: x, item: int32(k), shape: shape}
}

// sampled returns the sampler of an item, which lasts as planned where it has none yet.
func (b *modelling) sampled(k int) *sample {
	if b.drawn[k] == nil {
		t := &b.all[b.at[k]]
		x := sampler{own: 1, add: float32(t.Lasts), name: drawName(forDuration, t.Ref.String())}
		b.drawn[k] = &sample{sampler: x, item: int32(k), shape: Shape{Kind: Point, Mode: 1}}
	}
	return b.drawn[k]
}

func (b *modelling) happenings() {
	claims(b, KindDriver, b.spec.Drivers, func(r *Driver) {
		own := record.Ref{Kind: KindDriver, ID: r.Fact()}
		b.happening(own, forDriver, forStrength, r.Probability, r.Factor, Series, r.Touches)
	})
	claims(b, KindRisk, b.spec.Risks, func(r *Risk) {
		own := record.Ref{Kind: KindRisk, ID: r.Fact()}
		b.happening(own, forRisk, forImpact, r.Probability, r.Impact, r.Combine, r.Touches)
	})
}

func (b *modelling) happening(own record.Ref, occurs, hits string, p float64, size Shape, how Combination, touches []record.Ref) {
	var touched []int
	for _, ref := range touches {
		k := b.simulated(own, ref)
		if k < 0 {
			continue
		}
		t := &b.all[b.at[k]]
		if t.Finished != 0 || t.Type == milestone.Summary {
			b.note(own, Unused)
			continue
		}
		touched = append(touched, k)
	}
	unit, factor := 1.0, size.Scale <= Ratio
	for _, k := range touched {
		u, err := b.unit(k, size.Scale, 1)
		if err != nil {
			b.fault(own, err)
			return
		}
		if !factor {
			unit = u
		}
	}
	x, _ := newSampler(&size, unit, 0, b.curves)
	x.name = drawName(hits, own.String())
	e := event{name: drawName(occurs, own.String()), below: uint32(math.Round(p * drawSteps)), size: x, factor: factor}
	e.lowest, e.highest = x.bounds()
	slices.Sort(touched)
	for _, k := range slices.Compact(touched) {
		s := b.sampled(k)
		s.effects = append(s.effects, effect{event: int32(len(b.m.events)), factor: factor, parallel: how == Parallel})
	}
	b.m.events = append(b.m.events, e)
}

func (b *modelling) correlate() {
	squares := make(map[int]float64)
	factors := make(map[int]map[record.ID]bool)
	claims(b, KindLoading, b.spec.Loadings, func(r *Loading) {
		own := record.Ref{Kind: KindLoading, ID: r.Fact()}
		k := b.simulated(own, r.Subject)
		if k < 0 || r.Weight == 0 {
			return
		}
		if b.drawn[k] == nil {
			b.note(own, Unused)
			return
		}
		if factors[k] == nil {
			factors[k] = map[record.ID]bool{}
		}
		if factors[k][r.On] {
			b.fault(own, ErrTwice)
			return
		}
		factors[k][r.On] = true
		squares[k] += r.Weight * r.Weight
		name := drawName(forFactor, record.Ref{Kind: KindFactor, ID: r.On}.String())
		b.drawn[k].loads = append(b.drawn[k].loads, loading{name, float32(r.Weight)})
	})
	for k := range b.m.items {
		if squares[k] > 1+1e-9 {
			b.fault(b.m.items[k].ref, ErrOverfull)
		} else if squares[k] > 0 {
			b.drawn[k].own = float32(math.Sqrt(max(0, 1-squares[k])))
		}
	}
	var pairs [][2]int
	var rank []float64
	given := make(map[[2]int]bool)
	claims(b, KindCorrelation, b.spec.Correlations, func(r *Correlation) {
		own := record.Ref{Kind: KindCorrelation, ID: r.Fact()}
		i, j := b.simulated(own, r.Subject), b.simulated(own, r.With)
		if i < 0 || j < 0 {
			return
		}
		if b.drawn[i] == nil || b.drawn[j] == nil {
			b.note(own, Unused)
			return
		}
		pair := [2]int{min(i, j), max(i, j)}
		if given[pair] {
			b.fault(own, ErrTwice)
			return
		}
		given[pair] = true
		pairs = append(pairs, pair)
		rank = append(rank, r.Rank)
	})
	b.copulas(pairs, rank, squares)
}

func (b *modelling) copulas(pairs [][2]int, rank []float64, squares map[int]float64) {
	groups, matrices := blocks(len(b.m.items), pairs, rank)
	for g, group := range groups {
		refs := make([]record.Ref, len(group))
		for i, k := range group {
			refs[i] = b.m.items[k].ref
			if squares[k] > 0 {
				b.fault(refs[i], ErrBoth)
			}
		}
		m := matrices[g]
		if m == nil {
			b.fault(refs[0], ErrBlock)
			continue
		}
		values, _ := eigen(copyOf(m))
		if least := slices.Min(values); least < -1e-10 {
			if !b.options.Nearest {
				b.faults = append(b.faults, &MatrixError{Subjects: refs, Least: least})
				continue
			}
			near := nearest(m)
			r := Repair{Subjects: refs}
			for i := range m {
				for j := range m {
					d := math.Abs(near[i][j] - m[i][j])
					r.Largest, r.Norm = max(r.Largest, d), r.Norm+d*d
				}
			}
			r.Norm = math.Sqrt(r.Norm)
			b.m.repairs = append(b.m.repairs, r)
			m = near
		}
		l := cholesky(m)
		for i, k := range group {
			s := b.drawn[k]
			s.own = float32(l[i][i])
			for j := range i {
				if l[i][j] != 0 {
					s.loads = append(s.loads, loading{b.drawn[group[j]].name, float32(l[i][j])})
				}
			}
			if len(s.loads) == 0 {
				s.own = 1
			}
		}
	}
}

// span returns what a sampler can draw, effects of events included, in whole minutes.
func (b *modelling) span(x *sampler) (low, high float64) {
	low, high = x.bounds()
	low = max(low, 0)
	for _, factor := range [2]bool{true, false} {
		for _, e := range x.effects {
			if e.factor != factor {
				continue
			}
			of := &b.m.events[e.event]
			if factor {
				low, high = low*min(1, of.lowest), high*max(1, of.highest)
			} else {
				low, high = low+min(0, of.lowest), high+max(0, of.highest)
			}
		}
	}
	return math.Round(max(low, 0)), math.Ceil(max(high, 0))
}
