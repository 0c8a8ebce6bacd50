package journal_test

import (
	"path/filepath"
	"testing"

	"github.com/missionled/missionled/accountability/journal"
)

// The sizes are those of the issue: a journal of a million entries of about 300 bytes.
const million = 1_000_000

func BenchmarkAppend(b *testing.B) {
	for _, c := range []struct {
		name  string
		every int
	}{{"no sync", journal.SyncOnDemand}, {"sync every 100", 100}, {"sync each", 0}} {
		b.Run(c.name, func(b *testing.B) {
			j, _, err := journal.OpenFile(b.Context(), filepath.Join(b.TempDir(), "j"), journal.Options{Origin: origin, SyncEvery: c.every})
			if err != nil {
				b.Fatal(err)
			}
			defer j.Close()
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, _, err := j.Append(sample(i)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("batch of 100, no sync", func(b *testing.B) {
		j, _, err := journal.OpenFile(b.Context(), filepath.Join(b.TempDir(), "j"), journal.Options{Origin: origin, SyncEvery: journal.SyncOnDemand})
		if err != nil {
			b.Fatal(err)
		}
		defer j.Close()
		entries := make([]journal.Entry, 100)
		for i := 0; b.Loop(); i++ {
			for k := range entries {
				entries[k] = sample(100*i + k)
			}
			if _, _, err := j.Append(entries...); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// millionFile writes the journal that the other benchmarks read, each entry by an Append of its own.
func millionFile(b *testing.B) string {
	path := filepath.Join(b.TempDir(), "million")
	j, _, err := journal.OpenFile(b.Context(), path, journal.Options{Origin: origin, SyncEvery: journal.SyncOnDemand})
	if err != nil {
		b.Fatal(err)
	}
	for i := range million {
		if _, _, err := j.Append(sample(i)); err != nil {
			b.Fatal(err)
		}
	}
	if err := j.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

func BenchmarkMillion(b *testing.B) {
	path := millionFile(b)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			j, _, err := journal.ReadFile(b.Context(), path, journal.Options{})
			if err != nil || j.Len() != million {
				b.Fatal(err)
			}
			j.Close()
		}
	})
	j, _, err := journal.ReadFile(b.Context(), path, journal.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer j.Close()
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			if r, err := j.Verify(b.Context()); err != nil || r.Checkpoint.Size != million {
				b.Fatal(err)
			}
		}
	})
	b.Run("entries", func(b *testing.B) {
		for b.Loop() {
			n := 0
			for _, err := range j.Entries(0, 0) {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
			if n != million {
				b.Fatal(n)
			}
		}
	})
	b.Run("at", func(b *testing.B) {
		b.ReportAllocs()
		for i := uint64(0); b.Loop(); i++ {
			if _, err := j.At(i*7919%million + 1); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("prove inclusion", func(b *testing.B) {
		b.ReportAllocs()
		for i := uint64(0); b.Loop(); i++ {
			if _, err := j.ProveInclusion(million, i*7919%million+1); err != nil {
				b.Fatal(err)
			}
		}
	})
	c, err := j.Checkpoint()
	if err != nil {
		b.Fatal(err)
	}
	b.Run("check inclusion", func(b *testing.B) {
		e, err := j.At(123_457)
		if err != nil {
			b.Fatal(err)
		}
		proof, err := j.ProveInclusion(million, e.Sequence)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if err := c.CheckInclusion(proof, e); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("prove consistency", func(b *testing.B) {
		for i := uint64(0); b.Loop(); i++ {
			if _, err := j.ProveConsistency(i*7919%million+1, million); err != nil {
				b.Fatal(err)
			}
		}
	})
}
