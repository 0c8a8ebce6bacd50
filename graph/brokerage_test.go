package graph_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/graph"
)

// betweenness counts shortest paths by listing them.
func (p plain) betweenness() map[string]float64 {
	simple := plain{nodes: p.nodes}
	for _, e := range p.edges {
		e.Label, e.Weight = "", 0
		if e.From != e.To && !slices.Contains(simple.edges, e) {
			simple.edges = append(simple.edges, e)
		}
	}
	sum := map[string]float64{}
	for _, a := range p.nodes {
		for _, b := range p.nodes {
			if a == b {
				continue
			}
			var shortest [][]edge
			for _, w := range simple.walks(a, b) {
				if len(shortest) > 0 && len(w) < len(shortest[0]) {
					shortest = nil
				}
				if len(shortest) == 0 || len(w) == len(shortest[0]) {
					shortest = append(shortest, w)
				}
			}
			for _, w := range shortest {
				for _, e := range w[1:] {
					sum[e.From] += 1 / float64(len(shortest))
				}
			}
		}
	}
	return sum
}

func TestBetweenness(t *testing.T) {
	each(func(name string, p plain) {
		if len(p.nodes) > 9 {
			return
		}
		done := 0
		got, err := p.build().Betweenness(context.Background(), graph.BetweennessOptions{Progress: func(n, total int) {
			assert.Equal(t, len(p.nodes), total)
			assert.Greater(t, n, done)
			done = n
		}})
		require.NoError(t, err)
		assert.Equal(t, len(p.nodes), done, name)
		want := p.betweenness()
		for k, x := range got.All() {
			require.InDelta(t, want[k], x, 1e-9, name)
		}
	})
}

// constraint is the formula written out.
func (p plain) constraint(weight func(edge) float64, i string) float64 {
	tie := func(a, b string) float64 {
		sum := 0.0
		for _, e := range p.edges {
			if a != b && (e.From == a && e.To == b || e.From == b && e.To == a) {
				sum += weight(e)
			}
		}
		return sum
	}
	share := func(a, b string) float64 {
		total := 0.0
		for _, k := range p.nodes {
			total += tie(a, k)
		}
		return tie(a, b) / total
	}
	sum, any := 0.0, false
	for _, j := range p.nodes {
		if tie(i, j) == 0 {
			continue
		}
		any = true
		x := share(i, j)
		for _, q := range p.nodes {
			if tie(i, q) > 0 {
				x += share(i, q) * share(q, j)
			}
		}
		sum += x * x
	}
	if !any {
		return math.NaN()
	}
	return sum
}

func TestConstraint(t *testing.T) {
	each(func(name string, p plain) {
		for _, turn := range []bool{false, true} {
			g := p.build()
			if turn {
				g = g.Reverse()
			}
			for _, weight := range []func(edge) float64{nil, graph.Weight[string]} {
				got, err := g.Constraint(weight)
				require.NoError(t, err)
				if weight == nil {
					weight = func(edge) float64 { return 1 }
				}
				for _, k := range p.nodes {
					want := p.constraint(weight, k)
					if math.IsNaN(want) {
						require.True(t, math.IsNaN(got.At(k)), name)
					} else {
						require.InDelta(t, want, got.At(k), 1e-9, name)
					}
				}
			}
		}
	})
	_, err := plain{nodes: []string{"a", "b"}, edges: []edge{{"a", "b", "", -1}}}.build().Constraint(graph.Weight)
	var bad *graph.EdgeError[string]
	assert.True(t, errors.As(err, &bad))
}

// roles counts triples one by one.
func (p plain) roles(group func(string) string) map[string]graph.Roles {
	has := func(a, b string) bool {
		return slices.ContainsFunc(p.edges, func(e edge) bool { return e.From == a && e.To == b })
	}
	roles := map[string]graph.Roles{}
	for _, b := range p.nodes {
		var r graph.Roles
		for _, a := range p.nodes {
			for _, c := range p.nodes {
				if a == b || b == c || a == c || !has(a, b) || !has(b, c) || has(a, c) {
					continue
				}
				switch x, y, z := group(a), group(b), group(c); {
				case x == y && y == z:
					r.Coordinator++
				case x == z:
					r.Itinerant++
				case x == y:
					r.Representative++
				case y == z:
					r.Gatekeeper++
				default:
					r.Liaison++
				}
			}
		}
		roles[b] = r
	}
	return roles
}

func byLength(k string) string { return k[len(k)-1:] }

func TestBrokerage(t *testing.T) {
	each(func(name string, p plain) {
		g := p.build()
		got := graph.Brokerage(g, graph.Tabulate(g, byLength))
		want := p.roles(byLength)
		for _, k := range p.nodes {
			require.Equal(t, want[k], got.At(k), name)
		}
	})
}

func TestMixing(t *testing.T) {
	each(func(name string, p plain) {
		g := p.build()
		group := graph.Tabulate(g, func(k string) string { return string(k[len(k)-1] % 3) })
		of := group.At
		m := graph.Mix(g, group)
		external := 0
		count := map[[2]string]int{}
		for _, e := range p.edges {
			count[[2]string{of(e.From), of(e.To)}]++
			if of(e.From) != of(e.To) {
				external++
			}
		}
		assert.Equal(t, len(p.edges), m.Edges(), name)
		assert.Equal(t, external, m.External(), name)
		modularity := 0.0
		for _, a := range m.Groups() {
			out, in, inside, across := 0, 0, 0, 0
			for _, e := range p.edges {
				if of(e.From) == a {
					out++
				}
				if of(e.To) == a {
					in++
				}
				switch {
				case of(e.From) == a && of(e.To) == a:
					inside++
				case of(e.From) == a, of(e.To) == a:
					across++
				}
			}
			for _, b := range m.Groups() {
				assert.Equal(t, count[[2]string{a, b}], m.Count(a, b), name)
			}
			if inside+across == 0 {
				assert.True(t, math.IsNaN(m.EIOf(a)), name)
			} else {
				assert.InDelta(t, float64(across-inside)/float64(across+inside), m.EIOf(a), 1e-12, name)
			}
			all := float64(len(p.edges))
			modularity += float64(inside)/all - float64(out)*float64(in)/all/all
		}
		assert.Zero(t, m.Count("x", "0"))
		assert.True(t, math.IsNaN(m.EIOf("x")))
		cut := g.Bridges()
		f := graph.Follow(g, append(cut, edge{"nobody", "n0", "", 0}), group)
		assert.Equal(t, len(cut), f.Cut, name)
		if len(p.edges) == 0 {
			assert.True(t, math.IsNaN(m.EI()) && math.IsNaN(m.Modularity()) && math.IsNaN(f.Base) && math.IsNaN(f.Share), name)
			return
		}
		assert.InDelta(t, 2*float64(external)/float64(len(p.edges))-1, m.EI(), 1e-12, name)
		assert.InDelta(t, modularity, m.Modularity(), 1e-12, name)
		assert.InDelta(t, float64(external)/float64(len(p.edges)), f.Base, 1e-12, name)
		crossing := 0
		for _, e := range cut {
			if of(e.From) != of(e.To) {
				crossing++
			}
		}
		assert.Equal(t, crossing, f.Crossing, name)
		if f.Cut > 0 {
			assert.InDelta(t, float64(crossing)/float64(len(cut)), f.Share, 1e-12, name)
		}
	})
	none := graph.Mix[string](nil, graph.Column[string, int]{})
	assert.True(t, math.IsNaN(none.EI()))
	assert.Zero(t, graph.Follow[string](nil, nil, graph.Column[string, int]{}).Cut)
	assert.Zero(t, graph.Brokerage[string](nil, graph.Column[string, int]{}).Len())
}

// TestPublishedMeasures checks constraint, the E-I index and brokerage roles against values
// computed elsewhere.
func TestPublishedMeasures(t *testing.T) {
	data, err := os.ReadFile("../../shared/data/accountability/oracles/measures.json")
	if err != nil {
		t.Skip("published measures absent: ../shared/data not beside the repository")
	}
	var file struct {
		Burt struct {
			Edges      [][2]string
			Constraint map[string]float64
			Weights    map[string]float64
			Weighted   map[string]float64 `json:"weighted_constraint"`
			Star       float64            `json:"star5_hub"`
			Triangle   float64
			Dyad       float64
		}
		EI struct {
			Groups map[string]int
			EI     float64
		}
		GF struct {
			Adj            [][]int
			Membership     []int
			Coordinator    []int `json:"w_I"`
			Itinerant      []int `json:"w_O"`
			Gatekeeper     []int `json:"b_OI"`
			Representative []int `json:"b_IO"`
			Liaison        []int `json:"b_O"`
		} `json:"gould_fernandez"`
	}
	require.NoError(t, json.Unmarshal(data, &file))

	var b graph.Builder[string]
	for _, e := range file.Burt.Edges {
		w, ok := file.Burt.Weights[e[0]+e[1]]
		require.True(t, ok)
		b.Add(edge{From: e[0], To: e[1], Weight: w})
	}
	g := b.Freeze()
	plainly, err := g.Constraint(nil)
	require.NoError(t, err)
	require.Len(t, file.Burt.Constraint, 7)
	for k, want := range file.Burt.Constraint {
		assert.InDelta(t, want, plainly.At(k), 5e-5, k)
	}
	weighted, err := g.Constraint(graph.Weight)
	require.NoError(t, err)
	for k, want := range file.Burt.Weighted {
		assert.InDelta(t, want, weighted.At(k), 5e-5, k)
	}
	hub := func(edges ...[2]string) float64 {
		var b graph.Builder[string]
		for _, e := range edges {
			b.Link(e[0], e[1])
		}
		c, err := b.Freeze().Constraint(nil)
		require.NoError(t, err)
		return c.At("h")
	}
	assert.InDelta(t, file.Burt.Star, hub([2]string{"h", "1"}, [2]string{"h", "2"}, [2]string{"h", "3"}, [2]string{"h", "4"}, [2]string{"h", "5"}), 1e-12)
	assert.InDelta(t, file.Burt.Triangle, hub([2]string{"h", "1"}, [2]string{"1", "2"}, [2]string{"2", "h"}), 1e-12)
	assert.InDelta(t, file.Burt.Dyad, hub([2]string{"h", "1"}), 1e-12)

	groups := graph.Tabulate(g, func(k string) int { return file.EI.Groups[k] })
	assert.InDelta(t, file.EI.EI, graph.Mix(g, groups).EI(), 1e-12)

	var gf graph.Builder[int]
	for i := range file.GF.Adj {
		gf.Node(i)
	}
	for i, row := range file.GF.Adj {
		for j, x := range row {
			if x != 0 {
				gf.Link(i, j)
			}
		}
	}
	net := gf.Freeze()
	roles := graph.Brokerage(net, graph.Tabulate(net, func(i int) int { return file.GF.Membership[i] }))
	for i := range file.GF.Adj {
		assert.Equal(t, graph.Roles{
			Coordinator: file.GF.Coordinator[i], Itinerant: file.GF.Itinerant[i], Gatekeeper: file.GF.Gatekeeper[i],
			Representative: file.GF.Representative[i], Liaison: file.GF.Liaison[i],
		}, roles.At(i), i)
	}
}

func ExampleGraph_Betweenness() {
	g := needs()
	between, err := g.Betweenness(context.Background(), graph.BetweennessOptions{})
	fmt.Println(between.At("planning"), err)
	tied, _ := g.Constraint(nil)
	fmt.Printf("%.2f\n", tied.At("planning"))
	// Output:
	// 2 <nil>
	// 0.33
}

func ExampleBrokerage() {
	g := needs()
	department := graph.Tabulate(g, func(k string) string {
		if k == "treasury" {
			return "HMT"
		}
		return "MHCLG"
	})
	roles := graph.Brokerage(g, department).At("planning")
	fmt.Println(roles.Representative, roles.Total())
	mixing := graph.Mix(g, department)
	fmt.Println(mixing.Groups(), mixing.Count("MHCLG", "HMT"), mixing.EI(), mixing.EIOf("HMT"), mixing.Edges(), mixing.External())
	cut, _ := g.MinCut("homes", "treasury", nil)
	follows := graph.Follow(g, cut.Edges, department)
	fmt.Println(follows.Share, follows.Base, mixing.Modularity())
	// Output:
	// 2 2
	// [MHCLG HMT] 1 -0.5 1 4 1
	// 0 0.25 0
}
