package gate

import (
	"fmt"
	"slices"
	"strings"
)

// policy is the table of DESIGN.md section 3: a package, and what of this module and of other modules it may import. A name
// followed by "+" stands for that package and all that it may import itself ("and below"). Packages marked "planned" may be
// absent. Every other package of the library has a line, and every line a package.
const policy = `
.:
graph:
graph/draw:               graph
milestone/calendar:
accountability/record:    milestone/calendar github.com/google/uuid
milestone:                graph milestone/calendar accountability/record
milestone/forecast:       milestone+
milestone/learning:       milestone+
milestone/mspdi:          milestone+
milestone/xer:            milestone+
accountability:           graph milestone/calendar accountability/record
accountability/funding:   accountability+
accountability/journal:   accountability/record golang.org/x/mod/sumdb/tlog golang.org/x/mod/sumdb/note
accountability/popolo:    accountability+
mission:                  milestone+ milestone/learning+ milestone/forecast+ accountability+ accountability/funding+
mission/review:           mission+
mission/document:         mission+ accountability/journal+ internal/jsonform
mission/scenario:         planned mission/review+ milestone/forecast+
mission/report:           mission/scenario+ graph/draw+
mission/iati:             planned mission+
mission/stratml:          planned mission+
mission/gmpp:             planned mission+
internal/jsonform:
internal/gen:             mission+
`

// notBelow are dependencies that "and below" does not hand on: only the package whose own line names them may import them.
var notBelow = []string{"github.com/", "golang.org/", "internal/"}

// ambientImports are packages of the standard library that library code may not import, with all that lies below them.
var ambientImports = map[string]string{
	"log":     "library code does not log: return what happened",
	"net":     "library code does not reach out",
	"os":      "library code reads no files and no environment: take an io.Reader or an fs.FS",
	"plugin":  "library code loads no code",
	"reflect": "say in types what is meant",
	"syscall": "library code is the same on every system",
	"testing": "it belongs into tests",
	"unsafe":  "it belongs where a measurement shows the need",
	"embed":   "embedded data belongs where the design says so",
	"runtime": "an answer does not depend on the machine",
}

// testModules are the modules that tests may import on top of what their package may.
var testModules = []string{"github.com/stretchr/testify", "golang.org/x/exp"}

type policyLine struct {
	planned bool
	allowed []string
}

// parsePolicy reads the table and expands "and below".
func parsePolicy(text string) (map[string]policyLine, error) {
	lines := make(map[string]policyLine)
	for line := range strings.Lines(text) {
		name, rest, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		name = strings.TrimSpace(name)
		if _, twice := lines[name]; twice {
			return nil, fmt.Errorf("%s has two lines", name)
		}
		var l policyLine
		for word := range strings.FieldsSeq(rest) {
			if word == "planned" {
				l.planned = true
				continue
			}
			l.allowed = append(l.allowed, word)
		}
		lines[name] = l
	}
	expanded := make(map[string]policyLine, len(lines))
	for name, l := range lines {
		allowed, err := expand(lines, name)
		if err != nil {
			return nil, err
		}
		expanded[name] = policyLine{l.planned, allowed}
	}
	return expanded, nil
}

func expand(lines map[string]policyLine, name string) ([]string, error) {
	var allowed []string
	seen := make(map[string]bool)
	below := []string{name}
	for len(below) > 0 {
		from := below[0]
		below = below[1:]
		if seen[from] {
			continue
		}
		seen[from] = true
		for _, word := range lines[from].allowed {
			to, plus := strings.CutSuffix(word, "+")
			if from != name && slices.ContainsFunc(notBelow, func(p string) bool { return strings.HasPrefix(to, p) }) {
				continue
			}
			if to == name {
				return nil, fmt.Errorf("%s may import itself by way of %s", name, from)
			}
			allowed = append(allowed, to)
			// What is below a package named with "+" is below it all the way down.
			_, own := lines[to]
			if !own && isStd(to) {
				return nil, fmt.Errorf("the line of %s names %s, which has none", from, to)
			}
			if own && (plus || from != name) {
				below = append(below, to)
			}
		}
	}
	slices.Sort(allowed)
	return slices.Compact(allowed), nil
}

func checkImports(t *Tree, fault func(Fault)) {
	lines, err := parsePolicy(policy)
	if err != nil {
		fault(Fault{At: "internal/gate/policy.go", Text: err.Error()})
		return
	}
	checkImportsBy(lines, t, fault)
}

func checkImportsBy(lines map[string]policyLine, t *Tree, fault func(Fault)) {
	for name, l := range lines {
		if p := t.Package(name); (p == nil || len(p.Files) == 0) && !l.planned {
			fault(Fault{At: "internal/gate/policy.go", Text: "the line of " + name + " is stale: there is no such package"})
		}
	}
	for _, p := range t.Packages {
		own, listed := lines[p.Path]
		if !listed && p.IsLibrary() {
			fault(Fault{At: p.Path, Text: "the package has no line in internal/gate/policy.go: say there what it may import"})
			continue
		}
		for _, f := range p.Files {
			for _, i := range imports([]*File{f}) {
				if why := refused(t, p, own, i); why != "" {
					fault(Fault{At: f.Name, Name: p.Path + ":" + i, Text: why})
				}
			}
		}
		for _, f := range p.Tests {
			for _, i := range imports([]*File{f}) {
				if why := refusedInTest(t, own, i); why != "" {
					fault(Fault{At: f.Name, Name: p.Path + ":" + i, Text: why})
				}
			}
		}
	}
}

func refused(t *Tree, p *Package, own policyLine, i string) string {
	name, inModule := t.short(i)
	switch {
	case p.IsTool():
		return ""
	case p.IsExample() && (inModule || isStd(i)):
		if inModule && (name == "internal" || strings.HasPrefix(name, "internal/")) {
			return "an example uses what its readers can: nothing internal"
		}
		return ""
	case inModule:
		if slices.Contains(own.allowed, name) {
			return ""
		}
		return "DESIGN.md section 3 does not let " + p.Path + " import " + name
	case isStd(i):
		top, _, _ := strings.Cut(i, "/")
		for _, banned := range []string{i, top} {
			if why, ok := ambientImports[banned]; ok {
				return why
			}
		}
		return ""
	}
	for _, a := range own.allowed {
		if within(i, a) {
			return ""
		}
	}
	return "the package may not depend on " + i
}

func refusedInTest(t *Tree, own policyLine, i string) string {
	if _, inModule := t.short(i); inModule || isStd(i) {
		return ""
	}
	for _, a := range slices.Concat(own.allowed, testModules) {
		if within(i, a) {
			return ""
		}
	}
	return "tests may not depend on " + i
}

// isStd reports whether a path is one of the standard library: its first element has no dot.
func isStd(i string) bool {
	first, _, _ := strings.Cut(i, "/")
	return !strings.Contains(first, ".")
}

func within(i, module string) bool { return i == module || strings.HasPrefix(i, module+"/") }
