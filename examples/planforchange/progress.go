package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// milestone prints how a milestone stands: what is measured, and beside it what is claimed.
func (a *account) milestone(id record.ID) {
	ref := milestone.Ref(id)
	for _, c := range a.Plan().Milestone(id, record.Moment{}) {
		m := c.Record
		a.title("Milestone: " + m.Name)
		standing, ok := a.Plan().Standing(id, record.Moment{})
		if !ok {
			continue
		}
		s := standing.Status.String()
		if standing.Why != "" {
			s += ": " + standing.Why
		}
		if standing.Disputed {
			s += "; claims differ"
		}
		a.field("status", s+" "+a.said(&m.Record))
		a.due(id, m)
		a.uses(m)
		for i := range standing.Parts {
			a.part(&standing.Parts[i], m)
		}
		for _, claim := range standing.Claimed {
			a.claimed(claim.Record)
		}
		if words := a.Register().Duties(ref); len(words) > 0 {
			a.answers(ref)
		}
		for _, e := range a.Events(ref, "", record.Moment{}) {
			a.event(e.Record)
		}
		if m.Note != "" {
			a.field("note", m.Note)
		}
	}
}

// due prints when a milestone is due, when its figures come, and how its date has moved.
func (a *account) due(id record.ID, m *milestone.Milestone) {
	s := "no date is set"
	if !m.Due.IsZero() {
		s = a.when(m.Due)
	}
	slips := a.Plan().Slippage(id, record.Moment{})
	if len(slips) == 0 {
		s += "; no move of the date is recorded"
	}
	a.field("due", s)
	for _, slip := range slips {
		days := strconv.Itoa(int(slip.Least))
		if slip.Most != slip.Least {
			days += " to " + strconv.Itoa(int(slip.Most))
		}
		a.more("moved from " + a.when(slip.From) + " to " + a.when(slip.To) + ", by " + days + " days, says " + a.claimant(slip.Claimant))
	}
	if !m.Reported.IsZero() {
		a.more("its figures are due in " + a.when(m.Reported))
	}
	if !m.Forecast.IsZero() {
		a.more("expected by " + a.when(m.Forecast))
	}
}

func (a *account) uses(m *milestone.Milestone) {
	use := "not recorded"
	if m.Use != 0 {
		use = m.Use.String()
	}
	if m.VagueBecause != "" {
		use += "; vague on purpose: " + m.VagueBecause
	}
	a.field("meant for", use)
}

// part prints one target: what is asked and has been asked, what is read, how far that is, and what is said.
func (a *account) part(part *milestone.Part, m *milestone.Milestone) {
	var target *milestone.Target
	for _, c := range a.Plan().Targets(m.Fact(), record.Moment{}) {
		if slices.Contains(part.Records, record.Ref{Kind: milestone.KindTarget, ID: c.Record.ID}) {
			target = c.Record
		}
	}
	if target == nil {
		return
	}
	unit := a.unit(part.Indicator)
	ask := wanted(target, part, unit)
	if target.Name != "" {
		ask = target.Name + ": " + ask
	}
	a.field("asked", ask+" "+a.said(&target.Record))
	a.revisions(target, unit)
	status := part.Status.String()
	if part.Why != "" {
		status += ": " + part.Why
	}
	a.more(status)
	if target.Achieve == "" {
		a.readings(part, unit)
	}
	for _, c := range a.Plan().Assessments(record.Ref{Kind: milestone.KindTarget, ID: part.Target}, record.Moment{}) {
		a.more(a.rating(c.Record))
	}
}

// wanted says what a target asks for.
func wanted(t *milestone.Target, part *milestone.Part, unit string) string {
	var s string
	switch {
	case t.Achieve != "":
		s = t.Achieve
	case t.Direction != 0:
		s = t.Direction.String() + ", by no stated amount"
	case !t.Increase.IsZero():
		s = amount(t.Increase, unit) + " more than the baseline"
		if t.Increase.Float() < 0 {
			s = "a change of " + amount(t.Increase, unit) + " from the baseline"
		}
		if !part.Want.IsZero() {
			s += ", which makes " + amount(part.Want, "")
		}
	case !t.AtLeast.IsZero() && !t.AtMost.IsZero():
		s = "from " + amount(t.AtLeast, "") + " to " + amount(t.AtMost, unit)
	case !t.AtLeast.IsZero():
		s = "at least " + amount(t.AtLeast, unit)
	default:
		s = "at most " + amount(t.AtMost, unit)
	}
	if t.Maintain {
		s += ", kept to the due day"
	}
	return s
}

// revisions prints what was asked before and what took its place, as far as was known.
func (a *account) revisions(t *milestone.Target, unit string) {
	var steps []string
	for _, v := range a.Plan().TargetVersions(t.Fact()) {
		if v.Claimant != t.Claimant || !v.Speaks() || !a.known(&v.Record) {
			continue
		}
		s := wanted(v, new(milestone.Part), unit)
		if since := a.since(&v.Record); !since.IsZero() {
			s += " (on record from " + day(calendar.Of(since)) + ")"
		}
		steps = append(steps, s+" "+a.mark(&v.Record))
	}
	if len(steps) > 1 {
		a.more("asked over time: " + strings.Join(steps, ", then "))
	}
}

// readings prints the actual value, the baseline, the way between them, and the other readings of the indicator.
func (a *account) readings(part *milestone.Part, unit string) {
	if part.Actual.IsZero() {
		a.others(part, unit)
		return
	}
	a.more("reading: " + amount(part.Actual, unit) + " for " + a.when(part.Period) + " " + a.marks(part.Records, milestone.KindObservation))
	if !part.Baseline.IsZero() {
		s := "baseline: " + amount(part.Baseline, unit)
		if o := a.baseline(part.Indicator); o != nil {
			s += " for " + a.when(o.Period) + " " + a.said(&o.Record) + " " + o.Note
		}
		a.more(s)
	}
	progress := "not known"
	if p, ok := part.Progress.Get(); ok {
		progress = strconv.FormatFloat(100*p, 'f', 1, 64) + "% of the way from the baseline to what is asked"
	} else if part.Progress.State != 0 {
		progress = plain(part.Progress.State.String())
		if part.Progress.Ground != "" {
			progress += " (" + part.Progress.Ground + ")"
		}
	}
	a.more("progress: " + progress)
	a.others(part, unit)
}

// baseline is the reading that is marked as the one to start from, if there is one.
func (a *account) baseline(indicator record.ID) *milestone.Observation {
	for _, c := range a.Plan().Observations(indicator, record.Moment{}) {
		if c.Record.Baseline {
			return c.Record
		}
	}
	return nil
}

// others prints the readings that stand for other periods, those still to come, and the indicators that stand in.
func (a *account) others(part *milestone.Part, unit string) {
	on := a.View().On
	for _, c := range a.Plan().Observations(part.Indicator, record.Moment{}) {
		o := c.Record
		value, known := o.Value.Get()
		switch {
		case a.isBaseline(part.Indicator, o.Fact()), slices.Contains(part.Records, record.Ref{Kind: milestone.KindObservation, ID: o.ID}):
		case known && !on.IsZero() && o.Period.IsResolved() && !o.Period.Latest().After(on):
			a.more("earlier: " + amount(value, unit) + " for " + a.when(o.Period) + " " + a.mark(&o.Record))
		case !known && !o.Value.IsZero():
			a.more("figure " + o.Value.Why() + " " + a.mark(&o.Record))
		}
	}
	for _, id := range a.Plan().Indicators() {
		for _, c := range a.Plan().Indicator(id, record.Moment{}) {
			if c.Record.ProxyFor == part.Indicator && part.Indicator != "" {
				a.more("stands in for it between figures: " + c.Record.Name + ", " + counted(len(a.Plan().Observations(id, record.Moment{})), "reading") + " on record " + a.mark(&c.Record.Record))
			}
		}
	}
}

// isBaseline reports whether some claim on a reading marks it as the baseline.
func (a *account) isBaseline(indicator, fact record.ID) bool {
	return slices.ContainsFunc(a.Plan().Observations(indicator, record.Moment{}), func(c record.Claim[milestone.Observation]) bool {
		return c.Record.Baseline && c.Record.Fact() == fact
	})
}

func (a *account) unit(indicator record.ID) string {
	for _, c := range a.Plan().Indicator(indicator, record.Moment{}) {
		return c.Record.Unit
	}
	return ""
}

// claimed prints what somebody says of the milestone as a whole.
func (a *account) claimed(s *milestone.Assessment) { a.field("it is said", a.rating(s)) }

// rating says what an assessment claims, by whom and when.
func (a *account) rating(s *milestone.Assessment) string {
	words := s.Rating
	if s.Status != 0 {
		words = strings.TrimSuffix(s.Status.String()+"; "+words, "; ")
	}
	if s.Scale != "" {
		words += " (scale: " + s.Scale + ")"
	}
	if s.By != "" {
		words += ", by " + a.party(s.By)
	}
	if !s.OnDay.IsZero() {
		words += ", on " + a.when(s.OnDay)
	}
	return "claimed: " + words + " " + a.said(&s.Record)
}
