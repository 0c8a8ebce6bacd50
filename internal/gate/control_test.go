package gate_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/missionled/missionled/internal/gate"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A control is a small repository and what one gate finds in it. Files stand in sections "-- name --". Where Go is not what
// matters, they are in packages of the real policy.
type control struct {
	gate  string
	files string
	want  []string // parts of the faults, in order; none means that the gate passes
}

var controls = map[string]control{
	"type error": {"types", `-- graph/graph.go --
package graph
var x int = "text"
`, []string{"graph/graph.go:2"}},
	"edge that the policy does not allow": {"imports", `-- graph/graph.go --
package graph
import _ "example.org/m/milestone"
-- milestone/milestone.go --
package milestone
import _ "example.org/m/graph"
`, []string{"does not let graph import milestone"}},
	"package without a line": {"imports", `-- novelty/novelty.go --
package novelty
`, []string{"novelty: the package has no line"}},
	"ambient import": {"imports", `-- graph/graph.go --
package graph
import _ "os/exec"
import _ "net/http"
import _ "errors"
`, []string{"graph:net/http", "graph:os/exec"}},
	"dependency of another package": {"imports", `-- graph/graph.go --
package graph
import _ "github.com/google/uuid"
-- graph/graph_test.go --
package graph_test
import _ "github.com/stretchr/testify/assert"
import _ "gonum.org/v1/gonum/graph"
-- accountability/record/id.go --
package record
import _ "github.com/google/uuid"
`, []string{"may not depend on github.com/google/uuid", "tests may not depend on gonum.org"}},
	"example that reaches inside": {"imports", `-- examples/one/main.go --
package main
import _ "example.org/m/internal/jsonform"
import _ "net/http"
func main() {}
`, []string{"nothing internal"}},
	"no comments": {"comments", `-- graph/graph.go --
package graph
type T struct{ F int }
func (T) M() {}
func F() {}
type hidden struct{}
func (hidden) M() {}
const (
	A = 1 // one
	B = 2
)
// The group.
const (
	C = 3
	D = 4
)
type I interface{ M() }
`, []string{"the package has no comment", "graph.T:", "graph.T.M", "graph.F:", "graph.B", "graph.I:", "graph.I.M"}},
	"comments": {"comments", `-- graph/graph.go --
// Package graph is here.
package graph
// T is so.
type T struct{ F int }
// M does.
func (T) M() {}
`, nil},
	"restating": {"restating", `-- graph/graph.go --
package graph
// EdgeCount returns the edge count.
func EdgeCount() int { return 0 }
// Nodes returns the nodes in the order in which they were added.
func Nodes() {}
// A Walk is a walk.
type Walk struct{}
// Length returns the length of the walk.
func (Walk) Length() int { return 0 }
// String returns the walk as "a -> b".
func (Walk) String() string { return "" }
`, []string{"graph.EdgeCount", "graph.Walk:", "graph.Walk.Length"}},
	"dead links": {"links", `-- graph/graph.go --
// Package graph has [Walk], [Walk.Step] and [Gone].
package graph
// Walk is like [errors.New] and [time.Nothing], see [Walk.Gone] and [*Walk].
type Walk struct{}
// Step steps.
func (Walk) Step() {}
`, []string{"[Gone]", "[Walk.Gone]"}},
	"not shown": {"shown", `-- graph/graph.go --
package graph
type T struct{}
func New() *T { return nil }
func (*T) Used() {}
func (*T) Unused() {}
func (*T) String() string { return "" }
func Unseen() {}
func InReadme() {}
func Tested() {}
-- graph/example_test.go --
package graph_test
import "example.org/m/graph"
func Example() { graph.New().Used() }
-- graph/graph_test.go --
package graph_test
import "testing"
import "example.org/m/graph"
func TestTested(t *testing.T) { graph.Tested() }
-- README.md --
` + "```go\ngraph.InReadme()\n```\n", []string{"graph.T.Unused", "graph.Unseen", "graph.Tested"}},
	"silent example": {"examples", `-- graph/example_test.go --
package graph_test
import "fmt"
func Example() { fmt.Println(1) }
func Example_second() {
	fmt.Println(2)
	// Output: 2
}
`, []string{"Example: the example has no"}},
	"clock, chance and printing": {"ambient", `-- graph/graph.go --
package graph
import ("fmt"; "math/rand/v2"; "time")
func Now() time.Time { return time.Now() }
func Draw() int { return rand.IntN(6) }
func Fair() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }
func Say() { fmt.Println("x"); println("y") }
func Date() time.Time { return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC) }
func Local() time.Time { return time.Date(2024, 1, 1, 0, 0, 0, 0, time.Local) }
`, []string{"graph.Now", "graph.Draw", "graph.Say", "graph.Say", "graph.Local"}},
	"panic": {"panics", `-- graph/graph.go --
package graph
func F() { panic("no") }
func panics() { func(panic int) { _ = panic }(1) }
`, []string{"graph.F"}},
	"ranking": {"ranking", `-- graph/graph.go --
package graph
func WorstMissions() {}
type Team struct { Score int; Name string; hiddenRank int }
func (Team) TopN() {}
const LeagueTable = 1
func Order() {}
`, []string{"graph.WorstMissions", "graph.Team.Score", "graph.Team.TopN", "graph.LeagueTable"}},
	"errors": {"errors", `-- graph/graph.go --
package graph
// GoodError says that.
type GoodError struct{}
func (*GoodError) Error() string { return "" }
// ValueError says that.
type ValueError struct{}
func (ValueError) Error() string { return "" }
// Trouble says that.
type Trouble struct{}
func (*Trouble) Error() string { return "" }
// NoError says that.
type NoError struct{}
// MixedError says that.
type MixedError struct{}
func (*MixedError) Error() string { return "" }
func (MixedError) Unwrap() error { return nil }
type BareError []string
func (BareError) Error() string { return "" }
`, []string{"graph.ValueError", "graph.Trouble", "graph.NoError", "graph.MixedError", "graph.BareError: the error type does not say"}},
	"vacuous": {"vacuous", `-- graph/graph_test.go --
package graph_test
import ("testing"; "github.com/stretchr/testify/assert"; "github.com/stretchr/testify/require")
func TestNothing(t *testing.T) { require.NoError(t, nil); assert.NotNil(t, t) }
func TestSomething(t *testing.T) { require.NoError(t, nil); assert.Equal(t, 1, 1) }
func TestOther(t *testing.T) { require.NoError(t, nil); same(t, 1) }
func TestPlain(t *testing.T) { require.NoError(t, nil); if false { t.Errorf("x") } }
func same(t *testing.T, x int) {}
`, []string{"graph.TestNothing"}},
	"long file": {"length", "-- graph/graph.go --\npackage graph\n" + strings.Repeat("\n", 599), []string{"graph/graph.go"}},
	"full file": {"length", "-- graph/graph.go --\npackage graph\n" + strings.Repeat("\n", 598), nil},
	"unformatted": {"format", `-- graph/graph.go --
package graph
func  F() { }
`, []string{"gofmt -w graph/graph.go"}},
	"words": {"words", `-- README.md --
Simply the most powerful way.
You just run it.
> We just quote.
-- graph/graph.go --
package graph // there is just one; seamless
// TO` + `DO: more
`, []string{"README.md:1: powerful", "README.md:1: simply", "README.md:2: just", "graph/graph.go:1: seamless", "graph/graph.go:2: TO" + "DO"}},
	"places": {"places", `-- docs/a.md --
See /ho` + `me/someone/x and examples/ho` + `me/x.
Fetch from regis` + `try.npmjs.org.
`, []string{"docs/a.md:1", "docs/a.md:2"}},
	"references": {"references", `-- README.md --
See [this](docs/a.md#a-b), [that](docs/b.md), [there](docs/a.md#c) and [outside](https://example.org).
Run ` + "`go run ./examples/one -x ./two` or `go run ./examples/gone`" + `, then:
    go test ./... ./lost/...
    go run ./graph
See ` + "`graph.Walk`, `graph.Walk.Step`, `graph.Gone`, `graph.Walk.Gone(x)` and `fmt.Gone`" + `.
-- docs/a.md --
# A b
-- graph/graph.go --
package graph
type Walk struct{ Step int }
-- examples/one/main.go --
package main
func main() {}
`, []string{"docs/a.md#c", "docs/b.md", "no folder examples/gone", "no folder lost", "graph is no program", "`graph.Gone`", "`graph.Walk.Gone(x)`"}},
	"no licence": {"licence", "-- LICENCE --\nAll rights reserved.\n-- LICENSE.docs --\nOther.\n", []string{`no "MIT License"`, `no "Permission is`, `no "THE SOFTWARE`, "second licence"}},
}

// noExports serves trees that import nothing.
func noExports(name string) (io.ReadCloser, error) { return nil, errors.New("no " + name + " here") }

// files cuts text with sections "-- name --" into a file system.
func files(text string) fstest.MapFS {
	repo := fstest.MapFS{"go.mod": {Data: []byte("module example.org/m\n\ngo 1.26.0\n")}}
	var name string
	for line := range strings.Lines(text) {
		if s, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "-- "); ok && strings.HasSuffix(s, " --") {
			name = strings.TrimSuffix(s, " --")
			repo[name] = &fstest.MapFile{}
			continue
		}
		repo[name].Data = append(repo[name].Data, line...)
	}
	return repo
}

// TestControls shows that each gate fails where it should and nowhere else.
func TestControls(t *testing.T) {
	lookup, err := exportData(root, []string{"errors", "fmt", "math/rand/v2", "time", "os/exec", "net/http", "testing"})
	require.NoError(t, err)
	tried := make(map[string]bool)
	for name, c := range controls {
		t.Run(name, func(t *testing.T) {
			tree, err := gate.Load(files(c.files), lookup)
			require.NoError(t, err)
			for _, g := range gate.Gates() {
				if g.Name != c.gate {
					continue
				}
				tried[g.Name] = tried[g.Name] || len(c.want) > 0
				var got []string
				for _, f := range g.Run(tree, nil) {
					if !strings.Contains(f.Text, "is stale") {
						got = append(got, f.String())
					}
				}
				if assert.Len(t, got, len(c.want), strings.Join(got, "\n")) {
					for i, want := range c.want {
						assert.Contains(t, got[i], want)
					}
				}
			}
		})
	}
	for _, g := range gate.Gates() {
		assert.True(t, tried[g.Name], "no control makes %q fail", g.Name)
	}
}

// TestStaleLines needs the whole policy, of which the controls have next to no package.
func TestStaleLines(t *testing.T) {
	tree, err := gate.Load(files("-- graph/graph.go --\npackage graph\n"), nil)
	require.NoError(t, err)
	var stale []string
	for _, g := range gate.Gates() {
		if g.Name == "imports" {
			for _, f := range g.Run(tree, nil) {
				stale = append(stale, f.Text)
			}
		}
	}
	assert.Contains(t, stale, "the line of mission is stale: there is no such package")
	assert.NotContains(t, stale, "the line of graph is stale: there is no such package")
	assert.NotContains(t, stale, "the line of mission/iati is stale: there is no such package", "it is planned")
}

func TestExceptions(t *testing.T) {
	tree, err := gate.Load(files("-- graph/graph.go --\npackage graph\nfunc F() { panic(1) }\n"), nil)
	require.NoError(t, err)
	var panics gate.Gate
	for _, g := range gate.Gates() {
		if g.Name == "length" {
			panics = g
		}
	}
	a, err := gate.ParseAllowed("# why\n\nlength graph/old.go generated by a test of its own\n")
	require.NoError(t, err)
	faults := panics.Run(tree, a)
	require.Len(t, faults, 1, "an exception that nothing needs is a fault")
	assert.Contains(t, faults[0].Text, `"graph/old.go" is an exception to "length" that nothing needs`)

	for _, bad := range []string{"length graph/x.go because", "lenght graph/x.go there is a reason", "length a.go one two three\nlength a.go one two three"} {
		_, err := gate.ParseAllowed(bad)
		assert.Error(t, err, bad)
	}
}

func TestPolicy(t *testing.T) {
	lines, err := gate.ParsePolicy("a:\nb: a github.com/x/y\nc: b+ internal/z\nd: c+ github.com/x/y\ninternal/z:\ne: c\n")
	require.NoError(t, err)
	assert.Equal(t, map[string][]string{
		"a": nil, "b": {"a", "github.com/x/y"}, "c": {"a", "b", "internal/z"}, "d": {"a", "b", "c", "github.com/x/y"}, "internal/z": nil, "e": {"c"},
	}, lines)
	for _, bad := range []string{"a: b+\n", "a: b\n", "a: b+\nb: a+\n", "a:\na:\n"} {
		_, err := gate.ParsePolicy(bad)
		assert.Error(t, err, bad)
	}
}

func TestFences(t *testing.T) {
	got := gate.Fences(&gate.Text{Name: "a.md", Data: "x\n```go\npackage main\n```\n````text output\n```\n````\n"})
	assert.Equal(t, []gate.Fence{
		{File: "a.md", Line: 3, Info: "go", Code: "package main\n"},
		{File: "a.md", Line: 6, Info: "text output", Code: "```\n"},
	}, got)
	assert.True(t, got[0].IsProgram())
	assert.False(t, got[1].IsProgram())
}

func TestFragments(t *testing.T) {
	tree, err := gate.Load(files("-- graph/graph.go --\npackage graph\nfunc Build() {}\n"), noExports)
	require.NoError(t, err)
	for code, want := range map[string]int{
		"graph.Build()":                    0,
		"x := graph.Build":                 0,
		"graph.Gone()":                     1,
		"graph := load()\ngraph.Gone()":    0, // a variable
		"func f() { graph.Build() }":       0,
		"package p\nimport \"fmt\"\nvar x": 1, // no Go
	} {
		assert.Len(t, tree.CheckFragment(gate.Fence{Info: "go", Code: code}), want, code)
	}
}

func TestAPIText(t *testing.T) {
	tree, err := gate.Load(files(`-- graph/graph.go --
package graph
const Max = 1 << 20
var Gone error
type Kind uint8
type Graph[K comparable] struct { Name string `+"`json:\"name\"`"+`; Other; n int }
type Other struct{}
func (g *Graph[K]) Nodes(from K, more ...K) []K { return nil }
func Build[K comparable](f func(K) bool) (*Graph[K], error) { return nil, nil }
type Change interface { apply(); String() string }
type Alias = Other
func hidden() {}
`), noExports)
	require.NoError(t, err)
	assert.Equal(t, `const Max untyped int = 1048576
func Build[K comparable](f func(K) bool) (*Graph[K], error)
method (*Graph) Nodes(from K, more ...K) []K
type Alias = Other
type Change interface
type Change interface, cannot be implemented elsewhere
type Change interface, method String() string
type Graph struct, embeds Other Other
type Graph struct, field Name string `+"`json:\"name\"`"+`
type Graph struct, has fields that are not exported
type Graph[K comparable] struct
type Kind uint8
type Other struct
var Gone error
`, gate.API(tree.Package("graph").Types))
}
