// Package learning measures theories of action, beside summing over everything and beside gRain, and how often the statistics
// alarm where there is nothing. Answers are compared before times are shown.
package learning

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/learning"
)

// layered makes a theory of action of so many links in so many missions: the same for the same arguments. Steps stand in layers
// under the missions. Each leads to one step of the layer above, which two to six lead to; of all links, a share (in per cent) are
// cross-links, from a step to a neighbour of the step above it, two places away at most. Below the first layer that neighbour may
// belong to the next mission.
func layered(links, missions, cross int, seed uint64) *learning.Theory {
	random := rand.New(rand.NewPCG(seed, uint64(links)))
	t := new(learning.Theory)
	step := func(p float64) int {
		t.Steps = append(t.Steps, learning.Step{Name: fmt.Sprintf("n%d", len(t.Steps)), Otherwise: record.Number(p)})
		return len(t.Steps) - 1
	}
	linked := make(map[[2]int]bool)
	hundredths := func(low, high int) float64 { return float64(low+random.IntN(high-low+1)) / 100 }
	link := func(from, to int) bool {
		if linked[[2]int{from, to}] {
			return false
		}
		linked[[2]int{from, to}] = true
		t.Links = append(t.Links, learning.Link{From: t.Steps[from].Name, To: t.Steps[to].Name, Strength: hundredths(30, 90), Belief: hundredths(30, 95)})
		return true
	}
	above := make([]int, missions)
	for i := range above {
		above[i] = step(hundredths(0, 10))
	}
	crossing := links * cross / 100
	var layers [][]int // with, for each step but the missions, the place of the step that it leads to
	var under [][]int
	layers = append(layers, above)
	under = append(under, nil)
	for len(t.Links) < links-crossing {
		var layer, place []int
		for i, to := range above {
			if len(layers) > 1 && random.IntN(4) == 0 {
				continue // nothing leads to it
			}
			for range 2 + random.IntN(5) {
				if len(t.Links) == links-crossing {
					break
				}
				s := step(hundredths(0, 10))
				link(s, to)
				layer, place = append(layer, s), append(place, i)
			}
		}
		if len(layer) == 0 {
			continue
		}
		layers, under, above = append(layers, layer), append(under, place), layer
	}
	for tries := 0; crossing > 0 && len(layers) > 2 && tries < 100*links; tries++ {
		k := 2 + random.IntN(len(layers)-2)
		i := random.IntN(len(layers[k]))
		to := under[k][i] + random.IntN(5) - 2
		if to >= 0 && to < len(layers[k-1]) && link(layers[k][i], layers[k-1][to]) {
			crossing--
		}
	}
	led := make(map[string]bool)
	for i := range t.Links {
		led[t.Links[i].To] = true
	}
	for i := range t.Steps {
		if !led[t.Steps[i].Name] {
			t.Steps[i].Otherwise = record.Number(hundredths(40, 95))
		}
	}
	return t
}

// shared reads one of the theories of action that lie beside the repository, and the chances that gRain once gave for its steps.
func shared(name string) (*learning.Theory, map[string]float64, error) {
	dir := filepath.Join(root(), "../shared/data/learning/toc")
	var raw struct {
		Order       []string
		Par         map[string][]string
		W, Belief   map[string]float64
		Leak, Prior map[string]float64
	}
	if err := read(filepath.Join(dir, name+".json"), &raw); err != nil {
		return nil, nil, err
	}
	var expected struct {
		Yes map[string]float64 `json:"prior_yes"`
	}
	if err := read(filepath.Join(dir, "expected", name+".json"), &expected); err != nil {
		return nil, nil, err
	}
	t := new(learning.Theory)
	for _, step := range raw.Order {
		p, given := raw.Prior[step]
		if !given {
			p = raw.Leak[step]
		}
		t.Steps = append(t.Steps, learning.Step{Name: step, Otherwise: record.Number(p)})
		for _, from := range raw.Par[step] {
			id := from + ">" + step
			t.Links = append(t.Links, learning.Link{From: from, To: step, Strength: raw.W[id], Belief: raw.Belief[id]})
		}
	}
	return t, expected.Yes, nil
}

func read(path string, into any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

// root is the folder of the main module, from wherever in it the program is run.
func root() string {
	dir, err := os.Getwd()
	if err != nil {
		return "."
	}
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "LICENCE")); err == nil {
			return at
		}
		if at == filepath.Dir(at) {
			return dir
		}
	}
}
