package review

import (
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The examples of the rules on consent, openness, time, trust, reward, capability and memory.

// memoryPlan is the mission and what happened to it.
func memoryPlan(events ...mission.Event) mission.Spec {
	return mission.Spec{Missions: []mission.Mission{warmHomes()}, Events: events}
}

func memoryDay(e mission.Event, on calendar.When) mission.Event {
	e.OnDay = on
	return e
}

func memoryBy(e mission.Event, by ...record.ID) mission.Event {
	e.By = by
	return e
}

func memoryWith(e mission.Event, with ...record.ID) mission.Event {
	e.With = with
	return e
}

func memoryEvent(id record.ID) record.Ref { return record.Ref{Kind: mission.KindEvent, ID: id} }

var (
	memoryWinter = exactly(2026, time.January, 12)
	memoryAutumn = exactly(2026, time.October, 5)
)

func noDeliberationBad() Example {
	return show("A statement that nobody outside was brought together to weigh the mission.", memoryPlan(happening("no-panel", mission.Deliberation, homes, true)))
}

func noDeliberationGood() Example {
	panel := memoryDay(happening("panel", mission.Deliberation, homes, false), memoryWinter)
	panel.LedTo = []record.Ref{homes}
	return show("A panel of tenants weighed the mission in January, and the mission was changed by it.", memoryPlan(panel))
}

func noDeliberationUnclear() Example {
	return show("A panel was held in January, and nobody has recorded what came of it.", memoryPlan(memoryDay(happening("panel", mission.Deliberation, homes, false), memoryWinter)))
}

func noDeliberationHarmless() Example {
	return show("No panel has been held, and one is set for October.", memoryPlan(happening("no-panel", mission.Deliberation, homes, true),
		memoryDay(happening("panel", mission.Deliberation, homes, false), memoryAutumn)))
}

// outlasting is a mission until a year, an election in 2029, and those who stand behind the mission.
func outlasting(until int, by ...record.ID) mission.Spec {
	m := announcedHomes(launched)
	m.Horizon = exactly(until, time.March, 31)
	spec := mission.Spec{Missions: []mission.Mission{m}, Parties: []accountability.Party{
		organisation("ministry", "Ministry of Homes", accountability.TierCentral), organisation("council", "Riverside Council", accountability.TierLocal), organisation("builders", "Guild of Builders", ""),
	}, Events: []mission.Event{memoryDay(happening("election", mission.Election, record.Ref{}, false), calendar.YearOf(calendar.On(2029, time.July, 1)))}}
	spec.Parties[0].Sector, spec.Parties[1].Sector, spec.Parties[2].Sector = governmentSector, governmentSector, "business"
	for _, id := range by {
		spec.Events = append(spec.Events, memoryBy(happening("backed-by-"+id, mission.Endorsement, homes, false), id))
	}
	return spec
}

func thinConsensusBad() Example {
	return show("A mission until 2035, an election in 2029, and a ministry and a council behind it: both are government.", outlasting(2035, "ministry", "council"))
}

func thinConsensusGood() Example {
	return show("The same mission, with a guild of builders behind it too.", outlasting(2035, "ministry", "council", "builders"))
}

func thinConsensusUnclear() Example {
	return show("The same mission, and nobody has recorded who stands behind it.", outlasting(2035))
}

func thinConsensusHarmless() Example {
	return show("A mission that is to be done in March 2027, with only a ministry behind it.", outlasting(2027, "ministry"))
}

// sponsorSpoke is a mission that a minister sponsors, who has held the post since some day and has spoken of it.
func sponsorSpoke(since calendar.When, events ...mission.Event) mission.Spec {
	spec := memoryPlan(append(events, memoryDay(memoryBy(happening("speech", mission.Signal, homes, false), "minister"), memoryWinter))...)
	spec.Parties = []accountability.Party{post("minister", "Minister for Homes"), {Record: made("holder"), Kind: accountability.Person}}
	spec.Holdings = []accountability.Holding{{Record: made("in-post"), Post: "minister", Holder: "holder"}}
	spec.Holdings[0].From = since
	spec.Duties = []accountability.Duty{{Record: made("sponsor"), Duty: accountability.MissionSponsor, Subject: homes, Post: "minister"}}
	return spec
}

func idleSponsor() mission.Event {
	return memoryBy(happening("nothing-decided", mission.Decision, homes, true), "minister")
}

func sponsorSayDoGapBad() Example {
	return show("A minister spoke of the mission in January, and a statement says that the minister has decided nothing for it.", sponsorSpoke(launched, idleSponsor()))
}

func sponsorSayDoGapGood() Example {
	return show("The minister spoke of the mission, and lifted a rule that stood in its way.", sponsorSpoke(launched, memoryBy(happening("lifted", mission.Exemption, homes, false), "minister")))
}

func sponsorSayDoGapUnclear() Example {
	return show("The minister spoke of the mission, and nobody has recorded what followed.", sponsorSpoke(launched))
}

func sponsorSayDoGapHarmless() Example {
	return show("The minister has decided nothing for it, after a month in the post.", sponsorSpoke(exactly(2026, time.June, 1), idleSponsor()))
}

// sought is a mission announced on a day, and what somebody who looked for it found.
func sought(announced calendar.When, events ...mission.Event) mission.Spec {
	spec := memoryPlan(events...)
	spec.Missions[0].Announced = announced
	return spec
}

var unfound = happening("not-found", mission.AddressFound, homes, true)

func undiscoverableMissionBad() Example {
	return show("Ten months after the announcement, somebody looked for the mission and found nothing.", sought(launched, unfound))
}

func undiscoverableMissionGood() Example {
	spec := sought(launched)
	spec.Missions[0].Address = "https://example.org/warm-homes"
	return show("The mission has an address.", spec)
}

func undiscoverableMissionUnclear() Example {
	spec := sought(launched, unfound)
	spec.Missions[0].Address = "https://example.org/warm-homes"
	return show("The mission has an address, and somebody looked for it and did not find it.", spec)
}

func undiscoverableMissionHarmless() Example {
	return show("Somebody looked and found nothing, and the mission has not been launched.", sought(launched, unfound, happening("soon", mission.Prelaunch, homes, false)))
}

// lineHeard is a signal by a minister, in the words of the ministry, against the mission.
func lineHeard(by record.ID, events ...mission.Event) mission.Spec {
	line := memoryDay(happening("line", mission.Signal, record.Ref{}, false), memoryWinter)
	line.Name, line.Against = "The line on idle inspectors", []record.Ref{homes}
	if by != "" {
		line.By = []record.ID{by}
	}
	spec := memoryPlan(append(events, line)...)
	spec.Parties = []accountability.Party{post("minister", "Minister for Homes")}
	return spec
}

func contradictorySignalsBad() Example {
	return show("A minister said something that runs against the mission.", lineHeard("minister"))
}

func contradictorySignalsGood() Example {
	spec := lineHeard("minister")
	spec.Events[0].Against = nil
	return show("A minister said something that runs against nothing.", spec)
}

func contradictorySignalsUnclear() Example {
	return show("Something was said that runs against the mission, and nobody has recorded by whom.", lineHeard(""))
}

func contradictorySignalsHarmless() Example {
	return show("The minister said it, and corrected it in public in October 2025.", func() mission.Spec {
		spec := lineHeard("minister", memoryDay(happening("put-right", mission.Corrected, memoryEvent("line"), false), exactly(2025, time.October, 20)))
		spec.Events[1].OnDay = exactly(2025, time.October, 6)
		return spec
	}())
}

// passing is a mission whose sponsor's post has been held by so many within ten months.
func passing(holders int, events ...mission.Event) mission.Spec {
	spec := memoryPlan(events...)
	spec.Parties = []accountability.Party{post("minister", "Minister for Homes")}
	spec.Duties = []accountability.Duty{{Record: made("sponsor"), Duty: accountability.MissionSponsor, Subject: homes, Post: "minister"}}
	days := []calendar.When{launched, exactly(2025, time.December, 1), exactly(2026, time.March, 2), exactly(2026, time.May, 4)}
	for i, id := range []record.ID{"first", "second", "third"}[:holders] {
		h := accountability.Holding{Record: made("held-by-" + id), Post: "minister", Holder: id}
		h.From = days[i]
		if i < holders-1 {
			h.Until = days[i+1]
		}
		spec.Parties = append(spec.Parties, accountability.Party{Record: made(id), Kind: accountability.Person})
		spec.Holdings = append(spec.Holdings, h)
	}
	return spec
}

func sponsorChurnBad() Example {
	return show("The post that sponsors the mission has had three holders in ten months.", passing(3))
}

func sponsorChurnGood() Example {
	return show("The post has had one holder.", passing(1))
}

func sponsorChurnUnclear() Example {
	return show("Nobody has recorded who held the post.", passing(0))
}

func sponsorChurnHarmless() Example {
	return show("Three holders in ten months, the last of whom took over by plan.", passing(3, memoryDay(happening("handed-on", mission.Handover, refToParty("minister"), false), exactly(2026, time.March, 2))))
}

// prioritiesIf are those on which a strategy for all missions rests, and whether each holds.
func prioritiesIf(unit, money, aligned record.Value[bool], events ...mission.Event) mission.Spec {
	spec := memoryPlan(events...)
	for _, c := range []struct {
		kind string
		met  record.Value[bool]
	}{{mission.StrategyUnit, unit}, {mission.Money, money}, {mission.AlignedLeads, aligned}} {
		spec.Conditions = append(spec.Conditions, mission.Condition{Record: made(record.ID(c.kind)), Kind: c.kind, Met: c.met})
	}
	return spec
}

var holds, fails = record.Known(true), record.Known(false)

func strategicVoidBad() Example {
	return show("There is money, and leaders who want the same; there is no body that sets what comes first.", prioritiesIf(fails, holds, holds))
}

func strategicVoidGood() Example {
	return show("There is such a body, enough money, and leaders who want the same.", prioritiesIf(holds, holds, holds))
}

func strategicVoidUnclear() Example {
	return show("There is such a body and enough money, and nobody has recorded whether leaders want the same.", prioritiesIf(holds, holds, record.Value[bool]{}))
}

func strategicVoidHarmless() Example {
	spec := prioritiesIf(fails, holds, holds)
	spec.Forums = []accountability.Forum{{Record: made("council"), Kind: accountability.MissionCouncil, Name: "Council of missions"}}
	spec.Meetings = []accountability.Meeting{{Record: made("sitting"), Forum: "council", OnDay: memoryWinter, Held: record.Known(true)}}
	return show("There is no such body among the conditions, and a mission council that met in January.", spec)
}

// opened is a window from September until December, and what was made of it.
func opened(events ...mission.Event) mission.Spec {
	w := happening("early-days", mission.Window, homes, false)
	w.Name, w.From, w.Until = "The first months", launched, exactly(2025, time.December, 20)
	return memoryPlan(append(events, w)...)
}

func missedWindowBad() Example {
	return show("A window closed in December, and a statement says that nothing was made of it.", opened(happening("unused", mission.WindowUsed, memoryEvent("early-days"), true)))
}

func missedWindowGood() Example {
	return show("The window was used.", opened(happening("used", mission.WindowUsed, memoryEvent("early-days"), false)))
}

func missedWindowUnclear() Example {
	return show("The window closed in December, and nobody has recorded what was made of it.", opened())
}

func missedWindowHarmless() Example {
	left := happening("left", mission.WindowPassed, memoryEvent("early-days"), false)
	left.Because = "the homes have to be counted first"
	return show("Nothing was made of it, by a decision that says why.", opened(happening("unused", mission.WindowUsed, memoryEvent("early-days"), true), left))
}

// distrust is how a council stands to a ministry, and whether a dependency runs between the two.
func distrust(trust string, needed bool, events ...mission.Event) mission.Spec {
	spec := memoryPlan(events...)
	spec.Parties = []accountability.Party{organisation("ministry", "Ministry of Homes", accountability.TierCentral), organisation("council", "Riverside Council", accountability.TierLocal)}
	spec.Relations = []mission.Relation{{Record: made("towards"), Party: "council", With: "ministry", Trust: trust}}
	if needed {
		spec.Duties = []accountability.Duty{
			{Record: made("council-does"), Duty: accountability.Deliver, Subject: homes, Post: "council"}, {Record: made("ministry-pays"), Duty: accountability.Pay, Subject: homes, Post: "ministry"},
		}
	}
	return spec
}

func brokenTrustOnPathBad() Example {
	return show("A council that delivers does not trust the ministry that pays.", distrust(mission.TrustBroken, true))
}

func brokenTrustOnPathGood() Example {
	return show("The council trusts the ministry.", distrust(mission.Trusts, true))
}

func brokenTrustOnPathUnclear() Example {
	return show("A council does not trust a ministry, and nobody has recorded whether they need one another.", distrust(mission.TrustBroken, false))
}

func brokenTrustOnPathHarmless() Example {
	return show("The trust is broken, and the two have begun to mend it.", distrust(mission.TrustBroken, true, happening("talks", mission.TrustRepair, relationRef("towards"), false)))
}

// promotedFor is a mission with a rule for promotion.
func promotedFor(pull string, events ...mission.Event) mission.Spec {
	spec := memoryPlan(events...)
	spec.Levers = []mission.Lever{{Record: made("promotion"), Name: "Promotion of inspectors", Kind: mission.RewardRule, Missions: []record.ID{"warm-homes"}, Pays: "cases closed by the book", Pull: pull}}
	return spec
}

func incentiveConflictBad() Example {
	return show("Inspectors are promoted for what the mission asks them to stop doing.", promotedFor(mission.PullsAgainst))
}

func incentiveConflictGood() Example {
	return show("Inspectors are promoted for what the mission asks for.", promotedFor(mission.PullsWith))
}

func incentiveConflictUnclear() Example {
	return show("There is a rule for promotion, and nobody has recorded how it pulls.", promotedFor(""))
}

func incentiveConflictHarmless() Example {
	return show("The rule pulls against the mission, and is to be changed in October.", promotedFor(mission.PullsAgainst, memoryDay(happening("new-rule", mission.ChangeScheduled, leverRef("promotion"), false), memoryAutumn)))
}

// losing is a ministry that loses control to a council.
func losing(events ...mission.Event) mission.Spec {
	spec := distrust("", false, events...)
	spec.Relations[0].LosesControl, spec.Relations[0].Subject = record.Known(true), homes
	return spec
}

func identityBarrierBad() Example {
	return show("A ministry loses control to a council, and a statement says that nobody has talked with it.", losing(happening("no-talks", mission.Engagement, relationRef("towards"), true)))
}

func identityBarrierGood() Example {
	return show("The ministry was offered a part.", losing(memoryWith(happening("offer", mission.Engagement, homes, false), "ministry")))
}

func identityBarrierUnclear() Example {
	return show("The ministry loses control, and nobody has recorded whether anybody talked with it.", losing())
}

func identityBarrierHarmless() Example {
	return show("Nobody talked with it beforehand, and it has agreed.", losing(happening("no-talks", mission.Engagement, relationRef("towards"), true), happening("yes", mission.Accepted, relationRef("towards"), false)))
}

// skilled is a mission that needs a capability.
func skilled(heldBy record.Value[[]record.ID], events ...mission.Event) mission.Spec {
	spec := distrust("", true, events...)
	spec.Relations = nil
	spec.Capabilities = []mission.Capability{{Record: made("surveys"), Name: "Surveys of heat loss", Missions: []record.ID{"warm-homes"}, HeldBy: heldBy}}
	return spec
}

func capabilityGapBad() Example {
	return show("The mission needs surveys of heat loss, and nobody can make them.", skilled(record.Known([]record.ID{})))
}

func capabilityGapGood() Example {
	return show("The council can make them.", skilled(record.Known([]record.ID{"council"})))
}

func capabilityGapUnclear() Example {
	return show("Nobody has recorded who can make them.", skilled(record.Value[[]record.ID]{}))
}

func capabilityGapHarmless() Example {
	return show("Nobody can make them, and how to come by it is planned.", skilled(record.Known([]record.ID{}), happening("course", mission.CapabilityPlanned, capabilityRef("surveys"), false)))
}

// lasting is an outcome that is to show in 2040, of a mission until some year, and who owns it.
func lasting(until int, duties ...accountability.Duty) mission.Spec {
	m := announcedHomes(launched)
	m.Horizon = exactly(until, time.March, 31)
	spec := outcome(duties...)
	spec.Missions = []mission.Mission{m}
	spec.Outcomes[0].Missions, spec.Outcomes[0].Expected = []record.ID{"warm-homes"}, calendar.YearOf(calendar.On(2040, time.July, 1))
	return spec
}

func owning(until calendar.When) accountability.Duty {
	d := accountability.Duty{Accepted: record.Known(true)}
	d.Until = until
	return d
}

// ownedUntil is such an outcome, of which the council's duty ends on a day, if any.
func ownedUntil(mission int, until calendar.When) mission.Spec {
	spec := lasting(mission, owning(until))
	spec.Duties[0].Until = until
	return spec
}

func legacyUnownedBad() Example {
	return show("An outcome is to show in 2040, the mission ends in 2035, and with it the duty of the council that owns the outcome.", ownedUntil(2035, exactly(2035, time.March, 31)))
}

func legacyUnownedGood() Example {
	return show("The council's duty has no end.", ownedUntil(2035, calendar.When{}))
}

func legacyUnownedUnclear() Example {
	return show("Nobody has recorded who owns the outcome.", lasting(2035))
}

func legacyUnownedHarmless() Example {
	return show("The council's duty ends with a mission of eighteen months.", ownedUntil(2027, exactly(2027, time.March, 31)))
}

// repeating is a mission with a barrier in its way, and an earlier reform that another barrier ended.
func repeating(own bool, events ...mission.Event) mission.Spec {
	spec := memoryPlan(events...)
	spec.Barriers = []mission.Barrier{{Record: made("then"), Name: "Money followed the departments", Pattern: mission.ResourcesAndAccount}}
	if own {
		spec.Barriers = append(spec.Barriers, mission.Barrier{Record: made("now"), Name: "Money follows the departments", Pattern: mission.ResourcesAndAccount, Subject: homes})
	}
	spec.Reforms = []mission.Reform{{Record: made("streets"), Name: "Whole streets", EndedBy: []record.ID{"then"}, LikenedTo: []record.Ref{homes}}}
	return spec
}

func failedPatternBad() Example {
	return show("What ended an earlier reform stands in the way of the mission.", repeating(true))
}

func failedPatternGood() Example {
	spec := repeating(true)
	spec.Barriers[1].Pattern = mission.Siloed
	return show("Something else stands in its way.", spec)
}

func failedPatternUnclear() Example {
	return show("The mission is likened to the reform, and nobody has recorded what stands in its way.", repeating(false))
}

func failedPatternHarmless() Example {
	return show("The same barrier, and something is being done against it.", repeating(true, happening("one-pot", mission.CounterMeasure, record.Ref{Kind: mission.KindBarrier, ID: "now"}, false)))
}
