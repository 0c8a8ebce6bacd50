package learning_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone/learning"
)

func bif(t testing.TB, path ...string) *learning.Network {
	t.Helper()
	f, err := os.Open(filepath.Join(append([]string{"../../../shared/data/learning"}, path...)...))
	if err != nil {
		t.Skip("../shared/data not beside the repository")
	}
	defer f.Close()
	n, err := learning.ReadBIF(f)
	require.NoError(t, err)
	return n
}

// TestStandardNetworks holds the posteriors of six published networks under all their evidence cases against three independent engines.
func TestStandardNetworks(t *testing.T) {
	for _, name := range []string{"cancer", "earthquake", "survey", "asia", "child", "sachs"} {
		t.Run(name, func(t *testing.T) {
			n := bif(t, "bif", name+".bif")
			var expected struct {
				Cases []struct {
					Evidence  map[string]string
					P         float64 `json:"p_evidence"`
					Marginals map[string]map[string]float64
				}
			}
			data, err := os.ReadFile("../../../shared/data/learning/bif/expected/" + name + ".json")
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(data, &expected))
			require.NotEmpty(t, expected.Cases)
			tree, err := n.Compile(learning.InferOptions{})
			require.NoError(t, err)
			numbers, worst := 0, 0.0
			for _, c := range expected.Cases {
				var seen []learning.Observed
				for v, s := range c.Evidence {
					seen = append(seen, learning.Observed{Variable: v, State: s})
				}
				p, err := tree.Given(seen...)
				if c.P == 0 {
					require.ErrorAs(t, err, new(*learning.ImpossibleError))
					continue
				}
				require.NoError(t, err)
				assert.InDelta(t, math.Log(c.P), p.LogEvidence(), 1e-9)
				for i := range n.Variables {
					v := &n.Variables[i]
					m, err := p.Marginal(nil, v.Name)
					require.NoError(t, err)
					for k, s := range v.States {
						want, ok := c.Marginals[v.Name][s]
						if !ok {
							continue
						}
						numbers++
						worst = max(worst, math.Abs(want-m[k]))
						assert.InDelta(t, want, m[k], 1e-12, "%s=%s given %v", v.Name, s, c.Evidence)
					}
				}
			}
			t.Logf("%d cases, %d numbers, largest difference %.1e", len(expected.Cases), numbers, worst)
			assert.Positive(t, numbers)
		})
	}
}

// TestTheoryNetworks holds P(reached) of every node of the generated theories of action, read as networks.
func TestTheoryNetworks(t *testing.T) {
	for _, name := range []string{"toc_50_10", "toc_200_20", "toc_500_10"} {
		n := bif(t, "toc", name+".bif")
		var expected struct {
			Yes map[string]float64 `json:"prior_yes"`
		}
		data, err := os.ReadFile("../../../shared/data/learning/toc/expected/" + name + ".json")
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(data, &expected))
		tree, err := n.Compile(learning.InferOptions{})
		require.NoError(t, err)
		p, err := tree.Given()
		require.NoError(t, err)
		require.NotEmpty(t, expected.Yes)
		for v, want := range expected.Yes {
			m, err := p.Marginal(nil, v)
			require.NoError(t, err)
			assert.InDelta(t, want, m[0], 1e-10)
		}
		t.Logf("%s: %d nodes, width %d, %d cells", name, len(expected.Yes), tree.Width(), tree.Cells())
	}
}

// random returns a network of n variables of two or three states with up to three parents each, some of its numbers 0.
func random(rng *rand.Rand, n int) *learning.Network {
	var net learning.Network
	for i := range n {
		v := learning.Variable{Name: fmt.Sprintf("v%d", i), States: []string{"a", "b", "c"}[:2+rng.IntN(2)]}
		rows := 1
		for _, p := range rng.Perm(i) {
			if len(v.Parents) == 3 || rng.IntN(2) == 0 {
				break
			}
			v.Parents = append(v.Parents, net.Variables[p].Name)
			rows *= len(net.Variables[p].States)
		}
		for range rows {
			row := make([]float64, len(v.States))
			sum := 0.0
			for k := range row {
				row[k] = float64(rng.IntN(5))
				sum += row[k]
			}
			for k := range row {
				if sum == 0 {
					row[k] = 1 / float64(len(row))
				} else {
					row[k] /= sum
				}
			}
			v.Table = append(v.Table, row...)
		}
		net.Variables = append(net.Variables, v)
	}
	return &net
}

// enumerate sums the joint distribution over every combination of states: the slow and obvious way.
func enumerate(n *learning.Network, seen map[string][]float64) (p float64, marginals map[string][]float64) {
	state := make([]int, len(n.Variables))
	place := make(map[string]int)
	marginals = make(map[string][]float64)
	for i, v := range n.Variables {
		place[v.Name] = i
		marginals[v.Name] = make([]float64, len(v.States))
	}
	for {
		joint := 1.0
		for i, v := range n.Variables {
			row := 0
			for _, name := range v.Parents {
				row = row*len(n.Variables[place[name]].States) + state[place[name]]
			}
			joint *= v.Table[row*len(v.States)+state[i]]
			if w := seen[v.Name]; w != nil {
				joint *= w[state[i]]
			}
		}
		p += joint
		for i, v := range n.Variables {
			marginals[v.Name][state[i]] += joint
		}
		i := 0
		for ; i < len(state); i++ {
			if state[i]++; state[i] < len(n.Variables[i].States) {
				break
			}
			state[i] = 0
		}
		if i == len(state) {
			break
		}
	}
	for _, m := range marginals {
		for k := range m {
			m[k] /= p
		}
	}
	return p, marginals
}

// FuzzTree holds that the junction tree gives what summing over everything does, whatever is observed, asked or left out.
func FuzzTree(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed, uint8(seed))
	}
	f.Fuzz(func(t *testing.T, seed uint64, size uint8) {
		rng := rand.New(rand.NewPCG(seed, 1))
		n := random(rng, 1+int(size)%8)
		seen := make(map[string][]float64)
		var observed []learning.Observed
		for _, v := range n.Variables {
			switch rng.IntN(4) {
			case 0:
				w := make([]float64, len(v.States))
				k := rng.IntN(len(w))
				w[k] = 1
				seen[v.Name] = w
				observed = append(observed, learning.Observed{Variable: v.Name, State: v.States[k]})
			case 1:
				w := make([]float64, len(v.States))
				for k := range w {
					w[k] = rng.Float64()
				}
				seen[v.Name] = w
				observed = append(observed, learning.Observed{Variable: v.Name, Weights: w})
			}
		}
		target := n.Variables[rng.IntN(len(n.Variables))].Name
		targets := []string{target}
		for name := range seen {
			targets = append(targets, name)
		}
		p, want := enumerate(n, seen)
		for _, o := range []learning.InferOptions{{}, {Targets: targets}} {
			tree, err := n.Compile(o)
			require.NoError(t, err)
			post, err := tree.Given(observed...)
			if p == 0 {
				require.ErrorAs(t, err, new(*learning.ImpossibleError))
				continue
			}
			require.NoError(t, err)
			assert.InDelta(t, math.Log(p), post.LogEvidence(), 1e-9)
			m, err := post.Marginal(nil, target)
			require.NoError(t, err)
			assert.InDeltaSlice(t, want[target], m, 1e-12)
		}
	})
}

// FuzzBIF holds that no text makes the reader panic, and that what it reads compiles or says why not.
func FuzzBIF(f *testing.F) {
	f.Add("network x { }\nvariable a { type discrete [ 2 ] { yes, no }; }\nvariable b { type discrete [ 2 ] { y, n }; }\nprobability ( a ) { table 0.2, 0.8; }\nprobability ( b | a ) { (yes) 0.5, 0.5; default 1, 0; }")
	f.Add("/* c */ variable \"a b\" { property x = 1; type discrete [ 1 ] { z }; } probability ( \"a b\" ) { table 1; }")
	f.Fuzz(func(t *testing.T, text string) {
		n, err := learning.ReadBIF(strings.NewReader(text))
		if err != nil {
			return
		}
		if tree, err := n.Compile(learning.InferOptions{Cells: 1 << 12}); err == nil {
			_, err = tree.Given()
			require.NoError(t, err)
		}
	})
}

// TestTooEntangled asks a lattice of many variables for exact answers: it is refused, with the sizes, and nothing is allocated.
func TestTooEntangled(t *testing.T) {
	var n learning.Network
	for i := range 400 {
		v := learning.Variable{Name: fmt.Sprint("v", i), States: []string{"y", "n"}, Table: []float64{0.5, 0.5}}
		for _, p := range []int{i - 1, i - 20, i - 19} {
			if p >= 0 {
				v.Parents = append(v.Parents, fmt.Sprint("v", p))
				v.Table = append(v.Table, v.Table...)
			}
		}
		n.Variables = append(n.Variables, v)
	}
	_, err := n.Compile(learning.InferOptions{Cells: 1000})
	var refused *learning.TooEntangledError
	require.ErrorAs(t, err, &refused)
	assert.Greater(t, refused.Cells, refused.Budget)
	assert.Len(t, refused.Widest, refused.Width+1)
	assert.Contains(t, err.Error(), "must be held together")
}

func TestNetworkFaults(t *testing.T) {
	yes := []string{"y", "n"}
	bad := &learning.Network{Variables: []learning.Variable{
		{Name: "a", States: yes, Table: []float64{0.5, 0.6}},
		{Name: "a", States: yes, Table: []float64{1}},
		{Name: "b", Parents: []string{"nobody"}},
	}}
	_, err := bad.Compile(learning.InferOptions{})
	for _, want := range []string{`variable "a": a row of its table`, "there are two of that name", "2 states need 2", `parent "nobody"`, "it has 0 states"} {
		assert.ErrorContains(t, err, want)
	}
	half := []float64{0.5, 0.5, 0.5, 0.5}
	circle := &learning.Network{Variables: []learning.Variable{
		{Name: "a", States: yes, Parents: []string{"c"}, Table: half},
		{Name: "b", States: yes, Parents: []string{"a"}, Table: half},
		{Name: "c", States: yes, Parents: []string{"b"}, Table: half},
	}}
	_, err = circle.Compile(learning.InferOptions{})
	assert.ErrorContains(t, err, "influence runs in a circle")
	require.ErrorAs(t, err, new(*learning.CycleError))
	near := &learning.Network{Variables: []learning.Variable{{Name: "a", States: yes, Table: []float64{0.3000001, 0.7}}}}
	tree, err := near.Compile(learning.InferOptions{})
	require.NoError(t, err, "rounded rows are made to sum to 1")
	p, err := tree.Given()
	require.NoError(t, err)
	m, err := p.Marginal(nil, "a")
	require.NoError(t, err)
	assert.InDelta(t, 1, m[0]+m[1], 1e-15)
	_, err = p.Marginal(nil, "b")
	require.ErrorAs(t, err, new(*learning.UnknownVariableError))
	assert.Error(t, p.Observe(learning.Observed{Variable: "a", State: "maybe"}))
	assert.Error(t, p.Observe(learning.Observed{Variable: "a", Weights: []float64{1}}))
	assert.Error(t, p.Observe(learning.Observed{Variable: "a", Weights: []float64{-1, 1}}))
}

func ExampleReadBIF() {
	n, err := learning.ReadBIF(strings.NewReader(`network visits { }
variable advised { type discrete [ 2 ] { yes, no }; }
variable moved { type discrete [ 2 ] { yes, no }; }
probability ( advised ) { table 0.4, 0.6; }
probability ( moved | advised ) { (yes) 0.5, 0.5; (no) 0.2, 0.8; }`))
	if err != nil {
		fmt.Println(err)
		return
	}
	tree, err := n.Compile(learning.InferOptions{Targets: []string{"moved"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	p := tree.Posterior()
	if err := p.Observe(learning.Observed{Variable: "moved", State: "yes"}); err != nil {
		fmt.Println(err)
		return
	}
	m, _ := p.Marginal(nil, "advised")
	fmt.Printf("advised, given that they moved: %.3f; P(moved) = %.2f; width %d, %d cells\n", m[0], math.Exp(p.LogEvidence()), tree.Width(), tree.Cells())
	// Output: advised, given that they moved: 0.625; P(moved) = 0.32; width 1, 4 cells
}

func BenchmarkTheory(b *testing.B) {
	n := bif(b, "toc", "toc_500_10.bif")
	b.Run("compile", func(b *testing.B) {
		for b.Loop() {
			if _, err := n.Compile(learning.InferOptions{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	tree, err := n.Compile(learning.InferOptions{})
	require.NoError(b, err)
	p := tree.Posterior()
	b.Run("propagate", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := p.Observe(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func TestBIFFaults(t *testing.T) {
	for text, want := range map[string]string{
		"variable a { type discrete [ 2 ] { yes, no }; }\nprobability ( b ) { table 1, 0; }": `line 2: there is no variable "b" above`,
		"variable a { type discrete [ 3 ] { yes, no }; }":                                    `line 1: variable "a" is said to have 3 states`,
		"network x {\n":                   "line 2: a block does not end",
		"variable a { type continuous; }": "only discrete variables are read",
		"bogus":                           "expected network, variable or probability",
		"variable a { type discrete [ 1 ] { yes }; }\nprobability ( a ) { }": "lacks a row",
	} {
		_, err := learning.ReadBIF(strings.NewReader(text))
		require.ErrorContains(t, err, want)
		var fault *learning.BIFError
		require.ErrorAs(t, err, &fault)
	}
}
