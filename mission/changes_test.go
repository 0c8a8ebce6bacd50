package mission_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/internal/gen"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// posts is a post with its holdings, and a duty that it carries.
func posts(holdings ...accountability.Holding) mission.Spec {
	return mission.Spec{
		Sources: []record.Source{{Record: record.New("gazette"), Title: "The gazette", Published: when("2026-06-12")}},
		Parties: []accountability.Party{
			{Record: record.New("head"), Kind: accountability.Post, Name: "Head"},
			{Record: record.Record{ID: "head-2", Of: "head", Verb: record.Change, From: when("2025-01-01")}, Kind: accountability.Post, Name: "Head of mission"},
			{Record: record.New("deputy"), Kind: accountability.Post, Name: "Deputy"},
			{Record: record.New("ann"), Kind: accountability.Person}, {Record: record.New("bob"), Kind: accountability.Person},
		},
		Holdings: holdings,
		Missions: []mission.Mission{{Record: record.New("m"), Name: "M"}},
		Duties:   []accountability.Duty{{Record: record.New("lead"), Duty: accountability.MissionLead, Subject: mission.Ref("m"), Post: "head"}},
	}
}

func held(id record.ID, from, until string, more ...func(*accountability.Holding)) accountability.Holding {
	h := accountability.Holding{Record: record.Record{ID: id, Grade: record.Document}, Post: "head", Holder: "ann"}
	for text, w := range map[string]*calendar.When{from: &h.From, until: &h.Until} {
		if text != "" {
			*w = when(text)
		}
	}
	for _, f := range more {
		f(&h)
	}
	return h
}

func version(of record.ID, verb record.Verb, recorded string) func(*accountability.Holding) {
	return func(h *accountability.Holding) {
		if h.Of, h.Verb = of, verb; recorded != "" {
			h.Recorded = instant(recorded)
		}
	}
}

func TestVacate(t *testing.T) {
	for _, c := range []struct {
		name     string
		holdings []accountability.Holding
	}{
		{"open", []accountability.Holding{held("a", "2024-07-05", "")}},
		{"without any date", []accountability.Holding{held("a", "", "")}},
		{"ends later", []accountability.Holding{held("a", "2024-07-05", "2027-01-01")}},
		{"ends on a day that nobody knows", []accountability.Holding{held("a", "2024-07-05", "unknown")}},
		{"begins on a day that nobody knows", []accountability.Holding{held("a", "unknown", "")}},
		{"ends roughly about then", []accountability.Holding{held("a", "2024-07-05", "2026-Q2")}},
		{"begins roughly about then", []accountability.Holding{held("a", "2026-Q2", "")}},
		{"over already", []accountability.Holding{held("a", "2024-07-05", "2025-01-01")}},
		{"two holders, one yet to come", []accountability.Holding{held("a", "2024-07-05", "2026-06-15"), held("b", "2026-06-15", "")}},
		{"one yet to come, roughly", []accountability.Holding{held("a", "2024-07-05", "2026-06-15"), held("b", "2026-Q3", "")}},
		{"by another name of the post", []accountability.Holding{held("a", "2024-07-05", "", func(h *accountability.Holding) { h.Post = "head-2" })}},
		{"changed later", []accountability.Holding{held("a", "2024-07-05", "2025-01-01"), held("a-2", "2025-01-01", "", version("a", record.Change, "2025-02-01"))}},
		{"changed without a day", []accountability.Holding{held("a", "2024-07-05", ""), held("a-2", "", "", version("a", record.Change, "2026-06-10"))}},
		{"changed without a day by what came out later", []accountability.Holding{held("a", "2024-07-05", ""), held("a-2", "", "", version("a", record.Change, ""), func(h *accountability.Holding) { h.Source = "gazette" })}},
		{"corrected", []accountability.Holding{held("a", "2024-07-05", "2025-01-01"), held("a-2", "2024-07-05", "", version("a", record.Correct, "2025-02-01"), func(h *accountability.Holding) { h.Reason = "misread" })}},
		{"closed on a day that nobody knows", []accountability.Holding{held("a", "2024-07-05", ""), held("a-2", "", "unknown", version("a", record.Close, "2025-02-01"))}},
		{"corrected to one yet to come", []accountability.Holding{held("b", "2024-07-05", "2025-01-01"), held("a", "2024-07-05", "2025-01-01"), held("a-2", "2026-09-01", "", version("a", record.Correct, "2025-02-01"), func(h *accountability.Holding) { h.Reason = "misread" })}},
		{"to change later", []accountability.Holding{held("a", "2024-07-05", ""), held("a-2", "2026-09-01", "", version("a", record.Change, "2025-02-01"))}},
		{"one yet to come that stands in", []accountability.Holding{held("a", "2024-07-05", ""), held("b", "2026-09-01", "2026-12-01", func(h *accountability.Holding) { h.CoverFor = "a" }), held("c", "2026-10-01", "", func(h *accountability.Holding) { h.CoverFor = "b" })}},
		{"rivals", []accountability.Holding{held("a", "2024-07-05", ""), held("a-2", "2024-07-05", "2027-01-01", func(h *accountability.Holding) { h.Of, h.Claimant, h.Holder = "a", "another", "bob" })}},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec := posts(c.holdings...)
			kept := posts(c.holdings...)
			m := compiled(t, spec, mission.View{On: day("2026-06-30"), Changes: []mission.Change{mission.Vacate{Post: "head-2", From: day("2026-06-01")}}})
			assert.Equal(t, kept, spec, "the Spec stays as it was")
			for on := day("2026-06-01"); on.Before(day("2027-03-01")); on = on.Add(20) {
				holders, state := m.Register().Holders("head", record.Moment{On: on})
				assert.Empty(t, holders, "%s", on)
				assert.Equal(t, accountability.Vacant, state, "%s", on)
				early, _ := m.Register().Holders("head", record.Moment{On: on, Known: instant("2025-01-15")})
				assert.Empty(t, early, "nor was one known before")
			}
			for _, h := range c.holdings {
				_, ok := m.Record(record.Ref{Kind: accountability.KindHolding, ID: h.ID})
				assert.True(t, ok, "no record is lost")
			}
			a, ok := m.Register().Answerable(mission.Ref("m"), accountability.MissionLead, record.Moment{})
			require.True(t, ok, "the duty stays")
			assert.Equal(t, []record.ID{"head"}, a.Unfilled)

			before := compiled(t, kept, mission.View{})
			for on := day("2024-01-01"); on.Before(day("2026-03-01")); on = on.Add(20) { // before any of the rough dates
				was, _ := before.Register().Holders("head", record.Moment{On: on})
				is, _ := m.Register().Holders("head", record.Moment{On: on})
				assert.Equal(t, len(was), len(is), "%s: what was before the day stays", on)
			}
		})
	}
}

func TestVacateLeavesOthers(t *testing.T) {
	spec := posts(held("a", "2024-07-05", ""), held("b", "2024-07-05", "2025-01-01"), held("c", "2024-07-05", "", func(h *accountability.Holding) { h.Post = "deputy" }))
	m := compiled(t, spec, mission.View{Changes: []mission.Change{mission.Vacate{Post: "head", From: day("2026-06-01")}}})
	got := m.Spec().Holdings
	assert.Equal(t, record.Illustrative, got[0].Grade, "what the change wrote to says so")
	assert.Equal(t, []accountability.Holding{spec.Holdings[1], spec.Holdings[2]}, got[1:], "and nothing else is touched")
}

func TestMove(t *testing.T) {
	spec := posts(held("a", "2024-07-05", ""))
	spec.Duties = append(spec.Duties,
		accountability.Duty{Record: record.Record{ID: "decides", Grade: record.Document}, Duty: accountability.Decide, Subject: mission.Ref("m"), Post: "head", Part: "sites",
			Accepted: record.Known(true), Means: accountability.Means{Budget: record.Known(true)}, Successor: "bob", FromTitle: true},
		accountability.Duty{Record: record.Record{ID: "decides-2", Of: "decides", Verb: record.Change, From: when("2026-01-01")}, Duty: accountability.Decide, Subject: mission.Ref("m"), State: accountability.Unclear},
		accountability.Duty{Record: record.Record{ID: "decides-3", Of: "decides", Verb: record.Close, Until: when("2028-01-01")}, Duty: accountability.Decide, Subject: mission.Ref("m")},
	)
	m := compiled(t, spec, mission.View{On: day("2026-06-30"), Changes: []mission.Change{mission.Move{Duty: "decides-2", To: "deputy"}}})
	for _, on := range []string{"2025-06-30", "2026-06-30"} {
		a, ok := m.Register().Answerable(mission.Ref("m"), accountability.Decide, record.Moment{On: day(on)})
		require.True(t, ok)
		require.Len(t, a.Carriers, 1)
		assert.Equal(t, record.ID("deputy"), a.Carriers[0].Post)
		assert.Equal(t, accountability.Held, a.State, "on %s", on)
	}
	_, ok := m.Register().Answerable(mission.Ref("m"), accountability.Decide, record.Moment{On: day("2028-06-30")})
	assert.False(t, ok, "where it ends stays")
	moved := m.Spec().Duties[1]
	assert.Equal(t, accountability.Duty{Record: record.Invented("decides"), Duty: accountability.Decide, Subject: mission.Ref("m"), Post: "deputy", Part: "sites"}, moved,
		"what was said of the old carrier is not said of the new one")
	assert.Equal(t, spec.Duties[0], m.Spec().Duties[0])
	assert.Equal(t, accountability.Unclear, spec.Duties[2].State, "the Spec stays as it was")

	same := compiled(t, spec, mission.View{Changes: []mission.Change{mission.Move{Duty: "lead", To: "head"}}})
	assert.Equal(t, spec.Duties, same.Spec().Duties, "where it is already, it stays, with its means and grade")
}

func pounds(n int64) record.Value[record.Money] {
	return record.Known(record.Money{Minor: 100 * n, Currency: "GBP"})
}

func purse() mission.Spec {
	spec := posts(held("a", "2024-07-05", ""), held("b", "2024-07-05", "", func(h *accountability.Holding) { h.Post = "deputy" }))
	spec.Parties = append(spec.Parties,
		accountability.Party{Record: record.New("housing"), Kind: accountability.Organisation, Name: "Housing"},
		accountability.Party{Record: record.New("health"), Kind: accountability.Organisation, Name: "Health"},
		accountability.Party{Record: record.New("council"), Kind: accountability.Organisation, Name: "Council"})
	spec.Settlements = []funding.Settlement{
		{Record: record.Record{ID: "deal", Grade: record.Document}, Party: "health", Amount: pounds(90), Basis: "cash"},
		{Record: record.Record{ID: "deal-2", Of: "deal", Verb: record.Change, From: when("2026-01-01")}, Party: "health", Amount: pounds(80), Basis: "cash"},
	}
	spec.Allocations = []funding.Allocation{
		{Record: record.Record{ID: "warm", Grade: record.Document}, Subject: mission.Ref("m"), PaidBy: "housing", To: "housing", DecidedBy: "housing", AccountingOfficer: "head", Amount: pounds(30), Ringfenced: record.Known(true), Purpose: "homes"},
		{Record: record.Record{ID: "warm-2", Of: "warm", Verb: record.Change, From: when("2026-01-01")}, Subject: mission.Ref("m"), PaidBy: "housing", AccountingOfficer: "head", Amount: pounds(20)},
		{Record: record.New("well"), Subject: mission.Ref("m"), Settlement: "deal-2", PaidBy: "health", To: "health", AccountingOfficer: "deputy", Amount: pounds(40)},
		{Record: record.New("other"), Subject: mission.Ref("m"), To: "health", Amount: pounds(1)},
	}
	return spec
}

func TestPool(t *testing.T) {
	spec, kept := purse(), purse()
	into := funding.Pool{Record: record.New("one"), Name: "One budget", Host: "council", DecidedBy: "council", Rule: record.Known("both agree")}
	m := compiled(t, spec, mission.View{On: day("2026-06-30"), Changes: []mission.Change{mission.Pool{Into: into, Money: []record.Ref{{Kind: funding.KindAllocation, ID: "warm-2"}, {Kind: funding.KindSettlement, ID: "deal"}}}}})
	assert.Equal(t, kept, spec, "the Spec stays as it was")
	got := m.Spec()
	into.Subject, into.Grade = mission.Ref("m"), record.Illustrative
	assert.Equal(t, []funding.Pool{into}, got.Pools, "it is for what all of the money is for")

	supposed := func(id, of record.ID, verb record.Verb, from string) record.Record {
		r := record.Record{ID: id, Of: of, Verb: verb, Grade: record.Illustrative}
		if from != "" {
			r.From = when(from)
		}
		return r
	}
	assert.Equal(t, []funding.Share{
		{Record: supposed("one-deal", "", 0, ""), Pool: "one", Party: "health", AccountingOfficer: "deputy", Amount: pounds(90), Basis: "cash"},
		{Record: supposed("one-deal-2", "one-deal", record.Change, "2026-01-01"), Pool: "one", Party: "health", AccountingOfficer: "deputy", Amount: pounds(80), Basis: "cash"},
		{Record: supposed("one-warm", "", 0, ""), Pool: "one", Party: "housing", AccountingOfficer: "head", Amount: pounds(30)},
		{Record: supposed("one-warm-2", "one-warm", record.Change, "2026-01-01"), Pool: "one", Party: "housing", AccountingOfficer: "head", Amount: pounds(20)},
	}, got.PoolShares, "each version of the money is a version of its share")
	assert.Equal(t, funding.Allocation{Record: supposed("warm", "", 0, ""), Subject: mission.Ref("m"), Pool: "one", To: "council", Amount: pounds(30), Ringfenced: record.Known(true), Purpose: "homes"}, got.Allocations[0])
	assert.Equal(t, funding.Allocation{Record: supposed("well", "", 0, ""), Subject: mission.Ref("m"), Settlement: "deal", Pool: "one", To: "council", Amount: pounds(40)}, got.Allocations[2])
	assert.Equal(t, spec.Allocations[3], got.Allocations[3], "what is not named stays")
	assert.Equal(t, kept.Settlements[0], got.Settlements[0])

	// No pound and no account is lost: those who answer after it are those who answered before.
	answering := func(m *mission.Model, id record.ID) (posts []record.ID) {
		for _, trail := range m.Accounts().Trails(id, record.Ref{}, record.Moment{}) {
			for _, s := range trail.Answers {
				posts = append(posts, s.Party)
			}
		}
		return posts
	}
	before := compiled(t, kept, mission.View{On: day("2026-06-30")})
	assert.Equal(t, []record.ID{"head"}, answering(before, "warm"))
	assert.ElementsMatch(t, []record.ID{"head", "deputy"}, answering(m, "warm"))
	var paidIn int64
	for _, c := range m.Accounts().Shares("one", record.Moment{}) {
		amount, _ := c.Record.Amount.Get()
		paidIn += amount.Minor
	}
	assert.EqualValues(t, 100*(20+80), paidIn, "what was set aside and settled on that day")
}

func TestPoolOfOfficersThatDiffer(t *testing.T) {
	spec := purse()
	spec.Allocations[3].Settlement, spec.Allocations[3].AccountingOfficer, spec.Allocations[3].Subject = "deal", "head", mission.Ref("n")
	spec.Allocations[2].PaidBy = "council"
	spec.Missions = append(spec.Missions, mission.Mission{Record: record.New("n"), Name: "N"})
	into := funding.Pool{Record: record.Record{ID: "one", Grade: record.Opinion}, Name: "One budget"}
	m := compiled(t, spec, mission.View{Changes: []mission.Change{mission.Pool{Into: into, Money: []record.Ref{{Kind: funding.KindAllocation, ID: "warm"}, {Kind: funding.KindSettlement, ID: "deal"}}}}})
	got := m.Spec()
	assert.Equal(t, []funding.Pool{into}, got.Pools, "for two things it has no one subject; a grade that is given stays")
	assert.Empty(t, got.PoolShares[0].AccountingOfficer)
	assert.Equal(t, record.ID("deputy"), got.Allocations[2].AccountingOfficer, "so they go on answering")
	assert.Equal(t, record.ID("council"), got.Allocations[2].PaidBy, "another's money stays another's")
	assert.Equal(t, record.ID("head"), got.Allocations[3].AccountingOfficer)
	assert.Equal(t, record.ID("housing"), got.Allocations[0].DecidedBy, "nobody else decides")
	assert.Equal(t, record.ID("housing"), got.Allocations[0].To)
}

func TestSuppositionsThatDoNotFit(t *testing.T) {
	spec := purse()
	spec.Pools = []funding.Pool{{Record: record.New("old"), Name: "Old"}}
	spec.Allocations[3].Pool = "old"
	spec.Allocations = append(spec.Allocations, funding.Allocation{Record: record.New("bare"), Subject: mission.Ref("m")})
	money := func(refs ...string) (list []record.Ref) {
		for _, s := range refs {
			ref, err := record.ParseRef(s)
			require.NoError(t, err)
			list = append(list, ref)
		}
		return list
	}
	one := funding.Pool{Record: record.New("one"), Name: "One"}
	spec.Holdings = spec.Holdings[:1]
	_, err := mission.Compile(spec, mission.View{Changes: []mission.Change{
		mission.Vacate{Post: "nobody"},
		mission.Vacate{Post: "head"},
		mission.Vacate{Post: "deputy", From: day("2026-06-01")},
		mission.Vacate{Post: "head", From: day("2020-06-01")},
		mission.Move{Duty: "nothing", To: "nobody"},
		mission.Pool{Into: one, Money: money("allocation/warm")},
		mission.Pool{Into: one, Money: money("allocation/warm", "allocation/warm-2", "mission/m", "allocation/none", "settlement/none")},
		mission.Pool{Into: one, Money: money("settlement/deal", "allocation/well", "settlement/deal-2", "allocation/other", "allocation/bare")},
	}})
	require.Error(t, err)
	assert.Equal(t, `changes[0] (party/nobody): there is no party "nobody": add it or correct the reference
changes[0] (party/nobody): the change has no day: say from when the post is empty
changes[1] (party/head): the change has no day: say from when the post is empty
changes[2] (party/deputy): no holding of the post that began before that day is recorded, so none can end
changes[3] (party/head): no holding of the post that began before that day is recorded, so none can end
changes[4] (duty/nothing): there is no duty "nothing": add it or correct the reference
changes[4] (party/nobody): there is no party "nobody": add it or correct the reference
changes[5] (pool/one): a pool takes at least two allocations or settlements
changes[6] (allocation/warm-2): it is named twice, by itself or by the settlement that it is part of
changes[6] (mission/m): it is neither an allocation nor a settlement
changes[6] (allocation/none): there is no allocation "none": add it or correct the reference
changes[6] (settlement/none): there is no settlement "none": add it or correct the reference
changes[7] (settlement/deal-2): it is named twice, by itself or by the settlement that it is part of
changes[7] (allocation/well): it is named twice, by itself or by the settlement that it is part of
changes[7] (allocation/other): it is paid from a pool already
changes[7] (allocation/bare): the records do not say whose money it is, so nobody can be said to pay it in`, err.Error())
	for _, cause := range []error{mission.ErrNoDay, mission.ErrNeverHeld, mission.ErrFewToPool, mission.ErrNoMoney, mission.ErrTwice, mission.ErrInPool, mission.ErrWhoseMoney} {
		assert.ErrorIs(t, err, cause)
	}
	wrong, ok := errors.AsType[*mission.ChangeError](err)
	require.True(t, ok)
	assert.Equal(t, record.Ref{Kind: accountability.KindParty, ID: "nobody"}, wrong.Ref)

	_, err = mission.Compile(spec, mission.View{Changes: []mission.Change{mission.Pool{Into: funding.Pool{Record: record.New("old"), Name: "Old"}, Money: money("allocation/warm", "allocation/well")}}})
	_, ok = errors.AsType[*record.DuplicateError](err)
	assert.True(t, ok, "what a change breaks is a fault")
}

// Whatever is changed, the Spec stays as it was, and all records that the change does not name do too.
func TestChangesKeepTheSpec(t *testing.T) {
	spec := gen.Spec(7, 4, 40, 40)
	kept := gen.Spec(7, 4, 40, 40)
	changes := []mission.Change{
		mission.Redate{Milestone: "step-00000", Due: when("2031")},
		mission.Vacate{Post: "post-00003", From: day("2026-01-01")},
		mission.Move{Duty: "duty-00000", To: "post-00009"},
		mission.Pool{Into: funding.Pool{Record: record.New("joint"), Name: "Joint", Host: "dept-00001"}, Money: []record.Ref{{Kind: funding.KindAllocation, ID: "money-00000"}, {Kind: funding.KindAllocation, ID: "money-00002"}}},
	}
	m := compiled(t, spec, mission.View{On: day("2026-06-30"), Changes: changes})
	assert.Equal(t, kept, spec)
	touched := map[record.Kind]int{}
	for _, d := range mission.Diff(compiled(t, kept, mission.View{}).Spec(), m.Spec()) {
		touched[d.Ref.Kind]++
	}
	assert.Equal(t, map[record.Kind]int{milestone.KindMilestone: 3, accountability.KindHolding: 1, accountability.KindDuty: 1, funding.KindAllocation: 2, funding.KindPool: 1, funding.KindShare: 2}, touched)
}
