package mspdi_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/mspdi"
)

func shared(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../../shared/data/schedule/mspdi/" + name)
	if err != nil {
		t.Skip("Microsoft Project files absent: ../shared/data not beside the repository")
	}
	return data
}

func read(t testing.TB, text string) *mspdi.Import {
	t.Helper()
	in, err := mspdi.Read(bytes.NewReader([]byte(text)), mspdi.Options{})
	require.NoError(t, err)
	return in
}

func schedule(t testing.TB, in *mspdi.Import) *milestone.Schedule {
	t.Helper()
	plan, err := milestone.Compile(in.Spec, record.View{})
	require.NoError(t, err)
	s, err := plan.Schedule(record.Moment{}, in.Schedule)
	require.NoError(t, err)
	return s
}

// TestMicrosoftFiles holds schedules against what Microsoft Project saved. The one date that is not equal to the minute is the early
// finish of task 5 in mspdirelations.xml: a start-finish link ends it on Monday at 08:00 in the file, which is Friday at 17:00 on the working axis.
func TestMicrosoftFiles(t *testing.T) {
	for _, test := range []struct {
		file    string
		tasks   int
		inexact map[milestone.Compared]int
	}{
		{"task-links-project2007-mspdi.xml", 16, nil},
		{"task-links-project2013-mspdi.xml", 16, nil},
		{"mspdirelations.xml", 5, map[milestone.Compared]int{milestone.ComparedEarlyFinish: 1}},
	} {
		t.Run(test.file, func(t *testing.T) {
			in, err := mspdi.Read(bytes.NewReader(shared(t, test.file)), mspdi.Options{})
			require.NoError(t, err)
			agreements, differences := in.Against(schedule(t, in), 0)
			assert.Empty(t, differences)
			for _, a := range agreements {
				t.Log(a)
				assert.Equal(t, milestone.Agreement{Field: a.Field, Of: test.tasks, Agree: test.tasks, Exact: test.tasks - test.inexact[a.Field]}, a)
			}
			var out bytes.Buffer
			_, err = mspdi.Write(&out, in.Spec, mspdi.WriteOptions{})
			require.NoError(t, err)
			again := read(t, out.String())
			assert.Equal(t, in.Spec, again.Spec, "written and read again")
		})
	}
}

var _ calendar.Minute
