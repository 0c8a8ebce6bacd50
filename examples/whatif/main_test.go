package main

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/mission"
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
