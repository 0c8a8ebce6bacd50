package accountability

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// A chart answers which records of one kind hold under a key on a day, as known at an instant, without allocating: who holds
// a post, what was granted to a party. It says the same as [record.Timelines.At], which is its oracle in the tests.
//
// What a claimant says of a fact is drawn as boxes: a stretch of days by a stretch of instants, with the record that counts
// there. The boxes of a key lie together (compressed sparse rows), by their first day; blocks of 32, 1,024 and 32,768 boxes
// that lie within one key are passed over where none of them can answer. A box takes 32 bytes, two to a line of the processor's
// cache, and nearly every record is one box, so that an index of n records takes about 37n bytes beside the map of the keys. A
// question costs the search for the first box of the key and a look at those that have begun by the day and may hold an answer:
// for keys of a few boxes, a handful of them.
type chart[K comparable, T any] struct {
	records []T
	keys    map[K]row
	boxes   []box
	levels  [3][]summary
	// slow holds the keys with a fact that was not drawn: one with many versions and rough ends. They are asked the long way,
	// by the facts of each key, in the order of the Spec.
	slow  map[K]bool
	filed filed
	fact  func(*T) record.ID
}

// row is what a chart holds of a key.
type row struct {
	first, end int32 // its boxes; end is excluded
	number     int32 // that its facts are filed under
}

type box struct {
	from, until int32 // ordinals of days; until is excluded
	since, last int64 // instants in microseconds of Unix time; last is included
	record      int32
	claim       int32 // on, in the low bits, beside the count of claims: facts in the order of the Spec, then claimants as they spoke
}

const onBits = 2

func (b *box) on() calendar.Certainty { return calendar.Certainty(b.claim & (1<<onBits - 1)) }

// summary bounds what a block of boxes may answer.
type summary struct {
	from, until int32 // the from of its first box, and the latest until of any
	since, last int64 // the earliest since and the latest last
}

const (
	blockBits = 5
	firstDay  = 1             // 1 January of year 1, the first that a calendar.Date may be
	lastDay   = math.MaxInt32 // after every day
	always    = math.MinInt64 // the instant of what was always known
	forever   = math.MaxInt64
	roughMost = 12 // versions of a fact with rough ends that are still drawn
)

// newChart draws the records of timelines by key. It calls each, where it is not nil, with every record and the place of the
// first record of its fact. keys is about how many keys there are.
func newChart[K comparable, T any, P record.Holder[T]](t *record.Timelines[T], records []T, sources []record.Source, keys int, key func(*T) K, each func(*T, int32)) chart[K, T] {
	d := draft[K, T, P]{timelines: t, key: key, published: publication(sources), files: newFiling[K](len(records), keys)}
	d.records, d.chart.fact = records, func(v *T) record.ID { return P(v).Base().Fact() }
	d.boxes, d.of = make([]box, 0, len(records)), make([]int32, 0, len(records))
	several := make(map[record.ID][]int32) // the facts of several records
	for i := range records {
		if of := P(&records[i]).Base().Of; of != "" {
			several[of] = nil
		}
	}
	if len(several) > 0 {
		for i := range records {
			id := P(&records[i]).Base().Fact()
			if versions, ok := several[id]; ok {
				several[id] = append(versions, int32(i))
			}
		}
	}
	one := make([]int32, 1)
	for i := range records {
		r := P(&records[i]).Base()
		versions := one
		one[0] = int32(i)
		if len(several) > 0 {
			if them, ok := several[r.Fact()]; ok {
				if them[0] != int32(i) {
					continue // drawn already
				}
				versions = slices.SortedStableFunc(slices.Values(them), d.earlier)
			}
		}
		d.draws(r.Fact(), int32(i), versions)
		if each != nil {
			for _, v := range versions {
				each(&records[v], int32(i))
			}
		}
	}
	return d.finish()
}

// earlier puts the versions of a fact into the order in which they were recorded, as the timelines have it.
func (d *draft[K, T, P]) earlier(i, j int32) int {
	a, b := P(&d.records[i]).Base(), P(&d.records[j]).Base()
	return cmp.Or(cmp.Compare(d.known(a), d.known(b)), cmp.Compare(a.Sequence, b.Sequence))
}

func publication(sources []record.Source) map[record.ID]int64 {
	published := make(map[record.ID]int64, len(sources))
	for i := range sources {
		if last := sources[i].Published.Latest(); !last.IsZero() {
			published[sources[i].ID] = last.In(time.UTC).UnixMicro()
		}
	}
	return published
}

// draft is a chart in the making.
type draft[K comparable, T any, P record.Holder[T]] struct {
	chart[K, T]
	of        []int32 // the key of each box
	files     filing[K]
	timelines *record.Timelines[T]
	key       func(*T) K
	published map[record.ID]int64
	claims    int32
	open      []int32 // boxes of the claim that still count, by day
	spare     []int32
}

func (d *draft[K, T, P]) known(r *record.Record) int64 {
	if !r.Recorded.IsZero() {
		return r.Recorded.UnixMicro()
	}
	if at, ok := d.published[r.Source]; ok && r.Source != "" {
		return at
	}
	return always
}

func (d *draft[K, T, P]) add(b box) int32 {
	return d.put(b, d.files.numbers[d.key(&d.records[b.record])])
}

func (d *draft[K, T, P]) put(b box, key int32) int32 {
	d.boxes, d.of = append(d.boxes, b), append(d.of, key)
	return int32(len(d.boxes) - 1)
}

// claimed is what a box says of the claim that it belongs to.
func (d *draft[K, T, P]) claimed(on calendar.Certainty) int32 { return d.claims<<onBits | int32(on) }

func (d *draft[K, T, P]) draws(id record.ID, fact int32, versions []int32) {
	var key int32
	for _, v := range versions {
		key = d.files.add(d.key(&d.records[v]), fact)
	}
	if r := P(&d.records[versions[0]]).Base(); len(versions) == 1 && r.Verb <= record.Assert { // nearly every fact
		since := d.known(r)
		for _, s := range stretches(r.Valid()) {
			if s.from < s.until {
				d.put(box{from: s.from, until: s.until, since: since, last: forever, record: versions[0], claim: d.claimed(s.on)}, key)
			}
		}
		d.claims++
		return
	}
	switch {
	case !d.rough(versions):
		d.draw(versions)
	case len(versions) <= roughMost:
		d.sample(id, versions)
	default:
		if d.slow == nil {
			d.slow = make(map[K]bool)
		}
		for _, v := range versions {
			d.slow[d.key(&d.records[v])] = true
		}
		d.claims += int32(len(versions))
	}
}

type stretch struct {
	from, until int32
	on          calendar.Certainty
}

// stretches are the days on which a period possibly, certainly and possibly holds, as [calendar.Period.Covers] has it.
func stretches(p calendar.Period) [3]stretch {
	start, begun, ending, gone := int32(firstDay), int32(firstDay), int32(lastDay), int32(lastDay)
	if p.Inverted() {
		return [3]stretch{{p.Until.Earliest().Ordinal(), lastDay, calendar.Possibly}}
	}
	if p.From.IsResolved() {
		start, begun = p.From.Earliest().Ordinal(), p.From.Latest().Ordinal()
	} else if !p.From.IsZero() {
		begun = lastDay
	}
	if p.Until.IsResolved() {
		ending, gone = p.Until.Earliest().Ordinal(), p.Until.Latest().Ordinal()
	} else if !p.Until.IsZero() {
		ending = firstDay
	}
	if begun >= ending { // no day is sure
		return [3]stretch{{start, gone, calendar.Possibly}}
	}
	return [3]stretch{{start, min(begun, gone), calendar.Possibly}, {begun, min(ending, gone), calendar.Certainly}, {ending, gone, calendar.Possibly}}
}

// end is the day on which a change or closing ends what was said before, and whether that is one exact day, or none at all.
func (d *draft[K, T, P]) end(r *record.Record) (calendar.When, bool) {
	last := r.Until
	if r.Verb == record.Change || last.IsZero() {
		last = d.start(r)
	}
	return last, last.IsZero() || last.IsExact()
}

// start is the day from which a change holds, as the timelines have it.
func (d *draft[K, T, P]) start(r *record.Record) calendar.When {
	known := d.known(r)
	if !r.From.IsZero() || known == always {
		return r.From
	}
	day := calendar.Of(time.UnixMicro(known).UTC())
	if r.Verb == record.Change && r.Until.IsResolved() && !day.Before(r.Until.Latest()) {
		return unknownDay
	}
	return calendar.OnDay(day)
}

var unknownDay = calendar.MustParseWhen("unknown")

// rough reports whether a version ends what was said before on a day that is not exact.
func (d *draft[K, T, P]) rough(versions []int32) bool {
	for _, v := range versions {
		if r := P(&d.records[v]).Base(); r.Verb == record.Change || r.Verb == record.Close {
			if _, exact := d.end(r); !exact {
				return true
			}
		}
	}
	return false
}

// draw draws the versions of a fact, which are in the order in which they were recorded, claimant by claimant. With exact
// ends no later version can bring back what an earlier one hid, so that the boxes that still count are all it needs.
func (d *draft[K, T, P]) draw(versions []int32) {
	first := make(map[string]bool, 1)
	for i, v := range versions {
		claimant := P(&d.records[v]).Base().Claimant
		if first[claimant] {
			continue
		}
		first[claimant] = true
		d.open = d.open[:0]
		for _, w := range versions[i:] {
			r := P(&d.records[w]).Base()
			if r.Claimant != claimant {
				continue
			}
			now, valid := d.known(r), r.Valid()
			switch r.Verb {
			case record.Correct, record.Retract:
				d.clip(firstDay, now)
			case record.Change, record.Close:
				last, _ := d.end(r)
				day := int32(firstDay)
				if !last.IsZero() {
					day = last.Earliest().Ordinal()
				}
				d.clip(day, now)
				if r.Verb == record.Change {
					valid.From = d.start(r)
				}
			}
			if r.Speaks() {
				for _, s := range stretches(valid) {
					d.paint(w, s, now)
				}
			}
		}
		d.claims++
	}
}

// reach returns the place of the first open box that ends after a day.
func (d *draft[K, T, P]) reach(day int32) int {
	n, _ := slices.BinarySearchFunc(d.open, day, func(n, day int32) int {
		if d.boxes[n].until <= day {
			return -1
		}
		return 1
	})
	return n
}

// clip takes the days from a day on away from the boxes that count.
func (d *draft[K, T, P]) clip(day int32, now int64) {
	at := d.reach(day)
	tail := d.open[at:]
	d.open = d.open[:at]
	for i, n := range tail {
		if b := d.boxes[n]; i == 0 && b.from < day {
			d.open = append(d.open, d.cut(n, b.from, day, now))
		} else {
			d.shut(n, now)
		}
	}
}

// shut makes a box count no longer. One that never did, for it was opened at the same instant, becomes empty.
func (d *draft[K, T, P]) shut(n int32, now int64) {
	if d.boxes[n].since >= now {
		d.boxes[n].until = d.boxes[n].from
		return
	}
	d.boxes[n].last = now - 1
}

// cut makes a box count for some of its days only, and returns the one that does.
func (d *draft[K, T, P]) cut(n, from, until int32, now int64) int32 {
	b := d.boxes[n]
	d.shut(n, now)
	b.from, b.until, b.since = from, until, max(now, b.since)
	return d.add(b)
}

// paint lets a record count on the days of a stretch where nothing surer stands. Of two that are as sure the later counts.
func (d *draft[K, T, P]) paint(v int32, s stretch, now int64) {
	if s.from >= s.until {
		return
	}
	at := d.reach(s.from)
	d.spare = append(d.spare[:0], d.open[at:]...)
	d.open = d.open[:at]
	from := s.from // what is not painted yet
	put := func(until int32) {
		if from < until {
			d.open = append(d.open, d.add(box{from: from, until: until, since: now, last: forever, record: v, claim: d.claimed(s.on)}))
		}
	}
	for _, n := range d.spare {
		b := d.boxes[n]
		switch {
		case b.from >= s.until:
			put(s.until)
			from = s.until
			d.open = append(d.open, n)
			continue
		case b.on() > s.on:
			put(b.from)
			from = max(from, b.until)
			d.open = append(d.open, n)
			continue
		}
		if b.from < s.from {
			d.open = append(d.open, d.cut(n, b.from, s.from, now))
		} else {
			d.shut(n, now)
		}
		if s.until < b.until {
			put(s.until)
			from = s.until
			b.from, b.since, b.last = s.until, max(now, b.since), forever
			d.open = append(d.open, d.add(b))
		}
	}
	put(s.until)
}

// sample draws a fact of few versions and rough ends by asking the timelines at every point where the answer may turn.
func (d *draft[K, T, P]) sample(id record.ID, versions []int32) {
	days, instants := []int32{firstDay}, []int64{}
	claimants := []string{}
	for _, v := range versions {
		r := P(&d.records[v]).Base()
		instants = append(instants, d.known(r))
		if !slices.Contains(claimants, r.Claimant) {
			claimants = append(claimants, r.Claimant)
		}
		for _, w := range []calendar.When{r.From, r.Until, d.start(r)} {
			if w.IsResolved() {
				days = append(days, w.Earliest().Ordinal(), w.Latest().Ordinal())
			}
		}
	}
	slices.Sort(days)
	slices.Sort(instants)
	days, instants = slices.Compact(days), slices.Compact(instants)
	for i, since := range instants {
		last := int64(forever)
		if i+1 < len(instants) {
			last = instants[i+1] - 1
		}
		known := time.UnixMicro(since)
		if since == always {
			known = time.UnixMicro(math.MinInt64 / 2) // before anything recorded, and not the zero time
		}
		for j, from := range days {
			until := int32(lastDay)
			if j+1 < len(days) {
				until = days[j+1]
			}
			for _, c := range d.timelines.At(id, calendar.FromOrdinal(from), known) {
				claim := d.claims + int32(slices.Index(claimants, P(c.Record).Base().Claimant))
				said := versions[slices.IndexFunc(versions, func(v int32) bool { return &d.records[v] == c.Record })]
				d.add(box{from: from, until: until, since: since, last: last, record: said, claim: claim<<onBits | int32(c.On)})
			}
		}
	}
	d.claims += int32(len(claimants))
}

// finish puts the boxes into their order and sums up the blocks.
func (d *draft[K, T, P]) finish() chart[K, T] {
	c := d.gather()
	for level := range c.levels {
		size := 1 << (blockBits * (level + 1))
		blocks := make([]summary, len(c.boxes)/size)
		for i := range blocks {
			s := summary{from: c.boxes[i*size].from, since: forever, last: always}
			for _, b := range c.boxes[i*size : (i+1)*size] {
				s.until, s.since, s.last = max(s.until, b.until), min(s.since, b.since), max(s.last, b.last)
			}
			blocks[i] = s
		}
		c.levels[level] = blocks
	}
	return c
}

// gather brings together the boxes by key, in the order of their days, leaving out those that never count.
func (d *draft[K, T, P]) gather() chart[K, T] {
	c := chart[K, T]{records: d.records, slow: d.slow, fact: d.chart.fact, filed: d.files.close()}
	counts := func(b *box) bool { return b.from < b.until && b.since <= b.last }
	starts := make([]int32, len(d.files.numbers)+1)
	for i := range d.boxes {
		if counts(&d.boxes[i]) {
			starts[d.of[i]+1]++
		}
	}
	for k := range len(starts) - 1 {
		starts[k+1] += starts[k]
	}
	c.boxes = make([]box, starts[len(starts)-1])
	place := slices.Clone(starts)
	for i := range d.boxes {
		if b := &d.boxes[i]; counts(b) {
			c.boxes[place[d.of[i]]] = *b
			place[d.of[i]]++
		}
	}
	sorted := func(a, b box) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.since, b.since), cmp.Compare(a.claim>>onBits, b.claim>>onBits))
	}
	for k := range len(starts) - 1 {
		if row := c.boxes[starts[k]:starts[k+1]]; !slices.IsSortedFunc(row, sorted) {
			slices.SortFunc(row, sorted)
		}
	}
	c.keys = make(map[K]row, len(d.files.numbers))
	for k, n := range d.files.numbers {
		c.keys[k] = row{starts[n], starts[n+1], n}
	}
	return c
}

// isSlow reports whether a key has a fact that was not drawn.
func (c *chart[K, T]) isSlow(key K) bool { return len(c.slow) > 0 && c.slow[key] }

// next returns the place of the first box from i on, before end, that covers a day and an instant, or end. The boxes from i to
// end are of one key.
func (c *chart[K, T]) next(i, end, day int32, known int64) int32 {
	for i < end {
		if i&(1<<blockBits-1) == 0 {
			if over := c.skip(i, end, day, known); over > i {
				i = over
				continue
			}
		}
		b := &c.boxes[i]
		if b.from > day {
			return end
		}
		if day < b.until && b.since <= known && known <= b.last {
			return i
		}
		i++
	}
	return end
}

// skip passes over the largest block that begins at i, ends by end and has no answer. It returns where that leads.
func (c *chart[K, T]) skip(i, end, day int32, known int64) int32 {
	for level := len(c.levels) - 1; level >= 0; level-- {
		shift := blockBits * (level + 1)
		if size := int32(1) << shift; i&(size-1) == 0 && i+size <= end {
			s := &c.levels[level][i>>shift]
			if s.from > day {
				return end
			}
			if s.until <= day || s.since > known || s.last < known {
				return i + size
			}
		}
	}
	return i
}

// instant is what the boxes compare with; the zero time knows everything.
func instant(known time.Time) int64 {
	if known.IsZero() {
		return forever
	}
	return known.UnixMicro()
}
