package journal

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// Verify reads the journal in src from its first byte to its last and checks everything: the form of each batch and
// entry, the order of sequence numbers and instants, the root that each batch states, and that every known checkpoint is
// one of this journal. It computes the tree anew, and not the way writing does. It is stricter than opening, which
// checks the last root alone. Of the options it uses Origin and Progress.
//
// The errors join one [*CheckpointError] or [*OriginError] for each known checkpoint that the journal does not have, in the
// order of their sizes; the others are as for [Read]. An unfinished write at the end is no error: the Report says how
// long it is. Without known checkpoints, an end that was cut off whole goes unseen. Verify takes memory for one batch
// and time proportional to the length, about log₂ n hashes more for each batch.
func Verify(ctx context.Context, src Source, o Options, known ...Checkpoint) (Report, error) {
	size, err := src.Size()
	if err != nil {
		return Report{}, err
	}
	return verify(ctx, src, size, o, known)
}

// Verify does as the function [Verify] with what the journal has read or written up to now, from the storage afresh.
func (j *Journal) Verify(ctx context.Context, known ...Checkpoint) (Report, error) {
	return verify(ctx, j.src, j.state.Load().end, j.options, known)
}

func verify(ctx context.Context, src Source, size int64, o Options, known []Checkpoint) (Report, error) {
	if o.Origin != "" && !validOrigin(o.Origin) {
		return Report{}, &OriginError{Have: o.Origin}
	}
	head := Journal{src: src, options: o}
	head.origin.Store(new(string))
	whole, err := head.readHead(size)
	if err != nil {
		return Report{}, err
	}
	v := verification{origin: head.Origin(), known: slices.Clone(known)}
	slices.SortStableFunc(v.known, func(a, b Checkpoint) int { return cmp.Compare(a.Size, b.Size) })
	v.meet()
	r := Report{Checkpoint: v.checkpoint(), Dropped: size}
	if whole {
		s := scanner{win: window{src: src, size: size}, off: headSize, next: 1, do: v.leaf}
		r.Bytes, r.Dropped = headSize, size-headSize
		told := s.off
		for i := 0; ; i++ {
			if i%64 == 0 {
				if err = ctx.Err(); err != nil {
					break
				}
			}
			var stated tlog.Hash
			if stated, err = s.batch(); err != nil {
				break
			}
			have := v.checkpoint()
			if have.Root != stated {
				err = &DamageError{Offset: r.Bytes, Sequence: r.Checkpoint.Size, Err: ErrRoot}
				break
			}
			r = Report{Checkpoint: have, Bytes: s.off, Dropped: size - s.off}
			if o.Progress != nil && s.off-told >= windowSize {
				told = s.off
				o.Progress(s.off, size)
			}
		}
		if err == io.EOF || err == errTorn {
			err = nil
		}
		if o.Progress != nil {
			o.Progress(r.Bytes, size)
		}
	}
	if err != nil {
		return r, err
	}
	for _, c := range v.known[v.met:] {
		v.faults = append(v.faults, &CheckpointError{Want: c, Have: r.Checkpoint})
	}
	return r, errors.Join(v.faults...)
}

// A verification is a tree of which only the roots of its full subtrees are kept, one for each bit of its size that is
// set, the largest first: the compact range of RFC 6962's tree.
type verification struct {
	origin string
	size   uint64
	full   []tlog.Hash
	known  []Checkpoint // by size
	met    int          // how many of them have been compared
	faults []error
}

func (v *verification) leaf(_ int64, encoding []byte) {
	h := tlog.RecordHash(encoding)
	for n := v.size; n&1 == 1; n >>= 1 {
		h = tlog.NodeHash(v.full[len(v.full)-1], h)
		v.full = v.full[:len(v.full)-1]
	}
	v.full = append(v.full, h)
	v.size++
	v.meet()
}

func (v *verification) root() tlog.Hash {
	if v.size == 0 {
		return emptyRoot
	}
	h := v.full[len(v.full)-1]
	for i := len(v.full) - 2; i >= 0; i-- {
		h = tlog.NodeHash(v.full[i], h)
	}
	return h
}

func (v *verification) checkpoint() Checkpoint {
	return Checkpoint{Origin: v.origin, Size: v.size, Root: v.root()}
}

// meet compares the known checkpoints of this size.
func (v *verification) meet() {
	for ; v.met < len(v.known) && v.known[v.met].Size == v.size; v.met++ {
		want, have := v.known[v.met], v.checkpoint()
		switch {
		case want.Origin != have.Origin:
			v.faults = append(v.faults, &OriginError{Want: want.Origin, Have: have.Origin})
		case want.Root != have.Root:
			v.faults = append(v.faults, &CheckpointError{Want: want, Have: have})
		}
	}
}
