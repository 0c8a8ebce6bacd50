package forecast_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/missionled/missionled/milestone/forecast"
)

func TestTrendElementaryFunctions(t *testing.T) {
	for i := -4000; i <= 4000; i++ {
		x := float64(i) / 13
		want := math.Exp(x)
		assert.InEpsilon(t, want, forecast.TrendExp(x), 1e-15, "exp %v", x)
		y := math.Exp(x / 2)
		if y != 1 {
			assert.InDelta(t, 1, forecast.TrendLog(y)/math.Log(y), 1e-15, "log %v", y)
		}
	}
	assert.Equal(t, 0.0, forecast.TrendLog(1))
	assert.Equal(t, 1.0, forecast.TrendExp(0))
	assert.Equal(t, 0.0, forecast.TrendExp(math.Inf(-1)))
	assert.True(t, math.IsInf(forecast.TrendExp(800), 1))
	assert.True(t, math.IsNaN(forecast.TrendExp(math.NaN())))
}

func TestTrendNormalQuantile(t *testing.T) {
	for i := 1; i < 2000; i++ {
		p := float64(i) / 2000
		assert.InDelta(t, -math.Sqrt2*math.Erfcinv(2*p), forecast.TrendNormal(p), 1e-13*(1+math.Abs(forecast.TrendNormal(p))), "p = %v", p)
	}
	for _, p := range []float64{1e-300, 1e-100, 1e-16, 1e-10} {
		assert.InEpsilon(t, p, 0.5*math.Erfc(-forecast.TrendNormal(p)/math.Sqrt2), 1e-11, "p = %v", p)
	}
}

// The percentage points of t are those of any printed table.
func TestTrendStudent(t *testing.T) {
	for _, c := range []struct {
		dof     int
		p, want float64
	}{
		{1, 0.975, 12.7062047362}, {1, 0.9995, 636.619248769}, {2, 0.975, 4.30265272975}, {3, 0.95, 2.35336343480},
		{4, 0.9995, 8.61030158138}, {5, 0.975, 2.57058183564}, {5, 0.9, 1.47588404882}, {30, 0.975, 2.04227245630}, {97, 0.975, 1.98472318588},
	} {
		assert.InEpsilon(t, c.want, forecast.TrendStudentQuantile(c.p, c.dof), 1e-9, "%d %v", c.dof, c.p)
		assert.InEpsilon(t, -c.want, forecast.TrendStudentQuantile(1-c.p, c.dof), 1e-9)
		assert.InDelta(t, c.p, forecast.TrendStudent(c.want, c.dof), 1e-10)
	}
	for dof := 1; dof < 12; dof++ { // the two formulas meet
		edge := math.Sqrt(1e4 * float64(dof))
		a, b := 1-forecast.TrendStudent(edge*(1-1e-9), dof), 1-forecast.TrendStudent(edge*(1+1e-9), dof)
		assert.InDelta(t, a, b, 1e-7*a+1e-14)
	}
}
