package learning_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/learning"
)

// pilot is hunch with an experiment that is running.
func pilot() learning.Spec {
	s := hunch()
	s.Envelopes = []learning.Envelope{{Record: record.New("purse"), Subject: ref("mission/work"), Money: pounds("1000"), People: 50, Closes: when("2025-12-31")}}
	s.Experiments = []learning.Experiment{{Record: record.New("x"), Name: "Call the day before", Kind: learning.Pilot, Tests: []record.ID{"h"},
		Declared: when("2025-01-07"), Started: when("2025-01-13"),
		Protocol: learning.Protocol{Measure: "came to the appointment", Unit: "person",
			Analysis: learning.Analysis{Looking: learning.LookAnytime, Against: 0.5},
			Expect:   learning.Expectation{IfTrue: learning.Beta{A: 8, B: 4}, IfFalse: learning.Beta{A: 5, B: 5}},
			Rules: []learning.Rule{{Name: "scale", When: []learning.Condition{{Of: learning.GaugeBelief, AtLeast: q("0.8")}}, Then: learning.Scale},
				{Name: "stop", When: []learning.Condition{{Of: learning.GaugeBelief, AtMost: q("0.2")}}, Then: learning.Stop}}},
		Exposure: learning.Exposure{Cost: pounds("600"), Weeks: 4, People: 40, Reversible: record.Known(true), Envelope: "purse"}}}
	return s
}

func counted(id record.ID, observed string, yes, n int) learning.Evidence {
	return learning.Evidence{Record: record.New(id), Experiment: "x", Hypotheses: []record.ID{"h"}, Observed: when(observed), Statement: string(id),
		Result: learning.Result{Counts: learning.Counts{Yes: yes, N: n}}}
}

// later appends a version of the first experiment that is recorded after it.
func later(s *learning.Spec, change func(*learning.Experiment)) {
	e := s.Experiments[0]
	e.ID, e.Of, e.Verb, e.Sequence = "x2", "x", record.Change, 1
	e.Protocol.Analysis.Clues = append([]learning.PlannedClue(nil), e.Protocol.Analysis.Clues...)
	e.Protocol.Rules = append([]learning.Rule(nil), e.Protocol.Rules...)
	change(&e)
	s.Experiments = append(s.Experiments, e)
}

func is[E error](match ...func(E) bool) func(error) bool {
	return func(err error) bool {
		e, ok := errors.AsType[E](err)
		for _, m := range match {
			ok = ok && m(e)
		}
		return ok
	}
}

func isErr(want error) func(error) bool { return func(err error) bool { return errors.Is(err, want) } }

func frozen(field string) func(error) bool {
	return is(func(e *learning.ProtocolFrozenError) bool { return e.Field == field })
}

func TestRefusals(t *testing.T) {
	double := is[*learning.DoubleCountedError]()
	for _, test := range []struct {
		name, path string
		change     func(*learning.Spec)
		want       func(error) bool
	}{
		{"prior changed", "hypotheses[1].prior", func(s *learning.Spec) {
			h := s.Hypotheses[0]
			h.ID, h.Of, h.Verb, h.Prior, h.Sequence = "h-again", "h", record.Change, q("0.6"), 1
			s.Hypotheses = append(s.Hypotheses, h)
		}, is[*learning.PriorChangedError]()},
		{"analysis changed", "experiments[1].protocol", func(s *learning.Spec) {
			later(s, func(e *learning.Experiment) {
				e.Protocol.Analysis.Looking, e.Protocol.Analysis.N = learning.LookOnce, 40
			})
		}, frozen("analysis")},
		{"alpha changed", "experiments[1].protocol", func(s *learning.Spec) {
			later(s, func(e *learning.Experiment) { e.Protocol.Analysis.Alpha = 0.1 })
		}, frozen("alpha")},
		{"prior of the design changed", "experiments[1].protocol", func(s *learning.Spec) {
			later(s, func(e *learning.Experiment) { e.Protocol.Analysis.Prior = learning.Beta{A: 2, B: 2} })
		}, frozen("prior")},
		{"expectation changed", "experiments[1].protocol", func(s *learning.Spec) {
			later(s, func(e *learning.Experiment) { e.Protocol.Expect.IfTrue.A = 9 })
		}, frozen("prior")},
		{"rules changed", "experiments[1].protocol", func(s *learning.Spec) {
			later(s, func(e *learning.Experiment) { e.Protocol.Rules[0].Then = learning.Extend })
		}, frozen("rules")},
		{"measure changed", "experiments[1].protocol", func(s *learning.Spec) {
			later(s, func(e *learning.Experiment) { e.Protocol.Measure = "felt welcome" })
		}, frozen("measure")},
		{"bias changed", "experiments[1].protocol", func(s *learning.Spec) {
			later(s, func(e *learning.Experiment) { e.Protocol.Expect.Comparison = learning.Matched })
		}, frozen("bias")},
		{"amended without a reason", "experiments[1].protocol", func(s *learning.Spec) {
			later(s, func(e *learning.Experiment) { e.Protocol.Measure, e.Protocol.Amendment = "felt welcome", 1 })
		}, frozen("measure")},
		{"predates", "evidence[0].observed", func(s *learning.Spec) { s.Evidence = []learning.Evidence{clue("e", "2025-01-05")} },
			is[*learning.PredatesHypothesisError]()},
		{"on a draft", "evidence[0].observed", func(s *learning.Spec) {
			s.Hypotheses[0].Declared = when("")
			s.Evidence = []learning.Evidence{clue("e", "2025-02-01")}
		}, is[*learning.PredatesHypothesisError]()},
		{"same origin", "evidence[1].origin", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("a", "2025-02-01"), clue("b", "2025-02-02")}
			s.Evidence[0].Origin = learning.Origin{System: "notes", Dataset: "march"}
			s.Evidence[1].Origin = s.Evidence[0].Origin
		}, double},
		{"overlapping units", "evidence[1].origin", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("a", "2025-02-01"), clue("b", "2025-02-02")}
			s.Evidence[0].Origin = learning.Origin{System: "notes", First: 1, Last: 40}
			s.Evidence[1].Origin = learning.Origin{System: "notes", First: 40, Last: 60}
		}, double},
		{"all units against some", "evidence[1].origin", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("a", "2025-02-01"), clue("b", "2025-02-02")}
			s.Evidence[0].Origin = learning.Origin{System: "notes", First: 1, Last: 40}
			s.Evidence[1].Origin = learning.Origin{System: "notes"}
		}, double},
		{"derived", "evidence[1].origin", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("a", "2025-02-01"), clue("b", "2025-02-02")}
			s.Evidence[1].DerivedFrom = []record.Ref{ref("evidence/a")}
		}, double},
		{"derived by way of background", "evidence[1].origin", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("a", "2025-02-01"), clue("b", "2025-02-02"), clue("raw", "2025-01-20")}
			s.Evidence[2].Background = true
			s.Evidence[0].DerivedFrom = []record.Ref{ref("evidence/raw")}
			s.Evidence[1].DerivedFrom = []record.Ref{ref("evidence/raw")}
		}, double},
		{"derived from a milestone that was entered", "evidence[1].origin", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{{Record: record.New("seen"), Subject: ref("milestone/calls"), Observed: when("2025-02-01"),
				Result: learning.Result{Reached: learning.WasReached}}, clue("b", "2025-02-02")}
			s.Evidence[1].DerivedFrom = []record.Ref{ref("milestone/calls")}
		}, double},
		{"one source for two hypotheses", "evidence[1].origin", func(s *learning.Spec) {
			s.Hypotheses = append(s.Hypotheses, s.Hypotheses[0])
			s.Hypotheses[1].ID = "h2"
			s.Evidence = []learning.Evidence{clue("a", "2025-02-01"), clue("b", "2025-02-01")}
			s.Evidence[0].Origin = learning.Origin{System: "notes"}
			s.Evidence[1].Origin = learning.Origin{System: "notes"}
			s.Evidence[1].Hypotheses = []record.ID{"h2"}
		}, double},
		{"dependent and not joint", "evidence[1].depends_on", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("a", "2025-02-01"), clue("b", "2025-02-02")}
			s.Evidence[1].DependsOn = []record.ID{"a"}
		}, isErr(learning.ErrNotJoint)},
		{"joint law of other clues", "evidence[1].together", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("a", "2025-02-01"), clue("b", "2025-02-02")}
			s.Evidence[1].DependsOn = []record.ID{"a"}
			d := learning.Diagnosticity{IfTrue: 0.5, IfFalse: 0.4}
			s.Evidence[1].Together, _ = d.Pair(d, 0, 0)
		}, is[*learning.RangeError]()},
		{"joint law that is none", "evidence[1].together", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("a", "2025-02-01"), clue("b", "2025-02-02")}
			s.Evidence[1].DependsOn = []record.ID{"a"}
			s.Evidence[1].Together = learning.Package{IfTrue: []float64{0.5, 0.5, 0.5, 0.5}, IfFalse: []float64{1, 0, 0, 0}}
		}, is[*learning.ProbabilityError]()},
		{"circle of dependence", "evidence[0].depends_on", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("a", "2025-02-01"), clue("b", "2025-02-02")}
			d := s.Evidence[0].Result.Clue.Diagnosticity
			pair, _ := d.Pair(d, 0.1, 0.1)
			s.Evidence[0].DependsOn, s.Evidence[0].Together = []record.ID{"b"}, pair
			s.Evidence[1].DependsOn, s.Evidence[1].Together = []record.ID{"a"}, pair
		}, isErr(learning.ErrDependCircle)},
		{"two hypotheses without a law", "evidence[0].shared", func(s *learning.Spec) {
			s.Hypotheses = append(s.Hypotheses, s.Hypotheses[0])
			s.Hypotheses[1].ID = "h2"
			s.Evidence = []learning.Evidence{clue("a", "2025-02-01")}
			s.Evidence[0].Hypotheses = []record.ID{"h", "h2"}
		}, isErr(learning.ErrSeveral)},
		{"beyond the purse", "experiments[0].exposure.cost", func(s *learning.Spec) { s.Experiments[0].Exposure.Cost = pounds("1000.01") },
			is(func(e *learning.BeyondSafeToFailError) bool { return e.Envelope == "purse" })},
		{"two that fit alone", "experiments[1].exposure.cost", func(s *learning.Spec) {
			e := s.Experiments[0]
			e.ID, e.Exposure.People, e.Started = "y", 1, when("2025-01-20")
			s.Experiments = append(s.Experiments, e)
		}, is[*learning.BeyondSafeToFailError]()},
		{"too many people", "experiments[0].exposure.people", func(s *learning.Spec) { s.Experiments[0].Exposure.People = 51 }, is[*learning.BeyondSafeToFailError]()},
		{"after the envelope closes", "experiments[0].exposure.envelope", func(s *learning.Spec) { s.Experiments[0].Concluded = when("2026-01-05") },
			is[*learning.BeyondSafeToFailError]()},
		{"no stop rule", "experiments[0].exposure.stop_rules", func(s *learning.Spec) { s.Experiments[0].Exposure.Reversible = record.Known(false) },
			is[*learning.BeyondSafeToFailError]()},
		{"unclustered", "evidence[0].result", func(s *learning.Spec) {
			s.Experiments[0].Protocol.Expect = learning.Expectation{Effect: learning.EffectPrior{Mean: 0.1, SD: 0.05}, Matters: 0.05, Comparison: learning.SteppedWedge}
			e := counted("e", "2025-02-01", 0, 0)
			e.Result = learning.Result{Estimate: learning.Estimate{Effect: 0.1, SE: 0.1, Clusters: 8}}
			s.Evidence = []learning.Evidence{e}
		}, is[*learning.UnclusteredError]()},
		{"no comparison", "evidence[0].result", func(s *learning.Spec) {
			e := counted("e", "2025-02-01", 0, 0)
			e.Result = learning.Result{Estimate: learning.Estimate{Effect: 0.1, SE: 0.1}}
			s.Evidence = []learning.Evidence{e}
		}, isErr(learning.ErrNoComparison)},
		{"prototype with an estimate", "evidence[0].result", func(s *learning.Spec) {
			s.Experiments[0].Protocol.Expect = learning.Expectation{Effect: learning.EffectPrior{Mean: 0.1}, Matters: 0.05, Comparison: learning.NoComparison}
			e := counted("e", "2025-02-01", 0, 0)
			e.Result = learning.Result{Estimate: learning.Estimate{Effect: 0.1, SE: 0.1}}
			s.Evidence = []learning.Evidence{e}
		}, is[*learning.NoAllowanceError]()},
		{"arms not by lot", "evidence[0].result", func(s *learning.Spec) {
			e := counted("e", "2025-02-01", 0, 0)
			e.Result = learning.Result{Arms: learning.Pair{A: learning.Counts{Yes: 1, N: 2}, B: learning.Counts{Yes: 2, N: 2}}}
			s.Evidence = []learning.Evidence{e}
		}, isErr(learning.ErrNotByLot)},
		{"nothing expected", "evidence[0].result", func(s *learning.Spec) {
			s.Experiments[0].Protocol.Expect = learning.Expectation{}
			s.Evidence = []learning.Evidence{counted("e", "2025-02-01", 1, 2)}
		}, isErr(learning.ErrNoExpectation)},
		{"a planned clue with other chances", "evidence[0].result.clue", func(s *learning.Spec) {
			s.Experiments[0].Protocol.Analysis.Clues = []learning.PlannedClue{{Name: "they say so", Diagnosticity: learning.Diagnosticity{IfTrue: 0.9, IfFalse: 0.4}}}
			e := clue("e", "2025-02-01")
			e.Experiment, e.Result.Clue.Name = "x", "they say so"
			s.Evidence = []learning.Evidence{e}
		}, frozen("analysis")},
		{"no such amendment", "evidence[0].amendment", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{counted("e", "2025-02-01", 1, 2)}
			s.Evidence[0].Amendment = 1
		}, isErr(learning.ErrNoAmendment)},
		{"impossible either way", "evidence[0].result", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("e", "2025-02-01")}
			s.Evidence[0].Result.Clue = learning.Clue{Found: false, Diagnosticity: learning.Diagnosticity{IfTrue: 1, IfFalse: 1}}
		}, is[*learning.ImpossibleError]()},
		{"not a probability", "evidence[0].result", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("e", "2025-02-01")}
			s.Evidence[0].Result.Clue.IfTrue = 1.2
		}, is[*learning.ProbabilityError]()},
		{"prior is no probability", "hypotheses[0].prior", func(s *learning.Spec) { s.Hypotheses[0].Prior = q("1.5") }, is[*learning.ProbabilityError]()},
		{"nothing would change our mind", "hypotheses[0].would_change_our_mind", func(s *learning.Spec) { s.Hypotheses[0].WouldChangeOurMind = " " }, isErr(learning.ErrNoMind)},
		{"prior out of its range", "hypotheses[0].low", func(s *learning.Spec) { s.Hypotheses[0].Low = q("0.7") }, isErr(learning.ErrPriorRange)},
		{"prior above its range", "hypotheses[0].high", func(s *learning.Spec) { s.Hypotheses[0].High = q("0.3") }, isErr(learning.ErrPriorRange)},
		{"thresholds the wrong way round", "hypotheses[0].weakened_at", func(s *learning.Spec) {
			s.Hypotheses[0].SupportedAt, s.Hypotheses[0].WeakenedAt = q("0.3"), q("0.8")
		}, isErr(learning.ErrThresholds)},
		{"no claim", "hypotheses[0].claim", func(s *learning.Spec) { s.Hypotheses[0].Claim = "" }, isErr(learning.ErrNoClaim)},
		{"no prior", "hypotheses[0].prior", func(s *learning.Spec) { s.Hypotheses[0].Prior = record.Quantity{} }, isErr(learning.ErrNoPrior)},
		{"no contribution", "hypotheses[0].contribution", func(s *learning.Spec) { s.Hypotheses[0].Contribution = "" }, isErr(learning.ErrNoContribution)},
		{"no ends", "contributions[0].effect", func(s *learning.Spec) { s.Contributions[0].Effect = s.Contributions[0].Cause }, isErr(learning.ErrNoEnds)},
		{"no strength", "contributions[0].strength", func(s *learning.Spec) { s.Contributions[0].Strength = record.Quantity{} }, isErr(learning.ErrNoStrength)},
		{"a package that hinders", "contributions[0].package", func(s *learning.Spec) {
			s.Contributions[0].Hinders, s.Contributions[0].Package = true, "p"
		}, isErr(learning.ErrHinderPackage)},
		{"rival without a chance", "rival_explanations[0].chance", func(s *learning.Spec) { s.RivalExplanations[0].Chance = record.Quantity{} }, isErr(learning.ErrNoChance)},
		{"rival without a subject", "rival_explanations[0].subject", func(s *learning.Spec) { s.RivalExplanations[0].Subject = record.Ref{} }, isErr(learning.ErrNoSubject)},
		{"tests nothing", "experiments[0].tests", func(s *learning.Spec) { s.Experiments[0].Tests = nil }, isErr(learning.ErrNoTests)},
		{"started undeclared", "experiments[0].declared", func(s *learning.Spec) { s.Experiments[0].Declared = when("") }, isErr(learning.ErrNotDeclared)},
		{"ended first", "experiments[0].concluded", func(s *learning.Spec) { s.Experiments[0].Concluded = when("2025-01-10") }, isErr(learning.ErrConcludedFirst)},
		{"abandoned without a word", "experiments[0].because", func(s *learning.Spec) { s.Experiments[0].Ending = learning.Abandoned }, isErr(learning.ErrNoBecause)},
		{"weeks below 0", "experiments[0].exposure.weeks", func(s *learning.Spec) { s.Experiments[0].Exposure.Weeks = -1 }, isErr(learning.ErrBelowZero)},
		{"an analysis that cannot be", "experiments[0].protocol.analysis", func(s *learning.Spec) { s.Experiments[0].Protocol.Analysis.Alpha = 2 }, is[*learning.RangeError]()},
		{"rule without a name", "experiments[0].protocol.rules[1].name", func(s *learning.Spec) { s.Experiments[0].Protocol.Rules[1].Name = "scale" }, isErr(learning.ErrNoRuleName)},
		{"rule without a choice", "experiments[0].protocol.rules[0].then", func(s *learning.Spec) { s.Experiments[0].Protocol.Rules[0].Then = 0 }, isErr(learning.ErrNoThen)},
		{"rule without a bound", "experiments[0].protocol.rules[0].when[0]", func(s *learning.Spec) {
			s.Experiments[0].Protocol.Rules[0].When = []learning.Condition{{Of: learning.GaugeBelief}}
		}, isErr(learning.ErrNoCondition)},
		{"no result", "evidence[0].result", func(s *learning.Spec) { s.Evidence = []learning.Evidence{counted("e", "2025-02-01", 0, 0)} }, isErr(learning.ErrNoResult)},
		{"two results", "evidence[0].result", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("e", "2025-02-01")}
			s.Evidence[0].Result.Counts.N = 2
		}, isErr(learning.ErrManyResults)},
		{"no day", "evidence[0].observed", func(s *learning.Spec) { s.Evidence = []learning.Evidence{clue("e", "")} }, isErr(learning.ErrNoObserved)},
		{"no hypothesis", "evidence[0].hypotheses", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("e", "2025-02-01")}
			s.Evidence[0].Hypotheses = nil
		}, isErr(learning.ErrNoHypotheses)},
		{"reached and a hypothesis", "evidence[0].hypotheses", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{{Record: record.New("e"), Subject: ref("milestone/calls"), Observed: when("2025-02-01"), Hypotheses: []record.ID{"h"},
				Result: learning.Result{Reached: learning.WasReached}}}
		}, isErr(learning.ErrReachedAlone)},
		{"two expectations", "evidence[0].expect", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{counted("e", "2025-02-01", 1, 2)}
			s.Evidence[0].Expect.Matters = 1
		}, isErr(learning.ErrTwoExpectation)},
		{"lesson without one", "lessons[0].learned", func(s *learning.Spec) { s.Lessons = []learning.Lesson{{Record: record.New("l")}} }, isErr(learning.ErrNoLesson)},
		{"decision about nothing", "decisions[0].about", func(s *learning.Spec) {
			s.Decisions = []learning.Decision{{Record: record.New("d"), Choice: learning.Stop}}
		}, isErr(learning.ErrNoAbout)},
		{"decision without a choice", "decisions[0].choice", func(s *learning.Spec) {
			s.Decisions = []learning.Decision{{Record: record.New("d"), About: "h"}}
		}, isErr(learning.ErrNoChoice)},
		{"against the rule, unexplained", "decisions[0].deviation", func(s *learning.Spec) {
			s.Decisions = []learning.Decision{{Record: record.New("d"), About: "h", Choice: learning.Scale, RuleSaid: learning.Stop, Reviewer: "board"}}
		}, isErr(learning.ErrNoDeviation)},
		{"against the rule, unreviewed", "decisions[0].reviewer", func(s *learning.Spec) {
			s.Decisions = []learning.Decision{{Record: record.New("d"), About: "h", Choice: learning.Scale, RuleSaid: learning.Stop, Deviation: "cheap"}}
		}, isErr(learning.ErrNoReviewer)},
		{"no such rule", "decisions[0].rule", func(s *learning.Spec) {
			s.Decisions = []learning.Decision{{Record: record.New("d"), About: "h", Choice: learning.Scale, Experiment: "x", Rule: "grow"}}
		}, isErr(learning.ErrNoSuchRule)},
		{"dangling", "evidence[0].experiment", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("e", "2025-02-01")}
			s.Evidence[0].Experiment = "y"
		}, is[*record.DanglingError]()},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := pilot()
			test.change(&s)
			_, err := learning.Compile(s, record.View{})
			require.Error(t, err)
			found := false
			faults, ok := errors.AsType[record.Faults](err)
			require.True(t, ok)
			for _, f := range faults {
				found = found || f.Path == test.path && test.want(f)
				assert.NotContains(t, f.Error(), "%!", "a message reads well")
			}
			assert.True(t, found, "want a fault at %s in:\n%v", test.path, err)
		})
	}
	_, err := learning.Compile(pilot(), record.View{})
	require.NoError(t, err)
}

// All faults come at once, in the order of the document.
func TestFaultsTogether(t *testing.T) {
	s := pilot()
	s.Contributions[0].Strength = q("7")
	s.Hypotheses[0].Claim = ""
	s.Evidence = []learning.Evidence{clue("e", "2024-01-01")}
	_, err := learning.Compile(s, record.View{})
	faults, ok := errors.AsType[record.Faults](err)
	require.True(t, ok)
	var paths []string
	for _, f := range faults {
		paths = append(paths, f.Path)
	}
	assert.Equal(t, []string{"contributions[0].strength", "hypotheses[0].claim", "evidence[0].observed"}, paths)
}

// A design that is read once moves no belief before its end, nor with what comes after it.
func TestPeekHoldsBeliefBack(t *testing.T) {
	s := pilot()
	s.Experiments[0].Protocol.Analysis = learning.Analysis{Looking: learning.LookOnce, N: 20}
	s.Evidence = []learning.Evidence{counted("a", "2025-02-01", 7, 10)}
	l := compile(t, s)
	assert.Equal(t, 0.5, belief(t, l, "h", record.Moment{}))
	left := l.LeftOut(record.Moment{})
	require.Len(t, left, 1)
	peek, ok := errors.AsType[*learning.PeekError](left[0].Why)
	require.True(t, ok)
	assert.Equal(t, [2]int{10, 20}, [2]int{peek.Have, peek.Need})
	_, err := l.Reading("x", 0, record.Moment{})
	_, ok = errors.AsType[*learning.PeekError](err)
	assert.True(t, ok)
	p, err := l.Progress("x", 0, record.Moment{})
	require.NoError(t, err, "counting is allowed")
	assert.Equal(t, learning.Progress{Have: 10, A: 10, Next: 20}, p)

	s.Evidence = append(s.Evidence, counted("b", "2025-02-02", 8, 10), counted("c", "2025-02-03", 10, 10))
	l = compile(t, s)
	want := learning.Beta{A: 8, B: 4}.LogMarginal(learning.Counts{Yes: 15, N: 20}) - learning.Beta{A: 5, B: 5}.LogMarginal(learning.Counts{Yes: 15, N: 20})
	b, _ := learning.Weight(want).Update(0.5)
	assert.InDelta(t, b, belief(t, l, "h", record.Moment{}), 1e-14)
	left = l.LeftOut(record.Moment{})
	require.Len(t, left, 1)
	extension, ok := errors.AsType[*learning.NoExtensionError](left[0].Why)
	require.True(t, ok)
	assert.Equal(t, [2]int{20, 30}, [2]int{extension.Planned, extension.Have})

	s.Experiments[0].Protocol.Analysis = learning.Analysis{Looking: learning.LookPlanned, At: []int{10, 40}}
	left = compile(t, s).LeftOut(record.Moment{})
	require.Len(t, left, 2, "the first look was due, the second is not yet")
	peek, ok = errors.AsType[*learning.PeekError](left[1].Why)
	require.True(t, ok)
	assert.Equal(t, [2]int{30, 40}, [2]int{peek.Have, peek.Need})
}

// Evidence from before and after an amendment is weighed apart, and refused as one reading.
func TestAmendment(t *testing.T) {
	s := pilot()
	later(&s, func(e *learning.Experiment) {
		e.Reason, e.Protocol.Amendment, e.Protocol.Expect.IfTrue = "the first form left people out", 1, learning.Beta{A: 9, B: 3}
	})
	s.Evidence = []learning.Evidence{counted("a", "2025-02-01", 7, 10), counted("b", "2025-03-01", 9, 10)}
	s.Evidence[1].Amendment = 1
	l := compile(t, s)
	e, err := l.Explain("h", record.Moment{})
	require.NoError(t, err)
	require.Len(t, e.Steps, 2)
	weigh := func(ifTrue learning.Beta, c learning.Counts) float64 {
		return ifTrue.LogMarginal(c) - learning.Beta{A: 5, B: 5}.LogMarginal(c)
	}
	assert.InDelta(t, weigh(learning.Beta{A: 8, B: 4}, learning.Counts{Yes: 7, N: 10}), float64(e.Steps[0].Weight), 1e-14)
	assert.InDelta(t, weigh(learning.Beta{A: 9, B: 3}, learning.Counts{Yes: 9, N: 10}), float64(e.Steps[1].Weight), 1e-14)
	_, err = l.Reading("x", -1, record.Moment{})
	across, ok := errors.AsType[*learning.AcrossAmendmentError](err)
	require.True(t, ok)
	assert.Equal(t, []int{0, 1}, across.Amendments)
	r, err := l.Reading("x", 1, record.Moment{})
	require.NoError(t, err)
	assert.Equal(t, 10, r.N)
	flags, err := l.Flags(record.Moment{})
	require.NoError(t, err)
	assert.Contains(t, kinds(flags), learning.AmendedProtocol)
}

func kinds(f learning.Flags) []learning.FlagKind {
	var k []learning.FlagKind
	for _, x := range f.Raised {
		k = append(k, x.Kind)
	}
	return k
}

func TestFlags(t *testing.T) {
	base := func() learning.Spec {
		s := pilot()
		s.Evidence = []learning.Evidence{counted("e", "2025-02-01", 7, 10)}
		return s
	}
	concluded := func(s *learning.Spec) {
		s.Experiments[0].Concluded, s.Experiments[0].Ending = when("2025-02-10"), learning.EndedByRule
	}
	decision := func(s *learning.Spec) *learning.Decision {
		s.Decisions = []learning.Decision{{Record: record.New("d"), About: "h", Experiment: "x", Choice: learning.Persevere, Rule: "scale", OnDay: when("2025-02-15"), ReviewBy: when("2025-06-01")}}
		return &s.Decisions[0]
	}
	for _, test := range []struct {
		name   string
		change func(*learning.Spec)
		want   learning.FlagKind
		about  string
	}{
		{"no rule", func(s *learning.Spec) { s.Experiments[0].Protocol.Rules = nil }, learning.NoPreDeclaredRule, "experiment/x"},
		{"decision without a rule", func(s *learning.Spec) { decision(s).Rule = "" }, learning.NoPreDeclaredRule, "decision/d"},
		{"against the rule", func(s *learning.Spec) {
			d := decision(s)
			d.RuleSaid, d.Deviation, d.Reviewer = learning.Scale, "the budget went", "board"
		}, learning.AgainstRule, "decision/d"},
		{"against the rule as the ledger reads it", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{counted("e", "2025-02-01", 20, 20)}
			decision(s)
		}, learning.AgainstRule, "decision/d"},
		{"late rule", func(s *learning.Spec) { s.Experiments[0].Protocol.Rules[0].Declared = when("2025-02-02") }, learning.LateRule, "experiment/x"},
		{"rule by amendment", func(s *learning.Spec) {
			later(s, func(e *learning.Experiment) {
				e.Reason, e.Protocol.Amendment = "we had not thought of that", 1
				e.Protocol.Rules = append(e.Protocol.Rules, learning.Rule{Name: "more", When: e.Protocol.Rules[0].When, Then: learning.Extend})
			})
		}, learning.LateRule, "experiment/x"},
		{"no lesson", concluded, learning.NoLearningRecorded, "experiment/x"},
		{"dogmatic", func(s *learning.Spec) { s.Hypotheses[0].Prior = q("1") }, learning.Dogmatic, "hypothesis/h"},
		{"stale", func(s *learning.Spec) { s.Evidence[0].GoodUntil = when("2025-02-20") }, learning.StaleEvidence, "evidence/e"},
		{"transferred", func(s *learning.Spec) {
			s.Hypotheses[0].Context, s.Evidence[0].Context = []string{"rural"}, []string{"city"}
		}, learning.TransferredContext, "evidence/e"},
		{"never moved", func(s *learning.Spec) { concluded(s); s.Evidence = nil }, learning.PriorNeverMoved, "hypothesis/h"},
		{"only supportive", func(s *learning.Spec) {
			s.Evidence = []learning.Evidence{clue("e", "2025-02-01")}
			s.Evidence[0].Result.Clue.Diagnosticity = learning.Diagnosticity{IfTrue: 0.2, IfFalse: 0.1}
		}, learning.OnlySupportive, "hypothesis/h"},
		{"review overdue", func(s *learning.Spec) { decision(s).ReviewBy = when("2025-02-20") }, learning.ReviewOverdue, "decision/d"},
		{"horizon passed", func(s *learning.Spec) { s.Hypotheses[0].Horizon = when("2025-02") }, learning.HorizonPassed, "hypothesis/h"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := base()
			was, err := compile(t, s).Flags(on("2025-03-01"))
			require.NoError(t, err)
			require.NotContains(t, kinds(was), test.want)
			test.change(&s)
			got, err := compile(t, s).Flags(on("2025-03-01"))
			require.NoError(t, err)
			found := false
			for _, f := range got.Raised {
				found = found || f.Kind == test.want && f.Records[0] == ref(test.about)
				text, err := f.Kind.MarshalText()
				require.NoError(t, err)
				assert.NotEmpty(t, string(text))
			}
			assert.True(t, found, "%v", got.Raised)
		})
	}
	undated, err := compile(t, base()).Flags(record.Moment{})
	require.NoError(t, err)
	assert.Equal(t, []learning.FlagKind{learning.StaleEvidence, learning.ReviewOverdue, learning.HorizonPassed}, undated.NotAssessed)
}

func TestProgression(t *testing.T) {
	s := pilot()
	x := &s.Experiments[0]
	x.Concluded, x.Ending = when("2025-02-10"), learning.EndedByStopRule
	s.Lessons = []learning.Lesson{{Record: record.New("l"), Experiment: "x", Learned: "calls at noon are not taken", OnDay: when("2025-02-20")}}
	s.Decisions = []learning.Decision{{Record: record.New("d"), About: "h", Experiment: "x", Choice: learning.Pivot, Rule: "stop", OnDay: when("2025-03-01")}}
	l := compile(t, s)
	for day, want := range map[string]learning.Stage{"2025-01-01": learning.StageDraft, "2025-01-07": learning.StageDeclared, "2025-01-13": learning.StageRunning,
		"2025-02-10": learning.StageConcluded, "2025-02-20": learning.StageLearned, "2025-03-01": learning.StageDecided} {
		p, err := l.Progression("x", on(day))
		require.NoError(t, err)
		assert.Equal(t, want, p.Stage, day)
	}
	p, _ := l.Progression("x", record.Moment{})
	assert.Equal(t, "decided, stopped by its own rule: learned within limits", p.Sentence())

	// Abandoned stays, and a decision without a lesson shows.
	x.Ending, x.Because = learning.Abandoned, "the funding went"
	s.Lessons = nil
	p, _ = compile(t, s).Progression("x", record.Moment{})
	assert.Equal(t, "decided, abandoned, and no lesson is recorded", p.Sentence())

	// What has ended gives back its worst case, less what it cost.
	x.Spent = pounds("150.50")
	l = compile(t, s)
	r, err := l.Reserve("purse", on("2025-02-01"))
	require.NoError(t, err)
	assert.Equal(t, learning.Reserve{Envelope: "purse", Money: pounds("400"), People: 10, Running: []record.ID{"x"}}, r)
	r, _ = l.Reserve("purse", on("2025-02-10"))
	assert.Equal(t, learning.Reserve{Envelope: "purse", Money: pounds("849.50"), People: 50}, r)
}

func TestStanding(t *testing.T) {
	s := hunch()
	s.Hypotheses[0].SupportedAt, s.Hypotheses[0].WeakenedAt = q("0.75"), q("0.25")
	s.Evidence = []learning.Evidence{clue("a", "2025-02-01"), clue("b", "2025-03-01"), clue("c", "2025-04-01"), clue("d", "2025-05-01")}
	for i := range s.Evidence[1:] {
		s.Evidence[1+i].Result.Clue.Found = false
	}
	next := s.Hypotheses[0]
	next.ID, next.Supersedes, next.Declared, next.Prior = "h2", "h", when("2025-06-01"), q("0.1")
	s.Hypotheses = append(s.Hypotheses, next)
	l := compile(t, s)
	for day, want := range map[string]learning.Standing{"2025-01-01": learning.Drafted, "2025-01-06": learning.Open, "2025-02-01": learning.Supported,
		"2025-03-01": learning.Open, "2025-04-01": learning.Weakened, "2025-06-01": learning.Retired} {
		e, err := l.Explain("h", on(day))
		require.NoError(t, err)
		assert.Equal(t, want, e.Standing, day)
	}
}
