package jsonform

import "reflect"

// Role says what a [Member] is for.
type Role uint8

const (
	Named      Role = iota + 1 // a member with a name
	Extensions                 // where members starting with "x-" are kept
	Plain                      // what a value that is not an object is read into
)

// Member describes one member of the objects a struct type is read from.
type Member struct {
	Name     string       // in the document; empty for Extensions and Plain
	Role     Role         // Named for most
	Index    []int        // of the field, for reflect.Value.FieldByIndex
	Type     reflect.Type // of the field
	Form     Form         // of Type, or of what it points to
	Required bool         // always written: neither omitempty nor omitzero, nor a pointer. Decode does not insist on it
	Last     bool         // written after the members that are not
}

// Members returns the members of the struct type t, or of the struct a pointer type t points to, in the order they are written, followed by
// the plain field and the field for extensions if there are such. It is nil for other types. It panics on a type the package does not support.
// The elements of lists and maps are found at Type.Elem. The caller owns the slice.
func Members(t reflect.Type) []Member {
	s := target(t)
	if s.form != Object && s.form != Either {
		return nil
	}
	members := make([]Member, 0, len(s.fields)+2)
	for _, f := range s.fields {
		m := f.member(s, Named)
		m.Name, m.Last = f.name, f.last
		m.Required = !f.omitEmpty && !f.omitZero && f.shape.form != pointer
		members = append(members, m)
	}
	if s.plain != nil {
		members = append(members, s.plain.member(s, Plain))
	}
	if s.extra != nil {
		members = append(members, s.extra.member(s, Extensions))
	}
	return members
}

// FormOf returns the form of t, or of what it points to. It panics on a type the package does not support.
func FormOf(t reflect.Type) Form { return target(t).form }

func target(t reflect.Type) *shape {
	s := shapeOf(t)
	if s.form == pointer {
		s = s.elem
	}
	return s
}

func (f *field) member(s *shape, role Role) Member {
	t := s.typ.FieldByIndex(f.index).Type
	return Member{Role: role, Index: append([]int(nil), f.index...), Type: t, Form: FormOf(t)}
}
