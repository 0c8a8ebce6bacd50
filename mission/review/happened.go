package review

import (
	"cmp"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
)

// happened holds every event that the model knows of by the instant, by subject. It is read once, when a rule first asks, and
// shared by all rules: nothing that it gives out may be changed.
type happened struct {
	on       map[record.Ref]eventsOn
	subjects []record.Ref            // the keys of on, sorted
	beyond   map[record.Ref]eventsOn // on sources and named days, and on what the view leaves out
}

// eventsOn are the events on one subject, sorted by kind. Most questions are about a kind that is not among them: what marks
// says so without a look at the list.
type eventsOn struct {
	marks uint64 // one bit for each kind, which others may share
	list  []eventsOfKind
}

// mark is the bit of a kind.
func mark(kind string) uint64 {
	if kind == "" {
		return 1
	}
	n := len(kind)
	return 1 << ((7*n + int(kind[0]) + 3*int(kind[n/2]) + 5*int(kind[n-1])) % 64)
}

// eventsOfKind are the events of one kind on one subject, each list in the order of the records' ids.
type eventsOfKind struct {
	kind            string
	present, absent []record.Claim[mission.Event] // what is said to have happened, and what is said not to have
	ahead           []record.Claim[mission.Event] // of either sort: certainly after the day of the review
}

// happenings reads the events when a rule first asks.
func (p *pass) happenings() *happened {
	if p.occurred != nil {
		return p.occurred
	}
	claims := p.m.AllEvents(p.at)
	h := &happened{on: make(map[record.Ref]eventsOn), beyond: make(map[record.Ref]eventsOn)}
	p.occurred = h
	places := make(map[record.Ref]int32) // of subjects, in the order in which they come
	var counts []int32
	at := make([]int32, len(claims)) // the place of the subject of each claim
	for i := range claims {
		ref := claims[i].Record.Subject
		place, ok := places[ref]
		if !ok {
			place = int32(len(counts))
			places[ref] = place
			counts = append(counts, 0)
		}
		at[i] = place
		counts[place]++
	}
	ends := make([]int32, len(counts)) // for a start, where the claims of each subject start
	for place, from := 0, int32(0); place < len(counts); place++ {
		ends[place] = from
		from += counts[place]
	}
	grouped := make([]record.Claim[mission.Event], len(claims))
	for i := range claims {
		grouped[ends[at[i]]] = claims[i]
		ends[at[i]]++
	}
	room := make([]eventsOfKind, 0, len(claims))
	for ref, place := range places {
		list := grouped[ends[place]-counts[place] : ends[place] : ends[place]]
		slices.SortFunc(list, func(a, b record.Claim[mission.Event]) int {
			return cmp.Or(strings.Compare(a.Record.Kind, b.Record.Kind), cmp.Compare(p.tense(a.Record), p.tense(b.Record)), strings.Compare(string(a.Record.ID), string(b.Record.ID)))
		})
		first := len(room)
		for len(list) > 0 {
			kind, n := list[0].Record.Kind, 0
			for n < len(list) && list[n].Record.Kind == kind {
				n++
			}
			room = append(room, p.ofKind(kind, list[:n:n]))
			list = list[n:]
		}
		on := eventsOn{list: room[first:len(room):len(room)]}
		for i := range on.list {
			on.marks |= mark(on.list[i].kind)
		}
		if _, known := p.m.Record(ref); ref.IsZero() || known && ref.Kind != record.KindSource && ref.Kind != record.KindDay {
			h.on[ref] = on
			h.subjects = append(h.subjects, ref)
		} else {
			h.beyond[ref] = on
		}
	}
	slices.SortFunc(h.subjects, record.Ref.Compare)
	return h
}

// tense says in which list of eventsOfKind an event stands.
type tense int

const (
	present tense = iota
	absent
	ahead
)

func (p *pass) tense(e *mission.Event) tense {
	switch {
	case !p.on.IsZero() && e.OnDay.After(p.on):
		return ahead
	case e.Absent:
		return absent
	}
	return present
}

// ofKind parts events of one kind that are in the order of their tenses.
func (p *pass) ofKind(kind string, list []record.Claim[mission.Event]) eventsOfKind {
	var parts [ahead + 1][]record.Claim[mission.Event]
	for len(list) > 0 {
		now, n := p.tense(list[0].Record), 0
		for n < len(list) && p.tense(list[n].Record) == now {
			n++
		}
		parts[now], list = list[:n:n], list[n:]
	}
	return eventsOfKind{kind, parts[present], parts[absent], parts[ahead]}
}

// eventsOn returns what is known of one subject.
func (p *pass) eventsOn(subject record.Ref) eventsOn {
	h := p.happenings()
	if list, ok := h.on[subject]; ok {
		return list
	}
	fact := p.m.Fact(subject)
	if fact != subject {
		if list, ok := h.on[fact]; ok {
			return list
		}
	}
	return h.beyond[fact]
}

// of returns the events of a kind; empty lists where there are none.
func (l eventsOn) of(kind string) *eventsOfKind {
	if l.marks&mark(kind) == 0 {
		return &noEvents
	}
	at, found := slices.BinarySearchFunc(l.list, kind, func(e eventsOfKind, kind string) int { return strings.Compare(e.kind, kind) })
	if !found {
		return &noEvents
	}
	return &l.list[at]
}

// noEvents stands where nothing is said to have happened. Nothing is ever put into it.
var noEvents eventsOfKind

// present and absent are what is said to have happened, and what is said not to have.
func (l eventsOn) present(kind string) []record.Claim[mission.Event] { return l.of(kind).present }
func (l eventsOn) absent(kind string) []record.Claim[mission.Event]  { return l.of(kind).absent }

// events returns what is said to have happened to a subject, and what is said not to have, each in the order of the records'
// ids. Others are given the same slices, which are not to be changed.
func (p *pass) events(subject record.Ref, kind string) (present, absent []record.Claim[mission.Event]) {
	e := p.eventsOn(subject).of(kind)
	return e.present, e.absent
}

// happened reports whether an event of a kind is recorded on a subject.
func (p *pass) happened(subject record.Ref, kind string) bool {
	return len(p.eventsOn(subject).of(kind).present) > 0
}

// befallen returns the subjects to which something of these kinds is said to have happened, sorted.
func (p *pass) befallen(kinds ...string) []record.Ref {
	var list []record.Ref
	h := p.happenings()
	for _, ref := range h.subjects {
		if on := h.on[ref]; !ref.IsZero() && slices.ContainsFunc(kinds, func(kind string) bool { return len(on.present(kind)) > 0 }) {
			list = append(list, ref)
		}
	}
	return list
}
