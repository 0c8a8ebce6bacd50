package accountability_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
)

func BenchmarkShapley(b *testing.B) {
	many := accountability.Vote{Quota: 255, Weights: make([]int64, 27)} // as many as the members of the Council of the European Union
	for i := range many.Weights {
		many.Weights[i] = int64(3 + i)
	}
	for b.Loop() {
		_, err := many.Shapley()
		require.NoError(b, err)
	}
}

func BenchmarkSpells(b *testing.B) {
	r := twoHolders()
	for b.Loop() {
		require.Len(b, r.Spells("post", time.Time{}), 2)
	}
}
