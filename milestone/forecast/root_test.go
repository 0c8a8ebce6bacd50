//go:build goexperiment.simd && amd64

package forecast_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone/forecast"
)

// Every mantissa of two neighbouring binades, so that all numbers but the subnormal are covered: a power of four scales argument and root exactly.
func TestRootIsRoundedCorrectly(t *testing.T) {
	if !forecast.HasVectors() {
		t.Skip("this processor has no AVX-512")
	}
	var x, y [16]float32
	for _, exponent := range []uint32{127, 128, 90, 161} {
		for m := uint32(0); m < 1<<23; m += 16 {
			for i := range x {
				x[i] = math.Float32frombits(exponent<<23 | m + uint32(i))
			}
			forecast.Roots(&x, &y)
			for i := range x {
				if want := float32(math.Sqrt(float64(x[i]))); y[i] != want {
					require.Equal(t, want, y[i], "the root of %v", x[i])
				}
			}
		}
	}
}
