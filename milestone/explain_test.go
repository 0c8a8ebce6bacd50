package milestone_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

func because(s *milestone.Schedule, id string) (early, late string) {
	e, ok := s.Explain(activity(id))
	if !ok {
		return "", ""
	}
	phrase := func(list []milestone.Reason) string {
		var words []string
		for _, r := range list {
			words = append(words, r.String())
		}
		return strings.Join(words, "; ")
	}
	return phrase(e.Early), phrase(e.Late)
}

func TestExplain(t *testing.T) {
	s := scheduled(t, plan("a 2", "b 3 < a:fs1", "c 3 snet=3 deadline=5 < a:fs", "o 0 summary snet=4 < a:fs", "s 0 summary in=o", "x 1 in=s", "l 1 late", "z 1 < b:fs l:fs",
		"m 2 mands=1", "done 1 began=0 done=1", "e 0 effort"), milestone.ScheduleOptions{})
	for id, want := range map[string][2]string{
		"a":    {"the begin of the project or its data date", "the link d0 (finish-start, lag PT24H) with activity/b"},
		"b":    {"the link d0 (finish-start, lag PT24H) with activity/a", "the link d3 (finish-start) with activity/z"},
		"c":    {"the constraint start-no-earlier 2028-01-04T00:00", "the constraint deadline 2028-01-07T00:00"},
		"x":    {"the constraint start-no-earlier 2028-01-05T00:00, by way of activity/o", "the finish of the project"},
		"l":    {"the link d4 (finish-start) with activity/z", "the link d4 (finish-start) with activity/z"},
		"z":    {"the link d3 (finish-start) with activity/b", "the finish of the project"},
		"m":    {"the constraint mandatory-start 2028-01-02T00:00", "the constraint mandatory-start 2028-01-02T00:00"},
		"done": {"what has happened", "what has happened"},
		"s":    {"its parts or anchors", "its parts or anchors"},
		"e":    {"its parts or anchors", "its parts or anchors"},
		"none": {"", ""},
	} {
		early, late := because(s, id)
		assert.Equal(t, want, [2]string{early, late}, id)
	}
	e, _ := s.Explain(activity("c"))
	assert.Equal(t, minute("2028-01-04T00:00"), e.Early[0].At)
	assert.Equal(t, milestone.Bound{Kind: milestone.Deadline, At: minute("2028-01-07T00:00")}, e.Late[0].Bound)
}

// TestEveryDateExplained finds a reason for every date of random plans, and every reason true: without it the date is another, or another reason stands.
func TestEveryDateExplained(t *testing.T) {
	for seed := range uint64(400) {
		spec := randomPlan(rand.New(rand.NewPCG(seed, 6)), 12)
		s := scheduled(t, spec, milestone.ScheduleOptions{})
		for _, n := range s.All() {
			e, ok := s.Explain(n.Ref)
			require.True(t, ok)
			assert.NotEmpty(t, e.Early, "seed %d, early dates of %s", seed, n.Ref)
			assert.NotEmpty(t, e.Late, "seed %d, late dates of %s", seed, n.Ref)
			for _, r := range e.Early {
				if r.Cause != milestone.ByLink {
					continue
				}
				other, _ := s.Of(r.Other)
				assert.False(t, other.EarlyStart > n.EarlyFinish.Add(8*calendar.Week), "seed %d: what drives comes before", seed)
			}
		}
	}
}

func milestones(lines ...string) milestone.Spec {
	var spec milestone.Spec
	for _, line := range lines {
		words := strings.Fields(line)
		m := milestone.Milestone{Record: record.New(record.ID(words[0])), Name: words[0]}
		for _, word := range words[1:] {
			key, value, _ := strings.Cut(word, "=")
			switch key {
			case "due":
				m.Due = when(value)
			case "met":
				m.Met = when(value)
			case "lasts":
				fmt.Sscan(value, &m.Lasts)
			case "after", "needs":
				d := milestone.Dependency{Record: record.New(record.ID(fmt.Sprintf("d%d", len(spec.Dependencies)))), Dependent: milestone.Ref(m.ID),
					On: milestone.Ref(record.ID(value)), Kind: milestone.FinishStart}
				if key == "needs" {
					d.Kind = milestone.Needs
				}
				spec.Dependencies = append(spec.Dependencies, d)
			}
		}
		spec.Milestones = append(spec.Milestones, m)
	}
	return spec
}

func TestPlanWithoutDurations(t *testing.T) {
	spec := milestones("homes due=2029 after=law", "law due=2027-Q2 after=paper", "paper", "grid needs=homes", "fund needs=law")
	p := mustCompile(t, spec)
	s, err := p.Schedule(record.Moment{}, milestone.ScheduleOptions{})
	require.NoError(t, err)
	assert.False(t, s.Dated())
	assert.Zero(t, s.Finish())
	assert.Zero(t, s.FinishOf(""))
	assert.Empty(t, s.Conflicts())
	assert.Empty(t, s.Late())
	assert.Equal(t, []record.ID{"paper", "law", "homes", "grid", "fund"}, p.Order(record.Moment{}))
	layers, err := p.Layers(record.Moment{})
	require.NoError(t, err)
	assert.Equal(t, "[[milestone/paper milestone/grid milestone/fund] [milestone/law] [milestone/homes]]", fmt.Sprint(layers))
	layers, err = p.Layers(record.Moment{}, milestone.Needs)
	require.NoError(t, err)
	assert.Equal(t, "[[milestone/homes milestone/law milestone/paper] [milestone/grid milestone/fund]]", fmt.Sprint(layers))
	for _, n := range s.All() {
		assert.Zero(t, n.EarlyStart)
		assert.Zero(t, n.LateFinish)
	}

	spec.Dependencies = append(spec.Dependencies, milestone.Dependency{Record: record.New("mutual"), Dependent: milestone.Ref("homes"), On: milestone.Ref("grid"), Kind: milestone.Needs})
	_, err = mustCompile(t, spec).Layers(record.Moment{}, milestone.Needs, milestone.FinishStart)
	assert.Len(t, requireAs[*graph.CycleError[record.Ref]](t, err).Edges, 2)

	_, err = p.Schedule(record.Moment{}, milestone.ScheduleOptions{DueBinds: true})
	assert.ErrorIs(t, err, milestone.ErrNoBegin)
	s, err = p.Schedule(record.Moment{On: day("2026-01-01")}, milestone.ScheduleOptions{DueBinds: true})
	require.NoError(t, err)
	law, _ := s.Of(milestone.Ref("law"))
	assert.Equal(t, []calendar.Minute{minute("2026-01-01T00:00"), minute("2027-07-01T00:00"), minute("2027-07-01T00:00")}, []calendar.Minute{law.EarlyFinish, law.LateFinish, law.DueBy()})
	assert.True(t, s.Dated())
}

func TestConflicts(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"in order", []string{"a due=2027", "b due=2028 after=a"}, nil},
		{"the same window", []string{"a due=2028", "b due=2028 after=a"}, nil},
		{"due before what it follows", []string{"a due=2028", "b due=2027 after=a"}, []string{"b after a by d0: certainly, 2028-01-02T00:00"}},
		{"windows that overlap, the wrong way round", []string{"a due=2028", "b due=2028-Q2 after=a"}, []string{"b after a by d0: possibly, 2029-01-01T00:00"}},
		{"by way of others, and how long they take", []string{"a due=2028-01-10", "x lasts=5 after=a", "b due=2028-01-14 lasts=3 after=x"},
			[]string{"b after a by d0 d1: certainly, 2028-01-19T00:00"}},
		{"time enough", []string{"a due=2028-01-10", "x lasts=5 after=a", "b due=2028-01-18 lasts=3 after=x"}, nil},
		{"the last moment of the day", []string{"a due=2028-01-10", "b due=2028-01-10 after=a", "c due=2028-01-09 after=b"}, []string{"c after b by d1: certainly, 2028-01-11T00:00"}},
		{"what is met is no conflict", []string{"a due=2028 met=2026-05-01", "b due=2027 after=a"}, nil},
		{"a chain of them, each with the one before", []string{"a due=2030", "b due=2029 after=a", "c due=2028 after=b"},
			[]string{"b after a by d0: certainly, 2030-01-02T00:00", "c after a by d0 d1: certainly, 2030-01-02T00:00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := scheduled(t, milestones(c.lines...), milestone.ScheduleOptions{})
			var got []string
			for _, x := range s.Conflicts() {
				var line strings.Builder
				line.WriteString(names2(s, []int{x.Node}) + " after " + names2(s, []int{x.After}) + " by")
				for _, a := range x.Arcs {
					line.WriteString(" " + string(s.Arcs()[a].Dependency))
				}
				got = append(got, line.String()+": "+x.On.String()+", "+x.Earliest.String())
			}
			assert.Equal(t, c.want, got)
		})
	}
	s := scheduled(t, milestones("a due=2026-02", "b due=2026-01 lasts=20"), milestone.ScheduleOptions{Begin: minute("2026-01-20T00:00")})
	assert.Equal(t, []int{1}, s.Late())
}

func TestRemarks(t *testing.T) {
	spec := plan("a 4 began=0", "b 2 mands=1 < a:fs", "s 0 summary", "c 1")
	spec.Activities[3].Constraints = []milestone.Constraint{{Kind: milestone.Deadline, On: when("unknown")}}
	rival := spec.Activities[3]
	rival.Record = record.Record{ID: "c-again", Of: "c", Claimant: "the contractor"}
	rival.Lasts = 9 * calendar.Day
	spec.Activities = append(spec.Activities, rival)
	spec.Dependencies = append(spec.Dependencies, milestone.Dependency{Record: record.New("party"), Dependent: activity("c"), On: record.Ref{Kind: "party", ID: "x"}, Kind: milestone.FinishStart},
		milestone.Dependency{Record: record.New("fine"), Dependent: activity("c"), On: record.Ref{Kind: "party", ID: "x"}, Kind: milestone.Needs})
	s := scheduled(t, spec, milestone.ScheduleOptions{})
	var said []string
	for _, r := range s.Remarks() {
		said = append(said, r.Ref.String()+": "+r.Kind.String())
	}
	assert.Equal(t, []string{
		"activity/a: under way without a data date",
		"activity/c: contested: the word of the first claimant counts",
		"activity/c: a constraint whose date nobody knows",
		"activity/s: a summary without parts",
		"dependency/party: a precedence between things that are not scheduled",
		"activity/b: a mandatory date before what the links ask for",
	}, said)
	c, _ := s.Of(activity("c"))
	assert.Equal(t, calendar.Day, c.Lasts)
	assert.Len(t, s.Arcs(), 1)
	assert.Empty(t, milestone.RemarkKind(0).String())
	assert.Empty(t, milestone.RemarkKind(200).String())
}

func TestScheduleOfAMoment(t *testing.T) {
	spec := plan("a 2", "b 3 < a:fs")
	later := spec.Activities[0]
	later.Record = record.Record{ID: "a-later", Of: "a", Verb: record.Change, Recorded: time.Date(2028, 2, 1, 0, 0, 0, 0, time.UTC)}
	later.Lasts = 7 * calendar.Day
	spec.Activities = append(spec.Activities, later)
	p := mustCompile(t, spec)
	for known, want := range map[string]string{"2028-01-15": "b 2-5 2-5 0*", "2028-02-02": "b 7-10 7-10 0*"} {
		s, err := p.Schedule(record.Moment{Known: day(known).In(time.UTC)}, milestone.ScheduleOptions{})
		require.NoError(t, err)
		assert.Equal(t, want, days(s)[1], known)
	}
	assert.Equal(t, []record.ID{"a", "b"}, p.Activities())
	assert.Equal(t, []record.ID{"p"}, p.Projects())
	assert.Equal(t, []record.ID{"office", "site", "nights"}, p.Calendars())
	assert.Equal(t, 7*calendar.Day, p.Activity("a", record.Moment{})[0].Record.Lasts)
	assert.Equal(t, "p", p.Project("p", record.Moment{})[0].Record.Name)
	assert.Equal(t, "site", p.Calendar("site", record.Moment{})[0].Record.Name)
	assert.Equal(t, activity("a"), p.Canonical(activity("a-later")))
	for _, kind := range []record.Kind{milestone.KindProject, milestone.KindCalendar} {
		assert.Equal(t, record.Ref{Kind: kind, ID: "office"}, p.Canonical(record.Ref{Kind: kind, ID: "office"}))
	}
}

// TestBankHolidaysAsKnown schedules over 19 September 2022, a day off announced nine days before it.
func TestBankHolidaysAsKnown(t *testing.T) {
	spec := milestone.Spec{
		Calendars:  []milestone.Calendar{{Record: record.New("c"), Name: "c", Week: calendar.Weekdays(shift("09:00-17:00")), BankHolidays: calendar.EnglandAndWales}},
		Projects:   []milestone.Project{{Record: record.New("p"), Name: "p", Start: minute("2022-09-16T09:00"), Calendar: "c"}},
		Activities: []milestone.Activity{{Record: record.New("a"), Name: "a", Project: "p", Lasts: 16 * calendar.Hour}},
	}
	p := mustCompile(t, spec)
	for known, want := range map[string]string{"2022-09-01": "2022-09-19T17:00", "2022-09-12": "2022-09-20T17:00"} {
		s, err := p.Schedule(record.Moment{Known: day(known).In(time.UTC)}, milestone.ScheduleOptions{})
		require.NoError(t, err)
		assert.Equal(t, want, s.Finish().String(), known)
		assert.Equal(t, want, s.FinishOf("p").String(), known)
	}
}

func TestScheduleBeyond(t *testing.T) {
	spec := plan("a 2", "b 3 < a:fs")
	spec.Activities[0].Calendar = "c"
	spec.Calendars = append(spec.Calendars, milestone.Calendar{Record: record.New("c"), Name: "c", Week: calendar.Weekdays(shift("09:00-17:00")),
		Except: []calendar.Exception{{From: day("2028-01-02"), Until: day("9999-12-31")}}})
	_, err := mustCompile(t, spec).Schedule(record.Moment{}, milestone.ScheduleOptions{})
	fault := requireAs[*milestone.ScheduleError](t, err)
	assert.ErrorIs(t, err, milestone.ErrBeyond)
	assert.Equal(t, activity("a"), fault.Ref)
}

func TestFinishRules(t *testing.T) {
	spec := plan("a 2", "b 9", "c 4")
	spec.Projects = append(spec.Projects, milestone.Project{Record: record.New("q"), Name: "q", Start: day("2028-01-01").At(0), Lax: 2 * calendar.Day})
	spec.Activities[0].Project, spec.Activities[2].Project = "q", "q"
	assert.Equal(t, []string{"a 0-2 2-4 2*", "b 0-9 0-9 0*", "c 0-4 0-4 0*"}, days(scheduled(t, spec, milestone.ScheduleOptions{})))
	assert.Equal(t, []string{"a 0-2 7-9 7", "b 0-9 0-9 0*", "c 0-4 5-9 5"}, days(scheduled(t, spec, milestone.ScheduleOptions{Finish: milestone.WholeFinish})))
	spec.Projects[1].FinishBy = day("2028-01-04").At(0)
	s := scheduled(t, spec, milestone.ScheduleOptions{Finish: milestone.WholeFinish})
	assert.Equal(t, []string{"a 0-2 1-3 1*", "b 0-9 0-9 0*", "c 0-4 -1-3 -1*"}, days(s))
	assert.Equal(t, minute("2028-01-05T00:00"), s.FinishOf("q"))
	assert.Equal(t, minute("2028-01-10T00:00"), s.Finish())
}

func TestMomentsOnTheAxis(t *testing.T) {
	spec := plan("a 3 on=office", "s 0 start < a:fs", "f 0 finish < a:fs", "z 3 < f:fs", "g 0 finish < z:fs", "b 3 on=office < g:fs")
	for _, i := range []int{1, 2, 4} {
		spec.Activities[i].Calendar = "office"
	}
	spec.Projects[0].Start = minute("2028-01-05T09:00") // a Wednesday
	var lines []string
	for _, n := range scheduled(t, spec, milestone.ScheduleOptions{}).All() {
		lines = append(lines, string(n.Ref.ID)+" "+n.EarlyStart.String()+" "+n.EarlyFinish.String())
	}
	assert.Equal(t, []string{
		"a 2028-01-05T09:00 2028-01-07T17:00",
		"s 2028-01-10T09:00 2028-01-10T09:00", // the begin of what follows
		"f 2028-01-07T17:00 2028-01-07T17:00", // the end of what went before: the same point of the axis
		"z 2028-01-07T17:00 2028-01-10T17:00",
		"g 2028-01-10T17:00 2028-01-10T17:00",
		"b 2028-01-11T09:00 2028-01-13T17:00",
	}, lines)
}
