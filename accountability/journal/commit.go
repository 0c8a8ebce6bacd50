package journal

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"io"
)

// A Salt makes a [Commitment] say nothing about its value: 32 bytes drawn at random for one value, and kept secret with it.
type Salt [32]byte

// NewSalt reads a salt from a source of random bytes: crypto/rand.Reader, outside of tests. The error is the source's own.
func NewSalt(random io.Reader) (Salt, error) {
	var s Salt
	_, err := io.ReadFull(random, s[:])
	if err != nil {
		return Salt{}, err
	}
	return s, nil
}

// A Commitment binds whoever wrote it down to a value without telling it. Who has the salt and the value can show that
// they belong to it; when both are erased nobody can, and the commitment, and every proof of the entry that holds it,
// stays as it was. The zero Commitment is that of no known value. Commitments are comparable; equal values with two salts have two.
type Commitment [sha256.Size]byte

// Commit is SHA-256 of the salt followed by the value. It hides a value as well as the salt is random, and binds as SHA-256
// resists collisions.
func Commit(salt Salt, value string) Commitment {
	return sha256.Sum256(append(salt[:], value...))
}

// Opens reports whether c was made of salt and value, in time that does not depend on c.
func (c Commitment) Opens(salt Salt, value string) bool {
	have := Commit(salt, value)
	return subtle.ConstantTimeCompare(c[:], have[:]) == 1
}

const commitmentPrefix = "sha256:"

var errCommitment = errors.New("journal: a commitment is \"sha256:\" and 64 lower-case hexadecimal digits")

// String returns "sha256:" and 64 lower-case hexadecimal digits.
func (c Commitment) String() string { return commitmentPrefix + hex.EncodeToString(c[:]) }

// MarshalText returns what [Commitment.String] does.
func (c Commitment) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what [Commitment.String] writes, and nothing else.
func (c *Commitment) UnmarshalText(b []byte) error {
	var v Commitment
	if len(b) != len(commitmentPrefix)+2*len(v) {
		return errCommitment
	}
	if _, err := hex.Decode(v[:], b[len(commitmentPrefix):]); err != nil || v.String() != string(b) {
		return errCommitment
	}
	*c = v
	return nil
}
