package gen_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/internal/gen"
	"github.com/missionled/missionled/mission"
)

func TestSpec(t *testing.T) {
	for _, size := range [][3]int{{0, 0, 0}, {-1, -2, -3}, {1, 0, 5}, {0, 1, 5}, {1, 1, 1}, {3, 2, 7}, {5, 100, 200}, {40, 2000, 3000}} {
		for seed := range uint64(3) {
			s := gen.Spec(seed, size[0], size[1], size[2])
			require.Empty(t, s.Check(), "missions, milestones, links %v, seed %d", size, seed)
			assert.Len(t, s.Missions, max(size[0], 0))
			if size[1] >= 2 {
				assert.Len(t, s.Dependencies, size[2])
			}
			m, err := mission.Compile(s, mission.View{On: s.AsOf})
			require.NoError(t, err)
			assert.Len(t, m.Plan().Milestones(), max(size[1], 0))
		}
	}
}

func TestSpecIsTheSameEveryTime(t *testing.T) {
	a, b := gen.Spec(7, 4, 50, 90), gen.Spec(7, 4, 50, 90)
	assert.True(t, reflect.DeepEqual(a, b))
	assert.False(t, reflect.DeepEqual(a, gen.Spec(8, 4, 50, 90)))
}

func BenchmarkSpec(b *testing.B) {
	for b.Loop() {
		gen.Spec(1, 25, 10_000, 20_000)
	}
}
