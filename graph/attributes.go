package graph

import (
	"math"
	"slices"
)

// attributes holds the labels and weights of edges by edge id. A column is kept only when its
// values differ, so an unlabelled, unweighted graph pays nothing for either.
type attributes struct {
	names   []string  // distinct labels in order of first use
	label   []int32   // index into names; nil: every edge has names[0], or no label
	weight  []float64 // nil: every edge has uniform
	uniform float64
}

func (a *attributes) labelOf(e int32) string {
	if a.label != nil {
		return a.names[a.label[e]]
	}
	if len(a.names) > 0 {
		return a.names[0]
	}
	return ""
}

func (a *attributes) weightOf(e int32) float64 {
	if a.weight != nil {
		return a.weight[e]
	}
	return a.uniform
}

// varied reports whether edges must be told apart by id.
func (a *attributes) varied() bool { return a.label != nil || a.weight != nil }

func sameWeight(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }

// add appends the attributes of edge number n.
func (a *attributes) add(n int, label string, weight float64, names map[string]int32) {
	id, known := names[label]
	if !known {
		id = int32(len(a.names))
		names[label] = id
		a.names = append(a.names, label)
		if id == 1 {
			a.label = make([]int32, n, 2*n+8)
		}
	}
	if a.label != nil {
		a.label = append(a.label, id)
	}
	switch {
	case a.weight != nil:
		a.weight = append(a.weight, weight)
	case n == 0:
		a.uniform = weight
	case !sameWeight(weight, a.uniform):
		a.weight = make([]float64, n, 2*n+8)
		for i := range a.weight {
			a.weight[i] = a.uniform
		}
		a.weight = append(a.weight, weight)
	}
}

// readAttributes fills a from edges, given whether their labels and their weights differ.
func readAttributes[K comparable](a *attributes, edges []Edge[K], labels, weights bool) {
	if len(edges) == 0 {
		return
	}
	first := &edges[0]
	a.names, a.uniform = []string{first.Label}, first.Weight
	if labels {
		names := map[string]int32{first.Label: 0}
		a.label = make([]int32, len(edges))
		last := int32(0)
		for i := range edges {
			if edges[i].Label != a.names[last] {
				id, known := names[edges[i].Label]
				if !known {
					id = int32(len(a.names))
					a.names = append(a.names, edges[i].Label)
					names[edges[i].Label] = id
				}
				last = id
			}
			a.label[i] = last
		}
	}
	if weights {
		a.weight = make([]float64, len(edges))
		for i := range edges {
			a.weight[i] = edges[i].Weight
		}
	}
}

func (a *attributes) move(to, from int) {
	if a.label != nil {
		a.label[to] = a.label[from]
	}
	if a.weight != nil {
		a.weight[to] = a.weight[from]
	}
}

func (a *attributes) truncate(n int) {
	if a.label != nil {
		a.label = a.label[:n]
	}
	if a.weight != nil {
		a.weight = a.weight[:n]
	}
}

// picked returns the attributes in which edge i is edge ids[i] of a.
func (a *attributes) picked(ids []int32) attributes {
	b := attributes{names: slices.Clip(a.names), uniform: a.uniform}
	if a.label != nil {
		b.label = make([]int32, len(ids))
		for i, e := range ids {
			b.label[i] = a.label[e]
		}
	}
	if a.weight != nil {
		b.weight = make([]float64, len(ids))
		for i, e := range ids {
			b.weight[i] = a.weight[e]
		}
	}
	return b
}
