package main

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/scenario"
)

var update = flag.Bool("update", false, "rewrite golden files")

func TestWhatIf(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(&out))
	if *update {
		require.NoError(t, os.WriteFile("testdata/whatif.txt", out.Bytes(), 0o644))
	}
	want, err := os.ReadFile("testdata/whatif.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String())
	assert.Contains(t, out.String(), "appears: F38 leaderless-mission", "the lead's post is empty")
	assert.Contains(t, out.String(), "re-dated: milestone/street, from 2026-09-30 to 2027-09-30")
	assert.Contains(t, out.String(), "held by Department for housing and Department for energy (the heat pumps)")
	assert.Empty(t, mission.Diff(plan(), plan()), "asking changes nothing")
}

// One budget for the town: the ringfences no longer stand in the way and what was handed down comes with money and the say;
// whether anybody answers for the money, and whether the pool has terms, become questions (catalogue C13, C20 and part IX, 8).
func TestOneBudget(t *testing.T) {
	before, err := mission.Compile(place(), mission.View{On: today})
	require.NoError(t, err)
	after, err := mission.Compile(place(), mission.View{On: today, Changes: together()})
	require.NoError(t, err)
	d, err := scenario.Compare(t.Context(), before, after, scenario.Options{})
	require.NoError(t, err)
	cleared, opened := make(map[string]bool), make(map[string]bool)
	for _, f := range d.Findings.Cleared {
		cleared[f.Rule.ID] = true
	}
	for _, u := range d.Findings.BecameUnassessable {
		opened[u.Rule.ID] = true
	}
	assert.True(t, cleared["F76"] && cleared["F83"], "%v", cleared)
	for _, u := range d.Findings.Raised {
		opened[u.Rule.ID] = true
	}
	assert.True(t, opened["F53"] && opened["F82"], "%v", opened)
	know, err := scenario.ToKnow(after, scenario.Question{Rule: "F82"})
	require.NoError(t, err)
	require.Len(t, know.Needs, 1)
	assert.Equal(t, 2, know.Needs[0].Fewest(), "the terms of the pool, and who answers for the shares")

	terms := mission.Pool{
		Into: funding.Pool{Record: record.Invented("one-budget"), Name: "One budget for the town", Host: "council", DecidedBy: "council",
			Rule: record.Known("the council decides, the ministries are heard"), Return: record.Known("what is left goes back by the shares paid in")},
		Money: together()[0].(mission.Pool).Money,
	}
	officers := place().Duties[1:]
	for i, share := range []record.ID{"one-budget-attendance", "one-budget-reoffending"} {
		officers[i].Subject = record.Ref{Kind: funding.KindShare, ID: share}
	}
	settled, err := mission.Compile(place(), mission.View{On: today, Changes: []mission.Change{terms, together()[1], mission.Amend{Records: mission.Spec{Duties: officers}}}})
	require.NoError(t, err)
	know, err = scenario.ToKnow(settled, scenario.Question{Rule: "F82"})
	require.NoError(t, err)
	assert.Empty(t, know.Needs, "what was named is enough")
	assert.Equal(t, 1, know.Told)
}
