package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// step is a command of a session in README.md, and what it is said to print.
type step struct{ command, output string }

func readmeSessions(t *testing.T) (sessions [][]step) {
	t.Helper()
	data, err := os.ReadFile("README.md")
	require.NoError(t, err)
	for block := range strings.SplitSeq(string(data), "```console\n") {
		block, _, ok := strings.Cut(block, "```\n")
		if !ok || !strings.HasPrefix(block, "$ ") {
			continue
		}
		var steps []step
		for line := range strings.Lines(block) {
			if command, ok := strings.CutPrefix(line, "$ "); ok {
				steps = append(steps, step{command: strings.TrimSpace(command)})
			} else {
				steps[len(steps)-1].output += line
			}
		}
		sessions = append(sessions, steps)
	}
	return sessions
}

// TestReadme runs the sessions of README.md in their order and holds them to what they are said to print. "…" stands for
// lines that are left out.
func TestReadme(t *testing.T) {
	sessions := readmeSessions(t)
	require.Len(t, sessions, 7)
	italy, err := filepath.Abs("../../../shared/data/plans/rrf-italy")
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	for _, session := range sessions {
		for _, s := range session {
			args := strings.Fields(strings.ReplaceAll(s.command, `"`, ""))
			if args[0] != "missions" || args[1] == "serve" {
				continue
			}
			if args[1] == "import" {
				if _, err := os.Stat(italy); err != nil {
					t.Skip("Italy's plan absent: ../shared/data not beside the repository")
				}
				args[4], args[5] = filepath.Join(italy, args[4]), filepath.Join(italy, args[5])
			}
			file := ""
			if n := len(args); args[n-2] == ">" {
				args, file = args[:n-2], args[n-1]
			}
			if strings.Contains(s.output, "2 faults") {
				mistaken, err := os.ReadFile("plan.yaml")
				require.NoError(t, err)
				text := strings.Replace(string(mistaken), "[warm-homes]", "[warm-home]", 1)
				require.NoError(t, os.WriteFile("plan.yaml", []byte(strings.Replace(text, "2027-Q2", "2027-02-30", 1)), 0o644))
				out, errs, _ := ask(t, "", args[1:]...)
				assert.Equal(t, s.output, out+errs)
				require.NoError(t, os.WriteFile("plan.yaml", mistaken, 0o644))
				continue
			}
			out, errs, status := ask(t, "", args[1:]...)
			require.Equal(t, 0, status, "%s: %s", s.command, errs)
			if file != "" {
				require.NoError(t, os.WriteFile(file, []byte(out), 0o644))
				continue
			}
			before, after, cut := strings.Cut(s.output, "…\n")
			if !cut {
				if s.output != "" {
					assert.Equal(t, s.output, out+errs, s.command)
				}
				continue
			}
			assert.True(t, strings.HasPrefix(out+errs, before), "%s begins otherwise: %.2000s", s.command, out+errs)
			assert.True(t, strings.HasSuffix(out, after), "%s ends otherwise: %s", s.command, out)
		}
	}
}
