package main

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite golden files")

func TestQuestions(t *testing.T) {
	var out, faults bytes.Buffer
	require.Equal(t, 0, run(nil, &out, &faults), faults.String())
	if *update {
		require.NoError(t, os.WriteFile("testdata/questions.txt", out.Bytes(), 0o644))
	}
	want, err := os.ReadFile("testdata/questions.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String())
	assert.Empty(t, faults.String())
}

func TestOneQuestion(t *testing.T) {
	var out, faults bytes.Buffer
	assert.Equal(t, 0, run([]string{"T10"}, &out, &faults))
	assert.True(t, strings.HasPrefix(out.String(), "T10. "), out.String())
	assert.NotContains(t, out.String(), "T9.")
	assert.Equal(t, 2, run([]string{"T11"}, &out, &faults))
	assert.Contains(t, faults.String(), "there is none of that name")
}

// TestTenLines holds every answer to ten lines of body, and every number of the three lists to an answer.
func TestTenLines(t *testing.T) {
	const most = 10
	var numbers []string
	for _, list := range []struct {
		letter string
		last   int
	}{{"D", 11}, {"R", 10}, {"T", 10}} {
		for i := range list.last {
			numbers = append(numbers, fmt.Sprintf("%s%d", list.letter, i+1))
		}
	}
	lines := make(map[string]int)
	fset := token.NewFileSet()
	for _, name := range []string{"developers.go", "researchers.go", "teams.go"} {
		file, err := parser.ParseFile(fset, name, nil, 0)
		require.NoError(t, err)
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				lines[f.Name.Name] = fset.Position(f.Body.Rbrace).Line - fset.Position(f.Body.Lbrace).Line - 1
			}
		}
	}
	var asked []string
	for _, reader := range readers {
		for _, q := range reader.questions {
			asked = append(asked, q.id)
			n, ok := lines[strings.ToLower(q.id)]
			assert.True(t, ok, "%s has no answer of its name", q.id)
			assert.LessOrEqual(t, n, most, "the answer to %s", q.id)
		}
	}
	assert.Equal(t, numbers, asked)
	assert.Len(t, lines, len(numbers)+1, "the answers, and one that names a duty: nothing else hides lines here")
}
