package accountability_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// whens are exact, rough, open, unknown and named days close together, so that random periods meet, overlap and contradict.
var whens = []string{"", "", "unknown", "2024-01-01", "2024-01-03", "2024-01-05", "2024-01-08", "2024-01-02/2024-01-06", "2024-01", "2024-01-04/2024-01-09", "some-day"}

// randomRecord is a record of a fact with a verb, a claimant, an instant and a period drawn at random. Periods that the check
// refuses are left open.
func randomRecord(random *rand.Rand, i int, facts int, exact bool) record.Record {
	r := record.Record{ID: record.ID(fmt.Sprintf("r%d", i)), Reason: "so"}
	pick := func() calendar.When {
		for {
			if w := when(whens[random.IntN(len(whens))]); !exact || w.IsZero() || w.IsExact() {
				return w
			}
		}
	}
	if random.IntN(4) > 0 {
		r.Recorded = calendar.On(2024, 1, 1).Add(calendar.Days(random.IntN(9))).In(time.UTC).Add(time.Duration(random.IntN(2)) * time.Hour)
	}
	if random.IntN(3) > 0 {
		r.Of = record.ID(fmt.Sprintf("f%d", random.IntN(facts)))
		r.Verb = record.Verb(random.IntN(6))
		r.Claimant = []string{"", "", "b"}[random.IntN(3)]
	}
	r.From, r.Until = pick(), pick()
	named := func(w calendar.When) calendar.When { return w.Resolve(day("2024-01-03"), day("2024-01-07")) }
	if (calendar.Period{From: named(r.From), Until: named(r.Until)}).Check() != nil {
		r.Until = calendar.When{}
	}
	if r.Verb == record.Close && r.From.IsZero() && r.Until.IsZero() {
		r.Until = when("2024-01-05")
	}
	return r
}

// randomHoldings is a Spec of two posts and three persons, whose holdings have versions, rivals and rough dates.
func randomHoldings(random *rand.Rand, n int, exact bool) accountability.Spec {
	s := accountability.Spec{Parties: append(cast(), accountability.Party{Record: shared("director-2", "of=director"), Kind: accountability.Post, Name: "Director"})}
	s.Parties = append(s.Parties, accountability.Party{Record: record.New("cat"), Kind: accountability.Person})
	s.Days = []record.Day{{Record: record.New("some-day"), Name: "some day", Earliest: day("2024-01-03"), Latest: day("2024-01-07")}}
	for f := range 3 { // what closings and retractions are about must be there
		s.Holdings = append(s.Holdings, holds(record.ID(fmt.Sprintf("f%d", f)), "director", "ann", "@2024-01-01"))
	}
	for i := range n {
		h := holds("", []record.ID{"director", "director", "director-2", "minister"}[random.IntN(4)], []record.ID{"ann", "bob", "cat"}[random.IntN(3)])
		h.Record = randomRecord(random, i, 3, exact)
		s.Holdings = append(s.Holdings, h)
	}
	return s
}

// read makes timelines of the holdings of a Spec, as a check leaves them.
func read(s accountability.Spec) record.Timelines[accountability.Holding] {
	var c record.Check
	record.Add(&c, record.KindDay, "days", s.Days)
	s.Check(&c)
	c.Run()
	return record.NewTimelines(s.Holdings, nil)
}

// byTheRecords is who holds a post, read off the timelines one fact at a time.
func byTheRecords(t *record.Timelines[accountability.Holding], post record.ID, at record.Moment) []string {
	var got []string
	for _, id := range t.Facts() {
		for _, c := range t.At(id, at.On, at.Known) {
			if c.Record.Post == post {
				got = append(got, fmt.Sprint(c.Record.ID, " ", c.On))
			}
		}
	}
	return got
}

// checkHoldings asks about every day and every instant that may matter, both ways.
func checkHoldings(t *testing.T, spec accountability.Spec) {
	t.Helper()
	r, err := accountability.Compile(spec, record.View{})
	require.NoError(t, err)
	timelines := read(spec)
	var room [1]accountability.Assignment
	for d := range 12 {
		for k := range 12 {
			at := record.Moment{On: calendar.On(2023, 12, 31).Add(calendar.Days(d))}
			if k > 0 {
				at.Known = calendar.On(2023, 12, 31).Add(calendar.Days(k)).In(time.UTC).Add(time.Duration(k%3) * time.Hour)
			}
			for _, post := range []record.ID{"director", "minister"} {
				want := byTheRecords(&timelines, post, at)
				var got, told []string
				for _, a := range r.AppendHoldings(room[:0], post, at) {
					got = append(got, fmt.Sprint(a.Holding.ID, " ", a.On))
				}
				require.Equal(t, want, got, "%s on %s known %s", post, at.On, at.Known)
				holders, state := r.Holders(post, at)
				for _, h := range holders {
					told = append(told, fmt.Sprint(h.Holding.ID, " ", h.On))
					assert.Equal(t, h.Holding.Holder, h.Party)
				}
				require.Equal(t, want, told)
				assert.Equal(t, len(want) > 0, state == accountability.Held, "a post is held where somebody holds it, certainly or possibly")
			}
		}
	}
}

func TestHoldingsAgreeWithTheRecords(t *testing.T) {
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 1))
		checkHoldings(t, randomHoldings(random, 1+random.IntN(24), seed%2 == 0))
	}
}

func FuzzHoldingsAgreeWithTheRecords(f *testing.F) {
	for seed := range uint64(4) {
		f.Add(seed, uint8(10*seed), seed%2 == 0)
	}
	f.Fuzz(func(t *testing.T, seed uint64, n uint8, exact bool) {
		checkHoldings(t, randomHoldings(rand.New(rand.NewPCG(seed, 2)), int(n%40), exact))
	})
}

// What was known at an instant stays as it was, whatever is recorded later.
func FuzzLaterRecordsChangeNothingEarlier(f *testing.F) {
	f.Add(uint64(1), uint8(20))
	f.Add(uint64(2), uint8(5))
	f.Add(uint64(89), uint8(54)) // what is recorded later leaves a holding that is too rough to be drawn
	f.Fuzz(func(t *testing.T, seed uint64, n uint8) {
		random := rand.New(rand.NewPCG(seed, 3))
		spec := randomHoldings(random, int(n%30), false)
		known := calendar.On(2024, 1, 20).In(time.UTC)
		before := compile(t, spec, record.View{Known: known})
		for i := range 8 {
			h := holds("", "director", "bob")
			h.Record = randomRecord(random, 100+i, 3, false)
			h.Recorded = known.Add(time.Hour * time.Duration(1+i))
			spec.Holdings = append(spec.Holdings, h)
		}
		after := compile(t, spec, record.View{})
		for d := range 12 {
			at := record.Moment{On: calendar.On(2023, 12, 31).Add(calendar.Days(d)), Known: known}
			b, bs := before.Holders("director", at)
			a, as := after.Holders("director", at)
			require.Equal(t, bs, as)
			require.Len(t, a, len(b))
			for i := range a {
				require.Equal(t, b[i].Holding.ID, a[i].Holding.ID)
			}
			assert.Empty(t, after.Differences(record.Ref{}, at.On, known, known))
		}
	})
}

// One post that a thousand holdings and a thousand versions of one holding speak of, in blocks that are passed over.
func TestHotPost(t *testing.T) {
	s := accountability.Spec{Parties: cast()}
	base := calendar.On(2000, 1, 1)
	for i := range 1100 {
		h := holds(record.ID(fmt.Sprintf("h%d", i)), "director", "ann")
		h.From, h.Until = calendar.OnDay(base.Add(calendar.Days(7*i))), calendar.OnDay(base.Add(calendar.Days(7*i+6)))
		h.Recorded = base.Add(calendar.Days(7*i + i%50)).In(time.UTC)
		s.Holdings = append(s.Holdings, h)
	}
	for i := range 1000 {
		h := holds(record.ID(fmt.Sprintf("v%d", i)), "minister", "bob")
		h.Of, h.From, h.Recorded = "v", calendar.OnDay(base.Add(calendar.Days(7*i))), base.Add(calendar.Days(7*i)).In(time.UTC)
		h.Verb, h.Reason = record.Change, "so"
		if i == 0 {
			h.Verb = record.Assert
		}
		s.Holdings = append(s.Holdings, h)
	}
	r := compile(t, s, record.View{})
	timelines := record.NewTimelines(s.Holdings, nil)
	random := rand.New(rand.NewPCG(5, 6))
	found := 0
	for range 300 {
		at := record.Moment{On: base.Add(calendar.Days(random.IntN(8000))), Known: base.Add(calendar.Days(random.IntN(9000))).In(time.UTC)}
		for _, post := range []record.ID{"director", "minister"} {
			var want, got []record.ID
			for _, id := range timelines.Facts() {
				for _, c := range timelines.At(id, at.On, at.Known) {
					if c.Record.Post == post {
						want = append(want, c.Record.ID)
					}
				}
			}
			for _, a := range r.AppendHoldings(nil, post, at) {
				got = append(got, a.Holding.ID)
			}
			require.Equal(t, want, got)
			found += len(got)
		}
	}
	assert.Greater(t, found, 100)
}

func TestAppendHoldingsAllocatesNothing(t *testing.T) {
	r := compile(t, accountability.Spec{Holdings: []accountability.Holding{holds("h", "director", "ann", "2024-01-01.."), holds("i", "director", "bob", "2024-06-01..")}}, record.View{})
	room := make([]accountability.Assignment, 0, 4)
	at := record.Moment{On: day("2025-01-01"), Known: day("2025-01-01").In(time.UTC)}
	assert.Zero(t, testing.AllocsPerRun(100, func() { room = r.AppendHoldings(room[:0], "director", at) }))
	require.Len(t, room, 2)
	assert.Equal(t, record.ID("ann"), room[0].Holding.Holder)
	assert.Len(t, r.AppendHoldings(room, "director", record.Moment{}), 4, "what was there stays, and without a day the latest word counts")
	assert.Empty(t, r.AppendHoldings(nil, "nobody", at))
}

func TestWithheldHolder(t *testing.T) {
	h := holds("h", "director", "", "2024-01-01..")
	h.Withheld = "security"
	r := compile(t, accountability.Spec{Holdings: []accountability.Holding{h}, Duties: []accountability.Duty{lead("d", "director"), stated("e", accountability.Withheld)}}, record.View{On: day("2025-01-01")})
	holders, state := r.Holders("director", record.Moment{})
	assert.Equal(t, accountability.Held, state)
	require.Len(t, holders, 1)
	assert.Empty(t, holders[0].Party)
	e := r.Exercising("director", record.Moment{})
	assert.Equal(t, accountability.Withheld, e.State)
	assert.Equal(t, "the holder is not named", e.Why)
	r = compile(t, accountability.Spec{Duties: []accountability.Duty{stated("e", accountability.Withheld)}}, record.View{On: day("2025-01-01")})
	a, _ := r.Answerable(subject, accountability.MissionLead, record.Moment{})
	assert.Equal(t, accountability.Withheld, a.State)
	assert.Equal(t, "it is recorded as withheld", a.Why)
	assert.Empty(t, r.Vacancies(record.Moment{}), "somebody carries it")
}

// Eight readers ask one Register about everything at once.
func TestReadersAtOnce(t *testing.T) {
	spec := randomHoldings(rand.New(rand.NewPCG(1, 9)), 30, false)
	spec.Duties = []accountability.Duty{lead("d", "director"), lead("e", "minister")}
	spec.Lines = []accountability.Line{{Record: record.New("l"), Actor: "dept", Forum: record.Ref{Kind: accountability.KindParty, ID: "board"}}}
	spec.Grants = []accountability.Grant{grant("g", "", "director"), grant("h", "director", "minister")}
	r := compile(t, spec, record.View{On: day("2024-01-05")})
	ask := func() string {
		paths, _ := r.Chain(subject, accountability.MissionLead, record.Moment{})
		return fmt.Sprint(r.Exercising("director", record.Moment{}).Records, paths, r.Gaps("director", record.Moment{}), r.Without("ann", record.Moment{}),
			r.Differences(record.Ref{}, day("2024-01-05"), day("2024-01-02").In(time.UTC), time.Time{}), r.Check(spend("minister", "10.00 GBP"), record.Moment{}).Why)
	}
	want := ask()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 20 {
				if got := ask(); got != want {
					t.Errorf("answers differ: %s", got)
					return
				}
			}
		})
	}
	wait.Wait()
}
