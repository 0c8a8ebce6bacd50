package review_test

import (
	"fmt"
	"log"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// One mission, one milestone and one role are enough for a review.
func Example() {
	warmHomes := record.Ref{Kind: mission.KindMission, ID: "warm-homes"}
	spec := mission.Spec{
		Parties:    []accountability.Party{{Record: record.New("head"), Kind: accountability.Post, Name: "Head of mission"}},
		Missions:   []mission.Mission{{Record: record.New("warm-homes"), Name: "Warm homes", Announced: calendar.MustParseWhen("2025-09-01")}},
		Milestones: []milestone.Milestone{{Record: record.New("insulated"), Name: "A million homes insulated", Missions: []record.ID{"warm-homes"}, Use: milestone.Exploration}},
		Duties: []accountability.Duty{{Record: record.New("lead"), Duty: accountability.MissionLead, Subject: warmHomes, Post: "head",
			Means: accountability.Means{Budget: record.Known(false)}}},
	}
	model, err := mission.Compile(spec, mission.View{On: calendar.On(2026, time.June, 30)})
	if err != nil {
		log.Fatal(err)
	}
	r, err := review.Run(model, review.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(r)
	// Output:
	// Review on 30 June 2026
	//
	// Findings: 1
	//
	//   F41 lead-without-means (serious): mission/warm-homes
	//     Head of mission, leading the mission "Warm homes", does not have a budget.
	//     Rests on duty/lead (ungraded).
	//     A false alarm if the lead's role is to convene and no more, as agreed and
	//       stated.
	//     Ask: What can the lead decide, spend or ask for without anybody else's
	//       leave?
	//
	// Cannot tell: 6
	//
	//   F01 rhetoric-only: mission/warm-homes
	//     Whether anything has changed in practice is not recorded. Record a
	//     practice-change event on the mission, or one marked absent, or the money and
	//     people that it has been given.
	//   F03 slogan-without-plan: mission/warm-homes
	//     Whether a plan has been published is not recorded. Record a plan-published
	//     event on the mission, or one marked absent.
	//   F19 imposed-milestone: milestone/insulated
	//     Who answers for it is not recorded; whether anybody was consulted is not
	//     recorded. Record a milestone-owner or other duty on the milestone; record
	//     consultation events on the milestone, with those consulted and the day, or
	//     one marked absent.
	//   F33 board-undisclosed: mission/warm-homes
	//     A board or other forum on the mission is not recorded. Record its forums,
	//     with their members and when these were disclosed.
	//   F48 champion-dependency: mission/warm-homes
	//     Who sponsors it is not recorded. Record a mission-sponsor duty on the
	//     mission, with its post.
	//   F92 centre-only: mission/warm-homes
	//     Who takes part in it is not recorded. Record all the contributors to the
	//     mission.
	//
	// Coverage
	//   Records: 1 party, 1 mission, 1 milestone, 1 duty.
	//   Of 4, 4 have no grade, 4 no source, 4 no instant of recording.
	//   Subjects that each rule looked at:     looked  found  cannot tell  nothing
	//     F01 rhetoric-only                       1      0            1        0
	//     F03 slogan-without-plan                 1      0            1        0
	//     F16 milestone-as-enforcement            1      0            0        1
	//     F19 imposed-milestone                   1      0            1        0
	//     F33 board-undisclosed                   1      0            1        0
	//     F38 leaderless-mission                  1      0            0        1
	//     F41 lead-without-means                  1      1            0        0
	//     F48 champion-dependency                 1      0            1        0
	//     F92 centre-only                         1      0            1        0
	//   Nothing to look at for F09 mission-washing, F22 ranking-use and F51
	//     orphan-outcome.
	//   Thresholds: F01.days = 100 days (default), F33.days = 100 days (default),
	//     F38.days = 100 days (default), F48.conditions = 2 conditions (default).
	//   That nothing was found is not a sign of health: the rules see only what is
	//   recorded, and know only what they were written for.
}
