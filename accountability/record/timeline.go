package record

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/missionled/missionled/milestone/calendar"
)

// Timelines holds the records of one kind by the fact they speak about, and answers what was said of a fact on a day, as
// known at an instant. It keeps every version; it is immutable and safe for concurrent readers. The zero Timelines holds
// nothing. Its memory is 30 to 50 bytes a record beside the records themselves, and about 100 for each fact of several records.
type Timelines[T any] struct {
	records []T
	base    func(*T) *Record
	known   []int64  // when each was recorded, in microseconds of Unix time
	next    []int32  // what the claimant of each recorded next about the same fact; -1 is nothing; nil without versions
	facts   []int32  // the one plain statement about a fact; or, below 0, the complement of a place in threads
	threads []thread // the facts of which more is said
	of      []int32  // the fact of each record; nil where record n is all that is said of fact n
	places  places   // twice a record's place for the fact that it speaks about, and one more for its own id
}

// thread is what was said of a fact.
type thread struct {
	id       ID
	versions []int32 // in the order in which they were recorded
	first    []int32 // the first of each claimant, in the same order
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
		base:    func(x *T) *Record { return P(x).Base() },
		known:   make([]int64, len(records)),
		facts:   make([]int32, 0, len(records)),
		places:  newPlaces(len(records)),
	}
	published, named := publication(sources), t.named
	for i := range records {
		r := P(&records[i]).Base()
		t.known[i] = recordedAt(r, published)
		place, known := t.places.put(r.Fact(), 2*int32(i), named)
		n := int32(len(t.facts))
		switch {
		case known:
			n = t.factOf(place >> 1)
			m := ^t.facts[n]
			if m < 0 {
				m = t.open(n, r.Fact())
			}
			t.threads[m].versions = append(t.threads[m].versions, int32(i))
		default:
			t.facts = append(t.facts, int32(i))
			if r.Verb > Assert {
				t.open(n, r.Fact())
			}
		}
		if t.of == nil && int(n) != i {
			t.of = make([]int32, i, len(records))
			for k := range t.of {
				t.of[k] = int32(k)
			}
		}
		if t.of != nil {
			t.of = append(t.of, n)
		}
		if r.Of != "" {
			t.places.put(r.ID, 2*int32(i)+1, named)
		}
	}
	for i := range t.threads {
		f := &t.threads[i]
		slices.SortStableFunc(f.versions, t.earlier)
		t.thread(f)
	}
	return t
}

// named is the id that a number in places stands for.
func (t *Timelines[T]) named(place int32) ID {
	r := t.base(&t.records[place>>1])
	if place&1 == 0 {
		return r.Fact()
	}
	return r.ID
}

func (t *Timelines[T]) factOf(record int32) int32 {
	if t.of == nil {
		return record
	}
	return t.of[record]
}

// open begins the thread of a fact, and returns its place.
func (t *Timelines[T]) open(n int32, id ID) int32 {
	m := int32(len(t.threads))
	t.threads = append(t.threads, thread{id: id, versions: []int32{t.facts[n]}})
	t.facts[n] = ^m
	return m
}

// find returns the number of the fact that an id means, or -1.
func (t *Timelines[T]) find(id ID) int32 {
	if place := t.places.find(id, t.named); place >= 0 {
		return t.factOf(place >> 1)
	}
	return -1
}

// versions returns the records about a fact. one is room for one.
func (t *Timelines[T]) versions(n int32, one *[1]int32) []int32 {
	if v := t.facts[n]; v >= 0 {
		one[0] = v
		return one[:]
	}
	return t.threads[^t.facts[n]].versions
}

// thread strings the versions of a fact together by claimant.
func (t *Timelines[T]) thread(f *thread) {
	if t.next == nil {
		t.next = make([]int32, len(t.records))
	}
	var room [4]int32 // the last record of each claimant
	last := room[:0]
	for _, v := range f.versions {
		t.next[v] = -1
		claimant := t.base(&t.records[v]).Claimant
		at := slices.IndexFunc(last, func(before int32) bool { return t.base(&t.records[before]).Claimant == claimant })
		if at >= 0 {
			t.next[last[at]], last[at] = v, v
			continue
		}
		f.first, last = append(f.first, v), append(last, v)
	}
}

func (t *Timelines[T]) earlier(i, j int32) int {
	if c := cmp.Compare(t.known[i], t.known[j]); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(t.base(&t.records[i]).Sequence, t.base(&t.records[j]).Sequence), int(i-j))
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

// id is the id of a fact.
func (t *Timelines[T]) id(n int32) ID {
	if v := t.facts[n]; v >= 0 {
		return t.base(&t.records[v]).Fact()
	}
	return t.threads[^t.facts[n]].id
}

// Fact returns the id of the fact that a reference means: id may name the fact or any of its records.
func (t *Timelines[T]) Fact(id ID) (ID, bool) {
	n := t.find(id)
	if n < 0 {
		return "", false
	}
	return t.id(n), true
}

// Facts returns the ids of the facts in order of their first records.
func (t *Timelines[T]) Facts() []ID {
	ids := make([]ID, len(t.facts))
	for i := range t.facts {
		ids[i] = t.id(int32(i))
	}
	return ids
}

// Versions returns every record about a fact, whoever claims it, in the order in which they were recorded.
func (t *Timelines[T]) Versions(id ID) []*T {
	n := t.find(id)
	if n < 0 {
		return nil
	}
	var one [1]int32
	places := t.versions(n, &one)
	versions := make([]*T, len(places))
	for i, v := range places {
		versions[i] = &t.records[v]
	}
	return versions
}

// KnownSince returns the instant at which the record with the given id became known, and whether one is stated.
func (t *Timelines[T]) KnownSince(id ID) (time.Time, bool) {
	if n := t.find(id); n >= 0 {
		var one [1]int32
		for _, v := range t.versions(n, &one) {
			if t.base(&t.records[v]).ID == id && t.known[v] != alwaysKnown {
				return time.UnixMicro(t.known[v]).UTC(), true
			}
		}
	}
	return time.Time{}, false
}

// Claim is what one claimant says of a fact.
type Claim[T any] struct {
	Record *T
	// Valid is when it holds: the record's own period, as later changes and closings by the same claimant left it. Where
	// several rough ends were given it has the tightest, and On takes account of them all.
	Valid calendar.Period
	// On says whether it holds on the day that was asked about; Certainly if no day was given.
	On calendar.Certainty
}

// At returns what each claimant says of a fact on a day, as known at an instant: at most one claim a claimant, in the order
// in which the claimants first spoke, leaving out those who say nothing of that day. Of several statements by one claimant
// the latest counts of those that hold most surely. A zero day asks for the latest word whatever its period; a zero instant
// knows everything. It takes time linear in the versions of the fact.
func (t *Timelines[T]) At(id ID, on calendar.Date, known time.Time) []Claim[T] {
	n := t.find(id)
	if n < 0 {
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
	if v := t.facts[n]; v >= 0 { // nearly every fact
		if t.known[v] > known {
			return nil
		}
		r := t.base(&t.records[v])
		if c := covers(r.Valid(), on); c >= calendar.Possibly {
			return []Claim[T]{{Record: &t.records[v], Valid: r.Valid(), On: c}}
		}
		return nil
	}
	var claims []Claim[T]
	for _, v := range t.threads[^t.facts[n]].first {
		if t.known[v] > known {
			break
		}
		if c, ok := t.word(v, on, known); ok {
			claims = append(claims, c)
		}
	}
	return claims
}

// word is the last thing that the claimant of v and of what v leads to says of a day, once its changes, corrections,
// retractions and closings so far are taken into account.
func (t *Timelines[T]) word(v int32, on calendar.Date, known int64) (Claim[T], bool) {
	var room [4]spell
	live := room[:0]
	for ; v >= 0 && t.known[v] <= known; v = t.next[v] {
		r := t.base(&t.records[v])
		switch r.Verb {
		case Change:
			live = end(live, t.start(v))
		case Correct, Retract:
			live = live[:0]
		case Close:
			last := r.Until
			if last.IsZero() {
				last = t.start(v)
			}
			live = end(live, last)
		}
		if r.Speaks() {
			s := spell{record: v, valid: r.Valid()}
			if r.Verb == Change {
				s.valid.From = t.start(v)
			}
			live = append(live, s)
		}
	}
	var said Claim[T]
	for i := range live {
		s := &live[i]
		if c := s.covers(on); c >= calendar.Possibly && c >= said.On {
			said = Claim[T]{Record: &t.records[s.record], Valid: s.valid, On: c}
			if !s.until.IsZero() {
				said.Valid.Until = s.until
			}
		}
	}
	return said, said.Record != nil
}

// start is the day from which a change holds: its From, else the day on which it was recorded, else the beginning. A change
// that had ended before it was recorded started on a day that nobody knows.
func (t *Timelines[T]) start(v int32) calendar.When {
	r := t.base(&t.records[v])
	if !r.From.IsZero() || t.known[v] == alwaysKnown {
		return r.From
	}
	day := calendar.Of(time.UnixMicro(t.known[v]).UTC())
	if r.Verb == Change && r.Until.IsResolved() && !day.Before(r.Until.Latest()) {
		return unknownDay
	}
	return calendar.OnDay(day)
}

var unknownDay = calendar.MustParseWhen("unknown")

// spell is a statement that still stands, and what later ones have made of its end. Every end counts, since a rough one may
// come before or after the statement's own.
type spell struct {
	record int32
	valid  calendar.Period
	until  calendar.When // the tightest end given later; zero if there is none
	sure   calendar.Date // from here on it may have ended; zero if no later end says so
	gone   calendar.Date // from here on it has ended
	vague  bool          // a later end is not known
}

// end gives every statement an end; one that no day would be left of is displaced altogether.
func end(live []spell, last calendar.When) []spell {
	kept := live[:0]
	for _, s := range live {
		from := s.valid.From
		if last.IsZero() || from.IsResolved() && last.IsResolved() && !from.Earliest().Before(last.Latest()) {
			continue
		}
		if !last.IsResolved() {
			s.vague = true
		} else {
			if s.sure.IsZero() || last.Earliest().Before(s.sure) {
				s.sure = last.Earliest()
			}
			if s.gone.IsZero() || last.Latest().Before(s.gone) {
				s.gone = last.Latest()
			}
		}
		tightest := s.until
		if tightest.IsZero() {
			tightest = s.valid.Until
		}
		if !tightest.IsResolved() || last.IsResolved() && last.Earliest().Before(tightest.Earliest()) {
			s.until = last
		}
		kept = append(kept, s)
	}
	return kept
}

func (s *spell) covers(on calendar.Date) calendar.Certainty {
	c := covers(s.valid, on)
	switch {
	case on.IsZero():
		return c
	case !s.gone.IsZero() && !on.Before(s.gone):
		return calendar.No
	case s.vague || !s.sure.IsZero() && !on.Before(s.sure):
		return min(c, calendar.Possibly)
	}
	return c
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

// Group returns the facts that any of their records files under each key, in the order of their first records. A version may
// file a fact elsewhere than another, so whoever asks about a moment looks at the key of the claim that counts then.
func Group[T any, K comparable](t *Timelines[T], key func(*T) K) map[K][]ID {
	groups := make(map[K][]ID, len(t.facts))
	var one [1]int32
	for i := range int32(len(t.facts)) {
		id := t.id(i)
		for _, v := range t.versions(i, &one) {
			k := key(&t.records[v])
			list := groups[k]
			if n := len(list); n == 0 || list[n-1] != id { // the versions of a fact come together
				groups[k] = append(list, id)
			}
		}
	}
	return groups
}
