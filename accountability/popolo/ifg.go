package popolo

import (
	"cmp"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The tables of the Ministers Database that [IfG] reads. The first two must be there, and one of the next two; the others may
// be absent.
const (
	ifgPerson          = "person.csv"
	ifgPost            = "post.csv"
	ifgAppointment     = "appointment.csv"
	ifgBitemporal      = "appointment_bitemporal.csv"
	ifgOrganisation    = "organisation.csv"
	ifgLink            = "organisation_link.csv"
	ifgCharacteristics = "appointment_characteristics.csv"
)

// IfG reads the tables of the Institute for Government's Ministers Database (CC BY 4.0) from a folder: person.csv, post.csv,
// organisation.csv, organisation_link.csv, appointment_characteristics.csv, and appointment_bitemporal.csv or else
// appointment.csv.
//
// The bitemporal table holds every version of every appointment with the instants between which it stood; it is made from the
// history of the database. Each version after the first is a correction of the one before, and an appointment that was taken
// out is retracted at that instant. Without that table nothing says when anything was recorded.
//
// Where an end comes before its start, the holding is from the earlier of the two until a day that nobody knows: a mistyped
// date makes no vacancy. A version that covers no day takes back what stood before it. An appointment of which every part is
// marked as acting has that basis, and one that is partly so does not, which the report says; a part on leave becomes a leave.
// Those marks have no history in the database, and so hold for every version.
//
// A person may have had several names: each has its time. Titles of posts are names, and carry no duty. The rank of a post
// stands in its extension "x-ifg-rank", and what sort of change a link is in the source's own words in "x-ifg-type".
// One change of organisations may be several rows with one id: each is a succession, and their extension "x-ifg-link" has the id.
//
// The error is [record.Faults], every fault of every table at once, each with its line and column in a [PlaceError] where it
// has one. Time is linear in the rows, and the Result passes accountability.Compile.
func IfG(fsys fs.FS, opt Options) (*Result, error) {
	opt = opt.withDefaults()
	r := &ministers{
		tables:  tables{faults: &faults{most: opt.MaxFaults}, opt: opt, fsys: fsys},
		parties: make(map[record.ID]accountability.PartyKind),
		stated:  make(map[record.ID]bool),
	}
	r.result.Sources = []record.Source{{
		Record: record.Record{ID: ifgSource, Grade: record.Document},
		Title:  "Ministers Database", Publisher: "Institute for Government",
		URL: "https://github.com/instituteforgov/ifg-ministers-database-public", Licence: "CC BY 4.0",
	}}
	r.organisations()
	r.posts()
	r.people()
	r.characteristics()
	r.appointments()
	r.links()
	if err := r.faults.err(); err != nil {
		return nil, err
	}
	r.result.Report = r.report()
	return &r.result, nil
}

// ifgSource is the source of every record, and of its publication nothing is stated: each version has its own instant.
const ifgSource = record.ID("ifg-ministers-database")

type ministers struct {
	tables
	result  Result
	parties map[record.ID]accountability.PartyKind
	acting  map[record.ID]bool // appointments, by whether every part is acting
	stated  map[record.ID]bool // the appointments that became holdings
	leaves  []accountability.Leave
	ids     map[record.ID]bool // of appointments and of their versions
}

func base(id record.ID) record.Record {
	return record.Record{ID: id, Source: ifgSource, Grade: record.Secondary}
}

// party adds a party. The first to have an id keeps it.
func (r *ministers) party(tab *table, at row, p accountability.Party) bool {
	if p.ID == "" {
		return false
	}
	if kind, taken := r.parties[p.ID]; taken {
		r.fault(tab, at, "id", &FormError{"the id belongs to a " + kind.String() + " already"})
		return false
	}
	r.parties[p.ID] = p.Kind
	r.result.Parties = append(r.result.Parties, p)
	return true
}

// known returns a party that another table names, and makes one where none describes it.
func (r *ministers) known(tab *table, at row, column string, kind accountability.PartyKind) record.ID {
	id := r.id(tab, at, column)
	if id == "" {
		return ""
	}
	had, ok := r.parties[id]
	switch {
	case !ok:
		p := accountability.Party{Record: base(id), Kind: kind}
		if kind != accountability.Person {
			p.Name = string(id)
		}
		r.parties[id] = kind
		r.result.Parties = append(r.result.Parties, p)
		r.repair(tab.path(at, column), string(id), string(id), "the "+kind.String()+" is in no row of its own table: it stands with its id for a name")
	case had != kind:
		r.fault(tab, at, column, &FormError{"it is the id of a " + had.String() + ", where only that of a " + kind.String() + " may stand"})
		return ""
	}
	return id
}

// span reads two dates of something that is not a holding.
func (r *ministers) span(tab *table, at row, start, end string) (from, until calendar.When) {
	a, b := r.day(tab, at, start), r.day(tab, at, end)
	if a.IsZero() || b.IsZero() || a.Before(b) {
		return calendar.OnDay(a), calendar.OnDay(b)
	}
	if a == b {
		r.repair(tab.path(at, end), b.String(), "", "it covers no day: no dates are taken over")
		return calendar.When{}, calendar.When{}
	}
	r.repair(tab.path(at, end), b.String(), "unknown", "it comes before the start, "+a.String()+": from the earlier of the two on it is not known")
	r.repair(tab.path(at, start), a.String(), b.String(), "the end comes before it")
	return calendar.OnDay(b), unknown
}

func (r *ministers) organisations() {
	tab := r.read(ifgOrganisation, false, "id", "name", "start_date", "end_date")
	if tab == nil {
		return
	}
	for _, at := range tab.rows {
		p := accountability.Party{Record: base(r.id(tab, at, "id")), Kind: accountability.Organisation, Name: tab.cell(at, "name")}
		p.From, p.Until = r.span(tab, at, "start_date", "end_date")
		r.nameless(tab, at, &p)
		r.party(tab, at, p)
	}
}

func (r *ministers) nameless(tab *table, at row, p *accountability.Party) {
	if p.Name == "" && p.ID != "" {
		p.Name = string(p.ID)
		r.repair(tab.path(at, "name"), "", p.Name, "it has no name: its id stands for one")
	}
}

func (r *ministers) posts() {
	tab := r.read(ifgPost, true, "id", "name", "organisation_id", "rank_equivalence")
	if tab == nil {
		return
	}
	for _, at := range tab.rows {
		p := accountability.Party{Record: base(r.id(tab, at, "id")), Kind: accountability.Post, Name: tab.cell(at, "name")}
		if tab.cell(at, "organisation_id") != "" {
			p.OfParty = r.known(tab, at, "organisation_id", accountability.Organisation)
		}
		keep(&p.Record, extRank, tab.cell(at, "rank_equivalence"))
		r.nameless(tab, at, &p)
		r.party(tab, at, p)
	}
}

// people reads the persons, whose rows are names with the time that each was borne.
func (r *ministers) people() {
	tab := r.read(ifgPerson, true, "id", "name", "start_date", "end_date")
	if tab == nil {
		return
	}
	versions := make(map[record.ID]int)
	for _, at := range tab.rows {
		versions[record.ID(tab.cell(at, "id"))] = 0
	}
	for _, at := range tab.rows {
		id := r.id(tab, at, "id")
		if id == "" {
			continue
		}
		name := Name{Text: tab.cell(at, "name")}
		name.Held.From, name.Held.Until = r.span(tab, at, "start_date", "end_date")
		p := accountability.Party{Record: base(id), Kind: accountability.Person}
		n := versions[id]
		versions[id]++
		switch r.opt.Names {
		case NamesIn:
			p.Name, p.From, p.Until = name.Text, name.Held.From, name.Held.Until
			if n > 0 {
				if r.parties[id] != accountability.Person {
					continue // the first row with the id has a fault
				}
				p.Of = id
				for taken := true; taken; n++ {
					p.ID = id + record.ID(".name-"+strconv.Itoa(n))
					_, row := versions[p.ID]
					taken = row || r.parties[p.ID] != 0
				}
				versions[id] = n
				r.parties[p.ID] = accountability.Person
				r.result.Parties = append(r.result.Parties, p)
				continue
			}
		case NamesDropped:
			r.lose(ifgPerson+": name", "names are dropped", 1)
		default:
			if r.result.Names == nil {
				r.result.Names = make(map[record.ID][]Name)
			}
			if name.Text != "" {
				r.result.Names[id] = append(r.result.Names[id], name)
			}
		}
		if n == 0 {
			r.party(tab, at, p)
		}
	}
}

// characteristics reads which appointments are acting, and which parts of them were leave.
func (r *ministers) characteristics() {
	tab := r.read(ifgCharacteristics, false, "id", "appointment_id", "is_acting", "is_on_leave", "leave_reason", "start_date", "end_date")
	if tab == nil {
		return
	}
	r.acting = make(map[record.ID]bool)
	partly := make(map[record.ID]bool)
	seen := make(map[record.ID]bool)
	for _, at := range tab.rows {
		of := r.id(tab, at, "appointment_id")
		acting := r.truth(tab, at, "is_acting")
		if before, ok := r.acting[of]; ok && before != acting {
			partly[of] = true
			acting = false
		}
		r.acting[of] = acting
		if !r.truth(tab, at, "is_on_leave") {
			continue
		}
		l := accountability.Leave{Record: base(r.id(tab, at, "id")), Holding: of, Why: tab.cell(at, "leave_reason")}
		if seen[l.ID] {
			r.fault(tab, at, "id", &FormError{"another row has it"})
		}
		seen[l.ID] = true
		if strings.EqualFold(l.Why, accountability.CoversAnother) {
			l.Why = accountability.CoversAnother
		}
		l.From, l.Until = r.span(tab, at, "start_date", "end_date")
		r.leaves = append(r.leaves, l)
	}
	for of := range partly {
		r.acting[of] = false
	}
	r.lose(ifgCharacteristics+": is_acting", "only a part of the appointment is acting", len(partly))
}

// version is one state of an appointment in the database.
type version struct {
	at                   row
	id, person, post     record.ID
	from, until          calendar.Date
	recorded, superseded time.Time
}

func (r *ministers) appointments() {
	start, end := "valid_from", "valid_to"
	tab := r.read(ifgBitemporal, false, "id", "person_id", "post_id", start, end, "recorded_from", "recorded_to")
	if tab == nil {
		start, end = "start_date", "end_date"
		tab = r.read(ifgAppointment, true, "id", "person_id", "post_id", start, end)
	}
	if tab == nil {
		return
	}
	byID := make(map[record.ID][]version)
	var order []record.ID
	for _, at := range tab.rows {
		v := version{
			at: at, id: r.id(tab, at, "id"),
			person: r.known(tab, at, "person_id", accountability.Person), post: r.known(tab, at, "post_id", accountability.Post),
			from: r.day(tab, at, start), until: r.day(tab, at, end),
			recorded: r.instant(tab, at, "recorded_from"), superseded: r.instant(tab, at, "recorded_to"),
		}
		if !v.superseded.IsZero() && !v.superseded.After(v.recorded) {
			r.fault(tab, at, "recorded_to", &FormError{"it does not come after recorded_from"})
		}
		if v.id == "" || v.person == "" || v.post == "" {
			continue
		}
		if byID[v.id] == nil {
			order = append(order, v.id)
		}
		byID[v.id] = append(byID[v.id], v)
	}
	r.ids = make(map[record.ID]bool, len(tab.rows))
	for _, id := range order {
		r.ids[id] = true
	}
	for _, id := range order {
		versions := byID[id]
		slices.SortStableFunc(versions, func(a, b version) int { return a.recorded.Compare(b.recorded) })
		for i := range versions[1:] {
			if a, b := versions[i], versions[i+1]; a.superseded.IsZero() || b.recorded.Before(a.superseded) {
				r.fault(tab, b.at, "recorded_from", &FormError{"another version of the appointment stands at that instant"})
			}
		}
		r.holdings(tab, versions, start, end)
	}
	for _, l := range r.leaves {
		if !r.stated[l.Holding] {
			r.lose(ifgCharacteristics+": is_on_leave", "there is no such appointment", 1)
			continue
		}
		r.result.Leaves = append(r.result.Leaves, l)
	}
}

// holdings writes the versions of one appointment, in the order of their instants, as records.
func (r *ministers) holdings(tab *table, versions []version, start, end string) {
	n, suffix, stands := 0, 0, false
	add := func(h accountability.Holding, id record.ID) {
		h.ID = id
		for n > 0 && (h.Of == "" || r.ids[h.ID]) {
			suffix++
			h.ID, h.Of = id+record.ID("."+strconv.Itoa(suffix)), id
		}
		r.ids[h.ID] = true
		n++
		r.result.Holdings = append(r.result.Holdings, h)
		r.stated[id] = true
		stands = h.Speaks()
	}
	for i, v := range versions {
		h := accountability.Holding{Record: base(""), Post: v.post, Holder: v.person}
		h.Recorded = v.recorded
		h.From, h.Until = calendar.OnDay(v.from), calendar.OnDay(v.until)
		if r.acting[v.id] {
			h.Basis = accountability.BasisActing
		}
		if n > 0 {
			h.Verb, h.Reason = record.Correct, "a later version of the database"
		}
		switch {
		case v.from.IsZero() || v.until.IsZero() || v.from.Before(v.until):
			add(h, v.id)
		case v.from == v.until:
			r.repair(tab.path(v.at, end), v.until.String(), "", "the appointment covers no day: what stood before is taken back")
			if stands {
				add(retraction(h, "it covers no day", v.recorded), v.id)
			}
		default:
			r.repair(tab.path(v.at, end), v.until.String(), "unknown", "it comes before the start, "+v.from.String()+": from the earlier of the two on it is not known")
			r.repair(tab.path(v.at, start), v.from.String(), v.until.String(), "the end comes before it")
			h.From, h.Until = calendar.OnDay(v.until), unknown
			add(h, v.id)
		}
		gone := !v.superseded.IsZero() && (i+1 == len(versions) || versions[i+1].recorded.After(v.superseded))
		if gone && stands {
			add(retraction(h, "it was taken out", v.superseded), v.id)
		}
	}
}

// retraction takes back what is recorded of a holding.
func retraction(h accountability.Holding, why string, at time.Time) accountability.Holding {
	h.Verb, h.Reason, h.Recorded = record.Retract, why, at
	h.From, h.Until, h.Basis = calendar.When{}, calendar.When{}, ""
	return h
}

// linkKinds are the sorts of link. A transfer of functions does not say of which, and so is none in the sense of
// accountability.TransferOfFunctions.
var linkKinds = map[string]string{
	"name change": accountability.Rename, "merger": accountability.Merger, "demerger": accountability.Demerger,
}

func (r *ministers) links() {
	tab := r.read(ifgLink, false, "id", "predecessor_organisation_id", "successor_organisation_id", "type", "link_start_date", "link_end_date")
	if tab == nil {
		return
	}
	seen, rows := make(map[record.ID]bool), make(map[record.ID]int) // ids that are taken, and rows with each
	for _, at := range tab.rows {
		s := accountability.Succession{
			Record:       base(r.id(tab, at, "id")),
			Predecessors: []record.ID{r.known(tab, at, "predecessor_organisation_id", accountability.Organisation)},
			Successors:   []record.ID{r.known(tab, at, "successor_organisation_id", accountability.Organisation)},
		}
		if given := s.ID; given != "" { // one change may be several rows, which share its id
			keep(&s.Record, extLink, string(given))
			for ; seen[s.ID]; rows[given]++ {
				s.ID = given + record.ID("."+strconv.Itoa(rows[given]+1))
			}
			seen[s.ID] = true
		}
		sort := tab.cell(at, "type")
		s.Kind = cmp.Or(linkKinds[strings.ToLower(sort)], "transfer")
		if linkKinds[strings.ToLower(sort)] == "" {
			r.repair(tab.path(at, "type"), sort, s.Kind, "which functions went over is not said in a form that can be followed")
		}
		keep(&s.Record, extType, sort)
		first, last := r.day(tab, at, "link_start_date"), r.day(tab, at, "link_end_date")
		if !first.IsZero() && !last.IsZero() && last.Before(first) {
			r.repair(tab.path(at, "link_end_date"), last.String(), "", "it comes before the start")
			last = calendar.Date{}
		}
		s.From, s.Completed = calendar.OnDay(first), calendar.OnDay(last)
		r.result.Successions = append(r.result.Successions, s)
	}
}
