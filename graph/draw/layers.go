package draw

// This file turns circles into layers. First the edges to be laid out backwards are chosen, then every node gets a
// layer so that all other edges run forwards and are short in sum.

// backward marks the edges to be laid out against their direction so that no circle is left, and as few as a linear
// heuristic finds: nodes that only give are taken to the front, nodes that only take to the back, and where neither is
// left the node that gives most over what it takes goes to the front. Ties go to the lower node. Loops at one node are
// not marked. Time O(n² + m).
//
// Eades, Lin, Smyth, A fast and effective heuristic for the feedback arc set problem, IPL 47(6), 1993.
func backward(n int, ends [][2]int32) []bool {
	out, in := make([]int, n), make([]int, n)
	for _, e := range ends {
		if e[0] != e[1] {
			out[e[0]]++
			in[e[1]]++
		}
	}
	adj := adjacency(n, ends)
	gone := make([]bool, n)
	var sources, sinks []int32
	for v := range n {
		if in[v] == 0 {
			sources = append(sources, int32(v))
		} else if out[v] == 0 {
			sinks = append(sinks, int32(v))
		}
	}
	place := make([]int, n)
	front, back := 0, n
	take := func(v int32) {
		gone[v] = true
		for _, a := range adj.of(v) {
			e := ends[a]
			if e[0] == e[1] {
				continue
			}
			if w := e[1]; e[0] == v && !gone[w] {
				if in[w]--; in[w] == 0 {
					sources = append(sources, w)
				}
			}
			if w := e[0]; e[1] == v && !gone[w] {
				if out[w]--; out[w] == 0 {
					sinks = append(sinks, w)
				}
			}
		}
	}
	for front < back {
		switch {
		case len(sinks) > 0:
			v := sinks[0]
			sinks = sinks[1:]
			if !gone[v] {
				back--
				place[v] = back
				take(v)
			}
		case len(sources) > 0:
			v := sources[0]
			sources = sources[1:]
			if !gone[v] {
				place[v] = front
				front++
				take(v)
			}
		default:
			best := int32(-1)
			for v := range n {
				if !gone[v] && (best < 0 || out[v]-in[v] > out[best]-in[best]) {
					best = int32(v)
				}
			}
			place[best] = front
			front++
			take(best)
		}
	}
	marks := make([]bool, len(ends))
	for i, e := range ends {
		marks[i] = place[e[0]] > place[e[1]]
	}
	return marks
}

// rows is a list of lists in one array.
type rows struct {
	start []int32
	list  []int32
}

func (r *rows) of(v int32) []int32 { return r.list[r.start[v]:r.start[v+1]] }

// adjacency lists, for every node, the edges that touch it, in edge order; a loop is listed twice.
func adjacency(n int, ends [][2]int32) *rows {
	r := &rows{start: make([]int32, n+1), list: make([]int32, 2*len(ends))}
	for _, e := range ends {
		r.start[e[0]]++
		r.start[e[1]]++
	}
	sum := int32(0)
	for v := range r.start {
		sum, r.start[v] = sum+r.start[v], sum+r.start[v]
	}
	for i := len(ends) - 1; i >= 0; i-- {
		for _, v := range ends[i] {
			r.start[v]--
			r.list[r.start[v]] = int32(i)
		}
	}
	return r
}

// arc is an edge of an acyclic graph that must span at least length layers; weight says how much each layer costs.
type arc struct {
	from, to       int32
	length, weight int32
}

// layers gives every node a layer from 0 up so that each arc spans at least its length and the weighted sum of the spans
// is least; nodes with nothing to gain then move to the emptiest layer open to them. Each connected part starts at layer
// 0. The arcs must be acyclic. The number of pivots is bounded by 20 n, after which the layers are still feasible.
// Time O(n (n + m)) in practice.
//
// Gansner, Koutsofios, North, Vo, A technique for drawing directed graphs, IEEE TSE 19(3), 1993, section 2; cut values
// are had from subtree sums of net weight instead of its incremental update.
func layers(n int, arcs []arc) []int32 {
	ends := make([][2]int32, len(arcs))
	for i, a := range arcs {
		ends[i] = [2]int32{a.from, a.to}
	}
	s := &simplex{n: n, arcs: arcs, adj: adjacency(n, ends), rank: make([]int32, n), inTree: make([]bool, n), treeArc: make([]bool, len(arcs)),
		parent: make([]int32, n), first: make([]int32, n), last: make([]int32, n), sum: make([]int64, n)}
	s.longestPath()
	seen := make([]bool, n)
	for root := range int32(n) {
		if seen[root] {
			continue
		}
		part := []int32{root}
		seen[root] = true
		for i := 0; i < len(part); i++ {
			for _, a := range s.adj.of(part[i]) {
				for _, w := range ends[a] {
					if !seen[w] {
						seen[w] = true
						part = append(part, w)
					}
				}
			}
		}
		if len(part) > 1 {
			s.solve(part)
		}
		low := s.rank[root]
		for _, v := range part {
			low = min(low, s.rank[v])
		}
		for _, v := range part {
			s.rank[v] -= low
		}
	}
	s.balance()
	return s.rank
}

type simplex struct {
	n       int
	arcs    []arc
	adj     *rows
	rank    []int32
	inTree  []bool
	treeArc []bool
	order   []int32 // of the tree from its root, parents first
	parent  []int32 // the arc to the parent; -1 at the root
	first   []int32 // the subtree of v is order[first[v]:last[v]]
	last    []int32
	sum     []int64 // net weight leaving the subtree of v
}

func (s *simplex) slack(a int32) int32 {
	return s.rank[s.arcs[a].to] - s.rank[s.arcs[a].from] - s.arcs[a].length
}

func (s *simplex) longestPath() {
	in := make([]int32, s.n)
	for _, a := range s.arcs {
		in[a.to]++
	}
	queue := make([]int32, 0, s.n)
	for v := range int32(s.n) {
		if in[v] == 0 {
			queue = append(queue, v)
		}
	}
	for i := 0; i < len(queue); i++ {
		v := queue[i]
		for _, a := range s.adj.of(v) {
			if e := s.arcs[a]; e.from == v {
				s.rank[e.to] = max(s.rank[e.to], s.rank[v]+e.length)
				if in[e.to]--; in[e.to] == 0 {
					queue = append(queue, e.to)
				}
			}
		}
	}
}

// solve runs the network simplex on one connected part.
func (s *simplex) solve(part []int32) {
	s.tightTree(part)
	for range 20 * len(part) {
		s.walk(part[0])
		leave, worst := int32(-1), int64(0)
		for _, v := range s.order[1:] {
			cut := s.sum[v]
			if s.arcs[s.parent[v]].to == v {
				cut = -cut
			}
			if cut < worst {
				leave, worst = v, cut
			}
		}
		if leave < 0 {
			return
		}
		// The tree falls apart into the subtree of leave and the rest. The arc that joins them again must point from
		// the part that holds the leaving arc's head to the part that holds its tail.
		headInside := s.arcs[s.parent[leave]].to == leave
		enter, best := int32(-1), int32(0)
		for _, v := range s.order[s.first[leave]:s.last[leave]] {
			for _, a := range s.adj.of(v) {
				e := s.arcs[a]
				w := e.to
				if w == v {
					w = e.from
				}
				if inside := s.first[leave] <= s.first[w] && s.first[w] < s.last[leave]; inside || (e.from == v) != headInside {
					continue
				}
				if sl := s.slack(a); enter < 0 || sl < best || sl == best && a < enter {
					enter, best = a, sl
				}
			}
		}
		if enter < 0 {
			return
		}
		if !headInside {
			best = -best
		}
		for _, v := range s.order[s.first[leave]:s.last[leave]] {
			s.rank[v] += best
		}
		s.treeArc[s.parent[leave]] = false
		s.treeArc[enter] = true
	}
}

// tightTree moves nodes until a spanning tree of arcs without slack exists.
func (s *simplex) tightTree(part []int32) {
	tree := []int32{part[0]}
	s.inTree[part[0]] = true
	for i := 0; ; {
		for ; i < len(tree); i++ {
			for _, a := range s.adj.of(tree[i]) {
				if s.slack(a) != 0 {
					continue
				}
				for _, w := range [2]int32{s.arcs[a].from, s.arcs[a].to} {
					if !s.inTree[w] {
						s.inTree[w], s.treeArc[a] = true, true
						tree = append(tree, w)
					}
				}
			}
		}
		if len(tree) == len(part) {
			return
		}
		join := int32(-1)
		for _, v := range tree {
			for _, a := range s.adj.of(v) {
				if s.inTree[s.arcs[a].from] == s.inTree[s.arcs[a].to] {
					continue
				}
				if join < 0 || s.slack(a) < s.slack(join) || s.slack(a) == s.slack(join) && a < join {
					join = a
				}
			}
		}
		move := s.slack(join)
		if s.inTree[s.arcs[join].to] {
			move = -move
		}
		for _, v := range tree {
			s.rank[v] += move
		}
		for i = range tree { // resume at the node the tight arc touches
			if v := tree[i]; v == s.arcs[join].from || v == s.arcs[join].to {
				break
			}
		}
	}
}

// walk orders the tree from root, parents first, and sums net weights over subtrees.
func (s *simplex) walk(root int32) {
	s.order = s.order[:0]
	s.parent[root] = -1
	type frame struct{ v, next int32 }
	stack := []frame{{root, 0}}
	for len(stack) > 0 {
		f := &stack[len(stack)-1]
		v := f.v
		if f.next == 0 {
			s.first[v] = int32(len(s.order))
			s.order = append(s.order, v)
			s.sum[v] = 0
		}
		adj := s.adj.of(v)
		child := int32(-1)
		for int(f.next) < len(adj) && child < 0 {
			a := adj[f.next]
			f.next++
			e := s.arcs[a]
			if e.from == v {
				s.sum[v] += int64(e.weight)
			} else {
				s.sum[v] -= int64(e.weight)
			}
			if s.treeArc[a] && a != s.parent[v] {
				child = e.from + e.to - v
				s.parent[child] = a
			}
		}
		if child >= 0 {
			stack = append(stack, frame{child, 0})
			continue
		}
		s.last[v] = int32(len(s.order))
		stack = stack[:len(stack)-1]
		if len(stack) > 0 {
			s.sum[stack[len(stack)-1].v] += s.sum[v]
		}
	}
}

// balance moves nodes that pull as hard to the front as to the back to the emptiest layer they may take.
func (s *simplex) balance() {
	var count []int
	for _, r := range s.rank {
		for int(r) >= len(count) {
			count = append(count, 0)
		}
		count[r]++
	}
	for v := range int32(s.n) {
		net, low, high := int32(0), int32(0), int32(len(count)-1)
		if len(s.adj.of(v)) == 0 {
			continue
		}
		for _, a := range s.adj.of(v) {
			e := s.arcs[a]
			if e.from == v {
				net += e.weight
				high = min(high, s.rank[e.to]-e.length)
			} else {
				net -= e.weight
				low = max(low, s.rank[e.from]+e.length)
			}
		}
		if net != 0 {
			continue
		}
		best := s.rank[v]
		for r := low; r <= high; r++ {
			if count[r] < count[best]-1 || best != s.rank[v] && count[r] < count[best] {
				best = r
			}
		}
		count[s.rank[v]]--
		count[best]++
		s.rank[v] = best
	}
}
