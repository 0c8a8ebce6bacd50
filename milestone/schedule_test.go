package milestone_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

var kindsOf = map[string]milestone.Link{"fs": milestone.FinishStart, "ss": milestone.StartStart, "ff": milestone.FinishFinish, "sf": milestone.StartFinish}

// plan writes a plan in lines: "a 5" is an activity of five days round the clock, "b 3 < a:fs+2 c:ss" one that follows others, with lags in days. Words
// after the duration set more: "summary", "effort", "start", "finish" the type, "in=s" the summary, "late" as late as possible, "snet=4" and other
// constraints by days after 1 January 2028, "on=office" the calendar, "began=2" and "done=4" actual dates.
func plan(lines ...string) milestone.Spec {
	zero := day("2028-01-01")
	spec := milestone.Spec{Calendars: slices.Clone(weeks), Projects: []milestone.Project{{Record: record.New("p"), Name: "p", Start: zero.At(0)}}}
	number := func(s string) calendar.Days {
		var n int
		if _, err := fmt.Sscan(s, &n); err != nil {
			panic(s)
		}
		return calendar.Days(n)
	}
	for _, line := range lines {
		line, links, _ := strings.Cut(line, "<")
		words := strings.Fields(line)
		a := milestone.Activity{Record: record.New(record.ID(words[0])), Name: strings.ToUpper(words[0]), Project: "p", Lasts: calendar.Minutes(number(words[1])) * calendar.Day}
		for _, word := range words[2:] {
			key, value, _ := strings.Cut(word, "=")
			constrain := func(kind milestone.ConstraintKind) {
				a.Constraints = append(a.Constraints, milestone.Constraint{Kind: kind, On: calendar.OnDay(zero.Add(number(value)))})
			}
			switch key {
			case "summary":
				a.Type = milestone.Summary
			case "effort":
				a.Type = milestone.LevelOfEffort
			case "start":
				a.Type = milestone.StartMilestone
			case "finish":
				a.Type = milestone.FinishMilestone
			case "in":
				a.PartOf = record.ID(value)
			case "on":
				a.Calendar = record.ID(value)
				a.Lasts /= 3 // days of eight hours
			case "late":
				a.Constraints = append(a.Constraints, milestone.Constraint{Kind: milestone.AsLate})
			case "began":
				a.Started = zero.Add(number(value)).At(0)
			case "done":
				a.Finished = zero.Add(number(value)).At(0)
			case "snet":
				constrain(milestone.StartNoEarlier)
			case "fnet":
				constrain(milestone.FinishNoEarlier)
			case "snlt":
				constrain(milestone.StartNoLater)
			case "fnlt":
				constrain(milestone.FinishNoLater)
			case "mso":
				constrain(milestone.MustStart)
			case "mfo":
				constrain(milestone.MustFinish)
			case "deadline":
				constrain(milestone.Deadline)
			case "mands":
				constrain(milestone.MandatoryStart)
			case "mandf":
				constrain(milestone.MandatoryFinish)
			default:
				panic(word)
			}
		}
		spec.Activities = append(spec.Activities, a)
		for link := range strings.FieldsSeq(links) {
			on, kind, _ := strings.Cut(link, ":")
			d := follows(on, words[0], kindsOf[kind[:2]], 0)
			d.ID = record.ID(fmt.Sprintf("d%d", len(spec.Dependencies)))
			if lag := kind[2:]; lag != "" {
				d.LagDays = number(lag)
			}
			spec.Dependencies = append(spec.Dependencies, d)
		}
	}
	return spec
}

// days prints the dates of everything in days after the first, "a 0-5 0-5 0" for early, late and total float.
func days(s *milestone.Schedule) []string {
	var lines []string
	zero := day("2028-01-01").At(0)
	in := func(n calendar.Minutes) string {
		if n%calendar.Day == 0 {
			return fmt.Sprint(int(n / calendar.Day))
		}
		return fmt.Sprintf("%.2f", float64(n)/float64(calendar.Day))
	}
	for _, n := range s.All() {
		line := fmt.Sprintf("%s %s-%s %s-%s %s", n.Ref.ID, in(n.EarlyStart.Sub(zero)), in(n.EarlyFinish.Sub(zero)), in(n.LateStart.Sub(zero)), in(n.LateFinish.Sub(zero)), in(n.TotalFloat))
		if n.Critical {
			line += "*"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestScheduleTable(t *testing.T) {
	for _, c := range []struct {
		name string
		plan []string
		want []string
	}{
		{"two in a row beside one", []string{"a 2", "b 3 < a:fs", "c 1"}, []string{"a 0-2 0-2 0*", "b 2-5 2-5 0*", "c 0-1 4-5 4"}},
		{"lag and lead", []string{"a 2", "b 3 < a:fs2", "c 4 < a:fs-1"}, []string{"a 0-2 0-2 0*", "b 4-7 4-7 0*", "c 1-5 3-7 2"}},
		{"a lead does not go before the begin", []string{"a 2", "b 3 < a:fs-5"}, []string{"a 0-2 1-3 1", "b 0-3 0-3 0*"}},
		{"start to start", []string{"a 5", "b 2 < a:ss1"}, []string{"a 0-5 0-5 0*", "b 1-3 3-5 2"}},
		{"only a start follows: the finish of the plan still holds", []string{"a 9", "b 2 < a:ss1"}, []string{"a 0-9 0-9 0*", "b 1-3 7-9 6"}},
		{"finish to finish", []string{"a 5", "b 2 < a:ff1"}, []string{"a 0-5 0-5 0*", "b 4-6 4-6 0*"}},
		{"start to finish", []string{"a 5", "b 2 < a:sf6"}, []string{"a 0-5 0-5 0*", "b 4-6 4-6 0*"}},
		{"no earlier", []string{"a 2 snet=3", "b 2 fnet=4"}, []string{"a 3-5 3-5 0*", "b 3-5 3-5 0*"}},
		{"no later: negative float", []string{"a 4", "b 3 fnlt=4 < a:fs"}, []string{"a 0-4 -2-2 -2*", "b 4-7 2-5 -2*"}},
		{"a start no later", []string{"a 4", "b 3 snlt=3 < a:fs"}, []string{"a 0-4 -1-3 -1*", "b 4-7 3-6 -1*"}},
		{"a deadline moves no early date", []string{"a 4 deadline=1", "b 3 < a:fs"}, []string{"a 0-4 -2-2 -2*", "b 4-7 4-7 0*"}},
		{"a must, in vain", []string{"a 4", "b 3 mso=2 < a:fs"}, []string{"a 0-4 -2-2 -2*", "b 4-7 2-5 -2*"}},
		{"a must that waits", []string{"a 1", "b 3 mfo=5 < a:fs"}, []string{"a 0-1 2-3 2", "b 3-6 3-6 0*"}},
		{"a mandatory date breaks the logic", []string{"a 4", "b 3 mands=2 < a:fs", "c 1 < b:fs"}, []string{"a 0-4 -2-2 -2*", "b 2-5 2-5 0*", "c 5-6 5-6 0*"}},
		{"as late as possible takes its free float", []string{"a 2 late", "b 6", "c 1 < a:fs b:fs"}, []string{"a 4-6 4-6 0*", "b 0-6 0-6 0*", "c 6-7 6-7 0*"}},
		{"and a row of such", []string{"a 2 late", "b 1 late < a:fs", "c 6", "d 1 < b:fs c:fs"}, []string{"a 3-5 3-5 0*", "b 5-6 5-6 0*", "c 0-6 0-6 0*", "d 6-7 6-7 0*"}},
		{"a summary spans its parts", []string{"s 0 summary", "a 2 in=s", "b 3 in=s < a:fs", "c 9"}, []string{"s 0-5 4-9 4", "a 0-2 4-6 4", "b 2-5 6-9 4", "c 0-9 0-9 0*"}},
		{"links to and from a summary", []string{"x 1", "s 0 summary < x:fs1", "a 2 in=s", "b 3 in=s", "y 1 < s:fs"},
			[]string{"x 0-1 0-1 0*", "s 2-5 2-5 0*", "a 2-4 3-5 1", "b 2-5 2-5 0*", "y 5-6 5-6 0*"}},
		{"through a summary within a summary", []string{"x 1", "o 0 summary < x:fs", "s 0 summary in=o", "a 2 in=s", "b 3 in=o snet=4", "y 1 < o:ss2"},
			[]string{"x 0-1 3-4 3", "o 1-7 4-7 0*", "s 1-3 4-6 3", "a 1-3 4-6 3", "b 4-7 4-7 0*", "y 3-4 6-7 3"}},
		{"constraints of a summary", []string{"s 0 summary snet=2 fnlt=3", "a 2 in=s", "b 1 in=s"}, []string{"s 2-4 2-4 0*", "a 2-4 2-4 0*", "b 2-3 3-4 1"}},
		{"a level of effort between its anchors", []string{"a 2", "e 0 effort < a:ss b:ff", "b 3 < a:fs", "c 7"}, []string{"a 0-2 2-4 2", "e 0-5 2-7 2", "b 2-5 4-7 2", "c 0-7 0-7 0*"}},
		{"a level of effort holds nothing", []string{"e 90 effort", "b 3 < e:fs"}, []string{"e 0-0 0-0 0", "b 0-3 0-3 0*"}},
		{"milestones", []string{"m 0 start", "a 2 < m:fs", "f 0 finish < a:fs"}, []string{"m 0-0 0-0 0*", "a 0-2 0-2 0*", "f 2-2 2-2 0*"}},
		{"starts go in a circle that their dates do not", []string{"a 5", "b 3 < a:ss1", "c 1 < a:fs"}, []string{"a 0-5 0-5 0*", "b 1-4 3-6 2", "c 5-6 5-6 0*"}},
		{"done and under way, without a data date", []string{"a 3 began=1 done=5", "b 4 began=2 < a:fs", "c 1 < b:fs"}, []string{"a 1-5 1-5 0", "b 2-6 2-6 0*", "c 6-7 6-7 0*"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, days(scheduled(t, plan(c.plan...), milestone.ScheduleOptions{})))
		})
	}
}

func TestScheduleWithinAnother(t *testing.T) {
	spec := plan("a 9", "b 3 < a:ss1")
	within := follows("b", "a", milestone.FinishFinish, 0)
	spec.Dependencies = append(spec.Dependencies, within)
	assert.Equal(t, []string{"a 0-9 0-9 0*", "b 1-4 6-9 5"}, days(scheduled(t, spec, milestone.ScheduleOptions{})), "b has to happen within a")

	spec.Dependencies[1].Lag = 7 * calendar.Day
	s, err := mustCompile(t, spec).Schedule(record.Moment{}, milestone.ScheduleOptions{})
	assert.Nil(t, s)
	fault := requireAs[*milestone.ScheduleError](t, err)
	assert.ErrorIs(t, fault, milestone.ErrEntangled)
	assert.Contains(t, err.Error(), "activity/b")
}

func mustCompile(t testing.TB, spec milestone.Spec) *milestone.Plan {
	t.Helper()
	p, err := milestone.Compile(spec, record.View{})
	require.NoError(t, err)
	return p
}

func requireAs[E error](t testing.TB, err error) E {
	t.Helper()
	var e E
	require.ErrorAs(t, err, &e)
	return e
}

func TestScheduleProgress(t *testing.T) {
	spec := plan("a 4 began=0 done=5", "b 4 began=4 < a:fs", "c 2 < b:fs", "d 3 began=6 < c:fs", "e 1")
	spec.Projects[0].DataDate = day("2028-01-07").At(0)
	s := scheduled(t, spec, milestone.ScheduleOptions{})
	assert.Equal(t, []string{"a 0-5 0-5 0", "b 6-8 6-8 0*", "c 8-10 8-10 0*", "d 10-13 10-13 0*", "e 6-7 12-13 6"}, days(s))
	var said []string
	for _, r := range s.Remarks() {
		said = append(said, r.Ref.String()+": "+r.Kind.String())
	}
	assert.Equal(t, []string{"activity/b: started before a link allowed", "activity/d: started before a link allowed"}, said)

	s = scheduled(t, spec, milestone.ScheduleOptions{Progress: milestone.ProgressOverride})
	assert.Equal(t, []string{"a 0-5 0-5 0", "b 6-8 6-8 0*", "c 8-10 8-10 0*", "d 6-9 7-10 1", "e 6-7 9-10 3"}, days(s))

	spec.Activities[1].Remaining = record.Known(7 * calendar.Day)
	n, _ := scheduled(t, spec, milestone.ScheduleOptions{}).Of(activity("b"))
	assert.Equal(t, 7*calendar.Day, n.Lasts)
	assert.Equal(t, day("2028-01-14").At(0), n.EarlyFinish)
}

func TestFloats(t *testing.T) {
	// d waits for a until 4 and may finish at 9: free 3 to what follows it, 2 of it whatever a does.
	s := scheduled(t, plan("a 2", "b 4 < a:fs1", "c 3 snet=1 < a:fs", "e 2 < b:fs c:fs", "f 14"), milestone.ScheduleOptions{})
	type floats struct{ total, free, interfering, independent int }
	want := map[record.ID]floats{"a": {5, 0, 5, 0}, "b": {5, 0, 5, 0}, "c": {7, 2, 5, 0}, "e": {5, 5, 0, 0}, "f": {0, 0, 0, 0}}
	for _, n := range s.All() {
		d := func(m calendar.Minutes) int { return int(m / calendar.Day) }
		assert.Equal(t, want[n.Ref.ID], floats{d(n.TotalFloat), d(n.FreeFloat), d(n.InterferingFloat), d(n.IndependentFloat)}, n.Ref)
	}
	// x has room between what is early before it and early after it, whatever happens before.
	s = scheduled(t, plan("a 1", "b 6", "x 2 < a:fs", "y 1 < x:fs b:fs", "z 1 < a:fs b:fs"), milestone.ScheduleOptions{})
	x, _ := s.Of(activity("x"))
	assert.Equal(t, 3*calendar.Day, x.FreeFloat)
	assert.Zero(t, x.IndependentFloat, "a may finish as late as 4")
	s = scheduled(t, plan("a 4", "b 9", "x 2 < a:fs", "y 1 < x:fs b:fs", "z 6 < a:fs"), milestone.ScheduleOptions{})
	x, _ = s.Of(activity("x"))
	assert.Equal(t, 3*calendar.Day, x.IndependentFloat)
}

func TestTextbooks(t *testing.T) {
	var file struct {
		Networks []struct {
			ID            string
			Durations     json.RawMessage
			Preds         map[string][]any
			Duration      int
			Critical      []string
			CriticalPaths [][]string     `json:"critical_paths"`
			TotalFloat    map[string]int `json:"total_float"`
		}
	}
	require.NoError(t, json.Unmarshal(given(t, "textbook/small_oracles.json"), &file))
	seen := 0
	for _, n := range file.Networks {
		var durations map[string]int
		if json.Unmarshal(n.Durations, &durations) != nil || n.Duration == 0 {
			continue
		}
		seen++
		var lines []string
		names := make([]string, 0, len(durations))
		for name := range durations {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			var line strings.Builder
			line.WriteString(fmt.Sprintf("%s %d <", strings.ToLower(name), durations[name]))
			for _, p := range n.Preds[name] {
				line.WriteString(" " + strings.ToLower(p.(string)) + ":fs")
			}
			lines = append(lines, line.String())
		}
		s := scheduled(t, plan(lines...), milestone.ScheduleOptions{})
		assert.Equal(t, calendar.Minutes(n.Duration)*calendar.Day, s.Finish().Sub(day("2028-01-01").At(0)), n.ID)
		var critical []string
		for i, c := range s.Criticality(record.Ref{}) {
			assert.Equal(t, c.IsCritical(), s.All()[i].Critical, "in a plan with one calendar and no constraints, paths and floats agree")
			if c.IsCritical() {
				critical = append(critical, strings.ToLower(string(s.All()[i].Ref.ID)))
			}
		}
		var want []string
		for _, name := range n.Critical {
			want = append(want, strings.ToLower(name))
		}
		assert.ElementsMatch(t, want, critical, n.ID)
		for name, float := range n.TotalFloat {
			x, ok := s.Of(activity(strings.ToLower(name)))
			require.True(t, ok)
			assert.Equal(t, calendar.Minutes(float)*calendar.Day, x.TotalFloat, name)
		}
		if n.CriticalPaths != nil {
			var all, chains []string
			for _, p := range n.CriticalPaths {
				all = append(all, strings.ToLower(strings.Join(p, " ")))
			}
			paths, more := s.DrivingPaths(record.Ref{}, 0)
			assert.False(t, more)
			for _, p := range paths {
				chains = append(chains, names2(s, p.Nodes))
			}
			assert.ElementsMatch(t, all, chains)
			short, more := s.DrivingPaths(record.Ref{}, 1)
			assert.True(t, more)
			assert.Equal(t, paths[:1], short)
		}
	}
	assert.Equal(t, 2, seen)
}

func names2(s *milestone.Schedule, nodes []int) string {
	var names []string
	for _, i := range nodes {
		names = append(names, string(s.All()[i].Ref.ID))
	}
	return strings.Join(names, " ")
}

func TestCriticalitySigns(t *testing.T) {
	for _, c := range []struct {
		name string
		plan []string
		of   string
		want milestone.Criticality
	}{
		{"an ordinary path", []string{"a 2", "b 3 < a:fs", "c 1 < b:fs"}, "b", milestone.Criticality{Start: true, Finish: true, Longer: 1}},
		{"starts alone: neutral", []string{"a 2", "b 3 < a:ss1", "c 9 < b:ss1"}, "b", milestone.Criticality{Start: true}},
		{"finishes alone: neutral", []string{"a 8", "b 3 < a:ff1", "c 1 < b:fs"}, "b", milestone.Criticality{Finish: true}},
		{"in by its finish, out by its start: the longer, the sooner", []string{"a 8", "b 3 < a:ff", "c 9 < b:ss"}, "b", milestone.Criticality{Start: true, Finish: true, Longer: -1}},
		{"not on a path", []string{"a 8", "b 3"}, "b", milestone.Criticality{}},
		{"held by a constraint on its finish", []string{"a 3 fnet=9", "c 9 < a:ss"}, "a", milestone.Criticality{Start: true, Finish: true, Longer: -1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := scheduled(t, plan(c.plan...), milestone.ScheduleOptions{})
			assert.Equal(t, c.want, s.Criticality(record.Ref{})[s.Index(activity(c.of))])
		})
	}
}

// FuzzCriticality lengthens every activity of a random plan by a minute and looks at what happens to the end: one calendar, no constraints, and
// lags that leave few ties.
func FuzzCriticality(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 9))
		spec := randomPlan(r, 10)
		spec.Projects[0].DataDate = 0
		for i := range spec.Activities {
			a := &spec.Activities[i]
			a.Calendar, a.Elapsed, a.Constraints, a.Type = "", false, nil, milestone.Task
			a.Lasts, a.Started, a.Finished, a.Remaining = calendar.Minutes(3+r.IntN(3000)), 0, 0, record.Value[calendar.Minutes]{}
		}
		spec.Projects[0].Calendar = ""
		s := scheduled(t, spec, milestone.ScheduleOptions{})
		signs := s.Criticality(record.Ref{})
		for i := range spec.Activities {
			spec.Activities[i].Lasts++
			longer := scheduled(t, spec, milestone.ScheduleOptions{})
			spec.Activities[i].Lasts--
			if moved := int(longer.Finish().Sub(s.Finish())); moved != signs[i].Longer {
				// Where the begin of the project holds it as well, an activity that could come sooner cannot; and a tie with another path may hold.
				require.True(t, signs[i].Longer == -1 && moved == 0 && ties(s), "seed %d, a%d: %d, want %d", seed, i, moved, signs[i].Longer)
			}
		}
	})
}

func ties(s *milestone.Schedule) bool {
	paths, _ := s.DrivingPaths(record.Ref{}, 2)
	return len(paths) > 1
}

func TestFloatPaths(t *testing.T) {
	s := scheduled(t, plan("a 2", "b 5 < a:fs", "c 3 < a:fs", "d 1 < b:fs c:fs", "e 4", "g 1 < c:fs"), milestone.ScheduleOptions{})
	var lines []string
	for _, p := range s.FloatPaths(record.Ref{}, 9) {
		line := fmt.Sprintf("%d: %s", p.Slack/calendar.Day, names2(s, p.Nodes))
		if p.Joins >= 0 {
			line += " into " + names2(s, []int{p.Joins})
		}
		lines = append(lines, line)
	}
	assert.Equal(t, []string{"0: a b d", "2: c into d", "2: g", "4: e"}, lines)
	assert.Len(t, s.FloatPaths(record.Ref{}, 2), 2)
	to := s.FloatPaths(activity("g"), 5)
	require.Len(t, to, 1)
	assert.Equal(t, "a c g", names2(s, to[0].Nodes))
	assert.Equal(t, []int{s.Index(activity("c")), s.Index(activity("g"))}, s.Near(2*calendar.Day))
}

// TestMonotone lengthens one activity of a plan with finish-start links only: no early date comes sooner.
func TestMonotone(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 3))
		spec := randomPlan(r, 12)
		for i := range spec.Dependencies {
			spec.Dependencies[i].Kind = milestone.FinishStart
		}
		for i := range spec.Activities {
			spec.Activities[i].Constraints = nil
		}
		before := scheduled(t, spec, milestone.ScheduleOptions{})
		i := r.IntN(len(spec.Activities))
		if a := &spec.Activities[i]; a.Type > milestone.Task || a.Started != 0 {
			continue
		}
		spec.Activities[i].Lasts += calendar.Minutes(r.IntN(3000))
		after := scheduled(t, spec, milestone.ScheduleOptions{})
		for k, n := range after.All() {
			was := before.All()[k]
			if n.Type == milestone.Task && was.Lasts == 0 && n.Lasts > 0 {
				continue // it was a moment before
			}
			assert.GreaterOrEqual(t, n.EarlyStart, was.EarlyStart, "seed %d %s", seed, n.Ref)
			assert.GreaterOrEqual(t, n.EarlyFinish, was.EarlyFinish, "seed %d %s", seed, n.Ref)
		}
	}
}

// TestRelabelled gives every record another id and another place: no date moves.
func TestRelabelled(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 4))
		spec := randomPlan(r, 14)
		if seed%2 == 0 {
			whole := milestone.Activity{Record: record.New("whole"), Name: "whole", Project: "p", Type: milestone.Summary}
			for i := range spec.Activities {
				if i%2 == 0 {
					spec.Activities[i].PartOf = "whole"
				}
			}
			spec.Activities = append(spec.Activities, whole)
		}
		want := scheduled(t, spec, milestone.ScheduleOptions{})
		other := spec
		other.Activities, other.Dependencies = slices.Clone(spec.Activities), slices.Clone(spec.Dependencies)
		rename := func(id record.ID) record.ID { return "x" + id }
		for i := range other.Activities {
			a := &other.Activities[i]
			if a.ID = rename(a.ID); a.PartOf != "" {
				a.PartOf = rename(a.PartOf)
			}
		}
		for i := range other.Dependencies {
			d := &other.Dependencies[i]
			d.ID, d.On.ID, d.Dependent.ID = rename(d.ID), rename(d.On.ID), rename(d.Dependent.ID)
		}
		r.Shuffle(len(other.Activities), func(i, j int) { other.Activities[i], other.Activities[j] = other.Activities[j], other.Activities[i] })
		r.Shuffle(len(other.Dependencies), func(i, j int) {
			other.Dependencies[i], other.Dependencies[j] = other.Dependencies[j], other.Dependencies[i]
		})
		got := scheduled(t, other, milestone.ScheduleOptions{})
		for _, n := range want.All() {
			m, ok := got.Of(activity("x" + string(n.Ref.ID)))
			require.True(t, ok)
			m.Ref, m.PartOf = n.Ref, n.PartOf
			require.Equal(t, n, m, "seed %d", seed)
		}
	}
}

// TestSummaryLinks replaces every link to or from a summary by links to or from its parts: no date moves.
func TestSummaryLinks(t *testing.T) {
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 8))
		spec := randomPlan(r, 9)
		n := len(spec.Activities)
		if n < 4 {
			continue
		}
		single := seed%2 == 0
		for i := range spec.Activities {
			if single {
				spec.Activities[i].Calendar, spec.Activities[i].Elapsed = "office", false
			}
		}
		spec.Activities = append(spec.Activities, milestone.Activity{Record: record.New("inner"), Name: "inner", Project: "p", Type: milestone.Summary, PartOf: "outer"},
			milestone.Activity{Record: record.New("outer"), Name: "outer", Project: "p", Type: milestone.Summary})
		parts := map[string][]string{}
		for i := 1; i < n-1; i++ { // the first and the last are outside
			whole := []record.ID{"inner", "outer"}[r.IntN(2)]
			spec.Activities[i].PartOf = whole
			id := string(spec.Activities[i].ID)
			parts["outer"] = append(parts["outer"], id)
			if whole == "inner" {
				parts["inner"] = append(parts["inner"], id)
			}
		}
		expanded := spec
		expanded.Dependencies = slices.Clone(spec.Dependencies)
		last := fmt.Sprintf("a%d", n-1)
		for k, whole := range []string{"inner", "outer"} {
			in := follows("a0", whole, []milestone.Link{milestone.FinishStart, milestone.StartStart}[r.IntN(2)], calendar.Minutes(r.IntN(2)*r.IntN(3000)))
			out := follows(whole, last, []milestone.Link{milestone.FinishStart, milestone.FinishFinish}[r.IntN(2)], calendar.Minutes(r.IntN(2)*r.IntN(3000)))
			in.LagOn, out.LagOn = milestone.RoundTheClock, milestone.ProjectCalendar
			if single {
				in.LagOn, out.LagOn = milestone.PredecessorCalendar, milestone.SuccessorCalendar
			}
			in.ID, out.ID = record.ID(fmt.Sprintf("in%d", k)), record.ID(fmt.Sprintf("out%d", k))
			if len(parts[whole]) == 0 {
				continue
			}
			spec.Dependencies = append(spec.Dependencies, in, out)
			for i, p := range parts[whole] {
				in, out := in, out
				in.ID, out.ID = record.ID(fmt.Sprintf("%s-%d", in.ID, i)), record.ID(fmt.Sprintf("%s-%d", out.ID, i))
				in.Dependent, out.On = activity(p), activity(p)
				expanded.Dependencies = append(expanded.Dependencies, in, out)
			}
		}
		want, got := scheduled(t, expanded, milestone.ScheduleOptions{}), scheduled(t, spec, milestone.ScheduleOptions{})
		for i, m := range want.All() {
			g := got.All()[i]
			if !single { // hours that only some calendars work may be given to one part or to another
				m.LateStart, m.LateFinish, g.LateStart, g.LateFinish = 0, 0, 0, 0
			}
			require.Equal(t, [4]calendar.Minute{m.EarlyStart, m.EarlyFinish, m.LateStart, m.LateFinish}, [4]calendar.Minute{g.EarlyStart, g.EarlyFinish, g.LateStart, g.LateFinish},
				"seed %d %s", seed, m.Ref)
		}
	}
}

// TestFloatPathsOnce puts every activity on exactly one float path, and the paths in order of their slack.
func TestFloatPathsOnce(t *testing.T) {
	for seed := range uint64(100) {
		spec := randomPlan(rand.New(rand.NewPCG(seed, 11)), 20)
		for i := range spec.Activities {
			a := &spec.Activities[i]
			a.Calendar, a.Elapsed, a.Constraints, a.Started, a.Finished, a.Remaining = "", false, nil, 0, 0, record.Value[calendar.Minutes]{}
		}
		spec.Projects[0].FinishBy, spec.Projects[0].Calendar = 0, ""
		for i := range spec.Dependencies {
			spec.Dependencies[i].LagOn = 0
		}
		s := scheduled(t, spec, milestone.ScheduleOptions{})
		seen := make([]bool, len(s.All()))
		slack := calendar.Minutes(0)
		for _, p := range s.FloatPaths(record.Ref{}, 1000) {
			end := p.Nodes[len(p.Nodes)-1]
			assert.Equal(t, s.All()[end].TotalFloat, p.Slack, "seed %d: on one calendar, without constraints, slack is total float", seed)
			assert.GreaterOrEqual(t, p.Slack, slack)
			slack = p.Slack
			for _, i := range p.Nodes {
				assert.False(t, seen[i])
				seen[i] = true
			}
		}
		assert.NotContains(t, seen, false, "seed %d", seed)
	}
}
