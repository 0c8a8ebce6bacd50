package gate

import (
	"go/ast"
	"go/format"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strings"
)

// ambient says what library code may not use of packages that it may import. A name ending in * stands for all names that
// begin so.
var ambient = map[string]struct {
	names []string
	why   string
}{
	"time": {[]string{"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Sleep"},
		"the day and the instant are arguments"},
	"math/rand":              {[]string{"*"}, "the seed is an argument: use math/rand/v2 with a source of its own"},
	"math/rand/v2":           {[]string{"Int*", "Uint*", "Float*", "Exp*", "Norm*", "Perm", "Shuffle", "N"}, "the seed is an argument: draw from a generator of your own"},
	"crypto/rand":            {[]string{"*"}, "the seed is an argument"},
	"hash/maphash":           {[]string{"MakeSeed", "String", "Bytes"}, "a seed that changes from run to run must never show in an answer"},
	"github.com/google/uuid": {[]string{"New", "NewString", "NewRandom*", "NewUUID", "NewV6*", "NewV7*", "NewDCE*", "EnableRandPool", "SetRand"}, "ids are given or derived"},
	"fmt":                    {[]string{"Print*", "Scan", "Scanln", "Scanf"}, "library code does not talk to the terminal: take an io.Writer"},
	"os":                     {[]string{"*"}, "library code reads no environment and does not end the program"},
	"log":                    {[]string{"*"}, "library code does not log"},
	"log/slog":               {[]string{"*"}, "library code does not log"},
}

func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		prefix, open := strings.CutSuffix(p, "*")
		return name == p || open && strings.HasPrefix(name, prefix)
	})
}

// functions calls do with every top-level declaration of the library and the name that exceptions give it.
func functions(t *Tree, do func(p *Package, name string, d ast.Decl)) {
	for _, p := range t.Packages {
		if !p.IsLibrary() {
			continue
		}
		for _, f := range p.Files {
			for _, d := range f.AST.Decls {
				name := ""
				switch d := d.(type) {
				case *ast.FuncDecl:
					name = d.Name.Name
					if r := receiverName(d); r != "" {
						name = r + "." + name
					}
				case *ast.GenDecl:
					if len(d.Specs) > 0 {
						switch s := d.Specs[0].(type) {
						case *ast.ValueSpec:
							name = s.Names[0].Name
						case *ast.TypeSpec:
							name = s.Name.Name
						}
					}
				}
				do(p, qualified(p, name), d)
			}
		}
	}
}

func checkAmbient(t *Tree, fault func(Fault)) {
	functions(t, func(p *Package, name string, d ast.Decl) {
		ast.Inspect(d, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			o := p.Info.Uses[id]
			if b, ok := o.(*types.Builtin); ok && (b.Name() == "print" || b.Name() == "println" || b.Name() == "recover") {
				fault(Fault{At: t.at(id.Pos()), Name: name, Text: "uses " + b.Name()})
			}
			if o == nil || o.Pkg() == nil || o.Parent() != o.Pkg().Scope() {
				return true
			}
			if _, isType := o.(*types.TypeName); isType {
				return true
			}
			if a, ok := ambient[o.Pkg().Path()]; ok && matches(a.names, o.Name()) {
				fault(Fault{At: t.at(id.Pos()), Name: name, Text: "uses " + o.Pkg().Name() + "." + o.Name() + ": " + a.why})
			}
			if v, ok := o.(*types.Var); ok && v.Pkg().Path() == "time" && v.Name() == "Local" {
				fault(Fault{At: t.at(id.Pos()), Name: name, Text: "uses time.Local, which differs from machine to machine"})
			}
			return true
		})
	})
}

func checkPanics(t *Tree, fault func(Fault)) {
	functions(t, func(p *Package, name string, d ast.Decl) {
		ast.Inspect(d, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if b, ok := p.Info.Uses[id].(*types.Builtin); ok && b.Name() == "panic" {
					fault(Fault{At: t.at(id.Pos()), Name: name, Text: "panics: return an error, or say in testdata/allowed.txt which mistake of a program it stops"})
				}
			}
			return true
		})
	})
}

var ranks = regexp.MustCompile(`(?i)rank|score|league|top_?n|worst|best|leader_?board`)

// checkRanking goes by names: of functions, types, methods, fields, constants and variables.
func checkRanking(t *Tree, fault func(Fault)) {
	for _, p := range t.Packages {
		if !p.IsPublic() {
			continue
		}
		check := func(at, name string) {
			if ranks.MatchString(name[strings.LastIndexByte(name, '.')+1:]) {
				fault(Fault{At: at, Name: qualified(p, name), Text: "nothing ranks or scores missions, places, teams or people (DESIGN.md 2.1)"})
			}
		}
		for _, n := range exported(p) {
			check(t.at(n.pos), n.name)
		}
		for _, f := range p.Files {
			for _, d := range f.AST.Decls {
				g, ok := d.(*ast.GenDecl)
				if !ok {
					continue
				}
				for _, s := range g.Specs {
					ts, ok := s.(*ast.TypeSpec)
					if !ok || !ts.Name.IsExported() {
						continue
					}
					if st, ok := ts.Type.(*ast.StructType); ok {
						for _, field := range st.Fields.List {
							for _, name := range field.Names {
								if name.IsExported() {
									check(t.at(name.Pos()), ts.Name.Name+"."+name.Name)
								}
							}
						}
					}
				}
			}
		}
	}
}

// checkErrors holds error types to a name that ends in Error (or is Fault, or Faults for several) and to one kind of
// receiver over all their methods but Unmarshal….
func checkErrors(t *Tree, fault func(Fault)) {
	errorType := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	for _, p := range t.Packages {
		if !p.IsLibrary() || p.Types == nil {
			continue
		}
		for _, n := range exported(p) {
			if n.kind != "type" {
				continue
			}
			o, ok := p.Types.Scope().Lookup(n.name).(*types.TypeName)
			if !ok {
				continue
			}
			if _, isInterface := o.Type().Underlying().(*types.Interface); isInterface {
				continue
			}
			byValue := types.Implements(o.Type(), errorType)
			is := byValue || types.Implements(types.NewPointer(o.Type()), errorType)
			called := strings.HasSuffix(n.name, "Error")
			complain := func(text string) { fault(Fault{At: t.at(n.pos), Name: qualified(p, n.name), Text: text}) }
			switch {
			case called && !is:
				complain("the type is called an error and is none: it has no method Error() string")
			case is && !called && n.name != "Fault" && n.name != "Faults":
				complain("the type is an error and its name does not end in Error")
			}
			if !is {
				continue
			}
			if text(n.doc) == "" {
				complain("the error type does not say when it occurs")
			}
			_, isStruct := o.Type().Underlying().(*types.Struct)
			if byValue && isStruct {
				complain("the error is a struct with a value receiver: errors.AsType would need the value and not the pointer, unlike all others")
			}
			if named, ok := o.Type().(*types.Named); ok {
				for m := range named.Methods() {
					_, pointer := m.Signature().Recv().Type().(*types.Pointer)
					if pointer == byValue && !strings.HasPrefix(m.Name(), "Unmarshal") {
						complain("its methods mix pointer and value receivers: " + m.Name() + " differs from Error")
					}
				}
			}
		}
	}
}

// weak are assertions that hold of almost any answer.
var weak = words(`NoError NoErrorf NotNil NotNilf NotEmpty NotEmptyf NotPanics`)

// checkVacuous finds tests whose only assertions are weak ones.
func checkVacuous(t *Tree, fault func(Fault)) {
	for _, p := range t.Packages {
		for _, f := range p.Tests {
			for _, d := range f.AST.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || fn.Recv != nil || fn.Body == nil || !strings.HasPrefix(fn.Name.Name, "Test") || fn.Name.Name == "TestMain" {
					continue
				}
				weakly, strongly := false, false
				ast.Inspect(fn.Body, func(n ast.Node) bool {
					call, ok := n.(*ast.CallExpr)
					if !ok {
						return true
					}
					s, ok := call.Fun.(*ast.SelectorExpr)
					if !ok {
						if _, plain := call.Fun.(*ast.Ident); plain && len(call.Args) > 0 {
							if x, ok := call.Args[0].(*ast.Ident); ok && (x.Name == "t" || x.Name == "tb") {
								strongly = true // a function of the test's own, which may assert
							}
						}
						return true
					}
					x, ok := s.X.(*ast.Ident)
					if !ok {
						return true
					}
					switch {
					case (x.Name == "assert" || x.Name == "require") && weak[s.Sel.Name]:
						weakly = true
					case x.Name == "assert" || x.Name == "require":
						strongly = true
					case x.Name == "t" && (strings.HasPrefix(s.Sel.Name, "Error") || strings.HasPrefix(s.Sel.Name, "Fatal") || s.Sel.Name == "Fail" || s.Sel.Name == "FailNow"):
						strongly = true
					}
					return true
				})
				if weakly && !strongly {
					fault(Fault{At: t.at(fn.Pos()), Name: qualified(p, fn.Name.Name), Text: "the test asserts only that something did not fail: say what the answer is"})
				}
			}
		}
	}
}

const maxLines = 599

func checkLength(t *Tree, fault func(Fault)) {
	for _, x := range t.Texts {
		if n := strings.Count(x.Data, "\n"); path.Ext(x.Name) == ".go" && n > maxLines {
			fault(Fault{At: x.Name, Name: x.Name, Text: "the file is too long: cut it by topic"})
		}
	}
}

func checkFormat(t *Tree, fault func(Fault)) {
	for _, x := range t.Texts {
		if path.Ext(x.Name) != ".go" || strings.Contains(x.Name, "testdata/") {
			continue
		}
		switch b, err := format.Source([]byte(x.Data)); {
		case err != nil:
			fault(Fault{At: x.Name, Text: "the file does not parse: " + err.Error()})
		case string(b) != x.Data:
			fault(Fault{At: x.Name, Text: "the file is not formatted: run gofmt -w " + x.Name})
		}
	}
}
