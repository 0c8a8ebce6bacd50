package journal

import (
	"encoding/binary"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/missionled/missionled/accountability/record"
	"golang.org/x/mod/sumdb/tlog"
)

// An Entry is one change to one record. The zero Entry is refused: it lacks an instant, an actor and a record.
type Entry struct {
	// Sequence counts the entries of a journal from 1. [Journal.Append] sets it. A caller who sets it too is refused
	// unless it is the one that the entry gets, and so learns that somebody else has written in between.
	Sequence uint64
	// Recorded is the instant of the change, to the nanosecond, in the years 1 to 9999. It is kept in UTC and is never
	// before that of the entry before.
	Recorded time.Time
	// Actor is who made the change: an id that means something only to whoever holds the list of actors.
	Actor record.ID
	// Verb says what the change is. [Journal.Append] takes zero for [record.Assert], as records do.
	Verb record.Verb
	// Kind and ID name the record that is changed.
	Kind record.Kind
	ID   record.ID
	// Payload is the record, as a rule its JSON. Nothing here reads it. It may be empty.
	Payload []byte
	// Reason says why. A correction or retraction must have one.
	Reason string
	// Evidence lists what the change rests on, in any form the caller likes: references to sources, addresses, digests.
	Evidence []string
}

// Ref names the record that the entry changes.
func (e Entry) Ref() record.Ref { return record.Ref{Kind: e.Kind, ID: e.ID} }

const (
	entryVersion = 1
	entryFixed   = 1 + 8 + 8 + 4 + 1 // up to the first text
	minEntry     = entryFixed + 6*4 + 3
	timeAt       = 9 // where the instant starts
)

// AppendBinary appends the encoding of the package documentation, which is that of the leaf in the tree. The error
// joins one [*EntryError] for each thing wrong with the entry. A verb of zero is written as [record.Assert].
func (e Entry) AppendBinary(b []byte) ([]byte, error) {
	if e.Verb == 0 {
		e.Verb = record.Assert
	}
	if err := errors.Join(e.faults(0)...); err != nil {
		return b, err
	}
	return e.encode(b), nil
}

// MarshalBinary does as [Entry.AppendBinary].
func (e Entry) MarshalBinary() ([]byte, error) { return e.AppendBinary(nil) }

// UnmarshalBinary reads what [Entry.AppendBinary] writes and nothing else: each entry has one encoding. The error is an
// [*EntryError], and the entry is then unchanged. The entry keeps no part of b.
func (e *Entry) UnmarshalBinary(b []byte) error {
	v, payload, err := parseEntry(string(b))
	if err != nil {
		return err
	}
	*e = v
	e.Payload = []byte(payload)
	return nil
}

// LeafHash is the hash of the entry in the tree. The errors are those of [Entry.AppendBinary].
func (e Entry) LeafHash() (tlog.Hash, error) {
	b, err := e.MarshalBinary()
	if err != nil {
		return tlog.Hash{}, err
	}
	return tlog.RecordHash(b), nil
}

func (e *Entry) encode(b []byte) []byte {
	b = append(b, entryVersion)
	b = binary.BigEndian.AppendUint64(b, e.Sequence)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Recorded.Unix()))
	b = binary.BigEndian.AppendUint32(b, uint32(e.Recorded.Nanosecond()))
	b = append(b, byte(e.Verb))
	b = appendText(b, string(e.Actor))
	b = appendText(b, string(e.Kind))
	b = appendText(b, string(e.ID))
	b = appendText(b, e.Reason)
	b = binary.BigEndian.AppendUint32(b, uint32(len(e.Payload)))
	b = append(b, e.Payload...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(e.Evidence)))
	for _, s := range e.Evidence {
		b = appendText(b, s)
	}
	return b
}

func appendText(b []byte, s string) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
	return append(b, s...)
}

// encodedSize is the length of the encoding, in bytes. It cannot overflow: the parts are all in memory.
func (e *Entry) encodedSize() int {
	n := entryFixed + 6*4 + len(e.Actor) + len(e.Kind) + len(e.ID) + len(e.Reason) + len(e.Payload)
	for _, s := range e.Evidence {
		n += 4 + len(s)
	}
	return n
}

var (
	errNoInstant = errors.New("the instant is not set")
	errYear      = errors.New("the year is not within 1 to 9999")
	errNoVerb    = errors.New("the verb is none of assert, change, correct, retract and close")
	errNotUTF8   = errors.New("the text is not valid UTF-8")
	errEnds      = errors.New("the encoding ends early")
	errFollows   = errors.New("something follows the encoding")
	errVersion   = errors.New("the version is not 1")
	errNanos     = errors.New("the nanoseconds are 10⁹ or more")
)

// faults lists what is wrong with the entry, whose place in a call of Append is index.
func (e *Entry) faults(index int) []error {
	var all []error
	fault := func(field string, err error) {
		all = append(all, &EntryError{Index: index, Sequence: e.Sequence, Field: field, Err: err})
	}
	if n := e.encodedSize(); n > maxBody {
		fault("", &LimitError{What: "entry", Size: n, Most: maxBody})
	}
	if e.Recorded.IsZero() {
		fault("recorded", errNoInstant)
	} else if y := e.Recorded.UTC().Year(); y < 1 || y > 9999 {
		fault("recorded", errYear)
	}
	if e.Verb < record.Assert || e.Verb > record.Close {
		fault("verb", errNoVerb)
	}
	if _, err := record.ParseID(string(e.Actor)); err != nil {
		fault("actor", err)
	}
	if _, err := record.ParseID(string(e.Kind)); err != nil {
		fault("kind", err)
	}
	if _, err := record.ParseID(string(e.ID)); err != nil {
		fault("id", err)
	}
	if e.Reason == "" && (e.Verb == record.Correct || e.Verb == record.Retract) {
		fault("reason", record.ErrNoReason)
	}
	if !utf8.ValidString(e.Reason) {
		fault("reason", errNotUTF8)
	}
	for _, s := range e.Evidence {
		if !utf8.ValidString(s) {
			fault("evidence", errNotUTF8)
			break
		}
	}
	return all
}

// parseEntry reads one encoding, whole. The entry's texts are parts of s, and so is the payload, which it returns apart.
func parseEntry(s string) (e Entry, payload string, err error) {
	bad := func(field string, err error) (Entry, string, error) {
		return Entry{}, "", &EntryError{Sequence: e.Sequence, Field: field, Err: err}
	}
	if len(s) < entryFixed {
		return bad("", errEnds)
	}
	if s[0] != entryVersion {
		return bad("version", errVersion)
	}
	e.Sequence = uint64At(s, 1)
	nanos := uint32At(s, timeAt+8)
	if nanos >= 1e9 {
		return bad("recorded", errNanos)
	}
	e.Recorded = time.Unix(int64(uint64At(s, timeAt)), int64(nanos)).UTC()
	e.Verb = record.Verb(s[21])
	rest := s[entryFixed:]
	var actor, kind, id string
	for _, part := range []struct {
		field string
		to    *string
	}{{"actor", &actor}, {"kind", &kind}, {"id", &id}, {"reason", &e.Reason}, {"payload", &payload}} {
		var ok bool
		if *part.to, rest, ok = cutText(rest); !ok {
			return bad(part.field, errEnds)
		}
	}
	e.Actor, e.Kind, e.ID = record.ID(actor), record.Kind(kind), record.ID(id)
	if len(rest) < 4 {
		return bad("evidence", errEnds)
	}
	count := uint32At(rest, 0)
	rest = rest[4:]
	if uint64(count) > uint64(len(rest)/4) {
		return bad("evidence", errEnds)
	}
	if count > 0 {
		e.Evidence = make([]string, count)
		for i := range e.Evidence {
			var ok bool
			if e.Evidence[i], rest, ok = cutText(rest); !ok {
				return bad("evidence", errEnds)
			}
		}
	}
	if rest != "" {
		return bad("", errFollows)
	}
	if faults := e.faults(0); len(faults) > 0 {
		return Entry{}, "", faults[0]
	}
	return e, payload, nil
}

func cutText(s string) (text, rest string, ok bool) {
	if len(s) < 4 {
		return "", s, false
	}
	n := uint32At(s, 0)
	if uint64(n) > uint64(len(s)-4) {
		return "", s, false
	}
	return s[4 : 4+n], s[4+n:], true
}

func uint32At(s string, i int) uint32 {
	return uint32(s[i])<<24 | uint32(s[i+1])<<16 | uint32(s[i+2])<<8 | uint32(s[i+3])
}

func uint64At(s string, i int) uint64 { return uint64(uint32At(s, i))<<32 | uint64(uint32At(s, i+4)) }
