package milestone_test

import (
	"encoding"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

func errorsAs[E error](err error) (E, bool) { return errors.AsType[E](err) }

func TestFaults(t *testing.T) {
	sound := func() milestone.Spec {
		return milestone.Spec{
			Milestones: []milestone.Milestone{step("a", ""), step("b", "")}, Indicators: []milestone.Indicator{{Record: record.New("share"), Name: "share"}},
			Targets: []milestone.Target{{Record: record.New("t"), Milestone: "a", Indicator: "share", AtLeast: number("1")}}, Observations: readings("2024 1"),
			Assessments:  []milestone.Assessment{{Record: record.New("v"), Subject: record.Ref{Kind: milestone.KindTarget, ID: "t"}, Rating: "red"}},
			Dependencies: []milestone.Dependency{link("d", "b", "a", milestone.FinishStart)},
		}
	}
	for _, c := range []struct {
		path  string
		cause error
		spoil func(*milestone.Spec)
	}{
		{"milestones[0].name", milestone.ErrNoName, func(s *milestone.Spec) { s.Milestones[0].Name = " \t" }},
		{"milestones[0].lasts_days", milestone.ErrNegative, func(s *milestone.Spec) { s.Milestones[0].Lasts = -1 }},
		{"indicators[0].name", milestone.ErrNoName, func(s *milestone.Spec) { s.Indicators[0].Name = "" }},
		{"indicators[0].lag_days", milestone.ErrNegative, func(s *milestone.Spec) { s.Indicators[0].LagDays = -1 }},
		{"targets[0].at_least", milestone.ErrNoAim, func(s *milestone.Spec) { s.Targets[0].AtLeast = record.Quantity{} }},
		{"targets[0].at_least", milestone.ErrManyAims, func(s *milestone.Spec) { s.Targets[0].Direction = milestone.Up }},
		{"targets[0].at_least", milestone.ErrManyAims, func(s *milestone.Spec) { s.Targets[0].Increase = number("1") }},
		{"targets[0].at_least", milestone.ErrManyAims, func(s *milestone.Spec) { s.Targets[0].Achieve = "x" }},
		{"targets[0].at_least", milestone.ErrEmptyBand, func(s *milestone.Spec) { s.Targets[0].AtMost = number("0.9") }},
		{"targets[0].indicator", milestone.ErrNoIndicator, func(s *milestone.Spec) { s.Targets[0].Indicator = "" }},
		{"assessments[0].subject", milestone.ErrNoSubject, func(s *milestone.Spec) { s.Assessments[0].Subject = record.Ref{} }},
		{"assessments[0].status", milestone.ErrNoVerdict, func(s *milestone.Spec) { s.Assessments[0].Rating = "" }},
		{"observations[0].indicator", milestone.ErrNoIndicator, func(s *milestone.Spec) { s.Observations[0].Indicator = "" }},
		{"dependencies[0].kind", milestone.ErrNoLink, func(s *milestone.Spec) { s.Dependencies[0].Kind = 0 }},
		{"dependencies[0].on", milestone.ErrNoEnd, func(s *milestone.Spec) { s.Dependencies[0].On = record.Ref{} }},
		{"dependencies[0].on", milestone.ErrNoEnd, func(s *milestone.Spec) { s.Dependencies[0].Dependent = record.Ref{} }},
		{"dependencies[0].on", milestone.ErrOnItself, func(s *milestone.Spec) { s.Dependencies[0].On.ID = "b" }},
	} {
		spec := sound()
		c.spoil(&spec)
		_, err := milestone.Compile(spec, record.View{})
		faults, ok := errorsAs[record.Faults](err)
		require.True(t, ok, "%s: %v", c.path, c.cause)
		require.Len(t, faults, 1, "%v", err)
		assert.Equal(t, c.path, faults[0].Path)
		assert.ErrorIs(t, err, c.cause)
		assert.Contains(t, c.cause.Error(), " ", "it says what to do")
	}
	_, err := milestone.Compile(sound(), record.View{})
	require.NoError(t, err)

	spec := sound()
	spec.Targets[0].Milestone = ""
	_, err = milestone.Compile(spec, record.View{})
	dangling, ok := errorsAs[*record.DanglingError](err)
	require.True(t, ok)
	assert.Equal(t, milestone.KindMilestone, dangling.Ref.Kind)

	for _, spoil := range []func(*milestone.Spec){
		func(s *milestone.Spec) { s.Assessments[0].Subject.Kind = "milestones" },
		func(s *milestone.Spec) {
			s.Assessments[0].Subject = record.Ref{Kind: milestone.KindIndicator, ID: "share"}
		},
	} {
		spec := sound()
		spoil(&spec)
		_, err := milestone.Compile(spec, record.View{})
		wrong, ok := errorsAs[*record.KindError](err)
		require.True(t, ok)
		assert.Equal(t, []record.Kind{milestone.KindMilestone, milestone.KindTarget}, wrong.Allowed)
	}
	spec = sound()
	spec.Milestones[0].Missions, spec.Assessments[0].By, spec.Dependencies[0].On = []record.ID{"m"}, "p", record.Ref{Kind: "outcome", ID: "o"}
	_, err = milestone.Compile(spec, record.View{})
	assert.NoError(t, err, "missions, parties and outcomes are for others to follow")
}

func TestEveryFaultAtOnce(t *testing.T) {
	spec := milestone.Spec{
		Milestones:   []milestone.Milestone{{Record: record.New("A B")}, {Record: record.New("m"), Name: "m", Due: when("someday")}, {Record: record.New("m"), Name: "again"}},
		Targets:      []milestone.Target{{Record: record.New("t")}},
		Dependencies: []milestone.Dependency{{}, {Record: record.Record{ID: "d", Until: when("2024"), From: when("2025")}, Kind: 99}},
	}
	_, err := milestone.Compile(spec, record.View{Without: []record.Grade{0}})
	var lines []string
	for _, f := range err.(record.Faults) {
		lines = append(lines, f.Path)
	}
	assert.Equal(t, []string{
		"milestones[0].id", "milestones[0].name", "milestones[1].due", "milestones[2].id",
		"targets[0].milestone", "targets[0].at_least", "targets[0].indicator",
		"dependencies[0].id", "dependencies[0].kind", "dependencies[0].on", "dependencies[1].on", "dependencies[1].kind", "dependencies[1].until",
	}, lines, "and a view hides none")
	for line := range strings.SplitSeq(err.Error(), "\n") {
		assert.Regexp(t, `^[a-z_]+\[\d+\]\.[a-z_]+( \([a-z]+/[a-z]+\))?: .+`, line)
	}
}

func TestRetractionsAndClosingsNeedLittle(t *testing.T) {
	end := func(r *record.Record, id record.ID, verb record.Verb) {
		r.ID, r.Of, r.Verb, r.Reason, r.Until = id, "", verb, "so", when("2025")
	}
	m, i, d := milestone.Milestone{}, milestone.Indicator{}, link("", "a", "b", 0)
	end(&m.Record, "m2", record.Retract)
	end(&i.Record, "i2", record.Close)
	end(&d.Record, "d2", record.Close)
	m.Of, i.Of, d.Of = "a", "i", "d"
	plan, err := milestone.Compile(milestone.Spec{
		Milestones: []milestone.Milestone{step("a", ""), step("b", ""), m}, Indicators: []milestone.Indicator{{Record: record.New("i"), Name: "i"}, i},
		Dependencies: []milestone.Dependency{link("d", "a", "b", milestone.Needs), d},
	}, record.View{})
	require.NoError(t, err)
	assert.Empty(t, plan.Milestone("a", record.Moment{}), "it is taken back")
	assert.Len(t, plan.Milestone("b", record.Moment{}), 1)
}

// Whatever the caller does with its Spec after Compile, the Plan does not change; and Compile changes nothing of the caller's.
func TestPlanSharesNothingWithTheSpec(t *testing.T) {
	build := func() milestone.Spec {
		m := step("a", "election")
		m.Missions, m.Extensions = []record.ID{"m1", "m2"}, record.Extensions{"x-a": "1"}
		m2 := version("a2", record.Change, "", "", "2031")
		m2.Of = "a"
		d := link("d", "b", "a2", milestone.FinishStart)
		return milestone.Spec{
			Shared:     record.Shared{Sources: []record.Source{{Record: record.New("s"), Published: when("2024")}}, Days: []record.Day{{Record: record.New("election"), Earliest: day("2028-01-01"), Latest: day("2029-08-15")}}},
			Milestones: []milestone.Milestone{m, m2, step("b", "")}, Indicators: []milestone.Indicator{{Record: record.New("share"), Name: "share", Uses: record.Known([]string{"learn"})}},
			Targets: []milestone.Target{{Record: record.Record{ID: "t", Source: "s"}, Milestone: "a2", Indicator: "share", AtLeast: number("1")}}, Observations: readings("2024 1"),
			Assessments: []milestone.Assessment{{Record: record.New("v"), Subject: record.Ref{Kind: milestone.KindMilestone, ID: "a2"}, Rating: "red"}}, Dependencies: []milestone.Dependency{d},
		}
	}
	for name, view := range map[string]record.View{"whole": {}, "without": {Without: []record.Grade{record.Hearsay}}} {
		t.Run(name, func(t *testing.T) {
			spec := build()
			p := compile(t, spec, view)
			require.Equal(t, build(), spec, "days and references are resolved in the plan's own copy alone")
			answers := func() []any {
				s, _ := p.Standing("a", record.Moment{On: day("2026-01-01")})
				return []any{s, p.Milestone("a", record.Moment{}), p.Indicator("share", record.Moment{}), p.MilestoneVersions("a"), p.Order(record.Moment{}), p.Milestones()}
			}
			before := deepCopy(t, answers())
			scribble(reflect.ValueOf(&spec).Elem())
			assert.Equal(t, before, answers())
		})
	}
}

// deepCopy reflects answers into values that share nothing, by copying what pointers, slices and maps lead to.
func deepCopy(t *testing.T, v []any) []any {
	t.Helper()
	out := make([]any, len(v))
	for i := range v {
		out[i] = copied(reflect.ValueOf(v[i])).Interface()
	}
	require.Equal(t, v, out)
	return out
}

func copied(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		p := reflect.New(v.Type().Elem())
		p.Elem().Set(copied(v.Elem()))
		return p
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		s := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			s.Index(i).Set(copied(v.Index(i)))
		}
		return s
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		m := reflect.MakeMap(v.Type())
		for _, k := range v.MapKeys() {
			m.SetMapIndex(k, copied(v.MapIndex(k)))
		}
		return m
	case reflect.Struct:
		s := reflect.New(v.Type()).Elem()
		s.Set(v)
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				s.Field(i).Set(copied(v.Field(i)))
			}
		}
		return s
	}
	return v
}

// scribble writes over every string, slice element and map entry that can be reached.
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
		if v.Type() == reflect.TypeFor[calendar.When]() {
			v.SetZero()
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				scribble(v.Field(i))
			}
		}
	case reflect.String:
		v.SetString("scribbled")
	case reflect.Uint8, reflect.Int:
		if v.CanUint() {
			v.SetUint(3)
		} else {
			v.SetInt(77)
		}
	}
}

type enum interface {
	~uint8
	encoding.TextMarshaler
	String() string
	IsZero() bool
}

func roundTrip[E enum, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T, zero string, texts ...string) {
	t.Helper()
	assert.Equal(t, zero, E(0).String())
	assert.True(t, E(0).IsZero())
	for i, text := range texts {
		e := E(i + 1)
		assert.Equal(t, text, e.String())
		assert.False(t, e.IsZero())
		b, err := e.MarshalText()
		require.NoError(t, err)
		var back E
		require.NoError(t, P(&back).UnmarshalText(b))
		assert.Equal(t, e, back)
	}
	past := E(len(texts) + 1)
	_, err := past.MarshalText()
	_, typed := errorsAs[*record.EnumError](err)
	assert.True(t, typed)
	assert.NotPanics(t, func() { _ = past.String() })
	var e E
	for _, bad := range []string{"", strings.ToUpper(texts[0]), "nonsense"} {
		fault, typed := errorsAs[*record.EnumError](P(&e).UnmarshalText([]byte(bad)))
		require.True(t, typed)
		assert.Equal(t, texts, fault.Allowed)
	}
}

func TestEnums(t *testing.T) {
	roundTrip[milestone.Use](t, "", "exploration", "commitment", "enforcement")
	roundTrip[milestone.Combine](t, "all", "all", "any")
	roundTrip[milestone.Direction](t, "", "up", "down")
	roundTrip[milestone.Reading](t, "stock", "stock", "flow")
	roundTrip[milestone.Link](t, "", "needs", "finish-start", "start-start", "finish-finish", "start-finish")
	roundTrip[milestone.Status](t, "unknown", "scheduled", "met", "partially-met", "not-met")
	for _, l := range []milestone.Link{0, milestone.Needs} {
		assert.False(t, l.IsPrecedence())
	}
	for _, l := range []milestone.Link{milestone.FinishStart, milestone.StartStart, milestone.FinishFinish, milestone.StartFinish} {
		assert.True(t, l.IsPrecedence())
	}
}

// A number that is no status would index past an array: the check lets none through.
func TestEnumsOutOfRangeAreFaults(t *testing.T) {
	_, err := milestone.Compile(milestone.Spec{
		Milestones:  []milestone.Milestone{{Record: record.New("m"), Name: "m", Use: 9, Combine: 9}},
		Assessments: []milestone.Assessment{{Record: record.New("a"), Subject: record.Ref{Kind: milestone.KindMilestone, ID: "m"}, Status: 200}},
	}, record.View{})
	faults, _ := errorsAs[record.Faults](err)
	require.Len(t, faults, 3)
	assert.Equal(t, []string{"milestones[0].use", "milestones[0].combine", "assessments[0].status"}, []string{faults[0].Path, faults[1].Path, faults[2].Path})
}
