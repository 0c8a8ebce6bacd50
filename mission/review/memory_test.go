package review_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

func memoryRef(kind record.Kind, id record.ID) record.Ref { return record.Ref{Kind: kind, ID: id} }

// memoryCalled gives an event an id, and says who did it.
func memoryCalled(id record.ID, e mission.Event, by ...record.ID) mission.Event {
	e.ID, e.By = id, by
	return e
}

func memoryUntil(e mission.Event, from, until string) mission.Event {
	if from != "" {
		e.From = when(from)
	}
	if until != "" {
		e.Until = when(until)
	}
	return e
}

func staged(stage string) mission.Mission {
	r := m("2025-09-01")
	r.Stage = stage
	return r
}

var withoutHearsay = mission.View{Without: []record.Grade{record.Hearsay}}

func TestNoDeliberation(t *testing.T) {
	none := never(mission.Deliberation, theMission)
	panel := func(day string, led ...record.Ref) mission.Event {
		e := memoryCalled("p", event(mission.Deliberation, theMission, day))
		e.LedTo = led
		return e
	}
	thePanel := memoryRef(mission.KindEvent, "p")
	inTeam := mission.Initiative{Record: record.New("i"), Missions: []record.ID{"m"}}
	table(t, "F99", theMission, []row{
		{name: "denied", spec: parts(m(""), none), want: finding, says: `No deliberation on the mission "Homes"`},
		{name: "nobody says", spec: parts(m("")), want: cannot, says: "whether a deliberation was held is not recorded"},
		{name: "led to something", spec: parts(m(""), none, panel("2026-01-05", theMission)), want: nothing},
		{name: "held, nothing known of its effect", spec: parts(m(""), panel("2026-01-05")), want: cannot, says: "what came of"},
		{name: "held without effect", spec: parts(m(""), panel("2026-01-05"), never(mission.DecisionInformed, thePanel)), want: finding, says: "Nothing came of what people said"},
		{name: "held, no plan changed by it", spec: parts(m(""), panel("2026-01-05"), never(mission.PlanChanged, thePanel)), want: finding},
		{name: "held with effect by an event", spec: parts(m(""), panel(""), event(mission.DecisionInformed, thePanel, "")), want: nothing},
		{name: "set for tomorrow", spec: parts(m(""), none, panel("2026-07-01")), want: nothing},
		{name: "set for today is held", spec: parts(m(""), panel("2026-06-30")), want: cannot, says: "what came of"},
		{name: "some time this year", spec: parts(m(""), none, panel("2026")), want: cannot, says: "known only as 2026"},
		{name: "held for a team", spec: parts(m(""), none, inTeam, func() mission.Event { e := panel("2026-01-05", theInit); e.Subject = theInit; return e }()), want: nothing},
		{name: "denied for a team only", spec: parts(m(""), inTeam, never(mission.Deliberation, theInit)), want: cannot},
		{name: "in discovery", spec: parts(staged("discovery"), none), want: nothing},
		{name: "closed", spec: parts(staged("closed"), none), want: nothing},
		{name: "announced", spec: parts(staged("announced"), none), want: finding},
		{name: "hearsay", spec: parts(m(""), graded(none, record.Hearsay)), want: finding, says: "It is said (hearsay, an insider"},
		{name: "hearsay left out", spec: parts(m(""), graded(none, record.Hearsay)), view: withoutHearsay, want: cannot, says: "left out by the view (event/said)"},
	})
}

// horizon is the mission with a horizon, an election on a day, and more.
func horizon(until, election string, more ...any) mission.Spec {
	r := m("2025-09-01")
	if until != "" {
		r.Horizon = when(until)
	}
	more = append(more, r)
	if election != "" {
		more = append(more, memoryCalled("election", event(mission.Election, record.Ref{}, election)))
	}
	spec := parts(more...)
	sector := func(id record.ID, tier, sector string) {
		spec.Parties = append(spec.Parties, accountability.Party{Record: record.New(id), Kind: accountability.Organisation, Name: "The " + string(id), Tier: tier, Sector: sector})
	}
	sector("reds", "", "political-party")
	sector("blues", "", "political-party")
	sector("state", "central", "government")
	sector("county", "local", "government")
	sector("firm", "", "business")
	sector("agency", "central", "public")
	sector("somebody", "", "")
	sector("untiered", "", "government")
	return spec
}

func endorse(n int, by ...record.ID) mission.Event {
	return memoryCalled(record.ID(fmt.Sprintf("endorsed%d", n)), event(mission.Endorsement, theMission, "2025-10-01"), by...)
}

func TestThinConsensus(t *testing.T) {
	agreed := event(mission.CrossTermConsensus, theMission, "")
	review := func(until string) mission.Spec {
		spec := horizon("2035", "", endorse(1, "state"))
		spec.SpendingReviews = []funding.Review{{Record: record.New("sr"), Name: "Review", FundsUntil: when(until)}}
		return spec
	}
	lapsed, lapsing := memoryUntil(endorse(2, "firm"), "", "2026-06-30"), memoryUntil(endorse(2, "firm"), "", "2026")
	table(t, "F100", theMission, []row{
		{name: "one organisation", spec: horizon("2035", "2029", endorse(1, "state")), want: finding, says: "are one organisation: The state"},
		{name: "a post and its unit are one", spec: horizon("2035", "2029", endorse(1, "minister", "unit", "org")), want: finding, says: "one organisation"},
		{name: "one sector", spec: horizon("2035", "2029", endorse(1, "state"), endorse(2, "county")), want: finding, says: `all of the sector "government"`, also: `Before its horizon lies the election "election".`},
		{name: "one tier", spec: horizon("2035", "2029", endorse(1, "state", "agency")), want: finding, says: `all of the tier "central"`},
		{name: "one political party", spec: horizon("2035", "2029", endorse(1, "reds")), want: finding},
		{name: "two political parties", spec: horizon("2035", "2029", endorse(1, "reds", "blues")), want: nothing},
		{name: "government and business", spec: horizon("2035", "2029", endorse(1, "state"), endorse(2, "firm")), want: nothing},
		{name: "one of no sector", spec: horizon("2035", "2029", endorse(1, "state", "somebody")), want: cannot, says: "the sector of The somebody is not recorded"},
		{name: "one of no tier", spec: horizon("2035", "2029", endorse(1, "agency", "untiered")), want: cannot, says: "the tier of The untiered is not recorded"},
		{name: "nobody stands behind it", spec: horizon("2035", "2029", never(mission.Endorsement, theMission)), want: finding, says: "Nobody stands behind"},
		{name: "nobody says", spec: horizon("2035", "2029"), want: cannot, says: "who stands behind it is not recorded"},
		{name: "by nobody named", spec: horizon("2035", "2029", endorse(1)), want: cannot, says: "who gave each endorsement"},
		{name: "one has lapsed", spec: horizon("2035", "2029", endorse(1, "state"), lapsed), want: finding, says: "one organisation"},
		{name: "one may have lapsed", spec: horizon("2035", "2029", endorse(1, "state"), lapsing), want: cannot, says: "whether all endorsements still stand"},
		{name: "agreed across terms", spec: horizon("2035", "2029", endorse(1, "state"), agreed), want: nothing},
		{name: "election after the horizon", spec: horizon("2028", "2029", endorse(1, "state")), want: nothing},
		{name: "election on the horizon", spec: horizon("2029-05-03", "2029-05-03", endorse(1, "state")), want: finding},
		{name: "election in the year of the horizon", spec: horizon("2029-05-03", "2029", endorse(1, "state")), want: cannot, says: "not known from the dates"},
		{name: "election today is over", spec: horizon("2035", "2026-06-30", endorse(1, "state")), want: cannot, says: "which elections"},
		{name: "no election recorded", spec: horizon("2035", "", endorse(1, "state")), want: cannot, says: "which elections and spending reviews lie before its horizon"},
		{name: "money runs out before", spec: review("2029-04-01"), want: finding, says: "the end of the money of"},
		{name: "money lasts beyond", spec: review("2036-04-01"), want: nothing},
		{name: "horizon not recorded", spec: horizon("", "2029", endorse(1, "state")), want: cannot, says: "its horizon is not recorded"},
		{name: "short by a day", spec: horizon("2027-09-01", "2027-01-01", endorse(1, "state")), want: nothing},
		{name: "too long by a day", spec: horizon("2027-09-02", "2027-01-01", endorse(1, "state")), want: finding},
		{name: "no day", spec: horizon("2035", "2029", endorse(1, "state")), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about is not set"},
		{name: "hearsay", spec: horizon("2035", "2029", graded(endorse(1, "state"), record.Hearsay)), want: finding, says: "It is said (hearsay, an insider"},
		{name: "hearsay left out", spec: horizon("2035", "2029", graded(endorse(1, "state"), record.Hearsay)), view: withoutHearsay, want: cannot, says: "left out by the view (event/said)"},
	})
}

func TestSponsorSayDoGap(t *testing.T) {
	said := memoryCalled("speech", event(mission.Signal, theMission, "2026-01-05"), "minister")
	idle := memoryCalled("idle", never(mission.Decision, theMission), "minister")
	act := func(kind string, by ...record.ID) mission.Event {
		return memoryCalled("act", event(kind, theMission, "2026-02-01"), by...)
	}
	since := func(day string) accountability.Holding {
		h := accountability.Holding{Record: record.New("h"), Post: "minister", Holder: "ann"}
		if day != "" {
			h.From = when(day)
		}
		return h
	}
	money := func(by record.ID) funding.Allocation {
		return funding.Allocation{Subject: theMission, Amount: gbp(100), DecidedBy: by}
	}
	general := never(mission.PracticeChange, theMission)
	onPost := never(mission.Decision, memoryRef(accountability.KindParty, "minister"))
	resolved := parts(m(""), sponsor("minister"), since("2025-01-01"), said, idle)
	resolved.Resolutions = []accountability.Resolution{{Record: record.New("r"), By: "minister", Subject: theMission, Decided: "to pay"}}
	vacant := accountability.Duty{Duty: accountability.MissionSponsor, Subject: theMission, State: accountability.Vacant}
	unclear := vacant
	unclear.State = accountability.Unclear
	twice := review.Options{Thresholds: map[string]float64{"F101.words": 2}}
	got, _ := verdict(run(t, parts(m(""), sponsor("minister"), since("2025-01-01"), said, idle), mission.View{On: on}, twice), "F101", theMission)
	assert.Equal(t, nothing, got, "said once, where it takes two")
	table(t, "F101", theMission, []row{
		{name: "said and not done", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), said, idle), want: finding, says: "Minister, sponsor of", also: `the signal "speech"`},
		{name: "said by the holder", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), memoryCalled("speech", said, "ann"), idle), want: finding},
		{name: "promised and not done", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), memoryCalled("speech", event(mission.Commitment, theMission, ""), "minister"), idle), want: finding, says: `the commitment "speech"`},
		{name: "nothing done by anybody", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), said, general), want: finding},
		{name: "nothing done, said of the post", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), said, onPost), want: finding},
		{name: "nothing done by another", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), said, memoryCalled("idle", idle, "head")), want: cannot, says: "whether the sponsor has done anything"},
		{name: "acted", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), said, idle, act(mission.Exemption, "minister")), want: nothing},
		{name: "the organisation acted", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), said, idle, act(mission.PracticeChange, "org")), want: nothing},
		{name: "another acted", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), said, idle, act(mission.PracticeChange, "town")), want: finding},
		{name: "paid", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), said, idle, money("minister")), want: nothing},
		{name: "paid by who knows", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), said, idle, money("")), want: nothing},
		{name: "paid by another", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), said, idle, money("town")), want: finding},
		{name: "resolved", spec: resolved, want: nothing},
		{name: "new in post on the hundredth day", spec: parts(m(""), sponsor("minister"), since("2026-03-22"), said, idle), want: nothing},
		{name: "no longer new", spec: parts(m(""), sponsor("minister"), since("2026-03-21"), said, idle), want: finding},
		{name: "perhaps new", spec: parts(m(""), sponsor("minister"), since("FY2025-26"), said, idle), want: cannot, says: "since when the sponsor has held the post"},
		{name: "since an unstated day", spec: parts(m(""), sponsor("minister"), said, idle), want: finding},
		{name: "silent", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), never(mission.Signal, theMission), idle), want: nothing},
		{name: "nobody says what was said", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), idle), want: cannot, says: "what its sponsor has said of it is not recorded"},
		{name: "said by another", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), memoryCalled("speech", said, "town"), idle), want: cannot, says: "what its sponsor has said"},
		{name: "no sponsor recorded", spec: parts(m(""), said, idle), want: cannot, says: "who sponsors it is not recorded"},
		{name: "vacant", spec: parts(m(""), vacant, said, idle), want: nothing},
		{name: "unclear", spec: parts(m(""), unclear, said, idle), want: cannot, says: "who sponsors it is unclear"},
		{name: "closed", spec: parts(staged("closed"), sponsor("minister"), said, idle), want: nothing},
		{name: "opinion", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), said, graded(general, record.Opinion)), want: finding, says: "It is said (opinion"},
		{name: "opinion left out", spec: parts(m(""), sponsor("minister"), since("2025-01-01"), said, graded(general, record.Opinion)), view: mission.View{Without: []record.Grade{record.Opinion}}, want: cannot, says: "left out by the view"},
	})
}

func TestUndiscoverableMission(t *testing.T) {
	none := never(mission.AddressFound, theMission)
	found := func(day string) mission.Event { return event(mission.AddressFound, theMission, day) }
	at := m("2025-09-01")
	at.Address = "https://example.org"
	table(t, "F102", theMission, []row{
		{name: "not found", spec: parts(m("2025-09-01"), none), want: finding, says: "more than 100 days ago"},
		{name: "not found on the hundredth day", spec: parts(m("2026-03-22"), none), want: nothing},
		{name: "not found on the day after", spec: parts(m("2026-03-21"), none), want: finding},
		{name: "not found, no announcement", spec: parts(m(""), none), want: finding, says: "How long ago it was announced is not recorded"},
		{name: "not found, announced some time this year", spec: parts(m("2026"), none), want: cannot, says: "known only as 2026"},
		{name: "address", spec: parts(at), want: nothing},
		{name: "address that was not found", spec: parts(at, none), want: cannot, says: "contested"},
		{name: "found in time", spec: parts(m("2025-09-01"), none, found("2025-12-10")), want: nothing},
		{name: "found a day late", spec: parts(m("2025-09-01"), found("2025-12-11")), want: finding, says: "only more than 100 days after"},
		{name: "found late and in time", spec: parts(m("2025-09-01"), found("2025-09-02"), found("2026-06-01")), want: nothing},
		{name: "found on a rough day", spec: parts(m("2025-09-01"), found("FY2025-26")), want: cannot, says: "when it was first found"},
		{name: "found, announcement not recorded", spec: parts(m(""), found("2025-12-11")), want: cannot, says: "the day of the announcement is not recorded"},
		{name: "nothing recorded", spec: parts(m("2025-09-01")), want: ""},
		{name: "not launched", spec: parts(m("2025-09-01"), none, event(mission.Prelaunch, theMission, "")), want: nothing},
		{name: "proposed", spec: parts(staged("proposed"), none), want: nothing},
		{name: "hearsay left out", spec: parts(m("2025-09-01"), graded(none, record.Hearsay)), view: withoutHearsay, want: cannot, says: "left out by the view"},
	})
}

func TestContradictorySignals(t *testing.T) {
	line := func(day string, by ...record.ID) mission.Event {
		e := memoryCalled("line", event(mission.Signal, record.Ref{}, day), by...)
		e.Against = []record.Ref{theMission}
		return e
	}
	theLine := memoryRef(mission.KindEvent, "line")
	harmless := line("2026-01-05", "minister")
	harmless.Against = nil
	corrected := func(day string) mission.Event { return event(mission.Corrected, theLine, day) }
	rival := harmless
	rival.ID, rival.Of, rival.Claimant = "line2", "line", "the press office"
	kept := corrected("2026-02-01")
	kept.Audience = record.Restricted
	table(t, "F103", theLine, []row{
		{name: "against the mission", spec: parts(m(""), line("2026-01-05", "minister")), want: finding, says: `given by Minister, runs against the mission "Homes"`, also: "No correction is recorded."},
		{name: "by a person, who is not named", spec: parts(m(""), line("2026-01-05", "ann")), want: finding, says: "given by a person"},
		{name: "against nothing", spec: parts(m(""), harmless), want: nothing},
		{name: "by nobody named", spec: parts(m(""), line("2026-01-05")), want: cannot, says: "who gave it is not recorded"},
		{name: "corrected later", spec: parts(m(""), line("2026-01-05", "minister"), corrected("2026-02-01")), want: nothing},
		{name: "corrected the same day", spec: parts(m(""), line("2026-01-05", "minister"), corrected("2026-01-05")), want: nothing},
		{name: "corrected before", spec: parts(m(""), line("2026-01-05", "minister"), corrected("2026-01-04")), want: finding},
		{name: "corrected in the same month", spec: parts(m(""), line("2026-01-05", "minister"), corrected("2026-01")), want: cannot, says: "not known from their dates"},
		{name: "corrected on no stated day", spec: parts(m(""), line("2026-01-05", "minister"), corrected("")), want: nothing},
		{name: "known not to be corrected", spec: parts(m(""), line("2026-01-05", "minister"), never(mission.Corrected, theLine)), want: finding, says: "It has not been corrected in public."},
		{name: "one claimant of two", spec: parts(m(""), line("2026-01-05", "minister"), rival), want: finding},
		{name: "still to come", spec: parts(m(""), line("2026-07-01", "minister")), want: ""},
		{name: "said not to have been given", spec: parts(m(""), func() mission.Event { e := line("", "minister"); e.Absent = true; return e }()), want: ""},
		{name: "a correction that the public did not see", spec: parts(m(""), line("2026-01-05", "minister"), kept), view: mission.View{Audience: record.Public}, want: finding},
	})
}
