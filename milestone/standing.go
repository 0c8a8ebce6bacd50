package milestone

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Standing is how a milestone stands on a day, as known at an instant: what is measured, and beside it what is claimed. It
// carries the records that it rests on.
type Standing struct {
	Milestone record.ID
	On        calendar.Date
	// Status is what the records show. Zero means that they do not say; Why tells what is missing.
	Status Status
	Why    string
	// Stated says that the status rests on what somebody stated, because nothing is counted.
	Stated bool
	// MetOn is the period whose figures first met what is asked, without falling back since.
	MetOn calendar.When
	// Due, Forecast and Reported are the dates in force.
	Due, Forecast, Reported calendar.When
	// Parts is how each target stands, in the order of the Spec. Nothing is averaged over them.
	Parts []Part
	// Claimed is what people have said of the milestone as a whole.
	Claimed []record.Claim[Assessment]
	// Disputed says that a claimed status differs from the one shown, or that claimants differ on the milestone.
	Disputed bool
}

// Part is how one target of a milestone stands.
type Part struct {
	Target    record.ID
	Indicator record.ID
	Status    Status
	Why       string
	Stated    bool // rests on an assessment
	// Baseline, Actual and Want are the values compared; unset where they are not known or not asked for.
	Baseline, Actual, Want record.Quantity
	// Progress is (actual - baseline) / (want - baseline): 0 at the baseline, 1 at what is asked, and beyond either as it
	// falls. It is not cut off, and not known where any of the three is missing or want equals the baseline.
	Progress record.Value[float64]
	// Period is what the actual value is about, MetOn where the run of readings that meet the target began.
	Period, MetOn calendar.When
	// Records are the target, the readings and the assessments used.
	Records []record.Ref
}

// Standing returns how a milestone stands. The second result is false where the milestone does not exist, is left out by
// the view, or was not known. Without a day nothing can be said to be met or missed: the status is zero and says so.
//
// A target is met when its latest reading up to the day meets it; a target to maintain, only by the readings of the period
// in which it is due. A milestone that is due is partially met when some of its targets are met. Until figures for the due
// period are out it stays scheduled, and once they are overdue its status is unknown.
func (p *Plan) Standing(id record.ID, at record.Moment) (Standing, bool) {
	at = p.view.At(at)
	claims := p.Milestone(id, at)
	if len(claims) == 0 {
		return Standing{}, false
	}
	m := claims[0].Record
	s := Standing{Milestone: m.Fact(), On: at.On, Due: m.Due, Forecast: m.Forecast, Reported: m.Reported}
	for _, c := range claims[1:] {
		s.Disputed = s.Disputed || c.Record.Due != m.Due || c.Record.Met != m.Met
	}
	for _, c := range p.Targets(id, at) {
		s.Parts = append(s.Parts, p.part(c.Record, m, at))
	}
	s.Claimed = p.Assessments(record.Ref{Kind: KindMilestone, ID: m.Fact()}, at)
	switch {
	case at.On.IsZero():
		s.Why = "no day is given, and a milestone is met or missed on a day"
	case len(s.Parts) > 0:
		s.combine(m.Combine)
	default:
		s.state(m, at.On)
	}
	for _, c := range s.Claimed {
		s.Disputed = s.Disputed || c.Record.Status != 0 && s.Status != 0 && c.Record.Status != s.Status
	}
	return s, true
}

// combine draws the status of a milestone from those of its targets.
func (s *Standing) combine(how Combine) {
	var count [NotMet + 1]int
	s.Stated = true
	for _, part := range s.Parts {
		count[part.Status]++
		s.Stated = s.Stated && part.Stated
	}
	n := len(s.Parts)
	done := count[Met] == n
	if how == Any {
		done = count[Met] > 0
	}
	switch {
	case done:
		s.Status = Met
		s.MetOn = s.metOn(how)
	case count[Met] > 0 && count[NotMet] > 0, count[PartiallyMet] > 0 && count[Scheduled] == 0:
		s.Status = PartiallyMet
	case count[0] > 0:
		s.Why = s.firstWhy(0)
	case count[NotMet] == n:
		s.Status = NotMet
	default:
		s.Status = Scheduled
	}
	if n == 1 {
		s.Why = s.Parts[0].Why
	} else if s.Status != 0 {
		s.Why = fmt.Sprintf("%d of %d targets met", count[Met], n)
	}
}

func (s *Standing) metOn(how Combine) calendar.When {
	var on calendar.When
	for _, part := range s.Parts {
		if part.Status != Met || !part.MetOn.IsResolved() {
			continue
		}
		later := on.IsZero() || part.MetOn.Latest().After(on.Latest())
		if on.IsZero() || later == (how != Any) {
			on = part.MetOn
		}
	}
	return on
}

func (s *Standing) firstWhy(status Status) string {
	for _, part := range s.Parts {
		if part.Status == status {
			return part.Why
		}
	}
	return ""
}

// state draws the status of a milestone without targets from what is stated of it.
func (s *Standing) state(m *Milestone, on calendar.Date) {
	s.Stated = true
	if m.Met.IsResolved() && !m.Met.After(on) {
		s.Status, s.MetOn, s.Why = Met, m.Met, "stated to have been met"
		return
	}
	if status, agreed := agreedStatus(s.Claimed); status != 0 && agreed {
		s.Status, s.Why = status, "stated in an assessment"
		return
	} else if !agreed {
		s.Why, s.Disputed = "the assessments differ", true
		return
	}
	if m.Due.IsResolved() && !m.Due.Before(on) {
		s.Status, s.Why = Scheduled, "not yet due, and nothing measures it"
		return
	}
	s.Why = "nothing measures it and nobody has said whether it was met"
	if !m.Due.IsResolved() {
		s.Why = "it has no date, nothing measures it and nobody has said whether it was met"
	}
}

// agreedStatus is the latest status that each claimant states, if all claimants state the same.
func agreedStatus(claims []record.Claim[Assessment]) (Status, bool) {
	last := make(map[string]*Assessment)
	var who []string
	for _, c := range claims {
		a := c.Record
		if a.Status == 0 {
			continue
		}
		name := a.Claimant + "\x00" + string(a.By)
		before, ok := last[name]
		if !ok {
			who = append(who, name)
		}
		if !ok || !a.OnDay.Latest().Before(before.OnDay.Latest()) {
			last[name] = a
		}
	}
	var status Status
	for _, name := range who {
		if status != 0 && last[name].Status != status {
			return 0, false
		}
		status = last[name].Status
	}
	return status, true
}

func (p *Plan) part(t *Target, m *Milestone, at record.Moment) Part {
	part := Part{Target: t.Fact(), Indicator: t.Indicator, Records: []record.Ref{{Kind: KindTarget, ID: t.ID}}}
	if t.Achieve != "" {
		p.stated(&part, m, at)
		return part
	}
	g, ok := p.gauge(t, m, at)
	if !ok {
		part.Why = "the indicator is left out by the view"
		return part
	}
	part.Want = g.want
	part.Baseline = g.baseline
	if at.On.IsZero() {
		part.Why = "no day is given"
		return part
	}
	g.read(&part, at.On)
	g.progress(&part)
	g.judge(&part, at.On)
	return part
}

// stated judges a target that is achieved or not by what is said of it.
func (p *Plan) stated(part *Part, m *Milestone, at record.Moment) {
	part.Stated = true
	claims := p.Assessments(record.Ref{Kind: KindTarget, ID: part.Target}, at)
	for _, c := range claims {
		part.Records = append(part.Records, record.Ref{Kind: KindAssessment, ID: c.Record.ID})
	}
	status, agreed := agreedStatus(claims)
	switch {
	case !agreed:
		part.Why = "the assessments differ"
	case status != 0:
		part.Status, part.Why = status, "stated in an assessment"
		if status == Met {
			part.MetOn = claims[len(claims)-1].Record.OnDay
		}
	case m.Due.IsResolved() && !at.On.IsZero() && !m.Due.Before(at.On):
		part.Status, part.Why = Scheduled, "not yet due, and nobody has said whether it is achieved"
	default:
		part.Why = "nobody has said whether it is achieved"
	}
}

// gauge holds what one target is measured by.
type gauge struct {
	target         *Target
	milestone      *Milestone
	indicator      *Indicator
	readings       []record.Claim[Observation]
	baseline, want record.Quantity
}

func (p *Plan) gauge(t *Target, m *Milestone, at record.Moment) (gauge, bool) {
	indicators := p.indicators.At(t.Indicator, at.On, at.Known)
	if len(indicators) == 0 {
		return gauge{}, false
	}
	g := gauge{target: t, milestone: m, indicator: indicators[0].Record, readings: p.Observations(t.Indicator, at)}
	g.baseline = t.Baseline
	if g.baseline.IsZero() && g.indicator.Reading == Flow {
		g.baseline = record.Number(0)
	}
	for _, c := range g.readings {
		if v, ok := c.Record.Value.Get(); ok && g.baseline.IsZero() && c.Record.Baseline {
			g.baseline = v
		}
	}
	switch {
	case !t.AtLeast.IsZero():
		g.want = t.AtLeast
	case !t.AtMost.IsZero():
		g.want = t.AtMost
	case !t.Increase.IsZero() && !g.baseline.IsZero():
		g.want = record.Number(g.baseline.Float() + t.Increase.Float())
	}
	return g, true
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

// upTo lists the readings whose periods are over by a day, oldest first, readings of one period together.
func (g *gauge) upTo(on calendar.Date) (list []reading, held string) {
	for _, c := range g.readings {
		o := c.Record
		if !o.Period.IsResolved() || o.Period.Latest().After(on) {
			continue
		}
		v, ok := o.Value.Get()
		if !ok {
			held = o.Value.Why()
			continue
		}
		i := slices.IndexFunc(list, func(r reading) bool { return r.period == o.Period })
		if i < 0 {
			i = len(list)
			list = append(list, reading{period: o.Period})
		}
		list[i].values = append(list[i].values, v)
		list[i].refs = append(list[i].refs, record.Ref{Kind: KindObservation, ID: o.ID})
	}
	slices.SortStableFunc(list, func(a, b reading) int {
		if c := a.period.Latest().Compare(b.period.Latest()); c != 0 {
			return c
		}
		return a.period.Earliest().Compare(b.period.Earliest())
	})
	if g.indicator.Reading == Flow {
		list = g.accumulate(list)
	}
	return list, held
}

// accumulate turns readings of what happened in each period into running totals. It leaves out periods before the count
// starts, and stops at the first that overlaps the one before, since what they share would count twice.
func (g *gauge) accumulate(list []reading) []reading {
	var totals []reading
	var end calendar.Date
	total, places := 0.0, 0
	for _, r := range list {
		if from := g.target.CountFrom; from.IsResolved() && r.period.Earliest().Before(from.Earliest()) {
			continue
		}
		if !end.IsZero() && !r.period.Earliest().After(end) || disagree(r.values) {
			break
		}
		end = r.period.Latest()
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
	list, held := g.upTo(on)
	if len(list) == 0 {
		part.Why = "no reading is recorded for any period that was over by then"
		if held != "" {
			part.Why = "the reading is " + held
		}
		return
	}
	last := list[len(list)-1]
	part.Period = last.period
	part.Records = append(part.Records, last.refs...)
	if disagree(last.values) {
		part.Why = "sources differ on the reading for " + last.period.String()
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
	switch {
	case g.target.Direction != 0:
		part.Progress = record.Value[float64]{State: record.StateNotApplicable, Ground: "the target names a direction and no amount"}
	case g.target.Maintain:
		part.Progress = record.Value[float64]{State: record.StateNotApplicable, Ground: "the target is a level to keep"}
	case part.Actual.IsZero():
		part.Progress = record.Unknown[float64]("no reading")
	case g.baseline.IsZero():
		part.Progress = record.Unknown[float64]("no baseline")
	case g.want.Float() == g.baseline.Float():
		part.Progress = record.Value[float64]{State: record.StateNotApplicable, Ground: "the target is the baseline itself"}
	default:
		b := g.baseline.Float()
		part.Progress = record.Known((part.Actual.Float() - b) / (g.want.Float() - b))
	}
}

// judge gives a part its status on a day.
func (g *gauge) judge(part *Part, on calendar.Date) {
	due := g.milestone.Due
	over := due.IsResolved() && due.Before(on)
	decided := !part.Period.IsZero() && due.IsResolved() && !part.Period.Latest().Before(due.Earliest())
	if part.Actual.IsZero() {
		g.unread(part, over, on)
		return
	}
	met, ok := g.meets(part.Actual.Float())
	switch {
	case !ok:
		part.Why = "the baseline is not recorded"
	case met && !over && (g.target.Maintain || g.target.Direction != 0):
		part.Status, part.MetOn, part.Why = Scheduled, calendar.When{}, "as asked so far, and not yet due"
	case met && (decided || !g.target.Maintain && g.target.Direction == 0):
		part.Status, part.Why = Met, "the reading for "+part.Period.String()+" is what is asked"
	case !over:
		part.Status, part.Why = Scheduled, "not reached by "+part.Period.String()+", and not yet due"
	case decided:
		part.Status, part.Why = NotMet, "the reading for "+part.Period.String()+" falls short"
	default:
		g.await(part, on)
	}
}

func (g *gauge) unread(part *Part, over bool, on calendar.Date) {
	switch {
	case part.Why != "" && over:
		g.await(part, on)
	case g.milestone.Due.IsResolved() && !over && len(part.Records) == 1:
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
	if reported.IsResolved() && !reported.Before(on) {
		part.Status, part.Why = Scheduled, "its day has passed; figures are expected by "+reported.String()
		return
	}
	part.Status, part.Why = 0, "its day has passed and no figures for it are recorded"
}

// decimals is how many digits a quantity has after its point.
func decimals(q record.Quantity) int {
	_, part, _ := strings.Cut(q.String(), ".")
	return len(part)
}

// rounded is a sum of decimals, with as many of them as its finest term: sums in binary are a little off.
func rounded(f float64, places int) record.Quantity {
	q, err := record.ParseQuantity(strconv.FormatFloat(f, 'f', places, 64))
	if err != nil {
		return record.Number(f)
	}
	return q
}
