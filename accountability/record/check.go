package record

import (
	"encoding"
	"errors"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/milestone/calendar"
)

// Check collects every fault that records have as records: missing, malformed and doubled ids, references that name
// nothing or the wrong kind, dates that mean nothing, periods that end before they start, verbs without what they need,
// and numbers that are not finite. What a kind means is for its own package to check.
//
// Use: [Add] each slice, each kind once, then Run once. The zero Check is ready.
type Check struct {
	lists []list
	kinds map[Kind]*names // every id and fact of each kind
	days  map[ID]Day
	// Whole says that every kind is among the slices added, so that a reference to another kind is a fault. Without it
	// such references are left to whoever knows that kind.
	Whole  bool
	faults Faults
	last   []func() // what Run calls when it has visited every record
}

// names are the ids and facts of one kind. The zero names is empty.
type names struct {
	places places
	all    []named // in the order in which they came up
}

// named is what an id means among the records of its kind.
type named struct {
	id, fact ID
	first    int32 // the index of the record that has the id; -1 where only a fact has it
}

// find returns what an id means, or nil. It holds until the next add.
func (n *names) find(id ID) *named {
	if n == nil {
		return nil
	}
	if i := n.places.find(id, n.id); i >= 0 {
		return &n.all[i]
	}
	return nil
}

// add gives an id a meaning unless it has one, and returns what it means now and whether it had a meaning. What it returns
// holds until the next add.
func (n *names) add(m named) (*named, bool) {
	at := int32(len(n.all))
	n.all = append(n.all, m)
	i, known := n.places.put(m.id, at, n.id)
	if known {
		n.all = n.all[:at]
	}
	return &n.all[i], known
}

func (n *names) id(i int32) ID { return n.all[i].id }

type list struct {
	kind    Kind
	name    string
	records reflect.Value
	base    func(int) *Record
	shape   *shape
}

// Add puts a slice of records under the check. It changes the records in place, some of it as Run goes: named days get the
// interval they mean, references to a record of a fact are made to name the fact, an Of that names another version is made
// to name what that one is of, and nested slices are copied, so that the caller's own are no longer shared. name is the name
// of the slice in paths.
func Add[T any, P Holder[T]](c *Check, kind Kind, name string, records []T) {
	if c.kinds == nil {
		c.kinds = make(map[Kind]*names)
		c.days = make(map[ID]Day)
	}
	ids := c.kinds[kind]
	if ids == nil {
		ids = &names{places: newPlaces(len(records)), all: make([]named, 0, len(records))}
		c.kinds[kind] = ids
	}
	v := reflect.ValueOf(records)
	c.lists = append(c.lists, list{kind, name, v, func(i int) *Record { return P(&records[i]).Base() }, shapeOf(v.Type().Elem())})
	for i := range records {
		c.identify(P(&records[i]).Base(), Ref{kind, ""}, name, i, ids)
	}
	versions := make(map[ID]int) // of facts that an Of names
	for i := range records {
		if r := P(&records[i]).Base(); r.Of != "" {
			if !ids.settle(r) {
				c.Fault(place(name, i, "of"), Ref{kind, r.ID}, ErrOfCircle)
			}
			versions[r.Of]++
		}
	}
	for i := range records {
		r := P(&records[i]).Base()
		if !r.Speaks() && r.Of != "" && versions[r.Of] == 1 && (ids.find(r.Of).first < 0 || r.Of == r.ID) {
			c.alone(r, Ref{kind, r.ID}, name, i, ids)
		}
		if day, ok := any(&records[i]).(*Day); ok {
			c.addDay(day, name, i)
		}
	}
}

// Settle makes the Of of every record name the fact itself, as [Add] does, in place.
func Settle[T any, P Holder[T]](records []T) {
	ids := new(names)
	for i := range records {
		r := P(&records[i]).Base()
		ids.add(named{id: r.ID, fact: r.Fact()})
	}
	for i := range records {
		if r := P(&records[i]).Base(); r.Of != "" {
			ids.settle(r)
		}
	}
}

// settle makes r.Of name the fact, where it names a record that is itself of another, and so does every step on the way. It
// reports false where the way goes in a circle. Until a record is settled, its name has its Of as it was written.
func (n *names) settle(r *Record) bool {
	fact := r.Of
	var way []ID
	for {
		m, known := n.add(named{id: fact, fact: fact, first: -1})
		if !known || m.fact == fact {
			break
		}
		if len(way) > len(n.all) {
			return false
		}
		way = append(way, fact)
		fact = m.fact
	}
	for _, id := range append(way, r.ID) {
		if m := n.find(id); m != nil && m.first >= 0 {
			m.fact = fact
		}
	}
	r.Of = fact
	return true
}

// alone adds the fault of a record that ends or takes back what went before, where nothing did. A change or correction of
// what stands in no record is left to speak for itself.
func (c *Check) alone(r *Record, ref Ref, name string, i int, ids *names) {
	if r.Of == r.ID {
		c.Fault(place(name, i, "of"), ref, ErrVerbAlone)
		return
	}
	e := &DanglingError{Ref: Ref{ref.Kind, r.Of}}
	if len(c.faults) < maxSuggestions {
		e.Nearest = ID(Nearest(string(r.Of), slices.DeleteFunc(texts(ids), func(s string) bool { return s == string(r.Of) || s == string(r.ID) })))
	}
	c.Fault(place(name, i, "of"), ref, e)
}

func (c *Check) identify(r *Record, ref Ref, name string, i int, ids *names) {
	if r.ID == "" {
		c.Fault(place(name, i, "id"), ref, ErrNoID)
		return
	}
	ref.ID = r.ID
	if !validID(string(r.ID)) {
		c.Fault(place(name, i, "id"), ref, &IDError{Text: string(r.ID), Suggestion: Slug(string(r.ID))})
	}
	m := named{id: r.ID, fact: r.Fact(), first: int32(i)}
	if n, taken := ids.add(m); taken && n.first >= 0 {
		c.Fault(place(name, i, "id"), ref, &DuplicateError{ID: r.ID, First: name + "[" + strconv.Itoa(int(n.first)) + "]"})
	} else if taken {
		*n = m
	}
}

// addDay notes what a named day means. The name of a fact means what its latest record says.
func (c *Check) addDay(d *Day, name string, i int) {
	if !d.Speaks() {
		return
	}
	if d.Earliest.IsZero() || d.Latest.IsZero() || d.Latest.Before(d.Earliest) {
		c.Fault(place(name, i, "latest"), Ref{KindDay, d.ID}, &DayError{Earliest: d.Earliest, Latest: d.Latest})
	}
	c.days[d.ID] = *d
	if before, ok := c.days[d.Fact()]; d.Of != "" && (!ok || !d.Recorded.Before(before.Recorded)) {
		c.days[d.Of] = *d
	}
}

// A DayError says that a named day has no interval to fall in.
type DayError struct{ Earliest, Latest calendar.Date }

// Error says which of the two dates is missing, or that they are the wrong way round.
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

// Then has f called at the end of Run, when every reference names the fact that it means: for faults that only show then.
func (c *Check) Then(f func()) { c.last = append(c.last, f) }

// Run checks all that was added and returns the faults so far, in the order of the slices and of the records in them.
func (c *Check) Run() Faults {
	for i := range c.lists {
		l := &c.lists[i]
		for n := range l.records.Len() {
			r := l.base(n)
			w := walk{c: c, list: l, index: n, ref: Ref{l.kind, r.ID}}
			w.visit(l.records.Index(n), l.shape, "")
			w.record(r)
		}
	}
	for _, f := range c.last {
		f()
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
	return c.kinds[ref.Kind].find(ref.ID) != nil
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
		if r.Verb == Close {
			w.fault("until", ErrNoEnd)
		}
		return
	}
	err := r.Valid().Check()
	if err == nil {
		return
	}
	faults := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		faults = joined.Unwrap()
	}
	for _, err := range faults {
		member := "until"
		if e, ok := errors.AsType[*calendar.PeriodError](err); ok && e.Fault == calendar.SentinelFrom {
			member = "from"
		}
		w.fault(member, err)
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
		if ids := v.Addr().Interface().(*[]ID); len(*ids) > 0 {
			*ids = slices.Clone(*ids)
			for i := range *ids {
				w.id(&(*ids)[i], f, path, i)
			}
		}
	case classRef:
		w.reference(v.Addr().Interface().(*Ref), f, path, -1)
	case classRefs:
		if refs := v.Addr().Interface().(*[]Ref); len(*refs) > 0 {
			*refs = slices.Clone(*refs)
			for i := range *refs {
				w.reference(&(*refs)[i], f, path, i)
			}
		}
	case classWhen:
		w.when(v.Addr().Interface().(*calendar.When), path)
	case classFloat:
		if n := v.Float(); math.IsNaN(n) || math.IsInf(n, 0) {
			w.fault(path, &NumberError{Number: n})
		}
	case classEnum:
		if v.Uint() > f.most {
			_, err := v.Interface().(encoding.TextMarshaler).MarshalText()
			w.fault(path, err)
		}
	case classMoney:
		if m := v.Addr().Interface().(*Money); !m.IsZero() && !m.Currency.valid() {
			w.fault(path, &MoneyError{Text: m.String()})
		}
	case classStruct:
		w.visit(v, f.sub, dotted(path))
	case classStructs:
		if v.Len() > 0 {
			v.Set(reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()), v))
		}
		for i := range v.Len() {
			w.visit(v.Index(i), f.sub, element(path, i)+".")
		}
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
	if n := ids.find(ref.ID); n != nil {
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
		if kind != ref.Kind && w.c.kinds[kind].find(ref.ID) != nil {
			e.Elsewhere = kind
			break
		}
	}
	w.fault(path, e)
}

// maxSuggestions bounds the work of looking for near names in a plan with very many faults.
const maxSuggestions = 50

func texts(ids *names) []string {
	s := make([]string, 0, len(ids.all))
	for i := range ids.all {
		s = append(s, string(ids.all[i].id))
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
