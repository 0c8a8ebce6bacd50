package review

import (
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The plans that show the further rules on registers.

// returned is an office whose director was on leave until a day, and in which somebody stands in.
func returned(back calendar.When) mission.Spec {
	cover := covering("director", "second")
	cover.CoverFor = "hold-director-first"
	return office(0, []accountability.Holding{holding("director", "first", open), cover}, away(spring, back, "director", "first"))
}

func coverOutlivesBad() Example {
	return show("A director came back in May, and the cover has no end.", returned(exactly(2026, time.May, 1)))
}

func coverOutlivesGood() Example {
	return show("The director is still away.", returned(open))
}

func coverOutlivesUnclear() Example {
	return show("The director came back at some time in 2026.", returned(lastYear))
}

func coverOutlivesHarmless() Example {
	return show("The director came back five days ago, and the two are handing over.", returned(exactly(2026, time.June, 25)))
}

// reporting is three posts and to whom each of them reports.
func reporting(director, deputy, adviser record.ID) mission.Spec {
	spec := office(0, nil)
	for i, to := range []record.ID{director, deputy, adviser} {
		spec.Parties[i+1].ReportsTo = to
	}
	return spec
}

func reportingLoopBad() Example {
	return show("A director reports to a deputy who reports to the director.", reporting("deputy", "director", "deputy"))
}

func reportingLoopGood() Example {
	return show("The deputy reports to the director, who reports to nobody here.", reporting("", "director", "deputy"))
}

func reportingLoopUnclear() Example {
	spec := reporting("", "director", "deputy")
	rival := spec.Parties[1]
	rival.ID, rival.Of, rival.Claimant, rival.ReportsTo = "rival", "director", "an old chart", "deputy"
	spec.Parties = append(spec.Parties, rival)
	return show("By an old chart the director reports to the deputy, and by the new one to nobody.", spec)
}

func reportingLoopHarmless() Example {
	return show("Two posts report to the director, and none of the three to itself.", reporting("", "director", "director"))
}

// ownedBy is a programme with an owner and what the owner has.
func ownedBy(budget, people record.Value[bool], given ...accountability.Grant) mission.Spec {
	spec := owner(mission.Programme, holding("director", "first", open), holding("deputy", "second", open))
	for i := range spec.Duties {
		spec.Duties[i].Means = accountability.Means{Budget: budget, People: people}
	}
	spec.Grants = given
	return spec
}

func answersWithoutMeansBad() Example {
	return show("The owner of a programme has no budget and no staff, as the letter says.", ownedBy(record.Known(false), record.Known(false)))
}

func answersWithoutMeansGood() Example {
	return show("The owner has a budget.", ownedBy(record.Known(true), record.Known(false)))
}

func answersWithoutMeansUnclear() Example {
	return show("The owner has no budget, and nothing is recorded of staff.", ownedBy(record.Known(false), record.Value[bool]{}))
}

func answersWithoutMeansHarmless() Example {
	return show("The owner has no budget of their own, and a delegation to commit money for the programme.",
		ownedBy(record.Known(false), record.Known(false), accountability.Grant{Record: made("delegation"), By: "ministry", To: "director", Powers: []string{accountability.PowerSpend}, Subject: repairs}))
}

// told is a line of account from a director to a ministry's board.
func told(justifies record.Value[bool], powers ...string) mission.Spec {
	spec := office(0, []accountability.Holding{holding("director", "first", open)})
	spec.Lines = []accountability.Line{{Record: made("line"), Actor: "director", Forum: partyRef("ministry"), Informs: record.Known(true), Justifies: justifies, Powers: powers}}
	return spec
}

func emptyLineBad() Example {
	return show("A director tells the board how things stand, and owes it no explanation.", told(record.Known(false)))
}

func emptyLineGood() Example {
	return show("The board may question the director.", told(record.Known(true), accountability.MayQuestion))
}

func emptyLineUnclear() Example {
	return show("A director tells the board, and nothing is recorded of explaining or of what the board may do.", told(record.Value[bool]{}))
}

func emptyLineHarmless() Example {
	return show("The director owes no explanation, and the board may sanction.", told(record.Known(false), accountability.MaySanction))
}

// panel is nine who answer together for a mission, by a rule.
func panel(rule string, quota record.Quantity, lead record.ID) mission.Spec {
	spec := mission.Spec{Missions: []mission.Mission{warmHomes()}}
	v := accountability.Sharing{Record: made("panel"), Subject: homes, Duty: accountability.AnswerFor, Mode: accountability.Collective, Rule: rule, Quota: quota, Lead: lead, Escalation: "to the mayor"}
	for _, id := range []record.ID{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine"} {
		spec.Parties = append(spec.Parties, post("seat-"+id, "Seat "+string(id)))
		v.Members = append(v.Members, "seat-"+id)
	}
	spec.Sharings = []accountability.Sharing{v}
	return spec
}

func manyHandsBad() Example {
	return show("Nine answer together for a mission, and a third of them is enough.", panel(accountability.ByQuota, record.Number(0.33), ""))
}

func manyHandsGood() Example {
	return show("All nine must agree, so that each could have said no.", panel(accountability.ByUnanimity, record.Quantity{}, ""))
}

func manyHandsUnclear() Example {
	return show("Nine answer together, and nobody has recorded how many must agree.", panel(accountability.ByQuota, record.Quantity{}, ""))
}

func manyHandsHarmless() Example {
	return show("A third of them is enough, and one of them leads.", panel(accountability.ByQuota, record.Number(0.33), "seat-one"))
}

// performed is a programme with an owner and somebody, or nobody, to deliver it.
func performed(d accountability.Duty, events ...mission.Event) mission.Spec {
	spec := ownedBy(record.Value[bool]{}, record.Value[bool]{})
	d.Record, d.Duty, d.Subject = made("delivery"), accountability.Deliver, repairs
	spec.Duties, spec.Events = append(spec.Duties, d), events
	return spec
}

func nobodyPerformsBad() Example {
	return show("A programme has an owner, and the post that is to deliver it is vacant.", performed(accountability.Duty{State: accountability.Vacant}))
}

func nobodyPerformsGood() Example {
	return show("The ministry delivers it.", performed(accountability.Duty{Post: "ministry"}))
}

func nobodyPerformsUnclear() Example {
	return show("Who is to deliver it is unclear.", performed(accountability.Duty{State: accountability.Unclear}))
}

func nobodyPerformsHarmless() Example {
	return show("Nobody delivers it yet, and it was left open for somebody to take up.", performed(accountability.Duty{State: accountability.Vacant}, happening("call", mission.OpenCall, repairs, false)))
}

// titled is a mission for which somebody answers, by a duty as it was found.
func titled(change func(*mission.Spec)) mission.Spec {
	spec := office(0, []accountability.Holding{holding("director", "first", open)})
	spec.Missions = []mission.Mission{warmHomes()}
	spec.Duties = []accountability.Duty{{Record: made("title"), Duty: accountability.AnswerFor, Subject: homes, Post: "director", FromTitle: true}}
	change(&spec)
	return spec
}

func titleOnlyBad() Example {
	return show("The Director for Homes is taken to answer for warm homes, by the title.", titled(func(*mission.Spec) {}))
}

func titleOnlyGood() Example {
	return show("It is stated that the director answers for it.", titled(func(s *mission.Spec) { s.Duties[0].FromTitle = false }))
}

func titleOnlyUnclear() Example {
	return show("The director came at some time in 2026.", titled(func(s *mission.Spec) { s.Holdings[0].From = lastYear }))
}

func titleOnlyHarmless() Example {
	return show("The duty was read off the title, and a letter to the director is about the mission.", titled(func(s *mission.Spec) {
		s.Mandates = []accountability.Mandate{{Record: made("letter"), To: "director", Subject: homes}}
	}))
}

// twoOwned is two programmes with their owners.
func twoOwned(first, second record.ID, holdings ...accountability.Holding) mission.Spec {
	spec := office(0, holdings)
	spec.Initiatives = []mission.Initiative{{Record: made("repairs"), Name: "Repairs", Kind: mission.Programme, Reporting: record.Number(5)},
		{Record: made("boilers"), Name: "Boilers", Kind: mission.Programme, Reporting: record.Number(5)}}
	spec.Duties = []accountability.Duty{carries("owns-repairs", accountability.SeniorOwner, repairs, first), carries("owns-boilers", accountability.SeniorOwner, initiativeRef("boilers"), second)}
	return spec
}

func manyProjectsBad() Example {
	return show("One person holds two posts, each of which owns a programme.", twoOwned("director", "deputy", holding("director", "first", open), holding("deputy", "first", open)))
}

func manyProjectsGood() Example {
	return show("Two people own a programme each.", twoOwned("director", "deputy", holding("director", "first", open), holding("deputy", "second", open)))
}

func manyProjectsUnclear() Example {
	return show("One person held both posts until some time in 2026.", twoOwned("director", "deputy", holding("director", "first", open), holding("deputy", "first", lastYear)))
}

func manyProjectsHarmless() Example {
	return show("The owner of one programme stands in for a while in the post that owns the other.", twoOwned("director", "deputy", holding("director", "first", open), holding("deputy", "second", open), covering("deputy", "first")))
}

// lettered is a programme with an owner, letters and events.
func lettered(letters []accountability.Mandate, events ...mission.Event) mission.Spec {
	spec := ownedBy(record.Value[bool]{}, record.Value[bool]{})
	spec.Mandates, spec.Events = letters, events
	return spec
}

func ownersLetter(published calendar.When) []accountability.Mandate {
	return []accountability.Mandate{{Record: made("letter"), Kind: accountability.SeniorOwner, To: "director", Subject: repairs, TimeCommitment: record.Number(50),
		Signed: exactly(2025, time.January, 1), Effective: exactly(2025, time.January, 1), Published: published}}
}

var theLetterOfRepairs = record.Ref{Kind: accountability.KindMandate, ID: "letter"}

func ownerLetterBad() Example {
	return show("A major project has an owner, and a statement that no letter was written.", lettered(nil, happening("none", mission.MandateLetter, repairs, true)))
}

func ownerLetterGood() Example {
	return show("The letter of the owner of a major project was published.", lettered(ownersLetter(exactly(2025, time.March, 1)), entered(false),
		happening("assessed", mission.Assessed, repairs, false)))
}

func ownerLetterUnclear() Example {
	return show("A major project has an owner's letter, and nobody has recorded whether it was published.", lettered(ownersLetter(open), entered(false)))
}

func ownerLetterHarmless() Example {
	return show("The letter was not published, and the programme is no major project.", lettered(ownersLetter(open), happening("kept", mission.Published, theLetterOfRepairs, true)))
}

// merged is two ministries, the first of which went over to the second on a day.
func merged(kind string, completed calendar.When, carrier record.ID) mission.Spec {
	spec := titled(func(s *mission.Spec) { s.Duties[0].FromTitle = false })
	spec.Parties = append(spec.Parties, organisation("union", "Ministry of Homes and Places", accountability.TierCentral), of("secretary", "Secretary for Homes and Places", "union"))
	spec.Duties[0].Post = carrier
	spec.Successions = []accountability.Succession{{Record: made("merger"), Kind: kind, Predecessors: []record.ID{"ministry"}, Successors: []record.ID{"union"}, Completed: completed}}
	return spec
}

func transferIncompleteBad() Example {
	return show("A ministry was merged into another, and its director still answers for a mission.", merged(accountability.Merger, spring, "director"))
}

func transferIncompleteGood() Example {
	return show("The duty moved to a post of the new ministry.", merged(accountability.Merger, spring, "secretary"))
}

func transferIncompleteUnclear() Example {
	return show("The merger was complete at some time in 2026.", merged(accountability.Merger, lastYear, "director"))
}

func transferIncompleteHarmless() Example {
	return show("The ministry was given another name, and its director still answers.", merged(accountability.Rename, spring, "director"))
}

// handedDownTo is a power that a ministry has from the Treasury, and passes on to a director.
func handedDownTo(until calendar.When, more ...accountability.Grant) mission.Spec {
	spec := office(0, nil)
	spec.Parties = append(spec.Parties, organisation("treasury", "Treasury", accountability.TierCentral))
	above := accountability.Grant{Record: made("above"), By: "treasury", To: "ministry", Powers: []string{accountability.PowerSpend}}
	above.Until = until
	spec.Grants = append([]accountability.Grant{{Record: made("own"), To: "treasury", Powers: []string{accountability.PowerSpend}}, above,
		{Record: made("below"), By: "ministry", To: "director", Powers: []string{accountability.PowerSpend}}}, more...)
	return spec
}

func brokenGrantBad() Example {
	return show("The Treasury's letter to a ministry ran out in March, and the director goes on under the ministry's.", handedDownTo(spring))
}

func brokenGrantGood() Example {
	return show("The Treasury's letter has no end.", handedDownTo(open))
}

func brokenGrantUnclear() Example {
	return show("The Treasury's letter ran until some time in 2026.", handedDownTo(lastYear))
}

func brokenGrantHarmless() Example {
	return show("The Treasury's letter ran out, and a new one took its place.", handedDownTo(spring, accountability.Grant{Record: made("renewed"), By: "treasury", To: "ministry", Powers: []string{accountability.PowerSpend}}))
}

// circled is a ministry and a director who give each other the power to spend.
func circled(from calendar.When, more ...accountability.Grant) mission.Spec {
	spec := handedDownTo(open)
	up := accountability.Grant{Record: made("above"), By: "director", To: "ministry", Powers: []string{accountability.PowerSpend}}
	up.From = from
	spec.Grants[1] = up
	spec.Grants = append(spec.Grants, more...)
	return spec
}

func grantRingBad() Example {
	return show("A ministry has its power to spend from a director, who has it from the ministry.", circled(open))
}

func grantRingGood() Example {
	return show("The ministry has it from the Treasury as well.", circled(open, accountability.Grant{Record: made("root"), By: "treasury", To: "ministry", Powers: []string{accountability.PowerSpend}}))
}

func grantRingUnclear() Example {
	return show("One of the two letters holds from some time in 2026.", circled(lastYear))
}

func grantRingHarmless() Example {
	return show("Each gives the other something, and the ministry's power is its own.", circled(open, accountability.Grant{Record: made("root"), To: "ministry", Powers: []string{accountability.PowerSpend}}))
}

// using is a delegation of up to 100 pounds at once and 250 in all, and what was committed under it.
func using(pounds ...int64) mission.Spec {
	spec := handedDownTo(open)
	limit := func(pounds int64) record.Money { return record.Money{Minor: pounds * 100, Currency: "GBP"} }
	spec.Grants[2].PerItem, spec.Grants[2].Cumulative = limit(100), limit(250)
	for i, n := range pounds {
		e := happening(record.ID("use-"+string(rune('a'+i))), mission.GrantUsed, record.Ref{Kind: accountability.KindGrant, ID: "below"}, false)
		e.OnDay = exactly(2026, time.May, i+1)
		if n > 0 {
			e.Amount = record.Known(limit(n))
		}
		spec.Events = append(spec.Events, e)
	}
	return spec
}

func limitExceededBad() Example {
	return show("Three commitments of 90 pounds each were made under a limit of 250 in all.", using(90, 90, 90))
}

func limitExceededGood() Example {
	return show("Two such commitments were made.", using(90, 90))
}

func limitExceededUnclear() Example {
	return show("Three commitments were made, and the amount of one is not recorded.", using(90, 90, 0))
}

func limitExceededHarmless() Example {
	return show("One commitment reaches the limit for one act, and does not pass it.", using(100, 100, 50))
}
