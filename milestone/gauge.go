package milestone

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// gauge holds what one target is measured by.
type gauge struct {
	target         *Target
	milestone      *Milestone
	indicator      *Indicator
	readings       []record.Claim[Observation]
	baseline, want record.Quantity

	held   *Observation // the latest reading that is over and not known; nil if there is none
	broken string       // why a running total is not the whole count; empty if it is
}

func (p *Plan) gauge(t *Target, m *Milestone, at record.Moment) (gauge, bool) {
	indicators := p.indicators.At(t.Indicator, at.On, at.Known)
	if len(indicators) == 0 {
		return gauge{}, false
	}
	g := gauge{target: t, milestone: m, indicator: indicators[0].Record, readings: p.Observations(t.Indicator, at)}
	g.baseline = g.start()
	switch b := g.baseline; {
	case !t.AtLeast.IsZero() && !t.AtMost.IsZero() && !b.IsZero() && b.Float() > t.AtMost.Float():
		g.want = t.AtMost
	case !t.AtLeast.IsZero():
		g.want = t.AtLeast
	case !t.AtMost.IsZero():
		g.want = t.AtMost
	case !t.Increase.IsZero() && !b.IsZero():
		g.want = rounded(b.Float()+t.Increase.Float(), max(decimals(b), decimals(t.Increase)))
	}
	return g, true
}

// start is the baseline: the target's own, else nought where readings add up, else the first reading that says it is one. It
// is unset where sources differ on that reading.
func (g *gauge) start() record.Quantity {
	if !g.target.Baseline.IsZero() {
		return g.target.Baseline
	}
	if g.addsUp() {
		return record.Number(0)
	}
	var first *Observation
	for _, c := range g.readings {
		o := c.Record
		v, ok := o.Value.Get()
		if !ok || !o.Baseline {
			continue
		}
		if first == nil {
			first = o
		} else if samePeriod(first.Period, o.Period) && v.Float() != first.Value.V.Float() {
			return record.Quantity{}
		}
	}
	if first == nil {
		return record.Quantity{}
	}
	return first.Value.V
}

// addsUp reports whether the target counts the sum of readings. A direction is one from reading to reading.
func (g *gauge) addsUp() bool { return g.indicator.Reading == Flow && g.target.Direction == 0 }

// keeps reports whether the target can be lost again until its day: a level to keep, a direction, a limit on a sum.
func (g *gauge) keeps() bool {
	t := g.target
	return t.Maintain || t.Direction != 0 || g.addsUp() && !t.AtMost.IsZero()
}

// meets reports whether a value is what the target asks for; ok is false where the target names no amount or its baseline
// is not known.
func (g *gauge) meets(v float64) (met, ok bool) {
	t := g.target
	switch {
	case !t.AtLeast.IsZero() || !t.AtMost.IsZero():
		return (t.AtLeast.IsZero() || v >= t.AtLeast.Float()) && (t.AtMost.IsZero() || v <= t.AtMost.Float()), true
	case g.baseline.IsZero():
		return false, false
	case !t.Increase.IsZero() && t.Increase.Float() < 0:
		return v <= g.want.Float(), true
	case !t.Increase.IsZero():
		return v >= g.want.Float(), true
	case t.Direction == Up:
		return v > g.baseline.Float(), true
	}
	return v < g.baseline.Float(), true
}

// reading is one period's value, or several where sources differ.
type reading struct {
	period calendar.When
	values []record.Quantity
	refs   []record.Ref
}

func samePeriod(a, b calendar.When) bool {
	return a.Earliest() == b.Earliest() && a.Latest() == b.Latest()
}

// upTo lists the readings whose periods are over by a day, by the last day of their periods and then by the first, readings
// of one period together.
func (g *gauge) upTo(on calendar.Date) []reading {
	var over []*Observation
	for _, c := range g.readings {
		o := c.Record
		if !o.Period.IsResolved() || o.Period.Latest().After(on) {
			continue
		}
		if _, ok := o.Value.Get(); ok {
			over = append(over, o)
		} else if g.held == nil || o.Period.Latest().After(g.held.Period.Latest()) {
			g.held = o
		}
	}
	slices.SortStableFunc(over, func(a, b *Observation) int {
		if c := a.Period.Latest().Compare(b.Period.Latest()); c != 0 {
			return c
		}
		return a.Period.Earliest().Compare(b.Period.Earliest())
	})
	var list []reading
	for _, o := range over {
		if n := len(list); n == 0 || !samePeriod(list[n-1].period, o.Period) {
			list = append(list, reading{period: o.Period})
		}
		last := &list[len(list)-1]
		last.values = append(last.values, o.Value.V)
		last.refs = append(last.refs, record.Ref{Kind: KindObservation, ID: o.ID})
	}
	if g.addsUp() {
		list = g.accumulate(list)
	}
	return g.untilDue(list)
}

// untilDue leaves out what came after the reading that decides a level to keep.
func (g *gauge) untilDue(list []reading) []reading {
	if !g.target.Maintain || !g.milestone.Due.IsResolved() {
		return list
	}
	if i := slices.IndexFunc(list, func(r reading) bool { return g.reachesDue(r.period) }); i >= 0 {
		return list[:i+1]
	}
	return list
}

// accumulate turns readings of what happened in each period into running totals. It leaves out periods that began before
// the count starts. It stops at the first that overlaps the one before, since what they share would count twice, and at the
// first on which sources differ. Where days are missing the totals are what has been counted, and no more.
func (g *gauge) accumulate(list []reading) []reading {
	var totals []reading
	total, places := 0.0, 0
	next := g.target.CountFrom.Latest() // the first day not yet counted, where that is known
	for _, r := range list {
		if from := g.target.CountFrom; from.IsResolved() && r.period.Earliest().Before(from.Earliest()) {
			continue
		}
		switch {
		case len(totals) > 0 && r.period.Earliest().Before(next):
			g.broken = "the reading for " + r.period.String() + " overlaps the one before it"
			return totals
		case disagree(r.values):
			g.broken = "sources differ on the reading for " + r.period.String()
			return totals
		case !next.IsZero() && r.period.Earliest().After(next):
			g.broken = "no reading is known for the days from " + next.String() + " to " + r.period.Earliest().Add(-1).String()
		}
		next = r.period.Latest().Add(1)
		total += r.values[0].Float()
		places = max(places, decimals(r.values[0]))
		var refs []record.Ref
		if n := len(totals); n > 0 {
			refs = slices.Clone(totals[n-1].refs)
		}
		totals = append(totals, reading{period: r.period, values: []record.Quantity{rounded(total, places)}, refs: append(refs, r.refs...)})
	}
	return totals
}

func disagree(values []record.Quantity) bool {
	return slices.ContainsFunc(values, func(q record.Quantity) bool { return q.Float() != values[0].Float() })
}

// read finds the actual value on a day and the run of readings that meet the target.
func (g *gauge) read(part *Part, on calendar.Date) {
	list := g.upTo(on)
	if len(list) == 0 {
		switch {
		case g.broken != "":
			part.Why = g.broken
		case g.held != nil:
			part.Why = "the reading for " + g.held.Period.String() + " is " + g.held.Value.Why()
		default:
			part.Why = "no reading is recorded for any period that was over by then"
		}
		return
	}
	last := list[len(list)-1]
	part.Period = last.period
	part.Records = append(part.Records, last.refs...)
	if disagree(last.values) {
		g.broken = "sources differ on the reading for " + last.period.String()
		part.Why = g.broken
		return
	}
	part.Actual = last.values[0]
	for i := len(list) - 1; i >= 0 && !disagree(list[i].values); i-- {
		if met, ok := g.meets(list[i].values[0].Float()); !ok || !met {
			break
		}
		part.MetOn = list[i].period
	}
}

func (g *gauge) progress(part *Part) {
	notApplicable := func(ground string) {
		part.Progress = record.Value[float64]{State: record.StateNotApplicable, Ground: ground}
	}
	switch {
	case g.target.Direction != 0:
		notApplicable("the target names a direction and no amount")
		return
	case g.target.Maintain:
		notApplicable("the target is a level to keep")
		return
	case part.Actual.IsZero() && g.held != nil && g.broken == "":
		part.Progress = record.Value[float64]{State: g.held.Value.State, Ground: g.held.Value.Ground}
		return
	case part.Actual.IsZero():
		part.Progress = record.Unknown[float64](part.Why)
		return
	case g.baseline.IsZero():
		part.Progress = record.Unknown[float64]("no baseline is recorded")
		return
	}
	b := g.baseline.Float()
	if met, _ := g.meets(b); met {
		notApplicable("the baseline already is what the target asks")
		return
	}
	part.Progress = record.Known((part.Actual.Float() - b) / (g.want.Float() - b))
}

// reachesDue reports whether a period goes on to the last day on which the milestone may be due.
func (g *gauge) reachesDue(period calendar.When) bool {
	due := g.milestone.Due
	return due.IsResolved() && period.IsResolved() && !period.Latest().Before(due.Latest())
}

// judge gives a part its status on a day.
func (g *gauge) judge(part *Part, on calendar.Date) {
	over := g.milestone.Due.Before(on)
	decided := g.reachesDue(part.Period)
	if part.Actual.IsZero() {
		g.unread(part, over, on)
		return
	}
	period := part.Period.String()
	met, ok := g.meets(part.Actual.Float())
	limit := g.addsUp() && !g.target.AtMost.IsZero()
	switch {
	case !ok:
		part.Why = "the baseline is not recorded, or sources differ on it"
	case met && !over && g.keeps():
		part.Status, part.MetOn, part.Why = Scheduled, calendar.When{}, "as asked so far, and not yet due"
	case met && decided && limit && g.broken != "":
		part.MetOn, part.Why = calendar.When{}, "within the limit as far as it is counted: "+g.broken
	case met && (decided || !g.keeps()):
		part.Status, part.Why = Met, "the reading for "+period+" is what is asked"
	case !over:
		part.Status, part.Why = Scheduled, "not as asked by "+period+", and not yet due"
	case decided && !met && g.broken != "" && !limit:
		part.Why = "short of what is asked as far as it is counted: " + g.broken
	case decided:
		part.Status, part.Why = NotMet, "the reading for "+period+" is not what is asked"
	default:
		part.MetOn = calendar.When{}
		g.await(part, on)
	}
}

// unread says what is to be said of a target without a value.
func (g *gauge) unread(part *Part, over bool, on calendar.Date) {
	switch {
	case over:
		g.await(part, on)
	case g.milestone.Due.IsResolved() && g.broken == "":
		part.Status = Scheduled
		part.Why = "not yet due; " + part.Why
	}
}

// await says what is to be said of a target whose day has passed without figures for it.
func (g *gauge) await(part *Part, on calendar.Date) {
	reported := g.milestone.Reported
	if !reported.IsResolved() && g.indicator.LagDays > 0 {
		reported = calendar.OnDay(g.milestone.Due.Latest().Add(g.indicator.LagDays))
	}
	switch {
	case reported.IsResolved() && !reported.Before(on):
		part.Status, part.Why = Scheduled, "its day has passed; figures are expected by "+reported.String()
	case g.broken != "":
		part.Why = "its day has passed, and " + g.broken
	case g.held != nil && !g.held.Period.Latest().Before(part.Period.Latest()):
		part.Why = "its day has passed, and the reading for " + g.held.Period.String() + " is " + g.held.Value.Why()
	default:
		part.Why = "its day has passed and no figures for it are recorded"
	}
}

// decimals is how many digits a quantity has after its point.
func decimals(q record.Quantity) int {
	_, part, _ := strings.Cut(q.String(), ".")
	return len(part)
}

// rounded is a sum of decimals, with as many of them as its finest term: sums in binary are a little off.
func rounded(f float64, places int) record.Quantity {
	text := strconv.FormatFloat(f, 'f', places, 64)
	q, err := record.ParseQuantity(text)
	if err != nil {
		return record.Number(f)
	}
	if q.Float() == 0 {
		q, _ = record.ParseQuantity(strings.TrimPrefix(text, "-"))
	}
	return q
}
