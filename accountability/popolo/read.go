package popolo

import (
	"io"
	"slices"
	"strconv"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Read reads Popolo JSON: an object with lists of organizations, persons (or people), posts, memberships, areas and events;
// or, where Options.Class says what it is, one thing or a list of them. Things may stand in one another as the specification
// allows.
//
// Organizations, persons, posts and areas become parties, and a membership a holding of its post. A membership that names no
// post gets one for its role in its organization, which the report says: that is a place to hold, and no duty. A membership
// of a legislative period without dates of its own has those of the period. Things that are named and not described stand
// with their id for a name. Of several descriptions of one thing the one that stands highest in the file counts.
//
// The error is a [record.Faults]: every fault with its path, and in a [PlaceError] its line and column. Malformed JSON is one
// fault. Time and memory are linear in the input, and the Result passes accountability.Compile.
func Read(r io.Reader, opt Options) (*Result, error) {
	opt = opt.withDefaults()
	f := &faults{most: opt.MaxFaults}
	data, err := readAll(r, opt.MaxBytes)
	if err != nil {
		f.add("", err)
		return nil, f.err()
	}
	root := parse(data, opt.MaxDepth, f)
	if root == nil {
		return nil, f.err()
	}
	rd := &reader{opt: opt, data: data, faults: f, byID: make(map[key]*thing), posts: make(map[madePost]record.ID), sources: make(map[string]record.ID)}
	rd.gather(root)
	rd.build()
	if err := f.err(); err != nil {
		return nil, err
	}
	rd.result.Report = rd.report()
	return &rd.result, nil
}

// key names a thing within its class.
type key struct {
	class Class
	id    string
}

// thing is one object of a class, wherever it stood.
type thing struct {
	class  Class
	path   string
	id     string // as the file has it; empty where it has none
	node   *node  // nil where the thing is only named
	refs   map[string]string
	party  record.ID
	index  int  // of the party among those of the result
	placed bool // an event that gave a membership its dates
}

type madePost struct{ organization, role string }

type reader struct {
	tally
	opt     Options
	data    []byte
	faults  *faults
	result  Result
	ids     ids // of parties
	held    ids // of holdings
	things  []*thing
	byID    map[key]*thing
	posts   map[madePost]record.ID
	sources map[string]record.ID
	named   ids // of sources
}

func (r *reader) fault(path string, n *node, err error) {
	line, column := place(r.data, n.at)
	r.faults.add(path, &PlaceError{Line: line, Column: column, Err: err})
}

// text returns a member that must be a text.
func (r *reader) text(t *thing, name string) string {
	n := t.node.member(name)
	if n == nil || n.kind == 0 {
		return ""
	}
	if n.kind != 's' {
		r.fault(t.path+"."+name, n, &TypeError{n.typeName(), "a text"})
		return ""
	}
	return n.text
}

// containers are the names of the lists of a file, and of the lists and objects in a thing, with the class of what they hold
// and the reference by which it then names the thing, or the thing it.
var containers = map[string]Class{
	"organizations": Organization, "persons": Person, "people": Person, "posts": Post, "memberships": Membership, "areas": Area, "events": Event,
}

// nested says which members of a thing hold other things: lists, which refer back to it by "back", and objects, to which it
// refers by the name with "_id".
var nested = []struct {
	in   Class
	name string
	of   Class
	back string // empty where the member is one object
}{
	{Organization, "memberships", Membership, "organization_id"},
	{Organization, "posts", Post, "organization_id"},
	{Organization, "children", Organization, "parent_id"},
	{Organization, "parent", Organization, ""},
	{Person, "memberships", Membership, "person_id"},
	{Post, "memberships", Membership, "post_id"},
	{Post, "organization", Organization, ""},
	{Membership, "organization", Organization, ""},
	{Membership, "person", Person, ""},
	{Membership, "post", Post, ""},
	{Area, "children", Area, "parent_id"},
	{Area, "parent", Area, ""},
}

// gather lists every thing in the file, those that stand highest first.
func (r *reader) gather(root *node) {
	switch {
	case root.kind == '[' && r.opt.Class != 0:
		r.list(r.opt.Class, r.opt.Class.String(), root, nil, "")
	case root.kind != '{':
		r.fault("", root, &TypeError{root.typeName(), "an object"})
	case r.opt.Class != 0:
		r.one(r.opt.Class, r.opt.Class.String()+"[0]", root)
	default:
		known := false
		for _, m := range root.members {
			if class, ok := containers[m.name]; ok && (m.value.kind == '[' || m.value.kind == 0) {
				known = true
				r.list(class, m.name, m.value, nil, "")
			} else if ok {
				r.fault(m.name, m.value, &TypeError{m.value.typeName(), "a list"})
			} else if !m.value.empty() {
				r.lose(m.name, "", 1)
			}
		}
		if !known && len(r.faults.list) == 0 {
			r.fault("", root, &FormError{"it has no list of organizations, persons, posts or memberships: if it is one thing, give its class in the options"})
		}
	}
	for i := 0; i < len(r.things); i++ {
		t := r.things[i]
		for _, n := range nested {
			v := t.node.member(n.name)
			if n.in != t.class || v == nil || v.kind == 0 {
				continue
			}
			path := t.path + "." + n.name
			if n.back != "" {
				if v.kind == '[' {
					r.list(n.of, path, v, t, n.back)
				} else {
					r.fault(path, v, &TypeError{v.typeName(), "a list"})
				}
				continue
			}
			if v.kind != '{' {
				r.fault(path, v, &TypeError{v.typeName(), "an object"})
				continue
			}
			if inner := r.one(n.of, path, v); inner != nil {
				r.refer(t, n.name+"_id", inner.id)
			}
		}
	}
}

func (r *reader) list(class Class, path string, list *node, of *thing, back string) {
	for i, n := range list.items {
		at := path + "[" + strconv.Itoa(i) + "]"
		if n.kind != '{' {
			r.fault(at, n, &TypeError{n.typeName(), "an object"})
			continue
		}
		if t := r.one(class, at, n); t != nil && of != nil {
			r.refer(t, back, of.id)
		}
	}
}

// refer notes what a thing refers to by where it stands.
func (r *reader) refer(t *thing, name, id string) {
	if t.refs == nil {
		t.refs = make(map[string]string, 2)
	}
	t.refs[name] = id
}

// one adds a thing, or returns the one that has its id already.
func (r *reader) one(class Class, path string, n *node) *thing {
	t := &thing{class: class, path: path, node: n}
	t.id = r.text(t, "id")
	if t.id == "" && class != Membership {
		// A thing without an id is itself and no other: its place names it, and no id of a file starts so.
		t.id = "\x00" + path
	}
	if t.id != "" {
		if had := r.byID[key{class, t.id}]; had != nil {
			if class == Membership || class == Event {
				// The same membership may stand in its person and in its organization.
				return had
			}
			if len(n.members) > 1 {
				r.lose(plain(path), "it is described elsewhere", 1)
			}
			return had
		}
		r.byID[key{class, t.id}] = t
	}
	r.things = append(r.things, t)
	return t
}

// plain is a path without the numbers of lists.
func plain(path string) string {
	b := make([]byte, 0, len(path))
	inside := false
	for i := range len(path) {
		switch {
		case path[i] == '[':
			inside = true
			b = append(b, '[')
		case path[i] == ']':
			inside = false
			b = append(b, ']')
		case !inside:
			b = append(b, path[i])
		}
	}
	return string(b)
}

// ref returns the id that a thing refers to by a member, or by where it stands.
func (r *reader) ref(t *thing, name string) string {
	if id := r.text(t, name); id != "" {
		return id
	}
	return t.refs[name]
}

// used are the members of each class that have a place.
var used = map[Class][]string{
	Organization: {"id", "name", "classification", "parent_id", "founding_date", "dissolution_date", "sources", "memberships", "posts", "children", "parent"},
	Person:       {"id", "name", "memberships", "sources"},
	Post:         {"id", "label", "role", "organization_id", "start_date", "end_date", "sources", "memberships", "organization"},
	Membership:   {"id", "role", "person_id", "organization_id", "post_id", "start_date", "end_date", "legislative_period_id", "sources", "organization", "person", "post"},
	Area:         {"id", "name", "classification", "sources", "children", "parent"},
	Event:        {"id", "start_date", "end_date"},
}

func (r *reader) build() {
	for _, t := range r.things {
		if t.class < Membership || t.class == Area {
			r.party(t)
		}
	}
	for i := 0; i < len(r.things); i++ { // filling in what is only named adds to the list, and only parties
		switch t := r.things[i]; t.class {
		case Organization, Post:
			r.join(t)
		case Membership:
			r.membership(t)
		}
	}
	for _, t := range r.things {
		if t.class == Event && !t.placed {
			r.lose("events[]", "no membership takes its dates from it", 1)
			continue
		}
		if t.node == nil {
			continue
		}
		for _, m := range t.node.members {
			if !m.value.empty() && !slices.Contains(used[t.class], m.name) {
				r.lose(t.class.String()+"[]."+m.name, "", 1)
			}
		}
	}
	for i := range r.result.Parties {
		p := &r.result.Parties[i]
		if p.Kind != accountability.Person && p.Name == "" {
			p.Name = string(p.ID)
		}
	}
}

var partyKind = map[Class]accountability.PartyKind{
	Organization: accountability.Organisation, Person: accountability.Person, Post: accountability.Post, Area: accountability.Place,
}

// party makes the party of a thing.
func (r *reader) party(t *thing) {
	p := accountability.Party{Kind: partyKind[t.class]}
	singular := p.Kind.String()
	given := t.id
	if given != "" && given[0] == 0 {
		given = ""
	}
	source, name := given, r.text(t, "name")
	if t.class == Post {
		name = r.text(t, "label")
		if name == "" {
			name = r.text(t, "role")
		} else {
			keep(&p.Record, extRole, r.text(t, "role"))
		}
	}
	if source == "" && t.class != Person {
		source = name // the name of a person makes no id
	}
	p.ID = r.ids.take(source, singular)
	t.party = p.ID
	if given != string(p.ID) {
		r.repair(t.path+".id", given, string(p.ID), "it is no id, or another thing has it")
		keep(&p.Record, extID, given)
	}
	switch {
	case t.node == nil:
		r.repair(t.path, "", string(p.ID), "it is named and not described: it stands with its id for a name")
	case t.class == Person:
		r.person(&p, name)
	case name == "":
		r.repair(t.path, "", string(p.ID), "it has no name: its id stands for one")
	}
	if t.class != Person {
		p.Name = name
	}
	switch t.class {
	case Organization:
		keep(&p.Record, extClassification, r.text(t, "classification"))
		p.From, p.Until = r.period(t, "founding_date", "dissolution_date")
	case Area:
		keep(&p.Record, extClassification, r.text(t, "classification"))
	case Post:
		p.From, p.Until = r.period(t, "start_date", "end_date")
	}
	if p.Valid().Empty() {
		r.repair(t.path, p.From.String()+"/"+p.Until.String(), "", "it covers no day: no dates are taken over")
		p.From, p.Until = calendar.When{}, calendar.When{}
	}
	p.Source = r.source(t)
	t.index = len(r.result.Parties)
	r.result.Parties = append(r.result.Parties, p)
}

func (r *reader) person(p *accountability.Party, name string) {
	if name == "" {
		return
	}
	switch r.opt.Names {
	case NamesIn:
		p.Name = name
	case NamesDropped:
		r.lose("persons[].name", "names are dropped", 1)
	default:
		if r.result.Names == nil {
			r.result.Names = make(map[record.ID][]Name)
		}
		r.result.Names[p.ID] = []Name{{Text: name}}
	}
}

// find returns the thing with an id, and makes a party for one that is only named.
func (r *reader) find(class Class, id, path string) *thing {
	if id == "" {
		return nil
	}
	t := r.byID[key{class, id}]
	if t == nil {
		t = &thing{class: class, id: id, path: path}
		r.byID[key{class, id}] = t
		r.things = append(r.things, t)
		r.party(t)
	}
	return t
}

// join says to which organization a post or unit belongs.
func (r *reader) join(t *thing) {
	name := "organization_id"
	if t.class == Organization {
		name = "parent_id"
	}
	of := r.find(Organization, r.ref(t, name), t.path+"."+name)
	if of == nil {
		return
	}
	if of == t {
		r.repair(t.path+"."+name, t.id, "", "it names itself")
		return
	}
	r.result.Parties[t.index].OfParty = of.party
}

func (r *reader) membership(t *thing) {
	role := r.text(t, "role")
	person, organization, post := r.ref(t, "person_id"), r.ref(t, "organization_id"), r.ref(t, "post_id")
	whole := func(why string) {
		r.lose("memberships[]", why, 1)
	}
	switch {
	case person == "":
		whole("it names no person")
		return
	case post == "" && organization == "":
		whole("it names neither post nor organization")
		return
	case post == "" && role == "":
		role = "member"
		r.repair(t.path+".role", "", role, "it names neither post nor role")
	}
	h := accountability.Holding{Holder: r.find(Person, person, t.path+".person_id").party}
	h.ID = r.held.take(t.id, "membership")
	switch {
	case t.id == "":
		keep(&h.Record, extMade, "id")
	case t.id != string(h.ID):
		r.repair(t.path+".id", t.id, string(h.ID), "it is no id, or another membership has it")
		keep(&h.Record, extID, t.id)
	}
	if post != "" {
		p := r.find(Post, post, t.path+".post_id")
		h.Post = p.party
		keep(&h.Record, extRole, role)
		if organization != "" {
			r.postIn(p, organization, t)
		}
	} else {
		h.Post = r.post(organization, role, t)
	}
	h.From, h.Until = r.period(t, "start_date", "end_date")
	h.From, h.Until = r.term(t, h.From, h.Until)
	h.Source = r.source(t)
	if h.Valid().Empty() {
		whole("it covers no day")
		return
	}
	r.result.Holdings = append(r.result.Holdings, h)
}

// postIn takes the organization of a post that does not name its own from a membership of it.
func (r *reader) postIn(p *thing, organization string, t *thing) {
	if own := r.ref(p, "organization_id"); own == organization {
		return
	} else if own != "" {
		r.lose("memberships[].organization_id", "its post belongs to another", 1)
		return
	}
	r.refer(p, "organization_id", organization)
	r.join(p)
	r.repair(p.path+".organization_id", "", organization, "a membership of the post says so, at "+t.path)
}

// post returns the post that stands for a role in an organization.
func (r *reader) post(organization, role string, t *thing) record.ID {
	k := madePost{organization, role}
	if id, ok := r.posts[k]; ok {
		return id
	}
	of := r.find(Organization, organization, t.path+".organization_id")
	p := accountability.Party{Kind: accountability.Post, Name: role, OfParty: of.party}
	p.ID = r.ids.take(string(record.Slug(role))+"-of-"+string(of.party), "post")
	keep(&p.Record, extMade, role)
	r.repair(t.path+".post_id", "", string(p.ID), "the membership names no post: one stands for the role \""+role+"\" in the organization")
	if n := of.node.member("seats"); n != nil && n.kind == 'n' {
		if seats, err := strconv.Atoi(n.text); err == nil && seats > 0 {
			p.Seats = seats
		}
	}
	if p.Seats == 0 {
		r.lose("organizations[].seats", "a post made for a role has one seat where no number is given", 1)
	}
	r.posts[k] = p.ID
	r.result.Parties = append(r.result.Parties, p)
	return p.ID
}

// term gives a membership the dates of its legislative period where it has none.
func (r *reader) term(t *thing, from, until calendar.When) (calendar.When, calendar.When) {
	id := r.text(t, "legislative_period_id")
	if id == "" {
		return from, until
	}
	period := r.byID[key{Event, id}]
	if period == nil {
		r.lose("memberships[].legislative_period_id", "there is no such event", 1)
		return from, until
	}
	period.placed = true
	first, last := r.period(period, "start_date", "end_date")
	fits := func(from, until calendar.When) bool {
		p := calendar.Period{From: from, Until: until}
		return !p.Inverted() && !p.Empty()
	}
	// What is taken over must fit what the membership says itself; where it does not, there is a day that nobody knows.
	if from.IsZero() && !first.IsZero() {
		from = first
		if !fits(from, until) {
			from = unknown
		}
		r.repair(t.path+".start_date", "", from.String(), "its legislative period has the date")
	}
	if until.IsZero() && !last.IsZero() {
		until = last
		if !fits(from, until) {
			until = unknown
		}
		r.repair(t.path+".end_date", "", until.String(), "its legislative period has the date")
	}
	return from, until
}

// source returns the first source of a thing.
func (r *reader) source(t *thing) record.ID {
	list := t.node.member("sources")
	if list.empty() {
		return ""
	}
	path := t.path + ".sources"
	if list.kind != '[' {
		r.fault(path, list, &TypeError{list.typeName(), "a list"})
		return ""
	}
	r.lose(t.class.String()+"[].sources[]", "a record has one source", len(list.items)-1)
	s := &thing{path: path + "[0]", node: list.items[0]}
	if s.node.kind != '{' {
		r.fault(s.path, s.node, &TypeError{s.node.typeName(), "an object"})
		return ""
	}
	url, note := r.text(s, "url"), r.text(s, "note")
	if url == "" && note == "" {
		return ""
	}
	if id, ok := r.sources[url+"\x00"+note]; ok {
		return id
	}
	title := note
	if title == "" {
		title = url
	}
	id := r.named.take(url, "source")
	r.sources[url+"\x00"+note] = id
	r.result.Sources = append(r.result.Sources, record.Source{Record: record.New(id), Title: title, URL: url})
	return id
}
