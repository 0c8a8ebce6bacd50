package record_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// remark is a kind of record made for these examples: any struct that embeds Record will do.
type remark struct {
	record.Record
	About record.Ref `json:"about"`
	By    record.ID  `json:"by,omitempty" ref:"note"`
	Text  string     `json:"text"`
}

func ExampleParseID() {
	id, err := record.ParseID("clean-power-2030")
	fmt.Println(id, err)
	_, err = record.ParseID("Clean Power, 2030")
	fmt.Println(err)
	fmt.Println(record.Slug("Clean Power, 2030"))
	// Output:
	// clean-power-2030 <nil>
	// "Clean Power, 2030" is no id: use lower-case letters, digits and hyphens, such as "clean-power-2030"
	// clean-power-2030
}

func ExampleNewID() {
	a, b := record.NewID(), record.NewID()
	fmt.Println(len(a), a != b, a < b) // version 7 sorts by the time it was made
	// Output: 36 true true
}

func ExampleParseRef() {
	ref, err := record.ParseRef("milestone/clean-power-2030")
	fmt.Println(ref.Kind, ref.ID, err)
	fmt.Println(ref.Compare(record.Ref{Kind: "mission", ID: "clean-power"}))
	// Output:
	// milestone clean-power-2030 <nil>
	// -1
}

// Plans that know nothing of one another give one record one name.
func ExampleGlobalID() {
	var id record.UUID = record.GlobalID("https://example.org/plan", record.Ref{Kind: "mission", ID: "clean-power"})
	fmt.Println(id)
	// Output: aacfca0f-d511-5de2-aa7f-4f4e15a685bb
}

func ExampleGrades() {
	for _, g := range record.Grades() {
		if g.Weak() {
			fmt.Println(g)
		}
	}
	// Output:
	// hearsay
	// opinion
	// forecast
}

func ExampleNearest() {
	fmt.Println(record.Nearest("hersay", []string{"statistic", "hearsay", "opinion"}))
	// Output: hearsay
}

// A package that adds a closed list keeps its texts in a table.
func ExampleEnumUnmarshal() {
	type mood uint8
	moods := []string{"", "calm", "keen"}
	var m mood
	fmt.Println(record.EnumUnmarshal("mood", moods, &m, []byte("keen")), m)
	fmt.Println(record.EnumUnmarshal("mood", moods, &m, []byte("keem")))
	text, err := record.EnumMarshal("mood", moods, m)
	fmt.Println(string(text), err)
	// Output:
	// <nil> 2
	// "keem" is no mood: did you mean "keen"? (calm, keen)
	// keen <nil>
}

func ExampleSourced() {
	r := record.Sourced("lead-growth", "essay", "S1:19", record.FirstHand)
	r.Of = "lead-of-growth"
	r.Verb = record.Change
	r.From = calendar.MustParseWhen("2025-06")
	r.Extensions = record.Extensions{"x-reviewed": "true"}
	fmt.Println(r.ID, r.Fact(), r.Speaks(), r.Valid().Covers(calendar.On(2025, time.July, 1)))
	fmt.Println(r.Base().Grade, r.Source, r.At)
	// Output:
	// lead-growth lead-of-growth true certainly
	// first-hand essay S1:19
}

func ExampleValue() {
	members := record.Known([]record.ID{"dhsc", "hmt"})
	list, known := members.Get()
	fmt.Println(list, known, members.Why())
	for _, v := range []record.Value[bool]{
		record.Withheld[bool]("proceedings of Cabinet committees"), record.Unknown[bool]("nobody could say"), record.Pending[bool](""), {},
	} {
		fmt.Println(v.Why())
	}
	// Output:
	// [dhsc hmt] true known
	// withheld (proceedings of Cabinet committees)
	// unknown (nobody could say)
	// pending
	// not recorded
}

// A reader of documents that meets a plain value marks it as known; a writer asks whether it may stand plainly.
func ExampleValue_DecodedPlain() {
	var budget record.Value[bool]
	budget.V = false
	budget.DecodedPlain()
	fmt.Println(budget.Why(), budget.EncodesPlain())
	// Output: known true
}

func ExampleParseQuantity() {
	q, err := record.ParseQuantity("73.80")
	fmt.Println(q, q.Float(), err)
	_, err = record.ParseQuantity("1,500,000")
	fmt.Println(err)
	fmt.Println(record.Number(0.25))
	// Output:
	// 73.80 73.8 <nil>
	// "1,500,000" is no decimal number: write "1500000" and put the unit into the indicator
	// 0.25
}

func ExampleParseMoney() {
	m, err := record.ParseMoney("12.5 GBP")
	fmt.Println(m, m.Minor, err)
	fmt.Println(record.Money{Minor: 1250, Currency: "JPY"}, record.Currency("JPY").Digits())
	_, err = record.ParseMoney("12.505 GBP")
	fmt.Println(err)
	// Output:
	// 12.50 GBP 1250 <nil>
	// 1250 JPY 0
	// "12.505 GBP" has more than 2 decimals: round it to the currency's minor unit
}

func ExampleView() {
	view := record.View{On: calendar.On(2025, time.June, 30), Without: []record.Grade{record.Hearsay}, Audience: record.Public}
	notes := []remark{
		{Record: record.Record{ID: "a", Grade: record.Document}, Text: "published"},
		{Record: record.Record{ID: "b", Grade: record.Hearsay}, Text: "overheard"},
		{Record: record.Record{ID: "c", Audience: record.Official}, Text: "for those who work on it"},
	}
	kept, removed := record.Select(&view, notes)
	fmt.Println(len(kept), removed[record.ByGrade], removed[record.ByAudience])
	var why record.Removal = view.Removes(&notes[1].Record)
	fmt.Println(why)
	fmt.Println(view.At(record.Moment{}).On, view.At(record.Moment{On: calendar.On(2024, time.July, 5)}).On)
	// Output:
	// 1 1 1
	// grade left out
	// 2025-06-30 2024-07-05
}

// A target was revised, and somebody else says that it never was: nothing is overwritten.
func ExampleTimelines() {
	notes := []remark{
		{Record: record.Record{ID: "first", Of: "target", Recorded: time.Date(2024, 6, 13, 0, 0, 0, 0, time.UTC)}, Text: "100"},
		{Record: record.Record{ID: "second", Of: "target", Verb: record.Change, Source: "plan"}, Text: "95"},
		{Record: record.Record{ID: "rival", Of: "target", Claimant: "a critic"}, Text: "100 as ever"},
	}
	sources := []record.Source{{Record: record.New("plan"), Title: "The plan", Published: calendar.MustParseWhen("2024-12-05")}}
	t := record.NewTimelines(notes, sources)
	for _, at := range []time.Time{time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC), {}} {
		for _, c := range t.At("target", calendar.On(2025, time.January, 1), at) {
			fmt.Printf("%s (%s from %q); ", c.Record.Text, c.On, c.Valid.From)
		}
		fmt.Println("known", at.Format(time.DateOnly))
	}
	fact, ok := t.Fact("second")
	since, _ := t.KnownSince("second")
	fmt.Println(t.Len(), t.Facts(), fact, ok, len(t.Versions("target")), since.Format(time.DateOnly))
	// Output:
	// 100 as ever (certainly from ""); 100 (certainly from ""); known 2024-07-01
	// 100 as ever (certainly from ""); 95 (certainly from "2024-12-05"); known 0001-01-01
	// 1 [target] target true 3 2024-12-05
}

func ExampleGroup() {
	power := record.Ref{Kind: "mission", ID: "power"}
	t := record.Read(&record.View{}, []remark{{Record: record.New("a"), About: power, Text: "x"}, {Record: record.New("b"), About: power, Text: "y"}}, nil)
	groups := record.Group(&t, func(n *remark) record.Ref { return n.About })
	for _, c := range t.Collect(groups[power], record.Moment{}) {
		fmt.Println(c.Record.ID, c.Record.Text)
	}
	// Output:
	// a x
	// b y
}

// A check finds every fault at once. A package with kinds of its own adds its slices, and the faults that only it can see.
func ExampleCheck() {
	shared := record.Shared{Days: []record.Day{{Record: record.New("end"), Name: "the end", Earliest: calendar.On(2028, 1, 1), Latest: calendar.On(2029, 8, 15)}}}
	notes := record.Clone([]remark{
		{Record: record.Record{ID: "a", From: calendar.MustParseWhen("end")}, Text: "fine"},
		{Record: record.New("a"), By: "b"},
	})
	record.Settle(notes)
	c := record.Check{Whole: true}
	record.Add(&c, record.KindDay, "days", shared.Days)
	record.Add(&c, "note", "notes", notes)
	for i := range notes {
		c.At("note", "notes", i, notes[i].ID)("text", errors.New("it says nothing"), notes[i].Text == "")
	}
	c.Then(func() {
		if !c.Has(record.Ref{Kind: "note", ID: "c"}) {
			c.Fault("notes", record.Ref{}, errors.New("note c is missed"))
		}
	})
	faults := c.Run()
	fmt.Println(faults.Err())
	fmt.Println(notes[0].From.IsResolved(), len(c.Sorted()))
	// Output:
	// notes: note c is missed
	// notes[1].id (note/a): the id "a" is taken by notes[0]: choose another, or give both the same "of" if they are versions of one fact
	// notes[1].text (note/a): it says nothing
	// notes[1].by (note/a): there is no note "b": did you mean "a"?
	// true 4
}

// sayAll reads what any two records say, whatever their kind.
func sayAll[T any, P record.Holder[T]](records []T) {
	for i := range records {
		fmt.Println(P(&records[i]).Base().ID)
	}
}

func ExampleHolder() {
	sayAll([]remark{{Record: record.Invented("a")}, {Record: record.New("b")}})
	var verb record.Verb
	fmt.Println(verb)
	// Output:
	// a
	// b
	// assert
}
