package graph

import (
	"fmt"
	"iter"
)

// A LinkKind says what an edge means to [Influence]. The zero LinkKind is not valid.
type LinkKind uint8

const (
	// Contribution: the source makes the target more or less satisfied, by the weight of the
	// edge as a percentage from -100 to 100.
	Contribution LinkKind = iota + 1
	// Refinement: the source is a part of the target, or a way to it.
	Refinement
	// Dependence: the source needs the target, and is no better satisfied than it.
	Dependence
)

// String returns the name of the kind.
func (k LinkKind) String() string {
	switch k {
	case Contribution:
		return "contribution"
	case Refinement:
		return "refinement"
	case Dependence:
		return "dependence"
	}
	return fmt.Sprintf("LinkKind(%d)", uint8(k))
}

// A Gate says how the parts that refine a node make it up. The zero Gate is All.
type Gate uint8

const (
	// All is GRL's AND: the node is as satisfied as the least satisfied of its parts.
	All Gate = iota
	// Any is GRL's OR and XOR: the node is as satisfied as the most satisfied of its parts.
	Any
)

// String returns the name of the gate.
func (g Gate) String() string {
	switch g {
	case All:
		return "all"
	case Any:
		return "any"
	}
	return fmt.Sprintf("Gate(%d)", uint8(g))
}

// Influence evaluates satisfaction over a graph of goals: what is given of some nodes, how far
// are the others satisfied? The fields are functions, so that any graph can be read as one of
// goals; only Graph is needed.
type Influence[K comparable] struct {
	Graph *Graph[K]
	// Kind reads an edge; nil means that all are contributions. An edge of no valid kind is
	// refused.
	Kind func(Edge[K]) LinkKind
	// Gate reads a node; nil means All.
	Gate func(K) Gate
	// Given returns the satisfaction of a node that is given, from -100 to 100, and whether it
	// is; nil means that none is. It holds whatever the edges say.
	Given func(K) (int, bool)
	// Tolerance, from 0 to 100: without a source that satisfies a node fully, contributions
	// lift it to no more than 100-Tolerance, nor push it under Tolerance-100 without one that
	// denies it fully. 0 puts no bound.
	Tolerance int
}

// Satisfaction is what [Influence.Evaluate] found of a node.
type Satisfaction struct {
	// Value runs from -100, denied, over 0, neither, to 100, satisfied. 0 unless Known.
	Value int
	// Known is false for a node that lies on a circle of influence, or behind one, so that its
	// value would depend on itself. Giving the value of one node of a circle opens it.
	Known bool
}

// Evaluate returns the satisfaction of every node, as GRL's quantitative algorithm does (ITU-T
// Z.151, in whole numbers, as jUCMNav computes it): a given value stands. Any other node takes
// the least (All) or the most (Any) of its refinements, or 0 without any; adds for each
// contribution weight · source / 100, each cut off to a whole number; is bounded by the
// tolerance and to -100..100; and is lowered to the least of what it depends on. A source that
// satisfies fully is one whose contribution is 100, or refinements that come to 100. A node
// without anything is 0.
//
// A weight that is not within -100..100 or a kind that is not valid is refused with an
// [*EdgeError]; a given value or a tolerance out of bounds is brought to the nearest bound.
// O(nodes + edges).
func (in Influence[K]) Evaluate() (Column[K, Satisfaction], error) {
	g := in.Graph
	if g.empty() {
		return Column[K, Satisfaction]{}, nil
	}
	kinds, err := in.kinds()
	if err != nil {
		return Column[K, Satisfaction]{}, err
	}
	n := g.n()
	result := Column[K, Satisfaction]{g.ix, make([]Satisfaction, n)}
	// Sources of influence not yet known: a dependence runs against its edge.
	waits := make([]int32, n)
	ready := make([]int32, 0, n)
	given := newBits(n)
	for i := range n {
		v := g.ix.at(i)
		if in.Given != nil {
			if x, ok := in.Given(g.ix.keys[v]); ok {
				result.by[v] = Satisfaction{bound(x, 100), true}
				given.set(v)
			}
		}
	}
	for u := range n {
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			if kinds[s] == Dependence {
				waits[u]++
			} else {
				waits[g.out.adj[s]]++
			}
		}
	}
	for i := range n {
		if v := g.ix.at(i); given.has(v) || waits[v] == 0 {
			ready = append(ready, v)
		}
	}
	slots := g.inSlots()
	tell := func(v int32) {
		if waits[v]--; waits[v] == 0 && !given.has(v) {
			ready = append(ready, v)
		}
	}
	for h := 0; h < len(ready); h++ {
		v := ready[h]
		if !given.has(v) {
			result.by[v] = Satisfaction{in.value(v, kinds, slots, result.by), true}
		}
		for s := g.out.off[v]; s < g.out.off[v+1]; s++ {
			if kinds[s] != Dependence {
				tell(g.out.adj[s])
			}
		}
		for s := g.in.off[v]; s < g.in.off[v+1]; s++ {
			if kinds[slots[s]] == Dependence {
				tell(g.in.adj[s])
			}
		}
	}
	return result, nil
}

// kinds reads every edge, by slot.
func (in Influence[K]) kinds() ([]LinkKind, error) {
	g := in.Graph
	kinds := make([]LinkKind, len(g.out.adj))
	for u := range g.n() {
		for s := g.out.off[u]; s < g.out.off[u+1]; s++ {
			kinds[s] = Contribution
			e := g.edge(u, s)
			if in.Kind != nil {
				kinds[s] = in.Kind(e)
			}
			switch kinds[s] {
			case Refinement, Dependence:
			case Contribution:
				if !(e.Weight >= -100 && e.Weight <= 100) {
					return nil, &EdgeError[K]{e, e.Weight, "a weight from -100 to 100"}
				}
			default:
				return nil, &EdgeError[K]{e, float64(kinds[s]), "the kind contribution, refinement or dependence"}
			}
		}
	}
	return kinds, nil
}

// value computes a node all of whose sources are known.
func (in Influence[K]) value(v int32, kinds []LinkKind, slots []int32, known []Satisfaction) int {
	g := in.Graph
	gate := All
	if in.Gate != nil {
		gate = in.Gate(g.ix.keys[v])
	}
	refined, x := false, 0
	for s := g.in.off[v]; s < g.in.off[v+1]; s++ {
		if kinds[slots[s]] != Refinement {
			continue
		}
		part := known[g.in.adj[s]].Value
		switch {
		case !refined:
			refined, x = true, part
		case gate == Any:
			x = max(x, part)
		default:
			x = min(x, part)
		}
	}
	satisfied, denied := refined && x == 100, refined && x == -100
	contributed := false
	for s := g.in.off[v]; s < g.in.off[v+1]; s++ {
		if kinds[slots[s]] != Contribution {
			continue
		}
		contributed = true
		term := int(g.weightOf(g.in.id(s)) * float64(known[g.in.adj[s]].Value) / 100)
		satisfied = satisfied || term == 100
		denied = denied || term == -100
		x += term
	}
	x = bound(x, 100)
	if contributed {
		if most := 100 - bound(max(in.Tolerance, 0), 100); !satisfied {
			x = min(x, most)
		}
		if least := bound(max(in.Tolerance, 0), 100) - 100; !denied {
			x = max(x, least)
		}
	}
	for s := g.out.off[v]; s < g.out.off[v+1]; s++ {
		if kinds[s] == Dependence {
			x = min(x, known[g.out.adj[s]].Value)
		}
	}
	return x
}

func bound(x, most int) int { return max(-most, min(x, most)) }

// A Polarity says what a loop of influence does to a change that goes round it.
type Polarity uint8

const (
	// Unsigned: some edge of the loop has no sign, so its polarity is not known.
	Unsigned Polarity = iota
	// Reinforcing: an even number of negative edges; a change comes back with its own sign.
	Reinforcing
	// Balancing: an odd number of negative edges; a change comes back against itself.
	Balancing
)

// String returns the name of the polarity.
func (p Polarity) String() string {
	switch p {
	case Unsigned:
		return "unsigned"
	case Reinforcing:
		return "reinforcing"
	case Balancing:
		return "balancing"
	}
	return fmt.Sprintf("Polarity(%d)", uint8(p))
}

// A Loop is a circle of influence.
type Loop[K comparable] struct {
	Edges    []Edge[K] // as from [Graph.Cycles]
	Polarity Polarity
}

// Loops yields the circles of the graph as [Graph.Cycles] does, each with its polarity: the
// product of the signs of its edges. sign returns a number whose sign is meant; 0 and NaN are no
// sign. A nil sign reads the weights.
func (g *Graph[K]) Loops(sign func(Edge[K]) float64) iter.Seq[Loop[K]] {
	if sign == nil {
		sign = Weight[K]
	}
	return func(yield func(Loop[K]) bool) {
		for walk := range g.Cycles() {
			loop := Loop[K]{walk, Reinforcing}
			for _, e := range walk {
				switch x := sign(e); {
				case x > 0:
				case x < 0:
					if loop.Polarity != Unsigned {
						loop.Polarity = Reinforcing + Balancing - loop.Polarity
					}
				default:
					loop.Polarity = Unsigned
				}
			}
			if !yield(loop) {
				return
			}
		}
	}
}
