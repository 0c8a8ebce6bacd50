package learning_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/learning"
)

func places(n, each int, seed uint64, share func(int) float64) []learning.PlaceEvidence {
	r := rand.New(rand.NewPCG(seed, 0))
	var out []learning.PlaceEvidence
	for i := range n {
		p := learning.PlaceEvidence{Place: record.ID("place-" + strconv.Itoa(100+i)), Shares: draw(r, share(i), each)}
		if i%2 == 0 {
			p.Context = []string{"rural"}
		}
		out = append(out, p)
	}
	return out
}

func TestWhatDiffers(t *testing.T) {
	same := func(int) float64 { return 0.3 }
	alarms := 0
	for seed := range uint64(300) {
		d, err := learning.WhatDiffers(places(30, 40, seed, same), 0.05)
		require.NoError(t, err)
		if !d.Consistent {
			alarms++
		}
	}
	assert.InDelta(t, 0.05, float64(alarms)/300, 0.04, "identical places are called different about once in twenty")

	d, err := learning.WhatDiffers(places(12, 400, 1, func(i int) float64 { return 0.2 + 0.2*float64(i%2) }), 0.05)
	require.NoError(t, err)
	assert.False(t, d.Consistent)
	require.Len(t, d.Contexts, 1)
	assert.Less(t, d.Contexts[0].Difference.High, -0.1, "places in the country have the lower share")
	in := places(12, 40, 5, same)
	slices.Reverse(in)
	d, err = learning.WhatDiffers(in, 0.05)
	require.NoError(t, err)
	assert.True(t, slices.IsSortedFunc(d.Places, func(a, b learning.PlaceView) int {
		return slices.Compare([]byte(a.Place), []byte(b.Place))
	}), "in the order of ids, whatever the order given")
	for _, p := range d.Places {
		assert.Less(t, p.Pooled.Width(), 0.31, "drawn together: alone each would span 28 points")
	}

	few := places(9, 40, 1, same)
	for i := range 5 {
		few[i].Shares = learning.Counts{Yes: 2, N: 9}
	}
	_, err = learning.WhatDiffers(few, 0.05)
	s, ok := errors.AsType[*learning.SuppressedError](err)
	require.True(t, ok)
	assert.Equal(t, learning.SuppressedError{Places: 4, Need: 5}, *s)
	d, err = learning.WhatDiffers(append(few, places(30, 40, 1, same)[20:]...), 0.05)
	require.NoError(t, err)
	assert.Len(t, d.Withheld, 5)
	assert.Len(t, d.Places, 14)
	_, err = learning.WhatDiffers(append(few, few[0]), 0.05)
	_, ok = errors.AsType[*learning.RangeError](err)
	assert.True(t, ok, "a place twice")
}

// TestDerSimonianLaird holds the pooling to the figures of the BCG vaccine trials as metafor's documentation prints them
// for method DL: tau² 0.3088, estimate -0.7141 ± 0.1787, Q = 152.2330 on 12 degrees of freedom.
func TestDerSimonianLaird(t *testing.T) {
	trials := [][4]float64{{4, 119, 11, 128}, {6, 300, 29, 274}, {3, 228, 11, 209}, {62, 13536, 248, 12619}, {33, 5036, 47, 5761},
		{180, 1361, 372, 1079}, {8, 2537, 10, 619}, {505, 87886, 499, 87892}, {29, 7470, 45, 7232}, {17, 1699, 65, 1600},
		{186, 50448, 141, 27197}, {5, 2493, 3, 2338}, {27, 16886, 29, 17825}}
	var in []learning.PlaceEvidence
	for i, x := range trials {
		in = append(in, learning.PlaceEvidence{Place: record.ID("trial-" + strconv.Itoa(10+i)), N: 100, Estimate: learning.Estimate{
			Effect: math.Log(x[0]/(x[0]+x[1])) - math.Log(x[2]/(x[2]+x[3])),
			SE:     math.Sqrt(1/x[0] - 1/(x[0]+x[1]) + 1/x[2] - 1/(x[2]+x[3]))}})
	}
	d, err := learning.WhatDiffers(in, 0.05)
	require.NoError(t, err)
	assert.InDelta(t, 152.2330, d.Q, 1e-4)
	assert.Equal(t, 12, d.DF)
	assert.InDelta(t, 0.3088, d.Between*d.Between, 1e-4)
	assert.InDelta(t, -0.7141, (d.Common.Low+d.Common.High)/2, 1e-4)
	assert.InDelta(t, 0.1787, d.Common.Width()/2/1.959963984540054, 1e-4)
	assert.Less(t, d.P, 1e-4)
	assert.False(t, d.Consistent)
}
