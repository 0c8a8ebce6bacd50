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

func TestCases(t *testing.T) {
	var out bytes.Buffer
	assert.Equal(t, 0, run(&out), "every case as the literature has it")
	if *update {
		require.NoError(t, os.WriteFile("testdata/cases.txt", out.Bytes(), 0o644))
	}
	want, err := os.ReadFile("testdata/cases.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String())
}

// TestCaseFails shows that a case that comes out otherwise is reported.
func TestCaseFails(t *testing.T) {
	var out bytes.Buffer
	n, err := study{file: "c02", expect: []string{"F38"}, not: []string{"F48"}}.hold(&out)
	require.NoError(t, err)
	assert.Equal(t, 1, n)
	assert.Contains(t, out.String(), "FAILS: F38")
	assert.Contains(t, out.String(), "FAILS: F48")
}
