package journal

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	windowSize = 256 << 10
	sector     = 512 // what a disk writes whole, or not at all
)

// A window reads a source in long stretches. What it returns is good until the next call.
type window struct {
	src  Source
	size int64 // of the source, as far as it is to be read
	off  int64
	buf  []byte
}

// at returns the n bytes at off, which must lie within size. Memory is at most the larger of n and windowSize.
func (w *window) at(off int64, n int) ([]byte, error) {
	if at := off - w.off; at >= 0 && at+int64(n) <= int64(len(w.buf)) {
		return w.buf[at : at+int64(n)], nil
	}
	want := int(min(int64(max(n, windowSize)), w.size-off))
	if cap(w.buf) < want {
		w.buf = make([]byte, want)
	}
	w.buf = w.buf[:want]
	got, err := w.src.ReadAt(w.buf, off)
	if got < want {
		w.buf = w.buf[:0]
		if err == nil || err == io.EOF {
			err = &DamageError{Offset: off, Err: ErrTruncated}
		}
		return nil, err
	}
	w.off = off
	return w.buf[:n], nil
}

// errTorn says that what follows the last whole batch is what a write leaves that never finished.
var errTorn = errors.New("the last write is unfinished")

// A scanner reads batch after batch, each checked as far as that goes without its root.
type scanner struct {
	win  window
	off  int64     // of the next batch
	next uint64    // sequence of the next entry
	last time.Time // instant of the last one
	do   func(off int64, encoding []byte)
}

// batch reads the next batch, calls do for each entry in it, and returns the root it states. The error is [io.EOF] at the
// end, errTorn, a [*DamageError], or the source's own. do may have been called for entries of a batch that then fails.
func (s *scanner) batch() (root tlog.Hash, err error) {
	left := s.win.size - s.off
	if left == 0 {
		return root, io.EOF
	}
	if left < batchHead {
		return root, errTorn // no byte flipped gives this: only a length can
	}
	b, err := s.win.at(s.off, batchHead)
	if err != nil {
		return root, err
	}
	h, sound, err := parseBatchHead(b)
	if err != nil {
		if sound {
			return root, s.damage(err)
		}
		return root, s.failed(s.win.size, err)
	}
	if h.first != s.next {
		return root, s.damage(&SequenceError{Got: h.first, First: s.next, Last: s.next})
	}
	if h.synced < 0 || h.synced > s.off {
		return root, s.damage(errLayout)
	}
	end := s.off + batchHead + int64(h.length)
	if end > s.win.size {
		return root, errTorn
	}
	body, err := s.win.at(s.off+batchHead, h.length)
	if err != nil {
		return root, err
	}
	if checksum(body) != h.sum {
		return root, s.failed(end, ErrChecksum)
	}
	if err := s.entries(h, body); err != nil {
		return root, s.damage(err)
	}
	copy(root[:], body[h.length-tlog.HashSize:])
	s.off = end
	return root, nil
}

func (s *scanner) entries(h batch, body []byte) error {
	text := string(body[:h.length-tlog.HashSize])
	at, next, last := 0, s.next, s.last
	for range h.count {
		if len(text)-at < 4 {
			return errLayout
		}
		n := uint32At(text, at)
		if uint64(n) > uint64(len(text)-at-4) {
			return errLayout
		}
		at += 4
		e, _, err := parseEntry(text[at : at+int(n)])
		if err != nil {
			return err
		}
		if e.Sequence != next {
			return &SequenceError{Got: e.Sequence, First: next, Last: next}
		}
		if e.Recorded.Before(last) {
			return &EntryError{Sequence: next, Field: "recorded", Err: &TimeError{Previous: last, Recorded: e.Recorded}}
		}
		s.do(s.off+batchHead+int64(at), body[at:at+int(n)])
		at, next, last = at+int(n), next+1, e.Recorded
	}
	if at != len(text) {
		return errLayout
	}
	s.next, s.last = next, last
	return nil
}

func (s *scanner) damage(err error) error {
	return &DamageError{Offset: s.off, Sequence: s.next - 1, Err: err}
}

// failed tells an unfinished write from damage, where the bytes from off to end are not as they should be and the file
// goes on as long as it should. A killed process leaves a prefix of what it wrote, which has been dealt with. A machine
// that dies may have given the file its new length and lost sectors of it, which then read as zeros, but none of what had
// been synced. So: zeros where none can be, and no batch behind them that was written after a sync of what was there.
// Everything else is damage, which is the safe answer: nothing is cut off.
func (s *scanner) failed(end int64, cause error) error {
	lost, err := s.zeros(end)
	if err != nil {
		return err
	}
	if lost {
		from := end
		if end == s.win.size {
			from = s.off + 1
		}
		synced, err := s.syncedBy(from)
		if err != nil {
			return err
		}
		if !synced {
			return errTorn
		}
	}
	return s.damage(cause)
}

// zeros reports whether a sector's part of the bytes from off to end is zero throughout. Parts under four bytes do not
// count: what was written may have them.
func (s *scanner) zeros(end int64) (bool, error) {
	for p := s.off; p < end; {
		q := min(p-p%sector+sector, end)
		b, err := s.win.at(p, int(q-p))
		if err != nil {
			return false, err
		}
		if len(b) >= 4 && zero(b) {
			return true, nil
		}
		p = q
	}
	return false, nil
}

// syncedBy reports whether a batch stands anywhere from off on whose head says that the batch at s.off had been synced.
func (s *scanner) syncedBy(off int64) (bool, error) {
	for off+batchHead <= s.win.size {
		b, err := s.win.at(off, int(min(windowSize, s.win.size-off)))
		if err != nil {
			return false, err
		}
		for i := 0; ; {
			k := bytes.Index(b[i:], []byte(batchMagic))
			if k < 0 || i+k+batchHead > len(b) {
				break
			}
			if h, sound, _ := parseBatchHead(b[i+k : i+k+batchHead]); sound && h.synced > s.off {
				return true, nil
			}
			i += k + 1
		}
		off += int64(len(b)) - batchHead + 1
	}
	return false, nil
}

// A state is a journal up to an entry. It does not change; a longer one shares its arrays.
type state struct {
	offs   []int64     // of each entry
	lens   []uint32    // of each entry
	hashes []tlog.Hash // in the order of tlog.StoredHashIndex
	root   tlog.Hash
	last   time.Time
	end    int64 // of the last whole batch, or of the head; 0 where not even the head is there
}

func (st *state) size() uint64 { return uint64(len(st.offs)) }

type hashes []tlog.Hash

// ReadHashes makes a slice of hashes a [tlog.HashReader].
func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		if x < 0 || x >= int64(len(h)) {
			return nil, errUnstored
		}
		out[i] = h[x]
	}
	return out, nil
}

var errUnstored = errors.New("no such hash is stored")

// grow returns st with the batches of src that follow it, and why they end: nil where src does, errTorn, a
// [*DamageError], the context's error or that of src.
func (st *state) grow(ctx context.Context, src Source, size int64, progress func(done, total int64)) (*state, error) {
	grown, cause, sure := st.growBy(ctx, src, size, progress, false)
	if !sure {
		grown, cause, _ = st.growBy(ctx, src, size, nil, true) // again, to find where it went wrong
	}
	return grown, cause
}

// growBy checks the root of every batch, or else that of the last, which stands for all: sure is false if it differs.
func (st *state) growBy(ctx context.Context, src Source, size int64, progress func(done, total int64), everyRoot bool) (to *state, cause error, sure bool) {
	now := *st
	part := now // with the entries of a batch that may yet fail
	s := scanner{win: window{src: src, size: size}, off: st.end, next: st.size() + 1, last: st.last}
	s.do = func(off int64, encoding []byte) {
		n := int64(len(part.offs))
		more, err := tlog.StoredHashes(n, encoding, hashes(part.hashes))
		if err != nil {
			cause = err
		}
		part.offs = append(part.offs, off)
		part.lens = append(part.lens, uint32(len(encoding)))
		part.hashes = append(part.hashes, more...)
	}
	told := s.off
	for i := 0; ; i++ {
		if i%64 == 0 {
			if err := ctx.Err(); err != nil {
				return &now, err, true
			}
		}
		root, err := s.batch()
		if cause != nil {
			return &now, cause, true
		}
		if err != nil {
			if err != io.EOF {
				cause = err
			}
			break
		}
		if everyRoot {
			have, err := tlog.TreeHash(int64(len(part.offs)), hashes(part.hashes))
			if err != nil {
				return &now, err, true
			}
			if have != root {
				return &now, &DamageError{Offset: now.end, Sequence: now.size(), Err: ErrRoot}, true
			}
		}
		part.root, part.last, part.end = root, s.last, s.off
		now = part
		if progress != nil && s.off-told >= windowSize {
			told = s.off
			progress(s.off, size)
		}
	}
	if progress != nil {
		progress(now.end, size)
	}
	have, err := tlog.TreeHash(int64(len(now.offs)), hashes(now.hashes))
	if err != nil {
		return &now, err, true
	}
	return &now, cause, now.size() == 0 || have == now.root
}
