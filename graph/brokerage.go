package graph

import "math"

// Constraint returns Burt's constraint of each node: how far the contacts of a node are tied to
// one another, and so how little it stands between them. Edges are read both ways: the tie
// between two nodes is the sum of weight over the edges either way; nil for weight counts
// edges, and [Weight] takes the weights. Self-loops count for nothing. NaN for a node without
// ties of a weight above 0. Weights must be finite and at least 0, else the error is an [*EdgeError].
//
// Burt, Structural Holes, 1992: with p(i,j) the share of i's ties that goes to j, the sum over
// the contacts j of (p(i,j) + Σ p(i,q)·p(q,j))². O(Σ over nodes of the ties of their contacts).
func (g *Graph[K]) Constraint(weight func(Edge[K]) float64) (Column[K, float64], error) {
	if g.empty() {
		return Column[K, float64]{}, nil
	}
	by, err := g.values(weight, 0)
	if err != nil {
		return Column[K, float64]{}, err
	}
	ties := g.ties(by)
	n := g.n()
	c := Column[K, float64]{g.ix, make([]float64, n)}
	direct, indirect := make([]float64, n), make([]float64, n)
	for i := range n {
		lo, hi := ties.off[i], ties.off[i+1]
		if lo == hi {
			c.by[i] = math.NaN()
			continue
		}
		for s := lo; s < hi; s++ {
			direct[ties.adj[s]] = ties.share[s]
		}
		for s := lo; s < hi; s++ {
			q := ties.adj[s]
			for t := ties.off[q]; t < ties.off[q+1]; t++ {
				indirect[ties.adj[t]] += ties.share[s] * ties.share[t]
			}
		}
		for s := lo; s < hi; s++ {
			j := ties.adj[s]
			x := direct[j] + indirect[j]
			c.by[i] += x * x
		}
		for s := lo; s < hi; s++ {
			q := ties.adj[s]
			direct[q] = 0
			for t := ties.off[q]; t < ties.off[q+1]; t++ {
				indirect[ties.adj[t]] = 0
			}
		}
	}
	return c, nil
}

// ties are rows of neighbours, each once, with the share of the node's ties that goes to them.
type ties struct {
	csr
	share []float64
}

func (g *Graph[K]) ties(by []float64) ties {
	n := g.n()
	t := ties{csr: csr{off: make([]int32, n+1)}}
	at := make([]int32, n) // 1 + slot in this row
	ids := g.inSlots()
	for u := range n {
		start := int32(len(t.adj))
		total := 0.0
		add := func(v int32, w float64) {
			if v == u || w == 0 {
				return
			}
			if at[v] <= start {
				t.adj, t.share = append(t.adj, v), append(t.share, 0)
				at[v] = int32(len(t.adj))
			}
			t.share[at[v]-1] += w
			total += w
		}
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			add(g.out.adj[s], valueAt(by, s))
		}
		for s := g.in.off[u]; s < g.in.off[u+1]; s++ {
			add(g.in.adj[s], valueAt(by, ids[s]))
		}
		for s := start; s < int32(len(t.adj)); s++ {
			t.share[s] /= total
		}
		t.off[u+1] = int32(len(t.adj))
	}
	return t
}

// inSlots returns the outgoing slot of each incoming one: of parallel edges, each has its own.
func (g *Graph[K]) inSlots() []int32 {
	made, from := &g.in, &g.out // the rows that transpose made, in order, from the others
	if g.turned {
		made, from = from, made
	}
	slots := make([]int32, len(made.adj))
	at := append([]int32(nil), made.off...)
	for u := range g.n() {
		for s := from.off[u]; s < from.off[u+1]; s++ {
			v := from.adj[s]
			if g.turned {
				slots[s] = at[v]
			} else {
				slots[at[v]] = s
			}
			at[v]++
		}
	}
	return slots
}

// Roles counts, for one node b, the pairs of others a and c with edges a->b and b->c and none
// a->c, by how the three fall into groups: Gould, Fernandez, Sociological Methodology 19, 1989.
type Roles struct {
	// Coordinator: all three in one group.
	Coordinator int
	// Itinerant: a and c in one group, b in another (also called consultant).
	Itinerant int
	// Representative: a and b in one group, c in another: b speaks for its group.
	Representative int
	// Gatekeeper: b and c in one group, a in another: b lets in.
	Gatekeeper int
	// Liaison: three different groups.
	Liaison int
}

// Total returns the number of pairs that the node brokers between.
func (r Roles) Total() int {
	return r.Coordinator + r.Itinerant + r.Representative + r.Gatekeeper + r.Liaison
}

// Brokerage counts the Gould-Fernandez roles of every node, given the group of each. Parallel
// edges count once and self-loops not at all. O(Σ over edges a->b of the edges out of b).
func Brokerage[K, G comparable](g *Graph[K], group Column[K, G]) Column[K, Roles] {
	if g.empty() {
		return Column[K, Roles]{}
	}
	of := groupIDs(g, group)
	c := simpleRows(&g.out)
	roles := Column[K, Roles]{g.ix, make([]Roles, g.n())}
	next := make([]int32, g.n()) // 1 + the last node with an edge to this one
	for a := range g.n() {
		next[a] = a + 1
		for _, b := range c.row(a) {
			next[b] = a + 1
		}
		for _, b := range c.row(a) {
			r := &roles.by[b]
			for _, d := range c.row(b) {
				if next[d] == a+1 {
					continue
				}
				switch ab, bd, ad := of[a] == of[b], of[b] == of[d], of[a] == of[d]; {
				case ab && bd:
					r.Coordinator++
				case ad:
					r.Itinerant++
				case ab:
					r.Representative++
				case bd:
					r.Gatekeeper++
				default:
					r.Liaison++
				}
			}
		}
	}
	return roles
}

// groupIDs numbers the groups by the first node in each, in insertion order.
func groupIDs[K, G comparable](g *Graph[K], group Column[K, G]) []int32 {
	names := group.on(g)
	ids := map[G]int32{}
	of := make([]int32, g.n())
	for i := range g.n() {
		v := g.ix.at(i)
		id, known := ids[names[v]]
		if !known {
			id = int32(len(ids))
			ids[names[v]] = id
		}
		of[v] = id
	}
	return of
}
