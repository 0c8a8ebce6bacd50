package review_test

import (
	"testing"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
)

// filled is a holding of a post by a person, from a day until another.
func filled(id, post, holder record.ID, from, until string) accountability.Holding {
	h := accountability.Holding{Record: record.New(id), Post: post, Holder: holder}
	if from != "" {
		h.From = when(from)
	}
	if until != "" {
		h.Until = when(until)
	}
	return h
}

func acting(h accountability.Holding) accountability.Holding {
	h.Basis = accountability.BasisActing
	return h
}

func leave(id, holding record.ID, from, until string) accountability.Leave {
	l := accountability.Leave{Record: record.New(id), Holding: holding}
	if from != "" {
		l.From = when(from)
	}
	if until != "" {
		l.Until = when(until)
	}
	return l
}

var (
	theMinister = partyOf("minister")
	cyd         = accountability.Party{Record: record.New("cyd"), Kind: accountability.Person, Name: "Cyd Example"}
)

func TestOverSeats(t *testing.T) {
	ann, bob := filled("ha", "minister", "ann", "2025-01-01", ""), filled("hb", "minister", "bob", "2025-06-01", "")
	table(t, "A07", theMinister, []row{
		{name: "two", spec: arranged(ann, bob), want: finding, says: `The post "Minister" has 2 holders and 1 seats`},
		{name: "one", spec: arranged(ann), want: nothing},
		{name: "one after the other", spec: arranged(filled("ha", "minister", "ann", "2025-01-01", "2025-06-01"), bob), want: nothing},
		{name: "one until a rough day", spec: arranged(filled("ha", "minister", "ann", "2025-01-01", "2026"), bob), want: cannot, says: "how many hold it"},
		{name: "one acts", spec: arranged(ann, acting(bob)), want: nothing},
		{name: "one is on leave", spec: arranged(ann, bob, leave("l", "ha", "2026-01-01", "")), want: cannot},
		{name: "no day", spec: arranged(ann, bob), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about is not set"},
	})
	table(t, "A07", partyOf("head"), []row{
		{name: "two in two seats", spec: arranged(filled("ha", "head", "ann", "", ""), filled("hb", "head", "bob", "", "")), want: nothing},
		{name: "three in two seats", spec: arranged(cyd, filled("ha", "head", "ann", "", ""), filled("hb", "head", "bob", "", ""), filled("hc", "head", "cyd", "", "")), want: finding, says: "3 holders and 2 seats"},
		{name: "nobody recorded", spec: arranged(), want: ""},
	})
}

func TestLeaveUncovered(t *testing.T) {
	ann := filled("ha", "minister", "ann", "2025-01-01", "")
	away := leave("l", "ha", "2026-05-01", "")
	table(t, "A09", theMinister, []row{
		{name: "nobody", spec: arranged(ann, away), want: finding, says: "nobody is recorded as standing in"},
		{name: "somebody", spec: arranged(ann, away, acting(filled("hb", "minister", "bob", "2026-05-01", ""))), want: nothing},
		{name: "somebody until last month", spec: arranged(ann, away, acting(filled("hb", "minister", "bob", "2026-05-01", "2026-06-01"))), want: finding},
		{name: "somebody from a rough day", spec: arranged(ann, away, acting(filled("hb", "minister", "bob", "2026", ""))), want: cannot},
		{name: "away until last month", spec: arranged(ann, leave("l", "ha", "2026-05-01", "2026-06-01")), want: ""},
		{name: "away until a rough day", spec: arranged(ann, leave("l", "ha", "2026-05-01", "2026")), want: cannot},
		{name: "not away", spec: arranged(ann), want: ""},
	})
}

func TestActingChain(t *testing.T) {
	ann := filled("ha", "minister", "ann", "2025-01-01", "")
	in := acting(filled("hb", "minister", "bob", "2026-05-01", ""))
	own := filled("hc", "other", "bob", "2025-01-01", "")
	next := acting(filled("hd", "other", "cyd", "2026-05-01", ""))
	away := leave("l", "ha", "2026-05-01", "")
	too := leave("k", "hc", "2026-05-01", "")
	table(t, "A11", theMinister, []row{
		{name: "a chain", spec: arranged(cyd, ann, in, own, next, away, too), want: finding, says: "each of Minister and Other, in that order"},
		{name: "one link", spec: arranged(cyd, ann, in, own, away), want: nothing},
		{name: "the other post is kept", spec: arranged(cyd, ann, in, own, next, away), want: nothing},
		{name: "a rough day", spec: arranged(cyd, ann, in, own, next, away, leave("k", "hc", "2026", "")), want: cannot},
		{name: "nobody stands in", spec: arranged(ann), want: ""},
	})
}

func TestBackdatedMandate(t *testing.T) {
	letter := func(signed, effective string) accountability.Mandate {
		v := accountability.Mandate{Record: record.New("d"), To: "minister"}
		if signed != "" {
			v.Signed = when(signed)
		}
		if effective != "" {
			v.Effective = when(effective)
		}
		return v
	}
	table(t, "A16", theLetter, []row{
		{name: "years later", spec: arranged(letter("2023-03-08", "2019-07-08")), want: finding, says: "takes effect on 8 July 2019 and was signed on 8 March 2023", also: "more than 30 days later"},
		{name: "35 days", spec: arranged(letter("2026-02-05", "2026-01-01")), want: finding},
		{name: "31 days", spec: arranged(letter("2026-02-01", "2026-01-01")), want: finding},
		{name: "30 days", spec: arranged(letter("2026-01-31", "2026-01-01")), want: nothing},
		{name: "9 days", spec: arranged(letter("2015-04-10", "2015-04-01")), want: nothing},
		{name: "in advance", spec: arranged(letter("2026-01-01", "2026-03-01")), want: nothing},
		{name: "a rough day", spec: arranged(letter("2026-02", "2026-01-10")), want: cannot, says: "how long the two days lie apart"},
		{name: "a rough day, and long ago all the same", spec: arranged(letter("2026", "2025-01-10")), want: finding},
		{name: "signed on no recorded day", spec: arranged(letter("", "2026-01-10")), want: cannot, says: "the day on which it was signed is not recorded"},
		{name: "effective from no recorded day", spec: arranged(letter("2026-01-10", "")), want: cannot, says: "the day from which it takes effect is not recorded"},
	})
}

func TestDisputedRecord(t *testing.T) {
	one := filled("ha", "minister", "ann", "2025-01-01", "")
	rival := func(holder record.ID, from, until string) accountability.Holding {
		h := filled("hb", "minister", holder, from, until)
		h.Of, h.Claimant = "ha", "the town"
		return h
	}
	table(t, "A21", theMinister, []row{
		{name: "two names", spec: arranged(one, rival("bob", "2025-01-01", "")), want: finding, says: "Claimants differ on Minister: who holds it"},
		{name: "one name twice", spec: arranged(one, rival("ann", "2025-01-01", "")), want: nothing},
		{name: "two names, one until last year", spec: arranged(one, rival("bob", "2025-01-01", "2026-01-01")), want: nothing},
		{name: "two names, one from a rough day", spec: arranged(one, rival("bob", "2026", "")), want: cannot},
		{name: "one source", spec: arranged(one), want: nothing},
		{name: "no source", spec: arranged(), want: ""},
	})
	a := duty("da", "mission-lead", theMission, "minister")
	b := duty("db", "mission-lead", theMission, "other")
	b.Of, b.Claimant = "da", "the town"
	table(t, "A21", theMission, []row{
		{name: "two leads", spec: arranged(m(""), a, b), want: finding, says: `who carries the duty "mission-lead"`},
		{name: "one says contested", spec: arranged(m(""), nobody("da", "mission-lead", theMission, accountability.Contested)), want: ""},
		{name: "both share it", spec: arranged(m(""), a, duty("db", "mission-lead", theMission, "other")), want: ""},
	})
}

func TestManyAccountableAndSharings(t *testing.T) {
	a, b := duty("da", "answer", theMission, "org"), duty("db", "answer", theMission, "town")
	part := func(d accountability.Duty, s string) accountability.Duty { d.Part = s; return d }
	v := func(change func(*accountability.Sharing)) accountability.Sharing {
		s := accountability.Sharing{Record: record.New("v"), Subject: theMission, Duty: "answer", Mode: accountability.Joint, Members: []record.ID{"org", "town"}}
		change(&s)
		return s
	}
	bare := v(func(*accountability.Sharing) {})
	other := v(func(s *accountability.Sharing) { s.Duty, s.Lead = "mission-lead", "org" })
	table(t, "B02", theMission, []row{
		{name: "two", spec: arranged(m(""), a, b), want: finding, says: `The Ministry and The Town each carry the duty "answer"`},
		{name: "one", spec: arranged(m(""), a), want: nothing},
		{name: "two duties, one each", spec: arranged(m(""), a, duty("db", "senior-responsible-owner", theMission, "town")), want: nothing},
		{name: "two leads are left alone", spec: arranged(m(""), duty("da", "mission-lead", theMission, "org"), duty("db", "mission-lead", theMission, "town")), want: ""},
		{name: "each a part", spec: arranged(m(""), part(a, "x"), part(b, "y")), want: nothing},
		{name: "one a part", spec: arranged(m(""), part(a, "x"), b), want: finding},
		{name: "shared", spec: arranged(m(""), a, b, bare), want: nothing},
		{name: "another duty is shared", spec: arranged(m(""), a, b, other), want: finding},
		{name: "agreed", spec: arranged(m(""), a, b, event(mission.Agreement, theMission, "")), want: nothing},
		{name: "one perhaps", spec: arranged(m(""), a, sometime(b, "2026")), want: cannot},
	})
	rival := v(func(s *accountability.Sharing) {
		s.Record, s.Lead = record.Record{ID: "v2", Of: "v", Claimant: "the town"}, "town"
	})
	table(t, "B03", record.Ref{Kind: accountability.KindSharing, ID: "v"}, []row{
		{name: "bare", spec: arranged(m(""), bare), want: finding, says: "states no lead"},
		{name: "of a duty that nobody else names", spec: arranged(m(""), v(func(s *accountability.Sharing) { s.Duty = "steward of the roof" })), want: finding, says: "steward of the roof"},
		{name: "a lead", spec: arranged(m(""), v(func(s *accountability.Sharing) { s.Lead = "org" })), want: nothing},
		{name: "a rule alone", spec: arranged(m(""), v(func(s *accountability.Sharing) { s.Rule = "quota" })), want: finding},
		{name: "a rule and an escalation", spec: arranged(m(""), v(func(s *accountability.Sharing) { s.Rule, s.Escalation = "quota", "up" })), want: nothing},
		{name: "sole", spec: arranged(m(""), v(func(s *accountability.Sharing) { s.Mode, s.Members = accountability.Sole, []record.ID{"org"} })), want: nothing},
		{name: "claimants differ", spec: arranged(m(""), bare, rival), want: cannot, says: "contested"},
		{name: "from a rough day", spec: arranged(m(""), v(func(s *accountability.Sharing) { s.From = when("2026") })), want: cannot},
		{name: "over", spec: arranged(m(""), v(func(s *accountability.Sharing) { s.Until = when("2026-01-01") })), want: ""},
	})
}

func TestTwoHats(t *testing.T) {
	i := mission.Initiative{Record: record.New("i")}
	own, count := duty("da", "senior-responsible-owner", theInit, "minister"), duty("db", "accounting-officer", theInit, "other")
	same := duty("db", "accounting-officer", theInit, "minister")
	ann, too, bob := filled("ha", "minister", "ann", "", ""), filled("hb", "other", "ann", "", ""), filled("hb", "other", "bob", "", "")
	rough := filled("hb", "other", "ann", "2026", "")
	table(t, "B14", theInit, []row{
		{name: "one person", spec: arranged(i, own, count, ann, too), want: finding, says: `one holder carries both "accounting-officer" and "senior-responsible-owner"`},
		{name: "one post", spec: arranged(i, own, same), want: finding},
		{name: "two people", spec: arranged(i, own, count, ann, bob), want: nothing},
		{name: "a holder not recorded", spec: arranged(i, own, count, ann), want: cannot, says: `who holds the post "Other"`},
		{name: "a rough day", spec: arranged(i, own, count, ann, rough), want: cannot},
		{name: "one duty", spec: arranged(i, own, ann), want: ""},
		{name: "payer and paid", spec: arranged(i, duty("da", "fund", theInit, "org"), duty("db", "deliver", theInit, "org")), want: finding},
		{name: "wants and assures", spec: arranged(i, duty("da", "sponsor", theInit, "org"), duty("db", "assure", theInit, "town")), want: nothing},
	})
}

func TestOwnerOfPortfolio(t *testing.T) {
	i := func(kind string) mission.Initiative { return mission.Initiative{Record: record.New("i"), Kind: kind} }
	rival := i("programme")
	rival.Record = record.Record{ID: "i2", Of: "i", Claimant: "the town"}
	own := duty("da", "senior-responsible-owner", theInit, "minister")
	table(t, "B16", theInit, []row{
		{name: "portfolio", spec: arranged(i("portfolio"), own), want: finding, says: "Minister is senior responsible owner"},
		{name: "programme", spec: arranged(i("programme"), own), want: nothing},
		{name: "not recorded", spec: arranged(i(""), own), want: cannot, says: "what sort of work it is"},
		{name: "claimants differ", spec: arranged(i("portfolio"), rival, own), want: cannot, says: "contested"},
		{name: "an owner perhaps", spec: arranged(i("portfolio"), sometime(own, "2026")), want: cannot},
		{name: "no owner", spec: arranged(i("portfolio")), want: ""},
		{name: "owner vacant", spec: arranged(i("portfolio"), nobody("da", "senior-responsible-owner", theInit, accountability.Vacant)), want: ""},
	})
}

func TestOfficersOfOrganisations(t *testing.T) {
	word := accountability.AccountingOfficer
	one, two := duty("da", word, theOrg, "minister"), duty("db", word, theOrg, "other")
	table(t, "C01", theOrg, []row{
		{name: "held", spec: arranged(one), want: nothing},
		{name: "vacant", spec: arranged(nobody("da", word, theOrg, accountability.Vacant)), want: finding, says: "is vacant"},
		{name: "empty post", spec: arranged(one, gone("minister")), want: finding, says: "the post that carries it has no holder"},
		{name: "withheld", spec: arranged(nobody("da", word, theOrg, accountability.Withheld)), want: cannot, says: "withheld"},
		{name: "from a rough day", spec: arranged(sometime(one, "2026")), want: cannot},
		{name: "not recorded", spec: arranged(), want: ""},
	})
	part := func(d accountability.Duty, s string) accountability.Duty { d.Part = s; return d }
	table(t, "C02", theOrg, []row{
		{name: "two", spec: arranged(one, two), want: finding, says: "Minister and Other are both accounting officer of The Ministry"},
		{name: "parts", spec: arranged(part(one, "x"), part(two, "y")), want: nothing},
		{name: "an agreement", spec: arranged(one, two, event(mission.Agreement, theOrg, "")), want: nothing},
		{name: "one", spec: arranged(one), want: nothing},
		{name: "one perhaps", spec: arranged(one, sometime(two, "2026")), want: cannot},
		{name: "none", spec: arranged(nobody("da", word, theOrg, accountability.Vacant)), want: ""},
	})
}

func TestFailedTest(t *testing.T) {
	ref := record.Ref{Kind: accountability.KindTest, ID: "x"}
	met := record.Known(true)
	test := func(feasible record.Value[bool], day string) accountability.AccountingTest {
		return accountability.AccountingTest{Record: record.New("x"), Subject: theMoney, OnDay: when(day), Regularity: met, Propriety: met, ValueForMoney: met, Feasibility: feasible}
	}
	failed := test(record.Known(false), "2026-03-01")
	money := func(decided string) funding.Allocation {
		a := funding.Allocation{Record: record.New("a"), Subject: theMission}
		if decided != "" {
			a.Decided = when(decided)
		}
		return a
	}
	direction := accountability.Direction{Record: record.New("y"), Subject: theMoney, Given: when("2026-03-10")}
	table(t, "C05", ref, []row{
		{name: "went ahead", spec: arranged(m(""), money("2026-04-01"), failed), want: finding, says: "fails the standard of feasibility"},
		{name: "on the day", spec: arranged(m(""), money("2026-03-01"), failed), want: finding},
		{name: "directed", spec: arranged(m(""), money("2026-04-01"), failed, direction), want: nothing},
		{name: "decided before", spec: arranged(m(""), money("2026-02-01"), failed), want: cannot, says: "whether it went ahead is not recorded"},
		{name: "decided at a rough time", spec: arranged(m(""), money("2026"), failed), want: cannot, says: "which came first"},
		{name: "a commitment since", spec: arranged(m(""), money(""), failed, event(mission.Commitment, theMoney, "2026-05-01")), want: finding},
		{name: "known not to be funded", spec: arranged(m(""), money(""), failed, never(mission.Funded, theMoney)), want: nothing},
		{name: "nothing recorded since", spec: arranged(m(""), money(""), failed), want: cannot},
		{name: "all met", spec: arranged(m(""), money("2026-04-01"), test(met, "2026-03-01")), want: nothing},
		{name: "one not recorded", spec: arranged(m(""), money("2026-04-01"), test(record.Value[bool]{}, "2026-03-01")), want: cannot, says: "each of the four standards"},
	})
}

func TestWidenedGrant(t *testing.T) {
	ref := record.Ref{Kind: accountability.KindGrant, ID: "g"}
	pounds := func(n int64, c record.Currency) record.Money { return record.Money{Minor: n * 100, Currency: c} }
	grant := func(id, by, to record.ID, change func(*accountability.Grant)) accountability.Grant {
		g := accountability.Grant{Record: record.New(id), By: by, To: to, Powers: []string{"spend"}, PerItem: pounds(100, "GBP")}
		if change != nil {
			change(&g)
		}
		return g
	}
	down := func(change func(*accountability.Grant)) accountability.Grant {
		return grant("g", "minister", "head", change)
	}
	own := func(change func(*accountability.Grant)) accountability.Grant {
		return grant("r", "", "minister", change)
	}
	more := down(func(g *accountability.Grant) { g.PerItem = pounds(101, "GBP") })
	table(t, "C07", ref, []row{
		{name: "as much", spec: arranged(down(nil), own(nil)), want: nothing},
		{name: "more", spec: arranged(more, own(nil)), want: finding, says: "101.00 GBP for one act is above"},
		{name: "more, by another grant", spec: arranged(more, own(nil), grant("s", "", "minister", func(g *accountability.Grant) { g.PerItem = record.Money{} })), want: nothing},
		{name: "no limit of its own", spec: arranged(down(func(g *accountability.Grant) { g.PerItem = record.Money{} }), own(nil)), want: nothing},
		{name: "more in all", spec: arranged(down(func(g *accountability.Grant) { g.Cumulative = pounds(900, "GBP") }), own(func(g *accountability.Grant) { g.Cumulative = pounds(800, "GBP") })), want: finding, says: "in all"},
		{name: "another power", spec: arranged(down(func(g *accountability.Grant) { g.Powers = []string{"spend", "sign"} }), own(nil)), want: finding, says: `the power "sign"`},
		{name: "not to be passed on", spec: arranged(down(nil), own(func(g *accountability.Grant) { g.Final = true })), want: finding, says: "may not be passed on"},
		{name: "beyond the subject", spec: arranged(m(""), down(nil), own(func(g *accountability.Grant) { g.Subject = theMission })), want: finding, says: "may act on"},
		{name: "within the subject", spec: arranged(m(""), mission.Outcome{Record: record.New("o"), Missions: []record.ID{"m"}},
			down(func(g *accountability.Grant) { g.Subject = theOutcome }), own(func(g *accountability.Grant) { g.Subject = theMission })), want: nothing},
		{name: "in another currency", spec: arranged(more, own(func(g *accountability.Grant) { g.PerItem = pounds(10, "EUR") })), want: cannot, says: "currency"},
		{name: "the giver's from a rough day", spec: arranged(down(nil), own(func(g *accountability.Grant) { g.From = when("2026") })), want: cannot},
		{name: "itself from a rough day", spec: arranged(down(func(g *accountability.Grant) { g.From, g.PerItem = when("2026"), pounds(900, "GBP") }), own(nil)), want: cannot, says: "in force on that day"},
		{name: "the giver's not recorded", spec: arranged(down(nil)), want: cannot, says: "where the authority of Minister comes from"},
		{name: "its own", spec: arranged(grant("g", "", "minister", nil)), want: ""},
	})
}

func TestLearningSpaces(t *testing.T) {
	ref := record.Ref{Kind: accountability.KindSpace, ID: "z"}
	space := func(change func(*accountability.LearningSpace)) accountability.LearningSpace {
		s := accountability.LearningSpace{Record: record.New("z"), Subject: theMission, Sponsor: "minister"}
		if change != nil {
			change(&s)
		}
		return s
	}
	ann := filled("ha", "minister", "ann", "2025-01-01", "")
	table(t, "D01", ref, []row{
		{name: "no bounds", spec: arranged(m(""), space(nil)), want: finding, says: "states no cap on spending, no end and no rule for stopping"},
		{name: "an end", spec: arranged(m(""), space(func(s *accountability.LearningSpace) { s.Until = when("2027-01-01") })), want: nothing},
		{name: "an unknown end", spec: arranged(m(""), space(func(s *accountability.LearningSpace) { s.Until = when("unknown") })), want: cannot, says: "when it ends is stated to be unknown"},
		{name: "an unknown end and a cap", spec: arranged(m(""), space(func(s *accountability.LearningSpace) {
			s.Until, s.SpendCap = when("unknown"), record.Money{Minor: 1, Currency: "GBP"}
		})), want: nothing},
		{name: "from a rough day", spec: arranged(m(""), space(func(s *accountability.LearningSpace) { s.From = when("2026") })), want: cannot},
		{name: "to come", spec: arranged(m(""), space(func(s *accountability.LearningSpace) { s.From = when("2027") })), want: ""},
	})
	table(t, "D06", ref, []row{
		{name: "held", spec: arranged(m(""), space(nil), ann), want: nothing},
		{name: "empty", spec: arranged(m(""), space(nil), gone("minister")), want: finding, says: `The post "Minister", which carries the risk`},
		{name: "a body", spec: arranged(m(""), space(func(s *accountability.LearningSpace) { s.Sponsor = "unit" })), want: nothing},
		{name: "no holder recorded", spec: arranged(m(""), space(nil)), want: cannot, says: `who holds the post "Minister"`},
		{name: "holder from a rough day", spec: arranged(m(""), space(nil), filled("ha", "minister", "ann", "2026", "")), want: cannot},
		{name: "on leave, nobody stands in", spec: arranged(m(""), space(nil), ann, leave("l", "ha", "2026-05-01", "")), want: finding},
	})
}
