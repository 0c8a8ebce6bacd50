package accountability_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

func share(words ...string) []record.Quantity {
	list := make([]record.Quantity, len(words))
	for i, w := range words {
		list[i], _ = record.ParseQuantity(w)
	}
	return list
}

// arranged is a sound Spec with one record of every kind about how answering is arranged.
func arranged() accountability.Spec {
	s := sound()
	s.Successions = []accountability.Succession{{Record: record.New("s"), Kind: accountability.Merger, Predecessors: []record.ID{"dept"}, Successors: []record.ID{"board"}, Announced: when("2024-01-01"), Completed: when("2024-04-01")}}
	s.Leaves = []accountability.Leave{away("l", "h")}
	s.Lines = []accountability.Line{line("line", "director", partyRef("board"))}
	s.Sharings = []accountability.Sharing{{Record: record.New("share"), Subject: subject, Duty: accountability.MissionLead, Mode: accountability.Joint, Members: []record.ID{"director", "minister"}, Weights: share("0.6", "0.4"), Lead: "director", Rule: accountability.ByQuota, Quota: share("0.5")[0]}}
	s.Grants = []accountability.Grant{grant("g", "", "director"), grant("g2", "director", "minister")}
	s.Tests = []accountability.AccountingTest{{Record: record.New("t"), Subject: subject, Officer: "director", Regularity: record.Known(true), ValueForMoney: record.Known(false), Feasibility: record.Unknown[bool]("no plan")}}
	s.Directions = []accountability.Direction{{Record: record.New("dir"), Subject: subject, Officer: "director", Minister: "minister", Test: "t", Failed: []string{accountability.ValueForMoney}, Given: when("2024-03-01"), CopiedTo: []record.ID{"board"}}}
	s.Meetings = []accountability.Meeting{{Record: record.New("m"), Forum: "f", OnDay: when("2024-02-01"), Attended: record.Known([]record.ID{"ann"})}}
	s.Resolutions = []accountability.Resolution{{Record: record.New("v"), Meeting: "m", Decided: "go on"}}
	s.Spaces = []accountability.LearningSpace{{Record: record.New("space"), Subject: subject, Sponsor: "minister", SpendCap: money("10.00 GBP"), Never: []string{accountability.NeverFraud}}}
	return s
}

func TestArrangements(t *testing.T) {
	r := compile(t, arranged(), record.View{On: day("2024-06-01")})
	none := record.Moment{}
	assert.Equal(t, accountability.Merger, r.Successions("board", none)[0].Record.Kind)
	assert.Len(t, r.Successions("dept", none), 1)
	assert.Empty(t, r.Successions("ann", none))
	assert.Equal(t, record.ID("l"), r.Leaves("h", none)[0].Record.ID)
	assert.Equal(t, partyRef("board"), r.Lines("director", none)[0].Record.Forum)
	assert.Empty(t, r.Lines("minister", none))
	shared := r.Sharings(subject, accountability.MissionLead, none)[0].Record
	weight, ok := shared.Weight("minister")
	assert.True(t, ok)
	assert.InDelta(t, 0.4, weight, 1e-12)
	_, ok = shared.Weight("ann")
	assert.False(t, ok)
	assert.Empty(t, r.Sharings(subject, accountability.Fund, none))
	assert.Equal(t, record.ID("director"), r.Grants("minister", none)[0].Record.By)
	test := r.Tests(subject, none)[0].Record
	assert.Equal(t, []string{accountability.ValueForMoney}, test.Failed())
	assert.Equal(t, test.ID, r.Directions(subject, none)[0].Record.Test)
	assert.Equal(t, []record.ID{"ann"}, r.Meetings("f", none)[0].Record.Attended.V)
	assert.Equal(t, "go on", r.Resolutions("m", none)[0].Record.Decided)
	assert.Equal(t, money("10.00 GBP"), r.Spaces(subject, none)[0].Record.SpendCap)
}

func TestFaultsOfArrangements(t *testing.T) {
	for _, c := range []struct {
		path  string
		cause error
		spoil func(*accountability.Spec)
	}{
		{"parties[2].reports_to", accountability.ErrPostOnly, func(s *accountability.Spec) { s.Parties[2].ReportsTo = "director" }},
		{"parties[2].parts", accountability.ErrParts, func(s *accountability.Spec) { s.Parties[2].Parts = []record.ID{"dept"} }},
		{"parties[4].parts", accountability.ErrParts, func(s *accountability.Spec) { s.Parties[4].Parts = []record.ID{"dept", "board"} }},
		{"holdings[0].withheld", accountability.ErrNamedWithheld, func(s *accountability.Spec) { s.Holdings[0].Withheld = "security" }},
		{"holdings[0].cover_for", accountability.ErrOwnCover, func(s *accountability.Spec) { s.Holdings[0].CoverFor = "h" }},
		{"leaves[0].holding", accountability.ErrNoHolding, func(s *accountability.Spec) { s.Leaves[0].Holding = "" }},
		{"leaves[0].cover", accountability.ErrOwnCover, func(s *accountability.Spec) { s.Leaves[0].Cover = "h" }},
		{"successions[0].successors", accountability.ErrSuccession, func(s *accountability.Spec) { s.Successions[0].Successors = nil }},
		{"successions[0].completed", accountability.ErrAnnounced, func(s *accountability.Spec) { s.Successions[0].Completed = when("2023") }},
		{"successions[0].subjects", accountability.ErrNoSubject, func(s *accountability.Spec) { s.Successions[0].Kind = accountability.TransferOfFunctions }},
		{"lines[0].actor", accountability.ErrNoActor, func(s *accountability.Spec) { s.Lines[0].Actor = "" }},
		{"lines[0].forum", accountability.ErrNoForum, func(s *accountability.Spec) { s.Lines[0].Forum = record.Ref{} }},
		{"lines[0].forum", accountability.ErrOwnForum, func(s *accountability.Spec) { s.Lines[0].Forum = partyRef("director") }},
		{"lines[0].every_days", accountability.ErrEvery, func(s *accountability.Spec) { s.Lines[0].Every = -1 }},
		{"sharings[0].subject", accountability.ErrNoSubject, func(s *accountability.Spec) { s.Sharings[0].Subject = record.Ref{} }},
		{"sharings[0].duty", accountability.ErrNoDuty, func(s *accountability.Spec) { s.Sharings[0].Duty = "" }},
		{"sharings[0].members", accountability.ErrSharers, func(s *accountability.Spec) {
			s.Sharings[0].Members, s.Sharings[0].Weights, s.Sharings[0].Lead = []record.ID{"director", "director"}, nil, ""
		}},
		{"sharings[0].members", accountability.ErrSharers, func(s *accountability.Spec) {
			s.Sharings[0].Members, s.Sharings[0].Weights, s.Sharings[0].Lead = []record.ID{"director"}, nil, ""
		}},
		{"sharings[0].members", accountability.ErrSole, func(s *accountability.Spec) { s.Sharings[0].Mode = accountability.Sole }},
		{"sharings[0].lead", accountability.ErrNotMember, func(s *accountability.Spec) { s.Sharings[0].Lead = "board" }},
		{"sharings[0].weights", accountability.ErrWeights, func(s *accountability.Spec) { s.Sharings[0].Weights = share("1") }},
		{"sharings[0].weights", accountability.ErrWeights, func(s *accountability.Spec) { s.Sharings[0].Weights = share("0.6", "0.5") }},
		{"sharings[0].weights", accountability.ErrWeights, func(s *accountability.Spec) { s.Sharings[0].Weights = share("1.5", "-0.5") }},
		{"sharings[0].quota", accountability.ErrQuota, func(s *accountability.Spec) { s.Sharings[0].Quota = share("1.5")[0] }},
		{"grants[1].to", accountability.ErrNoGrantee, func(s *accountability.Spec) { s.Grants[1].To = "" }},
		{"grants[1].by", accountability.ErrOwnGrant, func(s *accountability.Spec) { s.Grants[1].By = "minister" }},
		{"grants[1].powers", accountability.ErrNoPowers, func(s *accountability.Spec) { s.Grants[1].Powers = nil }},
		{"grants[1].per_item", accountability.ErrLimit, func(s *accountability.Spec) { s.Grants[1].PerItem = money("-1.00 GBP") }},
		{"grants[1].cumulative", accountability.ErrLimit, func(s *accountability.Spec) { s.Grants[1].Cumulative = money("-1.00 GBP") }},
		{"grants[1].cumulative", accountability.ErrMixedLimits, func(s *accountability.Spec) {
			s.Grants[1].PerItem, s.Grants[1].Cumulative = money("1.00 GBP"), money("2.00 EUR")
		}},
		{"grants[1].max_depth", accountability.ErrDepth, func(s *accountability.Spec) { s.Grants[1].MaxDepth = -1 }},
		{"grants[1].max_depth", accountability.ErrDepth, func(s *accountability.Spec) { s.Grants[1].Final, s.Grants[1].MaxDepth = true, 2 }},
		{"grants[1].supersedes", accountability.ErrOwnSuperseded, func(s *accountability.Spec) { s.Grants[1].Supersedes = []record.ID{"g2"} }},
		{"accounting_tests[0].subject", accountability.ErrNoSubject, func(s *accountability.Spec) { s.Tests[0].Subject = record.Ref{} }},
		{"directions[0].subject", accountability.ErrNoSubject, func(s *accountability.Spec) { s.Directions[0].Subject = record.Ref{} }},
		{"meetings[0].forum", accountability.ErrNoForum, func(s *accountability.Spec) { s.Meetings[0].Forum = "" }},
		{"resolutions[0].by", accountability.ErrNoDecider, func(s *accountability.Spec) { s.Resolutions[0].Meeting = "" }},
		{"learning_spaces[0].subject", accountability.ErrNoSubject, func(s *accountability.Spec) { s.Spaces[0].Subject = record.Ref{} }},
		{"learning_spaces[0].spend_cap", accountability.ErrLimit, func(s *accountability.Spec) { s.Spaces[0].SpendCap = money("-1.00 GBP") }},
	} {
		spec := arranged()
		c.spoil(&spec)
		_, err := accountability.Compile(spec, record.View{})
		faults, ok := errors.AsType[record.Faults](err)
		require.True(t, ok, "%s: %v", c.path, c.cause)
		require.Len(t, faults, 1, "%v", err)
		assert.Equal(t, c.path, faults[0].Path)
		assert.ErrorIs(t, err, c.cause)
	}
	spec := arranged()
	spec.Parties[0].ReportsTo = "board"
	_, err := accountability.Compile(spec, record.View{})
	assert.EqualError(t, err, `parties[0].reports_to (party/director): "board" is a body, where only a post may stand`)
	spec = arranged()
	spec.Lines[0].Forum = record.Ref{Kind: "mission", ID: "health"}
	_, err = accountability.Compile(spec, record.View{})
	_, ok := errors.AsType[*record.KindError](err)
	assert.True(t, ok)
	spec = arranged()
	spec.Grants[0].Record.Verb, spec.Sharings[0].Weights = record.Retract, share("2", "2")
	_, err = accountability.Compile(spec, record.View{})
	faults, _ := errors.AsType[record.Faults](err)
	assert.Len(t, faults, 2, "every fault at once")
	for _, kind := range []func(*accountability.Spec){
		func(s *accountability.Spec) {
			s.Grants = append(s.Grants, accountability.Grant{Record: shared("r", "of=g", "retract")})
		},
		func(s *accountability.Spec) {
			s.Lines = append(s.Lines, accountability.Line{Record: shared("r", "of=line", "close", "..2025-01-01")})
		},
		func(s *accountability.Spec) {
			s.Sharings = append(s.Sharings, accountability.Sharing{Record: shared("r", "of=share", "retract")})
		},
	} {
		spec = arranged()
		kind(&spec)
		_, err = accountability.Compile(spec, record.View{})
		assert.NoError(t, err, "retractions and closings need little")
		assert.Len(t, spec.Parties, len(cast()))
	}
}

// Two ids of one party are one party, also where a fault depends on it.
func TestFaultsThroughVersions(t *testing.T) {
	spec := arranged()
	spec.Parties = append(spec.Parties, accountability.Party{Record: shared("director-2", "of=director"), Kind: accountability.Post, Name: "Director"})
	spec.Sharings[0].Lead = "director-2"
	_, err := accountability.Compile(spec, record.View{})
	require.NoError(t, err)
	spec.Grants[1].By, spec.Grants[1].To = "director", "director-2"
	_, err = accountability.Compile(spec, record.View{})
	assert.ErrorIs(t, err, accountability.ErrOwnGrant)
}

func TestPartlyHeld(t *testing.T) {
	r := compile(t, accountability.Spec{Duties: []accountability.Duty{lead("d", "director"), lead("e", "minister")},
		Holdings: []accountability.Holding{holds("h", "director", "ann", "..2024-01-01"), holds("i", "minister", "bob")}}, record.View{On: day("2025-01-01")})
	a, _ := r.Answerable(subject, accountability.MissionLead, record.Moment{})
	assert.Equal(t, accountability.Held, a.State)
	assert.Equal(t, []record.ID{"director"}, a.Unfilled)
	assert.Equal(t, "it is shared, and a post that carries it has no holder", a.Why)
	a, _ = r.Answerable(subject, accountability.MissionLead, record.Moment{On: day("2023-01-01")})
	assert.Empty(t, a.Unfilled)
	assert.Empty(t, a.Why)
}

func TestReadOffATitle(t *testing.T) {
	titled := lead("d", "director")
	titled.FromTitle = true
	for _, c := range []struct {
		duties []accountability.Duty
		want   bool
	}{{[]accountability.Duty{titled}, true}, {[]accountability.Duty{titled, lead("e", "minister")}, false}, {[]accountability.Duty{lead("e", "minister"), titled}, false}, {[]accountability.Duty{lead("e", "minister")}, false}} {
		a, _ := compile(t, accountability.Spec{Duties: c.duties}, record.View{}).Answerable(subject, accountability.MissionLead, record.Moment{})
		assert.Equal(t, c.want, a.FromTitle)
	}
}

// FuzzCompile draws Specs with every kind of record, most of them faulty, compiles them, and asks what can be asked.
func FuzzCompile(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(seed, uint8(seed))
	}
	f.Fuzz(func(t *testing.T, seed uint64, n uint8) {
		random := rand.New(rand.NewPCG(seed, 5))
		s := arranged()
		ids := []record.ID{"director", "minister", "ann", "board", "dept", "h", "g", "m", "v", "nobody", "", "No Id", "f0"}
		id := func() record.ID { return ids[random.IntN(len(ids))] }
		refs := []record.Ref{subject, partyRef("director"), partyRef("board"), {Kind: accountability.KindForum, ID: "f"}, {}, {Kind: "x"}}
		ref := func() record.Ref { return refs[random.IntN(len(refs))] }
		for i := range int(n % 16) {
			base := func() record.Record { return randomRecord(random, i, 2, false) }
			switch random.IntN(9) {
			case 0:
				s.Parties = append(s.Parties, accountability.Party{Record: base(), Kind: accountability.PartyKind(random.IntN(8)), Name: "x", ReportsTo: id(), OfParty: id(), Seats: random.IntN(3), Parts: []record.ID{id()}})
			case 1:
				s.Holdings = append(s.Holdings, accountability.Holding{Record: base(), Post: id(), Holder: id(), CoverFor: id(), Basis: accountability.BasisActing})
			case 2:
				s.Leaves = append(s.Leaves, accountability.Leave{Record: base(), Holding: "h", Cover: id()})
			case 3:
				s.Lines = append(s.Lines, accountability.Line{Record: base(), Actor: id(), Forum: ref(), Subject: ref()})
			case 4:
				s.Sharings = append(s.Sharings, accountability.Sharing{Record: base(), Subject: ref(), Members: []record.ID{id(), id()}, Weights: share("0.5"), Lead: id()})
			case 5:
				s.Grants = append(s.Grants, accountability.Grant{Record: base(), By: id(), To: id(), Subject: ref(), Powers: []string{accountability.PowerSpend}, Supersedes: []record.ID{id()}, MaxDepth: random.IntN(3)})
			case 6:
				s.Resolutions = append(s.Resolutions, accountability.Resolution{Record: base(), Meeting: id(), By: id(), Relied: []record.Ref{ref()}, OnDay: when("2024-01-05")})
			case 7:
				s.Successions = append(s.Successions, accountability.Succession{Record: base(), Predecessors: []record.ID{id()}, Successors: []record.ID{id()}})
			case 8:
				s.Duties = append(s.Duties, accountability.Duty{Record: base(), Duty: accountability.MissionLead, Subject: ref(), Post: id(), State: accountability.DutyState(random.IntN(7))})
			}
		}
		if r, err := accountability.Compile(s, record.View{}); err == nil {
			askEverything(r)
			return
		}
		askEverything(s.Checked(record.View{On: day("2024-01-05")})) // not checked, and still no panic
	})
}

func askEverything(r *accountability.Register) {
	for _, m := range []record.Moment{{}, {On: day("2024-01-04")}, {On: day("2024-01-06"), Known: at("2024-01-05")}} {
		for _, p := range append(r.Parties(), "") {
			r.Covering(p, m)
			r.Gaps(p, m)
			r.Overlaps(p, m)
			r.Without(p, m)
			r.PathToForum(partyRef(p), m)
			r.Check(accountability.Act{Actor: p, Power: accountability.PowerSpend, Subject: subject, Amount: record.Money{Minor: -1 << 63, Currency: "GBP"}}, m)
			r.FirstKnown(partyRef(p))
		}
		r.PathToForum(subject, m)
		r.Vacancies(m)
		r.Differences(record.Ref{}, m.On, time.Time{}, m.Known)
		r.ReliedOn(record.Ref{Kind: accountability.KindMeeting, ID: "m"}, m)
	}
}

func TestZeroRegisterAnswersEverything(t *testing.T) {
	var r accountability.Register
	askEverything(&r)
	assert.Equal(t, accountability.Denied, r.Check(spend("director", "1.00 GBP"), record.Moment{}).Permission)
	e := r.Exercising("director", record.Moment{On: calendar.On(2024, 1, 1)})
	assert.Zero(t, e.State)
	assert.False(t, r.PathToForum(subject, record.Moment{})[0].Whole)
}
