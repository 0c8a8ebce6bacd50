package accountability_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

func told2(list []accountability.Stretch) []string {
	var words []string
	for _, s := range list {
		w := fmt.Sprintf("%s..%s %d/%d", s.From, s.Until, s.Filled, s.Seats)
		if s.On != calendar.Certainly {
			w += "?"
		}
		words = append(words, w)
	}
	return words
}

func TestGapsAndOverlaps(t *testing.T) {
	zero := calendar.Date{}.String()
	seats := func(n int) func(*accountability.Spec) {
		return func(s *accountability.Spec) { s.Parties[0].Seats = n }
	}
	for _, c := range []struct {
		name           string
		holdings       []accountability.Holding
		change         func(*accountability.Spec)
		on             string
		gaps, overlaps []string
	}{
		{"nothing recorded", nil, nil, "2025-01-01", nil, nil},
		{"before anything is recorded is silence", []accountability.Holding{holds("h", "director", "ann", "2024-01-01..")}, nil, "2025-01-01", nil, nil},
		{"between holders", []accountability.Holding{holds("h", "director", "ann", "2024-01-01..2024-06-01"), holds("i", "director", "bob", "2024-07-01..")}, nil, "2025-01-01", []string{"2024-06-01..2024-07-01 0/1"}, nil},
		{"still vacant", []accountability.Holding{holds("h", "director", "ann", "2024-01-01..2024-06-01")}, nil, "2025-01-01", []string{"2024-06-01.." + zero + " 0/1"}, nil},
		{"not looked at yet", []accountability.Holding{holds("h", "director", "ann", "2024-01-01..2024-06-01")}, nil, "2024-05-01", nil, nil},
		{"an end that nobody knows is no vacancy", []accountability.Holding{holds("h", "director", "ann", "2024-01-01..unknown")}, nil, "2025-01-01", []string{"2024-01-01.." + zero + " 0/1?"}, nil},
		{"acting fills a gap", []accountability.Holding{holds("h", "director", "ann", "2024-01-01..2024-06-01"), acting(holds("i", "director", "bob", "2024-06-01.."))}, nil, "2025-01-01", nil, nil},
		{"two on one seat", []accountability.Holding{holds("h", "director", "ann", "2024-01-01.."), holds("i", "director", "bob", "2024-07-01..2024-08-01")}, nil, "2025-01-01", nil, []string{"2024-07-01..2024-08-01 2/1"}},
		{"two on two seats", []accountability.Holding{holds("h", "director", "ann", "2024-01-01.."), holds("i", "director", "bob", "2024-01-01..")}, seats(2), "2025-01-01", nil, nil},
		{"one on two seats, where another may be of whom nothing is recorded", []accountability.Holding{holds("h", "director", "ann", "2024-01-01..")}, seats(2), "2025-01-01", []string{"2024-01-01.." + zero + " 1/2?"}, nil},
		{"one left of two", []accountability.Holding{holds("h", "director", "ann", "2024-01-01.."), holds("i", "director", "bob", "2024-01-01..2024-08-01")}, seats(2), "2025-01-01", []string{"2024-08-01.." + zero + " 1/2"}, nil},
		{"three on two seats", []accountability.Holding{holds("h", "director", "ann", "2024-01-01.."), holds("i", "director", "bob", "2024-01-01.."), holds("j", "director", "dept", "2024-02-01..2024-03-01")}, seats(2), "2025-01-01", nil, []string{"2024-02-01..2024-03-01 3/2"}},
		{"one person twice is one holder", []accountability.Holding{holds("h", "director", "ann", "2024-01-01.."), holds("i", "director", "ann", "2024-06-01..")}, nil, "2025-01-01", nil, nil},
		{"acting beside the holder is no overlap", []accountability.Holding{holds("h", "director", "ann", "2024-01-01.."), acting(holds("i", "director", "bob", "2024-06-01.."))}, nil, "2025-01-01", nil, nil},
		{"nor is a holder on leave", []accountability.Holding{holds("h", "director", "ann", "2024-01-01.."), holds("i", "director", "bob", "2024-06-01..2024-07-01")}, func(s *accountability.Spec) {
			s.Leaves = []accountability.Leave{away("l", "h", "2024-06-01..2024-06-20")}
		}, "2025-01-01", nil, []string{"2024-06-20..2024-07-01 2/1"}},
		{"an overlap, perhaps", []accountability.Holding{holds("h", "director", "ann", "2024-01-01..2024-06"), holds("i", "director", "bob", "2024-06-01..")}, nil, "2025-01-01", nil, []string{"2024-06-01..2024-06-30 1/1?"}},
		{"a post that no longer exists", []accountability.Holding{holds("h", "director", "ann", "2024-01-01..2024-06-01")}, func(s *accountability.Spec) { s.Parties[0].Until = when("2024-07-01") }, "2025-01-01", []string{"2024-06-01..2024-07-01 0/1"}, nil},
		{"seats that change", []accountability.Holding{holds("h", "director", "ann", "2024-01-01.."), holds("i", "director", "bob", "2024-01-01..")}, func(s *accountability.Spec) {
			s.Parties[0].Seats = 2
			s.Parties = append(s.Parties, accountability.Party{Record: shared("fewer", "of=director", "change", "2024-09-01.."), Kind: accountability.Post, Name: "Director", Seats: 1})
		}, "2025-01-01", nil, []string{"2024-09-01.." + zero + " 2/1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec := accountability.Spec{Parties: cast(), Holdings: c.holdings}
			if c.change != nil {
				c.change(&spec)
			}
			r := compile(t, spec, record.View{On: day(c.on)})
			assert.Equal(t, c.gaps, told2(r.Gaps("director", record.Moment{})))
			assert.Equal(t, c.overlaps, told2(r.Overlaps("director", record.Moment{})))
		})
	}
}

func TestWithout(t *testing.T) {
	s := accountability.Spec{Parties: cast(), Duties: []accountability.Duty{lead("d", "director")}, Holdings: []accountability.Holding{holds("h", "director", "ann"), holds("i", "minister", "bob"), holds("j", "minister", "ann")}}
	fund := lead("e", "minister")
	fund.Duty = accountability.Fund
	pay := lead("f", "dept")
	pay.Duty = accountability.Pay
	s.Duties = append(s.Duties, fund, pay, stated("g", accountability.Vacant))
	s.Duties[3].Duty = accountability.Assure
	s.Parties[0].OfParty = "dept"
	r := compile(t, s, record.View{On: day("2025-01-01")})
	for party, want := range map[record.ID][]string{
		"ann": {"mission-lead"}, "bob": nil, "minister": {"fund"}, "director": {"mission-lead"}, "dept": {"mission-lead", "pay"}, "board": nil,
	} {
		var got []string
		for _, a := range r.Without(party, record.Moment{}) {
			got = append(got, a.Duty)
			assert.Equal(t, accountability.Vacant, a.State)
			assert.Equal(t, "nobody else carries it", a.Why)
		}
		assert.Equal(t, want, got, string(party))
	}
}

func at(s string) time.Time { return day(s).In(time.UTC) }

// One day of one post, as it was and as it was known.
func TestKnownWhen(t *testing.T) {
	s := accountability.Spec{
		Duties:   []accountability.Duty{lead("d", "director", "@2024-01-01"), lead("e", "minister", "of=d", "correct", "@2024-05-01")},
		Holdings: []accountability.Holding{holds("h", "director", "ann", "2024-01-01..", "@2024-01-02"), holds("i", "director", "bob", "of=h", "correct", "2024-01-01..", "@2024-03-01"), holds("k", "minister", "ann")},
		Forums:   []accountability.Forum{{Record: record.New("f"), Kind: "board"}},
		Meetings: []accountability.Meeting{{Record: record.New("m"), Forum: "f", OnDay: when("2024-02-01"), Chair: "director"}},
		Resolutions: []accountability.Resolution{
			{Record: record.New("v"), Meeting: "m", Decided: "go on", Barrier: "no lead", Removed: record.Known(true), Relied: []record.Ref{partyRef("director"), subject, {Kind: accountability.KindHolding, ID: "h"}, {Kind: "milestone", ID: "other"}}},
			{Record: record.New("w"), Meeting: "m", Decided: "nothing"},
			{Record: record.New("x"), By: "board", OnDay: when("2024-06-01"), KnownAt: at("2024-04-01"), Relied: []record.Ref{partyRef("director")}},
			{Record: record.New("y"), By: "board", Relied: []record.Ref{partyRef("director")}},
		},
	}
	s.Sources = []record.Source{{Record: record.New("s"), Title: "A list", Published: when("2023-12-01")}}
	s.Holdings[2].Source = "s"
	r := compile(t, s, record.View{})

	for ref, want := range map[record.Ref]string{
		{Kind: accountability.KindHolding, ID: "h"}: "2024-01-02", {Kind: accountability.KindHolding, ID: "i"}: "2024-03-01", {Kind: accountability.KindHolding, ID: "k"}: "2023-12-01",
		{Kind: accountability.KindDuty, ID: "d"}: "2024-01-01",
	} {
		known, ok := r.FirstKnown(ref)
		assert.True(t, ok)
		assert.Equal(t, at(want), known, ref.String())
	}
	known, ok := r.FirstKnown(record.Ref{Kind: accountability.KindForum, ID: "f"})
	assert.True(t, ok, "always known")
	assert.True(t, known.IsZero())
	for _, ref := range []record.Ref{{Kind: accountability.KindHolding, ID: "nobody"}, {Kind: "mission", ID: "health"}} {
		_, ok = r.FirstKnown(ref)
		assert.False(t, ok)
	}

	differ := r.Differences(partyRef("director"), day("2024-02-01"), at("2024-02-01"), at("2024-04-01"))
	require.Len(t, differ, 1)
	assert.Equal(t, []record.ID{"ann"}, differ[0].Before.Parties)
	assert.Equal(t, []record.ID{"bob"}, differ[0].After.Parties)
	assert.Equal(t, day("2024-02-01"), differ[0].Day)
	assert.Empty(t, r.Differences(partyRef("director"), day("2024-02-01"), at("2024-02-01"), at("2024-02-02")))
	all := r.Differences(record.Ref{}, day("2024-02-01"), at("2023-01-01"), at("2024-06-01"))
	require.Len(t, all, 3)
	assert.Equal(t, []record.Ref{partyRef("director"), partyRef("minister"), subject}, []record.Ref{all[0].Ref, all[1].Ref, all[2].Ref})
	assert.Equal(t, accountability.MissionLead, all[2].After.Duty)
	assert.Zero(t, all[2].Before.State)
	assert.Equal(t, []record.ID{"minister"}, all[2].After.Parties)

	relied, ok := r.ReliedOn(record.Ref{Kind: accountability.KindMeeting, ID: "m"}, record.Moment{})
	require.True(t, ok)
	require.Len(t, relied, 4)
	assert.Equal(t, []bool{true, true, true, false}, []bool{relied[0].Changed, relied[1].Changed, relied[2].Changed, relied[3].Changed})
	assert.Equal(t, []record.ID{"ann"}, relied[0].Then[0].Parties)
	assert.Equal(t, []record.ID{"bob"}, relied[0].Now[0].Parties)
	assert.Equal(t, record.Moment{On: day("2024-02-01"), Known: at("2024-02-02").Add(-time.Microsecond)}, relied[0].At)
	assert.Equal(t, []record.Ref{{Kind: accountability.KindHolding, ID: "h"}}, relied[2].Then[0].Records)
	assert.Equal(t, []record.Ref{{Kind: accountability.KindHolding, ID: "i"}}, relied[2].Now[0].Records)
	assert.Empty(t, relied[3].Then)
	relied, _ = r.ReliedOn(record.Ref{Kind: accountability.KindMeeting, ID: "m"}, record.Moment{Known: at("2024-02-15")})
	assert.False(t, relied[0].Changed, "as then known nothing had changed")
	relied, ok = r.ReliedOn(record.Ref{Kind: accountability.KindResolution, ID: "x"}, record.Moment{})
	require.True(t, ok)
	require.Len(t, relied, 1)
	assert.False(t, relied[0].Changed, "the correction was known to those who decided")
	relied, ok = r.ReliedOn(record.Ref{Kind: accountability.KindResolution, ID: "y"}, record.Moment{})
	assert.True(t, ok)
	assert.Empty(t, relied, "no day, no reading")
	_, ok = r.ReliedOn(record.Ref{Kind: accountability.KindDuty, ID: "d"}, record.Moment{})
	assert.False(t, ok)
}

// Every kind of record of the package can be asked when it became known, and what changed about it.
func TestEveryKindIsKnownWhen(t *testing.T) {
	s := arranged()
	for _, r := range []*record.Record{
		&s.Parties[0].Record, &s.Holdings[0].Record, &s.Duties[0].Record, &s.Forums[0].Record, &s.Mandates[0].Record, &s.Freedoms[0].Record, &s.Successions[0].Record, &s.Leaves[0].Record,
		&s.Lines[0].Record, &s.Sharings[0].Record, &s.Grants[0].Record, &s.Tests[0].Record, &s.Directions[0].Record, &s.Meetings[0].Record, &s.Resolutions[0].Record, &s.Spaces[0].Record,
	} {
		r.Recorded = at("2024-03-01")
	}
	r := compile(t, s, record.View{})
	for _, ref := range []record.Ref{
		{Kind: accountability.KindParty, ID: "director"}, {Kind: accountability.KindHolding, ID: "h"}, {Kind: accountability.KindDuty, ID: "d"}, {Kind: accountability.KindForum, ID: "f"},
		{Kind: accountability.KindMandate, ID: "m"}, {Kind: accountability.KindFreedom, ID: "l"}, {Kind: accountability.KindSuccession, ID: "s"}, {Kind: accountability.KindLeave, ID: "l"},
		{Kind: accountability.KindLine, ID: "line"}, {Kind: accountability.KindSharing, ID: "share"}, {Kind: accountability.KindGrant, ID: "g"}, {Kind: accountability.KindTest, ID: "t"},
		{Kind: accountability.KindDirection, ID: "dir"}, {Kind: accountability.KindMeeting, ID: "m"}, {Kind: accountability.KindResolution, ID: "v"}, {Kind: accountability.KindSpace, ID: "space"},
	} {
		known, ok := r.FirstKnown(ref)
		assert.True(t, ok, ref.String())
		assert.Equal(t, at("2024-03-01"), known, ref.String())
		differ := r.Differences(ref, day("2024-06-01"), at("2024-01-01"), at("2024-04-01"))
		require.Len(t, differ, 1, ref.String())
		assert.Empty(t, differ[0].Before.Records)
		assert.NotEmpty(t, differ[0].After.Records)
	}
}

// The five answers to who was Chief Secretary to the Treasury on one day (the Ministers Database's own history), two columns
// at a time.
func TestChiefSecretaryAsKnown(t *testing.T) {
	r := register(t, appointments(t))
	names := make(map[record.ID]string)
	for _, p := range rows(t, "person.csv") {
		names[record.ID(p["id"])] = p["name"]
	}
	chief := partyRef("0c9cd7a8-c179-47f5-921d-75d390514d35")
	said := func(w accountability.Word) string {
		var text strings.Builder
		text.WriteString(w.State.String())
		for _, p := range w.Parties {
			text.WriteString(" " + names[p])
		}
		return text.String()
	}
	known := []string{"2025-08-31", "2025-09-02", "2026-05-20", "2026-05-27", "2026-06-19"}
	var got []string
	for i := range known[1:] {
		differ := r.Differences(chief, day("2026-01-01"), at(known[i]), at(known[i+1]))
		if len(differ) == 0 {
			got = append(got, "the same")
			continue
		}
		got = append(got, said(differ[0].Before)+" -> "+said(differ[0].After))
	}
	assert.Equal(t, []string{"held Darren Jones -> held James Murray", "the same", "held James Murray -> held Lucy Rigby James Murray", "held Lucy Rigby James Murray -> unknown James Murray"}, got)
}
