package forecast

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// trendSource is what a plan says around the readings.
type trendSource struct {
	indicator *milestone.Indicator
	records   []record.Ref
	leftOut   []string
}

// TrendOf reads the trend of an indicator off a plan: the readings known at the moment's instant whose periods are over by its
// day. Without a day of the moment's own no reading is too late. Later revisions take the place of what they revise once they
// are known, so the trend at an earlier instant is the one that could be seen then.
//
// Readings without a known value are passed over. Where sources differ on a period none of its readings is used, unless the
// options name a claimant. Where the options set no bounds, the ends of the indicator's own scale bound a stock none of whose readings has reached them. Of readings of a stock for one last day the one with the shortest period is used. [Trend.LeftOut]
// lists them.
//
// The error is that of [FitTrend]; a [*NoTrendError] names the indicator, and says so where the plan does not have it. A
// standard error below nought is a [*TrendPointError].
func TrendOf(plan *milestone.Plan, indicator record.ID, at record.Moment, options TrendOptions) (*Trend, error) {
	claims := plan.Indicator(indicator, at)
	if len(claims) == 0 {
		return nil, &NoTrendError{Indicator: indicator, Why: "it is not in the plan, is left out by the view, or was not known or not in use then"}
	}
	ind := claims[0].Record
	id := ind.Fact()
	options.Reading = ind.Reading
	source := trendSource{indicator: ind}
	points, err := source.points(plan.Observations(id, at), at.On, options)
	if err != nil {
		return nil, err
	}
	if own := (TrendBounds{Low: ind.Least.Float(), High: ind.Most.Float()}); options.Bounds.IsZero() && ind.Reading != milestone.Flow && own.Low < own.High &&
		!slices.ContainsFunc(points, func(p TrendPoint) bool { return p.Value <= own.Low || p.Value >= own.High }) {
		options.Bounds = own
	}
	t, err := FitTrend(points, options)
	if err != nil {
		if r, ok := err.(*NoTrendError); ok {
			r.Indicator = id
		}
		return nil, err
	}
	t.source = source
	return t, nil
}

// Records returns the observations that were used, in the order of their periods; none where the readings came without a plan.
func (t *Trend) Records() []record.Ref { return slices.Clone(t.source.records) }

// LeftOut says of each reading that could not be used why, in the order of their periods.
func (t *Trend) LeftOut() []string { return slices.Clone(t.source.leftOut) }

// points turns observations into readings, one a period.
func (s *trendSource) points(claims []record.Claim[milestone.Observation], on calendar.Date, options TrendOptions) ([]TrendPoint, error) {
	var over []*milestone.Observation
	for _, c := range claims {
		o := c.Record
		if !o.Period.IsResolved() || !on.IsZero() && o.Period.Latest().After(on) || options.Claimant != "" && o.Claimant != options.Claimant {
			continue
		}
		over = append(over, o)
	}
	slices.SortStableFunc(over, func(a, b *milestone.Observation) int {
		if c := a.Period.Latest().Compare(b.Period.Latest()); c != 0 {
			return c
		}
		return a.Period.Earliest().Compare(b.Period.Earliest())
	})
	flow := options.Reading == milestone.Flow
	var points []TrendPoint
	for i := 0; i < len(over); {
		period := over[i].Period
		j := i
		for j < len(over) && over[j].Period.Latest() == period.Latest() && over[j].Period.Earliest() == period.Earliest() {
			j++
		}
		if p, ok, err := s.one(over[i:j], options); err != nil {
			return nil, err
		} else if ok {
			n := len(points)
			if !flow && n > 0 && points[n-1].On == p.On {
				s.leave(over[i-1].Period.String(), "a reading for a shorter period has the same last day")
				points = points[:n-1]
			}
			points = append(points, p)
		}
		i = j
	}
	return points, nil
}

func (s *trendSource) leave(period, why string) {
	s.leftOut = append(s.leftOut, "the reading for "+period+" is left out: "+why)
}

// one makes a reading of the observations of one period.
func (s *trendSource) one(list []*milestone.Observation, options TrendOptions) (p TrendPoint, ok bool, err error) {
	period := list[0].Period
	var first *milestone.Observation
	for _, o := range list {
		v, known := o.Value.Get()
		switch {
		case !known:
			s.leave(period.String(), "its value is "+o.Value.Why())
		case first == nil:
			first = o
		case v.Float() != first.Value.V.Float():
			s.leave(period.String(), "sources differ on it ("+first.Value.V.String()+" and "+v.String()+")")
			return p, false, nil
		}
	}
	if first == nil {
		return p, false, nil
	}
	p = TrendPoint{Record: first.ID, From: period.Earliest(), On: period.Latest(), Value: first.Value.V.Float()}
	for _, o := range list {
		if _, known := o.Value.Get(); !known {
			continue
		}
		s.records = append(s.records, record.Ref{Kind: milestone.KindObservation, ID: o.ID})
		se, stated := options.StandardErrors[o.ID]
		if !stated && !o.StandardError.IsZero() {
			se = o.StandardError.Float()
		}
		if p.StandardError == 0 {
			p.StandardError = se
		}
	}
	return p, true, nil
}
