package journal

import (
	"errors"
	"fmt"
	"time"
)

// ErrReadOnly is the error of writing to a journal that was opened for reading.
var ErrReadOnly = errors.New("journal: opened for reading only")

// ErrClosed is the error of writing to a journal that was closed.
var ErrClosed = errors.New("journal: closed")

// ErrChecksum is a cause of a [*DamageError]: bytes are not those that were written.
var ErrChecksum = errors.New("the checksum differs")

// ErrRoot is a cause of a [*DamageError]: the entries do not hash to the root that was written with them, though the
// checksums agree. Somebody has altered entries and mended the checksums.
var ErrRoot = errors.New("the root hash differs")

// ErrTruncated is a cause of a [*DamageError]: the storage has become shorter than it was.
var ErrTruncated = errors.New("the storage has become shorter")

// ErrUnproven is the cause of a [*ProofError] whose proof does not lead to the root.
var ErrUnproven = errors.New("the proof does not hold")

// An EntryError says what is wrong with one entry.
type EntryError struct {
	Index    int    // its place among the arguments of Append, from 0; 0 elsewhere
	Sequence uint64 // its sequence, where it has one
	Field    string // "recorded", "actor" …; empty where it is the encoding as a whole
	Err      error
}

// Error names the entry, the field and the cause.
func (e *EntryError) Error() string {
	s := fmt.Sprintf("journal: entry [%d]", e.Index)
	if e.Sequence != 0 {
		s = fmt.Sprintf("journal: entry %d", e.Sequence)
	}
	if e.Field != "" {
		s += ": " + e.Field
	}
	return s + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *EntryError) Unwrap() error { return e.Err }

// A TimeError is the cause of an [*EntryError]: the entry is recorded before the one before it.
type TimeError struct{ Previous, Recorded time.Time }

// Error shows both instants.
func (e *TimeError) Error() string {
	return fmt.Sprintf("recorded at %s, before the entry before it, which is of %s",
		e.Recorded.Format(time.RFC3339Nano), e.Previous.Format(time.RFC3339Nano))
}

// A SequenceError says that a sequence number or size is not one that will do: an entry other than the next one, or
// beyond the end of the journal.
type SequenceError struct {
	Got uint64
	// First and Last bound the numbers that will do, both included. Last below First means that there is none.
	First, Last uint64
}

// Error shows the number and its bounds.
func (e *SequenceError) Error() string {
	if e.Last < e.First {
		return fmt.Sprintf("there is no sequence number %d: the journal is empty", e.Got)
	}
	if e.First == e.Last {
		return fmt.Sprintf("sequence number %d, want %d", e.Got, e.First)
	}
	return fmt.Sprintf("sequence number %d, want one from %d to %d", e.Got, e.First, e.Last)
}

// A LimitError says that an entry, or the entries of one call of Append together, are too long.
type LimitError struct {
	What       string // "entry" or "batch"
	Size, Most int    // in bytes, as encoded
}

// Error shows the length and the limit.
func (e *LimitError) Error() string {
	return fmt.Sprintf("the %s has %d bytes, and %d are the most", e.What, e.Size, e.Most)
}

// A WriteError says that the storage failed. The entries concerned are not acknowledged, and the journal holds none of
// them. Where Stopped is not set, the same Append may be tried again, once there is room on the disk for example.
type WriteError struct {
	Op string // "write", "sync", "truncate" or "size"
	// Stopped says that the journal takes no more entries until it is opened anew: a sync has failed that was to make
	// entries durable which had been acknowledged before, and only reading the storage afresh can tell what it holds.
	Stopped bool
	Err     error
}

// Error names the operation and the cause.
func (e *WriteError) Error() string {
	if e.Stopped {
		return "journal: stopped until it is opened anew: " + e.Op + ": " + e.Err.Error()
	}
	return "journal: " + e.Op + ": " + e.Err.Error()
}

// Unwrap returns the storage's error.
func (e *WriteError) Unwrap() error { return e.Err }

// A ConflictError says that the storage is longer or shorter than this journal has made it: something else writes to it.
type ConflictError struct{ Want, Have int64 } // lengths in bytes

// Error shows both lengths.
func (e *ConflictError) Error() string {
	return fmt.Sprintf("journal: something else writes to the storage: it has %d bytes, want %d", e.Have, e.Want)
}

// A LockedError says that the file has a writer already, or, where its cause is [errors.ErrUnsupported], that this system
// offers no lock which a killed process gives up.
type LockedError struct {
	Path string
	Err  error
}

// Error names the file.
func (e *LockedError) Error() string {
	if errors.Is(e.Err, errors.ErrUnsupported) {
		return "journal: " + e.Path + ": this system has no lock that ends with its process: use Open with a storage of your own"
	}
	return "journal: " + e.Path + ": it has a writer already"
}

// Unwrap returns the system's error.
func (e *LockedError) Unwrap() error { return e.Err }

// A FormatError says that the storage holds something else than a journal of this format. It is left as it is.
type FormatError struct{ Found []byte } // its first bytes, at most 8

// Error shows the first bytes.
func (e *FormatError) Error() string {
	return fmt.Sprintf("journal: this is no journal: it starts with %q, want %q", e.Found, magic)
}

// An OriginError says that a journal or checkpoint has another origin than the caller wants, or that an origin will not
// do: it must have 1 to 242 bytes of UTF-8 without spaces, control characters and the sign +.
type OriginError struct{ Want, Have string }

// Error shows both origins, or the one that will not do.
func (e *OriginError) Error() string {
	if e.Want == "" {
		return fmt.Sprintf("journal: %q is no origin: name the log as in \"example.org/plan\", without spaces", e.Have)
	}
	return fmt.Sprintf("journal: the origin is %q, want %q", e.Have, e.Want)
}

// A DamageError says where a journal is not as it was written. Everything before that place is as it was written.
type DamageError struct {
	Offset   int64  // of the batch that is damaged, in bytes; 0 is the head of the file
	Sequence uint64 // the last entry before it
	Err      error
}

// Error names the place and the cause.
func (e *DamageError) Error() string {
	return fmt.Sprintf("journal: damaged at byte %d, after entry %d: %v", e.Offset, e.Sequence, e.Err)
}

// Unwrap returns the cause.
func (e *DamageError) Unwrap() error { return e.Err }

// A ProofError says that a proof, checkpoint or bundle proves nothing.
type ProofError struct {
	What string // "inclusion", "consistency", "checkpoint", "bundle"
	Err  error
}

// Error names what was to be proved and the cause.
func (e *ProofError) Error() string { return "journal: " + e.What + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *ProofError) Unwrap() error { return e.Err }

// A CheckpointError says that a journal is not the one, or no longer the one, of which a checkpoint was taken: entries
// that were there are gone or others.
type CheckpointError struct {
	Want Checkpoint // the one that was known
	Have Checkpoint // what the journal has at that size, or its end where it is shorter
}

// Error shows both sizes and roots.
func (e *CheckpointError) Error() string {
	if e.Have.Size < e.Want.Size {
		return fmt.Sprintf("journal: the journal ends at entry %d, and a checkpoint has %d", e.Have.Size, e.Want.Size)
	}
	return fmt.Sprintf("journal: history has changed: the root at size %d is %s, and a checkpoint has %s",
		e.Want.Size, e.Have.Root, e.Want.Root)
}
