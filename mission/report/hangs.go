package report

import (
	"strconv"

	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

// hangTable says what a date hangs on.
type hangTable struct {
	Caption, Says string
	Rows          []hangRow
	More          string
}

type hangRow struct {
	Name                        link
	Critical, Delay, Cruciality string
}

// leastCritical is the share of trials below which a table of influences leaves something out.
const leastCritical = 0.05

// hangs makes the tables of what dates hang on, for the end of all and for every milestone that was a target.
func (s *scribe) hangs(p *schedulePart) {
	r := s.results()
	if r == nil {
		return
	}
	for _, o := range r.Outcomes() {
		influences := r.Influences(o.Ref)
		if influences == nil {
			continue
		}
		t := hangTable{Caption: "What the end of everything hangs on"}
		if o.Ref != forecast.End {
			t.Caption = "What “" + s.name(o.Ref) + "” hangs on"
		}
		t.Says = "On average " + day(ended(o.Mean))
		if o.Planned != 0 && ended(o.Mean) != ended(o.Planned) {
			t.Says += ", where the plan says " + day(ended(o.Planned))
		}
		t.Says += "; 8 trials in 10 end " + span(ended(o.Percentile(0.1).At), ended(o.Percentile(0.9).At)) + "."
		if o.Bias >= 8*calendar.Hour {
			t.Says += " Where paths meet, the latest of them decides: that alone adds " + worked(o.Bias, true) + " to the plan at its mean durations."
		}
		out := 0
		for _, v := range influences {
			if v.Critical.P < leastCritical && max(v.Cruciality, -v.Cruciality) < 0.2 || v.Mean == 0 {
				out++
				continue
			}
			t.Rows = append(t.Rows, hangRow{
				Name: s.place(v.Ref), Critical: points(v.Critical.P), Delay: decimal(v.Delay), Cruciality: decimal(v.Cruciality),
			})
		}
		if out > 0 {
			t.More = count(out, "thing that takes no time or seldom decides it is", "things that take no time or seldom decide it are") + " left out."
		}
		if len(t.Rows) > 0 {
			s.used["hangs"] = true
			p.Hangs = append(p.Hangs, t)
		}
	}
}

// decimal writes a small number with two places and a proper minus.
func decimal(v float64) string {
	text := strconv.FormatFloat(v, 'f', 2, 64)
	if text == "-0.00" {
		text = "0.00"
	}
	return grouped(text)
}
