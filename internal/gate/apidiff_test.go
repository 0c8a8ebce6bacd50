//go:build apidiff

// This comparison stands behind a build tag because only .ci/run needs it, and it needs golang.org/x/exp.

package gate_test

import (
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/missionled/missionled/internal/gate"
	"github.com/stretchr/testify/require"
	"golang.org/x/exp/apidiff"
)

// TestCompatible compares the exported API with that of the last tag. A change that breaks callers must be announced: its
// line, as this test prints it, stands in CHANGELOG.md.
func TestCompatible(t *testing.T) {
	git := func(args ...string) string {
		cmd := exec.Command("git", args...)
		cmd.Dir = root
		out, err := cmd.Output()
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(out))
	}
	tag := git("describe", "--tags", "--abbrev=0", "--match", "v*")
	if tag == "" {
		t.Skip("no tag to compare with: the repository has none, or git is not here")
	}
	dir := t.TempDir()
	archive := filepath.Join(dir, "old.tar")
	require.Empty(t, git("archive", "-o", archive, tag))
	old := filepath.Join(dir, "old")
	require.NoError(t, os.Mkdir(old, 0o755))
	require.NoError(t, exec.Command("tar", "-xf", archive, "-C", old).Run())
	before, err := load(old)
	require.NoError(t, err)
	changelog, _ := tree(t).Text("CHANGELOG.md")
	for _, line := range incompatible(before, tree(t)) {
		if !strings.Contains(changelog, line) {
			t.Errorf("since %s, and not announced in CHANGELOG.md: %s", tag, line)
		}
	}
}

func incompatible(before, after *gate.Tree) []string {
	var lines []string
	for name, p := range public(before) {
		q, ok := public(after)[name]
		if !ok {
			lines = append(lines, name+": removed")
			continue
		}
		for _, c := range apidiff.Changes(p, q).Changes {
			if !c.Compatible {
				lines = append(lines, name+": "+c.Message)
			}
		}
	}
	slices.Sort(lines)
	return lines
}

func public(tree *gate.Tree) map[string]*types.Package {
	m := make(map[string]*types.Package)
	for _, p := range tree.Packages {
		if p.IsPublic() && p.Types != nil {
			m[p.Path] = p.Types
		}
	}
	return m
}
