package graph_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/graph"
)

// goals builds an influence in which a label of "part" refines, "needs" depends, and any other
// contributes.
func goals(given map[string]int, edges ...edge) graph.Influence[string] {
	var b graph.Builder[string]
	for _, e := range edges {
		b.Add(e)
	}
	return graph.Influence[string]{
		Graph: b.Freeze(),
		Kind: func(e edge) graph.LinkKind {
			switch e.Label {
			case "part":
				return graph.Refinement
			case "needs":
				return graph.Dependence
			}
			return graph.Contribution
		},
		Gate: func(k string) graph.Gate {
			if k == "any" {
				return graph.Any
			}
			return graph.All
		},
		Given: func(k string) (int, bool) { x, ok := given[k]; return x, ok },
	}
}

func TestInfluence(t *testing.T) {
	for name, c := range map[string]struct {
		in        graph.Influence[string]
		tolerance int
		of        string
		want      graph.Satisfaction
	}{
		"leaf":             {in: goals(nil, edge{"a", "x", "", 50}), of: "a", want: graph.Satisfaction{0, true}},
		"and":              {in: goals(map[string]int{"a": 80, "b": -20}, edge{"a", "x", "part", 0}, edge{"b", "x", "part", 0}), of: "x", want: graph.Satisfaction{-20, true}},
		"or":               {in: goals(map[string]int{"a": 80, "b": -20}, edge{"a", "any", "part", 0}, edge{"b", "any", "part", 0}), of: "any", want: graph.Satisfaction{80, true}},
		"terms cut off":    {in: goals(map[string]int{"a": 55, "b": -55}, edge{"a", "x", "", 33}, edge{"b", "x", "", 50}), of: "x", want: graph.Satisfaction{18 - 27, true}},
		"clamped":          {in: goals(map[string]int{"a": 90, "b": 90}, edge{"a", "x", "", 75}, edge{"b", "x", "", 75}), of: "x", want: graph.Satisfaction{100, true}},
		"tolerance":        {in: goals(map[string]int{"a": 90, "b": 90}, edge{"a", "x", "", 75}, edge{"b", "x", "", 75}), tolerance: 10, of: "x", want: graph.Satisfaction{90, true}},
		"fully satisfied":  {in: goals(map[string]int{"a": 100, "b": 90}, edge{"a", "x", "", 100}, edge{"b", "x", "", 75}), tolerance: 10, of: "x", want: graph.Satisfaction{100, true}},
		"denial tolerance": {in: goals(map[string]int{"a": -90, "b": 90}, edge{"a", "x", "", 75}, edge{"b", "x", "", -75}), tolerance: 10, of: "x", want: graph.Satisfaction{-90, true}},
		"denied fully":     {in: goals(map[string]int{"a": 100}, edge{"a", "x", "", -100}), tolerance: 10, of: "x", want: graph.Satisfaction{-100, true}},
		"parts, then more": {in: goals(map[string]int{"a": 100, "b": 60}, edge{"a", "x", "part", 0}, edge{"b", "x", "", -50}), of: "x", want: graph.Satisfaction{70, true}},
		"dependence caps":  {in: goals(map[string]int{"a": 80, "n": 30}, edge{"a", "x", "part", 0}, edge{"x", "n", "needs", 0}), of: "x", want: graph.Satisfaction{30, true}},
		"given stands":     {in: goals(map[string]int{"a": 80, "x": -5, "n": -70}, edge{"a", "x", "part", 0}, edge{"x", "n", "needs", 0}), of: "x", want: graph.Satisfaction{-5, true}},
		"given is bounded": {in: goals(map[string]int{"a": 800}, edge{"a", "x", "part", 0}), of: "x", want: graph.Satisfaction{100, true}},
		"circle":           {in: goals(nil, edge{"a", "x", "", 50}, edge{"x", "a", "", 50}), of: "x", want: graph.Satisfaction{0, false}},
		"behind a circle":  {in: goals(nil, edge{"a", "a", "", 50}, edge{"a", "x", "", 50}), of: "x", want: graph.Satisfaction{0, false}},
		"circle opened":    {in: goals(map[string]int{"a": 60}, edge{"a", "x", "", 50}, edge{"x", "a", "", 50}), of: "x", want: graph.Satisfaction{30, true}},
		"two edges":        {in: goals(map[string]int{"a": 60}, edge{"a", "x", "", 50}, edge{"a", "x", "", 10}), of: "x", want: graph.Satisfaction{36, true}},
		"reversed":         {in: turned(goals(map[string]int{"a": 60}, edge{"x", "a", "", 50}, edge{"x", "a", "part", 10})), of: "x", want: graph.Satisfaction{90, true}},
	} {
		c.in.Tolerance = c.tolerance
		got, err := c.in.Evaluate()
		require.NoError(t, err, name)
		assert.Equal(t, c.want, got.At(c.of), name)
	}
}

func turned(in graph.Influence[string]) graph.Influence[string] {
	in.Graph = in.Graph.Reverse()
	return in
}

func TestInfluenceRefuses(t *testing.T) {
	var bad *graph.EdgeError[string]
	_, err := goals(nil, edge{"a", "x", "", 101}).Evaluate()
	require.True(t, errors.As(err, &bad))
	assert.Equal(t, 101.0, bad.Value)
	in := goals(nil, edge{"a", "x", "", 1})
	in.Kind = func(edge) graph.LinkKind { return 0 }
	_, err = in.Evaluate()
	require.True(t, errors.As(err, &bad))
	assert.Equal(t, "the kind contribution, refinement or dependence", bad.Want)
	empty, err := graph.Influence[string]{}.Evaluate()
	require.NoError(t, err)
	assert.Zero(t, empty.Len())
	var b graph.Builder[string]
	b.Add(edge{"a", "b", "", 40})
	bare, err := graph.Influence[string]{Graph: b.Freeze()}.Evaluate()
	require.NoError(t, err)
	assert.Equal(t, graph.Satisfaction{0, true}, bare.At("b"))
}

func TestLoops(t *testing.T) {
	var b graph.Builder[string]
	b.Add(edge{"trust", "data shared", "", 1})
	b.Add(edge{"data shared", "trust", "", 1})
	b.Add(edge{"data shared", "leaks", "", 1})
	b.Add(edge{"leaks", "trust", "", -1})
	b.Add(edge{"leaks", "leaks", "", 0})
	b.Add(edge{"leaks", "data shared", "", math.NaN()})
	var got []string
	for loop := range b.Freeze().Loops(nil) {
		got = append(got, fmt.Sprint(len(loop.Edges), " ", loop.Polarity))
	}
	assert.Equal(t, []string{"2 reinforcing", "3 balancing", "2 unsigned", "1 unsigned"}, got)
	for range b.Freeze().Loops(func(edge) float64 { return -1 }) {
		break
	}
	for _, text := range []fmt.Stringer{graph.Polarity(9), graph.Gate(9), graph.LinkKind(9)} {
		assert.Contains(t, text.String(), "(9)")
	}
}

func ExampleInfluence() {
	var b graph.Builder[string]
	b.Add(graph.Edge[string]{From: "planning reform", To: "homes built", Weight: 75})
	b.Add(graph.Edge[string]{From: "skills gap", To: "homes built", Weight: -50})
	in := graph.Influence[string]{
		Graph: b.Freeze(),
		Given: func(k string) (int, bool) {
			switch k {
			case "planning reform":
				return 80, true
			case "skills gap":
				return 40, true
			}
			return 0, false
		},
	}
	found, err := in.Evaluate()
	fmt.Println(found.At("homes built"), err)
	fmt.Println(graph.Contribution, graph.Refinement, graph.Dependence, graph.All, graph.Any)
	// Output:
	// {40 true} <nil>
	// contribution refinement dependence all any
}

func ExampleGraph_Loops() {
	var b graph.Builder[string]
	b.Add(graph.Edge[string]{From: "delay", To: "blame", Weight: 1})
	b.Add(graph.Edge[string]{From: "blame", To: "delay", Weight: 1})
	for loop := range b.Freeze().Loops(nil) {
		fmt.Println(loop.Polarity, len(loop.Edges), loop.Polarity == graph.Reinforcing, graph.Balancing, graph.Unsigned)
	}
	// Output: reinforcing 2 true balancing unsigned
}
