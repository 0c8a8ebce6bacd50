package graph

import (
	"container/heap"
	"fmt"
	"iter"
	"math"
	"slices"
)

// A Timing says, for an acyclic graph whose nodes take time, how early each node can start and
// how late it may, so that the whole takes no longer than its longest path: the critical path
// method. Immutable, safe for concurrent readers; the zero Timing has no nodes. All figures are
// in the unit of the durations.
type Timing[K comparable] struct {
	g        *Graph[K]
	duration []float64 // by id; nil: 1 each
	lag      []float64 // by slot; nil: none
	early    []int64   // bits of a float64: for what is not negative, they compare as it does
	late     []int64
	length   float64
}

// A NodeError says that an algorithm cannot work with the value that it was given for a node.
type NodeError[K comparable] struct {
	Node  K
	Value float64
	Want  string // what values are allowed, as in "at least 0"
}

// Error names the node, the value and what was wanted.
func (e *NodeError[K]) Error() string {
	return fmt.Sprintf("node %v has the value %v, want %s", e.Node, e.Value, e.Want)
}

// LongestPaths finds the longest paths: an edge says that its target starts when its source has
// ended and lag has passed. Durations are given for nodes, finite and at least 0, else the error
// is a [*NodeError]; the zero Column means 1 each. A nil lag means none, and [Weight] takes the
// weights of edges; a negative lag is a lead, and one that is not finite is refused with an
// [*EdgeError]. No node starts before 0, whatever the leads. A circle is refused with a
// [*CycleError].
//
// Kelley, Operations Research 9(3), 1961: two scans in the graph's order, O(nodes + edges).
// Sums of whole numbers are exact up to 2^53.
func (g *Graph[K]) LongestPaths(duration Column[K, float64], lag func(Edge[K]) float64) (*Timing[K], error) {
	if g.empty() {
		return &Timing[K]{}, nil
	}
	if g.dir == cyclic {
		return nil, &CycleError[K]{Edges: g.Cycle()}
	}
	t := &Timing[K]{g: g, early: make([]int64, g.n()), late: make([]int64, g.n())}
	if duration.ix != nil {
		t.duration = duration.on(g)
	}
	if lag != nil {
		var err error
		if t.lag, err = g.values(lag, math.Inf(-1)); err != nil {
			return nil, err
		}
	}
	if !t.scan() {
		return nil, t.badDuration()
	}
	return t, nil
}

// badDuration returns the error for the first-inserted node with a duration out of bounds.
func (t *Timing[K]) badDuration() error {
	for i := range t.g.n() {
		if v := t.g.ix.at(i); !durable(t.duration[v]) {
			return &NodeError[K]{t.g.ix.keys[v], t.duration[v], "a finite number, at least 0"}
		}
	}
	return nil
}

// durable reports whether a duration is finite and at least 0.
func durable(d float64) bool { return d >= 0 && d <= math.MaxFloat64 }

// takes returns the duration of a node.
func (t *Timing[K]) takes(v int32) float64 {
	if t.duration == nil {
		return 1
	}
	return t.duration[v]
}

// wait returns the lag of the edge in a slot.
func (t *Timing[K]) wait(slot int32) float64 {
	if t.lag == nil {
		return 0
	}
	return t.lag[slot]
}

// scan finds the early and then the late starts. False when a duration is out of bounds.
func (t *Timing[K]) scan() bool {
	g := t.g
	takes := t.duration
	if takes == nil {
		takes = slices.Repeat([]float64{1}, len(t.early))
	}
	if t.lag == nil && g.dir == ascending {
		end := t.late // until the late starts are found
		length, ok := scanEarly(&g.in, takes, t.early, end)
		if ok {
			t.length = length
			scanLate(&g.out, takes, t.late, length)
		}
		return ok
	}
	for _, d := range takes {
		if !durable(d) {
			return false
		}
	}
	n := g.n()
	for j := range n {
		u := j
		if g.dir == descending {
			u = n - 1 - j
		}
		end := t.earlyAt(u) + takes[u]
		t.length = max(t.length, end)
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			v := g.out.adj[s]
			t.early[v] = int64(math.Float64bits(max(t.earlyAt(v), end+t.wait(s))))
		}
	}
	for j := range n {
		u := n - 1 - j
		if g.dir == descending {
			u = j
		}
		end := t.length
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			end = min(end, t.lateAt(g.out.adj[s])-t.wait(s))
		}
		t.late[u] = int64(math.Float64bits(end - takes[u]))
	}
	return true
}

// scanEarly finds the early starts and ends in an ascending graph, and returns the last end; false when a duration is
// out of bounds. Without lags no time is
// negative, so that times can be compared by their bits, and a maximum of integers needs no
// branch.
func scanEarly(in *csr, takes []float64, early, end []int64) (length float64, ok bool) {
	off, adj := in.off, in.adj
	n := len(early)
	end, takes = end[:n], takes[:n]
	last := int64(0)
	s := off[0]
	for v, hi := range off[1 : n+1] {
		start := int64(0)
		for ; s < hi; s++ {
			start = max(start, end[adj[s]])
		}
		early[v] = start
		if !durable(takes[v]) {
			return 0, false
		}
		x := int64(math.Float64bits(math.Float64frombits(uint64(start)) + takes[v]))
		end[v] = x
		last = max(last, x)
	}
	return math.Float64frombits(uint64(last)), true
}

// scanLate finds the late starts, in an ascending graph, of what must end by length.
func scanLate(out *csr, takes []float64, late []int64, length float64) {
	off, adj := out.off, out.adj
	n := len(late)
	takes = takes[:n]
	s := off[n] - 1
	for u := n - 1; u >= 0; u-- {
		lo := off[u]
		end := int64(math.Float64bits(length))
		for ; s >= lo; s-- {
			end = min(end, late[adj[s]])
		}
		late[u] = int64(math.Float64bits(math.Float64frombits(uint64(end)) - takes[u]))
	}
}

func (t *Timing[K]) earlyAt(v int32) float64 { return math.Float64frombits(uint64(t.early[v])) }

func (t *Timing[K]) lateAt(v int32) float64 { return math.Float64frombits(uint64(t.late[v])) }

func (t *Timing[K]) find(k K) int32 {
	if t == nil {
		return -1
	}
	return t.g.find(k)
}

// Length returns the length of the longest path: how long the whole takes. A node may end after
// its last successor has, when leads are allowed; the latest end counts.
func (t *Timing[K]) Length() float64 {
	if t == nil {
		return 0
	}
	return t.length
}

// Early returns when k can start at the earliest; 0 when k is no node.
func (t *Timing[K]) Early(k K) float64 {
	if v := t.find(k); v >= 0 {
		return t.earlyAt(v)
	}
	return 0
}

// Late returns when k must start at the latest for nothing to take longer; 0 when k is no node.
func (t *Timing[K]) Late(k K) float64 {
	if v := t.find(k); v >= 0 {
		return t.lateAt(v)
	}
	return 0
}

// Slack returns how much later than early k can start without the whole taking longer: 0 for
// the nodes of a longest path. 0 when k is no node.
func (t *Timing[K]) Slack(k K) float64 {
	if v := t.find(k); v >= 0 {
		return t.lateAt(v) - t.earlyAt(v)
	}
	return 0
}

// FreeSlack returns how much later than early k can start without any other node starting
// later than early; 0 when k is no node. O(edges that leave k).
func (t *Timing[K]) FreeSlack(k K) float64 {
	u := t.find(k)
	if u < 0 {
		return 0
	}
	end := t.length
	for s := t.g.out.off[u]; s < t.g.out.off[u+1]; s++ {
		end = min(end, t.earlyAt(t.g.out.adj[s])-t.wait(s))
	}
	return end - t.earlyAt(u) - t.takes(u)
}

// Slacks returns the slack of every node.
func (t *Timing[K]) Slacks() Column[K, float64] {
	if t == nil || t.g.empty() {
		return Column[K, float64]{}
	}
	c := Column[K, float64]{t.g.ix, make([]float64, len(t.early))}
	for v := range c.by {
		c.by[v] = t.lateAt(int32(v)) - t.earlyAt(int32(v))
	}
	return c
}

// Paths yields the paths from nodes that no edge enters to nodes that no edge leaves, longest
// first: Length is the sum of the durations of their nodes and the lags of their edges. The
// first is a longest path, and the caller stops after as many as it wants. Paths of one length
// come in an order that depends on the graph alone. Leads that would start a node before 0 make
// a path shorter than the Timing's own length.
//
// Each path is extended along the longest way left, and the ways not taken are queued: O(edges
// beside the path · log of the ways queued) for each, and memory for the ways queued.
func (t *Timing[K]) Paths() iter.Seq[Path[K]] {
	return func(yield func(Path[K]) bool) {
		if t == nil || t.g.empty() {
			return
		}
		w := newPathWays(t)
		for w.heap.Len() > 0 {
			if !yield(w.take()) {
				return
			}
		}
	}
}

// pathWays holds the paths not yet given, as ways that leave an earlier one.
type pathWays[K comparable] struct {
	t    *Timing[K]
	tail []float64 // by id: the longest path from the start of the node to any end
	heap wayHeap
	ways []way // all ever queued; a path is a chain of them
}

// A way leaves the path of way prev at the source of slot, and takes it; or starts at a node.
type way struct {
	prev   int32 // -1 for a way that starts a path
	slot   int32
	start  int32
	length float64
}

type wayRef struct {
	length float64
	index  int32
}

type wayHeap []wayRef

func (h wayHeap) Len() int { return len(h) }
func (h wayHeap) Less(i, j int) bool {
	return h[i].length > h[j].length || h[i].length == h[j].length && h[i].index < h[j].index
}
func (h wayHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *wayHeap) Push(x any)   { *h = append(*h, x.(wayRef)) }
func (h *wayHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

func newPathWays[K comparable](t *Timing[K]) *pathWays[K] {
	g := t.g
	n := g.n()
	w := &pathWays[K]{t: t, tail: make([]float64, n)}
	for j := range n {
		u := n - 1 - j
		if g.dir == descending {
			u = j
		}
		best := 0.0
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			x := t.wait(s) + w.tail[g.out.adj[s]]
			if s == g.out.off[u] || x > best {
				best = x
			}
		}
		w.tail[u] = t.takes(u) + best
	}
	for i := range n {
		if v := g.ix.at(i); g.in.off[v] == g.in.off[v+1] {
			w.push(way{prev: -1, slot: -1, start: v, length: w.tail[v]})
		}
	}
	return w
}

func (w *pathWays[K]) push(x way) {
	w.ways = append(w.ways, x)
	heap.Push(&w.heap, wayRef{x.length, int32(len(w.ways) - 1)})
}

// take returns the longest path left and queues the ways that leave it.
func (w *pathWays[K]) take() Path[K] {
	g := w.t.g
	index := heap.Pop(&w.heap).(wayRef).index
	var chain []int32 // ways from the first to this one
	for i := index; i >= 0; i = w.ways[i].prev {
		chain = append(chain, i)
	}
	slices.Reverse(chain)
	p := Path[K]{From: g.ix.keys[w.ways[chain[0]].start], Length: w.ways[index].length}
	u := w.ways[chain[0]].start
	for _, i := range chain[1:] { // follow what the earlier paths took, up to each turn
		s := w.ways[i].slot
		for turn := g.source(s); u != turn; {
			best := w.longestFrom(u)
			p.Edges = append(p.Edges, g.edge(u, best))
			u = g.out.adj[best]
		}
		p.Edges = append(p.Edges, g.edge(u, s))
		u = g.out.adj[s]
	}
	for g.out.off[u] < g.out.off[u+1] {
		best := w.longestFrom(u)
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			if s != best {
				less := w.t.wait(best) + w.tail[g.out.adj[best]] - w.t.wait(s) - w.tail[g.out.adj[s]]
				w.push(way{prev: index, slot: s, length: p.Length - less})
			}
		}
		p.Edges = append(p.Edges, g.edge(u, best))
		u = g.out.adj[best]
	}
	return p
}

// longestFrom returns the slot at u that a longest path takes: the first of them.
func (w *pathWays[K]) longestFrom(u int32) int32 {
	best := w.t.g.out.off[u]
	for s := best + 1; s < w.t.g.out.off[u+1]; s++ {
		if w.t.wait(s)+w.tail[w.t.g.out.adj[s]] > w.t.wait(best)+w.tail[w.t.g.out.adj[best]] {
			best = s
		}
	}
	return best
}
