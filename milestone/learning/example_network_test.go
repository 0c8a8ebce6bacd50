package learning_test

import (
	"fmt"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/learning"
)

func ExampleNetwork() {
	network := learning.Network{Variables: []learning.Variable{
		{Name: "advised", States: []string{"yes", "no"}, Table: []float64{0.4, 0.6}},
		{Name: "moved", States: []string{"yes", "no"}, Parents: []string{"advised"}, Table: []float64{0.5, 0.5, 0.2, 0.8}},
	}}
	tree, err := network.Compile(learning.InferOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	post, err := tree.Given(learning.Observed{Variable: "moved", State: "yes"})
	if err != nil {
		fmt.Println(err)
		return
	}
	chances, _ := post.Marginal(nil, "advised")
	fmt.Printf("%.3f\n", chances[0])
	// Output: 0.625
}

func ExampleBelief_Together() {
	theory := learning.Theory{
		Steps: []learning.Step{{Name: "start", Otherwise: record.Number(1)}, {Name: "end", Otherwise: record.Number(0)}},
		Links: []learning.Link{{From: "start", To: "end", Strength: 1, Belief: 0.4}},
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
	target := outlook.Targets()[0]
	actions := []learning.Action{{Name: "stop"}, {Name: "scale", IfReached: 20, IfNot: -80}}
	trial := learning.Trial{Link: "start>end", Sensitivity: 0.7, Specificity: 0.8, Cost: 0.5}
	one, _ := belief.Together(target, actions, []learning.Trial{trial})
	two, _ := belief.Together(target, actions, []learning.Trial{trial, trial})
	fmt.Printf("one trial is worth %.2f, two together %.2f\n", one, two)
	perfect, _ := belief.Perfect(target, actions)
	fmt.Printf("knowing the truth is worth %.2f\n", perfect.Perfect)
	greedy, _ := belief.Greedy(target, actions, []learning.Trial{trial, trial}, 10)
	fmt.Printf("chosen one by one: %d, which misses %.2f\n", len(greedy.Trials), greedy.Gap)
	// Output:
	// one trial is worth 0.00, two together 2.00
	// knowing the truth is worth 8.00
	// chosen one by one: 0, which misses 1.00
}

func ExampleDesign() {
	for _, design := range []learning.Design{learning.Anytime{}, learning.PlannedLooks{At: []int{20, 40}}, learning.FixedN{N: 40}} {
		if err := design.Check(); err != nil {
			fmt.Println(err)
			continue
		}
		var data learning.Data = learning.Counts{Yes: 6, N: 10}
		progress, err := design.Progress(data)
		if err != nil {
			fmt.Println(err)
			continue
		}
		_, err = design.Read(data)
		fmt.Println(progress.Have, "observations; read:", err == nil)
		_, err = design.Extend(10)
		fmt.Println("ten more:", err == nil)
	}
	// Output:
	// 10 observations; read: true
	// ten more: true
	// 10 observations; read: false
	// ten more: false
	// 10 observations; read: false
	// ten more: false
}

func ExampleReading() {
	reading, err := learning.Anytime{}.Read(learning.Counts{Yes: 6, N: 10})
	if err != nil {
		fmt.Println(err)
		return
	}
	var subject learning.Subject = reading.Subject
	var holds learning.Holding = reading.Holds
	fmt.Println(subject, holds)
	// Output: share however often you look
}

func ExampleFixedN_Read() {
	ten := learning.Counts{Yes: 6, N: 10}
	fixed := learning.FixedN{N: 40}
	progress, _ := fixed.Progress(ten)
	_, early := fixed.Read(ten)
	_, more := fixed.Extend(10)
	fmt.Println(progress.Next, early != nil, more != nil)

	looks := learning.PlannedLooks{At: []int{20, 40}}
	progress, _ = looks.Progress(ten)
	_, more = looks.Extend(10)
	fmt.Println(looks.Check() == nil, progress.Next, more != nil)

	anytime := learning.Anytime{}
	progress, _ = anytime.Progress(ten)
	fmt.Println(anytime.Check() == nil, progress.Have)
	// Output:
	// 40 true true
	// true 20 true
	// true 10
}

func ExamplePackage_IsZero() {
	one := learning.Diagnosticity{IfTrue: 0.8, IfFalse: 0.2}
	pair, err := one.Pair(learning.Diagnosticity{IfTrue: 0.6, IfFalse: 0.3}, 0.1, 0)
	fmt.Println(learning.Package{}.IsZero(), pair.IsZero(), err)
	// Output: true false <nil>
}
