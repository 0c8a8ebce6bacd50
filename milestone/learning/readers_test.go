package learning_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone/learning"
)

// TestManyReaders asks one belief from many sides at once. What it rests on is worked out when first asked for, once, and is the same for
// all; run it under the race detector.
func TestManyReaders(t *testing.T) {
	outlook, err := two().Compile(learning.TheoryOptions{})
	require.NoError(t, err)
	alone, err := outlook.Given(learning.Seen{})
	require.NoError(t, err)
	want, err := alone.Rests("stays")
	require.NoError(t, err)
	belief, err := outlook.Given(learning.Seen{})
	require.NoError(t, err)
	got, faults := make([][]learning.Reliance, 8), make([]error, 8)
	var group sync.WaitGroup
	for i := range got {
		group.Go(func() { got[i], faults[i] = belief.Rests("stays") })
	}
	group.Wait()
	for i := range got {
		require.NoError(t, faults[i])
		assert.Equal(t, want, got[i])
	}
}
