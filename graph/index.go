package graph

import (
	"hash/maphash"
	"math"
	"reflect"
	"slices"
)

// An index joins keys to dense ids. Ids start as the order of first appearance and are
// renumbered once, when a graph is sealed in topological order.
//
// Keys are found through an open-addressing table whose slots hold 32 bits of hash beside
// id+1, so that a miss costs one cache line and growth needs no second hashing. Integer keys
// from a narrow range are found in a plain array instead. Neither the hash seed nor the layout
// of the table can be seen from outside: ids depend on the order of keys alone.
type index[K comparable] struct {
	keys  []K      // by id
	ins   []int32  // insertion position -> id; nil when they are equal
	table []uint64 // power-of-two slots: hash<<32 | id+1, 0 when free; nil when dense is used
	dense []int32  // key-base -> id+1, 0 when absent
	base  int64
	kind  reflect.Kind // of K, when dense is used
}

var seed = maphash.MakeSeed()

func hashOf[K comparable](k K) uint32 { return uint32(maphash.Comparable(seed, k)) }

// find returns the id of k, or -1.
func (x *index[K]) find(k K) int32 {
	if x.dense != nil {
		if d := uint64(intOf(k, x.kind) - x.base); d < uint64(len(x.dense)) {
			return x.dense[d] - 1
		}
		return -1
	}
	if len(x.table) == 0 {
		return -1
	}
	return x.probe(k, hashOf(k))
}

func (x *index[K]) probe(k K, h uint32) int32 {
	mask := uint32(len(x.table) - 1)
	for p := h & mask; ; p = (p + 1) & mask {
		s := x.table[p]
		if s == 0 {
			return -1
		}
		if uint32(s>>32) == h {
			if id := int32(uint32(s)) - 1; x.keys[id] == k {
				return id
			}
		}
	}
}

// intern returns the id of k, adding it when it is new; -1 when limit ids are taken.
func (x *index[K]) intern(k K, h uint32, limit int) int32 {
	if 2*len(x.keys) >= len(x.table) {
		x.grow()
	}
	mask := uint32(len(x.table) - 1)
	p := h & mask
	for ; ; p = (p + 1) & mask {
		s := x.table[p]
		if s == 0 {
			break
		}
		if uint32(s>>32) == h {
			if id := int32(uint32(s)) - 1; x.keys[id] == k {
				return id
			}
		}
	}
	id := len(x.keys)
	if id >= limit {
		return -1
	}
	x.keys = append(x.keys, k)
	x.table[p] = uint64(h)<<32 | uint64(id+1)
	return int32(id)
}

func (x *index[K]) grow() {
	old := x.table
	size := max(16, 2*len(old))
	if len(old) >= 1<<12 && len(old) < 1<<20 {
		size = 4 * len(old) // fewer passes on the way up; at most a quarter full after one
	}
	x.table = make([]uint64, size)
	mask := uint32(size - 1)
	for _, s := range old {
		if s == 0 {
			continue
		}
		p := uint32(s>>32) & mask
		for x.table[p] != 0 {
			p = (p + 1) & mask
		}
		x.table[p] = s
	}
}

// at returns the id in insertion position i.
func (x *index[K]) at(i int32) int32 {
	if x.ins == nil {
		return i
	}
	return x.ins[i]
}

// positions returns the insertion position of every id, or nil when the two are equal.
func (x *index[K]) positions() []int32 {
	if x.ins == nil {
		return nil
	}
	pos := make([]int32, len(x.ins))
	for i, id := range x.ins {
		pos[id] = int32(i)
	}
	return pos
}

// renumbered returns a copy whose id i is the id order[i] of x; perm[order[i]] is i+1.
func (x *index[K]) renumbered(order, perm []int32) *index[K] {
	y := &index[K]{base: x.base, kind: x.kind, keys: make([]K, len(x.keys)), ins: make([]int32, len(x.keys))}
	for i, v := range order {
		y.keys[i] = x.keys[v]
		y.ins[i] = perm[x.at(int32(i))] - 1
	}
	y.dense = slices.Clone(x.dense)
	for i, id := range y.dense {
		if id > 0 {
			y.dense[i] = perm[id-1]
		}
	}
	y.table = slices.Clone(x.table)
	for i, s := range y.table {
		if s != 0 {
			y.table[i] = s&^math.MaxUint32 | uint64(perm[uint32(s)-1])
		}
	}
	return y
}

// snapshot returns an index that later interning into x leaves alone.
func (x *index[K]) snapshot() *index[K] {
	return &index[K]{
		keys:  x.keys[:len(x.keys):len(x.keys)],
		table: slices.Clone(x.table),
		ins:   x.ins, dense: x.dense, base: x.base, kind: x.kind,
	}
}
