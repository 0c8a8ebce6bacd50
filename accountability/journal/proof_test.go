package journal_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/missionled/missionled/accountability/journal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"
)

// slowRoot is the tree hash as RFC 6962, section 2.1 defines it.
func slowRoot(leaves [][]byte) tlog.Hash {
	switch len(leaves) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return sha256.Sum256(append([]byte{0}, leaves[0]...))
	}
	k := split(len(leaves))
	left, right := slowRoot(leaves[:k]), slowRoot(leaves[k:])
	return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
}

// split is the largest power of two below n.
func split(n int) int {
	k := 1
	for 2*k < n {
		k *= 2
	}
	return k
}

// slowPath is PATH of section 2.1.1.
func slowPath(m int, leaves [][]byte) []tlog.Hash {
	if len(leaves) == 1 {
		return nil
	}
	k := split(len(leaves))
	if m < k {
		return append(slowPath(m, leaves[:k]), slowRoot(leaves[k:]))
	}
	return append(slowPath(m-k, leaves[k:]), slowRoot(leaves[:k]))
}

// slowProof is SUBPROOF of section 2.1.2.
func slowProof(m int, leaves [][]byte, whole bool) []tlog.Hash {
	if m == len(leaves) {
		if whole {
			return nil
		}
		return []tlog.Hash{slowRoot(leaves)}
	}
	k := split(len(leaves))
	if m <= k {
		return append(slowProof(m, leaves[:k], whole), slowRoot(leaves[k:]))
	}
	return append(slowProof(m-k, leaves[k:], false), slowRoot(leaves[:k]))
}

// Every root, inclusion proof and consistency proof of a journal of 70 entries is that of the RFC's definitions.
func TestProofsAgreeWithDefinition(t *testing.T) {
	const most = 70
	j, _ := filled(t, most, 1, 2, 3, 5, 1, 8)
	var leaves [][]byte
	for e, err := range j.Entries(0, 0) {
		require.NoError(t, err)
		b, err := e.MarshalBinary()
		require.NoError(t, err)
		leaves = append(leaves, b)
	}
	require.Len(t, leaves, most)
	hash := func(h []tlog.Hash) []tlog.Hash { return append([]tlog.Hash{}, h...) }
	checkpoints := make([]journal.Checkpoint, most+1)
	for n := range checkpoints {
		c, err := j.CheckpointAt(uint64(n))
		require.NoError(t, err)
		require.Equal(t, journal.Checkpoint{Origin: origin, Size: uint64(n), Root: slowRoot(leaves[:n])}, c)
		checkpoints[n] = c
	}
	for n := 1; n <= most; n++ {
		c := checkpoints[n]
		for i := 1; i <= n; i++ {
			proof, err := j.ProveInclusion(uint64(n), uint64(i))
			require.NoError(t, err)
			require.Equal(t, hash(slowPath(i-1, leaves[:n])), hash(proof))
			leaf := tlog.RecordHash(leaves[i-1])
			require.NoError(t, c.CheckLeaf(proof, uint64(i), leaf))
			require.ErrorIs(t, c.CheckLeaf(proof, uint64(i), tlog.RecordHash(leaves[i%most])), journal.ErrUnproven)
			require.ErrorIs(t, c.CheckLeaf(append(hash(proof), leaf), uint64(i), leaf), journal.ErrUnproven)
			for k := range proof {
				bad := hash(proof)
				bad[k][k%32] ^= 4
				require.ErrorIs(t, c.CheckLeaf(bad, uint64(i), leaf), journal.ErrUnproven)
			}

			old := checkpoints[i]
			growth, err := j.ProveConsistency(uint64(i), uint64(n))
			require.NoError(t, err)
			require.Equal(t, hash(slowProof(i, leaves[:n], true)), hash(growth))
			require.NoError(t, c.CheckConsistency(growth, old))
			forged := old
			forged.Root[0] ^= 1
			require.ErrorIs(t, c.CheckConsistency(growth, forged), journal.ErrUnproven)
			for k := range growth {
				bad := hash(growth)
				bad[k][k%32] ^= 4
				require.ErrorIs(t, c.CheckConsistency(bad, old), journal.ErrUnproven)
			}
		}
	}
}

func TestProofsRefuse(t *testing.T) {
	j, _ := filled(t, 5)
	for _, c := range []struct{ size, sequence uint64 }{{0, 0}, {0, 1}, {5, 0}, {5, 6}, {6, 1}, {3, 4}, {1 << 63, 1}} {
		_, err := j.ProveInclusion(c.size, c.sequence)
		_, ok := errors.AsType[*journal.SequenceError](err)
		assert.True(t, ok, c)
		_, err = j.ProveConsistency(c.sequence, c.size)
		_, ok = errors.AsType[*journal.SequenceError](err)
		assert.True(t, ok, c)
	}
	_, err := j.CheckpointAt(6)
	_, ok := errors.AsType[*journal.SequenceError](err)
	assert.True(t, ok)

	// Sizes beyond 2⁶² would keep tlog busy for ever.
	for _, size := range []uint64{0, 1<<62 + 1, 1 << 63, 1<<64 - 1} {
		huge := journal.Checkpoint{Origin: origin, Size: size}
		_, ok := errors.AsType[*journal.ProofError](huge.CheckLeaf(nil, 1, tlog.Hash{}))
		assert.True(t, ok, size)
		_, ok = errors.AsType[*journal.ProofError](huge.CheckConsistency(nil, journal.Checkpoint{Origin: origin, Size: 1}))
		assert.True(t, ok, size)
	}
	c, err := j.Checkpoint()
	require.NoError(t, err)
	other := c
	other.Origin = "example.org/other"
	_, ok = errors.AsType[*journal.OriginError](c.CheckConsistency(nil, other))
	assert.True(t, ok)
	_, ok = errors.AsType[*journal.EntryError](c.CheckInclusion(nil, journal.Entry{Sequence: 1}))
	assert.True(t, ok)
}

// The vectors of github.com/transparency-dev/merkle.
func TestVectors(t *testing.T) {
	const folder = "../../../shared/data/accountability/merkle/testdata"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("Merkle vectors absent: ../shared/data not beside the repository")
	}
	hash := func(s string) (h tlog.Hash, ok bool) {
		b, err := base64.StdEncoding.DecodeString(s)
		return h, err == nil && copy(h[:], b) == len(h) && len(b) == len(h)
	}
	type vector struct {
		LeafIndex uint64   `json:"leafIdx"`
		TreeSize  uint64   `json:"treeSize"`
		Size1     uint64   `json:"size1"`
		Size2     uint64   `json:"size2"`
		Root      string   `json:"root"`
		Root1     string   `json:"root1"`
		Root2     string   `json:"root2"`
		LeafHash  string   `json:"leafHash"`
		Proof     []string `json:"proof"`
		WantErr   bool     `json:"wantErr"`
	}
	accepts := func(v vector, consistency bool) bool {
		var proof []tlog.Hash
		for _, s := range v.Proof {
			h, ok := hash(s)
			if !ok {
				return false
			}
			proof = append(proof, h)
		}
		if consistency {
			older, ok1 := hash(v.Root1)
			newer, ok2 := hash(v.Root2)
			return ok1 && ok2 && journal.Checkpoint{Size: v.Size2, Root: newer}.CheckConsistency(proof, journal.Checkpoint{Size: v.Size1, Root: older}) == nil
		}
		root, ok1 := hash(v.Root)
		leaf, ok2 := hash(v.LeafHash)
		return ok1 && ok2 && journal.Checkpoint{Size: v.TreeSize, Root: root}.CheckLeaf(proof, v.LeafIndex+1, leaf) == nil
	}
	run, agree, good := 0, 0, 0
	var differ []string
	require.NoError(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".json" {
			return err
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		var v vector
		require.NoError(t, json.Unmarshal(text, &v), path)
		rel, err := filepath.Rel(folder, path)
		require.NoError(t, err)
		run++
		if accepts(v, strings.HasPrefix(filepath.ToSlash(rel), "consistency/")) == !v.WantErr {
			agree++
		} else {
			differ = append(differ, filepath.ToSlash(rel))
		}
		if !v.WantErr {
			good++
		}
		return nil
	}))
	t.Logf("%d of %d vectors agree; %d of them are valid proofs", agree, run, good)
	// Its roots are the words "don't care 2": 12 bytes, where a root has 32.
	assert.Equal(t, []string{"consistency/additional/sizes-are-equal-one-and-proof-is-empty.json"}, differ)
	assert.GreaterOrEqual(t, run, 194)
	assert.Greater(t, good, 10)
}
