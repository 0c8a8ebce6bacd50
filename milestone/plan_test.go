package milestone_test

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
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone"
)

func ids[T any, P record.Holder[T]](claims []record.Claim[T]) string {
	var words []string
	for _, c := range claims {
		words = append(words, string(P(c.Record).Base().ID))
	}
	return strings.Join(words, " ")
}

func step(id string, due string) milestone.Milestone {
	return milestone.Milestone{Record: record.New(record.ID(id)), Name: id, Due: when(due)}
}

// version is a later word on the milestone "step", recorded on a day.
func version(id string, verb record.Verb, claimant, recorded, due string) milestone.Milestone {
	m := step(id, due)
	m.Of, m.Verb, m.Claimant, m.Reason = "step", verb, claimant, "so"
	if recorded != "" {
		m.Recorded = day(recorded).In(time.UTC)
	}
	return m
}

func TestSlippage(t *testing.T) {
	for _, c := range []struct {
		name     string
		versions []milestone.Milestone
		known    string
		want     []string // record: from -> to least..most
	}{
		{"no version but one", []milestone.Milestone{version("a", 0, "", "", "2028")}, "", nil},
		{"a day later", []milestone.Milestone{version("a", 0, "", "2025-01-01", "2028-06-30"), version("b", record.Change, "", "2025-02-01", "2028-07-01")}, "", []string{"b: 2028-06-30 -> 2028-07-01 1..1"}},
		{"earlier", []milestone.Milestone{version("a", 0, "", "2025-01-01", "2028-06-30"), version("b", record.Change, "", "2025-02-01", "2028-06-20")}, "", []string{"b: 2028-06-30 -> 2028-06-20 -10..-10"}},
		{"a year later", []milestone.Milestone{version("a", 0, "", "2025-01-01", "2028"), version("b", record.Change, "", "2025-02-01", "2029")}, "", []string{"b: 2028 -> 2029 365..366"}},
		{"made precise", []milestone.Milestone{version("a", 0, "", "2025-01-01", "2028"), version("b", record.Change, "", "2025-02-01", "2028-06-30")}, "", []string{"b: 2028 -> 2028-06-30 -184..181"}},
		{"the same in other words", []milestone.Milestone{version("a", 0, "", "2025-01-01", "2028"), version("b", record.Change, "", "2025-02-01", "2028-01-01/2028-12-31")}, "", nil},
		{"said again", []milestone.Milestone{version("a", 0, "", "2025-01-01", "2028"), version("b", 0, "", "2025-02-01", "2028")}, "", nil},
		{"twice, in the order of recording", []milestone.Milestone{version("c", record.Change, "", "2025-03-01", "2030-01-01"), version("a", 0, "", "2025-01-01", "2028-01-01"), version("b", record.Change, "", "2025-02-01", "2029-01-01")}, "", []string{"b: 2028-01-01 -> 2029-01-01 366..366", "c: 2029-01-01 -> 2030-01-01 365..365"}},
		{"as it was known", []milestone.Milestone{version("a", 0, "", "2025-01-01", "2028-01-01"), version("b", record.Change, "", "2025-02-01", "2029-01-01"), version("c", record.Change, "", "2025-03-01", "2030-01-01")}, "2025-02-28", []string{"b: 2028-01-01 -> 2029-01-01 366..366"}},
		{"not known in between", []milestone.Milestone{version("a", 0, "", "2025-01-01", "2028-01-01"), version("b", record.Change, "", "2025-02-01", "unknown"), version("c", record.Change, "", "2025-03-01", "2028-01-11")}, "", []string{"c: 2028-01-01 -> 2028-01-11 10..10"}},
		{"no date in between", []milestone.Milestone{version("a", 0, "", "2025-01-01", "2028-01-01"), version("b", record.Change, "", "2025-02-01", ""), version("c", record.Change, "", "2025-03-01", "2028-01-11")}, "", []string{"c: 2028-01-01 -> 2028-01-11 10..10"}},
		{"a correction moves it too", []milestone.Milestone{version("a", 0, "", "2025-01-01", "2028-01-01"), version("b", record.Correct, "", "2025-02-01", "2028-01-02")}, "", []string{"b: 2028-01-01 -> 2028-01-02 1..1"}},
		{"a retraction moves nothing", []milestone.Milestone{version("a", 0, "", "2025-01-01", "2028-01-01"), version("b", record.Retract, "", "2025-02-01", "2029-01-01")}, "", nil},
		{"each against its own", []milestone.Milestone{version("a", 0, "A", "2025-01-01", "2028-01-01"), version("b", 0, "B", "2025-02-01", "2029-01-01"), version("c", record.Change, "A", "2025-03-01", "2028-02-01")}, "", []string{"c: 2028-01-01 -> 2028-02-01 31..31"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := compile(t, milestone.Spec{Milestones: c.versions}, record.View{})
			at := record.Moment{}
			if c.known != "" {
				at.Known = day(c.known).In(time.UTC)
			}
			var got []string
			for _, s := range p.Slippage("step", at) {
				got = append(got, fmt.Sprintf("%s: %s -> %s %d..%d", s.Record, s.From, s.To, s.Least, s.Most))
			}
			assert.Equal(t, c.want, got)
		})
	}
	assert.Empty(t, new(milestone.Plan).Slippage("step", record.Moment{}))
}

func link(id, dependent, on string, kind milestone.Link) milestone.Dependency {
	ref := func(s string) record.Ref { return record.Ref{Kind: milestone.KindMilestone, ID: record.ID(s)} }
	return milestone.Dependency{Record: record.New(record.ID(id)), Dependent: ref(dependent), On: ref(on), Kind: kind}
}

func TestOrder(t *testing.T) {
	spec := milestone.Spec{
		Milestones:   []milestone.Milestone{step("a", ""), step("b", ""), step("c", ""), step("d", "")},
		Dependencies: []milestone.Dependency{link("1", "a", "c", milestone.FinishStart), link("2", "b", "a", milestone.StartStart), link("3", "c", "b", milestone.Needs), link("4", "d", "d2", milestone.Needs)},
	}
	spec.Milestones = append(spec.Milestones, milestone.Milestone{Record: record.Record{ID: "d2", Of: "c", Verb: record.Change}, Name: "d2"})
	p := compile(t, spec, record.View{})
	assert.Equal(t, []record.ID{"c", "a", "b", "d"}, p.Order(record.Moment{}), "needs may loop, and order nothing")
	g := p.Graph(record.Moment{})
	refs := func(ids ...record.ID) (r []record.Ref) {
		for _, id := range ids {
			r = append(r, record.Ref{Kind: milestone.KindMilestone, ID: id})
		}
		return r
	}
	assert.ElementsMatch(t, refs("a", "b", "d"), g.Descendants(refs("c")[0]), "what falls if it falls")
	assert.Equal(t, 4, g.Len())
	assert.NotNil(t, g.Cycle())
}

// A random precedence never comes the wrong way round, and the order is the Spec's own where nothing says otherwise.
func TestOrderOfMany(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 50 {
		n := 2 + r.IntN(12)
		var spec milestone.Spec
		for i := range n {
			spec.Milestones = append(spec.Milestones, step(fmt.Sprintf("s%d", i), ""))
		}
		height := r.Perm(n)
		for i := range r.IntN(3 * n) {
			a, b := r.IntN(n), r.IntN(n)
			if height[a] == height[b] {
				continue
			}
			if height[a] > height[b] {
				a, b = b, a
			}
			spec.Dependencies = append(spec.Dependencies, link(fmt.Sprintf("d%d", i), fmt.Sprintf("s%d", b), fmt.Sprintf("s%d", a), milestone.FinishStart+milestone.Link(r.IntN(4))))
		}
		order := compile(t, spec, record.View{}).Order(record.Moment{})
		require.Len(t, order, n)
		for _, d := range spec.Dependencies {
			assert.Less(t, slices.Index(order, d.On.ID), slices.Index(order, d.Dependent.ID))
		}
		free := compile(t, milestone.Spec{Milestones: spec.Milestones}, record.View{})
		assert.Equal(t, free.Milestones(), free.Order(record.Moment{}))
	}
}

func TestPrecedenceCycles(t *testing.T) {
	steps := []milestone.Milestone{step("a", ""), step("b", ""), step("c", "")}
	_, err := milestone.Compile(milestone.Spec{Milestones: steps, Dependencies: []milestone.Dependency{
		link("1", "b", "a", milestone.FinishStart), link("2", "c", "b", milestone.StartStart), link("3", "a", "c", milestone.FinishFinish), link("4", "a", "b", milestone.Needs),
	}}, record.View{})
	assert.EqualError(t, err, `dependencies[0] (dependency/1): the precedences form a circle: milestone/a before milestone/b (1), before milestone/c (2), before milestone/a (3): `+
		`drop one of these links, or make it "needs" if the two only help each other`)
	fault, ok := errorsAs[*milestone.PrecedenceError](err)
	require.True(t, ok)
	require.Len(t, fault.Walk, 3)
	for i, e := range fault.Walk {
		assert.Equal(t, fault.Walk[(i+1)%3].From, e.To, "the walk is closed")
	}

	later := step("a2", "")
	later.Of, later.Verb = "a", record.Change
	_, err = milestone.Compile(milestone.Spec{Milestones: append(steps, later), Dependencies: []milestone.Dependency{
		link("1", "b", "a", milestone.FinishStart), link("2", "a2", "b", milestone.FinishStart)}}, record.View{})
	fault, ok = errorsAs[*milestone.PrecedenceError](err)
	require.True(t, ok, "a circle through two records of one milestone")
	assert.Len(t, fault.Walk, 2)

	_, err = milestone.Compile(milestone.Spec{Milestones: append(steps, later), Dependencies: []milestone.Dependency{link("1", "a2", "a", milestone.FinishStart)}}, record.View{})
	assert.ErrorIs(t, err, milestone.ErrOnItself)
}

func TestCirclesThatAreNoFault(t *testing.T) {
	steps := []milestone.Milestone{step("a", ""), step("b", "")}
	rival := link("2-b", "a", "b", milestone.FinishStart)
	rival.Of, rival.Claimant = "1", "B"
	p := compile(t, milestone.Spec{Milestones: steps, Dependencies: []milestone.Dependency{link("1", "b", "a", milestone.FinishStart), rival}}, record.View{})
	assert.Nil(t, p.Order(record.Moment{}), "claimants differ on which comes first, so there is no order to give")
	assert.Len(t, p.Dependencies(record.Moment{}), 2)

	turned := link("2", "a", "b", milestone.FinishStart)
	turned.Of, turned.Verb, turned.Reason = "1", record.Correct, "the wrong way round"
	p = compile(t, milestone.Spec{Milestones: steps, Dependencies: []milestone.Dependency{link("1", "b", "a", milestone.FinishStart), turned}}, record.View{})
	assert.Equal(t, []record.ID{"b", "a"}, p.Order(record.Moment{}), "what has been corrected closes no circle")
	p = compile(t, milestone.Spec{Milestones: steps, Dependencies: []milestone.Dependency{link("1", "b", "a", milestone.Needs), link("2", "a", "b", milestone.Needs)}}, record.View{})
	assert.Equal(t, []record.ID{"a", "b"}, p.Order(record.Moment{}))
}

// A record whose later version speaks about something else is no longer an answer about the first.
func TestAnswersFollowWhatARecordNowSpeaksAbout(t *testing.T) {
	moved := func(r *record.Record, id record.ID) {
		r.Of, r.ID, r.Verb, r.Reason = r.ID, id, record.Correct, "filed under the wrong one"
		r.Recorded = day("2025-06-01").In(time.UTC)
	}
	target, reading, verdict, dependency := aim("at_least=1 id=t"), readings("2024 5")[0], milestone.Assessment{Record: record.New("v"), Subject: record.Ref{Kind: milestone.KindMilestone, ID: "a"}, Rating: "red"}, link("d", "a", "c", milestone.Needs)
	target.Milestone = "a"
	target2, reading2, verdict2, dependency2 := target, reading, verdict, link("d", "b", "c", milestone.Needs)
	moved(&target2.Record, "t2")
	moved(&reading2.Record, "r2")
	moved(&verdict2.Record, "v2")
	moved(&dependency2.Record, "d2")
	target2.Milestone, reading2.Indicator, verdict2.Subject.ID = "b", "other", "b"
	p := compile(t, milestone.Spec{
		Milestones: []milestone.Milestone{step("a", ""), step("b", ""), step("c", "")}, Indicators: []milestone.Indicator{{Record: record.New("share"), Name: "s"}, {Record: record.New("other"), Name: "o"}},
		Targets: []milestone.Target{target, target2}, Observations: []milestone.Observation{reading, reading2}, Assessments: []milestone.Assessment{verdict, verdict2}, Dependencies: []milestone.Dependency{dependency, dependency2},
	}, record.View{})
	ref := func(id record.ID) record.Ref { return record.Ref{Kind: milestone.KindMilestone, ID: id} }
	before := record.Moment{Known: day("2025-01-01").In(time.UTC)}
	for _, c := range []struct {
		at   record.Moment
		a, b string
	}{{before, "t r0 v d", ""}, {record.Moment{}, "", "t2 r2 v2 d2"}} {
		answers := func(m, i record.ID) string {
			return strings.TrimSpace(ids(p.Targets(m, c.at)) + " " + ids(p.Observations(i, c.at)) + " " + ids(p.Assessments(ref(m), c.at)) + " " + ids(p.DependenciesOf(ref(m), c.at)))
		}
		assert.Equal(t, c.a, answers("a", "share"))
		assert.Equal(t, c.b, answers("b", "other"))
	}
	assert.Equal(t, "d2", ids(p.DependenciesOf(ref("c"), record.Moment{})), "the end that did not move")
}

func TestQuestionsTakeTheIDOfAnyVersion(t *testing.T) {
	later := func(r record.Record, id record.ID) record.Record {
		r.Of, r.ID = r.ID, id
		return r
	}
	indicator := milestone.Indicator{Record: record.New("share"), Name: "s"}
	indicator2 := milestone.Indicator{Record: later(indicator.Record, "share-2"), Name: "s"}
	target := aim("at_least=1")
	target.Milestone, target.Indicator = "step-2", "share-2"
	p := compile(t, milestone.Spec{
		Milestones: []milestone.Milestone{step("step", "2025"), version("step-2", 0, "", "", "2026"), step("x", "")}, Indicators: []milestone.Indicator{indicator, indicator2},
		Targets: []milestone.Target{target}, Observations: readings("2024 1"), Dependencies: []milestone.Dependency{link("d", "step-2", "x", milestone.Needs)},
		Assessments: []milestone.Assessment{{Record: record.New("v"), Subject: record.Ref{Kind: milestone.KindMilestone, ID: "step-2"}, Rating: "red"}},
	}, record.View{})
	none := record.Moment{}
	for _, id := range []record.ID{"step", "step-2"} {
		ref := record.Ref{Kind: milestone.KindMilestone, ID: id}
		assert.Equal(t, record.ID("step"), p.Canonical(ref).ID)
		assert.Equal(t, "step-2", ids(p.Milestone(id, none)))
		assert.Equal(t, "t", ids(p.Targets(id, none)))
		assert.Equal(t, "v", ids(p.Assessments(ref, none)))
		assert.Equal(t, "d", ids(p.DependenciesOf(ref, none)))
		assert.Len(t, p.MilestoneVersions(id), 2)
		s, ok := p.Standing(id, none)
		assert.True(t, ok)
		assert.Equal(t, record.ID("step"), s.Milestone)
		assert.Len(t, s.Claimed, 1)
		assert.Len(t, s.Parts, 1)
	}
	assert.Equal(t, "r0", ids(p.Observations("share-2", none)))
	assert.Equal(t, "share-2", ids(p.Indicator("share", none)))
	assert.Equal(t, []record.ID{"share"}, p.Indicators())
	assert.Equal(t, record.Ref{Kind: "mission", ID: "m"}, p.Canonical(record.Ref{Kind: "mission", ID: "m"}))
	assert.Equal(t, record.ID("t"), p.Canonical(record.Ref{Kind: milestone.KindTarget, ID: "t"}).ID)
	assert.Equal(t, record.ID("share"), p.Canonical(record.Ref{Kind: milestone.KindIndicator, ID: "share-2"}).ID)
}

func TestGraphOfAnotherDay(t *testing.T) {
	old := link("old", "b", "a", milestone.FinishStart)
	old.Until = when("2025-07-01")
	fresh := link("new", "a", "b", milestone.Needs)
	fresh.From = when("2025-07-01")
	p := compile(t, milestone.Spec{Milestones: []milestone.Milestone{step("a", ""), step("b", "")}, Dependencies: []milestone.Dependency{old, fresh}}, record.View{On: day("2025-06-30")})
	labels := func(g *graph.Graph[record.Ref]) (l []string) {
		for e := range g.Edges() {
			l = append(l, e.Label)
		}
		return l
	}
	assert.Equal(t, []string{"finish-start"}, labels(p.Graph(record.Moment{})))
	assert.Equal(t, []string{"needs"}, labels(p.Graph(record.Moment{On: day("2025-07-01")})))
	assert.Equal(t, "old", ids(p.Dependencies(record.Moment{})))
	assert.Same(t, p.Graph(record.Moment{}), p.Graph(record.Moment{On: day("2025-06-30")}), "the view's own is built once")
}

func TestZeroPlan(t *testing.T) {
	var p milestone.Plan
	none, ref := record.Moment{}, record.Ref{Kind: milestone.KindMilestone, ID: "a"}
	assert.Empty(t, p.Milestones())
	assert.Empty(t, p.Milestone("a", none))
	assert.Empty(t, p.MilestoneVersions("a"))
	assert.Empty(t, p.Indicators())
	assert.Empty(t, p.Indicator("a", none))
	assert.Empty(t, p.Targets("a", none))
	assert.Empty(t, p.TargetVersions("a"))
	assert.Empty(t, p.Observations("a", none))
	assert.Empty(t, p.Assessments(ref, none))
	assert.Empty(t, p.Dependencies(none))
	assert.Empty(t, p.DependenciesOf(ref, none))
	assert.Equal(t, ref, p.Canonical(ref))
	assert.Zero(t, p.Graph(none).Len())
	assert.Empty(t, p.Order(none))
	_, ok := p.Standing("a", none)
	assert.False(t, ok)
	q := compile(t, milestone.Spec{}, record.View{})
	assert.Empty(t, q.Milestones())
	assert.Empty(t, q.Order(none))
}
