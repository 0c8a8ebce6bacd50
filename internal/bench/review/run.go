// Package review measures how long it takes to hold a plan of a government's size against all rules, beside asking one rule after
// the other and beside decoding the same document with encoding/json. Answers are compared before times are shown.
package review

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/internal/bench/meter"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/review"
)

const (
	again  = "review again after one change"
	least  = "CPU, least"
	median = "CPU, median"
	wall   = "wall, least"
)

func whole(s size) string {
	return fmt.Sprintf("all rules, %d milestones, %d posts, %d events", s.milestones, s.posts, s.events)
}

// Run measures and prints. The error says also where answers differ.
func Run(out io.Writer, args []string) error {
	flags := flag.NewFlagSet("review", flag.ContinueOnError)
	var s size
	flags.IntVar(&s.milestones, "milestones", 10_000, "milestones; their targets, indicators and dependencies come beside")
	flags.IntVar(&s.posts, "posts", 2_000, "posts, each with a holding")
	flags.IntVar(&s.events, "events", 50_000, "events")
	seed := flags.Uint64("seed", 1, "of the plan")
	runs := flags.Int("runs", 7, "runs of each")
	cores := flags.Int("cores", 1, "processors that Go may use")
	asJSON := flags.Bool("json", false, "print figures as lines of JSON, not tables")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if s.milestones < 1 || s.posts < 1 || s.events < 1 || *runs < 1 || *cores < 1 {
		return fmt.Errorf("milestones, posts, events, runs and cores are at least 1")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(*cores))
	b := &bench{Report: meter.NewReport(out, *asJSON), runs: *runs}
	b.Say("%d processor(s), %d rules, seed %d; the least and the median of %d runs, each on a heap that has been swept", *cores, len(review.Rules()), *seed, *runs)
	if err := b.whole(s, *seed); err != nil {
		return err
	}
	if err := b.alike(s, *seed); err != nil {
		return err
	}
	if err := b.sizes(s, *seed); err != nil {
		return err
	}
	if err := b.published("../../examples/planforchange/plan.json"); err != nil {
		return err
	}
	if err := b.Print(); err != nil {
		return err
	}
	if s == (size{milestones: 10_000, posts: 2_000, events: 50_000}) {
		if err := b.Aims([]meter.Aim{{Question: whole(s), What: least, Most: 1e9}, {Question: whole(s), What: median, Most: 1e9},
			{Question: again + ", " + whole(s), What: least, Most: 20e6}}); err != nil {
			return err
		}
	}
	return b.Err()
}

type bench struct {
	*meter.Report
	runs int
}

// take adds what something costs and returns what it gave last.
func take[T any](b *bench, question, who string, do func() T) T {
	var last T
	costs := make([]meter.Cost, b.runs)
	for i := range costs {
		var none T
		last = none
		last, costs[i] = meter.Least(1, do)
	}
	by := func(of func(meter.Cost) time.Duration) []time.Duration {
		list := make([]time.Duration, len(costs))
		for i, c := range costs {
			list[i] = of(c)
		}
		slices.Sort(list)
		return list
	}
	processor := by(func(c meter.Cost) time.Duration { return c.Processor })
	b.Add(question, who, least, float64(processor[0].Nanoseconds()), meter.Nanoseconds)
	b.Add(question, who, median, float64(processor[len(processor)/2].Nanoseconds()), meter.Nanoseconds)
	b.Add(question, who, wall, float64(by(func(c meter.Cost) time.Duration { return c.Wall })[0].Nanoseconds()), meter.Nanoseconds)
	return last
}

func records(s *mission.Spec) int { return len(s.Bases()) }

// whole compares and measures one plan.
func (b *bench) whole(s size, seed uint64) error {
	question, spec := whole(s), plan(s, seed)
	model, err := mission.Compile(spec, mission.View{On: on})
	if err != nil {
		return err
	}
	r := review.Of(model)
	b.Say("a plan of %d records: %d missions, %d milestones, %d posts, %d duties, %d events", records(&spec), len(spec.Missions), len(spec.Milestones), s.posts, len(spec.Duties), len(spec.Events))
	looked := 0
	for i := range r.Coverage.Rules {
		looked += r.Coverage.Rules[i].Looked
	}
	b.Say("its review: %d verdicts, of which %d findings and %d of which nobody can tell", looked, len(r.Findings), len(r.Unassessed))
	text, err := b.compare(question, spec, model, r)
	if err != nil {
		return err
	}
	r = nil
	take(b, question, meter.Us, func() *review.Review { return review.Of(model) })
	b.oneByOne(question, model)
	take(b, question, "encoding/json, decoding into maps", func() any {
		var read any
		must(0, json.Unmarshal(text, &read))
		return read
	})
	take(b, question, meter.Us+", decoding with all checks", func() mission.Spec { return must(document.Unmarshal(text, document.Options{})) })
	take(b, question, meter.Us+", compile", func() *mission.Model { return must(mission.Compile(spec, mission.View{On: on})) })
	return b.again(question, spec, model)
}

// compare holds the review to that of one rule at a time, of the records in another order, and of the plan written and read again.
func (b *bench) compare(question string, spec mission.Spec, model *mission.Model, r *review.Review) ([]byte, error) {
	ours := verdicts(r)
	same := 0
	for i := range r.Coverage.Rules {
		id := r.Coverage.Rules[i].Rule.ID
		alone := must(review.Run(model, review.Options{Rules: []string{id}}))
		if bytes.Equal(verdicts(alone)[id], ours[id]) {
			same++
		}
	}
	b.Agree(question, "one rule at a time", same, len(ours))
	again := func(who string, spec mission.Spec) error {
		m, err := mission.Compile(spec, mission.View{On: on})
		if err != nil {
			return err
		}
		same, theirs := 0, verdicts(review.Of(m))
		for id := range ours {
			if bytes.Equal(ours[id], theirs[id]) {
				same++
			}
		}
		b.Agree(question, who, same, len(ours))
		return nil
	}
	if err := again("the records in another order", shuffled(spec)); err != nil {
		return nil, err
	}
	text, err := document.Marshal(spec)
	if err != nil {
		return nil, err
	}
	read, err := document.Unmarshal(text, document.Options{})
	if err != nil {
		return nil, err
	}
	b.Say("the document has %.3g MB", float64(len(text))/1e6)
	return text, again("the document written and read", read)
}

// shuffled returns the plan with its records in another order.
func shuffled(s mission.Spec) mission.Spec {
	random := rand.New(rand.NewPCG(7, 7))
	s.Milestones, s.Events, s.Duties, s.Holdings = mixed(random, s.Milestones), mixed(random, s.Events), mixed(random, s.Duties), mixed(random, s.Holdings)
	s.Parties, s.Missions, s.Targets, s.Indicators = mixed(random, s.Parties), mixed(random, s.Missions), mixed(random, s.Targets), mixed(random, s.Indicators)
	s.Forums, s.Initiatives, s.Outcomes, s.Dependencies = mixed(random, s.Forums), mixed(random, s.Initiatives), mixed(random, s.Outcomes), mixed(random, s.Dependencies)
	return s
}

func mixed[T any](random *rand.Rand, list []T) []T {
	list = slices.Clone(list)
	random.Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
	return list
}

// verdicts returns all that a review says by the ids of its rules, as JSON.
func verdicts(r *review.Review) map[string][]byte {
	all := make(map[string][]byte, len(r.Coverage.Rules))
	for i := range r.Coverage.Rules {
		all[r.Coverage.Rules[i].Rule.ID] = must(json.Marshal(r.Coverage.Rules[i]))
	}
	for i := range r.Findings {
		id := r.Findings[i].Rule.ID
		all[id] = append(all[id], must(json.Marshal(r.Findings[i]))...)
	}
	for i := range r.Unassessed {
		id := r.Unassessed[i].Rule.ID
		all[id] = append(all[id], must(json.Marshal(r.Unassessed[i]))...)
	}
	return all
}

// oneByOne measures each rule by itself, once.
func (b *bench) oneByOne(question string, m *mission.Model) {
	var each []float64
	var sum meter.Cost
	for _, rule := range review.Rules() {
		_, cost := meter.Least(1, func() *review.Review { return must(review.Run(m, review.Options{Rules: []string{rule.ID}})) })
		each = append(each, float64(cost.Processor.Nanoseconds()))
		sum.Processor, sum.Wall = sum.Processor+cost.Processor, sum.Wall+cost.Wall
	}
	slices.Sort(each)
	b.Add(question, "one rule at a time", least, float64(sum.Processor.Nanoseconds()), meter.Nanoseconds)
	b.Add(question, "one rule at a time", wall, float64(sum.Wall.Nanoseconds()), meter.Nanoseconds)
	b.Say("one rule alone takes %s at the least, %s in the middle and %s at the most, with the reading of what rules share",
		meter.Text(each[0], meter.Nanoseconds), meter.Text(each[len(each)/2], meter.Nanoseconds), meter.Text(each[len(each)-1], meter.Nanoseconds))
}

// changes are each a change of one record.
var changes = []struct {
	says string
	make func(*mission.Spec)
}{
	{"mission 0 is closed, or open again", func(s *mission.Spec) {
		if m := &s.Missions[0]; m.Stage == mission.StageClosed {
			m.Stage = mission.StageActive
		} else {
			m.Stage = mission.StageClosed
		}
	}},
	{"nobody leads mission 0", func(s *mission.Spec) { s.Duties[0].Post, s.Duties[0].State = "", accountability.Vacant }},
	{"the first event on a mission says the opposite", func(s *mission.Spec) {
		at := slices.IndexFunc(s.Events, func(e mission.Event) bool { return e.Subject.Kind == mission.KindMission })
		if at >= 0 {
			s.Events[at].Absent = !s.Events[at].Absent
		}
	}},
	{"the first event says the opposite", func(s *mission.Spec) { s.Events[0].Absent = !s.Events[0].Absent }},
}

// again measures what it takes to have the review of a plan in which one event has changed, and how much of it is new.
func (b *bench) again(question string, spec mission.Spec, model *mission.Model) error {
	question = again + ", " + question
	before := lines(review.Of(model))
	var changed mission.Spec
	for _, c := range changes {
		changed = spec
		changed.Events, changed.Duties, changed.Missions = slices.Clone(spec.Events), slices.Clone(spec.Duties), slices.Clone(spec.Missions)
		c.make(&changed)
		m, err := mission.Compile(changed, mission.View{On: on})
		if err != nil {
			return err
		}
		after := lines(review.Of(m))
		b.Say("%s: of %d lines %d go and %d come", c.says, len(before), without(before, after), without(after, before))
	}
	take(b, question, meter.Us, func() *review.Review { return review.Of(must(mission.Compile(changed, mission.View{On: on}))) })
	take(b, question, "comparing the two plans alone", func() int { return len(mission.Diff(spec, changed)) })
	return nil
}

// lines returns all that a review says, line by line.
func lines(r *review.Review) map[string]bool {
	all := make(map[string]bool, len(r.Findings)+len(r.Unassessed))
	for i := range r.Findings {
		all[string(must(json.Marshal(r.Findings[i])))] = true
	}
	for i := range r.Unassessed {
		all[string(must(json.Marshal(r.Unassessed[i])))] = true
	}
	return all
}

// without counts what is in one set and not in the other.
func without(one, other map[string]bool) (n int) {
	for line := range one {
		if !other[line] {
			n++
		}
	}
	return n
}

// alike measures plans in which everything happens to one mission: the time must grow as the plan does.
func (b *bench) alike(s size, seed uint64) error {
	for _, parts := range []int{16, 8, 4} {
		part := size{max(1, s.milestones/parts), max(1, s.posts/parts), max(1, s.events/parts), true}
		model, err := mission.Compile(plan(part, seed), mission.View{On: on})
		if err != nil {
			return err
		}
		take(b, "all on one mission, "+whole(part), meter.Us, func() *review.Review { return review.Of(model) })
	}
	return nil
}

// sizes measures compiling and reviewing again for smaller plans of the same shape.
func (b *bench) sizes(s size, seed uint64) error {
	for _, parts := range []int{256, 64, 16, 4} {
		part := size{milestones: max(1, s.milestones/parts), posts: max(1, s.posts/parts), events: max(1, s.events/parts)}
		spec := plan(part, seed)
		b.Say("a plan of %d milestones has %d records", part.milestones, records(&spec))
		take(b, again+", "+whole(part), meter.Us, func() *review.Review { return review.Of(must(mission.Compile(spec, mission.View{On: on}))) })
	}
	return nil
}

// published measures a plan that was published, where it lies beside.
func (b *bench) published(path string) error {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		b.Say("%s absent: run in internal/bench", path)
		return nil
	}
	if err != nil {
		return err
	}
	spec, err := document.Unmarshal(text, document.Options{})
	if err != nil {
		return err
	}
	b.Say("the published plan has %d records", records(&spec))
	take(b, again+", the Plan for Change", meter.Us, func() *review.Review { return review.Of(must(mission.Compile(spec, mission.View{On: spec.AsOf}))) })
	return nil
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}
