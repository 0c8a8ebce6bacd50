package accountability_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// hot is how many holdings each of the busy posts of the large register has.
const hot = 1000

// large is a register of a million dated holdings: 99,000 posts of ten each, and ten posts of a thousand each. One holding in
// twenty has been corrected once.
var large = sync.OnceValue(func() accountability.Spec {
	const posts, people = 99_010, 100_000
	var s accountability.Spec
	s.Parties = make([]accountability.Party, 0, posts+people)
	for i := range posts {
		s.Parties = append(s.Parties, accountability.Party{Record: record.New(record.ID(fmt.Sprintf("post-%d", i))), Kind: accountability.Post, Name: "A post"})
	}
	for i := range people {
		s.Parties = append(s.Parties, accountability.Party{Record: record.New(record.ID(fmt.Sprintf("person-%d", i))), Kind: accountability.Person})
	}
	random := rand.New(rand.NewPCG(11, 12))
	base := calendar.On(1990, 1, 1)
	s.Holdings = make([]accountability.Holding, 0, 1_000_000)
	for i := range posts {
		n, length := 10, 400
		if i < 10 {
			n, length = hot, 12
		}
		for j := range n {
			from := base.Add(calendar.Days(j*length + random.IntN(length/4)))
			h := accountability.Holding{Record: record.New(record.ID(fmt.Sprintf("h-%d-%d", i, j))), Post: s.Parties[i].ID, Holder: s.Parties[posts+random.IntN(people)].ID}
			h.From, h.Until = calendar.OnDay(from), calendar.OnDay(from.Add(calendar.Days(length)))
			h.Recorded = from.Add(calendar.Days(random.IntN(30))).In(time.UTC)
			if j%20 == 19 {
				h.Of, h.Verb, h.Reason = s.Holdings[len(s.Holdings)-1].ID, record.Correct, "mistyped"
				h.From = s.Holdings[len(s.Holdings)-1].From
			}
			s.Holdings = append(s.Holdings, h)
		}
	}
	s.Duties = []accountability.Duty{{Record: record.New("d"), Duty: accountability.MissionLead, Subject: subject, Post: "post-20"}, {Record: record.New("e"), Duty: accountability.MissionLead, Subject: subject, Post: "post-3"}}
	for i := range 6 {
		g := accountability.Grant{Record: record.New(record.ID(fmt.Sprintf("g-%d", i))), To: record.ID(fmt.Sprintf("post-%d", 100+i)), Powers: []string{accountability.PowerSpend}, PerItem: record.Money{Minor: 1e9, Currency: "GBP"}}
		if i > 0 {
			g.By = record.ID(fmt.Sprintf("post-%d", 99+i))
		}
		g.From = calendar.OnDay(base)
		s.Grants = append(s.Grants, g)
	}
	return s
})

var largeRegister = sync.OnceValue(func() *accountability.Register {
	r, err := accountability.Compile(large(), record.View{})
	if err != nil {
		panic(err)
	}
	return r
})

// questions are posts, days and instants drawn at random, a tenth of them about the busy posts.
func questions(n int, busy bool) ([]record.ID, []record.Moment) {
	random := rand.New(rand.NewPCG(13, 14))
	posts, at := make([]record.ID, n), make([]record.Moment, n)
	for i := range n {
		posts[i] = record.ID(fmt.Sprintf("post-%d", 10+random.IntN(99_000)))
		if busy {
			posts[i] = record.ID(fmt.Sprintf("post-%d", random.IntN(10)))
		}
		on := calendar.On(1990, 1, 1).Add(calendar.Days(random.IntN(4000)))
		at[i] = record.Moment{On: on, Known: on.Add(calendar.Days(random.IntN(2000) - 200)).In(time.UTC)}
	}
	return posts, at
}

func BenchmarkAppendHoldings(b *testing.B) {
	for _, busy := range []bool{false, true} {
		name := map[bool]string{false: "posts of ten", true: "posts of a thousand"}[busy]
		b.Run(name, func(b *testing.B) {
			r := largeRegister()
			posts, at := questions(1<<16, busy)
			room := make([]accountability.Assignment, 0, 16)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				n := i & (1<<16 - 1)
				room = r.AppendHoldings(room[:0], posts[n], at[n])
				i++
			}
			b.StopTimer()
			times, clock := make([]time.Duration, 0, 1<<16), make([]time.Duration, 0, 1<<16)
			for n := range posts {
				t := time.Now()
				room = r.AppendHoldings(room[:0], posts[n], at[n])
				u := time.Now()
				times, clock = append(times, u.Sub(t)), append(clock, time.Since(u))
			}
			slices.Sort(clock)
			for n := range times { // less what reading the clock takes
				times[n] -= clock[len(clock)/2]
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Nanoseconds()), "p50-ns")
			b.ReportMetric(float64(times[len(times)*99/100].Nanoseconds()), "p99-ns")
		})
	}
}

func BenchmarkAnswerable(b *testing.B) {
	r := largeRegister()
	_, at := questions(1<<10, false)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		r.Answerable(subject, accountability.MissionLead, at[i&(1<<10-1)])
		i++
	}
}

// Six grants in a row, which is five steps of delegation.
func BenchmarkCheckFiveSteps(b *testing.B) {
	r := largeRegister()
	_, at := questions(1<<10, false)
	act := accountability.Act{Actor: "post-105", Power: accountability.PowerSpend, Subject: subject, Amount: record.Money{Minor: 100, Currency: "GBP"}}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		r.Check(act, at[i&(1<<10-1)])
		i++
	}
}

func BenchmarkExercising(b *testing.B) {
	r := largeRegister()
	posts, at := questions(1<<12, false)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		n := i & (1<<12 - 1)
		r.Exercising(posts[n], at[n])
		i++
	}
}

func BenchmarkCompileMillion(b *testing.B) {
	spec := large()
	for b.Loop() {
		if _, err := accountability.Compile(spec, record.View{}); err != nil {
			b.Fatal(err)
		}
	}
}

// The parts of a compilation, as metrics: the check, and what reads the records.
func BenchmarkCompileParts(b *testing.B) {
	spec := large()
	var check, read time.Duration
	n := 0
	for b.Loop() {
		s := spec
		s.Holdings, s.Parties = slices.Clone(s.Holdings), slices.Clone(s.Parties)
		t := time.Now()
		var c record.Check
		s.Check(&c)
		if len(c.Run()) > 0 {
			b.Fatal("faults")
		}
		u := time.Now()
		runtime.KeepAlive(s.Checked(record.View{}))
		check, read = check+u.Sub(t), read+time.Since(u)
		n++
	}
	b.ReportMetric(check.Seconds()*1000/float64(n), "check-ms")
	b.ReportMetric(read.Seconds()*1000/float64(n), "read-ms")
}

// TestIndexBytes holds that the index takes at most 64 bytes an assignment where posts have ten holdings each and one in ten has
// been corrected.
func TestIndexBytes(t *testing.T) {
	var s accountability.Spec
	s.Parties = append(s.Parties, accountability.Party{Record: record.New("person"), Kind: accountability.Person})
	for i := range 1000 {
		post := record.ID(fmt.Sprint("post-", i))
		s.Parties = append(s.Parties, accountability.Party{Record: record.New(post), Kind: accountability.Post, Name: "A post"})
		for j := range 10 {
			h := accountability.Holding{Record: record.New(record.ID(fmt.Sprintf("h-%d-%d", i, j))), Post: post, Holder: "person"}
			h.From = calendar.OnDay(calendar.On(2000+j, 1, 1))
			h.Until, h.Recorded = calendar.OnDay(calendar.On(2001+j, 1, 1)), time.Date(2000+j, 2, 1, 0, 0, 0, 0, time.UTC)
			if j == 9 {
				h.Of, h.Verb, h.Reason = s.Holdings[len(s.Holdings)-1].ID, record.Correct, "mistyped"
			}
			s.Holdings = append(s.Holdings, h)
		}
	}
	r, err := accountability.Compile(s, record.View{})
	require.NoError(t, err)
	least, most := accountability.IndexBytes(r)
	n := float64(len(s.Holdings))
	t.Logf("%.1f to %.1f bytes an assignment", least/n, most/n)
	assert.LessOrEqual(t, most/n, 64.0)
}
