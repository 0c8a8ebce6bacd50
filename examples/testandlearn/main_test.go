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

func TestTestAndLearn(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(&out))
	if *update {
		require.NoError(t, os.WriteFile("testdata/testandlearn.txt", out.Bytes(), 0o644))
	}
	want, err := os.ReadFile("testdata/testandlearn.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String())
	assert.Contains(t, out.String(), "cannot change what you would do", "the posters")
	assert.Contains(t, out.String(), `says "it works, p < 0.05"`, "what the usual way would have had them believe")
}
