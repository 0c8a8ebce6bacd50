package graph

import (
	"math"
	"reflect"
	"unsafe"
)

// integerKind returns the kind of K when its keys may index an array, else Invalid.
func integerKind[K comparable]() reflect.Kind {
	switch k := reflect.TypeFor[K]().Kind(); k {
	case reflect.Int:
		if math.MaxInt == math.MaxInt32 {
			return reflect.Int32
		}
		return reflect.Int64
	case reflect.Int64, reflect.Int32, reflect.Uint32:
		return k
	default:
		return reflect.Invalid
	}
}

// intOf reads a key whose kind is that of an integer.
func intOf[K comparable](k K, kind reflect.Kind) int64 {
	switch kind {
	case reflect.Int32:
		return int64(*(*int32)(unsafe.Pointer(&k)))
	case reflect.Uint32:
		return int64(*(*uint32)(unsafe.Pointer(&k)))
	default:
		return *(*int64)(unsafe.Pointer(&k))
	}
}

// fromDense builds a graph whose keys are integers from a narrow range, so that a key less the
// least one serves as an id until the graph is settled. False when the keys are not like that.
func fromDense[K comparable](edges []Edge[K], nodes []K, limit int) (*Graph[K], bool) {
	if len(edges) == 0 {
		return nil, false
	}
	switch integerKind[K]() {
	case reflect.Int64:
		return fromIntegers[K, int64](edges, nodes, limit)
	case reflect.Int32:
		return fromIntegers[K, int32](edges, nodes, limit)
	case reflect.Uint32:
		return fromIntegers[K, uint32](edges, nodes, limit)
	}
	return nil, false
}

type integer interface{ int32 | uint32 | int64 }

func read[K comparable, I integer](k *K) int64 { return int64(*(*I)(unsafe.Pointer(k))) }

func fromIntegers[K comparable, I integer](edges []Edge[K], nodes []K, limit int) (*Graph[K], bool) {
	from, to := make([]int32, len(edges)), make([]int32, len(edges))
	base := read[K, I](&edges[0].From)
	lo, hi := base, base
	first := &edges[0]
	labels, weights := false, false
	for i := range edges {
		e := &edges[i]
		u, v := read[K, I](&e.From), read[K, I](&e.To)
		lo, hi = min(lo, u, v), max(hi, u, v)
		from[i], to[i] = int32(u-base), int32(v-base)
		labels = labels || e.Label != first.Label
		weights = weights || !sameWeight(e.Weight, first.Weight)
	}
	for i := range nodes {
		k := read[K, I](&nodes[i])
		lo, hi = min(lo, k), max(hi, k)
	}
	width := uint64(hi) - uint64(lo) + 1
	if width == 0 || width > 2*uint64(len(edges)+len(nodes))+64 || width > uint64(limit) {
		return nil, false
	}
	var attrs attributes
	readAttributes(&attrs, edges, labels, weights)

	// The nodes by first appearance, the degrees, and whether every edge leads forward so far
	// as can be told while they appear.
	d := densely{seen: newBits(int32(width)), seq: make([]int32, 0, min(width, 2*uint64(len(edges))+uint64(len(nodes))))}
	for i := range nodes {
		d.see(int32(read[K, I](&nodes[i]) - lo))
	}
	shift := int32(base - lo)
	off, deg := make([]int32, width+2), make([]int32, width)
	forward := true
	for i := range from {
		u, v := from[i]+shift, to[i]+shift
		from[i], to[i] = u, v
		if !d.seen.has(u) {
			forward = forward && !d.seen.has(v)
			d.see(u)
		}
		if !d.seen.has(v) {
			d.see(v)
		}
		off[u+2]++
		deg[v]++
	}
	forward = forward && d.forward(from, to)

	g := &Graph[K]{ix: &index[K]{base: lo, kind: integerKind[K]()}}
	g.out, g.attributes = scatter(off, from, to, attrs)
	order, rows := d.seq, csr{}
	if !forward {
		order, rows = kahn(&g.out, d.seq, deg)
	}
	g.dir = ascending
	settled := order != nil && !forward
	if !settled { // by insertion, which is the order itself or all there is
		if order == nil {
			g.dir = cyclic
		}
		order = d.seq
		rows = gatherAll(&g.out, order)
	}
	x := g.ix
	x.dense = g.renumber(order, rows)
	x.keys = make([]K, len(order))
	for i, v := range order {
		k := I(int64(v) + lo)
		x.keys[i] = *(*K)(unsafe.Pointer(&k))
	}
	if settled {
		x.ins = d.seq // not needed any more
		for i, v := range d.seq {
			x.ins[i] = x.dense[v] - 1
		}
	}
	return g, true
}

// densely notes ids as they appear.
type densely struct {
	seen bitset
	seq  []int32
}

func (d *densely) see(v int32) {
	if !d.seen.has(v) {
		d.seen.set(v)
		d.seq = append(d.seq, v)
	}
}

// forward reports whether every edge leads to a node that appeared later than its source.
func (d *densely) forward(from, to []int32) bool {
	place := make([]int32, len(d.seen)*64)
	for i, v := range d.seq {
		place[v] = int32(i)
	}
	for i, u := range from {
		if place[u] >= place[to[i]] {
			return false
		}
	}
	return true
}
