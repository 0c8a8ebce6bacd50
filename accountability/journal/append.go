package journal

import (
	"encoding/binary"
	"errors"
	"io"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	defaultMaxEntry = 16 << 20
	keepBuffer      = 1 << 20 // a longer one is not kept for the next Append
)

// Append writes entries, all or none of them, gives them the next sequence numbers, and returns the first and last of
// these. Without entries it writes nothing, and last is one less than first. It keeps no part of the entries.
//
// The errors join everything wrong with the entries ([*EntryError], with causes such as [*TimeError], [*SequenceError] and
// [*LimitError]), or are [*WriteError], [*ConflictError], [ErrReadOnly] or [ErrClosed]. After any error the journal is as
// it was. It takes time proportional to the length of the entries and the logarithm of that of the journal.
func (j *Journal) Append(entries ...Entry) (first, last uint64, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.writable(); err != nil {
		return 0, 0, err
	}
	st := j.state.Load()
	first, last = st.size()+1, st.size()+uint64(len(entries))
	if len(entries) == 0 {
		return first, last, nil
	}
	grown, b, err := j.encode(st, entries)
	if err != nil {
		return 0, 0, err
	}
	if err := j.write(b, st); err != nil {
		return 0, 0, err
	}
	j.pending++
	if every := max(j.options.SyncEvery, 1); j.options.SyncEvery >= 0 && j.pending >= every {
		if err := j.storage.Sync(); err != nil {
			return 0, 0, j.syncFailed(err, st)
		}
		j.pending = 0
		j.durable.Store(grown)
	}
	j.state.Store(grown)
	return first, last, nil
}

func (j *Journal) writable() error {
	if j.storage == nil {
		return ErrReadOnly
	}
	return j.stopped
}

// encode returns the batch of entries and the state with them in it. It may write to st's arrays, behind what st and
// every state before it can see.
func (j *Journal) encode(st *state, entries []Entry) (*state, []byte, error) {
	most := j.options.MaxEntry
	if most <= 0 {
		most = defaultMaxEntry
	}
	grown := *st
	var faults []error
	size := batchHead + tlog.HashSize
	entries = slices.Clone(entries)
	for i := range entries {
		e := &entries[i]
		want := st.size() + 1 + uint64(i)
		if e.Sequence != 0 && e.Sequence != want {
			faults = append(faults, &EntryError{Index: i, Sequence: e.Sequence, Field: "sequence", Err: &SequenceError{Got: e.Sequence, First: want, Last: want}})
		}
		if e.Verb == 0 {
			e.Verb = record.Assert
		}
		faults = append(faults, e.faults(i)...)
		if !e.Recorded.IsZero() {
			if e.Recorded.Before(grown.last) {
				faults = append(faults, &EntryError{Index: i, Sequence: e.Sequence, Field: "recorded", Err: &TimeError{Previous: grown.last, Recorded: e.Recorded}})
			} else {
				grown.last = e.Recorded.Round(0).UTC()
			}
		}
		n := e.encodedSize()
		if n > most {
			faults = append(faults, &EntryError{Index: i, Sequence: e.Sequence, Err: &LimitError{What: "entry", Size: n, Most: most}})
		}
		size += 4 + n
		e.Sequence = want
	}
	if size-batchHead > maxBody {
		faults = append(faults, &LimitError{What: "batch", Size: size - batchHead, Most: maxBody})
	}
	if len(faults) > 0 {
		return nil, nil, errors.Join(faults...)
	}
	b := slices.Grow(j.buf[:0], size)[:batchHead]
	for i := range entries {
		b = binary.BigEndian.AppendUint32(b, 0)
		at := len(b)
		b = entries[i].encode(b)
		n := len(b) - at
		binary.BigEndian.PutUint32(b[at-4:], uint32(n))
		more, err := tlog.StoredHashes(int64(len(grown.offs)), b[at:], hashes(grown.hashes))
		if err != nil {
			return nil, nil, err
		}
		grown.offs = append(grown.offs, st.end+int64(at))
		grown.lens = append(grown.lens, uint32(n))
		grown.hashes = append(grown.hashes, more...)
	}
	root, err := tlog.TreeHash(int64(len(grown.offs)), hashes(grown.hashes))
	if err != nil {
		return nil, nil, err
	}
	grown.root = root
	b = append(b, root[:]...)
	putBatchHead(b, st.size()+1, j.durable.Load().end, len(entries))
	grown.end = st.end + int64(len(b))
	if j.buf = b; cap(b) > keepBuffer {
		j.buf = nil
	}
	return &grown, b, nil
}

// write puts b behind the end of st, or leaves the storage as it was.
func (j *Journal) write(b []byte, st *state) error {
	if j.spilled {
		if err := j.cut(st); err != nil {
			return err
		}
	}
	have, err := j.storage.Size()
	if err != nil {
		return &WriteError{Op: "size", Err: err}
	}
	if have != st.end {
		return &ConflictError{Want: st.end, Have: have}
	}
	if err := writeAll(j.storage, b, st.end); err != nil {
		j.spilled = true
		_ = j.cut(st) // or else before the next write
		return &WriteError{Op: "write", Err: err}
	}
	return nil
}

func (j *Journal) cut(st *state) error {
	if err := j.storage.Truncate(st.end); err != nil {
		return &WriteError{Op: "truncate", Err: err}
	}
	j.spilled = false
	return nil
}

func writeAll(w io.WriterAt, b []byte, off int64) error {
	n, err := w.WriteAt(b, off)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	return err
}

// syncFailed deals with a sync that fails while an entry behind st is being written, or none is. A system may forget
// after a failed sync that pages are still to be written, and report the next sync as done. If all that is in doubt is
// what nobody has been told of, it is cut off and written anew by the next try. Otherwise the journal stops.
func (j *Journal) syncFailed(cause error, st *state) error {
	err := &WriteError{Op: "sync", Stopped: j.durable.Load() != st, Err: cause}
	j.spilled = true
	_ = j.cut(st)
	if err.Stopped {
		j.stopped = err
	} else {
		j.pending = 0
	}
	return err
}

// Sync returns once all entries survive the death of the machine. On a journal for reading it does nothing. The errors are
// [*WriteError], which stops the journal, and [ErrClosed].
func (j *Journal) Sync() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.sync()
}

func (j *Journal) sync() error {
	st := j.state.Load()
	if j.storage == nil || j.durable.Load() == st {
		return nil
	}
	if j.stopped != nil {
		return j.stopped
	}
	if err := j.storage.Sync(); err != nil {
		return j.syncFailed(err, st)
	}
	j.pending = 0
	j.durable.Store(st)
	return nil
}

// Close syncs what is not yet synced, gives up the file and its lock where the journal was opened from a path, and lets
// nothing more be written. Reading from a [Storage] of the caller's goes on working. A second Close does nothing. The
// errors are [*WriteError] and the file's own.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.stopped == ErrClosed {
		return nil
	}
	err := j.sync()
	j.stopped = ErrClosed
	if j.closer != nil {
		err = errors.Join(err, j.closer.Close())
		j.closer = nil
	}
	return err
}
