package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the expected output in the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"missions": main})
}

// TestScripts runs the sessions of testdata/script, each in an empty folder, as a user would type them.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: *update, RequireUniqueNames: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits runs a command and holds it to an exit status: exits 2 missions check.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	status := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		status = 1
		if text := err.Error(); strings.HasPrefix(text, "exit status ") {
			status, err = strconv.Atoi(strings.TrimPrefix(text, "exit status "))
			ts.Check(err)
		}
	}
	if status != want {
		ts.Fatalf("exit status %d, want %d", status, want)
	}
}

// ask runs the command in this process.
func ask(t testing.TB, input string, args ...string) (out, errs string, status int) {
	t.Helper()
	var o, e bytes.Buffer
	status = run(context.Background(), args, strings.NewReader(input), &o, &e)
	return o.String(), e.String(), status
}

var commands = []string{"", "chain", "check", "check-authority", "diff", "export", "forecast", "gaps", "graph", "import", "infer", "journal", "learn", "merge", "new", "report", "review", "schedule", "schema", "serve", "who"}

// TestHelp holds the help of every command to what a newcomer needs: what it does, how it is used, an example, and lines
// that fit a terminal.
func TestHelp(t *testing.T) {
	for _, c := range commands {
		t.Run(c, func(t *testing.T) {
			out, errs, status := ask(t, "", strings.Fields(c+" --help")...)
			require.Equal(t, 0, status, errs)
			assert.Contains(t, out, "\nExamples:\n  missions ")
			assert.Contains(t, out, "\nUsage:\n  missions")
			narrow(t, out)
		})
	}
}

func narrow(t testing.TB, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > width {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

// TestEightyColumns holds what is printed for people to the width of a terminal, for the largest plan of the library's own
// tests.
func TestEightyColumns(t *testing.T) {
	const plan = "../../mission/document/testdata/everything.json"
	for _, args := range []string{"check " + plan, "review " + plan, "check ../../mission/document/testdata/faults.json",
		"diff ../../mission/document/testdata/design.json " + plan, "who mission/health ../../mission/document/testdata/design.json"} {
		out, errs, _ := ask(t, "", strings.Fields(args)...)
		require.NotEmpty(t, out, "%s: %s", args, errs)
		for line := range strings.Lines(out) {
			long := utf8.RuneCountInString(strings.TrimRight(line, "\n")) > width
			words := len(strings.Fields(line))
			assert.False(t, long && words > 1, "%s: %s", args, line)
		}
	}
}

// TestSameBytes asks everything twice.
func TestSameBytes(t *testing.T) {
	const plan = "../../mission/document/testdata/everything.json"
	for _, args := range []string{"review " + plan, "review --json " + plan, "graph " + plan, "graph --format svg " + plan,
		"report -o - " + plan, "export --format yaml " + plan, "diff --json ../../mission/document/testdata/design.json " + plan} {
		once, errs, status := ask(t, "", strings.Fields(args)...)
		require.Equal(t, 0, status, errs)
		for range 5 {
			again, _, _ := ask(t, "", strings.Fields(args)...)
			assert.Equal(t, once, again, args)
		}
	}
}

// TestStarterIsSound holds the plan to start from to its own advice.
func TestStarterIsSound(t *testing.T) {
	for _, args := range []string{"new", "new --format json", "new --on 2030-05-01"} {
		text, _, status := ask(t, "", strings.Fields(args)...)
		require.Equal(t, 0, status)
		out, errs, status := ask(t, text, "check", "-")
		assert.Equal(t, 0, status, errs)
		assert.Contains(t, out, "no faults")
		narrow(t, text)
	}
	data, err := os.ReadFile("starter.yaml")
	require.NoError(t, err)
	text := string(data)
	for _, block := range []string{"dependencies", "events", "holdings"} {
		commented := text[strings.Index(text, "#   "+block+":"):]
		var lines []string
		for line := range strings.Lines(commented) {
			if !strings.HasPrefix(line, "#  ") {
				break
			}
			lines = append(lines, line[4:])
		}
		text += strings.Join(lines, "")
	}
	text += "\n"
	text = strings.Replace(text, "# What it shows", "", 1)
	text = strings.Replace(text, "milestones:\n", "milestones:\n  - {id: installers-trained, name: Installers trained}\n", 1)
	text = strings.Replace(text, "parties:\n", "parties:\n  - {id: somebody, kind: person, name: Somebody}\n", 1)
	out, _, status := ask(t, text, "check", "-")
	assert.Equal(t, 0, status, "what is commented out is sound once it is taken in: %s", out)
}
