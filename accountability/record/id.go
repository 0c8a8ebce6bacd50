package record

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// ID names a record: a readable slug, or a UUID in its usual lower-case form. It is at most 120 bytes of lower-case
// letters, digits, and single hyphens, dots or underscores between them. The zero ID is empty and names nothing.
type ID string

// MaxID is the length of the longest [ID], in bytes.
const MaxID = 120

// ParseID checks s and returns it as an [ID]. The error is an [*IDError] that carries the nearest id that would do.
func ParseID(s string) (ID, error) {
	if !validID(s) {
		return "", &IDError{Text: s, Suggestion: Slug(s)}
	}
	return ID(s), nil
}

// UnmarshalText does as [ParseID].
func (id *ID) UnmarshalText(b []byte) error {
	if !validID(string(b)) {
		return &IDError{Text: string(b), Suggestion: Slug(string(b))}
	}
	*id = ID(b)
	return nil
}

// MarshalText returns the text of the id.
func (id ID) MarshalText() ([]byte, error) { return []byte(id), nil }

// An IDError says that a text is no id.
type IDError struct {
	Text       string // as it was given
	Suggestion ID     // the nearest text that is an id; empty if there is none
}

// Error suggests an id that would do, or says what one is made of.
func (e *IDError) Error() string {
	if e.Text == "" {
		return "empty id: give each record a short name such as \"clean-power-2030\""
	}
	if len(e.Text) > MaxID {
		return fmt.Sprintf("%s is no id: it has %d bytes, and %d are the most", quote(e.Text), len(e.Text), MaxID)
	}
	if e.Suggestion == "" {
		return fmt.Sprintf("%s is no id: use lower-case letters, digits and hyphens", quote(e.Text))
	}
	return fmt.Sprintf("%s is no id: use lower-case letters, digits and hyphens, such as %q", quote(e.Text), string(e.Suggestion))
}

func validID(s string) bool {
	if len(s) == 0 || len(s) > MaxID {
		return false
	}
	joint := true // no joint may stand first, last, or beside another
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			joint = false
		case c == '-' || c == '.' || c == '_':
			if joint {
				return false
			}
			joint = true
		default:
			return false
		}
	}
	return !joint
}

// Slug makes an id from any text: letters lowered, everything else folded into single hyphens, cut at [MaxID]. Text
// without a Latin letter or a digit gives the empty ID. Different texts may give one slug, so the caller must look for
// collisions.
func Slug(s string) ID {
	var b strings.Builder
	gap := false
	for _, r := range s {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
			if b.Len() >= MaxID-1 {
				break
			}
			continue
		}
		gap = true
	}
	return ID(b.String())
}

// NewID returns a fresh id: a UUID of version 7 (RFC 9562), which sorts by the time it was made. It is the one function
// of the library that reads the clock and the system's random source.
func NewID() ID { return ID(uuid.Must(uuid.NewV7()).String()) }

// Ref names a record of any kind. Its text is "kind/id". The zero Ref names nothing.
type Ref struct {
	Kind Kind
	ID   ID
}

// ParseRef reads "kind/id". The error is a [*RefError].
func ParseRef(s string) (Ref, error) {
	kind, id, ok := strings.Cut(s, "/")
	if !ok || !validID(kind) || !validID(id) {
		return Ref{}, &RefError{Text: s}
	}
	return Ref{Kind(kind), ID(id)}, nil
}

// IsZero reports whether r names nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

// String returns "kind/id", or "" for the zero Ref.
func (r Ref) String() string {
	if r.IsZero() {
		return ""
	}
	return string(r.Kind) + "/" + string(r.ID)
}

// Compare orders by kind and then by id.
func (r Ref) Compare(s Ref) int {
	if c := strings.Compare(string(r.Kind), string(s.Kind)); c != 0 {
		return c
	}
	return strings.Compare(string(r.ID), string(s.ID))
}

// MarshalText returns the text of the reference.
func (r Ref) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText does as [ParseRef].
func (r *Ref) UnmarshalText(b []byte) error {
	v, err := ParseRef(string(b))
	if err == nil {
		*r = v
	}
	return err
}

// A RefError says that a text is no reference.
type RefError struct{ Text string }

// Error shows the text, cut where it is long, and how a reference is written.
func (e *RefError) Error() string {
	return quote(e.Text) + " is no reference: write the kind and the id, such as \"milestone/clean-power-2030\""
}

// UUID is a universally unique identifier (RFC 9562). It converts plainly to and from the [16]byte types of other
// packages. The zero UUID is the nil UUID.
type UUID [16]byte

// String returns the usual form: 32 lower-case hexadecimal digits and four hyphens.
func (u UUID) String() string {
	h := hex.EncodeToString(u[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// GlobalID derives the name of a record that holds everywhere: a UUID of version 5 (RFC 9562, section 5.5) of the text
// of ref, in a namespace that is itself the version 5 UUID of the document's namespace among URLs. Equal arguments give
// equal results on every machine.
func GlobalID(namespace string, ref Ref) UUID {
	space := uuid.NewSHA1(uuid.NameSpaceURL, []byte(namespace))
	return UUID(uuid.NewSHA1(space, []byte(ref.String())))
}

// quote shows a text of the user's in a message: quoted, and cut where it is long.
func quote(s string) string {
	const most = 60
	if len(s) > most {
		cut := most
		for cut > 0 && s[cut]&0xc0 == 0x80 {
			cut--
		}
		return fmt.Sprintf("%q…", s[:cut])
	}
	return fmt.Sprintf("%q", s)
}
