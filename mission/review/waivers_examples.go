package review

import (
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// putOff is a mission whose missing plan somebody has set aside from January 2026 until a day.
func putOff(rule string, until calendar.When, events ...mission.Event) mission.Spec {
	w := mission.Waiver{Record: made("wait"), Rule: rule, Subject: homes, Owner: "office"}
	w.Reason, w.From, w.Until = "the plan waits for the spending review", exactly(2026, time.January, 5), until
	return mission.Spec{
		Parties:  []accountability.Party{post("office", "Head of the Mission Office")},
		Missions: []mission.Mission{warmHomes()},
		Events:   events,
		Waivers:  []mission.Waiver{w},
	}
}

var (
	spent     = exactly(2026, time.June, 1)
	running   = exactly(2026, time.December, 1)
	published = happening("plan", mission.PlanPublished, homes, false)
)

func expiredWaiverBad() Example {
	return show("A waiver of what has been found on the plan ran out four weeks ago, and nothing has been recorded since.", putOff("F03", spent))
}

func expiredWaiverGood() Example {
	return show("The same waiver, in force until December.", putOff("slogan-without-plan", running))
}

func expiredWaiverUnclear() Example {
	return show("The same waiver, to end some day in 2026.", putOff("F03", calendar.YearOf(calendar.On(2026, time.January, 1))))
}

func expiredWaiverHarmless() Example {
	return show("The waiver ran out, and a plan has been published since: there is nothing left to look at.", putOff("F03", spent, published))
}

func waiverOfNothingBad() Example {
	return show("A waiver in force of a finding on the plan, which has been published.", putOff("F03", running, published))
}

func waiverOfNothingGood() Example {
	return show("The plan is published, and the waiver that bridged the time until then is over.", putOff("F03", spent, published))
}

func waiverOfNothingUnclear() Example {
	return show("A waiver in force of what the rule cannot tell: nobody has recorded whether there is a plan.", putOff("F03", running))
}

func waiverOfNothingHarmless() Example {
	spec := putOff("F03", running, published)
	spec.Waivers[0].From = exactly(2026, time.September, 1)
	return show("A waiver that is to begin in September, when the plan is withdrawn for a rewrite.", spec)
}
