package record_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
)

// FuzzPlaces holds the table of ids to an ordinary map, whatever the ids and however small it begins.
func FuzzPlaces(f *testing.F) {
	f.Add(uint64(1), uint16(300), uint8(0))
	f.Add(uint64(2), uint16(3), uint8(7))
	f.Add(uint64(3), uint16(2000), uint8(200))
	f.Fuzz(func(t *testing.T, seed uint64, count uint16, room uint8) {
		random := rand.New(rand.NewPCG(seed, 3))
		table, want := record.NewTable(int(room)), make(map[record.ID]int32)
		for range count {
			id := record.ID(strings.Repeat("x", random.IntN(20)) + fmt.Sprint(random.IntN(1+int(count)/2)))
			n, known := table.Put(id)
			before, there := want[id]
			require.Equal(t, there, known, "%s", id)
			if there {
				require.Equal(t, before, n)
			}
			want[id] = n
		}
		for id, n := range want {
			require.Equal(t, n, table.Find(id))
		}
		require.Equal(t, int32(-1), table.Find("not there"))
		assert.LessOrEqual(t, table.Spilt(), 4+len(want)/50, "ids that nobody chose to collide find room, nearly all")
	})
}

// TestPlacesThatCollide gives the table ids that were chosen to meet: they are found all the same, and what is left over when
// the way is too long goes to a map.
func TestPlacesThatCollide(t *testing.T) {
	var ids []record.ID
	for i := 0; len(ids) < 300; i++ {
		if id := record.ID(fmt.Sprint("id-", i)); record.Hash(id)&1023 == 77 {
			ids = append(ids, id)
		}
	}
	table := record.NewTable(700)
	for i, id := range ids {
		n, known := table.Put(id)
		require.Equal(t, int32(i), n)
		require.False(t, known)
	}
	assert.Equal(t, 300-64, table.Spilt())
	for range 2 {
		for i, id := range ids {
			require.Equal(t, int32(i), table.Find(id))
			n, known := table.Put(id)
			require.Equal(t, int32(i), n)
			require.True(t, known)
		}
		for i := range 2000 { // so that it grows, past where the ids collide
			table.Put(record.ID(fmt.Sprint("other-", i)))
		}
	}
	assert.Less(t, table.Spilt(), 300-64)
}
