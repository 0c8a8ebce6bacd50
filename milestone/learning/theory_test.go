package learning_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/learning"
)

// generated reads one of the generated theories of action.
func generated(t testing.TB, name string) *learning.Theory {
	t.Helper()
	data, err := os.ReadFile("../../../shared/data/learning/toc/" + name + ".json")
	if err != nil {
		t.Skip("../shared/data not beside the repository")
	}
	var raw struct {
		Order       []string
		Par         map[string][]string
		W, Belief   map[string]float64
		Leak, Prior map[string]float64
	}
	require.NoError(t, json.Unmarshal(data, &raw))
	var theory learning.Theory
	for _, step := range raw.Order {
		p, root := raw.Prior[step]
		if !root {
			p = raw.Leak[step]
		}
		theory.Steps = append(theory.Steps, learning.Step{Name: step, Otherwise: record.Number(p)})
		for _, from := range raw.Par[step] {
			id := from + ">" + step
			theory.Links = append(theory.Links, learning.Link{From: from, To: step, Strength: raw.W[id], Belief: raw.Belief[id]})
		}
	}
	return &theory
}

// TestTheoryOfAction holds P(reached) of every step of the generated theories against gRain, and the value of a trial of every link
// against direct recomputation.
func TestTheoryOfAction(t *testing.T) {
	for _, name := range []string{"toc_50_10", "toc_200_20", "toc_500_10"} {
		theory := generated(t, name)
		var expected struct {
			Yes map[string]float64 `json:"prior_yes"`
		}
		data, err := os.ReadFile("../../../shared/data/learning/toc/expected/" + name + ".json")
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(data, &expected))
		outlook, err := theory.Compile(learning.TheoryOptions{})
		require.NoError(t, err)
		belief, err := outlook.Given(learning.Seen{})
		require.NoError(t, err)
		worst := 0.0
		for step, want := range expected.Yes {
			got, err := belief.Chance(step)
			require.NoError(t, err)
			worst = max(worst, math.Abs(got-want))
			assert.InDelta(t, want, got, 1e-10, step)
		}
		t.Logf("%s: %d links, %d steps, largest difference %.1e", name, len(theory.Links), len(expected.Yes), worst)
	}
}

func TestWorthOfLinks(t *testing.T) {
	data, err := os.ReadFile("../../../shared/data/learning/vectors/toc_voi.json")
	if err != nil {
		t.Skip("../shared/data not beside the repository")
	}
	var vectors map[string]struct {
		Target  string
		P       float64 `json:"p_target"`
		Benefit float64
		Cost    float64 `json:"cost_to_scale"`
		Links   []struct {
			Link, Target             string
			Belief, Cost, Weeks      float64
			IfTrue                   float64 `json:"p_target_if_true"`
			IfFalse                  float64 `json:"p_target_if_false"`
			Sensitivity, Specificity float64
			EVPI, EVSI, ENBS         float64
		}
	}
	require.NoError(t, json.Unmarshal(data, &vectors))
	for name, v := range vectors {
		outlook, err := generated(t, name).Compile(learning.TheoryOptions{Targets: []string{v.Target}})
		require.NoError(t, err)
		belief, err := outlook.Given(learning.Seen{})
		require.NoError(t, err)
		actions := []learning.Action{{Name: "stop"}, {Name: "scale", IfReached: v.Benefit - v.Cost, IfNot: -v.Cost}}
		var trials []learning.Trial
		for _, l := range v.Links {
			trials = append(trials, learning.Trial{Link: l.Link, Sensitivity: l.Sensitivity, Specificity: l.Specificity, Cost: l.Cost, Weeks: l.Weeks})
		}
		worth, err := belief.Trials(v.Target, actions, trials)
		require.NoError(t, err)
		perfect, err := belief.Perfect(v.Target, actions)
		require.NoError(t, err)
		can := 0
		for i, l := range v.Links {
			w := worth[i]
			assert.Equal(t, l.Link, w.Trial.Link)
			assert.InDelta(t, l.Belief, w.Reliance.Belief, 1e-12)
			assert.InDelta(t, l.IfTrue, w.Reliance.IfHolds, 1e-12)
			assert.InDelta(t, l.IfFalse, w.Reliance.IfNot, 1e-12)
			assert.InDelta(t, l.EVPI, w.Perfect, 1e-6)
			assert.InDelta(t, l.EVSI, w.Sample, 1e-6)
			assert.InDelta(t, l.ENBS, w.Net(l.Cost), 1e-6)
			assert.LessOrEqual(t, w.Sample, w.Perfect)
			assert.LessOrEqual(t, w.Perfect, perfect.Perfect+1e-9)
			assert.Equal(t, w.Sample > 0, w.CanChangeDecision)
			if w.CanChangeDecision {
				can++
			}
		}
		t.Logf("%s: %d of %d trials can change what is done", name, can, len(v.Links))
	}
}

// two is a small theory: advice and places both lead to work, and work with housing to staying in it.
func two() *learning.Theory {
	half := record.Number(0.5)
	return &learning.Theory{
		Steps: []learning.Step{
			{Name: "advice", Otherwise: record.Number(0.8)}, {Name: "housing", Otherwise: half},
			{Name: "work", Otherwise: record.Number(0.2)}, {Name: "stays", Otherwise: record.Number(0.1)}, {Name: "cuts", Otherwise: half},
		},
		Links: []learning.Link{
			{From: "advice", To: "work", Strength: 0.5, Belief: 0.6},
			{From: "work", To: "stays", Package: "settled", Strength: 0.9, Belief: 0.8},
			{From: "housing", To: "stays", Package: "settled", Strength: 1, Belief: 0.7},
			{From: "cuts", To: "stays", Strength: 0.3, Belief: 0.5, Hinders: true},
		},
	}
}

// TestPackages works the small theory out by hand.
func TestPackages(t *testing.T) {
	outlook, err := two().Compile(learning.TheoryOptions{})
	require.NoError(t, err)
	assert.Equal(t, []string{"stays"}, outlook.Targets())
	belief, err := outlook.Given(learning.Seen{})
	require.NoError(t, err)
	work, err := belief.Chance("work")
	require.NoError(t, err)
	assert.InDelta(t, 1-0.8*(1-0.8*0.6*0.5), work, 1e-15)
	stays, err := belief.Chance("stays")
	require.NoError(t, err)
	together := work * 0.8 * 0.5 * 0.7
	assert.InDelta(t, (1-0.9*(1-0.9*together))*(1-0.3*0.5*0.5), stays, 1e-15)
	_, err = belief.Chance("nowhere")
	require.ErrorAs(t, err, new(*learning.UnknownVariableError))
}

// TestExplainingAway holds that seeing a step reached moves belief in what leads to it, and less where something else may have done it.
func TestExplainingAway(t *testing.T) {
	theory := two()
	outlook, err := theory.Compile(learning.TheoryOptions{Observed: []string{"work"}})
	require.NoError(t, err)
	before, err := outlook.Given(learning.Seen{})
	require.NoError(t, err)
	after, err := outlook.Given(learning.Seen{Reached: map[string]bool{"work": true}})
	require.NoError(t, err)
	a, err := before.Rests("stays")
	require.NoError(t, err)
	b, err := after.Rests("stays")
	require.NoError(t, err)
	assert.Equal(t, "advice>work", b[0].Link)
	assert.Greater(t, b[0].Belief, a[0].Belief)
	assert.InDelta(t, 0, b[0].Importance(), 1e-12, "work is reached: whether advice brings it about matters no more")
	_, err = outlook.Given(learning.Seen{Reached: map[string]bool{"housing": true, "work": true}})
	require.NoError(t, err, "housing leads to the target, so its tables are there")
	_, err = outlook.Given(learning.Seen{Beliefs: map[string]float64{"advice>work": 1.5}})
	require.ErrorAs(t, err, new(*learning.ProbabilityError))
	_, err = outlook.Given(learning.Seen{Beliefs: map[string]float64{"nothing": 0.5}})
	require.ErrorAs(t, err, new(*learning.UnknownVariableError))
}

// TestTogether holds that two trials which are worth nothing each may be worth something together.
func TestTogether(t *testing.T) {
	theory := &learning.Theory{
		Steps: []learning.Step{{Name: "start", Otherwise: record.Number(1)}, {Name: "end", Otherwise: record.Number(0)}},
		Links: []learning.Link{{From: "start", To: "end", Strength: 1, Belief: 0.4}},
	}
	outlook, err := theory.Compile(learning.TheoryOptions{})
	require.NoError(t, err)
	belief, err := outlook.Given(learning.Seen{})
	require.NoError(t, err)
	actions := []learning.Action{{Name: "stop"}, {Name: "scale", IfReached: 20, IfNot: -80}}
	trial := learning.Trial{Link: "start>end", Sensitivity: 0.7, Specificity: 0.8}
	for n, want := range []float64{0, 0, 2, 2.36} {
		got, err := belief.Together("end", actions, slices.Repeat([]learning.Trial{trial}, n))
		require.NoError(t, err)
		assert.InDelta(t, want, got, 1e-12)
	}
	trial.Cost = 0.5
	three := slices.Repeat([]learning.Trial{trial}, 3)
	exact, err := belief.Choose("end", actions, three, 10)
	require.NoError(t, err)
	assert.True(t, exact.Exact)
	assert.Len(t, exact.Trials, 2, "the third costs more than it adds")
	assert.InDelta(t, 2, exact.Value, 1e-12)
	greedy, err := belief.Greedy("end", actions, three, 10)
	require.NoError(t, err)
	assert.Empty(t, greedy.Trials, "one at a time none is worth anything")
	assert.InDelta(t, 1, greedy.Gap, 1e-12)
	perfect, err := belief.Perfect("end", actions)
	require.NoError(t, err)
	assert.Equal(t, 0, perfect.Action)
	assert.Zero(t, perfect.Now)
	assert.InDelta(t, 8, perfect.Perfect, 1e-12)
	many, err := belief.Choose("end", actions, slices.Repeat([]learning.Trial{trial}, 13), 1)
	require.NoError(t, err)
	assert.False(t, many.Exact)
	assert.True(t, math.IsNaN(many.Gap))
	_, err = belief.Together("end", actions[:1], three)
	require.ErrorIs(t, err, learning.ErrNoActions)
}

// FuzzWorth holds the laws of the value of information on random theories, and Together against trials one by one.
func FuzzWorth(f *testing.F) {
	for seed := range uint64(30) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		rng := rand.New(rand.NewPCG(seed, 2))
		var theory learning.Theory
		n := 2 + rng.IntN(7)
		for i := range n {
			theory.Steps = append(theory.Steps, learning.Step{Name: fmt.Sprint("s", i), Otherwise: record.Number(float64(rng.IntN(11)) / 10)})
			for _, from := range rng.Perm(i) {
				if rng.IntN(2) == 0 {
					break
				}
				theory.Links = append(theory.Links, learning.Link{From: fmt.Sprint("s", from), To: fmt.Sprint("s", i), Strength: float64(rng.IntN(11)) / 10,
					Belief: float64(rng.IntN(11)) / 10, Hinders: rng.IntN(4) == 0})
			}
		}
		target := fmt.Sprint("s", n-1)
		outlook, err := theory.Compile(learning.TheoryOptions{Targets: []string{target}})
		require.NoError(t, err)
		belief, err := outlook.Given(learning.Seen{})
		require.NoError(t, err)
		actions := []learning.Action{{Name: "stop"}, {Name: "scale", IfReached: rng.Float64() * 100, IfNot: -rng.Float64() * 100}, {Name: "half", IfReached: 20, IfNot: -10}}
		perfect, err := belief.Perfect(target, actions)
		require.NoError(t, err)
		rests, err := belief.Rests(target)
		require.NoError(t, err)
		var trials []learning.Trial
		for _, r := range rests {
			trials = append(trials, learning.Trial{Link: r.Link, Sensitivity: rng.Float64(), Specificity: rng.Float64(), Cost: rng.Float64()})
		}
		worth, err := belief.Trials(target, actions, trials)
		require.NoError(t, err)
		chance, err := belief.Chance(target)
		require.NoError(t, err)
		for i, w := range worth {
			assert.LessOrEqual(t, w.Sample, w.Perfect)
			assert.LessOrEqual(t, w.Perfect, perfect.Perfect+1e-9)
			assert.GreaterOrEqual(t, w.Sample, 0.0)
			if r := w.Reliance; !math.IsNaN(r.IfHolds) && !math.IsNaN(r.IfNot) {
				assert.InDelta(t, chance, r.Belief*r.IfHolds+(1-r.Belief)*r.IfNot, 1e-12)
			}
			alone, err := belief.Together(target, actions, trials[i:i+1])
			require.NoError(t, err)
			assert.InDelta(t, w.Sample, alone, 1e-9)
		}
		if len(trials) > 5 {
			trials = trials[:5]
		}
		exact, err := belief.Choose(target, actions, trials, 2)
		require.NoError(t, err)
		greedy, err := belief.Greedy(target, actions, trials, 2)
		require.NoError(t, err)
		assert.LessOrEqual(t, greedy.Value-greedy.Cost, exact.Value-exact.Cost+1e-9)
		assert.LessOrEqual(t, exact.Value, perfect.Perfect+1e-9)
	})
}

func TestTheoryFaults(t *testing.T) {
	bad := &learning.Theory{
		Steps: []learning.Step{{Name: "a"}, {Name: "a", Otherwise: record.Number(2)}, {Name: "b", Otherwise: record.Number(0)}},
		Links: []learning.Link{{From: "a", To: "b", Strength: 2, Belief: -1}, {From: "a", To: "b"}, {From: "a", To: "x"}, {Name: "h", From: "a", To: "b", Hinders: true, Package: "p"}},
	}
	_, err := bad.Compile(learning.TheoryOptions{})
	for _, want := range []string{"state the chance of the rival explanations", "a name that no other has", "the chance otherwise is 2", "its strength is 2", "the belief in it is -1",
		`two of that name`, `there are not both steps`, "cannot be part of a package"} {
		assert.ErrorContains(t, err, want)
	}
	circle := two()
	circle.Links = append(circle.Links, learning.Link{From: "stays", To: "advice", Strength: 1, Belief: 1})
	_, err = circle.Compile(learning.TheoryOptions{})
	var loop *learning.CycleError
	require.ErrorAs(t, err, &loop)
	slices.Sort(loop.Path)
	assert.Equal(t, "advice stays work", strings.Join(loop.Path, " "))
	_, err = two().Compile(learning.TheoryOptions{Targets: []string{"nowhere"}})
	require.ErrorAs(t, err, new(*learning.UnknownVariableError))
	_, err = two().Compile(learning.TheoryOptions{Cells: 4})
	require.ErrorAs(t, err, new(*learning.TooEntangledError))
}

func ExampleTheory() {
	theory := &learning.Theory{
		Steps: []learning.Step{
			{Name: "advice", Otherwise: record.Number(0.9)},
			{Name: "in work", Otherwise: record.Number(0.2)}, // without the advice
		},
		Links: []learning.Link{{From: "advice", To: "in work", Strength: 0.5, Belief: 0.4}},
	}
	outlook, err := theory.Compile(learning.TheoryOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	belief, err := outlook.Given(learning.Seen{})
	if err != nil {
		fmt.Println(err)
		return
	}
	chance, _ := belief.Chance("in work")
	rests, _ := belief.Rests("in work")
	fmt.Printf("in work: %.3f; %.3f if the advice helps, %.3f if not\n", chance, rests[0].IfHolds, rests[0].IfNot)

	actions := []learning.Action{{Name: "stop"}, {Name: "scale", IfReached: 100, IfNot: -60}}
	worth, _ := belief.Trials("in work", actions, []learning.Trial{
		{Link: "advice>in work", Sensitivity: 0.8, Specificity: 0.9, Cost: 3},
		{Link: "advice>in work", Sensitivity: 0.55, Specificity: 0.55, Cost: 1},
	})
	for _, w := range worth {
		fmt.Printf("worth %.2f, net of cost %.2f, can change what is done: %v\n", w.Sample, w.Net(w.Trial.Cost), w.CanChangeDecision)
	}
	best, _ := belief.Choose("in work", actions, []learning.Trial{worth[0].Trial, worth[1].Trial}, 10)
	fmt.Printf("%d to run, exact: %v\n", len(best.Trials), best.Exact)
	// Output:
	// in work: 0.344; 0.560 if the advice helps, 0.200 if not
	// worth 7.79, net of cost 4.79, can change what is done: true
	// worth 0.00, net of cost -1.00, can change what is done: false
	// 1 to run, exact: true
}

func BenchmarkOutlook(b *testing.B) {
	theory := generated(b, "toc_500_10")
	outlook, err := theory.Compile(learning.TheoryOptions{})
	require.NoError(b, err)
	b.Run("compile", func(b *testing.B) {
		for b.Loop() {
			if _, err := theory.Compile(learning.TheoryOptions{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("given", func(b *testing.B) {
		for b.Loop() {
			if _, err := outlook.Given(learning.Seen{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	belief, err := outlook.Given(learning.Seen{})
	require.NoError(b, err)
	target := outlook.Targets()[0]
	rests, err := belief.Rests(target)
	require.NoError(b, err)
	var trials []learning.Trial
	for _, r := range rests {
		trials = append(trials, learning.Trial{Link: r.Link, Sensitivity: 0.8, Specificity: 0.8})
	}
	b.Run("worth", func(b *testing.B) {
		for b.Loop() {
			belief, err := outlook.Given(learning.Seen{})
			if err != nil {
				b.Fatal(err)
			}
			if _, err := belief.Trials(target, []learning.Action{{Name: "stop"}, {Name: "go", IfReached: 1, IfNot: -1}}, trials); err != nil {
				b.Fatal(err)
			}
		}
	})
}
