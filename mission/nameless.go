package mission

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// nameless knows the persons of a plan by their names and ids, and what stands in their place.
type nameless struct {
	ids     map[record.ID]record.ID // of records of persons and of the facts they speak of
	records map[record.Ref]record.ID
	starts  map[string][]alias // by their first word, the longest first
	parts   map[string]bool    // words of names
}

// alias is what a person is called, word by word in lower case, and the id that stands for the person.
type alias struct {
	words []string
	id    record.ID
	bare  bool // a single word that may mean other things in a text, and is looked for in ids alone
}

func (n *nameless) add(name string, id record.ID) {
	words := n.called(name, id, false)
	if n.parts == nil {
		n.parts = make(map[string]bool)
	}
	for _, w := range words {
		if utf8.RuneCountInString(w) > 2 {
			n.parts[w] = true
		}
	}
}

func (n *nameless) called(name string, id record.ID, isID bool) []string {
	var words []string
	for _, w := range wordsOf(name) {
		words = append(words, strings.ToLower(name[w[0]:w[1]]))
	}
	if len(words) > 0 {
		n.starts[words[0]] = append(n.starts[words[0]], alias{words, id, isID && len(words) == 1})
	}
	return words
}

// addIDs adds the ids themselves, and puts all that begins with one word in order.
func (n *nameless) addIDs() {
	for _, id := range slices.Sorted(maps.Keys(n.ids)) {
		n.called(string(id), n.ids[id], true)
	}
	for _, list := range n.starts {
		slices.SortFunc(list, func(a, b alias) int {
			return cmp.Or(cmp.Compare(len(b.words), len(a.words)), slices.Compare(a.words, b.words), cmp.Compare(a.id, b.id))
		})
	}
}

// wordsOf returns where the words of a text begin and end: runs of letters, marks and digits.
func wordsOf(s string) (words [][2]int) {
	begin := -1
	for i, r := range s {
		switch in := unicode.In(r, unicode.L, unicode.M, unicode.N); {
		case in && begin < 0:
			begin = i
		case !in && begin >= 0:
			words, begin = append(words, [2]int{begin, i}), -1
		}
	}
	if begin >= 0 {
		words = append(words, [2]int{begin, len(s)})
	}
	return words
}

// find returns the alias that begins at a word of a text, and how many words it has.
func (n *nameless) find(s string, words [][2]int, bare bool) (record.ID, int) {
	for _, a := range n.starts[strings.ToLower(s[words[0][0]:words[0][1]])] {
		if a.bare && !bare || len(a.words) > len(words) {
			continue
		}
		same := true
		for i, w := range a.words {
			same = same && strings.ToLower(s[words[i][0]:words[i][1]]) == w
		}
		if same {
			return a.id, len(a.words)
		}
	}
	return "", 0
}

// named reports whether an id holds the name or the id of a person.
func (n *nameless) named(id record.ID) bool {
	words := wordsOf(string(id))
	for i := range words {
		if _, k := n.find(string(id), words[i:], true); k > 0 {
			return true
		}
	}
	return false
}

// text puts ids in the place of the names in a text, and reports whether it still holds a part of one.
func (n *nameless) text(s string) (string, bool) {
	if to, person := n.ids[record.ID(s)]; person {
		return string(to), false
	}
	var b strings.Builder
	words, done, part := wordsOf(s), 0, false
	for i := 0; i < len(words); i++ {
		id, k := n.find(s, words[i:], false)
		if k == 0 {
			part = part || n.parts[strings.ToLower(s[words[i][0]:words[i][1]])]
			continue
		}
		b.WriteString(s[done:words[i][0]])
		b.WriteString(string(id))
		i += k - 1
		done = words[i][1]
	}
	if done == 0 {
		return s, part
	}
	return b.String() + s[done:], part
}

// renamer puts new ids in the place of old ones in one record, and takes names out of its texts.
type renamer struct {
	names *nameless
	kind  record.Kind
	look  []string
}

func (w *renamer) members(r any) { w.visit(reflect.ValueOf(r).Elem(), "", w.kind) }

// id gives an id of a kind its new form.
func (w *renamer) id(kind record.Kind, id record.ID) record.ID {
	if to, ok := w.names.records[record.Ref{Kind: kind, ID: id}]; ok {
		return to
	}
	return id
}

func (w *renamer) visit(v reflect.Value, member string, kind record.Kind) {
	switch x := v.Addr().Interface().(type) {
	case *record.ID:
		*x = w.id(kind, *x)
		return
	case *record.Ref:
		x.ID = w.id(x.Kind, x.ID)
		return
	}
	switch v.Kind() {
	case reflect.String:
		s, part := w.names.text(v.String())
		v.SetString(s)
		if part && !slices.Contains(w.look, member) {
			w.look = append(w.look, member)
		}
	case reflect.Slice:
		for i := range v.Len() {
			w.visit(v.Index(i), member, kind)
		}
	case reflect.Struct:
		eachMember(v, member, func(f reflect.Value, name string, kinds []record.Kind) {
			inner := kind
			if len(kinds) > 0 {
				inner = kinds[0]
			}
			w.visit(f, name, inner)
		})
	}
}

// eachMember visits the exported fields of a struct that can be changed, with their names in the document and the kinds that
// their references may name.
func eachMember(v reflect.Value, member string, visit func(f reflect.Value, name string, kinds []record.Kind)) {
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() {
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || name == "" || name == "-" {
			name = member
		}
		var kinds []record.Kind
		if tag, ok := f.Tag.Lookup("ref"); ok {
			for k := range strings.SplitSeq(tag, ",") {
				kinds = append(kinds, record.Kind(k))
			}
		}
		visit(v.Field(i), name, kinds)
	}
}

// cutter takes references to what is not in a copy out of one record.
type cutter struct {
	p    *publication
	ref  record.Ref
	drop bool // the record is about what is not there
}

func (w *cutter) members(r any) { w.visit(reflect.ValueOf(r).Elem(), "", nil) }

func (w *cutter) withhold(member, why string) {
	w.p.withheld = append(w.p.withheld, Withheld{w.ref, member, why})
}

// gone reports whether an id of one of some kinds names nothing in the copy.
func (w *cutter) gone(kinds []record.Kind, id record.ID) bool {
	return id != "" && !slices.ContainsFunc(kinds, func(k record.Kind) bool { return w.p.has[record.Ref{Kind: k, ID: id}] })
}

func (w *cutter) visit(v reflect.Value, member string, kinds []record.Kind) {
	switch x := v.Addr().Interface().(type) {
	case *record.ID:
		if len(kinds) > 0 && w.gone(kinds, *x) {
			*x = ""
			w.withhold(member, becauseNames)
		}
		return
	case *calendar.When:
		if x.IsNamed() && !w.p.has[record.Ref{Kind: record.KindDay, ID: record.ID(x.String())}] {
			*x = calendar.MustParseWhen("unknown")
			w.withhold(member, becauseNames)
		}
		return
	case *record.Ref:
		w.drop = w.drop || !x.IsZero() && !w.p.has[*x]
		return
	case *[]record.ID:
		if len(kinds) > 0 {
			cutList(w, x, member, func(id record.ID) bool { return w.gone(kinds, id) })
		}
		return
	case *[]record.Ref:
		cutList(w, x, member, func(ref record.Ref) bool { return !w.p.has[ref] })
		return
	case *record.Value[[]record.ID]:
		cutValue(w, x, member, func(id record.ID) bool { return len(kinds) > 0 && w.gone(kinds, id) })
		return
	case *record.Value[[]record.Ref]:
		cutValue(w, x, member, func(ref record.Ref) bool { return !w.p.has[ref] })
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			w.visit(v.Index(i), member, kinds)
		}
	case reflect.Struct:
		eachMember(v, member, func(f reflect.Value, name string, inner []record.Kind) {
			if inner == nil {
				inner = kinds
			}
			w.visit(f, name, inner)
		})
	}
}

func cutList[T any](w *cutter, list *[]T, member string, gone func(T) bool) {
	before := len(*list)
	if *list = slices.DeleteFunc(*list, gone); len(*list) < before {
		w.withhold(member, becauseNames)
	}
}

// cutValue withholds a list that claims to be whole where it can no longer be.
func cutValue[T any](w *cutter, v *record.Value[[]T], member string, gone func(T) bool) {
	if v.State == record.StateKnown && slices.ContainsFunc(v.V, gone) {
		*v = record.Withheld[[]T](becausePart)
		w.withhold(member, becausePart)
	}
}
