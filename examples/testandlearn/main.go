// Testandlearn walks with a small team from a hunch to a decision: is the test worth running at all, what may be believed while it runs, what the
// usual way of looking would have had them believe, what was learnt, and what that means for the mission. The team, its figures and its
// mission are made up.
//
//	go run ./examples/testandlearn
package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var (
	work  = mission.Ref("good-work")
	turns = milestone.Ref("people-come")
)

func when(s string) calendar.When { return calendar.MustParseWhen(s) }

// week is one week of forty people, five with a call and five without.
type week struct {
	ends            string
	without, called int // of five, who came
}

var weeks = []week{{"2026-03-06", 1, 5}, {"2026-03-13", 3, 2}, {"2026-03-20", 3, 2}, {"2026-03-27", 3, 3}}

// plan is the mission, the hunch and the experiments, with the evidence of the weeks so far.
func plan(so int) mission.Spec {
	gbp := func(n int64) record.Money { return record.Money{Minor: 100 * n, Currency: "GBP"} }
	spec := mission.Spec{
		AsOf:     calendar.On(2026, 2, 27),
		Missions: []mission.Mission{{Record: record.Invented("good-work"), Name: "Everybody who wants work finds it"}},
		Milestones: []milestone.Milestone{{Record: record.Invented("people-come"), Name: "Nine in ten come to their first meeting", Missions: []record.ID{"good-work"},
			Due: when("2026-12"), Use: milestone.Exploration}},
		Initiatives: []mission.Initiative{
			{Record: record.Invented("calls"), Name: "A call the day before", Missions: []record.ID{"good-work"}, Kind: mission.TestAndLearn},
			{Record: record.Invented("posters"), Name: "New posters in the hall", Missions: []record.ID{"good-work"}, Kind: mission.TestAndLearn},
		},
		Contributions: []learning.Contribution{
			{Record: record.Invented("calls-bring"), Cause: record.Ref{Kind: mission.KindInitiative, ID: "calls"}, Effect: turns, Strength: record.Number(0.6)},
			{Record: record.Invented("posters-bring"), Cause: record.Ref{Kind: mission.KindInitiative, ID: "posters"}, Effect: turns, Strength: record.Number(0.05)},
			{Record: record.Invented("coming-leads"), Cause: turns, Effect: work, Strength: record.Number(0.5)},
		},
		RivalExplanations: []learning.RivalExplanation{
			{Record: record.Invented("calls-made"), Subject: record.Ref{Kind: mission.KindInitiative, ID: "calls"}, Chance: record.Number(0.95), Why: "the team makes them"},
			{Record: record.Invented("posters-hung"), Subject: record.Ref{Kind: mission.KindInitiative, ID: "posters"}, Chance: record.Number(1)},
			{Record: record.Invented("letters"), Subject: turns, Chance: record.Number(0.2), Why: "the letter may bring them without a call"},
			{Record: record.Invented("economy"), Subject: work, Chance: record.Number(0.3), Why: "jobs may come without us"},
		},
		Hypotheses: []learning.Hypothesis{
			{Record: record.Invented("calls-work"), Contribution: "calls-bring", Claim: "A call the day before brings people in", Prior: record.Number(0.5), Low: record.Number(0.3), High: record.Number(0.7),
				Basis: learning.BasisElicited, Declared: when("2026-02-20"), WouldChangeOurMind: "no more of those called come than of the others"},
			{Record: record.Invented("posters-work"), Contribution: "posters-bring", Claim: "New posters bring people in", Prior: record.Number(0.5), Basis: learning.BasisElicited, Declared: when("2026-02-20"), WouldChangeOurMind: "as many come as before"},
			{Record: record.Invented("meeting-helps"), Contribution: "coming-leads", Claim: "Who comes to the first meeting finds work sooner", Prior: record.Number(0.8), Basis: "base-rate", Declared: when("2026-02-20"), WouldChangeOurMind: "no difference after half a year"},
		},
		Envelopes: []learning.Envelope{{Record: record.Invented("small-change"), Subject: work, Money: gbp(5000), People: 100, Closes: when("2026-06-30")}},
		Experiments: []learning.Experiment{
			{Record: record.Invented("call-forty"), Name: "Call twenty of forty", Tests: []record.ID{"calls-work"}, Kind: learning.RandomisedTest, Declared: when("2026-02-27"), Started: when("2026-03-02"),
				Exposure: learning.Exposure{Cost: gbp(400), Weeks: 4, People: 40, Reversible: record.Known(true), Envelope: "small-change", StopRules: []string{"anybody complains of being harassed"}},
				Protocol: learning.Protocol{Measure: "who comes to the first meeting", Unit: "person", Arms: []string{"letter alone", "letter and a call"}, Detects: learning.Diagnosticity{IfTrue: 0.8, IfFalse: 0.1},
					Analysis: learning.Analysis{Looking: learning.LookAnytime},
					Expect:   learning.Expectation{IfTrue: learning.Beta{A: 8, B: 2}, IfFalse: learning.Beta{A: 5, B: 5}, Comparison: learning.Randomised},
					Rules: []learning.Rule{
						{Name: "go on", When: []learning.Condition{{Of: learning.GaugeBelief, AtLeast: record.Number(0.8)}}, Then: learning.Scale},
						{Name: "let go", When: []learning.Condition{{Of: learning.GaugeBelief, AtMost: record.Number(0.3)}}, Then: learning.Stop},
					}}},
			{Record: record.Invented("hang-posters"), Name: "Posters in one hall", Tests: []record.ID{"posters-work"}, Kind: learning.BeforeAndAfter, Declared: when("2026-02-27"),
				Exposure: learning.Exposure{Cost: gbp(300), Weeks: 4, Reversible: record.Known(true), Envelope: "small-change"},
				Protocol: learning.Protocol{Measure: "who comes", Detects: learning.Diagnosticity{IfTrue: 0.6, IfFalse: 0.4}}},
		},
	}
	if so < 0 { // before anything has started
		spec.Experiments[0].Started = calendar.When{}
	}
	for i, w := range weeks[:max(0, so)] {
		spec.Evidence = append(spec.Evidence, learning.Evidence{
			Record: record.Invented(record.ID(fmt.Sprintf("week-%d", i+1))), Experiment: "call-forty", Hypotheses: []record.ID{"calls-work"}, Observed: when(w.ends),
			Origin: learning.Origin{System: "diary", Dataset: "first meetings", First: 1 + 10*i, Last: 10 + 10*i},
			Result: learning.Result{Arms: learning.Pair{A: learning.Counts{Yes: w.without, N: 5}, B: learning.Counts{Yes: w.called, N: 5}}},
		})
	}
	if so == len(weeks) {
		e := &spec.Experiments[0]
		e.Concluded, e.Ending, e.Because = when("2026-03-27"), learning.EndedByRule, "forty people"
		spec.Lessons = []learning.Lesson{{Record: record.Invented("no-miracle"), Experiment: "call-forty", Believed: "a call brings people in", Observed: "twelve of twenty came with a call, ten of twenty without",
			Learned: "a call alone does little; those who did not come said the time was wrong", Therefore: "try offering two times", OnDay: when("2026-03-30")}}
		spec.Decisions = []learning.Decision{{Record: record.Invented("let-go"), About: "calls-work", Experiment: "call-forty", Rule: "let go", RuleSaid: learning.Stop, Choice: learning.Stop, OnDay: when("2026-03-31"), ReviewBy: when("2026-06-30")}}
	}
	return spec
}

func compiled(so int) (*mission.Model, error) { return mission.Compile(plan(so), mission.View{}) }

func run(w io.Writer) error {
	steps := []func(io.Writer) error{before, during, after}
	for i, step := range steps {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if err := step(w); err != nil {
			return err
		}
	}
	return nil
}

// before asks whether a test could change what the team would do.
func before(w io.Writer) error {
	m, err := compiled(-1)
	if err != nil {
		return err
	}
	at := record.Moment{On: calendar.On(2026, 2, 28)}
	fmt.Fprintln(w, "BEFORE: is a test worth running?")
	agenda, err := m.Ledger().Next(context.Background(), at, learning.Stakes{
		Target: turns, Currency: "GBP", Budget: 1000, PerWeek: 20,
		Actions: []learning.Action{{Name: "leave it"}, {Name: "calls and posters everywhere", IfReached: 40_000, IfNot: -30_000}},
	}, learning.OutlookOptions{})
	if err != nil {
		return err
	}
	fmt.Fprintln(w, agenda.Prospect.Sentence())
	for _, e := range agenda.Experiments {
		fmt.Fprintf(w, "- %s: %s\n", m.Name(record.Ref{Kind: learning.KindExperiment, ID: e.Experiment}), e.Sentence())
	}
	card, err := m.Ledger().TestCard("call-forty", at)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s", card.Text())
	return nil
}

// during reads the data every week, in the usual way and in one that may be looked at at any time.
func during(w io.Writer) error {
	fmt.Fprintln(w, "WHILE IT RUNS: a look every week")
	var a, b learning.Counts
	for i, week := range weeks {
		a = a.Plus(learning.Counts{Yes: week.without, N: 5})
		b = b.Plus(learning.Counts{Yes: week.called, N: 5})
		m, err := compiled(i + 1)
		if err != nil {
			return err
		}
		at := record.Moment{On: when(week.ends).Latest()}
		reading, err := m.Ledger().Reading("call-forty", 0, at)
		if err != nil {
			return err
		}
		belief, err := m.Ledger().Belief("calls-work", at)
		if err != nil {
			return err
		}
		p := usual(a, b)
		verdict := "says nothing"
		if p < 0.05 {
			verdict = `says "it works, p < 0.05"`
		}
		fmt.Fprintf(w, "week %d: %d of %d came without a call, %d of %d with one\n", i+1, a.Yes, a.N, b.Yes, b.N)
		fmt.Fprintf(w, "  the usual test, looked at each week: p = %.3f, %s\n", p, verdict)
		fmt.Fprintf(w, "  here: %s\n", reading.Sentence())
		fmt.Fprintf(w, "  belief that calls work: %.0f%%\n", 100*belief)
	}
	fmt.Fprintln(w, "Had the team stopped at the first p < 0.05, it would have believed in week 1 what four weeks do not bear out.")
	return nil
}

// usual is the p-value of the two-sided z test of two shares, which holds only where the data are looked at once.
func usual(a, b learning.Counts) float64 {
	pooled := float64(a.Yes+b.Yes) / float64(a.N+b.N)
	se := math.Sqrt(pooled * (1 - pooled) * (1/float64(a.N) + 1/float64(b.N)))
	return math.Erfc(math.Abs(b.Share()-a.Share()) / se / math.Sqrt2)
}

// after says what was learnt, and carries it up to the mission.
func after(w io.Writer) error {
	m, err := compiled(len(weeks))
	if err != nil {
		return err
	}
	at := record.Moment{On: calendar.On(2026, 4, 1)}
	fmt.Fprintln(w, "AFTER: what was learnt, and what it means for the mission")
	why, err := m.Ledger().Explain("calls-work", at)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\n", why.Text())
	card, err := m.Ledger().LearningCard("call-forty", at)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\n", card.Text())
	prospects, err := m.Ledger().Outlook(context.Background(), at, learning.OutlookOptions{})
	if err != nil {
		return err
	}
	for _, ref := range []record.Ref{turns, work} {
		if p, ok := prospects.Of(ref); ok {
			fmt.Fprintf(w, "%s\n", p.Sentence())
		}
	}
	return nil
}
