package gate

import (
	"bytes"
	"fmt"
	"go/constant"
	"go/types"
	"slices"
	"strings"
)

// API returns the exported names of a package as text, one a line in the order of the alphabet, so that a change of the
// API shows as a change of lines. A line starts with what the name is; fields and methods stand on lines of their own.
func API(p *types.Package) string {
	qualify := func(q *types.Package) string {
		if q == p {
			return ""
		}
		return q.Name()
	}
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for _, name := range p.Scope().Names() {
		o := p.Scope().Lookup(name)
		if !o.Exported() {
			continue
		}
		switch o := o.(type) {
		case *types.Const:
			value := o.Val().ExactString()
			if o.Val().Kind() == constant.Float {
				value = o.Val().String()
			}
			add("const %s %s = %s", name, types.TypeString(o.Type(), qualify), value)
		case *types.Var:
			add("var %s %s", name, types.TypeString(o.Type(), qualify))
		case *types.Func:
			add("func %s%s", name, signature(o, qualify))
		case *types.TypeName:
			lines = append(lines, typeLines(o, qualify)...)
		}
	}
	slices.Sort(lines)
	return strings.Join(append(lines, ""), "\n")
}

func signature(f *types.Func, q types.Qualifier) string {
	var b bytes.Buffer
	types.WriteSignature(&b, f.Signature(), q)
	return b.String()
}

func typeParams(params *types.TypeParamList, q types.Qualifier) string {
	var parts []string
	for p := range params.TypeParams() {
		parts = append(parts, p.Obj().Name()+" "+types.TypeString(p.Constraint(), q))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func typeLines(o *types.TypeName, q types.Qualifier) []string {
	name := o.Name()
	if o.IsAlias() {
		return []string{"type " + name + " = " + types.TypeString(types.Unalias(o.Type()), q)}
	}
	named, ok := o.Type().(*types.Named)
	if !ok {
		return nil
	}
	params := ""
	if named.TypeParams().Len() > 0 {
		params = typeParams(named.TypeParams(), q)
	}
	var lines []string
	switch u := named.Underlying().(type) {
	case *types.Struct:
		lines = append(lines, "type "+name+params+" struct")
		hidden := false
		for i := range u.NumFields() {
			f := u.Field(i)
			if !f.Exported() {
				hidden = true
				continue
			}
			kind := "field"
			if f.Embedded() {
				kind = "embeds"
			}
			line := fmt.Sprintf("type %s struct, %s %s %s", name, kind, f.Name(), types.TypeString(f.Type(), q))
			if tag := u.Tag(i); tag != "" {
				line += " `" + tag + "`"
			}
			lines = append(lines, line)
		}
		if hidden {
			lines = append(lines, "type "+name+" struct, has fields that are not exported")
		}
	case *types.Interface:
		lines = append(lines, "type "+name+params+" interface")
		for m := range u.ExplicitMethods() {
			if !m.Exported() {
				lines = append(lines, "type "+name+" interface, cannot be implemented elsewhere")
				continue
			}
			lines = append(lines, "type "+name+" interface, method "+m.Name()+signature(m, q))
		}
		for e := range u.EmbeddedTypes() {
			lines = append(lines, "type "+name+" interface, embeds "+types.TypeString(e, q))
		}
	default:
		lines = append(lines, "type "+name+params+" "+types.TypeString(u, q))
	}
	for m := range named.Methods() {
		if !m.Exported() {
			continue
		}
		receiver := name
		if _, pointer := m.Signature().Recv().Type().(*types.Pointer); pointer {
			receiver = "*" + name
		}
		lines = append(lines, "method ("+receiver+") "+m.Name()+signature(m, q))
	}
	return lines
}
