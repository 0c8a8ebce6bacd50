package journal_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/missionled/missionled/accountability/journal"
	"github.com/missionled/missionled/accountability/record"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// day is noon of a day of March 2025.
func day(n int) time.Time { return time.Date(2025, 3, n, 12, 0, 0, 0, time.UTC) }

// steward is what the examples write: who is steward of a mission, and that it was recorded otherwise before.
var steward = []journal.Entry{
	{
		Recorded: day(3), Actor: "a-17", Verb: record.Assert, Kind: "duty", ID: "steward-clean",
		Payload:  []byte(`{"id":"steward-clean","duty":"mission-steward","subject":"mission/clean-energy","post":"sos-desnz"}`),
		Evidence: []string{"source/pfc"},
	},
	{
		Recorded: day(9), Actor: "a-17", Verb: record.Correct, Kind: "duty", ID: "steward-clean-2", Reason: "the letter names the other post",
		Payload: []byte(`{"id":"steward-clean-2","of":"steward-clean","verb":"correct","post":"minister-energy","reason":"the letter names the other post"}`),
	},
	{Recorded: day(12), Actor: "a-20", Verb: record.Close, Kind: "duty", ID: "steward-clean-3", Payload: []byte(`{"id":"steward-clean-3"}`)},
}

func inMemory(entries ...journal.Entry) (*journal.Journal, *journal.Memory) {
	m := new(journal.Memory)
	j, _, err := journal.Open(context.Background(), m, journal.Options{Origin: "example.org/plan"})
	if err == nil {
		_, _, err = j.Append(entries...)
	}
	if err != nil {
		panic(err)
	}
	return j, m
}

// signing returns keys as note.GenerateKey makes them. A real program keeps the first where only its writer reads it, and
// publishes the second.
func signing(name string) (note.Signer, note.Verifiers) {
	secret, public, _ := note.GenerateKey(rand.Reader, name)
	signer, err := note.NewSigner(secret)
	if err != nil {
		panic(err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		panic(err)
	}
	return signer, note.VerifierList(verifier)
}

func Example() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "journal")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "plan.journal")

	j, report, err := journal.OpenFile(ctx, path, journal.Options{Origin: "example.org/plan"})
	if err != nil {
		panic(err)
	}
	fmt.Println("begun anew:", report.Created)
	first, last, err := j.Append(steward...)
	fmt.Println("written:", first, "to", last, err)

	_, _, err = journal.OpenFile(ctx, path, journal.Options{})
	locked, ok := errors.AsType[*journal.LockedError](err)
	fmt.Println("second writer refused:", ok, filepath.Base(locked.Path))

	reader, _, err := journal.ReadFile(ctx, path, journal.Options{})
	if err != nil {
		panic(err)
	}
	for e, err := range reader.Entries(0, 0) {
		if err != nil {
			panic(err)
		}
		fmt.Println(e.Sequence, e.Recorded.Format(time.DateOnly), e.Actor, e.Verb, e.Ref())
	}
	if err := errors.Join(reader.Close(), j.Close()); err != nil {
		panic(err)
	}
	// Output:
	// begun anew: true
	// written: 1 to 3 <nil>
	// second writer refused: true plan.journal
	// 1 2025-03-03 a-17 assert duty/steward-clean
	// 2 2025-03-09 a-17 correct duty/steward-clean-2
	// 3 2025-03-12 a-20 close duty/steward-clean-3
}

// The name of a person does not stand in the journal. A commitment to it does, until name and salt are erased; the
// journal and everything that was proved of it stay as they were.
func ExampleCommit() {
	signer, verifiers := signing("example.org/plan")

	// The vault is where names are kept, and can be deleted.
	type row struct {
		name string
		salt journal.Salt
	}
	salt, err := journal.NewSalt(rand.Reader)
	if err != nil {
		panic(err)
	}
	vault := map[record.ID]row{"p-4711": {"Ada Example", salt}}

	name := journal.Commit(salt, "Ada Example")
	payload, err := json.Marshal(map[string]string{"id": "p-4711", "kind": "person", "name-commitment": name.String()})
	if err != nil {
		panic(err)
	}
	j, _ := inMemory(journal.Entry{Recorded: day(3), Actor: "a-17", Kind: "party", ID: "p-4711", Payload: payload})
	checkpoint, err := j.Checkpoint()
	if err != nil {
		panic(err)
	}
	signed, err := checkpoint.Sign(signer)
	if err != nil {
		panic(err)
	}
	bundle, err := j.Bundle(signed, 0, 1)
	if err != nil {
		panic(err)
	}

	show := func() {
		_, entries, err := bundle.Verify(verifiers, journal.Checkpoint{})
		if err != nil {
			panic(err)
		}
		var person struct {
			Name journal.Commitment `json:"name-commitment"`
		}
		if err := json.Unmarshal(entries[0].Payload, &person); err != nil {
			panic(err)
		}
		kept := vault[entries[0].ID]
		fmt.Printf("the entry is proved; its name is %q: %v\n", kept.name, person.Name.Opens(kept.salt, kept.name))
	}
	show()
	delete(vault, "p-4711")
	show()
	// Output:
	// the entry is proved; its name is "Ada Example": true
	// the entry is proved; its name is "": false
}

// In March somebody was given a checkpoint. In April they ask for an entry, and for proof that March still stands.
func ExampleBundle() {
	signer, verifiers := signing("example.org/plan")
	j, _ := inMemory(steward[:2]...)
	held, err := j.Checkpoint()
	if err != nil {
		panic(err)
	}
	fmt.Print(held)

	if _, _, err := j.Append(steward[2]); err != nil {
		panic(err)
	}
	now, err := j.Checkpoint()
	if err != nil {
		panic(err)
	}
	signed, err := now.Sign(signer)
	if err != nil {
		panic(err)
	}
	bundle, err := j.Bundle(signed, held.Size, 2)
	if err != nil {
		panic(err)
	}
	sent, err := json.Marshal(bundle)
	if err != nil {
		panic(err)
	}

	// What follows needs nothing but what was sent, the public key and the checkpoint of March.
	var got journal.Bundle
	if err := json.Unmarshal(sent, &got); err != nil {
		panic(err)
	}
	checkpoint, entries, err := got.Verify(verifiers, held)
	fmt.Println("size", checkpoint.Size, err)
	fmt.Println(entries[0].Verb, entries[0].Ref(), entries[0].Reason)
	var p journal.Proven = got.Entries[0]
	p.Entry[90] ^= 1
	_, _, err = got.Verify(verifiers, held)
	fmt.Println(err)
	// Output:
	// example.org/plan
	// 2
	// x66lNd6znzicJwJ6AfU9+BElZWrYhhOzGbI1CkGv874=
	// size 3 <nil>
	// correct duty/steward-clean-2 the letter names the other post
	// journal: inclusion: the proof does not hold
}

// Proofs one by one, with the functions that a bundle is made of.
func ExampleCheckpoint() {
	signer, verifiers := signing("example.org/plan")
	j, _ := inMemory(steward...)
	march, err := j.CheckpointAt(2)
	if err != nil {
		panic(err)
	}
	signed, err := march.Sign(signer)
	if err != nil {
		panic(err)
	}
	march, err = journal.OpenCheckpoint(signed, verifiers)
	fmt.Println(march.Origin, march.Size, err)
	again, err := journal.ParseCheckpoint(march.String())
	fmt.Println(again == march, march.IsZero(), err)

	now, err := j.Checkpoint()
	if err != nil {
		panic(err)
	}
	grown, err := j.ProveConsistency(march.Size, now.Size)
	if err != nil {
		panic(err)
	}
	fmt.Println("grown only:", now.CheckConsistency(grown, march) == nil)

	entry, err := j.At(2)
	if err != nil {
		panic(err)
	}
	proof, err := j.ProveInclusion(now.Size, entry.Sequence)
	if err != nil {
		panic(err)
	}
	fmt.Println("included:", now.CheckInclusion(proof, entry) == nil)
	leaf, err := entry.LeafHash()
	fmt.Println("by its hash alone:", now.CheckLeaf(proof, entry.Sequence, leaf) == nil, err)
	entry.Reason = "a clerical error"
	fmt.Println(now.CheckInclusion(proof, entry))
	// Output:
	// example.org/plan 2 <nil>
	// true false <nil>
	// grown only: true
	// included: true
	// by its hash alone: true <nil>
	// journal: inclusion: the proof does not hold
}

// What was known on a day is the first so many entries.
func ExampleJournal_SizeAt() {
	j, _ := inMemory(steward...)
	size, err := j.SizeAt(day(10))
	fmt.Println(size, "of", j.Len(), err)
	for e, err := range j.Entries(1, size+1) {
		fmt.Println(e.Sequence, e.Verb, e.ID, err)
	}
	_, _, err = j.Append(journal.Entry{Recorded: day(11), Actor: "a-20", Kind: "duty", ID: "late"})
	fmt.Println(err)
	fmt.Println("not before", j.LastRecorded())
	// Output:
	// 2 of 3 <nil>
	// 1 assert steward-clean <nil>
	// 2 correct steward-clean-2 <nil>
	// journal: entry [0]: recorded: recorded at 2025-03-11T12:00:00Z, before the entry before it, which is of 2025-03-12T12:00:00Z
	// not before 2025-03-12 12:00:00 +0000 UTC
}

// A caller who says which sequence number the entry is to have finds out that somebody else was faster.
func ExampleJournal_Append() {
	j, _ := inMemory(steward[:1]...)
	mine := steward[1]
	mine.Recorded = day(13)
	mine.Sequence = j.Len() + 1
	if _, _, err := j.Append(steward[2]); err != nil { // somebody else
		panic(err)
	}
	_, _, err := j.Append(mine)
	taken, ok := errors.AsType[*journal.SequenceError](err)
	fmt.Println(ok, taken.First)
	fmt.Println(err)
	// Output:
	// true 3
	// journal: entry 2: sequence: sequence number 2, want 3
}

// A reader follows a writer, here through the same memory and as a rule through a file.
func ExampleRead() {
	ctx := context.Background()
	writer, m := inMemory(steward[:1]...)
	var source journal.Source = m
	size, err := source.Size()
	fmt.Println(size, "bytes", err)
	reader, _, err := journal.Read(ctx, source, journal.Options{})
	if err != nil {
		panic(err)
	}
	if _, _, err := writer.Append(steward[1:]...); err != nil {
		panic(err)
	}
	fmt.Println(reader.Origin(), reader.Len())
	report, err := reader.Refresh(ctx)
	fmt.Println(reader.Len(), report.Checkpoint.Size, err)
	_, _, err = reader.Append(steward...)
	fmt.Println(err)
	// Output:
	// 508 bytes <nil>
	// example.org/plan 1
	// 3 3 <nil>
	// journal: opened for reading only
}

// A process was killed in the middle of a write, and later a byte of the file was altered.
func ExampleOpen() {
	ctx := context.Background()
	j, m := inMemory(steward[:1]...)
	if _, _, err := j.Append(steward[1:]...); err != nil {
		panic(err)
	}
	killed := journal.NewMemory(m.Bytes()[:700])
	var storage journal.Storage = killed
	j, report, err := journal.Open(ctx, storage, journal.Options{})
	fmt.Println(j.Len(), "entries,", report.Dropped, "bytes dropped,", err)

	altered := m.Bytes()
	altered[400] ^= 1
	_, _, err = journal.Open(ctx, journal.NewMemory(altered), journal.Options{})
	damage, ok := errors.AsType[*journal.DamageError](err)
	fmt.Println(ok, damage.Sequence)
	fmt.Println(err)
	// Output:
	// 1 entries, 192 bytes dropped, <nil>
	// true 0
	// journal: damaged at byte 256, after entry 0: the checksum differs
}

// Entries are handed to the storage one by one, and synced together when it matters.
func ExampleJournal_Sync() {
	j, _, err := journal.Open(context.Background(), new(journal.Memory),
		journal.Options{Origin: "example.org/plan", SyncEvery: journal.SyncOnDemand})
	if err != nil {
		panic(err)
	}
	for _, e := range steward {
		if _, _, err := j.Append(e); err != nil {
			panic(err)
		}
	}
	fmt.Println(j.Sync(), j.Len(), j.Close())
	// Output: <nil> 3 <nil>
}

// Who holds a checkpoint finds out that the end of a journal is gone, which the journal itself cannot tell.
func ExampleVerify() {
	ctx := context.Background()
	j, m := inMemory(steward[:2]...)
	before, err := m.Size()
	if err != nil {
		panic(err)
	}
	if _, _, err := j.Append(steward[2]); err != nil {
		panic(err)
	}
	held, err := j.Checkpoint()
	if err != nil {
		panic(err)
	}
	report, err := journal.Verify(ctx, m, journal.Options{}, held)
	fmt.Println(report.Checkpoint.Size, report.Bytes, err)
	again, err := j.Verify(ctx, held)
	fmt.Println(again == report, err)

	if err := m.Truncate(before); err != nil {
		panic(err)
	}
	_, err = journal.Verify(ctx, m, journal.Options{})
	fmt.Println("alone:", err)
	_, err = journal.Verify(ctx, m, journal.Options{}, held)
	fmt.Println(err)
	// Output:
	// 3 907 <nil>
	// true <nil>
	// alone: <nil>
	// journal: the journal ends at entry 2, and a checkpoint has 3
}

// A paced storage counts syncs. Whatever has the methods of an os.File and a Size can hold a journal.
type paced struct {
	journal.Storage
	syncs int
}

func (p *paced) Sync() error {
	p.syncs++
	return p.Storage.Sync()
}

func ExampleStorage() {
	p := &paced{Storage: new(journal.Memory)}
	j, _, err := journal.Open(context.Background(), p, journal.Options{Origin: "example.org/plan", SyncEvery: 2})
	if err != nil {
		panic(err)
	}
	begun := p.syncs
	for _, e := range steward {
		if _, _, err := j.Append(e); err != nil {
			panic(err)
		}
	}
	fmt.Println(p.syncs-begun, "sync for", j.Len(), "entries")
	fmt.Println(p.Truncate(0)) // not while a journal is open on it
	_, _, err = j.Append(steward[2])
	fmt.Println(err)
	// Output:
	// 1 sync for 3 entries
	// <nil>
	// journal: something else writes to the storage: it has 0 bytes, want 975
}

// Memory is a storage like any other.
func ExampleMemory() {
	m := journal.NewMemory([]byte("abc"))
	_, err := m.WriteAt([]byte("de"), 3)
	fmt.Println(string(m.Bytes()), err, m.Sync())
	b := make([]byte, 2)
	n, err := m.ReadAt(b, 2)
	fmt.Println(string(b[:n]), err)
	var s journal.Storage = m
	fmt.Println(s.Truncate(1), s.Sync(), string(m.Bytes()))
	// Output:
	// abcde <nil> <nil>
	// cd <nil>
	// <nil> <nil> a
}

// The encoding of an entry is frozen, so that others can check its hash without this package.
func ExampleEntry() {
	e := steward[2]
	b, err := e.AppendBinary(nil)
	if err != nil {
		panic(err)
	}
	leaf, err := e.LeafHash()
	fmt.Println(len(b), leaf == tlog.RecordHash(b), err)
	same, err := e.MarshalBinary()
	fmt.Println(bytes.Equal(same, b), err)
	var back journal.Entry
	fmt.Println(back.UnmarshalBinary(b), back.Ref())
	// Output:
	// 93 true <nil>
	// true <nil>
	// <nil> duty/steward-clean-3
}
