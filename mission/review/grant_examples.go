package review

import (
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The plans that show the rules on accounting officers, grants and pools, and on the order of records.

// absence is a ministry whose accounting officer is away from a day on, with somebody who stands in.
func absence(from, notified calendar.When, events ...mission.Event) mission.Spec {
	spec := officered(officer("officer", "director"))
	l := away(from, open, "director", "first")
	l.NotifiedStart = notified
	spec.Holdings = append(spec.Holdings, covering("director", "third"))
	spec.Leaves, spec.Events = []accountability.Leave{l}, events
	return spec
}

var theAbsence = record.Ref{Kind: accountability.KindLeave, ID: "leave-director"}

func absenceUnnotifiedBad() Example {
	return show("An accounting officer has been away since March, and the Treasury was told in June.", absence(spring, exactly(2026, time.June, 5)))
}

func absenceUnnotifiedGood() Example {
	return show("The Treasury was told on the day after.", absence(spring, exactly(2026, time.March, 2)))
}

func absenceUnnotifiedUnclear() Example {
	return show("Nothing is recorded of a notice.", absence(spring, open))
}

func absenceUnnotifiedHarmless() Example {
	return show("Nobody has been told, and the officer has been away for a week.", absence(exactly(2026, time.June, 23), open, happening("untold", mission.Notified, theAbsence, true)))
}

// railway is a programme that has come to some stages.
func railway(tests []accountability.AccountingTest, events ...mission.Event) mission.Spec {
	return mission.Spec{
		Initiatives:     []mission.Initiative{{Record: made("repairs"), Name: "Repairs", Kind: mission.Programme, Reporting: record.Number(5)}},
		AccountingTests: tests,
		Events:          events,
	}
}

func entered(absent bool) mission.Event {
	return happening("entry", accountability.StageMajorProject, repairs, absent)
}

func assessmentMissingBad() Example {
	return show("A programme has become a major project, and a statement that its accounting officer assessed nothing.", railway(nil, entered(false), happening("none", mission.Assessed, repairs, true)))
}

func assessmentMissingGood() Example {
	met := record.Known(true)
	return show("The accounting officer assessed it at its outline business case.", railway([]accountability.AccountingTest{{Record: made("test"), Subject: repairs,
		Stage: accountability.StageOutlineCase, Regularity: met, Propriety: met, ValueForMoney: met, Feasibility: met}}, entered(false)))
}

func assessmentMissingUnclear() Example {
	return show("A programme has become a major project, and nothing is recorded of an assessment.", railway(nil, entered(false)))
}

func assessmentMissingHarmless() Example {
	return show("A programme came to its outline business case without an assessment, and it is no major project.", railway(nil, entered(true),
		happening("case", accountability.StageOutlineCase, repairs, false), happening("none", mission.Assessed, repairs, true)))
}

// directed is money that a minister directed in 2025 to be spent.
func directed(published record.Value[calendar.When], copied ...record.ID) mission.Spec {
	spec := granted(funding.Allocation{AccountingOfficer: "secretary"})
	spec.Parties = append(spec.Parties, organisation("treasury", "Treasury", accountability.TierCentral), organisation("auditor", "Auditor General", accountability.TierCentral))
	spec.Directions = []accountability.Direction{{Record: made("direction"), Subject: grants, Officer: "secretary", Minister: "minister",
		Given: exactly(2025, time.April, 1), Published: published, CopiedTo: copied}}
	return spec
}

func directionUnpublishedBad() Example {
	return show("A direction of April 2025 is still to be published.", directed(record.Pending[calendar.When](""), "auditor", "treasury"))
}

func directionUnpublishedGood() Example {
	return show("It was published in May 2025 and sent to the auditor and the Treasury.", directed(record.Known(exactly(2025, time.May, 6)), "auditor", "treasury"))
}

func directionUnpublishedUnclear() Example {
	return show("It was published, and nobody has recorded to whom it was sent.", directed(record.Known(exactly(2025, time.May, 6))))
}

func directionUnpublishedHarmless() Example {
	return show("It is withheld, on a stated ground.", directed(record.Withheld[calendar.When]("a contract is being negotiated"), "auditor", "treasury"))
}

// unheardOf is money for something new, decided on by a party.
func unheardOf(by record.ID, events ...mission.Event) mission.Spec {
	spec := granted(funding.Allocation{DecidedBy: by, Decided: exactly(2026, time.May, 4)})
	spec.Parties = append(spec.Parties, organisation("treasury", "Treasury", accountability.TierCentral))
	spec.Grants = []accountability.Grant{
		{Record: made("own"), To: "treasury", Powers: []string{accountability.PowerSpend}},
		{Record: made("passed-on"), By: "treasury", To: "secretary", Powers: []string{accountability.PowerSpend}},
	}
	spec.Events = append([]mission.Event{happening("new", accountability.Novel, grants, false)}, events...)
	return spec
}

func nonDelegableBad() Example {
	return show("A permanent secretary decided on novel spending under a delegation, and a statement that the Treasury did not consent.", unheardOf("secretary", happening("no-consent", mission.Consented, grants, true)))
}

func nonDelegableGood() Example {
	return show("The Treasury consented.", unheardOf("secretary", happening("consent", mission.Consented, grants, false)))
}

func nonDelegableUnclear() Example {
	return show("Nothing is recorded of a consent.", unheardOf("secretary"))
}

func nonDelegableHarmless() Example {
	return show("The Treasury decided by itself.", unheardOf("treasury", happening("no-consent", mission.Consented, grants, true)))
}

// rewritten is a delegation of which another took the place in March, and when it was used.
func rewritten(used calendar.When) mission.Spec {
	spec := delegated(50, limited(100))
	spec.Grants[1].Record = made("old-letter")
	newer := spec.Grants[1]
	newer.Record, newer.PerItem, newer.Supersedes = made("new-letter"), record.Money{Minor: 2000, Currency: "GBP"}, []record.ID{"old-letter"}
	newer.From = spring
	spec.Grants = append(spec.Grants, newer)
	if !used.IsZero() {
		e := happening("order", mission.GrantUsed, record.Ref{Kind: accountability.KindGrant, ID: "old-letter"}, false)
		e.OnDay = used
		spec.Events = []mission.Event{e}
	}
	return spec
}

func supersededUsedBad() Example {
	return show("A director used a letter in May of which another had taken the place in March.", rewritten(exactly(2026, time.May, 4)))
}

func supersededUsedGood() Example {
	return show("The old letter was used in February, before the new one.", rewritten(exactly(2026, time.February, 2)))
}

func supersededUsedUnclear() Example {
	return show("The old letter was used at some time in 2026.", rewritten(lastYear))
}

func supersededUsedHarmless() Example {
	spec := rewritten(open)
	spec.Missions = []mission.Mission{warmHomes()}
	spec.Allocations = []funding.Allocation{{Record: made("grants"), Subject: homes, DecidedBy: "director", Decided: exactly(2026, time.May, 4),
		Amount: record.Known(record.Money{Minor: 1500, Currency: "GBP"})}}
	return show("The director decided in May on 15 pounds, which the new letter covers.", spec)
}

// pot is a pool into which a ministry and a council pay.
func pot(change func(*funding.Pool), lines ...accountability.Line) mission.Spec {
	pool := funding.Pool{Record: made("pot"), Name: "Warm homes fund", Subject: homes, Host: "council"}
	change(&pool)
	return mission.Spec{
		Parties:  []accountability.Party{ministry, riverside, parliament, {Record: made("members"), Kind: accountability.Body, Name: "Council members"}, of("treasurer", "Treasurer of Riverside", "council")},
		Missions: []mission.Mission{warmHomes()},
		Pools:    []funding.Pool{pool},
		PoolShares: []funding.Share{
			{Record: made("share-ministry"), Pool: "pot", Party: "ministry"},
			{Record: made("share-council"), Pool: "pot", Party: "council"},
		},
		Lines: lines,
	}
}

func agreeing(terms record.Value[[]string]) func(*funding.Pool) {
	return func(pool *funding.Pool) { pool.Terms = terms }
}

var allTerms = []string{funding.TermAims, funding.TermContributions, funding.TermFunctions, funding.TermServices, funding.TermMeans, funding.TermManagement, funding.TermEnding}

func poolTermsMissingBad() Example {
	return show("The agreement on a pool does not say how it ends.", pot(agreeing(record.Known(allTerms[:6]))))
}

func poolTermsMissingGood() Example {
	return show("It settles all seven points.", pot(agreeing(record.Known(allTerms))))
}

func poolTermsMissingUnclear() Example {
	return show("The agreement is withheld.", pot(agreeing(record.Withheld[[]string]("in confidence"))))
}

func poolTermsMissingHarmless() Example {
	return show("The two share a store and a van, and pool no money.", pot(func(pool *funding.Pool) { pool.Informal = true }))
}

func poolAccountLostBad() Example {
	gone := lineTo("down", "council", "members")
	gone.Until = exactly(2026, time.January, 1)
	return show("The council's account to its members ended when the pool began.", pot(agreeing(record.Known(allTerms)), lineTo("up", "ministry", "parliament"), gone))
}

func poolAccountLostGood() Example {
	return show("The ministry answers to Parliament, and the council to its members.", pot(agreeing(record.Known(allTerms)), lineTo("up", "ministry", "parliament"), lineTo("down", "council", "members")))
}

func poolAccountLostUnclear() Example {
	return show("Nothing is recorded of whom the council answers to.", pot(agreeing(record.Known(allTerms)), lineTo("up", "ministry", "parliament")))
}

func poolAccountLostHarmless() Example {
	gone := lineTo("down", "council", "members")
	gone.Until = exactly(2026, time.January, 1)
	return show("The council's account ended, and its treasurer answers to the members instead.", pot(agreeing(record.Known(allTerms)), lineTo("up", "ministry", "parliament"), gone, lineTo("now", "treasurer", "members")))
}

// numberedRecords are two records with sequences and the instants at which they were made.
func numberedRecords(first, second time.Time) mission.Spec {
	m, body := warmHomes(), ministry
	m.Sequence, m.Recorded = 1, first
	body.Sequence, body.Recorded = 2, second
	return mission.Spec{Missions: []mission.Mission{m}, Parties: []accountability.Party{body}}
}

func noon(d int) time.Time { return time.Date(2026, time.May, d, 12, 0, 0, 0, time.UTC) }

func clockRegressionBad() Example {
	return show("The second record was made a day before the first.", numberedRecords(noon(5), noon(4)))
}

func clockRegressionGood() Example {
	return show("The second record was made a day after the first.", numberedRecords(noon(4), noon(5)))
}

func clockRegressionUnclear() Example {
	return show("Nobody has recorded when the second record was made.", numberedRecords(noon(4), time.Time{}))
}

func clockRegressionHarmless() Example {
	return show("Both records were made at one instant.", numberedRecords(noon(4), noon(4)))
}
