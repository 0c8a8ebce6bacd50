package learning_test

import (
	"bytes"
	"math"
	"testing"

	"github.com/missionled/missionled/accountability/record"
	bench "github.com/missionled/missionled/internal/bench/learning"
	"github.com/missionled/missionled/milestone/learning"
)

// TestLayered holds that a generated theory has the links and missions that were asked for, is the same every time, and compiles.
func TestLayered(t *testing.T) {
	for _, c := range []struct{ links, missions int }{{50, 1}, {500, 1}, {1500, 4}, {5000, 12}} {
		theory := bench.Layered(c.links, c.missions, 10, 1)
		again := bench.Layered(c.links, c.missions, 10, 1)
		if len(theory.Links) != c.links || len(again.Links) != c.links {
			t.Errorf("%v: %d links", c, len(theory.Links))
		}
		for i := range theory.Links {
			if theory.Links[i] != again.Links[i] {
				t.Fatalf("%v: link %d differs", c, i)
			}
		}
		outlook, err := theory.Compile(learning.TheoryOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(outlook.Targets()); n != c.missions {
			t.Errorf("%v: %d targets", c, n)
		}
	}
}

// TestSum works one small theory out by hand: it is the judge of the others.
func TestSum(t *testing.T) {
	for seed := range uint64(20) {
		theory, sums := bench.Small(seed, 2, 1), bench.Sum(seed, 2, 1)
		l, first, leak := theory.Links[0], theory.Steps[0].Otherwise.Float(), theory.Steps[1].Otherwise.Float()
		p := first * l.Belief * l.Strength
		want := 1 - (1-leak)*(1-p)
		if l.Hinders {
			want = leak * (1 - p)
		}
		if math.Abs(sums[0]-first) > 1e-15 || math.Abs(sums[1]-want) > 1e-15 {
			t.Errorf("%+v: %v, and by hand %v %v", theory, sums, first, want)
		}
	}
}

// TestWritten holds what gRain reads: a step of two links is a chain of two tables, the last parent changing fastest.
func TestWritten(t *testing.T) {
	leak, half := record.Number(0.25), record.Number(0.5)
	theory := &learning.Theory{
		Steps: []learning.Step{{Name: "end", Otherwise: leak}, {Name: "a", Otherwise: half}, {Name: "b", Otherwise: half}},
		Links: []learning.Link{{From: "a", To: "end", Strength: 0.5, Belief: 0.5}, {From: "b", To: "end", Strength: 1, Belief: 0.5}},
	}
	want := "end_0;a;0.4375 0.25\nend;end_0 b;1 1 0.5 0\na;;0.5\nb;;0.5\n"
	if got := bench.Written(theory); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestFalseAlarms holds that the table says the same at any number of processors, and that nothing guarded alarms too often.
func TestFalseAlarms(t *testing.T) {
	var one, two bytes.Buffer
	for _, out := range []*bytes.Buffer{&one, &two} {
		if err := bench.FalseAlarms(out, []string{"-runs", "200", "-n", "200"}); err != nil {
			t.Fatal(err)
		}
	}
	if one.String() != two.String() {
		t.Errorf("%s\n%s", one.String(), two.String())
	}
	if err := bench.FalseAlarms(&one, []string{"-runs", "0"}); err == nil {
		t.Error("no runs are taken for an answer")
	}
}
