package accountability_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

func sound() accountability.Spec {
	return accountability.Spec{
		Parties: cast(), Holdings: []accountability.Holding{holds("h", "director", "ann")}, Duties: []accountability.Duty{lead("d", "director")},
		Forums: []accountability.Forum{{Record: record.New("f"), Kind: accountability.MissionBoard}}, Mandates: []accountability.Mandate{{Record: record.New("m"), To: "director"}},
		Freedoms: []accountability.Freedom{{Record: record.New("l"), Name: "leave"}},
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		path  string
		cause error
		spoil func(*accountability.Spec)
	}{
		{"parties[0].kind", accountability.ErrNoPartyKind, func(s *accountability.Spec) { s.Parties[0].Kind = 0 }},
		{"parties[0].name", accountability.ErrNoName, func(s *accountability.Spec) { s.Parties[0].Name = " " }},
		{"parties[4].seats", accountability.ErrSeats, func(s *accountability.Spec) { s.Parties[4].Seats = 2 }},
		{"parties[0].seats", accountability.ErrSeats, func(s *accountability.Spec) { s.Parties[0].Seats = -1 }},
		{"holdings[0].post", accountability.ErrNoPost, func(s *accountability.Spec) { s.Holdings[0].Post = "" }},
		{"holdings[0].post", accountability.ErrNoPost, func(s *accountability.Spec) { s.Holdings[0].Holder = "" }},
		{"duties[0].duty", accountability.ErrNoDuty, func(s *accountability.Spec) { s.Duties[0].Duty = "" }},
		{"duties[0].subject", accountability.ErrNoSubject, func(s *accountability.Spec) { s.Duties[0].Subject = record.Ref{} }},
		{"duties[0].state", accountability.ErrNobody, func(s *accountability.Spec) { s.Duties[0].Post = "" }},
		{"duties[0].state", accountability.ErrNobody, func(s *accountability.Spec) { s.Duties[0].Post, s.Duties[0].State = "", accountability.Held }},
		{"duties[0].state", accountability.ErrHeldVacant, func(s *accountability.Spec) { s.Duties[0].State = accountability.Vacant }},
		{"forums[0].kind", accountability.ErrNoForumKind, func(s *accountability.Spec) { s.Forums[0].Kind = "" }},
		{"mandates[0].to", accountability.ErrNoCarrier, func(s *accountability.Spec) { s.Mandates[0].To = "" }},
		{"freedoms[0].name", accountability.ErrNoName, func(s *accountability.Spec) { s.Freedoms[0].Name = "" }},
	} {
		spec := sound()
		c.spoil(&spec)
		_, err := accountability.Compile(spec, record.View{})
		faults, ok := errors.AsType[record.Faults](err)
		require.True(t, ok, "%s: %v", c.path, c.cause)
		require.Len(t, faults, 1, "%v", err)
		assert.Equal(t, c.path, faults[0].Path)
		assert.ErrorIs(t, err, c.cause)
	}
	_, err := accountability.Compile(sound(), record.View{})
	require.NoError(t, err)
}

func TestPartiesOfTheWrongKind(t *testing.T) {
	for path, spoil := range map[string]func(*accountability.Spec){
		`holdings[0].post (holding/h): "board" is a body, where only a post may stand`:                             func(s *accountability.Spec) { s.Holdings[0].Post = "board" },
		`holdings[0].holder (holding/h): "board" is a body, where only a person or organisation may stand`:         func(s *accountability.Spec) { s.Holdings[0].Holder = "board" },
		`duties[0].post (duty/d): "ann" is a person, where only a post or body or organisation or group may stand`: func(s *accountability.Spec) { s.Duties[0].Post = "ann" },
		`duties[0].post (duty/d): "ann-2" is a person, where only a post or body or organisation or group may stand`: func(s *accountability.Spec) {
			s.Parties = append(s.Parties, accountability.Party{Record: shared("ann-2", "of=ann"), Kind: accountability.Person})
			s.Duties[0].Post = "ann-2"
		},
	} {
		spec := sound()
		spoil(&spec)
		_, err := accountability.Compile(spec, record.View{})
		assert.EqualError(t, err, path)
		fault, ok := errors.AsType[*accountability.PartyKindError](err)
		require.True(t, ok)
		assert.NotContains(t, fault.Want, fault.Kind)
	}
}

func TestRetractionsAndClosingsNeedLittle(t *testing.T) {
	spec := sound()
	spec.Holdings = append(spec.Holdings, accountability.Holding{Record: shared("h2", "of=h", "close", "..2025-01-01")})
	spec.Parties = append(spec.Parties, accountability.Party{Record: shared("board2", "of=board", "retract")})
	spec.Duties = append(spec.Duties, accountability.Duty{Record: shared("d2", "of=d", "close", "..unknown"), Subject: subject})
	spec.Forums = append(spec.Forums, accountability.Forum{Record: shared("f2", "of=f", "retract")})
	r, err := accountability.Compile(spec, record.View{})
	require.NoError(t, err)
	assert.Empty(t, r.Party("board", record.Moment{}))
	a, ok := r.Answerable(subject, accountability.MissionLead, record.Moment{On: day("2025-01-01")})
	require.True(t, ok)
	assert.False(t, a.Certain)
}

func TestRegisterSharesNothingWithTheSpec(t *testing.T) {
	build := func() accountability.Spec {
		s := sound()
		s.Parties = append(s.Parties, accountability.Party{Record: shared("director-2", "of=director"), Kind: accountability.Post, Name: "Director general"})
		s.Holdings[0].Post, s.Holdings[0].From = "director-2", when("election")
		s.Days = []record.Day{{Record: record.New("election"), Earliest: day("2028-01-01"), Latest: day("2029-08-15")}}
		s.Forums[0].Subject, s.Forums[0].Members, s.Forums[0].Extensions = subject, record.Known([]record.ID{"director-2", "ann"}), record.Extensions{"x-a": "1"}
		s.Forums[0].Disclosed = record.Known(when("election"))
		return s
	}
	for name, view := range map[string]record.View{"whole": {}, "without": {Without: []record.Grade{record.Opinion}}} {
		t.Run(name, func(t *testing.T) {
			spec := build()
			r := compile(t, spec, view)
			require.Equal(t, build(), spec, "Compile changes nothing of the caller's")
			forum := r.Forums(subject, record.Moment{})[0].Record
			assert.Equal(t, []record.ID{"director", "ann"}, forum.Members.V)
			assert.Equal(t, day("2029-08-15"), forum.Disclosed.V.Latest())

			spec.Forums[0].Members.V[0], spec.Forums[0].Extensions["x-a"], spec.Holdings[0].Holder, spec.Parties[0].Name = "nobody", "2", "nobody", "nobody"
			spec.Duties[0].Post, spec.Days[0].Latest = "nobody", calendar.Date{}
			assert.Equal(t, []record.ID{"director", "ann"}, forum.Members.V)
			assert.Equal(t, "1", forum.Extensions["x-a"])
			holders, _ := r.Holders("director", record.Moment{On: day("2029-08-15")})
			require.Len(t, holders, 1)
			assert.Equal(t, record.ID("ann"), holders[0].Party)
			assert.Len(t, r.CarriedBy("director", record.Moment{}), 1)
		})
	}
}

func TestEnums(t *testing.T) {
	for i, text := range []string{"organisation", "post", "person", "body", "place", "group"} {
		k := accountability.PartyKind(i + 1)
		b, err := k.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, text, string(b))
		assert.Equal(t, text, k.String())
		var back accountability.PartyKind
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, k, back)
		assert.False(t, k.IsZero())
	}
	for i, text := range []string{"held", "vacant", "unclear", "contested"} {
		s := accountability.DutyState(i + 1)
		b, err := s.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, text, string(b))
		var back accountability.DutyState
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, s, back)
		assert.False(t, s.IsZero())
	}
	assert.Equal(t, "unknown", accountability.DutyState(0).String())
	assert.True(t, accountability.DutyState(0).IsZero())
	assert.Empty(t, accountability.PartyKind(0).String())
	assert.True(t, accountability.PartyKind(0).IsZero())
	assert.Empty(t, accountability.PartyKind(99).String())
	assert.Empty(t, accountability.DutyState(99).String())
	var k accountability.PartyKind
	assert.EqualError(t, k.UnmarshalText([]byte("quango")), `"quango" is no kind of party: use one of organisation, post, person, body, place, group`)
	var s accountability.DutyState
	fault, ok := errors.AsType[*record.EnumError](s.UnmarshalText([]byte("vacent")))
	require.True(t, ok)
	assert.Contains(t, fault.Error(), `did you mean "vacant"?`)
	_, err := accountability.Compile(accountability.Spec{Duties: []accountability.Duty{stated("d", 9)}}, record.View{})
	_, ok = errors.AsType[*record.EnumError](err)
	assert.True(t, ok, "a number that is no state is a fault")
}

func TestMeans(t *testing.T) {
	assert.True(t, accountability.Means{}.IsZero())
	assert.False(t, accountability.Means{Budget: record.Known(false)}.IsZero(), "to know that there is none is to know something")
	assert.False(t, accountability.Means{People: record.Unknown[bool]("")}.IsZero())
	assert.False(t, accountability.Means{Route: record.Withheld[bool]("")}.IsZero())
}
