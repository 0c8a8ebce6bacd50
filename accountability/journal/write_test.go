package journal_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/missionled/missionled/accountability/journal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var errFull = errors.New("no space left on device")

// A faulty storage fails as it is told to.
type faulty struct {
	*journal.Memory
	room     int64 // how long it may get; 0 is without limit
	silent   bool  // a write that is too long is cut short without an error
	sync     error
	truncate error
	size     error
}

func (f *faulty) WriteAt(b []byte, off int64) (int, error) {
	if f.room == 0 || off+int64(len(b)) <= f.room {
		return f.Memory.WriteAt(b, off)
	}
	n, _ := f.Memory.WriteAt(b[:max(0, f.room-off)], off)
	if f.silent {
		return n, nil
	}
	return n, errFull
}

func (f *faulty) Sync() error { return f.sync }

func (f *faulty) Truncate(size int64) error {
	if f.truncate != nil {
		return f.truncate
	}
	return f.Memory.Truncate(size)
}

func (f *faulty) Size() (int64, error) {
	n, _ := f.Memory.Size()
	return n, f.size
}

// A full disk: the entry is not acknowledged and is not there, the others are, and with room again it can be appended.
func TestFullDisk(t *testing.T) {
	_, m := filled(t, 3)
	before := m.Bytes()
	_, pieces := apart(before)
	for _, silent := range []bool{false, true} {
		for _, stuck := range []bool{false, true} { // the part that was written cannot be cut off at once
			for room := int64(len(before)); room < int64(len(before)+batchHead+bodyLen(pieces[2])); room++ {
				f := &faulty{Memory: journal.NewMemory(before)}
				j, _, err := journal.Open(t.Context(), f, journal.Options{})
				require.NoError(t, err)
				f.room, f.silent = room, silent
				if stuck {
					f.truncate = errors.New("stuck")
				}
				_, _, err = j.Append(sample(3))
				failed, ok := errors.AsType[*journal.WriteError](err)
				require.True(t, ok, err)
				require.Equal(t, "write", failed.Op)
				require.False(t, failed.Stopped)
				if silent {
					require.ErrorIs(t, err, io.ErrShortWrite)
				} else {
					require.ErrorIs(t, err, errFull)
				}
				require.EqualValues(t, 3, j.Len())
				all, err := collect(j)
				require.NoError(t, err)
				require.Len(t, all, 3)

				// What is on the disk now is what a process killed at this moment leaves.
				left := f.Bytes()
				if !stuck {
					require.Equal(t, before, left)
				} else {
					_, _, err = j.Append(sample(3))
					failed, ok := errors.AsType[*journal.WriteError](err)
					require.True(t, ok)
					require.Equal(t, "truncate", failed.Op)
				}
				back, r, err := journal.Open(t.Context(), journal.NewMemory(left), journal.Options{})
				require.NoError(t, err)
				require.EqualValues(t, 3, back.Len())
				require.EqualValues(t, len(left)-len(before), r.Dropped)

				f.room, f.truncate = 0, nil
				_, last, err := j.Append(sample(3))
				require.NoError(t, err)
				require.EqualValues(t, 4, last)
				_, err = journal.Verify(t.Context(), f, journal.Options{})
				require.NoError(t, err)
			}
		}
	}
}

// A sync that fails before anything is acknowledged costs nothing: the entry is written anew.
func TestSyncFails(t *testing.T) {
	f := &faulty{Memory: new(journal.Memory)}
	j, _, err := journal.Open(t.Context(), f, journal.Options{Origin: origin})
	require.NoError(t, err)
	_, _, err = j.Append(sample(0))
	require.NoError(t, err)
	f.sync = errFull
	_, _, err = j.Append(sample(1))
	failed, ok := errors.AsType[*journal.WriteError](err)
	require.True(t, ok)
	assert.Equal(t, &journal.WriteError{Op: "sync", Err: errFull}, failed)
	assert.EqualValues(t, 1, j.Len())
	f.sync = nil
	_, last, err := j.Append(sample(1))
	require.NoError(t, err)
	assert.EqualValues(t, 2, last)
	_, err = journal.Verify(t.Context(), f, journal.Options{})
	require.NoError(t, err)
}

// A sync that fails after entries were acknowledged stops the writer, for the next sync may lie.
func TestSyncFailsLate(t *testing.T) {
	for _, late := range []struct {
		name string
		do   func(j *journal.Journal) error
	}{
		{"append", func(j *journal.Journal) error { _, _, err := j.Append(sample(2)); return err }},
		{"sync", (*journal.Journal).Sync},
		{"checkpoint", func(j *journal.Journal) error { _, err := j.Checkpoint(); return err }},
		{"close", (*journal.Journal).Close},
	} {
		t.Run(late.name, func(t *testing.T) {
			f := &faulty{Memory: new(journal.Memory)}
			j, _, err := journal.Open(t.Context(), f, journal.Options{Origin: origin, SyncEvery: 3})
			require.NoError(t, err)
			for i := range 2 {
				_, _, err = j.Append(sample(i))
				require.NoError(t, err)
			}
			f.sync = errFull
			err = late.do(j)
			failed, ok := errors.AsType[*journal.WriteError](err)
			require.True(t, ok, err)
			assert.True(t, failed.Stopped)
			f.sync = nil
			_, _, err = j.Append(sample(2))
			assert.Error(t, err)
			if late.name != "close" {
				assert.Equal(t, failed, err)
				assert.Equal(t, failed, j.Sync())
				_, err = j.Checkpoint()
				assert.Equal(t, failed, err)
			}
			all, err := collect(j)
			require.NoError(t, err)
			assert.Len(t, all, 2)
			back, _, err := journal.Open(t.Context(), f, journal.Options{})
			require.NoError(t, err)
			assert.EqualValues(t, 2, back.Len())
		})
	}
}

func TestSyncPolicy(t *testing.T) {
	for _, c := range []struct {
		every int
		want  []int // entries that are synced after each Append
	}{
		{0, []int{1, 2, 3, 4, 5}}, {1, []int{1, 2, 3, 4, 5}}, {2, []int{0, 2, 2, 4, 4}}, {journal.SyncOnDemand, []int{0, 0, 0, 0, 0}},
	} {
		l := &lossy{Memory: new(journal.Memory)}
		j, _, err := journal.Open(t.Context(), l, journal.Options{Origin: origin, SyncEvery: c.every})
		require.NoError(t, err)
		synced := func() int {
			back, _, err := journal.Read(t.Context(), journal.NewMemory(l.synced), journal.Options{})
			require.NoError(t, err)
			return int(back.Len())
		}
		for i, want := range c.want {
			_, _, err := j.Append(sample(i))
			require.NoError(t, err)
			assert.Equal(t, want, synced(), "%d %d", c.every, i)
		}
		// A checkpoint speaks of no entry that may be lost.
		_, err = j.CheckpointAt(uint64(synced()))
		require.NoError(t, err)
		assert.Equal(t, c.want[4], synced())
		k, err := j.Checkpoint()
		require.NoError(t, err)
		assert.EqualValues(t, 5, k.Size)
		assert.Equal(t, 5, synced())
		_, _, err = j.Append(sample(5))
		require.NoError(t, err)
		require.NoError(t, j.Close())
		assert.Equal(t, 6, synced())
	}
}

func TestOpenFails(t *testing.T) {
	_, m := filled(t, 2)
	torn := m.Bytes()[:len(m.Bytes())-1]
	for op, f := range map[string]*faulty{
		"sync":     {Memory: journal.NewMemory(torn), sync: errFull},
		"truncate": {Memory: journal.NewMemory(torn), truncate: errFull},
		"write":    {Memory: new(journal.Memory), room: 100},
	} {
		_, _, err := journal.Open(t.Context(), f, journal.Options{Origin: origin})
		failed, ok := errors.AsType[*journal.WriteError](err)
		require.True(t, ok, op)
		assert.Equal(t, op, failed.Op)
		assert.ErrorIs(t, err, errFull)
	}
	_, _, err := journal.Open(t.Context(), &faulty{Memory: m, size: errFull}, journal.Options{})
	assert.ErrorIs(t, err, errFull)
}

func TestAppendRefuses(t *testing.T) {
	j, m := filled(t, 2)
	before := m.Bytes()
	taken, early, bad := sample(2), sample(2), sample(3)
	taken.Sequence = 2
	early.Recorded = sample(1).Recorded.Add(-1)
	bad.Actor = "No Id"
	first, last, err := j.Append(sample(2), taken, early, bad)
	assert.Zero(t, first)
	assert.Zero(t, last)
	assert.EqualError(t, err, strings.Join([]string{
		"journal: entry 2: sequence: sequence number 2, want 4",
		"journal: entry [2]: recorded: recorded at 2025-03-01T12:01:29.999999999Z, before the entry before it, which is of 2025-03-01T12:03:00Z",
		`journal: entry [3]: actor: "No Id" is no id: use lower-case letters, digits and hyphens, such as "no-id"`,
	}, "\n"))
	at, ok := errors.AsType[*journal.TimeError](err)
	require.True(t, ok)
	assert.Equal(t, early.Recorded, at.Recorded)
	assert.Equal(t, before, m.Bytes())
	assert.EqualValues(t, 2, j.Len())

	same := sample(2)
	same.Recorded = sample(1).Recorded
	same.Sequence = 3
	_, _, err = j.Append(same)
	require.NoError(t, err, "the same instant, and the sequence that it gets")

	first, last, err = j.Append()
	require.NoError(t, err)
	assert.Equal(t, []uint64{4, 3}, []uint64{first, last})

	small, _, err := journal.Open(t.Context(), new(journal.Memory), journal.Options{Origin: origin, MaxEntry: 300})
	require.NoError(t, err)
	large := sample(0)
	large.Reason = strings.Repeat("x", 300)
	_, _, err = small.Append(large)
	limit, ok := errors.AsType[*journal.LimitError](err)
	require.True(t, ok)
	b, err := large.MarshalBinary()
	require.NoError(t, err)
	assert.Equal(t, &journal.LimitError{What: "entry", Size: len(b), Most: 300}, limit)
}

// The caller's values are the caller's: neither are they kept nor written to.
func TestAppendKeepsNothing(t *testing.T) {
	j, _ := filled(t, 0)
	e := sample(0)
	e.Verb = 0
	e.Recorded = e.Recorded.In(time.FixedZone("", 3600))
	given := []journal.Entry{e}
	_, _, err := j.Append(given...)
	require.NoError(t, err)
	assert.Zero(t, given[0].Sequence)
	assert.Zero(t, given[0].Verb)
	clear(e.Payload)
	e.Evidence[0] = "changed"
	got, err := j.At(1)
	require.NoError(t, err)
	assert.Equal(t, numbered(0), got)
	clear(got.Payload)
	got, err = j.At(1)
	require.NoError(t, err)
	assert.Equal(t, numbered(0), got)
}

func TestConflict(t *testing.T) {
	j, m := filled(t, 2)
	other, _, err := journal.Open(t.Context(), m, journal.Options{})
	require.NoError(t, err)
	_, _, err = other.Append(sample(2))
	require.NoError(t, err)
	_, _, err = j.Append(sample(2))
	conflict, ok := errors.AsType[*journal.ConflictError](err)
	require.True(t, ok)
	assert.Less(t, conflict.Want, conflict.Have)
	_, err = journal.Verify(t.Context(), m, journal.Options{})
	require.NoError(t, err)
}

func TestTwoWriters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	first, r, err := journal.OpenFile(t.Context(), path, journal.Options{Origin: origin})
	require.NoError(t, err)
	assert.True(t, r.Created)
	_, _, err = first.Append(sample(0))
	require.NoError(t, err)
	_, _, err = journal.OpenFile(t.Context(), path, journal.Options{Origin: origin})
	locked, ok := errors.AsType[*journal.LockedError](err)
	require.True(t, ok, err)
	assert.Equal(t, path, locked.Path)
	assert.EqualError(t, err, "journal: "+path+": it has a writer already")

	reader, _, err := journal.ReadFile(t.Context(), path, journal.Options{Origin: origin})
	require.NoError(t, err)
	assert.EqualValues(t, 1, reader.Len())
	_, _, err = reader.Append(sample(1))
	assert.ErrorIs(t, err, journal.ErrReadOnly)
	require.NoError(t, reader.Sync())

	require.NoError(t, first.Close())
	require.NoError(t, first.Close())
	_, _, err = first.Append(sample(1))
	assert.ErrorIs(t, err, journal.ErrClosed)
	second, _, err := journal.OpenFile(t.Context(), path, journal.Options{})
	require.NoError(t, err)
	_, _, err = second.Append(sample(1))
	require.NoError(t, err)
	_, err = reader.Refresh(t.Context())
	require.NoError(t, err)
	assert.EqualValues(t, 2, reader.Len())
	require.NoError(t, reader.Close())
	require.NoError(t, second.Close())
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.EqualValues(t, 0o600, info.Mode().Perm())

	_, _, err = journal.OpenFile(t.Context(), filepath.Join(path, "no folder"), journal.Options{Origin: origin})
	assert.ErrorContains(t, err, "no folder")
	_, _, err = journal.ReadFile(t.Context(), path+"-absent", journal.Options{})
	assert.ErrorIs(t, err, os.ErrNotExist)
	_, _, err = journal.OpenFile(t.Context(), path+"-new", journal.Options{})
	_, ok = errors.AsType[*journal.OriginError](err)
	assert.True(t, ok)
}

// One writes, others read what is there at each moment: through the same journal, and through files of their own.
func TestReadersDuringWrites(t *testing.T) {
	const entries, readers = 400, 8
	path := filepath.Join(t.TempDir(), "journal")
	j, _, err := journal.OpenFile(t.Context(), path, journal.Options{Origin: origin, SyncEvery: journal.SyncOnDemand})
	require.NoError(t, err)
	defer j.Close()
	check := func(j *journal.Journal) (uint64, error) {
		size := j.Len()
		if size == 0 {
			return 0, nil
		}
		n := 0
		for e, err := range j.Entries(0, 0) {
			if err != nil || e.ID != sample(n).ID {
				return size, errors.Join(err, errors.New("another entry"))
			}
			n++
		}
		e, err := j.At(size)
		if err != nil {
			return size, err
		}
		c, err := j.CheckpointAt(size)
		if err != nil {
			return size, err
		}
		proof, err := j.ProveInclusion(size, size)
		if err != nil {
			return size, err
		}
		known, err := j.SizeAt(e.Recorded)
		if err != nil || known < size {
			return size, errors.Join(err, errors.New("a size before the entry"))
		}
		if j.LastRecorded().Before(e.Recorded) {
			return size, errors.New("an instant before the entry")
		}
		_, err = j.Verify(t.Context(), c)
		return size, errors.Join(err, c.CheckInclusion(proof, e))
	}
	var wait sync.WaitGroup
	failed := make(chan error, readers+1)
	for i := range readers {
		wait.Go(func() {
			r := j
			if i%2 == 1 {
				var err error
				if r, _, err = journal.ReadFile(t.Context(), path, journal.Options{}); err != nil {
					failed <- err
					return
				}
				defer r.Close()
			}
			for size := uint64(0); size < entries; {
				_, err := r.Refresh(t.Context())
				if err == nil {
					size, err = check(r)
				}
				if err != nil {
					failed <- err
					return
				}
			}
		})
	}
	for i := 0; i < entries; {
		batch := []journal.Entry{sample(i)}
		if i%7 == 0 && i+1 < entries {
			batch = append(batch, sample(i+1))
		}
		if _, _, err := j.Append(batch...); err != nil {
			failed <- err
			break
		}
		i += len(batch)
	}
	wait.Wait()
	close(failed)
	assert.NoError(t, <-failed)
	assert.EqualValues(t, entries, j.Len())
}

// Several goroutines may append: each entry gets a number of its own.
func TestAppendFromManyGoroutines(t *testing.T) {
	j, _ := filled(t, 0)
	var wait sync.WaitGroup
	seen := make([]int, 201)
	var mu sync.Mutex
	for range 8 {
		wait.Go(func() {
			for range 25 {
				e := sample(0)
				first, last, err := j.Append(e)
				mu.Lock()
				if err == nil && first == last {
					seen[first]++
				}
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	for i, n := range seen[1:] {
		require.Equal(t, 1, n, i)
	}
}

func TestRefresh(t *testing.T) {
	m := new(journal.Memory)
	reader, r, err := journal.Read(t.Context(), m, journal.Options{})
	require.NoError(t, err)
	assert.Equal(t, journal.Report{Checkpoint: journal.Checkpoint{Root: slowRoot(nil)}}, r)
	_, whole := filled(t, 3)
	b := whole.Bytes()
	_, pieces := apart(b)
	for _, step := range []struct {
		size    int
		entries uint64
	}{{100, 0}, {headSize, 0}, {pieces[1].at - 1, 0}, {pieces[1].at + 3, 1}, {len(b), 3}, {len(b), 3}} {
		_, err := m.WriteAt(b[:step.size], 0)
		require.NoError(t, err)
		r, err := reader.Refresh(t.Context())
		require.NoError(t, err)
		assert.Equal(t, step.entries, r.Checkpoint.Size)
		assert.Equal(t, step.entries, reader.Len())
		assert.EqualValues(t, step.size, r.Bytes+r.Dropped)
	}
	assert.Equal(t, origin, reader.Origin())
	require.NoError(t, m.Truncate(int64(len(b)-1)))
	_, err = reader.Refresh(t.Context())
	assert.ErrorIs(t, err, journal.ErrTruncated)
	require.NoError(t, m.Truncate(int64(len(b))))
	_, err = m.WriteAt([]byte("mlb1 and what is no batch, but as long as the head of one"), int64(len(b)))
	require.NoError(t, err)
	_, err = reader.Refresh(t.Context())
	assert.ErrorIs(t, err, journal.ErrChecksum)
	assert.EqualValues(t, 3, reader.Len())
}

func TestSizeAt(t *testing.T) {
	j, _ := filled(t, 0)
	size, err := j.SizeAt(noon)
	require.NoError(t, err)
	assert.Zero(t, size)
	assert.True(t, j.LastRecorded().IsZero())
	for _, minute := range []int{1, 1, 2, 5, 5, 5} {
		e := sample(0)
		e.Recorded = noon.Add(time.Duration(minute) * time.Minute)
		_, _, err := j.Append(e)
		require.NoError(t, err)
	}
	for minute, want := range []uint64{0, 2, 3, 3, 3, 6, 6} {
		size, err := j.SizeAt(noon.Add(time.Duration(minute) * time.Minute))
		require.NoError(t, err)
		assert.Equal(t, want, size, minute)
	}
	assert.Equal(t, noon.Add(5*time.Minute), j.LastRecorded())
	for _, sequence := range []uint64{0, 7, 1 << 63} {
		_, err = j.At(sequence)
		assert.EqualError(t, err, (&journal.SequenceError{Got: sequence, First: 1, Last: 6}).Error())
	}
}

func TestEntriesBounds(t *testing.T) {
	j, _ := filled(t, 5)
	for _, c := range []struct {
		from, until uint64
		want        []uint64
	}{{0, 0, []uint64{1, 2, 3, 4, 5}}, {2, 4, []uint64{2, 3}}, {1, 1, nil}, {4, 2, nil}, {4, 99, []uint64{4, 5}}, {6, 0, nil}, {0, 1<<64 - 1, []uint64{1, 2, 3, 4, 5}}} {
		var got []uint64
		for e, err := range j.Entries(c.from, c.until) {
			require.NoError(t, err)
			got = append(got, e.Sequence)
		}
		assert.Equal(t, c.want, got, c)
	}
	n := 0
	for range j.Entries(0, 0) {
		if n++; n == 2 {
			break
		}
	}
	assert.Equal(t, 2, n)
}
