package journal_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/missionled/missionled/accountability/journal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"
)

func TestErrorTexts(t *testing.T) {
	at := journal.Checkpoint{Origin: origin, Size: 3}
	for _, c := range []struct {
		err  error
		text string
	}{
		{&journal.SequenceError{Got: 7, First: 1}, "there is no sequence number 7: the journal is empty"},
		{&journal.SequenceError{Got: 7, First: 1, Last: 6}, "sequence number 7, want one from 1 to 6"},
		{&journal.LimitError{What: "batch", Size: 9, Most: 8}, "the batch has 9 bytes, and 8 are the most"},
		{&journal.WriteError{Op: "write", Err: errFull}, "journal: write: no space left on device"},
		{&journal.WriteError{Op: "sync", Stopped: true, Err: errFull}, "journal: stopped until it is opened anew: sync: no space left on device"},
		{&journal.LockedError{Path: "p", Err: errors.ErrUnsupported}, "journal: p: this system has no lock that ends with its process: use Open with a storage of your own"},
		{&journal.FormatError{Found: []byte("PK\x03\x04")}, `journal: this is no journal: it starts with "PK\x03\x04", want "mljourn1"`},
		{&journal.OriginError{Have: "two words"}, `journal: "two words" is no origin: name the log as in "example.org/plan", without spaces`},
		{&journal.OriginError{Want: "a", Have: "b"}, `journal: the origin is "b", want "a"`},
		{&journal.CheckpointError{Want: at, Have: journal.Checkpoint{Origin: origin, Size: 3, Root: tlog.Hash{1}}},
			"journal: history has changed: the root at size 3 is AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=, and a checkpoint has AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},
	} {
		assert.EqualError(t, c.err, c.text)
	}
	assert.ErrorIs(t, &journal.LockedError{Err: errors.ErrUnsupported}, errors.ErrUnsupported)
}

// A failing source fails from a byte on.
type failing struct {
	*journal.Memory
	from int64
}

func (f failing) ReadAt(b []byte, off int64) (int, error) {
	if off+int64(len(b)) > f.from {
		return 0, errFull
	}
	return f.Memory.ReadAt(b, off)
}

// An error of the source is neither damage nor an unfinished write: nothing is cut off for it.
func TestSourceFails(t *testing.T) {
	_, m := filled(t, 2000)
	for _, from := range []int64{0, headSize, 300 << 10} {
		f := failing{m, from}
		before := m.Bytes()
		_, _, err := journal.Open(t.Context(), f, journal.Options{CutAtDamage: true})
		assert.Equal(t, errFull, err)
		_, err = journal.Verify(t.Context(), f, journal.Options{})
		assert.Equal(t, errFull, err)
		assert.True(t, bytes.Equal(before, m.Bytes()))
	}
	_, _, err := journal.Read(t.Context(), short{m}, journal.Options{})
	assert.ErrorIs(t, err, journal.ErrTruncated)
}

// A short source has fewer bytes than it says.
type short struct{ *journal.Memory }

func (s short) Size() (int64, error) {
	n, err := s.Memory.Size()
	return n + 1000, err
}

// What comes long after tells an unfinished write from damage: a batch that knows of a sync of what was there.
func TestZerosFarFromTheEnd(t *testing.T) {
	for _, c := range []struct {
		name   string
		every  int
		marked int // an Append after which there is a Sync; -1 for none
		whole  bool
	}{
		{"synced each", 0, -1, false},
		{"never synced", journal.SyncOnDemand, -1, true},
		{"synced before", journal.SyncOnDemand, 9, true},
		{"synced after", journal.SyncOnDemand, 2998, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := new(journal.Memory)
			j, _, err := journal.Open(t.Context(), m, journal.Options{Origin: origin, SyncEvery: c.every})
			require.NoError(t, err)
			for i := range 3000 {
				_, _, err := j.Append(sample(i))
				require.NoError(t, err)
				if i == c.marked {
					require.NoError(t, j.Sync())
				}
			}
			// A sector of the 20th batch or so is lost.
			_, err = m.WriteAt(make([]byte, 512), 16*512)
			require.NoError(t, err)
			back, r, err := journal.Open(t.Context(), m, journal.Options{})
			if !c.whole {
				require.ErrorIs(t, err, journal.ErrChecksum, "a batch behind it says that this one had been synced")
				return
			}
			require.NoError(t, err)
			assert.Greater(t, back.Len(), uint64(15))
			assert.Less(t, back.Len(), uint64(30))
			assert.Greater(t, r.Dropped, int64(1<<20))
			assert.Nil(t, r.Damage)
		})
	}
}

func TestMemory(t *testing.T) {
	m := new(journal.Memory)
	_, err := m.WriteAt([]byte("x"), -1)
	assert.Error(t, err)
	assert.Error(t, m.Truncate(-1))
	_, err = m.WriteAt([]byte("x"), 3)
	require.NoError(t, err)
	assert.Equal(t, "\x00\x00\x00x", string(m.Bytes()))
	require.NoError(t, m.Truncate(6))
	n, err := m.ReadAt(make([]byte, 9), 4)
	assert.Equal(t, 2, n)
	assert.Equal(t, io.EOF, err)
	_, err = m.ReadAt(make([]byte, 1), 7)
	assert.Equal(t, io.EOF, err)
	_, err = m.ReadAt(make([]byte, 1), -1)
	assert.Error(t, err)
}
