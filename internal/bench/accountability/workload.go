// Package accountability compares the Register with an access-control library and with a temporal table in a database, on the
// same questions, and measures the journal. Answers are compared before times are shown.
package accountability

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// A statement is one holding as it was known from one instant until another: a row of a temporal table.
type statement struct {
	id, post, holder string
	from, until      int32 // ordinals of days; until is excluded
	since, end       int64 // microseconds of Unix time; end is excluded
}

// A task is a duty on a subject, carried by a post and always in force.
type task struct{ id, subject, post string }

// A handing is one grant of a chain: the power to spend, handed from by (empty for a root) to the next.
type handing struct {
	id, by, to  string
	from, until int32
	limit       int64
}

// workload is one set of records in two forms: as a Spec, and as rows for others.
type workload struct {
	spec       accountability.Spec
	statements []statement
	tasks      []task
	handings   []handing
	posts      []string // the busy ones first
	busy       int
}

const (
	perPost   = 10
	perBusy   = 1000
	busyPosts = 10
	subjects  = 20_000
	chains    = 2_000
	steps     = 5 // of delegation: a root and five grants below it
)

var base = calendar.On(1990, time.January, 1)

// forever is the end of what nobody has corrected.
const forever = int64(1)<<62 - 1

// newWorkload makes so many holdings: ten posts of a thousand each where there are enough, the others of ten each. One holding
// in ten is a correction of the one before it, recorded later than that, so that what was known differs from what was so.
func newWorkload(holdings int) *workload {
	w := new(workload)
	if holdings >= 20*perBusy {
		w.busy = busyPosts
	}
	posts := w.busy + (holdings-w.busy*perBusy)/perPost
	people := max(1, holdings/10)
	s := &w.spec
	s.Parties = make([]accountability.Party, 0, posts+people)
	for i := range posts {
		w.posts = append(w.posts, fmt.Sprintf("post-%d", i))
		s.Parties = append(s.Parties, accountability.Party{Record: record.New(record.ID(w.posts[i])), Kind: accountability.Post, Name: "A post"})
	}
	for i := range people {
		s.Parties = append(s.Parties, accountability.Party{Record: record.New(record.ID(fmt.Sprintf("person-%d", i))), Kind: accountability.Person})
	}
	random := rand.New(rand.NewPCG(uint64(holdings), 12))
	s.Holdings = make([]accountability.Holding, 0, holdings)
	for i, post := range w.posts {
		n, length := perPost, 400
		if i < w.busy {
			n, length = perBusy, 12
		}
		for j := range n {
			holder := fmt.Sprintf("person-%d", random.IntN(people))
			from := base.Add(calendar.Days(j*length + random.IntN(length/4)))
			until := from.Add(calendar.Days(length))
			h := accountability.Holding{Record: record.New(record.ID(fmt.Sprintf("h-%d-%d", i, j))), Post: record.ID(post), Holder: record.ID(holder)}
			h.Recorded = from.Add(calendar.Days(random.IntN(30))).In(time.UTC)
			if j%10 == 9 {
				last := &s.Holdings[len(s.Holdings)-1]
				h.Of, h.Verb, h.Reason = last.ID, record.Correct, "mistyped"
				h.Recorded = last.Recorded.AddDate(0, 0, 1+random.IntN(600))
				from = last.From.Earliest()
				w.statements[len(w.statements)-1].end = h.Recorded.UnixMicro()
			}
			h.From, h.Until = calendar.OnDay(from), calendar.OnDay(until)
			s.Holdings = append(s.Holdings, h)
			w.statements = append(w.statements, statement{string(h.ID), post, holder, from.Ordinal(), until.Ordinal(), h.Recorded.UnixMicro(), forever})
		}
	}
	for i := range min(subjects, holdings/10) {
		t := task{fmt.Sprintf("d-%d", i), fmt.Sprintf("aim-%d", i), w.posts[w.busy+random.IntN(posts-w.busy)]}
		w.tasks = append(w.tasks, t)
		s.Duties = append(s.Duties, accountability.Duty{Record: record.New(record.ID(t.id)), Duty: accountability.MissionLead, Subject: aim(t.subject), Post: record.ID(t.post)})
	}
	for c := range min(chains, (posts-w.busy)/(steps+1)) {
		for k := range steps + 1 {
			h := handing{id: fmt.Sprintf("g-%d-%d", c, k), to: w.posts[w.busy+c*(steps+1)+k], from: base.Ordinal(), until: base.Add(5000).Ordinal(), limit: 1_000_000 >> k}
			if k > 0 {
				h.by = w.posts[w.busy+c*(steps+1)+k-1]
			}
			if random.IntN(20) == 0 {
				h.until = base.Add(calendar.Days(500 + random.IntN(3000))).Ordinal()
			}
			w.handings = append(w.handings, h)
			g := accountability.Grant{Record: record.New(record.ID(h.id)), By: record.ID(h.by), To: record.ID(h.to),
				Powers: []string{accountability.PowerSpend}, PerItem: pounds(h.limit)}
			g.From, g.Until = calendar.OnDay(calendar.FromOrdinal(h.from)), calendar.OnDay(calendar.FromOrdinal(h.until))
			s.Grants = append(s.Grants, g)
		}
	}
	return w
}

func aim(id string) record.Ref        { return record.Ref{Kind: "aim", ID: record.ID(id)} }
func pounds(minor int64) record.Money { return record.Money{Minor: minor, Currency: "GBP"} }

// A question is a post, subject or actor, with a day and the instant as of which the records are read.
type question struct {
	about string
	who   string // a person, for the questions that have one
	at    record.Moment
	day   int32
	known int64
	money int64
}

// questions draws so many, about what is given, each with a text of its own as if it had been read from somewhere.
func questions(n int, about []string, seed uint64) []question {
	random := rand.New(rand.NewPCG(seed, 14))
	all := make([]question, n)
	for i := range all {
		on := base.Add(calendar.Days(random.IntN(4000)))
		known := on.Add(calendar.Days(random.IntN(2000) - 200))
		all[i] = question{about: strings.Clone(about[random.IntN(len(about))]), at: record.Moment{On: on, Known: known.In(time.UTC)}, day: on.Ordinal(),
			known: known.In(time.UTC).UnixMicro(), money: int64(1000 << random.IntN(7))}
	}
	return all
}
