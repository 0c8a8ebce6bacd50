package graph

import "sync"

// A ReachIndex answers many reachability questions about one graph: most at once, from labels
// of the two nodes alone. Immutable, safe for concurrent readers; the zero index has no nodes.
// Memory: 112 bytes a strong component and 4 a node, and the edges between components again
// unless the graph is acyclic.
type ReachIndex[K comparable] struct {
	g     *Graph[K]
	comp  []int32
	dag   *csr
	label []reachLabel
	pool  sync.Pool // *reachScratch
}

// reachLabel belongs to a component. Numbers are those of a depth-first search: all that a
// component has below it in the forest it reaches, and all that it reaches was left before it,
// and not before the least that it reaches. Levels grow along every edge. The bits are Bloom
// filters of all that it reaches, and of all that reaches it; behind those, each hub has a bit
// of its own.
type reachLabel struct {
	enter, leave, least, level int32
	out, in                    [bloomWords + hubWords]uint64
}

const (
	bloomWords = 4
	hubWords   = 2
)

type reachScratch struct {
	seen  bitset
	stack []int32
	dirty []int32
}

// ReachIndex prepares the graph for many calls of [ReachIndex.Reaches]. O(nodes + edges). BFL
// with 256 bits each way (Su, Zhu, Wei, Yu, TKDE 29(3), 2017), levels, the intervals of GRAIL
// (Yildirim, Chaoji, Zaki, PVLDB 3(1), 2010), and 128 hubs (Hanauer, Schulz, Trummer, SEA 2021).
func (g *Graph[K]) ReachIndex() *ReachIndex[K] {
	if g.empty() {
		return &ReachIndex[K]{}
	}
	x := &ReachIndex[K]{g: g}
	x.comp, x.dag = g.contract()
	count := int32(len(x.dag.off) - 1)
	x.label = make([]reachLabel, count)
	x.pool.New = func() any { return &reachScratch{seen: newBits(count)} }
	x.number()
	for c := range x.label {
		h := mix64(uint64(c) * 512 / uint64(count)) // neighbours in the order share bits
		x.label[c].out[h>>6%bloomWords] |= 1 << (h & 63)
	}
	for i, hub := range x.hubs() {
		x.label[hub].out[bloomWords+i/64] |= 1 << (i % 64)
	}
	for c := range x.label {
		x.label[c].in = x.label[c].out
	}
	for c := count - 1; c >= 0; c-- {
		l := &x.label[c]
		l.least = l.leave
		for _, d := range x.dag.row(c) {
			l.least = min(l.least, x.label[d].least)
			for i, w := range x.label[d].out {
				l.out[i] |= w
			}
		}
	}
	for c := range count {
		l := &x.label[c]
		for _, d := range x.dag.row(c) {
			x.label[d].level = max(x.label[d].level, l.level+1)
			for i, w := range l.in {
				x.label[d].in[i] |= w
			}
		}
	}
	return x
}

// hubs returns up to 128 components that many paths pass: the one with the most ways through it
// of each stretch of the order.
func (x *ReachIndex[K]) hubs() []int32 {
	count := int32(len(x.label))
	in := make([]int64, count)
	for _, d := range x.dag.adj {
		in[d]++
	}
	var hubs []int32
	stretches := min(64*hubWords, count)
	for i := range stretches {
		first, end := int64(count)*int64(i)/int64(stretches), int64(count)*int64(i+1)/int64(stretches)
		best, most := int32(first), int64(-1)
		for c := int32(first); c < int32(end); c++ {
			if ways := in[c] * int64(x.dag.off[c+1]-x.dag.off[c]); ways > most {
				best, most = c, ways
			}
		}
		hubs = append(hubs, best)
	}
	return hubs
}

// number walks the components depth first, first component first.
func (x *ReachIndex[K]) number() {
	clock := int32(0)
	type frame struct{ node, slot int32 }
	var stack []frame
	seen := newBits(int32(len(x.label)))
	for root := range int32(len(x.label)) {
		if seen.has(root) {
			continue
		}
		seen.set(root)
		clock++
		x.label[root].enter = clock
		stack = append(stack, frame{root, x.dag.off[root]})
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.slot == x.dag.off[f.node+1] {
				clock++
				x.label[f.node].leave = clock
				stack = stack[:len(stack)-1]
				continue
			}
			d := x.dag.adj[f.slot]
			f.slot++
			if !seen.has(d) {
				seen.set(d)
				clock++
				x.label[d].enter = clock
				stack = append(stack, frame{d, x.dag.off[d]})
			}
		}
	}
}

// Reaches reports what [Graph.Reaches] does, O(1) for most pairs and O(nodes + edges) at worst.
// It does not allocate in the long run.
func (x *ReachIndex[K]) Reaches(from, to K) bool {
	if x == nil {
		return false
	}
	u, v := x.g.find(from), x.g.find(to)
	if u < 0 || v < 0 {
		return false
	}
	c, d := x.comp[u], x.comp[v]
	if known, answer := x.decide(c, d); known {
		return answer
	}
	s := x.pool.Get().(*reachScratch)
	answer := x.search(s, c, d)
	for _, w := range s.dirty {
		s.seen.clear(w)
	}
	s.dirty, s.stack = s.dirty[:0], s.stack[:0]
	x.pool.Put(s)
	return answer
}

// decide answers from the labels when they tell.
func (x *ReachIndex[K]) decide(c, d int32) (known, answer bool) {
	if c >= d {
		return true, c == d
	}
	a, b := &x.label[c], &x.label[d]
	if a.enter <= b.enter && b.leave <= a.leave {
		return true, true
	}
	if b.leave > a.leave || b.least < a.least || b.level <= a.level {
		return true, false
	}
	for i := bloomWords; i < bloomWords+hubWords; i++ {
		if a.out[i]&b.in[i] != 0 {
			return true, true
		}
	}
	for i := range a.out {
		if b.out[i]&^a.out[i] != 0 || a.in[i]&^b.in[i] != 0 {
			return true, false
		}
	}
	return false, false
}

func (x *ReachIndex[K]) search(s *reachScratch, c, d int32) bool {
	s.stack = append(s.stack, c)
	for len(s.stack) > 0 {
		c := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		for _, w := range x.dag.row(c) {
			if s.seen.has(w) {
				continue
			}
			s.seen.set(w)
			s.dirty = append(s.dirty, w)
			known, answer := x.decide(w, d)
			if answer {
				return true
			}
			if !known {
				s.stack = append(s.stack, w)
			}
		}
	}
	return false
}
