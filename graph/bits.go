package graph

import "math/bits"

// bitset is a set of ids.
type bitset []uint64

func newBits(n int32) bitset { return make(bitset, (int(n)+63)/64) }

func (b bitset) has(v int32) bool { return b[uint32(v)/64]>>(uint32(v)%64)&1 != 0 }

func (b bitset) set(v int32) { b[uint32(v)/64] |= 1 << (uint32(v) % 64) }

func (b bitset) clear(v int32) { b[uint32(v)/64] &^= 1 << (uint32(v) % 64) }

func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// keysOf returns the keys of the ids in b, in the graph's order, which for a descending graph
// is from the highest id down.
func keysOf[K comparable](g *Graph[K], b bitset) []K {
	list := make([]K, 0, b.count())
	if g.dir == descending {
		for w := len(b) - 1; w >= 0; w-- {
			for x := b[w]; x != 0; {
				i := bits.Len64(x) - 1
				x &^= 1 << i
				list = append(list, g.ix.keys[w*64+i])
			}
		}
		return list
	}
	for w, x := range b {
		for ; x != 0; x &= x - 1 {
			list = append(list, g.ix.keys[w*64+bits.TrailingZeros64(x)])
		}
	}
	return list
}
