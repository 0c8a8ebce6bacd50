package record

import (
	"encoding"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/missionled/missionled/milestone/calendar"
)

// Clone returns copies of records that share nothing with them that can be written to: nested slices and maps are copied
// too. A nil slice gives nil.
func Clone[T any, P Holder[T]](records []T) []T {
	own := slices.Clone(records)
	v := reflect.ValueOf(own)
	s := shapeOf(v.Type().Elem())
	for i := range own {
		detach(v.Index(i), s)
	}
	return own
}

func detach(v reflect.Value, s *shape) {
	for i := range s.fields {
		f := v.Field(s.fields[i].index)
		switch s.fields[i].class {
		case classIDs, classRefs, classSlice:
			if f.Len() > 0 {
				f.Set(reflect.AppendSlice(reflect.MakeSlice(f.Type(), 0, f.Len()), f))
			}
		case classExtensions:
			if f.Len() > 0 {
				f.Set(reflect.ValueOf(maps.Clone(f.Interface().(Extensions))))
			}
		case classStruct:
			detach(f, s.fields[i].sub)
		case classStructs:
			if f.Len() > 0 {
				f.Set(reflect.AppendSlice(reflect.MakeSlice(f.Type(), 0, f.Len()), f))
				for n := range f.Len() {
					detach(f.Index(n), s.fields[i].sub)
				}
			}
		}
	}
}

// A shape lists the fields of a record type that a check must visit.
type shape struct{ fields []field }

type field struct {
	index int
	name  string // as in a document; empty for embedded structs and for the plain field of a Value
	class class
	kinds []Kind // what a reference may name
	most  uint64 // the largest value of a closed list
	sub   *shape
}

type class uint8

const (
	classNone class = iota
	classID
	classIDs
	classRef
	classRefs
	classWhen
	classFloat
	classEnum
	classMoney
	classStruct
	classStructs // a slice of structs that have fields to visit
	classSlice
	classExtensions
)

var (
	shapes    sync.Map // of reflect.Type to *shape
	typeID    = reflect.TypeFor[ID]()
	typeIDs   = reflect.TypeFor[[]ID]()
	typeRef   = reflect.TypeFor[Ref]()
	typeRefs  = reflect.TypeFor[[]Ref]()
	typeWhen  = reflect.TypeFor[calendar.When]()
	typeExtra = reflect.TypeFor[Extensions]()
	typeMoney = reflect.TypeFor[Money]()
	typeText  = reflect.TypeFor[encoding.TextMarshaler]()
)

func shapeOf(t reflect.Type) *shape {
	if s, ok := shapes.Load(t); ok {
		return s.(*shape)
	}
	s, _ := shapes.LoadOrStore(t, newShape(t, nil))
	return s.(*shape)
}

// newShape reads the tags of a struct type. A field of type ID is a reference only where its tag says to which kind; kinds
// given to a field of a struct type count for the references in it.
func newShape(t reflect.Type, outer []Kind) *shape {
	s := new(shape)
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() {
			continue
		}
		kinds := outer
		if tag, ok := f.Tag.Lookup("ref"); ok {
			kinds = nil
			for k := range strings.SplitSeq(tag, ",") {
				kinds = append(kinds, Kind(k))
			}
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || f.Tag.Get("document") == "plain" {
			name = ""
		}
		entry := field{index: i, name: name, kinds: kinds, class: classify(f.Type, len(kinds) > 0)}
		if entry.class == classEnum {
			entry.most = largest(f.Type)
		}
		if entry.class == classStruct {
			entry.sub = newShape(f.Type, kinds)
			if len(entry.sub.fields) == 0 {
				continue
			}
		}
		if entry.class == classSlice && classify(f.Type.Elem(), false) == classStruct {
			if entry.sub = newShape(f.Type.Elem(), kinds); len(entry.sub.fields) > 0 {
				entry.class = classStructs
			}
		}
		if entry.class != classNone {
			s.fields = append(s.fields, entry)
		}
	}
	return s
}

// largest is the greatest value of a closed list that has a text.
func largest(t reflect.Type) uint64 {
	v := reflect.New(t).Elem()
	for n := uint64(255); n > 0; n-- {
		v.SetUint(n)
		if _, err := v.Interface().(encoding.TextMarshaler).MarshalText(); err == nil {
			return n
		}
	}
	return 0
}

func classify(t reflect.Type, refers bool) class {
	switch {
	case t == typeID && refers:
		return classID
	case t == typeIDs && refers:
		return classIDs
	case t == typeRef:
		return classRef
	case t == typeRefs:
		return classRefs
	case t == typeWhen:
		return classWhen
	case t == typeExtra:
		return classExtensions
	case t == typeMoney:
		return classMoney
	case t.Kind() == reflect.Uint8 && t.Implements(typeText):
		return classEnum
	case t.Kind() == reflect.Float64 || t.Kind() == reflect.Float32:
		return classFloat
	case t.Kind() == reflect.Slice:
		return classSlice
	case t.Kind() == reflect.Struct && t.PkgPath() != "time":
		return classStruct
	}
	return classNone
}
