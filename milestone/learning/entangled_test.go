package learning_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone/learning"
)

// TestEntangledCore asks for exact answers of 724 variables among which twelve of four states must be held together, each two of
// them having a child in common: a table of 16.8 million cells. It is refused within the default budget, and what is allocated on
// the way is a small part of that table.
func TestEntangledCore(t *testing.T) {
	var n learning.Network
	add := func(name string, parents ...string) {
		v := learning.Variable{Name: name, States: []string{"a", "b", "c", "d"}, Parents: parents}
		for range 1 << (2 * len(parents)) {
			v.Table = append(v.Table, 0.1, 0.2, 0.3, 0.4)
		}
		n.Variables = append(n.Variables, v)
	}
	for i := range 12 {
		add(fmt.Sprint("core ", i))
		for k := range i {
			add(fmt.Sprintf("both %d %d", k, i), fmt.Sprint("core ", k), fmt.Sprint("core ", i))
		}
	}
	for i := 0; len(n.Variables) < 724; i++ {
		add(fmt.Sprint("more ", i), n.Variables[i].Name)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := n.Compile(learning.InferOptions{})
	runtime.ReadMemStats(&after)
	var refused *learning.TooEntangledError
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, 11, refused.Width)
	assert.GreaterOrEqual(t, refused.Cells, int64(1<<24))
	assert.Less(t, refused.Cells, int64(1<<25))
	assert.Equal(t, int64(4<<20), refused.Budget)
	assert.True(t, slices.ContainsFunc(refused.Widest, func(name string) bool { return strings.HasPrefix(name, "core") }))
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(8<<20), "the table alone would be 128 MiB")
}
