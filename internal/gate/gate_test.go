package gate_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/missionled/missionled/internal/gate"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite testdata/api from the packages as they are")

// root is the repository; tests run in the folder of their package.
const root = "../.."

// repository loads the repository once for all tests.
var repository = sync.OnceValues(func() (*gate.Tree, error) { return load(root) })

func load(root string) (*gate.Tree, error) {
	repo := os.DirFS(root)
	paths, err := gate.Foreign(repo)
	if err != nil {
		return nil, err
	}
	lookup, err := exportData(root, paths)
	if err != nil {
		return nil, err
	}
	return gate.Load(repo, lookup)
}

// exportData asks the go command for what the compiler wrote about packages. They are compiled for the tests in any case.
func exportData(root string, paths []string) (gate.Lookup, error) {
	cmd := exec.Command("go", append([]string{"list", "-e", "-export", "-f", "{{.ImportPath}}\t{{.Export}}"}, paths...)...)
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, stderr.Bytes())
	}
	files := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		name, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		files[name] = file
	}
	return func(name string) (io.ReadCloser, error) {
		if files[name] == "" {
			return nil, errors.New("no export data for " + name)
		}
		return os.Open(files[name])
	}, nil
}

func tree(t *testing.T) *gate.Tree {
	t.Helper()
	tree, err := repository()
	require.NoError(t, err)
	return tree
}

func allowed(t *testing.T) gate.Allowed {
	t.Helper()
	data, err := os.ReadFile("testdata/allowed.txt")
	require.NoError(t, err)
	a, err := gate.ParseAllowed(string(data))
	require.NoError(t, err)
	return a
}

// TestRepository runs every gate on the repository. Run one with -run 'TestRepository/imports'.
func TestRepository(t *testing.T) {
	exceptions := allowed(t)
	for _, g := range gate.Gates() {
		t.Run(g.Name, func(t *testing.T) {
			faults := g.Run(tree(t), exceptions)
			if len(faults) == 0 {
				return
			}
			t.Errorf("%s: %d places where this does not hold:", g.Rule, len(faults))
			for _, f := range faults {
				t.Log(f)
			}
		})
	}
}

// TestAPI compares the exported names of every public package with the list in testdata/api. A difference is a change of
// the API: if it is meant, run with -update and say it in CHANGELOG.md.
func TestAPI(t *testing.T) {
	const dir = "testdata/api"
	var want []string
	for _, p := range tree(t).Packages {
		if !p.IsPublic() || p.Types == nil {
			continue
		}
		got := gate.API(p.Types)
		name := strings.ReplaceAll(p.Path, "/", "-") + ".txt"
		if p.Path == "." {
			if strings.TrimSpace(got) != "" {
				t.Errorf("the root exports names, and is to hold documentation only:\n%s", got)
			}
			continue
		}
		want = append(want, name)
		if *update {
			require.NoError(t, os.MkdirAll(dir, 0o755))
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(got), 0o644))
			continue
		}
		t.Run(p.Path, func(t *testing.T) {
			old, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatalf("the package has no list: run go test ./internal/gate -update")
			}
			for _, line := range lineDiff(string(old), got) {
				t.Error(line)
			}
		})
	}
	files, err := filepath.Glob(dir + "/*.txt")
	require.NoError(t, err)
	for _, f := range files {
		if slices.Contains(want, filepath.Base(f)) {
			continue
		}
		if *update {
			require.NoError(t, os.Remove(f))
			continue
		}
		t.Errorf("%s is the list of a package that is not there", f)
	}
}

// lineDiff gives the lines that only one of two sorted texts has, those of the first marked "-" and of the second "+".
func lineDiff(a, b string) []string {
	was, is := slices.Collect(strings.Lines(a)), slices.Collect(strings.Lines(b))
	var diff []string
	for _, l := range was {
		if !slices.Contains(is, l) {
			diff = append(diff, "- "+strings.TrimSpace(l))
		}
	}
	for _, l := range is {
		if !slices.Contains(was, l) {
			diff = append(diff, "+ "+strings.TrimSpace(l))
		}
	}
	return diff
}

func TestLineDiff(t *testing.T) {
	assert.Equal(t, []string{"- b", "+ d"}, lineDiff("a\nb\nc\n", "a\nc\nd\n"))
	assert.Empty(t, lineDiff("a\n", "a\n"))
}

// TestLoadTwice holds the gates to what they ask of others: the same tree gives the same lines.
func TestLoadTwice(t *testing.T) {
	again, err := load(root)
	require.NoError(t, err)
	first := tree(t)
	require.Equal(t, len(first.Packages), len(again.Packages))
	for i, p := range first.Packages {
		if p.Types != nil {
			assert.Equal(t, gate.API(p.Types), gate.API(again.Packages[i].Types), p.Path)
		}
	}
	for _, g := range gate.Gates() {
		assert.Equal(t, g.Run(first, nil), g.Run(again, nil), g.Name)
	}
}
