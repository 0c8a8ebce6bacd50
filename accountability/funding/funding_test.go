package funding_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

func party(id record.ID, kind accountability.PartyKind, name string) accountability.Party {
	return accountability.Party{Record: record.Invented(id), Kind: kind, Name: name}
}

func pounds(n int64) record.Value[record.Money] {
	return record.Known(record.Money{Minor: 100 * n, Currency: "GBP"})
}

func partyRef(id record.ID) record.Ref {
	return record.Ref{Kind: accountability.KindParty, ID: id}
}

var homes = record.Ref{Kind: "milestone", ID: "warm-homes"}

// people is a department and a council that pay into one pool. The council's treasurer answers to the council; the line of the
// department's accounting officer to Parliament is recorded, and her post fell vacant in March 2026.
func people(t testing.TB) *accountability.Register {
	t.Helper()
	line := func(id, actor, forum record.ID) accountability.Line {
		return accountability.Line{Record: record.Invented(id), Actor: actor, Forum: partyRef(forum), Kind: accountability.PoliticalLine}
	}
	hold := func(id, post, holder record.ID, from, until string) accountability.Holding {
		r := record.Invented(id)
		r.From = calendar.MustParseWhen(from)
		if until != "" {
			r.Until = calendar.MustParseWhen(until)
		}
		return accountability.Holding{Record: r, Post: post, Holder: holder}
	}
	register, err := accountability.Compile(accountability.Spec{
		Parties: []accountability.Party{
			party("parliament", accountability.Body, "Parliament"), party("council", accountability.Body, "The council"),
			party("dept", accountability.Organisation, "The department"), party("city", accountability.Organisation, "The city"),
			party("perm-sec", accountability.Post, "Permanent secretary"), party("treasurer", accountability.Post, "City treasurer"), party("board", accountability.Body, "Partnership board"),
			party("ada", accountability.Person, ""), party("bo", accountability.Person, ""),
		},
		Holdings: []accountability.Holding{hold("ada-ps", "perm-sec", "ada", "2024-07-05", "2026-03-01"), hold("bo-tr", "treasurer", "bo", "2023", "")},
		Lines:    []accountability.Line{line("ps-parliament", "perm-sec", "parliament"), line("tr-council", "treasurer", "council")},
	}, record.View{})
	require.NoError(t, err)
	return register
}

func money() funding.Spec {
	return funding.Spec{
		Reviews:     []funding.Review{{Record: record.Invented("sr"), Name: "Spending review"}, {Record: record.Invented("sr-1"), Name: "Phase 1", PartOf: "sr"}},
		Settlements: []funding.Settlement{{Record: record.Invented("dept-sr"), Review: "sr-1", Party: "dept", Reached: funding.Bilateral, FirmUntil: calendar.MustParseWhen("2026-04-01")}},
		Pools:       []funding.Pool{{Record: record.Invented("retrofit"), Name: "Retrofit pool", Subject: homes, Host: "city", DecidedBy: "board", Rule: record.Known("unanimity")}},
		Shares: []funding.Share{
			{Record: record.Invented("dept-share"), Pool: "retrofit", Party: "dept", AccountingOfficer: "perm-sec", Amount: pounds(600), Risk: record.Number(0.6)},
			{Record: record.Invented("city-share"), Pool: "retrofit", Party: "city", AccountingOfficer: "treasurer", Amount: pounds(400), Risk: record.Number(0.4)},
		},
		Allocations: []funding.Allocation{
			{Record: record.Invented("from-pool"), Subject: homes, Pool: "retrofit", To: "city", Amount: pounds(1000)},
			{Record: record.Invented("alone"), Subject: homes, Review: "sr-1", Settlement: "dept-sr", PaidBy: "dept", To: "city", Amount: pounds(50)},
		},
	}
}

func accounts(t testing.TB) *funding.Accounts {
	t.Helper()
	a, err := funding.Compile(money(), people(t), record.View{On: calendar.MustParseDate("2025-06-01")})
	require.NoError(t, err)
	return a
}

// TestTrailThroughPool holds that pooling moves no account: each contributor's officer answers, to that contributor's own forum.
func TestTrailThroughPool(t *testing.T) {
	a := accounts(t)
	trails := a.Trails("from-pool", record.Ref{}, record.Moment{})
	require.Len(t, trails, 1)
	trail := trails[0]
	assert.Empty(t, trail.Breaks)
	assert.True(t, trail.Certain)
	require.Len(t, trail.Decides, 1)
	assert.Equal(t, record.ID("board"), trail.Decides[0].Party)
	require.Len(t, trail.Pays, 2)
	require.Len(t, trail.Answers, 2)
	assert.Equal(t, record.ID("ada"), trail.Answers[0].Holders[0].Party)
	require.Len(t, trail.Paths, 2)
	for i, forum := range []record.ID{"parliament", "council"} {
		steps := trail.Paths[i].Steps
		assert.True(t, trail.Paths[i].Whole)
		assert.Equal(t, partyRef(forum), steps[len(steps)-1].To)
	}
	assert.Contains(t, trail.Records, record.Ref{Kind: funding.KindShare, ID: "city-share"})
	assert.Contains(t, trail.Records, record.Ref{Kind: accountability.KindLine, ID: "ps-parliament"})

	// To Parliament alone, the council's share does not lead.
	only := a.Trails("from-pool", partyRef("parliament"), record.Moment{})[0]
	require.Len(t, only.Breaks, 1)
	assert.Contains(t, only.Breaks[0], "the path from City treasurer to a forum breaks")
}

// TestTrailBreaks holds that each thing that is missing is said, and that a vacancy breaks the path from its day on.
func TestTrailBreaks(t *testing.T) {
	a := accounts(t)
	alone := a.Trails("alone", record.Ref{}, record.Moment{})[0]
	text := strings.Join(alone.Breaks, "\n")
	assert.Contains(t, text, "the records do not say who decides on it")
	assert.Contains(t, text, "no accounting officer is recorded for it")
	assert.Contains(t, text, "the path from The city to a forum breaks")
	later := a.Trails("from-pool", record.Ref{}, record.Moment{On: calendar.MustParseDate("2026-06-01")})[0]
	text = strings.Join(later.Breaks, "\n")
	assert.Contains(t, text, "the post Permanent secretary is vacant")
	assert.Equal(t, accountability.Vacant, later.Answers[0].State)
	assert.Empty(t, a.Trails("nothing", record.Ref{}, record.Moment{}))
	assert.Empty(t, new(funding.Accounts).Trails("x", record.Ref{}, record.Moment{}))
}

func TestAccountsAnswers(t *testing.T) {
	a := accounts(t)
	none := record.Moment{}
	assert.Len(t, a.Reviews(none), 2)
	assert.Equal(t, "Phase 1", a.Review("sr-1", none)[0].Record.Name)
	assert.Len(t, a.Settlements(none), 1)
	assert.Len(t, a.SettlementsOf("sr-1", none), 1)
	assert.Empty(t, a.SettlementsOf("sr", none))
	assert.Len(t, a.Allocations(none), 2)
	assert.Len(t, a.AllocationsFor(homes, none), 2)
	assert.Len(t, a.AllocationVersions("alone"), 1)
	assert.Len(t, a.Pools(none), 1)
	assert.Len(t, a.PoolsFor(homes, none), 1)
	assert.Empty(t, a.PoolsFor(partyRef("dept"), none))
	assert.Len(t, a.Shares("retrofit", none), 2)
}

func TestFaults(t *testing.T) {
	spec := funding.Spec{
		Reviews:     []funding.Review{{Record: record.New("r"), PartOf: "r"}},
		Settlements: []funding.Settlement{{Record: record.New("s")}},
		Allocations: []funding.Allocation{{Record: record.New("a")}},
		Pools:       []funding.Pool{{Record: record.New("p")}},
		Shares:      []funding.Share{{Record: record.New("h"), Risk: record.Number(1.5)}},
	}
	_, err := funding.Compile(spec, nil, record.View{})
	for _, want := range []error{funding.ErrNoName, funding.ErrOfItself, funding.ErrNoParty, funding.ErrNoSubject, funding.ErrNoPool, funding.ErrRisk} {
		require.ErrorIs(t, err, want)
	}
	faults, ok := err.(record.Faults)
	require.True(t, ok)
	assert.Len(t, faults, 8, "every fault at once: %v", err)
}

func ExampleAccounts_Trails() {
	register, err := accountability.Compile(accountability.Spec{
		Parties: []accountability.Party{
			{Record: record.Invented("parliament"), Kind: accountability.Body, Name: "Parliament"},
			{Record: record.Invented("perm-sec"), Kind: accountability.Post, Name: "Permanent secretary"},
			{Record: record.Invented("dept"), Kind: accountability.Organisation, Name: "The department"},
		},
	}, record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	accounts, err := funding.Compile(funding.Spec{Allocations: []funding.Allocation{{
		Record: record.Invented("grant"), Subject: record.Ref{Kind: "milestone", ID: "warm-homes"},
		DecidedBy: "dept", PaidBy: "dept", AccountingOfficer: "perm-sec",
	}}}, register, record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, trail := range accounts.Trails("grant", record.Ref{}, record.Moment{}) {
		fmt.Println("decides:", trail.Decides[0].Party, "pays:", trail.Pays[0].Party, "answers:", trail.Answers[0].Party)
		for _, b := range trail.Breaks {
			fmt.Println("break:", b)
		}
	}
	// Output:
	// decides: dept pays: dept answers: perm-sec
	// break: the path from Permanent secretary to a forum breaks: no line of account or report leads on
}

func ExampleAccounts() {
	spec := funding.Spec{
		Reviews:     []funding.Review{{Record: record.Invented("sr"), Name: "Spending review"}},
		Settlements: []funding.Settlement{{Record: record.Invented("dept-sr"), Review: "sr", Party: "dept", Reached: funding.Bilateral}},
		Pools:       []funding.Pool{{Record: record.Invented("retrofit"), Name: "Retrofit pool", Subject: homes}},
		Shares:      []funding.Share{{Record: record.Invented("dept-share"), Pool: "retrofit", Party: "dept", Amount: pounds(600)}},
		Allocations: []funding.Allocation{{Record: record.Invented("from-pool"), Subject: homes, Pool: "retrofit", Amount: pounds(600)}},
	}
	var check record.Check // whoever compiles a larger Spec puts this one under its own check
	spec.Check(&check)
	if faults := check.Run(); len(faults) > 0 {
		fmt.Println(faults)
		return
	}
	accounts, now := spec.Checked(nil, record.View{}), record.Moment{}
	for _, c := range accounts.SettlementsOf("sr", now) {
		fmt.Println(c.Record.Party, "settled", c.Record.Reached, "in the", accounts.Review("sr", now)[0].Record.Name)
	}
	for _, c := range accounts.PoolsFor(homes, now) {
		for _, s := range accounts.Shares(c.Record.ID, now) {
			fmt.Println(s.Record.Party, "pays", s.Record.Amount.V, "into the", c.Record.Name)
		}
	}
	fmt.Println(len(accounts.Settlements(now)), len(accounts.Allocations(now)), len(accounts.Pools(now)), len(accounts.AllocationVersions("from-pool")))
	// Output:
	// dept settled bilateral in the Spending review
	// dept pays 600.00 GBP into the Retrofit pool
	// 1 1 1 1
}
