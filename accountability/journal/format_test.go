package journal_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"strings"
	"testing"
	"time"

	"github.com/missionled/missionled/accountability/journal"
	"github.com/missionled/missionled/accountability/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"
)

const headSize, batchHead = 256, 36

// golden is a journal of two batches, which a program in another language made from the package documentation.
func golden() []byte {
	b, err := hex.DecodeString("6d6c6a6f75726e3100106578616d706c652e6f72672f706c616e" + strings.Repeat("00", 226) + "f679c7a7" +
		"6d6c6231000000ce00000000000000010000000000000100000000022bc089afd36accf1000000530100000000000000010000000067c2f6c0000000" +
		"00010000000261310000000464757479000000046c656164000000000000000d7b226964223a226c656164227d000000010000000a736f757263652f" +
		"706663000000530100000000000000020000000067c2f6c000000000020000000261310000000464757479000000046c656164000000000000001b7b" +
		"226964223a226c6561642d32222c226f66223a226c656164227d000000009bef2e0154036e608fa0e009c40748d35f047b109813ad2760fb4de22022" +
		"98f7" +
		"6d6c623100000068000000000000000300000000000001f200000001bcf8d32426613c42000000440100000000000000030000000067c2f6c1000001" +
		"f4040000000261320000000464757479000000046c6561640000000c6e65766572207369676e65640000000000000000da3e24be4b86d6658676d385" +
		"356003b90a88166657f0c920f7911e530db88ebb")
	if err != nil {
		panic(err)
	}
	return b
}

func TestFormatGolden(t *testing.T) {
	lead := journal.Entry{Recorded: noon, Actor: "a1", Verb: record.Assert, Kind: "duty", ID: "lead", Payload: []byte(`{"id":"lead"}`), Evidence: []string{"source/pfc"}}
	change := lead
	change.Verb, change.Payload, change.Evidence = record.Change, []byte(`{"id":"lead-2","of":"lead"}`), nil
	retract := journal.Entry{Recorded: noon.Add(time.Second + 500), Actor: "a2", Verb: record.Retract, Kind: "duty", ID: "lead", Reason: "never signed"}
	m := new(journal.Memory)
	j, _, err := journal.Open(t.Context(), m, journal.Options{Origin: origin})
	require.NoError(t, err)
	_, _, err = j.Append(lead, change)
	require.NoError(t, err)
	_, _, err = j.Append(retract)
	require.NoError(t, err)
	require.Equal(t, golden(), m.Bytes())
	c, err := j.Checkpoint()
	require.NoError(t, err)
	assert.Equal(t, "example.org/plan\n3\n2j4kvkuG1mWGdtOFNWADuQqIFmZX8Mkg95EeUw24jrs=\n", c.String())

	j, r, err := journal.Read(t.Context(), journal.NewMemory(golden()), journal.Options{})
	require.NoError(t, err)
	assert.Equal(t, journal.Report{Checkpoint: c, Bytes: 638}, r)
	all, err := collect(j)
	require.NoError(t, err)
	lead.Sequence, change.Sequence, retract.Sequence, retract.Payload = 1, 2, 3, []byte{}
	assert.Equal(t, []journal.Entry{lead, change, retract}, all)
}

// A piece is a batch taken apart.
type piece struct {
	at      int // where it starts
	first   uint64
	synced  uint64
	entries [][]byte
	root    []byte
}

// apart and together read and write batches as the package documentation says, apart from the package.
func apart(b []byte) (head []byte, pieces []piece) {
	head, at := b[:headSize], headSize
	for at < len(b) {
		n := int(binary.BigEndian.Uint32(b[at+4:]))
		p := piece{at: at, first: binary.BigEndian.Uint64(b[at+8:]), synced: binary.BigEndian.Uint64(b[at+16:])}
		body := b[at+batchHead : at+batchHead+n]
		for range binary.BigEndian.Uint32(b[at+24:]) {
			k := 4 + binary.BigEndian.Uint32(body)
			p.entries = append(p.entries, bytes.Clone(body[4:k]))
			body = body[k:]
		}
		p.root = bytes.Clone(body)
		pieces = append(pieces, p)
		at += batchHead + n
	}
	return head, pieces
}

func together(head []byte, pieces []piece) []byte {
	table := crc32.MakeTable(crc32.Castagnoli)
	b := bytes.Clone(head)
	for _, p := range pieces {
		var body []byte
		for _, e := range p.entries {
			body = binary.BigEndian.AppendUint32(body, uint32(len(e)))
			body = append(body, e...)
		}
		body = append(body, p.root...)
		h := binary.BigEndian.AppendUint32([]byte("mlb1"), uint32(len(body)))
		h = binary.BigEndian.AppendUint64(h, p.first)
		h = binary.BigEndian.AppendUint64(h, p.synced)
		h = binary.BigEndian.AppendUint32(h, uint32(len(p.entries)))
		h = binary.BigEndian.AppendUint32(h, crc32.Checksum(body, table))
		b = append(append(b, binary.BigEndian.AppendUint32(h, crc32.Checksum(h, table))...), body...)
	}
	return b
}

// reroot gives each batch from one on the root that its entries, and those before them, have.
func reroot(pieces []piece, from int) {
	var leaves [][]byte
	for i, p := range pieces {
		leaves = append(leaves, p.entries...)
		if i >= from {
			root := slowRoot(leaves)
			copy(p.root, root[:])
		}
	}
}

func TestTogetherIsWhatTheJournalWrites(t *testing.T) {
	_, m := filled(t, 9, 2, 1, 4)
	head, pieces := apart(m.Bytes())
	require.Len(t, pieces, 5)
	reroot(pieces, 0)
	assert.Equal(t, m.Bytes(), together(head, pieces))
}

// Somebody who can write the file mends the checksums, and more and more else. Each journal here has 7 batches.
func TestTampering(t *testing.T) {
	cases := []struct {
		name   string
		tamper func(p []piece) []piece
		// batch is the one that is found damaged; -1 means that only a known checkpoint shows anything.
		batch int
		// hidden means that opening does not notice, and verifying does.
		hidden bool
		cause  error
	}{
		{"a payload", func(p []piece) []piece { p[2].entries[0][100] ^= 1; return p }, 2, false, journal.ErrRoot},
		{"a payload in the last batch", func(p []piece) []piece { p[6].entries[0][100] ^= 1; return p }, 6, false, journal.ErrRoot},
		{"a payload, and the root of its batch", func(p []piece) []piece {
			p[2].entries[0][100] ^= 1
			q := append([]piece(nil), p[:3]...)
			reroot(q, 2)
			return p
		}, 3, false, journal.ErrRoot},
		{"a root alone", func(p []piece) []piece { p[2].root[7] ^= 1; return p }, 2, true, journal.ErrRoot},
		{"the last root", func(p []piece) []piece { p[6].root[7] ^= 1; return p }, 6, false, journal.ErrRoot},
		{"a batch left out", func(p []piece) []piece { return append(p[:2], p[3:]...) }, 2, false, nil},
		{"two entries of a batch exchanged", func(p []piece) []piece {
			e := p[1].entries
			e[0], e[1] = e[1], e[0]
			return p
		}, 1, false, nil},
		{"an earlier instant", func(p []piece) []piece { p[3].entries[0][13] ^= 0x80; return p }, 3, false, nil},
		{"something behind an entry", func(p []piece) []piece { p[3].entries[0] = append(p[3].entries[0], 0); return p }, 3, false, nil},
		{"an entry of none", func(p []piece) []piece { p[3].entries = nil; return p }, 3, false, nil},
		{"everything from there on", func(p []piece) []piece { p[2].entries[0][100] ^= 1; reroot(p, 2); return p }, -1, false, nil},
		{"the end cut off", func(p []piece) []piece { return p[:6] }, -1, false, nil},
		{"nothing", func(p []piece) []piece { return p }, -2, false, nil},
	}
	j, m := filled(t, 9, 1, 3)
	known, err := j.Checkpoint()
	require.NoError(t, err)
	early, err := j.CheckpointAt(3)
	require.NoError(t, err)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			head, pieces := apart(m.Bytes())
			require.Len(t, pieces, 7)
			b := together(head, c.tamper(pieces))
			_, _, opened := journal.Open(t.Context(), journal.NewMemory(b), journal.Options{})
			_, verified := journal.Verify(t.Context(), journal.NewMemory(b), journal.Options{})
			_, checked := journal.Verify(t.Context(), journal.NewMemory(b), journal.Options{}, known, early)
			if c.batch < 0 {
				require.NoError(t, opened)
				require.NoError(t, verified)
				assert.Equal(t, c.batch == -2, checked == nil)
				if c.batch == -1 {
					wrong, ok := errors.AsType[*journal.CheckpointError](checked)
					require.True(t, ok)
					assert.Equal(t, known, wrong.Want)
				}
				return
			}
			for i, err := range []error{opened, verified, checked} {
				if i == 0 && c.hidden {
					require.NoError(t, err)
					continue
				}
				damage, ok := errors.AsType[*journal.DamageError](err)
				require.True(t, ok, "%d: %v", i, err)
				_, whole := apart(m.Bytes())
				assert.Equal(t, int64(whole[c.batch].at), damage.Offset)
				assert.Equal(t, whole[c.batch].first-1, damage.Sequence)
				if c.cause != nil {
					assert.ErrorIs(t, damage, c.cause)
				}
			}
		})
	}
}

// An Entry read after the storage changed behind the journal's back is refused.
func TestReadingIsChecked(t *testing.T) {
	j, m := filled(t, 3)
	_, pieces := apart(m.Bytes())
	b := m.Bytes()
	at := pieces[1].at + batchHead + 60
	_, err := m.WriteAt([]byte{b[at] ^ 1}, int64(at))
	require.NoError(t, err)
	_, err = j.At(2)
	damage, ok := errors.AsType[*journal.DamageError](err)
	require.True(t, ok)
	assert.ErrorIs(t, damage, journal.ErrChecksum)
	all, err := collect(j)
	assert.Equal(t, []journal.Entry{numbered(0)}, all)
	assert.ErrorIs(t, err, journal.ErrChecksum)
	_, err = j.Verify(t.Context())
	assert.ErrorIs(t, err, journal.ErrChecksum)
	e, err := j.At(3)
	require.NoError(t, err)
	assert.Equal(t, numbered(2), e)
}

func TestNoJournal(t *testing.T) {
	for _, text := range []string{"hello", strings.Repeat("no journal ", 60), "mljourn", "mljourn2" + strings.Repeat("\x00", 300), "mljx"} {
		m := journal.NewMemory([]byte(text))
		_, r, err := journal.Open(t.Context(), m, journal.Options{Origin: origin})
		if strings.HasPrefix("mljourn1", text) { // what a killed creation leaves
			require.NoError(t, err)
			assert.True(t, r.Created)
			continue
		}
		_, ok := errors.AsType[*journal.FormatError](err)
		assert.True(t, ok, "%q: %v", text, err)
		assert.Equal(t, text, string(m.Bytes()))
	}
	head := golden()[:headSize]
	for _, c := range []struct {
		name   string
		change func(b []byte)
	}{
		{"origin with a space", func(b []byte) { b[12] = ' ' }},
		{"length beyond the head", func(b []byte) { b[8] = 1 }},
		{"length of nothing", func(b []byte) { b[9] = 0 }},
		{"something in the padding", func(b []byte) { b[200] = 1 }},
	} {
		b := bytes.Clone(head)
		c.change(b)
		binary.BigEndian.PutUint32(b[252:], crc32.Checksum(b[:252], crc32.MakeTable(crc32.Castagnoli)))
		_, _, err := journal.Open(t.Context(), journal.NewMemory(b), journal.Options{})
		_, ok := errors.AsType[*journal.DamageError](err)
		assert.True(t, ok, c.name)
	}
}

func TestOrigin(t *testing.T) {
	for _, bad := range []string{"", "two words", "a+b", "new\nline", "\xff", strings.Repeat("x", 243)} {
		_, _, err := journal.Open(t.Context(), new(journal.Memory), journal.Options{Origin: bad})
		_, ok := errors.AsType[*journal.OriginError](err)
		assert.True(t, ok, bad)
	}
	long := strings.Repeat("x", 242)
	m := new(journal.Memory)
	_, r, err := journal.Open(t.Context(), m, journal.Options{Origin: long})
	require.NoError(t, err)
	assert.Equal(t, journal.Report{Checkpoint: journal.Checkpoint{Origin: long, Root: slowRoot(nil)}, Bytes: headSize, Created: true}, r)
	j, r, err := journal.Open(t.Context(), m, journal.Options{})
	require.NoError(t, err)
	assert.Equal(t, long, j.Origin())
	assert.False(t, r.Created)
	_, _, err = journal.Open(t.Context(), m, journal.Options{Origin: origin})
	wrong, ok := errors.AsType[*journal.OriginError](err)
	require.True(t, ok)
	assert.Equal(t, &journal.OriginError{Want: origin, Have: long}, wrong)
	_, err = journal.Verify(t.Context(), m, journal.Options{Origin: origin})
	_, ok = errors.AsType[*journal.OriginError](err)
	assert.True(t, ok)
	_, err = journal.Verify(t.Context(), m, journal.Options{}, journal.Checkpoint{Origin: origin, Root: tlog.Hash{}})
	_, ok = errors.AsType[*journal.OriginError](err)
	assert.True(t, ok)
}

// mended gives the head of a file and of its first batch the checksums that they should have, so that a fuzzer gets past them.
func mended(b []byte) []byte {
	table := crc32.MakeTable(crc32.Castagnoli)
	b = bytes.Clone(b)
	copy(b, "mljourn1")
	binary.BigEndian.PutUint32(b[252:], crc32.Checksum(b[:252], table))
	h := b[headSize:]
	copy(h, "mlb1")
	body := h[batchHead:]
	if n := binary.BigEndian.Uint32(h[4:]); uint64(n) < uint64(len(body)) {
		body = body[:n]
	}
	binary.BigEndian.PutUint32(h[28:], crc32.Checksum(body, table))
	binary.BigEndian.PutUint32(h[32:], crc32.Checksum(h[:32], table))
	return b
}
