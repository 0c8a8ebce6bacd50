package record

import (
	"math"
	"slices"
	"time"

	"github.com/missionled/missionled/milestone/calendar"
)

// Timelines holds the records of one kind by the fact they speak about, and answers what was said of a fact on a day, as
// known at an instant. It keeps every version; it is immutable and safe for concurrent readers. The zero Timelines holds
// nothing. Its memory is about 40 bytes a record beside the records themselves.
type Timelines[T any] struct {
	records []T
	base    []*Record
	known   []int64 // when each was recorded, in microseconds of Unix time
	facts   []fact
	byID    map[ID]int32 // facts by the id of the fact and of each of its records
}

type fact struct {
	id       ID
	versions []int32 // in the order in which they were recorded
}

// alwaysKnown is the recorded instant of a record that has none.
const alwaysKnown = math.MinInt64

// NewTimelines orders records by fact. Facts come in the order of their first record; the versions of a fact in the order
// in which they were recorded (instant, then sequence, then their order in records). A record without an instant counts
// as recorded when its source was published, and as always known if that is not stated either. The Timelines keeps the
// slice.
func NewTimelines[T any, P Holder[T]](records []T, sources []Source) Timelines[T] {
	t := Timelines[T]{
		records: records,
		base:    make([]*Record, len(records)),
		known:   make([]int64, len(records)),
		byID:    make(map[ID]int32, len(records)),
	}
	published := publication(sources)
	one := make([]int32, len(records)) // the versions of facts that have just one
	for i := range records {
		r := P(&records[i]).Base()
		t.base[i], t.known[i] = r, recordedAt(r, published)
		n, ok := t.byID[r.Fact()]
		if !ok {
			n = int32(len(t.facts))
			one[i] = int32(i)
			t.facts = append(t.facts, fact{id: r.Fact(), versions: one[i : i+1 : i+1]})
			t.byID[r.Fact()] = n
		} else {
			t.facts[n].versions = append(t.facts[n].versions, int32(i))
		}
		if r.Of != "" {
			if _, taken := t.byID[r.ID]; !taken {
				t.byID[r.ID] = n
			}
		}
	}
	for i := range t.facts {
		if v := t.facts[i].versions; len(v) > 1 {
			slices.SortStableFunc(v, t.earlier)
		}
	}
	return t
}

func (t *Timelines[T]) earlier(i, j int32) int {
	switch {
	case t.known[i] < t.known[j]:
		return -1
	case t.known[i] > t.known[j]:
		return 1
	case t.base[i].Sequence < t.base[j].Sequence:
		return -1
	case t.base[i].Sequence > t.base[j].Sequence:
		return 1
	}
	return int(i - j)
}

func publication(sources []Source) map[ID]int64 {
	published := make(map[ID]int64, len(sources))
	for i := range sources {
		if last := sources[i].Published.Latest(); !last.IsZero() {
			published[sources[i].ID] = last.In(time.UTC).UnixMicro()
		}
	}
	return published
}

func recordedAt(r *Record, published map[ID]int64) int64 {
	if !r.Recorded.IsZero() {
		return r.Recorded.UnixMicro()
	}
	if at, ok := published[r.Source]; ok && r.Source != "" {
		return at
	}
	return alwaysKnown
}

// Len returns how many facts there are.
func (t *Timelines[T]) Len() int { return len(t.facts) }

// Fact returns the id of the fact that a reference means: id may name the fact or any of its records.
func (t *Timelines[T]) Fact(id ID) (ID, bool) {
	n, ok := t.byID[id]
	if !ok {
		return "", false
	}
	return t.facts[n].id, true
}

// Facts returns the ids of the facts in order of their first records.
func (t *Timelines[T]) Facts() []ID {
	ids := make([]ID, len(t.facts))
	for i := range t.facts {
		ids[i] = t.facts[i].id
	}
	return ids
}

// Versions returns every record about a fact, whoever claims it, in the order in which they were recorded.
func (t *Timelines[T]) Versions(id ID) []*T {
	n, ok := t.byID[id]
	if !ok {
		return nil
	}
	versions := make([]*T, len(t.facts[n].versions))
	for i, v := range t.facts[n].versions {
		versions[i] = &t.records[v]
	}
	return versions
}

// KnownSince returns the instant at which the record with the given id became known, and whether one is stated.
func (t *Timelines[T]) KnownSince(id ID) (time.Time, bool) {
	if n, ok := t.byID[id]; ok {
		for _, v := range t.facts[n].versions {
			if t.base[v].ID == id && t.known[v] != alwaysKnown {
				return time.UnixMicro(t.known[v]).UTC(), true
			}
		}
	}
	return time.Time{}, false
}

// Claim is what one claimant says of a fact.
type Claim[T any] struct {
	Record *T
	// Valid is when it holds: the record's own period, as later changes and closings by the same claimant left it.
	Valid calendar.Period
	// On says whether it holds on the day that was asked about; Certainly if no day was given.
	On calendar.Certainty
}

// At returns what each claimant says of a fact on a day, as known at an instant: at most one claim a claimant, in the order
// in which the claimants first spoke, leaving out those who say nothing of that day. A zero day asks for the latest word
// whatever its period; a zero instant knows everything. It takes time linear in the versions of the fact, and allocates
// only the result.
func (t *Timelines[T]) At(id ID, on calendar.Date, known time.Time) []Claim[T] {
	n, ok := t.byID[id]
	if !ok {
		return nil
	}
	return t.at(n, on, instant(known))
}

func instant(known time.Time) int64 {
	if known.IsZero() {
		return math.MaxInt64
	}
	return known.UnixMicro()
}

func (t *Timelines[T]) at(n int32, on calendar.Date, known int64) []Claim[T] {
	versions := t.facts[n].versions
	if v := versions[0]; len(versions) == 1 && t.base[v].Verb <= Assert { // nearly every fact
		r := t.base[v]
		if t.known[v] > known {
			return nil
		}
		if c := covers(r.Valid(), on); c >= calendar.Possibly {
			return []Claim[T]{{Record: &t.records[v], Valid: r.Valid(), On: c}}
		}
		return nil
	}
	var claims []Claim[T]
	for i, v := range versions {
		if t.known[v] > known {
			break
		}
		if slices.ContainsFunc(versions[:i], func(w int32) bool { return t.base[w].Claimant == t.base[v].Claimant }) {
			continue // this claimant has had its turn
		}
		if c, ok := t.word(versions[i:], t.base[v].Claimant, on, known); ok {
			claims = append(claims, c)
		}
	}
	return claims
}

// word is the last thing that a claimant says of a day, once its changes, corrections, retractions and closings so far
// are taken into account.
func (t *Timelines[T]) word(versions []int32, claimant string, on calendar.Date, known int64) (Claim[T], bool) {
	var live []Claim[T]
	for _, v := range versions {
		r := t.base[v]
		if t.known[v] > known {
			break
		}
		if r.Claimant != claimant {
			continue
		}
		switch r.Verb {
		case Change:
			live = closeAt(live, t.start(v))
		case Correct, Retract:
			live = live[:0]
		case Close:
			end := r.Until
			if end.IsZero() {
				end = r.From
			}
			live = closeAt(live, end)
		}
		if r.Verb != Retract && r.Verb != Close {
			valid := r.Valid()
			if r.Verb == Change {
				valid.From = t.start(v)
			}
			live = append(live, Claim[T]{Record: &t.records[v], Valid: valid})
		}
	}
	var said Claim[T]
	for _, c := range live {
		if c.On = covers(c.Valid, on); c.On >= calendar.Possibly && (c.On >= said.On) {
			said = c
		}
	}
	return said, said.Record != nil
}

// start is the day from which a change holds: its From, else the day on which it was recorded, else the beginning.
func (t *Timelines[T]) start(v int32) calendar.When {
	if from := t.base[v].From; !from.IsZero() || t.known[v] == alwaysKnown {
		return from
	}
	return calendar.OnDay(calendar.Of(time.UnixMicro(t.known[v]).UTC()))
}

// closeAt ends every claim at end; a claim that starts no earlier is displaced altogether.
func closeAt[T any](live []Claim[T], end calendar.When) []Claim[T] {
	kept := live[:0]
	for _, c := range live {
		if end.IsZero() || (!c.Valid.From.IsZero() && !end.IsUnknown() && !c.Valid.From.Latest().Before(end.Earliest())) {
			continue
		}
		if u := c.Valid.Until; u.IsZero() || u.IsUnknown() || end.Earliest().Before(u.Earliest()) {
			c.Valid.Until = end
		}
		kept = append(kept, c)
	}
	return kept
}

func covers(p calendar.Period, on calendar.Date) calendar.Certainty {
	if on.IsZero() {
		return calendar.Certainly
	}
	return p.Covers(on)
}

// Read is [NewTimelines] over the records that count in a view.
func Read[T any, P Holder[T]](view *View, records []T, sources []Source) Timelines[T] {
	if len(view.Without) > 0 || view.Audience != 0 {
		records, _ = Select[T, P](view, records)
	}
	return NewTimelines[T, P](records, sources)
}

// Collect returns the claims on several facts, one fact after the other, as [Timelines.At] gives them.
func (t *Timelines[T]) Collect(facts []ID, at Moment) []Claim[T] {
	var claims []Claim[T]
	for _, id := range facts {
		claims = append(claims, t.At(id, at.On, at.Known)...)
	}
	return claims
}

// Group returns the facts that any of their records files under each key, in the order of their first records.
func Group[T any, K comparable](t *Timelines[T], key func(*T) K) map[K][]ID {
	groups := make(map[K][]ID, len(t.facts))
	for i := range t.facts {
		for j, v := range t.facts[i].versions {
			k := key(&t.records[v])
			if j > 0 && slices.Contains(groups[k], t.facts[i].id) {
				continue
			}
			groups[k] = append(groups[k], t.facts[i].id)
		}
	}
	return groups
}
