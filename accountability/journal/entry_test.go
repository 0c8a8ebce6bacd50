package journal_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/missionled/missionled/accountability/journal"
	"github.com/missionled/missionled/accountability/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// goldens are encodings that must never change. A program in another language made them from the package documentation.
var goldens = []struct {
	name  string
	entry journal.Entry
	hex   string
	leaf  string
}{
	{
		"all parts",
		journal.Entry{
			Sequence: 258, Recorded: time.Date(2025, 3, 1, 12, 0, 0, 5, time.UTC), Actor: "a1", Verb: record.Correct, Kind: "duty", ID: "lead",
			Payload: []byte(`{"id":"lead"}`), Reason: "é", Evidence: []string{"source/pfc", ""},
		},
		"01" + "0000000000000102" + "0000000067c2f6c0" + "00000005" + "03" +
			"00000002" + "6131" + "00000004" + "64757479" + "00000004" + "6c656164" + "00000002" + "c3a9" +
			"0000000d" + "7b226964223a226c656164227d" + "00000002" + "0000000a" + "736f757263652f706663" + "00000000",
		"Y6PxVaXNnSG31Kb9qjaDwUtjofzpBPKrZJ8tb0NbWXU=",
	},
	{
		"least",
		journal.Entry{Recorded: time.Date(1969, 12, 31, 23, 59, 59, 999999999, time.UTC), Actor: "a", Verb: record.Assert, Kind: "k", ID: "i"},
		"01" + "0000000000000000" + "ffffffffffffffff" + "3b9ac9ff" + "01" +
			"00000001" + "61" + "00000001" + "6b" + "00000001" + "69" + "00000000" + "00000000" + "00000000",
		"",
	},
}

func TestEntryGolden(t *testing.T) {
	for _, g := range goldens {
		t.Run(g.name, func(t *testing.T) {
			b, err := g.entry.MarshalBinary()
			require.NoError(t, err)
			assert.Equal(t, g.hex, hex.EncodeToString(b))
			var back journal.Entry
			require.NoError(t, back.UnmarshalBinary(b))
			if g.entry.Payload == nil {
				g.entry.Payload = []byte{}
			}
			assert.Equal(t, g.entry, back)
			if g.leaf != "" {
				h, err := g.entry.LeafHash()
				require.NoError(t, err)
				assert.Equal(t, g.leaf, h.String())
			}
		})
	}
}

func TestEntryFaults(t *testing.T) {
	cases := []struct {
		name   string
		change func(*journal.Entry)
		fields []string
	}{
		{"no instant", func(e *journal.Entry) { e.Recorded = time.Time{} }, []string{"recorded"}},
		{"year 10000", func(e *journal.Entry) { e.Recorded = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, []string{"recorded"}},
		{"year 0", func(e *journal.Entry) { e.Recorded = time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC) }, []string{"recorded"}},
		{"a name for an actor", func(e *journal.Entry) { e.Actor = "Ada Lovelace" }, []string{"actor"}},
		{"no actor", func(e *journal.Entry) { e.Actor = "" }, []string{"actor"}},
		{"no record", func(e *journal.Entry) { e.Kind, e.ID = "", "" }, []string{"kind", "id"}},
		{"no such verb", func(e *journal.Entry) { e.Verb = 6 }, []string{"verb"}},
		{"correction without a reason", func(e *journal.Entry) { e.Verb = record.Correct }, []string{"reason"}},
		{"retraction without a reason", func(e *journal.Entry) { e.Verb = record.Retract }, []string{"reason"}},
		{"closing without a reason", func(e *journal.Entry) { e.Verb = record.Close }, nil},
		{"no UTF-8", func(e *journal.Entry) { e.Reason, e.Evidence = "\xff", []string{"ok", "\xff", "\xff"} }, []string{"reason", "evidence"}},
		{"payload of any bytes", func(e *journal.Entry) { e.Payload = []byte{0, 0xff} }, nil},
		{"no verb", func(e *journal.Entry) { e.Verb = 0 }, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			e := sample(0)
			c.change(&e)
			_, err := e.MarshalBinary()
			var fields []string
			if joined, ok := err.(interface{ Unwrap() []error }); ok {
				for _, err := range joined.Unwrap() {
					one, ok := errors.AsType[*journal.EntryError](err)
					require.True(t, ok)
					fields = append(fields, one.Field)
				}
			}
			assert.Equal(t, c.fields, fields)
			j, _ := filled(t, 0)
			_, last, err := j.Append(e)
			assert.Equal(t, c.fields == nil, err == nil, "%v", err)
			assert.Equal(t, j.Len(), last)
		})
	}
	e := sample(0)
	e.Verb = record.Retract
	_, err := e.LeafHash()
	assert.ErrorIs(t, err, record.ErrNoReason)
	e.Actor = "no id"
	_, err = e.LeafHash()
	_, ok := errors.AsType[*record.IDError](err)
	assert.True(t, ok)
}

// Each change to an encoding gives another entry or none.
func TestEntryHasOneEncoding(t *testing.T) {
	good, err := numbered(3).MarshalBinary()
	require.NoError(t, err)
	for cut := range good {
		var e journal.Entry
		_, ok := errors.AsType[*journal.EntryError](e.UnmarshalBinary(good[:cut]))
		require.True(t, ok, cut)
		require.Equal(t, journal.Entry{}, e)
	}
	var e journal.Entry
	require.ErrorContains(t, e.UnmarshalBinary(append(bytes.Clone(good), 0)), "follows")
	for i := range good {
		for _, x := range []byte{1, 0x80, 0xff} {
			b := bytes.Clone(good)
			b[i] ^= x
			var e journal.Entry
			if e.UnmarshalBinary(b) != nil {
				continue
			}
			back, err := e.MarshalBinary()
			require.NoError(t, err)
			require.Equal(t, b, back)
			require.NotEqual(t, numbered(3), e)
		}
	}
	b := bytes.Clone(good)
	copy(b[17:], "\x3b\x9a\xca\x00") // 10⁹ nanoseconds would be the next second's 0
	require.ErrorContains(t, e.UnmarshalBinary(b), "nanoseconds")
	b = bytes.Clone(good)
	b[21] = 0 // zero means assert to a caller only
	require.ErrorContains(t, e.UnmarshalBinary(b), "verb")
	b = bytes.Clone(good)
	b[0] = 2
	require.ErrorContains(t, e.UnmarshalBinary(b), "version")
}

func TestEntryKeepsNothing(t *testing.T) {
	b, err := numbered(3).MarshalBinary()
	require.NoError(t, err)
	var e journal.Entry
	require.NoError(t, e.UnmarshalBinary(b))
	clear(b)
	assert.Equal(t, numbered(3), e)
	assert.Equal(t, "duty/duty-3", e.Ref().String())
}

func FuzzEntry(f *testing.F) {
	for i := range 4 {
		b, _ := numbered(i).MarshalBinary()
		f.Add(b)
	}
	for _, g := range goldens {
		b, _ := hex.DecodeString(g.hex)
		f.Add(b)
		f.Add(append(b[:len(b)-4], "\xff\xff\xff\xff"...)) // a count that the bytes do not bear out
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var e journal.Entry
		if err := e.UnmarshalBinary(b); err != nil {
			if _, ok := errors.AsType[*journal.EntryError](err); !ok || strings.Contains(err.Error(), "%!") {
				t.Fatal(err)
			}
			return
		}
		back, err := e.MarshalBinary()
		if err != nil || !bytes.Equal(b, back) {
			t.Fatalf("%x gives %x, %v", b, back, err)
		}
	})
}

func TestCommitment(t *testing.T) {
	var salt journal.Salt
	for i := range salt {
		salt[i] = byte(i)
	}
	c := journal.Commit(salt, "Ada Lovelace")
	// Python: hashlib.sha256(bytes(range(32)) + b"Ada Lovelace")
	assert.Equal(t, "sha256:59af269ca64ec7a253d4b959af644f3e3f274fca7a0ff8021171fcdb4fc7f4ff", c.String())
	assert.True(t, c.Opens(salt, "Ada Lovelace"))
	assert.False(t, c.Opens(salt, "Ada Lovelac"))
	assert.False(t, c.Opens(journal.Salt{}, "Ada Lovelace"))
	var back journal.Commitment
	text, err := c.MarshalText()
	require.NoError(t, err)
	require.NoError(t, back.UnmarshalText(text))
	assert.Equal(t, c, back)
	for _, bad := range []string{"", "sha256:", c.String()[7:], strings.ToUpper(c.String()), c.String() + "0", "sha512:" + c.String()[7:], c.String()[:70] + "g"} {
		assert.Error(t, back.UnmarshalText([]byte(bad)), bad)
	}
	assert.Equal(t, c, back)
	_, err = journal.NewSalt(strings.NewReader("too short"))
	assert.ErrorContains(t, err, "EOF")
}
