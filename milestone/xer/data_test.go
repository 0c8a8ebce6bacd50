package xer_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/xer"
)

func read(t testing.TB, text string) *xer.Import {
	t.Helper()
	in, err := xer.Read(bytes.NewReader([]byte(text)), xer.Options{})
	require.NoError(t, err)
	return in
}

func schedule(t testing.TB, in *xer.Import) *milestone.Schedule {
	t.Helper()
	plan, err := milestone.Compile(in.Spec, record.View{})
	require.NoError(t, err)
	s, err := plan.Schedule(record.Moment{}, in.Schedule)
	require.NoError(t, err)
	return s
}

// TestPrimaveraFile holds a schedule against what Primavera P6 saved. Dates differ by a minute where a start-finish link from a start at 08:00
// gives 08:01 and 15:59 in the file.
func TestPrimaveraFile(t *testing.T) {
	data, err := os.ReadFile("../../../shared/data/schedule/p6/p6_construction.sanitised.xer")
	if err != nil {
		t.Skip("Primavera file absent: ../shared/data not beside the repository")
	}
	in, err := xer.Read(bytes.NewReader(data), xer.Options{})
	require.NoError(t, err)
	agreements, differences := in.Against(schedule(t, in), 1)
	for _, d := range differences {
		t.Log(d)
	}
	_, exact := in.Against(schedule(t, in), 0)
	for _, d := range exact {
		t.Log(d)
	}
	assert.Empty(t, differences)
	for _, a := range agreements {
		t.Log(a)
		assert.Equal(t, 51, a.Of)
		assert.Equal(t, 51, a.Agree)
	}
}
