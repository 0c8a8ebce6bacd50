package journal

import (
	"errors"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A Bundle is evidence that verifies alone: entries, proofs that they are in the log of a signed checkpoint, and a proof
// that this log has only grown since an older checkpoint, which the reader may hold from elsewhere. It marshals as JSON
// with byte strings and hashes in base64. The zero Bundle proves nothing.
type Bundle struct {
	// Checkpoint is the signed note.
	Checkpoint string `json:"checkpoint"`
	// Entries come in the order in which they were asked for.
	Entries []Proven `json:"entries,omitempty"`
	// Since is the size of the older checkpoint. Zero means that there is none.
	Since uint64 `json:"since,omitempty"`
	// Consistency proves that the tree of size Since is a prefix of that of Checkpoint.
	Consistency tlog.TreeProof `json:"consistency,omitempty"`
}

// A Proven is an entry with the proof that it is in the tree of its [Bundle].
type Proven struct {
	// Entry is the encoding of the package documentation.
	Entry []byte           `json:"entry"`
	Proof tlog.RecordProof `json:"proof"`
}

var (
	errNoHeld = errors.New("the bundle proves nothing about the older checkpoint")
)

// Bundle collects evidence for entries. signed is a checkpoint of this journal, of now or of some time ago but not of
// before the entries; since is the size of a still older one, or zero for none. The signature is not checked, but that
// the checkpoint is one of this journal is: the errors are [*CheckpointError], [*OriginError], [*ProofError],
// [*SequenceError], and those of [Journal.At].
func (j *Journal) Bundle(signed []byte, since uint64, sequences ...uint64) (*Bundle, error) {
	c, err := unsigned(signed)
	if err != nil {
		return nil, err
	}
	have, err := j.CheckpointAt(min(c.Size, j.Len()))
	if err != nil {
		return nil, err
	}
	if have.Origin != c.Origin {
		return nil, &OriginError{Want: c.Origin, Have: have.Origin}
	}
	if have.Size != c.Size || have.Root != c.Root {
		return nil, &CheckpointError{Want: c, Have: have}
	}
	b := &Bundle{Checkpoint: string(signed), Since: since}
	if since != 0 {
		if b.Consistency, err = j.ProveConsistency(since, c.Size); err != nil {
			return nil, err
		}
	}
	for _, s := range sequences {
		proof, err := j.ProveInclusion(c.Size, s)
		if err != nil {
			return nil, err
		}
		e, err := j.At(s)
		if err != nil {
			return nil, err
		}
		encoding, err := e.MarshalBinary()
		if err != nil {
			return nil, err
		}
		b.Entries = append(b.Entries, Proven{Entry: encoding, Proof: proof})
	}
	return b, nil
}

// Verify checks all that the bundle says, and returns the checkpoint and the entries. known has the keys that the caller
// trusts for the log. held is an older checkpoint that the caller has from elsewhere, and the bundle must then prove
// that the log has only grown since; the zero Checkpoint asks for no such proof, and then nothing shows that others were
// given the same history. On an error, the joined list of all that is wrong, it returns nothing: those of
// [OpenCheckpoint], [*EntryError], [*ProofError], [*OriginError].
func (b *Bundle) Verify(known note.Verifiers, held Checkpoint) (Checkpoint, []Entry, error) {
	c, err := OpenCheckpoint([]byte(b.Checkpoint), known)
	if err != nil {
		return Checkpoint{}, nil, err
	}
	var faults []error
	entries := make([]Entry, len(b.Entries))
	for i, p := range b.Entries {
		if err := entries[i].UnmarshalBinary(p.Entry); err != nil {
			faults = append(faults, err)
			continue
		}
		if err := c.CheckLeaf(p.Proof, entries[i].Sequence, tlog.RecordHash(p.Entry)); err != nil {
			faults = append(faults, err)
		}
	}
	if !held.IsZero() {
		if b.Since != held.Size {
			faults = append(faults, &ProofError{What: "bundle", Err: errNoHeld})
		} else if err := c.CheckConsistency(b.Consistency, held); err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) > 0 {
		return Checkpoint{}, nil, errors.Join(faults...)
	}
	return c, entries, nil
}
