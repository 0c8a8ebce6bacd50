package journal_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/missionled/missionled/accountability/journal"
	"github.com/missionled/missionled/accountability/record"
	"github.com/stretchr/testify/require"
)

const origin = "example.org/plan"

var noon = time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)

// sample is the entry with number i of every test journal: about 300 bytes as encoded, none like another.
func sample(i int) journal.Entry {
	e := journal.Entry{
		Recorded: noon.Add(time.Duration(i) * 90 * time.Second),
		Actor:    "a-7f3c",
		Verb:     record.Assert,
		Kind:     "duty",
		ID:       record.ID(fmt.Sprintf("duty-%d", i)),
		Payload: fmt.Appendf(nil, `{"id":"duty-%d","duty":"mission-lead","subject":"mission/clean-energy","post":"sos-%d",`+
			`"from":"2024-07-05","source":"pfc","at":"p. 12","grade":"document","note":"said of the whole of the mission"}`, i, i%7),
		Evidence: []string{"source/pfc"},
	}
	if i%5 == 3 {
		e.Verb, e.Reason = record.Correct, "the letter gives another day"
	}
	return e
}

// filled returns a journal in memory with n entries, one a batch but for those that sizes gives.
func filled(t testing.TB, n int, sizes ...int) (*journal.Journal, *journal.Memory) {
	t.Helper()
	m := new(journal.Memory)
	j, _, err := journal.Open(t.Context(), m, journal.Options{Origin: origin})
	require.NoError(t, err)
	for i := 0; i < n; {
		size := 1
		if len(sizes) > 0 {
			size, sizes = sizes[0], sizes[1:]
		}
		var entries []journal.Entry
		for ; len(entries) < size && i < n; i++ {
			entries = append(entries, sample(i))
		}
		_, _, err := j.Append(entries...)
		require.NoError(t, err)
	}
	return j, m
}

// collect returns all entries, and the error they end with.
func collect(j *journal.Journal) ([]journal.Entry, error) {
	var all []journal.Entry
	for e, err := range j.Entries(0, 0) {
		if err != nil {
			return all, err
		}
		all = append(all, e)
	}
	return all, nil
}

// numbered is sample as the journal gives it back.
func numbered(i int) journal.Entry {
	e := sample(i)
	e.Sequence = uint64(i) + 1
	return e
}
