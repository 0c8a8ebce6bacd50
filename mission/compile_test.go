package mission_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

func TestFaults(t *testing.T) {
	require.Empty(t, energy().Check())
	for _, c := range []struct {
		fault string // how it prints
		cause any    // a pointer to the type of the cause, or an error value
		spoil func(*mission.Spec)
	}{
		{`namespace: a namespace is a URL, such as "https://example.org/plan", and has no spaces`, mission.ErrNamespace, func(s *mission.Spec) { s.Namespace = "my plan" }},
		{`namespace: a namespace is a URL`, mission.ErrNamespace, func(s *mission.Spec) { s.Namespace = "https://example.org/my plan" }},
		{`format: this release reads the format missionled/1`, mission.ErrFormat, func(s *mission.Spec) { s.Format = "missionled/2" }},
		{`missions[2].name (mission/growth): it has no name: say in words what it is`, mission.ErrNoName, func(s *mission.Spec) { s.Missions[2].Name = " " }},
		{`outcomes[0].name (outcome/bills): it has no name`, mission.ErrNoName, func(s *mission.Spec) { s.Outcomes[0].Name = "" }},
		{`initiatives[0].name (initiative/company): it has no name`, mission.ErrNoName, func(s *mission.Spec) { s.Initiatives[0].Name = "" }},
		{`spending_reviews[1].name (spending-review/phase-1): it has no name`, funding.ErrNoName, func(s *mission.Spec) { s.SpendingReviews[1].Name = "" }},
		{`allocations[0].subject (allocation/money): the record has no subject: name what the money is for`, funding.ErrNoSubject, func(s *mission.Spec) { s.Allocations[0].Subject = record.Ref{} }},
		{`events[0].kind (event/asked): the event has no kind: write consultation, commitment or another word`, mission.ErrNoEventKind, func(s *mission.Spec) { s.Events[0].Kind = "" }},
		{`milestones[2].missions[0] (milestone/planning): there is no mission "grwth": did you mean "growth"?`, new(*record.DanglingError), func(s *mission.Spec) { s.Milestones[2].Missions[0] = "grwth" }},
		{`missions[0].contributors[1] (mission/energy): there is no party "share": that id belongs to a indicator`, new(*record.DanglingError), func(s *mission.Spec) { s.Missions[0].Contributors.V[1] = "share" }},
		{`duties[0].subject (duty/lead):`, new(*record.KindError), func(s *mission.Spec) { s.Duties[0].Subject.Kind = "quango" }},
		{`assessments[0].subject (assessment/amber):`, new(*record.KindError), func(s *mission.Spec) { s.Assessments[0].Subject = mission.Ref("energy") }},
		{`missions[0].horizon (mission/energy): there is no day "end-of-parlament": did you mean "end-of-parliament"?`, new(*record.DanglingError), func(s *mission.Spec) { s.Missions[0].Horizon = when("end-of-parlament") }},
		{`dependencies[0] (dependency/needs-planning): the precedences form a circle: milestone/planning before milestone/power (needs-planning), before milestone/planning (back):`, new(*milestone.PrecedenceError), func(s *mission.Spec) {
			s.Dependencies[0].Kind = milestone.FinishStart
			s.Dependencies = append(s.Dependencies, milestone.Dependency{Record: record.New("back"), Dependent: stepRef("planning"), On: stepRef("power"), Kind: milestone.StartStart})
		}},
		{`allocations[0].amount (allocation/money):`, new(*record.MoneyError), func(s *mission.Spec) { s.Allocations[0].Amount.V.Currency = "£" }},
		{`initiatives[0].status (initiative/company):`, new(*record.EnumError), func(s *mission.Spec) { s.Initiatives[0].Status = 44 }},
		{`spending_reviews[0].opened (spending-review/review): there is no day "someday"`, new(*record.DanglingError), func(s *mission.Spec) { s.SpendingReviews[0].Opened = when("someday") }},
	} {
		spec := energy()
		c.spoil(&spec)
		_, err := mission.Compile(spec, mission.View{})
		faults, ok := errors.AsType[record.Faults](err)
		require.True(t, ok, c.fault)
		require.Len(t, faults, 1, "%v", err)
		assert.True(t, strings.HasPrefix(err.Error(), c.fault), "%s\n%s", err, c.fault)
		if cause, ok := c.cause.(error); ok {
			assert.ErrorIs(t, err, cause)
		} else {
			assert.True(t, errors.As(err, c.cause), c.fault)
		}
		assert.Equal(t, faults, spec.Check(), "Check finds what Compile does")
	}
}

func TestEveryFaultAtOnceInTheOrderOfTheDocument(t *testing.T) {
	spec := energy()
	spec.Namespace, spec.Format = "no", "other/9"
	spec.Events[1].OnDay = when("never-never")
	spec.Days[0].Latest = calendar.Date{}
	spec.Milestones[0].ID, spec.Parties[3].ID = "Bad ID", "ann"
	spec.Missions[1].Parents = []record.ID{"x", "y"}
	var paths []string
	for _, f := range spec.Check() {
		paths = append(paths, f.Path)
	}
	assert.Equal(t, []string{"namespace", "format", "days[0].latest", "parties[3].id", "missions[1].parents[0]", "missions[1].parents[1]", "milestones[0].id", "events[1].on_day"}, paths)

	_, err := mission.Compile(spec, mission.View{Without: record.Grades(), Audience: record.Public, Changes: []mission.Change{mission.Remove{Refs: []record.Ref{stepRef("power")}}}})
	assert.Equal(t, spec.Check().Error(), err.Error(), "neither a view nor its changes hide a fault")
}

// Compile changes nothing of its caller's, and the Model shares nothing with it: not nested slices, not maps, not even through
// changes.
func TestModelSharesNothingWithTheSpec(t *testing.T) {
	extra := func() mission.Spec {
		return mission.Spec{Milestones: []milestone.Milestone{{Record: record.Record{ID: "extra", Extensions: record.Extensions{"x-a": "1"}}, Name: "extra", Missions: []record.ID{"energy-2"}, Due: when("end-of-parliament")}}}
	}
	for name, view := range map[string]func() mission.View{
		"zero": func() mission.View { return mission.View{} },
		"public": func() mission.View {
			return mission.View{On: day("2026-01-01"), Audience: record.Public, Without: []record.Grade{record.Hearsay}}
		},
		"changed": func() mission.View {
			return mission.View{Changes: []mission.Change{mission.Add{Records: extra()}, mission.Redate{Milestone: "planning", Due: when("2031")}, mission.Remove{Refs: []record.Ref{{Kind: mission.KindEvent, ID: "asked"}}}}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			spec, v := energy(), view()
			m := compiled(t, spec, v)
			require.Equal(t, energy(), spec, "named days and references are resolved in the model's copy alone")
			require.Equal(t, view(), v)
			before := m.Spec()
			same := m.Spec()
			require.Equal(t, before, same)

			scribble(reflect.ValueOf(&spec).Elem())
			for i := range v.Changes {
				if add, ok := v.Changes[i].(mission.Add); ok {
					scribble(reflect.ValueOf(&add.Records).Elem())
				}
			}
			if len(v.Without) > 0 {
				v.Without[0] = record.Statistic
			}
			assert.Equal(t, before, m.Spec(), "what the caller does later does not reach the model")

			scribble(reflect.ValueOf(&same).Elem())
			assert.Equal(t, before, m.Spec(), "nor what it does with a Spec that the model gave")
			got := m.View()
			assert.Equal(t, view().Without, got.Without)
			assert.Len(t, got.Changes, len(v.Changes))
			if len(got.Without) > 0 {
				got.Without[0] = 0
				assert.Equal(t, view().Without, m.View().Without)
			}
		})
	}
}

// scribble writes over every string, number, slice element and map entry that can be reached.
func scribble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			scribble(v.Index(i))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			v.SetMapIndex(k, reflect.ValueOf("scribbled").Convert(v.Type().Elem()))
		}
	case reflect.Struct:
		if v.Type().PkgPath() != reflect.TypeFor[mission.Spec]().PkgPath() && v.NumField() > 0 && !v.Type().Field(0).IsExported() {
			v.SetZero() // a day, a quantity
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				scribble(v.Field(i))
			}
		}
	case reflect.String:
		v.SetString("scribbled")
	case reflect.Uint8:
		v.SetUint(3)
	case reflect.Int, reflect.Int64:
		v.SetInt(77)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	}
}

func TestZeroSpecAndZeroModel(t *testing.T) {
	assert.Empty(t, mission.Spec{}.Check())
	for name, m := range map[string]*mission.Model{"zero": new(mission.Model), "compiled": compiled(t, mission.Spec{}, mission.View{})} {
		t.Run(name, func(t *testing.T) {
			none, ref := record.Moment{}, mission.Ref("a")
			assert.Empty(t, m.Missions())
			assert.Empty(t, m.Mission("a", none))
			assert.Empty(t, m.MilestonesOf("a"))
			assert.Empty(t, m.Outcomes())
			assert.Empty(t, m.Outcome("a", none))
			assert.Empty(t, m.OutcomesOf("a"))
			assert.Empty(t, m.Initiatives())
			assert.Empty(t, m.Initiative("a", none))
			assert.Empty(t, m.InitiativesOf("a"))
			assert.Empty(t, m.Events(ref, "", none))
			assert.Empty(t, m.Accounts().AllocationsFor(ref, none))
			assert.Empty(t, m.Accounts().Reviews(none))
			assert.Empty(t, m.Removed())
			assert.Empty(t, m.LeftOut(mission.KindEvent, ref, ""))
			assert.Zero(t, m.Graph(none).Len())
			assert.Equal(t, "a", m.Name(ref))
			assert.Equal(t, none, m.Moment(none))
			assert.Equal(t, mission.View{}, m.View())
			assert.Equal(t, mission.Spec{Format: mission.Format}, m.Spec())
			assert.Equal(t, record.GlobalID("", ref), m.GlobalID(ref))
			_, ok := m.Record(ref)
			assert.False(t, ok)
			_, ok = m.Excluded(ref)
			assert.False(t, ok)
			_, ok = m.Source("a")
			assert.False(t, ok)
			assert.Empty(t, m.Plan().Milestones())
			assert.Empty(t, m.Register().Parties())
			for range m.Records() {
				assert.Fail(t, "there are no records")
			}
		})
	}
}

func TestTables(t *testing.T) {
	spec := energy()
	tables := spec.Tables()
	kinds := mission.Kinds()
	require.Len(t, tables, len(kinds))
	typ := reflect.TypeFor[mission.Spec]()
	var names []string // of the slices of records, as the Spec declares them
	for f := range typ.Fields() {
		if f.Type.Kind() == reflect.Slice {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			names = append(names, name)
		}
	}
	for i, table := range tables {
		assert.Equal(t, kinds[i], table.Kind)
		assert.Equal(t, names[i], table.Name, "every slice of the Spec has its table, in the same order")
		assert.Equal(t, table.Name, mission.TableOf(table.Kind))
		list := reflect.ValueOf(table.Records).Elem()
		require.Positive(t, list.Len(), "the small plan has a record of every kind: %s", table.Name)
		first := list.Index(0).FieldByName("ID").Interface().(record.ID)
		assert.Equal(t, record.Ref{Kind: table.Kind, ID: first}, spec.At(table.Name+"[0].id"))
	}
	assert.Empty(t, mission.TableOf("quango"))
	for _, path := range []string{"", "milestones", "milestones[", "milestones[]", "milestones[x]", "milestones[-1]", "milestones[9]", "nothing[0]", "milestones[0"} {
		assert.Equal(t, record.Ref{}, spec.At(path), path)
	}
	assert.Equal(t, stepRef("power"), spec.At("milestones[0]"))
	assert.Equal(t, stepRef("planning"), spec.At("milestones[2].missions[0]"))
	*tables[0].Records.(*[]record.Day) = nil
	assert.Nil(t, spec.Days, "a table stands for the Spec's own slice")
	spec.Milestones[0].ID = ""
	assert.Equal(t, record.Ref{}, spec.At("milestones[0]"))
}

func TestInitiativeStatus(t *testing.T) {
	for i, text := range []string{"mission", "adjacent", "business-as-usual"} {
		s := mission.InitiativeStatus(i + 1)
		b, err := s.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, text, string(b))
		assert.Equal(t, text, s.String())
		var back mission.InitiativeStatus
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, s, back)
		assert.False(t, s.IsZero())
	}
	assert.True(t, mission.InitiativeStatus(0).IsZero())
	assert.Empty(t, mission.InitiativeStatus(9).String())
	var s mission.InitiativeStatus
	_, ok := errors.AsType[*record.EnumError](s.UnmarshalText([]byte("misson")))
	assert.True(t, ok)
}
