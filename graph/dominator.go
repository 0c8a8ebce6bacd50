package graph

import "iter"

// A DominatorTree says through which nodes everything must pass on its way from the roots: d
// dominates v when every path from a root to v goes through d. If d fails, all it dominates is
// cut off; that makes it a single point of failure for them. Nodes that no root reaches are
// not in the tree. Immutable, safe for concurrent readers; the zero tree is empty. Memory: 16 bytes
// a node of the graph.
type DominatorTree[K comparable] struct {
	g     *Graph[K]
	tree  []treePoint // by id + 1; first the virtual root
	order []int32     // ids in the tree, dominators before what they dominate; nil: the graph's order
	count int         // nodes in the tree
}

// A treePoint is a node of a dominator tree. Ids are shifted by one, so that 0 is the virtual
// root, whose depth is 0; so is that of nodes that are not in the tree. jump is an ancestor
// further up, at the depth floor.
type treePoint struct{ up, jump, depth, floor int32 }

const (
	top    int32 = -1 // no dominator
	absent int32 = -2 // not in the tree
)

// above returns the immediate dominator of an id, top, or absent.
func (t *DominatorTree[K]) above(v int32) int32 {
	p := t.tree[v+1]
	if p.depth == 0 {
		return absent
	}
	return p.up - 1
}

// Dominators returns the dominator tree of everything that the given roots reach. Without any
// roots the sources are meant: the nodes that no edge enters; a graph that is all circles has
// none, and the tree is then empty. Roots that are no nodes are passed over. Several roots hang
// on a virtual one, so a node that can be reached from two of them on separate ways has no
// dominator.
//
// Acyclic graphs: one pass in the graph's order, taking nearest common ancestors with jump
// pointers (Cooper, Harvey, Kennedy, 2001; Myers, IPL 17(5), 1983), O(edges · log nodes) at
// worst and nearly linear in practice. Others: semi-NCA (Georgiadis, Tarjan, Werneck, JGAA
// 10(1), 2006), O(nodes²) at worst and nearly linear in practice.
func (g *Graph[K]) Dominators(roots ...K) *DominatorTree[K] {
	if g.empty() {
		return &DominatorTree[K]{}
	}
	var from []int32
	if len(roots) > 0 {
		from = g.finds(roots)
	} else if g.dir == cyclic {
		for i := range g.n() {
			if v := g.ix.at(i); g.in.off[v] == g.in.off[v+1] {
				from = append(from, v)
			}
		}
	}
	t := &DominatorTree[K]{g: g}
	if g.dir == cyclic {
		t.tree, t.order = semiNCA(&g.out, &g.in, from)
		t.count = len(t.order)
	} else {
		t.tree, t.count = dagDominators(&g.in, from, len(roots) == 0, g.dir)
	}
	return t
}

// PostDominators returns the dominator tree of the reversed graph from the given sinks, or from
// all nodes that no edge leaves: d dominates v in it when every path from v to a sink goes
// through d.
func (g *Graph[K]) PostDominators(sinks ...K) *DominatorTree[K] {
	return g.Reverse().Dominators(sinks...)
}

// dagDominators needs the nodes in topological order: every node's dominator is the nearest
// common ancestor, in the tree so far, of its predecessors. From all sources, every node is
// reached. It returns the number of nodes reached too.
func dagDominators(in *csr, roots []int32, sources bool, dir direction) (tree []treePoint, count int) {
	n := int32(len(in.off) - 1)
	tree = make([]treePoint, n+1)
	isRoot := newBits(n)
	for _, v := range roots {
		isRoot.set(v)
	}
	off, adj := in.off, in.adj
	for j := range n {
		v := j
		if dir == descending {
			v = n - 1 - j
		}
		row := adj[off[v]:off[v+1]]
		if !sources {
			for len(row) > 0 && tree[row[0]+1].depth == 0 { // not reached
				row = row[1:]
			}
			if isRoot.has(v) {
				row = nil
			} else if len(row) == 0 {
				continue
			}
		}
		d := int32(0)
		if len(row) > 0 {
			d = row[0] + 1
			row = row[1:]
		}
		for _, u := range row {
			b := u + 1
			if d == 0 {
				break
			}
			if d == b || !sources && tree[b].depth == 0 {
				continue
			}
			a := d
			if tree[a].depth < tree[b].depth {
				a, b = b, a
			}
			for depth := tree[b].depth; tree[a].depth > depth; {
				x := &tree[a]
				a = x.up
				if x.floor >= depth {
					a = x.jump
				}
			}
			for a != b {
				x, y := &tree[a], &tree[b]
				if x.jump != y.jump {
					a, b = x.jump, y.jump
				} else {
					a, b = x.up, y.up
				}
			}
			d = a
		}
		count++
		up, at := &tree[d], &tree[v+1]
		at.up, at.jump, at.depth, at.floor = d, d, up.depth+1, up.depth
		if jump := &tree[up.jump]; up.depth-up.floor == up.floor-jump.floor {
			at.jump, at.floor = jump.jump, jump.floor
		}
	}
	return tree, count
}

// semiNCA works on depth-first numbers, 0 being the virtual root.
func semiNCA(out, in *csr, roots []int32) (tree []treePoint, order []int32) {
	n := int32(len(out.off) - 1)
	number := make([]int32, n) // 0: not reached
	node := []int32{-1}        // by number
	parent := []int32{0}
	isRoot := newBits(n)
	for _, r := range roots {
		isRoot.set(r)
	}
	type frame struct{ node, slot int32 }
	var stack []frame
	visit := func(v, from int32) {
		number[v] = int32(len(node))
		node = append(node, v)
		parent = append(parent, from)
		stack = append(stack, frame{v, out.off[v]})
	}
	for _, r := range roots {
		if number[r] != 0 {
			continue
		}
		visit(r, 0)
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.slot == out.off[f.node+1] {
				stack = stack[:len(stack)-1]
				continue
			}
			v := out.adj[f.slot]
			f.slot++
			if number[v] == 0 {
				visit(v, number[f.node])
			}
		}
	}
	count := int32(len(node))
	semi := make([]int32, count)
	label := make([]int32, count)
	ancestor := make([]int32, count) // linked part of the tree; parent, compressed
	dom := make([]int32, count)
	for i := range count {
		semi[i], label[i] = i, i
		ancestor[i], dom[i] = parent[i], parent[i]
	}
	var trail []int32
	// eval returns the node of least semi on the linked path above v; linked are numbers > last.
	eval := func(v, last int32) int32 {
		if ancestor[v] <= last {
			return label[v]
		}
		trail = trail[:0]
		for u := v; ancestor[u] > last; u = ancestor[u] {
			trail = append(trail, u)
		}
		for i := len(trail) - 1; i >= 0; i-- {
			u := trail[i]
			a := ancestor[u]
			if semi[label[a]] < semi[label[u]] {
				label[u] = label[a]
			}
			ancestor[u] = ancestor[a]
		}
		return label[v]
	}
	for i := count - 1; i > 0; i-- {
		v := node[i]
		least := parent[i]
		if isRoot.has(v) {
			least = 0
		} else {
			for _, u := range in.row(v) {
				if j := number[u]; j != 0 {
					if j > i {
						j = semi[eval(j, i)]
					}
					least = min(least, j)
				}
			}
		}
		semi[i] = least
	}
	for i := int32(1); i < count; i++ {
		d := dom[i]
		for d > semi[i] {
			d = dom[d]
		}
		dom[i] = d
	}
	tree = make([]treePoint, n+1)
	for i := int32(1); i < count; i++ {
		up := node[dom[i]] + 1
		tree[node[i]+1] = treePoint{up: up, depth: tree[up].depth + 1}
	}
	return tree, node[1:]
}

// Len returns the number of nodes in the tree: the roots and all they reach.
func (t *DominatorTree[K]) Len() int { return t.count }

// places returns the length of a list of ids that has dominators before what they dominate, and
// place what stands in it.
func (t *DominatorTree[K]) places() int32 {
	if t.order == nil {
		return int32(len(t.tree)) - 1
	}
	return int32(len(t.order))
}

func (t *DominatorTree[K]) place(i int32) int32 {
	switch {
	case t.order != nil:
		return t.order[i]
	case t.g.dir == descending:
		return int32(len(t.tree)) - 2 - i
	}
	return i
}

// Immediate returns the last node through which every path from the roots to k goes, k left
// out; false when there is none: k is a root, can be reached in two separate ways, is not
// reached, or is no node.
func (t *DominatorTree[K]) Immediate(k K) (K, bool) {
	if v := t.find(k); v >= 0 && t.above(v) >= 0 {
		return t.g.ix.keys[t.above(v)], true
	}
	var none K
	return none, false
}

func (t *DominatorTree[K]) find(k K) int32 {
	if t == nil {
		return -1
	}
	return t.g.find(k)
}

// Has reports whether k is in the tree: a root, or reached from one.
func (t *DominatorTree[K]) Has(k K) bool {
	v := t.find(k)
	return v >= 0 && t.above(v) != absent
}

// Over yields the nodes that dominate k, from the nearest to the one next to the roots, k left
// out.
func (t *DominatorTree[K]) Over(k K) iter.Seq[K] {
	return func(yield func(K) bool) {
		v := t.find(k)
		if v < 0 {
			return
		}
		for v = t.above(v); v >= 0; v = t.above(v) {
			if !yield(t.g.ix.keys[v]) {
				return
			}
		}
	}
}

// Under returns the nodes that k dominates, k left out, in the order of the graph that the tree
// was made of, which for post-dominators is the reversed one: what is cut
// off from the roots when k fails. O(nodes).
func (t *DominatorTree[K]) Under(k K) []K {
	v := t.find(k)
	if v < 0 || t.above(v) == absent {
		return nil
	}
	under := newBits(t.g.n())
	under.set(v)
	for i := range t.places() {
		u := t.place(i)
		if d := t.above(u); d >= 0 && under.has(d) {
			under.set(u)
		}
	}
	under.clear(v)
	return keysOf(t.g, under)
}

// Weights returns, for every node, the sum of the given weights over the nodes it dominates,
// itself left out: what hangs on this node alone. With the zero Column every node weighs 1 and
// the sum is a count. Nodes outside the tree have 0. O(nodes).
func (t *DominatorTree[K]) Weights(weight Column[K, float64]) Column[K, float64] {
	if t == nil || t.g.empty() {
		return Column[K, float64]{}
	}
	var own []float64
	if weight.ix != nil {
		own = weight.on(t.g)
	}
	sum := make([]float64, t.g.n())
	for i := range t.places() {
		v := t.place(t.places() - 1 - i)
		d := t.above(v)
		if d < 0 {
			continue
		}
		if own != nil {
			sum[d] += sum[v] + own[v]
		} else {
			sum[d] += sum[v] + 1
		}
	}
	return Column[K, float64]{t.g.ix, sum}
}
