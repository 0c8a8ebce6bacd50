package review_test

import (
	"testing"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
)

var (
	theMoney  = record.Ref{Kind: funding.KindAllocation, ID: "a"}
	theOrg    = partyOf("org")
	theLine   = record.Ref{Kind: accountability.KindLine, ID: "l"}
	theLetter = record.Ref{Kind: accountability.KindMandate, ID: "d"}
)

func partyOf(id record.ID) record.Ref { return record.Ref{Kind: accountability.KindParty, ID: id} }

// arranged is parts with the records about how answering is arranged among them, beside a parliament and a group.
func arranged(records ...any) mission.Spec {
	var rest []any
	spec := mission.Spec{}
	for _, r := range records {
		switch r := r.(type) {
		case accountability.Line:
			spec.Lines = append(spec.Lines, r)
		case accountability.Sharing:
			spec.Sharings = append(spec.Sharings, r)
		case accountability.Mandate:
			spec.Mandates = append(spec.Mandates, r)
		case accountability.Grant:
			spec.Grants = append(spec.Grants, r)
		case accountability.Leave:
			spec.Leaves = append(spec.Leaves, r)
		case accountability.AccountingTest:
			spec.AccountingTests = append(spec.AccountingTests, r)
		case accountability.Direction:
			spec.Directions = append(spec.Directions, r)
		case accountability.LearningSpace:
			spec.LearningSpaces = append(spec.LearningSpaces, r)
		case funding.Pool:
			spec.Pools = append(spec.Pools, r)
		case funding.Share:
			spec.PoolShares = append(spec.PoolShares, r)
		case accountability.Party:
			spec.Parties = append(spec.Parties, r)
		default:
			rest = append(rest, r)
		}
	}
	all := parts(rest...)
	all.Lines, all.Sharings, all.Mandates, all.Grants, all.Leaves = spec.Lines, spec.Sharings, spec.Mandates, spec.Grants, spec.Leaves
	all.AccountingTests, all.Directions, all.LearningSpaces = spec.AccountingTests, spec.Directions, spec.LearningSpaces
	all.Pools, all.PoolShares = spec.Pools, spec.PoolShares
	all.Parties = append(all.Parties, spec.Parties...)
	all.Parties = append(all.Parties,
		accountability.Party{Record: record.New("house"), Kind: accountability.Body, Name: "The House"},
		accountability.Party{Record: record.New("users"), Kind: accountability.Group, Name: "The users"})
	return all
}

func duty(id record.ID, word string, subject record.Ref, post record.ID) accountability.Duty {
	return accountability.Duty{Record: record.New(id), Duty: word, Subject: subject, Post: post}
}

func nobody(id record.ID, word string, subject record.Ref, state accountability.DutyState) accountability.Duty {
	return accountability.Duty{Record: record.New(id), Duty: word, Subject: subject, State: state}
}

func sometime(d accountability.Duty, from string) accountability.Duty {
	d.From = when(from)
	return d
}

func line(id, actor, forum record.ID) accountability.Line {
	return accountability.Line{Record: record.New(id), Actor: actor, Forum: partyOf(forum)}
}

// gone is a holding that ended, so that its post is vacant.
func gone(post record.ID) accountability.Holding {
	return accountability.Holding{Record: record.Record{ID: "gone-" + post, From: when("2025-01-01"), Until: when("2026-01-01")}, Post: post, Holder: "ann"}
}

func TestDiffuseAccountability(t *testing.T) {
	o := mission.Outcome{Record: record.New("o"), Missions: []record.ID{"m"}}
	a, b := duty("da", "outcome-owner", theOutcome, "org"), duty("db", "outcome-owner", theOutcome, "town")
	part := b
	part.Part = "the repairs"
	not := never(mission.Agreement, theOutcome)
	share := func(change func(*accountability.Sharing)) accountability.Sharing {
		s := accountability.Sharing{Record: record.New("v"), Subject: theOutcome, Duty: "outcome-owner", Mode: accountability.Joint, Members: []record.ID{"org", "town"}}
		change(&s)
		return s
	}
	bare := share(func(*accountability.Sharing) {})
	led := share(func(s *accountability.Sharing) { s.Lead = "org" })
	ruled := share(func(s *accountability.Sharing) { s.Rule = accountability.ByUnanimity })
	escalated := share(func(s *accountability.Sharing) { s.Rule, s.Escalation = accountability.ByUnanimity, "to the minister" })
	weighed := share(func(s *accountability.Sharing) { s.Weights = []record.Quantity{record.Number(0.5), record.Number(0.5)} })
	roughly := share(func(s *accountability.Sharing) { s.Lead, s.From = "org", when("2026") })
	table(t, "F52", theOutcome, []row{
		{name: "no part agreed", spec: arranged(m(""), o, a, b, not), want: finding, says: "The Ministry and The Town share", also: "no part of it"},
		{name: "hearsay says so", spec: arranged(m(""), o, a, b, graded(not, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "agreed and not", spec: arranged(m(""), o, a, b, not, event(mission.Agreement, theOutcome, "")), want: nothing},
		{name: "agreed for the mission", spec: arranged(m(""), o, a, b, not, event(mission.Agreement, theMission, "")), want: nothing},
		{name: "one has a part, nobody says who convenes", spec: arranged(m(""), o, a, part, not), want: cannot, says: "who brings them together is not recorded"},
		{name: "one has a part, somebody convenes the mission", spec: arranged(m(""), o, a, part, not, duty("dc", "convene", theMission, "town")), want: nothing},
		{name: "nobody convenes", spec: arranged(m(""), o, a, part, nobody("dc", "convene", theOutcome, accountability.Vacant)), want: finding, says: "nobody brings them together"},
		{name: "who convenes is contested", spec: arranged(m(""), o, a, part, nobody("dc", "convene", theOutcome, accountability.Contested)), want: cannot},
		{name: "who convenes is withheld", spec: arranged(m(""), o, a, part, nobody("dc", "convene", theOutcome, accountability.Withheld)), want: cannot},
		{name: "who convenes is rough", spec: arranged(m(""), o, a, part, sometime(nobody("dc", "convene", theOutcome, accountability.Vacant), "2026")), want: cannot, says: "not known from the dates"},
		{name: "a bare sharing", spec: arranged(m(""), o, a, b, bare), want: finding},
		{name: "a bare sharing alone", spec: arranged(m(""), o, bare), want: finding},
		{name: "a sharing with a lead", spec: arranged(m(""), o, a, b, not, led), want: nothing},
		{name: "a sharing with a rule", spec: arranged(m(""), o, a, b, ruled), want: finding},
		{name: "a sharing with a rule and an escalation", spec: arranged(m(""), o, a, b, escalated), want: nothing},
		{name: "a sharing with weights", spec: arranged(m(""), o, a, b, weighed), want: cannot, says: "who brings them together"},
		{name: "a sharing of a rough day", spec: arranged(m(""), o, a, b, roughly), want: cannot, says: "whether an agreement"},
		{name: "one alone", spec: arranged(m(""), o, a, not), want: nothing},
		{name: "one owns and one advises", spec: arranged(m(""), o, a, duty("db", "advise", theOutcome, "town"), not), want: nothing},
		{name: "one perhaps", spec: arranged(m(""), o, a, sometime(duty("db", "answer", theOutcome, "town"), "2026"), not), want: cannot, says: "how many share it"},
		{name: "one to come", spec: arranged(m(""), o, a, sometime(b, "2027"), not), want: nothing},
		{name: "who owns is unclear", spec: arranged(m(""), o, nobody("da", "outcome-owner", theOutcome, accountability.Unclear), not), want: cannot, says: "is unclear"},
		{name: "nothing recorded of parts", spec: arranged(m(""), o, a, b), want: cannot, says: "which part of it each answers for"},
		{name: "nothing recorded", spec: arranged(m(""), o), want: cannot, says: "who answers for it is not recorded"},
	})
}

func TestAccountingOfficerGap(t *testing.T) {
	pay := func(change func(*funding.Allocation)) funding.Allocation {
		a := funding.Allocation{Record: record.New("a"), Subject: theMission}
		change(&a)
		return a
	}
	none := pay(func(*funding.Allocation) {})
	with := pay(func(a *funding.Allocation) { a.AccountingOfficer = "minister" })
	to := pay(func(a *funding.Allocation) { a.To = "unit" })
	private := pay(func(a *funding.Allocation) { a.Public = record.Known(false) })
	rival := pay(func(a *funding.Allocation) {
		a.Record, a.AccountingOfficer = record.Record{ID: "a2", Of: "a", Claimant: "the town"}, "other"
	})
	pooled := pay(func(a *funding.Allocation) { a.Pool = "pool" })
	pool := funding.Pool{Record: record.New("pool"), Name: "A pool"}
	share := func(officer record.ID) funding.Share {
		return funding.Share{Record: record.New("share"), Pool: "pool", Party: "town", AccountingOfficer: officer}
	}
	word := accountability.AccountingOfficer
	one, two := duty("da", word, theMoney, "minister"), duty("db", word, theMoney, "other")
	half := two
	half.Part = "repairs"
	whole := one
	whole.Part = "grants"
	table(t, "F53", theMoney, []row{
		{name: "vacant", spec: arranged(m(""), none, nobody("da", word, theMoney, accountability.Vacant)), want: finding, says: "is vacant"},
		{name: "unclear", spec: arranged(m(""), none, nobody("da", word, theMoney, accountability.Unclear)), want: finding, says: "is unclear"},
		{name: "withheld", spec: arranged(m(""), none, nobody("da", word, theMoney, accountability.Withheld)), want: cannot, says: "is withheld"},
		{name: "vacant by rough dates", spec: arranged(m(""), none, sometime(nobody("da", word, theMoney, accountability.Vacant), "2026")), want: cannot, says: "not known from the dates"},
		{name: "named", spec: arranged(m(""), with), want: nothing},
		{name: "named, and a duty says vacant", spec: arranged(m(""), with, nobody("da", word, theMoney, accountability.Vacant)), want: nothing},
		{name: "named, and the post is empty", spec: arranged(m(""), with, gone("minister")), want: finding, says: "has no holder"},
		{name: "by duty", spec: arranged(m(""), none, one), want: nothing},
		{name: "by a duty on who spends it", spec: arranged(m(""), to, duty("da", word, partyOf("unit"), "minister")), want: nothing},
		{name: "by a duty on the organisation of who spends it", spec: arranged(m(""), to, duty("da", word, theOrg, "minister")), want: nothing},
		{name: "who spends it has none", spec: arranged(m(""), to, nobody("da", word, theOrg, accountability.Vacant)), want: finding},
		{name: "two", spec: arranged(m(""), none, one, two), want: finding, says: "Minister and Other"},
		{name: "two with parts", spec: arranged(m(""), none, whole, half), want: nothing},
		{name: "two, one with a part", spec: arranged(m(""), none, one, half), want: finding},
		{name: "two with an agreement", spec: arranged(m(""), none, one, two, event(mission.Agreement, theMoney, "")), want: nothing},
		{name: "claimants differ", spec: arranged(m(""), with, rival), want: finding, says: "Claimants name different"},
		{name: "not public", spec: arranged(m(""), private, nobody("da", word, theMoney, accountability.Vacant)), want: nothing},
		{name: "nothing recorded", spec: arranged(m(""), none), want: cannot, says: "its accounting officer is not recorded"},
		{name: "pooled, with an officer", spec: arranged(m(""), pooled, pool, share("other")), want: nothing},
		{name: "pooled, and the officer's post is empty", spec: arranged(m(""), pooled, pool, share("minister"), gone("minister")), want: finding, says: "for a share of the pool"},
		{name: "pooled, without", spec: arranged(m(""), pooled, pool, share("")), want: cannot, says: "what The Town pays into the pool"},
	})
	closed := m("")
	closed.Stage = mission.StageClosed
	table(t, "F53", theMission, []row{
		{name: "no money", spec: arranged(m("")), want: cannot, says: "what money is set aside for it"},
		{name: "closed", spec: arranged(closed), want: nothing},
		{name: "money", spec: arranged(m(""), none), want: ""},
		{name: "money for an outcome", spec: arranged(m(""), mission.Outcome{Record: record.New("o"), Missions: []record.ID{"m"}}, pay(func(a *funding.Allocation) { a.Subject = theOutcome })), want: ""},
	})
}

func TestNoPathToParliament(t *testing.T) {
	o := mission.Outcome{Record: record.New("o"), Missions: []record.ID{"m"}}
	own := duty("da", "outcome-owner", theOutcome, "head")
	up := accountability.Party{Record: record.New("chief"), Kind: accountability.Post, Name: "Chief", ReportsTo: "minister"}
	bythe := duty("da", "outcome-owner", theOutcome, "chief")
	line1 := line("l", "minister", "house")
	board := line1
	board.Kind = accountability.AdministrativeLine
	roughly := line1
	roughly.From = when("2026")
	elsewhere := line1
	elsewhere.Subject = partyOf("town")
	about := line1
	about.Subject = theMission
	freed := line1
	freed.Informs, freed.Justifies = record.Known(false), record.Known(false)
	not := never(mission.AccountGiven, theOutcome)
	table(t, "F54", theOutcome, []row{
		{name: "no account is given", spec: arranged(m(""), o, own, not), want: finding, says: "No account of the outcome"},
		{name: "no account is said to be given", spec: arranged(m(""), o, own, graded(not, record.Opinion)), want: finding, says: "It is said (opinion"},
		{name: "given and not", spec: arranged(m(""), o, own, not, event(mission.AccountGiven, theOutcome, "2026-01-01")), want: nothing},
		{name: "not given, and a path is there", spec: arranged(m(""), o, up, bythe, line1, not), want: nothing},
		{name: "by report and line", spec: arranged(m(""), o, up, bythe, line1), want: nothing},
		{name: "by a line about the mission", spec: arranged(m(""), o, up, bythe, about), want: nothing},
		{name: "by a line about something else", spec: arranged(m(""), o, up, bythe, elsewhere), want: cannot, says: "a path from Chief"},
		{name: "by a line of another sort", spec: arranged(m(""), o, up, bythe, board), want: cannot},
		{name: "by a line on which nothing is owed", spec: arranged(m(""), o, up, bythe, freed), want: cannot},
		{name: "by a line of a rough day", spec: arranged(m(""), o, up, bythe, roughly), want: cannot, says: "not known from the dates"},
		{name: "through an empty post", spec: arranged(m(""), o, up, bythe, line1, gone("minister")), want: finding, says: `passes the post "Minister"`},
		{name: "through an empty post, or by another", spec: arranged(m(""), o, up, bythe, line1, gone("minister"), line("k", "chief", "house")), want: nothing},
		{name: "the steward of the mission answers", spec: arranged(m(""), o, duty("da", "mission-steward", theMission, "minister"), line1), want: nothing},
		{name: "no line", spec: arranged(m(""), o, own), want: cannot, says: "a path from Head"},
		{name: "nobody answers", spec: arranged(m(""), o, nobody("da", "outcome-owner", theOutcome, accountability.Vacant)), want: cannot, says: "is vacant"},
		{name: "who answers is rough", spec: arranged(m(""), o, up, sometime(bythe, "2026"), line1), want: cannot, says: "who answers for it on that day"},
		{name: "nothing recorded", spec: arranged(m(""), o), want: cannot, says: "who answers for it is not recorded"},
		{name: "round in a circle", spec: arranged(m(""), o, accountability.Party{Record: record.New("chief"), Kind: accountability.Post, Name: "Chief", ReportsTo: "chief"}, bythe), want: cannot},
	})
	money := funding.Allocation{Record: record.New("a"), Subject: theMission, AccountingOfficer: "minister"}
	given := funding.Allocation{Record: record.New("a"), Subject: theMission, Public: record.Known(false)}
	table(t, "F54", theMoney, []row{
		{name: "whole", spec: arranged(m(""), money, line1), want: nothing},
		{name: "no line", spec: arranged(m(""), money), want: cannot},
		{name: "empty", spec: arranged(m(""), money, line1, gone("minister")), want: finding},
		{name: "not public", spec: arranged(m(""), given), want: nothing},
	})
	table(t, "F54", theMission, []row{
		{name: "nothing to account for", spec: arranged(m("")), want: cannot, says: "what it is to bring about and with what money"},
		{name: "an outcome", spec: arranged(m(""), o), want: ""},
		{name: "money", spec: arranged(m(""), money), want: ""},
	})
}

func TestDecideAnswerPaySplit(t *testing.T) {
	pay := func(decides, answers, pays record.ID) funding.Allocation {
		return funding.Allocation{Record: record.New("a"), Subject: theMission, DecidedBy: decides, AccountingOfficer: answers, PaidBy: pays}
	}
	lone := accountability.Party{Record: record.New("lone"), Kind: accountability.Post, Name: "Lone"}
	grant := accountability.Grant{Record: record.New("g"), By: "minister", To: "other", Powers: []string{"decide"}}
	pooled := pay("minister", "other", "")
	pooled.Pool = "pool"
	pool := funding.Pool{Record: record.New("pool"), Name: "A pool"}
	ruled := pool
	ruled.Rule = record.Known("unanimity")
	share := funding.Share{Record: record.New("share"), Pool: "pool", Party: "town"}
	table(t, "F55", theMoney, []row{
		{name: "two bodies", spec: arranged(m(""), pay("minister", "other", "town")), want: finding, says: "Minister decides, Other answers and The Town pays"},
		{name: "two bodies, who pays not recorded", spec: arranged(m(""), pay("minister", "other", "")), want: finding, says: "Minister decides and Other answers"},
		{name: "one body", spec: arranged(m(""), pay("minister", "head", "org")), want: nothing},
		{name: "one body so far", spec: arranged(m(""), pay("minister", "head", "")), want: cannot, says: "who pays is not recorded"},
		{name: "one alone", spec: arranged(m(""), pay("minister", "", "")), want: cannot, says: "who answers and who pays"},
		{name: "a post of no organisation", spec: arranged(m(""), lone, pay("minister", "lone", "org")), want: cannot, says: "the organisation of Lone"},
		{name: "two bodies beside it", spec: arranged(m(""), lone, pay("minister", "lone", "town")), want: finding},
		{name: "agreed", spec: arranged(m(""), pay("minister", "other", "town"), event(mission.Agreement, theMoney, "")), want: nothing},
		{name: "agreed for the mission", spec: arranged(m(""), pay("minister", "other", "town"), event(mission.Agreement, theMission, "")), want: nothing},
		{name: "a grant links them", spec: arranged(m(""), pay("other", "minister", "org"), grant), want: nothing},
		{name: "a line links them", spec: arranged(m(""), pay("other", "minister", "org"), line("l", "town", "minister")), want: nothing},
		{name: "a line elsewhere", spec: arranged(m(""), pay("other", "minister", "org"), line("l", "town", "house")), want: finding},
		{name: "a pool without a rule", spec: arranged(m(""), pooled, pool, share), want: finding},
		{name: "a pool with a rule", spec: arranged(m(""), pooled, ruled, share), want: nothing},
		{name: "by duties", spec: arranged(m(""), pay("", "", ""), duty("da", "decide", theMoney, "minister"), duty("db", "pay", theMoney, "town")), want: finding},
		{name: "one duty of a rough day", spec: arranged(m(""), pay("minister", "", "org"), sometime(duty("da", "answer", theMoney, "other"), "2026")), want: cannot, says: "who answers on that day"},
	})
	table(t, "F55", theMission, []row{
		{name: "nothing", spec: arranged(m("")), want: cannot, says: "who decides on it and who pays for it"},
		{name: "its money speaks", spec: arranged(m(""), pay("minister", "other", "town")), want: ""},
		{name: "its own duties", spec: arranged(m(""), duty("da", "decide", theMission, "minister"), duty("db", "mission-steward", theMission, "other")), want: finding},
		{name: "a steward alone is no wiring", spec: arranged(m(""), duty("db", "mission-steward", theMission, "other")), want: cannot},
	})
	o := mission.Outcome{Record: record.New("o"), Missions: []record.ID{"m"}}
	table(t, "F55", theOutcome, []row{
		{name: "an owner alone", spec: arranged(m(""), o, duty("da", "outcome-owner", theOutcome, "minister")), want: ""},
		{name: "split", spec: arranged(m(""), o, duty("da", "outcome-owner", theOutcome, "minister"), duty("db", "pay", theOutcome, "town")), want: finding},
		{name: "nobody pays", spec: arranged(m(""), o, duty("da", "outcome-owner", theOutcome, "minister"), nobody("db", "pay", theOutcome, accountability.Vacant)), want: cannot, says: "is vacant"},
	})
}

func TestVerticalOnly(t *testing.T) {
	wide := m("")
	wide.Contributors = record.Known([]record.ID{"org", "town"})
	narrow := m("")
	narrow.Contributors = record.Known([]record.ID{"minister", "unit"})
	kept := m("")
	kept.Contributors = record.Withheld[[]record.ID]("commercial")
	o := mission.Outcome{Record: record.New("o"), Missions: []record.ID{"m"}}
	own := duty("da", "outcome-owner", theOutcome, "minister")
	up := line("l", "minister", "house")
	kind := func(k string, forum record.ID) accountability.Line {
		l := line("k", "minister", forum)
		l.Kind = k
		return l
	}
	forum := line("k", "minister", "")
	forum.Forum = theForum
	rough := kind("social", "town")
	rough.From = when("2026")
	elsewhere := kind("social", "town")
	elsewhere.Subject = partyOf("new")
	table(t, "F56", theOutcome, []row{
		{name: "to parliament", spec: arranged(wide, o, own, up), want: finding, says: "upwards only: by Minister, to The House"},
		{name: "to its own organisation", spec: arranged(wide, o, own, line("l", "minister", "org")), want: finding},
		{name: "to another organisation", spec: arranged(wide, o, own, up, kind("", "town")), want: nothing},
		{name: "to another organisation, administratively", spec: arranged(wide, o, own, up, kind("administrative", "town")), want: finding, says: "The House and The Town"},
		{name: "to a group", spec: arranged(wide, o, own, up, kind("", "users")), want: nothing},
		{name: "to equals", spec: arranged(wide, o, own, up, kind("professional", "head")), want: nothing},
		{name: "to a board", spec: arranged(wide, o, own, up, forum, accountability.Forum{Record: record.New("b"), Subject: theMission}), want: nothing},
		{name: "to another, about something else", spec: arranged(wide, o, own, up, elsewhere), want: finding},
		{name: "to another, perhaps", spec: arranged(wide, o, own, up, rough), want: cannot, says: "not known from the dates"},
		{name: "shared", spec: arranged(wide, o, own, up, duty("db", "answer", theOutcome, "town")), want: nothing},
		{name: "agreed", spec: arranged(wide, o, own, up, event(mission.Agreement, theOutcome, "")), want: nothing},
		{name: "one body", spec: arranged(narrow, o, own, up), want: nothing},
		{name: "contributors not recorded", spec: arranged(m(""), o, own, up), want: cannot, says: "who takes part in the mission"},
		{name: "contributors withheld", spec: arranged(kept, o, own, up), want: cannot, says: "is withheld (commercial)"},
		{name: "no line", spec: arranged(wide, o, own), want: cannot, says: "to whom Minister answers"},
		{name: "nobody answers", spec: arranged(wide, o, up), want: cannot, says: "who answers for it"},
	})
	table(t, "F56", theMission, []row{
		{name: "no outcome", spec: arranged(wide), want: cannot, says: "what it is to bring about"},
		{name: "an outcome", spec: arranged(wide, o), want: ""},
	})
}

func TestAssuranceOnly(t *testing.T) {
	l := func(purposes record.Value[[]string], basis string) accountability.Line {
		v := line("l", "minister", "house")
		v.Purposes, v.Basis = purposes, basis
		return v
	}
	rival := l(record.Known([]string{"learning"}), "")
	rival.Record = record.Record{ID: "l2", Of: "l", Claimant: "a committee"}
	up := record.Known([]string{"scrutiny", "assurance"})
	table(t, "F57", theLine, []row{
		{name: "upwards", spec: arranged(l(up, "")), want: finding, says: "is for assurance and scrutiny and not for learning"},
		{name: "to learn", spec: arranged(l(record.Known([]string{"scrutiny", "learning"}), "")), want: nothing},
		{name: "for outcomes", spec: arranged(l(record.Known([]string{"outcomes"}), "")), want: nothing},
		{name: "statute", spec: arranged(l(up, "statute")), want: nothing},
		{name: "something was learnt", spec: arranged(l(up, ""), event(mission.Lesson, theLine, "2026-01-01")), want: nothing},
		{name: "another says that it is to learn", spec: arranged(l(up, ""), rival), want: nothing},
		{name: "not recorded", spec: arranged(l(record.Value[[]string]{}, "")), want: cannot, says: "what it is for is not recorded"},
		{name: "withheld", spec: arranged(l(record.Withheld[[]string]("policy"), "")), want: cannot, says: "is withheld (policy)"},
		{name: "listed as none", spec: arranged(l(record.Known([]string{}), "")), want: cannot},
	})
}

func TestHeavyYoke(t *testing.T) {
	i := func(by record.ID, percent float64) mission.Initiative {
		n := mission.Initiative{Record: record.New("i"), By: by}
		if percent >= 0 {
			n.Reporting = record.Number(percent)
		}
		return n
	}
	to := func(n int, until string, forums ...record.ID) []any {
		var list []any
		for k, f := range forums {
			l := line(record.ID("l"+string(rune('a'+k))), "unit", f)
			if k >= n {
				l.Until = when(until)
			}
			list = append(list, l)
		}
		return list
	}
	four := []record.ID{"org", "town", "house", "users"}
	with := func(list []any, more ...any) mission.Spec { return arranged(append(list, more...)...) }
	rough := line("lz", "unit", "users")
	rough.From = when("2026")
	table(t, "F58", theInit, []row{
		{name: "four", spec: with(to(9, "", four...), i("unit", -1)), want: finding, says: "The Unit, doing", also: "answers to 4 others"},
		{name: "three", spec: with(to(9, "", four[:3]...), i("unit", -1)), want: nothing},
		{name: "twice to one", spec: with(to(9, "", "org", "org", "town", "house"), i("unit", -1)), want: nothing},
		{name: "four, one until a day", spec: with(to(3, "2026-12-01", four...), i("unit", -1)), want: nothing},
		{name: "four, one ended", spec: with(to(3, "2026-01-01", four...), i("unit", -1)), want: nothing},
		{name: "four, one from a rough day", spec: with(to(9, "", four[:3]...), rough, i("unit", -1)), want: cannot, says: "to how many"},
		{name: "a fifth of the time", spec: arranged(i("unit", 20)), want: nothing},
		{name: "more than a fifth", spec: arranged(i("unit", 20.5)), want: finding, says: "20.5 percent"},
		{name: "both", spec: with(to(9, "", four...), i("unit", 40)), want: finding, says: "40 percent", also: "answers to 4 others"},
		{name: "nobody says who does it, a little time", spec: arranged(i("", 3)), want: nothing},
		{name: "nobody says who does it", spec: arranged(i("", -1)), want: cannot, says: "who does the work"},
		{name: "no lines", spec: arranged(i("unit", -1)), want: cannot, says: "to whom The Unit answers"},
	})
}

func TestSilentMandate(t *testing.T) {
	letter := func(change func(*accountability.Mandate)) accountability.Mandate {
		v := accountability.Mandate{Record: record.New("d"), Kind: "mandate-letter", To: "minister", Subject: theMission, Obliges: record.Known([]string{"results"})}
		change(&v)
		return v
	}
	silent := letter(func(*accountability.Mandate) {})
	learning := letter(func(v *accountability.Mandate) { v.Obliges = record.Known([]string{"learning"}) })
	none := letter(func(v *accountability.Mandate) { v.Obliges = record.Known([]string{}) })
	unread := letter(func(v *accountability.Mandate) { v.Obliges = record.Withheld[[]string]("policy") })
	rough := letter(func(v *accountability.Mandate) { v.From = when("2026") })
	officer := letter(func(v *accountability.Mandate) { v.Kind, v.Subject = "appointment-letter", theOrg })
	second := letter(func(v *accountability.Mandate) {
		v.ID, v.Kind, v.Subject, v.Obliges = "d2", "code", record.Ref{}, record.Known([]string{"partnership"})
	})
	later := letter(func(v *accountability.Mandate) {
		v.ID, v.Supersedes, v.Obliges = "d2", []record.ID{"d"}, record.Value[[]string]{}
	})
	toOther := second
	toOther.To = "other"
	table(t, "F59", theLetter, []row{
		{name: "silent", spec: arranged(m(""), silent), want: finding, says: `The mandate of Minister for the mission "Homes" asks for neither`},
		{name: "obliges to nothing", spec: arranged(m(""), none), want: finding},
		{name: "learning", spec: arranged(m(""), learning), want: nothing},
		{name: "another instrument", spec: arranged(m(""), silent, second), want: nothing},
		{name: "another instrument to another", spec: arranged(m(""), silent, toOther), want: finding},
		{name: "a newer letter", spec: arranged(m(""), silent, later), want: nothing},
		{name: "not read", spec: arranged(m(""), unread), want: cannot, says: "is withheld (policy)"},
		{name: "from a rough day", spec: arranged(m(""), rough), want: cannot, says: "in force"},
		{name: "of an accounting officer", spec: arranged(m(""), officer), want: ""},
	})
}

func TestNoCollectiveOwnership(t *testing.T) {
	wide := m("")
	wide.Contributors = record.Known([]record.ID{"org", "town"})
	narrow := m("")
	narrow.Contributors = record.Known([]record.ID{"minister", "unit"})
	homeless := m("")
	homeless.Contributors = record.Known([]record.ID{"org", "lone"})
	lone := accountability.Party{Record: record.New("lone"), Kind: accountability.Post, Name: "Lone"}
	closed := wide
	closed.Stage = mission.StageClosed
	own := duty("da", "mission-sponsor", theMission, "minister")
	not := never(mission.JointDecision, theMission)
	together := func(by ...record.ID) mission.Event {
		e := event(mission.JointDecision, theMission, "2026-01-01")
		e.By = by
		return e
	}
	table(t, "F60", theMission, []row{
		{name: "alone", spec: arranged(wide, own, not), want: finding, says: "sponsored or stewarded by Minister alone"},
		{name: "said to be alone", spec: arranged(wide, own, graded(not, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "together", spec: arranged(wide, own, not, together("minister", "other")), want: nothing},
		{name: "together with another", spec: arranged(wide, own, together("town")), want: nothing},
		{name: "among themselves", spec: arranged(wide, own, together("minister", "unit")), want: cannot, says: "have decided anything together"},
		{name: "with nobody knows whom", spec: arranged(wide, own, not, together()), want: cannot, says: "who took the joint decision"},
		{name: "two sponsors of one body", spec: arranged(wide, own, duty("db", "mission-steward", theMission, "head"), not), want: finding},
		{name: "sponsor and steward of two bodies", spec: arranged(wide, own, duty("db", "mission-steward", theMission, "other"), not), want: nothing},
		{name: "perhaps a second", spec: arranged(wide, own, sometime(duty("db", "mission-steward", theMission, "other"), "2026"), not), want: cannot, says: "who else sponsors it"},
		{name: "one body", spec: arranged(narrow, own, not), want: nothing},
		{name: "a contributor of no organisation", spec: arranged(lone, homeless, own, not), want: cannot, says: "the organisation of Lone"},
		{name: "contributors not recorded", spec: arranged(m(""), own, not), want: cannot, says: "who takes part"},
		{name: "no sponsor recorded", spec: arranged(wide, not), want: cannot, says: "who sponsors it is not recorded"},
		{name: "sponsor unclear", spec: arranged(wide, nobody("da", "mission-sponsor", theMission, accountability.Unclear), not), want: cannot, says: "is unclear"},
		{name: "no word of decisions", spec: arranged(wide, own), want: cannot, says: "have decided anything together is not recorded"},
		{name: "left out", spec: arranged(wide, own, graded(not, record.Hearsay)), view: mission.View{Without: []record.Grade{record.Hearsay}}, want: cannot, says: "left out by the view"},
		{name: "closed", spec: arranged(closed, own, not), want: nothing},
	})
}

func TestConflictingLines(t *testing.T) {
	head := partyOf("head")
	clash := event(mission.ConflictingDirections, head, "2026-03-02")
	clash.By = []record.ID{"minister", "unit"}
	rule := func(kind, day string) mission.Event { return event(kind, head, day) }
	a, b := line("la", "head", "minister"), line("lb", "head", "unit")
	table(t, "F61", head, []row{
		{name: "conflict", spec: arranged(clash, a, b), want: finding, says: "Head was asked by Minister and The Unit for what cannot both be done"},
		{name: "conflict, no lines recorded", spec: arranged(clash), want: finding},
		{name: "said to be", spec: arranged(graded(clash, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "a rule since", spec: arranged(clash, rule(mission.Agreement, "2026-04-01")), want: nothing},
		{name: "priorities on the day", spec: arranged(clash, rule(mission.Priorities, "2026-03-02")), want: nothing},
		{name: "a rule before", spec: arranged(clash, rule(mission.Agreement, "2026-01-01")), want: finding},
		{name: "a rule of a rough day", spec: arranged(clash, rule(mission.Agreement, "2026")), want: cannot, says: "not known from their dates"},
		{name: "two lines and no conflict", spec: arranged(a, b), want: nothing},
		{name: "one line", spec: arranged(a), want: ""},
		{name: "to come", spec: arranged(event(mission.ConflictingDirections, head, "2026-07-01"), a, b), want: nothing},
	})
}
