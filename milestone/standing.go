package milestone

import (
	"fmt"
	"slices"

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
	// falls. It is not cut off, and not known where any of the three is missing. It does not apply to a level to keep, to a
	// direction, and where the baseline already is what is asked. Want is the end of a band that the baseline must cross.
	Progress record.Value[float64]
	// Period is what the actual value is about, MetOn where the run of readings that meet the target began.
	Period, MetOn calendar.When
	// Records are the target, the readings and the assessments used.
	Records []record.Ref
}

// Standing returns how a milestone stands. The second result is false where the milestone does not exist, is left out by
// the view, or was not known. Without a day nothing can be said to be met or missed: the status is zero and says so.
//
// A target is met when its latest reading up to the day meets it. A level to maintain, a direction, and a limit on what adds
// up are met only by a reading that reaches to the last day of the due date, and nothing is missed without one; for a level
// to maintain, later readings play no part. A milestone that is due is partially met when some of its targets are met. Until
// figures for the due date are expected to be out it stays scheduled, and once they are overdue its status is unknown.
//
// Where claimants differ on what a target asks, each of their claims is a Part; the milestone is disputed, and if the target
// stands differently by each, its status is not known.
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
	for _, c := range p.Targets(s.Milestone, at) {
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
	s.Disputed = s.Disputed || saidMet(m, at.On) && s.Status != 0 && s.Status != Met
	return s, true
}

// saidMet reports whether the milestone's own record says that it had certainly been met by a day.
func saidMet(m *Milestone, on calendar.Date) bool {
	return m.Met.IsResolved() && !on.IsZero() && !m.Met.Latest().After(on)
}

// rivals is the text where claimants differ on what is asked, and by what each of them asks the target stands differently.
const rivals = "claimants differ on what the target asks, and it stands differently by each"

// fold returns the parts with one for each target, and whether claimants differ on any. Where by each claimant's word a
// target stands the same, the first speaks; otherwise its status is not known.
func fold(parts []Part) (folded []Part, disputed bool) {
	for i, part := range parts {
		first := slices.IndexFunc(folded, func(q Part) bool { return q.Target == part.Target })
		if first < 0 {
			if folded == nil {
				folded = make([]Part, 0, len(parts)-i)
			}
			folded = append(folded, part)
			continue
		}
		q := &folded[first]
		disputed = disputed || q.Status != part.Status || q.Want != part.Want || q.Indicator != part.Indicator
		if q.Status != part.Status {
			q.Status, q.Why = 0, rivals
		}
	}
	return folded, disputed
}

// combine draws the status of a milestone from those of its targets.
func (s *Standing) combine(how Combine) {
	var count [NotMet + 1]int
	s.Stated = true
	parts, disputed := fold(s.Parts)
	s.Disputed = s.Disputed || disputed
	for _, part := range parts {
		count[part.Status]++
		s.Stated = s.Stated && part.Stated
	}
	n := len(parts)
	done := count[Met] == n
	if how == Any {
		done = count[Met] > 0
	}
	switch {
	case done:
		s.Status = Met
		s.MetOn = metOn(parts, how)
	case count[Met] > 0 && count[NotMet] > 0, count[PartiallyMet] > 0 && count[Scheduled] == 0:
		s.Status = PartiallyMet
	case count[0] > 0:
		s.Why = firstWhy(parts, 0)
	case count[NotMet] == n:
		s.Status = NotMet
	default:
		s.Status = Scheduled
	}
	if n == 1 {
		s.Why = parts[0].Why
	} else if s.Status != 0 {
		s.Why = fmt.Sprintf("%d of %d targets met", count[Met], n)
	}
}

func metOn(parts []Part, how Combine) calendar.When {
	var on calendar.When
	for _, part := range parts {
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

func firstWhy(parts []Part, status Status) string {
	for _, part := range parts {
		if part.Status == status {
			return part.Why
		}
	}
	return ""
}

// state draws the status of a milestone without targets from what is stated of it.
func (s *Standing) state(m *Milestone, on calendar.Date) {
	s.Stated = true
	if saidMet(m, on) {
		s.Status, s.MetOn, s.Why = Met, m.Met, "stated to have been met"
		return
	}
	switch status, agreed := agreedStatus(s.Claimed); {
	case !agreed:
		s.Why, s.Disputed = "the assessments differ", true
		return
	case stale(status, m, on):
		s.Why = "it was last said to be scheduled, and its day has passed"
		return
	case status != 0:
		s.Status, s.Why = status, "stated in an assessment"
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

// stale reports whether a status was said before the milestone's day and says nothing after it.
func stale(status Status, m *Milestone, on calendar.Date) bool {
	return status == Scheduled && m.Due.Before(on)
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
		part.Why = "the indicator is left out by the view, or was not known or not in use then"
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
	case stale(status, m, at.On):
		part.Why = "it was last said to be scheduled, and its day has passed"
	case status != 0:
		part.Status, part.Why = status, "stated in an assessment"
		if status == Met {
			part.MetOn = firstSaidMet(claims)
		}
	case m.Due.IsResolved() && !at.On.IsZero() && !m.Due.Before(at.On):
		part.Status, part.Why = Scheduled, "not yet due, and nobody has said whether it is achieved"
	default:
		part.Why = "nobody has said whether it is achieved"
	}
}

// firstSaidMet is the earliest day on which the target was said to be met without being said since to be anything else.
func firstSaidMet(claims []record.Claim[Assessment]) (on calendar.When) {
	inOrder := slices.SortedStableFunc(slices.Values(claims), func(a, b record.Claim[Assessment]) int {
		return a.Record.OnDay.Latest().Compare(b.Record.OnDay.Latest())
	})
	for _, c := range inOrder {
		switch {
		case c.Record.Status == 0:
		case c.Record.Status != Met:
			on = calendar.When{}
		case on.IsZero():
			on = c.Record.OnDay
		}
	}
	return on
}
