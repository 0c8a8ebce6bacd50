package mission_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/internal/gen"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// vandal does damage to plans: the kind that hands, importers and other programs do.
type vandal struct {
	*rand.Rand
	ids   []record.ID
	kinds []record.Kind
}

func (v *vandal) id() record.ID {
	switch v.IntN(8) {
	case 0:
		return []record.ID{"", "Bad ID", "a//b", "\xff", "end-of-parliament", "nothing"}[v.IntN(6)]
	default:
		return v.ids[v.IntN(len(v.ids))]
	}
}

func (v *vandal) when() calendar.When {
	switch v.IntN(6) {
	case 0:
		return calendar.When{}
	case 1:
		return calendar.MustParseWhen([]string{"unknown", "end-of-parliament", "never-never", "2024", "FY2024-25"}[v.IntN(5)])
	case 2:
		return calendar.OnDay(calendar.FromOrdinal(int32(v.IntN(3652059)) + 1))
	}
	return calendar.OnDay(calendar.On(2024, 1, 1).Add(calendar.Days(v.IntN(2000))))
}

// damage changes one thing that a walk down from value leads to.
func (v *vandal) damage(value reflect.Value) {
	switch value.Type() {
	case reflect.TypeFor[record.ID]():
		value.Set(reflect.ValueOf(v.id()))
		return
	case reflect.TypeFor[record.Ref]():
		value.Set(reflect.ValueOf(record.Ref{Kind: v.kinds[v.IntN(len(v.kinds))], ID: v.id()}))
		return
	case reflect.TypeFor[calendar.When]():
		value.Set(reflect.ValueOf(v.when()))
		return
	case reflect.TypeFor[calendar.Date]():
		value.Set(reflect.ValueOf(v.when().Latest()))
		return
	case reflect.TypeFor[time.Time]():
		value.Set(reflect.ValueOf(time.Unix(v.Int64N(1<<33)-1<<32, v.Int64N(1e9))))
		return
	case reflect.TypeFor[record.Quantity]():
		value.Set(reflect.ValueOf(record.Number([]float64{0, -1, 95, 1e30, 0.1, math.Inf(1)}[v.IntN(6)])))
		return
	}
	switch value.Kind() {
	case reflect.Struct:
		for range 5 {
			if f := value.Field(v.IntN(value.NumField())); f.CanSet() {
				v.damage(f)
				return
			}
		}
	case reflect.Slice:
		switch n := value.Len(); {
		case n == 0:
			value.Set(reflect.Append(value, reflect.Zero(value.Type().Elem())))
		case v.IntN(8) == 0:
			value.Set(reflect.Append(value, value.Index(v.IntN(n)))) // the same again
		case v.IntN(8) == 0:
			i := v.IntN(n)
			value.Set(reflect.AppendSlice(value.Slice3(0, i, i), value.Slice(i+1, n)))
		default:
			v.damage(value.Index(v.IntN(n)))
		}
	case reflect.String:
		value.SetString([]string{"", " ", "somebody", string(v.id())}[v.IntN(4)])
	case reflect.Uint8:
		value.SetUint(uint64(v.IntN(10)))
	case reflect.Uint64:
		value.SetUint(v.Uint64N(4))
	case reflect.Int, reflect.Int64:
		value.SetInt(v.Int64N(2000) - 1000)
	case reflect.Bool:
		value.SetBool(!value.Bool())
	case reflect.Map:
		value.Set(reflect.ValueOf(record.Extensions{"x-a": "1"}))
	}
}

// questions asks a model everything; it looks for panics, and for answers that contradict one another.
func questions(t *testing.T, m *mission.Model, at record.Moment) {
	graph := m.Graph(at)
	for _, id := range m.Plan().Milestones() {
		s, ok := m.Plan().Standing(id, at)
		require.Equal(t, len(m.Plan().Milestone(id, at)) > 0, ok)
		if ok {
			require.Equal(t, id, s.Milestone)
			require.True(t, s.Status != 0 || s.Why != "", "a status that is not known has its reason: %+v", s)
			require.Len(t, s.Parts, len(m.Plan().Targets(id, at)))
		}
		for _, slip := range m.Plan().Slippage(id, at) {
			require.LessOrEqual(t, slip.Least, slip.Most)
		}
		require.True(t, graph.Has(stepRef(id)))
		m.Plan().DependenciesOf(stepRef(id), at)
		m.Events(stepRef(id), "", at)
	}
	for _, order := range [][]record.ID{m.Plan().Order(at)} {
		if order != nil {
			require.ElementsMatch(t, m.Plan().Milestones(), order)
		}
	}
	for _, id := range m.Missions() {
		for _, word := range m.Register().Duties(mission.Ref(id)) {
			a, ok := m.Register().Answerable(mission.Ref(id), word, at)
			require.True(t, !ok || len(a.Records) > 0)
			require.True(t, !ok || a.State != 0)
		}
		m.Mission(id, at)
		m.MilestonesOf(id)
		m.Accounts().AllocationsFor(mission.Ref(id), at)
		m.Register().Forums(mission.Ref(id), at)
		m.Register().Freedoms(mission.Ref(id), at)
	}
	for _, id := range m.Register().Parties() {
		m.Register().HeldBy(id, at)
		m.Register().CarriedBy(id, at)
		m.Register().Mandates(id, at)
	}
	m.Register().Vacancies(at)
	for ref := range m.Records() {
		m.Name(ref)
		_, out := m.Excluded(ref)
		require.False(t, out, "what is in is not left out")
	}
}

func FuzzCompile(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed, uint8(seed%12), uint8(seed*7))
	}
	f.Fuzz(func(t *testing.T, seed uint64, harm, view uint8) {
		spec := gen.Spec(seed%50, 2, 8, 10)
		v := vandal{Rand: rand.New(rand.NewPCG(seed, 99)), kinds: append(mission.Kinds(), "quango", "")}
		for _, table := range spec.Tables() {
			list := reflect.ValueOf(table.Records).Elem()
			for i := range list.Len() {
				v.ids = append(v.ids, list.Index(i).FieldByName("ID").Interface().(record.ID))
			}
		}
		for range harm % 16 {
			tables := spec.Tables()
			v.damage(reflect.ValueOf(tables[v.IntN(len(tables))].Records).Elem())
		}
		before := record.Clone(spec.Milestones)
		known := record.Clone(spec.Observations)

		m, err := mission.Compile(spec, mission.View{})
		faults := spec.Check()
		if err != nil {
			require.NotEmpty(t, faults)
			require.Equal(t, faults.Error(), err.Error(), "the same faults every time")
			for _, fault := range faults {
				assert.NotEmpty(t, fault.Path)
				assert.NotEmpty(t, fault.Err.Error())
			}
			return
		}
		require.Empty(t, faults)
		require.Equal(t, before, spec.Milestones, "Compile changes nothing of its caller's")
		require.Equal(t, known, spec.Observations)
		questions(t, m, record.Moment{})
		questions(t, m, record.Moment{On: spec.AsOf.Add(-400), Known: spec.AsOf.In(time.UTC)})

		narrow := mission.View{On: spec.AsOf, Audience: record.Audience(view % 4), Without: record.Grades()[:view/4%9]}
		if view&1 == 1 {
			narrow.Known = calendar.On(2025, 1, 1).In(time.UTC)
		}
		narrowed, err := mission.Compile(spec, narrow)
		require.NoError(t, err, "a view never makes a fault")
		questions(t, narrowed, record.Moment{})
		left := make(map[record.Kind]int)
		for _, r := range narrowed.Removed() {
			if r.Field == "" {
				left[r.Kind] += r.Count
			}
		}
		whole, rest := m.Spec(), narrowed.Spec()
		for i, table := range whole.Tables() {
			all, kept := reflect.ValueOf(table.Records).Elem().Len(), reflect.ValueOf(rest.Tables()[i].Records).Elem().Len()
			require.Equal(t, all, kept+left[table.Kind], "what is left out is counted: %s", table.Name)
		}

		again, err := mission.Compile(m.Spec(), mission.View{})
		require.NoError(t, err, "what a model gives back compiles")
		require.Equal(t, m.Spec(), again.Spec())
	})
}
