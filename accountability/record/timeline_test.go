package record_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// v writes a version in one line: "id verb from..until @recorded #sequence claimant", each part but the id optional; "of" is f.
func v(line string) note {
	n := note{Record: record.Record{Of: "f", Reason: "because"}, Text: line}
	for i, word := range strings.Fields(line) {
		from, until, period := strings.Cut(word, "..")
		switch {
		case i == 0:
			n.ID = record.ID(word)
		case period:
			if from != "" {
				n.From = calendar.MustParseWhen(from)
			}
			if until != "" {
				n.Until = calendar.MustParseWhen(until)
			}
		case word[0] == '@':
			n.Recorded = calendar.MustParseDate(word[1:]).In(time.UTC)
		case word[0] == '#':
			fmt.Sscan(word[1:], &n.Sequence)
		case word == "source":
			n.Source = "paper"
		default:
			if err := n.Verb.UnmarshalText([]byte(word)); err != nil {
				n.Claimant = word
			}
		}
	}
	return n
}

func versions(lines ...string) record.Timelines[note] {
	var notes []note
	for _, line := range lines {
		notes = append(notes, v(line))
	}
	return record.NewTimelines(notes, []record.Source{{Record: record.New("paper"), Published: calendar.MustParseWhen("2025-02")}})
}

// said prints what At answers: "id certainty from..until" for each claim.
func said(claims []record.Claim[note]) string {
	var words []string
	for _, c := range claims {
		words = append(words, fmt.Sprintf("%s %s %s..%s", c.Record.ID, c.On, c.Valid.From, c.Valid.Until))
	}
	return strings.Join(words, "; ")
}

func TestTimelinesAt(t *testing.T) {
	type ask struct{ on, known, want string }
	for _, c := range []struct {
		name  string
		lines []string
		asks  []ask
	}{
		{"one statement", []string{"a 2025-01-10..2025-02-10"}, []ask{
			{"2025-01-09", "", ""}, {"2025-01-10", "", "a certainly 2025-01-10..2025-02-10"}, {"2025-02-09", "", "a certainly 2025-01-10..2025-02-10"},
			{"2025-02-10", "", ""}, {"", "", "a certainly 2025-01-10..2025-02-10"}, {"2025-01-10", "1900-01-01", "a certainly 2025-01-10..2025-02-10"}}},
		{"known later", []string{"a @2025-03-01"}, []ask{{"2025-01-01", "2025-02-28", ""}, {"2025-01-01", "2025-03-01", "a certainly .."}}},
		{"known when its source came out", []string{"a source"}, []ask{{"", "2025-02-27", ""}, {"", "2025-02-28", "a certainly .."}}},
		{"a retraction or closing alone says nothing", []string{"a retract"}, []ask{{"", "", ""}, {"2025-01-01", "", ""}}},
		{"the world moved", []string{"a 2025-01-01.. @2025-01-01", "b change 2025-06-01.. @2025-07-01"}, []ask{
			{"2025-05-31", "", "a certainly 2025-01-01..2025-06-01"}, {"2025-06-01", "", "b certainly 2025-06-01.."}, {"2025-06-01", "2025-06-30", "a certainly 2025-01-01.."},
			{"", "", "b certainly 2025-06-01.."}}},
		{"a change without a start holds from the day it was recorded", []string{"a", "b change @2025-07-01"}, []ask{
			{"2025-06-30", "", "a certainly ..2025-07-01"}, {"2025-07-01", "", "b certainly 2025-07-01.."}}},
		{"a change without any day holds always", []string{"a", "b change"}, []ask{{"1999-01-01", "", "b certainly .."}}},
		{"a change that had ended before it was recorded started nobody knows when", []string{"a", "b change ..2025-03-01 @2025-07-01"}, []ask{
			{"2025-02-01", "", "b possibly unknown..2025-03-01"}, {"2025-04-01", "", "a possibly ..unknown"}}},
		{"the record was wrong", []string{"a 2025-01-01.. @2025-01-01", "b correct 2025-02-01.. @2025-03-01"}, []ask{
			{"2025-01-15", "", ""}, {"2025-01-15", "2025-02-01", "a certainly 2025-01-01.."}, {"2025-02-01", "", "b certainly 2025-02-01.."}}},
		{"never true", []string{"a @2025-01-01", "b retract @2025-03-01"}, []ask{{"2025-01-15", "", ""}, {"2025-01-15", "2025-02-01", "a certainly .."}}},
		{"taken back and said again", []string{"a @2025-01-01", "b retract @2025-01-02", "c @2025-01-03"}, []ask{
			{"2025-01-01", "2025-01-01", "a certainly .."}, {"2025-01-01", "2025-01-02", ""}, {"2025-01-01", "2025-01-03", "c certainly .."}}},
		{"closed on its until", []string{"a 2025-01-01..", "b close ..2025-04-01 @2025-05-01"}, []ask{
			{"2025-03-31", "", "a certainly 2025-01-01..2025-04-01"}, {"2025-04-01", "", ""}, {"2025-04-01", "2025-04-30", "a certainly 2025-01-01.."}, {"", "", "a certainly 2025-01-01..2025-04-01"}}},
		{"closed on its from, for want of an until", []string{"a", "b close 2025-04-01.."}, []ask{{"2025-03-31", "", "a certainly ..2025-04-01"}, {"2025-04-01", "", ""}}},
		{"closed some day", []string{"a 2025-01-01..", "b close ..unknown"}, []ask{{"2024-12-31", "", ""}, {"2025-01-01", "", "a possibly 2025-01-01..unknown"}, {"2030-01-01", "", "a possibly 2025-01-01..unknown"}}},
		{"a closing within what was left", []string{"a 2025-01-01..2025-09-01", "b close ..2025-10-01"}, []ask{{"2025-08-31", "", "a certainly 2025-01-01..2025-09-01"}, {"2025-09-01", "", ""}}},
		{"an unknown closing keeps a known end", []string{"a 2025-01-01..2025-03-01", "b close ..unknown"}, []ask{
			{"2025-02-28", "", "a possibly 2025-01-01..2025-03-01"}, {"2025-03-01", "", ""}}},
		{"a rough closing and a rough end", []string{"a ..2025", "b close ..2025-Q2"}, []ask{
			{"2024-12-31", "", "a certainly ..2025"}, {"2025-03-01", "", "a possibly ..2025"}, {"2025-06-29", "", "a possibly ..2025"}, {"2025-06-30", "", ""}}},
		{"a rough closing after the start", []string{"a 2025-05-01..", "b close ..2025-Q2"}, []ask{
			{"2025-04-30", "", ""}, {"2025-05-01", "", "a possibly 2025-05-01..2025-Q2"}, {"2025-06-29", "", "a possibly 2025-05-01..2025-Q2"}, {"2025-06-30", "", ""}}},
		{"closed before it began", []string{"a 2025-05-01..", "b close ..2025-04-01"}, []ask{{"2025-05-01", "", ""}, {"2025-04-01", "", ""}, {"", "", ""}}},
		{"a rough change: both possible in between, the later word first", []string{"a 2025-01-01..", "b change 2025-Q2.."}, []ask{
			{"2025-03-31", "", "a certainly 2025-01-01..2025-Q2"}, {"2025-05-01", "", "b possibly 2025-Q2.."}, {"2025-06-30", "", "b certainly 2025-Q2.."}}},
		{"an unknown start", []string{"a unknown..2025-03-01"}, []ask{{"2025-02-28", "", "a possibly unknown..2025-03-01"}, {"2025-03-01", "", ""}}},
		{"an unknown end is not an open one", []string{"a 2025-01-01..unknown"}, []ask{{"2025-01-01", "", "a possibly 2025-01-01..unknown"}, {"2024-12-31", "", ""}}},
		{"an inverted period is open from its earlier end", []string{"a 2025-09-01..2025-05-14"}, []ask{{"2025-05-13", "", ""}, {"2025-05-14", "", "a possibly 2025-09-01..2025-05-14"}, {"2026-01-01", "", "a possibly 2025-09-01..2025-05-14"}}},
		{"two statements: the later, where it holds", []string{"a 2025-01-01..", "b 2025-03-01..2025-04-01"}, []ask{
			{"2025-02-01", "", "a certainly 2025-01-01.."}, {"2025-03-01", "", "b certainly 2025-03-01..2025-04-01"}, {"2025-04-01", "", "a certainly 2025-01-01.."}}},
		{"two statements: the surer before the later", []string{"a 2025-01-01..", "b 2025-Q2..2025-07-01"}, []ask{
			{"2025-05-01", "", "a certainly 2025-01-01.."}, {"2025-06-30", "", "b certainly 2025-Q2..2025-07-01"}}},
		{"rivals stand side by side, in the order in which they first spoke", []string{"a giver @2025-01-02", "b holder @2025-01-01", "c change giver 2025-06-01.. @2025-02-01"}, []ask{
			{"2025-03-01", "", "b certainly ..; a certainly ..2025-06-01"}, {"2025-06-01", "", "b certainly ..; c certainly 2025-06-01.."}, {"2025-06-01", "2025-01-01", "b certainly .."}}},
		{"one claimant's retraction leaves the other's word", []string{"a giver", "b holder", "c retract giver"}, []ask{{"2025-03-01", "", "b certainly .."}}},
		{"the unnamed claimant is one", []string{"a", "b correct"}, []ask{{"2025-03-01", "", "b certainly .."}}},
		{"sequence orders an instant", []string{"a @2025-01-01 #2", "b correct @2025-01-01 #1"}, []ask{{"", "", "a certainly .."}}},
		{"then the order of the document", []string{"a @2025-01-01", "b correct @2025-01-01"}, []ask{{"", "", "b certainly .."}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			line := versions(c.lines...)
			for _, a := range c.asks {
				var on calendar.Date
				var known time.Time
				if a.on != "" {
					on = calendar.MustParseDate(a.on)
				}
				if a.known != "" {
					known = calendar.MustParseDate(a.known).In(time.UTC)
				}
				assert.Equal(t, a.want, said(line.At("f", on, known)), "on %s, known %s", a.on, a.known)
			}
		})
	}
}

func TestTimelinesFacts(t *testing.T) {
	notes := []note{
		{Record: record.Record{ID: "b2", Of: "b", Verb: record.Change}, Text: "B"},
		{Record: record.Record{ID: "a"}, Text: "A"},
		{Record: record.Record{ID: "b", Recorded: time.Unix(-5, 0)}, Text: "b"},
	}
	line := record.NewTimelines(notes, nil)
	assert.Equal(t, 2, line.Len())
	assert.Equal(t, []record.ID{"b", "a"}, line.Facts(), "in the order of their first records")
	var ids []record.ID
	for _, n := range line.Versions("b") {
		ids = append(ids, n.ID)
	}
	assert.Equal(t, []record.ID{"b2", "b"}, ids, "what has no instant has always been known")
	assert.Nil(t, line.Versions("nothing"))
	for id, fact := range map[record.ID]record.ID{"b": "b", "b2": "b", "a": "a"} {
		got, ok := line.Fact(id)
		assert.True(t, ok)
		assert.Equal(t, fact, got)
	}
	_, ok := line.Fact("nothing")
	assert.False(t, ok)
	since, ok := line.KnownSince("b")
	assert.True(t, ok)
	assert.Equal(t, time.Unix(-5, 0).UTC(), since)
	_, ok = line.KnownSince("b2")
	assert.False(t, ok)
	_, ok = line.KnownSince("nothing")
	assert.False(t, ok)

	moment := record.Moment{}
	assert.Equal(t, "a certainly ..; b certainly ..", said(line.Collect([]record.ID{"a", "nothing", "b2"}, moment)))
	assert.Empty(t, line.Collect(nil, moment))
}

func TestGroup(t *testing.T) {
	notes := []note{
		{Record: record.Record{ID: "a"}, Text: "x"}, {Record: record.Record{ID: "b"}, Text: "x"},
		{Record: record.Record{ID: "a2", Of: "a"}, Text: "y"}, {Record: record.Record{ID: "a3", Of: "a"}, Text: "x"},
	}
	line := record.NewTimelines(notes, nil)
	assert.Equal(t, map[string][]record.ID{"x": {"a", "b"}, "y": {"a"}}, record.Group(&line, func(n *note) string { return n.Text }))
}

func TestZeroTimelines(t *testing.T) {
	var line record.Timelines[note]
	assert.Zero(t, line.Len())
	assert.Empty(t, line.Facts())
	assert.Empty(t, line.At("a", calendar.Date{}, time.Time{}))
	assert.Empty(t, line.Versions("a"))
	assert.Empty(t, record.Group(&line, func(n *note) string { return n.Text }))
}

func TestRead(t *testing.T) {
	notes := []note{v("a"), v("b correct")}
	notes[1].Grade = record.Hearsay
	line := record.Read(&record.View{}, notes, nil)
	assert.Equal(t, "b certainly ..", said(line.At("f", calendar.Date{}, time.Time{})))
	line = record.Read(&record.View{Without: []record.Grade{record.Hearsay}}, notes, nil)
	assert.Equal(t, "a certainly ..", said(line.At("f", calendar.Date{}, time.Time{})), "without the correction, what it corrected")
	assert.Len(t, line.Versions("f"), 1)
}

// The span of days in which the oracle looks, and in which all dates of its versions lie: 1 to 12 January 2025. Sure dates
// are one day, rough ones three.
const span = 12

func dayOf(n int) calendar.Date { return calendar.On(2025, 1, 1).Add(calendar.Days(n)) }

// options lists the days that a date may turn out to be: none for an unset one, any (and beyond the span) for an unknown one.
func options(w calendar.When) []int {
	switch {
	case w.IsZero():
		return nil
	case w.IsUnknown():
		var all []int
		for n := -1; n <= span+1; n++ {
			all = append(all, n)
		}
		return all
	}
	var days []int
	for d := w.Earliest(); !d.After(w.Latest()); d = d.Add(1) {
		days = append(days, int(d.Sub(dayOf(0))))
	}
	return days
}

const always, never = -99, 99

// world is how all the dates turned out: the start and the end of each version, in exact days.
type world struct{ from, until []int }

// worlds goes through every way in which the dates may turn out.
func worlds(line []note, visit func(world)) {
	w := world{make([]int, len(line)), make([]int, len(line))}
	var choose func(n int)
	choose = func(n int) {
		if n == 2*len(line) {
			visit(w)
			return
		}
		when, slot, unset := line[n/2].From, &w.from[n/2], always
		if n%2 == 1 {
			when, slot, unset = line[n/2].Until, &w.until[n/2], never
		}
		days := options(when)
		if days == nil {
			days = []int{unset}
		}
		for _, d := range days {
			*slot = d
			choose(n + 1)
		}
	}
	choose(0)
}

// replay plays the verbs of one claimant day by day: it returns for each version the days on which it stands.
func replay(line []note, w world) [][]bool {
	stands := make([][]bool, len(line))
	for i, n := range line {
		stands[i] = make([]bool, span)
		start := w.from[i]
		if n.Verb == record.Change && n.From.IsZero() && !n.Recorded.IsZero() {
			start = int(calendar.Of(n.Recorded).Sub(dayOf(0)))
		}
		for earlier := range i {
			for day := range span {
				switch n.Verb {
				case record.Correct, record.Retract:
					stands[earlier][day] = false
				case record.Change:
					stands[earlier][day] = stands[earlier][day] && day < start
				case record.Close:
					end := w.until[i]
					if n.Until.IsZero() {
						end = start
					}
					stands[earlier][day] = stands[earlier][day] && day < end
				}
			}
		}
		if n.Verb == record.Retract || n.Verb == record.Close {
			continue
		}
		for day := range span {
			stands[i][day] = day >= start && day < w.until[i]
		}
	}
	return stands
}

// slowly answers At by trying every world: what stands in all of them certainly holds, what stands in some possibly.
func slowly(notes []note, day int, known time.Time) string {
	order := slices.Clone(notes)
	slices.SortStableFunc(order, func(a, b note) int {
		if c := a.Recorded.Compare(b.Recorded); c != 0 {
			return c
		}
		return int(a.Sequence) - int(b.Sequence)
	})
	if !known.IsZero() {
		order = slices.DeleteFunc(order, func(n note) bool { return n.Recorded.After(known) })
	}
	var claimants []string
	for _, n := range order {
		if !slices.Contains(claimants, n.Claimant) {
			claimants = append(claimants, n.Claimant)
		}
	}
	var words []string
	for _, claimant := range claimants {
		own := slices.DeleteFunc(slices.Clone(order), func(n note) bool { return n.Claimant != claimant })
		in, all := make([]int, len(own)), 0
		worlds(own, func(w world) {
			all++
			for i, days := range replay(own, w) {
				if days[day] {
					in[i]++
				}
			}
		})
		best, certainty := -1, calendar.No
		for i := range own {
			c := calendar.No
			switch {
			case in[i] == all:
				c = calendar.Certainly
			case in[i] > 0:
				c = calendar.Possibly
			}
			if c > calendar.No && c >= certainty {
				best, certainty = i, c
			}
		}
		if best >= 0 {
			words = append(words, string(own[best].ID)+" "+certainty.String())
		}
	}
	return strings.Join(words, "; ")
}

func quickly(notes []note, day int, known time.Time) string {
	line := record.NewTimelines(notes, nil)
	var words []string
	for _, c := range line.At("f", dayOf(day), known) {
		words = append(words, string(c.Record.ID)+" "+c.On.String())
	}
	return strings.Join(words, "; ")
}

// decodeNotes makes versions of bytes: five a version, with at most three rough dates, since each multiplies the worlds. A
// version whose own ends are the wrong way round is no version that a check lets through.
func decodeNotes(data []byte) []note {
	var notes []note
	rough := 0
	when := func(b byte) calendar.When {
		day := dayOf(int(b>>2) % span)
		switch b & 3 {
		case 0:
			return calendar.When{}
		case 1:
			if rough++; rough <= 3 {
				return calendar.MustParseWhen(day.String() + "/" + day.Add(2).String())
			}
		case 2:
			if b>>2 > 50 {
				if rough++; rough <= 3 {
					return calendar.MustParseWhen("unknown")
				}
			}
		}
		return calendar.OnDay(day)
	}
	for i := 0; i+5 <= len(data) && len(notes) < 5; i += 5 {
		b := data[i : i+5]
		n := note{Record: record.Record{ID: record.ID(fmt.Sprintf("v%d", len(notes))), Of: "f", Verb: record.Verb(b[0] % 6)}}
		n.Claimant = []string{"", "", "giver"}[b[1]%3]
		if b[2]&1 == 1 {
			n.Recorded = dayOf(int(b[2]>>1) % span).In(time.UTC)
			n.Sequence = uint64(b[2] >> 6)
		}
		n.From, n.Until = when(b[3]), when(b[4])
		if n.Valid().Inverted() || n.Verb == record.Close && n.From.IsZero() && n.Until.IsZero() {
			continue
		}
		if n.Verb == record.Change && n.From.IsZero() && !n.Recorded.IsZero() && !n.Until.IsZero() {
			continue // its start follows from its end: see the table
		}
		notes = append(notes, n)
	}
	return notes
}

func FuzzTimelinesAt(f *testing.F) {
	f.Add([]byte{1, 0, 3, 7, 0, 2, 0, 9, 19, 0}, byte(6), byte(0))
	f.Add([]byte{1, 0, 3, 7, 0, 5, 0, 9, 0, 21}, byte(6), byte(20))
	f.Add([]byte{1, 0, 3, 7, 0, 3, 2, 9, 19, 0, 2, 0, 5, 0, 0}, byte(4), byte(9))
	f.Add([]byte{0, 0, 0, 1, 254, 2, 0, 0, 9, 0, 5, 0, 0, 0, 254}, byte(3), byte(0))
	f.Add([]byte("20000"), byte(0), byte(0)) // a change alone
	f.Fuzz(func(t *testing.T, data []byte, day, known byte) {
		notes := decodeNotes(data)
		var at time.Time
		if known&1 == 1 {
			at = dayOf(int(known>>1) % span).In(time.UTC)
		}
		d := int(day) % span
		require.Equal(t, slowly(notes, d, at), quickly(notes, d, at), "day %d, known %v, of %+v", d, at, notes)
	})
}

func TestTimelinesAtAgainstTheOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 4000 {
		data := make([]byte, 5*(1+r.IntN(5)))
		for i := range data {
			data[i] = byte(r.Uint32())
		}
		notes, d := decodeNotes(data), r.IntN(span)
		for _, at := range []time.Time{{}, dayOf(r.IntN(span)).In(time.UTC)} {
			require.Equal(t, slowly(notes, d, at), quickly(notes, d, at), "day %d, known %v, of %+v", d, at, notes)
		}
	}
}

// FuzzTimelinesKnown holds the law that what is recorded later never changes what was known before, and that the order of the
// document is of no consequence where instants and sequences tell.
func FuzzTimelinesKnown(f *testing.F) {
	f.Add([]byte{1, 0, 3, 7, 0, 2, 0, 9, 19, 0, 4, 0, 15, 0, 0}, byte(6), byte(4))
	f.Fuzz(func(t *testing.T, data []byte, day, known byte) {
		notes := decodeNotes(data)
		d, at := int(day)%span, dayOf(int(known)%span).In(time.UTC)
		before := slices.DeleteFunc(slices.Clone(notes), func(n note) bool { return n.Recorded.After(at) })
		assert.Equal(t, quickly(before, d, at), quickly(notes, d, at))

		instants := make(map[string]bool)
		for _, n := range notes {
			key := fmt.Sprint(n.Recorded, n.Sequence)
			if instants[key] {
				return
			}
			instants[key] = true
		}
		backwards := slices.Clone(notes)
		slices.Reverse(backwards)
		assert.Equal(t, quickly(notes, d, at), quickly(backwards, d, at))
	})
}
