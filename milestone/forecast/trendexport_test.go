package forecast

// The internals that tests look at.
var (
	TrendLog             = trendLog
	TrendExp             = trendExp
	TrendNormal          = trendNormal
	TrendStudent         = trendStudent
	TrendStudentQuantile = trendStudentQuantile
)

// TrendNormalDraw is one standard normal draw of a trial, for the golden vectors.
func TrendNormalDraw(seed, key, trial, day uint64, component int) float64 {
	return trendTrial(seed, key, trial).normal(day, component)
}

// CentreAndScale shows a spread on the scale of its model.
func (s TrendSpread) CentreAndScale() (centre, scale float64) { return s.centre, s.scale }
