package mission_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/internal/gen"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

func TestModelAnswers(t *testing.T) {
	m := compiled(t, energy(), mission.View{On: day("2025-12-31")})
	none := record.Moment{}
	assert.Equal(t, []record.ID{"energy", "growth"}, m.Missions())
	assert.Equal(t, []record.ID{"bills"}, m.Outcomes())
	assert.Equal(t, []record.ID{"company"}, m.Initiatives())
	assert.Equal(t, record.Moment{On: day("2025-12-31")}, m.Moment(none))
	for _, id := range []record.ID{"energy", "energy-2"} {
		assert.Equal(t, []record.ID{"power"}, m.MilestonesOf(id))
		assert.Equal(t, []record.ID{"bills"}, m.OutcomesOf(id))
		assert.Equal(t, []record.ID{"company"}, m.InitiativesOf(id))
		assert.Len(t, m.Accounts().AllocationsFor(m.Fact(mission.Ref(id)), none), 1)
	}
	assert.Equal(t, []record.ID{"power", "planning"}, m.MilestonesOf("growth"), "of any version")
	assert.Equal(t, "Clean power by 2030", m.Mission("energy", none)[0].Record.Name)
	assert.Equal(t, "Clean energy", m.Mission("energy", record.Moment{Known: instant("2024-12-04")})[0].Record.Name)
	assert.Equal(t, "Lower bills", m.Outcome("bills", none)[0].Record.Name)
	assert.Equal(t, mission.Adjacent, m.Initiative("company", none)[0].Record.Status)
	assert.Len(t, m.Accounts().Reviews(none), 2)
	assert.Equal(t, []record.ID{"energy"}, m.Spec().Outcomes[0].Missions, "references name facts")
	assert.Equal(t, record.Known(record.Money{Minor: 830000000000, Currency: "GBP"}), m.Accounts().AllocationsFor(mission.Ref("energy"), none)[0].Record.Amount)
	a, ok := m.Register().Answerable(mission.Ref("energy"), accountability.MissionLead, none)
	require.True(t, ok)
	assert.Equal(t, record.ID("ann"), a.Carriers[0].Holders[0].Party)

	for _, step := range []record.ID{"power", "power-2"} {
		assert.Len(t, m.Events(stepRef(step), "", none), 2)
		assert.Len(t, m.Events(stepRef(step), mission.Consultation, none), 1)
		assert.Len(t, m.Events(stepRef(step), "", record.Moment{On: day("2024-10-31")}), 1, "what is said not to have happened has no day")
		assert.Empty(t, m.Events(stepRef(step), mission.Reward, none))
	}
}

func TestModelLooksUp(t *testing.T) {
	m := compiled(t, energy(), mission.View{})
	for ref, name := range map[record.Ref]string{
		mission.Ref("energy"): "Clean energy", mission.Ref("energy-2"): "Clean power by 2030", stepRef("power"): "95% clean power", mission.Ref("nothing"): "nothing",
		{Kind: mission.KindOutcome, ID: "bills"}: "Lower bills", {Kind: mission.KindInitiative, ID: "company"}: "The company", {Kind: mission.KindEvent, ID: "asked"}: "asked",
		{Kind: milestone.KindIndicator, ID: "share"}: "Clean share", {Kind: milestone.KindTarget, ID: "power-95"}: "power-95", {Kind: accountability.KindParty, ID: "dept"}: "The department",
		{Kind: accountability.KindForum, ID: "board"}: "board", {Kind: accountability.KindFreedom, ID: "leave"}: "to borrow", {Kind: funding.KindReview, ID: "review"}: "Spending review",
		{Kind: record.KindSource, ID: "plan"}: "Plan for Change", {Kind: record.KindDay, ID: "end-of-parliament"}: "end of this Parliament", {Kind: accountability.KindDuty, ID: "lead"}: "lead",
	} {
		assert.Equal(t, name, m.Name(ref), "%s", ref)
	}
	r, ok := m.Record(stepRef("power-2"))
	assert.True(t, ok)
	assert.Equal(t, record.ID("power"), r.Of)
	source, ok := m.Source("plan")
	assert.True(t, ok)
	assert.Equal(t, "2024-12-05", source.Published.String())
	total := 0
	for ref, r := range m.Records() {
		got, ok := m.Record(ref)
		require.True(t, ok)
		assert.Equal(t, *r, got)
		total++
	}
	want := 0
	spec := m.Spec()
	for _, table := range spec.Tables() {
		want += reflect.ValueOf(table.Records).Elem().Len()
	}
	assert.Equal(t, want, total)
}

func TestModelGlobalID(t *testing.T) {
	spec := energy()
	spec.Milestones[2].Namespace = "https://example.org/other"
	m := compiled(t, spec, mission.View{})
	assert.Equal(t, record.GlobalID("https://example.org/plan", stepRef("power")), m.GlobalID(stepRef("power")))
	assert.Equal(t, record.GlobalID("https://example.org/other", stepRef("planning")), m.GlobalID(stepRef("planning")), "a record keeps the name it had where it came from")
	assert.Equal(t, record.GlobalID("https://example.org/plan", stepRef("nothing")), m.GlobalID(stepRef("nothing")))
	seen := make(map[record.UUID]record.Ref)
	for ref := range m.Records() {
		id := m.GlobalID(ref)
		assert.NotContains(t, seen, id)
		seen[id] = ref
	}
}

func TestModelGraph(t *testing.T) {
	m := compiled(t, energy(), mission.View{On: day("2025-12-31")})
	g := m.Graph(record.Moment{})
	assert.ElementsMatch(t, []record.Ref{stepRef("power"), mission.Ref("energy"), mission.Ref("growth")}, g.Descendants(stepRef("planning")), "what falls if planning falls")
	assert.ElementsMatch(t, []record.Ref{mission.Ref("energy"), mission.Ref("growth")}, g.Descendants(stepRef("power")))
	g = m.Graph(record.Moment{On: day("2025-02-28")})
	assert.ElementsMatch(t, []record.Ref{mission.Ref("energy")}, g.Descendants(stepRef("power")), "before it was counted to growth too")
	for e := range g.Edges() {
		assert.Contains(t, []string{mission.PartOf, "needs"}, e.Label)
	}
	assert.Equal(t, 4, g.Len())
}

// view is what a model says, in an order of its own, so that models of one plan in different orders can be compared.
func answers(m *mission.Model) map[string]any {
	all := make(map[string]any)
	for _, id := range m.Plan().Milestones() {
		s, _ := m.Plan().Standing(id, record.Moment{})
		for i := range s.Parts {
			slices.SortFunc(s.Parts[i].Records, record.Ref.Compare)
		}
		slices.SortFunc(s.Parts, func(a, b milestone.Part) int { return cmp.Compare(a.Target, b.Target) })
		s.Claimed = nil
		all["standing "+string(id)] = s
		all["slippage "+string(id)] = m.Plan().Slippage(id, record.Moment{})
		a, ok := m.Register().Answerable(stepRef(id), accountability.MilestoneOwner, record.Moment{})
		if ok {
			all["owner "+string(id)] = fmt.Sprint(a.State, a.Certain, a.Why, a.Carriers[0].Post, len(a.Carriers[0].Holders), a.Records)
		}
		g := m.Graph(record.Moment{})
		reach := g.Descendants(stepRef(id))
		slices.SortFunc(reach, record.Ref.Compare)
		all["reach "+string(id)] = reach
	}
	for _, id := range m.Missions() {
		of := m.MilestonesOf(id)
		slices.Sort(of)
		all["milestones "+string(id)] = of
		for _, c := range m.Mission(id, record.Moment{}) {
			all["mission "+string(id)] = *c.Record
		}
	}
	all["removed"] = m.Removed()
	return all
}

func shuffled[T any](r *rand.Rand, list []T) []T {
	list = slices.Clone(list)
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

func TestTheOrderOfRecordsChangesNoAnswer(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for seed := range uint64(4) {
		spec := gen.Spec(seed, 3, 40, 60)
		view := mission.View{On: spec.AsOf, Without: []record.Grade{record.Opinion}}
		want := answers(compiled(t, spec, view))
		for range 3 {
			s := spec
			s.Sources, s.Parties, s.Holdings, s.Missions, s.Outcomes = shuffled(r, s.Sources), shuffled(r, s.Parties), shuffled(r, s.Holdings), shuffled(r, s.Missions), shuffled(r, s.Outcomes)
			s.Indicators, s.Milestones, s.Targets, s.Dependencies = shuffled(r, s.Indicators), shuffled(r, s.Milestones), shuffled(r, s.Targets), shuffled(r, s.Dependencies)
			s.Duties, s.Forums, s.Events, s.Allocations, s.Observations = shuffled(r, s.Duties), shuffled(r, s.Forums), shuffled(r, s.Events), shuffled(r, s.Allocations), shuffled(r, s.Observations)
			got := answers(compiled(t, s, view))
			require.Len(t, got, len(want))
			for key := range want {
				require.Equal(t, want[key], got[key], key)
			}
		}
	}
}

func TestCompileTwiceIsTheSame(t *testing.T) {
	spec := gen.Spec(9, 3, 60, 90)
	first := compiled(t, spec, mission.View{On: spec.AsOf, Audience: record.Public})
	for range 10 {
		again := compiled(t, spec, mission.View{On: spec.AsOf, Audience: record.Public})
		require.Equal(t, first.Spec(), again.Spec())
		require.Equal(t, first.Removed(), again.Removed())
		require.Equal(t, first.Plan().Order(record.Moment{}), again.Plan().Order(record.Moment{}))
	}
}

// A published copy says of itself that nothing is left to remove.
func TestAPublicCopyStaysPublic(t *testing.T) {
	spec := gen.Spec(2, 3, 40, 60)
	public := compiled(t, spec, mission.View{Audience: record.Public}).Spec()
	for _, p := range public.Parties {
		if p.Kind == accountability.Person {
			assert.Empty(t, p.Name)
		}
	}
	for i := range public.Events {
		assert.Empty(t, public.Events[i].Extensions)
		assert.Less(t, public.Events[i].Audience, record.Official)
	}
}

func TestReadersAtOnce(t *testing.T) {
	spec := gen.Spec(4, 3, 60, 90)
	m := compiled(t, spec, mission.View{On: spec.AsOf})
	want := answers(m)
	var wait sync.WaitGroup
	for n := range 8 {
		wait.Go(func() {
			assert.Equal(t, want, answers(m))
			m.Spec()
			for _, id := range m.Missions() {
				m.Events(mission.Ref(id), "", record.Moment{})
				m.Register().Vacancies(record.Moment{On: spec.AsOf.Add(-30)})
			}
			other, err := mission.Compile(spec, mission.View{On: spec.AsOf, Without: record.Grades()[:n]})
			assert.NoError(t, err)
			assert.NotEmpty(t, answers(other))
		})
	}
	wait.Wait()
	assert.Equal(t, gen.Spec(4, 3, 60, 90), spec)
}

// TestContainers holds that the register knows what lies within what: an officer who answers for a mission answers for its milestones.
func TestContainers(t *testing.T) {
	spec := energy()
	spec.Duties = append(spec.Duties, accountability.Duty{Record: record.New("answer"), Duty: accountability.MissionSteward, Subject: mission.Ref("energy"), Post: "minister"})
	spec.Grants = []accountability.Grant{{Record: record.New("leave-to-spend"), To: "minister", Powers: []string{"spend"}, Subject: mission.Ref("energy")}}
	m := compiled(t, spec, mission.View{On: day("2025-06-01")})
	act := accountability.Act{Actor: "minister", Power: "spend", Subject: stepRef("power")}
	assert.Equal(t, accountability.Allowed, m.Register().Check(act, record.Moment{}).Permission)
	act.Subject = mission.Ref("growth")
	assert.Equal(t, accountability.Denied, m.Register().Check(act, record.Moment{}).Permission)
	paths := m.Register().PathToForum(stepRef("power"), record.Moment{})
	assert.NotEmpty(t, paths)
	assert.Len(t, m.Accounts().Trails("money", record.Ref{}, record.Moment{}), 1)
}
