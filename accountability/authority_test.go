package accountability_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

func money(s string) record.Money {
	m, err := record.ParseMoney(s)
	if err != nil {
		panic(err)
	}
	return m
}

func grant(id, by, to record.ID, words ...string) accountability.Grant {
	return accountability.Grant{Record: shared(id, words...), By: by, To: to, Powers: []string{accountability.PowerSpend}}
}

func spend(actor record.ID, amount string) accountability.Act {
	return accountability.Act{Actor: actor, Power: accountability.PowerSpend, Subject: subject, Amount: money(amount)}
}

// line of command: treasury (own power) to minister, to director, to board.
func command() []accountability.Grant {
	return []accountability.Grant{grant("root", "", "dept"), grant("first", "dept", "minister"), grant("second", "minister", "director"), grant("third", "director", "board")}
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name     string
		change   func(g []accountability.Grant) []accountability.Grant
		act      func(a *accountability.Act)
		holdings []accountability.Holding
		on       string
		want     accountability.Permission
		chain    string
		says     string
	}{
		{name: "a chain of live grants", want: accountability.Allowed, chain: "third second first root"},
		{name: "the bearer of a power of its own", act: func(a *accountability.Act) { a.Actor = "dept" }, want: accountability.Allowed, chain: "root"},
		{name: "nothing granted", act: func(a *accountability.Act) { a.Actor = "ann" }, want: accountability.Denied, says: "no live grant leads to it"},
		{name: "another power", act: func(a *accountability.Act) { a.Power = accountability.PowerAppoint }, want: accountability.Denied, chain: "third", says: "no live grant gives the power"},
		{name: "a link that has ended", change: func(g []accountability.Grant) []accountability.Grant { g[2].Until = when("2024-06-01"); return g }, want: accountability.Denied, chain: "third", says: "no live grant leads to it"},
		{name: "a link that has not begun", change: func(g []accountability.Grant) []accountability.Grant { g[0].From = when("2026-01-01"); return g }, want: accountability.Denied, chain: "third second first", says: "no live grant leads to it"},
		{name: "a link that ends some time in the year", change: func(g []accountability.Grant) []accountability.Grant { g[1].Until = when("2025"); return g }, want: accountability.Conditional, chain: "third second first root", says: "whether a grant is live rests on a rough date"},
		{name: "the least limit counts, wherever it stands", change: func(g []accountability.Grant) []accountability.Grant {
			g[1].PerItem, g[3].PerItem = money("50.00 GBP"), money("500.00 GBP")
			return g
		}, want: accountability.Denied, chain: "third second first", says: "the amount is above the limit for one act"},
		{name: "a limit that is kept", change: func(g []accountability.Grant) []accountability.Grant { g[1].PerItem = money("100.00 GBP"); return g }, want: accountability.Allowed, chain: "third second first root"},
		{name: "a limit in another currency", change: func(g []accountability.Grant) []accountability.Grant { g[1].PerItem = money("100.00 EUR"); return g }, want: accountability.Conditional, chain: "third second first root", says: "a limit is in another currency"},
		{name: "what was spent before is not stated", change: func(g []accountability.Grant) []accountability.Grant {
			g[1].Cumulative = money("1000.00 GBP")
			return g
		}, want: accountability.Conditional, chain: "third second first root", says: "what was committed before is not stated"},
		{name: "what was spent before leaves too little", change: func(g []accountability.Grant) []accountability.Grant {
			g[1].Cumulative = money("1000.00 GBP")
			return g
		}, act: func(a *accountability.Act) { a.Spent = record.Known(money("900.01 GBP")) }, want: accountability.Denied, chain: "third second first", says: "the amount is above what is left of the limit for all acts"},
		{name: "what was spent before leaves enough", change: func(g []accountability.Grant) []accountability.Grant {
			g[1].Cumulative = money("1000.00 GBP")
			return g
		}, act: func(a *accountability.Act) { a.Spent = record.Known(money("900.00 GBP")) }, want: accountability.Allowed, chain: "third second first root"},
		{name: "a limit for all acts below one act", change: func(g []accountability.Grant) []accountability.Grant { g[1].Cumulative = money("99.99 GBP"); return g }, want: accountability.Denied, chain: "third second first", says: "the amount is above what is left of the limit for all acts"},
		{name: "an act that commits no money", change: func(g []accountability.Grant) []accountability.Grant { g[1].PerItem = money("1.00 GBP"); return g }, act: func(a *accountability.Act) { a.Amount = record.Money{} }, want: accountability.Allowed, chain: "third second first root"},
		{name: "what cannot be delegated", act: func(a *accountability.Act) { a.Categories = []string{accountability.Repercussive} }, want: accountability.Denied, chain: "third", says: "the category of the act cannot be delegated"},
		{name: "what cannot be delegated, by the bearer", act: func(a *accountability.Act) { a.Actor, a.Categories = "dept", []string{accountability.Novel} }, want: accountability.Allowed, chain: "root"},
		{name: "a category left out", change: func(g []accountability.Grant) []accountability.Grant {
			g[2].Excluded = []string{"consultancy"}
			return g
		}, act: func(a *accountability.Act) { a.Categories = []string{"consultancy"} }, want: accountability.Denied, chain: "third second", says: "the grant leaves out the category of the act"},
		{name: "a condition to be met", change: func(g []accountability.Grant) []accountability.Grant {
			g[2].Conditions = []string{"the board agrees", "it is published"}
			return g
		}, act: func(a *accountability.Act) { a.Met = []string{"it is published"} }, want: accountability.Conditional, chain: "third second first root", says: "a condition of a grant is to be met: the board agrees"},
		{name: "a condition that is met", change: func(g []accountability.Grant) []accountability.Grant {
			g[2].Conditions = []string{"the board agrees"}
			return g
		}, act: func(a *accountability.Act) { a.Met = []string{"the board agrees"} }, want: accountability.Allowed, chain: "third second first root"},
		{name: "not to be passed on", change: func(g []accountability.Grant) []accountability.Grant { g[2].Final = true; return g }, want: accountability.Denied, chain: "third second", says: "the chain is longer than a grant on it allows"},
		{name: "not to be passed on, and not passed on", change: func(g []accountability.Grant) []accountability.Grant { g[3].Final = true; return g }, want: accountability.Allowed, chain: "third second first root"},
		{name: "passed on once too often", change: func(g []accountability.Grant) []accountability.Grant { g[1].MaxDepth = 1; return g }, want: accountability.Denied, chain: "third second first", says: "the chain is longer than a grant on it allows"},
		{name: "passed on as often as allowed", change: func(g []accountability.Grant) []accountability.Grant { g[1].MaxDepth = 2; return g }, want: accountability.Allowed, chain: "third second first root"},
		{name: "another subject", change: func(g []accountability.Grant) []accountability.Grant {
			g[2].Subject = record.Ref{Kind: "mission", ID: "growth"}
			return g
		}, want: accountability.Denied, chain: "third second", says: "no live grant covers the subject"},
		{name: "a giver whose own authority nobody recorded", change: func(g []accountability.Grant) []accountability.Grant { return g[1:] }, want: accountability.Conditional, chain: "third second first", says: "where the authority of a giver comes from is not recorded: dept"},
		{name: "superseded", change: func(g []accountability.Grant) []accountability.Grant {
			n := grant("new", "minister", "director")
			n.Powers, n.Supersedes = []string{accountability.PowerSign}, []record.ID{"second"}
			return append(g, n)
		}, want: accountability.Denied, chain: "third second", says: "the grant is superseded by another"},
		{name: "superseded later", change: func(g []accountability.Grant) []accountability.Grant {
			n := grant("new", "minister", "director", "2026-01-01..")
			n.Powers, n.Supersedes = []string{accountability.PowerSign}, []record.ID{"second"}
			return append(g, n)
		}, want: accountability.Allowed, chain: "third second first root"},
		{name: "superseded some time in the year", change: func(g []accountability.Grant) []accountability.Grant {
			n := grant("new", "minister", "director", "2025..")
			n.Powers, n.Supersedes = []string{accountability.PowerSign}, []record.ID{"second"}
			return append(g, n)
		}, want: accountability.Conditional, chain: "third second first root", says: "whether a grant is superseded rests on a rough date"},
		{name: "a change of holder breaks nothing", holdings: []accountability.Holding{holds("h", "director", "ann", "..2025-01-01"), holds("i", "director", "bob", "2025-01-01..")}, want: accountability.Allowed, chain: "third second first root"},
		{name: "a vacancy does", holdings: []accountability.Holding{holds("h", "director", "ann", "..2025-01-01")}, want: accountability.Denied, chain: "third", says: "a post on the chain has no holder"},
		{name: "a holder who is there possibly", holdings: []accountability.Holding{holds("h", "director", "ann", "..unknown")}, want: accountability.Conditional, chain: "third second first root", says: "whether a post on the chain has a holder rests on a rough date"},
		{name: "the actor's own post is vacant", act: func(a *accountability.Act) { a.Actor = "director" }, holdings: []accountability.Holding{holds("h", "director", "ann", "..2025-01-01")}, want: accountability.Denied, says: "a post on the chain has no holder"},
		{name: "a person acts by the posts that they hold", act: func(a *accountability.Act) { a.Actor = "ann" }, holdings: []accountability.Holding{holds("h", "director", "ann")}, want: accountability.Allowed, chain: "second first root"},
		{name: "a person who holds a post possibly", act: func(a *accountability.Act) { a.Actor = "ann" }, holdings: []accountability.Holding{holds("h", "director", "ann", "..unknown")}, want: accountability.Conditional, chain: "second first root", says: "whether a post on the chain has a holder rests on a rough date"},
		{name: "a circle has no root", change: func(g []accountability.Grant) []accountability.Grant { g[0].By = "board"; return g }, want: accountability.Denied, chain: "third second first", says: "no live grant leads to it"},
		{name: "the shorter way", change: func(g []accountability.Grant) []accountability.Grant { return append(g, grant("own", "", "board")) }, want: accountability.Allowed, chain: "own"},
		{name: "another way where one fails", change: func(g []accountability.Grant) []accountability.Grant {
			g[3].PerItem = money("1.00 GBP")
			return append(g, grant("beside", "minister", "board"))
		}, want: accountability.Allowed, chain: "beside first root"},
		{name: "a grant of many versions and rough ends is asked the long way", change: func(g []accountability.Grant) []accountability.Grant {
			for i := range 20 {
				v := grant(record.ID(fmt.Sprintf("third-%d", i)), "director", "board", "change", "of=third", fmt.Sprintf("2023-0%d..", 1+i%9))
				g = append(g, v)
			}
			return g
		}, want: accountability.Allowed, chain: "third-19 second first root"},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec := accountability.Spec{Grants: command(), Holdings: c.holdings}
			if c.change != nil {
				spec.Grants = c.change(spec.Grants)
			}
			act := spend("board", "100.00 GBP")
			if c.act != nil {
				c.act(&act)
			}
			v := compile(t, spec, record.View{On: day("2025-06-01")}).Check(act, record.Moment{})
			assert.Equal(t, c.want.String(), v.Permission.String())
			var chain strings.Builder
			for i, g := range v.Chain {
				if i > 0 {
					chain.WriteString(" ")
				}
				chain.WriteString(string(g.ID))
				assert.Equal(t, record.Ref{Kind: accountability.KindGrant, ID: g.ID}, v.Records[i])
			}
			assert.Equal(t, c.chain, chain.String())
			switch c.want {
			case accountability.Denied:
				assert.Equal(t, c.says, v.Why)
				assert.Empty(t, v.Missing)
			case accountability.Conditional:
				assert.Equal(t, []string{c.says}, v.Missing)
			default:
				assert.Empty(t, v.Why)
				assert.Empty(t, v.Missing)
			}
		})
	}
}

func TestCheckNarrowsLimitsAndFollowsContainers(t *testing.T) {
	g := command()
	g[0].PerItem, g[1].PerItem, g[2].PerItem = money("500.00 GBP"), money("900.00 GBP"), money("300.00 GBP")
	g[1].Cumulative = money("5000.00 GBP")
	g[2].Subject = record.Ref{Kind: "mission", ID: "health"}
	r := compile(t, accountability.Spec{Grants: g}, record.View{On: day("2025-06-01")})
	act := spend("board", "300.00 GBP")
	act.Spent = record.Known(money("0.00 GBP"))
	v := r.Check(act, record.Moment{})
	assert.Equal(t, accountability.Allowed, v.Permission)
	assert.Equal(t, money("300.00 GBP"), v.PerItem)
	assert.Equal(t, money("5000.00 GBP"), v.Cumulative)
	act.Subject = record.Ref{Kind: "milestone", ID: "waits"}
	assert.Equal(t, accountability.Denied, r.Check(act, record.Moment{}).Permission)
	inside := r.WithContainers(func(s record.Ref) []record.Ref {
		if s.Kind == "milestone" {
			return []record.Ref{{Kind: "outcome", ID: "fit"}}
		}
		return []record.Ref{subject}
	})
	assert.Equal(t, accountability.Allowed, inside.Check(act, record.Moment{}).Permission)
	endless := r.WithContainers(func(s record.Ref) []record.Ref { return []record.Ref{{Kind: "x", ID: s.ID + "x"}} })
	assert.Equal(t, accountability.Denied, endless.Check(act, record.Moment{}).Permission)
}

func TestPermission(t *testing.T) {
	for i, text := range []string{"allowed", "denied", "conditional"} {
		p := accountability.Permission(i + 1)
		b, err := p.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, text, string(b))
		var back accountability.Permission
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, p, back)
		assert.False(t, p.IsZero())
	}
	assert.Empty(t, accountability.Permission(9).String())
	assert.True(t, accountability.Permission(0).IsZero())
}

// The relations and assertions of ../shared/data/accountability/expiry (SpiceDB's tests of expiry, Apache-2.0), as grants. A
// relation that leads from a document through a folder or a team to a user is a chain of grants; the day is one between the
// dates of the files.
func TestExpiryOfSpiceDB(t *testing.T) {
	type relation struct {
		by, to, until string
		condition     string
	}
	for _, c := range []struct {
		file   string
		tuples []relation
		want   map[string]accountability.Permission
		met    []string
	}{
		{"relexpiration.yaml", []relation{{"", "tracy", "2023-12-01", ""}, {"", "tom", "2323-12-01", ""}},
			map[string]accountability.Permission{"tom": accountability.Allowed, "tracy": accountability.Denied}, nil},
		{"arrowoverexpiration.yaml", []relation{{"", "expired", "2023-12-01", ""}, {"", "notexpired", "2323-12-01", ""}, {"expired", "tom", "2023-12-01", ""},
			{"expired", "fred", "2223-12-01", ""}, {"notexpired", "sarah", "2023-12-01", ""}, {"notexpired", "tracy", "2223-12-01", ""}},
			map[string]accountability.Permission{"tracy": accountability.Allowed, "tom": accountability.Denied, "fred": accountability.Denied, "sarah": accountability.Denied}, nil},
		{"indirectrelexpiration.yaml", []relation{{"", "firstteam", "2023-12-01", ""}, {"", "secondteam", "2300-12-01", ""}, {"firstteam", "tracy", "2023-12-01", ""},
			{"firstteam", "tom", "2300-12-01", ""}, {"secondteam", "fred", "2023-12-01", ""}, {"secondteam", "sarah", "2300-12-01", ""}},
			map[string]accountability.Permission{"sarah": accountability.Allowed, "tom": accountability.Denied, "fred": accountability.Denied, "tracy": accountability.Denied}, nil},
		{"expirationwithcaveat.yaml", []relation{{"", "tom", "2023-12-01", "somecondition is 42"}, {"", "fred", "2300-12-01", "somecondition is 42"}, {"", "sarah", "2300-12-01", ""}},
			map[string]accountability.Permission{"sarah": accountability.Allowed, "fred": accountability.Conditional, "tom": accountability.Denied}, nil},
		{"expirationwithcaveat.yaml", []relation{{"", "fred", "2300-12-01", "somecondition is 42"}},
			map[string]accountability.Permission{"fred": accountability.Allowed}, []string{"somecondition is 42"}},
		// Where the file has no current time the answer there depends on it; here a day is always given, and an end on a day
		// that is not known is what leaves the answer open.
		{"caveatexpiration.yaml", []relation{{"", "tracy", "2024-12-01", ""}, {"", "tom", "2023-12-01", ""}, {"", "fred", "2022-12-01", ""}, {"", "open", "unknown", ""}},
			map[string]accountability.Permission{"tracy": accountability.Allowed, "tom": accountability.Denied, "fred": accountability.Denied, "open": accountability.Conditional}, nil},
	} {
		spec := accountability.Spec{}
		parties := map[string]bool{}
		for i, u := range c.tuples {
			for _, p := range []string{u.by, u.to} {
				if p != "" && !parties[p] {
					parties[p] = true
					spec.Parties = append(spec.Parties, post(record.ID(p)))
				}
			}
			g := grant(record.ID(fmt.Sprintf("g%d", i)), record.ID(u.by), record.ID(u.to), ".."+u.until)
			if u.condition != "" {
				g.Conditions = []string{u.condition}
			}
			spec.Grants = append(spec.Grants, g)
		}
		r := compile(t, spec, record.View{On: day("2024-06-01")})
		for user, want := range c.want {
			act := spend(record.ID(user), "1.00 GBP")
			act.Met = c.met
			assert.Equal(t, want, r.Check(act, record.Moment{}).Permission, "%s: %s", c.file, user)
		}
	}
	r := compile(t, accountability.Spec{Grants: []accountability.Grant{grant("g", "", "director", "..2023-12-01")}}, record.View{})
	act := spend("director", "1.00 GBP")
	assert.Equal(t, accountability.Allowed, r.Check(act, record.Moment{On: day("2023-11-30")}).Permission)
	assert.Equal(t, accountability.Denied, r.Check(act, record.Moment{On: day("2023-12-01")}).Permission, "caveatexpiration.yaml: before the end and not on it")
}

// randomGrants draws grants among a few parties, with every sort of bound.
func randomGrants(random *rand.Rand, n int) accountability.Spec {
	var s accountability.Spec
	names := []record.ID{"a", "b", "c", "d", "e"}
	for _, p := range names {
		s.Parties = append(s.Parties, post(p))
	}
	for i := range n {
		to, by := names[random.IntN(5)], names[random.IntN(5)]
		if to == by || random.IntN(4) == 0 {
			by = ""
		}
		g := grant(record.ID(fmt.Sprintf("g%d", i)), by, to)
		if random.IntN(3) == 0 {
			g.From = when(whens[random.IntN(6)])
		}
		if random.IntN(3) == 0 {
			g.Recorded = day("2024-01-03").In(time.UTC)
		}
		narrow(random, &g, 1)
		s.Grants = append(s.Grants, g)
		if random.IntN(6) == 0 && i > 0 {
			s.Grants[i].Supersedes = []record.ID{record.ID(fmt.Sprintf("g%d", random.IntN(i)))}
		}
	}
	for i := range random.IntN(3) {
		s.Holdings = append(s.Holdings, holds(record.ID(fmt.Sprint("h", i)), names[random.IntN(5)], "a-person", []string{"..2024-01-04", "..unknown", "2024-01-01..2024-01"}[random.IntN(3)]))
	}
	s.Parties = append(s.Parties, accountability.Party{Record: record.New("a-person"), Kind: accountability.Person})
	return s
}

// narrow takes something from a grant, each way with a chance of one in a few.
func narrow(random *rand.Rand, g *accountability.Grant, chance int) {
	yes := func() bool { return random.IntN(5) < chance }
	if yes() {
		limit := money(fmt.Sprintf("%d.00 GBP", 1+random.IntN(9)))
		if g.PerItem.IsZero() || limit.Minor < g.PerItem.Minor {
			g.PerItem = limit
		}
	}
	if yes() {
		limit := money(fmt.Sprintf("%d.00 GBP", 1+random.IntN(20)))
		if g.Cumulative.IsZero() || limit.Minor < g.Cumulative.Minor {
			g.Cumulative = limit
		}
	}
	if depth := 1 + random.IntN(3); yes() && !g.Final && (g.MaxDepth == 0 || depth < g.MaxDepth) {
		g.MaxDepth = depth
	}
	if yes() {
		g.Final, g.MaxDepth = true, 0
	}
	if yes() {
		g.Excluded = append(slices.Clip(g.Excluded), "consultancy")
	}
	if yes() {
		g.Conditions = append(slices.Clip(g.Conditions), []string{"agreed", "published"}[random.IntN(2)])
	}
	if yes() && g.Until.IsZero() {
		g.Until = when([]string{"2024-01-06", "2024-01-07", "unknown"}[random.IntN(3)])
		if g.Valid().Check() != nil {
			g.Until = calendar.When{}
		}
	}
	if yes() && g.Subject.IsZero() {
		g.Subject = []record.Ref{subject, {Kind: "mission", ID: "growth"}}[random.IntN(2)]
	}
}

// allowed tries every chain of grants without repeats.
func allowed(s accountability.Spec, act accountability.Act, at record.Moment) (certain, possible bool) {
	known := func(r *record.Record) bool { return at.Known.IsZero() || !r.Recorded.After(at.Known) }
	vacancy := func(p record.ID) calendar.Certainty { // certainly or possibly there, or not
		most, any := calendar.No, false
		for _, h := range s.Holdings {
			if h.Post == p {
				c := h.Valid().Covers(at.On)
				most = max(most, c)
				any = any || c == calendar.No && h.Until.IsResolved() && !h.Until.Latest().After(at.On)
			}
		}
		if most == calendar.No && !any {
			return calendar.Certainly
		}
		return most
	}
	var climb func(party record.ID, used []int, sure bool)
	climb = func(party record.ID, used []int, sure bool) {
		switch vacancy(party) {
		case calendar.No:
			return
		case calendar.Possibly:
			sure = false
		}
		granted := false
		for i, g := range s.Grants {
			if g.To != party || !known(&g.Record) {
				continue
			}
			granted = true
			ok, live := sure, g.Valid().Covers(at.On)
			if live == calendar.No || slices.Contains(used, i) || !g.Subject.IsZero() && g.Subject != act.Subject || g.Final && len(used) > 0 || g.MaxDepth > 0 && len(used) > g.MaxDepth {
				continue
			}
			ok = ok && live == calendar.Certainly
			spent, stated := act.Spent.Get()
			switch {
			case !g.PerItem.IsZero() && act.Amount.Minor > g.PerItem.Minor, !g.Cumulative.IsZero() && act.Amount.Minor+spent.Minor > g.Cumulative.Minor:
				continue
			case slices.ContainsFunc(act.Categories, func(c string) bool {
				return slices.Contains(g.Excluded, c) || c == accountability.Novel && (len(used) > 0 || g.By != "")
			}):
				continue
			}
			ok = ok && (g.Cumulative.IsZero() || stated)
			for _, c := range g.Conditions {
				ok = ok && slices.Contains(act.Met, c)
			}
			dead := false
			for _, o := range s.Grants {
				if slices.Contains(o.Supersedes, g.ID) && known(&o.Record) {
					dead = dead || o.Valid().Covers(at.On) == calendar.Certainly
					ok = ok && o.Valid().Covers(at.On) == calendar.No
				}
			}
			switch {
			case dead:
			case g.By == "":
				certain, possible = certain || ok, true
			default:
				climb(g.By, append(slices.Clip(used), i), ok)
			}
		}
		if !granted && len(used) > 0 {
			possible = true
		}
	}
	climb(act.Actor, nil, true)
	return certain, possible
}

func randomAct(random *rand.Rand) accountability.Act {
	act := spend([]record.ID{"a", "b", "c"}[random.IntN(3)], fmt.Sprintf("%d.00 GBP", random.IntN(8)))
	if random.IntN(2) == 0 {
		act.Spent = record.Known(money(fmt.Sprintf("%d.00 GBP", random.IntN(9))))
	}
	act.Categories = [][]string{nil, nil, nil, {"consultancy"}, {accountability.Novel}}[random.IntN(5)]
	act.Met = [][]string{nil, {"agreed"}, {"agreed", "published"}}[random.IntN(3)]
	return act
}

func FuzzCheck(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed, uint8(seed))
	}
	f.Fuzz(func(t *testing.T, seed uint64, n uint8) {
		random := rand.New(rand.NewPCG(seed, 4))
		spec := randomGrants(random, 1+int(n%12))
		r := compile(t, spec, record.View{})
		narrower := spec
		narrower.Grants = slices.Clone(spec.Grants)
		narrow(random, &narrower.Grants[random.IntN(len(spec.Grants))], 3)
		q := compile(t, narrower, record.View{})
		for range 12 {
			act, at := randomAct(random), record.Moment{On: calendar.On(2024, 1, 1+random.IntN(9))}
			if random.IntN(2) == 0 {
				at.Known = day("2024-01-02").In(time.UTC)
			}
			v := r.Check(act, at)
			certain, possible := allowed(spec, act, at)
			want := accountability.Denied
			if certain {
				want = accountability.Allowed
			} else if possible {
				want = accountability.Conditional
			}
			require.Equal(t, want, v.Permission, "%+v on %s", act, at.On)
			assert.Equal(t, v.Permission == accountability.Conditional, len(v.Missing) > 0)
			assert.Equal(t, v.Permission == accountability.Denied, v.Why != "")
			if v.Permission == accountability.Allowed {
				last := v.Chain[len(v.Chain)-1]
				assert.Empty(t, last.By, "a chain ends at a root")
			}
			if len(spec.Grants) > 0 && v.Permission != accountability.Allowed && !slices.ContainsFunc(spec.Grants, func(g accountability.Grant) bool { return len(g.Supersedes) > 0 }) {
				assert.NotEqual(t, accountability.Allowed, q.Check(act, at).Permission, "narrowing a grant allows nothing")
			}
		}
	})
}
