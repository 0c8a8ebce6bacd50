package gate

import (
	"go/ast"
	"go/doc"
	"go/types"
	"path"
	"slices"
	"strings"
)

// checkShown finds exported functions, types and methods that no example uses: neither an Example function, nor a program
// under examples, nor one in README.md or docs. Methods that the standard library calls by an interface of its own count
// as shown wherever a value is printed, encoded or returned as an error; so do types whose values are used without being
// named, and error types, whose text the examples of the functions that return them print.
func checkShown(t *Tree, fault func(Fault)) {
	shown := make(map[string]bool)
	for _, p := range t.Packages {
		for _, f := range slices.Concat(p.Files, p.Tests) {
			for _, body := range exampleCode(p, f) {
				collectUses(t, p.Info, body, shown)
			}
		}
	}
	for _, x := range t.Texts {
		if path.Ext(x.Name) == ".md" {
			for _, f := range Fences(x) {
				collectSelectors(t, f, shown)
			}
		}
	}
	for _, p := range t.Packages {
		if !p.IsPublic() {
			continue
		}
		for _, n := range exported(p) {
			base := n.name[strings.LastIndexByte(n.name, '.')+1:]
			if n.kind == "const" || n.kind == "var" || n.kind == "method" && standard[base] || isError(p, n.name) || shown[qualified(p, n.name)] {
				continue
			}
			fault(Fault{At: t.at(n.pos), Name: qualified(p, n.name), Text: "no example uses the " + n.kind})
		}
	}
}

func isError(p *Package, name string) bool {
	if p.Types == nil {
		return false
	}
	o := p.Types.Scope().Lookup(name)
	errorType := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	return o != nil && (types.Implements(o.Type(), errorType) || types.Implements(types.NewPointer(o.Type()), errorType))
}

// exampleCode returns the parts of a file that show the library in use.
func exampleCode(p *Package, f *File) []ast.Node {
	test := strings.HasSuffix(f.Name, "_test.go")
	switch {
	case p.IsExample() && !test, test && strings.HasPrefix(path.Base(f.Name), "example"):
		return []ast.Node{f.AST}
	case !test:
		return nil
	}
	var bodies []ast.Node
	for _, d := range f.AST.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && strings.HasPrefix(fn.Name.Name, "Example") {
			bodies = append(bodies, fn)
		}
	}
	return bodies
}

// collectUses notes what a piece of code names, and the types of its values.
func collectUses(t *Tree, info *types.Info, code ast.Node, shown map[string]bool) {
	note := func(p *types.Package, name string) {
		if p != nil {
			if folder, own := t.short(p.Path()); own {
				shown[folder+"."+name] = true
			}
		}
	}
	noteType := func(typ types.Type) {
		for depth := 0; typ != nil && depth < 4; depth++ {
			switch x := types.Unalias(typ).(type) {
			case *types.Pointer:
				typ = x.Elem()
			case *types.Slice:
				typ = x.Elem()
			case *types.Map:
				typ = x.Elem()
			case *types.Named:
				note(x.Obj().Pkg(), x.Obj().Name())
				for arg := range x.TypeArgs().Types() {
					if n, ok := types.Unalias(arg).(*types.Named); ok {
						note(n.Obj().Pkg(), n.Obj().Name())
					}
				}
				return
			default:
				return
			}
		}
	}
	ast.Inspect(code, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			noteType(info.Types[e].Type)
		}
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		switch o := info.Uses[id].(type) {
		case *types.Func:
			o = o.Origin()
			recv := o.Signature().Recv()
			if recv == nil {
				note(o.Pkg(), o.Name())
				break
			}
			typ := types.Unalias(recv.Type())
			if p, ok := typ.(*types.Pointer); ok {
				typ = types.Unalias(p.Elem())
			}
			if named, ok := typ.(*types.Named); ok {
				note(o.Pkg(), named.Obj().Name()+"."+o.Name())
				note(o.Pkg(), named.Obj().Name())
			}
		case *types.Var:
			noteType(o.Type())
		case *types.TypeName, *types.Const:
			note(o.Pkg(), o.Name())
			noteType(o.Type())
		}
		if o := info.Defs[id]; o != nil {
			noteType(o.Type())
		}
		return true
	})
}

// collectSelectors notes the package-level names that a fence of Go code uses.
func collectSelectors(t *Tree, f Fence, shown map[string]bool) {
	if !f.IsGo() {
		return
	}
	for _, s := range f.selectors() {
		for _, p := range t.Packages {
			if p.IsPublic() && p.Name == s.pkg {
				shown[qualified(p, s.name)] = true
			}
		}
	}
}

// checkExamples finds Example functions that do not run because they do not say what they print.
func checkExamples(t *Tree, fault func(Fault)) {
	for _, p := range t.Packages {
		for _, f := range p.Tests {
			for _, e := range doc.Examples(f.AST) {
				if e.Output == "" && !e.EmptyOutput {
					fault(Fault{At: t.at(e.Code.Pos()), Name: qualified(p, "Example"+e.Name), Text: "the example has no // Output: and is compiled but never run"})
				}
			}
		}
	}
}
