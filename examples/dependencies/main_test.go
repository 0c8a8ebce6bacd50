package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite golden files")

func TestAnswers(t *testing.T) {
	var out, errs bytes.Buffer
	file := filepath.Join(t.TempDir(), "plan.svg")
	require.Equal(t, 0, run([]string{"-svg", file}, &out, &errs), errs.String())
	if *update {
		require.NoError(t, os.WriteFile("testdata/answers.txt", out.Bytes(), 0o644))
	}
	want, err := os.ReadFile("testdata/answers.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String())
	for line := range strings.Lines(out.String()) {
		assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), 80, line)
	}
	picture, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(picture), "<title")
	assert.Equal(t, 2, run([]string{"-nonsense"}, &out, &errs))
}
