package accountability

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"unsafe"

	"github.com/casbin/casbin/v2"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/internal/bench/meter"
)

const (
	asksPosts   = "who holds a post of ten, on a day as known"
	asksBusy    = "who holds a post of a thousand, on a day as known"
	asksSubject = "who answers for a subject, explained"
	asksChain   = "may this post spend it, five steps of delegation"
	asksLoad    = "compile, or load with the index"
)

// The aims of the project for a million assignments.
var aims = []meter.Aim{
	{Question: asksPosts, What: "p50", Most: 200}, {Question: asksPosts, What: "p99", Most: 2000}, {Question: asksPosts, What: "allocations", Most: 0},
	{Question: asksBusy, What: "p50", Most: 200}, {Question: asksBusy, What: "p99", Most: 2000}, {Question: asksBusy, What: "allocations", Most: 0},
	{Question: asksSubject, What: "p50", Most: 5000},
	{Question: asksChain, What: "p50", Most: 2000},
	{Question: asksLoad, What: "CPU", Most: 2e9},
	{Question: "journal, entries of 300 bytes in a file", What: "append without sync, CPU", Most: 15_000},
	{Question: "journal, entries of 300 bytes in a file", What: "verify 1000000, wall", Most: 3e9},
	{Question: "journal, entries of 300 bytes in a file", What: "prove inclusion p50", Most: 5_000},
}

// Run measures and prints. The error says also where answers differ.
func Run(out io.Writer, args []string) error {
	flags := flag.NewFlagSet("accountability", flag.ContinueOnError)
	holdings := flags.Int("holdings", 1_000_000, "dated holdings; a tenth as many posts")
	rules := flags.Int("rules", 100_000, "the most holdings that Casbin is given; it is asked at a hundredth, a tenth and all of them")
	who := flags.String("who", "register,sqlite,casbin,journal", "what to measure")
	asJSON := flags.Bool("json", false, "print figures as lines of JSON, not tables")
	if err := flags.Parse(args); err != nil {
		return err
	}
	r := meter.NewReport(out, *asJSON)
	parts := map[string]func() error{
		"register": func() error { return compare(r, *holdings, false) },
		"sqlite":   func() error { return compare(r, *holdings, true) },
		"casbin":   func() error { return compareCasbin(r, *rules) },
		"journal":  func() error { return keep(r, *holdings) },
	}
	wanted := strings.Split(*who, ",")
	if slices.Contains(wanted, "sqlite") { // it is compared with the register, which is measured on the way
		wanted = slices.DeleteFunc(wanted, func(w string) bool { return w == "register" })
	}
	for _, w := range wanted {
		part, ok := parts[w]
		if !ok {
			return fmt.Errorf("there is no part %q", w)
		}
		if err := part(); err != nil {
			return err
		}
		runtime.GC()
	}
	if err := r.Print(); err != nil {
		return err
	}
	if *holdings == 1_000_000 {
		if err := r.Aims(aims); err != nil {
			return err
		}
	}
	return r.Err()
}

// compare asks the register and, where wanted, SQLite.
func compare(r *meter.Report, holdings int, peer bool) error {
	w := newWorkload(holdings)
	r.Say("%d dated holdings of %d posts, a tenth of them corrected later; %d duties, %d grants", holdings, len(w.posts), len(w.tasks), len(w.handings))
	ours := &register{}
	all, bytes := meter.Held(func() *accountability.Register { return must(accountability.Compile(w.spec, record.View{})) })
	ours.Register = all
	without := w.spec
	without.Holdings = nil
	_, rest := meter.Held(func() *accountability.Register { return must(accountability.Compile(without, record.View{})) })
	bytes -= rest // the posts, duties and grants are not what is asked about here
	each := bytes / float64(holdings)
	r.Add(asksLoad, meter.Us, "held for holdings", bytes, meter.Bytes)
	r.Add(asksLoad, meter.Us, "each, with its record", each, meter.Bytes)
	r.Add(asksLoad, meter.Us, "each, beside its record", each-float64(unsafe.Sizeof(accountability.Holding{})), meter.Bytes)
	r.Say("what an assignment takes beside its record is the index by day and instant, at most 64 bytes by TestIndexBytes of package accountability, and what finds versions, facts and holders")

	var theirs *temporal
	if peer {
		loaded, cost := meter.Least(1, func() *temporal { return must(newTemporal(w)) })
		theirs = loaded
		defer theirs.db.Close()
		size, err := theirs.size()
		if err != nil {
			return err
		}
		r.Add(asksLoad, "SQLite", "wall", float64(cost.Wall.Nanoseconds()), meter.Nanoseconds)
		r.Add(asksLoad, "SQLite", "CPU", float64(cost.Processor.Nanoseconds()), meter.Nanoseconds)
		r.Add(asksLoad, "SQLite", "held for holdings", size, meter.Bytes)
		r.Add(asksLoad, "SQLite", "each, with its record", size/float64(holdings), meter.Bytes)
	}
	ids := make([]string, 0, 64)
	ask := func(name string, about []string, us, them func(*question), same func(*question) bool) {
		const n, few = 1 << 16, 1 << 14
		list := questions(n, about, uint64(len(name)))
		if peer {
			agree := 0
			for i := range few {
				if same(&list[i]) {
					agree++
				}
			}
			r.Agree(name, "SQLite", agree, few)
		}
		r.AddSpread(name, meter.Us, meter.Each(n, func(i int) { us(&list[i]) }))
		if peer {
			r.AddSpread(name, "SQLite", meter.Each(few, func(i int) { them(&list[i]) }))
		}
	}
	equal := func(us, them func(*question, []string) []string) func(*question) bool {
		return func(q *question) bool {
			a, b := us(q, nil), them(q, nil)
			slices.Sort(a)
			slices.Sort(b)
			return slices.Equal(a, b)
		}
	}
	read := func(them func(*temporal, *question, []string) []string) func(*question) {
		return func(q *question) { ids = them(theirs, q, ids[:0]) }
	}
	holds := equal(ours.holders, func(q *question, ids []string) []string { return theirs.holders(q, ids) })
	ask(asksPosts, w.posts[w.busy:], ours.asOf, read((*temporal).holders), holds)
	if w.busy > 0 {
		ask(asksBusy, w.posts[:w.busy], ours.asOf, read((*temporal).holders), holds)
	}
	var aimed, actors []string
	for _, t := range w.tasks {
		aimed = append(aimed, t.subject)
	}
	for i, h := range w.handings {
		if i%(steps+1) == steps {
			actors = append(actors, h.to)
		}
	}
	var last accountability.Answer
	ask(asksSubject, aimed, func(q *question) { last = ours.explained(q) }, read((*temporal).answerable),
		equal(ours.answerable, func(q *question, ids []string) []string { return theirs.answerable(q, ids) }))
	runtime.KeepAlive(last)
	allowed := 0
	ask(asksChain, actors, func(q *question) { ours.may(q) }, func(q *question) { theirs.may(q) }, func(q *question) bool {
		is := ours.may(q)
		if is {
			allowed++
		}
		return is == theirs.may(q)
	})
	compiled, cost := meter.Least(3, func() *accountability.Register { return must(accountability.Compile(w.spec, record.View{})) })
	runtime.KeepAlive(compiled)
	r.Add(asksLoad, meter.Us, "wall", float64(cost.Wall.Nanoseconds()), meter.Nanoseconds)
	r.Add(asksLoad, meter.Us, "CPU", float64(cost.Processor.Nanoseconds()), meter.Nanoseconds)
	if peer {
		r.Say("of the acts compared %d were allowed", allowed)
	}
	return nil
}

// compareCasbin asks what Casbin can be asked, at three sizes, since its time grows with the rules.
func compareCasbin(r *meter.Report, most int) error {
	for _, holdings := range []int{most / 100, most / 10, most} {
		w := newWorkload(holdings)
		ours := &register{Register: must(accountability.Compile(w.spec, record.View{}))}
		few := max(40, min(4000, 4_000_000/holdings))
		list := persons(w, max(few, 4096))
		name := fmt.Sprintf("may this person act for this post, %d holdings", holdings)
		r.AddSpread(name, meter.Us, meter.Each(len(list), func(i int) { ours.acts(&list[i]) }))
		for _, c := range []struct {
			who  string
			make func(*workload) *casbin.Enforcer
			asks func(*question) []any
			same func(*question) bool
		}{
			{"Casbin RBAC, no day", newRoles, func(q *question) []any { return []any{q.who, "of " + q.about, "act"} }, ours.acted},
			{"Casbin, a dated rule each", newDated, func(q *question) []any { return []any{q.who, q.about, day(q.day)} }, ours.acts},
		} {
			e, bytes := meter.Held(func() *casbin.Enforcer { return c.make(w) })
			agree := 0
			asks := make([][]any, few)
			for i := range asks {
				asks[i] = c.asks(&list[i])
				if must(e.Enforce(asks[i]...)) == c.same(&list[i]) {
					agree++
				}
			}
			r.Agree(name, c.who, agree, few)
			r.AddSpread(name, c.who, meter.Each(few, func(i int) { must(e.Enforce(asks[i]...)) }))
			r.Add(name, c.who, "held", bytes, meter.Bytes)
		}
	}
	r.Say("Casbin looks at every rule, so that at a million holdings its times are about %.3g times those at %d; it is not asked there", 1e6/float64(most), most)
	return nil
}

// persons draws questions about a person and a post, two thirds of them about somebody who holds the post at some time.
func persons(w *workload, n int) []question {
	random := rand.New(rand.NewPCG(uint64(n), 15))
	list := questions(n, w.posts, 16)
	for i := range list {
		q := &list[i]
		s := &w.statements[random.IntN(len(w.statements))]
		q.who = s.holder
		if i%3 > 0 {
			q.about = s.post
		}
	}
	return list
}
