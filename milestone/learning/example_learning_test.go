package learning_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
)

// The least that is useful: one mission, one milestone, one hypothesis.
func ExampleCompile() {
	ledger, err := learning.Compile(learning.Spec{
		Contributions: []learning.Contribution{{Record: record.New("calls-help"), Cause: ref("milestone/calls"), Effect: ref("mission/work"), Strength: record.Number(0.6)}},
		RivalExplanations: []learning.RivalExplanation{
			{Record: record.New("economy"), Subject: ref("mission/work"), Chance: record.Number(0.1), Why: "jobs come back by themselves"},
			{Record: record.New("calls-made"), Subject: ref("milestone/calls"), Chance: record.Number(0.9)},
		},
		Hypotheses: []learning.Hypothesis{{Record: record.New("h"), Contribution: "calls-help", Claim: "A call the day before brings people in",
			Prior: record.Number(0.5), Low: record.Number(0.3), High: record.Number(0.7), Basis: learning.BasisElicited,
			Declared: calendar.MustParseWhen("2025-01-06"), WouldChangeOurMind: "no more people come than before"}},
	}, record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	prospects, err := ledger.Outlook(context.Background(), record.Moment{}, learning.OutlookOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range prospects.Each {
		fmt.Println(p.Sentence())
	}
	work, _ := prospects.Of(ref("mission/work"))
	fmt.Printf("%s moves it by %.0f points\n", work.Rests[0].Link, 100*work.Rests[0].Importance())
	chance, _ := prospects.Belief().Chance("mission/work")
	fmt.Println(chance == work.Chance, work.Reckoning == learning.ReckonedExactly)
	theory, _ := ledger.Theory(record.Moment{}, learning.OutlookOptions{})
	fmt.Println(len(theory.Steps), "steps,", len(theory.Links), "link")
	// Output:
	// milestone/calls: 90%, exact
	// mission/work: 34.3% (24.6% to 44%), exact; rests on untested calls-help
	// calls-help moves it by 49 points
	// true true
	// 2 steps, 1 link
}

// Belief moves step by step, and every step multiplies. What has been counted is not counted again.
func ExampleLedger_Explain() {
	s := hunch()
	s.Hypotheses[0].SupportedAt, s.Hypotheses[0].WeakenedAt = record.Number(0.8), record.Number(0.2)
	clue := func(id record.ID, day string, found bool) learning.Evidence {
		return learning.Evidence{Record: record.New(id), Hypotheses: []record.ID{"h"}, Observed: calendar.MustParseWhen(day),
			Origin: learning.Origin{System: "case notes", Dataset: "spring", Period: calendar.Period{From: calendar.MustParseWhen(day), Until: calendar.MustParseWhen("2025-07")}},
			Result: learning.Result{Clue: learning.Clue{Name: "they say the call did it", Found: found, Diagnosticity: learning.Diagnosticity{IfTrue: 0.8, IfFalse: 0.2}}}}
	}
	s.Evidence = []learning.Evidence{clue("interviews", "2025-02-01", true)}
	ledger, err := learning.Compile(s, record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	e, _ := ledger.Explain("h", record.Moment{})
	fmt.Print(e.Text())
	fmt.Printf("%.1f · %.1f = %.1f\n", e.PriorOdds(), e.Steps[0].Weight.BayesFactor(), e.Belief/(1-e.Belief))
	b, _ := ledger.Belief("h", record.Moment{On: calendar.MustParseDate("2025-01-31")})
	fmt.Println("the day before:", b, e.Standing == learning.Supported)

	s.Evidence = append(s.Evidence, clue("digest", "2025-03-01", true))
	_, err = learning.Compile(s, record.View{})
	double, _ := errors.AsType[*learning.DoubleCountedError](err)
	fmt.Println(double.Overlap)
	fmt.Println(s.Evidence[0].Origin.Fingerprint())
	fmt.Println(s.Evidence[0].Result.Sentence())
	// Output:
	// A call the day before brings people in
	// prior 50%, odds 1
	// interviews: they say the call did it: found; +6.0 dB, odds times 4; now 80%
	// belief 80%: supported
	// 1.0 · 4.0 = 4.0
	// the day before: 0.5 true
	// all units of case notes spring in the same period
	// "case notes"|"spring"|0|0|2025-02-01|2025-07
	// they say the call did it: found
}

// attendance is a pilot that ended by its own rule, with what was learned and decided.
func attendance() learning.Spec {
	s := pilot()
	x := &s.Experiments[0]
	x.Concluded, x.Ending = calendar.MustParseWhen("2025-02-10"), learning.EndedByRule
	x.Exposure.StopRules = []string{"anybody complains of being chased"}
	s.Evidence = []learning.Evidence{
		{Record: record.New("week-1"), Experiment: "x", Hypotheses: []record.ID{"h"}, Observed: calendar.MustParseWhen("2025-01-20"),
			Origin: learning.Origin{System: "diary", First: 1, Last: 20}, Result: learning.Result{Counts: learning.Counts{Yes: 17, N: 20}}},
		{Record: record.New("week-2"), Experiment: "x", Hypotheses: []record.ID{"h"}, Observed: calendar.MustParseWhen("2025-01-27"),
			Origin: learning.Origin{System: "diary", First: 21, Last: 40}, Result: learning.Result{Counts: learning.Counts{Yes: 18, N: 20}}},
	}
	s.Lessons = []learning.Lesson{{Record: record.New("noon"), Experiment: "x", Evidence: []record.ID{"week-2"}, Believed: "Any call will do.",
		Observed: "Calls at noon were not taken.", Learned: "The hour matters.", Therefore: "Call after four.", Surprising: true, OnDay: calendar.MustParseWhen("2025-02-12")}}
	s.Decisions = []learning.Decision{{Record: record.New("on"), About: "h", Experiment: "x", Choice: learning.Scale, Rule: "scale", OnDay: calendar.MustParseWhen("2025-02-14"),
		ReviewBy: calendar.MustParseWhen("2025-05-01")}}
	return s
}

// A test card before, a learning card after.
func ExampleLedger_TestCard() {
	ledger, err := learning.Compile(attendance(), record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	card, _ := ledger.TestCard("x", record.Moment{On: calendar.MustParseDate("2025-01-10")})
	fmt.Print(card.Text())
	learned, _ := ledger.LearningCard("x", record.Moment{On: calendar.MustParseDate("2025-02-14")})
	fmt.Print(learned.Text())
	fmt.Println(len(learned.Moves), len(learned.Lessons), card.Hash == attendance().Experiments[0].Protocol.Hash())
	// Output:
	// TEST Call the day before (pilot)
	// We believe: A call the day before brings people in (50%)
	// We will measure: came to the appointment.
	// How we read it: The result may be read at any time, with 5% false alarms at most.
	// Rule: If the belief is at least 0.8, scale.
	// Rule: If the belief is at most 0.2, stop.
	// What would change our mind: no more people come than before.
	// Risk: At worst it costs 600.00 GBP, takes 4 weeks, touches 40 people, can be undone.
	// Stops if: anybody complains of being chased.
	// Where it stands: declared.
	// Protocol: 7ddb6397cc88.
	// LEARNING from Call the day before: decided
	// Reading: 40 observations: the share is about 85.7%; under the declared prior it lies between 73.7% and 94.5% with probability 95%; however often you look, it lies between 65.5% and 98% with 95% confidence. 50% is excluded.
	// A call the day before brings people in: believed 50% before, 86.3% after
	// We believed: Any call will do.
	// We observed: Calls at noon were not taken.
	// We learned: The hour matters.
	// Therefore: Call after four.
	// It surprised us.
	// Decided: scale
	// 1 1 true
}

// Counts may be looked at as often as one likes; what was observed under one protocol is read as one.
func ExampleLedger_Reading() {
	ledger, err := learning.Compile(attendance(), record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	progress, _ := ledger.Progress("x", 0, record.Moment{})
	fmt.Println(progress.Have, "in, readable:", progress.Ready())
	reading, _ := ledger.Reading("x", 0, record.Moment{})
	fmt.Println(reading.Sentence())
	choice, applies, err := ledger.RuleSays("x", "scale", "h", record.Moment{}, map[learning.Gauge]float64{learning.GaugeSpent: 580})
	fmt.Println(choice, applies, err)
	stands, _ := ledger.Progression("x", record.Moment{On: calendar.MustParseDate("2025-02-14")})
	fmt.Println(stands.Sentence(), stands.Stage == learning.StageDecided, stands.Ending == learning.EndedByRule)
	left, _ := ledger.Reserve("purse", record.Moment{On: calendar.MustParseDate("2025-02-01")})
	fmt.Println(left.Money, "left in", left.Envelope)
	// Output:
	// 40 in, readable: true
	// 40 observations: the share is about 85.7%; under the declared prior it lies between 73.7% and 94.5% with probability 95%; however often you look, it lies between 65.5% and 98% with 95% confidence. 50% is excluded.
	// scale true <nil>
	// decided true true
	// 400.00 GBP left in purse
}

// What is flagged is allowed, and stays visible.
func ExampleLedger_Flags() {
	s := attendance()
	s.Lessons = nil
	s.Decisions[0].Choice, s.Decisions[0].RuleSaid = learning.Stop, learning.Scale
	s.Decisions[0].Deviation, s.Decisions[0].Reviewer = "the building was sold", "board"
	ledger, err := learning.Compile(s, record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	flags, _ := ledger.Flags(record.Moment{On: calendar.MustParseDate("2025-06-01")})
	for _, f := range flags.Raised {
		fmt.Println(f.Kind, f.Records[0], f.Text)
	}
	fmt.Println(len(flags.NotAssessed), "kinds not assessed")
	for _, l := range ledger.LeftOut(record.Moment{}) {
		fmt.Println(l.Evidence, l.Why)
	}
	// Output:
	// against-rule decision/on the rule said scale, and the choice was stop: the building was sold
	// no-learning-recorded experiment/x the experiment ended, and no lesson is recorded
	// review-overdue decision/on it was to be looked at again by 2025-05-01
	// 0 kinds not assessed
}

// What is worth running next, and what cannot change anything.
func ExampleLedger_Next() {
	s := hunch()
	for _, x := range []struct {
		id  record.ID
		say learning.Diagnosticity
	}{{"survey", learning.Diagnosticity{IfTrue: 0.52, IfFalse: 0.48}}, {"trial", learning.Diagnosticity{IfTrue: 0.9, IfFalse: 0.1}}} {
		s.Experiments = append(s.Experiments, learning.Experiment{Record: record.New(x.id), Tests: []record.ID{"h"}, Kind: learning.RandomisedTest,
			Protocol: learning.Protocol{Detects: x.say}, Exposure: learning.Exposure{Cost: record.Money{Minor: 50_000, Currency: "GBP"}, Weeks: 2}})
	}
	ledger, err := learning.Compile(s, record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	agenda, err := ledger.Next(context.Background(), record.Moment{}, learning.Stakes{Target: ref("mission/work"), Currency: "GBP", PerWeek: 50, Budget: 2000,
		Actions: []learning.Action{{Name: "leave it"}, {Name: "scale", IfReached: 60_000, IfNot: -40_000}}}, learning.OutlookOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(agenda.Prospect.Sentence())
	for _, x := range agenda.Experiments {
		fmt.Println(x.Sentence())
	}
	fmt.Println(agenda.Chosen, agenda.Portfolio.Exact, len(agenda.NotValued))
	// Output:
	// mission/work: 34.3%, exact; rests on untested calls-help
	// trial: This test could change what you would do: it is worth 6870 on average, and knowing the truth 9300. Less its cost and delay, 6270.
	// survey: This test cannot change what you would do.
	// [trial] true 0
}

// Rules are data: they print, and are asked.
func ExampleRule() {
	r := learning.Rule{Name: "scale", Then: learning.Scale, When: []learning.Condition{{Of: learning.GaugeBelief, AtLeast: record.Number(0.8)},
		{Of: learning.GaugeWeeks, AtMost: record.Number(8)}}}
	fmt.Println(r.Sentence())
	fmt.Println(r.Says(map[learning.Gauge]float64{learning.GaugeBelief: 0.85, learning.GaugeWeeks: 6}))
	_, _, err := r.Says(map[learning.Gauge]float64{learning.GaugeBelief: 0.85})
	fmt.Println(err)
	// Output:
	// If the belief is at least 0.8 and the number of weeks is at most 8, scale.
	// scale true <nil>
	// the rule asks about the number of weeks, which is not known
}

// A protocol as data becomes a design that can be read.
func ExampleAnalysis() {
	a := learning.Analysis{Looking: learning.LookPlanned, At: []int{50, 100}}
	fmt.Println(a.Design().Progress(learning.Counts{Yes: 3, N: 20}))
	clues := learning.Analysis{Looking: learning.LookForClue, Clues: []learning.PlannedClue{{Name: "they say so", Diagnosticity: learning.Diagnosticity{IfTrue: 0.8, IfFalse: 0.2}}}}
	fmt.Println(clues.Design() == nil, learning.Expectation{}.IsZero())
	// Output:
	// {20 20 0 50} <nil>
	// true true
}

// Where exact answers would take too much, a sample says how far off it may be.
func ExampleTheory_Sample() {
	theory := learning.Theory{
		Steps: []learning.Step{{Name: "calls", Otherwise: record.Number(0.9)}, {Name: "work", Otherwise: record.Number(0.1)}},
		Links: []learning.Link{{From: "calls", To: "work", Strength: 0.6, Belief: 0.5}},
	}
	s, err := theory.Sample(context.Background(), learning.SampleOptions{Draws: 100_000, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Sentence("work"))
	chance, se, _ := s.Chance("work")
	fmt.Println(chance > 0.343-4*se && chance < 0.343+4*se, s.Draws(), s.Effective())
	// Output:
	// work: 34.3%, standard error 0.1501 points, from 100032 draws worth 1e+05
	// true 100032 100032
}

// One observation that bears on two links ties the beliefs in them together: more came, so one of the two must have helped.
func ExampleSharedClue() {
	theory := learning.Theory{
		Steps: []learning.Step{{Name: "calls", Otherwise: record.Number(1)}, {Name: "buses", Otherwise: record.Number(1)}, {Name: "work", Otherwise: record.Number(0)}},
		Links: []learning.Link{{Name: "call", From: "calls", To: "work", Strength: 0.5, Belief: 0.5}, {Name: "bus", From: "buses", To: "work", Strength: 0.5, Belief: 0.5}},
		Clues: []learning.SharedClue{{Name: "more came", Links: []string{"call", "bus"}, Chance: []float64{0, 0.8, 0.8, 0.8}}},
	}
	outlook, err := theory.Compile(learning.TheoryOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	belief, _ := outlook.Given(learning.Seen{})
	rests, _ := belief.Rests("work")
	for _, r := range rests {
		fmt.Printf("%s %.3f\n", r.Link, r.Belief)
	}
	// Output:
	// call 0.667
	// bus 0.667
}

// Over a whole portfolio, and only there, chances are compared with what happened.
func ExampleCalibrate() {
	var resolved []learning.Resolved
	for i := range 20 {
		resolved = append(resolved, learning.Resolved{Chance: 0.7, Reached: i%3 != 0})
	}
	c, err := learning.Calibrate(resolved)
	fmt.Println(c.Sentence(), err)
	_, err = learning.Calibrate(resolved[:5])
	fmt.Println(err)
	// Output:
	// Of 20, 14 were expected to be reached and 13 were: within what chance does. Brier 0.23. <nil>
	// 5 chances have been resolved and 20 are needed: with fewer, agreement is luck
}

// Every record is at hand, with all that was claimed of it.
func ExampleLedger() {
	ledger, err := learning.Compile(attendance(), record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	now := record.Moment{}
	fmt.Println(ledger.Contributions(), ledger.Hypotheses(), ledger.Experiments(), ledger.EvidenceIDs(), ledger.Envelopes())
	fmt.Println(ledger.Contribution("calls-help", now)[0].Record.Strength, ledger.Hypothesis("h", now)[0].Record.Prior)
	fmt.Println(ledger.Experiment("x", now)[0].Record.Kind == learning.Pilot, len(ledger.ExperimentVersions("x")))
	fmt.Println(ledger.Evidence("week-1", now)[0].Record.Result.Counts, ledger.RivalExplanations(ref("mission/work"), now)[0].Record.Chance)
	fmt.Println(ledger.Lessons("x", now)[0].Record.Learned, ledger.Decisions("x", now)[0].Record.Choice, ledger.Envelope("purse", now)[0].Record.Money)
	// Output:
	// [calls-help] [h] [x] [week-1 week-2] [purse]
	// 0.6 0.5
	// true 1
	// {17 20} 0.1
	// The hour matters. scale 1000.00 GBP
}

// Another claimant's prior stands beside, and what was reached is evidence too.
func ExampleRivalPrior() {
	s := hunch()
	doubt := s.Hypotheses[0]
	doubt.ID, doubt.Of, doubt.Claimant, doubt.Prior = "doubt", "h", "the auditors", record.Number(0.2)
	s.Hypotheses = append(s.Hypotheses, doubt)
	s.Evidence = []learning.Evidence{{Record: record.New("made"), Subject: ref("milestone/calls"), Observed: calendar.MustParseWhen("2025-02"),
		Result: learning.Result{Reached: learning.WasReached}}}

	var check record.Check // what a larger plan does; Compile does it all in one
	s.Check(&check)
	fmt.Println("faults:", check.Run().Err())
	ledger := s.Checked(record.View{})
	e, err := ledger.Explain("h", record.Moment{})
	if err != nil {
		fmt.Println(err)
		return
	}
	rival := e.Rivals[0]
	fmt.Println(e.Prior, rival.Claimant, rival.Prior)
	var result learning.Reaching = s.Evidence[0].Result.Reached
	prospects, _ := ledger.Outlook(context.Background(), record.Moment{}, learning.OutlookOptions{})
	made, _ := prospects.Of(ref("milestone/calls"))
	fmt.Println(result, made.Chance)
	// Output:
	// faults: <nil>
	// 0.5 the auditors 0.2
	// reached 1
}
