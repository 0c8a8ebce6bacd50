package review_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

func refOfKind(kind record.Kind, id record.ID) record.Ref { return record.Ref{Kind: kind, ID: id} }

func TestRegisterCoverOutlives(t *testing.T) {
	ann := filled("ha", "minister", "ann", "2025-01-01", "")
	in := acting(filled("hb", "minister", "bob", "2026-05-01", ""))
	in.CoverFor = "ha"
	ended := in
	ended.Until = when("2026-06-10")
	rough := in
	rough.From = when("2026")
	table(t, "A10", theMinister, []row{
		{name: "back for a month", spec: arranged(ann, in, leave("l", "ha", "2026-05-01", "2026-06-01")), want: finding, says: "ended more than 7 days ago, and the cover goes on"},
		{name: "back for eight days", spec: arranged(ann, in, leave("l", "ha", "2026-05-01", "2026-06-22")), want: finding},
		{name: "back for seven days", spec: arranged(ann, in, leave("l", "ha", "2026-05-01", "2026-06-23")), want: nothing},
		{name: "back at some time", spec: arranged(ann, in, leave("l", "ha", "2026-05-01", "2026")), want: cannot, says: "whether the leave is over"},
		{name: "back for long, by a rough day", spec: arranged(ann, in, leave("l", "ha", "2025-05-01", "2025")), want: finding},
		{name: "back on a day not known", spec: arranged(ann, in, leave("l", "ha", "2026-05-01", "unknown")), want: cannot},
		{name: "away", spec: arranged(ann, in, leave("l", "ha", "2026-05-01", "")), want: nothing},
		{name: "away again", spec: arranged(ann, in, leave("l", "ha", "2026-05-01", "2026-06-01"), leave("k", "ha", "2026-06-02", "")), want: nothing},
		{name: "the cover has ended", spec: arranged(ann, ended, leave("l", "ha", "2026-05-01", "2026-06-01")), want: ""},
		{name: "the cover began at some time", spec: arranged(ann, rough, leave("l", "ha", "2026-05-01", "2026-06-01")), want: cannot},
		{name: "the holder has left", spec: arranged(filled("ha", "minister", "ann", "2025-01-01", "2026-06-01"), in, leave("l", "ha", "2026-05-01", "2026-06-01")), want: nothing},
		{name: "no leave recorded", spec: arranged(ann, in), want: ""},
		{name: "no day", spec: arranged(ann, in, leave("l", "ha", "2026-05-01", "2026-06-01")), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about is not set"},
	})
}

func TestRegisterReportingLoop(t *testing.T) {
	post := func(id, to record.ID) accountability.Party {
		return accountability.Party{Record: record.New(id), Kind: accountability.Post, Name: "Post " + string(id), ReportsTo: to}
	}
	later := func(p accountability.Party, from string) accountability.Party { p.From = when(from); return p }
	rival := post("rival", "q")
	rival.Of, rival.Claimant = "p", "an old chart"
	q := partyOf("p")
	table(t, "A14", q, []row{
		{name: "two", spec: arranged(post("p", "q"), post("q", "p")), want: finding, says: `The posts "Post p" and "Post q" report to one another, in a circle`},
		{name: "itself", spec: arranged(post("p", "p")), want: finding, says: `The post "Post p" reports to itself`},
		{name: "three", spec: arranged(post("p", "q"), post("q", "r"), post("r", "p")), want: finding},
		{name: "a line", spec: arranged(post("p", "q"), post("q", "r"), post("r", "")), want: nothing},
		{name: "into a circle", spec: arranged(post("p", "q"), post("q", "r"), post("r", "q")), want: nothing},
		{name: "from a rough day", spec: arranged(later(post("p", "q"), "2026"), post("q", "p")), want: cannot, says: "to whom each of them reports is not settled"},
		{name: "from next year", spec: arranged(later(post("p", "q"), "2027-01-01"), post("q", "p")), want: ""},
		{name: "by one of two claimants", spec: arranged(post("p", ""), rival, post("q", "p")), want: cannot},
		{name: "by both", spec: arranged(post("p", "q"), rival, post("q", "p")), want: finding},
		{name: "reports to nobody", spec: arranged(post("p", "")), want: ""},
	})
	table(t, "A14", partyOf("q"), []row{{name: "told of the first alone", spec: arranged(post("p", "q"), post("q", "p")), want: nothing}})
}

func TestRegisterAnswersWithoutMeans(t *testing.T) {
	yes, no, unsaid := record.Known(true), record.Known(false), record.Value[bool]{}
	d := func(id, word string, post record.ID, budget, people record.Value[bool]) accountability.Duty {
		v := duty(record.ID(id), word, theMission, post)
		v.Means = accountability.Means{Budget: budget, People: people}
		return v
	}
	convening := d("d", "answer", "org", no, no)
	convening.Convening = true
	rival := d("d2", "answer", "org", yes, no)
	rival.Of, rival.Claimant = "d", "the town"
	grant := func(subject record.Ref, from string) accountability.Grant {
		g := accountability.Grant{Record: record.New("g"), By: "town", To: "org", Powers: []string{"spend"}, Subject: subject}
		if from != "" {
			g.From = when(from)
		}
		return g
	}
	table(t, "B04", theMission, []row{
		{name: "neither", spec: arranged(m(""), d("d", "answer", "org", no, no)), want: finding, says: "may commit neither money nor people"},
		{name: "a budget", spec: arranged(m(""), d("d", "answer", "org", yes, no)), want: nothing},
		{name: "people, and a budget not recorded", spec: arranged(m(""), d("d", "answer", "org", unsaid, yes)), want: nothing},
		{name: "no budget, and people not recorded", spec: arranged(m(""), d("d", "answer", "org", no, unsaid)), want: cannot, says: "whether the owner has people is not recorded"},
		{name: "no budget, and people withheld", spec: arranged(m(""), d("d", "answer", "org", no, record.Withheld[bool]("security"))), want: cannot, says: "is withheld (security)"},
		{name: "nothing recorded", spec: arranged(m(""), d("d", "answer", "org", unsaid, unsaid)), want: ""},
		{name: "a lead", spec: arranged(m(""), d("d", "mission-lead", "org", no, no)), want: ""},
		{name: "convening only", spec: arranged(m(""), convening), want: ""},
		{name: "one of two has it", spec: arranged(m(""), d("d", "answer", "org", no, no), d("e", "answer", "town", yes, no)), want: nothing},
		{name: "neither of two has it", spec: arranged(m(""), d("d", "answer", "org", no, no), d("e", "answer", "town", no, no)), want: finding},
		{name: "claimants differ", spec: arranged(m(""), d("d", "answer", "org", no, no), rival), want: cannot, says: "contested"},
		{name: "a grant on it", spec: arranged(m(""), d("d", "answer", "org", no, no), grant(theMission, "")), want: nothing},
		{name: "a grant on everything", spec: arranged(m(""), d("d", "answer", "org", no, no), grant(record.Ref{}, "")), want: nothing},
		{name: "a grant on something else", spec: arranged(m(""), d("d", "answer", "org", no, no), grant(theOutcome, ""), mission.Outcome{Record: record.New("o")}), want: finding},
		{name: "a grant from a rough day", spec: arranged(m(""), d("d", "answer", "org", no, no), grant(theMission, "2026")), want: cannot},
		{name: "from a rough day", spec: arranged(m(""), sometime(d("d", "answer", "org", no, no), "2026")), want: cannot},
	})
}

func TestRegisterEmptyLine(t *testing.T) {
	yes, no := record.Known(true), record.Known(false)
	l := func(justifies record.Value[bool], change func(*accountability.Line)) accountability.Line {
		v := line("l", "minister", "house")
		v.Justifies = justifies
		if change != nil {
			change(&v)
		}
		return v
	}
	rival := l(yes, nil)
	rival.ID, rival.Of, rival.Claimant = "l2", "l", "the House"
	table(t, "B07", refOfKind(accountability.KindLine, "l"), []row{
		{name: "nothing to explain", spec: arranged(l(no, nil)), want: finding, says: "nothing need be explained"},
		{name: "a power", spec: arranged(l(no, func(v *accountability.Line) { v.Powers = []string{"question"} })), want: nothing},
		{name: "a consequence", spec: arranged(l(no, func(v *accountability.Line) { v.Consequences = []string{"dismissal"} })), want: nothing},
		{name: "explains, and no power recorded", spec: arranged(l(yes, nil)), want: cannot, says: "what the forum may do, and what may follow,"},
		{name: "explaining unknown", spec: arranged(l(record.Unknown[bool]("asked"), nil)), want: cannot, says: "stated to be unknown (asked)"},
		{name: "informs, and no more recorded", spec: arranged(l(record.Value[bool]{}, func(v *accountability.Line) { v.Informs = yes })), want: cannot},
		{name: "nothing recorded", spec: arranged(l(record.Value[bool]{}, nil)), want: ""},
		{name: "claimants differ", spec: arranged(l(no, nil), rival), want: cannot, says: "contested"},
		{name: "from a rough day", spec: arranged(l(no, func(v *accountability.Line) { v.From = when("2026") })), want: cannot},
		{name: "ended", spec: arranged(l(no, func(v *accountability.Line) { v.Until = when("2026-01-01") })), want: ""},
	})
}

func TestRegisterManyHands(t *testing.T) {
	v := func(members int, quota float64, change func(*accountability.Sharing)) mission.Spec {
		s := accountability.Sharing{Record: record.New("v"), Subject: theMission, Duty: "answer", Mode: accountability.Collective, Rule: accountability.ByQuota}
		if quota > 0 {
			s.Quota = record.Number(quota)
		}
		var all []any
		for n := range members {
			id := record.ID("k" + string(rune('a'+n)))
			s.Members = append(s.Members, id)
			all = append(all, accountability.Party{Record: record.New(id), Kind: accountability.Organisation, Name: string(id)})
		}
		if change != nil {
			change(&s)
		}
		return arranged(append(all, m(""), s)...)
	}
	weights := func(list ...float64) func(*accountability.Sharing) {
		return func(s *accountability.Sharing) {
			for _, w := range list {
				s.Weights = append(s.Weights, record.Number(w))
			}
		}
	}
	table(t, "B08", refOfKind(accountability.KindSharing, "v"), []row{
		{name: "two of five: a quarter each", spec: v(5, 0.4, nil), want: nothing},
		{name: "one of five: a fifth each", spec: v(5, 0.2, nil), want: finding, says: "4 others would have to change their minds"},
		{name: "six of eleven: a sixth each", spec: v(11, 0.51, nil), want: finding, says: "5 others"},
		{name: "all of eleven", spec: v(11, 1, nil), want: nothing},
		{name: "one has most of the weight", spec: v(5, 0.5, weights(0.6, 0.1, 0.1, 0.1, 0.1)), want: nothing},
		{name: "weights that differ little", spec: v(6, 0.3, weights(0.2, 0.16, 0.16, 0.16, 0.16, 0.16)), want: finding},
		{name: "thirteen with different weights", spec: v(13, 0.3, weights(0.16, 0.07, 0.07, 0.07, 0.07, 0.07, 0.07, 0.07, 0.07, 0.07, 0.07, 0.07, 0.07)), want: cannot, says: "too much to work out"},
		{name: "thirteen with the same", spec: v(13, 0.3, nil), want: finding},
		{name: "no quota", spec: v(9, 0, nil), want: cannot, says: "which share of the votes is enough is not recorded"},
		{name: "no rule", spec: v(9, 0, func(s *accountability.Sharing) { s.Rule = "" }), want: cannot, says: "by which rule"},
		{name: "unanimity", spec: v(9, 0, func(s *accountability.Sharing) { s.Rule = accountability.ByUnanimity }), want: nothing},
		{name: "a lead", spec: v(9, 0.2, func(s *accountability.Sharing) { s.Lead = "ka" }), want: nothing},
		{name: "joint", spec: v(9, 0.2, func(s *accountability.Sharing) { s.Mode = accountability.Joint }), want: ""},
		{name: "from a rough day", spec: v(9, 0.2, func(s *accountability.Sharing) { s.From = when("2026") }), want: cannot},
	})
}

func TestRegisterNobodyPerforms(t *testing.T) {
	own := duty("own", "answer", theMission, "org")
	vacant := nobody("d", "deliver", theMission, accountability.Vacant)
	table(t, "B10", theMission, []row{
		{name: "vacant", spec: arranged(m(""), own, vacant), want: finding, says: "and nobody is there to do the work"},
		{name: "both words vacant", spec: arranged(m(""), own, vacant, nobody("e", "perform", theMission, accountability.Vacant)), want: finding},
		{name: "one of two is there", spec: arranged(m(""), own, vacant, duty("e", "perform", theMission, "town")), want: nothing},
		{name: "a post without a holder", spec: arranged(m(""), own, gone("head"), duty("d", "deliver", theMission, "head")), want: finding},
		{name: "unclear", spec: arranged(m(""), own, nobody("d", "deliver", theMission, accountability.Unclear)), want: cannot, says: "is unclear"},
		{name: "withheld", spec: arranged(m(""), own, nobody("d", "deliver", theMission, accountability.Withheld)), want: cannot, says: "is withheld"},
		{name: "an open call", spec: arranged(m(""), own, vacant, event(mission.OpenCall, theMission, "2026-06-01")), want: nothing},
		{name: "vacant from a rough day", spec: arranged(m(""), own, sometime(vacant, "2026")), want: cannot},
		{name: "answered for from a rough day", spec: arranged(m(""), sometime(own, "2026"), vacant), want: cannot},
		{name: "nobody answers", spec: arranged(m(""), vacant), want: ""},
		{name: "nothing recorded of the work", spec: arranged(m(""), own), want: ""},
	})
}

func TestRegisterManyProjects(t *testing.T) {
	i, j := mission.Initiative{Record: record.New("i")}, mission.Initiative{Record: record.New("j")}
	own := func(id, initiative, post record.ID) accountability.Duty {
		return duty(id, accountability.SeniorOwner, refOfKind(mission.KindInitiative, initiative), post)
	}
	ann, also := filled("ha", "minister", "ann", "2025-01-01", ""), filled("hb", "other", "ann", "2025-01-01", "")
	table(t, "B15", theMinister, []row{
		{name: "one post", spec: arranged(i, j, ann, own("a", "i", "minister"), own("b", "j", "minister")), want: finding, says: `The holder of the post "Minister" is senior responsible owner of`},
		{name: "one project", spec: arranged(i, j, ann, own("a", "i", "minister")), want: nothing},
		{name: "without a recorded holder", spec: arranged(i, j, own("a", "i", "minister"), own("b", "j", "minister")), want: finding},
		{name: "one from a rough day", spec: arranged(i, j, ann, own("a", "i", "minister"), sometime(own("b", "j", "minister"), "2026")), want: cannot},
		{name: "one from next year", spec: arranged(i, j, ann, own("a", "i", "minister"), sometime(own("b", "j", "minister"), "2027-01-01")), want: nothing},
		{name: "two posts of two", spec: arranged(i, j, ann, filled("hb", "other", "bob", "", ""), own("a", "i", "minister"), own("b", "j", "other")), want: nothing},
		{name: "no day", spec: arranged(i, j, ann, own("a", "i", "minister"), own("b", "j", "minister")), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about"},
	})
	table(t, "B15", partyOf("ann"), []row{
		{name: "two posts of one", spec: arranged(i, j, ann, also, own("a", "i", "minister"), own("b", "j", "other")), want: finding, says: `the posts "Minister" and "Other"`},
		{name: "one post speaks for its holder", spec: arranged(i, j, ann, own("a", "i", "minister"), own("b", "j", "minister")), want: ""},
	})
}

func TestRegisterOwnerLetter(t *testing.T) {
	i := mission.Initiative{Record: record.New("i")}
	on := refOfKind(mission.KindInitiative, "i")
	own := duty("a", accountability.SeniorOwner, on, "minister")
	letter := func(published string) accountability.Mandate {
		v := accountability.Mandate{Record: record.New("d"), To: "minister", Subject: on}
		if published != "" {
			v.Published = when(published)
		}
		return v
	}
	major := event(accountability.StageMajorProject, on, "2026-01-01")
	hidden := never(mission.Published, refOfKind(accountability.KindMandate, "d"))
	hidden.ID = "hidden"
	none := never(mission.MandateLetter, on)
	none.ID = "none"
	table(t, "B19", on, []row{
		{name: "said to have none", spec: arranged(i, own, none), want: finding, says: "has no letter"},
		{name: "said to have none, and has one", spec: arranged(i, own, none, letter("")), want: nothing},
		{name: "an event says so", spec: arranged(i, own, event(mission.MandateLetter, on, "2026-01-01")), want: nothing},
		{name: "major, and nothing recorded", spec: arranged(i, own, major), want: cannot, says: "the letter of its owner is not recorded"},
		{name: "major, and published", spec: arranged(i, own, major, letter("2026-02-01")), want: nothing},
		{name: "major, and to be published", spec: arranged(i, own, major, letter("2027-02-01")), want: cannot, says: "whether the letter is published"},
		{name: "major, and not published", spec: arranged(i, own, major, letter(""), hidden), want: finding, says: "is not published"},
		{name: "not major, and not published", spec: arranged(i, own, letter(""), hidden), want: nothing},
		{name: "nothing recorded", spec: arranged(i, own), want: ""},
		{name: "no owner", spec: arranged(i, major), want: ""},
		{name: "an owner from a rough day", spec: arranged(i, sometime(own, "2026"), none), want: cannot},
	})
}

func TestRegisterTitleOnly(t *testing.T) {
	title := duty("a", "answer", theMission, "minister")
	title.FromTitle = true
	letter := accountability.Mandate{Record: record.New("d"), To: "minister", Subject: theMission}
	table(t, "B21", theMission, []row{
		{name: "a title", spec: arranged(m(""), title), want: finding, says: "was read off a title, and is stated nowhere"},
		{name: "stated", spec: arranged(m(""), duty("a", "answer", theMission, "minister")), want: ""},
		{name: "another duty is stated", spec: arranged(m(""), title, duty("b", "mission-steward", theMission, "org")), want: nothing},
		{name: "another is stated from a rough day", spec: arranged(m(""), title, sometime(duty("b", "mission-steward", theMission, "org"), "2026")), want: cannot},
		{name: "a letter", spec: arranged(m(""), title, letter), want: nothing},
		{name: "a letter on something else", spec: arranged(m(""), title, func() accountability.Mandate { v := letter; v.Subject = theOutcome; return v }(), mission.Outcome{Record: record.New("o")}), want: finding},
		{name: "advice read off a title", spec: arranged(m(""), func() accountability.Duty { v := title; v.Duty = "advise"; return v }()), want: ""},
		{name: "from a rough day", spec: arranged(m(""), sometime(title, "2026")), want: cannot},
	})
}

func TestRegisterTransferIncomplete(t *testing.T) {
	d := duty("a", "answer", theMission, "old")
	move := func(kind, completed string, subjects ...record.Ref) mission.Spec {
		spec := arranged(m(""), accountability.Party{Record: record.New("old"), Kind: accountability.Organisation, Name: "Old Ministry"}, d, mission.Outcome{Record: record.New("o")})
		v := accountability.Succession{Record: record.New("s"), Kind: kind, Predecessors: []record.ID{"old"}, Successors: []record.ID{"org"}, Subjects: subjects}
		if completed != "" {
			v.Completed = when(completed)
		}
		spec.Successions = []accountability.Succession{v}
		return spec
	}
	with := func(spec mission.Spec, change func(*mission.Spec)) mission.Spec { change(&spec); return spec }
	table(t, "B22", refOfKind(accountability.KindSuccession, "s"), []row{
		{name: "merged", spec: move(accountability.Merger, "2026-01-01"), want: finding, says: `"answer" on the mission`, also: "Old Ministry"},
		{name: "on the day itself", spec: move(accountability.Merger, "2026-06-30"), want: finding},
		{name: "tomorrow", spec: move(accountability.Merger, "2026-07-01"), want: nothing},
		{name: "on a rough day", spec: move(accountability.Merger, "2026"), want: cannot, says: "known only as 2026"},
		{name: "not recorded when", spec: move(accountability.Merger, ""), want: cannot, says: "is not recorded"},
		{name: "renamed", spec: move(accountability.Rename, "2026-01-01"), want: ""},
		{name: "that function", spec: move(accountability.TransferOfFunctions, "2026-01-01", theMission), want: finding},
		{name: "another function", spec: move(accountability.TransferOfFunctions, "2026-01-01", theOutcome), want: nothing},
		{name: "the body stays as well", spec: with(move(accountability.Demerger, "2026-01-01"), func(s *mission.Spec) {
			s.Successions[0].Successors = []record.ID{"old", "org"}
		}), want: nothing},
		{name: "the duty ended", spec: with(move(accountability.Merger, "2026-01-01"), func(s *mission.Spec) { s.Duties[0].Until = when("2026-01-01") }), want: nothing},
		{name: "the duty ended at some time", spec: with(move(accountability.Merger, "2026-01-01"), func(s *mission.Spec) { s.Duties[0].Until = when("2026") }), want: cannot},
		{name: "a post of its own", spec: with(move(accountability.Merger, "2026-01-01"), func(s *mission.Spec) {
			s.Parties = append(s.Parties, accountability.Party{Record: record.New("desk"), Kind: accountability.Post, Name: "Desk", OfParty: "old"})
			s.Duties[0].Post = "desk"
		}), want: finding, says: "(Desk)"},
		{name: "a post whose fate is recorded", spec: with(move(accountability.Merger, "2026-01-01"), func(s *mission.Spec) {
			s.Parties = append(s.Parties, accountability.Party{Record: record.New("desk"), Kind: accountability.Post, Name: "Desk", OfParty: "old"})
			s.Duties[0].Post = "desk"
			s.Successions = append(s.Successions, accountability.Succession{Record: record.New("s2"), Kind: accountability.Merger, Predecessors: []record.ID{"desk"}, Successors: []record.ID{"minister"}, PartOf: "s"})
		}), want: nothing},
		{name: "no day", spec: move(accountability.Merger, "2026-01-01"), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about"},
	})
}

func TestRegisterBrokenGrantsAndRings(t *testing.T) {
	g := func(id, by, to record.ID, from, until string, powers ...string) accountability.Grant {
		v := accountability.Grant{Record: record.New(id), By: by, To: to, Powers: powers}
		if from != "" {
			v.From = when(from)
		}
		if until != "" {
			v.Until = when(until)
		}
		return v
	}
	below := g("g", "org", "minister", "", "", "spend")
	table(t, "C08", refOfKind(accountability.KindGrant, "g"), []row{
		{name: "ended", spec: arranged(below, g("a", "town", "org", "", "2026-01-01", "spend")), want: finding, says: `what the giver had of the power "spend" has ended`},
		{name: "ends today", spec: arranged(below, g("a", "town", "org", "", "2026-06-30", "spend")), want: finding},
		{name: "ends tomorrow", spec: arranged(below, g("a", "town", "org", "", "2026-07-01", "spend")), want: nothing},
		{name: "ended at some time", spec: arranged(below, g("a", "town", "org", "", "2026", "spend")), want: cannot},
		{name: "ended, and renewed", spec: arranged(below, g("a", "town", "org", "", "2026-01-01", "spend"), g("b", "town", "org", "2026-01-01", "", "spend")), want: nothing},
		{name: "ended, and renewed at some time", spec: arranged(below, g("a", "town", "org", "", "2026-01-01", "spend"), g("b", "town", "org", "2026", "", "spend")), want: cannot},
		{name: "ended, and another power goes on", spec: arranged(below, g("a", "town", "org", "", "2026-01-01", "spend"), g("b", "town", "org", "", "", "sign")), want: finding},
		{name: "both have ended", spec: arranged(g("g", "org", "minister", "", "2026-01-01", "spend"), g("a", "town", "org", "", "2026-01-01", "spend")), want: ""},
		{name: "never recorded", spec: arranged(below), want: ""},
		{name: "its own power", spec: arranged(g("g", "", "minister", "", "", "spend")), want: ""},
		{name: "no day", spec: arranged(below, g("a", "town", "org", "", "2026-01-01", "spend")), view: mission.View{On: noDay}, want: cannot},
	})
	up := g("a", "minister", "org", "", "", "spend")
	table(t, "C09", theMinister, []row{
		{name: "a circle", spec: arranged(below, up), want: finding, says: `give one another the power "spend" in a circle`},
		{name: "of two powers", spec: arranged(below, g("a", "minister", "org", "", "", "sign")), want: ""},
		{name: "with a root", spec: arranged(below, up, g("b", "town", "org", "", "", "spend")), want: nothing},
		{name: "with a power of its own", spec: arranged(below, up, g("b", "", "org", "", "", "spend")), want: nothing},
		{name: "with a root for another power", spec: arranged(below, up, g("b", "town", "org", "", "", "sign")), want: finding},
		{name: "with a root from a rough day", spec: arranged(below, up, g("b", "town", "org", "2026", "", "spend")), want: cannot},
		{name: "from a rough day", spec: arranged(below, g("a", "minister", "org", "2026", "", "spend")), want: cannot},
		{name: "ended", spec: arranged(below, g("a", "minister", "org", "", "2026-01-01", "spend")), want: ""},
	})
}

func TestRegisterLimitExceeded(t *testing.T) {
	pounds := func(n int64) record.Money { return record.Money{Minor: n, Currency: "GBP"} }
	g := accountability.Grant{Record: record.New("g"), By: "org", To: "minister", Powers: []string{"spend"}, PerItem: pounds(10), Cumulative: pounds(25)}
	ref := refOfKind(accountability.KindGrant, "g")
	use := func(id record.ID, amount record.Value[record.Money]) mission.Event {
		return mission.Event{Record: record.New(id), Kind: mission.GrantUsed, Subject: ref, OnDay: when("2026-05-05"), Amount: amount}
	}
	again := use("u2", gbp(9))
	again.Of, again.Claimant = "u", "the town"
	rival := g
	rival.ID, rival.Of, rival.Claimant, rival.PerItem = "g2", "g", "the town", pounds(50)
	table(t, "C12", ref, []row{
		{name: "at the limit", spec: arranged(g, use("u", gbp(10))), want: nothing},
		{name: "above it", spec: arranged(g, use("u", gbp(11))), want: finding, says: "0.11 GBP at once is more than the 0.10 GBP for one act"},
		{name: "at the limit in all", spec: arranged(g, use("u", gbp(10)), use("v", gbp(10)), use("w", gbp(5))), want: nothing},
		{name: "above it in all", spec: arranged(g, use("u", gbp(10)), use("v", gbp(10)), use("w", gbp(6))), want: finding, says: "0.26 GBP together is more than the 0.25 GBP in all"},
		{name: "one amount not recorded", spec: arranged(g, use("u", gbp(9)), use("v", record.Value[record.Money]{})), want: cannot, says: "what was committed each time is not recorded"},
		{name: "above it, whatever the other was", spec: arranged(g, use("u", gbp(11)), use("v", record.Withheld[record.Money]("secret"))), want: finding},
		{name: "another currency", spec: arranged(g, use("u", record.Known(record.Money{Minor: 5, Currency: "EUR"}))), want: cannot, says: "several currencies"},
		{name: "two claimants of one use", spec: arranged(g, use("u", gbp(11)), again), want: cannot, says: "contested"},
		{name: "two claimants of the limit", spec: arranged(g, rival, use("u", gbp(11))), want: cannot, says: "what its limits are"},
		{name: "not used", spec: arranged(g), want: ""},
		{name: "used, and no limit", spec: arranged(accountability.Grant{Record: record.New("g"), To: "minister", Powers: []string{"spend"}}, use("u", gbp(11))), want: ""},
		{name: "said not to be used", spec: arranged(g, never(mission.GrantUsed, ref)), want: ""},
	})
}

// Every rule that docs/registers.md names is one, and every row of the catalogue of the letters A to E that is a rule is named
// there.
func TestTheRegistersThatAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/registers.md")
	require.NoError(t, err)
	named := map[string]bool{}
	for _, id := range regexp.MustCompile(`\brule ([A-FW]\d\d+)\b`).FindAllStringSubmatch(string(page), -1) {
		named[id[1]] = true
		_, ok := review.Lookup(id[1])
		assert.True(t, ok, id[1])
	}
	rows := map[string]int{}
	for _, row := range regexp.MustCompile(`(?m)^\| ([A-E]\d\d) \|`).FindAllStringSubmatch(string(page), -1) {
		rows[row[1]]++
	}
	want := 0
	for letter, n := range map[string]int{"A": 22, "B": 24, "C": 18, "D": 9, "E": 8} {
		for i := 1; i <= n; i++ {
			id := fmt.Sprintf("%s%02d", letter, i)
			assert.Equal(t, 1, rows[id], "row %s", id)
			want++
			if _, ok := review.Lookup(id); ok {
				assert.True(t, named[id], "rule %s is named", id)
			}
		}
	}
	assert.Len(t, rows, want)
	for _, r := range review.Rules() {
		if strings.ContainsAny(r.ID[:1], "ABCDE") {
			assert.True(t, named[r.ID], "rule %s is named", r.ID)
		}
	}
}
