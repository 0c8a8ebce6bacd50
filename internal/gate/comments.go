package gate

import (
	"go/ast"
	"go/doc/comment"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A named is an exported name with what is written about it.
type named struct {
	name     string // "Plan", "Plan.Schedule"
	pos      token.Pos
	kind     string // "func", "method", "type", "const", "var", "interface method"
	receiver string // of a method
	result   string // the words of the result types
	doc      *ast.CommentGroup
	own      bool // doc is about this name alone, not about a group
}

// exported lists the exported names of a package in the order of the source.
func exported(p *Package) []named {
	var all []named
	for _, f := range p.Files {
		for _, d := range f.AST.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				all = append(all, exportedFunc(d)...)
			case *ast.GenDecl:
				for _, s := range d.Specs {
					all = append(all, exportedSpec(d, s)...)
				}
			}
		}
	}
	return all
}

func exportedFunc(d *ast.FuncDecl) []named {
	if !d.Name.IsExported() {
		return nil
	}
	n := named{name: d.Name.Name, pos: d.Pos(), kind: "func", doc: d.Doc, own: true}
	if d.Recv != nil {
		n.kind, n.receiver = "method", receiverName(d)
		if !ast.IsExported(n.receiver) {
			return nil
		}
		n.name = n.receiver + "." + n.name
	}
	if d.Type.Results != nil {
		for _, r := range d.Type.Results.List {
			n.result += " " + types.ExprString(r.Type)
		}
	}
	return []named{n}
}

// receiverName is the name of the type that a method belongs to.
func receiverName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return ""
	}
	x := d.Recv.List[0].Type
	for {
		switch y := x.(type) {
		case *ast.StarExpr:
			x = y.X
		case *ast.IndexExpr:
			x = y.X
		case *ast.IndexListExpr:
			x = y.X
		case *ast.ParenExpr:
			x = y.X
		case *ast.Ident:
			return y.Name
		default:
			return ""
		}
	}
}

func exportedSpec(d *ast.GenDecl, s ast.Spec) []named {
	var all []named
	switch s := s.(type) {
	case *ast.TypeSpec:
		if !s.Name.IsExported() {
			return nil
		}
		doc := s.Doc
		if doc == nil && !d.Lparen.IsValid() {
			doc = d.Doc
		}
		if doc == nil {
			doc = s.Comment
		}
		all = append(all, named{name: s.Name.Name, pos: s.Pos(), kind: "type", doc: doc, own: true})
		if i, ok := s.Type.(*ast.InterfaceType); ok {
			for _, m := range i.Methods.List {
				for _, name := range m.Names {
					if name.IsExported() {
						all = append(all, named{name: s.Name.Name + "." + name.Name, pos: m.Pos(), kind: "interface method", receiver: s.Name.Name, doc: either(m.Doc, m.Comment), own: true})
					}
				}
			}
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			if name.IsExported() {
				own := either(s.Doc, s.Comment)
				all = append(all, named{name: name.Name, pos: name.Pos(), kind: d.Tok.String(), doc: either(own, d.Doc), own: own != nil || !d.Lparen.IsValid()})
			}
		}
	}
	return all
}

func either(a, b *ast.CommentGroup) *ast.CommentGroup {
	if a != nil {
		return a
	}
	return b
}

func text(doc *ast.CommentGroup) string {
	if doc == nil {
		return ""
	}
	return strings.TrimSpace(doc.Text())
}

func checkComments(t *Tree, fault func(Fault)) {
	for _, p := range t.Packages {
		if len(p.Files) == 0 {
			continue
		}
		var docs []*File
		for _, f := range p.Files {
			if text(f.AST.Doc) != "" {
				docs = append(docs, f)
			}
		}
		switch {
		case len(docs) == 0:
			fault(Fault{At: p.Path, Text: "the package has no comment: say in doc.go what it is for and what it is not for"})
		case len(docs) > 1:
			fault(Fault{At: docs[1].Name, Text: "the package comment stands in " + docs[0].Name + " already"})
		}
		for _, n := range exported(p) {
			if text(n.doc) == "" {
				fault(Fault{At: t.at(n.pos), Name: qualified(p, n.name), Text: "the " + n.kind + " has no doc comment"})
			}
		}
	}
}

// qualified is a name as exceptions give it: "graph/draw.Picture".
func qualified(p *Package, name string) string { return p.Path + "." + name }

// small are words that say nothing by themselves.
var small = words(`a an and are as at be been by do does for from function given gets get has have if in into is it its method named of on
	or over return returned returning returns report reports set sets that the there this to type value was whether which with represents
	represent implements implement contains holds hold denotes describes struct interface const constant variable field`)

func words(s string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// standard are methods whose names are fixed by the interfaces of the standard library, so that their comments may lean on
// the type's name.
var standard = words(`AppendText As Error Format GoString Is IsZero MarshalJSON MarshalText Scan String UnmarshalJSON UnmarshalText Unwrap Value`)

// checkRestating finds comments whose every word is small or a word of the name itself.
func checkRestating(t *Tree, fault func(Fault)) {
	for _, p := range t.Packages {
		for _, n := range exported(p) {
			if said := text(n.doc); said != "" && n.own && restates(n, said) {
				fault(Fault{At: t.at(n.pos), Name: qualified(p, n.name), Text: "the comment only repeats the name: " + strings.Join(strings.Fields(said), " ")})
			}
		}
	}
}

func restates(n named, said string) bool {
	own := make(map[string]bool)
	base := n.name[strings.LastIndexByte(n.name, '.')+1:]
	for _, w := range split(base) {
		own[stem(w)] = true
	}
	own[stem(strings.ToLower(base))] = true
	if n.receiver != "" && !standard[base] {
		for _, w := range split(n.receiver) {
			own[stem(w)] = true
		}
		own[stem(strings.ToLower(n.receiver))] = true
	}
	// What stands behind a constant may be as short as it likes, as long as it is another word or a link.
	value := n.kind == "const" || n.kind == "var"
	if value && strings.Contains(said, "[") {
		return false
	}
	for _, w := range split(said) {
		if !own[stem(w)] && (!small[w] || value && !articles[w]) {
			return false
		}
	}
	return true
}

var articles = words(`a an the of is`)

// split cuts text into lower-case words at everything that is no letter and where a capital follows a small letter.
func split(s string) []string {
	var out []string
	var w []rune
	flush := func() {
		if len(w) > 0 {
			out = append(out, strings.ToLower(string(w)))
			w = w[:0]
		}
	}
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
		case unicode.IsUpper(r) && len(w) > 0 && !unicode.IsUpper(w[len(w)-1]):
			flush()
			w = append(w, r)
		default:
			w = append(w, r)
		}
	}
	flush()
	return out
}

func stem(w string) string {
	for _, end := range []string{"ing", "ies", "ed", "es", "s", "e", "y"} {
		if s, ok := strings.CutSuffix(w, end); ok && len(s) > 2 {
			return s
		}
	}
	return w
}

// bracketed is what a reader takes for a link to a name.
var bracketed = regexp.MustCompile(`\[\*?(?:[a-z][a-z0-9/]*\.)?[A-Z]\w*(?:\.[A-Z]\w*)?\]`)

// checkLinks finds links to names in doc comments that lead nowhere.
func checkLinks(t *Tree, fault func(Fault)) {
	for _, p := range t.Packages {
		for _, f := range p.Files {
			known := make(map[string]*types.Package)
			if p.Types != nil {
				for _, i := range f.AST.Imports {
					path := strings.Trim(i.Path.Value, `"`)
					for _, q := range p.Types.Imports() {
						if q.Path() == path {
							name := q.Name()
							if i.Name != nil {
								name = i.Name.Name
							}
							known[name] = q
						}
					}
				}
			}
			for _, g := range docComments(f.AST) {
				for _, link := range deadLinks(t, p, known, g.Text()) {
					fault(Fault{At: t.at(g.Pos()), Name: link, Text: "is no link: nothing has that name here (another package's name needs the package, and its import), or a letter follows the bracket"})
				}
			}
		}
	}
}

func docComments(f *ast.File) []*ast.CommentGroup {
	docs := []*ast.CommentGroup{f.Doc}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			docs = append(docs, d.Doc)
		case *ast.GenDecl:
			docs = append(docs, d.Doc)
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					docs = append(docs, s.Doc)
					if st, ok := s.Type.(*ast.StructType); ok {
						for _, field := range st.Fields.List {
							docs = append(docs, field.Doc)
						}
					}
				case *ast.ValueSpec:
					docs = append(docs, s.Doc)
				}
			}
		}
	}
	return slices.DeleteFunc(docs, func(g *ast.CommentGroup) bool { return g == nil })
}

func deadLinks(t *Tree, p *Package, known map[string]*types.Package, text string) []string {
	find := func(q *types.Package, receiver, name string) bool {
		if q == nil {
			return false
		}
		if receiver == "" {
			return q.Scope().Lookup(name) != nil
		}
		o := q.Scope().Lookup(receiver)
		if o == nil {
			return false
		}
		found, _, _ := types.LookupFieldOrMethod(o.Type(), true, q, name)
		return found != nil
	}
	parser := comment.Parser{
		LookupPackage: func(name string) (string, bool) {
			if q := known[name]; q != nil {
				return q.Path(), true
			}
			for _, q := range t.Packages { // package comments may speak of what they do not import
				if q.Name == name && q.Types != nil {
					known[name] = q.Types
					return q.Types.Path(), true
				}
			}
			return comment.DefaultLookupPackage(name)
		},
		LookupSym: func(receiver, name string) bool { return find(p.Types, receiver, name) },
	}
	var dead []string
	look := func(run []comment.Text) {
		for _, x := range run {
			switch x := x.(type) {
			case comment.Plain:
				dead = append(dead, bracketed.FindAllString(string(x), -1)...)
			case *comment.DocLink:
				if x.ImportPath == "" {
					continue
				}
				for _, q := range known {
					if q.Path() == x.ImportPath && x.Name != "" && !find(q, x.Recv, x.Name) {
						dead = append(dead, "["+q.Name()+"."+x.Name+"]")
					}
				}
			}
		}
	}
	for _, b := range parser.Parse(text).Content {
		switch b := b.(type) {
		case *comment.Paragraph:
			look(b.Text)
		case *comment.List:
			for _, item := range b.Items {
				for _, c := range item.Content {
					if c, ok := c.(*comment.Paragraph); ok {
						look(c.Text)
					}
				}
			}
		}
	}
	return dead
}
