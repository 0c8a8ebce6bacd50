package gate_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/internal/gate"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// documents are the Markdown files whose code is held to account: all but those of test data.
func documents(t *testing.T) []*gate.Text {
	t.Helper()
	var docs []*gate.Text
	for _, x := range tree(t).Texts {
		if path.Ext(x.Name) == ".md" && !strings.Contains(x.Name, "testdata/") {
			docs = append(docs, x)
		}
	}
	names := make([]string, len(docs))
	for i, d := range docs {
		names[i] = d.Name
	}
	for _, must := range []string{"README.md", "CONTRIBUTING.md", "docs/format.md", "docs/glossary.md"} {
		require.Contains(t, names, must)
	}
	return docs
}

// TestDocumentPrograms builds every whole program in a document, as a reader would who puts it into the module. Where a
// fence marked "text output" follows, the program is run and must print just that. A fence marked "text output of go run
// ./examples/…" is held against what that command prints; there a line "…" stands for any lines.
func TestDocumentPrograms(t *testing.T) {
	bin := t.TempDir()
	overlay := struct{ Replace map[string]string }{make(map[string]string)}
	abs, err := filepath.Abs(root)
	require.NoError(t, err)
	type run struct {
		name    string // file and line of the program, or the command
		command []string
		want    gate.Fence
	}
	var packages []string
	var runs []run
	add := func(folder string) {
		if !slices.Contains(packages, folder) {
			packages = append(packages, folder)
		}
	}
	for _, d := range documents(t) {
		fences := gate.Fences(d)
		for i, f := range fences {
			if f.IsProgram() {
				name := fmt.Sprintf("program%d", len(overlay.Replace))
				source := filepath.Join(bin, name+".go")
				require.NoError(t, os.WriteFile(source, []byte(f.Code), 0o644))
				folder := "./documents/" + name
				overlay.Replace[filepath.Join(abs, folder, "main.go")] = source
				add(folder)
				if i+1 < len(fences) && fences[i+1].Info == "text output" {
					runs = append(runs, run{fmt.Sprintf("%s:%d", f.File, f.Line), []string{folder}, fences[i+1]})
				}
			}
			if cmd, ok := strings.CutPrefix(f.Info, "text output of go run "); ok {
				words := strings.Fields(cmd)
				add(words[0])
				runs = append(runs, run{fmt.Sprintf("%s:%d", f.File, f.Line), words, f})
			}
		}
	}
	require.NotEmpty(t, overlay.Replace, "README.md holds a first program in a fence marked go")
	data, err := json.Marshal(overlay)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(bin, "overlay.json"), data, 0o644))
	build := exec.Command("go", append([]string{"build", "-overlay", filepath.Join(bin, "overlay.json"), "-o", bin + "/"}, packages...)...)
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("the programs in the documents do not build: %v\n%s", err, out)
	}
	for _, r := range runs {
		t.Run(r.name, func(t *testing.T) {
			cmd := exec.Command(filepath.Join(bin, path.Base(r.command[0])), r.command[1:]...)
			cmd.Dir = root
			out, err := cmd.Output()
			require.NoError(t, err)
			assert.NoError(t, excerpt(string(out), r.want.Code), "what follows is not what it prints:\n%s", out)
		})
	}
}

// excerpt reports whether text is want, where a line "…" of want stands for any lines.
func excerpt(text, want string) error {
	rest := slices.Collect(strings.Lines(strings.TrimRight(text, "\n") + "\n"))
	free := false
	for line := range strings.Lines(want) {
		if strings.TrimSpace(line) == "…" {
			free = true
			continue
		}
		at := slices.IndexFunc(rest, func(l string) bool { return strings.TrimRight(l, " \n") == strings.TrimRight(line, " \n") })
		if at < 0 || !free && at > 0 {
			return fmt.Errorf("not where it should be: %q", line)
		}
		rest, free = rest[at+1:], false
	}
	if len(rest) > 0 && !free {
		return fmt.Errorf("more is printed: %q", rest[0])
	}
	return nil
}

func TestExcerpt(t *testing.T) {
	assert.NoError(t, excerpt("a\nb\nc\nd\n", "a\n…\nd\n"))
	assert.NoError(t, excerpt("a\nb\n", "a\n…\n"))
	assert.Error(t, excerpt("a\nb\nc\n", "a\nc\n"), "a line is left out without saying so")
	assert.Error(t, excerpt("a\nb\nc\n", "a\nb\n"), "the end is left out without saying so")
	assert.Error(t, excerpt("a\nb\n", "…\nc\n"), "a line that is not printed")
}

// TestDocumentFragments holds Go code that is no whole program to the names that exist.
func TestDocumentFragments(t *testing.T) {
	for _, d := range documents(t) {
		for _, f := range gate.Fences(d) {
			if !f.IsGo() || f.IsProgram() {
				continue
			}
			for _, wrong := range tree(t).CheckFragment(f) {
				t.Errorf("%s:%d: %s", f.File, f.Line, wrong)
			}
		}
	}
}

// TestDocumentJSON reads the JSON in documents: a plan as a plan, and a fence marked with a kind of record, such as
// "json milestone", as a record of that kind.
func TestDocumentJSON(t *testing.T) {
	plans := 0
	for _, d := range documents(t) {
		for _, f := range gate.Fences(d) {
			kind, ok := strings.CutPrefix(f.Info, "json")
			if !ok || kind != "" && kind[0] != ' ' {
				continue
			}
			at := fmt.Sprintf("%s:%d", f.File, f.Line)
			if kind = strings.TrimSpace(kind); kind != "" {
				for _, wrong := range readRecord(record.Kind(kind), f.Code) {
					t.Errorf("%s: %s", at, wrong)
				}
				continue
			}
			var plan map[string]any
			if err := json.Unmarshal([]byte(f.Code), &plan); err != nil || plan["format"] == nil {
				assert.True(t, json.Valid([]byte(f.Code)), "%s: the fence is no JSON", at)
				continue
			}
			plans++
			spec, err := document.Unmarshal([]byte(f.Code), document.Options{})
			if assert.NoError(t, err, at) {
				_, err = mission.Compile(spec, mission.View{On: spec.AsOf})
				assert.NoError(t, err, at)
			}
		}
	}
	assert.Positive(t, plans, "docs/format.md shows a whole plan")
}

// readRecord says what is wrong with the text of one record; that what it refers to is elsewhere is no fault here.
func readRecord(kind record.Kind, code string) []string {
	var line bytes.Buffer
	var head struct{ ID record.ID }
	if err := json.Compact(&line, []byte(code)); err != nil {
		return []string{err.Error()}
	}
	if err := json.Unmarshal(line.Bytes(), &head); err != nil {
		return []string{err.Error()}
	}
	_, err := document.FromRows(mission.Spec{}, []document.Row{{Ref: record.Ref{Kind: kind, ID: head.ID}, Data: line.Bytes()}}, document.Options{})
	all, ok := errors.AsType[*document.Error](err)
	if !ok {
		return nil
	}
	var wrong []string
	for _, f := range all.Faults {
		if _, dangles := errors.AsType[*record.DanglingError](f.Err); !dangles {
			wrong = append(wrong, f.Error())
		}
	}
	return wrong
}
