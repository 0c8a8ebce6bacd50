package learning_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/learning"
)

func actions() []learning.Action {
	return []learning.Action{{Name: "do nothing"}, {Name: "scale", IfReached: 60_000, IfNot: -40_000}}
}

func TestNext(t *testing.T) {
	s := hunch()
	trial := func(id record.ID, d learning.Diagnosticity, cost string) learning.Experiment {
		return learning.Experiment{Record: record.New(id), Tests: []record.ID{"h"}, Protocol: learning.Protocol{Detects: d}, Declared: when("2025-02-01"),
			Exposure: learning.Exposure{Cost: pounds(cost), Weeks: 2}}
	}
	s.Experiments = []learning.Experiment{
		trial("vague", learning.Diagnosticity{IfTrue: 0.52, IfFalse: 0.48}, "10"),
		trial("sharp", learning.Diagnosticity{IfTrue: 0.9, IfFalse: 0.1}, "500"),
		trial("running", learning.Diagnosticity{IfTrue: 0.9, IfFalse: 0.1}, "500"),
		trial("unsaid", learning.Diagnosticity{}, "500"),
		trial("planned", learning.Diagnosticity{}, "100"),
		trial("foreign", learning.Diagnosticity{IfTrue: 0.9, IfFalse: 0.1}, "500"),
	}
	s.Experiments[2].Started = when("2025-02-02")
	s.Experiments[4].Protocol.Analysis = learning.Analysis{Looking: learning.LookForClue, Clues: []learning.PlannedClue{{Name: "they say so", Diagnosticity: learning.Diagnosticity{IfTrue: 0.8, IfFalse: 0.3}}}}
	s.Experiments[5].Exposure.Cost.Currency = "EUR"
	s.Envelopes = []learning.Envelope{{Record: record.New("purse"), Subject: ref("mission/work"), Money: pounds("400")}}
	s.Experiments[1].Exposure.Envelope = "purse"
	l := compile(t, s)
	stakes := learning.Stakes{Target: ref("mission/work"), Actions: actions(), Currency: "GBP", PerWeek: 50, Budget: 1000}
	a, err := l.Next(context.Background(), record.Moment{}, stakes, learning.OutlookOptions{})
	require.NoError(t, err)
	require.Len(t, a.Experiments, 3)
	assert.Equal(t, []record.ID{"sharp", "planned", "vague"}, []record.ID{a.Experiments[0].Experiment, a.Experiments[1].Experiment, a.Experiments[2].Experiment})
	assert.Equal(t, []learning.NotValued{{Experiment: "unsaid", Why: learning.ErrNoDetects}, {Experiment: "foreign", Why: learning.ErrOtherCurrency}}, a.NotValued)
	_, beyond := errors.AsType[*learning.BeyondSafeToFailError](a.Experiments[0].Beyond)
	assert.True(t, beyond)
	// By hand: P(work | h) and P(work | not h).
	up, down := 1-0.9*(1-0.9*0.6), 0.1
	pay := func(p float64) float64 { return max(0, 60_000*p-40_000*(1-p)) }
	says := 0.5*0.9 + 0.5*0.1
	sharp := says*pay(0.9*up+0.1*down) + (1-says)*pay(0.1*up+0.9*down) - pay((up+down)/2)
	assert.InDelta(t, sharp, a.Experiments[0].Sample, 1e-9)
	assert.InDelta(t, sharp-500-100, a.Experiments[0].Net, 1e-9)
	assert.False(t, a.Experiments[2].CanChangeDecision)
	assert.Zero(t, a.Experiments[2].Sample)
	assert.Equal(t, "vague: This test cannot change what you would do.", a.Experiments[2].Sentence())
	assert.Equal(t, []record.ID{"sharp"}, a.Chosen)
	assert.True(t, a.Portfolio.Exact)
	for _, x := range a.Experiments {
		all, err := outlook(t, l, learning.OutlookOptions{}).Belief().Perfect("mission/work", actions())
		require.NoError(t, err)
		assert.LessOrEqual(t, x.Sample, x.Perfect)
		assert.LessOrEqual(t, x.Perfect, all.Perfect+1e-9)
	}

	// Without payoffs nothing is in money.
	stakes.Actions = nil
	a, err = l.Next(context.Background(), record.Moment{}, stakes, learning.OutlookOptions{})
	require.NoError(t, err)
	require.Len(t, a.Experiments, 4, "the currency does not matter then")
	assert.Equal(t, []record.ID{"foreign", "sharp", "planned", "vague"}, []record.ID{a.Experiments[0].Experiment, a.Experiments[1].Experiment, a.Experiments[2].Experiment, a.Experiments[3].Experiment})
	assert.InDelta(t, 0.4*(up-down), a.Experiments[0].Movement, 1e-12)
	assert.Equal(t, "planned: it is expected to move the chance by 12.15 points.", a.Experiments[2].Sentence())
	assert.Zero(t, a.Experiments[0].Perfect)
}

// Two tests that are worth nothing each can be worth something together.
func TestNextTogether(t *testing.T) {
	s := hunch()
	s.Contributions = []learning.Contribution{
		{Record: record.New("a"), Cause: ref("milestone/a"), Effect: ref("mission/work"), Strength: q("1"), Package: "both"},
		{Record: record.New("b"), Cause: ref("milestone/b"), Effect: ref("mission/work"), Strength: q("1"), Package: "both"}}
	s.RivalExplanations = []learning.RivalExplanation{{Record: record.New("r"), Subject: ref("mission/work"), Chance: q("0")},
		{Record: record.New("ra"), Subject: ref("milestone/a"), Chance: q("1")}, {Record: record.New("rb"), Subject: ref("milestone/b"), Chance: q("1")}}
	h := s.Hypotheses[0]
	h.Contribution, h.ID = "a", "ha"
	s.Hypotheses = []learning.Hypothesis{h, h}
	s.Hypotheses[1].Contribution, s.Hypotheses[1].ID = "b", "hb"
	perfect := learning.Diagnosticity{IfTrue: 1}
	for _, tests := range [][]record.ID{{"ha"}, {"hb"}, {"ha", "hb"}} {
		s.Experiments = append(s.Experiments, learning.Experiment{Record: record.New(record.ID(fmt.Sprintf("x%d", len(s.Experiments)))), Tests: tests,
			Protocol: learning.Protocol{Detects: perfect}})
	}
	act := []learning.Action{{Name: "do nothing"}, {Name: "scale", IfReached: 4, IfNot: -6}} // ¼ chance; ½ is not enough after one test
	a, err := compile(t, s).Next(context.Background(), record.Moment{}, learning.Stakes{Target: ref("mission/work"), Actions: act, Budget: 1}, learning.OutlookOptions{})
	require.NoError(t, err)
	require.Len(t, a.Experiments, 3)
	assert.Equal(t, record.ID("x2"), a.Experiments[0].Experiment)
	assert.InDelta(t, 1, a.Experiments[0].Sample, 1e-12)
	assert.Zero(t, a.Experiments[1].Sample+a.Experiments[2].Sample)
	assert.Equal(t, []record.ID{"x0", "x1"}, a.Chosen)
	assert.InDelta(t, 1, a.Portfolio.Value, 1e-12)
}

func TestCalibrate(t *testing.T) {
	var all []learning.Resolved
	for i := range 19 {
		all = append(all, learning.Resolved{Chance: 0.8, Reached: i%5 != 0})
	}
	_, err := learning.Calibrate(all)
	few, ok := errors.AsType[*learning.TooFewResolvedError](err)
	require.True(t, ok)
	assert.Equal(t, 19, few.Have)
	all = append(all, learning.Resolved{Chance: 0.8, Reached: true})
	c, err := learning.Calibrate(all)
	require.NoError(t, err)
	assert.Equal(t, 16, c.Reached)
	assert.InDelta(t, 0.16, c.Brier, 1e-14)
	assert.InDelta(t, -(0.8*math.Log(0.8) + 0.2*math.Log(0.2)), c.Log, 1e-14)
	assert.True(t, c.Holds)
	for i := range all {
		all[i].Reached = false
	}
	c, _ = learning.Calibrate(all)
	assert.False(t, c.Holds)
	all[3].Chance = math.NaN()
	_, err = learning.Calibrate(all)
	_, ok = errors.AsType[*learning.ProbabilityError](err)
	assert.True(t, ok)
}
