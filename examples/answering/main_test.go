package main

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite golden files")

func TestAnswering(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(&out))
	if *update {
		require.NoError(t, os.WriteFile("testdata/answering.txt", out.Bytes(), 0o644))
	}
	want, err := os.ReadFile("testdata/answering.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String())
	assert.Contains(t, out.String(), "as known on 2025-08-31: Darren Jones")
	assert.NotContains(t, out.String(), "vacant", "two dates that contradict each other are no vacancy")
	assert.Contains(t, out.String(), "break: the path from Accounting officer of the department to a forum breaks")
}
