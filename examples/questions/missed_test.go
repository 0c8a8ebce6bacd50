package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
	"github.com/missionled/missionled/mission/scenario"
)

// missed is one row of part V of the catalogue: what a tool for goals, roles or projects takes for granted, what this library does
// instead, and a few lines that show it.
type missed struct {
	name    string
	assumes string
	instead string
	command string // of a program that shows it too
	shows   func(*testing.T)
}

var rows = []missed{
	{"one-tree", "Goals hang on one tree", "A milestone or mission belongs to as many missions as it does, and one service carries several",
		"go run ./examples/questions D3", manyParents},
	{"one-accountable", "One is accountable for each cell", "Several answer, each for a stated part; the matrix's own rule is one profile among eight, and officer and Parliament have a way of their own",
		"go run ./examples/answering", sharedParts},
	{"clearly-attained", "A key result is a number that is reached or is not", "A milestone may be vague and say why; what nobody can tell is unknown, and never missed",
		"go run ./examples/cases", vagueOnPurpose},
	{"one-colour", "A colour or a percentage says how it goes", "What is measured, and what each says of it, stand side by side; nothing is averaged",
		"go run ./examples/planforchange", coloursBeside},
	{"rank-teams", "Teams are compared and put in order", "That figures put anybody in order is itself a finding (F22), and no function here does",
		"go test ./internal/gate", rankingIsAFinding},
	{"failure-is-red", "Failure is red", "A failure is information; one that nobody learnt from is the finding (F64)",
		"go run ./examples/testandlearn", failureIsInformation},
	{"internal-and-acyclic", "Dependencies are inside the project, and never go round", "Needs may go round and are shown as loops, bodies outside are nodes like any other, and who decides, answers and pays are wires of three sorts",
		"go run ./examples/dependencies", loopsAndWires},
	{"missing-is-zero", "What is missing is red, or nought", "Not recorded, unknown, withheld and pending are four things, and each says so",
		"go run ./examples/questions D1", missingIsNotZero},
	{"one-truth", "A field holds one truth", "Each claimant's word stands: freedom that was granted and is not felt (F65)",
		"go run ./examples/questions D5", twoClaimants},
	{"track-more", "The more is tracked the better", "Being asked costs those who are asked, and more asking than trying is a finding (F15)",
		"go run ./examples/questions T7", askingCosts},
	{"money-is-a-line", "A budget is a line", "How a settlement was reached, for how long it is firm, what is ringfenced and whose it is are fields, and rules read them (F72, F73, F76)",
		"go run ./examples/questions D4", moneyHasTerms},
	{"audience", "Stakeholders are an audience", "Partners have a stance, a capacity and a say: one that is counted on and cannot do it is a finding (F93)",
		"go run ./examples/questions D10", partnersHaveCapacity},
	{"roles-are-people", "A role is a person", "A post is held, vacant, unclear or contested, and a board knows who was to chair it (F36)",
		"go run ./examples/questions D1", postsAreNotPeople},
	{"scope-is-given", "The scope is given", "What belongs to a mission is recorded, and work that was only renamed is found (F09, F12)",
		"go run ./examples/questions D9", scopeIsAsked},
	{"plans-overwrite", "A new version of the plan replaces the old", "Every version stays, with its reason; a change that gives none is a finding (F31)",
		"go run ./examples/planforchange", versionsStay},
	{"risk-register", "A register of risks is enough", "Room to fail has bounds, an end, and somebody who carries the risk; without it, what nobody knows yet has no room (F62)",
		"go run ./examples/questions T4", roomToFail},
	{"legitimacy", "Whether people agree is out of scope", "Deliberation, consent across parties and tiers, and trust are records (F99, F100, F107)",
		"go run ./examples/questions R10", legitimacyIsRecorded},
	{"history", "History is an archive", "Earlier reforms, and the barriers by which they ended, are held against what is tried now (F112)",
		"go run ./examples/questions R6", historyIsUsed},
	{"fixed-structure", "The structure is fixed", "Who decides, answers and pays is compared before and after a reform; a unit put on top of the same wiring is found (F44)",
		"go run ./examples/questions R4", wiringBeforeAndAfter},
	{"due-date", "Time is a due date", "Horizon, term, money, tenure and windows are dates of their own, held against one another (F28, F72, F104, F106)",
		"go run ./examples/cases", fiveClocks},
	{"public-law", "There is no such thing as a route in public law", "The way from a pound to Parliament or council is followed, officer by officer, and its break is named (F54)",
		"go run ./examples/questions D4", routeToParliament},
	{"secrecy", "Nothing is said about what is secret", "Whether a board is disclosed, pending or withheld is a value, with the ground (F33, F89)",
		"go run ./examples/questions D6", secrecyIsAState},
	{"answers", "The tool gives the answer", "Each finding brings a question and its false alarm; a tension shows both sides and no balance",
		"go run ./examples/cases", questionsNotAnswers},
	{"no-stance", "There is no such thing as a stance", "To convene, fund, enable or stand back on purpose are recorded, with what the partner expected (F94)",
		"go run ./examples/questions D10", stances},
	{"usual-work", "Usual work is invisible", "Work that is good as it is has a status and a floor, and may be drained by a mission (F11)",
		"go run ./examples/questions D9", usualWork},
}

func TestMissed(t *testing.T) {
	require.Len(t, rows, 25)
	for i, row := range rows {
		t.Run(fmt.Sprintf("%02d-%s", i+1, row.name), row.shows)
	}
}

func TestMissedPage(t *testing.T) {
	var b strings.Builder
	b.WriteString(`# What a tool for goals, roles or projects would miss

Tools for objectives and key results, for responsibility matrices and for projects take some things for granted that do not hold
for missions. For each of 25 such things: what this library does instead, and the test and the command that show it. This page is
generated by ` + "`go test ./examples/questions -run TestMissedPage -update`" + `, which also checks it.

| | such a tool assumes | here | test | command |
|---|---|---|---|---|
`)
	for i, row := range rows {
		fmt.Fprintf(&b, "| %d | %s | %s | `TestMissed/%02d-%s` | `%s` |\n", i+1, row.assumes, row.instead, i+1, row.name, row.command)
	}
	b.WriteString("\nOne row alone: `go test ./examples/questions -run TestMissed/07`.\n")
	page := filepath.Join("..", "..", "docs", "missed.md")
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(page)
	require.NoError(t, err)
	assert.Equal(t, string(want), b.String())
}

var today = calendar.On(2026, 6, 30)

func when(s string) calendar.When { return calendar.MustParseWhen(s) }

// small is a model of a few records, with the two missions that they speak of.
func small(t *testing.T, spec mission.Spec) *mission.Model {
	t.Helper()
	for _, id := range []record.ID{"work", "health"} {
		spec.Missions = append(spec.Missions, mission.Mission{Record: record.Invented(id), Name: string(id), Stage: mission.StageActive, Announced: when("2025-01-15"), Horizon: when("2034-12-31")})
	}
	m, err := mission.Compile(spec, mission.View{On: today})
	require.NoError(t, err)
	return m
}

// finds holds a rule to the plans that stand beside it: it finds something in one and nothing in the other, of which it can tell.
func finds(t *testing.T, ids ...string) {
	t.Helper()
	for _, id := range ids {
		rule, ok := review.Lookup(id)
		require.True(t, ok, id)
		bad, good := rule.Bad(), rule.Good()
		assert.NotEmpty(t, found(saidThrough(t, bad.Spec, mission.View{On: bad.On}), id), "%s: %s", id, bad.Says)
		fine := saidThrough(t, good.Spec, mission.View{On: good.On})
		assert.Empty(t, found(fine, id), "%s: %s", id, good.Says)
		assert.Empty(t, untold(fine, id), "%s: %s", id, good.Says)
	}
}

func post(id record.ID) accountability.Party {
	return accountability.Party{Record: record.Invented(id), Kind: accountability.Post, Name: string(id)}
}

func manyParents(t *testing.T) {
	m := small(t, mission.Spec{
		Milestones:   []milestone.Milestone{{Record: record.Invented("door"), Name: "One door", Missions: []record.ID{"work", "health"}}},
		Initiatives:  []mission.Initiative{{Record: record.Invented("desk"), Name: "The desk"}},
		Dependencies: []milestone.Dependency{{Record: record.Invented("on-desk"), Dependent: milestone.Ref("door"), On: work("desk"), Kind: milestone.Needs}},
	})
	assert.Equal(t, m.MilestonesOf("work"), m.MilestonesOf("health"))
	assert.Subset(t, m.Graph(now).Descendants(work("desk")), []record.Ref{mission.Ref("work"), mission.Ref("health")}, "one service carries both")
}

func sharedParts(t *testing.T) {
	owner := func(id, by record.ID, part string) accountability.Duty {
		return accountability.Duty{Record: record.Invented(id), Duty: "accountable", Subject: mission.Ref("work"), Post: by, Part: part}
	}
	m := small(t, mission.Spec{Parties: []accountability.Party{post("minister"), post("leader")},
		Duties: []accountability.Duty{owner("one", "minister", "the money"), owner("other", "leader", "the doing")}})
	answer, ok := m.Register().Answerable(mission.Ref("work"), "accountable", now)
	require.True(t, ok)
	require.Len(t, answer.Carriers, 2)
	assert.Equal(t, "the money", answer.Carriers[0].Duty.Part)
	whole := m.Register().Arrangement(mission.Ref("work"), "", now)
	whole.Whole = true
	matrix, _ := accountability.ProfileNamed(accountability.ProfileRACI)
	assert.True(t, slices.ContainsFunc(matrix.Check(whole).Broken, func(c accountability.RuleCheck) bool {
		return c.Rule.Role == "accountable" && c.Least == 2
	}), "the matrix wants one; here that is one profile of several")
	assert.Greater(t, len(accountability.Profiles()), 5)
	routeToParliament(t)
}

func vagueOnPurpose(t *testing.T) {
	m := small(t, mission.Spec{Milestones: []milestone.Milestone{{Record: record.Invented("far"), Name: "Perhaps out of reach", Missions: []record.ID{"work"},
		Due: when("2026-01-31"), Use: milestone.Exploration, VagueBecause: "there is room to find out how"}}})
	s, ok := m.Plan().Standing("far", now)
	require.True(t, ok)
	assert.True(t, s.Status.IsZero(), "its day has passed, and it is unknown and not missed: %v", s.Status)
	assert.NotEmpty(t, s.Why)
	assert.Empty(t, found(review.Of(m), "F18"))
	finds(t, "F18")
}

func coloursBeside(t *testing.T) {
	says := func(id record.ID, who, colour string) milestone.Assessment {
		a := milestone.Assessment{Record: record.Invented(id), Subject: milestone.Ref("door"), OnDay: when("2026-06-01"), Rating: colour, Scale: "three colours"}
		a.Claimant = who
		return a
	}
	m := small(t, mission.Spec{
		Milestones:  []milestone.Milestone{{Record: record.Invented("door"), Name: "One door", Missions: []record.ID{"work"}, Due: when("2027")}},
		Assessments: []milestone.Assessment{says("a", "the ministry", "green"), says("b", "the council", "red")},
	})
	s, _ := m.Plan().Standing("door", now)
	require.Len(t, s.Claimed, 2, "both stand")
	assert.NotEqual(t, s.Claimed[0].Record.Rating, s.Claimed[1].Record.Rating)
	assert.Empty(t, s.Parts, "nothing is measured, so no colour becomes a figure")
	assert.NotEqual(t, milestone.Met, s.Status)
}

func rankingIsAFinding(t *testing.T) { finds(t, "F22"); TestCheck11NothingIsRanked(t) }

func failureIsInformation(t *testing.T) {
	failed := mission.Event{Record: record.Invented("failed"), Kind: mission.Failure, Subject: mission.Ref("work"), OnDay: when("2026-02-02")}
	of := record.Ref{Kind: mission.KindEvent, ID: "failed"}
	lesson := mission.Event{Record: record.Invented("learnt"), Kind: mission.Lesson, Subject: of, OnDay: when("2026-03-02"), Absent: true}
	assert.Empty(t, found(review.Of(small(t, mission.Spec{Events: []mission.Event{failed}})), "F64"), "a failure alone is no finding")
	assert.NotEmpty(t, found(review.Of(small(t, mission.Spec{Events: []mission.Event{failed, lesson}})), "F64"), "that nobody learnt is")
	finds(t, "F64")
}

func loopsAndWires(t *testing.T) {
	outside := accountability.Party{Record: record.Invented("college"), Kind: accountability.Organisation, Name: "A college", Sector: "civil-society"}
	college := record.Ref{Kind: accountability.KindParty, ID: "college"}
	needs := func(id record.ID, a, b record.Ref) milestone.Dependency {
		return milestone.Dependency{Record: record.Invented(id), Dependent: a, On: b, Kind: milestone.Needs}
	}
	m := small(t, mission.Spec{Parties: []accountability.Party{outside, post("decider"), post("payer")},
		Dependencies: []milestone.Dependency{needs("there", mission.Ref("work"), college), needs("and-back", college, mission.Ref("work"))},
		Duties: []accountability.Duty{{Record: record.Invented("d"), Duty: accountability.Decide, Subject: mission.Ref("work"), Post: "decider"},
			{Record: record.Invented("p"), Duty: accountability.Pay, Subject: mission.Ref("work"), Post: "payer"}}})
	assert.Len(t, m.Graph(now).Cycle(), 2)
	wired := scenario.Wiring(m, mission.Ref("work"), now)
	assert.Equal(t, record.ID("decider"), wired.Decides[0].Party)
	assert.Equal(t, record.ID("payer"), wired.Pays[0].Party)
	assert.Empty(t, wired.Answers)
	finds(t, "F55")
}

func missingIsNotZero(t *testing.T) {
	words := make(map[string]bool)
	for _, v := range []record.Value[bool]{{}, record.Unknown[bool]("asked"), record.Withheld[bool]("kept back"), record.Pending[bool]("to come"), record.Known(false)} {
		words[known(v)] = true
	}
	assert.Len(t, words, 5, "five things are told apart: %v", words)
	r := review.Of(small(t, mission.Spec{Milestones: []milestone.Milestone{{Record: record.Invented("door"), Name: "One door", Missions: []record.ID{"work"}, Due: when("2026-01-31")}}}))
	assert.Empty(t, r.Findings)
	assert.NotEmpty(t, untold(r, "F20"), "what is not recorded is asked for")
}

func twoClaimants(t *testing.T) {
	m := must(mission.Compile(caseSpec(t, "c10"), mission.View{On: caseSpec(t, "c10").AsOf}))
	seen := m.Register().Freedoms(record.Ref{}, now)
	require.Len(t, seen, 2, "the giver's word and the holder's")
	assert.NotEqual(t, seen[0].Record.Claimant, seen[1].Record.Claimant)
	finds(t, "F65")
}

func askingCosts(t *testing.T) {
	TestCheck04MilestoneAsLaunchedAndAsAskedAbout(t)
	finds(t, "F15", "F24")
}

func moneyHasTerms(t *testing.T) { finds(t, "F72", "F73", "F76", "F82", "F53") }

func partnersHaveCapacity(t *testing.T) { finds(t, "F93", "F91") }

func postsAreNotPeople(t *testing.T) {
	states := map[record.ID]accountability.DutyState{"a": accountability.Vacant, "b": accountability.Unclear, "c": accountability.Contested}
	spec := mission.Spec{}
	for _, id := range []record.ID{"a", "b", "c"} {
		spec.Duties = append(spec.Duties, accountability.Duty{Record: record.Invented(id), Duty: accountability.MissionLead + string(id), Subject: mission.Ref("work"), State: states[id]})
	}
	m := small(t, spec)
	for id, want := range states {
		a, ok := m.Register().Answerable(mission.Ref("work"), accountability.MissionLead+string(id), now)
		assert.True(t, ok)
		assert.Equal(t, want, a.State)
	}
	finds(t, "F36", "F38")
}

func scopeIsAsked(t *testing.T) { finds(t, "F09", "F12"); TestCheck05BadgeWithoutChange(t) }

func versionsStay(t *testing.T) {
	first := milestone.Milestone{Record: record.Invented("door"), Name: "One door", Missions: []record.ID{"work"}, Due: when("2026-12-31")}
	second := first
	second.Record = record.Invented("door-later")
	second.Of, second.Verb, second.Reason, second.Due = "door", record.Change, "the council asked for a year", when("2027-12-31")
	m := small(t, mission.Spec{Milestones: []milestone.Milestone{first, second},
		Events:  []mission.Event{{Record: record.Invented("agreed"), Kind: mission.JointDecision, Subject: milestone.Ref("door"), OnDay: when("2026-05-04"), By: []record.ID{"leader"}}},
		Parties: []accountability.Party{post("leader")}})
	assert.Len(t, m.Plan().MilestoneVersions("door"), 2)
	slips := m.Plan().Slippage("door", now)
	require.Len(t, slips, 1)
	assert.Equal(t, "the council asked for a year", m.Plan().MilestoneVersions("door")[1].Reason)
	assert.Equal(t, []record.ID{"leader"}, m.Events(milestone.Ref("door"), mission.JointDecision, now)[0].Record.By)
	finds(t, "F31")
}

func roomToFail(t *testing.T) {
	m := load().m
	space := m.Register().LastSpaces(now.Known)[0]
	assert.Equal(t, record.ID("chief-executive"), space.Record.Sponsor)
	assert.NotEmpty(t, space.Record.Protected)
	assert.Equal(t, "2026-11-30", space.Valid.Until.String())
	finds(t, "F62", "D06")
}

func legitimacyIsRecorded(t *testing.T) { finds(t, "F99", "F100", "F107") }

func historyIsUsed(t *testing.T) {
	recalled := review.Recall(load().m)
	require.Len(t, recalled.Reforms, 3)
	assert.NotEmpty(t, recalled.Reforms[0].EndedBy)
	finds(t, "F112")
}

func wiringBeforeAndAfter(t *testing.T) {
	p := load()
	before := must(mission.Compile(p.spec, mission.View{On: calendar.On(2026, 3, 1)}))
	var desk scenario.WireMove
	for _, move := range scenario.CompareWiring(before, p.m) {
		if move.Subject == work("job-desk") {
			desk = move
		}
	}
	require.Len(t, desk.Before.Decides, 1)
	require.Len(t, desk.After.Decides, 1)
	assert.Equal(t, record.ID("minister"), desk.Before.Decides[0].Party)
	assert.Equal(t, record.ID("council-leader"), desk.After.Decides[0].Party)
	finds(t, "F44")
}

func fiveClocks(t *testing.T) { finds(t, "F28", "F72", "F104", "F106") }

func routeToParliament(t *testing.T) {
	p := load()
	trails := p.m.Accounts().Trails("visit-money", record.Ref{Kind: accountability.KindParty, ID: "parliament"}, now)
	require.Len(t, trails, 1)
	assert.False(t, trails[0].Paths[0].Whole)
	assert.Contains(t, strings.Join(trails[0].Breaks, " "), "vacant")
	finds(t, "F54")
}

func secrecyIsAState(t *testing.T) {
	TestCheck16WithheldIsNotUnrecorded(t)
	finds(t, "F33", "F89")
}

func questionsNotAnswers(t *testing.T) {
	for _, rule := range review.Rules() {
		assert.True(t, strings.HasSuffix(rule.Question, "?"), "%s asks: %s", rule.ID, rule.Question)
		assert.NotEmpty(t, rule.FalseAlarm, rule.ID)
	}
	views := review.TensionsIn(load().m)
	assert.GreaterOrEqual(t, len(views), len(review.Tensions()))
	for _, v := range views {
		assert.NotEmpty(t, v.Tension.Question, v.Tension.ID)
		assert.Len(t, v.Poles, 2)
	}
}

func stances(t *testing.T) {
	r := load().m.Relations(now)[0].Record
	assert.Equal(t, mission.Controller, r.Stance)
	assert.Equal(t, mission.Enabler, r.Expected)
	finds(t, "F94")
}

func usualWork(t *testing.T) {
	finds(t, "F11")
	m := small(t, mission.Spec{Initiatives: []mission.Initiative{{Record: record.Invented("scans"), Name: "Scanning old files", Missions: []record.ID{"work"},
		Status: mission.ValuedAsItIs, Started: when("2009")}}})
	assert.Empty(t, found(review.Of(m), "F09"))
	assert.Empty(t, untold(review.Of(m), "F09"), "good as it is: nothing to ask")
}
