package journal

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A Checkpoint is what a journal was at a size: enough to hold all its entries up to there to account. The zero
// Checkpoint is none. Checkpoints are comparable.
type Checkpoint struct {
	Origin string    // the name of the log
	Size   uint64    // the number of entries
	Root   tlog.Hash // of the tree of these entries
	// Extension holds lines that another log has added, each with its newline. This package writes none, and C2SP
	// advises against them.
	Extension string
}

var emptyRoot, _ = tlog.TreeHash(0, nil)

var (
	errCheckpointText = errors.New("the text is not that of a checkpoint: origin, size and root, each on a line")
	errNoEntryThere   = errors.New("the tree has no such entry")
	errNoOlder        = errors.New("the older checkpoint must have an entry, and not more of them than the newer one")
)

// maxSize is the largest tree whose proofs tlog follows: beyond it, its arithmetic overflows and does not come back.
const maxSize = 1 << 62

// IsZero reports whether c is no checkpoint at all.
func (c Checkpoint) IsZero() bool { return c == Checkpoint{} }

// String returns the text of C2SP tlog-checkpoint: the origin, the size in decimal and the root in base64 (RFC 4648,
// section 4), each with a newline, and then the extension.
func (c Checkpoint) String() string {
	return c.Origin + "\n" + strconv.FormatUint(c.Size, 10) + "\n" + c.Root.String() + "\n" + c.Extension
}

// MarshalText returns what [Checkpoint.String] does. A checkpoint that its own text would not give back is a [*ProofError].
func (c Checkpoint) MarshalText() ([]byte, error) {
	text := c.String()
	if back, err := ParseCheckpoint(text); err != nil || back != c {
		return nil, &ProofError{What: "checkpoint", Err: errCheckpointText}
	}
	return []byte(text), nil
}

// UnmarshalText does as [ParseCheckpoint].
func (c *Checkpoint) UnmarshalText(b []byte) error {
	v, err := ParseCheckpoint(string(b))
	if err == nil {
		*c = v
	}
	return err
}

// ParseCheckpoint reads the text of a checkpoint, without signatures. Lines after the third are the extension and must
// not be empty. It accepts one spelling of each checkpoint, and sizes up to 2⁶². Origins that [Open] would not take are
// accepted, since C2SP has them. The error is a [*ProofError].
func ParseCheckpoint(text string) (Checkpoint, error) {
	bad := &ProofError{What: "checkpoint", Err: errCheckpointText}
	lines := strings.SplitAfterN(text, "\n", 4)
	if len(lines) != 4 || lines[0] == "\n" {
		return Checkpoint{}, bad
	}
	c := Checkpoint{Origin: strings.TrimSuffix(lines[0], "\n"), Extension: lines[3]}
	digits := strings.TrimSuffix(lines[1], "\n")
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || n > maxSize || strconv.FormatUint(n, 10) != digits {
		return Checkpoint{}, bad
	}
	c.Size = n
	root, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSuffix(lines[2], "\n"))
	if err != nil || len(root) != tlog.HashSize || len(lines[2]) != base64.StdEncoding.EncodedLen(tlog.HashSize)+1 {
		return Checkpoint{}, bad
	}
	copy(c.Root[:], root)
	if c.Extension != "" && (c.Extension[0] == '\n' || !strings.HasSuffix(c.Extension, "\n") || strings.Contains(c.Extension, "\n\n")) {
		return Checkpoint{}, bad
	}
	return c, nil
}

// Sign returns the checkpoint as a signed note, to be given away. The name of one signer at least must be the origin,
// or else the error is an [*OriginError]; other errors are those of [note.Sign] and of [Checkpoint.MarshalText]. A log must
// never sign two checkpoints of which one is not a prefix of the other, so keep the key with the journal's only writer.
func (c Checkpoint) Sign(signers ...note.Signer) ([]byte, error) {
	text, err := c.MarshalText()
	if err != nil {
		return nil, err
	}
	own, name := false, ""
	for _, s := range signers {
		name = s.Name()
		own = own || name == c.Origin
	}
	if !own {
		return nil, &OriginError{Want: c.Origin, Have: name}
	}
	return note.Sign(&note.Note{Text: string(text)}, signers...)
}

// OpenCheckpoint reads a signed checkpoint. One signature at least must be by a key in known whose name is the origin:
// a key that is trusted for one log does not speak for another. The errors are an [*OriginError] where no such signature
// is there, those of [note.Open], and a [*ProofError] where the text is no checkpoint.
func OpenCheckpoint(signed []byte, known note.Verifiers) (Checkpoint, error) {
	n, err := note.Open(signed, known)
	if err != nil {
		return Checkpoint{}, err
	}
	c, err := ParseCheckpoint(n.Text)
	if err != nil {
		return Checkpoint{}, err
	}
	name := ""
	for _, s := range n.Sigs {
		if name = s.Name; name == c.Origin {
			return c, nil
		}
	}
	return Checkpoint{}, &OriginError{Want: c.Origin, Have: name}
}

// unsigned reads the checkpoint of a note without looking at the signatures.
func unsigned(signed []byte) (Checkpoint, error) {
	i := bytes.LastIndex(signed, []byte("\n\n"))
	if i < 0 {
		return Checkpoint{}, &ProofError{What: "checkpoint", Err: errCheckpointText}
	}
	return ParseCheckpoint(string(signed[:i+1]))
}

func (j *Journal) checkpoint(st *state) Checkpoint {
	return Checkpoint{Origin: j.Origin(), Size: st.size(), Root: st.root}
}

// Checkpoint is that of all entries. A writer syncs them first, so that a checkpoint never speaks of entries that may
// yet be lost; the error is then that of [Journal.Sync]. A reader cannot know, and should not sign.
func (j *Journal) Checkpoint() (Checkpoint, error) { return j.CheckpointAt(j.Len()) }

// CheckpointAt is that of the first size entries, in time logarithmic in their number. The errors are [*SequenceError]
// and, for a writer, those of [Journal.Sync].
func (j *Journal) CheckpointAt(size uint64) (Checkpoint, error) {
	st := j.state.Load()
	if size > st.size() {
		return Checkpoint{}, &SequenceError{Got: size, First: 0, Last: st.size()}
	}
	if j.durable.Load().size() < size {
		if err := j.Sync(); err != nil {
			return Checkpoint{}, err
		}
	}
	root, err := tlog.TreeHash(int64(size), hashes(st.hashes))
	return Checkpoint{Origin: j.Origin(), Size: size, Root: root}, err
}

// ProveInclusion proves that the tree of a size has an entry, with about log₂ size hashes (RFC 6962, section 2.1.1). The
// error is a [*SequenceError].
func (j *Journal) ProveInclusion(size, sequence uint64) (tlog.RecordProof, error) {
	st := j.state.Load()
	if size < 1 || size > st.size() {
		return nil, &SequenceError{Got: size, First: 1, Last: st.size()}
	}
	if sequence < 1 || sequence > size {
		return nil, &SequenceError{Got: sequence, First: 1, Last: size}
	}
	return tlog.ProveRecord(int64(size), int64(sequence-1), hashes(st.hashes))
}

// ProveConsistency proves that the tree of size newer starts with the tree of size older, with about log₂ newer hashes
// (RFC 6962, section 2.1.2). The error is a [*SequenceError].
func (j *Journal) ProveConsistency(older, newer uint64) (tlog.TreeProof, error) {
	st := j.state.Load()
	if newer < 1 || newer > st.size() {
		return nil, &SequenceError{Got: newer, First: 1, Last: st.size()}
	}
	if older < 1 || older > newer {
		return nil, &SequenceError{Got: older, First: 1, Last: newer}
	}
	return tlog.ProveTree(int64(newer), int64(older), hashes(st.hashes))
}

// CheckInclusion checks a proof that the journal had e, exactly as it is, when the checkpoint was taken. The errors are a
// [*ProofError] and those of [Entry.LeafHash].
func (c Checkpoint) CheckInclusion(proof tlog.RecordProof, e Entry) error {
	leaf, err := e.LeafHash()
	if err != nil {
		return err
	}
	return c.CheckLeaf(proof, e.Sequence, leaf)
}

// CheckLeaf does as [Checkpoint.CheckInclusion] with the hash of an entry. The error is a [*ProofError].
func (c Checkpoint) CheckLeaf(proof tlog.RecordProof, sequence uint64, leaf tlog.Hash) error {
	if c.Size > maxSize || sequence < 1 || sequence > c.Size {
		return &ProofError{What: "inclusion", Err: fmt.Errorf("entry %d of %d: %w", sequence, c.Size, errNoEntryThere)}
	}
	if tlog.CheckRecord(proof, int64(c.Size), c.Root, int64(sequence-1), leaf) != nil {
		return &ProofError{What: "inclusion", Err: ErrUnproven}
	}
	return nil
}

// CheckConsistency checks a proof that the journal of c starts with all that the journal of an older checkpoint had, in
// the same places. An empty journal is a prefix of each and proves nothing, so older must have an entry. The errors are
// [*OriginError] for checkpoints of two logs, and [*ProofError].
func (c Checkpoint) CheckConsistency(proof tlog.TreeProof, older Checkpoint) error {
	if c.Origin != older.Origin {
		return &OriginError{Want: older.Origin, Have: c.Origin}
	}
	if c.Size > maxSize || older.Size < 1 || older.Size > c.Size {
		return &ProofError{What: "consistency", Err: fmt.Errorf("sizes %d and %d: %w", older.Size, c.Size, errNoOlder)}
	}
	if tlog.CheckTree(proof, int64(c.Size), c.Root, int64(older.Size), older.Root) != nil {
		return &ProofError{What: "consistency", Err: ErrUnproven}
	}
	return nil
}
