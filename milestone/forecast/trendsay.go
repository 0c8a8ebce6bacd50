package forecast

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/missionled/missionled/milestone"
)

// trendNumber writes a value with as many digits as its error leaves a meaning: two of the error's.
func trendNumber(x, err float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "no number"
	}
	places := 3
	if err = math.Abs(err); err > 0 && !math.IsInf(err, 0) {
		places = 1 - int(math.Floor(math.Log10(err)))
	}
	places = min(places, 6)
	if places < 0 {
		step := math.Pow(10, float64(-places))
		x, places = math.Round(x/step)*step, 0
	}
	text := strconv.FormatFloat(x, 'f', places, 64)
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	if strings.Trim(text, "0.") == "" {
		sign = ""
	}
	whole, part, point := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		part = "." + part
	}
	return sign + whole + part
}

// trendChance puts a probability in words, no finer than it deserves.
func trendChance(p float64) string {
	switch {
	case p < 0.01:
		return "less than 1 in 100"
	case p > 0.99:
		return "more than 99 in 100"
	}
	return fmt.Sprintf("about %.0f in 100", 100*p)
}

func trendWanted(t *milestone.Target, part milestone.Part) string {
	var want string
	switch {
	case t.Achieve != "":
		want = t.Achieve
	case !t.AtLeast.IsZero() && !t.AtMost.IsZero():
		want = "from " + t.AtLeast.String() + " to " + t.AtMost.String()
	case !t.AtLeast.IsZero():
		want = "at least " + t.AtLeast.String()
	case !t.AtMost.IsZero():
		want = "at most " + t.AtMost.String()
	case !t.Increase.IsZero():
		want = "a change of " + t.Increase.String() + " from the baseline"
		if !part.Want.IsZero() {
			want += " of " + part.Baseline.String() + ", to " + part.Want.String()
		}
	default:
		want = "a move " + t.Direction.String() + " from the baseline"
		if !part.Baseline.IsZero() {
			want += " of " + part.Baseline.String()
		}
	}
	if t.Maintain {
		want += ", kept to the due date"
	}
	return want
}

// explain writes the sentences of a target with a trend.
func (t *TargetOutlook) explain(target *milestone.Target) {
	trend := t.Trend
	ind := trend.source.indicator
	unit := ""
	if ind.Unit != "" {
		unit = " " + ind.Unit
	}
	first, last := trend.points[0], trend.points[len(trend.points)-1]
	t.Method = fmt.Sprintf("%s on %d readings, %s to %s", trend.model, len(trend.points), first.On, last.On)
	if !trend.options.Bounds.IsZero() {
		b := trend.options.Bounds
		t.Method += fmt.Sprintf(", in log odds between %s and %s", strconv.FormatFloat(b.Low, 'g', -1, 64), strconv.FormatFloat(b.High, 'g', -1, 64))
	}
	t.Method += "."
	if chance, ok := t.Chance.Get(); ok {
		f := t.Forecast
		low, high := f.Reading.Quantile(0.1), f.Reading.Quantile(0.9)
		width := (high - low) / 2.5
		due := f.On.String()
		if t.aim.adds {
			t.Says = append(t.Says, fmt.Sprintf("By %s the total is expected to be %s%s (80 in 100: %s to %s), of which %s is counted.", due,
				trendNumber(t.Counted+f.Reading.Median(), width), unit, trendNumber(t.Counted+low, width), trendNumber(t.Counted+high, width),
				trendNumber(t.Counted, width)))
		} else {
			t.Says = append(t.Says, fmt.Sprintf("The reading for %s is expected at %s%s (80 in 100: %s to %s).", due,
				trendNumber(f.Reading.Median(), width), unit, trendNumber(low, width), trendNumber(high, width)))
		}
		say := "The chance of " + t.Wanted + " is " + trendChance(chance)
		if t.Trials > 0 {
			say += fmt.Sprintf(" (%d draws; 95 per cent interval %.3f to %.3f)", t.Trials, t.Low, t.High)
		}
		if early, ok := t.Early.Get(); ok {
			say += fmt.Sprintf("; the date is an interval, and for its first day, %s, it is %s", t.due.Earliest(), trendChance(early))
		}
		t.Says = append(t.Says, say+".")
	} else {
		t.Says = append(t.Says, "The chance of "+t.Wanted+" is not known: "+t.Chance.Ground+".")
	}
	t.sayPace(unit)
	t.limit(target)
	if t.Comparison != nil {
		t.Limits = append(t.Limits, trendSentence(t.Comparison.String()))
	}
}

const trendYear = 365.25

func (t *TargetOutlook) sayPace(unit string) {
	required, needed := t.Required.Get()
	pace, moving := t.Pace.Get()
	moves := ""
	fine := math.Abs(required*trendYear) / 20
	if moving {
		fine = pace.Error * trendYear
		moves = fmt.Sprintf("the trend shows %s%s a year, with a standard error of %s", trendNumber(pace.PerDay*trendYear, fine), unit, trendNumber(fine, fine))
		if pace.DegreesOfFreedom > 0 {
			moves += fmt.Sprintf(" (t, %d degrees of freedom)", pace.DegreesOfFreedom)
		}
	} else {
		moves = t.Pace.Ground
	}
	switch {
	case needed && required == 0:
		t.Says = append(t.Says, "The last reading is as asked; "+moves+".")
	case needed:
		t.Says = append(t.Says, fmt.Sprintf("It takes %s%s a year to the due date; %s.", trendNumber(required*trendYear, fine), unit, moves))
	default:
		t.Says = append(t.Says, trendSentence(moves))
	}
}

// limit says what the data do not allow.
func (t *TargetOutlook) limit(target *milestone.Target) {
	trend := t.Trend
	add := func(is bool, format string, args ...any) {
		if is {
			t.Limits = append(t.Limits, fmt.Sprintf(format, args...))
		}
	}
	n := len(trend.points)
	stated := 0
	for _, p := range trend.points {
		if p.StandardError > 0 {
			stated++
		}
	}
	ind := trend.source.indicator
	span := trend.points[n-1].On.Sub(trend.points[0].On)
	add(trend.model == RegressionTrend,
		"With %d readings a straight line is all that is fitted; the interval allows for how little %d readings show, and not for the line bending.", n, n)
	add(stated == 0, "No reading states its error; it is estimated from how they scatter.")
	add(trend.ignored, "%d of %d readings state their error, and a regression can use that only of all.", stated, n)
	add(trend.model != RegressionTrend && trend.estimated, "The variances are estimated and then taken as known, which makes intervals too narrow: on 30 readings made by such a model, "+
		"90 per cent intervals six readings ahead held 83 times in 100.")
	if t.due.IsResolved() {
		left := t.due.Latest().Sub(trend.base)
		add(left > span, "The due date is %d days after the last reading, and the readings span %d days.", left, span)
	}
	unit := strings.ToLower(ind.Unit)
	add(trend.options.Bounds.IsZero() && (strings.HasPrefix(unit, "percent") || strings.HasPrefix(unit, "per cent") || unit == "%" || unit == "share"),
		"No bounds are declared for a scale in %s, so forecasts may leave it.", ind.Unit)
	add(ind.ProxyFor != "", "The indicator stands in for %s, and how well is not known here.", ind.ProxyFor)
	add(target.Maintain && !trend.space.flow, "A level to keep is looked at every %.0f days, as readings usually come, and not between.", trend.usual())
	add(t.aim.adds, "What comes in is taken as free to fall below nought, and readings of one period as independent of the next but for the rate.")
	for _, why := range trend.source.leftOut {
		t.Limits = append(t.Limits, trendSentence(why))
	}
}

// trendSentence makes a sentence of a clause.
func trendSentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// say writes the sentences of a milestone.
func (o *MilestoneOutlook) say(m *milestone.Milestone) {
	due := "a date that is not known"
	if o.Due.IsResolved() {
		due = o.Due.Latest().String()
	}
	chance, ok := o.Chance.Get()
	switch {
	case !ok:
		o.Says = append(o.Says, fmt.Sprintf("The chance of %q by %s is not known: %s.", m.Name, due, o.Chance.Ground))
	case len(o.Targets) == 1:
		o.Says = append(o.Says, fmt.Sprintf("The chance of %q by %s, by its figures alone, is %s.", m.Name, due, trendChance(chance)))
	default:
		o.Says = append(o.Says, fmt.Sprintf("The chance of %q by %s, by its figures alone, is %s if different indicators are independent.", m.Name, due, trendChance(chance)))
	}
	if len(o.Targets) > 1 && (o.AtLeast > 0 || o.AtMost < 1) {
		o.Says = append(o.Says, fmt.Sprintf("Whatever they have to do with one another it is from %.2f to %.2f.", o.AtLeast, o.AtMost))
	}
	for i := range o.Targets {
		t := &o.Targets[i]
		if t.Trend == nil && !t.Decided {
			t.Says = append(t.Says, "The chance of "+t.Wanted+" is not known: "+t.Chance.Ground+".")
		}
		o.Says = append(o.Says, t.Says...)
	}
}
