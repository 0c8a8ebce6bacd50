package mission

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
)

// Copy is what may be published of a plan.
type Copy struct {
	// Spec is the plan without what is not for the public. It compiles by itself, and every review and report of it is one that
	// anybody can repeat.
	Spec Spec
	// Removed counts what was withheld, and says why, in the order of the document. It names nothing, so that it may be
	// published too.
	Removed []Removed
	// Withheld names it: for those who publish, and not for the public.
	Withheld []Withheld
	// Look lists the texts left in that hold a part of the name of a person, such as a surname alone, for somebody to read
	// before they go out: whether "May" is a month no program can tell.
	Look []Place

	view View
}

// Model compiles the copy for the day and the instant of the view that it was made with. What the model says of
// [Model.Removed] is what the copy lacks, so that every review and page of it lists that.
func (c *Copy) Model() (*Model, error) {
	m, err := Compile(c.Spec, c.view)
	if err != nil {
		return nil, err
	}
	m.removed = slices.Clone(c.Removed)
	return m, nil
}

// Withheld is a record, or a member of one, that is not in a [Copy].
type Withheld struct {
	Ref record.Ref
	// Field is the member, in the words of the document; empty where the whole record is withheld.
	Field string
	Why   string
}

// Place is a member of a record of a [Copy], under the id that the record has there.
type Place struct {
	Ref   record.Ref
	Field string
}

// Why something is not in a [Copy].
const (
	becauseNote    = "notes are for those who keep the plan"
	becauseName    = "names of persons are not published"
	becauseNames   = "what it names is not published"
	becausePart    = "some of those listed are not published"
	becauseSubject = "what it is about is not published"
	becauseFault   = "without what is withheld it says too little"
)

// Publish returns the copy of a plan that anybody may read. The audience of the view is taken to be the public.
//
// Left out are the records for a narrower audience, those whose grade the view leaves out, notes, and members that start with
// "x-". Where a record names one that is left out, the name goes: from a list, one by one; a list that claims to be whole
// becomes withheld; a record about what is left out goes as well, and so does one that would be at fault without it. Records
// that rest on a withheld source keep the instant at which they became known.
//
// Persons get ids that say nothing ("person-2", in the order of the plan, so other ones in the next copy), and wherever a text
// or an id holds a person's full name or old id, the new id stands in its place. Texts that hold a part of a name are left,
// and listed in Look.
//
// The error is that of [Compile]. The Spec is not changed.
func Publish(spec Spec, view View) (*Copy, error) {
	view.Audience = record.Public
	m, err := Compile(spec, view)
	if err != nil {
		return nil, err
	}
	p := &publication{spec: m.Spec(), removed: m.Removed(), has: make(map[record.Ref]bool)}
	full := spec
	if len(view.Changes) > 0 {
		changed, err := spec.changed(view.Changes)
		if err != nil {
			return nil, err
		}
		full = *changed
	}
	p.note(full, m)
	p.date(full)
	if err := p.cut(); err != nil {
		return nil, err
	}
	p.rename(full)
	p.count()
	if err := p.spec.Check().Err(); err != nil {
		return nil, err
	}
	return &Copy{Spec: p.spec, Removed: p.removed, Withheld: p.withheld, Look: p.look,
		view: View{On: view.On, Known: view.Known, Audience: record.Public}}, nil
}

// publication is a copy in the making.
type publication struct {
	spec     Spec
	removed  []Removed
	withheld []Withheld
	counted  int // how many of withheld stand in removed already
	look     []Place
	has      map[record.Ref]bool
}

// note lists what the view has left out, and takes out the notes.
func (p *publication) note(full Spec, m *Model) {
	for _, l := range full.lists() {
		bases := l.bases()
		for i, b := range bases {
			ref := record.Ref{Kind: l.kind(), ID: b.ID}
			if why, out := m.Excluded(ref); out && m.records.Removes(b) != 0 {
				p.withheld = append(p.withheld, Withheld{Ref: ref, Why: why.String()})
				continue
			}
			if party, ok := l.record(i).(*accountability.Party); ok && party.Name != "" {
				if m.Name(ref) == string(ref.ID) && party.Name != string(ref.ID) {
					p.withheld = append(p.withheld, Withheld{ref, "name", becauseName})
				}
			}
			if len(b.Extensions) > 0 {
				p.withheld = append(p.withheld, Withheld{ref, "x-", hidden})
			}
		}
	}
	p.counted = len(p.withheld) // the model has counted them
	for _, l := range p.spec.lists() {
		for _, b := range l.bases() {
			if b.Note != "" {
				b.Note = ""
				p.withheld = append(p.withheld, Withheld{record.Ref{Kind: l.kind(), ID: b.ID}, "note", becauseNote})
			}
		}
	}
}

// date gives the records that rest on a withheld source the instant that the source gave them, and takes out the place in it.
func (p *publication) date(full Spec) {
	published := make(map[record.ID]time.Time) // zero where the source does not say
	for _, s := range full.Sources {
		published[s.ID] = time.Time{}
		if last := s.Published.Latest(); !last.IsZero() {
			published[s.ID] = last.In(time.UTC)
		}
	}
	for _, s := range p.spec.Sources {
		delete(published, s.ID)
	}
	for _, l := range p.spec.lists() {
		for _, b := range l.bases() {
			if at, withheld := published[b.Source]; withheld {
				b.At = ""
				if b.Recorded.IsZero() {
					b.Recorded = at
				}
			}
		}
	}
}

// cut takes out references to what is not in the copy, and the records that cannot stand without them, until none is left.
func (p *publication) cut() error {
	for {
		clear(p.has)
		for _, l := range p.spec.lists() {
			for _, b := range l.bases() {
				p.has[record.Ref{Kind: l.kind(), ID: b.ID}] = true
				p.has[record.Ref{Kind: l.kind(), ID: b.Fact()}] = true
			}
		}
		drop := make(map[record.Ref]string) // and why
		for _, l := range p.spec.lists() {
			for i, b := range l.bases() {
				w := cutter{p: p, ref: record.Ref{Kind: l.kind(), ID: b.ID}}
				w.members(l.record(i))
				if w.drop {
					drop[w.ref] = becauseSubject
				}
			}
		}
		if len(drop) == 0 {
			checked := p.spec // a check settles references in place; the copy keeps its own
			faults := checked.Check()
			for _, f := range faults {
				if f.Ref.IsZero() || f.Ref.ID == "" {
					return faults.Err()
				}
				if _, ok := drop[f.Ref]; !ok {
					drop[f.Ref] = becauseFault
				}
			}
		}
		if len(drop) == 0 {
			return nil
		}
		for _, l := range p.spec.lists() {
			l.drop(func(id record.ID) bool {
				ref := record.Ref{Kind: l.kind(), ID: id}
				why, out := drop[ref]
				if out {
					p.withheld = append(p.withheld, Withheld{Ref: ref, Why: why})
				}
				return out
			})
		}
	}
}

// somebody stands for a person who is not in the copy.
const somebody = "somebody"

// rename gives persons ids that say nothing, and puts these in the place of their names and old ids wherever they stand.
func (p *publication) rename(full Spec) {
	names := nameless{ids: make(map[record.ID]record.ID), starts: make(map[string][]alias)}
	taken, left := make(map[record.ID]bool), make(map[record.ID]bool)
	person := make(map[record.ID]bool) // facts; a later version may leave out the kind
	for i := range p.spec.Parties {
		left[p.spec.Parties[i].Fact()] = true
	}
	for i := range full.Parties {
		r := &full.Parties[i]
		person[r.Fact()] = person[r.Fact()] || r.Kind == accountability.Person
	}
	for i := range full.Parties {
		if r := &full.Parties[i]; !person[r.Fact()] { // the ids of persons become free
			taken[r.ID], taken[r.Fact()] = true, true
		}
	}
	next, versions := 0, make(map[record.ID]int)
	for i := range full.Parties {
		r := &full.Parties[i]
		fact := r.Fact()
		if !person[fact] {
			continue
		}
		if _, known := names.ids[fact]; !known {
			names.ids[fact] = somebody
			if left[fact] {
				for next++; taken[record.ID("person-"+strconv.Itoa(next))]; next++ {
				}
				names.ids[fact] = record.ID("person-" + strconv.Itoa(next))
			}
		}
		if versions[fact]++; r.ID != fact {
			names.ids[r.ID] = names.ids[fact] + record.ID("-"+strconv.Itoa(versions[fact]))
		}
		names.add(r.Name, names.ids[fact])
	}
	if len(names.ids) == 0 {
		return
	}
	names.addIDs()
	p.settle(&names)
	for _, l := range p.spec.lists() {
		for i, b := range l.bases() {
			w := renamer{names: &names, kind: l.kind()}
			w.members(l.record(i)) // b is part of it
			for _, field := range w.look {
				p.look = append(p.look, Place{record.Ref{Kind: l.kind(), ID: b.ID}, field})
			}
		}
	}
	p.spec.Title, _ = names.text(p.spec.Title)
}

// settle chooses a new id for every record whose id holds a name.
func (p *publication) settle(names *nameless) {
	names.records = make(map[record.Ref]record.ID)
	for _, l := range p.spec.lists() {
		taken := make(map[record.ID]bool)
		for _, b := range l.bases() {
			taken[b.ID], taken[b.Fact()] = true, true
		}
		n := 0
		for _, b := range l.bases() {
			for _, id := range []record.ID{b.Fact(), b.ID} {
				ref := record.Ref{Kind: l.kind(), ID: id}
				if _, known := names.records[ref]; known || !names.named(id) {
					continue
				}
				to, person := names.ids[id]
				if !person || l.kind() != accountability.KindParty {
					for n++; taken[record.ID(string(l.kind())+"-"+strconv.Itoa(n))]; n++ {
					}
					to = record.ID(string(l.kind()) + "-" + strconv.Itoa(n))
				}
				names.records[ref] = to
			}
		}
	}
}

// count adds to what the model has counted.
func (p *publication) count() {
	order := make(map[record.Kind]int)
	for i, l := range p.spec.lists() {
		order[l.kind()] = i
	}
	for _, w := range p.withheld[p.counted:] {
		i := slices.IndexFunc(p.removed, func(r Removed) bool { return r.Kind == w.Ref.Kind && r.Field == w.Field && r.Why == w.Why })
		if i < 0 {
			i = len(p.removed)
			p.removed = append(p.removed, Removed{Kind: w.Ref.Kind, Field: w.Field, Why: w.Why})
		}
		p.removed[i].Count++
	}
	place := func(k record.Kind) int {
		if k == "" {
			return len(order)
		}
		return order[k]
	}
	slices.SortStableFunc(p.removed, func(a, b Removed) int { return cmp.Compare(place(a.Kind), place(b.Kind)) })
	slices.SortStableFunc(p.withheld, func(a, b Withheld) int {
		return cmp.Or(cmp.Compare(place(a.Ref.Kind), place(b.Ref.Kind)), cmp.Compare(a.Ref.ID, b.Ref.ID), cmp.Compare(a.Field, b.Field))
	})
}
