package gate

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// A Fence is a fenced block of a Markdown document.
type Fence struct {
	File string
	Line int    // of its first line of content, from 1
	Info string // what stands after the opening marks: "go", "text output"
	Code string
}

// Fences returns the fenced blocks of a document in their order.
func Fences(doc *Text) []Fence {
	var all []Fence
	var open *Fence
	var mark string
	n := 0
	for line := range strings.Lines(doc.Data) {
		n++
		trimmed := strings.TrimSpace(line)
		switch {
		case open != nil && strings.HasPrefix(trimmed, mark) && strings.Trim(trimmed, "`~") == "":
			all = append(all, *open)
			open = nil
		case open != nil:
			open.Code += line
		case strings.HasPrefix(trimmed, "```"), strings.HasPrefix(trimmed, "~~~"):
			mark = trimmed[:len(trimmed)-len(strings.TrimLeft(trimmed, trimmed[:1]))]
			open = &Fence{File: doc.Name, Line: n + 1, Info: strings.TrimSpace(trimmed[len(mark):])}
		}
	}
	return all
}

// IsGo reports whether the fence holds Go code.
func (f Fence) IsGo() bool { return f.Info == "go" || strings.HasPrefix(f.Info, "go ") }

// IsProgram reports whether the fence is a whole Go program, and so is to be built.
func (f Fence) IsProgram() bool {
	return f.IsGo() && regexp.MustCompile(`(?m)^package main\b`).MatchString(f.Code)
}

type selector struct{ pkg, name string }

// parse reads the fence as a file, as declarations, or as statements.
func (f Fence) parse() (*ast.File, error) {
	var errs []error
	for _, src := range []string{f.Code, "package p\n" + f.Code, "package p\nfunc _() {\n" + f.Code + "\n}"} {
		tree, err := parser.ParseFile(token.NewFileSet(), "", src, 0)
		if err == nil {
			return tree, nil
		}
		errs = append(errs, err)
	}
	return nil, errors.Join(errs...)
}

// selectors are what the fence's code names with a dot after a plain lower-case name, whether that is a package or not.
func (f Fence) selectors() []selector {
	tree, err := f.parse()
	if err != nil {
		return nil
	}
	var all []selector
	ast.Inspect(tree, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Obj == nil && s.Sel.IsExported() {
				all = append(all, selector{x.Name, s.Sel.Name})
			}
		}
		return true
	})
	slices.SortFunc(all, func(a, b selector) int { return strings.Compare(a.pkg+"."+a.name, b.pkg+"."+b.name) })
	return slices.Compact(all)
}

// CheckFragment finds what is wrong with a fence of Go code that is not a program: it must parse, and the exported names
// that it takes from the module's packages must exist.
func (t *Tree) CheckFragment(f Fence) []string {
	if _, err := f.parse(); err != nil {
		return []string{"the fence is no Go code, neither a file nor declarations nor statements: " + err.Error()}
	}
	var wrong []string
	for _, s := range f.selectors() {
		for _, p := range t.Packages {
			if p.IsPublic() && p.Name == s.pkg && p.Types != nil && p.Types.Scope().Lookup(s.name) == nil {
				wrong = append(wrong, "there is no "+s.pkg+"."+s.name)
			}
		}
	}
	return wrong
}
