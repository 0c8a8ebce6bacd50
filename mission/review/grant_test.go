package review_test

import (
	"testing"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

var (
	theLeave     = record.Ref{Kind: accountability.KindLeave, ID: "l"}
	theDirection = record.Ref{Kind: accountability.KindDirection, ID: "y"}
	theGrant     = record.Ref{Kind: accountability.KindGrant, ID: "g"}
	theFund      = record.Ref{Kind: funding.KindPool, ID: "q"}
)

func dated(e mission.Event, day string) mission.Event {
	e.OnDay = when(day)
	return e
}

func TestAbsenceUnnotified(t *testing.T) {
	officer := duty("da", "accounting-officer", theOrg, "minister")
	ann := filled("ha", "minister", "ann", "2025-01-01", "")
	gone := func(from, until, began, ended string) accountability.Leave {
		l := leave("l", "ha", from, until)
		if began != "" {
			l.NotifiedStart = when(began)
		}
		if ended != "" {
			l.NotifiedEnd = when(ended)
		}
		return l
	}
	rival := gone("2026-03-01", "", "2026-03-02", "")
	rival.Record = record.Record{ID: "l2", Of: "l", Claimant: "the town", From: when("2026-03-01")}
	untold := never(mission.Notified, theLeave)
	table(t, "C03", theLeave, []row{
		{name: "15 days later", spec: arranged(officer, ann, gone("2026-03-01", "", "2026-03-16", "")), want: finding, says: "notice that it began on 1 March 2026 was given on 16 March 2026", also: "within 14 days"},
		{name: "14 days later", spec: arranged(officer, ann, gone("2026-03-01", "", "2026-03-15", "")), want: nothing},
		{name: "beforehand", spec: arranged(officer, ann, gone("2026-03-01", "", "2026-02-15", "")), want: nothing},
		{name: "in the same month", spec: arranged(officer, ann, gone("2026-03-01", "", "2026-03", "")), want: cannot, says: "not known closely enough"},
		{name: "from a rough day", spec: arranged(officer, ann, gone("2026", "", "2026-03-02", "")), want: cannot, says: "known only as 2026"},
		{name: "not recorded", spec: arranged(officer, ann, gone("2026-03-01", "", "", "")), want: cannot, says: "were told that it began is not recorded"},
		{name: "recorded as unknown", spec: arranged(officer, ann, gone("2026-03-01", "", "unknown", "")), want: cannot},
		{name: "nobody was told", spec: arranged(officer, ann, gone("2026-03-01", "", "", ""), untold), want: finding, says: "nobody was told that it began on 1 March 2026"},
		{name: "hearsay says so", spec: arranged(officer, ann, gone("2026-03-01", "", "", ""), graded(untold, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "nobody had been told before it began", spec: arranged(officer, ann, gone("2026-03-01", "", "", ""), dated(untold, "2026-02-01")), want: cannot},
		{name: "nobody was told in the first week", spec: arranged(officer, ann, gone("2026-06-23", "", "", ""), untold), want: nothing},
		{name: "nobody was told, 15 days", spec: arranged(officer, ann, gone("2026-06-15", "", "", ""), untold), want: finding},
		{name: "nobody was told, 14 days", spec: arranged(officer, ann, gone("2026-06-16", "", "", ""), untold), want: nothing},
		{name: "to be told, and long due", spec: arranged(officer, ann, gone("2026-03-01", "", "2026-08-01", "")), want: finding, says: "is still to be given"},
		{name: "over, and its end not notified", spec: arranged(officer, ann, gone("2026-03-01", "2026-05-01", "2026-03-01", "2026-06-20")), want: finding, says: "notice that it ended on 1 May 2026 was given on 20 June 2026"},
		{name: "over, and notified", spec: arranged(officer, ann, gone("2026-03-01", "2026-05-01", "2026-03-01", "2026-05-02")), want: nothing},
		{name: "over, and nothing said of the end", spec: arranged(officer, ann, gone("2026-03-01", "2026-05-01", "2026-03-01", "")), want: cannot, says: "told that it ended"},
		{name: "to end", spec: arranged(officer, ann, gone("2026-03-01", "2026-09-01", "2026-03-01", "")), want: nothing},
		{name: "to begin", spec: arranged(officer, ann, gone("2026-09-01", "", "", ""), untold), want: ""},
		{name: "claimants differ", spec: arranged(officer, ann, gone("2026-03-01", "", "2026-06-01", ""), rival), want: cannot, says: "contested"},
		{name: "of another post", spec: arranged(ann, gone("2026-03-01", "", "2026-06-01", "")), want: ""},
		{name: "no day", spec: arranged(officer, ann, gone("2026-03-01", "", "", ""), untold), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about"},
	})
}

func TestAssessmentMissing(t *testing.T) {
	i := mission.Initiative{Record: record.New("i")}
	entry := event(accountability.StageMajorProject, theInit, "2026-01-10")
	departs := event(accountability.StageDeparture, theInit, "2026-05-10")
	asks := event(accountability.StageOwnerRequest, theInit, "2026-05-10")
	none := never(mission.Assessed, theInit)
	test := func(id record.ID, subject record.Ref, stage, day string) accountability.AccountingTest {
		v := accountability.AccountingTest{Record: record.New(id), Subject: subject, Stage: stage}
		if day != "" {
			v.OnDay = when(day)
		}
		return v
	}
	table(t, "C04", theInit, []row{
		{name: "none", spec: arranged(i, entry, none), want: finding, says: "a major project, for its outline business case or its entry"},
		{name: "opinion", spec: arranged(i, entry, graded(none, record.Opinion)), want: finding, says: "It is said (opinion"},
		{name: "none recorded", spec: arranged(i, entry), want: cannot, says: "an assessment for its outline business case"},
		{name: "left out", spec: arranged(i, entry, graded(none, record.Hearsay)), view: mission.View{Without: []record.Grade{record.Hearsay}}, want: cannot, says: "left out by the view (event/said)"},
		{name: "none, said before the entry", spec: arranged(i, entry, dated(none, "2025-12-01")), want: cannot},
		{name: "none, said at a rough time", spec: arranged(i, entry, dated(none, "2026")), want: cannot, says: "which came first"},
		{name: "none, said since", spec: arranged(i, entry, dated(none, "2026-02-01")), want: finding},
		{name: "at the business case", spec: arranged(i, entry, test("x", theInit, accountability.StageOutlineCase, "2024-01-01"), none), want: nothing},
		{name: "at the entry", spec: arranged(i, entry, event(accountability.StageOutlineCase, theInit, "2025-06-01"), test("x", theInit, accountability.StageMajorProject, "")), want: nothing},
		{name: "of its money", spec: arranged(i, entry, funding.Allocation{Record: record.New("a"), Subject: theInit}, test("x", theMoney, accountability.StageOutlineCase, "")), want: nothing},
		{name: "at a stage that nobody names", spec: arranged(i, entry, test("x", theInit, "", "2026-01-20"), none), want: cannot, says: "the stage at which it was assessed"},
		{name: "no longer assessed", spec: arranged(i, entry, departs, test("x", theInit, accountability.StageOutlineCase, "2026-01-01"), none), want: finding, says: "for a departure from what was approved"},
		{name: "an older departure", spec: arranged(i, entry, departs, test("x", theInit, accountability.StageOutlineCase, ""), test("w", theInit, accountability.StageDeparture, "2024-01-01"), none), want: finding},
		{name: "a departure and its test", spec: arranged(i, entry, departs, test("x", theInit, accountability.StageOutlineCase, ""), test("w", theInit, accountability.StageDeparture, "2026-06-01"), none), want: nothing},
		{name: "a departure and a test of a rough day", spec: arranged(i, entry, departs, test("x", theInit, accountability.StageOutlineCase, ""), test("w", theInit, accountability.StageDeparture, "2026")), want: cannot, says: "came before"},
		{name: "asked for", spec: arranged(i, entry, asks, test("x", theInit, accountability.StageOutlineCase, ""), none), want: finding, says: "a request of its senior responsible owner"},
		{name: "no major project", spec: arranged(i, never(accountability.StageMajorProject, theInit), departs, none), want: nothing},
		{name: "perhaps no major project", spec: arranged(i, departs, none), want: cannot, says: "one of the government's major projects"},
		{name: "no stage", spec: arranged(i, none), want: ""},
	})
}

func TestDirectionUnpublished(t *testing.T) {
	direction := func(given string, published record.Value[calendar.When], to ...record.ID) accountability.Direction {
		d := accountability.Direction{Record: record.New("y"), Subject: theMission, Published: published, CopiedTo: to}
		if given != "" {
			d.Given = when(given)
		}
		return d
	}
	pending, out := record.Pending[calendar.When](""), record.Known(when("2026-02-01"))
	unsent := never(mission.Copied, theDirection)
	auditor := unsent
	auditor.With = []record.ID{"town"}
	table(t, "C06", theDirection, []row{
		{name: "pending for 366 days", spec: arranged(m(""), direction("2025-06-29", pending, "org", "town")), want: finding, says: "is still to be published, more than 365 days after it was given (29 June 2025)"},
		{name: "pending for 365 days", spec: arranged(m(""), direction("2025-06-30", pending, "org", "town")), want: nothing},
		{name: "pending since a rough day", spec: arranged(m(""), direction("2025", pending, "org", "town")), want: cannot, says: "known only as 2025"},
		{name: "pending since nobody knows when", spec: arranged(m(""), direction("", pending, "org", "town")), want: cannot, says: "the day on which it was given is not recorded"},
		{name: "to be published", spec: arranged(m(""), direction("2025-01-01", record.Known(when("2026-12-01")), "org", "town")), want: finding},
		{name: "published", spec: arranged(m(""), direction("2025-01-01", out, "org", "town")), want: nothing},
		{name: "withheld on a ground", spec: arranged(m(""), direction("2025-01-01", record.Withheld[calendar.When]("in talks"), "org", "town")), want: nothing},
		{name: "withheld on none", spec: arranged(m(""), direction("2026-06-01", record.Withheld[calendar.When](""), "org", "town")), want: finding, says: "no ground for that is stated"},
		{name: "unknown", spec: arranged(m(""), direction("2025-01-01", record.Unknown[calendar.When]("asked"), "org", "town")), want: cannot, says: "stated to be unknown (asked)"},
		{name: "nobody says", spec: arranged(m(""), direction("2025-01-01", record.Value[calendar.When]{}, "org", "town")), want: cannot, says: "when it was published is not recorded"},
		{name: "sent to one", spec: arranged(m(""), direction("2026-01-01", out, "org")), want: cannot, says: "whether both the auditor and the Treasury"},
		{name: "sent to one, and not to another", spec: arranged(m(""), direction("2026-01-01", out, "org"), auditor), want: finding, says: "was not sent to The Town"},
		{name: "sent to nobody", spec: arranged(m(""), direction("2026-01-01", out), unsent), want: finding, says: "was not sent to those who must have it"},
		{name: "hearsay says so", spec: arranged(m(""), direction("2026-01-01", out), graded(unsent, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "sent, and said not to be", spec: arranged(m(""), direction("2026-01-01", out, "org", "town"), unsent), want: nothing},
		{name: "sent, by an event", spec: arranged(m(""), direction("2026-01-01", out), event(mission.Copied, theDirection, "")), want: nothing},
		{name: "neither", spec: arranged(m(""), direction("2025-01-01", pending), unsent), want: finding, says: "still to be published", also: "was not sent"},
	})
}

func TestNonDelegable(t *testing.T) {
	spent := func(by record.ID, decided string) funding.Allocation {
		a := funding.Allocation{Record: record.New("a"), Subject: theMission, DecidedBy: by}
		if decided != "" {
			a.Decided = when(decided)
		}
		return a
	}
	grant := func(id, by record.ID, change func(*accountability.Grant)) accountability.Grant {
		g := accountability.Grant{Record: record.New(id), By: by, To: "minister", Powers: []string{"spend"}}
		if change != nil {
			change(&g)
		}
		return g
	}
	passed, own := grant("g", "org", nil), grant("r", "", nil)
	fresh := event(accountability.Novel, theMoney, "")
	refused := never(mission.Consented, theMoney)
	day := "2026-05-01"
	table(t, "C10", theMoney, []row{
		{name: "below", spec: arranged(m(""), spent("minister", day), passed, fresh, refused), want: finding, says: "is novel, and Minister decided on it under a delegation"},
		{name: "opinion", spec: arranged(m(""), spent("minister", day), passed, graded(fresh, record.Opinion), refused), want: finding},
		{name: "both opinion", spec: arranged(m(""), spent("minister", day), passed, graded(fresh, record.Opinion), eventCalled("r", graded(refused, record.Opinion))), want: finding},
		{name: "two sorts", spec: arranged(m(""), spent("minister", day), passed, fresh, event(accountability.Repercussive, theMoney, ""), refused), want: finding, says: "novel and repercussive"},
		{name: "with consent", spec: arranged(m(""), spent("minister", day), passed, fresh, refused, event(mission.Consented, theMoney, "")), want: nothing},
		{name: "nobody says whether with consent", spec: arranged(m(""), spent("minister", day), passed, fresh), want: cannot, says: "whether the Treasury consented"},
		{name: "a power of its own", spec: arranged(m(""), spent("minister", day), passed, own, fresh, refused), want: nothing},
		{name: "a power of its own since", spec: arranged(m(""), spent("minister", day), passed, grant("r", "", func(g *accountability.Grant) { g.From = when("2026-06-01") }), fresh, refused), want: finding},
		{name: "a power of its own on a rough day", spec: arranged(m(""), spent("minister", day), passed, grant("r", "", func(g *accountability.Grant) { g.From = when("2026") }), fresh, refused), want: cannot, says: "in force on that day"},
		{name: "for something else", spec: arranged(m(""), mission.Initiative{Record: record.New("i")}, spent("minister", day), passed, grant("r", "", func(g *accountability.Grant) { g.Subject = theInit }), fresh, refused), want: finding},
		{name: "to sign", spec: arranged(m(""), spent("minister", day), passed, grant("r", "", func(g *accountability.Grant) { g.Powers = []string{"sign"} }), fresh, refused), want: finding},
		{name: "by what authority nobody says", spec: arranged(m(""), spent("minister", day), fresh, refused), want: cannot, says: "where the authority of Minister comes from"},
		{name: "by nobody recorded", spec: arranged(m(""), spent("", ""), fresh, refused), want: cannot, says: "who decided on it"},
		{name: "ordinary", spec: arranged(m(""), spent("minister", day), passed, never(accountability.Novel, theMoney), refused), want: ""},
	})
}

func TestSupersededUsed(t *testing.T) {
	pounds := func(n int64) record.Money { return record.Money{Minor: n * 100, Currency: "GBP"} }
	grant := func(id record.ID, from string, most int64, over ...record.ID) accountability.Grant {
		g := accountability.Grant{Record: record.New(id), By: "minister", To: "head", Powers: []string{"spend"}, PerItem: pounds(most), Supersedes: over}
		if from != "" {
			g.From = when(from)
		}
		return g
	}
	old, newer := grant("g", "", 100), grant("n", "2026-03-01", 20, "g")
	elsewhere := grant("n", "2026-03-01", 20, "g")
	elsewhere.To = "other"
	ended := newer
	ended.Until = when("2026-04-01")
	lapsed := old
	lapsed.Until = when("2026-04-01")
	third := grant("k", "", 500)
	used := func(day string) mission.Event { return event(mission.GrantUsed, theGrant, day) }
	spent := func(by record.ID, day string, n int64) funding.Allocation {
		return funding.Allocation{Record: record.New("a"), Subject: theMission, DecidedBy: by, Decided: when(day), Amount: record.Known(pounds(n))}
	}
	table(t, "C11", theGrant, []row{
		{name: "used since", spec: arranged(old, newer, used("2026-05-01")), want: finding, says: "The grant from Minister to Head had been superseded when it was used on 1 May 2026"},
		{name: "used on the first day", spec: arranged(old, newer, used("2026-03-01")), want: finding},
		{name: "used on the day before", spec: arranged(old, newer, used("2026-02-28")), want: nothing},
		{name: "used at a rough time", spec: arranged(old, newer, used("2026")), want: cannot, says: "which came first"},
		{name: "used, nobody says when", spec: arranged(old, newer, used("")), want: cannot},
		{name: "used after the newer one ended", spec: arranged(old, ended, used("2026-05-01")), want: nothing},
		{name: "used while the newer one held", spec: arranged(old, ended, used("2026-03-20")), want: finding},
		{name: "superseded by a grant to another", spec: arranged(old, elsewhere, used("2026-05-01")), want: finding},
		{name: "hearsay says so", spec: arranged(old, newer, graded(used("2026-05-01"), record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "decided above the newer limit", spec: arranged(m(""), old, newer, spent("head", "2026-05-01", 50)), want: finding, says: "which no other grant in force covers"},
		{name: "decided within the newer limit", spec: arranged(m(""), old, newer, spent("head", "2026-05-01", 20)), want: nothing},
		{name: "decided by another grant", spec: arranged(m(""), old, newer, third, spent("head", "2026-05-01", 50)), want: nothing},
		{name: "decided by another", spec: arranged(m(""), old, newer, spent("other", "2026-05-01", 50)), want: nothing},
		{name: "decided before", spec: arranged(m(""), old, newer, spent("head", "2026-02-01", 50)), want: nothing},
		{name: "decided beyond both", spec: arranged(m(""), old, newer, spent("head", "2026-05-01", 500)), want: nothing},
		{name: "it had lapsed too", spec: arranged(lapsed, newer, used("2026-05-01")), want: finding},
		{name: "not used", spec: arranged(old, newer, never(mission.GrantUsed, theGrant)), want: nothing},
		{name: "not superseded", spec: arranged(old, used("2026-05-01")), want: ""},
	})
}

func TestPoolTermsMissing(t *testing.T) {
	all := []string{"aims", "contributions", "functions", "services", "means", "ending", "management"}
	pool := func(terms record.Value[[]string]) funding.Pool {
		return funding.Pool{Record: record.New("q"), Name: "Fund", Subject: theMission, Terms: terms}
	}
	rival := pool(record.Known(all))
	rival.Record = record.Record{ID: "q2", Of: "q", Claimant: "the town"}
	informal := pool(record.Known([]string{}))
	informal.Informal = true
	table(t, "C14", theFund, []row{
		{name: "all", spec: arranged(m(""), pool(record.Known(all))), want: nothing},
		{name: "more", spec: arranged(m(""), pool(record.Known(append([]string{"tea"}, all...)))), want: nothing},
		{name: "one lacking", spec: arranged(m(""), pool(record.Known(all[1:]))), want: finding, says: "does not say what is to come of it."},
		{name: "two lacking", spec: arranged(m(""), pool(record.Known(all[:5]))), want: finding, says: "how long it lasts and how it is reviewed and ended or how it is managed"},
		{name: "none", spec: arranged(m(""), pool(record.Known([]string{}))), want: finding},
		{name: "not recorded", spec: arranged(m(""), pool(record.Value[[]string]{})), want: cannot, says: "the list of its terms is not recorded"},
		{name: "unknown", spec: arranged(m(""), pool(record.Unknown[[]string](""))), want: cannot, says: "stated to be unknown"},
		{name: "to come", spec: arranged(m(""), pool(record.Pending[[]string](""))), want: cannot, says: "still to come"},
		{name: "not applicable", spec: arranged(m(""), pool(record.Value[[]string]{State: record.StateNotApplicable})), want: nothing},
		{name: "informal", spec: arranged(m(""), informal), want: nothing},
		{name: "claimants differ", spec: arranged(m(""), pool(record.Known(all[1:])), rival), want: cannot, says: "contested"},
		{name: "lacking by both", spec: arranged(m(""), pool(record.Known(all[1:])), func() funding.Pool { r := rival; r.Terms = record.Known(all[1:]); return r }()), want: finding},
	})
}

func TestPoolAccountLost(t *testing.T) {
	pool := funding.Pool{Record: record.New("q"), Name: "Fund", Subject: theMission}
	share := funding.Share{Record: record.New("w"), Pool: "q", Party: "town"}
	theShare := record.Ref{Kind: funding.KindShare, ID: "w"}
	answers := func(id, actor record.ID, until string) accountability.Line {
		l := line(id, actor, "house")
		if until != "" {
			l.Until = when(until)
		}
		return l
	}
	off := answers("l", "town", "")
	off.Subject = theInit
	mute := answers("l", "town", "")
	mute.Informs, mute.Justifies = record.Known(false), record.Known(false)
	later := answers("l2", "town", "")
	later.From = when("2026-09-01")
	i := mission.Initiative{Record: record.New("i")}
	table(t, "C16", theFund, []row{
		{name: "a line", spec: arranged(m(""), pool, share, answers("l", "town", "")), want: nothing},
		{name: "a line of its post", spec: arranged(m(""), pool, share, answers("l", "other", "")), want: nothing},
		{name: "it ended", spec: arranged(m(""), pool, share, answers("l", "town", "2026-01-01")), want: finding, says: "The Town no longer has a line of account for its share, the last having ended on 1 January 2026"},
		{name: "it ends today", spec: arranged(m(""), pool, share, answers("l", "town", "2026-06-30")), want: finding},
		{name: "it ends tomorrow", spec: arranged(m(""), pool, share, answers("l", "town", "2026-07-01")), want: nothing},
		{name: "it ends this year", spec: arranged(m(""), pool, share, answers("l", "town", "2026")), want: cannot, says: "not known from the dates"},
		{name: "it ended, and the next is to begin", spec: arranged(m(""), pool, share, answers("l", "town", "2026-01-01"), later), want: finding},
		{name: "it ended, and the post has one", spec: arranged(m(""), pool, share, answers("l", "town", "2026-01-01"), answers("l2", "other", "")), want: nothing},
		{name: "about something else", spec: arranged(m(""), i, pool, share, off), want: cannot},
		{name: "nothing owed on it", spec: arranged(m(""), pool, share, mute), want: cannot},
		{name: "none recorded", spec: arranged(m(""), pool, share), want: cannot, says: "to whom The Town accounts for its share"},
		{name: "no account", spec: arranged(m(""), pool, share, answers("l", "town", ""), never(mission.AccountGiven, theShare)), want: finding, says: "no account is given of the share of The Town"},
		{name: "opinion", spec: arranged(m(""), pool, share, graded(never(mission.AccountGiven, theShare), record.Opinion)), want: finding, says: "It is said (opinion"},
		{name: "no shares", spec: arranged(m(""), pool), want: cannot, says: "who pays into it"},
		{name: "no day", spec: arranged(m(""), pool, share, answers("l", "town", "2026-01-01")), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about"},
	})
}

func TestClockRegression(t *testing.T) {
	at := func(id record.ID, sequence uint64, hour int) mission.Event {
		e := eventCalled(id, event(mission.Lesson, theMission, ""))
		e.Sequence = sequence
		if hour >= 0 {
			e.Recorded = time.Date(2026, time.May, 4, hour, 0, 0, 0, time.UTC)
		}
		return e
	}
	other := at("e2", 2, 9)
	other.Namespace = "https://example.org/other"
	e2 := record.Ref{Kind: mission.KindEvent, ID: "e2"}
	table(t, "E04", e2, []row{
		{name: "back", spec: parts(m(""), at("e1", 1, 10), at("e2", 2, 9)), want: finding, says: "Event/e2 has the sequence 2 and was recorded at 09:00:00 on 4 May 2026, before event/e1, which has the sequence 1 and was recorded at 10:00:00 on 4 May 2026"},
		{name: "forth", spec: parts(m(""), at("e1", 1, 10), at("e2", 2, 11)), want: nothing},
		{name: "at once", spec: parts(m(""), at("e1", 1, 10), at("e2", 2, 10)), want: nothing},
		{name: "a gap in the numbers", spec: parts(m(""), at("e1", 1, 10), at("e2", 20, 9)), want: finding},
		{name: "of another plan", spec: parts(m(""), at("e1", 1, 10), other), want: nothing},
		{name: "one number at two instants", spec: parts(m(""), at("e0", 1, 12), at("e1", 1, 10), at("e2", 2, 9)), want: cannot, says: "one of them stands at two instants"},
		{name: "no instant", spec: parts(m(""), at("e1", 1, 10), at("e2", 2, -1)), want: cannot, says: "the instant at which it was recorded is not recorded"},
		{name: "no sequence", spec: parts(m(""), at("e1", 1, 10), at("e2", 0, 9)), want: ""},
		{name: "not known yet", spec: parts(m(""), at("e1", 1, 10), at("e2", 2, 9)), view: mission.View{Known: time.Date(2026, time.May, 4, 8, 0, 0, 0, time.UTC)}, want: ""},
		{name: "opinion", spec: parts(m(""), graded(at("e1", 1, 10), 0), func() mission.Event { e := at("e2", 2, 9); return e }()), want: finding},
	})
}
