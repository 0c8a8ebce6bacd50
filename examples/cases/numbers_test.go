package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/review"
)

// The pairs of what was said before and what was said later, and the figures that the texts give.

// pair is an earlier claim and a later one, and what came of it in the words of the catalogue. It is seen in one of three ways:
// by what a rule says, by how an element of a reference design stands, or by who claims a fact.
type pair struct {
	Earlier, Later struct{ At, Says string }
	Result         string
	Rule           string
	Subject        record.Ref
	Grade          string // of all that the finding rests on
	Element        string
	Mission        record.ID
	Kind           string // the kind of event that would say that the element is not there
	Fact           record.Ref
	Before, After  string
}

// outcomes are the words that a result may have.
var outcomes = []string{"observed differs", "condition unmet", "forecast, not outcome", "consistent, weak evidence",
	"same worry, different author", "later text leans on continuity existing", "partial", "unknown, not absent", "unknown"}

// TestPairs reads one plan as of the day before the later text came out, and as of the day after.
func TestPairs(t *testing.T) {
	dir := os.DirFS("testdata")
	var pairs []pair
	data, err := os.ReadFile(filepath.Join("testdata", "pairs.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &pairs))
	require.Len(t, pairs, 10)
	later := time.Date(2025, time.June, 6, 0, 0, 0, 0, time.UTC)
	was, said, err := assess(dir, "pairs-plan.json", mission.View{Known: later.Add(-time.Second)})
	require.NoError(t, err)
	is, says, err := assess(dir, "pairs-plan.json", mission.View{Known: later})
	require.NoError(t, err)
	for _, p := range pairs {
		t.Run(p.Earlier.At+" and "+p.Later.At+" "+p.Result, func(t *testing.T) {
			assert.Contains(t, outcomes, p.Result)
			assert.Equal(t, p.Before, p.stands(t, was, said))
			assert.Equal(t, p.After, p.stands(t, is, says))
			assert.Equal(t, p.Kind != "", p.Result == "unknown, not absent")
			if p.Kind == "" {
				return
			}
			// That nobody speaks of it is not that it is not there: that takes somebody who says so.
			spec := is.Spec()
			spec.Events = append(slices.Clone(spec.Events), mission.Event{Record: record.New("denied"), Kind: p.Kind, Subject: mission.Ref(p.Mission), Absent: true})
			m, err := mission.Compile(spec, is.View())
			require.NoError(t, err)
			assert.Equal(t, "absent", p.stands(t, m, says))
		})
	}
}

// stands says in a word how a pair stands in a plan.
func (p *pair) stands(t *testing.T, m *mission.Model, said *review.Review) string {
	switch {
	case p.Rule != "":
		for _, f := range said.Findings {
			if f.Rule.ID != p.Rule || f.Subject != p.Subject {
				continue
			}
			assert.Equal(t, p.Grade != "", f.Weak)
			for _, e := range f.Evidence {
				if f.Weak && !e.Context {
					assert.Equal(t, p.Grade, e.Grade.String())
				}
			}
			return "found"
		}
		if slices.Contains(unassessed(said), p.Rule) {
			return "cannot tell"
		}
		return "nothing"
	case p.Element != "":
		v, err := review.CompareDesign(m, p.Mission, strings.SplitN(p.Element, "-", 2)[0])
		require.NoError(t, err)
		for _, e := range v.Elements {
			if e.Element.ID == p.Element {
				return e.Presence.String()
			}
		}
		return "no such element"
	}
	var places []string
	for ref, r := range m.Records() {
		if ref.Kind == p.Fact.Kind && r.Fact() == p.Fact.ID && !r.Recorded.After(m.View().Known) {
			places = append(places, r.At)
		}
	}
	slices.Sort(places)
	return strings.Join(places, " ")
}

// TestTwoVerdicts looks whether the Delivery Unit is seen in two ways, and no third is drawn from them.
func TestTwoVerdicts(t *testing.T) {
	m, _, err := assess(files, "c22.json", mission.View{})
	require.NoError(t, err)
	seen := 0
	for _, r := range review.Recall(m).Reforms {
		if r.Ref.ID != "pmdu" {
			assert.Len(t, r.Verdicts, 1, r.Name)
			assert.False(t, r.Differ, r.Name)
			continue
		}
		seen++
		assert.True(t, r.Differ)
		require.Len(t, r.Verdicts, 2)
		for i, want := range []struct{ claimant, at, fate string }{
			{"the author of S1", "S1:57", "One of the most successful units of the centre in thirty years"},
			{"the authors of S4", "S4:26", "A style not to be heated up again: it takes up the time of the Prime Minister"},
		} {
			v := r.Verdicts[i]
			assert.Equal(t, want.claimant, v.Claimant)
			assert.Equal(t, want.at, v.Evidence.At)
			assert.Equal(t, want.fate, v.Fate)
		}
	}
	assert.Equal(t, 1, seen)
	assert.Contains(t, review.Recall(m).String(), "They differ, and both stand.")
}

// TestContestedYear looks whether both years of one reform stand.
func TestContestedYear(t *testing.T) {
	m, _, err := assess(files, "c24.json", mission.View{})
	require.NoError(t, err)
	r := review.Recall(m).Reforms
	require.Len(t, r, 1)
	var years []string
	for _, v := range r[0].Verdicts {
		years = append(years, v.Began.String())
	}
	assert.Equal(t, []string{"2018", "2016"}, years, "in the order of the records' ids")
	assert.Equal(t, []string{"", "Failed"}, []string{r[0].Verdicts[0].Fate, r[0].Verdicts[1].Fate})
}

// TestGames holds the games to what C03 lacks: ends beyond the one in the name, several tiers, changes of course and mistakes.
func TestGames(t *testing.T) {
	m, said, err := assess(files, "c18.json", mission.View{})
	require.NoError(t, err)
	spec := m.Spec()
	tiers := make(map[string]bool)
	for _, p := range spec.Parties {
		tiers[p.Tier] = p.Tier != ""
	}
	delete(tiers, "")
	kinds := make(map[string]int)
	for _, e := range spec.Events {
		kinds[e.Kind]++
	}
	assert.GreaterOrEqual(t, len(m.OutcomesOf("games"))-1, 6, "beside the summer of sport")
	assert.GreaterOrEqual(t, len(tiers), 3)
	assert.GreaterOrEqual(t, kinds[mission.Restructure], 2)
	assert.GreaterOrEqual(t, kinds[mission.Failure], 1)
	assert.Empty(t, said.Findings)
	// What must not be found was looked at, and not passed over.
	for _, c := range said.Coverage.Rules {
		if slices.Contains([]string{"F05", "F38", "F48", "F50", "F63", "F68", "F87", "F89", "F92", "F111"}, c.Rule.ID) {
			assert.Positive(t, c.Nothing, c.Rule.ID)
		}
	}
}

// TestRefusedSum: a fall by 46% in real terms and one by 26% per person are 54 and 74 of 100, and not to be subtracted.
func TestRefusedSum(t *testing.T) {
	m, said, err := assess(files, "c21-sum.json", mission.View{})
	require.NoError(t, err)
	spec := m.Spec()
	central, _ := spec.Settlements[0].Amount.Get()
	core, _ := spec.Allocations[0].Amount.Get()
	assert.Equal(t, []string{"54.00 XTS", "74.00 XTS"}, []string{central.String(), core.String()})
	require.Len(t, said.Findings, 1)
	f := said.Findings[0]
	assert.Equal(t, "F30", f.Rule.ID)
	assert.Equal(t, `The amounts that make up the settlement of Councils are on different price bases: "real terms" and "real terms per person".`, f.Text)
	assert.Equal(t, "On which basis was the sum worked out, and what is each amount on that basis?", f.Rule.Question)

	spec.Allocations = slices.Clone(spec.Allocations)
	spec.Allocations[0].Basis = spec.Settlements[0].Basis
	m, err = mission.Compile(spec, m.View())
	require.NoError(t, err)
	said, err = review.Run(m, review.Options{Rules: []string{"F30"}})
	require.NoError(t, err)
	assert.Empty(t, said.Findings, "on one basis they may stand together")
}

// TestFallsOfCouncils: 35% and 15%, with 65 and 85 left of 100, are a gap of 20 points and a ratio of 2.33.
func TestFallsOfCouncils(t *testing.T) {
	m, said, err := assess(files, "c21.json", mission.View{})
	require.NoError(t, err)
	var text string
	for _, f := range said.Findings {
		if f.Rule.ID == "F79" {
			text = f.Text
		}
	}
	assert.Equal(t, `The money of the spending review "The spending review of 2010" changed by -35.0% in the more deprived half of areas and by -15.0% in the less deprived half. The gap is 20 percentage points, and the one fell 2.33 times as much as the other.`, text)
	poor, rich := percentIn(t, text, "changed by "), percentIn(t, text, "areas and by ")
	assert.InDelta(t, 2.33, poor/rich, 0.005)
	// The rule's own gap is of 20 points: it fires at that threshold, and not above it.
	for points, fires := range map[float64]bool{20: true, 20.001: false} {
		said, err := review.Run(m, review.Options{Rules: []string{"F79"}, Thresholds: map[string]float64{"F79.points": points}})
		require.NoError(t, err)
		assert.Equal(t, fires, len(said.Findings) == 1, points)
	}
	left := make(map[record.ID]string)
	for _, a := range m.Spec().Allocations {
		if now, known := a.Amount.Get(); known && a.Review != "" {
			left[a.ID] = now.String()
			assert.Equal(t, record.Ref{Kind: "party", ID: a.To}, a.Subject)
		}
	}
	assert.Equal(t, map[record.ID]string{"to-most-deprived": "65.00 XTS", "to-least-deprived": "85.00 XTS"}, left)
	assert.Equal(t, funding.Prevention, m.Spec().Allocations[2].Nature)
}

// TestFallsOfServices: 40%, 60% and 67% leave 60, 40 and 33 of 100.
func TestFallsOfServices(t *testing.T) {
	m, said, err := assess(files, "c21.json", mission.View{})
	require.NoError(t, err)
	var texts []string
	for _, f := range said.Findings {
		if f.Rule.ID == "F78" {
			texts = append(texts, f.Text)
		}
	}
	assert.Equal(t, []string{
		`The milestone "Homes are built" leans on the service "Housing services", whose capacity fell by 40.0% from 2010 to 2019 and the service "Planning and development", whose capacity fell by 60.0% from 2010 to 2019.`,
		`The milestone "Young people get a start" leans on the service "Services for young people", whose capacity fell by 67.0% from 2010 to 2019.`,
	}, texts)
	for service, want := range map[record.ID]float64{"housing": 60, "planning": 40, "youth": 33} {
		assert.Equal(t, []float64{100, want}, readings(m, "money-"+service), service)
	}
}

// TestStaffOfTheCentre: down by 19% and up to 5% above the start is a rise by 29.6% from the trough, and not by 24%.
func TestStaffOfTheCentre(t *testing.T) {
	m, _, err := assess(files, "c21.json", mission.View{})
	require.NoError(t, err)
	staff := readings(m, "staff-of-centre")
	require.Equal(t, []float64{100, 81, 105}, staff)
	assert.InDelta(t, 29.6, 100*(staff[2]-staff[1])/staff[1], 0.05)
}

// readings are the figures of an indicator, in the order of their periods.
func readings(m *mission.Model, indicator record.ID) []float64 {
	claims := m.Plan().Observations(indicator, record.Moment{})
	slices.SortFunc(claims, func(a, b record.Claim[milestone.Observation]) int {
		return a.Record.Period.Latest().Compare(b.Record.Period.Latest())
	})
	var list []float64
	for _, c := range claims {
		if v, known := c.Record.Value.Get(); known {
			list = append(list, v.Float())
		}
	}
	return list
}

// percentIn reads the percentage that follows some words.
func percentIn(t *testing.T, text, words string) float64 {
	_, rest, ok := strings.Cut(text, words)
	require.True(t, ok, text)
	number, _, ok := strings.Cut(rest, "%")
	require.True(t, ok, text)
	f, err := strconv.ParseFloat(number, 64)
	require.NoError(t, err)
	return f
}

// TestPairsHaveGrounds holds the records of the pairs to their places in the texts, and each pair to two of them.
func TestPairsHaveGrounds(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "pairs-plan.json"))
	require.NoError(t, err)
	spec, err := document.Unmarshal(data, document.Options{})
	require.NoError(t, err)
	m, err := mission.Compile(spec, mission.View{On: spec.AsOf})
	require.NoError(t, err)
	for ref, r := range m.Records() {
		switch {
		case ref.Kind == record.KindSource:
		case r.Grade == record.Illustrative:
			assert.Empty(t, r.At, ref)
		default:
			assert.Regexp(t, `^S[0-4]:\d+$`, r.At, "%s", ref)
			assert.False(t, r.Recorded.IsZero(), "%s", ref)
		}
	}
}

// TestLine looks at the shape of the production line: each task waits for one other, and its own target is met while the
// outcome is missed.
func TestLine(t *testing.T) {
	m, _, err := assess(files, "c32.json", mission.View{})
	require.NoError(t, err)
	order := m.Plan().Order(record.Moment{})
	assert.Equal(t, []record.ID{"task-a", "task-b", "task-c", "end"}, order)
	for i, id := range order {
		var on []record.Ref
		for _, c := range m.Plan().DependenciesOf(record.Ref{Kind: milestone.KindMilestone, ID: id}, record.Moment{}) {
			if c.Record.Dependent.ID == id {
				on = append(on, c.Record.On)
			}
		}
		if i == 0 {
			assert.Empty(t, on)
			continue
		}
		assert.Equal(t, []record.Ref{{Kind: milestone.KindMilestone, ID: order[i-1]}}, on)
	}
	for _, o := range []record.ID{"a", "b", "c"} {
		assert.Greater(t, readings(m, "count-"+o)[0], m.Plan().Targets("task-"+o, record.Moment{})[0].Record.AtLeast.Float())
	}
	assert.Less(t, readings(m, "better")[0], m.Plan().Targets("end", record.Moment{})[0].Record.AtLeast.Float())
}
