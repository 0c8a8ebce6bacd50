package accountability

import (
	"iter"
	"slices"

	"github.com/missionled/missionled/accountability/record"
)

// A filing files facts under keys: [record.Group] for keys that are far fewer than the facts. A fact goes by the place of its
// first record.
type filing[K comparable] struct {
	numbers  map[K]int32
	last     []int32 // the fact that was filed last under each key
	key, doc []int32 // what was filed: the number of a key and a fact
}

func newFiling[K comparable](facts, keys int) filing[K] {
	return filing[K]{numbers: make(map[K]int32, min(facts, keys)), key: make([]int32, 0, facts), doc: make([]int32, 0, facts)}
}

// add files a fact under a key, once, and returns the number of the key. The records of a fact must come together.
func (f *filing[K]) add(k K, fact int32) int32 {
	n, ok := f.numbers[k]
	if !ok {
		n = int32(len(f.last))
		f.numbers[k] = n
		f.last = append(f.last, -1)
	}
	if f.last[n] != fact {
		f.last[n] = fact
		f.key, f.doc = append(f.key, n), append(f.doc, fact)
	}
	return n
}

// filed are facts by the number of a key, in their order.
type filed struct {
	starts []int32 // one more than there are keys
	facts  []int32
}

// close brings together what was filed under each key.
func (f *filing[K]) close() filed {
	l := filed{starts: make([]int32, len(f.last)+1), facts: make([]int32, len(f.key))}
	for _, n := range f.key {
		l.starts[n+1]++
	}
	for n := range f.last {
		l.starts[n+1] += l.starts[n]
	}
	place := slices.Clone(l.starts)
	for i, n := range f.key {
		l.facts[place[n]] = f.doc[i]
		place[n]++
	}
	return l
}

// of returns the facts under the number of a key.
func (l *filed) of(number int32) []int32 { return l.facts[l.starts[number]:l.starts[number+1]] }

// factsOf yields the facts of a key, in the order of the Spec.
func (c *chart[K, T]) factsOf(key K) iter.Seq[record.ID] {
	return func(yield func(record.ID) bool) {
		row, ok := c.keys[key]
		if !ok {
			return
		}
		for _, first := range c.filed.of(row.number) {
			if !yield(c.fact(&c.records[first])) {
				return
			}
		}
	}
}
