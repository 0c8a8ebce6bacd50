package review

import (
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The plans that show the rules on stewards, boards, units and their cadence at work. See examples.go.

var homesBoard = forumRef("homes-board")

// heldOn is an event on a day.
func heldOn(id record.ID, kind string, subject record.Ref, day calendar.When) mission.Event {
	e := happening(id, kind, subject, false)
	e.OnDay = day
	return e
}

func reasoned(e mission.Event, because string) mission.Event {
	e.Because = because
	return e
}

// stewarded is a mission with a steward, and some events on it.
func stewarded(state accountability.DutyState, events ...mission.Event) mission.Spec {
	d := accountability.Duty{Record: made("steward"), Duty: accountability.MissionSteward, Subject: homes, State: state}
	if state == 0 {
		d.Post = "secretary"
	}
	return mission.Spec{
		Parties:  []accountability.Party{post("secretary", "Secretary of State for Homes")},
		Missions: []mission.Mission{warmHomes()},
		Duties:   []accountability.Duty{d},
		Events:   events,
	}
}

func noStewardBad() Example {
	return show("The mission has a steward, and a statement that the steward was given no letter.",
		stewarded(0, happening("no-letter", mission.MandateLetter, homes, true)))
}

func noStewardGood() Example {
	spec := stewarded(0)
	spec.Mandates = []accountability.Mandate{{Record: made("letter"), Kind: "mandate-letter", To: "secretary", Subject: homes, Signed: exactly(2025, time.October, 1)}}
	return show("The steward has a letter, signed in the first month.", spec)
}

func noStewardUnclear() Example {
	return show("The mission has a steward, and nobody has recorded whether there is a letter.", stewarded(0))
}

func noStewardHarmless() Example {
	spec := stewarded(0, happening("no-letter", mission.MandateLetter, homes, true))
	spec.Parties = append(spec.Parties, accountability.Party{Record: made("holder"), Kind: accountability.Person})
	h := accountability.Holding{Record: made("for-now"), Post: "secretary", Holder: "holder", Basis: accountability.BasisInterim}
	h.From, h.Until = exactly(2026, time.May, 1), exactly(2026, time.September, 1)
	spec.Holdings = []accountability.Holding{h}
	return show("There is no letter, and the steward is an interim one until a stated day.", spec)
}

// boarded is a mission with a board, and what happened on it.
func boarded(f accountability.Forum, events ...mission.Event) mission.Spec {
	spec := board(f)
	spec.Events = events
	return spec
}

func talkingShopBad() Example {
	return show("A board, and a statement that it has decided nothing.",
		boarded(accountability.Forum{}, happening("no-decision", mission.Decision, homesBoard, true)))
}

func talkingShopGood() Example {
	spec := boarded(accountability.Forum{})
	spec.Meetings = []accountability.Meeting{{Record: made("first"), Forum: "homes-board", OnDay: exactly(2026, time.March, 2), Held: record.Known(true)}}
	spec.Resolutions = []accountability.Resolution{{Record: made("permits"), Meeting: "first", Decided: "permits are no longer needed for insulation from inside", Removed: record.Known(true)}}
	return show("A board that has taken something out of the way.", spec)
}

func talkingShopUnclear() Example {
	return show("A board, and nobody has recorded whether it has decided anything.", boarded(accountability.Forum{}))
}

func talkingShopHarmless() Example {
	return show("A board that has decided nothing, with the purpose to hear tenants: it is deliberative.",
		boarded(accountability.Forum{Purpose: "deliberative: hears tenants"}, happening("no-decision", mission.Decision, homesBoard, true)))
}

// seated is a mission board with some members.
func seated(sector string, members ...record.ID) mission.Spec {
	spec := board(accountability.Forum{Members: record.Known(members)})
	ministry, agency := organisation("ministry", "Ministry of Homes", accountability.TierCentral), organisation("agency", "Buildings Agency", accountability.TierCentral)
	ministry.Sector, agency.Sector = sectorGovernment, sectorGovernment
	tenants := accountability.Party{Record: made("tenants"), Kind: accountability.Group, Name: "Tenants in the north", Sector: sector}
	spec.Parties = []accountability.Party{ministry, agency, tenants}
	return spec
}

func oneSidedBoardBad() Example {
	return show("A board of a ministry and an agency of government.", seated("public", "ministry", "agency"))
}

func oneSidedBoardGood() Example {
	return show("Tenants sit on it as well.", seated("public", "ministry", "agency", "tenants"))
}

func oneSidedBoardUnclear() Example {
	return show("Nobody has recorded where the third member comes from.", seated("", "ministry", "agency", "tenants"))
}

func oneSidedBoardHarmless() Example {
	spec := seated("public", "ministry", "agency")
	spec.Forums = append(spec.Forums, accountability.Forum{Record: made("hearing"), Kind: "tenants-panel", Subject: homes, Purpose: "advisory",
		Members: record.Known([]record.ID{"tenants"})})
	return show("The board is of government only, and a panel of tenants advises it.", spec)
}

// chaired is a board that the minister was to chair.
func chaired(chair record.ID, events ...mission.Event) mission.Spec {
	spec := boarded(accountability.Forum{Chair: chair, DesignedChair: "minister"}, events...)
	spec.Parties = []accountability.Party{post("minister", "Minister for Homes"), post("head", "Head of the Warm Homes mission")}
	return spec
}

func chairDriftBad() Example {
	return show("The minister was to chair the board, and the head of the mission does.", chaired("head"))
}

func chairDriftGood() Example {
	return show("The minister chairs it.", chaired("minister"))
}

func chairDriftUnclear() Example {
	return show("Nobody has recorded who chairs it.", chaired(""))
}

func chairDriftHarmless() Example {
	return show("The head of the mission chairs it, since a day and for a reason on record.",
		chaired("head", reasoned(heldOn("handed-over", mission.ChairChanged, homesBoard, exactly(2026, time.January, 5)), "the board is to meet weekly")))
}

// boards are three mission boards with the same two members on each, or another on the last.
func boards(last record.Value[[]record.ID], duties ...accountability.Duty) mission.Spec {
	spec := mission.Spec{
		Parties:  []accountability.Party{post("minister", "Minister without Portfolio"), post("other", "Minister for Homes")},
		Missions: []mission.Mission{warmHomes()},
		Duties:   duties,
	}
	for _, id := range []record.ID{"first", "second", "third"} {
		f := accountability.Forum{Record: made(id), Kind: accountability.MissionBoard, Name: "The " + string(id) + " board", Subject: homes, Members: record.Known([]record.ID{"minister"})}
		if id == "third" {
			f.Members = last
		}
		spec.Forums = append(spec.Forums, f)
	}
	return spec
}

func overstretchedHolderBad() Example {
	return show("One minister sits on all three mission boards.", boards(record.Known([]record.ID{"minister", "other"})))
}

func overstretchedHolderGood() Example {
	return show("Another minister sits on the third.", boards(record.Known([]record.ID{"other"})))
}

func overstretchedHolderUnclear() Example {
	return show("Who sits on the third board is unknown.", boards(record.Unknown[[]record.ID]("no list was kept")))
}

func overstretchedHolderHarmless() Example {
	var duties []accountability.Duty
	for _, id := range []record.ID{"first", "second", "third"} {
		duties = append(duties, accountability.Duty{Record: made("links-" + id), Duty: accountability.BoardMember, Subject: forumRef(id), Post: "minister", Convening: true})
	}
	return show("One minister sits on all three to connect them, as agreed.", boards(record.Known([]record.ID{"minister"}), duties...))
}

var centralUnit = forumRef("unit")

func unit(purpose string, events ...mission.Event) mission.Spec {
	return mission.Spec{
		Forums: []accountability.Forum{{Record: made("unit"), Kind: accountability.DeliveryUnit, Name: "Central unit for homes", Purpose: purpose}},
		Events: events,
	}
}

func opaqueUnitBad() Example {
	return show("A central unit, and a statement that those who work with it were not told what it is for.",
		unit("", happening("no-remit", mission.RemitPublished, centralUnit, true)))
}

func opaqueUnitGood() Example {
	spec := unit("helps councils to get insulation done")
	spec.Missions, spec.Forums[0].Subject = []mission.Mission{warmHomes()}, homes
	return show("A unit with a recorded purpose and mission.", spec)
}

func opaqueUnitUnclear() Example {
	return show("A central unit of which nobody has recorded what it is for.", unit(""))
}

func opaqueUnitHarmless() Example {
	return show("Some say that they were not told, and the remit is published.", unit("",
		happening("no-remit", mission.RemitPublished, centralUnit, true), heldOn("remit", mission.RemitPublished, centralUnit, exactly(2025, time.October, 1))))
}

func appointed(from calendar.When, events ...mission.Event) mission.Spec {
	d := accountability.Duty{}
	spec := led(launched, d)
	spec.Duties[0].From = from
	spec.Events = events
	return spec
}

func slowAppointmentBad() Example {
	return show("The head of the mission started eight months after it was announced.", appointed(exactly(2026, time.May, 4)))
}

func slowAppointmentGood() Example {
	return show("The head of the mission started in the month after.", appointed(exactly(2025, time.October, 6)))
}

func slowAppointmentUnclear() Example {
	return show("When the head of the mission started is known only as a year.", appointed(calendar.YearOf(calendar.On(2026, time.January, 1))))
}

func slowAppointmentHarmless() Example {
	return show("The head of the mission started eight months after, out of an open competition.",
		appointed(exactly(2026, time.May, 4), heldOn("competition", mission.Recruitment, refToParty("head"), exactly(2025, time.December, 1))))
}

func driven(stage string, events ...mission.Event) mission.Spec {
	return mission.Spec{Missions: []mission.Mission{activeHomes(stage)}, Events: events}
}

func noMissionControlBad() Example {
	return show("An active mission, and a statement that no unit drives it.",
		driven(mission.StageActive, happening("no-unit", mission.ControlSetUp, homes, true)))
}

func noMissionControlGood() Example {
	spec := driven(mission.StageActive)
	spec.Forums = []accountability.Forum{{Record: made("control"), Kind: accountability.MissionControl, Subject: homes}}
	return show("An active mission with a mission control.", spec)
}

func noMissionControlUnclear() Example {
	return show("An active mission, and nobody has recorded what drives it.", driven(mission.StageActive))
}

func noMissionControlHarmless() Example {
	return show("No unit drives it, and it was declared that a network of councils does.", driven(mission.StageActive,
		happening("no-unit", mission.ControlSetUp, homes, true), reasoned(happening("network", mission.Alternative, homes, false), "a network of councils drives it")))
}

var control = forumRef("control")

func controlled(from calendar.When, purpose string, events ...mission.Event) mission.Spec {
	f := accountability.Forum{Record: made("control"), Kind: accountability.MissionControl, Subject: homes, Purpose: purpose}
	f.From = from
	return mission.Spec{Missions: []mission.Mission{warmHomes()}, Forums: []accountability.Forum{f}, Events: events}
}

func controlNotApartBad() Example {
	return show("A mission control, and a statement that it works under the usual line, staff and rules.",
		controlled(launched, "", happening("as-usual", mission.SetApart, control, true)))
}

func controlNotApartGood() Example {
	return show("A mission control with a line and rules of its own.", controlled(launched, "", happening("own-rules", mission.SetApart, control, false)))
}

func controlNotApartUnclear() Example {
	return show("A mission control of which nobody has recorded how it stands to the work around it.", controlled(launched, ""))
}

func controlNotApartHarmless() Example {
	return show("It works under the usual line, because the department is small.",
		controlled(launched, "", reasoned(happening("as-usual", mission.SetApart, control, true), "a department of forty people")))
}

var beforeLaunch = exactly(2025, time.March, 3)

func unitOnTopBad() Example {
	return show("A mission control of fifteen months, and a statement that nobody else decides, answers or pays since.",
		controlled(beforeLaunch, "", happening("same-wires", mission.WiringChange, homes, true)))
}

func unitOnTopGood() Example {
	return show("Since last summer the mission control decides on the money.",
		controlled(beforeLaunch, "", heldOn("new-wires", mission.WiringChange, homes, exactly(2025, time.July, 1))))
}

func unitOnTopUnclear() Example {
	return show("Nobody has recorded whether anybody else decides, answers or pays since.", controlled(beforeLaunch, ""))
}

func unitOnTopHarmless() Example {
	return show("Nothing was rewired, and the unit is there for convening only.",
		controlled(beforeLaunch, "convening", happening("same-wires", mission.WiringChange, homes, true)))
}

// decided is a mission with four milestones, each decided on by one of two organisations.
func decided(events []mission.Event, by ...record.ID) mission.Spec {
	spec := mission.Spec{
		Parties:  []accountability.Party{organisation("centre", "Office of the Premier", accountability.TierCentral), organisation("council", "Riverside Council", accountability.TierLocal)},
		Missions: []mission.Mission{warmHomes()},
		Events:   events,
	}
	for i, id := range by {
		step := record.ID("step-" + string(rune('a'+i)))
		spec.Milestones = append(spec.Milestones, milestone.Milestone{Record: made(step), Name: "Step " + string(rune('A'+i)), Missions: []record.ID{"warm-homes"}})
		spec.Duties = append(spec.Duties, accountability.Duty{Record: made("decides-" + step), Duty: accountability.Decide, Subject: milestoneRef(step), Post: id})
	}
	return spec
}

func centralConcentrationBad() Example {
	return show("An office at the centre decides on three of four milestones.", decided(nil, "centre", "centre", "centre", "council"))
}

func centralConcentrationGood() Example {
	return show("It decides on one of four.", decided(nil, "centre", "council", "council", "council"))
}

func centralConcentrationUnclear() Example {
	return show("Who decides is recorded for one milestone only.", decided(nil, "centre"))
}

func centralConcentrationHarmless() Example {
	return show("The office decides on three of four, in a recorded emergency.",
		decided([]mission.Event{happening("cold-snap", mission.Emergency, homes, false)}, "centre", "centre", "centre", "council"))
}

// meeting is a board that is to meet quarterly and last met in November.
func meeting(called bool, events ...mission.Event) mission.Spec {
	spec := boarded(accountability.Forum{Cadence: "quarterly"}, events...)
	spec.Meetings = []accountability.Meeting{{Record: made("november"), Forum: "homes-board", OnDay: exactly(2025, time.November, 3), Held: record.Known(true)}}
	if called {
		spec.Meetings = append(spec.Meetings, accountability.Meeting{Record: made("may"), Forum: "homes-board", OnDay: exactly(2026, time.May, 4), Held: record.Known(false)})
	}
	return spec
}

func cadenceLapseBad() Example {
	return show("A board that is to meet quarterly last met in November, and its meeting in May was called off.", meeting(true))
}

func cadenceLapseGood() Example {
	spec := meeting(false)
	spec.Meetings = append(spec.Meetings, accountability.Meeting{Record: made("june"), Forum: "homes-board", OnDay: exactly(2026, time.June, 1), Held: record.Known(true)})
	return show("It met again in June.", spec)
}

func cadenceLapseUnclear() Example {
	return show("It last met in November, and nobody has recorded whether it has met since.", meeting(false))
}

func cadenceLapseHarmless() Example {
	return show("The meeting in May was called off because of an election.",
		meeting(true, reasoned(heldOn("election", mission.Recess, record.Ref{}, calendar.MonthOf(calendar.On(2026, time.May, 1))), "an election")))
}

var trials = initiativeRef("trials")

func trialling(status mission.InitiativeStatus, missions []record.ID, events ...mission.Event) mission.Spec {
	return mission.Spec{
		Initiatives: []mission.Initiative{{Record: made("trials"), Name: "Homes trials", Kind: mission.TestAndLearn, Status: status, Missions: missions}},
		Events:      events,
	}
}

func testAndLearnAdriftBad() Example {
	return show("A test and learn team, and a statement that it is tied to no mission.",
		trialling(0, nil, happening("no-link", mission.MissionLink, trials, true)))
}

func testAndLearnAdriftGood() Example {
	spec := trialling(mission.MissionWork, []record.ID{"warm-homes"})
	spec.Missions = []mission.Mission{warmHomes()}
	return show("A test and learn team that works for the mission.", spec)
}

func testAndLearnAdriftUnclear() Example {
	return show("A test and learn team, and nobody has recorded which mission it serves.", trialling(0, nil))
}

func testAndLearnAdriftHarmless() Example {
	return show("The team is tied to no mission, and is recorded as adjacent to all of them.",
		trialling(mission.Adjacent, nil, happening("no-link", mission.MissionLink, trials, true)))
}

// disputed is a mission on which there were three disputes, settled by some.
func disputed(events []mission.Event, by ...record.ID) mission.Spec {
	spec := mission.Spec{
		Parties: []accountability.Party{post("premier", "Premier"), post("minister", "Minister for Homes"),
			organisation("government", "The government", accountability.TierCentral)},
		Missions: []mission.Mission{warmHomes()},
		Duties:   []accountability.Duty{{Record: made("leads"), Duty: accountability.HeadOfGovernment, Subject: refToParty("government"), Post: "premier"}},
		Events:   events,
	}
	for i, id := range by {
		e := happening("quarrel-"+record.ID(rune('a'+i)), mission.Dispute, homes, false)
		if id != "" {
			e.With = []record.ID{id}
		}
		spec.Events = append(spec.Events, e)
	}
	return spec
}

func headAsPerformanceManagerBad() Example {
	return show("Two of three disputes went to the premier.", disputed(nil, "premier", "premier", "minister"))
}

func headAsPerformanceManagerGood() Example {
	return show("One of three disputes went to the premier.", disputed(nil, "premier", "minister", "minister"))
}

func headAsPerformanceManagerUnclear() Example {
	return show("There were three disputes, and nobody has recorded who settled two of them.", disputed(nil, "premier", "", ""))
}

func headAsPerformanceManagerHarmless() Example {
	return show("Two of three disputes went to the premier, in a recorded emergency.",
		disputed([]mission.Event{happening("cold-snap", mission.Emergency, homes, false)}, "premier", "premier", "minister"))
}

// rebuilt is a mission whose structure was changed on some days.
func rebuilt(events []mission.Event, days ...calendar.When) mission.Spec {
	spec := mission.Spec{Missions: []mission.Mission{warmHomes()}, Events: events}
	for i, day := range days {
		spec.Events = append(spec.Events, heldOn("change-"+record.ID(rune('a'+i)), mission.Restructure, homes, day))
	}
	return spec
}

var firstGo, secondGo, thirdGo = exactly(2025, time.January, 6), exactly(2025, time.September, 1), exactly(2026, time.May, 4)

func restructureChurnBad() Example {
	return show("The structure of the mission was changed three times in two years, and no lesson is recorded.", rebuilt(nil, firstGo, secondGo, thirdGo))
}

func restructureChurnGood() Example {
	return show("It was changed once.", rebuilt(nil, thirdGo))
}

func restructureChurnUnclear() Example {
	return show("It was changed three times, the first time on a day that is not known.", rebuilt(nil, calendar.MustParseWhen("unknown"), secondGo, thirdGo))
}

func restructureChurnHarmless() Example {
	return show("It was changed three times, and what each change taught was written down.",
		rebuilt([]mission.Event{heldOn("learnt", mission.Lesson, homes, exactly(2026, time.June, 1))}, firstGo, secondGo, thirdGo))
}
