package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/examples/missions/internal/planfile"
	"github.com/missionled/missionled/mission"
)

// hostile are texts that try to get out of the place where they are shown: into markup, a terminal, a formula, another
// line, or another direction.
var hostile = []string{
	"<script>alert(1)</script>",
	`"><img src=x onerror=alert(1)>`,
	"\x1b[2J\x1b]0;owned\x07",
	"safe\u202egnp.exe\u202c\u2066x\u2069",
	"=HYPERLINK(\"http://example.org/?\"&A1)",
	"+1\n-2\n@SUM(A1)",
	"\"]; n1 -> n2; x [\"",
	"end\"\n  n9[\"x\"] --> n0\n%% ",
	"--><svg onload=alert(1)>]]>",
	"\u009b31mred\u0000nul\u2028line",
	strings.Repeat("a hundred thousand characters ", 3_500),
	"../../etc/passwd",
}

// hostilePlan is a sound plan in which every text is hostile.
func hostilePlan(t testing.TB, hostile []string) string {
	t.Helper()
	type record map[string]any
	var missions, milestones, parties, duties, links, events []record
	for i, text := range hostile {
		id := string(rune('a'+i)) + "-x"
		missions = append(missions, record{"id": id, "name": text, "statement": text, "problem": text})
		milestones = append(milestones, record{"id": id, "name": text, "missions": []string{id}, "due": "2027", "place": text, "vague_because": text})
		parties = append(parties, record{"id": id, "kind": "organisation", "name": text, "tier": text},
			record{"id": id + "-post", "kind": "post", "name": text, "of_party": id}, record{"id": id + "-person", "kind": "person", "name": text})
		duties = append(duties, record{"id": id, "duty": text, "subject": "mission/" + id, "post": id + "-post", "part": text, "claimant": text, "at": text},
			record{"id": id + "-lead", "duty": "mission-lead", "subject": "mission/" + id, "state": "vacant", "claimant": text, "from": "2024-01-01"})
		events = append(events, record{"id": id, "kind": text, "name": text, "subject": "mission/" + id, "note": text, "x-note": text})
		if i > 0 {
			links = append(links, record{"id": id, "dependent": "milestone/" + id, "on": "milestone/" + string(rune('a'+i-1)) + "-x", "kind": "needs", "note": text})
		}
	}
	var data bytes.Buffer
	e := json.NewEncoder(&data)
	e.SetEscapeHTML(false)
	err := e.Encode(record{"format": "missionled/1", "title": hostile[0] + hostile[2] + hostile[3] + strings.Repeat("a million ", 100_000), "as_of": "2026-01-01", "missions": missions,
		"milestones": milestones, "parties": parties, "duties": duties, "dependencies": links, "events": events})
	require.NoError(t, err)
	name := filepath.Join(t.TempDir(), "plan.json")
	require.NoError(t, os.WriteFile(name, data.Bytes(), 0o644))
	return name
}

// seen fails where a text holds what nobody sees.
func seen(t testing.TB, what, text string) {
	t.Helper()
	for _, r := range text {
		if unseen(r) {
			t.Errorf("%s: %U gets out", what, r)
			return
		}
	}
}

// TestHostilePlan puts a hostile plan to every command, in every format: nothing gets out of its place.
func TestHostilePlan(t *testing.T) {
	plan := hostilePlan(t, hostile)
	folder := t.TempDir()
	other := filepath.Join(folder, "other.json")
	require.NoError(t, os.WriteFile(other, []byte(`{"format": "missionled/1"}`), 0o644))
	for _, args := range [][]string{
		{"check", plan}, {"review", plan}, {"diff", other, plan}, {"who", "mission/c-x", plan}, {"who", "mission/d-x", plan}, {"who", "party/k-x-post", plan},
		{"who", hostile[2], plan}, {"review", hostile[3]}, {"review", plan, "--on", hostile[2]}, {"graph", plan, "--format", hostile[9]}, {hostile[2]},
		{"graph", plan, "--format", "mermaid"}, {"graph", plan, "--format", "dot"},
	} {
		out, errs, _ := ask(t, "", args...)
		require.NotEmpty(t, out+errs)
		seen(t, strings.Join(args[:1], " "), out+errs)
		for line := range strings.Lines(out) {
			assert.Less(t, len(line), 5000, "the million characters are cut short")
		}
	}
	for _, args := range [][]string{{"check", "--json", plan}, {"review", "--json", plan}, {"diff", "--json", other, plan}, {"who", "--json", "mission/c-x", plan},
		{"graph", "--json", plan}} {
		out, errs, status := ask(t, "", args...)
		require.Equal(t, 0, status, errs)
		seen(t, args[0]+" --json", out)
		var v any
		assert.NoError(t, json.Unmarshal([]byte(out), &v), "JSON of %s", args[0])
	}
	for _, args := range [][]string{{"graph", plan, "--format", "svg"}, {"graph", plan, "--format", "graphml"}, {"report", plan, "-o", "-"}} {
		out, errs, status := ask(t, "", args...)
		require.Equal(t, 0, status, errs)
		harmless(t, args[0], out)
	}
}

// harmless reads markup as XML and fails on an element or attribute that a hostile text has made.
func harmless(t testing.TB, what, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	d.Entity = xml.HTMLEntity
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err, what)
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		assert.NotContains(t, []string{"script", "img", "iframe", "object"}, strings.ToLower(start.Name.Local), what)
		for _, a := range start.Attr {
			assert.False(t, strings.HasPrefix(strings.ToLower(a.Name.Local), "on"), "%s: %s", what, a.Name.Local)
			assert.False(t, a.Name.Local == "href" && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Value)), "javascript:"), what)
		}
	}
}

// TestHostilePlanRoundTrips writes the hostile plan as YAML and reads it back.
func TestHostilePlanRoundTrips(t *testing.T) {
	plan := hostilePlan(t, hostile)
	text, errs, status := ask(t, "", "export", plan, "--format", "yaml")
	require.Equal(t, 0, status, errs)
	seen(t, "YAML", text)
	data, err := os.ReadFile(plan)
	require.NoError(t, err)
	want, err := planfile.Unmarshal(data, planfile.JSON)
	require.NoError(t, err)
	got, err := planfile.Unmarshal([]byte(text), planfile.YAML)
	require.NoError(t, err)
	assert.Empty(t, mission.Diff(want, got))
	assert.Equal(t, want.Title, got.Title)
}

// TestHostileFaults holds the faults of hostile plans to the same.
func TestHostileFaults(t *testing.T) {
	for _, text := range []string{
		"format: \"\\e[2J\\u202e\"\n", "\"\\e[2J\": 1\nformat: missionled/1\n", "format: missionled/1\nmissions: [{id: \"\\a<b>\", name: x}]\n",
		"{\"format\": \"missionled/1\", \"\\u001b[2J\\u202e\": 1}", "format: missionled/1\nx: !\u202etag y\n",
		"format: missionled/1\nmilestones: [{id: m, name: n, missions: [\"\\u009b31m\"]}]\n",
	} {
		out, errs, status := ask(t, text, "check", "-")
		assert.Equal(t, 1, status, errs)
		seen(t, text, out+errs)
	}
}

// TestHostileTables writes the hostile plan as tables: no cell is a formula, and the plan comes back.
func TestHostileTables(t *testing.T) {
	plan, folder := hostilePlan(t, hostile), t.TempDir()
	_, errs, status := ask(t, "", "export", plan, "--format", "csv", "-o", folder)
	require.Equal(t, 0, status, errs)
	names, err := filepath.Glob(filepath.Join(folder, "*.csv"))
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		f, err := os.Open(name)
		require.NoError(t, err)
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		require.NoError(t, err, name)
		for _, row := range rows {
			for _, cell := range row {
				assert.False(t, cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])), "%s: %.40q", name, cell)
			}
		}
	}
	back := filepath.Join(t.TempDir(), "back.json")
	_, errs, status = ask(t, "", append([]string{"import", "--from", "csv", "-o", back}, names...)...)
	require.Equal(t, 0, status, errs)
	out, errs, _ := ask(t, "", "diff", plan, back)
	assert.Contains(t, out, "hold the same records", errs)
}
