package popolo

import (
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// WriteOptions say how to write. The zero WriteOptions write the latest word on everything, without names of persons that the
// records do not have.
type WriteOptions struct {
	// Names are those of persons by the id of their party; the first of each is written.
	Names map[record.ID][]Name
	// Ends says what end dates are to mean.
	Ends Ends
	// Known is the instant as of which the records are read. Zero knows everything.
	Known time.Time
}

// file is the form of a Popolo file. Lists without entries are left out.
type file struct {
	Organizations []*organization `json:"organizations,omitempty"`
	Persons       []*person       `json:"persons,omitempty"`
	Posts         []*post         `json:"posts,omitempty"`
	Memberships   []*membership   `json:"memberships,omitempty"`
	Areas         []*organization `json:"areas,omitempty"`
}

type organization struct {
	ID             string `json:"id"`
	Name           string `json:"name"`
	Classification string `json:"classification,omitempty"`
	Parent         string `json:"parent_id,omitempty"`
	From           string `json:"founding_date,omitempty"`
	Until          string `json:"dissolution_date,omitempty"`
	Sources        []link `json:"sources,omitempty"`
}

type person struct {
	ID      string `json:"id"`
	Name    string `json:"name,omitempty"`
	Sources []link `json:"sources,omitempty"`
}

type post struct {
	ID           string `json:"id"`
	Label        string `json:"label"`
	Role         string `json:"role,omitempty"`
	Organization string `json:"organization_id,omitempty"`
	From         string `json:"start_date,omitempty"`
	Until        string `json:"end_date,omitempty"`
	Sources      []link `json:"sources,omitempty"`
}

type membership struct {
	ID           string `json:"id,omitempty"`
	Role         string `json:"role,omitempty"`
	Person       string `json:"person_id"`
	Organization string `json:"organization_id,omitempty"`
	Post         string `json:"post_id,omitempty"`
	From         string `json:"start_date,omitempty"`
	Until        string `json:"end_date,omitempty"`
	Sources      []link `json:"sources,omitempty"`
}

type link struct {
	URL  string `json:"url,omitempty"`
	Note string `json:"note,omitempty"`
}

// Write writes records as Popolo JSON, in the order of their facts and with two spaces of indent, and reports what Popolo
// cannot say: versions and rival claims beyond the latest word of the first claimant, seats, tiers, lines of reporting,
// holdings that are acting or that an organisation has, leave and successions, dates rougher or finer than a day, a month or a
// year, ends that are not known, and what a record has beside its facts, such as its grade. What [Read] has made up itself, it
// leaves out again. The error is that of w.
func Write(w io.Writer, recs Records, opt WriteOptions) (Report, error) {
	wr := &writer{opt: opt, sources: make(map[record.ID]link)}
	for i := range recs.Sources {
		s := &recs.Sources[i]
		l := link{s.URL, s.Title}
		if l.Note == l.URL {
			l.Note = ""
		}
		wr.sources[s.ID] = l
	}
	wr.parties = record.NewTimelines(recs.Parties, recs.Sources)
	wr.holdings = record.NewTimelines(recs.Holdings, recs.Sources)
	wr.lose("leaves[]", "Popolo has no leave", len(recs.Leaves))
	wr.lose("successions[]", "Popolo has no changes of organizations", len(recs.Successions))
	for _, id := range wr.parties.Facts() {
		if p := latest(wr, "parties", &wr.parties, id); p != nil {
			wr.party(p.Record, p.Valid)
		}
	}
	for _, id := range wr.holdings.Facts() {
		if h := latest(wr, "holdings", &wr.holdings, id); h != nil {
			wr.holding(h.Record, h.Valid)
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return wr.report(), enc.Encode(wr.file)
}

type writer struct {
	tally
	opt      WriteOptions
	parties  record.Timelines[accountability.Party]
	holdings record.Timelines[accountability.Holding]
	sources  map[record.ID]link
	file     file
}

// latest is the latest word on a fact of the first who claims anything.
func latest[T any](w *writer, list string, t *record.Timelines[T], id record.ID) *record.Claim[T] {
	claims := t.At(id, calendar.Date{}, w.opt.Known)
	if len(claims) == 0 {
		w.lose(list+"[]", "it was taken back, or was not known yet", 1)
		return nil
	}
	w.lose(list+"[]", "an earlier version", max(0, len(t.Versions(id))-len(claims)))
	w.lose(list+"[]", "a rival claim", len(claims)-1)
	return &claims[0]
}

// record notes what of the common part of a record has no place.
func (w *writer) record(list string, r *record.Record) []link {
	lose := func(member string, lost bool) {
		if lost {
			w.lose(list+"[]."+member, "", 1)
		}
	}
	lose("claimant", r.Claimant != "")
	lose("recorded", !r.Recorded.IsZero())
	lose("grade", r.Grade != 0)
	lose("audience", r.Audience != 0)
	lose("note", r.Note != "")
	lose("at", r.At != "")
	for name := range r.Extensions {
		switch name {
		case extID, extClassification, extRole, extMade:
		default:
			w.lose(list+"[]."+name, "", 1)
		}
	}
	l, ok := w.sources[r.Source]
	if !ok {
		lose("source", r.Source != "")
		return nil
	}
	return []link{l}
}

// id is the id of a record in the file that it came from.
func id(r *record.Record) string {
	if given := kept(r, extID); given != "" {
		return given
	}
	return string(r.Fact())
}

// named is the id, in the file, of a party of some kind that a record refers to.
func (w *writer) named(ref record.ID, kinds ...accountability.PartyKind) (*accountability.Party, string) {
	claims := w.parties.At(ref, calendar.Date{}, w.opt.Known)
	if len(claims) == 0 || !slices.Contains(kinds, claims[0].Record.Kind) {
		return nil, ""
	}
	return claims[0].Record, id(&claims[0].Record.Record)
}

// bodies are the kinds of party that are organizations in Popolo.
var bodies = []accountability.PartyKind{accountability.Organisation, accountability.Body, accountability.Group}

func (w *writer) party(p *accountability.Party, valid calendar.Period) {
	made := kept(&p.Record, extMade)
	if made != "" {
		return // the memberships have its role
	}
	sources := w.record("parties", &p.Record)
	lose := func(member, why string, lost bool) {
		if lost {
			w.lose("parties[]."+member, why, 1)
		}
	}
	lose("seats", "Popolo has no number of seats", p.Seats > 0)
	lose("tier", "", p.Tier != "")
	lose("sector", "", p.Sector != "")
	lose("reports_to", "Popolo has no lines of reporting", p.ReportsTo != "")
	lose("parts", "Popolo has no collaborations", len(p.Parts) > 0)
	_, of := w.named(p.OfParty, bodies...)
	switch p.Kind {
	case accountability.Person:
		name := p.Name
		if names := w.opt.Names[p.Fact()]; name == "" && len(names) > 0 {
			name = names[0].Text
		}
		lose("of_party", "", p.OfParty != "")
		w.undated("parties", valid)
		w.file.Persons = append(w.file.Persons, &person{id(&p.Record), name, sources})
	case accountability.Post:
		lose("of_party", "the organization is not among the parties", p.OfParty != "" && of == "")
		from, until := w.dates("parties", valid)
		w.file.Posts = append(w.file.Posts, &post{id(&p.Record), p.Name, kept(&p.Record, extRole), of, from, until, sources})
	case accountability.Place:
		lose("of_party", "", p.OfParty != "")
		w.undated("parties", valid)
		w.file.Areas = append(w.file.Areas, &organization{ID: id(&p.Record), Name: p.Name, Classification: kept(&p.Record, extClassification), Sources: sources})
	default:
		lose("of_party", "the organization is not among the parties", p.OfParty != "" && of == "")
		o := &organization{ID: id(&p.Record), Name: p.Name, Classification: kept(&p.Record, extClassification), Parent: of, Sources: sources}
		if p.Kind != accountability.Organisation {
			lose("kind", "a "+p.Kind.String()+" becomes an organization, with its kind for a classification", true)
			if o.Classification == "" {
				o.Classification = p.Kind.String()
			}
		}
		o.From, o.Until = w.dates("parties", valid)
		w.file.Organizations = append(w.file.Organizations, o)
	}
}

func (w *writer) holding(h *accountability.Holding, valid calendar.Period) {
	holder, who := w.named(h.Holder, accountability.Person)
	p, where := w.named(h.Post, accountability.Post)
	whole := func(why string) { w.lose("holdings[]", why, 1) }
	switch {
	case h.Withheld != "":
		whole("its holder is withheld")
		return
	case p == nil:
		whole("its post is not among the parties")
		return
	case holder == nil:
		if p, _ := w.named(h.Holder, bodies...); p != nil {
			whole("an organization holds it, where Popolo has only persons")
		} else {
			whole("its holder is not among the parties")
		}
		return
	}
	m := &membership{Role: kept(&h.Record, extRole), Person: who, Post: where, Sources: w.record("holdings", &h.Record)}
	if kept(&h.Record, extMade) == "" {
		m.ID = id(&h.Record)
	}
	_, m.Organization = w.named(p.OfParty, bodies...)
	if role := kept(&p.Record, extMade); role != "" {
		m.Role, m.Post = role, ""
	}
	if h.Basis != "" && h.Basis != accountability.BasisSubstantive {
		w.lose("holdings[].basis", "Popolo has no "+strconv.Quote(h.Basis)+" holders: it reads as if held in full", 1)
	}
	if h.CoverFor != "" {
		w.lose("holdings[].cover_for", "", 1)
	}
	m.From, m.Until = w.dates("holdings", valid)
	w.file.Memberships = append(w.file.Memberships, m)
}

func (w *writer) undated(list string, valid calendar.Period) {
	if !valid.From.IsZero() || !valid.Until.IsZero() {
		w.lose(list+"[]", "its dates: Popolo has none for such a thing", 1)
	}
}

// dates writes a period as a start and an end.
func (w *writer) dates(list string, valid calendar.Period) (from, until string) {
	from = w.date(list+"[].from", valid.From)
	last := valid.Until
	if w.opt.Ends == LastDay && last.IsResolved() {
		last = dayBefore(last)
	}
	return from, w.date(list+"[].until", last)
}

// dayBefore turns round what dayAfter has done.
func dayBefore(until calendar.When) calendar.When {
	if until.IsExact() {
		return calendar.OnDay(until.Earliest().Add(-1))
	}
	w, err := calendar.ParseWhen(until.Earliest().Add(-1).String() + "/" + until.Latest().Add(-1).String())
	if err != nil {
		return until // it lies at the beginning of the calendar
	}
	return w
}

// date writes a date in the forms that Popolo has, or the narrowest of them that it lies in.
func (w *writer) date(path string, d calendar.When) string {
	switch {
	case d.IsZero():
		return ""
	case !d.IsResolved():
		w.lose(path, "a day that is not known reads as no day", 1)
		return ""
	case d.IsExact():
		return d.Earliest().String()
	}
	for _, form := range []func(calendar.Date) calendar.When{calendar.MonthOf, calendar.YearOf} {
		if in := form(d.Earliest()); in.IsResolved() && !d.Latest().After(in.Latest()) {
			if in.Earliest() != d.Earliest() || in.Latest() != d.Latest() {
				w.lose(path, "it is rougher than the source: Popolo has days, months and years", 1)
			}
			return in.String()
		}
	}
	w.lose(path, "it is not within one year: Popolo has days, months and years", 1)
	return ""
}
