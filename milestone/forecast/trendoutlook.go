package forecast

import (
	"errors"
	"math"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// OutlookOptions says how an outlook is made. The zero OutlookOptions serves.
type OutlookOptions struct {
	// Trend is how trends are read.
	Trend TrendOptions
	// ByIndicator is how the trends of single indicators are read, in place of Trend.
	ByIndicator map[record.ID]TrendOptions
	// Seed is that of the draws for levels to keep and for several targets together.
	Seed uint64
	// Trials is the number of draws; zero is 10,000.
	Trials int
	// Ahead is how many readings ahead the trends are compared with forecasts that need no model: zero is one, and below zero
	// leaves the comparison out.
	Ahead int
}

// MilestoneOutlook says what the trends of its indicators leave a milestone to hope for. It is about the figures alone:
// whether the work is done in time is for the schedule to say.
type MilestoneOutlook struct {
	Milestone record.ID
	// On is the day of the question, and Due the date in force. The headline is for the last day that Due may mean.
	On  calendar.Date
	Due calendar.When
	// Chance is the probability, 0 to 1, that the targets make up the milestone as it asks. It is not known where it hangs on a
	// target without one, and its ground says which.
	Chance record.Value[float64]
	// Trials is how many draws Chance comes from, nought where it is not drawn, and Low and High its 95 per cent interval by
	// Wilson's formula: what more trials could change, and nothing else.
	Trials    int
	Low, High float64
	// AtLeast and AtMost bound the chance whatever the targets have to do with one another (Fréchet), a target without a
	// chance counting as anything from 0 to 1. Chance takes different indicators as independent.
	AtLeast, AtMost float64
	// Targets are in the order of the Spec, each claim on a target by itself.
	Targets []TargetOutlook
	// Says is the whole in plain sentences.
	Says []string
}

// TargetOutlook says where one target is heading.
type TargetOutlook struct {
	Target    record.ID
	Indicator record.ID
	// Wanted says in words what the target asks.
	Wanted string
	// Decided says that the readings reach the due date, so that Chance is 1 or 0 by what they show.
	Decided bool
	// Chance is the probability, 0 to 1, that the target is met by the readings for the last day of the due date; of a level to
	// keep, that every reading from now to then is as asked. Its ground says why it is not known.
	Chance record.Value[float64]
	// Trials, Low and High are those of a drawn chance, as in [MilestoneOutlook].
	Trials    int
	Low, High float64
	// Early is the chance for the first day that the due date may mean, where that is another.
	Early record.Value[float64]
	// AtDue is the chance that the reading for the due date is as asked, of a level to keep and of any other target.
	AtDue record.Value[float64]
	// Underlying is the chance that what lies beneath the reading is as asked then, free of the reading's own error.
	Underlying record.Value[float64]
	// Forecast is for the last day of the due date. For a flow it is what is still to come in, and Counted what has.
	Forecast TrendForecast
	Counted  float64
	// Required is what it takes from the last reading to the due date, in the indicator's unit a day, and Pace what the trend
	// shows; of a flow both are rates.
	Required record.Value[float64]
	Pace     record.Value[TrendPace]
	// Comparison says how the trend would have done so far; nil where it was not asked for or there is no trend.
	Comparison *TrendComparison
	// Trend is nil where there is none.
	Trend *Trend
	// Records are the target and the readings used.
	Records []record.Ref
	// Method says how the numbers were come by, Limits what the data do not allow, and Says where the target is heading, all
	// in plain sentences.
	Method string
	Limits []string
	Says   []string

	aim trendAim
	due calendar.When
}

// Outlook says of each target of a milestone where its indicator will be at the due date, with what chance, and what the data
// do not allow. The chance of a target that nothing counts is not known, and so it is where there are too few readings.
//
// The error is a [*NoTrendError] where the milestone does not exist, is left out by the view, or was not known. Faults in
// options and readings, as from [TrendOf], come as an error beside an outlook in which they stand as grounds.
func Outlook(plan *milestone.Plan, id record.ID, at record.Moment, options OutlookOptions) (MilestoneOutlook, error) {
	standing, ok := plan.Standing(id, at)
	if !ok {
		return MilestoneOutlook{}, &NoTrendError{Why: "milestone " + string(id) + " is not in the plan, is left out by the view, or was not known then"}
	}
	at.On = standing.On
	claims := plan.Milestone(standing.Milestone, at)
	m := claims[0].Record
	o := MilestoneOutlook{Milestone: standing.Milestone, On: standing.On, Due: standing.Due}
	if options.Trials <= 0 {
		options.Trials = 10000
	}
	var faults []error
	trends := make(map[record.ID]*Trend)
	failed := make(map[record.ID]error)
	for i, c := range plan.Targets(standing.Milestone, at) {
		target := c.Record
		if id := target.Indicator; id != "" && trends[id] == nil && failed[id] == nil {
			how, own := options.ByIndicator[id]
			if !own {
				how = options.Trend
			}
			trends[id], failed[id] = TrendOf(plan, id, at, how)
			if _, refused := failed[id].(*NoTrendError); failed[id] != nil && !refused {
				faults = append(faults, failed[id])
			}
		}
		t := TargetOutlook{Target: target.Fact(), Indicator: target.Indicator, due: standing.Due, Trend: trends[target.Indicator]}
		t.look(target, standing.Parts[i], failed[target.Indicator], at, options)
		o.Targets = append(o.Targets, t)
	}
	o.together(m.Combine, options)
	o.say(m)
	if slices.ContainsFunc(claims, func(c record.Claim[milestone.Milestone]) bool { return c.Record.Due != m.Due }) {
		o.Says = append(o.Says, "Claimants differ on the due date; this is for "+m.Due.String()+".")
	}
	return o, errors.Join(faults...)
}

// trendAim is what a target asks of a value: from low to high, less what has been counted.
type trendAim struct {
	low, high float64
	adds      bool          // what comes in adds up
	counted   float64       // so far
	from      calendar.Date // the first day still to be counted
	keeps     bool
	key       uint64
}

func (a *trendAim) met(v float64) bool { return v >= a.low && v <= a.high }

func (a *trendAim) chance(s TrendSpread) float64 {
	switch {
	case math.IsInf(a.high, 1):
		return s.AtLeast(a.low)
	case math.IsInf(a.low, -1):
		return s.AtMost(a.high)
	}
	return s.Between(a.low, a.high)
}

// aimOf reads a target; ok is false where its baseline is missing.
func aimOf(t *milestone.Target, part milestone.Part) (a trendAim, ok bool) {
	a = trendAim{low: math.Inf(-1), high: math.Inf(1), keeps: t.Maintain}
	b := part.Baseline
	switch {
	case !t.AtLeast.IsZero() || !t.AtMost.IsZero():
		if !t.AtLeast.IsZero() {
			a.low = t.AtLeast.Float()
		}
		if !t.AtMost.IsZero() {
			a.high = t.AtMost.Float()
		}
		return a, true
	case b.IsZero():
		return a, false
	case !t.Increase.IsZero() && t.Increase.Float() < 0:
		a.high = part.Want.Float()
	case !t.Increase.IsZero():
		a.low = part.Want.Float()
	case t.Direction == milestone.Up:
		a.low = b.Float()
	default:
		a.high = b.Float()
	}
	return a, true
}

// look fills in the outlook of a target.
func (t *TargetOutlook) look(target *milestone.Target, part milestone.Part, failed error, at record.Moment, options OutlookOptions) {
	t.Records = []record.Ref{{Kind: milestone.KindTarget, ID: target.ID}}
	t.Wanted = trendWanted(target, part)
	unknown := func(why string) {
		u := record.Unknown[float64](why)
		t.Chance, t.AtDue, t.Underlying, t.Early = u, u, u, u
		t.Required, t.Pace = u, record.Unknown[TrendPace](why)
	}
	aim, based := aimOf(target, part)
	t.aim = aim
	switch {
	case target.Achieve != "":
		unknown("nothing is counted, so there is no trend")
		return
	case at.On.IsZero():
		unknown("no day is given")
		return
	case t.decide(part, target, at):
		unknownPace := "the readings reach the due date"
		t.Required, t.Pace = record.Unknown[float64](unknownPace), record.Unknown[TrendPace](unknownPace)
		return
	case failed != nil:
		unknown(failed.Error())
		return
	}
	t.Records = append(t.Records, t.Trend.Records()...)
	t.aim.key = TrendKey(t.Trend.source.indicator.Fact())
	switch due := t.due; {
	case !based:
		unknown("the baseline is not recorded, or sources differ on it")
		return
	case !due.IsResolved():
		unknown("the milestone has no date that means a day")
	case !due.Latest().After(t.Trend.base):
		unknown("the due date is past, and its figures do not decide the target: " + part.Why)
	default:
		if why := t.count(target, part); why != "" {
			unknown(why)
			break
		}
		t.number(options)
	}
	if pace, ok := t.Trend.Pace(); ok {
		t.Pace = record.Known(pace)
	} else {
		t.Pace = record.Unknown[TrendPace]("a " + t.Trend.model.String() + " has no slope")
	}
	if options.Ahead >= 0 {
		c := t.Trend.Compare(options.Ahead)
		t.Comparison = &c
	}
	t.explain(target)
}

// decide takes the chance from the status of a target whose readings reach the due date.
func (t *TargetOutlook) decide(part milestone.Part, target *milestone.Target, at record.Moment) bool {
	reaches := t.due.IsResolved() && part.Period.IsResolved() && !part.Period.Latest().Before(t.due.Latest())
	if !reaches || part.Status != milestone.Met && part.Status != milestone.NotMet {
		return false
	}
	t.Decided = true
	chance := 0.0
	if part.Status == milestone.Met {
		chance = 1
	}
	t.Chance, t.AtDue = record.Known(chance), record.Known(chance)
	t.Underlying = record.Unknown[float64]("the readings decide the target")
	t.Records = slices.Clone(part.Records)
	t.Says = append(t.Says, t.Wanted+": "+part.Why+".")
	return true
}

// count settles what a flow has brought so far, and why it cannot be told.
func (t *TargetOutlook) count(target *milestone.Target, part milestone.Part) string {
	trend := t.Trend
	if !trend.space.flow || target.Direction != 0 {
		return ""
	}
	t.aim.adds = true
	t.aim.from = trend.base.Add(1)
	from := target.CountFrom
	next := from.Latest()
	var counted bool
	for _, p := range trend.points {
		if from.IsResolved() && p.From.Before(from.Earliest()) {
			continue
		}
		if !next.IsZero() && p.From.After(next) {
			return "no reading can be used for the days from " + next.String() + " to " + p.From.Add(-1).String() + ", so the total so far is not known"
		}
		t.Counted += p.Value
		counted = true
		next = p.On.Add(1)
	}
	switch {
	case counted:
	case from.IsResolved() && from.Earliest().After(trend.base):
		t.aim.from = from.Earliest()
	case from.IsResolved():
		return "no reading begins on or after the day from which it counts, " + from.String()
	}
	if counted && part.Actual.Float() != 0 && math.Abs(part.Actual.Float()-t.Counted) > 1e-9*math.Abs(t.Counted) {
		return "the total so far is not known: " + part.Why
	}
	t.aim.counted = t.Counted
	t.aim.low -= t.Counted
	t.aim.high -= t.Counted
	return ""
}

// ahead is the forecast of what decides the target on a day.
func (t *TargetOutlook) ahead(on calendar.Date) (TrendForecast, error) {
	trend := t.Trend
	switch {
	case t.aim.adds:
		return trend.Further(t.aim.from, on)
	case trend.space.flow:
		length := calendar.Days(trend.usual())
		from := on.Add(1 - length)
		if !from.After(trend.base) {
			from = trend.base.Add(1)
		}
		return trend.Further(from, from.Add(length-1))
	}
	return trend.Forecast(on)
}

// number fills in the forecast, the chances and the pace that it takes.
func (t *TargetOutlook) number(options OutlookOptions) {
	last := t.due.Latest()
	f, err := t.ahead(last)
	if err != nil {
		t.Chance = record.Unknown[float64](err.Error())
		t.AtDue, t.Underlying, t.Early = t.Chance, t.Chance, t.Chance
		t.Required = t.Chance
		return
	}
	t.Forecast = f
	t.AtDue, t.Underlying = record.Known(t.aim.chance(f.Reading)), record.Known(t.aim.chance(f.Level))
	t.Chance = t.AtDue
	drawn := t.aim.keeps && !t.Trend.space.flow
	if drawn {
		met := t.held(options, last)
		t.Trials = options.Trials
		t.Chance = record.Known(float64(met) / float64(t.Trials))
		t.Low, t.High = trendWilson(met, t.Trials)
	}
	t.Early = record.Value[float64]{State: record.StateNotApplicable, Ground: "the due date is one day"}
	if first := t.due.Earliest(); first != last {
		e, err := t.ahead(first)
		switch {
		case err != nil:
			t.Early = record.Unknown[float64](err.Error())
		case drawn:
			t.Early = record.Known(float64(t.held(options, first)) / float64(options.Trials))
		default:
			t.Early = record.Known(t.aim.chance(e.Reading))
		}
	}
	t.require(last)
}

// require is the pace that it takes to the due date: what is missing over the days left.
func (t *TargetOutlook) require(last calendar.Date) {
	trend := t.Trend
	point := trend.points[len(trend.points)-1]
	value, days := point.Value, float64(last.Sub(trend.base))
	if t.aim.adds {
		value, days = 0, float64(last.Sub(t.aim.from))+1
	} else if trend.space.flow {
		t.Required = record.Unknown[float64]("the target names a direction and no amount")
		return
	}
	var missing float64
	switch {
	case value < t.aim.low:
		missing = t.aim.low - value
	case value > t.aim.high:
		missing = t.aim.high - value
	}
	if days <= 0 {
		t.Required = record.Unknown[float64]("no days are left")
		return
	}
	t.Required = record.Known(missing / days)
}

// readingDays are the days up to one on which readings are to be expected, as far apart as they usually are, the last one on
// that day itself.
func (t *TargetOutlook) readingDays(until calendar.Date) []calendar.Date {
	step := calendar.Days(max(1, t.Trend.usual()))
	var days []calendar.Date
	for d := until; d.After(t.Trend.base); d = d.Add(-step) {
		days = append(days, d)
	}
	if len(days) == 0 {
		days = append(days, until)
	}
	slices.Reverse(days)
	return days
}

// held counts the trials in which every reading up to a day is as asked.
func (t *TargetOutlook) held(options OutlookOptions, until calendar.Date) int {
	days := t.readingDays(until)
	met := 0
	for trial := range uint64(options.Trials) {
		if t.holds(options.Seed, trial, days) {
			met++
		}
	}
	return met
}

func (t *TargetOutlook) holds(seed, trial uint64, days []calendar.Date) bool {
	for _, d := range days {
		if !t.aim.met(t.Trend.Draw(seed, t.aim.key, trial, d)) {
			return false
		}
	}
	return true
}

// Drawn reports whether the target is met in one trial if the milestone's day is on: a simulation of the schedule with the same
// seed and trial asks it for milestone success by schedule and indicator at once. The trajectory is that of [Trend.Draw] with
// the [TrendKey] of the indicator, so targets on one indicator meet the same; schedule and indicators are drawn independently
// of one another. A level to keep is looked at on every day on which a reading is to be expected up to then. Days up to the
// last reading are taken to stand as the last reading does. ok is false where there is no chance to draw from.
func (t *TargetOutlook) Drawn(seed, trial uint64, on calendar.Date) (met, ok bool) {
	switch chance, known := t.Chance.Get(); {
	case !known || on.IsZero():
		return false, false
	case t.Decided:
		return chance == 1, true
	}
	trend := t.Trend
	switch {
	case !on.After(trend.base):
		if t.aim.adds {
			return t.aim.met(0), true
		}
		return t.aim.met(trend.points[len(trend.points)-1].Value), true
	case t.aim.adds:
		in := 0.0
		if !on.Before(t.aim.from) {
			in = trend.Draw(seed, t.aim.key, trial, on)
			if t.aim.from.After(trend.base.Add(1)) {
				in -= trend.Draw(seed, t.aim.key, trial, t.aim.from.Add(-1))
			}
		}
		return t.aim.met(in), true
	case trend.space.flow:
		length := calendar.Days(trend.usual())
		from := on.Add(1 - length)
		if !from.After(trend.base) {
			from = trend.base.Add(1)
		}
		in := trend.Draw(seed, t.aim.key, trial, from.Add(length-1))
		if before := from.Add(-1); before.After(trend.base) {
			in -= trend.Draw(seed, t.aim.key, trial, before)
		}
		return t.aim.met(in), true
	case t.aim.keeps:
		return t.holds(seed, trial, t.readingDays(on)), true
	}
	return t.aim.met(trend.Draw(seed, t.aim.key, trial, on)), true
}

// trendWilson is the 95 per cent interval of a share of trials (Wilson, JASA 22, 1927, 209-212).
func trendWilson(met, trials int) (low, high float64) {
	const z = 1.959963984540054
	n := float64(trials)
	p := float64(met) / n
	centre := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, centre-half), min(1, centre+half)
}

// together draws the chance of the milestone from those of its targets.
func (o *MilestoneOutlook) together(how milestone.Combine, options OutlookOptions) {
	o.AtLeast, o.AtMost = 0, 1
	if len(o.Targets) == 0 {
		o.Chance = record.Unknown[float64]("the milestone has no target that is counted")
		return
	}
	sum, low, high := 0.0, 1.0, 0.0
	sumBest, lowBest := 0.0, 1.0
	missing := ""
	for i := range o.Targets {
		t := &o.Targets[i]
		if slices.ContainsFunc(o.Targets[:i], func(u TargetOutlook) bool { return u.Target == t.Target }) {
			o.Chance = record.Unknown[float64]("claimants differ on what target " + string(t.Target) + " asks")
			return
		}
		p, known := t.Chance.Get()
		best := p
		if !known {
			best = 1
			if missing == "" {
				missing = "target " + string(t.Target) + ": " + t.Chance.Ground
			}
		}
		sum, low, high = sum+p, min(low, p), max(high, p)
		sumBest, lowBest = sumBest+best, min(lowBest, best)
	}
	n := float64(len(o.Targets))
	if how == milestone.Any {
		o.AtLeast, o.AtMost = high, min(1, sumBest)
	} else {
		o.AtLeast, o.AtMost = max(0, sum-(n-1)), lowBest
	}
	switch {
	case o.AtLeast == o.AtMost:
		o.Chance = record.Known(o.AtLeast)
	case missing != "":
		o.Chance = record.Unknown[float64](missing)
	case len(o.Targets) == 1:
		t := &o.Targets[0]
		o.Chance, o.Trials, o.Low, o.High = t.Chance, t.Trials, t.Low, t.High
	default:
		o.draw(how, options)
	}
}

func (o *MilestoneOutlook) draw(how milestone.Combine, options OutlookOptions) {
	met := 0
	on := o.Due.Latest()
	for trial := range uint64(options.Trials) {
		count := 0
		for i := range o.Targets {
			if ok, _ := o.Targets[i].Drawn(options.Seed, trial, on); ok {
				count++
			}
		}
		if count == len(o.Targets) || how == milestone.Any && count > 0 {
			met++
		}
	}
	o.Trials = options.Trials
	o.Chance = record.Known(float64(met) / float64(o.Trials))
	o.Low, o.High = trendWilson(met, o.Trials)
}
