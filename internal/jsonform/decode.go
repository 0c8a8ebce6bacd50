package jsonform

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Limits bounds what [Decode] takes on. A field that is zero or less stands for the default.
type Limits struct {
	MaxBytes  int64 // length of the data; default 64 MiB. Longer data is not looked at
	MaxDepth  int   // objects and arrays inside one another; default 64, at most 1000
	MaxItems  int   // array elements and map members in the whole document, which bounds memory; default 2,000,000
	MaxFaults int   // faults reported before one of kind More ends the list; default 100
}

// deepest bounds recursion whatever the limits say.
const deepest = 1000

func (l Limits) orDefault() Limits {
	if l.MaxBytes <= 0 {
		l.MaxBytes = 64 << 20
	}
	if l.MaxDepth <= 0 {
		l.MaxDepth = 64
	}
	l.MaxDepth = min(l.MaxDepth, deepest)
	if l.MaxItems <= 0 {
		l.MaxItems = 2_000_000
	}
	if l.MaxFaults <= 0 {
		l.MaxFaults = 100
	}
	return l
}

// Decode reads the document data into v, a non-nil pointer, usually to a zero struct, and returns every fault in the order of their
// offsets; nil means that the data was accepted whole. It panics when v is no such pointer or its type is not supported.
//
// After a fault inside a value, reading goes on behind it: the value at fault is left zero (an array element keeps its place), all others are set.
// After a syntax fault reading goes on where it is plain what was meant (a missing or surplus comma, a comment, a bare word, a forgotten quote at
// the end of a line) and stops otherwise. Of duplicate members the first counts.
//
// Members that the document leaves out are left as they are in v; slices, maps and pointers are replaced. Strings may share memory with one
// copy of the whole document, which then lives as long as any of them. A type's UnmarshalText is handed a piece of data and must
// neither keep nor change it.
//
// Time is linear in the data, except that faults of kind DuplicateMember on map and extension members read their object once more.
func Decode(data []byte, v any, limits Limits) []Fault {
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		panic(fmt.Sprintf("jsonform: Decode into %T, want a non-nil pointer", v))
	}
	target = target.Elem()
	s := shapeOf(target.Type())
	limits = limits.orDefault()
	if int64(len(data)) > limits.MaxBytes {
		message := fmt.Sprintf("%d bytes, more than the limit of %d", len(data), limits.MaxBytes)
		at := Fault{Offset: int(limits.MaxBytes), Kind: TooLarge, Message: message}
		return settle(string(data[:limits.MaxBytes]), []finding{{Fault: at, also: -1}})
	}
	r := newReader(data, limits)
	if r.space() == 0 && r.pos >= len(r.text) {
		r.fail(r.pos, "the document is empty", "")
	}
	if !r.stopped {
		r.value(target, s)
	}
	if r.space(); r.pos < len(r.text) {
		r.fault(TrailingData, r.pos, "found "+r.char()+" after the end of the document", "")
	}
	return settle(r.text, r.found)
}

// value reads the value at pos into v and reports whether it did. Recursion is bounded by Limits.MaxDepth: each level of it but pointers and
// either-ors enters an object or array.
func (r *reader) value(v reflect.Value, s *shape) bool {
	c := r.space()
	switch s.form {
	case String:
		if c == '"' {
			lo, hi, form := r.str()
			switch form {
			case verbatim:
				v.SetString(r.text[lo:hi])
			case escaped:
				v.SetString(string(r.scratch))
			}
			return form != spoiled
		}
	case Text:
		if c == '"' {
			return r.textValue(v)
		}
	case Object:
		if c == '{' {
			return r.object(v, s)
		}
	case List:
		if c == '[' {
			return r.list(v, s)
		}
	case Int, Uint, Float:
		if c == '-' || c-'0' <= 9 {
			return r.numberValue(v, s)
		}
	case Bool:
		if c == 't' || c == 'f' {
			ok := c == 't' && r.literal("true") || c == 'f' && r.literal("false")
			if ok {
				v.SetBool(c == 't')
			}
			return ok
		}
	case Map:
		if c == '{' {
			return r.mapValue(v, s)
		}
	case Either:
		if c == '{' {
			return r.object(v, s)
		}
		if s.plain.shape.starts(c) {
			ok := r.value(s.plain.in(v), s.plain.shape)
			if ok && s.marks {
				v.Addr().Interface().(marker).DecodedPlain()
			}
			return ok
		}
	case pointer:
		fresh := reflect.New(s.elem.typ)
		ok := r.value(fresh.Elem(), s.elem)
		if ok {
			v.Set(fresh)
		}
		return ok
	}
	r.mismatch(c, s)
	return false
}

// starts reports whether c can be the first byte of a value of form s, a scalar or a list.
func (s *shape) starts(c byte) bool {
	switch s.form {
	case String, Text:
		return c == '"'
	case List:
		return c == '['
	case Bool:
		return c == 't' || c == 'f'
	}
	return c == '-' || c-'0' <= 9
}

func (r *reader) textValue(v reflect.Value) bool {
	at := r.pos
	lo, hi, form := r.str()
	text := r.scratch
	switch form {
	case verbatim:
		text = r.data[lo:hi:hi]
	case spoiled:
		return false
	}
	err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText(text)
	if err != nil {
		v.SetZero()
		r.fault(BadValue, at, err.Error(), "").Err = err
	}
	return err == nil
}

func (r *reader) object(v reflect.Value, s *shape) bool {
	open := r.pos
	if !r.enter() {
		return false
	}
	base := len(r.seen)
	r.seen = append(r.seen, s.blank...)
	here := len(r.path) - 1
	next := 0
	var extra keeper
	for n := 0; r.item('}', open, n); n++ {
		at := r.pos
		name, form, ok := r.member()
		if !ok {
			break
		}
		if form == spoiled {
			r.skip()
			continue
		}
		r.path[here] = step{name: name, index: byName}
		if next >= len(s.fields) || s.fields[next].name != name {
			if next = s.member(name); next < 0 {
				r.other(v, s, open, at, name, &extra)
				next = 0
				continue
			}
		}
		if first := r.seen[base+next]; first > 0 {
			r.duplicate(at, first-1, name)
		} else {
			r.seen[base+next] = at + 1
			f := &s.fields[next]
			r.value(f.in(v), f.shape)
		}
		next++
	}
	r.seen = r.seen[:base]
	r.leave()
	return !r.stopped
}

// keeper is where the x- members of one object go, and once one of them is a duplicate, where each member was first.
type keeper struct {
	kept  map[string]string
	first map[string]int
}

// other reads the member called name, at an offset, that is none of the object's fields.
func (r *reader) other(v reflect.Value, s *shape, open, at int, name string, extra *keeper) {
	if !strings.HasPrefix(name, "x-") || s.extra == nil || name == "x-" {
		hint := s.allowed()
		message := "unknown member " + brief(name)
		if near := s.nearest(name); near != "" {
			hint = "did you mean " + strconv.Quote(near) + "?"
		} else if strings.HasPrefix(name, "x-") && s.extra == nil {
			message += ": extensions are not kept here"
		}
		r.fault(UnknownMember, at, message, hint)
		r.skip()
		return
	}
	if extra.kept == nil {
		extra.kept = make(map[string]string)
		to := s.extra.in(v)
		to.Set(reflect.ValueOf(extra.kept).Convert(to.Type()))
	}
	if _, ok := extra.kept[name]; ok {
		if extra.first == nil {
			extra.first = r.firsts(open, at)
		}
		r.duplicate(at, extra.first[name], name)
		return
	}
	if !r.room() {
		return
	}
	r.space()
	start := r.pos
	if r.skip() {
		extra.kept[name] = compacted(r.text[start:r.pos])
	}
	if extra.first != nil {
		extra.first[name] = at
	}
}

// duplicate records that a member was given before, and passes over its value.
func (r *reader) duplicate(at, first int, name string) {
	r.fault(DuplicateMember, at, "member "+brief(name)+" is given twice, first", "keep one of them").also = first
	r.skip()
}

// firsts returns the offset of the first member of each name in the object opened at an offset, up to another offset.
func (r *reader) firsts(open, until int) map[string]int {
	again := &reader{text: r.text, data: r.data, clean: r.clean, pos: open, quiet: true, limits: r.limits, path: slices.Clone(r.path)}
	first := make(map[string]int)
	again.leave() // to stand where r stood before the object
	again.enter()
	for n := 0; again.item('}', open, n) && again.pos < until; n++ {
		at := again.pos
		name, _, ok := again.member()
		if !ok {
			break
		}
		if _, ok := first[name]; !ok {
			first[name] = at
		}
		again.skip()
	}
	return first
}

// room counts one more element or member against Limits.MaxItems, and stops the reader when there were too many.
func (r *reader) room() bool {
	if r.items++; r.items <= r.limits.MaxItems {
		return true
	}
	r.fault(TooLarge, r.pos, "more than "+strconv.Itoa(r.limits.MaxItems)+" array elements and map members in the document", "")
	r.stop()
	return false
}

func (r *reader) list(v reflect.Value, s *shape) bool {
	open := r.pos
	if !r.enter() {
		return false
	}
	if !v.IsNil() {
		v.SetZero()
	}
	here := len(r.path) - 1
	n, capacity := 0, 0
	for ; r.item(']', open, n); n++ {
		if !r.room() {
			break
		}
		if n == capacity {
			v.Grow(r.growth(n, open))
			capacity = v.Cap()
		}
		v.SetLen(n + 1)
		r.path[here].index = n
		r.value(v.Index(n), s.elem)
	}
	if n == 0 {
		v.Set(reflect.MakeSlice(s.typ, 0, 0))
	}
	r.leave()
	return !r.stopped
}

// growth returns for how many more elements to make room in a list that has n, in an array opened at an offset. Most lists have one element, so the
// first step is one. Long ones double, which copies less than append's quarter, unless what is left of the document cannot hold as many
// elements of the size seen so far.
func (r *reader) growth(n, open int) int {
	if n < 64 {
		return min(4, 3*n+1)
	}
	left := int(float64(n) * float64(len(r.text)-r.pos) / float64(r.pos-open))
	return min(n, left+left/32+1)
}

func (r *reader) mapValue(v reflect.Value, s *shape) bool {
	open := r.pos
	if !r.enter() {
		return false
	}
	here := len(r.path) - 1
	into := reflect.MakeMap(s.typ)
	v.Set(into)
	key, elem := reflect.New(s.key.typ).Elem(), reflect.New(s.elem.typ).Elem()
	var first map[string]int
	for n := 0; r.item('}', open, n); n++ {
		if !r.room() {
			break
		}
		at := r.pos
		name, form, ok := r.member()
		if !ok {
			break
		}
		if form == spoiled {
			r.skip()
			continue
		}
		r.path[here] = step{name: name, index: byName}
		if s.key.form == String {
			key.SetString(name)
		} else if err := key.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(name)); err != nil {
			r.fault(BadValue, at, err.Error(), "").Err = err
			r.skip()
			continue
		}
		if into.MapIndex(key).IsValid() {
			if first == nil {
				first = r.firsts(open, at)
			}
			r.duplicate(at, first[name], name)
			continue
		}
		elem.SetZero()
		r.value(elem, s.elem)
		into.SetMapIndex(key, elem)
		if first != nil {
			first[name] = at
		}
	}
	r.leave()
	return !r.stopped
}
