package forecast

import (
	"errors"
	"math"

	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// TrendForecast is where an indicator will be on a day, in its unit.
type TrendForecast struct {
	// On is the day; for a flow, the last day counted.
	On calendar.Date
	// From is the first day counted, for a flow.
	From calendar.Date
	// Reading is the figure as it will be published, with the error of a reading. Whether a target is met is for readings to
	// say, so chances are taken from it.
	Reading TrendSpread
	// Level is what lies beneath, free of the reading's own error.
	Level TrendSpread
}

// Forecast returns where the indicator will be on a day from the last reading on; for a flow, the reading to come whose period
// ends on that day and is as long as the last one. The error is a [*NoTrendError] for earlier days, for a period of a flow that
// would begin before the last reading ends, and from the zero Trend. It takes constant time.
func (t *Trend) Forecast(on calendar.Date) (TrendForecast, error) {
	if err := t.reaches(on); err != nil {
		return TrendForecast{}, err
	}
	if t.space.flow {
		return t.Further(on.Add(1-calendar.Days(t.usual())), on)
	}
	level, reading := t.ahead(&t.state, float64(on.Sub(t.base)), 0, t.future)
	return TrendForecast{On: on, Reading: reading, Level: level}, nil
}

// Further returns what will come in from one day to another, both included, as readings of a flow will count it. Both lie after
// the last reading. The error is a [*NoTrendError]; a stock does not add up and is refused.
func (t *Trend) Further(from, until calendar.Date) (TrendForecast, error) {
	switch {
	case len(t.points) == 0:
		return TrendForecast{}, t.reaches(until)
	case !t.space.flow:
		return TrendForecast{}, &NoTrendError{Readings: len(t.points), Why: "readings of how things stand do not add up"}
	case !from.After(t.base):
		return TrendForecast{}, &NoTrendError{Readings: len(t.points), Why: "the days asked about begin before the last reading ends, on " + t.base.String()}
	case until.Before(from):
		return TrendForecast{}, &NoTrendError{Readings: len(t.points), Why: "the days asked about end before they begin"}
	}
	level, reading := t.ahead(&t.state, float64(from.Sub(t.base))-1, float64(until.Sub(from))+1, t.future)
	return TrendForecast{On: until, From: from, Reading: reading, Level: level}, nil
}

func (t *Trend) reaches(on calendar.Date) error {
	switch {
	case len(t.points) == 0:
		return &NoTrendError{Needed: trendFew, Why: trendCount(0)}
	case on.IsZero():
		return &NoTrendError{Readings: len(t.points), Why: "no day is given"}
	case on.Before(t.base):
		return &NoTrendError{Readings: len(t.points), Why: "the last reading is for " + t.base.String() + ", and a forecast looks ahead of it"}
	}
	return nil
}

// ahead is the level and the reading after a wait of so many days, and for a flow what it then counts in so many more.
func (t *Trend) ahead(from *trendState, wait, count, noise float64) (level, reading TrendSpread) {
	s := *from
	s.move(&t.space, wait, false)
	z := 1
	if t.space.flow {
		s.forget()
		s.move(&t.space, count, true)
		z = 0
		noise *= count
	}
	variance := s.p[0]
	if z == 1 {
		variance = s.p[3]
	}
	spread := func(v float64) TrendSpread {
		return TrendSpread{centre: s.a[z], scale: math.Sqrt(max(0, v)), dof: t.dof, bounds: t.options.Bounds}
	}
	return spread(variance), spread(variance + noise)
}

// TrendPace is how fast an indicator moves at its last reading.
type TrendPace struct {
	// PerDay is in the indicator's unit a day: the slope of a stock, the rate of a flow.
	PerDay float64
	// Error is its standard error, or for a t its scale. On a bounded scale both hold near the present level.
	Error float64
	// DegreesOfFreedom are those of a t; nought for a normal distribution.
	DegreesOfFreedom int
}

// Pace returns how fast the indicator is moving. ok is false for a local level of a stock, which has no slope, and for the zero
// Trend.
func (t *Trend) Pace() (pace TrendPace, ok bool) {
	switch {
	case len(t.points) == 0:
		return pace, false
	case t.space.flow:
		return TrendPace{PerDay: t.state.a[1], Error: math.Sqrt(max(0, t.state.p[3])), DegreesOfFreedom: t.dof}, true
	case !t.space.linear:
		return pace, false
	}
	per := 1 / t.stretch(t.options.Bounds.down(t.state.a[1]))
	return TrendPace{PerDay: t.state.a[2] * per, Error: math.Sqrt(max(0, t.state.p[5])) * per, DegreesOfFreedom: t.dof}, true
}

// TrendAmbition holds one number for each of three levels of ambition: the levels themselves, in the indicator's unit, or the
// probabilities of reaching them, 0 to 1.
type TrendAmbition struct{ Floor, Central, Stretch float64 }

// Causes of a refusal of [Trend.Ambition].
var (
	ErrTrendAmbition  = errors.New("floor, central and stretch must be finite and each at least as demanding as the one before")
	ErrTrendDirection = errors.New("say which way is better")
)

// Ambition returns the probability of reaching each of three levels by a day: that much or more where up is better, that much or
// less where down is. For a flow the levels are of what comes in from the day after the last reading to that day. The error is
// [ErrTrendAmbition], [ErrTrendDirection] or a [*NoTrendError].
func (t *Trend) Ambition(on calendar.Date, better milestone.Direction, levels TrendAmbition) (TrendAmbition, error) {
	sign := 1.0
	switch better {
	case milestone.Up:
	case milestone.Down:
		sign = -1
	default:
		return TrendAmbition{}, ErrTrendDirection
	}
	l := levels
	if !(sign*l.Floor <= sign*l.Central && sign*l.Central <= sign*l.Stretch) || math.IsInf(l.Floor, 0) || math.IsInf(l.Stretch, 0) {
		return TrendAmbition{}, ErrTrendAmbition
	}
	f, err := t.Forecast(on)
	if t.space.flow {
		f, err = t.Further(t.base.Add(1), on)
	}
	if err != nil {
		return TrendAmbition{}, err
	}
	reach := f.Reading.AtLeast
	if better == milestone.Down {
		reach = f.Reading.AtMost
	}
	return TrendAmbition{Floor: reach(l.Floor), Central: reach(l.Central), Stretch: reach(l.Stretch)}, nil
}
