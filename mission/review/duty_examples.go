package review

import (
	"strconv"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The plans that show the rules on posts, duties and accounts.

var (
	newYear2024 = exactly(2024, time.January, 1)
	newYear2025 = exactly(2025, time.January, 1)
	newYear2026 = exactly(2026, time.January, 1)
)

// spanning gives the party of an office an end or a start.
func spanning(spec mission.Spec, id record.ID, from, until calendar.When) mission.Spec {
	for i := range spec.Parties {
		if p := &spec.Parties[i]; p.ID == id {
			p.From, p.Until = from, until
		}
	}
	return spec
}

// heldSince is an office whose director has held the post since the beginning of 2025, and whose post exists from a day.
func heldSince(from calendar.When) mission.Spec {
	return spanning(office(0, []accountability.Holding{holding("director", "first", open)}), "director", from, open)
}

func outsidePostBad() Example {
	return show("A director held the post five months before there was such a post.", heldSince(exactly(2025, time.June, 1)))
}

func outsidePostGood() Example {
	return show("A director has held the post from its first day.", heldSince(newYear2025))
}

func outsidePostUnclear() Example {
	return show("The post was set up at some time in 2025.", heldSince(calendar.YearOf(calendar.On(2025, time.January, 1))))
}

func outsidePostHarmless() Example {
	spec := heldSince(exactly(2025, time.June, 1))
	spec.Parties = append(spec.Parties, of("head", "Head of Homes", "ministry"))
	spec.Successions = []accountability.Succession{{Record: made("renamed"), Kind: accountability.Rename, Predecessors: []record.ID{"head"}, Successors: []record.ID{"director"}}}
	return show("The post was there before under another name.", spec)
}

// closing is an office whose ministry comes to an end, and whose director holds the post until a day.
func closing(ministry, until calendar.When) mission.Spec {
	return spanning(office(0, []accountability.Holding{holding("director", "first", until)}), "ministry", open, ministry)
}

func openAfterEndBad() Example {
	return show("A ministry was abolished, and its director still holds the post.", closing(newYear2026, open))
}

func openAfterEndGood() Example {
	return show("The director's holding ended with the ministry.", closing(newYear2026, newYear2026))
}

func openAfterEndUnclear() Example {
	return show("The ministry is abolished at some time in 2026.", closing(lastYear, open))
}

func openAfterEndHarmless() Example {
	spec := closing(newYear2026, open)
	moved := of("director-moved", "Director for Homes", "successor")
	moved.Of, moved.Verb, moved.From = "director", record.Change, exactly(2025, time.December, 1)
	spec.Parties = append(spec.Parties, organisation("successor", "Ministry of Homes and Places", accountability.TierCentral), moved)
	return show("The post had moved to another ministry by then.", spec)
}

// askedOf is the mission, and some bodies that carry one duty on it.
func askedOf(word string, bodies int) mission.Spec {
	spec := mission.Spec{Missions: []mission.Mission{warmHomes()}}
	for n := range bodies {
		id := record.ID("body-" + strconv.Itoa(n+1))
		spec.Parties = append(spec.Parties, organisation(id, "Body "+strconv.Itoa(n+1), ""))
		spec.Duties = append(spec.Duties, carries("duty-"+id, word, homes, id))
	}
	return spec
}

func manyVetoesBad() Example {
	return show("Three bodies must agree on what the mission does.", askedOf(accountability.Agree, 3))
}

func manyVetoesGood() Example {
	return show("Two bodies must agree.", askedOf(accountability.Agree, 2))
}

func manyVetoesUnclear() Example {
	spec := askedOf(accountability.Agree, 3)
	spec.Duties[2].From = lastYear
	return show("A third must agree from some time in 2026.", spec)
}

func manyVetoesHarmless() Example {
	spec := askedOf(accountability.Agree, 3)
	for i, part := range []string{"grants", "repairs", "advice"} {
		spec.Duties[i].Part = part
	}
	return show("Three must agree, each to a part of its own.", spec)
}

func manyConsultedBad() Example {
	return show("Seven bodies are to be consulted on what the mission does.", askedOf(accountability.Consult, 7))
}

func manyConsultedGood() Example {
	return show("Six bodies are to be consulted.", askedOf(accountability.Consult, 6))
}

func manyConsultedUnclear() Example {
	spec := askedOf(accountability.Consult, 7)
	spec.Duties[6].From = lastYear
	return show("A seventh is to be consulted from some time in 2026.", spec)
}

func manyConsultedHarmless() Example {
	spec := askedOf(accountability.Consult, 6)
	spec.Parties = append(spec.Parties, accountability.Party{Record: made("tenants"), Kind: accountability.Group, Name: "Tenants of cold homes"})
	spec.Duties = append(spec.Duties, carries("duty-tenants", accountability.Consult, homes, "tenants"))
	return show("Six bodies and the tenants are to be consulted.", spec)
}

// ownerLetters is an office in which one person holds two posts, with a letter to each that asks for a part of the week.
func ownerLetters(director, deputy record.Quantity) mission.Spec {
	spec := office(0, []accountability.Holding{holding("director", "first", open), holding("deputy", "first", open)})
	spec.Mandates = []accountability.Mandate{
		{Record: made("owner-letter"), Kind: accountability.SeniorOwner, To: "director", TimeCommitment: director},
		{Record: made("other-letter"), Kind: "appointment-letter", To: "deputy", TimeCommitment: deputy},
	}
	return spec
}

func ownerTimeBad() Example {
	return show("Two letters ask one person for six tenths and for a half of the week.", ownerLetters(record.Number(60), record.Number(50)))
}

func ownerTimeGood() Example {
	return show("Two letters ask for six and for four tenths.", ownerLetters(record.Number(60), record.Number(40)))
}

func ownerTimeUnclear() Example {
	return show("The letter to the owner does not say how much time it asks for.", ownerLetters(record.Quantity{}, record.Number(50)))
}

func ownerTimeHarmless() Example {
	spec := ownerLetters(record.Number(60), record.Number(50))
	spec.Mandates = append(spec.Mandates, accountability.Mandate{Record: made("new-letter"), Kind: "appointment-letter", To: "deputy", TimeCommitment: record.Number(20), Supersedes: []record.ID{"other-letter"}})
	return show("A later letter stands in place of the second, and asks for a fifth.", spec)
}

// heldFrom is a holding of a post between two days.
func heldFrom(post, holder record.ID, from, until calendar.When) accountability.Holding {
	h := holding(post, holder, until)
	h.From = from
	return h
}

var year2022 = exactly(2022, time.January, 1)

func ownerChurnBad() Example {
	return show("Three people have owned a programme since 2022, one after the other.", owner(mission.Programme,
		heldFrom("director", "first", year2022, exactly(2023, time.January, 1)), heldFrom("director", "second", exactly(2023, time.January, 1), newYear2024), heldFrom("director", "third", newYear2024, open)))
}

func ownerChurnGood() Example {
	return show("The owner has changed once since 2022.", owner(mission.Programme,
		heldFrom("director", "first", year2022, newYear2024), heldFrom("director", "second", newYear2024, open)))
}

func ownerChurnUnclear() Example {
	return show("Nobody has recorded who owned the programme before 2025.", owner(mission.Programme, holding("director", "first", open)))
}

func ownerChurnHarmless() Example {
	one := heldFrom("director", "second", exactly(2023, time.January, 1), exactly(2023, time.June, 1))
	two := heldFrom("director", "third", exactly(2023, time.September, 1), newYear2024)
	one.Basis, two.Basis = accountability.BasisCover, accountability.BasisCover
	return show("One person has owned it since 2022, and two have stood in.", owner(mission.Programme, heldFrom("director", "first", year2022, open), one, two))
}

// explains is a line of account of somebody to Parliament.
func explains(actor record.ID, kind string) mission.Spec {
	spec := office(0, []accountability.Holding{holding("director", "first", open)})
	l := lineTo("line", actor, "parliament")
	l.Kind = kind
	spec.Parties = append(spec.Parties, parliament)
	spec.Lines = []accountability.Line{l}
	return spec
}

func personHeldDutyBad() Example {
	return show("A person answers to Parliament, and not the post that the person holds.", explains("first", accountability.PoliticalLine))
}

func personHeldDutyGood() Example {
	return show("The post answers to Parliament.", explains("director", accountability.PoliticalLine))
}

func personHeldDutyUnclear() Example {
	return show("A person answers to Parliament, and nobody has recorded as what.", explains("first", ""))
}

func personHeldDutyHarmless() Example {
	return show("A person answers for their professional conduct.", explains("first", accountability.ProfessionalLine))
}

// heard is a programme with an owner who answers to Parliament.
func heard(holdings ...accountability.Holding) mission.Spec {
	spec := owner(mission.Programme, holdings...)
	spec.Parties = append(spec.Parties, parliament)
	spec.Lines = []accountability.Line{lineTo("line", "director", "parliament"), lineTo("line-too", "deputy", "parliament")}
	return spec
}

func recallableHolderBad() Example {
	return show("The first owner of a programme left six months ago.", heard(holding("director", "first", newYear2026), heldFrom("director", "second", newYear2026, open)))
}

func recallableHolderGood() Example {
	return show("The first owner left more than two years ago.", heard(heldFrom("director", "first", year2022, newYear2024), heldFrom("director", "second", newYear2024, open)))
}

func recallableHolderUnclear() Example {
	return show("The first owner left at some time in 2024.", heard(heldFrom("director", "first", year2022, calendar.YearOf(calendar.On(2024, time.January, 1))), holding("director", "second", open)))
}

func recallableHolderHarmless() Example {
	spec := heard(holding("director", "first", newYear2026), heldFrom("deputy", "first", newYear2026, open))
	before, after := carries("owner", accountability.SeniorOwner, repairs, "director"), carries("owner-now", accountability.SeniorOwner, repairs, "deputy")
	before.Until, after.From = newYear2026, newYear2026
	spec.Duties = []accountability.Duty{before, after}
	return show("The owner changed posts and took the duty along.", spec)
}

// quarterly is a line on which an account is owed each quarter, and what is recorded of the accounts.
func quarterly(events ...mission.Event) mission.Spec {
	spec := explains("director", accountability.PoliticalLine)
	spec.Lines[0].Every, spec.Lines[0].From = 92, newYear2025
	spec.Events = events
	return spec
}

func accounted(id record.ID, on calendar.When, absent bool) mission.Event {
	e := happening(id, mission.AccountGiven, lineRef("line"), absent)
	e.OnDay = on
	return e
}

var (
	autumnAccount = accounted("autumn", exactly(2025, time.October, 1), false)
	noneSince     = accounted("none-since", exactly(2026, time.June, 1), true)
)

func accountOverdueBad() Example {
	return show("An account is owed each quarter, came in October, and had not come again by June.", quarterly(autumnAccount, noneSince))
}

func accountOverdueGood() Example {
	return show("The last account came in May.", quarterly(autumnAccount, accounted("spring", exactly(2026, time.May, 1), false)))
}

func accountOverdueUnclear() Example {
	return show("An account came in October, and nobody has recorded whether another did.", quarterly(autumnAccount))
}

func accountOverdueHarmless() Example {
	rest := happening("recess", mission.Recess, record.Ref{}, false)
	rest.OnDay = exactly(2026, time.April, 1)
	return show("None came since October, and Parliament was dissolved in between.", quarterly(autumnAccount, noneSince, rest))
}
