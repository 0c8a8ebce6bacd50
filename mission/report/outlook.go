package report

import (
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

// headingPart says where the readings of a target are heading.
type headingPart struct {
	Says      []string
	Ambitions []fact // the chances of floor, central and stretch
	Limits    []string
	Method    string
}

// outlook asks where the indicators of a milestone are heading; false where that is settled or nobody asks.
func (s *scribe) outlook(id record.ID, st *milestone.Standing) (forecast.MilestoneOutlook, bool) {
	if s.options.Outlook.Trials < 0 || st.Status == milestone.Met || s.at.On.IsZero() || !st.Due.IsResolved() || !st.Due.Latest().After(s.at.On) {
		return forecast.MilestoneOutlook{}, false
	}
	if o, ok := s.outlooks[id]; ok {
		return o, true
	}
	o, err := forecast.Outlook(s.plan, id, s.at, s.options.Outlook)
	if _, gone := err.(*forecast.NoTrendError); gone {
		return o, false
	}
	s.outlooks[id] = o
	return o, true // faults in readings stand in it as grounds
}

// together says what the targets of a milestone come to, where there are several.
func together(o *forecast.MilestoneOutlook) []string {
	if len(o.Targets) < 2 || len(o.Says) == 0 {
		return nil
	}
	p, ok := o.Chance.Get()
	if !ok {
		return nil
	}
	text := "By its figures alone: " + points(p)
	if o.Trials > 0 {
		text += ", " + spread(o.Low, o.High) + " from " + count(o.Trials, "draw", "draws")
	}
	list := []string{text + ", if different indicators have nothing to do with one another."}
	if o.AtLeast > 0 || o.AtMost < 1 {
		list = append(list, "Whatever they have to do with one another: "+percent(round(o.AtLeast))+" to "+percent(round(o.AtMost))+".")
	}
	return list
}

// round cuts a share to whole hundredths.
func round(p float64) float64 { return float64(int(p*100+0.5)) / 100 }

// heading says where one target is heading; nil where that is settled or not a matter of figures, or where it is bare of readings, as its
// row says already.
func (s *scribe) heading(o *forecast.MilestoneOutlook, target record.ID, bare bool) *headingPart {
	for i := range o.Targets {
		t := &o.Targets[i]
		if t.Target != target || t.Decided || t.Indicator == "" {
			continue
		}
		p := new(headingPart)
		if t.Trend == nil {
			if t.Chance.Ground == "" || bare {
				return nil
			}
			p.Says = []string{"Where it is heading cannot be told: " + clean(dated(strings.TrimPrefix(t.Chance.Ground, "indicator "+string(t.Indicator)+": ")), longText) + "."}
			return p
		}
		for _, say := range t.Says {
			p.Says = append(p.Says, clean(dated(say), longText))
		}
		for _, limit := range t.Limits {
			p.Limits = append(p.Limits, clean(dated(limit), longText))
		}
		p.Method = clean(dated(t.Method), longText)
		p.Ambitions = s.ambitions(o, t)
		s.used["outlook"] = true
		return p
	}
	return nil
}

// ambitions are the chances of the three levels that the options name for a target.
func (s *scribe) ambitions(o *forecast.MilestoneOutlook, t *forecast.TargetOutlook) []fact {
	levels, ok := s.options.Ambitions[t.Target]
	if !ok {
		return nil
	}
	better, unit := milestone.Up, ""
	if claims := s.plan.Indicator(t.Indicator, s.at); len(claims) > 0 {
		unit = claims[0].Record.Unit
		if d := claims[0].Record.Direction; d != 0 {
			better = d
		}
	}
	p, err := t.Trend.Ambition(o.Due.Latest(), better, levels)
	if err != nil {
		return []fact{{"Floor, central and stretch", "cannot be told: " + clean(dated(err.Error()), longText)}}
	}
	s.used["ambition"] = true
	level := func(v float64) string { return amount(record.Number(v), unit) }
	return []fact{
		{"Floor, " + level(levels.Floor), points(p.Floor)},
		{"Central, " + level(levels.Central), points(p.Central)},
		{"Stretch, " + level(levels.Stretch), points(p.Stretch)},
	}
}

// dated writes the dates of a text in words: "2026-03-31" becomes "31 March 2026".
func dated(text string) string {
	const long = len("2026-03-31")
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		digit := func(k int) bool { return k >= 0 && k < len(text) && text[k] >= '0' && text[k] <= '9' }
		if i+long <= len(text) && text[i+4] == '-' && !digit(i-1) && !digit(i+long) {
			if d, err := calendar.ParseDate(text[i : i+long]); err == nil {
				b.WriteString(day(d))
				i += long - 1
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
