package journal

import (
	"context"
	"errors"
	"io"
	"iter"
	"sort"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// SyncOnDemand as [Options] SyncEvery leaves syncing to [Journal.Sync], [Journal.Checkpoint] and [Journal.Close].
const SyncOnDemand = -1

// Options say how a journal is opened. The zero Options open one that exists, and sync each Append.
type Options struct {
	// Origin is the name of the log in its checkpoints, such as "example.org/plan": at most 242 bytes without spaces or
	// the sign +. A new journal must be given one. Opening an old one with another Origin than its own is an
	// [*OriginError]; empty accepts any.
	Origin string
	// SyncEvery says after how many calls of Append the storage is synced before the last of them returns. Zero and 1
	// mean each: nothing acknowledged is lost when the machine dies. With n, the last n−1 calls may be lost;
	// with [SyncOnDemand], everything since the last sync.
	SyncEvery int
	// MaxEntry is the most bytes an entry may have that Append takes, as encoded. Zero means 16 MiB.
	MaxEntry int
	// CutAtDamage makes opening for writing cut the journal off at the first damage, in place of refusing it. Entries
	// that were acknowledged are then lost for good: keep a copy of the file. The Report names the damage.
	CutAtDamage bool
	// Progress, if not nil, is called now and then while a journal is read whole, with bytes done and in all.
	Progress func(done, total int64)
}

// A Report says what opening or verifying a journal found.
type Report struct {
	// Checkpoint is the journal as found. Its Origin is empty for a source in which not even the head is whole.
	Checkpoint Checkpoint
	// Bytes is the length of the head and all whole batches.
	Bytes int64
	// Dropped counts the bytes that follow them. A writer has cut them off; a reader leaves them alone and out.
	Dropped int64
	// Damage says what was wrong with the dropped bytes where they were not an unfinished write but damage that
	// CutAtDamage gave up. It is nil otherwise.
	Damage *DamageError
	// Created says that there was nothing, or the head of a journal that never got whole, and a writer has begun anew.
	Created bool
}

// A Journal is an append-only log of entries. Use [Open], [OpenFile], [Read] or [ReadFile]. All its methods may be
// called from any number of goroutines at once; those that read never wait for those that write.
type Journal struct {
	src     Source
	storage Storage   // nil where the journal is for reading
	closer  io.Closer // nil where the caller owns the storage
	origin  atomic.Pointer[string]
	options Options
	state   atomic.Pointer[state]
	durable atomic.Pointer[state] // what of it is synced

	mu      sync.Mutex // held by whatever writes the fields below, the state or the storage
	buf     []byte
	pending int   // calls of Append since the last sync
	spilled bool  // there may be bytes behind the end which are to be cut off before the next write
	stopped error // why no more is written
}

// Open opens the journal in s for writing, or begins one if s is empty. It reads all of s, checks every entry and the
// root of the tree, and cuts off an unfinished write at the end. No two journals may write to one Storage: [OpenFile]
// sees to that, and here the caller does.
//
// The errors are [*FormatError], [*OriginError], [*DamageError], [*WriteError], those of ctx, and those of s on reading.
// It takes time and memory proportional to the number of entries, and the time to hash all bytes.
func Open(ctx context.Context, s Storage, o Options) (*Journal, Report, error) {
	j := &Journal{src: s, storage: s, options: o}
	r, err := j.load(ctx)
	if err != nil {
		return nil, r, err
	}
	return j, r, nil
}

// Read opens the journal in s for reading. A writer may be at work on s meanwhile; [Journal.Refresh] takes in what it
// has written since. An unfinished write at the end is left alone. Options SyncEvery, MaxEntry and CutAtDamage mean
// nothing here. An empty source is an empty journal.
//
// A reader may see entries that are written but not yet acknowledged.
func Read(ctx context.Context, s Source, o Options) (*Journal, Report, error) {
	j := &Journal{src: s, options: o}
	r, err := j.load(ctx)
	if err != nil {
		return nil, r, err
	}
	return j, r, nil
}

// load fills a new journal.
func (j *Journal) load(ctx context.Context) (Report, error) {
	if o := j.options.Origin; o != "" && !validOrigin(o) {
		return Report{}, &OriginError{Have: o}
	}
	empty := &state{root: emptyRoot}
	j.origin.Store(new(string))
	j.state.Store(empty)
	j.durable.Store(empty)
	size, err := j.src.Size()
	if err != nil {
		return Report{}, err
	}
	whole, err := j.readHead(size)
	if err != nil {
		return Report{}, err
	}
	if !whole {
		if j.storage == nil {
			return j.report(size), nil
		}
		if err := j.begin(size); err != nil {
			return Report{}, err
		}
		r := j.report(size)
		r.Bytes, r.Dropped, r.Created = headSize, size, true
		return r, nil
	}
	empty.end = headSize
	grown, cause := empty.grow(ctx, j.src, size, j.options.Progress)
	j.state.Store(grown)
	j.durable.Store(grown)
	r := j.report(size)
	if cause != nil && cause != errTorn {
		damage, ok := errors.AsType[*DamageError](cause)
		if !ok || j.storage == nil || !j.options.CutAtDamage {
			return r, cause
		}
		r.Damage = damage
	}
	if j.storage == nil {
		return r, nil
	}
	// What is there may be in the system's cache only: an earlier writer need not have synced it.
	if r.Dropped > 0 {
		if err := j.storage.Truncate(grown.end); err != nil {
			return r, &WriteError{Op: "truncate", Err: err}
		}
	}
	if err := j.storage.Sync(); err != nil {
		return r, &WriteError{Op: "sync", Err: err}
	}
	return r, nil
}

func (j *Journal) report(size int64) Report {
	st := j.state.Load()
	return Report{Checkpoint: j.checkpoint(st), Bytes: st.end, Dropped: size - st.end}
}

// readHead reads the head of the file, and reports false if it is not whole because its write never finished.
func (j *Journal) readHead(size int64) (bool, error) {
	w := window{src: j.src, size: size}
	b, err := w.at(0, int(min(size, headSize)))
	if err != nil {
		return false, err
	}
	if len(b) < headSize || size == headSize && zero(b) {
		n := min(len(b), len(magic))
		if !zero(b) && string(b[:n]) != magic[:n] {
			return false, &FormatError{Found: append([]byte(nil), b[:n]...)}
		}
		return false, nil
	}
	origin, err := parseHead(b)
	if err != nil {
		return false, err
	}
	if want := j.options.Origin; want != "" && want != origin {
		return false, &OriginError{Want: want, Have: origin}
	}
	j.origin.Store(&origin)
	return true, nil
}

// begin writes the head of a new journal over whatever is left of an older try.
func (j *Journal) begin(size int64) error {
	o := j.options.Origin
	if o == "" {
		return &OriginError{}
	}
	if size > 0 {
		if err := j.storage.Truncate(0); err != nil {
			return &WriteError{Op: "truncate", Err: err}
		}
	}
	if err := writeAll(j.storage, encodeHead(o), 0); err != nil {
		return &WriteError{Op: "write", Err: err}
	}
	if err := j.storage.Sync(); err != nil {
		return &WriteError{Op: "sync", Err: err}
	}
	j.origin.Store(&o)
	st := &state{root: emptyRoot, end: headSize}
	j.state.Store(st)
	j.durable.Store(st)
	return nil
}

// Refresh takes in what a writer elsewhere has written since the journal was opened or last refreshed. It checks that as
// [Read] does, and keeps what it had where that fails. On a journal opened for writing there is nothing to take in. A
// source that has become shorter is a [*DamageError] with [ErrTruncated]: its writer has been opened anew and has cut off
// what was not acknowledged, or the source was tampered with, and only reading it afresh against a checkpoint tells.
func (j *Journal) Refresh(ctx context.Context) (Report, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	st := j.state.Load()
	if j.storage != nil {
		return j.report(st.end), nil
	}
	size, err := j.src.Size()
	if err != nil {
		return j.report(st.end), err
	}
	if size < st.end {
		return j.report(st.end), &DamageError{Offset: size, Sequence: st.size(), Err: ErrTruncated}
	}
	if st.end == 0 {
		whole, err := j.readHead(size)
		if err != nil || !whole {
			return j.report(size), err
		}
		st = &state{root: emptyRoot, end: headSize}
	}
	grown, cause := st.grow(ctx, j.src, size, j.options.Progress)
	if cause != nil && cause != errTorn {
		return j.report(size), cause
	}
	j.state.Store(grown)
	j.durable.Store(grown)
	return j.report(size), nil
}

// Origin is the name of the log in its checkpoints.
func (j *Journal) Origin() string { return *j.origin.Load() }

// Len is the number of entries, and so the sequence of the last one.
func (j *Journal) Len() uint64 { return j.state.Load().size() }

// LastRecorded is the instant of the last entry: the earliest that the next one may have. It is zero for an empty journal.
func (j *Journal) LastRecorded() time.Time { return j.state.Load().last }

// At returns the entry with a sequence number from 1 to [Journal.Len], read from the storage and checked against the tree.
// The errors are [*SequenceError], [*DamageError] where the storage has changed since it was read, and the storage's own.
func (j *Journal) At(sequence uint64) (Entry, error) {
	st := j.state.Load()
	if sequence < 1 || sequence > st.size() {
		return Entry{}, &SequenceError{Got: sequence, First: 1, Last: st.size()}
	}
	w := window{src: j.src, size: st.offs[sequence-1] + int64(st.lens[sequence-1])}
	return st.entry(&w, sequence)
}

func (st *state) entry(w *window, sequence uint64) (Entry, error) {
	i := sequence - 1
	b, err := w.at(st.offs[i], int(st.lens[i]))
	if err != nil {
		return Entry{}, err
	}
	if tlog.RecordHash(b) != st.hashes[tlog.StoredHashIndex(0, int64(i))] {
		return Entry{}, &DamageError{Offset: st.offs[i], Sequence: i, Err: ErrChecksum}
	}
	var e Entry
	err = e.UnmarshalBinary(b)
	return e, err
}

// Entries yields the entries with sequence numbers from (included) to until (excluded), in that order. Zero for from
// means 1, and zero for until all that there are when the loop starts; numbers beyond those are left out. Each entry is
// checked against the tree as it is read. After an error, which comes with a zero Entry, nothing follows. The entries
// share no memory with the journal. The sequence may be ranged over many times.
func (j *Journal) Entries(from, until uint64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		st := j.state.Load()
		if until == 0 || until > st.size() {
			until = st.size() + 1
		}
		w := window{src: j.src, size: st.end}
		for s := max(from, 1); s < until; s++ {
			e, err := st.entry(&w, s)
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// SizeAt is the number of entries recorded at or before an instant: the size of the tree that was known then. It reads
// about log₂ n entries. The errors are those of [Journal.At].
func (j *Journal) SizeAt(instant time.Time) (uint64, error) {
	var failed error
	n := sort.Search(int(j.Len()), func(i int) bool {
		e, err := j.At(uint64(i) + 1)
		if err != nil {
			failed = err
			return true
		}
		return e.Recorded.After(instant)
	})
	if failed != nil {
		return 0, failed
	}
	return uint64(n), nil
}
