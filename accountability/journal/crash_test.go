package journal_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/missionled/missionled/accountability/journal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A journal cut at any byte opens with the batches that are whole, says what it dropped, and goes on from there.
func TestTruncatedAtEveryByte(t *testing.T) {
	_, m := filled(t, 8, 1, 3, 1, 2)
	whole := m.Bytes()
	_, pieces := apart(whole)
	for size := range len(whole) + 1 {
		entries, end := 0, headSize
		for _, p := range pieces {
			if next := p.at + batchHead + bodyLen(p); next <= size {
				entries, end = entries+len(p.entries), next
			}
		}
		want := journal.Report{Bytes: int64(end), Dropped: int64(size - end)}
		if size < headSize {
			want = journal.Report{Bytes: headSize, Dropped: int64(size), Created: true}
		}
		cut := journal.NewMemory(whole[:size])

		reader, r, err := journal.Read(t.Context(), cut, journal.Options{})
		require.NoError(t, err, size)
		require.EqualValues(t, entries, reader.Len())
		require.Equal(t, string(whole[:size]), string(cut.Bytes()), "a reader changes nothing")
		if size >= headSize {
			r.Checkpoint = journal.Checkpoint{}
			require.Equal(t, want, r)
		}
		v, err := journal.Verify(t.Context(), cut, journal.Options{})
		require.NoError(t, err)
		require.EqualValues(t, entries, v.Checkpoint.Size)

		j, r, err := journal.Open(t.Context(), cut, journal.Options{Origin: origin})
		require.NoError(t, err, size)
		require.EqualValues(t, entries, r.Checkpoint.Size)
		r.Checkpoint = journal.Checkpoint{}
		require.Equal(t, want, r)
		for i := entries; i < 8; i++ {
			_, _, err := j.Append(sample(i))
			require.NoError(t, err)
		}
		_, _, err = journal.Open(t.Context(), journal.NewMemory(cut.Bytes()), journal.Options{})
		require.NoError(t, err)
		all, err := collect(j)
		require.NoError(t, err)
		require.Len(t, all, 8)
		for i, e := range all {
			require.Equal(t, numbered(i), e)
		}
	}
}

func bodyLen(p piece) int {
	n := len(p.root)
	for _, e := range p.entries {
		n += 4 + len(e)
	}
	return n
}

// Whichever byte is altered, and in whichever way, the journal neither opens nor verifies, and is not cut off.
func TestEveryByteFlipped(t *testing.T) {
	_, m := filled(t, 7, 1, 3, 1)
	whole := m.Bytes()
	for i := range whole {
		for bit := range 9 {
			b := bytes.Clone(whole)
			if bit < 8 {
				b[i] ^= 1 << bit
			} else if b[i] == 0 {
				b[i] = 0xff
			} else {
				b[i] = 0
			}
			flipped := journal.NewMemory(b)
			_, err := journal.Verify(t.Context(), flipped, journal.Options{})
			require.Error(t, err, "byte %d, way %d", i, bit)
			_, _, err = journal.Open(t.Context(), flipped, journal.Options{})
			require.Error(t, err, "byte %d, way %d", i, bit)
			require.Equal(t, b, flipped.Bytes())
			if i >= 8 { // else it is no journal
				damage, ok := errors.AsType[*journal.DamageError](err)
				require.True(t, ok, "byte %d: %v", i, err)
				require.LessOrEqual(t, damage.Offset, int64(i))
			}
		}
	}
}

func TestCutAtDamage(t *testing.T) {
	_, m := filled(t, 7, 1, 3, 1)
	_, pieces := apart(m.Bytes())
	b := m.Bytes()
	b[pieces[2].at+100] ^= 1
	damaged := journal.NewMemory(b)
	_, _, err := journal.Read(t.Context(), damaged, journal.Options{CutAtDamage: true})
	assert.ErrorIs(t, err, journal.ErrChecksum, "a reader cuts nothing")
	j, r, err := journal.Open(t.Context(), damaged, journal.Options{CutAtDamage: true})
	require.NoError(t, err)
	require.NotNil(t, r.Damage)
	assert.Equal(t, int64(pieces[2].at), r.Damage.Offset)
	assert.EqualValues(t, 4, r.Damage.Sequence)
	assert.EqualValues(t, 4, j.Len())
	assert.Equal(t, int64(len(b)-pieces[2].at), r.Dropped)
	_, _, err = j.Append(sample(4))
	require.NoError(t, err)
	_, err = journal.Verify(t.Context(), damaged, journal.Options{})
	require.NoError(t, err)

	b = m.Bytes()
	b[20] ^= 1
	_, _, err = journal.Open(t.Context(), journal.NewMemory(b), journal.Options{CutAtDamage: true})
	assert.ErrorIs(t, err, journal.ErrChecksum, "without its head there is no journal to keep")
}

// A machine that dies keeps some sectors of what was not synced and loses others.
type lossy struct {
	*journal.Memory
	synced []byte
}

func (l *lossy) Sync() error {
	l.synced = l.Bytes()
	return nil
}

// crash is what is left: the length and each sector are, by chance, as written or as synced.
func (l *lossy) crash(r *rand.Rand) []byte {
	written := l.Bytes()
	left := bytes.Clone(l.synced)
	size := len(written)
	if size > len(left) && r.IntN(3) == 0 {
		size = len(left) + r.IntN(size-len(left)+1)
	}
	left = append(left, make([]byte, max(0, size-len(left)))...)[:max(size, len(l.synced))]
	for p := 0; p < len(left); p += 512 {
		if q := min(p+512, len(left)); r.IntN(2) == 0 {
			copy(left[p:q], written[p:])
		}
	}
	return left
}

func TestMachineDies(t *testing.T) {
	const rounds = 4000
	r := rand.New(rand.NewPCG(6, 1))
	damaged, torn := 0, 0
	for range rounds {
		l := &lossy{Memory: new(journal.Memory)}
		every := []int{0, 3, journal.SyncOnDemand}[r.IntN(3)]
		j, _, err := journal.Open(t.Context(), l, journal.Options{Origin: origin, SyncEvery: every})
		require.NoError(t, err)
		synced, n := 0, 0
		for range 1 + r.IntN(6) {
			var entries []journal.Entry
			for range 1 + r.IntN(4) {
				entries = append(entries, sample(n))
				n++
			}
			before := len(l.synced)
			_, _, err := j.Append(entries...)
			require.NoError(t, err)
			if len(l.synced) != before {
				synced = n
			}
		}
		if every == 0 && r.IntN(2) == 0 {
			// The last Append does not get as far as its sync.
			_, pieces := apart(l.Bytes())
			last := pieces[len(pieces)-1]
			l.synced, synced = l.synced[:last.at], synced-len(last.entries)
		}
		left := l.crash(r)
		back, report, err := journal.Open(t.Context(), journal.NewMemory(left), journal.Options{Origin: origin})
		if err != nil {
			damaged++
			_, ok := errors.AsType[*journal.DamageError](err)
			require.True(t, ok, err)
			back, _, err = journal.Open(t.Context(), journal.NewMemory(left), journal.Options{Origin: origin, CutAtDamage: true})
			require.NoError(t, err)
		} else if report.Dropped > 0 {
			torn++
		}
		require.GreaterOrEqual(t, back.Len(), uint64(synced))
		all, err := collect(back)
		require.NoError(t, err)
		for i, e := range all {
			require.Equal(t, numbered(i), e)
		}
	}
	t.Logf("%d crashes: %d unfinished writes cut off, %d left to the operator", rounds, torn, damaged)
	assert.Greater(t, torn, rounds/10)
}

// A dribble writes a few bytes at a time, so that a kill finds it in the middle of a write.
type dribble struct{ *os.File }

func (d dribble) WriteAt(b []byte, off int64) (n int, err error) {
	for len(b) > 0 && err == nil {
		var k int
		k, err = d.File.WriteAt(b[:min(len(b), 50)], off+int64(n))
		n, b = n+k, b[k:]
	}
	return n, err
}

func (d dribble) Size() (int64, error) {
	info, err := d.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func openDribble(path string, o journal.Options) (*journal.Journal, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	j, _, err := journal.Open(context.Background(), dribble{f}, o)
	return j, err
}

const childPath, childSync, childDribbles = "JOURNAL_TEST_PATH", "JOURNAL_TEST_SYNC", "JOURNAL_TEST_DRIBBLES"

func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		every, _ := strconv.Atoi(os.Getenv(childSync))
		fmt.Println(writeForever(path, every))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeForever is the process that TestKill kills. It prints the last sequence of each Append that is acknowledged.
func writeForever(path string, every int) error {
	o := journal.Options{Origin: origin, SyncEvery: every}
	j, _, err := journal.OpenFile(context.Background(), path, o)
	if os.Getenv(childDribbles) != "" && err == nil {
		if err = j.Close(); err == nil {
			j, err = openDribble(path, o)
		}
	}
	if err != nil {
		return err
	}
	for i := int(j.Len()); ; {
		size := 1
		if i%3 == 0 {
			size = 1 + i%1500
		}
		var entries []journal.Entry
		for range size {
			entries = append(entries, sample(i))
			i++
		}
		_, last, err := j.Append(entries...)
		if err != nil {
			return err
		}
		if _, err := fmt.Println("ack", last); err != nil {
			return err
		}
	}
}

// Processes that write are killed again and again. The next one goes on where the last one was, and nothing acknowledged
// is lost.
func TestKill(t *testing.T) {
	journals, kills := 8, 6
	if testing.Short() {
		journals = 1
	}
	self, err := os.Executable()
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(6, 2))
	sum, unfinished := uint64(0), 0
	for n := range journals {
		path := filepath.Join(t.TempDir(), "journal")
		acknowledged := uint64(0)
		for range kills {
			child := exec.Command(self)
			child.Env = append(os.Environ(), childPath+"="+path, childSync+"="+strconv.Itoa([]int{0, 10, -1}[r.IntN(3)]))
			if n%4 != 0 {
				child.Env = append(child.Env, childDribbles+"=yes")
			}
			out, err := child.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, child.Start())
			kill := time.AfterFunc(time.Duration(r.IntN(80_000))*time.Microsecond, func() { child.Process.Kill() })
			lines := bufio.NewScanner(out)
			for lines.Scan() {
				var last uint64
				_, err := fmt.Sscanf(lines.Text(), "ack %d", &last)
				require.NoError(t, err, lines.Text())
				acknowledged = max(acknowledged, last)
			}
			_ = child.Wait()
			kill.Stop()
			if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
				continue // killed before it began
			}
			j, report, err := journal.ReadFile(t.Context(), path, journal.Options{})
			require.NoError(t, err)
			if report.Dropped > 0 {
				unfinished++
			}
			require.GreaterOrEqual(t, j.Len(), acknowledged)
			require.NoError(t, j.Close())
		}
		j, _, err := journal.OpenFile(t.Context(), path, journal.Options{Origin: origin})
		require.NoError(t, err)
		i := 0
		for e, err := range j.Entries(0, 0) {
			require.NoError(t, err)
			require.Equal(t, numbered(i), e)
			i++
		}
		require.GreaterOrEqual(t, uint64(i), acknowledged)
		_, err = j.Verify(t.Context())
		require.NoError(t, err)
		require.NoError(t, j.Close())
		sum += acknowledged
	}
	t.Logf("%d kills: %d entries acknowledged, none lost; %d unfinished writes cut off", journals*kills, sum, unfinished)
	assert.Positive(t, sum)
}
