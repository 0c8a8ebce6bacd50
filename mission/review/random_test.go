package review_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// seeds are the first so many seeds of random plans, and a tenth of them in short runs, such as those under the race detector.
func seeds(n uint64) uint64 {
	if testing.Short() {
		return n / 10
	}
	return n
}

// dice makes small random plans: valid ones, with every state of a value, rival claims, later versions and rough dates.
type dice struct {
	*rand.Rand
	instant time.Time
	made    int
}

func newDice(seed uint64) *dice {
	return &dice{Rand: rand.New(rand.NewPCG(seed, 7)), instant: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}
}

func pick[T any](d *dice, list ...T) T { return list[d.IntN(len(list))] }

func (d *dice) id(prefix string, n int) record.ID {
	return record.ID(fmt.Sprintf("%s%d", prefix, d.IntN(n)))
}

// base is a record; about makes it a rival claim or a later version of an earlier one now and then.
func (d *dice) base(prefix string, n int, about bool) record.Record {
	r := record.Record{
		ID:    record.ID(fmt.Sprintf("%s%d", prefix, n)),
		Grade: pick(d, 0, record.Document, record.Hearsay, record.Opinion, record.Forecast, record.Illustrative),
	}
	if d.IntN(2) == 0 {
		r.Source, r.At = d.id("source", 2), "p. 1"
	}
	if d.IntN(3) == 0 {
		r.From = d.when()
	}
	if d.IntN(6) == 0 {
		r.Audience = record.Restricted
	}
	if about && n > 0 && d.IntN(3) == 0 {
		r.Of = record.ID(fmt.Sprintf("%s%d", prefix, d.IntN(n)))
		r.Claimant = pick(d, "", "another claimant")
		r.Verb = pick(d, record.Assert, record.Change, record.Correct)
		r.Reason = "a reason"
	}
	d.made++ // no two share an instant, so that the order of the document decides nothing
	r.Recorded = d.instant.Add(time.Duration(d.made) * time.Hour)
	return r
}

func (d *dice) when() calendar.When {
	switch d.IntN(6) {
	case 0:
		return calendar.When{}
	case 1:
		return calendar.MustParseWhen(pick(d, "unknown", "2025", "2026", "FY2025-26", "2026-Q2", "some-day"))
	}
	return calendar.OnDay(calendar.On(2024, time.January, 1).Add(calendar.Days(d.IntN(1200))))
}

func value[T any](d *dice, v T) record.Value[T] {
	switch d.IntN(8) {
	case 0:
		return record.Value[T]{}
	case 1:
		return record.Withheld[T]("on a ground")
	case 2:
		return record.Unknown[T]("")
	case 3:
		return record.Pending[T]("soon")
	case 4:
		return record.Value[T]{State: record.StateNotApplicable}
	}
	return record.Known(v)
}

func (d *dice) ids(prefix string, n int) []record.ID {
	var ids []record.ID
	for range d.IntN(3) {
		ids = append(ids, d.id(prefix, n))
	}
	return ids
}

const (
	randomParties, randomMissions, randomOthers = 12, 3, 3
)

func (d *dice) subject() record.Ref {
	return pick(d,
		record.Ref{Kind: mission.KindMission, ID: d.id("mission", randomMissions)},
		record.Ref{Kind: mission.KindMission, ID: d.id("mission", randomMissions)},
		record.Ref{Kind: milestone.KindMilestone, ID: d.id("milestone", randomOthers)},
		record.Ref{Kind: mission.KindOutcome, ID: d.id("outcome", randomOthers)},
		record.Ref{Kind: mission.KindInitiative, ID: d.id("initiative", randomOthers)})
}

func (d *dice) spec() mission.Spec {
	s := mission.Spec{Namespace: "https://example.org/random"}
	s.Days = []record.Day{{Record: record.New("some-day"), Name: "some day", Earliest: calendar.On(2026, time.January, 1), Latest: calendar.On(2027, time.January, 1)}}
	for n := range 2 {
		s.Sources = append(s.Sources, record.Source{Record: record.New(record.ID(fmt.Sprintf("source%d", n))), Title: "A paper", Published: d.when()})
	}
	for n := range randomParties {
		p := accountability.Party{Record: d.base("party", n, false), Name: fmt.Sprintf("Body %d", n), Tier: pick(d, "", "central", "local")}
		p.From = calendar.When{}
		switch {
		case n < 6:
			p.Kind, p.Seats = accountability.Post, d.IntN(3)
			p.OfParty = pick(d, "", record.ID("party9"), "party10")
		case n < 9:
			p.Kind, p.Name = accountability.Person, fmt.Sprintf("Zaphod %d", n)
		default:
			p.Kind, p.OfParty = accountability.Organisation, pick(d, "", d.id("party", randomParties))
		}
		s.Parties = append(s.Parties, p)
	}
	for n := range d.IntN(6) {
		s.Holdings = append(s.Holdings, accountability.Holding{Record: d.base("holding", n, false), Post: d.id("party", 6), Holder: record.ID(fmt.Sprintf("party%d", 6+d.IntN(3)))})
	}
	for n := range randomMissions {
		s.Missions = append(s.Missions, mission.Mission{Record: d.base("mission", n, true), Name: fmt.Sprintf("Mission %d", n), Announced: d.when(),
			Stage: pick(d, "", "active", "discovery", "closed"), Contributors: value(d, d.ids("party", randomParties)), Internal: d.IntN(9) == 0})
	}
	for n := range randomOthers {
		s.Milestones = append(s.Milestones, milestone.Milestone{Record: d.base("milestone", n, true), Name: fmt.Sprintf("Step %d", n), Missions: d.ids("mission", randomMissions),
			Set: d.when(), Use: pick(d, 0, milestone.Exploration, milestone.Enforcement)})
		s.Indicators = append(s.Indicators, milestone.Indicator{Record: d.base("indicator", n, true), Name: fmt.Sprintf("Measure %d", n), Uses: value(d, pick(d, []string{"learn"}, []string{"rank"}, nil))})
		s.Outcomes = append(s.Outcomes, mission.Outcome{Record: d.base("outcome", n, true), Name: fmt.Sprintf("Outcome %d", n), Missions: d.ids("mission", randomMissions)})
		s.Initiatives = append(s.Initiatives, mission.Initiative{Record: d.base("initiative", n, true), Name: fmt.Sprintf("Team %d", n), Missions: d.ids("mission", randomMissions),
			Status: pick(d, 0, mission.MissionWork, mission.MissionWork, mission.Adjacent), Started: d.when(), Badged: d.when()})
		s.Forums = append(s.Forums, accountability.Forum{Record: d.base("forum", n, true), Kind: "mission-board", Subject: d.subject(), Standing: pick(d, "", "informal"),
			Members: value(d, d.ids("party", randomParties)), Disclosed: value(d, d.when())})
	}
	for n := range d.IntN(12) {
		u := accountability.Duty{Record: d.base("duty", n, true), Subject: d.subject(),
			Duty:     pick(d, "mission-lead", "mission-lead", "mission-sponsor", "outcome-owner", "milestone-owner", "advise"),
			State:    pick(d, accountability.Vacant, accountability.Unclear, accountability.Contested),
			Accepted: value(d, d.IntN(2) == 0), Convening: d.IntN(9) == 0,
			Means: accountability.Means{Budget: value(d, d.IntN(2) == 0), People: value(d, d.IntN(2) == 0), Route: value(d, d.IntN(2) == 0)}}
		if d.IntN(3) > 0 {
			u.Post, u.State = pick(d, d.id("party", 6), "party9", "party11"), 0
			u.Successor = pick(d, "", "", d.id("party", randomParties))
		}
		s.Duties = append(s.Duties, u)
	}
	for n := range d.IntN(5) {
		s.Allocations = append(s.Allocations, funding.Allocation{Record: d.base("allocation", n, false), Subject: d.subject(), Amount: value(d, record.Money{Minor: int64(d.IntN(2)), Currency: "GBP"})})
	}
	for n := range d.IntN(25) {
		s.Events = append(s.Events, mission.Event{Record: d.base("event", n, true), Subject: d.subject(), Absent: d.IntN(3) > 0, OnDay: d.when(), With: d.ids("party", randomParties), By: d.ids("party", randomParties),
			Kind: pick(d, mission.Consultation, mission.Consultation, mission.PracticeChange, mission.PracticeChange, mission.PlanPublished, mission.Commitment,
				mission.OutcomeClaim, mission.Sanction, mission.Reward, mission.UseChanged, mission.OpenCall, mission.Emergency)})
	}
	d.answering(&s)
	return s
}

// shuffled returns the plan with its records in another order.
func (d *dice) shuffled(s mission.Spec) mission.Spec {
	mix := func(n int, swap func(i, j int)) { d.Shuffle(n, swap) }
	s.Parties, s.Holdings, s.Missions = clone(s.Parties), clone(s.Holdings), clone(s.Missions)
	s.Milestones, s.Indicators, s.Outcomes = clone(s.Milestones), clone(s.Indicators), clone(s.Outcomes)
	s.Initiatives, s.Forums, s.Duties = clone(s.Initiatives), clone(s.Forums), clone(s.Duties)
	s.Allocations, s.Events, s.Sources = clone(s.Allocations), clone(s.Events), clone(s.Sources)
	mix(swaps(s.Parties))
	mix(swaps(s.Holdings))
	mix(swaps(s.Missions))
	mix(swaps(s.Milestones))
	mix(swaps(s.Indicators))
	mix(swaps(s.Outcomes))
	mix(swaps(s.Initiatives))
	mix(swaps(s.Forums))
	mix(swaps(s.Duties))
	mix(swaps(s.Allocations))
	mix(swaps(s.Events))
	mix(swaps(s.Sources))
	d.mixed(&s)
	return s
}

func clone[T any](list []T) []T { return append([]T(nil), list...) }

func swaps[T any](list []T) (int, func(i, j int)) {
	return len(list), func(i, j int) { list[i], list[j] = list[j], list[i] }
}
