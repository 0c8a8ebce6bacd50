package milestone_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

func shift(s string) calendar.Shift {
	var v calendar.Shift
	if err := v.UnmarshalText([]byte(s)); err != nil {
		panic(err)
	}
	return v
}

// weeks are calendars that differ in days, in hours and in exceptions; the empty id works round the clock.
var weeks = []milestone.Calendar{
	{Record: record.New("office"), Name: "office", Week: calendar.Weekdays(shift("09:00-17:00"))},
	{Record: record.New("site"), Name: "site", Week: calendar.Shifts{Sunday: []calendar.Shift{shift("07:00-12:00"), shift("13:00-19:30")},
		Monday: []calendar.Shift{shift("07:00-12:00")}, Thursday: []calendar.Shift{shift("00:00-24:00")}, Saturday: []calendar.Shift{shift("22:00-24:00")}},
		Except: []calendar.Exception{{From: day("2028-01-09"), Until: day("2028-01-12")}, {From: day("2028-01-20"), Week: calendar.EveryDay(shift("10:00-11:00"))}}},
	{Record: record.New("nights"), Name: "nights", Week: calendar.EveryDay(shift("00:00-06:00"), shift("18:00-24:00")), BankHolidays: calendar.EnglandAndWales},
}

// randomPlan makes a plan of tasks and milestones whose links lead from lower numbers to higher ones.
func randomPlan(r *rand.Rand, most int) milestone.Spec {
	begin := day("2028-01-03").At(calendar.Clock(r.IntN(1440)))
	spec := milestone.Spec{Calendars: slices.Clone(weeks), Projects: []milestone.Project{{Record: record.New("p"), Name: "p", Start: begin}}}
	p := &spec.Projects[0]
	p.LagOn = milestone.LagCalendar(r.IntN(5))
	shared := r.IntN(4) == 0
	pick := func() record.ID { return []record.ID{"", "office", "site", "nights"}[r.IntN(4)] }
	p.Calendar = pick()
	later := func() calendar.Minute { return begin.Add(calendar.Minutes(r.IntN(30*1440) - 2*1440)) }
	if r.IntN(3) == 0 {
		p.FinishBy = later()
	}
	progress := r.IntN(4) == 0
	if progress {
		p.DataDate = begin.Add(calendar.Minutes(r.IntN(8 * 1440)))
	}
	n := 1 + r.IntN(most)
	for i := range n {
		a := milestone.Activity{Record: record.New(record.ID(fmt.Sprintf("a%d", i))), Name: "a", Project: "p", Type: milestone.ActivityType(r.IntN(4))}
		if !shared {
			a.Calendar = pick()
		}
		if a.Type <= milestone.Task {
			a.Lasts = calendar.Minutes(r.IntN(3) * r.IntN(2000))
			a.Elapsed = !shared && r.IntN(10) == 0
		}
		if progress && a.Type <= milestone.Task && r.IntN(4) == 0 {
			a.Started = begin.Add(calendar.Minutes(r.IntN(1440)))
			switch r.IntN(3) {
			case 0:
				a.Finished = a.Started.Add(calendar.Minutes(r.IntN(3000)))
			case 1:
				a.Remaining = record.Known(calendar.Minutes(r.IntN(2000)))
			}
		}
		for range max(0, r.IntN(6)-3) {
			m := later()
			a.Constraints = append(a.Constraints, milestone.Constraint{Kind: milestone.ConstraintKind(1 + r.IntN(7)), On: calendar.OnDay(m.Date()), Clock: m.Clock()})
		}
		if r.IntN(20) == 0 {
			m := later()
			a.Constraints = append(a.Constraints, milestone.Constraint{Kind: milestone.MandatoryStart + milestone.ConstraintKind(r.IntN(2)), On: calendar.OnDay(m.Date()), Clock: m.Clock()})
		}
		spec.Activities = append(spec.Activities, a)
	}
	for j := range n {
		for range r.IntN(4) {
			if j == 0 {
				break
			}
			i := r.IntN(j)
			d := follows(fmt.Sprintf("a%d", i), fmt.Sprintf("a%d", j), milestone.FinishStart+milestone.Link(r.IntN(4)), 0)
			d.ID = record.ID(fmt.Sprintf("d%d", len(spec.Dependencies)))
			switch r.IntN(4) {
			case 0:
				d.Lag = calendar.Minutes(r.IntN(4000) - 1500)
				d.LagOn = milestone.LagCalendar(r.IntN(5))
			case 1:
				d.LagDays = calendar.Days(r.IntN(5) - 1)
			}
			spec.Dependencies = append(spec.Dependencies, d)
		}
	}
	return spec
}

// dates are the four dates of an activity.
type dates struct{ es, ef, ls, lf calendar.Minute }

// relaxed computes a plan of one project by going over all links again and again, on the clock alone, until nothing moves: the slow and obvious
// way. It has none of the axes, orders and sums of the passes. known holds the durations and lag calendars of the schedule under test.
func relaxed(spec milestone.Spec, s *milestone.Schedule) []dates {
	p := spec.Projects[0]
	all := s.All()
	got := make([]dates, len(all))
	moment := func(n *milestone.Timing) bool { return n.Type == milestone.FinishMilestone && n.Lasts == 0 }
	mandatory := func(n *milestone.Timing) (milestone.Bound, bool) {
		for _, b := range n.Bounds {
			if n.Finished == 0 && (b.Kind == milestone.MandatoryFinish || b.Kind == milestone.MandatoryStart && n.Started == 0) {
				return b, true
			}
		}
		return milestone.Bound{}, false
	}
	// the least start that a bound on the clock asks for, as a count of working minutes
	early := func(n *milestone.Timing, m calendar.Minute, finish bool) calendar.Minutes {
		w := n.Hours.Worked(m)
		if finish {
			w -= n.Lasts
		}
		return w
	}
	place := func(n *milestone.Timing, w calendar.Minutes) (a, b calendar.Minute) {
		a, b = n.Hours.Starts(w), n.Hours.Ends(w+n.Lasts)
		if n.Lasts == 0 {
			b = a
		}
		return a, b
	}
	fromFinish := func(k milestone.Link) bool { return k == milestone.FinishStart || k == milestone.FinishFinish }
	toFinish := func(k milestone.Link) bool { return k == milestone.FinishFinish || k == milestone.StartFinish }
	// asked is the minute that a link asks of its later end
	asked := func(a milestone.Arc) calendar.Minute {
		n, m := &all[a.From], got[a.From].es
		if fromFinish(a.Kind) {
			m = got[a.From].ef
		} else if n.Started != 0 {
			m = n.Started
		}
		return a.Hours.After(m, a.Lag)
	}
	forward := func(i int) dates {
		n := &all[i]
		d := got[i]
		if n.Finished != 0 {
			d.es, d.ef = n.Started, n.Finished
			return d
		}
		if b, ok := mandatory(n); ok {
			w := early(n, b.At, b.Kind == milestone.MandatoryFinish)
			if d.es, d.ef = place(n, w); moment(n) {
				if d.es = b.At; b.Kind == milestone.MandatoryFinish {
					d.es = n.Hours.Ends(w)
				}
				d.ef = d.es
			}
			return d
		}
		begin := n.Begin
		if n.Started != 0 {
			begin = max(n.Started, p.DataDate)
		}
		w, raw := n.Hours.Worked(begin), begin
		for _, b := range n.Bounds {
			switch b.Kind {
			case milestone.StartNoEarlier, milestone.MustStart:
				if n.Started == 0 {
					w, raw = max(w, early(n, b.At, false)), max(raw, b.At)
				}
			case milestone.FinishNoEarlier, milestone.MustFinish:
				w, raw = max(w, early(n, b.At, true)), max(raw, n.Hours.Ends(n.Hours.Worked(b.At)))
			}
		}
		for _, a := range s.Arcs() {
			if a.To == i && got[a.From].es != 0 {
				m := asked(a)
				w, raw = max(w, early(n, m, toFinish(a.Kind))), max(raw, m)
			}
		}
		if d.es, d.ef = place(n, w); moment(n) {
			d.es, d.ef = raw, raw
		}
		return d
	}
	settle := func(step func(int) dates) {
		for moved := true; moved; {
			moved = false
			for i := len(all) - 1; i >= 0; i-- {
				if d := step(i); d != got[i] {
					got[i], moved = d, true
				}
			}
		}
	}
	settle(forward)
	finish := calendar.Minute(0)
	for _, d := range got {
		finish = max(finish, d.ef)
	}
	end := finish
	if p.FinishBy != 0 {
		end = p.FinishBy
	}
	settle(func(i int) dates {
		n := &all[i]
		d := got[i]
		if n.Finished != 0 {
			d.ls, d.lf = n.Started, n.Finished
			return d
		}
		w := n.Hours.Worked(end) // of the finish
		for _, b := range n.Bounds {
			at := n.Hours.Worked(b.At)
			switch b.Kind {
			case milestone.StartNoLater, milestone.MustStart:
				if n.Started == 0 {
					w = min(w, at+n.Lasts)
				}
			case milestone.FinishNoLater, milestone.MustFinish, milestone.Deadline:
				w = min(w, at)
			}
		}
		m, fixed := mandatory(n)
		if fixed {
			w = early(n, m.At, m.Kind == milestone.MandatoryFinish) + n.Lasts
		}
		for _, a := range s.Arcs() {
			z := &all[a.To]
			if a.From != i || fixed || got[a.To].ls == 0 || z.Finished != 0 || n.Started != 0 && !fromFinish(a.Kind) {
				continue
			}
			m, own, e := got[a.To].ls, n.Lasts, d.es
			if toFinish(a.Kind) {
				m = got[a.To].lf
			}
			if fromFinish(a.Kind) {
				own, e = 0, d.ef
			}
			at := n.Hours.Worked(a.Hours.After(m, -a.Lag))
			// What is early enough as it stands need not be earlier.
			if at < n.Hours.Worked(e) && early(z, asked(a), toFinish(a.Kind)) <= z.Hours.Worked(got[a.To].lf)-z.Lasts {
				at = n.Hours.Worked(e)
			}
			w = min(w, at+own)
		}
		switch d.ls, d.lf = place(n, w-n.Lasts); {
		case moment(n) && w == n.Hours.Worked(d.ef):
			d.ls, d.lf = d.es, d.ef
		case moment(n):
			d.ls = n.Hours.Ends(w)
			d.lf = d.ls
		}
		return d
	})
	return got
}

func againstRelaxation(t *testing.T, seed uint64, most int) {
	spec := randomPlan(rand.New(rand.NewPCG(seed, 5)), most)
	plan, err := milestone.Compile(spec, record.View{})
	require.NoError(t, err)
	s, err := plan.Schedule(record.Moment{}, milestone.ScheduleOptions{})
	require.NoError(t, err)
	want := relaxed(spec, s)
	for i, n := range s.All() {
		require.Equal(t, want[i], dates{n.EarlyStart, n.EarlyFinish, n.LateStart, n.LateFinish}, "seed %d, %s (%s, lasts %d)", seed, n.Ref, n.Type, n.Lasts)
		laws(t, spec, s, i, seed)
	}
}

// laws holds one activity to what floats mean.
func laws(t *testing.T, spec milestone.Spec, s *milestone.Schedule, i int, seed uint64) {
	n := &s.All()[i]
	where := fmt.Sprintf("seed %d, %s", seed, n.Ref)
	if n.Finished != 0 {
		assert.Zero(t, n.TotalFloat, where)
		return
	}
	assert.Equal(t, n.Hours.Between(n.EarlyStart, n.LateStart), n.StartFloat, where)
	assert.Equal(t, n.Hours.Between(n.EarlyFinish, n.LateFinish), n.FinishFloat, where)
	assert.Equal(t, n.Lasts, n.Hours.Between(n.EarlyStart, n.EarlyFinish), where)
	assert.Equal(t, n.TotalFloat, n.FreeFloat+n.InterferingFloat, where)
	assert.GreaterOrEqual(t, n.FreeFloat, calendar.Minutes(0), where)
	assert.GreaterOrEqual(t, n.IndependentFloat, calendar.Minutes(0), where)
	bound := spec.Projects[0].FinishBy != 0
	for _, a := range spec.Activities {
		bound = bound || len(a.Constraints) > 0 || a.Started != 0
	}
	if !bound {
		assert.GreaterOrEqual(t, n.LateStart, n.EarlyStart, where)
		assert.GreaterOrEqual(t, n.LateFinish, n.EarlyFinish, where)
		assert.LessOrEqual(t, n.IndependentFloat, n.FreeFloat, where)
	}
}

func TestRelaxation(t *testing.T) {
	for seed := range uint64(3000) {
		againstRelaxation(t, seed, 12)
	}
	for seed := range uint64(20) {
		againstRelaxation(t, 1e6+seed, 150)
	}
}

func FuzzRelaxation(f *testing.F) {
	f.Add(uint64(1), uint8(5))
	f.Add(uint64(2), uint8(40))
	f.Fuzz(func(t *testing.T, seed uint64, most uint8) { againstRelaxation(t, seed, 1+int(most)%60) })
}
