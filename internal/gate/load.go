package gate

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A Tree is the repository as the gates see it: the packages of its module with their types, and every other text in it.
type Tree struct {
	Module   string // the module's path
	Fset     *token.FileSet
	Packages []*Package // by path; packages of nested modules are not among them
	Texts    []*Text    // every file that is text, by path, those of nested modules included
	Folders  map[string]bool
}

// A Package is a folder of Go files.
type Package struct {
	Path  string  // within the module, slashes; "." for the root
	Name  string  // as in its package clause
	Files []*File // without tests, by name
	Tests []*File // by name

	Types *types.Package // nil where there are no files but tests
	Info  *types.Info    // of the files and, in packages of their own, of the tests
	Errs  []error        // what the type checker said of Files
}

// A File is a Go file that counts in this build: its build constraints hold.
type File struct {
	Name string // path within the repository
	AST  *ast.File
}

// A Text is the content of a file.
type Text struct {
	Name string // path within the repository
	Data string
}

// Lookup opens the compiler's export data of a package outside the module.
type Lookup func(path string) (io.ReadCloser, error)

// Load reads a repository. The module's own packages are type-checked from source; what they import is found by lookup. A
// file that does not parse is an error; one that does not type-check is not, and leaves its mark in Package.Errs.
func Load(repo fs.FS, lookup Lookup) (*Tree, error) {
	mod, err := fs.ReadFile(repo, "go.mod")
	if err != nil {
		return nil, err
	}
	t := &Tree{Fset: token.NewFileSet(), Folders: make(map[string]bool)}
	for line := range strings.Lines(string(mod)) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "module "); ok {
			t.Module = strings.TrimSpace(name)
		}
	}
	nested := make(map[string]bool)
	err = fs.WalkDir(repo, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name == ".git" {
				return fs.SkipDir
			}
			t.Folders[name] = true
			_, modErr := fs.Stat(repo, path.Join(name, "go.mod"))
			nested[name] = name != "." && (modErr == nil || nested[path.Dir(name)])
			return nil
		}
		if !d.Type().IsRegular() {
			return nil
		}
		data, err := fs.ReadFile(repo, name)
		if err != nil {
			return err
		}
		if bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0 {
			return nil
		}
		t.Texts = append(t.Texts, &Text{Name: name, Data: string(data)})
		if isGo(name) && !nested[path.Dir(name)] {
			return t.parse(name, data)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(t.Packages, func(a, b *Package) int { return strings.Compare(a.Path, b.Path) })
	t.check(lookup)
	return t, nil
}

// isGo reports whether the go command would look at the file.
func isGo(name string) bool {
	if path.Ext(name) != ".go" {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == "testdata" || part == "vendor" || part[0] == '_' || part[0] == '.' {
			return false
		}
	}
	return true
}

func (t *Tree) parse(name string, data []byte) error {
	ctx := build.Default
	ctx.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	if ok, err := ctx.MatchFile(path.Dir(name), path.Base(name)); err != nil || !ok {
		return err
	}
	tree, err := parser.ParseFile(t.Fset, name, data, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	p := t.Package(path.Dir(name))
	if p == nil {
		p = &Package{Path: path.Dir(name)}
		t.Packages = append(t.Packages, p)
	}
	f := &File{Name: name, AST: tree}
	if strings.HasSuffix(name, "_test.go") {
		p.Tests = append(p.Tests, f)
		return nil
	}
	p.Name = tree.Name.Name
	p.Files = append(p.Files, f)
	return nil
}

// Package returns the package in a folder, or nil.
func (t *Tree) Package(folder string) *Package {
	for _, p := range t.Packages {
		if p.Path == folder {
			return p
		}
	}
	return nil
}

// Text returns a file's content and whether it is there.
func (t *Tree) Text(name string) (string, bool) {
	for _, x := range t.Texts {
		if x.Name == name {
			return x.Data, true
		}
	}
	return "", false
}

// IsExample reports whether the package is a program that shows the library in use.
func (p *Package) IsExample() bool {
	return p.Path == "examples" || strings.HasPrefix(p.Path, "examples/")
}

// IsTool reports whether the package serves the repository and is no part of what programs link.
func (p *Package) IsTool() bool {
	return p.Path == "internal/gate" || strings.HasPrefix(p.Path, "internal/gate/") || strings.HasPrefix(p.Path, "internal/test")
}

// IsLibrary reports whether programs that use the module may link the package.
func (p *Package) IsLibrary() bool {
	return len(p.Files) > 0 && p.Name != "main" && !p.IsExample() && !p.IsTool()
}

// IsPublic reports whether other modules may import the package.
func (p *Package) IsPublic() bool {
	return p.IsLibrary() && !slices.Contains(strings.Split(p.Path, "/"), "internal")
}

// short is the package's path with the module's own in front cut away, or ok false for a package of another module.
func (t *Tree) short(importPath string) (string, bool) {
	if importPath == t.Module {
		return ".", true
	}
	return strings.CutPrefix(importPath, t.Module+"/")
}

func imports(files []*File) []string {
	var paths []string
	for _, f := range files {
		for _, spec := range f.AST.Imports {
			if p, err := strconv.Unquote(spec.Path.Value); err == nil {
				paths = append(paths, p)
			}
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// Foreign returns the import paths of other modules and of the standard library that the module's packages and their tests
// name, so that a caller can fetch their export data in one go.
func Foreign(repo fs.FS) ([]string, error) {
	t, err := Load(repo, nil)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, p := range t.Packages {
		for _, i := range imports(slices.Concat(p.Files, p.Tests)) {
			if _, own := t.short(i); !own && i != "C" && i != "unsafe" {
				paths = append(paths, i)
			}
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths), nil
}

// check type-checks the packages, each after those that it imports.
func (t *Tree) check(lookup Lookup) {
	if lookup == nil {
		return
	}
	foreign := importer.ForCompiler(t.Fset, "gc", importer.Lookup(lookup))
	done := make(map[string]bool)
	var resolve func(importPath string) (*types.Package, error)
	resolve = func(importPath string) (*types.Package, error) {
		name, own := t.short(importPath)
		if !own {
			if importPath == "unsafe" {
				return types.Unsafe, nil
			}
			return foreign.Import(importPath)
		}
		p := t.Package(name)
		if p == nil || len(p.Files) == 0 {
			return nil, fmt.Errorf("there is no package %s", importPath)
		}
		if !done[name] {
			done[name] = true
			p.Info = newInfo()
			p.Types, p.Errs = t.typeCheck(importPath, p.Files, p.Info, importerFunc(resolve))
		}
		if p.Types == nil {
			return nil, fmt.Errorf("%s imports itself by way of others", importPath)
		}
		return p.Types, nil
	}
	for _, p := range t.Packages {
		if len(p.Files) > 0 {
			_, _ = resolve(path.Join(t.Module, p.Path)) // what goes wrong is in p.Errs
		}
	}
	for _, p := range t.Packages {
		t.checkTests(p, importerFunc(resolve))
	}
}

// checkTests type-checks a package's tests as far as it can: what is wrong with them is for go vet to say. A package under
// test is checked again together with the tests inside it, so its objects are not those of p.Types.
func (t *Tree) checkTests(p *Package, all types.Importer) {
	if p.Info == nil {
		p.Info = newInfo()
	}
	var inside, outside []*File
	for _, f := range p.Tests {
		if strings.HasSuffix(f.AST.Name.Name, "_test") {
			outside = append(outside, f)
		} else {
			inside = append(inside, f)
		}
	}
	self := path.Join(t.Module, p.Path)
	under := p.Types
	if len(inside) > 0 {
		under, _ = t.typeCheck(self, slices.Concat(p.Files, inside), p.Info, all)
	}
	if len(outside) > 0 {
		_, _ = t.typeCheck(self+"_test", outside, p.Info, importerFunc(func(importPath string) (*types.Package, error) {
			if importPath == self && under != nil {
				return under, nil
			}
			return all.Import(importPath)
		}))
	}
}

func (t *Tree) typeCheck(name string, files []*File, info *types.Info, from types.Importer) (*types.Package, []error) {
	var errs []error
	conf := types.Config{Importer: from, Error: func(err error) { errs = append(errs, err) }}
	trees := make([]*ast.File, len(files))
	for i, f := range files {
		trees[i] = f.AST
	}
	p, err := conf.Check(name, t.Fset, trees, info)
	if err != nil && len(errs) == 0 {
		errs = append(errs, err)
	}
	return p, errs
}

func newInfo() *types.Info {
	return &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue),
		Defs:  make(map[*ast.Ident]types.Object),
		Uses:  make(map[*ast.Ident]types.Object),
	}
}

type importerFunc func(string) (*types.Package, error)

func (f importerFunc) Import(name string) (*types.Package, error) { return f(name) }

func checkTypes(t *Tree, fault func(Fault)) {
	for _, p := range t.Packages {
		for _, err := range p.Errs {
			at := p.Path
			if e, ok := err.(types.Error); ok {
				at = t.at(e.Pos)
				err = fmt.Errorf("%s", e.Msg)
			}
			fault(Fault{At: at, Text: err.Error()})
		}
	}
}
