package jsonform

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Form is the JSON a Go type is read from and written as. The zero Form belongs to no type.
type Form uint8

const (
	Object  Form = iota + 1 // a struct
	Either                  // a struct with a plain field: that field's form, or an object
	Map                     // an object whose names are data
	List                    // an array
	Text                    // a string that the type itself parses (UnmarshalText)
	String                  // any string
	Bool                    // true or false
	Int                     // a whole number
	Uint                    // a whole number, zero or more
	Float                   // a number that a float64 holds
	pointer                 // what it points to
)

var formNames = [...]string{"", "object", "either", "map", "list", "text", "string", "bool", "int", "uint", "float", "pointer"}

// String returns the form in one lower-case word, such as "list"; the empty string for the zero Form.
func (f Form) String() string {
	if int(f) < len(formNames) {
		return formNames[f]
	}
	return "form(" + strconv.Itoa(int(f)) + ")"
}

// shape is what decoder and encoder know of a Go type. Shapes are built once, are immutable, and may refer to themselves.
type shape struct {
	typ     reflect.Type
	form    Form
	elem    *shape  // of a list, map or pointer
	key     *shape  // of a map: Text or String
	fields  []field // members of an object in the order they are written
	table   []int16 // hash of a name to an index in fields, -1 where empty; see slot
	blank   []int   // as many zeros as there are fields
	extra   *field  // where x- members go, or nil
	plain   *field  // of an either-or
	want    string  // "text", "an array": what a fault says is wanted
	appends bool    // the type has AppendText
	marks   bool    // an either-or that says itself which of the two it is: see marker
}

// field is one member of an object.
type field struct {
	name      string
	quoted    string // `"name":`
	index     []int
	shape     *shape
	omitEmpty bool
	omitZero  bool
	last      bool
	tagged    bool
	zero      func(reflect.Value) bool
}

// marker is an either-or whose plain field may be zero and still count, such as a known "false". Decode calls DecodedPlain
// once it has read the plain field; the encoder writes the plain field alone where EncodesPlain, and else the others.
type marker interface {
	DecodedPlain()
	EncodesPlain() bool
}

// in returns the field's value in the struct v, through embedded structs.
func (f *field) in(v reflect.Value) reflect.Value {
	for _, i := range f.index {
		v = v.Field(i)
	}
	return v
}

var (
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
	textMarshaler   = reflect.TypeFor[encoding.TextMarshaler]()
	textAppender    = reflect.TypeFor[encoding.TextAppender]()
	rawMembers      = reflect.TypeFor[map[string]string]()
	marking         = reflect.TypeFor[marker]()
)

var (
	shapes   sync.Map   // reflect.Type to *shape, complete ones only
	building sync.Mutex // held while shapes are made, so that none is seen half made
)

// shapeOf returns the shape of t, and panics when t is of a kind the package does not support.
func shapeOf(t reflect.Type) *shape {
	if s, ok := shapes.Load(t); ok {
		return s.(*shape)
	}
	building.Lock()
	defer building.Unlock()
	made := make(builder)
	s := made.shape(t)
	for t, s := range made {
		shapes.LoadOrStore(t, s)
	}
	return s
}

// builder holds the shapes made in one call of shapeOf, so that recursive types find themselves.
type builder map[reflect.Type]*shape

func refuse(t reflect.Type, why string) {
	panic(fmt.Sprintf("jsonform: type %v: %s", t, why))
}

func (b builder) shape(t reflect.Type) *shape {
	if s, ok := shapes.Load(t); ok {
		return s.(*shape)
	}
	if s := b[t]; s != nil {
		return s
	}
	s := &shape{typ: t}
	b[t] = s
	switch reads, writes := reflect.PointerTo(t).Implements(textUnmarshaler), reflect.PointerTo(t).Implements(textMarshaler); {
	case t.Kind() == reflect.Struct && hasPlain(t):
		s.form = Either
		b.object(s)
		s.want = s.plain.shape.want + " or an object"
		s.marks = reflect.PointerTo(t).Implements(marking)
		return s
	case reads && writes && t.Kind() != reflect.Pointer:
		s.form, s.want = Text, "text"
		if t.Name() != "" {
			s.want = "text (" + t.Name() + ")"
		}
		s.appends = reflect.PointerTo(t).Implements(textAppender)
		return s
	case reads != writes && t.Kind() != reflect.Pointer:
		refuse(t, "has one of MarshalText and UnmarshalText, needs both")
	}
	switch t.Kind() {
	case reflect.String:
		s.form, s.want = String, "text"
	case reflect.Bool:
		s.form, s.want = Bool, "true or false"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		s.form, s.want = Int, "a whole number"
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		s.form, s.want = Uint, "a whole number, zero or more"
	case reflect.Float64:
		s.form, s.want = Float, "a number"
	case reflect.Slice:
		s.form, s.want, s.elem = List, "an array", b.shape(t.Elem())
		if s.elem.form == Uint && t.Elem().Kind() == reflect.Uint8 {
			refuse(t, "bytes have no agreed form in JSON")
		}
	case reflect.Map:
		s.form, s.want, s.key, s.elem = Map, "an object", b.shape(t.Key()), b.shape(t.Elem())
		if s.key.form != String && s.key.form != Text {
			refuse(t, "map keys must be text")
		}
	case reflect.Struct:
		s.form, s.want = Object, "an object"
		b.object(s)
	case reflect.Pointer:
		s.form = pointer // first, so that `type P *P` is seen through
		if s.elem = b.shape(t.Elem()); s.elem.form == pointer {
			refuse(t, "is a pointer to a pointer")
		}
	default:
		refuse(t, "is not supported")
	}
	return s
}

// words returns what the document tag of a field says, and refuses words it does not know.
func words(t reflect.Type, f reflect.StructField) (extensions, last, plain bool) {
	tag := f.Tag.Get("document")
	if tag == "" {
		return
	}
	for word := range strings.SplitSeq(tag, ",") {
		switch word {
		case "extensions":
			extensions = true
		case "last":
			last = true
		case "plain":
			plain = true
		default:
			refuse(t, "field "+f.Name+" has an unknown document tag "+strconv.Quote(word))
		}
	}
	return
}

func hasPlain(t reflect.Type) bool {
	for f := range t.Fields() {
		if _, _, plain := words(t, f); plain {
			return true
		}
	}
	return false
}

// object fills in the members of the struct s.typ by the rules of encoding/json: of fields with one name the least deeply
// embedded counts, of those the one named by a tag; where that leaves two, none does.
func (b builder) object(s *shape) {
	var all, extras []field
	b.collect(s, s.typ, nil, &all, &extras)
	best := make(map[string]field, len(all))
	rival := make(map[string]bool)
	for _, f := range all {
		old, ok := best[f.name]
		switch {
		case !ok || len(f.index) < len(old.index) || len(f.index) == len(old.index) && f.tagged && !old.tagged:
			best[f.name] = f
			rival[f.name] = false
		case len(f.index) == len(old.index) && f.tagged == old.tagged:
			rival[f.name] = true
		}
	}
	for _, f := range all {
		if slices.Equal(best[f.name].index, f.index) && !rival[f.name] {
			f.quoted = string(appendString(nil, f.name)) + ":"
			f.zero = zeroTest(f.shape.typ)
			s.fields = append(s.fields, f)
		}
	}
	slices.SortStableFunc(s.fields, func(a, b field) int { return rank(a.last) - rank(b.last) })
	for _, f := range extras {
		switch {
		case s.extra == nil || len(f.index) < len(s.extra.index):
			s.extra = &f
		case len(f.index) == len(s.extra.index):
			refuse(s.typ, "has two fields for extensions")
		}
	}
	s.index()
}

func rank(last bool) int {
	if last {
		return 1
	}
	return 0
}

// collect appends the fields of struct t, reached from s.typ by index, and those of structs it embeds. It recurses over Go types only,
// and embedding by value cannot loop.
func (b builder) collect(s *shape, t reflect.Type, index []int, all, extras *[]field) {
	for i := range t.NumField() {
		sf := t.Field(i)
		here := append(slices.Clone(index), i)
		extensions, last, plain := words(t, sf)
		if !sf.IsExported() && (!sf.Anonymous || sf.Type.Kind() != reflect.Struct) {
			if sf.Anonymous && sf.Type.Kind() == reflect.Pointer {
				refuse(t, "embeds a pointer")
			}
			if extensions || last || plain {
				refuse(t, "field "+sf.Name+" has a document tag and is not exported")
			}
			continue
		}
		switch {
		case plain && index != nil:
			refuse(s.typ, "embeds an either-or")
		case plain:
			f := field{name: sf.Name, index: here, shape: b.shape(sf.Type), zero: zeroTest(sf.Type)}
			if s.plain != nil {
				refuse(t, "has two plain fields")
			}
			switch f.shape.form {
			case Text, String, Bool, Int, Uint, Float, List:
			default:
				refuse(t, "has a plain field that is neither a scalar nor a list")
			}
			s.plain = &f
			continue
		case extensions:
			if !sf.Type.ConvertibleTo(rawMembers) {
				refuse(t, "keeps extensions in a field that is not a map[string]string")
			}
			*extras = append(*extras, field{name: sf.Name, index: here})
			continue
		}
		tag := sf.Tag.Get("json")
		if tag == "-" {
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		if sf.Anonymous && name == "" {
			if sf.Type.Kind() == reflect.Struct {
				b.collect(s, sf.Type, here, all, extras)
				continue
			}
			if sf.Type.Kind() == reflect.Pointer && sf.Type.Elem().Kind() == reflect.Struct {
				refuse(t, "embeds a pointer")
			}
		}
		if !sf.IsExported() {
			refuse(t, "field "+sf.Name+" has a json tag and is not exported")
		}
		f := field{name: name, index: here, last: last, tagged: name != "", shape: b.shape(sf.Type)}
		if name == "" {
			f.name = sf.Name
		}
		if strings.ContainsAny(f.name, "\"\\,") {
			refuse(t, "field "+sf.Name+" has a name with a quote, backslash or comma")
		}
		for option := range strings.SplitSeq(options, ",") {
			switch option {
			case "":
			case "omitempty":
				f.omitEmpty = true
			case "omitzero":
				f.omitZero = true
			default:
				refuse(t, "field "+sf.Name+" has the json option "+strconv.Quote(option))
			}
		}
		*all = append(*all, f)
	}
}

type zeroer interface{ IsZero() bool }

// zeroTest returns the test that omitzero applies to values of type t, which must be addressable: the type's IsZero method, if it has one.
func zeroTest(t reflect.Type) func(reflect.Value) bool {
	isZeroer := reflect.TypeFor[zeroer]()
	switch {
	case t.Kind() == reflect.Pointer && t.Implements(isZeroer):
		return func(v reflect.Value) bool { return v.IsNil() || v.Interface().(zeroer).IsZero() }
	case reflect.PointerTo(t).Implements(isZeroer):
		return func(v reflect.Value) bool { return v.Addr().Interface().(zeroer).IsZero() }
	}
	return reflect.Value.IsZero
}

// empty is the test of omitempty.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String:
		return v.Len() == 0
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16,
		reflect.Uint32, reflect.Uint64, reflect.Float64, reflect.Pointer:
		return v.IsZero()
	case reflect.Array:
		return v.Len() == 0
	}
	return false
}
