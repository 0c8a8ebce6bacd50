// Package gate holds the rules that the whole repository keeps, as tests: which package may import which, what is exported,
// that everything exported is explained and shown in use, that the library reads no clock, that nothing ranks.
//
// Each rule is a [Gate] in the list that [Gates] returns: a name, the rule in words, and a function over the repository as
// a [Tree]. To add one, write the function, put a line into the list, and give it a repository that breaks it in
// control_test.go, so that it is known to fail when it should. Exceptions stand in testdata/allowed.txt, each with its
// reason; one that nothing needs any more is itself a fault.
//
// Nothing imports this package.
package gate

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strings"
)

// A Gate is one rule of the repository.
type Gate struct {
	// Name is what the gate is called in test output and in testdata/allowed.txt.
	Name string
	// Rule says what has to hold, for whoever has just broken it.
	Rule  string
	check func(*Tree, func(Fault))
}

// A Fault is one place where a rule does not hold.
type Fault struct {
	At   string // file and line, or a file, or a package
	Name string // what an exception in testdata/allowed.txt would name; empty where none is possible
	Text string // what is wrong and what would do
}

// String returns place, name and text in one line.
func (f Fault) String() string {
	if f.Name == "" {
		return f.At + ": " + f.Text
	}
	return f.At + ": " + f.Name + ": " + f.Text
}

// Gates returns every rule that is checked on the tree alone.
func Gates() []Gate {
	return []Gate{
		{"types", "every package type-checks", checkTypes},
		{"imports", "packages import only what DESIGN.md section 3 allows, which policy.go repeats", checkImports},
		{"comments", "every exported name and every package has a doc comment", checkComments},
		{"restating", "a doc comment says more than the name does", checkRestating},
		{"links", "names in brackets in doc comments exist", checkLinks},
		{"shown", "every exported function, type and method is used in an example", checkShown},
		{"examples", "every Example prints and says what it prints, so that the test runs it", checkExamples},
		{"ambient", "library code reads no clock, no random source and no environment, and does not print or end the program", checkAmbient},
		{"panics", "library code does not panic, except on a mistake of its caller's program, which testdata/allowed.txt explains", checkPanics},
		{"ranking", "nothing exported ranks, scores or picks out the best or the worst", checkRanking},
		{"errors", "error types are named …Error, documented, and keep to one kind of receiver", checkErrors},
		{"vacuous", "a test asserts more than that there was no error", checkVacuous},
		{"length", "Go files stay under 600 lines", checkLength},
		{"format", "Go files are formatted as gofmt does", checkFormat},
		{"words", "documents are written without hype, and nothing is left to be done later", checkWords},
		{"places", "no committed file names a path of one machine or the host of a package registry", checkPlaces},
		{"references", "links and commands in documents lead somewhere", checkReferences},
		{"licence", "LICENCE at the root is the MIT licence, and no second licence stands beside it", checkLicence},
	}
}

// Run returns the faults that a gate finds and the exceptions do not cover, in order of place, name and text, followed by
// a fault for each exception of that gate that covers nothing.
func (g Gate) Run(t *Tree, allowed Allowed) []Fault {
	var faults []Fault
	used := make(map[string]bool)
	g.check(t, func(f Fault) {
		if _, ok := allowed[g.Name][f.Name]; ok && f.Name != "" {
			used[f.Name] = true
			return
		}
		faults = append(faults, f)
	})
	slices.SortFunc(faults, func(a, b Fault) int {
		return cmp.Or(compareNatural(a.At, b.At), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Text, b.Text))
	})
	faults = slices.Compact(faults)
	for _, name := range allowed.names(g.Name) {
		if !used[name] {
			faults = append(faults, Fault{At: allowedFile, Text: fmt.Sprintf("%q is an exception to %q that nothing needs any more: take it out", name, g.Name)})
		}
	}
	return faults
}

// compareNatural orders "a.go:9" before "a.go:10".
func compareNatural(a, b string) int {
	if fileA, lineA, ok := strings.Cut(a, ":"); ok {
		if fileB, lineB, ok := strings.Cut(b, ":"); ok && fileA == fileB {
			return cmp.Or(cmp.Compare(len(lineA), len(lineB)), cmp.Compare(lineA, lineB))
		}
	}
	return cmp.Compare(a, b)
}

const allowedFile = "internal/gate/testdata/allowed.txt"

// Allowed holds the exceptions: the name of a gate, what is excepted, and why.
type Allowed map[string]map[string]string

// ParseAllowed reads exceptions, one a line: the gate, the name of what is excepted, and the reason, which must be there.
// Empty lines and lines that start with # are passed over.
func ParseAllowed(text string) (Allowed, error) {
	a := make(Allowed)
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(line)
		if len(words) < 5 {
			return nil, fmt.Errorf("line %d: want a gate, a name and a reason of three words or more", n)
		}
		name := words[0]
		if !slices.ContainsFunc(Gates(), func(g Gate) bool { return g.Name == name }) {
			return nil, fmt.Errorf("line %d: there is no gate %q", n, name)
		}
		if a[name] == nil {
			a[name] = make(map[string]string)
		}
		if a[name][words[1]] != "" {
			return nil, fmt.Errorf("line %d: %q is excepted from %q twice", n, words[1], name)
		}
		a[name][words[1]] = strings.Join(words[2:], " ")
	}
	return a, nil
}

func (a Allowed) names(gate string) []string {
	var names []string
	for name := range a[gate] {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// at gives a position as "graph/graph.go:12".
func (t *Tree) at(pos token.Pos) string {
	p := t.Fset.Position(pos)
	return fmt.Sprintf("%s:%d", p.Filename, p.Line)
}
