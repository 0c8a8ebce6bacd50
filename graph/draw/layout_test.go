package draw_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/missionled/missionled/graph/draw"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBackward(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := 1 + r.IntN(12)
		ends := make([][2]int32, r.IntN(30))
		for i := range ends {
			ends[i] = [2]int32{int32(r.IntN(n)), int32(r.IntN(n))}
		}
		back := draw.Backward(n, ends)
		turned, marked := make([][2]int32, 0, len(ends)), 0
		for i, e := range ends {
			if e[0] == e[1] {
				assert.False(t, back[i], "seed %d: a loop is not turned", seed)
				continue
			}
			if back[i] {
				e[0], e[1] = e[1], e[0]
				marked++
			}
			turned = append(turned, e)
		}
		assert.True(t, acyclic(n, turned), "seed %d: a circle is left", seed)
		if acyclic(n, slices.DeleteFunc(slices.Clone(ends), func(e [2]int32) bool { return e[0] == e[1] })) {
			assert.Zero(t, marked, "seed %d: nothing to turn", seed)
		}
		assert.LessOrEqual(t, 2*marked, len(turned), "seed %d: the bound of Eades, Lin and Smyth, m/2", seed)
	}
}

// acyclic takes nodes without incoming edges away until none is left.
func acyclic(n int, ends [][2]int32) bool {
	gone := make([]bool, n)
	for range n {
		for v := range n {
			if !gone[v] && !slices.ContainsFunc(ends, func(e [2]int32) bool { return int(e[1]) == v && !gone[e[0]] }) {
				gone[v] = true
			}
		}
	}
	return !slices.Contains(gone, false)
}

func cost(rank []int32, arcs []draw.Arc) int {
	sum := 0
	for _, a := range arcs {
		d := rank[a.To] - rank[a.From]
		if d < a.Length {
			return 1 << 30
		}
		sum += int(d * a.Weight)
	}
	return sum
}

// TestLayersLeast compares with every assignment of layers there is.
func TestLayersLeast(t *testing.T) {
	for seed := range uint64(250) {
		r := rand.New(rand.NewPCG(seed, 2))
		n := 2 + r.IntN(4)
		var arcs []draw.Arc
		for range r.IntN(9) {
			a, b := r.IntN(n), r.IntN(n)
			if a == b {
				continue
			}
			arcs = append(arcs, draw.Arc{From: int32(min(a, b)), To: int32(max(a, b)), Length: int32(1 + r.IntN(2)), Weight: int32(1 + r.IntN(4))})
		}
		got := draw.Layers(n, arcs)
		most := int32(2 * n)
		best := 1 << 30
		rank := make([]int32, n)
		for {
			best = min(best, cost(rank, arcs))
			i := 0
			for ; i < n; i++ {
				if rank[i]++; rank[i] < most {
					break
				}
				rank[i] = 0
			}
			if i == n {
				break
			}
		}
		require.Equal(t, best, cost(got, arcs), "seed %d: %v %v", seed, got, arcs)
		require.GreaterOrEqual(t, slices.Min(got), int32(0))
	}
}

func TestLayersFeasible(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 3))
		n := 200
		var arcs []draw.Arc
		for range 600 {
			a, b := r.IntN(n), r.IntN(n)
			if a != b {
				arcs = append(arcs, draw.Arc{From: int32(min(a, b)), To: int32(max(a, b)), Length: int32(1 + r.IntN(2)), Weight: 1})
			}
		}
		got := cost(draw.Layers(n, arcs), arcs)
		longest := make([]int32, n)
		for v := range n {
			for _, a := range arcs {
				if int(a.From) == v {
					longest[a.To] = max(longest[a.To], longest[v]+a.Length)
				}
			}
		}
		assert.LessOrEqual(t, got, cost(longest, arcs), "no worse than the longest paths")
	}
}

// slowCrossings looks at every pair of edges.
func slowCrossings(pairs [][2]int32) int {
	n := 0
	for i, a := range pairs {
		for _, b := range pairs[:i] {
			if a[0] < b[0] && a[1] > b[1] || a[0] > b[0] && a[1] < b[1] {
				n++
			}
		}
	}
	return n
}

func TestCountCrossings(t *testing.T) {
	assert.Zero(t, draw.CountCrossings(nil, 0))
	assert.Equal(t, 1, draw.CountCrossings([][2]int32{{0, 1}, {1, 0}}, 2))
	assert.Zero(t, draw.CountCrossings([][2]int32{{0, 1}, {0, 0}, {1, 1}, {0, 1}}, 2), "edges that share an end do not cross")
	complete := [][2]int32{}
	for i := range int32(5) {
		for j := range int32(5) {
			complete = append(complete, [2]int32{i, j})
		}
	}
	assert.Equal(t, 100, draw.CountCrossings(complete, 5), "K5,5 has C(5,2)² crossings")
}

func FuzzCountCrossings(f *testing.F) {
	f.Add([]byte{0, 1, 1, 0})
	f.Add([]byte{3, 0, 2, 1, 1, 2, 0, 3, 3, 3})
	f.Fuzz(func(t *testing.T, data []byte) {
		data = data[:min(len(data), 200)]
		var pairs [][2]int32
		for i := 1; i < len(data); i += 2 {
			pairs = append(pairs, [2]int32{int32(data[i-1] % 32), int32(data[i] % 32)})
		}
		want := slowCrossings(pairs)
		if got := draw.CountCrossings(pairs, 32); got != want {
			t.Fatalf("got %d, want %d", got, want)
		}
	})
}

func TestStrong(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 4))
		n := 1 + r.IntN(9)
		ends := make([][2]int32, r.IntN(16))
		reach := make([][]bool, n)
		for i := range reach {
			reach[i] = make([]bool, n)
			reach[i][i] = true
		}
		for i := range ends {
			ends[i] = [2]int32{int32(r.IntN(n)), int32(r.IntN(n))}
			reach[ends[i][0]][ends[i][1]] = true
		}
		for k := range n {
			for i := range n {
				for j := range n {
					reach[i][j] = reach[i][j] || reach[i][k] && reach[k][j]
				}
			}
		}
		comp, count := draw.Strong(n, ends)
		seen := int32(0)
		for i := range n {
			for j := range n {
				assert.Equal(t, reach[i][j] && reach[j][i], comp[i] == comp[j], "seed %d, nodes %d and %d", seed, i, j)
			}
			if comp[i] == seen {
				seen++
			}
			assert.Less(t, comp[i], seen, "numbered by first node")
		}
		assert.EqualValues(t, seen, count)
	}
}

func TestSettle(t *testing.T) {
	for _, c := range []struct {
		name    string
		want    []int
		lo, hi  int
		settled []int
	}{
		{"room", []int{10, 30}, 0, 40, []int{10, 30}},
		{"same wish", []int{20, 20}, 0, 40, []int{15, 24}},
		{"overtaking", []int{30, 10}, 0, 40, []int{15, 24}},
		{"beyond the end", []int{50, 60}, 0, 40, []int{31, 40}},
		{"before the start", []int{-9, -9, -9}, 0, 40, []int{0, 9, 18}},
		{"no room", []int{5, 5, 5, 5, 5}, 0, 8, []int{0, 2, 4, 6, 8}},
		{"one", []int{7}, 0, 8, []int{7}},
		{"none", nil, 0, 8, nil},
	} {
		draw.Settle(c.want, c.lo, c.hi, 9)
		assert.Equal(t, c.settled, c.want, c.name)
	}
}

// TestLineUp compares with all orders of up to six things.
func TestLineUp(t *testing.T) {
	total, least := 0, 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 5))
		k := 2 + r.IntN(5)
		pull := make([]int, k*k)
		for i := range k {
			for j := range i {
				pull[i*k+j] = r.IntN(6)
				pull[j*k+i] = pull[i*k+j]
			}
		}
		length := func(seq []int) int {
			sum := 0
			for i, a := range seq {
				for j, b := range seq[:i] {
					sum += (i - j) * pull[a*k+b]
				}
			}
			return sum
		}
		given := make([]int, k)
		for i := range given {
			given[i] = i
		}
		best := 1 << 30
		permute(slices.Clone(given), 0, func(seq []int) { best = min(best, length(seq)) })
		got := draw.LineUp(k, pull)
		assert.LessOrEqual(t, length(got), length(given), "never worse than as given")
		total, least = total+length(got), least+best
		slices.Sort(got)
		assert.Equal(t, given, got, "a permutation")
	}
	assert.LessOrEqual(t, total*100, least*103, "within 3%% of the least over all: %d against %d", total, least)
}

func permute(s []int, i int, f func([]int)) {
	if i == len(s) {
		f(s)
		return
	}
	for j := i; j < len(s); j++ {
		s[i], s[j] = s[j], s[i]
		permute(s, i+1, f)
		s[i], s[j] = s[j], s[i]
	}
}

func overlap(a, b draw.Rect) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

// outline is the border of a shape in the middle of the given side (0 right, 1 bottom, 2 left, 3 top), d pixels along,
// worked out from the corners of the polygons and the equations of the curves, in floating point.
func onBorder(s draw.Shape, r draw.Rect, p draw.Point) bool {
	x, y := float64(p.X-r.X), float64(p.Y-r.Y)
	w, h := float64(r.W), float64(r.H)
	near := func(d float64) bool { return d > -1.6 && d < 1.6 }
	inside := x > -1 && x < w+1 && y > -1 && y < h+1
	if !inside {
		return false
	}
	switch s {
	case draw.Hexagon:
		d := 12 * abs(y-h/2) / (h / 2)
		return near(x-d) || near(w-d-x) || near(y) || near(h-y)
	case draw.Slanted:
		d := 12 * (h - y) / h
		return near(x-d) || near(x-(w-12+d)) || near(y) || near(h-y)
	case draw.Cylinder:
		u := (x - w/2) / (w / 2)
		d := 6 * (1 - sqrt(1-u*u))
		return near(x) || near(w-x) || near(y-d) || near(h-d-y)
	case draw.Rounded, draw.Pill:
		radius := 8.0
		if s == draw.Pill {
			radius = min(22, h/2, w/2)
		}
		cx, cy := min(max(x, radius), w-radius), min(max(y, radius), h-radius)
		if cx != x && cy != y {
			return near(sqrt((x-cx)*(x-cx)+(y-cy)*(y-cy)) - radius)
		}
	}
	return near(x) || near(w-x) || near(y) || near(h-y)
}

func abs(x float64) float64 { return max(x, -x) }

func sqrt(x float64) float64 {
	if x <= 0 {
		return 0
	}
	r := max(x, 1)
	for range 60 {
		r = (r + x/r) / 2
	}
	return r
}

func TestSceneLaws(t *testing.T) {
	better, naive := 0, 0
	for seed := range uint64(60) {
		n := int(seed)
		for _, dir := range []draw.Direction{draw.LeftRight, draw.TopDown} {
			p := random(seed, n, n*3/2, n%6)
			for i := range p.Classes { // every shape gets its turn
				p.Classes = slices.Clone(p.Classes)
				p.Classes[i].Shape = draw.Shape((int(seed)+i)%7 + 1)
				p.Classes[i].Stroke = draw.Solid
			}
			s, err := draw.Arrange(p, &draw.SVGOptions{Direction: dir})
			require.NoError(t, err)
			where := fmt.Sprintf("seed %d, direction %d", seed, dir)
			better, naive = better+s.Crossings, naive+s.Naive
			assert.LessOrEqual(t, s.Crossings, s.Naive, "%s: more crossings than in the order as given", where)
			checkScene(t, where, p, s)
		}
	}
	assert.Less(t, better*10, naive*6, "crossing reduction leaves less than three fifths over all")
	t.Logf("crossings %d, in the order as given %d", better, naive)
}

func checkScene(t *testing.T, where string, p *draw.Picture, s *draw.Scene) {
	t.Helper()
	of := map[string]int{}
	groups := map[string]int{}
	for i, g := range p.Groups {
		groups[g.ID] = i
	}
	for i, r := range s.Nodes {
		of[p.Nodes[i].ID] = i
		for j, q := range s.Nodes[:i] {
			if overlap(r, q) {
				t.Errorf("%s: nodes %d and %d overlap: %v %v", where, i, j, r, q)
			}
		}
		for g, b := range s.Bands {
			own := p.Nodes[i].Group != "" && groups[p.Nodes[i].Group] == g
			if own && (r.X < b.X || r.Y < b.Y || r.X+r.W > b.X+b.W || r.Y+r.H > b.Y+b.H) {
				t.Errorf("%s: node %d %v leaves its band %v", where, i, r, b)
			}
			if !own && overlap(r, b) {
				t.Errorf("%s: node %d %v enters the band of group %d", where, i, r, g)
			}
		}
	}
	for g, b := range s.Bands {
		for h, c := range s.Bands {
			if g < h && overlap(b, c) {
				t.Errorf("%s: bands %d and %d overlap", where, g, h)
			}
		}
	}
	for e, path := range s.Paths {
		from, to := of[p.Edges[e].From], of[p.Edges[e].To]
		first, last := path[0], path[len(path)-1]
		if !onBorder(s.Shapes[from], s.Nodes[from], first) {
			t.Errorf("%s: edge %d starts at %v, not on the %s of node %d %v", where, e, first, s.Shapes[from], from, s.Nodes[from])
		}
		if !onBorder(s.Shapes[to], s.Nodes[to], last) {
			t.Errorf("%s: edge %d ends at %v, not on the %s of node %d %v", where, e, last, s.Shapes[to], to, s.Nodes[to])
		}
		for k := 1; k < len(path); k++ {
			// The stretch lies in the box around its control points.
			a, b := path[k-1], path[k]
			box := draw.Rect{X: min(a.X, b.X), Y: min(a.Y, b.Y), W: max(a.X-b.X, b.X-a.X) + 1, H: max(a.Y-b.Y, b.Y-a.Y) + 1}
			for i, r := range s.Nodes {
				if i != from && i != to && overlap(box, r) {
					t.Errorf("%s: edge %d runs through node %d", where, e, i)
				}
			}
		}
		forward := s.Layer[to] > s.Layer[from]
		if from != to && forward == s.Reversed[e] {
			t.Errorf("%s: edge %d from layer %d to %d, reversed %v", where, e, s.Layer[from], s.Layer[to], s.Reversed[e])
		}
	}
}
