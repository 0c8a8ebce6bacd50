package review

import (
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The plans that show the rules on who answers to whom.

// of is a post of an organisation.
func of(id record.ID, name string, organisation record.ID) accountability.Party {
	p := post(id, name)
	p.OfParty = organisation
	return p
}

func carries(id record.ID, word string, subject record.Ref, post record.ID) accountability.Duty {
	return accountability.Duty{Record: made(id), Duty: word, Subject: subject, Post: post}
}

func lineTo(id, actor, forum record.ID) accountability.Line {
	return accountability.Line{Record: made(id), Actor: actor, Forum: partyRef(forum)}
}

var (
	ministry   = organisation("ministry", "Ministry of Homes", accountability.TierCentral)
	riverside  = organisation("council", "Riverside Council", accountability.TierLocal)
	parliament = accountability.Party{Record: made("parliament"), Kind: accountability.Body, Name: "Parliament"}
)

// dampRooms is an outcome that several organisations own, with agreements and other duties on it.
func dampRooms(parts [2]string, duties ...accountability.Duty) mission.Spec {
	first, second := carries("owner-ministry", accountability.OutcomeOwner, damp, "ministry"), carries("owner-council", accountability.OutcomeOwner, damp, "council")
	first.Part, second.Part = parts[0], parts[1]
	return mission.Spec{
		Parties:  []accountability.Party{ministry, riverside},
		Outcomes: []mission.Outcome{{Record: made("no-damp"), Name: "No child sleeps in a damp room"}},
		Duties:   append([]accountability.Duty{first, second}, duties...),
	}
}

func diffuseAccountabilityBad() Example {
	spec := dampRooms([2]string{})
	spec.Events = []mission.Event{happening("not-agreed", mission.Agreement, damp, true)}
	return show("A ministry and a council own an outcome together, and a statement that they have not agreed who does what.", spec)
}

func diffuseAccountabilityGood() Example {
	return show("Each has a stated part, and the council brings them together.",
		dampRooms([2]string{"grants", "repairs"}, carries("convenor", accountability.Convene, damp, "council")))
}

func diffuseAccountabilityUnclear() Example {
	return show("The two own it, and nothing is recorded of their parts.", dampRooms([2]string{}))
}

func diffuseAccountabilityHarmless() Example {
	spec := dampRooms([2]string{}, accountability.Duty{Record: made("convenor"), Duty: accountability.Convene, Subject: damp, State: accountability.Vacant})
	spec.Sharings = []accountability.Sharing{{Record: made("together"), Subject: damp, Duty: accountability.OutcomeOwner, Mode: accountability.Joint,
		Members: []record.ID{"ministry", "council"}, Rule: accountability.ByUnanimity, Escalation: "to the minister and the leader of the council"}}
	return show("Nobody convenes them, and the two have agreed how they decide and where a dispute goes.", spec)
}

var grants = record.Ref{Kind: funding.KindAllocation, ID: "grants"}

// granted is money for the mission.
func granted(a funding.Allocation, duties ...accountability.Duty) mission.Spec {
	a.Record, a.Subject = made("grants"), homes
	return mission.Spec{
		Parties: []accountability.Party{ministry, riverside, parliament, of("secretary", "Permanent Secretary for Homes", "ministry"),
			of("treasurer", "Treasurer of Riverside", "council"), of("minister", "Minister for Homes", "ministry")},
		Missions:    []mission.Mission{warmHomes()},
		Allocations: []funding.Allocation{a},
		Duties:      duties,
	}
}

func accountingOfficerGapBad() Example {
	return show("Nobody is accounting officer for the money, and that is recorded.",
		granted(funding.Allocation{}, accountability.Duty{Record: made("officer"), Duty: accountability.AccountingOfficer, Subject: grants, State: accountability.Vacant}))
}

func accountingOfficerGapGood() Example {
	return show("The permanent secretary is accounting officer for it.", granted(funding.Allocation{AccountingOfficer: "secretary"}))
}

func accountingOfficerGapUnclear() Example {
	return show("Nothing is recorded of an accounting officer.", granted(funding.Allocation{}))
}

func accountingOfficerGapHarmless() Example {
	return show("The money comes from a foundation, and has no accounting officer.",
		granted(funding.Allocation{Public: record.Known(false)}, accountability.Duty{Record: made("officer"), Duty: accountability.AccountingOfficer, Subject: grants, State: accountability.Vacant}))
}

func noPathToParliamentBad() Example {
	spec := outcome(accountability.Duty{})
	spec.Events = []mission.Event{happening("no-account", mission.AccountGiven, damp, true)}
	return show("A council owns an outcome, and a statement that no account of it is given to any elected body.", spec)
}

func noPathToParliamentGood() Example {
	spec := granted(funding.Allocation{AccountingOfficer: "secretary"})
	spec.Lines = []accountability.Line{lineTo("to-parliament", "secretary", "parliament")}
	return show("The accounting officer for the money answers to Parliament.", spec)
}

func noPathToParliamentUnclear() Example {
	return show("Nothing is recorded of whom the accounting officer answers to.", granted(funding.Allocation{AccountingOfficer: "secretary"}))
}

func noPathToParliamentHarmless() Example {
	spec := outcome(accountability.Duty{})
	spec.Parties = append(spec.Parties, accountability.Party{Record: made("full-council"), Kind: accountability.Body, Name: "The full council of Riverside"})
	spec.Lines = []accountability.Line{lineTo("to-full-council", "council", "full-council")}
	return show("The council answers to its own elected members.", spec)
}

func decideAnswerPaySplitBad() Example {
	return show("A minister decides on money that a council's treasurer answers for.",
		granted(funding.Allocation{DecidedBy: "minister", AccountingOfficer: "treasurer", PaidBy: "council"}))
}

func decideAnswerPaySplitGood() Example {
	return show("Minister and permanent secretary are of the ministry that pays.",
		granted(funding.Allocation{DecidedBy: "minister", AccountingOfficer: "secretary", PaidBy: "ministry"}))
}

func decideAnswerPaySplitUnclear() Example {
	return show("Of the money it is recorded that the minister decides, and nothing else.", granted(funding.Allocation{DecidedBy: "minister"}))
}

func decideAnswerPaySplitHarmless() Example {
	spec := granted(funding.Allocation{DecidedBy: "minister", AccountingOfficer: "treasurer", PaidBy: "council"})
	spec.Events = []mission.Event{happening("agreed", mission.Agreement, grants, false)}
	return show("Minister, treasurer and council have agreed who decides, answers and pays.", spec)
}

// upwards is an outcome of a mission with some contributors, which a director answers for.
func upwards(contributors record.Value[[]record.ID], lines ...accountability.Line) mission.Spec {
	m := warmHomes()
	m.Contributors = contributors
	return mission.Spec{
		Parties: []accountability.Party{ministry, riverside, parliament, of("director", "Director for Homes", "ministry"), of("minister", "Minister for Homes", "ministry"),
			{Record: made("tenants"), Kind: accountability.Group, Name: "Tenants of Riverside"}},
		Missions: []mission.Mission{m},
		Outcomes: []mission.Outcome{{Record: made("no-damp"), Name: "No child sleeps in a damp room", Missions: []record.ID{"warm-homes"}}},
		Duties:   []accountability.Duty{carries("owner", accountability.OutcomeOwner, damp, "director")},
		Lines:    lines,
	}
}

var both = record.Known([]record.ID{"ministry", "council"})

func verticalOnlyBad() Example {
	return show("A ministry and a council take part in the mission; its outcome is answered for to the minister alone.", upwards(both, lineTo("up", "director", "minister")))
}

func verticalOnlyGood() Example {
	return show("The director also answers to the tenants.", upwards(both, lineTo("up", "director", "minister"), lineTo("out", "director", "tenants")))
}

func verticalOnlyUnclear() Example {
	return show("Nothing is recorded of whom the director answers to.", upwards(both))
}

func verticalOnlyHarmless() Example {
	spec := upwards(record.Known([]record.ID{"ministry"}), lineTo("up", "director", "minister"))
	spec.Missions[0].Internal = true
	return show("The ministry alone takes part in the mission.", spec)
}

func account(purposes record.Value[[]string], basis string, events ...mission.Event) mission.Spec {
	l := lineTo("up", "director", "minister")
	l.Purposes, l.Basis = purposes, basis
	return mission.Spec{
		Parties: []accountability.Party{ministry, of("director", "Director for Homes", "ministry"), of("minister", "Minister for Homes", "ministry")},
		Lines:   []accountability.Line{l},
		Events:  events,
	}
}

var upwardPurposes = record.Known([]string{accountability.ForAssurance, accountability.ForMedia})

func assuranceOnlyBad() Example {
	return show("An account is given for assurance and for the media.", account(upwardPurposes, ""))
}

func assuranceOnlyGood() Example {
	return show("The account is for assurance and for learning.", account(record.Known([]string{accountability.ForAssurance, accountability.ForLearning}), ""))
}

func assuranceOnlyUnclear() Example {
	return show("Nobody has recorded what the account is for.", account(record.Value[[]string]{}, ""))
}

func assuranceOnlyHarmless() Example {
	return show("The account is a statutory audit.", account(upwardPurposes, statute))
}

// yoked is a team that answers to some parties.
func yoked(percent record.Quantity, masters ...record.ID) mission.Spec {
	spec := mission.Spec{
		Parties:     []accountability.Party{organisation("team", "Damp team", accountability.TierLocal)},
		Initiatives: []mission.Initiative{{Record: made("repairs"), Name: "Repairs", Kind: mission.TestAndLearn, By: "team", Reporting: percent}},
	}
	for _, id := range masters {
		spec.Parties = append(spec.Parties, organisation(id, "Body "+string(id), accountability.TierCentral))
		spec.Lines = append(spec.Lines, lineTo("to-"+id, "team", id))
	}
	return spec
}

func heavyYokeBad() Example {
	return show("A team answers to four others.", yoked(record.Quantity{}, "a", "b", "c", "d"))
}

func heavyYokeGood() Example {
	return show("A team answers to two others, and spends 5 percent of its time on it.", yoked(record.Number(5), "a", "b"))
}

func heavyYokeUnclear() Example {
	return show("Nothing is recorded of whom a team answers to.", yoked(record.Quantity{}))
}

func heavyYokeHarmless() Example {
	spec := yoked(record.Quantity{}, "a", "b", "c", "d")
	for i := range spec.Lines[2:] {
		spec.Lines[2+i].Until = exactly(2026, time.December, 31)
	}
	return show("A team answers to four others, to two of them until the end of the year.", spec)
}

func mandated(obliges record.Value[[]string], more ...accountability.Mandate) mission.Spec {
	return mission.Spec{
		Parties:  []accountability.Party{post("minister", "Minister for Homes")},
		Missions: []mission.Mission{warmHomes()},
		Mandates: append([]accountability.Mandate{{Record: made("letter"), Kind: letter, To: "minister", Subject: homes, Obliges: obliges}}, more...),
	}
}

var results = record.Known([]string{"results"})

func silentMandateBad() Example {
	return show("A mandate letter obliges its bearer to results, and to nothing else.", mandated(results))
}

func silentMandateGood() Example {
	return show("The letter also obliges to partnership.", mandated(record.Known([]string{"results", accountability.ObligesPartnership})))
}

func silentMandateUnclear() Example {
	return show("Nobody has recorded what the letter obliges to.", mandated(record.Value[[]string]{}))
}

func silentMandateHarmless() Example {
	return show("A code that binds the same minister obliges to partnership.", mandated(results,
		accountability.Mandate{Record: made("code"), Kind: "code", To: "minister", Obliges: record.Known([]string{accountability.ObligesPartnership})}))
}

func owned(contributors record.Value[[]record.ID], events ...mission.Event) mission.Spec {
	m := warmHomes()
	m.Contributors = contributors
	return mission.Spec{
		Parties:  []accountability.Party{ministry, riverside, of("minister", "Minister for Homes", "ministry"), of("mayor", "Mayor of Riverside", "council")},
		Missions: []mission.Mission{m},
		Duties:   []accountability.Duty{carries("sponsor", accountability.MissionSponsor, homes, "minister")},
		Events:   events,
	}
}

func noCollectiveOwnershipBad() Example {
	return show("A ministry and a council take part in a mission that one minister sponsors, and a statement that nothing was decided together.",
		owned(both, happening("not-together", mission.JointDecision, homes, true)))
}

func noCollectiveOwnershipGood() Example {
	together := happening("together", mission.JointDecision, homes, false)
	together.By = []record.ID{"minister", "mayor"}
	return show("Minister and mayor have decided together.", owned(both, together))
}

func noCollectiveOwnershipUnclear() Example {
	return show("Nothing is recorded of decisions taken together.", owned(both))
}

func noCollectiveOwnershipHarmless() Example {
	spec := owned(record.Known([]record.ID{"ministry"}), happening("not-together", mission.JointDecision, homes, true))
	spec.Missions[0].Internal = true
	return show("The ministry alone takes part in the mission.", spec)
}

func torn(events ...mission.Event) mission.Spec {
	return mission.Spec{
		Parties: []accountability.Party{ministry, of("director", "Director for Homes", "ministry"), of("minister", "Minister for Homes", "ministry"), of("head", "Head of the Warm Homes mission", "ministry")},
		Lines:   []accountability.Line{lineTo("to-minister", "director", "minister"), lineTo("to-head", "director", "head")},
		Events:  events,
	}
}

func clash() mission.Event {
	e := happening("clash", mission.ConflictingDirections, partyRef("director"), false)
	e.By, e.OnDay = []record.ID{"minister", "head"}, exactly(2026, time.March, 2)
	return e
}

func conflictingLinesBad() Example {
	return show("Minister and head of mission ask a director for what cannot both be done.", torn(clash()))
}

func conflictingLinesGood() Example {
	return show("A director answers to both, and no conflict is recorded.", torn())
}

func conflictingLinesUnclear() Example {
	rule := happening("rule", mission.Priorities, partyRef("director"), false)
	rule.OnDay = calendar.YearOf(calendar.On(2026, time.January, 1))
	return show("A conflict in March, and priorities agreed at some time in the same year.", torn(clash(), rule))
}

func conflictingLinesHarmless() Example {
	rule := happening("rule", mission.Agreement, partyRef("director"), false)
	rule.OnDay = exactly(2026, time.April, 1)
	return show("After the conflict it was agreed whose word counts.", torn(clash(), rule))
}
