package record_test

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// check runs a check over samples, beside three notes, a source and a named day.
func check(whole bool, samples ...sample) record.Faults {
	c := record.Check{Whole: whole}
	record.Add(&c, record.KindSource, "sources", []record.Source{{Record: record.New("paper"), Title: "Paper"}})
	record.Add(&c, record.KindDay, "days", []record.Day{{Record: record.New("election"), Earliest: calendar.On(2028, 1, 1), Latest: calendar.On(2029, 8, 15)}})
	record.Add(&c, "note", "notes", []note{{Record: record.New("first")}, {Record: record.Record{ID: "second", Of: "topic"}}, {Record: record.Record{ID: "third", Of: "topic"}}})
	record.Add(&c, "sample", "samples", samples)
	return c.Run()
}

func TestCheckFindsEveryKindOfFault(t *testing.T) {
	ok := func() sample { return sample{Record: record.New("ok")} }
	when := calendar.MustParseWhen
	for _, c := range []struct {
		name    string
		spoil   func(*sample)
		partial bool // without knowledge of every kind
		path    string
		text    string // the rest of the fault, after its path and reference
		cause   any    // a pointer to the type of the cause, or the cause itself
	}{
		{"no id", func(s *sample) { s.ID = "" }, false, "id", "the record has no id: give it a short name, unique among those of its kind", record.ErrNoID},
		{"a malformed id", func(s *sample) { s.ID = "No ID" }, false, "id", `"No ID" is no id: use lower-case letters, digits and hyphens, such as "no-id"`, new(*record.IDError)},
		{"of is a circle", func(s *sample) { s.Of = "loop" }, false, "of", `these records are "of" one another in a circle: give all of them the name of one fact`, record.ErrOfCircle},
		{"a verb alone", func(s *sample) { s.Verb = record.Change }, false, "verb", `the verb needs what went before: name the fact in "of"`, record.ErrVerbAlone},
		{"no reason", func(s *sample) { s.Verb, s.Of, s.Reason = record.Correct, "other", " " }, false, "reason", "a correction or retraction must give its reason", record.ErrNoReason},
		{"a retraction of nothing", func(s *sample) { s.Verb, s.Of, s.Reason = record.Retract, "othr", "so" }, false, "of", `there is no sample "othr": did you mean "other"?`, new(*record.DanglingError)},
		{"a retraction of itself", func(s *sample) { s.Verb, s.Of, s.Reason = record.Retract, "ok", "so" }, false, "of", `the verb needs what went before: name the fact in "of"`, record.ErrVerbAlone},
		{"a closing that does not say when", func(s *sample) { s.Verb, s.Of = record.Close, "other" }, false, "until", `a closing must say when: give its "until", which may be "unknown"`, record.ErrNoEnd},
		{"an inverted period", func(s *sample) { s.From, s.Until = when("2025-02-01"), when("2025-01-01") }, false, "until", "calendar: period ends on 2025-01-01, before it starts on 2025-02-01", new(*calendar.PeriodError)},
		{"an empty period", func(s *sample) { s.From, s.Until = when("2025-02-01"), when("2025-02-01") }, false, "until", "calendar: period starts and ends on 2025-02-01 and covers no day", new(*calendar.PeriodError)},
		{"a sentinel start", func(s *sample) { s.From = calendar.OnDay(calendar.On(1, 1, 1)) }, false, "from", "calendar: start 0001-01-01 is a sentinel, not a day; leave an open start out, write unknown for one that is not known", new(*calendar.PeriodError)},
		{"a sentinel end", func(s *sample) { s.Until = calendar.OnDay(calendar.On(9999, 12, 31)) }, false, "until", "calendar: end 9999-12-31 is a sentinel, not a day; leave an open end out, write unknown for one that is not known", new(*calendar.PeriodError)},
		{"a source that is not there", func(s *sample) { s.Source = "papers" }, false, "source", `there is no source "papers": did you mean "paper"?`, new(*record.DanglingError)},
		{"a reference to nothing", func(s *sample) { s.One = "zebra" }, false, "one", `there is no note "zebra": add it or correct the reference`, new(*record.DanglingError)},
		{"the id of another kind", func(s *sample) { s.One = "paper" }, false, "one", `there is no note "paper": that id belongs to a source`, new(*record.DanglingError)},
		{"one of several", func(s *sample) { s.Several = []record.ID{"first", "frist"} }, false, "several[1]", `there is no note "frist": did you mean "first"?`, new(*record.DanglingError)},
		{"in a list that may be withheld", func(s *sample) { s.Maybe = record.Known([]record.ID{"nobody"}) }, false, "maybe[0]", `there is no note "nobody": add it or correct the reference`, new(*record.DanglingError)},
		{"in a part", func(s *sample) { s.Part.By = "nobody" }, false, "part.by", `there is no note "nobody": add it or correct the reference`, new(*record.DanglingError)},
		{"the wrong kind", func(s *sample) { s.Some = record.Ref{Kind: "sample", ID: "ok"} }, false, "some", `a "sample" may not stand here: refer to one of note, source`, new(*record.KindError)},
		{"the wrong kind in a list", func(s *sample) { s.List = []record.Ref{{Kind: "note", ID: "first"}, {Kind: "notes", ID: "first"}} }, false, "list[1]", `a "notes" may not stand here: did you mean "note/first"?`, new(*record.KindError)},
		{"a kind that there is not", func(s *sample) { s.Any = record.Ref{Kind: "quango", ID: "first"} }, false, "any", `a "quango" may not stand here: refer to one of day, note, sample, source`, new(*record.KindError)},
		{"any kind, but nothing there", func(s *sample) { s.Any = record.Ref{Kind: "note", ID: "x"} }, true, "any", `there is no note "x": add it or correct the reference`, new(*record.DanglingError)},
		{"a day that is not there", func(s *sample) { s.Due = when("elections") }, false, "due", `there is no day "elections": did you mean "election"?`, new(*record.DanglingError)},
		{"a day of a record's period", func(s *sample) { s.Until = when("doomsday") }, true, "until", `there is no day "doomsday": add it or correct the reference`, new(*record.DanglingError)},
		{"a day that may be withheld", func(s *sample) { s.Reported = record.Known(when("doomsday")) }, false, "reported", `there is no day "doomsday": add it or correct the reference`, new(*record.DanglingError)},
		{"not a number", func(s *sample) { s.Share = math.NaN() }, false, "share", "NaN is no number to plan with", new(*record.NumberError)},
		{"infinity in a part", func(s *sample) { s.Part.Share = float32(math.Inf(-1)) }, false, "part.share", "-Inf is no number to plan with", new(*record.NumberError)},
		{"a grade that there is not", func(s *sample) { s.Grade = 77 }, false, "grade", `"77" is no grade: use one of statistic, document, first-hand, secondary, hearsay, opinion, forecast, illustrative`, new(*record.EnumError)},
		{"a state that there is not", func(s *sample) { s.Amount.State = 6 }, false, "amount.state", `"6" is no state: use one of known, unknown, withheld, pending, not-applicable`, new(*record.EnumError)},
		{"a currency that there is not", func(s *sample) { s.Amount = record.Known(record.Money{Minor: 5, Currency: "pounds"}) }, false, "amount", `"0.05 pounds" is no amount of money: write the amount and the currency, such as "12.50 GBP"`, new(*record.MoneyError)},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := ok()
			c.spoil(&s)
			samples := []sample{{Record: record.New("other")}, s}
			if s.Of == "loop" {
				samples = append(samples, sample{Record: record.Record{ID: "loop", Of: "ok"}})
			}
			faults := check(!c.partial, samples...)
			if s.Of == "loop" {
				require.Len(t, faults, 2, "each record of the circle")
				faults = faults[:1]
			}
			require.Len(t, faults, 1, "%v", faults)
			assert.Equal(t, "samples[1]."+c.path, faults[0].Path)
			want := record.Ref{Kind: "sample", ID: "ok"}
			if s.ID != "ok" {
				want = record.Ref{}
			}
			assert.Equal(t, want, faults[0].Ref)
			assert.EqualError(t, faults[0].Err, c.text)
			err := faults.Err()
			require.Error(t, err)
			if cause, ok := c.cause.(error); ok && reflect.TypeOf(cause).Elem().Kind() == reflect.Struct && reflect.TypeOf(cause).String() == "*errors.errorString" {
				assert.ErrorIs(t, err, cause)
			} else {
				assert.True(t, errors.As(err, c.cause), "the cause is reachable from the whole error")
			}
			f, found := errors.AsType[*record.Fault](err)
			require.True(t, found)
			assert.Same(t, faults[0], f)
		})
	}
	assert.Empty(t, check(true, ok()))
}

func TestCheckOfDays(t *testing.T) {
	run := func(days ...record.Day) record.Faults {
		var c record.Check
		record.Add(&c, record.KindDay, "days", days)
		return c.Run()
	}
	early, late := calendar.On(2028, 1, 1), calendar.On(2029, 1, 1)
	assert.Empty(t, run(record.Day{Record: record.New("a"), Earliest: early, Latest: late}, record.Day{Record: record.New("b"), Earliest: early, Latest: early}))
	faults := run(record.Day{Record: record.New("a"), Earliest: late, Latest: early}, record.Day{Record: record.New("b"), Latest: early}, record.Day{Record: record.New("c")})
	assert.EqualError(t, faults.Err(), "days[0].latest (day/a): the latest date 2028-01-01 is before the earliest 2029-01-01\n"+
		"days[1].latest (day/b): a named day needs an earliest and a latest date\ndays[2].latest (day/c): a named day needs an earliest and a latest date")
	fault, ok := errors.AsType[*record.DayError](faults.Err())
	require.True(t, ok)
	assert.Equal(t, record.DayError{Earliest: late, Latest: early}, *fault)
}

func TestCheckOfDuplicates(t *testing.T) {
	faults := check(true, sample{Record: record.New("a")}, sample{Record: record.New("b")}, sample{Record: record.New("a")}, sample{Record: record.New("a")})
	require.Len(t, faults, 2)
	assert.EqualError(t, faults[0], `samples[2].id (sample/a): the id "a" is taken by samples[0]: choose another, or give both the same "of" if they are versions of one fact`)
	assert.Equal(t, "samples[3].id", faults[1].Path)
	fault, ok := errors.AsType[*record.DuplicateError](faults)
	require.True(t, ok)
	assert.Equal(t, record.DuplicateError{ID: "a", First: "samples[0]"}, *fault)
	assert.Empty(t, check(true, sample{Record: record.New("first")}, sample{Record: record.New("paper")}), "ids of other kinds are others")
	assert.Empty(t, check(true, sample{Record: record.Record{ID: "a", Of: "f"}}, sample{Record: record.Record{ID: "b", Of: "f"}}), "versions share the name of their fact")
}

func TestCheckFindsEverythingAtOnceInOrder(t *testing.T) {
	c := record.Check{Whole: true}
	record.Add(&c, "note", "notes", []note{{Record: record.New("n")}, {Record: record.Record{ID: "m", Source: "s"}}})
	record.Add(&c, "sample", "samples", []sample{{Record: record.New("x"), One: "y", Several: []record.ID{"p", "q"}, Share: math.Inf(1)}, {Record: record.New("x")}})
	c.Then(func() { c.Fault("notes[0].text", record.Ref{Kind: "note", ID: "n"}, errors.New("late")) })
	c.At("sample", "samples", 1, "x")("one", errors.New("not this one"), false)
	c.At("sample", "samples", 1, "x")("one", errors.New("this one"), true)
	c.Fault("title", record.Ref{}, errors.New("of the whole"))
	var paths []string
	for _, f := range c.Run() {
		paths = append(paths, f.Path)
	}
	assert.Equal(t, []string{"title", "notes[0].text", "notes[1].source", "samples[0].one", "samples[0].several[0]", "samples[0].several[1]", "samples[0].share", "samples[1].id", "samples[1].one"}, paths)
	assert.Equal(t, paths[0], c.Sorted()[0].Path)
	assert.True(t, c.Has(record.Ref{Kind: "note", ID: "n"}))
	assert.False(t, c.Has(record.Ref{Kind: "sample", ID: "n"}))
	assert.False(t, c.Has(record.Ref{Kind: "nothing", ID: "n"}))
}

func TestCheckLeavesOtherKindsToOthers(t *testing.T) {
	var c record.Check
	record.Add(&c, "sample", "samples", []sample{{Record: record.Record{ID: "a", Source: "s"}, One: "n", Any: record.Ref{Kind: "mission", ID: "m"}, Due: calendar.MustParseWhen("someday")}})
	assert.Empty(t, c.Run(), "neither sources, notes, missions nor days were added")
	assert.Empty(t, new(record.Check).Run(), "the zero Check is ready")
}

func TestCheckResolves(t *testing.T) {
	samples := []sample{{
		Record: record.Record{ID: "a", From: calendar.MustParseWhen("election")},
		One:    "second", Several: []record.ID{"third", "first"}, Any: record.Ref{Kind: "note", ID: "second"}, List: []record.Ref{{Kind: "note", ID: "topic"}},
		Maybe: record.Known([]record.ID{"second"}), Due: calendar.MustParseWhen("election"), Free: "second",
	}}
	require.Empty(t, check(true, samples...))
	s := samples[0]
	assert.Equal(t, record.ID("topic"), s.One, "a reference to a version means the fact")
	assert.Equal(t, []record.ID{"topic", "first"}, s.Several)
	assert.Equal(t, record.Ref{Kind: "note", ID: "topic"}, s.Any)
	assert.Equal(t, []record.Ref{{Kind: "note", ID: "topic"}}, s.List)
	assert.Equal(t, []record.ID{"topic"}, s.Maybe.V)
	assert.Equal(t, record.ID("second"), s.Free)
	for _, w := range []calendar.When{s.Due, s.From} {
		assert.Equal(t, "election", w.String())
		assert.Equal(t, calendar.On(2029, 8, 15), w.Latest())
	}
}

func TestOfIsAChainInAnyOrder(t *testing.T) {
	chain := []note{{Record: record.New("v1")}, {Record: record.Record{ID: "v2", Of: "v1"}}, {Record: record.Record{ID: "v3", Of: "v2"}}, {Record: record.Record{ID: "v4", Of: "v3"}}}
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}, {1, 3, 0, 2}} {
		for _, name := range []string{"check", "settle"} {
			notes := make([]note, len(chain))
			for i, n := range order {
				notes[i] = chain[n]
			}
			if name == "settle" {
				record.Settle(notes)
			} else {
				var c record.Check
				record.Add(&c, "note", "notes", notes)
				require.Empty(t, c.Run())
			}
			for _, n := range notes {
				assert.Equal(t, record.ID("v1"), n.Fact(), "%s in order %v", name, order)
			}
			line := record.NewTimelines(notes, nil)
			assert.Equal(t, 1, line.Len())
		}
	}
	notes := []note{{Record: record.Record{ID: "a", Of: "b"}}, {Record: record.Record{ID: "b", Of: "fact"}}, {Record: record.Record{ID: "c", Of: "c"}}}
	record.Settle(notes)
	assert.Equal(t, []record.ID{"fact", "fact", "c"}, []record.ID{notes[0].Of, notes[1].Of, notes[2].Of}, "a fact need not be a record, and a record may be of itself")
}

func TestALongChainOfVersions(t *testing.T) {
	notes := []note{{Record: record.New("v-0")}}
	for n := 1; n < 20_000; n++ {
		id := func(n int) record.ID {
			return record.Slug("v-" + time.Unix(int64(n), 0).UTC().Format("20060102150405"))
		}
		r := record.Record{ID: id(n), Of: id(n - 1)}
		if n == 1 {
			r.Of = "v-0"
		}
		notes = append(notes, note{Record: r})
	}
	for i, j := 0, len(notes)-1; i < j; i, j = i+1, j-1 {
		notes[i], notes[j] = notes[j], notes[i]
	}
	var c record.Check
	record.Add(&c, "note", "notes", notes)
	require.Empty(t, c.Run())
	assert.Equal(t, record.ID("v-0"), notes[0].Of)
}

func TestANamedDayWithVersions(t *testing.T) {
	days := []record.Day{
		{Record: record.New("election"), Earliest: calendar.On(2028, 1, 1), Latest: calendar.On(2029, 8, 15)},
		{Record: record.Record{ID: "called", Of: "election", Verb: record.Change, Recorded: time.Unix(9, 0)}, Earliest: calendar.On(2029, 5, 3), Latest: calendar.On(2029, 5, 3)},
		{Record: record.Record{ID: "rumour", Of: "election", Recorded: time.Unix(3, 0)}, Earliest: calendar.On(2028, 5, 3), Latest: calendar.On(2028, 5, 3)},
	}
	notes := []sample{{Record: record.New("a"), Due: calendar.MustParseWhen("election")}, {Record: record.New("b"), Due: calendar.MustParseWhen("rumour")}}
	var c record.Check
	record.Add(&c, "sample", "samples", notes)
	record.Add(&c, record.KindDay, "days", days)
	require.Empty(t, c.Run())
	assert.Equal(t, calendar.On(2029, 5, 3), notes[0].Due.Earliest(), "the fact means its latest record")
	assert.Equal(t, calendar.On(2028, 5, 3), notes[1].Due.Earliest())
}

func TestCheckTakesNestedSlicesForItsOwn(t *testing.T) {
	original := []sample{{
		Record:  record.Record{ID: "a", Extensions: record.Extensions{"x-a": "1"}},
		Several: []record.ID{"second"}, List: []record.Ref{{Kind: "note", ID: "second"}}, Maybe: record.Known([]record.ID{"second"}), Words: []string{"w"},
	}}
	copied := append([]sample(nil), original...)
	require.Empty(t, check(true, copied...))
	spoil(copied)
	assert.Equal(t, []sample{{
		Record:  record.Record{ID: "a", Extensions: record.Extensions{"x-a": "1"}},
		Several: []record.ID{"second"}, List: []record.Ref{{Kind: "note", ID: "second"}}, Maybe: record.Known([]record.ID{"second"}), Words: []string{"w"},
	}}, original)

	cloned := record.Clone(original)
	assert.Equal(t, original, cloned)
	spoil(cloned)
	assert.Equal(t, record.ID("second"), original[0].Several[0])
	assert.Equal(t, "w", original[0].Words[0])
	assert.Equal(t, record.ID("second"), original[0].Maybe.V[0])
	assert.Equal(t, record.Ref{Kind: "note", ID: "second"}, original[0].List[0])
	assert.Equal(t, record.Extensions{"x-a": "1"}, original[0].Extensions)
	assert.Nil(t, record.Clone([]sample(nil)))
}

// spoil writes to everything that a sample points to.
func spoil(samples []sample) {
	s := &samples[0]
	s.ID, s.Several[0], s.List[0], s.Maybe.V[0], s.Words[0] = "spoiled", "spoiled", record.Ref{}, "spoiled", "spoiled"
	s.Extensions["x-a"] = "spoiled"
}

func TestFaults(t *testing.T) {
	assert.NoError(t, record.Faults(nil).Err())
	faults := record.Faults{{Path: "a[0].b", Ref: record.Ref{Kind: "k", ID: "i"}, Err: record.ErrNoID}, {Path: "c", Err: errors.New("d")}}
	assert.EqualError(t, faults.Err(), "a[0].b (k/i): "+record.ErrNoID.Error()+"\nc: d")
	assert.Len(t, faults.Unwrap(), 2)
	assert.ErrorIs(t, faults, record.ErrNoID)
}

func TestManyFaultsAreFoundInReasonableTime(t *testing.T) {
	samples := make([]sample, 3000)
	for i := range samples {
		samples[i] = sample{Record: record.New(record.ID("s" + strings.Repeat("x", i%7) + "-" + time.Unix(int64(i), 0).UTC().Format("150405"))), One: "nobody"}
	}
	faults := check(true, samples...)
	assert.Len(t, faults, len(samples), "every fault, though not each with a suggestion")
}
