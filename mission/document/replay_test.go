package document_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/journal"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/internal/gen"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
)

func logOf(t testing.TB, entries ...journal.Entry) *journal.Journal {
	t.Helper()
	j, _, err := journal.Open(t.Context(), journal.NewMemory(nil), journal.Options{Origin: "example.org/plan"})
	require.NoError(t, err)
	if len(entries) > 0 {
		_, _, err = j.Append(entries...)
		require.NoError(t, err)
	}
	return j
}

// TestReplay holds that a plan comes out of a journal as it went in, and that each prefix is the plan as it was then known.
func TestReplay(t *testing.T) {
	spec := gen.Spec(3, 3, 20, 30)
	entries, err := document.Entries(spec, "clerk", time.Date(2026, time.January, 5, 9, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.NotEmpty(t, entries)
	j := logOf(t, entries...)
	head := mission.Spec{Format: spec.Format, Namespace: spec.Namespace, Title: spec.Title, AsOf: spec.AsOf}
	again, err := document.Replay(head, j, 0, document.Options{})
	require.NoError(t, err)
	for _, b := range again.Bases() {
		assert.False(t, b.Recorded.IsZero(), "each record knows since when it is known")
	}
	want, got := spec.Bases(), again.Bases()
	require.Len(t, got, len(want))
	for i := range got {
		if want[i].Recorded.IsZero() {
			assert.Equal(t, uint64(i+1), got[i].Sequence)
			got[i].Recorded, got[i].Sequence = want[i].Recorded, want[i].Sequence
		}
	}
	a, err := document.Marshal(spec)
	require.NoError(t, err)
	b, err := document.Marshal(again)
	require.NoError(t, err)
	assert.Equal(t, string(a), string(b))
}

// TestReplayFaults holds that every entry that does not make a record is named.
func TestReplayFaults(t *testing.T) {
	at := time.Date(2026, time.January, 5, 9, 0, 0, 0, time.UTC)
	entry := func(id record.ID, kind record.Kind, payload string) journal.Entry {
		return journal.Entry{Recorded: at, Actor: "clerk", Kind: kind, ID: id, Payload: []byte(payload)}
	}
	j := logOf(t, entry("m", mission.KindMission, `{"id":"m","name":"M","verb":"correct","of":"n","reason":"r"}`), entry("x", "quango", `{}`), entry("m2", mission.KindMission, `{"id":"m3","name":3}`))
	_, err := document.Replay(mission.Spec{}, j, 0, document.Options{})
	for _, want := range []string{"entries[0]", "the journal says assert and the record correct", "entries[1]", "quango", "entries[2].name", `filed under "m2"`} {
		assert.ErrorContains(t, err, want)
	}
	require.ErrorAs(t, err, new(*document.ReplayError))
	_, err = document.Replay(mission.Spec{}, j, 9, document.Options{})
	assert.ErrorContains(t, err, "entry 9: the journal has 3 entries")
}

func ExampleReplay() {
	j, _, err := journal.Open(context.Background(), journal.NewMemory(nil), journal.Options{Origin: "example.org/plan"})
	if err != nil {
		fmt.Println(err)
		return
	}
	day := func(d int) time.Time { return time.Date(2026, time.May, d, 12, 0, 0, 0, time.UTC) }
	plan := mission.Spec{Missions: []mission.Mission{{Record: record.Invented("warm"), Name: "Warm homes"}}}
	first, _ := document.Entries(plan, "clerk", day(4))
	later := mission.Spec{Missions: []mission.Mission{{Record: record.Record{ID: "warm-2", Of: "warm", Verb: record.Correct, Reason: "a slip", Grade: record.Illustrative}, Name: "Warm and dry homes"}}}
	second, _ := document.Entries(later, "clerk", day(18))
	if _, _, err := j.Append(append(first, second...)...); err != nil {
		fmt.Println(err)
		return
	}
	for _, known := range []time.Time{day(10), day(20)} {
		size, _ := j.SizeAt(known)
		spec, err := document.Replay(mission.Spec{}, j, size, document.Options{})
		if err != nil {
			fmt.Println(err)
			return
		}
		model, _ := mission.Compile(spec, mission.View{})
		fmt.Println(known.Format(time.DateOnly), model.Mission("warm", record.Moment{})[0].Record.Name)
	}
	// Output:
	// 2026-05-10 Warm homes
	// 2026-05-20 Warm and dry homes
}
