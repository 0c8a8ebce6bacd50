package record

import "math/bits"

// places finds numbers by id. It is a table with open addressing whose slots hold 32 bits of hash beside the number, so that
// it takes 16 to 32 bytes an id, and an id that is not there costs one look at memory. The ids themselves stand elsewhere:
// whoever asks says which id a number has. An id that meets too many others on its way goes to an ordinary map, so that no choice of
// ids makes it slow. The zero places is empty.
type places struct {
	slots []uint64 // hash<<32 | number+1, 0 where free; a power of two of them
	used  int
	spill map[ID]int32
}

// longestWay is how many slots are looked at before the map is.
const longestWay = 64

// newPlaces has room for so many ids.
func newPlaces(ids int) places {
	if ids == 0 {
		return places{}
	}
	return places{slots: make([]uint64, 1<<bits.Len(uint(ids+ids/3)))}
}

// find returns the number of an id, or -1.
func (p *places) find(id ID, named func(int32) ID) int32 {
	if len(p.slots) == 0 {
		return -1
	}
	h := hash(id)
	mask := uint32(len(p.slots) - 1)
	for at, way := h&mask, 0; way < longestWay; at, way = (at+1)&mask, way+1 {
		s := p.slots[at]
		if s == 0 {
			return -1
		}
		if uint32(s>>32) == h {
			if n := int32(uint32(s)) - 1; named(n) == id {
				return n
			}
		}
	}
	if n, ok := p.spill[id]; ok {
		return n
	}
	return -1
}

// put gives an id a number unless it has one. It returns the number it has now, and whether it had it before.
func (p *places) put(id ID, number int32, named func(int32) ID) (int32, bool) {
	if 4*p.used >= 3*len(p.slots) {
		p.grow(named)
	}
	h := hash(id)
	mask := uint32(len(p.slots) - 1)
	for at, way := h&mask, 0; way < longestWay; at, way = (at+1)&mask, way+1 {
		s := p.slots[at]
		if s == 0 {
			p.slots[at] = uint64(h)<<32 | uint64(uint32(number)+1)
			p.used++
			return number, false
		}
		if uint32(s>>32) == h {
			if n := int32(uint32(s)) - 1; named(n) == id {
				return n, true
			}
		}
	}
	if n, ok := p.spill[id]; ok {
		return n, true
	}
	if p.spill == nil {
		p.spill = make(map[ID]int32)
	}
	p.spill[id] = number
	return number, false
}

// grow doubles the table. The hashes in the slots serve again where they have bits enough; ids in the map stay there, and
// are found there if no free slot comes first.
func (p *places) grow(named func(int32) ID) {
	old := places{slots: p.slots, spill: p.spill}
	*p = places{slots: make([]uint64, max(8, 2*len(old.slots)))}
	for _, s := range old.slots {
		if s != 0 {
			n := int32(uint32(s)) - 1
			p.put(named(n), n, named)
		}
	}
	for id, n := range old.spill { // in any order: each is found whatever the others do
		p.put(id, n, named)
	}
}

// hash mixes eight bytes at a time by the high and low half of a product (Wang Yi's wyhash).
func hash(id ID) uint32 {
	const a, b = 0x9e3779b97f4a7c15, 0xe7037ed1a0b428db
	h := uint64(len(id)) * b
	for ; len(id) >= 8; id = id[8:] {
		word := uint64(id[0]) | uint64(id[1])<<8 | uint64(id[2])<<16 | uint64(id[3])<<24 |
			uint64(id[4])<<32 | uint64(id[5])<<40 | uint64(id[6])<<48 | uint64(id[7])<<56
		hi, lo := bits.Mul64(h^word, a)
		h = hi ^ lo
	}
	tail := uint64(0)
	for i := range len(id) {
		tail = tail<<8 | uint64(id[i])
	}
	hi, lo := bits.Mul64(h^tail, a)
	hi, lo = bits.Mul64(hi^lo^b, a)
	return uint32(hi ^ lo)
}
