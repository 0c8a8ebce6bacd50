package graph_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/graph"
)

func TestComponents(t *testing.T) {
	each(func(name string, p plain) {
		g := p.build()
		parts := g.Components()
		reach := map[string]map[string]bool{}
		for _, k := range p.nodes {
			reach[k] = p.reach(k)
		}
		for _, a := range p.nodes {
			for _, b := range p.nodes {
				i, _ := parts.Of(a)
				j, _ := parts.Of(b)
				assert.Equal(t, reach[a][b] && reach[b][a], i == j, name)
			}
		}
		for _, e := range p.edges {
			i, _ := parts.Of(e.From)
			j, _ := parts.Of(e.To)
			assert.LessOrEqual(t, i, j, name)
		}
		weak := g.WeakComponents()
		both := plain{p.nodes, slices.Concat(p.edges, p.reversed().edges)}
		next := 0
		for _, a := range p.nodes {
			i, _ := weak.Of(a)
			if i == next {
				next++
			}
			require.Less(t, i, next, "%s: parts come by their first node", name)
			for b := range both.reach(a) {
				j, _ := weak.Of(b)
				assert.Equal(t, i, j, name)
			}
		}
		assert.Equal(t, weak.Len(), next, name)

		again, condensed := g.Condense()
		assert.Equal(t, parts.Len(), again.Len(), name)
		order, err := condensed.Order()
		require.NoError(t, err, name)
		for i, c := range order {
			assert.Equal(t, i, c, name)
		}
		between := map[[2]int]float64{}
		for _, e := range p.edges {
			i, _ := parts.Of(e.From)
			j, _ := parts.Of(e.To)
			if i != j {
				between[[2]int{i, j}]++
			}
		}
		got := map[[2]int]float64{}
		for e := range condensed.Edges() {
			got[[2]int{e.From, e.To}] += e.Weight
		}
		assert.Equal(t, between, got, name)
		assert.Equal(t, len(between), condensed.NumEdges(), name)
	})
}

func TestDescendants(t *testing.T) {
	each(func(name string, p plain) {
		g := p.build()
		order := p.nodes
		if g.Acyclic() {
			order, _ = g.Order()
		}
		for i, a := range p.nodes {
			b := p.nodes[(i*7+3)%len(p.nodes)]
			want := p.reach(a, b)
			for _, k := range p.nodes {
				assert.Equal(t, p.reach(a)[k], g.Reaches(a, k), name)
			}
			delete(want, a)
			delete(want, b)
			got := g.Descendants(a, b, "nobody", a)
			require.Equal(t, keys(want), sorted(got), name)
			assert.True(t, slices.IsSortedFunc(got, func(x, y string) int {
				return slices.Index(order, x) - slices.Index(order, y)
			}), name)
			up := p.reversed().reach(a)
			delete(up, a)
			above := g.Ancestors(a)
			assert.Equal(t, keys(up), sorted(above), name)
			assert.True(t, slices.IsSortedFunc(above, func(x, y string) int {
				return slices.Index(order, x) - slices.Index(order, y)
			}), name)
		}
	})
	assert.False(t, plain{nodes: []string{"a"}}.build().Reaches("a", "b"))
}

// checkDominators compares a tree with what becomes unreachable as each node is removed.
func checkDominators(t *testing.T, name string, p plain, tree *graph.DominatorTree[string], roots []string) {
	t.Helper()
	all := p.reach(roots...)
	assert.Equal(t, len(all), tree.Len(), name)
	weights := tree.Weights(graph.Column[string, float64]{})
	over := map[string][]string{}
	for _, d := range p.nodes {
		assert.Equal(t, all[d], tree.Has(d), name)
		lost := map[string]bool{}
		if all[d] {
			left := p.without(d).reach(slices.DeleteFunc(slices.Clone(roots), func(r string) bool { return r == d })...)
			for k := range all {
				if !left[k] && k != d {
					lost[k] = true
					over[k] = append(over[k], d)
				}
			}
		}
		require.Equal(t, keys(lost), sorted(tree.Under(d)), "%s: under %s", name, d)
		require.Equal(t, float64(len(lost)), weights.At(d), "%s: weight of %s", name, d)
	}
	for _, k := range p.nodes {
		assert.Equal(t, sorted(over[k]), sorted(slices.Collect(tree.Over(k))), name)
		if near, ok := tree.Immediate(k); ok {
			assert.Equal(t, near, slices.Collect(tree.Over(k))[0], name)
		} else {
			assert.Empty(t, over[k], name)
		}
	}
}

func TestDominators(t *testing.T) {
	each(func(name string, p plain) {
		g := p.build()
		var sources, sinks []string
		for _, k := range p.nodes {
			if g.InDegree(k) == 0 {
				sources = append(sources, k)
			}
			if g.OutDegree(k) == 0 {
				sinks = append(sinks, k)
			}
		}
		checkDominators(t, name, p, g.Dominators(), sources)
		checkDominators(t, name, p.reversed(), g.PostDominators(), sinks)
		if len(p.nodes) > 0 {
			one := p.nodes[len(p.nodes)/2]
			checkDominators(t, name, p, g.Dominators(one, one, "nobody"), []string{one})
			two := []string{p.nodes[0], one}
			checkDominators(t, name, p, g.Dominators(two...), two)
		}
	})
}

func TestDominatorWeights(t *testing.T) {
	p := plain{nodes: []string{"gate", "a", "b", "c"}, edges: []edge{{From: "gate", To: "a"}, {From: "gate", To: "b"}, {From: "a", To: "c"}, {From: "b", To: "c"}}}
	g := p.build()
	pounds := graph.Tabulate(g, func(k string) float64 { return float64(len(k)) * 10 })
	w := g.Dominators().Weights(pounds)
	assert.Equal(t, 30.0, w.At("gate"))
	assert.Equal(t, 0.0, w.At("a"))
	other := graph.Tabulate(p.without("a").build(), func(k string) float64 { return 5 })
	assert.Equal(t, 10.0, g.Dominators().Weights(other).At("gate"), "a has no weight there")
}

func FuzzDominators(f *testing.F) {
	f.Add([]byte{6, 0, 1, 1, 2, 0, 3, 3, 2, 2, 4, 4, 1})
	f.Add([]byte{12, 0, 1, 1, 2, 2, 3, 3, 1, 3, 4})
	f.Fuzz(func(t *testing.T, data []byte) {
		p := fromBytes(data)
		if len(p.nodes) == 0 {
			return
		}
		root := p.nodes[0]
		checkDominators(t, fmt.Sprint(p.edges), p, p.build().Dominators(root), []string{root})
	})
}
