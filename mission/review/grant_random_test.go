package review_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// granting adds to a random plan what the rules on officers, grants, pools and learning spaces read.
func (d *dice) granting(s *mission.Spec) {
	word := func(n int) []string {
		var words []string
		for range d.IntN(n) {
			words = append(words, pick(d, "fraud", "loss of the grant", "anything but fraud", "late reports", "safety risk", ""))
		}
		return words
	}
	money := func() record.Money {
		if d.IntN(2) == 0 {
			return record.Money{}
		}
		return record.Money{Minor: int64(d.IntN(4)), Currency: pick(d, record.Currency("GBP"), "GBP", "EUR")}
	}
	for i := range s.LearningSpaces {
		v := &s.LearningSpaces[i]
		v.Protected, v.Never, v.SpendCap = word(3), word(2), money()
		v.DebriefDue, v.Debriefed = d.when(), d.when()
	}
	for i := range s.Leaves {
		s.Leaves[i].NotifiedStart, s.Leaves[i].NotifiedEnd = d.when(), d.when()
	}
	for i := range s.Holdings {
		if d.IntN(2) == 0 {
			s.Duties = append(s.Duties, accountability.Duty{Record: record.New(record.ID(fmt.Sprintf("officer%d", i))), Duty: accountability.AccountingOfficer,
				Subject: record.Ref{Kind: accountability.KindParty, ID: "party9"}, Post: s.Holdings[i].Post})
		}
	}
	for i := range s.Directions {
		v := &s.Directions[i]
		v.Given, v.Published, v.CopiedTo = d.when(), value(d, d.when()), d.ids("party", randomParties)
	}
	for i := range s.AccountingTests {
		s.AccountingTests[i].Stage = pick(d, "", accountability.StageOutlineCase, accountability.StageDeparture)
	}
	for i := range s.Grants {
		if i > 0 && d.IntN(2) == 0 {
			s.Grants[i].Supersedes = []record.ID{s.Grants[i-1].ID}
		}
	}
	for i := range s.Pools {
		s.Pools[i].Terms = value(d, pick(d, []string{"aims"}, []string{"aims", "contributions", "functions", "services", "means", "ending", "management"}))
		s.Pools[i].Informal = d.IntN(9) == 0
	}
	s.Contributions = []learning.Contribution{{Record: record.New("k"), Cause: record.Ref{Kind: mission.KindInitiative, ID: "initiative0"}, Effect: record.Ref{Kind: mission.KindMission, ID: "mission0"}, Strength: record.Number(0.5)}}
	s.Hypotheses = []learning.Hypothesis{{Record: record.New("h"), Contribution: "k", Claim: "It helps", Prior: record.Number(0.5), Declared: calendar.MustParseWhen("2024-01-01"), WouldChangeOurMind: "it does not"}}
	subjects := []record.Ref{d.subject()}
	for n := range d.IntN(4) {
		x := learning.Experiment{Record: record.New(record.ID(fmt.Sprintf("x%d", n))), Tests: []record.ID{"h"}, Spent: money(), Declared: calendar.MustParseWhen("2024-01-01")}
		if len(s.LearningSpaces) > 0 {
			x.Space = s.LearningSpaces[0].ID
		}
		if d.IntN(2) == 0 {
			started := calendar.On(2024, 1, 1).Add(calendar.Days(d.IntN(600)))
			x.Started, x.Concluded = calendar.OnDay(started), calendar.OnDay(started.Add(calendar.Days(d.IntN(600))))
			x.Ending, x.Because = pick(d, learning.EndedByRule, learning.EndedByStopRule, learning.Abandoned), "it was"
		}
		s.Experiments = append(s.Experiments, x)
		subjects = append(subjects, record.Ref{Kind: learning.KindExperiment, ID: x.ID})
	}
	for _, v := range s.LearningSpaces {
		subjects = append(subjects, record.Ref{Kind: accountability.KindSpace, ID: v.ID})
	}
	for _, v := range s.Leaves {
		subjects = append(subjects, record.Ref{Kind: accountability.KindLeave, ID: v.ID})
	}
	for _, v := range s.Directions {
		subjects = append(subjects, record.Ref{Kind: accountability.KindDirection, ID: v.ID})
	}
	for _, v := range s.Grants {
		subjects = append(subjects, record.Ref{Kind: accountability.KindGrant, ID: v.ID})
	}
	for _, v := range s.Allocations {
		subjects = append(subjects, record.Ref{Kind: funding.KindAllocation, ID: v.ID})
	}
	for _, v := range s.PoolShares {
		subjects = append(subjects, record.Ref{Kind: funding.KindShare, ID: v.ID})
	}
	twice := d.IntN(3) == 0
	further := func(id record.ID, kind string, on record.Ref, absent bool) {
		s.Events = append(s.Events, mission.Event{Record: record.New(id), Kind: kind, Subject: on, Absent: absent})
	}
	if len(s.LearningSpaces) > 0 && d.IntN(2) == 0 {
		further("leak", mission.Disclosed, record.Ref{Kind: accountability.KindSpace, ID: s.LearningSpaces[0].ID}, false)
		further("cover", mission.Excepted, record.Ref{Kind: mission.KindEvent, ID: "leak"}, d.IntN(2) == 0)
	}
	if len(s.Allocations) > 0 && len(s.Grants) > 0 && d.IntN(2) == 0 {
		a := &s.Allocations[0]
		a.DecidedBy = s.Grants[0].To
		further("novel", accountability.Novel, record.Ref{Kind: funding.KindAllocation, ID: a.ID}, false)
		further("leave", mission.Consented, record.Ref{Kind: funding.KindAllocation, ID: a.ID}, d.IntN(2) == 0)
	}
	for n := range 20 + d.IntN(20) {
		e := mission.Event{Record: d.base("fact", n, true), Subject: pick(d, subjects...), Absent: d.IntN(3) == 0, OnDay: d.when(), With: d.ids("party", randomParties), Because: pick(d, "", "it failed", "for fraud"),
			Kind: pick(d, mission.Assessed, mission.Notified, mission.Copied, mission.Consented, mission.GrantUsed, mission.Debriefed, mission.StopRuleMet, mission.Stopped, mission.Disclosed, mission.Excepted,
				mission.Sanction, mission.Failure, mission.OutsideLimits, mission.LearningSpaceAgreed, mission.AccountGiven,
				accountability.Novel, accountability.StageMajorProject, accountability.StageDeparture)}
		e.Sequence = uint64(n + 1)
		switch { // mostly one after the other, with a clock that goes back now and then, or numbers that stand twice
		case d.IntN(20) == 0:
			e.Recorded = e.Recorded.Add(-47*time.Hour - 30*time.Minute)
		case twice:
			e.Sequence = uint64(d.IntN(60))
		}
		s.Events = append(s.Events, e)
		subjects = append(subjects, record.Ref{Kind: mission.KindEvent, ID: e.Fact()})
	}
}

// Laws of these rules, of random plans that have much for them to read: one verdict on each subject, the order of records does not
// show, and each of the three verdicts comes up.
func FuzzGrants(f *testing.F) {
	for seed := range seeds(150) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := newDice(seed)
		spec := d.spec()
		d.granting(&spec)
		view := mission.View{On: on.Add(calendar.Days(d.IntN(400) - 200))}
		if d.IntN(8) == 0 {
			view.On = calendar.Date{}
		}
		if d.IntN(8) == 0 {
			view.Known = d.instant.AddDate(0, 0, 4)
		}
		whole := run(t, spec, view, review.Options{Rules: grantIDs})
		lawful(t, whole)
		assert.Equal(t, encoded(t, whole), encoded(t, run(t, d.shuffled(spec), view, review.Options{Rules: grantIDs})), "the order of the records does not show")
		view.Without = []record.Grade{record.Hearsay, record.Opinion}
		lawful(t, run(t, spec, view, review.Options{Rules: grantIDs}))
	})
}

// The random plans reach every verdict of every one of these rules.
func TestGrantsReachEveryVerdict(t *testing.T) {
	if testing.Short() {
		t.Skip("many random plans: the full run has them")
	}
	found, cannot, nothing := map[string]int{}, map[string]int{}, map[string]int{}
	for seed := range uint64(400) {
		d := newDice(seed)
		spec := d.spec()
		d.granting(&spec)
		for _, c := range run(t, spec, mission.View{On: on}, review.Options{Rules: grantIDs}).Coverage.Rules {
			found[c.Rule.ID] += c.Found
			cannot[c.Rule.ID] += c.Unassessed
			nothing[c.Rule.ID] += c.Nothing
		}
	}
	for _, id := range grantIDs {
		assert.Positive(t, found[id], "findings of %s", id)
		assert.Positive(t, cannot[id], "%s cannot tell", id)
		assert.Positive(t, nothing[id], "%s has nothing to say", id)
	}
}

var grantIDs = []string{"C03", "C04", "C06", "C10", "C11", "C14", "C16", "D02", "D03", "D04", "D05", "D07", "D08", "D09", "E04"}
