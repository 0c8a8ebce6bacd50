package record

import (
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/missionled/missionled/milestone/calendar"
)

// Check collects every fault that records have as records: missing, malformed and doubled ids, references that name
// nothing or the wrong kind, dates that mean nothing, periods that end before they start, verbs without what they need,
// and numbers that are not finite. What a kind means is for its own package to check.
//
// Use: [Add] each slice, then Run once. The zero Check is ready.
type Check struct {
	lists []list
	kinds map[Kind]map[ID]named // every id and fact of each kind
	days  map[ID]Day
	// Whole says that every kind is among the slices added, so that a reference to another kind is a fault. Without it
	// such references are left to whoever knows that kind.
	Whole  bool
	faults Faults
}

// named is what an id means among the records of its kind.
type named struct {
	fact  ID
	first int32 // the index of the record that has the id; -1 where only a fact has it
}

type list struct {
	kind    Kind
	name    string
	records reflect.Value
	shape   *shape
}

// Add puts a slice of records under the check. It changes the records in place as Run goes: named days get the interval
// they mean, references to a record of a fact are made to name the fact, and nested slices are copied, so that the caller's
// own are no longer shared. name is the name of the slice in paths.
func Add[T any, P Holder[T]](c *Check, kind Kind, name string, records []T) {
	if c.kinds == nil {
		c.kinds = make(map[Kind]map[ID]named)
		c.days = make(map[ID]Day)
	}
	ids := c.kinds[kind]
	if ids == nil {
		ids = make(map[ID]named, len(records))
		c.kinds[kind] = ids
	}
	v := reflect.ValueOf(records)
	c.lists = append(c.lists, list{kind, name, v, shapeOf(v.Type().Elem())})
	for i := range records {
		c.identify(P(&records[i]).Base(), Ref{kind, ""}, name, i, ids)
		if day, ok := any(&records[i]).(*Day); ok {
			c.addDay(day, name, i)
		}
	}
	for i := range records {
		if of := P(&records[i]).Base().Of; of != "" {
			if _, ok := ids[of]; !ok {
				ids[of] = named{fact: of, first: -1}
			}
		}
	}
}

func (c *Check) identify(r *Record, ref Ref, name string, i int, ids map[ID]named) {
	if r.ID == "" {
		c.Fault(place(name, i, "id"), ref, ErrNoID)
		return
	}
	ref.ID = r.ID
	if !validID(string(r.ID)) {
		c.Fault(place(name, i, "id"), ref, &IDError{Text: string(r.ID), Suggestion: Slug(string(r.ID))})
	}
	if n, taken := ids[r.ID]; taken {
		c.Fault(place(name, i, "id"), ref, &DuplicateError{ID: r.ID, First: name + "[" + strconv.Itoa(int(n.first)) + "]"})
		return
	}
	ids[r.ID] = named{fact: r.Fact(), first: int32(i)}
}

func (c *Check) addDay(d *Day, name string, i int) {
	if d.Earliest.IsZero() || d.Latest.IsZero() || d.Latest.Before(d.Earliest) {
		c.Fault(place(name, i, "latest"), Ref{KindDay, d.ID}, &DayError{Earliest: d.Earliest, Latest: d.Latest})
	}
	c.days[d.ID] = *d
}

// A DayError says that a named day has no interval to fall in.
type DayError struct{ Earliest, Latest calendar.Date }

func (e *DayError) Error() string {
	if e.Earliest.IsZero() || e.Latest.IsZero() {
		return "a named day needs an earliest and a latest date"
	}
	return "the latest date " + e.Latest.String() + " is before the earliest " + e.Earliest.String()
}

// Fault adds a fault that its caller has found. Run puts it in its place among the others.
func (c *Check) Fault(path string, ref Ref, err error) {
	if !validID(string(ref.ID)) {
		ref = Ref{}
	}
	c.faults = append(c.faults, &Fault{Path: path, Ref: ref, Err: err})
}

// At returns a function that adds a fault in a member of one record where it is one.
func (c *Check) At(kind Kind, name string, i int, id ID) func(member string, err error, wrong bool) {
	return func(member string, err error, wrong bool) {
		if wrong {
			c.Fault(place(name, i, member), Ref{kind, id}, err)
		}
	}
}

// Run checks all that was added and returns the faults so far, in the order of the slices and of the records in them.
func (c *Check) Run() Faults {
	for i := range c.lists {
		l := &c.lists[i]
		for n := range l.records.Len() {
			w := walk{c: c, list: l, index: n}
			v := l.records.Index(n)
			w.ref = Ref{l.kind, ID(v.FieldByName("ID").String())}
			w.visit(v, l.shape, "")
			w.record(v.Addr().Interface().(interface{ Base() *Record }).Base())
		}
	}
	return c.Sorted()
}

// Sorted returns the faults so far in the order of the slices, then of the records in them.
func (c *Check) Sorted() Faults {
	order := make(map[string]int, len(c.lists))
	for i, l := range c.lists {
		order[l.name] = i + 1
	}
	key := func(f *Fault) (int, int) {
		name, rest, ok := strings.Cut(f.Path, "[")
		if !ok {
			return 0, 0
		}
		digits, _, _ := strings.Cut(rest, "]")
		n, _ := strconv.Atoi(digits)
		return order[name], n
	}
	slices.SortStableFunc(c.faults, func(a, b *Fault) int {
		la, na := key(a)
		lb, nb := key(b)
		if la != lb {
			return la - lb
		}
		return na - nb
	})
	return c.faults
}

// Has reports whether a reference names a record that was added.
func (c *Check) Has(ref Ref) bool {
	_, ok := c.kinds[ref.Kind][ref.ID]
	return ok
}

func place(name string, i int, member string) string {
	return name + "[" + strconv.Itoa(i) + "]." + member
}

// walk is the visit to one record.
type walk struct {
	c     *Check
	list  *list
	index int
	ref   Ref
}

func (w *walk) fault(member string, err error) {
	w.c.Fault(place(w.list.name, w.index, member), w.ref, err)
}

func (w *walk) record(r *Record) {
	if r.Verb > Assert && r.Of == "" {
		w.fault("verb", ErrVerbAlone)
	}
	if (r.Verb == Correct || r.Verb == Retract) && strings.TrimSpace(r.Reason) == "" {
		w.fault("reason", ErrNoReason)
	}
	if r.From.IsZero() && r.Until.IsZero() {
		return
	}
	if err := r.Valid().Check(); err != nil {
		w.fault("until", err)
	}
}

func (w *walk) visit(v reflect.Value, s *shape, prefix string) {
	for i := range s.fields {
		f, path := &s.fields[i], prefix
		if f.name != "" {
			path += f.name
		} else {
			path = strings.TrimSuffix(path, ".")
		}
		w.field(v.Field(f.index), f, path)
	}
}

func (w *walk) field(v reflect.Value, f *field, path string) {
	switch f.class {
	case classID:
		w.id(v.Addr().Interface().(*ID), f, path, -1)
	case classIDs:
		if v.Len() > 0 {
			ids := slices.Clone(v.Interface().([]ID))
			v.Set(reflect.ValueOf(ids))
			for i := range ids {
				w.id(&ids[i], f, path, i)
			}
		}
	case classRef:
		w.reference(v.Addr().Interface().(*Ref), f, path, -1)
	case classRefs:
		if v.Len() > 0 {
			refs := slices.Clone(v.Interface().([]Ref))
			v.Set(reflect.ValueOf(refs))
			for i := range refs {
				w.reference(&refs[i], f, path, i)
			}
		}
	case classWhen:
		w.when(v.Addr().Interface().(*calendar.When), path)
	case classFloat:
		if n := v.Float(); math.IsNaN(n) || math.IsInf(n, 0) {
			w.fault(path, &NumberError{Number: n})
		}
	case classStruct:
		w.visit(v, f.sub, dotted(path))
	case classSlice: // of what needs no visit
		if v.Len() > 0 {
			v.Set(reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()), v))
		}
	case classExtensions:
		if v.Len() > 0 {
			v.Set(reflect.ValueOf(maps.Clone(v.Interface().(Extensions))))
		}
	}
}

func dotted(path string) string {
	if path == "" || strings.HasSuffix(path, ".") {
		return path
	}
	return path + "."
}

func (w *walk) id(id *ID, f *field, path string, i int) {
	if *id == "" {
		return
	}
	ref := Ref{f.kinds[0], *id}
	w.exists(&ref, path, i)
	*id = ref.ID
}

func (w *walk) reference(ref *Ref, f *field, path string, i int) {
	if ref.IsZero() {
		return
	}
	if len(f.kinds) > 0 && !slices.Contains(f.kinds, ref.Kind) {
		w.fault(element(path, i), &KindError{Ref: *ref, Allowed: f.kinds})
		return
	}
	w.exists(ref, path, i)
}

// element is the path of an element of a list, or the path itself where i is negative.
func element(path string, i int) string {
	if i < 0 {
		return path
	}
	return path + "[" + strconv.Itoa(i) + "]"
}

// exists looks a reference up and makes it name the fact that it means.
func (w *walk) exists(ref *Ref, path string, i int) {
	ids, known := w.c.kinds[ref.Kind]
	if n, ok := ids[ref.ID]; ok {
		ref.ID = n.fact
		return
	}
	path = element(path, i)
	if !known && !w.c.Whole {
		return
	}
	if !known {
		w.fault(path, &KindError{Ref: *ref, Allowed: slices.Sorted(maps.Keys(w.c.kinds))})
		return
	}
	e := &DanglingError{Ref: *ref}
	if len(w.c.faults) < maxSuggestions {
		e.Nearest = ID(Nearest(string(ref.ID), texts(ids)))
	}
	for _, kind := range slices.Sorted(maps.Keys(w.c.kinds)) {
		if _, ok := w.c.kinds[kind][ref.ID]; ok && kind != ref.Kind {
			e.Elsewhere = kind
			break
		}
	}
	w.fault(path, e)
}

// maxSuggestions bounds the work of looking for near names in a plan with very many faults.
const maxSuggestions = 50

func texts(ids map[ID]named) []string {
	s := make([]string, 0, len(ids))
	for id := range ids {
		s = append(s, string(id))
	}
	slices.Sort(s)
	return s
}

func (w *walk) when(when *calendar.When, path string) {
	if !when.IsNamed() || when.IsResolved() {
		return
	}
	day, ok := w.c.days[ID(when.String())]
	if !ok {
		if _, whole := w.c.kinds[KindDay]; whole || w.c.Whole {
			w.exists(&Ref{KindDay, ID(when.String())}, path, -1)
		}
		return
	}
	*when = when.Resolve(day.Earliest, day.Latest)
}

// A shape lists the fields of a record type that a check must visit.
type shape struct{ fields []field }

type field struct {
	index int
	name  string // as in a document; empty for embedded structs and for the plain field of a Value
	class class
	kinds []Kind // what a reference may name
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
	classStruct
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
		if entry.class == classStruct {
			entry.sub = newShape(f.Type, kinds)
			if len(entry.sub.fields) == 0 {
				continue
			}
		}
		if entry.class != classNone {
			s.fields = append(s.fields, entry)
		}
	}
	return s
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
	case t.Kind() == reflect.Float64 || t.Kind() == reflect.Float32:
		return classFloat
	case t.Kind() == reflect.Slice:
		return classSlice
	case t.Kind() == reflect.Struct && t.PkgPath() != typeWhen.PkgPath() && t.PkgPath() != "time":
		return classStruct
	}
	return classNone
}
