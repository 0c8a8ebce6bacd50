package journal_test

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/missionled/missionled/accountability/journal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// zeros is a source of bytes that makes keys and salts the same each time.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// keys makes a signer and what verifies it.
func keys(t testing.TB, name string) (note.Signer, note.Verifiers) {
	t.Helper()
	secret, public, err := note.GenerateKey(zeros{}, name)
	require.NoError(t, err)
	signer, err := note.NewSigner(secret)
	require.NoError(t, err)
	verifier, err := note.NewVerifier(public)
	require.NoError(t, err)
	return signer, note.VerifierList(verifier)
}

// The text is the example of C2SP tlog-checkpoint.
const behindTheSofa = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"

func TestCheckpointText(t *testing.T) {
	c, err := journal.ParseCheckpoint(behindTheSofa)
	require.NoError(t, err)
	assert.Equal(t, "example.com/behind-the-sofa", c.Origin)
	assert.EqualValues(t, 20852163, c.Size)
	assert.Equal(t, behindTheSofa, c.String())
	extended, err := journal.ParseCheckpoint(behindTheSofa + "one\ntwo\n")
	require.NoError(t, err)
	assert.Equal(t, "one\ntwo\n", extended.Extension)
	assert.Equal(t, behindTheSofa+"one\ntwo\n", extended.String())
	var back journal.Checkpoint
	text, err := extended.MarshalText()
	require.NoError(t, err)
	require.NoError(t, back.UnmarshalText(text))
	assert.Equal(t, extended, back)

	root := "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
	for _, bad := range []string{
		"", "\n", "o\n1\n", "o\n1\n" + root, "\n1\n" + root + "\n", "o\n\n" + root + "\n", "o\n01\n" + root + "\n", "o\n+1\n" + root + "\n",
		"o\n-1\n" + root + "\n", "o\n1 \n" + root + "\n", "o\n4611686018427387905\n" + root + "\n", "o\n18446744073709551616\n" + root + "\n",
		"o\n1\n" + root[:43] + "\n", "o\n1\n" + root + root + "\n", "o\n1\n" + root[:42] + "J=\n", "o\n1\nAAAA\n", "o\n1\n" + root[:20] + "\r" + root[20:] + "\n",
		behindTheSofa + "\n", behindTheSofa + "one", behindTheSofa + "one\n\n", behindTheSofa + "\none\n",
	} {
		_, err := journal.ParseCheckpoint(bad)
		_, ok := errors.AsType[*journal.ProofError](err)
		assert.True(t, ok, "%q", bad)
		assert.Error(t, back.UnmarshalText([]byte(bad)))
	}
	assert.Equal(t, extended, back)
	for _, bad := range []journal.Checkpoint{{}, {Origin: "a\n9"}, {Origin: "a", Extension: "no newline"}, {Origin: "a", Size: 1<<62 + 1}} {
		_, err := bad.MarshalText()
		assert.Error(t, err, bad)
	}
	assert.True(t, journal.Checkpoint{}.IsZero())
	assert.False(t, c.IsZero())
}

func FuzzParseCheckpoint(f *testing.F) {
	f.Add(behindTheSofa)
	f.Add(behindTheSofa + "one\ntwo\n")
	f.Add("o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := journal.ParseCheckpoint(text)
		if err == nil && c.String() != text {
			t.Fatalf("%q gives %q", text, c.String())
		}
	})
}

func TestSign(t *testing.T) {
	signer, known := keys(t, origin)
	other, both := keys(t, "example.org/witness")
	j, _ := filled(t, 3)
	c, err := j.Checkpoint()
	require.NoError(t, err)
	signed, err := c.Sign(other, signer)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(signed), c.String()+"\n— example.org/witness "))
	back, err := journal.OpenCheckpoint(signed, known)
	require.NoError(t, err)
	assert.Equal(t, c, back)

	_, err = c.Sign(other)
	_, ok := errors.AsType[*journal.OriginError](err)
	assert.True(t, ok, "no signer speaks for the log")
	_, err = journal.OpenCheckpoint(signed, both)
	_, ok = errors.AsType[*journal.OriginError](err)
	assert.True(t, ok, "a witness does not speak for the log")
	_, stranger := keys(t, "example.org/stranger")
	_, err = journal.OpenCheckpoint(signed, stranger)
	_, ok = errors.AsType[*note.UnverifiedNoteError](err)
	assert.True(t, ok)
	for i := range signed {
		signed[i] ^= 1
		back, err := journal.OpenCheckpoint(signed, known)
		if err == nil {
			assert.Equal(t, c, back, "a byte of the witness's line")
		}
		signed[i] ^= 1
	}
	text, err := note.Sign(&note.Note{Text: "no checkpoint\n"}, signer)
	require.NoError(t, err)
	_, err = journal.OpenCheckpoint(text, known)
	_, ok = errors.AsType[*journal.ProofError](err)
	assert.True(t, ok)
}

func TestBundle(t *testing.T) {
	signer, known := keys(t, origin)
	j, _ := filled(t, 20)
	held, err := j.CheckpointAt(7)
	require.NoError(t, err)
	now, err := j.Checkpoint()
	require.NoError(t, err)
	signed, err := now.Sign(signer)
	require.NoError(t, err)
	b, err := j.Bundle(signed, held.Size, 5, 19, 5)
	require.NoError(t, err)

	// Through JSON, as it is sent.
	sent, err := json.Marshal(b)
	require.NoError(t, err)
	var got journal.Bundle
	require.NoError(t, json.Unmarshal(sent, &got))
	c, entries, err := got.Verify(known, held)
	require.NoError(t, err)
	assert.Equal(t, now, c)
	assert.Equal(t, []journal.Entry{numbered(4), numbered(18), numbered(4)}, entries)
	_, _, err = got.Verify(known, journal.Checkpoint{})
	require.NoError(t, err)

	// Nothing in it can be another.
	cases := []struct {
		name   string
		change func(b *journal.Bundle)
	}{
		{"an entry", func(b *journal.Bundle) { b.Entries[0].Entry[100] ^= 1 }},
		{"an entry in another's place", func(b *journal.Bundle) { b.Entries[0].Entry = b.Entries[1].Entry }},
		{"an entry's sequence", func(b *journal.Bundle) { b.Entries[0].Entry[8]++ }},
		{"no entry", func(b *journal.Bundle) { b.Entries[0].Entry = nil }},
		{"a proof", func(b *journal.Bundle) { b.Entries[1].Proof[2][0] ^= 1 }},
		{"a proof cut short", func(b *journal.Bundle) { b.Entries[1].Proof = b.Entries[1].Proof[1:] }},
		{"the root", func(b *journal.Bundle) {
			b.Checkpoint = strings.Replace(b.Checkpoint, now.Root.String(), held.Root.String(), 1)
		}},
		{"the size", func(b *journal.Bundle) { b.Checkpoint = strings.Replace(b.Checkpoint, "\n20\n", "\n21\n", 1) }},
		{"no checkpoint", func(b *journal.Bundle) { b.Checkpoint = "" }},
		{"the growth", func(b *journal.Bundle) { b.Consistency[0][9] ^= 1 }},
		{"no growth", func(b *journal.Bundle) { b.Since, b.Consistency = 0, nil }},
		{"another start", func(b *journal.Bundle) { b.Since = 8 }},
	}
	for _, c := range cases {
		var bad journal.Bundle
		require.NoError(t, json.Unmarshal(sent, &bad))
		c.change(&bad)
		_, entries, err := bad.Verify(known, held)
		assert.Error(t, err, c.name)
		assert.Nil(t, entries, c.name)
	}
	forged := held
	forged.Root[3] ^= 1
	_, _, err = got.Verify(known, forged)
	assert.ErrorIs(t, err, journal.ErrUnproven)
	_, _, err = new(journal.Bundle).Verify(known, journal.Checkpoint{})
	assert.Error(t, err)
}

func TestBundleRefuses(t *testing.T) {
	signer, known := keys(t, origin)
	j, _ := filled(t, 5)
	now, err := j.Checkpoint()
	require.NoError(t, err)
	sign := func(c journal.Checkpoint, s note.Signer) []byte {
		signed, err := c.Sign(s)
		require.NoError(t, err)
		return signed
	}
	signed := sign(now, signer)
	b, err := j.Bundle(signed, 0)
	require.NoError(t, err)
	c, entries, err := b.Verify(known, journal.Checkpoint{})
	require.NoError(t, err)
	assert.Equal(t, now, c)
	assert.Empty(t, entries)

	// A checkpoint of some time ago does, but not for entries since.
	early, err := j.CheckpointAt(3)
	require.NoError(t, err)
	_, err = j.Bundle(sign(early, signer), 2, 3)
	require.NoError(t, err)
	_, err = j.Bundle(sign(early, signer), 2, 4)
	_, ok := errors.AsType[*journal.SequenceError](err)
	assert.True(t, ok)
	_, err = j.Bundle(sign(early, signer), 4)
	_, ok = errors.AsType[*journal.SequenceError](err)
	assert.True(t, ok)

	later, forged, elsewhere := now, now, now
	later.Size = 6
	forged.Root = tlog.Hash{1}
	for _, c := range []journal.Checkpoint{later, forged} {
		_, err = j.Bundle(sign(c, signer), 0)
		wrong, ok := errors.AsType[*journal.CheckpointError](err)
		require.True(t, ok)
		assert.Equal(t, &journal.CheckpointError{Want: c, Have: now}, wrong)
	}
	elsewhere.Origin = "example.org/other"
	other, _ := keys(t, elsewhere.Origin)
	_, err = j.Bundle(sign(elsewhere, other), 0)
	_, ok = errors.AsType[*journal.OriginError](err)
	assert.True(t, ok)
	for _, bad := range []string{"", "\n\n", now.String()} {
		_, err = j.Bundle([]byte(bad), 0)
		_, ok = errors.AsType[*journal.ProofError](err)
		assert.True(t, ok, bad)
	}
}

// Known checkpoints are found wherever they were taken: at any size, within a batch too.
func TestVerifyKnown(t *testing.T) {
	j, m := filled(t, 12, 5, 1, 4)
	for size := range uint64(13) {
		c, err := j.CheckpointAt(size)
		require.NoError(t, err)
		r, err := journal.Verify(t.Context(), m, journal.Options{Origin: origin}, c)
		require.NoError(t, err)
		assert.EqualValues(t, 12, r.Checkpoint.Size)
		forged := c
		forged.Root[31] ^= 1
		_, err = j.Verify(t.Context(), c, forged)
		wrong, ok := errors.AsType[*journal.CheckpointError](err)
		require.True(t, ok)
		assert.Equal(t, &journal.CheckpointError{Want: forged, Have: c}, wrong)
	}
	now, err := j.Checkpoint()
	require.NoError(t, err)
	later := now
	later.Size = 13
	_, err = j.Verify(t.Context(), later, now)
	wrong, ok := errors.AsType[*journal.CheckpointError](err)
	require.True(t, ok)
	assert.Equal(t, &journal.CheckpointError{Want: later, Have: now}, wrong)
	assert.EqualError(t, err, "journal: the journal ends at entry 12, and a checkpoint has 13")
}

func TestLongWork(t *testing.T) {
	j, m := filled(t, 3000)
	var done, total []int64
	progress := func(d, t int64) { done, total = append(done, d), append(total, t) }
	size, err := m.Size()
	require.NoError(t, err)
	for _, do := range []func(context.Context) error{
		func(ctx context.Context) error {
			_, _, err := journal.Read(ctx, m, journal.Options{Progress: progress})
			return err
		},
		func(ctx context.Context) error {
			_, _, err := journal.Open(ctx, m, journal.Options{Progress: progress})
			return err
		},
		func(ctx context.Context) error {
			_, err := journal.Verify(ctx, m, journal.Options{Progress: progress})
			return err
		},
	} {
		done, total = nil, nil
		require.NoError(t, do(t.Context()))
		require.Greater(t, len(done), 2)
		assert.IsIncreasing(t, done[:len(done)-1])
		assert.Equal(t, size, done[len(done)-1])
		assert.Equal(t, size, total[0])
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		assert.ErrorIs(t, do(ctx), context.Canceled)
	}
	assert.EqualValues(t, 3000, j.Len())
}

// Whatever bytes a file has, opening it ends with a journal or an error, takes memory in proportion, and what it accepts
// verifies and reads back.
func FuzzOpen(f *testing.F) {
	f.Add(golden())
	f.Add(golden()[:300])
	f.Add(golden()[:headSize])
	_, m := filled(f, 4, 1, 2)
	f.Add(m.Bytes())
	b := m.Bytes()
	copy(b[headSize+4:], "\x3f\xff\xff\xff") // a length that the file does not have
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, mend := range []bool{false, true} {
			if mend && len(b) >= headSize+batchHead {
				b = mended(b)
			}
			m := journal.NewMemory(b)
			reader, r, err := journal.Read(t.Context(), m, journal.Options{})
			_, verified := journal.Verify(t.Context(), m, journal.Options{})
			if err != nil {
				if verified == nil {
					t.Fatalf("verifies and does not open: %v", err)
				}
				_, damaged := errors.AsType[*journal.DamageError](err)
				_, foreign := errors.AsType[*journal.FormatError](err)
				if !damaged && !foreign {
					t.Fatal(err)
				}
			} else if all, err := collect(reader); err != nil || uint64(len(all)) != r.Checkpoint.Size {
				t.Fatal(len(all), err)
			}
			j, r, err := journal.Open(t.Context(), m, journal.Options{Origin: origin, CutAtDamage: true})
			if err != nil {
				continue
			}
			if reader != nil && r.Checkpoint.Size != reader.Len() {
				t.Fatal(r.Checkpoint.Size, reader.Len())
			}
			e := sample(0)
			if j.LastRecorded().After(e.Recorded) {
				e.Recorded = j.LastRecorded()
			}
			if _, _, err := j.Append(e); err != nil {
				t.Fatal(err)
			}
			back, _, err := journal.Read(t.Context(), m, journal.Options{})
			if err != nil || back.Len() != j.Len() {
				t.Fatal(err)
			}
		}
	})
}

// A few hundred bytes that speak of a gigabyte cost no more than a few hundred bytes.
func TestHostileLengths(t *testing.T) {
	_, m := filled(t, 1)
	good := m.Bytes()
	entry := headSize + batchHead + 4
	for name, at := range map[string]int{
		"body": headSize + 4, "count": headSize + 24, "entry": headSize + batchHead, "actor": entry + 22, "evidence": len(good) - 32 - 18,
	} {
		for _, length := range []string{"\x3f\xff\xff\xff", "\xff\xff\xff\xff", "\x7f\xff\xff\xff", "\x00\x00\x00\x00"} {
			b := append([]byte(nil), good...)
			copy(b[at:], length)
			b = mended(b)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, _, err := journal.Read(t.Context(), journal.NewMemory(b), journal.Options{})
			runtime.ReadMemStats(&after)
			torn := name == "body" && length == "\x3f\xff\xff\xff"
			assert.Equal(t, torn, err == nil, "%s %x", name, length)
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20), "%s %x", name, length)
		}
	}
}
