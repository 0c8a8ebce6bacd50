package jsonform

import (
	"encoding"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// ValueError is a value that has no JSON form, and where in the encoded value it stands.
type ValueError struct {
	Path string // as in a Fault: where the value would stand in the document
	Kind Kind   // BadValue, OutOfRange, InvalidUTF8, TooDeep, Null, BadExtension, Ambiguous or More
	Err  error  // never nil: what is wrong; for BadValue, the error of the type's MarshalText
}

// Error gives the path and the cause, as in `milestones[3].share: NaN has no form in JSON`.
func (e *ValueError) Error() string {
	if e.Path == "" {
		return e.Err.Error()
	}
	return e.Path + ": " + e.Err.Error()
}

// Unwrap returns Err.
func (e *ValueError) Unwrap() error { return e.Err }

// Encode returns v as a document for people and for version control, ending in a line break; see [AppendIndent].
func Encode(v any) ([]byte, error) { return AppendIndent(nil, v) }

// AppendIndent appends the document to dst and returns the longer slice; on an error it returns dst as it was.
//
// Members are written in the order of the struct's fields, embedded ones where they are embedded, fields marked last after the others, then
// extensions by name; map keys are sorted by byte. Equal values give equal bytes. The layout is two spaces of indentation, at most 100 columns where that is possible:
//
//   - the root's members or elements stand on lines of their own;
//   - so do the elements of an array that holds objects or arrays;
//   - any other object or array stands on one line if it fits, otherwise its members or elements stand on lines of their own.
//
// So a short record is one line, and adding, removing or changing one touches no other but for the comma before it.
//
// Fields with omitempty and omitzero are left out as encoding/json does; a nil pointer always is, since null could not be read back. A nil slice or map that
// is not left out is written as [] or {}. HTML is not escaped; control characters, U+2028 and U+2029 are.
//
// Errors are of type *[ValueError], every one in the order of the document, up to 100, joined by errors.Join: invalid UTF-8, NaN and infinities, nil
// elements, what MarshalText refuses, extensions that are not JSON. It panics where the type of v is not supported, or v is nil.
func AppendIndent(dst []byte, v any) ([]byte, error) {
	w, err := write(v)
	if err != nil {
		return dst, err
	}
	return appendLaidOut(dst, w), nil
}

// Compact returns v on one line without white space, as for a row of a database. Content and errors are those of [AppendIndent].
func Compact(v any) ([]byte, error) { return write(v) }

// writer collects compact JSON.
type writer struct {
	buf     []byte
	path    []step
	scratch []byte
	errs    []error
}

func write(v any) ([]byte, error) {
	value := reflect.ValueOf(v)
	for value.Kind() == reflect.Pointer && !value.IsNil() {
		value = value.Elem()
	}
	if !value.IsValid() || value.Kind() == reflect.Pointer {
		panic(fmt.Sprintf("jsonform: encode of a nil %T", v))
	}
	if !value.CanAddr() {
		// Methods may be declared on pointers.
		fresh := reflect.New(value.Type()).Elem()
		fresh.Set(value)
		value = fresh
	}
	w := &writer{}
	w.value(value, shapeOf(value.Type()))
	if w.errs != nil {
		return nil, errors.Join(w.errs...)
	}
	return w.buf, nil
}

func (w *writer) fail(kind Kind, err error) {
	const most = 100
	switch {
	case len(w.errs) > most:
		return
	case len(w.errs) == most:
		kind, err = More, fmt.Errorf("more than %d errors", most)
	}
	w.errs = append(w.errs, &ValueError{Path: pathText(w.path), Kind: kind, Err: err})
}

func (w *writer) enter() bool {
	if len(w.path) >= deepest {
		w.fail(TooDeep, fmt.Errorf("nested more than %d deep", deepest))
		return false
	}
	w.path = append(w.path, step{index: nowhere})
	if cap(w.buf)-len(w.buf) < 256 {
		w.buf = slices.Grow(w.buf, max(1024, len(w.buf))) // doubling copies less than append's quarter
	}
	return true
}

func (w *writer) leave() { w.path = w.path[:len(w.path)-1] }

// value appends v, which is addressable. After an error what it appends does not matter.
func (w *writer) value(v reflect.Value, s *shape) {
	switch s.form {
	case String:
		w.text(v.String())
	case Text:
		w.marshal(v, s)
	case Bool:
		w.buf = strconv.AppendBool(w.buf, v.Bool())
	case Int:
		w.buf = strconv.AppendInt(w.buf, v.Int(), 10)
	case Uint:
		w.buf = strconv.AppendUint(w.buf, v.Uint(), 10)
	case Float:
		w.float(v.Float())
	case List:
		w.list(v, s)
	case Map:
		w.mapValue(v, s)
	case Object:
		w.object(v, s)
	case Either:
		w.either(v, s)
	case pointer:
		if v.IsNil() {
			w.fail(Null, errors.New("nil pointer"))
			return
		}
		w.value(v.Elem(), s.elem)
	}
}

func (w *writer) text(s string) {
	var ok bool
	if w.buf, ok = appendText(w.buf, s); !ok {
		w.fail(InvalidUTF8, errors.New("text is not valid UTF-8: "+brief(s)))
	}
}

// textOf returns the text of v, a Text, which is good until the next call.
func (w *writer) textOf(v reflect.Value, s *shape) ([]byte, error) {
	if !s.appends {
		return v.Addr().Interface().(encoding.TextMarshaler).MarshalText()
	}
	text, err := v.Addr().Interface().(encoding.TextAppender).AppendText(w.scratch[:0])
	if err == nil {
		w.scratch = text
	}
	return text, err
}

func (w *writer) marshal(v reflect.Value, s *shape) {
	text, err := w.textOf(v, s)
	if err != nil {
		w.fail(BadValue, err)
		return
	}
	var ok bool
	if w.buf, ok = appendText(w.buf, text); !ok {
		w.fail(InvalidUTF8, errors.New("text is not valid UTF-8: "+brief(string(text))))
	}
}

// float appends the shortest decimal that reads back as f, in the form encoding/json uses.
func (w *writer) float(f float64) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		w.fail(OutOfRange, errors.New(strconv.FormatFloat(f, 'g', -1, 64)+" has no form in JSON"))
		return
	}
	if size := math.Abs(f); size == 0 || size >= 1e-6 && size < 1e21 {
		w.buf = strconv.AppendFloat(w.buf, f, 'f', -1, 64)
		return
	}
	w.buf = strconv.AppendFloat(w.buf, f, 'e', -1, 64)
	if n := len(w.buf); w.buf[n-4] == 'e' && w.buf[n-2] == '0' { // e-09 to e-9
		w.buf = append(w.buf[:n-2], w.buf[n-1])
	}
}

func (w *writer) list(v reflect.Value, s *shape) {
	if !w.enter() {
		return
	}
	w.buf = append(w.buf, '[')
	for i := range v.Len() {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		w.path[len(w.path)-1].index = i
		w.value(v.Index(i), s.elem)
	}
	w.buf = append(w.buf, ']')
	w.leave()
}

func (w *writer) mapValue(v reflect.Value, s *shape) {
	if !w.enter() {
		return
	}
	type entry struct {
		name string
		key  reflect.Value
	}
	entries := make([]entry, 0, v.Len())
	key, elem := reflect.New(s.key.typ).Elem(), reflect.New(s.elem.typ).Elem()
	for iter := v.MapRange(); iter.Next(); {
		e := entry{key: iter.Key()}
		if s.key.form == String {
			e.name = e.key.String()
		} else {
			key.Set(e.key)
			name, err := w.textOf(key, s.key)
			if err != nil {
				e.name = fmt.Sprint(e.key) // for the order of errors only; overwritten below
			} else {
				e.name = string(name)
			}
		}
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	w.buf = append(w.buf, '{')
	for i, e := range entries {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		w.path[len(w.path)-1] = step{name: e.name, index: byName}
		if s.key.form == Text {
			key.Set(e.key)
			if _, err := w.textOf(key, s.key); err != nil {
				w.fail(BadValue, err)
				continue
			}
			if i > 0 && entries[i-1].name == e.name {
				w.fail(Ambiguous, errors.New("two map keys have the text "+brief(e.name)))
			}
		}
		w.text(e.name)
		w.buf = append(w.buf, ':')
		elem.Set(v.MapIndex(e.key))
		w.value(elem, s.elem)
	}
	w.buf = append(w.buf, '}')
	w.leave()
}

func (w *writer) object(v reflect.Value, s *shape) {
	if !w.enter() {
		return
	}
	here := len(w.path) - 1
	w.buf = append(w.buf, '{')
	start := len(w.buf)
	for i := range s.fields {
		f := &s.fields[i]
		value := f.in(v)
		if f.omitEmpty && empty(value) || f.omitZero && f.zero(value) || f.shape.form == pointer && value.IsNil() {
			continue
		}
		if len(w.buf) > start {
			w.buf = append(w.buf, ',')
		}
		w.buf = append(w.buf, f.quoted...)
		w.path[here] = step{name: f.name, index: byName}
		w.value(value, f.shape)
	}
	if s.extra != nil {
		w.extensions(s.extra.in(v), s, start)
	}
	w.buf = append(w.buf, '}')
	w.leave()
}

func (w *writer) extensions(v reflect.Value, s *shape, start int) {
	if v.Len() == 0 {
		return
	}
	kept := v.Convert(rawMembers).Interface().(map[string]string)
	names := make([]string, 0, len(kept))
	for name := range kept {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		w.path[len(w.path)-1] = step{name: name, index: byName}
		if !strings.HasPrefix(name, "x-") || name == "x-" {
			w.fail(BadExtension, errors.New(`the name of an extension must start with "x-"`))
			continue
		}
		if s.member(name) >= 0 {
			w.fail(BadExtension, errors.New("the name of an extension is that of a member"))
			continue
		}
		raw, fault := checked(kept[name])
		if fault != nil {
			w.fail(BadExtension, fmt.Errorf("extension is not JSON: %w", *fault))
			continue
		}
		if len(w.buf) > start {
			w.buf = append(w.buf, ',')
		}
		w.text(name)
		w.buf = append(w.buf, ':')
		w.buf = append(w.buf, raw...)
	}
}

// either appends the plain field of v if no other is set, or the others.
func (w *writer) either(v reflect.Value, s *shape) {
	if s.marks && marked(v) {
		w.value(s.plain.in(v), s.plain.shape)
		return
	}
	others := s.extra != nil && s.extra.in(v).Len() > 0
	for i := range s.fields {
		value := s.fields[i].in(v)
		others = others || !empty(value) && !s.fields[i].zero(value)
	}
	plain := s.plain.in(v)
	switch {
	case !others && !s.marks:
		w.value(plain, s.plain.shape)
	case !empty(plain) && !s.plain.zero(plain):
		w.fail(Ambiguous, errors.New("both the plain value and other members are set"))
	default:
		w.object(v, s)
	}
}

// marked reports whether an either-or that says itself which of the two it is says that it is plain.
func marked(v reflect.Value) bool {
	if !v.CanAddr() {
		held := reflect.New(v.Type()).Elem()
		held.Set(v)
		v = held
	}
	return v.Addr().Interface().(marker).EncodesPlain()
}
