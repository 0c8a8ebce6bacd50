package main

import (
	"cmp"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/review"
	"github.com/missionled/missionled/mission/scenario"
)

// The sixteen checks that the catalogue of the field derives from its texts (part IX). Where a case of examples/cases is meant, that
// very plan is read.

// caseSpec reads a plan of examples/cases.
func caseSpec(t *testing.T, name string) mission.Spec {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "cases", name+".json"))
	require.NoError(t, err)
	spec, err := document.Unmarshal(data, document.Options{})
	require.NoError(t, err)
	return spec
}

func said(t *testing.T, spec mission.Spec, changes ...mission.Change) *review.Review {
	t.Helper()
	return saidThrough(t, spec, mission.View{Changes: changes})
}

// saidThrough runs every rule on a plan, on its own day unless the view has one.
func saidThrough(t *testing.T, spec mission.Spec, view mission.View) *review.Review {
	t.Helper()
	if view.On.IsZero() {
		view.On = spec.AsOf
	}
	m, err := mission.Compile(spec, view)
	require.NoError(t, err)
	return review.Of(m)
}

// found lists the subjects of a rule's findings.
func found(r *review.Review, rule string) (subjects []string) {
	for _, f := range r.Findings {
		if f.Rule.ID == rule {
			subjects = append(subjects, f.Subject.String())
		}
	}
	return subjects
}

// untold lists the subjects of which a rule cannot tell.
func untold(r *review.Review, rule string) (subjects []string) {
	for _, u := range r.Unassessed {
		if u.Rule.ID == rule {
			subjects = append(subjects, u.Subject.String())
		}
	}
	return subjects
}

func TestCheck01SameChecksOppositeDiagnosis(t *testing.T) {
	one, others := said(t, caseSpec(t, "c02")), said(t, caseSpec(t, "c03"))
	require.Equal(t, len(one.Coverage.Rules), len(others.Coverage.Rules), "the same code runs the same rules on both")
	for _, rule := range []string{"F33", "F36", "F38", "F42"} {
		assert.Empty(t, found(one, rule), rule)
		assert.NotEmpty(t, found(others, rule), rule)
	}
	assert.NotEmpty(t, found(one, "F48"))
	assert.Empty(t, found(others, "F48"))
}

func TestCheck02DroppingHearsay(t *testing.T) {
	spec := caseSpec(t, "c03")
	all, firm := said(t, spec), saidThrough(t, spec, mission.View{Without: []record.Grade{record.Hearsay}})
	for _, rule := range []string{"F19", "F34", "F35"} {
		assert.NotEmpty(t, found(all, rule), rule)
		assert.Empty(t, found(firm, rule), rule)
	}
	for _, rule := range []string{"F33", "F36", "F38"} {
		assert.NotEmpty(t, found(all, rule), rule)
		assert.Equal(t, found(all, rule), found(firm, rule), rule)
	}
}

func TestCheck03FreedomGrantedAndNotPerceived(t *testing.T) {
	spec := caseSpec(t, "c10")
	assert.Equal(t, []string{"freedom/autonomy"}, found(said(t, spec), "F65"))
	felt := slices.Clone(spec.Freedoms)
	for i := range felt {
		if felt[i].Claimant == "team" {
			felt[i].Perceived, felt[i].Used = record.Known(true), record.Known(true)
		}
	}
	assert.Empty(t, said(t, spec, mission.Amend{Records: mission.Spec{Freedoms: felt}}).Findings)
}

func TestCheck04MilestoneAsLaunchedAndAsAskedAbout(t *testing.T) {
	spec := caseSpec(t, "c06")
	fresh := said(t, spec)
	for _, rule := range []string{"F15", "F16", "F17", "F18"} {
		assert.Empty(t, found(fresh, rule), rule)
	}
	assert.Equal(t, []string{"milestone/milestone"}, found(said(t, caseSpec(t, "c06-asked")), "F15"), "twelve requests, one trial")

	some := slices.Clone(spec.Events)
	for i := range 9 {
		kind, month := mission.Experiment, calendar.On(2024, 2, 1).Add(calendar.Days(30*i))
		if i < 4 {
			kind = mission.MonitoringRequest
		}
		some = append(some, mission.Event{Record: record.Invented(record.ID("happened-" + string(rune('a'+i)))), Kind: kind, Subject: milestone.Ref("milestone"), OnDay: calendar.OnDay(month)})
	}
	spec.Events = some
	later := said(t, spec)
	assert.Empty(t, found(later, "F15"), "four requests beside five experiments")
	assert.Empty(t, untold(later, "F15"))
}

func TestCheck05BadgeWithoutChange(t *testing.T) {
	assert.Equal(t, []string{"initiative/public-record"}, found(said(t, caseSpec(t, "c16")), "F09"))
	assert.Empty(t, said(t, caseSpec(t, "c16-as-usual")).Findings, "the same team, valued as it is")
}

func TestCheck06Arithmetic(t *testing.T) {
	sum := said(t, caseSpec(t, "c21-sum"))
	assert.Equal(t, []string{"settlement/central"}, found(sum, "F30"), "46% in real terms and 26% a head are of two bases: no 20% is left over")

	m, err := mission.Compile(caseSpec(t, "c21"), mission.View{On: caseSpec(t, "c21").AsOf})
	require.NoError(t, err)
	assert.NotEmpty(t, found(review.Of(m), "F79"))
	fall := func(id record.ID) float64 {
		for _, c := range m.Accounts().Allocations(now) {
			if c.Record.Fact() == id {
				return 100 - 100*float64(c.Record.Amount.V.Minor)/float64(c.Record.Was.V.Minor)
			}
		}
		return math.NaN()
	}
	most, least := fall("to-most-deprived"), fall("to-least-deprived")
	assert.InDelta(t, 20, most-least, 1e-9, "points")
	assert.InDelta(t, 2.33, most/least, 0.005, "times")
	read := make(map[record.ID]float64)
	for _, c := range m.Plan().Observations("staff-of-centre", now) {
		read[c.Record.ID] = c.Record.Value.V.Float()
	}
	assert.InDelta(t, 29.6, 100*(read["centre-2024"]/read["centre-2016"]-1), 0.05, "percent from the trough")
}

func TestCheck07UnitMoneyAlignment(t *testing.T) {
	assert.Empty(t, found(said(t, caseSpec(t, "c30")), "F105"))
	for _, gone := range []string{"no-unit", "no-money", "no-alignment"} {
		assert.NotEmpty(t, found(said(t, caseSpec(t, "c30-"+gone)), "F105"), gone)
	}
}

func TestCheck08SingleSettlement(t *testing.T) {
	for _, pair := range [][2]string{{"c20", "c20-single-settlement"}, {"c13", "c13-single"}} {
		before, after := said(t, caseSpec(t, pair[0])), said(t, caseSpec(t, pair[1]))
		for _, rule := range []string{"F76", "F83"} {
			assert.NotEmpty(t, found(before, rule), "%s %s", pair[0], rule)
			assert.Empty(t, found(after, rule), "%s %s", pair[1], rule)
		}
		assert.Empty(t, untold(before, "F82"), pair[0])
		for _, rule := range []string{"F53", "F82"} {
			assert.NotEmpty(t, untold(after, rule), "%s opens %s as a question", pair[1], rule)
		}
	}
	assert.Empty(t, found(said(t, caseSpec(t, "c20-single-settlement")), "F52"), "an outcome's parts are not at issue in a pool of money")
}

func TestCheck09PivotsWithLessons(t *testing.T) {
	assert.Empty(t, found(said(t, caseSpec(t, "c18")), "F50"))
	assert.Equal(t, []string{"mission/games"}, found(said(t, caseSpec(t, "c18-without-lessons")), "F50"))
}

// bare is an active mission with a board, money, and two bodies of which one counts on the other: of none of them is more recorded.
func bare() mission.Spec {
	return mission.Spec{
		AsOf: calendar.On(2026, 6, 30),
		Parties: []accountability.Party{{Record: record.Invented("council"), Kind: accountability.Organisation, Name: "A council"},
			{Record: record.Invented("ministry"), Kind: accountability.Organisation, Name: "A ministry"}},
		Missions: []mission.Mission{{Record: record.Invented("work"), Name: "Work", Stage: mission.StageActive, Announced: calendar.MustParseWhen("2025-01-15")}},
		Forums:   []accountability.Forum{{Record: record.Invented("board"), Kind: accountability.MissionBoard, Subject: mission.Ref("work")}},
		Allocations: []funding.Allocation{{Record: record.Invented("money"), Subject: mission.Ref("work"), To: "council",
			Amount: record.Known(record.Money{Minor: 100, Currency: "GBP"})}},
		Relations: []mission.Relation{{Record: record.Invented("trust"), Party: "council", Subject: mission.Ref("work"), Trust: mission.TrustBroken}},
	}
}

func TestCheck10UnknownIsNoFinding(t *testing.T) {
	r := said(t, bare())
	for rule, subject := range map[string]string{"F33": "forum/board", "F35": "forum/board", "F53": "allocation/money", "F107": "relation/trust"} {
		assert.Empty(t, found(r, rule), rule)
		assert.Equal(t, []string{subject}, untold(r, rule), rule)
	}
	assert.Empty(t, r.Findings, "nothing that nobody recorded is held against anybody")
}

func TestCheck11NothingIsRanked(t *testing.T) {
	ranks := regexp.MustCompile(`(?i)rank|score|league|top_?n|worst|best|leader_?board`)
	names := 0
	for _, top := range []string{"mission", "milestone", "accountability", "graph"} {
		require.NoError(t, filepath.WalkDir(filepath.Join("..", "..", top), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && f.Name.IsExported() {
					names++
					assert.False(t, ranks.MatchString(f.Name.Name), "%s in %s", f.Name.Name, path)
				}
			}
			return nil
		}))
	}
	assert.Greater(t, names, 500, "the functions were looked at")

	spec := must(document.Unmarshal(town, document.Options{}))
	first := said(t, spec)
	order := func(a, b review.Finding) int {
		return cmp.Or(number(a.Rule.ID)-number(b.Rule.ID), a.Subject.Compare(b.Subject))
	}
	assert.True(t, slices.IsSortedFunc(first.Findings, order), "by the number of the rule, then by subject")
	mixed := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		mixed.Shuffle(len(spec.Events), func(i, j int) { spec.Events[i], spec.Events[j] = spec.Events[j], spec.Events[i] })
		mixed.Shuffle(len(spec.Duties), func(i, j int) { spec.Duties[i], spec.Duties[j] = spec.Duties[j], spec.Duties[i] })
		mixed.Shuffle(len(spec.Parties), func(i, j int) { spec.Parties[i], spec.Parties[j] = spec.Parties[j], spec.Parties[i] })
		mixed.Shuffle(len(spec.Allocations), func(i, j int) { spec.Allocations[i], spec.Allocations[j] = spec.Allocations[j], spec.Allocations[i] })
		assert.Equal(t, first.String(), said(t, spec).String())
	}
}

// number is a rule's place in the order of ids: its letter, then its number.
func number(id string) int {
	n := 1000 * int(id[0])
	place := 0
	for _, digit := range id[1:] {
		place = 10*place + int(digit-'0')
	}
	return n + place
}

func TestCheck12CirclesOfPrecedenceAndOfNeed(t *testing.T) {
	spec := mission.Spec{Milestones: []milestone.Milestone{{Record: record.Invented("a"), Name: "A"}, {Record: record.Invented("b"), Name: "B"}}}
	circle := func(kind milestone.Link) mission.Spec {
		s := spec
		s.Dependencies = []milestone.Dependency{
			{Record: record.Invented("a-b"), Dependent: milestone.Ref("a"), On: milestone.Ref("b"), Kind: kind},
			{Record: record.Invented("b-a"), Dependent: milestone.Ref("b"), On: milestone.Ref("a"), Kind: kind},
		}
		return s
	}
	_, err := mission.Compile(circle(milestone.FinishStart), mission.View{})
	fault, ok := errors.AsType[*milestone.PrecedenceError](err)
	require.True(t, ok, "%v", err)
	assert.Len(t, fault.Walk, 2, "the circle itself is the error")

	m, err := mission.Compile(circle(milestone.Needs), mission.View{})
	require.NoError(t, err)
	assert.Len(t, m.Graph(now).Cycle(), 2, "a loop to be looked at, and no error")
}

func TestCheck13UnknownWordsSurvive(t *testing.T) {
	theirs := must(document.Unmarshal(elsewhere, document.Options{}))
	back, err := document.Marshal(theirs)
	require.NoError(t, err)
	again, err := document.Unmarshal(back, document.Options{})
	require.NoError(t, err)
	assert.Equal(t, theirs, again)
	for _, word := range []string{`"place-guardian"`, `"critical-friend"`, `"estuary"`, `"mutual"`, `"walk-the-quay"`, `"x-weather"`, `"simmering"`} {
		assert.Contains(t, string(back), word)
	}
	m, err := mission.Compile(again, mission.View{})
	require.NoError(t, err)
	a, ok := m.Register().Answerable(mission.Ref("harbour-work"), "place-guardian", now)
	assert.True(t, ok)
	assert.Equal(t, accountability.Held, a.State)
}

func TestCheck14OneServiceLocksTheSolution(t *testing.T) {
	assert.Empty(t, found(said(t, caseSpec(t, "c01")), "F05"), "many parts")
	assert.Equal(t, []string{"mission/get-britain-working"}, found(said(t, caseSpec(t, "c01-service")), "F05"), "one service of one department")
}

func TestCheck15ProcessIsNoAnswer(t *testing.T) {
	assert.NotEmpty(t, found(said(t, caseSpec(t, "c28")), "F67"))
	assert.NotEmpty(t, found(said(t, caseSpec(t, "c28-process")), "F67"), "a form, an address and an inquiry answer nobody")
	assert.Empty(t, found(said(t, caseSpec(t, "c28-answered")), "F67"))
}

func TestCheck16WithheldIsNotUnrecorded(t *testing.T) {
	silent := bare()
	kept := bare()
	kept.Forums[0].From = calendar.MustParseWhen("2025-02-01")
	kept.Forums[0].Members = record.Withheld[[]record.ID]("the office does not say")
	a, b := said(t, silent), said(t, kept)
	assert.Empty(t, found(a, "F33"))
	assert.Equal(t, []string{"forum/board"}, found(b, "F33"))
	k, err := scenario.ToKnow(must(mission.Compile(silent, mission.View{On: silent.AsOf})), scenario.Question{Rule: "F33"})
	require.NoError(t, err)
	require.Len(t, k.Needs, 1)
	for _, f := range b.Findings {
		if f.Rule.ID == "F33" {
			assert.Contains(t, f.Text, "withheld")
			assert.NotContains(t, f.Text, "not recorded")
			assert.Contains(t, k.Needs[0].Text, "is not recorded")
		}
	}
}
