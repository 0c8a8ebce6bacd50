package report

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

// points writes a share in whole hundredths, never 0% or 100% for what may still happen.
func points(p float64) string {
	switch {
	case p < 0.005:
		return "less than 1%"
	case p > 0.995:
		return "more than 99%"
	}
	return "about " + strconv.Itoa(int(p*100+0.5)) + "%"
}

// spread writes the error of simulation of a chance in hundredths, rounded up: to a whole one unless it is small.
func spread(low, high float64) string {
	half := (high - low) * 50
	if half >= 0.5 { // the number beside it is whole
		return "±" + strconv.Itoa(int(math.Ceil(half-1e-9)))
	}
	return "±" + strconv.FormatFloat(max(0.1, math.Ceil(half*10-1e-9)/10), 'f', 1, 64)
}

// chance writes a share of trials with its error: "about 62%, ±1 from simulation".
func chance(c forecast.Chance) string {
	trials := grouped(strconv.FormatUint(c.Trials, 10)) + " trials"
	switch c.P {
	case 0:
		return "in none of " + trials
	case 1:
		return "in all of " + trials
	}
	return points(c.P) + ", " + spread(c.Low, c.High) + " from simulation"
}

// brief writes a share of trials where there is little room.
func brief(c forecast.Chance) string {
	switch c.P {
	case 0:
		return "chance: no trial"
	case 1:
		return "chance: all trials"
	}
	return "chance " + points(c.P) + " (" + spread(c.Low, c.High) + ")"
}

// ended is the day on which something ends at a minute.
func ended(m calendar.Minute) calendar.Date {
	d, _ := m.Ended()
	return d
}

// worked writes a stretch of time: days where it passes round the clock and is so many, hours otherwise.
func worked(n calendar.Minutes, clock bool) string {
	n = max(n, -n)
	if clock && n >= calendar.Day {
		return count(int((n+calendar.Day/2)/calendar.Day), "day", "days")
	}
	one, many := "working hour", "working hours"
	if clock {
		one, many = "hour", "hours"
	}
	if n%calendar.Hour == 0 {
		return count(int(n/calendar.Hour), one, many)
	}
	return strconv.FormatFloat(float64(n)/60, 'f', 1, 64) + " " + many
}

// lag writes what must pass between two dates.
func lag(n calendar.Minutes) string {
	if n == 0 {
		return ""
	}
	text := worked(n, true)
	if n%calendar.Day != 0 && n > calendar.Day {
		text = worked(n, false)
		text = strings.Replace(text, "working ", "", 1)
	}
	if n < 0 {
		return ", less " + text
	}
	return ", plus " + text
}

// reasons puts what holds the early dates of something into words.
func (s *scribe) reasons(t *milestone.Timing, e milestone.Explanation) []string {
	var list []string
	say := func(text string) {
		if !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	for i := range e.Early {
		r := &e.Early[i]
		other := "“" + s.name(r.Other) + "”"
		text := ""
		switch r.Cause {
		case milestone.ByBegin:
			text = "may begin on " + day(t.Begin.Date()) + ", and nothing holds it longer"
			if t.Begin == 0 {
				text = "the beginning of the plan"
			}
		case milestone.ByActual:
			text = "it has happened"
			if t.Finished == 0 {
				text = "it has started"
			}
		case milestone.ByConstraint:
			text = words(r.Bound.Kind.String())
			if r.Bound.At != 0 {
				d := r.Bound.At.Date()
				if strings.Contains(text, "finish") || r.Bound.Kind == milestone.Deadline {
					d = ended(r.Bound.At)
				}
				text += " " + day(d)
			}
		case milestone.ByFinish:
			text = "it goes as late as the finish of its project allows"
		case milestone.ByRoom:
			text = "it goes as late as " + other + " allows"
		case milestone.ByParts:
			text = "the dates of its parts"
		case milestone.ByLink:
			switch r.Link {
			case milestone.StartStart:
				text = "starts once " + other + " has started"
			case milestone.FinishFinish:
				text = "finishes once " + other + " is finished"
			case milestone.StartFinish:
				text = "finishes once " + other + " has started"
			default:
				text = "waits for " + other
			}
			text += lag(r.Lag)
		}
		if !r.Via.IsZero() {
			text += " (by way of “" + s.name(r.Via) + "”)"
		}
		say(text)
	}
	return list
}
